\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(173);

-- The conditions between a row and a rung or clause.

CREATE TEMP TABLE t AS SELECT $$policy t 't' fact revenue number 元 '营业收入' at least 0 fact revenue_prev number 元 at least
	0 fact rd number 元 '研发费用' at least 0 fact staff number 人 fact rd_staff number 人
fact years number 年 fact share number % '占有率' between 0 and 1 fact marks number 分 '得分' between 0 and 15 fact ok boolean
	fact fine boolean fact kind text in ('a', 'b', 'c') fact word text fact word2 text
fact founded date fact until date null means none fact rank number 名 null means none
	fact incidents list of date null means none fact x number fact y number fact small number % at most 0.02
define ratio = rd / revenue
$$ AS head;

-- The condition: the value found and the value needed.
SELECT is((SELECT concat_ws(' | ', condition, found, needed, coalesce(short::text, '-'))
	FROM gap(given::jsonb, (head || 'clause 1 when ' || rule)::policy) WHERE way = 1 LIMIT 1),
	answer, rule || ' of ' || given) FROM t, (VALUES
	('revenue >= 5000万元', '{"revenue": 50000000}', NULL),
	('revenue >= 5000万元', '{"revenue": 49999999.99}', 'revenue >= 5000万元 | 49999999.99元 | >= 50000000元 | 0.01'),
	('revenue > 5000万元', '{"revenue": 50000000}', 'revenue > 5000万元 | 50000000元 | > 50000000元 | 0'),
	('revenue > 5000万元', '{"revenue": 50000000.01}', NULL),
	('revenue <= 5000万元', '{"revenue": 50000000.01}', 'revenue <= 5000万元 | 50000000.01元 | <= 50000000元 | -0.01'),
	('5000万元 <= revenue', '{"revenue": 1}', '5000万元 <= revenue | 1元 | >= 50000000元 | 49999999'),
	('not revenue > 5000万元', '{"revenue": 50000001}', 'revenue > 5000万元 | 50000001元 | <= 50000000元 | -1'),
	('ratio >= 3%', '{"rd": 300, "revenue": 10000}', NULL),
	('ratio >= 3%', '{"rd": 299.99, "revenue": 10000}', 'ratio >= 3% | 2.9999% | >= 3% | 0.000001'),
	('ratio >= 3%', '{"rd": 1, "revenue": 3}', NULL),
	('ratio >= 34%', '{"rd": 1, "revenue": 3}', 'ratio >= 34% | ≈33.33% | >= 34% | 0.006667'),
	('revenue between 10元 and 20元', '{"revenue": 9}', 'revenue between 10元 and 20元 | 9元 | >= 10元 | 1'),
	('revenue between 10元 and 20元', '{"revenue": 21}', 'revenue between 10元 and 20元 | 21元 | <= 20元 | -1'),
	('kind in (''a'', ''b'')', '{"kind": "b"}', NULL),
	('kind in (''a'', ''b'')', '{"kind": "c"}', 'kind in (''a'', ''b'') | ''c'' | in (''a'', ''b'') | -'),
	('kind not in (''a'', ''b'')', '{"kind": "a"}', 'kind not in (''a'', ''b'') | ''a'' | not in (''a'', ''b'') | -'),
	('kind = ''a''', '{"kind": "b"}', 'kind = ''a'' | ''b'' | = ''a'' | -'),
	('word = word2', '{"word": "b", "word2": "c"}', 'word = word2 | ''b'' | = ''c'' | -'),
	('ok', '{"ok": false}', 'ok | false | true | -'),
	('not ok', '{"ok": true}', 'ok | true | false | -'),
	('ok', '{}', 'ok | unknown | true | -'),
	('revenue >= 5元', '{}', 'revenue >= 5元 | unknown | >= 5元 | -'),
	('ratio >= 3%', '{"rd": 5}', 'ratio >= 3% | unknown | >= 3% | -'),
	('share >= 10%', '{}', 'share >= 10% | unknown | >= 10% | -'),
	('share + 10% >= 60%', '{}', 'share + 10% >= 60% | between 10% and 110% | >= 60% | -'),
	('revenue >= rd', '{"rd": 5}', 'revenue >= rd | unknown | >= 5元 | -'),
	('revenue >= rd', '{"revenue": 5}', 'revenue >= rd | 5元 | >= rd | -'),
	('founded <= 2022-06-30', '{"founded": "2022-06-30"}', NULL),
	('founded <= 2022-06-30', '{"founded": "2022-07-02"}', 'founded <= 2022-06-30 | 2022-07-02 | <= 2022-06-30 | -2'),
	('month(founded) = 7', '{"founded": "2023-12-30"}', 'month(founded) = 7 | 12 | = 7 | -5'),
	('months(founded, as_of) >= 24', '{"founded": "2023-07-31", "as_of": "2025-06-30"}',
	'months(founded, as_of) >= 24 | 23月 | >= 24月 | 1'),
	('months(founded, as_of) >= 23', '{"founded": "2023-07-31", "as_of": "2025-06-30"}', NULL),
	('as_of <= until', '{"as_of": "2025-06-30", "until": "2025-06-29"}',
	'as_of <= until | 2025-06-29 | >= 2025-06-30 | 1'),
	('as_of <= until', '{"as_of": "2025-06-30", "until": null}', 'as_of <= until | none | >= 2025-06-30 | -'),
	('rank <= 50名', '{"rank": null}', 'rank <= 50名 | none | <= 50名 | -'),
	('until is null', '{"until": "2025-01-01"}', 'until is null | 2025-01-01 | none | -'),
	('count(incidents where it > 2022-01-01) = 0', '{"incidents": ["2023-01-01"]}',
	'count(incidents where it > 2022-01-01) = 0 | 1 | = 0 | -1'),
	('any(incidents where it > 2022-01-01)', '{"incidents": []}',
	'any(incidents where it > 2022-01-01) | false | true | -'),
	('1 > 2', '{}', '1 > 2 | 1 | > 2 | 1')) cases (rule, given, answer);

