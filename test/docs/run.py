#!/usr/bin/env python3
"""Runs the sessions of README.md, README.zh-CN.md and the pages below docs, and compares their output.

A fenced block marked ``sql`` is run by psql.  If the next block is marked ``text`` and only blank lines are
between them, psql must print exactly that text, apart from white space at line ends; otherwise the block
must raise no error.  All blocks of a file run in one session, in a database of its own with the extension.
A line ``<!-- not run -->`` before a block skips it.  A page with a line ``<!-- runs in the example district -->``
gets a copy of the district of examples/district, which is loaded once.  A page with a line
``<!-- continues page.md -->`` is run after the blocks of that page, which is in the same folder.

A fenced block marked ``policy`` is an excerpt: its lines must be consecutive lines of a file in
extension/policies, where a line ``…`` replaces omitted lines.  The queries of make policies
(docs/reference/policies.sql) must print a heading for each provision of the shipped documents.  The targets
of links between the pages must exist, headings (``page.md#heading``) too.  In docs, an indented block that begins
with ``policy`` or ``政策`` is a whole document: it must be valid, and its examples must hold.

The index of the reference, docs/reference/functions.md, must name every function, operator, type, table and view of the
schema zjtx, authoring.md every function of zjtx_author, and settings.md every setting.

    python3 test/docs/run.py [--host H] [--port P] [--user U] [--dbname D] [--write] [file …]

dbname is used only to create the databases.  A role that a page creates and leaves is dropped; one that was there
before stays, and the page fails.  --write replaces the expected output by the actual one; review the result before
you commit it.  The last line is ``N passed, N failed``.
"""

import argparse
import atexit
import difflib
import os
import pathlib
import re
import subprocess
import sys

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent.parent
SKIP = "<!-- not run -->"
IN_DISTRICT = "<!-- runs in the example district -->"
CONTINUES = re.compile(r"<!-- continues (\S+) -->$")
CREATES_ROLE = re.compile(r"CREATE (?:ROLE|USER) (?!MAPPING)(\w+)")
DISTRICT = REPOSITORY / "examples" / "district"
PRINTED = REPOSITORY / "docs" / "reference" / "policies.sql"
# For each page of the reference, a query for the names that it must have between backticks.
NAMED = {
    "functions.md": """
        select proname from pg_proc where pronamespace = 'zjtx'::regnamespace
        union select oprname from pg_operator where oprnamespace = 'zjtx'::regnamespace
            and oprname not in ('=', '<>', '<', '<=', '>', '>=')
        union select 'zjtx.' || typname from pg_type t left join pg_class c on c.oid = typrelid
            where typnamespace = 'zjtx'::regnamespace and typcategory <> 'A' and coalesce(relkind, 'c') = 'c'
        union select 'zjtx.' || relname from pg_class
            where relnamespace = 'zjtx'::regnamespace and relkind in ('r', 'v', 'p', 'm')
        order by 1""",
    "authoring.md": "select proname from pg_proc where pronamespace = 'zjtx_author'::regnamespace order by 1",
    "settings.md": """
        do $$ begin perform 'a > 1'::zjtx.policy; end $$;   -- loads the library
        select name from pg_settings where name like 'zjtx.%' order by 1""",
}


class Block:
    """The lines first to last - 1 of a file, without the fences."""

    def __init__(self, kind, first, last, lines):
        self.kind = kind
        self.first = first
        self.last = last
        self.lines = lines


def fenced_blocks(lines):
    """Returns the fenced blocks; skipped ones have no kind."""
    blocks = []
    number = 0
    while number < len(lines):
        fence = re.match(r"(```+)\s*(\S*)", lines[number])
        if not fence:
            number += 1
            continue
        first = number + 1
        number = first
        while number < len(lines) and lines[number].rstrip() != fence[1]:
            number += 1
        before = [line.strip() for line in lines[:first - 1] if line.strip()]
        kind = "" if before and before[-1] == SKIP else fence[2]
        blocks.append(Block(kind, first, number, lines[first:number]))
        number += 1
    return blocks


