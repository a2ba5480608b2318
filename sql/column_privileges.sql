\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL zjtx.as_of = '2025-06-30';
SET LOCAL client_min_messages = warning;
SELECT plan(39);

-- The planner replaces a row by its columns. The query must still need the privileges that the original text needs.

CREATE ROLE zjtx_reader;
CREATE ROLE zjtx_other;
GRANT USAGE ON SCHEMA public TO zjtx_reader, zjtx_other;
CREATE TABLE firm (id int, revenue numeric, secret text);
INSERT INTO firm VALUES (1, 10, 'x'), (2, 1, 'y');
GRANT SELECT (id, revenue), UPDATE (revenue) ON firm TO zjtx_reader;
SELECT store('policy columns-2025 ''C'' fact revenue number 元 clause 1 reward when revenue >= 5元 pay revenue target '
	't ''t'' 家 stock 2025: 3 count where revenue >= 5元');

-- A whole row needs the privilege on all columns, even if the policy reads only a column with its own privilege.

CREATE TEMP TABLE questions (question text);
INSERT INTO questions VALUES ('e |= ''columns-2025'''), ('e |= ''revenue >= 5元''::zjtx.policy'),
	('e |# ''columns-2025'''), ('amount_range(e, ''columns-2025'')'), ('e |! ''columns-2025'''),
	('judge(e, ''columns-2025'')'), ('explain(e, ''columns-2025'')'), ('gap(e, ''columns-2025'', ''1'')'),
	('assess(e)');
GRANT SELECT ON questions TO zjtx_reader;
SET LOCAL ROLE zjtx_reader;
SELECT is(pg_temp.error_of(format('SELECT %s FROM public.firm e', question)), '42501: permission denied for table firm',
	question) FROM questions;
SELECT is(pg_temp.error_of(statement), '42501: permission denied for table firm', what) FROM (VALUES
	('SELECT FROM public.firm e WHERE e |= ''columns-2025''', 'as a condition'),
	('EXPLAIN SELECT FROM public.firm e WHERE e |= ''columns-2025''', 'the plan alone'),
	('UPDATE public.firm e SET revenue = 0 WHERE e |= ''columns-2025''', 'in an update'),
	('SELECT count(*) FROM public.firm e WHERE ROW(e.*)::public.firm |= ''columns-2025''',
	'a row that is made of all columns'),
	('SELECT (SELECT x |= ''columns-2025'' FROM (SELECT e.*) x) FROM public.firm e', 'a subquery of all columns'),
	('SELECT * FROM zjtx.progress(''columns-2025'', ''public.firm'')', 'progress')) v (statement, what);
SELECT is((SELECT string_agg(concat_ws(' ', fact, finding), ', ') FROM check_table('public.firm',
	'revenue > 1 and secret in (''x'')'::policy)),
	'revenue given, secret given, secret denied, view', 'check_table, of a column to which there is none');
SELECT is((SELECT array_agg(finding ORDER BY finding) FROM check_table('public.firm', 'revenue > 1'::policy)),
	'{given,view}', 'check_table reads only the columns of the facts');
SELECT is((SELECT array_agg(id) FROM (SELECT id, revenue FROM public.firm) e WHERE e |= 'columns-2025'), '{1}',
	'a row of columns to which there is');
RESET ROLE;

-- A view uses its owner's privileges, and so does a SECURITY DEFINER function.

CREATE VIEW answers AS SELECT id, e |= 'columns-2025' AS eligible FROM firm e;
CREATE VIEW answers_invoked AS SELECT id, e |= 'columns-2025' AS eligible FROM firm e;
CREATE FUNCTION definer() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS $$SELECT count(*) FROM public.firm e
	WHERE e OPERATOR(zjtx.|=) 'columns-2025'$$;
CREATE FUNCTION invoker() RETURNS bigint LANGUAGE sql AS $$SELECT count(*) FROM public.firm e
	WHERE e OPERATOR(zjtx.|=) 'columns-2025'$$;
GRANT SELECT ON answers, answers_invoked TO zjtx_reader;
\if :since_15
ALTER VIEW answers_invoked SET (security_invoker);
\endif
SET LOCAL ROLE zjtx_reader;
SELECT is((SELECT count(*) FROM public.answers WHERE eligible), 1::bigint, 'a view');
\if :since_15
SELECT throws_ok('SELECT count(*) FROM public.answers_invoked WHERE eligible', '42501',
	'permission denied for table firm', 'a view with security_invoker');
\else
SELECT pass('a view with security_invoker');
\endif
SELECT is(public.definer(), 1::bigint, 'a function with the rights of its owner');
SELECT throws_ok('SELECT public.invoker()', '42501', 'permission denied for table firm', 'a function without');
RESET ROLE;

-- One role runs a plan that was made for another.

