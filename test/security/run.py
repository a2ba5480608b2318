#!/usr/bin/env python3
"""Holds what takes a database, a role or an installation of its own: docs/operations/security.md says against what.

    python3 test/security/run.py [--host H --port P --user U --dbname D]

It makes databases and roles `security_…` of its own and needs a superuser, who may log in as anybody.
The last line is ``N passed, N failed``.
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
from servers import BIN, Check, Server   # noqa: E402

ROOT = HERE.parent.parent
CATALOGUE = (HERE.parent / "dump" / "catalogue.sql").read_text("utf-8")
ROLES = ("security_office", "security_clerk", "security_mallory")
VERSION = re.search(r"^default_version = '(.*)'", (ROOT / "zjtx.control").read_text("utf-8"), re.M)[1]

# Operators that fit better than those of pg_catalog, and functions that fit better than polymorphic ones.
TRAPS = """
DO $do$
DECLARE
    types text[] := array(SELECT t::regtype::text FROM unnest('{text,int4,numeric,date,daterange,bool,int8,name,zjtx.policy}'::text[]) t WHERE to_regtype(t) IS NOT NULL);
    l text;
    r text;
    o text;
BEGIN
    FOREACH l IN ARRAY types LOOP
        FOREACH r IN ARRAY types LOOP
            EXECUTE format('CREATE FUNCTION zjtx.trap(%s, %s) RETURNS bool LANGUAGE plpgsql AS '
                '$f$BEGIN RAISE EXCEPTION $m$trapped by an operator of %1$s and %2$s as %%$m$, current_user; END$f$', l, r);
            FOREACH o IN ARRAY '{=,<>,<,<=,>,>=,-,+,||,@>}'::text[] LOOP
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
    CREATE FUNCTION zjtx.store(varchar) RETURNS text LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION $m$trapped by store$m$; END';
END $do$;
"""
IN_THE_WAY = "SET search_path = zjtx, public;"

# What depends on something in the schema that is no part of the extension.
STRAY = """
SELECT pg_describe_object(d.classid, d.objid, d.objsubid) || ' on ' || pg_describe_object(d.refclassid, d.refobjid, d.refobjsubid)
FROM pg_depend d
WHERE d.refclassid IN ('pg_proc'::regclass, 'pg_operator'::regclass)
AND EXISTS (SELECT FROM pg_depend s WHERE s.classid = d.refclassid AND s.objid = d.refobjid AND s.refobjid = 'zjtx'::regnamespace)
AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = d.refclassid AND x.objid = d.refobjid AND x.deptype = 'e')
AND (EXISTS (SELECT FROM pg_depend x WHERE x.classid = d.classid AND x.objid = d.objid AND x.deptype = 'e')
    OR d.classid NOT IN ('pg_proc'::regclass, 'pg_operator'::regclass));
