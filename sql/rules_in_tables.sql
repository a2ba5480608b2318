\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(27);

-- A policy value can be used wherever an immutable expression can: in constraints, indexes, generated columns,
-- triggers and row security policies.

CREATE TABLE public.zjtx_applicant (id int PRIMARY KEY, revenue numeric, region text, lot int, facts jsonb);

ALTER TABLE zjtx_applicant ADD CONSTRAINT not_too_large CHECK (zjtx_applicant |= 'revenue <= 4亿元'::policy);
SELECT lives_ok($$INSERT INTO zjtx_applicant VALUES (1, 400000000, '渝北区', 1)$$, 'a CHECK: on the bound');
SELECT throws_ok($$INSERT INTO zjtx_applicant VALUES (2, 400000000.01, '渝北区', 2)$$, '23514', NULL,
	'a CHECK: beyond it');
SELECT lives_ok($$INSERT INTO zjtx_applicant VALUES (2, NULL, '渝北区', 2)$$,
	'a CHECK lets pass what is unknown, as SQL has it');
SELECT throws_ok($$UPDATE zjtx_applicant SET revenue = 500000000 WHERE id = 2$$, '23514', NULL, 'a CHECK: an UPDATE');

ALTER TABLE zjtx_applicant ADD EXCLUDE (lot WITH =) WHERE (zjtx_applicant |= 'region = ''渝北区'''::policy);
SELECT throws_ok($$INSERT INTO zjtx_applicant VALUES (3, 5, '渝北区', 1)$$, '23P01', NULL,
	'EXCLUDE: among rows that satisfy the rule');
SELECT lives_ok($$INSERT INTO zjtx_applicant VALUES (3, 5, '巴南区', 1)$$, 'EXCLUDE: others are left alone');

CREATE UNIQUE INDEX one_large ON zjtx_applicant (region) WHERE zjtx_applicant |= 'revenue >= 1亿元'::policy;
SELECT throws_ok($$INSERT INTO zjtx_applicant VALUES (4, 100000000, '渝北区', 4)$$, '23505', NULL,
	'a partial unique index: a second row that satisfies the rule');
SELECT lives_ok($$INSERT INTO zjtx_applicant VALUES (4, 99999999, '渝北区', 4)$$,
	'a partial unique index: one that does not');
