\set ECHO none
\i sql/tap.psql
\i sql/judge.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL client_min_messages = warning;
SET LOCAL max_parallel_workers_per_gather = 0;
SET LOCAL zjtx.batch_rows = 10;
SELECT plan(28);

-- The plan node Judge below INSERT and other changes, and with sequences.

CREATE TABLE firm (id int, region text, staff int, revenue numeric);
INSERT INTO firm
SELECT i, CASE i % 3 WHEN 0 THEN '渝北区' WHEN 1 THEN '巴南区' END, nullif(i % 60, 7), i * 37 % 900
FROM generate_series(1, 1500) AS i;
CREATE TABLE parted (LIKE firm) PARTITION BY RANGE (id);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (800);
CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM (800) TO (9999);
INSERT INTO parted SELECT * FROM firm;
CREATE VIEW doubled AS SELECT f.id, f.region, f.staff, p.revenue * 2 AS revenue
	FROM firm f LEFT JOIN parted p USING (id);
ANALYZE;
SELECT store($$policy kept 'K' fact region text fact staff number fact revenue number 元
	clause 1 reward when region = '渝北区' and staff >= 20 pay least(revenue * 10%, 50元)
	clause 2 when staff < 50$$) \g /dev/null

CREATE TABLE placed (id int UNIQUE, eligible boolean, amount numeric, note varchar(3),
	n int GENERATED ALWAYS AS IDENTITY, s serial, at timestamptz DEFAULT now(),
	twice numeric GENERATED ALWAYS AS (amount * 2) STORED);
INSERT INTO placed SELECT -i, false, i FROM generate_series(0, 300) AS i;
CREATE SEQUENCE steps;

