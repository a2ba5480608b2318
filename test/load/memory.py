"""Memory use of a backend: the same after a million calls as after a few."""

import collections
import pathlib
import random
import re

from cluster import ServerError

HERE = pathlib.Path(__file__).resolve().parent
FEW = 80                # minimum number of calls of each kind, except slow ones
HELD = 16384            # bytes by which a statement's memory may grow after the first quarter of its calls
COMMITTED = 40          # the same for PL/pgSQL, per COMMIT or subtransaction
GROWN = 1048576         # bytes by which the session's contexts may grow after the first round
OWN = 4096              # the same per table created and dropped: PostgreSQL keeps its type
RESIDENT = 4096         # kB by which resident memory may grow: malloc keeps some freed memory
ROUNDS = 4              # rounds, of which one must show no more growth

# one call for each row of (i, e, o, d): a number, an enterprise, the same as jsonb, a document
ASKED = {
    "eligible by name": (150, "e |= 'load-fixed/1'"),
    "eligible by many names": (50, "e |= d.code"),
    "eligible by value": (150, "e |= 'revenue > 100万元 and staff > 10'::policy"),
    "eligible by many values": (50, "e |= d.doc"),
    "amount by name": (150, "e |# 'load-fixed'"),
    "amount by value": (10, "e |# as_of(d.doc, '2025-06-30')"),
    "amount of an object": (50, "o.o |# 'load-fixed'"),
    "placement": (100, "e |^ 'load-fixed'"),
    "missing": (10, "e |! d.code"),
    "amount_range": (10, "amount_range(e, 'load-fixed')"),
    "assess": (10, "(SELECT count(x) FROM assess(e, d.code) x)"),
    "assess by value": (10, "(SELECT count(x) FROM assess(o.o, d.doc) x)"),
    "assess by all": (0.05, "(SELECT count(x) FROM assess(e) x)"),
    "judge": (50, "judge(e, d.code)"),
    "lines": (10, "(SELECT count(x) FROM lines(judge(e, 'load-fixed')) x)"),
    "tally": (10, "(SELECT tally(v) FROM payload WHERE id = e.id)"),
    "explain": (10, "explain(e, d.code)"),
    "explain_json": (5, "explain_json(e, 'load-fixed')"),
    "gap": (5, "(SELECT count(x) FROM gap(e, 'load-fixed') x)"),
    "amend": (5, "amend(d.doc, 'clause 5 when true')"),
    "a part": (5, "d.doc -> '3'"),
    "stored": (5, "stored(d.code)"),
    "what a document holds": (2, "(SELECT count(x) FROM clauses(d.doc) x) + (SELECT count(x) FROM facts(d.doc) x) "
                                 "+ (SELECT count(x) FROM provisions(d.doc) x) + (SELECT count(x) FROM lint(d.doc) x)"),
    "examples": (1, "(SELECT count(x) FROM examples(d.doc) x)"),
    # a call site keeps the texts it has read, up to a limit: the first quarter of the calls has all of them
    "reading": (2, "(d.doc::text || repeat(' ', i % 2))::policy"),
}
# statements, each in its own transaction, or in a subtransaction if it fails; with the SQLSTATE
REPEATED = {
    "an update that is watched": (10, "UPDATE firm SET revenue = $1 % 300 * 10000 WHERE id = $1 % 400 + 1", "00000"),
    "a statement that is watched": (3,
                                    "UPDATE lease SET rent = 15 + $1 % 10 WHERE firm BETWEEN $1 % 400 + 1 AND $1 % "
                                    "400 + 20", "00000"),
    "a payment": (2, "SELECT settle('public.facts', '451', 'load-fixed', '1', NULL, NULL, CASE WHEN $1 % 2 = 1 THEN 1 "
                  "ELSE -1 END, 'x')", "00000"),
    "a document that is stored": (1, "SELECT store(law('load-moving', $1 % 9 + 1))", "00000"),
    "a query planned anew": (5, "SELECT count(*) FROM firm e WHERE e |= 'load-fixed/low' AND id = $1", "00000"),
    "a query by value planned anew": (5,
                                      "SELECT count(*) FROM firm e WHERE e |= 'revenue > 5万元 and staff > 3'::policy "
                                      "AND id = $1", "00000"),
    "an error in a policy": (5, "SELECT 'revenue >'::policy, $1", "22P02"),
    "an error deep in a document": (2, "SELECT (law('x', $1 % 9) || ' clause 9 when nothing')::policy", "22P02"),
    "an unknown name": (5, "SELECT e |= 'load-fixd' FROM facts e WHERE id = $1 % 500 + 1", "42704"),
    "an unknown part": (5, "SELECT e |= 'load-fixed/17' FROM facts e WHERE id = $1 % 500 + 1", "42704"),
    "an error in the facts": (5, "SELECT e |= 'load-fixed' FROM (SELECT 'x'::text AS revenue, $1 AS staff OFFSET 0) e",
                              "42804"),
    "an example that fails": (2, "SELECT store(law('load-wrong', $1 % 9 + 1) || ' example ''two'' given revenue = 0元 "
                              "expect clause 1 true')", "23514"),
    "more than is due": (5, "SELECT settle('public.facts', '451', 'load-fixed', '1', NULL, NULL, 99999999 + $1)",
                         "23514"),
    "an error of the trigger": (2, "INSERT INTO doubled VALUES ($1 % 500 + 1)", "21000"),
    "check_table": (0.5, "SELECT count($1) FROM check_table('facts', 'load-fixed')", "00000"),
    "publish": (0.5, "SELECT publish('facts', 'load-fixed', 'published'), $1", "00000"),
    "progress": (0.5, "SELECT count($1) FROM progress('banan-2024', 'facts')", "00000"),
    "sweep": (0.1, "CALL sweep('facts', 'id', '{load-fixed,load-moving}')", "00000"),
    "a table of its own, altered": (0.5, """DO $x$ BEGIN
        CREATE TABLE own (id int PRIMARY KEY, revenue numeric, staff int);
        CREATE TRIGGER judge AFTER INSERT ON own FOR EACH ROW EXECUTE FUNCTION watch('own', 'id', 'load-fixed');
        INSERT INTO own VALUES (1, 2000000, 5);
        ALTER TABLE own ADD region text DEFAULT 'east';
        INSERT INTO own VALUES (2, 2000000, 5);
        ALTER TABLE own ALTER revenue TYPE bigint, DROP staff;
        INSERT INTO own VALUES (3, 2000000);
        PERFORM e |= 'load-fixed' FROM own e;
        DROP TABLE own;
        END $x$""", "00000"),
}


