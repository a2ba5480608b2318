\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(67);

-- An error gives line and column, the expected tokens, and a similar word.

SELECT is(pg_temp.error_of($$SELECT E'政策 示例 ''题名''\n事实 收入 数字 元'::policy$$),
	E'22P02: invalid zjtx.policy at line 2, column 7: unexpected "数字"\n'
	'DETAIL: Expected 是否, 日期, 列表, 数, 文本.\nHINT: Perhaps you meant "数".',
	'the whole of an error: SQLSTATE, line, column, what was expected');

SELECT is(pg_temp.refusal(source), refusal, description) FROM (VALUES
	('收入 大与 5万元', E'line 1, column 4: unexpected "大与"\n'
		'DETAIL: Expected the end of the text, <>, <=, >=, and, or, not, between, in, is, ''='', ''('', and more.\n'
		'HINT: Perhaps you meant "大于".',
		'columns count characters, not bytes; a long list of what was expected is cut'),
	(E'收入\n\n  > 1 > 2', E'line 1, column 1: comparisons do not chain\n'
		'HINT: Write 收入\n\n  > 1 and 1 > 2 instead of 收入\n\n  > 1 > 2.', 'a comparison does not chain'),
	(E'a > 1\r\n  and > 2', E'line 2, column 7: unexpected ">"\n'
		'DETAIL: Expected a name, text in quotes, a number, a date, not, true, false, case, band, tiers, ''('', ''-''.',
		'a line that ends as on Windows is one line'),
	(E'-- 第一行的注释\na > 1 且 且', E'line 2, column 9: unexpected "且"\n'
		'DETAIL: Expected a name, text in quotes, a number, a date, 非, 真, 假, 分情形, 分档, 超额累进, ''('', ''-''.',
		'comments are counted'),
	(E'\ta b', E'line 1, column 4: unexpected "b"\n'
		'DETAIL: Expected the end of the text, <>, <=, >=, and, or, not, between, in, is, ''='', ''('', and more.',
		'a tab is one column'),
	('policy p ''t'' fact a nubmer', E'line 1, column 21: unexpected "nubmer"\n'
		'DETAIL: Expected boolean, date, list, number, text.\nHINT: Perhaps you meant "number".',
		'the nearest keyword is suggested: number'),
	('policy p ''t'' claus 1', E'line 1, column 14: unexpected "claus"\n'
		'DETAIL: Expected the end of the text, in, when, policy, clause, stage, rung, target, service, series, '
		'repeals, note, and more.\n'
		'HINT: Perhaps you meant "clause".', 'the nearest keyword is suggested: clause'),
	('band(a : > 1 the 2) > 1', E'line 1, column 14: unexpected "the"\n'
		'DETAIL: Expected then, ''-'', ''+'', ''*'', ''/'', ''^''.\nHINT: Perhaps you meant "then".',
		'the nearest keyword is suggested: then'),
	('policy p ''t'' in froce from 2024-01-01', E'line 1, column 17: unexpected "froce"\nDETAIL: Expected force.\n'
		'HINT: Perhaps you meant "force".', 'the nearest keyword is suggested: force'),
	('a is nul', E'line 1, column 6: unexpected "nul"\nDETAIL: Expected not, null.\nHINT: Perhaps you meant "null".',
		'the nearest keyword is suggested: null'),
	('policy p ''t'' target 1 ''x'' 家 flows 2024: 1', E'line 1, column 29: unexpected "flows"\n'
		'DETAIL: Expected flow, stock.\nHINT: Perhaps you meant "flow".', 'the nearest keyword is suggested: flow'),
	(E'policy p ''t''\nfact a number\ncluase 1 when a > 1',
	E'line 3, column 1: unknown unit "cluase"\nHINT: Perhaps you meant "clause".',
		'the nearest keyword is suggested where a unit could have been meant'),
	('policy p ''t'' fact policy number', E'line 1, column 19: unexpected "policy"\nDETAIL: Expected a name.',
		'a reserved word is no name'),
	('policy p ''t'' fact a list of list', E'line 1, column 29: unexpected "list"\n'
		'DETAIL: Expected boolean, date, number, text.', 'a list cannot hold lists'),
	('policy p ''t'' example ''x'' given a = 1 + 1 expect a = 2', E'line 1, column 38: unexpected "+"\n'
		'DETAIL: Expected expect, '',''.', 'an example gives literals'),
	('a in ()', E'line 1, column 7: unexpected ")"\n'
		'DETAIL: Expected a name, text in quotes, a number, a date, true, false, case, band, tiers, ''('', ''-''.',
		'an empty list of values'),
	('a between 1 or 2',
	E'line 1, column 13: unexpected "or"\nDETAIL: Expected and, ''-'', ''+'', ''*'', ''/'', ''^''.',
		'between wants and'),
	('case else 1 end = 1', E'line 1, column 6: unexpected "else"\nDETAIL: Expected when.', 'a case wants when'),
	('policy p', E'line 1, column 9: the text ends too early\nDETAIL: Expected text in quotes.',
	'a policy wants a title'),
	('policy ''t''', E'line 1, column 8: unexpected text ''t''\nDETAIL: Expected a code.', 'a policy wants a code'),
	('policy 二(一) ''t''', E'line 1, column 8: a code consists of letters, digits and - _ .\nHINT: Write 二-一 instead of '
	'二(一).', 'a code ends at a bracket'),
	('a > 1 ''x''', E'line 1, column 7: unexpected text ''x''\nDETAIL: Expected the end of the text, and, '
	'or, ''-'', ''+'', ''*'', ''/'', ''^''.',
		'a text where none belongs'),
	('收入 ※ 1', 'line 1, column 4: unexpected character "※"', 'a full-width character that means nothing'),
	('a = “x', 'line 1, column 5: the text that begins here has no closing quote', 'a double quote that is not closed'),
	('a @ b', 'line 1, column 3: unexpected character "@"', 'a character that means nothing'),
	('a > .5', E'line 1, column 5: a number begins with a digit\nHINT: Write 0.5 instead of .5.',
	'a number begins with a digit'),
	('a > 5.', E'line 1, column 5: a number ends with a digit\nHINT: Write 5 instead of 5..', 'and ends with one'),
	('区县 = ''渝北', 'line 1, column 6: the text that begins here has no closing quote', 'a text that is not closed'),
	('区县 = ‘渝北', 'line 1, column 6: the text that begins here has no closing quote',
	'a full-width quote that is not closed'),
	(E'区县 = ''渝北''''\n and a > 1', 'line 1, column 6: the text that begins here has no closing quote',
	'a doubled quote does not close'),
	('收入 > 50xy', E'line 1, column 6: "xy" is not a unit of a number\nHINT: Put white space between a number and a '
	'word. '
		'The units are 元 分 年 月 日 小时 人 项 名 级 家 个 件 次 户 台 套 辆 艘 架 座 条 篇 部 股 张 平方米 亩 公顷 平方公里 米 公里 克 千克 公斤 吨 千瓦 兆瓦 千瓦时 度 '
		'and %.', 'letters that are no unit, glued behind a number'),
	('收入 > 50and 收入 < 60', E'line 1, column 6: words are separated by white space\nHINT: Write 50 and instead of '
	'50and.', 'a keyword glued behind a number'),
	('收入 > 5 万元', E'line 1, column 6: a number and its unit are written together\nHINT: Write 5万元 instead of 5 万元.',
		'white space ends a quantity'),
	('policy p ''t'' fact a number 克朗', E'line 1, column 28: unknown unit "克朗"\n'
		'HINT: The units are 元 分 年 月 日 小时 人 项 名 级 家 个 件 次 户 台 套 辆 艘 架 座 条 篇 部 股 张 平方米 亩 公顷 平方公里 米 公里 克 千克 公斤 吨 千瓦 兆瓦 '
		'千瓦时 度 and %.', 'a unit that there is not'),
	('签订日 = 2022-02-30', 'line 1, column 7: invalid date "2022-02-30"', 'an impossible date'),
	('签订日 = 2023年2月29日', 'line 1, column 7: invalid date "2023年2月29日"', 'a leap day in a year without one'),
	('签订日 = 1900-02-29', 'line 1, column 7: invalid date "1900-02-29"', '1900 had none'),
	('d = 2022-00-10', 'line 1, column 5: invalid date "2022-00-10"', 'there is no month 0'),
	('d = 2022-04-31', 'line 1, column 5: invalid date "2022-04-31"', 'nor a 31 April'),
	('as of 2025-13-01 a > 1', 'line 1, column 7: invalid date "2025-13-01"',
	'the day a policy is bound to is checked'),
	('policy p ''t'' rung x when 1 < 2',
	E'line 1, column 14: a rung needs a ladder\nHINT: Write "ladder" before the first rung.',
		'a rung needs its ladder'),
	('policy p ''t'' pay 1元', 'line 1, column 14: this must follow a clause', 'what belongs to a clause'),
	('policy p ''t'' clause 1 when 1 < 2 level 2', 'line 1, column 34: only a rung has a level',
	'what belongs to a rung'),
	('policy p ''t'' example ''e'' expect amount = 0元 note ''n''',
	'line 1, column 45: this must follow a document header, '
		'clause, stage, rung, definition, target or service', 'a note belongs to a statement that can have one'),
	('policy p ''t'' clause 1 when 1 < 2 when 1 < 3', 'line 1, column 34: a second "when"', 'a second condition'),
	('policy p ''t'' number ''1'' number ''2''', 'line 1, column 25: a second "number"', 'a second number'),
	('policy p ''t'' clause 1 reward tax', 'line 1, column 30: a second "kind"', 'a second kind'),
	('policy p ''t'' ladder ladder', 'line 1, column 21: a second "ladder"', 'a second ladder'),
	('policy p ''t'' ladder rung a level 0 when 1 < 2',
	'line 1, column 34: a level must be a whole number from 1 to 1000', 'a level'),
	('policy p ''t'' target 1 ''x'' 家 flow 24: 1', 'line 1, column 34: the year of a goal must be from 1900 to 2999',
	'the year of a goal'),
	('a > ' || repeat('9', 1001), 'line 1, column 5: a number of more than 1000 digits',
	'a number of more than 1000 digits')
	) errors (source, refusal, description);