def sessions(lines):
    """Yields pairs: an sql block, and the block with its output or None."""
    blocks = fenced_blocks(lines)
    for block, following in zip(blocks, blocks[1:] + [None]):
        if block.kind != "sql":
            continue
        if following and following.kind == "text" and not any(
                line.strip() for line in lines[block.last + 1:following.first - 1]):
            yield block, following
        else:
            yield block, None


def indented_documents(lines):
    """Returns the indented blocks that begin like a document."""
    fenced = {number for block in fenced_blocks(lines) for number in range(block.first, block.last)}
    number = 0
    while number < len(lines):
        if number in fenced or not re.match(r"    (policy|政策)\s", lines[number]):
            number += 1
            continue
        first = number
        while number < len(lines) and (lines[number].startswith("    ") or not lines[number].strip()):
            number += 1
        yield Block("policy", first, number, [line[4:] for line in lines[first:number]])


class Server:
    def __init__(self, options):
        self.command = ["psql", "-X"]
        for letter, value in (("-h", options.host), ("-p", options.port), ("-U", options.user)):
            if value:
                self.command += [letter, value]
        self.maintenance = options.dbname
        self.district = None
        self.environment = {key: value for key, value in os.environ.items() if key not in ("LANGUAGE", "PGDATABASE")}
        self.environment.update(
            LC_ALL="C.UTF-8", PGCLIENTENCODING="UTF8",
            PGOPTIONS="-c lc_messages=C -c datestyle=ISO,YMD -c client_min_messages=notice")

    def psql(self, database, script, *arguments):
        """Returns the output of psql, including errors."""
        return subprocess.run(self.command + ["-d", database, *arguments], input=script, encoding="utf-8",
                              errors="replace", stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              env=self.environment, check=False)

    def must(self, database, script):
        result = self.psql(database, script, "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1")
        if result.returncode != 0:
            sys.exit(f"This failed: {script}\n{result.stdout.strip()}")
        return result.stdout

    def create(self, name):
        self.drop(name)
        self.must(self.maintenance, f"create database {name} template template0 encoding 'UTF8' locale 'C'")
        self.must(name, "create extension zjtx")

    def create_in_district(self, name):
        """Copies the district, which is loaded for the first page that needs it."""
        if not self.district:
            self.district = f"{name}_district"
            atexit.register(self.drop, self.district)
            self.create(self.district)
            for part in sorted(DISTRICT.glob("[0-9]-*.sql")):
                self.must(self.district, 'set client_min_messages = warning; set search_path = "$user", public, zjtx;\n'
                          + part.read_text("utf-8"))
        self.drop(name)
        self.must(self.maintenance, f"create database {name} template {self.district} strategy file_copy")

    def roles(self):
        return set(self.must(self.maintenance, "select rolname from pg_roles").splitlines())

    def drop_roles(self, names):
        """Drops roles, of which nothing is left in any database."""
        for name in sorted(names):
            self.must(self.maintenance, f'drop role "{name}"')

    def drop(self, name):
        self.must(self.maintenance, f"set client_min_messages = warning; drop database if exists {name} with (force)")


def stripped(lines):
    """Returns the lines without trailing white space and trailing empty lines, and with rows as before 18."""
    lines = [re.sub(r"(actual rows=\d+)\.00 ", r"\1 ", line.rstrip()) for line in lines]
    while lines and not lines[-1]:
        lines.pop()
    return lines


