#!/usr/bin/env python3
"""Reads official texts with the functions of zjtx_author.

texts/ has public documents as offices publish them: a plan with 32 items that run on across its sections, a page of a
newspaper in HTML, a plan with a table of goals as copied from a page, a plan with criteria, and measures with page
breaks within sentences.  measures/ has two invented measures of one page, and the documents that were written of them
by the tutorial.  items/ has what a person finds in each: path, kind, heading, the first and the last
characters, offices and quantities.  The last line is ``N passed, N failed``.
"""

import argparse
import pathlib
import random
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from servers import Check, Server   # noqa: E402

# Rows without markup and warnings: the items with their sections, header, parts and what follows the text.
ROWS = {"dazu-2022-92": 50, "cq-2022-23-news": 18, "banan-2024": 63, "cq-hardtech-2023-21": 20, "yubei-2024-34": 27}
FIELDS = ("path", "kind", "heading", "wording", "offices", "quantities", "at", "length")


def quote(text):
    return "'" + text.replace("'", "''") + "'"


def outline(server, database, text):
    """The rows of an outline, as dictionaries."""
    answer = server.ask(database, f"""SELECT concat_ws(E'\\x1f', coalesce(path, '-'), kind, coalesce(heading, '-'),
        coalesce(wording, '-'), array_to_string(offices, '、'), array_to_string(quantities, '、'), at, length) || E'\\x1e'
        FROM zjtx_author.outline({quote(text)});""")
    return [dict(zip(FIELDS, line.lstrip("\n").split("\x1f"))) for line in answer.split("\x1e") if line.strip("\n")]


def shown(row):
    words = re.sub(r"\s", "", row["wording"])
    return "\t".join((row["path"], row["kind"], row["heading"], words[:10], words[-10:],
                      row["offices"], row["quantities"]))


def whole(text, rows):
    """What is wrong with the places of the rows."""
    data = text.encode()
    at = 0
    for row in rows:
        if int(row["at"]) != at:
            if row["kind"] != "warning":
                return f"{row} does not begin at {at}"
        at = max(at, int(row["at"]) + int(row["length"]))
        try:
            data[int(row["at"]):at].decode()
        except UnicodeDecodeError:
            return f"{row} cuts a character"
    return "" if at == len(data) else f"the rows end at {at} of {len(data)}"


# ---------------- damage ----------------

HALF = {0xFF08: "(", 0xFF09: ")", 0xFF0C: ",", 0xFF1A: ":", 0xFF1B: ";"}
FULL = {ord(d): chr(ord(d) + 0xFEE0) for d in "0123456789()"}


def hard_wraps(text, width):
    """Lines of a document that are not wider; indented, as in a mail."""
    lines = []
    for line in text.split("\n"):
        while len(line) > width:
            cut = width - len(re.search(r"[0-9.]*$", line[:width]).group())
            lines.append(line[:cut])
            line = line[cut:]
        lines.append(line)
    return "\n".join(lines)


def page_numbers(text, every):
    """A page number within a sentence, every so many characters."""
    parts = []
    number = 1
    while len(text) > every + 100:
        cut = next((n for n in range(every, len(text) - 20) if re.match("[\u4e00-\u9fff]{2}", text[n - 1:n + 1])
                    and "|" not in text[n:n + 40]), None)
        if cut is None:
            break
        parts.append(text[:cut] + f"\n\n— {number} —\n\n")
        text = text[cut:]
        number += 1
    return "".join(parts) + text


DAMAGE = {
    "CRLF": lambda t: t.replace("\n", "\r\n"),
    "CR": lambda t: t.replace("\n", "\r"),
    "U+3000": lambda t: t.replace("\n", "\n\u3000\u3000"),
    "trailing blanks": lambda t: t.replace("\n", "  \u3000\n"),
    "blank lines": lambda t: t.replace("\n", "\n\n"),
    "half width": lambda t: t.translate(HALF),
    "full width": lambda t: t.translate(FULL),
    "wraps at 40": lambda t: hard_wraps(t, 40),
    "wraps at 28": lambda t: hard_wraps(t, 28),
    "page numbers": lambda t: page_numbers(t, 700),
}


