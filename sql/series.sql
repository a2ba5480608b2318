\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(53);

-- A series consists of the versions of one document; the version in force on a row's day answers.

SELECT is(store($$policy grants-2022 '2022年版' series grants in force from 2022-08-01 until 2024-08-01
	fact revenue number 元 fact staff number 人
clause 1 reward when revenue > 100元 pay 10元 ladder rung a '甲' when revenue > 100元$$), 'grants-2022',
	'the first version, from 2022-08-01 to 2024-07-31');
SELECT is(store($$policy grants-2024 '2024年版' series grants in force from 2024-08-01 until 2026-01-01
	fact revenue number 元 fact staff number 人
clause 1 reward when revenue > 100元 pay 20元 clause 2 reward when staff > 5人 pay 5元 ladder rung a '甲' when revenue > 200元
	rung b '乙' when revenue > 300元 and staff > 5人$$),
	'grants-2024', 'the second, from 2024-08-01 to 2025-12-31');

SELECT is(e |# 'grants', amount, 'owed on ' || (e ->> 'as_of')) FROM (SELECT jsonb_build_object('as_of', day, 'revenue',
	101, 'staff', 1) AS e, amount
	FROM (VALUES
	('2022-07-31'::date, 0.00), ('2022-08-01', 10.00), ('2024-07-31', 10.00), ('2024-08-01', 20.00),
	('2025-12-31', 20.00),
	('2026-01-01', 0.00)) days (day, amount)) q;
CREATE TEMP TABLE e (id int, as_of date, revenue numeric, staff int);
INSERT INTO e VALUES (1, '2022-07-31', 500, 9), (2, '2022-08-01', 500, 9), (3, '2024-07-31', 150, 9),
	(4, '2024-08-01', 150, 9),
	(5, '2025-06-30', 500, 9), (6, '2025-06-30', 250, NULL), (7, '2026-01-01', 500, 9), (8, NULL, 50, 1),
	(9, NULL, 500, 9);
SELECT is((SELECT string_agg(coalesce((e |= 'grants')::text, '?'), ' ' ORDER BY id) FROM e),
	'false true true true true true false false ?',
	'eligible, row by row');
SELECT is((SELECT string_agg(coalesce((e |^ 'grants')::text, '?'), ' ' ORDER BY id) FROM e),
	'(0,none,未入梯度) (1,a,甲) (1,a,甲) (0,none,未入梯度) (2,b,乙) (1,a,甲) (0,none,未入梯度) (0,none,未入梯度) ?',
	'placement, row by row');
