#!/usr/bin/env python3
"""Asks through pgbouncer: which settings and statements survive transaction pooling, and which leak to others.

    python3 test/poolers/run.py [--host H --port P --user U --dbname D]

Starts pgbouncer (a package of Debian) with its socket in a temporary directory and one server connection for each
pool, so that clients take turns on it.  Ends with "N passed, N failed".  See docs/operations/poolers.md.
"""

import argparse
import contextlib
import os
import pathlib
import shutil
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from servers import BIN, Check, Server, Session, scratch_directory     # noqa: E402

PROGRAM = "/usr/sbin/pgbouncer"
SECONDS = 20
POLICY = """policy pool-1 'p' fact revenue number fact since date
clause 1 'one' when as_of >= since
clause 2 'two' reward when revenue > 5 pay revenue * 1元"""
# whose title is as old as the policy's day, in these words
ASKED = """SELECT string_agg(id::text, ' ' ORDER BY id) FROM public.firm e WHERE e OPERATOR(zjtx.|=) 'pool-1/1';"""
ON_DAY = """SELECT string_agg(id::text, ' ' ORDER BY id) FROM public.firm e
WHERE e OPERATOR(zjtx.|=) zjtx.as_of('pool-1/1', '2020-06-30');"""
PREPARE = """
CREATE TABLE public.firm (id int, revenue numeric, since date);
INSERT INTO public.firm VALUES (1, 10, '2020-01-01'), (2, 20, '2022-01-01'), (3, 30, current_date);
SELECT zjtx.store({});
"""
OLD, TODAY = "1", "1 2 3"


@contextlib.contextmanager
def pooler(scratch, given, database, port, settings=""):
    """pgbouncer with the databases pooled (by transaction) and kept (by session)."""
    where = f"host={given.host or '/var/run/postgresql'} port={given.port or 5432} dbname={database} pool_size=1"
    (scratch / "users").write_text(f'"{given.user or "postgres"}" ""\n', encoding="utf-8")
    config = scratch / f"pgbouncer{port}.ini"
    config.write_text(f"""[databases]
pooled = {where} pool_mode=transaction
kept = {where} pool_mode=session
[pgbouncer]
listen_port = {port}
unix_socket_dir = {scratch}
auth_type = trust
auth_file = {scratch / 'users'}
logfile = {scratch / f'log{port}'}
pidfile = {scratch / f'pid{port}'}
server_reset_query = DISCARD ALL
{settings}
""", encoding="utf-8")
    with subprocess.Popen([PROGRAM, "-q", config], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL) as process:
        try:
            end = time.monotonic() + SECONDS
            while not (scratch / f".s.PGSQL.{port}").exists() and time.monotonic() < end:
                time.sleep(0.05)
            yield Server(str(scratch), port, given.user or "postgres")
        finally:
            process.terminate()
            process.wait(SECONDS)


@contextlib.contextmanager
def clients(server, database, count=2):
    with contextlib.ExitStack() as stack:
        sessions = [Session(server, database) for _ in range(count)]
        for session in sessions:
            stack.callback(session.close)
            session.ask("\\set VERBOSITY sqlstate\nSELECT 1;")
        yield sessions


def the_day(check, server):
    """zjtx.as_of belongs to the server connection, not to the client."""
    with clients(server, "pooled") as (one, other):
        check.same("today", one.ask(ASKED), TODAY)
        one.ask("SET zjtx.as_of = '2020-06-30';")
        check.same("SET reaches the next client", other.ask(ASKED), OLD)
        other.ask("RESET zjtx.as_of;")
        check.same("and RESET takes it from the first", one.ask(ASKED), TODAY)
        check.same("SET LOCAL in a transaction",
                   one.ask(f"BEGIN; SET LOCAL zjtx.as_of = '2020-06-30'; {ASKED} COMMIT;"), OLD)
        check.same("ends with it", other.ask(ASKED), TODAY)
        check.same("so does set_config for the transaction",
                   one.ask(f"BEGIN; SELECT set_config('zjtx.as_of', '2020-06-30', true); {ASKED} COMMIT;"),
                   f"2020-06-30\n{OLD}")
        check.same("for the next client too", other.ask(ASKED), TODAY)
        check.same("a policy bound to the day", one.ask(ON_DAY), OLD)
        check.same("leaves nothing behind", other.ask(ASKED), TODAY)
        check.same("a day of the row", one.ask(ASKED.replace(
            "public.firm e", "(SELECT *, date '2020-06-30' AS as_of FROM public.firm) e")), OLD)
        check.same("leaves nothing either", other.ask(ASKED), TODAY)
        one.ask("CREATE FUNCTION public.on_day() RETURNS text LANGUAGE sql "
                f"SET zjtx.as_of = '2020-06-30' AS $$ {ASKED} $$;")
        check.same("a function that sets it", one.ask("SELECT public.on_day();"), OLD)
        check.same("sets it for its call", other.ask(ASKED), TODAY)


