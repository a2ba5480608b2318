\set ECHO none
\i sql/tap.psql
BEGIN;
\i sql/judge.psql
SET LOCAL client_min_messages = error;
SELECT plan(47);

-- lines(judge(e, p)) WHERE eligible: a row that satisfies nothing is not judged, and only the lines wanted are made.

CREATE TABLE firm (id int PRIMARY KEY, a int, b int, region text, revenue numeric);
INSERT INTO firm SELECT i, nullif(i % 7, 6), i % 5, (ARRAY['渝北区', '巴南区', NULL])[1 + i % 3],
	i FROM generate_series(1, 60) i;
SELECT is(store(doc), code, code) FROM (VALUES
	('lines-1', $$policy lines-1 '一' in force from 2020-01-01 fact a number fact b number fact region text
		clause 1 reward when a >= 3 stage x on 2025-01-01 pay 5元 stage y on 2026-01-01 when b > 2 pay b * 1元
		clause 2 when region = '渝北区' clause 3 reward when b > 3 pay undetermined
		clause 4 reward subject platform when b > 0 pay 1元
		ladder 'l' rung low when a > 1 rung high when a > 4$$),
	('lines-2', $$policy lines-2 '二' uses lines-1 fact a number fact b number fact region text
		clause 1 reward when a > 4 pay 2元 clause 2 reward when b > 3 pay 3元
		group g best of 1, 2, lines-1/1$$)) d (code, doc);
