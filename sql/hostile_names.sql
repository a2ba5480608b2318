\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL zjtx.as_of = '2025-06-30';
SET LOCAL client_min_messages = warning;
SELECT plan(57);

-- A search path full of traps: in front of pg_catalog there are types, tables, and operators and functions with its
-- names whose arguments fit as well or better. Each of them raises an error when it is called.

CREATE ROLE zjtx_trapper;
CREATE SCHEMA trap AUTHORIZATION zjtx_trapper;
GRANT USAGE ON SCHEMA trap TO PUBLIC;
CREATE FUNCTION pg_temp.set_traps() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	types text[] := '{text,name,bool,int4,int8,numeric,date,daterange,oid,xid,regclass,"\"char\"",jsonb,record}';
	functions text[] :=
		'{lower,sum,count,min,max,array_agg,string_agg,unnest,format,coalesce_,abs,trim_scale,isfinite,now,current_database,'
		'quote_literal,round,store,stored,judge_}';
	l text;
	r text;
	o text;
	n bigint := 0;
BEGIN
	FOREACH l IN ARRAY types LOOP
		FOREACH o IN ARRAY functions LOOP
			EXECUTE format('CREATE FUNCTION trap.%I(%s) RETURNS %2$s LANGUAGE plpgsql '
			'AS ''BEGIN RAISE EXCEPTION $m$trapped by %1$s(%2$s) as %%$m$, current_user; END''', o, l);
			n := n + 1;
		END LOOP;
		FOREACH r IN ARRAY types LOOP
			EXECUTE format('CREATE FUNCTION trap.operator(%s, %s) RETURNS bool LANGUAGE plpgsql '
			'AS ''BEGIN RAISE EXCEPTION $m$trapped by an operator of %1$s and %2$s as %%$m$, current_user; END''', l,
			r);
			FOREACH o IN ARRAY '{=,<>,<,<=,>,>=,-,+,*,/,||,@>,~}'::text[] LOOP
				EXECUTE format('CREATE OPERATOR trap.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = trap.operator)', o, l,
				r);
				n := n + 1;
			END LOOP;
		END LOOP;
	END LOOP;
	FOREACH o IN ARRAY '{policies,ledger,judged,pg_class,pg_rewrite,pg_depend,pg_proc}'::text[] LOOP
		EXECUTE format('CREATE TABLE trap.%I (doc zjtx.policy, code pg_catalog.text, series pg_catalog.text, '
		'key pg_catalog.text)', o);
	END LOOP;
	FOREACH o IN ARRAY '{text,date,numeric,record,policy,regclass,regprocedure,oid,int8,xid}'::text[] LOOP
		EXECUTE format('CREATE DOMAIN trap.%I AS pg_catalog.box', o);
	END LOOP;
	RETURN n;
END $$;
SELECT cmp_ok(pg_temp.set_traps(), '>', 2000::bigint, 'the traps are set');
ALTER ROLE zjtx_trapper SET search_path = trap, pg_catalog;

-- The results of statements with the traps in the path.
CREATE FUNCTION pg_temp.trapped(statement text) RETURNS text LANGUAGE plpgsql SET search_path = trap, pg_catalog AS $$
DECLARE
	result pg_catalog.text;
BEGIN
	EXECUTE statement INTO result;
	RETURN result;
END $$;
SELECT throws_ok($$SELECT pg_temp.trapped('SELECT 1.0 >= 1')$$, 'P0001',
	'trapped by an operator of numeric and int4 as ' || current_user,
	'an operator that fits better than one of pg_catalog is called');
SELECT throws_ok($$SELECT pg_temp.trapped('SELECT lower(''[2025-01-01,2026-01-01)''::pg_catalog.daterange)')$$, 'P0001',
	'trapped by lower(daterange) as ' || current_user, 'and such a function');
SELECT throws_ok($$SELECT pg_temp.trapped('SELECT ''a''::pg_catalog.text = ''a''')$$, 'P0001',
	'trapped by an operator of text and text as ' || current_user, 'and one that fits as well');

