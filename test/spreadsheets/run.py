#!/usr/bin/env python3
"""Checks script/import, script/export and check_table with an office's spreadsheets.

    python3 test/spreadsheets/run.py [--host H] [--port P] [--user U] [--dbname D]

It needs python3-openpyxl, python3-xlrd, python3-xlwt and a superuser, and creates a database.  The last
line is ``N passed, N failed``.
"""

import argparse
import ast
import datetime
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import openpyxl
import xlwt

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from servers import Check, Server   # noqa: E402

SCRIPTS = HERE.parent.parent / "script"
DATABASE = "spreadsheets_own"
sys.path.insert(0, str(SCRIPTS))
from programs_chinese import CHINESE   # noqa: E402


class Scripts:
    def __init__(self, options, folder):
        self.where = [*(("-h", options.host) if options.host else ()), *(("-p", options.port) if options.port else ()),
                      *(("-U", options.user) if options.user else ()), "-d", DATABASE]
        self.folder = folder

    def run(self, script, *arguments, locale="C.UTF-8"):
        return subprocess.run(["/usr/bin/python3", SCRIPTS / script, *self.where, *arguments], capture_output=True,
                              text=True, encoding="utf-8", env={**os.environ, "LC_ALL": locale, "LANGUAGE": ""},
                              check=False)

    def take(self, name, *arguments):
        return self.run("import", *arguments, str(self.folder / name))

    def write(self, name, content):
        (self.folder / name).write_bytes(content)
        return name


def book(rows, merged=(), formats=()):
    made = openpyxl.Workbook()
    sheet = made.active
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    for cell, number_format in formats:
        sheet[cell].number_format = number_format
    return made


def csv_files(check, server, scripts):
    text = "企业名称,营业收入（万元）,是否独立法人\r\n甲公司,\"1,234.5\",是\r\n乙公司,,否\r\n,,\r\n合计,9999,\r\n"
    rows = "甲公司|1,234.5|是\n乙公司||否"
    for number, (encoding, shown) in enumerate((
            ("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8 with a byte order mark"), ("gb18030", "GB18030 (GBK)"),
            ("gbk", "GB18030 (GBK)"),
            ("utf-16", "UTF-16"))):
        done = scripts.take(scripts.write(f"c{number}.csv", text.encode(encoding)))
        check.same(f"{encoding}: what was found", done.stdout,
                   f"c{number}.csv: {shown}, header in row 1\ntable \"c{number}\": 2 rows, 3 columns\n"
                   "left out as totals: rows 5\n")
        check.same(f"{encoding}: the rows",
                   server.ask(DATABASE, f'SELECT "企业名称", "营业收入（万元）", "是否独立法人" FROM c{number};'), rows)
    for name, delimiter in (("tab", "\t"), ("semicolon", ";")):
        scripts.take(scripts.write(f"{name}.csv", f"a{delimiter}b\nx,y{delimiter}2\n".encode()))
        check.same(f"columns separated by {name}", server.ask(DATABASE, f'SELECT a, b FROM "{name}";'), "x,y|2")
    scripts.take(scripts.write("odd.csv", 'a,"b ""c"" \\"\n"1\t2","3\n4"\n\\.,\\N\n'.encode()))
    check.same("tabs, line breaks, quotes and backslashes", server.ask(DATABASE, 'SELECT a, "b""c""\\" FROM odd;'),
               "1\t2|3\n4\n\\.|\\N")
    text = "这是一个超过二十一个汉字因而放不进一个标识符的列名甲,这是一个超过二十一个汉字因而放不进一个标识符的列名乙,x,x\n1,2,3,4\n"
    done = scripts.take(scripts.write("long.csv", text.encode()))
    check.same("long and repeated names",
               server.ask(DATABASE, "SELECT string_agg(attname || ' ' || length(col_description(attrelid, attnum)), ', "
                          "' ORDER BY attnum) "
               "FROM pg_attribute WHERE attrelid = 'long'::regclass AND attnum > 0;"),
               "这是一个超过二十一个汉字因而放不进一个标识 26, 这是一个超过二十一个汉字因而放不进一个标_2 26, x 1, x_2 1")
    check.holds("are told", "column 4, x, is called x_2" in done.stdout, done.stdout)


