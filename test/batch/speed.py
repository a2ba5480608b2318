#!/usr/bin/env python3
"""How long batches of the shipped documents take, with each set of vectors that the CPU has.

    python3 test/batch/speed.py [--host H --port P --user U --dbname D] [--rows N] [NAME...]

Prints nanoseconds a row for everything that a document answers, with no NULL and with 2 % in each column.  Compile
the extension as a package would (without COPT) before.
"""

import argparse
import os
import tempfile

from library import ROOT, build
from servers import Server


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="/var/run/postgresql")
    parser.add_argument("--port", default="5432")
    parser.add_argument("--user", default="postgres")
    parser.add_argument("--dbname", default="postgres")
    parser.add_argument("--rows", type=int, default=512, help="of a batch")
    parser.add_argument("--rounds", type=int, default=500)
    parser.add_argument("names", nargs="*", default=["miit-2022-63", "miit-2026-2", "dazu-2022-92", "yubei-2024-34"])
    options = parser.parse_args()
    server = Server(options.host, options.port, options.user)
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        library = build(folder)
        server.psql(options.dbname, f"""
            CREATE OR REPLACE FUNCTION batch_speed(document text, unknown int, nrows int, rounds int, vectors text)
                RETURNS text AS '{library}', 'batch_speed' LANGUAGE C STRICT;""")
        for name in options.names:
            text = (ROOT / "extension" / "policies" / f"{name}.policy").read_text(encoding="utf-8")
            for vectors in ("avx512", "avx2", "sse2", "c"):
                for unknown in (0, 2):
                    found = server.psql(options.dbname, f"""
                        SELECT batch_speed($document${text}$document$, {unknown}, {options.rows}, {options.rounds},
                                           '{vectors}');""").stdout.strip()
                    print(f"{name}, {vectors}, {unknown}% NULL: {found or 'this CPU has none'}")


if __name__ == "__main__":
    main()