"""

USE = """
SELECT zjtx.store('policy own-2025 ''Our own'' series own in force from 2025-01-01 fact n number 元 at least 0 clause 1 reward when n >= 3元 pay n');
CREATE TABLE public.firm (id int PRIMARY KEY, n numeric);
CREATE TRIGGER judge AFTER INSERT OR UPDATE ON public.firm FOR EACH ROW EXECUTE FUNCTION zjtx.watch('firm', 'id', 'own-2025');
INSERT INTO public.firm VALUES (1, 10), (2, 1);
CALL zjtx.sweep('public.firm', 'id', 'own-2025');
SELECT zjtx.settle('public.firm', '1', 'own-2025', '1', NULL, NULL, 4);
"""
READ = """
SELECT zjtx.eligible(e, 'own-2025'), zjtx.amount(e, 'own') FROM public.firm e ORDER BY id;
SELECT id, key, kind, old, new, paid, "by" FROM zjtx.ledger ORDER BY id;
SELECT key, owed, paid, due FROM zjtx.owed;
SELECT key, standing FROM zjtx.standing('2100-01-01');
SELECT count(*) FROM zjtx.in_force('2025-06-30');
SELECT code, shipped FROM zjtx.policies ORDER BY code;
"""


def schema_of_another(check, server):
    """Somebody makes the schema before the extension is there, and waits."""
    database = server.create("security_schema")
    server.psql(database, "GRANT CREATE ON DATABASE security_schema TO security_mallory;")
    mallory = server.as_user("security_mallory")

    mallory.psql(database, "CREATE SCHEMA zjtx;")
    found = server.error(database, "CREATE EXTENSION zjtx;")
    check.holds("a schema of an ordinary role's is refused", 'schema "zjtx" belongs to "security_mallory"' in found, found)
    mallory.psql(database, TRAPS)
    for who, name in ((server, "a superuser"), (mallory, "its owner")):
        found = who.error(database, "CREATE EXTENSION zjtx;")
        check.holds(f"a schema that holds something is refused, to {name}", 'schema "zjtx" is not empty' in found, found)
    check.holds("and nothing of the extension is left", server.ask(database, "SELECT count(*) FROM pg_extension WHERE extname = 'zjtx';") == "0")

    server.psql(database, "DROP SCHEMA zjtx CASCADE; CREATE SCHEMA zjtx; GRANT CREATE ON SCHEMA zjtx TO security_mallory;")
    found = server.error(database, "CREATE EXTENSION zjtx;")
    check.holds("a schema in which others may create is refused", 'others than its owner may create objects in schema "zjtx"' in found, found)
    server.psql(database, "REVOKE CREATE ON SCHEMA zjtx FROM security_mallory; CREATE EXTENSION zjtx; DROP EXTENSION zjtx;")
    server.psql(database, "ALTER DATABASE security_schema OWNER TO security_office; ALTER SCHEMA zjtx OWNER TO security_office; CREATE EXTENSION zjtx;")
    check.holds("one of a superuser's, or of the database's owner, is taken", True)


def script_among_traps(check, server):
    """The statements of the scripts themselves, where the schema is full of traps all the same."""
    database = server.create("security_script")
    server.psql(database, "CREATE SCHEMA zjtx;" + TRAPS)
    found = server.error(database, "SET search_path = zjtx, pg_temp; SELECT 1.0 >= 1;")
    check.holds("the traps work", "trapped by an operator of numeric and integer" in found, found)

    script = (ROOT / f"zjtx--{VERSION}.sql").read_text("utf-8")
    library = server.ask(database, "SELECT '$libdir/zjtx';")
    script = script.replace("MODULE_PATHNAME", library).replace("@extowner@", "CURRENT_USER")
    script = re.sub(r"^\\echo.*$|^SELECT pg_catalog\.pg_extension_config_dump.*$|^SELECT zjtx\.check_schema\(\);$", "", script, flags=re.M)
    # once the type is there, so are traps that take it
    script = script.replace("CREATE TYPE zjtx.placement AS", "CREATE FUNCTION zjtx.stored(zjtx.policy) RETURNS text LANGUAGE sql AS 'SELECT 1/0';\n"
                            "CREATE TYPE zjtx.placement AS", 1)
    done = server.psql(database, "BEGIN; SET search_path = zjtx, pg_temp;\n" + script + "\nCOMMIT;", check=False)
    check.holds("the install script calls none", done.returncode == 0 and "trapped" not in done.stderr, done.stderr[-2000:])
    found = server.ask(database, "SELECT pg_describe_object(d.classid, d.objid, 0) || ' on ' || pg_describe_object(d.refclassid, d.refobjid, 0) FROM pg_depend d "
                       "WHERE d.refobjid IN (SELECT oid FROM pg_proc WHERE prosrc ~ 'trapped' UNION SELECT o.oid FROM pg_operator o JOIN pg_proc p ON p.oid = oprcode AND prosrc ~ 'trapped') "
                       "AND d.classid <> 'pg_operator'::regclass AND d.objid <> to_regprocedure('zjtx.array_agg(numeric)');")
    check.holds("and nothing that it makes depends on one", found == "", found)
    server.psql(database, IN_THE_WAY + USE)
    check.holds("nor is one called when it is used", len(server.ask(database, IN_THE_WAY + READ).splitlines()) > 10)


def trusted(check, server, scratch):
    """The owner of a database, who is no superuser, installs, uses, dumps and restores."""
    database = server.create("security_trusted")
    server.psql(database, "ALTER DATABASE security_trusted OWNER TO security_office;")
    office, clerk = server.as_user("security_office"), server.as_user("security_clerk")
    found = clerk.error(database, "CREATE EXTENSION zjtx;")
    check.holds("not everybody installs it", "permission denied for database security_trusted" in found, found)
    office.psql(database, "CREATE EXTENSION zjtx;")
    office.psql(database, USE)
    before = office.ask(database, READ)
    check.holds("who owns the database installs and uses it", len(before.splitlines()) > 10, before)
    check.same("whose entries name him", office.ask(database, 'SELECT DISTINCT "by" FROM zjtx.ledger;'), "security_office")
    check.same("he owns the extension and its schema, and nothing that is in it", office.ask(
        database, "SELECT pg_get_userbyid(extowner), pg_get_userbyid(nspowner), (SELECT count(*) FROM pg_class WHERE relnamespace = n.oid AND relowner = extowner), "
        "(SELECT count(*) FROM pg_proc WHERE pronamespace = n.oid AND proowner = extowner) FROM pg_extension, pg_namespace n WHERE extname = 'zjtx' AND nspname = 'zjtx';"),
        "security_office|security_office|0|0")
    for statement, error in (
            ("UPDATE zjtx.ledger SET new = 1000", "permission denied for table ledger"),
            ("DELETE FROM zjtx.ledger", "permission denied for table ledger"),
            ("TRUNCATE zjtx.ledger", "permission denied for table ledger"),
            ("ALTER TABLE zjtx.ledger DISABLE TRIGGER ALL", "must be owner of table ledger"),
            ("DROP TABLE zjtx.judged", "because extension zjtx requires it"),
            ("CREATE TRIGGER t AFTER INSERT ON zjtx.ledger FOR EACH ROW EXECUTE FUNCTION zjtx.watch('a', 'b', 'c')", "permission denied for table ledger"),
            ("CREATE TABLE public.child () INHERITS (zjtx.ledger)", "must be owner of table ledger"),
            ("CREATE RULE r AS ON INSERT TO zjtx.judged DO ALSO NOTIFY x", "must be owner of table judged"),
            ("UPDATE zjtx.judged SET key = 'x'", "permission denied for table judged"),
            ("UPDATE zjtx.policies SET doc = 'policy banan-2024 ''x''' WHERE code = 'banan-2024'", "a policy that came with zjtx cannot be changed"),
            ("ALTER FUNCTION zjtx.eligible(jsonb, text) LEAKPROOF", "must be owner of function zjtx.eligible"),
            ("ALTER EXTENSION zjtx DROP TABLE zjtx.ledger", "must be owner of table ledger")):
        found = office.error(database, statement + ";")
        check.holds(f"he does not: {statement}", error in found, found)

    office.psql(database, "GRANT SELECT ON zjtx.ledger, zjtx.owed TO security_clerk; GRANT EXECUTE ON FUNCTION zjtx.settle TO security_clerk; "
                "GRANT INSERT, UPDATE ON zjtx.policies TO security_clerk;")
    check.same("he grants others", clerk.ask(
        database, "SELECT due FROM zjtx.owed; SELECT zjtx.settle('public.firm', '1', 'own-2025', '1', NULL, NULL, 1); SELECT zjtx.store('policy clerks ''C''');"), "6.00\n5.00\nclerks")
    found = clerk.error(database, "SELECT * FROM zjtx.judged;")
    check.holds("what he has not granted they have not", "permission denied for table judged" in found, found)
    before = office.ask(database, READ)

    dump = scratch / "trusted.sql"
    office.command("pg_dump", "-d", database, "-f", dump)
    target = server.create("security_restored")
    server.psql(target, "ALTER DATABASE security_restored OWNER TO security_office;")
    office.command("psql", "-X", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-d", target, "-f", dump)
    check.same("his dump is restored by him", office.ask(target, READ), before)
    check.same("with what he granted", clerk.ask(target, "SELECT due FROM zjtx.owed;"), "5.00")
    check.same("and entries go on where they stopped", office.ask(
        target, "UPDATE public.firm SET n = 20 WHERE id = 1; SELECT id, key, old, new FROM zjtx.ledger ORDER BY id DESC LIMIT 1;"), "4|1|10.00|20.00")
    check.same("the extension is the same", server.ask(target, CATALOGUE), server.ask(database, CATALOGUE))
    office.psql(target, "DROP TABLE public.firm; DROP EXTENSION zjtx; CREATE EXTENSION zjtx;")
    check.holds("he drops it and installs it again", True)


def traps_behind(check, server):
    """Who owns the schema of a trusted extension fills it with traps: only he ever calls them."""
    database = server.create("security_traps_behind")
    server.psql(database, "GRANT CREATE ON DATABASE security_traps_behind TO security_mallory; GRANT CREATE ON SCHEMA public TO security_mallory;")
    mallory = server.as_user("security_mallory")
    mallory.psql(database, "CREATE EXTENSION zjtx;")
    mallory.psql(database, TRAPS)
    mallory.psql(database, IN_THE_WAY + USE)
    check.holds("the ledger is written as its owner, and none is called", len(mallory.ask(database, IN_THE_WAY + READ).splitlines()) > 10)
    found = server.ask(database, STRAY)
    check.holds("nothing of the extension depends on one", found == "", found)

    # under another name of the schema, the old one stands for tables of his own
    mallory.psql(database, """
        ALTER SCHEMA zjtx RENAME TO old;
        CREATE SCHEMA zjtx;
        CREATE FUNCTION zjtx.spring() RETURNS text LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION $m$trapped as %$m$, current_user; END';
        CREATE TABLE zjtx.rows AS SELECT code, doc, title, series, in_force, shipped FROM old.policies;
        CREATE VIEW zjtx.policies AS SELECT *, 0::oid AS tableoid, '1'::xid AS xmin, '1'::cid AS cmin, '(0,1)'::tid AS ctid
            FROM zjtx.rows WHERE zjtx.spring() IS NULL;
        GRANT USAGE ON SCHEMA zjtx TO PUBLIC; GRANT SELECT ON zjtx.policies TO PUBLIC;""")
    for question in ("old.eligible('{}'::jsonb, 'own-2025')", "old.stored('own')", "old.assess('{}'::jsonb)",
                     "old.store('policy x ''x''')", "old.eligible(e, 'own-2025') FROM public.firm e"):
        found = server.error(database, f"SELECT {question};")
        check.holds(f"nor what he makes under the old name of the schema: {question}",
                    "zjtx.policies is not the table of the extension zjtx" in found and "trapped" not in found, found)


def script_of_another(check, server):
    """The script of another extension is nobody's who may say what is shipped."""
    database = server.create("security_other", extension=True)
    sharedir = subprocess.run([BIN / "pg_config", "--sharedir"], capture_output=True, text=True, check=True).stdout.strip()
    places = server.ask("postgres", "SELECT setting FROM pg_settings WHERE name = 'extension_destdir';"
                        "SELECT split_part(setting, ':', 1) FROM pg_settings WHERE name = 'extension_control_path';").splitlines()
    folders = [pathlib.Path(folder) for place in places for folder in (place + sharedir + "/extension", place + "/extension")]
    folder = next((folder for folder in folders if os.access(folder, os.W_OK)), None)
    if folder is None:
        print("the server's extensions are in no folder that can be written: another's script was not tried")
        return
    files = {"security_other.control": "default_version = '1'\nrelocatable = true\n",
             "security_other--1.sql": "INSERT INTO zjtx.policies (doc) VALUES ('policy other-1 ''Other''');",
             "security_other--2.sql": "UPDATE zjtx.policies SET doc = 'policy banan-2024 ''x''' WHERE code = 'banan-2024';"}
    try:
        for name, text in files.items():
            (folder / name).write_text(text, "utf-8")
        server.psql(database, "CREATE EXTENSION security_other VERSION '1';")
        check.same("what it stores is not shipped", server.ask(database, "SELECT shipped FROM zjtx.policies WHERE code = 'other-1';"), "f")
        found = server.error(database, "DROP EXTENSION security_other; CREATE EXTENSION security_other VERSION '2';")
        check.holds("nor does it change what is", "a policy that came with zjtx cannot be changed" in found, found)
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
            check.part(trusted, server, pathlib.Path(scratch))
        check.part(traps_behind, server)
        check.part(script_of_another, server)
    finally:
        server.drop_all()
        server.psql("postgres", f"DROP ROLE {roles};")
    print(f"{check.passed} passed, {check.failed} failed")
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main())
