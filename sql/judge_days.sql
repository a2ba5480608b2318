\set ECHO none
\i sql/tap.psql
BEGIN;
\i sql/judge.psql
SELECT plan(6);

-- Rows that are judged on days of their own.  A batch whose rows have one day computes what depends on the day alone
-- once, and keeps it for the next batch of the same day.  A batch of several days in between writes other values there.

CREATE TABLE firm AS SELECT i AS id,
	CASE WHEN i / 1500 % 2 = 1 AND i % 2 = 0 THEN date '2020-01-01' + i ELSE date '2025-06-30' END AS as_of,
	date '2025-01-01' + i % 300 AS founded, i * 7919 % 3000 AS y2024, i * 104729 % 3000 AS y2025
FROM generate_series(1, 8000) AS i;
ANALYZE firm;
SELECT store($$policy of-days 'C' fact founded date fact y number by year
	table t by year (n) 2020: 500, 2024: 1000, else 1500
	clause 1 reward when founded >= as_of - 100日 pay 5元
	clause 2 reward when y[last_year] > y[this_year] + 10 pay y[this_year - 1] * 1元
	clause 3 reward when y[2024] > t[last_year] pay year(as_of) * 1元
	ladder '级' rung low '低' when months(2024-01-31, as_of) > 6 rung high '高' when founded + 1年 > latest(as_of, founded)$$)
	\g /dev/null
SELECT is(pg_temp.compare(query), 'the same', query) FROM (VALUES
	($$SELECT id, e |= 'of-days/1', e |= 'of-days/2' FROM firm e$$),
	($$SELECT id, e |# 'of-days' FROM firm e$$),
	($$SELECT id, e |# 'of-days/3' FROM firm e$$),
	($$SELECT id, (e |^ 'of-days').level FROM firm e$$),
	($$SELECT tally(judge(e, 'of-days'))::text FROM firm e$$),
	($$SELECT id, e |! 'of-days' FROM firm e$$)) q (query);

SELECT * FROM finish();
ROLLBACK;
