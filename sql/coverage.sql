\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx, zjtx_author;
SELECT no_plan();

-- Which examples reach the conditions, branches, steps and bounds of a document.

CREATE FUNCTION pg_temp.points(source zjtx.policy) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', kind, place, '[' || condition || ']', holds, coalesce(fails::text, '-'),
		coalesce(on_bound::text, '-'), covered), E'\n') FROM coverage(source)
$$;
CREATE TEMP TABLE given AS SELECT $$policy p 't' fact a number fact b number null means none
	fact l list (d date, x number) fact m boolean
fact date_1 date
define d = a > 5 or b > 3
clause 1 reward when d and a < 100 pay band(b : >= 3 then 1元, >= 2 then 2元, else 3元)
clause 2 when any(l : x >= 3)
clause 3 reward stage s on date_1 when a >= 7 pay case when m then 1元 when a > 6 then 2元 end
ladder 'l' rung r 'r' when a = 3 rung q 'q' when b <= 3
group g best of 1, 3
example 'x' given a = 5, b = 3 expect clause 1 false
example 'y' given a = 6, b = 4 expect clause 1 true, clause 1 = 1元
example 'z' given a = 100, b = 2, l = [(x = 3), (x = 2)] expect clause 1 = 0元, clause 2 true
example 'w' given as_of = 2025-01-01, a = 7, date_1 = 2024-01-01, m = false expect clause 3 = 2元
$$ AS source;
SELECT is(pg_temp.points(source::policy), 'clause 1 [d and a < 100] {y} {x,z} - t
clause 2 [any(l : x >= 3)] {z} {} - f
clause 3 {w} {} - f
stage 3/s [a >= 7] {w} {} - f
rung r [a = 3] {} {} - f
rung q [b <= 3] {} {} - f
group g [1, 3] {} {} - f
bound d [a > 5] {y,z} {x} {x} t
bound d [b > 3] {} {x} {x} f
branch d [a > 5] {y,z} {x} - t
branch d [b > 3] {} {x} - f
bound 1 [a < 100] {y} {z} {z} t
bound 1 [b >= 3] {y} {} {} f
bound 1 [b >= 2] {} {} {} f
step 1 [b >= 3] {y} - - t
step 1 [b >= 2] {} - - f
step 1 [else] {} - - f
bound 2 [x >= 3] {z} {} {z} f
bound 3 [date_1 <= as_of] {w} {} {} f
bound 3 [a >= 7] {w} {} {w} f
bound 3 [a > 6] {w} {} {} f
step 3 [m] {} - - f
step 3 [a > 6] {w} - - t
bound q [b <= 3] {} {} {} f', 'what examples reach') FROM given;
SELECT is(pg_temp.points('policy p ''t'' fact a number define never = 0元 / 0 fact b number 元
	clause 1 clause 2 when false
	clause 3 when a = 1 and b >= never clause 4 when a = 2 example ''x'' given a = 2 expect clause 3 false,
	clause 1 true, clause 4 true
	example ''y'' given a = 1 expect clause 4 false, clause 2 false'),
'clause 1 {x} {} - t
clause 2 [false] {} {y} - t
clause 3 [a = 1 and b >= never] {} {x} - t
clause 4 [a = 2] {x} {y} - t
bound 3 [b >= never] {} {} {} t', 'what no row can reach is not asked for');
SELECT is(pg_temp.points('政策 p ''办法'' 事实 a 数 事实 m 是否 条款 1 奖励 给予 分情形 当 a > 1 则 1元 否则 2元 终 例 ''x'' 设 a = 0 应得 条款 1 = 2元'),
'clause 1 {x} {} - t
bound 1 [a > 1] {} {x} {} f
step 1 [a > 1] {} - - f
step 1 [否则] {x} - - t', 'in Chinese');
SELECT is(pg_temp.points('policy a ''t'' uses b fact x number clause 1 when satisfies b/1 or x > 2
	example ''e'' given x = 3 expect clause 1 true policy b ''u'' fact x number clause 1 when x > 100'),
'clause 1 [satisfies b/1 or x > 2] {e} {} - f
bound 1 [x > 2] {e} {} {} f
branch 1 [satisfies b/1] {} {e} - f
branch 1 [x > 2] {e} {} - t', 'what used documents say is tested there');
SELECT is(pg_temp.points('a > 3'), 'clause rule [a > 3] {} {} - f
bound rule [a > 3] {} {} {} f', 'a rule');
SELECT is_empty('SELECT * FROM coverage(NULL)', 'NULL');
SELECT is_empty($$SELECT * FROM coverage('policy p ''t''')$$, 'nothing to reach');

-- The shipped documents: every provision on both sides, every branch and step, every bound from both sides and on it.
SELECT is(array(SELECT concat_ws(' ', kind, place, condition) FROM coverage(doc) WHERE NOT covered), '{}',
	code || ' reaches all')
	FROM policies WHERE shipped ORDER BY code;
SELECT cmp_ok((SELECT count(*) FROM coverage(doc)), '>=', least::bigint, code || ' has points')
	FROM policies JOIN (VALUES ('banan-2024', 20), ('cq-2022-23', 60), ('cq-hardtech-2023-21', 80), ('dazu-2022-92', 230),
	('miit-2022-63', 190), ('miit-2026-2', 230), ('yubei-2024-34', 100)) v (code, least) USING (code) ORDER BY code;
SELECT cmp_ok((SELECT count(*) FROM coverage((regexp_replace(doc::text, E'\n例 ''.*$', ''))::policy) WHERE covered), '<',
	20::bigint,
	'without examples, nearly nothing is reached') FROM policies WHERE code = 'yubei-2024-34';

SELECT * FROM finish();
ROLLBACK;
