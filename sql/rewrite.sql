\set ECHO none
\i sql/tap.psql
BEGIN;
SELECT plan(222);
SET LOCAL client_min_messages = warning;
SET LOCAL zjtx.as_of = '2025-06-30';

-- Each question is asked twice: with zjtx's functions, which the planner rewrites, and with the same functions without
-- planner support. The search path selects them.
\i sql/plain.psql

CREATE TABLE policy_texts (name text, source text);
INSERT INTO policy_texts VALUES
('p', $$policy p 'p' fact x number '值' at least 0 fact n number null means none fact z number null means 0 fact b
	boolean
	fact s text in ('甲', '乙') fact d date fact l list of number null means none fact w number
	clause 1 reward when x >= 5 and (b or s = '甲') pay 10元 * z
	clause 2 reward when not (n > 3) and d >= 2024-01-01 pay 5元
	ladder 'L' rung one 'A' when x > 1 rung two 'B' when x > 3 and s = '乙' and count(l where it > 1) = 0$$),
('q', $$policy q 'q' fact x number at least 0 fact n number null means none fact z number null means 0 fact b boolean
	fact s text
	clause 1 when x >= 5 and s in ('甲', '乙') and (b or z < 2 or n > 1)$$),
('none', $$policy none 'none' fact n number null means none fact z number null means 0 fact w number null means none
	clause 1 when not (n > 1) and z < 3 and not (w > 1)$$),
('nulls', $$policy nulls 'nulls' fact n number null means none fact z number null means 0 clause 1 when not (n > 1)
	and z < 3$$),
('native', 'x >= 5'), ('absent', 'nothing > 1 or x > 5'), ('unbound', 'nothing > 1'),
	('ten', $$policy t 't' clause 1 when true$$);

