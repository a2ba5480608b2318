\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(74);

-- All roles may ask and read documents; only the owner stores them.

CREATE ROLE zjtx_reader;
CREATE ROLE zjtx_editor;
GRANT USAGE ON SCHEMA public TO zjtx_reader, zjtx_editor;
SELECT is(store($$policy rights-2024 't' fact revenue number 元 clause 1 reward when revenue > 5元 pay 3元$$),
	'rights-2024',
	'the owner stores a document');
CREATE TABLE public.zjtx_enterprise (id int, revenue numeric, secret text);
INSERT INTO public.zjtx_enterprise VALUES (1, 10, 'x'), (2, 1, 'y');

SET LOCAL ROLE zjtx_reader;
SELECT is('{"revenue": 10}'::jsonb |= 'revenue > 5元'::policy, true, 'everybody asks a rule');
SELECT is(('{"revenue": 10}'::jsonb |# 'rights-2024/1')::text, '3.00', 'everybody asks a stored document');
SELECT is((SELECT title FROM policies WHERE code = 'rights-2024'), 't', 'everybody reads the stored documents');
SELECT is((SELECT count(*) FROM zjtx.clauses WHERE policy = 'rights-2024'), 1::bigint, 'and what they hold');
SELECT is(pg_temp.error_of($$SELECT zjtx.store('policy rights-2025 ''t''')$$) ~
	'^42501: permission denied for table policies', true,
	'not everybody stores');
SELECT throws_ok($$INSERT INTO zjtx.policies (doc) VALUES ('policy rights-2025 ''t''')$$, '42501',
	'permission denied for table policies',
	'nor inserts');
SELECT throws_ok($$UPDATE zjtx.policies SET doc = 'policy rights-2024 ''x''' WHERE code = 'rights-2024'$$, '42501',
	'permission denied for table policies', 'nor updates');
SELECT throws_ok($$DELETE FROM zjtx.policies WHERE code = 'rights-2024'$$, '42501',
	'permission denied for table policies', 'nor deletes');
SELECT throws_ok($$TRUNCATE zjtx.policies$$, '42501', 'permission denied for table policies', 'nor empties the table');
SELECT throws_ok($$SELECT e OPERATOR(zjtx.|=) 'rights-2024' FROM public.zjtx_enterprise e$$, '42501',
	'permission denied for table zjtx_enterprise',
	'a table is asked with the rights of who asks');
RESET ROLE;

GRANT SELECT (id, revenue) ON public.zjtx_enterprise TO zjtx_reader;
SET LOCAL ROLE zjtx_reader;
SELECT throws_ok($$SELECT e OPERATOR(zjtx.|=) 'rights-2024' FROM public.zjtx_enterprise e$$, '42501',
	'permission denied for table zjtx_enterprise',
	'a whole row needs the right to all its columns');
SELECT is((SELECT array_agg(s.id ORDER BY s.id) FROM (SELECT id, revenue FROM public.zjtx_enterprise) s
	WHERE s |= 'rights-2024'), '{1}', 'a subquery needs the right to those that it names');
RESET ROLE;

GRANT INSERT, UPDATE ON zjtx.policies TO zjtx_editor;
SET LOCAL ROLE zjtx_editor;
SELECT is(zjtx.store('policy rights-2025 ''t'' clause 1 when 1 < 2'), 'rights-2025',
	'who may insert and update may store');
SELECT is(zjtx.store('policy rights-2024 ''changed'' clause 1 reward pay 1元'), 'rights-2024', 'and replace');
SELECT throws_ok($$DELETE FROM zjtx.policies WHERE code = 'rights-2024'$$, '42501',
	'permission denied for table policies', 'but not delete');
SELECT throws_ok($$SELECT zjtx.store('policy yubei-2024-34 ''x''')$$, '42501',
	'a policy shipped with zjtx cannot be changed',
	'and not change what came with the extension');
RESET ROLE;

-- A view uses its owner's privileges.

CREATE VIEW public.zjtx_answers AS SELECT id, e |= 'rights-2024' AS eligible FROM public.zjtx_enterprise e;
GRANT SELECT ON public.zjtx_answers TO zjtx_reader;
SET LOCAL ROLE zjtx_reader;
SELECT results_eq('SELECT id, eligible FROM public.zjtx_answers ORDER BY id', 'VALUES (1, true), (2, true)',
	'a view is asked with the rights of its owner');
RESET ROLE;
SELECT is(publish('public.zjtx_enterprise', 'rights-2024'::text, 'public.zjtx_rewards')::text,
	'zjtx_rewards', 'published');
GRANT SELECT ON public.zjtx_rewards TO zjtx_reader;

-- Rights on zjtx are enough: the functions of zjtx_internal are called without rights on their schema.

REVOKE USAGE ON SCHEMA zjtx_internal FROM PUBLIC;
SET LOCAL ROLE zjtx_reader;
SELECT results_eq('SELECT id, clause_1::text FROM public.zjtx_rewards ORDER BY id', $$VALUES (1, '1.00'), (2, '1.00')$$,
	'a published view');
SELECT is((SELECT array_agg(s.id ORDER BY s.id) FROM (SELECT id, revenue FROM public.zjtx_enterprise) s
	WHERE s |= 'revenue > 5元'::policy), '{1}', 'and a question whose row the planner replaces');
RESET ROLE;
GRANT USAGE ON SCHEMA zjtx_internal TO PUBLIC;

-- The schema may be renamed, and others can create in it only if the owner lets them.

ALTER SCHEMA zjtx_internal RENAME TO "In ner";
SELECT is(publish('public.zjtx_enterprise', 'rights-2024'::text, 'public.zjtx_rewards')::text,
	'zjtx_rewards', 'published again');
SELECT is(pg_get_viewdef('public.zjtx_rewards') ~ '"In ner"\.verdict_amount', true,
	'by the name that the schema has now');
CREATE FUNCTION "In ner".eligible_facts(policy, text, numeric) RETURNS boolean LANGUAGE sql RETURN true;
SELECT results_eq('SELECT kind, object FROM lint()',
	$$VALUES ('stranger', 'function "In ner".eligible_facts(policy,text,numeric)')$$,
	'lint finds what does not belong there');
DROP FUNCTION "In ner".eligible_facts(policy, text, numeric);
ALTER SCHEMA "In ner" RENAME TO zjtx_internal;

-- Rows hidden by row security stay hidden, also from a function that reports its arguments.

ALTER TABLE public.zjtx_enterprise ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON public.zjtx_enterprise TO zjtx_reader;
CREATE POLICY own ON public.zjtx_enterprise TO zjtx_reader USING (id = 1);
SET LOCAL ROLE zjtx_reader;
SELECT is((SELECT array_agg(id) FROM public.zjtx_enterprise e WHERE e |= 'rights-2024'), '{1}', 'row security');
SELECT is((SELECT array_agg(id) FROM public.zjtx_enterprise e WHERE e |= 'revenue < 5元'::policy), NULL,
	'row security, asked for what is hidden');
RESET ROLE;

-- The search path of the asking role does not matter.

SET LOCAL search_path = pg_catalog, public;
SELECT is(('{"revenue": 10}'::jsonb OPERATOR(zjtx.|#) 'rights-2024/1')::text, '1.00',
	'asked with zjtx out of the search path');
SELECT is(zjtx.store('policy rights-2026 ''t'' in force from 2026-01-01'), 'rights-2026', 'stored so');
CREATE TABLE pg_temp.policies (code text, doc zjtx.policy);
INSERT INTO pg_temp.policies VALUES ('rights-2024', 'policy rights-2024 ''false'' clause 1 reward pay 9元');
SET LOCAL search_path = pg_temp, pg_catalog, public;
SELECT is(('{"revenue": 10}'::jsonb OPERATOR(zjtx.|#) 'rights-2024/1')::text, '1.00',
	'a table of the same name elsewhere does not stand in');

SET LOCAL search_path = public, zjtx, zjtx_internal;
DROP TABLE pg_temp.policies;

-- PUBLIC may do only what questions need.

CREATE TEMP VIEW members AS SELECT d.classid, d.objid FROM pg_depend d JOIN pg_extension x
	ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = x.oid
	WHERE x.extname = 'zjtx' AND d.deptype = 'e';
SELECT is((SELECT array_agg(p.oid::regprocedure::text ORDER BY p.oid::regprocedure::text COLLATE "C") FROM members
	JOIN pg_proc p ON p.oid = objid AND classid = 'pg_proc'::regclass
	WHERE NOT has_function_privilege('public', p.oid, 'EXECUTE')),
	ARRAY['accounts_changed()', 'after_alter()', 'after_drop()', 'amount_range_support(internal)',
	'amount_support(internal)', 'assess_support(internal)', 'before_drop()', 'budget_state_recv(internal)',
	'changes_ahead_support(internal)',
	'differences_support(internal)', 'eligible_support(internal)', 'facts_support(internal)',
	'guard_allotments()', 'guard_ledger()', 'guard_policies()', 'judge_support(internal)',
	'lines_support(internal)', 'missing_support(internal)', 'move_key(text,text,text,text)',
	'next_change_support(internal)',
	'over_days_support(internal)', 'placement_support(internal)',
	'policies_changed()', 'policy_recv(internal)', 'record_allotment(text,text,text,integer,text,text)',
	'settle(text,text,text,text,text,integer,numeric,text)',
	'sweep(regclass,text,text[],date,text,boolean)', 'tally_state_recv(internal)',
	'value_range_support(internal)', 'value_support(internal)', 'verdict_recv(internal)', 'watch()',
	'withdraw(text,text,text,text,text,integer,text)'],
	'functions that write the ledger, guard tables or belong to the planner are not everybody''s');
SELECT is((SELECT array_agg(DISTINCT a.privilege_type || ' ' || c.relname || coalesce('.' || att.attname, ''))
	FROM members JOIN pg_class c ON c.oid = objid AND classid = 'pg_class'::regclass
	LEFT JOIN pg_attribute att ON attrelid = c.oid AND attacl IS NOT NULL,
	aclexplode(coalesce(att.attacl, c.relacl, acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char",
	c.relowner))) a WHERE a.grantee = 0),
	'{SELECT clauses,SELECT definitions,SELECT facts,SELECT groups,SELECT notes,SELECT policies,SELECT '
	'provisions,SELECT rungs,SELECT scores,SELECT targets}',
	'of tables, views and the sequence everybody reads what the law says');
SELECT is((SELECT array_agg(a.privilege_type::text) FROM pg_namespace,
	aclexplode(nspacl) a WHERE nspname IN ('zjtx', 'zjtx_author', 'zjtx_internal')
	AND a.grantee = 0), '{USAGE,USAGE,USAGE}', 'and nobody creates in the schemas');
SELECT is_empty($$SELECT objid::regprocedure FROM members JOIN pg_proc p ON p.oid = objid
	AND classid = 'pg_proc'::regclass WHERE prosecdef$$, 'no function lends its owner''s rights to a caller');
SELECT is_empty($$SELECT pg_describe_object(classid, objid, 0) FROM members WHERE classid NOT IN ('pg_class'::regclass,
	'pg_type'::regclass, 'pg_proc'::regclass, 'pg_operator'::regclass, 'pg_event_trigger'::regclass,
	'pg_opfamily'::regclass, 'pg_opclass'::regclass, 'pg_namespace'::regclass)
	AND NOT (classid = 'pg_cast'::regclass AND EXISTS (SELECT FROM pg_cast c WHERE c.oid = objid
	AND c.castcontext <> 'i' AND (castsource IN ('zjtx.policy'::regtype, 'zjtx.verdict'::regtype)
	OR casttarget IN ('zjtx.policy'::regtype, 'zjtx.verdict'::regtype))))$$,
	'there are no implicit casts, nor any between types of others, which would change what other statements mean');

-- The guard function depends on the columns of zjtx.policies, so it refuses other tables.

GRANT CREATE ON SCHEMA public TO zjtx_reader;
SET LOCAL ROLE zjtx_reader;
CREATE TABLE public.zjtx_mine (code text, doc bigint, title text, series text, in_force daterange, shipped boolean);
SELECT throws_ok(format('CREATE TRIGGER t BEFORE INSERT ON public.zjtx_mine FOR EACH ROW '
	'EXECUTE FUNCTION zjtx_internal.%s()',
	f), '42501', 'permission denied for function zjtx_internal.' || f, f || ' is not put on tables of others')
FROM unnest('{guard_policies,guard_ledger,policies_changed}'::text[]) f;
RESET ROLE;
CREATE TRIGGER t BEFORE INSERT OR UPDATE OR DELETE ON public.zjtx_mine FOR EACH ROW EXECUTE FUNCTION guard_policies();
SELECT is(pg_temp.error_of('ALTER TABLE public.zjtx_mine ' || alteration ||
	'; INSERT INTO public.zjtx_mine DEFAULT VALUES'), '42809: zjtx_internal.guard_policies can guard only zjtx.policies',
	alteration)
FROM unnest(ARRAY['ALTER doc SET DEFAULT 81985529216486895', 'ALTER doc TYPE text', 'DROP doc',
	'ALTER doc TYPE zjtx.policy USING NULL, DROP shipped',
	'ALTER doc TYPE zjtx.policy USING NULL, ALTER in_force TYPE bigint USING 1',
	'ALTER doc TYPE zjtx.policy USING NULL, ALTER series TYPE int USING 1']) alteration;
SELECT is(pg_temp.error_of('DELETE FROM public.zjtx_mine'), 'no error', 'where there is no row it looks at none');

-- Functions for PostgreSQL's internal use cannot be called: SQL has no value of type internal, not even NULL.

SELECT is(pg_temp.error_of(format('SELECT zjtx_internal.%s(%s)', p.proname,
	(SELECT string_agg('NULL::' || a::regtype, ', ')
	FROM unnest(p.proargtypes::oid[]) a))) ~ '^(42846|0A000): ', true, p.oid::regprocedure::text)
FROM members JOIN pg_proc p ON p.oid = objid AND classid = 'pg_proc'::regclass
	WHERE 'internal'::regtype = ANY (proargtypes) ORDER BY p.oid::regprocedure::text COLLATE "C";

-- The functions that the planner generates can be called: with facts of any type, number and name.

SET LOCAL ROLE zjtx_reader;
SELECT is(split_part(pg_temp.error_of('SELECT zjtx_internal.' || call), E'\n', 1), error, call) FROM (VALUES
	($$eligible_facts('n >= 1'::zjtx.policy, 'n', 1::int)$$, 'no error'),
	($$eligible_facts('n >= 1'::zjtx.policy, 'n', '1'::text)$$,
	'42804: column "n" of type text cannot give the fact "n" of policy "n >= 1"'),
	($$eligible_facts('n >= 1'::zjtx.policy, 'n', '1')$$,
	'42804: column "n" of type unknown cannot give the fact "n" of policy "n >= 1"'),
	($$eligible_facts('t = ''x'''::zjtx.policy, 't', 81985529216486895)$$,
	'42804: column "t" of type bigint cannot give the fact "t" of policy "t = ''x''"'),
	($$eligible_facts('t = ''x'''::zjtx.policy, 't', 't'::cstring)$$,
	'42804: column "t" of type cstring cannot give the fact "t" of policy "t = ''x''"'),
	($$eligible_facts('n >= 1'::zjtx.policy, 'n m', 1)$$,
	'22023: policy "n >= 1" must be passed as many facts as names'),
	($$eligible_facts('n >= 1'::zjtx.policy, 'n', 1, 2)$$,
	'22023: policy "n >= 1" must be passed as many facts as names'),
	($$eligible_facts('n >= 1'::zjtx.policy, 'n', VARIADIC ARRAY[1])$$,
	'0A000: the facts of policy "n >= 1" cannot be passed as a variadic array'),
	($$judge_facts('n >= 1'::zjtx.policy, p, v) FROM (VALUES ('n', 1), ('m', 2), (NULL, 3), (' ', NULL)) x (p, v)$$,
	'22023: policy "n >= 1" must be passed as many facts as names'),
	($$eligible_facts('rights-2024', 'revenue', 10)$$,
	'40001: policy "rights-2024" has changed since the statement was planned'),
	($$stands('rights-2024', '#1')$$,
	'55000: policy "rights-2024" has another text on this node than where the statement was planned')) v
	(call, error);
RESET ROLE;

SELECT * FROM finish();
ROLLBACK;