def set_for_all(check, server, given, database):
    """Settings of roles and databases apply to every server connection that is opened after them."""
    given.psql("postgres", f"ALTER DATABASE \"{database}\" SET zjtx.as_of = '2020-06-30';")
    try:
        for pool in ("pooled", "kept"):
            given.psql("postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                       f"WHERE datname = '{database}';")
            with clients(server, pool, 1) as (one,):
                check.same(f"ALTER DATABASE, {pool}", one.ask(ASKED), OLD)
    finally:
        given.psql("postgres", f'ALTER DATABASE "{database}" RESET zjtx.as_of; '
                   f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}';")


def prepared(check, server):
    """Statements that were prepared with PREPARE belong to the server connection too."""
    with clients(server, "pooled") as (one, other):
        one.ask("PREPARE owed (zjtx.policy) AS SELECT sum(e OPERATOR(zjtx.|#) $1) FROM public.firm e;")
        execute = "EXECUTE owed (zjtx.stored('pool-1'));"
        check.same("EXECUTE by another client finds it", other.ask(execute), "60.00")
        check.same("and its name is taken", other.ask("PREPARE owed AS SELECT 1;"), "ERROR:  42P05")
        one.ask("DEALLOCATE owed;")
        check.same("and it can be gone", other.ask(execute), "ERROR:  26000")
        check.same("in one transaction it works", one.ask(
            f"BEGIN; PREPARE owed (zjtx.policy) AS SELECT sum(e OPERATOR(zjtx.|#) $1) FROM public.firm e; {execute} "
            "DEALLOCATE owed; COMMIT;"), "60.00")
        folded = "SET LOCAL zjtx.fold_names = on; SET LOCAL zjtx.as_of = '{}';"
        for day, expected in (("2020-06-30", OLD), ("2022-06-30", "1 2"), ("2020-06-30", OLD)):
            check.same(f"names folded for the transaction, {day}",
                       one.ask(f"BEGIN; {folded.format(day)} {ASKED} COMMIT;"), expected)
            check.same("and not for the next", other.ask(ASKED), TODAY)


def of_the_session(check, server):
    """With a pool for sessions, DISCARD ALL ends what a client has set."""
    with clients(server, "kept", 1) as (one,):
        one.ask("SET zjtx.as_of = '2020-06-30'; PREPARE p AS SELECT 1;")
        check.same("SET stays with the client", one.ask(ASKED), OLD)
    with clients(server, "kept", 1) as (one,):
        check.same("and ends with it", one.ask(ASKED), TODAY)
        check.same("as prepared statements do", one.ask("EXECUTE p;"), "ERROR:  26000")


def options_of_psql(server, options):
    """The answer of a client that passes settings in PGOPTIONS, or its error."""
    done = subprocess.run([BIN / "psql", *server.where, "-X", "-A", "-t", "-q", "-d", "pooled", "-c", ASKED],
                          capture_output=True, text=True, timeout=SECONDS, check=False,
                          env={**os.environ, "PGOPTIONS": options})
    return (done.stdout + done.stderr).strip()


def options(check, server, ignoring):
    """PGOPTIONS is refused, or ignored without a word."""
    set_day = "-c zjtx.as_of=2020-06-30"
    check.holds("PGOPTIONS is refused", "unsupported startup parameter" in options_of_psql(server, set_day) or
                options_of_psql(server, set_day) == OLD, options_of_psql(server, set_day))
    check.same("or ignored", options_of_psql(ignoring, set_day), TODAY)


def reset_always(check, server):
    """server_reset_query_always resets after each transaction."""
    with clients(server, "pooled") as (one, other):
        one.ask("SET zjtx.as_of = '2020-06-30';")
        check.same("nothing leaks", other.ask(ASKED), TODAY)
        check.same("and nothing stays", one.ask(ASKED), TODAY)


def ledger(check, server, given, database):
    """A sweep and triggers keep nothing in the session."""
    given.psql(database, "CREATE VIEW public.owed AS SELECT * FROM public.firm;"
               "CREATE TRIGGER w AFTER INSERT OR UPDATE OR DELETE ON public.firm FOR EACH ROW "
               "EXECUTE FUNCTION zjtx.watch('owed', 'id', 'pool-1');")
    with clients(server, "pooled") as (one, other):
        one.ask("SET client_min_messages = warning;")
        one.ask("CALL zjtx.sweep('public.owed', 'id', '{pool-1}');")
        other.ask("SET zjtx.as_of = '2020-06-30';")
        other.ask("RESET zjtx.as_of; UPDATE public.firm SET revenue = 40 WHERE id = 1;")
        check.same("a sweep and a trigger", one.ask(
            "SELECT sum(new), count(DISTINCT judged_on) FROM zjtx.ledger WHERE kind = 'owed' AND new IS NOT NULL;"),
                   "100.00|1")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for flag in ("--host", "--port", "--user"):
        parser.add_argument(flag)
    parser.add_argument("--dbname", default="postgres")
    options_given = parser.parse_args()

    given = Server(options_given.host, options_given.port, options_given.user)
    check = Check()
    scratch = scratch_directory()
    database = given.create("poolers_one", extension=True)
    try:
        given.psql(database, PREPARE.format("'" + POLICY.replace("'", "''") + "'"))
        with pooler(scratch, given, database, 6543) as server, \
                pooler(scratch, given, database, 6544,
                       "ignore_startup_parameters = options\nserver_reset_query_always = 1") as second:
            check.part(the_day, server)
            check.part(set_for_all, server, given, database)
            check.part(prepared, server)
            check.part(of_the_session, server)
            check.part(options, server, second)
            check.part(reset_always, second)
            check.part(ledger, server, given, database)
    finally:
        given.drop_all()
        shutil.rmtree(scratch, ignore_errors=True)
    print(f"{check.passed} passed, {check.failed} failed")
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main())
