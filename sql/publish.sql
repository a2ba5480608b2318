\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL zjtx.as_of = '2025-06-30';
SET LOCAL client_min_messages = warning;
SELECT plan(92);

-- A view with a column for each clause, stage and rung.

CREATE FUNCTION pg_temp.columns(view regclass) RETURNS TABLE (name text, type text, comment text) LANGUAGE sql AS $$
	SELECT attname::text, atttypid::regtype::text, col_description(attrelid, attnum) FROM pg_attribute
	WHERE attrelid = view AND attnum > 0 AND NOT attisdropped ORDER BY attnum
$$;
-- The expressions that a plan computes at a table scan.
CREATE FUNCTION pg_temp.scans(query text) RETURNS TABLE (node text, output text, cond text) LANGUAGE plpgsql AS $$
DECLARE plan jsonb;
BEGIN
	EXECUTE 'EXPLAIN (VERBOSE, COSTS off, FORMAT json) ' || query INTO plan;
	RETURN QUERY SELECT n->>'Node Type', o.output, n->>'Index Cond' FROM jsonb_path_query(plan,
		'strict $.**[*] ? (exists (@."Relation Name"))') n,
		LATERAL (SELECT string_agg(v, '; ') FROM jsonb_array_elements_text(n->'Output') v WHERE v ~ 'judge|verdict') o
		(output);
