#!/usr/bin/env python3
"""Checks that dump, restore and replication lose nothing.  See README.md."""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from servers import BIN, Check, Server, Session, run, scratch_directory, server_of_its_own    # noqa: E402

SETTINGS = "SET search_path = public, zjtx; SET zjtx.as_of = '2025-06-30';"
LOGICAL = "wal_level = logical\nmax_logical_replication_workers = 8\nmax_worker_processes = 16"


def script(name):
    return (HERE / name).read_text("utf-8")


# ---------------- dump and restore ----------------

def dump_and_restore(check, server, scratch):
    source = server.create("dump_source", extension=True)
    server.psql(source, script("warehouse.sql"))
    before = server.ask(source, script("fingerprint.sql"))
    check.holds("the warehouse answers", len(before.splitlines()) > 300, before[:2000])
    catalogue = server.ask(source, script("catalogue.sql"))
    check.holds("the comparison sees the objects of the extension", len(catalogue.splitlines()) > 200, catalogue)

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
                                ("custom, two jobs", ("-Fc",), ("-j2",)),
                                ("clean", ("-Fc",), ("--clean", "--if-exists"))):
        archive = scratch / what.replace(" ", "_")
        server.command("pg_dump", *dump, "-d", source, "-f", archive)
        target = server.create(f"dump_{what}")
        if what == "clean":
            server.command("pg_restore", "-d", target, archive)
            found = server.command("pg_restore", "--exit-on-error", *restore, "-d", target, archive, check=False).stderr
            check.holds("clean: refused where it would lose something",
                        "this would drop documents of your own" in found, found)
            os.environ["PGOPTIONS"] = "-c zjtx.allow_drop=on"
        try:
            server.command("pg_restore", "--exit-on-error", *restore, "-d", target, archive)
        finally:
            os.environ.pop("PGOPTIONS", None)
        same(what, target)


def extension_alone(check, server, scratch):
    """pg_dump --extension dumps the contents of the extension's tables and restores them."""
    source = server.create("dump_alone", extension=True)
    server.psql(source, SETTINGS + """
        SELECT store('policy own-1 ''Our own'' fact n number 元 clause 1 reward when n >= 3元 pay n');
        CREATE TABLE firm (id int PRIMARY KEY, n numeric);
        CREATE TRIGGER judge AFTER INSERT OR UPDATE ON firm FOR EACH ROW EXECUTE FUNCTION watch('firm', 'id', 'own-1');
        INSERT INTO firm VALUES (1, 5);
        SELECT settle('public.firm', '1', 'own-1', '1', NULL, NULL, 2);""")
    kept = "SELECT * FROM zjtx.ledger ORDER BY id; SELECT * FROM zjtx.owed; " \
        "SELECT code, doc FROM zjtx.policies WHERE NOT shipped;"
    before = server.ask(source, kept)
    archive = scratch / "alone"
    server.command("pg_dump", "-Fc", "--extension=zjtx", "--schema=zjtx", "-d", source, "-f", archive)
    server.psql(source, "SET zjtx.allow_drop = on; DROP EXTENSION zjtx CASCADE; DROP SCHEMA zjtx;")
    server.command("pg_restore", "--exit-on-error", "-d", source, archive)
    check.same("--extension: documents and ledger are back", server.ask(source, kept), before)
    check.same("and entries go on where they stopped", server.ask(source, SETTINGS + """
        CREATE TRIGGER judge AFTER INSERT OR UPDATE ON firm FOR EACH ROW EXECUTE FUNCTION watch('firm', 'id', 'own-1');
        UPDATE firm SET n = 6;
        SELECT kind, old, new FROM zjtx.ledger ORDER BY id DESC LIMIT 1; SELECT due FROM zjtx.owed;"""),
               "owed|5.00|6.00\n4.00")


def names_in_constraints(check, server, scratch):
    """A CHECK that names a document of the user is evaluated before zjtx.policies has its rows."""
    source = server.create("dump_named", extension=True)
    server.psql(source, SETTINGS + """
        SELECT store('policy own-1 ''Our own'' fact n number clause 1 when n >= 3');
        CREATE TABLE firm (n int);
        INSERT INTO firm VALUES (3);
        ALTER TABLE firm ADD CONSTRAINT named CHECK ((firm |= 'own-1') IS NOT FALSE);""")
    archive = scratch / "named"

    def restored(constraint):
        server.psql(source, SETTINGS + f"ALTER TABLE firm DROP CONSTRAINT named; ALTER TABLE firm ADD CONSTRAINT named "
                    f"{constraint};")
        server.command("pg_dump", "-Fc", "-d", source, "-f", archive)
        target = server.create("dump_named_restored")
        return server.command("pg_restore", "-d", target, archive,
                              check=False).stderr, server.ask(target, "SELECT * FROM firm;")
    errors, rows = restored("CHECK ((firm |= 'own-1') IS NOT FALSE)")
    check.holds("by name: the table is not restored", 'there is no stored policy "own-1"' in errors and rows == "",
                errors + rows)
    errors, rows = restored("CHECK ((firm |= 'own-1') IS NOT FALSE) NOT VALID")
    check.holds("by name, not valid: the rows come first", errors == "" and rows == "3", errors + rows)
    value = server.ask(source, "SELECT quote_literal(zjtx.stored('own-1')::text);")
    errors, rows = restored(f"CHECK ((firm |= {value}::policy) IS NOT FALSE)")
    check.holds("by value: restored", errors == "" and rows == "3", errors + rows)


