\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL client_min_messages = warning;
SET LOCAL zjtx.as_of = '2025-06-30';
SELECT plan(26);

-- Attempts of a clerk or a cashier to be paid twice. Whatever happens to the table, the view and the document, nothing
-- is due to an enterprise that was owed 100元 once and was paid 100元.

CREATE FUNCTION pg_temp.law(clause text) RETURNS text LANGUAGE sql AS
	$$SELECT store('policy once-2025 ''Once'' series once in force from 2025-01-01 fact revenue number 元 at least 0 ' ||
	clause)$$;
SELECT pg_temp.law('clause 1 reward when revenue >= 10元 pay 100元') \g /dev/null
CREATE TABLE firm (id int, revenue numeric, region text DEFAULT 'east') PARTITION BY LIST (region);
CREATE TABLE firm_east PARTITION OF firm FOR VALUES IN ('east');
CREATE TABLE firm_west PARTITION OF firm DEFAULT;
CREATE VIEW facts AS SELECT id, revenue FROM firm;
CREATE TRIGGER judge AFTER INSERT OR UPDATE OR DELETE ON firm FOR EACH ROW EXECUTE FUNCTION watch('facts', 'id',
	'once-2025');
INSERT INTO firm VALUES (1, 10);
SELECT is(settle('public.facts', '1', 'once-2025', '1', NULL, NULL, 100), 0.00, 'paid');
-- Shows what is due to enterprise 1, in all accounts and under all names, after a statement; and the error of the
-- statement.
CREATE FUNCTION pg_temp.due(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	error text := pg_temp.error_of(statement);
BEGIN
	RETURN concat_ws(' ', nullif(split_part(error, E'\n', 1), 'no error'), (SELECT sum(due) FROM zjtx.owed
	WHERE key = '1'));
END $$;
CREATE TEMP TABLE tried (what text, statement text, found text);
INSERT INTO tried VALUES
	('down and up again', 'UPDATE firm SET revenue = 1; UPDATE firm SET revenue = 1000', '0.00'),
	('deleted and inserted', 'DELETE FROM firm; INSERT INTO firm VALUES (1, 10)', '0.00'),
	('emptied, swept and loaded', 'TRUNCATE firm; CALL zjtx.sweep(''facts'', ''id'', ''{once-2025}''); COPY firm '
	'FROM PROGRAM ''echo 1,10,east'' (FORMAT csv)', '0.00'),
	('moved to another partition and back', 'UPDATE firm SET region = ''west''; UPDATE firm SET region = ''east''',
	'0.00'),
	('a partition detached and attached',
	'ALTER TABLE firm DETACH PARTITION firm_east; UPDATE firm_east SET revenue = 11; '
	'CALL zjtx.sweep(''facts'', ''id'', ''{once-2025}''); ALTER TABLE firm ATTACH PARTITION firm_east FOR '
	'VALUES IN (''east''); CALL zjtx.sweep(''facts'', ''id'', ''{once-2025}'')', '0.00'),
	('the row twice', 'INSERT INTO firm VALUES (1, 10)',
	'21000: public.facts has more than one row with the key "1" 0.00'),
	('the row twice, one of them elsewhere', 'INSERT INTO firm VALUES (1, 10, ''north'')',
	'21000: public.facts has more than one row with the key "1" 0.00'),
	('the policy named twice', 'CALL zjtx.sweep(''facts'', ''id'', ''{once-2025,once-2025}''); '
	'CALL zjtx.sweep(''facts'', ''id'', ''{once-2025,once-2025}'')', '0.00'),
	('a second trigger of the same, by statement',
	'CREATE TRIGGER again AFTER UPDATE ON firm REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT '
	'EXECUTE FUNCTION watch(''facts'', ''id'', ''once-2025'', ''once-2025''); UPDATE firm SET revenue = revenue + 1',
	'0.00'),
	('a second trigger by another account',
	'CREATE TRIGGER other AFTER UPDATE ON firm FOR EACH ROW '
	'EXECUTE FUNCTION watch(''facts'', ''id'', ''once-2025'', ''account=mine''); UPDATE firm SET revenue = revenue + 1',
	'22023: public.facts has the account "public.facts", so it cannot have "mine" 0.00'),
	('the reward made points and a reward again',
	'SELECT pg_temp.law(''clause 1 points when revenue >= 10元 pay 100分''); '
	'CALL zjtx.sweep(''facts'', ''id'', ''{once-2025}''); SELECT pg_temp.law(''clause 1 subsidy when revenue >= 10元 '
	'pay 100元''); CALL zjtx.sweep(''facts'', ''id'', ''{once-2025}'')', '0.00'),
	('its clause taken out and put in again',
	'SELECT pg_temp.law(''clause 9 when revenue > 1元''); CALL zjtx.sweep(''facts'', ''id'', ''{once-2025}''); '
	'SELECT pg_temp.law(''clause 1 reward when revenue >= 10元 pay 100元''); '
	'CALL zjtx.sweep(''facts'', ''id'', ''{once-2025}'')', '0.00'),
	('the code given to another clause',
	'SELECT pg_temp.law(''clause 1 subsidy when revenue >= 1元 pay 70元 clause 2 reward when revenue >= 1000000元 pay '
	'100元''); CALL zjtx.sweep(''facts'', ''id'', ''{once-2025}'')', '0.00'),
	('and back', 'SELECT pg_temp.law(''clause 1 reward when revenue >= 10元 pay 100元''); '
	'CALL zjtx.sweep(''facts'', ''id'', ''{once-2025}'')', '0.00'),
	('the table of the other''s name',
	'ALTER VIEW facts RENAME TO facts_x; CREATE VIEW facts AS SELECT id, revenue FROM firm; '
	'CALL zjtx.sweep(''facts'', ''id'', ''{once-2025}'')', '42P09: cannot determine the account of public.facts 0.00'),
	('an account by another''s name, before it is opened',
	'CREATE TABLE mine (id int, revenue numeric); INSERT INTO mine VALUES (7, 10); '
	'CALL zjtx.sweep(''mine'', ''id'', ''{once-2025}'', account => ''public.firm''); '
	'CALL zjtx.sweep(''firm'', ''id'', ''{once-2025}'')', '42P09: cannot determine the account of public.firm 0.00');
SELECT is(pg_temp.due(statement), found, what) FROM tried;

-- The line is owed under each name of the document, but only the amount owed once can be paid.

CALL sweep('facts', 'id', '{once-2025,once,once/1,once-2025/1}');
SELECT is(array(SELECT split_part(pg_temp.error_of(format('SELECT zjtx.settle(''public.facts'', ''1'', %L, ''1'', '
	'NULL, NULL, 0.01)', name)), ':', 1) FROM unnest('{once-2025,once,once/1,once-2025/1}'::text[]) name),
	'{23514,23514,23514,23514}', 'by the series, its version and parts of both');

-- Two versions of one series owe the same line; an unrelated document owes another.

SELECT zjtx.store('policy once-2026 ''o'' series once in force from 2026-01-01 fact revenue number 元 clause 1 reward '
	'when revenue >= 10元 pay 130元'),
	zjtx.store('policy other-2026 ''o'' fact revenue number 元 clause 1 reward when revenue >= 10元 pay '
	'100元') \g /dev/null
CALL sweep('facts', 'id', '{once-2026,other-2026}');
SELECT is(array(SELECT pg_temp.error_of(format('SELECT zjtx.settle(''public.facts'', ''1'', %L, ''1'', NULL, NULL, %s)',
	name, amount)) FROM (VALUES ('once-2026', 30.01), ('once-2026', 30), ('other-2026', 100)) v(name, amount)),
	ARRAY['23514: 30.01 is more than is due: 130.00 is owed, 0.00 was paid, and 100.00 on line "1" of policy '
	'"once-2025"', 'no error', 'no error'], 'by two versions of a series');

-- A yearly clause with an unknown year: a payment without a year could be made once more with the year.

SELECT store('policy yearly-2025 ''y'' fact revenue number 元 clause 1 reward per year when revenue >= 10元 pay 100元 '
	'clause 2 per year when revenue >= 10元
	clause 3 reward per year stage a on 2025-01-01 pay 10元') \g /dev/null
CREATE TABLE dated (id text, revenue numeric, as_of date);
CREATE TRIGGER judge AFTER INSERT OR UPDATE OR DELETE ON dated FOR EACH ROW EXECUTE FUNCTION watch('dated', 'id',
	'yearly-2025');
CREATE FUNCTION pg_temp.standing() RETURNS text LANGUAGE sql AS
	$$SELECT string_agg(concat_ws(' ', key, code, stage, period, difference), ', ' ORDER BY key, code, stage, period)
	FROM
		(SELECT key, code, stage, period, sum(difference) AS difference FROM zjtx.ledger WHERE account = 'public.dated'
		GROUP BY key, code, stage, period HAVING sum(difference) <> 0) l$$;
INSERT INTO dated VALUES ('null', 10, NULL), ('infinity', 10, 'infinity'), ('-infinity', 10, '-infinity'),
	('1 BC', 10, '0001-06-01 BC'), ('2 BC', 10, '0002-06-01 BC'), ('10000', 10, '10000-01-01');
SELECT is(pg_temp.standing(), NULL, 'without a year nothing is owed');
UPDATE dated SET as_of = '2025-06-30' WHERE id = 'null';
SELECT is(pg_temp.standing(), 'null 1 2025 100.00, null 2 2025 1, null 3 a 2025 10.00', 'with the year it is');
UPDATE dated SET as_of = NULL WHERE id = 'null';
SELECT is(pg_temp.standing(), 'null 1 2025 100.00, null 2 2025 1, null 3 a 2025 10.00',
	'and stays when the year becomes unknown');
SELECT is((SELECT string_agg(l.period::text, ',') FROM dated d, lines(judge(d, 'yearly-2025')::text::verdict) l), NULL,
	'a verdict has no year then, also read back');
SELECT is((SELECT array_agg(judge(d, 'yearly-2025')::text::verdict = judge(d, 'yearly-2025')) FROM dated d),
	'{t,t,t,t,t,t}', 'and is the same');

-- A corrected key, and the correction undone.

CREATE FUNCTION pg_temp.lines() RETURNS text LANGUAGE sql AS
	$$SELECT string_agg(concat_ws(' ', key, owed, paid, due), ', ' ORDER BY key) FROM zjtx.owed
	WHERE account = 'public.facts' AND policy = 'once-2025'$$;
UPDATE firm SET id = 2;
SELECT move_key('public.facts', '1', '2', 'was wrong') \g /dev/null
UPDATE firm SET id = 1;
SELECT move_key('public.facts', '2', '1', 'was right') \g /dev/null
SELECT is(pg_temp.lines(), '1 100.00 100.00 0.00', 'there and back again');
INSERT INTO firm VALUES (2, 10);
DELETE FROM firm WHERE id = 1;
SELECT throws_ok($$SELECT move_key('public.facts', '1', '2', 'to another enterprise')$$, '55000',
	'the key "2" of account "public.facts" has entries of its own',
	'but not to another enterprise that has the key since');

SELECT * FROM finish();
ROLLBACK;
