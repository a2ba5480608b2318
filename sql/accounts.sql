\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL zjtx.as_of = '2025-06-30';
SELECT plan(56);

-- The ledger identifies its enterprises even if relations are renamed, so nothing is owed twice.

SELECT store($$policy accounts-2025 'Accounts' in force from 2025-01-01 fact revenue number 元 at least 0 clause 1 reward
	pay revenue$$);
-- The total amount owed, by account and key.
CREATE FUNCTION pg_temp.owed() RETURNS text LANGUAGE sql AS
	$$SELECT string_agg(concat_ws(' ', account, key, owed), ', ' ORDER BY account, key) FROM zjtx.owed
	WHERE owed <> 0$$;
CREATE FUNCTION pg_temp.accounts() RETURNS text LANGUAGE sql AS
	$$SELECT string_agg(concat_ws(' ', account, relation_name, key_column), ', ' ORDER BY account) FROM zjtx.accounts$$;
CREATE FUNCTION pg_temp.swept(relation regclass, key text DEFAULT 'id', account text DEFAULT NULL) RETURNS text
	LANGUAGE plpgsql AS $$BEGIN
	RETURN pg_temp.error_of(format('CALL zjtx.sweep(%L, %L, ''{accounts-2025}''%s)', relation, key,
	', account => ' || quote_literal(account)));
END$$;
SET LOCAL client_min_messages = warning;

CREATE SCHEMA town;
CREATE TABLE town.firm (id int PRIMARY KEY, other int, revenue numeric);
CREATE VIEW town.facts AS SELECT id, other, revenue FROM town.firm;
CREATE TRIGGER judge AFTER INSERT OR UPDATE OR DELETE ON town.firm FOR EACH ROW EXECUTE FUNCTION watch('facts', 'id',
	'accounts-2025');
INSERT INTO town.firm VALUES (1, 11, 10), (2, 12, 20);
SELECT is(pg_temp.owed(), 'town.facts 1 10.00, town.facts 2 20.00', 'an account is opened by the first write');
SELECT is((SELECT ROW(account, relation, relation_name, key_column, key_number, system_identifier, database, formerly,
	swept_at)::text FROM accounts),
	(SELECT ROW('town.facts', 'town.facts'::regclass::oid, 'town.facts', 'id', 1, (SELECT system_identifier
	FROM pg_control_system()), d.oid, '{}'::oid[], NULL::timestamptz)::text
		FROM pg_database d WHERE datname = current_database()), 'and says of what it is');
SELECT is(settle('town.facts', '1', 'accounts-2025', '1', NULL, NULL, 10), 0.00, 'what is owed is paid');

-- Renamed objects.

ALTER VIEW town.facts RENAME TO facts_2;
SELECT is(pg_temp.accounts(), 'town.facts town.facts_2 id', 'a view of another name keeps its account');
SELECT is(pg_temp.error_of('UPDATE town.firm SET revenue = revenue'), '42P01: relation "town.facts" does not exist',
	'which its trigger does not find');
DROP TRIGGER judge ON town.firm;
CREATE TRIGGER judge AFTER INSERT OR UPDATE OR DELETE ON town.firm FOR EACH ROW EXECUTE FUNCTION watch('facts_2', 'id',
	'accounts-2025');
UPDATE town.firm SET revenue = 11 WHERE id = 1;
SELECT is(pg_temp.owed(), 'town.facts 1 11.00, town.facts 2 20.00', 'until it is made again, and nobody is owed twice');
ALTER TABLE town.firm RENAME TO company;
UPDATE town.company SET revenue = 12 WHERE id = 1;
SELECT is(pg_temp.owed(), 'town.facts 1 12.00, town.facts 2 20.00', 'a table of another name');
ALTER SCHEMA town RENAME TO "Town 2";
UPDATE "Town 2".company SET revenue = 13 WHERE id = 1;
SELECT is(pg_temp.owed(), 'town.facts 1 13.00, town.facts 2 20.00', 'a schema of another name');
SELECT is(pg_temp.accounts(), 'town.facts "Town 2".facts_2 id', 'which the account knows');
CREATE SCHEMA city;
ALTER VIEW "Town 2".facts_2 SET SCHEMA city;
SELECT is(pg_temp.swept('city.facts_2'), 'no error', 'a view in another schema');
ALTER VIEW city.facts_2 RENAME COLUMN id TO number;
SELECT is(pg_temp.swept('city.facts_2', 'number'), 'no error', 'a key column of another name');
SELECT is(pg_temp.accounts(), 'town.facts city.facts_2 number', 'all of it');
SELECT is(pg_temp.owed(), 'town.facts 1 13.00, town.facts 2 20.00', 'nobody is owed twice');
SELECT is(pg_temp.swept('city.facts_2', 'other'),
	E'22023: the key of account "town.facts" is column "number", not "other"\nDETAIL: Under another key, '
	'what was already paid would be paid a second time.\nHINT: A key column renamed with ALTER ... RENAME COLUMN keeps '
	'its account.', 'another key column');