CREATE FUNCTION pg_temp.filled(question text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	p public.policy_texts;
BEGIN
	FOR p IN SELECT * FROM public.policy_texts LOOP
		question := replace(question, '{' || p.name || '}', quote_literal(p.source) || '::zjtx.policy');
	END LOOP;
	RETURN question;
END $$;

-- The rows of a query, or of a table after a command, without regard to order.
CREATE FUNCTION pg_temp.outcome(query text, path text, setup text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	r record;
	found text[] := '{}';
	result text;
BEGIN
	EXECUTE 'SET LOCAL search_path = public, ' || path;
	IF setup IS NOT NULL THEN EXECUTE pg_temp.filled(setup); END IF;
	FOR r IN EXECUTE query LOOP found := found || r::text; END LOOP;
	SELECT string_agg(f, E'\n' ORDER BY f COLLATE "C") INTO result FROM unnest(found) f;
	RAISE EXCEPTION USING errcode = 'ZZZZZ', message = coalesce(result, '');
EXCEPTION WHEN SQLSTATE 'ZZZZZ' THEN
	RETURN sqlerrm;
WHEN OTHERS THEN
	RETURN sqlstate || ': ' || sqlerrm;
END $$;
-- The plan as one text.
CREATE FUNCTION pg_temp.plan_of(query text, setup text DEFAULT NULL) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	result text := '';
BEGIN
	SET LOCAL search_path = public, zjtx;
	IF setup IS NOT NULL THEN EXECUTE pg_temp.filled(setup); END IF;
	FOR line IN EXECUTE 'EXPLAIN (VERBOSE, COSTS OFF) ' || pg_temp.filled(query) LOOP result := result || line ||
		E'\n'; END LOOP;
	RAISE EXCEPTION USING errcode = 'ZZZZZ', message = result;
EXCEPTION WHEN SQLSTATE 'ZZZZZ' THEN
	RETURN sqlerrm;
END $$;
CREATE FUNCTION pg_temp.asked(query text, setup text DEFAULT NULL, OUT answer text) LANGUAGE plpgsql AS $$
DECLARE
	expected text := pg_temp.outcome(pg_temp.filled(query), 'plain', setup);
	found text := pg_temp.outcome(pg_temp.filled(query), 'zjtx', setup);
BEGIN
	answer := CASE WHEN expected = '' THEN 'nothing found' WHEN found <> expected THEN
		'DIFFERENT: not ' || (SELECT string_agg(line, ' ') FROM (SELECT unnest(string_to_array(expected, E'\n'))
			EXCEPT ALL SELECT unnest(string_to_array(found, E'\n')) LIMIT 3) e (line))
		|| ' but ' || (SELECT string_agg(line, ' ') FROM (SELECT unnest(string_to_array(found, E'\n')) EXCEPT ALL
			SELECT unnest(string_to_array(expected, E'\n')) LIMIT 3) e (line))
		WHEN found ~ '^[0-9A-Z]{5}: ' THEN found
		WHEN pg_temp.plan_of(query, setup) ~
			'(\m(eligible|placement|amount|amount_range|missing|judge|assess)\(| \|[=^#!] )' THEN 'left alone'
		ELSE 'rewritten' END;
END $$;
-- Forces parallel plans, with the setting's name in this server version.
CREATE FUNCTION pg_temp.set_parallel(mode text) RETURNS text LANGUAGE sql AS
	$$SELECT set_config(CASE WHEN current_setting('server_version_num')::int < 160000 THEN 'force_parallel_mode' ELSE
		'debug_parallel_query' END, mode, true)$$;

CREATE TABLE t (id int PRIMARY KEY, x int, n numeric, z numeric(10, 2), b boolean, s text, d date, l int[]);
INSERT INTO t SELECT i, (array[NULL, 4, 5, 6, -1, 0, 2])[1 + i % 7],
	(array[NULL, 1, 2, 'NaN', '-Infinity', 4]::numeric[])[1 + i % 6],
	(array[NULL, 1, 2.5, 'NaN']::numeric[])[1 + i % 4], (array[NULL, true, false])[1 + i % 3],
	(array[NULL, '甲', '乙', '丙'])[1 + i / 7 % 4],
	(array[NULL, '2023-12-31', '2024-01-01', 'infinity', '-infinity']::date[])[1 + i % 5],
	(array[NULL, '{}', '{1}', '{1,2}', '{NULL}'])[1 + i / 3 % 5]::int[]
	FROM generate_series(1, 210) i;
ANALYZE t;
CREATE VIEW v AS SELECT id AS key, x - 1 AS x, n * 2 AS n, s, b FROM t WHERE id > 3;
CREATE VIEW barrier WITH (security_barrier) AS SELECT * FROM t WHERE id % 3 = 0;
CREATE TABLE child (w numeric DEFAULT 7, extra text) INHERITS (t);
INSERT INTO child (id, x, s, w) SELECT 1000 + i, i, '甲', nullif(i, 3) FROM generate_series(1, 8) i;
CREATE TABLE parted (id int, gone int, x int, s text, n numeric, z numeric, b boolean) PARTITION BY RANGE (x);
CREATE TABLE part_low (b boolean, gone2 int, z numeric, n numeric, x int, s text, gone int, id int);
ALTER TABLE part_low DROP COLUMN gone2;
ALTER TABLE parted ATTACH PARTITION part_low FOR VALUES FROM (MINVALUE) TO (5);
CREATE TABLE part_high PARTITION OF parted DEFAULT;
INSERT INTO parted SELECT id, 0, x, s, n, z, b FROM t;
ALTER TABLE parted DROP COLUMN gone;
CREATE TABLE altered (id int, dropped int, x int);
INSERT INTO altered SELECT i, 99, i FROM generate_series(1, 9) i;
ALTER TABLE altered DROP COLUMN dropped, ADD COLUMN s text DEFAULT '甲', ADD COLUMN z int,
	ADD COLUMN b boolean DEFAULT true, ADD COLUMN d date;
CREATE FUNCTION rows_of(low int) RETURNS SETOF t LANGUAGE plpgsql STABLE
	AS $$ BEGIN RETURN QUERY SELECT * FROM t WHERE id < low; END $$;
CREATE FUNCTION inlined(low int) RETURNS SETOF t LANGUAGE sql STABLE AS $$ SELECT * FROM t WHERE id < low $$;
CREATE FUNCTION records(low int) RETURNS SETOF record LANGUAGE plpgsql
	AS $$ BEGIN RETURN QUERY SELECT id, x, n, s, b FROM t WHERE id < low; END $$;
CREATE TYPE pair AS (x int, s text);
CREATE DOMAIN good_pair AS pair CHECK ((value).x IS NULL OR (value).x > -5);
CREATE TABLE holder (id int, c pair, g good_pair, m pair[]);
INSERT INTO holder SELECT id, row(x, s)::pair, row(x, s)::pair, array[row(x, s)::pair] FROM t WHERE id < 40;
CREATE FUNCTION pairs() RETURNS SETOF pair LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY SELECT t.x, t.s FROM t; END $$;

-- Queries of every shape give the same answers as without the rewrite.
SELECT is(pg_temp.asked(query), expected, query) FROM (VALUES
('rewritten', 'SELECT id, t |= {p}, t |^ {p}, t |# {p}, t |! {p}, amount_range(t, {p}) FROM t'),
('rewritten', 'SELECT id, a.* FROM t, assess(t, {p}) a'), ('rewritten', 'SELECT id, (assess(t, {p})).* FROM t'),
	('rewritten', 'SELECT one.id, found.* FROM t one LEFT JOIN t two ON two.id = one.id + 1, assess(two, {p}) found'),
('rewritten', 'SELECT id, eligible(t, {p}), placement(t, {p}), amount(t, {p}), missing(t, {p}) FROM t'),
('rewritten', 'SELECT id, t |= {q}, t |= {none}, t |= {native}, t |= {absent}, t |! {absent} FROM t'),
('rewritten', 'SELECT id FROM t WHERE t |= {q}'),
('rewritten', 'SELECT id FROM t WHERE NOT (t |= {q})'),
('rewritten', 'SELECT id FROM t WHERE (t |= {q}) IS NULL'),
('rewritten', 'SELECT id FROM t WHERE (t |= {q}) IS NOT TRUE AND t |= {native} AND (t |= {p} OR t |= {none})'),
('rewritten', 'SELECT id FROM t WHERE (t |# {p}) > 5 ORDER BY t |# {p}, t |= {q} LIMIT 4'),
('rewritten', 'SELECT (t |^ {p}).code, (amount_range(t, {p})).high, t |= zjtx.as_of({p}, ''2024-06-30''), '
	't |= ({p} OPERATOR(zjtx.->) ''2''), t |# ({p} OPERATOR(zjtx.->) ''1'') FROM t'),
('rewritten', 'SELECT CASE WHEN t |= {q} THEN 1 WHEN t |= {p} THEN 2 ELSE 3 END, coalesce(t |= {q}, false) FROM t'),
-- no column gives a fact
('left alone', 'SELECT t |= {unbound}, t |! {unbound}, t |= {ten} FROM t'),
('left alone', 'SELECT t |= NULL::zjtx.policy FROM t'),
-- outer joins
('rewritten', 'SELECT a.id, e.id, e |= {p}, e |! {p}, e |= {none}, e |# {p}, e |= {q} FROM t a LEFT JOIN t e '
	'ON e.id = a.id * 2'),
('rewritten', 'SELECT a.id, e.id, e |= {p}, a |= {none} FROM t a FULL JOIN t e ON e.id = a.id * 2'),
('rewritten', 'SELECT a.id, e.id FROM t a LEFT JOIN t e ON e.id = a.id + 1 WHERE (e |= {q}) IS NULL'),
('rewritten', 'SELECT a.id, e.id FROM t a LEFT JOIN t e ON e.id = a.id + 1 AND e |= {q}'),
('rewritten', 'SELECT a.id, e.id FROM t a LEFT JOIN t e ON e.id = a.id * 2 WHERE e |= {nulls}'),
('left alone', 'SELECT a.id, e |= {none}, e |= {absent} FROM t a LEFT JOIN (SELECT id, x, n FROM t WHERE id < 50) e '
	'ON e.id = a.id'),
('left alone', 'SELECT a.id, e |= {none}, e |= {absent} FROM t a LEFT JOIN (SELECT id, x, n, z FROM t '
	'WHERE id < 50 OFFSET 0) e ON e.id = a.id'),
('left alone', 'SELECT a.id, e |= {none}, e |= {q}, e |! {none} FROM t a LEFT JOIN v e ON e.key = a.id * 2'),
('rewritten', 'SELECT a.id, e |= {none}, e |= {q} FROM t a LEFT JOIN barrier e ON e.id = a.id'),
('rewritten', 'SELECT e |= {none} FROM t a JOIN (SELECT q.* FROM t b LEFT JOIN (SELECT x, n, id, 1 AS w FROM t '
	'WHERE b) q ON q.id = b.id) e ON e.id = a.id'),
('rewritten', 'SELECT e.id, j.k FROM t e LEFT JOIN (SELECT e2.id AS k, e2 |= {none} AS ok FROM t e2) j '
	'ON j.k = e.id + 1 WHERE j.ok IS NULL'),
('rewritten', 'SELECT j |= {q} FROM (t a LEFT JOIN (SELECT id AS other, n AS w FROM t) b ON a.id = b.other - 5) j '
	'WHERE j.id > 3'),
-- grouping
('rewritten', 'SELECT e |= {q}, count(*) FROM t e GROUP BY 1'),
('rewritten', 'SELECT NOT (e |= {q}), count(*) FROM t e GROUP BY e |= {q} HAVING (e |= {q}) IS NOT NULL'),
('left alone', 'SELECT e |= {q}, e |= {none}, count(*) FROM t e GROUP BY ROLLUP(e)'),
('left alone', 'SELECT e |= {q}, e.id, e.s, grouping(e, e.id), count(*) FROM t e GROUP BY GROUPING SETS ((e), (e.id, '
	'e.s), (e, e.id))'),
('left alone', 'SELECT j |= {none}, count(*) FROM (t a JOIN (SELECT id AS other, 1 + 1 AS w FROM t) b '
	'ON a.id = b.other) j GROUP BY ROLLUP(j)'),
('left alone', 'SELECT r |= {none}, count(*) FROM (SELECT n, z, 1 + 1 AS w FROM t) r GROUP BY ROLLUP(r)'),
('rewritten', 'SELECT s, count(*), sum(e |# {p}) FROM t e WHERE e |= {p} GROUP BY ROLLUP(s)'),
('rewritten', 'SELECT e |= {q}, count(*) FROM t e GROUP BY ROLLUP(1)'),
('rewritten', 'SELECT (e |= {q}) IS NULL, s, count(*), sum(e |# {p}), grouping(e |= {q}, s) FROM t e WHERE e |= {p} '
	'GROUP BY CUBE(e |= {q}, s) HAVING (e |= {q}) OR NOT ((e |= {q}) AND s = ''甲'' AND count(*) > 3) OR count(*) > 20'),
('rewritten', 'SELECT (e |^ {p}).code, e |= {native}, count(*) FROM t e GROUP BY GROUPING SETS ((e |^ {p}), '
	'(e |= {native}), (e |^ {p}, e |= {native}), ()) HAVING e |= {native} OR (e |^ {p}).level IS NULL'),
('left alone', 'SELECT id, x, e |= {q}, count(*) FROM t e GROUP BY GROUPING SETS ((id, x), (id))'),
('rewritten', 'SELECT s, count(*) FILTER (WHERE e |= {p}), bool_or(e |= {q}), sum(e |# {p}) FROM t e GROUP BY s '
	'HAVING bool_or(e |= {p})'),
('rewritten', 'SELECT r |= {native}, r |! {q} FROM (SELECT s, sum(x) AS x, bool_or(b) AS b FROM t '
	'GROUP BY ROLLUP(s)) r'),
('rewritten', 'SELECT DISTINCT e |= {q}, e |^ {p} FROM t e'),
('rewritten', 'SELECT DISTINCT ON (e |^ {p}) e |^ {p} FROM t e ORDER BY e |^ {p}, id'),
('rewritten', 'SELECT id, rank() OVER (PARTITION BY e |= {q} ORDER BY e |# {p}, id), '
	'sum(e |# {p}) OVER (PARTITION BY s) FROM t e'),
('rewritten', 'SELECT r |= {q} FROM (SELECT x, s, z, b, row_number() OVER (ORDER BY id) AS n FROM t) r'),
-- subqueries
('rewritten', 'SELECT r |= {q}, r |= {none}, r |! {p} FROM (SELECT x + 1 AS x, s, n, 2 AS z FROM t) r'),
('rewritten', 'SELECT r |= {q}, r |= {none}, r |! {p} FROM (SELECT x + 1 AS x, s, n, 2 AS z FROM t OFFSET 0) r'),
('rewritten', 'SELECT r |= {p}, r |= {q} FROM (SELECT x AS "值", s, true AS b FROM t) r'),
('rewritten', 'SELECT r |= {p}, r |! {p} FROM (SELECT x AS "值", id AS x, s FROM t OFFSET 0) r'),
('42702: the fact "x" of policy "x >= 5" is ambiguous: two columns of the row give it',
	'SELECT r |= {native} FROM (SELECT a.x, b.x FROM t a JOIN t b USING (id)) r'),
('rewritten', 'SELECT r.id FROM t AS r (id, n, x, z) WHERE r |= {q}'),
('rewritten', 'SELECT row(x, s) |= ''f1 > 3 and f2 = ''''甲''''''::zjtx.policy FROM t'),
('left alone', 'SELECT r |= {native} FROM (SELECT random() AS r0, x FROM t) r WHERE row(random(), '
	'r.x) |= ''f2 > 3''::zjtx.policy'),
('left alone', 'SELECT id, (SELECT e |= {q}), (SELECT count(*) FROM t b WHERE b.id < e.id AND e |= {p}) FROM t e '
	'WHERE id < 40'),
('rewritten', 'SELECT a.id FROM t a WHERE EXISTS (SELECT FROM t e WHERE e.id = a.id + 1 AND e |= {q})'),
('rewritten', 'SELECT a.id FROM t a WHERE NOT EXISTS (SELECT FROM t e WHERE e.id = a.id + 1 AND e |= {p})'),
('rewritten', 'SELECT a.id FROM t a WHERE id IN (SELECT id + 1 FROM t e WHERE e |= {q}) OR id NOT IN (SELECT id '
	'FROM t e WHERE NOT (e |= {q}))'),
('rewritten', 'SELECT a.id FROM (SELECT id FROM t OFFSET 0) a, (SELECT id AS x, id AS id2 FROM t OFFSET 0) w '
	'WHERE a.id = w.id2 AND (a.id = 2 OR EXISTS (SELECT FROM (SELECT 1 AS one) u, (SELECT id AS k, n AS y, x '
	'FROM t OFFSET 0) kk WHERE kk |= {native} AND kk.k = a.id))'),
('left alone', 'SELECT l.ok FROM t a, LATERAL (SELECT a |= {q} AS ok, e |= {p} FROM t e WHERE e.id = a.id OFFSET 0) l'),
('rewritten', 'SELECT l.ok FROM t a, LATERAL (SELECT a |= {q} AS ok, e |= {p} FROM t e WHERE e.id = a.id) l'),
('rewritten', 'WITH e AS MATERIALIZED (SELECT * FROM t) SELECT e |= {q}, e |! {p} FROM e'),
('rewritten', 'WITH e AS (SELECT x, s, n FROM t) SELECT e |= {q}, e |! {p} FROM e'),
('rewritten', 'WITH RECURSIVE e AS (SELECT 1 AS x, ''甲'' AS s UNION ALL SELECT x + 1, s FROM e WHERE x < 9 '
	'AND (e |= {native}) IS NOT TRUE) SELECT x, e |= {q} FROM e'),
('rewritten', 'SELECT u |= {q}, u |! {q} FROM (SELECT x, s, b FROM t UNION ALL SELECT id, s, true FROM t '
	'WHERE id < 9) u'),
('rewritten', 'SELECT u |= {q} FROM (SELECT x, s, b FROM t UNION SELECT 3, ''甲'', true) u WHERE u |= {native}'),
('rewritten', 'SELECT e |= {q} FROM t e UNION ALL SELECT e |= {p} FROM v e'),
('rewritten', 'SELECT v |= {native}, v |! {q} FROM (VALUES (1, ''甲''), (5, ''乙''), (NULL, ''甲'')) v (x, s)'),
('rewritten', 'SELECT e |= {q}, e |! {q} FROM rows_of(30) e'),
('rewritten', 'SELECT e |= {q}, e |! {q} FROM inlined(30) e'),
('rewritten', 'SELECT e |= {native} FROM generate_series(1, 9) WITH ORDINALITY e (x, id)'),
('rewritten', 'SELECT e |= {q}, e |! {q} FROM records(30) e (id int, x int, n numeric, s text, b boolean)'),
('rewritten', 'SELECT e |= {q} FROM ROWS FROM (rows_of(9), generate_series(1, 12)) e'),
('rewritten', 'SELECT e |= {native}, e |! {q} FROM jsonb_to_recordset(''[{"x": 5}, {"s": "甲"}, {}]'') e (x int, '
	's text)'),
('rewritten', 'SELECT e |= {native} FROM json_populate_recordset(NULL::pair, ''[{"x": 5}, {"s": "甲"}, {}]'') e'),
('rewritten', 'SELECT pairs |= {q} FROM pairs()'),
('left alone', 'SELECT c |= {q}, g |= {q}, m[1] |= {native} FROM holder'),
-- views, tables of many kinds
('rewritten', 'SELECT key, v |= {q}, v |= {none}, v |! {p} FROM v'),
('rewritten', 'SELECT key FROM v WHERE v |= {q}'),
('rewritten', 'SELECT id FROM barrier e WHERE e |= {q}'),
('rewritten', 'SELECT tableoid::regclass, id, e |= {q}, e |! {p} FROM t e WHERE id > 200'),
('rewritten', 'SELECT id FROM child e WHERE e |= {none}'),
('rewritten', 'SELECT id, e |= {q}, e |! {p} FROM parted e'),
('rewritten', 'SELECT id FROM parted e WHERE e |= {q}'),
('rewritten', 'SELECT id, e |= {q}, e |! {p} FROM altered e WHERE e |= {native}'),
('rewritten', 'SELECT p |= {native}, p |! {q} FROM holder h, unnest(h.m) p'),
('rewritten', 'SELECT id FROM t TABLESAMPLE SYSTEM (100) WHERE t |= {q}'),
('rewritten', 'SELECT id FROM t WHERE t |= {q} FOR UPDATE'),
-- other policies in other rows, which read all columns
('rewritten', 'SELECT p.name, t.id, t |= p.source::zjtx.policy FROM t JOIN policy_texts p '
	'ON t |= p.source::zjtx.policy WHERE p.name <> ''native'''),
('rewritten', 'SELECT t.id FROM t WHERE t |= (SELECT source::zjtx.policy FROM policy_texts WHERE name = ''q'')'),
('rewritten', 'SELECT p.name, t.id, t |= doc, t |# doc, t |! doc, amount_range(t, doc) FROM t, policy_texts p, '
	'LATERAL (SELECT p.source::zjtx.policy AS doc OFFSET 0) r'),
('rewritten', 'SELECT t.id, t |^ p.source::zjtx.policy FROM t, policy_texts p WHERE p.name IN (''p'', ''ladders'')'),
('rewritten', 'SELECT p.name, a.id, e.id, e |= p.source::zjtx.policy, e |! p.source::zjtx.policy FROM t a '
	'LEFT JOIN t e ON e.id = a.id * 2, policy_texts p'),
('rewritten', 'SELECT p.name, t.id, a.* FROM policy_texts p, t, assess(t, p.source::zjtx.policy) a'),
('rewritten', 'SELECT t.id, t |= (p.source::zjtx.policy OPERATOR(zjtx.->) ''1'') FROM policy_texts p, t '
	'WHERE p.name = ''p'''),
('rewritten', 'SELECT p.name, e.key, e |= p.source::zjtx.policy, e |! p.source::zjtx.policy FROM v e, policy_texts p'),
('rewritten', 'SELECT p.name, e.id, e |= p.source::zjtx.policy, e |! p.source::zjtx.policy FROM parted e, '
	'policy_texts p'),
('rewritten', 'SELECT p.name, e.id, e |= p.source::zjtx.policy FROM altered e, policy_texts p'),
('rewritten', 'SELECT p.name, e.id, e |= p.source::zjtx.policy FROM child e, policy_texts p'),
('rewritten', 'SELECT p.name, e.id, e |= p.source::zjtx.policy FROM records(30) e (id int, x int, n numeric, s text, '
	'b boolean), policy_texts p'),
('rewritten', 'SELECT e |= p.source::zjtx.policy, count(*) FROM t e, policy_texts p '
	'GROUP BY ROLLUP(e |= p.source::zjtx.policy)'),
('left alone', 'SELECT p.name, h.id, c |= p.source::zjtx.policy FROM holder h, policy_texts p'),
('left alone', 'SELECT t.id, t |= ANY (ARRAY[{q}, {p}]) FROM t'),
-- a document for each row, by its name
('rewritten', 'SELECT p.code, t.id, t |= p.code, t |# p.code, t |! p.code FROM t, zjtx.policies p '
	'WHERE p.code IN (''miit-2022-63'', ''dazu-2022-92'')'),
-- changes
('rewritten', 'UPDATE t e SET x = x + 1 WHERE e |= {q} RETURNING id, e |= {q}, e |! {p}'),
('rewritten', 'UPDATE t e SET x = f.x FROM t f WHERE f.id = e.id + 1 AND f |= {q} RETURNING e.id, e |= {q}, f |= {p}'),
('rewritten', 'DELETE FROM t e WHERE e |= {q} RETURNING id, e |= {p}, e |^ {p}'),
('rewritten', 'UPDATE parted e SET x = 11 - x WHERE (e |= {q}) IS NOT FALSE RETURNING id, e |= {q}, e |= {none}'),
('rewritten', 'DELETE FROM parted e WHERE e |= {q} RETURNING id, e |= {none}'),
('rewritten', 'INSERT INTO t SELECT id + 500, x + 1, n, z, b, s FROM t e WHERE e |= {q} RETURNING id, t |= {q}, '
	't |! {p}'),
('rewritten', 'INSERT INTO t AS e SELECT id, x + 1, n, z, b, s FROM t ON CONFLICT (id) DO UPDATE SET x = excluded.x '
	'WHERE e |= {q} OR excluded |= {native} RETURNING id, e |= {q}'),
('rewritten', 'WITH changed AS (DELETE FROM t e WHERE e |= {nulls} RETURNING e.*) SELECT changed |= {q} FROM changed'))
	q (expected, query);

-- The server version decides which of these are rewritten; the answers are the same.
SELECT ok(pg_temp.asked(query) IN ('rewritten', 'left alone'), query) FROM (VALUES
('SELECT e |= {q}, e |= {none}, count(*) FROM t e GROUP BY e'),
('SELECT e |= {q}, e |= {none}, count(*) FROM t e GROUP BY e HAVING (e |= {p}) IS NOT TRUE'),
('SELECT NOT (e |= {q}), e |^ {p}, count(*) FROM t e GROUP BY CUBE(e |= {q}, e |^ {p})')) q (query);

-- Rows before and after a command, which 18 can return.
SELECT is(CASE WHEN current_setting('server_version_num')::int < 180000 THEN 'rewritten' ELSE pg_temp.asked(query) END,
	'rewritten', query) FROM (VALUES
('UPDATE t e SET x = x + 1 RETURNING id, old |= {q}, new |= {q}, old |! {p}, new |= {none}, e |= {native}'),
('INSERT INTO t AS e SELECT id + 105, x + 1, n, z, b, s FROM t WHERE id < 200 ON CONFLICT (id) DO UPDATE '
	'SET x = excluded.x RETURNING id, old |= {q}, new |= {q}, old |= {none}'),
('DELETE FROM t RETURNING id, old |= {q}, new |= {none}'),
('UPDATE parted e SET x = 11 - x RETURNING id, old |= {q}, new |= {q}, old |= {native}, new |= {none}')) q (query);

-- Answers under other planner settings.
SELECT is(pg_temp.asked('SELECT s, e |= {q}, count(*), sum(e |# {p}) FROM t e GROUP BY s, e |= {q}', setup),
	'rewritten', setup) FROM (VALUES
('SET LOCAL parallel_setup_cost = 0; SET LOCAL parallel_tuple_cost = 0; SET LOCAL min_parallel_table_scan_size = 0; '
	'SELECT pg_temp.set_parallel(''on'')'),
('SELECT pg_temp.set_parallel(''regress''); SET LOCAL enable_hashagg = off'),
('SET LOCAL jit_above_cost = 0'), ('SET LOCAL enable_hashagg = off')) s (setup);
SELECT is(pg_temp.asked('SELECT e.id FROM t e JOIN t f ON f.id = e.id + 6 AND f |= {q} WHERE e |= {p}', setup),
	'rewritten', setup) FROM (VALUES
('SET LOCAL enable_hashjoin = off'), ('SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off'),
	('SET LOCAL enable_seqscan = off')) s (setup);

-- Objects that contain a question.
SELECT is(pg_temp.asked(query, setup), expected, setup) FROM (VALUES
('rewritten', 'CREATE VIEW asked AS SELECT id, e |= {q} AS ok, e |^ {p} AS rung FROM t e',
	'SELECT * FROM asked WHERE ok'),
('rewritten', 'CREATE FUNCTION asked(e t) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT e |= {q} $$',
	'SELECT id, asked(t) FROM t'),
('rewritten', 'CREATE FUNCTION asked(e t) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT e |= {q} '
	'AND e.id > 20 $$', 'SELECT id FROM t WHERE asked(t)'),
('rewritten', 'CREATE FUNCTION asked() RETURNS SETOF t LANGUAGE sql STABLE AS $$ SELECT * FROM t e WHERE e |= {q} $$',
	'SELECT * FROM asked() e WHERE e |= {p}'),
('rewritten', 'CREATE FUNCTION asked(e t) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN e |= {q}; '
	'END $$', 'SELECT id, asked(t) FROM t'),
('rewritten', 'CREATE FUNCTION asked(p zjtx.policy) RETURNS SETOF int LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN QUERY '
	'SELECT id FROM t e WHERE e |= p; END $$',
	'SELECT asked({q}) UNION ALL SELECT asked({p}) UNION ALL SELECT asked({native}) UNION ALL SELECT asked({q})'),
('rewritten', 'CREATE FUNCTION asked(e t, p zjtx.policy) RETURNS boolean LANGUAGE plpgsql STABLE '
	'AS $$ BEGIN RETURN e |= p; END $$',
	'SELECT name, id, asked(t, source::zjtx.policy) FROM t, policy_texts')
) o (expected, setup, query);
SELECT is(CASE WHEN :'since_15' OR setup !~ 'MERGE' THEN pg_temp.asked('SELECT id, x, s FROM made', setup) ELSE
	'rewritten' END,
	'rewritten', setup) FROM (VALUES
('CREATE TABLE made (LIKE t); INSERT INTO made SELECT * FROM t; UPDATE made SET x = 1 WHERE made |= {q}'),
('CREATE TABLE made (LIKE t); MERGE INTO made USING t ON made.id = t.id WHEN NOT MATCHED AND t |= {q} THEN INSERT '
	'VALUES (t.id, t.x); '
	'MERGE INTO made m USING t ON m.id = t.id WHEN MATCHED AND m |= {native} AND (t |= {none}) IS NULL THEN UPDATE '
	'SET s = ''found'' WHEN MATCHED AND m |= {native} THEN DELETE'),
('CREATE TABLE made (LIKE t); CREATE FUNCTION marks() RETURNS trigger LANGUAGE plpgsql '
	'AS $$ BEGIN NEW.s := NEW.s || ''!''; RETURN NEW; END $$; '
	'CREATE TRIGGER marks BEFORE INSERT ON made FOR EACH ROW WHEN (NEW |= {q}) EXECUTE FUNCTION marks(); '
	'CREATE TRIGGER marks_too BEFORE UPDATE ON made FOR EACH ROW WHEN ((OLD |= {none}) IS DISTINCT '
	'FROM (NEW |= {none})) EXECUTE FUNCTION marks(); '
	'INSERT INTO made SELECT * FROM t; UPDATE made SET n = n + 1'),
('CREATE TABLE made (LIKE t); INSERT INTO made SELECT * FROM t; CREATE RULE asked AS ON UPDATE TO made '
	'WHERE NEW |= {q} DO INSTEAD NOTHING; UPDATE made SET x = x + 1, s = ''甲'''),
('CREATE TABLE made (LIKE t); CREATE POLICY asked ON made USING (made |= {q}); '
	'ALTER TABLE made ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; '
	'INSERT INTO made SELECT * FROM t; GRANT SELECT ON made TO public; GRANT SELECT ON policy_texts TO public; '
	'GRANT USAGE ON SCHEMA plain TO public; SET LOCAL ROLE pg_monitor')) o (setup);

-- A CHECK accepts undecided rows, and constraint exclusion takes this into account.
SELECT is(pg_temp.outcome(pg_temp.filled(query), path, $$CREATE TABLE made (LIKE t, CHECK (made |= {q}))$$),
	'23514: new row for relation "made" violates check constraint "made_check"', query)
	FROM (VALUES ('zjtx'), ('plain')) p (path), (VALUES ('INSERT INTO made SELECT * FROM t RETURNING 1'),
	('INSERT INTO made VALUES (1, 4) RETURNING 1')) q (query);
SELECT is(pg_temp.asked('INSERT INTO made SELECT * FROM t WHERE (t |= {q}) IS NOT FALSE RETURNING id',
	$$CREATE TABLE made (LIKE t, CHECK (made |= {q}))$$), 'rewritten', 'what a CHECK lets pass');
SELECT unalike(pg_temp.plan_of('SELECT * FROM made WHERE x = 4',
	$$CREATE TABLE made (LIKE t, CHECK (made |= {q})); SET LOCAL constraint_exclusion = on$$), '%Seq Scan%',
	'a CHECK excludes');
SELECT alike(pg_temp.plan_of('SELECT * FROM made WHERE x = ' || x,
	$$CREATE TABLE made (LIKE t, CHECK (made |= {q})); SET LOCAL constraint_exclusion = on$$), '%Scan%',
	'but no more than it does') FROM (VALUES (-1), (5)) v (x);

-- Indexes on an answer, and partial indexes on rows that satisfy a policy.
CREATE FUNCTION pg_temp.index_setup(path text) RETURNS text LANGUAGE sql AS
	$$SELECT
		'CREATE TABLE made (LIKE t); INSERT INTO made SELECT * FROM t; '
		'CREATE INDEX made_ok ON made (id) WHERE made |= {q}; CREATE INDEX made_rung ON made ((made |^ {p}));'
		' INSERT INTO made SELECT id + 1000, x + 1, n, z, b, s FROM t; '
		'DELETE FROM made WHERE id % 3 = 0; REINDEX TABLE made; SET LOCAL enable_seqscan = off'$$;
SELECT is(pg_temp.asked(query, pg_temp.index_setup('zjtx')), 'rewritten', query)
	FROM (VALUES ('SELECT id FROM made e WHERE e |= {q} AND id < 1100'),
	('SELECT id FROM made e WHERE (e |^ {p}) = (2, ''two'', ''B'')::zjtx.placement')) q (query);
SELECT alike(pg_temp.plan_of('SELECT id FROM made e WHERE e |= {q} AND id < 100', pg_temp.index_setup('zjtx')),
	'%made_ok%', 'a partial index is used');
SELECT alike(pg_temp.plan_of('SELECT id FROM made e WHERE (e |^ {p}) = (2, ''two'', ''B'')::zjtx.placement',
	pg_temp.index_setup('zjtx')), '%made_rung%', 'an index on an answer is used');

-- More facts than a function can have arguments.
CREATE FUNCTION pg_temp.wide(facts int) RETURNS text LANGUAGE sql AS $$
	SELECT
		format('SELECT r |= ''%s''::zjtx.policy, r |! ''%1$s''::zjtx.policy '
			'FROM (SELECT %s FROM generate_series(1, 3) g OFFSET 0) r',
		string_agg(format('f%s > %s', i, i % 3), ' and '), string_agg(format('g + %s AS f%s', i % 5, i), ', ')) FROM
			generate_series(1, facts) i $$;
SELECT is(pg_temp.asked(pg_temp.wide(98)), 'rewritten', '98 facts');
SELECT is(pg_temp.asked(pg_temp.wide(99)), 'left alone', '99 facts');

-- A policy that is no constant reads all columns.  Dropped ones are left out, and names are found as in the row.
CREATE FUNCTION pg_temp.columns_setup(columns text) RETURNS text LANGUAGE sql AS
	$$SELECT 'CREATE TABLE made (id int, gone text, ' || columns || '); ALTER TABLE made DROP COLUMN gone; '
		'INSERT INTO made SELECT i FROM generate_series(1, 9) i; UPDATE made SET x = id'$$;
SELECT is(pg_temp.asked('SELECT id, p.name, e |= p.source::zjtx.policy, e |! p.source::zjtx.policy '
	'FROM made e, policy_texts p', pg_temp.columns_setup(columns)), expected, left(columns, 50)) FROM (VALUES
	('rewritten', 'x int, b boolean, s text'), ('rewritten', 'x int, "值" int'),
	('rewritten', 'v int, "值" int GENERATED ALWAYS AS (id) STORED, x int'),
	('rewritten', '"the value" int, x numeric(8, 2)'), ('rewritten', 'x int, "* x" text, "#1" text, "x y" text'),
	('left alone', 'x int, "a:b" int'),
	('42804: column "x" of type text cannot give the fact "x" of policy "p"', 'x text'),
	('rewritten', 'x int, ' || (SELECT string_agg('c' || i || ' int', ', ') FROM generate_series(1, 96) i)),
	('left alone', 'x int, ' || (SELECT string_agg('c' || i || ' int', ', ') FROM generate_series(1, 97) i)))
	v (expected, columns);

-- Errors are the same and occur at execution.
SELECT is(pg_temp.asked(query), message, query) FROM (VALUES
('42804: column "x" of type text cannot give the fact "x" of policy "x >= 5"',
	'SELECT r |= {native} FROM (SELECT x::text AS x FROM t) r'),
('42804: column "值" of type text cannot give the fact "x" of policy "p"',
	'SELECT r |# {p} FROM (SELECT x::text AS "值", s FROM t OFFSET 0) r'),
('22023: policy "q" has no ladder', 'SELECT t |^ {q} FROM t'),
('42704: there is no stored policy "nowhere"', 'SELECT t |= ''nowhere'' FROM t'),
('42704: there is no stored policy "nowhere"', 'SELECT t |= ''nowhere/1'' FROM t')) q (message, query);
SELECT ok(pg_temp.plan_of('SELECT r |= {native} FROM (SELECT x::text AS x FROM t) r') IS NOT NULL,
	'a query that would fail can be planned');

-- Types of columns.
SET LOCAL search_path = public;
CREATE EXTENSION citext;
CREATE COLLATION fold (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE DOMAIN amount_domain AS numeric(8, 2);
CREATE DOMAIN flag AS boolean;
CREATE DOMAIN word AS varchar(9);
CREATE TYPE size AS ENUM ('micro', 'small', '大型');
CREATE TYPE lease AS (area numeric, owner text);
CREATE TABLE typed (key int, i2 smallint, i8 bigint, f4 real, f8 double precision, dom amount_domain, ok flag, w word,
	c char(5), e size, ci citext, nd text COLLATE fold,
	ts timestamp, j jsonb, a lease[], nm name);
INSERT INTO typed SELECT i, i, i, (array[0.1, 'NaN', 'Infinity', 3])[1 + i % 4],
	(array[0.1, 'NaN', '-Infinity', 3])[1 + i % 4], i, i % 2 = 0, (array['甲', '乙 '])[1 + i % 2], 'ab',
	(array['micro', '大型'])[1 + i % 2]::size,
	(array['A', 'a'])[1 + i % 2], (array['A', 'a'])[1 + i % 2], timestamp '2024-01-01' + i * interval '12 hours',
	(array['[{"area": 3}]', '[]', NULL, '[null]'])[1 + i % 4]::jsonb, array[row(i, 'state')::lease, NULL], 'ab'
	FROM generate_series(1, 12) i;
INSERT INTO typed (key) VALUES (0);
SELECT is(pg_temp.asked(format('SELECT key, t |= %1$L::zjtx.policy, t |! %1$L::zjtx.policy FROM typed t UNION ALL '
	'SELECT key, NULL, NULL FROM typed t WHERE t |= %1$L::zjtx.policy', rule)), 'rewritten', rule) FROM (VALUES
('i2 >= 5.5'), ('i8 < 9 and i2 <> 3'), ('f4 > 0.1'), ('f8 <= 0.1'), ('dom >= 5.00'), ('ok'), ('not ok and ok'),
	($$w = '甲'$$), ($$w in ('乙 ', '丙')$$), ($$c = 'ab'$$), ($$e = '大型'$$), ($$e in ('micro', 'big')$$),
($$ci = 'A'$$), ($$nd = 'A'$$), ('ts >= 2024-01-03'), ($$nm = 'ab'$$),
	($$policy j 'j' fact j list (area number) null means none clause 1 when sum(j: area) >= 3$$),
($$policy a 'a' fact a list (area number, owner text) clause 1 when any(a where owner = 'state': area > 3)$$)) r (rule);

-- Names: the plan contains the policy, but not the day.
SET LOCAL search_path = public, zjtx;
SELECT is(store(format($$policy rw-%1$s 'rw' in force from 202%1$s-01-01 series rw-series fact x number fact d date
	fact s text
	clause 1 reward when x >= %1$s and d <= as_of pay %1$s元 clause 2 when s = '甲' ladder 'L' rung one 'A' when x >
		%1$s$$,
	i)), 'rw-' || i, 'stored') FROM generate_series(3, 5) i;
SELECT is(pg_temp.asked(query, setup), expected, concat_ws('; ', setup, query)) FROM (VALUES
	('rewritten', $$SELECT id, a.*, judge(t, 'rw-4') FROM t, assess(t, 'rw-4') a$$),
	('rewritten', $$SELECT id, t |= 'rw-4', t |= 'rw-4/1', t |# 'rw-4', t |^ 'rw-4', t |! 'rw-4', t |= 'rw-4/one',
		amount_range(t, 'rw-4/1') FROM t$$),
	('rewritten', $$SELECT id FROM t WHERE t |= 'rw-4/1'$$), ('rewritten', $$SELECT id FROM t WHERE t |= 'rw-4/one'$$),
	('rewritten', $$SELECT id, t |= 'rw-series', t |# 'rw-series', t |^ 'rw-series', t |! 'rw-series' FROM t$$),
	('rewritten', $$SELECT id, r |= 'rw-series', r |# 'rw-series/1', r |! 'rw-series', r |= 'rw-4'
		FROM (SELECT id, x, s, d - 7 AS d, date '2022-06-01' + id * 10 AS as_of FROM t) r$$),
	('rewritten', $$SELECT id, r |= zjtx.as_of({p}, '2024-03-01'), r |# zjtx.as_of({p}, '2023-03-01') FROM t r$$),
	('rewritten', $$SELECT id FROM t WHERE t |= zjtx.as_of('policy a ''a'' fact d date '
		'clause 1 when d + 30日 > as_of and d <= as_of'::zjtx.policy, '2024-01-02')$$)) q (expected, query),
	(VALUES (NULL), ('SET LOCAL zjtx.as_of = ''2024-01-01''')) s (setup);
SELECT is(pg_temp.asked($$SELECT id, r |= zjtx.as_of(zjtx.stored('rw-series'), '2024-03-01') FROM t r$$), 'rewritten',
	'stored() of a constant');

-- Prepared statements with generic and custom plans; the setting changes in between.
CREATE FUNCTION pg_temp.runs(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	r record;
	result text := '';
BEGIN
	FOR r IN EXECUTE statement LOOP result := concat_ws(' ', result, r::text); END LOOP;
	RETURN result;
END $$;
CREATE FUNCTION pg_temp.prepared(mode text, path text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM set_config('plan_cache_mode', mode, true), set_config('search_path', 'public, ' || path, true);
	SET LOCAL zjtx.as_of = '2025-06-30';
	CREATE TABLE made AS SELECT id, x, d FROM public.t WHERE id < 30;
	PREPARE of_name AS SELECT count(*) FILTER (WHERE made |= 'rw-4/1'), sum(made |# 'rw-4'), count(*) FILTER (WHERE
		made |= 'rw-series/1') FROM made;
	PREPARE of_policy (zjtx.policy) AS SELECT count(*) FROM made WHERE made |= $1;
	PREPARE of_text (text) AS SELECT count(*) FROM made WHERE made |= $1;
	FOR i IN 1..3 LOOP
		RETURN NEXT pg_temp.runs('EXECUTE of_name') || pg_temp.runs('EXECUTE of_policy (''x >= 5'')') ||
			pg_temp.runs('EXECUTE of_policy (''x >= 2'')') || pg_temp.runs('EXECUTE of_text (''rw-5/1'')');
	END LOOP;
	SET LOCAL zjtx.as_of = '2023-12-31';
	RETURN NEXT pg_temp.runs('EXECUTE of_name');
	SET LOCAL zjtx.as_of = '2025-06-30';
	PERFORM zjtx.store('policy rw-4 ''again'' fact x number clause 1 reward when x >= 5 pay 7元');
	RETURN NEXT pg_temp.runs('EXECUTE of_name');
	ALTER TABLE made ALTER COLUMN x TYPE numeric USING x + 0.5;
	RETURN NEXT pg_temp.runs('EXECUTE of_name') || pg_temp.runs('EXECUTE of_policy (''x >= 5'')') ||
		pg_temp.runs('EXECUTE of_text (''rw-4'')');
	ALTER TABLE made ALTER COLUMN x TYPE text;
	RETURN NEXT pg_temp.error_of('EXECUTE of_policy (''x >= 5'')');
	ALTER TABLE made DROP COLUMN x;
	RETURN NEXT pg_temp.runs('EXECUTE of_policy (''x >= 5'')');
	ALTER TABLE made ADD COLUMN x int DEFAULT 5;
	RETURN NEXT pg_temp.runs('EXECUTE of_policy (''x >= 5'')');
	DEALLOCATE ALL;
	RAISE EXCEPTION 'undo' USING errcode = 'ZZZZZ';
EXCEPTION WHEN SQLSTATE 'ZZZZZ' THEN NULL;
END $$;
SELECT results_eq(format('SELECT * FROM pg_temp.prepared(%L, ''zjtx'')', mode),
	'SELECT * FROM pg_temp.prepared(''auto'', ''plain'')', mode)
	FROM (VALUES ('auto'), ('force_generic_plan'), ('force_custom_plan')) m (mode);
SELECT is(array(SELECT pg_temp.prepared('auto', 'zjtx')), ARRAY[' (5,20.00,3) (8) (17) (3)',
	' (5,20.00,3) (8) (17) (3)', ' (5,20.00,3) (8) (17) (3)',
	' (2,8.00,2)', ' (8,56.00,3)', ' (8,56.00,3) (8) (8)',
	E'42804: column "x" of type text cannot give the fact "x" of policy "x >= 5"\nDETAIL: The fact is a number.\nHINT: '
	'Read the texts in a view, with zjtx.to_amount(x).', ' (0)', ' (29)'], 'and these are the answers');

-- A composite type without a table gains the missing column.
CREATE TYPE growing AS (y int);
CREATE FUNCTION grown() RETURNS SETOF growing LANGUAGE plpgsql
	AS $$ BEGIN RETURN QUERY EXECUTE 'SELECT (jsonb_populate_record(NULL::growing, ''{"x": 7, "y": 1}'')).*'; END $$;
PREPARE growing AS SELECT g |= 'x > 5 or y > 5'::policy FROM grown() g;
SELECT results_eq('EXECUTE growing', 'VALUES (NULL::boolean)', 'an attribute is absent');
ALTER TYPE growing ADD ATTRIBUTE x int;
SELECT results_eq('EXECUTE growing', 'VALUES (true)', 'and there is one for a prepared statement');

-- A plan that was not invalidated fails once and is then replanned.
SET LOCAL search_path = public, zjtx;
ALTER TABLE policies DISABLE TRIGGER changed;
PREPARE folded AS SELECT count(*) FROM t WHERE t |= 'rw-4/1';
PREPARE folded_amount AS SELECT max(t |# 'rw-4') FROM t;
SELECT results_eq('EXECUTE folded', 'SELECT count(*) FROM t WHERE x >= 4 AND d <= ''2025-06-30'' AND isfinite(d)',
	'a name is folded');
SELECT results_eq('EXECUTE folded_amount', 'VALUES (4.00)', 'and one for an amount');
UPDATE policies SET doc = 'policy rw-4 ''r'' fact x number clause 1 reward when x >= 6 pay 7元' WHERE code = 'rw-4';
SELECT is(pg_temp.error_of(query), message, query) FROM (VALUES
	('EXECUTE folded', E'40001: policy "rw-4/1" has changed since the statement was planned\nHINT: Run the statement '
	'again.'),
	('EXECUTE folded_amount', 'no error')) q (query, message);
SELECT results_eq('EXECUTE folded', 'SELECT count(*) FROM t WHERE x >= 6', 'the plan is made anew');
SELECT results_eq('EXECUTE folded_amount', 'VALUES (7.00)', 'so are all plans with a stored policy');

-- Leaky functions see no hidden rows.
SET LOCAL search_path = public, zjtx;
CREATE TABLE hidden AS SELECT * FROM t;
CREATE POLICY visible ON hidden USING (hidden |= 'x >= 5');
SELECT lives_ok($$DROP POLICY visible ON hidden; CREATE POLICY visible ON hidden USING (hidden |=
	'x >= 5'::zjtx.policy)$$, 'a row policy by a policy');
ALTER TABLE hidden ENABLE ROW LEVEL SECURITY;
CREATE TABLE leaked (id int);
CREATE FUNCTION leaks(id int) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 SECURITY DEFINER
	AS $$ BEGIN INSERT INTO public.leaked VALUES (id); RETURN true; END $$;
CREATE VIEW barrier_hidden WITH (security_barrier) AS SELECT * FROM t e WHERE e |= 'x >= 5'::zjtx.policy;
CREATE VIEW barrier_native WITH (security_barrier) AS SELECT * FROM t WHERE id < 20;
GRANT SELECT ON hidden, barrier_hidden, barrier_native TO public;
SET LOCAL ROLE pg_monitor;
SELECT is((SELECT count(*) FROM public.hidden WHERE public.leaks(id)), 64::bigint, 'rows of a row policy');
SELECT is((SELECT count(*) FROM public.barrier_hidden WHERE public.leaks(id)), 64::bigint, 'rows of a barrier');
RESET ROLE;
SELECT is((SELECT count(*) FROM leaked), 128::bigint, 'nothing else was seen');
SELECT alike(pg_temp.plan_of('SELECT * FROM barrier_native e WHERE e |= {q}'),
	'%Filter: zjtx_internal.eligible_facts%Append%Filter: %t_1.x >= 5%',
	'a question stays above a barrier, what cannot leak goes below');

-- Views keep the original text.
CREATE VIEW kept AS SELECT id FROM t e WHERE e |= 'x >= 5'::policy AND (e |# 'rw-4') > 3;
SELECT is(replace(pg_get_viewdef('kept'), 'SELECT e.id', 'SELECT id'),
	E' SELECT id\n   FROM t e\n  WHERE ((e.* |= ''x >= 5''::policy) AND ((e.* |# ''rw-4''::text) > (3)::numeric));',
	'the view as it was written');
SELECT alike(pg_temp.plan_of('SELECT * FROM kept'), $$%(e_1.x >= 5)%amount_facts('rw-4'::text, '#% x'::text, e_1.x)%$$,
	'and as it is planned');

SELECT * FROM finish();
ROLLBACK;
