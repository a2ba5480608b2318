\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(50);

-- Questions about rows of tables, views, joins, subqueries and functions.

CREATE TEMP TABLE enterprise (id int PRIMARY KEY, name text, revenue numeric, region text);
INSERT INTO enterprise VALUES (1, '甲', 60000000, '渝北区'), (2, '乙', 40000000, '渝北区'), (3, '丙', NULL, '巴南区'),
	(4, '丁', NULL, '渝北区');
CREATE TEMP TABLE title (id int, titled_on date, titled_until date);
INSERT INTO title VALUES (1, '2023-01-01', '2026-01-01'), (2, NULL, NULL);
CREATE FUNCTION pg_temp.answers(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	answer text;
BEGIN
	EXECUTE format('SELECT string_agg(coalesce(answer::text, ''unknown''), '' '' ORDER BY id) FROM (%s) q', statement)
	INTO answer;
	RETURN answer;
END $$;
CREATE FUNCTION pg_temp.rule() RETURNS policy LANGUAGE sql IMMUTABLE
	AS $$ SELECT 'revenue >= 5000万元 and region = ''渝北区'''::zjtx.policy $$;
CREATE FUNCTION pg_temp.titled() RETURNS policy LANGUAGE sql IMMUTABLE AS $$ SELECT
	'policy t ''t'' fact titled_on date null means none fact titled_until date null means none clause 1 when '
	'2025-06-30 between titled_on and titled_until'::zjtx.policy $$;
CREATE TEMP VIEW rich AS SELECT *, revenue * 2 AS twice FROM enterprise WHERE id > 0;
CREATE TEMP VIEW mapped AS SELECT id, round(revenue / 10000) * 10000 AS "营业收入", region FROM enterprise;

SELECT is(pg_temp.answers(statement), 'true false false unknown', description) FROM (VALUES
	('SELECT id, e |= ''revenue >= 5000万元 and region = ''''渝北区'''''' ::zjtx.policy AS answer FROM enterprise e',
	'a table and a constant rule'),
	('SELECT id, e |= pg_temp.rule() AS answer FROM enterprise e', 'a table'),
	('SELECT id, e |= p AS answer FROM enterprise e, (SELECT pg_temp.rule() AS p OFFSET 0) p',
	'a table, and a policy that is no constant'),
	('SELECT id, zjtx.eligible(e, pg_temp.rule()) AS answer FROM enterprise AS e',
	'the function in the operator''s place'),
	('SELECT id, zjtx.eligible(policy => pg_temp.rule(), e => enterprise) AS answer FROM enterprise',
	'arguments by name'),
	('SELECT id, (e) |= pg_temp.rule() AS answer FROM ONLY enterprise e', 'one table only'),
	('SELECT id, rich |= pg_temp.rule() AS answer FROM pg_temp.rich', 'a view'),
	('SELECT id, m |= ''policy m ''''m'''' fact r number 元 ''''营业收入'''' fact region text clause 1 when r >= 5000万元 and '
	'region = ''''渝北区'''''' ::zjtx.policy AS answer FROM pg_temp.mapped m',
	'a view that maps a column to a label'),
	('SELECT id, s |= pg_temp.rule() AS answer FROM (SELECT region, revenue, id FROM enterprise) s', 'a subquery'),
	('SELECT id, s |= pg_temp.rule() AS answer FROM (SELECT region, revenue, id FROM enterprise ORDER BY id DESC '
	'LIMIT 10) s',
	'a subquery that stands by itself'),
	('SELECT id, s |= pg_temp.rule() AS answer FROM (SELECT max(revenue) AS revenue, id, min(region) AS region '
	'FROM enterprise GROUP BY id) s',
	'a subquery that groups'),
	('WITH s AS MATERIALIZED (SELECT region, revenue, id FROM enterprise) SELECT id, s |= pg_temp.rule() AS answer '
	'FROM s',
	'a common table expression'),
	('SELECT s.id, s |= pg_temp.rule() AS answer FROM (SELECT e.*, t.titled_on FROM enterprise e LEFT JOIN title t '
	'USING (id)) s',
	'a join in a subquery'),
	('SELECT j.id, j |= pg_temp.rule() AS answer FROM (enterprise LEFT JOIN title USING (id)) AS j',
	'a join with a name'),
	('SELECT e.id, e |= pg_temp.rule() AS answer FROM title t RIGHT JOIN enterprise e USING (id)',
	'a table within a join'),
	('SELECT id, r |= pg_temp.rule() AS answer FROM (SELECT id, e AS r FROM enterprise e OFFSET 0) s',
	'a row as a column'),
	('SELECT e.id, (SELECT x FROM enterprise x WHERE x.id = e.id) |= pg_temp.rule() AS answer FROM enterprise e',
	'a row that a subquery gives'),
	('SELECT e.id, r |= pg_temp.rule() AS answer FROM enterprise e, LATERAL jsonb_to_record(to_jsonb(e)) '
	'AS r (revenue numeric, region text)',
	'a row that a function gives'),
	('SELECT e.id, r |= pg_temp.rule() AS answer FROM enterprise e, LATERAL jsonb_populate_record(NULL::enterprise, '
	'to_jsonb(e)) AS r',
	'a row of a table''s type that a function gives'),
	('SELECT id, v |= pg_temp.rule() AS answer FROM (VALUES (1, 6e7, ''渝北区''), (2, 4e7, ''渝北区''), (3, NULL, ''巴南区''), '
	'(4, NULL, ''渝北区'')) v (id, revenue, region)',
	'a list of values'),
	('SELECT id, ROW(id, name, revenue, region)::enterprise |= pg_temp.rule() AS answer FROM enterprise',
	'a row that is cast to a table''s type'),
	('SELECT id, to_jsonb(e) |= pg_temp.rule() AS answer FROM enterprise e', 'jsonb of a row'),
	('SELECT id, jsonb_build_object(''revenue'', revenue, ''region'', region) |= pg_temp.rule() AS answer '
	'FROM enterprise', 'a jsonb object'),
	('SELECT id, e |= pg_temp.rule() AS answer FROM (SELECT * FROM enterprise UNION ALL SELECT * FROM enterprise '
	'WHERE id > 9) e',
	'a union')) statements (statement, description);
SELECT is((SELECT array_agg(id ORDER BY id) FROM enterprise e WHERE e |= pg_temp.rule()), '{1}',
	'in WHERE, unknown is left out');
SELECT is((SELECT array_agg(id ORDER BY id) FROM enterprise e WHERE NOT e |= pg_temp.rule()), '{2,3}',
	'NOT needs no brackets');
SELECT is((SELECT array_agg(id ORDER BY id) FROM enterprise e WHERE (e |= pg_temp.rule()) IS NULL), '{4}',
	'the undecided');
SELECT is((SELECT string_agg(id::text, ' ' ORDER BY (e |= pg_temp.rule()) DESC NULLS LAST, id) FROM enterprise e),
	'1 2 3 4', 'in ORDER BY');
SELECT is((SELECT count(*) FILTER (WHERE e |= pg_temp.rule()) FROM enterprise e), 1::bigint, 'in FILTER');
SELECT is((SELECT count(*) FROM enterprise a JOIN enterprise b ON a.id = b.id AND a |= pg_temp.rule()), 1::bigint,
	'in ON');
CREATE DOMAIN pg_temp.known AS enterprise CHECK ((value).id > 0);
SELECT is(ROW(1, '甲', 60000000, '渝北区')::pg_temp.known |= pg_temp.rule(), true, 'a domain over a row');
SELECT is(ROW(1, 'x'::text) |= 'f1 = 1 and f2 = ''x'''::policy, true, 'a row without names has the columns f1, f2 …');

-- Different row types at one call site.

SELECT is((SELECT string_agg((r |= 'a = 1'::policy)::text, ' ' ORDER BY no) FROM (SELECT 1 AS no, ROW(1)::record AS r
	UNION ALL SELECT 2, ROW(1, 2)
	UNION ALL SELECT 3, (SELECT s FROM (SELECT 2 AS b, 1 AS a) s)) q), 'true',
	'only the row that has the column a is decided');

-- Partitions with another order of columns, and inheritance.

CREATE TEMP TABLE parted (id int, revenue numeric, region text) PARTITION BY LIST (id);
CREATE TEMP TABLE part_1 (region text, gone int, id int, revenue numeric);
ALTER TABLE part_1 DROP COLUMN gone;
ALTER TABLE parted ATTACH PARTITION part_1 FOR VALUES IN (1, 2);
CREATE TEMP TABLE part_2 PARTITION OF parted DEFAULT;
INSERT INTO parted SELECT id, revenue, region FROM enterprise;
SELECT is(pg_temp.answers('SELECT id, p |= pg_temp.rule() AS answer FROM parted p'), 'true false false unknown',
	'a table in partitions whose columns stand in another order');
SELECT is(pg_temp.answers('SELECT id, p |= pg_temp.rule() AS answer FROM part_1 p'), 'true false', 'one partition');
CREATE TEMP TABLE child (branch text) INHERITS (enterprise);
INSERT INTO child VALUES (5, '戊', 70000000, '渝北区', 'x');
SELECT is(pg_temp.answers('SELECT id, e |= pg_temp.rule() AS answer FROM enterprise e'),
	'true false false unknown true', 'a table and its heirs');

-- The empty row of an outer join is a row whose columns are all NULL.

SELECT is(NULL::title |= pg_temp.titled(), ROW(NULL, NULL, NULL)::title |= pg_temp.titled(),
	'a NULL row of a table''s type');
SELECT is(NULL::title |= pg_temp.titled(), false, 'which decides what NULL means none');
SELECT is(NULL::title |! 'titled_on > 2024-01-01'::policy, '{titled_on}', 'and nothing else');
SELECT is(pg_temp.answers('SELECT e.id, t |= pg_temp.titled() AS answer FROM ONLY enterprise e LEFT JOIN title t '
	'USING (id)'),
	'true false false false', 'an outer join');
SELECT is(pg_temp.answers('SELECT e.id, t |= pg_temp.titled() AS answer FROM ONLY enterprise e LEFT JOIN (SELECT * '
	'FROM title WHERE id > 0) t USING (id) WHERE e.id < 3'),
	'true false', 'and one to a subquery, where it finds a row');
SELECT is((SELECT count(*) FROM ONLY enterprise e LEFT JOIN (SELECT * FROM title OFFSET 0) t USING (id)
	WHERE t |= pg_temp.titled()
	AND e.id > 2), 0::bigint, 'where it finds none, nothing is proved');
SELECT is(pg_temp.answers('SELECT e.id, s |= pg_temp.titled() AS answer FROM ONLY enterprise e LEFT JOIN '
	'LATERAL (SELECT t.* FROM title t WHERE t.id = e.id) s ON true WHERE e.id < 3'),
	'true false', 'a lateral subquery');
SELECT is(NULL::record |= pg_temp.titled(), NULL, 'a NULL of no known type has no columns');
SELECT is(NULL::jsonb |= pg_temp.titled(), NULL, 'a NULL jsonb has no keys');
SELECT is(NULL::jsonb |! pg_temp.titled(), '{titled_on,titled_until}', 'all its facts are missing');
SELECT is((NULL::title |# pg_temp.titled())::text, '0.00', 'what is owed to a NULL row');
SELECT is(e |= NULL::policy, NULL, 'a NULL policy') FROM ONLY enterprise e WHERE id = 1;
SELECT is(e |= NULL::text, NULL, 'a NULL name') FROM ONLY enterprise e WHERE id = 1;
SELECT is(e |! NULL::policy, NULL, 'a NULL policy misses nothing') FROM ONLY enterprise e WHERE id = 1;

SELECT * FROM finish();
ROLLBACK;
