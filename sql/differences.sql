\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(38);

-- The lines that differ between two policies. The figures were computed by hand.

SET zjtx.as_of = '2025-06-30';
CREATE TEMP TABLE pair AS SELECT $$policy a 'Old' fact x number fact b boolean
	clause 1 'First' reward when x > 3 pay 5元
	clause 2 'Second' subsidy when b pay x * 1元 cap 50元
	clause 3 'Third' when x > 1
	clause 5 'Fifth' reward when x > 0 pay undetermined
	clause 6 'Sixth' points when x > 7 pay 3
	ladder rung low when x > 2 rung high when x > 6$$::policy AS a,
	$$policy b 'New' fact x number fact b boolean
	clause 1 'The first' reward when x > 4 pay 5元
	clause 2 'Second' subsidy when b pay x * 1元 cap 60元
	clause 4 'Fourth' when x > 1
	clause 5 'Fifth' reward when x > 0 pay 7元
	clause 6 'Sixth' reward when x > 7 pay 3元
	ladder rung low when x > 2 rung middle when x > 4 rung high when x > 6$$::policy AS b;

-- Which lines, by the value: both sides of every bound.
SELECT results_eq($$SELECT x, v.b, array_agg(d.line ORDER BY d.line COLLATE "C") FROM pair p,
	(VALUES (0, false), (1, false), (2, false), (3, false), (4, false), (5, false), (6, false), (7, false), (8, false),
		(50, true), (51, true)) v (x, b), LATERAL differences(jsonb_build_object('x', x, 'b', v.b), p.a, p.b) d
	GROUP BY 1, 2 ORDER BY 1$$,
	$$VALUES (0, false, '{3,4,6,middle}'::text[]), (1, false, '{3,4,5,6,middle}'), (2, false, '{3,4,5,6,middle}'),
		(3, false, '{3,4,5,6,middle}'), (4, false, '{1,3,4,5,6,middle}'), (5, false, '{3,4,5,6,middle}'),
		(6, false, '{3,4,5,6,middle}'), (7, false, '{3,4,5,6,high,middle}'), (8, false, '{3,4,5,6,high,middle}'),
		(50, true, '{3,4,5,6,high,middle}'), (51, true, '{2,3,4,5,6,high,middle}')$$,
	'a line is there if one of its columns differs');

CREATE FUNCTION pg_temp.of_line(e jsonb, key text) RETURNS text LANGUAGE sql AS $$
	SELECT (d)::text FROM pair p, LATERAL differences(e, p.a, p.b) d WHERE d.line = key $$;
SELECT is(pg_temp.of_line(e::jsonb, key), found, what) FROM (VALUES
	('{"x": 4, "b": false}', '1', '(1,t,f,5.00,0.00,owed,refused,5.00,0.00,5.00,0.00,元,元,,,"The first")',
	'lost; the title is the second one''s'),
	('{"x": 3, "b": false}', '1', NULL, 'refused by both'),
	('{"x": 5, "b": false}', '1', NULL, 'owed by both'),
	('{"b": false}', '1', NULL, 'undecided by both in the same way'),
	('{"x": 55, "b": true}', '2', '(2,t,t,50.00,55.00,capped,owed,50.00,55.00,50.00,55.00,元,元,,,Second)',
	'a cap raised'),
	('{"x": 50, "b": true}', '2', NULL, 'a cap reached by neither'),
	('{"x": 55}', '2', '(2,,,,,undecided,undecided,0.00,0.00,50.00,55.00,元,元,,,Second)',
	'undecided by both, but of other ranges'),
	('{"x": 0, "b": true}', '3', '(3,f,,,,refused,,,,,,,,,,Third)', 'a line that only the first has, refused'),
	('{"b": true}', '3', '(3,,,,,undecided,,,,,,,,,,Third)', 'undecided: its status tells'),
	('{"x": 2, "b": true}', '4', '(4,,t,,,,satisfied,,,,,,,,,Fourth)', 'a line that only the second has'),
	('{"b": true}', '4', '(4,,,,,,undecided,,,,,,,,,Fourth)', 'undecided there'),
	('{"x": 1, "b": true}', '5', '(5,t,t,,7.00,undetermined,owed,,7.00,,7.00,元,元,,,Fifth)',
	'without a figure, and with one'),
	('{"x": 0, "b": true}', '5', NULL, 'refused by both, with or without a figure'),
	('{"x": 8, "b": true}', '6', '(6,t,t,3.00,3.00,owed,owed,3.00,3.00,3.00,3.00,分,元,,,Sixth)', 'another unit'),
	('{"x": 7, "b": true}', 'high', '(high,t,t,,,satisfied,satisfied,,,,,,,2,3,)', 'a rung of another level'),
	('{"x": 6, "b": true}', 'high', NULL, 'which does not matter where both refuse it'),
	('{"b": true}', 'high', '(high,,,,,undecided,undecided,,,,,,,2,3,)', 'but where it is unknown'),
	('{"x": 5, "b": true}', 'middle', '(middle,,t,,,,satisfied,,,,,,,,2,)', 'a new rung')) v (e, key, found, what);

