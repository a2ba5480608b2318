#!/usr/bin/env python3
"""Asks about tables on three other servers and compares the answers with those for one table.

    python3 test/shards/run.py [--host H --port P --user U --dbname D] [--seed N] [--groups N]

The given server is the coordinator.  The test starts three more, with their sockets in a temporary
directory.  Tables are partitioned by hash over them, as foreign tables of postgres_fdw.  The shards have
names, settings and days that differ from the coordinator's, and none of its own documents.  EXPLAIN shows
what is sent to a shard.  Ends with "N passed, N failed".  See docs/operations/shards.md.
"""

import argparse
import concurrent.futures
import contextlib
import json
import pathlib
import re
import shutil
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
sys.path.insert(0, str(HERE))

from servers import Check, Server, Session, scratch_directory, server_of_its_own, stop     # noqa: E402
from anyhow import anyhow               # noqa: E402
from planner import another_planner     # noqa: E402

REPOSITORY = HERE.parent.parent
ROWS = 1000
PORTS = (5501, 5502, 5503)
# The coordinator connects as a role that may only read and write tables, so other objects of the shards do not
# matter.
ODD = r"""
ALTER DATABASE s SET search_path = nowhere;
ALTER DATABASE s SET datestyle = 'SQL, DMY';
ALTER DATABASE s SET extra_float_digits = -3;
ALTER DATABASE s SET zjtx.as_of = '1999-12-31';
ALTER DATABASE s SET timezone = 'Pacific/Kiritimati';
SELECT current_setting('server_version_num')::int < 190000 AS before_19 \gset
\if :before_19
ALTER DATABASE s SET standard_conforming_strings = off;
\endif
CREATE ROLE reader LOGIN;
ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO reader;
"""
TYPES = """
CREATE TYPE public.lease AS (owner text, area numeric, rent numeric, months int, idle boolean);
CREATE TYPE public.review AS (passed_on date, growth_2y numeric);
"""
OWN = r"""policy own-1 'Stored on the coordinator \ alone'
fact revenue number 元 at least 0
fact rd_expense number 元 at least 0
fact region text
fact specialized_until date null means none
clause 1 'research' reward when region = '渝北区' and rd_expense / revenue >= 5% and revenue >= 1000万元
  pay 0.01 * revenue cap 50万元
clause 2 'any title' when as_of <= specialized_until
"""
TABLES = ("firm", "dated", "let", "facts")


def quote(text):
    return ("E" if "\\" in text else "") + "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


class Shards:
    """The coordinator's database, the three servers, and the questions."""

    def __init__(self, given, database, servers, scratch):
        self.given, self.database, self.servers, self.scratch = given, database, servers, scratch
        value = "SELECT {};".format
        self.policies = {name: quote(self.ask(value(text))) + "::zjtx.policy" for name, text in {
            "rent": "as_of(stored('yubei-2024-34/3'), '2025-06-30')",
            "otc": "as_of(stored('yubei-2024-34/7-otc'), '2025-06-30')",
            "all": "as_of(stored('yubei-2024-34'), '2025-06-30')",
            "ladder": "as_of(stored('miit-2022-63'), '2025-06-30')",
            "series": "stored('miit-ladder')",
            "own": "as_of(stored('own-1'), '2025-06-30')",
            "own1": "stored('own-1/1')",
        }.items()}
        self.policies["grow"] = "'main_revenue / main_revenue_prev - 1 > 20%'::zjtx.policy"
        self.policies["big"] = "'revenue >= 1.5亿元 and region = ''渝北区'''::zjtx.policy"
        self.policies["staff"] = "'employees >= 100'::zjtx.policy"

    def ask(self, script, schema="here"):
        return self.given.ask(self.database,
                              f"SET search_path = {schema}, public, zjtx; SET zjtx.as_of = '2025-06-30';\n{script}")

    def error(self, script):
        return self.given.error(self.database, "\\set VERBOSITY verbose\nSET search_path = far, public, zjtx;\n" +
                                script)

    def filled(self, query):
        return re.sub(r"\{(\w+)\}", lambda name: self.policies[name[1]], query)

    def plan(self, query, settings=""):
        """Returns the nodes of EXPLAIN: the foreign scans, and all."""
        found = json.loads(self.ask(f"{settings}\nEXPLAIN (VERBOSE, FORMAT JSON, COSTS off) {self.filled(query)};",
                                    "far"))
        nodes, waiting = [], [found[0]["Plan"]]
        while waiting:
            nodes.append(waiting.pop())
            waiting += nodes[-1].get("Plans", [])
        return nodes

    def remote(self, query, settings=""):
        """Returns the query sent to the shards."""
        return [n["Remote SQL"] for n in self.plan(query, settings) if "Remote SQL" in n]


