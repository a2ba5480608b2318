"""Asks zjtx through SQLAlchemy and pandas.  Arguments: host, port, user, database."""

import decimal
import sys

import pandas
import sqlalchemy
from sqlalchemy import bindparam, column, func, select, table, text
from sqlalchemy.exc import DBAPIError

from checks import BY_NEW_LAW, BY_OLD_LAW, BY_RULE, EXACT, MISSING, NAME, RULE, check, part

HOST, PORT, USER, DATABASE = sys.argv[1:]
ENTERPRISE = table("enterprise", column("id"), column("name"))


def connect():
    url = sqlalchemy.engine.URL.create("postgresql+psycopg2", username=USER, host=HOST, port=int(PORT),
                                       database=DATABASE)
    return sqlalchemy.create_engine(url, isolation_level="AUTOCOMMIT").connect()


def values(connection, statement, **parameters):
    return [row[0] for row in connection.execute(statement, parameters)]


def questions(connection):
    check("a name as a parameter", values(
        connection, text("SELECT e |= :name FROM enterprise e ORDER BY id"), name=NAME), BY_OLD_LAW)
    check("a policy as a parameter", values(
        connection, text("SELECT e |= CAST(:rule AS zjtx.policy) FROM enterprise e ORDER BY id"), rule=RULE), BY_RULE)
    check("amounts, exact", values(connection, text("SELECT e |# :name FROM enterprise e ORDER BY id"), name=NAME),
          [decimal.Decimal(EXACT), None, decimal.Decimal("0.00"), None])
    check("what is missing", values(connection, text("SELECT e |! 'grants' FROM enterprise e ORDER BY id")), MISSING)


def expressions(connection):
    """An operator in an expression; the row is a column named like its table."""
    row = sqlalchemy.literal_column("enterprise")
    eligible = row.op("|=", return_type=sqlalchemy.Boolean())(bindparam("name", type_=sqlalchemy.Text()))
    check("an operator", values(connection, select(ENTERPRISE.c.id).where(eligible).order_by(ENTERPRISE.c.id),
                                name=NAME), [1, 4])
    amount = func.zjtx.amount(row, bindparam("name", type_=sqlalchemy.Text()))
    check("a function", values(connection, select(amount).select_from(ENTERPRISE).order_by(ENTERPRISE.c.id), name=NAME),
          [decimal.Decimal(EXACT), None, decimal.Decimal("0.00"), None])


def frames(connection):
    frame = pandas.read_sql(text("SELECT name, e |= 'grants/1' AS eligible, e |# 'grants/1' AS amount, "
                                 "(e |^ 'grants').level AS level, e |! 'grants' AS missing "
                                 "FROM enterprise e ORDER BY id"),
                            connection, coerce_float=False)
    frame = frame.astype({"eligible": "boolean", "level": "Int64"})
    check("undecided is missing, not false", frame["eligible"].isna().tolist(), [False, True, False, False])
    check("how many are eligible", int(frame["eligible"].sum()), 2)
    check("money stays exact", frame["amount"][0], decimal.Decimal(EXACT))
    check("levels", [None if pandas.isna(level) else int(level) for level in frame["level"]], [2, 1, 0, None])
    check("arrays are lists", frame["missing"].tolist(), MISSING)


def new_law(connection, other):
    for i in range(4):
        name, expected = ("old", BY_OLD_LAW) if i % 2 == 0 else ("new", BY_NEW_LAW)
        other.execute(text("SELECT zjtx.store(document) FROM law WHERE name = :name"), {"name": name})
        check(f"law {i}", values(connection, text("SELECT e |= 'grants/1' FROM enterprise e ORDER BY id")), expected)
    other.execute(text("SELECT zjtx.store(document) FROM law WHERE name = 'old'"))


def errors(connection):
    try:
        values(connection, text("SELECT e |= 'grant' FROM enterprise e"))
        check("an unknown name", "no error", "42704")
    except DBAPIError as error:
        check("an unknown name", error.orig.pgcode, "42704")


def main():
    connection = connect()
    part("questions", questions, connection)
    part("expressions", expressions, connection)
    part("data frames", frames, connection)
    part("a new law", new_law, connection, connect())
    part("errors", errors, connect())


main()
