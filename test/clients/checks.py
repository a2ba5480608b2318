"""Functions shared by the Python clients: one output line for each check, as run.py counts them."""

import sys
import traceback

NAME = "grants/1"
RULE = "revenue >= 100万元"
EXACT = "12345678901234567.89"
MISSING = [[], ["region"], [], ["revenue", "rated"]]
BY_OLD_LAW = [True, None, False, True]
BY_NEW_LAW = [False, None, True, False]
BY_RULE = [True, False, False, None]

mode = ""


def check(what, found, expected):
    if found == expected and type(found) is type(expected):
        print(f"ok {mode}{what}")
    else:
        print(f"not ok {mode}{what}: found {found!r}, expected {expected!r}")


def part(what, body, *arguments):
    """Runs a part; an exception counts as its failure."""
    try:
        body(*arguments)
    except Exception:  # pylint: disable=broad-except
        print(f"not ok {mode}{what}: raised an error")
        traceback.print_exc(file=sys.stdout)


def set_mode(text):
    global mode
    mode = text
