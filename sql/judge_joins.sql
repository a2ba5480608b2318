\set ECHO none
\i sql/tap.psql
BEGIN;
\i sql/judge.psql
SELECT plan(59);

-- The plan node Judge where a question is a condition of a join, or of a view with expressions.

CREATE TABLE filed (id int PRIMARY KEY, size text, wan numeric(12,4), staff int, founded date, days date[]);
INSERT INTO filed
SELECT i, (ARRAY['small', 'large', 'huge', NULL])[i % 4 + 1],
	CASE WHEN i % 37 = 0 THEN NULL WHEN i % 41 = 0 THEN 'NaN'::numeric ELSE i * 7919 % 30000 / 10.0 END,
	CASE WHEN i % 29 > 0 THEN i % 400 END, CASE WHEN i % 7 > 0 THEN date '2024-01-01' + i % 700 END,
	CASE i % 3 WHEN 0 THEN '{2025-01-01,2020-02-02}' WHEN 1 THEN '{}' END::date[]
FROM generate_series(1, 2500) AS i;
-- what some enterprises have once, and one of them twice
CREATE TABLE taxed (id int, region text, rd numeric, points int);
INSERT INTO taxed SELECT i, CASE WHEN i % 2 = 0 THEN '渝北区' WHEN i % 3 = 0 THEN '巴南区' END,
	CASE WHEN i % 31 > 0 THEN i * 104729 % 20000 / 7.0 END, i % 17 FROM generate_series(1, 3000, 3) i;
INSERT INTO taxed VALUES (1, '渝北区', 1e30, 4);
CREATE VIEW firm AS SELECT f.id, f.size, f.wan * 10000 AS revenue, f.staff, f.founded, f.days,
	coalesce(t.region, '不详') AS region, t.rd, t.points + 1 AS points FROM filed f LEFT JOIN taxed t USING (id);
CREATE VIEW plain AS SELECT f.*, t.region, t.rd, t.points FROM filed f LEFT JOIN taxed t USING (id);
CREATE VIEW one AS SELECT id, size, wan * 10000 AS revenue, staff, founded, days, 7 AS points FROM filed;
CREATE TYPE two AS (staff int, rd numeric);
ANALYZE filed, taxed;
SELECT store($$policy join-test 'J'
	fact size text in ('small', 'large')
	fact revenue number 元 at least 0
	fact rd number 元
	fact region text
	fact staff number at least 0
	fact days list of date null means none
	fact founded date null means none
	clause 1 reward when staff >= 100 and size = 'small' pay 10000元 + 1元 * staff
	clause 2 reward when rd / revenue >= 0.3% or region = '渝北区' and count(days where it > as_of - 12月) = 1
		pay 500元
	ladder 'L'
	rung low 'low' when staff > 20
	rung high 'high' when staff > 20 and founded < 2025-01-01 and revenue > 100万元$$);

