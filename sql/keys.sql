\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL zjtx.as_of = '2025-06-30';
SET LOCAL client_min_messages = warning;
SET LOCAL DateStyle = 'ISO';
SELECT plan(145);

-- A key has a single text form, which identifies the enterprise permanently.

SELECT store($$policy keys-2025 'Keys' in force from 2025-01-01 fact revenue number 元 at least 0 clause 1 reward
	pay revenue$$);
CREATE FUNCTION pg_temp.owed(account text) RETURNS text LANGUAGE sql AS
	$$SELECT string_agg(concat_ws(' ', format('[%s]', key), owed), ', ' ORDER BY key COLLATE "C") FROM zjtx.owed o
	WHERE o.account = owed.account AND owed <> 0$$;

-- All column types: sweep and trigger refuse types that cannot be keys before they judge anything.

CREATE EXTENSION citext;
CREATE EXTENSION hstore;
CREATE TYPE colour AS ENUM ('red', 'green', 'blue');
CREATE DOMAIN code AS varchar(20);
CREATE DOMAIN code_of_code AS code CHECK (VALUE <> 'x');
CREATE DOMAIN colours AS colour;
CREATE DOMAIN seen AS timestamptz;
CREATE TABLE tried (type text PRIMARY KEY, swept text, fired text);
DO $do$
DECLARE
	type text;
	answers text[];
	statement text;
BEGIN
	FOR type IN SELECT format('%I."%s"', nspname, typname) FROM pg_type t JOIN pg_namespace n ON n.oid = typnamespace
		WHERE typtype IN ('b', 'c', 'd', 'e', 'r', 'm') AND typisdefined AND nspname IN ('pg_catalog', 'public', 'zjtx',
		'information_schema')
		AND (typrelid = 0 OR typrelid IN (SELECT oid FROM pg_class WHERE relkind = 'c' OR relname IN ('pg_class',
		'policies')))
	LOOP
		answers := '{}';
		BEGIN
			EXECUTE format('CREATE TABLE one (k %s, revenue numeric)', type);
			CREATE TRIGGER t AFTER INSERT ON one FOR EACH ROW EXECUTE FUNCTION watch('one', 'k', 'keys-2025');
			FOREACH statement IN ARRAY ARRAY[$$CALL zjtx.sweep('one', 'k', '{keys-2025}')$$,
				'INSERT INTO one DEFAULT VALUES'] LOOP
				BEGIN
					EXECUTE statement;
					RAISE EXCEPTION 'taken';
				EXCEPTION WHEN OTHERS THEN
					answers := answers || SQLERRM;
				END;
			END LOOP;
			RAISE EXCEPTION 'tried';
		EXCEPTION WHEN OTHERS THEN
			-- of a type that no table can have
			CONTINUE WHEN SQLERRM <> 'tried';
		END;
		INSERT INTO tried VALUES (type, answers[1], answers[2]);
	END LOOP;
END $do$;
SELECT is((SELECT array_agg(replace(type, '"', '') ORDER BY type COLLATE "C") FROM tried WHERE swept = 'taken'),
	'{information_schema.cardinal_number,information_schema.character_data,information_schema.sql_identifier,'
	'information_schema.yes_or_no,pg_catalog.bool,pg_catalog.bpchar,pg_catalog.bytea,pg_catalog.date,pg_catalog.int2,'
	'pg_catalog.int4,pg_catalog.int8,pg_catalog.name,pg_catalog.numeric,pg_catalog.oid,pg_catalog.text,pg_catalog.uuid,'
	'pg_catalog.varchar,public.code,public.code_of_code,public.colour,public.colours}'::text[], 'what can be a key');
SELECT is_empty($$SELECT * FROM tried WHERE fired <> swept$$, 'a trigger takes what a sweep takes');
SELECT is_empty($$SELECT * FROM tried WHERE swept <> 'taken' AND swept <> 'column "k" of public.one cannot be a key'$$,
	'and whatever else a column can be is refused as a key');
SELECT cmp_ok((SELECT count(*) FROM tried), '>', 200::bigint, 'which are many');

-- The text of a key does not depend on session settings or on how the value is written.

CREATE FUNCTION pg_temp.texts(type text, VARIADIC written text[]) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	one text;
	settings text;
