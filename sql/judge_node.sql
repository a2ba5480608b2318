\set ECHO none
\i sql/tap.psql
BEGIN;
\i sql/judge.psql
SELECT plan(179);

-- The plan node Judge: it answers what plans without it answer, and it is offered where it should be.

CREATE TABLE firm (id int, region text, dropped int, revenue numeric(16,2), rd numeric, staff int, founded date,
	listed boolean, size text, shares float8, days date[], note varchar(20));
INSERT INTO firm
SELECT i, CASE i % 4 WHEN 0 THEN '渝北区' WHEN 1 THEN '巴南区' WHEN 3 THEN '别处' END, i,
	CASE WHEN i % 37 = 0 THEN NULL WHEN i % 41 = 0 THEN 'NaN'::numeric WHEN i % 43 = 0 THEN -5
		ELSE i * 7919 % 30000 END,
	CASE WHEN i % 53 = 0 THEN 'NaN'::numeric WHEN i % 59 = 0 THEN NULL WHEN i % 61 = 0 THEN 1e30
		WHEN i % 67 = 0 THEN 1e-30 WHEN i % 71 = 0 THEN 'Infinity' WHEN i % 73 = 0 THEN '-Infinity'
		ELSE i * 104729 % 20000 / 7.0 END,
	CASE WHEN i % 29 > 0 THEN i % 400 END,
	CASE i % 97 WHEN 0 THEN 'infinity'::date WHEN 1 THEN '-infinity' WHEN 2 THEN NULL
		ELSE date '2000-01-01' + i % 9400 END,
	CASE i % 3 WHEN 0 THEN true WHEN 1 THEN false END, (ARRAY['micro', 'small', '小型', 'huge', NULL])[i % 5 + 1],
	CASE WHEN i % 31 = 0 THEN 'NaN'::float8 WHEN i % 17 = 0 THEN '-Infinity' ELSE i / 3.0 END,
	CASE i % 11 WHEN 0 THEN '{2025-01-01,2020-02-02,NULL}' WHEN 1 THEN '{}'
		WHEN 2 THEN '{2025-05-05}' ELSE NULL END::date[],
	repeat('x', i % 20)
FROM generate_series(1, 2500) AS i;
ALTER TABLE firm DROP COLUMN dropped;
ALTER TABLE firm ADD COLUMN added int DEFAULT 7, ADD COLUMN late text DEFAULT 'small';
UPDATE firm SET added = 8, late = NULL WHERE id % 100 < 7;
\i sql/judge_relations.psql
CREATE TEMP TABLE mine AS SELECT * FROM firm;
CREATE TABLE compressed AS SELECT * FROM firm;
ALTER TABLE compressed ALTER region SET STORAGE MAIN;
UPDATE compressed SET region = repeat(region, 3000), size = 'small' WHERE id % 7 = 0;
-- values that are elsewhere: texts, declared and not, a number, an array
CREATE TABLE toasted AS SELECT * FROM firm;
ALTER TABLE toasted SET (toast_tuple_target = 128), ALTER region SET STORAGE EXTERNAL, ALTER rd SET STORAGE EXTERNAL,
	ALTER days SET STORAGE EXTERNAL, ALTER late SET STORAGE EXTERNAL;
