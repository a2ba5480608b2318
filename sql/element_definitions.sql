\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(36);

-- define … of list: a value of each element.

CREATE TEMP TABLE t AS SELECT $$policy t 't' fact loans list (principal number 元, percent number %, drawn date,
	kind text in ('a' 'A', 'b'), done date null means none) '贷款' fact items list (cost number 元, percent number %)
		fact ns list of number fact top number % fact y number
define rate '费率' of loans = least(percent, top)
define interest of loans = principal * rate
define large of loans = interest > 5元 and any(items where cost < interest)
define square of ns = it ^ 2
define best = max(loans : interest)
define later '另有更晚的' of loans as l = any(loans where drawn > l.drawn)
define kind_2 of loans = kind
define twice of loans = interest + interest
$$ AS head, '{"loans": [{"principal": 100, "percent": 0.03, "drawn": "2024-01-31", "kind": "A", "done": "2024-06-30"}, '
	'{"principal": 1000, "percent": 0.01, "drawn": "2025-01-31", "kind": "b", "done": null}], "items": [{"cost": 5, '
	'"percent": 0.5}, {"cost": 9, "percent": 0.2}], "ns": [1, 2, 3], "top": 0.02, "y": 2}'::jsonb AS e;

SELECT is(e |= (head || 'clause 1 when ' || condition)::policy, answer, condition) FROM t, (VALUES
	('sum(loans : interest) = 12元 and best = 10元 and sum(loans : twice) = 24元', true),
	('count(loans where rate < 2%) = 1 and max(loans : rate) = 2%', true),
	('sum(ns : square) = 14 and sum(ns as n : square) = 14 and sum(ns as n : n.square) = 14', true),
	('any(loans where large) and count(loans where large) = 1', true),
	('count(loans where later) = 1 and not any(loans where drawn > 2025-01-30 : later)', true),
	-- the element is the one that is meant, however deep
	('sum(loans as l : sum(items where cost > l.interest : cost)) = 14元', true),
	('sum(loans as l : sum(items where cost > 5元 : l.interest)) = 12元', true),
	('sum(loans as l : sum(items : rate)) = 6%', true),
	('sum(loans as l : sum(loans : l.rate)) = 6% and sum(loans as l : sum(loans : rate)) = 6%', true),
	('sum(loans as l : sum(loans as m where m.interest > l.interest : m.interest - l.interest)) = 8元', true),
	('sum(items : sum(loans : rate * cost)) = 0.42元', true),
	('sum(items as i : sum(loans as l where l.large : i.cost)) = 14元', true),
	('sum(ns as n : sum(loans : rate * n)) = 0.18', true), ('any(loans where kind_2 = ''A'')', true)) conditions
	(condition, answer);
SELECT is('{"loans": [{"principal": 100, "drawn": "2024-01-31"}], "top": 0.02}'::jsonb |= (head || 'clause 1 when ' ||
	condition)::policy, answer, 'unknown: ' || condition) FROM t, (VALUES ('sum(loans : interest) <= 2元', true),
	('sum(loans : interest) = 2元', NULL)) c (condition, answer);
SELECT is('{"loans": [{"principal": 100, "drawn": "2024-01-31"}], "top": 0.02}'::jsonb |!
	(head || 'clause 1 when sum(loans : interest) > 1元')::policy, '{loans}', 'missing: the list') FROM t;

-- In a stage over the list, whose day is that of the element.
SELECT is((e || '{"as_of": "2025-06-30"}') |#
	(head || 'clause 1 reward stage a each loans on drawn when rate < 2% pay interest')::policy, 10.00, 'in a stage')
	FROM t;
SELECT is((e || '{"as_of": "2024-06-30"}') |#
	((head || 'clause 1 reward stage a each loans on drawn pay interest clause 2 reward pay 1元')::policy -> '1'), 2.00,
	'in a part, on another day') FROM t;

