\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL client_min_messages = warning;
SET LOCAL TimeZone = 'Asia/Shanghai';
SELECT plan(39);

-- Roles that may write the watched tables, settle or sweep can do only that to the ledger.

CREATE ROLE zjtx_office;
CREATE ROLE zjtx_clerk;
CREATE ROLE zjtx_cashier;
CREATE SCHEMA office AUTHORIZATION zjtx_office;
GRANT USAGE ON SCHEMA office TO zjtx_clerk, zjtx_cashier;
GRANT EXECUTE ON FUNCTION watch() TO zjtx_office;
GRANT EXECUTE ON PROCEDURE sweep TO zjtx_office;
GRANT EXECUTE ON FUNCTION settle TO zjtx_cashier;
SELECT store('policy desk-2025 ''D'' fact revenue number 元 clause 1 reward when revenue >= 5元 and as_of >= 2025-01-01 '
	'pay revenue');
SET LOCAL ROLE zjtx_office;
CREATE TABLE office.firm (id int PRIMARY KEY, revenue numeric);
-- The view gives the day, so the session cannot choose it.
CREATE VIEW office.facts AS SELECT id, revenue, (now() AT TIME ZONE 'Asia/Shanghai')::date AS as_of FROM office.firm;
CREATE VIEW office.dayless AS SELECT id, revenue FROM office.firm;
CREATE TRIGGER judge AFTER INSERT OR UPDATE OR DELETE ON office.firm FOR EACH ROW EXECUTE FUNCTION zjtx.watch('facts',
	'id', 'desk-2025');
CREATE TRIGGER judge_dayless AFTER INSERT OR UPDATE OR DELETE ON office.firm FOR EACH ROW
	EXECUTE FUNCTION zjtx.watch('dayless', 'id', 'desk-2025');
GRANT SELECT, INSERT, UPDATE ON office.firm TO zjtx_clerk;
GRANT SELECT ON office.facts, office.dayless TO zjtx_clerk;
RESET ROLE;
CREATE FUNCTION pg_temp.entries(account text) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', l.key, l.kind, l.old, l.new, nullif(l.paid, 0), CASE
		WHEN l.judged_on = (now() AT TIME ZONE 'Asia/Shanghai')::date THEN 'today' ELSE l.judged_on::text END), ', '
		ORDER BY l.id)
	FROM zjtx.ledger l WHERE l.account = entries.account
$$;

-- A clerk, with all settings that a session can change.

SET LOCAL ROLE zjtx_clerk;
INSERT INTO office.firm VALUES (1, 10);
RESET ROLE;
SELECT is(pg_temp.entries('office.facts'), '1 owed 0.00 10.00 today', 'what a clerk writes is judged');
SET LOCAL ROLE zjtx_clerk;
SET LOCAL zjtx.as_of = '2024-06-30';
SET LOCAL TimeZone = 'America/Anchorage';
SET LOCAL DateStyle = 'German';
SET LOCAL IntervalStyle = 'iso_8601';
SET LOCAL extra_float_digits = -15;
SET LOCAL lc_numeric = 'C';
SET LOCAL search_path = pg_temp, office, pg_catalog;
SET LOCAL quote_all_identifiers = on;
SET LOCAL array_nulls = off;
SET LOCAL transform_null_equals = on;
\if :before_19
SET LOCAL escape_string_warning = off;
SET LOCAL standard_conforming_strings = off;
\endif
SET LOCAL plan_cache_mode = force_generic_plan;
SET LOCAL enable_indexscan = off;
CREATE TEMP TABLE ledger (account text);
CREATE TEMP TABLE judged (account text);
CREATE TEMP TABLE policies (code text, doc zjtx.policy);
CREATE TEMP VIEW facts AS SELECT 1 AS id, 1000000 AS revenue;
UPDATE office.firm SET revenue = 11;
RESET ROLE;
SET LOCAL search_path = public, zjtx;
SET LOCAL DateStyle = 'ISO';
SET LOCAL TimeZone = 'Asia/Shanghai';
SET LOCAL standard_conforming_strings = on;
SET LOCAL quote_all_identifiers = off;
SELECT is(pg_temp.entries('office.facts'), '1 owed 0.00 10.00 today, 1 owed 10.00 11.00 today',
	'by the view and the day that it gives, whatever the session sets');
SELECT is(pg_temp.entries('office.dayless'), '1 owed 0.00 10.00 today, 1 lapsed 10.00 0.00 2024-06-30',
	'a view without a day leaves it to the session, and the entry says which');
RESET zjtx.as_of;
DROP TABLE pg_temp.ledger, pg_temp.judged, pg_temp.policies;
DROP VIEW pg_temp.facts;

