\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL zjtx.as_of = '2025-06-30';
SET LOCAL client_min_messages = warning;
SELECT plan(49);

-- Rows hidden by row security or a security barrier give no answers and no errors, are passed to none of the user's
-- functions, and do not show in estimates.

CREATE ROLE zjtx_reader;
GRANT USAGE ON SCHEMA public TO zjtx_reader;
CREATE TABLE seen (place text, value text);
GRANT SELECT, INSERT ON seen TO zjtx_reader;
-- Reports its arguments, and claims to cost nothing so that the planner would call it first.
CREATE FUNCTION leak(place text, value text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS $$
BEGIN
	INSERT INTO public.seen VALUES (place, value);
	RETURN true;
END $$;

CREATE TABLE firm (id int PRIMARY KEY, owner text, revenue numeric, staff int, leases jsonb, secret text);
INSERT INTO firm VALUES (1, 'reader', 10, 10, '[{"area": 1}]', 'mine'), (2, 'reader', 1, 1, '[]', 'mine too'),
	(3, 'other', 10, 10, '[{"area": "a word"}]', 'hidden'), (4, 'other', 1, 1, '[5]', 'hidden too');
CREATE TABLE form (id int, owner text, facts jsonb);
INSERT INTO form VALUES (1, 'reader', '{"revenue": 10}'), (2, 'other', '{"revenue": "a word"}'), (3, 'other', '[]');
SELECT store('policy rows-2025 ''R'' in force from 2025-01-01 fact revenue number 元 at least 0 fact staff number 人 '
	'fact leases list (area number 平方米) '
	'clause 1 reward when revenue >= 5元 and staff >= 5人 pay revenue + sum(leases : area) * 1元 target t ''t'' 家 stock '
	'2025: 3 count where staff >= 1人');
-- Claims a cost so high that any other condition would be evaluated first.
CREATE FUNCTION costly(owner text) RETURNS text LANGUAGE plpgsql COST 1000000 AS 'BEGIN RETURN owner; END';
CREATE POLICY own ON firm TO zjtx_reader USING (costly(owner) = 'reader');
CREATE POLICY own ON form TO zjtx_reader USING (costly(owner) = 'reader');
ALTER TABLE firm ENABLE ROW LEVEL SECURITY;
ALTER TABLE form ENABLE ROW LEVEL SECURITY;
CREATE VIEW firm_barrier WITH (security_barrier) AS SELECT * FROM firm WHERE costly(owner) = 'reader';
CREATE VIEW form_barrier WITH (security_barrier) AS SELECT * FROM form WHERE costly(owner) = 'reader';
GRANT SELECT ON firm, form, firm_barrier, form_barrier TO zjtx_reader;

-- The questions, and a function that reports its arguments.

SELECT is(pg_temp.error_of($$SELECT e |# 'rows-2025'
	FROM public.firm e$$) ~ '^42804: key "area" of the jsonb value cannot give', true,
	'a row that is hidden below would be an error');
SELECT is(pg_temp.error_of($$SELECT facts |= 'rows-2025' FROM public.form$$) ~ '^(42804|22023): ', true,
	'and a jsonb object');
CREATE TEMP VIEW questions AS
SELECT t.name, t.id AS ids, q.question, CASE WHEN t.name LIKE 'form%' THEN 'facts' ELSE 'e' END AS row
FROM (VALUES ('firm', '{1}'::int[]), ('firm_barrier', '{1}'), ('form', '{1}'), ('form_barrier', '{1}')) t (name, id),
	(VALUES ('%s |= ''rows-2025'''), ('%s |= zjtx.stored(''rows-2025'')'), ('(%s |# ''rows-2025'') > 1'),
	('%s |= ''revenue >= 5元''::zjtx.policy'),
		('%s |= ''policy l ''''l'''' fact leases list (area number) fact revenue number clause 1 when count(leases '
		'where area >= 1) >= 1 or revenue >= 5''::zjtx.policy')) q (question);
GRANT SELECT ON questions TO zjtx_reader;
SET LOCAL ROLE zjtx_reader;
SELECT is(pg_temp.error_of(format('SELECT id FROM public.%I e WHERE public.leak(%L, e::text) AND %s', name, name,
	format(question, row))), 'no error', name || ': ' || format(question, row))
FROM questions ORDER BY name, question;
RESET ROLE;
SELECT cmp_ok((SELECT count(*) FROM seen), '>=', 12::bigint, 'the function that tells was called');
SELECT is_empty($$SELECT * FROM seen WHERE value ~ 'other|hidden|word'$$, 'and saw nothing of what is hidden');

-- A replacement is only as leakproof as the PostgreSQL operators that it consists of.

SELECT is_empty($$SELECT p.oid::regprocedure FROM pg_proc p
	WHERE pronamespace IN ('zjtx'::regnamespace, 'zjtx_internal'::regnamespace)
	AND proleakproof$$, 'no function of zjtx says that it is leakproof');
CREATE TABLE many (id int PRIMARY KEY, owner text, revenue numeric, staff int);
INSERT INTO many SELECT i, CASE WHEN i % 10 = 0 THEN 'reader' ELSE 'other' END, CASE WHEN i % 10 = 0 THEN i ELSE 777777
	END, i FROM generate_series(1, 5000) i;
CREATE INDEX ON many (revenue);
CREATE INDEX ON many (staff);
CREATE POLICY own ON many TO zjtx_reader USING (owner = 'reader');
GRANT SELECT ON many TO zjtx_reader;
ANALYZE many;
CREATE FUNCTION pg_temp.conditions(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE plan jsonb;
BEGIN
	EXECUTE 'EXPLAIN (FORMAT json) ' || query INTO plan;
	RETURN jsonb_path_query_array(plan, 'strict $.**."Index Cond"');
END $$;
CREATE FUNCTION pg_temp.rows(query text) RETURNS int LANGUAGE plpgsql AS $$
DECLARE plan json;
BEGIN
	EXECUTE 'EXPLAIN (FORMAT json) ' || query INTO plan;
	RETURN plan->0->'Plan'->>'Plan Rows';
END $$;
SET LOCAL enable_seqscan = off;
SELECT is(pg_temp.conditions($$SELECT FROM public.many e WHERE e |= 'revenue = 777777元'::policy$$) ~ '777777', true,
	'without row security an index serves a number');
ALTER TABLE many ENABLE ROW LEVEL SECURITY;
SET LOCAL ROLE zjtx_reader;
SELECT is(pg_temp.conditions($$SELECT FROM public.many e WHERE e |= 'revenue = 777777元'::policy$$), '[]',
	'with it none does, as numeric_eq is not leakproof');
SELECT is(pg_temp.conditions($$SELECT FROM public.many e WHERE e |= 'staff = 77人'::policy$$), '["(staff = 77)"]',
	'but one of an integer, as int4eq is');
-- The condition that lines(…) WHERE eligible adds is one of the query, and comes after those of row security.
SELECT is(pg_temp.conditions(replace(query, '%s', 'revenue = 777777元')), '[]', 'no index serves a number here either'),
	matches(pg_temp.conditions(replace(query, '%s', 'staff = 77人')), 'staff = 77', 'but an integer'),
	is(pg_temp.error_of(replace(query, '%s', 'revenue >= 1元')), 'no error', 'and a function that tells')
FROM (VALUES ($$SELECT FROM public.many e, zjtx.lines(zjtx.judge(e, '%s'::zjtx.policy)) l
	WHERE l.eligible AND public.leak('lines', e::text)$$)) q (query);
RESET ROLE;
SELECT results_eq($$SELECT count(*), count(*) FILTER (WHERE value ~ 'other') FROM seen WHERE place = 'lines'$$,
	$$VALUES (500::bigint, 0::bigint)$$, 'saw nothing of what is hidden');
RESET enable_seqscan;

-- Estimates: nine of ten rows have 777777, all hidden. Estimates for it must equal those for a number that does not
-- occur.

SELECT cmp_ok(pg_temp.rows($$SELECT FROM public.many e WHERE e |= 'revenue = 777777元'::policy$$), '>', 4000,
	'who sees all rows is told how many');
SELECT cmp_ok(pg_temp.rows($$SELECT FROM public.many e WHERE e |= 'revenue = 888888元'::policy$$), '<', 10,
	'and how few');
SET LOCAL ROLE zjtx_reader;
SELECT is(pg_temp.rows(format($$SELECT FROM public.many e WHERE e |= 'revenue %s 777777元'::policy$$, o)),
	pg_temp.rows(format($$SELECT FROM public.many e WHERE e |= 'revenue %s 888888元'::policy$$, o)),
	'who does not, is not: revenue ' || o) FROM unnest('{=,>,<=}'::text[]) o;
SELECT is(pg_temp.rows($$SELECT FROM public.many e WHERE e |= 'revenue = 777777元 or staff = 1人'::policy$$),
	pg_temp.rows($$SELECT FROM public.many e WHERE e |= 'revenue = 888888元 or staff = 1人'::policy$$),
	'nor where the rule is estimated as a whole');
RESET ROLE;

-- Plans belong to the role for whose rows they were made.

SET LOCAL plan_cache_mode = force_generic_plan;
PREPARE count_eligible AS SELECT count(*) FROM public.many e WHERE e |= 'staff >= 1人'::policy;
PREPARE count_by_name AS SELECT count(*) FROM public.many e WHERE e |= 'rows-2025';
CREATE FUNCTION pg_temp.prepared(name text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE result bigint;
BEGIN
	EXECUTE 'EXECUTE ' || name INTO result;
	RETURN result;
END $$;
SELECT is(array[pg_temp.prepared('count_eligible'), pg_temp.prepared('count_by_name')], '{5000,4996}', 'the owner''s');
SET LOCAL ROLE zjtx_reader;
SELECT is(array[pg_temp.prepared('count_eligible'), pg_temp.prepared('count_by_name')], '{500,500}', 'the reader''s');
RESET ROLE;
SELECT is(array[pg_temp.prepared('count_eligible'), pg_temp.prepared('count_by_name')], '{5000,4996}',
	'the owner''s again');
RESET plan_cache_mode;

-- Functions that read a table by its name.

SET LOCAL ROLE zjtx_reader;
SELECT is((SELECT actual FROM progress('rows-2025', 'public.many')), 500::numeric,
	'progress counts what the caller sees');
SELECT is((SELECT message FROM check_table('public.many', 'revenue > 5元 and owner in (''reader'')'::policy)
	WHERE finding = 'range'), NULL, 'check_table reads that alone');
SELECT is((SELECT (t).eligible + (t).refused FROM unnest((SELECT tally(judge(e, 'staff >= 5人'::policy))
	FROM public.many e)) t), 500::bigint, 'tally');
RESET ROLE;

-- Readers of a published view see its owner's rows, or with security_invoker their own; publishing again keeps this.

SELECT publish('many', 'rows-2025', 'many_rewards');
GRANT SELECT ON many_rewards TO zjtx_reader;
SET LOCAL ROLE zjtx_reader;
SELECT is((SELECT count(*) FROM public.many_rewards), 5000::bigint,
	'a published view is read with the rights of its owner');
RESET ROLE;
\if :since_15
ALTER VIEW many_rewards SET (security_invoker, security_barrier = on);
\else
ALTER VIEW many_rewards SET (security_barrier = on);
\endif
SELECT publish('many', 'rows-2025', 'many_rewards', true);
SELECT is((SELECT reloptions FROM pg_class WHERE oid = 'many_rewards'::regclass),
	CASE WHEN :'since_15' THEN '{security_invoker=true,security_barrier=on}' ELSE '{security_barrier=on}' END::text[],
	'a view that is published again keeps its options');
SET LOCAL ROLE zjtx_reader;
SELECT is((SELECT count(*) FROM public.many_rewards), CASE WHEN :'since_15' THEN 500 ELSE 5000 END::bigint,
	'with security_invoker it is read with those of the reader');
RESET ROLE;

-- Row security on zjtx.policies is the user's choice, and the session's memory respects it.

SELECT store('policy rows-draft ''Draft'' in force from 2025-01-01 fact revenue number 元 clause 1 reward when revenue '
	'>= 123456元 pay 1元');
CREATE POLICY public ON zjtx.policies USING (code <> 'rows-draft');
ALTER TABLE zjtx.policies ENABLE ROW LEVEL SECURITY;
CREATE TABLE open (revenue numeric);
GRANT SELECT ON open TO zjtx_reader;
CREATE FUNCTION pg_temp.plan(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE plan json;
BEGIN
	PERFORM set_config('zjtx.batch', 'off', true);
	EXECUTE 'EXPLAIN (FORMAT json) ' || query INTO plan;
	RETURN plan;
END $$;
-- Several statements, which no common snapshot separates.
CREATE FUNCTION pg_temp.in_turn() RETURNS text[] LANGUAGE plpgsql STABLE AS $$
DECLARE
	result text[];
BEGIN
	result := ARRAY[(SELECT count(*) FROM zjtx.assess('{"revenue": 1}'::jsonb) WHERE policy = 'rows-draft')::text,
		(pg_temp.plan('SELECT FROM public.open e WHERE e OPERATOR(zjtx.|=) ''rows-draft''') ~ '123456')::text];
	PERFORM set_config('role', 'zjtx_reader', true);
	result := result || ARRAY[(SELECT count(*) FROM zjtx.assess('{"revenue": 1}'::jsonb)
		WHERE policy = 'rows-draft')::text,
		(pg_temp.plan('SELECT FROM public.open e WHERE e OPERATOR(zjtx.|=) ''rows-draft''') ~ '123456')::text];
	PERFORM set_config('role', 'none', true);
	RETURN result;
END $$;
SELECT is(pg_temp.in_turn(), '{1,true,0,false}',
	'a document that is hidden from a role is not among those that were kept for another');
SET LOCAL ROLE zjtx_reader;
SELECT is(pg_temp.error_of($$SELECT zjtx.stored('rows-draf')$$) ~ 'rows-draft', false, 'nor in a hint');

SELECT * FROM finish();
ROLLBACK;