END $$;
-- How often rows were judged.
CREATE FUNCTION pg_temp.judged(query text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	before bigint;
	this record;
BEGIN
	SELECT coalesce(sum(calls), 0) FROM pg_stat_xact_user_functions WHERE schemaname ~ '^zjtx' AND funcname LIKE 'judge%'
	INTO before;
	FOR this IN EXECUTE query LOOP END LOOP;
	RETURN (SELECT sum(calls) - before FROM pg_stat_xact_user_functions WHERE schemaname ~ '^zjtx'
		AND funcname LIKE 'judge%');
END $$;
SET LOCAL track_functions = 'all';
SET LOCAL enable_bitmapscan = off;
SET LOCAL jit = off;
SET LOCAL max_parallel_workers_per_gather = 0;

SELECT store($$
policy town-2025 'A town' number 'T 1' in force from 2025-01-01
fact region text in ('east', 'west')
fact revenue number 元 at least 0
fact staff number 人 at least 0
fact filed_on date null means none
fact won_on date null means none
clause 1 'rent' article '三' subsidy per year when region = 'east' pay revenue * 10% cap 20万元
clause 7-NEEQ 'listing' reward cap 8元 when region = 'east' stage filed 'filed' on filed_on pay 5元 stage won on won_on
	pay 5元
clause 8 'loans' reward when staff >= 10人 pay undetermined
clause 9 'review' points when staff >= 10人 pay 3分
clause 10 when staff >= 10人
ladder 'its ladder' rung low 'low' when staff >= 10人 rung high 'high' level 5 when staff >= 100人
$$);
CREATE TABLE public.firm (id int PRIMARY KEY, region text, revenue numeric, staff int, filed_on date, won_on date,
	name text);
INSERT INTO firm SELECT i, (ARRAY['east', 'west', NULL])[i % 3 + 1], CASE WHEN i % 7 > 0 THEN i * 1000.01 END, CASE
	WHEN i % 5 > 0 THEN i END,
	CASE WHEN i % 2 = 0 THEN '2025-01-01'::date + i END, CASE WHEN i % 4 = 0 THEN '2025-01-01'::date + 2 * i END,
	'firm ' || i FROM generate_series(1, 300) i;
ANALYZE firm;

SELECT is(publish('firm', 'town-2025', 'firm_rewards')::text, 'firm_rewards', 'it gives the view');
SELECT results_eq($$SELECT * FROM pg_temp.columns('firm_rewards') OFFSET 7$$, $$VALUES
	('clause_1', 'numeric', 'rent. In 元, for the year of the day judged; NULL while undecided. 《A town》（T 1） 三'),
	('clause_7_neeq', 'numeric', 'listing. In 元; NULL while undecided. 《A town》（T 1）'),
	('clause_7_neeq_filed', 'numeric',
	'listing, filed. In 元; a part of clause_7_neeq; NULL while undecided. 《A town》（T 1）'),
	('clause_7_neeq_won', 'numeric', 'listing. In 元; a part of clause_7_neeq; NULL while undecided. 《A town》（T 1）'),
	('clause_8', 'boolean', 'loans. Whether it is owed, the text has no figure; NULL while undecided. 《A town》（T 1）'),
	('clause_9', 'numeric', 'review. In 分; NULL while undecided. 《A town》（T 1）'),
	('clause_10', 'boolean', 'Whether it is satisfied; NULL while undecided. 《A town》（T 1）'),
	('rung_low', 'boolean', 'low. Whether it is on this rung, level 1; NULL while undecided. 《A town》（T 1）'),
	('rung_high', 'boolean', 'high. Whether it is on this rung, level 5; NULL while undecided. 《A town》（T 1）'),
	('placement_level', 'integer',
	'The level of the highest rung proved, 0 for none; NULL while undecided. its ladder'),
	('placement_code', 'text', 'The highest rung proved, none for none; NULL while undecided. its ladder'),
	('placement_label', 'text', 'The title of the highest rung proved; NULL while undecided. its ladder'),
	('total_amount', 'numeric', 'What is owed, as zjtx.amount answers it: the rewards and subsidies together, in 元, '
	'or the only clause; NULL while undecided.')$$,
	'columns, types, comments');
SELECT is(obj_description('firm_rewards'::regclass),
	'《A town》（T 1） policy town-2025, published by zjtx.  Judged for zjtx.as_of, or the date of the transaction.',
	'the view''s comment');
SELECT results_eq('SELECT name FROM pg_temp.columns(''firm_rewards'') LIMIT 7',
	'SELECT name FROM pg_temp.columns(''firm'')', 'the table''s columns come first');

-- The columns agree with the questions.

SELECT is_empty($$SELECT id FROM firm_rewards v JOIN firm e USING (id) WHERE ROW(clause_1, clause_7_neeq, clause_8,
	clause_9, clause_10, rung_low, rung_high, total_amount)
	IS DISTINCT FROM ROW(e |# 'town-2025/1', e |# 'town-2025/7-NEEQ', e |= 'town-2025/8', e |# 'town-2025/9',
	e |= 'town-2025/10', e |= 'town-2025/low', e |= 'town-2025/high', e |# 'town-2025')$$,
	'clauses, rungs, total');
SELECT is_empty($$SELECT id FROM firm_rewards v JOIN firm e USING (id) WHERE ROW(placement_level, placement_code,
	placement_label)
	IS DISTINCT FROM ROW((e |^ 'town-2025').level, (e |^ 'town-2025').code, (e |^ 'town-2025').label)$$, 'placement');
SELECT is_empty($$SELECT id FROM firm_rewards v JOIN firm e USING (id),
	LATERAL (SELECT max(amount) FILTER (WHERE stage = 'filed') AS filed, max(amount) FILTER (WHERE stage = 'won') AS won
	FROM assess(e, 'town-2025')) a WHERE ROW(clause_7_neeq_filed, clause_7_neeq_won) IS DISTINCT FROM ROW(filed, won)$$,
	'stages');
SELECT results_eq($$SELECT DISTINCT placement_level, placement_code, rung_high FROM firm_rewards ORDER BY 1, 3$$,
	$$VALUES (0, 'none', false), (1, 'low', false), (5, 'high', true), (NULL, NULL, NULL)$$,
	'every placement is among them');
SELECT is((SELECT count(DISTINCT clause_7_neeq) FROM firm_rewards), 3::bigint, 'nothing, a stage, both below the cap');
SELECT is((SELECT count(*) FROM firm_rewards WHERE clause_7_neeq_won = 3), (SELECT count(*) FROM firm_rewards
	WHERE clause_7_neeq = 8), 'the cap cuts the last stage');
SELECT is((SELECT sum(clause_1) FROM firm_rewards), (SELECT sum(e |# 'town-2025/1') FROM firm e), 'a sum');

-- A row is judged once, where its table is scanned.

SELECT is(pg_temp.judged('SELECT clause_1 FROM firm_rewards'), 300::bigint, 'one column: once');
SELECT is(pg_temp.judged('SELECT * FROM firm_rewards'), 300::bigint, 'all columns: once');
SELECT is(pg_temp.judged('SELECT region, sum(clause_1), count(*) FILTER (WHERE rung_low), max(total_amount) '
	'FROM firm_rewards GROUP BY region HAVING sum(clause_7_neeq) > 0 ORDER BY sum(clause_9)'), 300::bigint,
	'aggregates: once');
SELECT is(pg_temp.judged('SELECT clause_1, rung_low, row_number() OVER (ORDER BY total_amount) FROM firm_rewards '
	'ORDER BY clause_9'), 300::bigint, 'sorted: once');
SELECT is(pg_temp.judged('SELECT clause_1, total_amount FROM firm_rewards WHERE id = 42'), 1::bigint,
	'a condition on a column of the table');
SELECT is(pg_temp.judged('SELECT clause_1, clause_9 FROM firm_rewards WHERE region = ''east'' AND id <= 30'),
	10::bigint, 'two of them');
SET LOCAL enable_hashjoin = off;
SET LOCAL enable_mergejoin = off;
SELECT is(pg_temp.judged('SELECT a.clause_1, a.rung_low, b.name FROM firm_rewards a JOIN firm b USING (id) '
	'WHERE b.id <= 20'), 20::bigint, 'a join by key');
-- the planner of 16 computes each column of a view below an outer join by itself
SELECT is(pg_temp.judged('SELECT x, clause_1, rung_low FROM (VALUES (3), (301)) v (x) LEFT JOIN firm_rewards '
	'ON id = x'), CASE WHEN current_setting('server_version_num')::int / 10000 = 16 THEN 2 ELSE 1 END::bigint,
	'an outer join');
SELECT is(pg_temp.judged('SELECT count(*), count(name), max(region) FROM firm_rewards'), 0::bigint,
	'nothing is judged where no answer is read');
SELECT is(pg_temp.judged('SELECT id, clause_1, rung_low FROM firm_rewards ORDER BY id LIMIT 5'), 5::bigint,
	'the first rows of an index');
SELECT is(pg_temp.judged('SELECT count(*) FROM firm_rewards WHERE rung_low'), 300::bigint, 'a condition on an answer');

SET LOCAL enable_seqscan = off;
SELECT results_eq($$SELECT * FROM
	pg_temp.scans('SELECT clause_1, rung_low, total_amount FROM firm_rewards WHERE id = 42')$$,
	format($$VALUES ('Index Scan',
	'zjtx_internal.judge_facts(''town-2025''::text, ''%s''::text, t.region, t.revenue, t.staff, t.filed_on, t.won_on)',
	'(t.id = 42)')$$,
		(SELECT substring(s.output FROM ', ''(.*)''::text, t\.region')
		FROM pg_temp.scans('SELECT clause_1, rung_low FROM firm_rewards') s)),
		'one call, by the columns that are read, behind an index');
SELECT is((SELECT count(*) FROM pg_temp.scans('SELECT clause_1, rung_low, total_amount FROM firm_rewards')
	WHERE output ~ '^zjtx_internal.judge_facts\([^;]*$' AND output !~ 'verdict_'), 1::bigint,
	'the columns are read above the table');
SELECT is((SELECT output FROM pg_temp.scans('SELECT id, name FROM firm_rewards')), NULL,
	'no call where no answer is read');
SELECT is((SELECT count(*) FROM pg_temp.scans('SELECT clause_1 FROM firm_rewards')), 1::bigint,
	'the empty arm is gone');
SET LOCAL enable_seqscan = on;
SET LOCAL max_parallel_workers_per_gather = 2;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE plan jsonb;
BEGIN
	EXECUTE 'EXPLAIN (COSTS off, FORMAT json) ' || query INTO plan;
	RETURN plan::text;
END $$;
SELECT is(pg_temp.plan_of('SELECT sum(clause_1), sum(total_amount) FROM firm_rewards') ~ '"Parallel Aware": true', true,
	'workers judge');

SET LOCAL max_parallel_workers_per_gather = 0;

-- Queries of other shapes.

CREATE TEMP TABLE flat AS SELECT * FROM firm_rewards;
SELECT is_empty(format('(%s EXCEPT ALL %s) UNION ALL (%2$s EXCEPT ALL %1$s)', format(q, 'firm_rewards'),
	format(q, 'flat')), what) FROM (VALUES
	('SELECT x, v.* FROM generate_series(295, 305) x LEFT JOIN %s v ON id = x', 'rows that an outer join misses'),
	('SELECT v.id, w.clause_1, w.rung_low FROM %1$s v FULL JOIN %1$s w ON v.id = w.id + 3 AND v.rung_low',
	'a full join on an answer'),
	('SELECT rung_low, region, count(*), sum(clause_1), grouping(rung_low) FROM %s GROUP BY CUBE (rung_low, region)',
	'grouping sets'),
	('SELECT DISTINCT placement_code, clause_9 FROM %s WHERE clause_7_neeq > 0 AND rung_low', 'conditions on answers'),
	('SELECT id FROM firm e WHERE EXISTS (SELECT FROM %s v WHERE v.id = e.id AND v.clause_1 > e.id)', 'EXISTS'),
	('SELECT id, (SELECT max(clause_1) FROM %s v WHERE v.id < e.id) FROM firm e WHERE id < 20',
	'a subquery for each row'),
	('SELECT id, t.total_amount FROM firm e LEFT JOIN LATERAL (SELECT total_amount FROM %s v '
	'WHERE v.id = e.id - 10 OFFSET 0) t ON true', 'LATERAL'),
	('SELECT v::text FROM %s v WHERE v.id %% 17 = 0 AND v.total_amount IS NULL', 'whole rows')) v (q, what);
SELECT is((SELECT count(*) FROM generate_series(295, 305) x LEFT JOIN firm_rewards v ON id = x
	WHERE v.clause_7_neeq IS NULL AND v.id IS NULL), 5::bigint, 'what is missed has no answers');

-- A stored name stays a name: the view follows the stored document.

CREATE VIEW public.above AS SELECT id, clause_1 FROM firm_rewards;
GRANT SELECT ON firm_rewards TO PUBLIC;
SELECT store($$
policy town-2025 'A town' in force from 2025-01-01
fact region text in ('east', 'west')
fact revenue number 元 at least 0
clause 1 'rent' article '三' subsidy when region = 'east' pay revenue * 20%
clause 2 'new' reward when region = 'west' pay 7元
$$);
SELECT is((SELECT clause_1 FROM firm_rewards WHERE id = 3), 600.01, 'a changed document changes the answers');
SELECT is((SELECT ROW(clause_7_neeq, clause_7_neeq_won, clause_8, rung_low, placement_level, placement_code,
	total_amount)::text FROM firm_rewards WHERE id = 3), '(,,,,,,600.01)', 'what it no longer has is NULL');
SELECT is(publish('firm', 'town-2025', 'firm_rewards')::text, 'firm_rewards', 'published again');
SELECT is((SELECT clause_2 FROM firm_rewards WHERE id = 1), 7.00, 'new clauses have columns');
SELECT is((SELECT string_agg(name, ' ') FROM pg_temp.columns('firm_rewards')),
	'id region revenue staff filed_on won_on name clause_1 clause_7_neeq clause_7_neeq_filed clause_7_neeq_won '
	'clause_8 clause_9 clause_10 rung_low rung_high placement_level placement_code placement_label total_amount '
	'clause_2', 'behind the others, which stay');
SELECT is(col_description('firm_rewards'::regclass, 9),
	'NULL: the policy had this when the view was published before, and has it no more.', 'as NULL, and say so');
SELECT is((SELECT count(*) FROM above WHERE clause_1 > 0) > 0 AND has_table_privilege('public', 'firm_rewards',
	'SELECT'), true, 'views above it and rights stay');
ALTER TABLE firm ADD extra int;
SELECT is(publish('firm', 'town-2025', 'firm_rewards') IS NOT NULL AND (SELECT array_agg(name) @> '{extra}'
	FROM pg_temp.columns('firm_rewards')), true, 'a new column of the table');

-- A policy value is part of the view.

SELECT is(publish('firm', as_of(stored('town-2025'), '2024-06-30'), 'by_value')::text, 'by_value', 'a value');
DELETE FROM policies WHERE code = 'town-2025';
SELECT is((SELECT ROW(clause_1, clause_2, total_amount)::text FROM by_value WHERE id = 3), '(600.01,0.00,600.01)',
	'it needs no stored document');
SELECT is(obj_description('by_value'::regclass), '《A town》 town-2025, published by zjtx.  Judged for 2024-06-30.',
	'and says its day');
SELECT throws_ok('SELECT clause_1 FROM firm_rewards', '42704', 'there is no stored policy "town-2025"', 'a name does');
SELECT is(publish('firm', 'staff >= 10 and name <> ''''''%s'''::policy, 'rule', true)::text, 'rule',
	'a rule of one expression');
SELECT results_eq($$SELECT eligible, missing FROM rule WHERE id IN (9, 10, 11) ORDER BY id$$,
	$$VALUES (false, '{}'::text[]), (NULL, '{staff}'), (true, '{}')$$,
	'has one column, and the facts that are missing');
SELECT is(publish('firm', 'staff >= 20'::policy, 'rule')::text || publish('firm', 'staff >= 20'::policy, 'rule')::text,
	'rulerule', 'missing need not be asked for again');
SELECT is((SELECT missing FROM rule WHERE id = 10), '{staff}', 'and goes on saying what is missing');
SELECT is(publish('firm', stored('miit-2022-63') -> 'innovative', 'part')::text, 'part', 'a part');

-- A series has the columns of all versions; the version in force answers.

SELECT store('policy band-2024 ''b'' in force from 2024-01-01 until 2025-01-01 series band fact n number clause 1 '
	'reward when n > 1 pay 1元 clause 2 when n > 1');
SELECT store('policy band-2025 ''b'' in force from 2025-01-01 series band fact n number clause 1 reward when n > 1 pay '
	'2元 clause 3 when n > 1');
CREATE TABLE public.days (as_of date, n int);
INSERT INTO days VALUES ('2024-06-30', 2), ('2025-06-30', 2), ('2023-06-30', 2), (NULL, 2), (NULL, 1);
SELECT is(publish('days', 'band', 'day_rewards')::text, 'day_rewards', 'a series');
SELECT results_eq('SELECT as_of, clause_1, clause_2, clause_3, total_amount FROM day_rewards',
	$$VALUES ('2024-06-30'::date, 1.00, true, NULL::boolean, 1.00), ('2025-06-30', 2.00, NULL, true, 2.00),
	('2023-06-30', NULL, NULL, NULL, 0.00), (NULL, NULL, NULL, NULL, NULL), (NULL, 0.00, false, false, 0.00)$$,
	'the version in force answers; while the day is unknown, what all agree on');
SELECT is(obj_description('day_rewards'::regclass),
	'《b》，《b》 policy band, published by zjtx.  Judged for the row''s as_of.', 'the row''s day');

-- Names: valid, unique, at most 63 bytes.

SELECT is(publish('days', $p$policy names '名' fact n number
	clause 1-a when n > 1 clause 1.a when n > 1 clause 1-A when n > 1 clause 甲 reward when n > 1 stage 乙 on as_of pay 1元
	clause 很长很长很长很长很长很长很长很长很长很长很长很长很长 when n > 1 clause 很长很长很长很长很长很长很长很长很长很长很长很长很短 when n > 1$p$::policy,
		'named')::text, 'named', 'codes of all kinds');
SELECT is((SELECT string_agg(name, ' ') FROM pg_temp.columns('named') WHERE name ~ 'clause'),
	'clause_1_a clause_1_a_2 clause_1_a_3 clause_甲 clause_甲_乙 clause_很长很长很长很长很长很长很长很长很长 clause_很长很长很长很长很长很长很长很长很_2',
	'are names that tell');
SELECT is((SELECT max(octet_length(name)) FROM pg_temp.columns('named')) <= 63
	AND (SELECT clause_1_a_3 AND clause_甲_乙 = 1 FROM named WHERE as_of = '2025-06-30'), true, 'and are read');
CREATE SCHEMA "Odd one";
CREATE TABLE "Odd one"."the ""t""" (t int, u int, "verdict" int, missing_facts int, "r v" int, gone int, staff int);
ALTER TABLE "Odd one"."the ""t""" DROP COLUMN gone;
INSERT INTO "Odd one"."the ""t""" VALUES (1, 2, 3, 4, 5, 20);
SELECT is(publish('"Odd one"."the ""t"""', 'staff >= 20'::policy, '"Odd one"."It''s"', true)::text, '"Odd one"."It''s"',
	'names that need quotes');
SELECT is((SELECT i::text FROM "Odd one"."It's" i), '(1,2,3,4,5,20,t,{})', 'columns of any name');
CREATE TEMP TABLE passing (staff int);
SELECT is(publish('passing', 'staff >= 20'::policy, 'passing_view')::text, 'passing_view',
	'a view of a temporary table is temporary');
CREATE VIEW public.over AS SELECT id, staff * 10 AS staff FROM firm WHERE id > 100;
SELECT is(publish('over', 'staff >= 2000'::policy, 'over_view')::text, 'over_view', 'a view of a view');
SELECT is(pg_temp.judged('SELECT * FROM over_view WHERE id = 201') || ' ' || (SELECT eligible::text || staff
	FROM over_view WHERE id = 201), '1 true2010', 'passes conditions on');

-- Errors.

SELECT is(pg_temp.error_of($$SELECT zjtx.publish('firm', 'staff >= 20'::zjtx.policy, 'days')$$),
	'42809: "days" is not a view', 'what is no view is not replaced');
SELECT is(pg_temp.error_of($$SELECT zjtx.publish('firm', 'staff >= 20'::zjtx.policy, 'over')$$),
	E'42P07: view public.over exists and was not published by zjtx\nHINT: Choose another name, or drop the view first.',
	'nor a view of another making');
SELECT is(pg_temp.error_of($$SELECT zjtx.publish('days', 'n > 1'::zjtx.policy, 'day_rewards')$$), 'no error',
	'but any that was published');
SELECT is(pg_temp.error_of($$SELECT zjtx.publish('rule', 'staff >= 20'::zjtx.policy, 'x')$$),
	E'42701: the table has a column "eligible" of its own\nHINT: Publish a view of the table that gives it another '
	'name.', 'names that the table has');
SELECT is(pg_temp.error_of($$SELECT zjtx.publish('rule', zjtx.stored('miit-2022-63'), 'x', true)$$),
	E'42701: the table has a column "missing" of its own\nHINT: Publish a view of the table that gives it another '
	'name.', 'also missing');
SELECT is(pg_temp.error_of($$SELECT zjtx.publish(1, 'n > 1'::zjtx.policy, 'x')$$),
	'42P01: relation with OID 1 does not exist', 'no such table');
SELECT is(pg_temp.error_of($$SELECT zjtx.publish('firm_pkey', 'n > 1'::zjtx.policy, 'x')$$),
	'42809: "firm_pkey" is not a table or view', 'an index');
SELECT is(pg_temp.error_of($$SELECT zjtx.publish('firm', 'town-2026', 'x')$$) LIKE
	'42704: there is no stored policy "town-2026"%', true, 'no such policy');
SELECT is(pg_temp.error_of($$SELECT zjtx.publish('firm', 'name > 1人'::zjtx.policy,
	'x')$$) ~ '^42804: column "name" of type text cannot give', true, 'a column of the wrong type');
SELECT is(pg_temp.error_of($$SELECT zjtx.publish('firm', 'staff > 1人'::zjtx.policy, 'no_such.x')$$),
	'3F000: schema "no_such" does not exist', 'no such schema');
SELECT is(pg_temp.error_of($$SELECT zjtx.publish('firm', 'staff > 1人'::zjtx.policy, 'a.b.c.d')$$) ~ '^42601: improper',
	true, 'no name');
SELECT is(pg_temp.error_of(format('SELECT zjtx.publish(''firm'', %L::zjtx.policy, ''x'')',
	(SELECT 'policy many ''m'' fact staff number ' || string_agg('clause c' || i || ' when staff > 1', ' ')
	FROM generate_series(1, 1600) i))) ~ '^54011: ', true, 'too many columns');
SELECT is(publish('firm', 'staff > 1'::policy, NULL) IS NULL, true, 'no name, no view');

-- The caller's privileges are used.

CREATE ROLE zjtx_publisher;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT SELECT ON firm TO zjtx_publisher;
SET LOCAL ROLE zjtx_publisher;
SELECT is(pg_temp.error_of($$SELECT zjtx.publish('firm', 'staff > 1'::zjtx.policy, 'public.x')$$),
	'42501: permission denied for schema public', 'to create');
RESET ROLE;
GRANT CREATE ON SCHEMA public TO zjtx_publisher;
REVOKE SELECT ON firm FROM zjtx_publisher;
SET LOCAL ROLE zjtx_publisher;
SELECT is(pg_temp.error_of($$SELECT zjtx.publish('firm', 'staff > 1'::zjtx.policy, 'public.rule')$$),
	'42501: must be owner of view rule', 'to replace');
SELECT is(publish('firm', 'staff > 1'::policy, 'blind')::text, 'blind',
	'a view can be made of a table that its owner may not read');
SELECT throws_ok('SELECT eligible FROM blind', '42501', 'permission denied for table firm', 'and shows nothing of it');
RESET ROLE;
SELECT throws_ok('DROP EXTENSION zjtx', '2BP01', NULL, 'views depend on the extension');

-- The functions that read columns from a verdict.

SELECT is(zjtx_internal.verdict_eligible('[]', ''), NULL, 'no line');
SELECT is(zjtx_internal.verdict_total('[]')::text, '0.00', 'nothing is owed');
SELECT is(zjtx_internal.verdict_placement('[]') IS NULL, true, 'no ladder');
SELECT is(zjtx_internal.verdict_placement('[{"kind": "rung", "clause": "a", "level": 3, "eligible": true, '
	'"status": "satisfied"}, '
	'{"kind": "rung", "clause": "b", "level": 4, "status": "undecided"}]'), (3, 'a', NULL)::placement,
	'what is proved, under what is undecided');
SELECT is(zjtx_internal.verdict_amount('[{"kind": "reward", "clause": "a", "status": "owed", "eligible": true, '
	'"low": 92233720368547758.08, "high": 92233720368547758.08}]', 'a')::text, '92233720368547758.08', 'large amounts');
SELECT is(zjtx_internal.verdict_total('[{"kind": "reward", "clause": "a", "unit": "元", '
	'"status": "owed", "eligible": true, '
	'"low": 92233720368547758.07, "high": 92233720368547758.07}, '
	'{"kind": "subsidy", "clause": "b", "unit": "元", "status": "owed", "eligible": true, "low": 0.01, '
	'"high": 0.01}]')::text, '92233720368547758.08', 'large sums');
SELECT results_eq($$SELECT zjtx_internal.verdict_eligible('[{"kind": "x", "clause": "a", '
	'"status": "satisfied", "eligible": true}, '
	'{"kind": "x", "clause": "b", "status": "refused", "eligible": false}, {"kind": "x", "status": "satisfied", '
	'"eligible": true}]', code)
	FROM unnest('{a,b,c,"",a}'::text[]) code$$, 'VALUES (true), (false), (NULL), (true), (true)',
	'codes from a column');

-- The table's own columns have labels, unless the table or the view says something else.
SELECT store($$policy labelled '示例办法' fact x number 元 '收入' fact share number % '占比' fact y number
	fact z number '别的' fact d date '日期'
clause 1 '甲' reward when x > 1元 and y + z > 1 and share > 5% and d > 2025-01-01 pay 1元$$);
CREATE TABLE labelled_firm (id int, gone int, x numeric, share numeric, y numeric, z numeric, 日期 date);
ALTER TABLE labelled_firm DROP COLUMN gone;
COMMENT ON COLUMN labelled_firm.z IS '表里的说明';
SELECT publish('labelled_firm', 'labelled', 'labelled_view') IS NOT NULL;
SELECT is((SELECT string_agg(name || ' ' || coalesce(comment, '-'), ', ') FROM pg_temp.columns('labelled_view')
	WHERE name !~ 'clause|total'), 'id -, x 收入（元）, share 占比, y -, z 表里的说明, 日期 日期',
	'the labels of facts as comments');
COMMENT ON COLUMN labelled_view.x IS '改过';
SELECT publish('labelled_firm', 'labelled', 'labelled_view') IS NOT NULL;
SELECT is((SELECT comment FROM pg_temp.columns('labelled_view') WHERE name = 'x'), '改过',
	'which stay as they were changed');

SELECT is(publish('pg_catalog.pg_namespace', 'n > 1'::policy, 'catalogue_published')::text, 'catalogue_published',
	'a table of PostgreSQL itself');

SELECT * FROM finish();
ROLLBACK;
