"""Evaluates a document's tree over values, exactly.

Every fact has a value: a number, date, text, boolean or list, NONE, or UNKNOWN.  Without UNKNOWN, the
result is the only correct answer.  With UNKNOWN, the answers follow Kleene's strict three-valued logic,
which every engine must at least decide.

A division by zero gives an unknown number, and so does a year of a fact by year that no row has, and `one` if
no element matches or several that differ.  `zero` is the number to use instead, and `divided_by_zero` is set
when it is used.  `zero_divisors` has for each division by zero the names of the facts that the divisor reads.
"""

from dataclasses import dataclass
from fractions import Fraction

from language import Aggregate, AsOf, Field, Group, InYear, Name, Range, Rung, SIZES_OF_UNITS
from values import NONE, UNKNOWN, floor, round_away, shift

# Deliberate mistakes, which test the test; see Evaluator.slips.
SLIPS = (
    ">= read as >",
    "<> holds for none",
    "between leaves out its ends",
    "not between holds for none",
    "least gives none for none",
    "latest passes over none",
    "sum gives none for none",
    "min is max",
    "all of nothing is false",
    "quotients are floats",
    "round half to even",
    "floor towards zero",
    "months begin with 0",
    "months pass with the calendar's",
    "ceil is floor and one",
    "clamp forgets its lower bound",
    "the name of an element is forgotten",
    "definitions take the inner element",
    "averages count none",
    "an average of nothing is 0",
    "one takes the first",
    "one of nothing is none",
    "multiples are rounded to even",
    "multiples are rounded up",
    "powers keep their sign",
    "tiers charge all at the last rate",
    "tiers go on without else",
    "month ends run over",
    "caps are forgotten",
    "stages are judged today",
    "stages come early",
    "pay can be negative",
    "taxes count",
    "bands take the last step",
    "else is forgotten",
    "platforms count",
    "a cap of none is a cap of nought",
    "stages share no cap",
    "one day counts twice",
    "outer lists hide inner ones",
    "everything is satisfied today",
    "there is always a day",
    "amounts are uncapped",
    "levels are the lowest",
    "used documents are always in force",
    "repeals are forgotten",
    "what is mapped is none",
    "literals are not converted",
    "last_year is this year",
    "ranges leave out their last",
    "tables take the row after",
    "a key without a row is nought",
    "the else row is for every key",
    "groups pay all members",
    "members add up",
    "what was paid is forgotten",
    "budgets leave everything",
)


@dataclass
class Outcome:
    """The answers of a document for one set of values."""
    eligible: object        # True, False or UNKNOWN
    clauses: dict           # by code: whether it is satisfied
    rungs: dict             # by code: whether it holds
    amount: object          # a Fraction or UNKNOWN; None without a figure
    lines: dict             # by clause and stage (None: the clause itself): a Line


@dataclass
class Line:
    """The result of a clause or of one of its stages."""
    satisfied: object
    amount: object          # after the cap; like Outcome.amount
    uncapped: object
    failing: int = 0        # conditions with should
    claim: object = None    # after the cap, before a budget; None without one


