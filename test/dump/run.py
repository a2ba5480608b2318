#!/usr/bin/env python3
"""Holds dump, restore, update and replication to losing nothing.  See README.md."""

import argparse
import pathlib
import shutil
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from servers import Check, Server, Session, scratch_directory, server_of_its_own    # noqa: E402

OLD, *OTHERS, NEW = VERSIONS = ("1.0", "1.1", "1.2")
SETTINGS = "SET search_path = public, zjtx; SET zjtx.as_of = '2025-06-30';"
LOGICAL = "wal_level = logical\nmax_logical_replication_workers = 8\nmax_worker_processes = 16"


def script(name):
    return (HERE / name).read_text("utf-8")


# ---------------- update ----------------

# Documents of one's own, comments and all, stored and in a column, by themselves and as a series.
STORED = """
SELECT store('policy own-1 ''Our own'' series own in force from 2025-01-01 until 2026-01-01  -- as written
    fact n number 元 ''数''  fact r text in (''a'', ''b'')  fact l list of number 人 null means none
    clause 1 ''一'' reward when n >= 3元 and r = ''a'' pay n * 2 + count(l where it > 1人) * 1元 cap 15元
    ladder ''梯'' rung low ''低'' when n >= 5元');
SELECT store('政策 own-2 ''本区'' 系列 own 施行 自 2026-01-01 事实 n 数 元 条款 1 ''一'' 奖励 当 n > 3元 给予 1万元');
CREATE TABLE public.firm (id int, n numeric, r text, l int[]);
INSERT INTO public.firm SELECT i, nullif(i, 7), (ARRAY['a', 'b', NULL])[i % 3 + 1], ARRAY[i, 1, NULL] FROM generate_series(1, 9) i;
CREATE TABLE public.rule (p policy);
INSERT INTO public.rule VALUES ('n >= 3元  -- three'), ('as of 2025-05-05 policy x ''x'' fact n number 元 clause 1 when n / 3 > 2元');
INSERT INTO public.rule SELECT doc -> '1' FROM policies WHERE code = 'own-1';
"""
READ = """
SELECT code, doc, title, in_force, shipped FROM policies WHERE NOT shipped ORDER BY code;
SELECT p FROM rule ORDER BY p::text;
SELECT id, e |= p, e |# p, e |! p FROM firm e, rule ORDER BY id, p::text;
SELECT id, e |= 'own-1', e |# 'own', e |^ 'own-1/low', amount_range(e, 'own-1/1') FROM firm e ORDER BY id;
SELECT * FROM zjtx.facts WHERE policy LIKE 'own%';
"""
# A document that came with the old version, and is not what it was.
MEDDLED = """
ALTER TABLE zjtx.policies DISABLE TRIGGER guard;
UPDATE zjtx.policies SET title = 'old', doc = (doc::text || E'\\n-- an older text')::zjtx.policy WHERE code = 'banan-2024';
ALTER TABLE zjtx.policies ENABLE ALWAYS TRIGGER guard;
"""


def update(check, server):
    """From every version, step by step or at once: the objects of a new database, and what was stored reads the same."""
    new = server.ask(server.create("dump_fresh", NEW), script("catalogue.sql"))
    check.holds("the comparison sees the objects", len(new.splitlines()) > 200, new)
    for version in VERSIONS[:-1]:
        updated, stepwise = server.create("dump_updated", version), server.create("dump_stepwise", version)
        later = VERSIONS[VERSIONS.index(version) + 1:]
        for database, steps in ((updated, later[-1:]), (stepwise, later)):
            server.psql(database, SETTINGS + STORED)
            before = server.ask(database, SETTINGS + READ)
            check.holds(f"{version}: what is stored is asked", len(before.splitlines()) > 20, before)
            server.psql(database, MEDDLED)
            for step in steps:
                server.psql(database, f"ALTER EXTENSION zjtx UPDATE TO '{step}';")
                check.same(f"{version} to {step}: documents stored under the old version read the same",
                           server.ask(database, SETTINGS + READ), before)
            server.psql(database, "DELETE FROM zjtx.policies WHERE NOT shipped; DROP TABLE public.firm, public.rule;")
            check.same(f"{version}, {len(steps)} steps: an updated database is a new one",
                       server.ask(database, script("catalogue.sql")), new)
    for version in OTHERS:
        server.psql(server.create("dump_between", OLD), f"ALTER EXTENSION zjtx UPDATE TO '{version}';")
        check.same(f"{version}: installed and updated to, it is the same",
                   server.ask("dump_between", script("catalogue.sql")),
                   server.ask(server.create("dump_installed", version), script("catalogue.sql")))