def workbooks(check, server, scripts):
    made = book([["某区企业汇总表", None, None, None, None], ["填报单位：", None, None, "单位：万元", None],
                 ["企业名称", "营业收入", None, "研发占比", "认定日期"], [None, "2023年", "2024年", None, None],
                 ["甲", 1000, 1234.5, 0.056, datetime.date(2024, 3, 1)],
                 ["乙", 0.1, 2.5e7, 1, datetime.datetime(2024, 3, 1, 8, 30)],
                 ["丙", True, "约500", "5%", None], ["合 计", 1000.1, 25001234.5, None, None]],
                ("A1:E1", "B3:C3", "A3:A4", "D3:D4", "E3:E4"), (("D5", "0.0%"), ("D6", "0%")))
    made.create_sheet("第二张").append(["a", "b"])
    made.save(scripts.folder / "book.xlsx")
    done = scripts.take("book.xlsx")
    check.same("title rows are passed over, the header has two rows, the total is left out", done.stdout,
               "book.xlsx: sheet Sheet, header in row 3\ntable \"book\": 3 rows, 5 columns\nleft out as totals: "
               "rows 8\n")
    check.same("texts, numbers, shares, days",
               server.ask(DATABASE, 'SELECT "企业名称", "营业收入2023年", "营业收入2024年", "研发占比", "认定日期" FROM book;'),
               "甲|1000|1234.5|5.6%|2024-03-01\n乙|0.1|25000000|100%|2024-03-01 08:30:00\n丙|TRUE|约500|5%|")
    done = scripts.take("book.xlsx", "--sheet", "第三张")
    check.holds("an unknown sheet", "has no sheet 第三张; it has Sheet, 第二张" in done.stderr and done.returncode,
                done.stderr)
    done = scripts.take("book.xlsx")
    check.holds("a table that is there is not touched", 'relation "book" already exists' in done.stderr
                and done.returncode, done.stderr)
    done = scripts.take("book.xlsx", "--table", "other", "--header", "4")
    check.holds("a header by its number", "header in row 4" in done.stdout, done.stdout + done.stderr)
    made = book([["a", "b"], [1, "=A2+1"]])
    made.save(scripts.folder / "formula.xlsx")
    done = scripts.take("formula.xlsx")
    check.holds("a formula without a value is told", "1 formulas have no stored value" in done.stdout,
                done.stdout + done.stderr)


def old_workbooks(check, server, scripts):
    """.xls files as written by Excel 97 to 2003."""
    made = xlwt.Workbook()
    sheet = made.add_sheet("表")
    share, day = xlwt.easyxf(num_format_str="0.0%"), xlwt.easyxf(num_format_str="yyyy/m/d")
    sheet.write_merge(0, 0, 0, 4, "某区企业汇总表")
    for column, name in enumerate(("企业名称", "营业收入（万元）", "研发占比", "认定日期", "独立法人")):
        sheet.write(1, column, name)
    for column, (value, style) in enumerate((("甲", None), (1234.5, None), (0.056, share),
                                             (datetime.date(2024, 3, 1), day), (True, None))):
        sheet.write(2, column, value, *(() if style is None else (style,)))
    made.save(str(scripts.folder / "old.xls"))
    done = scripts.take("old.xls")
    check.same("an old workbook", done.stdout, "old.xls: sheet 表, header in row 2\ntable \"old\": 1 rows, 5 columns\n")
    check.same("its values", server.ask(DATABASE, "SELECT * FROM old;"), "甲|1234.5|5.6%|2024-03-01|TRUE")


