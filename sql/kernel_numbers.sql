\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(117);

-- The kernel compares doubles with error bounds; the exact evaluator decides cases in doubt. Both must agree with
-- exact arithmetic.

-- The results of <, <=, =, <>, >= and >.
CREATE FUNCTION pg_temp.expected(difference numeric) RETURNS boolean[] LANGUAGE sql AS $$
	SELECT ARRAY[difference < 0, difference <= 0, difference = 0, difference <> 0, difference >= 0, difference > 0]
$$;

-- Asks each of them for a row of numerics.
CREATE FUNCTION pg_temp.found(a numeric, b numeric, c numeric, expression text, bound text) RETURNS boolean[]
	LANGUAGE sql AS $$
	SELECT array_agg(r |= format('policy p ''p'' fact a number fact b number fact c number clause 1 when %s %s %s',
		expression, op, bound)::policy ORDER BY i)
	FROM (SELECT a, b, c) r, unnest('{<,<=,=,<>,>=,>}'::text[]) WITH ORDINALITY o (op, i)
$$;

CREATE TEMP TABLE nudges (nudge numeric);
INSERT INTO nudges SELECT s * n FROM unnest('{1,-1}'::int[]) s,
	unnest('{1e-30,1e-20,1e-18,1e-17,1e-16,1e-15,1e-12,1e-9,0.000001,0.01,1}'::numeric[]) n;
INSERT INTO nudges VALUES (0);
CREATE TEMP TABLE sizes (size numeric);
INSERT INTO sizes VALUES (1), (3), (0.07), (12.5), (1000000), (33333333.33), (123456789012.34),
	(1000000000000000), (999999999999999.99), (9007199254740993), (123456789012345678901234.5),
	(1e30), (1e-30), (0.000000123), (-7), (-1000000000.01);

