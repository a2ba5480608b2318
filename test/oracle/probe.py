"""Tests of single constructs: none, bounds, ranges."""

import datetime
from fractions import Fraction

from complete import Domains
from evaluate import Evaluator
from generate import COMPARISONS, ORDER, PLAIN, SIZES, Generator, Rows, Trial
from language import (
    Aggregate, Arithmetic, AsOf, Band, Between, Call, Case, Clause, Comparison, Days, Definition, Document,
    Fact, Field, IsNull, Junction, Literal, Multiple, Name, Negate, Not, Power, Printer, Shift, Stage,
    Tiers, Use, Within)
from values import ABSENT, UNKNOWN, floor


class ProbeGenerator(Generator):
    """Single constructs over small domains where each of their rules matters."""

    def document(self, code):
        self.start()
        self.pools[PLAIN] = [Fraction(n, 2) for n in range(-3, 5)]
        self.calendar = [datetime.date.fromisoformat(d) for d in (
            "2023-01-31", "2023-02-28", "2024-02-29", "2024-03-31")]
        self.facts = [
            Fact("a", "number", null="none"), Fact("b", "number", null=self.rng.choice(("none", "0"))),
            Fact("d", "date", null="none"), Fact("e", "date", null="none"),
            Fact("t", "text", values=SIZES[:2], null="none"), Fact("y", "boolean", null="none"),
            Fact("rows", "list", null="none", fields=(
                Fact("n", "number", null="none"), Fact("w", "date", null="none"),
                Fact("z", "boolean", null="none"))),
            Fact("ns", "list", null="none", item=Fact("it", "number"))]
        for fact in self.facts[:2]:
            self.give_range(fact, self.pools[PLAIN])
            if fact.null == "0":
                fact.low = min(fact.low or Fraction(0), Fraction(0))
                fact.high = None
        self.names = {f.name: Name(f) for f in self.facts}
        if self.maybe(0.15):
            clause = self.staged()
        elif self.maybe(0.06):
            clause = self.capped()
        else:
            clause = Clause("1", when=self.probe())
            if self.maybe(0.2):
                clause.when = Not(clause.when)
        return Document(code=code, facts=self.facts, definitions=self.definitions, clauses=[clause])

    def staged(self):
        """Returns a clause whose condition depends on the day judged."""
        when = Comparison(self.rng.choice(ORDER), AsOf(), self.some_date())
        stage = Stage("filed", self.some_date(), Literal(Fraction(100), "元"))
        if self.maybe(0.4):
            fact = self.names["rows"].fact
            stage = Stage("filed", Field(fact.fields[1]), Literal(Fraction(100), "元"), each=fact)
        return Clause("1", "reward", when=when, stages=(stage,))

    def capped(self):
        """Returns a clause whose cap is a fact and can be none."""
        cap = Call("least", tuple(Arithmetic("*", self.names[n], Literal(Fraction(1), "元")) for n in "ab"))
        if self.maybe(0.5):
            return Clause("1", "reward", pay=Literal(Fraction(1), "元"), cap=cap)
        return Clause("1", "reward", cap=cap, stages=tuple(
            Stage(code, self.names[day], Literal(Fraction(1, 2), "元"))
            for code, day in (("first", "d"), ("second", "e"))))

    def list_in_itself(self):
        """Nests a list in itself, which compares its elements; the inner one hides the outer one."""
        rng, rows = self.rng, self.names["rows"].fact
        conditions = [Comparison(rng.choice(ORDER), Field(rows.fields[0]), self.number_literal(PLAIN))
                      for _ in range(2)]
        inner = Aggregate(rng.choice(("any", "all")), rows, None, conditions[0])
        return Aggregate("any", rows, None, Junction(rng.choice(("and", "or")), (inner, conditions[1])))

    def defined(self):
        """A definition over an element, of the inner or the outer one of two."""
        rng, rows, ns = self.rng, self.names["rows"].fact, self.names["ns"].fact
        fact, fields = rng.choice(((rows, rows.fields[:1]), (ns, (ns.item,))))
        body = Arithmetic(rng.choice("+-*"), Field(fields[0]), rng.choice((Field(fields[0]), self.names["a"])))
        definition = Definition("made", body, "number", over=fact)
        self.definitions.append(definition)
        if self.maybe(0.4):
            inner = Comparison(rng.choice(ORDER), Use(definition, rng.choice((None, "p"))), self.number_literal(PLAIN))
            return Aggregate(rng.choice(("any", "all")), fact, None, inner, element="p")
        inner = Aggregate(rng.choice(("any", "all")), fact, None, Comparison(
            rng.choice(ORDER), Use(definition, "p"), Use(definition)))
        return Aggregate(rng.choice(("any", "all")), fact, None, inner, element="p")

    def outer_element(self):
        """An element beside the others of its list, reached by its name."""
        rng, rows, ns = self.rng, self.names["rows"].fact, self.names["ns"].fact
        fact, field = rng.choice(((rows, rows.fields[0]), (rows, rows.fields[1]), (ns, ns.item)))
        inner = Aggregate(rng.choice(("any", "all")), fact, None, Comparison(
            rng.choice(ORDER), Field(field, rng.choice((None, "q"))), Field(field, "p")), element="q")
        if self.maybe(0.5):
            inner = Comparison(rng.choice(ORDER), Field(ns.item, "p") if fact is ns else Field(rows.fields[0], "p"),
                               Aggregate(rng.choice(("count", "sum", "max")), ns,
                                         Comparison("<>", Field(ns.item, "q"), Literal(Fraction(0))), None,
                                         element="q"))
        return Aggregate(rng.choice(("any", "all")), fact, None, inner, element="p")

    def list_in_another(self):
        """Nests a list in another one, which compares their elements."""
        rng, rows, ns = self.rng, self.names["rows"].fact, self.names["ns"].fact
        return Aggregate(rng.choice(("any", "all")), rows, None, Comparison(
            rng.choice(ORDER), Field(rows.fields[0]), Aggregate(
                rng.choice(("sum", "count", "max")), ns,
                Comparison(rng.choice(ORDER), Field(ns.item), Field(rows.fields[0])), None)))

    def month_end(self):
        shifted = Shift(self.names["d"], self.rng.choice("+-"), self.rng.choice((1, 2, 12)), "月")
        return Comparison(self.rng.choice(("=", "<=", ">=")), shifted,
                          Literal(self.rng.choice(self.calendar)))

    def aggregate_of(self, name, list_, field):
        fact = self.names[list_].fact
        fields = {f.name: f for f in fact.fields or (fact.item,)}
        self.enter(fact)
        where = self.boolean(0) if self.maybe(0.3) else None
        self.leave()
        return Aggregate(name, fact, where, None if field is None else Field(fields[field]))

    def tiers_of(self, value):
        """A number whose domain reaches below the first tier and above the last."""
        parts = tuple((Literal(self.rng.choice((Fraction(0), Fraction(1, 2), Fraction(2)))), Literal(Fraction(n, 2)))
                      for n in (1, 2, 3))
        return Tiers(value, parts[:self.rng.randint(1, 3)], self.rng.choice((None, Literal(Fraction(1)))))

    def some_number(self):
        rng, a, b = self.rng, self.names["a"], self.names["b"]
        return rng.choice((
            lambda: a, lambda: b, lambda: Negate(a), lambda: Arithmetic(rng.choice("+-*/"), a, b),
            lambda: Call(rng.choice(("least", "greatest")), (a, b)),
            lambda: Call("clamp", (a, b, self.number_literal(PLAIN))),
            lambda: Call("clamp", (a, self.number_literal(PLAIN), b)),
            lambda: self.tiers_of(rng.choice((a, b))),
            lambda: Multiple(rng.choice(("round", "floor", "ceil")), rng.choice((a, Arithmetic("/", a, b))),
                             Literal(Fraction(rng.choice((1, 3)), 2))),
            lambda: Power(rng.choice((a, b)), rng.randint(0, 4)),
            lambda: Call(rng.choice(("floor", "ceil")), (a,)), lambda: Call("round", (Arithmetic("/", a, b),)),
            lambda: Call("round", (Arithmetic("/", a, Literal(Fraction(4))), Literal(Fraction(1)))),
            lambda: Call("coalesce", (a, b)), lambda: Case(((self.boolean(0), a),), None),
            lambda: Band(a, ((">=", [Literal(Fraction(1))], Literal(Fraction(2))),
                             ("=", [Literal(Fraction(0))], Literal(Fraction(1)))), None),
            lambda: self.aggregate_of(rng.choice(("sum", "sum", "min", "max")), "rows", "n"),
            lambda: self.aggregate_of("sum", "rows", "n"),
            lambda: self.aggregate_of(rng.choice(("avg", "one")), "ns", None),
            lambda: Call("ceil", (a,)), lambda: Call("ceil", (b,)),
            lambda: self.aggregate_of("avg", "rows", "n"), lambda: self.aggregate_of("avg", "rows", "n"),
            lambda: self.aggregate_of("one", "rows", "n"),
            lambda: self.aggregate_of(rng.choice(("sum", "min", "max")), "ns", None),
            lambda: self.aggregate_of("count", rng.choice(("rows", "ns")), None),
            lambda: Call("count_true", (self.names["y"], self.boolean(0), self.boolean(0))),
            lambda: Arithmetic("*", Call("months", (self.some_date(), self.some_date())), Literal(Fraction(1))),
            lambda: Call(rng.choice(("year", "month")), (self.names["d"],))))()

    def some_date(self):
        rng, d, e = self.rng, self.names["d"], self.names["e"]
        return rng.choice((
            lambda: d, lambda: AsOf(), lambda: Literal(rng.choice(self.calendar)),
            lambda: Call(rng.choice(("least", "greatest", "latest", "earliest")), (d, e)),
            lambda: Call("latest", (d, e)), lambda: Call("clamp", (AsOf(), d, e)),
            lambda: Shift(d, rng.choice("+-"), rng.choice((1, 11, 12)), "月"),
            lambda: Shift(d, rng.choice("+-"), rng.choice((1, 4)), "年"),
            lambda: Shift(Shift(d, "+", 1, "月"), "-", 1, "月"),
            lambda: Shift(d, rng.choice("+-"), rng.choice((1, 28, 366)), "日"),
            lambda: Call("coalesce", (d, e)),
            lambda: self.aggregate_of(rng.choice(("min", "max")), "rows", "w")))()

    def probe(self):
        rng = self.rng
        return rng.choice((
            lambda: Comparison(rng.choice(COMPARISONS), self.some_number(), self.number_literal(PLAIN)),
            lambda: Comparison(rng.choice(COMPARISONS), self.some_number(), self.some_number()),
            lambda: Between(self.some_number(), self.some_number(), self.some_number(),
                            self.maybe(0.5)),
            lambda: Comparison(rng.choice(COMPARISONS), self.some_date(), self.some_date()),
            lambda: Between(self.some_date(), self.some_date(), self.some_date(), self.maybe(0.5)),
            lambda: Within(self.some_number(), tuple(
                self.number_literal(PLAIN) for _ in range(3)), self.maybe(0.5)),
            lambda: Comparison(rng.choice(COMPARISONS), Days(self.some_date(), self.some_date()),
                               Literal(Fraction(rng.choice((0, 28, 29, 366))), "日")),
            lambda: IsNull(self.names[rng.choice("ade")], self.maybe(0.5)),
            self.month_end, self.month_end,
            lambda: self.any_or_all(2), self.list_in_itself, self.outer_element, self.defined, self.list_in_another,
            lambda: Aggregate(rng.choice(("any", "all")), self.names["rows"].fact, None,
                              Field(self.names["rows"].fact.fields[2])),
            lambda: Junction(rng.choice(("and", "or")), (self.boolean(0), self.boolean(0))),
        ))()

    def cases(self, code, rows):
        document = self.document(code)
        text = Printer(self.rng).document(document)
        values = Rows(self.rng, self.pools, self.calendar)
        for _ in range(rows):
            chance = self.rng.choice((0, 0.2, 0.5))
            row = {f.name: values.sometimes(f, chance) for f in document.facts}
            row["as_of"] = ABSENT if self.maybe(chance / 4) else values.date()
            yield Trial("probe", document, text, None, row)


