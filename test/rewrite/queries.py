"""Random queries that ask random documents about their tables."""

import pathlib
import re
import sys
from fractions import Fraction

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "oracle"))

from check import wants                     # noqa: E402
from forms import Column                    # noqa: E402
from language import Fact                   # noqa: E402
from server import quote                    # noqa: E402
from values import NOT_FINITE, NULL, decimal_text   # noqa: E402

MORE_ROWS = 40          # composed of the columns of a group's own rows
QUERIES = 14            # per document
SHOWN = 10

SHAPES = (
    "SELECT id, {asked:e} FROM {t} e",
    "SELECT id FROM {t} e WHERE {test:e}",
    "SELECT id FROM {t} e WHERE {test:e}",
    "SELECT id FROM {t} e WHERE e |= {rule}",
    "SELECT id FROM {t} e WHERE e |= {rule}",
    "SELECT id FROM {t} e WHERE e |= {rule}",
    "SELECT id, e |= {rule} FROM {t} e",
    "SELECT id, {asked:e} FROM {t} e WHERE {test:e} ORDER BY id LIMIT 9",
    "SELECT {asked:e}, count(*) FROM {t} e WHERE {test:e} GROUP BY 1",
    "SELECT id % 3, count(*) FILTER (WHERE {test:e}) FROM {t} e GROUP BY ROLLUP(id % 3)",
    "SELECT {test:e}, count(*) FROM {t} e GROUP BY CUBE({test:e}, id % 2)",
    "SELECT DISTINCT {asked:e}, {test:e} FROM {t} e",
    "SELECT id, count(*) OVER (PARTITION BY {test:e}) FROM {t} e",
    "SELECT a.id, b.id, {asked:b} FROM {t} a LEFT JOIN {t} b ON b.id = a.id * 2",
    "SELECT a.id, b.id FROM {t} a LEFT JOIN {t} b ON b.id = a.id + 1 AND {test:b} WHERE {test:a}",
    "SELECT a.id, b.id, {asked:a} FROM {t} a FULL JOIN {t} b ON b.id = a.id * 2 WHERE {test:b}",
    "SELECT a.id, b.id FROM {t} a LEFT JOIN (SELECT {columns} FROM {t}) b ON b.id = a.id * 2 WHERE {test:b}",
    "SELECT a.id, b.id, {asked:b} FROM {t} a LEFT JOIN (SELECT {columns} FROM {t} OFFSET 0) b ON b.id = a.id * 2",
    "SELECT id, {asked:s} FROM (SELECT {columns} FROM {t}) s WHERE {test:s}",
    "SELECT id, {asked:s} FROM (SELECT {columns} FROM {t} OFFSET 0) s WHERE {test:s}",
    "SELECT id, {asked:s} FROM (SELECT {columns} FROM {t} UNION ALL SELECT {columns} FROM {t} WHERE id < 9) s",
    "WITH s AS MATERIALIZED (SELECT {columns} FROM {t}) SELECT id FROM s WHERE {test:s}",
    "SELECT id FROM {t} a WHERE EXISTS (SELECT FROM {t} b WHERE b.id = a.id + 1 AND {test:b})",
    "SELECT id FROM {t} a WHERE id < 9 OR EXISTS (SELECT FROM (SELECT {columns} FROM {t} OFFSET 0) b WHERE b.id = a.id "
    "+ 1 AND {test:b})",
    "SELECT id FROM {t} a WHERE id NOT IN (SELECT id FROM {t} b WHERE {test:b})",
    "SELECT a.id, l.* FROM {t} a, LATERAL (SELECT b.id, {asked:b}, {test:a} FROM {t} b WHERE b.id > a.id ORDER BY b.id "
    "LIMIT 2) l",
    "SELECT id, (SELECT count(*) FROM {t} b WHERE b.id < a.id AND {test:a}) FROM {t} a",
    "SELECT id, {asked:j} FROM {t} e JOIN LATERAL (SELECT e.*) j USING (id)",
    "SELECT id, {read:e} FROM {t} e WHERE id % 3 > 0",
    "SELECT id, {read:s} FROM (SELECT {columns} FROM {t} UNION ALL SELECT {columns} FROM {t} WHERE id < 9) s",
    "SELECT a.id, l.* FROM {t} a, {lines:a} l WHERE l.eligible",
    "SELECT a.id, l.* FROM {t} a, {lines:a} l WHERE l.eligible",
    "SELECT a.id, b.id, l.* FROM {t} a LEFT JOIN {t} b ON b.id = a.id * 2, {lines:b} l "
    "WHERE l.eligible AND a.id % 3 > 0",
    "SELECT a.id, b.id, l.* FROM {t} a LEFT JOIN ({t} b CROSS JOIN {lines:b} l) ON b.id = a.id * 2 WHERE l.eligible",
    "SELECT a.id, b.id, l.line FROM {t} a JOIN (SELECT {columns} FROM {t}) b ON b.id = a.id + 2, {lines:b} l "
    "WHERE l.eligible IS TRUE",
    "SELECT a.id, l.line, l.amount FROM {t} a LEFT JOIN {lines:a} l ON l.amount > 1 WHERE l.eligible",
)
TESTS = ("({e} |= {p})", "NOT ({e} |= {p})", "({e} |= {p}) IS NULL", "({e} |= {p}) IS NOT TRUE",
         "({e} |= {p}) IS NOT FALSE", "(({e} |= {p}) OR {e}.id % 7 = 0)", "(({e} |= {p}) AND {e}.id % 3 > 0)",
         "({e} |= {p}) IS DISTINCT FROM ({e}.id % 2 = 0)", "coalesce({e} |= {p}, {e}.id > 20)",
         "cardinality({e} |! {p}) > 0")
