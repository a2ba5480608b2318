\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(84);

-- tiers: each part of a number at its own rate.

CREATE TEMP TABLE t AS
	SELECT $$policy t 't' fact x number 元 fact n number 元 null means none fact staff number 人 fact plain number
		fact some number 元 between 400万元 and 600万元
fact most number 元 at most 600万元 null means none fact least_ number 元 at least 1200万元 fact points number 分
clause 1 when $$ AS head;

-- On every bound, and on both sides of it: 5% up to 500万元, 4% up to 1000万元, 3% above.
SELECT is((jsonb_build_object('x', x) |# ('policy t ''t'' fact x number 元 clause 1 reward pay ' || rule)::policy),
	answer, x || ' of ' || rule)
FROM (VALUES ('tiers(x : 5% to 500万元, 4% to 1000万元, else 3%)'), ('超额累进（x：5% 到 500万元，4％ 到 1000万元，否则 3%）')) rules (rule),
	(VALUES (-1::numeric, 0.00), (0, 0.00), (0.20, 0.01), (4999999, 249999.95), (5000000, 250000.00),
	(5000001, 250000.04),
		(9999999, 449999.96), (10000000, 450000.00), (10000001, 450000.03), (100000000, 3150000.00)) xs (x, answer);
SELECT is((jsonb_build_object('x',
	x) |# 'policy t ''t'' fact x number 元 clause 1 reward pay tiers(x : 0 to 500万元, 4% to 1000万元)'::policy), answer,
	x || ' without else')
FROM (VALUES (5000000::numeric, 0.00), (5000001, 0.04), (9999999, 199999.96), (10000000, 200000.00),
	(10000001, 200000.00), (100000000, 200000.00)) xs (x, answer);

-- The sum of the parts, reckoned by a query, of jsonb and of a row, against bounds that it meets and misses by little.
CREATE FUNCTION pg_temp.by_parts(x numeric) RETURNS numeric LANGUAGE sql AS $$
	SELECT sum(rate * greatest(0, least(x, upper) - lower))
	FROM (VALUES (0.05, 0, 100), (0.333, 100, 250.5), (0, 250.5, 300), (2, 300, 1e30)) v (rate, lower, upper)
$$;
CREATE TEMP TABLE near AS SELECT b + d AS x FROM unnest('{0,100,250.5,300,1e6,1e15}'::numeric[]) b,
	unnest('{-1,-0.01,-1e-20,0,1e-20,0.01,1,0.1234567}'::numeric[]) d;
SELECT is_empty(format($q$SELECT x, e FROM near, unnest('{-1e-20,0,1e-20,1}'::numeric[]) e
	WHERE (%s) IS DISTINCT FROM pg_temp.by_parts(x) > pg_temp.by_parts(x) + e$q$, asked), 'as a sum of parts: ' || asked)
FROM (VALUES ($q$jsonb_build_object('x', x, 'y', pg_temp.by_parts(x) + e)
		|= 'policy t ''t'' fact x number fact y number '
		'clause 1 when tiers(x : 5% to 100, 0.333 to 250.5, 0 to 300, else 2) > y'::policy$q$),
	($q$(SELECT r |= 'policy t ''t'' fact x number fact y number '
		'clause 1 when tiers(x : 5% to 100, 0.333 to 250.5, 0 to 300, else 2) > y'::policy
		FROM (SELECT near.x, pg_temp.by_parts(near.x) + e AS y) r)$q$)) forms (asked);
CREATE TEMP TABLE firms AS SELECT x, pg_temp.by_parts(x) AS y FROM near;
SELECT is((SELECT count(*) FROM firms f
	WHERE f |= 'policy t ''t'' fact x number fact y number '
		'clause 1 when tiers(x : 5% to 100, 0.333 to 250.5, 0 to 300, else 2) = y'::policy),
	(SELECT count(*) FROM firms), 'as columns of a table');

-- None, and ranges.
SELECT is('{"n": null, "x": 6000000, "most": 1}'::jsonb |= (head || condition)::policy, answer, condition) FROM t,
	(VALUES
	('tiers(n : 5% to 500万元) is null', true),
	('tiers(some : 5% to 500万元, 4% to 1000万元) between 20万元 and 29万元', true),
	('tiers(some : 5% to 500万元, 4% to 1000万元) < 29万元', NULL),
	('tiers(some : 5% to 500万元, 4% to 1000万元) > 20万元', NULL),
	('tiers(some : 5% to 600万元, 0 to 700万元) <= 30万元', true),
	('tiers(least_ : 5% to 500万元, 4% to 1000万元) = 45万元', true),
	('tiers(least_ : 5% to 500万元, 4% to 1000万元, else 0%) = 45万元', true),
	('tiers(least_ : 5% to 500万元, 4% to 1000万元, else 1%) >= 47万元', true),
	('tiers(least_ : 5% to 500万元, 4% to 1000万元, else 1%) <= 100亿元', NULL),
	('tiers(plain : 5% to 5, else 4%) >= 0', true),
	('tiers(x * plain : 5% to 5, 4% to 10) between 0 and 0.45', true)) conditions (condition, answer);
SELECT is('{}'::jsonb |= (head || condition)::policy, answer, condition) FROM t, (VALUES
	('tiers(most : 5% to 500万元, else 4%) <= 29万元', NULL), ('tiers(most : 5% to 500万元, else 4%) > 29万元', false),
	('coalesce(tiers(most : 5% to 500万元, else 4%), 0元) <= 29万元', true)) conditions (condition, answer);
SELECT is('{"n": null}'::jsonb |! (head || 'tiers(x : 5% to 500万元, 4% to 1000万元) > 46万元')::policy, '{}',
	'nothing is missing where no part reaches so far') FROM t;
SELECT is('{"n": null}'::jsonb |! (head || 'tiers(x : 5% to 500万元, 4% to 1000万元) > 44万元')::policy, '{x}',
	'the number is missing') FROM t;

-- Units: rates that are ratios keep the number's; others give theirs.
SELECT is((jsonb_build_object('staff', staff) |#
	'policy t ''t'' fact staff number 人 clause 1 reward pay tiers(staff : 1000元 to 10人, 500元 to 20人)'::policy), answer,
	staff || ' persons')
FROM (VALUES (10, 10000.00), (11, 10500.00), (20, 15000.00), (21, 15000.00)) v (staff, answer);
SELECT is(pg_temp.refusal(head || condition), 'line 4, ' || refusal, condition) FROM t, (VALUES
	('tiers(x : 5% to 500) > 1元', E'column 31: an amount of money needs its unit\nHINT: Write 500元 or 500万元 instead of '
	'500.'),
	('tiers(staff : 5% to 500元) > 1', 'column 35: units do not fit: 人 and 元'),
	('tiers(x : 5% to 500万元, 4% to 500万元) > 1元',
	E'column 44: each tier must end above the preceding one\nHINT: Write the tiers from the lowest to the highest.'),
	('tiers(x : 5% to 500万元, 4% to 499万元) > 1元',
	E'column 44: each tier must end above the preceding one\nHINT: Write the tiers from the lowest to the highest.'),
	('tiers(x : 5% to 0元) > 1元', 'column 31: the first tier must end above 0'),
	('tiers(x : 5% to -1元) > 1元', 'column 31: the first tier must end above 0'),
	('tiers(x : -5% to 5元) > 1元', 'column 25: a rate must not be negative'),
	('tiers(x : 5% to 5元, else -0.1%) > 1元', 'column 40: a rate must not be negative'),
	('tiers(x : 5元 to 5元) > 1元', E'column 25: the rate of an amount of money has no unit\nHINT: Write a percentage.'),
	('tiers(staff : 5% to 5人, else 4元) > 1元', 'column 44: units do not fit: a ratio or percentage and 元'),
	('tiers(as_of : 5% to 5) > 1', 'column 21: what has tiers must be a number, but this is a date'),
	('tiers(x : 5% to 5元) = staff', 'column 37: units do not fit: 元 and 人'),
	('tiers(x : else 5%) > 1元', E'column 25: unexpected "else"\nDETAIL: Expected a number, ''-''.'),
	('tiers(x : else 5%, 4% to 5元) > 1元', E'column 25: unexpected "else"\nDETAIL: Expected a number, ''-''.'),
	('tiers(x : 5% to 5元, else 4%, 3% to 6元) > 1元', E'column 42: unexpected ","\nDETAIL: Expected '')''.'),
	('tiers(x : plain to 5元) > 1元', E'column 25: unexpected "plain"\nDETAIL: Expected a number, ''-''.'),
	('tiers(x : 5% to n) > 1元', E'column 31: unexpected "n"\nDETAIL: Expected a number, ''-''.'),
	('tiers(x) > 1元', E'column 22: unexpected ")"\nDETAIL: Expected <>, <=, >=, and, or, not, between, in, '
	'is, ''='', ''('', '':'', and more.')) conditions (condition, refusal);

-- gap: how far into which tier the sum is reached.
SELECT is((SELECT concat_ws(' ', fact, set_to, suffices) FROM gap(jsonb_build_object('x', 1),
	(head || condition)::policy) WHERE way = 1 LIMIT 1), answer, 'gap: ' || condition) FROM t, (VALUES
	('tiers(x : 5% to 500万元, 4% to 1000万元) >= 25万元', 'x 5000000 t'),
	('tiers(x : 5% to 500万元, 4% to 1000万元) > 25万元', 'x 5000000.01 t'),
	('tiers(x : 5% to 500万元, 4% to 1000万元) >= 29万元', 'x 6000000 t'),
	('tiers(x : 5% to 500万元, 4% to 1000万元) >= 45万元', 'x 10000000 t'),
	('tiers(x : 5% to 500万元, 4% to 1000万元) > 45万元', 'x f'),
	('tiers(x : 5% to 500万元, 4% to 1000万元, else 3%) > 45万元', 'x 10000000.01 t'),
	('tiers(x : 0% to 500万元, 4% to 1000万元) >= 0.5元', 'x 5000012.5 t')) conditions (condition, answer);
SELECT is((SELECT concat_ws(' ', fact, set_to, suffices) FROM gap(jsonb_build_object('x', 9000000),
	(head || condition)::policy) WHERE way = 1 LIMIT 1), answer, 'gap: ' || condition) FROM t, (VALUES
	('tiers(x : 5% to 500万元, 4% to 1000万元) <= 25万元', 'x 5000000 t'),
	('tiers(x : 5% to 500万元, 0 to 800万元, 4% to 1000万元) <= 25万元', 'x 8000000 t'),
	('tiers(x : 5% to 500万元, 4% to 1000万元) < 25万元', 'x 4999999.99 t')) conditions (condition, answer);

-- explain: the parts, in both languages; of an unknown number the tiers.
SELECT is(explain(e, (head || 'reward pay tiers(x : 5% to 500万元, 4% to 1000万元, else 3%)')::policy), answer, answer) FROM
	(VALUES ('policy t ''test'' fact x number 元 ''invested'' at least 0 clause 1 ''one'' '),
	('政策 t ''试'' 事实 x 数 元 ''投资额'' 不低于 0 条款 1 ''一'' ')) h (head),
	(VALUES ('{"x": 12000000}'::jsonb), ('{}'), ('{"x": 0}')) rows (e),
	LATERAL (SELECT CASE WHEN head LIKE 'policy%' THEN CASE e->>'x'
		WHEN '12000000' THEN E'test\n√ clause 1 ''one'': reward, 51万元\n  pay: 51万元; invested (x) 1200万元; '
		'500万元 × 5% + 500万元 × 4% + 200万元 × 3%'
		WHEN '0' THEN E'test\n√ clause 1 ''one'': reward, 0元\n  pay: 0元; invested (x) 0元; 0元' ELSE '' END
		END) a (answer) WHERE answer <> '';
SELECT matches(explain('{"x": 12000000}'::jsonb,
	'政策 t ''试'' 事实 x 数 元 ''投资额'' 条款 1 ''一'' 奖励 给予 超额累进(x : 5% 到 500万元, 4% 到 1000万元, 否则 3%)'::policy),
	'给予：51万元；投资额（x）1200万元；500万元 × 5% \+ 500万元 × 4% \+ 200万元 × 3%', 'the parts in Chinese');

-- lint: a rate that no number reaches.
SELECT is((SELECT string_agg(kind || ' ' || place || ': ' || finding, E'\n')
	FROM lint(('policy p ''p'' ' || rule)::policy) WHERE kind <> 'bound'), answer, rule) FROM (VALUES
	('fact x number at most 10 clause c reward pay tiers(x : 5% to 10, 4% to 20, else 3%) * 1元',
	E'unreachable c: the rate "4%" of tiers is never reached\nunreachable c: the rate "3%" of tiers is never reached'),
	('fact x number at most 11 clause c reward pay tiers(x : 5% to 10, 4% to 20) * 1元', NULL)) rules (rule, answer);

-- A part, an amendment, an example and the units that a table is checked for.
SELECT is('{"x": 5000001}'::jsonb |#
	(amend('policy t ''t'' fact x number 元 fact y number 元 clause 1 reward pay 1元 clause 2 reward pay tiers(x : 5% to '
	'500万元) example ''e'' given x = 600万元 expect clause 2 = 25万元'::policy,
	'clause 2 reward pay tiers(x : 6% to 500万元, else 1%) example ''e'' given x = 600万元 expect clause 2 = 31万元') -> '2'),
	300000.01, 'amended, and narrowed to the clause');
SELECT is((SELECT bool_and(holds)
	FROM examples('policy t ''t'' fact x number 元 clause 2 reward pay tiers(x : 5% to 500万元) example ''e'' given x = '
	'499万元 expect clause 2 = 24.95万元
	example ''f'' expect clause 2 between 0元 and 25万元, missing (x)'::policy)), true, 'in examples');

SELECT * FROM finish();
ROLLBACK;
