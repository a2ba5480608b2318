#!/usr/bin/env python3
"""Tests of security that need databases, roles or an installation of their own; see
docs/operations/security.md.

    python3 test/security/run.py [--host H --port P --user U --dbname D]

It creates databases and roles `security_…` and needs a superuser who can log in as any role.  The last line
is ``N passed, N failed``.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from servers import BIN, Check, Server, Session   # noqa: E402

ROOT = HERE.parent.parent
CATALOGUE = (HERE.parent / "dump" / "catalogue.sql").read_text("utf-8")
ROLES = ("security_office", "security_clerk", "security_mallory")
VERSION = re.search(r"^default_version = '(.*)'", (ROOT / "zjtx.control").read_text("utf-8"), re.M)[1]

# Operators and functions that match better than those of pg_catalog and polymorphic ones.
TRAPS = """
DO $do$
DECLARE
    types text[] := array(SELECT t::regtype::text
    FROM unnest('{text,int4,numeric,date,daterange,bool,int8,name,zjtx.policy}'::text[]) t
    WHERE to_regtype(t) IS NOT NULL);
    l text;
    r text;
    o text;
BEGIN
    FOREACH l IN ARRAY types LOOP
        FOREACH r IN ARRAY types LOOP
            EXECUTE format('CREATE FUNCTION zjtx.trap(%s, %s) RETURNS bool LANGUAGE plpgsql AS '
                '$f$BEGIN RAISE EXCEPTION $m$trapped by an operator of %1$s and %2$s as %%$m$, current_user; END$f$', l,
                r);
            FOREACH o IN ARRAY '{=,<>,<,<=,>,>=,-,+,||,@>}'::text[] LOOP
                CONTINUE WHEN to_regoperator(format('zjtx.%s(%s,%s)', o, l, r)) IS NOT NULL;
                EXECUTE format('CREATE OPERATOR zjtx.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = zjtx.trap)', o, l, r);
            END LOOP;
        END LOOP;
        FOREACH o IN ARRAY '{lower,upper,sum,unnest,now}'::text[] LOOP
            EXECUTE format('CREATE FUNCTION zjtx.%s(%s) RETURNS %2$s LANGUAGE plpgsql AS '
                '$f$BEGIN RAISE EXCEPTION $m$trapped by %1$s as %%$m$, current_user; END$f$', o, l);
        END LOOP;
    END LOOP;
    CREATE FUNCTION zjtx.trap_add(numeric[], numeric) RETURNS numeric[] LANGUAGE plpgsql AS
        'BEGIN RAISE EXCEPTION $m$trapped by array_agg as %$m$, current_user; END';
    CREATE AGGREGATE zjtx.array_agg(numeric) (SFUNC = zjtx.trap_add, STYPE = numeric[]);
    CREATE FUNCTION zjtx.store(varchar) RETURNS text LANGUAGE plpgsql
        AS 'BEGIN RAISE EXCEPTION $m$trapped by store$m$; END';
END $do$;
"""
IN_THE_WAY = "SET search_path = zjtx, public;"

# Objects that depend on a foreign object in the extension's schema.
STRAY = """
SELECT pg_describe_object(d.classid, d.objid, d.objsubid) || ' on ' || pg_describe_object(d.refclassid, d.refobjid,
    d.refobjsubid)
FROM pg_depend d
WHERE d.refclassid IN ('pg_proc'::regclass, 'pg_operator'::regclass)
AND EXISTS (SELECT FROM pg_depend s WHERE s.classid = d.refclassid AND s.objid = d.refobjid
    AND s.refobjid = 'zjtx'::regnamespace)
AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = d.refclassid AND x.objid = d.refobjid AND x.deptype = 'e')
AND (EXISTS (SELECT FROM pg_depend x WHERE x.classid = d.classid AND x.objid = d.objid AND x.deptype = 'e')
    OR d.classid NOT IN ('pg_proc'::regclass, 'pg_operator'::regclass));
"""

USE = """
SELECT zjtx.store('policy own-2025 ''Our own'' series own in force from 2025-01-01 fact n number 元 at least 0 clause 1 '
    'reward when n >= 3元 pay n');
