\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(118);

-- ---------------- the statement ----------------

SELECT is(pg_temp.refusal(source), expected, 'uses: ' || expected) FROM (VALUES
	('policy a ''A'' uses b clause 1 when true', 'no error'),
	('政策 a ''A'' 引用 b，c （x = 1，y = 真） 条款 1 当 真', 'no error'),
	('policy a ''A'' uses b, policy clause 1 when true', 'no error'),
	('policy a ''A'' uses b uses c clause 1 when true', 'no error'),
	('policy a ''A'' uses b fact x number clause 1 when x > 1 '
		'example ''e'' given y = 1 expect clause 1 unknown, missing (x, y)', 'no error'),
	('policy a ''A'' uses b, b clause 1 when true', 'line 1, column 22: "b" is already used'),
	('policy a ''A'' uses b (x = 1, x = 2) clause 1 when true', 'line 1, column 29: "x" is mapped twice'),
	('policy a ''A'' uses b (x = y) clause 1 when true', 'line 1, column 26: "y" is not declared'),
	('policy a ''A'' uses b (as_of = 2025-01-01) clause 1 when true',
		E'line 1, column 22: the day judged is not mapped\n'
		'HINT: Another day is written where it is asked: satisfies code on day.')
	) texts (source, expected);

-- ---------------- texts behind ----------------

