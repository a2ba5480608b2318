#!/usr/bin/env python3
"""Compares the operators with an independent evaluator.  See README.md."""

import argparse
import concurrent.futures
import random
import sys
import time

import check
import evaluate
import forms
from exact import ArithmeticGenerator
from generate import Generator
from lists import ListsGenerator
from once import OnceGenerator
from probe import ProbeGenerator, RangeGenerator
from rules import RulesGenerator
from server import Server, as_json
from used import UsedGenerator

BATCH = 500
ROWS = 4            # rows per document
SHARES = ((Generator, 0.18), (ProbeGenerator, 0.15), (RangeGenerator, 0.1), (OnceGenerator, 0.14),
          (ArithmeticGenerator, 0.1), (UsedGenerator, 0.09), (RulesGenerator, 0.09), (ListsGenerator, 0.15))
SHOWN = 20          # number of mismatches printed in full


def options():
    parser = argparse.ArgumentParser(description=__doc__)
    for flag, name in (("--host", "-h"), ("--port", "-p"), ("--user", "-U"), ("--dbname", "-d")):
        parser.add_argument(flag, help=f"as psql's {name}")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=6000,
                        help="rows judged; a fortieth as many documents are asked in every form")
    parser.add_argument("--selftest", action="store_true",
                        help="make the evaluator wrong in many ways; each must be noticed")
    parser.add_argument("--all", action="store_true", help="print every mismatch")
    return parser.parse_args()


def make_trials(seed, cases):
    trials = []
    for generator, share in SHARES:
        rng = random.Random(f"{seed} {generator.__name__}")
        made = generator(rng)
        until = len(trials) + int(cases * share)
        while len(trials) < until:
            trials += made.cases(f"oracle-{len(trials)}", ROWS)
    for number, trial in enumerate(trials):
        trial.number = number
    return trials


def ask(server, trials):
    """Asks all trials over two connections at a time and returns the answers."""
    batches = [trials[i:i + BATCH] for i in range(0, len(trials), BATCH)]
    found = {}
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for answers in pool.map(server.ask, batches):
            found.update(answers)
            print(f"asked {len(found)} of {len(trials)}", file=sys.stderr)
    return found


def show(trial, complaints):
    print("MISMATCH", trial.kind, trial.number)
    print(trial.text.rstrip())
    if trial.part:
        print(f"part: {trial.part}")
    print(f"row: {as_json(trial.row)}")
    for what, found, expected in complaints:
        print(f"  {what}: found {found}; expected {expected}")
    print()


def check_trials(trials, answers, everything):
    """Compares each trial with the evaluator; for each document, shows the shortest mismatch."""
    failures = []
    for trial in trials:
        complaints = check.check(trial, answers[trial.number])
        if complaints:
            failures.append((trial, complaints))
        if trial.number % 2000 == 1999:
            print(f"checked {trial.number + 1} of {len(trials)}", file=sys.stderr)
    failures.sort(key=lambda f: len(f[0].text))
    for trial, complaints in failures if everything else failures[:SHOWN]:
        show(trial, complaints)
    if len(failures) > SHOWN and not everything:
        print(f"… and {len(failures) - SHOWN} more; --all prints them\n")
    return len(trials) - len(failures), len(failures)


def show_group(group, failures):
    print(f"MISMATCH forms of {group.code}, part {group.part}")
    print(group.text.rstrip())
    print("columns:", ", ".join(f"{c.name} {c.type}" for c in group.columns.values()))
    for form, row, complaints in failures[:4]:
        print(f"form “{form}”" + (f", row {as_json(row)}" if row else ""))
        for what, found, expected in complaints:
            print(f"  {what}: found {found}; expected {expected}")
    if len(failures) > 4:
        print("also", ", ".join(sorted({f[0] for f in failures[4:]})))
    print()


def ask_forms(server, seed, count):
    rng = random.Random(f"{seed} forms")
    groups = [forms.Group(rng, n) for n in range(count)]
    return groups, forms.ask(groups, server)


def check_forms(server, seed, count, everything):
    passed, failures = 0, []
    groups, asked = ask_forms(server, seed, count)
    for group, form, row, complaints in forms.judge(groups, asked):
        if complaints:
            failures.append((group, form, row, complaints))
        else:
            passed += 1
    by_group = {}
    for group, *failure in failures:
        by_group.setdefault(group, []).append(failure)
    failed = sorted(by_group, key=lambda g: len(g.text))
    for group in failed if everything else failed[:SHOWN]:
        show_group(group, by_group[group])
    if len(failed) > SHOWN and not everything:
        print(f"… and {len(failed) - SHOWN} more documents; --all prints them\n")
    return passed, len(failures)


def selftest(server, seed, cases):
    """Checks that every deliberate mistake is noticed in the same answers."""
    trials = make_trials(seed, cases)
    answers = ask(server, trials)
    groups, asked = ask_forms(server, seed, cases // 40)
    right = [t for t in trials if not check.check(t, answers[t.number])]
    random.Random(seed).shuffle(right)
    right.sort(key=lambda t: t.kind != "rules")     # which show most mistakes
    passed = failed = 0

    def tell(slip, noticed):
        nonlocal passed, failed
        print(f"{slip}: " + (f"noticed in trial {noticed}" if noticed else "NOT NOTICED"))
        passed, failed = passed + bool(noticed), failed + (not noticed)
    for slip in evaluate.SLIPS + check.SLIPS:
        tell(slip, next((n for n, t in enumerate(right, 1)
                         if check.check(t, answers[t.number], slips=(slip,))), 0))
    for slip in forms.SLIPS:
        judged = enumerate(forms.judge(groups, asked, slips=(slip,)), 1)
        tell(f"forms: {slip}", next((n for n, (*_, complaints) in judged if complaints), 0))
    return passed, failed


def main():
    chosen = options()
    server = Server((("-h", chosen.host), ("-p", chosen.port), ("-U", chosen.user),
                     ("-d", chosen.dbname)))
    server.wait(1)
    started = time.time()
    if chosen.selftest:
        passed, failed = selftest(server, chosen.seed, chosen.cases)
    else:
        trials = make_trials(chosen.seed, chosen.cases)
        passed, failed = check_trials(trials, ask(server, trials), chosen.all)
        more = check_forms(server, chosen.seed, chosen.cases // 40, chosen.all)
        passed, failed = passed + more[0], failed + more[1]
    print(f"{time.time() - started:.0f} seconds", file=sys.stderr)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
