\set ECHO none
\i sql/tap.psql
BEGIN;
SET client_min_messages = warning;
SET search_path = public, zjtx;
SELECT plan(36);

-- Dropping the extension is refused while its tables hold data that CREATE EXTENSION does not restore.

CREATE FUNCTION pg_temp.dropped(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	message text;
BEGIN
	EXECUTE statement;
	IF to_regtype('zjtx.policy') IS NULL AND NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'zjtx') THEN
		RAISE EXCEPTION 'taken';
	END IF;
	RAISE EXCEPTION 'not taken';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS message = MESSAGE_TEXT;
	RETURN message;
END $$;

CREATE ROLE zjtx_owner;
CREATE SCHEMA zjtx_other;
CREATE TABLE zjtx_other.t (n int);
CREATE DOMAIN zjtx_other.d AS int;
CREATE TABLE zjtx_other.parent (key text);

SELECT is(pg_temp.dropped('DROP EXTENSION zjtx CASCADE'), 'taken', 'with nothing of one''s own it is dropped');
SELECT is(pg_temp.dropped('DROP SCHEMA zjtx CASCADE'), 'taken', 'with its schema, too');

SAVEPOINT documents;
SELECT is(store('policy drop-2024 ''D'' fact n number clause 1 when n > 1'), 'drop-2024', 'a document of one''s own');
SELECT is(pg_temp.dropped('DROP EXTENSION zjtx'), 'this would drop documents of your own', 'DROP EXTENSION');
SELECT is(pg_temp.dropped('DROP EXTENSION IF EXISTS zjtx CASCADE'), 'this would drop documents of your own',
	'IF EXISTS, CASCADE');
SELECT is(pg_temp.dropped('DROP EXTENSION pgtap, zjtx CASCADE'), 'this would drop documents of your own',
	'among others');
SELECT is(pg_temp.dropped('DROP SCHEMA zjtx_other, zjtx CASCADE'), 'this would drop documents of your own',
	'DROP SCHEMA');
SELECT is(pg_temp.dropped('DROP SCHEMA zjtx'), 'cannot drop schema zjtx because other objects depend on it',
	'which PostgreSQL refuses itself without CASCADE');
SELECT is(pg_temp.dropped('DROP TABLE zjtx.policies CASCADE'),
	'cannot drop table policies because extension zjtx requires it', 'as it does for a member');
SELECT is(pg_temp.dropped('DROP TYPE zjtx.policy CASCADE'),
	'cannot drop type policy because extension zjtx requires it', 'of any kind');
SELECT is(pg_temp.dropped('DROP OPERATOR CLASS zjtx.policy_ops USING btree CASCADE'),
	'cannot drop operator class policy_ops for access method btree because extension zjtx requires it',
	'also of a kind without a name of its own');
SELECT is(pg_temp.dropped('DROP SCHEMA zjtx_other CASCADE'), 'not taken', 'other schemas are dropped');
SELECT is(pg_temp.dropped('DROP TABLE zjtx_other.t CASCADE'), 'not taken', 'and tables');
SELECT is(pg_temp.dropped('DROP TYPE nowhere.nothing CASCADE'), 'schema "nowhere" does not exist',
	'and what does not exist is PostgreSQL''s affair');
SELECT is(pg_temp.dropped('DROP TABLE IF EXISTS nowhere.nothing CASCADE'), 'not taken', 'with IF EXISTS, too');
SELECT is(pg_temp.dropped('SET LOCAL zjtx.allow_drop = on; DROP EXTENSION zjtx'), 'taken', 'zjtx.allow_drop');
SELECT is(pg_temp.dropped('DROP EXTENSION zjtx'), 'this would drop documents of your own',
	'which was for that statement');

-- DROP OWNED of the owner of the extension, of its schema or of a member
SELECT is(pg_temp.dropped('DROP OWNED BY zjtx_owner CASCADE'), 'not taken', 'a role that owns nothing of it');
ALTER SCHEMA zjtx OWNER TO zjtx_owner;
SELECT is(pg_temp.dropped('DROP OWNED BY zjtx_owner CASCADE'), 'this would drop documents of your own',
	'the owner of the schema');
ALTER SCHEMA zjtx OWNER TO CURRENT_USER;
UPDATE pg_extension SET extowner = 'zjtx_owner'::regrole WHERE extname = 'zjtx';
INSERT INTO pg_shdepend SELECT d.oid, 'pg_extension'::regclass, x.oid, 0, 'pg_authid'::regclass, 'zjtx_owner'::regrole,
	'o'
	FROM pg_database d, pg_extension x WHERE datname = current_database() AND extname = 'zjtx';
