"""A durable server of the test's own, and the contents of its log."""

import collections
import pathlib
import re
import sys
import time

TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path += [str(TESTS), str(TESTS / "fuzz")]

import servers                                      # noqa: E402
from wire import Connection, Lost, ServerError      # noqa: E402

PATIENCE = 600          # seconds to wait for the server and for a statement
servers.LIMIT = PATIENCE
# Commits are on disk before the client is notified, as on a real server.
SETTINGS = """
fsync = on
synchronous_commit = on
full_page_writes = on
max_connections = {connections}
shared_buffers = 128MB
max_wal_size = 128MB
checkpoint_timeout = 30s
autovacuum_naptime = 5s
deadlock_timeout = 200ms
lc_messages = 'C'
log_line_prefix = '%m [%p] =%e= '
log_error_verbosity = verbose
"""
ENTRY = re.compile(r"=(\w{5})= (ERROR|FATAL|PANIC|WARNING|LOG):  (.*)")
CRASH = re.compile(r"TRAP:|PANIC:|terminated by signal (?!9:)|stack smashing|double free|corrupt")


class Cluster:
    """A server in a scratch directory that can be crashed and restarted."""

    def __init__(self, server, scratch):
        self.server, self.scratch = server, scratch
        self.folder, self.port, self.user = server.host, server.port, server.user
        self.log = scratch / f"log{self.port}"

    def crash(self):
        """Stops the server as if the power had failed, and starts it again."""
        servers.stop(self.scratch, self.port)
        servers.run("pg_ctl", "-s", "-w", "-t", PATIENCE, "-D", self.scratch / f"data{self.port}", "-l", self.log,
                    "start")

    def create(self, database, *scripts, **variables):
        """Creates a database and runs scripts in it."""
        self.server.create(database)
        for script in scripts:
            self.server.command("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", database, "-f", "-",
                                *(f"-v{name}={value}" for name, value in variables.items()), text=script)

    def connect(self, database="load", seconds=PATIENCE):
        return Connection(self.folder, self.port, self.user, database, seconds)

    def wait(self):
        """Returns a connection after the server has recovered."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return self.connect()
            except (Lost, ServerError):
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)

    # ---------------- its log ----------------

    def states(self):
        """Counts log entries by SQLSTATE, and those that report a crash."""
        counts, crashes = collections.Counter(), []
        for line in self.log.read_text("utf-8", "replace").splitlines():
            entry = ENTRY.search(line)
            if entry and entry[2] != "LOG":
                counts[entry[1]] += 1
            if CRASH.search(line) or entry and entry[1].startswith("XX"):
                crashes.append(line)
        return counts, crashes

    def entries_of(self, state, some=3):
        """Returns the first entries with an SQLSTATE, with the lines that follow them."""
        lines = self.log.read_text("utf-8", "replace").splitlines()
        found = [i for i, line in enumerate(lines) if f"={state}= " in line and "LOG:" not in line]
        return "\n".join("\n".join(lines[i:i + 6]) for i in found[:some])


