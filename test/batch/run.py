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
                       "tiers(a : 5% to 0.3, 3% to 100)", "greatest(a, -a) / greatest(b, -b)",
                       # exactly at a bound, and integers
                       "case when a / b >= 3 then 1 when a / c - 1 < 0.1 then 2 when a / 3 <= b / c then 3 else 4 end",
                       "case when (a + b) / 2 > 0.1 then 1 when a * 3 - b = 0.3 then 2 when a - b >= c - a then 3 end",
                       "band(a / b : >= 3 then 5, >= 1 then 3, >= 0.1 then 1, else 0) + band(a - b : > 0.2 then 1, else -1)",
                       "floor(a) + floor(b / 3) * 2 - floor(c / 1000)",
                       "least(5, floor(a / 2), greatest(1, floor(b))) + 3 * count_true(a > b, b = 0.1, not c > 0)",
                       "least(count_true(a >= 0), 1) - greatest(floor(a), floor(b), -3)")]
# The high end of an unknown divisor is so little below zero that its sign is in doubt.
WRITTEN += ["policy p 'p' fact a number fact b number fact c number between -0.3 and -0.1 "
            f"clause c1 reward when b > 0.09999999999999999999 pay ({pay}) * 1元"
            for pay in ("1 / (c + b)", "a / (c + b)", "a / (b + c) - 3", "(a - 1) / (c + b) / 3")]

# A condition of elements asks the row for another list, through the day of a stage.
WRITTEN += ["""policy p 'p' fact f list of date null means none fact n number null means none
clause 1 '一' reward
  when any(f : case when n > 2 then as_of >= it when n > 1 then as_of = as_of else it > as_of - 100日 end)
  stage filed '一' each f on it pay n * 1元
  stage listed '二' on min(f : it) pay 5元"""]

# The day of a reference goes through a list; what it is for goes through lists too, and near a bound.
WRITTEN += ["""policy p 'p' fact f list (d date null means none, x number, y number at least 0 null means none)
clause 1 '一' reward when satisfies 2 on one(f where x + y <> 20 : d) pay amount of 2
clause 2 '二' reward when not avg(f where y > 1 : x) > 0
  stage filed '二' each f on d when x / 35% = 5000 pay y * 1元"""]

# Tables, whose keys are unknown, none, labels, days, near a bound, or have no row.
KEYED = {
    "text": "fact k text in ('x' '甲', 'y' '乙', 'z')",
    "text none": "fact k text in ('x', 'y', 'z', 'w') null means none",
    "text free": "fact k text null means none",
    "number": "fact k number null means none",
    "number between": "fact k number between 0.1 and 3",
    "date": "fact k date null means none",
    "date between": "fact k date between 2019-01-01 and 2025-12-31",
    "year": "fact k date null means none",
    "year between": "fact k date between 2023-03-01 and 2025-06-30",
}
TABLES = {
    "text": ["'x': ({0}), 'y': ({1})", "'甲': ({0}), '乙': ({1}), else ({2})", "'z': ({0}), 'x': ({0})",
             "'x': ({0}), 'y': ({0}), 'z': ({0})"],
    "number": ["0.1: ({0}), 0.3: ({1}), 2: ({2})", "1: ({0})", "-3: ({2}), 0: ({0}), 1000000000000000.5: ({1})"],
    "date": ["2019-01-01: ({0}), 2024-07-01: ({1}), 2025-01-01: ({2})", "2024-06-30: ({1})"],
    "year": ["2023: ({0}), 2024: ({1}), 2025: ({2})", "2020: ({0}), 2026: ({1}), else ({2})"],
}
CELLS = ("0.1, 2024-01-01, 'x'", "none, none, none", "-7, 2026-02-03, 'y'")


