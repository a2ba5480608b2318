\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(75);
-- A policy by value has no day.
SET LOCAL client_min_messages = error;
SET LOCAL jit = off;
SET LOCAL zjtx.as_of = '2025-06-30';
SET LOCAL max_parallel_workers_per_gather = 0;

-- Only the columns that a rule reads are fetched from a wide table: the facts of yubei-2024-34 among 300 columns, some
-- of them texts stored out of line.

\i sql/random.psql
SELECT format('SELECT f.id, %s, %s, %s FROM pg_temp.firm f WHERE id <= 60',
	(SELECT string_agg(format('repeat(md5(id || %L), 150) AS report_%s', i, i), ', ') FROM generate_series(1, 5) i),
	(SELECT string_agg(format('(id %% %s)::int2 AS figure_%s', i, i), ', ') FROM generate_series(1, 248) i),
	string_agg(CASE type WHEN 'list' THEN format('e -> %L AS %I', name, name) ELSE format('(e ->> %L)::%s AS %I', name,
	CASE type WHEN 'number' THEN 'numeric' ELSE type END, name) END, ', ')) AS rows
FROM facts WHERE policy = 'yubei-2024-34' AND name !~ '\.' \gset
CREATE TABLE wide AS :rows LIMIT 0;
SELECT string_agg(format('ALTER TABLE wide ALTER report_%s SET STORAGE external', i), ';') AS external
	FROM generate_series(1, 5) i \gset
:external;
SELECT string_agg(format('ALTER TABLE wide ALTER %I SET STORAGE main', attname), ';') AS internal FROM pg_attribute
	WHERE attrelid = 'wide'::regclass AND atttypid = 'jsonb'::regtype \gset
:internal;
INSERT INTO wide :rows;
CREATE INDEX wide_revenue ON wide (main_revenue);
ANALYZE wide;
SELECT is((SELECT count(*) FROM pg_attribute WHERE attrelid = 'wide'::regclass AND attnum > 0), 302::bigint,
	'a wide table');

-- The number of blocks of a TOAST table that a query reads.
CREATE FUNCTION pg_temp.outside(query text, tbl regclass DEFAULT 'wide') RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	toast oid := (SELECT reltoastrelid FROM pg_class WHERE oid = tbl);
	before bigint := pg_stat_get_xact_blocks_fetched(toast);
BEGIN
	EXECUTE query;
	RETURN pg_stat_get_xact_blocks_fetched(toast) - before;
END $$;
SELECT cmp_ok(pg_temp.outside('CREATE TEMP TABLE a AS SELECT report_1 || '''' FROM wide'), '>', 60::bigint,
	'texts outside the rows');

CREATE TEMP TABLE question (question text, policy text);
INSERT INTO question VALUES ('e |= {p}', 'yubei-2024-34/3'), ('e |^ {p}', 'miit-2022-63'),
	('e |# {p}', 'yubei-2024-34'), ('amount_range(e, {p})', 'yubei-2024-34'), ('e |! {p}', 'yubei-2024-34'),
	('judge(e, {p})', 'yubei-2024-34');
CREATE TEMP TABLE asked AS SELECT substring(question FROM '[|][^ ]|[a-z_]{2,}') AS name, replace(question, '{p}', form)
	AS question, CASE form ~ '::text$' WHEN true THEN ' by name' ELSE ' by value' END AS form
	FROM question, LATERAL (VALUES (quote_literal(policy) || '::text'), (quote_literal(stored(policy)) || '::policy')) f
	(form);
SELECT is(pg_temp.outside(format('SELECT count(%s) FROM wide e', question)), 0::bigint,
	name || form || ': nothing outside the rows') FROM asked;
SELECT cmp_ok(pg_temp.outside(format('SELECT count(%s) FROM (SELECT e FROM wide e OFFSET 0) s', question)), '>',
	60::bigint, name || form || ': of the whole row all of it') FROM asked;
SELECT is(pg_temp.outside(query), 0::bigint, query)
	FROM (VALUES ($$SELECT tally(judge(e, 'yubei-2024-34')) FROM wide e$$),
	($$SELECT * FROM (SELECT id, e |= 'yubei-2024-34/3' FROM wide e) s$$),
	($$SELECT count(*) FROM wide e WHERE e |= 'yubei-2024-34'$$),
	($$SELECT count(*) FROM wide e WHERE e |= 'main_revenue > 1元 and rd_expense > 0元'::policy$$),
	($$SELECT l.* FROM wide e, lines(judge(e, 'yubei-2024-34')) l$$),
	($$SELECT id, a.* FROM wide e, assess(e, 'yubei-2024-34') a WHERE a.eligible$$),
	($$SELECT id, assess(e, 'yubei-2024-34/3') FROM wide e$$),
	($$SELECT id, a.* FROM wide e, assess(e, 'revenue > 1元 or main_revenue > 1元'::policy) a$$)) q (query);

-- The published view also judges by the columns, and fetches the others only if they are selected.
SELECT publish('wide', 'yubei-2024-34', 'wide_rewards') \g /dev/null
SELECT string_agg(quote_ident(attname), ', ') AS answers FROM pg_attribute WHERE attrelid = 'wide_rewards'::regclass
	AND attnum > 0 AND attname NOT IN (SELECT attname FROM pg_attribute WHERE attrelid = 'wide'::regclass) \gset
SELECT cmp_ok(array_length(string_to_array(:'answers', ', '), 1), '>=', 30, 'a published view');
SELECT is(pg_temp.outside(format('CREATE TEMP TABLE b AS SELECT %s FROM wide_rewards', :'answers')), 0::bigint,
	'its answers: nothing outside the rows');
SELECT cmp_ok(pg_temp.outside('CREATE TEMP TABLE c AS SELECT report_1 || '''' AS r, * FROM wide_rewards'), '>',
	60::bigint, 'all its columns');