SELECT zjtx.store('policy own-uses ''Uses'' uses own clause 1 when satisfies own/1');
CREATE TABLE public.firm (id int PRIMARY KEY, n numeric);
CREATE TRIGGER judge AFTER INSERT OR UPDATE ON public.firm FOR EACH ROW EXECUTE FUNCTION zjtx.watch('firm', 'id',
    'own-2025');
INSERT INTO public.firm VALUES (1, 10), (2, 1);
CALL zjtx.sweep('public.firm', 'id', '{own-2025}');
SELECT zjtx.settle('public.firm', '1', 'own-2025', '1', NULL, NULL, 4);
"""
GRANTS = """
GRANT SELECT, INSERT, UPDATE, DELETE ON zjtx.policies TO security_office WITH GRANT OPTION;
GRANT SELECT ON zjtx.accounts, zjtx.ledger, zjtx.judged, zjtx.owed, zjtx.ledger_id_seq, zjtx.allotments,
    zjtx.allotments_id_seq TO security_office
    WITH GRANT OPTION;
GRANT EXECUTE ON FUNCTION zjtx.watch(), zjtx.settle TO security_office WITH GRANT OPTION;
GRANT EXECUTE ON PROCEDURE zjtx.sweep TO security_office WITH GRANT OPTION;
"""
READ = """
SELECT zjtx.eligible(e, 'own-2025'), zjtx.amount(e, 'own') FROM public.firm e ORDER BY id;
SELECT id, key, kind, old, new, paid, "by" FROM zjtx.ledger ORDER BY id;
SELECT key, owed, paid, due FROM zjtx.owed;
SELECT key, standing FROM zjtx.standing('2100-01-01');
SELECT count(*) FROM zjtx.in_force('2025-06-30');
SELECT code, shipped FROM zjtx.policies ORDER BY code;
"""


def extension_folders(server):
    """Returns the directories with extensions, if files can be written there."""
    sharedir = subprocess.run([BIN / "pg_config", "--sharedir"], capture_output=True, text=True,
                              check=True).stdout.strip()
    places = server.ask("postgres", "SELECT setting FROM pg_settings WHERE name = 'extension_destdir';"
                        "SELECT split_part(setting, ':', 1) FROM pg_settings WHERE name = "
                        "'extension_control_path';").splitlines()
    folders = [pathlib.Path(folder) for place in places for folder in (place + sharedir + "/extension",
                                                                       place + "/extension")]
    return [folder for folder in folders if os.access(folder, os.W_OK)]


def schema_of_another(check, server):
    """An ordinary role creates the schema before the extension exists."""
    database = server.create("security_schema")
    server.psql(database, "GRANT CREATE ON DATABASE security_schema TO security_mallory;")
    mallory = server.as_user("security_mallory")

    mallory.psql(database, "CREATE SCHEMA zjtx;")
    found = server.error(database, "CREATE EXTENSION zjtx;")
    check.holds("a schema of an ordinary role's is refused", 'schema "zjtx" belongs to "security_mallory"' in found,
                found)
    mallory.psql(database, TRAPS)
    found = server.error(database, "CREATE EXTENSION zjtx;")
    check.holds("a schema that holds something is refused", 'schema "zjtx" is not empty' in found, found)
    check.holds("and nothing of the extension is left",
                server.ask(database, "SELECT count(*) FROM pg_extension WHERE extname = 'zjtx';") == "0")

    server.psql(database, "DROP SCHEMA zjtx CASCADE; CREATE SCHEMA zjtx; GRANT CREATE ON SCHEMA zjtx TO "
                "security_mallory;")
    found = server.error(database, "CREATE EXTENSION zjtx;")
    check.holds("a schema in which others may create is refused",
                'roles other than its owner may create objects in schema "zjtx"' in found, found)
    server.psql(database, "REVOKE CREATE ON SCHEMA zjtx FROM security_mallory; CREATE EXTENSION zjtx; DROP EXTENSION "
                "zjtx;")
    check.holds("one of a superuser's is taken", True)
    server.psql(database, "ALTER DATABASE security_schema OWNER TO security_office; ALTER SCHEMA zjtx OWNER TO "
                "security_office;")
    found = server.error(database, "CREATE EXTENSION zjtx;")
    check.holds("one of the database's owner is not", 'schema "zjtx" belongs to "security_office"' in found, found)


def script_among_traps(check, server):
    """The install script runs in a schema full of traps."""
    folders = extension_folders(server)
    if not folders:
        print("the server's extensions are in no folder that can be written: the script among traps was not tried")
        return
    database = server.create("security_script")
    server.psql(database, "CREATE SCHEMA zjtx;" + TRAPS)
    found = server.error(database, "SET search_path = zjtx, pg_temp; SELECT 1.0 >= 1;")
    check.holds("the traps work", "trapped by an operator of numeric and integer" in found, found)

    script = (ROOT / f"zjtx--{VERSION}.sql").read_text("utf-8")
    script = script.replace("SELECT zjtx.check_schema();", "", 1)
    # once the type exists, traps can take it as an argument
    script = script.replace("CREATE TYPE zjtx.placement AS",
                            "CREATE FUNCTION zjtx.stored(zjtx.policy) RETURNS text LANGUAGE sql AS 'SELECT 1/0';\n"
                            "CREATE TYPE zjtx.placement AS", 1)
    file = folders[0] / "zjtx--trapped.sql"
    try:
        file.write_text(script, "utf-8")
        done = server.psql(database, "SET search_path = zjtx, pg_temp; CREATE EXTENSION zjtx VERSION 'trapped';",
                           check=False)
    finally:
        file.unlink(missing_ok=True)
    check.holds("the install script calls none", done.returncode == 0 and "trapped by" not in done.stderr,
                done.stderr[-2000:])
    found = server.ask(database, "SELECT pg_describe_object(d.classid, d.objid, 0) || ' on ' || "
                       "pg_describe_object(d.refclassid, d.refobjid, 0) FROM pg_depend d "
                       "WHERE d.refobjid IN (SELECT oid FROM pg_proc WHERE prosrc ~ 'trapped' UNION SELECT o.oid FROM "
                       "pg_operator o JOIN pg_proc p ON p.oid = oprcode AND prosrc ~ 'trapped') "
                       "AND d.classid <> 'pg_operator'::regclass AND d.objid <> "
                       "to_regprocedure('zjtx.array_agg(numeric)');")
    check.holds("and nothing that it makes depends on one", found == "", found)
    use = USE.replace("SELECT zjtx.store('", "SELECT zjtx.store(text '", 1)
    server.psql(database, IN_THE_WAY + use)
    check.holds("nor is one called when it is used", len(server.ask(database, IN_THE_WAY + READ).splitlines()) > 10)


def not_trusted(check, server, scratch):
    """The owner of a database cannot install the extension, and uses it with granted privileges."""
    database = server.create("security_office_of")
    server.psql(database, "ALTER DATABASE security_office_of OWNER TO security_office;")
    office, clerk = server.as_user("security_office"), server.as_user("security_clerk")
    found = office.error(database, "CREATE EXTENSION zjtx;")
    check.holds("who owns the database does not install it", 'permission denied to create extension "zjtx"' in found,
                found)
    server.psql(database, "CREATE EXTENSION zjtx;" + GRANTS)
    office.psql(database, USE)
    before = office.ask(database, READ)
    check.holds("he uses it with what he was granted", len(before.splitlines()) > 10, before)
    check.same("entries name him", office.ask(database, 'SELECT DISTINCT "by" FROM zjtx.ledger;'), "security_office")
    for statement, error in (
            ("UPDATE zjtx.ledger SET new = 1000", "permission denied for table ledger"),
            ("DELETE FROM zjtx.ledger", "permission denied for table ledger"),
            ("INSERT INTO zjtx.judged SELECT * FROM zjtx.judged", "permission denied for table judged"),
            ("TRUNCATE zjtx.ledger", "permission denied for table ledger"),
            ("ALTER TABLE zjtx.ledger DISABLE TRIGGER ALL", "must be owner of table ledger"),
            ("DROP TABLE zjtx.judged", "must be owner of table judged"),
            ("CREATE TRIGGER t AFTER INSERT ON zjtx.ledger FOR EACH ROW EXECUTE FUNCTION zjtx.watch('a', 'b', 'c')",
             "permission denied for table ledger"),
            ("CREATE TABLE public.child () INHERITS (zjtx.ledger)", "must be owner of table ledger"),
            ("CREATE RULE r AS ON INSERT TO zjtx.judged DO ALSO NOTIFY x", "must be owner of table judged"),
            ("UPDATE zjtx.judged SET key = 'x'", "permission denied for table judged"),
            ("UPDATE zjtx.allotments SET amount = 9", "permission denied for table allotments"),
            ("DELETE FROM zjtx.allotments", "permission denied for table allotments"),
            ("INSERT INTO zjtx.allotments OVERRIDING SYSTEM VALUE SELECT * FROM zjtx.allotments",
             "permission denied for table allotments"),
            ("TRUNCATE zjtx.allotments", "permission denied for table allotments"),
            ("SELECT zjtx.record_allotment('public.firm', 'own-2025', '1', 2025)",
             "permission denied for function record_allotment"),
            ("UPDATE zjtx.policies SET doc = 'policy banan-2024 ''x''' WHERE code = 'banan-2024'",
             "a policy shipped with zjtx cannot be changed"),
            ("ALTER FUNCTION zjtx.eligible(jsonb, text) LEAKPROOF", "must be owner of function zjtx.eligible"),
            ("CREATE FUNCTION zjtx.judge(public.firm, text) RETURNS int LANGUAGE sql AS 'SELECT 1'",
             "permission denied for schema zjtx"),
            ("ALTER SCHEMA zjtx RENAME TO mine", "must be owner of schema zjtx"),
            ("ALTER EXTENSION zjtx ADD TABLE public.firm", "must be owner of extension zjtx"),
            ("ALTER EXTENSION zjtx DROP TABLE zjtx.ledger", "must be owner of extension zjtx"),
            ("DROP EXTENSION zjtx", "must be owner of extension zjtx"),
            ("SET zjtx.allow_drop = on; DROP EXTENSION zjtx CASCADE", "must be owner of extension zjtx"),
            ("SET zjtx.allow_drop = on; DROP SCHEMA zjtx CASCADE", "must be owner of schema zjtx"),
            ("ALTER EVENT TRIGGER zjtx_before_drop DISABLE", "must be owner of event trigger zjtx_before_drop")):
        found = office.error(database, statement + ";")
        check.holds(f"he does not: {statement}", error in found, found)
    check.same("nothing was changed by it", office.ask(database, READ), before)

    office.psql(database, "GRANT SELECT ON zjtx.ledger, zjtx.owed TO security_clerk; GRANT EXECUTE ON FUNCTION "
                "zjtx.settle TO security_clerk; "
                "GRANT INSERT, UPDATE ON zjtx.policies TO security_clerk;")
    check.same("he grants others", clerk.ask(
        database, "SELECT due FROM zjtx.owed; SELECT zjtx.settle('public.firm', '1', 'own-2025', '1', NULL, NULL, 1); "
        "SELECT zjtx.store('policy clerks ''C''');"), "6.00\n5.00\nclerks")
    found = clerk.error(database, "SELECT * FROM zjtx.judged;")
    check.holds("what he has not granted they have not", "permission denied for table judged" in found, found)
    before = office.ask(database, READ)

    dump = scratch / "office.sql"
    office.command("pg_dump", "-d", database, "-f", dump)
    target = server.create("security_restored")
    server.command("psql", "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-d", target, "-f", dump)
    check.same("his dump is restored by a superuser", office.ask(target, READ), before)
    check.same("with what he granted", clerk.ask(target, "SELECT due FROM zjtx.owed;"), "5.00")
    check.same("and entries go on where they stopped", office.ask(
        target, "UPDATE public.firm SET n = 20 WHERE id = 1; SELECT id, key, old, new FROM zjtx.ledger ORDER BY id "
        "DESC LIMIT 1;"), "4|1|10.00|20.00")
    check.same("the extension is the same", server.ask(target, CATALOGUE), server.ask(database, CATALOGUE))


# mallory owns the schema and the extension: by ALTER SCHEMA … OWNER, and by an update of pg_extension.  All
# objects that mallory creates report when they are called.
EVIL = """
CREATE FUNCTION public.evil(what text) RETURNS void LANGUAGE plpgsql AS
    $f$ BEGIN RAISE WARNING 'trapped by % as %', what, current_user; END $f$;
