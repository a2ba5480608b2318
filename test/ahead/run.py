#!/usr/bin/env python3
"""Compares next_change, changes_ahead and over_days with the answers on every single day.

    python3 test/ahead/run.py [--host H --port P --user U --dbname D] [--seed N] [--rows N] [--days N]

The oracle's generators make random documents, series and rows.  Further documents have much arithmetic on the
day, and random rows are made for each shipped document.  Each row is judged by assess on every day of a period,
with its as_of on that day.  Every change between two days must be in changes_ahead, and nothing else;
next_change must be the first of them; over_days must have the amounts of each day.  Ends with "N passed, N failed".
"""

import argparse
import concurrent.futures
import datetime
import json
import pathlib
import random
import re
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "oracle"))

from forms import Printer                               # noqa: E402
from generate import DATES, Generator, Rows             # noqa: E402
from once import OnceGenerator                          # noqa: E402
from probe import ProbeGenerator, RangeGenerator        # noqa: E402
from series import make_series                          # noqa: E402
from server import Server, as_json, copy_field          # noqa: E402
from used import UsedGenerator                          # noqa: E402
from values import ABSENT, NOT_FINITE, NULL             # noqa: E402

BATCH = 40
ROWS = 3                # per document
TRIES = 400             # AHEAD_TRIES of answers/ahead.h
GENERATORS = (Generator, ProbeGenerator, RangeGenerator, OnceGenerator, UsedGenerator)

PREPARE = r"""
\set QUIET on
\set VERBOSITY terse
SET client_min_messages = warning;
SET search_path = public, zjtx;
SET client_encoding = 'UTF8';
SET jit = off;

-- what a row is told on each day, line by line; of a line that is not satisfied the period means nothing
CREATE FUNCTION pg_temp.said(e jsonb, p zjtx.policy, first date, days int)
RETURNS TABLE (day date, line text, said text)
LANGUAGE sql AS $$
	SELECT first + n, a.line, ROW(a.eligible, a.amount, l.low, l.high, a.unit,
		CASE WHEN a.eligible IS DISTINCT FROM false THEN a.period END, a.status, a.missing, a.reservations, a.in_force,
		a.superseded_by)::text
	FROM generate_series(0, days) n, LATERAL (SELECT e || jsonb_build_object('as_of', first + n) AS d) d,
		zjtx.assess(d, p) a LEFT JOIN LATERAL zjtx.lines(zjtx.judge(d, p)) l ON l.line = a.line
$$;

-- the days on which it differs from the day before
CREATE FUNCTION pg_temp.changes(e jsonb, p zjtx.policy, first date, days int) RETURNS TABLE (day date, line text)
LANGUAGE sql AS $$
	WITH near AS (
		SELECT s.*, lag(s.day) OVER w AS day_before, lag(s.said) OVER w AS said_before, lead(s.day) OVER w AS day_after
		FROM pg_temp.said(e, p, first, days) s WINDOW w AS (PARTITION BY s.line ORDER BY s.day))
	SELECT n.day, n.line FROM near n WHERE n.day > first AND
		(n.day_before IS DISTINCT FROM n.day - 1 OR n.said_before IS DISTINCT FROM n.said)
	UNION ALL
	SELECT n.day + 1, n.line FROM near n WHERE n.day < first + days AND n.day_after IS DISTINCT FROM n.day + 1
$$;

CREATE FUNCTION pg_temp.compared(doc text, part text, e jsonb, first date, days int) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
	p zjtx.policy;
	here jsonb := e || jsonb_build_object('as_of', first);
	expected text[];
	found text[];
	next date;
	amounts bool;
BEGIN
	p := doc;
	IF part IS NOT NULL THEN p := p -> part; END IF;
	expected := ARRAY(SELECT c.day || ' ' || c.line FROM pg_temp.changes(e, p, first, days) c ORDER BY 1);
	found := ARRAY(SELECT c.day || ' ' || c.line FROM zjtx.changes_ahead(here, p, first + days) c ORDER BY 1);
	next := zjtx.next_change(here, p);
	SELECT bool_and((o.amount, o.low, o.high) IS NOT DISTINCT FROM (zjtx.amount(d, p), r.low, r.high)) INTO amounts
	FROM zjtx.over_days(here, p, first, first + days, '61 days') o,
		LATERAL (SELECT e || jsonb_build_object('as_of', o.day) AS d) d, zjtx.amount_range(d, p) r;
	RETURN jsonb_build_object('expected', expected, 'found', found, 'next', next, 'amounts', amounts);
EXCEPTION WHEN OTHERS THEN
	RETURN jsonb_build_object('error', SQLSTATE || ': ' || SQLERRM);
END $$;
CREATE TEMP TABLE trial (id int, doc text, part text, e jsonb, first date, days int);
"""


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for flag, name in (("--host", "-h"), ("--port", "-p"), ("--user", "-U"), ("--dbname", "-d")):
        parser.add_argument(flag, help=f"as psql's {name}")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rows", type=int, default=250,
                        help="rows of random documents, and of arithmetic on the day; a third as many of shipped ones")
    parser.add_argument("--days", type=int, default=731, help="days on which each row is judged")
    parser.add_argument("--all", action="store_true", help="print every mismatch")
    return parser.parse_args()


