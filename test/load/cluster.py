"""A server of its own that keeps what it was told to keep, and what its log says."""

import collections
import pathlib
import re
import subprocess
import sys
import time

TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path += [str(TESTS / "dump"), str(TESTS / "fuzz")]

from server import BIN                              # noqa: E402
from wire import Connection, Lost, ServerError      # noqa: E402

PATIENCE = 600          # seconds for the server to come up, and for a statement
WHERE = ("extension_destdir", "extension_control_path", "dynamic_library_path")
# What is committed is on disk before the client hears of it, as on a server that is meant.
SETTINGS = """
listen_addresses = ''
unix_socket_directories = '{folder}'
port = 5432
fsync = on
synchronous_commit = on
full_page_writes = on
max_connections = {connections}
shared_buffers = 128MB
max_wal_size = 128MB
checkpoint_timeout = 30s
autovacuum_naptime = 5s
deadlock_timeout = 200ms
jit = off
dynamic_shared_memory_type = mmap
lc_messages = 'C'
log_line_prefix = '%m [%p] =%e= '
log_error_verbosity = verbose
"""
ENTRY = re.compile(r"=(\w{5})= (ERROR|FATAL|PANIC|WARNING|LOG):  (.*)")
CRASH = re.compile(r"TRAP:|PANIC:|terminated by signal (?!9:)|stack smashing|double free|corrupt")


class Cluster:
    """Found at folder, database 'load', as the given user."""

    def __init__(self, folder, given, clients):
        self.folder, self.user = folder, given.user
        self.data = folder / "data"
        self.log = folder / "log"
        places = Connection(given.host, given.port, given.user, "postgres").query(
            f"SELECT name, setting FROM pg_settings WHERE name IN {WHERE} AND setting <> ''")
        self.run("initdb", "-D", self.data, "-U", self.user, "-A", "trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8")
        with open(self.data / "postgresql.conf", "a", encoding="utf-8") as settings:
            settings.write(SETTINGS.format(folder=folder, connections=clients + 30))
            for name, value in places:
                settings.write(f"{name.decode()} = '{value.decode()}'\n")
        self.start()

    def run(self, program, *arguments, text=None):
        done = subprocess.run([BIN / program, *map(str, arguments)], input=text or "", stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, timeout=PATIENCE, check=False)
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr.strip()[-1000:]}")
        return done.stdout

    def start(self):
        self.run("pg_ctl", "-s", "-w", "-t", PATIENCE, "-D", self.data, "-l", self.log, "start")

    def stop(self, mode):
        """fast: in order.  immediate: as if the power had gone."""
        self.run("pg_ctl", "-s", "-w", "-t", PATIENCE, "-m", mode, "-D", self.data, "stop")

    def psql(self, database, script, **variables):
        return self.run("psql", "-X", "-q", "-A", "-t", "-h", self.folder, "-p", "5432", "-U", self.user, "-d", database,
                        "-v", "ON_ERROR_STOP=1", *(f"-v{name}={value}" for name, value in variables.items()), "-f", "-", text=script)

    def connect(self, database="load", seconds=PATIENCE):
        return Connection(str(self.folder), 5432, self.user, database, seconds)

    def wait(self):
        """A connection, once the server has recovered."""
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
        """How many entries there are of each SQLSTATE, and those that tell of a crash."""
        counts, crashes = collections.Counter(), []
        for line in self.log.read_text("utf-8", "replace").splitlines():
            entry = ENTRY.search(line)
            if entry and entry[2] != "LOG":
                counts[entry[1]] += 1
            if CRASH.search(line) or entry and entry[1].startswith("XX"):
                crashes.append(line)
        return counts, crashes

    def entries_of(self, state, some=3):
        """The first entries with an SQLSTATE, with what follows them."""
        lines = self.log.read_text("utf-8", "replace").splitlines()
        found = [i for i, line in enumerate(lines) if f"={state}= " in line and "LOG:" not in line]
        return "\n".join("\n".join(lines[i:i + 6]) for i in found[:some])