# ---------------- the servers ----------------

def prepare_shard(server):
    server.create("s", extension=True)
    server.psql("s", ODD + TYPES)


def prepare(_, given, database, servers):
    """Creates the rows on the coordinator and, through it, on the shards."""
    given.psql(database, f"\\set rows {ROWS}\n" +
               "".join((REPOSITORY / "bench" / f).read_text("utf-8").split("-- Whether a day is")[0]
                                                          for f in ("enterprises.sql", "rewards.sql")))
    given.psql(database, (HERE / "rows.sql").read_text("utf-8"))
    given.psql(database, "SELECT zjtx.store({});".format(quote(OWN)))
    columns = {table: given.ask(database,
                                "SET search_path = ''; SELECT string_agg(format('%I %s', attname, "
                                "format_type(atttypid, atttypmod)), ', ' ORDER BY attnum) "
                                f"FROM pg_attribute WHERE attrelid = 'here.{table}'::regclass AND attnum > 0;")
               for table in TABLES}
    script = ["CREATE SCHEMA far; CREATE EXTENSION postgres_fdw;"]
    for number, server in enumerate(servers):
        script.append(f"CREATE SERVER s{number} FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '{server.host}', port "
                      f"'{server.port}', "
                      f"dbname 's', extensions 'zjtx', async_capable 'true', batch_size '100'); CREATE USER MAPPING "
                      f"FOR CURRENT_USER SERVER s{number} "
                      "OPTIONS (user 'reader', password_required 'false');")
        server.psql("s", "".join(f"CREATE TABLE public.{t}_rows ({c});" for t, c in columns.items())
                    + f"CREATE TABLE public.by_region_rows ({columns['firm']});")
    for table, names in columns.items():
        script.append(f"CREATE TABLE far.{table} ({names}) PARTITION BY HASH (id);")
        script += [f"CREATE FOREIGN TABLE far.{table}_{n} PARTITION OF far.{table} FOR VALUES WITH (MODULUS 3, "
                   f"REMAINDER {n}) "
                   f"SERVER s{n} OPTIONS (schema_name 'public', table_name '{table}_rows');" for n in range(3)]
    script.append(f"CREATE TABLE far.by_region ({columns['firm']}) PARTITION BY LIST (region);")
    script += [f"CREATE FOREIGN TABLE far.by_region_{n} PARTITION OF far.by_region {values} "
               f"SERVER s{n} OPTIONS (schema_name 'public', table_name 'by_region_rows');"
               for n, values in enumerate(("FOR VALUES IN ('渝北区')", "FOR VALUES IN ('巴南区')", "DEFAULT"))]
    script += [f"INSERT INTO far.{table} SELECT * FROM here.{table};" for table in (*TABLES, "by_region")]
    given.psql(database, "\n".join(script))
    for server in servers:
        server.psql("s", "ANALYZE;")


# ---------------- the same answers ----------------

