"""Random documents and rows over the whole language.

The other generators build on this one: once.py, probe.py and exact.py.
"""

import datetime
import random
from dataclasses import dataclass, replace
from fractions import Fraction

from language import (
    Aggregate, Arithmetic, AsOf, Band, Between, Call, Case, Clause, Comparison, Days, AmountOf, Budget, Definition,
    Document, Fact, Field, Group, InYear, IsNull, Junction, LevelOf, Literal, Lookup, Multiple, Name, Negate, Not,
    Population, Power, Printer, Range, Rung, Satisfies, Selection, Shift, SIZES_OF_UNITS, Stage, Table, Tiers, Use,
    Within, Year)
from values import ABSENT, NULL, has_decimal

PLAIN = "plain"
UNITS = (PLAIN, "元", "分", "年", "月", "日", "人", "平方米")
RARE_UNITS = ("公顷", "箱", "日元")

NUMBERS = {
    PLAIN: "0 1 2 3 5 10 0.05 0.2 0.35 1.5 12 -1",
    "元": "0 100 5000 10000 500000 1000000 0.5 33.33 20 150000000",
    "分": "0 5 10 15 20 60 7.5",
    "年": "0 1 2 3 5 2.5",
    "月": "0 1 3 6 11 12",
    "日": "0 30 90 365 1000",
    "人": "0 10 100 300 20000",
    "平方米": "0 50 100 1000.5 2000 30000",
    "公顷": "0 1 2 0.5 30",
    "箱": "0 1 20 5000 2.5",
    "日元": "0 1 5000 0.5 120000",
}
DATES = tuple(datetime.date.fromisoformat(d) for d in (
    "2021-11-30", "2022-02-28", "2023-01-31", "2023-06-30", "2024-02-29", "2024-03-31",
    "2024-12-31", "2025-01-01", "2025-06-30", "2026-02-28"))
SIZES = ("micro", "small", "medium", "large")
LABELS = {"micro": ("微型", "微型企业"), "small": ("小型", "it's small"), "medium": ("中",), "large": ()}
NO_SIZES = ("giant", "微 型", "Micro")
TEXTS = ("甲", "乙", "it's", "渝北区")
FACT_NAMES = ("收入", "面积", "区域", "认定日", "amount", "number", "region", "净利润")
CODES = ("3", "7-neeq", "8a", "一-二", "c.1", "d_2", "12", "优惠", "e-1", "f_2", "奖补", "9x", "乙-1")
COMPARISONS = ("=", "<>", "<", "<=", ">", ">=")
ORDER = ("<", "<=", ">", ">=")


def numbers(unit):
    return [Fraction(n) for n in NUMBERS[unit].split()]


@dataclass(eq=False)
class Trial:
    """A document, the part of it to judge, and a row."""
    kind: str
    document: Document      # the policy to judge: the whole document or a part
    text: str
    part: str
    row: dict               # by fact, and `as_of`: a value or a mark
    atoms: dict = None      # by fact: its only comparison; None if there may be several
    number: int = None


def may_be_none(e):
    """Whether an expression can be none."""
    kind = type(e)
    if kind is InYear:
        return e.fact.null == "none" or may_be_none(e.year)
    if kind is Aggregate and isinstance(e.list, Range):
        return e.name in ("min", "max")
    if kind in (Name, Field):
        return e.fact.null == "none" and e.fact.type in ("number", "text", "date")
    if kind is Use:
        return may_be_none(e.definition.body)
    if kind in (Arithmetic, Days, Shift, Negate):
        return any(may_be_none(c) for c in e.children())
    if kind is Case:
        return e.otherwise is None or any(
            may_be_none(v) for v in [e.otherwise, *(v for _, v in e.branches)])
    if kind is Band:
        return e.otherwise is None
    if kind in (Tiers, Multiple):
        return may_be_none(e.value)
    if kind is Power:
        return may_be_none(e.base)
    if kind is Lookup:
        rows = [*(values for _, values in e.table.rows), e.table.otherwise or ()]
        return may_be_none(e.index) or any(e.column < len(values) and values[e.column] is None for values in rows)
    if kind is Call:
        if e.name == "coalesce":
            return may_be_none(e.args[1])
        if e.name in ("least", "greatest", "earliest"):
            return all(may_be_none(a) for a in e.args)
        if e.name == "clamp":
            return may_be_none(e.args[0])
        return e.name != "count_true" and any(may_be_none(a) for a in e.args)
    if kind is Aggregate:
        return e.name in ("min", "max", "avg") or e.name == "one" and (
            may_be_none(e.each) if e.each is not None else e.list.item.null == "none")
    return False


def expressions_of(provision):
    """The expressions of a clause, group or rung."""
    if isinstance(provision, Rung):
        return [provision.when, *provision.should]
    found = [provision.when, *provision.should, provision.cap, provision.cap_in_all]
    found += [] if isinstance(provision, Group) else [provision.pay]
    for stage in provision.stages:
        found += [stage.on, stage.when, stage.pay]
    return [e for e in found if e is not None]


def asks_selection(provision):
    """Whether a provision, or another one that it asks, asks for what is known of several rows."""
    if not isinstance(provision, Rung) and provision.allotted is not None:
        return True
    if isinstance(provision, Group) and any(map(asks_selection, provision.members)):
        return True
    for e in expressions_of(provision):
        for n in e.walk():
            if isinstance(n, Name) and n.fact.across:
                return True
            if isinstance(n, (Satisfies, AmountOf)) and asks_selection(n.target):
                return True
            if isinstance(n, LevelOf) and any(map(asks_selection, n.rungs)):
                return True
    return False