# The setting's name from version 16 on differs.
PARALLEL = ("DO $$ BEGIN PERFORM set_config(CASE WHEN current_setting('server_version_num')::int < 160000 "
            "THEN 'force_parallel_mode' ELSE 'debug_parallel_query' END, 'on', false); END $$;")
SETTINGS = ("", "SET enable_seqscan = off;", "SET enable_seqscan = off;",
            "SET enable_hashjoin = off; SET enable_mergejoin = off;",
            PARALLEL, "SET enable_hashagg = off;", "SET plan_cache_mode = force_generic_plan;",
            "SET zjtx.fold_names = on;", "SET zjtx.batch_rows = 0;", "SET zjtx.batch_rows = 0;")


def simple_rule(rng, group):
    """Returns a document of comparisons with constants, from which the planner derives conditions."""
    facts, conditions = [], []
    for column in group.columns.values():
        fact = column.spec
        if column.name != fact.name or fact.type == "list" or fact.name == "as_of":
            continue
        raws = [row[fact.name] for row in group.rows]
        constants = [literal(x) for x in raws if x is not NULL and x is not NOT_FINITE]
        if fact.type in ("number", "date") and constants:
            limits = rng.choice(("", "", "at least {}", "at most {}")).format(rng.choice(constants))
            test = f"{fact.name} {rng.choice(('=', '<>', '<', '<=', '>', '>='))} {rng.choice(constants)}"
        elif fact.type == "text" and constants:
            limits = declared_values(rng, constants) if rng.random() < 0.5 else ""
            among = sorted(set(re.findall(r"'(?:[^']|'')*'", limits))) or constants
            test = f"{fact.name} in ({', '.join(rng.sample(among, rng.randint(1, len(among))))})"
        elif fact.type == "boolean":
            limits, test = "", fact.name
        else:
            continue
        null = rng.choice(["", "null means none"] + (["null means 0"] if fact.type == "number" else []))
        facts.append(f"fact {fact.name} {fact.type} {limits} {null}")
        conditions.append(rng.choice(("{}", "{}", "{}", "not ({})")).format(test))
    if not facts:
        return None
    rng.shuffle(conditions)
    tests = conditions[:rng.randint(1, 3)]
    if len(conditions) > 4 and rng.random() < 0.3:
        tests.append(f"({conditions[3]} or {conditions[4]})")
    return f"policy simple 's' {' '.join(facts)} clause 1 when {' and '.join(tests)}"


def declared_values(rng, constants):
    """Declares some of the texts as values and their labels; the others are then unknown."""
    texts = sorted(set(constants))
    rng.shuffle(texts)
    kept = texts[:rng.randint(1, len(texts))]
    values = [[kept[0]]]
    for text in kept[1:]:
        if rng.random() < 0.5:
            values[-1].append(text)
        else:
            values.append([text])
    return f"in ({', '.join(map(' '.join, values))})"


def literal(raw):
    if isinstance(raw, Fraction):
        return decimal_text(raw)
    return quote(raw) if isinstance(raw, str) else str(raw)