class Trial:
    def __init__(self, text, part, row, first):
        self.text, self.part, self.row, self.first = text, part, row, first


def row_text(row):
    return as_json({name: raw for name, raw in row.items() if name != "as_of"})


def random_day(rng):
    return rng.choice(DATES[2:]) + datetime.timedelta(days=rng.choice((0, -1, -400, rng.randint(-300, 300))))


def random_trials(rng, count):
    """Returns rows of random documents and parts of them, and of series."""
    trials = []
    while len(trials) < count:
        generator = rng.choice(GENERATORS)(rng)
        if rng.random() < 0.15:
            generator = Generator(rng)
            document = generator.document(f"ahead-{len(trials)}")
            document.as_of = None
            if not document.clauses and not document.rungs:
                continue
            text = make_series(rng, generator, Printer(rng), document).text()
            values = Rows(rng, generator.pools, generator.calendar)
            made = [(text, None, {f.name: values.sometimes(f, rng.choice((0, 0, 0.2))) for f in document.facts})
                    for _ in range(ROWS)]
        else:
            made = [(t.text, t.part, t.row) for t in generator.cases(f"ahead-{len(trials)}", ROWS)]
        # a document that is bound to a day does not follow the row's
        trials += [Trial(text, part, row_text(row), random_day(rng)) for text, part, row in made
                   if not re.match(r"\s*(as of|截至)", text, re.I)]
    return trials[:count]


# ---------------- arithmetic on the day ----------------

def clock_date(rng, depth=1):
    """Returns an expression of a date, which follows the day or not."""
    if depth and rng.random() < 0.35:
        return f"({clock_date(rng, depth - 1)} {rng.choice('+-')} {rng.choice(('1月', '2月', '13月', '40天', '1年'))})"
    if depth and rng.random() < 0.15:
        return f"{rng.choice(('earliest', 'latest'))}({clock_date(rng, 0)}, {clock_date(rng, 0)})"
    return rng.choice(("as_of", "as_of", "a", "b", "c", "2024-02-29"))


def clock_number(rng, depth):
    """Returns an expression of a number, which may rise and fall with the day."""
    inner = lambda: clock_number(rng, depth - 1)        # noqa: E731
    if depth and rng.random() < 0.6:
        return rng.choice((
            lambda: f"({inner()} + {inner()})", lambda: f"({inner()} - {inner()})", lambda: f"(- {inner()})",
            lambda: f"({inner()} * {rng.choice(('2', '-1', 'n'))})",
            lambda: f"({inner()} / {rng.choice(('2', '-3', 'n'))})",
            lambda: f"least({inner()}, {inner()})", lambda: f"greatest({inner()}, {inner()})",
            lambda: f"clamp({inner()}, {inner()}, {rng.randint(0, 20)})", lambda: f"floor({inner()} / 3)",
            lambda: f"ceil({inner()} / 4)",
            lambda: f"(case when {inner()} > {rng.randint(-5, 20)} then {inner()} else n end)"))()
    return rng.choice((
        lambda: f"months({clock_date(rng)}, {clock_date(rng)}) / 1月",
        lambda: f"({clock_date(rng)} - {clock_date(rng)}) / 20日",
        lambda: f"(year({clock_date(rng)}) / 1年 - 2020)", lambda: f"month({clock_date(rng)})",
        lambda: str(rng.randint(-3, 12)), lambda: "n"))()


