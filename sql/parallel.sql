\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx, zjtx_internal;
-- a policy without a day warns from the leader only, and who that is differs
SET LOCAL client_min_messages = error;
SET LOCAL jit = off;
-- the functions are asked; sql/judge_node.sql looks at the node that answers in their place
SET LOCAL zjtx.batch = off;
SET LOCAL zjtx.as_of = '2025-06-30';
SELECT plan(214);

-- Parallel workers give the same answers: every PARALLEL SAFE function is called in workers only, and without workers.

\i sql/random.psql
\i sql/plain.psql
SELECT format('CREATE TABLE public.enterprise AS SELECT f.id + 200 * n AS id, e AS facts, %s FROM pg_temp.firm f, '
	'generate_series(0, 3) n', string_agg(
	CASE type WHEN 'list' THEN format('e -> %L AS %I', name, name) ELSE format('(e ->> %L)::%s AS %I', name, CASE type
	WHEN 'number' THEN 'numeric' ELSE type END, name) END, ', '))
FROM random_facts WHERE name !~ '\.' \gexec
CREATE TABLE public.verdict_of AS SELECT id, judge(facts, 'yubei-2024-34') AS v, judge(facts, 'miit-2022-63') AS ladder
	FROM enterprise;
CREATE TABLE public.document WITH (parallel_workers = 2) AS SELECT name, doc FROM (
	SELECT code, doc FROM policies UNION ALL
	SELECT 'with-a-group', 'policy g ''t'' clause 1 reward pay 1元 clause 2 reward pay 2元 group g best of 1, 2')
	p (name, doc), generate_series(1, 2);
ANALYZE enterprise, verdict_of, document;

CREATE FUNCTION pg_temp.use_workers(wanted boolean, leader boolean DEFAULT false) RETURNS void LANGUAGE sql AS $$
	SELECT set_config(name, value, true) FROM (VALUES
		('max_parallel_workers_per_gather', CASE WHEN wanted THEN '2' ELSE '0' END),
		('parallel_setup_cost', '0'), ('parallel_tuple_cost', '0'),
		('seq_page_cost', '0'), ('min_parallel_table_scan_size', '0'), ('min_parallel_index_scan_size', '0'),
		('parallel_leader_participation', leader::text)) s (name, value)
$$;
CREATE FUNCTION pg_temp.plan_of(query text, options text DEFAULT '') RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
	plan jsonb;
BEGIN
	EXECUTE 'EXPLAIN (VERBOSE, FORMAT JSON' || options || ') ' || query INTO plan;
	RETURN plan -> 0 -> 'Plan';
END $$;
-- The node types of a plan from the top; repeated children are shown once.
CREATE FUNCTION pg_temp.nodes_of(plan jsonb) RETURNS text LANGUAGE sql AS $$
	SELECT concat_ws(' ', CASE WHEN (plan ->> 'Parallel Aware')::boolean THEN 'Parallel' END,
		CASE plan ->> 'Partial Mode' WHEN 'Simple' THEN NULL ELSE plan ->> 'Partial Mode' END, plan ->> 'Node Type')
		|| coalesce(' > ' || (SELECT string_agg(DISTINCT pg_temp.nodes_of(p), ', ')
			FROM jsonb_array_elements(plan -> 'Plans') p), '')
$$;
-- The plan below Gather, which workers execute.
CREATE FUNCTION pg_temp.below_gather(plan jsonb) RETURNS text LANGUAGE sql AS $$
	SELECT jsonb_path_query_array(plan, '$.** ? (@."Node Type" == "Gather" || @."Node Type" == "Gather Merge").Plans[*] '
		'? (@."Parent Relationship" == "Outer")')::text
$$;
CREATE FUNCTION pg_temp.launched(plan jsonb) RETURNS int LANGUAGE sql AS $$
	SELECT coalesce(sum(n::int), 0)::int FROM jsonb_path_query(plan, 'strict $.**."Workers Launched"') n
$$;
-- Runs a query without workers and with them, and checks that the workers called the function.
CREATE FUNCTION pg_temp.asked(query text, function text, leader boolean DEFAULT false) RETURNS text LANGUAGE plpgsql
	AS $$
DECLARE
	plan jsonb;
	found bigint;
	differ bigint;