SELECT store(format($p$policy names-%s 'Names' number 'N %1$s' series names in force from %1$s-01-01 until %s-01-01
	fact revenue number 元 between 0元 and 1亿元 fact kind text in ('a', 'b') fact born date
		fact share number between 0 and 1
	clause 1 'one' reward per year when revenue >= 5元 and kind = 'a' pay revenue
	ladder rung low when revenue >= 5元 rung high when revenue >= 50元
	target t 'firms' %% stock 2025: 30%% count where revenue >= 5元 of kind = 'a'
	example 'x' given revenue = 5元, kind = 'a' expect clause 1 = 5元$p$, y, y + 1)) FROM generate_series(2025, 2026) y;
CREATE TABLE firm (id int PRIMARY KEY, revenue numeric, kind text, born date, share numeric);
CREATE TABLE sheet (name text, revenue text, kind text, born text, share text);
INSERT INTO sheet VALUES ('A', '5万元', ' a', '2024-1-1', '5%'), ('A', 'x', 'b', '待定', '0.5'),
	(NULL, '', 'aa', NULL, '2');
CREATE TABLE sheet_rows (firm text, year int, revenue text);
INSERT INTO sheet_rows VALUES ('A', 2024, '5');
CREATE TABLE filled (revenue numeric, kind text, reward numeric);
INSERT INTO filled VALUES (9, 'a', NULL);
INSERT INTO firm VALUES (1, 10, 'a', '2000-01-01', 0.1), (2, 1, 'b', 'infinity', 'NaN'), (3, NULL, 'c', NULL, NULL);
CREATE TRIGGER judge AFTER INSERT OR UPDATE OR DELETE ON firm FOR EACH ROW EXECUTE FUNCTION watch('firm', 'id',
	'names-2025');
CREATE TABLE statements (id int GENERATED ALWAYS AS IDENTITY, statement text, what text);
INSERT INTO statements (statement, what) VALUES
	($$SELECT pg_catalog.string_agg((zjtx.eligible(e, 'names-2025'))::pg_catalog.text, ',' ORDER BY id)
	FROM public.firm e$$, 'a row asked by name'),
	($$SELECT pg_catalog.string_agg((zjtx.amount(e, 'names'))::pg_catalog.text, ',' ORDER BY id) FROM public.firm e$$,
	'by a series'),
	($$SELECT pg_catalog.string_agg((zjtx.eligible(e, 'names-2025/1'))::pg_catalog.text, ',' ORDER BY id)
	FROM public.firm e$$, 'by a clause'),
	($$SELECT (pg_catalog.count(*))::pg_catalog.text FROM public.firm e WHERE zjtx.eligible(e, 'names-2025')$$,
	'as a condition'),
	($$SELECT zjtx.eligible('{"revenue": 10, "kind": "a"}'::pg_catalog.jsonb, 'names')::pg_catalog.text$$,
	'a jsonb object'),
	($$SELECT zjtx.stored('names')::pg_catalog.text$$, 'a stored name'),
	($$SELECT zjtx.amend('names-2025', 'clause 1 reward when revenue >= 6元 pay revenue')::pg_catalog.text$$, 'amend'),
	($$SELECT zjtx.as_of('names', '2025-05-05'::pg_catalog.date)::pg_catalog.text$$, 'as_of'),
	($$SELECT zjtx.explain(e, 'names') FROM public.firm e WHERE id OPERATOR(pg_catalog.=) 1$$, 'explain'),
	($$SELECT pg_catalog.string_agg((g)::pg_catalog.text, ',') FROM public.firm e, zjtx.gap(e, 'names-2025', 'high') g
	WHERE id OPERATOR(pg_catalog.=) 1$$, 'gap'),
	($$SELECT pg_catalog.string_agg((a)::pg_catalog.text, ',') FROM public.firm e, zjtx.assess(e) a
	WHERE id OPERATOR(pg_catalog.=) 1$$, 'assess by every document'),
	($$SELECT pg_catalog.string_agg(policy, ',') FROM zjtx.in_force('2026-06-30'::pg_catalog.date)$$,
	'what is in force'),
	($$SELECT zjtx.tally(zjtx.judge(e, 'names-2025'))::pg_catalog.text FROM public.firm e$$, 'tally'),
	($$SELECT pg_catalog.string_agg((p)::pg_catalog.text, ',') FROM zjtx.progress('names-2025', 'public.firm') p$$,
	'progress'),
	($$SELECT pg_catalog.string_agg(pg_catalog.concat(c.fact, c.finding, c.message, c.hint), ',')
	FROM zjtx.check_table('public.firm', 'names-2025') c$$, 'check_table'),
	($$SELECT pg_catalog.replace(pg_catalog.string_agg(pg_catalog.concat(c.fact, c.finding, c.message, c.hint), ','),
	'pg_catalog.', '') FROM zjtx.check_table('public.sheet', 'names-2025', detail => 'public.sheet_rows') c$$,
	'check_table of texts, with a second table'),
	($$UPDATE public.filled SET revenue = (revenue OPERATOR(pg_catalog.+) 1.0) RETURNING reward::pg_catalog.text$$,
	'fill'),
	($$SELECT (zjtx.publish('public.firm', 'names-2025', 'public.named', true) IS NOT NULL)::pg_catalog.text$$,
	'publish'),
	($$SELECT (zjtx.publish('public.firm', 'names-2025', 'public.named') IS NOT NULL)::pg_catalog.text$$,
	'publish again'),
	($$SELECT pg_catalog.string_agg((n)::pg_catalog.text, ',') FROM public.named n$$, 'what was published'),
	($$SELECT (pg_catalog.count(*))::pg_catalog.text FROM zjtx.facts$$, 'a view of what documents hold'),
	($$SELECT (pg_catalog.count(*))::pg_catalog.text FROM zjtx.lint(zjtx.stored('names-2025'))$$, 'lint'),
	($$UPDATE public.firm SET revenue = (revenue OPERATOR(pg_catalog.+) 1.0) WHERE id OPERATOR(pg_catalog.=) 1
	RETURNING revenue::pg_catalog.text$$, 'a trigger of watch'),
	($$SELECT pg_catalog.string_agg((s)::pg_catalog.text, ',') FROM zjtx.standing('2025-06-30'::pg_catalog.date) s$$,
	'standing'),
	($$SELECT zjtx.settle('public.firm', '1', 'names-2025', '1', NULL, 2025, 1)::pg_catalog.text$$, 'settle'),
	($$SELECT pg_catalog.string_agg((o.owed)::pg_catalog.text, ',') FROM zjtx.owed o$$, 'owed'),
	($$INSERT INTO zjtx.ledger (account, key, policy, code, unit, payable, kind, old, new, paid, judged_on)
	VALUES ('r', 'k', 'p', 'c', '元', true, 'paid', 1, 1, 1, '2025-01-01') RETURNING difference::pg_catalog.text$$,
	'what the ledger is checked by'),
	($$SELECT zjtx.store('policy names-2027 ''N'' in force from 2027-01-01 fact n number clause 1 when n >= 1 '
	'example ''y'' given n = 1 expect clause 1 true')$$, 'store');
