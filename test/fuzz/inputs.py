#!/usr/bin/env python3
"""Calls every function of zjtx with unusual and invalid values.

    python3 test/fuzz/inputs.py [--host H --port P --user U --dbname D] [--rounds N | --seconds N] [--seed N]
        [--kilobytes N]

Valid policies, verdicts and states of aggregates are mutated and sent as text, in binary format and through
COPY.  Those that are still valid policies are asked about odd rows.  Every function is called with NULLs, empty
and huge texts, arrays of NULLs, NaN and infinities.  Each statement must end with an answer or a proper error:
no internal error, no lost connection, and no statement that reaches statement_timeout.  Ends with "N passed, M failed".
N is the same on every machine for a number of rounds; for a number of seconds it depends on the machine.
"""

import argparse
import collections
import itertools
import pathlib
import random
import re
import struct
import sys
import time

import heavy
from mutate import PIECES, ROOT, keywords, mutate
from wire import Connection, Lost, ServerError

SHOWN = 20
ROUNDS = 1200
STATEMENT_SECONDS = 10
HEAVY_SECONDS = 1       # seconds after which a heavy question is cancelled
LATE_SECONDS = 3        # seconds that it may take to notice

# Classes of errors that describe a problem of the input.  39P01 and 39P03: a trigger or event trigger function
# called directly; 40001 and 55000: zjtx_internal.stands; 23514: examples that fail; P0002: an unknown account.
CLEAN = ("22", "42", "54", "0A", "39P01", "39P03", "40001", "55000", "23514", "P0002")

SMALL = (
    "revenue <= 1亿元 and rd_expense / revenue >= 5%",
    "a = 'x' or b between 2024-01-01 and 2024-12-31",
    "政策 p '题' 事实 收入 数 元 '收' 不低于 0元 条款 1 '一' 奖励 当 收入 > 5万元 给予 收入 * 10% 封顶 50万元",
    """policy p 'p' number 'n' issuer 'i' region 'r' issued 2024-01-01 in force from 2024-02-01 until 2027-01-01
      repeals 'old' source 's' note R1 'n'
      fact a number 元 'a' at least 0 fact b number % between 0 and 10 null means 0 fact c text in ('x', 'y') null means
      none
      fact d date null means none fact e boolean fact f list of number 人 at most 9
      fact g list (h number 元, i date null means none, j text in ('p', 'q'), k boolean) null means none
      define m = a * b + 1元 - 2元
      score s 's' = band(a / 5元 : >= 5 then 20, >= 3% then 15, in (1, 2) then 3, else 0) + count_true(e, c = 'x') * 2
      define n = case when c is null then d + 3年 when e then as_of - 30日 end
      clause 1 'one' reward per year subject enterprise article 'x' covers 'A', 'B' summary 's'
        when a > 5元 and (not e or d between 2024-01-01 and as_of) and c in ('x', 'y') should e pay least(m, 50万元) cap
        3万元
      clause 2 'two' subsidy cap sum(g where h > 1元 and i <= as_of : h * 2)
        when any(f : it > 3人) and all(g : k) stage x 'x' on latest(d, n) pay 5元 stage y on d when coalesce(d, as_of) > n
        pay 10元
        stage z 'z' each g on i when j = 'p' pay h
      clause 3 'three' tax pay undetermined
      clause 4 'four' points when s >= 10 pay round(s / 3, 2)
      clause 5 subject platform when count(f where it >= 2人) > 1 and max(g : h) >= floor(min(g : h)) pay 1元
      ladder 'l' rung lo 'lo' when a >= 1元 rung hi 'hi' level 3 when a >= 2元 and year(as_of) > 2020 should e
      target 7 't' 家 stock 2024: 1, 2025: 20 count where e of c = 'x'
      target 8 'u' % flow at most 2024: 10% service 9 'v' note 'w'
      example 'one' given a = 10元, b = 10%, c = 'x', d = 2024-05-05, e = true, f = [1人, 4人],
        g = [(h = 3元, i = 2024-01-01, j = 'p', k = true), (h = none)], as_of = 2025-06-30
        expect clause 1 true, amount between 0元 and 9亿元, rung hi true
      example 'two' like 'one' given a = unknown expect clause 1 unknown""",
    """series s policy s-1 'a' series s in force from 2023-01-01 until 2024-01-01 fact a number 元
    clause 1 reward when a > 1元 pay 5元
      policy s-2 'b' series s in force from 2024-01-01 fact a number 元 clause 1 reward when a > 2元 pay 6元""",
    "as of 2025-06-30 policy b 'b' fact a number ladder 'l' rung x 'x' when a > 1 rung y 'y' when a / (a - 1) > 3",
)
VERDICTS = (
    "[]",
    '[{"policy": "p", "clause": "1", "title": "t", "kind": "reward", "unit": "元", "eligible": true, "status": "owed",'
    ' "period": 2025, "amount": 30000.00}]',
    '[{"kind": "reward", "status": "undecided", "low": 0, "high": 12.50}, {"kind": "tax", "status": "refused", '
    '"eligible": false}]',
    '[{"kind": "reward", "stage": "x", "status": "undecided", "low": 99999999999999999999999999999999999999999.01}]',
)
STATEMENTS = ("define m = 1元", "clause 1 'one' reward when a > 6元 pay 5元", "rung hi 'hi' level 3 when a >= 3元",
              "score s 's' = 1", "fact a number 元", "")

