\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(69);

-- A list comes from an array of scalars or composites, or from a jsonb array.

CREATE TEMP TABLE facts AS SELECT
	'policy l ''l'' fact leases list (owner text in (''state'', ''private''), area number 平方米, '
	'until date null means none, void boolean null means none) ''租赁'' null means none '
	'fact numbers list of number fact days list of date null means none fact tags list of text fact yeses list of '
	'boolean clause 1 when ' AS source;
CREATE TYPE pg_temp.owner AS ENUM ('state', 'private', 'other');
CREATE TYPE pg_temp.lease AS (note text, area numeric(10, 2), owner pg_temp.owner, until date, void boolean);
CREATE TYPE pg_temp.short_lease AS (owner text, area float8);
CREATE DOMAIN pg_temp.lease_of_ours AS pg_temp.lease CHECK ((value).area > 0);
CREATE DOMAIN pg_temp.positive AS int CHECK (value > 0);
CREATE DOMAIN pg_temp.some_days AS date[];
CREATE TABLE pg_temp.contract (owner varchar(10), gone int, area int, until timestamp, void boolean);
ALTER TABLE pg_temp.contract DROP COLUMN gone;

CREATE FUNCTION pg_temp.ask(value text, condition text, fact text DEFAULT 'leases') RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	answer text;
BEGIN
	EXECUTE format('SELECT coalesce((r OPERATOR(zjtx.|=) %L::zjtx.policy)::text, ''unknown'') FROM (SELECT %s AS %I) r',
		(SELECT source FROM facts) || condition, value, fact) INTO answer;
	RETURN answer;
EXCEPTION WHEN datatype_mismatch THEN
	RETURN sqlerrm;
END $$;

