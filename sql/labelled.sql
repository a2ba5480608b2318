\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL client_min_messages = warning;
SELECT plan(14);

-- Where people read, a Chinese document shows labels and no words of the language's English form.

CREATE FUNCTION pg_temp.document(statements text) RETURNS policy LANGUAGE sql AS $$
	SELECT ('政策 t ''测试文件'' 事实 a number ''甲数'' null means none 事实 b boolean ''乙否'' 事实 c text ''丙'' in (''x'' ''某类'', '
	'''y'' ''另类'') 事实 d date ''丁日'' null means none 事实 e number 元 by year ''戊'' 事实 l list (n number ''数目'', '
	'k boolean ''有效'') '
	'''清单'' 表 tt ''己表'' by number (rate %, m 元) 1: (1%, 5元), 3: (none, 6元), 11: (5%, 7元) ' || statements)::policy
$$;
CREATE FUNCTION pg_temp.explained(facts jsonb, statements text, pattern text) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(trim(l), E'\n') FROM regexp_split_to_table(explain(facts, pg_temp.document(statements)), E'\n') l
	WHERE l ~ pattern
$$;

-- Steps of bands and cases.
SELECT is(pg_temp.explained('{"a": 1}',
	$$define w '真假' = case when a > 1 then true else false end clause 1 '一' when w$$,
	'其他情形'), '× case when 甲数 > 1 then 是 else 否 end；其他情形否；甲数（a）1', 'a truth value');
SELECT is(pg_temp.explained('{"c": "x"}',
	$$define m '情形' = case when b and a is not null then 1 when c = 'y' and a is null
	then 2 when c in ('x', 'y') and a between 1 and 4 then 3 when d not between 2024-01-01 and 2025-01-01 then 4
	when c not in ('x', 'y') then 5 else 0 end clause 1 '一' when m > 9$$, '按'),
	'× 情形（m）：0至4，要求超过9；乙否，且有甲数，按1；或者丙为“某类”、“另类”之一，且甲数不低于1、不超过4，按3；'
	'或者丁日早于2024-01-01，或者晚于2025-01-01，按4；或者其他情形按0；乙否（b）未提供（数据中没有此项），'
	'甲数（a）未提供（数据中没有此项），也可能没有，丙（c）“某类”，丁日（d）未提供（数据中没有此项），也可能没有', 'conditions of all kinds');
SELECT is(pg_temp.explained('{"b": false}', $$clause 1 '一' when b = true$$, '乙否'), '× 乙否（b）：否，要求：是',
	'a comparison with a truth value');

-- Formulas.
SELECT is(pg_temp.explained('{"a": 1, "e_2024": 2}', $$define s '合数' = a * 2 + 1 clause 1 '一' when s > 4$$, '甲数'),
	'= 甲数 * 2 + 1，取自 甲数（a）1', 'a fact');
SELECT is(pg_temp.explained('{"a": 1}', $$define s '合数' = a clause 1 '一' when s > 4$$, '甲数'),
	'取自 甲数（a）1', 'a fact alone is not said twice');
SELECT is(pg_temp.explained('{"a": 1}', $$clause 1 '一' when tt[a].rate > 2%$$, '己表'), '× 己表[甲数].rate：1%，要求超过2%',
	'a table');
SELECT is(pg_temp.explained('{"l": [{"n": 3, "k": true}]}', $$clause 1 '一' when sum(l as p where p.k : p.n) > 4$$,
	'清单'),
	'× sum(清单 as p where p.有效 : p.数目)：3，要求超过4', 'a list and its fields');
SELECT is(pg_temp.explained('{"as_of": "2025-06-30"}', $$clause 1 '一' when e[last_year] * 2 > 4元$$, '戊\['),
	'? 戊[last_year] * 2：未知，要求超过4元', 'a fact by year');

-- gap and margin.
CREATE TEMP TABLE p AS
	SELECT pg_temp.document($$define s '合数' = a * 2 + 1 ladder '阶' rung r '级' when s >= 10 and b = true
	and c in ('x') and d <= as_of and (A > 3 or tt[a].m > 5元)$$) AS p;
SELECT bag_eq($$SELECT DISTINCT condition, fact FROM p, gap('{"a": 1, "b": false, "c": "y",
	"d": "2026-01-01", "as_of": "2025-06-30"}'::jsonb, p)$$, $$VALUES ('丁日 <= 判断日', 'd'), ('丙 in (“某类”)', 'c'),
	('乙否 = 是', 'b'), ('合数 >= 10', 'a'), ('己表[甲数].m > 5元', 'a'), ('甲数 > 3', 'a')$$, 'gap');
SELECT bag_eq($$SELECT condition FROM p, margin('{"a": 1}'::jsonb, p)$$,
	$$VALUES ('乙否 = 是'), ('丁日 <= 判断日'), ('丙 in (“某类”)'), ('合数 >= 10'), ('己表[甲数].m > 5元'), ('甲数 > 3')$$, 'margin');
SELECT is((SELECT count(*) FROM p, vary(p, '合数 >= 10', 5, 5, 1)), 1::bigint, 'vary reads what margin shows');
SELECT is((SELECT count(*) FROM p, vary(p, '甲数>3', 5, 5, 1)), 1::bigint, 'white space does not count');
SELECT is((SELECT (v.p)::text ~ '\mA > 5\M' FROM p, vary(p, 'a > 3', 5, 5, 1) v), true,
	'and the names of the document');

-- In an English document names stay.
SELECT is((SELECT string_agg(condition, ', ')
	FROM gap('{"a": 1}'::jsonb, 'policy t ''A test'' fact a number ''甲数'' clause 1 when a > 3'::policy)),
	'a > 3', 'English');

SELECT * FROM finish();
ROLLBACK;
