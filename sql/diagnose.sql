\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL client_min_messages = warning;
SELECT plan(17);

-- diagnose(text): what is wrong, and where.

CREATE FUNCTION pg_temp.diagnosed(document text) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', severity, line || ':' || "column" || '+' || length, message,
		'(' || hint || ')'), E'\n')
	FROM zjtx_author.diagnose(document)
$$;

-- Reading: one error, where it is, with the correction.
SELECT is(pg_temp.diagnosed('policy x ''X'' fact a number clause 1 when b > 1'), 'error 1:42+1 "b" is not declared',
	'a name');
SELECT is(pg_temp.diagnosed(E'政策 x ''甲''\n事实 收入 数 元\n条款 1 当 收入 > 5000 万元'),
	'error 3:13+4 a number and its unit are written together (Write 5000万元 instead of 5000 万元.)',
	'columns are characters, and the hint is the correction');
SELECT is(pg_temp.diagnosed(''),
	'error 1:1+0 the text ends too early (Expected a name, text in quotes, a number, a date, '
	'not, true, false, case, band, tiers, policy, series, and more.)', 'an empty text');
SELECT is(pg_temp.diagnosed('a > ''x'), 'error 1:5+1 the text that begins here has no closing quote', 'a quote');
SELECT matches(pg_temp.diagnosed(repeat('(', 100000)), '^error 1:\d+\+1 nested too deeply$', 'brackets');
SELECT matches(pg_temp.diagnosed('a > ' || repeat('1 + ', 100000) || '1'), '^error \d+:\d+\+\d+ ', 'a long sum');
SELECT matches(pg_temp.diagnosed(E'\x01\x02<script>alert(1)</script>'), '^error 1:1\+1 ', 'signs');
SELECT matches(pg_temp.diagnosed(repeat('x ', 500000)), '^error 1:3\+1 ', 'a megabyte of words');
SELECT is((SELECT count(*) FROM zjtx_author.diagnose(NULL)), 0::bigint, 'NULL');

-- Examples that fail, and findings of lint.
SELECT is(pg_temp.diagnosed($$policy x 'X' fact a number
fact u boolean
clause 1 when a > 1
example 'on it' given a = 1 expect clause 1 true, clause 1 false
example 'above' given a = 2 expect clause 1 true$$), 'warning 2:1+14 u: the fact is declared and not used
error 4:36+13 example ''on it'' expects clause 1 true, and finds false', 'in English');
SELECT is(pg_temp.diagnosed($$政策 x '甲办法' 事实 a 数
条款 1 当 a > 1
例 '某例' 设 a = 2 应得 条款 1 假$$), 'info 2:8+5 a > 1：没有恰在界限上的示例
error 3:19+6 例“某例”应得 条款 1 假，结果是 true', 'in Chinese');
SELECT is(pg_temp.diagnosed($$policy x 'X' fact a number
define s = band(a :
  >= 1 then 5,
  >= 2 then 7,
  else 0)
clause 1 when s > 3 and a < 1
ladder rung low when a > 10 rung high when a > 2
example 'e' given a = 2 expect clause 1 false, clause 1 false$$), 
	'info 3:6+1 a >= 1: no example stands on the bound
warning 4:3+11 s: the step ">= 2 then 7" of a band is never reached
info 4:6+1 a >= 2: no example stands on the bound
info 6:15+5 s > 3: no example stands on the bound
info 6:25+5 a < 1: no example stands on the bound
info 7:22+6 a > 10: no example stands on the bound
warning 7:29+9 high: does not imply the rung "low" below it: a > 10
info 7:44+5 a > 2: no example stands on the bound', 'each finding has a place');
SELECT is((SELECT count(*) FROM policies p, zjtx_author.diagnose(p.doc::text) d, lint(p.doc) l WHERE p.shipped
	AND severity = 'error'), 0::bigint, 'the shipped documents are in order');
SELECT is((SELECT string_agg(code, ',') FROM policies p WHERE shipped
	AND (SELECT count(*) FROM zjtx_author.diagnose(p.doc::text))
	<> (SELECT count(*) FROM lint(p.doc))), NULL, 'every finding of lint is one of diagnose');
SELECT is_empty($$SELECT code, d.line FROM policies p, zjtx_author.diagnose(p.doc::text) d WHERE shipped AND (d.line < 1
	OR d."column" > length(split_part(p.doc::text, E'\n', d.line)))$$, 'and has a place in the text');

-- Documents that the text uses come from the store.
SELECT store('policy used-1 ''Used'' fact n number clause 1 when n > 1') AS stored;
SELECT is(pg_temp.diagnosed('policy top ''Top'' uses used-1 clause 1 when satisfies used-1/1 '
	'example ''e'' given n = 2 expect clause 1 false'),
	E'info 1:44+18 n > 1: no example stands on the bound\n'
	'error 1:94+14 example ''e'' expects clause 1 false, and finds true', 'used documents');
SELECT matches(pg_temp.diagnosed('policy top ''Top'' uses nowhere clause 1 when satisfies nowhere/1 '
	'example ''e'' given n = 2 expect clause 1 false'), 'nowhere', 'one that is not there');

SELECT * FROM finish();
ROLLBACK;