SET LOCAL ROLE zjtx_clerk;
SELECT is(CASE WHEN :'since_15' OR statement !~ '^MERGE' THEN pg_temp.error_of(statement) ELSE '42501: ' || error END,
	'42501: ' || error, statement) FROM (VALUES
	('SELECT * FROM zjtx.ledger', 'permission denied for table ledger'),
	('INSERT INTO zjtx.ledger (account) VALUES (''x'')', 'permission denied for table ledger'),
	('MERGE INTO zjtx.ledger l USING (SELECT 1) s ON true WHEN MATCHED THEN UPDATE SET new = 5',
	'permission denied for table ledger'),
	('SELECT nextval(''zjtx.ledger_id_seq'')', 'permission denied for sequence ledger_id_seq'),
	('LOCK zjtx.ledger IN ROW EXCLUSIVE MODE', 'permission denied for table ledger'),
	('CREATE TRIGGER t AFTER INSERT ON zjtx.ledger FOR EACH ROW '
	'EXECUTE FUNCTION pg_catalog.suppress_redundant_updates_trigger()', 'permission denied for table ledger'),
	('ALTER TABLE zjtx.ledger DISABLE TRIGGER ALL', 'must be owner of table ledger'),
	('CREATE POLICY p ON zjtx.ledger', 'must be owner of table ledger'),
	('ALTER TABLE office.firm DISABLE TRIGGER judge', 'must be owner of table firm'),
	('DROP TRIGGER judge ON office.firm', 'must be owner of relation firm'),
	('CREATE OR REPLACE VIEW office.facts AS SELECT 1 AS id, 5::numeric AS revenue, current_date AS as_of',
	'permission denied for schema office'),
	('TRUNCATE office.firm', 'permission denied for table firm'),
	('DELETE FROM office.firm', 'permission denied for table firm'),
	('SET session_replication_role = replica', 'permission denied to set parameter "session_replication_role"'),
	('CALL zjtx.sweep(''office.facts'', ''id'', ''{desk-2025}'')', 'permission denied for procedure sweep'),
	('SELECT zjtx.settle(''office.facts'', ''1'', ''desk-2025'', ''1'', NULL, NULL, 1)',
	'permission denied for function settle')) v (statement, error);

-- The owner's privileges end with each statement on the ledger, even if it fails.

SELECT is(current_user::text, 'zjtx_clerk', 'the clerk is the clerk');
RESET ROLE;
ALTER TABLE ledger ADD CONSTRAINT small CHECK (new < 1000);
SET LOCAL ROLE zjtx_clerk;
SELECT is(pg_temp.error_of('INSERT INTO office.firm VALUES (2, 5000)') ~
	'^23514: new row for relation "ledger" violates', true, 'a statement that fails');
SELECT is(current_user::text, 'zjtx_clerk', 'leaves it so');
RESET ROLE;

-- An entry has the name of the session user, independent of SET ROLE.

GRANT zjtx_office TO zjtx_clerk;
SET LOCAL SESSION AUTHORIZATION zjtx_clerk;
SET LOCAL ROLE zjtx_office;
UPDATE office.firm SET revenue = 12;
UPDATE office.firm SET revenue = 11;
RESET SESSION AUTHORIZATION;
SELECT is(array(SELECT "by"::text FROM zjtx.ledger WHERE account = 'office.facts' ORDER BY id DESC LIMIT 2),
	'{zjtx_clerk,zjtx_clerk}', 'by is the user of the session, not the role');

-- A cashier cannot pay twice or more than is owed.

SET LOCAL ROLE zjtx_cashier;
SELECT is(settle('office.facts', '1', 'desk-2025', '1', NULL, NULL, 11)::text, '0.00', 'a payment');
SELECT throws_ok($$SELECT settle('office.facts', '1', 'desk-2025', '1', NULL, NULL, 11)$$, '23514',
	'11.00 is more than is due: 11.00 is owed and 11.00 was paid', 'not twice');
SELECT throws_ok($$SELECT settle('office.facts', '2', 'desk-2025', '1', NULL, NULL, 1)$$, 'P0002', NULL,
	'nor to whom nothing is owed');
SELECT is(pg_temp.error_of(statement), '42501: permission denied for ' || what, statement) FROM (VALUES
	('SELECT * FROM zjtx.ledger', 'table ledger'), ('SELECT * FROM zjtx.owed', 'view owed'),
	('SELECT * FROM zjtx.standing(current_date)', 'table ledger'),
	('SELECT * FROM office.facts', 'view facts')) v (statement, what);
RESET ROLE;

-- Entries are protected even from a role with too many privileges in a session that fires no ordinary triggers.

