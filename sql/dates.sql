\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(127);

-- Dates are shifted like PostgreSQL's intervals do it, for every day of five years, in both directions.

CREATE FUNCTION pg_temp.differences(shift text, expected interval) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(d::date::text, ' ' ORDER BY d) FROM generate_series('2022-01-01'::timestamp, '2026-12-31',
		'1 day') d
	WHERE (jsonb_build_object('d', d::date, 'e', (d + expected)::date) OPERATOR(zjtx.|=)
	('d ' || shift || ' = e')::zjtx.policy) IS NOT TRUE
$$;
SELECT is(pg_temp.differences(shift, expected), NULL, 'd ' || shift) FROM (VALUES
	('+ 1年', '1 year'::interval), ('- 1年', '-1 year'), ('+ 3年', '3 years'), ('- 3年', '-3 years'),
	('+ 100年', '100 years'),
	('+ 1月', '1 month'), ('- 1月', '-1 month'), ('+ 6月', '6 months'), ('- 13月', '-13 months'), ('+ 30日', '30 days'),
	('- 365天', '-365 days'),
	('+ 0日', '0')) shifts (shift, expected);

-- months is the largest shift in months that PostgreSQL's intervals allow, between the ends of all months of two
-- years.

CREATE FUNCTION pg_temp.months(d date, e date) RETURNS int LANGUAGE sql AS $$
	SELECT CASE WHEN e < d THEN -1 ELSE 1 END * max(n) FROM generate_series(0, 24) n
		WHERE (least(d, e) + make_interval(months => n))::date <= greatest(d, e) $$;
CREATE TEMP TABLE days AS SELECT day::date FROM generate_series('2023-01-01'::timestamp, '2024-12-31', '1 day') day
	WHERE extract(day FROM day) IN (1, 15, 27, 28, 29, 30, 31);
SELECT is((SELECT string_agg(concat(d.day, ' ', e.day), ', ') FROM days d, days e
	WHERE (jsonb_build_object('d', d.day, 'e', e.day,
	'n', pg_temp.months(d.day, e.day)) |=
	'policy m ''m'' fact d date fact e date fact n number 月 clause 1 when months(d, e) = n'::policy)
	IS DISTINCT FROM true), NULL, 'months between days');
SELECT is('{"d": "2024-02-29"}'::jsonb |= rule::policy, true, rule) FROM (VALUES
	('d + 1年 = 2025-02-28 and d - 1年 = 2023-02-28 and d + 4年 = 2028-02-29'),
	('2024-01-31 + 1月 = 2024-02-29 and 2023-01-31 + 1月 = 2023-02-28 and 2024-03-31 - 1月 = 2024-02-29 and 2024-01-31 + '
	'1月 + 1月 = 2024-03-29'),
	('1900-01-31 + 1月 = 1900-02-28 and 2000-01-31 + 1月 = 2000-02-29 and 2024-12-31 + 2月 = 2025-02-28'),
	('d + 1日 = 2024-03-01 and d - 29日 = 2024-01-31 and 3年 + d = 2027-02-28 and d + 1年 - 1日 = 2025-02-27'),
	('d - 2024-02-01 = 28日 and 2024-03-01 - d = 1 and d - d = 0 and 2023-02-28 - d = -366 and 2024-02-01 - 2023-02-01 '
	'= 365天'),
	('d - 3年 < as_of or d + 3年 = 2027-02-28'),
	('year(d) = 2024 and year(d - 60日) = 2023 and 2024年2月29日 = d and 2024-2-29 = d'),
	('month(d) = 2 and month(d + 1日) = 3 and month(d - 60日) = 12 and month(2024-01-01) = 1 and month(2024-12-31) = 12 '
	'and 月份(d) * 5人 = 10人'),
	('months(2024-01-31, 2024-02-28) = 0 and months(2024-01-31, 2024-02-29) = 1 and months(2023-01-31, '
	'2023-02-27) = 0 and months(2023-01-31, 2023-02-28) = 1'),
	('months(d, 2024-03-28) = 0 and months(d, 2024-03-29) = 1 and months(d, 2025-02-27) = 11 and months(d, '
	'2025-02-28) = 12 and months(d, 2028-02-28) = 47 and months(d, 2028-02-29) = 48'),
	('months(2024-03-31, 2024-04-29) = 0 and months(2024-03-31, 2024-04-30) = 1 and months(2024-03-30, '
	'2024-04-30) = 1 and months(2024-12-31, 2025-01-31) = 1 and months(2024-12-31, 2025-01-30) = 0'),
	('months(d, d) = 0 and months(d, d + 1日) = 0 and months(d + 1日, d) = 0 and months(2024-02-29, '
	'2024-01-31) = -1 and months(2024-02-28, 2024-01-31) = 0 and months(2025-02-28, d) = -12月'),
	('months(1900-01-31, 1900-02-28) = 1 and months(2000-01-31, 2000-02-28) = 0 and months(0001-01-01, '
	'9999-12-31) = 119987 and 月数(d, 2025-02-28) * 5元 = 60元 and months(d, 2026-02-28) / 12月 = 2'),
	('d between 2024-02-29 and 2024-02-29 and d between 2024-02-28 and 2024-03-01 and not (d between 2024-03-01 and '
	'2024-02-28) and d not between 2024-03-01 and 2024-12-31'),
	('d in (2024-02-28, 2024-02-29) and d not in (2024-02-28) and d <> 2024-03-01 and d < 2024-03-01 and d <= '
	'2024-02-29 and d > 2024-02-28 and d >= 2024-02-29'),
	('0001-01-01 < d and 9999-12-31 > d and 9999-12-31 - 0001-01-01 = 3652058')) rules (rule);