CREATE FUNCTION pg_temp.with_b(header text, b text) RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.refusal(format(E'policy a ''A'' %s clause 1 when true\npolicy b ''B'' %s', header, b))
$$;
SELECT is(pg_temp.with_b(header, b), expected, concat_ws(' | ', header, b)) FROM (VALUES
	('uses b', 'clause 1 when true', 'no error'),
	('', 'clause 1 when true',
	E'line 2, column 1: a policy is one document\n'
	'HINT: The versions of one document follow "series code"; a document that another uses is named after "uses" there.'),
	('uses b', E'clause 1 when true policy b ''B''', 'line 2, column 33: duplicate document "b"'),
	('uses a', '', E'line 1, column 19: "a" uses "a"\nHINT: A document cannot use one that uses it.'),
	('uses b', 'uses a',
		E'line 1, column 19: "a" uses "b", which uses "a"\nHINT: A document cannot use one that uses it.'),
	('uses b', 'uses c policy c ''C'' uses a',
	E'line 1, column 19: "a" uses "b", which uses "c", which uses "a"\nHINT: A document cannot use one that uses it.'),
	('uses b', 'uses c policy c ''C'' uses d, b policy d ''D''',
	E'line 1, column 19: "b" uses "c", which uses "b"\nHINT: A document cannot use one that uses it.'),
	('uses b fact x number', 'fact x number', 'no error'),
	('uses b fact x number', 'fact x text',
	E'line 1, column 19: the fact "x" has another type in "b" than in "a"\n'
	'HINT: Declare it alike, or say what it is here: uses b (x = ...).'),
	('uses b fact x number', 'fact x number 元',
	E'line 1, column 19: the fact "x" has another unit in "b" than in "a"\n'
	'HINT: Declare it alike, or say what it is here: uses b (x = ...).'),
	('uses b fact x number ''X''', 'fact x number ''Y''',
	E'line 1, column 19: the fact "x" has another label in "b" than in "a"\n'
	'HINT: Declare it alike, or say what it is here: uses b (x = ...).'),
	('uses b fact x number ''X''', 'fact x number', 'no error'),
	('uses b fact x number at least 0', 'fact x number at least 0.0', 'no error'),
	('uses b fact x number at least 0', 'fact x number at least 1',
	E'line 1, column 19: the fact "x" has another range in "b" than in "a"\n'
	'HINT: Declare it alike, or say what it is here: uses b (x = ...).'),
	('uses b fact x number at least 0', 'fact x number',
	E'line 1, column 19: the fact "x" has another range in "b" than in "a"\n'
	'HINT: Declare it alike, or say what it is here: uses b (x = ...).'),
	('uses b fact x number null means 0', 'fact x number',
	E'line 1, column 19: the fact "x" has another meaning of NULL in "b" than in "a"\n'
	'HINT: Declare it alike, or say what it is here: uses b (x = ...).'),
	('uses b fact x text in (''p'' ''P'')', 'fact x text in (''p'' ''P'')', 'no error'),
	('uses b fact x text in (''p'' ''P'')', 'fact x text in (''p'')',
	E'line 1, column 19: the fact "x" has another list of values in "b" than in "a"\n'
	'HINT: Declare it alike, or say what it is here: uses b (x = ...).'),
	('uses b fact x list (y number)', 'fact x list (y number)', 'no error'),
	('uses b fact x list (y number)', 'fact x list (y number 元)',
	E'line 1, column 19: the fact "x" has another list of fields in "b" than in "a"\n'
	'HINT: Declare it alike, or say what it is here: uses b (x = ...).'),
	('uses b fact x list of number', 'fact x list (it number)',
	E'line 1, column 19: the fact "x" has another type in "b" than in "a"\n'
	'HINT: Declare it alike, or say what it is here: uses b (x = ...).'),
	('uses b define x = 1', 'fact x number',
	E'line 1, column 19: "x" is a fact of "b", and a definition here\n'
	'HINT: Say that it is the same, or another name''s: uses b (x = x).'),
	('uses b (x = x) define x = 1', 'fact x number', 'no error'),
	('uses b clause 2 when x > 1', 'fact x number',
	E'line 1, column 35: "x" is declared only in "b"\nHINT: Declare it here also.'),
	('uses b (x = y / 10000) fact y number', 'fact x number', 'no error'),
	('uses b (x = y) fact y number 人', 'fact x number 元', 'line 1, column 26: units do not fit: 元 and 人'),
	('uses b (x = y) fact y text', 'fact x number',
		'line 1, column 26: what "x" is must be a number, but this is a text'),
	('uses b (revenu = 1) ', 'fact revenue number',
	E'line 1, column 22: "b" has no fact "revenu"\nHINT: Perhaps you meant "revenue".'),
	('uses b (x = ''P'')', 'fact x text in (''p'' ''P'')', 'no error'),
	('uses b (x = ''Q'')', 'fact x text in (''p'' ''P'')', E'line 1, column 26: "Q" is not a value of "x"'),
	('uses b (x = y) fact y text in (''p'', ''q'')', 'fact x text in (''p'' ''P'')', 'no error'),
	('uses b (x = y) fact y text in (''q'')', 'fact x text in (''p'' ''P'')',
	'line 1, column 26: "p" is a value of "x", not of "y"'),
	('uses b (x = y) fact y list (z number)', 'fact x list (z number)', 'no error'),
	('uses b (x = y) fact y list (z text)', 'fact x list (z number)',
	'line 1, column 26: the list "y" has another list of fields than "x"'),
	('uses b (x = 1)', 'fact x list (z number)',
	E'line 1, column 26: "x" is a list\nHINT: A list can only be mapped to a list, by its name.'),
	('uses b, c', E'fact x number policy c ''C'' fact x boolean',
	E'line 1, column 22: the fact "x" has another type in "c" than in "b"\n'
	'HINT: Declare it alike, or say what it is here: uses c (x = ...).')
	) texts (header, b, expected);

-- ---------------- storing ----------------

SELECT is(store($$policy c 'C' fact z number fact region text in ('永川区' '永川') clause 1 when z > 1 example 'e' given z
	= 2 expect clause 1 true$$), 'c', 'one that others use');