class Rows:
    """Random values for facts, close to the constants that the rules compare them with."""

    def __init__(self, rng, pools, calendar):
        self.rng, self.pools, self.calendar = rng, pools, calendar

    def number(self, spec):
        pool = self.pools[PLAIN if spec.unit in (None, "%") else spec.unit]
        value = self.rng.choice(pool)
        value += self.rng.choice((0, 0, 0, 1, -1, Fraction(1, 2), Fraction(-1, 100)))
        if spec.low is not None:
            value = max(value, spec.low)
        if spec.high is not None:
            value = min(value, spec.high)
        return value

    def date(self, spec=None):
        day = self.rng.choice(self.calendar)
        day += datetime.timedelta(days=self.rng.choice((0, 0, 0, 1, -1, 30, -365)))
        if spec is not None and spec.low is not None:
            day = max(day, spec.low)
        if spec is not None and spec.high is not None:
            day = min(day, spec.high)
        return day

    def known(self, spec):
        if spec.type == "number":
            return self.number(spec)
        if spec.type == "date":
            return self.date(spec)
        if spec.type == "boolean":
            return self.rng.random() < 0.5
        if spec.type == "text":
            value = self.rng.choice(spec.values or TEXTS)
            return self.rng.choice((value, *spec.labels.get(value, ())))
        if spec.item is not None:
            return [self.unknown_element(spec.item) if self.rng.random() < 0.03
                    else self.known(spec.item) for _ in range(self.rng.randint(0, 3))]
        elements = [{f.name: self.sometimes(f, 0.04) for f in spec.fields}
                    for _ in range(self.rng.randint(0, 3))]
        if elements and self.rng.random() < 0.3:
            elements.append(dict(self.rng.choice(elements)))    # two equal entries
        return elements

    def unknown(self, spec):
        choices = [ABSENT]
        if spec.null == "unknown":
            choices.append(NULL)
        if spec.type == "number" and spec.low is not None:
            choices.append(spec.low - self.rng.choice((1, Fraction(1, 1000))))
        if spec.type == "number" and spec.high is not None:
            choices.append(spec.high + self.rng.choice((1, 10 ** 9)))
        if spec.type == "date" and spec.low is not None:
            choices.append(spec.low - datetime.timedelta(days=1))
        if spec.type == "text" and spec.values:
            choices.append(self.rng.choice(NO_SIZES))
        return self.rng.choice(choices)

    def unknown_element(self, spec):
        raw = self.unknown(spec)
        return NULL if raw is ABSENT else raw

    def sometimes(self, spec, unknown):
        """Returns a value, none if NULL means none, or occasionally unknown."""
        if self.rng.random() < unknown:
            return self.unknown(spec)
        if spec.null != "unknown" and self.rng.random() < 0.25:
            return NULL
        return self.known(spec)


