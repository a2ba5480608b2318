\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(90);

-- The day judged: from the policy, else from the row, else, for a stored name, from the setting, else today.

CREATE TEMP TABLE days AS SELECT
	$$policy day-test 'd' clause before when as_of < 2025-01-01 clause on when as_of = 2025-01-01 clause year points
	pay year(as_of) * 1分$$::policy AS doc;
SELECT is(store(doc::text), 'day-test', 'a document that asks for the day') FROM days;
CREATE TEMP TABLE rows (what text, as_of date);
INSERT INTO rows VALUES ('2024', '2024-06-30'), ('null', NULL), ('2025', '2025-01-01'), ('infinity', 'infinity');

-- a policy value
SELECT is('{}'::jsonb |= (doc -> 'on'), NULL, 'a value without a day leaves it unknown') FROM days;
SELECT is('{}'::jsonb |! (doc -> 'on'), '{as_of}', 'and the day is missing') FROM days;
SELECT is('{}'::jsonb |= as_of(doc -> 'on', '2025-01-01'), true, 'a value bound to a day') FROM days;
SELECT is('{"as_of": "2024-06-30"}'::jsonb |= as_of(doc -> 'on', '2025-01-01'), true,
	'the policy''s own day comes first') FROM days;
SELECT is('{"as_of": "2025-01-01"}'::jsonb |= as_of(doc -> 'on', '2024-12-31'), false,
	'also where the row''s would be eligible') FROM days;
SELECT is('{"as_of": null}'::jsonb |= as_of(doc -> 'on', '2025-01-01'), true, 'a row''s NULL does not matter')
	FROM days;
SELECT is(r |= as_of(doc -> 'on', '2025-01-01'), true, 'nor does a column as_of: ' || r.what) FROM days, rows r
	ORDER BY r.what;
SELECT is(r |= as_of(doc -> 'on', '2024-12-31'), false, 'on the day before: ' || r.what)
	FROM days, LATERAL (SELECT rows.* FROM rows OFFSET 0) r ORDER BY r.what;
SELECT is(r |= as_of(doc -> 'on', '2024-01-01'), false, 'a column that has the label 判断日') FROM days,
	(SELECT '2025-01-01'::date AS "判断日") r;
SELECT is('{"判断日": "2025-01-01"}'::jsonb |= as_of(doc -> 'on', '2024-01-01'), false, 'a key that has the label 判断日')
	FROM days;
SELECT is(r |= as_of(doc -> 'on', '2025-01-01'), true, 'nor the type of the column') FROM days,
	(SELECT now() AS as_of) r;
SELECT is(r |= (doc -> 'on'), answer, 'without a day of the policy, a column as_of: ' || r.what) FROM days,
	(VALUES ('2024', false), ('null', NULL),
	('2025', true), ('infinity', NULL)) a (what, answer), LATERAL (SELECT rows.* FROM rows
	WHERE rows.what = a.what OFFSET 0) r;
SELECT is(r |= (doc -> 'on'), true, 'a column that has the label 判断日') FROM days, (SELECT '2025-01-01'::date AS "判断日")
	r;