class Evaluator:
    def __init__(self, document, slips=()):
        self.document = document
        self.slips = frozenset(slips)
        self.methods = {}
        self.zero_divisors = set()
        self.mappings = []

    # The document

    def definitions(self, facts, as_of):
        """The values of the definitions that are numbers or booleans, by name; unknown where they divide by zero."""
        self.facts, self.as_of, self.zero = facts, as_of, UNKNOWN
        values = {}
        for definition in self.document.definitions:
            self.frames, self.divided_by_zero = [], False
            if definition.type in ("number", "boolean") and definition.over is None:
                value = self.value(definition.body)
                values[definition.name] = UNKNOWN if self.divided_by_zero else value
        return values

    def judge(self, facts, as_of, zero=UNKNOWN):
        self.facts, self.as_of, self.zero = facts, as_of, zero
        self.frames = []
        self.divided_by_zero = False
        lines = {}
        for clause in self.document.clauses:
            lines |= self.clause(clause)
        clauses = {clause: line.satisfied for (clause, stage), line in lines.items() if stage is None}
        whole = {c.code for c in self.document.whole()}
        if "platforms count" not in self.slips:
            lines = {key: line for key, line in lines.items() if key[0] in whole}
        rungs = {r.code: self.truth(r.when) for r in self.document.rungs}
        eligible = kleene_or([line.satisfied for (_, stage), line in lines.items() if stage is None]
                             + list(rungs.values()))
        for group in self.document.groups:
            lines[group.code, None] = self.group(group)
        amount = self.total(lines)
        for rung in self.document.rungs:
            lines[rung.code, None] = Line(rungs[rung.code], None, None, self.failing(rung.should))
        return Outcome(eligible=eligible, clauses=clauses, rungs=rungs, amount=amount, lines=lines)

    def clause(self, clause):
        """Returns the lines of a clause and its stages, by code."""
        code = clause.code
        if not clause.stages:
            satisfied = True if clause.when is None else self.truth(clause.when)
            uncapped = None if clause.pay is None else self.line(satisfied, clause.pay)
            stages = {}
        else:
            stages = {s.code: list(self.stage(clause, s)) for s in clause.stages}
            stages = {s.code: self.joined(s, stages[s.code]) for s in clause.stages}
            satisfied = kleene_or([earned for earned, _ in stages.values()])
            uncapped = add([amount for _, amount in stages.values()])
        cap = self.cap(clause)
        claim = below(uncapped, cap)
        lines = {(code, None): Line(satisfied, self.allotted(clause, claim), uncapped,
                                    self.failing(clause.should), claim)}
        for stage, (earned, amount) in stages.items():
            share = amount if "stages share no cap" in self.slips else below(amount, cap)
            lines[code, stage] = Line(earned, share, amount)
            if cap is not None:
                cap = UNKNOWN if UNKNOWN in (cap, amount) else max(Fraction(0), cap - amount)
        return lines

    def joined(self, stage, times):
        """Whether a stage was ever earned, and the sum over all its elements."""
        if stage.once and "one day counts twice" not in self.slips:
            amounts = self.of_days([t for t in times if t[0] is not False])
        else:
            amounts = [amount for _, amount, _ in times]
        return kleene_or([earned for earned, _, _ in times]), add(amounts)

    def of_days(self, times):
        """Returns one amount for each day; elements of the same day pay the same here."""
        if any(UNKNOWN in time for time in times):
            return [UNKNOWN]
        return list({day: amount for _, amount, day in times}.values())

    def group(self, group):
        """Returns the line of a group."""
        members = [self.answer(member) for member in group.members]
        amounts = [line.amount for line in members]
        best = group.best and "groups pay all members" not in self.slips
        if best and UNKNOWN not in amounts:
            uncapped = max(amounts)
        else:
            uncapped = UNKNOWN if best else add(amounts)
        claim = below(uncapped, self.cap(group))
        return Line(kleene_or([line.satisfied for line in members]), self.allotted(group, claim), uncapped, 0, claim)

    def allotted(self, provision, claim):
        """What a budget leaves of a claim."""
        if provision.allotted is None or "budgets leave everything" in self.slips:
            return claim
        left = self.facts[provision.allotted.name]
        if left is NONE:
            return claim
        return below(claim, left if left is UNKNOWN else max(Fraction(0), round_away(left, 2)))

    def cap(self, clause):
        """Returns the most that a clause or group pays; None where nothing says that."""
        limits = []
        if clause.cap is not None and "caps are forgotten" not in self.slips:
            limits.append(self.value(clause.cap))
        if clause.cap_in_all is not None:
            whole = self.value(clause.cap_in_all)
            paid = self.facts[clause.paid.name] if clause.per_year else Fraction(0)
            if "what was paid is forgotten" in self.slips:
                paid = Fraction(0)
            limits.append(whole if whole is NONE else UNKNOWN if UNKNOWN in (whole, paid) else whole - paid)
        if clause.cap is not None and limits == [NONE] and "a cap of none is a cap of nought" in self.slips:
            return Fraction(0)
        limits = [limit for limit in limits if limit is not NONE]
        if not limits:
            return None
        return UNKNOWN if UNKNOWN in limits else max(Fraction(0), round_away(min(limits), 2))

    def failing(self, conditions):
        return sum(self.truth(c) is False for c in conditions)

    def stage(self, clause, stage):
        """Yields for each element of a stage whether it was earned, its line and its day."""
        elements = [None] if stage.each is None else self.facts[stage.each.name]
        if elements is UNKNOWN:
            yield UNKNOWN, UNKNOWN, UNKNOWN
            return
        for element in elements:
            today = self.as_of
            self.frames = [] if stage.each is None else [(stage.each, element, None)]
            day = self.value(stage.on)
            come = self.compare("<=", day, today)
            if "stages come early" in self.slips:
                come = day is not NONE
            if come is False:
                self.frames = []
                yield False, Fraction(0), day
                continue
            if "stages are judged today" not in self.slips:
                self.as_of = day
            own = True if stage.when is None else self.truth(stage.when)
            frames, self.frames = self.frames, []
            general = True if clause.when is None else self.truth(clause.when)
            earned = kleene_and([come, general, own])
            self.frames = frames
            amount = self.line(earned, stage.pay)
            self.frames, self.as_of = [], today
            yield earned, amount, day

    def line(self, satisfied, pay):
        if satisfied is False:
            return Fraction(0)
        amount = self.value(pay)
        if amount is NONE:
            return Fraction(0)
        if satisfied is UNKNOWN or amount is UNKNOWN:
            return UNKNOWN
        if "round half to even" in self.slips:
            amount = Fraction(round(amount, 2))
        else:
            amount = round_away(amount, 2)
        return amount if "pay can be negative" in self.slips else max(Fraction(0), amount)

    def total(self, lines):
        added = self.document.in_total()
        if "taxes count" in self.slips:
            added = [*added, *(c for c in self.document.whole() if c.kind in ("tax", "points") and c not in added)]
        if "members add up" in self.slips:
            added = [*added, *(m for g in self.document.groups for m in g.members)]
        if len(self.document.clauses) == 1 and not self.document.groups:
            return lines[added[0].code, None].amount
        return add([lines[p.code, None].amount for p in added if not p.undetermined and (p.code, None) in lines])

    # Expressions

    def value(self, e):
        kind = type(e)
        method = self.methods.get(kind)
        if method is None:
            method = self.methods[kind] = getattr(self, "value_" + kind.__name__)
        return method(e)

    def truth(self, e):
        """Evaluates a condition: none counts as false."""
        value = self.value(e)
        return False if value is NONE else value

    def value_Literal(self, e):
        if e.other and "literals are not converted" in self.slips:
            return e.value * SIZES_OF_UNITS[e.unit] / SIZES_OF_UNITS[e.other]
        return e.value

    def value_Name(self, e):
        return self.facts[e.fact.name]

    def value_Field(self, e):
        # the innermost list with this field
        if e.of is not None:
            forgotten = "the name of an element is forgotten" in self.slips
            fact, element, _ = next(f for f in reversed(self.frames) if f[2] == e.of or
                                    forgotten and (e.fact is f[0].item or e.fact in f[0].fields))
            return element if e.fact is fact.item else element[e.fact.name]
        for fact, element, _ in self.frames if "outer lists hide inner ones" in self.slips else reversed(self.frames):
            if e.fact is fact.item:
                return element
            if e.fact in fact.fields:
                return element[e.fact.name]
        raise KeyError(e.fact.name)

    def value_AsOf(self, e):
        return self.as_of

    def value_Year(self, e):
        if self.as_of is NONE or self.as_of is UNKNOWN:
            return self.as_of
        return Fraction(self.as_of.year - ("last_year is this year" not in self.slips) * e.back)

    def value_InYear(self, e):
        year = self.value(e.year)
        if year is NONE or year is UNKNOWN:
            return year
        found = self.facts.get(f"{e.fact.name}_{year}")
        if found is None:
            self.divided_by_zero = True
            return self.zero
        return found

    def range(self, e):
        first, last = self.value(e.first), self.value(e.last)
        if NONE in (first, last):
            return NONE
        if UNKNOWN in (first, last):
            return UNKNOWN
        return [Fraction(n) for n in range(int(first), int(last) + ("ranges leave out their last" not in self.slips))]

    def value_Use(self, e):
        frames, over = self.frames, e.definition.over
        self.frames = []
        if over is not None:
            of = None if "definitions take the inner element" in self.slips else e.of
            self.frames = [next(f for f in reversed(frames) if f[0] is over and of in (None, f[2]))]
        value = self.value(e.definition.body)
        self.frames = frames
        return value

    def value_Satisfies(self, e):
        today, day = self.as_of, self.as_of
        if e.day is not None and "everything is satisfied today" not in self.slips:
            day = self.value(e.day)
        if day is NONE:
            return "there is always a day" in self.slips
        satisfied = self.elsewhere(day, lambda: self.answer(e.target).satisfied)
        self.as_of = today
        return kleene_and([UNKNOWN, satisfied]) if e.day is not None and day is UNKNOWN else satisfied

    def elsewhere(self, day, what):
        """Evaluates with another day in the place of as_of, outside all lists."""
        frames, today = self.frames, self.as_of
        self.frames, self.as_of = [], day
        result = what()
        self.frames, self.as_of = frames, today
        return result

    def answer(self, provision):
        if isinstance(provision, Rung):
            return Line(self.truth(provision.when), None, None)
        if isinstance(provision, Group):
            return self.group(provision)
        return self.clause(provision)[provision.code, None]

    def value_AmountOf(self, e):
        line = self.elsewhere(self.as_of, lambda: self.answer(e.target))
        return line.uncapped if "amounts are uncapped" in self.slips else line.amount

    def value_UsedSatisfies(self, e):
        day = self.as_of if e.day is None or "everything is satisfied today" in self.slips else self.value(e.day)
        if day is NONE:
            return False
        satisfied = kleene_and([self.in_force(e.use.document, day),
                                self.in_used(e.use, day, lambda: self.answer(e.target).satisfied)])
        # an unknown day may be none
        return kleene_and([UNKNOWN, satisfied]) if e.day is not None and day is UNKNOWN else satisfied

    def value_UsedAmountOf(self, e):
        return self.unless_out_of_force(e.use, lambda: self.answer(e.target).amount)

    def value_UsedLevelOf(self, e):
        return self.unless_out_of_force(e.use, lambda: self.level(e.rungs))

    def unless_out_of_force(self, use, what):
        in_force = self.in_force(use.document, self.as_of)
        if in_force is False:
            return Fraction(0)
        return self.in_used(use, self.as_of, what) if in_force is True else UNKNOWN

    def in_force(self, document, day):
        if document.since is None or "used documents are always in force" in self.slips:
            return True
        if day is UNKNOWN:
            return UNKNOWN
        if document.repealed is not None and day >= document.repealed and "repeals are forgotten" not in self.slips:
            return False
        return document.since <= day and (document.until is None or day < document.until)

    def in_used(self, use, day, what):
        """Evaluates in a used document, whose mapped facts are values of this one on that day."""
        facts = self.facts
        values = {name: self.elsewhere(day, lambda e=e: self.value(e)) for name, e in use.mapped.items()}
        if "what is mapped is none" in self.slips:
            values = dict.fromkeys(values, NONE)
        self.facts = facts | values
        self.mappings.append(use.mapped)
        result = self.elsewhere(day, what)
        self.mappings.pop()
        self.facts = facts
        return result

    def facts_of(self, expression):
        """The names of the facts and lists that an expression reads, in the outermost document."""
        names = set()
        for node in expression.walk():
            if isinstance(node, AsOf):
                names.add("as_of")
            elif isinstance(node, Field):
                # the list that has the field, or the elements of a range
                names |= {f.name for f in self.document.facts if node.fact in f.fields or node.fact is f.item}
            elif isinstance(node, InYear):
                names |= {f.name for f in node.fact.years}
            elif isinstance(node, (Name, Aggregate)):
                name = (node.fact if isinstance(node, Name) else node.list).name
                mapped = next((m[name] for m in self.mappings if name in m), None)
                names |= {name} if mapped is None else self.facts_of(mapped)
        return names

    def value_LevelOf(self, e):
        return self.elsewhere(self.as_of, lambda: self.level(e.rungs))

    def level(self, rungs):
        best = min if "levels are the lowest" in self.slips else max
        holds = [(r.level, self.truth(r.when)) for r in rungs]
        reached = best((level for level, truth in holds if truth is True), default=0)
        if any(truth is UNKNOWN and level > reached for level, truth in holds):
            return UNKNOWN
        return Fraction(reached)

    def value_Not(self, e):
        return kleene_not(self.truth(e.operand))

    def value_Junction(self, e):
        parts = [self.truth(p) for p in e.parts]
        return kleene_and(parts) if e.op == "and" else kleene_or(parts)

    def value_Negate(self, e):
        value = self.value(e.operand)
        return value if value is NONE or value is UNKNOWN else -value

    def value_Arithmetic(self, e):
        left, right = self.value(e.left), self.value(e.right)
        if left is NONE or right is NONE:
            return NONE
        if e.op == "/" and right == 0:
            self.divided_by_zero = True
            self.zero_divisors.add(frozenset(self.facts_of(e.right)))
            return self.zero
        if left is UNKNOWN or right is UNKNOWN:
            return UNKNOWN
        if e.op == "+":
            return left + right
        if e.op == "-":
            return left - right
        if e.op == "*":
            return left * right
        if "quotients are floats" in self.slips:
            return Fraction(float(left / right))
        return left / right

    def value_Days(self, e):
        left, right = self.value(e.left), self.value(e.right)
        if left is NONE or right is NONE:
            return NONE
        if left is UNKNOWN or right is UNKNOWN:
            return UNKNOWN
        return Fraction((left - right).days)

    def value_Shift(self, e):
        day = self.value(e.date)
        if day is NONE or day is UNKNOWN:
            return day
        count = e.count if e.op == "+" else -e.count
        if "month ends run over" in self.slips and e.unit != "日":
            return shift(shift(day.replace(day=1), count, e.unit), day.day - 1, "日")
        return shift(day, count, e.unit)

    def compare(self, op, left, right):
        if left is NONE or right is NONE:
            return op == "<>" and "<> holds for none" in self.slips
        if left is UNKNOWN or right is UNKNOWN:
            return UNKNOWN
        if op == "=":
            return left == right
        if op == "<>":
            return left != right
        if op == "<":
            return left < right
        if op == "<=":
            return left <= right
        if op == ">":
            return left > right
        return left > right if ">= read as >" in self.slips else left >= right

    def value_Comparison(self, e):
        return self.compare(e.op, self.value(e.left), self.value(e.right))

    def value_Between(self, e):
        value, low, high = self.value(e.value), self.value(e.low), self.value(e.high)
        if NONE in (value, low, high):
            return e.negated and "not between holds for none" in self.slips
        ops = ("<", "<") if "between leaves out its ends" in self.slips else ("<=", "<=")
        inside = kleene_and([self.compare(ops[0], low, value), self.compare(ops[1], value, high)])
        if not e.negated:
            return inside
        # An unknown value may be none, and then this is false, too.
        return UNKNOWN if UNKNOWN in (value, low, high) else kleene_not(inside)

    def value_Within(self, e):
        value = self.value(e.value)
        if value is NONE:
            return False
        found = kleene_or([self.compare("=", value, self.value(i)) for i in e.items])
        return kleene_not(found) if e.negated else found

    def value_IsNull(self, e):
        value = self.value(e.value)
        if value is UNKNOWN:
            return UNKNOWN
        return (value is NONE) != e.negated

    def value_Case(self, e):
        for condition, value in e.branches:
            holds = self.truth(condition)
            if holds is not False:
                return holds if holds is UNKNOWN else self.value(value)
        return self.otherwise(e)

    def value_Band(self, e):
        value = self.value(e.value)
        last_first = "bands take the last step" in self.slips
        for op, bounds, points in reversed(e.steps) if last_first else e.steps:
            op = "=" if op == "in" else op
            holds = kleene_or([self.compare(op, value, self.value(b)) for b in bounds])
            if holds is not False:
                return holds if holds is UNKNOWN else self.value(points)
        return self.otherwise(e)

    def value_Multiple(self, e):
        value = self.value(e.value)
        if value is NONE or value is UNKNOWN:
            return value
        step = e.of.value
        below = value - value % step
        if e.name == "floor" or below == value:
            return below
        if e.name == "ceil" or "multiples are rounded up" in self.slips:
            return below + step
        if "multiples are rounded to even" in self.slips:
            return round(value / step) * step
        up = value - below > step / 2 if value < 0 else value - below >= step / 2
        return below + step if up else below

    def value_Lookup(self, e):
        key = self.value(e.index)
        if key is NONE or key is UNKNOWN:
            return key
        ordered = e.table.by in ("date", "number")
        early = ordered and "tables take the row after" in self.slips
        found = [values for k, values in e.table.rows if (k < key if early else k <= key if ordered else k == key)]
        values = found[-1] if found else e.table.otherwise
        if e.table.otherwise is not None and "the else row is for every key" in self.slips:
            values = e.table.otherwise
        if values is None:              # no row
            if "a key without a row is nought" in self.slips:
                return Fraction(0)
            self.divided_by_zero = True
            return self.zero
        value = values[e.column]
        return NONE if value is None else value

    def value_Power(self, e):
        value = self.value(e.base)
        if value is NONE or value is UNKNOWN:
            return value
        power = value ** e.exponent
        return -power if value < 0 < power and e.exponent and "powers keep their sign" in self.slips else power

    def value_Tiers(self, e):
        value = self.value(e.value)
        if value is NONE or value is UNKNOWN:
            return value
        rates = [r.value for r, _ in e.parts]
        edges = [Fraction(0)] + [b.value for _, b in e.parts]
        if e.otherwise is not None:
            rates.append(e.otherwise.value)
        elif "tiers go on without else" in self.slips:
            rates.append(rates[-1])
        edges.append(max(edges[-1], value) if len(rates) == len(edges) else edges[-1])
        if "tiers charge all at the last rate" in self.slips:
            return max(value, Fraction(0)) * rates[
                max((i for i, edge in enumerate(edges[:len(rates)]) if edge < value), default=0)]
        # how much of the value lies between two edges, each at its rate
        return sum((rate * max(Fraction(0), min(value, high) - low)
                    for rate, low, high in zip(rates, edges, edges[1:])), Fraction(0))

    def otherwise(self, e):
        if e.otherwise is None or "else is forgotten" in self.slips:
            return NONE
        return self.value(e.otherwise)

    def value_Call(self, e):
        return getattr(self, "call_" + e.name)([self.value(a) for a in e.args])

    def extreme(self, pick, values):
        if "least gives none for none" in self.slips and NONE in values:
            return NONE
        values = [v for v in values if v is not NONE]
        if not values:
            return NONE
        return UNKNOWN if UNKNOWN in values else pick(values)

    def call_least(self, values):
        return self.extreme(min, values)

    def call_greatest(self, values):
        return self.extreme(max, values)

    def call_earliest(self, values):
        return self.extreme(min, values)

    def call_latest(self, values):
        if NONE in values and "latest passes over none" not in self.slips:
            return NONE
        return self.extreme(max, values)

    def call_clamp(self, values):
        value, low, high = values
        if value is NONE:
            return NONE
        if UNKNOWN in values:
            return UNKNOWN
        if low is not NONE and "clamp forgets its lower bound" not in self.slips:
            value = max(value, low)
        return value if high is NONE else min(value, high)

    def call_coalesce(self, values):
        first, default = values
        return default if first is NONE else first

    def call_year(self, values):
        return apply(lambda d: Fraction(d.year), values[0])

    def call_month(self, values):
        first = 1 if "months begin with 0" in self.slips else 0
        return apply(lambda d: Fraction(d.month - first), values[0])

    def call_months(self, values):
        if NONE in values:
            return NONE
        if UNKNOWN in values:
            return UNKNOWN
        first, last = sorted(values)
        if "months pass with the calendar's" in self.slips:
            count = (last.year - first.year) * 12 + last.month - first.month
        else:
            count = 0
            while shift(first, count + 1, "月") <= last:
                count += 1
        return Fraction(count if first is values[0] else -count)

    def call_floor(self, values):
        if "floor towards zero" in self.slips:
            return apply(lambda x: Fraction(int(x)), values[0])
        return apply(lambda x: Fraction(floor(x)), values[0])

    def call_ceil(self, values):
        if "ceil is floor and one" in self.slips:
            return apply(lambda x: Fraction(floor(x) + 1), values[0])
        return apply(lambda x: Fraction(-floor(-x)), values[0])

    def call_round(self, values):
        places = int(values[1]) if len(values) > 1 else 0
        if "round half to even" in self.slips:
            return apply(lambda x: Fraction(round(x, places)), values[0])
        return apply(lambda x: round_away(x, places), values[0])

    def call_count_true(self, values):
        values = [v is True if v is not UNKNOWN else v for v in values]
        return UNKNOWN if UNKNOWN in values else Fraction(sum(values))

    # Lists

    def value_Aggregate(self, e):
        elements = self.range(e.list) if isinstance(e.list, Range) else self.facts[e.list.name]
        if elements is UNKNOWN:
            return UNKNOWN
        if elements is NONE and e.name == "all":
            return False            # a range without an end
        elements = [] if elements is NONE else elements
        kept, values = [], []
        for element in elements:
            self.frames.append((e.list, element, e.element))
            keep = True if e.where is None else self.truth(e.where)
            if keep is not False:
                kept.append(keep)
                values.append(self.each(e, element))
            self.frames.pop()
        if e.name == "one":
            return self.one(e, kept, values)
        return getattr(self, "aggregate_" + e.name)(kept, values)

    def each(self, e, element):
        if e.each is not None:
            return self.value(e.each)
        return element if e.list.item is not None else True

    def aggregate_count(self, kept, values):
        return UNKNOWN if UNKNOWN in kept else Fraction(len(kept))

    def aggregate_any(self, kept, values):
        values = [False if v is NONE else v for v in values]
        return kleene_or([kleene_and(pair) for pair in zip(kept, values)])

    def aggregate_all(self, kept, values):
        if not kept and "all of nothing is false" in self.slips:
            return False
        values = [False if v is NONE else v for v in values]
        return kleene_and([kleene_or([kleene_not(k), v]) for k, v in zip(kept, values)])

    def aggregate_sum(self, kept, values):
        if NONE in values and "sum gives none for none" in self.slips:
            return NONE
        pairs = [(k, v) for k, v in zip(kept, values) if v is not NONE]
        if any(k is UNKNOWN or v is UNKNOWN for k, v in pairs):
            return UNKNOWN
        return sum((v for _, v in pairs), Fraction(0))

    def aggregate_avg(self, kept, values):
        if "averages count none" in self.slips:
            values = [Fraction(0) if v is NONE else v for v in values]
        pairs = [(k, v) for k, v in zip(kept, values) if v is not NONE]
        if any(k is UNKNOWN or v is UNKNOWN for k, v in pairs):
            return UNKNOWN
        if not pairs:
            return Fraction(0) if "an average of nothing is 0" in self.slips else NONE
        return sum((v for _, v in pairs), Fraction(0)) / len(pairs)

    def one(self, e, kept, values):
        if UNKNOWN in kept or UNKNOWN in values:
            return UNKNOWN
        if len(set(values)) == 1 or values and "one takes the first" in self.slips:
            return values[0]
        if not values and "one of nothing is none" in self.slips:
            return NONE
        if not values:
            return self.absent(e)
        self.divided_by_zero = True
        if self.zero is UNKNOWN:
            return UNKNOWN
        # of several that differ, any may be the one
        return values[int(self.zero) % len(values)]

    def absent(self, e):
        """The value of an element of which nothing is known."""
        self.frames.append((e.list, UNKNOWN if e.list.item is not None
                            else {f.name: UNKNOWN for f in e.list.fields}, e.element))
        value = self.each(e, UNKNOWN)
        self.frames.pop()
        if value is not UNKNOWN:
            return value
        self.divided_by_zero = True
        fact = e.list.item if e.each is None else e.each.fact if type(e.each) is Field else None
        if self.zero is UNKNOWN or fact is None:
            return UNKNOWN
        value = self.as_of if e.type == "date" else self.zero
        if value is UNKNOWN:
            return UNKNOWN
        value = value if fact.low is None else max(value, fact.low)
        return value if fact.high is None else min(value, fact.high)

    def aggregate_extreme(self, pick, kept, values):
        pairs = [(k, v) for k, v in zip(kept, values) if v is not NONE]
        if any(k is UNKNOWN or v is UNKNOWN for k, v in pairs):
            return UNKNOWN
        if not pairs:
            return NONE
        return pick(v for _, v in pairs)

    def aggregate_min(self, kept, values):
        pick = max if "min is max" in self.slips else min
        return self.aggregate_extreme(pick, kept, values)

    def aggregate_max(self, kept, values):
        return self.aggregate_extreme(max, kept, values)


def add(amounts):
    return UNKNOWN if UNKNOWN in amounts else sum(amounts, Fraction(0))


def below(amount, cap):
    """Applies a cap to an amount; None for either means no limit."""
    if amount is None or cap is None:
        return amount
    return UNKNOWN if UNKNOWN in (amount, cap) else min(amount, cap)


def kleene_and(parts):
    if any(p is False for p in parts):
        return False
    return UNKNOWN if any(p is UNKNOWN for p in parts) else True


def kleene_or(parts):
    if any(p is True for p in parts):
        return True
    return UNKNOWN if any(p is UNKNOWN for p in parts) else False


def kleene_not(part):
    return UNKNOWN if part is UNKNOWN else not part


def apply(function, value):
    return value if value is NONE or value is UNKNOWN else function(value)
