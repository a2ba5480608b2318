\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL zjtx.as_of = '2025-06-30';
SELECT plan(62);

-- The trigger judges written rows and adds the changes to the ledger.

CREATE FUNCTION pg_temp.shown(l zjtx.ledger) RETURNS text LANGUAGE sql AS
	$$SELECT concat_ws(' ', l.key, l.policy, l.code || coalesce('/' || l.stage, ''), l.period, l.kind,
	l.old || '→' || l.new, l.unit)$$;
CREATE TEMP TABLE seen (id bigint);
-- The entries since the last call.
CREATE FUNCTION pg_temp.news() RETURNS text LANGUAGE sql AS $$
	WITH new AS (INSERT INTO seen SELECT id FROM zjtx.ledger WHERE id > coalesce((SELECT max(id) FROM seen), 0)
		RETURNING id)
	SELECT coalesce(string_agg(pg_temp.shown(l), E'\n' ORDER BY l.key, l.id), '') FROM zjtx.ledger l JOIN new
	USING (id)$$;

SELECT store($$
policy watch-2025 'Watched' in force from 2025-01-01
fact region text in ('east', 'west')
fact revenue number 元 at least 0
fact reviews list (passed_on date, points number 分 between 0 and 100) null means none
fact listed_on date null means none
fact kernel_on date null means none
clause 1 'growth' reward when region = 'east' pay revenue * 1% cap 20万元
clause 2 'per year' subsidy per year when region = 'east' and count(reviews) > 0 pay 2元
clause 3 'stages' reward cap 300元 when region = 'east' stage kernel on kernel_on pay 100元 stage listed on listed_on
	pay 250元
clause 4 'no figure' subsidy when revenue >= 1000元 pay undetermined
ladder rung low 'low' when revenue >= 1000元 rung high 'high' when revenue >= 2000元
$$);

CREATE TABLE firm (id int PRIMARY KEY, region text, revenue numeric, listed_on date, kernel_on date);
CREATE TABLE review (firm_id bigint, passed_on date, points numeric);
CREATE TYPE review_item AS (passed_on date, points numeric);
CREATE VIEW firm_facts AS SELECT f.*, (SELECT array_agg(ROW(r.passed_on, r.points)::review_item) FROM review r
	WHERE r.firm_id = f.id) AS reviews FROM firm f;
CREATE TRIGGER judge AFTER INSERT OR UPDATE OR DELETE ON firm FOR EACH ROW EXECUTE FUNCTION zjtx.watch('firm_facts',
	'id', 'watch-2025');
CREATE TRIGGER judge AFTER INSERT OR UPDATE OR DELETE ON review FOR EACH ROW
	EXECUTE FUNCTION zjtx.watch('public.firm_facts', 'id=firm_id', 'watch-2025');

INSERT INTO firm VALUES (1, 'east', 999.99);
SELECT is(pg_temp.news(), '1 watch-2025 1 owed 0.00→10.00 元', 'an insert; amounts are rounded to the 分');
UPDATE firm SET revenue = 1000;
SELECT is(pg_temp.news(), E'1 watch-2025 4 reached 0→1\n1 watch-2025 low reached 0→1', 'on the bound of a rung');
UPDATE firm SET revenue = revenue;
SELECT is(pg_temp.news(), '', 'the same facts once more leave nothing');
UPDATE firm SET revenue = 2000;
SELECT is(pg_temp.news(), E'1 watch-2025 1 owed 10.00→20.00 元\n1 watch-2025 high reached 0→1', 'up the ladder');
INSERT INTO firm VALUES (1, 'east', 1500) ON CONFLICT (id) DO UPDATE SET revenue = excluded.revenue;
SELECT is(pg_temp.news(), E'1 watch-2025 1 lapsed 20.00→15.00 元\n1 watch-2025 high lost 1→0', 'an upsert; a fall');
INSERT INTO firm VALUES (1, 'west', 1) ON CONFLICT (id) DO NOTHING;
SELECT is(pg_temp.news(), '', 'a conflict that does nothing');
UPDATE firm SET revenue = NULL;
SELECT is(pg_temp.news(), E'1 watch-2025 1 undecided 15.00→0.00 元\n1 watch-2025 low undecided 1→0\n1 watch-2025 4 '
	'undecided 1→0', 'facts that become unknown');