CREATE TRIGGER fill BEFORE UPDATE ON filled FOR EACH ROW EXECUTE FUNCTION zjtx.fill('reward=names-2025/1');
CREATE FUNCTION pg_temp.own(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE statement INTO result;
	RETURN result;
END $$;
-- Each statement is rolled back before it runs with the other path.
CREATE FUNCTION pg_temp.both(statement text, OUT own text, OUT trapped text) LANGUAGE plpgsql AS $$
BEGIN
	BEGIN
		own := pg_temp.own(statement);
		RAISE EXCEPTION USING ERRCODE = 'ZZZZZ';
	EXCEPTION WHEN SQLSTATE 'ZZZZZ' THEN NULL;
	END;
	trapped := pg_temp.trapped(statement);
EXCEPTION WHEN OTHERS THEN trapped := sqlerrm;
END $$;
SELECT is(b.trapped, b.own, s.what) FROM statements s, LATERAL (SELECT * FROM pg_temp.both(s.statement) OFFSET 0) b
	ORDER BY s.id;
SELECT is((SELECT count(*) FROM statements s WHERE pg_temp.own(s.statement) IS NULL), 0::bigint,
	'and each has an answer');
CREATE FUNCTION pg_temp.trapped_call(statement text) RETURNS void LANGUAGE plpgsql SET search_path = trap, pg_catalog
	AS $$ BEGIN EXECUTE statement; END $$;
SELECT is(pg_temp.error_of($$SELECT
	pg_temp.trapped_call('CALL zjtx.sweep(''public.firm'', ''id'', ''{names-2025}'')')$$), 'no error', 'sweep');
CREATE TABLE filled_later (id int PRIMARY KEY, revenue numeric, kind text, reward numeric, rung text, place placement,
	lacking text[]);
INSERT INTO filled_later VALUES (1, 9, 'a'), (2, NULL, 'a');
SELECT is(pg_temp.error_of($$SELECT pg_temp.trapped_call('CALL zjtx.refill(''public.filled_later'',
	''{reward=names-2025/1,rung=names-2025,place=names-2025,lacking=!names-2025}'', NULL)')$$), 'no error', 'refill');
SELECT is(pg_temp.error_of($$SELECT pg_temp.trapped('SELECT zjtx.stored(''name-2025'')')$$),
	E'42704: there is no stored policy "name-2025"\nHINT: Perhaps you meant "names-2025".', 'a name that is unknown');

-- The writing role may set the path, but must not choose the document: here the path decides which document = finds.
-- document = finds.

CREATE SCHEMA sly;
CREATE FUNCTION sly.eq(text, text) RETURNS bool LANGUAGE sql IMMUTABLE
	AS $$SELECT $1 OPERATOR(pg_catalog.=) 'names-2025'$$;
CREATE OPERATOR sly.= (LEFTARG = text, RIGHTARG = text, FUNCTION = sly.eq);
SELECT store('policy poor-2025 ''P'' fact revenue number 元 clause 1 ''one'' reward when revenue > 1亿元 pay 1元');
CREATE TABLE poor (id int, revenue numeric, kind text);
CREATE TRIGGER judge AFTER INSERT ON poor FOR EACH ROW EXECUTE FUNCTION watch('poor', 'id', 'poor-2025');
CREATE FUNCTION pg_temp.sly(statement text) RETURNS void LANGUAGE plpgsql SET search_path = sly, pg_catalog
	AS $$ BEGIN EXECUTE statement; END $$;
SELECT pg_temp.sly($$INSERT INTO public.poor VALUES (1, 1000, 'a')$$);
SELECT is_empty($$SELECT * FROM zjtx.ledger WHERE account = 'public.poor'$$,
	'who writes does not choose by which document is judged');

-- Columns with the names by which our own statements refer to a row.

CREATE TABLE shadow (id int, revenue numeric, kind text, e jsonb, t jsonb, k text, "zjtx row" jsonb);
INSERT INTO shadow VALUES (1, 10, 'a', '{"revenue": 1}', '{"revenue": 1}', '', '{"revenue": 1}'),
	(2, 11, 'a', '{}', '{}', '', '{}');
SELECT results_eq($$SELECT actual, undecided FROM progress('names-2025', 'shadow')$$, $$SELECT 1.0000, 0::bigint$$,
	'progress is about the row, not its column e');
SELECT is(publish('shadow', 'names-2025', 'shadowed')::text, 'shadowed', 'publish');
SELECT results_eq('SELECT clause_1 FROM shadowed ORDER BY id', 'VALUES (10.00), (11.00)', 'not of its column t');
CREATE TRIGGER judge AFTER UPDATE ON shadow FOR EACH ROW EXECUTE FUNCTION watch('shadow', 'id', 'names-2025');
UPDATE shadow SET k = 'x' WHERE id = 1;
SELECT results_eq($$SELECT key, code, new FROM zjtx.ledger WHERE account = 'public.shadow' ORDER BY id$$,
	$$VALUES ('1', '1', 10.00), ('1', 'low', 1)$$, 'watch is not about its column "zjtx row"');
SELECT is((SELECT count(*) FROM check_table('shadow', 'names-2025') WHERE finding = 'given'), 2::bigint, 'check_table');

-- Names and texts with quotes, backslashes and line ends, also with backslash escapes in '…'.

CREATE SCHEMA "s'""\
;--";
CREATE TABLE "s'""\
;--"."t'""\
;--" (id int, "c'""\
;--" text, revenue numeric, kind text);
INSERT INTO "s'""\
;--"."t'""\
;--" VALUES (1, 'x', 10, 'a');
SELECT store($p$policy odd-2025 'It\''s "odd"\' fact revenue number 元 fact kind text in ('a', '\')
	clause 1 'one\' reward when revenue >= 5元 and kind in ('a', '\') pay revenue
	target t 'firms' 家 stock 2025: 3 count where revenue >= 5元 and kind in ('a', '\')$p$);
\if :before_19
SET LOCAL escape_string_warning = off;
SET LOCAL standard_conforming_strings = off;
\endif
SELECT is(publish((SELECT oid FROM pg_class WHERE relname = E't\'"\\\n;--'), 'odd-2025',
	E'"s\'""\\\n;--"."v\'""\\\n;--"')::text, E'"s\'""\\\n;--"."v\'""\\\n;--"', 'publish');
SELECT is((SELECT count(*) FROM check_table((SELECT oid FROM pg_class WHERE relname = E't\'"\\\n;--'),
	stored('odd-2025'))), 3::bigint, 'check_table');
SELECT is((SELECT actual FROM progress('odd-2025', (SELECT oid FROM pg_class WHERE relname = E't\'"\\\n;--'))),
	1::numeric, 'progress');
SELECT lives_ok(format('CALL zjtx.sweep(%s, %L, %L)', (SELECT oid FROM pg_class WHERE relname = E't\'"\\\n;--'),
	E'c\'"\\\n;--', '{odd-2025}'), 'sweep');
SELECT is((SELECT string_agg(new::text, ',') FROM zjtx.ledger WHERE policy = 'odd-2025'), '10.00',
	'they are names and nothing else');
SELECT is((SELECT starts_with(obj_description(oid), E'《It\\\'s "odd"\\》') FROM pg_class WHERE relname = E'v\'"\\\n;--'),
	true, 'and comments');

-- An object in the schema with the name of one of ours is checked for membership, and an object that was moved out is
-- not found. A session remembers a member until the object changes.

CREATE TABLE own (id int, revenue numeric, kind text);
INSERT INTO own VALUES (1, 10, 'a');
SELECT is(split_part(pg_temp.error_of(before || '; ' || statement), E'\n', 1), '55000: the extension zjtx has no ' ||
	missing || ' in its schema', before) FROM (VALUES
	('ALTER EXTENSION zjtx DROP TABLE zjtx.accounts', $$CALL zjtx.sweep('own', 'id', '{odd-2025}')$$,
	'table "accounts"'),
	('ALTER EXTENSION zjtx DROP TABLE zjtx.ledger; ALTER TABLE zjtx.ledger SET (fillfactor = 90)', $$CALL
	zjtx.sweep('own', 'id', '{odd-2025}')$$, 'table "ledger"'),
	('ALTER EXTENSION zjtx DROP FUNCTION zjtx.judge(record, text); ALTER FUNCTION zjtx.judge(record, text) COST 2',
	$$CALL zjtx.sweep('own', 'id', '{odd-2025}')$$, 'function "judge"'),
	('ALTER EXTENSION zjtx DROP FUNCTION zjtx.judge(record, text); ALTER FUNCTION zjtx.judge(record, text) COST 2',
	$$SELECT zjtx.publish('own', 'odd-2025', 'own_view')$$, 'function "judge"'),
	('ALTER EXTENSION zjtx DROP TYPE zjtx.verdict; ALTER TYPE zjtx.verdict SET (STORAGE = main)', $$CALL
	zjtx.sweep('own', 'id', '{odd-2025}')$$, 'type "verdict"'),
	('CREATE OR REPLACE FUNCTION zjtx.judge(e record, policy text) RETURNS zjtx.verdict LANGUAGE plpgsql '
	'AS ''BEGIN RAISE EXCEPTION ''''trapped''''; END''', $$CALL zjtx.sweep('own', 'id', '{odd-2025}')$$,
	'function "judge"'),
	('ALTER FUNCTION zjtx.judge(record, text) SET SCHEMA trap', $$CALL zjtx.sweep('own', 'id', '{odd-2025}')$$,
	'function "judge"')) v (before, statement, missing);
SELECT is(split_part(pg_temp.error_of($$ALTER TABLE zjtx.accounts SET SCHEMA trap;
	CREATE TABLE zjtx.accounts AS TABLE trap.accounts;
		CALL zjtx.sweep('own', 'id', '{odd-2025}')$$), E'\n', 1),
			'40001: the name "accounts" now refers to another relation', 'a table in the place of one that was moved');
SELECT is(split_part(pg_temp.error_of($$ALTER EXTENSION zjtx DROP TABLE zjtx.policies;
	ALTER TABLE zjtx.policies SET (fillfactor = 90);
		SELECT zjtx.store('policy own-2025 ''o'' clause 1 when true')$$), E'\n', 1),
			'40001: the name "policies" now refers to another relation',
			'nor does a statement write a table of its name');

SELECT * FROM finish();
ROLLBACK;