INSERT INTO zjtx_applicant SELECT i, i, '江北区', i FROM generate_series(10, 2000) i;
CREATE INDEX by_rule ON zjtx_applicant (id) WHERE zjtx_applicant |= 'region = ''渝北区'' and revenue > 5元'::policy;
CREATE INDEX by_amount ON zjtx_applicant
	((zjtx_applicant |# 'policy i ''i'' fact revenue number 元 clause 1 reward pay revenue * 10%'::policy));
SET LOCAL enable_seqscan = off;
SELECT is((SELECT array_agg(id ORDER BY id) FROM zjtx_applicant
	WHERE zjtx_applicant |= 'region = ''渝北区'' and revenue > 5元'::policy), '{1,4}',
	'what a partial index finds');
SELECT is((SELECT array_agg(id ORDER BY id) FROM zjtx_applicant
	WHERE (zjtx_applicant |# 'policy i ''i'' fact revenue number 元 clause 1 reward pay revenue * 10%'::policy) =
	9999999.9), '{4}',
	'what an index on an amount finds');
RESET enable_seqscan;
SELECT throws_ok($$CREATE INDEX ON zjtx_applicant (id) WHERE zjtx_applicant |= 'yubei-2024-34'$$, '42P17', NULL,
	'a stored name can change, and is refused in an index');
SELECT throws_ok($$ALTER TABLE zjtx_applicant ADD x boolean GENERATED ALWAYS AS (facts |= 'yubei-2024-34') STORED$$,
	'42P17', NULL,
	'and in a generated column');

ALTER TABLE zjtx_applicant ADD eligible boolean GENERATED ALWAYS AS (facts |= 'staff > 5人'::policy) STORED,
	ADD owed numeric GENERATED ALWAYS
	AS (facts |# 'policy g ''g'' fact staff number 人 clause 1 reward pay 5元 * staff'::policy) STORED;
UPDATE zjtx_applicant SET facts = '{"staff": 6}' WHERE id = 1;
SELECT results_eq('SELECT eligible, owed::text FROM zjtx_applicant WHERE id IN (1, 2) ORDER BY id',
	$$VALUES (true, '30.00'), (NULL::boolean, NULL)$$,
	'generated columns');

-- Columns of type policy.

CREATE TABLE public.zjtx_rule (name text PRIMARY KEY, rule policy NOT NULL DEFAULT 'revenue > 1亿元',
	CHECK (rule::text !~ 'revenue_prev'));
INSERT INTO zjtx_rule VALUES ('small', 'revenue <= 5元'), ('north', 'region = ''渝北区''');
INSERT INTO zjtx_rule (name) VALUES ('large');
SELECT is((SELECT string_agg(name || ' ' || ids, ', ' ORDER BY name)
	FROM (SELECT name, string_agg(id::text, ' ' ORDER BY id) AS ids
	FROM zjtx_rule, zjtx_applicant a WHERE a |= rule AND id < 10 GROUP BY name) q),
	'large 1, north 1 2 4, small 3', 'rules in a table, asked of every row');
SELECT throws_ok($$INSERT INTO zjtx_rule VALUES ('bad', 'revenue >')$$, '22P02', NULL,
	'a column of rules takes no others');
SELECT lives_ok($$CREATE INDEX ON zjtx_rule (rule)$$, 'policies have an order');

-- Triggers and row security policies.

CREATE TABLE public.zjtx_found (id int);
CREATE FUNCTION public.zjtx_note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.zjtx_found
	VALUES (new.id); RETURN new; END $$;
CREATE TRIGGER found AFTER INSERT ON zjtx_applicant FOR EACH ROW
	WHEN (new |= 'revenue between 100元 and 200元'::policy) EXECUTE FUNCTION public.zjtx_note();
INSERT INTO zjtx_applicant (id, revenue) VALUES (3001, 99.99), (3002, 100), (3003, 200), (3004, 200.01), (3005, NULL);
SELECT results_eq('SELECT id FROM zjtx_found ORDER BY id', 'VALUES (3002), (3003)', 'WHEN of a trigger');
CREATE ROLE zjtx_north;
GRANT USAGE ON SCHEMA public TO zjtx_north;
GRANT SELECT ON zjtx_applicant TO zjtx_north;
ALTER TABLE zjtx_applicant ENABLE ROW LEVEL SECURITY;
CREATE POLICY north ON zjtx_applicant TO zjtx_north USING (zjtx_applicant |= 'region = ''渝北区'''::policy);
SET LOCAL ROLE zjtx_north;
SELECT is((SELECT array_agg(id ORDER BY id) FROM zjtx_applicant), '{1,2,4}', 'row security by a rule');
RESET ROLE;

-- Parallel workers.

SELECT lives_ok($$SELECT set_config(CASE WHEN current_setting('server_version_num')::int >= 160000
	THEN 'debug_parallel_query' ELSE 'force_parallel_mode' END, 'on', true)$$,
	'every query that can goes to a worker');
SELECT is(store('policy worker ''w'' fact revenue number 元 clause 1 when revenue >= 1000元'), 'worker',
	'a document that is stored in this transaction');
CREATE FUNCTION pg_temp.count_by(condition text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	found bigint;
BEGIN
	EXECUTE 'SELECT count(*) FROM public.zjtx_applicant a WHERE id < 3000 AND ' || condition INTO found;
	RETURN found;
END $$;
CREATE FUNCTION pg_temp.plan_of(condition text) RETURNS SETOF text LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY
	EXECUTE 'EXPLAIN (COSTS OFF) SELECT count(*) FROM public.zjtx_applicant a WHERE ' || condition; END $$;
SELECT is((SELECT bool_or(line ~ 'Gather') FROM pg_temp.plan_of($$a |= 'revenue >= 1000元'::policy$$) line), true,
	'a worker asks the rule');
SELECT is(pg_temp.count_by($$a |= 'revenue >= 1000元'::policy$$), 1003::bigint, 'and answers as the leader does');
SELECT is(pg_temp.count_by($$a |= 'worker'$$), 1003::bigint, 'also by name');
SELECT is(pg_temp.count_by($$a |= 'worker/1' AND (a |# 'worker') = 0 AND (a |! 'worker') = '{}'$$), 1003::bigint,
	'and every question');
SELECT is(pg_temp.count_by($$to_jsonb(a) |= 'worker'$$), 1003::bigint, 'also of jsonb');
SET LOCAL zjtx.as_of = '2025-06-30';
SELECT is(store('policy worker ''w'' clause 1 when as_of = 2025-06-30'), 'worker', 'a document that asks for the day');
SELECT is(pg_temp.count_by($$a |= 'worker'$$), 1995::bigint, 'the worker has the setting');

SELECT * FROM finish();
ROLLBACK;
