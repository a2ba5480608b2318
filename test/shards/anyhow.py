"""Random documents, rows and queries of test/rewrite, asked on the shards and, with operators without planner
support, about one table.

The rows of a table are distributed over the shards by their id.  Half of the documents use columns with
domains, which are not sent to the shards; the others use the base types.
"""

import pathlib
import random
import sys

TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS / "oracle"), str(TESTS / "rewrite")]

import forms                            # noqa: E402
import queries                          # noqa: E402

BASE = {"pg_temp.oracle_number": "numeric", "pg_temp.oracle_text": "varchar(40)", "pg_temp.oracle_date": "date",
        "pg_temp.oracle_boolean": "boolean", "pg_temp.oracle_folded": "text", "pg_temp.oracle_bytes": "varchar",
        "pg_temp.oracle_padded": "char(20)"}
SHOWN = 5


def lasting(statement, group):
    """Returns definitions for permanent objects instead of temporary ones, with or without domains."""
    if group.number % 2:
        for domain, base in BASE.items():
            statement = statement.replace(domain, base)
    return statement.replace("pg_temp.", "public.").replace("CREATE TEMP TABLE", "CREATE TABLE public.")


def types_of(groups):
    """Returns the types of the tables of the groups."""
    for line in forms.PREPARE.splitlines():
        if line.startswith(("CREATE COLLATION", "CREATE DOMAIN", "CREATE TYPE")):
            yield line.replace("pg_temp.", "public.")
    for group in groups:
        yield from (lasting(s, group) + ";" for s in group.statements() if s.startswith("CREATE TYPE"))


def script(rng, groups, servers):
    """Returns the script for the coordinator: each query twice, announced by its number and path."""
    lines = [forms.PREPARE, "CREATE SCHEMA far_anyhow;", (TESTS.parent / "sql" / "plain.psql").read_text("utf-8"),
             *types_of(groups)]
    asked = []
    settings = f"SET zjtx.as_of = '{forms.TODAY}'; SET jit = off; SET client_min_messages = error;"
    lines.append(settings)
    for group in groups:
        table = f"t{group.number}"
        lines += [lasting(s, group) + ";" for s in group.statements()
                  if s.startswith(("CREATE TEMP TABLE t", "INSERT"))]
        names = ", ".join(["id"] + [f'"{c.name}"' for c in group.columns.values()])
        rows = lasting(", ".join(queries.more_rows(rng, group)), group)
        lines += [f"INSERT INTO {table} ({names}) VALUES {rows}; ANALYZE {table};",
                  f"CREATE TABLE far_anyhow.{table} (LIKE {table}) PARTITION BY HASH (id);"]
        lines += [f"CREATE FOREIGN TABLE far_anyhow.{table}_{n} PARTITION OF far_anyhow.{table} FOR VALUES WITH "
                  f"(MODULUS 3, REMAINDER {n}) "
                  f"SERVER s{n} OPTIONS (schema_name 'public', table_name '{table}_rows');"
                  for n in range(len(servers))]
        lines.append(f"INSERT INTO far_anyhow.{table} SELECT * FROM {table};")
        if group.storable:
            lines.append(f"SELECT zjtx.store({queries.quote(group.text)}) \\g /dev/null")
        question = queries.Question(rng, group)
        for _ in range(queries.QUERIES):
            asked.append(queries.filled(rng, group, question))
            setting = rng.choice(queries.SETTINGS)
            for path, schemas in (("one table", "public, plain"), ("shards", "far_anyhow, public, zjtx")):
                key = f"@@ {len(asked) - 1} {path}"
                lines += [f"SET search_path = {schemas};", setting, f"\\warn {key}", f"\\echo {key}", asked[-1] + ";",
                          "RESET ALL;", settings]
    lines += ["DROP SCHEMA plain CASCADE;", forms.CLEAN]
    return "\n".join(lines) + "\n", asked


def anyhow(check, shards, seed, count):
    rng = random.Random(f"{seed} shards")
    groups = [forms.Group(rng, n) for n in range(count)]
    tables = list(types_of(groups))
    for group in groups:
        tables += [lasting(s, group).replace(f"t{group.number} (", f"t{group.number}_rows (", 1) + ";"
                   for s in group.statements() if s.startswith("CREATE TEMP TABLE t")]
    for server in shards.servers:
        server.psql("s", "\n".join(tables))
    text, asked = script(rng, groups, shards.servers)
    done = shards.given.command("psql", "-X", "-q", "-A", "-t", "-d", shards.database, "-f", "-", text=text)
    passed, failed = queries.compare(asked, forms.sections(done.stdout.splitlines()),
                                     forms.sections(done.stderr.splitlines()),
                                     "one table", "shards")
    check.passed += passed
    check.failed += failed
