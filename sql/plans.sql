\set ECHO none
\i sql/tap.psql
BEGIN;
SELECT plan(50);
SET LOCAL datestyle = 'ISO';
SET LOCAL search_path = public, zjtx;
SET LOCAL client_min_messages = warning;
SET LOCAL jit = off;
SET LOCAL zjtx.batch = off;		-- a node Judge leaves derived conditions out

-- The plans for a question in WHERE: the conditions that the planner derives, and their use.
CREATE TABLE t (id int PRIMARY KEY, x int, n numeric, m numeric(10, 2), d date, b boolean, s text, v varchar(9),
	f float8, folded text);
INSERT INTO t SELECT i, i % 1000, i % 1000, i % 1000, date '2020-01-01' + i % 1000, i % 100 = 0, 's' || i % 100,
	's' || i % 100, i % 1000, 's' || i % 100 FROM generate_series(1, 20000) i;
CREATE INDEX t_x ON t (x);
CREATE INDEX t_n ON t (n);
CREATE INDEX t_m ON t (m);
CREATE INDEX t_d ON t (d);
CREATE INDEX t_b ON t (b);
CREATE INDEX t_s ON t (s);
CREATE INDEX t_v ON t USING hash (v);
ANALYZE t;
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	result text;
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
		result := concat_ws(' | ', result,
			btrim(regexp_replace(line, 'zjtx_internal\.eligible_facts\(.*?, ''([^'']*)''::text,[^)]*\)',
		'eligible_facts(\1)')));
	END LOOP;
	RETURN result;
END $$;
CREATE FUNCTION pg_temp.plan_of_rule(rule text) RETURNS text LANGUAGE sql
	AS $$SELECT pg_temp.plan_of(format('SELECT * FROM t WHERE t |= %L::zjtx.policy', rule))$$;

SELECT is(regexp_replace(pg_temp.plan_of_rule(rule), 'Bitmap Heap Scan on t \| (Recheck Cond: [^|]*\| )?', ''), plan,
	rule) FROM (VALUES
-- the whole rule
('x = 5', '->  Bitmap Index Scan on t_x | Index Cond: (x = 5)'),
('x >= 995 and x < 998', '->  Bitmap Index Scan on t_x | Index Cond: ((x >= 995) AND (x < 998))'),
('x between 3 and 4', '->  Bitmap Index Scan on t_x | Index Cond: ((x >= 3) AND (x <= 4))'),
('x > 997.5', '->  Bitmap Index Scan on t_x | Index Cond: (x > 997)'),
($$s = 's5'$$, '->  Bitmap Index Scan on t_s | Index Cond: (s = ''s5''::text)'),
($$s in ('s5', 's6')$$, '->  Bitmap Index Scan on t_s | Index Cond: (s = ANY (''{s5,s6}''::text[]))'),
($$v = 's5'$$, '->  Bitmap Index Scan on t_v | Index Cond: ((v)::text = ''s5''::text)'),
('b', 'Index Scan using t_b on t | Index Cond: (b = true)'),
('not b and x = 5', 'Filter: (NOT b) | ->  Bitmap Index Scan on t_x | Index Cond: (x = 5)'),
-- not all of it
('n >= 998', 'Filter: eligible_facts(n) | ->  Bitmap Index Scan on t_n | Index Cond: (n >= ''998''::numeric)'),
('m <= 1', 'Filter: eligible_facts(m) | ->  Bitmap Index Scan on t_m | Index Cond: (m <= ''1''::numeric)'),
('d >= 2022-09-25', 'Filter: eligible_facts(d) | ->  Bitmap Index Scan on t_d | Index Cond: (d '
	'>= ''2022-09-25''::date)'),
('policy p ''p'' fact x number at least 0 clause 1 when x >= 998',
	'Filter: eligible_facts(x) | ->  Bitmap Index Scan on t_x | Index Cond: (x >= 998)'),
('policy p ''p'' fact x number null means none clause 1 when x >= 998',
	'Filter: eligible_facts(x) | ->  Bitmap Index Scan on t_x | Index Cond: (x >= 998)'),
('x = 5 and (n > 3 or b)', 'Filter: eligible_facts(x n b) | ->  Bitmap Index Scan on t_x | Index Cond: (x = 5)'),
-- conditions that hold for NULL or outside the range cannot use an index
('policy p ''p'' fact x number null means 0 clause 1 when x <= 1', 'Seq Scan on t | Filter: eligible_facts(x)'),
('policy p ''p'' fact x number at least 1 clause 1 when x >= 1', 'Seq Scan on t | Filter: eligible_facts(x)'),
-- none
('x <> 5', 'Seq Scan on t | Filter: (x <> 5)'),
('policy p ''p'' fact x number at least 0 clause 1 when x >= 2',
	'Seq Scan on t | Filter: (((x >= 2) OR (x < 0)) AND eligible_facts(x))'),
('policy p ''p'' fact x number null means none clause 1 when not (x >= 998)',
	'Seq Scan on t | Filter: eligible_facts(x)'),
('f = 5', 'Seq Scan on t | Filter: eligible_facts(f)'),
('x / n > 3', 'Seq Scan on t | Filter: eligible_facts(x n)'),
($$policy p 'p' fact s text in ('s5', 's6') clause 1 when s = 's5'$$,
	'Filter: eligible_facts(s) | ->  Bitmap Index Scan on t_s | Index Cond: (s = ''s5''::text)'),
('x > nothing and x > 997', 'Filter: eligible_facts(x) | ->  Bitmap Index Scan on t_x | Index Cond: (x > 997)')) r
	(rule, plan);