QUESTIONS = """
SELECT id FROM firm e WHERE e |= {rent}
SELECT id FROM firm e WHERE e |= {otc}
SELECT id FROM firm e WHERE e |= {all}
SELECT id FROM firm e WHERE e |= {ladder}
SELECT id FROM firm e WHERE e |= {big}
SELECT id FROM firm e WHERE NOT (e |= {big})
SELECT id FROM firm e WHERE (e |= {big}) IS NULL
SELECT id FROM firm e WHERE (e |= {grow}) IS NOT TRUE
SELECT id FROM firm e WHERE e |= {grow} OR e |= {staff} AND id % 5 = 0
SELECT id FROM firm e WHERE e |= {own1} AND e |= {grow}
SELECT id, e |= {all}, e |# {all}, e |! {all} FROM firm e WHERE id < 300
SELECT id, e |^ {ladder} FROM firm e
SELECT id, e |^ {series} FROM dated e
SELECT e |^ {ladder}, count(*) FROM firm e GROUP BY 1
SELECT (e |^ {ladder}).level, count(*) FROM firm e GROUP BY 1
SELECT (p).level, n FROM (SELECT e |^ {ladder} AS p, count(*) AS n FROM firm e GROUP BY 1) x
SELECT id, low, high FROM firm e, amount_range(e, {all})
SELECT sum(low), sum(high) FROM firm e, amount_range(e, {own})
SELECT count(*) FROM firm e WHERE (amount_range(e, {otc})).high > 0
SELECT count(*), sum(e |# {all}), min(e |# {all}), max(e |# {all}), round(avg(e |# {all}), 6) FROM firm e
SELECT region, sum(e |# {otc}), count(*) FILTER (WHERE e |= {rent}) FROM firm e GROUP BY region
SELECT region, sum(e |# {all}), count(*) FILTER (WHERE e |= {otc}) FROM by_region e GROUP BY region
SELECT e |! {rent}, count(*) FROM firm e GROUP BY 1 HAVING count(*) > 5
SELECT t FROM (SELECT tally(judge(e, {all})) AS a FROM firm e) x, unnest(a) t
SELECT region, t FROM (SELECT region, tally(judge(e, {otc})) AS a FROM firm e GROUP BY region) x, unnest(a) t
SELECT id, l.clause, l.eligible, l.amount FROM firm e, lines(judge(e, {all})) l WHERE id < 50
SELECT id, a.* FROM firm e, assess(e, {own}) a WHERE id < 200
SELECT DISTINCT region, e |= {rent} FROM firm e
SELECT id, e |# {all} FROM firm e ORDER BY e |# {all} DESC NULLS LAST, id LIMIT 7
SELECT e.id, f.id FROM firm e JOIN firm f ON f.id = e.id + 1 WHERE e |= {rent} AND f |= {staff}
SELECT e.id, l.id, e |= {big}, l |# {rent} FROM firm e JOIN let l USING (id) WHERE l |= {rent}
SELECT e.id, f.id, f |= {big}, f |! {big} FROM firm e LEFT JOIN firm f ON f.id = e.id * 2 AND f |= {staff} \
WHERE e |= {staff}
SELECT id FROM firm e WHERE EXISTS (SELECT FROM let l WHERE l.id = e.id AND l |= {rent})
SELECT id FROM firm e WHERE id < 30 AND id NOT IN (SELECT id FROM firm f WHERE f |= {grow})
SELECT id, rank() OVER (ORDER BY e |# {own} DESC NULLS LAST, id) FROM firm e WHERE e |= {staff}
WITH s AS MATERIALIZED (SELECT * FROM firm e WHERE e |= {staff}) SELECT id FROM s WHERE s |= {grow}
SELECT id FROM firm e WHERE e |= {rent} UNION ALL SELECT id FROM by_region e WHERE e |= {big}
SELECT id, e |# {rent}, e |! {rent} FROM let e
SELECT id, md5(explain(e, {rent})) FROM let e WHERE id < 40
SELECT id, g FROM firm e, gap(e, {rent}) g WHERE id < 40
SELECT id FROM facts WHERE facts |= {all}
SELECT sum(facts |# {otc}) FROM facts
SELECT id FROM firm e WHERE to_jsonb(e) |= {own}
SELECT id FROM dated e WHERE e |= {own}
SELECT id, e |# {all}, e |= {rent} FROM dated e
SELECT id FROM dated e WHERE e |= as_of({own}, '2024-01-31')
SELECT id FROM firm e WHERE e |= as_of({own}, '2024-01-31')
SELECT sum(e |# amend({rent}, 'define rent_cap = 60万元')) FROM firm e
SELECT id FROM firm e WHERE e |= 'own-1'
SELECT id FROM dated e WHERE e |= 'own-1'
SELECT sum(e |# 'own-1/1'), count(*) FILTER (WHERE e |= 'yubei-2024-34/3') FROM firm e
SELECT e |^ 'miit-ladder', count(*) FROM firm e GROUP BY 1
SELECT id FROM firm e WHERE e |= as_of('own-1', '2025-06-30')
SELECT id FROM firm e WHERE e |= stored('own-1/1')
SELECT id FROM firm e WHERE e |= (SELECT stored('own-1/1'))
SELECT id FROM firm e, (SELECT {own} AS p OFFSET 0) q WHERE e |= p
SELECT id FROM firm e WHERE id = 77 AND e |= {staff}
SELECT id, e |= {staff} FROM firm e WHERE id IN (3, 5, 7) FOR UPDATE
""".strip().splitlines()
# Each changes the rows it reads, and is rolled back.
CHANGES = """
UPDATE firm e SET name = 'x' WHERE e |= {own1}
UPDATE firm e SET net_profit = e |# {all} WHERE e |= {staff}
UPDATE firm e SET name = 'x' WHERE e |= 'own-1'
UPDATE firm e SET employees = l.id FROM let l WHERE l.id = e.id AND l |= {rent} AND e |= {staff}
DELETE FROM firm e WHERE e |= {big}
DELETE FROM firm e WHERE NOT (e |= {ladder})
INSERT INTO firm SELECT (e).* FROM firm e WHERE e |= {big}
""".strip().splitlines()
def sections(output):
    """Returns the sorted lines of each question: {number: text}."""
    found = {}
    for part in output.split("@@ ")[1:]:
        number, _, text = part.partition("\n")
        found[int(number)] = "\n".join(sorted(text.rstrip("\n").split("\n")))
    return found