-- Cases in which an expression disagrees with exact arithmetic.
CREATE FUNCTION pg_temp.wrong(expression text, sign_of text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE format($q$
		SELECT format('%%s of %%s, %%s, %%s', $1, v.a, v.b, v.c)
		FROM sizes x, sizes y, nudges n, LATERAL (SELECT x.size AS x, y.size AS y, n.nudge AS n) i,
		LATERAL (%s) v (a, b, c, difference)
		WHERE pg_temp.found(v.a, v.b, v.c, $1, 'c') IS DISTINCT FROM pg_temp.expected(v.difference)
		LIMIT 3$q$, sign_of) USING expression;
END $$;

SELECT is_empty($$SELECT pg_temp.wrong('a', 'SELECT x, y, x + n, -n')$$,
	'one number against another, and beside itself');
SELECT is_empty($$SELECT pg_temp.wrong('a + b', 'SELECT x, y, x + y + n, -n')$$,
	'a sum against itself, and beside itself');
SELECT is_empty($$SELECT pg_temp.wrong('a - b', 'SELECT x, y, x - y + n, -n')$$,
	'a difference against itself, and beside itself');
SELECT is_empty($$SELECT pg_temp.wrong('a * b', 'SELECT x, y, x * y + n, -n')$$,
	'a product against itself, and beside itself');
SELECT is_empty($$SELECT pg_temp.wrong('a / b', 'SELECT x * y + n, y, x, sign(n) * sign(y)')$$,
	'a quotient against itself, and beside itself');
SELECT is_empty($$SELECT pg_temp.wrong('a / b - 1', 'SELECT x * y + y + n, y, x, sign(n) * sign(y)')$$,
	'growth against itself, and beside itself');
SELECT is_empty($$SELECT pg_temp.wrong('-a', 'SELECT x, y, -x + n, -n')$$, 'a number negated');
SELECT isnt_empty($$SELECT pg_temp.wrong('a', 'SELECT x, y, x + n, n')$$, 'and the wrong sign is noticed');

-- Constants of a document, and bands over them: in both directions, and by equality.

SELECT is(pg_temp.found(v.a, v.b, 0, 'a / b', v.bound), pg_temp.expected(v.difference),
	v.a || ' / ' || v.b || ' beside ' || v.bound) FROM (VALUES
	(50000::numeric, 1000000::numeric, '5%', 0),
	(50000.000000000001, 1000000, '5%', 1),
	(49999.999999999999, 1000000, '5%', -1),
	(50000 + 1e-12::numeric, 1000000, '5%', 1),
	(0.15, 3, '5%', 0),
	(1, 3, '0.333333333333333333', 1),
	(1, 3, '0.333333333333333334', -1),
	(1, 3, '1 / 3', 0),
	(10, 30, '1 / 3', 0),
	(0, 30, '0', 0),
	(-1e-18, 30, '0', -1),
	(1e-18, 30, '0', 1)) v (a, b, bound, difference);

SELECT is(r |# $$policy p 'p' fact x number fact y number
	clause 1 points pay band(x / y : >= 5% then 20, >= 3% then 15, >= 1 / 300 then 10, else 0)
		+ band(x / y : > 5% then 2000, > 3% then 1500, > 1 / 300 then 1000, else 0)
		+ band(x / y : <= 1 / 300 then 0.1, <= 3% then 0.2, <= 5% then 0.3, else 0.4)$$::policy
	, points, v.x || ' / ' || v.y) FROM (VALUES
	(50000::numeric, 1000000::numeric, 1520.30), (50000.000000000001, 1000000, 2020.40), (49999.999999999999, 1000000,
	1515.30),
	(30000, 1000000, 1015.20), (30000.000000000001, 1000000, 1515.30), (29999.999999999999, 1000000, 1010.20),
	(1, 300, 10.10), (1.0000000000000001, 300, 1010.20), (0.9999999999999999, 300, 0.10), (7, 1, 2020.40),
	(-7, 1, 0.10)) v (x, y, points),
	LATERAL (SELECT v.x, v.y) r;
SELECT is(r |= 'band(x : >= 15 then 3, >= 10 then 2, >= 5 then 1, else 0) = y'::policy, true, v.x || ' gives ' || v.y)
	FROM (VALUES
	(15, 3), (14, 2), (16, 3), (10, 2), (9, 1), (5, 1), (4, 0), (-1, 0)) v (x, y), LATERAL (SELECT v.x, v.y) r;
SELECT is(r |= 'band(x : = 10% then 1, = 20% then 2, <> 30% then 3, else 4) = y'::policy, true, v.x || ' gives ' || v.y)
	FROM (VALUES
	(0.1, 1), (0.2, 2), (0.3, 4), (0.30000000000000001, 3), (0.1000000000000000001, 3)) v (x, y),
	LATERAL (SELECT v.x, v.y) r;

-- Numbers of 10^15 that differ by one 分, the limits of double precision, and digits beyond them.

SELECT is(r |= rule::policy, true, rule || ' of ' || v.a || ' and ' || v.b) FROM (VALUES
	(1000000000000000.01::numeric, 1000000000000000.02::numeric,
	'a < b and a <> b and not (a >= b) and b - a = 0.01 and b - a < 0.0100000000001'),
	(9999999999999999.98, 9999999999999999.99, 'a < b and b - a = 0.01 and a / b < 1 and b / a > 1'),
	(9007199254740992, 9007199254740993, 'a < b and a + 1 = b and b - a = 1 and b > 9007199254740992 and a <> b'),
	(9007199254740991, 9007199254740992, 'a < b and a + 1 = b and a * 2 < b * 2 and a + b = 18014398509481983'),
	(94906267, 94906267, 'a * b = 9007199515875289 and a * b > 9007199515875288 and a * b < 9007199515875290'),
	(1e30, 1e-30, 'a * b = 1 and a > b and b > 0 and a + b > a and a + b - a = b and a / b > a'),
	(12345678901234567, 12345678901234568, 'a < b and not (a = b) and b - a = 1 and a / b < 1'),
	(1234567890123456.7, 1234567890123456.8, 'a < b and b - a = 0.1 and 10 * a = 12345678901234567'),
	(0.1, 0.2, 'a + b = 0.3 and not (a + b > 0.3) and not (a + b < 0.3) and a + b <= 0.3 and a + b >= 0.3'),
	(1e300, 1e-300, 'a * a * a > a and b * b * b > 0 and a * b = 1 and b * b / b = b'),
	(0.3, 0.1, 'floor(a / b) = 3 and floor(a / b - 0.00000000000000000001) = 2 and round(a / b) = 3'),
	(0.3, 0.1, 'clamp(a / b, 1, 3) = 3 and clamp(a / b, 3, 4) = 3 and clamp(a, a / b, 5) = 3 and clamp(5, b, '
	'a / b) = 3 and clamp(a / b, 2.99999999999999999999, 3.00000000000000000001) = 3'),
	(0.3, 0.1, 'ceil(a / b) = 3 and ceil(a / b + 0.00000000000000000001) = 4 and ceil(-a / b) = -3'),
	(7, 2, 'ceil(a / b) = 4 and ceil(-a / b) = -3 and ceil(a * b) = 14 and ceil(0 - a / 100) = 0 and 1 / (ceil(0 - a / '
	'100) + 1) = 1'),
	(0.29999999999999999999, 0.1, 'floor(a / b) = 2 and floor(-a / b) = -3 and round(a / b) = 3'),
	(7, 2, 'floor(a / b) = 3 and round(a / b) = 4 and floor(-a / b) = -4 and floor(a * b) = 14'),
	(2, 3, 'least(a / b, 0.6666666666666666) = 0.6666666666666666 and greatest(a / b, '
	'0.6666666666666667) = 0.6666666666666667'),
	(2, 3, 'least(a / b, 0.66666666666666667) = a / b and greatest(a / b, 0.66666666666666666) = a / b')) v (a, b,
	rule),
	LATERAL (SELECT v.a, v.b) r;

-- Cancellation of leading digits makes small errors large.

SELECT is_empty(format($$SELECT (%s) FROM generate_series(1, 300) i, LATERAL (SELECT 1000000007.0 * i + i * i AS b,
	1000000007.0 * i + i * i + 1 AS a, 3.0 + i AS c) r
	WHERE (r |= %L::policy) IS NOT TRUE$$, 'i', rule), 'for many numbers, ' || rule) FROM unnest(ARRAY[
	'a / b - 1 = 1 / b',
	'(a / b - 1) * c = c / b',
	'(a / b - 1) * (c / b) = c / b / b',
	'(a / b - 1) * (a / b - 1) = 1 / b / b',
	'(a / b - 1) / c = 1 / (b * c)',
	'c / (a / b - 1) = c * b',
	'(a / b - 1) / (1 - b / a) = a / b',
	'a / b - 1 - 1 / b = 0 and not (a / b - 1 - 1 / b <> 0)',
	'(a / b - 1) * b + c = c + 1',
	'least((a / b - 1) * b, 2) = 1 and greatest((a / b - 1) * b, 0) = 1 and floor((a / b - 1) * b) = 1',
	'-(a / b - 1) * c = -c / b']) rule;

-- A float means the shortest decimal that reads back as the same float.

SELECT is(r |= rule::policy, holds, rule || ' of ' || coalesce(v.f::text, 'null') || ' and ' || v.g) FROM (VALUES
	(0.1::float8, 0.1::float4, 'f = 10% and g = 10% and f = g and f + f + f = 0.3', true),
	('-0', '-0', 'f = 0 and g = 0 and f >= 0 and not (f < 0) and f * g = 0', true),
	('-0', '-0', '1 / f > 0 or 1 / g > 0', NULL),
	('NaN', 'NaN', 'f > 0', NULL),
	('NaN', 'NaN', 'f > 0 and 1 = 2', false),
	('Infinity', '-Infinity', 'f > 0 or g < 0', NULL),
	(16777216, 16777216, 'f = g and f = 16777216', true),
	(123456792, 123456789, 'g = 123456790 and f = 123456792 and g < f', true),
	(123456789123456789, 1e10, 'f = 123456789123456780 and g = 10000000000', true),
	(999999, 999999, 'f = g and f = 999999', true),
	(5e-324, 1e-45, 'f > 0 and g > 0 and f < g', true),
	(1.7976931348623157e308, 3.4028235e38, 'f > g and f * f > f and g * g > g', true),
	(9007199254740993, 0.3, 'f >= 9007199254740990', true),
	(0.3, 0.3, 'f / g = 1 and f - g = 0', true)) v (f, g, rule, holds), LATERAL (SELECT v.f, v.g) r;

-- A value outside its declared range is unknown within that range.

SELECT is(r |= $$policy p 'p' fact x number % between 0.1% and 15% clause 1 when x >= 5%$$::policy, holds,
	'of a range: ' || v.x) FROM (VALUES
	(0.15, true), (0.1500000000000000001, NULL), (0.05, true), (0.0499999999999999999, false),
	(0.001, false), (0.0009999999999999999999, NULL), (-0.1, NULL), (1e20, NULL), ('NaN'::numeric, NULL)) v (x, holds),
	LATERAL (SELECT v.x) r;

SELECT is(r |= $$policy p 'p' fact x number between 1 and 2 clause 1 when x >= 1$$::policy, holds,
	'of a range of integers: ' || v.x) FROM (VALUES
	(1, true), (2, true), (2.00000000000000000001, true), (0.99999999999999999999, true),
	(1.99999999999999999999, true)) v (x, holds), LATERAL (SELECT v.x) r;
SELECT is(r |= $$policy p 'p' fact x number between 1 and 2 clause 1 when x < 5$$::policy, holds,
	'of a range, below 5: ' || v.x) FROM (VALUES
	(2, true), (7, true)) v (x, holds), LATERAL (SELECT v.x) r;
SELECT is(r |= $$policy p 'p' fact x number between 1 and 2 clause 1 when x < 1.5$$::policy, holds,
	'of a range, below 1.5: ' || v.x) FROM (VALUES
	(1, true), (2, false), (2.00000000000000000001, NULL), (0.99999999999999999999, NULL)) v (x, holds),
	LATERAL (SELECT v.x) r;

-- A number in doubt and an unknown fact in one condition: each part is decided separately.

SELECT is(r |= rule::policy, holds, rule || ', c ' || coalesce(v.c::text, 'null')) FROM (VALUES
	(NULL::numeric, 'a / b >= 5% and a / b <= 5% or c > 0', true),
	(NULL, 'a / b > 5% or a / b < 5% or c > 0', NULL),
	(NULL, 'a / b > 5% or a / b < 5% or c > 0 and c < 0', NULL),
	(NULL, '(a / b > 5% or a / b < 5%) and c > 0', false),
	(NULL, 'band(a / b : >= 5% then 10, else c) = 10', true),
	(NULL, 'band(a / b : > 5% then 10, else c) = 10', NULL),
	(NULL, 'band(c : >= 5 then a / b, >= 3 then 5%, else 5 / 100) = 5%', true),
	(NULL, 'count_true(a / b = 5%, c = 1, c <> 1) >= 1', true),
	(1, 'count_true(a / b = 5%, c = 1, c <> 1) = 2', true)) v (c, rule, holds), LATERAL (SELECT 50000::numeric AS a,
	1000000::numeric AS b, v.c) r;

SELECT is_empty($$SELECT n FROM generate_series(1, 200) n, LATERAL (SELECT 1 AS a, n AS b) r
	WHERE (r |= 'policy p ''p'' fact a number fact b number clause 1 when a / b * b = a'::policy) IS NOT TRUE$$,
	'what was divided and multiplied is the same again');
SELECT * FROM finish();
ROLLBACK;
