\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL zjtx.as_of = '2025-06-30';
SET LOCAL client_min_messages = warning;
SELECT plan(35);

-- Queries as PostgreSQL prints them for dumps and remote servers, with an empty search path. They must be parsed to
-- the same query and give the same answers for a table with another name.

CREATE TYPE lease AS (owner text, area numeric, rent numeric, months integer);
CREATE TABLE firm (id int PRIMARY KEY, region text, main_revenue numeric, main_revenue_prev numeric,
	specialized_on date, specialized_until date,
	little_giant_on date, little_giant_until date, leases lease[], facts jsonb, rule zjtx.policy);
INSERT INTO firm
SELECT i, CASE WHEN i % 3 > 0 THEN '渝北区' END, i * 1000000, 8000000, '2023-01-01', '2025-12-31', NULL, NULL,
	ARRAY[('state', i * 100, 15 + i, 12)]::lease[], jsonb_build_object('n', i), format('id >= %s', i)::policy
FROM generate_series(1, 12) AS i;
CREATE TABLE "firm_102008" (LIKE firm);
INSERT INTO firm_102008 SELECT * FROM firm;
SELECT store('policy own-1 ''It''''s \ own'' fact id number clause 1 reward when id >= 5 pay id * 1.5元 ladder rung low '
	'when id >= 9');

CREATE FUNCTION pg_temp.again(query text) RETURNS text LANGUAGE plpgsql SET search_path = public, zjtx AS $$
DECLARE
	printed text;
	reprinted text;
	other text;
	same boolean;
BEGIN
	EXECUTE 'CREATE VIEW public.first AS ' || query;
	SET LOCAL search_path = '';
	printed := pg_catalog.pg_get_viewdef('public.first'::pg_catalog.regclass);
	EXECUTE 'CREATE VIEW public.second AS ' || printed;
	reprinted := pg_catalog.pg_get_viewdef('public.second'::pg_catalog.regclass);
	other := pg_catalog.rtrim(pg_catalog.replace(printed, 'public.firm ', 'public.firm_102008 '), ';');
	EXECUTE pg_catalog.format('SELECT NOT EXISTS ((TABLE public.first EXCEPT TABLE public.second) '
		'UNION ALL (TABLE public.second EXCEPT TABLE public.first)
		UNION ALL (TABLE public.first EXCEPT (%1$s)) UNION ALL ((%1$s) EXCEPT TABLE public.first)) '
			'AND EXISTS (TABLE public.first)', other) INTO same;
	DROP VIEW public.first, public.second;
	RETURN CASE WHEN printed <> reprinted THEN reprinted WHEN other = pg_catalog.rtrim(printed, ';')
		THEN 'no table was replaced: ' || printed
		WHEN NOT same THEN 'other answers' ELSE 'the same' END;
END $$;

CREATE TEMP TABLE asked (number serial, query text);
INSERT INTO asked (query) SELECT format('SELECT id, %s AS answer FROM firm e', expression) FROM unnest(ARRAY[
	'e |= ''id >= 5''::policy', 'e |= ''own-1''', 'e |# ''own-1/1''', 'e |^ ''own-1''', '(e |^ ''own-1'').label',
	'e |! ''yubei-2024-34/3''',
	'(amount_range(e, ''own-1'')).high', 'judge(e, ''yubei-2024-34/3'')::text', 'eligible(e, stored(''own-1''))',
	'e |= (stored(''own-1'') -> ''1'')',
	'e |= as_of(''own-1'', ''2024-01-01'')', 'e |# amend(''yubei-2024-34/3'', ''define rent_cap = 5万元'')',
	'facts |= ''n > 3''::policy',
	'to_jsonb(e) |# ''own-1''', 'explain(e, ''own-1'')', 'e |= rule', 'e |= E''-- \\ ''''\n id >= 7''::policy',
	'row(e.id, e.region)::text || (e |= ''own-1'')', '(e |= ''own-1'') IS NULL AND NOT e |= ''own-1''',
	'e |= CASE WHEN id > 3 THEN ''id >= 5''::policy END',
	'(SELECT sum((l).area) FROM unnest(leases) l) + (e |# ''own-1'')']) AS expression;
