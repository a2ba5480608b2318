#!/usr/bin/env python3
"""Compares every wording of the shipped documents with the official texts.

    python3 test/wordings/compare.py SOURCES [--host H] [--port P] [--user U] [--dbname D] [POLICY …]

SOURCES is a folder with one text file for each official text.  The texts of five documents are in
test/author/texts, and test/author checks them; those of the national standards are not part of the project, so
script/test does not run this program.  A wording is correct if a file of the folder contains it, ignoring
white space and HTML tags.  One file must contain all wordings of a policy.  The program also lists the
items (`covers`) without a wording, the offices that their file does not name, and the provisions without an
office whose file names one (责任单位).  The database needs the extension.  Without POLICY, all shipped
documents that cover items are read.  Ends with "N passed, N failed"; each wording, office or item is one
check.
"""

import argparse
import html
import json
import pathlib
import re
import subprocess
import sys

QUERY = """
SELECT coalesce(json_agg(json_build_object('policy', v.policy, 'code', v.code, 'kind', v.kind, 'items', v.catalogue,
	'wording', v.wording, 'offices', v.offices) ORDER BY v.policy, v.code), '[]')
FROM zjtx.provisions v JOIN zjtx.policies p ON p.code = v.policy WHERE p.shipped
"""


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", type=pathlib.Path)
    parser.add_argument("policy", nargs="*")
    for flag, name in (("--host", "-h"), ("--port", "-p"), ("--user", "-U"), ("--dbname", "-d")):
        parser.add_argument(flag, help=f"as psql's {name}")
    return parser.parse_intermixed_args()


def ask(args):
    """Returns the provisions of the shipped documents as a list of objects, see QUERY."""
    command = ["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", QUERY]
    for flag, value in (("-h", args.host), ("-p", args.port), ("-U", args.user), ("-d", args.dbname)):
        if value:
            command += [flag, value]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout)


def bare(text):
    """Returns the text without white space, including full-width spaces."""
    return re.sub(r"\s+", "", text)


def read(folder):
    """Returns {file name: its text without tags and white space}."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir()) if path.is_file()}
    return {name: bare(html.unescape(re.sub(r"</?[A-Za-z][^>]*>", "", text))) for name, text in texts.items()}


def own_source(provisions, sources):
    """Returns the file that contains most of the wordings, or None."""
    found = {name: sum(bare(p["wording"]) in text for p in provisions if p["wording"]) for name,
             text in sources.items()}
    best = max(found, key=found.get, default=None)
    return best if best and found[best] else None


def main():
    args = options()
    sources = read(args.sources)
    by_policy = {}
    for provision in ask(args):
        by_policy.setdefault(provision["policy"], []).append(provision)
    passed = failed = 0

    def check(right, words):
        nonlocal passed, failed
        passed += right
        failed += not right
        if not right:
            print("not ok", words)

    for policy in args.policy or sorted(by_policy):
        provisions = by_policy.get(policy, [])
        if not any(p["items"] for p in provisions):
            print(f"{policy}: covers no items, left out")
            continue
        source = own_source(provisions, sources)
        text = sources.get(source, "")
        wordings = items = offices = 0
        for p in provisions:
            place = f"{policy} {p['kind']} {p['code']}"
            if p["wording"]:
                check(bare(p["wording"]) in text, f"{place}: not in the source: {p['wording']}")
                check("……" not in p["wording"], f"{place}: the wording leaves something out")
                wordings += 1
            for item in p["items"] or []:
                check(bool(p["wording"]), f"{place}: no wording for {item}")
                items += bool(p["wording"])
            for office in p["offices"] or []:
                check(office in text, f"{place}: the source has no office {office}")
                offices += 1
            # the offices between this wording and the next sentence that names some
            behind = re.search(r"[（(]责任单位[：:](.*?)[)）]", text[text.find(bare(p["wording"])):]) if p["wording"] else None
            if behind and p["offices"]:
                check(re.split("[、，,；]", behind.group(1)) == p["offices"],
                      f"{place}: the source has the offices {behind.group(1)}, not {'、'.join(p['offices'])}")
            elif behind and not re.search(r"\d[.．][一-龥]",
                                          behind.string[:behind.start()]) and p["kind"] not in ("policy", "definition"):
                print(f"? {place}: no office; behind the wording stand {behind.group(1)}")
        print(f"{policy}: {source}: {wordings} wordings, {items} items with one, {offices} offices")
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
