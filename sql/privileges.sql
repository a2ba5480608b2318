\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(23);

-- The law is public: everybody may ask and read. What is stored is decided by the owner.

CREATE ROLE zjtx_reader;
CREATE ROLE zjtx_editor;
GRANT USAGE ON SCHEMA public TO zjtx_reader, zjtx_editor;
SELECT is(store($$policy rights-2024 't' fact revenue number 元 clause 1 reward when revenue > 5元 pay 3元$$), 'rights-2024',
	'the owner stores a document');
CREATE TABLE public.zjtx_enterprise (id int, revenue numeric, secret text);
INSERT INTO public.zjtx_enterprise VALUES (1, 10, 'x'), (2, 1, 'y');

SET LOCAL ROLE zjtx_reader;
SELECT is('{"revenue": 10}'::jsonb |= 'revenue > 5元'::policy, true, 'everybody asks a rule');
SELECT is(('{"revenue": 10}'::jsonb |# 'rights-2024/1')::text, '3.00', 'everybody asks a stored document');
SELECT is((SELECT title FROM policies WHERE code = 'rights-2024'), 't', 'everybody reads the stored documents');
SELECT is((SELECT count(*) FROM zjtx.clauses WHERE policy = 'rights-2024'), 1::bigint, 'and what they hold');
SELECT is(pg_temp.error_of($$SELECT zjtx.store('policy rights-2025 ''t''')$$) ~ '^42501: permission denied for table policies', true,
	'not everybody stores');
SELECT throws_ok($$INSERT INTO zjtx.policies (doc) VALUES ('policy rights-2025 ''t''')$$, '42501', 'permission denied for table policies',
	'nor inserts');
SELECT throws_ok($$UPDATE zjtx.policies SET doc = 'policy rights-2024 ''x''' WHERE code = 'rights-2024'$$, '42501',
	'permission denied for table policies', 'nor updates');
SELECT throws_ok($$DELETE FROM zjtx.policies WHERE code = 'rights-2024'$$, '42501', 'permission denied for table policies', 'nor deletes');
SELECT throws_ok($$TRUNCATE zjtx.policies$$, '42501', 'permission denied for table policies', 'nor empties the table');
SELECT throws_ok($$SELECT e OPERATOR(zjtx.|=) 'rights-2024' FROM public.zjtx_enterprise e$$, '42501', 'permission denied for table zjtx_enterprise',
	'a table is asked with the rights of who asks');
RESET ROLE;

GRANT SELECT (id, revenue) ON public.zjtx_enterprise TO zjtx_reader;
SET LOCAL ROLE zjtx_reader;
SELECT throws_ok($$SELECT e OPERATOR(zjtx.|=) 'rights-2024' FROM public.zjtx_enterprise e$$, '42501', 'permission denied for table zjtx_enterprise',
	'a whole row needs the right to all its columns');
SELECT is((SELECT array_agg(s.id ORDER BY s.id) FROM (SELECT id, revenue FROM public.zjtx_enterprise) s
	WHERE s |= 'rights-2024'), '{1}', 'a subquery needs the right to those that it names');
RESET ROLE;

GRANT INSERT, UPDATE ON zjtx.policies TO zjtx_editor;
SET LOCAL ROLE zjtx_editor;
SELECT is(zjtx.store('policy rights-2025 ''t'' clause 1 when 1 < 2'), 'rights-2025', 'who may insert and update may store');
SELECT is(zjtx.store('policy rights-2024 ''changed'' clause 1 reward pay 1元'), 'rights-2024', 'and replace');
SELECT throws_ok($$DELETE FROM zjtx.policies WHERE code = 'rights-2024'$$, '42501', 'permission denied for table policies', 'but not delete');
SELECT throws_ok($$SELECT zjtx.store('policy yubei-2024-34 ''x''')$$, '42501', 'a policy that came with zjtx cannot be changed',
	'and not change what came with the extension');
RESET ROLE;

-- A view's owner answers for the view.

CREATE VIEW public.zjtx_answers AS SELECT id, e |= 'rights-2024' AS eligible FROM public.zjtx_enterprise e;
GRANT SELECT ON public.zjtx_answers TO zjtx_reader;
SET LOCAL ROLE zjtx_reader;
SELECT results_eq('SELECT id, eligible FROM public.zjtx_answers ORDER BY id', 'VALUES (1, true), (2, true)',
	'a view is asked with the rights of its owner');
RESET ROLE;

-- Rows that a policy of the table hides stay hidden, also from a function that tells what it sees.

ALTER TABLE public.zjtx_enterprise ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON public.zjtx_enterprise TO zjtx_reader;
CREATE POLICY own ON public.zjtx_enterprise TO zjtx_reader USING (id = 1);
SET LOCAL ROLE zjtx_reader;
SELECT is((SELECT array_agg(id) FROM public.zjtx_enterprise e WHERE e |= 'rights-2024'), '{1}', 'row security');
SELECT is((SELECT array_agg(id) FROM public.zjtx_enterprise e WHERE e |= 'revenue < 5元'::policy), NULL, 'row security, asked for what is hidden');
RESET ROLE;

-- The search path of who asks does not matter.

SET LOCAL search_path = pg_catalog, public;
SELECT is(('{"revenue": 10}'::jsonb OPERATOR(zjtx.|#) 'rights-2024/1')::text, '1.00', 'asked with zjtx out of the search path');
SELECT is(zjtx.store('policy rights-2026 ''t'' in force from 2026-01-01'), 'rights-2026', 'stored so');
CREATE TABLE pg_temp.policies (code text, doc zjtx.policy);
INSERT INTO pg_temp.policies VALUES ('rights-2024', 'policy rights-2024 ''false'' clause 1 reward pay 9元');
SET LOCAL search_path = pg_temp, pg_catalog, public;
SELECT is(('{"revenue": 10}'::jsonb OPERATOR(zjtx.|#) 'rights-2024/1')::text, '1.00', 'a table of the same name elsewhere does not stand in');

SELECT * FROM finish();
ROLLBACK;
