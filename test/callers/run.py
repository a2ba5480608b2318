#!/usr/bin/env python3
"""Calls every function and aggregate of zjtx from C code that passes no expression (fn_expr is NULL), as extensions
that split aggregates do.  See callers_test.c.

    python3 test/callers/run.py [--host H] [--port P] [--user U] [--dbname D]

A function whose arguments have types of their own answers as it does in SQL.  One that learns the types of its
arguments only from the expression (VARIADIC "any") raises an error that is not internal, or answers.  The calls are
those of test/encodings.  The last line is ``N passed, N failed``.
"""

import argparse
import importlib.util
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from servers import Check, Server, Session   # noqa: E402

SPEC = importlib.util.spec_from_file_location("encodings_run", HERE.parent / "encodings" / "run.py")
encodings = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(encodings)

DATABASE = encodings.DATABASE = "callers_calls"
# Of each function in C that SQL can call and that is no trigger: the statement that creates its twin in the schema
# `bare`.
TWINS = """
SELECT format('CREATE %s bare.%I(%s) %s LANGUAGE c %s AS %L, %L;',
    CASE prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END, proname, pg_get_function_arguments(p.oid),
    CASE WHEN prokind <> 'p' THEN 'RETURNS ' || pg_get_function_result(p.oid) END,
    CASE WHEN prokind <> 'p' THEN (ARRAY['', 'STRICT'])[proisstrict::int + 1]
        || CASE provolatile WHEN 'i' THEN ' IMMUTABLE' WHEN 's' THEN ' STABLE' ELSE '' END END,
    '{library}', 'call_without_expression')
FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
JOIN pg_extension x ON x.oid = d.refobjid AND x.extname = 'zjtx' JOIN pg_language l ON l.oid = prolang
WHERE lanname = 'c' AND prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype)
    AND (prorettype <> 'internal'::regtype OR 'internal'::regtype = ANY (proargtypes))
    AND NOT (prorettype = 'internal'::regtype AND pronargs = 1)
ORDER BY proname, p.oid;
"""
# The same of each aggregate.
AGGREGATES = """
SELECT format('CREATE AGGREGATE bare.%I(%s) (%s);', proname, pg_get_function_arguments(p.oid), concat_ws(', ',
    'sfunc = bare.' || (SELECT proname FROM pg_proc WHERE oid = aggtransfn), 'stype = ' || aggtranstype::regtype,
    'finalfunc = bare.' || (SELECT proname FROM pg_proc WHERE oid = aggfinalfn),
    'combinefunc = bare.' || (SELECT proname FROM pg_proc WHERE oid = aggcombinefn)))
FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid
JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
JOIN pg_extension x ON x.oid = d.refobjid AND x.extname = 'zjtx'
WHERE aggtransfn NOT IN (SELECT oid FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace)
ORDER BY 1;
"""


def build(folder):
    def config(what):
        return subprocess.run([os.environ.get("PG_CONFIG", "pg_config"), what], capture_output=True, text=True,
                              check=True).stdout.strip()
    library = pathlib.Path(folder) / "callers_test.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-g", "-Wall", "-Wextra", "-Werror", "-isystem",
                    config("--includedir-server"), str(HERE / "callers_test.c"), "-o", str(library)], check=True)
    library.chmod(0o755)
    return library


def without_paths(answer):
    """An answer without what differs: the names of schemas, and so where psql cuts the line of an error."""
    return re.sub(r"LINE 1: .*\n *\^\n?", "", re.sub(r"\b(bare|zjtx_internal|zjtx_author)\.", "zjtx.", answer))


def check_calls(check, server):
    asked = {schema: Session(server, DATABASE, "UTF8", "utf-8") for schema in ("zjtx", "bare")}
    for session in asked.values():
        session.ask("\\set VERBOSITY verbose\n\\set SHOW_CONTEXT never\n\\pset null (null)\n"
                    "SET client_min_messages = error;\nSET zjtx.as_of = '2025-06-30';")
    twins = set(server.ask(DATABASE, """SELECT p.oid FROM pg_proc p JOIN pg_proc t ON t.proname = p.proname
        AND t.proargtypes = p.proargtypes AND t.pronamespace = 'bare'::regnamespace;""").splitlines())
    check.holds("every kind of function has twins", len(twins) > 150, str(len(twins)))
    for function in encodings.functions(server):
        if function.oid not in twins:
            continue
        statements = list(encodings.sensible(function)) + list(encodings.hostile(function))
        for statement in statements:
            call = statement.replace(f"{function.schema}.{function.name}(", f"bare.{function.name}(", 1)
            found = without_paths(asked["bare"].ask(call))
            if '"any"' in function.types:
                check.holds(f"no internal error: {call}", "XX000" not in found and "server closed" not in found, found)
            else:
                check.same(call, found, without_paths(asked["zjtx"].ask(statement)))
    for session in asked.values():
        session.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--host")
    parser.add_argument("--port")
    parser.add_argument("--user")
    parser.add_argument("--dbname", default="postgres")
    options = parser.parse_args()
    server = Server(options.host, options.port, options.user)
    check = Check()
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        library = build(folder)
        try:
            server.create(DATABASE, extension=True)
            server.psql(DATABASE, encodings.SETUP + encodings.TABLES + encodings.SWEPT)
            twins = server.ask(DATABASE, TWINS.replace("{library}", str(library)))
            server.psql(DATABASE, "CREATE SCHEMA bare;\n" + twins)
            server.psql(DATABASE, server.ask(DATABASE, AGGREGATES))
            check.part(check_calls, server)
        finally:
            server.drop_all()
    print(f"{check.passed} passed, {check.failed} failed")
    sys.exit(check.failed > 0)


if __name__ == "__main__":
    main()