SELECT is((SELECT string_agg(coalesce((e |# 'grants')::text, '?'), ' ' ORDER BY id) FROM e),
	'0.00 10.00 10.00 25.00 25.00 ? 0.00 0.00 ?',
	'amount, row by row');
SELECT is((SELECT string_agg((amount_range(e, 'grants'))::text, ' ' ORDER BY id) FROM e),
	'(0.00,0.00) (10.00,10.00) (10.00,10.00) (25.00,25.00) (25.00,25.00) (20.00,25.00) (0.00,0.00) (0.00,0.00) '
	'(0.00,25.00)',
	'amount_range, row by row');
SELECT is((SELECT string_agg((e |! 'grants')::text, ' ' ORDER BY id) FROM e), '{} {} {} {} {} {staff} {} {} {as_of}',
	'missing, row by row');
SELECT is((SELECT count(*) FROM e WHERE (e |= 'grants') IS DISTINCT FROM (to_jsonb(e) |= 'grants')
	OR (e |# 'grants') IS DISTINCT
	FROM (to_jsonb(e) |# 'grants') OR (e |! 'grants') IS DISTINCT FROM (to_jsonb(e) |! 'grants')), 0::bigint,
	'jsonb is answered alike');
SELECT is((SELECT string_agg(coalesce((e |= 'grants/2')::text, '?'), ' ' ORDER BY id) FROM e),
	'false false false true true ? false false ?',
	'a clause that only one version has');
SELECT is((SELECT string_agg(coalesce((e |^ 'grants/b')::text, '?'), ' ' ORDER BY id) FROM e),
	'(0,none,未入梯度) (0,none,未入梯度) (0,none,未入梯度) (0,none,未入梯度) (2,b,乙) (0,none,未入梯度) (0,none,未入梯度) (0,none,未入梯度) ?',
	'a rung that only one version has');
SELECT is((SELECT string_agg(coalesce((e |# 'grants-2022')::text, '?'), ' ' ORDER BY id) FROM e),
	'10.00 10.00 10.00 10.00 10.00 10.00 10.00 0.00 10.00', 'asked by its own code a version answers for any day');

-- The day for a row without one.

SET LOCAL zjtx.as_of = '2023-01-01';
SELECT is(('{"revenue": 500, "staff": 9}'::jsonb |# 'grants')::text, '10.00', 'the version of the day in the setting');
SET LOCAL zjtx.as_of = '2025-01-01';
SELECT is(('{"revenue": 500, "staff": 9}'::jsonb |# 'grants')::text, '25.00', 'which chooses another');
SET LOCAL zjtx.as_of = '2030-01-01';
SELECT is(('{"revenue": 500, "staff": 9}'::jsonb |# 'grants')::text, '0.00', 'or none');

-- A series as a value.

CREATE TEMP TABLE s AS SELECT ('series grants' || string_agg(E'\n' || doc::text, '' ORDER BY code))::policy AS doc
	FROM policies
	WHERE series = 'grants';
SELECT is((SELECT count(*) FROM e, s WHERE (e |= doc) IS DISTINCT FROM (e |= 'grants') OR (e |# doc) IS DISTINCT
	FROM (e |# 'grants')
	OR (e |^ doc)::text IS DISTINCT FROM (e |^ 'grants')::text OR (e |! doc) IS DISTINCT FROM (e |! 'grants')),
	0::bigint, 'a series as a value answers as the stored one does');
SELECT is(('{"revenue": 500, "staff": 9}'::jsonb |# doc)::text, NULL, 'without a day it is undecided') FROM s;
SELECT is(('{"revenue": 500, "staff": 9}'::jsonb |# as_of(doc, '2023-01-01'))::text, '10.00',
	'bound to a day it has the version of that day') FROM s;
SELECT is(('{"revenue": 500, "staff": 9}'::jsonb |# as_of(doc -> '1', '2025-01-01'))::text, '20.00', 'so has its part')
	FROM s;
SELECT is((doc -> '2')::text ~
	'^series grants\npolicy grants-2022 .*\npolicy grants-2024 .*\nclause 2 reward when staff > 5人 pay 5元$', true,
	'a part keeps the header of every version, since where there is none, nothing is owed') FROM s;
SELECT is('{"staff": 9, "as_of": "2023-01-01"}'::jsonb |= (doc -> '2'), false,
	'a version without the clause does not satisfy it') FROM s;
SELECT is(pg_temp.refusal((doc -> '2')::text), 'no error', 'what is printed reads again') FROM s;
SELECT is(pg_temp.error_of($$SELECT doc -> '3' FROM pg_temp.s$$),
	'42704: policy "grants" has no clause, rung or definition "3"',
	'a clause that no version has');

-- A series can have one version; there can be gaps between versions; a later version takes precedence over one still
-- in force.

SELECT is(store($$policy one-1 't' series one-series in force from 2025-01-01 clause 1 reward pay 1元$$), 'one-1',
	'one version');
SELECT is(array(SELECT (jsonb_build_object('as_of', day) |# 'one-series')::text
	FROM unnest('{2024-12-31,2025-01-01,2099-01-01}'::date[]) day),
	'{0.00,1.00,1.00}', 'a series of one version');
SELECT is(array(SELECT (jsonb_build_object('as_of', day) |# 'one-1')::text
	FROM unnest('{2024-12-31,2025-01-01,2099-01-01}'::date[]) day),
	'{1.00,1.00,1.00}', 'whose document answers for any day');
SELECT is(('{"as_of": null}'::jsonb |# 'one-series')::text, NULL, 'on a day that is unknown it may not be in force');
SELECT is(store($$policy one-2 't' series one-series in force from 2026-01-01 until 2026-07-01 clause 1 reward
	pay 2元$$), 'one-2',
	'a second version, for half a year, while the first still holds');
SELECT is(array(SELECT (jsonb_build_object('as_of', day) |# 'one-series')::text
	FROM unnest('{2025-12-31,2026-01-01,2026-06-30,2026-07-01}'::date[]) day), '{1.00,2.00,2.00,1.00}',
	'the one that came later is in force');
UPDATE policies SET doc = replace(doc::text, 'in force from 2025-01-01',
	'in force from 2025-01-01 until 2025-07-01')::policy WHERE code = 'one-1';
SELECT is(array(SELECT (jsonb_build_object('as_of', day) |# 'one-series')::text
	FROM unnest('{2025-06-30,2025-07-01,2025-12-31,2026-01-01}'::date[]) day), '{1.00,0.00,0.00,2.00}',
	'in a gap nothing is in force');
SELECT is(pg_temp.error_of($$SELECT '{}'::jsonb |^ 'one-series'$$) ~ '^22023: policy "one-series" has no ladder', true,
	'no version has a ladder');

-- Names.

SELECT is(pg_temp.error_of($$SELECT '{}'::jsonb |= 'grant'$$),
	E'42704: there is no stored policy "grant"\nHINT: Perhaps you meant "grants".',
	'the nearest name may be a series');
SELECT is(store($$policy one-series 't' clause 1 reward pay 9元$$), 'one-series',
	'a document with the code of a series');
SELECT is(('{"as_of": "2026-01-01"}'::jsonb |# 'one-series')::text, '9.00', 'goes before it');
SELECT isnt(pg_temp.error_of($q$SELECT store($$policy x 't' series grants clause 1 when 1 < 2$$)$q$), 'no error',
	'a version without a day is not stored');
SELECT isnt(pg_temp.error_of($q$SELECT store($$policy x 't' series grants clause 1 when 1 < 2$$);
	SELECT '{}'::jsonb |= 'grants'$q$), 'no error',
	'a version without a day in force cannot be asked within its series');

-- Two versions in force from the same day are an error; the code must not decide.

SELECT is(store($$policy two-a '一' series two in force from 2024-01-01 clause 1 reward pay 1元$$), 'two-a',
	'a version from 2024-01-01');
SELECT is(pg_temp.error_of($q$SELECT store($$policy two-b '二' series two in force from 2024-01-01 until 2025-01-01
	clause 1 reward pay 2元$$)$q$),
	E'23505: "two-b" and the stored "two-a" of series "two" are both in force from 2024-01-01\n'
	'HINT: Change the day of one of them, or delete the stored one first.',
	'another from the same day is refused, however long it is in force');
SELECT is(store($$policy two-b '二' series two in force from 2024-01-02 clause 1 reward pay 2元$$), 'two-b',
	'the day after is another day');
SELECT is(store($$policy two-c '三' series three in force from 2024-01-01 clause 1 reward pay 2元$$), 'two-c',
	'another series is another matter');
SELECT is(store($$policy two-a '一' series two in force from 2024-01-01 clause 1 reward pay 3元$$), 'two-a',
	'a version stored again takes its own place');
SELECT is(pg_temp.error_of($q$SELECT store($$policy two-b '二' series two in force from 2024-01-01 clause 1 reward
	pay 2元$$)$q$) ~ '^23505: "two-b" and the stored',
	true, 'a stored version that moves to the day of another is refused');
SELECT is(pg_temp.error_of($q$INSERT INTO policies (doc)
	VALUES ($$policy two-x '一' series x in force from 2024-01-01 clause 1 reward pay 1元$$),
	($$policy two-y '一' series x in force from 2024-01-01 clause 1 reward pay 1元$$)$q$) ~
	'^23505: "two-y" and the stored "two-x"', true, 'so are two rows of one INSERT');
SELECT is(pg_temp.error_of($q$UPDATE policies SET doc = replace(doc::text, 'policy two-a', 'policy two-z')::policy
	WHERE code = 'two-a'$q$), 'no error',
	'a version may get another code');
SELECT is(pg_temp.error_of($q$ALTER TABLE policies DISABLE TRIGGER guard;
	UPDATE policies SET in_force = '[2024-01-01,)' WHERE code = 'two-b'$q$)
	~ '^23505: duplicate key value violates unique constraint "policies_series"', true,
	'the index refuses what the guard does not see');

SELECT is(pg_temp.refusal($$series two
policy b '' series two in force from 2024-01-01 clause 1 reward pay 1元
policy c '' series two in force from 2025-01-01 clause 1 reward pay 1元
policy a '' series two in force from 2024-01-01 clause 1 reward pay 2元$$),
	E'line 4, column 1: "b" and "a" of series "two" are both in force from 2024-01-01\nHINT: Give one of them another '
	'day, or leave it out.',
	'nor is such a series read as a value, in whatever order');
SELECT is(pg_temp.refusal($$series two
policy b '' series two in force from 2024-01-01 until 2024-01-02 clause 1 reward pay 1元
policy a '' series two in force from 2024-01-02 clause 1 reward pay 2元$$), 'no error', 'one after the other');
SELECT is(pg_temp.error_of($$SELECT amend(doc, 'policy grants-2022 ''2022年版'' series grants in force from 2024-08-01')
	FROM pg_temp.s$$)
	~ '^22P02: the amendment does not fit policy "grants": "grants-2022" and "grants-2024" of series "grants" are both '
	'in force from 2024-08-01', true,
	'an amendment does not bring it about');

SELECT * FROM finish();
ROLLBACK;