-- The fact: the value that would meet the condition, exact to the 分, person or day, and the difference.
SELECT is((SELECT concat_ws(' ', fact, set_to, difference, unit, suffices)
	FROM gap(given::jsonb, (head || 'clause 1 when ' || rule)::policy) WHERE way = 1 LIMIT 1),
	answer, rule || ' by ' || given) FROM t, (VALUES
	('revenue >= 5000万元', '{"revenue": 49999999.99}', 'revenue 50000000 0.01 元 t'),
	('revenue > 5000万元', '{"revenue": 50000000}', 'revenue 50000000.01 0.01 元 t'),
	('revenue < 5000万元', '{"revenue": 50000000}', 'revenue 49999999.99 -0.01 元 t'),
	('revenue >= 5000万元', '{}', 'revenue 50000000 元 t'),
	('revenue = 5元', '{"revenue": 4}', 'revenue 5 1 元 t'),
	('x = 1 / 8', '{"x": 5}', 'x 0.125 -4.875 t'),
	('x = 1 / 3', '{"x": 5}', 'x f'),
	('revenue <> 5元', '{"revenue": 5}', 'revenue 5.01 0.01 元 t'),
	('ratio >= 3%', '{"rd": 2875000, "revenue": 100000000}', 'rd 3000000 125000 元 t'),
	('ratio > 3%', '{"rd": 300, "revenue": 10000}', 'rd 300.01 0.01 元 t'),
	('ratio >= 34%', '{"rd": 1, "revenue": 3}', 'rd 1.02 0.02 元 t'),
	('ratio >= 1 / 3', '{"rd": 1, "revenue": 100}', 'rd 33.34 32.34 元 t'),
	('ratio >= 3%', '{"rd": 3, "revenue": null}', 'revenue 100 元 t'),
	('ratio >= 3%', '{"rd": null, "revenue": null}', 'rd 元 f'),
	('ratio >= 3%', '{"rd": 3, "revenue": 0}', 'revenue 100 100 元 t'),
	('rd_staff / staff >= 20%', '{"rd_staff": 5, "staff": 33}', 'rd_staff 7 2 人 t'),
	('revenue / revenue_prev - 1 > 20%', '{"revenue": 1200, "revenue_prev": 1000}', 'revenue 1200.01 0.01 元 t'),
	('(rd + revenue) / 2 >= 10元', '{"rd": 5, "revenue": 5}', 'rd 15 10 元 t'),
	('revenue - rd >= 10元', '{"rd": 5, "revenue": 5}', 'revenue 15 10 元 t'),
	('-x <= -10', '{"x": 3}', 'x 10 7 t'),
	('-2 * x >= 10', '{"x": 3}', 'x -5 -8 t'),
	('least(x, y) >= 10', '{"x": 13, "y": 3}', 'y 10 7 t'),
	('floor(years / 2) * 3 >= 6', '{"years": 3.5}', 'years 4 0.5 年 t'),
	('clamp(years, 1年, 5年) >= 3年', '{"years": 2}', 'years 3 1 年 t'),
	('clamp(years, 1年, 5年) > 5年', '{"years": 2}', 'years 年 f'),
	('ceil(years / 2) >= 3', '{"years": 4}', 'years 4.01 0.01 年 t'),
	('ceil(years / 2) > 2', '{"years": 3.5}', 'years 4.01 0.51 年 t'),
	('ceil(years / 2) <= 2', '{"years": 4.5}', 'years 4 -0.5 年 t'),
	('ceil(years / 2) < 2', '{"years": 4}', 'years 2 -2 年 t'),
	('ceil(years / 2) = 2', '{"years": 1}', 'years 4 3 年 t'),
	('floor(years / 2) * 3 <= 3', '{"years": 4}', 'years 3.99 -0.01 年 t'),
	('round(x) >= 3', '{"x": 1}', 'x 2.5 1.5 t'),
	('coalesce(rank, 100名) <= 50名', '{"rank": 60}', 'rank 50 -10 名 t'),
	('share > 10%', '{"share": 0.1}', 'share 0.1001 0.0001 t'),
	('small + share >= 50%', '{"small": 0.01, "share": 0.3}', 'share 0.49 0.19 t'),
	('kind in (''a'', ''b'')', '{"kind": "c"}', 'kind "a" t'),
	('kind not in (''a'', ''b'')', '{"kind": "a"}', 'kind "c" t'),
	('word <> ''q''', '{"word": "q"}', 'word f'),
	('word = word2', '{"word": "b", "word2": "c"}', 'word "c" t'),
	('ok', '{"ok": false}', 'ok true t'),
	('not ok', '{}', 'ok false t'),
	('founded <= 2022-06-30', '{"founded": "2022-07-02"}', 'founded "2022-06-30" -2 日 t'),
	('founded < 2022-06-30', '{"founded": "2022-06-30"}', 'founded "2022-06-29" -1 日 t'),
	('founded + 3年 <= as_of', '{"founded": "2022-07-02", "as_of": "2025-06-30"}', 'as_of "2025-07-02" 2 日 t'),
	('founded + 1月 <= as_of', '{"founded": "2025-03-02", "as_of": "2025-02-28"}', 'as_of "2025-04-02" 33 日 t'),
	('as_of - founded >= 30', '{"founded": "2025-06-02", "as_of": "2025-06-30"}', 'as_of "2025-07-02" 2 日 t'),
	('year(founded) >= 2024', '{"founded": "2023-12-30"}', 'founded "2024-01-01" 2 日 t'),
	('month(founded) = 7', '{"founded": "2023-12-30"}', 'founded "2024-07-01" 184 日 t'),
	('month(founded) = 13', '{"founded": "2023-12-30"}', 'founded 日 f'),
	('months(founded, as_of) >= 24', '{"founded": "2023-07-31", "as_of": "2025-06-30"}', 'as_of "2025-07-31" 31 日 t'),
	('months(founded, as_of) > 36', '{"founded": "2025-01-31", "as_of": "2025-06-30"}', 'as_of "2028-02-29" 974 日 t'),
	('months(founded, as_of) >= 24', '{"as_of": "2025-06-30"}', 'founded "2023-06-30" 日 t'),
	('months(as_of, until) <= 12', '{"as_of": "2025-06-30", "until": "2026-07-30"}', 'until "2026-07-29" -1 日 t'),
	('months(as_of, until) >= 12', '{"as_of": "2025-06-30", "until": null}', 'until "2026-06-30" 日 t'),
	('month(founded + 15日) = 7', '{"founded": "2023-12-30"}', 'founded "2024-06-16" 169 日 t'),
	('month(founded) * 1000 > year(founded)', '{"founded": "2023-01-30"}', 'founded "2023-03-01" 30 日 t'),
	('as_of <= until', '{"as_of": "2025-06-30", "until": null}', 'until "2025-06-30" 日 t'),
	('as_of >= 2025-07-01', '{"as_of": "2025-06-30"}', 'as_of "2025-07-01" 1 日 t'),
	('until is null', '{"until": "2025-01-01"}', 'until null 日 t'),
	('until is not null', '{"until": null}', 'until 日 f'),
	('count(incidents where it > 2022-01-01) = 0', '{"incidents": ["2023-01-01"]}', 'incidents f'),
	('count(incidents where it > 2022-01-01) = 0', '{}', 'incidents [] t'),
	('latest(founded, until) <= as_of', '{"as_of": "2025-06-30"}', 'founded "2025-06-30" 日 t'),
	('revenue > -5元 and revenue < 0元', '{"revenue": 3}', 'revenue 元 f'),
	('1 > 2', '{}', 'f')) cases (rule, given, answer);

