\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL zjtx.as_of = '2025-06-30';
SELECT plan(28);

SELECT store($$
policy town 'Town'
fact region text in ('east', 'west')
fact staff number 人 at least 0
fact won_on date null means none
fact revenue number 元 at least 0
clause 1 'figure' reward office 'A', 'B' when staff >= 10人 pay 1.1元 * staff cap 100元
clause 2 'stages' reward cap 15元 when region = 'east' stage a on won_on pay 10元 stage b on won_on when staff >= 10人
	pay 10元 office 'C' office 'D'
clause 3 'no figure' subsidy when region = 'east' pay undetermined
clause 4 'tax' tax when region = 'east' pay revenue
ladder rung low 'low' when staff >= 10人
$$);
CREATE TEMP TABLE firm (name text, region text, staff int, won_on date, revenue numeric);
INSERT INTO firm VALUES ('A', 'east', 10, '2025-01-01', 1.005), ('B', 'east', 9, '2025-06-30', 0),
	('C', 'west', 1000, NULL, 5), ('D', NULL, NULL, NULL, NULL), ('E', NULL, 20, '2025-01-01', 70);
SELECT is((SELECT string_agg(replace(t::text, 'town,', ''), E'\n')
	FROM unnest((SELECT tally(judge(f, 'town')) FROM firm f)) t),
$$(1,,figure,reward,元,3,1,1,0,133.00,133.00,233.00,"{A,B}",1,t)
(2,,stages,reward,元,2,2,1,0,,25.00,40.00,,2,t)
(2,a,,reward,元,2,2,1,0,20.00,,,,2/a,t)
(2,b,,reward,元,1,3,1,0,5.00,,,"{C,D}",2/b,t)
(3,,"no figure",subsidy,元,2,1,2,2,0.00,0.00,0.00,,3,t)
(4,,tax,tax,元,2,1,2,0,1.01,1.01,,,4,f)
(low,,low,rung,,3,1,1,0,,,,,low,f)$$, 'lines of one policy');
-- Who pays: a budget by offices.
SELECT results_eq($$SELECT array_to_string(offices, '、'), sum(amount)
	FROM unnest((SELECT tally(judge(f, 'town')) FROM firm f)) WHERE kind = 'reward' GROUP BY offices ORDER BY 1$$,
	$$VALUES ('A、B', 133.00), ('C、D', 5.00), (NULL, 20.00)$$, 'grouped by the offices of a line, which adds up');
SELECT results_eq($$SELECT clause, stage, offices FROM assess('{}'::jsonb, 'town') WHERE offices IS NOT NULL$$,
	$$VALUES ('1', NULL, '{A,B}'::text[]), ('2', 'b', '{C,D}')$$, 'assess');
SELECT results_eq($$SELECT clause, stage, offices FROM lines(judge('{}'::jsonb, 'town')) WHERE offices IS NOT NULL$$,
	$$VALUES ('1', NULL, '{A,B}'::text[]), ('2', 'b', '{C,D}')$$, 'lines');
SELECT is(judge('{}'::jsonb, 'town')::text::verdict::text, judge('{}'::jsonb, 'town')::text, 'a verdict of its text');
SELECT is(judge('{}'::jsonb, 'town')::jsonb -> 0 -> 'offices', '["A", "B"]', 'a verdict as jsonb');
SELECT is((SELECT string_agg(offices::text || amount, ' ' ORDER BY offices)
	FROM unnest((SELECT tally(format('[{"kind": "x", "offices": ["%s"], "status": "owed", "eligible": true, '
	'"amount": 1}]', chr(97 + i % 2))::verdict) FROM generate_series(1, 5) i)) t),
	'{a}2.00 {b}3.00', 'what others pay is another line');
SELECT is(array(SELECT split_part(pg_temp.error_of(format('SELECT %L::verdict',
	format('[{"kind": "x", "status": "satisfied", "eligible": true, "offices": %s}]', offices))), E'\n', 1)
	FROM unnest(ARRAY['[]', '1', '[1]', '["a\nb"]']) offices),
	ARRAY['22P02: invalid zjtx.verdict: "offices" must be a nonempty array of texts',
	'22P02: invalid zjtx.verdict: "offices" must be a nonempty array of texts',
	'22P02: invalid zjtx.verdict: a code, title, kind, unit, group or office must be text',
	'22P02: invalid zjtx.verdict: an office must not contain a line end'], 'what are no offices');