def clock_condition(rng):
    if rng.random() < 0.2:
        return f"{clock_date(rng)} {rng.choice(('<', '<=', '=', '<>', '>', '>='))} {clock_date(rng)}"
    return f"{clock_number(rng, 2)} {rng.choice(('<', '<=', '=', '<>', '>', '>='))} {rng.randint(-10, 40)}"


def clock_trials(rng, count):
    """Returns rows of documents that compare the day with itself and with known and unknown days."""
    trials = []
    while len(trials) < count:
        kind = rng.choice(("", "", " null means none", " between 2023-01-05 and 2023-01-20", " at least 2022-06-01"))
        clauses = " ".join(f"clause {i} when {clock_condition(rng)}" for i in range(rng.randint(2, 6)))
        text = f"policy clock-{len(trials)} 'Clock' fact a date fact b date{kind} fact c date " \
            f"fact n number between 0 and 3 {clauses}"
        for _ in range(ROWS):
            row = {name: (datetime.date(2022, 1, 1) + datetime.timedelta(days=rng.randint(0, 1500))).isoformat()
                   for name in "abc" if rng.random() < 0.8}
            if rng.random() < 0.7:
                row["n"] = rng.randint(0, 3)
            trials.append(Trial(text, None, json.dumps(row), random_day(rng)))
    return trials[:count]


# ---------------- shipped documents ----------------

def random_value(rng, kind, values, low, high):
    if kind == "boolean":
        return rng.random() < 0.6
    if kind == "date":
        return (datetime.date(2024, 12, 1) + datetime.timedelta(days=rng.randint(-1500, 900))).isoformat()
    if kind == "text":
        return rng.choice(values) if values else rng.choice(("甲", "渝北区", "重庆市"))
    if kind == "list of date":
        return [random_value(rng, "date", None, None, None) for _ in range(rng.randint(0, 2))]
    if kind == "list of text":
        return rng.sample(values, min(len(values), rng.randint(0, 2))) if values else ["新能源"]
    bounds = [float(re.sub(r"[^0-9.-]", "", b)) / (100 if b.endswith("%") else 1) for b in (low, high) if b]
    number = rng.choice((0, 1, 2, 0.03, 0.06, 0.12, 0.3, 0.5, 5, 12, 60, 300, 5e6, 3e7, 2e8, 1e9, *bounds))
    return rng.choice((number, round(number * rng.random(), 4)))


def random_elements(rng, fields):
    def field(words):
        name, kind = words.split()[:2]
        return name, random_value(rng, kind, re.findall(r"'(\w+)' '", words), None, None)
    return [dict(field(f) for f in fields if rng.random() > 0.05) for _ in range(rng.randint(0, 3))]


def shipped_trials(rng, server, count):
    """Returns rows of shipped documents."""
    output, errors = server.run(
        "SELECT json_build_object('code', code, 'text', doc::text, 'english', zjtx_author.reformat(doc::text, 'en'), "
        "'facts', (SELECT json_agg(json_build_object('name', f.name, 'type', f.type, 'values', f.values, 'low', f.low, "
        "'high', f.high)) FROM zjtx.facts(doc) f))"
        " FROM zjtx.policies WHERE shipped ORDER BY code;\n")
    documents = [json.loads(line) for line in output]
    if len(documents) < 7:
        sys.exit(f"the shipped documents are not there: {errors}")
    lists = {}
    for document in documents:
        for name, of, fields in re.findall(r"^fact (\w+) list (?:of (\w+)|\((.*?)\) *(?:'|null))",
                                           document["english"], re.M):
            lists[name] = ("list of " + of) if of else re.split(r", (?=\w+ (?:date|number|text|boolean))", fields)
    trials = []
    for i in range(count):
        document = documents[i % len(documents)]
        unknown = rng.choice((0, 0, 0.02, 0.1, 0.4))
        row = {}
        for fact in document["facts"]:
            if rng.random() < unknown or fact["name"] == "as_of":
                continue
            kind = lists.get(fact["name"], fact["type"])
            row[fact["name"]] = random_elements(rng, kind) if isinstance(kind, list) else \
                random_value(rng, kind, fact["values"], fact["low"], fact["high"])
            if rng.random() < 0.1 and fact["type"] != "list":
                row[fact["name"]] = None
        trials.append(Trial(document["text"], None, json.dumps(row, ensure_ascii=False),
                            datetime.date(2023, 6, 1) + datetime.timedelta(days=rng.randint(0, 800))))
    return trials