# ---------------- pg_upgrade ----------------

MEMBERS = """SELECT count(*) FROM pg_type t JOIN pg_depend d ON d.classid = 'pg_type'::regclass AND d.objid = t.oid
    AND d.deptype = 'e'
    JOIN pg_extension x ON x.oid = d.refobjid AND x.extname = 'zjtx'
    JOIN pg_type e ON e.typarray = t.oid LEFT JOIN pg_class c ON c.oid = e.typrelid WHERE c.relkind IS NULL
    OR c.relkind = 'c';"""
SHARD = SETTINGS + """
CREATE EXTENSION IF NOT EXISTS postgres_fdw;
CREATE SERVER IF NOT EXISTS shard FOREIGN DATA WRAPPER postgres_fdw OPTIONS (extensions 'zjtx');
CREATE USER MAPPING IF NOT EXISTS FOR CURRENT_USER SERVER shard;
CREATE FOREIGN TABLE IF NOT EXISTS distant (n numeric) SERVER shard;
EXPLAIN (VERBOSE, COSTS OFF) SELECT
    tally(judge(e, 'policy x-1 ''X'' fact n number 元 clause 1 reward when n >= 3元 pay n'::policy)) FROM distant e;
"""


def upgrade(check, given, scratch):
    """Runs pg_upgrade from this version to itself; test/versions upgrades to a later one."""
    with server_of_its_own(given, scratch, port=5451) as old:
        source = old.create("upgraded", extension=True)
        old.psql(source, script("warehouse.sql"))
        before = old.ask(source, script("fingerprint.sql"))
        catalogue = old.ask(source, script("catalogue.sql"))
        members = old.ask(source, MEMBERS)
        check.holds("tally is sent to a shard", "tally(" in old.ask(source, SHARD).split("Remote SQL:")[-1])
        run("pg_ctl", "-s", "-w", "-D", scratch / "data5451", "stop")
        # a second, freshly initialized cluster
        with server_of_its_own(given, scratch, port=5452):
            run("pg_ctl", "-s", "-w", "-D", scratch / "data5452", "stop")
            # pg_upgrade writes to the current directory
            done = subprocess.run([BIN / "pg_upgrade", "--no-sync", "-b", BIN, "-B", BIN, "-d", scratch / "data5451",
                                   "-D", scratch / "data5452",
                                   "-p", "5451", "-P", "5452", "-s", scratch, "-U", old.user], cwd=scratch,
                                  capture_output=True, text=True, check=False, timeout=120)
            if done.returncode and "no-sync" in done.stderr:
                done = subprocess.run([BIN / "pg_upgrade", "-b", BIN, "-B", BIN, "-d", scratch / "data5451", "-D",
                                       scratch / "data5452",
                                       "-p", "5451", "-P", "5452", "-s", scratch, "-U", old.user], cwd=scratch,
                                      capture_output=True, text=True, check=False, timeout=120)
            check.holds("pg_upgrade", done.returncode == 0, done.stdout[-3000:] + done.stderr)
            run("pg_ctl", "-s", "-w", "-D", scratch / "data5452", "-l", scratch / "log5452", "start")
            new = Server(old.host, 5452, old.user)
            check.same("upgraded: the warehouse", new.ask("upgraded", script("fingerprint.sql")), before)
            added = new.ask("upgraded", "SELECT zjtx.after_upgrade();")
            check.same("upgraded: after_upgrade() adds what was left out", new.ask("upgraded", MEMBERS), members)
            check.same("upgraded: once", new.ask("upgraded", "SELECT zjtx.after_upgrade();"), "0")
            check.same("upgraded: the extension", new.ask("upgraded", script("catalogue.sql")), catalogue)
            check.holds("upgraded: tally is sent to a shard",
                        "tally(" in new.ask("upgraded", SHARD).split("Remote SQL:")[-1])
            print(f"after_upgrade() added {added} types")
            found = new.error("upgraded", "DROP EXTENSION zjtx CASCADE;")
            check.holds("upgraded: what the tables hold is not dropped",
                        "this would drop documents of your own" in found, found)


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
    """Replicates the ledger to another database, and a watched table that only apply workers write."""
    third = server.create("third", extension=True)
    server.psql(publisher, WATCHED)
    server.psql(third, WATCHED + "ALTER TABLE public.firm_in ENABLE ALWAYS TRIGGER watched;")
    server.psql(publisher, "CREATE PUBLICATION money FOR TABLE zjtx.accounts, zjtx.ledger, zjtx.judged; CREATE "
                "PUBLICATION facts FOR TABLE firm_in;")
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
    promoted(check, server, subscriber)