NUMBERS = ("0", "1", "-1", "5.00", "9999999999999999999", "1e30", "-1e30", "1e131071", "1e-16383", "NaN", "Infinity",
           "-Infinity")
# values for each type, as SQL literals
COLUMNS = tuple(f"'{n}'::numeric" for n in NUMBERS) + tuple(
    f"'{n}'::float8" for n in ("0", "-0", "1e308", "-5e-324", "NaN", "Infinity", "-Infinity")) + (
    "'NaN'::float4", "'-32768'::int2", "'-2147483648'::int4", "'-9223372036854775808'::int8",
    "'-92233720368547758.08'::money",
    "true", "false", "NULL::boolean", "NULL::numeric", "NULL::text", "NULL::date", "NULL::record", "NULL", "''::text",
    "'x'::text",
    "'y'::varchar(3)", "'x'::char(9)", "'x'::name", "'x'::\"char\"", "repeat('长', 300000)", "'2024-05-05'::date",
    "'infinity'::date",
    "'-infinity'::date", "'4713-01-01 BC'::date", "'5874897-12-31'::date", "'infinity'::timestamp",
    "'294276-12-31'::timestamptz",
    "'2024-05-05'::timestamptz", "'{}'::numeric[]", "'{NULL,NULL}'::numeric[]", "'{{1,2},{3,NULL}}'::numeric[]",
    "'[5:6]={1,NaN}'::float8[]",
    "'{NULL,2024-01-01,infinity}'::date[]", "'{x,NULL}'::text[]", "'{t,NULL}'::boolean[]", "ARRAY[NULL::record]",
    "ARRAY[ROW(1, 'x')]", "ARRAY[ROW(NULL, NULL)]", "ROW()", "ROW(1, 2)", "NULL::zjtx.placement",
    "'(1,,)'::zjtx.placement",
    "'{NULL,\"(1,a,b)\"}'::zjtx.placement[]", "'{\"h\": 1}'::jsonb",
    "'[{\"h\": 1, \"i\": \"2024-01-01\"}, null, 5]'::jsonb",
    "'[null, [], {}]'::jsonb", "'null'::jsonb", "'[1, 2, \"x\"]'::json", "'<a/>'::xml", "'\\x00'::bytea",
    "'[1,2)'::int4range",
    "'1 mon'::interval", "'127.0.0.1'::inet", "'(1,2)'::point", "B'101'", "'a=>1'::text", "'pg_class'::regclass",
    "0::oid",
    "'00000000-0000-0000-0000-000000000000'::uuid")
JSON = ("null", "[]", "{}", "true", "1", '"x"', "[[[]]]", "[null, null]", '{"a": null}', '{"a": 1e131071}',
        '{"a": "NaN"}', '{"a": "1"}',
        '{"a": {"a": {}}}', '{"a": [], "f": [null, 1, "x"], "g": [null, {}, {"h": 1e500, "i": "infinity"}, 7]}',
        '{"": ""}',
        '{"d": "2024-02-30"}', '{"d": "infinity", "e": "t", "c": 5}',
        '{"a": 6, "b": 0.5, "c": "x", "d": "2024-05-05", "e": true}',
        '{"as_of": "infinity"}', '{"as_of": "0001-01-01"}', '{"as_of": 5}', '{"f": ' + "[" * 900 + "]" * 900 + "}",
        '{"as_of": "5874897-12-31", "d": "4713-01-01 BC"}')
