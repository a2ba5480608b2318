#!/usr/bin/env python3
"""Runs pg_upgrade between two installed versions, both with the extension.

    python3 test/versions/upgrade.py /usr/lib/postgresql/15/bin /usr/lib/postgresql/17/bin

Run it as an ordinary user.  The last line is ``N passed, N failed``.
"""

import contextlib
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
DUMP = HERE.parent / "dump"
sys.path.insert(0, str(DUMP))
sys.path.insert(0, str(HERE.parent))
from servers import Check          # noqa: E402
from run import MEMBERS, SHARD     # noqa: E402

SETTINGS = "listen_addresses = ''\nfsync = off\nunix_socket_directories = '{scratch}'\n" \
    "port = {port}\nshared_buffers = 16MB\njit = off\n"


class Cluster:
    def __init__(self, bin_directory, scratch, port):
        self.bin, self.scratch, self.port = pathlib.Path(bin_directory), scratch, port
        self.data = scratch / f"data{port}"
        self.run("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "--no-sync", "--encoding=UTF8",
                 "--locale=C.UTF-8")
        with open(self.data / "postgresql.conf", "a", encoding="utf-8") as file:
            file.write(SETTINGS.format(scratch=scratch, port=port))

    def run(self, program, *arguments, text=None):
        done = subprocess.run([self.bin / program, *map(str, arguments)], input=text, capture_output=True, text=True,
                              cwd=self.scratch, check=False, timeout=300)
        if done.returncode:
            sys.exit(f"{program}: {done.stdout[-3000:]}{done.stderr[-3000:]}\n0 passed, 1 failed")
        return done.stdout.rstrip("\n")

    @contextlib.contextmanager
    def running(self):
        subprocess.run([self.bin / "pg_ctl", "-s", "-w", "-D", self.data, "-l", self.scratch / f"log{self.port}",
                        "start"], check=True, timeout=60,
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield
        finally:
            self.run("pg_ctl", "-s", "-w", "-D", self.data, "stop")

    def ask(self, database, script):
        return self.run("psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", self.scratch, "-p", self.port,
                        "-U", "postgres", "-d", database,
                        "-f", "-", text="SET client_min_messages = warning;\n" + script)


def main():
    old_bin, new_bin = sys.argv[1:]
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="zjtx", dir="/tmp"))
    check = Check()
    try:
        old, new = Cluster(old_bin, scratch, 5461), Cluster(new_bin, scratch, 5462)
        with old.running():
            old.ask("postgres", "CREATE DATABASE warehouse TEMPLATE template0")
            old.ask("warehouse", "CREATE EXTENSION zjtx;" + (DUMP / "warehouse.sql").read_text("utf-8"))
            before = old.ask("warehouse", (DUMP / "fingerprint.sql").read_text("utf-8"))
            members = old.ask("warehouse", MEMBERS)
            check.holds("tally is sent to a shard", "tally(" in old.ask("warehouse", SHARD).split("Remote SQL:")[-1])
        new.run("pg_upgrade", "-b", old.bin, "-B", new.bin, "-d", old.data, "-D", new.data, "-p", old.port, "-P",
                new.port, "-s", scratch, "-U", "postgres")
        with new.running():
            check.same("the warehouse", new.ask("warehouse", (DUMP / "fingerprint.sql").read_text("utf-8")), before)
            print("after_upgrade() added", new.ask("warehouse", "SELECT zjtx.after_upgrade()"), "types")
            check.same("the array types are the extension's", new.ask("warehouse", MEMBERS), members)
            check.holds("tally is still sent", "tally(" in new.ask("warehouse", SHARD).split("Remote SQL:")[-1])
            check.same("and the extension's tables are guarded", new.ask(
                "warehouse", "SELECT count(*) FROM pg_event_trigger WHERE evtname LIKE 'zjtx%' AND evtenabled = 'A'"),
                str((HERE.parent.parent / "extension/sql/85_events.sql").read_text("utf-8").count("ENABLE ALWAYS")))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    print(f"{check.passed} passed, {check.failed} failed")
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main())
