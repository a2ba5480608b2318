"""Long operations end within a second of CPU time after they are cancelled, independent of other load on the
machine.
"""

import os
import pathlib
import random
import sys
import threading
import time

from cluster import TESTS, ServerError

sys.path.append(str(TESTS / "fuzz"))

import heavy                                        # noqa: E402

LATE = 1.0              # seconds of CPU time that a backend may use after it was cancelled
TIMEOUT = 0.3           # of statement_timeout
CLEAN = ("22", "42", "54", "23514")     # possible errors of documents that are large on purpose
TICKS = os.sysconf("SC_CLK_TCK")
SOME = 10               # fraction of the statements that may end early, in the short form
WIDE = 900              # columns of a wide table

SET_UP = """
CREATE EXTENSION zjtx;
ALTER DATABASE cancel SET search_path = public, zjtx;
ALTER DATABASE cancel SET client_min_messages = warning;
ALTER DATABASE cancel SET zjtx.as_of = '2025-06-30';
SET zjtx.as_of = '2025-06-30';
SET client_min_messages = warning;
SET search_path = public, zjtx;
CREATE FUNCTION law(code text, clauses int) RETURNS text LANGUAGE sql IMMUTABLE AS $$
SELECT format('policy %s ''p'' fact region text fact revenue number 元 fact staff number 人 fact day date null means '
    'none '
    'fact leases list (area number, rent number 元) null means none ', code) || string_agg(format(
    'clause %s ''c'' reward when revenue > %s元 and (region = ''east'' or staff >= %s人) pay sum(leases where rent > %s元 '
    ': area) * 1元 cap %s元 ',
    i, i, i, i % 30, i * 100), ' ') FROM generate_series(1, clauses) i $$;
SELECT store(law('cancel-few', 12)), store(law('cancel-many', 2000));
SELECT store('policy cancel-targets ''t'' fact revenue number 元 fact staff number 人 ' || string_agg(format(
    'target %s ''t'' 家 stock 2025: 1 count where revenue > %s元 and staff / revenue > %s', i, i, i), ' '))
    FROM generate_series(1, 400) i;
CREATE TABLE big AS SELECT i AS id, (ARRAY['east', 'west'])[i % 2 + 1] AS region, i % 3000 * 100 AS revenue, i % 70
    AS staff,
    date '2025-01-01' + i % 300 AS day, jsonb_build_array(jsonb_build_object('area', i % 90, 'rent', i % 40)) AS leases
    FROM generate_series(1, {rows}) i;
ALTER TABLE big ADD PRIMARY KEY (id);
CREATE TRIGGER judge AFTER UPDATE ON big REFERENCING OLD TABLE AS stale NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION watch('big', 'id', 'cancel-few');
CREATE TABLE big_by_row AS TABLE big;
ALTER TABLE big_by_row ADD PRIMARY KEY (id);
CREATE TRIGGER judge AFTER UPDATE ON big_by_row FOR EACH ROW EXECUTE FUNCTION watch('big_by_row', 'id', 'cancel-few');
CREATE TABLE keys AS SELECT md5(i::text) AS id, 1 AS revenue FROM generate_series(1, {keys}) i;
SELECT publish('big', 'cancel-few', 'published');
SELECT publish('big', stored('cancel-few'), 'published_value');
DO $$ BEGIN EXECUTE 'CREATE TABLE wide (' || (SELECT string_agg('a' || i || ' int', ', ')
    FROM generate_series(0, {wide} - 1) i) || ')'; END $$;
CREATE TABLE long_list AS SELECT 'east' AS region, 5 AS revenue, 9 AS staff,
    (SELECT jsonb_agg(jsonb_build_object('area', i, 'rent', i % 40))
    FROM generate_series(1, {list}) i) AS leases;
ANALYZE;
"""


def wide(join, count, condition):
    """Returns a rule over many columns, with each condition repeated."""
    return "policy w 'w' " + " ".join(f"fact a{i} number" for i in range(WIDE)) + " clause 1 when " + join.join(
        condition.format(i % WIDE, i) for i in range(count))


