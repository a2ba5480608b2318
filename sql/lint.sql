\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(26);

-- Each kind of finding, and what is no finding.

CREATE FUNCTION pg_temp.found(rule text) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(format('%s %s: %s', kind, place, finding), E'\n') FROM lint(('policy p ''p''' || E'\n' || rule)::policy)
	WHERE kind <> 'bound'
$$;

SELECT is(pg_temp.found('fact d date null means none clause c reward cap 3元 stage a on d pay 1元 stage b on d pay 2元'), NULL, 'stages that fill their total');
SELECT is(pg_temp.found('fact d date null means none clause c reward cap 2.99元 stage a on d pay 1元 stage b on d pay 2元'),
	'stages c: the stages add up to 3元, the total is 2.99元', 'stages that exceed it');
SELECT is(pg_temp.found('fact d date null means none fact n number 元 clause c reward cap n stage a on d pay 1元 stage b on d pay 2元'), NULL, 'a total that depends on facts');

SELECT is(pg_temp.found('fact n number score s = band(n : >= 5 then 3, >= 3 then 2, else 0) clause c when s > 1'), NULL, 'a band in order');
SELECT is(pg_temp.found('fact n number score s = band(n : >= 3 then 3, >= 5 then 2, else 0) clause c when s > 1'),
	'unreachable s: the step ">= 5 then 2" of a band is never reached', 'a step behind a lower one');
SELECT is(pg_temp.found('fact n number score s = band(n : >= 5 then 3, >= 5 then 2, else 0) clause c when s > 1'),
	'unreachable s: the step ">= 5 then 2" of a band is never reached', 'a step that stands twice');
SELECT is(pg_temp.found('fact n number at most 4 score s = band(n : >= 5 then 3, else 0) clause c when s > 1'),
	E'unreachable s: the step ">= 5 then 3" of a band is never reached\nnever c: no row can satisfy this', 'a step outside the fact''s range');
SELECT is(pg_temp.found('fact n number score s = band(n : >= 5 then 3, > 3 then 2) clause c when s > 1'),
	'gap s: a band has no step for some values and no else: n', 'a band that ends too early');
SELECT is(pg_temp.found('fact n number at least 3 score s = band(n : >= 5 then 3, >= 3 then 2) clause c when s > 1'), NULL, 'a band that takes the whole range');
SELECT is(pg_temp.found('fact n number at least 3 score s = band(n : >= 5 then 3, > 3 then 2) clause c when s > 1'),
	'gap s: a band has no step for some values and no else: n', 'a band that leaves one value out');
SELECT is(pg_temp.found('fact t text in (''a'', ''b'') score s = band(t : = ''a'' then 3, = ''b'' then 2, else 0) clause c when s > 1'),
	'unreachable s: the else of a band is never reached: t', 'an else behind every value');

SELECT is(pg_temp.found('fact n number fact b boolean ladder rung low when n >= 2 rung high when n >= 3 and b'), NULL, 'a rung that implies the one below by a higher bound');
SELECT is(pg_temp.found('fact n number fact b boolean ladder rung low when n >= 2 and b rung high when n >= 3'),
	'rung high: does not imply the rung "low" below it: b', 'a rung that lacks a condition');
SELECT is(pg_temp.found('fact n number ladder rung low when n > 3 rung high when n >= 3'),
	'rung high: does not imply the rung "low" below it: n > 3', 'a rung with a lower bound');
SELECT is(pg_temp.found('fact n number fact b boolean define base = b and n > 1 ladder rung low when base rung high when base and n >= 3'), NULL, 'conditions are followed through definitions');
SELECT is(pg_temp.found('fact n number fact b boolean ladder rung low when n > 1 or b rung high when b'), NULL, 'one side of an or suffices');

SELECT is(pg_temp.found('fact n number between 0 and 15 clause c when n > 15'), 'never c: no row can satisfy this', 'a bound beyond the range');
SELECT is(pg_temp.found('fact n number clause c when n > 15 and n < 3'),
	'never c: no row can satisfy both "n > 15" and "n < 3"', 'bounds that exclude each other');
SELECT is(pg_temp.found('fact n number clause c when n >= 3 and n <= 3'), NULL, 'bounds that leave one value');
SELECT is(pg_temp.found('fact n number fact m number clause c when n > 1'), 'unused m: the fact is declared and not used', 'a fact that is not used');

SELECT results_eq($$SELECT place, finding FROM lint('policy p ''p'' fact n number clause c when n > 1
	example ''a'' given n = 2 expect clause c true')$$, $$VALUES ('n > 1', 'no example stands on the bound')$$, 'a bound without an example on it');
SELECT results_eq($$SELECT place, finding FROM lint('policy p ''p'' fact n number clause c when n > 1
	example ''a'' given n = 1 expect clause c false')$$, $$VALUES ('n > 1', 'no example is inside it')$$, 'a bound with examples on one side');
SELECT is_empty($$SELECT * FROM lint('policy p ''p'' fact n number clause c when n > 1
	example ''a'' given n = 1 expect clause c false example ''b'' given n = 1.01 expect clause c true')$$, 'a bound with both');

-- The shipped documents: what is found is explained where it stands.

CREATE TEMP TABLE findings AS SELECT p.code AS policy, l.* FROM policies p, lint(p.doc) l WHERE p.shipped;
SELECT is_empty($$SELECT * FROM findings WHERE kind NOT IN ('stages', 'rung', 'never')$$, 'no finding but of stages, rungs and what cannot be satisfied');
SELECT is_empty($$SELECT policy, place, finding FROM findings f WHERE kind IN ('stages', 'rung', 'never') AND NOT EXISTS (
	SELECT FROM zjtx.notes n WHERE n.policy = f.policy AND n.code = f.place)$$, 'and each of those has a note');
SELECT ok(EXISTS (SELECT FROM findings WHERE policy = 'yubei-2024-34' AND place = '7-neeq' AND finding = 'the stages add up to 4000000元, the total is 3000000元'),
	'渝北 7: 400万元 against 300万元 stays visible');

SELECT * FROM finish();
ROLLBACK;
