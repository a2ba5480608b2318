"""Documents that compare each fact once with constants, for which an engine is complete."""

from fractions import Fraction

from generate import (
    COMPARISONS, ORDER, PLAIN, TEXTS, UNITS, Generator, Rows, Trial, chain, constant, numbers)
from language import (
    Arithmetic, AsOf, Band, Between, Call, Case, Clause, Comparison, Definition, Document,
    Fact, IsNull, Junction, Literal, Name, Not, Printer, Rung, Use, Within)
from values import ABSENT


class OnceGenerator(Generator):
    """Documents in which each fact occurs once, in a comparison with constants."""

    def document(self, code, bare):
        rng = self.rng
        self.start()
        self.atoms, self.bare, self.used_as_of = {}, bare, False
        document = Document(code=code, facts=self.facts, definitions=self.definitions, bare=bare)
        shape = rng.choice(("condition", "condition", "points", "reward", "clauses", "ladder"))
        if bare or shape == "condition":
            document.clauses = [Clause("1", when=self.tree(rng.randint(2, 5)))]
        elif shape == "points":
            document.clauses = [Clause("1", "points", pay=self.score(rng.randint(2, 4)))]
        elif shape == "reward":
            document.clauses = [self.make_reward("1")]
        elif shape == "clauses":
            document.clauses = [self.make_reward(c) for c in ("1", "2")]
        else:
            document.rungs = [Rung(c, f"层级 {c}", i + 1, False, self.tree(rng.randint(1, 3)))
                              for i, c in enumerate(("low", "middle", "high"))]
        return document

    def make_reward(self, code):
        clause = Clause(code, self.rng.choice(("reward", "subsidy")),
                        when=self.tree(self.rng.randint(1, 3)))
        if self.maybe(0.5):
            clause.pay = Literal(self.rng.choice(self.pools["元"]), "元")
        else:
            clause.pay = self.score(2, "元")
        if self.maybe(0.3):
            clause.cap = Literal(abs(self.rng.choice(self.pools["元"])) + 10, "元")
        return clause

    def tree(self, count):
        parts = [self.atom() for _ in range(count)]
        while len(parts) > 1:
            self.rng.shuffle(parts)
            size = min(len(parts), self.rng.randint(2, 3))
            taken, parts = parts[:size], parts[size:]
            parts.append(self.join(taken))
        return parts[0]

    def join(self, parts):
        way = self.rng.random()
        if way < 0.12:
            op = self.rng.choice(ORDER)
            count = Literal(Fraction(self.rng.randint(0, len(parts))))
            return Comparison(op, Call("count_true", tuple(parts)), count)
        if way < 0.18 and len(parts) == 3 and not self.bare:
            return Case(((parts[0], parts[1]),), parts[2])
        whole = Junction(self.rng.choice(("and", "or")), tuple(parts))
        if way < 0.3:
            whole = Not(whole)
        if way > 0.9 and not self.bare:
            definition = Definition(f"d{len(self.definitions)}", whole, "boolean")
            self.definitions.append(definition)
            return Use(definition)
        return whole

    def fresh(self, *types):
        name = f"f{len(self.facts)}"
        if self.bare:
            fact = Fact(name, self.rng.choice(types))
            if fact.type == "number":
                unit = self.rng.choice(UNITS)
                fact.unit = None if unit == PLAIN else unit
        else:
            fact = self.make_fact(name, types)
        self.facts.append(fact)
        return fact

    def atom(self):
        if not self.used_as_of and self.maybe(0.05):
            self.used_as_of = True
            atom = Comparison(self.rng.choice(COMPARISONS), AsOf(),
                              Literal(self.rng.choice(self.calendar)))
            self.atoms["as_of"] = atom
            return atom
        if self.maybe(0.12):
            bound = self.number_literal("分")
            return Comparison(self.rng.choice(ORDER), self.score(2), bound)
        fact = self.fresh("number", "number", "number", "boolean", "text", "date")
        atom = self.atoms[fact.name] = getattr(self, "atom_" + fact.type)(fact)
        return atom

    def compare_constants(self, fact, make):
        way = self.rng.random()
        name = Name(fact)
        if not self.bare and fact.null == "none" and way < 0.1:
            return IsNull(name, self.maybe(0.5))
        if way < 0.25:
            low, high = sorted((make(), make()), key=constant)
            return Between(name, low, high, self.maybe(0.4))
        if way < 0.35:
            items = {constant(i): i for i in (make(), make(), make())}
            return Within(name, tuple(items.values()), self.maybe(0.4))
        sides = [name, make()]
        self.rng.shuffle(sides)
        return Comparison(self.rng.choice(COMPARISONS), *sides)

    def atom_number(self, fact):
        unit = self.unit_of(Name(fact))
        make = self.number_literal if self.bare else self.bound
        return self.compare_constants(fact, lambda: make(unit))

    def atom_date(self, fact):
        return self.compare_constants(fact, lambda: Literal(self.rng.choice(self.calendar)))

    def atom_text(self, fact):
        values = fact.values or TEXTS
        if self.maybe(0.5):
            return Comparison(self.rng.choice(("=", "<>")), Name(fact),
                              self.spoken(self.rng.choice(values), fact))
        picked = self.rng.sample(values, self.rng.randint(1, len(values)))
        return Within(Name(fact), tuple(self.spoken(v, fact) for v in picked), self.maybe(0.4))

    def atom_boolean(self, fact):
        if fact.null == "unknown" and self.maybe(0.2):
            return Comparison(self.rng.choice(("=", "<>")), Name(fact), Literal(self.maybe(0.5)))
        return Name(fact)

    def constant_expression(self, literal, unit):
        """Returns a constant, occasionally computed or defined."""
        if self.maybe(0.06):
            return Arithmetic("-", Arithmetic("+", literal, literal), literal)
        if not self.bare and self.maybe(0.06):
            definition = Definition(f"d{len(self.definitions)}", literal, "number", unit)
            self.definitions.append(definition)
            return Use(definition)
        return literal

    def score(self, count, unit="分"):
        """A sum of bands, each over its own fact."""
        bands = []
        for _ in range(count):
            fact = self.fresh("number")
            same = self.unit_of(Name(fact))
            bounds = {}
            for _ in range(self.rng.randint(1, 3)):
                literal = self.number_literal(same)
                bounds[constant(literal)] = literal
            op = self.rng.choice((">=", ">", "<=", "<"))
            order = sorted(bounds, reverse=op in (">=", ">"))
            bounds = {b: self.constant_expression(e, same) for b, e in bounds.items()}
            points = iter(self.rng.sample(numbers(unit), 4))
            steps = tuple((op, [bounds[b]], Literal(next(points), unit)) for b in order)
            band = Band(Name(fact), steps, Literal(next(points), unit))
            self.atoms[fact.name] = band
            bands.append(band)
        return chain("+", bands)

    def cases(self, code, rows):
        document = self.document(code, bare=self.maybe(0.3))
        text = Printer(self.rng).document(document)
        values = Rows(self.rng, self.pools, self.calendar)
        for _ in range(rows):
            chance = self.rng.choice((0.3, 0.5, 0.7))
            row = {f.name: values.sometimes(f, chance) for f in document.facts}
            row["as_of"] = ABSENT if self.maybe(chance) else values.date()
            yield Trial("once", document, text, None, row, self.atoms)
