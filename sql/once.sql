\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(52);

-- A stage over a list that counts elements of the same day once.

CREATE FUNCTION pg_temp.doc() RETURNS policy IMMUTABLE LANGUAGE sql AS $f$ SELECT $$policy once 't'
fact reviews list (passed_on date '通过日' null means none, growth number %, sum number 元) '复核' null means none
fact titled boolean
clause fixed reward stage review each reviews once on passed_on when growth > 10% pay 5万元
clause own reward stage review each reviews once on passed_on when growth > 10% pay sum
clause capped reward cap 6万元 when titled stage first on 2024-01-01 pay 1万元 stage review each reviews once on passed_on
	when growth > 10% pay sum
clause every reward stage review each reviews on passed_on when growth > 10% pay sum
example 'twice on one day' given as_of = 2025-01-01, reviews = [(passed_on = 2024-01-01, growth = 20%, sum = 3万元),
	(passed_on = 2024-01-01, growth = 20%, sum = 3万元)]
  expect clause own = 3万元, clause own stage review = 3万元, clause every = 6万元
example 'two that differ' given as_of = 2025-01-01, reviews = [(passed_on = 2024-01-01, growth = 20%, sum = 3万元),
	(passed_on = 2024-01-01, growth = 20%, sum = 4万元)]
  expect clause own between 3万元 and 4万元, clause fixed = 5万元, clause own true, missing (reviews, titled)
$$::policy $f$;
CREATE TYPE pg_temp.review AS (passed_on date, growth numeric, sum numeric);
CREATE TEMP TABLE cases (description text, as_of date, reviews pg_temp.review[], fixed text, own text, missing text[]);
INSERT INTO cases (description, as_of, reviews, fixed, own, missing)
SELECT description, '2025-01-01', (SELECT coalesce(array_agg(ROW(e ->> 0, e ->> 1, e ->> 2)::pg_temp.review), '{}')
	FROM jsonb_array_elements(reviews::jsonb) e), fixed, own, missing::text[] FROM (VALUES
	('none', '[]', '(0.00,0.00)', '(0.00,0.00)', '{}'),
	('one', '[["2024-01-01", 0.2, 30000]]', '(50000.00,50000.00)', '(30000.00,30000.00)', '{}'),
	('one of exactly 10%', '[["2024-01-01", 0.1, 30000]]', '(0.00,0.00)', '(0.00,0.00)', '{}'),
	('two days', '[["2024-01-01", 0.2, 30000], ["2024-01-02", 0.2, 30000]]', '(100000.00,100000.00)',
	'(60000.00,60000.00)', '{}'),
	('one day twice', '[["2024-01-01", 0.2, 30000], ["2024-01-01", 0.2, 30000]]', '(50000.00,50000.00)',
	'(30000.00,30000.00)', '{}'),
	('one day, two sums', '[["2024-01-01", 0.2, 30000], ["2024-01-01", 0.3, 40000]]', '(50000.00,50000.00)',
	'(30000.00,40000.00)', '{reviews}'),
	('one day, three sums', '[["2024-01-01", 0.2, 30000], ["2024-01-01", 0.3, 20000], ["2024-01-01", 0.3, 40000]]',
	'(50000.00,50000.00)', '(20000.00,40000.00)', '{reviews}'),
	('one day, one of which does not count', '[["2024-01-01", 0.2, 30000], ["2024-01-01", 0.1, 40000]]',
	'(50000.00,50000.00)', '(30000.00,30000.00)', '{}'),
	('the same in the other order', '[["2024-01-01", 0.1, 40000], ["2024-01-01", 0.2, 30000]]', '(50000.00,50000.00)',
	'(30000.00,30000.00)', '{}'),
	('one day, one of which may not count', '[["2024-01-01", 0.2, 30000], ["2024-01-01", null, 30000]]',
	'(50000.00,50000.00)', '(30000.00,30000.00)', '{}'),
	('one day, one of which may not count and pays less', '[["2024-01-01", 0.2, 30000], ["2024-01-01", null, 20000]]',
	'(50000.00,50000.00)', '(20000.00,30000.00)', '{reviews}'),
	('one day, one of which may not count and pays more', '[["2024-01-01", 0.2, 30000], ["2024-01-01", null, 40000]]',
	'(50000.00,50000.00)', '(30000.00,40000.00)', '{reviews}'),
	('one day, both of which may not count', '[["2024-01-01", null, 30000], ["2024-01-01", null, 40000]]',
	'(0.00,50000.00)', '(0.00,40000.00)', '{reviews}'),
	('one day, one sum unknown', '[["2024-01-01", 0.2, 30000], ["2024-01-01", 0.2, null]]', '(50000.00,50000.00)',
	'(0.00,)', '{reviews}'),
	('none passed', '[[null, 0.2, 30000], [null, 0.2, 30000]]', '(0.00,0.00)', '(0.00,0.00)', '{}'),
	('the day judged', '[["2025-01-01", 0.2, 30000], ["2025-01-01", 0.2, 30000]]', '(50000.00,50000.00)',
	'(30000.00,30000.00)', '{}'),
	('the day after', '[["2025-01-02", 0.2, 30000], ["2025-01-02", 0.2, 40000]]', '(0.00,0.00)', '(0.00,0.00)', '{}'),
	('twenty days', (SELECT jsonb_agg(jsonb_build_array('2024-01-01'::date + i, 0.2, 30000))::text
	FROM generate_series(1, 20) i), '(1000000.00,1000000.00)', '(600000.00,600000.00)', '{}'),
	('twenty days twice', (SELECT jsonb_agg(jsonb_build_array('2024-01-01'::date + i % 20, 0.2, 30000))::text
	FROM generate_series(1, 40) i), '(1000000.00,1000000.00)', '(600000.00,600000.00)', '{}')) x (description, reviews,
	fixed, own, missing);