SELECT is(pg_temp.refusal('policy t ''t'' fact loans list (v number) fact ns list of number fact n number ' || rule),
	refusal, rule) FROM (VALUES
	('define rate of loans = v clause 1 when rate > 1',
	E'line 1, column 117: "rate" is a value of each element of "loans"\nHINT: Use it in a function over the list, '
	'such as count(loans where rate > 0).'),
	('define rate of n = v clause 1 when n > 1', 'line 1, column 93: "n" is not a list fact'),
	('define rate of nowhere = v clause 1 when n > 1', 'line 1, column 93: "nowhere" is not a list fact'),
	('define v of loans = 1 clause 1 when n > 1', 'line 1, column 78: "v" is a field of "loans" already'),
	('define a of loans = b define b of loans = a clause 1 when n > 1',
	'line 1, column 120: the definition of "a" refers to itself'),
	('define a of loans = v clause 1 when any(ns where a > 1)',
	E'line 1, column 127: "a" is a value of each element of "loans"\nHINT: Use it in a function over the list, '
	'such as count(loans where a > 0).'),
	('define a of loans = v clause 1 when any(ns as n where n.a > 1)',
	E'line 1, column 132: the elements of "ns" have no fields\nHINT: Write n.'),
	('define a of loans = v clause 1 when n > 1 example ''e'' expect a = 1',
	E'line 1, column 139: "a" is a value of each element of "loans"\nHINT: Use it in a function over the list, '
	'such as count(loans where a > 0).'),
	('score a of loans = v clause 1 when n > 1',
	E'line 1, column 86: unexpected "of"\nDETAIL: Expected text in quotes, ''=''.')) rules (rule, refusal);

-- explain: the definition of each element, once for each.
SELECT is(explain(e, (head || 'clause 1 reward pay sum(loans : interest)')::policy),
	E't\n√ clause 1: reward, 12元\n  pay sum(loans : interest): 12元\n    1: principal 100元, percent 3%, '
	'drawn 2024-01-31, kind ''A'', done 2024-06-30: 2元\n    2: principal 1000元, percent 1%, drawn 2025-01-31, '
	'kind ''b'', done none: 10元', 'explained') FROM t;

-- It is no part, and has no value of its own.
SELECT results_eq($$SELECT d.name, d.type, d.expression, d.value, d.list FROM t,
	definitions((head || 'clause 1 when y > 1')::policy) d WHERE d.name IN ('rate', 'best', 'large') ORDER BY 1$$,
	$$VALUES ('best', 'number', 'max(loans : interest)', NULL, NULL),
	('large', 'boolean', 'interest > 5元 and any(items where cost < interest)', NULL, 'loans'),
	('rate', 'number', 'least(percent, top)', NULL, 'loans')$$, 'among the definitions');
SELECT matches(pg_temp.error_of(format('SELECT %L::policy -> ''rate''', (SELECT head || 'clause 1 when y > 1' FROM t))),
	'rate', 'no part');
SELECT is(pg_temp.refusal('part ''rate'' of ' || head || 'clause 1 when y > 1'),
	'line 1, column 6: "rate" is a value of each element of "loans", not of a row', 'nor before the text') FROM t;
SELECT is(((head || 'clause 1 when y > 1')::policy -> 'best')::text LIKE
	'%define interest of loans = principal * rate%', true, 'a part brings what it needs along') FROM t;
SELECT is(value(e, (head || 'clause 1 when y > 1')::policy -> 'best'), 10::numeric, 'and its value') FROM t;
SELECT is((SELECT count(*) FROM lint((head || 'clause 1 when y > 1')::policy) WHERE kind NOT IN ('bound', 'unused')),
	0::bigint, 'lint looks at it') FROM t;

-- Chains of definitions are compiled once.
SELECT is('{"ns": [1]}'::jsonb |= ('policy t ''t'' fact ns list of number define d0 of ns = it ' ||
	(SELECT string_agg(format('define d%s of ns = d%s + d%s', i, i - 1, i - 1), ' ') FROM generate_series(1, 60) i) ||
	' clause 1 when sum(ns : d60) = 1152921504606846976')::policy, true, 'sixty doublings');

SELECT * FROM finish();
ROLLBACK;
