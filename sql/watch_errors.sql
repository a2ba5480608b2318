\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL zjtx.as_of = '2025-06-30';
SELECT plan(47);

-- Errors of zjtx.watch and zjtx.sweep, and the privileges they use.

SELECT store($$policy errors-2025 'Errors' in force from 2025-01-01 fact revenue number 元 at least 0 clause 1 reward
	pay revenue$$);
CREATE TABLE firm (id int, revenue numeric, born timestamp);
CREATE VIEW facts AS SELECT id, revenue, born FROM firm;

-- The trigger protocol.

CREATE FUNCTION pg_temp.fired(create_trigger text, statement text DEFAULT 'INSERT INTO firm VALUES (1, 1)') RETURNS text
	LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE 'CREATE TRIGGER t ' || create_trigger;
	result := pg_temp.error_of(statement);
	EXECUTE (SELECT format('DROP TRIGGER t ON %s', tgrelid::regclass) FROM pg_trigger WHERE tgname = 't'
		AND tgrelid IN ('public.firm'::regclass, 'public.facts'::regclass));
	RETURN result;
END $$;

SELECT throws_ok('SELECT watch()', '39P01', 'zjtx.watch() must be called as a trigger', 'not a trigger');
SELECT is(pg_temp.fired($$BEFORE INSERT ON firm FOR EACH ROW EXECUTE FUNCTION watch('facts', 'id', 'errors-2025')$$),
	E'39P01: zjtx.watch() must be an AFTER trigger\nHINT: Create it AFTER INSERT OR UPDATE OR DELETE.', 'before a row');
SELECT is(pg_temp.fired($$BEFORE INSERT ON firm FOR EACH STATEMENT
	EXECUTE FUNCTION watch('facts', 'id', 'errors-2025')$$),
	E'39P01: zjtx.watch() must be an AFTER trigger\nHINT: Create it AFTER INSERT OR UPDATE OR DELETE.',
	'before a statement');
SELECT is(pg_temp.fired($$INSTEAD OF INSERT ON facts FOR EACH ROW
	EXECUTE FUNCTION watch('facts', 'id', 'errors-2025')$$, 'INSERT INTO facts VALUES (1, 1)'),
	E'39P01: zjtx.watch() must be an AFTER trigger\nHINT: Create it AFTER INSERT OR UPDATE OR DELETE.', 'instead of');
SELECT is(pg_temp.fired($$AFTER TRUNCATE ON firm FOR EACH STATEMENT
	EXECUTE FUNCTION watch('facts', 'id', 'errors-2025')$$, 'TRUNCATE firm'),
	E'39P01: zjtx.watch() cannot determine which enterprises TRUNCATE affects\nHINT: CALL zjtx.sweep after it.',
	'truncate');
SELECT is(pg_temp.fired(format($$AFTER %s ON firm %s FOR EACH STATEMENT
	EXECUTE FUNCTION watch('facts', 'id', 'errors-2025')$$, event, tables), statement),
	E'39P01: zjtx.watch() for each statement needs its transition tables\nHINT: Write REFERENCING NEW TABLE '
	'AS ... for INSERT, OLD TABLE AS ... for DELETE, both for UPDATE.', format('%s with "%s"', event, tables))
FROM (VALUES ('INSERT', '', 'INSERT INTO firm VALUES (1, 1)'), ('UPDATE', '', 'UPDATE firm SET id = 1'),
	('DELETE', '', 'DELETE FROM firm'),
	('UPDATE', 'REFERENCING OLD TABLE AS o', 'UPDATE firm SET id = 1'), ('UPDATE', 'REFERENCING NEW TABLE AS n',
	'UPDATE firm SET id = 1')) v (event, tables, statement);
SELECT is(pg_temp.fired(format('AFTER INSERT ON firm FOR EACH ROW EXECUTE FUNCTION watch(%s)', arguments)), error,
	format('watch(%s)', arguments))
