\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(41);

-- Each line of money is rounded half up to the 分 and is never negative; caps apply afterwards.

CREATE TEMP TABLE lines AS SELECT $$policy m 'm' fact x number 元 fact y number 元 null means none fact z number
clause line '' reward pay x
clause none '' reward pay y
clause third '' subsidy pay x / 3
clause capped '' reward pay x cap 2.005元
clause cap-below '' reward pay x cap -1元
clause cap-none '' reward pay x cap y
clause times '' reward pay x * z cap 100元
$$::policy AS doc;
SELECT is((jsonb_build_object('x', x) |# (doc -> 'line'))::text, paid, x || ' is paid as ' || paid) FROM lines, (VALUES
	(0.004999, '0.00'), (0.005, '0.01'), (0.0149999999999999999999, '0.01'), (0.015, '0.02'), (0.025, '0.03'),
	(1, '1.00'), (1.994999, '1.99'),
	(1.995, '2.00'),
	(-0.005, '0.00'), (-1000000, '0.00'), (0, '0.00'), (12345678901234567890.125, '12345678901234567890.13')) amounts
	(x, paid);
SELECT is((jsonb_build_object('x', x) |# (doc -> 'third'))::text, paid, 'a third of ' || x || ' is paid as ' || paid)
	FROM lines, (VALUES
	(0.01499999, '0.00'), (0.015, '0.01'), (0.01, '0.00'), (0.02, '0.01'), (1, '0.33'), (2, '0.67'), (100, '33.33'))
	amounts (x, paid);
SELECT is(('{"x": 7, "y": null}'::jsonb |# (doc -> 'none'))::text, '0.00', 'what is none is paid as nothing')
	FROM lines;

-- Rounding is by line, before sums and caps.

SELECT is(('{"x": 0.005}'::jsonb |# $$policy m 'm' fact x number 元 clause 1 reward pay x clause 2 subsidy pay x
	clause 3 reward pay x$$::policy)::text, '0.03',
	'three lines of half a 分 are three 分');
SELECT is(('{"x": 0.004}'::jsonb |# $$policy m 'm' fact x number 元 clause 1 reward pay x clause 2 subsidy pay x
	clause 3 reward pay x$$::policy)::text, '0.00',
	'three lines of less than half a 分 are nothing');
SELECT is(('{"x": 0.005}'::jsonb |# $$policy m 'm' fact x number 元 clause 1 reward pay x + x + x$$::policy)::text,
	'0.02',
	'one line of three is rounded once');
SELECT is(('{"x": -5}'::jsonb |# $$policy m 'm' fact x number 元 clause 1 reward pay x clause 2 reward
	pay 7元$$::policy)::text, '7.00',
	'a line below zero takes nothing from another');
SELECT is(('{"d": "2024-01-01", "x": 0.005, "as_of": "2025-01-01"}'::jsonb |# $$policy m 'm' fact x number 元 fact d date
	clause 1 reward
	stage a on d pay x stage b on d pay x stage c on d pay x$$::policy)::text, '0.03', 'each stage is a line');
SELECT is(('{"ds": ["2024-01-01", "2024-01-02", "2024-01-03", "2026-01-01"], "x": 0.005, "as_of": "2025-01-01"}'::jsonb
	|# $$policy m 'm' fact x number 元 fact ds list of date
	clause 1 reward stage a each ds on it pay x$$::policy)::text, '0.03',
		'each element of a stage over a list is a line');
SELECT is((jsonb_build_object('x', x) |# (doc -> 'capped'))::text, paid, x || ' capped at 2.005 is paid as ' || paid)
	FROM lines, (VALUES
	(2.004, '2.00'), (2.005, '2.01'), (2.01, '2.01'), (2.02, '2.01'), (100, '2.01'), (-3, '0.00')) amounts (x, paid);
SELECT is(('{"x": 5}'::jsonb |# (doc -> 'cap-below'))::text, '0.00', 'a cap below zero is zero') FROM lines;
SELECT is(('{"x": 5, "y": null}'::jsonb |# (doc -> 'cap-none'))::text, '5.00', 'a cap that is none caps nothing')
	FROM lines;
SELECT is(('{"x": 5, "y": 4.995}'::jsonb |# (doc -> 'cap-none'))::text, '5.00', 'a cap is rounded as a payment is')
	FROM lines;
SELECT is(('{"x": 5}'::jsonb |# (doc -> 'cap-none'))::text, NULL, 'a cap that is unknown') FROM lines;

-- The type of the answer.

SELECT is(pg_typeof('{"x": 5}'::jsonb |# (doc -> 'line'))::text, 'numeric', 'an amount is a numeric') FROM lines;
SELECT is(scale('{"x": 5}'::jsonb |# (doc -> 'line')), 2, 'of two decimals') FROM lines;
SELECT is((SELECT sum(jsonb_build_object('x', i / 8.0) |# (doc -> 'line'))::text FROM generate_series(1, 8) i), '4.52',
	'amounts add up as they are shown') FROM lines;
SELECT is((amount_range('{"z": 20}'::jsonb, doc -> 'times'))::text, '(0.00,100.00)', 'an unknown factor under a cap')
	FROM lines;
SELECT is((amount_range('{"x": 0.3333}'::jsonb, doc -> 'times'))::text, '(0.00,100.00)',
	'an unknown factor of either sign') FROM lines;

SELECT * FROM finish();
ROLLBACK;
