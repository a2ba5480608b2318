\set ECHO none
\i sql/tap.psql
BEGIN;
\i sql/judge.psql
SET LOCAL client_min_messages = error;
SELECT plan(226);

-- The plan node Judge where the policy is no constant: a column, a subquery, a parameter.

-- A policy that few rows ask about is in the memory of their batch, and is looked up again for the next one.  This
-- comes first: the C library returns the memory of large batches to the system as long as it has not seen many of them.
CREATE TABLE long_list AS SELECT i AS id, i % 400 AS staff, array_fill(date '2025-01-01' + i % 40, ARRAY[1700]) AS days
FROM generate_series(1, 1000) i;
CREATE TABLE single AS SELECT 'staff > 100'::policy AS p;
ANALYZE long_list, single;
SELECT is(pg_temp.compare($$SELECT id, e |= (SELECT p FROM single) FROM long_list e
	WHERE e |= 'policy q ''q'' fact days list of date clause 1 when max(days) > 2025-02-08'::policy$$), 'the same',
	'batches of which few rows are left');

CREATE TABLE firm (id int, region text, revenue numeric(16,2), rd numeric, staff int, founded date, listed boolean,
	size text, days date[], note varchar(20));
INSERT INTO firm
SELECT i, CASE i % 4 WHEN 0 THEN '渝北区' WHEN 1 THEN '巴南区' WHEN 3 THEN '别处' END,
	CASE WHEN i % 37 = 0 THEN NULL WHEN i % 41 = 0 THEN 'NaN'::numeric WHEN i % 43 = 0 THEN -5 ELSE i * 7919 % 30000 END,
	CASE WHEN i % 53 = 0 THEN 'NaN'::numeric WHEN i % 59 = 0 THEN NULL WHEN i % 61 = 0 THEN 1e30
		WHEN i % 67 = 0 THEN 1e-30 WHEN i % 71 = 0 THEN 'Infinity' ELSE i * 104729 % 20000 / 7.0 END,
	CASE WHEN i % 29 > 0 THEN i % 400 END,
	CASE i % 97 WHEN 0 THEN 'infinity'::date WHEN 2 THEN NULL ELSE date '2000-01-01' + i % 9400 END,
	CASE i % 3 WHEN 0 THEN true WHEN 1 THEN false END, (ARRAY['micro', 'small', '小型', 'huge', NULL])[i % 5 + 1],
	CASE i % 11 WHEN 0 THEN '{2025-01-01,2020-02-02,NULL}' WHEN 1 THEN '{}' WHEN 2 THEN '{2025-05-05}' END::date[],
	repeat('x', i % 20)
FROM generate_series(1, 2500) AS i;

-- Twelve documents that answer every question, each with its own figures, conditions and rungs.
CREATE FUNCTION pg_temp.document(n int) RETURNS text LANGUAGE sql AS $$
	SELECT format(E'policy rule-%s ''规则''\n'
		'fact region text\nfact revenue number 元 at least 0\nfact rd number 元\nfact staff number 人 at least 0\n'
		'%s%s%s'
		'clause 1 reward when region = ''渝北区'' and revenue >= %s元 and rd / revenue >= %s%%\n  pay revenue * %s%%\n'
		'clause 2 reward when staff >= %s人%s pay %s元\n'
		'ladder ''L''\n%s  rung r%s ''%s'' when revenue / staff >= %s元\n',
		n, CASE WHEN n % 2 = 0 THEN E'fact listed boolean\n' ELSE '' END,
		CASE WHEN n % 3 = 0 THEN E'fact size text in (''micro'' ''微型'', ''small'' ''小型'')\n' ELSE '' END,
		CASE WHEN n % 4 = 0 THEN E'fact days list of date null means none\n' ELSE '' END,
		n * 1000, n, n, n * 20, CASE WHEN n % 2 = 0 THEN ' or listed' WHEN n % 3 = 0 THEN ' and size = ''small''' ELSE '' END,
		n * 100, CASE WHEN n % 4 = 0 THEN E'  rung lower ''低'' when count(days where it > 2025-01-31) = 1\n' ELSE '' END,
		n, n, n * 10) || repeat(E'\n', CASE WHEN n > 6 THEN 3000 ELSE 0 END)
