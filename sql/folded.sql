\set ECHO none
\i sql/tap.psql
BEGIN;
SET LOCAL search_path = public, zjtx;
-- a policy without a day warns
SET LOCAL client_min_messages = error;
SET LOCAL zjtx.as_of = '2025-06-30';
SET LOCAL datestyle = iso;
SELECT plan(62);

-- stored, ->, as_of and amend of constants are read when a statement is planned, like names.

CREATE FUNCTION pg_temp.document(bound int, version int) RETURNS text LANGUAGE sql AS $$
	SELECT format('policy folded-%s ''A secret title'' series folded in force from %s-01-01 fact region text ''district'' '
		'fact x number ''x'' fact y number ''y'' fact d date ''d'' define share = y / x define least_x = %s '
		'clause 1 ''one'' reward when region = ''渝北区'' and x >= least_x and share > 10%% pay 5元 '
		'clause 2 ''two'' when d > as_of and x >= least_x clause 3 ''three'' when region = ''渝北区'' '
		'ladder ''l'' rung low ''L'' when x >= least_x rung high ''H'' when x >= 2 * least_x', version, version, bound)
$$;
SELECT is(store(pg_temp.document(10, 2023)), 'folded-2023', 'a document');
SELECT is(store(pg_temp.document(20, 2025)), 'folded-2025', 'its next version');
CREATE TABLE t (id int PRIMARY KEY, region text, x numeric, y numeric, d date, as_of date, other text);
INSERT INTO t SELECT i, (ARRAY['渝北区', '巴南区', NULL])[1 + i % 3], nullif(i % 41, 7), i % 7, date '2023-01-01' + i * 7,
	CASE WHEN i % 5 = 0 THEN date '2023-06-01' END, 'other' FROM generate_series(1, 200) i;
CREATE INDEX ON t (x);
ANALYZE t;
CREATE VIEW u AS SELECT id, region, x, y, d FROM t;

