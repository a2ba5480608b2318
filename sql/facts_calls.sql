\set ECHO none
\i sql/tap.psql
BEGIN;
SELECT plan(68);
SET LOCAL search_path = public, zjtx, zjtx_internal;
SET LOCAL client_min_messages = warning;
SET LOCAL jit = off;

-- Users can call the functions that the planner generates, with any arguments. Planning reads a constant policy before
-- the call runs, so it must check everything that execution checks. A crash would end this session.
\i sql/plain.psql
CREATE ROLE somebody;
GRANT CREATE, USAGE ON SCHEMA public TO somebody;
GRANT USAGE ON SCHEMA plain TO somebody;
CREATE DOMAIN day AS date;
CREATE DOMAIN yes AS boolean NOT NULL DEFAULT true;
CREATE DOMAIN word AS varchar(9) COLLATE "C";
CREATE DOMAIN words AS text[];
CREATE DOMAIN counted AS numeric(4, 1) CHECK (VALUE < 100);
CREATE DOMAIN day_of_days AS day;
CREATE DOMAIN law AS policy;
CREATE TYPE mood AS ENUM ('1', 'true', '2020-06-01');
CREATE TYPE pair AS (v numeric, y date, z text);
CREATE DOMAIN couple AS pair;
CREATE TYPE mess AS (v text, y boolean);
CREATE TYPE span AS RANGE (subtype = numeric);

-- A document for each type of fact, with conditions that the planner can use.
CREATE TABLE laws (n int GENERATED ALWAYS AS IDENTITY, kind text, rule text);
INSERT INTO laws (kind, rule) VALUES
	('number', 'x >= 5 and x <> 7 and (x < 9 or not (x = 3))'),
	('number between 1 and 8', 'x > 2 and 10 > x'),
	('date', 'x = 2020-06-01 or x > 2024-01-01'),
	('date at least 2020-01-01', 'x < 2024-01-01 and x + 1年 > 2020-01-01'),
	('text', $$x in ('1', '甲') and x <> '2'$$),
	('text in (''1'', ''true'')', $$x = '1'$$),
	('boolean', 'x or not x'),
	('list of number', 'count(x where it > 0) > 0'),
	('list of date', 'any(x : it > 2020-01-01)'),
	('list of text', $$any(x : it = '1')$$),
	('list of boolean', 'all(x : it)'),
	('list (v number, y date, z text)', $$sum(x where z = '1' : v) > 1 or any(x : y > 2020-01-01)$$);
CREATE FUNCTION pg_temp.document(l laws) RETURNS text LANGUAGE sql AS $$
	SELECT format('policy calls-%s ''c'' in force from 2000-01-01 fact x %s clause 1 reward when %s pay 10元 '
		'ladder ''l'' rung a ''A'' when %3$s', l.n, l.kind, l.rule) $$;
CREATE TABLE documents AS SELECT kind, pg_temp.document(l) AS doc, store(pg_temp.document(l)) AS name, ''::text AS hash
	FROM laws l;
-- The prefix of the names in a call by stored name.
DO $$
DECLARE
	d record;
	plan json;
BEGIN
	FOR d IN SELECT * FROM documents LOOP
		EXECUTE format('CREATE TEMP TABLE h (x %s)', CASE WHEN d.kind LIKE 'list%' THEN 'jsonb'
		ELSE regexp_replace(replace(d.kind, 'number', 'numeric'), ' .*', '') END);
		EXECUTE format('EXPLAIN (VERBOSE, FORMAT json) SELECT missing(e, %L::text) FROM h e', d.name) INTO plan;
		DROP TABLE h;
		UPDATE documents SET hash = substring(plan::text FROM '#[0-9]+ ') WHERE kind = d.kind;
	END LOOP;
END $$;
SELECT is(count(*), 12::bigint, 'documents that the planner knows by name') FROM documents WHERE hash LIKE '#%';
GRANT SELECT ON documents TO somebody;
SET LOCAL ROLE somebody;