class Generator:
    def __init__(self, rng):
        self.rng = rng

    def maybe(self, chance):
        return self.rng.random() < chance

    # A document

    def start(self):
        """Chooses few units and constants, so that they coincide often."""
        rng = self.rng
        self.pools = {u: rng.sample(numbers(u), min(4, len(numbers(u)))) for u in NUMBERS}
        self.calendar = rng.sample(DATES, 5)
        units = UNITS + RARE_UNITS if self.maybe(0.25) else UNITS
        self.units = rng.sample([u for u in units if u != "元"], 2) + ["元"]
        self.facts, self.definitions, self.inside = [], [], []
        self.provisions = []        # that others may refer to
        self.tables = []

    def small_document(self, code):
        """Returns one condition over few facts, so that every fact can matter."""
        way = self.rng.choice((
            self.compare_numbers, self.compare_numbers, self.compare_dates, self.compare_dates,
            self.between, self.within, self.any_or_all, self.boolean))
        clause = Clause("1", when=way(2))
        if self.maybe(0.2):
            clause = Clause("1", "reward", stages=(self.make_stage("filed"),), when=way(1))
        elif self.maybe(0.15):
            clause = Clause("1", "reward", pay=self.number("元", 2))
        return Document(code=code, facts=self.facts, clauses=[clause])

    def document(self, code):
        rng = self.rng
        small = self.maybe(0.4)
        self.start()
        self.facts = self.make_facts(small)
        if small:
            return self.small_document(code)
        # by the code, so that documents without years stay what they were
        if random.Random(code).random() < 0.25:
            self.facts += self.make_years()
        for i in range(rng.randint(0, 3)):
            self.definitions.append(self.make_definition(i))
        codes = rng.sample(CODES, len(CODES))
        # by the code, so that documents without such statements stay what they were
        chance = random.Random("across" + code)
        across = self.make_across(chance) if chance.random() < 0.25 else []
        document = Document(code=code, across=across, facts=self.facts, definitions=self.definitions)
        for _ in range(rng.randint(1, 3)):
            clause = self.make_clause(codes.pop())
            document.clauses.append(clause)
            if clause.pays() and clause.kind != "points" and not clause.undetermined:
                self.cap_in_all(document, clause)
            self.provisions.append(clause)
        if self.maybe(0.4):
            self.make_groups(document, codes)
        if across:
            self.give_subjects(document)
            self.make_budget(document, chance)
        if self.maybe(0.3):
            document.rungs = self.make_rungs(codes)
            referring = document.groups or any(isinstance(s, Budget) for s in document.across) or any(
                c.paid for c in document.clauses) or any(
                isinstance(n, (Satisfies, AmountOf)) for n in document.nodes())
            if self.maybe(0.5) and not referring:
                document.clauses = document.clauses[:rng.randint(0, 1)]
            if self.maybe(0.3):
                level = LevelOf(code, tuple(document.rungs))
                bound = Literal(Fraction(rng.choice(document.rungs).level))
                document.clauses.append(Clause(codes.pop(), when=Comparison(rng.choice(COMPARISONS), level, bound)))
        if self.maybe(0.2):
            document.as_of = rng.choice(self.calendar)
        return document

    def make_facts(self, small):
        rng = self.rng
        names = list(rng.sample(FACT_NAMES, 3)) + [f"f{i}" for i in range(9)]
        facts = []
        for i in range(rng.randint(1, 3) if small else rng.randint(3, 8)):
            fact = self.make_fact(names[i])
            if self.maybe(0.2):
                fact.label = f"标签 {i}"
            fact.fixed = self.maybe(0.1)
            facts.append(fact)
        if self.maybe(0.6):
            facts.append(self.make_list(names[len(facts)], facts))
        return facts

    def make_years(self):
        """Returns a fact by year as the facts of its years; a year that is not among them is not there."""
        fact = Fact("产值", "number", self.rng.choice((None, "元", "人")),
                    null=self.rng.choice(("unknown", "unknown", "none", "0")))
        fact.label = self.rng.choice((None, "年产值"))
        fact.years = tuple(
            Fact(f"产值_{year}", "number", fact.unit, fact.label and f"{year}年{fact.label}", null=fact.null, by_year=fact)
            for year in range(2019, 2028))
        return fact.years

    def year(self):
        """Returns an expression that is a year."""
        if self.maybe(0.4):
            return Literal(Fraction(self.rng.randint(2020, 2026)))
        back = Year(self.rng.choice((0, 1, 1, 1, 2)))
        numbers = [f for f in self.fields() if f.type == "number" and f.name == "it" and f.unit is None]
        if numbers and self.maybe(0.8):
            return self.rng.choice((Field(numbers[0]), Arithmetic("-", Field(numbers[0]), Literal(Fraction(1)))))
        return back

    def make_range(self):
        """Returns some years before the day judged, as a list."""
        last = Year(self.rng.choice((0, 1, 1)))
        first = Arithmetic("-", last, Literal(Fraction(self.rng.choice((0, 1, 2, 2, -1)))))
        return Range(first, last, Fact("it", "number"))

    def make_fact(self, name, types=("number", "number", "number", "boolean", "text", "date")):
        rng = self.rng
        fact = Fact(name, rng.choice(types))
        if self.maybe(0.4):
            fact.null = "none"
        if fact.type == "number":
            unit = rng.choice(self.units)
            fact.unit = unit if unit != PLAIN else rng.choice((None, None, "%"))
            self.give_range(fact, self.pools[unit])
            includes_zero = (fact.low or 0) <= 0 and (fact.high is None or fact.high >= 0)
            if includes_zero and self.maybe(0.2):
                fact.null = "0"
        elif fact.type == "text" and self.maybe(0.6):
            fact.values = tuple(rng.sample(SIZES, rng.randint(2, 4)))
            if self.maybe(0.5):
                fact.labels = {v: LABELS[v] for v in fact.values}
        elif fact.type == "date" and self.maybe(0.3):
            low, high = sorted(rng.sample(self.calendar, 2))
            fact.low, fact.high = rng.choice(((low, None), (None, high), (low, high)))
        return fact

    def give_range(self, fact, pool):
        shape = self.rng.choice(("", "low", "low", "high", "both"))
        low, high = sorted(self.rng.sample(sorted(set(pool) | {Fraction(0)}), 2))
        if shape in ("low", "both"):
            fact.low = low
        if shape in ("high", "both"):
            fact.high = high

    def make_list(self, name, facts):
        rng = self.rng
        fact = Fact(name, "list", null=rng.choice(("unknown", "none", "none")))
        if self.maybe(0.4):
            fact.item = self.make_fact("it", ("number", "number", "date", "date", "text", "boolean"))
            fact.item.null = "unknown"
            return fact
        count = rng.randint(2, 4)
        names = rng.sample(("area", "rent", "months", "owner", "year"), count)
        types = "number number number boolean text date date".split()
        if self.maybe(0.2):
            names[0] = facts[0].name
        fact.fields = tuple(self.make_fact(n, types) for n in names)
        return fact

    def make_definition(self, i):
        name = self.rng.choice((f"d{i}", f"定义{i}"))
        type_ = self.rng.choice(("number", "number", "boolean", "date"))
        if type_ == "boolean":
            return Definition(name, self.boolean(2), type_)
        if type_ == "date":
            return Definition(name, Shift(self.date(1), "+", 1, "年"), type_)
        if self.maybe(0.4):
            bands = [self.band("分", 1) for _ in range(self.rng.randint(1, 3))]
            return Definition(name, chain("+", bands), type_, "分", score=True)
        unit = self.rng.choice(self.units)
        return Definition(name, self.number(unit, 2), type_, unit)

    def make_clause(self, code):
        rng = self.rng
        clause = Clause(code, rng.choice(
            ("eligibility", "reward", "reward", "reward", "subsidy", "tax", "points")))
        if self.maybe(0.85):
            clause.when = self.boolean(3)
        clause.should = self.make_should()
        if self.maybe(0.12):
            clause.subject = rng.choice(("platform", "region"))
        if clause.kind == "eligibility":
            return clause
        clause.per_year = self.maybe(0.2)
        unit = "分" if clause.kind == "points" else "元"
        if clause.kind in ("reward", "subsidy") and self.maybe(0.4):
            clause.stages = tuple(self.make_stage(c) for c in
                                  rng.sample(("filed", "listed", "复核"), rng.randint(1, 3)))
        elif clause.kind in ("reward", "subsidy") and self.maybe(0.15):
            clause.undetermined = True
        else:
            clause.pay = self.number(unit, rng.randint(0, 3))
        if not clause.undetermined and self.maybe(0.4):
            clause.cap = self.make_cap(unit)
        return clause

    def make_groups(self, document, codes):
        """Adds groups of rewards and subsidies, which are all per year or none."""
        free = [c for c in document.clauses if c.kind in ("reward", "subsidy") and c.subject == "enterprise"
                and c.cap_in_all is None and not c.undetermined]
        for _ in range(self.rng.randint(1, 2)):
            alike = [m for m in free if m.per_year == free[0].per_year]
            if not alike:
                return
            members = tuple(alike[:self.rng.randint(1, 3)])
            free = [m for m in free if not any(m is x for x in members)]
            group = Group(codes.pop(), self.maybe(0.6), members)
            if self.maybe(0.5):
                group.cap = self.make_cap("元")
            document.groups.append(group)
            self.cap_in_all(document, group)
            if group.cap_in_all is None:
                free.append(group)
            self.provisions.append(group)

    def cap_in_all(self, document, provision):
        """Sometimes gives a clause or group a cap over all periods."""
        if not self.maybe(0.25):
            return
        provision.cap_in_all = self.make_cap("元")
        if provision.per_year:
            provision.paid = Fact(f"paid of {provision.code}", "number", "元",
                                  label=f"已付之{provision.code}", low=Fraction(0),
                                  implicit=True)
            document.facts = [*document.facts, provision.paid]

    def make_across(self, rng):
        """Returns a selection and a population, whose facts are then like others; expressions of theirs are simple."""
        scalars = [f for f in self.facts if f.by_year is None]
        numbers = [f for f in scalars if f.type == "number"]
        sorted_by = numbers + [f for f in scalars if f.type == "date"]
        whens = [None] + [Name(f) for f in scalars if f.type == "boolean"]
        keys = tuple((Name(f), rng.random() < 0.5)
                     for f in rng.sample(sorted_by, min(len(sorted_by), rng.randint(0, 2))))
        found = [Selection("入选", rng.choice(("3", "20%", "1")), keys, rng.choice(whens))]
        facts = [Fact("入选", "boolean", implicit=True, across="selected", fixed=True)]
        values = [(Fact("户数", "number", implicit=True, across="population", fixed=True), "count", None)]
        if numbers:
            fact = rng.choice(numbers)
            total = Fact("全区合计", "number", fact.unit, implicit=True, across="population", fixed=True)
            values.append((total, "sum", Name(fact)))
        found.append(Population("同行", rng.choice(whens), tuple(values)))
        self.facts += facts + [fact for fact, _, _ in values]
        return found

    def give_subjects(self, document):
        """A clause of another subject does not ask about a selection or population of enterprises."""
        for clause in document.clauses:
            asked = [n for e in expressions_of(clause) for n in e.walk() if isinstance(n, Name) and n.fact.across]
            if asked and clause.subject != "enterprise":
                clause.subject = "enterprise"

    def make_budget(self, document, rng):
        """Sometimes pays a clause or group from a budget."""
        members = [m for g in document.groups for m in g.members]
        lines = [p for p in document.clauses + document.groups if p.kind in ("reward", "subsidy", "group")
                 and not p.stages and not p.undetermined and p.subject == "enterprise"
                 and not any(p is m for m in members)]
        if not lines:
            return
        line = rng.choice(lines)
        keys = () if rng.random() < 0.5 else next(s.keys for s in document.across if isinstance(s, Selection))
        line.allotted = Fact(f"allotted of {line.code}", "number", "元", label=f"兑现之{line.code}", low=Fraction(0),
                             implicit=True, across="allotted", fixed=True)
        document.facts = [*document.facts, line.allotted]
        document.across.append(Budget("资金", Fraction(rng.choice((1, 100, 10000))), keys, line))

    def make_cap(self, unit):
        if self.maybe(0.6):
            return Literal(abs(self.rng.choice(self.pools[unit])) + 10, unit)
        found = [e for e in self.reachable("number") if self.unit_of(e) == unit and may_be_none(e)]
        return self.rng.choice(found) if found and self.maybe(0.6) else self.number(unit, 2)

    def make_should(self):
        return tuple(self.boolean(1) for _ in range(self.rng.choice((0,) * 8 + (1, 2))))

    def make_stage(self, code):
        lists = [f for f in self.facts if f.type == "list" and any(
            s.type == "date" for s in f.fields or (f.item,))]
        each = self.rng.choice(lists) if lists and self.maybe(0.7) else None
        if each is not None:
            self.enter(each)
        own_dates = [f for f in self.fields() if f.type == "date"]
        on = Field(self.rng.choice(own_dates)) if own_dates else self.date(1, literal=False)
        when = self.boolean(1) if self.maybe(0.3) else None
        shadowed = {f.name for f in self.fields()}
        once = each is not None and not any(f.name in shadowed for f in self.facts) and self.maybe(0.5)
        if once:
            self.leave()            # elements of the same day pay the same
        stage = Stage(code, on, self.number("元", self.rng.randint(0, 2)), when, each, once)
        if each is not None and not once:
            self.leave()
        return stage

    def make_rungs(self, codes):
        rungs, level = [], 0
        for i in range(self.rng.randint(2, 4)):
            explicit = self.maybe(0.2) or any(r.explicit for r in rungs)
            level += self.rng.randint(1, 2) if explicit else 1
            rungs.append(Rung(codes.pop(), f"层级 {i}", level, explicit, self.boolean(2), self.make_should()))
            self.provisions.append(rungs[-1])
        return rungs

    # Names in scope

    def enter(self, fact):
        """Enters the scope of a list's elements."""
        self.inside.append(fact)

    def leave(self):
        self.inside.pop()

    def fields(self):
        """Returns the fields of the surrounding lists; inner ones hide outer ones of the same name."""
        found = {}
        for fact in self.inside:
            found |= {f.name: f for f in fact.fields or (fact.item,)}
        return list(found.values())

    def reachable(self, type_):
        shadowed = {f.name for f in self.fields()}
        found = [Field(f) for f in self.fields() if f.type == type_] * 2
        found += [Name(f) for f in self.facts if f.type == type_ and f.name not in shadowed and f.by_year is None]
        if type_ == "number":
            by_year = {f.by_year: None for f in self.facts if f.by_year is not None}
            found += [InYear(f, self.year()) for f in by_year for _ in range(2)]
        if not any(f.name in shadowed for f in self.facts):
            found += [Use(d) for d in self.definitions if d.type == type_]
        return found

    def lists(self, wanted):
        if len(self.inside) > 1:
            return []
        shadowed = {f.name for f in self.fields()}
        return [f for f in self.facts if f.type == "list"
                and f.name not in shadowed and any(wanted(s) for s in f.fields or (f.item,))]

    # Numbers

    def unit_of(self, e):
        unit = e.definition.unit if type(e) is Use else e.fact.unit
        return PLAIN if unit in (None, "%") else unit

    def number_literal(self, unit):
        value = self.rng.choice(self.pools[unit])
        if unit == PLAIN:
            percent = 0 < value < 1 and self.maybe(0.6)
            literal = Literal(abs(value), "%" if percent else None)
        else:
            literal = Literal(abs(value), unit)
        return Negate(literal) if value < 0 else literal

    def bound(self, unit):
        """Returns a constant to compare with; most units can be omitted there."""
        literal = self.number_literal(unit)
        if isinstance(literal, Literal) and unit != PLAIN and self.maybe(0.3):
            if unit not in ("元", "日元") or literal.value == 0:
                literal.unit = None
        return literal

    def other_unit(self, literal, beside):
        """Says a literal beside a fact in another unit of its kind."""
        if not isinstance(literal, Literal) or not isinstance(beside, (Name, Field)) \
                or literal.unit not in SIZES_OF_UNITS:
            return
        others = [u for u, size in SIZES_OF_UNITS.items()
                  if has_decimal(literal.value * SIZES_OF_UNITS[literal.unit] / size)]
        literal.other = self.rng.choice(others)

    def number_leaf(self, unit):
        found = [e for e in self.reachable("number") if self.unit_of(e) == unit]
        if found and self.maybe(0.8):
            return self.rng.choice(found)
        return self.number_literal(unit)

    def number(self, unit, depth):
        if depth <= 0 or self.maybe(0.25):
            return self.number_leaf(unit)
        if self.over_range(unit) and self.maybe(0.2):
            return self.range_aggregate(unit, depth)
        ways = [self.sum_or_difference] * 3 + [self.product, self.quotient] * 2 + [
            self.negation, self.extreme_number, self.rounded, self.number_case,
            self.number_coalesce, self.band, self.tiers]
        if self.lists(self.is_number(unit)):
            ways += [self.number_aggregate] * (1 if self.inside else 6)
        if self.maybe(0.1):
            ways += [self.lookup] * 4
        if self.paying(unit):
            ways += [self.amount_of] * 3
        if unit == "日":
            ways += [self.days_between] * 3
        if unit == "月":
            ways += [self.months_between] * 3
        if unit == PLAIN:
            ways += [self.counted] * 4 + [self.power]
        return self.rng.choice(ways)(unit, depth)

    def sum_or_difference(self, unit, depth):
        return Arithmetic(self.rng.choice("+-"), self.number(unit, depth - 1),
                          self.number(unit, depth - 2))

    def product(self, unit, depth):
        parts = [self.number(unit, depth - 1), self.number(PLAIN, depth - 2)]
        self.rng.shuffle(parts)
        return Arithmetic("*", *parts)

    def quotient(self, unit, depth):
        if unit == PLAIN:
            same = self.rng.choice(self.units)
            parts = self.number(same, depth - 1), self.number(same, depth - 2)
        else:
            parts = self.number(unit, depth - 1), self.number(PLAIN, depth - 2)
        if isinstance(parts[1], Literal) and parts[1].value == 0:
            return self.number_leaf(unit)
        return Arithmetic("/", *parts)

    def lookup(self, unit, depth):
        """A lookup in a table that has a column of the unit, perhaps a new one."""
        texts = [e for e in self.reachable("text") if e.fact.values]
        tables = [t for t in self.tables if any(u == unit for _, u in t.columns)
                  and (t.by != "text" or any(e.fact.values == t.texts for e in texts))]
        if not tables or self.maybe(0.3):
            tables = [self.make_table(unit, texts)]
        table = self.rng.choice(tables)
        column = self.rng.choice([i for i, (_, u) in enumerate(table.columns) if u == unit])
        if table.by == "date":
            index = self.date(depth - 1)
        elif table.by == "year":
            index = Call("year", (self.date(depth - 1),)) if self.maybe(0.7) else Literal(table.rows[0][0])
        elif table.by == "number":
            index = self.number(PLAIN, depth - 1)
        else:
            index = self.rng.choice([e for e in texts if e.fact.values == table.texts])
        printed = replace(table, columns=tuple((n, "" if u == PLAIN else u) for n, u in table.columns))
        return Lookup(printed, index, column)

    def make_table(self, unit, texts):
        rng = self.rng
        by = rng.choice(("date", "number", "year") + ("text",) * (2 if texts else 0))
        values = ()
        if by == "date":
            keys = rng.sample(self.calendar, rng.randint(1, 4))
        elif by == "number":
            keys = rng.sample(self.pools[PLAIN], rng.randint(1, 3))
        elif by == "year":
            keys = [Fraction(y) for y in rng.sample(range(2021, 2027), rng.randint(1, 4))]
        else:
            values = rng.choice(texts).fact.values
            keys = rng.sample(values, rng.randint(1, len(values)))
        columns = [("v", unit)] + ([("w", rng.choice(self.units))] if self.maybe(0.3) else [])

        def cells():
            return tuple(None if self.maybe(0.1) else rng.choice(numbers(u)) for _, u in columns)
        rows = tuple((key, cells()) for key in (keys if by == "text" else sorted(set(keys))))
        table = Table(f"table_{len(self.tables)}", by, tuple(columns), rows,
                      cells() if by in ("year", "text") and self.maybe(0.5) else None)
        table.texts = values
        self.tables.append(table)
        return table

    def power(self, unit, depth):
        exponent = self.rng.choice((0, 1, 2, 2, 3)) if unit == PLAIN else 1
        return Power(self.number(unit, depth - 1), exponent)

    def negation(self, unit, depth):
        return Negate(self.number(unit, depth - 1))

    def extreme_number(self, unit, depth):
        args = [self.number(unit, depth - 1) for _ in range(self.rng.randint(2, 3))]
        if len(args) == 3 and self.maybe(0.4):
            return Call("clamp", tuple(args))
        return Call(self.rng.choice(("least", "greatest")), tuple(args))

    def rounded(self, unit, depth):
        value = self.number(unit, depth - 1)
        if self.maybe(0.2):
            step = Fraction(self.rng.choice(("1", "5", "0.5", "100", "0.01")))
            return Multiple(self.rng.choice(("round", "floor", "ceil")), value,
                            Literal(step, None if unit == PLAIN else unit))
        if self.maybe(0.4):
            return Call(self.rng.choice(("floor", "ceil")), (value,))
        if self.maybe(0.4):
            return Call("round", (value,))
        return Call("round", (value, Literal(Fraction(self.rng.randint(0, 4)))))

    def number_case(self, unit, depth):
        return self.case(lambda: self.number(unit, depth - 1), depth)

    def case(self, make, depth, always_else=False):
        branches = tuple((self.boolean(depth - 1), make())
                         for _ in range(self.rng.randint(1, 2)))
        return Case(branches, make() if always_else or self.maybe(0.7) else None)

    def number_coalesce(self, unit, depth):
        found = [e for e in self.reachable("number")
                 if self.unit_of(e) == unit and may_be_none(e)]
        if not found:
            return self.number(unit, depth - 1)
        return Call("coalesce", (self.rng.choice(found), self.number_leaf(unit)))

    def band(self, unit, depth):
        points = iter(self.rng.sample(numbers(unit) * 2, 5))

        def score():
            value = abs(next(points))
            return Literal(value, None if unit == PLAIN else unit)

        texts = [e for e in self.reachable("text") if e.fact.values]
        if texts and self.maybe(0.3):
            value = self.rng.choice(texts)
            values = [self.spoken(v, value.fact) for v in self.rng.sample(value.fact.values,
                                                                          len(value.fact.values))]
            steps = [("=", values[:1], score())]
            if len(values) > 2:
                steps.append(("in", values[1:], score()))
        else:
            same = self.rng.choice(self.units)
            value = self.number(same, depth - 1)
            bounds = [self.bound(same) for _ in range(self.rng.randint(1, 3))]
            op = self.rng.choice((">=", ">=", ">", "<=", "<", "="))
            bounds.sort(key=constant, reverse=op in (">=", ">"))
            steps = [(op, [b], score()) for b in bounds]
            if self.maybe(0.2):
                steps.insert(0, ("in", [self.bound(same) for _ in range(2)], score()))
        return Band(value, tuple(steps), score() if self.maybe(0.85) else None)

    def tiers(self, unit, depth):
        """Parts of a number, each at its own rate; the bounds ascend from above zero."""
        bounds = sorted({abs(b) for b in self.pools[unit]} - {0}) or [Fraction(1)]
        bounds = bounds[:self.rng.randint(1, 3)]
        rates = [Literal(Fraction(r), "%" if 0 < Fraction(r) < 1 else None)
                 for r in self.rng.choices(("0", "0.05", "0.3", "0.5", "1", "2"), k=len(bounds) + 1)]
        parts = tuple((rate, Literal(bound, None if unit == PLAIN else unit)) for rate, bound in zip(rates, bounds))
        return Tiers(self.number(unit, depth - 1), parts, rates[-1] if self.maybe(0.6) else None)

    def number_aggregate(self, unit, depth):
        fits = self.is_number(unit)
        name = self.rng.choice(("sum", "sum", "min", "max", "avg", "one"))
        return self.aggregate(name, self.rng.choice(self.lists(fits)), fits,
                              lambda: self.number(unit, depth - 2), depth)

    def over_range(self, unit):
        return len(self.inside) < 2 and any(
            f.by_year is not None and self.unit_of(Name(f)) == unit for f in self.facts)

    def range_aggregate(self, unit, depth):
        name = self.rng.choice(("sum", "sum", "min", "max"))
        span = self.make_range()
        self.enter(span)
        where = self.boolean(depth - 2) if self.maybe(0.3) else None
        each = self.rng.choice([e for e in self.reachable("number") if self.unit_of(e) == unit]
                               or [self.number_literal(unit)])
        self.leave()
        return Aggregate(name, span, where, each)

    def is_number(self, unit):
        return lambda spec: spec.type == "number" and self.unit_of(Name(spec)) == unit

    def aggregate(self, name, fact, fits, make, depth):
        self.enter(fact)
        where = self.boolean(depth - 2) if self.maybe(0.5) else None
        if fact.item is not None and self.maybe(0.4):
            each = None
        elif self.maybe(0.6):
            each = Field(self.rng.choice([f for f in fact.fields or (fact.item,) if fits(f)]))
        else:
            each = make()
        self.leave()
        return Aggregate(name, fact, where, each, "date" if fits(Fact("", "date")) else "number")

    def days_between(self, unit, depth):
        return Days(self.date(depth - 1), self.date(depth - 2))

    def months_between(self, unit, depth):
        return Call("months", (self.date(depth - 1), self.date(depth - 2)))

    def counted(self, unit, depth):
        lists = self.lists(lambda spec: True)
        way = self.rng.random()
        if lists and way < 0.5:
            fact = self.rng.choice(lists)
            self.enter(fact)
            where = self.boolean(depth - 1) if self.maybe(0.8) else None
            self.leave()
            return Aggregate("count", fact, where, None)
        if way < 0.75:
            return Call("count_true", tuple(
                self.boolean(depth - 2) for _ in range(self.rng.randint(2, 4))))
        return Call(self.rng.choice(("year", "month")), (self.date(depth - 1),))

    # Dates

    def date_leaf(self, literal=True):
        found = self.reachable("date")
        if found and self.maybe(0.7 if literal else 1):
            return self.rng.choice(found)
        return Literal(self.rng.choice(self.calendar)) if literal and self.maybe(0.5) else AsOf()

    def date(self, depth, literal=True):
        if depth <= 0 or self.maybe(0.4):
            return self.date_leaf(literal)
        way = self.rng.random()
        if way < 0.4:
            unit, counts = self.rng.choice((("年", (1, 2, 3)), ("月", (1, 6, 13)), ("日", (1, 30, 90))))
            return Shift(self.date(depth - 1, literal), self.rng.choice("+-"),
                         self.rng.choice(counts), unit)
        if way < 0.45:
            return Call("clamp", tuple(self.date(depth - 1, literal) for _ in range(3)))
        if way < 0.75:
            name = self.rng.choice(("least", "greatest", "latest", "earliest"))
            return Call(name, tuple(self.date(depth - 1, literal)
                                    for _ in range(self.rng.randint(2, 3))))
        if way < 0.85:
            found = [e for e in self.reachable("date") if may_be_none(e)]
            if found:
                return Call("coalesce", (self.rng.choice(found), self.date_leaf(literal)))
        lists = self.lists(lambda spec: spec.type == "date")
        if lists and self.maybe(0.7):
            return self.aggregate(
                self.rng.choice(("min", "max", "one")), self.rng.choice(lists),
                lambda spec: spec.type == "date", lambda: self.date(depth - 2), depth)
        return self.case(lambda: self.date(depth - 1), depth)

    # Conditions

    def boolean(self, depth):
        if depth <= 0:
            ways = [self.compare_numbers, self.compare_dates, self.compare_texts,
                    self.boolean_leaf, self.is_null]
        else:
            ways = [self.junction] * 5 + [self.compare_numbers] * 4 + [
                self.compare_dates, self.compare_texts, self.boolean_leaf,
                self.negated, self.is_null, self.between, self.within, self.any_or_all,
                self.any_or_all, self.same_truth, self.boolean_case]
            if self.provisions:
                ways += [self.satisfied] * 2
        return self.rng.choice(ways)(depth)

    def satisfied(self, depth):
        day = self.date(depth - 1) if self.maybe(0.5) else None
        provision = self.rng.choice(self.provisions)
        # who is selected on another day is not known
        return Satisfies(provision, None if asks_selection(provision) else day)

    def amount_of(self, unit, depth):
        return AmountOf(self.rng.choice(self.paying(unit)))

    def paying(self, unit):
        return [c for c in self.provisions if not isinstance(c, Rung) and c.pays() and not c.undetermined
                and c.cap_in_all is None and unit == ("分" if c.kind == "points" else "元")]

    def junction(self, depth):
        return Junction(self.rng.choice(("and", "or")), tuple(
            self.boolean(depth - 1) for _ in range(self.rng.randint(2, 3))))

    def negated(self, depth):
        return Not(self.boolean(depth - 1))

    def unit(self):
        units = [self.unit_of(e) for e in self.reachable("number")]
        for fact in self.lists(lambda spec: spec.type == "number"):
            units += [self.unit_of(Name(s)) for s in fact.fields or (fact.item,)
                      if s.type == "number"] * 2
        return self.rng.choice(units or self.units)

    def compare_numbers(self, depth):
        unit = self.unit()
        sides = [self.number(unit, depth), self.bound(unit)]
        if self.maybe(0.3):
            sides[1] = self.number(unit, depth - 1)
        else:
            self.other_unit(sides[1], sides[0])
        self.rng.shuffle(sides)
        return Comparison(self.rng.choice(COMPARISONS), *sides)

    def compare_dates(self, depth):
        sides = [self.date(depth), self.date(depth - 1)]
        return Comparison(self.rng.choice(COMPARISONS), *sides)

    def text(self, depth):
        """Returns a text and the fact that it can be a value of."""
        found = self.reachable("text")
        if not found:
            return None, None
        value = self.rng.choice(found)
        values = value.fact.values or TEXTS
        if depth > 0 and self.maybe(0.15):
            branch = self.boolean(depth - 1), value
            other = self.spoken(self.rng.choice(values), value.fact) if self.maybe(0.7) else None
            return Case((branch,), other), value.fact
        if may_be_none(value) and self.maybe(0.2):
            return Call("coalesce", (value, self.spoken(self.rng.choice(values), value.fact))), value.fact
        return value, value.fact

    def spoken(self, value, fact):
        """Returns the text to write for a fact: the value, or one of its labels."""
        return Literal(value, written=self.rng.choice((None, *fact.labels.get(value, ()))))

    def compare_texts(self, depth):
        text, fact = self.text(depth)
        if text is None:
            return self.boolean_leaf(depth)
        values = fact.values or TEXTS
        if self.maybe(0.4):
            picked = self.rng.sample(values, self.rng.randint(1, len(values) - 1))
            return Within(text, tuple(self.spoken(v, fact) for v in picked), self.maybe(0.3))
        others = [e for e in self.reachable("text") if (e.fact.values or TEXTS) == values]
        other = self.rng.choice(others) if others and self.maybe(0.15) else self.spoken(self.rng.choice(values), fact)
        return Comparison(self.rng.choice(("=", "<>")), text, other)

    def boolean_leaf(self, depth):
        found = self.reachable("boolean")
        if not found:
            return self.compare_numbers(0)
        return self.rng.choice(found)

    def is_null(self, depth):
        found = [e for t in ("number", "text", "date") for e in self.reachable(t)
                 if may_be_none(e)]
        if not found:
            return self.boolean_leaf(depth)
        return IsNull(self.rng.choice(found), self.maybe(0.4))

    def between(self, depth):
        if self.maybe(0.4):
            return Between(self.date(depth - 1), self.date(depth - 1), self.date(depth - 1),
                           self.maybe(0.3))
        unit = self.unit()
        low, high = sorted((self.bound(unit), self.bound(unit)), key=constant)
        value = self.number(unit, depth - 1)
        self.other_unit(low, value)
        self.other_unit(high, value)
        return Between(value, low, high, self.maybe(0.3))

    def within(self, depth):
        unit = self.unit()
        items = tuple(self.bound(unit) for _ in range(self.rng.randint(1, 3)))
        return Within(self.number(unit, depth - 1), items, self.maybe(0.3))

    def any_or_all(self, depth):
        if any(f.by_year for f in self.facts) and len(self.inside) < 2 and self.maybe(0.4):
            span = self.make_range()
            self.enter(span)
            each = self.boolean(depth - 1)
            self.leave()
            return Aggregate(self.rng.choice(("any", "all")), span, None, each)
        lists = self.lists(lambda spec: True)
        if not lists or self.inside and self.maybe(0.6):
            return self.boolean_leaf(depth)
        fact = self.rng.choice(lists)
        if self.inside and self.maybe(0.5):
            fact = self.inside[-1]
        self.enter(fact)
        where = self.boolean(depth - 2) if self.maybe(0.5) else None
        each = self.boolean(depth - 1)
        self.leave()
        name = self.rng.choice(("any", "all"))
        if name == "any" and where is not None and fact.item is None and self.maybe(0.5):
            each = None
        return Aggregate(name, fact, where, each)

    def same_truth(self, depth):
        """Compares two conditions; facts that count none as false are excluded."""
        sides = [self.compare_numbers(depth - 1), Literal(self.maybe(0.5))]
        found = [e for e in self.reachable("boolean")
                 if type(e) is not Use and e.fact.null == "unknown"]
        if found:
            sides[1] = self.rng.choice(found)
        self.rng.shuffle(sides)
        return Comparison(self.rng.choice(("=", "<>")), *sides)

    def boolean_case(self, depth):
        return self.case(lambda: self.boolean(depth - 1), depth, always_else=True)

    # Cases

    def cases(self, code, rows):
        document = self.document(code)
        text = Printer(self.rng).document(document)
        parts = [p.code for p in document.clauses + document.rungs + document.groups]
        values = Rows(self.rng, self.pools, self.calendar)
        for _ in range(rows):
            part = self.rng.choice(parts) if self.maybe(0.4) else None
            judged = document.narrowed(part) if part else document
            chance = self.rng.choice((0, 0, 0.15, 0.4))
            row = {f.name: values.sometimes(f, chance) for f in document.facts}
            row["as_of"] = self.rng.choice((values.date(), values.date(), values.date(), ABSENT))
            if self.maybe(0.03):
                row["as_of"] = NULL
            yield Trial("any", judged, text, part, row)


def constant(e):
    return -e.operand.value if isinstance(e, Negate) else e.value


def chain(op, parts):
    whole = parts[0]
    for part in parts[1:]:
        whole = Arithmetic(op, whole, part)
    return whole
