"""Asks zjtx through psycopg 3, in text and binary format.  Arguments: host, port, user, database."""

import datetime
import decimal
import sys

import psycopg
import psycopg.types.composite
from psycopg.types.json import Jsonb

import checks
from checks import BY_NEW_LAW, BY_OLD_LAW, BY_RULE, EXACT, MISSING, NAME, RULE, check, part

HOST, PORT, USER, DATABASE = sys.argv[1:]


def connect():
    connection = psycopg.connect(host=HOST, port=PORT, user=USER, dbname=DATABASE, autocommit=True)
    connection.prepare_threshold = 1
    return connection


def column(cursor, sql, *parameters):
    return [row[0] for row in cursor.execute(sql, parameters).fetchall()]


def questions(cursor, binary):
    sql = "SELECT e |= %s FROM enterprise e WHERE id <= %s ORDER BY id"
    for i in range(8):
        check(f"a name as a parameter, execution {i}", column(cursor, sql, NAME, 4), BY_OLD_LAW)
    check("prepared on the server", column(
        cursor, "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT e |= $1 FROM%%'"), [1])
    check("no name", column(cursor, sql, None, 4), [None] * 4)
    check("a policy", column(cursor, "SELECT e |= %s::zjtx.policy FROM enterprise e ORDER BY id", RULE), BY_RULE)
    check("a name in binary", column(cursor, "SELECT e |= %b FROM enterprise e ORDER BY id", NAME), BY_OLD_LAW)
    check("a policy in binary", column(cursor, "SELECT e |= %b::text::zjtx.policy FROM enterprise e ORDER BY id", RULE),
          BY_RULE)
    check("functions", column(cursor,
                              "SELECT zjtx.eligible(e, %s) AND NOT zjtx.eligible(e, %s) FROM enterprise e ORDER BY id",
                              NAME, "grants/2"), [False, None, False, True])
    check("amounts, exact", column(cursor, "SELECT e |# %s FROM enterprise e ORDER BY id", NAME),
          [decimal.Decimal(EXACT), None, decimal.Decimal("0.00"), None])
    check("what is missing", column(cursor, "SELECT e |! %s FROM enterprise e ORDER BY id", "grants"), MISSING)
    check("facts as jsonb", column(cursor, "SELECT %s |# %s", Jsonb({"region": "east", "revenue": 3}), NAME),
          [decimal.Decimal("1.50")])
    check("a day", column(cursor, "SELECT zjtx.as_of(%s::zjtx.policy, %s)::text", RULE, datetime.date(2024, 2, 29)),
          ["as of 2024-02-29\n" + RULE])
    # the driver returns unknown types as their text, or as bytes in binary format
    policy = RULE.encode() if binary else RULE
    check("a policy as a result", column(cursor, "SELECT %s::zjtx.policy", RULE), [policy])
    check("a verdict has its wire form", len(column(cursor, "SELECT zjtx.judge(e, %s) FROM enterprise e", "grants")), 4)


def placements(connection, binary):
    info = psycopg.types.composite.CompositeInfo.fetch(connection, "zjtx.placement")
    psycopg.types.composite.register_composite(info, connection)
    placed = column(connection.cursor(binary=binary), "SELECT e |^ %s FROM enterprise e ORDER BY id", "grants")
    check("a placement as a tuple", (placed[0].level, placed[0].code, placed[0].label), (2, "leading", "领先, “一”级"))
    check("no rung", (placed[2].level, placed[2].code, placed[2].label), (0, "none", "未入梯度"))
    check("an undecided placement", placed[3], None)


def copy(connection):
    """A stored document survives a round trip in binary format."""
    cursor = connection.cursor()
    cursor.execute("CREATE TEMP TABLE kept (code text, doc zjtx.policy, verdict zjtx.verdict)")
    with cursor.copy("COPY (SELECT code, doc, zjtx.judge(e, code) FROM zjtx.policies, enterprise e WHERE id = 1)"
                     " TO STDOUT (FORMAT binary)") as rows:
        sent = b"".join(bytes(row) for row in rows)
    with cursor.copy("COPY kept FROM STDIN (FORMAT binary)") as rows:
        rows.write(sent)
    check("copied in binary", column(
        cursor, "SELECT count(*) - (SELECT count(*) FROM zjtx.policies) FROM kept JOIN zjtx.policies p USING (code),"
        " enterprise e WHERE kept.doc::text = p.doc::text AND e.id = 1 AND verdict::text = zjtx.judge(e, code)::text"),
          [0])


def new_law(connection, other):
    """Another session stores a new document between executions of a prepared statement."""
    cursor = connection.cursor()
    for i in range(12):
        name, expected = ("old", BY_OLD_LAW) if i % 4 < 2 else ("new", BY_NEW_LAW)
        other.execute("SELECT zjtx.store(document) FROM law WHERE name = %s", (name,))
        check(f"law {i} by a name as a parameter", column(
            cursor, "SELECT e |= %s FROM enterprise e WHERE id <= %s ORDER BY id", NAME, 4), expected)
        check(f"law {i} by a name in the statement", column(
            cursor, "SELECT e |= 'grants/1' FROM enterprise e WHERE id <= %s ORDER BY id", 4), expected)
    other.execute("SELECT zjtx.store(document) FROM law WHERE name = 'old'")


def pipeline(connection):
    with connection.pipeline():
        cursors = [connection.execute("SELECT e |= %s FROM enterprise e ORDER BY id", (name,))
                   for name in (NAME, "grants/2")]
        check("a pipeline", [[row[0] for row in cursor] for cursor in cursors],
              [BY_OLD_LAW, [True, False, False, False]])


def errors(cursor):
    for sql, parameter, state in (
            ("SELECT e |= %s FROM enterprise e", "grant", "42704"),
            ("SELECT e |= %s::zjtx.policy FROM enterprise e", "revenue > 50万员", "22P02"),
            ("SELECT e |^ %s FROM enterprise e", NAME, "22023"),
            ("SELECT e |= 'grants/1' FROM (SELECT %s::text AS revenue) AS e", "100", "42804")):
        try:
            column(cursor, sql, parameter)
            check(sql, "no error", state)
        except psycopg.Error as error:
            check(f"{sql}, {parameter}", error.sqlstate, state)


def main():
    for binary in (False, True):
        checks.set_mode("in binary, " if binary else "in text, ")
        connection = connect()
        part("questions", questions, connection.cursor(binary=binary), binary)
        part("placements", placements, connection, binary)
        part("a new law", new_law, connection, connect())
        part("errors", errors, connection.cursor(binary=binary))
    checks.set_mode("")
    part("copy", copy, connection)
    part("a pipeline", pipeline, connection)


main()