# ---------------- comparing ----------------

def ask(server, trials, days):
    lines = [PREPARE, "COPY trial FROM stdin;"]
    for t in trials:
        lines.append("\t".join(map(copy_field, (str(t.number), t.text, t.part, t.row, t.first.isoformat(), str(days)))))
    lines += ["\\.", "SELECT id, pg_temp.compared(doc, part, e, first, days) FROM trial;"]
    output, errors = server.run("\n".join(lines) + "\n")
    found = {int(line.split("\t")[0]): json.loads(line.split("\t")[1]) for line in output if "\t" in line}
    for t in trials:
        found.setdefault(t.number, {"error": "no answer: " + errors.strip()[-300:]})
    return found


def complaint(trial, answer, days):
    """Returns what is wrong, or None."""
    if "error" in answer:
        return answer["error"]
    expected, found = answer["expected"], answer["found"]
    if expected != found:
        return (f"changes_ahead has not {sorted(set(expected) - set(found))[:5]}, "
                f"and should not have {sorted(set(found) - set(expected))[:5]}")
    next_, first = answer["next"], min((e[:10] for e in expected), default=None)
    last = (trial.first + datetime.timedelta(days=days)).isoformat()
    cautious = (trial.first + datetime.timedelta(days=TRIES)).isoformat()
    if next_ != first and not (first is None and (next_ is None or next_ > last)):
        if next_ is None or next_ <= cautious or (first is not None and next_ > first):
            return f"next_change is {next_}, the first change is on {first}"
    if answer["amounts"] is False:
        return "over_days has other amounts"
    return None


def main():
    chosen = options()
    server = Server((("-h", chosen.host), ("-p", chosen.port), ("-U", chosen.user), ("-d", chosen.dbname)))
    server.wait(1)
    started = time.time()
    rng = random.Random(f"{chosen.seed} ahead")
    trials = random_trials(rng, chosen.rows) + clock_trials(rng, chosen.rows)
    trials += shipped_trials(rng, server, chosen.rows // 3)
    for number, trial in enumerate(trials):
        trial.number = number
    batches = [trials[i::max(1, len(trials) // BATCH)] for i in range(max(1, len(trials) // BATCH))]
    answers = {}
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for found in pool.map(lambda batch: ask(server, batch, chosen.days), batches):
            answers.update(found)
            print(f"asked {len(answers)} of {len(trials)}", file=sys.stderr)
    failures = []
    for trial in trials:
        wrong = complaint(trial, answers[trial.number], chosen.days)
        if wrong:
            failures.append((trial, wrong))
    failures.sort(key=lambda f: len(f[0].text))
    for trial, wrong in failures if chosen.all else failures[:10]:
        print(f"MISMATCH {trial.number}\n{trial.text if len(trial.text) < 6000 else trial.text[:80]}")
        print(f"part: {trial.part}\nrow: {trial.row}\nfrom {trial.first}: {wrong}\n")
    changing = sum(bool(a.get("expected")) for a in answers.values())
    known = sum("next" in a and a["next"] is not None for a in answers.values())
    print(f"{time.time() - started:.0f} seconds; "
          f"{changing} rows change within {chosen.days} days, {known} at some time",
          file=sys.stderr)
    print(f"{len(trials) - len(failures)} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
