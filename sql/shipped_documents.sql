\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(21);

-- The shipped documents: their examples hold, and they use the same language.

CREATE TEMP TABLE checked AS SELECT p.code, x.* FROM policies p, LATERAL examples(p.doc) x WHERE p.shipped;
SELECT is((SELECT count(*) > 50 AND bool_and(holds) FROM checked WHERE code = document), true,
	document || ': more than fifty expectations, and every one holds')
FROM unnest('{miit-2022-63,yubei-2024-34,cq-hardtech-2023-21}'::text[]) document;
SELECT is_empty('SELECT code, example, expected, found FROM checked WHERE NOT holds',
	'no expectation of any document fails');
SELECT is_empty('SELECT code FROM policies WHERE shipped EXCEPT SELECT code FROM checked',
	'every document has examples');
CREATE TEMP VIEW parts AS SELECT p.code, p.doc, x.part FROM policies p, LATERAL (SELECT code AS part FROM clauses(p.doc)
	UNION ALL SELECT code
	FROM rungs(p.doc)) x WHERE p.shipped;
SELECT is_empty($$SELECT code, part FROM parts a WHERE code IN ('miit-2022-63', 'yubei-2024-34', 'cq-hardtech-2023-21')
	AND NOT EXISTS (
	SELECT FROM checked c WHERE c.code = a.code
	AND expected ~ ('^(clause|条款|rung|层级) ' || part || ' (true|真|undetermined|未定|=)'))$$,
	'each of their clauses and rungs is satisfied in an example');
SELECT is_empty($$SELECT code, part FROM parts a WHERE code IN ('miit-2022-63', 'yubei-2024-34', 'cq-hardtech-2023-21')
	AND NOT EXISTS (
	SELECT FROM checked c WHERE c.code = a.code AND expected ~ ('^(clause|条款|rung|层级) ' || part || ' (false|假|= 0)'))$$,
	'and is not in another');

-- A fact is declared the same way in all documents.

SELECT is_empty($$SELECT f.name, string_agg(DISTINCT concat_ws(' ', f.policy, f.type, f.unit, f.label, f.low, f.high,
	f."values"::text, f.labels::text, f.null_means, f.fixed), '; ')
	FROM zjtx.facts f JOIN policies p ON p.code = f.policy WHERE p.shipped AND f.name !~ '\.'
	GROUP BY f.name HAVING count(DISTINCT (f.type, f.unit, f.label, f.low, f.high, f."values", f.labels, f.null_means,
	f.fixed)) > 1$$,
	'a fact has one type, unit, label, range, labels of values and meaning of NULL in all documents');
SELECT is_empty($$SELECT split_part(f.name, '.', 1) FROM (SELECT f.policy, split_part(f.name, '.', 1) AS name,
	string_agg(concat_ws(' ', f.name, f.type, f.unit, f.label, f.low, f.high, f."values"::text, f.labels::text,
	f.null_means), ', ' ORDER BY f.name COLLATE "C") AS fields
	FROM zjtx.facts f JOIN policies p ON p.code = f.policy WHERE p.shipped AND f.name ~ '\.' GROUP BY 1, 2) f
	GROUP BY f.name HAVING count(DISTINCT fields) > 1$$,
	'so have the fields of a list');
SELECT is_empty($$SELECT f.label, string_agg(DISTINCT f.name, ' ') FROM zjtx.facts f JOIN policies p
	ON p.code = f.policy WHERE p.shipped AND f.label IS NOT NULL AND f.name !~ '\.' GROUP BY 1
	HAVING count(DISTINCT f.name) > 1$$,
	'no label stands for two facts');
SELECT is_empty($$SELECT f.policy, f.name FROM zjtx.facts f JOIN policies p ON p.code = f.policy WHERE p.shipped
	AND f.label IS NULL AND f.name !~ '\.'$$,
	'every fact has a label');
SELECT is_empty($$SELECT substring(convert_to(f.label, 'UTF8') FROM 1 FOR 63) FROM zjtx.facts f JOIN policies p
	ON p.code = f.policy WHERE p.shipped AND f.name !~ '\.' GROUP BY 1 HAVING count(DISTINCT f.name) > 1$$,
	'and a column can have it for a name, which PostgreSQL cuts to 63 bytes');

-- The lines with declarations.

CREATE TEMP TABLE declared AS SELECT p.code, (regexp_match(line, '^事实 ([^ ]+) '))[1] AS name,
	regexp_replace(line, ' +', ' ', 'g') AS line
	FROM policies p, regexp_split_to_table(doc::text, E'\r?\n') line WHERE p.shipped AND line ~ '^事实 ';
SELECT cmp_ok((SELECT count(*) FROM declared), '>', 50::bigint, 'declarations stand on lines of their own');
SELECT is_empty('SELECT name, count(DISTINCT line) FROM declared GROUP BY 1 HAVING count(DISTINCT line) > 1',
	'held side by side, they read alike');

-- The texts.

SELECT is_empty($$SELECT code FROM policies WHERE shipped AND pg_temp.refusal(doc::text) <> 'no error'$$,
	'every document reads again');
SELECT is_empty($$SELECT p.code, part FROM parts p WHERE pg_temp.refusal((p.doc -> part)::text) <> 'no error'$$,
	'so does every part');
SELECT is_empty($$SELECT p.code, part FROM parts p WHERE ((p.doc -> part) -> part)::text <> (p.doc -> part)::text$$,
	'a part of it is itself');
SELECT is_empty($$SELECT p.code, part FROM parts p WHERE ('{}'::jsonb |= (p.code || '/' || part)) IS DISTINCT
	FROM ('{}'::jsonb |= as_of(p.doc -> part, current_date))$$,
	'a name answers as the value that it names');
SELECT is_empty($$SELECT code FROM policies WHERE shipped AND ('{}'::jsonb |= doc) IS TRUE$$,
	'where nothing is known no document is satisfied');
SELECT is_empty($$SELECT p.code, c.code FROM policies p, LATERAL clauses(p.doc) c WHERE p.shipped
	AND ('{}'::jsonb |= (p.doc -> c.code)) IS TRUE$$,
	'nor is a clause');
SELECT is_empty($$SELECT p.code, c.code, m FROM policies p, LATERAL clauses(p.doc) c,
	LATERAL unnest('{}'::jsonb |! (p.doc -> c.code)) m WHERE p.shipped AND m <> 'as_of' AND m NOT IN (SELECT name
	FROM facts(p.doc))$$,
	'what is missing is declared');

SELECT * FROM finish();
ROLLBACK;
