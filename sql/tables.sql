\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(122);

-- Tables inside a document: rows by date, number, year and text.

CREATE FUNCTION pg_temp.doc(rule text) RETURNS text LANGUAGE sql AS $$ SELECT $p$policy t 'T'
table lpr '贷款市场报价利率' by date (rate %) 2023-06-20: 3.55%, 2023-08-21: 3.45%, 2024-02-20: 3.95%
table mean_output by year (v 元) 2023: 31万元, 2024: 33万元
table quota by year (n 项) 2023: 3项, else 5
table limits by number (income 元) 1: 2266元, 2: 3052元, 4: 5000元
table plots by number (pay 元, kind text) 0亩: (0元, 'none'), 1公顷: (1万元, 'some'), 30亩: (3万元, 'many')
table size '划型标准' by text (staff 人, revenue 元)
  '工业': (1000人, 40000万元), '建筑业': (none, 80000万元), else (300人, 10000万元)
table grade by text (points, since date, named text, big boolean)
  'micro': (1, 2020-01-01, 'a', false), '小型': (2, none, 'b', true), 'medium': (4, 2022-01-01, none, true)
fact d date null means none fact early date between 2023-01-01 and 2023-07-01
fact late date between 2023-07-01 and 2023-09-01 fact same date between 2023-06-20 and 2023-08-20
fact n number fact few number between 1 and 3 fact y number 年 fact years number between 2023 and 2024 fact t text
fact i number 元 fact area number 平方米 fact none_or number null means none
fact s text in ('micro' '微型', 'small' '小型' '小型企业', 'medium') fact s2 text in ('micro', 'small' '小型')
fact l list (k text, on date, v number) null means none$p$ || E'\n' || rule $$;
CREATE FUNCTION pg_temp.value(facts jsonb, expression text) RETURNS text LANGUAGE sql AS $$
	SELECT coalesce((SELECT found FROM examples(regexp_replace(pg_temp.doc(format('define x = %s clause 1', expression)),
		'$', E'\nexample ''e'' given as_of = 2025-01-01'
		|| coalesce((SELECT string_agg(format(', %s = %s', key,
				CASE WHEN value ~ '^\d{4}-\d\d-\d\d$' OR jsonb_typeof(j) = 'number' OR value = 'none' THEN value
				ELSE quote_literal(value) END), '')
			FROM jsonb_each_text($1) JOIN jsonb_each($1) e (key, j) USING (key)), '')
		|| ' expect x unknown')::policy)), 'unknown')
$$;

-- which row

SELECT is(pg_temp.value(facts::jsonb, expression), value, expression || ' of ' || facts) FROM (VALUES
	('{"d": "2023-06-20"}', 'lpr[d]', '3.55%'), ('{"d": "2023-08-20"}', 'lpr[d]', '3.55%'),
	('{"d": "2023-08-21"}', 'lpr[d]', '3.45%'), ('{"d": "2024-02-19"}', 'lpr[d]', '3.45%'),
	('{"d": "2024-02-20"}', 'lpr[d]', '3.95%'), ('{"d": "2099-01-01"}', 'lpr[d].rate', '3.95%'),
	('{"d": "none"}', 'lpr[d]', 'none'), ('{"d": "2023-06-19"}', 'coalesce(lpr[d], 0)', 'unknown'),
	('{"y": 2023}', 'mean_output[y]', '310000元'), ('{"y": 2024}', 'mean_output[y]', '330000元'),
	('{"y": 2025}', 'mean_output[y]', 'unknown'), ('{"y": 2022}', 'mean_output[y]', 'unknown'),
	('{"d": "2023-12-31"}', 'coalesce(mean_output[year(d)], 0)', '310000元'), ('{}', 'mean_output[2024]', '330000元'),
	('{}', 'mean_output[year(as_of) - 1]', '330000元'),
	('{"y": 2023}', 'quota[y]', '3项'), ('{"y": 2024}', 'quota[y]', '5项'), ('{"y": 2023.5}', 'quota[y]', '5项'),
	('{"n": 1}', 'limits[n]', '2266元'), ('{"n": 1.99}', 'limits[n]', '2266元'), ('{"n": 2}', 'limits[n]', '3052元'),
	('{"n": 3}', 'limits[n]', '3052元'), ('{"n": 3.9999}', 'limits[n]', '3052元'), ('{"n": 4}', 'limits[n]', '5000元'),
	('{"n": 1000000}', 'limits[n]', '5000元'), ('{"n": 0.99}', 'limits[n]', 'unknown'),
	('{"none_or": "none"}', 'limits[none_or]', 'none'),
	('{"area": 9999.99}', 'plots[area].pay', '0元'), ('{"area": 10000}', 'plots[area].pay', '10000元'),
	('{"area": 19999.99}', 'plots[area].pay', '10000元'), ('{"area": 20000}', 'plots[area].pay', '30000元'),
	('{"area": 20000}', 'plots[area].kind', '''many'''),
	('{"t": "工业"}', 'size[t].staff', '1000人'), ('{"t": "建筑业"}', 'size[t].staff', 'none'),
	('{"t": "建筑业"}', 'size[t].revenue', '800000000元'), ('{"t": "农业"}', 'size[t].staff', '300人'),
	('{"t": "工业 "}', 'size[t].staff', '300人'),
	('{"s": "small"}', 'grade[s].points', '2'), ('{"s": "小型企业"}', 'grade[s].points', '2'),
	('{"s": "微型"}', 'grade[s].since', '2020-01-01'), ('{"s": "small"}', 'grade[s].since', 'none'),
	('{"s": "small"}', 'grade[s].named', '''b'''),
	('{"s": "medium"}', 'grade[s].named', 'none'), ('{"s": "micro"}', 'grade[s].big', 'false'),
	('{"s": "small"}', 'grade[s].big', 'true')) v (facts, expression, value);