def same(row):
    """What damage does not change."""
    fold = {code: ord(c) for code, c in HALF.items()}
    fold.update({ord(c): code for code, c in FULL.items()})
    text = "\t".join(row[f] for f in ("path", "kind", "heading", "wording", "offices", "quantities"))
    return re.sub(r"[ \u3000]", "", text.translate(fold))


# ---------------- an independent reading ----------------

NUMBER = re.compile(r"(?:第[一二三四五六七八九十]+条|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|\d+[．.、](?!\d))")
QUANTITY = re.compile(
    r"(?<![\d.〔第])\d+(?:\.\d+)?\s*(?:[十百千万亿]*(?:元(?:/平方米·月|/年)?|家|个百分点|个|件|项|人|分)|%)|近?(\d)年(?!度)")


def check_alone(check, name, text, rows):
    """What regular expressions find on their own."""
    begins = [m.start() for m in re.finditer(r"(?m)^[ \u3000]*(?=" + NUMBER.pattern + ")", text)]
    begins = [at + len(re.match(r"[ \u3000]*", text[at:]).group()) for at in begins]
    wanted = [len(text[:at].encode()) for at in begins]
    found = [int(r["at"]) for r in rows
             if r["kind"] in ("item", "heading") and r["path"] != "-" and "|" not in r["wording"]]
    check.same(f"{name}: every line that begins with a number", str(found), str(wanted))
    for row in rows:
        if row["kind"] not in ("item", "heading") or row["path"] == "-" or "|" in row["wording"]:
            continue
        words = re.sub(r"\n\s*", "", text.encode()[int(row["at"]):int(row["at"]) + int(row["length"])].decode())
        words = re.sub(r"\d{4}\s*年(\s*\d+\s*月\s*\d+\s*日)?", "", words[len(NUMBER.match(words).group()):])
        wanted = [m.group().strip().removeprefix("近") for m in QUANTITY.finditer(words)]
        check.same(f"{name} {row['path']}: its quantities", row["quantities"], "、".join(wanted))
        offices = re.findall(r"责任单位[:：]([^）)]*(?:（[^）]*）[^）)]*)*)[)）]", words)
        wanted = [o for group in offices for o in re.split("[、，,]", group)]
        check.same(f"{name} {row['path']}: its offices", row["offices"], "、".join(wanted))


def check_texts(check, server, database, texts):
    for name, text in texts.items():
        rows = outline(server, database, text)
        check.same(f"{name}: places", whole(text, rows), "")
        wanted = (HERE / "items" / f"{name}.tsv").read_text(encoding="utf-8")
        check.same(f"{name}: items", "".join(shown(r) + "\n" for r in rows if r["kind"] != "markup"), wanted)
        check.same(f"{name}: rows", str(sum(r["kind"] not in ("markup", "warning") for r in rows)), str(ROWS[name]))
        if not name.endswith("news"):
            check_alone(check, name, text, rows)
        for damage, change in DAMAGE.items():
            if name.endswith("news") and damage in ("CRLF", "CR", "page numbers", "full width", "half width"):
                continue
            damaged = change(text)
            found = outline(server, database, damaged)
            check.same(f"{name}, {damage}: places", whole(damaged, found), "")
            check.same(f"{name}, {damage}: the same items",
                       "\n".join(same(r) for r in found if r["kind"] not in ("markup", "header", "part")),
                       "\n".join(same(r) for r in rows if r["kind"] not in ("markup", "header", "part")))


def check_tables(check, server, database, text):
    """The annex of a plan with its rows in other forms: the same rows."""
    rows = outline(server, database, text)
    table = [r for r in rows if "|" in r["wording"]]
    data = text.encode()
    begin = int(table[0]["at"])
    end = int(table[-1]["at"]) + int(table[-1]["length"])
    cells = [[c.strip() for c in (r["wording"] + " ").split(" | ")] for r in table]
    width = len(cells[0])
    cells = [c + [""] * (width - len(c)) for c in cells]
    wanted = "\n".join("\t".join((r["path"], r["kind"], r["heading"], r["quantities"])) for r in table)
    tags = "".join(f"<tr><td>{'</td><td>'.join(c)}</td></tr>\n" for c in cells)
    for form, words in (("tabs", "\n".join("\t".join(c) for c in cells) + "\n"),
                        ("HTML", f"<table><tbody>{tags}</tbody></table>"),
                        ("bars", "\n".join(" | ".join(c) + " |" for c in cells) + "\n")):
        changed = data[:begin].decode() + words + data[end:].decode()
        found = outline(server, database, changed)
        check.same(f"the annex with {form}: places", whole(changed, found), "")
        check.same(f"the annex with {form}: rows", "\n".join(
            "\t".join((r["path"], r["kind"], r["heading"], r["quantities"])) for r in found
            if "附件/" in r["path"] and r["kind"] in ("row", "heading")), wanted)