TEXTS = ("NULL", "'miit-ladder'", "'dazu-2022-92'", "'banan-2024'", "'miit-2026-2/specialized'", "''", "' '", "'x'",
         "'1'", "'hi'", "repeat('长', 100000)", "repeat('(', 100000)", "'yubei-2024-34'", "'yubei-2024-34/3'",
         "'miit-ladder'", "'miit-ladder/'", "'/'", "'//'", "chr(1)", "'名'", "'a b'", "'0123456789abcdef a b'",
         "repeat('a ', 2000)")
DATES = ("NULL", "'infinity'", "'-infinity'", "'4713-01-01 BC'", "'5874897-12-31'", "'2025-06-30'", "'0001-12-31 BC'",
         "'9999-12-31'",
         "'10000-01-01'")
RELATIONS = ("NULL", "0", "4294967295", "'pg_class'", "'zjtx.policies'", "'zjtx.targets'", "'pg_class_oid_index'",
             "'fuzz_table'",
             "'fuzz_sequence'", "'fuzz_view'", "'fuzz_parted'", "'fuzz_type'", "'pg_toast.pg_toast_1255'")
RECORDS = ("NULL::record", "ROW()", "ROW(NULL)", "ROW(1, 'x')", "NULL::fuzz_table",
           "ROW(6, 0.5, 'x', NULL, true, '{}', NULL)::fuzz_table", "NULL::fuzz_parted",
           "'(1,1,,)'::zjtx.placement", "(SELECT t FROM fuzz_table t LIMIT 1)", "(SELECT v FROM fuzz_view v LIMIT 1)")

SET_UP = f"""
SET statement_timeout = '{STATEMENT_SECONDS}s';
SET client_min_messages = error;
SET lc_messages = 'C';
CREATE TEMP TABLE fuzz_table (gone int, a numeric, b float8, c varchar(3), d timestamptz, e boolean, f int[],
    g zjtx.placement[]);
ALTER TABLE fuzz_table DROP COLUMN gone;
INSERT INTO fuzz_table VALUES (6, 0.5, 'x', 'infinity', true, '{{1,NULL}}', '{{NULL}}'),
    ('NaN', '-Infinity', 'zz', NULL, NULL, '{{}}', NULL), (NULL, NULL, NULL, NULL, NULL, NULL, NULL);
CREATE TEMP VIEW fuzz_view AS SELECT a AS "A", b, c, e, 1 AS "policy", NULL AS d FROM fuzz_table;
CREATE TEMP TABLE fuzz_parted (a int, e boolean) PARTITION BY LIST (a);
CREATE TEMP SEQUENCE fuzz_sequence;
CREATE TYPE pg_temp.fuzz_type AS (a int);
CREATE TEMP TABLE fuzz_policies (p zjtx.policy);
CREATE TEMP TABLE fuzz_verdicts (v zjtx.verdict);
"""

# What the binary form of a type is mutated from, as hexadecimal digits.
SAMPLES = ("(SELECT v::zjtx.verdict AS v, zjtx.partial_tally(v::zjtx.verdict) AS t, "
           "zjtx.partial_budget(v::zjtx.verdict) AS b FROM unnest(ARRAY[" +
           ", ".join("'" + v.replace("'", "''") + "'" for v in VERDICTS) + "]) v GROUP BY v UNION ALL "
           "SELECT (array_agg(zjtx.judge(e, p)))[1], zjtx.partial_tally(zjtx.judge(e, p)), "
           "zjtx.partial_budget(zjtx.judge(e, p)) "
           "FROM unnest('{yubei-2024-34,miit-2022-63,dazu-2022-92}'::text[]) p, "
           "unnest(ARRAY['{}', '{\"as_of\": \"2025-06-30\", \"main_revenue\": 20000000}']::jsonb[]) e GROUP BY p) s")
BINARY = {"zjtx.verdict": f"SELECT encode(zjtx_internal.verdict_send(v), 'hex') FROM {SAMPLES}",
          "zjtx.tally_state": f"SELECT encode(zjtx_internal.tally_state_send(t), 'hex') FROM {SAMPLES}",
          "zjtx.budget_state": f"SELECT encode(zjtx_internal.budget_state_send(b), 'hex') FROM {SAMPLES}"}