def update_keeps_own(check, server):
    """A document of the user's own is not taken over."""
    database = server.create("dump_own", OLD)
    server.psql(database, "ALTER TABLE zjtx.policies DISABLE TRIGGER guard; UPDATE zjtx.policies SET shipped = false "
                "WHERE code = 'banan-2024'; ALTER TABLE zjtx.policies ENABLE ALWAYS TRIGGER guard;")
    found = server.error(database, f"ALTER EXTENSION zjtx UPDATE TO '{NEW}';")
    check.holds("a document of one's own that has the code of a shipped one stops the update",
                'policy "banan-2024" comes with this version of zjtx' in found, found)


OLD_QUESTIONS = """
SELECT store('policy own-1 ''Our own'' in force from 2025-01-01 fact n number at least 0 fact r text clause 1 reward when n >= 3 and r = ''a'' pay n * 2元 '
	'ladder rung low when n >= 5 target 1 ''t'' 家 stock 2025: 3 count where n >= 3');
CREATE TABLE firm (id int, n int, r text);
INSERT INTO firm SELECT i, nullif(i, 7), (ARRAY['a', 'b', NULL])[i % 3 + 1] FROM generate_series(1, 12) i;
SELECT id, e |= p, e |# p, e |! p, (e |^ p)::text, amount_range(e, p) FROM firm e, stored('own-1') p ORDER BY id;
SELECT id, e |= 'own-1', e |# 'own-1', e |! 'own-1', e |^ 'own-1', amount_range(e, 'own-1') FROM firm e ORDER BY id;
SELECT id, to_jsonb(e) |= p, to_jsonb(e) |# 'own-1', to_jsonb(e) |! p, to_jsonb(e) |^ p, amount_range(to_jsonb(e), 'own-1') FROM firm e, stored('own-1') p ORDER BY id;
PREPARE q AS SELECT count(*) FROM firm e WHERE e |= 'own-1';
EXECUTE q;
SELECT store('policy own-1 ''Our own'' in force from 2025-01-01 fact n number clause 1 reward when n >= 12 pay 1元 ladder rung low when n >= 5 target 1 ''t'' 家 stock 2025: 3 count where n >= 3');
EXECUTE q;
SELECT * FROM zjtx.facts; SELECT * FROM zjtx.clauses; SELECT * FROM zjtx.rungs; SELECT * FROM zjtx.targets; SELECT * FROM zjtx.notes; SELECT * FROM zjtx.provisions;
SELECT policy, in_force FROM in_force('2025-06-30');
SELECT * FROM progress('own-1', 'firm');
SELECT kind, count(*) FROM lint(stored('own-1')) GROUP BY kind ORDER BY kind;
SELECT e.* FROM policies p, examples(p.doc) e ORDER BY code, example, expected;
SELECT as_of(stored('own-1'), '2025-01-01'), stored('own-1') -> '1', header(stored('own-1'));
SELECT policy_send(stored('own-1'));
DELETE FROM policies WHERE code = 'own-1';
SELECT code, shipped FROM policies ORDER BY code;
"""


def library_serves_old(check, server):
    """This library answers for the SQL objects of the old version; that all its functions are there is seen when they are created."""
    answers = server.ask(server.create("dump_new", NEW), SETTINGS + OLD_QUESTIONS)
    check.holds("the questions have answers", len(answers.splitlines()) > 100, answers[:2000])
    for version in VERSIONS[:-1]:
        check.same(f"with those of {version} it answers as with the new ones",
                   server.ask(server.create("dump_old", version), SETTINGS + OLD_QUESTIONS), answers)


# ---------------- dump and restore ----------------