SELECT is((SELECT tally(judge(f, 'town')) FROM firm f WHERE false), NULL, 'no rows');
SELECT is((SELECT tally(NULL::verdict) FROM firm f), '{}', 'NULLs add nothing');
SELECT is((SELECT cardinality(tally(CASE WHEN name <> 'B' THEN judge(f, 'town') END)) FROM firm f), 7,
	'nor beside others');
SELECT is((SELECT string_agg(concat_ws(' ', region, (SELECT eligible || ' ' || refused FROM unnest(t)
	WHERE clause = '1')), ', ' ORDER BY region) FROM (SELECT region, tally(judge(f, 'town')) FROM firm f
	GROUP BY region) q (region, t)),
	'east 1 1, west 1 0, 1 0', 'by groups');
SELECT is((SELECT string_agg(concat_ws(' ', policy, clause, eligible), ', ')
	FROM unnest((SELECT tally(judge(f, p)) FROM firm f, unnest('{town/1,cq-2022-23/5e,town/low}'::text[]) p)) t),
	'cq-2022-23 5e 0, town 1 3, town low 3', 'several policies in one aggregate');
SELECT is((SELECT string_agg(concat_ws(' ', name, (SELECT sum(eligible) FROM unnest(t))), ', ' ORDER BY name)
	FROM (SELECT name, tally(judge(f, 'town/1')) OVER (ORDER BY name) FROM firm f) q (name, t)),
	'A 1, B 1, C 2, D 2, E 3', 'over a window');
SELECT is((SELECT string_agg(kind || unit || amount, ' ')
	FROM unnest((SELECT tally(v::verdict)
	FROM unnest(ARRAY['[{"kind": "tax", "unit": "元", "status": "owed", "eligible": true, "amount": 1}]',
	'[{"kind": "points", "unit": "分", "status": "owed", "eligible": true, "amount": 2}]',
	'[{"kind": "tax", "unit": "元", "status": "owed", "eligible": true, "amount": 4}]']) v)) t), 'tax元5.00 points分2.00',
	'what has another kind or unit is not added');
SELECT is((SELECT string_agg(title || amount, ' ')
	FROM unnest((SELECT tally(format('[{"kind": "x", "title": "%s", "status": "owed", "eligible": true, "amount": 1}]',
	chr(97 + i % 3))::verdict) FROM generate_series(1, 9) i)) t),
	'a9.00', 'one line under one of its titles, whichever comes first');

-- Exact sums of any size.

SELECT is((SELECT amount FROM unnest((SELECT
	tally(format('[{"kind": "x", "status": "owed", "eligible": true, "amount": %s}]', x)::verdict)
	FROM unnest('{92233720368547758.07,92233720368547758.08,0.01,1e40,1e-2,92233720368547758.07}'::numeric[]) x))),
	10000000000000000000000276701161105643274.24, 'hundredths beyond 64 bits');
SELECT is((SELECT amount FROM unnest((SELECT
	tally('[{"kind": "x", "status": "owed", "eligible": true, "amount": 92233720368547758.07}]'::verdict)
	FROM generate_series(1, 1000)))), 92233720368547758070.00, 'and their sums');
SELECT is((SELECT amount FROM unnest((SELECT
	tally('[{"kind": "x", "status": "owed", "eligible": true, "amount": 0.1}]'::verdict)
	FROM generate_series(1, 30000)))), 3000.00, 'ten times 0.1 is 1');

-- Compared with assess, for random enterprises and all shipped documents.