BEGIN
	PERFORM pg_temp.use_workers(false);
	IF pg_temp.plan_of(query)::text ~ 'Gather' THEN RETURN 'parallel where it should not be'; END IF;
	EXECUTE 'CREATE TABLE public.serial AS ' || query;
	PERFORM pg_temp.use_workers(true, leader);
	plan := pg_temp.plan_of('CREATE TABLE public.parallel AS ' || query, ', ANALYZE');
	IF pg_temp.below_gather(plan) !~ function THEN
		RAISE EXCEPTION SQLSTATE 'ZZZZZ' USING message = 'not asked in a worker: ' || pg_temp.nodes_of(plan);
	ELSIF pg_temp.launched(plan) = 0 THEN
		RAISE EXCEPTION SQLSTATE 'ZZZZZ' USING message = 'no worker was launched';
	END IF;
	SELECT count(DISTINCT s::text) INTO found FROM public.serial s;
	SELECT count(*) INTO differ
	FROM ((SELECT s::text FROM public.serial s EXCEPT ALL SELECT in_workers::text FROM public.parallel in_workers)
		UNION ALL
		(SELECT in_workers::text FROM public.parallel in_workers EXCEPT ALL SELECT s::text FROM public.serial s)) d;
	RAISE EXCEPTION SQLSTATE 'ZZZZZ' USING message = CASE WHEN found = 0 THEN 'nothing found'
		WHEN differ = 0 THEN 'the same' ELSE differ || ' rows differ' END;
EXCEPTION WHEN SQLSTATE 'ZZZZZ' THEN
	RETURN sqlerrm;
WHEN OTHERS THEN
	RETURN sqlstate || ': ' || sqlerrm;
END $$;

-- All functions: by value (p), by name (n), with and without planner support.
-- The order is that of the list: a heap is filled where there is room.
CREATE TEMP TABLE asked (function text, query text, place int GENERATED ALWAYS AS IDENTITY);
INSERT INTO asked
SELECT f.function, format('SELECT id, %s AS answer FROM enterprise e WHERE id <= 100',
	replace(replace(f.call, '{p}', p.policy), '{e}', w.e))
FROM (VALUES ('eligible', 'yubei-2024-34/3', 'zjtx.eligible({e}, {p})'), ('placement', 'miit-ladder',
	'zjtx.placement({e}, {p})'), ('amount', 'yubei-2024-34', 'zjtx.amount({e}, {p})'),
	('amount_range', 'yubei-2024-34', 'zjtx.amount_range({e}, {p})::text'),
	('value', 'miit-2022-63/innovative_rd', 'zjtx.value({e}, {p})'),
	('value_range', 'miit-2022-63/innovative_rd', 'zjtx.value_range({e}, {p})::text'), ('missing', 'yubei-2024-34',
	'zjtx.missing({e}, {p})'), ('judge', 'yubei-2024-34', 'zjtx.judge({e}, {p})'),
	('explain', 'yubei-2024-34/3', 'zjtx.explain({e}, {p})'), ('explain_json', 'miit-2022-63/specialized',
	'zjtx.explain_json({e}, {p})'),
	('assess', 'yubei-2024-34', 'zjtx.assess({e}, {p})::text'), ('gap', 'yubei-2024-34/3', 'zjtx.gap({e}, {p})::text'),
	('margin', 'yubei-2024-34', 'zjtx.margin({e}, {p})::text'),
	('next_change', 'yubei-2024-34', 'zjtx.next_change({e}, {p})'),
	('over_days', 'yubei-2024-34', 'zjtx.over_days({e}, {p}, ''2025-01-01'', ''2026-12-31'', ''6 months'')::text'))
	f (function, name, call),
	LATERAL (VALUES (format('%L::text', f.name)), (format('%L::zjtx.policy', stored(f.name)))) p (policy),
	(VALUES ('e'), ('facts')) w (e);
INSERT INTO asked
SELECT o.function, format('SELECT id, e OPERATOR(plain.%s) %s AS answer FROM enterprise e', o.operator, p.policy)
FROM (VALUES ('eligible', '|=', 'yubei-2024-34/3'), ('placement', '|^', 'miit-ladder'),
	('amount', '|#', 'yubei-2024-34'), ('missing', '|!', 'yubei-2024-34')) o (function, operator, name),
	LATERAL (VALUES (format('%L::text', o.name)), (format('%L::zjtx.policy', stored(o.name)))) p (policy);
