\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL zjtx.as_of = '2025-06-30';
SET LOCAL client_min_messages = warning;
SET LOCAL max_parallel_workers_per_gather = 0;
SELECT plan(38);

-- Tables as they are in warehouses: names, labels, schemas, types, and places for a policy.

CREATE FUNCTION pg_temp.plan_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	lines text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS off) ' || query LOOP lines := lines || line || E'\n'; END LOOP;
	RETURN lines;
END $$;

SELECT store($$
policy 城镇-2025 '一个城镇' in force from 2025-01-01
fact 营业收入 number 元 '上年度营业收入' at least 0
fact size text 'size class' in ('small', 'large')
fact staff number 人 '从业人数' at least 0
fact rated_on date '评定日' null means none
clause 一 '奖励' reward when 营业收入 > 1000万元 and size = 'small' pay 5万元
clause 二 when rated_on <= as_of and staff >= 10人
$$);

-- Chinese names, and labels, which can be any text.

CREATE TABLE public."企业" ("编号" int PRIMARY KEY, "营业收入" numeric, "size class" text, "从业人数" int, "评定日" date);
INSERT INTO "企业" VALUES (1, 10000000.01, 'small', 10, '2025-06-30'), (2, 10000000, 'small', 9, '2025-07-01'),
	(3, NULL, 'large', 10, NULL);
SELECT results_eq($$SELECT e |= '城镇-2025/一', e |# '城镇-2025', e |= '城镇-2025/二' FROM "企业" e ORDER BY "编号"$$,
	$$VALUES (true, 50000.00, true), (false, 0.00, false), (false, 0.00, false)$$, 'columns by name and by label');
