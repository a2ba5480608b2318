#!/usr/bin/env python3
"""Checks the documents of examples/policies, and compares two ways to write public policies of other places.

The documents of examples/policies can be stored, one after another, so their examples hold; and lint has nothing to
say of them.

around/NAME.policy gets by without some of the language: a case for each industry instead of a table, a
definition for each year, a cap over several clauses worked out in one of them.  direct/NAME.policy says the same
with the constructs that are made for it.  Both must answer alike: their examples hold, and on random rows, in
which facts are absent or NULL and numbers and days are on and beside the bounds in the text, each line has
the same truth and amount.

What direct/ leaves open, around/ must leave open, too, except for a year that a row does not have: a list by
year that lacks an element is none in around/, which refuses, and unknown in direct/.  What around/ leaves open,
direct/ may decide, within the range that around/ gives.

    python3 test/elsewhere/run.py [--host H] [--port P] [--user U] [--dbname D] [--rows N] [--seed S] [--sizes] [NAME …]

--sizes prints, instead, the characters of rules of each document in both ways.  The last line is
``N passed, N failed``.
"""

import argparse
import datetime
import json
import pathlib
import random
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
UNITS = {"万元": 10**4, "亿元": 10**8, "元": 1, "%": 0.01}
FIELD = r"(\w+) (number|text|boolean|date)(?: (元|%|人|分|件|名|平方米))?"
FACT = re.compile(r"\bfact (\w+) (number|text|boolean|date|list of date|list \((?:[^()]|\([^()]*\))*\))"
                  r"(?: (元|%|人|分|件|名|平方米|年))?((?:(?!\bfact\b).)*)")
ABSENT = object()


# ---------------- what a document has ----------------

def without_examples(text):
    return re.split(r"(?m)^(?:example|例) ", text)[0]


def facts_of(text):
    """Returns (name, type, unit, values, fields) of each fact of an around/ document."""
    facts = []
    for line in without_examples(text).replace(",\n", ", ").splitlines():
        for name, kind, unit, rest in FACT.findall(line):
            fields = []
            if kind.startswith("list ("):
                for field, type_, field_unit in re.findall(FIELD, kind[6:-1]):
                    chosen = re.search(field + r" text in \(([^)]*)\)", kind)
                    fields.append((field, type_, field_unit, values_in(chosen.group(1)) if chosen else []))
                kind = "list"
            chosen = re.search(r"\bin \(((?:[^()])*)\)", rest)
            facts.append((name, kind, unit, values_in(chosen.group(1)) if chosen else [], fields))
    return facts


def values_in(text):
    return re.findall(r"'([^']*)'", text)


def numbers_of(text):
    """Returns the numbers of the rules: in their base units, and by the unit."""
    found = {}
    for number, unit in re.findall(r"(?<![\w.-])(\d+(?:\.\d+)?)(万元|亿元|元|%|人|分|件|名|平方米)?(?![\w-])",
                                   without_examples(text)):
        base = {"万元": "元", "亿元": "元"}.get(unit, unit)
        found.setdefault(base, set()).add(float(number) * UNITS.get(unit, 1))
    return found


# ---------------- rows ----------------

