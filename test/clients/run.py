#!/usr/bin/env python3
"""Asks zjtx through common drivers and compares the results with the expected ones.

    python3 test/clients/run.py [--host H] [--port P] [--user U] [--dbname D] [client …]

The clients are psql, psycopg2, psycopg, pandas (with SQLAlchemy), django, odbc, jdbc, node and calc
(LibreOffice).  Each is a separate program in this folder, written in the style of its driver; it prints a
line "ok …" or "not ok …" for every check.  All ask about the table and the document of setup.sql, in a
database made for them.  host is the directory of the server's socket; dbname is used only to create that
database.

A driver that is not installed is skipped with a message; if it was named, this is a failure.  Debian's
packages are postgresql-client, python3-psycopg2, python3-psycopg, python3-pandas with python3-sqlalchemy,
python3-django, python3-pyodbc with odbc-postgresql, and default-jdk-headless with libpostgresql-jdbc-java; for calc
libreoffice-calc, libreoffice-base, python3-uno and odbc-postgresql, which script/test does not install.  If
npm is installed, it installs the driver for node by package-lock.json.  The last line is ``N passed, N failed``.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
# Debian's Python packages work only with Debian's Python
PYTHON = "/usr/bin/python3"
JDBC = "/usr/share/java/postgresql.jar"
ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith("PG") and key != "LANGUAGE"}
ENVIRONMENT.update(LC_ALL="C.UTF-8", PGCLIENTENCODING="UTF8")


class Skipped(Exception):
    """The client is not installed."""


def run(command, **options):
    """Returns the output of a program, including errors, and its exit status."""
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          encoding="utf-8", errors="replace", env=ENVIRONMENT, check=False, timeout=200, **options)
    return done.stdout, done.returncode


def need(found, what):
    if not found:
        raise Skipped(f"{what} is not installed")


class Server:
    def __init__(self, options):
        self.host, self.port, self.user = options.host, options.port, options.user
        self.maintenance = options.dbname
        self.database = f"zjtx_clients_{os.getpid()}"

    def psql(self, database, *arguments):
        return run(["psql", "-X", "-h", self.host, "-p", self.port, "-U", self.user, "-d", database, *arguments])

    def must(self, database, *arguments):
        printed, status = self.psql(database, "-q", "-v", "ON_ERROR_STOP=1", *arguments)
        if status != 0:
            sys.exit(printed)

    def create(self):
        self.must(self.maintenance, "-c",
                  f"create database {self.database} template template0 encoding 'UTF8' locale 'C'",
                  "-c", f"alter database {self.database} set search_path = \"$user\", public, zjtx")
        self.must(self.database, "-c", "create extension zjtx", "-f", HERE / "setup.sql")

    def drop(self):
        self.must(self.maintenance, "-c", f"drop database if exists {self.database} with (force)")

    def arguments(self):
        return [self.host, self.port, self.user, self.database]


def psql(server, _):
    return server.psql(server.database, "-f", HERE / "with_psql.sql")


def python(module, program, server):
    need(os.path.exists(PYTHON), PYTHON)
    need(run([PYTHON, "-c", f"import {module}"])[1] == 0, f"{module} for {PYTHON}")
    return run([PYTHON, "-B", HERE / program, *server.arguments()])


def psycopg2(server, _):
    return python("psycopg2", "with_psycopg2.py", server)


def psycopg(server, _):
    return python("psycopg", "with_psycopg.py", server)


def pandas(server, _):
    need(run([PYTHON, "-c", "import sqlalchemy, psycopg2"])[1] == 0, "sqlalchemy with psycopg2")
    return python("pandas", "with_pandas.py", server)


def django(server, _):
    need(run([PYTHON, "-c", "import psycopg2"])[1] == 0, "psycopg2")
    return python("django", "with_django.py", server)


def odbc(server, _):
    need(shutil.which("odbcinst") and "[PostgreSQL Unicode]" in run(["odbcinst", "-q", "-d"])[0], "psqlODBC")
    return python("pyodbc", "with_odbc.py", server)


def jdbc(server, scratch):
    need(shutil.which("javac"), "a JDK")
    need(os.path.exists(JDBC), "the JDBC driver")
    printed, status = run(["javac", "-encoding", "UTF-8", "-cp", JDBC, "-d", scratch, *sorted(HERE.glob("*.java"))])
    if status != 0:
        return printed, status
    return run(["java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", f"{JDBC}:{scratch}", "WithJdbc",
                *server.arguments()])


def node(server, scratch):
    need(shutil.which("npm"), "npm")
    for name in ("package.json", "package-lock.json", "with_node.cjs"):
        shutil.copy(HERE / name, scratch)
    printed, status = run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=scratch)
    if status != 0:
        print(printed)
        raise Skipped("npm cannot get the driver")
    return run(["node", pathlib.Path(scratch) / "with_node.cjs", *server.arguments()])


def calc(server, scratch):
    office = shutil.which("soffice")
    need(office, "LibreOffice")
    need(run([PYTHON, "-c", "import uno"])[1] == 0, f"uno for {PYTHON}")
    need("[PostgreSQL Unicode]" in run(["odbcinst", "-q", "-d"])[0], "psqlODBC")
    return run([PYTHON, "-B", HERE / "with_calc.py", office, scratch, *server.arguments()])


CLIENTS = {"psql": psql, "psycopg2": psycopg2, "psycopg": psycopg, "pandas": pandas, "django": django, "odbc": odbc,
           "jdbc": jdbc, "node": node, "calc": calc}


def count(printed, status):
    """Counts passed and failed checks; a program that stops early is a failure."""
    lines = printed.splitlines()
    passed = sum(line.startswith("ok ") for line in lines)
    failed = sum(line.startswith("not ok ") for line in lines)
    if status != 0 or not passed:
        failed += 1
    if failed:
        print(printed)
    return passed, failed


def main():
    parser = argparse.ArgumentParser(description="Asks zjtx through the drivers that people use.")
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", default="5432")
    parser.add_argument("--user", default="postgres")
    parser.add_argument("--dbname", default="postgres")
    parser.add_argument("clients", nargs="*", choices=[[], *CLIENTS], metavar="client")
    options = parser.parse_args()

    server = Server(options)
    passed = failed = 0
    server.create()
    try:
        for name in options.clients or CLIENTS:
            started = time.time()
            with tempfile.TemporaryDirectory() as scratch:
                try:
                    more = count(*CLIENTS[name](server, scratch))
                except Skipped as reason:
                    print(f"{name}: skipped: {reason}", flush=True)
                    failed += name in options.clients
                    continue
            print(f"{name}: {more[0]} passed, {more[1]} failed, {time.time() - started:.1f} s", flush=True)
            passed, failed = passed + more[0], failed + more[1]
    finally:
        server.drop()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
