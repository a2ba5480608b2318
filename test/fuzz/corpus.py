#!/usr/bin/env python3
"""Writes the initial corpus of libFuzzer: a dictionary of the language, and small policies to mutate.

    corpus.py FOLDER

The policies are the texts between dollar signs or quotes in the tests of sql/, and the statements of the
shipped documents.
"""

import pathlib
import re
import sys

from inputs import SMALL
from mutate import ROOT, keywords

SIGNS = ("(", ")", "[", "]", ",", ":", "<=", ">=", "<>", "=", "+", "-", "*", "/", "--", "''", "‘", "’", "“", "”", "%",
         "≥", "、", "（", "％", "×", "元", "万元", "亿元", "平方米", "as_of", "it", "floor(", "ceil(", "clamp(", "tiers(",
         "5% to 3", "round(x to 5)", "^ 2", "month(", "months(", "round(", "latest(", "earliest(", "greatest(",
         "coalesce(", "count_true(", "table t by date (r %) 2024-01-01: 5%",
         "table t by text (r 元, s) 'x': (5元, none), else (1元, 2)", "t[d]", "t[b].s", "unit 箱", "unit 垧 = 15亩",
         "unit 美元 currency", "5千万元", "3亩", "千瓦时", "satisfies 1 on ",
         "policy q 'q' in force from 2024-01-01 repeals 'p'", "amount of 1", "level of p", "part '1' of",
         "select s first 3 by a desc, d when c", "select s first 20% by a", "satisfies s",
         "budget t 5元 pro rata over 1", "budget t 5元 by d, a desc over 1",
         "population q when c : m = avg(a), p = percentile(a, 80%), k = count()", "rows [(a = 1), (a = 2)]",
         "select s (true, false)", "budget t (1元, between 0元 and 2元)", "x[2023]", "x[last_year - 1]", "1 to 3",
         "this_year", "fact y number by year", "sum(", "avg(", "one(", "as p", "define x of g =", "p.a", "min(", "max(",
         "any(", "all(", "2024-02-29", "2024年2月29日", "99999999999999999999")
FACTS = "policy p 'p' fact a number fact b text in ('x', 'y') fact c boolean fact d date null means none " \
    "fact e number 元 fact f list of number fact g list (h number) "


def main():
    folder = pathlib.Path(sys.argv[1])
    (folder / "seeds").mkdir(parents=True, exist_ok=True)
    with open(folder / "words", "w", encoding="ascii") as words:
        for word in [w.decode() for w in keywords()] + list(SIGNS):
            words.write('"' + "".join(f"\\x{b:02x}" for b in (word + " " * (len(word) > 3)).encode()) + '"\n')
    seeds = set(SMALL)
    for file in sorted((ROOT / "sql").glob("*.sql")):
        text = file.read_text(encoding="utf-8")
        found = re.findall(r"\$(\w*)\$(.*?)\$\1\$", text, re.S)
        inner = [body for _, body in found] + re.findall(r"'((?:[^']|'')*)'::(?:zjtx\.)?policy", text)
        for body in inner:
            seeds.add(body)
            seeds.update(x.replace("''", "'") for x in re.findall(r"'((?:[^']|'')*)'::(?:zjtx\.)?policy", body))
    for file in sorted((ROOT / "extension/policies").glob("*.policy")):
        for statement in re.split(r"\n(?=[a-z一-龥])", file.read_text(encoding="utf-8")):
            seeds.add(FACTS + statement)
    for number, seed in enumerate(sorted(seeds)):
        if 3 < len(seed.encode()) < 4096:
            (folder / "seeds" / f"{number:05}").write_text(seed, encoding="utf-8")


if __name__ == "__main__":
    main()