GRANT ALL ON ledger TO zjtx_cashier;
SET LOCAL session_replication_role = replica;
SET LOCAL ROLE zjtx_cashier;
SELECT is(array(SELECT split_part(pg_temp.error_of(s), E'\n', 1) FROM unnest(ARRAY['UPDATE zjtx.ledger SET new = 0',
	'DELETE FROM zjtx.ledger', 'TRUNCATE zjtx.ledger',
	CASE WHEN :'since_15' THEN 'MERGE INTO zjtx.ledger l USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE'
		ELSE 'DELETE FROM zjtx.ledger WHERE true' END,
	'INSERT INTO zjtx.ledger (id, account, key, policy, code, payable, kind, old, new, '
	'judged_on) OVERRIDING SYSTEM VALUE '
	'SELECT id, account, key, policy, code, payable, kind, old, new, judged_on FROM zjtx.ledger '
	'ON CONFLICT (id) DO UPDATE SET new = 0']) s),
	array_fill('42501: entries of zjtx.ledger can be added but never changed'::text, '{5}'), 'whatever was granted');
RESET ROLE;
SELECT is(pg_temp.entries('office.facts'),
	'1 owed 0.00 10.00 today, 1 owed 10.00 11.00 today, 1 owed 11.00 12.00 today, 1 lapsed 12.00 11.00 today, '
	'1 paid 11.00 11.00 11.00 today', 'and so they stand');

-- After the schema of the view is renamed, another view with the old name is not used.

RESET session_replication_role;
ALTER SCHEMA office RENAME TO bureau;
CREATE SCHEMA office AUTHORIZATION zjtx_cashier;
CREATE VIEW office.facts AS SELECT id, revenue + 1000000 AS revenue, (now() AT TIME ZONE 'Asia/Shanghai')::date AS as_of
	FROM bureau.firm;
CREATE VIEW office.dayless AS SELECT id, revenue + 1000000 AS revenue FROM bureau.firm;
GRANT USAGE ON SCHEMA office TO zjtx_clerk;
GRANT SELECT ON office.facts, office.dayless TO zjtx_clerk;
SET LOCAL ROLE zjtx_clerk;
SELECT is(pg_temp.error_of('INSERT INTO bureau.firm VALUES (3, 30)'), 'no error', 'a schema of another name');
RESET ROLE;
SELECT is((SELECT string_agg(account || ' ' || key || ' ' || new, ', ' ORDER BY account) FROM zjtx.ledger
	WHERE key = '3'), 'office.dayless 3 30.00, office.facts 3 30.00', 'keeps the accounts');
SELECT is((SELECT string_agg(account || ' of ' || relation_name, ', ' ORDER BY account) FROM zjtx.accounts
	WHERE account ~ 'office'), 'office.dayless of bureau.dayless, office.facts of bureau.facts',
	'by the new name of what they are of');
SELECT is(pg_temp.error_of($$CALL zjtx.sweep('office.facts', 'id', '{desk-2025}')$$) ~
	'^42P09: cannot determine the account of office.facts\nDETAIL: Account "office.facts" belongs to bureau.facts.',
	true, 'and the old name does not take them');

-- A role that may create such triggers cannot take the account of another role's relation.

CREATE ROLE zjtx_mallory;
GRANT EXECUTE ON FUNCTION zjtx.watch() TO zjtx_mallory;
GRANT EXECUTE ON PROCEDURE zjtx.sweep TO zjtx_mallory;
CREATE SCHEMA zjtx_mallory AUTHORIZATION zjtx_mallory;
SET LOCAL ROLE zjtx_mallory;
CREATE TABLE zjtx_mallory.firm (id int PRIMARY KEY, revenue numeric, as_of date);
CREATE TRIGGER judge AFTER INSERT ON zjtx_mallory.firm FOR EACH ROW EXECUTE FUNCTION zjtx.watch('firm', 'id',
	'desk-2025', 'account=office.facts');
SELECT is(pg_temp.error_of('INSERT INTO zjtx_mallory.firm VALUES (1, 1000000)'),
	E'42501: account "office.facts" belongs to bureau.facts\n'
	'DETAIL: Only the owner of that relation can give it to zjtx_mallory.firm.', 'by a trigger');
SELECT is(pg_temp.error_of($$CALL zjtx.sweep('zjtx_mallory.firm', 'id', '{desk-2025}', account => 'office.facts')$$) ~
	'^42501: account "office.facts" belongs to', true, 'nor by a sweep');
RESET ROLE;
SELECT is((SELECT relation_name FROM zjtx.accounts WHERE account = 'office.facts'), 'bureau.facts',
	'and it stays where it was');

SELECT * FROM finish();
ROLLBACK;
