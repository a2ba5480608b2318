\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(55);

-- How far values are from the bounds of a policy. The figures were computed by hand.

SET zjtx.as_of = '2025-06-30';
CREATE TEMP TABLE t AS SELECT $$policy t 't' fact n number 元 fact m number fact k number fact d date null means none
	fact s text in ('a' 'A', 'b', 'c') fact b boolean fact l list (v number, on date) fact y number by year $$ AS head;
CREATE FUNCTION pg_temp.margin_of(rule text, given text) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg((m.condition, m.found, m.bound, m.distance, m.relative, m.met, m.unit)::text, ' ')
	FROM t, margin('{"as_of": "2025-06-30"}'::jsonb || given::jsonb, (head || rule)::policy) m $$;

SELECT is(pg_temp.margin_of(rule, given), found, rule || ' of ' || given) FROM (VALUES
	-- below, on and above the bound
	('clause 1 when n >= 4万元', '{"n": 30000}', '("n >= 4万元",30000,40000,-10000,-0.25,f,元)'),
	('clause 1 when n >= 4万元', '{"n": 40000}', '("n >= 4万元",40000,40000,0,0,t,元)'),
	('clause 1 when n >= 4万元', '{"n": 50000}', '("n >= 4万元",50000,40000,10000,0.25,t,元)'),
	('clause 1 when n > 4万元', '{"n": 40000}', '("n > 4万元",40000,40000,0,0,f,元)'),
	('clause 1 when n <= 4万元', '{"n": 50000}', '("n <= 4万元",50000,40000,-10000,-0.25,f,元)'),
	('clause 1 when n <= 4万元', '{"n": 30000}', '("n <= 4万元",30000,40000,10000,0.25,t,元)'),
	('clause 1 when n < 4万元', '{"n": 40000}', '("n < 4万元",40000,40000,0,0,f,元)'),
	('clause 1 when n = 4万元', '{"n": 50000}', '("n = 4万元",50000,40000,-10000,-0.25,f,元)'),
	('clause 1 when n = 4万元', '{"n": 30000}', '("n = 4万元",30000,40000,-10000,-0.25,f,元)'),
	('clause 1 when n = 4万元', '{"n": 40000}', '("n = 4万元",40000,40000,0,0,t,元)'),
	('clause 1 when n <> 4万元', '{"n": 30000}', '("n <> 4万元",30000,40000,10000,0.25,t,元)'),
	('clause 1 when n <> 4万元', '{"n": 40000}', '("n <> 4万元",40000,40000,0,0,f,元)'),
	-- the constant on the left, a negative bound, a bound of zero, more decimals than are shown
	('clause 1 when 4万元 <= n', '{"n": 50000}', '("4万元 <= n",50000,40000,10000,0.25,t,元)'),
	('clause 1 when m >= -4', '{"m": -5}', '("m >= -4",-5,-4,-1,-0.25,f,)'),
	('clause 1 when m > 0', '{"m": -5}', '("m > 0",-5,0,-5,,f,)'),
	('clause 1 when m / 3 >= 1', '{"m": 2}', '("m / 3 >= 1",0.66666666666666666667,1,-0.333334,-0.333334,f,)'),
	('clause 1 when m / 3 >= 1', '{"m": 2.9999999999}',
	'("m / 3 >= 1",0.99999999996666666667,1,-0.000001,-0.000001,f,)'),
	('clause 1 when m / k >= 3%', '{"m": 4, "k": 100}', '("m / k >= 3%",0.04,0.03,0.01,0.333334,t,)'),
	-- unknown, none, a division by zero
	('clause 1 when n >= 4万元', '{}', '("n >= 4万元",,40000,,,,元)'),
	('clause 1 when m / k >= 3%', '{"m": 4, "k": 0}', '("m / k >= 3%",,0.03,,,,)'),
	('clause 1 when n >= m * 1元', '{"n": 4}', '("n >= m * 1元",4,,,,,元)'),
	('clause 1 when d >= 2025-01-01', '{"d": null}', '("d >= 2025-01-01",null,"""2025-01-01""",,,f,日)'),
	-- days
	('clause 1 when d >= 2025-01-01', '{"d": "2024-12-30"}',
	'("d >= 2025-01-01","""2024-12-30""","""2025-01-01""",-2,,f,日)'),
	('clause 1 when d >= 2025-01-01', '{"d": "2025-01-01"}',
	'("d >= 2025-01-01","""2025-01-01""","""2025-01-01""",0,,t,日)'),
	('clause 1 when as_of >= d + 1年', '{"d": "2024-06-28"}',
	'("as_of >= d + 1年","""2025-06-28""","""2025-06-30""",2,,t,日)'),
	-- texts
	('clause 1 when s = ''a''', '{"s": "A"}', '("s = ''a''","""a""","""a""",,,t,)'),
	('clause 1 when s in (''a'', ''b'')', '{"s": "c"}', '("s in (''a'', ''b'')","""c""","[""a"", ""b""]",,,f,)'),
	('clause 1 when s not in (''a'', ''b'')', '{"s": "c"}', '("s not in (''a'', ''b'')","""c""","[""a"", ""b""]",,,t,)'),
	-- what is compared under a "not" is shown as it is written
	('clause 1 when not (n < 4万元)', '{"n": 50000}', '("n < 4万元",50000,40000,-10000,-0.25,f,元)'),
	-- both ends of between
	('clause 1 when m between 2 and 5', '{"m": 6}', '("m >= 2",6,2,4,2,t,) ("m <= 5",6,5,-1,-0.2,f,)'),
	-- a fact on each side, a definition, years, a table
	('clause 1 when m < n / 1元', '{"n": 5, "m": 4}', '("m < n / 1元",4,5,1,0.2,t,)'),
	('define g = m - 1 clause 1 when g >= 2', '{"m": 5}', '("g >= 2",4,2,2,1,t,)'),
	('clause 1 when y[last_year] > y[last_year - 1]', '{"y": {"2024": 12, "2023": 10}}',
		'("y[last_year] > y[last_year - 1]",12,10,2,0.2,t,)'),
	('clause 1 when y[last_year] > y[last_year - 1]', '{"y": {"2024": 12}}',
	'("y[last_year] > y[last_year - 1]",12,,,,,)'),
	('table size by text (limit) ''a'': 10, else 20 clause 1 when m < size[s].limit', '{"m": 12, "s": "a"}',
		'("m < size[s].limit",12,10,-2,-0.2,f,)'),
	('table size by text (limit) ''a'': 10, else 20 clause 1 when m < size[s].limit', '{"m": 12, "s": "b"}',
		'("m < size[s].limit",12,20,8,0.4,t,)'),
	-- lists: what is computed of them, not their elements
	('clause 1 when count(l where v > 3) >= 2 and any(l : v > 4)', '{"l": [{"v": 5}]}',
		'("count(l where v > 3) >= 2",1,2,-1,-0.5,f,)'),
	-- bands, amounts, stages, soft conditions
	('define p = band(m : >= 30 then 3, >= 20 then 2, else 1) clause 1 reward when b pay p * 1元', '{"m": 25, "b": true}',
		'("m >= 30",25,30,-5,-0.166667,f,) ("m >= 20",25,20,5,0.25,t,)'),
	('clause 1 reward stage x on d when m > 3 pay 5元', '{"m": 4, "d": "2025-06-20"}',
		'("d <= as_of","""2025-06-20""","""2025-06-30""",10,,t,日) ("m > 3",4,3,1,0.333334,t,)'),
	-- nothing is compared
	('clause 1 when b', '{"b": true}', NULL),
	('clause 1 when 1 < 2 and b', '{"b": true}', NULL)) v (rule, given, found);

