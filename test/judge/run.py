#!/usr/bin/env python3
"""Compares what the plan node Judge answers with the answers of rows that are judged one by one.

    python3 test/judge/run.py [--host H --port P --user U --dbname D] [--seed N] [--documents N] [--rows N]

The oracle's generators make random documents, each with a table of several batches.  Ends with "N passed, N failed".
"""

import argparse
import pathlib
import random
import re
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "oracle"))
sys.path.append(str(HERE.parent / "rewrite"))

import forms                                # noqa: E402
from check import wants                     # noqa: E402
from generate import Generator              # noqa: E402
from lists import ListsGenerator            # noqa: E402
from queries import stored_texts, years_in_one  # noqa: E402
from server import Server, quote            # noqa: E402
from used import UsedGenerator              # noqa: E402

MODELS = 40             # rows whose columns the rows of a table are made of
MAKERS = (ListsGenerator, None, ListsGenerator, Generator, ListsGenerator, UsedGenerator)
SHOWN = 10
VECTORS = ("", "avx2", "sse2", "c")
# What a column has in so many rows: one value, anything, mostly that value; or the values of a few rows are rare.
BLOCKS = (300, 700, 1100)
PICKED = ("CASE WHEN i / {block} % 3 = 0 OR i / {block} % 3 = 2 AND h % 37 > 0 THEN {k} ELSE h % {m} END",
          "CASE WHEN h % 301 > 0 THEN {k} ELSE h % {m} END", "h % {m}", "h % 3")
# Numbers beside those of the document, of every length.
ODD = "CASE h % 61 WHEN 0 THEN {c} * 1e20 WHEN 1 THEN {c} / 3 WHEN 2 THEN {c} + 1e-17 WHEN 3 THEN 'NaN' " \
      "WHEN 4 THEN {c} * 1e-20 WHEN 5 THEN {c} + 0.001 WHEN 6 THEN {c} * 1.000000000000001 " \
      "WHEN 7 THEN {c} - 12345678901.125 WHEN 8 THEN 'Infinity' WHEN 9 THEN -{c} WHEN 10 THEN 0.00 ELSE {c} END"
ALWAYS = ("SELECT id, e |= {q} FROM {t}", "SELECT id, e |! {p} FROM {t} WHERE e |= {p}",
          "SELECT tally(judge(e, {p}))::text FROM {t}")
# Answers that are aggregated, sorted, or asked of joined rows.
OTHERS = (
    "SELECT e |= {q}, count(*), count(*) FILTER (WHERE e |= {p}) FROM {t} GROUP BY 1",
    "SELECT rule, tally(judge(e, {p}))::text FROM {t} GROUP BY 1",
    "SELECT e |! {p}, count(*), min(id) FROM {t} GROUP BY ROLLUP(1)",
    "SELECT DISTINCT e |= {p}, rule FROM {t}",
    "SELECT one.id, other |= {q} FROM {b} one JOIN {b} other ON other.id = one.id + 1 AND other |= {p}",
    "SELECT one.id, two |= {q} FROM {b} one LEFT JOIN (SELECT {names} FROM {b} OFFSET 0) two ON two.id = one.id * 2",
    "SELECT id, count(*) FILTER (WHERE e |= {q}) OVER (PARTITION BY rule ORDER BY id) FROM {t}",
    "SELECT id, e |= {p} FROM {t} ORDER BY e |= {q}, id DESC LIMIT 700",
    "SELECT id FROM {t} WHERE (e |= {q}) IS NOT TRUE AND cardinality(e |! {p}) = 0",
    "SELECT l.line, count(*), sum(l.amount) FROM {t}, lines(judge(e, {p})) l WHERE l.eligible GROUP BY 1")
AMOUNTS = (
    "SELECT sum(e |# {p}), max(e |# {p}), min(e |# {p}), count(e |# {p}) FROM {t} WHERE (e |= {q}) IS NOT FALSE",
    "SELECT rule, sum(e |# {p}), max(e |# {p}), avg(e |# {p}) FROM {t} GROUP BY 1",
    "SELECT e |# {p}, count(*) FROM {t} GROUP BY CUBE(1, e |= {p})",
    "SELECT id, e |# {p}, sum(e |# {p}) OVER (ORDER BY id ROWS 3 PRECEDING) FROM {t}",
    "SELECT id, (amount_range(e, {p})).high - (amount_range(e, {p})).low FROM {t} WHERE (e |# {p}) IS NULL",
    "SELECT id, e |# {p} FROM {t} WHERE e |# {p} > 0 ORDER BY e |# {p} DESC, id LIMIT 300")
