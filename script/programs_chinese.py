"""The messages of the programs of script/ in Chinese, by the English ones."""

IMPORT = """把表格读入一张新表，各列都是 text 类型。

    script/import [--table 表名] [--sheet 工作表] [--header 行号] [--encoding 编码] [psql 的选项] 文件

文件可以是 .xlsx、.xls 或 .csv。不指定 --sheet 的，读第一张工作表。表头取前面各行中填写最满、文字互不相同的
一行；--header 可以指定行号。表头上方有合并单元格的，两行文字合成列名。.csv 文件自动识别 UTF-8、UTF-16、
GB18030（GBK）和字节顺序标记。

不指定 --table 的，表名为文件名；该表不能已经存在。超过 63 字节的列名截短，重名的加序号；各列的注释为完整
的表头。空行和合计行（合计、总计、小计）不读入。读到什么、略去什么，都会打印出来。

psql 的选项：-d、-h、-p、-U，或者 libpq 的环境变量。下一步可用 zjtx.check_table 查看政策能读哪些列。
"""

EXPORT = """把表或者视图（例如发布的视图）写成 Excel 和 WPS 能打开的文件。

    script/export [psql 的选项] [--as-of 日期] 表或视图 文件.xlsx

首行为各列注释的第一句，没有注释的为列名。金额有两位小数和千位分隔符，真假写作“是”“否”，空值为空单元格，
数组各项以顿号分隔。首行固定并带筛选。

视图在读取时判断：按 --as-of 指定的日期（同 SET zjtx.as_of），没有指定的按数据库或者角色的设定，再没有的按
当日。政策或者各行自带的日期优先。

psql 的选项：-d、-h、-p、-U，或者 libpq 的环境变量。
"""

CHECK = """检查政策文件，像编译器那样逐行打印问题。

    script/check [psql 的选项] 文件 ……

每行为 文件:行:列: 级别: 说明（提示）。error 表示文件读不通，或者示例不符；warning 是 zjtx.lint 的发现；info 是
没有示例恰在界限上、或者界限某一侧没有示例。由服务器用 zjtx_author.diagnose 检查，不保存任何内容。文件写 - 的
读标准输入。

有 error 的退出状态为 1，连不上服务器的为 2。

psql 的选项：-d、-h、-p、-U，或者 libpq 的环境变量。
"""

RENDER = """把政策文件写成网页，供阅读和打印。

    script/render [psql 的选项] [--to 目录] [名称 ……]

名称是已保存的政策，或者 .policy 文件；不写名称的，写出随扩展提供的全部文件。每份一个网页文件“名称.html”，不含
脚本，写在当前目录或者指定的目录。

psql 的选项：-d、-h、-p、-U，或者 libpq 的环境变量。
"""

CHINESE = {
    # all programs
    "this needs the Python module {module}": "需要 Python 模块 {module}",
    "Installing {package} ...": "正在安装 {package} ……",
    "{package} could not be installed:\n{log}": "{package} 安装失败：\n{log}",
    "show this text": "显示本说明",
    "as of psql": "同 psql",
    "psql is not installed": "没有安装 psql",
    "{errors}": "{errors}",
    # script/import
    "{file} is not a readable {kind} file: {problem}": "{file} 不是可读的 {kind} 文件：{problem}",
    "it does not begin as one": "文件开头不符",
    "{file} has no sheet {sheet}; it has {sheets}": "{file} 没有工作表“{sheet}”，只有：{sheets}",
    "{count} formulas have no stored value and are empty: open the file in Excel or WPS and save it.":
        "有{count}个公式没有保存计算结果，按空值读入：请用 Excel 或 WPS 打开文件并保存。",
    "sheet {sheet}": "工作表“{sheet}”",
    "{encoding} is not the name of an encoding": "没有名为 {encoding} 的编码",
    "{file} is not in {encodings}: line {line} has bytes that it cannot hold":
        "{file} 的编码不是 {encodings}：第{line}行有不合该编码的字节",
    " or ": " 或 ",
    "{file} holds zero bytes: it is not a text file": "{file} 含有零字节，不是文本文件",
    "UTF-8 with a byte order mark": "UTF-8（带字节顺序标记）",
    "there is no file {file}": "没有文件 {file}",
    "no header row was found: name it with --header": "没有找到表头，请用 --header 指定行号",
    "{file}: {what} is empty": "{file}：{what}是空的",
    "there is no row {row}: the last is {last}": "没有第{row}行，最后一行是第{last}行",
    "{file}: {what}, header in row {row}": "{file}：{what}，表头在第{row}行",
    "table {table}: {rows} rows, {columns} columns": "表 {table}：{rows}行，{columns}列",
    "left out as totals: rows {rows}": "合计行未读入：第{rows}行",
    "left out, for it has no header: column {column}": "没有表头，未读入：第{column}列",
    "column {column}, {header}, is called {name}": "第{column}列“{header}”的列名为 {name}",
    # script/render
    "{page} is written": "已写出 {page}",
    # script/check
    "the file is not in UTF-8": "文件的编码不是 UTF-8",
    "the file holds zero bytes: it is not a text file": "文件含有零字节，不是文本文件",
    # script/export
    "{relation} has no columns": "{relation} 没有列",
    "{relation} has more rows than a sheet holds: {most}": "{relation} 的行数超过一张工作表的上限：{most}",
    "{file}: {rows} rows, {columns} columns": "{file}：{rows}行，{columns}列",
    "judged for {day}": "判断日：{day}",
    "judged for {day}; --as-of sets another day": "判断日：{day}；用 --as-of 可以指定别的日期",
    "the day judged, such as 2025-06-30": "判断日，例如 2025-06-30",
}
