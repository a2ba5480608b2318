\set ECHO none
\i sql/tap.psql
BEGIN;
SET LOCAL search_path = public, zjtx;
SET LOCAL client_min_messages = warning;
SELECT plan(29);

-- Policies that a query takes from columns: as text, short, compressed, or in a TOAST table.  A call recognizes an
-- argument without reading its text, and must never take one policy for another.

CREATE FUNCTION pg_temp.rule(bound int, filler int) RETURNS text LANGUAGE sql AS $$
	SELECT format('x >= %s ', bound) || CASE WHEN filler > 0 THEN '-- ' ||
		(SELECT string_agg(md5(i::text), ' ') FROM generate_series(1, filler) i) ELSE '' END
$$;
CREATE TABLE e (id int PRIMARY KEY, x int);
INSERT INTO e SELECT i, i FROM generate_series(1, 10) i;
CREATE TABLE rule (name text PRIMARY KEY, bound int, p policy, t text, v varchar);
INSERT INTO rule SELECT name, bound, s::policy, s, s FROM (
	SELECT name || bound AS name, bound, CASE WHEN name = 'compressed' THEN
		format('x >= %s -- %s', bound, repeat('words ', 800)) ELSE pg_temp.rule(bound, filler) END AS s
	FROM (VALUES ('short', 0), ('long', 40), ('compressed', 0), ('toasted', 400)) k (name, filler),
		generate_series(3, 8, 5) bound) x;
SELECT results_eq('SELECT name, pg_column_size(p) < octet_length(p::text), '
	'(SELECT count(*) FROM e WHERE x < 0) FROM rule
	WHERE name LIKE ''compressed%'' ORDER BY 1', $$VALUES ('compressed3', true, 0::bigint), ('compressed8', true, 0)$$,
	'some are compressed');
SELECT is((SELECT pg_relation_size(reltoastrelid) > 0 FROM pg_class WHERE oid = 'rule'::regclass), true,
	'some are in a TOAST table');

-- The number of rows for each policy, in the order of the rows and in that of the policies.
CREATE FUNCTION pg_temp.counts(cast_of text, sorted text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE format('SELECT name FROM (SELECT name, bound, count(*) FILTER (WHERE e |= %1$s) AS n,
			count(*) FILTER (WHERE to_jsonb(e) |= %1$s) AS j
		FROM (SELECT e, r.* FROM e, rule r ORDER BY %2$s OFFSET 0) x GROUP BY 1, 2) y
		WHERE n <> 11 - bound OR j <> 11 - bound', cast_of, sorted);
END $$;
SELECT is_empty(format('SELECT pg_temp.counts(%L, %L)', c, s), format('%s, sorted by %s', c, s))
FROM (VALUES ('p'), ('t::policy'), ('v::policy'), ('(t || '' '')::policy'),
	('as_of(p, ''2024-01-01'')'), ('as_of(t::policy, date ''2024-01-01'' + (e).id)')) c (c),
	(VALUES ('name, (e).id'), ('(e).id, name')) s (s);

-- A policy from a subquery that runs once.
SELECT is((SELECT count(*) FROM e WHERE e |= (SELECT p FROM rule WHERE name = 'toasted8')), 3::bigint,
	'from an InitPlan');
SELECT is((SELECT count(*) FROM e WHERE e |= (SELECT t::policy FROM rule WHERE name = 'toasted8')), 3::bigint,
	'its text from an InitPlan');

-- The value can be stored, compared, sorted, aggregated and returned.
CREATE TABLE copied AS SELECT name, t::policy AS p, ARRAY[t::policy] AS a FROM rule;
SELECT is_empty('SELECT name FROM rule JOIN copied c USING (name) WHERE c.p::text <> t OR c.a[1]::text <> t
	OR c.p <> rule.p OR c.p <> t::policy OR pg_column_size(t::policy) < 4', 'its text is stored');
SELECT is((SELECT count(DISTINCT t::policy) FROM rule), 8::bigint, 'compared');
SELECT is((SELECT array_agg(t::policy ORDER BY t::policy)::text[] = array_agg(t ORDER BY t COLLATE "C") FROM rule),
	true,
	'sorted and aggregated');
SELECT is((SELECT count(*) FROM (SELECT t::policy AS q, lag(t::policy) OVER (ORDER BY name) AS before, t,
	lag(t) OVER (ORDER BY name) AS text_before FROM rule) x
	WHERE q::text <> t OR before::text IS DISTINCT FROM text_before), 0::bigint, 'seen by window functions');
CREATE FUNCTION pg_temp.from_plpgsql(source text) RETURNS policy LANGUAGE plpgsql AS $$
DECLARE
	p policy := source::policy;
	other policy := as_of(p, '2024-01-01');
BEGIN
	p := other;
	other := 'x > 100';
	RETURN p;
END $$;
SELECT is((SELECT array_agg(DISTINCT left(pg_temp.from_plpgsql(t)::text, 23)) FROM rule),
	ARRAY[E'as of 2024-01-01\nx >= 3', E'as of 2024-01-01\nx >= 8'], 'returned from PL/pgSQL');
CREATE INDEX ON rule ((t::policy)) WHERE name LIKE 'short%';
SELECT is((SELECT count(*) FROM rule WHERE t::policy = 'x >= 3 ' AND name LIKE 'short%'), 1::bigint,
	'found by an index');

-- What is no policy stays an error.
SELECT is(split_part(pg_temp.error_of('SELECT (t || '' and'')::policy FROM rule WHERE name = ''short3'''), E'\n', 1),
	'22P02: invalid zjtx.policy at line 1, column 12: the text ends too early',
	'a text that is no policy');
SELECT is(split_part(pg_temp.error_of('SELECT (t || '' and'')::policy FROM rule WHERE name = ''short3'''), E'\n', 1),
	'22P02: invalid zjtx.policy at line 1, column 12: the text ends too early',
	'again');
SELECT is((SELECT count(*) FROM rule WHERE nullif(name, name)::policy IS NULL), 8::bigint, 'NULL is NULL');

-- A toasted policy that changes within the transaction, and one from another subtransaction.
CREATE FUNCTION pg_temp.asked() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	n bigint := 0;
	r record;
BEGIN
	FOR r IN SELECT e, p FROM e, rule WHERE name = 'toasted3' LOOP
		n := n + (r.e |= r.p)::int;
	END LOOP;
	RETURN n;
END $$;
SELECT is(pg_temp.asked(), 8::bigint, 'a toasted policy');
UPDATE rule SET p = pg_temp.rule(9, 400)::policy WHERE name = 'toasted3';
SELECT is(pg_temp.asked(), 2::bigint, 'after it has changed');
SAVEPOINT s;
UPDATE rule SET p = pg_temp.rule(5, 400)::policy WHERE name = 'toasted3';
SELECT is(pg_temp.asked(), 6::bigint, 'in a subtransaction');
ROLLBACK TO s;
SELECT is(pg_temp.asked(), 2::bigint, 'after its rollback');

SELECT * FROM finish();
ROLLBACK;