-- All functions, by value and by name.
CREATE TEMP TABLE functions AS
	SELECT p.proname::text, proargtypes[0] = 'text'::regtype AS by_name, proretset AS is_set FROM pg_proc p
	WHERE prosupport = 'zjtx_internal.facts_support'::regproc;
SELECT is(count(*), 18::bigint, 'functions') FROM functions;

CREATE FUNCTION pg_temp.outcome(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	found text;
BEGIN
	EXECUTE query INTO found;
	RETURN coalesce(found, 'NULL');
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;
CREATE FUNCTION pg_temp.planned(query text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE 'EXPLAIN ' || query;
	RETURN NULL;
EXCEPTION WHEN OTHERS THEN
	-- the planner evaluates constant calls
	RETURN CASE WHEN SQLSTATE NOT IN ('42804', '22P02') THEN SQLSTATE || ' ' || SQLERRM || ': ' || query END;
END $$;

-- Errors of planning for a column x of the FROM item, and answers or errors that differ from those of the same
-- question about the whole row, which the planner does not rewrite.
CREATE FUNCTION pg_temp.trouble(source text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	d record;
	f record;
	policy text;
	call text;
	calls text[];
	asked text;
	want text;
	got text;
	right_type boolean;
BEGIN
	FOR d IN SELECT * FROM public.documents LOOP
		calls := '{}';
		FOR f IN SELECT * FROM functions LOOP
			policy := CASE WHEN f.by_name THEN quote_literal(d.name) || '::text'
			ELSE quote_literal(d.doc) || '::zjtx.policy' END;
			call := format('%s(%s, %L, e.x)', f.proname, policy, CASE WHEN f.by_name THEN d.hash ELSE '' END || 'x');
			calls := calls || CASE WHEN f.is_set THEN format('EXISTS (SELECT FROM %s)', call)
				WHEN f.proname = 'eligible_facts' THEN call ELSE format('(%s)::text > ''''', call) END;
			IF NOT f.by_name AND f.proname = 'eligible_facts' THEN
				RETURN NEXT pg_temp.planned(format('SELECT FROM %s e WHERE NOT %s', source, call));
			END IF;
		END LOOP;
		RETURN NEXT pg_temp.planned(format('SELECT FROM %s e WHERE %s', source, array_to_string(calls, ' AND ')));
		RETURN NEXT pg_temp.planned(format('SELECT FROM %s e WHERE %s', source, array_to_string(calls, ' OR ')));
		right_type := pg_temp.outcome(format('SELECT plain.missing(r, %L::zjtx.policy) FROM (SELECT k AS r '
			'FROM (SELECT x FROM %s k LIMIT 1) k OFFSET 0) o', d.doc, source)) <> '42804';
		FOR f IN SELECT * FROM functions WHERE right_type OR proname = 'eligible_facts' LOOP
			policy := CASE WHEN f.by_name THEN quote_literal(d.name) || '::text'
			ELSE quote_literal(d.doc) || '::zjtx.policy' END;
			call := format('%s(%s, %L, e.x)', f.proname, policy, CASE WHEN f.by_name THEN d.hash ELSE '' END || 'x');
			asked := format('plain.%s(r, %s)', replace(f.proname, '_facts', ''), policy);
			got := pg_temp.outcome(format('SELECT string_agg(%s, '' '' ORDER BY i) FROM %s e', CASE WHEN f.is_set
				THEN format('(SELECT string_agg(s::text, '','') FROM %s s)', call)
				ELSE format('coalesce(%s::text, ''NULL'')', call) END, source));
			want := pg_temp.outcome(format('SELECT string_agg(%s, '' '' ORDER BY i) FROM (SELECT e AS r, i '
				'FROM (SELECT x, i FROM %s k OFFSET 0) e OFFSET 0) o', CASE WHEN f.is_set
				THEN format('(SELECT string_agg(s::text, '','') FROM %s s)', asked)
				ELSE format('coalesce(%s::text, ''NULL'')', asked) END, source));
			IF got IS DISTINCT FROM want THEN
				RETURN NEXT format('%s of %s: %s, not %s', call, source, got, want);
			END IF;
		END LOOP;
	END LOOP;
END $$;

-- A table for each type that a column can have, with those of these values that its input accepts.
CREATE TEMP TABLE tried (type regtype, given int);
CREATE FUNCTION pg_temp.try_type(type regtype) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	literal text;
BEGIN
	EXECUTE format('CREATE TEMP TABLE c (x %s, i int)', type);
	FOREACH literal IN ARRAY ARRAY[NULL, '', '1', '7', '-1e3', '5.5', 'NaN', 'infinity', 'true', 'f', '2020-06-01',
		'0044-03-15 BC', '甲', '[]', '[1, 2]', '{}', '{1,7}',
		'{NULL}', '{true,false}', '{2020-06-01,2024-01-02}', '{"(7,2020-06-01,1)",NULL}',
		'[{"v": 7, "y": "2020-06-01", "z": "1"}]', '(1,2)', '[1,2)', '192.168.0.1'] LOOP
		BEGIN
			EXECUTE format('INSERT INTO c SELECT %L::%s, count(*) FROM c', literal, type);
		EXCEPTION WHEN OTHERS THEN
		END;
	END LOOP;
	INSERT INTO tried SELECT type, count(*) FROM c;
	IF EXISTS (SELECT FROM pg_opclass WHERE opcintype = try_type.type AND opcdefault AND opcmethod = 403) THEN
		EXECUTE 'CREATE INDEX ON c (x)';
		SET LOCAL enable_seqscan = off;
	END IF;
	RETURN QUERY SELECT t FROM pg_temp.trouble('c') t WHERE t IS NOT NULL;
	RESET enable_seqscan;
	DROP TABLE c;
END $$;
SELECT is(array(SELECT t FROM pg_type y, pg_temp.try_type(y.oid) t
	WHERE y.typtype <> 'p' AND (y.typtype <> 'c' OR typnamespace = 'public'::regnamespace)
		AND typelem NOT IN (SELECT oid FROM pg_type WHERE typtype IN ('c', 'p')
		AND typnamespace <> 'public'::regnamespace)
		AND typnamespace <> pg_my_temp_schema()), '{}', 'every type that a column can have');
SELECT cmp_ok(count(*), '>', 200::bigint, 'types') FROM tried;
SELECT cmp_ok(sum(given), '>', 900::bigint, 'values') FROM tried;

-- Types that no column can have, and rows that belong to no table.
SELECT is(array(SELECT t FROM pg_temp.trouble(source) t WHERE t IS NOT NULL), '{}', source) FROM (VALUES
	('(SELECT ROW(1, date ''2020-06-01'') AS x, 1 AS i)'),
	('(SELECT array[ROW(1, date ''2020-06-01'')] AS x, 1 AS i)'),
	('(SELECT most_common_vals AS x, 1 AS i FROM pg_stats LIMIT 1)'),
	('(SELECT ''7''::cstring AS x, 1 AS i)'),
	('(SELECT pg_sleep(0) AS x, 1 AS i)'),
	('(SELECT c AS x, 1 AS i FROM pg_class c LIMIT 1)'),
	('(SELECT * FROM generate_series(1, 3) WITH ORDINALITY s (x, i))'),
	('(SELECT * FROM unnest(''{2020-06-01}''::date[]) WITH ORDINALITY s (x, i))'),
	('(SELECT * FROM (VALUES (7, 1), (1, 2)) s (x, i))'),
	('(SELECT * FROM json_to_recordset(''[{"x": 7, "i": 1}, {"x": null, "i": 2}]'') AS s (x numeric(5, 2), i int))')) s
	(source);

-- Calls with other arguments than the planner generates, planned and executed.
CREATE TEMP TABLE c (i int, d date, d2 date, n numeric, t text, v varchar(20), p zjtx.policy, name text, b boolean,
	l date[]);
INSERT INTO c VALUES (1, '2020-06-01', '2021-01-01', 7, '1', '1', 'n > 5', 'd', true, '{2020-06-01}'),
	(2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
CREATE INDEX ON c (d);
CREATE INDEX ON c (n);
CREATE FUNCTION pg_temp.asked(call text) RETURNS text LANGUAGE sql AS $$
	SELECT concat_ws(' / ', VARIADIC array_agg(p) ||
		pg_temp.outcome(format('SELECT string_agg(coalesce((%s)::text, ''NULL''), '' '' ORDER BY i) FROM c', call)))
	FROM (VALUES (pg_temp.planned(format('SELECT FROM c WHERE %s', call))),
		(pg_temp.planned(format('SELECT FROM c a LEFT JOIN c b USING (i) WHERE %s IS NULL',
		replace(call, 'c.', 'b.'))))) v (p) $$;
SELECT is(pg_temp.asked(call), answer, left(call, 120)) FROM (VALUES
	('eligible_facts(NULL::zjtx.policy, ''d'', c.d)', 'NULL NULL'),
	('eligible_facts(NULL::text, ''d'', c.d)', 'NULL NULL'),
	('eligible_facts(NULL, NULL, NULL)', 'NULL NULL'),
	('eligible_facts(''d = 2020-06-01''::zjtx.policy, NULL, c.d)', 'NULL NULL'),
	('eligible_facts(''d = 2020-06-01''::zjtx.policy, ''d'', NULL)', '42804'),
	('eligible_facts(''d = 2020-06-01''::zjtx.policy, ''d'', NULL::date)', 'NULL NULL'),
	('eligible_facts(''d = 2020-06-01''::zjtx.policy, ''d'', ''2020-06-01'')', '42804'),
	('eligible_facts(''d = 2020-06-01''::zjtx.policy, ''d'', date ''2020-06-01'')', 'true true'),
	('eligible_facts(''d = 2020-06-01''::zjtx.policy, ''d d'', c.d, c.d2)', '42702'),
	('eligible_facts(''d = 2020-06-01''::zjtx.policy, ''e e'', c.d, c.d2)', 'NULL NULL'),
	('eligible_facts(''d = 2020-06-01''::zjtx.policy, ''d'', c.d, c.d2)', '22023'),
	('eligible_facts(''d = 2020-06-01''::zjtx.policy, ''d e f'', c.d, c.d2)', '22023'),
	('eligible_facts(''d = 2020-06-01''::zjtx.policy, '''', c.d)', '22023'),
	('eligible_facts(''d = 2020-06-01''::zjtx.policy, ''  d  '', c.d)', 'true NULL'),
	('eligible_facts(''d = 2020-06-01''::zjtx.policy, ''#1 d'', c.n, c.d)', '55000'),
	('eligible_facts(''d = 2020-06-01''::zjtx.policy, ''d''::varchar, c.d)', 'true NULL'),
	('eligible_facts(''d = 2020-06-01''::law, ''d'', c.d)', 'true NULL'),
	('eligible_facts(''d = 2020-06-01''::zjtx.policy, ''d'', VARIADIC array[c.d])', '0A000'),
	('eligible_facts(''d = 2020-06-01''::zjtx.policy, ''d'', VARIADIC c.l)', '0A000'),
	('eligible_facts(''d = 2020-06-01''::zjtx.policy, ''d'', c.l)', '42804'),
	('eligible_facts(''d = 2020-06-01''::zjtx.policy, ''d'', ROW(c.d))', '42804'),
	('eligible_facts(''n > 5''::zjtx.policy, ''n'', c.d - c.d2)', 'false NULL'),
	('eligible_facts(''n > 5''::zjtx.policy, ''n'', c.d)', '42804'),
	('eligible_facts(''t = ''''1''''''::zjtx.policy, ''t'', c.n)', '42804'),
	('eligible_facts(''b''::zjtx.policy, ''b'', c.n)', '42804'),
	('eligible_facts(''b''::zjtx.policy, ''b'', c.b)', 'true NULL'),
	('eligible_facts(c.p, ''n'', c.n)', 'true NULL'),
	('eligible_facts(c.p, ''n'', c.d)', '42804'),
	('eligible_facts(''d = 2020-06-01''::zjtx.policy, c.name, c.d)', 'true NULL'),
	('eligible_facts(''d = 2020-06-01''::zjtx.policy, c.name, c.n)', '42804'),
	('eligible_facts(''no such policy'', ''#1 d'', c.n)', '55000'),
	('eligible_facts(''no such policy'', ''d'', c.n)', '42704'),
	('eligible_facts(''calls-3'', ''#1 x'', c.d)', '55000'),
	('eligible_facts(''calls-3'', ''x'', c.d)', '40001'),
	('eligible_facts(''calls-3'', '''', c.d)', '40001'),
	('stands(''calls-3'', ''#1'')', '55000'),
	('stands(''no such policy'', ''#1'')', '55000'),
	('stands(NULL, NULL)', 'NULL NULL'),
	('eligible_facts((''n > 5 and '' || repeat(''x'', 64) || '' > 5'')::zjtx.policy, ''n '' || repeat(''x'', 63), c.n, '
	'c.d)', '22P02'),
	('missing_facts(''n > 5 and d = 2020-06-01''::zjtx.policy, repeat(''x'', 70000) || '' n'', c.d, c.n) = ''{d}''',
	'true false'),
	(format('eligible_facts(''n > 5''::zjtx.policy, ''n%s'', c.n%s)', repeat(' n', 97), repeat(', c.n', 97)), '42702'),
	(format('eligible_facts(''n > 5''::zjtx.policy, ''n%s'', c.n%s)', repeat(' m', 97), repeat(', c.n', 97)),
	'true NULL')) calls (call, answer);

-- Other places for a call.
SELECT is(pg_temp.outcome(statement), '42804', statement) FROM (VALUES
	('CREATE INDEX ON c (eligible_facts(''d = 2020-06-01''::zjtx.policy, ''d'', n))'),
	('CREATE INDEX ON c (i) WHERE eligible_facts(''d = 2020-06-01''::zjtx.policy, ''d'', n)'),
	('ALTER TABLE c ADD CHECK (eligible_facts(''d = 2020-06-01''::zjtx.policy, ''d'', n))'),
	('ALTER TABLE c ADD bad boolean GENERATED ALWAYS AS (eligible_facts(''d = 2020-06-01''::zjtx.policy, ''d'', '
	'n)) STORED'),
	('ALTER TABLE c ADD bad boolean DEFAULT eligible_facts(''d = 2020-06-01''::zjtx.policy, ''d'', 7)'),
	('SELECT DISTINCT ON (eligible_facts(''d = 2020-06-01''::zjtx.policy, ''d'', n)) i FROM c'),
	('SELECT max(i) FILTER (WHERE eligible_facts(''d = 2020-06-01''::zjtx.policy, ''d'', n)) FROM c'),
	('UPDATE c SET b = true WHERE eligible_facts(''d = 2020-06-01''::zjtx.policy, ''d'', n)')) s (statement);
SET LOCAL plan_cache_mode = force_generic_plan;
PREPARE q (zjtx.policy, text, int) AS SELECT count(*) FROM c WHERE eligible_facts($1, $2, n)
	OR eligible_facts('d = 2020-06-01'::zjtx.policy, 'd', $3);
SELECT is(pg_temp.outcome('EXECUTE q(''n > 5'', ''n'', 1)'), '42804', 'a generic plan');
SET LOCAL plan_cache_mode = force_custom_plan;
SELECT is(pg_temp.outcome('EXECUTE q(''n > 5'', ''n'', 1)'), '42804', 'a custom plan');
SELECT is(pg_temp.outcome('EXECUTE q(''d > 2020-01-01'', ''d'', 1)'), '42804', 'a custom plan of another policy');
SELECT * FROM finish();
ROLLBACK;
