\set ECHO none
\i sql/tap.psql
BEGIN;
\i sql/judge.psql
SELECT plan(8);

-- A clause that pays for each element of a list and demands how many elements a list has.  The condition is compiled
-- for the row and for the elements; batches read the second from a register that they had not computed for these rows.

CREATE TYPE award AS (day date, x numeric);
CREATE TABLE firm AS SELECT i AS id, i * 7 % 3 > 0 AS g,
	(ARRAY['{}', '{"(2025-01-01,5)"}', '{"(2025-01-01,5)","(2025-02-01,1)"}', NULL,
		'{"(2025-01-01,7)","(2025-02-01,8)"}'])[i * 13 % 5 + 1]::award[] AS f,
	(ARRAY['{}', NULL, '{"(2025-01-01,5)"}'])[abs(hashint4(i)) % 3 + 1]::award[] AS h
FROM generate_series(1, 3000) AS i;
ANALYZE firm;
SELECT store(format($$policy counted-%s 'C' fact g boolean
	fact f list (day date, x number) fact h list (day date, x number)
	clause 1 reward when g and %s
	  stage early each f on day when x > 3 pay 5元
	clause 2 reward when not g
	  stage late each f once on day when %2$s pay 7元$$, n, condition)) FROM (VALUES
	(1, 'count(h) > 0'), (2, 'count(h) = 0'), (3, 'count(f) < 2'), (4, 'sum(h : x) >= 5')) q (n, condition) \g /dev/null
SELECT is(pg_temp.compare(format(
	$$SELECT id, e |= 'counted-%1$s', e |# 'counted-%1$s', e |# 'counted-%1$s/1', e |= 'counted-%1$s/2' FROM firm e$$, n)),
	'the same', format('counted-%s', n)),
	is(pg_temp.compare(format($$SELECT tally(judge(e, 'counted-%s'))::text, sum(e |# 'counted-%1$s') FROM firm e$$, n)),
	'the same', 'and in sum') FROM generate_series(1, 4) n;

SELECT * FROM finish();
ROLLBACK;