def calls(n, share):
    return max(FEW if share >= 1 else 4, int(n * share))


def whole(count):
    """Rounds the number of calls so that each quarter ends with the last document; also returns the number of
    documents.
    """
    documents = min(1000, max(1, count // 8))
    return count - count % (4 * documents), documents


class Memory:
    def __init__(self, server, checks, options):
        self.checks, self.options = checks, options
        self.server = server
        self.calls = self.tables = 0
        self.warm = False
        server.create("memory", (HERE / "setup.sql").read_text("utf-8"), (HERE / "memory.sql").read_text("utf-8"),
                      firms=500)
        self.connection = server.connect("memory", seconds=3600)
        # rows are returned one by one in the order of their numbers, with outer joins, and are not materialized
        for setting in ("enable_hashjoin", "enable_mergejoin", "enable_material", "enable_memoize", "enable_sort"):
            self.connection.query(f"SET {setting} = off")
        self.connection.query("SET join_collapse_limit = 1; SET temp_buffers = 100")
        self.pid = int(self.value("SELECT pg_backend_pid()"))

    def value(self, query):
        return self.connection.query(query)[-1][0].decode()

    def resident(self):
        """Returns the backend's own resident memory in kB."""
        status = pathlib.Path(f"/proc/{self.pid}/status").read_text("utf-8")
        return int(re.search(r"RssAnon:\s*(\d+)", status)[1])

    def held(self):
        """Returns the bytes of each kind of memory context."""
        return {name.decode(): int(used) for name, used in self.connection.query(
            "SELECT name, sum(total_bytes) FROM pg_backend_memory_contexts GROUP BY 1")}

    # ---------------- calls ----------------

    def flat(self, what, n, query, each=0):
        """Returns a query of n calls whose result is the growth of memory."""
        try:
            grown = int(self.value(query))
        except ServerError as error:
            self.checks.holds(f"{what} is answered", False, error)
            return
        self.calls += n
        self.tables += n if "CREATE TABLE own" in query else 0
        if n >= FEW and self.warm:
            self.checks.holds(f"{what}: {n} calls hold no more than {n // 4}", grown <= HELD + each * n,
                              f"{grown} bytes more")

    def asked(self, n):
        for what, (share, call) in ASKED.items():
            count, documents = whole(calls(n, share))
            quarter = count // 4
            self.flat(what, count, f"""
                SELECT max(m) FILTER (WHERE i = {count}) - max(m) FILTER (WHERE i = {quarter}) + 0 * count(x) FROM (
                    SELECT i, {call} AS x, CASE WHEN i IN (1, {quarter}, {count}) THEN memory() END AS m
                    FROM generate_series(1, {count}) n (i) LEFT JOIN document d ON d.number = i % {documents} + 1
                        LEFT JOIN facts e ON e.id = i % {min(500, documents)} + 1 LEFT JOIN object o
                        ON o.id = e.id OFFSET 0) a""")

    def repeated(self, n):
        for what, (share, body, state) in REPEATED.items():
            count = calls(n, share)
            self.flat(what, count, f"CALL again({count}, $body${body}$body$, NULL)" if state == "00000"
                      else f"SELECT caught({count}, $body${body}$body$, '{state}')", OWN if "CREATE TABLE own" in body
                      else COMMITTED)
        count, documents = whole(calls(n, 10))
        self.flat("a function's statements", count, f"SELECT held({count}, {documents})")

    # ---------------- other sessions, cancels, prepared statements ----------------

    def storms(self, n):
        """Runs planned statements while another session stores a document again and again."""
        other = self.server.connect("memory")
        for i in range(n):
            other.query(f"SELECT store(law('load-moving', {i % 9 + 1}))")
            for _ in range(3):
                try:
                    self.connection.query(f"EXECUTE moving({i % 500 + 1}); EXECUTE where_moving; UPDATE firm SET staff "
                                          f"= {i % 70} WHERE id = {i % 500 + 1}")
                    break
                except ServerError as error:
                    if error.state != "40001":
                        raise
            self.calls += 3
        other.close()

    def cancels(self, n):
        """Cancels statements at random points."""
        slow = ("SELECT count(x) FROM facts e, assess(e) x", "CALL sweep('facts', 'id', '{load-fixed,load-moving}')",
                "SELECT tally(judge(e, d.code)) FROM facts e, document d WHERE d.number < 200",
                "UPDATE lease SET rent = rent + 1",
                "SELECT count(explain(e, d.doc)) FROM facts e, document d",
                "SELECT count(store(law('load-moving', i % 9 + 1))) FROM generate_series(1, 10000) n (i)",
                "SELECT count((d.doc::text || repeat(' ', i))::policy) FROM document d, generate_series(1, 9) n (i)",
                "SELECT count(*) FROM facts e, document d WHERE e |= d.doc",
                "SELECT count(*) FROM facts e, gap(e, 'load-fixed')")
        cancelled, wrong = 0, []
        for i in range(n):
            timeout = self.random.randint(1, 40)
            try:
                self.connection.query(f"SET statement_timeout = {timeout}; {slow[i % len(slow)]}")
            except ServerError as error:
                wrong += [error] if error.state != "57014" else []
                cancelled += 1
            self.connection.query("SET statement_timeout = 0")
        self.calls += n
        self.checks.holds("cancelled statements end by 57014", not wrong, "\n".join(map(str, wrong[:5])))
        return cancelled

    def round(self, n):
        self.asked(n)
        self.repeated(n)
        self.storms(max(3, int(n)))
        return self.cancels(max(9, int(n)))

    def measured(self, n):
        """Runs another round and returns the growth of resident memory in kB."""
        first, resident = self.held(), self.resident()
        self.calls = self.tables = 0
        cancelled = self.round(n)
        last, resident_last = self.held(), self.resident()
        grown = collections.Counter({name: used - first.get(name, 0) for name, used in last.items()})
        first, last = sum(first.values()), sum(last.values())
        self.checks.holds("contexts are flat", last - first <= GROWN + OWN * self.tables,
                          f"{first} bytes before, {last} after {self.calls} calls; most of it: {grown.most_common(5)}")
        self.checks.holds("statements were cancelled", cancelled > 0)
        print(f"  {self.calls} calls by 1,000 documents, {cancelled} of them cancelled: contexts {first} bytes before, "
              f"{last} after; "
              f"resident {resident} kB before, {resident_last} after", flush=True)
        return resident_last - resident

    def run(self):
        self.random = random.Random(self.options.seed)
        shares = sum(share for share, *_ in [*ASKED.values(), *REPEATED.values()]) + 10
        n = self.options.calls / shares / 2
        self.connection.query("""
            PREPARE moving (int) AS SELECT e |# 'load-moving', e |= 'load-moving/low', explain(e, 'load-moving')
                FROM facts e WHERE id = $1;
            PREPARE where_moving AS
                SELECT count(*) FROM firm e WHERE e |= 'load-moving/low' AND e |= 'load-moving/1';""")
        # caches are filled by now: plans, catalogues, and as many documents as fit
        self.connection.query("SELECT count((SELECT e FROM facts e WHERE id = 1) |= (doc::text || repeat(' ', "
                              "i))::policy) "
                              "FROM document, generate_series(1, 4) i")
        self.round(0)
        self.warm = True
        self.round(n)
        # malloc settles, but a leak grows in every round; checks that a later round repeats are counted once
        flat = self.measured(n) <= RESIDENT
        passed = self.checks.passed
        for _ in range(1, ROUNDS):
            flat = flat or self.measured(n) <= RESIDENT
        self.checks.passed = passed
        self.checks.holds("resident memory is flat", flat, f"more in each of {ROUNDS} rounds")
        self.connection.close()