INSERT INTO asked (query) VALUES
	('SELECT id FROM firm e WHERE e |= ''id >= 5''::policy'),
	('SELECT id FROM firm e WHERE NOT (e |= ''own-1'')'),
	('SELECT e |^ ''own-1'' AS rung, count(*) FILTER (WHERE e |= ''own-1/1'') FROM firm e '
	'GROUP BY e |^ ''own-1'' HAVING sum(e |# ''own-1'') >= 0'),
	('SELECT t.clause, t.amount FROM (SELECT tally(judge(e, ''own-1'')) AS a FROM firm e) x, unnest(a) t'),
	('SELECT id, r.low, r.high FROM firm e, amount_range(e, ''own-1'') r'),
	('SELECT e.id, f.id AS other FROM firm e LEFT JOIN firm f ON f.id = e.id + 1 AND f |= ''own-1'' WHERE e |= ''id > '
	'2''::policy'),
	('SELECT s.id FROM (SELECT id, region FROM firm f) s WHERE s |= ''id > 2''::policy'),
	('WITH c AS (SELECT * FROM firm f) SELECT c.id, c |# ''own-1'' AS yuan FROM c'),
	('SELECT id, row_number() OVER (PARTITION BY e |= ''own-1'' ORDER BY e |# ''own-1'' DESC, id) FROM firm e'),
	('SELECT id, a.clause, a.status FROM firm e, assess(e, ''own-1'') a');
SELECT is(pg_temp.again(query), 'the same', query) FROM asked ORDER BY number;

-- Other places where PostgreSQL stores expressions.

ALTER TABLE firm ADD CONSTRAINT kept CHECK ((firm |= 'id > 0'::policy) IS NOT FALSE);
CREATE INDEX kept ON firm (((firm |# ('policy x ''x'' fact id number clause 1 reward when id > 5 pay 1元'::policy))))
	WHERE firm |= 'id > 3'::policy;
CREATE FUNCTION owed_by(first int) RETURNS numeric LANGUAGE sql STABLE BEGIN ATOMIC SELECT sum(e |# 'own-1') FROM firm e
	WHERE e.id >= first; END;
CREATE RULE kept AS ON DELETE TO firm WHERE old |= 'own-1' DO INSTEAD NOTHING;
CREATE FUNCTION pg_temp.kept() RETURNS SETOF text LANGUAGE sql AS $$
	SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'public.firm'::regclass AND contype = 'c'
	UNION ALL SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = 'public.firm'::regclass
	AND indexprs IS NOT NULL
	UNION ALL SELECT pg_get_functiondef('public.owed_by'::regproc)
	UNION ALL SELECT pg_get_ruledef(oid) FROM pg_rewrite WHERE ev_class = 'public.firm'::regclass
$$;
SET LOCAL search_path = '';
CREATE TEMP TABLE before AS SELECT pg_temp.kept() AS text;
CREATE TEMP TABLE answer AS SELECT public.owed_by(3) AS yuan;
ALTER TABLE public.firm DROP CONSTRAINT kept;
DROP INDEX public.kept;
DROP RULE kept ON public.firm;
DROP FUNCTION public.owed_by;
DO $$
DECLARE
	statement text;
BEGIN
	FOR statement IN SELECT CASE WHEN text LIKE 'CHECK%' THEN 'ALTER TABLE public.firm ADD CONSTRAINT kept ' ELSE ''
	END || text FROM pg_temp.before LOOP
		EXECUTE statement;
	END LOOP;
END $$;
SET LOCAL search_path = public, zjtx;
SELECT is((SELECT count(*) FROM before), 4::bigint, 'a constraint, an index, a function, a rule');
SET LOCAL search_path = '';
CREATE TEMP TABLE after AS SELECT pg_temp.kept() AS text;
SET LOCAL search_path = public, zjtx;
SELECT bag_eq('TABLE after', 'TABLE before', 'are read again as the same');
SELECT is(owed_by(3), (SELECT yuan FROM answer), 'and answer the same');
DELETE FROM firm;
SELECT is((SELECT count(*) FROM firm), 8::bigint, 'and do the same');

SELECT * FROM finish();
ROLLBACK;
