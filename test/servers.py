"""Servers of their own, databases, psql that stays, and counting: for the programs that need more than a query."""

import contextlib
import difflib
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time

BIN = pathlib.Path(subprocess.run([os.environ.get("PG_CONFIG", "pg_config"), "--bindir"],
                                  capture_output=True, text=True, check=True).stdout.strip())
LIMIT = 120         # seconds for one command
SHOWN = 30          # lines of a difference


class Failed(Exception):
    """A command that should have worked did not."""


def run(program, *arguments):
    """One of PostgreSQL's programs, of which only errors matter."""
    done = subprocess.run([BIN / program, *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, text=True, timeout=LIMIT, check=False)
    if done.returncode:
        raise Failed(f"{program}: {done.stderr.strip()[-1000:]}")


class Server:
    def __init__(self, host, port, user):
        self.where = [*(("-h", host) if host else ()), *(("-p", str(port)) if port else ()),
                      *(("-U", user) if user else ())]
        self.host, self.port, self.user = host, port, user
        self.made = []

    def command(self, program, *arguments, text=None, check=True):
        done = subprocess.run([BIN / program, *self.where, *map(str, arguments)], input=text, capture_output=True,
                              text=True, encoding="utf-8", timeout=LIMIT, check=False)
        if check and done.returncode:
            raise Failed(f"{program} {' '.join(map(str, arguments))}: {done.stderr.strip()[-2000:]}")
        return done

    def psql(self, database, script, check=True):
        return self.command("psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database, "-f", "-",
                            text="SET client_min_messages = warning;\n" + script, check=check)

    def ask(self, database, script):
        return self.psql(database, script).stdout.rstrip("\n")

    def error(self, database, script):
        return self.psql(database, script, check=False).stderr

    def create(self, database, extension=False):
        """An empty database of that name, with the extension where it is asked for."""
        self.drop(database)
        self.psql("postgres", f'CREATE DATABASE "{database}" TEMPLATE template0;')
        self.made.append(database)
        if extension:
            self.psql(database, "CREATE EXTENSION zjtx;")
        return database

    def drop(self, database):
        self.psql("postgres", f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE);')

    def as_user(self, user):
        """The same server, asked by another."""
        return Server(self.host, self.port, user)

    def drop_all(self):
        for database in self.made:
            self.drop(database)


@contextlib.contextmanager
def server_of_its_own(given, scratch, settings="", port=5432, postgres=BIN / "postgres"):
    """A server with its socket in scratch, which finds the extension where the given one does."""
    data = scratch / f"data{port}"
    places = given.ask("postgres", "SELECT format('%s = %L', name, setting) FROM pg_settings WHERE name IN "
                                   "('extension_destdir', 'extension_control_path', 'dynamic_library_path') AND "
                       "setting <> '';")
    user = given.user or "postgres"
    run("initdb", "-D", data, "-U", user, "-A", "trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8")
    with open(data / "postgresql.conf", "a", encoding="utf-8") as file:
        file.write(f"listen_addresses = ''\nunix_socket_directories = '{scratch}'\nport = {port}\nfsync = off\n"
                   "max_connections = 20\nshared_buffers = 16MB\njit = off\ndynamic_shared_memory_type = mmap\n"
                   f"{settings}\n{places}\n")
    run("pg_ctl", "-s", "-w", "-p", postgres, "-D", data, "-l", scratch / f"log{port}", "start")
    try:
        yield Server(str(scratch), port, user)
    finally:
        if (data / "postmaster.pid").exists():
            stop(scratch, port)


def stop(scratch, port):
    """Ends such a server as a crash would."""
    run("pg_ctl", "-s", "-w", "-t", "20", "-m", "immediate", "-D", scratch / f"data{port}", "stop")


class Session:
    """One psql that stays, so that what it has prepared and planned stays too."""

    def __init__(self, server, database, client_encoding="UTF8", codec="utf-8"):
        self.psql = subprocess.Popen([BIN / "psql", *server.where, "-X", "-q", "-A", "-t", "-d", database],
                                     stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                     text=True, encoding=codec, env={**os.environ, "PGCLIENTENCODING": client_encoding})
        self.watchdog = threading.Timer(LIMIT, self.psql.kill)
        self.watchdog.start()

    def ask(self, query):
        self.psql.stdin.write(query + "\n\\echo =====\n")
        self.psql.stdin.flush()
        lines = []
        for line in self.psql.stdout:
            if line == "=====\n":
                break
            lines.append(line.rstrip("\n"))
        return "\n".join(lines)

    def wait(self, query, expected, seconds=20):
        end = time.time() + seconds
        found = self.ask(query)
        while found != expected and time.time() < end:
            time.sleep(0.05)
            found = self.ask(query)
        return found

    def close(self):
        self.psql.stdin.close()
        self.psql.wait(LIMIT)
        self.watchdog.cancel()


class Check:
    def __init__(self):
        self.passed = self.failed = 0

    def holds(self, what, true, why=""):
        if true:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED: {what}\n{why}".rstrip())

    def same(self, what, found, expected):
        lines = list(difflib.unified_diff(expected.splitlines(), found.splitlines(), "expected", "found", lineterm="",
                                          n=0))
        self.holds(what, not lines, "\n".join(lines[:SHOWN]))

    def part(self, work, *arguments):
        """One part of the test; a command that fails in it is a failure and ends it."""
        start = time.time()
        try:
            work(self, *arguments)
        except (Failed, subprocess.TimeoutExpired) as problem:
            self.holds(work.__name__, False, str(problem))
        print(f"{work.__name__}: {time.time() - start:.1f} s", flush=True)


def scratch_directory():
    """A directory of its own; a socket in it has a path of at most 107 bytes."""
    for base in (tempfile.gettempdir(), "/tmp", "/var/tmp"):
        if len(os.fsencode(base)) <= 75 and os.access(base, os.W_OK):
            return pathlib.Path(tempfile.mkdtemp(prefix="zjtx", dir=base))
    sys.exit("no temporary directory has a short path")