-- Conditions that conflict, and alternatives.
CREATE FUNCTION pg_temp.ways(given jsonb, rule text) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat(way, ' ', fact, CASE WHEN suffices THEN '=' ELSE '~' END, set_to), ', ') FROM pg_temp.t,
		zjtx.gap(given, (head || 'clause 1 when ' || rule)::zjtx.policy) $$;
SELECT is(pg_temp.ways(given::jsonb, rule), answer, rule || ' of ' || given) FROM (VALUES
	('rd >= 100元 and ratio >= 3%', '{"rd": 90, "revenue": 10000}', '1 rd~100, 1 rd=300'),
	('rd >= 400元 and ratio >= 3%', '{"rd": 90, "revenue": 10000}', '1 rd=400, 1 rd~300'),
	('revenue >= 20000元 and ratio >= 3%', '{"rd": 300, "revenue": 10000}', '1 revenue=20000, 1 rd=600'),
	('ok or revenue >= 5元 and rd >= 3元', '{"ok": false, "revenue": 1, "rd": 1}', '1 ok=true, 2 revenue=5, 2 rd=3'),
	('revenue >= 5元 and rd >= 3元 or ok', '{"ok": false, "revenue": 1, "rd": 1}', '1 ok=true, 2 revenue=5, 2 rd=3'),
	('(ok or fine) and revenue >= 5元', '{"ok": false, "fine": false, "revenue": 1}',
	'1 ok=true, 1 revenue=5, 2 fine=true, 2 revenue=5'),
	('not (ok and fine)', '{"ok": true, "fine": true}', '1 ok=false, 2 fine=false'),
	('not (ok or fine)', '{"ok": true, "fine": true}', '1 ok=false, 1 fine=false'),
	('ok and not ok', '{"ok": true}', '1 ok~false'),
	('case when ok then fine else revenue >= 5元 end', '{"ok": true, "fine": false, "revenue": 6}', '1 ok=false'),
	('count_true(ok, fine, rd > 5元) >= 2', '{"ok": false, "fine": false, "rd": 4}',
	'1 ~, 1 rd=5.01, 1 ok=true, 1 fine~true')) cases (rule, given, answer);