def promoted(check, server, database):
    """The promoted subscriber continues the replicated accounts for its own tables of the same names."""
    server.psql(database, """
        CREATE TABLE public.firm_in (id int PRIMARY KEY, n int);
        INSERT INTO public.firm_in VALUES (1, 7), (2, 8);
        CREATE TRIGGER watched AFTER INSERT OR UPDATE OR DELETE ON public.firm_in
            FOR EACH ROW EXECUTE FUNCTION zjtx.watch('firm_in', 'id', 'own-3');
        SELECT setval('zjtx.ledger_id_seq', (SELECT max(id) FROM zjtx.ledger));
        UPDATE public.firm_in SET n = 9 WHERE id = 1;
        CALL zjtx.sweep('public.firm_in', 'id', '{own-3}');""")
    check.same("promoted, it goes on where the publisher stopped", server.ask(
        database, "SELECT string_agg(key || ' ' || kind || ' ' || difference, ', ' ORDER BY id) FROM zjtx.ledger;"),
        "1 owed 1000.00, 1 lapsed -1000.00, 1 owed 1000.00")
    check.same("in the same account", server.ask(
        database, "SELECT account, relation = 'public.firm_in'::regclass, d.datname FROM zjtx.accounts a JOIN "
        "pg_database d ON d.oid = a.database;"),
        f"public.firm_in|t|{database}")


RULES = """CREATE TABLE public.rule (id int, rule zjtx.policy, verdict zjtx.verdict);
ALTER TABLE public.rule REPLICA IDENTITY FULL;"""


def without_key(check, server, publisher, other, scratch):
    """Rows without a key are identified on another server by all columns, including policies and verdicts."""
    target = other.create("without_key", extension=True)
    server.psql(publisher, RULES)
    other.psql(target, RULES)
    server.psql(publisher, SETTINGS + """
        INSERT INTO rule SELECT i, ('n > ' || i)::policy,
            judge(r, ('policy p ''p'' fact n number clause 1 reward when n > ' || i || ' pay 5元')::policy)
            FROM generate_series(1, 9) i, LATERAL (SELECT 5 AS n) r;
        INSERT INTO rule VALUES (10, NULL, NULL), (11, 'n > 1', NULL), (11, 'n > 1 ', NULL), (11, 'n > 1', NULL);
        CREATE PUBLICATION rules FOR TABLE rule; SELECT pg_create_logical_replication_slot('rules', 'pgoutput');""")
    other.psql(target, f"CREATE SUBSCRIPTION rules CONNECTION 'host={scratch} port=5432 user={server.user} "
               f"dbname={publisher}' PUBLICATION rules WITH (create_slot = false, slot_name = 'rules');")
    session = Session(other, target)
    rows = "SELECT string_agg(r::text, ' ' ORDER BY r::text COLLATE \"C\") FROM public.rule r;"
    try:
        session.wait("SELECT count(*) FROM pg_subscription_rel WHERE srsubstate <> 'r';", "0")
        check.same("rows without a key arrive", session.ask(rows), server.ask(publisher, rows))
        server.psql(publisher, SETTINGS + """
            UPDATE rule SET rule = 'n >= 100' WHERE id = 3;
            UPDATE rule SET verdict = NULL WHERE id BETWEEN 4 AND 5;
            UPDATE rule SET id = 12 WHERE rule = 'n > 1 ';
            UPDATE rule SET rule = 'n = 0' WHERE rule IS NULL;
            DELETE FROM rule WHERE id IN (6, 11);""")
        here = server.ask(publisher, rows)
        check.holds("the publisher changed them", here.count("n >= 100") == 1 and "(12," in here and "(11," not in here,
                    here)
        check.same("an update and a delete find their rows", session.wait(rows, here), here)
        # the names of these columns differ between versions
        failed = "SELECT count(*) FROM pg_stat_subscription_stats s, to_jsonb(s) j, jsonb_each_text(j) e " \
                 "WHERE e.key LIKE '%error_count' AND e.value <> '0';"
        check.same("without an error", session.ask(failed), "0")
    finally:
        session.close()
        other.psql(target, "ALTER SUBSCRIPTION rules DISABLE; ALTER SUBSCRIPTION rules SET (slot_name = NONE); DROP "
                   "SUBSCRIPTION rules;")