def statements():
    """Returns the statements by name, and whether each surely takes long."""
    found = {
        "sweep": (True, "CALL sweep('big', 'id', '{cancel-few}')"),
        "sweep of many keys": (True, "CALL sweep('keys', 'id', '{cancel-few}')"),
        "an update, by statement": (True, "UPDATE big SET revenue = revenue + 5000"),
        "an update, by row": (True, "UPDATE big_by_row SET revenue = revenue + 5000"),
        "a published view": (True, "SELECT sum(clause_1), sum(total_amount) FROM published, generate_series(1, 1000)"),
        "a published view of a value": (True,
                                        "SELECT sum(clause_1), sum(clause_12) FROM published_value, generate_series(1, "
                                        "1000)"),
        "check_table": (False, "SELECT count(*) FROM check_table('big', 'cancel-many')"),
        "progress": (True, "SELECT count(*) FROM generate_series(1, 5) i, progress('cancel-targets', "
                           "CASE WHEN i > 0 THEN 'big' END::regclass)"),
        "tally": (True, "SELECT tally(judge(e, 'cancel-many')) FROM big e"),
        "assess": (True, "SELECT count(a) FROM big e, assess(e, 'cancel-many') a"),
        "eligible": (True, "SELECT count(*) FROM big e, generate_series(1, 5000) WHERE e |= 'cancel-few/7'"),
        "explain": (True, "SELECT sum(length(explain(e, 'cancel-many'))) FROM big e"),
        "gap": (True, "SELECT count(g) FROM (SELECT e FROM big e, generate_series(1, 10) OFFSET 0) r, "
                      "gap(r.e, 'cancel-many', '7') g"),
        "amount": (True, "SELECT sum(e |# 'cancel-many') FROM big e"),
        "missing": (True, "SELECT count(e |! 'cancel-many') FROM big e"),
        "a long list": (False, "SELECT e |# 'cancel-many' FROM long_list e"),
        "eligible, of an object": (True,
                                   "SELECT count(*) FROM big e, generate_series(1, 5000) WHERE to_jsonb(e) |= "
                                   "'cancel-few/7'"),
        "storing": (False, f"SELECT store(law('cancel-many', 2000) || $x${' '.join(examples())}$x$)"),
        "lint": (False, "SELECT count(*) FROM lint(stored('cancel-many'))"),
    }
    for name, rule in (("and", wide(" and ", 8000, "a{} > {}")),
                       ("or", wide(" or ", 8000, "(a{0} > {1} and a{0} < 9)")),
                       ("in", wide(" and ", 500, "a{} in (" + ", ".join(map(str, range(200))) + ")")),
                       ("ratios", wide(" and ", 4000, "a{0} / a1 > 5 and a{0} - {1} < 7"))):
        found[f"planning: {name}"] = (False, f"EXPLAIN SELECT count(*) FROM wide e WHERE e |= $x${rule}$x$::policy")
        found[f"planning, in a join: {name}"] = (
            False, f"EXPLAIN SELECT count(*) FROM wide e JOIN wide f ON e.a0 = f.a0 WHERE e |= $x${rule}$x$::policy "
            f"AND f |= $x${rule}$x$::policy")
    documents = heavy.documents()
    for name, text in documents.items():
        found[f"reading: {name}"] = (False, f"SELECT length(($x${text}$x$::policy)::text)")
        found[f"storing: {name}"] = (False, f"SELECT store($x${text}$x$)")
    return found, documents


def examples():
    return [f"example 'e{i}' given region = 'east', revenue = {i}元, staff = 5人, leases = [(area = 5, rent = 50元)] "
            f"expect clause 1 = 5元"
            for i in range(2, 90)]