-- an unknown key: the hull of the rows that it can still meet; anything where it may meet none

SELECT is((SELECT CASE WHEN low IS NULL AND high IS NULL THEN 'open' ELSE low || ' to ' || coalesce(high::text, 'open')
	END FROM amount_range('{"as_of": "2025-01-01"}'::jsonb, pg_temp.doc('clause 1 reward pay ' || pay)::policy)), range,
	pay)
FROM (VALUES ('1000元 * lpr[late]', '34.50 to 35.50'), ('1000元 * lpr[same]', '35.50 to 35.50'),
	('1000元 * lpr[early]', '0.00 to open'), ('1000元 * lpr[d]', '0.00 to open'), ('limits[few]', '2266.00 to 3052.00'),
	('limits[n]', '0.00 to open'),
	('mean_output[years]', '0.00 to open'), ('1元 * quota[years]', '3.00 to 5.00'), ('1元 * quota[y]', '3.00 to 5.00'),
	('mean_output[year(early)]', '310000.00 to 310000.00'), ('1元 * size[t].staff', '0.00 to 1000.00'),
	('size[t].revenue', '100000000.00 to 800000000.00'),
	('1元 * grade[s].points', '1.00 to 4.00'), ('1元 * grade[s2].points', '1.00 to 2.00')) v (pay, range);
SELECT is('{}'::jsonb |= pg_temp.doc('clause 1 when ' || condition)::policy, holds, condition)
	FROM (VALUES ('lpr[late] > 3.4%', true), ('lpr[late] > 3.5%', NULL), ('lpr[late] > 3.6%', false),
	('grade[s].big', NULL), ('grade[s2].points < 3', true),
	('grade[s2].since < 2021-01-01', NULL), ('grade[s2].named in (''a'', ''b'')', NULL), ('grade[''medium''].big',
	true)) v (condition, holds);
SELECT is('{"d": "2023-07-01", "l": [{"k": "工业", "on": "2023-07-01", "v": 10}, {"k": "x", "on": "2024-07-01", '
	'"v": 20}, {"k": "建筑业", "v": 1}]}'::jsonb |= pg_temp.doc('clause 1 when ' || condition)::policy, holds, condition)
FROM (VALUES ('sum(l : size[k].staff) = 1300人', true), ('sum(l where v >= 10 : v * lpr[on]) = 1.145', true),
	('sum(l where v >= 10 : v * lpr[d]) = 1.065', true), ('sum(l : v * lpr[on]) > 1.2', NULL),
	('any(l : size[k].staff = 1000)', true)) v (condition, holds);

