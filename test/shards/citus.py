#!/usr/bin/env python3
"""Asks about tables distributed by Citus and compares the answers with those for one table.

    python3 test/shards/citus.py --host H --port P --user U --dbname D

D is a database of a Citus coordinator that has workers, where CREATE EXTENSION zjtx was run, and nothing else; U is a
superuser.  The questions are those of run.py.  What is made stays for a look.  Ends with "N passed, N failed".
See docs/operations/shards.md.
"""

import argparse
import sys

import run as shards

from servers import Check, Server

REFUSED = {
    "SELECT e.id, f.id FROM firm e JOIN firm f ON f.id = e.id + 1": "complex joins are only supported",
    "SELECT e.id, f.id, f |= {big}, f |! {big} FROM firm e LEFT JOIN": "complex joins are only supported",
    "SELECT id, g FROM firm e, gap": "input of anonymous composite types",
    "SELECT id, e |= {staff} FROM firm e WHERE id IN (3, 5, 7) FOR UPDATE": "FOR UPDATE",
}
MORE = """
SELECT id, e |= 'own-1', e |# 'own-1', e |! 'own-1' FROM firm e WHERE id = 77
SELECT id, e |^ 'miit-ladder' FROM dated e WHERE id = 78
SELECT id, g.* FROM firm e, gap(e, 'yubei-2024-34', '3') g WHERE id < 40
SELECT id, e |= ANY (ARRAY['own-1', 'yubei-2024-34/3']) FROM firm e
SELECT id, d.* FROM firm e, differences(e, 'own-1', 'yubei-2024-34') d WHERE id < 20
SELECT id, c.* FROM dated e, changes_ahead(e, 'yubei-2024-34', '2027-01-01') c WHERE id < 20
SELECT id FROM firm e WHERE id = 77 AND (e |= (SELECT stored('own-1'))) IS NULL
SELECT id FROM firm e WHERE e |= (SELECT as_of(stored('own-1'), date '2025-01-01' + n) FROM generate_series(9, 9) n)
SELECT l.line, count(*) FILTER (WHERE l.eligible), sum(l.amount) FROM firm e, lines(judge(e, 'yubei-2024-34')) l \
GROUP BY 1
SELECT region, budget(judge(e, {all})) FROM firm e GROUP BY region
SELECT budget(judge(e, 'yubei-2024-34')), tally(judge(e, {ladder})) FROM firm e
SELECT tally(s), budget(b) FROM (SELECT id % 3, \
partial_tally(judge(e, {all})) AS s, partial_budget(judge(e, {all})) AS b FROM firm e GROUP BY 1) x
SELECT e.id, e |= {big}, f |# {all}, f |= 'own-1' FROM firm e JOIN dated f ON f.name = e.name \
WHERE e |= {staff} AND f |= {own1}
SELECT e.id, q.region, e |= {own1} FROM firm e JOIN quarter q USING (region) WHERE q |= {known} AND e |= {staff}
SELECT id FROM quarter q WHERE q |= {known}
SELECT id, e |= {otc}, e |# {all} FROM packed e
SELECT sum(e |# 'own-1'), tally(judge(e, {otc})) FROM packed e
""".strip().splitlines()
CHANGES = """
UPDATE firm e SET name = 'x' WHERE id = 77 AND NOT (e |= {big})
DELETE FROM firm e WHERE e |= 'own-1/1'
UPDATE firm e SET net_profit = e |# 'own-1' WHERE e |= 'own-1/1' AND id < 500
""".strip().splitlines()
DAY = "SET zjtx.as_of = '2025-06-30';"


class Citus(shards.Shards):
    def __init__(self, given, database):
        super().__init__(given, database, [], None)
        self.policies["known"] = "'region = ''渝北区'''::zjtx.policy"

    def ask(self, script, schema="here"):
        # the library is there before the first question
        return super().ask("SELECT zjtx.fingerprint() \\g /dev/null\n" + script, schema)

    def workers(self, command):
        return self.given.ask(self.database, "SELECT bool_and(success) FROM run_command_on_workers($worker$"
                              f"{command}$worker$);")

    def tasks(self, query, settings=""):
        return self.ask("SET citus.explain_all_tasks = on; SET citus.propagate_set_commands = 'local'; BEGIN; "
                        f"SET LOCAL enable_seqscan = off; {settings} EXPLAIN (VERBOSE, COSTS off) "
                        f"{self.filled(query)}; ROLLBACK;", "far")


