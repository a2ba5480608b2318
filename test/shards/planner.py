"""Plans made by another planner, which gets queries as they are written and forgets what its plans depend on."""

import pathlib
import re
import subprocess

from servers import BIN, Session, server_of_its_own

SOURCE = pathlib.Path(__file__).resolve().parent / "planner.c"
PORT = 5504
RULE = "policy own-1 ''Own'' fact n number clause 1 reward when {} pay 2元".format
DOCUMENT = "SELECT zjtx.store('" + RULE("n >= {}") + "');"
# Each with the texts that the planner may see in it.
QUERIES = {
    "SELECT count(*) FROM t e WHERE e |= 'own-1/1'": [],
    "SELECT sum(e |# 'own-1') FROM t e WHERE 'zone' <> 'x'": ["zone", "x"],
    "SELECT count(*) FROM asked": [],
    "WITH c AS (SELECT judge(e, 'own-1') AS j FROM t e) SELECT tally(j) FROM c": [],
    "SELECT l.line, sum(l.amount) FROM t e, lines(judge(e, 'own-1')) l GROUP BY 1": [],
    "SELECT explain(e, 'own-1'), g.* FROM t e, gap(e, policy => 'own-1/1') g": [],
    "SELECT e |= stored('own-1'), e |# as_of('own-1', '2025-01-01') FROM t e": [],
    "SELECT (SELECT bool_or(f |= 'own-1') FROM t f WHERE f.n = e.n) FROM t e": [],
    "SELECT d.* FROM t e, differences(e, 'own-1', 'own-1/1') d": [],
    "SELECT e |= (SELECT stored('own-1')), stored('own-1'), stored('own-1') -> '1' FROM t e": ["1"],
    "SELECT e |= (SELECT as_of(stored('own-1'), t.d)) FROM t e, (SELECT date '2025-02-01' AS d OFFSET 0) t": [],
    "SELECT n, e |= ANY (ARRAY['own-1', 'own-1/1']), e |= ALL ('{own-1,own-1/1}') FROM t e": [],
    "SELECT n, e |= ANY (ARRAY['own-1/1']), NOT e |= ALL (ARRAY['own-1', 'none']) FROM t e WHERE false":
        ["own-1", "none"],
    "UPDATE t e SET m = e |# 'own-1' WHERE e |= 'own-1/1'": [],
    "DELETE FROM t e WHERE NOT (e |= 'own-1')": [],
    "SELECT e |= 'n > 1'::policy FROM t e": [],
}


def library(scratch):
    """Compiles the planner, and returns it."""
    def config(option):
        return subprocess.run([BIN / "pg_config", option], capture_output=True, text=True, check=True).stdout.split()
    made = scratch / "planner.so"
    subprocess.run([*config("--cc"), "-shared", "-fPIC", "-I", *config("--includedir-server"), *config("--cppflags"),
                    "-o", made, SOURCE], check=True, stdin=subprocess.DEVNULL)
    return made


class Asked:
    """A session of the server, and another that changes documents."""

    def __init__(self, server, first="SELECT zjtx.fingerprint() \\g /dev/null"):
        self.server = server
        self.session = Session(server, "p")
        self.ask("\\set VERBOSITY terse\nSET search_path = public, zjtx; SET zjtx.as_of = '2025-06-30'; " + first)

    def ask(self, query):
        return self.session.ask(query)

    def store(self, bound):
        self.server.psql("p", DOCUMENT.format(bound))


