\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(59);

-- p -> 'code' is the policy reduced to what one clause or rung needs, in its original words.

CREATE TEMP TABLE p AS SELECT $$-- 前言
policy parts-2024 '示例' number 'N〔2024〕1号' -- 文号
  in force from 2024-01-01 note R1 'of the document'
fact revenue number 元 '收入' at least 0
fact revenue_prev number 元 '前一年收入' at least 0
fact staff number 人 '人数'
fact titled boolean '称号' null means none -- 称号
fact listed_on date '上市日' null means none
fact leases list (area number 平方米, signed date) '租赁' null means none
define growth '增速' = revenue / revenue_prev - 1
  note 'of a definition'
define 快 = growth > 20%
define unused = staff > 1人
score size '规模' = band(revenue : >= 1亿元 then 20分, else 5分)
clause 1 '成长' when 快 and titled note R2 'of clause 1'
clause 2-rent '租金' subsidy per year
  article '二' -- 第二条
  when titled pay sum(leases : 5元 * area) cap 100元
clause 3 reward cap 30元
  stage listed on listed_on when titled pay 10元
  stage leased each leases on signed pay 20元 note 'of a stage'
clause 4 points pay size should staff > 5人
ladder '阶梯' 
rung low '低' when revenue > 1元
rung middle '中' level 4 when 快
rung high '高' when size >= 20分 should staff > 100人
target 1 'x' 家 flow 2024: 1 count where staff > 5人
service 9 's'
example 'e' given revenue = 5元 expect rung low true$$::policy AS doc;

SELECT is((doc -> '1')::text, $$policy parts-2024 '示例' number 'N〔2024〕1号' -- 文号
  in force from 2024-01-01 note R1 'of the document'
fact revenue number 元 '收入' at least 0
fact revenue_prev number 元 '前一年收入' at least 0
fact titled boolean '称号' null means none
define growth '增速' = revenue / revenue_prev - 1
  note 'of a definition'
define 快 = growth > 20%
clause 1 '成长' when 快 and titled note R2 'of clause 1'$$, 'a clause with the facts and definitions that it needs')
	FROM p;
SELECT is((doc -> '2-rent')::text, $$policy parts-2024 '示例' number 'N〔2024〕1号' -- 文号
  in force from 2024-01-01 note R1 'of the document'
fact titled boolean '称号' null means none
fact leases list (area number 平方米, signed date) '租赁' null means none
clause 2-rent '租金' subsidy per year
  article '二' -- 第二条
  when titled pay sum(leases : 5元 * area) cap 100元$$, 'a clause that pays') FROM p;
SELECT is((doc -> '3')::text, $$policy parts-2024 '示例' number 'N〔2024〕1号' -- 文号
  in force from 2024-01-01 note R1 'of the document'
fact titled boolean '称号' null means none
fact listed_on date '上市日' null means none
fact leases list (area number 平方米, signed date) '租赁' null means none
clause 3 reward cap 30元
  stage listed on listed_on when titled pay 10元
  stage leased each leases on signed pay 20元 note 'of a stage'$$, 'a clause with its stages and their notes') FROM p;
SELECT is((doc -> 'high')::text, $$policy parts-2024 '示例' number 'N〔2024〕1号' -- 文号
  in force from 2024-01-01 note R1 'of the document'
fact revenue number 元 '收入' at least 0
fact staff number 人 '人数'
score size '规模' = band(revenue : >= 1亿元 then 20分, else 5分)
ladder '阶梯'
rung high '高' level 5 when size >= 20分 should staff > 100人$$, 'a rung with its ladder; its level is said') FROM p;
SELECT is((doc -> 'middle')::text ~ E'\nladder ''阶梯''\nrung middle ''中'' level 4 when 快$', true,
	'a level that was said stays') FROM p;
SELECT is(part(doc, '1')::text, (doc -> '1')::text, 'the function in the operator''s place') FROM p;
SELECT is(((doc -> code) -> code)::text, (doc -> code)::text, 'the part of a part is the part: ' || code)
	FROM p, unnest('{1,2-rent,3,4,low,middle,high}'::text[]) code;