def prepare(given, database):
    given.psql(database, "\\set rows 1000\n" + "".join(
        (shards.REPOSITORY / "bench" / f).read_text("utf-8").split("-- Whether a day is")[0]
        for f in ("enterprises.sql", "rewards.sql")))
    given.psql(database, (shards.HERE / "rows.sql").read_text("utf-8"))
    given.psql(database, "SELECT zjtx.store({});".format(shards.quote(shards.OWN)))
    given.psql(database, "CREATE SCHEMA far; "
               "CREATE TABLE here.packed AS TABLE here.firm; CREATE TABLE here.quarter AS "
               "SELECT row_number() OVER () AS id, region FROM here.firm WHERE region <> '' GROUP BY region;"
               + "".join(f"CREATE TABLE far.{table} (LIKE here.{table}) "
                         f"{'USING columnar' if table == 'packed' else ''};"
                         f"SELECT create_distributed_table('far.{table}', 'id');"
                         f"INSERT INTO far.{table} SELECT * FROM here.{table};"
                         for table in (*shards.TABLES, "by_region", "packed"))
               + "CREATE TABLE far.quarter (LIKE here.quarter); SELECT create_reference_table('far.quarter'); "
               "INSERT INTO far.quarter SELECT * FROM here.quarter; ANALYZE;")


def same_answers(check, citus):
    refused = {q: error for q in shards.QUESTIONS for start, error in REFUSED.items() if q.startswith(start)}
    for question, error in refused.items():
        found = citus.error(citus.filled(question) + ";")
        check.holds(f"Citus refuses: {question}", error in found, found)
    shards.QUESTIONS[:] = [q for q in shards.QUESTIONS if q not in refused] + MORE
    shards.CHANGES[:] += CHANGES
    folded = "SET zjtx.fold_names = on; SET citus.enable_repartition_joins = on;"
    here = shards.answers(citus, "here", "", False)
    for what, settings, with_parameters in (
            ("names folded", "", False), ("parameters", "", True),
            ("generic plans of names", "SET plan_cache_mode = force_custom_plan;", True),
            ("text between servers, one after another", "SET citus.enable_binary_protocol = off; "
             "SET citus.max_adaptive_executor_pool_size = 1; SET citus.multi_shard_modify_mode = 'sequential';", False),
            ("aggregates only split", "SET citus.coordinator_aggregation_strategy = 'disabled';", False)):
        far = shards.answers(citus, "far", folded + settings, with_parameters)
        for number, question in enumerate(shards.QUESTIONS + shards.CHANGES):
            check.same(f"{what}: {question}", far.get(number, "not asked"), here[number])


def names(check, citus, given, database):
    """Names as they are: the documents and the day of each worker."""
    asked = "SELECT count(*), sum(e |# 'own-1') FROM firm e;"
    expected = citus.ask(asked)
    found = citus.error(DAY + asked)
    check.holds("no document on the worker",
                "on this node, but there is one where the statement was planned" in found and
                "The nodes hold different documents" in found, found)
    found = citus.error("UPDATE firm e SET name = 'x' WHERE e |= 'own-1';")
    check.holds("an update by a name", "STABLE functions used in UPDATE queries" in found, found)
    other = shards.OWN.replace("50万元", "5万元")
    check.same("another document on the workers", citus.workers(f"SELECT zjtx.store({shards.quote(other)})"), "t")
    found = citus.error(DAY + asked)
    check.holds("is an error", "The nodes hold different documents" in found, found)
    prints = "SELECT count(DISTINCT result) FROM (SELECT zjtx.fingerprint() AS result " \
        "UNION ALL SELECT result FROM run_command_on_workers('SELECT zjtx.fingerprint()')) x;"
    check.same("two fingerprints", given.ask(database, prints), "2")
    citus.workers(f"SELECT zjtx.store({shards.quote(shards.OWN)})")
    check.same("one fingerprint", given.ask(database, prints), "1")
    dated = "SELECT count(*) FROM firm e WHERE e |= 'own-1/2';"
    expected_dated = citus.ask(dated)
    check.holds("the day is not that of the session", citus.ask(dated, "far") != expected_dated)
    local = "SET citus.propagate_set_commands = 'local'; BEGIN; SET LOCAL zjtx.as_of = '2025-06-30';"
    check.same("the same documents", citus.ask(local + asked + "COMMIT;", "far"), expected)
    check.same("the day of a transaction", citus.ask(local + dated + "COMMIT;", "far"), expected_dated)
    check.same("and folded", citus.ask("SET zjtx.fold_names = on;" + dated, "far"), expected_dated)