UPDATE firm SET revenue = 30000000;
SELECT is(pg_temp.news(), E'1 watch-2025 1 owed 0.00→200000.00 元\n1 watch-2025 4 reached 0→1\n1 watch-2025 low reached '
	'0→1\n1 watch-2025 high reached 0→1', 'what the cap leaves');
UPDATE firm SET region = 'west';
SELECT is(pg_temp.news(), '1 watch-2025 1 lapsed 200000.00→0.00 元', 'refused');
UPDATE firm SET region = 'east', revenue = 100;
SELECT is(pg_temp.news(), E'1 watch-2025 low lost 1→0\n1 watch-2025 high lost 1→0\n1 watch-2025 4 lost 1→0\n1 '
	'watch-2025 1 owed 0.00→1.00 元', 'and again, falls before rises');

-- A child table.

INSERT INTO review VALUES (1, '2025-01-01', 1);
SELECT is(pg_temp.news(), '1 watch-2025 2 2025 owed 0.00→2.00 元', 'a row of a child table');
INSERT INTO review VALUES (1, '2025-01-02', 1), (NULL, '2025-01-02', 1), (7, '2025-01-02', 1);
SELECT is(pg_temp.news(), '', 'another changes nothing, NULL is no key, and the view need not have one');
DELETE FROM review WHERE firm_id = 1;
SELECT is(pg_temp.news(), '1 watch-2025 2 2025 lapsed 2.00→0.00 元', 'gone');
SELECT is((SELECT count(*) FROM judged WHERE key IN ('1', '7')), 2::bigint, 'who was judged is remembered');
INSERT INTO review VALUES (1, '2025-01-01', 1);
SELECT pg_temp.news() \g /dev/null

-- Stages have lines of their own, each with the proved part of its share.

UPDATE firm SET kernel_on = '2025-06-30';
SELECT is(pg_temp.news(), '1 watch-2025 3/kernel owed 0.00→100.00 元', 'a stage on its day');
UPDATE firm SET listed_on = '2025-07-01';
SELECT is(pg_temp.news(), '', 'one that is to come');
UPDATE firm SET listed_on = '2025-06-29';
SELECT is(pg_temp.news(), '1 watch-2025 3/listed owed 0.00→200.00 元', 'what the cap leaves of it');
UPDATE firm SET kernel_on = '-infinity';
SELECT is(pg_temp.news(), '1 watch-2025 3/kernel undecided 100.00→0.00 元',
	'where a part of a sum is open, what is paid on the other stays where it was');
SELECT is((SELECT low FROM firm_facts f, amount_range(f, 'watch-2025/3') LIMIT 1), 250.00,
	'though the sum is proved to be more');
UPDATE firm SET kernel_on = NULL, listed_on = NULL;
SELECT is(pg_temp.news(), '1 watch-2025 3/listed lapsed 200.00→0.00 元', 'none');

-- Periods.

SET LOCAL zjtx.as_of = '2026-01-01';
UPDATE firm SET revenue = revenue;
SELECT is(pg_temp.news(), '1 watch-2025 2 2026 owed 0.00→2.00 元', 'a new year, beside the old');
DELETE FROM review WHERE firm_id = 1;
SELECT is(pg_temp.news(), '1 watch-2025 2 2026 lapsed 2.00→0.00 元', 'a later year leaves earlier ones alone');
SELECT is((SELECT sum(difference) FROM ledger WHERE code = '2' AND period = 2025), 2.00, 'the year before stands');
SET LOCAL zjtx.as_of = '2025-12-31';
UPDATE firm SET revenue = revenue;
SELECT is(pg_temp.news(), '1 watch-2025 2 2025 lapsed 2.00→0.00 元', 'until it is judged itself');
SET LOCAL zjtx.as_of = '2025-06-30';
INSERT INTO review VALUES (1, '2025-01-01', 1);
SELECT pg_temp.news() \g /dev/null

-- Changed keys and deleted rows.