CREATE FUNCTION public.evil_row() RETURNS trigger LANGUAGE plpgsql AS
    $f$ BEGIN PERFORM public.evil('a trigger'); RETURN NULL; END $f$;
"""
OFFER = """
CREATE FUNCTION zjtx.{name}(public.firm, {second}) RETURNS {result} LANGUAGE plpgsql AS
    $f$ BEGIN PERFORM public.evil('{name}'); RETURN {value}; END $f$;
"""
# Statements that name our functions themselves, and statements of the library.
BY_NAME = """
SELECT {schema}.eligible(e, 'own-uses'), {schema}.stored('own-uses') IS NULL FROM public.firm e ORDER BY 1;
SELECT {schema}.eligible(e, 'own-2025'), {schema}.amount(e, 'own'), {schema}.judge(e, 'own-2025') IS NULL
    FROM public.firm e ORDER BY 1;
"""
WITHIN = """
SELECT count(*) FROM {schema}.assess('{{"n": 5}}'::jsonb);
SELECT {schema}.store('policy own-also ''Another'' uses own-uses clause 1 when satisfies own-uses/1'::text);
SELECT {schema}.store('policy own-uses ''Uses'' uses own clause 1 when not satisfies own/1'::text);
DELETE FROM {schema}.policies WHERE code OPERATOR(pg_catalog.=) 'own-also';
SELECT {schema}.store('policy own-2026 ''Another'' fact n number clause 1 when n > 0'::text);
UPDATE public.firm SET n = n OPERATOR(pg_catalog.+) 1;
CALL {schema}.sweep('public.firm', 'id', ARRAY['own-2025']);
CREATE TABLE IF NOT EXISTS public.filled (id int, n int, reward numeric, placed text);
CREATE OR REPLACE TRIGGER fill BEFORE INSERT ON public.filled FOR EACH ROW
    EXECUTE FUNCTION {schema}.fill('reward=own-2025');
