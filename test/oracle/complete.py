"""Reads rows as facts, and enumerates values for what is unknown."""

import copy
import datetime
import itertools
from dataclasses import dataclass
from fractions import Fraction

from language import Fact, Literal, Negate, Shift
from values import ABSENT, NONE, NOT_FINITE, NULL, UNKNOWN, shift

AS_OF = Fact("as_of", "date")
DAY = datetime.timedelta(days=1)


def read(fact, raw):
    """Returns a fact's value for a raw entry of a row."""
    if raw is ABSENT or raw is NOT_FINITE:
        return UNKNOWN
    if raw is NULL:
        return read_null(fact)
    if fact.type in ("number", "date"):
        return raw if in_range(fact, raw) else UNKNOWN
    if fact.type == "text":
        if fact.values is None or raw in fact.values:
            return raw
        return next((v for v, labels in fact.labels.items() if raw in labels), UNKNOWN)
    if fact.type == "list":
        if fact.item is not None:
            return [read(fact.item, x) for x in raw]
        return [{f.name: read(f, x.get(f.name, ABSENT)) for f in fact.fields} for x in raw]
    return raw


def read_null(fact):
    if fact.null == "unknown":
        return UNKNOWN
    if fact.null == "0":
        return Fraction(0)
    return {"boolean": False, "list": []}.get(fact.type, NONE)


def in_range(fact, value):
    return ((fact.low is None or value >= fact.low)
            and (fact.high is None or value <= fact.high))


def read_row(document, row, fallback=None):
    """Returns the facts of a row and the day judged."""
    facts = {f.name: read(f, row.get(f.name, ABSENT)) for f in document.facts}
    # the day of the policy comes before that of the row
    as_of = document.as_of or row.get("as_of", ABSENT)
    if as_of is ABSENT:
        as_of = fallback
    if as_of is NULL or as_of is None:
        as_of = UNKNOWN
    return facts, as_of


@dataclass
class Leaf:
    """Something unknown: a fact, an element of a list, or a field of an element."""
    path: tuple
    fact: Fact

    def root(self):
        return self.path[0]


def leaves(document, facts, as_of):
    """Returns the unknown parts of the facts that the rules read."""
    read_facts, reads_as_of = used(document)
    found = [Leaf(("as_of",), AS_OF)] if as_of is UNKNOWN and reads_as_of else []
    for fact in document.facts:
        if fact.name not in read_facts:
            continue
        value = facts[fact.name]
        if value is UNKNOWN:
            found.append(Leaf((fact.name,), fact))
        elif fact.type == "list":
            for i, element in enumerate(value):
                if element is UNKNOWN:
                    found.append(Leaf((fact.name, i), fact.item))
                elif isinstance(element, dict):
                    found += [Leaf((fact.name, i, f.name), f) for f in fact.fields
                              if element[f.name] is UNKNOWN]
    return found


def used(document):
    """Returns the names of the facts that a document's rules read, and whether they read as_of."""
    names = set()
    for node in document.nodes():
        for part in ("fact", "list"):
            if hasattr(node, part):
                names.add(getattr(node, part).name)
                names |= {f.name for f in getattr(getattr(node, part), "years", ())}
    for clause in document.clauses:
        names |= {s.each.name for s in clause.stages if s.each is not None}
    return names, document.uses_as_of()


def fill(facts, leaves_, values):
    """Returns the facts with the leaves filled in."""
    filled = dict(facts)
    copied = set()
    for leaf, value in zip(leaves_, values):
        name = leaf.root()
        if len(leaf.path) == 1:
            filled[name] = value
            continue
        if name not in copied:
            copied.add(name)
            filled[name] = copy.copy(filled[name])
            filled[name] = [dict(e) if isinstance(e, dict) else e for e in filled[name]]
        if len(leaf.path) == 2:
            filled[name][leaf.path[1]] = value
        else:
            filled[name][leaf.path[1]][leaf.path[2]] = value
    return filled


