-- The schema smith for SQLsmith: rows, policies, names and verdicts as columns, in addition to the district of
-- examples/district and its views.  SQLsmith generates no literals except numbers and NULL, and does not call
-- set-returning functions.  Therefore views provide constants, which the planner pulls up, and aggregates in
-- functions replace sets.

SET client_min_messages = warning;
CREATE SCHEMA smith;
SET search_path = smith, public, zjtx;

-- Twelve enterprises with titles, because a typical query joins six tables.
CREATE TEMP TABLE kept AS
(SELECT enterprise_id FROM title GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 8) UNION (SELECT enterprise_id
	FROM enterprise ORDER BY 1 LIMIT 4);
DO $$
DECLARE
	t text;
BEGIN
	FOREACH t IN ARRAY
	'{finance,financing,survey,title,review,listing,lease,award,incident,confirmation,platform,enterprise}'::text[] LOOP
		EXECUTE format('DELETE FROM %I WHERE enterprise_id NOT IN (SELECT enterprise_id FROM kept)', t);
	END LOOP;
END $$;

-- Documents: a version, a series, and odd facts, in addition to the shipped ones.
SELECT store($$
policy town-2025 'A town' number 'T 1' in force from 2025-01-01
fact id number
fact region text in ('east', 'west')
fact revenue number 元 at least 0
fact staff number 人 at least 0 null means 0
fact filed_on date null means none
fact won_on date null means none
fact marks list of number 分 null means none
define mean = revenue / staff
clause 1 'rent' subsidy per year when region = 'east' pay revenue * 10% cap 20万元
clause 7-NEEQ 'listing' reward cap 8元 when region = 'east' stage filed 'filed' on filed_on pay 5元
	stage won on latest(filed_on, won_on) pay 5元
clause 8 'loans' reward when staff >= 10人 pay undetermined
clause 9 'review' points when any(marks : it > 3分) pay sum(marks where it > 1分 : it)
clause 10 when mean > 50元 or staff >= 10人 and won_on between 2025-01-01 and as_of
ladder 'its ladder' rung low 'low' when staff >= 10人 rung high 'high' level 5 when staff >= 100人 and region = 'east'
target t 'firms' 家 stock 2024: 3, 2025: 9 count where staff > 1
$$), store($$policy town-a 'a' series town in force from 2023-01-01 until 2025-01-01 fact revenue number 元
	fact staff number
clause 1 reward when revenue > 1000元 pay 5元 * staff$$),
	store($$policy town-b 'b' series town in force from 2025-01-01 fact revenue number 元 fact staff number
	clause 1 reward when revenue > 2000元 pay 6元$$);

CREATE TABLE firm (gone int, id int PRIMARY KEY, region varchar(9), revenue numeric, staff int, filed_on date,
	won_on timestamp, marks int[], name text UNIQUE);
ALTER TABLE firm DROP COLUMN gone;
INSERT INTO firm VALUES (1, 'east', 1000.01, 10, '2025-01-01', '2025-02-01', '{1,2,4}', 'Anda'),
	(2, 'west', 'NaN', 100, NULL, 'infinity', '{}', 'Boyuan'),
	(3, NULL, NULL, NULL, '2025-06-30', NULL, NULL, 'Chuanda'), (4, 'east', 99999999, 0, '-infinity', '2024-12-31',
	'{NULL,5}', 'Dingli'),
	(5, 'north', -1, 1, NULL, NULL, '{{1,2},{3,4}}', NULL);
