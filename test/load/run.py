#!/usr/bin/env python3
"""Runs load with faults, memory and cancellation tests.  See README.md.

    python3 test/load/run.py [--host H --port P --user U --dbname D] [--long] [--part P] [--seed N]

Ends with "N passed, M failed".
"""

import argparse
import shutil
import sys

from cancel import Cancel
from cluster import SETTINGS, Cluster, Lost, ServerError
from faults import Faults
from memory import Memory
from servers import Check, Failed, Server, scratch_directory, server_of_its_own


def part(kind):
    """Runs a part of the test; an unexpected error ends it."""
    def work(check, cluster, options):
        try:
            kind(cluster, check, options).run()
        except (Lost, ServerError) as error:
            raise Failed(str(error)) from error
    work.__name__ = kind.__name__.lower()
    return work


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="/var/run/postgresql")
    parser.add_argument("--port", default="5432")
    parser.add_argument("--user", default="postgres")
    parser.add_argument("--dbname", default="postgres")
    parser.add_argument("--long", action="store_true",
                        help="64 clients for ten minutes, a million calls, every statement cancelled thrice")
    parser.add_argument("--part", choices=("faults", "memory", "cancel"), help="only one")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="leave the server's folder")
    options = parser.parse_args()
    form = {"clients": 64, "seconds": 600, "firms": 3000, "calls": 1000000} if options.long else {
        "clients": 12, "seconds": 7.5, "firms": 300, "calls": 20000}
    vars(options).update(form)

    checks = Check()
    scratch = scratch_directory()
    given = Server(options.host, options.port, options.user)
    try:
        with server_of_its_own(given, scratch, SETTINGS.format(connections=options.clients + 30)) as server:
            cluster = Cluster(server, scratch)
            for work in map(part, (Faults, Memory, Cancel)):
                if options.part in (None, work.__name__):
                    checks.part(work, cluster, options)
    finally:
        if options.keep:
            print(scratch)
        else:
            shutil.rmtree(scratch, ignore_errors=True)
    print(f"{checks.passed} passed, {checks.failed} failed")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