-- what is missing

SELECT is(facts::jsonb |! pg_temp.doc('clause 1 reward pay ' || pay)::policy, missing, pay || ' lacks')
	FROM (VALUES ('{"d": "2019-01-01"}', '1000元 * lpr[d]', '{"lpr[2019-01-01]"}'::text[]),
	('{}', '1000元 * lpr[d]', '{d}'), ('{"y": 2030}', 'mean_output[y]', '{"mean_output[2030]"}'),
	('{"n": 0.5}', 'limits[n]', '{"limits[0.5]"}'), ('{}', '1元 * size[t].staff', '{t}'),
	('{"s": "x"}', '1元 * grade[s].points', '{s}'), ('{"d": "2019-01-01"}', 'i * lpr[d]', '{i,"lpr[2019-01-01]"}'),
	('{"d": "2019-01-01", "i": 5}', 'i * lpr[d] + limits[n]', '{n,"lpr[2019-01-01]"}'))
	v (facts, pay, missing);
SELECT results_eq($$SELECT clause, missing FROM assess('{"d": "2019-01-01", "n": 0.5}'::jsonb,
	pg_temp.doc('clause 1 reward pay 1000元 * lpr[d] clause 2 reward pay limits[n]')::policy) ORDER BY 1$$,
	$$VALUES ('1', '{"lpr[2019-01-01]"}'::text[]), ('2', '{"limits[0.5]"}')$$, 'line by line');

-- what is no table, and no lookup

SELECT is(pg_temp.refusal(pg_temp.doc(rule)), refusal, rule) FROM (VALUES
	('table a by date (r %) 2023-01-01: 1%, 2023-01-01: 2%',
	'line 17, column 39: the table "a" has the same key twice'),
	('table a by date (r %) 2023-01-02: 1%, 2023-01-01: 2%',
	E'line 17, column 39: the keys of the table "a" do not ascend\nHINT: Write the rows from the lowest key to the '
	'highest.'),
	('table a by text (r) ''x'': 1, ''y'': 2, ''x'': 3', 'line 17, column 37: the table "a" has the key ''x'' twice'),
	('table a by number (r) 2: 1, 1: 2',
	E'line 17, column 29: the keys of the table "a" do not ascend\nHINT: Write the rows from the lowest key to the '
	'highest.'),
	('table a by number (r) 1: 1, else 2',
	E'line 17, column 29: a table by date or by number has no "else"\nHINT: The row of the greatest key that is not '
	'above counts. Write a lower key.'),
	('table a by year (r) 2023: 1, 20231: 2',
	E'line 17, column 30: a key of "a" is a year\nHINT: A year is a whole number from 1900 to 2999.'),
	('table a by date (r) 2023: 1', 'line 17, column 21: a key of "a" is a date'),
	('table a by text (r) else 1', 'line 17, column 1: the table "a" has no rows but "else"'),
	('table a by text (r) else 1, ''x'': 2', 'line 17, column 29: nothing can follow else'),
	('table a by text (r, q) ''x'': (1, 2), ''y'': 2',
	'line 17, column 37: the table "a" has 2 columns, and this row has 1'),
	('table a by text (r, r) ''x'': (1, 2)', 'line 17, column 21: the column "r" is declared twice'),
	('table a by text (r 元) ''x'': 5',
	E'line 17, column 28: an amount of money needs its unit\nHINT: Write 5元 or 5万元 instead of 5.'),
	('table a by text (r 元) ''x'': 5人', 'line 17, column 28: units do not fit: 元 and 人'),
	('table a by text (r 人) ''x'': 2023-01-01', '%"r" is a number%'),
	('table lpr by text (r) ''x'': 1', 'line 17, column 1: duplicate table "lpr"'),
	('table d by text (r) ''x'': 1', 'line 17, column 1: "d" is already a fact'),
	('define lpr = 5', 'line 17, column 1: "lpr" is already a table'),
	('clause 1 when lpr[n] > 1%', 'line 17, column 19: a key of "lpr" must be a date, but this is a number'),
	('clause 1 when size[t] > 1人',
	E'line 17, column 15: the table "size" has 2 columns\nHINT: Write size[...].staff or size[...].revenue.'),
	('clause 1 when size[t].staf > 1人',
	E'line 17, column 15: the table "size" has no column "staf"\nHINT: Perhaps you meant "staff".'),
	('clause 1 when lpr > 1%', E'line 17, column 15: "lpr" is a table\nHINT: Write lpr[...] with a key in the '
	'brackets.'),
	('clause 1 when mean_output[2023.5] > 1元',
	E'line 17, column 27: this is not a year\nHINT: A year is a whole number from 1900 to 2999.'),
	('clause 1 when plots[i].pay > 1元', '%units do not fit: 元 and 亩%'),
	('clause 1 when lpr[d] > 1元', '%units do not fit: a ratio or percentage and 元%')) v (rule, refusal)
	WHERE refusal NOT LIKE '\%%';