SELECT is(pg_temp.error_of($$SELECT store('policy b ''B'' 
  uses c, dd clause 1 when true')$$),
	E'42704: invalid zjtx.policy at line 2, column 11: there is no stored policy "dd"\n'
	'HINT: Store it before the documents that use it.', 'one that is not stored');
SELECT is(store('policy old-b ''B'''), 'old-b', 'a header alone');
SELECT is(pg_temp.error_of($$SELECT store('policy b ''B'' uses old-bb clause 1 when true')$$),
	E'42704: invalid zjtx.policy at line 1, column 19: there is no stored policy "old-bb"\n'
	'HINT: Perhaps you meant "old-b".', 'one that is not stored, with the nearest');
SELECT is(store($$policy b 'B' uses c fact z number clause 1 when z > 1
  example 'e' given z = 2, region = '永川' expect clause 1 true$$), 'b', 'one that uses it');
SELECT results_eq($$SELECT code, uses FROM policies WHERE code IN ('b', 'c') ORDER BY code$$,
	$$VALUES ('b', '{c}'::text[]), ('c', NULL)$$, 'the table says what is used');
SELECT results_eq($$SELECT (header(stored('b'))).uses$$, $$VALUES ('{c}'::text[])$$, 'and so does the header');
SELECT is(stored('b')::text, (SELECT string_agg(doc::text, E'\n' ORDER BY code) FROM policies WHERE code IN ('b', 'c')),
	'the text of a name has the used ones behind');
SELECT is((SELECT array_agg(name ORDER BY name) FROM facts(stored('b'))), '{region,z}', 'its facts are those of all');
SELECT is('{"z": 2}'::jsonb |= 'b', true, 'asked by name');
SELECT is(pg_temp.error_of(statement), expected, statement) FROM (VALUES
	($$DELETE FROM policies WHERE code = 'c'$$,
		E'2BP01: policy "c" cannot be deleted: "b" uses it\n'
		'HINT: Delete or change the documents that use it first, or in the same statement.'),
	($$UPDATE policies SET doc = 'policy cc ''C'' fact z number clause 1 when z > 1' WHERE code = 'c'$$,
		E'2BP01: policy "c" cannot be deleted: "b" uses it\n'
		'HINT: Delete or change the documents that use it first, or in the same statement.'),
	($$SELECT store('policy c ''C'' fact z number 元 clause 1 when z > 1元')$$,
		E'23514: policy "c" is not stored: "b", which uses it, could no longer be read\n'
		'DETAIL: Line 1, column 19 of "b": the fact "z" has another unit in "c" than in "b"\n'
		'HINT: Declare it alike, or say what it is here: uses c (z = ...).'),
	($$SELECT store('policy c ''C'' uses b fact z number clause 1 when z > 1')$$,
		E'22P02: invalid zjtx.policy at line 1, column 19: "c" uses "b", which uses "c"\n'
		'HINT: A document cannot use one that uses it.'),
	($$SELECT store(stored('b')::text)$$,
		E'22023: only a single document that begins with "policy" can be stored\n'
		'HINT: Store each of the documents by itself, those that others use first.'),
	($$INSERT INTO policies (doc) VALUES (stored('b'))$$,
		E'22023: only a single document that begins with "policy" can be stored\n'
		'HINT: Store each of the documents by itself, those that others use first.'),
	($$SELECT * FROM examples('policy b ''B'' uses c clause 1 when true')$$,
		E'42704: policy "b" uses "c", whose text is missing\n'
		'HINT: Store "c", and ask "b" by its name: a name brings the documents that it uses.')
	) statements (statement, expected);
SELECT lives_ok($$DELETE FROM policies WHERE code IN ('b', 'c')$$, 'both at once');
SELECT lives_ok($$INSERT INTO policies (doc) VALUES ('policy b ''B'' uses c clause 1 when true')$$,
	'rows of a dump come in any order');
SELECT is(store('policy c ''C'' clause 1 when true'), 'c', 'and the used one later');

-- ---------------- answers ----------------

SELECT is(store(doc), code, 'store ' || code) FROM (VALUES
	(1, 'size-2011', $$policy size-2011 'Sizes' in force from 2011-06-18 series size
		fact staff number 人 fact revenue number 元 '营业收入' at least 0
		clause medium '中型' when staff >= 300人 and revenue >= 2000万元
		clause small '小型' when staff >= 20人
		ladder rung s when staff >= 20人 rung m when staff >= 300人
		example 'medium' given as_of = 2012-01-01, staff = 300, revenue = 2000万元 expect clause medium true$$),
	(2, 'size-2025', $$policy size-2025 'Sizes' in force from 2025-06-18 series size
		fact staff number 人 fact revenue number 元 '营业收入' at least 0
		clause medium '中型' when staff >= 250人 and revenue >= 2500万元
		ladder rung s when staff >= 10人 rung m when staff >= 250人$$),
	(3, 'award', $$policy award 'Awards' number 'A〔2024〕1号' in force from 2024-01-01 until 2026-01-01
		fact projects list (cost number 元, done date) null means none
		fact founded_on date null means none
		define old '满一年' = founded_on + 1年 <= as_of
		clause 1 '奖励' reward when old pay sum(projects where done <= as_of : cost) * 10% cap 50万元
		clause 2 '扶持' reward when old pay undetermined
		clause 3 '加分' points when old pay 5分
		clause 4 '分期' reward stage first on founded_on pay 1万元 stage second on founded_on + 2年 when satisfies 1 on
			as_of - 1年 pay 2万元
		clause 5 '每年' subsidy per year when old pay 1万元$$),
	(4, 'bundle', $$政策 bundle '区内企业可享政策'
		引用 size (revenue = turnover * 10000元), award
		事实 turnover 数 '营业收入（万元）' 不低于 0
		事实 founded_on 日期 空 表示 无
		条款 1 '中型' 当 符合 size/medium
		条款 2 '奖得少' 当 金额之 award/1 < 10万元
		条款 3 '有档' 当 级次之 size >= 1
		条款 4 '满三年时中型' 当 符合 size/medium 于 founded_on + 3年
		条款 5 '再奖' 奖励 当 符合 award/1 且 非 符合 size/small 给予 金额之 award/1 + 1万元
		条款 6 '未定' 当 金额之 award/2 >= 1元
		条款 7 '分' 加分 给予 金额之 award/3 + 1分
		条款 8 '分期' 当 金额之 award/4 >= 3万元
		例 'before the second version' 设 as_of = 2025-06-17, staff = 300, turnover = 2000, founded_on = 2023-01-01,
			projects = [(cost = 100万元, done = 2025-01-01), (cost = 900万元, done = 2026-01-01)]
			应得 条款 1 真, 条款 2 假, 条款 3 真, 条款 4 假, 条款 5 = 0元, 条款 6 未知, 条款 7 = 6分, 条款 8 真
		例 'one fewer' 同 'before the second version' 设 staff = 299, projects = [(cost = 99万元, done = 2025-01-01)] 应得 条款
			1 假, 条款 2 真
		例 'the second version' 同 'before the second version' 设 as_of = 2025-06-18 应得 条款 1 假, 条款 5 = 11万元
		例 'large enough' 同 'the second version' 设 turnover = 2500, staff = 250 应得 条款 1 真
		例 'on the day of the second version' 同 'large enough' 设 founded_on = 2022-06-18 应得 条款 4 真
		例 'the day before' 同 'large enough' 设 founded_on = 2022-06-17 应得 条款 4 假
		例 'no such day' 同 'large enough' 设 founded_on = 无 应得 条款 4 假, 条款 2 真
		例 'the last day of the award' 同 'large enough' 设 as_of = 2025-12-31 应得 条款 5 = 11万元, 条款 7 = 6分
		例 'out of force' 同 'large enough' 设 as_of = 2026-01-01 应得 条款 2 真, 条款 5 = 0元, 条款 6 假, 条款 7 = 1分, 条款 8 假
		例 'no version yet' 同 'large enough' 设 as_of = 2011-06-17 应得 条款 1 假, 条款 3 假
		例 'the first day' 同 'large enough' 设 as_of = 2011-06-18, staff = 300 应得 条款 1 真, 条款 3 真
		例 'no day' 同 'large enough' 设 as_of = 未知, projects = 无 应得 条款 1 未知, 条款 3 未知, 条款 2 真
		例 'no turnover' 同 'large enough' 设 turnover = 未知 应得 条款 1 未知, 缺少 (turnover)$$)) documents (number, code, doc)
		ORDER BY number;
SELECT is((SELECT count(*) FROM examples(stored('bundle')) WHERE holds), 33::bigint,
	'examples of the document that uses others');

CREATE TEMP TABLE firms (id int PRIMARY KEY, staff int, turnover numeric, founded_on date, projects jsonb, as_of date);
INSERT INTO firms VALUES (1, 300, 2000, '2023-01-01', '[{"cost": 1000000, "done": "2025-01-01"}]', '2025-06-17'),
	(2, 300, 2000, '2023-01-01', '[{"cost": 1000000, "done": "2025-01-01"}]', '2025-06-18'),
	(3, NULL, 2500, NULL, NULL, '2025-06-18'),
	(4, 250, 2500, '2022-06-18', '[]', '2026-01-01'), (5, NULL, NULL, NULL, NULL, NULL);
SELECT results_eq($$SELECT id, f |= 'bundle/1', f |# 'bundle', f |! 'bundle/1' FROM firms f ORDER BY id$$,
	$$VALUES (1, true, 0.00, '{}'::text[]), (2, false, 110000.00, '{}'), (3, NULL, 0.00, '{staff}'), (4, true, 0.00,
		'{}'), (5, NULL, 0.00, '{as_of,turnover,staff}')$$, 'rows');
SELECT results_eq($$SELECT id, to_jsonb(f) |= 'bundle/1', to_jsonb(f) |# 'bundle', to_jsonb(f) |! 'bundle/1' FROM
	firms f ORDER BY id$$,
	$$SELECT id, f |= 'bundle/1', f |# 'bundle', f |! 'bundle/1' FROM firms f ORDER BY id$$, 'jsonb');
SELECT results_eq($$SELECT id, f |= stored('bundle'), f |# stored('bundle'), (judge(f, stored('bundle')))::text,
	amount_range(f, stored('bundle'))::text FROM firms f ORDER BY id$$,
	$$SELECT id, f |= 'bundle', f |# 'bundle', (judge(f, 'bundle'))::text, amount_range(f, 'bundle')::text FROM firms
		f ORDER BY id$$, 'values');
SELECT results_eq($$SELECT id, l.* FROM firms f, assess(f, 'bundle') l ORDER BY 1, 3$$,
	$$SELECT id, l.* FROM firms f, lines(judge(f, 'bundle')) j, assess(f, 'bundle') l WHERE l.clause = j.clause AND
		l.stage IS NOT DISTINCT FROM j.stage ORDER BY 1, 3$$, 'judge');
SELECT is(f |# 'bundle/5', f |# 'bundle', 'a part pays the same: ' || id) FROM firms f;
SELECT is((SELECT count(*) FROM assess((SELECT f FROM firms f WHERE id = 2)) WHERE policy = 'bundle'), 8::bigint,
	'among all documents in force');

-- a fact of the used document is one year's value of a fact by year here, of the year before the day judged there
SELECT is(store($$policy by-year 'By year' uses size (revenue = revenue[last_year])
	fact revenue number 元 by year '营业收入' at least 0
	fact founded_on date
	clause 1 'last year' when satisfies size/medium
	clause 2 'the year before the third anniversary' when satisfies size/medium on founded_on + 3年
	example 'last year' given as_of = 2025-07-01, founded_on = 2019-07-01, staff = 300, revenue[2024] = 2500万元,
		revenue[2021] = 1999万元
		expect clause 1 true, clause 2 false
	example 'the other year' like 'last year' given revenue[2024] = 2499万元, revenue[2021] = 2000万元 expect clause 1
		false, clause 2 true
	example 'not there' like 'last year' given revenue[2024] = unknown expect clause 1 unknown, missing
		(revenue[2024])$$),
	'by-year', 'mapped by year');
SELECT is('{"as_of": "2025-07-01", "staff": 300, "营业收入": {"2024": 25000000}}'::jsonb |= 'by-year/1', true, 'and asked');

-- ---------------- amendments ----------------

SELECT is(to_jsonb(f) |= (amend(stored('bundle'), amendment) -> '1'), expected, amendment) FROM firms f, (VALUES
	($$policy size-2025 'Sizes' clause medium when staff >= 300人$$, true),
	($$policy size-2025 'Sizes' clause medium when staff >= 301人$$, false),
	($$policy size-2025 'Sizes' in force from 2025-06-19 series size$$, true),
	($$条款 1 当 真 政策 size-2025 'Sizes' 条款 medium 当 假$$, true)) amendments (amendment, expected) WHERE id = 2;
SELECT is(pg_temp.error_of(format('SELECT amend(stored(''bundle''), %L)', amendment)), expected, amendment) FROM (VALUES
	($$policy size-2025 'Sizes' clause large when true$$,
	E'42704: policy "size-2025" has no clause "large"\nDETAIL: It is at line 1, column 26 of the amendment.\n'
	'HINT: An amendment replaces existing statements and adds none.'),
	($$policy size-2025 'Sizes' fact staff number$$,
	E'22P02: the amendment does not fit policy "bundle": the fact "staff" has another unit in "size-2025" '
	'than in "size-2011"\n'
	'DETAIL: The error is in its policy, at line 2, column 6 of its text.\n'
	'HINT: Declare it alike, or say what it is here: uses size (staff = ...).')) amendments (amendment, expected);

-- ---------------- the warehouse ----------------

SET LOCAL client_min_messages = warning;
SELECT is(store($$policy base-1 'Base' in force from 2020-01-01 series base fact n number clause 1 reward when n >= 10
	pay 100元$$), 'base-1', 'a base');
SELECT is(store($$policy top-1 'Top' uses base (n = m) fact m number clause 1 reward when satisfies base/1 pay amount
	of base/1 * 2$$), 'top-1', 'and what uses it');
CREATE TABLE shops (id int PRIMARY KEY, m numeric);
INSERT INTO shops SELECT i, i FROM generate_series(1, 20) i;
CREATE TRIGGER judge AFTER INSERT OR UPDATE OR DELETE
	ON shops FOR EACH ROW EXECUTE FUNCTION watch('shops', 'id', 'top-1');
CALL sweep('shops', 'id', '{top-1}');
SELECT results_eq($$SELECT count(*), sum(owed) FROM owed WHERE policy = 'top-1'$$, $$VALUES (11::bigint, 2200.00)$$,
	'what is owed');
SELECT isnt(publish('shops', 'top-1', 'shops_asked'), NULL, 'published');
PREPARE count AS SELECT count(*) FROM shops s WHERE s |= 'top-1';
SELECT results_eq('EXECUTE count', $$VALUES (11::bigint)$$, 'a prepared statement');
SELECT is(store($$policy base-1 'Base' in force from 2020-01-01 series base fact n number clause 1 reward when n >= 15
	pay 100元$$), 'base-1', 'the base changes');
SELECT results_eq('EXECUTE count', $$VALUES (6::bigint)$$, 'a prepared statement follows');
SELECT results_eq($$SELECT count(*) FROM shops_asked WHERE total_amount > 0$$, $$VALUES (6::bigint)$$,
	'and a published view');
UPDATE shops SET m = 14 WHERE id = 20;
SELECT results_eq($$SELECT sum(owed) FROM owed WHERE policy = 'top-1'$$, $$VALUES (2000.00)$$,
	'the trigger judges by the new base');
CALL sweep('shops', 'id', '{top-1}');
SELECT results_eq($$SELECT sum(owed) FROM owed WHERE policy = 'top-1'$$, $$VALUES (1000.00)$$, 'and so does the sweep');
SELECT results_eq($$SELECT amount FROM unnest((SELECT tally(judge(s, 'top-1')) FROM shops s))$$, $$VALUES (1000.00)$$,
	'and the tally');

-- ---------------- groups ----------------

SELECT is(store($$policy district-1 'District' in force from 2020-01-01 fact n number clause 1 '区奖' reward when n >=
	10 pay 100元
	clause 2 when n > 1 clause 3 subsidy per year when n > 1 pay 5元$$), 'district-1', 'a district');
SELECT is(store($$policy city-1 'City' uses district-1 fact n number clause 1 '市奖' reward when n >= 15 pay 150元
	group top '就高' best of 1, district-1/1
	example 'only the district' given as_of = 2025-01-01, n = 14 expect amount = 100元, clause 1 = 0元
	example 'the higher one' given as_of = 2025-01-01, n = 15 expect amount = 150元
	example 'neither' given as_of = 2025-01-01, n = 9 expect amount = 0元
	example 'out of force' given as_of = 2019-12-31, n = 14 expect amount = 0元$$), 'city-1',
	'a group with a member of a used document');
SELECT results_eq($$SELECT line, title, amount, in_total, superseded_by FROM
	assess('{"as_of": "2025-01-01", "n": 16}'::jsonb, 'city-1')$$,
	$$VALUES ('1', '市奖', 150.00, false, NULL), ('district-1/1', '区奖', 100.00, false, '1'), ('top', '就高', 150.00, true,
		NULL)$$, 'its line');
SELECT is('{"as_of": "2025-01-01", "n": 16}'::jsonb |# ('city-1/' || part), amount, 'the part ' || part) FROM (VALUES
	('district-1/1', 100.00), ('top', 150.00), ('1', 150.00)) parts (part, amount);
SELECT is((SELECT array_agg(code) FROM provisions(stored('city-1'))), '{city-1,1,top}', 'its own provisions');
SELECT
	is(pg_temp.refusal(format('policy a ''A'' uses b clause 1 reward pay 1元 group top best of 1, b/%s policy b ''B'' '
		'clause 1 reward pay 1元 clause 2 when true clause 3 reward per year pay 1元', code)),
	expected, code) FROM (VALUES ('1', 'no error'), ('2', 'line 1, column 65: clause "b/2" is not a reward or subsidy'),
	('3',
		E'line 1, column 65: "1" is not per year, and "b/3" is\nHINT: The members of a group are all per year, or none is.'),
	('4', 'line 1, column 65: "b" has no clause, rung, group or selection "4"')) codes (code, expected);

SELECT is(e |# doc::policy, expected, expected || ' of ' || doc) FROM (VALUES
	('{"n": 12, "as_of": "2025-01-01"}'::jsonb,
	$$policy a 'A' uses b clause 1 reward when satisfies b/g pay amount of b/g * 2
		policy b 'B' fact n number clause 1 reward when n > 10 pay 5元 clause 2 reward when n > 11 pay 7元
		group g 'G' best of 1, 2$$, 14.00),
	('{"n": 11, "as_of": "2025-01-01"}', $$policy a 'A' uses b clause 1 reward when satisfies b/g pay amount of b/g * 2
		policy b 'B' fact n number clause 1 reward when n > 10 pay 5元 clause 2 reward when n > 11 pay 7元
		group g 'G' best of 1, 2$$, 10.00),
	('{"n": 11, "as_of": "2025-01-01", "paid of b/1": 18, "paid of 1": 1}',
	$$policy a 'A' uses b clause 1 reward per year when satisfies b/1 pay amount of b/1 cap 4元 in all
		policy b 'B' fact n number clause 1 reward per year when n > 10 pay 5元 cap 20元 in all$$, 2.00),
	('{"n": 11, "as_of": "2025-01-01", "paid of b/1": 10, "paid of 1": 1}',
	$$policy a 'A' uses b clause 1 reward per year when satisfies b/1 pay amount of b/1 cap 4元 in all
		policy b 'B' fact n number clause 1 reward per year when n > 10 pay 5元 cap 20元 in all$$, 3.00)) amounts (e, doc,
		expected);

-- ---------------- explain ----------------

SELECT is(explain(f, 'bundle/1'), $$区内企业可享政策，判断日 2025-06-18
× 条款“中型”
  × 符合 size/medium
    × 营业收入（revenue）：2000万元，要求不低于2500万元
      = 营业收入（万元） * 10000元，取自 营业收入（万元）（turnover）2000
    √ 另有1项条件成立$$, 'explain in Chinese') FROM firms f WHERE id = 2;
SELECT is(explain(f, 'bundle/5'), $$区内企业可享政策，判断日 2026-01-01
× 条款“再奖”：奖励
  × 符合 award/1
    2026-01-01，award 未施行
  √ 另有1项条件成立$$, 'explain a document out of force') FROM firms f WHERE id = 4;
SELECT is(explain(f, 'bundle/1'), $$区内企业可享政策，判断日 未知
? 条款“中型”
  ? 符合 size/medium
    判断日未知：系列 size 可能有施行的版本，也可能没有$$, 'explain without a day') FROM firms f WHERE id = 5;
SELECT results_eq($$SELECT g.condition, g.fact, g.set_to::text, g.suffices FROM firms f, gap(f, 'bundle', '1') g WHERE
	id = 2$$,
	$$VALUES ('营业收入 >= 2500万元', 'turnover', '2500', true)$$, 'gap goes through what is mapped');

SELECT * FROM finish();
ROLLBACK;
