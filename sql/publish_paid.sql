\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(28);

-- A published view of an account's relation takes what was paid for other periods from the ledger.

SELECT store($$
policy lease-1 '房租' number 'L 1'
fact rent number 元 at least 0 null means 0
clause y '补贴' subsidy per year when rent > 0元 pay rent cap 50元 in all
clause z '已付不足' when paid of y < 30元
example 'e' given as_of = 2025-01-01, rent = 30元, paid of y = 20.01元 expect amount = 29.99元, clause z true
example 'e2' like 'e' given paid of y = 30元 expect amount = 20元, clause z false
$$) IS NOT NULL AS stored \gset
CREATE TABLE firm (id int PRIMARY KEY, dropped text, rent numeric);
ALTER TABLE firm DROP COLUMN dropped;
INSERT INTO firm VALUES (1, 30), (2, 40), (3, 60);

-- Without an account it is unknown, and publish says so.

SET client_min_messages = notice;
SELECT publish('firm', 'lease-1', 'firm_view');
SET client_min_messages = warning;
SET zjtx.as_of = '2023-06-30';
CREATE FUNCTION pg_temp.shown(wanted int DEFAULT NULL) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', id, coalesce(clause_y::text, '?'), coalesce(clause_z::text, '?'),
		coalesce(total_amount::text, '?')), ', ' ORDER BY id)
	FROM firm_view WHERE id = wanted OR wanted IS NULL
$$;
SELECT is(pg_temp.shown(), '1 ? ? ?, 2 ? ? ?, 3 ? ? ?', 'a relation without an account does not say what was paid');
CALL sweep('firm', 'id', '{lease-1}');
SELECT is(pg_temp.shown(), '1 ? ? ?, 2 ? ? ?, 3 ? ? ?', 'nor does the view of before, when it gets one');
SELECT publish('firm', 'lease-1', 'firm_view') \gset
SELECT is(pg_temp.shown(), '1 30.00 true 30.00, 2 40.00 true 40.00, 3 50.00 true 50.00',
	'published again it takes it from the ledger');
SELECT is(obj_description('firm_view'::regclass), '《房租》（L 1）。由zjtx按政策lease-1发布。判断日：参数zjtx.as_of，没有设定的为查询当日。'
	'已付数额取自台账账户public.firm。', 'and says so');

-- What is owed and paid for another year leaves less.

SELECT settle('public.firm', '1', 'lease-1', 'y', NULL, 2023, 30),
	settle('public.firm', '2', 'lease-1', 'y', NULL, 2023, 10) \gset
SELECT is(pg_temp.shown(), '1 30.00 true 30.00, 2 40.00 true 40.00, 3 50.00 true 50.00', 'not for the year itself');
SET zjtx.as_of = '2024-06-30';
SELECT is(pg_temp.shown(), '1 20.00 false 20.00, 2 10.00 false 10.00, 3 0.00 false 0.00',
	'but for the next year: what was paid, and what is owed and not paid yet');
CALL sweep('firm', 'id', '{lease-1}');
SELECT is((SELECT string_agg(concat_ws(' ', key, owed), ', ' ORDER BY key) FROM owed WHERE period = 2024),
	'1 20.00, 2 10.00', 'the ledger is owed the same');
SELECT settle('public.firm', '1', 'lease-1', 'y', NULL, 2024, 20) \gset
UPDATE firm SET rent = 5 WHERE id = 2;
SET zjtx.as_of = '2025-06-30';
SELECT is(pg_temp.shown(), '1 0.00 false 0.00, 2 0.00 false 0.00, 3 0.00 false 0.00', 'until nothing is left');
SELECT withdraw('public.firm', '2', 'lease-1', 'y', NULL, 2024, 'why') \gset
SELECT is(pg_temp.shown(2), '2 5.00 false 5.00', 'what is taken back is left again');
SELECT withdraw('public.firm', '2', 'lease-1', 'y', NULL, 2023, 'why') \gset
SELECT is(pg_temp.shown(2), '2 5.00 true 5.00', 'a payment counts, also where it is no more owed') FROM owed
	WHERE key = '2' AND period = 2023 AND overpaid = 10;
INSERT INTO firm VALUES (4, 51);
SELECT is(pg_temp.shown(4), '4 50.00 true 50.00', 'an enterprise that was never judged was paid nothing');

-- Columns, rows and plans.