SELECT results_eq($$SELECT line, (d.status_1 IS NULL), (d.status_2 IS NULL) FROM pair p,
	LATERAL differences('{"x": 8}'::jsonb, p.a, p.b) d$$,
	$$VALUES ('3', false, true), ('5', false, false), ('6', false, false), ('high', false, false),
		('4', true, false), ('middle', true, false)$$, 'the order: that of the first, then what only the second has');

-- Days, stages of a list, years.
SELECT store($$policy staged 'Staged' in force from 2024-01-01 fact titles list (won_on date, sum number 元)
	clause 1 'Title' reward stage each each titles on won_on pay sum cap 30元
	clause 2 'Yearly' reward per year when year(as_of) >= 2025 pay 9元$$) AS stored \g /dev/null
SELECT results_eq($$SELECT line, eligible_1, eligible_2, amount_1, amount_2, status_1, status_2 FROM differences(
	'{"titles": [{"won_on": "2024-05-01", "sum": 20}, {"won_on": "2025-03-01", "sum": 20}]}'::jsonb,
	as_of('staged', '2024-12-31'), as_of('staged', '2025-12-31'))$$,
	$$VALUES ('1', true, true, NULL::numeric, NULL::numeric, 'owed', 'capped'), ('1/each', true, true, 20.00, 30.00,
	'owed', 'capped'),
		('2', false, true, 0.00, 9.00, 'refused', 'owed')$$, 'two days');
SELECT is_empty($$SELECT * FROM differences('{"titles": []}'::jsonb, as_of('staged', '2025-01-01'), as_of('staged',
	'2025-12-31'))$$,
	'days on which the answers are the same');

-- lines() of the two verdicts, joined by hand: every shipped document against the next one, and four on two days.
\i sql/random.psql
UPDATE firm SET e = e || '{"as_of": "2025-06-30"}';
CREATE TEMP TABLE pairs AS SELECT code AS p1, lead(code, 1, 'banan-2024') OVER (ORDER BY code) AS p2,
	stored(code) AS v1, stored(lead(code, 1, 'banan-2024') OVER (ORDER BY code)) AS v2
	FROM policies WHERE code <> 'staged'
	UNION ALL SELECT code, code, as_of(code, '2024-06-30'), as_of(code, '2026-06-30') FROM unnest('{yubei-2024-34,
	dazu-2022-92,cq-2022-23,miit-2022-63}'::text[]) code;
CREATE TEMP TABLE levels AS SELECT policy, code, level FROM rungs;
CREATE TEMP TABLE said AS SELECT 'policy' AS form, f.id, p.p1, p.p2, judge(f.e, p.v1) AS one, judge(f.e, p.v2)
	AS other
	FROM firm f, pairs p UNION ALL SELECT 'name', f.id, p.p1, p.p2, judge(f.e, p.p1), judge(f.e, p.p2)
	FROM firm f, pairs p WHERE p1 <> p2;
CREATE TEMP TABLE by_hand AS SELECT s.form, s.id, s.p1, s.p2, d.* FROM said s, LATERAL (SELECT line,
	a.eligible AS eligible_1, b.eligible AS eligible_2, a.amount AS amount_1, b.amount AS amount_2,
	a.status AS status_1, b.status AS status_2, a.low AS low_1, b.low AS low_2, a.high AS high_1, b.high AS high_2,
	a.unit AS unit_1, b.unit AS unit_2,
	(SELECT level FROM levels r WHERE r.policy = p1 AND r.code = a.clause) AS level_1,
	(SELECT level FROM levels r WHERE r.policy = p2 AND r.code = b.clause) AS level_2, coalesce(b.title, a.title) AS title
	FROM lines(s.one) a FULL JOIN lines(s.other) b USING (line)) d;
DELETE FROM by_hand WHERE (eligible_1, amount_1, status_1, low_1, high_1, unit_1,
	CASE WHEN eligible_1 IS NOT false THEN level_1 END)
	IS NOT DISTINCT FROM (eligible_2, amount_2, status_2, low_2, high_2, unit_2,
	CASE WHEN eligible_2 IS NOT false THEN level_2 END);