STATE_TEXTS = f"SELECT s::text FROM (SELECT t::text AS s FROM {SAMPLES} UNION ALL SELECT b::text FROM {SAMPLES}) s"
# What is done with a value that was received.
USES = {"zjtx.verdict": "SELECT zjtx.tally(v), zjtx.budget(v), count(l) FROM (VALUES ($1::zjtx.verdict), (NULL)) x (v) "
                        "LEFT JOIN zjtx.lines(v) l ON true",
        "zjtx.tally_state": "SELECT zjtx.tally(s) FROM (VALUES ($1::zjtx.tally_state), (NULL), ($1)) x (s)",
        "zjtx.budget_state": "SELECT zjtx.budget(s) FROM (VALUES ($1::zjtx.budget_state), (NULL), ($1)) x (s)"}

# the extension's functions: name, argument types, whether the last is VARIADIC, kind
FUNCTIONS = """
SELECT p.pronamespace::regnamespace || '.' || p.proname,
       array_to_string(ARRAY(SELECT a::regtype::text FROM unnest(p.proargtypes) a), ','), p.provariadic <> 0,
       p.prokind, p.prorettype::regtype
FROM pg_proc p JOIN pg_depend d ON d.objid = p.oid AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e'
JOIN pg_extension e ON e.oid = d.refobjid AND d.refclassid = 'pg_extension'::regclass
WHERE e.extname = 'zjtx' AND NOT 'internal'::regtype = ANY (p.proargtypes) ORDER BY p.oid::regprocedure::text
"""


def quote(text):
    return "'" + text.replace("'", "''") + "'"


