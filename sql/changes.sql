\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx, zjtx_author;
SET LOCAL zjtx.as_of = '2025-06-30';
SELECT no_plan();

-- How two documents differ, in words, in examples and in the rows of a table.

CREATE FUNCTION pg_temp.words(old zjtx.policy, new zjtx.policy) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(words, E'\n') FROM changes(old, new)
$$;
CREATE TEMP TABLE law AS SELECT $$policy p 't' number 'n' in force from 2024-01-01 note R1 'one' note 'two'
fact a number 'label' fact b number define d 'D' = a > 5
clause 1 'first' reward when d pay 10元 cap 20元 office 'x' wording 'w' clause 2 when a > 9
clause 3 reward stage s 'S' on day when a > 2 pay 3元
fact day date ladder 'L' rung r 'R' when a > 9 target t1 'T' 家 stock 2025: 5 service v 'V'
example 'x' given a = 6 expect clause 1 = 10元
example 'y' like 'x' given a = 5 expect clause 1 = 0元, rung r false$$::policy AS p;
SELECT is_empty('SELECT changes(p, p) FROM law', 'nothing changed');
SELECT is(pg_temp.words(p, regexp_replace(p::text, '\s+', E' -- comment\n   ', 'g')::policy), NULL,
	'nor by white space and comments') FROM law;