-- Arrays of composites.
SELECT is(pg_temp.ask(value, condition), answer, condition || ' of ' || value) FROM (VALUES
	('ARRAY[ROW(''x'', 100, ''state'', NULL, false), ROW(NULL, 50.5, ''private'', ''2025-12-31'', '
	'NULL)]::pg_temp.lease[]',
	'sum(leases : area) = 150.5 and count(leases where owner = ''state'') = 1 and count(leases where until is null) = '
	'1 and count(leases where void) = 0', 'true'),
	('ARRAY[ROW(''x'', 100, ''state'', NULL, false)]::pg_temp.lease_of_ours[]',
	'any(leases where owner = ''state'' and area = 100)', 'true'),
	('ARRAY[ROW(''state'', 10, ''2025-12-31 23:00'', true)]::pg_temp.contract[]',
	'max(leases : until) = 2025-12-31 and all(leases : void) and sum(leases : area) = 10', 'true'),
	('ARRAY[ROW(''state'', 0.1)]::pg_temp.short_lease[]', 'sum(leases : area) = 0.1', 'true'),
	('ARRAY[ROW(''state'', 0.1)]::pg_temp.short_lease[]', 'any(leases where until is null)', 'unknown'),
	('ARRAY[ROW(''x'', 100, ''other'', NULL, false)]::pg_temp.lease[]', 'any(leases where owner = ''state'')',
	'unknown'),
	('ARRAY[NULL, ROW(''x'', 100, ''state'', NULL, false)]::pg_temp.lease[]',
	'count(leases) = 2 and count(leases where not void) = 2 and sum(leases : area) = 100', 'unknown'),
	('ARRAY[NULL, ROW(''x'', 100, ''state'', NULL, false)]::pg_temp.lease[]',
	'count(leases) = 2 and count(leases where not void) = 2 and count(leases where until is null) = 2', 'true'),
	('ARRAY[NULL, NULL]::pg_temp.lease[]', 'count(leases) = 2 and not any(leases where void)', 'true'),
	('ARRAY[NULL, NULL]::pg_temp.lease[]', 'any(leases where area > 5)', 'unknown'),
	('''{}''::pg_temp.lease[]', 'count(leases) = 0', 'true'),
	('NULL::pg_temp.lease[]', 'count(leases) = 0', 'true'),
	('ARRAY[ARRAY[ROW(''state'', 1)], ARRAY[ROW(''state'', 2)]]::pg_temp.short_lease[]',
	'count(leases) = 2 and sum(leases : area) = 3', 'true'),
	('(SELECT array_agg(ROW(''state'', i)::pg_temp.short_lease) FROM generate_series(1, 1000) i)',
	'sum(leases : area) = 500500 and max(leases : area) = 1000', 'true'),
	('array_append((''[5:6]={"(state,1)","(private,2)"}'')::pg_temp.short_lease[], ROW(''state'', '
	'4)::pg_temp.short_lease)',
	'sum(leases where owner = ''state'' : area) = 5', 'true')) lists (value, condition, answer);
SELECT is(pg_temp.ask('ARRAY[ROW(''state'', 1)]::pg_temp.short_lease[]', 'count(leases) = 1', '租赁'), 'true',
	'a list by its label');

-- Arrays of scalars.
SELECT is(pg_temp.ask(value, condition, fact), answer, condition || ' of ' || value) FROM (VALUES
	('''{1,2,3}''::int[]', 'numbers', 'sum(numbers) = 6 and count(numbers) = 3', 'true'),
	('''{1,2,3}''::smallint[]', 'numbers', 'max(numbers) = 3', 'true'),
	('''{0.1,0.2}''::real[]', 'numbers', 'sum(numbers) = 0.3', 'true'),
	('''{1,2}''::pg_temp.positive[]', 'numbers', 'sum(numbers) = 3', 'true'),
	('''{1,NULL,3}''::numeric[]', 'numbers', 'count(numbers) = 3 and max(numbers) >= 3', 'true'),
	('''{1,NULL,3}''::numeric[]', 'numbers', 'sum(numbers) = 4', 'unknown'),
	('''{NaN,1}''::float8[]', 'numbers', 'count(numbers) = 2 and any(numbers where it = 1)', 'true'),
	('''{NaN,1}''::float8[]', 'numbers', 'all(numbers : it = 1)', 'unknown'),
	('''{{1,2},{3,4}}''::bigint[]', 'numbers', 'sum(numbers) = 10', 'true'),
	('''{2024-01-01,infinity,NULL}''::date[]', 'days', 'count(days) = 3 and any(days where it = 2024-01-01)', 'true'),
	('''{2024-01-01,2024-02-01}''::pg_temp.some_days', 'days', 'max(days) = 2024-02-01', 'true'),
	('''{2024-01-01 23:59}''::timestamp[]', 'days', 'max(days) = 2024-01-01', 'true'),
	('NULL::date[]', 'days', 'count(days) = 0', 'true'),
	('NULL::int[]', 'numbers', 'count(numbers) = 0', 'unknown'),
	('''{软件,"a b",NULL}''::text[]', 'tags', 'any(tags where it = ''a b'')', 'true'),
	('''{软件,"a b",NULL}''::text[]', 'tags', 'any(tags where it = ''c'')', 'unknown'),
	('''{state}''::pg_temp.owner[]', 'tags', 'all(tags : it = ''state'')', 'true'),
	('''{ab}''::char(5)[]', 'tags', 'all(tags : it = ''ab'')', 'true'),
	('''{t,f,NULL}''::boolean[]', 'yeses', 'count(yeses where it) between 1 and 2 and not all(yeses)', 'true')) lists
	(value, fact,
	condition, answer);

-- jsonb arrays in a column and under a key.
SELECT is(ARRAY[pg_temp.ask(quote_literal(value) || '::jsonb', condition, fact), coalesce((jsonb_build_object(fact,
	value) |= (source || condition)::policy)::text, 'unknown')],
	ARRAY[answer, answer], condition || ' of ' || value::text) FROM facts, (VALUES
	('[{"owner": "state", "area": 100}, {"owner": "private", "area": 0.5, "until": null, "void": true, '
	'"more": [1]}]'::jsonb, 'leases',
	'sum(leases : area) = 100.5 and count(leases where void) >= 1 and count(leases where owner = ''state'') = 1',
	'true'),
	('[null, {"void": true}]', 'leases', 'count(leases) = 2 and count(leases where void) = 1', 'true'),
	('[{}]', 'leases', 'count(leases) = 1', 'true'),
	('[{}]', 'leases', 'any(leases where until is null)', 'unknown'),
	('[{"owner": "cousin"}]', 'leases', 'any(leases where owner = ''state'')', 'unknown'),
	('[]', 'leases', 'count(leases) = 0', 'true'),
	('null', 'leases', 'count(leases) = 0', 'true'),
	('null', 'numbers', 'count(numbers) = 0', 'unknown'),
	('[1, 2.50, null]', 'numbers', 'count(numbers where it > 2) between 1 and 2', 'true'),
	('["2024-01-01", "2024-02-29"]', 'days', 'max(days) = 2024-02-29', 'true'),
	('["软件", "x"]', 'tags', 'any(tags where it = ''软件'')', 'true'),
	('[true, false]', 'yeses', 'count(yeses where it) = 1', 'true')) lists (value, fact, condition, answer);

-- Types that cannot give a list.
SELECT is(pg_temp.ask(value, condition, fact), refusal, value || ' gives no list') FROM (VALUES
	('5', 'leases', 'count(leases) = 1', 'column "leases" of type integer cannot give the fact "leases" of policy "l"'),
	('ARRAY[5]', 'leases', 'count(leases) = 1',
	'column "leases" of type integer[] cannot give the fact "leases" of policy "l"'),
	('''[]''::json', 'leases', 'count(leases) = 1',
	'column "leases" of type json cannot give the fact "leases" of policy "l"'),
	('ROW(''state'', 1)::pg_temp.short_lease', 'leases', 'count(leases) = 1',
	'column "leases" of type short_lease cannot give the fact "leases" of policy "l"'),
	('ARRAY[ROW(1, 2)]', 'leases', 'count(leases) = 1',
	'column "leases" of type record[] cannot give the fact "leases" of policy "l"'),
	('ARRAY[''x'']', 'numbers', 'count(numbers) = 1',
	'column "numbers" of type text[] cannot give the fact "numbers" of policy "l"'),
	('ARRAY[now()]', 'days', 'count(days) = 1',
	'column "days" of type timestamp with time zone[] cannot give the fact "days" of policy "l"'),
	('ARRAY[ROW(''x'', 5)]::pg_temp.short_lease[]', 'numbers', 'count(numbers) = 1',
	'column "numbers" of type short_lease[] cannot give the fact "numbers" of policy "l"')) lists (value, fact,
	condition, refusal);
CREATE TYPE pg_temp.bad_lease AS (owner text, area text);
SELECT is(pg_temp.error_of($$SELECT r |= (source || 'any(leases where owner = ''state'')')::policy FROM pg_temp.facts,
	(SELECT '{}'::pg_temp.bad_lease[] AS leases) r$$),
	E'42804: column "leases" cannot give the list "leases" of policy "l": its field "area" is of type text\nDETAIL: '
	'The field is a number.',
	'a field of a wrong type, even of an empty list');
SELECT is(pg_temp.error_of(format('SELECT jsonb_build_object(%L, %L::jsonb) |= (source || %L)::policy '
	'FROM pg_temp.facts', fact, value,
	'count(' || fact || ') = 1')),
	'42804: key "' || key || '" of the jsonb value cannot give the fact "' || named ||
	E'" of policy "l"\nDETAIL: The fact is a ' || type || ' and this is ' || found || '.',
	value || ' gives no list of jsonb') FROM (VALUES
	('{"a": 1}', 'leases', 'leases', 'leases', 'list', 'an array or object'), ('5', 'leases', 'leases', 'leases',
	'list', 'a number'),
	('"x"', 'numbers', 'numbers', 'numbers', 'list', 'a string'),
	('true', 'days', 'days', 'days', 'list', 'a boolean'), ('["x"]', 'numbers', 'numbers', 'it', 'number', 'a string'),
	('[[1]]', 'numbers', 'numbers', 'it', 'number', 'an array or object'), ('[{"area": "5"}]', 'leases', 'area', 'area',
	'number',
	'a string')) lists (value, fact, key, named, type, found);

SELECT is(pg_temp.error_of(format('SELECT jsonb_build_object(''leases'', %L::jsonb) |= (source || ''count(leases) = '
	'1'')::policy FROM pg_temp.facts', value)),
	E'42804: key "leases" of the jsonb value cannot give the fact "leases" of policy "l"\nDETAIL: An element of the '
	'list is ' || found
	|| ' instead of an object.', 'an element that is no object: ' || value) FROM (VALUES ('[5]', 'a number'),
	('[{}, "x"]', 'a string')) lists (value, found);

-- The composite type of a list can change while the row type does not. assess(e) and expressions kept by plpgsql must
-- then not use the old type.

SELECT store('policy lists-2025 ''L'' in force from 2025-01-01 fact items list (kind text, size number, '
	'extra number) clause 1 when any(items where kind = ''a'' and size > 1)');
CREATE TYPE public.item AS (kind text, size bigint);
CREATE TYPE public.holder AS (items public.item[]);
CREATE FUNCTION pg_temp.assessed(holder text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE result text;
BEGIN
	EXECUTE format('SELECT eligible FROM zjtx.assess(%s::public.holder) WHERE policy = ''lists-2025''', holder)
	INTO result;
	RETURN result;
END $$;
SELECT is(pg_temp.assessed($$ROW(ARRAY[ROW('a', 2)::public.item])$$), 'true', 'a list of composites');
ALTER TYPE public.item ALTER ATTRIBUTE kind TYPE bigint, ALTER ATTRIBUTE size TYPE text;
SELECT is(pg_temp.error_of($q$SELECT pg_temp.assessed($$ROW(ARRAY[ROW(81985529216486895, 'a')::public.item])$$)$q$),
	E'42804: column "items" cannot give the list "items" of policy "lists-2025": its field "kind" is of type '
	'bigint\nDETAIL: The field is a text.', 'of other types');
ALTER TYPE public.item DROP ATTRIBUTE kind, DROP ATTRIBUTE size, ADD ATTRIBUTE size int, ADD ATTRIBUTE kind varchar;
SELECT is(pg_temp.assessed($$ROW(ARRAY[ROW(1, 'a'), ROW(2, 'a')]::public.item[])$$), 'true',
	'of others in their place');
CREATE FUNCTION pg_temp.kept(p zjtx.policy) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	shapes text[] := ARRAY['DROP ATTRIBUTE size, DROP ATTRIBUTE kind, ADD ATTRIBUTE kind text, '
	'ADD ATTRIBUTE size numeric', 'ALTER ATTRIBUTE size TYPE bigint', 'DROP ATTRIBUTE kind, ADD ATTRIBUTE kind text'];
	texts text[] := ARRAY['(a,2)', '(a,3)', '(4,a)'];
	items public.item[];
	result text := '';
BEGIN
	FOR i IN 1 .. 3 LOOP
		EXECUTE 'ALTER TYPE public.item ' || shapes[i];
		EXECUTE format('SELECT ARRAY[%L]::public.item[]', texts[i]) INTO items;
		result := result || zjtx.eligible(ROW(items)::public.holder, p) || zjtx_internal.eligible_facts(p, 'items', items);
	END LOOP;
	RETURN result;
END $$;
SELECT is(pg_temp.kept(stored('lists-2025')), 'truetruetruetruetruetrue', 'in an expression that is kept');

SELECT * FROM finish();
ROLLBACK;
