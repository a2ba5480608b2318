\set ECHO none
\i sql/tap.psql
SET temp_buffers = 100;
BEGIN;
\i sql/judge.psql
SELECT plan(6);

-- The plan node Judge keeps pages pinned while it judges a batch, not behind its last row: a plan can have many nodes.

SELECT store($$
policy pinned 'P'
fact staff number
fact revenue number 元
clause 1 reward when revenue / staff > 3元 and staff * 3 > 9 pay revenue * 3% + staff * 1元
clause 2 reward when revenue * 2 > staff * 5元 pay staff * 2元
$$) \g /dev/null
CREATE TEMP TABLE part (id int, staff int, revenue numeric, note text) PARTITION BY LIST (id);
SELECT format('CREATE TEMP TABLE part_%s PARTITION OF part FOR VALUES IN (%s)', i, i)
FROM generate_series(1, 20) i \gexec
INSERT INTO part SELECT i % 20 + 1, i, i * 11 % 9000, repeat('x', 300) FROM generate_series(1, 7000) i;
ANALYZE part;
SET LOCAL zjtx.batch_rows = 0;
SELECT is(pg_temp.compare(query), 'the same', query),
	matches(pg_temp.nodes(query), '\mAppend > .*\(Judge\) part_1 > .*\(Judge\) part_20$', 'a node for each partition')
FROM (VALUES
($$SELECT note, staff, e |# 'pinned' FROM part e$$),
($$SELECT staff FROM part e WHERE e |= 'pinned'$$),
($$SELECT sum(e |# 'pinned'), max(staff) FROM part e WHERE e |= 'pinned'$$)) q (query);

SELECT * FROM finish();
ROLLBACK;
