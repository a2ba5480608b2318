"""Values of the policy language, and their basic arithmetic.

A number is a Fraction, a date a datetime.date, a text a str, a boolean a bool, and a list a Python list of
scalars or dicts of fields.  NONE is the language's none; UNKNOWN is an unknown value.
"""

import calendar
import datetime
from fractions import Fraction


class Mark:
    """A value that is equal only to itself."""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


NONE = Mark("none")
UNKNOWN = Mark("unknown")

# Other contents of a row.
ABSENT = Mark("absent")            # no such column or key
NULL = Mark("null")
NOT_FINITE = Mark("not finite")    # NaN or an infinity; only in a typed column


def shift(day, count, unit):
    """Returns a date shifted like PostgreSQL's intervals do it."""
    if unit == "日":
        return day + datetime.timedelta(days=count)
    months = count * 12 if unit == "年" else count
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))


def floor(number):
    return number.numerator // number.denominator


def round_away(number, places=0):
    """Rounds half away from zero."""
    scale = 10 ** places
    scaled = abs(number) * scale + Fraction(1, 2)
    rounded = Fraction(floor(scaled), scale)
    return rounded if number >= 0 else -rounded


def has_decimal(number):
    """Whether a fraction is a finite decimal."""
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def decimal_text(number):
    """Returns the exact decimal digits of a fraction that has them."""
    places, rest = 0, number
    while rest.denominator != 1:
        rest *= 10
        places += 1
        if places > 400:
            raise ValueError(f"{number} is no finite decimal")
    digits = str(abs(rest.numerator)).rjust(places + 1, "0")
    sign = "-" if number < 0 else ""
    if places == 0:
        return sign + digits
    return f"{sign}{digits[:-places]}.{digits[-places:]}"
