\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL datestyle = 'ISO';
SET LOCAL client_min_messages = warning;
SET LOCAL zjtx.as_of = '2025-06-30';
SELECT plan(18);

-- A sweep records amounts that become due without a write.

SELECT store($$
policy sweep-2025 'Swept' in force from 2025-01-01
fact revenue number 元 at least 0
fact listed_on date null means none
clause 1 reward when revenue > 100元 pay 1元
clause 2 reward stage listed on listed_on pay 5元
clause 3 subsidy per year when revenue > 100元 pay 2元
$$);
CREATE TABLE firm (id text, revenue numeric, listed_on date);
INSERT INTO firm VALUES ('a', 101, '2025-07-01'), ('b', 100, NULL), ('c', 101, NULL), (NULL, 101, NULL);
CREATE TEMP TABLE seen (id bigint);
CREATE FUNCTION pg_temp.news() RETURNS text LANGUAGE sql SET enable_nestloop = off AS $$
	WITH new AS (INSERT INTO seen SELECT id FROM zjtx.ledger WHERE id > coalesce((SELECT max(id) FROM seen), 0)
		RETURNING id)
	SELECT coalesce(string_agg(concat_ws(' ', key, policy, code, stage, period, kind, new), ', ' ORDER BY l.key, l.id),
	'') FROM zjtx.ledger l JOIN new USING (id)$$;

CALL sweep('firm', 'id', '{sweep-2025}');
SELECT is(pg_temp.news(), 'a sweep-2025 1 owed 1.00, a sweep-2025 3 2025 owed 2.00, c sweep-2025 1 owed 1.00, '
	'c sweep-2025 3 2025 owed 2.00', 'the first sweep opens the account');
CALL sweep('firm', 'id', '{sweep-2025}');
SELECT is(pg_temp.news(), '', 'the second finds nothing new');
SELECT is((SELECT string_agg(key, ' ' ORDER BY key) FROM judged WHERE account = 'public.firm'), 'a b c',
	'a NULL is nobody');
SET LOCAL zjtx.as_of = '2025-07-01';
CALL sweep('firm', 'id', '{sweep-2025}');
SELECT is(pg_temp.news(), 'a sweep-2025 2 listed owed 5.00', 'a day that has come');
SET LOCAL zjtx.as_of = '2026-07-01';
CALL sweep('firm', 'id', '{sweep-2025}');
SELECT is(pg_temp.news(), 'a sweep-2025 3 2026 owed 2.00, c sweep-2025 3 2026 owed 2.00', 'a new year');
SELECT is((SELECT sum(difference) FROM ledger WHERE account = 'public.firm' AND code = '3'), 8.00,
	'beside the one before');
SELECT store($$
policy sweep-2025 'Swept' in force from 2025-01-01
fact revenue number 元 at least 0
fact listed_on date null means none
clause 1 reward when revenue > 99元 pay 2元
clause 3 subsidy per year when revenue > 101元 pay 2元
$$);
CALL sweep('firm', 'id', '{sweep-2025}');
SELECT is(pg_temp.news(), 'a sweep-2025 3 2026 lapsed 0.00, a sweep-2025 2 listed lapsed 0.00, '
	'a sweep-2025 1 owed 2.00, b sweep-2025 1 owed 2.00, c sweep-2025 3 2026 lapsed 0.00, c sweep-2025 1 owed 2.00',
	'a document that changed');
ALTER TABLE firm DISABLE TRIGGER ALL;
DELETE FROM firm WHERE id = 'c';
UPDATE firm SET revenue = 99 WHERE id = 'b';
CALL sweep('firm', 'id', '{sweep-2025}');
SELECT is(pg_temp.news(), 'b sweep-2025 1 lapsed 0.00, c sweep-2025 1 lapsed 0.00',
	'a row that is gone unseen, but not its earlier years');
CALL sweep('firm', 'id', '{sweep-2025/1,sweep-2025/3}');
SELECT is(pg_temp.news(), 'a sweep-2025/1 1 owed 2.00', 'another name is another account');
CALL sweep('firm', 'id', ARRAY['sweep-2025/1', 'sweep-2025/3']);
SELECT is(pg_temp.news(), '', 'also as an array');
TRUNCATE firm;
CALL sweep('firm', 'id', '{sweep-2025,sweep-2025/1}');
SELECT is(pg_temp.news(), 'a sweep-2025 1 lapsed 0.00, a sweep-2025/1 1 lapsed 0.00', 'nobody is left');
SELECT is((SELECT sum(difference) FROM ledger WHERE account = 'public.firm'), 4.00, 'and what 2025 was owed');

-- More rows than one batch.

CREATE TABLE many AS SELECT i AS id, 90 + i % 20 AS revenue FROM generate_series(1, 20001) i;
CALL sweep('many', 'id', '{sweep-2025}');
SELECT is((SELECT count(*) || ' ' || sum(difference) FROM ledger WHERE account = 'public.many' AND code = '1'),
	(SELECT count(*) || ' ' || sum(m |# 'sweep-2025/1') FROM many m WHERE m |= 'sweep-2025/1'), 'all are judged');
SELECT is((SELECT count(DISTINCT key) FROM judged WHERE account = 'public.many'), 20001::bigint, 'once');
CREATE FUNCTION pg_temp.notices() RETURNS void LANGUAGE plpgsql
	AS $$BEGIN CALL zjtx.sweep('public.many', 'id', '{sweep-2025}'); END$$;
SELECT lives_ok('SELECT pg_temp.notices()', 'called in a function it commits nothing');

-- The same with a trigger.

CREATE TABLE load (id int, revenue numeric);
CREATE TRIGGER t AFTER INSERT ON load REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION watch('load', 'id',
	'sweep-2025');
INSERT INTO load SELECT * FROM many;
SELECT bag_eq($$SELECT key, code, new FROM ledger WHERE account = 'public.load'$$, $$SELECT key, code, new FROM ledger
	WHERE account = 'public.many'$$, 'a load of as many by a trigger gives the same');
SELECT pg_temp.news() \g /dev/null
CALL sweep('load', 'id', '{sweep-2025}');
SELECT is(pg_temp.news(), '', 'and a sweep finds nothing to add');

-- A row with its own as_of is judged for that day.

CREATE TABLE dated AS SELECT 1 AS id, 500 AS revenue, timestamp '2024-12-31 23:59' AS as_of;
CALL sweep('dated', 'id', '{sweep-2025/3}');
SELECT is((SELECT string_agg(period || ' ' || judged_on, ', ') FROM ledger WHERE account = 'public.dated'),
	'2024 2024-12-31', 'of a timestamp its day');

SELECT * FROM finish();
ROLLBACK;
