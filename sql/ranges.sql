\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(77);

-- An unknown fact has a range, and the range can decide an answer.

-- A score of three indicators: 20 of one, 15 of another, and up to 15 awarded.
CREATE TEMP TABLE scored AS SELECT $$policy scored '评分'
fact growth number % '增速'
fact share number % '占比' between 0 and 1
fact given_points number 分 '特色化得分' between 0 and 15
score points '得分' = band(growth : >= 15% then 20分, >= 10% then 15分, else 0分) + band(share : >= 80% then 15分,
	>= 50% then 5分, else 0分) + given_points
clause 1 'the line is 30' when points >= 30分
clause 2 'under 20' when points < 20分
clause 3 'points' points pay points
$$::policy AS doc;

SELECT is(e |= (doc -> '1'), answer, description) FROM scored, (VALUES
	('{"growth": 0.15, "share": 0.8, "given_points": 0}'::jsonb, true, 'everything is known: 35'),
	('{"growth": 0.15, "share": 0.8}', true, '35 without the points given by hand pass'),
	('{"growth": 0.15, "share": 0.5}', NULL, '25 without them can pass'),
	('{"growth": 0.09, "share": 0.5}', false, '5 without them fail: 15 more do not reach the line'),
	('{"growth": 0.10, "share": 0.49}', NULL, '15 and at most 15 are just enough'),
	('{"growth": 0.10, "share": 0.49, "given_points": 14.99}', false, 'and just not'),
	('{"growth": 0.15, "given_points": 10}', true, 'at least 30 whatever the share is'),
	('{"share": 0.5, "given_points": 4}', false, 'at most 29 whatever the growth is'),
	('{"growth": 0.15, "given_points": 16}', NULL, 'points out of their range are unknown'),
	('{}', NULL, 'nothing is known')) rows (e, answer, description);
SELECT is((e |= (doc -> '2')) || ' ' || (e |! (doc -> '1'))::text, answer, description) FROM scored, (VALUES
	('{"growth": 0.15, "share": 0.8}'::jsonb, 'false {}', 'not under 20, and nothing is missing'),
	('{"growth": 0.15, "share": 0.1}', 'false {given_points}', '20 are not under 20; the line waits for the points'))
	rows (e, answer, description);
SELECT is((amount_range(e, doc -> '3'))::text, answer, 'the score of ' || e::text) FROM scored, (VALUES
	('{"growth": 0.15, "share": 0.8}'::jsonb, '(35.00,50.00)'), ('{"growth": 0.12}', '(15.00,45.00)'),
	('{}', '(0.00,50.00)'),
	('{"share": 0.6}', '(5.00,40.00)'), ('{"growth": 0.12, "share": 0.6, "given_points": 2.5}', '(22.50,22.50)')) rows
	(e, answer);

-- Ranges through every operation: a is 2 to 4, b is -1 to 1, c at least 10, d at most -10, i is unknown, p is a day
-- from 2024-01-31 to 2024-03-31.
CREATE TEMP TABLE facts AS SELECT
	'policy t ''t'' fact a number between 2 and 4 fact b number between -1 and 1 fact c number at least 10 '
	'fact d number at most -10 fact i number fact o number between 2 and 4 null means none '
	'fact p date between 2024-01-31 and 2024-03-31 fact q date at least 2024-06-30 clause 1 when ' AS source;
