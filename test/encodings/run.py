#!/usr/bin/env python3
"""Calls every function of zjtx for clients whose encoding is not UTF8.

    python3 test/encodings/run.py [--host H] [--port P] [--user U] [--dbname D]

1.  Literals of the C code: Chinese texts are representable in GBK; messages and all other English
   sentences are ASCII.
2.  The catalogue: comments on the extension's objects are representable in GBK.
3.  GBK, GB18030 and EUC_CN: every call succeeds or fails as it does for a UTF8 client.
4.  LATIN1, which has no Chinese: every error is the same as for a UTF8 client, and ASCII.

Every function of the extension is called; a function for which ARGUMENTS has no values is a failure.  The
test creates a database `encodings_calls`.  The last line is ``N passed, N failed``.
"""

import argparse
import itertools
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from servers import Check, Server, Session   # noqa: E402

SOURCES = HERE.parent.parent / "extension"
DATABASE = "encodings_calls"
CHINESE = {"GBK": "gbk", "GB18030": "gb18030", "EUC_CN": "gb18030"}    # Python's gb2312 has another middle dot and dash


def in_euc_cn(text):
    """Whether EUC_CN can represent the text.

    EUC_CN lacks — (in titles of laws), · (in names of examples) and traditional characters (in labels of
    districts).  PostgreSQL then raises 22P05.
    """
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


GENERATED = {"language/gram.c", "language/gram.h", "language/scan.c"}
# Read but never printed, so it need not be representable in GBK.
READS = {"language/scan.l", "language/teach_numbers.c", "language/teach_tokens.c", "language/teach_words.c",
         "office/amount.c", "office/cell.c",
         "office/day.c", "office/numerals.c", "office/yes.c"}
MESSAGE = re.compile(r"\b(errmsg|errmsg_internal|errmsg_plural|errdetail|errdetail_internal|errdetail_plural|errhint|"
                     r"errcontext|elog|read_error)\s*\(")
# A SQL statement may contain a Chinese value.
SENTENCE = re.compile(r"^(?!VALUES|SELECT|INSERT|UPDATE|CASE).*[A-Za-z]{3,} .*", re.S)
TOKEN = re.compile(r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.S)


def unescaped(literal):
    """The text of a C literal, as far as \\u escapes go."""
    return re.sub(r"\\u([0-9A-Fa-f]{4})", lambda m: chr(int(m[1], 16)), literal[1:-1])


def call_end(text, at):
    """Returns the position after the bracket that closes the one before `at`.  Literals and comments are
    blanked.
    """
    depth = 1
    while depth and at < len(text):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        at += 1
    return at


def literals(path):
    """Yields (line, text, whether in a message) for the literals of a C file."""
    text = path.read_text("utf-8")
    blank = TOKEN.sub(lambda m: " " * len(m[0]), text)
    messages = [range(m.end(), call_end(blank, m.end())) for m in MESSAGE.finditer(blank)]
    for match in TOKEN.finditer(text):
        if match[0].startswith('"'):
            yield (text.count("\n", 0, match.start()) + 1, unescaped(match[0]),
                   any(match.start() in message for message in messages))


def check_literals(check, server):
    printed = set()
    for path in sorted(SOURCES.rglob("*")):
        name = str(path.relative_to(SOURCES))
        if path.suffix not in (".c", ".h", ".y", ".l") or name in GENERATED:
            continue
        for line, text, in_message in literals(path):
            if text.isascii():
                continue
            # an argument of a message may be a word of the language, but the message itself may not
            check.holds(f"{name}:{line}: a message in ASCII", not SENTENCE.match(text) and
                        (not in_message or " " not in text), text)
            if name not in READS:
                printed.update(c for c in text if not c.isascii())
    for path in sorted((SOURCES / "sql").glob("*.sql")):
        printed.update(c for c in path.read_text("utf-8") if not c.isascii())
    everything = "".join(sorted(printed))
    check.same("all that is printed is in GBK", server.ask(DATABASE, FITS + f"""
        SELECT string_agg(c, '') FROM string_to_table($${everything}$$, NULL) c WHERE NOT pg_temp.fits(c);"""), "")


FITS = """
CREATE FUNCTION pg_temp.fits(text) RETURNS boolean LANGUAGE plpgsql AS
    $$BEGIN
        PERFORM convert_to($1, 'GBK');
        RETURN true;
    EXCEPTION WHEN untranslatable_character THEN
        RETURN false;
    END$$;
"""


