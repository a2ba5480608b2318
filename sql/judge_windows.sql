\set ECHO none
\i sql/tap.psql
BEGIN;
\i sql/judge.psql
SELECT plan(23);

-- The plan node Judge below window functions.

CREATE TABLE firm (id int, region text, staff int, revenue numeric(12,2), listed_on date);
INSERT INTO firm SELECT i, CASE i % 3 WHEN 0 THEN '渝北区' WHEN 1 THEN '巴南区' END, nullif(i % 60, 7),
	nullif(i * 7919 % 9000, 9) / 7.0, CASE WHEN i % 4 > 0 THEN date '2024-01-01' + i % 700 END
FROM generate_series(1, 1500) AS i;
CREATE TABLE parted (LIKE firm) PARTITION BY RANGE (id);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (800);
CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM (800) TO (9999);
INSERT INTO parted SELECT * FROM firm;
CREATE INDEX ON firm (id);
CREATE VIEW doubled AS SELECT f.id, f.region, f.staff, p.revenue * 2 AS revenue, p.listed_on
	FROM firm f LEFT JOIN parted p USING (id);
ANALYZE;
SELECT store($$policy window 'W' fact region text fact staff number fact revenue number 元
	fact listed_on date null means none
	clause 1 reward when region = '渝北区' and staff >= 20 pay least(revenue * 10%, 50元)
	clause 2 when staff < 50 and listed_on < as_of
	ladder 'L'
	rung low 'low' when staff > 20
	rung high 'high' when staff > 20 and revenue / staff > 9元$$) \g /dev/null

SELECT is(pg_temp.compare(query, 'WindowAgg > (Sort > )?(Result > )?Custom Scan .Judge.'), 'the same', query)
FROM (VALUES
	($$SELECT id, sum(e |# 'window') OVER (ORDER BY id) FROM firm e$$),
	($$SELECT id, sum(e |# 'window') OVER () FROM firm e$$),
	($$SELECT id, region, sum(e |# 'window') OVER (PARTITION BY region ORDER BY revenue DESC, id) FROM firm e
		WHERE e |= 'window/2'$$),
	($$SELECT id, e |= 'window/1', count(*) FILTER (WHERE e |= 'window/1') OVER w, sum(e |# 'window') OVER w,
		first_value(e |^ 'window') OVER w, lag(staff + 1, 2, 0) OVER w FROM firm e
		WINDOW w AS (PARTITION BY region ORDER BY id)$$),
	($$SELECT id, sum((e |# 'window') / 2 + staff) FILTER (WHERE e |= 'window/2' AND staff > 5) OVER w FROM firm e
		WINDOW w AS (ORDER BY id ROWS BETWEEN 3 PRECEDING AND 1 FOLLOWING)$$),
	($$SELECT id, sum(e |# 'window') OVER (ORDER BY e |^ 'window', id) + revenue FROM firm e$$),
	($$SELECT id, sum((e |^ 'window').level) OVER (PARTITION BY e |= 'window/2' ORDER BY id) FROM firm e$$),
	($$SELECT id, max(e |# 'window') OVER (ORDER BY id), e |# 'window' FROM doubled e$$),
	($$SELECT id, sum(e |# 'window') OVER w FROM (SELECT * FROM firm WHERE staff > 3 OFFSET 0) e
		WINDOW w AS (ORDER BY staff, id)$$),
	($$SELECT * FROM (SELECT id, sum(e |# 'window') OVER (ORDER BY id) AS spent FROM firm e) x WHERE spent < 4000$$),
	($$SELECT a.id, (SELECT max(s) FROM (SELECT sum(e |# 'window') OVER (ORDER BY id) AS s FROM firm e
		WHERE e.staff % 5 = a.id) x) FROM generate_series(0, 4) a(id)$$)) q (query);
SELECT is(pg_temp.compare(query), 'the same', query) FROM (VALUES
	($$SELECT id, sum(e |# 'window') OVER (ORDER BY id) FROM parted e$$),
	($$SELECT id, sum(e |# 'window') OVER (ORDER BY id), rank() OVER (ORDER BY e |# 'window' DESC) FROM firm e$$),
	($$SELECT id, sum(e |# 'window') OVER (ORDER BY id) FROM firm e ORDER BY id LIMIT 7$$),
	($$SELECT region, sum(sum(e |# 'window')) OVER (ORDER BY region) FROM firm e GROUP BY region$$),
	($$SELECT id, sum(e |# 'window') OVER (ORDER BY staff, id) FROM firm e
		UNION ALL SELECT id, sum(e |# 'window') OVER () FROM parted e$$)) q (query);

-- The order of an index is kept; and rows that nobody asks for raise no error.
SET LOCAL enable_seqscan = off;
SET LOCAL enable_sort = off;
SELECT is(pg_temp.compare($$SELECT id, sum(e |# 'window') OVER (ORDER BY id) FROM firm e$$,
	'WindowAgg > Custom Scan .Judge. > Index Scan'), 'the same', 'an index');
CREATE VIEW risky AS SELECT id, region, staff, 1000.0 / (id - 900) AS revenue, listed_on FROM firm;
SELECT is(pg_temp.answers(query, true), pg_temp.answers(query, false), query) FROM (VALUES
	($$SELECT id, sum(e |# 'window') OVER (ORDER BY id) FROM risky e LIMIT 5$$),
	($$SELECT id, count(*) FILTER (WHERE CASE WHEN id <> 900 THEN e |= 'window/1' END) OVER (ORDER BY id)
		FROM risky e$$),
	($$SELECT id, sum(e |# 'window') FILTER (WHERE id <> 900) OVER (ORDER BY id) FROM risky e$$)) q (query);
RESET enable_seqscan;
RESET enable_sort;

-- Answers pass through other windows.
SELECT is(pg_temp.compare(query, 'WindowAgg > (Sort > )?WindowAgg > .*Custom Scan .Judge.'), 'the same', query)
FROM (VALUES
	($$SELECT id, sum(e |# 'window') OVER (ORDER BY id), sum(staff) OVER (ORDER BY revenue, id) FROM firm e$$),
	($$SELECT id, sum(staff) OVER (ORDER BY id), sum(e |# 'window') OVER (ORDER BY revenue, id) FROM firm e$$),
	($$SELECT id, sum(e |# 'window') OVER (ORDER BY id),
		count(*) FILTER (WHERE e |= 'window/2') OVER (PARTITION BY region),
		lag(e |^ 'window') OVER (ORDER BY staff DESC, id), e |# 'window' FROM doubled e$$)) q (query);
SELECT * FROM finish();
ROLLBACK;