def what_cannot_be_read(check, scripts):
    for name, content, error in (
            ("broken.xlsx", b"PK\x03\x04 and nothing", "is not a readable .xlsx file"),
            ("text.xlsx", b"a,b\n1,2\n", "is not a readable .xlsx file: it does not begin as one"),
            ("broken.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + b"\0" * 600, "is not a readable .xls file"),
            ("latin.csv", b"a,b\n\xff\xfe\xe9,2\n\xff\n",
             "is not in utf-8 or gb18030: line 2 has bytes that it cannot hold"),
            ("zero.csv", b"a,b\n1,\x00\n", "holds zero bytes"),
            ("empty.csv", b"", "is empty"), ("blank.csv", b",,\n,,\n", "is empty"),
            ("numbers.csv", b"1,2\n3,4\n", "no header row was found"),
            ("quote.csv", b'a,b\n"1,2\n', "is not a readable .csv file")):
        done = scripts.take(scripts.write(name, content))
        check.holds(f"{name}: {error}", error in done.stderr and done.returncode == 1
                    and "Traceback" not in done.stderr, done.stdout + done.stderr)
    for arguments, error in ((("none.csv",), "there is no file"),
                             (("numbers.csv", "--header", "9"), "there is no row 9: the last is 2"),
                             (("numbers.csv", "--encoding", "klingon"), "klingon is not the name of an encoding")):
        done = scripts.take(*arguments)
        check.holds(error, error in done.stderr and done.returncode == 1, done.stdout + done.stderr)


def messages_of(path):
    """Yields the messages of a program: the texts that are given to say, told, stop, and what is named in capitals."""
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("say", "told", "stop"):
            for part in ast.walk(node.args[0]):
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value:
                    yield part.value
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", None) in ("UNREADABLE", "NO_SHEET"):
            yield node.value.value


def in_chinese(check, scripts):
    messages = {message for name in ("import", "export", "check", "render", "programs.py")
                for message in messages_of(SCRIPTS / name)}
    check.same("every message is in Chinese", str(sorted(messages ^ set(CHINESE))), "[]")
    check.same("with the same values", str([english for english, chinese in CHINESE.items()
                                            if sorted(re.findall(r"{\w+}", english))
                                            != sorted(re.findall(r"{\w+}", chinese))]), "[]")
    scripts.write("中文.csv", "企业名称,收入\n甲,1\n合计,1\n".encode("gb18030"))
    name = str(scripts.folder / "中文.csv")
    done = scripts.run("import", name, locale="zh_CN.UTF-8")
    check.same("import speaks Chinese", done.stdout + done.stderr,
               "中文.csv：GB18030 (GBK)，表头在第1行\n表 \"中文\"：1行，2列\n合计行未读入：第3行\n")
    done = scripts.run("import", name + "x", locale="zh_CN.UTF-8")
    check.same("also of what is wrong", done.stderr, f"{SCRIPTS / 'import'}: 没有文件 {name}x\n")
    done = scripts.run("export", "中文", str(scripts.folder / "zh.xlsx"), locale="zh_CN.UTF-8")
    check.same("export too", done.stdout + done.stderr, f"{scripts.folder / 'zh.xlsx'}：1行，2列\n")
    for script in ("import", "export"):
        done = scripts.run(script, "--help", locale="zh_CN.UTF-8")
        check.holds(f"{script} --help", "显示本说明" in done.stdout and "psql 的选项" in done.stdout, done.stdout + done.stderr)
        done = scripts.run(script, "--help")
        check.holds(f"{script} --help in English", "show this text" in done.stdout, done.stdout + done.stderr)


def out_again(check, server, scripts):
    server.psql(DATABASE, """
        CREATE TABLE firm (name text, region text, main_revenue numeric, main_revenue_prev numeric, "Day" date,
            big bigint);
        INSERT INTO firm VALUES ('=1+1', '渝北区', 1, 2, '2024-03-01', 12345678901234567), ('乙', NULL, 12000000.5, 3, NULL,
            3);
        CREATE VIEW shown AS SELECT name, 1234.50::numeric(12,2) AS amount, true AS yes, NULL::boolean AS open,
            ARRAY['甲', '乙'] AS parts,
            ROW(3, 'little_giant', '小巨人')::zjtx.placement AS rung, "Day", big, 0.123456789012345678::numeric AS long
            FROM firm WHERE name = '=1+1';
        COMMENT ON COLUMN shown.amount IS '奖励. In 元; NULL while undecided.';
        COMMENT ON COLUMN shown.yes IS '符合。未定的为空。依据：第2.1条';
        COMMENT ON COLUMN shown.open IS '按第2.1条';
        COMMENT ON COLUMN shown.parts IS E'组成\\n原文：甲。';
        COMMENT ON COLUMN firm.main_revenue_prev IS '去年的';
        CREATE VIEW titled AS SELECT name, zjtx.eligible(f, 'yubei-2024-34/titled') AS titled
            FROM (SELECT '甲' AS name, date '2023-01-01' AS specialized_on, date '2025-12-31' AS specialized_until,
                NULL::date AS little_giant_on) f;
        SELECT zjtx.publish('firm', 'yubei-2024-34', 'rewards');""")
    done = scripts.run("export", "shown", str(scripts.folder / "shown.xlsx"))
    today = server.ask(DATABASE, "SELECT current_date;")
    check.same("a view is written, and the day judged is told", done.stdout,
               f"{scripts.folder / 'shown.xlsx'}: 1 rows, 9 columns\njudged for {today}; --as-of sets another day\n")
    sheet = openpyxl.load_workbook(scripts.folder / "shown.xlsx").active
    check.same("comments are headers", str([cell.value for cell in sheet[1]]),
               "['name', '奖励', '符合', '按第2.1条', '组成', 'rung', 'Day', 'big', 'long']")
    check.same("values", str([cell.value for cell in sheet[2]]),
               "['=1+1', 1234.5, '是', None, '甲、乙', '小巨人', datetime.datetime(2024, 3, 1, 0, 0), '12345678901234567', "
               "'0.123456789012345678']")
    check.same("a text is no formula", sheet["A2"].data_type, "s")
    check.same("formats", sheet["B2"].number_format + " " + sheet["G2"].number_format, "#,##0.00 yyyy-mm-dd")
    check.same("the header stays in view and has a filter", f"{sheet.freeze_panes} {sheet.auto_filter.ref}", "A2 A1:I2")
    done = scripts.run("export", "rewards", str(scripts.folder / "rewards.xlsx"))
    sheet = openpyxl.load_workbook(scripts.folder / "rewards.xlsx").active
    check.holds("a published view has Chinese headers", "保障生产用房" in [cell.value for cell in sheet[1]]
                and sheet.max_row == 3, done.stdout + done.stderr)
    check.same("also of the facts", str([cell.value for cell in sheet[1]][:4]),
               "['name', '注册区县', '上年度主营业务收入（元）', '去年的']")
    for day, amount in (("2025-06-30", "是"), ("2026-11-29", "否")):
        done = scripts.run("export", "--as-of", day, "titled", str(scripts.folder / "titled.xlsx"))
        sheet = openpyxl.load_workbook(scripts.folder / "titled.xlsx").active
        check.same(f"a title that ends on 31 December 2025, judged for {day}", sheet["B2"].value, amount)
        check.holds(f"{day} is told", done.stdout.endswith(f"\njudged for {day}\n"), done.stdout + done.stderr)
    done = scripts.run("export", "firm", str(scripts.folder / "firm.xlsx"))
    check.same("a table has no day", done.stdout, f"{scripts.folder / 'firm.xlsx'}: 2 rows, 6 columns\n")
    done = scripts.run("export", "--as-of", "2025-6-31", "titled", str(scripts.folder / "titled.xlsx"))
    check.holds("a day that does not exist", "--as-of" in done.stderr and done.returncode == 2, done.stderr)
    done = scripts.run("export", "nowhere", str(scripts.folder / "nowhere.xlsx"))
    check.holds("a relation that is not there", 'relation "nowhere" does not exist' in done.stderr
                and done.returncode == 1, done.stderr)


TABLE = """企业名称,统一社会信用代码,注册区县,企业规模,2024年主营业务收入（万元）,2023年主营业务收入(万元),市级专精特新认定日期,市级专精特新有效期,面积,月租金,租用月数,产权
甲,A1,重庆市渝北区,小型,"1,300",1000,2023年1月1日,2025/12/31,1000,21元,12个月,国有
乙,A2,渝北 ,微型,1200万元,1000,2023/1/1,20251231,800,25,12,社会
丙,A3,渝北区,,无,2000,45474,2027-06-30,2000,22,12,国有
丁,A4,渝北区,中型,约900,500,待定,,,,,
戊,A5,江北区,小型,9000,500,2024.1.1,2027.1.1,,,,
"""
ANSWERS = """\
丁||{main_revenue,leases,specialized_on,specialized_until,little_giant_on,little_giant_until}
丙||{main_revenue,leases}
乙|0.00|{}
戊|0.00|{}
甲||{leases}"""


def five_commands(check, server, scripts):
    """From an office's file to answers: CREATE TABLE, \\copy, check_table with \\gexec, publish, SELECT."""
    columns = ", ".join(f'"{name}" text' for name in TABLE.split("\n", maxsplit=1)[0].split(","))
    for encoding, sent in (("gbk", "GBK"), ("utf-8-sig", "UTF8")):
        path = scripts.folder / scripts.write(f"office-{encoding}.csv", TABLE.encode(encoding))
        done = server.ask(DATABASE, f"""
            SET search_path = public, zjtx; SET zjtx.as_of = '2025-06-30';
            DROP TABLE IF EXISTS "汇总表" CASCADE;
            CREATE TABLE "汇总表" ({columns});
            \\copy "汇总表" FROM '{path}' WITH (FORMAT csv, HEADER, ENCODING '{sent}')
            SELECT message FROM check_table('"汇总表"', 'yubei-2024-34/3') WHERE finding = 'view' \\gexec
            SELECT publish('"汇总表_facts"', 'yubei-2024-34/3', '"奖补"', true) IS NULL;
            SELECT "企业名称", clause_3, missing FROM "奖补" ORDER BY "企业名称" COLLATE "C";""")
        check.same(f"{encoding}: answers", done, f"f\n{ANSWERS}")
        done = server.ask(DATABASE, """
            SET search_path = public, zjtx; SET zjtx.as_of = '2025-06-30';
            SELECT message FROM check_table('"汇总表"', 'yubei-2024-34/3') WHERE finding = 'unreadable';""")
        check.same(f"{encoding}: what cannot be read", done, "4个填写值中有1个读不出，按未知处理：A4 “约900”\n"
                   "5个填写值中有1个读不出，按未知处理：A4 “待定”")


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
            scripts = Scripts(options, pathlib.Path(folder))
            check.part(csv_files, server, scripts)
            check.part(workbooks, server, scripts)
            check.part(old_workbooks, server, scripts)
            check.part(what_cannot_be_read, scripts)
            check.part(out_again, server, scripts)
            check.part(in_chinese, scripts)
            check.part(five_commands, server, scripts)
    finally:
        server.drop_all()
    print(f"{check.passed} passed, {check.failed} failed")
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main())