SELECT is(pg_temp.dropped('DROP OWNED BY zjtx_owner'), 'this would drop documents of your own',
	'the owner of the extension');
SET LOCAL ROLE zjtx_owner;
SELECT is(pg_temp.dropped('DROP EXTENSION zjtx'), 'this would drop documents of your own',
	'who may not look into the tables, and may not lose them either');
RESET ROLE;
ROLLBACK TO documents;

-- drops that reach the extension through a dependent member
SELECT is(store('policy drop-2024 ''D'' fact n number clause 1 when n > 1'), 'drop-2024', 'again');
SAVEPOINT members;
ALTER EXTENSION zjtx ADD TABLE zjtx_other.t;
SELECT is(pg_temp.dropped('DROP SCHEMA zjtx_other CASCADE'), 'this would drop documents of your own',
	'the schema of what was added to the extension');
ROLLBACK TO members;
ALTER TABLE zjtx.judged ADD COLUMN extra zjtx_other.d;
SELECT is(pg_temp.dropped('DROP DOMAIN zjtx_other.d CASCADE'), 'not taken', 'a column goes alone');
ALTER TABLE zjtx.judged INHERIT zjtx_other.parent;
SELECT is(pg_temp.dropped('DROP TABLE zjtx_other.parent CASCADE'), 'this would drop documents of your own',
	'a table from which one of ours inherits does not');
SELECT is(pg_temp.dropped('DROP TABLE zjtx_other.parent'),
	'cannot drop table zjtx_other.parent because other objects depend on it',
	'which PostgreSQL refuses without CASCADE');
ROLLBACK TO documents;

-- the ledger
SELECT is(store('policy drop-2024 ''D'' fact n number 元 clause 1 reward when n > 1元 pay n'), 'drop-2024',
	'a document that pays');
CREATE TABLE zjtx_other.firm (id int PRIMARY KEY, n numeric);
CREATE TRIGGER judge AFTER INSERT ON zjtx_other.firm FOR EACH ROW EXECUTE FUNCTION zjtx.watch('firm', 'id',
	'drop-2024');
INSERT INTO zjtx_other.firm VALUES (1, 10);
SELECT is(pg_temp.dropped('DROP EXTENSION zjtx CASCADE'),
	'this would drop documents of your own and the ledger of what is owed and was paid', 'documents and ledger');
DELETE FROM policies WHERE NOT shipped;
SELECT is(pg_temp.error_of('DROP EXTENSION zjtx CASCADE'),
	'2BP01: this would drop the ledger of what is owed and was paid
DETAIL: They are in tables of the extension zjtx, which this statement would also drop.
HINT: Copy the rows that you need, then SET zjtx.allow_drop = on.  For pg_restore --clean, '
	'set PGOPTIONS=''-c zjtx.allow_drop=on''.', 'the ledger alone');
SELECT is(pg_temp.dropped('SET LOCAL session_replication_role = replica; DROP EXTENSION zjtx CASCADE'),
	'this would drop the ledger of what is owed and was paid', 'also in sessions that fire no ordinary triggers');
CREATE TABLE zjtx_other.kept AS SELECT * FROM zjtx.ledger;
SELECT is(pg_temp.dropped('SET LOCAL zjtx.allow_drop = on; DROP EXTENSION zjtx CASCADE'), 'taken',
	'and with zjtx.allow_drop it goes');
SELECT is((SELECT count(*) FROM zjtx_other.kept), 1::bigint, 'what was copied stays');
SET LOCAL zjtx.allow_drop = on;
DROP EXTENSION zjtx CASCADE;
SELECT is((SELECT count(*) FROM pg_event_trigger WHERE evtname ~ 'zjtx'), 0::bigint, 'its event triggers go with it');
SELECT is(pg_temp.dropped('DROP SCHEMA zjtx_other CASCADE'), 'taken', 'and what is left is dropped as ever');
-- A session does not use anything cached before the extension was dropped and created again.
CREATE EXTENSION zjtx;
SELECT is(zjtx.store('policy drop-2024 ''D'' fact n number 元 clause 1 reward when n > 1元 pay n'), 'drop-2024',
	'created again, it stores in the same session');
CREATE TRIGGER judge AFTER INSERT ON zjtx_other.firm FOR EACH ROW EXECUTE FUNCTION zjtx.watch('firm', 'id',
	'drop-2024');
INSERT INTO zjtx_other.firm VALUES (2, 20);
SELECT is((SELECT string_agg(key || ' ' || due, ', ') FROM zjtx.owed), '2 20.00', 'and judges');
SELECT * FROM finish();
ROLLBACK;