class Rows:
    def __init__(self, text, source):
        self.facts = facts_of(text)
        self.numbers = numbers_of(text)
        self.texts = sorted(set(values_in(without_examples(text))))
        self.r = source

    def number(self, name, unit):
        r = self.r
        bounds = sorted(self.numbers.get(unit, {1.0}))
        step = {"元": 1, "%": 0.0001, "": 1}.get(unit, 1)
        if r.random() < 0.5:
            value = r.choice(bounds) + r.choice((-step, 0, 0, step))
        elif unit == "%":
            value = r.choice((0.01, 0.035, 0.05, 0.1, 0.25, 0.5, 0.95, r.random()))
        elif unit == "元":
            value = round(10 ** r.uniform(0, 10), 2)
        else:
            value = r.randrange(0, 400)
        if unit not in ("%", "元", ""):
            value = round(value)
        return max(round(value, 6), 0)

    def day(self, as_of):
        r = self.r
        if r.random() < 0.4:
            return as_of.replace(year=as_of.year + r.randrange(-5, 2), day=min(as_of.day, 28)) + \
                datetime.timedelta(days=r.choice((-1, 0, 0, 1)))
        return as_of + datetime.timedelta(days=r.randrange(-2500, 400))

    def scalar(self, name, kind, unit, values, as_of):
        r = self.r
        if kind == "number" and name == "year":
            return as_of.year - r.randrange(-1, 5)
        if kind == "number":
            return self.number(name, unit)
        if kind == "boolean":
            return r.random() < 0.7
        if kind == "date":
            return self.day(as_of).isoformat()
        return r.choice(values) if values else r.choice(self.texts + ["a", "b"])

    def elements(self, fields, as_of):
        r = self.r
        rows = [{f: self.scalar(f, kind, unit, values, as_of) for f, kind, unit, values in fields if r.random() > 0.01}
                for _ in range(r.randrange(0, 5))]
        if any(f[0] == "year" for f in fields) and r.random() < 0.8:
            for i, row in enumerate(rows):
                row["year"] = as_of.year - 1 - i
            for back in range(len(rows), 5):
                rows.append({f: self.scalar(f, kind, unit, values, as_of) for f, kind, unit, values in fields} |
                            {"year": as_of.year - 1 - back})
        return rows

    def row(self):
        r = self.r
        as_of = datetime.date(2019, 1, 1) + datetime.timedelta(days=r.randrange(0, 4000))
        row = {"as_of": as_of.isoformat()}
        for name, kind, unit, values, fields in self.facts:
            chance = r.random()
            if chance < 0.04:
                continue
            if chance < 0.07:
                row[name] = None
            elif kind == "list of date":
                row[name] = [self.day(as_of).isoformat() for _ in range(r.randrange(0, 3))]
            elif kind == "list":
                row[name] = self.elements(fields, as_of)
            else:
                row[name] = self.scalar(name, kind, unit, values, as_of)
        return row


# ---------------- from a row of around/ to one of direct/ ----------------

def by_year(row, name, **fields):
    """Turns a list by year into objects by year, one for each field.  A year that is there twice is left out."""
    rows = row.pop(name, ABSENT)
    if rows is ABSENT:
        return
    years = [element.get("year") for element in rows or []]
    for field, fact in fields.items():
        row[fact] = {str(element["year"]): element[field] for element in rows or []
                     if field in element and years.count(element.get("year")) == 1 and element.get("year") is not None}


def hightech(row):
    by_year(row, "sales", amount="sales")
    by_year(row, "net_assets", amount="net_assets")
    by_year(row, "rd", amount="rd", domestic="rd_domestic")
    if "conversions" in row:
        years = [element.get("year") for element in row["conversions"] or []]
        row["conversions"] = {str(year): years.count(year) for year in range(2010, 2035)} if None not in years else {}


LPR = [("2019-08-20", 4.25), ("2019-09-20", 4.2), ("2019-11-20", 4.15), ("2020-02-20", 4.05), ("2020-04-20", 3.85),
       ("2021-12-20", 3.8), ("2022-01-20", 3.7), ("2022-08-22", 3.65), ("2023-06-20", 3.55), ("2023-08-21", 3.45),
       ("2024-07-22", 3.35), ("2024-10-21", 3.1), ("2025-05-20", 3)]


def with_lpr(row):
    """Gives each loan the LPR of its day, which the table of direct/ knows."""
    for loan in row.get("loans") or []:
        rates = [rate for day, rate in LPR if day <= (loan.get("drawn_on") or "")]
        loan.pop("lpr", None)
        if rates:
            loan["lpr"] = round(rates[-1] / 100, 4)


# Clauses of around/ that only show another way round.
DROPPED = {"zhenhai-2023": ("1b-staged",)}

# Clauses without a condition in around/, which hold for everyone, and with one in direct/.
OF_EVERYONE = {"zhenhai-2023": ("1b",)}

