#!/usr/bin/env python3
"""Compares allotments with every completion of small tables.  See README.md.

    python3 test/allot/run.py [--host H --port P --user U --dbname D] [--cases N] [--seed N]

Ends with "N passed, M failed".
"""

import argparse
import itertools
import json
import math
import pathlib
import random
import sys
from fractions import Fraction

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent)]

# pylint: disable=wrong-import-position
from servers import Failed, Server  # noqa: E402

MOST_COMPLETIONS = 1500
BATCH = 40
# The facts that can be unknown, and what they are then.
GRID = {"m": (True, False), "extra": (0, 1, 2), "shown": (True, False), "d": (1, 2, 3), "c": (True, False),
        "more": (0, 1, 2)}
FACTS = """
    fact base number between -1000 and 1000
    fact extra number between 0 and 2
    fact shown boolean
    fact d date between 2025-01-01 and 2025-01-03
    fact m boolean
    fact c boolean
    fact amt number between 0 and 1000
    fact more number between 0 and 2
    fact amt2 number between 0 and 1000
    define k = case when shown then base + extra end
    define share = (base + extra) / 3
"""
KEYS = {"k": lambda row: row["base"] + row["extra"] if row["shown"] else None,
        "share": lambda row: Fraction(row["base"] + row["extra"], 3),
        "d": lambda row: row["d"],
        "base": lambda row: row["base"]}
AGGREGATES = ("avg", "min", "max", "sum", "count", "median", "percentile")


# ---------------- tables ----------------

def make_row(rand, wide, unknown):
    row = {"base": rand.randint(-1, wide), "extra": rand.choice(GRID["extra"]), "shown": rand.random() < 0.9,
           "d": rand.choice(GRID["d"]), "m": rand.random() < 0.8, "c": rand.random() < 0.8,
           "amt": rand.choice((0, 1, 2, 7, 33, 100, 250)), "more": rand.choice(GRID["more"]),
           "amt2": rand.choice((0, 5, 50))}
    for fact in GRID:
        if rand.random() < unknown:
            row[fact] = None
    return row


def completions_of(rows):
    """How many there are."""
    return math.prod(len(GRID[fact]) for row in rows for fact in GRID if row[fact] is None)


def make_rows(rand):
    unknown = rand.choice((0, 0.05, 0.15, 0.3))
    wide = rand.choice((1, 3, 6))
    while True:
        rows = [make_row(rand, wide, unknown) for _ in range(rand.randint(0 if rand.random() < 0.05 else 1, 6))]
        if completions_of(rows) <= MOST_COMPLETIONS:
            return rows


def complete(rows):
    """Every completion."""
    unknown = [(number, fact) for number, row in enumerate(rows) for fact in GRID if row[fact] is None]
    for values in itertools.product(*(GRID[fact] for _, fact in unknown)):
        done = [dict(row) for row in rows]
        for (number, fact), value in zip(unknown, values):
            done[number][fact] = value
        yield done


# ---------------- the law ----------------

def compare(a, b, keys):
    """Below 0 where a comes before b; none is last in both directions."""
    for key, desc in keys:
        one, other = KEYS[key](a), KEYS[key](b)
        if one == other:
            continue
        if one is None or other is None:
            return 1 if one is None else -1
        return -1 if (one > other) == desc else 1
    return 0


def quota_of(first, members):
    return math.floor(Fraction(first[:-1]) / 100 * members) if first.endswith("%") else int(first)


def places(rows, keys, member):
    """The first and the last place of each member, with all orders of ties."""
    result = []
    for row in rows:
        others = [compare(other, row, keys) for other in rows if other is not row and member(other)]
        result.append((1 + sum(c < 0 for c in others), 1 + sum(c <= 0 for c in others)) if member(row) else None)
    return result


def selected(found, first):
    """For each row: selected in every order of ties (True), in none (False), or neither."""
    quota = quota_of(first, sum(place is not None for place in found))
    return [False if place is None or place[0] > quota else True if place[1] <= quota else None for place in found]