class Cancel:
    def __init__(self, server, checks, options):
        self.server, self.checks, self.options = server, checks, options
        rows = 200000 if options.long else 40000
        server.create("cancel", SET_UP.format(rows=rows, keys=rows * (10 if options.long else 5), wide=WIDE, list=rows))
        self.boss = server.connect("cancel")
        self.worst = (0, "")
        self.cancelled = self.finished = 0
        self.connect()

    def connect(self):
        self.connection = self.server.connect("cancel")
        self.pid = int(self.connection.query("SELECT pg_backend_pid()")[0][0])

    def used(self):
        """Returns the CPU seconds that the backend has used."""
        fields = pathlib.Path(f"/proc/{self.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def ask(self, statement):
        self.state = None
        try:
            self.connection.query(statement)
            self.state = "00000"
        except ServerError as error:
            self.state = error.state

    def late(self, what, seconds):
        self.worst = max(self.worst, (seconds, what))
        self.checks.holds(f"{what}: ends within a second", seconds <= LATE, f"{seconds:.2f} s of the processor")

    def cancel(self, what, statement, after):
        """Cancels a statement after it has used the given CPU seconds."""
        self.connection.query("SET statement_timeout = 0; BEGIN" if not statement.startswith("CALL")
                              else "SET statement_timeout = 0")
        start = self.used()
        thread = threading.Thread(target=self.ask, args=(statement,))
        thread.start()
        while thread.is_alive() and self.used() - start < after:
            time.sleep(0.005)
        self.boss.query(f"SELECT pg_cancel_backend({self.pid})")
        told = self.used()
        thread.join()
        spent = self.used() - told
        # the signal may arrive after the statement has ended; then this statement consumes it
        try:
            self.connection.query("SELECT pg_sleep(0.001)")
        except ServerError:
            pass
        self.connection.query("ROLLBACK")
        self.count(what)
        self.late(f"{what}, cancelled after {after} s", spent)
        return self.state == "57014"

    def end_timeout(self):
        """The statement that ends it is subject to it: on a busy machine it may have to be repeated."""
        while True:
            try:
                self.connection.query("SET statement_timeout = 0")
                return
            except ServerError as error:
                if error.state != "57014":
                    raise

    def timeout(self, what, statement):
        self.connection.query(f"SET statement_timeout = {int(TIMEOUT * 1000)}")
        start = self.used()
        self.ask(statement)
        spent = self.used() - start
        self.end_timeout()
        self.count(what)
        self.late(f"{what}, by statement_timeout", spent - TIMEOUT)
        return self.state == "57014"

    def count(self, what):
        if self.state == "57014":
            self.cancelled += 1
        else:
            self.finished += 1
        self.checks.holds(f"{what}: is cancelled, or done in its own time",
                          self.state.startswith(("57014", "00000", *CLEAN)), self.state)

    def run(self):
        chance = random.Random(self.options.seed)
        found, documents = statements()
        quick = [what for what, (takes_long, _) in found.items() if not takes_long]
        if not self.options.long:
            for what in quick[SOME:]:
                chance.shuffle(quick)
                del found[quick.pop()]
        for what, (takes_long, statement) in found.items():
            for after in (0.03, 0.3, 1) if self.options.long else (0.2,):
                ended = self.cancel(what, statement, after * chance.uniform(0.2, 1))
                if takes_long:
                    self.checks.holds(f"{what}: takes long enough to be cancelled", ended, self.state)
            if takes_long and (self.options.long or chance.random() < 0.3):
                self.checks.holds(f"{what}: heeds statement_timeout", self.timeout(what, statement), self.state)
        questions = [(name, question.replace("{p}", f"$x${text}$x$::zjtx.policy"))
                     for name, text in documents.items() for question in heavy.QUESTIONS
                     if "fuzz_table" not in question]
        for name, question in chance.sample(questions, 200 if self.options.long else SOME):
            self.timeout(f"{name}: {question[:50]}", question)
        print(f"  {self.cancelled} statements were cancelled, {self.finished} were done before; the latest, "
              f"{self.worst[1]}: "
              f"{self.worst[0]:.2f} s", flush=True)
        self.connection.close()
        self.boss.close()