def dump_and_restore(check, server, scratch):
    source = server.create("dump_source", NEW)
    server.psql(source, script("warehouse.sql"))
    before = server.ask(source, script("fingerprint.sql"))
    check.holds("the warehouse answers", len(before.splitlines()) > 300, before[:2000])
    catalogue = server.ask(source, script("catalogue.sql"))

    def same(what, database):
        check.same(f"{what}: the warehouse", server.ask(database, script("fingerprint.sql")), before)
        check.same(f"{what}: the extension", server.ask(database, script("catalogue.sql")), catalogue)

    plain = scratch / "plain.sql"
    server.command("pg_dump", "-d", source, "-f", plain)
    target = server.create("dump_plain")
    server.command("psql", "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-d", target, "-f", plain)
    same("plain", target)
    check.holds("shipped documents are not in a dump", "渝北府办发" not in plain.read_text("utf-8"))
    for what, dump, restore in (("custom", ("-Fc",), ("-1",)), ("two jobs", ("-Fd", "-j2"), ("-j2",)),
                                ("custom, two jobs", ("-Fc",), ("-j2",)), ("clean", ("-Fc",), ("--clean", "--if-exists"))):
        archive = scratch / what.replace(" ", "_")
        server.command("pg_dump", *dump, "-d", source, "-f", archive)
        target = server.create(f"dump_{what}")
        if what == "clean":
            server.command("pg_restore", "-d", target, archive)
        server.command("pg_restore", "--exit-on-error", *restore, "-d", target, archive)
        same(what, target)

    for version in VERSIONS[:-1]:
        old = server.create("dump_older", version)
        server.psql(old, SETTINGS + "SELECT store('policy own-1 ''Our own'' fact n number clause 1 when n >= 3');")
        target = server.create("dump_into_newer")
        server.command("psql", "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-d", target,
                       text=server.command("pg_dump", "-d", old).stdout)
        check.same(f"a dump of {version} is restored by the newer", server.ask(
            target, "SELECT extversion FROM pg_extension WHERE extname = 'zjtx'; SELECT doc FROM zjtx.policies WHERE NOT shipped;"),
            f"{NEW}\npolicy own-1 'Our own' fact n number clause 1 when n >= 3")


def names_in_constraints(check, server, scratch):
    """A CHECK by the name of one's own document is evaluated before zjtx.policies has its rows."""
    source = server.create("dump_named", NEW)
    server.psql(source, SETTINGS + """
        SELECT store('policy own-1 ''Our own'' fact n number clause 1 when n >= 3');
        CREATE TABLE firm (n int);
        INSERT INTO firm VALUES (3);
        ALTER TABLE firm ADD CONSTRAINT named CHECK ((firm |= 'own-1') IS NOT FALSE);""")
    archive = scratch / "named"

    def restored(constraint):
        server.psql(source, SETTINGS + f"ALTER TABLE firm DROP CONSTRAINT named; ALTER TABLE firm ADD CONSTRAINT named {constraint};")
        server.command("pg_dump", "-Fc", "-d", source, "-f", archive)
        target = server.create("dump_named_restored")
        return server.command("pg_restore", "-d", target, archive, check=False).stderr, server.ask(target, "SELECT * FROM firm;")
    errors, rows = restored("CHECK ((firm |= 'own-1') IS NOT FALSE)")
    check.holds("by name: the table is not restored", 'there is no stored policy "own-1"' in errors and rows == "", errors + rows)
    errors, rows = restored("CHECK ((firm |= 'own-1') IS NOT FALSE) NOT VALID")
    check.holds("by name, not valid: the rows come first", errors == "" and rows == "3", errors + rows)
    value = server.ask(source, "SELECT quote_literal(zjtx.stored('own-1')::text);")
    errors, rows = restored(f"CHECK ((firm |= {value}::policy) IS NOT FALSE)")
    check.holds("by value: restored", errors == "" and rows == "3", errors + rows)


# ---------------- replication ----------------

def own_policy(least):
    return f"SELECT store('policy own-1 ''Our own'' fact n number clause 1 when n >= {least}');"


WATCHED = """
CREATE TABLE public.firm_in (id int PRIMARY KEY, n int);
CREATE TRIGGER watched AFTER INSERT OR UPDATE OR DELETE ON public.firm_in
    FOR EACH ROW EXECUTE FUNCTION zjtx.watch('firm_in', 'id', 'own-3');
SELECT zjtx.store('policy own-3 ''Paid'' fact n number clause 1 reward when n >= 9 pay 1000元
    example ''nine'' given n = 9 expect clause 1 true
    example ''eight'' given n = 8 expect clause 1 false');
"""


