#!/usr/bin/env python3
"""Checks what editors use: script/check, zjtx_author.reformat, and the grammars of editors/.

    python3 test/editors/run.py [--host H] [--port P] [--user U] [--dbname D]

The last line is ``N passed, N failed``.
"""

import argparse
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from servers import Check, Server   # noqa: E402

TOP = HERE.parent.parent
DATABASE = "editors_own"


class Programs:
    """The programs of script/, in a folder of their own."""

    def __init__(self, options, folder):
        self.where = [*(("-h", options.host) if options.host else ()), *(("-p", options.port) if options.port else ()),
                      *(("-U", options.user) if options.user else ()), "-d", DATABASE]
        self.folder = folder

    def run(self, program, *arguments, locale="C.UTF-8", data=None):
        done = subprocess.run(["/usr/bin/python3", TOP / "script" / program, *self.where, *map(str, arguments)],
                              capture_output=True, cwd=self.folder, input=data, check=False,
                              env={**os.environ, "LC_ALL": locale, "LANGUAGE": ""})
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def write(self, name, content):
        (self.folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return name


def checked(check, programs):
    good = programs.write("good.policy", "policy x 'X' fact a number clause 1 when a > 1\n"
                          "example 'e' given a = 1 expect clause 1 false "
                          "example 'f' given a = 2 expect clause 1 true\n")
    check.same("a document in order", str(programs.run("check", good)), "(0, '', '')")
    odd = programs.write("odd.policy", "policy x 'X'\nfact it's number\n")
    bad = programs.write("bad.policy", "政策 x '甲办法' 事实 a 数\n条款 1 当 b > 1\n")
    status, output, errors = programs.run("check", good, odd, bad)
    check.same("several files", output.replace(output.splitlines()[0], "…", 1),
               "…\nbad.policy:2:8: error: \"b\" is not declared\n")
    check.holds("a quote in the text",
                output.startswith("odd.policy:2:8: error: ") and not errors and status == 1, output + errors)
    warned = programs.write("warned.policy", "policy x 'X' fact a number\nfact u boolean clause 1 when a > 1")
    status, output, _ = programs.run("check", warned)
    check.same("warnings do not fail", f"{status} {output}",
               "0 warned.policy:1:1: info: x: the document has no examples\n"
               "warned.policy:2:1: warning: u: the fact is declared and not used\n")
    status, output, _ = programs.run("check", "-", data="policy x 'X' clause 1 when".encode())
    check.same("the standard input", f"{status} {output.split(' (')[0]}", "1 -:1:27: error: the text ends too early")
    for name, content, message in (("gbk", "政策".encode("gbk"), "1:1: error: the file is not in UTF-8"),
                                   ("zero", b"policy\n\0",
                                    "2:1: error: the file holds zero bytes: it is not a text file"),
                                   ("empty", b"", "1:1: error: the text ends too early"),
                                   ("noise", os.urandom(100000), "1:1: error: the file is not in UTF-8"),
                                   ("huge", b"x " * 5000000, "error: "),
                                   ("script", b"<script>alert('x')</script>", "1:1: error: ")):
        status, output, errors = programs.run("check", programs.write(name, content))
        check.holds(f"{name}: is told", message in output and status == 1 and not errors,
                    f"{status} {output[:300]} {errors[:300]}")
    status, output, errors = programs.run("check", "nowhere")
    check.holds("no such file", "nowhere" in errors and status == 2, errors)
    status, output, errors = programs.run("check", programs.folder / "gbk", locale="zh_CN.UTF-8")
    check.holds("in Chinese", "文件的编码不是 UTF-8" in output, output)


REFORMATTED = """
SET search_path = public, zjtx, zjtx_author;
CREATE FUNCTION compiled(document text) RETURNS text LANGUAGE sql AS
$$ SELECT md5(string_agg(i::text, '')) FROM instructions(document::policy) i $$;
-- NULL for a text that is no policy; else what is wrong, or an empty text.
CREATE FUNCTION problem(document text) RETURNS text LANGUAGE plpgsql AS $f$
DECLARE
	meaning text;
	laid text;
	chinese text;
	english text;
BEGIN
	BEGIN
		meaning := compiled(document);
	EXCEPTION WHEN OTHERS THEN
		RETURN NULL;
	END;
	laid := reformat(document);
	chinese := reformat(document, 'zh');
	english := reformat(chinese, 'en');
	RETURN concat_ws(', ', CASE WHEN compiled(laid) <> meaning THEN 'layout' END,
		CASE WHEN compiled(chinese) <> meaning THEN 'Chinese' END, CASE WHEN compiled(english) <> meaning THEN 'English' END,
		CASE WHEN reformat(laid) <> laid THEN 'laid out again' END,
		CASE WHEN reformat(chinese, 'zh') <> chinese OR reformat(chinese) <> chinese THEN 'Chinese again' END,
		CASE WHEN reformat(english, 'en') <> english THEN 'English again' END);
EXCEPTION WHEN OTHERS THEN
	RETURN sqlerrm;
END $f$;
CREATE TABLE texts (t text);
"""


def texts_of_tests():
    """Returns the texts between dollar signs or quotes in the tests, and the documents of the repository."""
    texts = set()
    for file in sorted((TOP / "sql").glob("*.sql")):
        bodies = [body for _, body in re.findall(r"\$(\w*)\$(.*?)\$\1\$", file.read_text(), re.S)]
        for body in [*bodies, file.read_text()]:
            texts.update(x.replace("''", "'") for x in re.findall(r"'((?:[^']|'')*)'(?:::(?:zjtx\.)?policy|\))", body))
        texts.update(bodies)
    for folder in ("extension/policies", "examples/policies"):
        texts.update(file.read_text() for file in (TOP / folder).glob("*.policy"))
    return sorted(text for text in texts if 3 < len(text) < 200000)


def shuffled(text, chance):
    """Replaces the white space outside quotes and comments by other white space and comments."""
    pieces = re.findall(r"'[^']*'|[‘“][^’”]*[’”]|--[^\n]*\n?|\s+|[^'‘“\s-]+|.", text)
    blanks = (" ", " ", " ", "  ", "\n", "\n   ", "\n\n", "\n\n\n", "\t", "\r\n", "\u3000",
              " -- x\n", "\n-- y\n    -- z\n")
    return "".join(chance.choice(blanks) if piece.isspace() else piece for piece in pieces)


def reformatted(check, server):
    server.psql(DATABASE, REFORMATTED)
    chance = random.Random(5)
    texts = texts_of_tests()
    texts += [shuffled(text, chance) for text in texts if len(text) < 20000]
    rows = "".join(text.replace("\\", r"\\").replace("\n", r"\n").replace("\t", r"\t").replace("\r", r"\r") + "\n"
                   for text in texts)
    server.psql(DATABASE, "COPY texts FROM STDIN;\n" + rows + "\\.\n")
    found = server.ask(DATABASE, "SET search_path = public, zjtx, zjtx_author; SET client_min_messages = error; "
                       "CREATE TABLE tried AS SELECT t, problem(t) AS p FROM texts; SELECT count(p) FROM tried;")
    check.holds("many documents are laid out", int(found) > 1000, found)
    check.same("none changes, and none twice",
               server.ask(DATABASE, "SELECT p || ': ' || left(t, 2000) FROM tried WHERE p <> '' LIMIT 3;"), "")


PERL = r"""
use utf8; use open qw(:std :utf8); no warnings;
while (<STDIN>) { chomp; my ($regex, $text, $wanted) = split /\t/; my $found = $text =~ /$regex/ ? $& : "";
print "$regex: $text gives $found, not $wanted\n" if $found ne $wanted }
"""


def grammars(check):
    done = subprocess.run([TOP / "script" / "editors", "--check"], capture_output=True, text=True, check=False)
    check.same("the grammars are those of the tables", done.stdout + done.stderr, "")
    patterns = json.loads((TOP / "editors/zjtx.tmLanguage.json").read_text())["patterns"]
    regexes = {pattern["name"]: pattern["match"] for pattern in patterns if "match" in pattern}
    tried = []
    for row in re.findall(r"^KEYWORD\((.*)\)$", (TOP / "extension/language/keywords.h").read_text(), re.M):
        for word in (field.strip(' "') for field in row.split(",")[1:] if "NULL" not in field):
            found = [name for name, regex in regexes.items()
                     if re.search(r"\|" + re.escape(word).replace(r"\ ", r"\\s\+") + r"[|)]",
                                                                           "|" + regex.replace("(", "|"))]
            check.holds(f"{word} is a word", found, word)
            tried += [f"{regexes[name]}\t{text}\t{wanted}" for name in found[:1] if "function" not in name
                      for text, wanted in ((f"x {word} y", word), (f"x{word}y", ""), (f"{word}", word))]
    tried += [f"{regexes['constant.numeric.zjtx']}\tx >= 5000万元 y\t5000万元",
              f"{regexes['comment.line.double-dash.zjtx']}\ta -- b\t-- b",
              f"{regexes['support.function.zjtx']}\tx = 取高(1, 2)\t取高",
              f"{regexes['constant.numeric.date.zjtx']}\t于 2025年1月2日\t2025年1月2日"]
    table = (TOP / "extension/language/keywords.h").read_text()
    grammar = (TOP / "extension/language/gram.y").read_text()
    names = "".join(re.findall(r"^(?:\w*unreserved\w*):\n(.*?);$", grammar, re.M | re.S))
    check.same("the grammar takes the unreserved words as names",
               "\n".join(sorted(set(re.findall(r"\b[A-Z_]+_P\b", names)))),
               "\n".join(sorted(set(re.findall(r"KEYWORD\((\w+_P),", table.split("/* unreserved */")[1])))))
    done = subprocess.run(["perl", "-e", PERL], input="\n".join(tried), capture_output=True, text=True, check=False)
    check.same("the expressions match the words and nothing else", done.stdout + done.stderr, "")
    for file in sorted((TOP / "editors").rglob("*.json")):
        check.holds(f"{file.name} is JSON", isinstance(json.loads(file.read_text()), dict), "")


def vim(check, programs):
    """Vim's groups of some words, and what :make understands of script/check's lines."""
    if shutil.which("vim") is None:
        print("vim is not installed: its files are not checked")
        return
    programs.write("v.policy", "政策 x '甲' 事实 a 数 -- 注\n条款 1 当 a > 5万元 且 取高(a, 1) > 2\n")
    programs.write("found", "v.policy:2:7: error: 甲 (乙)\nv.policy:1:1: warning: 丙\nv.policy:2:1: info: 丁\n")
    programs.write("s.vim",
                   "set encoding=utf-8\nfiletype plugin on\nsyntax on\nedit v.policy\ncompiler zjtx\ncgetfile found\n"
                   "let r = []\nfor [l, w] in [[1, '政策'], [1, '甲'], [1, '数'], [1, '注'], "
                   "[2, '当'], [2, '5'], [2, '且'], [2, '取高']]\n"
                   "call add(r, synIDattr(synID(l, stridx(getline(l), w) + 1, 1), 'name'))\nendfor\n"
                   "for q in getqflist()\ncall add(r, q.type . q.lnum . ':' . q.col . q.text)\nendfor\n"
                   "call writefile(r, 'said')\nqall!\n")
    subprocess.run(["vim", "-es", "-u", "NONE", "--cmd",
                    f"set nocompatible rtp^={TOP / 'editors' / 'vim'}", "-S", "s.vim"],
                   cwd=programs.folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
    said = programs.folder / "said"
    check.same("Vim", said.read_text() if said.exists() else "nothing",
               "zjtxStatement\nzjtxString\nzjtxKeyword\nzjtxComment\nzjtxKeyword\nzjtxNumber\n"
               "zjtxOperator\nzjtxFunction\ne2:7甲 (乙)\nw1:1丙\ni2:1丁\n")


def rendered(check, programs):
    status, output, errors = programs.run("render", "--to", "pages")
    pages = sorted((programs.folder / "pages").glob("*.html"))
    check.same("all shipped documents are written",
               f"{status} {len(pages)} {output.count('is written')} {errors}", "0 7 7 ")
    programs.write("own.policy", "policy own '<script>alert(1)</script>' fact a number clause 1 when a > 1")
    status, output, errors = programs.run("render", "own.policy")
    page = (programs.folder / "own.html").read_text() if status == 0 else errors
    check.holds("a file, escaped", "&lt;script&gt;" in page and "<script" not in page, page[:500])
    status, output, errors = programs.run("render", "nowhere")
    check.holds("no such policy", "nowhere" in errors and status == 1, errors)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for flag in ("--host", "--port", "--user"):
        parser.add_argument(flag)
    parser.add_argument("--dbname", default="postgres")
    options = parser.parse_args()

    server = Server(options.host, options.port, options.user)
    check = Check()
    server.create(DATABASE, extension=True)
    try:
        with tempfile.TemporaryDirectory() as folder:
            programs = Programs(options, pathlib.Path(folder))
            check.part(checked, programs)
            check.part(rendered, programs)
            check.part(grammars)
            check.part(vim, programs)
            check.part(reformatted, server)
    finally:
        server.drop_all()
    print(f"{check.passed} passed, {check.failed} failed")
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main())
