\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(55);

-- Numbers are exact: decimals are decimals, quotients are fractions, and comparisons do not round.

SELECT is(r |= rule::policy, true, rule || ' of ' || v.a || ' and ' || v.b) FROM (VALUES
	(240::numeric, 200::numeric, 'a / b - 1 = 20% and not (a / b - 1 > 20%) and a / b = 1.2'),
	(240.0001, 200, 'a / b - 1 > 20% and a / b - 1 <> 20%'),
	(239.9999, 200, 'a / b - 1 < 20% and not (a / b - 1 >= 20%)'),
	(1, 3, 'a / b * 3 = 1 and a / b + a / b + a / b = 1 and a / b <> 0.3333333333333333333333333333333333 and a / b > '
	'0.3333333333333333333333333333333333'),
	(2, 3, 'a / b < 0.6666666666666666666666666666666667 and a / b > 0.6666666666666666666666666666666666 and (a / b) '
	'/ (b / a) = 4 / 9'),
	(1, 7, 'a / b * 7 = 1 and 1 / (a / b) = 7 and a / b - 1 / 7 = 0'),
	(0.1, 0.2, 'a + b = 0.3 and b - a = a and a * 3 = 0.3'),
	(1e-30, 1, 'a > 0 and b + a > 1 and b + a - b = a and b - a < 1 and (b + a) / b > 1'),
	(123456789012345678901234567890, 123456789012345678901234567891,
	'a < b and b - a = 1 and a / b < 1 and a * b = 15241578753238836750495351562659655576514250878776253619990'),
	(99999999999999999999.99, 0.01, 'a + b = 100000000000000000000'),
	(1e20, 3e20, 'a / b = 1 / 3 and a * b = 3 * 10000000000000000000000000000000000000000'),
	(0.15, 0.45, 'a / b = 1 / 3 and a / 3% = 5 and a = 15%'),
	(1.10, 1.1000, 'a = b and a - b = 0'),
	(-7, 2, 'a / b = -3.5 and floor(a / b) = -4 and round(a / b) = -4 and -a / b = 3.5 and a * b = -14'),
	(1000000000, 4999999999, 'a * a * a * a * b * b > 0 and a * b / b = a')) v (a, b, rule),
	LATERAL (SELECT v.a, v.b) r;

-- The bounds of a band are exact to the last digit, also for thirds.

SELECT is(jsonb_build_object('x', x, 'y', y) |# $$policy p 'p' fact x number fact y number
	clause 1 points pay band(x / y : >= 5% then 20, >= 3% then 15, >= 1 / 300 then 10, else 0)$$::policy, points,
		x || ' / ' || y) FROM (VALUES
	(5::numeric, 100::numeric, 20.00), (4.9999999999999999999999999, 100, 15), (3, 100, 15), (1, 300, 10),
	(0.99999999999999999, 300, 0),
	(15, 300, 20), (14.999999999999999, 300, 15)) x (x, y, points);

-- Column types.

SELECT is(r |= 'a + b = 12'::policy, true, description) FROM (SELECT 5::int2 AS a, 7::int8 AS b, 'int2 and int8'
	AS description) r;
SELECT is(r |= 'a = -9223372036854775808 and b = 9223372036854775807 and b - a = 18446744073709551615'::policy, true,
	'the ends of int8')
FROM (SELECT (-9223372036854775808)::int8 AS a, 9223372036854775807 AS b) r;
SELECT is(r |= 'a = -2147483648 and b = -32768 and a * b = 70368744177664'::policy, true, 'the ends of int4 and int2')
FROM (SELECT (-2147483648)::int4 AS a, (-32768)::int2 AS b) r;
SELECT is(r |= 'a = 0.1 and b = 0.1 and a + b = 0.2 and a = b'::policy, true,
	'a float is the decimal that it is shown as')
FROM (SELECT 0.1::float4 AS a, 0.1::float8 AS b) r;
SELECT is(r |= 'a = 16777215 and b = 0.3333333333333333 and b <> 1 / 3 and c = 100000000000000000000'::policy, true,
	'a float has all its digits')