class Question:
    """A policy as written in a query, and the questions that it allows."""

    def __init__(self, rng, group):
        self.rng = rng
        policies = [f"{quote(group.text)}::zjtx.policy",
                    f"({quote(group.text)}::zjtx.policy OPERATOR(zjtx.->) {quote(group.part)})"]
        if group.storable:
            policies += [f"{quote(group.code)}::text", quote(f"{group.code}/{group.part}") + "::text"]
        self.policies = policies
        self.own = len(policies)
        rules = [simple_rule(rng, group) for _ in range(6)]
        self.policies += [quote(r) + "::zjtx.policy" for r in rules if r]
        self.wanted = wants(group.document)

    def test(self, e):
        return self.rng.choice(TESTS).format(e=e, p=self.rng.choice(self.policies))

    def lines(self, e):
        return f"lines(judge({e}, {self.rng.choice(self.policies)}))"

    def read(self, e):
        """What a column of a published view is."""
        verdict = f"judge({e}, {self.rng.choice(self.policies[:self.own])})"
        return f"zjtx_internal.verdict_total({verdict}), zjtx_internal.verdict_placement({verdict})"

    def asked(self, e):
        answers = ["({e} |= {p})", "({e} |! {p})", "next_change({e}, {p})"]
        if "placement" in self.wanted:
            answers.append("({e} |^ " + self.policies[0].replace("{", "{{").replace("}", "}}") + ")")
        if "amount" in self.wanted:
            answers += ["({e} |# {p})", "amount_range({e}, {p})"]
        return self.rng.choice(answers).format(e=e, p=self.rng.choice(self.policies[:self.own]))


def more_rows(rng, group):
    """Returns rows that combine the columns of the group's rows."""
    for number in range(MORE_ROWS):
        values = [str(100 + number)] + [c.sql(rng.choice(group.rows)[name]) for name, c in group.columns.items()]
        yield f"({', '.join(values)})"


def stored_texts(group):
    """Returns the texts to store: a used document before the one that uses it."""
    used = re.search(rf"^\s*(policy|政策)\s+{group.code}-u\s", group.text, re.M | re.I) if group.document.uses else None
    return [group.text[used.start():], group.text[:used.start()]] if used else [group.text]


def years_in_one(rng, group):
    """Puts the columns of a fact by year into one: an object, or an array of composites."""
    years = {name: c for name, c in group.columns.items() if c.spec.by_year is not None}
    if not years:
        return
    fact = next(iter(years.values())).spec.by_year
    name = rng.choice([n for n in (fact.label, fact.name) if n])
    table = f"t{group.number}"
    pairs = [(column.spec.name.split("_")[1], f'"{column.name}"') for column in years.values()]
    if rng.random() < 0.5:
        kind = "jsonb"
        value = f"jsonb_build_object({', '.join(f'{quote(year)}, {column}' for year, column in pairs)})"
    else:
        kind = f"pg_temp.years_{group.number}[]"
        yield f"CREATE TYPE {kind[:-2]} AS (年份 int, 值 numeric);"
        rows = ", ".join(f"ROW({year}, {column})::{kind[:-2]}" for year, column in pairs)
        value = f"ARRAY[{rows}]"
    yield f'ALTER TABLE {table} ADD "{name}" {kind};'
    yield f'UPDATE {table} SET "{name}" = CASE WHEN id % 11 <> 5 THEN {value} END;'
    for key, column in years.items():
        yield f'ALTER TABLE {table} DROP "{column.name}";'
        del group.columns[key]
    group.columns[fact.name] = Column(name, kind, Fact(fact.name, "list"))


def filled(rng, group, question):
    """Fills in a query template: each {…:e} becomes a question about the row e, the same one each time."""
    shape = rng.choice(SHAPES)
    columns = ", ".join(["id"] + [f'"{c.name}"' for c in group.columns.values() if rng.random() < 0.9])
    query = shape.replace("{columns}", columns).replace("{t}", f"t{group.number}")
    query = query.replace("{rule}", rng.choice(question.policies[question.own:] or question.policies))
    for row in "eabsj":
        for kind in ("test", "asked", "lines", "read"):
            mark = "{" + f"{kind}:{row}" + "}"
            if mark in query:
                query = query.replace(mark, getattr(question, kind)(row))
    return query


def compare(queries, found, trouble, plain, other):
    """Counts the queries whose rows and errors are the same on both paths, and those that differ.

    found and trouble hold the output and the errors by "number path".
    """
    passed = failed = 0
    for number, query in enumerate(queries):
        answers = [(sorted(found.get(f"{number} {path}", ())), trouble.get(f"{number} {path}"))
                   for path in (plain, other)]
        errors_of = [[line.split("ERROR:")[-1] for line in e or ["not asked"]] for _, e in answers]
        if answers[0][0] == answers[1][0] and errors_of[0] == errors_of[1] and answers[0][1] is not None:
            passed += 1
            continue
        failed += 1
        if failed <= SHOWN:
            print("MISMATCH", number, query)
            for path, (rows, _), (others, _), errors in zip((plain, other), answers, answers[::-1], errors_of):
                print(f"  {path}:", [x for x in rows if x not in others][:5], errors[:2])
    return passed, failed