INSERT INTO public.filled (id, n) VALUES (1, 5);
UPDATE public.filled SET n = n OPERATOR(pg_catalog.+) 4;
CALL {schema}.refill('public.filled');
SELECT {schema}.settle('public.firm', '1', 'own-2025', '1', NULL, NULL, 1);
SELECT count(*) FROM {schema}.progress('goals'::text, 'public.firm');
SELECT count(*) FROM {schema}.check_table('public.firm'::regclass, 'own-2025'::text);
SELECT {schema}.publish('public.firm', 'own-2025'::text, 'public.published', true);
SELECT {schema}.publish('public.firm', {schema}.stored('own-2025'::text), 'public.published_value');
SELECT count(*) FROM public.published; SELECT * FROM public.published ORDER BY id LIMIT 1;
SELECT count(*) FROM public.published_value; SELECT * FROM public.published_value ORDER BY id LIMIT 1;
SELECT answer FROM public.asked;
BEGIN; SELECT public.pay(); COMMIT;
"""
# Tables with the names of ours, and triggers that would run with the privileges of the ledger's owner.
DECOYS = """
DO $do$ DECLARE t record; BEGIN
    FOR t IN SELECT relname FROM pg_class WHERE relnamespace = 'hidden'::regnamespace AND relkind = 'r' LOOP
        EXECUTE format('CREATE TABLE zjtx.%I (LIKE hidden.%I INCLUDING ALL)', t.relname, t.relname);
        EXECUTE format('CREATE CONSTRAINT TRIGGER z AFTER INSERT OR UPDATE ON zjtx.%I DEFERRABLE INITIALLY DEFERRED '
                       'FOR EACH ROW EXECUTE FUNCTION public.evil_row()', t.relname);
        EXECUTE format('CREATE TRIGGER y BEFORE INSERT OR UPDATE ON zjtx.%I FOR EACH ROW '
            'EXECUTE FUNCTION public.evil_row()', t.relname);
        EXECUTE format('ALTER EXTENSION zjtx ADD TABLE zjtx.%I', t.relname);
    END LOOP;