# Lists with a NULL, with each element twice, and long ones.
LISTS = "CASE WHEN h % 29 = 0 THEN array_append({c}, NULL) WHEN h % 31 = 0 THEN {c} || {c} WHEN h % 203 = 0 THEN " \
        "(SELECT array_agg(each) FROM generate_series(1, 25), unnest({c}) each) ELSE {c} END"


COMPARE = r"""
CREATE FUNCTION pg_temp.answers(query text, batch boolean) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
    found text[];
BEGIN
    PERFORM set_config('zjtx.batch', batch::text, false);
    EXECUTE format('WITH q AS MATERIALIZED (%s) SELECT array_agg(q::text ORDER BY q::text) FROM q', query) INTO found;
    RETURN found;
END $$;
-- How the answers of batches differ.
CREATE FUNCTION pg_temp.differences(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    judged text[] := pg_temp.answers(query, true);
    single text[] := pg_temp.answers(query, false);
BEGIN
    RETURN CASE WHEN judged IS NOT DISTINCT FROM single THEN 'the same'
        ELSE format('%s rows, %s one by one; for example %s, %s one by one', cardinality(judged), cardinality(single),
            (SELECT j FROM unnest(judged) j WHERE single IS NULL OR j <> ALL (single) LIMIT 1),
            (SELECT s FROM unnest(single) s WHERE judged IS NULL OR s <> ALL (judged) LIMIT 1)) END;
END $$;
"""


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for flag, name in (("--host", "-h"), ("--port", "-p"), ("--user", "-U"), ("--dbname", "-d")):
        parser.add_argument(flag, help=f"as psql's {name}")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--documents", type=int, default=24)
    parser.add_argument("--rows", type=int, default=4000)
    return parser.parse_args()


def models(rng, group):
    """Rows that combine the columns of the group's own rows."""
    for number in range(MODELS):
        values = [c.sql(rng.choice(group.rows)[name]) for name, c in group.columns.items()]
        yield f"({', '.join([str(number)] + values)})"


def value_of(rng, column, place):
    """The value of a column, which is taken from a model; h is any number."""
    value = f'm{place}."{column.name}"'
    if column.type == "numeric" and column.spec.type == "number" and rng.random() < 0.7:
        value = ODD.format(c=value)
    elif column.type.endswith("[]"):
        value = LISTS.format(c=value)
    return f'({value.replace("h %", f"h{place} %")})::{column.type} AS "{column.name}"'


def table(rng, group, rows):
    """Statements that make a table of many rows, each of whose columns is that of some model."""
    number = group.number
    names = ", ".join(["id"] + [f'"{c.name}"' for c in group.columns.values()])
    yield f"CREATE TEMP TABLE m{number} AS SELECT {names} FROM t{number} WHERE false"
    yield f"INSERT INTO m{number} VALUES {', '.join(models(rng, group))}"
    rules = [quote("/".join([group.code] + rng.choices(group.parts, k=k))) for k in (0, 1, 1, 1)]
    columns = ["i AS id", f"(ARRAY[{', '.join(rules)}])[1 + i / 9 % 4] AS rule"]
    source = [f"generate_series(1, {rows}) i"]
    for place, column in enumerate(group.columns.values()):
        columns.append(value_of(rng, column, place))
        picked = rng.choice(PICKED).format(block=rng.choice(BLOCKS), m=MODELS, k=rng.randrange(MODELS))
        source.append(f"LATERAL (SELECT abs(hashint4(i * 1000 + {place})) AS h{place}) hash{place}")
        source.append(f"LATERAL (SELECT * FROM m{number} WHERE id = {picked.replace('h %', f'h{place} %')}) m{place}")
    yield f"CREATE TEMP TABLE b{number} AS SELECT {', '.join(columns)} FROM {', '.join(source)}"
    yield f"ANALYZE b{number}"
    if rng.random() < 0.6:
        for statement in years_in_one(rng, group):
            yield re.sub(rf"\bt{number}\b", f"b{number}", statement)