def prepared(shards, query):
    """Returns the query with its policies as parameters."""
    names = re.findall(r"\{(\w+)\}", query)
    for number, name in enumerate(names):
        query = query.replace("{" + name + "}", f"${number + 1}", 1)
    types = ", ".join(["zjtx.policy"] * len(names))
    arguments = ", ".join(shards.policies[n] for n in names)
    return (f"PREPARE q ({types}) AS {query}; EXECUTE q ({arguments}); DEALLOCATE q;" if names
            else f"PREPARE q AS {query}; EXECUTE q; DEALLOCATE q;")


def answers(shards, schema, settings, with_parameters):
    script = [settings]
    for number, question in enumerate(QUESTIONS):
        script += [f"\\echo @@ {number}", prepared(shards, question) if with_parameters else shards.filled(question) +
                   ";"]
    for number, change in enumerate(CHANGES, len(QUESTIONS)):
        script += [f"\\echo @@ {number}", "BEGIN;", prepared(shards, change) if with_parameters
                   else shards.filled(change) + ";",
                   "SELECT id, name, employees, net_profit FROM firm; ROLLBACK;"]
    return sections(shards.ask("\n".join(script), schema))


def same_answers(check, shards):
    here = answers(shards, "here", "", False)
    for number, question in enumerate(QUESTIONS + CHANGES):
        check.holds(f"there is an answer: {question}", len(here.get(number, "").replace("f", "").replace("\n", "")) > 0)

    def compare(what, settings="", with_parameters=False):
        far = answers(shards, "far", settings, with_parameters)
        for number, question in enumerate(QUESTIONS + CHANGES):
            check.same(f"{what}: {question}", far.get(number, "not asked"), here[number])
    compare("as it is")
    compare("generic plans, without async", "SET plan_cache_mode = force_generic_plan; SET enable_async_append = off;",
            True)
    for number in range(3):
        shards.ask(f"ALTER SERVER s{number} OPTIONS (ADD use_remote_estimate 'true', ADD fetch_size '31');")
    compare("partitionwise, remote estimates, a few rows at a time",
            "SET enable_partitionwise_aggregate = on; SET enable_partitionwise_join = on;")
    for number in range(3):
        shards.ask(f"ALTER SERVER s{number} OPTIONS (DROP use_remote_estimate, DROP fetch_size);")
    compare("names folded", "SET zjtx.fold_names = on; SET enable_partitionwise_aggregate = on;")


# ---------------- what is sent ----------------