-- The period of a title includes both ends.

SELECT is(jsonb_build_object('as_of', day) |= 'as_of between 2023-01-01 and 2026-01-01'::policy, answer,
	'a title from 2023-01-01 to 2026-01-01, on ' || day) FROM (VALUES
	('2022-12-31', false), ('2023-01-01', true), ('2026-01-01', true), ('2026-01-02', false)) days (day, answer);

-- Columns of date types.

CREATE TEMP TABLE e (what text, d date, t timestamp, t0 timestamp(0));
INSERT INTO e VALUES ('a day', '2024-02-29', '2024-02-29 23:59:59.999999', '2024-02-29 00:00'),
	('infinity', 'infinity', 'infinity', 'infinity'),
	('-infinity', '-infinity', '-infinity', '-infinity'), ('null', NULL, NULL, NULL),
	('before our era', '0044-03-15 BC', '0044-03-15 BC', '0044-03-15 BC'), ('far', '5874897-12-31', '294276-12-31',
	'294276-12-31');
SELECT is(ARRAY[r |= 'd >= 2024-02-29 and d <= 2024-02-29'::policy, r |= 't >= 2024-02-29 and t <= 2024-02-29'::policy,
	r |= 't0 = 2024-02-29'::policy, r |= 'd + 100年 > 2030-01-01'::policy, r |= 't - 2030-01-01 > 0'::policy],
	answers, 'columns of date and timestamp: ' || r.what) FROM (VALUES
	('a day', '{t,t,t,t,f}'::boolean[]), ('infinity', '{NULL,NULL,NULL,NULL,NULL}'),
	('-infinity', '{NULL,NULL,NULL,NULL,NULL}'),
	('null', '{NULL,NULL,NULL,NULL,NULL}'),
	('before our era', '{f,f,f,f,f}'), ('far', '{f,f,f,t,t}')) a (what, answers), LATERAL (SELECT e.* FROM e
	WHERE e.what = a.what OFFSET 0) r;
SELECT is(pg_temp.error_of($$SELECT r |= 'signed_at <= 2024-02-29'::policy
	FROM (SELECT '2024-02-29 00:00+08'::timestamptz AS signed_at) r$$),
	E'42804: column "signed_at" of type timestamp with time zone cannot give the fact "signed_at" of policy "signed_at '
	'<= 2024-02-29"\nDETAIL: The fact is a date.\n'
	'HINT: The day of a timestamp with time zone depends on the session; '
	'cast it: (signed_at at time zone ''Asia/Shanghai'')::date.',
	'a timestamp with time zone is refused, with a way out');
SELECT is(r |= 'signed_at = 2024-02-29'::policy, true, 'which is the way out')
	FROM (SELECT ('2024-02-28 23:00+00'::timestamptz AT TIME ZONE 'Asia/Shanghai')::date AS signed_at) r;
SELECT matches(pg_temp.error_of(format('SELECT r |= ''d = 2024-02-29''::policy FROM (SELECT %s AS d) r', value)),
	'^42804: column "d" of type ' || type || ' cannot give the fact "d"', type || ' is no date') FROM (VALUES
	('''2024-02-29''::text', 'text'), ('20240229', 'integer'), ('time ''10:00''', 'time without time zone'),
	('interval ''1 year''', 'interval')) types (value, type);
