\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(29);

-- budget(judge(e, p)): sums of what adds up, and how certain they are.

CREATE TEMP TABLE docs (code text, doc policy);
INSERT INTO docs VALUES ('groups', $$
policy b-groups '组' fact a number 元 at least 0 fact b number 元 at most 100元 fact c boolean fact d date null means none
clause 1 reward when a > 0元 pay a
clause 2 subsidy when b > 0元 pay b
clause 3 reward cap 8元 stage first on d pay 5元 stage second on d + 1年 pay 5元
clause 4 tax pay 1000元
clause 5 points pay 7分
clause 6 reward pay undetermined when c
group g best of 1, 2 cap 50元$$), ('open', $$policy b-open 't' fact a number 元 at least 0 clause 1 reward pay a$$),
	('points', $$policy b-points 't' clause 1 points pay 7分$$),
	('tax', $$policy b-tax 't' fact a number 元 clause 1 tax pay a$$),
	('rule', 'a > 1'), ('none', $$policy b-none 't' fact c boolean clause 1 when c$$);
CREATE TEMP TABLE rows (id serial, e jsonb);
INSERT INTO rows (e) SELECT jsonb_build_object('as_of', '2025-01-01', 'a', a, 'b', b, 'c', c, 'd', d)
FROM unnest('{0,20,50.01,null}'::numeric[]) a, unnest('{0,20,60,null}'::numeric[]) b, unnest('{t,f,null}'::bool[]) c,
	unnest('{2024-01-01,2025-06-01,null}'::date[]) d;
CREATE TEMP VIEW budgets AS SELECT code, (budget(judge(e, doc))).* FROM docs, rows GROUP BY code;

SELECT is((SELECT b::text FROM budgets b WHERE code = 'groups'), '(groups,4074.00,4434.00,6324.00,78,48,0,144)',
	'the sums');
SELECT is_empty($$SELECT b.code FROM budgets b,
	LATERAL (SELECT sum((amount_range(e, doc)).low) AS low, sum((amount_range(e, doc)).high) AS high,
	count(*) AS n, count(*) - count((amount_range(e, doc)).high) AS open FROM docs, rows WHERE docs.code = b.code) r
	WHERE b.code <> 'points' AND (b.low, b.high, b.enterprises)
		IS DISTINCT FROM (coalesce(r.low, 0),
			CASE WHEN r.open = 0 OR b.code IN ('rule', 'none') THEN coalesce(r.high, 0) END, r.n)$$,
	'low and high are the sums of amount_range');
SELECT is_empty($$SELECT b.code FROM budgets b,
	LATERAL (SELECT coalesce(sum((t).amount), 0.00) AS amount, coalesce(sum((t).low), 0.00) AS low,
		CASE WHEN bool_and((t).high IS NOT NULL OR (t).stage IS NOT NULL OR (t).low IS NULL) THEN sum((t).high) END AS high
	FROM (SELECT unnest(tally(judge(e, doc))) AS t FROM docs, rows WHERE docs.code = b.code) s
	WHERE (t).in_total AND (t).unit = '元') r
	WHERE b.code <> 'rule' AND (b.decided, b.low, coalesce(b.high, -1))
		IS DISTINCT FROM (r.amount, r.low, coalesce(r.high, CASE WHEN r.low = 0 AND b.high = 0 THEN 0 ELSE -1 END))$$,
	'the rows of tally that are in_total add up to it');
SELECT is((SELECT string_agg(code || ' '
	|| concat_ws(' ', decided, low, coalesce(high::text, '?'), undecided, undetermined, no_day), ', ' ORDER BY code)
	FROM budgets WHERE code <> 'groups'),
	'none 0.00 0.00 0.00 0 0 0, open 2520.36 2520.36 ? 36 0 0, points 0.00 0.00 0.00 0 0 0, rule 0.00 0.00 0.00 0 0 0, '
	'tax 2520.36 2520.36 ? 36 0 0',
	'unbounded is NULL; points are no money; the only clause counts, whatever its kind');
SELECT is((SELECT budget(judge(e, doc))::text FROM docs, rows WHERE code = 'groups' AND id = 1),
	'(8.00,8.00,8.00,0,1,0,1)', 'one enterprise');