def tables():
    """Documents that look a key up for a number, a day and a text."""
    for kind, facts in KEYED.items():
        by = kind.split()[0]
        for rows in TABLES[by]:
            if "甲" in rows and kind != "text":
                continue
            keys = ("k",) if by != "year" else ("year(k)", "year(k) + 1", "year(as_of)")
            if by == "number":
                keys = ("k", "k + b", "k * 3 / 3", "floor(k)")
            table = f"table t by {by} (n, d date, w text) " + rows.format(*CELLS)
            for key in keys:
                yield (f"policy p 'p' {facts} fact b number at least 0 {table} "
                       f"clause 1 reward when t[{key}].n > b pay case when t[{key}].n > b then t[{key}].n else 1 end * 1元 "
                       f"clause 2 reward when t[{key}].d <= as_of or t[{key}].w = 'x' pay b * 1元 "
                       + (f"clause 3 reward when t[{key}].n is null pay 2元"
                          if "null means none" in facts or "{1}" in rows else ""))


# Facts by year, and ranges, with indexes that are known, unknown, none and no years.
YEARLY = [f"policy p 'p' fact r number by year {more} fact ok boolean by year fact kind text by year in ('x', 'y') "
          f"fact d date null means none fact e date between 2021-03-01 and 2025-06-30 fact n number "
          f"fact f date between 1960-01-01 and 2009-12-31 fact g date between 1960-01-01 and 2010-12-31 "
          f"clause 1 reward when {rule} pay ({pay}) * 1元"
          for more in ("", "at least 0", "null means none")
          for rule, pay in (
              ("r[last_year] > r[last_year - 1]", "r[this_year] - r[year(d)]"),
              ("ok[year(e)] and kind[year(e) + 1] = 'x'", "r[year(e)]"),
              ("ok[year(d)] or kind[last_year] in ('y')", "r[year(d) - 1] / 3"),
              ("all(last_year - 2 to last_year : r[it] > r[it - 1])", "sum(year(e) to this_year : r[it])"),
              ("any(year(d) to this_year : r[it] >= n)", "max(last_year - 3 to last_year : r[it])"),
              ("count(year(e) to year(d) where ok[it]) > 2", "min(this_year - 2 to year(e) where ok[it] : r[it])"),
              ("any(n to n + 3 : it * it > 20)", "sum(floor(n) to 3 : it / 3)"),
              ("all(1 to n : it < 4)", "count(n / 3 to 2 * n where it > 2)"),
              ("any(last_year - 1 to last_year as y : any(y - 1 to y : r[it] > r[y]))", "avg(last_year - 2 to last_year : r[it])"),
              ("kind[n] = 'y'", "one(last_year - 2 to last_year where ok[it] : r[it])"),
              ("r[year(f)] > 1 or r[year(g)] < 2", "count(n to n + 49 where it > 3) + count(n to n + 50 where it > 3)"),
              ("r[2024] > r[n]", "one(year(e) to year(d) : it)"))]


def build(folder):
    """Links the test with the objects of the extension, as a library of its own.  TEST_FLAGS has more flags."""
    def config(what):
        return subprocess.run([os.environ.get("PG_CONFIG", "pg_config"), what], capture_output=True, text=True,
                              check=True).stdout.strip()
    library = pathlib.Path(folder) / "batch_test.so"
    objects = sorted(str(o) for o in (ROOT / "extension").rglob("*.o") if o.with_suffix(".c").exists())
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-g", "-Wall", "-Wextra", "-Werror", "-fvisibility=hidden",
                    *os.environ.get("TEST_FLAGS", "").split(), "-isystem", config("--includedir-server"), "-I", str(ROOT / "extension"),
                    *(str(c) for c in sorted(HERE.glob("*.c"))), *objects, "-lm", "-o", str(library)], check=True)
    library.chmod(0o755)
    return library


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
            CREATE FUNCTION batch_check(document text, seed int, groups int, vectors text, OUT compared bigint, OUT doubts bigint,
                OUT wrong bigint, OUT shown text[]) AS '{library}', 'batch_check' LANGUAGE C STRICT;""")
        sets = [vectors for vectors in ("avx512", "avx2", "sse2", "c")
                if server.ask(options.dbname, f"SELECT compared IS NOT NULL FROM batch_check('1 > 0', 1, 1, '{vectors}');")
                == "t"]
        print("vectors:", *sets)
        # every length of a batch, and every set in turn
        texts = [(f"{name}, every length", text, 0, vectors) for name, text in texts[:options.lengths] for vectors in sets] + [
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
            if int(wrong) == 0 and "about" in name and 4 * int(of_them) > int(here):
                # the kernel would leave tables and years to exact arithmetic
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