SELECT is(pg_temp.words(p, replace(p::text, '10元', '12元')::policy),
'clause 1: pay changes from "10元" to "12元"
example ''x'': clause 1 = 10元 was 10元, and is now 12元
example ''x'': clause 1 = 12元 was 10元, and is now 12元', 'an amount; an example that expects it') FROM law;
SELECT is(pg_temp.words(p,
	replace(replace(replace(replace(p::text, 'a > 5', 'a >= 5'), 'clause 2 when a > 9', 'clause 4 when a > 8'), '''two''',
	'''three'''), '2025: 5', '2025: 6')::policy),
'policy: note "three" is added
policy: note "two" is removed
define d: expression changes from "a > 5" to "a >= 5"
clause 4 is new
target t1: text changes from "target t1 ''T'' 家 stock 2025: 5" to "target t1 ''T'' 家 stock 2025: 6"
clause 2 is removed
example ''y'': clause 1 = 0元 was 0元, and is now 10元', 'a definition, a note, a target, clauses') FROM law;
SELECT is(pg_temp.words(p,
	replace(replace(replace(replace(replace(p::text, 'number ''n''', 'number ''m'''), '''L''', '''M'''), 'pay 3元',
	'pay 4元'), 'office ''x''', ''), ' ''label''', '')::policy),
'policy: number changes from "n" to "m"
fact a: text changes from "fact a number ''label''" to "fact a number"
clause 1: office "x" is removed
stage 3/s: pay changes from "3元" to "4元"
ladder: title changes from "L" to "M"', 'the header, a fact, a stage, the ladder') FROM law;
SELECT is(pg_temp.words(p, replace(p::text, 'fact b number', 'fact c number at least 0') ::policy),
'fact c is new
fact b is removed', 'a fact') FROM law;
SELECT is(pg_temp.words('policy p ''t'' fact a number clause 1 when a > 1 '
	'example ''x'' given a = 2 expect clause 1 true',
	'policy p ''t'' fact b number clause 1 when b > 1 example ''x'' given b = 2 expect clause 1 true'),
'fact b is new
clause 1: when changes from "a > 1" to "b > 1"
fact a is removed
example ''x'' does not fit the new document: there is no fact "a"
example ''x'' does not fit the old document: there is no fact "b"', 'examples that do not fit');
SELECT is(pg_temp.words('政策 p ''办法'' 事实 a 数 条款 1 奖励 当 a > 1 给予 1元 例 ''甲'' 设 a = 2 应得 条款 1 = 1元',
	'政策 p ''办法'' 事实 a 数 条款 1 奖励 当 a > 2 给予 1元 封顶 3元 条款 2 例 ''甲'' 设 a = 2 应得 条款 1 = 0元'),
'条款 1的条件由“a > 1”改为“a > 2”
条款 1增加封顶“3元”
新增条款 2
例“甲”：条款 1 = 1元，原为 1元，现为 0元
例“甲”：条款 1 = 0元，原为 1元，现为 0元', 'in Chinese');
SELECT is(pg_temp.words('a > 1', 'a > 2'), 'clause: when changes from "a > 1" to "a > 2"', 'rules');
SELECT is(pg_temp.words('series s policy a-1 ''t'' series s in force from 2024-01-01 '
	'clause 1 policy a-2 ''t'' series s in force from 2025-01-01 clause 1',
	'series s policy a-1 ''t'' series s in force from 2024-01-01 '
	'clause 1 policy a-2 ''t'' series s in force from 2025-01-01 clause 1 when 1 > 2'),
	'clause 1: when "1 > 2" is added', 'versions of a series');
SELECT is(pg_temp.words('policy a ''t'' uses b clause 1 when satisfies b/1 '
	'example ''e'' given x = 3 expect clause 1 true policy b ''u'' fact x number clause 1 when x > 2',
	'policy a ''t'' uses b clause 1 when satisfies b/1 example ''e'' given x = 3 expect clause 1 true policy b ''u'' '
	'fact x number clause 1 when x > 4'),
	'example ''e'': clause 1 true was true, and is now false', 'a used document');
SELECT is(pg_temp.words('policy a ''t'' uses b clause 1 when satisfies b/1 '
	'example ''e'' given as_of = 2025-01-01 expect clause 1 true',
	'policy a ''t'' uses b clause 1 when satisfies b/2 example ''e'' given as_of = 2025-01-01 expect clause 1 true'),
	'clause 1: when changes from "satisfies b/1" to "satisfies b/2"', 'a used document whose text is missing');
SELECT is_empty($$SELECT * FROM changes(NULL, 'a > 1')$$, 'NULL');
SELECT cmp_ok((SELECT count(*) FROM changes(stored('miit-2022-63'), stored('miit-2026-2')) WHERE kind <> 'example'),
	'>', 30::bigint, 'two standards');

-- The rows of a table.
CREATE TABLE public.impact_firm (id int, a numeric, b numeric, day date);
INSERT INTO public.impact_firm VALUES (1, 6, 1, '2025-01-01'), (2, 5, 1, NULL), (3, 10, 1, '2025-01-01'),
	(4, NULL, 1, NULL), (5, 1, 1, '2025-01-01');
SELECT results_eq($$SELECT line, title, rows, gained, lost, undecided, amount_1, amount_2, difference, unit
	FROM impact('public.impact_firm', (SELECT p FROM law),
		(SELECT replace(replace(p::text, 'a > 5', 'a >= 5'), 'pay 3元', 'pay 4元')::policy FROM law))$$,
	$$VALUES ('3', NULL, 4::bigint, 0::bigint, 0::bigint, 2::bigint, 6.00::numeric, 8.00::numeric, 2.00::numeric, '元'),
	('3/s', 'S', 4, 0, 0, 2, 6.00, 8.00, 2.00, '元'), ('1', 'first', 1, 1, 0, 0, 0.00, 10.00, 10.00, '元')$$,
	'rows and money');
SELECT is_empty($$SELECT * FROM impact('public.impact_firm', (SELECT p FROM law), (SELECT p FROM law))$$,
	'the same law');
SELECT results_eq($$SELECT line, rows, gained, lost, difference FROM impact('public.impact_firm',
	'policy p ''t'' fact a number clause 1 when a > 9 ladder ''l'' rung r ''r'' when a > 5',
	'policy p ''t'' fact a number clause 2 when a > 9 ladder ''l'' rung r ''r'' when a > 6')$$,
	$$VALUES ('1', 5::bigint, 0::bigint, 1::bigint, NULL::numeric), ('r', 1, 0, 1, NULL), ('2', 5, 1, 0, NULL)$$,
	'a rung, a clause that is gone and a new one');
CREATE VIEW public.impact_some AS SELECT id, a + 1 AS a, b, day FROM public.impact_firm WHERE id < 3;
SELECT is((SELECT sum(rows)
	FROM impact('public.impact_some', 'policy p ''t'' fact a number clause 1 when a > 6',
	'policy p ''t'' fact a number clause 1 when a > 5')), 1::numeric, 'a view');
SELECT is_empty($$SELECT * FROM impact('public.impact_firm', NULL, 'a > 1')$$, 'NULL');
SELECT is(pg_temp.error_of($$SELECT * FROM impact('public.nothing', 'a > 1', 'a > 2')$$),
	'42P01: relation "public.nothing" does not exist', 'no relation');
SELECT is(pg_temp.error_of($$SELECT * FROM impact(0::regclass, 'a > 1', 'a > 2')$$) ~ '^42P01', true,
	'no relation, by number');
CREATE ROLE zjtx_reader;
SET LOCAL ROLE zjtx_reader;
SELECT is(pg_temp.error_of($$SELECT * FROM impact('public.impact_firm', 'a > 1', 'a > 2')$$),
	'42501: permission denied for table impact_firm', 'with the rights of the caller');
RESET ROLE;

SELECT * FROM finish();
ROLLBACK;
