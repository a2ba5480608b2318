\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(82);

-- case, band and the functions, for known values, none and unknown. n is none, u is unknown.

CREATE TEMP TABLE facts AS SELECT
	'policy t ''t'' fact a number fact n number null means none fact u number fact un number null means none fact yes '
	'boolean fact maybe boolean '
	'fact day date fact never date null means none fact some_day date fact maybe_day date null means none fact kind '
	'text in (''x'', ''y'', ''z'') fact kind_2 text in (''x'', ''y'', ''z'') fact name text null means none clause 1 '
	'when ' AS source,
	'{"a": 5, "n": null, "yes": true, "day": "2024-02-29", "never": null, "kind": "y", "name": null}'::jsonb AS e;

SELECT is(e |= (source || condition)::policy, answer, condition) FROM facts, (VALUES
	-- case: the first condition that is true
	('case when a > 6 then 1 when a > 4 then 2 when a > 2 then 3 else 4 end = 2', true),
	('case when a > 6 then 1 end is null', true),
	('case when a > 4 then n else 1 end is null', true),
	('case when n > 0 then 1 else 2 end = 2', true),
	('case when not (n > 0) then 1 else 2 end = 1', true),
	('case when yes then true else false end', true),
	('case when yes then day else never end = 2024-02-29', true),
	('case when kind = ''x'' then ''one'' when kind = ''y'' then ''two'' else ''three'' end = ''two''', true),
	('case when maybe then 1 else 2 end = 1', NULL),
	('case when maybe then 1 else 2 end >= 1', true),
	('case when maybe then 1 else 1 end = 1', true),
	('case when yes then 1 when maybe then 2 else u end = 1', true),
	('case when a > 6 then u else 2 end = 2', true),
	('case when maybe then 1 end is null', NULL),
	('case when maybe then 1 end = 1', NULL),
	('case when maybe then 1 end = 2', false),
	('case when maybe then true else true end', true),
	-- band
	('band(a : >= 5 then 20, >= 3 then 15, else 0) = 20', true),
	('band(a : > 5 then 20, >= 3 then 15, else 0) = 15', true),
	('band(a : < 5 then 20, <= 5 then 15) = 15', true),
	('band(a : = 4 then 1, <> 4 then 2, else 3) = 2', true),
	('band(a : > 9 then 1) is null', true),
	('band(n : >= 5 then 20, < 5 then 15, else 0) = 0', true),
	('band(n : >= 5 then 20, < 5 then 15) is null', true),
	('band(u : >= 5 then 20, >= 3 then 15, else 0) between 0 and 20', true),
	('band(u : >= 5 then 20, >= 3 then 15, else 0) > 20', false),
	('band(un : >= 5 then 20, else 0) = 20', NULL),
	('band(kind_2 : = ''x'' then 5, in (''y'', ''z'') then 3, else 0) = 3', NULL),
	('band(kind_2 : in (''x'', ''z'', ''y'') then 3, else 0) = 3', true),
	('band(kind : = ''x'' then 5, in (''y'', ''z'') then 3, else 0) = 3', true),
	('band(a : in (1, 2) then 5, in (4, 5) then 3, else 0) = 3', true),
	('band(day : >= 2024-03-01 then 1, >= 2024-02-01 then 2, else 3) = 2', true),
	('band(a : >= a then 1, else 2) = 1', true),
	-- least and greatest ignore none
	('least(a, 7, 6) = 5 and greatest(a, 7, 6) = 7', true),
	('least(a, n) = 5 and greatest(n, a, n) = 5 and least(a) = 5', true),
	('least(n, n) is null and greatest(n) is null', true),
	('least(a, u) <= 5 and greatest(a, u) >= 5', true),
	('least(a, u) = 5', NULL),
	('least(a, un) <= 5', true),
	('least(un, n) is null', NULL),
	('greatest(day, never, 2023-01-01) = 2024-02-29 and least(never, day) = 2024-02-29', true),
	('least(never, never) is null', true),
	-- latest: the day by which all have happened; earliest: the day of the first
	('clamp(5, 1, 3) = 3 and clamp(0, 1, 3) = 1 and clamp(2, 1, 3) = 2 and clamp(1, 1, 3) = 1 and clamp(3, 1, '
	'3) = 3 and clamp(2, 3, 1) = 1 and 限于(5, 1, 3) = 3', true),
	('clamp(day, 2024-03-01, 2024-03-31) = 2024-03-01 and clamp(day, 2023-01-01, '
	'2024-02-01) = 2024-02-01 and clamp(day, 2024-01-01, never) = day', true),
	('clamp(n, 1, 3) is null and clamp(a, n, 3) = 3 and clamp(a, 6, n) = 6 and clamp(a, n, n) = a', true),
	('clamp(a, 1, un) <= 5 and clamp(a, un, 7) >= 5', true),
	('clamp(un, 1, 3) = 2', NULL),
	('clamp(some_day, 2024-01-01, 2024-01-01) = 2024-01-01', true),
	('clamp(maybe_day, 2024-01-01, 2024-12-31) >= 2024-01-01', NULL),
	('latest(day, 2024-03-01) = 2024-03-01 and earliest(day, 2024-03-01) = 2024-02-29', true),
	('latest(day, never) is null', true),
	('latest(some_day, never) is null', true),
	('latest(never) <= 2999-12-31', false),
	('earliest(day, never) = 2024-02-29', true),
	('earliest(never, never) is null', true),
	('latest(day, some_day) >= 2024-02-29', true),
	('latest(day, some_day) = 2024-02-29', NULL),
	('earliest(day, some_day) <= 2024-02-29', true),
	('latest(day, maybe_day) is null', NULL),
	('latest(day, maybe_day) < 2024-02-29', false),
	('earliest(day, maybe_day) <= 2024-02-29', true),
	-- coalesce, year, month, months, floor, ceil, round, count_true
	('coalesce(n, 3) = 3 and coalesce(never, 2024-01-01) = 2024-01-01 and coalesce(name, ''w'') = ''w''', true),
	('coalesce(n + 1, a) = 5 and coalesce(coalesce(n, n), a) = 5', true),
	('coalesce(un, 3) = 3', NULL),
	('coalesce(n, n) is null', true),
	('year(day) = 2024 and year(day) - 4 = 2020 and year(never) is null', true),
	('month(day) = 2 and month(never) is null', true),
	('month(some_day) between 1 and 12', true),
	('month(some_day) = 2', NULL),
	('month(maybe_day) is null', NULL),
	('months(day, 2024-03-29) = 1 and months(day, 2024-03-28) = 0 and 月数(2024-03-29, day) = -1', true),
	('months(day, never) is null and months(never, day) is null and months(some_day, never) is null', true),
	('months(day, some_day) >= 0', NULL),
	('months(day, maybe_day) is null', NULL),
	('floor(2.7) = 2 and floor(-2.7) = -3 and floor(-3) = -3 and floor(a / 2) = 2', true),
	('ceil(2.3) = 3 and ceil(-2.7) = -2 and ceil(3) = 3 and ceil(-3) = -3 and ceil(0) = 0 and ceil(a / 2) = 3 and '
	'进一(2.1) = 3 and ceil(0.0000000000000000001) = 1', true),
	('ceil(n) is null and ceil(un) = 3', NULL),
	('round(2.5) = 3 and round(-2.5) = -3 and round(2.4) = 2 and round(2.345, 2) = 2.35 and round(-2.345, '
	'2) = -2.35 and round(1 / 3, 20) = 0.33333333333333333333', true),
	('round(2.5) = 2 or round(0.5) = 0 or round(2.345, 2) = 2.34', false),
	('count_true(yes, false, a = 5, n = 5, true) = 3', true),
	('count_true(yes, maybe) between 1 and 2 and count_true(false) = 0', true)) conditions (condition, answer);

-- A band gives the same as the equivalent case, on and next to each bound.

SELECT is((SELECT string_agg(x::text, ' ') FROM facts, unnest('{-1,0,0.9999,1,1.0001,2,2.9999,3,5,null}'::numeric[]) x
	WHERE (jsonb_build_object('n',
	x) |# 'policy b ''b'' fact n number null means none clause 1 points pay band(n : >= 3 then 20, >= 1 then 15, '
	'>= 0 then 10, else 1)'::policy)
	IS DISTINCT FROM CASE WHEN x >= 3 THEN 20 WHEN x >= 1 THEN 15 WHEN x >= 0 THEN 10 ELSE 1 END), NULL,
	'bands stand as SQL''s case does');

SELECT * FROM finish();
ROLLBACK;
