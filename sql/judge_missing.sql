\set ECHO none
\i sql/tap.psql
BEGIN;
\i sql/judge.psql
SET LOCAL client_min_messages = error;
SELECT plan(347);

-- The plan node Judge answers |!, amount_range and value: where all is decided on which the answer depends, nothing is
-- missing; other rows are asked one by one.

CREATE TYPE visit AS (day date, growth numeric);
CREATE TABLE firm (id int, region text, revenue numeric(16,2), rd numeric, staff int, founded date, listed boolean,
	size text, days date[], visits visit[], l jsonb, points numeric, gain numeric,
	extra numeric);
INSERT INTO firm
SELECT i, CASE i % 9 WHEN 0 THEN '渝北区' WHEN 1 THEN NULL WHEN 2 THEN '别处' ELSE '巴南区' END,
	CASE WHEN i % 37 = 0 THEN NULL WHEN i % 41 = 0 THEN 'NaN'::numeric WHEN i % 43 = 0 THEN -5 WHEN i % 47 = 0 THEN 0
		WHEN i % 311 = 0 THEN 1e13 ELSE i * 7919 % 30000 END,
	CASE WHEN i % 53 = 0 THEN 'NaN'::numeric WHEN i % 59 = 0 THEN NULL WHEN i % 61 = 0 THEN 1e30
		WHEN i % 67 = 0 THEN 1e-30 WHEN i % 71 = 0 THEN 'Infinity' ELSE i * 104729 % 20000 / 7.0 END,
	CASE WHEN i % 29 > 0 THEN i % 400 END,
	CASE i % 97 WHEN 0 THEN 'infinity'::date WHEN 1 THEN NULL ELSE date '2016-01-01' + i * 7 % 3700 END,
	CASE i % 6 WHEN 0 THEN true WHEN 1 THEN NULL ELSE false END,
	(ARRAY['micro', 'small', '小型', 'huge', NULL])[i % 5 + 1],
	CASE i % 11 WHEN 0 THEN '{2025-01-01,2020-02-02,NULL}' WHEN 1 THEN '{}' WHEN 2 THEN '{2025-05-05}' END::date[],
	CASE i % 7 WHEN 0 THEN ARRAY[(date '2024-03-03', 12)::visit, (date '2025-03-03', NULL)::visit]
		WHEN 1 THEN ARRAY[(date '2024-03-03', 12)::visit, (date '2024-03-03', 8)::visit]
		WHEN 2 THEN ARRAY[(date '2030-03-03', 12)::visit] END,
	CASE i % 8 WHEN 0 THEN '[1, 2]' WHEN 1 THEN '[null]' WHEN 2 THEN 'null' WHEN 3 THEN NULL ELSE '[]' END::jsonb,
	CASE WHEN i % 19 > 0 THEN i % 40 END, CASE WHEN i % 13 > 0 THEN i % 100 END, CASE WHEN i % 17 > 0 THEN i % 300 END
FROM generate_series(1, 2000) AS i;
CREATE TABLE part (LIKE firm) PARTITION BY RANGE (id);
CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM (0) TO (900);
CREATE TABLE part_2 (LIKE firm);
ALTER TABLE part_2 DROP COLUMN size;
ALTER TABLE part_2 ADD COLUMN size text;
ALTER TABLE part ATTACH PARTITION part_2 FOR VALUES FROM (900) TO (9999);
INSERT INTO part SELECT * FROM firm;
CREATE TABLE nulls AS SELECT f.* FROM generate_series(1, 700) LEFT JOIN firm f ON false;
CREATE TABLE dated AS SELECT f.*, CASE WHEN id % 31 > 0 THEN date '2023-12-01' + id % 700 END AS as_of FROM firm f;
CREATE VIEW mapped AS SELECT id, region, revenue / 10000 * 10000 AS revenue, rd * 1.0 AS rd, staff + 0 AS staff,
	founded, listed, size, days, visits, l, points, gain, extra FROM firm;
