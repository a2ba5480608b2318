\set ECHO none
\i sql/tap.psql
BEGIN;
\i sql/judge.psql
SET LOCAL client_min_messages = error;
SELECT plan(89);

-- The columns of a published view are read from batches, whichever of them a query reads, and are what they are
-- without batches.

\i sql/judge_dated.psql
SELECT store($$
policy read-1 'Read'
fact region text in ('east', 'west')
fact staff number 人 at least 0
fact won_on date null means none
fact revenue number 元
fact size text in ('micro' '微', 'small' '小')
clause 1 'figure' reward when staff >= 10人 pay 1.1元 * staff cap 100元
clause 2 'stages' reward cap 15元 when region = 'east' stage a on won_on pay 10元
	stage b on won_on when staff >= 10人 pay 10元
	stage c on won_on + 12月 when size = 'micro' pay case when staff > 500人 then revenue * 1% else 1元 end
clause 3 'no figure' subsidy when region = 'east' pay undetermined
clause 4 'tax' tax when region = 'east' pay revenue / 3
clause 5 'points' points when size = 'small' pay 1.5分
clause 6 'yearly' reward per year when staff < 300人 pay 7元
clause 7 'no end' reward when revenue / staff >= 3元 pay revenue * 3%
clause 8 'no sum' when size = 'micro' or staff > 900人
group top '就高' best of 1, 2 cap 50元
group both '合计' sum of 3, 7
ladder 'L'
  rung low '低' when staff >= 10人
  rung middle '中' when revenue >= 10000元 and size = 'small'
  rung high '高' when revenue / staff >= 50元 and won_on + 3月 <= as_of
$$), store($$policy read-2 '二' series reads in force from 2020-01-01 fact staff number
	clause 1 reward when staff > 10 pay 2元 clause 2 when staff > 500$$),
	store($$policy read-3 '三' series reads in force from 2025-01-01 fact staff number
	clause 1 reward when staff > 20 pay 3元 clause 4 when staff > 500$$) \g /dev/null
SELECT publish(t::regclass, 'read-1'::text, 'v_' || t)
	FROM unnest('{firm,part,nulls,undated,mapped,joined}'::text[]) t \g /dev/null
SELECT publish('undated', 'reads'::text, 'v_series'), publish('firm', 'reads'::text, 'v_series_of_days'),
	publish('firm', stored('read-1'), 'v_value'), publish('firm', 'staff > 20 or revenue > 3元'::policy, 'v_rule'),
	publish('firm', 'read-1/2'::text, 'v_clause') \g /dev/null

