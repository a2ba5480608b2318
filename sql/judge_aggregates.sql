\set ECHO none
\i sql/tap.psql
BEGIN;
\i sql/judge.psql
SELECT plan(97);

-- The plan node Judge Totals: it aggregates what Agg would, to the same results.

\i sql/judge_dated.psql

SELECT store($$
policy totals 'Totals'
fact region text in ('east', 'west')
fact staff number 人 at least 0
fact won_on date null means none
fact revenue number 元
fact size text in ('micro' '微', 'small' '小')
clause 1 'figure' reward office 'A', 'B' when staff >= 10人 pay 1.1元 * staff cap 100元
clause 2 'stages' reward cap 15元 when region = 'east' stage a on won_on pay 10元
	stage b on won_on when staff >= 10人 pay 10元 office 'C' office 'D'
	stage c on won_on + 12月 when size = 'micro' pay case when staff > 500人 then revenue * 1% else 1元 end
clause 3 'no figure' subsidy when region = 'east' pay undetermined
clause 4 'tax' tax when region = 'east' pay revenue / 3
clause 5 'points' points when size = 'small' pay 1.5分
clause 6 'yearly' reward per year when staff < 300人 pay 7元
clause 7 'no end' reward when revenue / staff >= 3元 pay revenue * 3%
group top '就高' best of 1, 2 cap 50元
group both '合计' sum of 3, 7
ladder 'L'
  rung low '低' when staff >= 10人
  rung middle '中' when revenue >= 10000元 and size = 'small'
  rung high '高' when revenue / staff >= 50元 and won_on + 3月 <= as_of
$$) \g /dev/null