CREATE VIEW joined AS SELECT f.id, f.region, p.revenue, f.rd, p.staff, f.founded, f.listed, f.size, p.days, f.visits,
	f.l, p.points, f.gain, p.extra FROM firm f LEFT JOIN part p ON p.id = f.id * 2;
ANALYZE;

-- Clauses, stages, caps and groups that pay sums and ranges, rungs, lists, what has no figure.
SELECT store($$
policy lack-1 'Lack'
fact region text in ('渝北区', '巴南区', '别处')
fact revenue number 元 at least 0
fact rd number 元
fact staff number 人 between 0 and 400
fact founded date null means none
fact listed boolean
fact size text in ('micro' '微型', 'small' '小型')
fact points number between 0 and 40
fact gain number 元
fact extra number 元 between 0元 and 300元
fact days list of date null means none
fact visits list (day date, growth number %) null means none
clause 1 'figure' reward when region = '渝北区' and staff >= 100人 pay staff * 1.1元 cap 300元
clause 2 'ratio' reward when rd / revenue >= 5% pay revenue * 3%
clause 3 'stages' reward cap 150元 when region = '渝北区'
	stage founded on founded + 36月 pay 100元
	stage listed on founded + 60月 when listed pay 70元
clause 4 'visits' reward when listed or staff > 390人
	stage visit each visits once on day when growth > 10% pay 5元
clause 5 'no figure' subsidy when region = '渝北区' and listed pay undetermined
clause 6 'lists' when count(days where it > 2025-01-31) = 1
clause 7 'yearly' reward per year when size = 'micro' pay case when staff >= 0人 then 7元 end
clause 8 'range' reward when region in ('渝北区', '巴南区') pay points * 1元
clause 9 'open' reward when region = '别处' pay gain * 10%
group top 'best' best of 1, 8 cap extra
ladder 'L'
	rung low 'low' when size in ('micro', 'small')
	rung middle 'middle' when revenue / staff >= 50元 and listed
	rung high 'high' when listed and region = '渝北区'
$$), store($$
policy lack-2 'Counted'
fact staff number 人 null means none
fact l list of number null means none
fact listed boolean null means none
clause 1 reward when coalesce(staff, 5人) > 7人 pay sum(l : it) * 1元
clause 2 when one(l : it) > 1 or listed
$$), store($$
policy lack-3 'Values'
fact staff number 人 at least 0
fact founded date
fact size text in ('micro', 'small')
fact points number between 0 and 40
define twice = staff * 2
define first_day = founded + 1年
define big = staff > 300人
define label = case when big then '大' else size end
score sum 'S' = points + (case when size = 'micro' then 5 when size = 'small' then 3 else 0 end)
clause 1 when sum >= 20
$$), store($$policy lack-4 '旧' series lacking in force from 2020-01-01 fact staff number fact points number
	clause 1 reward when staff > 10 pay 2元 clause 2 when staff > 500$$),
	store($$policy lack-5 '新' series lacking in force from 2025-01-01 fact staff number fact points number
	clause 1 reward when points > 20 pay 3元$$),
	store($$policy lack-6 '选' fact points number fact staff number fact revenue number 元
	select best 'best' first 10 by points desc when staff > 100
	clause 1 reward when satisfies best pay 1万元
	clause 2 reward when staff > 10 pay revenue * 1%
	budget all_of_it '总额' 100万元 pro rata over 1, 2$$) \g /dev/null

-- Every kind of policy, and every table.
SELECT is(pg_temp.compare(format(query, p, r), CASE WHEN p = '''lacking''' AND r = 'dated' THEN '' ELSE 'Judge' END),
	'the same', format(query, p, r))
FROM unnest('{firm,part,nulls,dated,mapped,joined}'::text[]) r,
	unnest('{''lack-1'',''lack-2'',''lack-6'',"as_of(stored(''lack-1'') -> ''3'', ''2025-06-30'')",''lack-1/4'',
	''lack-1/middle'',''lack-1/top'',
	''lack-3/twice'',''lack-3/big'',''lack-3/label'',''lack-3/first_day'',''lack-3/sum'',''lack-6/best'',
	"as_of(stored(''lack-4''), ''2024-05-05'')",''lacking''}'::text[]) p,
	unnest(ARRAY['SELECT id, e |! %1$s FROM %2$s e', 'SELECT id FROM %2$s e WHERE cardinality(e |! %1$s) > 0']) query;

