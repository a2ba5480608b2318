"""The same question in every form: typed columns, jsonb, values, names, parts.

A group is one document and a few rows with the same columns.  The rows are in a temporary table with
columns of many types, and in jsonb.  The policy is a value, a parameter, a stored name, a part of either,
or the printed text of a part.  Every form must agree with the evaluator and with the other forms.
"""

import datetime
import json
import re
from dataclasses import dataclass, field
from fractions import Fraction

from check import Answers, check, expect, place, wants
from complete import AS_OF, read_row
from evaluate import Evaluator
from exact import ArithmeticGenerator
from generate import LABELS, NO_SIZES, SIZES, Generator, Rows, Trial
from language import Printer
from series import Series, make_series
from server import as_json, quote
from values import ABSENT, NONE, NOT_FINITE, NULL, UNKNOWN, decimal_text, has_decimal

TODAY = "2025-03-31"        # zjtx.as_of, for names that are judged without a day

PREPARE = rf"""
\set QUIET on
\set VERBOSITY terse
SET client_min_messages = error;
SET search_path = public, zjtx;
SET client_encoding = 'UTF8';
SET zjtx.as_of = '{TODAY}';
CREATE DOMAIN pg_temp.oracle_number AS numeric;
CREATE DOMAIN pg_temp.oracle_text AS varchar(40);
CREATE DOMAIN pg_temp.oracle_date AS date;
CREATE DOMAIN pg_temp.oracle_boolean AS boolean;
CREATE DOMAIN pg_temp.oracle_yes AS pg_temp.oracle_boolean;
CREATE DOMAIN pg_temp.oracle_decimals AS numeric(60,20);
CREATE COLLATION pg_temp.oracle_fold (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE DOMAIN pg_temp.oracle_folded AS text COLLATE pg_temp.oracle_fold;
CREATE DOMAIN pg_temp.oracle_bytes AS varchar COLLATE "C";
CREATE DOMAIN pg_temp.oracle_padded AS char(20);
CREATE TYPE pg_temp.oracle_size AS ENUM ({', '.join(map(quote, (*SIZES, *sum(LABELS.values(), ()), *NO_SIZES)))});
CREATE FUNCTION pg_temp.stores(doc text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  PERFORM zjtx.store(doc);
  RETURN 'stored';
EXCEPTION WHEN OTHERS THEN
  RETURN 'refused: ' || SQLERRM;
END $$;
DELETE FROM zjtx.policies WHERE code LIKE 'test-oracle-%';
"""
# Deliberate mistakes; see evaluate.SLIPS.
SLIPS = (">= read as >", "where keeps what is false", "versions end a day late")

CLEAN = "DELETE FROM zjtx.policies WHERE code LIKE 'test-oracle-%';\n"


@dataclass
class Column:
    name: str
    type: str
    spec: object
    fields: dict = field(default_factory=dict)      # for an array of rows: its columns

    def sql(self, raw):
        return f"{self.inner(raw)}::{self.type}"

    def inner(self, raw):
        if raw is NULL:
            return "NULL"
        if self.type == "jsonb":
            return quote(as_json(raw))
        if raw is NOT_FINITE:
            return "'infinity'" if self.spec.type == "date" or "int" in self.type else "'NaN'"
        if isinstance(raw, bool):
            return "true" if raw else "false"
        if isinstance(raw, str):
            return quote(raw)
        if isinstance(raw, Fraction):
            return quote(decimal_text(raw))
        if isinstance(raw, list):
            return "ARRAY[" + ", ".join(map(self.element, raw)) + "]"
        return quote(raw.isoformat())

    def element(self, raw):
        if not self.fields:
            base = self.type[:-2]
            return f"{Column(self.name, base, self.spec.item).inner(raw)}::{base}"
        parts = ", ".join(c.sql(raw[n]) for n, c in self.fields.items())
        return f"ROW({parts})::{self.type[:-2]}"


def number_types(values):
    types = ["numeric", "numeric", "pg_temp.oracle_number"]
    if all((v * 10 ** 20).denominator == 1 and abs(v) < 10 ** 40 for v in values):
        types += ["numeric(60,20)", "pg_temp.oracle_decimals"]
    if all(v.denominator == 1 for v in values):
        for name, size in (("int2", 15), ("int4", 31), ("int8", 63)):
            if all(abs(v) < 2 ** size for v in values):
                types.append(name)
    if all(exact_float(v, 53) for v in values):
        types.append("float8")
    if all(exact_float(v, 24) for v in values):
        types.append("float4")
    return types