SET LOCAL quote_all_identifiers = on;
SELECT is(pg_temp.swept('city.facts_2', 'number'), 'no error', 'names are quoted as ever, whatever the session sets');
SET LOCAL quote_all_identifiers = off;
SELECT is(pg_temp.accounts(), 'town.facts city.facts_2 number', 'and the account is the same');

-- Without the event trigger, an account keeps its relation by OID and updates the name when it is next used.

ALTER EVENT TRIGGER zjtx_after_alter DISABLE;
ALTER VIEW city.facts_2 RENAME TO facts;
ALTER VIEW city.facts RENAME COLUMN number TO id;
SELECT is(pg_temp.accounts(), 'town.facts city.facts_2 number', 'nobody has seen the new names');
SELECT is(pg_temp.swept('city.facts'), 'no error', 'until it is swept');
SELECT is(pg_temp.accounts(), 'town.facts city.facts id', 'then they are known');
ALTER VIEW city.facts RENAME TO facts_old;
CREATE VIEW city.facts AS SELECT * FROM city.facts_old;
SELECT is(pg_temp.swept('city.facts'),
	E'42P09: cannot determine the account of city.facts\nDETAIL: Account "town.facts" belongs to '
	'city.facts_old.\nHINT: The argument account=town.facts of zjtx.watch, or account => ''town.facts'' of zjtx.sweep, '
	'gives this account to the relation.', 'its name, while its OID is another''s');
SELECT is(pg_temp.swept('city.facts', account => 'town.facts'), 'no error', 'it is given to the one that is meant');
SELECT is(pg_temp.accounts(), 'town.facts city.facts id', 'and is that one''s');
SELECT is(pg_temp.owed(), 'town.facts 1 13.00, town.facts 2 20.00', 'nobody is owed twice');
ALTER EVENT TRIGGER zjtx_after_alter ENABLE ALWAYS;

-- Dropped and recreated relations.

DROP VIEW city.facts;
CREATE VIEW city.facts AS SELECT id, revenue + 1 AS revenue FROM city.facts_old;
SELECT is(pg_temp.swept('city.facts'), 'no error', 'a view that is made again');
SELECT is(pg_temp.owed(), 'town.facts 1 14.00, town.facts 2 21.00', 'has the account of its name');
DROP VIEW city.facts;
CREATE VIEW city.facts AS SELECT revenue, id AS number FROM city.facts_old;
SELECT matches(pg_temp.swept('city.facts', 'number'),
	'^22023: the key of account "town.facts" is column "id", not "number"', 'but not with another key column');
DROP VIEW city.facts;
CREATE VIEW city.fresh AS SELECT * FROM city.facts_old;
SELECT is(pg_temp.swept('city.fresh'),
	E'42P09: cannot determine the account of city.fresh\nDETAIL: The relation of account "town.facts", city.facts, '
	'is gone, and this may be the same under another name.  Another name of the argument opens a new account.\nHINT: '
	'The argument account=town.facts of zjtx.watch, or account => ''town.facts'' of zjtx.sweep, '
	'gives this account to the relation.', 'nor under another name');
SELECT is(pg_temp.swept('city.fresh', account => 'town.facts'), 'no error', 'unless it is said');
SELECT is(pg_temp.owed(), 'town.facts 1 13.00, town.facts 2 20.00', 'nobody is owed twice');

-- A relation has one account.

SELECT is(pg_temp.swept('city.fresh', account => 'second'),
	E'22023: city.fresh has the account "town.facts", so it cannot have "second"\nDETAIL: With two accounts, '
	'its enterprises would be paid twice.', 'not a second one');
