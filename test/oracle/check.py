"""Compares the operators' answers with the permitted ones."""

import random
import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from complete import Domains, completions, fill, leaves, read_row, representatives
from evaluate import Evaluator
from language import Aggregate, Arithmetic, Budget, InYear, Lookup
from lines import check_lines
from values import NONE, UNKNOWN, round_away

# More deliberate mistakes, in reading rows; see evaluate.SLIPS.
SLIPS = (
    "none is never filled in",
    "unknown reads as none",
    "nothing is missing",
    "the lowest rung wins",
)

NOWHERE = (0, "none", "未入梯度")

ZEROES = tuple(Fraction(z) for z in ("0", "1", "-1", "1/2", "1000000000", "-1000000000"))


@dataclass
class Answers:
    """The operators' answers for one row."""
    error: str = None
    eligible: bool = None
    placement: tuple = None
    amount: Fraction = None
    low: Fraction = None
    high: Fraction = None       # None: unbounded
    missing: frozenset = frozenset()
    lines: list = None          # the rows of assess, if they were asked for
    judged: bool = True         # whether judge agrees with assess
    values: dict = None         # by definition: (value, low, high), or whether it holds

    @classmethod
    def read(cls, found):
        if "error" in found:
            return cls(error=found["error"])

        def number(name):
            text = found.get(name)
            if text is None or text in ("Infinity", "-Infinity", "NaN"):
                return None
            return Fraction(Decimal(text))
        place = found.get("placement")
        return cls(
            eligible=found.get("eligible"),
            placement=(place["level"], place["code"], place["label"]) if place else None,
            amount=number("amount"), low=number("low"), high=number("high"),
            missing=frozenset(found.get("missing") or ()),
            lines=found.get("lines"), judged=found.get("judged", True), values=found.get("values"))


@dataclass
class Expected:
    """The answers of a row's completions; `whole` tells whether these are all completions."""
    outcomes: list
    filled: list                # the values filled in, one tuple for each outcome
    leaves: list
    whole: bool
    divided: bool               # whether there was a division by zero
    zero_divisors: set          # of each: the facts that the divisor reads
    decidable: bool             # whether that is all that leaves the row's answers open
    kleene: object              # the outcome when everything unknown stays unknown
    defined: list = None        # for each outcome: the values of the definitions, by name

    def known(self):
        return not self.leaves and not self.divided

    def values(self, what):
        return {what(o) for o in self.outcomes}


TINY = Fraction(1, 10 ** 20)    # value rounds quotients


def check_definitions(document, values, expected):
    """Complaints about what value, value_range and |= say of the definitions."""
    complaints = []
    for definition in document.definitions:
        outcomes = [d.get(definition.name, UNKNOWN) for d in expected.defined]
        if definition.name not in values or any(o is UNKNOWN for o in outcomes):
            continue
        found = values[definition.name]
        if definition.type == "boolean":
            wrong = found is not None and any(o is not found for o in outcomes) or expected.known() and found is None
        else:
            value, low, high = (None if n is None else Fraction(Decimal(n)) for n in found)
            numbers = [o for o in outcomes if o is not NONE]
            wrong = any(low is not None and o < low - TINY or high is not None and o > high + TINY for o in numbers)
            wrong |= value is not None and (len(numbers) < len(outcomes) or any(abs(o - value) > TINY for o in numbers))
            wrong |= expected.known() and value is None and bool(numbers)
        if wrong:
            complaints.append((f"definition {definition.name}", found, sorted(map(str, set(outcomes)))[:5]))
    return complaints


def wants(document):
    """Which answers are checked for a document or a part of one."""
    wanted = ["eligible", "missing"]
    if document.rungs:
        wanted.append("placement")
    if any(c.pays() for c in document.whole()):
        wanted += ["amount", "range"]
    return wanted


