\set ECHO none
\i sql/tap.psql
BEGIN;
SELECT plan(10);
SET LOCAL client_min_messages = warning;
SET LOCAL jit = off;

-- The expression with which the planner replaces a question has the same type, typmod, collation and answers, for all
-- types of columns.
\i sql/plain.psql
CREATE EXTENSION citext;
CREATE COLLATION fold (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE DOMAIN yes_no AS boolean;
CREATE DOMAIN yes AS yes_no NOT NULL CHECK (VALUE);
CREATE DOMAIN word AS varchar(5) COLLATE "C";
CREATE DOMAIN folded AS text COLLATE fold;
CREATE DOMAIN padded AS char(5);
CREATE DOMAIN money2 AS numeric(5, 2) CHECK (VALUE < 900);
CREATE DOMAIN whole AS int;
CREATE DOMAIN day AS date;
CREATE DOMAIN day_of_days AS day;
CREATE TYPE mood AS ENUM ('甲', '乙', '丙', 'ab', 'AB', '');

-- Runs a query with both search paths and shows its rows, the types of its columns, and the columns of a table made
-- from it.
CREATE FUNCTION pg_temp.outcome(query text, path text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	types text;
	rows text;
BEGIN
	EXECUTE 'SET LOCAL search_path = public, ' || path;
	EXECUTE 'CREATE TEMP TABLE made AS ' || query;
	SELECT string_agg(format('%s %s %s %s', attname, atttypid, atttypmod, attcollation), ', ' ORDER BY attnum)
		INTO types
		FROM pg_attribute WHERE attrelid = 'made'::regclass AND attnum > 0;
	SELECT string_agg(made::text, ' ' ORDER BY made::text COLLATE "C") INTO rows FROM made;
	RAISE EXCEPTION USING errcode = 'ZZZZZ', message = types || ': ' || coalesce(rows, 'no row');
EXCEPTION WHEN SQLSTATE 'ZZZZZ' THEN
	RETURN sqlerrm;
WHEN OTHERS THEN
	RETURN sqlstate || ': ' || sqlerrm;
END $$;
CREATE TEMP TABLE asked (query text, plain text, rewritten text);
CREATE FUNCTION pg_temp.differences(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	want text := pg_temp.outcome(query, 'plain');
	got text := pg_temp.outcome(query, 'zjtx');
BEGIN
	INSERT INTO asked VALUES (query, want, got);
	IF want <> got OR want ~ '^[0-9A-Z]{5}: ' THEN
		RETURN NEXT format('%s: %s, not %s', query, got, want);
	END IF;
END $$;

-- Every question about a column of every type, in every place where the type of an expression matters.
CREATE FUNCTION pg_temp.trouble(type text, fact text, rules text[], given text[]) RETURNS SETOF text LANGUAGE plpgsql
	AS $$
DECLARE
	rule text;
	question text;
	shape text;
	done boolean := false;
BEGIN
	EXECUTE format('CREATE TABLE c (id int, x %s)', type);
	EXECUTE format('INSERT INTO c SELECT row_number() OVER (), value::%s FROM unnest(%L::text[]) value', type, given);
	INSERT INTO c SELECT 100 + id, x FROM c;
	FOREACH rule IN ARRAY rules LOOP
		-- a single condition, which PostgreSQL can evaluate itself
		question := format('e |= %L::zjtx.policy', format('policy c ''c'' fact x %s clause 1 when %s', fact, rule));
		FOREACH shape IN ARRAY ARRAY['SELECT a, id FROM (SELECT %1$s AS a, id FROM c e ORDER BY id LIMIT 5) s WHERE a',
			'WITH s AS MATERIALIZED (SELECT %1$s AS a FROM c e) SELECT a, NOT a FROM s',
			'SELECT a, count(*) FROM (SELECT %1$s AS a FROM c e) s GROUP BY a',
			'SELECT a, count(*) FROM (SELECT %1$s AS a FROM c e) s GROUP BY CUBE (a)',
			'SELECT a FROM (SELECT %1$s AS a FROM c e) s UNION SELECT true',
			'SELECT DISTINCT %1$s AS a FROM c e ORDER BY a',
			'SELECT max((%1$s)::int), bool_and(%1$s), array_agg(%1$s ORDER BY id) FROM c e',
			'SELECT lag(%1$s) OVER (ORDER BY %1$s, id) FROM c e',
			'SELECT o.id, s.a FROM c o LEFT JOIN (SELECT id, %1$s AS a FROM c e OFFSET 0) s ON s.id = o.id + 100',
			'SELECT CASE WHEN %1$s THEN 1 END, coalesce(%1$s, false), ROW(%1$s)::text, ARRAY[%1$s] FROM c e',
			'SELECT id FROM c e WHERE %1$s', 'SELECT id FROM c e WHERE (%1$s) IS NOT TRUE',
			'SELECT a.id, e.id AS other FROM c a JOIN c e ON (%1$s) = (a.id < 3)',
			'SELECT a, pg_typeof(a) FROM (SELECT %1$s FROM c e UNION ALL SELECT %1$s FROM c e) s (a) WHERE a'] LOOP
			RETURN QUERY SELECT pg_temp.differences(format(shape, question));
		END LOOP;
		CONTINUE WHEN done;
		done := true;
		rule := format('%L::zjtx.policy',
			format('policy c ''c'' fact x %s clause 1 reward when %s pay 1元 ladder ''l'' rung a ''A'' when %2$s', fact,
			rule));
		FOREACH question IN ARRAY ARRAY['e |= ' || rule, 'NOT (e |= ' || rule || ')', 'e |^ ' || rule, 'e |# ' || rule,
			'e |! ' || rule, 'judge(e, ' || rule || ')::text', '(amount_range(e, ' || rule || ')).*'] LOOP
			FOREACH shape IN ARRAY ARRAY['SELECT %1$s FROM c e', 'SELECT * FROM (SELECT %1$s FROM c e OFFSET 0) s',
			'SELECT %1$s FROM c o LEFT JOIN c e ON e.id = o.id + 100'] LOOP
				RETURN QUERY SELECT pg_temp.differences(format(shape, question));
			END LOOP;
		END LOOP;
	END LOOP;
	DROP TABLE c;
END $$;
SELECT is(array(SELECT t FROM unnest(types) type, pg_temp.trouble(type, fact, rules, given) t), '{}', description)
	FROM (VALUES
	('booleans', ARRAY['boolean', 'yes_no'], 'boolean', ARRAY['x', 'not x', 'x = true'], ARRAY[NULL, 't', 'f']),
	('a domain without NULL', ARRAY['yes'], 'boolean null means none', ARRAY['x', 'not x'], ARRAY['t']),
	('texts', ARRAY['text', 'varchar(5)', 'char(5)', 'varchar(5) COLLATE fold', 'citext', 'name', 'mood', 'word',
	'folded', 'padded'], 'text',
		ARRAY[$$x in ('ab', '甲')$$, $$x <> 'ab'$$], ARRAY[NULL, '甲', '乙', 'ab', 'AB', '']),
	('numbers', ARRAY['smallint', 'whole', 'numeric', 'numeric(5, 2)', 'money2'], 'number at least 0',
	ARRAY['x >= 5', 'x = 5 or x > 7'], ARRAY[NULL, '-1', '0', '5', '6', '8']),
	('days', ARRAY['date', 'day', 'day_of_days', 'timestamp'], 'date', ARRAY['x >= 2024-01-01', 'not (x < 2024-01-01)'],
	ARRAY[NULL, '2023-12-31', '2024-01-01', 'infinity', '-infinity']))
	c (description, types, fact, rules, given);
SELECT cmp_ok(count(*), '>', 600::bigint, 'queries') FROM asked;

-- Indexes, constraints, generated columns and views, which store the expression.
SET LOCAL search_path = public, zjtx;
CREATE TABLE flags (id int, b yes_no, CHECK ((flags |= 'b or id < 9'::policy)), a boolean);
INSERT INTO flags VALUES (1, true), (2, false), (3, NULL);
CREATE INDEX ON flags ((flags |= 'b'::policy));
CREATE INDEX ON flags (id) WHERE flags |= 'b'::policy;
CREATE VIEW flagged AS SELECT id, e |= 'b'::policy AS a FROM flags e;
CREATE MATERIALIZED VIEW stored AS SELECT e |= 'b'::policy AS a FROM flags e;
SELECT results_eq('SELECT a, count(*) FROM flagged GROUP BY 1 ORDER BY 1',
	'VALUES (false, 1::bigint), (true, 1), (NULL, 1)', 'a view');
SELECT results_eq('SELECT a FROM stored ORDER BY 1', 'VALUES (false), (true), (NULL)', 'a materialized view');
SELECT results_eq('UPDATE flags SET a = flags |= ''b''::policy WHERE flags |= ''not b''::policy OR id = 1 '
	'RETURNING id, a', 'VALUES (1, true), (2, false)', 'an update');
-- a domain does not prevent the rewrite
CREATE FUNCTION pg_temp.output_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (VERBOSE, FORMAT json) ' || query INTO plan;
	RETURN plan -> 0 -> 'Plan' ->> 'Output';
END $$;
SELECT is(pg_temp.output_of('SELECT e |= ''b''::policy, e |= ''not b''::policy FROM flags e'), '["b", "(NOT b)"]',
	'a domain over boolean');
SELECT * FROM finish();
ROLLBACK;