CREATE FUNCTION pg_temp.plan(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	result text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (VERBOSE, COSTS OFF) ' || query LOOP
		result := result || line || E'\n';
	END LOOP;
	RETURN result;
END $$;

-- The same answers as a policy that is unknown when the statement is planned; a plan that reads columns, and shows the
-- names and a hash but no document.
CREATE FUNCTION pg_temp.same(policy text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	asked text := 'SELECT string_agg(concat_ws('' '', id, e |= p, (e |^ p)::text, e |# p, e |! p, '
		'amount_range(e, p), judge(e, p)),
		E''\n'' ORDER BY id) FROM t e, (SELECT %s AS p %s) d';
	folded text;
	free text;
	plan text;
BEGIN
	EXECUTE format(asked, policy, '') INTO folded;
	EXECUTE format(asked, policy, 'OFFSET 0') INTO free;
	plan := pg_temp.plan(format('SELECT e |= p, e |^ p, e |# p, e |! p, judge(e, p) '
		'FROM t e, (SELECT %s AS p) d', policy));
	RETURN CASE WHEN folded IS DISTINCT FROM free THEN 'DIFFERENT: ' || folded || E'\n' || free
		WHEN plan ~ 'secret|fact region' THEN 'a document in the plan' WHEN plan ~ 'Output:.*\me\.\*' THEN 'left alone'
		WHEN plan ~ '(eligible|placement|amount|missing|judge)_facts\([^#]*''#[0-9]+ ' THEN 'folded' ELSE plan END;
END $$;
CREATE TEMP TABLE forms AS SELECT * FROM (VALUES
	($$stored('folded-2023')$$), ($$stored('folded')$$),
	($$as_of('folded-2023', '2024-12-31')$$), ($$as_of('folded', '2024-12-31')$$), ($$as_of('folded', '2025-12-31')$$),
	($$as_of(stored('folded'), '2024-12-31')$$), ($$as_of(as_of('folded', '2020-01-01'), date '2024-12-31')$$),
	($$amend('folded-2025', 'define least_x = 30')$$), ($$amend(stored('folded-2025'), 'define least_x = 30')$$),
	($$amend('folded-2025', 'define least_x = 30 clause 2 ''new'' when d > as_of')$$),
	($$as_of(amend('folded-2025', 'define least_x = 30'), '2024-12-31')$$),
	($$amend(as_of('folded-2023', '2024-12-31'), 'define least_x = 3')$$)) f (form);
SELECT is(pg_temp.same(form), 'folded', form) FROM forms;

-- Parts, which have no ladder.
CREATE FUNCTION pg_temp.same_part(policy text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	asked text := 'SELECT string_agg(concat_ws('' '', id, e |= p, e |# p, e |! p, to_jsonb(e) |= p), E''\n'' ORDER BY id)
		FROM t e, (SELECT %s AS p %s) d WHERE id < 100 OR e |= p';
	folded text;
	free text;
	plan text;
BEGIN
	EXECUTE format(asked, policy, '') INTO folded;
	EXECUTE format(asked, policy, 'OFFSET 0') INTO free;
	plan := pg_temp.plan(format('SELECT id FROM t e WHERE e |= %s', policy));
	RETURN CASE WHEN folded IS DISTINCT FROM free THEN 'DIFFERENT: ' || folded || E'\n' || free
		WHEN plan ~ 'secret|fact region' THEN 'a document in the plan' WHEN plan ~ '\me\.\*' THEN 'left alone'
		WHEN plan !~ 'One-Time Filter: zjtx_internal.policy_stands\(' THEN 'no guard' ELSE 'folded' END;
END $$;
SELECT is(pg_temp.same_part(form), 'folded', form) FROM (VALUES
	($$(stored('folded-2023') -> '1')$$), ($$(stored('folded-2023/1'))$$), ($$(stored('folded-2023') -> '3')$$),
	($$as_of('folded-2023/1', '2024-12-31')$$),
	($$as_of(stored('folded-2023/2'), '2024-12-31')$$), ($$as_of(stored('folded-2023') -> '2', '2024-12-31')$$),
	($$(as_of('folded-2023', '2024-12-31') -> '2')$$), ($$(amend('folded-2025', 'define least_x = 30') -> '1')$$),
	($$part(amend('folded-2025/1', 'define least_x = 30'), '1')$$)) f (form);
SELECT is(pg_temp.plan($$SELECT id FROM t e WHERE e |= as_of('folded-2023/3', '2024-12-31')$$) ~
	E'\n +Filter: \\(e.region = ''渝北区''::text\\)\n', true, 'natives instead of the whole rule');

-- Used in functions and views, with a parameter that is a constant.
CREATE FUNCTION pg_temp.then(e t, day date) RETURNS boolean LANGUAGE sql STABLE
	AS $$ SELECT e |= as_of('folded-2023/1', day) $$;
SELECT alike(pg_temp.plan($$SELECT pg_temp.then(e, '2024-12-31') FROM t e$$),
	'%eligible_facts(as_of(''folded-2023/1''::text, ''2024-12-31''::date)%',
	'an inlined function');
SELECT alike(pg_temp.plan($$SELECT pg_temp.then(e, d) FROM t e$$),
	'%eligible_facts(as_of(''folded-2023/1''::text, d), ''* id %',
	'another day for each row');

-- What is an error when it is asked is no error when it is planned.
SELECT alike(pg_temp.plan('SELECT e |= ' || form || ' FROM t e'), '%(e.* |= %', form || ' is left alone'),
	is(left(pg_temp.error_of('SELECT e |= ' || form || ' FROM t e'), 5), state, 'its error'),
	is(pg_temp.error_of('SELECT e |= ' || form || ' FROM t e WHERE id < 0'), 'no error', 'without a row')
FROM (VALUES ($$stored('fold')$$, '42704'), ($$as_of('folded-2023/9', '2024-12-31')$$, '42704'),
	($$(stored('folded') -> '9')$$, '42704'), ($$as_of('folded-2023', 'infinity')$$, '22008'),
	($$amend('folded-2023', 'define nothing = 3')$$, '42704'), ($$amend('folded-2023', 'define least_x =')$$, '22P02'),
	($$amend('folded-2023', 'define least_x = region')$$, '22P02')) f (form, state);
SELECT is(pg_temp.error_of('SELECT e |= amend(stored(NULL), ''clause 1'') FROM t e'), 'no error', 'NULL');

-- Prepared statements see the next document.
SET LOCAL plan_cache_mode = force_generic_plan;
CREATE FUNCTION pg_temp.count(statement text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	n bigint;
BEGIN
	EXECUTE 'EXECUTE ' || statement INTO n;
	RETURN n;
END $$;
PREPARE part AS SELECT count(*) FROM t e WHERE e |= (stored('folded-2023') -> '1');
PREPARE on_day AS SELECT count(*) FROM t e WHERE e |= as_of('folded/low', '2024-12-31');
PREPARE later AS SELECT count(*) FROM t e WHERE e |= as_of(stored('folded') -> 'low', '2026-12-31');
PREPARE amended AS SELECT count(*) FROM u e WHERE e |= amend('folded-2023/2', 'define least_x = 1');
PREPARE native AS SELECT count(*) FROM t e WHERE e |= as_of('folded-2023/3', '2024-12-31');
CREATE FUNCTION pg_temp.counts() RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(pg_temp.count(s)::text, ' ') FROM unnest('{part,on_day,later,amended,native}'::text[]) s
$$;
CREATE FUNCTION pg_temp.expected() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	n bigint[] := '{}';
	q text;
BEGIN
	FOREACH q IN ARRAY ARRAY['stored(''folded-2023'') -> ''1''', 'as_of(''folded/low'', ''2024-12-31'')',
		'as_of(stored(''folded'') -> ''low'', ''2026-12-31'')', 'amend(''folded-2023/2'', ''define least_x = 1'')',
		'as_of(''folded-2023/3'', ''2024-12-31'')'] LOOP
		n := n || pg_temp.one(q);
	END LOOP;
	RETURN array_to_string(n, ' ');
END $$;
CREATE FUNCTION pg_temp.one(policy text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	n bigint;
BEGIN
	EXECUTE format('SELECT count(*) FROM %s e, (SELECT %s AS p OFFSET 0) d WHERE e |= p',
		CASE WHEN policy LIKE 'amend%' THEN 'u' ELSE 't' END, policy) INTO n;
	RETURN n;
END $$;
SELECT is(pg_temp.counts(), pg_temp.expected(), 'prepared');
SELECT is((SELECT generic_plans > 0 FROM pg_prepared_statements WHERE name = 'part'), true, 'with generic plans');
SELECT is(store(pg_temp.document(15, 2023)), 'folded-2023', 'the document changes');
SELECT is(pg_temp.counts(), pg_temp.expected(), 'and the answers with it');
SELECT is(store(pg_temp.document(5, 2026)), 'folded-2026', 'a new version');
SELECT is(pg_temp.counts(), pg_temp.expected(), 'is judged');
SAVEPOINT s;
SELECT is(store(pg_temp.document(1, 2023)), 'folded-2023', 'in a subtransaction');
SELECT is(pg_temp.counts(), pg_temp.expected(), 'its document');
ROLLBACK TO s;
SELECT is(pg_temp.counts(), pg_temp.expected(), 'and again the old one');

-- amend of a name judges on the day of the session, also when a plan is older than that.
CREATE TEMP TABLE days AS SELECT pg_temp.count('amended') AS before;
SET LOCAL zjtx.as_of = '2023-01-01';
SELECT is(pg_temp.count('amended'), pg_temp.one($$amend('folded-2023/2', 'define least_x = 1')$$), 'on another day');
SELECT cmp_ok(pg_temp.count('amended'), '>', (SELECT before FROM days), 'other rows');
SET LOCAL zjtx.as_of = '2025-06-30';
SELECT is(pg_temp.count('amended'), (SELECT before FROM days), 'and back');

DELETE FROM zjtx.policies WHERE code = 'folded-2023';
SELECT is(left(pg_temp.error_of('EXECUTE native'), 5), '42704', 'a document that is gone');
SELECT is(left(pg_temp.error_of('EXECUTE part'), 5), '42704', 'has no parts');

SELECT * FROM finish();
ROLLBACK;
