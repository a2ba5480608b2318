"""Asks zjtx through psqlODBC.  Arguments: host, port, user, database."""

import datetime
import decimal
import sys

import pyodbc

import checks
from checks import BY_NEW_LAW, BY_OLD_LAW, BY_RULE, EXACT, NAME, RULE, check, part

HOST, PORT, USER, DATABASE = sys.argv[1:]


def connect(server_side):
    return pyodbc.connect("DRIVER={PostgreSQL Unicode};" f"SERVER={HOST};PORT={PORT};UID={USER};DATABASE={DATABASE};"
                          f"UseServerSidePrepare={server_side}", autocommit=True)


def column(cursor, sql, *parameters):
    return [row[0] for row in cursor.execute(sql, *parameters).fetchall()]


def truth(values):
    """psqlODBC returns booleans as '0' and '1' unless BoolsAsChar=0."""
    return [None if value is None else value in (True, "1") for value in values]


def questions(cursor):
    sql = "SELECT e |= ? FROM enterprise e WHERE id <= ? ORDER BY id"
    for i in range(7):
        check(f"a name as a parameter, execution {i}", truth(column(cursor, sql, NAME, 4)), BY_OLD_LAW)
    check("another name", truth(column(cursor, sql, "grants/2", 4)), [True, False, False, False])
    check("no name", truth(column(cursor, sql, None, 4)), [None] * 4)
    sql = "SELECT e |= ?::zjtx.policy FROM enterprise e WHERE id <= ? ORDER BY id"
    for i in range(7):
        check(f"a policy as a parameter, execution {i}", truth(column(cursor, sql, RULE, 4)), BY_RULE)
    check("functions", truth(column(cursor, "SELECT zjtx.eligible(e, ?) AND NOT zjtx.eligible(e, ?) FROM enterprise e"
                                    " WHERE name <> ? ORDER BY id", NAME, "grants/2", "?")), [False, None, False, True])
    check("amounts, exact", column(cursor, "SELECT e |# 'grants/1' FROM enterprise e WHERE id <= ? ORDER BY id", 4),
          [decimal.Decimal(EXACT), None, decimal.Decimal("0.00"), None])
    check("an amount against a parameter", column(
        cursor, "SELECT count(*) FROM enterprise e WHERE e |# ? = ?", NAME, decimal.Decimal(EXACT)), [1])
    row = cursor.execute("SELECT e |^ ? AS p, (e |^ ?).* FROM enterprise e WHERE id = ?", "grants", "grants",
                         1).fetchone()
    check("a placement", list(row), ['(2,leading,"领先, “一”级")', 2, "leading", "领先, “一”级"])
    row = cursor.execute("SELECT (e |^ ?).* FROM enterprise e WHERE id = ?", "grants", 4).fetchone()
    check("an undecided placement", list(row), [None, None, None])
    check("what is missing, as text", column(cursor, "SELECT e |! ? FROM enterprise e ORDER BY id", "grants"),
          ["{}", "{region}", "{}", "{revenue,rated}"])
    check("what is missing, joined", column(
        cursor, "SELECT array_to_string(e |! ?, ' ') FROM enterprise e WHERE id = ?", "grants", 4), ["revenue rated"])
    check("facts as jsonb", column(cursor, "SELECT zjtx.amount(?::jsonb, ?)", '{"region": "east", "revenue": 0.03}',
                                   NAME),
          [decimal.Decimal("0.02")])
    check("a day", column(cursor, "SELECT zjtx.as_of(?::zjtx.policy, ?)::text", RULE, datetime.date(2024, 2, 29)),
          ["as of 2024-02-29\n" + RULE])
    check("a stored document", column(
        cursor, "SELECT doc::text = document FROM zjtx.policies, law WHERE code = ? AND law.name = ?", "grants", "old"),
          ["1"])


def batch(cursor):
    cursor.execute("TRUNCATE answer")
    cursor.executemany("INSERT INTO answer SELECT id, e |# ?, e |= ?, e |! ? FROM enterprise e WHERE id = ?",
                       [(NAME, NAME, "grants", i) for i in range(1, 5)])
    check("a batch", column(cursor, "SELECT amount FROM answer WHERE missing = ? ORDER BY id", "{}"),
          [decimal.Decimal(EXACT), decimal.Decimal("0.00")])


def new_law(cursor, other):
    """Another session stores a new document between executions of a prepared statement."""
    by_name, constant = cursor, cursor.connection.cursor()
    for i in range(12):
        name, expected = ("old", BY_OLD_LAW) if i % 4 < 2 else ("new", BY_NEW_LAW)
        other.execute("SELECT zjtx.store(document) FROM law WHERE name = ?", name).fetchall()
        check(f"law {i} by a name as a parameter", truth(column(
            by_name, "SELECT e |= ? FROM enterprise e WHERE id <= ? ORDER BY id", NAME, 4)), expected)
        check(f"law {i} by a name in the statement", truth(column(
            constant, "SELECT e |= 'grants/1' FROM enterprise e WHERE id <= ? ORDER BY id", 4)), expected)
    other.execute("SELECT zjtx.store(document) FROM law WHERE name = ?", "old").fetchall()


def errors(cursor):
    for sql, parameter, state in (
            ("SELECT e |= ? FROM enterprise e", "grant", "42704"),
            ("SELECT e |= ?::zjtx.policy FROM enterprise e", "revenue > 50万员", "22P02"),
            ("SELECT e |^ ? FROM enterprise e", NAME, "22023"),
            ("SELECT e |= 'grants/1' FROM (SELECT ?::text AS revenue) AS e", "100", "42804"),
            ("SELECT zjtx.store(?)", "policy b 'b' fact a number clause 1 when a > 1 example 'x' given a = 1 expect "
             "clause 1 true",
             "23514")):
        try:
            column(cursor, sql, parameter)
            check(sql, "no error", state)
        except pyodbc.Error as error:
            check(f"{sql}, {parameter}", error.args[0], state)


def main():
    for server_side in (0, 1):
        checks.set_mode(f"UseServerSidePrepare={server_side}, ")
        connection = connect(server_side)
        part("questions", questions, connection.cursor())
        part("batch", batch, connection.cursor())
        part("a new law", new_law, connection.cursor(), connect(server_side).cursor())
        part("errors", errors, connection.cursor())


main()