SELECT is((SELECT budget(judge(e, doc))::text FROM docs, rows WHERE false), '(0.00,0.00,0.00,0,0,0,0)', 'nobody');
SELECT is((SELECT budget(NULL::verdict)::text FROM rows), '(0.00,0.00,0.00,0,0,0,0)', 'NULL is nobody');
SELECT is((SELECT budget(judge(e, NULL::policy))::text FROM rows), '(0.00,0.00,0.00,0,0,0,0)', 'nor is a NULL policy');
SELECT is((SELECT string_agg(code || ' ' || (b).enterprises || ' ' || (b).low, ', ' ORDER BY code)
	FROM (SELECT code, budget(judge(e, doc)) AS b FROM docs, rows GROUP BY ROLLUP (code)) s
	WHERE code IS NULL OR code IN ('open', 'tax')), 'open 144 2520.36, tax 144 2520.36', 'by group');
SELECT is((SELECT (budget(v)).low FROM (SELECT judge(e, doc) AS v FROM docs, rows) s), (SELECT sum(low) FROM budgets),
	'several policies in one budget');
SELECT is((SELECT budget(v::text::verdict) FROM (SELECT judge(e, doc) AS v FROM docs, rows) s),
	(SELECT budget(v) FROM (SELECT judge(e, doc) AS v FROM docs, rows) s),
	'verdicts that were read from their text');
SELECT is((SELECT budget(judge('{"a": 9e30}'::jsonb, doc))::text FROM docs, generate_series(1, 3) WHERE code = 'tax'),
	'(27000000000000000000000000000000.00,27000000000000000000000000000000.00,'
	'27000000000000000000000000000000.00,0,0,0,3)', 'amounts beyond 64 bits');

-- Without a day.

CREATE TEMP TABLE years AS SELECT $$series b-year policy b-year-1 't' series b-year
	in force from 2024-01-01 until 2025-01-01 fact a number 元 clause 1 reward pay a clause 2 reward pay 3元
	policy b-year-2 't' series b-year in force from 2025-01-01 fact a number 元 clause 1 reward pay a * 2$$::policy AS doc;
CREATE TEMP TABLE firm (id int, a numeric);
INSERT INTO firm VALUES (1, 10), (2, 2), (3, NULL);
CREATE TEMP TABLE dated AS SELECT id, a,
	CASE WHEN id < 3 THEN date '2024-06-30' + (id - 1) * 365 END AS as_of FROM firm;
SELECT is((SELECT budget(judge(f, doc))::text FROM firm f, years WHERE id < 3), '(0.00,0.00,25.00,2,0,2,2)',
	'of a series one version pays, at most the greater amount');
SELECT is((SELECT budget(judge(f, doc))::text FROM dated f, years WHERE id < 3), '(17.00,17.00,17.00,0,0,0,2)',
	'with the day of the row');
SELECT is((SELECT budget(judge(f, as_of(doc, '2026-01-01')))::text FROM firm f, years), '(24.00,24.00,,1,0,0,3)',
	'with a day of its own');
SELECT is((SELECT budget(judge(f, doc))::text FROM dated f, years), '(17.00,17.00,,1,0,1,3)',
	'a row whose day is unknown');
CREATE TEMP TABLE staged AS SELECT $$policy b-staged 't' fact a number 元
	clause 1 reward stage s on 2024-06-30 pay a clause 2 reward pay 1元
	clause 3 reward per year pay 2元$$::policy AS doc;
SELECT is((SELECT budget(judge(f, doc))::text FROM firm f, staged WHERE id < 3), '(6.00,6.00,18.00,2,0,2,2)',
	'a stage');
