"""Series: versions of one document, selected by the day judged."""

from dataclasses import dataclass

from check import NOWHERE, check, wants
from complete import read_row
from generate import Trial
from language import Budget, Document
from values import UNKNOWN


@dataclass
class Series:
    code: str
    versions: list      # (document, text), ordered by their days in force

    def text(self):
        return "\n".join([f"series {self.code}"] + [text for _, text in self.versions])

    def wants(self):
        """The answers to check: no amounts that depend on whether a clause is the only one."""
        documents = [d for d, _ in self.versions]
        sums = all(len(d.clauses) != 1 or d.clauses[0].kind in ("reward", "subsidy")
                   and not d.clauses[0].undetermined for d in documents)
        wanted = {w for d in documents for w in wants(d)}
        return sorted(wanted if sums else wanted - {"amount", "range"})

    def version(self, day, slips):
        for document, text in self.versions:
            if "versions end a day late" in slips and document.until == day:
                return document, text
            if document.since <= day and (document.until is None or day < document.until):
                return document, text
        return None

    def check(self, row, number, answers, fallback, slips):
        """Returns complaints about a series' answers for a row."""
        if answers.error is not None:
            return [("error", answers.error, "an answer")]
        _, day = read_row(self.versions[0][0], row, fallback)
        version = self.version(day, slips) if day is not UNKNOWN else None
        if version is not None:
            trial = Trial("series", version[0], version[1], None, row, number=number)
            wanted = [w for w in self.wants() if w in wants(version[0])]
            return check(trial, answers, fallback=fallback, wanted=wanted)
        nothing = {"eligible": False, "amount": 0, "placement": NOWHERE}
        complaints = []
        for name, value in nothing.items():
            found = getattr(answers, name)
            # On an unknown day only this can be decided, because possibly no version is in force.
            undecided = day is UNKNOWN and found is None
            if name in self.wants() and not undecided and found != value:
                complaints.append((name, found, value))
        if day is not UNKNOWN and answers.missing:
            complaints.append(("missing", sorted(answers.missing), []))
        return complaints


def make_series(rng, generator, printer, document):
    """Makes a series of a document and another one of the same facts, and sets the document's days."""
    code = f"{document.code}-s"
    days = sorted(rng.sample(generator.calendar, 4))
    document.series, document.since, document.until = code, days[0], days[1]
    # The second version begins when the first ends, or after a gap; it may have no end.
    since = rng.choice(days[1:3])
    other = Document(
        code=f"{document.code}-b", facts=document.facts, definitions=document.definitions,
        across=[s for s in document.across if not isinstance(s, Budget)],
        series=code, since=since, until=rng.choice((days[3], None)))
    codes = list("一二三四五六七")
    generator.provisions = []       # the versions do not refer to each other
    other.clauses = [generator.make_clause(codes.pop()) for _ in range(rng.randint(1, 2))]
    generator.give_subjects(other)
    if document.rungs:
        other.rungs = generator.make_rungs(codes)
    return Series(code, [(d, printer.document(d)) for d in (document, other)])