-- What rows lack as an array, and expressions of it.
SELECT is(pg_temp.compare(query), 'the same', query) FROM (VALUES
($$SELECT id, e |= 'lack-1', e |^ 'lack-1', e |# 'lack-1', e |! 'lack-1' FROM firm e$$),
($$SELECT id, array_to_string(e |! 'lack-1', ', '), (e |! 'lack-1')[1], 'rd' = ANY (e |! 'lack-1') FROM firm e$$),
($$SELECT id, unnest(lacks) FROM (SELECT id, e |! 'lack-1' AS lacks FROM firm e OFFSET 0) e$$),
($$SELECT e |! 'lack-1', count(*) FROM firm e GROUP BY 1$$),
($$SELECT cardinality(e |! 'lack-1'), count(*), sum(e |# 'lack-1') FROM firm e GROUP BY 1$$),
($$SELECT count(*) FILTER (WHERE e |! 'lack-1' = '{}'), count(*) FILTER (WHERE e |= 'lack-1'),
	max(cardinality(e |! 'lack-1')) FROM firm e$$),
($$SELECT count(*), sum(e |# 'lack-1') FROM firm e WHERE e |! 'lack-1' = '{}'$$),
($$SELECT id, e |! 'lack-1' FROM firm e WHERE (e |= 'lack-1') IS NULL OR e |! 'lack-1/middle' <> '{}'$$),
($$(SELECT id, e |! 'lack-1' FROM firm e WHERE e |! 'lack-1' <> '{}' LIMIT 90)$$),
($$SELECT id, CASE WHEN staff > 100 THEN e |! 'lack-1' END FROM firm e$$),
($$SELECT id, e |! 'lack-1' FROM firm e ORDER BY cardinality(e |! 'lack-1') DESC, id LIMIT 9$$),
($$SELECT DISTINCT e |! 'lack-1' FROM firm e$$),
($$SELECT a.id, (SELECT count(*) FROM firm e WHERE e.id < 900 AND cardinality(e |! 'lack-1') >= a.id)
	FROM generate_series(1, 3) a(id)$$),
($$SELECT id, e |! 'lack-1', e |! 'lack-2' FROM firm e WHERE e |! 'lack-2' = '{l}'$$)) q (query);

-- Answers from which functions make sets.
SELECT is(pg_temp.compare(query), 'the same', query) FROM (VALUES
($$SELECT id, unnest(e |! 'lack-1') FROM firm e$$),
($$SELECT unnest(e |! 'lack-1'), count(*) FROM part e GROUP BY 1$$),
($$SELECT DISTINCT unnest(e |! 'lack-1') FROM firm e WHERE e |= 'lack-1/2'$$),
($$SELECT id, staff, 'lacks ' || unnest(e |! 'lack-1'), e |! 'lack-1', e |# 'lack-1' FROM firm e$$),
($$SELECT id, generate_series(1, (e |^ 'lack-1').level), unnest(e |! 'lack-2') FROM joined e$$),
($$SELECT id, generate_series(1, length(unnest(e |! 'lack-1'))) FROM mapped e WHERE id < 300$$),
($$(SELECT id, unnest(e |! 'lack-1') FROM firm e LIMIT 300)$$),
($$SELECT f.id, x.* FROM firm f JOIN (SELECT id, unnest(e |! 'lack-1/2') AS lacks FROM firm e) x USING (id)$$),
($$SELECT unnest(e |! 'lack-1') FROM firm e UNION ALL SELECT unnest(e |! 'lack-2') FROM part e$$),
($$SELECT a.id, unnest(b |! 'lack-1') FROM firm a JOIN part b ON a.id = b.id + 1 AND b |= 'lack-1/2'$$)) q (query);

-- Ranges of amounts, of which both ends come from the batch.
SELECT is(pg_temp.compare(format(query, p, r)), 'the same', format(query, p, r))
FROM unnest('{firm,part,nulls,dated,mapped}'::text[]) r, unnest('{lack-1,lack-1/3,lack-2,lack-6}'::text[]) p,
	unnest(ARRAY['SELECT id, amount_range(e, %1$L), (amount_range(e, %1$L)).low, e |# %1$L FROM %2$s e
	WHERE (amount_range(e, %1$L)).high IS DISTINCT FROM 0']) query;
SELECT is(pg_temp.compare(query), 'the same', query) FROM (VALUES
($$SELECT id, (r).low, (r).high, r FROM (SELECT id, amount_range(e, 'lack-1') AS r FROM firm e OFFSET 0) e$$),
($$SELECT (amount_range(e, 'lack-1')).high, count(*), sum((amount_range(e, 'lack-1')).low) FROM firm e GROUP BY 1$$),
($$SELECT sum((amount_range(e, 'lack-1')).low), sum((amount_range(e, 'lack-1')).high) FROM part e$$)) q (query);

-- Numbers, if they are whole: scores, and what is counted.
SELECT store($$
policy lack-7 'Numbers'
fact staff number 人 at least 0
fact points number 分 between 0 and 40
fact extra number null means none
fact gain number 元
fact founded date null means none
fact size text in ('micro' '微型', 'small' '小型')
fact days list of date null means none
fact visits list (day date, growth number) null means none
define chosen = case when size = 'micro' then staff * 2 when size = 'small' then 7 else extra end
define counted = count(days where it > 2024-01-01) + count(visits)
define least_of = least(coalesce(extra, 5) - 3, 300)
define months_old = months(as_of, founded)
define clamped = clamp(points, 7分, 7分)
define half = points / 2
define summed = sum(visits : growth)
define paid = gain * 3
score total '总分' = band(staff : >= 300人 then 10分, >= 100人 then 5分, else 0分) + points
	+ (case when size = 'micro' then 3分 when size = 'small' then 1分 else 0分 end)
$$) \g /dev/null
SELECT is(pg_temp.compare(format(query, p, r)), 'the same', format(query, p, r))
FROM unnest('{firm,part,nulls,dated,mapped}'::text[]) r,
	unnest('{chosen,counted,least_of,months_old,clamped,total}'::text[]) p,
	unnest(ARRAY['SELECT id, value(e, ''lack-7/%1$s'') FROM %2$s e',
	'SELECT id FROM %2$s e WHERE value(e, ''lack-7/%1$s'') > 5 OR value(e, ''lack-7/%1$s'') IS NULL']) query;
SELECT is(pg_temp.compare(query), 'the same', query) FROM (VALUES
($$SELECT id, value(e, 'lack-7/total'), e |! 'lack-7/total' FROM firm e ORDER BY 2 DESC NULLS LAST, 1 LIMIT 9$$),
($$SELECT value(e, 'lack-7/total'), count(*), sum(value(e, 'lack-7/chosen')) FROM firm e GROUP BY 1$$),
($$SELECT id, value(e, CASE k WHEN 1 THEN 'lack-7/total' WHEN 2 THEN 'lack-7/counted' WHEN 3 THEN 'lack-7/half' END)
	FROM firm e JOIN generate_series(1, 4) k ON k = 1 + id % 4$$),
($$SELECT id, value(e, 'policy q ''q'' fact gain number define d = gain + 1'::policy -> 'd') FROM
	(SELECT id, CASE id % 5 WHEN 0 THEN 0.5 WHEN 1 THEN 1e17 WHEN 2 THEN 3.0 WHEN 3 THEN -9007199254740993 END AS gain
	FROM firm) e$$)) q (query);

-- Policies that are no constants.
CREATE TABLE rule (k int, p policy, name text);
INSERT INTO rule SELECT k, stored(name), name FROM (VALUES (1, 'lack-1'), (2, 'lack-2'), (3, 'lack-6')) r (k, name)
UNION ALL SELECT 4, NULL, NULL;
CREATE TABLE ruled AS SELECT f.*, p, name FROM firm f JOIN rule ON k = 1 + id % 4;
ALTER TABLE rule ALTER p SET (n_distinct = 3), ALTER name SET (n_distinct = 3);
ALTER TABLE ruled ALTER p SET (n_distinct = 3), ALTER name SET (n_distinct = 3);
ANALYZE rule, ruled;
SELECT is(pg_temp.compare(format(query, p, r), CASE WHEN r ~ 'JOIN' AND query ~ 'WHERE' THEN '' ELSE 'Judge' END),
	'the same', format(query, p, r)) FROM (VALUES
	('e.p', 'ruled e'), ('e.name', 'ruled e'), ('q.p', 'rule q, firm e'),
	('q.name', 'firm e JOIN rule q ON k = 1 + id % 4'),
	('(SELECT p FROM rule WHERE k = 1)', 'firm e'), ('(SELECT p FROM rule WHERE k = 4)', 'firm e')) x (p, r),
	unnest(ARRAY['SELECT e.id, e |! %1$s, amount_range(e, %1$s) FROM %2$s',
	'SELECT e.id FROM %2$s WHERE cardinality(e |! %1$s) = 1',
	'SELECT cardinality(e |! %1$s), count(*) FROM %2$s GROUP BY 1']) query;

-- What is an error stays one, and of no other row: no number, no figure, a column of the wrong type, jsonb.
CREATE TABLE wrong AS SELECT id, staff, CASE WHEN id = 1500 THEN '7' ELSE l END AS l, listed FROM firm;
SELECT is(pg_temp.compare(query, ''), 'the same', query) FROM (VALUES
($$SELECT id, amount_range(e, 'lack-3/twice') FROM firm e$$),
($$SELECT id, value(e, 'lack-3/big') FROM firm e$$),
($$SELECT id, value(e, 'lack-3') FROM firm e$$),
($$SELECT id, amount_range(e, 'lack-1/5'), e |! 'lack-1/5' FROM firm e$$),
($$SELECT id, e |! 'policy q ''q'' fact region number clause 1 when region > 3'::policy FROM firm e$$),
($$SELECT id, e |! 'lack-2' FROM wrong e$$),
($$(SELECT id, e |! 'lack-2' FROM wrong e LIMIT 1400)$$),
($$(SELECT id, unnest(e |! 'lack-2') FROM wrong e LIMIT 300)$$),
($$SELECT id, unnest(e |! 'lack-2') FROM wrong e WHERE 1000 / (id - 60) < 99$$),
($$(SELECT id, unnest(e |! 'lack-1') FROM firm e WHERE 1000 / (id - 60) < 99 LIMIT 3)$$),
($$SELECT id, e |! 'lack-2' FROM wrong e WHERE id < 1500$$),
($$SELECT id, e |! 'nothing-like-it' FROM firm e$$)) q (query);

-- Rows of which nothing is missing are not asked one by one; few others are.
CREATE FUNCTION pg_temp.singly(query text) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (ANALYZE, TIMING off, FORMAT json) ' || query INTO plan;
	RETURN jsonb_path_query_first(plan::jsonb, '$.**."Rows Judged Singly"');
END $$;
CREATE TABLE known AS SELECT * FROM firm WHERE id % 40 = 0 OR (region = '巴南区' AND revenue BETWEEN 1 AND 1e9
	AND rd BETWEEN 1 AND 1e9 AND staff BETWEEN 1 AND 390 AND founded < '2025-01-01' AND NOT listed AND size = 'small'
	AND id % 11 > 0 AND points + gain + extra >= 0);
ANALYZE known;
SET LOCAL zjtx.batch = on;
SET LOCAL zjtx.batch_rows = 0;
SELECT is(pg_temp.singly($$SELECT e |! 'lack-1' FROM known e WHERE id % 40 <> 0$$), 0, 'nothing is missing'),
	is(pg_temp.singly($$SELECT e |! 'lack-1' FROM known e$$),
		(SELECT count(*)::int FROM known e WHERE e |! 'lack-1' <> '{}'), 'as many as lack something'),
	cmp_ok((SELECT count(*)::int FROM known e WHERE e |! 'lack-1' <> '{}'), '>', 10, 'and there are some'),
	is(pg_temp.singly($$SELECT amount_range(e, 'lack-6') FROM nulls e$$), 0, 'ranges are not asked one by one'),
	is(pg_temp.singly($$SELECT value(e, 'lack-7/total') FROM known e$$), 0, 'nor are scores'),
	is(pg_temp.singly($$SELECT e |! 'lack-3/label' FROM known e WHERE id % 40 <> 0$$), 0, 'nor is a text that is known');

-- Most rows lack the same, and then nothing any more: which condition is tested first makes no difference.
CREATE TABLE turns AS SELECT i AS id, CASE WHEN i % 3000 > 1500 THEN 200 END AS staff, i % 40 AS points,
	CASE WHEN i % 1500 > 700 THEN i * 10 END AS revenue, i % 7 = 0 AS listed, 'micro' AS size
FROM generate_series(1, 6000) i;
ANALYZE turns;
SELECT is(pg_temp.compare($$SELECT id, e |! 'lack-1', e |! 'lack-3', e |! 'lack-6' FROM turns e$$), 'the same',
	'in turns');

-- Workers, a published view, rows that have changed.
SET LOCAL max_parallel_workers_per_gather = 2;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SELECT is(pg_temp.compare(query), 'the same', query), matches(pg_temp.nodes(query),
		'Gather.*Parallel Custom Scan \(Judge\)', 'in workers') FROM (VALUES
($$SELECT id, e |! 'lack-1' FROM firm e WHERE cardinality(e |! 'lack-1') > 0$$),
($$SELECT id, amount_range(e, 'lack-1') FROM firm e$$)) q (query);
SET LOCAL max_parallel_workers_per_gather = 0;
SELECT publish('firm', 'lack-6'::text, 'firm_view') \g /dev/null
SELECT is(pg_temp.compare($$SELECT e.id, e.clause_2, v |! 'lack-6' FROM firm_view e JOIN firm v USING (id)$$, ''),
	'the same', 'beside a published view');

-- Where it is offered, and where not: Judge Totals does not count arrays, of which there may be many.
SET LOCAL zjtx.batch_rows = 500;
SELECT is(pg_temp.nodes(query), plan, query) FROM (VALUES
($$SELECT e |! 'lack-1' FROM firm e$$, 'Custom Scan (Judge) firm'),
($$SELECT id FROM firm e WHERE e |! 'lack-1' = '{}'$$, 'Custom Scan (Judge) firm'),
($$SELECT amount_range(e, 'lack-1') FROM firm e$$, 'Custom Scan (Judge) firm'),
($$SELECT count(*) FROM firm e WHERE e |! 'lack-1' = '{}'$$, 'Custom Scan (Judge Totals) > Custom Scan (Judge) firm'),
($$SELECT count(*) FILTER (WHERE e |! 'lack-1' = '{}') FROM firm e$$, 'Aggregate > Custom Scan (Judge) firm'),
($$SELECT e |! 'lack-1' FROM firm e WHERE id < 100$$, 'Seq Scan firm'),
($$SELECT id, unnest(e |! 'lack-1') FROM firm e$$, 'ProjectSet > Custom Scan (Judge) firm'),
($$SELECT amount_range(e, 'lack-1/5') FROM firm e$$, 'Seq Scan firm'),
($$SELECT value(e, 'lack-7/total') FROM firm e$$, 'Custom Scan (Judge) firm'),
($$SELECT value(e, 'lack-7/half') FROM firm e$$, 'Seq Scan firm'),
($$SELECT value(e, 'lack-7/summed') FROM firm e$$, 'Seq Scan firm'),
($$SELECT value(e, 'lack-7/paid') FROM firm e$$, 'Seq Scan firm'),
($$SELECT value(e, 'lack-3/big') FROM firm e$$, 'Seq Scan firm'),
($$SELECT value_range(e, 'lack-7/total') FROM firm e$$, 'Seq Scan firm')) q (query, plan);

SELECT * FROM finish();
ROLLBACK;
