"""Documents that use another document: its provisions in conditions and sums, its facts mapped."""

from generate import ORDER, Generator
from language import (
    Clause, Comparison, Document, Fact, LevelOf, Literal, Name, UsedAmountOf, UsedDocument, UsedLevelOf,
    UsedSatisfies)
from fractions import Fraction


class UsedGenerator(Generator):

    def document(self, code):
        self.used = None
        self.start()
        self.facts = self.make_facts(self.maybe(0.5))
        used = self.make_used(f"{code}-u")
        document = Document(code=code, facts=self.facts, uses=[used])
        self.used, self.provisions = used, []
        codes = list("12345678")
        for _ in range(self.rng.randint(1, 2)):
            document.clauses.append(self.make_clause(codes.pop(0)))
        if not any(isinstance(n, (UsedSatisfies, UsedAmountOf)) for n in document.nodes()):
            document.clauses.append(Clause(codes.pop(0), when=self.satisfied(1)))
        if used.document.rungs:
            bound = Literal(Fraction(self.rng.choice(used.document.rungs).level))
            level = UsedLevelOf(used, tuple(used.document.rungs))
            document.clauses.append(Clause(codes.pop(0), when=Comparison(self.rng.choice(ORDER), level, bound)))
        if self.maybe(0.2):
            document.as_of = self.rng.choice(self.calendar)
        self.used = None
        return document

    def make_used(self, code):
        """Makes the used document, of the same facts and perhaps one that is mapped."""
        rng, own = self.rng, self.facts
        mapped = {}
        self.facts = list(own)
        if self.maybe(0.7):
            fact = Fact("另数", rng.choice(("number", "boolean", "date")))
            make = {"number": lambda: self.number("元", 2), "boolean": lambda: self.boolean(2),
                    "date": lambda: self.date(1)}
            mapped[fact.name] = make[fact.type]()
            if fact.type == "number":
                fact.unit = "元"
            # what it is can be none, whatever the fact says
            fact.null = "none" if fact.type != "boolean" else "unknown"
            self.facts = own + [fact] * 3       # it is to be read often
        document = Document(code=code, facts=self.facts)
        codes = list("一二三四五六七")
        for _ in range(rng.randint(1, 3)):
            document.clauses.append(self.make_clause(codes.pop()))
            self.provisions.append(document.clauses[-1])
        if self.maybe(0.4):
            document.rungs = self.make_rungs(codes)
        document.facts = own + self.facts[-1:] if mapped else own
        if self.maybe(0.6):
            document.since, document.until = sorted(rng.sample(self.calendar, 2))
            document.until = rng.choice((document.until, None))
        self.facts = own
        return UsedDocument(document, mapped)

    def satisfied(self, depth):
        if self.used is None:
            return super().satisfied(depth)
        day = self.date(depth - 1) if self.maybe(0.5) else None
        document = self.used.document
        return UsedSatisfies(self.used, self.rng.choice(document.clauses + document.rungs), day)

    def boolean(self, depth):
        if self.used is not None and self.maybe(0.3):
            return self.satisfied(depth)
        return super().boolean(depth)

    def number(self, unit, depth):
        if self.used is not None and self.maybe(0.3):
            pays = [c for c in self.used.document.clauses if c.pays() and not c.undetermined
                    and (c.kind == "points") == (unit == "分")]
            if pays and unit in ("元", "分"):
                return UsedAmountOf(self.used, self.rng.choice(pays))
        return super().number(unit, depth)