DROP TABLE firm;
\i sql/random.psql
CREATE TEMP VIEW by_assess AS SELECT policy, clause, stage, min(a.title) AS title, kind, unit,
	count(*) FILTER (WHERE eligible) AS eligible, count(*) FILTER (WHERE NOT eligible) AS refused,
	count(*) FILTER (WHERE eligible IS NULL) AS undecided, count(*) FILTER (WHERE status = 'undetermined')
	AS undetermined, sum(amount) AS amount, sum(low) AS low,
	CASE WHEN count(*) FILTER (WHERE low IS NOT NULL AND high IS NULL) = 0 THEN sum(high) END AS high, offices, line,
	in_total
	FROM firm f, (VALUES ('yubei-2024-34'), ('miit-2022-63'), ('miit-2026-2'), ('dazu-2022-92'), ('banan-2024'),
	('cq-2022-23'), ('cq-hardtech-2023-21')) p (p), assess(f.e, p) a GROUP BY policy, clause, stage, kind, unit,
	offices, line, in_total;
CREATE TEMP TABLE by_tally AS SELECT t.* FROM unnest((SELECT tally(judge(e, code)) FROM firm, policies WHERE shipped))
	t;
SELECT bag_eq('SELECT * FROM by_tally', 'SELECT * FROM by_assess', 'tally adds up what assess shows');
SELECT is((SELECT count(DISTINCT policy) FROM by_tally), 7::bigint, 'of all seven documents');
SELECT is((SELECT sum(amount) > 0 AND sum(eligible) > 0 AND sum(refused) > 0 AND sum(undecided) > 0
	AND sum(undetermined) > 0 AND sum(high) > sum(low) FROM by_tally), true, 'nothing of it is empty');
SELECT is((SELECT array_agg(ROW(policy, clause, stage)::text) FROM by_tally),
	(SELECT array_agg(ROW(policy, clause, stage)::text) FROM policies p, assess('{}'::jsonb, p.code) WHERE p.shipped),
	'in the order of the documents');

-- Parallel plans.

CREATE TABLE public.parallel_firm AS SELECT id, e FROM firm, generate_series(1, 5);
ANALYZE public.parallel_firm;
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	plan text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
		plan := plan || line || E'\n';
	END LOOP;
	RETURN plan;
END $$;
SET LOCAL max_parallel_workers_per_gather = 0;
CREATE TEMP TABLE serial AS SELECT p, tally(judge(e, p)) FROM public.parallel_firm, (VALUES ('yubei-2024-34'),
	('miit-2022-63')) p (p) GROUP BY p;
SELECT is(pg_temp.plan_of('SELECT zjtx.tally(zjtx.judge(e, ''yubei-2024-34'')) FROM public.parallel_firm') ~
	'Partial Aggregate', false, 'a serial plan');
SET LOCAL max_parallel_workers_per_gather = 4;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL parallel_leader_participation = off;
SELECT is(pg_temp.plan_of('SELECT zjtx.tally(zjtx.judge(e, ''yubei-2024-34'')) FROM public.parallel_firm') ~
	'Gather.*Partial Aggregate', true, 'a parallel plan');
-- separate statements, because pgTAP's functions are not parallel safe
CREATE TEMP TABLE rewards AS SELECT tally(judge(e, 'yubei-2024-34')) FROM public.parallel_firm;
CREATE TEMP TABLE ladder AS SELECT tally(judge(e, 'miit-2022-63')) FROM public.parallel_firm;
SELECT is((SELECT tally::text FROM rewards), (SELECT tally::text FROM serial WHERE p = 'yubei-2024-34'),
	'give the same for a document of rewards');
SELECT is((SELECT tally::text FROM ladder), (SELECT tally::text FROM serial WHERE p = 'miit-2022-63'),
	'and for a ladder');

CREATE TABLE public.parallel_verdict AS
	SELECT format('[{"kind": "x", "status": "owed", "eligible": true, "amount": %s}]', CASE i % 3 WHEN 0 THEN '0.07'
	WHEN 1 THEN '92233720368547758.07' ELSE '1e30' END)::verdict AS v
	FROM generate_series(1, 30000) i;
ANALYZE public.parallel_verdict;
CREATE TEMP TABLE large AS SELECT tally(v) FROM public.parallel_verdict;
SELECT is((SELECT amount FROM large, unnest(tally)), 10000 * (0.07 + 92233720368547758.07 + 1e30),
	'and for amounts beyond 64 bits');

SELECT * FROM finish();
ROLLBACK;