# ---------------- documents ----------------

POLICIES = {"cq-2022-23-news": "cq-2022-23"}


def check_documents(check, server, database, texts):
    """Every shipped document cites or quotes every item of its text, and has every quantity; a draft loads."""
    for name, text in texts.items():
        policy = POLICIES.get(name, name)
        check.same(f"{policy} covers its text", server.ask(database, f"""SELECT kind, path, found
            FROM zjtx_author.uncovered(zjtx.stored('{policy}'), {quote(text)});"""), "")
        body = re.sub(r"<[/!?]?[A-Za-z][^<>]*>", "", text)
        check.same(f"{policy}: its wordings are in its text", server.ask(database, f"""SELECT code, wording
            FROM zjtx.provisions WHERE policy = '{policy}' AND wording IS NOT NULL
            AND position(zjtx_internal.bare(wording) IN zjtx_internal.bare({quote(body)})) = 0;"""), "")
        found = server.ask(database, f"""WITH d (p) AS (SELECT zjtx_author.draft({quote(text)})::zjtx.policy)
            SELECT '{{}}'::jsonb OPERATOR(zjtx.|=) p IS NULL, cardinality('{{}}'::jsonb OPERATOR(zjtx.|!) p) =
                (SELECT count(*) FROM zjtx_author.articles({quote(text)}) WHERE kind <> 'row'),
                (SELECT count(*) FROM zjtx.provisions(p) WHERE kind <> 'policy') =
                (SELECT count(*) FROM zjtx_author.articles({quote(text)})) FROM d;""")
        check.same(f"{name}: its draft answers unknown and has every item", found, "t|t|t")
    # each target of the plan's annex that has figures
    found = server.ask(database, f"""SELECT string_agg(code || ' ' || goals, '; ' ORDER BY n) FROM (
        SELECT t.code, split_part(t.code, '-', 2)::int AS n, 
            string_agg(t.year || '=' || trim_scale(t.goal), ' ' ORDER BY t.year) AS goals
        FROM zjtx.targets(zjtx_author.draft({quote(texts['banan-2024'])})::zjtx.policy) t GROUP BY 1, 2) q;""")
    wanted = server.ask(database, """SELECT string_agg('附件-' || n || ' ' || goals, '; ' ORDER BY n) FROM (
        SELECT split_part(code, '-', 2)::int AS n,
            string_agg(year || '=' || trim_scale(goal), ' ' ORDER BY year) AS goals
        FROM zjtx.targets WHERE policy = 'banan-2024' AND code LIKE 'annex-%' AND code <> 'annex-13' GROUP BY 1) q;""")
    check.same("banan-2024: the goals of the annex", found, wanted)


# number, issuer, issued, first and last day in force
HEADERS = {"linjiang-2025-17": "临江府办发〔2025〕17号|临江区人民政府办公室|2025-01-16|2025-02-01|2027-12-31",
           "wanghu-2024": "|||2024-07-01|2027-06-30"}