FROM (VALUES
	('', E'39P01: zjtx.watch() needs a view, its key column and a policy\nHINT: '
	'EXECUTE FUNCTION zjtx.watch(''enterprise_facts'', ''enterprise_id'', ''yubei-2024-34'').'),
	($$'facts', 'id'$$, E'39P01: zjtx.watch() needs a view, its key column and a policy\nHINT: '
	'EXECUTE FUNCTION zjtx.watch(''enterprise_facts'', ''enterprise_id'', ''yubei-2024-34'').'),
	($$'fact', 'id', 'errors-2025'$$, '42P01: relation "public.fact" does not exist'),
	($$'nowhere.facts', 'id', 'errors-2025'$$, '3F000: schema "nowhere" does not exist'),
	($$'', 'id', 'errors-2025'$$, '42602: invalid name syntax'),
	($$'facts', 'ident', 'errors-2025'$$,
	E'42703: column "ident" of public.firm does not exist\nHINT: If the table has the view''s key under another name, '
	'write ''view_column=table_column''.'),
	($$'facts', 'id=ident', 'errors-2025'$$,
	E'42703: column "ident" of public.firm does not exist\nHINT: If the table has the view''s key under another name, '
	'write ''view_column=table_column''.'),
	($$'facts', 'ident=id', 'errors-2025'$$,
	E'42703: column "ident" of public.facts does not exist\nHINT: The key is the column by which the view has one row '
	'for an enterprise.'),
	($$'facts', 'ID', 'errors-2025'$$,
	E'42703: column "ID" of public.firm does not exist\nHINT: If the table has the view''s key under another name, '
	'write ''view_column=table_column''.'),
	($$'facts', 'ctid', 'errors-2025'$$,
	E'42703: column "ctid" of public.firm does not exist\nHINT: If the table has the view''s key under another name, '
	'write ''view_column=table_column''.'),
	($$'facts', 'born', 'errors-2025'$$,
	E'0A000: column "born" of public.firm cannot be a key\nDETAIL: Its type is timestamp without time zone.\nHINT: A '
	'key must be smallint, integer, bigint, numeric, text, varchar, char, name, uuid, date, bytea, boolean, oid, '
	'an enum or a domain over one of these.'),
	($$'facts', 'id', 'error-2025'$$,
	E'42704: there is no stored policy "error-2025"\nHINT: Perhaps you meant "errors-2025".'),
	($$'facts', 'id', 'errors-2025/2'$$, E'42704: policy "errors-2025" has no clause, rung or definition "2"'),
	($$'facts', 'id', 'errors-2025', 'notify'$$,
	E'42704: there is no stored policy "notify"\nHINT: Text on the right names a stored policy; '
	'a rule is written ''...''::zjtx.policy.'),
	($$'facts', 'id', 'errors-2025', 'notify='$$,
	E'22023: there is no option "notify="\nHINT: The options are notify=channel and account=name.'),
	($$'facts', 'id', 'errors-2025', 'channel=x'$$,
	E'22023: there is no option "channel=x"\nHINT: The options are notify=channel and account=name.'),
	($$'facts', 'id', 'notify=x'$$,
	E'22023: no policy was named\nHINT: List the names of stored policies after the view and its key.')) v
	(arguments, error);
SELECT is((SELECT count(*) FROM judged), 0::bigint, 'nothing of it is left');

-- A view with two rows for one enterprise.

CREATE VIEW doubled AS SELECT f.id, f.revenue FROM firm f, generate_series(1, 2);
SELECT is(pg_temp.fired($$AFTER INSERT ON firm FOR EACH ROW EXECUTE FUNCTION watch('doubled', 'id', 'errors-2025')$$),
	E'21000: public.doubled has more than one row with the key "1"\nDETAIL: It must have one row for each value of '
	'column "id".', 'two rows with one key');
SELECT is(pg_temp.fired($$AFTER INSERT ON firm REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION
	watch('doubled', 'id', 'errors-2025')$$, 'INSERT INTO firm SELECT i, i FROM generate_series(1, 10) i'),
	E'21000: public.doubled has more than one row with the key "1"\nDETAIL: It must have one row for each value of '
	'column "id".', 'also among many');
INSERT INTO firm VALUES (3, 1);
SELECT is(pg_temp.error_of($$CALL sweep('doubled', 'id', '{errors-2025}')$$),
	E'21000: public.doubled has more than one row with the key "3"\nDETAIL: It must have one row for each value of '
	'column "id".', 'and by a sweep');

-- Equal keys with different texts.

CREATE VIEW decimals AS SELECT id::numeric AS id, revenue FROM firm;
CREATE TABLE paper (firm numeric);
CREATE TRIGGER t AFTER INSERT ON paper FOR EACH ROW EXECUTE FUNCTION watch('decimals', 'id=firm', 'errors-2025');
SELECT lives_ok('INSERT INTO paper VALUES (3.0), (3), (3.00)', '3.0 and 3');
SELECT is((SELECT string_agg(key || ' ' || new, ', ') FROM ledger WHERE account = 'public.decimals'), '3 1.00',
	'are one enterprise');

-- Errors of sweep.

SELECT is(pg_temp.error_of(format('CALL sweep(%s)', arguments)), error, format('sweep(%s)', arguments))
FROM (VALUES
	($$'facts', 'ident', '{errors-2025}'$$,
	E'42703: column "ident" of public.facts does not exist\nHINT: The key is the column by which the view has one row '
	'for an enterprise.'),
	($$'facts', 'id', '{NULL}'$$, '22004: the name of a policy cannot be NULL'),
	($$'facts', NULL, '{errors-2025}'$$, '22004: zjtx.sweep needs a view, its key column and a policy'),
	($$'facts', 'id', '{}'$$, E'22023: no policy was named\nHINT: List the names of stored policies after '
	'the view and its key.'),
	($$'facts', 'id', '{error-2025}'$$,
	E'42704: there is no stored policy "error-2025"\nHINT: Perhaps you meant "errors-2025".')) v (arguments, error);