DROP VIEW city.fresh;
CREATE VIEW city.fresh AS SELECT * FROM city.facts_old;
SELECT matches(pg_temp.swept('city.fresh', account => 'second'),
	'^22023: city.fresh has the account "town.facts", so it cannot have "second"', 'also where it is made again');
CREATE TRIGGER judge_second AFTER INSERT OR UPDATE OR DELETE ON "Town 2".company FOR EACH ROW
	EXECUTE FUNCTION watch('city.fresh', 'id', 'accounts-2025', 'account=second');
DROP TRIGGER judge ON "Town 2".company;
SELECT matches(pg_temp.error_of('UPDATE "Town 2".company SET revenue = 1'),
	'^22023: city.fresh has the account "town.facts", so it cannot have "second"', 'nor by a trigger');
DROP TRIGGER judge_second ON "Town 2".company;
SELECT is(pg_temp.swept('city.fresh'), 'no error', 'its own');
CREATE TABLE other (id int, revenue numeric);
INSERT INTO other VALUES (1, 5);
CREATE TRIGGER judge AFTER INSERT OR UPDATE OR DELETE ON other FOR EACH ROW EXECUTE FUNCTION watch('other', 'id',
	'accounts-2025', 'account=the other');
UPDATE other SET revenue = 6;
SELECT is(pg_temp.owed(), 'the other 1 6.00, town.facts 1 13.00, town.facts 2 20.00', 'a new one of any name');
SELECT matches(pg_temp.swept('other', account => 'town.facts'),
	'^22023: public.other has the account "the other", so it cannot have "town.facts"',
	'nor one that is another relation''s');
ALTER TABLE other RENAME TO third;
ALTER VIEW city.fresh RENAME TO third;
SELECT is(pg_temp.accounts(), 'the other public.third id, town.facts city.third id', 'names that change places');
ALTER VIEW city.third SET SCHEMA "Town 2";
ALTER TABLE third SET SCHEMA city;
ALTER VIEW "Town 2".third SET SCHEMA public;
SELECT is(pg_temp.accounts(), 'the other city.third id, town.facts public.third id', 'between schemas');
SELECT is(pg_temp.swept('city.third') || ', ' || pg_temp.swept('public.third'), 'no error, no error', 'are judged');
SELECT is(pg_temp.owed(), 'the other 1 6.00, town.facts 1 13.00, town.facts 2 20.00', 'each for itself');

-- The OID belongs to one account and the name to another.

CREATE TABLE fourth (id int, revenue numeric);
SELECT is(pg_temp.swept('fourth'), 'no error', 'another table');
DROP TABLE fourth;
ALTER TABLE city.third RENAME TO fourth;
ALTER TABLE city.fourth SET SCHEMA public;
SELECT is(pg_temp.swept('fourth'),
	E'42P09: cannot determine the account of public.fourth\nDETAIL: It is the relation of account "the other", '
	'and account "public.fourth" was that of a relation of its name.\nHINT: The argument account=the other of '
	'zjtx.watch, or account => ''the other'' of zjtx.sweep, gives this account to the relation.',
	'two accounts for one table');
SELECT is(pg_temp.swept('fourth', account => 'the other'), 'no error', 'it says which');
SELECT matches(pg_temp.swept('fourth', account => 'public.fourth'),
	'^22023: public.fourth has the account "the other", so it cannot have "public.fourth"',
	'which cannot be the other''s');
DELETE FROM accounts WHERE account = 'public.fourth';
SELECT is(pg_temp.owed(), 'the other 1 6.00, town.facts 1 13.00, town.facts 2 20.00', 'nobody is owed twice');

-- A new table takes the name of a table that was renamed.

ALTER TABLE fourth RENAME TO fourth_old;
CREATE TABLE fourth (id int, revenue numeric);
INSERT INTO fourth VALUES (1, 6);
SELECT is(pg_temp.swept('fourth', account => 'the other'), 'no error', 'is given its account');
SELECT is(pg_temp.swept('fourth_old'),
	E'42P09: cannot determine the account of public.fourth_old\nDETAIL: It had the account "the other", '
	'which was given to public.fourth.  Another name of the argument opens a new account.\nHINT: The argument '
	'account=the other of zjtx.watch, or account => ''the other'' of zjtx.sweep, gives this account to the relation.',
	'what was there before gets no new one unasked');