-- Scores: the next steps, ordered by the size of the change, and the set of steps that reaches the line.
CREATE TEMP TABLE s AS SELECT $$policy s 's' fact rd number 元 at least 0 fact revenue number 元 at least 0
	fact growth number % fact level text in ('national', 'city', 'none') fact ip number 项
fact a boolean fact b boolean fact c boolean fact marks number 分 between 0 and 15 fact years number 年 fact ok boolean
define ratio = rd / revenue
score points = band(ratio : >= 5% then 20分, >= 3% then 15分, >= 1% then 5分, else 0分) + greatest(band(rd :
	>= 500元 then 10分, >= 400元 then 8分, else 0分), band(growth : >= 10% then 10分, >= 8% then 8分, else 0分))
  + band(level : = 'national' then 10分, = 'city' then 4分, else 0分) + least(5分, 3分 * count_true(a, b,
  	c)) + marks + least(5分, floor(years / 2年) * 1分) + case when ip >= 2项 then 6分 when ip >= 1项 then 3分 else 0分 end
clause 1 when points >= 60分
clause 2 when points < 40分
ladder rung low when points >= 40分 rung mid when points >= 60分 should a and marks >= 10分 rung high
	when points >= 60分 and ratio >= 5% should ok
$$::policy AS doc, '{"rd": 290, "revenue": 10000, "growth": 0.05, "level": "city", "ip": 0, "a": true, "b": false, '
	'"c": false, "marks": 10, "years": 3, "ok": false}'::jsonb AS e;