def expect(trial, slips=(), fallback=None):
    rng = random.Random(trial.number)
    document = trial.document
    facts, as_of = read_row(document, trial.row, fallback)
    if "unknown reads as none" in slips:
        scalars = {f.name for f in document.facts if f.type != "list"}
        facts = {n: NONE if v is UNKNOWN and n in scalars else v for n, v in facts.items()}
    unknown = leaves(document, facts, as_of)
    evaluator = Evaluator(document, slips)
    kleene = evaluator.judge(facts, as_of)
    divided = evaluator.divided_by_zero
    decidable = not unknown and all(evaluator.zero_divisors) and not any(
        isinstance(n, (Aggregate, InYear, Lookup)) for n in document.nodes())
    domains = Domains(document, facts, as_of, rng, "none is never filled in" in slips)
    exact = trial.atoms is not None
    choices = []
    for leaf in unknown:
        values = domains.of(leaf.fact, 10 ** 6 if exact else 12)
        if exact:
            def outcome(value, leaf=leaf):
                evaluator.facts, evaluator.as_of = {leaf.path[0]: value}, value
                return evaluator.value(trial.atoms[leaf.path[0]])
            values = representatives(leaf, values, outcome)
        choices.append(values)
    most = {"once": 5000, "range": 400}.get(trial.kind, 150)
    filled, whole = completions(choices, rng, most)
    outcomes = []
    defined = []
    for values in filled:
        complete = fill(facts, unknown, values)
        day = complete.pop("as_of", as_of)
        outcome = evaluator.judge(complete, day)
        if evaluator.divided_by_zero:
            divided = True
            outcomes += [evaluator.judge(complete, day, z) for z in ZEROES]
        else:
            outcomes.append(outcome)
            defined.append(evaluator.definitions(complete, day))
    return Expected(outcomes, filled, unknown, whole and exact, divided,
                    evaluator.zero_divisors, decidable, kleene, defined)


def check(trial, answers, slips=(), fallback=None, expected=None, wanted=None):
    """Returns complaints about the answers to one trial: (answer, found, expected)."""
    if answers.error is not None:
        return [("error", answers.error, "an answer")]
    if expected is None:
        expected = expect(trial, slips, fallback)
    document = trial.document
    wanted = wanted or wants(document)
    complaints = check_eligible(answers, expected)
    if "placement" in wanted:
        complaints += check_placement(document, answers, expected, slips)
    if "amount" in wanted:
        complaints += check_amount(document, answers, expected)
    complaints += check_missing(document, answers, expected, slips)
    if answers.values and not expected.divided:
        complaints += check_definitions(document, answers.values, expected)
    if answers.lines is not None:
        _, day = read_row(document, trial.row, fallback)
        complaints += check_lines(document, answers.lines, day, answers, expected)
    if not answers.judged:
        complaints.append(("judge", "other lines", "those of assess"))
    return complaints


def check_eligible(answers, expected):
    possible = expected.values(lambda o: o.eligible)
    found = answers.eligible
    if found is not None and (not found) in possible:
        return [("eligible", found, f"not decided: {not found} is possible")]
    if found is None:
        if expected.known() or (expected.whole and len(possible) == 1):
            return [("eligible", found, f"{possible.pop()}, the only possible answer")]
        if expected.kleene.eligible is not UNKNOWN:
            return [("eligible", found, f"{expected.kleene.eligible}, by Kleene's logic")]
    return []


def place(document, holds, slips=()):
    """Returns the placement for rungs that hold, fail or are UNKNOWN; UNKNOWN if undecided."""
    proved = [r for r in document.rungs if holds[r.code] is True]
    if proved:
        pick = min if "the lowest rung wins" in slips else max
        best = pick(proved, key=lambda r: r.level)
        return best.level, best.code, best.label
    return UNKNOWN if UNKNOWN in holds.values() else NOWHERE


def check_placement(document, answers, expected, slips):
    """Checks that the placement is the highest rung that every completion proves."""
    found = answers.placement
    agreed = {}
    for rung in document.rungs:
        truths = expected.values(lambda o: o.rungs[rung.code])
        agreed[rung.code] = truths.pop() if len(truths) == 1 else UNKNOWN
    proved = {(r.level, r.code, r.label) for r in document.rungs if agreed[r.code] is True}
    if set(agreed.values()) == {False}:
        proved.add(NOWHERE)
    if found is not None and found not in proved:
        return [("placement", found, f"one of {sorted(proved)}, or NULL")]
    exact = expected.known() or expected.whole
    must = place(document, agreed if exact else expected.kleene.rungs, slips)
    if must is UNKNOWN:
        return []
    if found is None or found[0] < must[0] or exact and found != must:
        return [("placement", found, must)]
    return []


