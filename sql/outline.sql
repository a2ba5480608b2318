\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx, zjtx_author;
SELECT no_plan();

-- The outline of official texts: numbers, levels, parts, tables.  test/author reads whole documents.

-- What items a text has, a line for each: kind, path, heading and wording.
CREATE FUNCTION pg_temp.items(source text) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', kind, coalesce(path, '-'),
		coalesce('[' || heading || ']', '-'), coalesce(wording, '-')),
		E'\n') FROM outline(source)
$$;
-- The rows as they are in the text, which must be the text again.
CREATE FUNCTION pg_temp.put_together(source text) RETURNS text LANGUAGE sql AS $$
	SELECT convert_from(string_agg(substring(convert_to(source, 'UTF8') FROM at + 1 FOR length), ''), 'UTF8')
	FROM outline(source)
$$;

SELECT is(pg_temp.items(E'甲市办法\n一、总则\n（一）目的。为了发展。\n（二）范围。适用于本市。\n二、奖励\n（一）奖励10万元。\n'),
'header - [甲市办法] 甲市办法
heading 一 [总则] -
item 一/(一) [目的] 目的。为了发展。
item 一/(二) [范围] 范围。适用于本市。
heading 二 [奖励] -
item 二/(一) - 奖励10万元。', 'sections and items');
SELECT is(pg_temp.items(E'办法\n一、甲\n1. 子。\n2. 丑。\n二、乙\n3. 寅。\n4. 卯。'), 'header - [办法] 办法
heading 一 [甲] -
item 一/1 - 子。
item 一/2 - 丑。
heading 二 [乙] -
item 二/3 - 寅。
item 二/4 - 卯。', 'numbers run on across sections');
SELECT is(pg_temp.items(E'办法\n1. 甲\n（一）子。\n（二）丑。\n2. 乙\n（一）寅。'), 'header - [办法] 办法
heading 1 [甲] -
item 1/(一) - 子。
item 1/(二) - 丑。
heading 2 [乙] -
item 2/(一) - 寅。', 'the text decides which numbers are outer');
SELECT is(pg_temp.items(E'条例\n第一章　总则\n第一条 为了甲。\n第二条　适用于乙：\n（一）子；\n（二）丑。\n第二章 奖励\n第三条 给予奖励。\n第四条 本条例第五条所称丙，\n是丁。'),
'header - [条例] 条例
heading 第一章 [总则] -
item 第一章/第一条 - 为了甲。
item 第一章/第二条 - 适用于乙：
item 第一章/第二条/(一) - 子；
item 第一章/第二条/(二) - 丑。
heading 第二章 [奖励] -
item 第二章/第三条 - 给予奖励。
item 第二章/第四条 - 本条例第五条所称丙，是丁。', 'chapters and articles');
SELECT is(pg_temp.items(E'x\n①甲。\n②乙。\n㈠丙。\n⑴丁。\n⒈戊。\n1）己。\n十一、庚。'), 'header - [x] x
item ① - 甲。
heading ② [乙] -
heading ②/(一) [丙] -
heading ②/(一)/(1) [丁] -
heading ②/(一)/(1)/1 [戊] -
item ②/(一)/(1)/1/1) - 己。
item 十一 - 庚。
warning 十一 - 序号“十一”之前没有同级序号，可能有遗漏', 'other numbers; what was left out is told');

-- Damage that changes nothing but the places.
CREATE TEMP TABLE sound AS SELECT E'甲区文件\n甲府发〔2024〕1号\n各单位：\n现印发。\n2024年1月2日\n甲区若干措施\n为了支持企业，制定本措施。\n'
	|| E'一、奖励\n1. 认定奖励。对获得称号的企业，一次性给予10万元奖励；以后每次复核通过的，再给予5万元奖励。（责任单位：区经信委、区财政局）\n'
	|| E'2. 上市奖励。在境内首发上市的，给予500万元奖励。（责任单位：区金融办）\n二、保障\n（一）组织领导。建立机制。\n' AS source;
CREATE FUNCTION pg_temp.said(source text) RETURNS SETOF text LANGUAGE sql AS $$
	SELECT concat_ws(' ', kind, coalesce(path, '-'), translate(heading, '　 ', ''),
		translate(wording, '　 ', ''), offices, quantities)
	FROM outline(source) WHERE kind NOT IN ('markup', 'header', 'part')
$$;
SELECT is(array(SELECT pg_temp.said(source)), ARRAY['heading 一 奖励 {} {}',
	'item 一/1 认定奖励 认定奖励。对获得称号的企业，一次性给予10万元奖励；以后每次复核通过的，再给予5万元奖励。（责任单位：区经信委、区财政局） {区经信委,区财政局} {10万元,5万元}',
	'item 一/2 上市奖励 上市奖励。在境内首发上市的，给予500万元奖励。（责任单位：区金融办） {区金融办} {500万元}',
	'heading 二 保障 {} {}', 'item 二/(一) 组织领导 组织领导。建立机制。 {} {}'], 'a sound text') FROM sound;
SELECT is(array(SELECT pg_temp.said(damaged)), array(SELECT pg_temp.said(source)), name) FROM sound,
	LATERAL (VALUES ('CRLF', replace(source, E'\n', E'\r\n')), ('CR', replace(source, E'\n', E'\r')),
	('indents', replace(source, E'\n', E'\n　　')), ('blank lines', replace(source, E'\n', E'\n\n \n')),
	('trailing blanks', replace(source, E'\n', E'  　\n')),
	('page numbers', replace(source, '奖励；以后', E'奖励；以\n\n— 2 —\n\n后')),
	('a bare page number', replace(source, '再给予', E'再\n 3\n给予')),
	('a hard wrap', replace(source, '一次性给予', E'一次性\n给予')),
	('byte order mark', U&'\FEFF' || source),
	('spaces behind numbers', regexp_replace(source, '(\n\d\.) ', '\1　', 'g'))) d (name, damaged);
SELECT is((SELECT string_agg(path, ' ') FROM outline(translate(source, '（）1234567890.', '()１２３４５６７８９０．'))),
	(SELECT string_agg(path, ' ') FROM outline(source)), 'other widths') FROM sound;
SELECT is((SELECT string_agg(quantities::text, ' ') FROM outline(translate(source, '1234567890', '１２３４５６７８９０'))),
	'{} {} {} {１０万元,５万元} {５００万元} {} {}', 'what is returned is as it is written') FROM sound;

-- Tags and front matter.
SELECT is(pg_temp.items(E'---\ntitle: x\n---\n<p>现印发通知。</p>\n<p>加强领导</p><p>一是统筹。</p>\n<p>二是考核。</p><p>(张三)</p>'),
'markup - - -
header - - 现印发通知。
markup - - -
heading - [加强领导] -
markup - - -
item 一是 - 统筹。
markup - - -
item 二是 - 考核。
markup - - -
closing - - (张三)
markup - - -', 'tags break lines');
SELECT is(pg_temp.items(E'甲 < 乙，5<6，<3>。\n1. a<b 时\n'), 'header - - 甲 < 乙，5<6，<3>。
item 1 - a<b 时', 'what is no tag is text');

SELECT is(pg_temp.items(E'<h1>甲区办法</h1><div>2024年1月3日</div><p>甲区经信局</p><p>来源：某号</p><p>各单位：</p><p>现印发。</p>'
	'<p>甲区经信局</p><p>2024年1月2日</p><p>甲区办法</p><p>為了甲。</p><p>第一條 給予10萬元：</p><p>（一）乙。</p>'),
'markup - - -
header - [甲区办法] 甲区办法
markup - - -
header - - 2024年1月3日
markup - - -
header - [甲区经信局] 甲区经信局
markup - - -
header - - 来源：某号
markup - - -
header - - 各单位：
markup - - -
header - - 现印发。
markup - - -
header - [甲区经信局] 甲区经信局
markup - - -
header - - 2024年1月2日
markup - - -
part - [甲区办法] -
markup - - -
part - - 為了甲。
markup - - -
item 第一條 - 給予10萬元：
markup - - -
item 第一條/(一) - 乙。
markup - - -', 'a page whose date comes before its title; traditional characters');
SELECT is(pg_temp.items(E'x\n第一条 坚持公平。\n（一）甲。\n第二条 标准\n（一）乙。'), 'header - [x] x
item 第一条 - 坚持公平。
item 第一条/(一) - 甲。
heading 第二条 [标准] -
item 第二条/(一) - 乙。', 'a sentence of an article is its text, even if it is short');

-- Parts, annexes and what follows the text.
SELECT is(pg_temp.items(E'甲措施\n一、奖励。给予10万元。\n附件：1. 清单\n　　　2. 表\n甲区人民政府\n2024年1月2日\n附件1\n'
	'清单\n序号 | 名称 | 责任单位\n1 | 甲 | 局\n2 | 乙 | 局、办\n附件2：申报表\n1. 名称\n抄送：区委办。'),
'header - [甲措施] 甲措施
item 一 [奖励] 奖励。给予10万元。
closing - - 附件：1. 清单2. 表甲区人民政府2024年1月2日
part 附件1 [清单] -
heading 附件1/序号 [名称] 序号 | 名称 | 责任单位
row 附件1/1 [甲] 1 | 甲 | 局
row 附件1/2 [乙] 2 | 乙 | 局、办
part 附件2 [申报表] -
item 附件2/1 - 名称
closing - - 抄送：区委办。', 'annexes');
SELECT is(array(SELECT path FROM outline(E'x\n一、甲。\n附件\n表\n1. 乙\n附件\n表\n1. 丙\n附件2\n1. 丁') WHERE kind = 'item'),
	'{一,附件/1,附件(2)/1,附件2/1}',
	'annexes of one name');
SELECT is(array(SELECT path FROM outline(E'x\n一、甲。\n1. 乙\n1. 丙\n2. 丁') WHERE kind = 'item'), '{一/1,一/1(2),一/2}',
	'numbers that occur twice');
SELECT is(pg_temp.items(E'甲措施\n一、奖励。给予10万元。\n二、期限。试行两年。\n甲区财政局\n二〇二四年一月二日'),
'header - [甲措施] 甲措施
item 一 [奖励] 奖励。给予10万元。
item 二 [期限] 期限。试行两年。
closing - - 甲区财政局二〇二四年一月二日', 'a signature');
SELECT is(pg_temp.items(E'甲办法\n第一条 甲。\n第二条 乙。\n丙实施细则\n为了丙，制定本细则。\n第一条 丁。'),
'header - [甲办法] 甲办法
item 第一条 - 甲。
item 第二条 - 乙。
part 部分2 [丙实施细则] 为了丙，制定本细则。
warning 部分2 - 序号重新开始，此处按另一部分处理
item 部分2/第一条 - 丁。', 'a second text');
SELECT is(pg_temp.items(E'表\n| 序号 | 指标 | 单位 | 2024年 |\n|---|---|---|---|\n| 1 | 企业 | 家 | 8 |\n'
	'| 2 | 平台 | 家 |\n以上为目标。\n'),
'header - [表] 表
heading 表1/序号 [指标] 序号 | 指标 | 单位 | 2024年
row 表1/1 [企业] 1 | 企业 | 家 | 8
row 表1/2 [平台] 2 | 平台 | 家
warning 表1/2 - 本行有3格，表头有4格，请核对
header - - 以上为目标。', 'a table with a line for each row');

-- Tables as a spreadsheet or a browser copies them: rows are lines, cells are separated by tabs.
SELECT is(pg_temp.items(E'甲措施\n一、奖励。给予10万元。\n附件\n目标清单\n序号\t指标\t单位\t2024年\t责任单位\n1\t“小巨人”\n'
	'企业\t家\t8\t经信委\n\n- 3 -\n\n2\t"平台\n“甲”"\t个\t3\t科技局、\n财政局\n3\t满意度\t\t\t\n以上为目标。\n'),
'header - [甲措施] 甲措施
item 一 [奖励] 奖励。给予10万元。
part 附件 [目标清单] -
heading 附件/序号 [指标] 序号 | 指标 | 单位 | 2024年 | 责任单位
row 附件/1 [“小巨人”企业] 1 | “小巨人”企业 | 家 | 8 | 经信委
row 附件/2 [平台“甲”] 2 | 平台“甲” | 个 | 3 | 科技局、财政局
row 附件/3 [满意度] 3 | 满意度 |  |  | 
part 附件 - 以上为目标。', 'tabs, line breaks in cells, a page break, empty cells');
SELECT is(pg_temp.items(E'甲措施\n第一条 标准：\n级别\t金额\n国家级\t30万元\n省级\t15万元\n省级\t6万元\n第二条\t自发布起施行。\n第三条\t由区科技局解释。'),
'header - [甲措施] 甲措施
item 第一条 - 标准：
heading 第一条/级别 [金额] 级别 | 金额
row 第一条/国家级 [30万元] 国家级 | 30万元
row 第一条/省级 [15万元] 省级 | 15万元
row 第一条/省级(2) [6万元] 省级 | 6万元
item 第二条 - 自发布起施行。
item 第三条 - 由区科技局解释。', 'two columns; an article is no row');
SELECT is(pg_temp.items(E'甲措施\n一、标准\n序号\t级别\t金额\n1\t甲\t5元\n\n2\t乙\n二、期限。三年。'),
'header - [甲措施] 甲措施
item 一 - 标准
heading 一/序号 [级别] 序号 | 级别 | 金额
row 一/1 [甲] 1 | 甲 | 5元
row 一/2 [乙] 2 | 乙
warning 一/2 - 本行有2格，表头有3格，请核对
item 二 [期限] 期限。三年。', 'a row with fewer tabs is told');
SELECT is(pg_temp.items(E'x\n一、甲。\n1\t甲\t5元\n2\t乙\t6元\n'), 'header - [x] x
item 一 - 甲。
row 一/1 [甲] 1 | 甲 | 5元
row 一/2 [乙] 2 | 乙 | 6元', 'the rest of a table has no heading');
SELECT is((SELECT quantities || offices FROM outline(E'x\n一、y\n序号\t名称\t单位\t2024年\t责任单位\n'
	'1\t甲\t万家\t1.5\t甲局、乙局\n2\t乙\t个\t3\t甲局') WHERE path = '一/1'),
	'{1.5万家,甲局,乙局}', 'quantities and offices of a row');

-- Tables of HTML.
SELECT is(pg_temp.items(E'甲措施\n一、奖励。\n<table border="1"><caption>标准表</caption><tbody><tr><th>序号</th>'
	'<th>级别</th><th>金额</th><th>责任单位</th></tr>\n<tr>\n<td>1</td><td><p>国家级</p>\n'
	'<p>企业</p></td><td>30 万元</td><td rowspan="2">甲局、<br>乙局</td></tr><tr><td>2</td><td>省级</td><td>15万元</td></tr>'
	'<tr><td colspan=4>说明</td></tr></tbody></table><p>以上。</p>二、保障。'),
'header - [甲措施] 甲措施
item 一 - 奖励。
markup - - -
heading - [标准表] -
markup - - -
heading 表1/序号 [级别] 序号 | 级别 | 金额 | 责任单位
row 表1/1 [国家级企业] 1 | 国家级企业 | 30 万元 | 甲局、乙局
row 表1/2 [省级] 2 | 省级 | 15万元 | 甲局、乙局
row 表1/说明 - 说明
markup - - -
item - - 以上。
markup - - -
item 二 - 保障。', 'cells that span rows and columns');
SELECT is(pg_temp.items('x
一、y
<TABLE><TR><TD COLSPAN=3>目标表</TD></TR><tr><td rowspan=2>类别</td><td colspan=2>指标</td></tr><tr><td>名称</td>'
'<td>2024年</td></tr><tr><td>工业</td><td>乙</td><td>6家</td></tr></table>'),
'header - [x] x
item 一 - y
markup - - -
heading 一/目标表 [目标表] -
heading 一/类别 [指标] 类别 | 指标
row 一/类别 [名称] 类别 | 名称 | 2024年
row 一/工业 [乙] 工业 | 乙 | 6家
markup - - -', 'a title above the heading');
SELECT is(pg_temp.items('x
一、y
<table><tr><td rowspan=2>类别</td><td colspan=2>指标</td></tr><tr><td>名称</td><td>2024年</td></tr><tr><td>工业</td>'
'<td>乙</td><td>6家</td></tr></table>'),
'header - [x] x
item 一 - y
markup - - -
heading 一/类别 [指标] 类别 | 指标
heading 一/类别 [名称] 类别 | 名称 | 2024年
row 一/工业 [乙] 工业 | 乙 | 6家
markup - - -', 'a heading of two rows');
SELECT is(pg_temp.items(E'<table><tr><td>索引号</td><td>1</td></tr><tr><td>发布机构</td><td>某局</td></tr></table>'
	'<p>甲措施</p><table><tr><td>第一条 x。</td><td>y</td></tr><tr><td>第二条 x。</td><td>y</td></tr></table>'),
'markup - - -
header - [索引号] 索引号
markup - - -
header - [发布机构] 发布机构
markup - - -
header - [某局] 某局
markup - - -
header - [甲措施] 甲措施
markup - - -
item 第一条 - x。
markup - - -
heading - [y] -
markup - - -
item 第二条 - x。
markup - - -
heading - [y] -
markup - - -', 'tables that lay out a page');
SELECT is(pg_temp.items('x
一、y。<table><tr><td><table><tr><td>序号</td><td>名称</td></tr><tr><td>1</td><td>乙</td></tr></table></td></tr></table>'),
'header - [x] x
item 一 - y。
markup - - -
warning - - 此处似为表格，行列看不清楚，不按行读
heading 一/序号 [名称] 序号 | 名称
row 一/1 [乙] 1 | 乙
markup - - -', 'a table within another');
SELECT is(pg_temp.items(source), expected, left(source, 20)) FROM (VALUES
	(E'序号\t名称\t金额\n1\t甲\t5万元', E'heading 表1/序号 [名称] 序号 | 名称 | 金额\nrow 表1/1 [甲] 1 | 甲 | 5万元'),
	('<table><tr><td>序号</td><td>名称</td></tr><tr><td>1</td><td>乙</td></tr></table>',
		E'markup - - -\nheading 表1/序号 [名称] 序号 | 名称\nrow 表1/1 [乙] 1 | 乙\nmarkup - - -')) v (source, expected);
SELECT is((SELECT string_agg(path, ' ') FROM outline('x
一、y<table><tr><td rowspan=9999>a</td><td>b</td></tr>' || repeat('<tr><td>c</td></tr>', 300) || '</table>')
	WHERE kind = 'row') ~ '^一/a 一/a\(2\) .* 一/a\(295\)', true, 'a cell can span many rows');

-- What is not read is told.
SELECT is(array(SELECT wording FROM outline(source) WHERE kind = 'warning'), expected, left(source, 12)) FROM (VALUES
	(E'x\n一、甲。\n三、乙。', ARRAY['序号“三”与上一个序号（1）不连续，可能有遗漏或者重复']),
	(E'x\n1. 甲。\n1. 乙。', ARRAY['序号又从“1”开始，请核对层级']),
	(E'x\n1.1 甲。\n1.2 乙。', ARRAY['“1.1”一类的序号不读作条目，归入前一条', '“1.1”一类的序号不读作条目，归入前一条']),
	(E'x\n甲\t乙\t丙\n丁\t戊\t己\n', ARRAY['此处似为表格，行列看不清楚，不按行读']),
	('<table><tr><td>x</td></tr></table>', '{}'),
	(E'x\n1. y\n<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr>', ARRAY['此处似为表格，行列看不清楚，不按行读']),
	(E'x\n1. y\n<table><tr><td>x</td></tr></table><table>', ARRAY['此处似为表格，行列看不清楚，不按行读']),
	('办法 第一条 ' || repeat('甲', 200) || '。第二条 乙。第三条 丙。', ARRAY['一行之内有多个序号，没有换行，不读作条目']),
	(E'x\n一、达到\n1.5万家，增长\n2.5%。', '{}'), (E'x\n第一条 依照\n第五条的规定办理。', '{}')) v (source, expected);

-- Quantities and offices.
SELECT is((SELECT quantities FROM outline(source) WHERE at = 0), expected, left(source, 20)) FROM (VALUES
	('给予10万元、1.5亿元、5%、3‰、100家', '{10万元,1.5亿元,5%,3‰,100家}'::text[]),
	('2024年1月2日起，到2025年，每年12月31日前', '{}'), ('近3年、3个月、30日内、5个工作日', '{3年,3个月,30日,5个工作日}'),
	('5元/平方米·月，50万元/年', '{5元/平方米·月,50万元/年}'), ('三年倍增、五十万元、百分之五、第三年、十四五、二〇二四年', '{三年,五十万元,百分之五}'),
	('“1246”体系，甲府发〔2022〕92号，第3条，APEC2', '{}'), ('1,234.5万元，4.5个百分点', '{"1,234.5万元",4.5个百分点}'),
	('5千万元，3千瓦，2.5万', '{5千万元,3千瓦,2.5万}'), ('超过 20 元、10 家', '{"20 元","10 家"}')) v (source, expected);
SELECT is((SELECT offices FROM outline(source) WHERE at = 0), expected, left(source, 20)) FROM (VALUES
	('做好。（责任单位：甲局、乙委，丙办）', '{甲局,乙委,丙办}'::text[]), ('做好。(牵头单位:甲局;配合单位:乙委、各镇街（园区）)', '{甲局,乙委,各镇街（园区）}'),
	('责任单位：甲局。其他', '{甲局}'), ('做好责任单位工作', '{}')) v (source, expected);

-- Nothing is lost, whatever the text.
SELECT is(pg_temp.put_together(source), nullif(source, ''), left(regexp_replace(source, '\s', ' ', 'g'), 20))
	FROM (VALUES (''), (' '), (E'\n\n'), ('<'), ('<p>'), ('<p'), ('|'), (E'|\n|'),
	(E'---\n---\n'), (E'---\n'), (E'附件\n附件\n附件'), (E'一、\n一、\n一、'), (E'2024年1月2日\n标题\n2024年1月2日'), (E'1 |\n1 |\n2 |'),
	(E'\r\r\n\n\r'), ('<!-- <script> <style>'), (E'x<br>y<br/>\n一、<b>z</b>'), (U&'\FEFF\200B\3000'), (E'&nbsp;一、x&nbsp;'),
	(E'第一条\n第一条\n标题\n第一条'), (E'第一条 x。\n<p>标题</p>\n<b>\n第一条 y'), (E'第一条 x。\n标题\n<b>\n第一条 y'),
	(E'一、x。\n局\n<b>2024年1月2日'), (E'一、x\na\tb\nc\td\n\te\n'), (E'一、x\na\tb\tc\n\n<b>d\te\tf\n'),
	('一、<table><tr></tr><tr><td></td><td></td></tr>x<tr><td>1</table>'),
	(E'一、<table>\n<tr><td>a<td>b\n<tr><td>c<td>d\n</table></table>'),
	(E'一、<table><tr><td>序号<td>b<tr><td>1<td>d</table>\n二、x\t')) v (source);
SELECT is(pg_temp.put_together(source), source, 'the sound text') FROM sound;
SELECT is(outline(NULL)::text, NULL, 'NULL');
SELECT is((SELECT count(*) FROM outline('')), 0::bigint, 'an empty text has no rows');

SELECT * FROM finish();
ROLLBACK;