class Check:
    def __init__(self, write):
        self.passed = 0
        self.failed = 0
        self.write = write

    def result(self, path, number, problem):
        if problem is None:
            self.passed += 1
            return
        self.failed += 1
        print(f"{path.relative_to(REPOSITORY)}:{number + 1}: {problem}")

    def before(self, path, lines):
        """Returns the sessions of the page that this one continues."""
        for line in lines:
            found = CONTINUES.match(line)
            if found:
                return list(sessions((path.parent / found[1]).read_text("utf-8").split("\n")))
        return []

    def run_sessions(self, server, database, path, lines):
        """Runs the sessions; yields (first, last, actual lines) for outputs that differ."""
        pairs = list(sessions(lines))
        script = [line for block, _ in self.before(path, lines) for line in block.lines]
        script.append(r"\echo end of the page before")
        for number, (block, _) in enumerate(pairs):
            script += [*block.lines, rf"\echo end of block {number}"]
        printed = server.psql(database, "\n".join(script) + "\n").stdout.split("\n")
        printed = printed[printed.index("end of the page before") + 1:]
        corrections = []
        for number, (block, expected) in enumerate(pairs):
            try:
                end = printed.index(f"end of block {number}")
            except ValueError:
                self.result(path, block.first, "psql did not reach the end of this block")
                continue
            found, printed = stripped(printed[:end]), printed[end + 1:]
            if expected is None:
                errors = [line for line in found if re.match("ERROR:|FATAL:|PANIC:|invalid command", line)]
                self.result(path, block.first, errors[0] if errors else None)
                continue
            wanted = stripped(expected.lines)
            if found == wanted:
                self.result(path, expected.first, None)
            elif self.write:
                corrections.append((expected.first, expected.last, found))
                self.result(path, expected.first, None)
            else:
                self.result(path, expected.first, "the output differs:\n" + "\n".join(
                    difflib.unified_diff(wanted, found, "expected", "found", lineterm="")))
        return corrections

    def excerpts(self, path, lines):
        documents = [[line.strip() for line in file.read_text("utf-8").splitlines()]
                     for file in sorted((REPOSITORY / "extension" / "policies").glob("*.policy"))]
        for block in fenced_blocks(lines):
            if block.kind == "policy":
                wanted = [line.strip() for line in stripped(block.lines)]
                self.result(path, block.first, None if any(stands_in(wanted, text) for text in documents)
                            else "no shipped document holds these lines")

    def printed_page(self, server, database, path):
        """Compares the page that make policies prints: it must have a heading for each provision."""
        shown = server.psql(database, path.read_text("utf-8"), "-q", "-A", "-t")
        count = server.psql(database, "select count(*) from zjtx.provisions;", "-q", "-A", "-t").stdout.strip()
        found = sum(line.startswith(("## ", "### ")) for line in shown.stdout.split("\n"))
        self.result(path, 0, None if found == int(count) > 0 and not shown.stderr else
                    f"{found} of {count} provisions are printed: {shown.stderr}")

    def links(self, path, lines):
        """Checks that links to files of the repository, and to headings, have targets; skips fenced blocks."""
        inside = {number for block in fenced_blocks(lines) for number in range(block.first - 1, block.last + 1)}
        for number, line in enumerate(lines):
            for target, heading in re.findall(r"\]\(([^)#\s]*)#?([^)\s]*)\)", line) if number not in inside else []:
                page = path.parent / target if target else path
                if re.match(r"[a-z]+:", target):
                    continue
                if not page.exists():
                    self.result(path, number, f"there is no {target}")
                elif heading and page.suffix == ".md" and heading not in headings(page):
                    self.result(path, number, f"{target} has no heading {heading}")

    def named(self, server, database, path, lines):
        """Checks that a page of the reference names everything that it lists."""
        shown = set(re.findall(r"`([^`(]+)", "\n".join(lines).replace(r"\|", "|")))
        for name in server.must(database, NAMED[path.name] + ";").split():
            self.result(path, 0, None if name in shown else f"{name} is not named")

    def whole_documents(self, server, database, path, lines):
        for block in indented_documents(lines):
            text = "\n".join(block.lines)
            answer = server.psql(database, "select example || ': expected ' || expected || ', found ' || found "
                                 f"from zjtx.examples($document${text}$document$::zjtx.policy) where not holds;",
                                 "-q", "-A", "-t").stdout.strip()
            self.result(path, block.first, answer or None)


    def words(self, path, lines):
        """The language reference lists every keyword, function and unit of the tables in the code."""
        listed = set()
        for line in lines:
            if line.startswith("|"):
                listed |= set(re.findall(r"`([^`]+)`", line)) | set(re.split(r"[ |(),]+|\bor\b", line))
        for name, pattern in (("keywords.h", r'"([^"]+)"'), ("functions.h", r'"([^"]+)", "([^"]+)"'),
                              ("units.h", r'"([^"]+)"')):
            table = (REPOSITORY / "extension" / "language" / name).read_text("utf-8")
            for entry in re.findall(r"^(?:KEYWORD|FUNCTION|UNIT|ALIAS)\((.*)\)$", table, re.M):
                for word in re.search(pattern, entry).groups() if name != "keywords.h" else re.findall(pattern, entry):
                    whole = any(word in heard.split() for heard in listed)
                    self.result(path, 0, None if word in listed or whole else f"{word} of {name} is not listed")