def check_comments(check, server):
    outside = server.ask(DATABASE, FITS + """
        SELECT pg_describe_object(o.classoid, o.objoid, o.objsubid) || ': ' || o.description
        FROM pg_description o JOIN pg_depend d ON (d.classid, d.objid) = (o.classoid, o.objoid) AND d.deptype = 'e'
        JOIN pg_extension x ON x.oid = d.refobjid AND x.extname = 'zjtx'
        WHERE NOT pg_temp.fits(o.description) ORDER BY 1;""")
    check.same("comments are in GBK", outside, "")


# ---------------- calls ----------------

# A document that uses most of explain's phrases, and rows for it.
SETUP = """
SET search_path = public, zjtx;
SELECT store($$policy own '企业奖补办法（示例）' number '示例〔2024〕1号' issuer '示例委员会'
series owns in force from 2024-01-01 until 2026-01-01
fact revenue number 元 '营业收入' at least 0
fact staff number 人 '从业人员'
fact day date '认定日期'
fact kind text '企业类型' in ('甲类', '乙类')
fact listed boolean '是否上市'
fact loans list (amount number 元, day date) '贷款'
define growth '成长性' = revenue / staff
score s '得分' = band(revenue : >= 1亿元 then 30分, >= 1000万元 then 10分, else 0分)
  + case when listed then 5分 else 0分 end
clause 1 '奖励' article '第一条' reward when revenue >= 1000万元 and kind in ('甲类') and not listed
  should staff >= 10人 pay revenue * 10% cap 50万元 note '软条件'
clause 2 '补贴' article '第二条' subsidy when any(loans : amount > 5万元) or day < 2020-01-01
  pay sum(loans : amount) * 2%
clause 3 '分期' reward when staff between 5人 and 500人
  stage first '首期' on day pay 10万元 stage second '次期' on day + 1年 pay 5万元
ladder
rung low '入门' when revenue > 100元
rung high '专精特新' when s >= 30分 and staff > 5人$$);
SELECT store($$policy own-2026 '企业奖补办法' series owns in force from 2026-01-01 clause 1 reward pay 1元$$);
SELECT store($$policy fund '选取' fact revenue number '营收' null means 0 select demo '示范' first 1 by revenue desc$$);
CREATE TABLE firm AS SELECT 1 AS id, 2e7::numeric AS revenue, 20 AS staff, '2024-05-01'::date AS day,
    '甲类'::text AS kind, false AS listed,
    '[{"amount": 60000, "day": "2024-02-01"}]'::jsonb AS loans, '2025-01-01'::date AS as_of;
INSERT INTO firm (id) VALUES (2);
INSERT INTO firm VALUES (3, 50, 2, '2019-01-01', '丙类', true, '[]', '2030-01-01');
ALTER TABLE firm ADD PRIMARY KEY (id);
CREATE TABLE filled AS SELECT *, ''::text AS rung FROM firm;
ALTER TABLE filled ADD PRIMARY KEY (id);
CREATE TABLE firm_text AS SELECT 1 AS id, 'a'::text AS revenue, 'b'::text AS staff, '丁'::text AS kind, 1 AS listed;
CREATE VIEW facts AS SELECT * FROM firm;
-- As the planner writes it, read off a plan.
CREATE FUNCTION hash_of(name text) RETURNS text LANGUAGE plpgsql SET search_path = public, zjtx AS $$
DECLARE plan text;
BEGIN
    EXECUTE format('EXPLAIN (FORMAT JSON, VERBOSE) SELECT amount(e, %L) FROM firm e', name) INTO plan;
    RETURN substring(plan FROM '#[0-9]+') || ' ';
END$$;
"""
# An enterprise that no longer exists stays owed until it is judged again.
SWEPT = """INSERT INTO public.firm SELECT 9, revenue, staff, day, kind, listed, loans, as_of
FROM public.firm WHERE id = 1;
CALL zjtx.sweep('public.firm', 'id', '{own}');
DELETE FROM public.firm WHERE id = 9;"""
# For each shipped document, a table with its facts as columns: one row of NULLs and no other.
TABLES = """
SELECT format('CREATE TABLE %I AS SELECT 1 AS id%s', 'facts of ' || p.code, string_agg(format(', %s AS %I',
    CASE f.type WHEN 'number' THEN '100::numeric' WHEN 'date' THEN 'date ''2024-06-30''' WHEN 'boolean' THEN 'true'
    WHEN 'text' THEN quote_nullable(f."values"[1]) || '::text' ELSE 'NULL::jsonb' END, f.name), ''))
FROM zjtx.policies p, zjtx.facts(p.doc) f WHERE p.shipped GROUP BY p.code ORDER BY 1 \\gexec
"""


