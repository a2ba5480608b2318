\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(20);

-- The effect of amendments on answers. The figures were computed by hand.

SET zjtx.as_of = '2025-06-30';

-- 渝北 3: 5元 for each 平方米 and month, at most 50万元. Ten months; all have a title, are from 渝北 and grew by 30%.
CREATE TYPE pg_temp.lease AS (owner text, area numeric, rent numeric, months int);
CREATE TEMP TABLE firm AS
SELECT name, '渝北区'::text AS region, 1300 AS main_revenue, 1000 AS main_revenue_prev,
	date '2024-07-01' AS specialized_on, date '2027-06-30' AS specialized_until,
	NULL::date AS little_giant_on, NULL::date AS little_giant_until,
	ARRAY[('state', area, 21, 10)]::pg_temp.lease[] AS leases
FROM (VALUES ('below', 8000), ('at the old cap', 10000), ('between', 11000), ('at the new cap', 12000),
	('a 分 above', 12000.0002), ('far above', 40000)) v (name, area);

SELECT results_eq($$SELECT name, e |# 'yubei-2024-34/3', e |# amend('yubei-2024-34/3', 'define rent_cap = 60万元')
	FROM firm e$$,
	$$VALUES ('below', 400000.00, 400000.00), ('at the old cap', 500000.00, 500000.00),
	('between', 500000.00, 550000.00),
		('at the new cap', 500000.00, 600000.00), ('a 分 above', 500000.00, 600000.00),
		('far above', 500000.00, 600000.00)$$,
	'a cap raised: 渝北 3, 50万元 to 60万元');
SELECT results_eq($$SELECT sum(e |# 'yubei-2024-34/3'), sum(e |# amend('yubei-2024-34/3', 'define rent_cap = 60万元'))
	FROM firm e$$,
	$$VALUES (2900000.00, 3250000.00)$$, 'what that costs: 350000元');
SELECT is(sum(e |# (amend('yubei-2024-34', 'define rent_cap = 50万元') -> '3')), 2900000.00,
	'amended to what it is: the same') FROM firm e;
SELECT is(sum(e |# 'yubei-2024-34/3'), 2900000.00, 'and the stored document is as it was') FROM firm e;

-- A band, a clause and a fact of an invented policy.
SELECT is(store($$policy town-3 'Town' in force from 2025-01-01
fact n number 元 at least 0
score s = band(n : >= 30元 then 3, >= 20元 then 2, else 1)
define rate = 10元
clause reward-1 'marks' reward when s >= 2 pay s * rate
ladder
  rung low when s >= 2
  rung high when s >= 3$$), 'town-3', 'a policy of the user''s own');
CREATE TEMP TABLE rows AS SELECT n::numeric FROM unnest(ARRAY[0, 19, 20, 29, 30, NULL]) n;
SELECT results_eq($$SELECT e |# 'town-3',
	e |# amend('town-3', 'score s = band(n : >= 29元 then 5, >= 19元 then 2, else 1)') FROM rows e$$,
	$$VALUES (0.00, 0.00), (0.00, 20.00), (20.00, 20.00), (20.00, 50.00), (30.00, 50.00), (NULL, NULL)$$, 'a band');
SELECT results_eq($$SELECT (e |^ 'town-3').code,
	(e |^ amend('town-3', 'score s = band(n : >= 29元 then 5, >= 19元 then 2, else 1)')).code FROM rows e$$,
	$$VALUES ('none', 'none'), ('none', 'low'), ('low', 'low'), ('low', 'high'), ('high', 'high'), (NULL, NULL)$$,
	'and the ladder that asks for it');
SELECT results_eq($$SELECT e |= 'town-3/reward-1', e |= amend('town-3/reward-1',
	'clause reward-1 reward when n > 20元 pay 1元') FROM rows e$$,
	$$VALUES (false, false), (false, false), (true, false), (true, true), (true, true), (NULL, NULL)$$,
	'a clause, and who loses by it');
SELECT results_eq($$SELECT sum(e |# 'town-3'), sum(e |# amend('town-3', 'clause reward-1 reward when n > 20元 pay 1元'))
	FROM rows e$$,
	$$VALUES (70.00, 2.00)$$, 'and what it saves');
SELECT results_eq($$SELECT e |= 'town-3/high', e |= (amend('town-3', 'rung high when n >= 20元') -> 'high')
	FROM rows e$$,
	$$VALUES (false, false), (false, false), (false, true), (false, true), (true, true), (NULL, NULL)$$, 'a rung');
SELECT results_eq($$SELECT e |= 'town-3/high', e |= (amend('town-3', 'fact n number 元 between 0 and 29元') -> 'high')
	FROM rows e$$,
	$$VALUES (false, false), (false, false), (false, false), (false, false), (true, false), (NULL, false)$$,
	'a fact: what it can be');

-- The day for a stored name.
SELECT is(amend('town-3', 'define rate = 11元')::text LIKE E'as of default 2025-06-30\npolicy town-3 %', true,
	'a name keeps the day for which it would be judged, as a default');
SET zjtx.as_of = '2025-07-01';
SELECT is(amend('town-3', 'define rate = 11元')::text LIKE E'as of default 2025-07-01\n%', true, 'whatever that is');
SELECT is(amend(stored('town-3'), 'define rate = 11元')::text LIKE 'policy town-3 %', true, 'a value is bound to none');
SELECT is(as_of('town-3', '2025-02-03')::text, as_of(stored('town-3'), '2025-02-03')::text,
	'as_of takes a name as well');
SELECT is(pg_temp.error_of($$SELECT zjtx.as_of('town-3', 'infinity'::date)$$),
	'22008: a policy is judged for a day from 0001-01-01 to 9999-12-31', 'and no day that there is not');
SELECT is(pg_temp.error_of($$SELECT zjtx.amend('town-33', 'define rate = 11元')$$),
	E'42704: there is no stored policy "town-33"\nHINT: Perhaps you meant "town-3".', 'a name that stands for nothing');

-- Results kept by a call follow changes: other statements in each row, and another document.
SELECT results_eq($$SELECT '{"n": 30}'::jsonb |# amend('town-3', format('define rate = %s元', i))
	FROM unnest(ARRAY[1, 2, 2, 1]) i$$,
	$$VALUES (3.00), (6.00), (6.00), (3.00)$$, 'statements that differ from row to row');
CREATE FUNCTION pg_temp.changing() RETURNS SETOF numeric LANGUAGE plpgsql AS $$
DECLARE rate int;
BEGIN
	FOREACH rate IN ARRAY ARRAY[10, 20, 20] LOOP
		PERFORM store(replace(stored('town-3')::text, 'define rate = 10元', format('define rate = %s元', rate)));
		RETURN NEXT '{"n": 30}'::jsonb |# amend('town-3', 'rung high when s > 1');
	END LOOP;
END $$;
SELECT results_eq($$SELECT * FROM pg_temp.changing()$$, $$VALUES (30.00), (60.00), (60.00)$$,
	'a document that is stored anew');
SELECT results_eq($$SELECT '{"n": 30}'::jsonb |# as_of(name, '2025-01-01')
	FROM unnest(ARRAY['town-3', 'town-3/reward-1', 'yubei-2024-34/3', 'town-3']) name$$,
	$$VALUES (60.00), (60.00), (NULL), (60.00)$$, 'names that differ from row to row');

SELECT * FROM finish();
ROLLBACK;