def check_amount(document, answers, expected):
    clauses = document.clauses
    if len(clauses) == 1 and clauses[0].undetermined:
        satisfied = expected.values(lambda o: o.eligible)
        if True in satisfied and answers.amount is not None:
            return [("amount", answers.amount, "no figure: it is undetermined")]
        return []
    complaints = []
    amounts = expected.values(lambda o: o.amount) - {UNKNOWN}
    low, high = answers.low, answers.high
    floor_ = Fraction(0) if low is None else low
    if amounts and (min(amounts) < floor_ or high is not None and max(amounts) > high):
        complaints.append(("range", (low, high), f"{min(amounts)} to {max(amounts)} is possible"))
    if answers.amount is not None:
        if amounts - {answers.amount}:
            complaints.append(("amount", answers.amount, f"one of {sorted(amounts)[:5]} is possible"))
        if (low, high) != (answers.amount, answers.amount):
            complaints.append(("range", (low, high), f"both {answers.amount}, the amount"))
        if answers.amount != round_away(answers.amount, 2):
            complaints.append(("amount", answers.amount, "two decimals"))
    elif low is not None and low == high:
        complaints.append(("amount", None, f"{low}, for the range is one figure"))
    must = expected.kleene.amount
    if expected.known() or expected.whole:
        if (low, high) != (min(amounts), max(amounts)):
            complaints.append(("range", (low, high), (min(amounts), max(amounts))))
    elif must is not UNKNOWN and must is not None and answers.amount != must:
        complaints.append(("amount", answers.amount, f"{must}, by Kleene's logic"))
    return complaints


def check_missing(document, answers, expected, slips):
    found = set() if "nothing is missing" in slips else set(answers.missing)
    # what a budget leaves is missing by the code of the budget
    for budget in (s for s in document.across if isinstance(s, Budget)):
        if budget.code in found:
            found = found - {budget.code} | {budget.line.allotted.name}
    unknown = {leaf.root() for leaf in expected.leaves}
    # what `one` looks for may not be in a list that is known
    unknown |= {n.list.name for n in document.nodes() if isinstance(n, Aggregate) and n.name == "one"}
    # a year that no row has is not there, nor a key that no row of a table has
    tables = {n.table.name for n in document.nodes() if isinstance(n, Lookup)}
    found_facts = {name for name in found if name.split("[")[0] not in tables}
    nowhere = {re.sub(r"\[(\d+)\]$", r"_\1", name)
               for name in found_facts if name.endswith("]")} - {f.name for f in document.facts}
    found_facts = {re.sub(r"\[(\d+)\]$", r"_\1", name) for name in found_facts}
    roots = {name if name in unknown else name.split(".")[0] for name in found_facts} - nowhere
    zeroes = frozenset().union(*expected.zero_divisors)
    if roots - unknown - zeroes:
        return [("missing", sorted(found),
                 f"only unknown facts, of {sorted(unknown)}, and divisors, of {sorted(zeroes)}")]
    if expected.decidable and expected.kleene.eligible is UNKNOWN and answers.eligible is None and not roots:
        return [("missing", [], f"a divisor of zero, of {sorted(zeroes)}")]
    if expected.divided or any(p.should for p in document.clauses + document.rungs):
        return []
    matter = matters(document, expected) - outer_years(document, expected)
    if matter - roots:
        return [("missing", sorted(found), f"also {sorted(matter - roots)}")]
    if expected.whole and plain(document) and found - matter:
        return [("missing", sorted(found), sorted(matter))]
    return []


def outer_years(document, expected):
    """The years of facts by year that are not asked for while the day, and so the year, is unknown.

    They are all but those between two years that are known.
    """
    unknown = {leaf.root() for leaf in expected.leaves}
    if "as_of" not in unknown:
        return set()
    outer = set()
    for fact in {n.fact.name: n.fact for n in document.nodes() if isinstance(n, InYear)}.values():
        names = [f.name for f in fact.years]        # from the first year to the last
        known = [i for i, name in enumerate(names) if name not in unknown]
        outer |= {name for i, name in enumerate(names) if not known or not known[0] < i < known[-1]}
    return outer


def plain(document):
    """Whether a document is a single condition without sums, so that its values can have gaps."""
    parts = document.clauses + document.rungs
    return len(parts) == 1 and not any(
        isinstance(n, Arithmetic) for n in document.nodes()) and not any(
        c.pays() for c in document.clauses)


def matters(document, expected):
    """Returns the unknown facts that alone can change an answer, for some values of the others."""
    found = set()
    answers = [(o.eligible, o.amount, place(document, o.rungs)) for o in expected.outcomes]
    for i, leaf in enumerate(expected.leaves):
        groups = {}
        for values, answer in zip(expected.filled, answers):
            rest = tuple(map(id, values[:i] + values[i + 1:]))      # lists are not hashable
            if groups.setdefault(rest, answer) != answer:
                found.add(leaf.root())
                break
    return found