CREATE TABLE firm_old () INHERITS (firm);
INSERT INTO firm_old VALUES (6, 'east', 2000, 7, NULL, '2023-01-01', '{9}', 'Enhe');
CREATE TABLE firm_parted (LIKE firm) PARTITION BY RANGE (revenue);
CREATE TABLE firm_low PARTITION OF firm_parted FOR VALUES FROM (MINVALUE) TO (1500);
CREATE TABLE firm_high PARTITION OF firm_parted DEFAULT;
INSERT INTO firm_parted SELECT * FROM firm WHERE id < 6;
CREATE INDEX ON firm (revenue);
CREATE INDEX ON firm (staff) WHERE firm |= 'staff > 5'::policy;
CREATE INDEX ON firm ((firm |# $$policy p 'p' fact staff number clause 1 reward pay staff * 5元$$::policy));
ALTER TABLE firm_low ADD CONSTRAINT not_huge CHECK ((firm_low |= 'revenue > 10亿元'::policy) IS NOT TRUE);

CREATE TABLE rule (code text PRIMARY KEY, p policy NOT NULL);
INSERT INTO rule SELECT code, doc FROM policies;
INSERT INTO rule SELECT p.code || '/' || c.code, p.doc -> c.code FROM policies p, zjtx.clauses(p.doc) c
	WHERE p.code IN ('yubei-2024-34', 'town-2025');
INSERT INTO rule VALUES ('', 'staff >= 10'), ('any', 'staff in (1, 10) or revenue between 5万元 and 1亿元'),
	('3', 'main_revenue / main_revenue_prev - 1 > 20%'),
	('true', '1 = 1'), ('day', as_of('won_on between 2025-01-01 and as_of'::policy, '2025-06-30'));
CREATE TABLE fact (id int, j jsonb, names text, day date);
INSERT INTO fact VALUES (1, '{}', 'revenue', '2025-06-30'),
	(2, '{"revenue": 1500, "staff": 10, "region": "east", "marks": [1, null, 5]}', 'staff revenue', '2024-12-31'),
	(3, '{"main_revenue": 13000000, "main_revenue_prev": 10000000, "region": "渝北区", "as_of": "2025-06-30"}', '',
	'infinity'), (4, '[1]', 'as_of', NULL),
	(5, 'null', 'marks x', '-infinity'), (6, NULL, NULL, '2022-08-01');
INSERT INTO fact SELECT 6 + row_number() OVER (), to_jsonb(f), 'region', f.as_of FROM enterprise_facts f LIMIT 4;
CREATE TABLE judged AS SELECT f.enterprise_id, judge(f, 'yubei-2024-34') AS v, f |^ 'miit-2022-63' AS place,
	f |! 'yubei-2024-34' AS missing FROM enterprise_facts f;
CREATE MATERIALIZED VIEW tallied AS SELECT tally(v) AS t FROM judged;

-- Rows as columns, next to the policies to ask about them.
CREATE VIEW firm_row AS SELECT f AS e, f.*, 'town-2025'::text AS name_all, 'town-2025/1'::text AS name_part,
	'town'::text AS name_series,
	(SELECT p FROM rule WHERE code = 'any') AS p_any, 'revenue >= 1000元 and (staff < 50 or region = ''east'')'::policy
	AS p_expr,
	as_of($$policy p 'p' fact staff number null means none fact revenue number 元 fact region text clause 1 reward
	when not (staff > 7) pay revenue / 3 cap 9元
	clause 2 points when region in ('east', 'west') pay 3 ladder 'l' rung a 'A' when revenue > 1元 rung b 'B'
		when staff > 3$$::policy, '2025-06-30') AS p_doc FROM firm f;
CREATE VIEW parted_row AS SELECT f AS e, f.id, f.revenue, f.staff, 'staff >= 10'::policy AS p_staff,
	'revenue < 1500元 or staff > 1'::policy AS p_two,
	'town-2025/10'::text AS name_part, 'town-2025/low'::text AS name_rung FROM firm_parted f;
CREATE VIEW enterprise_row AS SELECT f AS e, f.enterprise_id AS id, f.as_of, f.region, 'yubei-2024-34/3'::text
	AS name_rent, 'yubei-2024-34'::text AS name_yubei,
	'miit-ladder'::text AS name_ladder, 'banan-2024'::text AS name_banan,
	'main_revenue / main_revenue_prev - 1 > 20% and region = ''渝北区'''::policy AS p_growth,
	(SELECT p FROM rule WHERE code = 'dazu-2022-92') AS p_dazu FROM enterprise_facts f;
CREATE VIEW fact_row AS SELECT id, j, (SELECT f FROM firm f WHERE f.id = fact.id) AS e, ROW(id, 'east', 1000, id * 7,
	day, day, NULL, names)::firm AS made,
	'town-2025/9'::text AS name_part, 'staff > 10 or region = ''east'''::policy AS p_any FROM fact;
CREATE VIEW lateral_row AS SELECT f.id, f |= r.p AS eligible, f |# r.p AS amount, f |! r.p AS missing,
	(amount_range(f, r.p)).low, (amount_range(f, r.p)).high FROM firm f, rule r WHERE r.code LIKE 'town-2025%';
CREATE VIEW assessed AS SELECT f.id, a.* FROM firm f, LATERAL assess(f, 'town-2025') a;
CREATE VIEW lacking AS SELECT f.id, g.* FROM firm f, LATERAL gap(f, 'town-2025') g;
CREATE VIEW verdict_line AS SELECT enterprise_id, l.* FROM judged, LATERAL lines(v) l;
CREATE VIEW standing AS SELECT s.* FROM zjtx.standing('2025-06-30') s;
SELECT publish('enterprise_facts', 'yubei-2024-34', 'smith.rewards', true), publish('firm', 'town-2025',
	'smith.firm_town', true),
	publish('firm', stored('town'), 'smith.firm_series');
CREATE MATERIALIZED VIEW rewards_kept AS SELECT enterprise_id, clause_3 FROM rewards;

-- Writes are judged.
CREATE TRIGGER judge AFTER INSERT OR UPDATE OR DELETE ON firm FOR EACH ROW EXECUTE FUNCTION zjtx.watch('smith.firm',
	'id', 'town-2025', 'town');
CREATE TRIGGER judge AFTER INSERT OR UPDATE OR DELETE ON firm_old FOR EACH ROW EXECUTE FUNCTION zjtx.watch('smith.firm',
	'id', 'town-2025');
CREATE TRIGGER judge AFTER INSERT OR UPDATE OR DELETE ON enterprise FOR EACH ROW
	EXECUTE FUNCTION zjtx.watch('public.enterprise_facts', 'enterprise_id', 'yubei-2024-34', 'miit-2022-63');
DO $$
DECLARE
	t text;
BEGIN
	FOREACH t IN ARRAY '{title,lease,finance}'::text[] LOOP
		EXECUTE format('CREATE TRIGGER judge_new AFTER INSERT ON %I REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT '
			'EXECUTE FUNCTION zjtx.watch(''public.enterprise_facts'', ''enterprise_id'', ''yubei-2024-34'')', t);
		EXECUTE format('CREATE TRIGGER judge_both AFTER UPDATE ON %I REFERENCING OLD TABLE AS stale NEW TABLE AS fresh '
			'FOR EACH STATEMENT '
			'EXECUTE FUNCTION zjtx.watch(''public.enterprise_facts'', ''enterprise_id'', ''yubei-2024-34'')', t);
	END LOOP;
END $$;
UPDATE enterprise SET region = region;
UPDATE firm SET region = region;
CALL sweep('smith.firm', 'id', '{town-2025,town}');

-- Constants, and functions over sets, for each row type.
CREATE FUNCTION rule_a() RETURNS policy IMMUTABLE PARALLEL SAFE
	LANGUAGE sql RETURN 'staff >= 10 or revenue > 1000元'::zjtx.policy;
CREATE FUNCTION rule_b() RETURNS policy IMMUTABLE PARALLEL SAFE LANGUAGE sql RETURN
	$$policy p 'p' fact staff number fact marks list of number null means none clause 1 reward when staff > 3
	pay count(marks) * 5元 ladder 'l' rung a 'A' when staff > 7$$::zjtx.policy;
CREATE FUNCTION rule_c() RETURNS policy STABLE PARALLEL SAFE LANGUAGE sql RETURN zjtx.stored('yubei-2024-34/3');
CREATE FUNCTION name_a() RETURNS text IMMUTABLE PARALLEL SAFE LANGUAGE sql RETURN 'town-2025';
CREATE FUNCTION name_b() RETURNS text IMMUTABLE PARALLEL SAFE LANGUAGE sql RETURN 'miit-ladder/specialized';
CREATE FUNCTION first_firm() RETURNS firm STABLE PARALLEL SAFE LANGUAGE sql BEGIN ATOMIC SELECT f FROM firm f
	ORDER BY id LIMIT 1; END;
DO $$
DECLARE
	f record;
	row_type text;
	given text;
	number int := 0;
BEGIN
	FOR f IN SELECT proname, ARRAY(SELECT a::regtype::text FROM unnest(proargtypes) a) AS types FROM pg_proc
		WHERE pronamespace = 'zjtx'::regnamespace AND proretset AND NOT '"any"'::regtype = ANY (proargtypes) LOOP
		FOREACH row_type IN ARRAY CASE WHEN 'record' = ANY (f.types) THEN '{firm,enterprise_facts,firm_parted}'::text[]
		ELSE '{none}' END LOOP
			number := number + 1;
			SELECT string_agg('$' || n || '::' || t, ', ' ORDER BY n) INTO given FROM unnest(f.types)
				WITH ORDINALITY a (t, n);
			EXECUTE format('CREATE FUNCTION %I(%s) RETURNS text[] STABLE LANGUAGE sql RETURN ARRAY(SELECT a::text '
				'FROM zjtx.%I(%s) a)',
				f.proname || '_' || number, array_to_string(array_replace(f.types, 'record', row_type), ', '),
				f.proname, given);
		END LOOP;
	END LOOP;
END $$;

-- SQLsmith chooses among all relations, operators and functions with equal probability.  Therefore the views of
-- rows are listed thirty times, and the operators of zjtx have ninety more names.  SQLsmith reads pg_proc through
-- the search path; this version of pg_proc lists zjtx's functions thirty times, and omits functions of ranges and
-- enums, which SQLsmith cannot call.
DO $$
DECLARE
	o record;
BEGIN
	FOR o IN SELECT oprname || a || b AS name, oprleft::regtype AS l, oprright::regtype AS r, oprcode FROM pg_operator,
		unnest('{~,!,@,#,%,^,&,|,?}'::text[]) a, unnest('{"",~,!,@,#,%,^,&,|,?}'::text[]) b
		WHERE oprnamespace = 'zjtx'::regnamespace AND (oprname = '|=' OR oprname <> '->' AND b = '') LOOP
		EXECUTE format('CREATE OPERATOR smith.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = %s)', o.name, o.l, o.r,
		o.oprcode);
	END LOOP;
	FOR o IN SELECT v, v || n AS name FROM unnest('{firm_row,parted_row,enterprise_row,fact_row}'::text[]) v,
		generate_series(2, 30) n LOOP
		EXECUTE format('CREATE VIEW %I AS SELECT * FROM %I', o.name, o.v);
	END LOOP;
END $$;
CREATE TABLE smith.pg_proc AS SELECT (p.oid::bigint + 1000000 * n)::oid AS oid, pronamespace, prorettype, proname,
	proretset, prokind, proargtypes
	FROM pg_catalog.pg_proc p, generate_series(0, CASE
		WHEN pronamespace IN ('zjtx'::regnamespace, 'zjtx_internal'::regnamespace, 'smith'::regnamespace) THEN 30
		ELSE 0 END) n
	WHERE NOT (proargtypes::oid[] || prorettype) &&
	'{anyenum,anyrange,anymultirange,anycompatiblerange,anycompatiblemultirange}'::regtype[]::oid[];
CREATE INDEX ON smith.pg_proc (oid);
ANALYZE;

-- The asking role is no superuser and has all privileges on zjtx that can be granted.
CREATE ROLE smith LOGIN;
GRANT USAGE ON SCHEMA smith, public, zjtx, zjtx_internal TO smith;
GRANT ALL ON ALL TABLES IN SCHEMA smith, public, zjtx TO smith;
GRANT ALL ON ALL SEQUENCES IN SCHEMA smith, public, zjtx TO smith;
GRANT EXECUTE ON ALL ROUTINES IN SCHEMA smith, public, zjtx, zjtx_internal TO smith;
GRANT pg_read_all_data, pg_monitor TO smith;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON smith.pg_proc FROM smith;
ALTER ROLE smith SET search_path = smith, pg_catalog, public, zjtx;
