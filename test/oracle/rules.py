"""Single rules, in documents whose values show them: each definition is one rule, and is asked for its value."""

import datetime
from fractions import Fraction

from generate import ORDER, PLAIN, Generator, Rows, Trial
from language import (
    Aggregate, AmountOf, Arithmetic, AsOf, Budget, Call, Clause, Comparison, Days, Definition, Document, Fact, Field,
    Group, InYear, Junction, LevelOf, Literal, Lookup, Multiple, Name, Power, Printer, Range, Rung, Satisfies, Shift,
    Stage, Table, Tiers, Use, UsedAmountOf, UsedDocument, UsedSatisfies, Year)
from values import ABSENT, NULL

MONEY = Literal(Fraction(1), "元")


def whole(n):
    return Literal(Fraction(n))


class RulesGenerator(Generator):
    """Two rules in each document, in turn."""

    def __init__(self, rng):
        super().__init__(rng)
        self.rules = [
            self.outer_element, self.outer_definition, self.power, self.multiple, self.tiers, self.months,
            self.month_end, self.floor, self.clamp, self.latest, self.table, self.table_otherwise, self.averages,
            self.one, self.list_in_itself, self.year_before, self.sum_of_years, self.area]
        self.clauses = [self.cap_of_none, self.once, self.in_used, self.amount_in_used, self.groups, self.level,
                        self.capped_elsewhere, self.on_another_day, self.paid_before, self.allotted]
        self.made = 0

    def document(self, code):
        self.start()
        self.pools["平方米"] = [Fraction(n) for n in (0, 9999, 20000)]
        self.pools[PLAIN] = [Fraction(n, 2) for n in range(-5, 11)]
        self.calendar = [datetime.date.fromisoformat(d) for d in (
            "2023-01-31", "2023-02-28", "2024-02-29", "2024-03-01", "2024-03-31", "2024-05-30")]
        self.facts = [Fact(n, "number", null="none") for n in "ab"] + [Fact(n, "date", null="none") for n in "de"] + [
            Fact("rows", "list", null="none", fields=(Fact("n", "number", null="none"), Fact("w", "date"))),
            Fact("t", "text", values=("x", "y", "z")), Fact("ground", "number", "平方米")]
        self.ground = self.facts[-1]
        self.yearly = Fact("产值", "number", null="none")
        self.yearly.years = tuple(Fact(f"产值_{year}", "number", null="none", by_year=self.yearly)
                                  for year in range(2019, 2026))
        self.facts += self.yearly.years
        self.names = {f.name: Name(f) for f in self.facts}
        self.rows = self.facts[4]
        self.n = self.rows.fields[0]
        document = Document(code=code, facts=self.facts, definitions=self.definitions)
        for _ in range(2):
            self.definitions.append(Definition(f"rule{len(self.definitions)}",
                                               self.rules[self.made % len(self.rules)](), "number"))
            self.made += 1
        document.clauses.append(Clause("1", when=Junction("or", tuple(
            Comparison(self.rng.choice(ORDER), Use(rule), whole(self.rng.randint(0, 5)))
            for rule in self.definitions if rule.over is None))))
        self.clauses[self.made // 2 % len(self.clauses)](document)
        return document

    # numbers

    def outer_element(self):
        """Compares each element of a list with all of them."""
        inner = Aggregate("count", self.rows, Comparison("<", Field(self.n, "q"), Field(self.n, "p")), None,
                          element="q")
        return Aggregate("sum", self.rows, None, Arithmetic("*", Field(self.n, "p"), inner), element="p")

    def outer_definition(self):
        """The same with a definition over an element."""
        twice = Definition("twice", Arithmetic("*", Field(self.n), whole(2)), "number", over=self.rows)
        self.definitions.append(twice)
        inner = Aggregate("sum", self.rows, Comparison(">=", Field(self.n, "q"), Field(self.n, "p")),
                          Use(twice, self.rng.choice(("p", "p", "q"))), element="q")
        return Aggregate("sum", self.rows, None, Arithmetic("-", inner, Field(self.n, "p")), element="p")

    def power(self):
        return Power(Arithmetic("-", self.names["a"], self.names["b"]), self.rng.choice((2, 2, 3, 4)))

    def multiple(self):
        """Halves between two multiples, on both sides of zero."""
        return Multiple(self.rng.choice(("round", "round", "floor", "ceil")), self.names["a"],
                        whole(self.rng.choice((1, 1, 3))))

    def tiers(self):
        parts = ((whole(2), whole(1)), (Literal(Fraction(1, 2)), whole(2)), (whole(3), whole(3)))
        return Tiers(Arithmetic("+", self.names["a"], whole(1)), parts[:self.rng.randint(2, 3)],
                     self.rng.choice((None, whole(1))))

    def months(self):
        if self.maybe(0.3):
            return Call("month", (self.names["d"],))
        return Call("months", (self.names["d"], self.names["e"]))

    def month_end(self):
        return Days(Shift(self.names["d"], self.rng.choice("+-"), self.rng.choice((1, 1, 12)), "月"), self.names["e"])

    def floor(self):
        return Call(self.rng.choice(("floor", "ceil", "round")), (self.names["a"],))

    def clamp(self):
        return Call("clamp", (self.names["a"], self.names["b"], self.number_literal(PLAIN)))

    def latest(self):
        return Days(Call(self.rng.choice(("latest", "earliest")), (self.names["d"], self.names["e"])), AsOf())

    def table(self):
        """Keys that a row has, and keys before the first."""
        if self.maybe(0.5):
            keys, key = self.calendar[1:5], self.names["d"]
        else:
            keys, key = [Fraction(n, 2) for n in (-2, 0, 1, 4)], self.names["a"]
        by = "date" if key is self.names["d"] else "number"
        values = [(Fraction(7 * i + 1), None if i == 2 else Fraction(i)) for i in range(4)]
        return Lookup(Table(f"t{len(self.definitions)}", by, (("v", ""), ("u", "")), tuple(zip(keys, values))), key,
                      self.rng.choice((0, 0, 1)))

    def table_otherwise(self):
        """With a row for all other keys, or without one."""
        otherwise = self.rng.choice((None, (Fraction(9),)))
        if self.maybe(0.5):
            table = Table(f"t{len(self.definitions)}", "text", (("v", ""),),
                          (("x", (Fraction(3),)), ("y", (Fraction(5),))), otherwise)
            table.texts = ("x", "y", "z")
            return Lookup(table, self.names["t"], 0)
        rows = ((Fraction(2023), (Fraction(3),)), (Fraction(2025), (Fraction(5),)))
        return Lookup(Table(f"t{len(self.definitions)}", "year", (("v", ""),), rows, otherwise),
                      Call("year", (self.names["d"],)), 0)

    def averages(self):
        return Aggregate(self.rng.choice(("avg", "sum", "min", "max")), self.rows, None, Field(self.n))

    def one(self):
        return Aggregate("one", self.rows, Comparison(self.rng.choice((">", "<=")), Field(self.rows.fields[1]), AsOf()),
                         Field(self.n))

    def list_in_itself(self):
        """Without names, fields are those of the inner list."""
        inner = Aggregate("sum", self.rows, Comparison("<", Field(self.n), whole(2)), Field(self.n))
        return Aggregate("sum", self.rows, Comparison(">", Field(self.n), whole(0)), inner)

    def year_before(self):
        return Arithmetic("-", InYear(self.yearly, Year(1)),
                          InYear(self.yearly, Arithmetic("-", Year(0), whole(self.rng.choice((0, 2))))))

    def sum_of_years(self):
        item = Fact("it", "number")
        years = Range(Arithmetic("-", Year(1), whole(self.rng.choice((0, 1, 2)))), Year(1), item)
        return Aggregate(self.rng.choice(("sum", "max")), years, None,
                         Arithmetic("*", InYear(self.yearly, Field(item)), Field(item)))

    def area(self):
        """Literals in another unit of the same kind."""
        literal = Literal(Fraction(10000), "平方米", None, "公顷")
        return Arithmetic("/", Arithmetic("-", Name(self.ground), literal), Literal(Fraction(1), "平方米"))

    # clauses

    def capped_elsewhere(self, document):
        pays = Clause("2", "reward", pay=Arithmetic("*", self.names["a"], MONEY), cap=Literal(Fraction(2), "元"))
        document.clauses += [pays, Clause("3", "reward", pay=Arithmetic("+", AmountOf(pays), MONEY))]

    def on_another_day(self, document):
        judged = Clause("2", when=Comparison(">=", AsOf(), Literal(self.rng.choice(self.calendar))))
        document.clauses += [judged, Clause("3", when=Satisfies(judged, self.names["d"]))]

    def paid_before(self, document):
        clause = Clause("2", "reward", pay=Literal(Fraction(3), "元"), per_year=True)
        document.clauses.append(clause)
        clause.cap_in_all = Literal(Fraction(5), "元")
        clause.paid = Fact("paid of 2", "number", "元", label="已付之2", low=Fraction(0), implicit=True)
        document.facts = [*document.facts, clause.paid]

    def allotted(self, document):
        clause = Clause("2", "reward", pay=Literal(Fraction(3), "元"))
        document.clauses.append(clause)
        clause.allotted = Fact("allotted of 2", "number", "元", label="兑现之2", low=Fraction(0),
                               implicit=True, across="allotted")
        document.facts = [*document.facts, clause.allotted]
        document.across = [Budget("fund", Fraction(5), (), clause)]

    def cap_of_none(self, document):
        cap = Call("least", tuple(Arithmetic("*", self.names[n], MONEY) for n in "ab"))
        document.clauses.append(Clause("2", "reward", pay=Literal(Fraction(2), "元"), cap=cap))

    def once(self, document):
        stage = Stage("filed", Field(self.rows.fields[1]), Literal(Fraction(100), "元"), each=self.rows, once=True)
        document.clauses.append(Clause("2", "reward",
                                       when=Comparison(">=", AsOf(), Literal(self.calendar[0])), stages=(stage,)))

    def used(self, document):
        """A document in force from a day of the calendar, until another one or repealed on it."""
        used = Document(code=f"{document.code}-u", facts=self.facts[:4], clauses=[Clause(
            "a", "reward", when=Comparison("<>", self.names["a"], whole(100)), pay=Literal(Fraction(7), "元"))])
        used.since, day = sorted(self.rng.sample(self.calendar, 2))
        setattr(used, self.rng.choice(("until", "repealed")), day)
        use = UsedDocument(used, {})
        document.uses = [use]
        return use, used.clauses[0]

    def in_used(self, document):
        use, clause = self.used(document)
        day = self.names["d"] if self.maybe(0.3) else None
        document.clauses.append(Clause("2", when=UsedSatisfies(use, clause, day)))

    def amount_in_used(self, document):
        use, clause = self.used(document)
        document.clauses.append(Clause("2", "reward", pay=Arithmetic("+", UsedAmountOf(use, clause), MONEY)))

    def groups(self, document):
        pays = [Arithmetic("*", self.names["a"], MONEY), Literal(Fraction(3), "元")]
        members = [Clause(code, "reward", pay=pay) for code, pay in zip("23", pays)]
        document.clauses += members
        document.groups = [Group("g", self.maybe(0.7), tuple(members),
                                 cap=self.rng.choice((None, Literal(Fraction(4), "元"))))]
        document.clauses.append(Clause("4", "reward", pay=AmountOf(members[0])))

    def level(self, document):
        document.rungs = [Rung(code, f"层级 {code}", i + 1, False, Comparison(">=", self.names["a"], whole(i)))
                          for i, code in enumerate(("low", "middle", "high"))]
        document.clauses.append(Clause("2",
                                       when=Comparison(">=", LevelOf(document.code, tuple(document.rungs)), whole(2))))

    def cases(self, code, rows):
        document = self.document(code)
        text = Printer(self.rng).document(document)
        values = Rows(self.rng, self.pools, self.calendar)
        for _ in range(rows):
            chance = self.rng.choice((0, 0, 0, 0.2))
            row = {f.name: values.sometimes(f, chance) for f in document.facts}
            if document.clauses[-1].cap is not None and self.maybe(0.5):
                row["a"] = row["b"] = NULL
            row["as_of"] = ABSENT if self.maybe(chance / 4) else values.date()
            if any(stage.once for clause in document.clauses for stage in clause.stages) and self.maybe(0.6):
                day = row["as_of"] = self.calendar[4]
                row["rows"] = [{"n": Fraction(n), "w": day} for n in (1, 2)]
            yield Trial("rules", document, text, None, row)