BEGIN
	PERFORM set_config('search_path', 'public, zjtx', true);
	EXECUTE format('CREATE TABLE texts (k %s, revenue numeric)', type);
	CREATE TRIGGER judge AFTER INSERT OR UPDATE OR DELETE ON texts FOR EACH ROW EXECUTE FUNCTION watch('texts', 'k',
		'keys-2025');
	FOREACH one IN ARRAY written LOOP
		FOREACH settings IN ARRAY ARRAY['ISO, MDY|hex|1|postgres|UTC', 'German|escape|-15|iso_8601|Asia/Shanghai',
		'SQL, DMY|escape|0|sql_standard|America/Anchorage', 'Postgres, YMD|hex|3|postgres_verbose|Asia/Kolkata'] LOOP
			EXECUTE format('INSERT INTO texts VALUES (%L, 1)', one);
			PERFORM set_config('DateStyle', split_part(settings, '|', 1), true), set_config('bytea_output',
				split_part(settings, '|', 2), true),
				set_config('extra_float_digits', split_part(settings, '|', 3), true), set_config('IntervalStyle',
				split_part(settings, '|', 4), true), set_config('TimeZone', split_part(settings, '|', 5), true);
			UPDATE texts SET revenue = 2;
			CALL zjtx.sweep('texts', 'k', '{keys-2025}');
			DELETE FROM texts;
			PERFORM set_config('DateStyle', 'ISO, MDY', true);
		END LOOP;
	END LOOP;
	SELECT string_agg(DISTINCT format('[%s]', key), '' ORDER BY format('[%s]', key)) INTO one FROM zjtx.judged
		WHERE account = 'public.texts';
	RAISE EXCEPTION 'texts %', one;
EXCEPTION WHEN raise_exception THEN
	RETURN substr(SQLERRM, 7);
END $$;
SELECT is(pg_temp.texts(type, VARIADIC written), text, type || ' ' || written::text) FROM (VALUES
	('int2', '{7,+7,007}'::text[], '[7]'), ('int4', '{-7}', '[-7]'), ('int8', '{9223372036854775807}',
	'[9223372036854775807]'), ('int8', '{-9223372036854775808}', '[-9223372036854775808]'),
	('numeric', '{7,7.0,007.000,70e-1}', '[7]'), ('numeric', '{0.10,.1,1e-1}', '[0.1]'), ('numeric', '{0,-0.00,0e10}',
	'[0]'), ('numeric', '{1e30}', '[1000000000000000000000000000000]'), ('numeric(10,4)', '{-12.5}', '[-12.5]'),
	('numeric', '{NaN}', '[NaN]'), ('numeric', '{-Infinity}', '[-Infinity]'),
	('text', '{"a ","A"}', '[A][a ]'), ('text', '{""}', '[]'), ('varchar(9)', '{"a ",x}', '[a ][x]'),
	('char(5)', '{ab,"ab "}', '[ab]'), ('char(3)', '{""," "}', '[]'), ('name', '{渝北}', '[渝北]'),
	('text', '{"x''\"\\"}', '[x''"\]'),
	('uuid', '{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11,"{a0eebc999c0b4ef8bb6d6bb9bd380a11}"}',
	'[a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11]'),
	('date', '{2024-02-29,"Feb 29 2024",20240229}', '[2024-02-29]'), ('date', '{"0044-03-15 BC"}', '[0044-03-15 BC]'),
	('date', '{infinity,-infinity}', '[-infinity][infinity]'), ('date', '{5874897-12-31}', '[5874897-12-31]'),
	('date', '{"4714-11-24 BC"}', '[4714-11-24 BC]'),
	('bytea', '{"\\xDEAD00","\\336\\255\\000"}', '[\xdead00]'), ('bytea', '{""}', '[\x]'),
	('bool', '{t,yes,1}', '[true]'), ('bool', '{f}', '[false]'), ('oid', '{4294967295}', '[4294967295]'),
	('colour', '{green}', '[green]'), ('colours', '{green}', '[green]'), ('code', '{x1}', '[x1]')) v (type, written,
	text);

-- A column with another type: the same key has the same account.

CREATE TABLE shifting (k text, revenue numeric);
INSERT INTO shifting VALUES ('1', 1), ('20', 2), ('X1', 3), ('007', 4);
CREATE TRIGGER judge AFTER INSERT OR UPDATE OR DELETE ON shifting FOR EACH ROW EXECUTE FUNCTION watch('shifting', 'k',
	'keys-2025');