UPDATE toasted SET region = repeat(region, 3000), late = '小型企业，按二零一一年的标准' WHERE id % 7 = 0;
UPDATE toasted SET rd = (repeat('7', 9000) || '.5')::numeric WHERE id % 11 = 0;
UPDATE toasted SET days = array_fill(date '2025-03-03', ARRAY[3000]) WHERE id % 13 = 0;
-- numbers of every form, and ratios that are exactly a bound
CREATE TABLE amounts AS SELECT f.id, region, n AS revenue, n * 0.05 AS rd, staff, founded, listed, size, shares, days,
		added, late
	FROM firm f, LATERAL (SELECT ('{0, 10000, 99990000, 99999999.99, 100000000.01, 999999999999.99, 1234567890123.45,
		9007199254740993, 0.0001, 0.00000001, 1e15, 1e16, 1e17, 12345678901234567.89, 0.1, 300010000, 10000.0000000001,
		9999999900000000, 999999999999999, 3.3333333333333333}'::numeric[])[1 + f.id % 20] AS n) x;
-- rows from before their columns
CREATE TABLE aged AS SELECT id, region, revenue, rd, staff, founded, listed FROM firm;
ALTER TABLE aged ADD COLUMN size text, ADD COLUMN shares float8 DEFAULT 120,
	ADD COLUMN days date[] DEFAULT '{2025-05-05}',
	ADD COLUMN added int, ADD COLUMN late text DEFAULT 'large';
UPDATE aged SET size = 'micro', days = NULL, late = 'small' WHERE id % 50 < 7;
-- facts behind many columns, of all lengths
DO $$
BEGIN
	EXECUTE (SELECT 'CREATE TABLE wide AS SELECT ' || string_agg(format('CASE WHEN f.id %% %s > 0 THEN f.id END AS c%s',
				2 + i % 5, i), ', ') || ', CASE WHEN f.id % 3 > 0 THEN f.id::int2 END AS s, f.id::int8 AS b,
			CASE WHEN f.id % 4 > 0 THEN f.id::text::name END AS n, md5(f.id::text)::uuid AS u,
			f.id * interval ''1 day'' AS v, f.id % 2 = 0 AS t, chr(65 + f.id % 26)::"char" AS c, f.* FROM firm f'
		FROM generate_series(1, 70) i);
END $$;
CREATE VIEW mapped AS SELECT id, region, revenue_wan * 10000 AS revenue, rd * 1.0 AS rd,
		staff + 0 AS staff, founded, listed,
	size, shares, days, added, late FROM (SELECT *, revenue / 10000 AS revenue_wan FROM firm) f;
CREATE VIEW joined AS SELECT f.id, f.region, r.revenue, f.rd, r.staff, f.founded, f.listed, f.size,
		f.shares, f.days, r.added,
	r.late FROM firm f LEFT JOIN part r ON r.id = f.id * 2;
ANALYZE;

SELECT store($$
policy node-test '节点'
fact region text '地区'
fact revenue number 元 at least 0
fact rd number 元
fact staff number 人 at least 0
fact founded date
fact listed boolean
fact size text in ('micro' '微型', 'small' '小型')
fact late text in ('small' '小型企业，按二零一一年的标准', 'large')
fact shares number null means 0
fact added number
fact days list of date null means none
clause 1 reward when region = '渝北区' and revenue >= 10000元 and rd / revenue >= 5%
		and count(days where it > 2025-01-31) = 0
  pay revenue * 3% + added * 1元
clause 2 reward when staff >= 100人 or listed pay case when late = 'small' then 200元 else 100元 end
ladder 'L'
  rung lower '低' when size in ('micro', 'small') and shares > 100
  rung middle '中' when revenue / staff >= 50元 and founded + 36月 <= as_of
  rung upper '高' when listed and added = 8
$$);

SELECT is(pg_temp.compare(query), 'the same', query) FROM (
	SELECT format(form, r)
		FROM unnest('{firm,part,parent,nulls,one,nothing,mine,compressed,toasted,amounts,aged,wide,mapped,joined}'::text[]) r,
	unnest(ARRAY[
	$$SELECT id, e |= 'node-test', e |^ 'node-test', e |# 'node-test' FROM %s e$$,
	$$SELECT id, e |= 'node-test/1', e |# 'node-test/1', (e |^ 'node-test').label FROM %s e
		WHERE (e |^ 'node-test').level >= 1$$,
	$$SELECT (e |^ 'node-test').code, count(*), sum(e |# 'node-test'), max(added) FROM %s e GROUP BY 1$$,
	$$SELECT count(*) FILTER (WHERE e |= 'node-test/1'), avg((e |^ 'node-test').level),
		sum(staff) FILTER (WHERE (e |= 'node-test/2') IS NULL),
		min(e |# 'node-test/2') FROM %s e HAVING count(e |= 'node-test') >= 0$$]) form) q (query);

-- More shapes of queries.
SELECT is(pg_temp.compare(query), 'the same', query) FROM (VALUES
($$SELECT id FROM firm e WHERE e |= 'node-test' AND region LIKE '渝%' AND (e |# 'node-test') > 100 AND note <> 'x'$$),
($$SELECT id, e |# 'node-test' FROM firm e WHERE (e |= 'node-test/1') IS NOT TRUE OR NOT (e |= 'node-test/2')$$),
($$SELECT a.id, b.n FROM generate_series(1, 3) a(id), LATERAL (SELECT count(*) AS n FROM firm e
	WHERE (e |^ 'node-test').level >= a.id) b$$),
($$SELECT a.id, (SELECT sum(e |# 'node-test') FROM firm e WHERE e.added = a.id) FROM generate_series(6, 9) a(id)$$),
($$SELECT id, rank() OVER (ORDER BY e |# 'node-test' DESC NULLS LAST, id) FROM firm e$$),
($$SELECT DISTINCT e |^ 'node-test' FROM firm e$$),
($$SELECT id, e |# 'node-test' FROM firm e ORDER BY 2 DESC, 1 LIMIT 5$$),
($$SELECT id, e |^ 'node-test' FROM firm e ORDER BY id OFFSET 2400$$),
($$SELECT id, CASE WHEN e |= 'node-test/2' THEN e |# 'node-test'
		WHEN id > 1000 THEN (e |^ 'node-test').level END FROM firm e$$),
($$SELECT e |= 'node-test' FROM firm e UNION ALL SELECT e |= 'node-test/1' FROM part e$$),
($$SELECT a.id, a |= 'node-test', b |^ 'node-test' FROM firm a FULL JOIN part b ON a.id = b.id - 1000$$),
($$SELECT staff, count(*) FROM firm e
		WHERE e |= 'staff >= 3人 and rd / revenue > 0.1'::policy GROUP BY staff HAVING count(*) > 2$$),
($$SELECT id, e |= as_of(stored('node-test'), '2003-01-01'), (e |^ as_of('node-test',
		'2003-01-01')).code FROM firm e$$),
($$SELECT e |= 'node-test/2', e |^ 'node-test', count(*), avg(e |# 'node-test')
		FROM part e GROUP BY 1, 2$$),
($$SELECT count(e |= 'node-test'), sum(e |# 'node-test') FROM mapped e WHERE id % 3 > 0$$),
($$SELECT e.*, e |# 'node-test' FROM wide e$$),
($$SELECT e.*, e |# 'node-test' FROM toasted e$$),
($$SELECT e.*, e |# 'node-test' FROM aged e WHERE e |= 'node-test/2'$$)) q (query);

-- Workers.
SET LOCAL max_parallel_workers_per_gather = 2;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SELECT is(pg_temp.compare(query), 'the same', query), matches(pg_temp.nodes(query),
		'Gather.*Parallel Custom Scan \(Judge\)',
	'in workers') FROM (VALUES
($$SELECT id, e |# 'node-test' FROM firm e WHERE e |= 'node-test/2'$$),
($$SELECT (e |^ 'node-test').code, count(*), sum(e |# 'node-test') FROM firm e GROUP BY 1$$),
($$SELECT count(*) FILTER (WHERE e |= 'node-test') FROM firm e$$)) q (query);
SELECT is(pg_temp.compare($$SELECT a.id, (SELECT sum(e |# 'node-test') FROM firm e
		WHERE e.added = a.id AND e |= 'node-test')
	FROM generate_series(6, 9) a(id)$$), 'the same', 'rescans');
SET LOCAL parallel_leader_participation = off;
SELECT is(pg_temp.compare(query), 'the same', query) FROM (VALUES
($$SELECT sum(e |# 'node-test') FROM wide e WHERE e |= 'node-test/2'$$),
($$SELECT count(*) FILTER (WHERE e |= 'node-test') FROM mapped e$$)) q (query);
SET LOCAL parallel_leader_participation = on;
SET LOCAL max_parallel_workers_per_gather = 0;

-- Where it is offered, and where not.
SET LOCAL zjtx.batch = on;
SET LOCAL zjtx.batch_rows = 500;
SELECT matches(pg_temp.nodes(query), '^' || regexp_replace(plan, '([()])', '\\\1', 'g') || '$', query) FROM (VALUES
($$SELECT e |# 'node-test' FROM firm e$$, 'Custom Scan (Judge) firm'),
($$SELECT e |# 'node-test' FROM firm e WHERE e |= 'node-test'$$, 'Custom Scan (Judge) firm'),
($$SELECT sum(e |# 'node-test') FROM firm e$$, 'Custom Scan (Judge Totals) > Custom Scan (Judge) firm'),
($$SELECT e |# 'node-test' FROM joined e$$, 'Custom Scan (Judge) > Hash [RL]\w+ Join > .*'),
($$SELECT e |# 'node-test' FROM part e$$,
	'Append > Custom Scan (Judge) part_1 > Custom Scan (Judge) part_2 > Custom Scan (Judge) part_3_1'),
($$SELECT e |# 'node-test' FROM one e$$, 'Seq Scan one'),
($$SELECT e |# 'node-test' FROM firm e WHERE id < 300$$, 'Seq Scan firm'),
($$SELECT e |# 'node-test' FROM firm e FOR UPDATE$$, 'LockRows > Seq Scan firm'),
($$UPDATE firm e SET added = 1 WHERE (e |^ 'node-test').level = 3$$, 'Update firm > Seq Scan firm'),
($$SELECT ctid, e |# 'node-test' FROM firm e$$, 'Custom Scan (Judge) > Seq Scan firm'),
($$SELECT e |# 'node-test' FROM firm e TABLESAMPLE system (99)$$, 'Custom Scan (Judge) > Sample Scan firm'),
($$SELECT random(), e |# 'node-test' FROM firm e$$, 'Seq Scan firm'),
($$SELECT judge(e, 'node-test') FROM firm e$$, 'Seq Scan firm')) q (query, plan);

-- What EXPLAIN shows.
CREATE FUNCTION pg_temp.explain(query text) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (ANALYZE, VERBOSE, TIMING off, FORMAT json) ' || query INTO plan;
	RETURN plan::jsonb -> 0 -> 'Plan';
END $$;
SELECT is(p ->> 'Custom Plan Provider' || ': ' || (p ->> 'Policy') || ', ' || (p ->> 'Columns')
		|| ', ' || (p ->> 'Batches'),
	'Judge: ["node-test/2"], ["staff", "listed"], 7', 'in JSON'),
		is((p -> 'Rows Judged Singly')::int, 0, 'no row is in doubt')
FROM pg_temp.explain($$SELECT id FROM firm e WHERE e |= 'node-test/2'$$) p;
SELECT is((pg_temp.explain(format('SELECT id FROM firm e WHERE e |= %L::policy', p)) -> 'Rows Judged Singly')::int, 0,
	'nor in the steps of an unknown number from 0 up')
FROM (VALUES ('policy q ''q'' fact staff number at least 0 clause 1 when floor(staff / 2) >= 100'),
	('policy q ''q'' fact staff number at least 0 clause 1 when ceil(staff / 10) < 0')) q (p);

-- A row in doubt is judged when it is its turn: the jsonb of a row behind the last one, or that a condition leaves
-- out, raises no error.
CREATE TABLE noted AS SELECT i AS id, i % 10 AS kind, CASE WHEN i < 900 THEN '[1]'
		ELSE '7' END::jsonb AS l FROM generate_series(1, 1000) i;
ANALYZE noted;
SELECT store($$policy noted 'n' fact l list of number clause 1 when count(l where it > 0) = 1$$);
SELECT is(pg_temp.compare(query), 'the same', query) FROM (VALUES ($$SELECT id FROM noted e
		WHERE e |= 'noted' AND id < 900$$),
($$(SELECT id, e |= 'noted' FROM noted e LIMIT 890)$$),
($$(SELECT id FROM noted e WHERE e |= 'noted' LIMIT 890)$$),
($$SELECT id, e |= 'noted' FROM noted e$$)) q (query);

-- Nor does what the plan below, or a condition, evaluates in rows behind the last one.
CREATE VIEW divided AS SELECT *, 1000 / (id - 60) AS ratio FROM firm;
SELECT store('policy divided ''D'' fact ratio number fact staff number clause 1 when ratio < 99 or staff > 5')
\g /dev/null
SELECT is(pg_temp.compare(query, ''), 'the same', query) FROM (VALUES
($$SELECT id, e |# 'node-test' FROM divided e WHERE ratio < 99 LIMIT 3$$),
($$SELECT id, ratio, e |# 'node-test' FROM divided e LIMIT 3$$),
($$SELECT id, e |# 'node-test' FROM divided e WHERE e |= 'divided' LIMIT 3$$),
($$SELECT id, e |# 'node-test' FROM firm e WHERE e |= 'node-test/2' AND 1000 / (id - 60) < 99 LIMIT 3$$),
($$SELECT e.id, e |# 'node-test' FROM firm e JOIN part p ON p.id = e.id AND 1000 / (e.id + p.id - 120) < 99 LIMIT 3$$),
($$SELECT e.id, e |# 'node-test' FROM divided d JOIN firm e ON e.id = d.ratio + 2000 LIMIT 3$$),
($$SELECT id, e |# 'node-test' FROM (SELECT * FROM divided WHERE ratio < 99 OFFSET 0) e LIMIT 3$$),
($$SELECT e.id, e |# 'node-test' FROM firm e, LATERAL generate_series(1, 1000 / (60 - e.id)) LIMIT 3$$)) q (query);
SELECT is(pg_temp.compare(query), 'the same', query) FROM (VALUES
($$(SELECT id, e |# 'node-test' FROM firm e WHERE staff > 3 AND e |= 'node-test/2' LIMIT 3)$$),
($$(SELECT e.id, e |# 'node-test' FROM firm e JOIN part p ON p.id = e.id AND p.staff > 3 LIMIT 2400)$$),
($$(SELECT id, e |# 'node-test' FROM mapped e WHERE region LIKE '渝%' ORDER BY 2 DESC, 1 LIMIT 3)$$)) q (query);
-- Nor does a condition that does not ask in every row what is also selected.
SELECT is(pg_temp.compare(query, ''), 'the same', query) FROM (VALUES
($$SELECT id, e |= 'noted' FROM noted e WHERE CASE WHEN id < 900 THEN e |= 'noted' END$$),
($$SELECT id FROM noted e WHERE CASE WHEN id < 900 THEN e |= 'noted' END AND e |= 'noted'$$),
($$SELECT count(*) FILTER (WHERE e |= 'noted') FROM noted e WHERE CASE WHEN id < 900 THEN e |= 'noted' END$$),
($$SELECT id, e |= 'divided' FROM divided e WHERE CASE WHEN id <> 60 THEN e |= 'divided' END$$)) q (query);

-- What workers do is shown, too.
SET LOCAL max_parallel_workers_per_gather = 2;
SET LOCAL parallel_leader_participation = off;
SELECT is(jsonb_path_query_first(p, '$.**."Rows Judged Singly"'), '899', 'the rows that workers judge are counted'),
	matches(p::text, '"Workers Launched": [12]', 'and there are some')
FROM pg_temp.explain($$SELECT id FROM noted e WHERE e |= 'noted' AND id < 900$$) p;
SET LOCAL parallel_leader_participation = on;
SET LOCAL max_parallel_workers_per_gather = 0;

-- The conditions that the planner derives from a rule need not be evaluated besides.
SELECT unalike(p ->> 'Filter', '%staff >= 100%)%AND%', 'a filter without derived conditions'),
	alike(p ->> 'Filter', '%note)::text <> %AND%eligible_facts(%', 'but with all others')
FROM pg_temp.explain($$SELECT id FROM firm e
	WHERE e |= 'staff >= 100 and listed and rd / revenue > 1'::policy AND note <> 'x'$$) p;

-- Nor are they where an answer is selected: with them, it is a column of the node.
SELECT doesnt_match(p ->> 'Output', 'AND \(zjtx_internal.eligible_facts|OR \(\(NOT zjtx_internal.eligible_facts',
		query),
	matches(p ->> 'Output', 'staff >=? |staff <=? ', 'though there are some') FROM (VALUES
($$SELECT e |= 'staff >= 100 and listed and rd / revenue > 1'::policy FROM firm e$$),
($$SELECT NOT (e |= 'staff >= 100 and listed and rd / revenue > 1'::policy) FROM firm e$$),
($$SELECT CASE WHEN e |= 'staff >= 100 and listed and rd / revenue > 1'::policy THEN 'a' END FROM firm e$$)) q (query),
	pg_temp.explain(query) p;
SELECT is(pg_temp.compare(query), 'the same', query) FROM (VALUES
($$SELECT id, e |= 'node-test/1', NOT (e |= 'node-test/1'), (e |= 'node-test/1') IS NULL,
	CASE WHEN e |= 'node-test/1' THEN 1 ELSE 0 END, e |= 'node-test/1' AND staff > 5
	FROM firm e WHERE e |= 'node-test/2' OR e |= 'node-test/1'$$),
($$SELECT id, e |= 'node-test/1', coalesce(NOT (e |= 'node-test/1'), id > 70) FROM firm e WHERE e |= 'node-test/1'$$),
($$SELECT e |= 'node-test/1', count(*), count(NOT (e |= 'node-test/1')) FROM firm e
	WHERE NOT (e |= 'node-test/1') GROUP BY 1$$)) q (query);
-- With derived conditions, too, a question is asked of all rows if facts may raise errors: jsonb and expressions.
SELECT store('policy inferred ''I'' fact staff number fact revenue number fact days list of date
	clause 1 when staff >= 10 and revenue > 5 and count(days as d where d > 2025-01-01) > 0') \g /dev/null
CREATE TABLE with_jsonb AS SELECT id, staff, revenue, to_jsonb(days) AS days FROM firm;
SELECT is(pg_temp.compare(query), 'the same', query) FROM (VALUES
($$SELECT id, e |= 'inferred' FROM with_jsonb e$$),
($$SELECT id, NOT (e |= 'inferred') FROM with_jsonb e$$),
($$SELECT e |= 'inferred', count(*) FROM with_jsonb e GROUP BY 1$$),
($$SELECT id, e |= 'inferred' FROM mapped e$$),
($$SELECT id, CASE WHEN e |= 'inferred' THEN 1 END FROM mapped e$$),
($$SELECT id, id % 3 = 1 AND e |= 'inferred', id % 5 = 1 OR NOT (e |= 'inferred') FROM with_jsonb e$$),
($$SELECT count(*) FILTER (WHERE id % 3 = 1 AND e |= 'inferred') FROM with_jsonb e$$)) q (query);
-- A question that reads no facts does not need the whole row.
SELECT store('policy steps ''S'' fact staff number fact revenue number
	ladder ''L'' rung low ''low'' when staff >= 10
	rung high ''high'' when staff > 20 and revenue > 5 * staff') \g /dev/null
SELECT is(pg_temp.compare(query), 'the same', query), doesnt_match(p ->> 'Output', '\me\.\*', 'without the row')
FROM (VALUES
($$SELECT id, e |= 'steps', e |^ 'steps', e |# 'steps' FROM firm e$$),
($$SELECT f.id, f |= 'steps', e |# 'steps', e |# 'node-test' FROM part f LEFT JOIN firm e ON e.id = f.id + 2000$$))
	q (query), pg_temp.explain(query) p;
SELECT is(pg_temp.compare(query, ''), 'the same', query) FROM (VALUES
($$SELECT e |# 'steps', e |= 'steps' FROM (SELECT id, region FROM firm) e$$),
($$SELECT f.id, e |# 'steps' FROM part f LEFT JOIN firm e ON e.id = f.id + 2000$$),
($$SELECT sum(e |# 'steps') FROM nulls e$$)) q (query);
-- Calls written by hand share a batch only if they give the same facts.
SELECT is(pg_temp.compare(replace(replace(
	$$SELECT id, zjtx_internal.eligible_facts('staff > 100 or rd / revenue > 0.1'::policy, 'first', id, staff),
		zjtx_internal.eligible_facts('staff > 100 or rd / revenue > 0.1'::policy, 'second', id, staff) FROM firm$$,
	'first', a), 'second', b)), 'the same', a || ' and ' || b) FROM (VALUES
('staff  revenue', 'rd  revenue'), ('  staff revenue', 'staff   revenue'), ('revenue rd', 'rd revenue')) q (a, b);
-- CASE keeps a question from jsonb of the wrong form.
UPDATE with_jsonb SET days = '{"no": "list"}' WHERE id % 100 = 1;
SELECT is(pg_temp.compare(query, ''), 'the same', query) FROM (VALUES
($$SELECT id, CASE WHEN id % 100 <> 1 THEN e |= 'inferred' END FROM with_jsonb e$$),
($$SELECT count(*) FILTER (WHERE CASE WHEN id % 100 <> 1 THEN e |= 'inferred' END) FROM with_jsonb e$$),
($$SELECT count(*) FILTER (WHERE e |= 'inferred') FROM with_jsonb e WHERE id % 100 <> 1$$)) q (query);

-- That a document still stands is asked once, in a node above; the answers come from the node below it.
SELECT store('policy gate ''G'' fact staff number fact rd number
	clause 1 when staff >= 10 and rd * 2 > staff') \g /dev/null
SET LOCAL zjtx.batch_rows = 10;
SELECT is(p ->> 'Node Type', 'Result', 'the node above'),
	alike(p ->> 'Output', '["(zjtx_internal.amount_facts(%', 'gives on'),
	alike(p #>> '{Plans,0,Output}', '%amount_facts%', 'what Judge answers')
FROM pg_temp.explain($$SELECT e |# 'node-test' FROM firm e WHERE e |= 'gate'$$) p;
SET LOCAL zjtx.batch_rows = 500;

-- What takes long is cancelled.
CREATE FUNCTION pg_temp.cancelled_after(query text) RETURNS interval LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE query;
	RETURN NULL;
EXCEPTION WHEN query_canceled THEN
	RETURN clock_timestamp() - statement_timestamp();
END $$;
SET LOCAL statement_timeout = '200ms';
SELECT cmp_ok(pg_temp.cancelled_after($$SELECT sum(e |# 'node-test') FROM firm e, generate_series(1, 1000000)$$), '<',
	interval '1.2 s', 'rows of a join');
SELECT cmp_ok(pg_temp.cancelled_after($$SELECT sum(n) FROM generate_series(1, 1000000) g, LATERAL (SELECT count(*) AS n
	FROM firm e WHERE e |= 'node-test' AND g > 0) x$$), '<', interval '1.2 s', 'scans again and again');
SET LOCAL statement_timeout = 0;

-- Cursors, prepared statements, changes in the same transaction.
CREATE FUNCTION pg_temp.fetched(batch boolean) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
	c SCROLL CURSOR FOR SELECT id, (e |^ 'node-test').level FROM firm e;
	r record;
	found text[];
BEGIN
	PERFORM set_config('zjtx.batch', batch::text, true), set_config('zjtx.batch_rows', '0', true);
	OPEN c;
	MOVE RELATIVE 700 FROM c;
	FETCH NEXT FROM c INTO r;
	found := ARRAY[r::text];
	FETCH PRIOR FROM c INTO r;
	found := found || r::text;
	MOVE RELATIVE 900 FROM c;
	FETCH PRIOR FROM c INTO r;
	CLOSE c;
	RETURN found || r::text;
END $$;
SELECT is(pg_temp.fetched(true), pg_temp.fetched(false), 'a cursor, forward and back');
-- WHERE CURRENT OF finds the row of a cursor, also in a partition or by an index.
CREATE FUNCTION pg_temp.current_of(query text, relation text, batch boolean) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	c refcursor := 'cur';
	step int;
	id int;
	found text;
BEGIN
	PERFORM set_config('zjtx.batch', batch::text, true);
	OPEN c NO SCROLL FOR EXECUTE query;
	FOREACH step IN ARRAY '{1, 2, 70, 1, 600, 1, 900, 9000}'::int[] LOOP
		MOVE FORWARD step FROM c;
		BEGIN
			EXECUTE format('UPDATE %s SET note = ''current'' WHERE CURRENT OF cur RETURNING id', relation) INTO id;
			found := concat_ws(' ', found, coalesce(id::text, 'none'));
		EXCEPTION WHEN OTHERS THEN
			found := concat_ws(' ', found, sqlerrm);
		END;
	END LOOP;
	RAISE EXCEPTION SQLSTATE 'ZZ000';
EXCEPTION WHEN SQLSTATE 'ZZ000' THEN
	RETURN found;
END $$;
CREATE TABLE indexed AS SELECT id, staff, listed, late, note FROM firm;
CREATE INDEX ON indexed (id);
CREATE INDEX ON indexed (staff, listed, late, id);
ANALYZE indexed;
SET LOCAL zjtx.batch = on;
SET LOCAL zjtx.batch_rows = 0;
CREATE TEMP TABLE cursors (query text, relation text, nodes text);
INSERT INTO cursors VALUES
($$SELECT id, e |# 'node-test' FROM firm e$$, 'firm', '^Custom Scan .Judge. firm$'),
($$SELECT id FROM firm e WHERE e |= 'node-test/2' AND staff < 350$$, 'firm', '^Custom Scan .Judge. firm$'),
($$SELECT id, e |# 'node-test' FROM part e$$, 'part', '^Append > Custom Scan .Judge. part_1 > '),
($$SELECT id, e |# 'node-test/2' FROM indexed e WHERE id > 7$$, 'indexed', '^Custom Scan .Judge. > Index Scan'),
($$SELECT id, e |# 'node-test/2' FROM indexed e WHERE staff > 7$$, 'indexed', '^Custom Scan .Judge. > Index Only Scan');
SET LOCAL enable_seqscan = off;
SELECT matches(pg_temp.nodes('DECLARE c CURSOR FOR ' || query), nodes, nodes),
	is(pg_temp.current_of(query, relation, true), pg_temp.current_of(query, relation, false), query),
	matches(pg_temp.current_of(query, relation, true), '^([0-9]+ ){7}cursor "cur" is not positioned on a row$', query)
FROM cursors;
SET LOCAL enable_seqscan = on;
SET LOCAL zjtx.batch = on;
SET LOCAL plan_cache_mode = force_generic_plan;
PREPARE asked AS SELECT count(*)::int AS n FROM firm e WHERE e |= 'node-test/2' AND staff > $1;
CREATE TEMP TABLE counted AS EXECUTE asked(50);
SELECT is((SELECT n FROM counted), (SELECT count(*)::int FROM firm e
		WHERE (staff >= 100 OR listed) AND staff > 50), 'a prepared statement');
SELECT store(replace(doc::text, 'staff >= 100人', 'staff >= 90人')) FROM policies WHERE code = 'node-test' \g /dev/null
DROP TABLE counted;
CREATE TEMP TABLE counted AS EXECUTE asked(50);
SELECT is((SELECT n FROM counted), (SELECT count(*)::int FROM firm e
		WHERE (staff >= 90 OR listed) AND staff > 50), 'is planned anew for a new document');
SAVEPOINT before;
DELETE FROM firm WHERE id % 3 = 0;
UPDATE firm SET revenue = revenue * 2, size = 'small' WHERE id % 5 = 0;
INSERT INTO firm SELECT * FROM part WHERE id % 3 = 0 AND id < 700;
SELECT is(pg_temp.compare($$SELECT id, e |= 'node-test', e |^ 'node-test', e |# 'node-test'
		FROM firm e$$), 'the same', 'changed rows');
ROLLBACK TO before;
SELECT is(pg_temp.compare($$SELECT id, e |= 'node-test', e |^ 'node-test', e |# 'node-test'
		FROM firm e$$), 'the same', 'and back');

-- Row security.
ALTER TABLE firm ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_region ON firm USING (region <> '巴南区' AND (firm |= 'node-test/2'));
CREATE ROLE judge_reader;
GRANT SELECT ON firm TO judge_reader;
GRANT USAGE ON SCHEMA zjtx TO judge_reader;
SET LOCAL ROLE judge_reader;
SELECT is(pg_temp.compare($$SELECT id, e |# 'node-test' FROM firm e WHERE e |= 'node-test'$$),
		'the same', 'hidden rows'),
	is(pg_temp.nodes($$SELECT id, e |# 'node-test' FROM firm e WHERE e |= 'node-test'$$),
		'Custom Scan (Judge) > Seq Scan firm',
	'are hidden before the node');
RESET ROLE;

SELECT * FROM finish();
ROLLBACK;