SELECT is('{}'::jsonb |= (source || condition)::policy, true, condition) FROM facts, (VALUES
	('a + b between 1 and 5 and a - b between 1 and 5 and a + c >= 12 and a + d <= -6 and c - d >= 20'),
	('a * b between -4 and 4 and a * c >= 20 and a * d <= -20 and c * d <= -100 and b * b between -1 and 1'),
	('0 * i = 0 and i * 0 = 0 and 0 * c = 0'),
	('a / c between 0 and 0.4 and a / d between -0.4 and 0 and c / a >= 2.5 and 1 / a between 0.25 and 0.5 and b / a '
	'between -0.5 and 0.5'),
	('-a between -4 and -2 and -c <= -10 and -d >= 10'),
	('ceil(a / 3) between 1 and 2 and ceil(b) between -1 and 1 and ceil(c / 3) >= 4 and ceil(-c / 3) <= -3'),
	('floor(a / 3) between 0 and 1 and round(a / 3) between 1 and 1 and floor(b) between -1 and 1 and round(c, '
	'2) >= 10 and floor(-c) <= -10'),
	('clamp(a, 3, 10) between 3 and 4 and clamp(a, b, 3) between 2 and 3 and clamp(i, b, '
	'a) between -1 and 4 and clamp(i, 0, a) between 0 and 4 and clamp(c, a, b) between -1 and 1'),
	('clamp(a, o, 10) between 2 and 4 and clamp(0, o, 10) between 0 and 4 and clamp(9, 0, '
	'o) between 2 and 9 and clamp(i, i, 5) <= 5'),
	('clamp(p, 2024-02-10, q) between 2024-02-10 and 2024-03-31 and clamp(q, p, 2024-07-01) between 2024-06-30 and '
	'2024-07-01'),
	('least(a, b) between -1 and 1 and greatest(a, b) between 2 and 4 and least(a, c) <= 4 and greatest(a, '
	'i) >= 2 and least(d, i) <= -10'),
	('case when i > 0 then a else 7 end between 2 and 7 and band(a : >= 2 then 1, else 0) = 1 and band(a : > 4 then 1, '
	'else 0) = 0 and band(i : > 4 then 5, > 3 then 4, else 0) between 0 and 5'),
	('p between 2024-01-31 and 2024-03-31 and p < q and p + 1月 between 2024-02-29 and 2024-04-30 and p - 1年 <= '
	'2023-03-31 and p + 30日 >= 2024-03-01'),
	('q - p >= 91 and p - q <= -91 and p - p between -60 and 60 and year(p) = 2024 and year(q) >= 2024'),
	('months(2024-01-31, p) between 0 and 2 and months(p, 2024-04-30) between 1 and 3 and months(p, '
	'2024-04-29) between 0 and 2 and months(p, p) between -2 and 2'),
	('months(p, q) >= 2 and months(q, p) <= -2 and months(q, 2024-06-29) <= 0 and months(2024-05-30, '
	'q) >= 1 and months(2024-02-29, q) >= 4'),
	('month(p) between 1 and 3 and month(p) < month(2024-04-01) and month(p - 2月) between 1 and 12 and month(p + 9月) '
	'>= 1'),
	('latest(p, q) >= 2024-06-30 and earliest(p, q) between 2024-01-31 and 2024-03-31 and latest(p, '
	'2024-02-10) >= 2024-02-10'),
	('a <> 5 and a <> 1 and not (a = 5) and p <> 2024-04-01 and a not in (1, 5)'),
	('c > d and not (c < d) and c <> d and not (c = d)'),
	('count_true(a > 1, b > 1, i > 1, true) between 2 and 3')) conditions (condition);
SELECT is('{}'::jsonb |= (source || condition)::policy, NULL, 'unknown: ' || condition) FROM facts, (VALUES
	('a > 2'), ('a >= 3'), ('a < 4'), ('a = 3'), ('a <> 3'), ('b * b >= 0'), ('a - a = 0'), ('c / d < -1'),
	('1 / b > 0'), ('i / i = 1'),
	('a in (2, 3, 4)'),
	('p = 2024-02-29'), ('p + 1日 > 2024-02-01'), ('o >= 2'), ('o <> 5'), ('o is null'), ('greatest(o, 3) >= 4'),
	('c - c = 0'),
	('count_true(a > 1, i > 1) = 2')) conditions (condition);
SELECT is('{}'::jsonb |= (source || condition)::policy, false, 'false: ' || condition) FROM facts, (VALUES
	('a > 4'), ('a < 2'), ('a = 5'), ('c <= 9'), ('d > -10'), ('p > q'), ('o > 4'), ('o = 5'), ('a + b > 5'),
	('count_true(a > 4, b > 1, i > 1) > 1')) conditions (condition);

-- Inclusive and exclusive ends: decided at the bound itself.
SELECT is('{}'::jsonb |= (source || condition)::policy, answer, condition) FROM facts, (VALUES
	('a <= 4', true), ('a >= 2', true), ('c >= 10', true), ('c > 10', NULL), ('d <= -10', true), ('d < -10', NULL),
	('p >= 2024-01-31', true),
	('p > 2024-01-31', NULL),
	('q >= 2024-06-30', true), ('q > 2024-06-30', NULL)) conditions (condition, answer);

SELECT * FROM finish();
ROLLBACK;
