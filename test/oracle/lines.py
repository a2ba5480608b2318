"""Compares the rows of assess with the evaluator's lines."""

from decimal import Decimal
from fractions import Fraction

from language import Group
from values import UNKNOWN


def number(text):
    return None if text is None else Fraction(Decimal(text))


class Row:
    def __init__(self, found):
        for name in ("clause", "stage", "kind", "unit", "eligible", "period", "status", "reservations"):
            setattr(self, name, found[name])
        self.amount, self.low, self.high = (number(found[n]) for n in ("amount", "low", "high"))

    def __repr__(self):
        return str(vars(self))


def check_lines(document, rows, day, answers, expected):
    """Returns complaints: (line, found, expected).  day is the day judged, or UNKNOWN."""
    rows = {(r.clause, r.stage): r for r in map(Row, rows)}
    lines = expected.kleene.lines
    if document.bare:
        lines = {(None, None): line for line in lines.values()}
    if set(rows) != set(lines):
        return [("lines", sorted(map(str, rows)), sorted(map(str, lines)))]
    clauses = {c.code: c for c in document.clauses + document.groups}
    complaints = []
    for key, row in rows.items():
        real = ("1", None) if document.bare else key
        outcomes = [o.lines[real] for o in expected.outcomes]
        clause = clauses.get(real[0])
        wrong = list(check_row(row, clause, outcomes, lines[key], day, expected.known()))
        complaints += [(f"line {key}", row, w) for w in wrong]
    return complaints + list(check_sums(document, rows, answers))


def check_row(row, clause, outcomes, kleene, day, known):
    """Returns what is wrong with one row."""
    truths = {o.satisfied for o in outcomes}
    if row.eligible is not None and (not row.eligible) in truths:
        yield f"not decided: {not row.eligible} is possible"
    if row.eligible is None and (known or kleene.satisfied is not UNKNOWN):
        yield f"eligible {kleene.satisfied}"
    if clause is None:
        kind, unit, period = "rung", None, None
    else:
        kind, unit = clause.kind, {True: "分" if clause.kind == "points" else "元", False: None}[clause.pays()]
        period = day.year if clause.per_year and day is not UNKNOWN else None
    if (row.kind, row.unit, row.period) != (kind, unit, period):
        yield f"{kind} {unit} {period}"
    if known and row.eligible is not False and len(row.reservations or ()) != (0 if row.stage else outcomes[0].failing):
        yield f"{outcomes[0].failing} reservations"
    yield from check_status(row, clause, outcomes, known)
    if clause is not None and clause.undetermined:
        allowed = {0 if row.eligible is False else None} | ({None} if row.eligible is None else set())
        if {row.amount, row.low, row.high} - allowed:
            yield "no figure"
    elif clause is None or not clause.pays():
        if {row.amount, row.low, row.high} != {None}:
            yield "no amounts"
    else:
        yield from check_amounts(row, [o.amount for o in outcomes], known, clause)


def check_amounts(row, amounts, known, clause):
    amounts = {a for a in amounts if a is not UNKNOWN}
    if row.amount is not None and amounts - {row.amount}:
        yield f"one of {sorted(amounts)[:5]} is possible"
    if row.stage is None:
        if row.low is None:
            yield "a low"
        elif amounts and (min(amounts) < row.low or row.high is not None and max(amounts) > row.high):
            yield f"{min(amounts)} to {max(amounts)} is possible"
        if known and {row.low, row.high} != amounts:
            yield f"low and high {amounts}"
    elif (row.low, row.high) != (None, None):
        yield "no range of a stage"
    if known and row.amount is None and bool(row.stage) == bool(clause.stages):
        yield f"an amount of {amounts}"
    if known and row.amount is not None and bool(row.stage) != bool(clause.stages):
        yield "no amount: it stands with the stages"


def check_status(row, clause, outcomes, known):
    """Checks the status against the other columns of the row, except caps and future days."""
    if row.eligible is None:
        statuses = {"undecided"}
    elif row.eligible is False:
        statuses = {"refused", "to come"} if clause is not None and all_stages(clause) else {"refused"}
    elif clause is None or not clause.pays():
        statuses = {"satisfied"}
    elif clause.undetermined:
        statuses = {"undetermined"}
    elif known:
        line = outcomes[0]
        statuses = {"capped" if line.uncapped > (line.amount if line.claim is None else line.claim)
                    else "owed" if line.amount > 0 else "nothing"}
    else:
        statuses = {"owed", "capped", "nothing", "undecided"}
    if row.status not in statuses:
        yield f"status {sorted(statuses)}"


def all_stages(provision):
    """Returns the stages of a clause, or of all clauses of a group."""
    inside = provision.within() if isinstance(provision, Group) else [provision]
    return [s for p in inside for s in p.stages]


def check_sums(document, rows, answers):
    """Checks that the rows add up to amount and amount_range."""
    whole = [p for p in document.in_total() if p.pays() and not p.undetermined]
    if not whole or answers.low is None:
        return
    own = [rows[c.code, None] for c in whole]
    low = sum(r.low for r in own)
    high = None if any(r.high is None for r in own) else sum(r.high for r in own)
    if (low, high) != (answers.low, answers.high):
        yield "lines", (low, high), f"amount_range {(answers.low, answers.high)}"
    codes = {c.code for c in whole}
    amounts = [r.amount for (code, _), r in rows.items() if code in codes and r.amount is not None]
    if answers.amount is not None and sum(amounts) != answers.amount:
        yield "lines", sum(amounts), f"amount {answers.amount}"