SET LOCAL plan_cache_mode = force_generic_plan;
PREPARE asked AS SELECT count(*) FROM public.firm e WHERE e |= 'columns-2025';
CREATE TEMP TABLE made AS EXECUTE asked;
SELECT is((SELECT count FROM made), 1::bigint, 'the owner''s plan');
SET LOCAL ROLE zjtx_reader;
SELECT throws_ok('EXECUTE asked', '42501', 'permission denied for table firm', 'is not run with the owner''s rights');
RESET ROLE;
GRANT SELECT ON firm TO zjtx_reader;
SET LOCAL ROLE zjtx_reader;
SELECT lives_ok('EXECUTE asked', 'but by whoever has them');
RESET ROLE;
REVOKE SELECT ON firm FROM zjtx_reader;
SET LOCAL ROLE zjtx_reader;
SELECT throws_ok('EXECUTE asked', '42501', 'permission denied for table firm', 'as long as he has them');
RESET ROLE;
RESET plan_cache_mode;
GRANT SELECT ON firm TO zjtx_reader;

-- EXECUTE: the functions that the planner puts in do not answer for a role that may not ask the question.

REVOKE EXECUTE ON FUNCTION eligible(record, text), eligible(record, policy), amount(record, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION eligible(record, text), eligible(record, policy) TO zjtx_other;
GRANT SELECT ON firm TO zjtx_other;
SET LOCAL ROLE zjtx_reader;
SELECT throws_ok($$SELECT FROM public.firm e WHERE e |= 'columns-2025'$$, '42501',
	'permission denied for function eligible', 'a name');
SELECT throws_ok($$SELECT FROM public.firm e WHERE e |= 'revenue >= 5元'::policy$$, '42501',
	'permission denied for function eligible', 'a value');
SELECT throws_ok($$SELECT e |# 'columns-2025' FROM public.firm e$$, '42501', 'permission denied for function amount',
	'an amount');
SET LOCAL ROLE zjtx_other;
SELECT is((SELECT count(*) FROM public.firm e WHERE e |= 'columns-2025'), 1::bigint, 'who may is answered');
RESET ROLE;
REVOKE EXECUTE ON FUNCTION zjtx_internal.eligible_facts(text, text, "any"),
	zjtx_internal.eligible_facts(policy, text, "any") FROM PUBLIC;
SET LOCAL ROLE zjtx_other;
SELECT is((SELECT count(*) FROM public.firm e WHERE e |= 'columns-2025'), 1::bigint,
	'also who may not call what the planner would write: a name');
SELECT is((SELECT count(*) FROM public.firm e WHERE e |= 'revenue >= 5元'::policy), 1::bigint, 'a value');
RESET ROLE;
GRANT EXECUTE ON FUNCTION zjtx_internal.eligible_facts(text, text, "any"),
	zjtx_internal.eligible_facts(policy, text, "any") TO PUBLIC;
REVOKE EXECUTE ON FUNCTION zjtx_internal.stands FROM PUBLIC;
SET LOCAL ROLE zjtx_other;
SELECT is((SELECT count(*) FROM public.firm e WHERE e |= 'columns-2025'), 1::bigint, 'or stands');
RESET ROLE;

-- A role that may read a table by its name may read it by its OID.

CREATE SCHEMA closed;
CREATE TABLE closed.firm (id int, revenue numeric);
GRANT SELECT ON closed.firm TO zjtx_reader;
CREATE TABLE numbers AS SELECT 'closed.firm'::regclass::oid AS firm;
GRANT SELECT ON numbers TO zjtx_reader;
SET LOCAL ROLE zjtx_reader;
SELECT is(pg_temp.error_of(statement), '42501: permission denied for schema closed', statement) FROM (VALUES
	('SELECT zjtx.progress(''columns-2025'', (SELECT firm FROM public.numbers)::regclass)'),
	('SELECT zjtx.check_table((SELECT firm FROM public.numbers)::regclass, ''columns-2025'')'),
	('SELECT zjtx.publish((SELECT firm FROM public.numbers)::regclass, ''columns-2025'', ''pg_temp.x'')')) v
	(statement);
RESET ROLE;
GRANT EXECUTE ON PROCEDURE sweep TO zjtx_reader;
SET LOCAL ROLE zjtx_reader;
SELECT is(pg_temp.error_of($$DO
	'DECLARE firm oid := (SELECT firm FROM public.numbers); BEGIN CALL zjtx.sweep(firm, ''id'', ''{columns-2025}''); '
	'END'$$), '42501: permission denied for schema closed', 'sweep');
SELECT is(pg_temp.error_of($$CALL zjtx.sweep('public.firm', 'id', '{columns-2025}')$$), 'no error',
	'of a table that he may read');
RESET ROLE;
REVOKE SELECT ON firm FROM zjtx_reader;
SET LOCAL ROLE zjtx_reader;
SELECT is(pg_temp.error_of($$CALL zjtx.sweep('public.firm', 'id', '{columns-2025}')$$),
	'42501: permission denied for table firm', 'and of one that he may not');

SELECT * FROM finish();
ROLLBACK;
