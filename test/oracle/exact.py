"""Exact arithmetic that any rounding would break."""

from fractions import Fraction

from evaluate import Evaluator
from generate import COMPARISONS, Generator, Trial, chain
from language import (
    Aggregate, Arithmetic, Band, Call, Clause, Comparison, Document, Fact, Literal, Name,
    Negate, Printer)
from values import ABSENT, UNKNOWN, has_decimal

# The limits of number formats.
EDGES = [n + d for d in (-1, 0, 1) for n in (
    2 ** 15, 2 ** 31, 2 ** 53, 2 ** 63, 2 ** 64, 10 ** 18, 10 ** 19, 2 ** 127, 10 ** 38)]


class ArithmeticGenerator(Generator):
    """Exact arithmetic: ratios, long decimals, and constants next to the result."""

    def digits(self, count):
        return self.rng.randrange(10 ** (count - 1), 10 ** count)

    def nasty(self):
        way = self.rng.random()
        if way < 0.12:
            edge = Fraction(self.rng.choice(EDGES), self.rng.choice((1, 1, 100, 10 ** 15)))
            return self.rng.choice((edge, edge, -edge))
        if way < 0.35:
            return Fraction(self.rng.choice((1, 2, 3, 7, 9, 11, 240, 200, 1200, 1000)))
        if way < 0.55:
            return Fraction(self.digits(self.rng.randint(1, 40)))
        if way < 0.75:
            return Fraction(self.digits(self.rng.randint(1, 20)), 10 ** self.rng.randint(1, 30))
        if way < 0.85:
            return Fraction(1, 10 ** self.rng.randint(10, 30))
        if way < 0.95:
            return Fraction(10 ** self.rng.randint(15, 40)) + self.rng.choice((0, 1, -1))
        return -Fraction(self.digits(self.rng.randint(1, 20)), 10 ** self.rng.randint(0, 10))

    def literal(self, value, unit=None):
        literal = Literal(abs(value), unit)
        return Negate(literal) if value < 0 else literal

    def given(self, value, unit=None):
        """Returns a new fact with a value."""
        fact = Fact(f"f{len(self.row)}", "number", unit)
        self.row[fact.name] = Fraction(value)
        self.facts.append(fact)
        return Name(fact)

    def operand(self):
        value = self.nasty()
        return self.literal(value) if self.maybe(0.4) else self.given(value)

    def expression(self, depth):
        if depth == 0:
            return self.operand()
        if self.maybe(0.05):
            return Call(self.rng.choice(("floor", "ceil")), (self.expression(depth - 1),))
        if self.maybe(0.1):
            places = Literal(Fraction(self.rng.randint(0, 20)))
            return Call("round", (self.expression(depth - 1), places))
        op = self.rng.choice("++--***///")
        return Arithmetic(op, self.expression(depth - 1),
                          self.expression(self.rng.randint(0, depth - 1)))

    def value(self, e):
        evaluator = Evaluator(None)
        evaluator.facts, evaluator.as_of, evaluator.zero = self.row, None, UNKNOWN
        return evaluator.value(e)

    def near(self, value):
        """Returns a decimal equal or next to a fraction."""
        if has_decimal(value) and self.maybe(0.5):
            return value
        scale = 10 ** self.rng.randint(0, 45)
        below = Fraction(value.numerator * scale // value.denominator, scale)
        return below + Fraction(self.rng.choice((0, 0, 1, 1, -1)), scale)

    def against_constant(self):
        e = self.expression(self.rng.randint(1, 3))
        value = self.value(e)
        if value is UNKNOWN or len(str(value.numerator)) > 600:
            return self.against_constant()
        return e, self.literal(self.near(value))

    def identity(self):
        """Returns two ways to write one number."""
        a, b, c, d = (self.operand() for _ in range(4))

        def join(op, *parts):
            return chain(op, list(parts))

        return self.rng.choice((
            lambda: (join("+", join("/", a, b), join("/", c, d)),
                     join("/", join("+", join("*", a, d), join("*", c, b)), join("*", b, d))),
            lambda: (join("/", join("/", a, b), join("/", c, d)),
                     join("/", join("*", a, d), join("*", b, c))),
            lambda: (join("*", join("/", a, b), b), a),
            lambda: (join("+", join("/", a, b), join("/", a, b), join("/", a, b)),
                     join("/", join("*", a, Literal(Fraction(3))), b)),
            lambda: (join("*", join("+", a, b), c),
                     join("+", join("*", a, c), join("*", b, c))),
            lambda: (join("-", join("/", a, b), Literal(Fraction(1))),
                     join("/", join("-", a, b), b)),
        ))()

    def neighbours(self):
        """Returns two ratios that differ as little as possible for their size."""
        size = self.rng.choice((5, 9, 15, 16, 20))
        p, q = self.digits(size), self.digits(size)
        while True:
            q += 1
            try:
                inverse = pow(p, -1, q)
                break
            except ValueError:
                continue
        r, s = (p * inverse - 1) // q, inverse      # p*s - q*r = 1
        scale = 10 ** self.rng.randint(0, 10)
        pair = [(p, q), (r, s) if r and s else (p, q)]
        self.rng.shuffle(pair)
        sides = []
        for top, bottom in pair:
            sides.append(Arithmetic("/", self.given(Fraction(top, scale)),
                                    self.given(Fraction(bottom, scale))))
        return tuple(sides)

    def ratio(self):
        """Compares a ratio or its growth with a threshold at or next to it."""
        bottom = abs(self.nasty())
        bound = Fraction(self.rng.randint(0, 10 ** self.rng.randint(1, 6)),
                         10 ** self.rng.randint(0, 6))
        nudge = Fraction(self.rng.choice((0, 0, 1, -1)), 10 ** self.rng.randint(0, 30))
        growth = self.maybe(0.4)
        top = bottom * (bound + 1 if growth else bound) + nudge
        ratio = Arithmetic("/", self.given(top), self.given(bottom))
        if growth:
            ratio = Arithmetic("-", ratio, Literal(Fraction(1)))
        return ratio, Literal(bound, "%" if self.maybe(0.5) else None)

    def cancelling(self):
        """Compares a difference whose leading digits cancel with its value or a neighbour."""
        bottom = self.digits(self.rng.randint(2, 12))
        top = bottom + self.rng.choice((1, -1, 3, Fraction(1, 100)))
        rest = Arithmetic("-", Arithmetic("/", self.given(top), self.given(bottom)),
                          Literal(Fraction(1)))
        by = self.given(self.rng.choice((3, 7, bottom, 10 ** 6, Fraction(7, 100))))
        e = self.rng.choice((Arithmetic("*", rest, by), Arithmetic("*", by, rest),
                             Arithmetic("/", rest, by), Arithmetic("/", by, rest),
                             Arithmetic("+", rest, by), Arithmetic("*", rest, rest)))
        return e, self.literal(self.near(self.value(e)))

    def total(self):
        """Compares a sum over a list with its value or a neighbour."""
        values = [self.nasty() for _ in range(self.rng.randint(1, 5))]
        fact = Fact(f"f{len(self.row)}", "list", item=Fact("it", "number"))
        self.row[fact.name] = values
        self.facts.append(fact)
        name, value = self.rng.choice((("sum", sum(values)), ("min", min(values)),
                                       ("max", max(values))))
        nudge = Fraction(self.rng.choice((0, 0, 1, -1)), 10 ** self.rng.randint(0, 40))
        return Aggregate(name, fact, None, None), self.literal(value + nudge)

    def banded(self):
        """Returns a band over a ratio at one of its thresholds."""
        ratio, bound = self.ratio()
        steps = [(self.rng.choice((">=", ">")), [bound], Literal(Fraction(20)))]
        lower = bound.value * Fraction(1, 2)
        steps.append((">=", [Literal(lower, bound.unit)], Literal(Fraction(15))))
        return Band(ratio, tuple(steps), Literal(Fraction(0))), Literal(Fraction(20))

    def rounding(self):
        """Compares a rounded number with the expected value."""
        places = self.rng.randint(0, 3)
        value = Fraction(self.rng.randint(-400, 400), 8 * 10 ** places)
        if self.maybe(0.5):
            e = Call(self.rng.choice(("floor", "ceil")), (self.given(value),))
        else:
            e = Call("round", (self.given(value), Literal(Fraction(places))))
        return e, self.literal(self.value(e) + self.rng.choice((0, 0, 0, 1, -1)))

    def condition(self):
        sides = self.rng.choice((self.against_constant, self.against_constant, self.ratio,
                                 self.cancelling,
                                 self.identity, self.neighbours, self.total, self.banded,
                                 self.rounding))()
        sides = list(sides)
        self.rng.shuffle(sides)
        return Comparison(self.rng.choice(COMPARISONS), *sides)

    def pay(self):
        """Returns an amount at half a 分 or next to it."""
        divisor = self.rng.choice((1, 2, 3, 7, 30, 1000))
        half = Fraction(self.rng.randint(0, 10 ** self.rng.randint(1, 12)), 100) + Fraction(1, 200)
        nudge = Fraction(self.rng.choice((0, 0, 1, -1)), 10 ** self.rng.randint(3, 30))
        top = self.given((half + nudge) * divisor, "元")
        return Arithmetic("/", top, Literal(Fraction(divisor)))

    def document(self, code):
        self.facts, self.row = [], {}
        if self.maybe(0.3):
            clause = Clause("1", "reward", pay=self.pay())
        else:
            clause = Clause("1", when=self.condition())
        bare = clause.pay is None and self.facts and self.maybe(0.3) and not any(
            f.type == "list" for f in self.facts)
        return Document(code=code, facts=self.facts, clauses=[clause], bare=bare)

    def cases(self, code, rows):
        document = self.document(code)
        text = Printer(self.rng).document(document)
        yield Trial("exact", document, text, None, dict(self.row, as_of=ABSENT))