-- Which lines read a comparison, and which it alone decides.
SELECT results_eq($$SELECT condition, lines, decides FROM t, margin('{"m": 25, "b": true, "n": 1}'::jsonb, (head ||
	$q$score p = band(m : >= 30 then 30, >= 20 then 20, else 10)
	clause 1 reward when n > 3元 pay 5元
	clause 2 reward when b or n > 3元 pay p * 1元
	ladder rung low when p >= 20 rung high when p >= 25 and n > 5元$q$)::policy) ORDER BY condition COLLATE "C"$$,
	$$VALUES ('m >= 20', '{2,low,high}'::text[], '{2,low}'::text[]), ('m >= 30', '{2,low,high}', '{2}'),
		('n > 3元', '{1,2}', '{1}'), ('n > 5元', '{high}', '{}'), ('p >= 20', '{low}', '{low}'),
		('p >= 25', '{high}', '{}')$$, 'read by, decided by');
SELECT results_eq($$SELECT condition, found, met, decides FROM t, margin('{"m": 25}'::jsonb, (head ||
	'clause 1 when m > 20 and n > 3元 clause 2 when m > 26 or n > 3元')::policy) ORDER BY condition COLLATE "C"$$,
	$$VALUES ('m > 20', '25'::jsonb, true, '{1}'::text[]), ('m > 26', '25', false, '{2}'), ('n > 3元', NULL, NULL,
	'{1,2}')$$,
	'while others are unknown');