$$;
CREATE TABLE rule (k int, t text, p policy, name text);
-- half of them are kept elsewhere, not compressed
ALTER TABLE rule ALTER t SET STORAGE EXTERNAL, ALTER p SET STORAGE EXTERNAL;
INSERT INTO rule SELECT k, pg_temp.document(k), pg_temp.document(k)::policy, 'rule-' || k FROM generate_series(1, 12) k;
INSERT INTO rule VALUES (13, NULL, NULL, NULL);
SELECT count(store(t)) FROM rule WHERE t IS NOT NULL \g /dev/null
-- Policies that a batch refuses: values, a series, one that is judged without a day, one of other facts and types.
CREATE TABLE odd (k int, p policy);
INSERT INTO odd VALUES (1, 'policy v ''v'' fact staff number define twice = staff * 2'::policy -> 'twice'),
	(2, 'staff > 100'), (3, 'founded > 2010-01-01'), (4, 'founded + 200月 > as_of'), (6, 'region = ''渝北区'''),
	(7, 'nothing_like_it > 3'), (8, NULL), (10, 'region > 5'),
	(11, $$series changing
policy changing-1 'a' series changing in force from 2020-01-01 until 2024-08-01
fact staff number 人 clause 1 reward when staff > 300人 pay 7元
policy changing-2 'b' series changing in force from 2024-08-01
fact staff number 人 clause 1 reward when staff > 100人 pay 9元$$),
	(12, 'policy u ''u'' fact staff number clause 1 reward when staff > 200 pay undetermined');
CREATE TABLE bad (k int, t text);
INSERT INTO bad SELECT k, CASE k WHEN 3 THEN 'staff >' ELSE 'staff > ' || k END FROM generate_series(0, 4) k;
-- each row has its policy; and partitions
CREATE TABLE ruled AS SELECT e.*, q.k, q.p, q.t, q.name FROM firm e JOIN rule q ON q.k = 1 + e.id % 13;
CREATE TABLE part (LIKE ruled) PARTITION BY RANGE (id);
CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM (0) TO (1200);
CREATE TABLE part_2 PARTITION OF part FOR VALUES FROM (1200) TO (9999);
INSERT INTO part SELECT * FROM ruled;
CREATE TABLE wrong AS SELECT e.*, CASE WHEN id > 2000 THEN 'staff >' ELSE 'staff > ' || id % 3 END AS t FROM firm e;
CREATE TABLE close_to AS SELECT id, staff, 12345678901234567.1 AS rd, 0.2 AS revenue FROM firm;
CREATE TABLE dated AS SELECT e.*, date '2024-01-01' + id % 700 AS as_of FROM firm e;
-- of so many policies the node would not be chosen, if that was known
ALTER TABLE rule ALTER p SET (n_distinct = 5), ALTER t SET (n_distinct = 5), ALTER name SET (n_distinct = 5);
ALTER TABLE ruled ALTER p SET (n_distinct = 5), ALTER t SET (n_distinct = 5), ALTER name SET (n_distinct = 5);
ALTER TABLE part_1 ALTER p SET (n_distinct = 5), ALTER t SET (n_distinct = 5);
ALTER TABLE part_2 ALTER p SET (n_distinct = 5), ALTER t SET (n_distinct = 5);
ALTER TABLE odd ALTER p SET (n_distinct = 5);
ALTER TABLE wrong ALTER t SET (n_distinct = 5);
ANALYZE;

