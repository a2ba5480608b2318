#!/usr/bin/env python3
"""Load with faults, memory and cancelling.  See README.md.

    python3 test/load/run.py [--host H --port P --user U --dbname D] [--long] [--part P] [--seed N]

Ends with "N passed, M failed".
"""

import argparse
import os
import pathlib
import shutil
import sys
import tempfile
import time

from cancel import Cancel
from cluster import Cluster
from faults import Faults
from memory import Memory
from server import Check


def scratch_directory():
    """A directory of its own; a socket in it has a path of at most 107 bytes."""
    for base in (tempfile.gettempdir(), "/tmp", "/var/tmp"):
        if len(os.fsencode(base)) <= 75 and os.access(base, os.W_OK):
            return pathlib.Path(tempfile.mkdtemp(prefix="zjtx", dir=base))
    sys.exit("no temporary directory has a short path")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="/var/run/postgresql")
    parser.add_argument("--port", default="5432")
    parser.add_argument("--user", default="postgres")
    parser.add_argument("--dbname", default="postgres")
    parser.add_argument("--long", action="store_true", help="64 clients for ten minutes, a million calls, every statement cancelled thrice")
    parser.add_argument("--part", choices=("faults", "memory", "cancel"), help="only one")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="leave the server's folder")
    options = parser.parse_args()
    form = {"clients": 64, "seconds": 600, "firms": 3000, "calls": 1000000} if options.long else {
        "clients": 12, "seconds": 7.5, "firms": 300, "calls": 20000}
    vars(options).update(form)

    checks = Check()
    scratch = scratch_directory()
    server = None
    try:
        server = Cluster(scratch, options, options.clients)
        for part in (Faults, Memory, Cancel):
            if options.part and options.part != part.__name__.lower():
                continue
            start = time.monotonic()
            part(server, checks, options).run()
            print(f"{part.__name__.lower()}: {time.monotonic() - start:.0f} s", flush=True)
    finally:
        if server:
            server.stop("immediate")
        if options.keep:
            print(scratch)
        else:
            shutil.rmtree(scratch, ignore_errors=True)
    print(f"{checks.passed} passed, {checks.failed} failed")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