def exact_float(value, bits):
    return abs(value.numerator) < 2 ** bits and bin(value.denominator).count("1") == 1


def scalar_type(rng, spec, values):
    if spec.type == "number":
        return rng.choice(number_types(values))
    if spec.type == "date":
        return rng.choice(("date", "timestamp", "pg_temp.oracle_date"))
    if spec.type == "boolean":
        return rng.choice(("boolean", "pg_temp.oracle_boolean", "pg_temp.oracle_yes"))
    types = ["text", "varchar", "varchar(30)", "char(20)", "pg_temp.oracle_text",
             "pg_temp.oracle_folded", "pg_temp.oracle_bytes", "pg_temp.oracle_padded"]
    if spec.values:
        types.append("pg_temp.oracle_size")
    return rng.choice(types)


@dataclass
class Form:
    """A form of asking, and the trials that its answers belong to."""
    name: str
    query: str
    trials: dict            # by id
    like: str               # the form it must agree with
    only: str = None        # asks only for eligibility
    series: Series = None   # asks a series of documents


class Group:
    def __init__(self, rng, number, make=None):
        self.rng, self.number = rng, number
        self.code = f"test-oracle-{number}"
        self.printer = Printer(rng)
        if make is None and rng.random() < 0.2:
            generator = ArithmeticGenerator(rng)
            self.document = generator.document(self.code)
            self.document.bare = False
            self.as_of_absent = True
            self.rows = [dict(generator.row, as_of=ABSENT)]
        else:
            generator = (make or Generator)(rng)
            self.document = generator.document(self.code)
            self.values = Rows(rng, generator.pools, generator.calendar)
            self.as_of_absent = rng.random() < 0.3
            self.rows = self.make_rows()
        self.storable = self.document.as_of is None     # the stored policy is not bound to a day
        self.series = None
        if make is None and self.storable and len(self.rows) > 1 and rng.random() < 0.3:
            self.series = make_series(rng, generator, self.printer, self.document)
            self.text = self.series.versions[0][1]
        else:
            self.text = self.printer.document(self.document)
        self.columns = self.make_columns()
        # A column with a fact's label is ignored if there is one with its name.
        self.decoys = [f.label for f in self.document.facts if f.label and f.name in self.columns
                       and self.columns[f.name].name == f.name and rng.random() < 0.3
                       and all(row[f.name] is not NOT_FINITE for row in self.rows)]
        self.trials = {i: self.trial(row) for i, row in enumerate(self.rows)}
        self.parts = [p.code for p in self.document.clauses + self.document.rungs + self.document.groups]
        self.part = rng.choice(self.parts)
        self.part_trials = {i: self.trial(r, self.part) for i, r in enumerate(self.rows)}
        self.forms = []

    def trial(self, row, part=None):
        document = self.document.narrowed(part) if part else self.document
        return Trial("forms", document, self.text, part, row, number=self.number)

    # Rows and columns

    def make_rows(self):
        rng = self.rng
        absent = {f.name for f in self.document.facts if rng.random() < 0.06}
        rows = []
        for _ in range(5):
            chance = rng.choice((0, 0, 0.3))
            row = {}
            for fact in self.document.facts:
                row[fact.name] = ABSENT if fact.name in absent else self.raw(fact, chance)
            row["as_of"] = ABSENT if self.as_of_absent else rng.choice(
                (self.values.date(), self.values.date(), self.values.date(), NULL))
            rows.append(row)
        return rows

    def raw(self, fact, chance):
        """Returns a raw value that a column can have."""
        raw = self.values.sometimes(fact, chance)
        if raw is ABSENT:
            if fact.type in ("number", "date") and self.rng.random() < 0.7:
                return NOT_FINITE
            raw = self.present(fact, raw)
        if isinstance(raw, list) and fact.fields:
            return [{f.name: self.present(f, x[f.name]) for f in fact.fields} for x in raw]
        return raw

    def present(self, spec, raw):
        if raw is ABSENT:
            return NULL if spec.null == "unknown" else self.values.known(spec)
        return raw

    def make_columns(self):
        columns = {}
        for fact in self.document.facts:
            raws = [row[fact.name] for row in self.rows]
            if ABSENT in raws:
                continue
            name = fact.label if fact.label and self.rng.random() < 0.4 else fact.name
            columns[fact.name] = self.column(name, fact, raws)
        if not self.as_of_absent:
            columns["as_of"] = Column("as_of", self.rng.choice(("date", "timestamp")), AS_OF)
        pairs = list(columns.items())
        self.rng.shuffle(pairs)
        return dict(pairs)

    def column(self, name, fact, raws):
        values = [r for r in raws if r is not NULL and r is not NOT_FINITE]
        if fact.type != "list":
            kind = scalar_type(self.rng, fact, values)
            if NOT_FINITE in raws and fact.type == "number":
                kind = self.rng.choice(("numeric", "float8" if all(
                    exact_float(v, 53) for v in values) else "numeric"))
            return Column(name, kind, fact)
        if self.rng.random() < 0.15:
            return Column(name, "jsonb", fact)
        elements = [x for value in values for x in value]
        if fact.item is not None:
            elements = [x for x in elements if x is not NULL]
            kind = scalar_type(self.rng, fact.item, elements)
            while "oracle" in kind or "(" in kind:
                kind = scalar_type(self.rng, fact.item, elements)
            return Column(name, kind + "[]", fact)
        fields = list(fact.fields)
        self.rng.shuffle(fields)
        columns = {f.name: Column(f.name, scalar_type(
            self.rng, f, [x[f.name] for x in elements if x[f.name] is not NULL]), f)
            for f in fields}
        return Column(name, f"pg_temp.oracle_{self.number}_{self.document.facts.index(fact)}[]",
                      fact, columns)

    def statements(self):
        """Returns statements that create the table of the rows and the same rows as jsonb."""
        for column in self.columns.values():
            if column.fields:
                parts = ", ".join(f'"{c.name}" {c.type}' for c in column.fields.values())
                yield f"CREATE TYPE {column.type[:-2]} AS ({parts})"
        names = ["id int", "nothing jsonb"]
        names += [f'"{c.name}" {c.type}' for c in self.columns.values()]
        names += [f'"{d}" int' for d in self.decoys]
        yield f"CREATE TEMP TABLE t{self.number} ({', '.join(names)})"
        yield f"INSERT INTO t{self.number} VALUES {self.tuples()}"
        rows = ", ".join(f"({i}, {quote(as_json(self.keyed(r)))}::jsonb)"
                         for i, r in enumerate(self.rows))
        yield f"CREATE TEMP TABLE j{self.number} AS SELECT * FROM (VALUES {rows}) v (id, e)"
        yield f"ANALYZE t{self.number}"

    def tuples(self):
        return ", ".join(
            "(" + ", ".join([str(i), "NULL::jsonb"] + [
                c.sql(row[n]) for n, c in self.columns.items()] + ["-77"] * len(self.decoys)) + ")"
            for i, row in enumerate(self.rows))

    def keyed(self, row):
        """Returns a row with the columns' names as keys."""
        keyed = {self.columns[n].name if n in self.columns else n: v for n, v in row.items()}
        return keyed | {d: Fraction(-77) for d in self.decoys}

    # Forms

    def build(self):
        t, j = f"t{self.number} e", f"j{self.number}"
        value = quote(self.text) + "::zjtx.policy"
        self.add("jsonb value", "e", value, j)
        self.add("row value", "e", value, t)
        self.add("row value by functions", "e", value, t, functions=True)
        self.add("row fenced", "r", value, f"(SELECT id, e AS r FROM {t} OFFSET 0) s")
        self.add("row of a subquery", "e", value, f"(SELECT * FROM {t}) e")
        names = ["id", "nothing"]
        names += [f'"{n}"' for n in [c.name for c in self.columns.values()] + self.decoys]
        self.add("row of values", "e", value, f"(VALUES {self.tuples()}) e ({', '.join(names)})")
        self.add("row of a join", "e", value, self.join())
        self.add("policy of a table", "e", "q.p", f"{t}, (SELECT {value} AS p OFFSET 0) q")
        self.add_prepared(t)
        self.add_where("row", t, value)
        self.add_where("join", self.join(), value)
        self.null_row(value)
        self.bound_day()
        self.add_part("part", "e", f"({value} -> {quote(self.part)})", j)
        self.add_part("part of a row", "e", f"({value} -> {quote(self.part)})", t)
        self.add_part("part printed and read", "e",
                      f"(({value} -> {quote(self.part)})::text)::zjtx.policy", t)
        self.add_where("part", t, f"({value} -> {quote(self.part)})", like="part")
        if self.storable:
            self.add_named(t, j)
        if self.series is not None:
            self.add_series(t, j)
        return self.forms

    def answers(self, e, p, wanted, functions=False):
        ops = {"|=": "eligible", "|!": "missing", "|^": "placement", "|#": "amount"}

        def ask(op):
            return f"zjtx.{ops[op]}({e}, {p})" if functions else f"{e} {op} {p}"
        parts = [f"'eligible', {ask('|=')}", f"'missing', to_jsonb({ask('|!')})"]
        if "placement" in wanted:
            parts.append(f"'placement', to_jsonb({ask('|^')})")
        if "amount" in wanted:
            parts.append(f"'amount', ({ask('|#')})::text")
            parts += [f"'{end}', (zjtx.amount_range({e}, {p})).{end}::text"
                      for end in ("low", "high")]
        return f"jsonb_build_object({', '.join(parts)})"

    def add(self, name, e, p, source, functions=False, trials=None, like="jsonb value",
            document=None):
        asked = self.answers(e, p, wants(document or self.document), functions)
        self.forms.append(Form(name, f"SELECT id, {asked} FROM {source}",
                               trials or self.trials, like))

    def add_part(self, name, e, p, source, like="part"):
        self.add(name, e, p, source, trials=self.part_trials, like=like,
                 document=self.document.narrowed(self.part))

    def add_prepared(self, t):
        asked = self.answers("e", "$1", wants(self.document))
        self.forms.append(Form(
            "policy of a parameter",
            f"PREPARE asked (zjtx.policy) AS SELECT id, {asked} FROM {t};\n"
            f"EXECUTE asked ({quote(self.text)});\nDEALLOCATE asked", self.trials, "jsonb value"))

    def add_where(self, name, source, p, like="jsonb value"):
        """Adds queries that ask in WHERE and return the rows found."""
        for test, answer in (("{}", "true"), ("NOT ({})", "false"), ("({}) IS NULL", "null")):
            query = (f"SELECT id, '{{\"eligible\": {answer}}}' FROM {source} "
                     f"WHERE {test.format(f'e |= {p}')}")
            self.forms.append(Form(f"{name} where {test.format('…')}", query, self.trials, like,
                                   only=answer))

    def join(self):
        """Returns a join that provides the columns from two tables."""
        names = [f'"{c.name}"' for c in self.columns.values()]
        half = len(names) // 2
        columns = ["a.id"] + [f"a.{n}" for n in names[:half]] + [f"b.{n}" for n in names[half:]]
        return (f"(SELECT {', '.join(columns)} FROM t{self.number} a "
                f"JOIN t{self.number} b USING (id)) e")

    def null_row(self, value):
        row = {f.name: NULL if f.name in self.columns else ABSENT for f in self.document.facts}
        row["as_of"] = ABSENT if self.as_of_absent else NULL
        self.add("null row", "r", value, f"(SELECT 0 AS id, NULL::t{self.number} AS r) s",
                 trials={0: self.trial(row)}, like=None)

    def bound_day(self):
        """Binds the day by the function if the text's header bound it."""
        if self.document.as_of is None:
            return
        day = self.document.as_of
        text = self.text.split("\n", 1)[1]
        self.add("day bound by as_of()", "e",
                 f"zjtx.as_of({quote(text)}::zjtx.policy, {quote(day.isoformat())})",
                 f"t{self.number} e")

    def add_named(self, t, j):
        same_day = not self.as_of_absent
        like = "jsonb value" if same_day else "jsonb named"
        self.add("jsonb named", "e", f"{quote(self.code)}::text", j, like=like)
        self.add("row named", "e", f"{quote(self.code)}::text", t, like=like)
        self.add("row named, untyped", "e", quote(self.code), t, like=like)
        self.add_where("named", t, f"{quote(self.code)}::text", like=like)
        like = "part" if same_day else "named part"
        name = quote(f"{self.code}/{self.part}")
        self.add_part("named part", "e", name + "::text", j, like=like)
        self.add_part("named part of a row", "e", name + "::text", t, like=like)
        self.add_where("named part", t, name, like=like)

    def add_series(self, t, j):
        value = quote(self.series.text()) + "::zjtx.policy"
        named = quote(self.series.code) + "::text"
        for name, e, p, source in (
                ("series", "e", value, j), ("series of a row", "e", value, t),
                ("series named", "e", named, j), ("series named of a row", "e", named, t)):
            like = "series" if "named" not in name or not self.as_of_absent else "series named"
            self.forms.append(Form(name, f"SELECT id, {self.answers(e, p, self.series.wants())} FROM {source}",
                                   self.trials, like, series=self.series))

    # Examples

    def stored(self):
        """Returns statements that store the text, after one whose example must fail."""
        if not self.storable:
            return
        example = self.example()
        if example is None:
            yield "store", self.text
        else:
            right, wrong = example
            yield "wrong example", f"{self.text}{wrong}\n"
            yield "store", f"{self.text}{right}\n"
        if self.series is not None:
            yield "store version", self.series.versions[1][1]

    def example(self):
        """Returns an example for a row without unknown facts, and one that is wrong."""
        for row in self.rows:
            facts, as_of = read_row(self.document, row)
            trial = self.trial(row)
            expected = expect(trial)
            if not expected.known() or as_of is UNKNOWN:
                continue
            # an example cannot give what a budget leaves
            if any(f.across == "allotted" and facts[f.name] is not UNKNOWN for f in self.document.facts):
                continue
            right = self.expectations(facts, as_of, expected.outcomes[0])
            wrong = [w for _, w in right if w]
            if not wrong:
                return None
            given = self.given(facts, as_of)
            head = f"example '例 {self.number}'\n  given {given}\n  expect "
            return head + ", ".join(x[0] for x in right), head + self.rng.choice(wrong)
        return None

    def given(self, facts, as_of):
        parts = [f"as_of = {as_of.isoformat()}"]
        for fact in self.document.facts:
            value = facts[fact.name]
            left_out = UNKNOWN if fact.null == "unknown" else {
                "boolean": False, "list": []}.get(fact.type, NONE)
            if fact.null == "0":
                left_out = Fraction(0)
            if fact.by_year is not None:
                left_out = UNKNOWN          # a year that is not given is not there
            if value == left_out and self.rng.random() < 0.6:
                continue
            name = fact.name if fact.by_year is None else re.sub(r"_(\d+)$", r"[\1]", fact.name)
            if fact.across == "selected":
                name = f"satisfies {name}"
            parts.append(f"{name} = {self.given_value(fact, value)}")
        return ", ".join(parts)

    def given_value(self, fact, value):
        if value is NONE or value is UNKNOWN:
            return value.name
        if fact.type == "number":
            return self.printer.signed(value, fact.unit)
        if fact.type == "list" and fact.item is not None:
            return "[" + ", ".join(self.given_value(fact.item, x) for x in value) + "]"
        if fact.type == "list":
            return "[" + ", ".join(
                "(" + ", ".join(f"{f.name} = {self.given_value(f, x[f.name])}"
                                for f in fact.fields) + ")" for x in value) + "]"
        return self.printer.literal(self.rng.choice((value, *fact.labels.get(value, ()))))

    def expectations(self, facts, as_of, outcome):
        """Returns pairs of a correct expectation and, if there is one, a wrong one."""
        found = []
        for clause in self.document.clauses:
            truth = outcome.clauses[clause.code]
            if clause.undetermined and truth:
                found.append((f"clause {clause.code} undetermined", None))
                continue
            found.append((f"clause {clause.code} {str(truth).lower()}",
                          f"clause {clause.code} {str(not truth).lower()}"))
            if clause.pays() and not clause.undetermined:
                alone = Evaluator(self.document.narrowed(clause.code)).judge(facts, as_of)
                unit = "分" if clause.kind == "points" else "元"
                found.append((f"clause {clause.code} = {decimal_text(alone.amount)}{unit}",
                              f"clause {clause.code} = {decimal_text(alone.amount + 1)}{unit}"))
        for rung in self.document.rungs:
            truth = outcome.rungs[rung.code]
            found.append((f"rung {rung.code} {str(truth).lower()}", f"rung {rung.code} unknown"))
        if self.document.rungs:
            code = place(self.document, outcome.rungs)[1]
            placed = code if code == "none" else f"rung {code}"
            found.append((f"placement {placed}", "placement unknown"))
        kinds = [c.kind for c in self.document.clauses if not c.undetermined]
        if len(self.document.clauses) > 1 and {"reward", "subsidy"} & set(kinds):
            found.append((f"amount = {decimal_text(outcome.amount)}元",
                          f"amount = {decimal_text(outcome.amount + 1)}元"))
        return found + list(self.expected_definitions(facts, as_of))

    def expected_definitions(self, facts, as_of):
        evaluator = Evaluator(self.document)
        evaluator.facts, evaluator.as_of, evaluator.zero = facts, as_of, UNKNOWN
        evaluator.frames = []
        for definition in self.document.definitions:
            if any(v is UNKNOWN for v in facts.values()):
                return
            value = evaluator.value(definition.body)
            name = definition.name
            if definition.type == "boolean" and isinstance(value, bool):
                yield f"{name} {str(value).lower()}", f"{name} unknown"
            elif value is NONE and definition.type != "boolean":
                yield f"{name} none", f"{name} unknown"
            elif isinstance(value, Fraction) and has_decimal(value):
                unit = None if definition.unit == "plain" else definition.unit
                yield f"{name} = {self.printer.signed(value, unit)}", f"{name} none"