-- Parts, expressions, series.
SELECT results_eq($$SELECT condition, lines, policy FROM t, LATERAL (SELECT (head ||
	'define f = n > 2元 define g = m + 1 clause 1 when n > 3元 clause 2 when f and m > 4 and g > 9')::policy AS p) p,
	unnest('{2,f,1}'::text[]) part, margin('{}'::jsonb, p -> part)$$,
	$$VALUES ('n > 2元', '{2}'::text[], 't'), ('m > 4', '{2}', 't'), ('g > 9', '{2}', 't'), ('n > 2元', '{rule}', 't'),
	('n > 3元', '{1}', 't')$$, 'parts');
SELECT results_eq($$SELECT condition, distance, lines, policy FROM margin('{"revenue": 5}'::jsonb,
	'revenue > 4'::policy)$$,
	$$VALUES ('revenue > 4', 1::numeric, '{rule}'::text[], NULL::text)$$, 'an expression');
SELECT bag_eq($$SELECT DISTINCT m.policy FROM unnest('{2025-01-01,2026-06-30,NULL}'::date[]) day,
	margin(jsonb_build_object('as_of', day), 'miit-ladder') m WHERE m.condition ~ '研发费用占营业收入比重 >= 3%'$$,
	$$VALUES ('miit-2022-63'), ('miit-2026-2')$$,
	'a series: the version in force, or all of them while the day is unknown');
SELECT is((SELECT count(DISTINCT policy) FROM margin('{"as_of": "2025-01-01"}'::jsonb, 'miit-ladder')), 1::bigint,
	'one version');
SELECT is_empty($$SELECT margin('{}'::jsonb, NULL::policy)$$, 'no policy');
SELECT is(pg_temp.error_of('SELECT margin(''{}''::jsonb, ''nowhere'')'),
	pg_temp.error_of('SELECT gap(''{}''::jsonb, ''nowhere'')'), 'an unknown name');

-- Chinese documents.
SELECT results_eq($$SELECT condition, found, distance, unit FROM margin('{"营业收入": 5000}'::jsonb,
	'政策 丁 ''丁'' 事实 营业收入 数 元 条款 1 当 营业收入 不低于 1万元'::policy)$$,
	$$VALUES ('营业收入 不低于 1万元', '5000'::jsonb, -5000::numeric, '元')$$, 'in Chinese');

-- The shipped documents: the distance has the sign of the answer, rows and jsonb agree, and so does gap.
\i sql/random.psql
CREATE TEMP TABLE said AS SELECT f.id, p.code, m.* FROM firm f, policies p, margin(f.e, p.code) m WHERE f.id <= 60;
SELECT cmp_ok((SELECT count(*) FROM said WHERE distance IS NOT NULL), '>', 3000::bigint, 'many comparisons');
SELECT is_empty($$SELECT * FROM said WHERE distance > 0 AND met IS NOT true OR distance < 0 AND met IS NOT false
	OR distance IS NOT NULL AND (found IS NULL OR bound IS NULL)$$, 'the sign says whether it holds');
SELECT is_empty($$SELECT * FROM said WHERE distance IS NOT NULL AND jsonb_typeof(found) = 'number'
	AND abs(abs(found::numeric - bound::numeric) - abs(distance)) > 0.000001$$, 'it is the difference');
SELECT is_empty($$SELECT s.id, s.condition, s.distance, g.short FROM said s JOIN LATERAL (SELECT DISTINCT condition,
	short
	FROM firm f, gap(f.e, 'miit-2022-63', 'little_giant') WHERE f.id = s.id AND short IS NOT NULL AND NOT soft)
	g USING (condition)
	WHERE s.code = 'miit-2022-63' AND s.met IS false AND s.lines @> '{little_giant}' AND abs(s.distance)
	<> abs(g.short)$$,
	'what gap is short of');
CREATE TABLE public.wide AS SELECT id, r.* FROM firm, jsonb_to_record(e) AS r (as_of date, revenue numeric,
	rd_expense numeric,
	employees numeric, rd_staff numeric, debt numeric, size_class text, niche_years numeric);
SELECT bag_eq($$SELECT w.id, m.* FROM public.wide w, margin(w, 'miit-2022-63') m$$,
	$$SELECT w.id, m.* FROM public.wide w, margin(to_jsonb(w), 'miit-2022-63') m$$, 'a row');

SELECT * FROM finish();
ROLLBACK;
