\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(124);

-- Each kind of finding, and cases without a finding.

CREATE FUNCTION pg_temp.found(rule text) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(format('%s %s: %s', kind, place, finding), E'\n')
		FROM lint(('policy p ''p''' || E'\n' || rule)::policy)
	WHERE kind <> 'bound'
$$;

SELECT is(pg_temp.found('fact d date null means none clause c reward cap 3元 stage a on d pay 1元 stage b on d pay 2元'),
	NULL, 'stages that fill their total');
SELECT is(pg_temp.found('fact d date null means none clause c reward cap 2.99元 stage a on d pay 1元 stage b on d pay '
	'2元'),
	'stages c: the stages add up to 3元, the total is 2.99元', 'stages that exceed it');
SELECT is(pg_temp.found('fact d date null means none fact n number 元 clause c reward cap n stage a on d pay 1元 stage b '
	'on d pay 2元'), NULL, 'a total that depends on facts');

SELECT is(pg_temp.found('fact n number score s = band(n : >= 5 then 3, >= 3 then 2, else 0) clause c when s > 1'), NULL,
	'a band in order');
SELECT is(pg_temp.found('fact n number score s = band(n : >= 3 then 3, >= 5 then 2, else 0) clause c when s > 1'),
	'unreachable s: the step ">= 5 then 2" of a band is never reached', 'a step behind a lower one');
SELECT is(pg_temp.found('fact n number score s = band(n : >= 5 then 3, >= 5 then 2, else 0) clause c when s > 1'),
	'unreachable s: the step ">= 5 then 2" of a band is never reached', 'a step that occurs twice');
SELECT is(pg_temp.found('fact n number at most 4 score s = band(n : >= 5 then 3, else 0) clause c when s > 1'),
	E'unreachable s: the step ">= 5 then 3" of a band is never reached\nnever c: no row can satisfy this',
	'a step outside the fact''s range');
SELECT is(pg_temp.found('fact n number score s = band(n : >= 5 then 3, > 3 then 2) clause c when s > 1'),
	'gap s: a band has no step for some values and no else: n', 'a band that ends too early');
SELECT is(pg_temp.found('fact n number at least 3 score s = band(n : >= 5 then 3, >= 3 then 2) clause c when s > 1'),
	NULL, 'a band that takes the whole range');
SELECT is(pg_temp.found('fact n number at least 3 score s = band(n : >= 5 then 3, > 3 then 2) clause c when s > 1'),
	'gap s: a band has no step for some values and no else: n', 'a band that leaves one value out');
SELECT is(pg_temp.found('fact t text in (''a'', ''b'') score s = band(t : = ''a'' then 3, = ''b'' then 2, '
	'else 0) clause c when s > 1'),
	'unreachable s: the else of a band is never reached: t', 'an else behind every value');

-- Steps that accept the same values: bounds in opposite directions, or a value named twice.
CREATE FUNCTION pg_temp.overlaps(steps text, type text DEFAULT 'number') RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.found(format('fact n %s score s = band(n : %s, else 0) clause c when s > 1', type, steps))
$$;
SELECT is(pg_temp.overlaps('> 5 then 3, <= 5 then 2'), 'unreachable s: the else of a band is never reached: n',
	'steps that meet do not overlap');
SELECT is(pg_temp.overlaps('>= 5 then 3, <= 3 then 2'), NULL, 'nor those that leave room');
SELECT is(pg_temp.overlaps('> 5 then 3, < 5 then 2'), NULL, 'for one value');
SELECT is(pg_temp.overlaps('>= 5 then 3, <= 5 then 2'),
	E'overlap s: the steps ">= 5 then 3" and "<= 5 then 2" of a band overlap; the first counts\nunreachable s: the '
	'else of a band is never reached: n', 'one value in two steps');
SELECT is(pg_temp.overlaps('<= 5 then 3, > 4.99 then 2'),
	E'overlap s: the steps "<= 5 then 3" and "> 4.99 then 2" of a band overlap; the first counts\nunreachable s: the '
	'else of a band is never reached: n', 'or more than one');
