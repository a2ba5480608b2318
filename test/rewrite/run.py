#!/usr/bin/env python3
"""Compares queries that the planner rewrites with the same queries without planner support.

    python3 test/rewrite/run.py [--host H --port P --user U --dbname D] [--seed N] [--groups N]

The oracle's generators make random documents and rows; every eighth document uses another one, and in some a
fact by year is one column of all years, which the planner passes as one argument.  Random queries ask about
them, once with the operators of zjtx, once with those of sql/plain.psql, which have no planner support.  Both
must return the same rows.  That the tables of each document can be made, and its texts stored, counts too.  Ends with
"N passed, N failed".
"""

import argparse
import pathlib
import random
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "oracle"))

import forms                                # noqa: E402
from queries import (                       # noqa: E402
    QUERIES, SETTINGS, Question, compare, filled, more_rows, stored_texts, years_in_one)
from server import Server, quote            # noqa: E402
from used import UsedGenerator              # noqa: E402


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for flag, name in (("--host", "-h"), ("--port", "-p"), ("--user", "-U"), ("--dbname", "-d")):
        parser.add_argument(flag, help=f"as psql's {name}")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--groups", type=int, default=240, help=f"documents, each asked in {QUERIES} queries")
    return parser.parse_args()


def script(rng, groups):
    """Returns the script: what a group needs, and each query twice, announced by its number and path."""
    lines = [forms.PREPARE, "DROP SCHEMA IF EXISTS plain CASCADE;",
             (HERE.parent.parent / "sql" / "plain.psql").read_text(encoding="utf-8")]
    queries = []
    settings = f"SET zjtx.as_of = '{forms.TODAY}'; SET jit = off; SET client_min_messages = error;"
    lines.append(settings)
    for group in groups:
        lines.append(f"\\warn @@ group {group.number}")
        lines += [s + ";" for s in group.statements()]
        names = ", ".join(["id"] + [f'"{c.name}"' for c in group.columns.values()])
        lines.append(f"INSERT INTO t{group.number} ({names}) VALUES {', '.join(more_rows(rng, group))};")
        if rng.random() < 0.7:
            lines += years_in_one(rng, group)
        lines += [f'CREATE INDEX ON t{group.number} ("{c.name}");' for c in group.columns.values()
                  if c.type != "jsonb" and "[]" not in c.type]
        lines.append(f"ANALYZE t{group.number};")
        if group.storable:
            lines += [f"SELECT zjtx.store({quote(text)}) \\g /dev/null" for text in stored_texts(group)]
        question = Question(rng, group)
        for _ in range(QUERIES):
            queries.append(filled(rng, group, question))
            setting = rng.choice(SETTINGS)
            for path in ("plain", "zjtx"):
                key = f"@@ {len(queries) - 1} {path}"
                lines += [f"SET search_path = public, {path};", setting, f"\\warn {key}", f"\\echo {key}",
                          queries[-1] + ";", "RESET ALL;", settings]
    lines += ["DROP SCHEMA plain CASCADE;", forms.CLEAN]
    return "\n".join(lines) + "\n", queries


def main():
    chosen = options()
    server = Server((("-h", chosen.host), ("-p", chosen.port), ("-U", chosen.user), ("-d", chosen.dbname)))
    server.wait(1)
    started = time.time()
    rng = random.Random(f"{chosen.seed} rewrite")
    groups = [forms.Group(rng, n, UsedGenerator if n % 8 == 7 else None) for n in range(chosen.groups)]
    text, queries = script(rng, groups)
    output, errors = server.run(text)
    found = forms.sections(output)
    trouble = forms.sections(errors.splitlines())
    passed, failed = compare(queries, found, trouble, "plain", "zjtx")
    for group in groups:
        problems = trouble.get(f"group {group.number}", ["not reached"])
        if problems:
            failed += 1
            print("NOT PREPARED", group.number, *problems[:5])
        else:
            passed += 1
    asked_errors = sum(bool(trouble.get(f"{n} plain")) for n in range(len(queries)))
    print(f"{time.time() - started:.0f} seconds; {asked_errors} queries were errors, the same in both ways",
          file=sys.stderr)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
