#!/usr/bin/env python3
"""Compares the rewards of the demonstration district with the same rules written by hand in SQL.

    python3 test/district/run.py [--host H] [--port P] [--user U] [--dbname D]

Creates the district (examples/district, 53,000 enterprises) in a database of its own.  by_hand.sql computes the
least and the greatest amount that yubei-2024-34 pays, in SQL without any policy.  For every enterprise and clause,
both must give the same answer and range.  Ends with "N passed, N failed".
"""

import argparse
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from servers import Server              # noqa: E402

DISTRICT = HERE.parent.parent / "examples" / "district"
DIFFERENCES = """
SET search_path = by_hand, public, zjtx;
CREATE TEMP TABLE compared AS SELECT enterprise_id, clause, r.eligible, r.low, r.high, a.eligible AS eligible_2, a.low
    AS low_2, a.high AS high_2,
    (r.eligible, r.low, r.high) IS NOT DISTINCT FROM (a.eligible, a.low, a.high) AS same FROM reward r JOIN answer a
    USING (enterprise_id, clause);
SELECT 'clause ' || clause, count(*) || ' enterprises, ' || count(*) FILTER (WHERE eligible) || ' eligible, ' ||
    count(*) FILTER (WHERE eligible IS NULL)
    || ' undecided, ' || sum(low) || ' to ' || sum(high) || '元, ' || count(*) FILTER (WHERE NOT same) || ' different',
    count(*) FILTER (WHERE same) = 53000 AND count(*) = 53000 AND count(*) FILTER (WHERE eligible) > 0
    AND count(*) FILTER (WHERE eligible IS NULL) > 0 AND sum(high) > sum(low)
FROM compared GROUP BY clause ORDER BY clause;
SELECT 'the document', count(*) || ' enterprises with other sums', count(*) = 0 FROM (SELECT enterprise_id, sum(low)
    AS low, sum(high) AS high FROM compared GROUP BY 1) r
    JOIN enterprise_facts f USING (enterprise_id), LATERAL amount_range(f, 'yubei-2024-34') a
    WHERE (r.low, r.high) IS DISTINCT FROM (a.low, a.high);
SELECT 'different: ' || compared::text, '', NULL FROM compared WHERE NOT same ORDER BY enterprise_id LIMIT 20;
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for flag, name in (("--host", "-h"), ("--port", "-p"), ("--user", "-U"), ("--dbname", "-d")):
        parser.add_argument(flag, help=f"as psql's {name}")
    args = parser.parse_args()
    server = Server(args.host, args.port, args.user)
    database = server.create(f"zjtx_district_{os.getpid()}", extension=True)
    command = ["psql", *server.where, "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", database]
    made = "SET client_min_messages = warning; SET search_path = public, zjtx;\n"
    made += "".join(f"\\i {DISTRICT / part}\n" for part in ("1-tables.sql", "2-enterprises.sql", "3-facts.sql"))
    try:
        done = subprocess.run(command, input=f"{made}\\i {HERE / 'by_hand.sql'}\n{DIFFERENCES}",
                              stdout=subprocess.PIPE, encoding="utf-8", check=False)
    finally:
        server.drop_all()
    passed = failed = 0
    for line in done.stdout.splitlines():
        what, found, right = line.split("|") if line.count("|") == 2 else (line, "", "")
        passed += right == "t"
        failed += right == "f"
        print({"t": "ok", "f": "not ok"}.get(right, "  "), what, found)
    failed += done.returncode != 0 or passed + failed != 7
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
