\set ECHO none
\i sql/tap.psql
BEGIN;
SET LOCAL search_path = public, zjtx;
SET LOCAL client_min_messages = error;
SET LOCAL zjtx.as_of = '2025-06-30';
SET LOCAL max_parallel_workers_per_gather = 0;
SELECT plan(41);

-- How many rows satisfy a rule: the planner's estimate is within a factor of 3, where the table is analysed.

-- A number from 0 to n - 1 that looks random.
CREATE FUNCTION pg_temp.pick(id bigint, seed int, n bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
	SELECT mod(hashint8extended(id, seed) & 9223372036854775807, n)
$$;
CREATE TABLE firm (id bigint PRIMARY KEY, even int, skewed numeric, common int, half numeric, part numeric, yes boolean,
	district text, founded date, days date[], revenue_2023 numeric, revenue_2024 numeric);
INSERT INTO firm SELECT i, pg_temp.pick(i, 1, 1000),
	round((10.0 ^ (pg_temp.pick(i, 2, 600) / 100.0))::numeric, 2),
	CASE WHEN pg_temp.pick(i, 3, 10) < 7 THEN 0 ELSE pg_temp.pick(i, 4, 50) END,
	CASE WHEN pg_temp.pick(i, 5, 2) = 0 THEN pg_temp.pick(i, 6, 100) END,
	pg_temp.pick(i, 7, 10000) / 10000.0, pg_temp.pick(i, 8, 8) = 0,
	(ARRAY['渝北区', '渝北区', '渝北区', '巴南区', '大足区', 'elsewhere'])[1 + pg_temp.pick(i, 9, 6)],
	date '2005-01-01' + pg_temp.pick(i, 10, 7000)::int,
	CASE WHEN pg_temp.pick(i, 11, 3) = 0 THEN ARRAY[date '2024-01-01' + pg_temp.pick(i, 12, 20)::int] ELSE '{}' END,
	1000 + pg_temp.pick(i, 13, 1000), 1000 + pg_temp.pick(i, 14, 1000)
FROM generate_series(1, 8000) i;
CREATE TABLE parted (LIKE firm) PARTITION BY LIST (district);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES IN ('渝北区');
CREATE TABLE parted_2 PARTITION OF parted DEFAULT;
INSERT INTO parted SELECT * FROM firm;
ANALYZE firm;
ANALYZE parted;
CREATE VIEW seen AS SELECT * FROM firm;

CREATE FUNCTION pg_temp.estimate(query text) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (FORMAT JSON) ' || query INTO plan;
	RETURN (plan -> 0 -> 'Plan' ->> 'Plan Rows')::numeric;
END $$;
-- What the estimate is, if it is not within the factor.
CREATE FUNCTION pg_temp.within(condition text, source text DEFAULT 'firm e', factor numeric DEFAULT 3)
	RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	query text := format('SELECT 1 FROM %s WHERE %s', source, condition);
	estimated numeric := pg_temp.estimate(query);
	found numeric;
BEGIN
	EXECUTE format('SELECT count(*) FROM (%s) q', query) INTO found;
	RETURN CASE WHEN found > 20 AND estimated BETWEEN found / factor AND found * factor THEN 'within'
		ELSE format('%s estimated, %s found', estimated, found) END;
END $$;

CREATE FUNCTION pg_temp.document(rule text) RETURNS text LANGUAGE sql AS $$
	SELECT 'policy guess ''g'' fact even number fact skewed number fact common number fact half number fact part number
		fact yes boolean fact district text fact founded date fact days list of date fact revenue number by year
		clause 1 when ' || rule
$$;
SELECT is(pg_temp.within(format('e |= %L::policy', pg_temp.document(rule))), 'within', rule) FROM (VALUES
	-- conditions on single columns
	('even >= 900'), ('skewed > 10000'), ('common > 5 and even < 500'), ('half >= 50'), ('not (half >= 50)'),
	('yes and even < 400'), ($$district = '渝北区' and even >= 990$$), ($$district in ('巴南区', 'elsewhere')$$),
	('founded > 2020-01-01'), ('even >= 950 or common > 45'), ('skewed > 900000 or half > 97'),
	-- of several columns together
	('skewed * part > 10000'), ('part / (even + 1) > 0.01'), ('even + common > 900'),
	('even - skewed > 800'), ('half / even > 0.5'), ('revenue[2024] / revenue[2023] - 1 >= 50%'),
	('months(founded, 2025-06-30) >= 200 and even / 10 > common'), ('count(days where it > 2024-01-10) > 0'),
	('band(even : >= 900 then 30, >= 500 then 20, else 0) + band(skewed : >= 10000 then 40, >= 100 then 20, '
		'else 0) >= 60')) r (rule);

SELECT is(store($$policy guess-1 '试' series guess in force from 2020-01-01 until 2025-01-01 fact even number
	fact skewed number fact yes boolean fact half number
	define score = band(even : >= 900 then 30, >= 500 then 20, else 0)
		+ band(skewed : >= 10000 then 40, >= 100 then 20, else 0)
	clause 1 when score >= 60 and half >= 10 clause 2 when score >= 60 and yes$$), 'guess-1', 'a document');
SELECT is(store($$policy guess-2 '试' series guess in force from 2025-01-01 fact even number fact skewed number
	fact yes boolean fact half number
	define score = band(even : >= 900 then 30, >= 500 then 20, else 0)
		+ band(skewed : >= 10000 then 40, >= 100 then 20, else 0)
	clause 1 when score < 60 and half >= 10 clause 2 when score < 60 and yes$$), 'guess-2', 'and its next version');
SELECT is(pg_temp.within(condition, source), 'within', condition || ' of ' || source) FROM (VALUES
	($$e |= 'guess-1/1'$$, 'firm e'), ($$e |= 'guess-1/2'$$, 'firm e'), ($$e |= 'guess-1'$$, 'firm e'),
	($$e |= 'guess/1'$$, 'firm e'), ($$e |= as_of('guess/1', '2024-01-01')$$, 'firm e'),
	($$e |= (stored('guess-2') -> '2')$$, 'firm e'), ($$e |= 'guess-1/1'$$, 'seen e'), ($$e |= 'guess-1/2'$$, 'parted e'),
	($$NOT (e |= 'guess-1/2')$$, 'firm e'), ($$e |= 'guess-1/2' AND even > 300$$, 'firm e')) c (condition, source);

-- The estimate follows the statistics.
CREATE TABLE later AS SELECT * FROM firm WHERE even < 500;
ANALYZE later;
SELECT cmp_ok(pg_temp.estimate($$SELECT 1 FROM later e WHERE e |= 'even + common > 900'::policy$$),
	'<', 40::numeric, 'none');
INSERT INTO later SELECT * FROM firm;
ANALYZE later;
SELECT is(pg_temp.within($$e |= 'even + common > 900'::policy$$, 'later e'), 'within', 'after ANALYZE');

-- Lists and years in jsonb.  A value that cannot give the fact is an error of the query, not of its estimate.
CREATE TABLE winner (even int, awards jsonb, turnover jsonb, nothing jsonb);
INSERT INTO winner SELECT pg_temp.pick(i, 1, 1000),
	CASE WHEN pg_temp.pick(i, 2, 4) > 0 THEN jsonb_build_array(jsonb_build_object('rank', pg_temp.pick(i, 3, 10))) END,
	jsonb_build_object('2023', 100 + pg_temp.pick(i, 4, 5), '2024', 100 + pg_temp.pick(i, 5, 5))
FROM generate_series(1, 4000) i;
ANALYZE winner;
SELECT is(pg_temp.within(format('e |= $$policy won ''w'' fact even number fact awards list (rank number) null means none
	fact turnover number by year fact nothing list (rank number) null means none clause 1 when %s$$::policy', rule),
	'winner e'),
	'within', rule) FROM (VALUES
	('any(awards : rank <= 0) and even >= 300'), ('any(awards : rank <= 0) or any(nothing : rank <= 3)'),
	('turnover[2024] > turnover[2023] + 3')) r (rule);
INSERT INTO winner SELECT 1, '{"rank": 1}', '2023', '[7]' FROM generate_series(1, 500);
ANALYZE winner;
SELECT cmp_ok(pg_temp.estimate(format('SELECT 1 FROM winner e WHERE e |= $$policy won ''w'' fact even number
	fact awards list (rank number) fact turnover number by year fact nothing list (rank number) '
	'clause 1 when %s$$::policy', rule)),
	'>', 0::numeric, 'wrong values: ' || rule) FROM (VALUES
	('any(awards : rank <= 3)'), ('turnover[2024] > 0'), ('any(nothing : rank <= 3)')) r (rule);
SELECT throws_ok($$SELECT count(*) FROM winner e WHERE e |= 'policy won ''w'' fact awards list (rank number)
	clause 1 when any(awards : rank <= 3)'::policy$$, '42804', NULL, 'but an error of the query');

SELECT * FROM finish();
ROLLBACK;