def what_is_sent(check, shards):
    def sent(what, query, pattern, settings="", count=3):
        found = shards.remote(query, settings)
        check.holds(f"sent, {what}", len(found) == count and all(re.search(pattern, s, re.S) for s in found),
                    "\n".join(s[:400] for s in found))

    def kept(what, query, settings=""):
        found = shards.remote(query, settings)
        check.holds(f"not sent, {what}", found and not any("zjtx" in s or "|=" in s for s in found),
                    "\n".join(s[:400] for s in found))
    rule = r"zjtx_internal\.eligible_facts\(E?'.*?::zjtx\.policy, '.*?'::text, .*?\)"
    sent("a rule with its native condition", "SELECT id FROM firm e WHERE e |= {own1}",
         r"WHERE .*region = '渝北区'.*" + rule)
    sent("a rule that is a native condition", "SELECT id FROM firm e WHERE e |= {staff}",
         r"WHERE \(\(employees >= 100\)\)$")
    sent("a rule negated", "SELECT id FROM firm e WHERE NOT (e |= {grow})", r"WHERE .*NOT .*" + rule)
    sent("a rule undecided", "SELECT id FROM firm e WHERE (e |= {grow}) IS NULL", rule + " IS NULL")
    sent("a rule beside another condition", "SELECT id FROM firm e WHERE e |= {grow} OR id % 5 = 0",
         rule + r".* OR .*id % 5")
    sent("a list as jsonb", "SELECT id FROM firm e WHERE e |# {rent} > 0",
         r"zjtx_internal\.amount_facts\(.*leases.*\) > 0")
    sent("missing facts", "SELECT id FROM firm e WHERE 'revenue' = ANY (e |! {own})", r"zjtx_internal\.missing_facts\(")
    sent("facts in jsonb", "SELECT id FROM facts WHERE facts |= {grow}",
         r"facts OPERATOR\(zjtx\.\|=\) '.*'::zjtx\.policy")
    sent("the value, not the name", "SELECT id FROM firm e WHERE e |= {own1}", "Stored on the coordinator")
    sent("bound to a day in the query", "SELECT id FROM firm e WHERE e |= as_of({own}, '2024-01-31')",
         "'as of 2024-01-31")
    sent("a part taken in the query", "SELECT id FROM firm e WHERE e |= ({own} -> '1')", rule)
    sent("in an update", "UPDATE firm e SET name = 'x', net_profit = e |# {own} WHERE e |= {own}",
         r"UPDATE .*zjtx_internal\.amount_facts.*WHERE .*" + rule)
    sent("in a deletion", "DELETE FROM firm e WHERE e |= {own}", "DELETE .*WHERE .*" + rule)
    sent("locking", "SELECT id FROM firm e WHERE e |= {own} FOR UPDATE", rule + ".*FOR UPDATE")
    sent("in an order", "SELECT id FROM firm_0 e ORDER BY e |# {own} DESC LIMIT 3",
         r"ORDER BY zjtx_internal\.amount_facts\(.*LIMIT 3", count=1)
    sent("in a join of two tables of one server",
         "SELECT e.id FROM firm_0 e JOIN dated_0 f USING (id) WHERE e |= {own} AND f |= {grow}",
         r"JOIN.*eligible_facts\(.* AND .*eligible_facts\(",
         "SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_nestloop = off;", 1)
    sent("to one shard, by the key", "SELECT id FROM firm e WHERE id = 77 AND e |= {own}", rule, count=1)
    sent("to the district's shard, by the rule", "SELECT id FROM by_region e WHERE e |= {own1}", rule, count=1)
    scans = [n for n in shards.plan("SELECT id FROM firm e WHERE e |= {own}") if n["Node Type"] == "Foreign Scan"]
    check.holds("asynchronously", len(scans) == 3 and all(n["Async Capable"] for n in scans), str(scans)[:500])
    check.holds("only the columns that are read",
                all("name" not in s.split("FROM")[0]
                    for s in shards.remote("SELECT id FROM firm e WHERE e |= 'own-1'")))

    check.holds("and of lines", all("name" not in s.split("FROM")[0]
                                    for s in shards.remote("SELECT id, a.status FROM firm e, assess(e, {own}) a")))

    # parameters
    prepared_query = "PREPARE q (policy) AS SELECT sum(e |# $1) FROM firm e WHERE e |= $1; " \
        "SET plan_cache_mode = force_{}_plan;"
    execute = "EXECUTE q (as_of(stored('own-1'), '2025-06-30'))"
    sent("a parameter under a plan of its own", execute, rule, prepared_query.format("custom"))
    by_columns = r"zjtx_internal\.eligible_facts\(\$1::zjtx\.policy, '\* id name .*'::text, id, name, "
    sent("a parameter under a generic plan", execute, by_columns, prepared_query.format("generic"))
    sent("a subquery", "SELECT id FROM firm e WHERE e |= (SELECT stored('own-1'))", by_columns)

    # names, and expressions that hide a value
    for what, query in {
        "a name": "SELECT id FROM firm e WHERE e |= 'own-1'",
        "a stored value looked up in the query": "SELECT id FROM firm e WHERE e |= stored('own-1')",
        "a name bound in the query": "SELECT id FROM firm e WHERE e |= as_of('own-1', '2025-06-30')",
        "a list of composites": "SELECT id FROM let e WHERE e |# {rent} > 0",
        "a level": "SELECT id FROM firm e WHERE (e |^ {ladder}).level > 1",
        "a range": "SELECT id FROM firm e WHERE (amount_range(e, {own})).high > 0",
        "lines": "SELECT id, a.status FROM firm e, assess(e, {own}) a",
        "a row made jsonb": "SELECT id FROM firm e WHERE to_jsonb(e) |= {own}",
    }.items():
        kept(what, query)
    scans = [n for n in shards.plan("SELECT id FROM firm e WHERE e |= 'own-1/1'") if n["Node Type"] == "Foreign Scan"]
    check.holds("a name, one shard after another", len(scans) == 3 and not any(n["Async Capable"] for n in scans),
                str(scans)[:500])
    sent("a name's native condition", "SELECT id FROM firm e WHERE e |= 'own-1/1'",
         r"WHERE \(\(region = '渝北区'\)\)( AND |$)")

    # zjtx.fold_names
    folded = "SET zjtx.fold_names = on;"
    value = r"zjtx_internal\.eligible_facts\(E?'as of default 2025-06-30\n" \
        r".*Stored on the coordinator.*::zjtx\.policy, '"
    sent("the value of a name", "SELECT id FROM firm e WHERE e |= 'own-1'", value, folded)
    sent("the value of a part's name, with its native condition", "SELECT id FROM firm e WHERE e |= 'own-1/1'",
         r"WHERE .*region = '渝北区'.*" + value, folded)
    sent("the value looked up", "SELECT id FROM firm e WHERE e |= stored('own-1')", rule, folded)
    sent("the value of a name bound in the query", "SELECT id FROM firm e WHERE e |= as_of('own-1', '2025-03-31')",
         "'as of 2025-03-31", folded)
    sent("the value of a name, for jsonb", "SELECT id FROM facts WHERE facts |= 'own-1'",
         r"zjtx\.eligible\(facts, E?'as of default 2025-06-30\n", folded)
    sent("the value of a name, in an update", "UPDATE firm e SET net_profit = e |# 'own-1' WHERE e |= 'own-1'",
         "UPDATE .*amount_facts.*WHERE .*" + value, folded)
    sent("the value of a name, in sums", "SELECT region, sum(e |# 'own-1'), count(*) FILTER (WHERE e |= 'own-1') FROM "
         "by_region e WHERE e |= 'own-1' GROUP BY region",
         r"^SELECT region, sum\(zjtx_internal\.amount_facts\(.*WHERE " + value + ".*GROUP BY 1$",
         folded + "SET enable_partitionwise_aggregate = on;")
    scans = [n for n in shards.plan("SELECT id FROM firm e WHERE e |= 'own-1/1'", folded)
             if n["Node Type"] == "Foreign Scan"]
    check.holds("the value of a name, asynchronously", len(scans) == 3 and all(n["Async Capable"] for n in scans),
                str(scans)[:500])
    found = shards.error("""CREATE VIEW public.owed AS SELECT id, region, revenue, rd_expense, specialized_until
        FROM far.firm e WHERE e |= 'own-1/1'; LOAD 'auto_explain'; SET auto_explain.log_min_duration = 0;
        SET auto_explain.log_nested_statements = on; SET auto_explain.log_verbose = on; SET client_min_messages = log;
        CALL sweep('public.owed', 'id', '{own-1}', as_of => '2025-03-31');""")
    check.holds("a sweep for a day sends it with the value",
                re.search(r"Remote SQL: [^;]*eligible_facts\(E?'as of default 2025-03-31\n", found), found[-3000:])

    # aggregates
    part = "SELECT sum(e |# {own}) AS s, count(*) FILTER (WHERE e |= {own}) AS n FROM "
    sent("sums of one shard", part + "firm_0 e",
         r"SELECT sum\(zjtx_internal\.amount_facts\(.*count\(\*\) FILTER \(WHERE ",
         count=1)
    together = "SELECT sum(s), sum(n) FROM (" + " UNION ALL ".join(f"{part}firm_{n} e" for n in range(3)) + ") x"
    sent("sums of each shard, one by one", together, r"^SELECT sum\(zjtx_internal\.amount_facts\(")
    scans = [n for n in shards.plan(together) if n["Node Type"] == "Foreign Scan"]
    check.holds("and asynchronously", len(scans) == 3 and all(n["Async Capable"] for n in scans), str(scans)[:500])
    check.same("and come to the same", shards.ask(shards.filled(together) + ";", "far"),
               shards.ask(shards.filled(part) + "firm e;"))
    wise = "SET enable_partitionwise_aggregate = on;"
    sent("sums by the key of the partitions", "SELECT region, sum(e |# {own}) FROM by_region e GROUP BY region",
         r"^SELECT region, sum\(zjtx_internal\.amount_facts\(.* GROUP BY 1$", wise)
    found = shards.error("""CREATE FUNCTION public.owed_on(day date) RETURNS TABLE (region text, yuan numeric)
        LANGUAGE plpgsql STABLE SET plan_cache_mode = force_custom_plan SET enable_partitionwise_aggregate = on AS $$
        DECLARE own policy := as_of(stored('own-1'), day);
        BEGIN RETURN QUERY SELECT e.region, sum(amount(e, own)) FROM by_region e GROUP BY e.region; END $$;
        LOAD 'auto_explain'; SET auto_explain.log_min_duration = 0; SET auto_explain.log_nested_statements = on;
        SET auto_explain.log_verbose = on; SET client_min_messages = log; SELECT * FROM owed_on('2025-06-30');""")
    check.holds("sent, sums of a function with the value as its variable",
                len(re.findall(r"Remote SQL: SELECT region, sum\(zjtx_internal\.amount_facts\(E'as of 2025-06-30",
                               found)) == 3,
                found[-2000:])
    kept("sums over partitions by another key", "SELECT sum(e |# {own}) FROM firm e", wise)
    sent("a ladder's rungs counted", "SELECT e |^ {ladder}, count(*) FROM firm_0 e GROUP BY 1",
         r"^SELECT zjtx_internal\.placement_facts\(.*GROUP BY 1$", count=1)
    sent("missing facts counted", "SELECT e |! {own}, count(*) FROM firm_0 e GROUP BY 1",
         r"^SELECT zjtx_internal\.missing_facts\(.*GROUP BY 1$", count=1)
    lines = ("SELECT clause, stage, sum(eligible), sum(refused), sum(undecided), sum(undetermined), sum(amount), "
             "sum(low), "
             "CASE WHEN bool_and(high IS NOT NULL) THEN sum(high) END FROM ({}) x, unnest(a) GROUP BY clause, stage "
             "ORDER BY clause, stage")
    tallies = lines.format(" UNION ALL ".join(f"SELECT tally(judge(e, {{otc}})) AS a FROM firm_{n} e"
                                              for n in range(3)))
    sent("tallies of each shard", tallies, r"^SELECT zjtx\.tally\(zjtx_internal\.judge_facts\(")
    one = lines.format("SELECT tally(judge(e, {otc})) AS a FROM firm e")
    check.same("and come to that of one table", shards.ask(shards.filled(tallies) + ";", "far"),
               shards.ask(shards.filled(one) + ";"))

    states = "SELECT tally(s), budget(b) FROM ({}) x".format(" UNION ALL ".join(
        f"SELECT partial_tally(judge(e, {{all}})) AS s, partial_budget(judge(e, {{all}})) AS b FROM firm_{n} e"
        for n in range(3)))
    sent("states of each shard", states,
         r"^SELECT zjtx\.partial_tally\(zjtx_internal\.judge_facts\(.*"
         r"zjtx\.partial_budget\(zjtx_internal\.judge_facts\(")
    check.same("and come to tally and budget of one table", shards.ask(shards.filled(states) + ";", "far"),
               shards.ask(shards.filled("SELECT tally(judge(e, {all})), budget(judge(e, {all})) FROM firm e;")))