SELECT results_eq('SELECT condition, found, needed, short, fact, set_to::text, points, suffices FROM s, gap(e, '
	'doc, ''1'')',
	$$VALUES ('points >= 60分', '23分', '>= 60分', 37, NULL, NULL, NULL::numeric, false),
	('ratio >= 3%', '2.9%', '>= 3%', 0.001, 'rd', '300', 10, false),
	('floor(years / 2年)', '1', '>= 2', 1, 'years', '4', 1, false),
	('rd >= 400元', '290元', '>= 400元', 110, 'rd', '400', 18, false),
	('marks', '10分', '>= 15分', 5, 'marks', '15', 5, true),
	('growth >= 8%', '5%', '>= 8%', 0.03, 'growth', '0.08', 8, false),
	('level = ''national''', '''city''', '= ''national''', NULL, 'level', '"national"', 6, true),
	('ip >= 1项', '0项', '>= 1项', 1, 'ip', '1', 3, false),
	('b', 'false', 'true', NULL, 'b', 'true', 2, false),
	('c', 'false', 'true', NULL, 'c', 'true', 2, false),
	('rd >= 500元', '290元', '>= 500元', 210, 'rd', '500', 25, true),
	('floor(years / 2年)', '1', '>= 5', 4, 'years', '10', 4, true)$$,
	'the steps to 60, and which reach it: 23 + 5 + 6 + 25 + 4');

CREATE FUNCTION pg_temp.steps(given text, goal text) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', coalesce(fact, found), set_to, points, suffices), ', ') FROM pg_temp.s,
		zjtx.gap(e || given::jsonb, doc, goal) $$;
SELECT is(pg_temp.steps(given, goal), answer, goal || ': ' || given) FROM (VALUES
	('{"marks": 15, "level": "national", "growth": 0.0799, "ip": 2}', '1',
		'40分 f, growth 0.08 8 f, rd 300 10 t, years 4 1 f, rd 400 18 f, b true 2 f, c true 2 f, growth 0.1 10 t'),
	-- exactly on the line (20 + 10 + 4 + 5 + 10 + 5 + 6), a hundredth of a mark below it, and with unknown marks
	('{"marks": 10, "growth": 0.1, "ip": 2, "rd": 500, "years": 10, "c": true}', '1', NULL),
	('{"marks": 9.99, "growth": 0.1, "ip": 2, "rd": 500, "years": 10, "c": true}', '1',
	'59.99分 f, marks 10 0.01 t, level "national" 6 f'),
	('{"marks": null, "growth": 0.1, "ip": 2, "rd": 500, "years": 10, "c": true}', '1',
	'between 50分 and 65分 f, marks 10 10 t, level "national" 6 f'),
	-- points that can be lost
	('{"growth": 0.01, "rd": 500}', '2', '48分 f, years 1.99 1 t, marks 2.99 7.01 t'),
	('{"growth": 0.01, "rd": 500, "marks": 20}', '2', 'between 38分 and 53分 f, years 1.99 1 t, marks 2.99 12.01 t')) rows
	(given, goal, answer);