SELECT matches(pg_temp.refusal(pg_temp.doc(rule)), refusal, rule)
	FROM (VALUES ('table a by text (r 人) ''x'': 2023-01-01', '"r" is a number'), ('clause 1 when plots[i].pay > 1元',
	'units do not fit: 元 and 亩'),
	('clause 1 reward pay quota[y]', 'is paid in 元, not in 项'), ('clause 1 when lpr[d] > 1元',
	'units do not fit: a ratio or percentage and 元')) v (rule, refusal);

-- in Chinese, and as a name

SELECT is('{"d": "2023-07-01", "t": "工业"}'::jsonb |=
	$$政策 p 'P' 表 lpr 按日期 (rate %) 2023-06-20: 3.55% 表 人数 按文本（n 人）'工业'：1000人，否则 300人 表 年均 逐年 (v) 2023: 1 表 档 按数 (v) 0: 1
	事实 d 日期 事实 t 文本 条款 1 当 lpr[d] = 3.55% 且 人数［t］ = 1000人 且 年均[2023] = 档[5]$$::policy, true, 'Chinese keywords');
SELECT is('{"table": 3}'::jsonb |= 'table = 3'::policy, true, 'table can be a name');

-- in the other answers

SELECT is(explain('{"t": "工业", "n": 999}'::jsonb, pg_temp.doc('clause 1 when n < size[t].staff')::policy),
	E'T\n√ clause 1\n  √ n: 999, needed < size[t].staff (1000人)\n    from t ''工业''', 'explain');
SELECT is(explain('{"d": "2019-01-01", "i": 5}'::jsonb, pg_temp.doc('clause 1 when lpr[d] > 3%')::policy),
	E'T\n? clause 1\n  ? lpr[d]: unknown, needed > 3%\n    from d 2019-01-01', 'explain of a key without row');
SELECT is(pg_temp.doc('clause 1 when lpr[d] > 3% clause 2')::policy -> '1', $$policy t 'T'
fact d date null means none
table lpr '贷款市场报价利率' by date (rate %) 2023-06-20: 3.55%, 2023-08-21: 3.45%, 2024-02-20: 3.95%
clause 1 when lpr[d] > 3%$$::policy, 'a part keeps the tables that it needs');
SELECT is('{"d": "2023-07-01"}'::jsonb |= amend(pg_temp.doc('clause 1 when lpr[d] > 3%')::policy,
	'table lpr by date (rate %) 2023-06-20: 2%'), false, 'a table can be amended');
SELECT matches(pg_temp.error_of($$SELECT amend(pg_temp.doc('clause 1')::policy,
	'table lp by date (rate %) 2023-06-20: 2%')$$), 'has no table "lp".*HINT: Perhaps you meant "lpr"', 'by its name');
SELECT results_eq($$SELECT kind, code, title FROM provisions(pg_temp.doc('clause 1')::policy) WHERE kind = 'table'
	AND title IS NOT NULL$$, $$VALUES ('table', 'lpr', '贷款市场报价利率'), ('table', 'size', '划型标准')$$, 'provisions');
SELECT results_eq($$SELECT place, finding FROM lint($p$policy p 'P' table a by text (v) 'micro': 1, 'x': 2, else 3
	table b by date (v) 2023-01-01: 1 table c by number (v) 1: 1, 5: 2
	table e by year (v) 2023: 1, 2024: 2 fact s text in ('micro', 'small') fact n number between 2 and 3
	clause 1 when a[s] + c[n] + e[2023] > 1$p$::policy) WHERE kind IN ('unused', 'unreachable')$$,
	$$VALUES ('a', 'no key finds the row "''x'': 2"'), ('b', 'nothing looks up in the table'),
		('c', 'no key finds the row "5: 2"'), ('e', 'no key finds the row "2024: 2"')$$, 'lint');