INSERT INTO asked SELECT 'assess', format('SELECT id, a.* FROM enterprise e, zjtx.assess(%s) a WHERE id < 9', e)
	FROM (VALUES ('e'), ('facts')) w (e);
INSERT INTO asked SELECT 'changes_ahead', format(
	'SELECT id, c::text FROM enterprise e, zjtx.changes_ahead(%s, %s, ''2026-12-31'') c WHERE id <= 100', e, p)
	FROM (VALUES ('e'), ('facts')) w (e),
		(VALUES ('''yubei-2024-34''::text'), ('zjtx.as_of(zjtx.stored(''yubei-2024-34''), ''2025-06-30'')')) p (p);
INSERT INTO asked VALUES
('stored', $$SELECT name, stored(name) FROM document WHERE name <> 'with-a-group'$$),
	('fingerprint', $$SELECT name, fingerprint() AS of_all, fingerprint(doc) FROM document$$),
	('as_of', $$SELECT name, as_of(name, '2024-01-01') FROM document WHERE name <> 'with-a-group'$$),
	('as_of', $$SELECT name, as_of(doc, '2024-01-01') FROM document$$),
('amend', $$SELECT id, amend('yubei-2024-34', 'define rent_cap = ' || id || '元') FROM enterprise WHERE id < 20$$),
	('amend', $$SELECT name, amend(doc, 'define rent_cap = 1元') FROM document WHERE name = 'yubei-2024-34'$$),
	('vary', $$SELECT id, v.* FROM enterprise, vary('yubei-2024-34', 'rent_cap', id, id + 1, 1) v WHERE id < 20$$),
	('vary', $$SELECT name, v.* FROM document, vary(doc, 'rent_cap', 40, 60, 1) v WHERE name = 'yubei-2024-34'$$),
('part', $$SELECT name, part(doc, '3') FROM document WHERE name = 'yubei-2024-34'$$),
	('policy_out', $$SELECT name, policy_out(doc)::text FROM document$$),
	('policy_in', $$SELECT name, policy_in(policy_out(doc)) FROM document$$),
	('text_policy', $$SELECT name, text_policy(doc::text) FROM document$$),
('policy_send', $$SELECT name, policy_send(doc) FROM document$$),
	('lines', $$SELECT id, l.* FROM verdict_of, lines(v) l$$),
	('eligible_lines', $$SELECT id, l.* FROM verdict_of, eligible_lines(v) l$$),
	('differences', $$SELECT id, d.* FROM verdict_of, differences(v, ladder) d$$),
	('differences', $$SELECT id, d.* FROM enterprise e, differences(e, 'yubei-2024-34', 'miit-ladder') d WHERE id < 100$$),
	('differences', $$SELECT id, d.* FROM enterprise e,
		differences(facts, 'yubei-2024-34', 'miit-ladder') d WHERE id < 100$$),
	('verdict_out', $$SELECT id, verdict_out(v)::text FROM verdict_of$$),
('verdict_in', $$SELECT id, verdict_in(verdict_out(v)) FROM verdict_of$$),
	('verdict_send', $$SELECT id, verdict_send(v) FROM verdict_of$$),
	('verdict_placement', $$SELECT id, verdict_placement(ladder) FROM verdict_of$$),
('verdict_total', $$SELECT id, verdict_total(v) FROM verdict_of$$),
	('verdict_eligible',
	$$SELECT id, verdict_eligible(v, '3') AS a, verdict_eligible(v, '7-ipo', 'listed') AS b FROM verdict_of$$),
('verdict_amount',
	$$SELECT id, verdict_amount(v, '3') AS a, verdict_amount(v, '7-ipo', 'listed') AS b FROM verdict_of$$),
	('stands', $$SELECT id FROM enterprise e WHERE e |= 'yubei-2024-34/3'$$),
	('policy_stands', $$SELECT id FROM enterprise e WHERE e |= as_of('yubei-2024-34/3', '2025-01-01')$$),
('in_force', $$SELECT id, f.* FROM enterprise, in_force(date '2020-01-01' + id * 30) f WHERE id < 100$$),
('to_yes', $$SELECT id, to_yes((ARRAY['是', '否', '-'])[id % 3 + 1]) FROM enterprise$$),
	('to_amount', $$SELECT id, to_amount(id || '万元') AS a, to_amount(id::text, '%') AS b,
	to_amount('约' || id, NULL, 'NaN') AS c FROM enterprise$$),
('to_day', $$SELECT id, to_day(20240100 + id % 40 || '') AS a, to_day(id || '', 'infinity') AS b FROM enterprise$$),
	('status_label', $$SELECT id, status_label((ARRAY['owed', 'paid', 'x'])[id % 3 + 1]) FROM enterprise$$),
	('to_text', $$SELECT id, to_text(' ' || id || '　') FROM enterprise$$),
	('placement_larger', $$SELECT id, placement_larger(e |^ 'miit-2022-63', ROW(1, 'x', NULL)) FROM enterprise e$$),
	('placement_smaller', $$SELECT id, placement_smaller(e |^ 'miit-2022-63', ROW(1, 'x', NULL)) FROM enterprise e$$),
	('line_key', $$SELECT id, line_key(id::text, nullif(id % 3, 0)::text) FROM enterprise$$);
INSERT INTO asked SELECT f, format('SELECT document.name AS document, f.* FROM document, %s(doc) f', f)
	FROM unnest('{examples,rungs,targets,notes,header,provisions,lint,facts,clauses,definitions,scores,groups,'
		'instructions}'::text[]) f;
INSERT INTO asked SELECT 'policy_' || f, format('SELECT name, policy_%s(doc, ''a > 1'') FROM document', f)
	FROM unnest('{eq,ne,lt,le,gt,ge}'::text[]) f;
INSERT INTO asked SELECT f, format('SELECT name, %s FROM document', call) FROM (VALUES
	('outline', 'zjtx_author.outline(doc::text)::text'), ('coverage', 'zjtx_author.coverage(doc)::text'),
	('changes', 'zjtx_author.changes(''a > 1'', doc)::text'),
	('diagnose', 'zjtx_author.diagnose(doc::text)::text'), ('reformat', 'zjtx_author.reformat(doc::text, ''en'')'),
	('render', 'zjtx_author.render(doc)'),
	('bare', 'zjtx_internal.bare(doc::text)'), ('unit_of', 'zjtx_internal.unit_of(left(doc::text, 3))'),
	('draft', 'zjtx_author.draft(left(doc::text, 2000))'), ('articles', 'zjtx_author.articles(doc::text)::text'),
	('uncovered', 'zjtx_author.uncovered(doc, E''x\n1. 7777元。\n'' || name)::text')) v (f, call);
-- only the sign of the result is specified
INSERT INTO asked VALUES ('policy_cmp', $$SELECT name, sign(policy_cmp(doc, 'a > 1')) FROM document$$);
INSERT INTO asked SELECT 'verdict_' || f, format('SELECT id, verdict_%s(v, ladder) FROM verdict_of', f)
	FROM unnest('{eq,ne,lt,le,gt,ge,cmp}'::text[]) f;
INSERT INTO asked VALUES ('policy_hash', 'SELECT name, policy_hash(doc) FROM document'),
	('policy_version', 'SELECT name, policy_version(doc) FROM document'),
	('version_of_library', 'SELECT name, (version_of_library(name, name)).message FROM document'),
	('policy_hash_extended', 'SELECT name, policy_hash_extended(doc, 7) FROM document'),
('verdict_json', 'SELECT id, verdict_json(v)::text FROM verdict_of'),
	('verdict_jsonb', 'SELECT id, verdict_jsonb(v) FROM verdict_of'),
	('jsonb_verdict', 'SELECT id, jsonb_verdict(verdict_jsonb(v)) FROM verdict_of'),
('verdict_hash', 'SELECT id, verdict_hash(v) FROM verdict_of'), ('verdict_hash_extended',
	'SELECT id, verdict_hash_extended(v, 7) FROM verdict_of');
SELECT is(pg_temp.asked(query, '\m' || function || '(_facts)?\(|\|[=^#!]'), 'the same',
	regexp_replace(query, '''([^'']|'''')*''::(zjtx.)?policy', 'a value', 'g')) FROM asked ORDER BY place;
SELECT is_empty($$SELECT DISTINCT proname FROM pg_proc
	WHERE pronamespace IN ('zjtx'::regnamespace, 'zjtx_internal'::regnamespace) AND proparallel = 's'
	AND proname !~ '^tally|^budget|^partial_|_facts$|_support$|_recv$|^(max|min)$'
	AND proname NOT IN (SELECT function FROM asked) AND proname NOT IN ('standing', 'zjtx_version', 'quoted')$$,
	'none is left out but those that are parts of others');
-- standing() is inlined SQL
INSERT INTO ledger (account, key, policy, code, payable, kind, old, new, judged_on, at, by) SELECT 'enterprise', i % 90,
	'p', '1', false, 'owed', 0, i, '2025-01-01', now(), 'x' FROM generate_series(1, 300) i;
ANALYZE ledger;
SELECT is(pg_temp.asked('SELECT * FROM standing(''2025-06-30'')', 'ledger'), 'the same', 'standing');

-- With the leader participating, and with partial aggregates.
SELECT is(pg_temp.asked(query, '(?s)Partial.*(_facts|judge)\(', leader), 'the same', query || CASE WHEN leader
	THEN ', with the leader' ELSE '' END) FROM (VALUES
($$SELECT sum(e |# 'yubei-2024-34') FROM enterprise e$$),
	($$SELECT tally(judge(e, 'yubei-2024-34')) FROM enterprise e$$),
	($$SELECT region, tally(judge(e, 'miit-2022-63')) FROM enterprise e GROUP BY region$$),
	($$SELECT budget(judge(e, 'yubei-2024-34')) FROM enterprise e$$),
	($$SELECT region, max(e |^ 'miit-2022-63'), min(e |^ 'miit-2022-63') FROM enterprise e GROUP BY region$$),
($$SELECT tally(judge(facts, 'yubei-2024-34')) FROM enterprise$$),
	($$SELECT e |= 'yubei-2024-34/3', max(e |# 'yubei-2024-34/3') FROM enterprise e GROUP BY 1$$),
($$SELECT count(*) FILTER (WHERE e |= 'yubei-2024-34/3') FROM enterprise e$$)) q (query),
	(VALUES (false), (true)) l (leader);
SELECT is(pg_temp.asked($$SELECT e |^ 'miit-2022-63', count(*) FROM enterprise e GROUP BY 1$$, 'placement_facts'),
	'the same', 'groups by rung');
SELECT pg_temp.use_workers(true) \g /dev/null
SELECT is(pg_temp.nodes_of(pg_temp.plan_of(query)), nodes, query) FROM (VALUES
($$SELECT tally(judge(e, 'yubei-2024-34')) FROM enterprise e$$,
	'Finalize Aggregate > Gather > Partial Aggregate > Parallel Seq Scan'),
($$SELECT sum(e |# 'yubei-2024-34') FROM enterprise e$$,
	'Finalize Aggregate > Gather > Partial Aggregate > Parallel Seq Scan')) q (query, nodes);

-- The cost of an aggregated row is known, so the planner uses workers without special settings.
CREATE TABLE many AS SELECT v FROM verdict_of, generate_series(1, 16);
ANALYZE many;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET seq_page_cost;
SELECT is(pg_temp.nodes_of(pg_temp.plan_of('SELECT tally(v) FROM many')),
	'Finalize Aggregate > Gather > Partial Aggregate > Parallel Seq Scan', 'verdicts of some thousands');

-- States of workers are added and freed: groups take no more memory than without workers.
CREATE TABLE grouped AS SELECT id, id % 10 AS g, v FROM verdict_of;
ANALYZE grouped;
SET LOCAL enable_sort = off;
CREATE FUNCTION pg_temp.memory_of(workers boolean) RETURNS int LANGUAGE sql AS $$
	SELECT pg_temp.use_workers(workers);
	SELECT (p ->> 'Peak Memory Usage')::int
	FROM pg_temp.plan_of('SELECT g, tally(v) FROM grouped GROUP BY 1', ', ANALYZE') p
	WHERE p ->> 'Strategy' = 'Hashed' AND p ->> 'Partial Mode' = CASE WHEN workers THEN 'Finalize' ELSE 'Simple' END
$$;
SELECT cmp_ok(pg_temp.memory_of(true), '<=', (1.5 * pg_temp.memory_of(false))::int, 'memory of a parallel aggregate');
RESET enable_sort;

-- Workers use the session's day.
SET LOCAL zjtx.as_of = '2021-01-01';
SELECT is(pg_temp.asked($$SELECT id, e |# 'yubei-2024-34' FROM enterprise e$$, 'amount_facts'), 'the same',
	'on another day');
SELECT pg_temp.use_workers(true) \g /dev/null
CREATE TEMP TABLE early AS SELECT sum(e |# 'yubei-2024-34') FROM enterprise e;
SET LOCAL zjtx.as_of = '2025-06-30';
CREATE TEMP TABLE late AS SELECT sum(e |# 'yubei-2024-34') FROM enterprise e;
SELECT cmp_ok((SELECT sum FROM early), '<', (SELECT sum FROM late), 'it is not the same as on this one');

-- Documents that the current transaction stored and did not commit.
SELECT store($$policy own 'Own' in force from 2025-01-01 fact employees number 人
	clause 1 reward when employees >= 0人 pay 1元 example 'e' given employees = 1 expect clause 1 true$$) \g /dev/null
SELECT is(pg_temp.asked(query, '(_facts|own)'), 'the same', query)
	FROM (VALUES ($$SELECT id, e |# 'own' FROM enterprise e$$), ($$SELECT id, facts |# 'own' FROM enterprise$$),
	($$SELECT id, stored('own') FROM enterprise$$),
	($$SELECT id, a.* FROM enterprise, assess(facts) a WHERE id < 20 AND policy = 'own'$$)) q (query);
SELECT pg_temp.use_workers(true) \g /dev/null
CREATE TEMP TABLE paid AS SELECT 1 AS n, sum(e |# 'own') FROM enterprise e;
SAVEPOINT before;
SELECT store($$policy own 'Own' in force from 2025-01-01 fact employees number 人
	clause 1 reward when employees >= 0人 pay 3元 example 'e' given employees = 1 expect clause 1 true$$) \g /dev/null
INSERT INTO paid SELECT 3, s FROM (SELECT sum(e |# 'own') AS s FROM enterprise e) q;
SELECT is((SELECT array_agg(sum / n ORDER BY n) FROM paid), (SELECT array_fill(count(*)::numeric, '{2}') FROM enterprise
	WHERE employees >= 0), 'a document of this transaction, and changed in it');
ROLLBACK TO before;
CREATE TEMP TABLE again AS SELECT sum(e |# 'own') FROM enterprise e;
SELECT is((SELECT sum FROM again), (SELECT sum FROM paid), 'and back');

-- Workers cannot read temporary tables.
CREATE TEMP TABLE mine AS SELECT * FROM enterprise;
ANALYZE mine;
SELECT is(pg_temp.asked($$SELECT id, e |# 'yubei-2024-34' FROM mine e$$, 'amount_facts'),
	'not asked in a worker: Seq Scan', 'a temporary table');
CREATE TEMP TABLE sums AS SELECT sum(e |# 'yubei-2024-34') FROM mine e;
SELECT is((SELECT sum FROM sums), (SELECT sum FROM late), 'gives the same');

-- Index conditions derived from the rule.
CREATE INDEX enterprise_revenue ON enterprise (main_revenue);
CREATE INDEX enterprise_region ON enterprise (region);
ANALYZE enterprise;
SET LOCAL enable_seqscan = off;
SET LOCAL enable_bitmapscan = off;
SELECT is(pg_temp.asked(query, 'Parallel Aware": true.*Index Scan|Index Scan.*Parallel Aware": true'), 'the same',
	'a parallel index scan: ' || query) FROM (VALUES
($$SELECT id FROM enterprise e WHERE e |= 'main_revenue >= 1元 and rd_expense < 5000元'::policy$$)) q (query);
SET LOCAL enable_indexscan = off;
SET LOCAL enable_bitmapscan = on;
SELECT is(pg_temp.asked(query, 'Bitmap Index Scan'), 'the same', 'a parallel bitmap scan: ' || query) FROM (VALUES
($$SELECT id, e |# 'yubei-2024-34' FROM enterprise e WHERE e |= 'region = ''渝北区'' and main_revenue < 500万元'::policy$$),
	($$SELECT count(*), sum(e |# 'yubei-2024-34') FROM enterprise e WHERE e |= 'region = ''大足区'''::policy$$)) q (query);
RESET enable_seqscan;
RESET enable_indexscan;
RESET enable_bitmapscan;

-- Partitions.
CREATE TABLE parted (LIKE enterprise) PARTITION BY LIST (region);
CREATE TABLE parted_yubei PARTITION OF parted FOR VALUES IN ('渝北区');
CREATE TABLE parted_dazu PARTITION OF parted FOR VALUES IN ('大足区');
CREATE TABLE parted_others PARTITION OF parted DEFAULT;
INSERT INTO parted SELECT * FROM enterprise;
CREATE TABLE other (LIKE parted_yubei) PARTITION BY LIST (region);
CREATE TABLE other_yubei PARTITION OF other FOR VALUES IN ('渝北区');
CREATE TABLE other_dazu PARTITION OF other FOR VALUES IN ('大足区');
CREATE TABLE other_others PARTITION OF other DEFAULT;
INSERT INTO other SELECT * FROM enterprise WHERE id % 7 = 0;
ANALYZE parted, other;
SELECT is(pg_temp.asked($$SELECT id, e |# 'yubei-2024-34' AS yuan, e |^ 'miit-2022-63' AS rung FROM parted e$$,
	'amount_facts'), 'the same', 'partitions side by side');
SET LOCAL enable_partitionwise_aggregate = on;
SET LOCAL enable_partitionwise_join = on;
SELECT is(pg_temp.asked(query, '_facts\('), 'the same', query)
	FROM (VALUES ($$SELECT region, e |^ 'miit-2022-63', count(*), sum(e |# 'yubei-2024-34') FROM parted e GROUP BY 1, 2$$),
	($$SELECT e |^ 'miit-2022-63', count(*) FROM parted e GROUP BY 1$$),
	($$SELECT region, tally(judge(e, 'yubei-2024-34')) FROM parted e GROUP BY 1$$),
	($$SELECT tally(judge(e, 'yubei-2024-34')) FROM parted e$$),
	($$SELECT a.id, a |# 'yubei-2024-34' AS yuan, b |^ 'miit-2022-63' AS rung FROM parted a JOIN other b USING (region, id)
		WHERE a |= 'main_revenue > 1元'::policy$$)) q (query);
SELECT pg_temp.use_workers(true) \g /dev/null
SELECT is(pg_temp.nodes_of(pg_temp.plan_of(query)), nodes, query) FROM (VALUES
($$SELECT region, e |^ 'miit-2022-63', count(*) FROM parted e GROUP BY 1, 2$$,
	'Gather > Parallel Append > Aggregate > Seq Scan'),
($$SELECT tally(judge(e, 'yubei-2024-34')) FROM parted e$$,
	'Finalize Aggregate > Gather > Parallel Append > Partial Aggregate > Parallel Seq Scan'),
($$SELECT a.id, a |# 'yubei-2024-34', b |^ 'miit-2022-63' FROM parted a JOIN other b USING (region, id)$$,
	'Gather > Parallel Append > Parallel Hash Join > Parallel Hash > Parallel Seq Scan, Parallel Seq Scan')) q (query,
	nodes);
-- Partition pruning: by the rule at plan time, and by other conditions at execution.
CREATE FUNCTION pg_temp.scanned(plan jsonb) RETURNS text LANGUAGE sql
	AS $$SELECT string_agg(DISTINCT r #>> '{}', ' ') FROM jsonb_path_query(plan, 'strict $.**."Relation Name"') r$$;
SELECT is(pg_temp.scanned(pg_temp.plan_of($$SELECT sum(e |# 'yubei-2024-34') FROM parted e
	WHERE e |= 'region = ''渝北区'' and main_revenue > 1元'::policy$$)), 'parted_yubei', 'a rule leaves one partition');
SELECT is(pg_temp.scanned(pg_temp.plan_of($$SELECT sum(e |# 'yubei-2024-34') FROM parted e
	WHERE e |= 'yubei-2024-34/3'$$)), 'parted_others parted_yubei', 'a stored one too');
SELECT is(pg_temp.asked($$SELECT id, e |# 'yubei-2024-34' FROM parted e WHERE e |= 'yubei-2024-34/3'$$, 'parted_yubei'),
	'the same', 'and workers answer as without it');
SELECT pg_temp.use_workers(true) \g /dev/null
-- PostgreSQL prunes nothing for partitionwise aggregates
SET LOCAL enable_partitionwise_aggregate = off;
PREPARE in_region AS SELECT count(*) FROM parted e WHERE region = $1 AND e |= 'main_revenue > 1元'::policy;
SET LOCAL plan_cache_mode = force_generic_plan;
SELECT is(concat(removed ->> 0, ' ', pg_temp.launched(plan) > 0), '2 t',
	'two of three partitions are left out when the plan is run')
	FROM (SELECT jsonb_path_query_array(p, 'strict $.**."Subplans Removed" ? (@ > 0)') AS removed, p AS plan
	FROM pg_temp.plan_of('EXECUTE in_region (''大足区'')', ', ANALYZE') p) q;
RESET plan_cache_mode;

-- Workers fill and refresh a materialized view; the context of an error shows where it was raised.
CREATE FUNCTION pg_temp.context_of(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	context text;
BEGIN
	EXECUTE statement;
	RETURN 'no error';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS context = PG_EXCEPTION_CONTEXT;
	RETURN concat_ws(E'\n', sqlstate || ': ' || sqlerrm, (regexp_match(context, 'parallel worker'))[1]);
END $$;
CREATE MATERIALIZED VIEW owed_now AS SELECT id, facts |# 'yubei-2024-34' AS yuan FROM enterprise;
SELECT results_eq('SELECT id, yuan FROM owed_now ORDER BY id',
	$$SELECT id, facts |# 'yubei-2024-34' FROM enterprise ORDER BY id$$, 'a materialized view');
UPDATE enterprise SET facts = facts || '{"region": 5}' WHERE id = 77;
SELECT is(pg_temp.context_of(statement),
	E'42804: key "region" of the jsonb value cannot give the fact "region" of policy "yubei-2024-34"\nparallel worker',
	statement) FROM (VALUES
('SELECT sum(facts |# ''yubei-2024-34'') FROM enterprise'), ('REFRESH MATERIALIZED VIEW owed_now'),
	('CREATE TABLE never AS SELECT judge(facts, ''yubei-2024-34'') FROM enterprise')) s (statement);
SELECT is(pg_temp.context_of($$SELECT id, facts |# lower('NOT-STORED') FROM enterprise$$),
	E'42704: there is no stored policy "not-stored"\nparallel worker', 'a name that stands for nothing');
UPDATE enterprise SET facts = facts - 'region' WHERE id = 77;
REFRESH MATERIALIZED VIEW owed_now;
SELECT results_eq('SELECT id, yuan FROM owed_now ORDER BY id',
	$$SELECT id, facts |# 'yubei-2024-34' FROM enterprise ORDER BY id$$, 'and refreshed');

-- A long call is cancelled in a worker, too, and no worker is left.
CREATE FUNCTION pg_temp.cancelled(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	began timestamptz := clock_timestamp();
BEGIN
	EXECUTE query;
	RETURN 'it was not';
EXCEPTION WHEN query_canceled THEN
	RETURN CASE WHEN clock_timestamp() - began < interval '5 s' THEN 'in time' ELSE 'late' END;
END $$;
SELECT format('policy p ''p'' %s clause 1 when %s', string_agg('fact a' || i || ' boolean', ' '),
	string_agg('a' || i, ' and ')) AS heavy FROM generate_series(1, 5000) i \gset
SELECT pg_temp.use_workers(true) \g /dev/null
SET LOCAL statement_timeout = '2s';
SELECT is(pg_temp.cancelled(format('SELECT count(missing(jsonb_build_object(''a1'', true), %L::policy)) '
	'FROM enterprise, generate_series(1, 100000)', :'heavy')), 'in time', 'cancelled in a worker');
SET LOCAL statement_timeout = 0;
SELECT is((SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
	AND backend_type = 'parallel worker'), 0::bigint, 'no worker is left');

SELECT * FROM finish();
ROLLBACK;