def escaped(text):
    """A literal in ASCII, for clients of any encoding."""
    return "E'" + "".join(c if c.isascii() else f"\\u{ord(c):04X}" for c in text).replace("'", "''") + "'"


CELLS = [escaped(cell) for cell in ("是", "300万元", "2024年3月1日", "１２．５％", "無", "二〇二四年")]
POLICIES = ["'own'", "'owns'", "'own/1'", "'own/s'"]
# Values by the name of a parameter, then by its type, as SQL in ASCII.  e is a row, {p} a stored name, {h} the
# hash that begins the names of facts.
ARGUMENTS = {
    "names": ["{h}'revenue staff'"], "facts": ["e.revenue, e.staff"],
    "goal": ["NULL", "'low'"], "code": ["'1'"], "stage": ["'first'"],
    "statements": ["'clause 1 reward when revenue > 5 * revenue pay revenue'"],
    "document": [escaped("政策 新政 '新办法' 条款 1 奖励 当 真 给予 1元")], "value": CELLS,
    "unit": [escaped("万元")],
    "view": ["'published'"], "key": ["'id'"], "hash": ["btrim({h}'')"], "amount": ["1"],
    "note": ["'n'"], "period": ["NULL"],
    "language": ["'zh'"],
    "policies": ["'own'"], "name": ["'own'"], "until": ["'2031-12-31'::date"],
    "first date": ["'2025-01-01'::date"], "last date": ["'2025-03-01'::date"], "step interval": ["'1 month'::interval"],
    "source": [escaped("办法\n一、奖励\n1. 给予10万元。\n3. 其他。")],
    "condition": [escaped("revenue >= 1亿元"), "'day < 2020-01-01'"], "step numeric": ["1"],
}
BY_TYPE = {
    "record": ["e"], "jsonb": ["to_jsonb(e)", "'{}'::jsonb"], "zjtx.policy": ["zjtx.stored({p})"], "text": ["{p}"],
    "zjtx.verdict": ["zjtx.judge(e, {p})"], "date": ["'2025-06-30'::date"], "regclass": ["'public.firm'::regclass"],
    "boolean": ["true"], "bigint": ["0"], "numeric": ["1"],
    "zjtx.placement": ["zjtx.placement(e, 'miit-2022-63')"],
    "zjtx.tally_state": ["zjtx_internal.tally_add(NULL, zjtx.judge(e, {p}))"],
    "zjtx.budget_state": ["zjtx_internal.budget_add(NULL, zjtx.judge(e, {p}))"],
}
# Complete argument lists for functions whose parameter names and types are not sufficient.
OF_FUNCTION = {"settle": ["'public.firm'", "'1'", "'own'", "'1'", "NULL", "NULL", "1", "'n'"],
               "sweep": ["'public.firm'::regclass", "'id'", "'{own}'", "NULL", "NULL", "false"],
               "policy_stands": ["zjtx.stored({p})", "btrim(public.hash_of({p}))"],
               "refill": ["'public.filled'::regclass", "ARRAY['rung=own']", "NULL"],
               "recorded_selected": ["'public.firm'", "e.id", "'own'", "'1'", "NULL"],
               "recorded_amount": ["'public.firm'", "e.id", "'own'", "'1'", "NULL"],
               "record_allotment": ["'public.firm'", "'fund'", "'demo'", "2000 + e.id", "'out'", "'n'"],
               "allot": ["'public.firm'::regclass", "'id'", "'fund'", "'out'"],
               "publish_allotment": ["'public.firm'::regclass", "'id'", "'fund'", "'public.places_' || e.id"],
               "paid_before": ["'public.firm'", "e.id", "'own'", "'1'", "NULL"],
               "withdraw": ["'public.firm'", "'9'", "'own'", "'1'", "NULL", "NULL", "'n'"],
               "move_key": ["'public.firm'", "'9'", "'10'", "'n'"],
               "jsonb_verdict": ["zjtx.judge(e, {p})::jsonb"]}
