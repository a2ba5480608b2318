\set ECHO none
\i sql/tap.psql
BEGIN;
SELECT plan(22);
SET LOCAL search_path = public, zjtx;
SET LOCAL zjtx.as_of = '2025-06-30';
SET LOCAL client_min_messages = warning;
SET LOCAL jit = off;

-- An index, a CHECK or a statistics object by an operator serves the calls by facts that the planner writes and that
-- a coordinator sends, and the reverse.
CREATE TABLE firm (id int PRIMARY KEY, region text, label text COLLATE "C", revenue numeric, staff int, won date);
INSERT INTO firm SELECT i, CASE WHEN i % 3 = 0 THEN 'east' ELSE 'west' END, 'x', i, i % 100, '2024-01-01'
FROM generate_series(1, 5000) i;
-- The expression as a plan prints it: the calls by facts.
CREATE FUNCTION pg_temp.planned(expression text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE format('EXPLAIN (VERBOSE, COSTS OFF, FORMAT JSON) SELECT %s FROM firm e', expression) INTO plan;
	RETURN plan -> 0 -> 'Plan' -> 'Output' ->> 0;
END $$;
CREATE FUNCTION pg_temp.used(query text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	line text;
BEGIN
	SET LOCAL enable_seqscan = off;
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
		IF line ~ 'by_answer' THEN
			RETURN true;
		END IF;
	END LOOP;
	RETURN false;
END $$;
-- An index on the expression or a partial index; of the operator, or of the call by facts.
CREATE FUNCTION pg_temp.serves(definition text, asked text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	result boolean;
BEGIN
	EXECUTE 'CREATE INDEX by_answer ON firm ' || regexp_replace(definition, '\me( \||\.)', 'firm\1', 'g');
	result := pg_temp.used('SELECT id FROM firm e WHERE ' || asked);
	DROP INDEX by_answer;
	RETURN result;
END $$;
CREATE TEMP TABLE asked AS
SELECT row_number() OVER () AS number, format('e %s %L::zjtx.policy', operator, policy) AS expression, value
FROM (VALUES
	($$policy p 'p' fact revenue number 元 clause 1 reward when revenue > 3元 pay 1元 ladder rung r 'r' when revenue > 7元$$),
	($$policy p 'p' fact region text fact label text fact revenue number 元 clause 1 reward
		when region = 'east' and label = 'x' or revenue > 5元 pay 1元 ladder rung r 'r' when label = 'x' and revenue > 7元$$))
	v (policy), (VALUES ('|#', '1'), ('|^', '(SELECT ''{}''::jsonb |^ ''miit-2022-63'')'), ('|!', '''{}''')) o (operator,
	value)
-- by facts, the array of |! has the collation of the columns
WHERE operator <> '|!' OR policy !~ 'label';
INSERT INTO asked SELECT 10 + row_number() OVER (), format('e |= %L::zjtx.policy', rule), 'true'
FROM unnest(ARRAY['revenue / staff > 3', $$region <> 'east' and label <> 'y'$$,
	$$label = 'x' or revenue / staff > 3$$]) rule;
SELECT ok(pg_temp.serves(format('((%s))', expression), format('(%s) = %s', planned, value)),
	'an index by the operator: ' || number),
	ok(pg_temp.serves(format('((%s))', planned), format('(%s) = %s', expression, value)), 'an index by facts: ' || number)
FROM asked, pg_temp.planned(expression) planned ORDER BY number;

-- Partial indexes, and conditions of WHERE as a scan prints them.
CREATE FUNCTION pg_temp.filtered(expression text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	SET LOCAL enable_seqscan = on;
	SET LOCAL zjtx.batch = off;
	EXECUTE format('EXPLAIN (VERBOSE, COSTS OFF, FORMAT JSON) SELECT FROM firm e WHERE %s', expression) INTO plan;
	RETURN plan -> 0 -> 'Plan' ->> 'Filter';
END $$;
SELECT ok(pg_temp.serves('(id) WHERE ' || expression, filtered), 'a partial index by the operator: ' || expression),
	ok(pg_temp.serves('(id) WHERE ' || filtered, expression), 'a partial index by facts: ' || expression)
FROM (SELECT format('e |= %L::zjtx.policy', rule) AS expression FROM unnest(ARRAY['revenue / staff > 3',
	$$revenue > 4000 and region <> 'east'$$, $$region = 'east' and (label = 'x' or revenue / staff > 3)$$]) rule) r,
	pg_temp.filtered(expression) filtered;
SELECT * FROM finish();
ROLLBACK;