def script(groups):
    """Returns the script, with each statement announced on standard error."""
    lines = [PREPARE]

    def say(key, statement):
        lines.extend((f"\\warn @@ {key}", f"\\echo @@ {key}", statement + ";"))
    for group in groups:
        for statement in group.statements():
            say(f"{group.number} set-up", statement)
        for key, text in group.stored():
            say(f"{group.number} {key}", f"SELECT pg_temp.stores({quote(text)})")
        for i, form in enumerate(group.build()):
            say(f"{group.number} {i}", form.query)
    lines.append(CLEAN)
    return "\n".join(lines) + "\n"


def sections(lines):
    """Returns the lines after each announcement, by its key."""
    found, key = {}, None
    for line in lines:
        if line.startswith("@@ "):
            key = line[3:]
            found.setdefault(key, [])
        elif key is not None:
            found[key].append(line)
    return found


def ask(groups, server):
    """Runs the groups; returns the output and the errors, by statement."""
    output, errors = server.run(script(groups))
    return sections(output), sections(errors.splitlines())


def judge(groups, asked, slips=()):
    """Yields (group, form, row, complaints); complaints is empty if all is well."""
    for group in groups:
        yield from judge_group(group, *asked, slips)


def judge_group(group, output, errors, slips):
    def lines(key, found):
        return found.get(f"{group.number} {key}", [])
    for line in lines("set-up", errors):
        yield group, "set-up", None, [("error", line, "no error")]
    for key, wanted in (("wrong example", "refused"), ("store", "stored"),
                        ("store version", "stored")):
        if f"{group.number} {key}" not in output:
            continue
        found = lines(key, output) or lines(key, errors)
        ok = bool(found) and found[0].startswith(wanted)
        yield group, key, None, [] if ok else [(key, found, wanted)]
    answers, cache = {}, {}
    for i, form in enumerate(group.forms):
        found = {}
        for line in lines(i, output):
            number, _, answer = line.partition("\t")
            found[int(number)] = Answers.read(json.loads(answer))
        trouble = lines(i, errors)
        if trouble:
            yield group, form.name, None, [("error", trouble[0], "no error")]
            continue
        answers[form.name] = found
        like = answers.get(form.like, {})
        if form.only:
            yield from judge_where(group, form, found, like, slips)
            continue
        for number, trial in form.trials.items():
            if number not in found:
                yield group, form.name, trial.row, [("row", "no answer", "an answer")]
                continue
            fallback = datetime.date.fromisoformat(TODAY) if "named" in form.name else None
            key = id(trial), fallback
            if form.series is not None:
                complaints = form.series.check(trial.row, number, found[number], fallback, slips)
            else:
                if key not in cache:
                    cache[key] = expect(trial, slips, fallback)
                complaints = check(trial, found[number], expected=cache[key])
            if number in like and like[number] != found[number]:
                complaints.append((f"form “{form.name}”", found[number],
                                   f"as “{form.like}”: {like[number]}"))
            yield group, form.name, trial.row, complaints


def judge_where(group, form, found, like, slips):
    truth = {"true": True, "false": False, "null": None}[form.only]
    if "where keeps what is false" in slips and truth is True:
        truth = False
    wanted = {n for n, a in like.items() if a.eligible is truth}
    complaints = []
    if set(found) != wanted:
        complaints = [(form.name, sorted(found), f"the rows {sorted(wanted)}")]
    yield group, form.name, None, complaints
