"""Asks zjtx through psycopg2, which puts parameters into the statement text.  Arguments: host, port, user,
database.
"""

import decimal
import sys

import psycopg2
import psycopg2.extras

from checks import BY_OLD_LAW, BY_RULE, EXACT, MISSING, NAME, RULE, check, part

HOST, PORT, USER, DATABASE = sys.argv[1:]


def column(cursor, sql, *parameters):
    cursor.execute(sql, parameters)
    return [row[0] for row in cursor.fetchall()]


def questions(cursor):
    check("a name", column(cursor, "SELECT e |= %s FROM enterprise e ORDER BY id", NAME), BY_OLD_LAW)
    check("a policy", column(cursor, "SELECT e |= %s::zjtx.policy FROM enterprise e ORDER BY id", RULE), BY_RULE)
    check("a per cent sign in a parameter", column(
        cursor, "SELECT e |= %s::zjtx.policy FROM enterprise e ORDER BY id", "revenue * 50% >= 50万元"), BY_RULE)
    check("and doubled in the text", column(
        cursor, "SELECT e |= 'revenue * 50%% >= 50万元'::zjtx.policy FROM enterprise e WHERE id <= %s ORDER BY id", 4),
          BY_RULE)
    check("functions", column(cursor, "SELECT zjtx.eligible(e, %s) FROM enterprise e ORDER BY id", NAME), BY_OLD_LAW)
    check("amounts, exact", column(cursor, "SELECT e |# %s FROM enterprise e ORDER BY id", NAME),
          [decimal.Decimal(EXACT), None, decimal.Decimal("0.00"), None])
    check("a placement as text", column(cursor, "SELECT e |^ %s FROM enterprise e ORDER BY id", "grants")[1],
          "(1,sound,稳健)")
    psycopg2.extras.register_composite("zjtx.placement", cursor)
    placed = column(cursor, "SELECT e |^ %s FROM enterprise e ORDER BY id", "grants")
    check("a placement as a tuple", (placed[0].level, placed[0].code, placed[0].label), (2, "leading", "领先, “一”级"))
    check("an undecided placement", placed[3], None)
    check("what is missing", column(cursor, "SELECT e |! %s FROM enterprise e ORDER BY id", "grants"), MISSING)
    check("facts as jsonb", column(cursor, "SELECT %s::jsonb |# %s",
                                   psycopg2.extras.Json({"region": "east", "revenue": 3}), NAME),
          [decimal.Decimal("1.50")])


def errors(cursor):
    try:
        column(cursor, "SELECT e |= %s FROM enterprise e", "grant")
        check("an unknown name", "no error", "42704")
    except psycopg2.Error as error:
        check("an unknown name", error.pgcode, "42704")
        check("its class", type(error).__name__, "UndefinedObject")
        check("its hint", error.diag.message_hint, 'Perhaps you meant "grants".')


def main():
    connection = psycopg2.connect(host=HOST, port=PORT, user=USER, dbname=DATABASE)
    connection.autocommit = True
    part("questions", questions, connection.cursor())
    part("errors", errors, connection.cursor())


main()
