\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL client_min_messages = warning;
SET LOCAL zjtx.as_of = '2025-06-30';
-- Rows are returned one by one, in the order of their numbers.
SET LOCAL enable_hashjoin = off;
SET LOCAL enable_mergejoin = off;
SET LOCAL enable_material = off;
SET LOCAL enable_memoize = off;
SELECT plan(12);

-- Memory that calls leave behind. test/load measures longer runs.

SELECT store($$policy held-1 'Held' fact n number clause 1 reward when n > 1 pay 5元 clause 2 'two' when n > 9$$);
CREATE TABLE firm (id int PRIMARY KEY, n int);
INSERT INTO firm SELECT i, i % 12 FROM generate_series(1, 400) i;
ANALYZE firm;
CREATE FUNCTION pg_temp.memory() RETURNS bigint LANGUAGE plpgsql AS
$$ BEGIN RETURN (SELECT sum(used_bytes) FROM pg_catalog.pg_backend_memory_contexts); END $$;
CREATE FUNCTION pg_temp.contexts(kind text) RETURNS bigint LANGUAGE sql AS
$$ SELECT count(*) FROM pg_catalog.pg_backend_memory_contexts WHERE name = kind $$;

-- Whether a query uses the same memory after 400 calls as after 100.
CREATE FUNCTION pg_temp.is_flat(call text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	grown bigint;
BEGIN
	EXECUTE format('SELECT max(m) FILTER (WHERE i = 400) - max(m) FILTER (WHERE i = 100) + 0 * sum(x) FROM (
		SELECT i, (SELECT count(*) FROM %s) AS x, CASE WHEN i IN (1, 100, 400) THEN pg_temp.memory() END AS m
		FROM generate_series(1, 400) i LEFT JOIN firm e ON e.id = i OFFSET 0) a', call) INTO grown;
	RETURN ok(grown < 4096, call) || CASE WHEN grown < 4096 THEN '' ELSE E'\n' || diag(grown || ' bytes more') END;
END $$;
SELECT pg_temp.is_flat(call) FROM (VALUES ('lines(judge(e, ''held-1''))'), ('assess(e, ''held-1'')'),
	('gap(e, ''held-1'', ''1'')'), ('margin(e, ''held-1'')'), ('differences(e, ''held-1/1'', ''held-1/2'')'),
	('vary(''held-1'', ''n > 9'', 1, 3 + 0 * e.id, 1)'),
	('clauses(stored(''held-'' || CASE WHEN e.id > 0 THEN 1 END))')) c (call);

-- Triggers of dropped tables.
CREATE FUNCTION pg_temp.watch_one() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	CREATE TABLE own (id int PRIMARY KEY, n int);
	CREATE TRIGGER judge AFTER INSERT ON own FOR EACH ROW EXECUTE FUNCTION watch('own', 'id', 'held-1');
	INSERT INTO own VALUES (1, 2);
	DROP TABLE own;
END $$;
SELECT count(pg_temp.watch_one()) FROM generate_series(1, 10) \g /dev/null
SELECT cmp_ok(pg_temp.contexts('zjtx watch'), '<=', 1::bigint, 'triggers that are gone leave nothing behind');

-- A session keeps only the program of a stored document, without the tree and the text.
SELECT count(*) FROM assess('{}'::jsonb) \g /dev/null
SELECT cmp_ok((SELECT max(used_bytes) FROM pg_backend_memory_contexts WHERE name = 'zjtx policy'), '<', 114000::bigint,
	'the longest of the shipped documents takes a fifth of what it took with its tree');
SELECT cmp_ok((SELECT sum(used_bytes) FROM pg_backend_memory_contexts WHERE name = 'zjtx registers'), '<',
	400000::numeric,
	'all programs have one set of registers');

-- A stored document that cannot be compiled because the stack is too small.
SELECT store('policy held-2 ''Deep'' fact n number clause 1 when ' || repeat('not (n > 1 and ', 480) || 'n > 2' ||
	repeat(')', 480));
SET LOCAL zjtx.cache_size = 100;
CREATE FUNCTION pg_temp.fail(times int) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	before bigint;
	failed int := 0;
	usual text := current_setting('max_stack_depth');
BEGIN
	PERFORM FROM assess('{}'::jsonb);
	PERFORM set_config('max_stack_depth', '100kB', true);
	FOR i IN 1..times LOOP
		BEGIN
			PERFORM FROM assess('{}'::jsonb);
		EXCEPTION WHEN statement_too_complex THEN
			failed := failed + 1;
			-- documents that fit are kept at the first call
			before := coalesce(before, pg_temp.contexts('zjtx call'));
		END;
	END LOOP;
	PERFORM set_config('max_stack_depth', usual, true);
	RETURN format('%s failed, %s more', failed, greatest(pg_temp.contexts('zjtx call') - before, 0));
END $$;
SELECT is(pg_temp.fail(10), '10 failed, 0 more', 'nor do documents that could not be compiled');

-- A document that assess(e) has compiled is not compiled again when it is asked by its name.
CREATE TEMP TABLE counted AS SELECT count(*) AS lines, 0::bigint AS policies FROM assess('{}'::jsonb);
UPDATE counted SET policies = pg_temp.contexts('zjtx policy');
SELECT is((SELECT count('{}'::jsonb |= code) * 0 + pg_temp.contexts('zjtx policy') FROM zjtx.policies WHERE shipped),
	policies, 'one compiled form for assess(e) and names') FROM counted;

SELECT * FROM finish();
ROLLBACK;
