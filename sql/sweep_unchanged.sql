\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL client_min_messages = warning;
SET LOCAL datestyle = iso;
SET LOCAL zjtx.as_of = '2025-06-30';
SELECT plan(62);

-- A sweep compares with the ledger only the enterprises whose digest is another one than at the last comparison.

CREATE TABLE firm (id text PRIMARY KEY, a numeric, c numeric);
CREATE TRIGGER judge AFTER INSERT OR UPDATE OR DELETE ON firm FOR EACH ROW
	EXECUTE FUNCTION watch('firm', 'id', 'same-1');
SELECT store('policy same-0 ''U'' fact a number clause 1 when a > 2') \g /dev/null
SELECT store('policy same-1 ''S'' uses same-0 fact a number fact c number
	clause 1 reward pay a * 1元
	clause 2 reward per year when a > 5 pay 3元
	clause 3 reward when satisfies same-0/1 pay 5元
	select best first 1 by a desc when a > 0
	clause 4 reward when satisfies best pay 50元') \g /dev/null
CREATE FUNCTION pg_temp.swept(policies text[] DEFAULT '{same-1}', day date DEFAULT NULL,
	relation regclass DEFAULT 'firm',
	account text DEFAULT NULL) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	name text := account;
BEGIN
	CREATE TEMP TABLE before ON COMMIT DROP AS SELECT j.account, key, j.ctid AS place FROM judged j;
	CALL sweep(relation, 'id', policies, as_of => day, account => name);
	RETURN (SELECT coalesce(string_agg(j.key, ' ' ORDER BY j.key), '')
		FROM judged j LEFT JOIN before b ON b.account = j.account AND b.key = j.key WHERE j.ctid IS DISTINCT FROM b.place);
END $$;
-- the keys that a sweep compares with the ledger
CREATE FUNCTION pg_temp.compared(policies text[] DEFAULT '{same-1}', day date DEFAULT NULL,
	relation regclass DEFAULT 'firm',
	account text DEFAULT NULL) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	keys text := pg_temp.swept(policies, day, relation, account);
BEGIN
	DROP TABLE before;
	RETURN keys;
END $$;
CREATE FUNCTION pg_temp.owed() RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', key, line, period, trim_scale(owed)), ', ' ORDER BY key, line, period) FROM owed
	WHERE account = 'public.firm'
$$;

INSERT INTO firm VALUES ('a', 1), ('b', 3), ('c', 6), ('d', NULL);
SELECT is(pg_temp.compared(), 'a b c d', 'what a trigger has judged');
SELECT is(pg_temp.compared(), '', 'is compared once');
SELECT is(pg_temp.owed(), 'a 1 1, b 1 3, b 3 5, c 1 6, c 2 2025 3, c 3 5', 'what is owed');

-- Rows

ALTER TABLE firm DISABLE TRIGGER judge;
UPDATE firm SET a = 2 WHERE id = 'a';
SELECT is(pg_temp.compared(), 'a', 'an amount');
UPDATE firm SET c = 7;
SELECT is(pg_temp.compared(), '', 'a fact on which nothing depends');
UPDATE firm SET a = 1.996 WHERE id = 'a';
SELECT is(pg_temp.compared(), '', 'or less than a fen');
INSERT INTO firm VALUES ('e', 0);
SELECT is(pg_temp.compared(), 'e', 'a new row of which nothing is owed');
DELETE FROM firm WHERE id = 'e';
SELECT is(pg_temp.compared(), 'e', 'a row that is gone');
SELECT is(pg_temp.compared(), '', 'once');
INSERT INTO firm VALUES ('e', 0);
SELECT is(pg_temp.compared(), 'e', 'a row that is there again');
UPDATE firm SET a = 0.001 WHERE id = 'd';
SELECT is(pg_temp.compared(), 'd', 'a fact that was unknown, though nothing is owed');
ALTER TABLE firm ENABLE TRIGGER judge;
UPDATE firm SET a = 3 WHERE id = 'b';
SELECT is(pg_temp.compared(), 'b', 'a trigger that finds nothing new');

-- Days

SELECT is(pg_temp.compared(day => '2025-12-31'), '', 'another day of the year');
SELECT is(pg_temp.compared(day => '2026-01-01'), 'a b c d e', 'another year');
SELECT is(pg_temp.compared(), 'a b c d e', 'and back');
CREATE TABLE own (id text PRIMARY KEY, a numeric, as_of date);
INSERT INTO own VALUES ('x', 9, '2025-02-01'), ('y', 9, '2025-02-01'), ('z', 9, '2025-02-01');
SELECT pg_temp.compared('{same-0}', relation => 'own') \g /dev/null
UPDATE own SET as_of = CASE id WHEN 'x' THEN date '2025-12-31' WHEN 'y' THEN '2026-01-01' END;
SELECT is(pg_temp.compared('{same-0}', relation => 'own'), 'y z',
	'the year of a row''s own day, also if it becomes unknown');
SELECT is(pg_temp.compared('{same-0}', day => '2027-01-01', relation => 'own'), '', 'which stays when others change');

-- Payments and corrections

SELECT settle('public.firm', 'c', 'same-1', '1', NULL, NULL, 2) \g /dev/null
SELECT is(pg_temp.compared(), 'c', 'a payment');
SELECT is(pg_temp.compared(), '', 'once');
SET LOCAL zjtx.as_of = '2026-01-01';
SELECT pg_temp.compared() \g /dev/null
SELECT withdraw('public.firm', 'c', 'same-1', '2', NULL, 2025, 'was not due') \g /dev/null
SELECT is(pg_temp.compared(), 'c', 'a withdrawal');
SELECT is(pg_temp.owed(), 'a 1 2, b 1 3, b 3 5, c 1 6, c 2 2026 3, c 3 5', 'which the sweep leaves');
DELETE FROM firm WHERE id = 'b';
INSERT INTO firm VALUES ('f', 3);
SELECT pg_temp.compared() \g /dev/null
SELECT move_key('public.firm', 'b', 'f', 'typed wrongly') \g /dev/null
SELECT is(pg_temp.compared(), 'b f', 'a key that was moved');
SELECT is(pg_temp.compared(), '', 'once');
SELECT record_allotment('public.firm', 'same-1', 'best', 2026) \g /dev/null
SELECT is(pg_temp.compared(), 'a b c d e f', 'a selection that was recorded');
SELECT is((SELECT string_agg(concat_ws(' ', key, owed), ', ') FROM owed WHERE line = '4'), 'c 50.00', 'is followed');
SELECT is(pg_temp.compared(), '', 'once');

-- Documents

SELECT store('policy same-0 ''U'' fact a number clause 1 when a > 2.5') \g /dev/null
SELECT is(pg_temp.compared(), 'a b c d e f', 'a used document whose new text changes no line');
SELECT store('policy same-1 ''S'' uses same-0 fact a number fact c number
	clause 1 reward pay a * 1元
	clause 3 reward when satisfies same-0/1 pay 5元
	select best first 1 by a desc when a > 0
	clause 4 reward when satisfies best pay 50元') \g /dev/null
SELECT is(pg_temp.compared(), 'a b c d e f', 'a new text');
SELECT is(pg_temp.owed(), 'a 1 2, c 1 6, c 3 5, c 4 50, f 1 3, f 3 5', 'by which a yearly line falls');
SELECT is(pg_temp.compared('{same-0,same-1}'), 'a b c d e f', 'one more policy');
SELECT is(pg_temp.compared('{same-1,same-0}'), '', 'in another order');
SELECT is(pg_temp.compared(), 'a b c d e f', 'one less');

-- A yearly line of an earlier year that the document no longer has falls only if that year is judged.

CREATE TABLE past (id text PRIMARY KEY, a numeric);
INSERT INTO past VALUES ('p', 9);
SELECT store('policy same-2 ''P'' fact a number clause 1 reward pay a * 1元 '
	'clause 2 reward per year pay 3元') \g /dev/null
SELECT pg_temp.compared('{same-2}', '2025-06-30', 'past') \g /dev/null
SELECT store('policy same-2 ''P'' fact a number clause 1 reward pay a * 1元') \g /dev/null
SELECT is(pg_temp.compared('{same-2}', '2026-06-30', 'past'), 'p', 'the year after');
SELECT is(pg_temp.compared('{same-2}', '2025-12-31', 'past'), 'p', 'and the year itself');
SELECT is((SELECT string_agg(concat_ws(' ', line, period, trim_scale(owed)), ', ') FROM owed
	WHERE account = 'public.past'),
	'1 9', 'nothing is left of the yearly line');

-- Versions of a series: the same lines under other codes, and the same document under another name.

CREATE TABLE dated (id text PRIMARY KEY, a numeric, as_of date);
INSERT INTO dated VALUES ('v', 9, '2025-02-01');
SELECT store('policy same-3a ''V'' series same-3 in force from 2025-01-01 until 2025-03-01 fact a number '
	'clause 1 reward pay a * 1元') \g /dev/null
SELECT store('policy same-3b ''V'' series same-3 in force from 2025-03-01 fact a number '
	'clause 2 reward pay a * 1元') \g /dev/null
SELECT pg_temp.compared('{same-3}', NULL, 'dated') \g /dev/null
UPDATE dated SET as_of = '2025-04-01';
SELECT is(pg_temp.compared('{same-3}', NULL, 'dated'), 'v', 'a version with another code');
SELECT is((SELECT string_agg(concat_ws(' ', policy, line, trim_scale(owed)), ', ') FROM owed
	WHERE account = 'public.dated'),
	'same-3 2 9', 'which is owed now');
SELECT is(pg_temp.compared('{same-3b}', NULL, 'dated'), 'v', 'another name');
SELECT is((SELECT string_agg(concat_ws(' ', policy, line, trim_scale(owed)), ', ' ORDER BY policy) FROM owed
	WHERE account = 'public.dated'), 'same-3 2 9, same-3b 2 9', 'under which it is owed as well');
SELECT store('policy same-4a ''V'' series same-4 in force from 2025-01-01 fact a number '
	'clause 1 reward pay a * 1元') \g /dev/null
CREATE TABLE named AS SELECT id, a FROM past;
SELECT is(pg_temp.compared('{same-4}', NULL, 'named'), 'p', 'a series of one version');
SELECT is(pg_temp.compared('{same-4a}', NULL, 'named'), 'p', 'and that version');
SELECT is((SELECT string_agg(concat_ws(' ', policy, line, trim_scale(owed)), ', ' ORDER BY policy) FROM owed
	WHERE account = 'public.named'), 'same-4 1 9, same-4a 1 9', 'are owed under both names');

SELECT store('policy same-6 ''N'' fact a number
	clause 1 reward when a > 1 pay a * 1元
	clause 2 when a > 5') \g /dev/null
CREATE TABLE part AS SELECT id, a FROM past;
SELECT is(stored('same-6/1')::text, stored('same-6/第一条')::text, 'a part and its article have the same text');
SELECT pg_temp.compared('{same-6/1}', NULL, 'part') \g /dev/null
SELECT is(pg_temp.compared('{same-6/1}', NULL, 'part'), '', 'which is compared once');
SELECT is(pg_temp.compared('{same-6/第一条}', NULL, 'part'), 'p', 'and once more under the other name');
SELECT is((SELECT string_agg(concat_ws(' ', policy, line, trim_scale(owed)), ', ' ORDER BY policy COLLATE "C") FROM owed
	WHERE account = 'public.part'), 'same-6/1 1 9, same-6/第一条 1 9', 'so it is owed under both');

-- Two accounts with the same keys, rows and policies

CREATE TABLE twin AS SELECT id, a FROM past;
SELECT pg_temp.compared('{same-6/第一条}', NULL, 'twin') \g /dev/null
SELECT is((SELECT count(DISTINCT digest) FROM judged WHERE account IN ('public.part', 'public.twin')), 2::bigint,
	'have other digests');
UPDATE judged j SET digest = o.digest FROM judged o
WHERE j.account = 'public.twin' AND o.account = 'public.part' AND j.key = o.key;
SELECT is(pg_temp.compared('{same-6/第一条}', NULL, 'twin'), 'p', 'and that of the other account is worth nothing');

-- What was not made by our statements

SELECT pg_temp.compared(), pg_temp.compared() \g /dev/null
DELETE FROM ledger WHERE account = 'public.firm' AND key = 'c' AND code = '3';
SELECT is(pg_temp.compared() || ': ' || pg_temp.owed(), 'a b c d e f: a 1 2, c 1 6, c 3 5, c 4 50, f 1 3, f 3 5',
	'entries that were deleted are made again');
UPDATE ledger SET new = 1000 WHERE id = (SELECT max(id) FROM ledger WHERE key = 'c' AND code = '3');
SELECT is(pg_temp.compared() || ': ' || pg_temp.owed(), 'a b c d e f: a 1 2, c 1 6, c 3 5, c 4 50, f 1 3, f 3 5',
	'changed ones are made good');
INSERT INTO ledger (account, key, policy, code, unit, payable, kind, old, new, judged_on)
	VALUES ('public.firm', 'c', 'same-1', '3', '元', true, 'owed', 5, 105, '2026-01-01');
SELECT is(pg_temp.compared() || ': ' || pg_temp.owed(), 'a b c d e f: a 1 2, c 1 6, c 3 5, c 4 50, f 1 3, f 3 5',
	'and so are added ones');
SELECT is(pg_temp.compared(), '', 'once');
UPDATE judged j SET digest = o.digest FROM judged o WHERE j.account = 'public.firm' AND o.account = j.account
	AND (j.key, o.key) IN (('d', 'e'), ('e', 'd'));
SELECT is(pg_temp.compared(), 'd e', 'digests of other keys');
ALTER TABLE firm RENAME TO firm_2;
CREATE TABLE firm AS TABLE firm_2;
UPDATE firm SET a = 4 WHERE id = 'f';
SELECT is(pg_temp.compared(relation => 'firm', account => 'public.firm'), 'f',
	'another relation, of which one row differs');

-- Rows that are judged many at a time have the same digests as rows that are judged one by one.

CREATE TABLE many AS SELECT i AS id, CASE WHEN i % 11 > 0 THEN i % 97 * 1.25 END AS a,
	CASE WHEN i % 7 > 0 THEN (i % 53) * 0.3331 END AS b,
	CASE WHEN i % 5 > 0 THEN date '2024-01-01' + i % 900 END AS titled_on,
	CASE WHEN i % 13 > 0 THEN (SELECT coalesce(jsonb_agg(jsonb_build_object('happened',
		date '2025-01-01' + 17 * j + i % 400, 'cost', i % 31 * j)), '[]')
		FROM generate_series(1, i % 4) j) END AS events,
	date '2025-06-30' + i % 3 * 365 AS as_of
FROM generate_series(1, 2500) i;
UPDATE many SET a = 1e30 WHERE id = 3;
UPDATE many SET as_of = NULL WHERE id IN (5, 6, 1300);
SELECT store($$policy same-5 'W' fact a number fact b number 元 fact titled_on date null means none
	fact events list (happened date, cost number 元)
	clause 1 reward when a > 20 or b > 3元 cap 25元 pay b * 2
	clause 2 reward when a > 3 cap a * 1元 stage one on titled_on pay 40元 stage two on titled_on + 1年 when b > 2元 pay 30元
	clause 3 reward per year when a > 10 pay case when b > 9元 then 5元 else 3元 end
	clause 4 subsidy stage every each events on happened when cost > 9元 pay cost * 10%
	clause 5 reward when a >= 50 pay undetermined
	clause 6 when b >= 5元
	clause 7 reward when a > 1 pay band(a : >= 50 then 2, else 1) * 1元
	group g best of 1, 7
	ladder rung low when a > 5 rung high when a > 60$$) \g /dev/null
SET LOCAL zjtx.batch = on;
SELECT pg_temp.compared('{same-5,same-0}', NULL, 'many') \g /dev/null
SELECT is(pg_temp.compared('{same-5,same-0}', NULL, 'many'), '', 'many at a time');
SET LOCAL zjtx.batch = off;
SELECT is(pg_temp.compared('{same-5,same-0}', NULL, 'many'), '', 'and one by one');
SELECT is((SELECT count(*) FROM judged WHERE account = 'public.many' AND digest IS NULL), 0::bigint, 'all of them');
UPDATE many SET a = a + 0.5, b = b + 0.01, titled_on = titled_on + 30,
	events = events || '[{"happened": "2025-01-01", "cost": 90}]' WHERE id % 50 = 49;
SAVEPOINT changed;
SELECT pg_temp.compared('{same-5,same-0}', NULL, 'many') AS one_by_one \gset
ROLLBACK TO changed;
SET LOCAL zjtx.batch = on;
SELECT is(pg_temp.compared('{same-5,same-0}', NULL, 'many'), :'one_by_one', 'the same rows have changed');
SELECT cmp_ok(cardinality(string_to_array(:'one_by_one', ' ')), '>=', 45, 'nearly all of those that were written');
SELECT is(pg_temp.compared('{same-5,same-0}', NULL, 'many'), '', 'and are the same afterwards');

-- So have those of partitions, whose columns are at other places, and of the arms of a UNION ALL.

CREATE TABLE parts (LIKE many) PARTITION BY RANGE (id);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (700);
CREATE TABLE parts_2 (LIKE many);
ALTER TABLE parts_2 DROP COLUMN b, DROP COLUMN events;
ALTER TABLE parts_2 ADD COLUMN events jsonb, ADD COLUMN b numeric;
ALTER TABLE parts ATTACH PARTITION parts_2 FOR VALUES FROM (700) TO (9999);
INSERT INTO parts SELECT * FROM many WHERE id % 3 > 0;
CREATE VIEW arms AS SELECT * FROM many WHERE id % 2 = 0
	UNION ALL SELECT id, a * 1, b, titled_on, events, as_of FROM parts WHERE id % 2 = 1
	UNION ALL SELECT 9000, 9, 9, NULL, NULL, date '2025-01-01';
CREATE FUNCTION pg_temp.swept_twice(relation regclass) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	found text[];
BEGIN
	PERFORM set_config('zjtx.batch', 'off', true), pg_temp.compared('{same-5,same-0}', NULL, relation);
	found := ARRAY[pg_temp.compared('{same-5,same-0}', NULL, relation)];
	PERFORM set_config('zjtx.batch', 'on', true);
	found := found || pg_temp.compared('{same-5,same-0}', NULL, relation);
	UPDATE many SET a = CASE WHEN a = 90 THEN 0 ELSE 90 END WHERE id IN (4, 1000);
	UPDATE parts SET a = CASE WHEN a = 90 THEN 0 ELSE 90 END WHERE id IN (5, 1001);
	RETURN array_to_string(found || pg_temp.compared('{same-5,same-0}', NULL, relation), '|');
END $$;
SELECT is(pg_temp.swept_twice('parts'), '||1001 5', 'partitions');
SELECT is(pg_temp.swept_twice('arms'), '||1000 1001 4 5', 'UNION ALL');
SELECT * FROM finish();
ROLLBACK;