FROM (SELECT 16777215::float4 AS a, 1 / 3.0::float8 AS b, 1e20::float8 AS c) r;
SELECT is(r |= 'a < b and b > 0 and a < 0'::policy, true, 'the smallest floats')
FROM (SELECT (-1e-300)::float8 AS a, 1e-37::float4 AS b) r;
SELECT is(r |= 'a = 0 and b = 0 and a = b and a + b = 0'::policy, true, 'a float that is minus zero is zero')
	FROM (SELECT '-0'::float8 AS a, '-0.0'::float4 AS b) r;
SELECT is(r |= 'a = 12.30 and a = 12.3'::policy, true, 'a numeric with a scale') FROM (SELECT 12.3::numeric(10, 4)
	AS a) r;
SELECT is('{"a": 1.50, "b": 1e3, "c": 123456789012345678901234567890.5, "d": -0}'::jsonb |=
	'a = 1.5 and b = 1000 and c * 2 = 246913578024691357802469135781 and d = 0'::policy,
	true, 'numbers of jsonb');

-- Literals.

SELECT is('{}'::jsonb |= rule::policy, true, rule) FROM (VALUES
	('1万 = 10000 and 1.5亿 = 150000000 and 1万亿 = 1000000000000 and 0.5万 = 5000'),
	('50万元 = 500000元 and 1亿元 = 10000万元 and 0.01元 * 100 = 1元'),
	('20% = 0.2 and 0.5% = 0.005 and 200% = 2 and 12.5% = 1 / 8'),
	('000123.4500 = 123.45 and 0 = 0.000 and - 5 = -5 and - -5 = 5'),
	('1 / 0.3 * 3 = 10 and 2 * 3 + 4 = 10 and 2 + 3 * 4 = 14 and (2 + 3) * 4 = 20 and 10 - 4 - 3 = 3 and 24 / 4 / 2 = '
	'3 and -2 * -3 = 6'),
	(repeat('9', 100) || ' + 1 = 1' || repeat('0', 100))) rules (rule);

-- Sizes: numbers that are too large are unknown and never an error.

SELECT is(jsonb_build_object('a', a) |= rule::policy, answer, description) FROM (VALUES
	(('1e999')::numeric, 'a > 0', true, 'a number of a thousand digits'),
	(('1e4100')::numeric, 'a > 0 and a > 1 / 3 and - a < 5 and greatest(a, 7) > 8', true, 'longer ones are compared'),
	(('1e4100')::numeric, 'a + 1 > 0', NULL, 'what is computed of one is unknown'),
	(('1e4100')::numeric, 'round(a) > 0', NULL, 'as is one rounded'),
	(('1.' || repeat('0', 9000) || '5')::numeric, 'round(a, 2) = 1 and floor(a) = 1 and a > 1', true,
	'unless rounding makes it short'),
	(('1.' || repeat('0', 9000) || '5')::numeric, 'a * 2 > 1', NULL, 'a product of one is unknown'),
	(('1e131071')::numeric, 'a > 1/3 and a > 5.5', true, 'the longest that there is'),
	(repeat('9', 131072)::numeric, 'round(a + 0.5) > 1', NULL, 'and nothing overflows'),
	(('1e-999')::numeric, 'a > 0', true, 'a thousand digits behind the point'),
	(('1e500')::numeric, 'a' || repeat(' * a', 100) || ' > 1', NULL, 'a product that is too large is unknown'),
	(('1e500')::numeric, 'a' || repeat(' * a', 100) || ' > 1 or a > 1', true, 'and does not stand in the way'),
	(('1e300')::numeric, 'a / (a + 1) < 1 and a * a / a = a', true, 'a quotient of large numbers is exact')) numbers (a,
	rule, answer, description);

SELECT is(r |# 'policy p ''p'' fact a number 元 clause 1 reward when true pay a cap 1000元'::policy, amount,
	'pays ' || left(a::text, 20)) FROM (VALUES
	(1e5000, NULL), ('-1e5000', 0.00), (('5.' || repeat('0', 9000) || '1')::numeric, 5.00)) r (a, amount);
SELECT is(amount_range(r, 'policy p ''p'' fact a number 元 clause 1 reward when true pay 1000元 cap a'::policy)::text,
	amount, 'is capped at ' || left(a::text, 20)) FROM (VALUES
	(1e5000, '(0.00,1000.00)'), ('-1e5000', '(0.00,0.00)'), (('5.' || repeat('0', 9000) || '1')::numeric,
	'(5.00,5.00)')) r (a, amount);
SELECT * FROM finish();
ROLLBACK;