-- Every question, every form of a policy, and every table.
SELECT is(pg_temp.compare(format(form, policy, source)), 'the same', format(form, policy, source)) FROM (VALUES
	('q.p', 'firm e JOIN rule q ON q.k = 1 + e.id % 13'),
	('q.p', 'firm e JOIN rule q ON q.k = 1 + e.id / 200'),
	('q.p', 'firm e LEFT JOIN rule q ON q.k = e.id % 15'),
	('q.p', '(SELECT * FROM rule WHERE k IN (3, 8, 13)) q, firm e'),
	('q.t::policy', 'firm e JOIN rule q ON q.k = 1 + e.id % 13'),
	('q.t::varchar::policy', 'firm e JOIN rule q ON q.k = 1 + e.id % 13'),
	('q.t::policy', 'firm e, (SELECT t FROM rule WHERE k = 7 OFFSET 0) q'),
	('q.name', 'firm e JOIN rule q ON q.k = 1 + e.id % 13'),
	('stored(q.name)', 'firm e JOIN rule q ON q.k = 1 + e.id % 13'),
	('as_of(q.p, ''2025-01-01'')', 'firm e JOIN rule q ON q.k = 1 + e.id % 13'),
	('(SELECT p FROM rule WHERE k = 4)', 'firm e'),
	('(SELECT p FROM rule WHERE k = 12)', 'firm e'),
	('(SELECT p FROM rule WHERE k = 13)', 'firm e'),
	('(SELECT p FROM rule WHERE k > 13)', 'firm e'),
	('(SELECT p FROM rule)', 'firm e'),
	('(SELECT t FROM rule WHERE k = 9)::policy', 'firm e'),
	('(SELECT name FROM rule WHERE k = 9)', 'firm e'),
	('as_of(stored(''rule-3''), current_date)', 'firm e'),
	('e.p', 'ruled e'), ('e.t::policy', 'ruled e'), ('e.name', 'ruled e'), ('stored(e.name)', 'ruled e'),
	('e.p', 'part e'), ('e.t::policy', 'part e'),
	('e.p', 'ruled f LEFT JOIN ruled e ON e.id = f.id * 2'),
	('q.p', 'dated e JOIN rule q ON q.k = 1 + e.id % 13')) f (policy, source),
	unnest(ARRAY[
	'SELECT e.id, e |= %1$s, e |^ %1$s, e |# %1$s FROM %2$s',
	'SELECT e.id, e |# %1$s FROM %2$s WHERE (e |^ %1$s).level >= 1 AND e.id %% 5 <> 1',
	'SELECT (e |^ %1$s).code, count(*), sum(e |# %1$s), min(e |# %1$s), max(e |# %1$s) FROM %2$s GROUP BY 1',
	'SELECT count(*), count(*) FILTER (WHERE e |= %1$s), avg((e |^ %1$s).level), max(e |# %1$s) FROM %2$s
		HAVING count(e |= %1$s) >= 0',
	'SELECT tally(judge(e, %1$s)), budget(judge(e, %1$s)) FROM %2$s WHERE e |= %1$s']) form;

-- Policies that refuse a question, or a batch: their rows are answered singly, and raise what they raise without.
SELECT is(pg_temp.compare(query), 'the same', query) FROM (
	SELECT format(form, q.question, q.n) FROM (VALUES ('|=', 1), ('|#', 10), ('|^', 3)) q (question, n), unnest(ARRAY[
	'SELECT e.id, q.k, e %1$s q.p FROM odd q, firm e',
	'SELECT e.id, q.k, e %1$s q.p FROM odd q, dated e',
	'SELECT e.id, q.k, e %1$s q.p FROM odd q, firm e WHERE q.k NOT IN (1, 10)',
	'SELECT e.id, q.k, e %1$s q.p FROM odd q, dated e WHERE q.k NOT IN (1, 10)',
	'SELECT e.id, e %1$s (SELECT p FROM odd WHERE k = %2$s) FROM firm e',
	'SELECT e.id, e %1$s (SELECT p FROM odd WHERE k = 11) FROM firm e',
	'SELECT e.id, e %1$s (SELECT p FROM odd WHERE k = 11) FROM dated e',
	'SELECT e.id, e %1$s (SELECT p FROM odd WHERE k = 12) FROM dated e',
	'SELECT count(e %1$s q.p) FROM odd q, firm e WHERE q.k IN (2, 3, 4, 11)',
	'SELECT tally(judge(e, q.p)) FROM odd q, dated e WHERE q.k NOT IN (1, 10)',
	'SELECT tally(judge(e, q.p)) FROM odd q, firm e']) form) q (query);