SELECT is(pg_temp.refusal((doc -> code)::text), 'no error', 'what is printed reads again: ' || code)
	FROM p, unnest('{1,2-rent,3,4,low,middle,high}'::text[]) code;
SELECT is((as_of(doc, '2025-06-30') -> '3')::text, (as_of(doc -> '3', '2025-06-30'))::text,
	'the day that the policy is bound to stays') FROM p;

-- A part gives the same answers as the whole.

CREATE TEMP TABLE e (as_of date, revenue numeric, revenue_prev numeric, staff int, titled boolean, listed_on date,
	leases jsonb);
INSERT INTO e SELECT '2025-06-30', r, p, s, t, l, j::jsonb FROM (VALUES (0), (1), (1.1e8), (NULL)) r (r),
	(VALUES (1e8), (0)) p (p), (VALUES (3),
	(200)) s (s), (VALUES (true), (false)) t (t), (VALUES ('2025-01-01'::date), (NULL)) l (l),
	(VALUES (NULL), ('[{"area": 7, "signed": "2025-01-01"}, {"area": 20, "signed": "2026-01-01"}]'), ('[{"area": 4}]'))
	j (j);
SELECT is((SELECT count(*) FROM e, p WHERE (e |= doc) IS DISTINCT FROM (e |= (doc -> '1') OR e |= (doc -> '2-rent')
	OR e |= (doc -> '3')
	OR e |= (doc -> '4') OR e |= (doc -> 'low') OR e |= (doc -> 'middle') OR e |= (doc -> 'high'))),
	0::bigint, 'the document is satisfied where a part is');