SELECT is(pg_temp.plan_of($$SELECT * FROM "企业" e WHERE e |= stored('城镇-2025/二')$$) ~ '"企业" e', true, 'a plan');
SELECT is(publish('"企业"', '城镇-2025', '"企业奖励"')::text, '"企业奖励"', 'published');
SELECT is((SELECT string_agg(attname, ' ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = '"企业奖励"'::regclass),
	'编号 营业收入 size class 从业人数 评定日 clause_一 clause_二 total_amount', 'with columns of Chinese codes');
SELECT results_eq('SELECT clause_一, clause_二 FROM "企业奖励" ORDER BY 编号', $$VALUES (50000.00, true), (0.00, false),
	(0.00, false)$$, 'which need no quotes');
SELECT is((SELECT string_agg(fact || '=' || column_name, ' ') FROM check_table('"企业"', '城镇-2025')
	WHERE finding = 'given'), '营业收入=营业收入 size=size class staff=从业人数 rated_on=评定日', 'check_table finds them');
ALTER TABLE "企业" RENAME "size class" TO "Size Class";
SELECT is((SELECT array_agg(e |! '城镇-2025/一') FROM "企业" e WHERE "编号" = 1), '{{size}}',
	'a label is taken as it is written');
ALTER TABLE "企业" ADD size varchar(10) DEFAULT 'large';
SELECT is((SELECT e |= '城镇-2025/一' FROM "企业" e WHERE "编号" = 1), false, 'a name goes before a label');
ALTER TABLE "企业" ADD "营业收入（万元）" numeric;
SELECT is((SELECT count(*) FROM check_table('"企业"', '城镇-2025') WHERE column_name LIKE '%万元%'), 0::bigint,
	'a column behind whose name a unit stands gives nothing');

-- Schemas, also with tables of the same name, and schemas outside the search path.

CREATE SCHEMA "数仓";
CREATE TABLE "数仓"."企业" (LIKE "企业");
INSERT INTO "数仓"."企业" ("编号", "营业收入", size) VALUES (7, 20000000, 'small');
SELECT is((SELECT e |# '城镇-2025' FROM "数仓"."企业" e), 50000.00, 'a table of another schema');
SELECT is(publish('"数仓"."企业"', '城镇-2025', '"数仓"."奖励"')::text, '"数仓"."奖励"', 'published there');
CREATE FUNCTION pg_temp.pathless(query text) RETURNS text LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE result text;
BEGIN
	EXECUTE query INTO result;
	RETURN result;
END $$;
SELECT is(pg_temp.pathless('SELECT "clause_一" FROM "数仓"."奖励"'), '50000.00', 'read without a path');
SELECT is(pg_temp.pathless('SELECT e OPERATOR(zjtx.|=) ''城镇-2025'' FROM "数仓"."企业" e'), 'true',
	'operators with their schema');
SELECT is(pg_temp.pathless($$SELECT zjtx.publish('"数仓"."企业"', '城镇-2025', '"数仓"."奖励"')$$), '"数仓"."奖励"',
	'published without a path');
CREATE FUNCTION public.verdict_amount(v zjtx.verdict, c text) RETURNS text LANGUAGE sql AS $$ SELECT 'not zjtx''s' $$;
SELECT is(publish('"数仓"."企业"', '城镇-2025', '"数仓"."奖励"')::text || (SELECT clause_一 FROM "数仓"."奖励"), '"数仓"."奖励"50000.00',
	'functions of the same names are not meant');
DROP FUNCTION public.verdict_amount(zjtx.verdict, text);

-- Enums, domains, and domains over them.

CREATE TYPE public.size_class AS ENUM ('small', 'large', 'huge');
CREATE DOMAIN public.yuan AS numeric(16, 2) CHECK (VALUE >= 0);
CREATE DOMAIN public.day AS date;
CREATE DOMAIN public.rated AS day;
CREATE DOMAIN public.heads AS smallint NOT NULL;
CREATE TABLE public.typed (id int PRIMARY KEY, "营业收入" yuan, size size_class, staff heads, rated_on rated);
INSERT INTO typed SELECT i, 10000000 + i, (ARRAY['small', 'large', 'huge']::size_class[])[i % 3 + 1], i,
	'2025-06-01'::date + i FROM generate_series(1, 60) i;
ANALYZE typed;
SELECT results_eq($$SELECT id, e |= '城镇-2025/一', e |! '城镇-2025/一' FROM typed e WHERE id IN (1, 2, 3) ORDER BY id$$,
	$$VALUES (1, false, '{}'::text[]), (2, NULL, '{size}'), (3, true, '{}')$$,
	'an enum label that is none of the declared values is unknown');
SELECT is((SELECT count(*) FROM typed e WHERE e |= '城镇-2025/二'), 20::bigint, 'domains over domains');
SELECT is((SELECT array_agg(id ORDER BY id) FROM (SELECT *, row(t.*)::typed AS r FROM typed t OFFSET 0) t
	WHERE r |= '城镇-2025/二'), (SELECT array_agg(id ORDER BY id) FROM typed e WHERE e |= '城镇-2025/二'),
	'as without the rewrite');
SELECT is(publish('typed', '城镇-2025', 'typed_rewards')::text, 'typed_rewards', 'published');
SELECT is((SELECT pg_typeof(size)::text || ' ' || pg_typeof(staff) FROM typed_rewards WHERE id = 3), 'size_class heads',
	'with the types of the table');
SELECT is((SELECT clause_一 FROM typed_rewards WHERE size = 'small' AND id = 3), 50000.00, 'and asked by them');

-- Places where a policy can be used.

SELECT lives_ok($$CREATE INDEX typed_few ON typed (id) WHERE typed |= 'staff >= 58人'::zjtx.policy$$,
	'a partial index on the whole row');
SET LOCAL enable_seqscan = off;
SELECT is(pg_temp.plan_of($$SELECT id FROM typed e WHERE e |= 'staff >= 58人'::zjtx.policy ORDER BY id$$) ~ 'typed_few',
	true, 'serves the same question');
SELECT is((SELECT array_agg(id ORDER BY id) FROM typed e WHERE e |= 'staff >= 58人'::policy), '{58,59,60}',
	'with its rows');
SELECT is(pg_temp.plan_of($$SELECT id FROM typed e WHERE e |= 'staff >= 59人'::zjtx.policy ORDER BY id$$) ~ 'typed_few',
	true, 'and a stronger one, where the rule is a condition of PostgreSQL''s own');
SELECT is(pg_temp.plan_of($$SELECT id FROM typed e WHERE e |= 'staff >= 57人'::zjtx.policy ORDER BY id$$) ~ 'typed_few',
	false, 'and no weaker one');
SELECT lives_ok($$CREATE INDEX typed_asked
	ON typed ((typed |# 'policy p ''p'' fact staff number 人 clause 1 reward when staff > 3人 pay 1元'::zjtx.policy))$$,
	'an index on an answer');
SELECT is(pg_temp.error_of($$CREATE INDEX ON typed (id) WHERE typed OPERATOR(zjtx.|=) '城镇-2025'$$),
	'42P17: functions in index predicate must be marked IMMUTABLE', 'not by a name');
SELECT lives_ok($$ALTER TABLE typed ADD large boolean GENERATED ALWAYS
	AS (zjtx_internal.eligible_facts('staff >= 30人'::zjtx.policy, 'staff', staff)) STORED$$,
	'a generated column, by its columns');
SELECT is((SELECT count(*) FROM typed WHERE large), 31::bigint, 'with its answers');
SELECT is(pg_temp.error_of($$ALTER TABLE typed ADD x boolean GENERATED ALWAYS
	AS (typed OPERATOR(zjtx.|=) 'staff >= 30人'::zjtx.policy) STORED$$) ~
	'^42P17: cannot use whole-row variable in column generation expression', true, 'not by the row');
SELECT lives_ok($$CREATE TABLE public.parted (staff int, name text) PARTITION BY LIST
	((zjtx_internal.eligible_facts('staff >= 30人'::zjtx.policy, 'staff', staff)))$$, 'a partition key, by its columns');
CREATE MATERIALIZED VIEW public.kept AS SELECT * FROM typed_rewards;
CREATE UNIQUE INDEX ON kept (id);
UPDATE typed SET "营业收入" = 0 WHERE id = 3;
REFRESH MATERIALIZED VIEW kept;
SELECT is((SELECT clause_一 FROM kept WHERE id = 3), 0.00, 'a materialized view, made anew');
SELECT lives_ok($$ALTER TABLE typed ADD CONSTRAINT sane CHECK ((typed |= 'staff >= 0人'::zjtx.policy) IS NOT FALSE)$$,
	'a constraint');
SELECT is(pg_temp.error_of($$INSERT INTO typed VALUES (99, 1, 'small', -1)$$) ~ '^23514: ', true, 'that holds');

-- A view that maps names and units, as proposed by check_table.

CREATE TABLE public.theirs (code int, "营业收入（万元）" numeric, scale text, heads text, rated timestamptz);
INSERT INTO theirs VALUES (1, 1000.01, 'small', '10', '2025-06-30 00:30+08'),
	(2, 1000, 'small', '11', '2025-07-01 00:30+08');
CREATE VIEW public.ours AS SELECT code, "营业收入（万元）" * 10000 AS 营业收入, scale AS size, heads::int AS staff,
	(rated AT TIME ZONE 'Asia/Shanghai')::date AS rated_on FROM theirs;
SELECT results_eq($$SELECT e |# '城镇-2025', e |= '城镇-2025/二' FROM ours e ORDER BY code$$,
	'VALUES (50000.00, true), (0.00, false)', 'a mapping view');
SELECT is(publish('ours', '城镇-2025', 'ours_rewards')::text, 'ours_rewards', 'published');
SELECT is((SELECT sum(total_amount) FROM ours_rewards), 50000.00, 'and read');

SELECT * FROM finish();
ROLLBACK;