SELECT is(pg_temp.compare(query), 'the same', query) FROM (
	SELECT format(form, v)
	FROM unnest('{v_firm,v_part,v_nulls,v_undated,v_mapped,v_joined,v_value}'::text[]) v,
	unnest(ARRAY[
	'SELECT * FROM %s',
	'SELECT id, clause_2, clause_2_a, clause_2_b, clause_2_c, clause_3, group_top FROM %s WHERE id %% 3 > 0',
	'SELECT id, clause_1, clause_4, clause_5 FROM %s WHERE clause_6 > 0 AND region <> ''east''',
	'SELECT id, total_amount FROM %s WHERE clause_7 IS NULL OR rung_low',
	'SELECT placement_code, count(*), sum(total_amount), min(clause_1), max(group_both), bool_or(clause_8),
		count(*) FILTER (WHERE clause_3) FROM %s GROUP BY 1']) form) q (query);
SELECT is(pg_temp.compare(query), 'the same', query) FROM (VALUES
	('SELECT * FROM v_series'), ('SELECT * FROM v_rule'), ('SELECT * FROM v_clause'),
	('SELECT sum(eligible::int) FROM v_rule'),
	('SELECT id, clause_1, clause_2 FROM v_series WHERE clause_4'),
	('SELECT sum(clause_1) FROM v_firm'), ('SELECT avg(clause_7), count(rung_high) FROM v_firm WHERE clause_7 > 1'),
	('SELECT sum(clause_2_b) FROM v_undated'), ('SELECT count(*) FROM v_firm WHERE clause_4 > 100'),
	('SELECT id, clause_1, placement_label FROM v_firm ORDER BY clause_1 DESC, id LIMIT 7'),
	('SELECT id, rank() OVER (PARTITION BY clause_8 ORDER BY clause_1, id), sum(clause_6) OVER (ORDER BY id)
		FROM v_firm'),
	('SELECT DISTINCT clause_8, clause_3, placement_level FROM v_firm'),
	('SELECT a.id, a.clause_1, b.clause_2, b.clause_8 FROM v_firm a
		LEFT JOIN v_part b ON b.id = a.id + 1 AND b.rung_low'),
	('SELECT a.id, a.clause_1, f.staff FROM firm f JOIN v_firm a ON a.clause_1 = f.staff AND a.clause_8'),
	('SELECT id, clause_1, (SELECT max(b.clause_7) FROM v_part b WHERE b.clause_6 = a.clause_6 AND b.id < 40)
		FROM v_firm a WHERE id < 50'),
	('SELECT f.id, l.* FROM firm f, LATERAL (SELECT clause_1, clause_8 FROM v_part v WHERE v.id = f.id) l
		WHERE f.id < 30'),
	('WITH v AS MATERIALIZED (SELECT id, clause_1, clause_2 FROM v_firm) SELECT v.* FROM v WHERE clause_2 > 0'),
	('SELECT id, clause_1, clause_2 FROM v_firm UNION ALL SELECT id, clause_7, clause_6 FROM v_part'),
	('SELECT id, CASE WHEN clause_8 THEN clause_1 WHEN id > 700 THEN total_amount END FROM v_firm'),
	('SELECT id, zjtx_internal.verdict_amount(judge(f, ''read-1''), c::text) FROM firm f, generate_series(1, 7) c')
	) q (query);

-- Where rows are sorted or kept before their columns are computed, the verdict is made as a whole.
SET LOCAL enable_hashagg = off;
SET LOCAL enable_nestloop = off;
SET LOCAL enable_hashjoin = off;
SELECT is(pg_temp.compare(query, 'Sort.*Judge'), 'the same', query) FROM (VALUES
	('SELECT region, sum(clause_1), count(clause_8) FROM v_firm GROUP BY region'),
	('SELECT a.id, clause_1, clause_2, b.added FROM v_firm a JOIN part b ON b.id = a.id')) q (query);
SET LOCAL enable_mergejoin = off;
SET LOCAL enable_hashjoin = on;
SELECT is(pg_temp.compare('SELECT a.id, b.clause_1, b.clause_2 FROM part a JOIN (SELECT * FROM v_firm WHERE id < 60) b
	ON b.id = a.id'), 'the same', 'a hash join');
RESET enable_hashagg;
RESET enable_nestloop;
RESET enable_mergejoin;

-- Workers.
SET LOCAL max_parallel_workers_per_gather = 2;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SELECT is(pg_temp.compare(query, 'Gather.*Judge'), 'the same', query) FROM (VALUES
	('SELECT id, clause_1, clause_2 FROM v_firm WHERE clause_8'),
	('SELECT sum(clause_1), sum(total_amount) FROM v_firm')) q (query);
SET LOCAL max_parallel_workers_per_gather = 0;

-- Where the node is, and where not.
SET LOCAL zjtx.batch = on;
SET LOCAL zjtx.batch_rows = 500;
SELECT matches(pg_temp.nodes(query), '^' || regexp_replace(plan, '([()])', '\\\1', 'g') || '$', query) FROM (VALUES
	('SELECT * FROM v_firm', 'Result > Custom Scan (Judge) firm'),
	('SELECT clause_1, total_amount FROM v_firm WHERE rung_low', 'Result > Custom Scan (Judge) firm'),
	('SELECT sum(clause_1) FROM v_firm', 'Aggregate > Custom Scan (Judge) firm'),
	('SELECT sum(clause_1 + clause_2) FROM v_part',
		'Aggregate > Append > Custom Scan (Judge) part_1 > Custom Scan (Judge) part_2 > Custom Scan (Judge) part_3_1'),
	('SELECT clause_1 FROM v_joined', 'Result > Subquery Scan > Custom Scan (Judge) > Hash Left Join > Seq Scan firm > '
		'Hash > Append > Seq Scan part_1 > Seq Scan part_2 > Seq Scan part_3_1'),
	('SELECT region, sum(clause_1) FROM v_firm GROUP BY ROLLUP(region)', 'MixedAggregate > Seq Scan firm'),
	('SELECT clause_1, clause_2 FROM v_series_of_days', 'Result > Seq Scan firm'),
	('SELECT added FROM v_firm', 'Seq Scan firm'),
	('SELECT id, judge(f, ''read-1'') FROM firm f', 'Seq Scan firm'),
	('SELECT l.line FROM firm f, lines(judge(f, ''read-1'')) l', 'Nested Loop > Seq Scan firm > Function Scan lines'),
	('SELECT clause_1 FROM v_firm FOR UPDATE', 'LockRows > Result > Seq Scan firm')) q (query, plan);
CREATE FUNCTION pg_temp.explained(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (ANALYZE, TIMING off, FORMAT json) ' || query INTO plan;
	RETURN (SELECT string_agg(concat_ws(' ', p ->> 'Policy', p ->> 'Rows Judged Singly'), '; ')
		FROM jsonb_path_query(plan::jsonb, 'strict $.** ? (@."Custom Plan Provider" == "Judge")') p);
END $$;
SELECT is(pg_temp.explained(query), expected, query) FROM (VALUES
	('SELECT sum(clause_1) FROM v_firm WHERE id < 1000', '["read-1/1"] 1'),
	('SELECT sum(clause_1), sum(clause_6) FROM v_firm WHERE id < 1000', '["read-1"] 17')) q (query, expected);

-- All shipped documents, with lists, for random enterprises.
\i sql/random.psql
SELECT string_agg(format('CREATE TABLE %I AS SELECT f.id, %s FROM pg_temp.firm f',
		'e_' || policy, columns), ';') AS tables FROM (
	SELECT policy, string_agg(CASE type WHEN 'list' THEN format('e -> %L AS %I', name, name)
		ELSE format('(e ->> %L)::%s AS %I', name, CASE type WHEN 'number' THEN 'numeric' ELSE type END, name) END, ', ')
		AS columns
	FROM (SELECT DISTINCT ON (policy, name) * FROM zjtx.facts ORDER BY policy, name) f
	WHERE name !~ '\.' AND policy !~ '^read-' GROUP BY policy) t \gset
:tables;
SELECT publish(format('%I', 'e_' || code), code, format('%I', 'v_' || code)) FROM policies WHERE code !~ '^read-'
	\g /dev/null
SELECT is(pg_temp.compare(format('SELECT * FROM %I', 'v_' || code)), 'the same', code) FROM policies
	WHERE code !~ '^read-' ORDER BY code COLLATE "C";

-- Columns that differ when they are asked alone, in batches, from all of them without.
CREATE FUNCTION pg_temp.differing(view text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	c name;
	n bigint;
BEGIN
	PERFORM set_config('zjtx.batch_rows', '0', true), set_config('zjtx.batch', 'off', true);
	EXECUTE format('CREATE TEMP TABLE whole AS SELECT * FROM %I', view);
	PERFORM set_config('zjtx.batch', 'on', true);
	FOR c IN SELECT attname FROM pg_attribute WHERE attrelid = quote_ident(view)::regclass AND attnum > 0
		AND attname ~ '^(clause|group|rung|total|placement)' LOOP
		EXECUTE format('CREATE TEMP TABLE alone AS SELECT id, %I AS alone FROM %I', c, view);
		EXECUTE format('SELECT count(*) FROM alone JOIN whole USING (id) WHERE alone IS DISTINCT FROM %I', c) INTO n;
		DROP TABLE alone;
		IF n > 0 THEN RETURN NEXT c || ' ' || n; END IF;
	END LOOP;
	DROP TABLE whole;
END $$;
SELECT is_empty(format('SELECT pg_temp.differing(%L)', v), v || ': each column alone')
	FROM (SELECT 'v_' || code FROM policies WHERE code !~ '^read-'
		UNION ALL SELECT unnest('{v_firm,v_undated}'::text[])) x (v)
	ORDER BY v COLLATE "C";

SELECT * FROM finish();
ROLLBACK;
