\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(85);

-- A column gives the fact with its name, else the fact with its label.

SELECT is(r |= 'a = 1 and b'::policy, true, 'by name; other columns do not matter') FROM (SELECT true AS b, 'x'
	AS other, 1 AS a, now() AS at) r;
SELECT is(r |= '主营业务收入 >= 5000万元'::policy, true, 'by a Chinese name') FROM (SELECT 50000000 AS "主营业务收入") r;
CREATE TEMP TABLE labelled AS SELECT 'policy l ''l'' fact revenue number 元 ''上年度营业收入'' fact staff number 人 ''从业人员数'' '
	'fact long number ''这个标签很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长''  clause 1 when revenue > 5元 clause 2 when staff > 5人 '
	'clause 3 when long > 5' AS source;
SELECT is(r |= (source::policy -> '1'), true, 'by label') FROM labelled, (SELECT 6 AS "上年度营业收入") r;
SELECT is(r |= (source::policy -> '1'), false, 'the name goes before the label, in whatever order they stand')
	FROM labelled, (SELECT 6 AS "上年度营业收入", 4 AS revenue) r;
SELECT is(r |= (source::policy -> '1'), NULL, 'also where its column is NULL') FROM labelled,
	(SELECT 6 AS "上年度营业收入", NULL::int AS revenue) r;
SELECT is(r |= (source::policy -> '1'), NULL, 'a part of a label is not it') FROM labelled, (SELECT 6 AS "营业收入") r;
SELECT is(r |= (source::policy -> '2'), NULL, 'another fact''s column is not it') FROM labelled,
	(SELECT 6 AS "上年度营业收入") r;
SET LOCAL client_min_messages = error;
SELECT is(r |= (source::policy -> '3'), true, 'a label that is longer than a column''s name can be')
	FROM labelled, (SELECT 6 AS "这个标签很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长") r;
RESET client_min_messages;
SELECT is(r |= 'Revenue > 5'::policy, true, 'the fact Revenue is the column revenue, as in SQL')
	FROM (SELECT 6 AS Revenue) r;
SELECT is(r |= 'Revenue > 5'::policy, NULL, 'and not the column "Revenue"') FROM (SELECT 6 AS "Revenue") r;
SELECT is(r |! 'revenue > 5 and rd > 5'::policy, '{rd}', 'what no column gives is missing')
	FROM (SELECT 6 AS revenue) r;

-- The types of columns that give a fact.

