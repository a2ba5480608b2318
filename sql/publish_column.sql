\set ECHO none
\i sql/tap.psql
BEGIN;
SET LOCAL search_path = public, zjtx;
SET LOCAL client_min_messages = error;
SET LOCAL zjtx.as_of = '2025-06-30';
SELECT plan(20);

-- A query that reads one clause or rung of a published view judges only that.

SELECT is(store(doc), code, code) FROM (VALUES
	('column-1', $$policy column-1 '一' series columns in force from 2020-01-01 fact a number fact b number fact region text
		clause 1 reward when a >= 3 stage x on 2025-01-01 pay 5元 stage y on 2026-01-01 when b > 2 pay b * 1元 cap 6元
		clause 2 when region = '渝北区' clause 3 reward when b > 3 pay undetermined
		clause 4 subsidy per year when a > b pay a * 1.005元 clause 5 reward per year when a > 1 pay 1元
		group g best of 4, 5 cap 3元
		ladder 'l' rung low when a > 1 rung high when a > 4$$),
	('column-2', $$policy column-2 '二' series columns in force from 2025-01-01 fact a number fact b number fact region text
		clause 1 reward when a >= 4 stage x on 2025-01-01 pay 7元 stage z on 2025-02-01 when b > 1 pay b * 1元
		clause 2 when region = '巴南区' clause 6 tax when b > 3 pay 2元$$)) d (code, doc);
CREATE TABLE firm (id int PRIMARY KEY, a numeric, b numeric, region text, as_of date);
INSERT INTO firm SELECT i, nullif(i % 7, 6), nullif(i % 5, 4), (ARRAY['渝北区', '巴南区', NULL])[1 + i % 3],
	CASE WHEN i % 11 > 0 THEN date '2024-06-01' + i * 10 END FROM generate_series(1, 100) i;
CREATE VIEW dated AS SELECT id, a, b, region FROM firm;
SELECT publish('firm', 'columns'::text, 'of_series') IS NOT NULL,
	publish('firm', 'column-1'::text, 'of_one') IS NOT NULL,
	publish('dated', 'column-1'::text, 'of_view') IS NOT NULL \g /dev/null

CREATE FUNCTION pg_temp.plan(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	result text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (VERBOSE, COSTS OFF) ' || query LOOP
		result := result || line || E'\n';
	END LOOP;
	RETURN coalesce((SELECT string_agg(DISTINCT m[1], ' ')
		FROM regexp_matches(result, 'judge(?:_facts)?\([^'']*''([^'']*)''', 'g') m), 'none');
END $$;
-- Columns that differ when they are asked alone.
CREATE FUNCTION pg_temp.differing(view text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	c name;
	n bigint;
BEGIN
	EXECUTE format('CREATE TEMP TABLE whole AS SELECT * FROM %I', view);
	FOR c IN SELECT attname FROM pg_attribute WHERE attrelid = view::regclass AND attnum > 0 LOOP
		EXECUTE format('SELECT count(*) FROM (SELECT id, %I AS alone FROM %I) x JOIN whole USING (id) '
			'WHERE alone IS DISTINCT FROM %1$I', c, view)
			INTO n;
		IF n > 0 THEN RETURN NEXT c || ' ' || n; END IF;
	END LOOP;
	DROP TABLE whole;
END $$;
SELECT is_empty(format('SELECT pg_temp.differing(%L)', v), v) FROM unnest('{of_series,of_one,of_view}'::text[]) v;

SELECT is(pg_temp.plan(query), judged, query) FROM (VALUES
	('column-1/2', 'SELECT clause_2 FROM of_one'),
	('column-1/4', 'SELECT sum(clause_4) FROM of_one WHERE clause_4 > 1 AND id > 3'),
	('column-1/1', 'SELECT id, clause_1, clause_1_x FROM of_one ORDER BY clause_1_y'),
	('column-1/g', 'SELECT group_g FROM of_one'),
	('column-1/high', 'SELECT count(*) FROM of_one WHERE rung_high'),
	('columns/6', 'SELECT clause_6 FROM of_series'),
	('column-1/2', 'SELECT v.clause_2, f.a FROM firm f JOIN of_one v USING (id)'),
	('column-1', 'SELECT clause_2, clause_1 FROM of_one'), ('column-1', 'SELECT * FROM of_one'),
	('column-1', 'SELECT total_amount FROM of_one'), ('column-1', 'SELECT clause_2 FROM of_one WHERE rung_low'),
	('column-1', 'SELECT v FROM of_one v'),
	('column-1 column-1/2', 'SELECT clause_2, judge(f, ''column-1'') FROM of_one JOIN firm f USING (id)'),
	('column-1', 'SELECT clause_2 FROM of_one v WHERE EXISTS (SELECT FROM firm f '
		'WHERE f.id = v.id AND f.a = v.clause_1 OFFSET 0)'),
	('none', 'SELECT a FROM of_one')) q (judged, query);

SELECT * FROM finish();
ROLLBACK;