SELECT is(substring(pg_temp.refusal(source) FROM '^[^\n]*'), place || ': the text ends too early', description)
	FROM (VALUES
	('', 'line 1, column 1', 'an empty text'), ('  ', 'line 1, column 3', 'nothing but white space'),
	('-- 注', 'line 1, column 5', 'nothing but a comment'),
	(E'收入 >\n', 'line 2, column 1', 'a condition that breaks off')) texts (source, place, description);

-- Nesting of any depth is read or is an error; it never crashes the server.

SELECT is(pg_temp.error_of(format('SELECT %L::policy', source)) ~
	'^22P02: invalid zjtx.policy at line 1, column \d+: nested',
	true, '100,000 ' || description) FROM (VALUES
	(repeat('(', 100000) || 'a' || repeat(')', 100000), 'brackets'),
	(repeat('not ', 100000) || 'a', 'negations'),
	('a > ' || repeat('- ', 100000) || '1', 'signs'),
	('a > 1' || repeat(' + 1', 100000), 'sums'),
	(repeat('case when a then ', 100000), 'cases that are not closed')) texts (source, description);
SELECT is('{"a": 1}'::jsonb |= ('a = 1' || repeat(' and a < 2', 100000))::policy, true,
	'a chain of 100,000 conditions is no nesting');