class Domains:
    """Values that cover all distinctions that a document's rules make."""

    def __init__(self, document, facts, as_of, rng, forget_none=False):
        self.rng, self.forget_none = rng, forget_none
        numbers, days, texts = {Fraction(0)}, set(), {"别的"}
        shifts = []
        for node in document.nodes():
            if isinstance(node, Literal):
                if isinstance(node.value, bool):
                    continue
                {Fraction: numbers, str: texts}.get(type(node.value), days).add(node.value)
            elif isinstance(node, Negate) and isinstance(node.operand, Literal):
                numbers.add(-node.operand.value)
            elif isinstance(node, Shift):
                shifts.append((node.count, node.unit))
        for value in scalars(facts.values()):
            if isinstance(value, Fraction):
                numbers.add(value)
            elif isinstance(value, datetime.date):
                days.add(value)
        if as_of is not UNKNOWN:
            days.add(as_of)
        days.add(datetime.date(2020, 1, 1))
        for count, unit in shifts[:4]:
            days |= {shift(d, s * count, unit) for d in list(days)[:12] for s in (1, -1)}
        self.numbers, self.days, self.texts = numbers, days, sorted(texts)

    def of(self, fact, most):
        """Returns a limited number of values: both ends, zero and none, and random others."""
        values = self.all(fact)
        if len(values) <= most:
            return values
        kept = [v for i, v in enumerate(values)
                if i in (0, len(values) - 2, len(values) - 1) or v == 0]
        rest = [v for v in values if v not in kept]
        return kept + self.rng.sample(rest, most - len(kept))

    def all(self, fact):
        if fact.type == "list":
            return self.lists(fact)
        if fact.type == "boolean":
            return [True, False]
        if fact.type == "text":
            values = list(fact.values or self.texts)
        elif fact.type == "date":
            values = self.date_values(fact)
        else:
            values = self.number_values(fact)
        if fact.null == "none" and not self.forget_none:
            values.append(NONE)
        return values

    def date_values(self, fact):
        marks = self.days | {e for e in (fact.low, fact.high) if e is not None}
        values = sorted({d + step for d in marks for step in (-DAY, 0 * DAY, DAY)})
        values += [values[0] - 9999 * DAY, values[-1] + 9999 * DAY]
        return sorted(v for v in values if in_range(fact, v))

    def number_values(self, fact):
        ends = {e for e in (fact.low, fact.high) if e is not None}
        marks = sorted(self.numbers | ends)
        values = set(marks)
        values |= {(a + b) / 2 for a, b in zip(marks, marks[1:])}
        values |= {marks[0] - 1, marks[-1] + 1, marks[0] - 10 ** 12, marks[-1] + 10 ** 12}
        return sorted(v for v in values if in_range(fact, v))

    def lists(self, fact):
        def element():
            if fact.item is not None:
                return self.rng.choice(self.all(fact.item))
            return {f.name: self.rng.choice(self.all(f)) for f in fact.fields}
        return [[]] + [[element() for _ in range(n)] for n in (1, 1, 1, 2, 2, 3)]


def scalars(values):
    for value in values:
        if isinstance(value, list):
            yield from scalars(value)
        elif isinstance(value, dict):
            yield from scalars(value.values())
        else:
            yield value


def completions(domains, rng, most):
    """Returns combinations of one value from each domain, and whether these are all combinations."""
    count = 1
    for domain in domains:
        count *= len(domain)
    if count <= most:
        return list(itertools.product(*domains)), True
    found = [tuple(d[0] for d in domains), tuple(d[-1] for d in domains)]
    while len(found) < most:
        base = tuple(rng.choice(d) for d in domains)
        found.append(base)
        # Also the same combination with one value changed: this shows which facts matter.
        for i, domain in enumerate(domains):
            found.append(base[:i] + (rng.choice(domain),) + base[i + 1:])
    return found, False


def representatives(leaf, domain, outcome):
    """Returns one value for each outcome of the only comparison that reads a fact."""
    found = {}
    for value in domain:
        found.setdefault(outcome(value), value)
    return list(found.values())