END $do$;
"""


def schema_in_other_hands(check, server):
    """An ordinary role owns the schema and the extension: none of its objects is taken for ours."""
    mallory = server.as_user("security_mallory")

    def prepare():
        database = server.create("security_hands", extension=True)
        server.psql(database, USE + """
            SELECT zjtx.store('policy goals ''G'' fact n number target t ''T'' 家 stock 2024: 1 count where n > 1');
            CREATE VIEW public.asked AS SELECT f.*, zjtx.eligible(f, 'own-2025') AS answer FROM public.firm f;
            CREATE FUNCTION public.pay() RETURNS numeric BEGIN ATOMIC
                SELECT zjtx.settle('public.firm', '1', 'own-2025', '1', NULL, NULL, 1); END;
            GRANT SELECT ON ALL TABLES IN SCHEMA zjtx TO security_mallory;
            GRANT CREATE ON DATABASE security_hands TO security_mallory;
                GRANT CREATE ON SCHEMA public TO security_mallory;
            ALTER SCHEMA zjtx OWNER TO security_mallory;
            UPDATE pg_extension SET extowner = 'security_mallory'::regrole WHERE extname = 'zjtx';""")
        mallory.psql(database, EVIL)
        return database

    def asked(database, what, script, schema="zjtx", before=""):
        done = server.psql(database, before + script.format(schema=schema), check=False)
        check.holds(f"{what}: everything answers", done.returncode == 0 and len(done.stdout.splitlines()) >= 12,
                    done.stdout + done.stderr)
        check.holds(f"{what}: and nothing of his is called", "trapped by" not in done.stderr, done.stderr)

    database = prepare()
    session = Session(server, database)
    try:
        session.ask("SET client_min_messages = warning;" + (BY_NAME + WITHIN).format(schema="zjtx"))
        mallory.psql(database, """
            ALTER SCHEMA zjtx RENAME TO hidden;
            CREATE SCHEMA zjtx;
            CREATE VIEW zjtx.policies AS SELECT code, doc, title, series, uses, number, repeals, in_force,
                shipped, tableoid, xmin, cmin, ctid FROM hidden.policies
                WHERE public.evil('a view') IS NULL;
            CREATE FUNCTION zjtx.judge(public.firm, text) RETURNS hidden.verdict LANGUAGE plpgsql AS
                $f$ BEGIN PERFORM public.evil('judge'); RETURN NULL; END $f$;
            GRANT USAGE ON SCHEMA zjtx TO PUBLIC; GRANT SELECT ON zjtx.policies TO PUBLIC;
            ALTER EXTENSION zjtx ADD VIEW zjtx.policies;
            ALTER EXTENSION zjtx ADD FUNCTION zjtx.judge(public.firm, text);""")
        asked(database, "a view policies that is made a member of the extension", BY_NAME + WITHIN, "hidden")
        mallory.psql(database, "ALTER EXTENSION zjtx DROP VIEW zjtx.policies; DROP VIEW zjtx.policies;" + DECOYS)
        asked(database, "tables with the names of ours", BY_NAME + WITHIN, "hidden")
        found = session.ask((BY_NAME + WITHIN).format(schema="hidden"))
        check.holds("nor in a session that has plans of before", "trapped by" not in found and "ERROR" not in found,
                    found)
        check.same("his hold nothing",
                   server.ask(database, "SELECT count(*) FROM zjtx.ledger; SELECT count(*) FROM zjtx.judged; SELECT "
                              "count(*) FROM zjtx.policies;"), "0\n0\n0")
        mallory.psql(database, "ALTER SCHEMA zjtx RENAME TO decoy; ALTER SCHEMA hidden RENAME TO zjtx;")
        asked(database, "the schema under its name again", BY_NAME + WITHIN)
        found = session.ask((BY_NAME + WITHIN).format(schema="zjtx"))
        check.holds("nor then in that session", "trapped by" not in found and "ERROR" not in found, found)
    finally:
        session.close()

    for result, value in (("zjtx.verdict", "NULL"), ("zjtx.verdict", "zjtx.judge(to_jsonb($1), 'own-2025'::text)"),
                          ("int", "7"), ("text", "'x'")):
        database = prepare()
        mallory.psql(database, "".join(OFFER.format(name=name, second=second, result=result, value=value)
                                       for name in ("judge", "eligible", "missing")
                                       for second in ("text", "zjtx.policy")))
        # PostgreSQL resolves the names in the user's own statements
        found = server.psql(database, "SELECT zjtx.judge(e, 'own-2025') FROM public.firm e;").stderr
        check.holds(f"a judge of {result}, {value}: it fits better", "trapped by" in found, found)
        asked(database, f"a judge of {result}, {value}", WITHIN)
        found = server.ask(database, STRAY)
        check.holds("nothing of the extension depends on one", found == "", found)

    database = prepare()
    mallory.psql(database, "".join(
        f"CREATE FUNCTION zjtx.{name}(zjtx.verdict, varchar) RETURNS {result} LANGUAGE plpgsql AS $f$ BEGIN PERFORM "
        f"public.evil('{name}'); RETURN NULL; END $f$;"
        for name, result in (("verdict_amount", "numeric"), ("verdict_eligible", "boolean"),
                             ("judge", "zjtx.verdict"))) + TRAPS)
    asked(database, "traps on the path", BY_NAME + WITHIN, before=IN_THE_WAY)
    found = server.ask(database, STRAY)
    check.holds("nothing of the extension depends on one", found == "", found)


def script_of_another(check, server):
    """While another extension's script runs, nobody can claim that a document is shipped."""
    database = server.create("security_other", extension=True)
    folder = next(iter(extension_folders(server)), None)
    if folder is None:
        print("the server's extensions are in no folder that can be written: another's script was not tried")
        return
    files = {"security_other.control": "default_version = '1'\nrelocatable = true\n",
             "security_other--1.sql": "INSERT INTO zjtx.policies (doc) VALUES ('policy other-1 ''Other''');",
             "security_other--2.sql": "UPDATE zjtx.policies SET doc = 'policy banan-2024 ''x''' WHERE code = "
             "'banan-2024';"}
    try:
        for name, text in files.items():
            (folder / name).write_text(text, "utf-8")
        server.psql(database, "CREATE EXTENSION security_other VERSION '1';")
        check.same("what it stores is not shipped",
                   server.ask(database, "SELECT shipped FROM zjtx.policies WHERE code = 'other-1';"), "f")
        found = server.error(database, "DROP EXTENSION security_other; CREATE EXTENSION security_other VERSION '2';")
        check.holds("nor does it change what is", "a policy shipped with zjtx cannot be changed" in found, found)
    finally:
        for name in files:
            (folder / name).unlink(missing_ok=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for flag in ("--host", "--port", "--user"):
        parser.add_argument(flag)
    parser.add_argument("--dbname", default="postgres")
    options = parser.parse_args()

    server = Server(options.host, options.port, options.user)
    check = Check()
    roles = ", ".join(ROLES)
    server.psql("postgres", f"DROP ROLE IF EXISTS {roles}; " + "".join(f"CREATE ROLE {role} LOGIN; " for role in ROLES))
    try:
        check.part(schema_of_another, server)
        check.part(script_among_traps, server)
        with tempfile.TemporaryDirectory() as scratch:
            check.part(not_trusted, server, pathlib.Path(scratch))
        check.part(schema_in_other_hands, server)
        check.part(script_of_another, server)
    finally:
        server.drop_all()
        server.psql("postgres", f"DROP ROLE {roles};")
    print(f"{check.passed} passed, {check.failed} failed")
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main())