# Invalid values for every argument.
BAD = {
    "record": ["ROW(1)", "NULL::record", "(SELECT t FROM public.firm_text t)",
               "(SELECT t FROM public.facts t LIMIT 1)"],
    "jsonb": ["NULL", "'[]'::jsonb", "'1'::jsonb", "'{\"revenue\": \"x\", \"day\": 5, \"as_of\": \"y\"}'::jsonb"],
    "zjtx.policy": ["NULL", "'revenue > 1000000 and staff between 1 and 1000000 or day < 2020-01-01'::zjtx.policy",
                    "zjtx.stored('dazu-2022-92')", "zjtx.stored('no-such')", "'policy x ''X'''::zjtx.policy"],
    "text": ["NULL", "''", "'no-such'", "'own/no-such'", "'revenue > 1 +'", "'dazu-2022-92'",
             "'clause 1 when revenue > 400'",
             "'clause 1 when day + 3 > day'", "'clause 1 when revenue > staff'", "'clause 1 reward pay staff'"],
    "zjtx.verdict": ["NULL", "'{}'::zjtx.verdict", "zjtx.judge(e, 'dazu-2022-92')"],
    "date": ["NULL", "'infinity'::date"],
    "regclass": ["NULL", "0::regclass", "'pg_catalog.pg_class'::regclass", "'public.firm_text'::regclass"],
    "boolean": ["NULL"], "integer": ["-1"], "numeric": ["0", "'NaN'", "0.001"],
}
# Errors about a Chinese document for an author who can type only ASCII.
TEXTS = ["policy p 't' fact a number clause 1 when a", "policy p 't' clause 1 reward pay 400",
         "a > 1 > 2", "1 + ", "a = 5x", "case when a",
         "d = 2024-13-01", "d + 3 > 2020-01-01",
         "policy p 't' clause 1 points pay 4", "a in (1, 'b')", "sum(a : b) > 'x'",
         "policy p 't' fact a number clause 1 when a > 1 example 'e' given a = 1 expect clause 1 true",
         "policy p 't' series s clause 1 when true", "band(a : 3 then 1, 5 then 2)",
         "round(a, b) > 1", "'x", "{", "a.b > 1"]


class Function:
    def __init__(self, line):
        self.oid, self.kind, self.schema, self.name, names, types, retset = line.split("|")
        self.types = types.split(",") if types else []
        self.names = names.split(",") if names else [""] * len(self.types)
        self.set = retset == "t"

    def choices(self):
        """Possible SQL values for each argument; None if unknown."""
        if self.name in OF_FUNCTION:
            return [[argument] for argument in OF_FUNCTION[self.name]]
        return [ARGUMENTS.get(f"{name} {kind}") or ARGUMENTS.get(name) or BY_TYPE.get(kind)
                for name, kind in zip(self.names, self.types)]

    def statement(self, arguments, policy, counted=False):
        by_name = "text" in self.types[:1]
        asked = f"{self.schema}.{self.name}({', '.join(arguments)})".replace("{p}", policy)
        asked = asked.replace("{h}", f"public.hash_of({policy}) || " if by_name else "")
        if self.kind == "p":
            return f"BEGIN; CALL {asked}; ROLLBACK;"
        columns = "count(*)" if counted else "q.*"
        if self.kind == "a":
            return f"SELECT {columns} FROM (SELECT {asked} FROM public.firm e) q;"
        if self.set or not counted:
            return f"BEGIN; SELECT {columns} FROM public.firm e, LATERAL {asked} q; ROLLBACK;"
        return f"BEGIN; SELECT count(q) FROM (SELECT {asked} AS q FROM public.firm e OFFSET 0) q; ROLLBACK;"


def functions(server):
    """The extension's functions that SQL can call."""
    return [Function(line) for line in server.ask(DATABASE, """
        SET search_path = pg_catalog;
        SELECT p.oid, p.prokind, p.pronamespace::regnamespace, p.proname,
            coalesce(array_to_string(p.proargnames[1:p.pronargs], ','), ''),
            array_to_string(array(SELECT format_type(t, NULL) FROM unnest(p.proargtypes) WITH ORDINALITY u (t, n)
                ORDER BY n), ','), p.proretset
        FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
        JOIN pg_extension x ON x.oid = d.refobjid AND x.extname = 'zjtx'
        WHERE NOT EXISTS (SELECT FROM unnest(p.proargtypes || p.prorettype) t
            WHERE t IN ('internal'::regtype, 'cstring'::regtype, 'trigger'::regtype, 'event_trigger'::regtype))
        ORDER BY p.proname, p.oid;""").splitlines()]


def sensible(function):
    choices = function.choices()
    if None in choices:
        return
    for policy in POLICIES:
        for arguments in itertools.product(*choices):
            yield function.statement(arguments, policy)


def hostile(function):
    """Yields calls with one invalid argument each."""
    choices = [choice or ["NULL"] for choice in function.choices()]
    if function.name.endswith("_send"):
        return
    for number, kind in enumerate(function.types):
        for bad in BAD.get(kind, []):
            arguments = [choice[0] for choice in choices]
            arguments[number] = bad
            yield function.statement(arguments, POLICIES[0], counted=True)