-- Where it is offered, and where not.
SELECT is(pg_temp.nodes(query), plan, query) FROM (VALUES
($$INSERT INTO placed SELECT id, e |= 'kept/1', e |# 'kept' FROM firm e$$, 'Insert placed > Custom Scan (Judge) firm'),
($$INSERT INTO placed (id, amount) SELECT id, e |# 'kept' FROM firm e WHERE NOT (e |= 'kept/1')$$,
	'Insert placed > Custom Scan (Judge) firm'),
($$INSERT INTO placed (id, amount) SELECT id, e |# 'kept' FROM firm e ON CONFLICT (id) DO UPDATE SET amount = 0$$,
	'Insert placed > Custom Scan (Judge) firm'),
($$INSERT INTO placed (amount) SELECT sum(e |# 'kept') FROM firm e$$,
	'Insert placed > Subquery Scan > Custom Scan (Judge Totals) > Custom Scan (Judge) firm'),
($$INSERT INTO placed (id, eligible) SELECT random() * 1e9, e |= 'kept/1' FROM firm e$$,
	'Insert placed > Subquery Scan > Seq Scan firm'),
($$WITH i AS (INSERT INTO placed (id, amount) SELECT id, e |# 'kept' FROM firm e RETURNING id) SELECT count(*) FROM i$$,
	'Aggregate > Insert placed > Custom Scan (Judge) firm > CTE Scan i'),
($$SELECT nextval('steps'), e |# 'kept' FROM firm e$$, 'Custom Scan (Judge) firm'),
($$SELECT e |# 'kept' FROM firm e WHERE nextval('steps') > 0$$, 'Seq Scan firm'),
($$SELECT nextval('steps') + random(), e |# 'kept' FROM firm e$$, 'Seq Scan firm')) q (query, plan);

-- A statement and what it leaves in a table, with the node and without it; then it is undone.
CREATE FUNCTION pg_temp.leaves(query text, batch boolean, kept regclass) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
	found text[];
BEGIN
	PERFORM set_config('zjtx.batch', batch::text, true);
	EXECUTE query;
	EXECUTE format('SELECT array_agg(k::text ORDER BY k::text) FROM %s k', kept) INTO found;
	RAISE EXCEPTION SQLSTATE 'ZZ000';
EXCEPTION WHEN SQLSTATE 'ZZ000' THEN
	RETURN found;
WHEN OTHERS THEN
	RETURN ARRAY[sqlstate || ': ' || sqlerrm];
END $$;
CREATE FUNCTION pg_temp.leave_the_same(query text, kept regclass DEFAULT 'placed') RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	without text[];
	judged text[];
BEGIN
	PERFORM setval(pg_get_serial_sequence('placed', 'n'), 1), setval(pg_get_serial_sequence('placed', 's'), 1);
	without := pg_temp.leaves(query, false, kept);
	PERFORM setval(pg_get_serial_sequence('placed', 'n'), 1), setval(pg_get_serial_sequence('placed', 's'), 1);
	judged := pg_temp.leaves(query, true, kept);
	PERFORM set_config('zjtx.batch', 'on', true);
	IF pg_temp.nodes(query) !~ 'Judge' THEN RETURN 'no node'; END IF;
	IF judged IS DISTINCT FROM without THEN
		RETURN format('%s rows, %s without; the first are %s and %s', cardinality(judged), cardinality(without), judged[1],
			without[1]);
	END IF;
	RETURN CASE WHEN judged[1] ~ '^\w{5}: ' THEN judged[1] ELSE 'the same' END;
END $$;

SELECT is(pg_temp.leave_the_same(query), 'the same', query) FROM (VALUES
($$INSERT INTO placed SELECT id, e |= 'kept/1', e |# 'kept' FROM firm e$$),
($$INSERT INTO placed SELECT id, e |= 'kept/1', e |# 'kept' FROM parted e WHERE e |= 'kept/2'$$),
($$INSERT INTO placed SELECT id, e |= 'kept/1', e |# 'kept' FROM doubled e
	WHERE NOT (e |= 'kept/2') ORDER BY revenue$$),
($$INSERT INTO placed SELECT id % 700, e |= 'kept/1', e |# 'kept' FROM firm e ON CONFLICT (id) DO NOTHING$$),
($$INSERT INTO placed SELECT id - 1000, e |= 'kept/1', e |# 'kept' FROM firm e
	ON CONFLICT (id) DO UPDATE SET amount = placed.amount + excluded.amount$$),
($$INSERT INTO placed (id, amount) SELECT id, e |# 'kept' FROM firm e LIMIT 70$$),
($$INSERT INTO placed (amount) SELECT sum(e |# 'kept') FROM firm e GROUP BY region$$)) q (query);
-- Values are checked as they are without the node.
SELECT alike(pg_temp.leave_the_same(query), error, query) FROM (VALUES
($$INSERT INTO placed (id, note) SELECT id, 'n' || (e |# 'kept') FROM firm e$$, '22001: %'),
($$INSERT INTO placed SELECT id % 700, e |= 'kept/1', e |# 'kept' FROM firm e$$, '23505: %')) q (query, error);

-- What triggers change while rows are read is not seen, as without the node.
CREATE FUNCTION pg_temp.disturb() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	UPDATE firm SET staff = 0, revenue = 1e9 WHERE id = NEW.id + 1;
	DELETE FROM firm WHERE id = NEW.id - 1 AND id % 5 = 0;
	INSERT INTO firm VALUES (NEW.id + 5000, '渝北区', 30, 100);
	RETURN NEW;
END $$;
CREATE TRIGGER disturbs BEFORE INSERT ON placed FOR EACH ROW EXECUTE FUNCTION pg_temp.disturb();
SELECT is(pg_temp.leave_the_same(query, kept), 'the same', query || ': ' || kept) FROM (VALUES
($$INSERT INTO placed SELECT id, e |= 'kept/1', e |# 'kept' FROM firm e WHERE e |= 'kept/2'$$, 'placed'::regclass),
($$INSERT INTO placed SELECT id, e |= 'kept/1', e |# 'kept' FROM firm e WHERE e |= 'kept/2'$$, 'firm')) q (query, kept);
DROP TRIGGER disturbs ON placed;

-- A table into which its own rows are inserted.
SELECT is(pg_temp.leave_the_same($$INSERT INTO firm SELECT e.id, region, (e |# 'kept')::int, revenue FROM firm e
	WHERE e |= 'kept/1'$$, 'firm'), 'the same', 'a table and its own rows');

-- Other changes judge in parts of their own: with the target's rows, which may be those that are read.
SELECT is(pg_temp.leave_the_same(query, kept), 'the same', query) FROM (VALUES
($$WITH a AS MATERIALIZED (SELECT id, e |# 'kept' AS amount FROM firm e WHERE e |= 'kept/2')
	UPDATE firm f SET staff = f.staff + 1, revenue = a.amount FROM a WHERE a.id = f.id + 1$$, 'firm'::regclass),
($$UPDATE parted f SET revenue = a.amount FROM (SELECT id, e |# 'kept' AS amount FROM parted e OFFSET 0) a
	WHERE a.id = f.id$$, 'parted'),
($$WITH a AS MATERIALIZED (SELECT id FROM firm e WHERE e |# 'kept' > 10)
	DELETE FROM firm f USING a WHERE a.id = f.id + 3$$, 'firm')) q (query, kept);
SELECT is(pg_temp.nodes($$UPDATE firm f SET revenue = a.amount FROM (SELECT id, e |# 'kept' AS amount FROM firm e) a
	WHERE a.id = f.id$$), 'Update firm > Hash Join > Seq Scan firm > Hash > Seq Scan firm', 'a part that is none');

-- Numbers of a sequence are given out in the order of the rows, and no further than to the last one asked for.
CREATE FUNCTION pg_temp.numbered(batch boolean) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
	found text[];
BEGIN
	PERFORM setval('steps', 1), set_config('zjtx.batch', batch::text, true);
	SELECT array_agg(q::text) INTO found FROM (
		SELECT id, nextval('steps'), e |# 'kept' FROM firm e WHERE e |= 'kept/2' LIMIT 100) q;
	RETURN found || nextval('steps')::text;
END $$;
SELECT is(pg_temp.numbered(true), pg_temp.numbered(false), 'a sequence');

-- A prepared statement, with what it returns.
PREPARE insertion AS INSERT INTO placed SELECT id, e |= 'kept/1', e |# 'kept' FROM firm e WHERE id > $1
	ON CONFLICT (id) DO NOTHING RETURNING id, eligible, amount, twice;
EXECUTE insertion(1495);
EXECUTE insertion(100) \g /dev/null
SELECT is(count(*), 1400::bigint, 'all are kept') FROM placed WHERE id > 100;
SELECT is(sum(p.amount), sum(e |# 'kept'), 'with the same amounts') FROM firm e JOIN placed p USING (id);

SELECT * FROM finish();
ROLLBACK;