def documents_and_days(check, server):
    """A prepared statement answers for the document and the day of its execution."""
    for settings in ("", "SET zjtx.fold_names = on;", "SET plan_cache_mode = force_generic_plan;"):
        asked = Asked(server)
        try:
            asked.store(3)
            asked.ask(settings + "PREPARE q AS SELECT count(*) FROM t e WHERE e |= 'own-1/1';")
            check.same(f"prepared {settings}", asked.ask("EXECUTE q;"), "8")
            asked.store(5)
            check.same(f"another document {settings}", asked.ask("EXECUTE q;"), "6")
            asked.ask("PREPARE s AS SELECT sum(e |# stored('own-1')) FROM t e;")
            check.same(f"stored {settings}", asked.ask("EXECUTE s;"), "12.00")
            check.same(f"stored by the session itself {settings}", asked.ask(DOCUMENT.format(9) + "EXECUTE s;"),
                       "own-1\n4.00")
        finally:
            asked.session.close()
    asked = Asked(server, "SET zjtx.fold_names = on; SET zjtx.as_of = ''; SET timezone = 'Pacific/Kiritimati';")
    try:
        asked.ask("SELECT format('" + RULE("as_of >= %s") + "', current_date) AS document \\gset\n"
                  "SELECT store(:'document'); PREPARE d AS SELECT count(*) FROM t e WHERE e |= 'own-1/1';")
        check.same("today", asked.ask("EXECUTE d;"), "10")
        found = asked.ask("SET timezone = 'Pacific/Pago_Pago'; EXECUTE d;")
        check.holds("yesterday's plan does not answer", "is judged for another day" in found, found)
        check.same("the next one does", asked.ask("EXECUTE d;"), "0")
    finally:
        asked.session.close()


def names_it_sees(check, server):
    """With zjtx.fold_names the planner gets values."""
    asked = Asked(server, "SET zjtx.fold_names = on;")
    try:
        asked.store(3)
        for query, texts in QUERIES.items():
            by_name = asked.ask(f"RESET zjtx.fold_names; BEGIN; {query} ; ROLLBACK;")
            found = asked.ask(f"SET planner.reports = on; SET zjtx.fold_names = on; EXPLAIN {query} \\g /dev/null\n"
                              "RESET planner.reports;")
            # before that come queries of the extension itself
            seen = re.findall("NOTICE:  (?:text: )?(.*)", found)
            check.same(f"what it sees: {query}", "\n".join(seen[-1 - len(texts):]),
                       "\n".join([*texts, "mutable" if "none" in texts else "immutable"]))
            check.holds(f"no name: {query}", "own-1" not in found or "none" in texts, found)
            check.same(f"the same answer: {query}", asked.ask(f"BEGIN; {query} ; ROLLBACK;"), by_name)
        found = asked.ask("SET planner.reports = on; RESET zjtx.fold_names; SELECT count(*) FROM asked;")
        check.holds("without it, names", "text: own-1" in found and "mutable" in found, found)
    finally:
        asked.session.close()


def loaded_too_late(check, server):
    """The library is loaded while the first statement of a session is planned."""
    for settings, first in {"": "6", "SET zjtx.fold_names = on;": "ERROR:  the library zjtx was loaded after"}.items():
        asked = Asked(server, settings)
        try:
            asked.store(5)
            found = asked.ask("PREPARE q AS SELECT count(*) FROM t e WHERE e |= 'own-1/1'; EXECUTE q;")
            check.holds(f"the first statement {settings}", found.startswith(first), found)
            check.same(f"the second {settings}", asked.ask("EXECUTE q;"), "6")
            asked.store(4)
            check.same(f"another document {settings}", asked.ask("EXECUTE q;"), "7")
        finally:
            asked.session.close()


def another_planner(check, given, scratch):
    with server_of_its_own(given, scratch, f"shared_preload_libraries = '{library(scratch)}'", port=PORT) as server:
        server.create("p", extension=True)
        server.psql("p", "CREATE TABLE t AS SELECT n, 0::numeric AS m FROM generate_series(1, 10) n; ANALYZE t;"
                    + DOCUMENT.format(3) + "CREATE VIEW asked AS SELECT * FROM t e WHERE e OPERATOR(zjtx.|=) 'own-1';")
        for part in (documents_and_days, names_it_sees, loaded_too_late):
            part(check, server)
