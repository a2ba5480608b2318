"""Imports a published view into a spreadsheet of LibreOffice, without a screen.

Arguments: the program soffice, a scratch folder, host, port, user, database.
The spreadsheet reads through ODBC, as a user's does by Data > Import; the placement, arrays and money must be
readable in the cells.
"""

import os
import pathlib
import subprocess
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.sheet.DataImportMode import QUERY, TABLE
from com.sun.star.table.CellContentType import EMPTY, TEXT, VALUE

from checks import check, part

OFFICE, SCRATCH, HOST, PORT, USER, DATABASE = sys.argv[1:]
FOLDER = pathlib.Path(SCRATCH)
# The view has a column for each clause and rung, and the unknown facts as an array.
VIEW = "SELECT zjtx.publish('enterprise', 'grants', 'answers', with_missing => true)"
QUERY_TEXT = ("SELECT name, (e |^ 'grants').label AS placed, array_to_string(e |! 'grants', '、') AS missing, "
              "e |# 'grants' AS yuan FROM enterprise e ORDER BY id")


def odbc():
    """A data source of ODBC, as a user sets it up once."""
    (FOLDER / "odbc.ini").write_text(f"[district]\nDriver=PostgreSQL Unicode\nServername={HOST}\nPort={PORT}\n"
                                     f"Username={USER}\nDatabase={DATABASE}\nBoolsAsChar=0\nUpdatableCursors=0\n",
                                     encoding="utf-8")
    os.environ["ODBCINI"] = str(FOLDER / "odbc.ini")


def start():
    office = subprocess.Popen([OFFICE, "--headless", "--norestore", "--nologo", "--accept=pipe,name=zjtx;urp;",
                               f"-env:UserInstallation={(FOLDER / 'profile').as_uri()}"],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(240):
        try:
            return office, resolver.resolve("uno:pipe,name=zjtx;urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.25)
    sys.exit("LibreOffice does not start")


def register(context):
    databases = context.ServiceManager.createInstanceWithContext("com.sun.star.sdb.DatabaseContext", context)
    source = databases.createInstance()
    source.URL = "sdbc:odbc:district"
    source.DatabaseDocument.storeAsURL((FOLDER / "district.odb").as_uri(), ())
    databases.registerObject("district", source)
    # a query with operators of zjtx is run as it is written ("Run SQL command directly")
    query = source.QueryDefinitions.createInstance()
    query.Command, query.EscapeProcessing = QUERY_TEXT, False
    source.QueryDefinitions.insertByName("placed", query)


def property_value(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def cells(document, name, mode, what):
    """Imports a table or a query into a new sheet and returns its rows of cells."""
    document.Sheets.insertNewByName(name, 0)
    sheet = document.Sheets.getByName(name)
    sheet.getCellRangeByName("A1").doImport((property_value("DatabaseName", "district"),
                                             property_value("SourceType", mode), property_value("SourceObject", what)))
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    last = cursor.RangeAddress
    return [[sheet.getCellByPosition(column, row) for column in range(last.EndColumn + 1)]
            for row in range(last.EndRow + 1)]


def columns(rows):
    return {cell.String: [row[i] for row in rows[1:]] for i, cell in enumerate(rows[0])}


def view(document):
    found = columns(cells(document, "answers", TABLE, f"{DATABASE}.public.answers"))
    check("headers", list(found)[6:], ["clause_1", "clause_2", "rung_sound", "rung_leading", "placement_level",
                                       "placement_code", "placement_label", "total_amount", "missing"])
    check("names", [cell.String for cell in found["name"]], ["安达", "Boyuan", "Chuanda", "Dingli"])
    check("money is a number", [cell.Type.value for cell in found["clause_2"]], [VALUE.value] * 4)
    check("money", [cell.Value for cell in found["clause_2"]], [100000.0, 0.0, 0.0, 0.0])
    check("what is undecided is empty", [cell.Type == EMPTY for cell in found["total_amount"]],
          [False, True, False, True])
    check("the placement", [cell.String for cell in found["placement_label"]], ["领先, “一”级", "稳健", "未入梯度", ""])
    check("its level", [cell.String for cell in found["placement_level"]], ["2", "1", "0", ""])
    check("the unknown facts", [cell.String for cell in found["missing"]],
          ["{}", "{region}", "{}", "{revenue,rated}"])
    check("a rung", [cell.Type == EMPTY for cell in found["rung_leading"]], [False, False, False, True])


def question(document):
    found = columns(cells(document, "query", QUERY, "placed"))
    check("a query with operators", [cell.String for cell in found["placed"]], ["领先, “一”级", "稳健", "未入梯度", ""])
    check("an array as a text", [cell.String for cell in found["missing"]], ["", "region", "", "revenue、rated"])
    check("texts are texts", found["placed"][0].Type.value, TEXT.value)
    # a spreadsheet has doubles: 17 digits of 12345678901334567.89
    check("an amount", found["yuan"][0].Value, 12345678901334567.89)


def main():
    subprocess.run(["psql", "-X", "-q", "-h", HOST, "-p", PORT, "-U", USER, "-d", DATABASE, "-c", VIEW],
                   stdout=subprocess.DEVNULL, check=True)
    odbc()
    office, context = start()
    try:
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        register(context)
        document = desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, (property_value("Hidden", True),))
        part("a published view", view, document)
        part("a query", question, document)
        document.close(True)
    finally:
        office.terminate()
        office.wait(30)


main()