SELECT is(pg_temp.compare(query), 'the same', query) FROM (VALUES
($$SELECT e.id, e |= q.t::policy FROM firm e JOIN bad q ON q.k = e.id % 5$$),
($$SELECT e.id, e |= q.t::policy FROM firm e JOIN bad q ON q.k = CASE WHEN e.id = 2222 THEN 3 ELSE 1 END$$),
($$SELECT count(*) FILTER (WHERE e |= q.t::policy) FROM firm e JOIN bad q ON q.k = e.id % 5$$),
($$SELECT e.id, e |= q.t::policy FROM firm e JOIN bad q ON q.k = e.id % 5 WHERE q.k <> 3$$),
($$SELECT e.id, e |= (SELECT t FROM bad WHERE k = 3)::policy FROM firm e$$),
($$SELECT e.id, e |= (SELECT t FROM bad WHERE k = 3)::policy FROM firm e WHERE id < 0$$),
($$SELECT e.id, e |= (SELECT t FROM bad)::policy FROM firm e WHERE id < 0$$),
($$SELECT e.id, e |= q.name FROM firm e JOIN (SELECT k, CASE k WHEN 3 THEN 'nothing' ELSE name END AS name FROM rule
	WHERE k < 8 OFFSET 0) q ON q.k = 1 + e.id % 7$$),
-- a row behind the last one, or that a condition before leaves out, is not asked
($$(SELECT e.id, e |= e.t::policy FROM wrong e LIMIT 1900)$$),
($$(SELECT e.id FROM wrong e WHERE e |= e.t::policy LIMIT 500)$$),
($$SELECT e.id FROM wrong e WHERE id < 2000 AND e |= e.t::policy$$),
($$SELECT e.id FROM wrong e WHERE e |= e.t::policy$$),
($$SELECT e.id FROM wrong e WHERE (e |= 'staff > 300'::policy) AND e |= e.t::policy$$),
-- nor is a subquery asked for a policy if all rows fail before, though only exact arithmetic says so
($$SELECT e.id FROM close_to e WHERE e |= (SELECT 'rd + revenue > 12345678901234567.3'::policy)
	AND e |= (SELECT t FROM bad)::policy$$),
($$SELECT e.id FROM close_to e WHERE e |= (SELECT 'rd + revenue >= 12345678901234567.3'::policy)
	AND e |= (SELECT t FROM bad)::policy$$),
($$SELECT e.id FROM close_to e WHERE e |= (SELECT 'rd + revenue >= 12345678901234567.3'::policy)
	AND e |= (SELECT t FROM bad WHERE k = 1)::policy$$)) q (query);