def pro_rata(claims, budget):
    total = sum(claims)
    if total <= budget:
        return list(claims)
    whole = [claim * budget // total for claim in claims]
    order = sorted(range(len(claims)), key=lambda i: (-(claims[i] * budget % total), i))
    for i in order[:budget - sum(whole)]:
        whole[i] += 1
    return whole


def in_order(rows, keys, claims, budget):
    """The least and the most that each claim of each row receives, over the orders of ties."""
    result = []
    for row, mine in zip(rows, claims):
        before = sum(sum(other) for them, other in zip(rows, claims) if compare(them, row, keys) < 0)
        tied = sum(sum(other) for them, other in zip(rows, claims) if them is not row and compare(them, row, keys) == 0)
        low, high = max(0, budget - before - tied), max(0, budget - before)
        ranges = []
        for claim in mine:
            ranges.append((min(claim, low), min(claim, high)))
            low, high = max(0, low - claim), max(0, high - claim)
        result.append(ranges)
    return result


def percentile(values, share):
    values = sorted(values)
    at = share * (len(values) - 1)
    low = math.floor(at)
    return values[low] + (values[min(low + 1, len(values) - 1)] - values[low]) * (at - low)


def aggregate(name, values, members, share):
    if name == "count":
        return Fraction(members)
    if name == "sum":
        return Fraction(sum(values))
    if not values:
        return None
    return Fraction({"avg": lambda: Fraction(sum(values)) / len(values), "min": lambda: min(values),
                     "max": lambda: max(values), "median": lambda: percentile(values, Fraction(1, 2)),
                     "percentile": lambda: percentile(values, share)}[name]())


# ---------------- cases ----------------

class Case:
    def __init__(self, rand, number):
        self.number = number
        self.rows = make_rows(rand)
        # k and share depend on the same fact
        self.keys = [] if rand.random() < 0.15 else [(key, rand.random() < 0.5) for key in
                                                     rand.sample((rand.choice(("k", "share")), "d", "base"),
                                                                 rand.randint(1, 3))]
        self.first = rand.choice(("1", "2", "3", "5", "20%", "33.4%", "50%", "75%", "100%"))
        self.budget = rand.choice((1, 10, 100, 101, 257, 400, 1000))
        self.share = rand.choice((0, 10, 25, 50, 80, 95, 100))
        self.of = rand.choice(("k", "share", "base"))
        self.aggregates = rand.sample(AGGREGATES, 3)
        self.strict = rand.random() < 0.2

    def order(self):
        return ", ".join(f"{key}{' desc' if desc else ''}" for key, desc in self.keys)

    def policy(self):
        by = f" by {self.order()}" if self.keys else ""
        values = ", ".join("n = count()" if name == "count" else
                           f"p = percentile({self.of}, {self.share}%)" if name == "percentile" else
                           f"{name}_of = {name}({self.of})" for name in self.aggregates)
        return f"""policy p 'P' {FACTS}
            select s 'S' first {self.first}{by} when m
            clause 1 reward when c pay (amt + more) * 0.01元
            clause 2 reward pay amt2 * 0.01元
            clause 3 reward when c pay (amt + more) * 0.01元
            clause 4 reward pay amt2 * 0.01元
            budget rated {self.budget / 100:.2f}元 pro rata over 1, 2
            {f"budget ordered {self.budget / 100:.2f}元{by} over 3, 4" if self.keys else ""}
            population peers when m : {values}"""

    def table(self):
        def literal(fact, value):
            if value is None:
                return "NULL"
            return f"date '2025-01-0{value}'" if fact == "d" else str(value)
        facts = list(make_row(random.Random(0), 1, 0))
        rows = [f"({number}, {', '.join(literal(fact, row[fact]) for fact in facts)})"
                for number, row in enumerate(self.rows)]
        types = {"shown": "boolean", "m": "boolean", "c": "boolean", "d": "date"}
        columns = ", ".join(f"{fact} {types.get(fact, 'numeric')}" for fact in facts)
        return f"CREATE TEMP TABLE t{self.number} (id int, {columns});\n" + \
            (f"INSERT INTO t{self.number} VALUES {', '.join(rows)};\n" if rows else "")

    def query(self):
        way = "out" if self.strict else "open"
        return self.table() + f"""
            SELECT jsonb_build_object('lines', (SELECT coalesce(jsonb_agg(a), '[]') FROM
                zjtx.allot('t{self.number}', 'id', $p${self.policy()}$p$::zjtx.policy, '{way}') a),
                'population', zjtx.population('t{self.number}', $p${self.policy()}$p$::zjtx.policy));\n"""

    # what is expected

    def decided(self):
        """The only completion where nothing counts that is not proved: the worst for its row."""
        rows = []
        for row in self.rows:
            row = dict(row)
            for fact in ("m", "c"):
                row[fact] = row[fact] is True
            row["more"] = row["more"] or 0
            rows.append(row)
        return rows

    def worst(self, row):
        """A row at the worst that each of its keys can be, as a row for compare()."""
        ends = {}
        for key, desc in self.keys:
            values = [KEYS[key](done) for done in (one[0] for one in complete([row]))]
            known = [value for value in values if value is not None]
            ends[key] = None if None in values else min(known) if desc else max(known)
        return ends

    def expected(self):
        """Of each row: places, selected, and the amounts of each line; each over all completions."""
        size = len(self.rows)
        seen = {"places": [[] for _ in range(size)], "selected": [set() for _ in range(size)],
                "claims": [[set(), set()] for _ in range(size)],
                "rated": [[set(), set()] for _ in range(size)], "ordered": [[[], []] for _ in range(size)]}
        for rows in complete(self.rows):
            found = places(rows, self.keys, lambda row: row["m"])
            chosen = selected(found, self.first)
            claims = [(row["amt"] + row["more"] if row["c"] else 0, row["amt2"]) for row in rows]
            rated = pro_rata([claim for both in claims for claim in both], self.budget)
            ordered = in_order(rows, self.keys, claims, self.budget) if self.keys else None
            for i in range(size):
                if found[i]:
                    seen["places"][i].append(found[i])
                seen["selected"][i].add(chosen[i])
                for j in range(2):
                    seen["claims"][i][j].add(claims[i][j])
                    seen["rated"][i][j].add(rated[2 * i + j])
                    if ordered:
                        seen["ordered"][i][j].append(ordered[i][j])
        return seen

    def expected_values(self):
        seen = {name: set() for name in self.aggregates}
        for rows in complete([{**row, "c": True, "more": 0, "d": 1} for row in self.rows]):
            members = [row for row in rows if row["m"]]
            values = [KEYS[self.of](row) for row in members]
            for name in self.aggregates:
                seen[name].add(aggregate(name, [value for value in values if value is not None], len(members),
                                         Fraction(self.share, 100)))
        return seen

    # comparing

    def check(self, found):
        lines = {(int(line["key"]), line["code"], line["clause"]): line for line in found["lines"]}
        if len(lines) != len(found["lines"]) or len(lines) != len(self.rows) * (5 if self.keys else 3):
            return f"{len(found['lines'])} lines"
        return (self.check_strict(lines) if self.strict else self.check_open(lines) or self.check_needed(lines)) or \
            self.check_values(found["population"])

    def check_open(self, lines):
        seen = self.expected()
        exact = all(len(claims) == 1 for both in seen["claims"] for claims in both)
        for i in range(len(self.rows)):
            line = lines[i, "s", None]
            those = seen["places"][i]
            wanted = (min(p[0] for p in those), max(p[1] for p in those)) if those else (None, None)
            if (line["place_low"], line["place_high"]) != wanted:
                return f"places of row {i}: {wanted}, found {line}"
            chosen = seen["selected"][i]
            wanted = True if chosen == {True} else False if chosen == {False} else None
            if line["selected"] is not wanted:
                return f"row {i} selected: {wanted}, found {line}"
            for j in range(2):
                line = lines[i, "rated", str(1 + j)]
                low, high = cents(line["amount_low"]), cents(line["amount_high"])
                least, most = min(seen["rated"][i][j]), max(seen["rated"][i][j])
                slack = 0 if exact else 1
                if not (least - slack <= low <= least and most <= high <= most + slack):
                    return f"row {i} in proportion: {least} to {most}, found {line}"
                if (cents(line["claim_low"]), cents(line["claim_high"])) != \
                        (min(seen["claims"][i][j]), max(seen["claims"][i][j])):
                    return f"row {i} claims {seen['claims'][i][j]}, found {line}"
                if not self.keys:
                    continue
                line = lines[i, "ordered", str(3 + j)]
                those = seen["ordered"][i][j]
                wanted = (min(a[0] for a in those), max(a[1] for a in those))
                if (cents(line["amount_low"]), cents(line["amount_high"])) != wanted:
                    return f"row {i} in order: {wanted}, found {line}"
        return None

    def check_needed(self, lines):
        """A member whose first key outdoes what is needed is selected in every completion; a lesser one is not."""
        if not self.keys or self.keys[0][0] != "base":
            return None
        for i, row in enumerate(self.rows):
            needed = lines[i, "s", None]["needed"]
            if row["m"] is None:
                member = [dict(other, m=True) if j == i else other for j, other in enumerate(self.rows)]
                chosen = {selected(places(done, self.keys, lambda one: one["m"]), self.first)[i]
                          for done in complete(member)}
                if chosen == {True} and needed is not None:
                    return f"row {i} needs {needed}, and as a member is selected anyhow"
            if needed is None or row["m"] is not True:
                continue
            for step, enough in ((1, True), (-1, False)):
                rows = [dict(other) for other in self.rows]
                rows[i]["base"] = int(needed) + (step if self.keys[0][1] else -step)
                chosen = {selected(places(done, self.keys, lambda one: one["m"]), self.first)[i]
                          for done in complete(rows)}
                if (chosen == {True}) is not enough:
                    return f"row {i} needs {needed}, and with {rows[i]['base']} is selected: {chosen}"
        return None

    def check_strict(self, lines):
        rows = self.decided()
        ends = [self.worst(row) for row in self.rows]
        for row, end in zip(rows, ends):
            row["ends"] = end

        def better(a, b):
            return compare_ends(a["ends"], b["ends"], self.keys)

        members = [row for row in rows if row["m"]]
        quota = quota_of(self.first, len(members))
        claims = [(row["amt"] + row["more"] if row["c"] else 0, row["amt2"]) for row in rows]
        rated = pro_rata([claim for both in claims for claim in both], self.budget)
        for i, row in enumerate(rows):
            line = lines[i, "s", None]
            place = (1 + sum(better(other, row) < 0 for other in members),
                     sum(better(other, row) <= 0 for other in members)) if row["m"] else (None, None)
            if (line["place_low"], line["place_high"]) != place:
                return f"strict places of row {i}: {place}, found {line}"
            wanted = row["m"] and (True if place[1] <= quota else False if place[0] > quota else None)
            if line["selected"] is not wanted:
                return f"strict, row {i} selected: {wanted}, found {line}"
            for j in range(2):
                line = lines[i, "rated", str(1 + j)]
                if cents(line["amount_low"]) != rated[2 * i + j] or cents(line["amount_high"]) != rated[2 * i + j]:
                    return f"strict, row {i} in proportion: {rated[2 * i + j]}, found {line}"
        return None

    def check_values(self, found):
        for name, values in self.expected_values().items():
            value = found["n" if name == "count" else "p" if name == "percentile" else f"{name}_of"]
            known = [one for one in values if one is not None]
            if values == {None}:
                if value is not None:
                    return f"{name}: none, found {value}"
                continue
            if not isinstance(value, dict):
                value = {"low": value, "high": value, "known": True}
            if ("known" in value) != (len(values) == 1):
                return f"{name}: {sorted(known)}, found {value}"
            if value["low"] is None or value["high"] is None or not near(value["low"], min(known)) or \
                    not near(value["high"], max(known)):
                return f"{name}: {min(known)} to {max(known)}, found {value}"
        return None


def compare_ends(a, b, keys):
    for key, desc in keys:
        if a[key] == b[key]:
            continue
        if a[key] is None or b[key] is None:
            return 1 if a[key] is None else -1
        return -1 if (a[key] > b[key]) == desc else 1
    return 0


def cents(amount):
    return round(Fraction(str(amount)) * 100)


def near(found, wanted):
    """Numbers that do not end are cut off at 20 decimals."""
    return abs(Fraction(str(found)) - wanted) < Fraction(1, 10 ** 15)


# ---------------- facts that are not independent ----------------

class Chained(Case):
    """A population, a selection by the distance from its mean, a clause that needs it, a budget, and
    a population of the selected."""

    def policy(self):
        return f"""policy p 'P' {FACTS}
            population peers when m : mean = avg(share)
            select s 'S' first {self.first} by share - mean desc when m and share >= mean
            clause 1 reward when satisfies s and c pay (amt + more) * 0.01元
            budget rated {self.budget / 100:.2f}元 pro rata over 1
            population winners when satisfies s : top = max(share), n = count()"""

    def check(self, found):
        lines = {(int(line["key"]), line["code"]): line for line in found["lines"]}
        for rows in complete(self.rows):
            those = [KEYS["share"](row) for row in rows if row["m"]]
            mean = Fraction(sum(those)) / len(those) if those else None

            def member(row, mean=mean):
                return row["m"] and KEYS["share"](row) >= mean

            where = places(rows, [("share", True)], member)
            chosen = selected(where, self.first)
            quota = quota_of(self.first, sum(place is not None for place in where))
            for i, place in enumerate(where):
                line = lines[i, "s"]
                if place and (line["place_low"] is None or line["place_low"] > place[0] or
                              line["place_high"] < place[1]):
                    return f"places of row {i}: {place}, found {line}"
                if line["selected"] is not None and line["selected"] is not chosen[i]:
                    return f"row {i} selected: {chosen[i]} of {quota}, found {line}"
            if None in chosen:
                continue
            claims = [row["amt"] + row["more"] if chosen[i] and row["c"] else 0 for i, row in enumerate(rows)]
            rated = pro_rata(claims, self.budget)
            for i, amount in enumerate(rated):
                line = lines[i, "rated"]
                if not cents(line["amount_low"]) <= amount <= cents(line["amount_high"]):
                    return f"row {i}: {amount}, found {line}"
            count = found["population"]["n"]
            count = count if isinstance(count, dict) else {"low": count, "high": count}
            if not count["low"] <= sum(map(bool, chosen)) <= count["high"]:
                return f"{sum(map(bool, chosen))} are selected, found {count}"
        return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="/var/run/postgresql")
    parser.add_argument("--port", default="5432")
    parser.add_argument("--user", default="postgres")
    parser.add_argument("--dbname", default="postgres")
    parser.add_argument("--cases", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    rand = random.Random(options.seed)
    server = Server(options.host, options.port, options.user)
    passed = failed = 0
    for start in range(0, options.cases, BATCH):
        cases = [(Chained if number % 6 == 5 else Case)(rand, number)
                 for number in range(start, min(start + BATCH, options.cases))]
        for case in cases:
            case.strict = case.strict and not isinstance(case, Chained)
        try:
            answers = server.ask(options.dbname, "".join(case.query() for case in cases)).splitlines()
        except Failed as failure:
            print(failure)
            failed += len(cases)
            continue
        for case, answer in zip(cases, answers):
            wrong = case.check(json.loads(answer, parse_float=str))
            if wrong:
                failed += 1
                print(f"case {case.number}{' out' if case.strict else ''}: {wrong}\n{case.query()}")
            else:
                passed += 1
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