# ---------------- what fails ----------------

def without_the_extension(check, shards):
    """A shard without the extension."""
    first = shards.servers[0]
    asked = "SELECT id FROM bare_rows e WHERE e |= 'n / m >= 2'::policy;"
    first.create("bare")
    first.psql("bare", "CREATE TABLE public.firm_rows (id int, n numeric, m int); INSERT INTO public.firm_rows VALUES "
               "(1, 3, 1), (2, 1, 1);")
    shards.ask(f"CREATE SERVER bare FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '{first.host}', port "
               f"'{first.port}', dbname 'bare', "
               f"extensions 'zjtx'); CREATE USER MAPPING FOR CURRENT_USER SERVER bare OPTIONS (user '{first.user}', "
               f"password_required 'false');"
               "CREATE FOREIGN TABLE far.bare_rows (id int, n numeric, m int) SERVER bare OPTIONS (schema_name "
               "'public', table_name 'firm_rows');")
    found = shards.error(asked)
    check.holds("without the extension: an error of the shard's", '3F000: schema "zjtx" does not exist' in found, found)
    check.same("what needs no extension is answered",
               shards.ask("SELECT id FROM bare_rows e WHERE e |= 'm >= 1'::policy;", "far"), "1\n2")
    shards.ask("ALTER SERVER bare OPTIONS (DROP extensions);")
    check.same("and everything if nothing is sent", shards.ask(asked, "far"), "1")