SELECT is((SELECT sum(f |# doc) FROM firm f, staged WHERE id < 3), NULL, 'a plain sum says nothing');
SELECT is(judge(f, doc)::text::verdict::text, judge(f, doc)::text,
	'verdicts without a day are read as they are written') FROM firm f, staged;
SELECT is(pg_temp.error_of($$SELECT '[{"kind": "reward", "status": "undecided", "no_day": 1}]'::zjtx.verdict$$),
	E'22P02: invalid zjtx.verdict: "no_day" must be true or false\nHINT: Verdicts are created by zjtx.judge().',
	'what is no truth');
SELECT is('[{"kind": "reward", "status": "undecided", "no_day": true, "low": 0.00}, '
	'{"kind": "reward", "status": "undecided", "no_day": false}]'::verdict::text,
	'[{"kind": "reward", "status": "undecided", "no_day": true, "low": 0.00}, {"kind": "reward", "status": "undecided"}]',
	'what is');

-- The warning: once in each statement, and only where no day is given at all.

\echo # one for many rows and questions
SELECT sum(f |# doc), count(f |= doc), count(f |^ (doc -> '1')) IS NULL FROM firm f, staged,
	generate_series(1, 3) WHERE false;
SELECT count(f |# doc), count(g |# doc), count(judge(f, doc)) FROM firm f CROSS JOIN firm g, staged;
\echo # one for jsonb
SELECT count('{"a": 3}'::jsonb |# doc), count('{"a": 3}'::jsonb |# doc) FROM staged;
\echo # none where the row says that it has no day, the policy has one, it is asked by name, does not depend on the day,
\echo # is decided, or there is no row
SELECT count(f |# doc) FROM dated f, staged;
SELECT count(NULL::jsonb |# doc), count(f |# doc) FROM staged LEFT JOIN firm f ON false;
SELECT count('{"a": 3, "as_of": null}'::jsonb |# doc) FROM staged;
SELECT count(f |# as_of(doc, '2025-01-01')) FROM firm f, staged;
SELECT count(f |# 'a > 3'::policy) FROM (SELECT 1) f;
SELECT count(f |= 'a > 3'::policy) FROM firm f;
SELECT store(doc::text) FROM staged;
SELECT count(f |# 'b-staged') FROM firm f;
SELECT count(f |# (doc -> '2')) FROM firm f, staged;
\echo # in a function, one for the statement of the client
CREATE FUNCTION pg_temp.asks() RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN
	PERFORM f |# doc FROM firm f, staged; RETURN (SELECT count(f |# doc) FROM firm f, staged); END $$;
SELECT pg_temp.asks();
\echo # and with a constant, which the planner takes apart
SELECT count(f |# $$policy b-day 't' fact a number 元 clause 1 reward when as_of > 2024-01-01 pay a$$::policy)
	FROM firm f;
\echo # done

-- The highest and the lowest placement.

CREATE TEMP TABLE places AS SELECT *
	FROM (VALUES (1, ROW(2, 'specialized', '专精特新')::placement), (2, ROW(10, 'champion', '冠军')::placement),
	(3, ROW(0, 'none', '未入梯度')::placement), (4, NULL)) v (id, p);
SELECT is((SELECT max(p)::text || min(p)::text FROM places), '(10,champion,冠军)(0,none,未入梯度)', 'by level, not by text');
SELECT is((SELECT max(p)::text || min(p)::text FROM places WHERE id IN (1, 4)),
	'(2,specialized,专精特新)(2,specialized,专精特新)', 'undecided ones are left out');
SELECT is((SELECT max(p) FROM places WHERE id = 4), NULL, 'nobody is placed');
SELECT is((SELECT max(p)::text || min(p)::text
	FROM (VALUES (ROW(1, 'b', 'x')::placement), (ROW(1, 'a', 'x')::placement), (ROW(NULL, 'c', 'x')::placement),
	(ROW(1, 'b', NULL)::placement)) v (p)), '(1,b,x)(1,a,x)',
	'equal levels by code and label; without a level it is no placement');
SELECT is((SELECT max('{"as_of": "2025-06-30"}'::jsonb |^ 'miit-2022-63')::text), NULL, 'of answers');
SELECT is((SELECT string_agg(format('%s %s %s', proname, replace(aggcombinefn::text, 'zjtx_internal.', ''),
	proparallel), ', ' ORDER BY proname) FROM pg_aggregate JOIN pg_proc ON oid = aggfnoid
	WHERE pronamespace = 'zjtx'::regnamespace),
	'budget budget_combine s, budget budget_combine s, max placement_larger s, min placement_smaller s, '
	'partial_budget budget_combine s, partial_tally tally_combine s, tally tally_combine s, tally tally_combine s',
	'in parallel');

SELECT * FROM finish();
ROLLBACK;