SELECT is(pg_temp.compare(query, 'Judge Totals'), 'the same', query) FROM (
	SELECT format(form, r)
		FROM unnest('{firm,part,parent,nulls,one,nothing,undated,joined}'::text[]) r,
	unnest(ARRAY[
	$$SELECT count(*) FILTER (WHERE e |= 'totals'), count(e |= 'totals/7'), count(*),
		count(e |# 'totals/1'), sum(e |# 'totals/1'), avg(e |# 'totals/1'), min(e |# 'totals/7'), max(e |# 'totals/7'),
		sum(e |# 'totals/2') FILTER (WHERE e |= 'totals/7'), bool_and(e |= 'totals/1'), every((e |= 'totals/1') IS NOT NULL),
		bool_or(e |= 'totals/1') FROM %s e$$,
	$$SELECT sum((e |^ 'totals').level), avg((e |^ 'totals').level), min((e |^ 'totals').level),
		max((e |^ 'totals').level),
		sum((e |^ 'totals').level) FILTER (WHERE e |= 'totals/2' AND NOT e |= 'totals/7'),
		pg_typeof(sum((e |^ 'totals').level)), avg(CASE WHEN e |= 'totals/2' THEN 2 WHEN NOT e |= 'totals/1' THEN 3 END)
		FROM %s e WHERE e |= 'totals/1' OR added IS DISTINCT FROM 8 HAVING count(*) >= 0$$,
	$$SELECT (e |^ 'totals').code, count(*), sum(e |# 'totals/6') + 1, coalesce(max(e |# 'totals/1'), -1) AS most,
		count(*) FILTER (WHERE (e |= 'totals/2') IS NULL) FROM %s e GROUP BY 1 HAVING count(*) > 2$$,
	$$SELECT e |= 'totals/2', e |^ 'totals', count(*), avg(e |# 'totals/6')
		FROM %s e WHERE id %% 3 > 0 GROUP BY 1, 2$$,
	$$SELECT tally(judge(e, 'totals')), budget(judge(e, 'totals')), tally(judge(e, 'totals/2')),
		tally(judge(e, 'totals/high')) FILTER (WHERE e |= 'totals/7'), partial_tally(judge(e, 'totals')),
		partial_budget(judge(e, 'totals')) FROM %s e$$,
	$$SELECT e |= 'totals/7', (e |^ 'totals').level, unnest(tally(judge(e, 'totals'))), (budget(judge(e, 'totals'))).high
		FROM %s e WHERE staff IS DISTINCT FROM 77 GROUP BY 1, 2$$]) form) q (query);

-- More shapes of queries.
SELECT is(pg_temp.compare(query, 'Judge Totals'), 'the same', query) FROM (VALUES
($$SELECT count(e |= 'totals'), sum(e |# 'totals/1'), max((e |^ 'totals').level),
	tally(judge(e, 'totals')) FROM mapped e$$),
($$SELECT count(*) FROM firm e WHERE e |= 'totals/7'$$),
($$SELECT count(*) FROM firm e WHERE e |= 'totals/2'$$),
($$SELECT (e |^ 'totals').code, count(*) FROM part e WHERE e |= 'totals/2' GROUP BY 1$$),
($$SELECT a.id, (SELECT sum(e |# 'totals/1') FROM firm e WHERE e |= 'totals/7' AND a.id > 2 AND id > a.id * 100)
	FROM generate_series(0, 4) a(id)$$),
($$SELECT a.id, (SELECT sum(e |# 'totals/1') FROM firm e WHERE e |= 'totals/7' AND a.id > 2)
	FROM generate_series(0, 4) a(id)$$),
($$SELECT e |^ 'totals' FROM firm e GROUP BY 1$$),
($$SELECT count(*), count(1), sum(2), (e |= 'totals/7') IS NULL AND (e |= 'totals/2') IS NOT NULL
	FROM firm e GROUP BY 4$$),
($$SELECT (e |= 'totals/2') IS TRUE AS yes, count(*) FROM firm e GROUP BY yes HAVING sum((e |^ 'totals').level) > 0$$),
($$SELECT a.id, b.* FROM generate_series(1, 3) a(id),
	LATERAL (SELECT count(*) AS n, tally(judge(e, 'totals')) FROM firm e
	WHERE (e |^ 'totals').level >= a.id) b$$),
($$SELECT a.id, (SELECT sum(e |# 'totals/1') FROM part e WHERE e.id % 4 = a.id) FROM generate_series(0, 4) a(id)$$),
($$SELECT (SELECT count(*) FROM firm e WHERE e |= 'totals/7') + count(*) FROM part e WHERE e |= 'totals/2'$$),
($$SELECT sum(n) FROM (SELECT (e |^ 'totals').level AS l, count(*) AS n FROM firm e GROUP BY 1) q WHERE l > 1$$),
($$SELECT l, rank() OVER (ORDER BY n DESC)
	FROM (SELECT (e |^ 'totals').label AS l, count(*) AS n FROM firm e GROUP BY 1) q$$),
($$SELECT (e |^ 'totals').code, count(*) FROM firm e GROUP BY 1 ORDER BY 2 DESC LIMIT 2$$),
($$SELECT count(*) FILTER (WHERE e |= as_of(stored('totals'), '2024-03-01')), sum(e |# as_of('totals/2', '2024-03-01'))
	FROM undated e$$),
($$SELECT count(*) FILTER (WHERE e |= 'revenue / staff > 3.3'::policy), tally(judge(e, 'revenue / staff > 3.3'::policy))
	FROM firm e$$),
($$SELECT count(e |= 'totals') FROM firm e UNION ALL SELECT count(e |= 'totals') FROM part e$$),
($$SELECT count(e |= 'totals') FROM (SELECT * FROM firm UNION ALL SELECT * FROM part) e$$)) q (query);

-- Errors are those of the expressions, in the groups and rows in which they are evaluated.
SELECT is(pg_temp.compare(query, 'Judge Totals'), 'the same', query) FROM (VALUES
($$SELECT sum(6 / (e |^ 'totals').level) FROM firm e$$),
($$SELECT sum(6 / (e |^ 'totals').level) FILTER (WHERE (e |^ 'totals').level > 0) FROM firm e$$),
($$SELECT 6 / (e |^ 'totals').level, count(*) FROM firm e GROUP BY 1$$)) q (query);

-- What is left to PostgreSQL.
SET LOCAL zjtx.batch = on;
SELECT doesnt_match(pg_temp.nodes(query), 'Judge Totals', query) FROM (VALUES
($$SELECT count(DISTINCT e |= 'totals') FROM firm e$$),
($$SELECT array_agg((e |^ 'totals').level ORDER BY (e |^ 'totals').level) FROM firm e$$),
($$SELECT count(e |= 'totals'), sum(staff) FROM firm e$$),
($$SELECT sum((e |# 'totals') + 1) FROM firm e$$),
($$SELECT e |^ 'totals', e |= 'totals', count(*) FROM firm e GROUP BY ROLLUP (1, 2)$$),
($$SELECT count(e |= 'totals'), random() FROM firm e$$),
($$SELECT count(*) FROM firm e$$)) q (query);

-- Workers.
SET LOCAL max_parallel_workers_per_gather = 2;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SELECT is(pg_temp.compare(query, 'Judge Totals'), 'the same', query), matches(pg_temp.nodes(query),
		'Gather > Custom Scan \(Judge Totals\) > Parallel Custom Scan \(Judge\)', 'in workers') FROM (
	SELECT format(form, r) FROM unnest('{firm,part}'::text[]) r, unnest(ARRAY[
	$$SELECT count(*) FILTER (WHERE e |= 'totals'), count(e |# 'totals/1'), sum(e |# 'totals/1'), avg(e |# 'totals/1'),
		min(e |# 'totals/7'), max(e |# 'totals/7'), bool_and(e |= 'totals/1'), bool_or(e |= 'totals/1'),
		sum((e |^ 'totals').level), avg((e |^ 'totals').level), min((e |^ 'totals').level), max((e |^ 'totals').level)
		FROM %s e$$,
	$$SELECT (e |^ 'totals').code, e |= 'totals/2', count(*), sum(e |# 'totals/6'), avg((e |^ 'totals').level)
		FROM %s e GROUP BY 1, 2 HAVING count(*) > 1$$,
	$$SELECT tally(judge(e, 'totals')), budget(judge(e, 'totals')), partial_tally(judge(e, 'totals/2')),
		partial_budget(judge(e, 'totals')) FROM %s e WHERE e |= 'totals/7'$$]) form) q (query);
SELECT is(pg_temp.compare($$SELECT a.id, (SELECT sum(e |# 'totals/1') FROM firm e
		WHERE e.id > a.id * 100 AND e |= 'totals/7') FROM generate_series(0, 4) a(id)$$,
		'Judge Totals'), 'the same', 'rescans');
SET LOCAL max_parallel_workers_per_gather = 0;

-- What EXPLAIN shows.
CREATE FUNCTION pg_temp.explain(query text) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (ANALYZE, VERBOSE, TIMING off, FORMAT json) ' || query INTO plan;
	RETURN plan::jsonb -> 0 -> 'Plan';
END $$;
SET LOCAL zjtx.batch_rows = 500;
SELECT is(regexp_replace(concat_ws(', ', p ->> 'Custom Plan Provider', p ->> 'Group Key', p ->> 'Aggregates',
		(p -> 'Plans' -> 0 ->> 'Actual Rows')::numeric::int, p -> 'Plans' -> 0 ->> 'Batches'),
		'zjtx_internal\.|(#)-?\d+', '\1', 'g'),
$$Judge Totals, ["(placement_facts('totals/high'::text, '# as_of staff won_on revenue'::text, $$
	|| $$e.as_of, e.staff, e.won_on, e.revenue)).level"], ["count(*)"], 2500, 7$$,
	'in JSON')
FROM pg_temp.explain($$SELECT (e |^ 'totals/high').level, count(*) FROM firm e GROUP BY 1$$) p;
CREATE FUNCTION pg_temp.keys_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (FORMAT json) ' || query INTO plan;
	RETURN regexp_replace(plan #>> '{0,Plan,Group Key}', 'zjtx_internal\.|(#)-?\d+', '\1', 'g');
END $$;
SELECT is(pg_temp.keys_of($$SELECT e |= 'totals/7', count(*) FROM firm e GROUP BY 1$$),
	$$["eligible_facts('totals/7'::text, '# staff revenue'::text, staff, revenue)"]$$,
	'columns of the only table have no name before them');

-- Prepared statements, invalidation, permissions.
SET LOCAL plan_cache_mode = force_generic_plan;
PREPARE asked AS SELECT count(*) FILTER (WHERE e |= 'totals/7') AS n,
	sum(e |# 'totals/1') AS yuan FROM firm e WHERE id > $1;
CREATE TEMP TABLE counted AS EXECUTE asked(50);
SELECT results_eq('SELECT n, yuan FROM counted',
	$$SELECT count(*) FILTER (WHERE (judge(e, 'totals/7')::jsonb -> 0 -> 'eligible')::bool),
	sum(zjtx.amount(to_jsonb(e), 'totals/1')) FROM firm e WHERE id > 50$$, 'a prepared statement');
SELECT store(replace(doc::text, '1.1元', '2.2元')) FROM policies WHERE code = 'totals' \g /dev/null
DROP TABLE counted;
CREATE TEMP TABLE counted AS EXECUTE asked(50);
SELECT is((SELECT yuan FROM counted), (SELECT sum(zjtx.amount(to_jsonb(e), 'totals/1')) FROM firm e WHERE id > 50),
	'is planned anew for a new document');
CREATE ROLE totals_reader;
GRANT SELECT ON firm TO totals_reader;
GRANT USAGE ON SCHEMA zjtx TO totals_reader;
REVOKE EXECUTE ON FUNCTION tally(verdict) FROM public;
SET LOCAL ROLE totals_reader;
SELECT is(pg_temp.answers($$SELECT tally(judge(e, 'totals')) FROM firm e$$, true),
	pg_temp.answers($$SELECT tally(judge(e, 'totals')) FROM firm e$$, false), 'an aggregate that may not be called');
SELECT is(pg_temp.answers($$SELECT budget(judge(e, 'totals')) FROM firm e$$, true),
	pg_temp.answers($$SELECT budget(judge(e, 'totals')) FROM firm e$$, false), 'one that may be');
RESET ROLE;
GRANT EXECUTE ON FUNCTION tally(verdict) TO public;

-- Under row security.
ALTER TABLE firm ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_region ON firm USING (region <> 'west' AND (firm |= 'totals/7'));
SET LOCAL ROLE totals_reader;
SELECT is(pg_temp.compare($$SELECT count(e |= 'totals'), tally(judge(e, 'totals')) FROM firm e
	WHERE e |= 'totals/2'$$, 'Judge Totals'),
	'the same', 'hidden rows');
RESET ROLE;

SELECT * FROM finish();
ROLLBACK;