-- A document cut off at any place, or without any one character, is read or refused.

CREATE TEMP TABLE document AS SELECT $$政策 p '标题' 施行 自 2024-12-12 系列 s 注 R1 'n'
事实 a 数 元 '收入' 不低于 0
fact b list (c text in ('x', 'y'), d date null means none) null means none
define e = band(a : >= 5万元 then 20%, else 0%) + case when any(b where c = 'x') then 1% else 0% end
clause 7-a '条' reward per year cap 3元 when e between 0% and 1 -- 注释
  pay sum(b where d is not null : 5元 * 2)
clause 8 subsidy stage i each b on d + 3年 pay 1元
ladder rung r level 2 when not (a > 1元 or e <> ２)
target 1 'x' 家 flow 2024: 1 count where true
example 'z' given a = 5万元, b = [(c = 'x', d = none)] expect clause 7-a true, missing ()$$ AS source;
CREATE FUNCTION pg_temp.misbehaves(source text) RETURNS boolean LANGUAGE sql AS $$
	SELECT error <> 'no error' AND error !~ '^22P02: invalid zjtx.policy at line \d+, column \d+: ..'
	FROM pg_temp.error_of(format('SELECT %L::zjtx.policy', source)) error
$$;
SELECT is(pg_temp.error_of(format('SELECT %L::policy', source)), 'no error', 'the document is whole') FROM document;
SELECT is((SELECT string_agg(i::text, ' ') FROM document, generate_series(0, length(source)) i
	WHERE pg_temp.misbehaves(left(source, i))), NULL,
	'cut off after any character it is read, or refused with SQLSTATE, line and column');
SELECT is((SELECT string_agg(i::text, ' ') FROM document, generate_series(1, length(source)) i
	WHERE pg_temp.misbehaves(overlay(source PLACING '' FROM i FOR 1))), NULL, 'so it is without any one character');
SELECT is((SELECT string_agg(i::text, ' ') FROM document, generate_series(1, length(source)) i
	WHERE pg_temp.misbehaves(overlay(source PLACING '''' FROM i FOR 1))), NULL, 'or with a quote in its place');
SELECT is(length(pg_temp.error_of(format('SELECT %L::policy', repeat('名', 100000)))) < 1200, true,
	'the message for a long word is short');

SELECT * FROM finish();
ROLLBACK;