SELECT is(instructions($$policy p 'P' table a by text (v) 'x': 2 fact s text clause 1 when a[s] > 1$$::policy),
	E'#0 date = as_of\n#1 text = s\n#2 number = a(#1).v\n#3 number = 1\n#4 boolean = #2 > #3\n#5 number = 0',
	'instructions');

-- rows and names

CREATE TABLE public.firms (id int PRIMARY KEY, t text, n int, d date);
INSERT INTO firms VALUES (1, '工业', 999, '2023-07-01'), (2, '工业', 1000, '2023-08-21'), (3, '农业', 299, NULL),
	(4, NULL, 299, '2019-01-01'), (5, NULL, 1000, '2024-03-01');
SELECT lives_ok($$SELECT store($p$policy test-tables 'T' table size by text (staff) '工业': 1000, else 300
	table lpr by date (r %) 2023-06-20: 3.55%, 2023-08-21: 3.45%
	fact t text fact n number fact d date null means none clause 1 reward when n < size[t] pay 1000元 * lpr[d]
	example 'a' given t = '工业', n = 999, d = 2023-08-20 expect clause 1 = 35.5元
	example 'b' given t = '工业', n = 1000, d = 2023-08-21 expect clause 1 = 0元
	example 'c' given t = 'x', n = 299, d = 2019-01-01 expect missing (lpr[2019-01-01])$p$)$$,
		'stored with its examples');
SELECT results_eq($$SELECT id, f |= 'test-tables', f |# 'test-tables' FROM firms f ORDER BY id$$,
	$$VALUES (1, true, 35.50), (2, false, 0.00), (3, true, 0.00), (4, true, NULL), (5, false, 0.00)$$, 'rows');
SELECT results_eq($$SELECT id, f |= p, f |# p FROM firms f, (SELECT stored('test-tables') OFFSET 0) s (p) ORDER BY id$$,
	$$VALUES (1, true, 35.50), (2, false, 0.00), (3, true, 0.00), (4, true, NULL), (5, false, 0.00)$$, 'and values');

CREATE TABLE public.numbers AS SELECT i::numeric AS n FROM generate_series(1, 5000) i;
CREATE INDEX ON numbers (n);
ANALYZE numbers;
CREATE TEMP TABLE plan (line text);
DO $do$ DECLARE line text; BEGIN
	FOR line IN EXPLAIN (COSTS OFF) SELECT FROM numbers f WHERE f |= $$policy p 'P' table a by year (v) 2023: 5, 2024: 7
		fact n number clause 1 when n < a[2024] + 1$$::policy LOOP
		INSERT INTO plan VALUES (line);
	END LOOP;
END $do$;
SELECT ok(EXISTS (SELECT FROM plan WHERE line LIKE '%Index Cond: (n < %'),
	'the cell of a constant key is a constant, which an index serves');

-- a thousand rows

SELECT is((SELECT count(*) FROM generate_series(0, 1999) i WHERE jsonb_build_object('t', 'k' || i, 'n', i) |= p),
	1000::bigint, 'a table of 1,000 texts')
FROM (SELECT format($p$policy p 'P' table a by text (v) %s, else 0 fact t text fact n number
	clause 1 when a[t] = n + 1$p$, string_agg(format('''k%s'': %s', i, i + 1), ', '))::policy
	FROM generate_series(0, 999) i) d (p);
SELECT is((SELECT count(*) FROM generate_series(0, 1999) i WHERE jsonb_build_object('n', i) |= p), 2000::bigint,
	'a table of 1,000 numbers')
FROM (SELECT format($p$policy p 'P' table a by number (v) %s fact n number
	clause 1 when a[n] = 2 * floor(least(n, 1999) / 2)$p$, string_agg(format('%s: %s', 2 * i, 2 * i), ', '))::policy
	FROM generate_series(0, 999) i) d (p);

ROLLBACK;