-- The view is read with the privileges of the writing role; the ledger is written with its owner's.

CREATE ROLE zjtx_writer;
CREATE ROLE zjtx_stranger;
GRANT USAGE ON SCHEMA public TO zjtx_writer, zjtx_stranger;
GRANT CREATE ON SCHEMA public TO zjtx_stranger;
GRANT INSERT, UPDATE, SELECT ON firm TO zjtx_writer, zjtx_stranger;
GRANT SELECT ON facts TO zjtx_writer;
CREATE TRIGGER t AFTER INSERT OR UPDATE ON firm FOR EACH ROW EXECUTE FUNCTION watch('facts', 'id', 'errors-2025');
SET LOCAL ROLE zjtx_writer;
SELECT lives_ok('INSERT INTO public.firm VALUES (5, 5)', 'who may write the table and read the view');
SELECT is(array(SELECT pg_temp.error_of(s)
	FROM unnest(ARRAY['SELECT * FROM zjtx.ledger', 'INSERT INTO zjtx.ledger (key) VALUES (1)',
	'UPDATE zjtx.ledger SET key = 1', 'DELETE FROM zjtx.ledger', 'TRUNCATE zjtx.ledger']) s),
	array_fill('42501: permission denied for table ledger'::text, '{5}'), 'has no rights on the ledger');
SELECT is(array(SELECT pg_temp.error_of(s) FROM unnest(ARRAY['SELECT * FROM zjtx.judged', 'SELECT * FROM zjtx.owed',
	'SELECT * FROM zjtx.standing(current_date)',
	'CALL zjtx.sweep(''public.facts'', ''id'', ''{errors-2025}'')',
	'SELECT zjtx.settle(''public.facts'', ''5'', ''errors-2025'', ''1'', NULL, NULL, 1)']) s),
	'{42501: permission denied for table judged,42501: permission denied for view owed,42501: permission denied for '
	'table ledger,42501: permission denied for procedure sweep,42501: permission denied for function settle}',
	'nor on what is made of it');
SET LOCAL ROLE zjtx_stranger;
SELECT throws_ok('INSERT INTO public.firm VALUES (6, 6)', '42501', 'permission denied for view facts',
	'who may not read the view writes nothing');
CREATE TABLE public.zjtx_own (id int, revenue numeric);
SELECT throws_ok($$CREATE TRIGGER t AFTER INSERT ON public.zjtx_own FOR EACH ROW EXECUTE FUNCTION zjtx.watch('zjtx_own',
	'id', 'errors-2025')$$,
	'42501', 'permission denied for function zjtx.watch', 'nor makes triggers that write the ledger');
RESET ROLE;
SELECT is((SELECT string_agg(key || ' ' || new, ', ') FROM ledger WHERE account = 'public.facts'), '5 5.00',
	'what was written is there');
SET LOCAL ROLE zjtx_writer;
SELECT is(current_user, 'zjtx_writer', 'the user is who he was');
RESET ROLE;

-- Row security: a trigger sees the rows of the writing role; a sweep must see all rows.

CREATE VIEW seen AS SELECT * FROM firm;
\if :since_15
ALTER VIEW seen SET (security_invoker);
\endif
DROP TRIGGER t ON firm;
CREATE TRIGGER t AFTER INSERT OR UPDATE ON firm FOR EACH ROW EXECUTE FUNCTION watch('seen', 'id', 'errors-2025');
ALTER TABLE firm ENABLE ROW LEVEL SECURITY;
CREATE POLICY small ON firm TO zjtx_writer USING (id < 10);
GRANT SELECT ON seen TO zjtx_writer;
GRANT EXECUTE ON PROCEDURE sweep TO zjtx_writer;
INSERT INTO firm VALUES (8, 8), (18, 18);
SET LOCAL ROLE zjtx_writer;
UPDATE public.firm SET revenue = 9 WHERE id IN (8, 18);
\if :since_15
SELECT throws_ok($$CALL zjtx.sweep('public.seen', 'id', '{errors-2025}')$$, '42501',
	'query would be affected by row-level security policy for table "firm"', 'a sweep that would not see everybody');
\else
SELECT pass('a sweep that would not see everybody');
\endif
RESET ROLE;
SELECT is((SELECT string_agg(key || ' ' || new, ', ' ORDER BY id) FROM ledger WHERE account = 'public.seen'),
	'8 8.00, 18 18.00, 8 9.00', 'what the writer does not see is not judged');

SELECT * FROM finish();
ROLLBACK;
