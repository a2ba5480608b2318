#!/usr/bin/env python3
"""Runs SQLsmith's statements on two databases, one of them without planner support.

    twice.py --host H --port P --user U --dbname D --plain D2 [--seconds N] FILE

FILE is the output of sqlsmith --dump-all-queries.  A query that the planner rewrites must return the same
rows in both databases.  Queries that fail in either are ignored, because the plan decides what is evaluated
before a row is filtered out.  Queries whose rows depend on the plan (LIMIT without ORDER BY, the clock) are
ignored, too.  The last lines report how many statements FILE has, how many of them use zjtx, and "N passed,
M failed" of those compared.
"""

import argparse
import collections
import pathlib
import re
import sys
import time

from wire import Connection, Lost, ServerError

# zjtx's functions and operators, functions and views of sqlsmith.sql that use them, and writes to watched tables
USES = re.compile(r"\bzjtx\.\w+\(|\|[=^#!]|\bsmith\.(\w+_\d+|compare\w*)\(|"
                  r"\bsmith\.(rewards|firm_town|firm_series|lateral_row|assessed|lacking|verdict_line)\b|"
                  r"\b(insert into|update|delete from|merge into) "
                  r"+(smith\.firm|public\.(enterprise|title|lease|finance)|zjtx\.policies)\b", re.I)
LOCKS_OR_SAMPLES = re.compile(r"\bfor (update|share|no key update|key share)\b|\btablesample\b")
WAYS = ("nestloop", "hashjoin", "mergejoin", "seqscan", "material", "hashagg", "sort")


class Twice:
    def __init__(self, options):
        self.options = options
        self.connections = {}
        self.counts = collections.Counter()
        self.failures = 0
        self.statements = 0
        self.using = 0

    def ask(self, dbname, text):
        """Returns the sorted rows, or the SQLSTATE of the error."""
        o = self.options
        try:
            if dbname not in self.connections:
                self.connections[dbname] = Connection(o.host, o.port, o.user, dbname, 30)
                self.connections[dbname].query("SET statement_timeout = '1s'; SET client_min_messages = error")
            return sorted(repr(row) for row in self.connections[dbname].query(text))
        except ServerError as e:
            return e.state
        except Lost:
            self.connections.pop(dbname, None)
            return "57P01"

    def compare(self, text):
        first = self.ask(self.options.dbname, text)
        if first in ("57014", "57P01") or isinstance(first, str) and first.startswith("42"):
            self.counts["not asked: " + first] += 1
            return
        plan = self.ask(self.options.dbname, "EXPLAIN (VERBOSE) " + text)
        rewritten = isinstance(plan, list) and any(re.search(r"\w_facts\(", line) for line in plan)
        self.counts["rewritten" if rewritten else "not rewritten"] += 1
        if not rewritten:
            return
        plain = self.ask(self.options.plain, text)
        if isinstance(plain, str) or isinstance(first, str):
            self.counts["failed: " + str(plain if isinstance(plain, str) else first)] += 1
        elif plain == first:
            self.counts["same"] += 1
            self.counts["same, and not empty"] += bool(first)
        elif self.depends_on_plan(text, first, plain):
            self.counts["not the same by another plan"] += 1
        else:
            self.failures += 1
            print(f"DIFFERENT {str(first)[:300]}\n  without the rewrite {str(plain)[:300]}\n{text}\n", flush=True)

    def depends_on_plan(self, text, first, plain):
        """Whether either database returns other rows when the planner's preferred methods are disabled."""
        for dbname, rows in ((self.options.dbname, first), (self.options.plain, plain)):
            for way in ("", *WAYS):
                self.ask(dbname, f"SET enable_{way} = off" if way else "SELECT")
                again = self.ask(dbname, text)
                self.ask(dbname, "RESET enable_" + way if way else "SELECT")
                if again != rows:
                    return True
        return False

    def run(self):
        end = time.monotonic() + self.options.seconds
        for text in pathlib.Path(self.options.file).read_text(encoding="utf-8", errors="replace").split(";\n")[:-1]:
            self.statements += 1
            uses = bool(USES.search(text))
            self.using += uses
            if uses and time.monotonic() < end and re.match(r"\s*(select|with)\b", text,
                                                            re.I) and not LOCKS_OR_SAMPLES.search(text):
                self.compare(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, value in (("host", "/var/run/postgresql"), ("port", "5432"), ("user", "smith"), ("dbname", "smith"),
                        ("plain", "smith_plain")):
        parser.add_argument("--" + name, default=value)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("file")
    twice = Twice(parser.parse_args())
    twice.run()
    print(", ".join(f"{n} {what}" for what, n in twice.counts.most_common()))
    print(f"{twice.statements} statements, {twice.using} of them use zjtx")
    print(f"{twice.counts['same']} passed, {twice.failures} failed")
    sys.exit(bool(twice.failures))


if __name__ == "__main__":
    main()