CALL sweep('shifting', 'k', '{keys-2025}');
DELETE FROM shifting WHERE k = 'X1';
ALTER TABLE shifting DISABLE TRIGGER judge;
INSERT INTO shifting VALUES ('X2', 3);
CALL sweep('shifting', 'k', '{keys-2025}');
DELETE FROM shifting WHERE k = 'X2';
ALTER TABLE shifting ENABLE TRIGGER judge;
SELECT is(pg_temp.owed('public.shifting'), '[007] 4.00, [1] 1.00, [20] 2.00, [X2] 3.00', 'text');
SELECT settle('public.shifting', '1', 'keys-2025', '1', NULL, NULL, 1);
ALTER TABLE shifting ALTER k TYPE int USING k::int;
SELECT is(pg_temp.error_of($$CALL zjtx.sweep('shifting', 'k', '{keys-2025}')$$), 'no error',
	'keys that no row can have now stop nobody''s judging');
SELECT is(pg_temp.owed('public.shifting'), '[1] 1.00, [20] 2.00, [7] 4.00',
	'they fall, and what is written otherwise now rises');
SELECT is((SELECT due FROM owed WHERE account = 'public.shifting' AND key = '1'), 0.00,
	'who is the same is not paid again');
SELECT is(pg_temp.error_of(format('ALTER TABLE shifting ALTER k TYPE %s; '
	'CALL zjtx.sweep(''shifting'', ''k'', ''{keys-2025}''); UPDATE shifting SET revenue = revenue', type)) || ' ' ||
	pg_temp.owed('public.shifting'),
	'no error [1] 1.00, [20] 2.00, [7] 4.00', type)
	FROM unnest('{bigint,"numeric(12,3)",numeric,"text USING trim_scale(k)::text","char(9)",varchar,name,"numeric '
	'USING k::text::numeric","oid USING k::text::oid",code,text}'::text[]) type;
SELECT is((SELECT count(*) FROM ledger WHERE account = 'public.shifting' AND kind <> 'paid'), 9::bigint,
	'and nothing was written meanwhile');
SELECT is((SELECT count(*) FROM judged WHERE account = 'public.shifting' AND key IN ('X1', 'X2', '007')), 3::bigint,
	'stored keys are stored for good');
CREATE TABLE days (k date, revenue numeric);
INSERT INTO days VALUES ('2024-02-01', 1), ('0044-03-15 BC', 2);
CALL sweep('days', 'k', '{keys-2025}');
ALTER TABLE days ALTER k TYPE text;
CALL sweep('days', 'k', '{keys-2025}');
INSERT INTO days VALUES ('2024-02-30', 1), ('1 BC', 1), ('2024-2-1', 1), (' 2024-02-01', 1), ('2024-13-01', 1),
	('99999999-01-01', 1), ('2024-02-01 BC', 1), ('infinite', 1), ('', 1);
CALL sweep('days', 'k', '{keys-2025}');
DELETE FROM days WHERE k NOT IN ('2024-02-01', '0044-03-15 BC');
ALTER TABLE days ALTER k TYPE date USING k::date;
CALL sweep('days', 'k', '{keys-2025}');
SELECT is(pg_temp.owed('public.days'), '[0044-03-15 BC] 2.00, [2024-02-01] 1.00', 'date, text and date again');
-- Stored texts that are no value of the column's current type count as gone and raise no error.
CREATE TABLE odd (k text, revenue numeric);
INSERT INTO odd SELECT k, 1 FROM unnest(ARRAY['', ' ', '1', '01', '+1', '1.0', '1e3', '-', '-0', '.', '1.', '.5', 'NaN',
	'nan', 'Infinity', repeat('9', 2000), '9223372036854775808', '-32769', '4294967296', 'true', 't', 'red', 'black',
	repeat('x', 200), '\x', '\x0', '\xAB', '\xab', 'xab', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1',
	'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'a0eebc999c0b4ef8bb6d6bb9bd380a11', '----------------', '2024-01-01',
	'infinity', '0000-01-01', 'é', '渝北']) k;
SELECT is(pg_temp.error_of(format($$TRUNCATE odd;
	INSERT INTO odd SELECT DISTINCT key, 1 FROM zjtx.judged WHERE account = 'public.odd';
		CALL zjtx.sweep('odd', 'k', '{keys-2025}'); TRUNCATE odd; ALTER TABLE odd ALTER k TYPE %1$s USING NULL::%1$s;
	CALL zjtx.sweep('odd', 'k', '{keys-2025}');
		ALTER TABLE odd ALTER k TYPE text USING NULL::text$$, type)) || ' ' || coalesce(pg_temp.owed('public.odd'),
			'nothing'), 'no error nothing', 'stored keys of every kind beside ' || type)
	FROM unnest('{int2,int4,int8,oid,numeric,bool,bytea,uuid,date,name,"char(3)",varchar,colour,colours,code}'::text[])
	type;
