#!/usr/bin/env python3
"""Errors, notices and hints in the language of the client.

    python3 test/messages/run.py [--host H] [--port P] [--user U] [--dbname D]

1.  Every source that reports an error includes messages.h; otherwise the server's catalogue would be searched.
2.  po/zh_CN.po translates every message of the sources, and no others, with the same placeholders.
3.  Under lc_messages = 'zh_CN.UTF-8' each way of reporting gives Chinese, for clients in UTF8 and in GBK;
    under C it gives English.

A translation is found beside the server's own, so the test starts a server whose program is a copy in another
place.  It needs gettext and localedef with the definition of zh_CN (Debian's packages gettext and locales).
After new messages: make update-po, then translate what is untranslated or fuzzy in po/zh_CN.po.new.
The last line is ``N passed, N failed``.
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from servers import BIN, LIMIT, Check, Failed, Server, Session, scratch_directory, server_of_its_own   # noqa: E402

ROOT = HERE.parent.parent
SOURCES = ROOT / "extension"
CATALOGUE = ROOT / "po" / "zh_CN.po"
GENERATED = {"language/gram.c", "language/scan.c"}
REPORTS = re.compile(r"\b(ereport|errsave|ereturn|GUC_check_errdetail|gettext_noop)\(|(?<![A-Za-z_])_\(\"")
HAN = re.compile("[一-鿿]")


def command(*arguments, **more):
    done = subprocess.run([str(argument) for argument in arguments], capture_output=True, text=True, timeout=LIMIT,
                          check=False, **more)
    if done.returncode:
        raise Failed(f"{arguments[0]}: {(done.stdout + done.stderr).strip()[-3000:]}")
    return done.stdout


def headers(check):
    for file in sorted(SOURCES.rglob("*.[cyl]")):
        name = str(file.relative_to(SOURCES))
        source = file.read_text(encoding="utf-8")
        if name not in GENERATED and REPORTS.search(source):
            check.holds(f"{name} includes messages.h", '#include "messages.h"' in source)


def catalogue(check, scratch):
    copy = scratch / "sources"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", "*.o", "*.so", "*.bc", "results", "node_modules"))
    command("make", "-s", "-C", copy, "po/zjtx.pot", f"PG_CONFIG={BIN / 'pg_config'}")
    for what, program in (("every message is translated", ("msgcmp", CATALOGUE, copy / "po" / "zjtx.pot")),
                          ("no translation is of another message", ("msgcmp", copy / "po" / "zjtx.pot", CATALOGUE,
                                                                    "--use-untranslated")),
                          ("the placeholders are the same", ("msgfmt", "-c", "-o", os.devnull, CATALOGUE))):
        try:
            command(*program)
            check.holds(what, True)
        except Failed as problem:
            check.holds(what, False, str(problem))
    template = (copy / "po" / "zjtx.pot").read_text(encoding="utf-8")
    ascii_only = template.split("\n\n", 1)[1].isascii()
    check.holds("messages are in ASCII", ascii_only)


# What is asked, and the message, detail and hint under zh_CN.
ASKED = [
    ("SELECT '收入 >'::zjtx.policy;",
     ["错误:  无效的 zjtx.policy，第 1 行第 5 列：文本过早结束", "此处应为"]),
    ("SELECT 'policy x ''t'' fact revenue number 元 clause 1 when revenu > 1元'::zjtx.policy;",
     ["“revenu”没有声明", "您是否想写“revenue”？"]),
    ("SELECT 'a > 5 and b = true and a = b'::zjtx.policy;", ["布尔值不能与数合用"]),
    ("SELECT 'policy x ''t'' fact d date clause 1 when d > ''2024-01-01'''::zjtx.policy;",
     ["日期不加引号", "请把 '2024-01-01' 写成 2024-01-01。"]),
    ("SELECT zjtx.stored('yubei-2024-35');", ["没有已存的政策“yubei-2024-35”"]),
    ("SELECT '[1]'::jsonb |= 'revenue > 1元'::zjtx.policy;", ["政策", "的事实必须是一个 jsonb 对象", "该值是数组。"]),
    ("SELECT '{\"revenue\": \"x\"}'::jsonb |= 'revenue > 1元'::zjtx.policy;", ["该事实的类型为数，而这里是字符串。"]),
    ("SET zjtx.as_of = 'yesterday';", ["值必须是 2025-06-30 这样的日期"]),
    ("SELECT zjtx.settle(NULL, '1', 'p', '1', NULL, NULL, 1, 'n');", ["付款需要指定账户"]),
    ("CREATE TABLE watched (id integer PRIMARY KEY); CREATE TRIGGER w BEFORE INSERT ON watched FOR EACH ROW "
     "EXECUTE FUNCTION zjtx.watch('watched', 'id', 'yubei-2024-34'); INSERT INTO watched VALUES (1);",
     ["zjtx.watch() 必须是 AFTER 触发器", "请创建为 AFTER INSERT OR UPDATE OR DELETE。"]),
]


def links(moved, folder, root, leave=None):
    """Links to the files of a folder, which is below root, from the same folder below moved."""
    (moved / str(folder)[1:]).mkdir(parents=True, exist_ok=True)
    for file in (pathlib.Path(root) / str(folder)[1:]).iterdir():
        link = moved / str(folder)[1:] / file.name
        if file.name != leave and not link.exists():
            link.symlink_to(file)


def answers(check, given, scratch):
    # The server finds translations relative to its program, and a locale where LOCPATH says.
    share, library, locale = (pathlib.Path(command(BIN / "pg_config", option).strip())
                              for option in ("--sharedir", "--pkglibdir", "--localedir"))
    root = given.ask("postgres", "SELECT setting FROM pg_settings WHERE name IN ('extension_destdir', "
                                 "'extension_control_path');").split(str(share))[0]
    if not root.startswith("/"):        # the extension is where the server's own are
        root = "/"
    moved = scratch / "moved"
    links(moved, share, "/", leave="extension")
    for folder in (share / "extension", library):
        links(moved, folder, "/")
        links(moved, folder, root)
    program = moved / str(BIN)[1:] / "postgres"
    program.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(BIN / "postgres", program)
    messages = moved / str(locale)[1:] / "zh_CN" / "LC_MESSAGES"
    messages.mkdir(parents=True)
    major = given.ask("postgres", "SELECT current_setting('server_version_num')::integer / 10000;")
    installed = pathlib.Path(root) / str(locale)[1:] / "zh_CN" / "LC_MESSAGES" / f"zjtx-{major}.mo"
    check.holds("make install installs the translation", installed.exists(), str(installed))
    for file in (installed, locale / "zh_CN" / "LC_MESSAGES" / f"postgres-{major}.mo"):
        if file.exists():
            shutil.copy(file, messages)
    locales = scratch / "locales"
    locales.mkdir()
    (locales / "C.utf8").symlink_to("/usr/lib/locale/C.utf8")
    # localedef warns of harmless things with status 1
    subprocess.run(["localedef", "-c", "-i", "zh_CN", "-f", "UTF-8", str(locales / "zh_CN.UTF-8")],
                   capture_output=True, timeout=LIMIT, check=False)
    os.environ["LOCPATH"] = str(locales)

    with server_of_its_own(given, scratch, postgres=program) as server:
        server.create("messages", extension=True)
        for encoding, codec in (("UTF8", "utf-8"), ("GBK", "gbk")):
            session = Session(server, "messages", encoding, codec)
            session.ask("SET lc_messages = 'zh_CN.UTF-8'; SET search_path = public, zjtx;")
            for query, expected in ASKED:
                found = session.ask(query)
                for words in expected:
                    check.holds(f"{encoding}: {query}", words in found, found)
            session.ask("DROP TABLE watched;")
            session.close()
        session = Session(server, "messages")
        session.ask("SET lc_messages = 'C'; SET search_path = public, zjtx;")
        for query, _ in ASKED:
            # what is quoted of the text may be Chinese
            found = re.sub(r"\"[^\"]*\"|LINE.*", "", session.ask(query), flags=re.S)
            check.holds(f"C: {query}", not HAN.search(found.split("DETAIL")[0]), found)
        session.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host")
    parser.add_argument("--port", type=int)
    parser.add_argument("--user")
    parser.add_argument("--dbname")
    options = parser.parse_args()
    check = Check()
    scratch = scratch_directory()
    try:
        check.part(headers)
        check.part(catalogue, scratch)
        check.part(answers, Server(options.host, options.port, options.user), scratch)
    finally:
        shutil.rmtree(scratch)
    print(f"{check.passed} passed, {check.failed} failed")
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main())
