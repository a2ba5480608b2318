#!/usr/bin/env python3
"""Lists internal errors in a server's log: each kind with its count and one statement.

    server_log.py LOG

log_line_prefix must be '%m [%p] %e '.  Errors of statements that do not use zjtx are attributed to
PostgreSQL, and so are those in KNOWN.  Ends with "N internal errors that may be zjtx's".
"""

import collections
import re
import sys

from twice import USES

ENTRY = re.compile(r"^\d{4}-\d\d-\d\d [\d:.]+ \S+ \[(\d+)\] (\w{5}) ([A-Z]+): +(.*)")
# 53: out of memory or disk space; 58: system errors; XX: internal errors
INTERNAL = ("XX", "53", "58")
# errors of PostgreSQL's own functions when called by SQLsmith: interval(interval, integer) with any number, and
# values of type unknown
KNOWN = re.compile(r"invalid INTERVAL typmod|failed to find conversion function from unknown to ")


def entries(file):
    """Yields the SQLSTATE, severity and text of each entry."""
    entry = None
    for line in file:
        found = ENTRY.match(line)
        if found:
            if entry:
                yield entry
            entry = [found[2], found[3], found[4]]
        elif entry:
            entry[2] += "\n" + line.rstrip("\n")
    if entry:
        yield entry


def main():
    kinds = collections.Counter()
    statements = {}
    error = None
    with open(sys.argv[1], encoding="utf-8", errors="replace") as file:
        for state, severity, text in entries(file):
            if severity in ("ERROR", "FATAL", "PANIC"):
                error = (state, re.sub(r"\d+", "N", text)) if state.startswith(INTERNAL) else None
            elif severity == "STATEMENT" and error:
                kind = (bool(USES.search(text)) and not KNOWN.match(error[1]), *error)
                kinds[kind] += 1
                statements.setdefault(kind, text)
                error = None
    for kind, times in kinds.most_common():
        uses, state, text = kind
        print(f"{times} × {state} {text}" + ("" if uses else "  (PostgreSQL's own)"))
        if uses:
            print(statements[kind])
    print(f"{sum(times for kind, times in kinds.items() if kind[0])} internal errors that may be zjtx's")


if __name__ == "__main__":
    main()