-- Scans again and again, each with its policy; several rows of a query; answers beside others.
SELECT is(pg_temp.compare(query), 'the same', query) FROM (VALUES
($$SELECT q.k, (SELECT sum(e |# q.p) FROM firm e) FROM rule q$$),
($$SELECT q.k, (SELECT count(*) FROM firm e WHERE e |= q.t::policy AND id % 7 > q.k % 5) FROM rule q$$),
($$SELECT q.k, q.n, (SELECT max((e |^ q.p).code) FROM firm e WHERE e.id < q.n) FROM
	(SELECT k, p, n FROM rule, (VALUES (5), (20), (90), (2000)) n (n)) q$$),
($$SELECT a.id, a |# q.p, b |# q.p, a |= r.p FROM rule q, rule r, firm a JOIN firm b ON b.id = a.id + 700
	WHERE a.id % 13 = q.k AND b.id % 11 = r.k$$),
($$SELECT id, p, e |# e.p FROM ruled e$$),
($$SELECT e.id, CASE WHEN e |= q.p THEN 1 ELSE -1 END FROM firm e JOIN rule q ON q.k = 1 + e.id % 13$$),
($$SELECT e.id, e |# q.p, e |# 'rule-3', rank() OVER (ORDER BY e |# q.p DESC NULLS LAST, id) FROM firm e, rule q
	WHERE q.k = e.id % 4$$),
($$SELECT q.k, (e |^ q.p).code, count(*), sum(e |# q.p), sum(e.staff) FROM firm e, rule q WHERE e.id < 300
	GROUP BY 1, 2$$),
($$SELECT e |= q.p, e |^ q.p, count(*), avg(e |# q.p), tally(judge(e, q.p)) FROM firm e, rule q
	WHERE q.k = 1 + e.id % 13 GROUP BY 1, 2$$),
-- questions that join
($$SELECT e.id, q.k FROM firm e JOIN rule q ON e |= q.p$$),
($$SELECT q.k, count(*), sum(e |# q.p) FROM firm e, rule q WHERE e |= q.p AND e.id < 2000 GROUP BY q.k$$)) q (query);

-- What stays row by row: a subquery of each row, a branch of CASE, and few rows.
SET LOCAL zjtx.batch = on;
SET LOCAL zjtx.batch_rows = 500;
SELECT doesnt_match(pg_temp.nodes(query), 'Judge', query) FROM (VALUES
($$SELECT e |# (SELECT p FROM rule WHERE k = e.staff % 13) FROM firm e$$),
($$SELECT CASE WHEN id > 7 THEN e |# (SELECT p FROM rule WHERE k = 3) END FROM firm e$$),
($$SELECT e |# (SELECT p FROM rule WHERE k = 3) FROM firm e WHERE id < 400$$)) q (query);
ALTER TABLE ruled ALTER p SET (n_distinct = -1);
ANALYZE ruled;
SELECT doesnt_match(pg_temp.nodes($$SELECT e |# e.p FROM ruled e$$), 'Judge', 'policies that are all different');

-- Parameters of generic plans; a cursor.
SET LOCAL zjtx.batch_rows = 0;
SET LOCAL plan_cache_mode = force_generic_plan;
PREPARE asked(policy, text, text) AS SELECT id, e |= $1, e |^ $2, e |# $3::policy FROM firm e;
SELECT matches(pg_temp.nodes($$EXECUTE asked('staff > 1', 'rule-1', 'policy x ''x''')$$), 'Judge', 'a generic plan');
CREATE FUNCTION pg_temp.of_policy(batch boolean, n int) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	rule policy := (SELECT p FROM rule WHERE k = n);
	name text := (SELECT q.name FROM rule q WHERE k = n);
BEGIN
	PERFORM set_config('zjtx.batch', batch::text, true);
	RETURN QUERY SELECT (id, e |= rule, e |^ name, e |# rule::text::policy, e |# rule)::text FROM firm e;
END $$;
SELECT is((SELECT array_agg(a) FROM pg_temp.of_policy(true, k) a),
	(SELECT array_agg(a) FROM pg_temp.of_policy(false, k) a), 'variables of a function: ' || k)
FROM rule WHERE k IN (2, 8, 13);
SET LOCAL plan_cache_mode = auto;
CREATE FUNCTION pg_temp.fetched(batch boolean) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
	c SCROLL CURSOR FOR SELECT e.id, e |# q.p FROM firm e, rule q WHERE q.k = 1 + e.id % 13;
	r record;
	found text[];
BEGIN
	PERFORM set_config('zjtx.batch', batch::text, true);
	OPEN c;
	MOVE RELATIVE 700 FROM c;
	FETCH NEXT FROM c INTO r;
	found := ARRAY[r::text];
	UPDATE rule SET p = 'policy x ''x''', t = NULL;
	MOVE RELATIVE 900 FROM c;
	FETCH NEXT FROM c INTO r;
	CLOSE c;
	RETURN found || r::text;
END $$;
SAVEPOINT before;
SELECT pg_temp.fetched(true) AS fetched \gset
ROLLBACK TO before;
SELECT is(:'fetched', pg_temp.fetched(false)::text, 'a cursor while policies are changed');
ROLLBACK TO before;

-- Workers.
SET LOCAL max_parallel_workers_per_gather = 2;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
ALTER TABLE ruled ALTER p SET (n_distinct = 5);
ANALYZE ruled;
SELECT is(pg_temp.compare(query, 'Gather.*Judge'), 'the same', 'in workers: ' || query) FROM (VALUES
($$SELECT id, e |# e.p, e |= e.t::policy FROM ruled e$$),
($$SELECT sum(e |# e.p) FROM ruled e$$),
($$SELECT id, e |# (SELECT p FROM rule WHERE k = 8) FROM firm e$$),
($$SELECT (e |^ q.p).code, count(*), sum(e |# q.p) FROM firm e JOIN rule q ON q.k = 1 + e.id % 13
	GROUP BY 1$$)) q (query);
SET LOCAL max_parallel_workers_per_gather = 0;

-- What EXPLAIN shows.
CREATE FUNCTION pg_temp.explain(query text) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (ANALYZE, TIMING off, FORMAT json) ' || query INTO plan;
	RETURN jsonb_path_query_first(plan::jsonb, '$.** ? (@."Custom Plan Provider" == "Judge")');
END $$;
SELECT is(p ->> 'Policy', '["q.p", "(q.t)::policy"]', 'the expressions of policies'),
	cmp_ok((p ->> 'Rows Judged Singly')::int, '<', 200, 'of one policy, rows are judged in batches')
FROM pg_temp.explain($$SELECT e |= q.p, e |# q.t::policy FROM firm e, rule q WHERE q.k = 7$$) p;
SELECT cmp_ok((p ->> 'Rows Judged Singly')::int, '<', 200, 'of five policies, too'),
	is(p ->> 'Batches', '7', 'in the same batches')
FROM pg_temp.explain($$SELECT e |= q.p FROM firm e JOIN rule q ON q.k = 1 + e.id % 5$$) p;
SELECT cmp_ok((p ->> 'Rows Judged Singly')::int, '>', 700, 'of twelve policies, four are answered singly')
FROM pg_temp.explain($$SELECT e |= e.p FROM (SELECT * FROM ruled ORDER BY id OFFSET 0) e$$) p;
SELECT cmp_ok((p ->> 'Rows Judged Singly')::int, '<', 700, 'if they follow each other, not')
FROM pg_temp.explain($$SELECT e |= e.p FROM (SELECT * FROM ruled ORDER BY k OFFSET 0) e$$) p;

-- A table that is joined with policies without a condition is scanned for each of them.
SELECT is(pg_temp.nodes(query), plan, query) FROM (VALUES
($$SELECT e.id, q.k, e |# q.p FROM firm e, rule q WHERE q.k < 3$$, 'Custom Scan (Judge) firm > Seq Scan rule'),
($$SELECT sum(e |# q.p) FROM firm e, rule q WHERE e.staff > 5 AND q.k = 7$$,
	'Custom Scan (Judge Totals) > Custom Scan (Judge) firm > Seq Scan rule')) q (query, plan);
SELECT is(pg_temp.compare(query, 'Judge\) firm'), 'the same', query) FROM (VALUES
($$SELECT e.id, q.k, q.name, q.p, e |# q.p, e |= q.t::policy, e |^ 'rule-3', e.note FROM firm e, rule q
	WHERE e.staff > 5 AND q.k IN (3, 8, 13)$$),
($$SELECT q.k, (e |^ q.p).code, count(*), sum(e |# q.p), sum(e.staff) FROM firm e, rule q WHERE q.k > 11
	GROUP BY 1, 2$$),
($$SELECT e |^ q.p, count(*), sum(e |# q.p), max(e |# 'rule-2'), tally(judge(e, q.p)) FROM firm e, rule q
	WHERE q.k > 11 GROUP BY 1$$),
($$SELECT n, (SELECT sum(e |# q.p) FROM firm e, rule q WHERE q.k = n) FROM generate_series(1, 14) n$$),
($$SELECT e.id, e |= q.p FROM firm e, (SELECT * FROM rule WHERE k > 99) q$$),
($$SELECT count(e |= q.p), count(*) FROM firm e, (SELECT * FROM rule WHERE k > 99) q$$),
($$SELECT e.id, q.k, r.k, e |= q.p FROM firm e, rule q JOIN rule r USING (k) WHERE q.k < 4$$),
($$SELECT e.id, e |= q.name, e |= q.p FROM firm e, rule q
	WHERE q.k < 3 AND e.region LIKE '渝%'$$),
($$SELECT e.id, e |= q.t::policy FROM firm e, bad q WHERE q.k IN (2, 3)$$)) q (query);
-- also where there are no statistics of the policies, and PostgreSQL assumes hundreds of them
CREATE TABLE unknown_number AS SELECT p FROM rule WHERE k = 3;
SELECT is(pg_temp.nodes('SELECT sum(e |# q.p) FROM firm e, unknown_number q'),
	'Custom Scan (Judge Totals) > Custom Scan (Judge) firm > Seq Scan unknown_number', 'policies without statistics');
SELECT is(p ->> 'Policy', '["q.p"]', 'its policy'),
	is((p -> 'Plans' -> 0 ->> 'Actual Rows')::numeric::int, 2, 'is of the rows of another plan')
FROM pg_temp.explain($$SELECT sum(e |# q.p) FROM firm e, rule q WHERE q.k < 3$$) p;

-- There can be many answers.
CREATE TABLE tall AS SELECT k, (format('policy tall-%s ''t'' fact staff number ladder ''L'' ', k)
	|| string_agg(format('rung r%s-%s ''l'' when staff = %s', k, j, j), ' '))::policy AS p
FROM generate_series(1, 132) k, generate_series(1, 250) j GROUP BY k;
CREATE TABLE tallest AS SELECT k, j AS staff, p FROM tall, generate_series(1, 250) j ORDER BY 1, 2;
ALTER TABLE tallest ALTER p SET (n_distinct = 5);
ANALYZE tallest;
SELECT is(pg_temp.compare('SELECT e |^ p, count(*) FROM tallest e GROUP BY 1', 'Judge Totals'), 'the same',
		'many answers'),
	is(pg_temp.compare('SELECT count(*) FROM (SELECT e |^ p, k % 5, min(k) FROM tallest e GROUP BY 1, 2) q',
		'Judge Totals'), 'the same', 'and groups of rows');

SELECT * FROM finish();
ROLLBACK;