-- Rungs: the one above the highest proved rung, or a given one; a clause given by its code.
SELECT is((SELECT string_agg(DISTINCT coalesce(rung, '-'), ' ') FROM s, gap(e || given::jsonb, doc, goal)), answer,
	given || ' ' || coalesce(goal, 'next')) FROM (VALUES
	('{}', NULL, 'low'), ('{"marks": 15, "rd": 500}', NULL, 'mid'),
	('{"marks": 15, "rd": 500, "level": "national", "ip": 2, "years": 9, "c": true, "revenue": 16000}', NULL, 'high'),
	('{"marks": 15, "rd": 500, "level": "national", "ip": 2, "years": 9, "c": true}', NULL, NULL),
	('{}', 'high', 'high'), ('{}', 'mid', 'mid'), ('{}', '1', '1'), ('{}', '2', NULL),
	('{"marks": 15, "rd": 500, "level": "national", "ip": 2, "years": 9, "c": true}', 'low', NULL)) rows (given, goal,
	answer);
SELECT is((SELECT string_agg(concat_ws(' ', rung, way, fact, set_to, suffices, soft), ', ') FROM s,
	gap(e || '{"marks": 9, "rd": 500, "level": "national", "ip": 2, "years": 10, "a": false, "b": true, "c": true}',
	doc, 'mid')),
	'mid a true f t, mid marks 10 f t', 'a should that fails is soft');
SELECT is((SELECT string_agg(concat_ws(' ', rung, fact), ', ') FROM s,
	gap(e || '{"marks": 9, "rd": 500, "level": "national", "ip": 2, "years": 10, "a": false, "b": true, "c": true}',
	doc -> 'low')), NULL, 'a ladder of one rung, reached');
SELECT is((SELECT string_agg(DISTINCT rung, ', ') FROM s, gap(e, doc -> 'high')), 'high', 'and not reached');
SELECT is((SELECT string_agg(DISTINCT rung, ', ') FROM s, gap(e, doc -> '1')), '1',
	'a part that is one clause needs no name');
SELECT is((SELECT count(*) FROM s, gap(e, NULL::policy)), 0::bigint, 'no policy, no rows');
SELECT is((SELECT string_agg(DISTINCT rung, ', ') FROM s, gap(NULL::jsonb, doc)), 'low',
	'a NULL enterprise is one of which nothing is known');

-- Stages: each is an alternative, judged on its own day.
SELECT is((SELECT string_agg(concat_ws(' ', way, condition, found, needed, set_to, suffices), E'\n')
	FROM gap(given::jsonb, $$policy g 'g' fact titled_on date null means none fact filed_on date null means none
	fact listed_on date null means none
	clause 1 reward when titled_on <= as_of stage a on filed_on pay 1元 stage b on listed_on pay 2元$$::policy)), answer,
		'stages of ' || given) FROM (VALUES
	('{"as_of": "2025-06-30", "titled_on": "2024-01-01", "filed_on": null, "listed_on": "2025-07-01"}',
	E'1 listed_on <= as_of 2025-07-01 <= 2025-06-30 "2025-06-30" t\n2 filed_on <= as_of none <= 2025-06-30 '
	'"2025-06-30" t\n2 titled_on <= as_of 2024-01-01 <= filed_on f'),
	('{"as_of": "2025-06-30", "titled_on": "2024-01-01", "filed_on": "2024-01-01", "listed_on": "2025-07-01"}', NULL),
	('{"as_of": "2025-06-30", "titled_on": "2024-01-02", "filed_on": "2024-01-01", "listed_on": "2025-07-01"}',
	E'1 titled_on <= as_of 2024-01-02 <= 2024-01-01 f\n2 listed_on <= as_of 2025-07-01 <= 2025-06-30 "2025-06-30" t'))
	rows (given, answer);

-- The four forms, table rows, and series.
SELECT is(store($$policy gaps-1 'one' series gaps in force from 2022-01-01 until 2024-01-01 fact revenue number 元 ladder
	rung a when revenue >= 10元$$), 'gaps-1', 'a version');