SELECT is(pg_temp.overlaps('>= -5 then 3, < -4 then 2'),
	E'overlap s: the steps ">= -5 then 3" and "< -4 then 2" of a band overlap; the first counts\nunreachable s: the '
	'else of a band is never reached: n', 'below zero');
SELECT is(pg_temp.overlaps('>= 5 then 3, >= 3 then 2'), NULL, 'bounds of one direction are how a band is written');
SELECT is(pg_temp.overlaps('= ''a'' then 3, in (''a'', ''b'') then 2', 'text'),
	'overlap s: the steps "= ''a'' then 3" and "in (''a'', ''b'') then 2" of a band overlap; the first counts',
	'a text that is named twice');
SELECT is(pg_temp.overlaps('= ''a'' then 3, in (''c'', ''b'') then 2', 'text'), NULL, 'or once');

-- Bands and bounds in soft conditions and stages.
SELECT is(pg_temp.found('fact n number clause c should band(n : > 3 then 2) > 1'),
	'gap c: a band has no step for some values and no else: n', 'should of a clause');
SELECT is(pg_temp.found('fact n number ladder rung r when n > 1 should band(n : > 3 then 2) > 1'),
	'gap r: a band has no step for some values and no else: n', 'should of a rung');
SELECT is(pg_temp.found('fact n number clause c reward stage a on as_of when band(n : > 3 then 2) > 1 pay 1元'),
	'gap c: a band has no step for some values and no else: n', 'when of a stage');