def session(server, client_encoding, codec):
    asked = Session(server, DATABASE, client_encoding, codec)
    asked.ask("\\set VERBOSITY verbose\n\\set SHOW_CONTEXT never\n\\pset null (null)\n"
              "SET client_min_messages = error;\nSET zjtx.as_of = '2025-06-30';")
    return asked


def shipped(server):
    """Yields questions about the shipped documents, for rows with their facts."""
    codes = server.ask(DATABASE, "SELECT code FROM zjtx.policies WHERE shipped ORDER BY 1;").splitlines()
    for code in codes:
        for question in ("explain", "explain_json", "judge", "missing", "amount_range"):
            yield f"SELECT zjtx.{question}(e, '{code}') FROM public.\"facts of {code}\" e;"
            yield f"SELECT zjtx.{question}('{{}}'::jsonb, '{code}');"
        yield f"SELECT a.* FROM public.\"facts of {code}\" e, zjtx.assess(e, '{code}') a;"
        yield f"SELECT a.* FROM public.\"facts of {code}\" e, zjtx.gap(e, '{code}') a;"
        yield f"SELECT a.* FROM public.\"facts of {code}\" e, zjtx.margin(e, '{code}') a;"
        yield f"SELECT a.* FROM public.\"facts of {code}\" e, zjtx.differences(e, '{code}', 'miit-2022-63') a;"
        for contents in ("lint", "provisions", "facts", "clauses", "definitions", "scores", "rungs",
                         "targets", "notes", "header",
                         "examples"):
            yield f"SELECT * FROM zjtx.{contents}(zjtx.stored('{code}'));"
        yield f"SELECT * FROM zjtx.check_table('public.\"facts of {code}\"', '{code}');"


def compare(check, sessions, statement, expected):
    for name in CHINESE:
        if name != "EUC_CN" or in_euc_cn(expected):
            check.same(f"{name}: {statement}", sessions[name].ask(statement), expected)


def check_chinese(check, server):
    sessions = {name: session(server, name, codec) for name, codec in {"UTF8": "utf-8", **CHINESE}.items()}
    asked = functions(server)
    check.holds("functions were found", len(asked) > 50)
    for function in asked:
        answered, expected = 0, ""
        for statement in sensible(function):
            expected = sessions["UTF8"].ask(statement)
            answered += "ERROR:" not in expected
            # bytea values are in the client's encoding
            if not function.name.endswith("_send"):
                compare(check, sessions, statement, expected)
        check.holds(f"{function.name}({', '.join(function.types)}) was called", answered,
                    f"say in ARGUMENTS, BY_TYPE or OF_FUNCTION with what; the last answer was:\n{expected}")
    for statement in shipped(server):
        expected = sessions["UTF8"].ask(statement)
        compare(check, sessions, statement, expected)
    marks = sessions["UTF8"].ask("SELECT zjtx.explain(e, 'own') FROM public.firm e;")
    check.holds("explain has all marks", all(f"\n  {mark} " in marks or f" {mark} " in marks for mark in "√×?"), marks)
    for opened in sessions.values():
        opened.close()


def check_latin1(check, server):
    sessions = {name: session(server, name, codec) for name, codec in (("UTF8", "utf-8"), ("LATIN1", "latin-1"))}
    statements = [statement for function in functions(server) for statement in hostile(function)]
    statements += [f"SELECT count({escaped(text)}::zjtx.policy);" for text in TEXTS]
    errors = 0
    for statement in statements:
        found = sessions["LATIN1"].ask(statement)
        if "ERROR:" not in found:
            continue
        errors += 1
        check.holds(f"LATIN1: {statement}", found.isascii() and "22P05" not in found,
                    found + "\nwhere a client of UTF8 gets\n" + sessions["UTF8"].ask(statement))
    check.holds("most of what does not fit is an error", errors > len(statements) / 4, f"{errors} of {len(statements)}")
    for opened in sessions.values():
        opened.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--host")
    parser.add_argument("--port")
    parser.add_argument("--user")
    parser.add_argument("--dbname", default="postgres")
    options = parser.parse_args()
    server = Server(options.host, options.port, options.user)
    check = Check()
    try:
        server.create(DATABASE, extension=True)
        server.psql(DATABASE, SETUP + TABLES + SWEPT)
        for part in (check_literals, check_comments, check_chinese, check_latin1):
            check.part(part, server)
    finally:
        server.drop_all()
    print(f"{check.passed} passed, {check.failed} failed")
    sys.exit(check.failed > 0)


if __name__ == "__main__":
    main()
