"""Documents whose conditions go through lists, for rows and for elements of the same and of other lists."""

from fractions import Fraction

from generate import COMPARISONS, PLAIN, Generator
from language import (
    Aggregate, Clause, Comparison, Document, Field, Group, Junction, LevelOf, Literal, Name, Rung, Use)


class ListsGenerator(Generator):
    """Documents over a few facts and two lists, in which clauses, stages and rungs have conditions in common."""

    def document(self, code):
        rng = self.rng
        self.start()
        self.common, self.rungs, self.code_of_level = [], [], code
        self.facts = self.make_facts(False)
        if self.maybe(0.3):
            self.facts += self.make_years()
        for i in range(rng.randint(0, 2)):
            self.definitions.append(self.make_definition(i))
        self.common = [self.list_condition(2) if self.maybe(0.6) else super(ListsGenerator, self).boolean(1)
                       for _ in range(rng.randint(2, 4))]
        codes = ["1", "2", "3", "4", "top", "both", "low", "middle", "high", "level"]
        document = Document(code=code, facts=self.facts, definitions=self.definitions)
        first = self.maybe(0.5)     # rungs that clauses ask for
        if first:
            self.rungs = document.rungs = self.rungs_of(rng.randint(1, 3))
            self.provisions.clear()
        for clause_code in codes[:rng.randint(1, 4)]:
            clause = self.make_clause(clause_code)
            document.clauses.append(clause)
            self.provisions.append(clause)
        if self.maybe(0.6):
            self.groups_of(document)
        if not first and self.maybe(0.5):
            document.rungs = self.rungs_of(rng.randint(1, 3))
        return document

    def groups_of(self, document):
        free = [c for c in document.clauses if c.kind in ("reward", "subsidy") and not c.undetermined]
        if len(free) < 2:
            return
        members = tuple(free[:self.rng.randint(2, len(free))])
        document.groups.append(Group("top", True, members, self.make_cap("元") if self.maybe(0.4) else None))
        if len(members) < len(free):
            document.groups.append(Group("both", False, (document.groups[0], free[-1]),
                                         self.make_cap("元") if self.maybe(0.4) else None))

    def rungs_of(self, count):
        rungs = []
        for level, code in enumerate(("low", "middle", "high")[:count], 1):
            rungs.append(Rung(code, f"层级 {code}", level, False, self.demanding(2)))
            self.provisions.append(rungs[-1])
        return rungs

    # Facts

    def make_facts(self, small):
        rng = self.rng
        self.units = self.units[:1] + ["元"]
        facts = [self.make_fact(name, (kind,)) for name, kind in zip(
            ("g", "a", "b", "d", "k"), ("boolean", "number", "number", "date", rng.choice(("text", "boolean"))))]
        for name in ("awards", "titles"):
            fact = self.make_list(name, facts)
            if fact.item is None:
                fact.fields = tuple(f for f in fact.fields if f.name not in "gabdk")
                kinds = {f.type for f in fact.fields}
                fact.fields += tuple(self.make_fact(n, (t,)) for n, t in (("day", "date"), ("x", "number"))
                                     if t not in kinds or self.maybe(0.3))
            facts.append(fact)
        return facts

    # Clauses

    def make_clause(self, code):
        rng = self.rng
        clause = Clause(code, rng.choice(("eligibility", "reward", "reward", "reward", "subsidy")))
        if self.maybe(0.85):
            clause.when = self.demanding(2)
        if clause.kind == "eligibility":
            return clause
        if self.maybe(0.65):
            codes = rng.sample(("filed", "listed", "复核"), rng.randint(1, 2))
            clause.stages = tuple(self.make_stage(c) for c in codes)
        else:
            clause.pay = self.number("元", rng.randint(0, 3))
        if self.maybe(0.35):
            clause.cap = self.make_cap("元")
        return clause

    def make_stage(self, code):
        stage = super().make_stage(code)
        # what is demanded of the row, or of other clauses, is demanded of the elements too
        shared = [c for c in self.common if not stage.each or not self.hides(stage.each, c)]
        if shared and self.maybe(0.6):
            parts = [self.rng.choice(shared)] + ([stage.when] if stage.when is not None else [])
            self.rng.shuffle(parts)
            stage.when = Junction("and", tuple(parts)) if len(parts) > 1 else parts[0]
        return stage

    @staticmethod
    def hides(fact, condition):
        """Whether the fields of a list, or `it`, hide something that a condition reads."""
        names = {f.name for f in fact.fields or (fact.item,)}
        return any(isinstance(n, Use) or isinstance(n, Name) and n.fact.name in names for n in condition.walk())

    # Conditions

    def demanding(self, depth):
        parts = self.rng.sample(self.common, self.rng.randint(0, min(2, len(self.common))))
        parts.append(self.boolean(depth))
        if self.maybe(0.3):
            self.rng.shuffle(parts)
        return parts[0] if len(parts) == 1 else Junction(self.rng.choice(("and", "and", "and", "or")), tuple(parts))

    def boolean(self, depth):
        if depth > 0 and self.maybe(0.35):
            return self.list_condition(depth)
        if self.common and not self.inside and self.maybe(0.2):
            return self.rng.choice(self.common)
        if self.rungs and not self.inside and self.maybe(0.08):
            level = LevelOf(self.code_of_level, tuple(self.rungs))
            return Comparison(self.rng.choice(COMPARISONS), level, Literal(self.rng.choice(self.pools[PLAIN])))
        return super().boolean(depth)

    def list_condition(self, depth):
        """Compares what a function over a list gives with a constant, or with a fact; or calls any or all."""
        lists = self.lists(lambda spec: True)
        if not lists or self.maybe(0.2):
            return self.any_or_all(depth)
        fact = self.rng.choice(lists)
        if self.inside and self.maybe(0.5):
            fact = self.inside[-1] if self.inside[-1] in lists else fact
        way = self.rng.random()
        op = self.rng.choice(COMPARISONS)
        if way < 0.45:
            return Comparison(op, self.count_of(fact, depth), self.small())
        spec = self.rng.choice(fact.fields or (fact.item,))
        if spec.type == "number":
            unit = self.unit_of(Field(spec))
            value = self.aggregate(self.rng.choice(("sum", "min", "max", "avg", "one")), fact, self.is_number(unit),
                                   lambda: self.number(unit, depth - 2), depth)
            return Comparison(op, value, self.number_leaf(unit) if self.maybe(0.4) else self.bound(unit))
        if spec.type == "date":
            value = self.aggregate(self.rng.choice(("min", "max", "one")), fact, lambda s: s.type == "date",
                                   lambda: self.date(depth - 2), depth)
            return Comparison(op, value, self.date_leaf())
        return Comparison(op, self.count_of(fact, depth), self.small())

    def count_of(self, fact, depth):
        self.enter(fact)
        where = self.boolean(depth - 1) if self.maybe(0.6) else None
        self.leave()
        return Aggregate("count", fact, where, None)

    def small(self):
        """What a number of elements is compared with."""
        found = [e for e in self.reachable("number") if self.unit_of(e) == PLAIN]
        if found and self.maybe(0.3):
            return self.rng.choice(found)
        return Literal(Fraction(self.rng.randint(0, 3)))

    def cases(self, code, rows):
        for trial in super().cases(code, rows):
            trial.kind = "lists"
            yield trial