class Fuzzer:
    def __init__(self, options):
        self.options = options
        self.rng = random.Random(options.seed)
        self.words = keywords()
        self.passed = 0
        self.failures = []
        self.states = collections.Counter()
        self.counts = collections.Counter()
        self.connection = None
        self.connect()
        texts = [row[0] for row in self.connection.query("SELECT doc FROM zjtx.policies ORDER BY code")]
        parts = [row[0] for row in self.connection.query(
            "SELECT doc OPERATOR(zjtx.->) c.code FROM zjtx.policies, zjtx.clauses(doc) c ORDER BY policies.code, "
            "c.code")]
        self.policies = [p.encode() for p in SMALL] * 8 + parts + texts
        self.verdicts = [v.encode() for v in VERDICTS]
        self.states_of = {name: [bytes.fromhex(row[0].decode()) for row in self.connection.query(query)]
                          for name, query in BINARY.items()}
        self.state_texts = [row[0] for row in self.connection.query(STATE_TEXTS)]
        self.heavy = [(name, question.replace("{p}", quote(text) + "::zjtx.policy"))
                      for name, text in heavy.documents().items() for question in heavy.QUESTIONS]
        self.functions = [[x.decode() if x else "" for x in row] for row in self.connection.query(FUNCTIONS)]
        self.names = ("a", "b", "c", "d", "e", "f", "g", "as_of")

    def connect(self):
        o = self.options
        for _ in range(30):
            try:
                self.connection = Connection(o.host, o.port, o.user, o.dbname, STATEMENT_SECONDS + 20)
                self.connection.query(SET_UP)
                return
            except (Lost, ServerError) as e:
                why = e
                time.sleep(1)
        sys.exit(f"no server with the extension zjtx: {why}")

    def fail(self, what, why):
        what = what.replace("\n", " ")
        self.failures.append((what, why))
        if len(self.failures) <= SHOWN:
            if len(what) > 1500:
                what = what[:700] + " … " + what[-700:]
            print(f"FAILED {why}\n  {what}", flush=True)

    def try_it(self, what, run, names=()):
        """Runs a statement and returns its rows, or None for an error, whose message must contain one of names."""
        self.counts[what.split(" ", 1)[0]] += 1
        try:
            rows = run()
        except Lost as e:
            self.fail(what, f"connection lost: {e}")
            self.connect()
            return None
        except ServerError as e:
            self.states[e.state] += 1
            if not e.state.startswith(CLEAN):
                self.fail(what, str(e))
            elif names and not e.state.startswith("22021") and not any(n in e.message + e.context for n in names):
                self.fail(what, f"{e} does not say of what")
            else:
                self.passed += 1
            return None
        self.states["00000"] += 1
        self.passed += 1
        return rows

    def ask(self, text):
        return self.try_it(text, lambda: self.connection.query(text))

    # ---------------- the types ----------------

    def input(self, type_name, names, text):
        """Sends a text as a value of a type, in one of three ways.  Returns what was read back, or None."""
        way = self.rng.randrange(4)
        if way == 3:
            table = "fuzz_policies" if type_name == "zjtx.policy" else "fuzz_verdicts"
            data = b"PGCOPY\n\xff\r\n\0" + bytes(8) + struct.pack("!hi", 1, len(text)) + text + b"\xff\xff"
            self.try_it(f"COPY {table} {text!r}", lambda: self.connection.query(
                f"BEGIN; COPY {table} FROM STDIN BINARY; ROLLBACK", data), names)
            self.connection.query("ROLLBACK")
            return None
        if way == 2 and b"\0" not in text:
            # a cast from text also uses the type's input function
            rows = self.try_it(f"CAST {type_name} {text!r}", lambda: self.connection.call(
                f"SELECT $1::text::{type_name}", [text]), names)
        else:
            rows = self.try_it(f"INPUT {type_name} {way} {text!r}", lambda: self.connection.call(
                f"SELECT $1::{type_name}", [text], binary=way == 1), names)
        return rows[0][0] if rows else None

    def policy(self):
        """Sends a mutated policy.  Returns its text if it is still a policy."""
        source = self.rng.choice(self.policies)
        text = mutate(self.rng, source, self.policies, self.words)
        found = self.input("zjtx.policy", ("zjtx.policy", "byte sequence", "message"), text)
        if found is None:
            return
        if found != text:
            self.fail(repr(text), f"came back as {found!r}")
        if self.rng.random() < 0.3 and len(self.policies) < 3000 and len(text) < 5000:
            self.policies.append(text)
        self.contents(text)
        for _ in range(2):
            self.row(text)

    def contents(self, text):
        """Calls all functions that take only a policy, and some others."""
        p = quote(text.decode())
        for name, arguments, _, kind, _ in self.functions:
            if arguments == "zjtx.policy" and kind == "f":
                self.ask(f"SELECT * FROM {name}({p})")
        day = self.rng.choice(DATES)
        self.ask(f"SELECT zjtx.as_of({p}::zjtx.policy, {day})")
        self.ask(f"SELECT zjtx.amend({p}::zjtx.policy, {quote(self.rng.choice(STATEMENTS))})")
        self.ask(f"SELECT count(*) FROM zjtx.check_table('fuzz_table', {p}::zjtx.policy)")
        self.ask(f"SELECT count(*) FROM zjtx.progress({p}::zjtx.policy, 'fuzz_table')")
        self.ask(f"BEGIN; SELECT zjtx.store({p}); ROLLBACK")
        self.connection.query("ROLLBACK")

    def verdict(self):
        text = mutate(self.rng, self.rng.choice(self.verdicts), self.verdicts, self.words)
        found = self.input("zjtx.verdict", ("zjtx.verdict", "byte sequence", "message"), text)
        if found is None:
            return
        again = self.try_it(f"AGAIN {found!r}", lambda: self.connection.call("SELECT $1::zjtx.verdict", [found]))
        if again and again[0][0] != found:
            self.fail(repr(text), f"{found!r} came back as {again[0][0]!r}")
        self.verdicts.append(text)
        v = quote(found.decode())
        self.ask(f"SELECT count(*) FROM (SELECT zjtx.tally(v::zjtx.verdict) FROM (VALUES ({v}), (NULL), ({v})) x "
                 f"(v)) t")

    def mutated_bytes(self, data, others):
        """Returns bytes with some of them changed, added, left out or taken from others."""
        rng = self.rng
        data = bytearray(data)
        for _ in range(rng.choice((1, 1, 1, 2, 3, 8))):
            at = rng.randrange(len(data) + 1)
            way = rng.randrange(6)
            if way == 0 and at < len(data):
                data[at] ^= 1 << rng.randrange(8)
            elif way == 1 and at < len(data):
                data[at] = rng.choice((0, 1, 2, 0x7F, 0x80, 0xFF))
            elif way == 2:
                data[at:at] = rng.choice((b"\xff" * 9 + b"\x7f", b"\0", b"\x80\x80\x04", bytes([rng.randrange(256)])))
            elif way == 3:
                del data[at:at + rng.choice((1, 1, 4, 100))]
            elif way == 4:
                del data[at:]
            else:
                other = rng.choice(others)
                start = rng.randrange(len(other) + 1)
                data[at:at] = other[start:start + rng.choice((1, 10, 100))]
        return bytes(data)

    def binary(self):
        """Sends mutated bytes as a verdict or a state.  What is accepted is sent back, and used."""
        name = self.rng.choice(list(BINARY))
        known = self.states_of[name]
        data = self.mutated_bytes(self.rng.choice(known), known)
        names = (name, "byte sequence", "numeric")

        def asked(text, value):
            return self.try_it(f"BINARY {name} {value!r} {text}", lambda: self.connection.call(text, [value], True),
                               names + ("range", "overflow"))
        found = asked(f"SELECT $1::{name}", data)
        if not found:
            return
        found = found[0][0]
        again = asked(f"SELECT $1::{name}", found)
        if again and again[0][0] != found:
            self.fail(repr(data), f"{found!r} came back as {again[0][0]!r}")
        asked(f"SELECT $1::{name}::text", found)
        asked(USES[name], found)
        if len(known) < 1000:
            known.append(data)

    def state(self):
        """Sends the mutated text of a state."""
        name = self.rng.choice(("zjtx.tally_state", "zjtx.budget_state"))
        text = mutate(self.rng, self.rng.choice(self.state_texts), self.state_texts, self.words)
        rows = self.try_it(f"STATE {name} {text!r}", lambda: self.connection.call(f"SELECT $1::{name}", [text]),
                           (name, "byte sequence", "json", "message"))
        if rows:
            self.try_it(f"STATE {name} {text!r}", lambda: self.connection.call(USES[name], [rows[0][0]]))

    # ---------------- rows ----------------

    def row(self, text):
        """Asks a policy about an odd row in every way."""
        p = quote(text.decode()) + "::zjtx.policy"
        rng = self.rng
        names = list(dict.fromkeys(re.findall(r"(?:fact|事实)\s+([^\s()']+)", text.decode()) + list(self.names)))
        names = rng.sample(names, rng.randint(1, min(len(names), 12)))
        values = [rng.choice(COLUMNS) for _ in names]
        columns = ", ".join('%s AS "%s"' % (v, n.replace('"', '""').replace("\\", "")[:20].lower()) for n,
                            v in zip(names, values))
        source = rng.choice((
            f"(SELECT {columns}) r", f"(SELECT {columns} OFFSET 0) r",
            f"(SELECT to_jsonb(r) FROM (SELECT {columns} OFFSET 0) r) j (r)",
            f"(SELECT {quote(rng.choice(JSON))}::jsonb OFFSET 0) j (r)"))
        for f in ("eligible", "placement", "amount", "amount_range", "missing", "judge", "explain", "explain_json",
                  "next_change"):
            self.ask(f"SELECT zjtx.{f}(r, {p}) FROM {source}")
        self.ask(f"SELECT a.* FROM {source}, LATERAL zjtx.assess(r, {p}) a")
        self.ask(f"SELECT a.* FROM {source}, LATERAL zjtx.gap(r, {p}, "
                 f"{rng.choice(('NULL', quote('hi'), quote('1')))}) a")
        self.ask(f"SELECT a.* FROM {source}, LATERAL zjtx.margin(r, {p}) a")
        day = rng.choice(("2020-01-01", "2025-02-28", "2026-12-31", "infinity"))
        self.ask(f"SELECT a.* FROM {source}, LATERAL zjtx.changes_ahead(r, {p}, '{day}') a")
        self.ask(f"SELECT a.* FROM {source}, LATERAL zjtx.over_days(r, {p}, '2024-12-31', '{day}', '5 months') a")
        self.ask(f"SELECT a.* FROM {source}, LATERAL zjtx.differences(r, {p}, {rng.choice((p, 'NULL::text'))}) a")
        facts = rng.choice((" ".join(names), " ".join(names[:-1]), " ".join(names + names), "", " ", "  ".join(names)))
        f = rng.choice(("eligible", "placement", "amount", "amount_range", "missing", "judge"))
        self.ask(f"SELECT zjtx_internal.{f}_facts({p}, {quote(facts)}, {', '.join(values)})")

    # ---------------- every function ----------------

    def values(self, type_name):
        if type_name == "zjtx.policy":
            some = [quote(p) for p in SMALL] + ["NULL"]
            return [f"{p}::zjtx.policy" for p in some]
        if type_name == "zjtx.verdict":
            return [f"{quote(v)}::zjtx.verdict" for v in VERDICTS] + ["NULL::zjtx.verdict"]
        if type_name == "text":
            return [f"{t}::text" for t in TEXTS] + [quote(s) + "::text" for s in STATEMENTS]
        if type_name == "cstring":
            return [f"{t}::cstring" for t in TEXTS if "(" not in t]
        if type_name == "jsonb":
            return ["NULL::jsonb"] + [f"{quote(j)}::jsonb" for j in JSON]
        if type_name == "record":
            return list(RECORDS)
        if type_name == "date":
            return [f"{d}::date" for d in DATES]
        if type_name == "regclass":
            return [f"{r}::regclass" for r in RELATIONS]
        if type_name == '"any"':
            return list(COLUMNS)
        return [f"NULL::{type_name}"] + [quote(repr(p)[2:-1]) + f"::{type_name}" for p in PIECES[:5]]

    def calls(self):
        """Calls the extension's functions with odd values, without end."""
        for first in itertools.count():
            for name, arguments, variadic, _, _ in self.functions:
                types = [a for a in arguments.split(",") if a]
                given = []
                for t in types:
                    some = self.values(t)
                    given.append(some[first % len(some)] if first < len(some) and self.rng.random() < 0.5
                                 else self.rng.choice(some))
                if first == 0:
                    given = ["NULL::" + ("int" if t == '"any"' else t) for t in types]
                if variadic == "t":
                    given += [self.rng.choice(COLUMNS) for _ in range(self.rng.randrange(4))]
                    if self.rng.random() < 0.1:
                        given[-1] = "VARIADIC " + given[-1]
                self.ask(f"SELECT {name}({', '.join(given)})")
                if name == "zjtx.store":
                    self.connection.query("DELETE FROM zjtx.policies WHERE NOT shipped")
                yield

    def cancel(self):
        """Cancels a question about a heavy document; it must end in time."""
        name, question = self.rng.choice(self.heavy)
        start = time.monotonic()
        try:
            self.connection.query(f"SET statement_timeout = {int(1000 * HEAVY_SECONDS)}; {question}")
        except Lost as e:
            self.fail(f"{name}: {question}", f"connection lost: {e}")
            self.connect()
            return
        except ServerError as e:
            if not e.state.startswith(CLEAN + ("57014",)):
                self.fail(f"{name}: {question}", str(e))
        late = time.monotonic() - start - HEAVY_SECONDS
        self.connection.query(f"SET statement_timeout = '{STATEMENT_SECONDS}s'")
        if late > LATE_SECONDS:
            self.fail(f"{name}: {question}", f"noticed {late:.1f} s late that it was cancelled")
        elif self.peak() > self.options.kilobytes:
            self.fail(f"{name}: {question}", f"took {self.peak()} kB of memory")
            self.connection.close()
            self.connect()
        else:
            self.passed += 1

    def peak(self):
        """Returns the peak memory of the backend in kB; 0 if it is on another machine."""
        pid = self.connection.query("SELECT pg_backend_pid()")[0][0].decode()
        try:
            status = pathlib.Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
        except OSError:
            return 0
        return int(re.search(r"VmHWM:\s*(\d+)|$", status)[1] or 0)

    def goes_on(self, rounds, seconds):
        if self.options.seconds is not None:
            return seconds < self.options.seconds
        return rounds < self.options.rounds

    def run(self):
        start = time.monotonic()
        calls = self.calls()
        rounds = 0
        while self.goes_on(rounds, time.monotonic() - start):
            rounds += 1
            self.policy()
            self.verdict()
            for _ in range(20):
                self.binary()
            self.state()
            if self.rng.random() < 0.2:
                self.cancel()
            for _ in range(10):
                next(calls)
        print(f"{rounds} rounds in {time.monotonic() - start:.0f} seconds")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="/var/run/postgresql")
    parser.add_argument("--port", default="5432")
    parser.add_argument("--user", default="postgres")
    parser.add_argument("--dbname", default="postgres")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--seconds", type=float, help="instead of a number of rounds")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kilobytes", type=int, default=450000,
                        help="what a backend may have taken when it is cancelled")
    fuzzer = Fuzzer(parser.parse_args())
    fuzzer.run()
    asked = ", ".join(f"{n} × {s}" for s, n in fuzzer.states.most_common())
    print(f"seed {fuzzer.options.seed}; SQLSTATEs: {asked}")
    print(f"{fuzzer.passed} passed, {len(fuzzer.failures)} failed")
    sys.exit(bool(fuzzer.failures))


if __name__ == "__main__":
    main()