class RangeGenerator(ProbeGenerator):
    """Arithmetic over unknown facts with ranges, compared with constants at the ends of the result's range.

    An engine whose ranges are slightly too narrow decides here what is undecided.
    """

    def document(self, code):
        rng = self.rng
        self.start()
        self.pools[PLAIN] = [Fraction(n, 2) for n in range(-4, 7)]
        self.calendar = [datetime.date.fromisoformat(d) for d in (
            "2023-01-31", "2023-02-28", "2024-02-29", "2024-03-31")]
        self.facts = [Fact(n, "number", null=rng.choice(("unknown", "unknown", "none")))
                      for n in "abc"]
        self.facts += [Fact(n, "date", null=rng.choice(("unknown", "none"))) for n in "de"]
        for fact in self.facts[:3]:
            self.give_range(fact, self.pools[PLAIN])
        for fact in self.facts[3:]:
            fact.low, fact.high = sorted(rng.sample(self.calendar, 2))
        number = self.arithmetic(rng.randint(1, 3))
        document = Document(code=code, facts=self.facts)
        document.clauses = [Clause("1", when=Comparison("=", number, number))]
        reached = self.reached(document, number)
        if self.maybe(0.2):
            pay = Arithmetic("*", number, Literal(Fraction(1), "元"))
            document.clauses = [Clause("1", "reward", pay=pay)]
            return document
        constant_ = rng.choice((min(reached), max(reached), rng.choice(sorted(reached))))
        constant_ = Fraction(floor(constant_ * 10 ** 4), 10 ** 4)
        constant_ += rng.choice((0, 0, 0, Fraction(1, 10 ** 4), Fraction(-1, 10 ** 4), 1, -1))
        literal = Literal(abs(constant_))
        sides = [number, Negate(literal) if constant_ < 0 else literal]
        rng.shuffle(sides)
        document.clauses[0].when = Comparison(rng.choice(COMPARISONS), *sides)
        return document

    def reached(self, document, number):
        """Returns numbers that an expression can have."""
        domains = Domains(document, {}, UNKNOWN, self.rng)
        evaluator = Evaluator(document)
        found = {Fraction(0)}
        for _ in range(60):
            evaluator.facts = {f.name: self.rng.choice(domains.all(f)) for f in self.facts}
            evaluator.as_of = self.calendar[0]
            evaluator.zero = UNKNOWN
            value = evaluator.value(number)
            if isinstance(value, Fraction):
                found.add(value)
        return found

    def arithmetic(self, depth):
        rng = self.rng
        if depth == 0:
            if self.maybe(0.15):
                return Literal(rng.choice((Fraction(1, 2), Fraction(2), Fraction(3))))
            return Name(rng.choice(self.facts[:3]))

        def part():
            return self.arithmetic(depth - 1)

        def day():
            date = Name(rng.choice(self.facts[3:]))
            if self.maybe(0.5):
                date = Shift(date, rng.choice("+-"), rng.choice((1, 11)), rng.choice("年月日"))
            return date

        def condition():
            return Comparison(rng.choice(ORDER), part(), Literal(Fraction(1)))
        return rng.choice((
            lambda: Arithmetic(rng.choice("+-"), part(), part()),
            lambda: Arithmetic("*", part(), part()),
            lambda: Arithmetic("*", part(), part()),
            lambda: Arithmetic("/", part(), part()),
            lambda: Arithmetic("/", part(), part()),
            lambda: Negate(part()),
            lambda: Call(rng.choice(("floor", "ceil")), (part(),)),
            lambda: Call("round", (part(), Literal(Fraction(rng.randint(0, 2))))),
            lambda: Call(rng.choice(("least", "greatest")), (part(), part())),
            lambda: Call("clamp", (part(), part(), part())),
            lambda: self.tiers_of(part()),
            lambda: Multiple(rng.choice(("round", "floor", "ceil")), part(), Literal(Fraction(rng.choice((1, 3)), 2))),
            lambda: Power(part(), rng.randint(0, 4)),
            lambda: Case(((condition(), part()),), part() if self.maybe(0.6) else None),
            lambda: Band(part(), tuple((">=", [Literal(Fraction(n))], Literal(Fraction(p)))
                                       for n, p in ((2, 5), (1, 8), (0, 2))), Literal(Fraction(3))),
            lambda: Call("count_true", (condition(), condition())),
            lambda: Arithmetic("*", Call(rng.choice(("year", "month")), (day(),)), part()),
            lambda: Arithmetic("/", Call("months", (day(), day())), Literal(Fraction(rng.choice((1, 12))), "月")),
            lambda: Arithmetic("/", Days(day(), day()), Literal(Fraction(rng.choice((1, 30))), "日")),
        ))()

    def cases(self, code, rows):
        document = self.document(code)
        text = Printer(self.rng).document(document)
        values = Rows(self.rng, self.pools, self.calendar)
        for _ in range(rows):
            chance = self.rng.choice((0.5, 0.9))
            row = {f.name: values.sometimes(f, chance) for f in document.facts}
            row["as_of"] = ABSENT
            yield Trial("range", document, text, None, row)