def without_ledger(check, server, other, scratch):
    """Digests that are restored without the ledger say nothing: a sweep makes the entries."""
    source = server.create("swept", extension=True)
    sweep = SETTINGS + "CALL zjtx.sweep('firm', 'id', '{own-1}');"
    server.psql(source, SETTINGS + """
        SELECT store('policy own-1 ''Our own'' fact n number clause 1 reward when n >= 3 pay n * 1元');
        CREATE TABLE firm (id int PRIMARY KEY, n int);
        INSERT INTO firm VALUES (1, 5), (2, 1);""" + sweep)
    archive = scratch / "swept"
    server.command("pg_dump", "-Fc", "--exclude-table-data=zjtx.ledger", "-d", source, "-f", archive)
    oid = server.ask(source, "SELECT oid FROM pg_database WHERE datname = current_database();")
    for what, target, same_oid in (("another database", server, ""), ("another cluster", other, f"OID = {oid}")):
        database = "swept_without_ledger"
        target.drop(database)
        target.psql("postgres", f"CREATE DATABASE {database} TEMPLATE template0 {same_oid};")
        target.made.append(database)
        target.command("pg_restore", "--exit-on-error", "-d", database, archive)
        known = ("SELECT count(digest) FROM zjtx.judged; SELECT count(*), coalesce(sum(new), 0) FROM zjtx.ledger; "
                 "SELECT corrections FROM zjtx.accounts;")
        check.same(f"{what}: digests without a ledger", target.ask(database, known), "2\n0|0\n0")
        target.psql(database, sweep)
        check.same(f"{what}: a sweep makes the entries", target.ask(database, known), "2\n1|5.00\n0")


def replication(check, given, scratch):
    """A database's own documents are replicated, and invalidate plans on the subscriber."""
    with server_of_its_own(given, scratch, LOGICAL) as server:
        publisher, subscriber = server.create("publisher", extension=True), server.create("subscriber", extension=True)
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
            check.same("the columns are its own",
                       session.ask("SELECT code, title, shipped FROM policies WHERE NOT shipped;"),
                       "own-1|Our own|f")
            server.psql(publisher, "DELETE FROM zjtx.policies WHERE code = 'own-1';")
            check.same("a deleted one goes", session.wait(count, "0"), "0")
            check.same("and is missed", session.ask("EXECUTE q;").splitlines()[0],
                       'ERROR:  there is no stored policy "own-1"')
            shipped = "SELECT string_agg(code, ' ' ORDER BY code) FROM zjtx.policies WHERE shipped;"
            check.same("shipped documents stay", server.ask(subscriber, shipped), server.ask(publisher, shipped))
            server.psql(publisher, SETTINGS + "SELECT store('policy own-2 ''Other'' fact n number clause 1 when n "
                        ">= 9');")
            check.same("and it goes on", session.wait("SELECT count(*) FROM policies WHERE code = 'own-2';", "1"), "1")
            server.psql(publisher, SETTINGS + "SELECT store('policy own-4 ''Uses'' uses own-2 clause 1 when satisfies "
                        "own-2/1');")
            uses = "SELECT count(*) FROM firm e WHERE e |= (SELECT code FROM policies WHERE code = 'own-4');"
            check.same("a document that uses one arrives", session.wait(uses, "2"), "2")
            server.psql(publisher, SETTINGS + "SELECT store('policy own-2 ''Other'' fact n number clause 1 when n "
                        ">= 6');")
            check.same("and a change of the used one", session.wait(uses, "5"), "5")
            server.psql(publisher, "DELETE FROM zjtx.policies WHERE code IN ('own-2', 'own-4');")
            check.same("both go in one statement",
                       session.wait("SELECT count(*) FROM policies WHERE code IN ('own-2', 'own-4');", "0"), "0")
            ledger_arrives(check, server, publisher, subscriber, session, scratch)
            with server_of_its_own(given, scratch, LOGICAL, port=5433) as other:
                without_key(check, server, publisher, other, scratch)
                without_ledger(check, server, other, scratch)
        finally:
            session.close()
        server.psql(subscriber, "ALTER SUBSCRIPTION law DISABLE; ALTER SUBSCRIPTION law SET (slot_name = NONE); DROP "
                    "SUBSCRIPTION law;")


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
        check.part(dump_and_restore, server, scratch)
        check.part(extension_alone, server, scratch)
        check.part(names_in_constraints, server, scratch)
        check.part(upgrade, server, scratch)
        check.part(replication, server, scratch)
    finally:
        server.drop_all()
        shutil.rmtree(scratch, ignore_errors=True)
    print(f"{check.passed} passed, {check.failed} failed")
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main())
