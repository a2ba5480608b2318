"""A server's databases, and the counting of checks, for the tests that make databases of their own."""

import difflib
import os
import pathlib
import subprocess
import time

BIN = pathlib.Path(subprocess.run([os.environ.get("PG_CONFIG", "pg_config"), "--bindir"],
                                  capture_output=True, text=True, check=True).stdout.strip())
LIMIT = 120         # seconds for one command
SHOWN = 30          # lines of a difference


class Failed(Exception):
    """A command that should have worked did not."""


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

    def create(self, database, version=None):
        """An empty database of that name, with the extension where a version is given."""
        self.drop(database)
        self.psql("postgres", f'CREATE DATABASE "{database}" TEMPLATE template0;')
        self.made.append(database)
        if version:
            self.psql(database, f"CREATE EXTENSION zjtx VERSION '{version}';")
        return database

    def drop(self, database):
        self.psql("postgres", f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE);')

    def as_user(self, user):
        """The same server, asked by another."""
        return Server(self.host, self.port, user)

    def drop_all(self):
        for database in self.made:
            self.drop(database)


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
        lines = list(difflib.unified_diff(expected.splitlines(), found.splitlines(), "expected", "found", lineterm="", n=0))
        self.holds(what, not lines, "\n".join(lines[:SHOWN]))

    def part(self, work, *arguments):
        """One part of the test; a command that fails in it is a failure and ends it."""
        start = time.time()
        try:
            work(self, *arguments)
        except (Failed, subprocess.TimeoutExpired) as problem:
            self.holds(work.__name__, False, str(problem))
        print(f"{work.__name__}: {time.time() - start:.1f} s", flush=True)