SELECT set_eq($$SELECT place, finding FROM lint('policy p ''p'' fact n number clause c should n * 2 > 3
	example ''a'' expect clause c true'::policy)$$, $$VALUES ('n * 2 > 3', 'no example stands on the bound')$$,
		'the bound of a soft condition, as it is written');

SELECT is(pg_temp.found('fact n number fact b boolean ladder rung low when n >= 2 rung high when n >= 3 and b'), NULL,
	'a rung that implies the one below by a higher bound');
SELECT is(pg_temp.found('fact n number fact b boolean ladder rung low when n >= 2 and b rung high when n >= 3'),
	'rung high: does not imply the rung "low" below it: b', 'a rung that lacks a condition');
SELECT is(pg_temp.found('fact n number ladder rung low when n > 3 rung high when n >= 3'),
	'rung high: does not imply the rung "low" below it: n > 3', 'a rung with a lower bound');
SELECT is(pg_temp.found('fact n number fact b boolean define base = b and n > 1 ladder rung low when base rung high '
	'when base and n >= 3'), NULL, 'conditions are followed through definitions');
SELECT is(pg_temp.found('fact n number fact b boolean ladder rung low when n > 1 or b rung high when b'), NULL,
	'one side of an or suffices');

SELECT is(pg_temp.found('fact n number between 0 and 15 clause c when n > 15'), 'never c: no row can satisfy this',
	'a bound beyond the range');
SELECT is(pg_temp.found('fact n number clause c when n > 15 and n < 3'),
	'never c: no row can satisfy both "n > 15" and "n < 3"', 'bounds that exclude each other');
SELECT is(pg_temp.found('fact n number clause c when n >= 3 and n <= 3'), NULL, 'bounds that leave one value');
SELECT is(pg_temp.found('fact n number fact m number clause c when n > 1'),
	'unused m: the fact is declared and not used', 'a fact that is not used');

SELECT results_eq($$SELECT place, finding FROM lint('policy p ''p'' fact n number clause c when n > 1
	example ''a'' given n = 2 expect clause c true')$$, $$VALUES ('n > 1', 'no example stands on the bound')$$,
		'a bound without an example on it');
SELECT results_eq($$SELECT place, finding FROM lint('policy p ''p'' fact n number clause c when n > 1
	example ''a'' given n = 1 expect clause c false')$$, $$VALUES ('n > 1', 'no example is inside it')$$,
		'a bound with examples on one side');
SELECT is_empty($$SELECT * FROM lint('policy p ''p'' fact n number clause c when n > 1
	example ''a'' given n = 1 expect clause c false example ''b'' given n = 1.01 expect clause c true')$$,
		'a bound with both');

-- What follows from what: by equality, by texts, by alternatives, and by what is not none.
CREATE FUNCTION pg_temp.odd(rule text) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(format('%s %s: %s', kind, place, finding), E'\n') FROM lint(('policy p ''p'' ' || rule)::policy)
		WHERE kind NOT IN ('bound', 'unused')
$$;
SELECT is(pg_temp.odd(format('fact n number null means none fact m number fact d date null means none fact t text in '
	'(''a'', ''b'', ''c'') fact w text fact b boolean ladder rung low when %s rung high when %s', low, high)),
	CASE WHEN NOT follows THEN format('rung high: does not imply the rung "low" below it: %s', low) END,
	format('"%s" %s "%s"', high, CASE WHEN follows THEN 'implies' ELSE 'does not imply' END, low))
FROM (VALUES
	('b', 'true', true), ('n = 3', 'n >= 3', true), ('n = 3', 'n > 3', false), ('n = 3', 'n > 2', true),
	('n = 3', 'n <= 3', true), ('n = 3', 'n < 3', false), ('n = 3', 'n < 4', true), ('n = 3', 'n <> 4', true),
	('n = 3', 'n <> 3', false),
	('n = 3', 'n = 3', true), ('n = 3', 'n = 4', false), ('n = 3', 'n <= 2', false), ('3 = n', 'n >= 3', true),
	('n = 3', '3 <= n', true), ('n = 3', '3 < n', false),
	('n > 3', 'n <> 3', true), ('n >= 3', 'n <> 3', false), ('n >= 3', 'n <> 2', true), ('n < 3', 'n <> 3', true),
	('n <= 3', 'n <> 3', false), ('n <> 3', 'n <> 3', true), ('n <> 3', 'n > 3', false),
	('n in (3, 4)', 'n >= 3', true), ('n in (3, 4)', 'n > 3', false), ('n = 3', 'n in (3, 4)', true),
	('n in (3, 4)', 'n in (3, 4, 5)', true), ('n in (3, 6)', 'n in (3, 4, 5)', false),
	('n = m', 'n >= m', true), ('n = m', 'm <= n', true), ('n > m', 'n >= m', true), ('n > m', 'm >= n', false),
	('n > m', 'm < n', true), ('n >= m', 'n > m', false),
	('d = 2024-01-31', 'd >= 2024-01-31', true), ('d = 2024-01-30', 'd >= 2024-01-31', false),
	('d > 2024-01-31', 'd >= 2024-01-31', true), ('d >= 2024-01-31', 'd > 2024-01-31', false),
	('t = ''a''', 't in (''a'', ''b'')', true), ('t = ''c''', 't in (''a'', ''b'')', false),
	('t in (''a'', ''b'')', 't <> ''c''', true), ('t in (''a'', ''b'')', 't = ''a''', false),
	('t <> ''c''', 't in (''a'', ''b'')', true), ('t <> ''a''', 't in (''a'', ''b'')', false),
	('w <> ''c''', 'w in (''a'', ''b'')', false), ('w not in (''a'', ''b'')', 'w <> ''a''', true),
	('w <> ''a''', 'w not in (''a'', ''b'')', false), ('w = ''a''', 'w <> ''b''', true),
	('n = 3', 'n is not null', true), ('n > m', 'n is not null', true), ('d <= as_of', 'd is not null', true),
	('b', 'n is not null', false),
	('b = true', 'b = true', true), ('b = true', 'b <> false', true), ('b = true', 'b = false', false)) rungs (high,
	low, follows);
SELECT is(pg_temp.odd(format('fact n number null means none fact m number fact t text in (''a'', ''b'', ''c'') clause '
	'c when %s and %s', a, b)),
	CASE WHEN excluded THEN format('never c: no row can satisfy both "%s" and "%s"', a, b) END,
	format('"%s" %s "%s"', a, CASE WHEN excluded THEN 'excludes' ELSE 'allows' END, b))
FROM (VALUES ('n = 3', 'n = 4', true), ('n = 3', 'n > 3', true), ('n = 3', 'n >= 3', false), ('n = 3', 'n <> 3', true),
	('n = m', 'n > m', true), ('n = m', 'n >= m', false),
	('t = ''a''', 't = ''b''', true), ('t in (''a'', ''b'')', 't = ''b''', false),
	('t in (''a'', ''b'')', 't not in (''a'', ''b'')', true), ('t in (''a'', ''b'')', 't <> ''b''', false),
	('n is null', 'n > 3', true), ('n is null', 'm > 3', false)) conditions (a, b, excluded);

-- Looking up: by a number or a day that is the same for all elements.
SELECT is(pg_temp.odd('fact h list (year number, day date, kind text, v number, w number) fact y number clause c when '
	|| condition), 'lookup c: an element that is not in the list counts as ' || counts ||
	'; use "one" or a fact by year: ' || what, condition)
FROM (VALUES
	('max(h where year = 2025 : v) > y', 'none', 'max(h where year = 2025 : v)'), ('min(h where y - 1 = year : v) > 1',
	'none', 'min(h where y - 1 = year : v)'), ('sum(h where year = y : v) > 1', '0', 'sum(h where year = y : v)'),
	('max(h where kind = ''x'' and year = y : v + w) > 1', 'none', 'max(h where kind = ''x'' and year = y : v + w)'),
	('max(h where day = 2024-12-31 : v) > y', 'none', 'max(h where day = 2024-12-31 : v)'),
	('one(h where year = y : v) > 1', NULL, NULL), ('max(h where year >= y : v) > 1', NULL, NULL),
	('max(h where kind = ''x'' : v) > y', NULL, NULL), ('sum(h where kind = ''x'' and year = y : v) > 1', NULL, NULL),
	('sum(h where year = y : v * w) > 1', NULL, NULL),
	('max(h where year = w : v) > y', NULL, NULL), ('count(h where year = y) > 1', NULL, NULL),
	('any(h where year = y) and max(h : v) > 1', NULL, NULL)) conditions (condition, counts, what);

-- A last day: "until" leaves it out.
SELECT is((SELECT string_agg(kind || ' ' || place || ': ' || finding, '; ')
	FROM lint(('policy p ''p'' in force from 2024-01-01 ' || until || ' clause 1 when true')::policy)
	WHERE kind <> 'bound'), answer, until) FROM (VALUES
	('until 2026-12-31', 'until p: it is not in force on 2026-12-31; "through" includes the last day'),
	('through 2026-12-31', NULL), ('until 2027-01-01', NULL), ('through 2026-12-30', NULL), ('', NULL)) forces (until,
	answer);

-- The shipped documents: each finding has a note that explains it.

CREATE TEMP TABLE findings AS SELECT p.code AS policy, l.* FROM policies p, lint(p.doc) l WHERE p.shipped;
SELECT is_empty($$SELECT * FROM findings WHERE kind NOT IN ('stages', 'rung', 'never')$$,
	'no finding but of stages, rungs and what cannot be satisfied');
SELECT is_empty($$SELECT policy, place, finding FROM findings f WHERE kind IN ('stages', 'rung', 'never')
	AND NOT EXISTS (
	SELECT FROM zjtx.notes n WHERE n.policy = f.policy AND n.code = f.place)$$, 'and each of those has a note');
SELECT ok(EXISTS (SELECT FROM findings WHERE policy = 'yubei-2024-34' AND place = '7-neeq'
	AND finding = '各阶段合计4000000元，而封顶为3000000元'),
	'渝北 7: 400万元 against 300万元 stays visible');

-- A Chinese document's findings are in Chinese.

SELECT results_eq($$SELECT kind, finding FROM lint($p$政策 p '示例' 事实 a 数 元 事实 b 数
	条款 1 当 a > 5元 且 a < 3元
	条款 2 奖励 给予 band(a : > 1元 then 5元, > 2元 then 6元, else 0元)
	阶梯 层级 x 级次 1 当 b > 1 层级 y 级次 2 当 b > 0$p$) ORDER BY kind, finding$$,
	$$VALUES ('bound', '该文件没有示例'), ('never', '没有任何数据能同时满足“a > 5元”和“a < 3元”'),
	('rung', '达到本级不必然达到下一级“x”：b > 1'), ('unreachable', '分档中“> 2元 then 6元”永远用不到')$$, 'findings in Chinese');

SELECT * FROM finish();
ROLLBACK;