def headings(page):
    """Returns the anchors that the headings of a page get."""
    lines = page.read_text("utf-8").split("\n")
    inside = {number for block in fenced_blocks(lines) for number in range(block.first - 1, block.last + 1)}
    return {re.sub(r"[^\w -]", "", re.sub(r"^#+ ", "", line).lower()).replace(" ", "-")
            for number, line in enumerate(lines) if line.startswith("#") and number not in inside}


def stands_in(wanted, text):
    """Whether the text contains the lines; a line … matches any number of omitted lines."""
    parts = [[]]
    for line in wanted:
        if line == "…":
            parts.append([])
        else:
            parts[-1].append(line)
    at = 0
    for part in parts:
        while at + len(part) <= len(text) and text[at:at + len(part)] != part:
            at += 1
        if at + len(part) > len(text):
            return False
        at += len(part)
    return True


def main():
    parser = argparse.ArgumentParser(description="Runs the sessions of the documentation.")
    parser.add_argument("--host")
    parser.add_argument("--port")
    parser.add_argument("--user")
    parser.add_argument("--dbname", default="postgres")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    options = parser.parse_args()

    paths = [path.resolve() for path in options.files] or [
        path for path in (REPOSITORY / "README.md", REPOSITORY / "README.zh-CN.md",
                          *sorted((REPOSITORY / "docs").rglob("*.md")))
        if path.name != PRINTED.with_suffix(".md").name]
    server = Server(options)
    check = Check(options.write)
    database = f"zjtx_docs_{os.getpid()}"
    for path in paths:
        lines = path.read_text("utf-8").split("\n")
        corrections = []
        roles = set(CREATES_ROLE.findall("\n".join(lines))) - server.roles()
        (server.create_in_district if IN_DISTRICT in lines else server.create)(database)
        try:
            check.links(path, lines)
            corrections = check.run_sessions(server, database, path, lines)
            check.excerpts(path, lines)
            if path.parent == PRINTED.parent and path.name in NAMED:
                check.named(server, database, path, lines)
            if path.name == "language.md":
                check.words(path, lines)
            if REPOSITORY / "docs" in path.parents:
                check.whole_documents(server, database, path, lines)
        finally:
            server.drop(database)
            server.drop_roles(roles & server.roles())
        for first, last, found in reversed(corrections):
            lines[first:last] = found
            print(f"{path.relative_to(REPOSITORY)}:{first + 1}: rewritten")
        if corrections:
            path.write_text("\n".join(lines), "utf-8")
    if not options.files:
        server.create(database)
        try:
            check.printed_page(server, database, PRINTED)
        finally:
            server.drop(database)
    print(f"{check.passed} passed, {check.failed} failed")
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main())