SELECT is(store($$policy gaps-2 'two' series gaps in force from 2024-01-01 fact revenue number 元 clause 9
	when revenue > 1元 ladder rung a when revenue >= 20元 rung b when revenue >= 30元$$), 'gaps-2', 'another');
CREATE TEMP TABLE e (id int, as_of date, revenue numeric);
INSERT INTO e VALUES (1, '2023-12-31', 9), (2, '2024-01-01', 19.99), (3, '2024-01-01', 20), (4, '2024-01-01', 30),
	(5, '2021-01-01', 1), (6, NULL, 10);
SELECT is((SELECT string_agg(concat_ws(' ', id, rung, fact, difference), ', ' ORDER BY id) FROM e LEFT JOIN
	LATERAL gap(e, 'gaps') ON true), '1 a revenue 1, 2 a revenue 0.01, 3 b revenue 10, 4, 5, 6 as_of',
	'a row and a series');
SELECT is((SELECT string_agg(concat_ws(' ', id, rung, fact, difference), ', ' ORDER BY id) FROM e LEFT JOIN
	LATERAL gap(to_jsonb(e), 'gaps') ON true), '1 a revenue 1, 2 a revenue 0.01, 3 b revenue 10, 4, 5, 6 as_of',
	'jsonb');
SELECT is((SELECT string_agg(concat_ws(' ', id, rung, fact, difference), ', ' ORDER BY id) FROM e LEFT JOIN
	LATERAL gap(e, stored('gaps'), 'b') ON true), '1, 2 b revenue 10.01, 3 b revenue 10, 4, 5, 6 b as_of',
	'a row, a value, and a rung that one version has');
SELECT is((SELECT string_agg(concat_ws(' ', id, rung, fact, difference), ', ' ORDER BY id) FROM e,
	gap(to_jsonb(e), stored('gaps-2')) WHERE id > 1),
	'2 a revenue 0.01, 3 b revenue 10, 5 a revenue 19, 6 a revenue 10', 'jsonb and a value');
SELECT is((SELECT string_agg(concat_ws(' ', rung, fact, difference), ', ') FROM e, gap(e, 'gaps-2/9') WHERE id = 5),
	'9 revenue 0.01', 'a clause by name');
SELECT is((SELECT string_agg(concat_ws(' ', rung, fact, set_to), ', ') FROM gap(NULL::e, stored('gaps-2'))),
	'a revenue 20', 'a NULL row');
SELECT is((SELECT string_agg(concat_ws(' ', present::text, label), ', ') FROM gap('{"rank": null}'::jsonb,
	'policy r ''r'' fact rank number ''名次'' null means none clause 1 when rank <= 5'::policy)), 'null 名次',
	'none is a JSON null');

-- Errors.
SELECT is(pg_temp.error_of(statement), answer, statement) FROM (VALUES
	($$SELECT gap('{}'::jsonb, 'yubei-2024-34')$$,
	E'22023: policy "yubei-2024-34" has no ladder\nHINT: Name the clause that is to be reached: zjtx.gap(e, '
	'policy, ''clause'').'),
	($$SELECT gap('{}'::jsonb, 'miit-2022-63', 'specialised')$$,
	E'42704: policy "miit-2022-63" has no clause, rung or definition "specialised"\nHINT: Perhaps you meant '
	'"specialized".'),
	($$SELECT gap('{}'::jsonb, 'a > 1'::policy, 'b')$$, '42704: policy "a > 1" has no clause, rung or definition "b"'),
	($$SELECT gap('{}'::jsonb, 'gaps', 'c')$$, '42704: policy "gaps" has no clause, rung or definition "c"'),
	($$SELECT gap('[]'::jsonb, 'gaps-1')$$,
	E'22023: the facts of policy "gaps-1" must be a jsonb object\nDETAIL: The value is an array.\nHINT: Write the '
	'facts as keys: {"revenue": 50000000}.'),
	($$SELECT gap('{}'::jsonb, 'gaps-3')$$,
	E'42704: there is no stored policy "gaps-3"\nHINT: Perhaps you meant "gaps-1".')) statements (statement, answer);