def ledger_arrives(check, server, publisher, subscriber, session, scratch):
    """The ledger of one database in another; and a table that only apply workers write, watched there."""
    third = server.create("third", NEW)
    server.psql(publisher, WATCHED)
    server.psql(third, WATCHED + "ALTER TABLE public.firm_in ENABLE ALWAYS TRIGGER watched;")
    server.psql(publisher, "CREATE PUBLICATION money FOR TABLE zjtx.ledger; CREATE PUBLICATION facts FOR TABLE firm_in;")
    for name, database in (("money", subscriber), ("facts", third)):
        server.psql(publisher, f"SELECT pg_create_logical_replication_slot('{name}', 'pgoutput');")
        server.psql(database, f"CREATE SUBSCRIPTION {name} CONNECTION 'host={scratch} port=5432 user={server.user} "
                    f"dbname={publisher}' PUBLICATION {name} WITH (create_slot = false, slot_name = '{name}');")
    watching = Session(server, third)
    copied = "SELECT count(*) FROM pg_subscription_rel WHERE srsubstate <> 'r';"
    watching.wait(copied, "0")
    server.psql(publisher, "INSERT INTO firm_in VALUES (1, 9), (2, 8); UPDATE firm_in SET n = 7 WHERE id = 1;")
    entries = "SELECT string_agg(key || ' ' || kind || ' ' || difference, ', ' ORDER BY id) FROM zjtx.ledger;"
    here = server.ask(publisher, entries)
    check.same("the ledger of the publisher", here, "1 owed 1000.00, 1 lapsed -1000.00")
    check.same("arrives at the subscriber", session.wait(entries, here), here)
    try:
        check.same("a table that is replicated is watched where it arrives", watching.wait(entries, here), here)
    finally:
        watching.close()
    for name, database in (("money", subscriber), ("facts", third)):
        server.psql(database, f"ALTER SUBSCRIPTION {name} DISABLE; ALTER SUBSCRIPTION {name} SET (slot_name = NONE); "
                    f"DROP SUBSCRIPTION {name};")


def replication(check, given, scratch):
    """Documents of one database's own reach another, and what is planned there."""
    with server_of_its_own(given, scratch, LOGICAL) as server:
        publisher, subscriber = server.create("publisher", NEW), server.create("subscriber", NEW)
        server.psql(publisher, SETTINGS + own_policy(3))
        server.psql(publisher, "CREATE PUBLICATION law FOR TABLE zjtx.policies WHERE (NOT shipped);")
        server.psql(publisher, "SELECT pg_create_logical_replication_slot('law', 'pgoutput');")
        server.psql(subscriber, f"CREATE SUBSCRIPTION law CONNECTION 'host={scratch} port=5432 user={server.user} "
                    f"dbname={publisher}' PUBLICATION law WITH (create_slot = false, slot_name = 'law');")
        server.psql(subscriber, "CREATE TABLE firm AS SELECT n FROM generate_series(1, 10) n; ANALYZE firm;")
        session = Session(server, subscriber)
        try:
            session.ask(SETTINGS + "SET plan_cache_mode = force_generic_plan;")
            count = "SELECT count(*) FROM policies WHERE code = 'own-1';"
            check.same("what there was arrives", session.wait(count, "1"), "1")
            session.ask("PREPARE q AS SELECT count(*) FROM firm e WHERE e |= 'own-1';")
            check.same("and is asked", session.ask("EXECUTE q;"), "8")
            server.psql(publisher, SETTINGS + own_policy(6))
            check.same("a changed document changes a prepared statement", session.wait("EXECUTE q;", "5"), "5")
            check.same("the columns are its own", session.ask("SELECT code, title, shipped FROM policies WHERE NOT shipped;"),
                       "own-1|Our own|f")
            server.psql(publisher, "DELETE FROM zjtx.policies WHERE code = 'own-1';")
            check.same("a deleted one goes", session.wait(count, "0"), "0")
            check.same("and is missed", session.ask("EXECUTE q;").splitlines()[0], 'ERROR:  there is no stored policy "own-1"')
            shipped = "SELECT string_agg(code, ' ' ORDER BY code) FROM zjtx.policies WHERE shipped;"
            check.same("shipped documents stay", server.ask(subscriber, shipped), server.ask(publisher, shipped))
            server.psql(publisher, SETTINGS + "SELECT store('policy own-2 ''Other'' fact n number clause 1 when n >= 9');")
            check.same("and it goes on", session.wait("SELECT count(*) FROM policies WHERE code = 'own-2';", "1"), "1")
            ledger_arrives(check, server, publisher, subscriber, session, scratch)
        finally:
            session.close()
        server.psql(subscriber, "ALTER SUBSCRIPTION law DISABLE; ALTER SUBSCRIPTION law SET (slot_name = NONE); DROP SUBSCRIPTION law;")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for flag in ("--host", "--port", "--user"):
        parser.add_argument(flag)
    parser.add_argument("--dbname", default="postgres")
    options = parser.parse_args()

    server = Server(options.host, options.port, options.user)
    check = Check()
    scratch = scratch_directory()
    try:
        check.part(update, server)
        check.part(update_keeps_own, server)
        check.part(library_serves_old, server)
        check.part(dump_and_restore, server, scratch)
        check.part(names_in_constraints, server, scratch)
        check.part(replication, server, scratch)
    finally:
        server.drop_all()
        shutil.rmtree(scratch, ignore_errors=True)
    print(f"{check.passed} passed, {check.failed} failed")
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main())