SELECT is('{"判断日": "2025-01-01"}'::jsonb |= (doc -> 'on'), true, 'a key that has the label 判断日') FROM days;
SELECT is((SELECT count(DISTINCT r |# as_of(doc -> 'year', '2023-05-01')) FROM rows r), 1::bigint,
	'one amount for rows of several days') FROM days;
SELECT ok(explain('{"as_of": "2024-06-30"}'::jsonb, as_of(doc -> 'on', '2025-01-01')) LIKE
	'%2025-01-01 [day of the policy]%',
	'explain says whose day it is') FROM days;
SELECT is(r |= ('as of default 2025-01-01 ' || (doc -> 'on')::text)::policy, answer,
	'a default day comes after the row''s: ' || r.what) FROM days, (VALUES ('2024', false), ('null', NULL),
	('2025', true), ('infinity', NULL)) a (what, answer), LATERAL (SELECT rows.* FROM rows
	WHERE rows.what = a.what OFFSET 0) r;
SELECT is('{}'::jsonb |= ('截至 默认 2025-01-01 ' || (doc -> 'on')::text)::policy, true, 'and is that of a row without one')
	FROM days;
SELECT is(as_of(E'as of default 2024-01-01\na > 1'::policy, '2025-01-01')::text, E'as of 2025-01-01\na > 1',
	'as_of binds firmly');
SELECT is(('as of default 2024-01-01 policy p ''p'' clause a when true clause b when true'::policy -> 'a')::text LIKE
	'as of default 2024-01-01%', true, 'a part keeps the default');
SELECT is('{"default": 2}'::jsonb |= 'as of 2024-01-01 default > 1'::policy, true, 'a fact may be called default');
SELECT is(r |= amend('day-test', 'clause on when as_of = 2025-01-01') IS NOT DISTINCT FROM (r |= 'day-test'), true,
	'amend of a name judges a row for the day for which the name does: ' || r.what) FROM rows r
	ORDER BY r.what COLLATE "C" LIMIT 3;
SELECT is(r |= (doc -> 'on'), true, 'the name goes before the label') FROM days, (SELECT '2024-01-01'::date AS "判断日",
	'2025-01-01'::date AS as_of) r;
SELECT is(r |= (doc -> 'on'), true, 'a day with a time') FROM days, (SELECT '2025-01-01 18:00'::timestamp AS as_of) r;
SELECT matches(pg_temp.error_of($$SELECT r |= (doc -> 'on') FROM pg_temp.days,
	(SELECT '2025-01-01 18:00+00'::timestamptz AS as_of) r$$),
	'^42804: column "as_of" of type timestamp with time zone cannot give the fact "as_of"',
	'but not one with a time zone');
SELECT is(r |= 'a > 1'::policy, true, 'where the day does not matter, neither does the type of its column')
	FROM (SELECT 2 AS a, now() AS as_of) r;

-- a stored name
SET LOCAL zjtx.as_of = '';
SELECT is(('{}'::jsonb |# 'day-test/year')::int, extract(year FROM current_date)::int,
	'a name without a day is judged today');
SET LOCAL zjtx.as_of = '2025-01-01';
SELECT is('{}'::jsonb |= 'day-test/on', true, 'a name is judged for the day of the setting');
SELECT is(jsonb_build_object() |= (doc -> 'on'), NULL, 'a value is not') FROM days;
SELECT is(r |= 'day-test/on', answer, 'the row''s own day goes before the setting: ' || r.what)
	FROM (VALUES ('2024', false), ('null', NULL),
	('2025', true)) a (what, answer), LATERAL (SELECT rows.* FROM rows WHERE rows.what = a.what OFFSET 0) r;
SELECT is(r |= 'day-test/on', true, 'a row without a day is judged for the day of the setting') FROM (SELECT 1 AS x) r;
PREPARE judge AS SELECT '{}'::jsonb |= 'day-test/on';
CREATE FUNCTION pg_temp.judge() RETURNS boolean LANGUAGE plpgsql
	AS $$ BEGIN RETURN '{}'::jsonb OPERATOR(zjtx.|=) 'day-test/on'; END $$;
SELECT results_eq('EXECUTE judge', 'SELECT true', 'a prepared statement sees the setting');
SELECT is(pg_temp.judge(), true, 'so does plpgsql');
SET LOCAL zjtx.as_of = '2024-12-31';
SELECT results_eq('EXECUTE judge', 'SELECT false', 'a prepared statement sees the setting change');
SELECT is(pg_temp.judge(), false, 'so does plpgsql');
SELECT is((SELECT '{}'::jsonb |= 'day-test/on' FROM set_config('zjtx.as_of', '2025-01-01', true)), true,
	'the setting of the statement itself');
SELECT is(('{}'::jsonb |# 'day-test/year')::text, '2025.00', 'which stays');

-- the setting
SELECT is(pg_temp.error_of(format('SET LOCAL zjtx.as_of = %L', day)),
	format(E'22023: invalid value for parameter "zjtx.as_of": "%s"\n'
	'DETAIL: The value must be a date such as 2025-06-30, or empty for the date of the transaction.', day),
	'no day for the setting: ' || day)
FROM unnest('{30.06.2025,2025-6-30,2025-02-29,infinity,today,"2025-06-30 ",20250630,0000-01-01}'::text[]) day;
SELECT is(current_setting('zjtx.as_of'), '2025-01-01', 'a day that is refused changes nothing');
SELECT is(:'since_15' AND pg_temp.error_of('SET LOCAL zjtx.as_if = 1') !~ '^42602|^42704', false,
	'there is no other setting of the name');

-- today in the session's time zone, or in zjtx.time_zone
SET LOCAL zjtx.as_of = '';
SELECT is(store(format('policy day-today ''t'' clause 1 points pay case %s else 0分 end',
	string_agg(format('when as_of = %s then %s分', to_char(day, 'YYYY-MM-DD'), day::date - DATE '2000-01-01'), ' '))),
	'day-today', 'a document that tells the day') FROM generate_series((now() AT TIME ZONE 'UTC')::date - 2,
	(now() AT TIME ZONE 'UTC')::date + 2, interval '1 day') day;
CREATE TABLE day_of (id int PRIMARY KEY, n int);
CREATE TRIGGER judge AFTER INSERT ON day_of FOR EACH ROW EXECUTE FUNCTION watch('day_of', 'id', 'day-test');
CREATE FUNCTION pg_temp.days() RETURNS date[] LANGUAGE plpgsql AS $$
DECLARE
	next int := (SELECT count(*) FROM day_of);
BEGIN
	INSERT INTO day_of VALUES (next, 1);
	RETURN ARRAY[substr(amend('day-today', 'clause 1 when true')::text, 15, 10)::date,
		DATE '2000-01-01' + ('{}'::jsonb |# 'day-today')::int,
		(SELECT DATE '2000-01-01' + (r |# 'day-today')::int FROM (SELECT 1 AS n) r),
		(SELECT DATE '2000-01-01' + (r |# 'day-today')::int FROM (SELECT 1 AS n OFFSET 0) r),
		(SELECT judged_on FROM judged WHERE key = next::text)];
END $$;
SET LOCAL TimeZone = 'Pacific/Kiritimati';
SELECT is(pg_temp.days(), array_fill((now() AT TIME ZONE 'Pacific/Kiritimati')::date, '{5}'),
	'the session''s, fourteen hours ahead');
SET LOCAL TimeZone = 'Etc/GMT+12';
SELECT is(pg_temp.days(), array_fill((now() AT TIME ZONE 'Etc/GMT+12')::date, '{5}'), 'and twelve behind');
SET LOCAL zjtx.time_zone = 'Pacific/Kiritimati';
SELECT is(pg_temp.days(), array_fill((now() AT TIME ZONE 'Pacific/Kiritimati')::date, '{5}'),
	'zjtx.time_zone goes before it');
SELECT isnt(pg_temp.days(), array_fill(current_date, '{5}'), 'which is another day than current_date');
SET LOCAL zjtx.time_zone = 'asia/shanghai';
SELECT is(pg_temp.days(), array_fill((now() AT TIME ZONE 'Asia/Shanghai')::date, '{5}'), 'names in any case');
SET LOCAL zjtx.time_zone = 'CST-8';
SELECT is(pg_temp.days(), array_fill((now() AT TIME ZONE 'Asia/Shanghai')::date, '{5}'), 'and as POSIX has them');
SET LOCAL zjtx.as_of = '2025-01-01';
SELECT is((pg_temp.days())[1], '2025-01-01', 'zjtx.as_of goes before both');
SET LOCAL zjtx.as_of = '';
SET LOCAL zjtx.time_zone = '';
SELECT is(pg_temp.days(), array_fill(current_date, '{5}'), 'empty for the session''s');
SELECT is(pg_temp.error_of(format('SET LOCAL zjtx.time_zone = %L', zone)),
	format(E'22023: invalid value for parameter "zjtx.time_zone": "%s"\n'
	'DETAIL: The value must be a name from pg_timezone_names, such as Asia/Shanghai, '
	'or empty for the session''s time zone.', zone), 'no zone for the setting: ' || zone)
FROM unnest('{Asia/Chongqin,北京," ","Asia/Shanghai ",../Asia/Shanghai,right/UTC}'::text[]) zone;
SELECT is(current_setting('zjtx.time_zone'), '', 'a zone that is refused changes nothing');
RESET TimeZone;
SET LOCAL zjtx.as_of = '2025-01-01';

-- binding to a day
SELECT is(as_of('a > 1'::policy, '2025-06-30')::text, E'as of 2025-06-30\na > 1',
	'binding writes the day before the text');
SELECT is(as_of(as_of('a > 1'::policy, '2025-06-30'), '0033-01-02')::text, E'as of 0033-01-02\na > 1',
	'binding again replaces it');
SELECT is('{}'::jsonb |= as_of(source::policy, '2025-06-30')::text::policy, true,
	'what was bound by hand is bound again: ' || description)
	FROM (VALUES
	('as of 2024-01-01 as_of = 2025-06-30', 'on one line'), (E'截至 2024年1月1日\r\nas_of = 2025-06-30', 'in Chinese'),
	(E'-- 注\nas of 2024-01-01 -- 日\nas_of = 2025-06-30 -- 注', 'among comments')) texts (source, description);
SELECT is(pg_temp.error_of(format('SELECT zjtx.as_of(''a > 1''::zjtx.policy, %L)', day)),
	'22008: a policy is judged for a day from 0001-01-01 to 9999-12-31', 'no policy is bound to ' || day)
FROM unnest('{infinity,-infinity,0001-12-31 BC,10000-01-01}'::text[]) day;
SELECT is(as_of('a > 1'::policy, NULL)::text, NULL, 'bound to no day, no policy');

SELECT * FROM finish();
ROLLBACK;
