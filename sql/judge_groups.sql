\set ECHO none
\i sql/tap.psql
BEGIN;
\i sql/judge.psql
-- of a server as it is installed, groups of tally() do not fit into memory
SET LOCAL work_mem = '64MB';
SELECT plan(87);

-- The plan node Judge Totals where a query groups or filters by columns, too.

CREATE TABLE firm (id int, region text, dropped int, n numeric, staff int, founded date, listed boolean, size text,
	days date[], tag varchar(20), at timestamp);
INSERT INTO firm
SELECT i, CASE i % 5 WHEN 0 THEN '渝北区' WHEN 1 THEN '巴南区' WHEN 2 THEN repeat('很长的名字', 800) WHEN 3 THEN '别处' END, i,
	(ARRAY['1', '1.0', '1.00', '2', 'NaN', NULL])[i % 6 + 1]::numeric, CASE WHEN i % 29 > 0 THEN i % 400 END,
	CASE WHEN i % 7 > 0 THEN date '2024-01-01' + i % 700 END, CASE i % 3 WHEN 0 THEN true WHEN 1 THEN false END,
	(ARRAY['small', 'large', 'huge', NULL])[i % 4 + 1],
	CASE i % 3 WHEN 0 THEN '{2025-01-01,2020-02-02}' WHEN 1 THEN '{}' END::date[],
	CASE WHEN i % 2 = 0 THEN 'a' ELSE 'A' END, timestamp '2025-01-01' + i * interval '7 hours'
FROM generate_series(1, 2500) AS i;
ALTER TABLE firm DROP COLUMN dropped;
ALTER TABLE firm ADD COLUMN added int DEFAULT 7;
UPDATE firm SET added = 8 WHERE id % 100 < 7;
\i sql/judge_relations.psql
CREATE VIEW joined AS SELECT f.id, f.region, f.n, f.staff, f.founded, f.listed, r.size, f.days, f.tag, f.at, r.added
	FROM firm f LEFT JOIN part r ON r.id = f.id * 2;
ANALYZE;

SELECT store($$
policy groups 'G'
fact staff number at least 0
fact founded date
fact listed boolean
fact size text in ('small', 'large')
fact added number
clause 1 reward when staff >= 100 and founded + 12月 <= as_of pay added * 1.25元 + staff * 1元
clause 2 reward per year when listed or size = 'small' pay case when size = 'large' then 200元 else 100.5元 end
clause 3 subsidy when staff > 350 pay undetermined
ladder 'L'
  rung low when staff > 20
  rung high when listed and added = 8
$$) \g /dev/null

