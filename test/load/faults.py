"""Load with faults: the ledger agrees with the facts after every fault."""

import collections
import os
import pathlib
import random
import re
import signal
import subprocess
import threading
import time

from cluster import PATIENCE, Lost, ServerError
from servers import BIN

HERE = pathlib.Path(__file__).resolve().parent
# weights out of 1,000 transactions
SHARES = {"ask": 200, "filter": 80, "questions": 80, "agree": 120, "firm": 200, "pair": 80, "serializable": 50,
          "lease": 70,
          "title": 60, "come_and_go": 40, "store": 12, "sweep": 8, "rekey": 30, "reload": 30, "roam": 8, "remake": 4}
TRIES = 1000
# 40001, 40P01: retried.  23514: another session has paid in between.  57P0x: the server stops or starts.  08006:
# a client that waited too long disconnected.  Any other error is a failure.
EXPECTED = {"40001", "40P01", "23514", "57P01", "57P02", "57P03", "08006"}
LINE = "AS a (policy text, code text, stage text, unit text, period int, payable boolean, amount numeric)"


class Pgbench:
    """A pgbench process and its transaction count."""

    def __init__(self, server, clients, mode, firms, seconds, seed):
        scripts = [f"-f{HERE}/pgbench/{name}.sql@{share}" for name, share in SHARES.items()]
        self.end = time.monotonic() + seconds
        self.process = subprocess.Popen(
            [BIN / "pgbench", "-n", "-h", server.folder, "-p", str(server.port), "-U", server.user, "-c", str(clients),
             "-j2", "-M", mode,
             f"-Dfirms={firms}", f"-T{seconds}", f"--max-tries={TRIES}", "--failures-detailed", f"--random-seed={seed}",
             *scripts, "load"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")

    def finish(self):
        self.output = self.process.communicate(timeout=max(0, self.end - time.monotonic()) + PATIENCE)[0]
        return self

    def count(self, what):
        found = re.search(rf"^(?:total )?{re.escape(what)}[^:\n]*: (\d+)", self.output, re.MULTILINE)
        return int(found[1]) if found else 0


class Payer:
    """A session that pays, and records the payments that were acknowledged."""

    def __init__(self, server, number, firms, seed):
        self.server, self.number, self.firms = server, number, firms
        self.own = 1000000 + number         # enterprises that no other session writes
        self.random = random.Random(seed * 1000 + number)
        self.stopped = threading.Event()
        self.tried = {}                     # amounts by note
        self.done = set()                   # notes of acknowledged payments
        self.version = self.version_tried = 0
        self.sent = 0
        self.states = collections.Counter()
        self.problems = []

    def run(self):
        connection = None
        while not self.stopped.is_set():
            try:
                connection = connection or self.server.connect(seconds=60)
                self.step(connection)
            except Lost:
                self.states["lost"] += 1
                connection = None
                self.stopped.wait(0.1)
            except ServerError as error:
                # an error is an answer: nothing was committed
                self.states[error.state] += 1
                if error.state not in EXPECTED:
                    self.problems.append(str(error))
                if error.state == "57P03":
                    connection = None
                    self.stopped.wait(0.1)
        if connection:
            connection.close()

    def step(self, connection):
        if self.random.random() < 0.3:
            self.version_tried = self.version + 1
            revenue = self.random.randrange(300) * 10000
            connection.query(f"INSERT INTO firm VALUES ({self.own}, 'east', {revenue}, 40, {self.version_tried}) "
                             "ON CONFLICT (id) DO UPDATE SET revenue = excluded.revenue, version = excluded.version")
            self.version = self.version_tried
            return
        # enterprises that all sessions pay
        key = self.random.choice([self.own, self.random.randrange(1, 6), self.random.randrange(1, self.firms + 1), 0])
        account = self.random.choice(["public.facts", "public.facts", "roaming"])
        if key == 0:
            # one of the enterprises whose keys are corrected
            found = connection.query("SELECT id FROM firm WHERE id >= 3000000 ORDER BY random() LIMIT 1")
            key = found[0][0].decode() if found else self.own
        lines = connection.query("SELECT policy, code, stage, period, due, paid FROM owed "
                                 f"WHERE account = '{account}' AND key = '{key}' AND (due > 0 OR paid > 0)")
        if not lines:
            return
        policy, code, stage, period, due, paid = [value.decode() if value else None
                                                  for value in self.random.choice(lines)]
        back = float(paid) > 0 and (float(due) == 0 or self.random.random() < 0.2)
        amount = f"-{paid}" if back else due if self.random.random() < 0.3 else f"{float(due) / 3 + 0.005:.2f}"
        self.sent += 1
        note = f"{self.number}-{self.sent}"
        self.tried[note] = amount
        try:
            connection.query("SELECT settle('{}', '{}', '{}', '{}', {}, {}, {}, '{}')".format(
                account, key, policy, code, f"'{stage}'" if stage else "NULL", period or "NULL", amount, note))
        except ServerError:
            del self.tried[note]
            raise
        self.done.add(note)


class Faults:
    def __init__(self, server, checks, options):
        self.server, self.checks, self.options = server, checks, options
        self.firms = options.firms
        self.payers = []
        self.totals = collections.Counter()
        server.create("load", (HERE / "setup.sql").read_text("utf-8"), firms=self.firms)

    def ask(self, query):
        connection = self.server.wait()
        rows = connection.query(query)
        connection.close()
        return [[value.decode() if value is not None else None for value in row] for row in rows]

    # ---------------- faults ----------------

    def kill(self):
        """Kills a writing session, so that PostgreSQL disconnects all sessions and recovers."""
        for _ in range(1000):
            found = self.ask("SELECT pid FROM pg_stat_activity WHERE state = 'active' AND wait_event_type IS DISTINCT "
                             "FROM 'Lock' "
                             "AND query ~ '^(UPDATE|INSERT|DELETE|CALL|END)' AND application_name = 'pgbench' ORDER BY "
                             "random() LIMIT 1")
            if found:
                os.kill(int(found[0][0]), signal.SIGKILL)
                return
            time.sleep(0.01)
        self.checks.holds("a session that writes is found", False)

    def phase(self, number, seconds, fault):
        """Runs load for some seconds, ended by a fault."""
        half = self.options.clients // 2 - len(self.payers) // 2
        limit = int(seconds) + (3600 if fault else 0)
        for payer in self.payers:
            payer.stopped = threading.Event()
        threads = [threading.Thread(target=payer.run, daemon=True) for payer in self.payers]
        for thread in threads:
            thread.start()
        # with prepared statements, and with statements planned each time
        benches = [Pgbench(self.server, half, mode, self.firms, limit, self.options.seed * 100 + number)
                   for mode in ("prepared", "simple")]
        if fault:
            time.sleep(seconds)
            for bench in benches:
                self.checks.holds("pgbench works until the fault", bench.process.poll() is None)
            fault()
        for bench in benches:
            bench.finish()
        for payer in self.payers:
            payer.stopped.set()
        for thread in threads:
            thread.join(60)
        for bench in benches:
            # the fault ends all of them, and nothing else does
            broken = [line for line in bench.output.splitlines() if "aborted" in line
                      and (not fault or "ERROR: " in line)]
            self.checks.holds("no client of pgbench gives up", not broken, "\n".join(broken[:5]))
            for what in ("number of transactions actually processed", "number of failed transactions",
                         "number of transactions retried",
                         "number of retries"):
                self.totals[what] += bench.count(what)
        self.totals["seconds"] += seconds

    # ---------------- what must hold ----------------

    def nothing(self, what, query):
        rows = self.ask(query)
        self.checks.holds(what, not rows, "\n".join(map(str, rows[:5])))

    def agree(self, when, policies):
        """Compares the ledger with a new judgement of every enterprise."""
        self.nothing(f"{when}: ledger and facts agree",
                     f"SELECT e.id, a.* FROM everyone e, astray(e.id, '{policies}') {LINE} LIMIT 5")

    def compare(self, when):
        self.agree(when, "load-fixed")
        self.nothing(f"{when}: ledger and rewards by hand agree", """
            SELECT * FROM (SELECT id, '1' AS code, clause_1 AS amount FROM by_hand UNION ALL SELECT id, '2', clause_2
                FROM by_hand) h
            LEFT JOIN LATERAL (SELECT sum(difference) AS owed FROM ledger WHERE account = 'public.facts'
            AND key = h.id::text
                AND policy = 'load-fixed' AND code = h.code) l ON true
            WHERE amount <> coalesce(owed, 0) AND amount IS NOT NULL LIMIT 5""")
        self.nothing(f"{when}: each entry begins where the one before it ended", "SELECT * FROM broken LIMIT 5")
        self.nothing(f"{when}: no payment was more than was due", """
            SELECT * FROM (SELECT *, sum(paid) OVER (PARTITION BY account, key, policy, code, stage, period ORDER BY id)
                AS so_far FROM ledger) l
            WHERE kind = 'paid' AND (paid > 0 AND so_far > new OR so_far < 0) LIMIT 5""")
        self.nothing(f"{when}: what was carried to another key has left the old one",
                     "SELECT * FROM left_behind LIMIT 5")
        self.nothing(f"{when}: no account but the two",
                     "SELECT * FROM accounts WHERE account NOT IN ('public.facts', 'roaming')")
        self.nothing(f"{when}: who has entries was judged", """
            SELECT DISTINCT key FROM ledger l WHERE NOT EXISTS (SELECT FROM judged j
                WHERE (j.account, j.key) = (l.account, l.key)) LIMIT 5""")
        self.nothing(f"{when}: what is owed, paid and due", """
            SELECT * FROM owed o FULL JOIN (
                SELECT account, key, policy, code, coalesce(stage, '') AS stage, coalesce(period, 0) AS period,
                    sum(new - old) AS owed, sum(paid) AS paid FROM ledger WHERE payable GROUP BY 1, 2, 3, 4, 5, 6) l
            ON (o.account, o.key, o.policy, o.code, coalesce(o.stage, ''), coalesce(o.period, 0)) = (l.account, l.key,
            l.policy, l.code, l.stage, l.period)
            WHERE coalesce(o.owed, 0) <> l.owed OR coalesce(o.paid, 0) <> l.paid OR l.key IS NULL
                OR coalesce(o.due, 0) - coalesce(o.overpaid, 0) <> l.owed - l.paid OR l.owed < 0 OR l.paid < 0
                OR o.due < 0 OR o.overpaid < 0 OR o.due * o.overpaid <> 0 LIMIT 5""")
        self.books(when)

    def books(self, when):
        """Checks that acknowledged payments are recorded once, and unacknowledged ones at most once."""
        there = collections.defaultdict(list)
        for note, amount in self.ask("SELECT note, paid FROM ledger WHERE kind = 'paid'"):
            there[note].append(amount)
        tried, done = {}, set()
        for payer in self.payers:
            tried.update(payer.tried)
            done |= payer.done
        self.checks.holds(f"{when}: no payment is lost", not done - set(there), list(done - set(there))[:5])
        self.checks.holds(f"{when}: none is there twice", all(len(amounts) == 1 for amounts in there.values()),
                          [n for n, a in there.items() if len(a) > 1][:5])
        self.checks.holds(f"{when}: none that nobody made", not set(there) - set(tried),
                          list(set(there) - set(tried))[:5])
        other = [(n, a, tried.get(n)) for n, a in there.items() if float(a[0]) != float(tried.get(n, 0))]
        self.checks.holds(f"{when}: each has its amount", not other, other[:5])
        self.totals["payments acknowledged"] = len(done)
        self.totals["payments in doubt, of which recorded"] = len(set(tried) - done)
        self.totals["recorded without an answer"] = len(set(there) - done)
        versions = {int(key): int(version) for key,
                    version in self.ask("SELECT id, version FROM firm WHERE id >= 1000000")}
        wrong = [(p.own, p.version, versions.get(p.own, 0), p.version_tried) for p in self.payers
                 if not p.version <= versions.get(p.own, 0) <= p.version_tried]
        self.checks.holds(f"{when}: no acknowledged write is lost", not wrong, wrong[:5])
        for payer in self.payers:
            payer.version = versions.get(payer.own, 0)

    def run(self):
        seconds = self.options.seconds / 3
        self.payers = [Payer(self.server, n, self.firms, self.options.seed)
                       for n in range(max(4, self.options.clients // 8))]
        self.compare("before")
        self.phase(1, seconds, self.kill)
        self.compare("after a kill")
        self.phase(2, seconds, self.server.crash)
        self.compare("after a crash")
        self.phase(3, seconds, None)
        self.compare("at the end")
        self.ask("CALL sweep('facts', 'id', '{load-fixed,load-moving,load-moving/3}')")
        self.compare("after a sweep")
        self.agree("after a sweep, what changed", "%")
        self.ask("SELECT roam(6)")
        self.nothing("after a sweep, the view that got other names", "SELECT * FROM strayed LIMIT 5")
        before = self.ask("SELECT count(*) FROM ledger")
        self.ask("CALL sweep('facts', 'id', '{load-fixed,load-moving,load-moving/3}')")
        self.ask("SELECT roam(6)")
        self.checks.holds("a second sweep finds nothing", self.ask("SELECT count(*) FROM ledger") == before)
        self.checks.holds("the comparison compares",
                          int(self.ask("SELECT count(*) FROM everyone e, proved(e.id)")[0][0]) > self.firms)
        self.report()

    def report(self):
        states, crashes = self.server.states()
        self.checks.holds("the server's log has no internal error", not crashes, "\n".join(crashes[:5]))
        for state in set(states) - EXPECTED:
            self.checks.holds(f"the server's log has no {state}", False, self.server.entries_of(state))
        clients = sum((payer.states for payer in self.payers), collections.Counter())
        problems = [problem for payer in self.payers for problem in payer.problems]
        self.checks.holds("payers meet only what is expected", not problems, "\n".join(problems[:5]))
        self.checks.holds("payments were made", self.totals["payments acknowledged"] > 0)
        self.checks.holds("no transaction failed for good", self.totals["number of failed transactions"] == 0)
        for name in ("UPDATE", "DELETE and INSERT"):
            self.totals[f"lines that moved to another key by {name}"] = int(self.ask(
                f"SELECT count(*) / 2 FROM ledger WHERE kind = 'moved' AND note = 'by {name}'")[0][0])
        self.checks.holds("keys were corrected in both ways", self.totals["lines that moved to another key by UPDATE"] >
                          0 and
                          self.totals["lines that moved to another key by DELETE and INSERT"] > 0)
        for what, count in self.totals.items():
            print(f"  {what}: {count:.0f}")
        print("  SQLSTATEs in the server's log:", ", ".join(f"{n} × {s}" for s, n in states.most_common()))
        print("  SQLSTATEs that payers met:", ", ".join(f"{n} × {s}" for s, n in clients.most_common()))
        entries, lines, enterprises, stored = self.ask(
            "SELECT (SELECT count(*) FROM ledger), (SELECT count(*) FROM (SELECT DISTINCT key, policy, code, stage, "
            "period, unit FROM ledger) l), "
            "(SELECT count(*) FROM everyone), (SELECT doc::text FROM policies WHERE code = 'load-moving')")[0]
        print(f"  ledger: {entries} entries, {lines} lines of {enterprises} enterprises; the law ends as "
              f"{stored.splitlines()[0]}", flush=True)