def check_measures(check, server, database):
    """The documents of the measures cover them, their examples reach everything, and the drafts load."""
    for path in sorted((HERE / "measures").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        document = path.with_suffix(".policy").read_text(encoding="utf-8")
        for what, query in (
                ("findings", f"SELECT severity, line, message FROM zjtx_author.diagnose({quote(document)}) "
                 f"WHERE severity <> 'info'"),
                ("lacks",
                 f"SELECT kind, path, found FROM zjtx_author.uncovered({quote(document)}::zjtx.policy, {quote(text)})"),
                ("not reached", f"SELECT kind, place, condition "
                 f"FROM zjtx_author.coverage({quote(document)}::zjtx.policy) WHERE NOT covered"),
                ("warnings", f"SELECT wording FROM zjtx_author.outline({quote(text)}) WHERE kind = 'warning'")):
            check.same(f"{path.stem}: {what}", server.ask(database, query + ";"), "")
        check.same(f"{path.stem}: articles", server.ask(
            database, f"SELECT string_agg(code, ' ' ORDER BY place) FROM zjtx_author.articles({quote(text)});"),
            {"linjiang-2025-17": "1 2 3 4 5", "wanghu-2024": "1 2 3 3-一 3-二 3-三 4 5"}[path.stem])
        found = server.ask(database, f"""SELECT number, issuer, issued, in_force_from, in_force_until - 1
            FROM zjtx.header(zjtx_author.draft({quote(text)})::zjtx.policy);""")
        check.same(f"{path.stem}: the header of its draft", found, HEADERS[path.stem])


# ---------------- fuzz ----------------

PIECES = ["\n", "\r\n", "\r", "一、", "（一）", "1.", "第一条", "第三章", "<p>", "</p>", "<", "|", "|\n", "附件1\n", "附件：1.",
          "2024年1月2日\n", "抄送：", "\u3000", "&nbsp;", "— 3 —\n", "1.1 ", "(", "）", "。", "①", "<!--", "-->", "<table>",
          "</table>", "<tr>", "<td>", "</td>", "<td rowspan=2>", "<th colspan='3'>", "序号\t名称\t金额\n", "1\t甲\t5万元\n",
          "\t", "\t\t", "---\n", "一是", "\ufeff", "责任单位：", "百分之", "\U0001f600", "\x01"]


def fuzzed(rng, texts):
    if rng.random() < 0.3:
        return "".join(rng.choice(PIECES) for _ in range(rng.randrange(200)))
    text = rng.choice(texts)
    at = rng.randrange(len(text))
    text = text[at:at + rng.randrange(1, 3000)]
    for _ in range(rng.randrange(60)):
        place = rng.randrange(len(text) + 1)
        kind = rng.random()
        if kind < 0.6:
            text = text[:place] + rng.choice(PIECES) + text[place:]
        elif kind < 0.8:
            text = text[:place] + text[place + rng.randrange(40):]
        else:
            other = rng.randrange(len(text) + 1)
            text = text[:place] + text[other:other + 50] + text[place:]
    return text


def check_fuzz(check, server, database, texts, count, seed):
    rng = random.Random(seed)
    some = [fuzzed(rng, list(texts.values())) for _ in range(count)]
    lost = server.ask(database, f"""
        WITH texts (number, source) AS (VALUES {", ".join(f"({n}, {quote(t)})" for n, t in enumerate(some))}),
        rows AS (SELECT number, source, o.at, o.length, o.place,
            coalesce(lag(o.at + o.length) OVER (PARTITION BY number ORDER BY o.place), 0) AS before, o.kind
            FROM texts, zjtx_author.outline(source) WITH ORDINALITY
            o (path, level, kind, heading, wording, offices, quantities, at, length, place) WHERE kind <> 'warning')
        SELECT number, min(at) FILTER (WHERE at <> before), max(at + length), octet_length(source) FROM rows
        GROUP BY number, source HAVING bool_or(at <> before) OR max(at + length) <> octet_length(source);""")
    check.same(f"{count} damaged texts: every byte is in one row", lost, "")
    for part in range(0, count, 50):
        found = server.psql(database, "SELECT count(zjtx_author.draft(s)::zjtx.policy) FROM (VALUES " +
                            ", ".join(f"({quote(t)})" for t in some[part:part + 50]) + ") v (s);", check=False)
        check.same(f"damaged texts {part} to {part + 49}: their drafts load", found.stderr.strip()[:500], "")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--host")
    parser.add_argument("--port")
    parser.add_argument("--user")
    parser.add_argument("--dbname", default="author")
    parser.add_argument("--texts", type=int, default=600, help="damaged texts")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    server = Server(options.host, options.port, options.user)
    check = Check()
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted((HERE / "texts").glob("*.txt"))}
    check_texts(check, server, options.dbname, texts)
    check_tables(check, server, options.dbname, texts["banan-2024"])
    check_documents(check, server, options.dbname, texts)
    check_measures(check, server, options.dbname)
    check_fuzz(check, server, options.dbname, texts, options.texts, options.seed)
    print(f"{check.passed} passed, {check.failed} failed")
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main())