ALTER TABLE firm ADD COLUMN "paid of y" numeric DEFAULT 49, ADD COLUMN "已付之y" text;
SELECT publish('firm', 'lease-1', 'firm_view') \gset
SELECT is(pg_temp.shown(4), '4 50.00 true 50.00', 'the ledger knows better than a column');
SELECT is((SELECT "paid of y" FROM firm_view WHERE id = 4), 49::numeric, 'which the view shows');
CREATE FUNCTION pg_temp.plan_of(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE line text; whole text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (VERBOSE, COSTS off) ' || statement LOOP whole := whole || line || E'\n'; END LOOP;
	RETURN whole;
END $$;
SET enable_seqscan = off;
SELECT is(pg_temp.plan_of('SELECT clause_y FROM firm_view WHERE id = 4') ~ 'Index Scan using firm_pkey' AND
	pg_temp.plan_of('SELECT clause_y FROM firm_view WHERE id = 4') ~ 'judge_facts\(.*paid_before\(''public.firm''', true,
	'the planner sees through it');
SELECT is(pg_temp.plan_of('SELECT rent FROM firm_view WHERE id = 4') ~ 'judge|paid_before', false,
	'a query that reads no answer asks for nothing');
RESET enable_seqscan;
DROP VIEW firm_view;
ALTER TABLE firm DROP COLUMN "paid of y", DROP COLUMN "已付之y";

-- The day of the row, and the day of a value.

CREATE TABLE dated (as_of date, id int PRIMARY KEY, rent numeric);
INSERT INTO dated VALUES ('2023-06-30', 1, 30), ('2023-06-30', 2, 30);
CALL sweep('dated', 'id', '{lease-1}');
UPDATE dated SET as_of = '2024-06-30' WHERE id = 1;
SELECT publish('dated', 'lease-1', 'dated_view') \gset
SELECT is((SELECT string_agg(clause_y::text, ' ' ORDER BY id) FROM dated_view), '20.00 30.00',
	'the other years are those of the row''s day');
UPDATE dated SET as_of = NULL;
SELECT is((SELECT count(clause_y) FROM dated_view), 0::bigint, 'nobody knows them while it is unknown');
SELECT publish('firm', as_of(stored('lease-1'), '2024-06-30'), 'value_view'),
	publish('firm', as_of(stored('lease-1'), '2023-06-30'), 'value_before'),
	publish('firm', stored('lease-1'), 'no_day') \gset
SELECT is((SELECT clause_y FROM value_view WHERE id = 3), 0.00, 'a value that is bound to a day');
SELECT is((SELECT clause_y FROM value_before WHERE id = 3), 50.00, 'and to another');
SELECT is((SELECT clause_y FROM no_day WHERE id = 3), NULL, 'a value without a day');

-- A relation without an account that has the column.

CREATE TABLE other (id int PRIMARY KEY, rent numeric, "paid of y" numeric);
INSERT INTO other VALUES (1, 30, 20.01), (2, 30, NULL);
SELECT publish('other', 'lease-1', 'other_view') \gset
SELECT is((SELECT string_agg(coalesce(clause_y::text, '?'), ' ' ORDER BY id) FROM other_view), '29.99 ?',
	'takes it from the column');

-- Renamed, moved, dumped: the account is found as the ledger finds it.

ALTER TABLE firm RENAME TO company;
ALTER TABLE company RENAME COLUMN id TO number;
SELECT publish('company', 'lease-1', 'company_view') \gset
SELECT is((SELECT clause_y FROM company_view WHERE number = 3), 0.00, 'a renamed table and key');
CREATE VIEW passing AS SELECT number AS id, rent FROM company;
SELECT publish('passing', 'lease-1', 'passing_view') \gset
SELECT is((SELECT clause_y FROM passing_view WHERE id = 3), NULL, 'a view of it is another relation');

-- Who may not read the ledger.

CREATE ROLE zjtx_paid_reader;
GRANT USAGE ON SCHEMA zjtx TO zjtx_paid_reader;
GRANT SELECT ON company_view TO zjtx_paid_reader;
SET ROLE zjtx_paid_reader;
SELECT is((SELECT clause_y FROM company_view WHERE number = 3), NULL, 'who may not read the ledger does not learn it');
RESET ROLE;
GRANT SELECT ON zjtx.ledger TO zjtx_paid_reader;
SET ROLE zjtx_paid_reader;
SELECT is((SELECT clause_y FROM company_view WHERE number = 3), 0.00, 'who may does');
RESET ROLE;

-- The law no longer asks.

SELECT store($$policy lease-1 '房租' fact rent number 元 null means 0
	clause y '补贴' subsidy per year when rent > 0元 pay rent$$) IS NOT NULL AS stored \gset
SELECT is((SELECT clause_y FROM company_view WHERE number = 3), 60.00, 'a law without the cap');
SELECT publish('company', 'lease-1', 'company_view') \gset
SELECT is((SELECT clause_y FROM company_view WHERE number = 3), 60.00, 'published again');
SELECT is(pg_get_viewdef('company_view'::regclass) ~ 'paid_before', false, 'it reads the ledger no more');

SELECT * FROM finish();
ROLLBACK;