-- Facts that are compressed, stored out of line, or both.
CREATE TYPE lease AS (owner text, area numeric, rent numeric, months int, idle boolean);
CREATE TABLE leased (id int, region text, size_class text, main_revenue numeric, main_revenue_prev numeric,
	specialized_on date, specialized_until date, leases lease[]);
ALTER TABLE leased ALTER leases SET STORAGE main, ALTER size_class SET STORAGE plain;
INSERT INTO leased SELECT i, CASE i % 4 WHEN 0 THEN '巴南区' ELSE '渝北区' END, 'small', 1e7 + i, 1e6, '2024-01-01',
	'2026-12-31',
	(SELECT array_agg((CASE n % 2 WHEN 0 THEN 'state' ELSE 'private' END, i % 7, 10 + n % 20, 12, n % 4 = 1)::lease)
	FROM generate_series(1, 60) n) FROM generate_series(1, 40) i;
CREATE FUNCTION pg_temp.stored_so(storage text, compression text, type text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	name text := concat_ws('_', 'leased', storage, compression, replace(type, '[]', 's'));
BEGIN
	EXECUTE format('CREATE TABLE %I (id int, region text, size_class text, main_revenue numeric, '
		'main_revenue_prev numeric, specialized_on date, specialized_until date, leases %s)', name, type);
	EXECUTE format('ALTER TABLE %I ALTER leases SET STORAGE %s, ALTER leases SET COMPRESSION %s',
		name, storage, compression);
	EXECUTE format('INSERT INTO %I SELECT id, region, size_class, main_revenue, '
		'main_revenue_prev, specialized_on, specialized_until, %s FROM leased', name,
		CASE type WHEN 'jsonb' THEN 'to_jsonb(leases)' ELSE 'array(SELECT l FROM unnest(leases) l)' END);
	RETURN name;
END $$;
CREATE TEMP TABLE forms AS SELECT storage, compression, type, pg_temp.stored_so(storage, compression, type) AS name
	FROM unnest('{plain,main,extended,external}'::text[]) storage, unnest('{pglz,lz4}'::text[]) compression,
	unnest('{jsonb,lease[]}'::text[]) type WHERE (storage, type) <> ('plain', 'jsonb') OR compression = 'pglz';
CREATE FUNCTION pg_temp.answers(name text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	answer text;
BEGIN
	EXECUTE format($q$SELECT md5(string_agg(concat_ws(' ', id, e |= 'yubei-2024-34/3', e |# 'yubei-2024-34',
		amount_range(e, 'yubei-2024-34'), e |! 'yubei-2024-34/3', judge(e, 'yubei-2024-34'), explain(e, 'yubei-2024-34/3')),
		E'\n' ORDER BY id)) FROM %I e$q$, name) INTO answer;
	RETURN answer;
END $$;
SELECT cmp_ok((SELECT count(DISTINCT e |# 'yubei-2024-34/3') FROM leased e), '>', 5::bigint, 'leases that pay');
SELECT is(pg_temp.answers(name), pg_temp.answers('leased'), storage || ' ' || compression || ' ' || type) FROM forms;

-- They are fetched only if a clause needs them: not for an enterprise in another district.
SELECT is(pg_temp.outside(format($$SELECT count(e |# 'yubei-2024-34') FROM %I e WHERE region <> '渝北区'$$, name), name),
	0::bigint, name || ': not of who gets nothing') FROM forms WHERE storage = 'external';
SELECT cmp_ok(pg_temp.outside(format($$SELECT count(e |# 'yubei-2024-34') FROM %I e WHERE region = '渝北区'$$, name),
	name), '>=', 30::bigint, name || ': of who may get something') FROM forms WHERE storage = 'external';
SELECT is(pg_temp.outside(format($$SELECT count(e |# 'yubei-2024-34') FROM %I e
	WHERE e |= 'main_revenue < 0元'::policy$$, name), name), 0::bigint, name || ': nor where a condition beside it fails')
	FROM forms WHERE storage = 'external';

-- Detoasted values are freed after each row.
INSERT INTO leased_extended_lz4_jsonb SELECT i, '渝北区', 'small', 1e7 + i, 1e6, '2024-01-01', '2026-12-31',
	(SELECT jsonb_agg(jsonb_build_object('owner', 'state', 'area', n % 7, 'rent', 30 + i % 2, 'months', 12, 'notes',
	repeat('x', 100))) FROM generate_series(1, 1000) n) FROM generate_series(100, 400) i;
CREATE FUNCTION pg_temp.memory(id int) RETURNS bigint LANGUAGE sql
	AS $$SELECT sum(total_bytes)::bigint FROM pg_backend_memory_contexts$$;
SELECT cmp_ok(max(m) - min(m), '<', 4000000::bigint, 'memory of ' || question) FROM (VALUES ('amount'), ('judge'),
	('missing'), ('whole rows')) q (question),
	LATERAL (SELECT pg_temp.memory(id) AS m, CASE question WHEN 'amount' THEN (e |# 'yubei-2024-34')::text WHEN 'judge'
	THEN judge(e, 'yubei-2024-34')::text WHEN 'missing' THEN (e |! 'yubei-2024-34')::text
	ELSE explain(e, 'yubei-2024-34/3') END FROM leased_extended_lz4_jsonb e WHERE id > 120 OFFSET 0) s
	GROUP BY question;

-- A foreign server is asked only for these columns, and file_fdw does not convert the others.
CREATE EXTENSION IF NOT EXISTS postgres_fdw;
CREATE EXTENSION IF NOT EXISTS file_fdw;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER postgres_fdw;
CREATE USER MAPPING FOR CURRENT_USER SERVER elsewhere;
CREATE FOREIGN TABLE wide_elsewhere (id int, report_1 text, main_revenue numeric, report_2 text, rd_expense numeric,
	figure_1 int, region text) SERVER elsewhere;
CREATE FUNCTION pg_temp.remote(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	plan jsonb;
BEGIN
	EXECUTE 'EXPLAIN (VERBOSE, FORMAT JSON) ' || query INTO plan;
	-- a district can be written in about 500 ways
	RETURN regexp_replace(jsonb_path_query_first(plan, 'strict $.**."Remote SQL"') #>> '{}', '\{[^}]{250,}\}', '{…}');
END $$;
SELECT is(pg_temp.remote(query), remote, query) FROM (VALUES
($$SELECT e |= 'rd_expense / main_revenue > 3%'::policy FROM wide_elsewhere e$$,
	'SELECT main_revenue, rd_expense FROM public.wide_elsewhere'),
($$SELECT judge(e, 'yubei-2024-34/3') FROM wide_elsewhere e$$,
	'SELECT main_revenue, region FROM public.wide_elsewhere'),
($$SELECT id FROM wide_elsewhere e WHERE e |= 'yubei-2024-34/3'$$,
	'SELECT id, main_revenue, region FROM public.wide_elsewhere WHERE ((region <> ALL (''{…}''::text[])))'),
($$SELECT judge(e, 'yubei-2024-34/3') FROM (SELECT e FROM wide_elsewhere e OFFSET 0) s$$,
	'SELECT id, report_1, main_revenue, report_2, rd_expense, figure_1, region FROM public.wide_elsewhere')) q (query,
	remote);
CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
CREATE FOREIGN TABLE file (id int, approved date, main_revenue numeric, staff int, rd_expense numeric) SERVER files
	OPTIONS (program 'printf "1,never,100,many,4\n2,soon,100,few,2\n"', format 'csv');
SELECT results_eq($$SELECT e |= 'rd_expense / main_revenue > 3%'::policy FROM file e$$, '{true,false}'::boolean[],
	'columns of a file that cannot be read as what they are declared');
SELECT is(pg_temp.error_of($$SELECT e |= 'rd_expense / main_revenue > 3%'::policy 
	FROM (SELECT e FROM file e OFFSET 0) s$$), '22007: invalid input syntax for type date: "never"',
	'of the whole row they are read');

SELECT * FROM finish();
ROLLBACK;