def a_shard_is_down(check, shards):
    """A stopped shard gives an error, never a part of a sum."""
    total = shards.filled("SELECT sum(e |# {own}), count(*) FROM firm e;")
    session = Session(shards.given, shards.database)
    try:
        session.ask("\\set VERBOSITY sqlstate\nSET search_path = far, public, zjtx; SET client_min_messages = error;")
        whole = session.ask(total)
        check.holds("all are there", whole.count("|") == 1, whole)
        session.ask("BEGIN; DECLARE c CURSOR FOR SELECT id FROM firm ORDER BY id;")
        session.ask("FETCH 5 FROM c;")
        session.ask("ROLLBACK; BEGIN; SET enable_async_append = off; SET enable_sort = off; DECLARE c CURSOR FOR "
                    "SELECT id FROM firm;")
        check.same("rows come from the first", str(len(session.ask("FETCH 5 FROM c;").splitlines())), "5")
        session.ask(f"SELECT count(*) FROM firm_2;")
        stop(shards.scratch, PORTS[2])
        found = session.ask("FETCH ALL FROM c;")
        check.holds("lost while its rows are asked for",
                    found.splitlines()[-1] in ("ERROR:  08006", "ERROR:  57P01", "ERROR:  57P02"), found[-200:])
        session.ask("ROLLBACK; RESET enable_async_append; RESET enable_sort;")
        for what, query in {"a sum": total, "without async": "SET enable_async_append = off; " + total,
                            "partitionwise": "SET enable_partitionwise_aggregate = on; " + total,
                            "rows": "SELECT id FROM firm e WHERE e |= 'employees >= 100'::policy;"}.items():
            found = session.ask(query)
            check.same(f"down, {what}", found, "ERROR:  08001")
        check.same("the others answer", session.ask("SELECT count(*) > 0 FROM firm_0;"), "t")
        check.same("and what they alone hold",
                   session.ask("SELECT count(*) > 0 FROM by_region e WHERE e |= 'region = ''渝北区'''::policy;"), "t")
    finally:
        session.close()
    found = shards.error(total)
    check.holds("the error names the server", 'could not connect to server "s2"' in found, found)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for flag in ("--host", "--port", "--user"):
        parser.add_argument(flag)
    parser.add_argument("--dbname", default="postgres")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--groups", type=int, default=24, help="random documents, each asked in some queries")
    options = parser.parse_args()

    given = Server(options.host, options.port, options.user)
    check = Check()
    scratch = scratch_directory()
    database = given.create("shards_coordinator", extension=True)
    try:
        with contextlib.ExitStack() as stack, concurrent.futures.ThreadPoolExecutor() as pool:
            # started together, stopped one by one
            makers = [server_of_its_own(given, scratch, port=port) for port in PORTS]
            servers = list(pool.map(lambda maker: maker.__enter__(), makers))
            for maker in makers:
                stack.push(maker.__exit__)
            list(pool.map(prepare_shard, servers))
            check.part(prepare, given, database, servers)
            shards = Shards(given, database, servers, scratch)
            check.part(same_answers, shards)
            check.part(what_is_sent, shards)
            check.part(anyhow, shards, options.seed, options.groups)
            check.part(without_the_extension, shards)
            check.part(another_planner, given, scratch)
            check.part(a_shard_is_down, shards)
    finally:
        given.drop_all()
        shutil.rmtree(scratch, ignore_errors=True)
    print(f"{check.passed} passed, {check.failed} failed")
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main())