SELECT is(ARRAY[amount_range(c, pg_temp.doc() -> 'fixed')::text, amount_range(c, pg_temp.doc() -> 'own')::text,
	(c |! (pg_temp.doc() -> 'own'))::text], ARRAY[fixed, own, missing::text], description) FROM cases c;
SELECT is(ARRAY[amount_range(to_jsonb(c), pg_temp.doc() -> 'fixed')::text, amount_range(to_jsonb(c),
	pg_temp.doc() -> 'own')::text, (to_jsonb(c) |! (pg_temp.doc() -> 'own'))::text], ARRAY[fixed, own, missing::text],
	'as jsonb: ' || description) FROM cases c;
SELECT is(array(SELECT c |# (pg_temp.doc() -> 'own') FROM cases c ORDER BY description),
	array(SELECT CASE WHEN own !~ ',\)' AND split_part(trim('()' FROM own), ',', 1) = split_part(trim('()' FROM own),
	',', 2) THEN split_part(trim('()' FROM own), ',', 1)::numeric END FROM cases ORDER BY description), 'amount');
SELECT is((SELECT array_agg(holds) FROM examples(pg_temp.doc())), array_fill(true, ARRAY[7]), 'the examples');

-- An unknown day: the lower bound assumes that it equals another day, the upper bound that it does not.
SELECT is(amount_range(e, pg_temp.doc() -> part)::text, owed, description) FROM (VALUES
	('own', '[{"passed_on": "2024-01-01", "growth": 0.2, "sum": 30000}, {"growth": 0.2, "sum": 40000}]',
	'(30000.00,70000.00)', 'a day that may not have come'),
	('fixed', '[{"growth": 0.2}, {"growth": 0.2}]', '(0.00,100000.00)', 'two of them'),
	('fixed', '[{"growth": 0.1}, {"growth": 0.2}]', '(0.00,50000.00)', 'one of which does not count')) x (part, reviews,
	owed, description),
	LATERAL (SELECT jsonb_build_object('as_of', '2025-01-01', 'reviews', reviews::jsonb)) y (e);
CREATE FUNCTION pg_temp.ranged() RETURNS policy IMMUTABLE LANGUAGE sql
	AS $f$ SELECT $$policy r 't' fact xs list (d date between 2024-01-01 and 2024-12-31, pay number 元)
clause 1 reward stage s each xs once on d pay pay$$::policy $f$;
SELECT is(amount_range(jsonb_build_object('as_of', '2025-01-01', 'xs', xs::jsonb), pg_temp.ranged())::text, owed,
	description) FROM (VALUES
	('[{"d": "2024-01-01", "pay": 3}, {"pay": 4}]', '(3.00,7.00)', 'an unknown day that has come'),
	('[{"d": "2024-01-01", "pay": 4}, {"pay": 3}]', '(3.00,7.00)', 'one that pays less'),
	('[{"d": "2024-01-01", "pay": 4}, {"d": "2024-02-01", "pay": 5}, {"pay": 3}]', '(6.00,12.00)', 'beside two days'),
	('[{"pay": 4}, {"pay": 3}]', '(3.00,7.00)', 'two unknown days')) x (xs, owed, description);

-- explain names the element with the same day.
SELECT is(array(SELECT trim(line) FROM unnest(string_to_array(explain(c, pg_temp.doc() -> 'own'), E'\n')) line
	WHERE line ~ '[0-9]: 通过日|[0-9]: passed_on'),
	'{"√ 1: passed_on 2024-01-01, growth 20%, sum 3万元: 2024-01-01, 3万元","√ 2: passed_on 2024-01-01, growth 30%, '
	'sum 4万元: 2024-01-01, 4万元, of the same day as 1: one counts"}', 'explain') FROM cases c
	WHERE description = 'one day, two sums';
SELECT matches(explain(c, pg_temp.doc() -> 'own'), 'stage review: between 3万元 and 4万元', 'and what both come to')
	FROM cases c WHERE description = 'one day, two sums';

-- The word can be a name elsewhere, also next to each.
SELECT is('{"once": 2}'::jsonb |= 'once > 1'::policy, true, 'a fact may be called once');
SELECT is(pg_temp.refusal($$policy p 't' fact d date clause 1 reward stage s once on d pay 1元$$),
	E'line 1, column 50: unexpected "once"\nDETAIL: Expected text in quotes, each, on.', 'once without a list');
SELECT is(jsonb_build_object('as_of', '2025-01-01', '次', '[{"日": "2024-01-01"}, {"日": "2024-01-01"}]'::jsonb) |#
	'政策 p ''t'' 事实 次 列表 (日 日期) 条款 1 奖励 阶段 s 逐项 次 同日一次 于 日 给予 1元'::policy, 1.00, 'in Chinese');

SELECT * FROM finish();
ROLLBACK;