-- Facts that cannot be changed are named without a proposal: fixed facts, and a day in the past.
CREATE FUNCTION pg_temp.proposed(rule text, given jsonb) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', fact, present, '->', set_to, suffices), ', ')
		FROM gap(given, ('policy p ''p'' fact founded date fixed fact size text in '
		'(''micro'' ''微型'', ''small'' ''小型'', ''large'' ''大型'') fixed
	fact kind text in (''a'' ''甲'', ''b'' ''乙'') fact listed_on date null means none fact until date null means none '
		'fact staff number 人 fixed fact revenue number 元 fact staff2 number 人 clause 1 when ' || rule)::policy) $$;
SELECT is(pg_temp.proposed(rule, given::jsonb), answer, 'proposed for ' || rule || ' of ' || given) FROM (VALUES
	('size = ''micro''', '{"size": "small"}', 'size "small" -> f'),
	('size = ''微型''', '{}', 'size -> f'),
	('staff >= 10人', '{"staff": 9}', 'staff 9 -> f'),
	('revenue / staff >= 2', '{"staff": 9, "revenue": 9}', 'revenue 9 -> 18 t'),
	('revenue / staff <= 0.5', '{"staff": 9, "revenue": 9}', 'revenue 9 -> 4.5 t'),
	('staff2 >= staff', '{"staff": 9, "staff2": 8}', 'staff2 8 -> 9 t'),
	('as_of - founded >= 365日', '{"founded": "2025-01-01", "as_of": "2025-06-30"}',
	'as_of "2025-06-30" -> "2026-01-01" t'),
	('listed_on <= 2025-01-01', '{"listed_on": "2025-02-01", "as_of": "2025-06-30"}', 'listed_on "2025-02-01" -> f'),
	('listed_on >= 2026-01-01', '{"listed_on": "2025-06-30", "as_of": "2025-06-30"}', 'listed_on "2025-06-30" -> f'),
	('listed_on >= 2026-01-01', '{"listed_on": "2025-07-01", "as_of": "2025-06-30"}',
	'listed_on "2025-07-01" -> "2026-01-01" t'),
	('listed_on <= as_of', '{"listed_on": null, "as_of": "2025-06-30"}', 'listed_on null -> "2025-06-30" t'),
	('listed_on + 1年 <= 2025-12-31', '{"listed_on": null, "as_of": "2025-06-30"}', 'listed_on null -> f'),
	('listed_on <= 2025-01-01', '{"as_of": "2025-06-30"}', 'listed_on -> "2025-01-01" t'),
	('kind = ''乙''', '{"kind": "甲"}', 'kind "a" -> "b" t')) cases (rule, given, answer);
SELECT is((SELECT concat_ws(' | ', condition, found, needed)
	FROM gap(given::jsonb, 'policy p ''p'' fact kind text in (''a'' ''甲'', ''b'' ''乙'', ''c'') clause 1 when kind in '
	'(''b'', ''c'')'::policy)), answer, 'labels: ' || given) FROM (VALUES
	('{"kind": "a"}', 'kind in (''b'', ''c'') | ''甲'' | in (''乙'', ''c'')'),
	('{"kind": "甲"}', 'kind in (''b'', ''c'') | ''甲'' | in (''乙'', ''c'')'),
	('{"kind": "丙"}', 'kind in (''b'', ''c'') | unknown | in (''乙'', ''c'')')) rows (given, answer);

-- A divisor that is zero is named, whether or not another value of it suffices.

SELECT results_eq($$SELECT condition, found, needed, fact, present, set_to, suffices FROM jsonb_array_elements(
	'[{"x": 2, "y": 0}, {"x": 0, "y": 0}]') e,
	gap(e, 'policy t ''t'' fact x number fact y number clause 1 when x / y > 1'::policy)$$,
	$$VALUES ('x / y > 1', 'unknown', '> 1', 'y', '0'::jsonb, '1.99'::jsonb, true),
		('x / y > 1', 'unknown', '> 1', 'y', '0', NULL, false)$$, 'a divisor of zero');

SELECT * FROM finish();
ROLLBACK;
