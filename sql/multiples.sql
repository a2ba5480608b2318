\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(106);

-- round, floor and ceil to a multiple of a literal; powers.

CREATE TEMP TABLE t AS
	SELECT $$policy t 't' fact x number 元 fact n number 元 null means none fact staff number 人 fact plain number
		fact r number % fact some number 元 between 14元 and 26元
fact open number 元 at least 14元 null means none fact low number between -3 and 2 fact below number between -3 and -2
fact above number between 2 and 3 fact up number at least -1 fact word text
clause 1 when $$ AS head;

-- Both sides of every step, of money by the 100元.
SELECT is((jsonb_build_object('x',
	x) |# 'policy t ''t'' fact x number 元 clause 1 reward pay round(x to 100元) + 1000元'::policy) - 1000, rounded,
	'round ' || x),
	is((jsonb_build_object('x', x) |#
	'policy t ''t'' fact x number 元 clause 1 reward pay floor(x to 100元) + 1000元'::policy) - 1000, floored,
	'floor ' || x),
	is((jsonb_build_object('x', x) |# 'policy t ''t'' fact x number 元 clause 1 reward pay 进一(x 到 100元) + 1000元'::policy)
	- 1000, ceiled, 'ceil ' || x)
FROM (VALUES (0::numeric, 0.00, 0.00, 0.00), (49.99, 0, 0, 100), (50, 100, 0, 100), (50.01, 100, 0, 100),
	(99.99, 100, 0, 100), (100, 100, 100, 100), (100.01, 100, 100, 200),
	(149.99, 100, 100, 200), (150, 200, 100, 200), (-49.99, 0, -100, 0), (-50, -100, -100, 0), (-100, -100, -100, -100),
	(-100.01, -100, -200, -100)) v (x, rounded, floored, ceiled);

-- As PostgreSQL's numeric has it, in jsonb and in the columns of a table.
CREATE TEMP TABLE firms AS SELECT i, (i * 0.37 - 20)::numeric + d AS x, round(((i * 0.37 - 20) + d) * 0.4) * 2.5 AS y,
	floor(((i * 0.37 - 20) + d) * 0.4) * 2.5 AS z,
	ceil(((i * 0.37 - 20) + d) * 0.4) * 2.5 AS w FROM generate_series(0, 100) i,
	unnest('{0,1e-20,-1e-20,0.005}'::numeric[]) d;
SELECT is_empty($$SELECT x FROM firms f WHERE (f |= 'policy t ''t'' fact x number fact y number fact z number '
	'fact w number clause 1 when round(x to 2.5) = y and floor(x to 2.5) = z and ceil(x to 2.5) = w'::policy)
	IS NOT TRUE$$, 'columns');
SELECT is_empty($$SELECT x FROM firms f
	WHERE (to_jsonb(f) |= 'policy t ''t'' fact x number fact y number fact z number fact w number '
	'clause 1 when round(x to 2.5) = y and floor(x to 2.5) = z and ceil(x to 2.5) = w'::policy) IS NOT TRUE$$, 'jsonb');
SELECT is_empty($$SELECT x FROM firms f
	WHERE (f |= 'policy t ''t'' fact x number fact y number clause 1 when round(x to 2.5) + 0.0000000001 > y '
	'and round(x to 2.5) < y + 0.0000000001 and round(x) - x <= 0.5'::policy) IS NOT TRUE$$, 'beside a bound');

SELECT is('{"x": 260, "n": null, "staff": 7, "plain": 4, "r": 0.127}'::jsonb |= (head || condition)::policy, answer,
	condition) FROM t, (VALUES
	('round(x to 0.01万元) = 300元', true),
	('round(staff to 5) = 5人 and round(staff to 5人) = 5 and ceil(staff to 5) = 10人 and 四舍五入(staff 到 5) = 5', true),
	('round(r to 5%) = 15% and floor(r to 0.5%) = 12.5%', true),
	('round(plain * 100元 to 1万元) = 0元', true),
	('round(n to 5元) is null', true),
	('round(some to 10元) between 10元 and 30元', true),
	('round(some to 10元) < 30元', NULL),
	('floor(some to 10元) between 10元 and 20元', true),
	('ceil(some to 10元) between 20元 and 30元', true),
	('ceil(some to 30元) = 30元', true),
	('coalesce(ceil(open to 10元), 20元) >= 20元', true),
	('round(x to 0.01元) = 260元', true),
	('round(x + 1元 to 10元) = 260元 and floor(x / 3 to 1元) = 86元', true),
	-- powers
	('plain ^ 0 = 1 and plain ^ 1 = 4 and plain ^ 2 = 16 and plain ^ 20 = 1099511627776', true),
	('-plain ^ 2 = -16 and (-plain) ^ 2 = 16 and (-plain) ^ 3 = -64 and 2 * plain ^ 2 = 32 and plain ＾ 2 = 16', true),
	('2 ^ 10 = 1024 and (1 / 3) ^ 2 = 1 / 9 and 0 ^ 0 = 1 and 0 ^ 3 = 0', true),
	('(1 + r) ^ 2 = 1.270129 and (1 + r) ^ 3 > 1.4314', true),
	('n ^ 2 is null and n ^ 0 is null', true),
	('low ^ 2 between 0 and 9 and low ^ 3 between -27 and 8 and low ^ 0 = 1 and low ^ 1 <= 2', true),
	('low ^ 2 >= 1', NULL), ('low ^ 2 < 9', NULL), ('low ^ 2 > 9', false), ('low ^ 2 < 0', false),
	('low ^ 3 < -27', false),
	('below ^ 2 between 4 and 9 and below ^ 3 between -27 and -8 and above ^ 2 between 4 and 9 and up ^ 2 >= 0 and up '
	'^ 3 >= -1', true),
	('up ^ 2 <= 1', NULL)) conditions (condition, answer);
SELECT is(jsonb_build_object('a', a) |= 'a ^ 20 > 1'::policy, answer, 'beyond the limits: ' || left(a::text, 20))
	FROM (VALUES (1e250, NULL), (1.0000000000000000000000001, true), (1, false)) v (a, answer);
CREATE TEMP TABLE roots AS SELECT a + d AS a, (a + d) ^ 2 AS b, (a + d) ^ 3 AS c
	FROM unnest('{-1000,-2,-0.5,0,0.001,1,33.33,123456789}'::numeric[]) a, unnest('{0,1e-12,-1e-12}'::numeric[]) d;
SELECT is_empty($$SELECT a FROM roots f WHERE (f |= 'policy t ''t'' fact a number fact b number fact c number '
	'clause 1 when a ^ 2 = a * a and a ^ 3 = a * a * a and a ^ 4 = a ^ 2 * a ^ 2'::policy) IS NOT TRUE$$,
	'powers of columns are products');

SELECT is(pg_temp.refusal(head || condition), 'line 5, ' || refusal, condition) FROM t, (VALUES
	('round(x to 5) > 1元', E'column 26: an amount of money needs its unit\nHINT: Write 5元 or 5万元 instead of 5.'),
	('round(x to 5人) > 1元', 'column 26: units do not fit: 元 and 人'),
	('round(x to 0元) > 1元', 'column 26: round takes a multiple of a number above 0, as a literal'),
	('round(x to -5元) > 1元', 'column 26: round takes a multiple of a number above 0, as a literal'),
	('round(x, 100元) > 1元', E'column 21: round takes a number of decimals from 0 to 20\nHINT: Write x to 100元 instead '
	'of x, 100元.'),
	('round(x, 21) > 1元', 'column 24: round takes a number of decimals from 0 to 20'),
	('floor(x to n) > 1元', 'column 26: floor takes a multiple of a number above 0, as a literal'),
	('round(x to 5元, 2) > 1元', 'column 30: round rounds to decimals or to a multiple'),
	('round(word to 5) > 1', 'column 21: what is rounded must be a number, but this is a text'),
	('round(x to 5元 to 6元) > 1元', E'column 29: unexpected "to"\nDETAIL: Expected as, '
	'where, '','', '')'', '':'', ''-'', ''+'', ''*'', ''/'', ''^''.'),
	('least(x to 5元) > 1元', E'column 21: a range is allowed only in a function over a list\nHINT: Write all(first to '
	'last : condition).'),
	('x ^ 2 > 1元', NULL),
	('x ^ 1 > 1', E'column 23: an amount of money needs its unit\nHINT: Write 1元 or 1万元 instead of 1.'),
	('plain ^ 21 > 1', 'column 23: an exponent must be a whole number from 0 to 20'),
	('plain ^ 1.5 > 1', 'column 23: an exponent must be a whole number from 0 to 20'),
	('plain ^ 2元 > 1', 'column 23: an exponent must be a whole number from 0 to 20'),
	('plain ^ -1 > 1', E'column 23: unexpected "-"\nDETAIL: Expected a number.'),
	('plain ^ low > 1', E'column 23: unexpected "low"\nDETAIL: Expected a number.'),
	('plain ^ 2 ^ 3 > 1', E'column 25: unexpected "^"\nDETAIL: Expected the end of the text, <>, <=, >=, and, or, not, '
	'between, in, is, when, policy, and more.'),
	('word ^ 2 > 1', 'column 15: this must be a number, but this is a text')) conditions (condition, refusal)
	WHERE refusal IS NOT NULL;

-- gap: the nearest number that rounds so far, and a root.
SELECT is((SELECT concat_ws(' ', fact, set_to, suffices) FROM gap(jsonb_build_object('x', 1, 'plain', p, 'low', -2),
	(head || condition)::policy) WHERE way = 1 LIMIT 1), answer, 'gap: ' || condition) FROM t, (VALUES
	('round(x to 100元) >= 500元', 1, 'x 450 t'), ('round(x to 100元) > 500元', 1, 'x 550 t'), ('floor(x to 100元) >= 500元',
	1, 'x 500 t'), ('ceil(x to 100元) >= 500元', 1, 'x 400.01 t'),
	('round(plain, 1) >= 3', 1, 'plain 2.95 t'), ('round(plain, 1) <= 3', 9, 'plain 3.04 t'),
	('round(plain) < 3', 9, 'plain 2.49 t'), ('round(plain) >= -3', -9, 'plain -3.49 t'),
	('plain ^ 2 >= 9', 1, 'plain 3 t'), ('plain ^ 2 > 9', 1, 'plain 3.01 t'), ('plain ^ 2 >= 10', 1, 'plain 3.17 t'),
	('plain ^ 2 <= 10', 9, 'plain 3.16 t'),
	('plain ^ 3 >= -27', -9, 'plain -3 t'), ('plain ^ 2 <= -1', 9, 'plain f')) conditions (condition, p, answer);

-- explain: what is rounded is shown, and what is raised.
SELECT is(explain('{"x": 12345, "plain": 3}'::jsonb,
	'policy t ''t'' fact x number 元 ''invested'' fact plain number clause 1 ''one'' reward when plain ^ 2 > 8 pay '
	'round(x to 100元)'::policy),
	E't\n√ clause 1 ''one'': reward, 12300元\n  √ plain ^ 2: 9, needed > 8\n    from plain 3\n  pay round(x to 100元): '
	'12300元\n    from invested (x) 12345元', 'explained');

SELECT * FROM finish();
ROLLBACK;