SELECT is(pg_temp.compare(query), 'the same', query) FROM (VALUES
	($$SELECT id FROM firm e WHERE e |= 'join-test'$$),
	($$SELECT * FROM firm e WHERE e |= 'join-test/1'$$),
	($$SELECT id, region FROM firm e WHERE NOT (e |= 'join-test/2')$$),
	($$SELECT id FROM firm e WHERE (e |= 'join-test/2') IS NULL$$),
	($$SELECT id FROM firm e WHERE (e |^ 'join-test').code = 'high'$$),
	($$SELECT id FROM firm e WHERE e |# 'join-test' >= 10400$$),
	($$SELECT id FROM firm e WHERE e |= 'join-test/1' AND e |= 'join-test/2'$$),
	($$SELECT id FROM firm e WHERE e |= 'join-test/1' OR points > 12$$),
	($$SELECT id FROM firm e WHERE e |= 'join-test/2' AND points > 3 AND id < 2000$$),
	($$SELECT id FROM firm e WHERE e |= 'staff > 100 and (rd > 100 or region = ''巴南区'')'::policy$$),
	($$SELECT id, e |# 'join-test' FROM firm e WHERE e |= 'join-test/2'$$),
	($$SELECT id, e |^ 'join-test', e |= 'join-test/2' FROM firm e WHERE e |= 'join-test/2' ORDER BY id$$),
	($$SELECT count(*), sum(e |# 'join-test') FROM firm e WHERE e |= 'join-test'$$),
	($$SELECT region, count(*), max(points) FROM firm e WHERE e |= 'join-test' GROUP BY region$$),
	($$SELECT (e |^ 'join-test').code, count(*) FROM firm e WHERE e |= 'join-test' GROUP BY 1$$),
	($$SELECT region, count(*) FROM firm e WHERE e |= 'join-test' GROUP BY region HAVING count(*) > 100$$),
	($$SELECT sum(points) OVER (ORDER BY id) FROM firm e WHERE e |= 'join-test/2'$$),
	($$SELECT DISTINCT region FROM firm e WHERE e |= 'join-test/2'$$),
	($$(SELECT id FROM firm e WHERE e |= 'join-test/1'
		UNION ALL SELECT id FROM plain e WHERE e |= 'size = ''small'' and rd > 3'::policy)$$),
	($$SELECT count(*) FROM (SELECT id FROM firm e WHERE e |= 'join-test/2' OFFSET 0) x$$),
	($$SELECT e.id, o.points FROM firm e JOIN taxed o ON o.id = e.id + 3 WHERE e |= 'join-test/1'$$),
	($$SELECT e.id FROM firm e WHERE e |= 'join-test/1' AND EXISTS (SELECT FROM taxed o WHERE o.id = e.id + 3)$$),
	($$SELECT e.id FROM firm e LEFT JOIN taxed o ON o.id = e.id + 3 WHERE e |= 'join-test/1' AND o.id IS NULL$$),
	($$SELECT id FROM (SELECT f.id, f.size, f.staff, t.rd, t.region FROM taxed t RIGHT JOIN filed f USING (id)) e
		WHERE e |= 'join-test/1' OR e |= 'rd > 3'::policy$$),
	($$SELECT id FROM (SELECT id, f.size, f.staff, t.rd, t.region FROM taxed t FULL JOIN filed f USING (id)) e
		WHERE (e |= 'rd > 3 or staff > 100'::policy) IS NOT TRUE$$),
	($$SELECT id FROM (SELECT f.id, f.size, f.staff, t.rd, t.region FROM taxed t JOIN filed f USING (id)) e
		WHERE e |= 'rd > 1000 or staff > 100'::policy$$),
	-- facts that are expressions, of one table
	($$SELECT id FROM one e WHERE e |= 'join-test/1' AND points > 6$$),
	($$SELECT id, revenue FROM one e WHERE e |= 'revenue > 500000 and staff > 7'::policy$$),
	($$SELECT count(*) FROM one e WHERE e |= 'revenue > 500000 and staff > 7'::policy$$),
	($$SELECT id, e |= 'revenue > 100'::policy FROM one e WHERE e |= 'revenue > 500000 and staff > 7'::policy$$)
	) q (query);

-- Other ways to join.
SELECT is(pg_temp.compare(query), 'the same', query || ' with ' || setting)
FROM (VALUES ($$SELECT id, e |# 'join-test' FROM firm e WHERE e |= 'join-test/2'$$),
	($$SELECT id FROM (SELECT f.id, f.staff, t.rd FROM taxed t FULL JOIN filed f USING (id)) e
		WHERE (e |= 'rd > 3 or staff > 100'::policy) IS NOT FALSE$$)) q (query),
	LATERAL (VALUES ('enable_hashjoin'), ('enable_mergejoin')) s (setting),
	LATERAL (SELECT set_config(setting, 'off', true)) off
ORDER BY query, setting;
SELECT set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true);
SELECT is(pg_temp.compare(query), 'the same', query) FROM (VALUES
	($$SELECT id FROM firm e WHERE e |= 'join-test/2'$$)) q (query);
SELECT set_config('enable_hashjoin', 'on', true), set_config('enable_mergejoin', 'on', true);

-- In a cursor, by name and prepared, in the rows of another plan, in workers.
CREATE FUNCTION pg_temp.prepared(day date) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	n bigint;
BEGIN
	SELECT sum(id) INTO n FROM firm e WHERE e |= as_of('join-test/2', day) AND e.id > 3;
	RETURN n;
END $$;
CREATE FUNCTION pg_temp.fetched() RETURNS int[] LANGUAGE plpgsql AS $$
DECLARE
	cur SCROLL CURSOR FOR SELECT id FROM plain e WHERE e |= 'staff > 100 and rd > 30'::policy ORDER BY id;
	a int; b int; c int; d int;
BEGIN
	OPEN cur;
	FETCH ABSOLUTE 20 FROM cur INTO a;
	FETCH PRIOR FROM cur INTO b;
	FETCH LAST FROM cur INTO c;
	FETCH FIRST FROM cur INTO d;
	CLOSE cur;
	RETURN ARRAY[a, b, c, d];
END $$;
SELECT is(pg_temp.compare(query), 'the same', query) FROM (VALUES
	($$SELECT d, (SELECT count(*) FROM firm e WHERE e |= 'join-test/2' AND e.points > d) FROM generate_series(1, 4) d$$),
	($$SELECT d, n FROM generate_series(1, 4) d, LATERAL (SELECT count(*) AS n FROM plain e
		WHERE e |= 'staff > 100 and rd > 30'::policy AND e.points > d OFFSET 0) x$$)) q (query);
SELECT is(array_agg(with_node ORDER BY i), array_agg(without ORDER BY i), 'prepared') FROM generate_series(1, 8) i,
	LATERAL (SELECT set_config('zjtx.batch', 'on', true), pg_temp.prepared('2025-03-01'::date + i) AS with_node) a,
	LATERAL (SELECT set_config('zjtx.batch', 'off', true), pg_temp.prepared('2025-03-01'::date + i) AS without) b;
SELECT is((SELECT pg_temp.fetched() FROM set_config('zjtx.batch', 'on', true)),
	(SELECT pg_temp.fetched() FROM set_config('zjtx.batch', 'off', true)), 'a cursor');
SAVEPOINT workers;
SET LOCAL max_parallel_workers_per_gather = 2;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SELECT is(pg_temp.compare(query, 'Gather.*Judge'), 'the same', query || ' in workers') FROM (VALUES
	($$SELECT id FROM firm e WHERE e |= 'join-test/2'$$),
	($$SELECT region, count(*), sum(e |# 'join-test') FROM firm e WHERE e |= 'join-test' GROUP BY region$$)) q (query);
ROLLBACK TO workers;

-- Its place in the plan: the join keeps the conditions that ask nothing.
SET LOCAL zjtx.batch = on;
SET LOCAL zjtx.batch_rows = 0;
SELECT is(pg_temp.nodes($$SELECT id FROM firm e WHERE e |= 'join-test/2' AND points > 3$$),
	'Custom Scan (Judge) > Hash Join > Seq Scan filed > Hash > Seq Scan taxed', 'below it, the join');
SELECT is(pg_temp.nodes($$SELECT count(*) FROM firm e WHERE e |= 'join-test/2'$$),
	'Custom Scan (Judge Totals) > Custom Scan (Judge) > Hash Left Join > Seq Scan filed > Hash > '
		'Seq Scan taxed',
	'above it, totals');
SELECT is(pg_temp.nodes($$SELECT id, e |= 'join-test/2' FROM plain e WHERE e |= 'join-test/2'$$),
	'Custom Scan (Judge) > Hash Left Join > Seq Scan filed > Hash > Seq Scan taxed', 'one node for both');
CREATE FUNCTION pg_temp.lines(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	found text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (ANALYZE, COSTS off, TIMING off, SUMMARY off, BUFFERS off) ' || query LOOP
		IF line ~ 'Rows Removed by Filter|Batches: [0-9]+$|Singly' THEN found := found || trim(line) || '; '; END IF;
	END LOOP;
	RETURN found;
END $$;
SELECT is(pg_temp.lines($$SELECT id FROM firm e WHERE e |= 'join-test/1'$$),
	'Rows Removed by Filter: 2064; Batches: 7; Rows Judged Singly: 0; ', 'what EXPLAIN counts');

-- Expressions of one question are not evaluated in rows that another one leaves out.  Semijoins ask of the rows that
-- are joined: that is left to them.
SELECT is(pg_temp.answers(query, true), pg_temp.answers(query, false), query) FROM (VALUES
	($$SELECT id FROM one e WHERE e |= 'revenue > 500000 and staff > 7'::policy AND e |= 'revenue < 900000'::policy$$),
	($$SELECT id FROM (SELECT f.id, f.staff, 1 / points AS share, t.region FROM filed f JOIN taxed t USING (id)) e
		WHERE region IS NULL AND e |= 'share < 1 or staff > 300'::policy$$),
	($$SELECT id FROM (SELECT f.id, f.staff, 1 / points AS share, t.points FROM filed f JOIN taxed t USING (id)) e
		WHERE points > 0 AND e |= 'share < 1 or staff > 300'::policy$$),
	($$SELECT id FROM (SELECT f.id, f.staff, 1 / points AS share, t.points FROM filed f JOIN taxed t USING (id)) e
		WHERE e |= 'staff > 300 or staff > 10'::policy LIMIT 3$$),
	($$SELECT f.id FROM filed f WHERE EXISTS (SELECT FROM taxed t
		WHERE t.id = f.id AND ROW(f.staff, t.rd)::two |= 'staff > 100 and rd > 30'::policy)$$),
	($$SELECT f.id FROM filed f WHERE NOT EXISTS (SELECT FROM taxed t
		WHERE t.id = f.id AND ROW(f.staff, t.rd)::two |= 'staff > 100 and rd > 30'::policy)$$),
	($$SELECT f.id, t.rd FROM filed f LEFT JOIN taxed t
		ON t.id = f.id AND ROW(f.staff, t.rd)::two |= 'staff > 100 and rd > 30'::policy$$))
	q (query), (SELECT set_config('search_path', 'public, zjtx', true)) s;
-- Where all facts are of the relation that is looked up, it is asked before the join.
SELECT is(pg_temp.compare(query), 'the same', query) FROM (VALUES
	($$SELECT f.id FROM filed f WHERE EXISTS (SELECT FROM firm e WHERE e.id = f.id + 1 AND e |= 'join-test/2')$$),
	($$SELECT f.id FROM filed f WHERE NOT EXISTS (SELECT FROM plain e WHERE e.id = f.id + 1 AND e |= 'join-test/2')$$),
	($$SELECT f.id, e.id FROM filed f LEFT JOIN one e ON e.id = f.id + 1 AND e |= 'points > 5 and staff > 3'::policy$$),
	($$SELECT f.id, e.id FROM filed f LEFT JOIN firm e ON e.id = f.id + 1 AND e |= 'join-test/2'$$)) q (query);
SELECT doesnt_match(pg_temp.nodes(query), 'Judge', query) FROM (VALUES
	($$SELECT f.id FROM filed f WHERE EXISTS (SELECT FROM taxed t
		WHERE t.id = f.id AND ROW(f.staff, t.rd)::two |= 'staff > 100 and rd > 30'::policy)$$),
	($$SELECT f.id, t.rd FROM filed f LEFT JOIN taxed t
		ON t.id = f.id AND ROW(f.staff, t.rd)::two |= 'staff > 100 and rd > 30'::policy$$),
	($$SELECT e.id, t.id FROM one e LEFT JOIN taxed t ON t.id = e.id AND e |= 'points > 5 and staff > 3'::policy$$))
	q (query);
SELECT * FROM finish();
ROLLBACK;