UPDATE firm SET id = 2;
SELECT is(pg_temp.news(), E'1 watch-2025 1 lapsed 1.00→0.00 元\n1 watch-2025 2 2025 lapsed 2.00→0.00 元\n2 watch-2025 1 '
	'owed 0.00→1.00 元', 'a key that changes');
DELETE FROM firm;
SELECT is(pg_temp.news(), '2 watch-2025 1 lapsed 1.00→0.00 元', 'a row that goes');
SELECT is_empty('SELECT key, code FROM ledger GROUP BY key, code, stage, period HAVING sum(difference) <> 0',
	'differences add up to where it stands');
SELECT is_empty('SELECT * FROM (SELECT old, lag(new, 1, 0.00) OVER (PARTITION BY key, code, stage, period ORDER BY id) '
	'AS before FROM ledger) l WHERE old <> before', 'each begins where the one before ended');
DELETE FROM review;

-- Many rows, COPY, and rollback.

INSERT INTO firm SELECT i, 'east', i FROM generate_series(1, 20) i;
SELECT is((SELECT count(*) || ' ' || sum(difference) FROM ledger WHERE code = '1' AND old = 0
	AND id > (SELECT max(id) FROM seen)), '20 2.10', 'a statement of many rows');
UPDATE firm SET revenue = revenue * 2 WHERE id > 10;
SELECT is((SELECT sum(difference) FROM ledger WHERE code = '1'), (SELECT sum(f |# 'watch-2025/1') FROM firm_facts f),
	'the sum stands for all');
COPY firm (id, region, revenue) FROM stdin;
30	east	1000
31	east	\N
\.
SELECT is((SELECT string_agg(pg_temp.shown(l), ', ' ORDER BY id) FROM ledger l WHERE key IN ('30', '31')),
	'30 watch-2025 1 owed 0.00→10.00 元, 30 watch-2025 4 reached 0→1, 30 watch-2025 low reached 0→1', 'COPY');
INSERT INTO seen SELECT max(id) FROM ledger;
SAVEPOINT s;
UPDATE firm SET revenue = 5000 WHERE id = 30;
INSERT INTO firm VALUES (40, 'east', 5000);
ROLLBACK TO s;
SELECT is(pg_temp.news(), '', 'rolled back, nothing is left');
SELECT is((SELECT count(*) FROM judged WHERE key = '40'), 0::bigint, 'not even who was judged');
SAVEPOINT s;
UPDATE firm SET revenue = 2000 WHERE id = 30;
RELEASE s;
UPDATE firm SET revenue = 2001 WHERE id = 30;
SELECT is(pg_temp.news(), E'30 watch-2025 1 owed 10.00→20.00 元\n30 watch-2025 high reached 0→1\n30 watch-2025 1 owed '
	'20.00→20.01 元', 'released, it is kept');

-- A partitioned table with the trigger on the parent.

CREATE TABLE part (id int, region text, revenue numeric) PARTITION BY LIST (region);
CREATE TABLE part_east (revenue numeric, extra int, id int, region text);
ALTER TABLE part_east DROP COLUMN extra;
ALTER TABLE part ATTACH PARTITION part_east FOR VALUES IN ('east');
CREATE TABLE part_west PARTITION OF part FOR VALUES IN ('west');
CREATE TRIGGER judge AFTER INSERT OR UPDATE OR DELETE ON part FOR EACH ROW EXECUTE FUNCTION zjtx.watch('part', 'id',
	'watch-2025/1');
INSERT INTO part VALUES (1, 'east', 1000), (2, 'west', 1000);
SELECT is(pg_temp.news(), '1 watch-2025/1 1 owed 0.00→10.00 元', 'partitions, and a table in the place of a view');
UPDATE part SET region = CASE region WHEN 'east' THEN 'west' ELSE 'east' END;
SELECT is(pg_temp.news(), E'1 watch-2025/1 1 lapsed 10.00→0.00 元\n2 watch-2025/1 1 owed 0.00→10.00 元',
	'rows that move between them');
UPDATE part SET region = CASE region WHEN 'east' THEN 'west' ELSE 'east' END, revenue = 2000;
SELECT is((SELECT array_agg(DISTINCT account) FROM ledger WHERE policy = 'watch-2025/1'), '{public.part}',
	'the relation is the one named');
SELECT pg_temp.news() \g /dev/null

-- Statement triggers.

CREATE TABLE bulk (id int, region text, revenue numeric);
CREATE TABLE bulk_review (firm_id text, passed_on date, points numeric);
CREATE VIEW bulk_facts AS SELECT f.*, (SELECT array_agg(ROW(r.passed_on, r.points)::review_item) FROM bulk_review r
	WHERE r.firm_id = f.id::text) AS reviews FROM bulk f;
CREATE TRIGGER judge_insert AFTER INSERT ON bulk REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT
	EXECUTE FUNCTION zjtx.watch('bulk_facts', 'id', 'watch-2025');
CREATE TRIGGER judge_update AFTER UPDATE ON bulk REFERENCING OLD TABLE AS stale NEW TABLE AS fresh FOR EACH STATEMENT
	EXECUTE FUNCTION zjtx.watch('bulk_facts', 'id', 'watch-2025');
CREATE TRIGGER judge_delete AFTER DELETE ON bulk REFERENCING OLD TABLE AS stale FOR EACH STATEMENT
	EXECUTE FUNCTION zjtx.watch('bulk_facts', 'id', 'watch-2025');
CREATE TRIGGER judge_insert AFTER INSERT ON bulk_review REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT
	EXECUTE FUNCTION zjtx.watch('bulk_facts', 'id=firm_id', 'watch-2025');
CREATE TRIGGER judge_row AFTER DELETE ON bulk_review FOR EACH ROW EXECUTE FUNCTION zjtx.watch('bulk_facts',
	'id=firm_id', 'watch-2025');
INSERT INTO bulk VALUES (2, 'east', 1000), (1, 'east', 50), (3, NULL, 50);
SELECT is(pg_temp.news(), E'1 watch-2025 1 owed 0.00→0.50 元\n2 watch-2025 1 owed 0.00→10.00 元\n2 watch-2025 4 reached '
	'0→1\n2 watch-2025 low reached 0→1', 'an insert for each statement');
INSERT INTO bulk SELECT 9, 'east', 1 WHERE false;
SELECT is(pg_temp.news(), '', 'of no rows');
INSERT INTO bulk_review VALUES ('01', '2025-01-01', 1), ('1', '2025-01-01', 1), (NULL, '2025-01-01', 1),
	('2', '2025-01-01', 1);
SELECT is(pg_temp.news(), E'1 watch-2025 2 2025 owed 0.00→2.00 元\n2 watch-2025 2 2025 owed 0.00→2.00 元',
	'a key of another type is the one that the view''s type writes');
UPDATE bulk SET id = id + 1;
SELECT is(pg_temp.news(), E'1 watch-2025 1 lapsed 0.50→0.00 元\n1 watch-2025 2 2025 lapsed 2.00→0.00 元\n2 watch-2025 1 '
	'lapsed 10.00→0.50 元\n2 watch-2025 low lost 1→0\n2 watch-2025 4 lost 1→0\n3 watch-2025 1 owed 0.00→10.00 元\n3 '
	'watch-2025 4 reached 0→1\n3 watch-2025 low reached 0→1', 'all keys at once');
DELETE FROM bulk WHERE id = 3;
SELECT is(pg_temp.news(), E'3 watch-2025 1 lapsed 10.00→0.00 元\n3 watch-2025 4 lost 1→0\n3 watch-2025 low lost 1→0',
	'a delete');
SELECT throws_ok($$INSERT INTO bulk_review VALUES ('one', '2025-01-01', 1)$$, '22P02',
	'invalid input syntax for type integer: "one"', 'what cannot be a key');
INSERT INTO bulk SELECT i, 'east', i * 7 FROM generate_series(100, 700) i;
UPDATE bulk SET revenue = revenue + 100 WHERE id >= 100;
DELETE FROM bulk WHERE id >= 650;
CREATE TABLE single (id int, region text, revenue numeric);
CREATE TRIGGER judge AFTER INSERT OR UPDATE OR DELETE ON single FOR EACH ROW EXECUTE FUNCTION zjtx.watch('single', 'id',
	'watch-2025');
INSERT INTO single SELECT i, 'east', i * 7 FROM generate_series(100, 700) i;
UPDATE single SET revenue = revenue + 100 WHERE id >= 100;
DELETE FROM single WHERE id >= 650;
SELECT bag_eq($$SELECT key, policy, code, stage, period, unit, kind, old, new FROM ledger
	WHERE account = 'public.bulk_facts' AND key::int >= 100$$,
	$$SELECT key, policy, code, stage, period, unit, kind, old, new FROM ledger WHERE account = 'public.single'$$,
	'row by row and by statements the ledger gets the same');
SELECT is((SELECT count(*) > 2000 FROM ledger WHERE account = 'public.single'), true, 'and not little');
SELECT pg_temp.news() \g /dev/null

-- A series is one policy for the ledger: its rungs continue from version to version.

SELECT store($$policy steps-1 'Steps' series steps in force from 2024-01-01 until 2025-01-01
	fact staff number 人 at least 0 clause 1 reward when staff > 1人 pay 1元 ladder rung a 'a' when staff > 1人$$);
SELECT store($$policy steps-2 'Steps' series steps in force from 2025-01-01 fact staff number 人 at least 0
	clause 1 reward when staff > 1人 pay 3元 clause 2 per year subsidy when staff > 1人 pay 5元 ladder rung a 'a'
		when staff > 5人$$);
CREATE TABLE crew (code text, staff int, as_of date);
CREATE TRIGGER judge AFTER INSERT OR UPDATE ON crew FOR EACH ROW EXECUTE FUNCTION zjtx.watch('crew', 'code', 'steps',
	'steps-2/a');
INSERT INTO crew VALUES ('x''"\', 2, '2024-12-31'), (NULL, 2, '2025-01-01'), ('', 6, '2025-01-01');
SELECT is(pg_temp.news(), E' steps 1 owed 0.00→3.00 元\n steps 2 2025 owed 0.00→5.00 元\n steps a reached 0→1\n '
	'steps-2/a a reached 0→1\nx''"\\ steps 1 owed 0.00→1.00 元\nx''"\\ steps a reached 0→1',
	'a series, and the rows'' own days');
UPDATE crew SET as_of = '2025-01-01' WHERE staff = 2;
SELECT is(pg_temp.news(), E'x''"\\ steps a lost 1→0\nx''"\\ steps 1 owed 1.00→3.00 元\nx''"\\ steps 2 2025 owed '
	'0.00→5.00 元', 'the next version');
SELECT is((SELECT array_agg(DISTINCT judged_on ORDER BY judged_on) FROM ledger WHERE account = 'public.crew'),
	'{2024-12-31,2025-01-01}', 'the days judged');
UPDATE crew SET as_of = NULL WHERE staff = 2;
SELECT is(pg_temp.news(), 'x''"\ steps 1 undecided 3.00→0.00 元', 'no day, nothing proved; the years stand');
UPDATE crew SET as_of = '2026-01-01', staff = 6 WHERE staff = 2;
SELECT is(pg_temp.news(), E'x''"\\ steps 1 owed 0.00→3.00 元\nx''"\\ steps 2 2026 owed 0.00→5.00 元\nx''"\\ steps a '
	'reached 0→1\nx''"\\ steps-2/a a reached 0→1', 'a day again');
UPDATE crew SET as_of = '2023-12-31' WHERE staff = 6 AND code <> '';
SELECT is(pg_temp.news(), E'x''"\\ steps 1 lapsed 3.00→0.00 元\nx''"\\ steps a lost 1→0', 'no version in force');

-- A changed document.

SELECT store($$policy steps-2 'Steps' series steps in force from 2025-01-01 fact staff number 人 at least 0
	clause 1b reward when staff > 1人 pay 4元 ladder rung a 'a' when staff > 6人$$);
UPDATE crew SET staff = staff WHERE code = '';
SELECT is(pg_temp.news(), E' steps a lost 1→0\n steps 1 lapsed 3.00→0.00 元\n steps 2 2025 lapsed 5.00→0.00 元\n '
	'steps-2/a a lost 1→0\n steps 1b owed 0.00→4.00 元', 'lines that are gone fall');

-- Views and triggers that change during a session.

CREATE OR REPLACE VIEW bulk_facts AS SELECT f.id, f.region, f.revenue * 10 AS revenue, NULL::review_item[] AS reviews
	FROM bulk f;
UPDATE bulk SET revenue = revenue WHERE id = 2;
SELECT is(pg_temp.news(), E'2 watch-2025 2 2025 lapsed 2.00→0.00 元\n2 watch-2025 1 owed 0.50→5.00 元',
	'the view is another');
ALTER TABLE bulk RENAME COLUMN id TO number;
ALTER VIEW bulk_facts RENAME COLUMN id TO "Number";
SELECT throws_ok('UPDATE bulk SET revenue = 60', '42703', 'column "id" of public.bulk does not exist',
	'its key has another name');
DROP TRIGGER judge_update ON bulk;
CREATE TRIGGER judge_update AFTER UPDATE ON bulk REFERENCING OLD TABLE AS stale NEW TABLE AS fresh FOR EACH STATEMENT
	EXECUTE FUNCTION zjtx.watch('bulk_facts', 'Number=number', 'watch-2025/1');
UPDATE bulk SET revenue = 60 WHERE number = 2;
SELECT is(pg_temp.news(), '2 watch-2025/1 1 owed 0.00→6.00 元', 'so has the trigger');
CREATE OR REPLACE TRIGGER judge_update AFTER UPDATE ON bulk REFERENCING OLD TABLE AS stale NEW TABLE AS fresh
	FOR EACH STATEMENT EXECUTE FUNCTION zjtx.watch('bulk_facts', 'Number=number', 'watch-2025');
UPDATE bulk SET revenue = 60 WHERE number = 2;
SELECT is(pg_temp.news(), '2 watch-2025 1 owed 5.00→6.00 元', 'and when it is replaced');

-- Replication fires only triggers that are enabled for it.

SET LOCAL session_replication_role = replica;
UPDATE single SET revenue = 1000 WHERE id = 100;
SELECT is(pg_temp.news(), '', 'an ordinary trigger stays silent');
SET LOCAL session_replication_role = origin;
ALTER TABLE single ENABLE ALWAYS TRIGGER judge;
SET LOCAL session_replication_role = replica;
UPDATE single SET revenue = 2000 WHERE id = 100;
SELECT is(pg_temp.news(), E'100 watch-2025 1 owed 8.00→20.00 元\n100 watch-2025 4 reached 0→1\n100 watch-2025 low '
	'reached 0→1\n100 watch-2025 high reached 0→1', 'one that fires always does not');
SET LOCAL session_replication_role = origin;

-- Deferred to the end of the transaction.

CREATE TABLE late (id int, region text, revenue numeric);
CREATE CONSTRAINT TRIGGER judge AFTER INSERT OR UPDATE ON late DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	EXECUTE FUNCTION zjtx.watch('late', 'id', 'watch-2025');
INSERT INTO late VALUES (1, 'east', 10);
UPDATE late SET revenue = 500;
SELECT is(pg_temp.news(), '', 'nothing yet');
SET CONSTRAINTS ALL IMMEDIATE;
SELECT is(pg_temp.news(), '1 watch-2025 1 owed 0.00→5.00 元', 'once, with what stands at the end');

-- The search path of the writing role does not matter.

CREATE TABLE pg_temp.single AS SELECT 100 AS id, 'east' AS region, 1e9 AS revenue;
SET LOCAL search_path = pg_temp, pg_catalog;
UPDATE public.single SET revenue = 3000 WHERE id = 100;
SET LOCAL search_path = public, zjtx;
SELECT is(pg_temp.news(), '100 watch-2025 1 owed 20.00→30.00 元', 'a view is found beside the table');
SELECT is((SELECT array_agg(DISTINCT by = session_user AND at = now()) FROM ledger), '{t}', 'by whom and when');

SELECT * FROM finish();
ROLLBACK;
