#!/usr/bin/env python3
"""Compares the float kernel with exact arithmetic, register by register.  See README.md.

    python3 test/batch/run.py [--host H --port P --user U --dbname D] [--groups N] [--documents N] [--seed N]

Ends with "N passed, M failed".
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(ROOT / "test"), str(ROOT / "test" / "oracle")]

# pylint: disable=wrong-import-position
from run import make_trials  # noqa: E402, of test/oracle
from servers import Server  # noqa: E402


# Where rounding, zero and open ends matter.
WRITTEN = [f"policy p 'p' {facts} clause c reward when a > 0 pay ({pay}) * 1元"
           for facts in ("fact a number fact b number fact c number",
                         "fact a number at least 0 fact b number at most 1 null means none "
                         "fact c number between 0.1 and 0.3",
                         "fact a number null means none fact b number at least 0.1 fact c number at most -0.1")
           for pay in ("a / (b - c)", "a / (a - b - c)", "(a - b) / (b - c)", "(a - b) * (b - c)", "a / b / c",
                       "1 / (a * b)", "a / 3 - b / 3 + c", "round(a / b, 2)", "floor(a / b) + ceil(b / c)",
                       "round(a * b, 1) - c", "(a - b) ^ 2 / (b - c) ^ 3", "least(a / 3, b / 3, c)",
                       "greatest(a - b, b - c)", "clamp(a / 7, b / 7, c)", "coalesce(case when a > b then c end, 1)",
                       "band(a / b : >= 0.1 then b, > 0 then c / 3, else a)",
                       "case when a / 3 = b / 3 then c when a < b then b else a end",
                       "tiers(a : 5% to 0.3, 3% to 100)", "greatest(a, -a) / greatest(b, -b)")]


def build(folder):
    """Links the test with the objects of the extension, as a library of its own."""
    def config(what):
        return subprocess.run([os.environ.get("PG_CONFIG", "pg_config"), what], capture_output=True, text=True,
                              check=True).stdout.strip()
    library = pathlib.Path(folder) / "batch_test.so"
    objects = sorted(str(o) for o in (ROOT / "extension").rglob("*.o") if o.with_suffix(".c").exists())
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-g", "-Wall", "-Wextra", "-Werror", "-fvisibility=hidden", 
                    "-isystem", config("--includedir-server"), "-I", str(ROOT / "extension"),
                    str(HERE / "batch_test.c"), *objects, "-lm", "-o", str(library)], check=True)
    library.chmod(0o755)
    return library


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="/var/run/postgresql")
    parser.add_argument("--port", default="5432")
    parser.add_argument("--user", default="postgres")
    parser.add_argument("--dbname", default="postgres")
    parser.add_argument("--groups", type=int, default=12, help="of 64 rows, for each document")
    parser.add_argument("--documents", type=int, default=300, help="generated ones, besides the shipped ones")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--speed", action="store_true", help="instead print how long the shipped documents take")
    options = parser.parse_args()

    shipped = sorted((ROOT / "extension" / "policies").glob("*.policy"))
    texts = [(path.stem, path.read_text(encoding="utf-8")) for path in shipped]
    texts += [(f"written {n}", text) for n, text in enumerate(WRITTEN)]
    texts += [(f"generated {n}", text) for n, text in enumerate(dict.fromkeys(
        trial.text for trial in make_trials(options.seed, 4 * options.documents)))]
    if options.speed:
        texts = texts[:len(shipped)]
    server = Server(options.host, options.port, options.user)
    passed = failed = compared = doubts = 0
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        library = build(folder)
        server.psql(options.dbname, f"""
            CREATE FUNCTION batch_speed(document text, hostility int, rounds int) RETURNS text
                AS '{library}', 'batch_speed' LANGUAGE C STRICT;
            CREATE FUNCTION batch_check(document text, seed int, groups int, OUT compared bigint, OUT doubts bigint,
                OUT wrong bigint, OUT shown text[]) AS '{library}', 'batch_check' LANGUAGE C STRICT;""")
        for name, text in texts:
            if options.speed:
                for hostility in (0, 2):
                    print(name, f"{hostility}% unknown:", server.ask(options.dbname,
                          f"SELECT batch_speed($document${text}$document$, {hostility}, 2000);"))
                continue
            # a session of its own, in which the extension is not loaded; documents whose names are quoted by dollars
            found = server.psql(options.dbname, f"""
                SELECT compared, doubts, wrong, coalesce(array_to_string(shown, E'\\n    '), '')
                FROM batch_check($document${text}$document$, {options.seed}, {options.groups});""", check=False)
            if found.returncode:
                print(f"{name}: {found.stderr.strip()}")
                failed += 1
                continue
            here, of_them, wrong, shown = found.stdout.split("|", 3)
            compared += int(here)
            doubts += int(of_them)
            if int(wrong):
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