SELECT cmp_ok((SELECT count(*) FROM by_hand WHERE status_1 IS NOT NULL AND status_2 IS NOT NULL), '>', 1000::bigint,
	'many lines of both differ');
SELECT bag_eq($$SELECT 'policy', f.id, p1, p2, d.* FROM firm f, pairs, differences(f.e, v1, v2) d$$,
	$$SELECT * FROM by_hand WHERE form = 'policy'$$, 'by policy, of jsonb');
SELECT bag_eq($$SELECT 'name', f.id, p1, p2, d.* FROM firm f, pairs, differences(f.e, p1, p2) d WHERE p1 <> p2$$,
	$$SELECT * FROM by_hand WHERE form = 'name'$$, 'by name');
SELECT bag_eq($$SELECT f.id, p1, p2, d.* FROM firm f, pairs, differences(f.e, p1, v2) d
	UNION ALL SELECT f.id, p1, p2, d.* FROM firm f, pairs, differences(f.e, v1, p2) d$$,
	$$SELECT f.id, p1, p2, d.* FROM firm f, pairs, differences(judge(f.e, p1), judge(f.e, v2)) d
	UNION ALL SELECT f.id, p1, p2, d.* FROM firm f, pairs, differences(judge(f.e, v1), judge(f.e, p2)) d$$,
	'one by name and one by policy');
SELECT bag_eq('SELECT form, id, p1, p2, d.* FROM said, differences(one, other) d', 'TABLE by_hand', 'of verdicts');

-- Rows: the planner replaces the row by the columns that either policy reads.
CREATE TABLE public.wide (id int, other text, x numeric, b boolean);
INSERT INTO public.wide VALUES (1, 'q', 4, false), (2, 'q', 55, true), (3, 'q', NULL, NULL);
SELECT format($$SELECT w.id, d.* FROM public.wide w, differences(%s, %L::policy, %L::policy) d$$, '%s', a, b)
	AS q FROM pair \gset
SELECT bag_eq(format(:'q', 'w'), format(:'q', 'to_jsonb(w)'), 'a row');
SELECT bag_eq('SELECT w.id, d.* FROM public.wide w, pair, differences(w, pair.a, pair.b) d', format(:'q', 'w'),
	'policies that are no constants');
SELECT bag_eq($$SELECT w.id, d.* FROM public.wide w, pair, LATERAL (SELECT (differences(w, pair.a, pair.b)).*) d$$,
	format(:'q', 'w'),
	'in a target list');
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	found text := '';
	line text;
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (VERBOSE, COSTS OFF) ' || query LOOP
		found := found || line || E'\n';
	END LOOP;
	RETURN found;
END $$;
SELECT alike(pg_temp.plan_of(format(:'q', 'w')),
	'%differences(zjtx_internal.judge_facts(%''x b''::text, w.x, w.b), zjtx_internal.judge_facts(%', 'and how');
SELECT alike(pg_temp.plan_of('SELECT d.* FROM public.wide w LEFT JOIN pair ON false, differences(w, pair.a, pair.b) d'),
	'%differences(zjtx_internal.judge_facts(%a, ''* id other x b''::text, w.id%',
	'all columns where a policy is no constant');
SELECT unalike(pg_temp.plan_of(format($$SELECT d.* FROM (SELECT 1) one LEFT JOIN public.wide w ON w.id = 9,
	LATERAL (SELECT w AS w) w2, differences(w2.w, %L::policy, NULL::policy) d$$, a)), '%judge_facts%',
	'or NULL') FROM pair;

-- NULL.
SELECT is_empty('SELECT differences(''{}''::jsonb, NULL::policy, a) FROM pair', 'no first policy');
SELECT is_empty('SELECT differences(''{}''::jsonb, a, NULL::policy) FROM pair', 'no second policy');
SELECT is_empty('SELECT differences(NULL, judge(''{}''::jsonb, a)) FROM pair', 'no verdict');
SELECT bag_eq('SELECT d.* FROM pair, differences(NULL::jsonb, a, b) d',
	'SELECT d.* FROM pair, differences(''{}''::jsonb, a, b) d',
	'no facts');
SELECT is(pg_temp.error_of('SELECT differences(''{}''::jsonb, ''nowhere'', ''staged'')'),
	(SELECT pg_temp.error_of('SELECT judge(''{}''::jsonb, ''nowhere'')')), 'an unknown name');

SELECT * FROM finish();
ROLLBACK;