# What is done to a row of around/ first.
PREPARATIONS = {"startup-loan": with_lpr}

# How a row of around/ becomes one of direct/, and whether direct/ may leave a line open: for a year that the row
# lacks, or for an unknown industry, of which a table gives the hull of all rows.
MAPPINGS = {
    "sme-size-2011": (lambda row: None, True),
    "hightech-2016": (hightech, True),
    "qijiang-2023": (lambda row: by_year(row, "revenue", amount="revenue"), True),
    "ningbo-3511": (lambda row: by_year(row, "contribution", amount="contribution"), True),
    "yuhang-68": (lambda row: by_year(row, "years", in_scale="in_scale", revenue="revenue"), True),
}


# ---------------- comparing ----------------

ASK = r"""
\set QUIET on
\set VERBOSITY terse
SET client_min_messages = error;
SET search_path = public, zjtx;
SET client_encoding = 'UTF8';
CREATE TEMP TABLE trial (id int, way text, e jsonb);
CREATE TEMP TABLE doc (way text, p zjtx.policy);
"""


def ask(options, texts, trials):
    """Returns, by the number and the way of a trial, its placement and its lines."""
    script = [ASK]
    for way, text in texts.items():
        script.append(f"INSERT INTO doc VALUES ('{way}', $policy$ {text} $policy$);")
    script.append("COPY trial FROM stdin;")
    for (number, way), row in trials.items():
        value = json.dumps(row, ensure_ascii=False).replace("\\", "\\\\")
        script.append(f"{number}\t{way}\t{value}")
    placement = "e |^ p" if re.search(r"(?m)^ladder ", texts["around"]) else "NULL"
    script += ["\\.",
               f"""SELECT json_build_array(id, way, {placement},
        (SELECT json_agg(json_build_array(clause, stage, period, eligible, amount, low, high))
            FROM zjtx.assess(e, p))) FROM trial JOIN doc USING (way);"""]
    done = subprocess.run(["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-f", "-"] + options,
                          input="\n".join(script) + "\n",
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        return None, done.stderr
    answers = {}
    for line in done.stdout.splitlines():
        number, way, placement, lines = json.loads(line)
        answers[number, way] = {("placement",): (placement, None, None, None)} | {
            tuple(line[:3]): tuple(line[3:]) for line in lines or []}
    return answers, None


def differs(around, direct, may_open, of_everyone):
    """Returns how a line of direct/ contradicts that of around/; or None."""
    for name, i in (("truth", 0), ("amount", 1)):
        if around[i] is None or around[i] == direct[i] or (of_everyone and i == 0):
            continue
        if direct[i] is not None or not may_open:
            return f"{name}: {around[i]}, {direct[i]}"
    low, high = around[2] or 0, around[3]
    if direct[1] is not None and (direct[1] < low or (high is not None and direct[1] > high)):
        if around[1] is None and not may_open:
            return f"amount {direct[1]} outside {low} to {high}"
    return None


def compare(options, name, count, seed):
    source = random.Random(f"{seed} {name}")
    texts = {way: (HERE / way / f"{name}.policy").read_text(encoding="utf-8") for way in ("around", "direct")}
    rows = Rows(texts["around"], source)
    mapping, may_open = MAPPINGS.get(name, (lambda row: None, False))
    trials = {}
    for number in range(count):
        row = rows.row()
        PREPARATIONS.get(name, lambda row: None)(row)
        trials[number, "around"] = row
        mapped = json.loads(json.dumps(row))
        mapping(mapped)
        trials[number, "direct"] = mapped
    answers, error = ask(options, {way: without_examples(text) for way, text in texts.items()}, trials)
    if error:
        return [error], 0, 0
    problems = []
    decided = opened = 0
    for number in range(count):
        around, direct = answers[number, "around"], answers[number, "direct"]
        for line, answer in around.items():
            if line[0] in DROPPED.get(name, ()):
                continue
            other = direct.get(line)
            of_everyone = line[0] in OF_EVERYONE.get(name, ())
            wrong = "is missing" if other is None else differs(answer, other, may_open, of_everyone)
            decided += answer[0] is not None or answer[1] is not None
            if other is not None and answer[0] is not None and other[0] is None:
                opened += 1
            if wrong and len(problems) < 3:
                problems.append(f"{line} {wrong}\n    {json.dumps(trials[number, 'around'], ensure_ascii=False)}")
    return problems, decided, opened


def examples(options, name, way):
    """Returns the examples of a document that do not hold."""
    text = (HERE / way / f"{name}.policy").read_text(encoding="utf-8")
    done = subprocess.run(["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-f", "-"] + options, capture_output=True,
                          text=True,
                          input=f"SELECT example, expected, found FROM zjtx.examples($policy$ {text} "
                          f"$policy$::zjtx.policy) "
                                "WHERE holds IS NOT TRUE;", check=False)
    return done.stderr + done.stdout


def stored(options):
    """Stores the example documents, those that use others last; returns what each lacks."""
    found = {}
    documents = sorted((HERE.parent.parent / "examples" / "policies").glob("*.policy"),
                       key=lambda p: (bool(re.search(r"(?m)^\s*(uses|引用) ", p.read_text(encoding="utf-8"))), p.stem))
    script = ["SET client_min_messages = error; BEGIN; SET search_path = public, zjtx;"]
    for document in documents:
        text = document.read_text(encoding="utf-8")
        script.append(f"\\echo == {document.stem}\nSAVEPOINT one;\nDO $do$ BEGIN PERFORM zjtx.store($policy$ {text} "
                      f"$policy$); END $do$;\n"
                      f"SELECT * FROM zjtx.lint(zjtx.stored('{document.stem}'));")
    done = subprocess.run(["psql", "-XqAt", "-f", "-"] + options, input="\n".join(script) + "\nROLLBACK;\n",
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    for part in done.stdout.split("== ")[1:]:
        name, _, rest = part.partition("\n")
        found[name] = rest.strip()
    return found


def size(name, way):
    """Returns the lines and characters of a document's rules: without header, facts, examples and comments."""
    text = re.sub(r"(?m)^\s*--.*\n", "", without_examples((HERE / way / f"{name}.policy").read_text(encoding="utf-8")))
    kept = [line.strip() for line in text.splitlines()
            if line.strip() and not re.match(r"\s*(policy|number|region|source|issuer|in force|note|fact|unit|'|  "
                                             r"'\w+', ')", line)]
    return len(kept), sum(map(len, kept))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--host")
    parser.add_argument("--port")
    parser.add_argument("--user")
    parser.add_argument("--dbname", default="postgres")
    parser.add_argument("--rows", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sizes", action="store_true")
    parser.add_argument("names", nargs="*")
    args = parser.parse_args()
    options = [x for flag, value in (("-h", args.host), ("-p", args.port), ("-U", args.user), ("-d", args.dbname))
               if value for x in (flag, value)]
    names = args.names or sorted(p.stem for p in (HERE / "direct").glob("*.policy"))
    if args.sizes:
        for name in names:
            print(name, *size(name, "around"), *size(name, "direct"))
        return 0
    passed = failed = 0
    if not args.names:
        for name, wrong in stored(options).items():
            passed, failed = (passed, failed + 1) if wrong else (passed + 1, failed)
            if wrong:
                print(f"examples/policies/{name}: {wrong}")
    for name in names:
        for way in ("around", "direct"):
            wrong = examples(options, name, way)
            passed, failed = (passed, failed + 1) if wrong else (passed + 1, failed)
            if wrong:
                print(f"{way}/{name}: {wrong}")
        problems, decided, opened = compare(options, name, args.rows, args.seed)
        passed, failed = (passed, failed + 1) if problems or decided == 0 else (passed + 1, failed)
        print(f"{name}: {decided} lines decided, {opened} of them open in direct/")
        for problem in problems:
            print(f"  {problem}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