SELECT is(pg_temp.plan_of($$SELECT t |= 'x = 5 and s = ''s5'''::policy FROM t$$), 'Seq Scan on t',
	'in the select list');

-- A collation that treats different texts as equal is not used.
CREATE COLLATION fold (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
ALTER TABLE t ALTER folded TYPE text COLLATE fold;
SELECT is(pg_temp.plan_of_rule($$folded = 's5'$$), 'Seq Scan on t | Filter: eligible_facts(folded)',
	'a collation that is not deterministic');
ALTER TABLE t ALTER folded TYPE text COLLATE "C";
SELECT is(pg_temp.plan_of_rule($$folded = 's5'$$), 'Seq Scan on t | Filter: (folded = ''s5''::text COLLATE "C")',
	'one that is');

-- Partitions are pruned at plan time, by either bound and by lists.
CREATE TABLE parted (s text, x int, d date) PARTITION BY RANGE (x);
CREATE TABLE p1 PARTITION OF parted FOR VALUES FROM (MINVALUE) TO (10);
CREATE TABLE p2 PARTITION OF parted FOR VALUES FROM (10) TO (20);
CREATE TABLE p3 PARTITION OF parted FOR VALUES FROM (20) TO (MAXVALUE);
CREATE TABLE listed (s text, b boolean) PARTITION BY LIST (s);
CREATE TABLE l1 PARTITION OF listed FOR VALUES IN ('甲');
CREATE TABLE l2 PARTITION OF listed FOR VALUES IN ('乙') PARTITION BY LIST (b);
CREATE TABLE l2t PARTITION OF l2 FOR VALUES IN (true);
CREATE TABLE l2f PARTITION OF l2 FOR VALUES IN (false);
SELECT is(array(SELECT DISTINCT m[1]
	FROM regexp_matches(pg_temp.plan_of(format('SELECT * FROM %s e WHERE e |= %L::zjtx.policy', source, rule)),
	' on (\w+)', 'g') m ORDER BY 1)::text, scanned, rule) FROM (VALUES
('parted', 'x >= 20', '{p3}'), ('parted', 'x between 12 and 13', '{p2}'), ('parted', 'x < 5 and d > 2024-01-01',
	'{p1}'),
('parted', 'policy p ''p'' fact x number at least 0 clause 1 when x >= 20', '{p1,p3}'), ('listed', $$s = '甲'$$, '{l1}'),
	('listed', $$s = '乙' and b$$, '{l2t}'), ('listed', $$s = '乙' and not b$$, '{l2f}')) r (source, rule, scanned);

-- A generic plan does not know the policy; a custom plan does.
PREPARE asked (policy) AS SELECT * FROM t WHERE t |= $1;
SET LOCAL plan_cache_mode = force_custom_plan;
SELECT alike(pg_temp.plan_of($$EXECUTE asked ('x = 5')$$), '%Index Cond: (x = 5)', 'a custom plan');
SET LOCAL plan_cache_mode = force_generic_plan;
SELECT is(pg_temp.plan_of($$EXECUTE asked ('x = 5')$$),
	'Seq Scan on t | Filter: eligible_facts(* id x n m d b s v f folded)',
	'a generic plan');

-- Row estimates are within a factor of the actual number.
CREATE FUNCTION pg_temp.misjudged(rule text) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
	plan jsonb;
	estimated numeric;
	actual numeric;
BEGIN
	EXECUTE format('EXPLAIN (ANALYZE, FORMAT JSON) SELECT * FROM t WHERE t |= %L::zjtx.policy', rule) INTO plan;
	estimated := (plan #>> '{0,Plan,Plan Rows}')::numeric;
	actual := greatest((plan #>> '{0,Plan,Actual Rows}')::numeric, 1);
	RETURN greatest(estimated / actual, actual / estimated);
END $$;
SELECT cmp_ok(pg_temp.misjudged(rule), '<', factor, rule) FROM (VALUES
('x = 5', 2), ('x >= 900', 1.5), ('n >= 900', 1.5), ('d >= 2022-06-01', 1.5), ('x >= 500 or b', 1.5),
	('x >= 900 or x < 100', 1.5), ('not (x >= 900)', 1.5),
($$s in ('s1', 's2', 's3')$$, 1.5), ('x >= 500 and (b or n < 250 or n >= 900)', 2),
	('policy p ''p'' fact n number at least 0 fact x number null means none clause 1 when n >= 900 and x < 950', 2.5),
('x / n > 0.9', 3.1), ('nothing > 1 and x > 5', 7000), ('count_true(b, x > 5, n > 5) >= 2', 3.1)) r (rule, factor);

-- Costs: the larger of two rules costs more, and neither costs as much as the row.
CREATE FUNCTION pg_temp.cost(rule text) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
	plan jsonb;
BEGIN
	EXECUTE format('EXPLAIN (FORMAT JSON) SELECT * FROM t WHERE t |= %L::zjtx.policy', rule) INTO plan;
	RETURN (plan #>> '{0,Plan,Total Cost}')::numeric;
END $$;
SELECT cmp_ok(pg_temp.cost('x / n > 1 or f > 3 or x + f > 3 or x * n > 7'), '>', pg_temp.cost('x / n > 1'), 'cost');

SELECT * FROM finish();
ROLLBACK;