SELECT is(pg_temp.error_of(format('SELECT %L::jsonb |= ''d = 2024-02-29''::policy',
	e)) ~ E'^42804: key "d" of the jsonb value cannot give the fact "d" of policy .*\nDETAIL: The fact is a date', true,
	'no date of jsonb: ' || e)
	FROM (VALUES
	('{"d": "2024-2-29"}'), ('{"d": "2024-02-30"}'), ('{"d": "Infinity"}'), ('{"d": "2024-02-29 00:00:00"}'),
	('{"d": "2024-02-29T00:00:00+08:00"}'), ('{"d": "2024-02-29T25:00:00"}'),
	('{"d": "2024-02-29T00:00"}'), ('{"d": "2024-02-29T00:00:00."}'), ('{"d": "2024-02-29BC"}'),
	('{"d": "0000-01-01"}'), ('{"d": "224-01-01"}'), ('{"d": "9874898-01-01"}'), ('{"d": "4714-11-23 BC"}'),
	('{"d": "infinity "}'), ('{"d": ""}'), ('{"d": 20240229}'),
	('{"d": "29.02.2024"}')) rows (e);

-- jsonb accepts the strings that to_jsonb produces for dates, timestamps and numbers.

SELECT is(to_jsonb(r) |= rule::policy, (SELECT s |= rule::policy FROM (SELECT r.* OFFSET 0) s),
	'to_jsonb: ' || rule || ': ' || d || ', ' || t || ', ' || n) FROM
	(VALUES (date '0044-03-15 BC', timestamp '0044-03-15 12:00 BC', numeric 'NaN', real 'NaN'),
	('5874897-12-31', '294276-12-31 23:59:59.999999', '-Infinity', '-Infinity'),
	('-infinity', 'infinity', 'Infinity', 'Infinity'), ('infinity', '-infinity', 5, 6),
	('12025-01-01', '12025-01-01 00:00:00.5', 7, 8), ('2024-02-29', '2024-02-29', 0, 0)) r (d, t, n, f),
	unnest(ARRAY['d < 2024-02-29', 't < 2024-02-29', 'd >= 2024-02-29', 't = 2024-02-29', 'n >= 5', 'f < 5',
	'year(d) > 0', 'd - 1年 < t']) rule;
SELECT is('{"l": ["infinity", "0044-03-15 BC", "2024-01-01T23:59:59"], "m": [{"n": "NaN", "d": "-infinity"}]}'::jsonb |!
	$$policy p 'p' fact l list of date fact m list (n number, d date)
	clause 1 when count(l where it < 2024-01-02) = 2 clause 2 when all(m : n > 5) clause 3 when all(m :
		d > 2024-01-01)$$::policy, '{m,l}', 'elements of lists');
SELECT matches(pg_temp.error_of(format('SELECT %L::jsonb |= ''n > 5''::policy', e)),
	'^42804: key "n" of the jsonb value cannot give the fact "n"', 'no number: ' || e)
	FROM (VALUES ('{"n": "nan"}'), ('{"n": "infinity"}'), ('{"n": "5"}'), ('{"n": ""}')) rows (e);

-- Shifts beyond the calendar are no error.

SELECT is('{}'::jsonb |= rule::policy, answer, rule) FROM (VALUES
	('2024-01-01 + 999999年 > 2024-01-01', true), ('2024-01-01 - 999999年 < 2024-01-01', true),
	('2024-01-01 + 999999日 > 4700-01-01', true),
	('2024-01-01 - 9999年 + 9999年 > 2023-01-01', NULL), ('2024-01-01 - 9999年 + 9999年 < 9999-12-31', true),
	('2024-01-01 - 9999年 = 2024-01-01 - 9998年', NULL),
	('2024-01-01 - 6737年 < 2024-01-01 - 6736年 + 1日', true), ('2024-01-01 - 6736年 + 6736年 = 2024-01-01', true),
	('2024-01-01 - 6737年 + 6737年 = 2024-01-01', NULL),
	('2024-01-01 + 999999年 + 999999年 + 999999年 + 999999年 + 999999年 + 872878年 + 1日 > 2024-01-01 + 999999年 + 999999年 + '
	'999999年 + 999999年 + 999999年 + 872878年', true),
	('2024-01-01 + 999999年 + 999999年 + 999999年 + 999999年 + 999999年 + 872879年 - 999999年 > 2024-01-01', true),
	('2024-01-01 + 999999年 + 999999年 + 999999年 + 999999年 + 999999年 + 872879年 - 999999年 = 2024-01-01 + 999999年 + '
	'999999年 + 999999年 + 999999年 + 872879年', NULL)) rules (rule, answer);

SELECT * FROM finish();
ROLLBACK;