CREATE DOMAIN pg_temp.positive AS numeric CHECK (value > 0);
CREATE DOMAIN pg_temp.tiny AS pg_temp.positive CHECK (value < 100);
CREATE DOMAIN pg_temp.word AS varchar(20);
CREATE DOMAIN pg_temp.flag AS boolean;
CREATE TYPE pg_temp.size AS ENUM ('micro', 'small', '大型');
CREATE FUNCTION pg_temp.asked(value text, rule text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	answer text;
BEGIN
	EXECUTE format('SELECT r OPERATOR(zjtx.|=) %L::zjtx.policy FROM (SELECT %s AS a, 1 AS b) r', rule, value)
	INTO answer;
	RETURN answer;
EXCEPTION WHEN datatype_mismatch THEN
	RETURN substring(sqlerrm FROM 'of type (.*) cannot give the fact');
END $$;
SELECT is(pg_temp.asked(value, rule), 'true', rule || ' with ' || value) FROM (VALUES
	('5::smallint', 'a = 5'), ('5::integer', 'a = 5'), ('5::bigint', 'a = 5'), ('5.0::numeric', 'a = 5'),
	('5::real', 'a = 5'),
	('5::double precision', 'a = 5'), ('5::pg_temp.positive', 'a = 5'), ('5::pg_temp.tiny', 'a = 5'),
	('true', 'a'), ('true::pg_temp.flag', 'a = true'),
	('''small''::text', 'a = ''small'''), ('''small''::varchar', 'a = ''small'''), ('''small''::varchar(5)',
	'a = ''small'''),
	('''small''::char(20)', 'a = ''small'''), ('''small''::name', 'a = ''small'''),
	('''small''::pg_temp.size', 'a = ''small'''), ('''大型''::pg_temp.size', 'a in (''大型'', ''x'')'),
	('''small''::pg_temp.word', 'a = ''small'''),
	('''small ''::text', 'a <> ''small'''), ('''s''::"char"::text', 'a = ''s'''),
	('''2024-02-29''::date', 'a = 2024-02-29'), ('''2024-02-29 12:00''::timestamp', 'a = 2024-02-29')) columns (value,
	rule);
SELECT is(pg_temp.asked(value, rule), type, rule || ' does not take ' || type) FROM (VALUES
	('5::money', 'a > 1', 'money'), ('''5''::text', 'a > 1', 'text'), ('true', 'a > 1', 'boolean'),
	('''5''::oid', 'a > 1', 'oid'),
	('interval ''5 days''', 'a > 1', 'interval'), ('''5''::jsonb', 'a > 1', 'jsonb'),
	('ARRAY[5]', 'a > 1', 'integer[]'), ('''2024-01-01''::date', 'a > 1', 'date'), ('1', 'a', 'integer'),
	('''t''::text', 'a', 'text'),
	('''1''::bit', 'a', 'bit'), ('5', 'a = ''x''', 'integer'), ('''x''::"char"', 'a = ''x''', '"char"'),
	('''{}''::json', 'a = ''x''', 'json'), ('''{}''::jsonb', 'a = ''x''', 'jsonb'), ('''a''::bytea', 'a = ''x''',
	'bytea'),
	('gen_random_uuid()', 'a = ''x''', 'uuid'), ('ARRAY[''x'']', 'a = ''x''', 'text[]'),
	('''a=>1''::tsvector', 'a = ''x''', 'tsvector'),
	('now()', 'a > 2024-01-01', 'timestamp with time zone'), ('20240101', 'a > 2024-01-01', 'integer'),
	('ROW(1)', 'a > 1', 'record'),
	('int4range(1, 2)', 'a > 1', 'int4range')) columns (value, rule, type);

-- The error names column, type, fact and policy.

SELECT is(pg_temp.error_of($$SELECT r |= zjtx.part(doc, '1') FROM (SELECT source::zjtx.policy AS doc
	FROM pg_temp.labelled) p, (SELECT '6'::text AS "上年度营业收入") r$$),
	E'42804: column "上年度营业收入" of type text cannot give the fact "revenue" of policy "l"\nDETAIL: The fact is a '
	'number.\nHINT: Read the texts in a view, with zjtx.to_amount("上年度营业收入").',
	'the whole of the error');
SELECT is(pg_temp.error_of($$SELECT r |= 'b > 5 and a > 1'::policy FROM (SELECT 'x'::text AS a, 1 AS b) r$$),
	E'42804: column "a" of type text cannot give the fact "a" of policy "b > 5 and a > 1"\nDETAIL: The fact is a '
	'number.\nHINT: Read the texts in a view, with zjtx.to_amount(a).',
	'it does not wait for a row that needs the column');
SELECT is(pg_temp.error_of($$SELECT r |= (source::policy -> '2') FROM pg_temp.labelled, (SELECT 'x'::text AS revenue, 7
	AS staff) r$$), 'no error',
	'a column that the clause does not use may be of any type');
SELECT is(pg_temp.error_of($$SELECT r |= source::policy FROM pg_temp.labelled, (SELECT 'x'::text AS revenue, 7 AS staff)
	r$$) ~ '^42804: column "revenue"',
	true, 'where the document uses it, it may not');

-- Altered tables.

CREATE TEMP TABLE changing (gone int, a int, b int DEFAULT 7);
INSERT INTO changing VALUES (9, 5, 1);
PREPARE question AS SELECT changing |= 'a = 5 and coalesced = 0 or a = 6 and b = 1'::policy FROM changing;
CREATE FUNCTION pg_temp.question() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT changing |= 'a = 5'::policy
	FROM changing); END $$;
SELECT results_eq('EXECUTE question', 'SELECT NULL::boolean', 'a prepared statement');
SELECT is(pg_temp.question(), 'true', 'a statement of plpgsql');
ALTER TABLE changing DROP COLUMN gone;
SELECT is(changing |= 'a = 5 and b = 1'::policy, true, 'after a column was dropped') FROM changing;
SELECT is(changing |= 'gone = 9'::policy, NULL, 'what was dropped is unknown') FROM changing;
SELECT is(pg_temp.question(), 'true', 'a statement of plpgsql, after a column was dropped');
ALTER TABLE changing ADD COLUMN coalesced int DEFAULT 0;
SELECT results_eq('EXECUTE question', 'SELECT true', 'a column that was added with a default, in a row that is older');
ALTER TABLE changing ALTER COLUMN a TYPE numeric USING 5.0;
SELECT results_eq('EXECUTE question', 'SELECT true', 'a column of another type, in a prepared statement');
SELECT is(pg_temp.question(), 'true', 'and in one of plpgsql');
ALTER TABLE changing RENAME a TO c;
ALTER TABLE changing RENAME b TO a;
SELECT results_eq('EXECUTE question', 'SELECT false', 'columns that have new names');
ALTER TABLE changing ALTER COLUMN a TYPE text;
SELECT throws_ok('EXECUTE question', '42804', NULL, 'a column of a type that gives no number, in a prepared statement');
SELECT throws_ok('SELECT pg_temp.question()', '42804', NULL, 'and in one of plpgsql');

-- Two columns with the same name are ambiguous in every form of a question.

CREATE TEMP TABLE y24 (id int, revenue numeric, staff int, "营业收入" numeric);
CREATE TEMP TABLE y25 (id int, revenue numeric, employees int, "营业收入" numeric);
INSERT INTO y24 VALUES (1, 100, 5, 7);
INSERT INTO y25 VALUES (1, 200, 6, 8);
SELECT is(pg_temp.error_of(query),
	E'42702: the fact "revenue" of policy "revenue > 150" is ambiguous: two columns of the row give it\nDETAIL: They '
	'are column 2, "revenue", and column 5, "revenue".\nHINT: Select the column that is meant, or rename the other.',
	query) FROM (VALUES
	('SELECT y |= ''revenue > 150''::policy FROM (SELECT * FROM y24 JOIN y25 USING (id)) y'),
	('SELECT y |= ''revenue > 150''::policy FROM (SELECT * FROM y24 JOIN y25 USING (id) OFFSET 0) y'),
	('WITH y AS MATERIALIZED (SELECT * FROM y24 JOIN y25 USING (id)) SELECT FROM y '
	'WHERE y |= ''revenue > 150''::policy'),
	('SELECT y |! ''revenue > 150''::policy FROM (SELECT * FROM y24 JOIN y25 USING (id)) y'),
	('SELECT explain(y, ''revenue > 150''::policy) FROM (SELECT * FROM y24 JOIN y25 USING (id)) y'),
	('SELECT gap(y, ''revenue > 150''::policy) FROM (SELECT * FROM y24 JOIN y25 USING (id)) y'),
	('SELECT judge(y, ''revenue > 150''::policy) FROM (SELECT * FROM y24 JOIN y25 USING (id)) y'),
	('SELECT a.* FROM (SELECT * FROM y24 JOIN y25 USING (id)) y, assess(y, ''revenue > 150''::policy) a'),
	('SELECT (SELECT y FROM (SELECT * FROM y24 JOIN y25 USING (id)) y) |= ''revenue > 150''::policy')) queries (query);
SELECT is(pg_temp.error_of('SELECT zjtx_internal.eligible_facts(''revenue > 150''::policy, ''revenue revenue'', 1, 2)'),
	E'42702: the fact "revenue" of policy "revenue > 150" is ambiguous: two columns of the row give it\nDETAIL: They '
	'are column 1, "revenue", and column 2, "revenue".\nHINT: Select the column that is meant, or rename the other.',
	'two arguments of one name');
SELECT is(y |= 'staff > 1 and employees > 5'::policy, true, 'names that the policy does not read may be there twice')
	FROM (SELECT * FROM y24 JOIN y25 USING (id)) y;
SELECT is(y |= 'revenue > 150'::policy, true, 'the column that is meant') FROM (SELECT a.*, b.revenue, b.employees
	FROM (SELECT id, staff FROM y24) a JOIN y25 b USING (id)) y;
SELECT is(pg_temp.error_of($q$SELECT y |=
	$p$policy p 'p' fact income number '营业收入' clause 1 when income > 7.5$p$::policy FROM (SELECT * FROM y24 JOIN y25
	USING (id)) y$q$),
	E'42702: the fact "income" of policy "p" is ambiguous: two columns of the row give it\nDETAIL: They are column 4, '
	'"营业收入", and column 7, "营业收入".\nHINT: Select the column that is meant, or rename the other.',
	'two columns of one label');
SELECT is(y |= 'policy p ''p'' fact income number ''营业收入'' clause 1 when income > 7.5'::policy, false,
	'a column by name comes before two by label') FROM (SELECT *, 1 AS income FROM y24 JOIN y25 USING (id)) y;

SELECT * FROM finish();
ROLLBACK;