def plans(check, citus, given, database):
    session = shards.Session(given, database)
    try:
        session.ask("\\set VERBOSITY terse\nSET search_path = far, public, zjtx; "
                    "SELECT fingerprint(); SET zjtx.fold_names = on;" + DAY)
        session.ask("PREPARE q AS SELECT count(*) FROM firm e "
                    "WHERE e |= 'own-1/1'; PREPARE one(int) AS SELECT e |= 'own-1/1' "
                    "FROM firm e WHERE id = $1;")
        for bound in ("1000万元", "1亿元", "2亿元"):
            document = shards.OWN.replace("1000万元", bound)
            given.psql(database, f"SELECT zjtx.store({shards.quote(document)});")
            expected = citus.ask("SELECT count(*) FROM firm e WHERE e |= 'own-1/1';")
            for run in range(7):
                check.same(f"prepared, {bound}, {run}", session.ask("EXECUTE q;"), expected)
                check.same(f"prepared for one shard, {bound}, {run}", session.ask("EXECUTE one(77);"),
                           citus.ask("SELECT e |= 'own-1/1' FROM firm e WHERE id = 77;"))
        found = session.ask("SET plan_cache_mode = force_generic_plan; EXECUTE q;")
        check.same("a name in a generic plan", found, expected)
        session.ask("PREPARE v (zjtx.policy) AS SELECT count(*) FROM firm e WHERE e |= $1; "
                    "PREPARE n (int) AS SELECT count(*) FROM firm e WHERE employees > $1;")
        for execute in ("EXECUTE v ('employees > 3');", "EXECUTE n (3);"):
            found = session.ask(execute)
            check.holds(f"a parameter in a generic plan: {execute}",
                        "could not create distributed plan" in found, found)
    finally:
        session.close()


def what_is_sent(check, citus, given, database):
    def sent(what, query, *parts, settings=""):
        found = citus.tasks(query, settings)
        check.holds(f"sent, {what}", all(part in found for part in parts), found[:3000])
    sent("a call by facts, with its native condition", "SELECT id FROM firm e WHERE e |= {own1}", "eligible_facts('",
         "region")
    sent("one shard, as it is written", "SELECT id FROM firm e WHERE id = 77 AND e |= {own1}",
         "(e.* OPERATOR(zjtx.|=) '")
    sent("the value of a name, to one shard", "SELECT id FROM firm e WHERE id = 77 AND e |= 'own-1'",
         "zjtx.eligible(e.*, 'as of default 2025-06-30", settings="SET zjtx.fold_names = on;")
    sent("tally and budget split", "SELECT tally(judge(e, {all})), budget(judge(e, {all})) FROM firm e",
         "worker_partial_agg('zjtx.tally(zjtx.verdict)'::regprocedure",
         "worker_partial_agg('zjtx.budget(zjtx.verdict)'")
    sent("answers grouped", "SELECT e |^ {ladder}, count(*) FROM firm e GROUP BY 1", "placement_facts('", "GROUP BY")
    given.psql(database, "SET search_path = far, public, zjtx; " + citus.filled(
        "CREATE INDEX by_answer ON firm ((firm |# {own1})); ANALYZE firm;"))
    sent("an index by an operator", "SELECT id FROM firm e WHERE e |# {own1} > 400000", "by_answer_")
    sent("to one shard", "SELECT id FROM firm e WHERE id = 77 AND e |# {own1} > 490000", "by_answer_")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for flag in ("--host", "--port", "--user"):
        parser.add_argument(flag)
    parser.add_argument("--dbname", required=True)
    options = parser.parse_args()
    given = Server(options.host, options.port, options.user)
    check = Check()
    prepare(given, options.dbname)
    citus = Citus(given, options.dbname)
    check.part(same_answers, citus)
    check.part(names, citus, given, options.dbname)
    check.part(plans, citus, given, options.dbname)
    check.part(what_is_sent, citus, given, options.dbname)
    print(f"{check.passed} passed, {check.failed} failed")
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main())