CALL sweep('odd', 'k', '{keys-2025}');
SELECT is((SELECT count(*) FROM judged WHERE account = 'public.odd'), 0::bigint, 'an account of no rows');

-- A table whose key has another type than that of the view.

CREATE TABLE padded (uscc char(18) PRIMARY KEY, revenue numeric);
CREATE VIEW trimmed AS SELECT uscc::text AS uscc, revenue FROM padded;
CREATE TRIGGER judge AFTER INSERT OR UPDATE OR DELETE ON padded FOR EACH ROW EXECUTE FUNCTION watch('trimmed', 'uscc',
	'keys-2025');
INSERT INTO padded VALUES ('500112000001234', 200);
SELECT is(pg_temp.owed('public.trimmed'), '[500112000001234] 200.00', 'char(n) behind a view that shows text');
UPDATE padded SET revenue = 0;
SELECT is(pg_temp.owed('public.trimmed'), NULL, 'each write of it');
CREATE FUNCTION pg_temp.through(table_type text, view_type text, value text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE format('CREATE TABLE inner_table (k %s, revenue numeric)', table_type);
	EXECUTE format('CREATE VIEW outer_view AS SELECT k::%s AS k, revenue FROM inner_table', view_type);
	CREATE TRIGGER judge AFTER INSERT OR UPDATE OR DELETE ON inner_table FOR EACH ROW
		EXECUTE FUNCTION watch('public.outer_view', 'k', 'keys-2025');
	EXECUTE format('INSERT INTO public.inner_table VALUES (%L, 1)', value);
	result := pg_temp.owed('public.outer_view');
	UPDATE inner_table SET revenue = 2;
	RAISE EXCEPTION '% %', result, pg_temp.owed('public.outer_view');
EXCEPTION WHEN OTHERS THEN
	RETURN SQLERRM;
END $$;
SELECT is(pg_temp.through(table_type, view_type, value), found, format('%s %s as %s', table_type, value, view_type))
	FROM (VALUES
	('text', 'int', '007', '[7] 1.00 [7] 2.00'), ('text', 'numeric', '7.50', '[7.5] 1.00 [7.5] 2.00'),
	('numeric', 'int', '7.00', '[7] 1.00 [7] 2.00'), ('int', 'text', '7', '[7] 1.00 [7] 2.00'),
	('numeric', 'text', '7.50', '[7.50] 1.00 [7.50] 2.00'), ('uuid', 'text', 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11',
	'[a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11] 1.00 [a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11] 2.00'),
	('text', 'uuid', 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11',
	'[a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11] 1.00 [a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11] 2.00'),
	('bool', 'text', 't', '[true] 1.00 [true] 2.00'), ('colour', 'text', 'red', '[red] 1.00 [red] 2.00'),
	('text', 'colour', 'red', '[red] 1.00 [red] 2.00'), ('text', 'char(4)', 'a', '[a] 1.00 [a] 2.00'),
	('varchar', 'name', 'a', '[a] 1.00 [a] 2.00'), ('bytea', 'text', '\xab',
	'column "k" of public.outer_view cannot be a key'), ('date', 'text', '2024-01-02',
	'column "k" of public.outer_view cannot be a key'),
	('numeric', 'int', '7.5', 'the key "7.5" has no value of type integer')) v (table_type, view_type, value, found);
SELECT matches(pg_temp.through('int', 'oid', '7'), '^.7. 1.00', 'one number as another');
CREATE TABLE flags (k bool, n int, revenue numeric);
CREATE VIEW flagged AS SELECT k::int AS k, revenue FROM flags;
CREATE TRIGGER judge AFTER INSERT ON flags FOR EACH ROW EXECUTE FUNCTION watch('flagged', 'k', 'keys-2025');
SELECT is(pg_temp.error_of('INSERT INTO flags VALUES (true, 1, 1)'),
	E'42804: column "k" of public.flags is boolean, and the key of public.flagged is integer\nHINT: Use the same key '
	'type in the view and in the watched table.', 'types that have nothing to do with each other');

-- Views whose key depends on the session.

CREATE TABLE born (id int, d date, code text, revenue numeric);
CREATE VIEW nested AS SELECT d::text AS k, id, code, revenue FROM born;
CREATE FUNCTION upper_of(text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT upper($1)';
CREATE FUNCTION pg_temp.viewed(query text) RETURNS text LANGUAGE plpgsql AS $$BEGIN
	EXECUTE 'CREATE VIEW viewed AS ' || query;
	CALL zjtx.sweep('viewed', 'k', '{keys-2025}', account => 'viewed');
	RAISE EXCEPTION 'taken';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLERRM;
END$$;
SELECT is(pg_temp.viewed(query), 'column "k" of public.viewed cannot be a key', query) FROM unnest(ARRAY[
	'SELECT d::text AS k, revenue FROM born', 'SELECT to_char(d, ''YYYY'') AS k, revenue FROM born',
	'SELECT convert_to(code, ''UTF8'')::text AS k, revenue FROM born',
	'SELECT revenue::float8::text AS k, revenue FROM born',
	'SELECT justify_days(revenue * interval ''1 day'')::text AS k, revenue FROM born',
	'SELECT now()::date AS k, revenue FROM born',
	'SELECT current_user::text AS k, revenue FROM born',
	'SELECT current_setting(''zjtx.as_of'') || code AS k, revenue FROM born', 'SELECT k, revenue FROM nested',
	'SELECT lower(k) AS k, revenue FROM (SELECT k, revenue FROM nested OFFSET 0) x',
	'SELECT k, revenue FROM born b JOIN (SELECT id, d::text AS k FROM born) x USING (id)',
	'SELECT coalesce(x.k, code) AS k, revenue FROM born b LEFT JOIN nested x USING (code, revenue)',
	'WITH x AS (SELECT d::text AS k, revenue FROM born) SELECT * FROM x',
	'SELECT code AS k, revenue FROM born UNION ALL SELECT k, revenue FROM nested',
	'SELECT k, max(revenue) AS revenue FROM nested GROUP BY k',
	'SELECT max(k) AS k, max(revenue) AS revenue FROM nested', 'SELECT (SELECT d::text) AS k, revenue FROM born',
	'SELECT DISTINCT ON (k) k, revenue FROM nested', 'SELECT first_value(k) OVER () AS k, revenue FROM nested',
	'SELECT d || ''x'' AS k, revenue FROM born', 'SELECT random()::numeric AS k, revenue FROM born',
	-- keys from lateral joins, functions in FROM, and subqueries
	'SELECT x.k, q.revenue FROM (SELECT d::text AS t, revenue FROM born) q, LATERAL (SELECT q.t AS k) x',
	'SELECT k, revenue FROM born, LATERAL to_char(d, ''YYYY'') k',
	'SELECT k, revenue FROM born, LATERAL (VALUES (d::text)) v(k)',
	'SELECT k, revenue FROM born, LATERAL unnest(ARRAY[d::text]) k',
	'SELECT x.k, revenue FROM born, XMLTABLE(''/a'' PASSING (xmlelement(name a, d::text)) COLUMNS k text PATH ''.'') x',
	'WITH c AS (SELECT d::text AS k, revenue FROM born) SELECT * FROM (SELECT * FROM c) x',
	'SELECT (SELECT n.k FROM nested n WHERE n.id = b.id) AS k, revenue FROM born b',
	'SELECT (r).k, revenue FROM (SELECT n AS r, revenue FROM nested n) x',
	'WITH RECURSIVE c(k, revenue) AS (SELECT d::text, revenue FROM born UNION ALL SELECT k, revenue FROM c '
	'WHERE false) SELECT * FROM c']) query;
SELECT is(pg_temp.viewed(query), 'taken', query) FROM unnest(ARRAY['SELECT d AS k, revenue FROM born',
	'SELECT id::text AS k, revenue FROM born', 'SELECT ''A-'' || id AS k, revenue FROM born',
	'SELECT code::colour AS k, revenue FROM born', 'SELECT revenue::float8::numeric AS k, revenue FROM born',
	'SELECT upper_of(lower(code)) AS k, revenue FROM born',
	'SELECT id AS k, revenue, now()::date AS as_of FROM nested',
	'SELECT id AS k, max(revenue) AS revenue FROM nested GROUP BY id',
	'SELECT code AS k, revenue FROM (SELECT code, d::text, revenue FROM born) x JOIN nested n USING (code, revenue)',
	'SELECT id AS k, revenue FROM born UNION SELECT id, revenue FROM nested',
	'SELECT substr(md5(code), 1, 8)::uuid AS k, revenue FROM born WHERE false',
	'SELECT k, 1 AS revenue FROM generate_series(1, 3) k', 'SELECT (SELECT max(code) FROM born) AS k, 1 AS revenue',
	'SELECT x.k, q.revenue FROM (SELECT id::text AS t, revenue FROM born) q, LATERAL (SELECT q.t AS k) x',
	'SELECT k, revenue FROM born, LATERAL lower(code) k', 'SELECT k, revenue FROM born, LATERAL (VALUES (id)) v(k)',
	'WITH c AS (SELECT id AS k, revenue FROM born) SELECT * FROM (SELECT * FROM c) x',
	'WITH RECURSIVE c(k, n, revenue) AS (SELECT id, 1, revenue FROM born UNION ALL SELECT k, n + 1, revenue FROM c '
	'WHERE false) SELECT k, revenue FROM c',
	'SELECT x.k, 1 AS revenue FROM born a FULL JOIN born b USING (id), LATERAL (SELECT id AS k) x',
	'SELECT (r).id AS k, (r).revenue FROM (SELECT b AS r FROM born b) x']) query;

-- A trigger does not see virtual generated columns (PostgreSQL 18).

CREATE FUNCTION pg_temp.virtual_key() RETURNS text LANGUAGE plpgsql AS $$BEGIN
	IF current_setting('server_version_num')::int < 180000 THEN
		RETURN '0A000: column "k" of public.computed cannot be a key';
	END IF;
	EXECUTE 'CREATE TABLE computed (id int, k int GENERATED ALWAYS AS (id + 1) VIRTUAL, revenue numeric)';
	EXECUTE 'CREATE TRIGGER judge AFTER INSERT ON computed FOR EACH ROW '
		'EXECUTE FUNCTION watch(''computed'', ''k'', ''keys-2025'')';
	RETURN split_part(pg_temp.error_of('INSERT INTO computed VALUES (1)'), E'\n', 1);
END$$;
SELECT is(pg_temp.virtual_key(), '0A000: column "k" of public.computed cannot be a key', 'a virtual generated column');

-- Enums with renamed labels, collations, and rows without a key.

CREATE TABLE painted (k colour, revenue numeric);
INSERT INTO painted VALUES ('red', 1), ('blue', 2);
CALL sweep('painted', 'k', '{keys-2025}');
ALTER TYPE colour RENAME VALUE 'red' TO 'crimson';
SELECT is(pg_temp.error_of($$CALL zjtx.sweep('painted', 'k', '{keys-2025}')$$) || ' ' || pg_temp.owed('public.painted'),
	'no error [blue] 2.00, [crimson] 1.00', 'a label of another name');
CREATE COLLATION loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE COLLATION strict (provider = icu, locale = 'zh-u-co-stroke');
CREATE TABLE loosely (k text COLLATE loose, revenue numeric);
SELECT is(pg_temp.error_of($$CALL zjtx.sweep('loosely', 'k', '{keys-2025}')$$),
	E'0A000: column "k" of public.loosely cannot be a key\nDETAIL: Its collation "loose" is nondeterministic: equal '
	'values have different texts.\nHINT: Use a deterministic collation for the column.',
	'a nondeterministic collation');
CREATE TABLE strictly (k varchar COLLATE strict, revenue numeric);
INSERT INTO strictly VALUES ('a', 1), ('A', 2), (NULL, 3), (NULL, 4), (repeat('x', 2001), 5);
SET LOCAL client_min_messages = notice;
\echo -- the number of rows without a key is reported
\set VERBOSITY terse
CALL sweep('strictly', 'k', '{keys-2025}');
SET LOCAL client_min_messages = warning;
SELECT is(pg_temp.owed('public.strictly'), '[A] 2.00, [a] 1.00',
	'a deterministic one; a key that is too long stops nobody else''s judging');
CREATE TRIGGER judge AFTER INSERT ON strictly FOR EACH ROW EXECUTE FUNCTION watch('strictly', 'k', 'keys-2025');
SELECT is(pg_temp.error_of('INSERT INTO strictly VALUES (repeat(''x'', 2000), 6)'), 'no error', 'of 2,000 bytes');
SELECT is(pg_temp.error_of('INSERT INTO strictly VALUES (repeat(''x'', 2001), 6)'),
	'54000: a key of public.strictly has more than 2000 bytes', 'of one more');

SELECT * FROM finish();
ROLLBACK;