SELECT is((SELECT count(*) FROM e, p WHERE (e |# doc) IS DISTINCT FROM (e |# (doc -> '2-rent')) + (e |# (doc -> '3'))),
	0::bigint,
	'it owes what its rewards and subsidies owe');
SELECT is((SELECT count(*) FROM e, p WHERE ((e |^ doc)::text) IS DISTINCT FROM coalesce(CASE
	WHEN e |= (doc -> 'high') THEN (e |^ (doc -> 'high'))::text WHEN e |= (doc -> 'middle')
	THEN (e |^ (doc -> 'middle'))::text
	WHEN e |= (doc -> 'low') THEN (e |^ (doc -> 'low'))::text END,
	CASE WHEN NOT e |= (doc -> 'high') AND NOT e |= (doc -> 'middle') AND NOT e |= (doc -> 'low') THEN '(0,none,未入梯度)'
	END)), 0::bigint,
	'a row stands on the highest rung that is proved');
SELECT is((SELECT count(*) FROM e, p WHERE (SELECT array_agg(DISTINCT m ORDER BY m) FROM unnest(e |! doc) m) IS DISTINCT
	FROM (SELECT array_agg(DISTINCT m ORDER BY m) FROM unnest(
	(e |! (doc -> '1')) || (e |! (doc -> '2-rent')) || (e |! (doc -> '3')) || (e |! (doc -> '4')) || CASE
	WHEN (e |= (doc -> 'high')) IS NOT TRUE THEN (e |! (doc -> 'high')) || CASE WHEN (e |= (doc -> 'middle')) IS NOT
	TRUE
	THEN (e |! (doc -> 'middle')) || (e |! (doc -> 'low')) ELSE '{}' END ELSE '{}' END) m)), 0::bigint,
	'it misses what its parts miss');
SELECT is((e |^ (doc -> 'high'))::text, '(5,high,高)', 'a rung alone has the level that it has on its ladder') FROM p,
	(SELECT 2e8 AS revenue) e;
SELECT is((e |^ (doc -> 'high'))::text, '(0,none,未入梯度)', 'or none') FROM p, (SELECT 2 AS revenue) e;

-- Unknown codes.

SELECT is(pg_temp.error_of(format('SELECT doc -> %L FROM pg_temp.p', code)), message, 'no part ' || code) FROM (VALUES
	('2-rnet', E'42704: policy "parts-2024" has no clause, rung or definition "2-rnet"\nHINT: Perhaps you meant '
	'"2-rent".'),
	('hihg', E'42704: policy "parts-2024" has no clause, rung or definition "hihg"\nHINT: Perhaps you meant "high".'),
	('grwoth', E'42704: policy "parts-2024" has no clause, rung or definition "grwoth"\nHINT: Perhaps you meant '
	'"growth".'),
	('', '42704: policy "parts-2024" has no clause, rung or definition ""'),
	('Low', E'42704: policy "parts-2024" has no clause, rung or definition "Low"\nHINT: Perhaps you meant "low".'),
	('9', '42704: policy "parts-2024" has no clause, rung or definition "9"')) codes (code, message);
SELECT is(pg_temp.error_of($$SELECT 'a > 1'::policy -> '1'$$),
	'42704: policy "a > 1" has no clause, rung or definition "1"',
	'a rule has no parts');
SELECT is((doc -> NULL) IS NULL AND (NULL::policy -> '1') IS NULL, true, 'no code, no part') FROM p;

-- Article numbers that identify one clause or rung.
CREATE TEMP TABLE articles AS SELECT $$policy articles 't' fact x number
clause 1 when x > 1
clause 2-a when x > 2
clause 3a when x > 3
clause 3b when x > 4
clause 51 when x > 5
clause rent article '7' when x > 6
clause 8 article '8' when x > 8
clause 8-more article '8' when x > 9
clause 十 article '二十一' when x > 10
ladder rung r article '十二' when x > 11 rung 9-r when x > 12$$::policy AS doc;
SELECT is((SELECT string_agg(code, ' ') FROM provisions(doc -> name) WHERE kind <> 'policy'), code,
	name || ' is ' || code) FROM articles, (VALUES
	('1', '1'), ('第1条', '1'), ('第一条', '1'), ('2', '2-a'), ('第2条', '2-a'), ('51', '51'), ('第五十一条', '51'), ('7', 'rent'),
	('第七条', 'rent'), ('8', '8'),
	('第21条', '十'), ('二十一', '十'), ('第十二条', 'r'), ('第12条', 'r'), ('9', '9-r')) names (name, code);
SELECT is(pg_temp.error_of(format('SELECT doc -> %L FROM articles', name)), message, name) FROM (VALUES
	('3', E'42P08: policy "articles" has 2 clauses and rungs that "3" may mean\nHINT: Name one of them: 3a, 3b.'),
	('第三条', E'42P08: policy "articles" has 2 clauses and rungs that "第三条" may mean\nHINT: Name one of them: 3a, 3b.'),
	('第8条', E'42P08: policy "articles" has 2 clauses and rungs that "第8条" may mean\nHINT: Name one of them: 8, '
	'8-more.'),
	('5', '42704: policy "articles" has no clause, rung or definition "5"'),
	('第条', '42704: policy "articles" has no clause, rung or definition "第条"')) names (name, message);
SELECT is(pg_temp.error_of($$SELECT '{}'::jsonb |= 'yubei-2024-34/第5条'$$),
	E'42P08: policy "yubei-2024-34" has 2 clauses and rungs that "第5条" may mean\nHINT: Name one of them: '
	'5-specialized, 5-giant.', 'a stored name');
SELECT is(('{}'::jsonb |! 'yubei-2024-34/第3条'), ('{}'::jsonb |! 'yubei-2024-34/3'),
	'a stored name that means one clause');
SELECT is((SELECT count(*)::int FROM pg_temp.articles, gap('{"x": 1}'::jsonb, doc, '第2条')), 1, 'the goal of gap');
SELECT is((SELECT x |= 'yubei-2024-34/第3条' FROM (SELECT '渝北区' AS region) x), (SELECT x |= 'yubei-2024-34/3'
	FROM (SELECT '渝北区' AS region) x), 'of a row, which the planner reads');

SELECT * FROM finish();
ROLLBACK;