def changes(rng, group):
    """Sets columns of some rows to NULL: their tuples are then behind the others."""
    for column in rng.sample(list(group.columns.values()), min(2, len(group.columns))):
        yield f'UPDATE b{group.number} SET "{column.name}" = NULL WHERE id % {rng.randint(2, 60)} = 0'


def questions(rng, group):
    names = ", ".join(["id", "rule"] + [f'"{c.name}"' for c in group.columns.values()])
    table_name = f"b{group.number}"
    if group.storable:
        whole = f"{quote(group.code)}::text"
        parts = [quote(f"{group.code}/{part}") + "::text" for part in group.parts]
    else:
        whole = f"{quote(group.text)}::zjtx.policy"
        parts = [f"({whole} -> {quote(part)})" for part in group.parts]
    wanted = wants(group.document)
    answers = ["e |= {p}", "e |! {p}"]
    if "placement" in wanted:
        answers.append("(e |^ {p}).level")
    if "amount" in wanted:
        answers += ["e |# {p}", "amount_range(e, {p})"]
    shapes = [f"SELECT id, {', '.join(answers)} FROM {{t}}", f"SELECT id, {rng.choice(answers)} FROM {{t}}",
              f"SELECT id, {rng.choice(answers)} FROM {{t}} WHERE e |= {{q}}", *ALWAYS]
    if group.storable:
        shapes.append("SELECT id, e |= e.rule, e |! e.rule FROM {t}")
    for shape in shapes + rng.sample(OTHERS + (AMOUNTS if "amount" in wanted else ()), 4):
        source = rng.choice((f"{table_name} e", f"{table_name} e",
                             f"(SELECT {names} FROM {table_name} ORDER BY id % 7, id OFFSET 0) e"))
        yield shape.format(p=whole, q=rng.choice(parts), t=source, b=table_name, names=names)


def script(rng, groups, rows):
    """Returns the script: each query, announced by its number; before it, the statements that make its table."""
    lines = [forms.PREPARE, COMPARE, f"SET zjtx.as_of = '{forms.TODAY}'; SET jit = off; SET zjtx.batch_rows = 0;"]
    queries = []
    for group in groups:
        lines += [f"\\warn @@ table {group.number}", f"SET zjtx.vectors = '{VECTORS[group.number % len(VECTORS)]}';"]
        lines += [s + ";" for s in [*group.statements(), *table(rng, group, rows)]]
        if group.storable:
            lines += [f"SELECT zjtx.store({quote(text)}) \\g /dev/null" for text in stored_texts(group)]
        for round_of_questions in range(2):
            for query in questions(rng, group):
                key = f"@@ {len(queries)}"
                queries.append((group, query))
                lines += [f"\\warn {key}", f"\\echo {key}", f"SELECT pg_temp.differences({quote(query)});"]
            if round_of_questions == 0:
                lines += [f"\\warn @@ changes {group.number}"] + [s + ";" for s in changes(rng, group)]
        lines.append(f"DROP TABLE b{group.number}, m{group.number};")
    lines.append(forms.CLEAN)
    return "\n".join(lines) + "\n", queries


def main():
    chosen = options()
    server = Server((("-h", chosen.host), ("-p", chosen.port), ("-U", chosen.user), ("-d", chosen.dbname)))
    server.wait(1)
    started = time.time()
    rng = random.Random(f"{chosen.seed} judge")
    groups = [forms.Group(rng, n, MAKERS[n % len(MAKERS)]) for n in range(chosen.documents)]
    text, queries = script(rng, groups, chosen.rows)
    output, errors = server.run(text)
    found = forms.sections(output)
    trouble = {key: lines for key, lines in forms.sections(errors.splitlines()).items() if lines}
    failed = len(trouble)
    for key, lines in list(trouble.items())[:SHOWN]:
        print("ERROR", key, lines[0], queries[int(key)][1] if key.isdigit() else "")
    wrong = [n for n in range(len(queries)) if str(n) not in trouble and found.get(str(n)) != ["the same"]]
    for n in wrong[:SHOWN]:
        print("MISMATCH", queries[n][1], found.get(str(n)), queries[n][0].text, sep="\n")
    failed += len(wrong)
    print(f"{time.time() - started:.0f} seconds", file=sys.stderr)
    print(f"{len(queries) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