-- The lines, and those that the planner cannot look into.
CREATE FUNCTION pg_temp.same(lines text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	wanted text := 'SELECT string_agg(concat_ws('' '', e.id, l.*), E''\n'' ORDER BY e.id, l.line) FROM firm e, ';
	found text;
	expected text;
	plan text := '';
	line text;
BEGIN
	EXECUTE wanted || lines || ' l WHERE l.eligible' INTO found;
	EXECUTE wanted || 'LATERAL (SELECT * FROM ' || lines || ' OFFSET 0) l WHERE l.eligible' INTO expected;
	FOR line IN EXECUTE 'EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM firm e, ' || lines || ' l WHERE l.eligible' LOOP
		plan := plan || line;
	END LOOP;
	RETURN CASE WHEN found IS DISTINCT FROM expected THEN format('DIFFERENT %s not %s', found, expected)
		WHEN found IS NULL THEN 'nothing found'
		WHEN plan ~ '(eligible_facts|stands)\(.*eligible_lines\(zjtx_internal.judge_facts\(' THEN 'filtered'
		WHEN plan ~ 'eligible_lines\(CASE WHEN zjtx_internal.eligible_facts\(.*THEN zjtx_internal.judge_facts\('
		THEN 'conditional'
		WHEN plan ~ 'eligible_lines\(' THEN 'only eligible' ELSE 'all' END;
END $$;
SELECT is(pg_temp.same(lines), expected, lines) FROM (VALUES
	('filtered', $$lines(judge(e, 'lines-1'))$$),
	('filtered', $$lines(judge(e, 'lines-1/2'))$$),
	('filtered', $$lines(judge(e, 'lines-1/4'))$$),
	('filtered', $$lines(judge(e, as_of('lines-1', '2026-06-01')))$$),
	('filtered', $$lines(judge(e, 'a > 3 or b > 3'::policy))$$),
	('filtered', $$lines(judge(e, 'lines-2'))$$),
	('only eligible', $$lines(judge(to_jsonb(e), 'lines-1'))$$),
	('only eligible', $$lines(judge(e, (SELECT stored('lines-1'))))$$)) l (expected, lines);
CREATE FUNCTION pg_temp.lines_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE 'EXPLAIN (VERBOSE, COSTS OFF) ' || query;
END $$;
-- Ways to say it.
CREATE FUNCTION pg_temp.plan(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	result text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (VERBOSE, COSTS OFF) ' || query LOOP
		result := result || line || E'\n';
	END LOOP;
	RETURN CASE WHEN result ~ 'eligible_lines\(' THEN 'only eligible' ELSE 'all' END;
END $$;
CREATE FUNCTION pg_temp.count(query text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	n bigint;
BEGIN
	EXECUTE format('SELECT count(*) FROM (%s) q', query) INTO n;
	RETURN n;
END $$;
SELECT is(pg_temp.plan(query), expected, query) FROM (VALUES
	('only eligible', $$SELECT 1 FROM firm e CROSS JOIN lines(judge(e, 'lines-1')) l
		WHERE l.eligible IS TRUE AND e.id > 3$$),
	('only eligible', $$SELECT 1 FROM firm e JOIN lines(judge(e, 'lines-1')) l ON l.eligible AND l.amount > 1$$),
	('only eligible', $$SELECT 1 FROM firm e LEFT JOIN lines(judge(e, 'lines-1')) l ON true WHERE l.eligible$$),
	('only eligible', $$SELECT 1 FROM firm e, lines(judge(e, 'lines-1')) l (c1, c2, c3, c4, c5, c6, ok)
		WHERE (ok AND e.id > 1) AND c1 IS NOT NULL$$),
	('all', $$SELECT 1 FROM firm e LEFT JOIN lines(judge(e, 'lines-1')) l ON l.eligible$$),
	('all', $$SELECT 1 FROM firm e, lines(judge(e, 'lines-1')) l WHERE l.eligible OR e.id = 1$$),
	('all', $$SELECT 1 FROM firm e, lines(judge(e, 'lines-1')) l WHERE NOT l.eligible$$),
	('all', $$SELECT 1 FROM firm e, lines(judge(e, 'lines-1')) WITH ORDINALITY l WHERE l.eligible AND l.ordinality = 2$$),
	('all', $$SELECT 1 FROM firm e, ROWS FROM (lines(judge(e, 'lines-1')), generate_series(1, 3)) l WHERE l.eligible$$),
	('all', $$SELECT 1 FROM firm e, lines(judge(e, 'lines-1')) l, lines(judge(e, 'lines-1')) m
		WHERE l.eligible AND m.line = l.line || ''$$),
	('only eligible', $$SELECT 1 FROM firm e, lines(judge(e, 'lines-1')) l, lines(judge(e, 'lines-1')) m
		WHERE l.eligible AND m.eligible$$),
	('all', $$SELECT l FROM (SELECT 'lines-1' AS eligible) x, firm e, lines(judge(e, 'lines-1')) l$$)) q (expected, query);
SELECT is(pg_temp.count(query), pg_temp.count(replace(query, 'l.eligible', '(l.eligible OR l.eligible)')), query)
	FROM (VALUES
	($$SELECT 1 FROM firm e LEFT JOIN lines(judge(e, 'lines-1')) l ON true WHERE l.eligible$$)) q (query);

-- Where the condition joins WHERE, and where not: it sees what the function sees, raises no error that would not be
-- there, and is not tested again with a row that has been locked.
CREATE TABLE listed AS SELECT id, a, b, region, CASE WHEN id > 50 THEN '[5]' ELSE '[{"area": 1}]' END::jsonb AS leases
	FROM firm;
CREATE VIEW plain_view AS SELECT id, region AS region, b, a FROM firm WHERE id > 2;
CREATE VIEW mapped AS SELECT id, region, b, 6 / (id - 60) + a AS a FROM firm;
CREATE VIEW barrier WITH (security_barrier) AS SELECT id, region, b, a FROM firm WHERE id > 2;
SELECT is(store(doc), code, code) FROM (VALUES
	('lines-3', $$policy lines-3 '三' fact a number fact leases list (area number)
		clause 1 reward when a > 2 and sum(leases : area) > 0 pay 2元$$)) d (code, doc);
CREATE TABLE many AS SELECT id, nullif(id % 700, 6) AS a, id % 5 + id AS b FROM generate_series(1, 2000) id;
ANALYZE many;
CREATE FUNCTION pg_temp.form(query text) RETURNS text LANGUAGE sql AS $$
	SELECT CASE WHEN plan !~ 'eligible_lines\(' THEN 'all' WHEN plan ~ 'eligible_lines\(CASE' THEN 'conditional'
		WHEN plan ~ 'eligible_facts|stands' THEN 'filtered' ELSE 'only eligible' END
	FROM (SELECT string_agg(line, E'\n') AS plan FROM pg_temp.lines_of(query) line) p
$$;
SELECT is(pg_temp.form(query), expected, query),
	is(pg_temp.answers(query, true), pg_temp.answers(replace(query, 'l.eligible', '(l.eligible OR l.eligible)'), false),
		'the same')
FROM (VALUES
	('filtered', $$SELECT x.id, l.* FROM plain_view x, lines(judge(x, 'lines-1')) l WHERE l.eligible$$),
	('filtered', $$SELECT x.id, l.* FROM barrier x, lines(judge(x, 'lines-1')) l WHERE l.eligible$$),
	('conditional', $$SELECT x.id, l.* FROM (SELECT * FROM mapped WHERE id < 60) x, lines(judge(x, 'lines-1')) l
		WHERE l.eligible$$),
	('conditional', $$SELECT x.id, l.* FROM (VALUES (7, 3, 4)) x (id, a, b), lines(judge(x, 'lines-1')) l
		WHERE l.eligible$$),
	('conditional', $$SELECT x.id, l.* FROM listed x JOIN firm y ON y.id = x.id + 20, lines(judge(x, 'lines-3')) l
		WHERE l.eligible$$),
	('filtered', $$SELECT x.id, y.id, l.* FROM firm x LEFT JOIN firm y ON y.id = x.id + 50, lines(judge(y, 'lines-1')) l
		WHERE l.eligible$$),
	('conditional', $$SELECT x.id, y.id, l.* FROM firm x LEFT JOIN (firm y CROSS JOIN lines(judge(y, 'lines-1')) l)
		ON y.id = x.id + 50 WHERE l.eligible$$),
	('filtered', $$SELECT x.id, l.* FROM firm x LEFT JOIN lines(judge(x, 'lines-1')) l ON l.amount > 3 WHERE l.eligible$$),
	('filtered', $$SELECT x.id, l.line, m.line FROM firm x, lines(judge(x, 'lines-1')) l, lines(judge(x, 'lines-2')) m
		WHERE l.eligible AND m.eligible$$),
	('only eligible', $$SELECT x.id, (SELECT count(*) FROM lines(judge(x, 'lines-1')) l WHERE l.eligible) FROM firm x$$),
	('conditional', $$SELECT x.id, l.* FROM firm x, lines(judge(x, 'lines-1')) l WHERE l.eligible FOR UPDATE OF x$$)
	) q (expected, query);
SET LOCAL zjtx.batch = on;
SET LOCAL zjtx.batch_rows = 500;
SELECT is(pg_temp.nodes($$SELECT x.id, l.line FROM many x, lines(judge(x, 'lines-1')) l WHERE l.eligible$$),
	'Nested Loop > Custom Scan (Judge) many > Function Scan eligible_lines', 'rows are refused in batches');

SELECT * FROM finish();
ROLLBACK;
