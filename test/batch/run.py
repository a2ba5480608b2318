#!/usr/bin/env python3
"""Compares the float kernel with exact arithmetic, register by register.  See README.md.

    python3 test/batch/run.py [--host H --port P --user U --dbname D] [--groups N] [--documents N] [--seed N]

Ends with "N passed, M failed".
"""

import argparse
import os
import sys
import tempfile

from documents import WRITTEN, YEARLY, tables
from library import ROOT, build
from servers import Server

MANY = 1000             # registers
sys.path.insert(0, str(ROOT / "test" / "oracle"))

# pylint: disable=wrong-import-position
from run import make_trials  # noqa: E402, of test/oracle


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="/var/run/postgresql")
    parser.add_argument("--port", default="5432")
    parser.add_argument("--user", default="postgres")
    parser.add_argument("--dbname", default="postgres")
    parser.add_argument("--groups", type=int, default=12, help="batches for each document")
    parser.add_argument("--documents", type=int, default=300, help="generated ones, besides the shipped ones")
    parser.add_argument("--lengths", type=int, default=1, help="of how many documents every length is tried")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    shipped = sorted((ROOT / "extension" / "policies").glob("*.policy"))
    texts = [(path.stem, path.read_text(encoding="utf-8")) for path in shipped]
    texts += [(f"written {n}", text) for n, text in enumerate(WRITTEN)]
    texts += [(f"written {n} about tables", text) for n, text in enumerate(tables())]
    texts += [(f"written {n} about years", text) for n, text in enumerate(YEARLY)]
    texts += [(f"generated {n}", text) for n, text in enumerate(dict.fromkeys(
        trial.text for trial in make_trials(options.seed, 4 * options.documents)))]
    server = Server(options.host, options.port, options.user)
    passed = failed = compared = doubts = 0
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        library = build(folder)
        server.psql(options.dbname, f"""
            CREATE OR REPLACE FUNCTION batch_check(document text, seed int, groups int, vectors text,
                OUT compared bigint, OUT doubts bigint, OUT wrong bigint, OUT shown text[])
                AS '{library}', 'batch_check' LANGUAGE C STRICT;""")
        sets = [vectors for vectors in ("avx512", "avx2", "sse2", "c")
                if server.ask(options.dbname,
                              f"SELECT compared IS NOT NULL FROM batch_check('1 > 0', 1, 1, '{vectors}');")
                == "t"]
        print("vectors:", *sets)
        # every length of a batch, and every set in turn
        texts = [(f"{name}, every length", text, 0, vectors)
                 for name, text in texts[:options.lengths] for vectors in sets] + [
            (name, text, options.groups, sets[n % len(sets)]) for n, (name, text) in enumerate(texts)]
        for name, text, groups, vectors in texts:
            # a session of its own, in which the extension is not loaded; documents whose names are quoted by dollars
            found = server.psql(options.dbname, f"""
                SELECT compared, doubts, wrong, coalesce(array_to_string(shown, E'\\n    '), '')
                FROM batch_check($document${text}$document$, {options.seed}, {groups}, '{vectors}');""", check=False)
            if found.returncode:
                print(f"{name}: {found.stderr.strip()}")
                failed += 1
                continue
            here, of_them, wrong, shown = found.stdout.split("|", 3)
            compared += int(here)
            doubts += int(of_them)
            if int(wrong) == 0 and "about" in name and int(here) > MANY and 4 * int(of_them) > int(here):
                # the kernel would leave tables and years to exact arithmetic; of few registers, that is by chance
                print(f"{name}: {of_them} of {here} registers are in doubt\n{text}")
                failed += 1
            elif int(wrong):
                print(f"{name}: {wrong} of {here} registers differ\n    {shown.strip()}")
                print(text if name.startswith("generated") else "")
                failed += 1
            else:
                passed += 1
    print(f"{compared} registers compared, of which {doubts} in doubt")
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