SELECT is(pg_temp.compare(query, 'Judge Totals'), 'the same', query) FROM (
	SELECT format(form, r) FROM unnest('{firm,part,nulls,nothing,joined}'::text[]) r, unnest(ARRAY[
	$$SELECT region, sum(e |# 'groups/1'), count(*), avg(e |# 'groups/2'), max(e |# 'groups/2') FROM %s e
		GROUP BY region$$,
	$$SELECT tag, date_trunc('month', at) AS month, (e |^ 'groups').code, count(*) FILTER (WHERE e |= 'groups/1'),
		sum((e |^ 'groups').level) FROM %s e WHERE mod(id, 7) <> 3 GROUP BY 1, 2, 3 HAVING count(*) > 3$$,
	$$SELECT n, mod(staff, 3), listed, count(*), count(e |= 'groups/2'), bool_and(e |= 'groups/1' AND listed) FROM %s e
		GROUP BY n, mod(staff, 3), listed$$,
	$$SELECT region, tally(judge(e, 'groups'))::text, count(*) FROM %s e GROUP BY 1$$,
	$$SELECT founded, budget(judge(e, 'groups')), tally(judge(e, 'groups/2'))::text FROM %s e WHERE id < 300 GROUP BY 1$$,
	$$SELECT count(*) FILTER (WHERE e |= 'groups/1' AND size = 'small' AND staff > 120),
		count(*) FILTER (WHERE size = 'small' OR NOT (e |= 'groups/2')), count(*) FILTER (WHERE listed IS NULL),
		sum(e |# 'groups/1') FILTER (WHERE NOT listed), sum(e |# 'groups/1') FILTER (WHERE listed),
		sum(CASE WHEN (e |= 'groups/2') IS TRUE AND tag = 'a' THEN 3 ELSE (e |^ 'groups').level END) FROM %s e$$,
	$$SELECT size, count(*) FILTER (WHERE e |= 'groups/1' AND size = 'small'), count(*) FILTER (WHERE size IS NULL),
		min(e |# 'groups/1') FILTER (WHERE region < '渝') FROM %s e GROUP BY size$$,
	$$SELECT region, added, count(*) FROM %s e WHERE e |= 'groups/2' GROUP BY region, region, added$$]) form) q (query)
WHERE query !~ '(nulls|nothing|joined) e WHERE e';

-- More shapes.
SELECT is(pg_temp.compare(query, 'Judge Totals'), 'the same', query) FROM (VALUES
($$SELECT region AS r, sum(e |# 'groups/1') AS s FROM firm e GROUP BY r ORDER BY s DESC NULLS LAST, r LIMIT 2$$),
($$SELECT length(region) + 1 AS l, sum(e |# 'groups/2') / 2 FROM firm e GROUP BY length(region)$$),
($$SELECT id, sum(e |# 'groups/1') FROM firm e GROUP BY id$$),
($$SELECT count((e |= 'groups/2') AND staff > 100), count((e |= 'groups/1') OR size = 'small') FROM firm e$$),
($$SELECT days, sum(e |# 'groups/1') FROM firm e GROUP BY days$$),
($$SELECT DISTINCT added, count(e |# 'groups/1') FROM part e GROUP BY added, region$$),
($$SELECT a.id, (SELECT max(s) FROM (SELECT sum(e |# 'groups/1') AS s FROM firm e
		WHERE e.added = a.id GROUP BY region) x)
	FROM generate_series(6, 9) a(id)$$),
($$SELECT region COLLATE "C", count(*) FILTER (WHERE e |= 'groups/1') FROM firm e GROUP BY region COLLATE "C"$$),
($$SELECT r.size, f.region, sum(f |# 'groups/1') FROM firm f JOIN part r ON r.id = f.id + 1 GROUP BY 1, 2$$),
($$SELECT region, e |= 'groups/1', count(*) FROM firm e GROUP BY 1, 2$$)) q (query);
CREATE COLLATION IF NOT EXISTS pg_temp.caseless (PROVIDER = icu, LOCALE = 'und-u-ks-level2', DETERMINISTIC = false);
SELECT is(pg_temp.compare($$SELECT count(*), sum(e |# 'groups/1') FROM firm e GROUP BY tag COLLATE pg_temp.caseless$$,
	'Judge Totals'), 'the same', 'texts that are equal though they differ');
SELECT is((SELECT count(*) FROM (SELECT count(*), sum(e |# 'groups/1') FROM firm e
	GROUP BY tag COLLATE pg_temp.caseless) x), 1::bigint, 'are one group');

-- Sets of groups, and aggregates of sorted or distinct values, are PostgreSQL's, over rows with answers.
SELECT is(pg_temp.compare(query, '(Group|Mixed|Hash)?Aggregate > ((Incremental )?Sort > )*Custom Scan .Judge. '),
	'the same', query) FROM (VALUES
($$SELECT region, sum(e |# 'groups/1'), count(*) FROM firm e GROUP BY ROLLUP (region)$$),
($$SELECT region, size, GROUPING(region, size), sum(e |# 'groups/1'), count(*) FILTER (WHERE e |= 'groups/2'),
	max(staff) FROM firm e GROUP BY CUBE (1, 2) HAVING count(e |= 'groups/1') > 2$$),
($$SELECT region, e |^ 'groups', sum(e |# 'groups/1') FROM firm e GROUP BY GROUPING SETS ((1), (2), (1, 2), ())$$),
($$SELECT region, added, sum((e |# 'groups/1') / 2), tally(judge(e, 'groups'))::text FROM firm e
	WHERE e |= 'groups/2' OR staff < 300 GROUP BY ROLLUP (1, 2)$$),
($$SELECT count(DISTINCT e |# 'groups/1'), count(DISTINCT (e |^ 'groups').level), sum(DISTINCT staff) FROM firm e$$),
($$SELECT region, array_agg(id ORDER BY e |# 'groups/1' DESC, id) FROM firm e GROUP BY region$$),
($$SELECT array_agg(id ORDER BY (e |# 'groups/1') / 2, mod(id, 3), id), count(DISTINCT staff) FROM firm e$$),
($$SELECT region, string_agg(DISTINCT (e |^ 'groups').label || staff, ',') FROM firm e GROUP BY region$$),
($$SELECT string_agg(tag || id, ',' ORDER BY (e |# 'groups/1') / 2, id) FILTER (WHERE e |= 'groups/1') FROM firm e$$),
($$SELECT tag, percentile_cont(0.5) WITHIN GROUP (ORDER BY (e |# 'groups/1')::float8),
	mode() WITHIN GROUP (ORDER BY e |^ 'groups') FROM firm e GROUP BY tag$$),
($$SELECT region, count(DISTINCT e |= 'groups/1'), sum(e |# 'groups/1') FROM firm e WHERE id % 7 > 2
	GROUP BY ROLLUP (region)$$)) q (query);
SELECT is(pg_temp.compare(query), 'the same', query) FROM (VALUES
($$SELECT region, sum(e |# 'groups/1') FROM part e GROUP BY ROLLUP (region)$$),
($$SELECT count(DISTINCT e |# 'groups/1') FROM joined e$$),
($$SELECT r.size, sum(f |# 'groups/1') FROM firm f JOIN part r ON r.id = f.id + 1 GROUP BY ROLLUP (1)$$),
($$SELECT rank() OVER (ORDER BY sum(e |# 'groups/1')), region FROM firm e GROUP BY ROLLUP (region)$$),
($$SELECT a.id, (SELECT count(DISTINCT e |# 'groups/1') FROM firm e WHERE e.added = a.id)
	FROM generate_series(6, 9) a(id)$$)) q (query);
SELECT is(pg_temp.compare($$SELECT size, sum(e |# 'groups/1') FROM joined e GROUP BY CUBE (size)$$, ''), 'the same',
	'a row that is put together');
SET LOCAL enable_hashagg = off;
SELECT is(pg_temp.compare(query, 'GroupAggregate > Sort > Custom Scan .Judge. '), 'the same', query) FROM (VALUES
($$SELECT region, size, sum(e |# 'groups/1') FROM firm e GROUP BY ROLLUP (1, 2)$$),
($$SELECT region, e |= 'groups/2', sum(e |# 'groups/1') FROM firm e GROUP BY CUBE (1, 2)$$)) q (query);
SET LOCAL enable_hashagg = on;

-- Many groups, in an order that is not that of the rows, as a table of numbers that grows.
CREATE TABLE many AS SELECT i AS id, i * 7919 % 20011 AS k, i % 400 AS staff, date '2024-01-01' AS founded,
	true AS listed, 'small' AS size, 8 AS added FROM generate_series(1, 40000) i;
ANALYZE many;
SELECT is(pg_temp.compare($$SELECT k, sum(e |# 'groups/1'), count(*) FILTER (WHERE e |= 'groups/3' AND id > 20000)
	FROM many e GROUP BY k$$, 'Judge Totals'), 'the same', 'many groups');

-- Workers.
SET LOCAL max_parallel_workers_per_gather = 2;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SELECT is(pg_temp.compare(query, 'Gather.*Judge Totals'), 'the same', query) FROM (VALUES
($$SELECT region, sum(e |# 'groups/1'), avg(e |# 'groups/2'), count(*) FILTER (WHERE e |= 'groups/1' AND size = 'small')
	FROM firm e GROUP BY region$$),
($$SELECT region, tally(judge(e, 'groups'))::text FROM firm e GROUP BY region$$),
($$SELECT sum(e |# 'groups/1') FILTER (WHERE size = 'small') FROM part e$$)) q (query);
SET LOCAL max_parallel_workers_per_gather = 0;

-- What it leaves to PostgreSQL: too many groups for the memory, what can raise an error where it was not evaluated
-- before, sums of columns, groups of both columns and answers in one expression.
SET LOCAL zjtx.batch = on;
SET LOCAL zjtx.batch_rows = 0;
SET LOCAL work_mem = '64kB';
SET LOCAL hash_mem_multiplier = 1;
SELECT unalike(pg_temp.nodes(query), '%Totals%', query) FROM (VALUES
($$SELECT k, sum(e |# 'groups/1') FROM many e GROUP BY k$$),
($$SELECT region, tally(judge(e, 'groups')) FROM firm e GROUP BY region$$)) q (query);
SET LOCAL work_mem = '64MB';
SELECT alike(pg_temp.nodes(query), '%Totals%', query) FROM (VALUES
($$SELECT k, sum(e |# 'groups/1') FROM many e GROUP BY k$$),
($$SELECT region, tally(judge(e, 'groups')) FROM firm e GROUP BY region$$)) q (query);
SELECT unalike(pg_temp.nodes(query), '%Totals%', query), is(pg_temp.compare(query, ''), 'the same', query) FROM (VALUES
($$SELECT count(*) FILTER (WHERE e |= 'groups/1' AND 1 / (id % 2) > 5) FROM firm e WHERE id % 2 = 1$$),
($$SELECT count(*) FILTER (WHERE e |= 'groups/3' AND 1 / (staff - 350) > 5) FROM firm e$$),
($$SELECT region, sum(staff), sum(e |# 'groups/1') FROM firm e GROUP BY region$$),
($$SELECT CASE WHEN e |= 'groups/1' THEN region END, sum(e |# 'groups/1') FROM firm e GROUP BY 1$$),
($$SELECT region, size, sum(e |# 'groups/1') FROM firm e GROUP BY ROLLUP (region, size)$$)) q (query);
SELECT is(pg_temp.compare($$SELECT 100 / (staff - 350) AS s, sum(e |# 'groups/1') FROM firm e GROUP BY 1$$,
	'Judge Totals'), 'the same', 'an error of a group');

SELECT * FROM finish();
ROLLBACK;