SELECT matches(pg_temp.swept('fourth_old', account => 'again'), '^no error',
	'what was there before would need one of its own');
SELECT is(pg_temp.owed(), 'again 1 6.00, the other 1 6.00, town.facts 1 13.00, town.facts 2 20.00',
	'which somebody has to ask for by name');

-- In a restored dump or a replica, the OIDs are invalid.

UPDATE accounts SET system_identifier = 1 WHERE account = 'the other';
UPDATE accounts SET database = 1, relation = 1 WHERE account = 'town.facts';
SELECT is(pg_temp.swept('fourth') || ', ' || pg_temp.swept('public.third'), 'no error, no error',
	'found by their names');
SELECT is((SELECT count(DISTINCT (system_identifier, database)) || ' ' || count(*) FROM accounts
	WHERE relation = relation_name::regclass), '1 3', 'they are this database''s from then on');
SELECT is(pg_temp.owed(), 'again 1 6.00, the other 1 6.00, town.facts 1 13.00, town.facts 2 20.00',
	'nobody is owed twice');

-- Relations that cannot have an account, and an account that is rolled back.

CREATE TEMP TABLE brief (id int, revenue numeric);
CREATE SEQUENCE numbers;
SELECT is(pg_temp.swept('brief'),
	E'0A000: "brief" is temporary and cannot have an account\nDETAIL: Another session''s relation of this name would '
	'have the same account.', 'a temporary table');
SELECT is(pg_temp.swept('numbers'), '42809: "numbers" is not a table or view', 'a sequence');
CREATE TABLE undone (id int, revenue numeric);
CREATE TRIGGER judge AFTER INSERT ON undone FOR EACH ROW EXECUTE FUNCTION watch('undone', 'id', 'accounts-2025');
SAVEPOINT s;
INSERT INTO undone VALUES (1, 1);
ROLLBACK TO s;
INSERT INTO undone VALUES (1, 2);
SELECT is((SELECT relation_name FROM accounts WHERE account = 'public.undone'), 'public.undone',
	'an account that was rolled back is opened again');

-- A partition in another schema: the view is looked up in the schema of the trigger's table.

CREATE SCHEMA parts;
CREATE TABLE split (id int, revenue numeric) PARTITION BY RANGE (id);
CREATE TABLE parts.split_1 PARTITION OF split FOR VALUES FROM (0) TO (10) PARTITION BY RANGE (id);
CREATE TABLE parts.split_2 PARTITION OF parts.split_1 FOR VALUES FROM (0) TO (10);
CREATE VIEW split_facts AS SELECT * FROM split;
CREATE VIEW parts.split_facts AS SELECT id, revenue * 1000 AS revenue FROM split;
CREATE TRIGGER judge AFTER INSERT OR UPDATE ON split FOR EACH ROW EXECUTE FUNCTION watch('split_facts', 'id',
	'accounts-2025');
INSERT INTO split VALUES (1, 7);
INSERT INTO parts.split_2 VALUES (2, 8);
SELECT is((SELECT string_agg(concat_ws(' ', account, key, owed), ', ' ORDER BY key) FROM owed WHERE account ~ 'split'),
	'public.split_facts 1 7.00, public.split_facts 2 8.00', 'a namesake of the view beside the partition is not asked');

-- OIDs of another database are ignored, and names are compared by their parts, because another server may quote them.
CREATE TABLE abroad (id int, revenue numeric);
CREATE TABLE native (id int, revenue numeric);
INSERT INTO abroad VALUES (1, 5);
INSERT INTO native VALUES (1, 6);
CALL sweep('abroad', 'id', '{accounts-2025}');
UPDATE zjtx.accounts SET database = 1, relation = 'native'::regclass, relation_name = '"public"."abroad"'
	WHERE account = 'public.abroad';
CALL sweep('native', 'id', '{accounts-2025}');
CALL sweep('abroad', 'id', '{accounts-2025}');
SELECT is((SELECT string_agg(concat_ws(' ', account, owed), ', ' ORDER BY account) FROM owed
	WHERE account IN ('public.abroad', 'public.native')), 'public.abroad 5.00, public.native 6.00',
	'an account of another database is found by name, not by OID');

SELECT * FROM finish();
ROLLBACK;
