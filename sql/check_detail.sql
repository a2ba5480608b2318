\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET zjtx.as_of = '2025-06-30';
SELECT no_plan();

-- check_table(…, detail => …): tables with a row for each year, or for each element of a list. The views were
-- checked by hand.

CREATE FUNCTION pg_temp.rule() RETURNS policy LANGUAGE sql AS $$ SELECT $p$policy detail-1 '明细'
	fact revenue number 元 '上年度主营业务收入' at least 0
	fact revenue_prev number 元 '前一年度主营业务收入' null means none
	fact sales number 元 by year '主营业务收入'
	fact staff number 人 by year null means none
	fact rated_on date '上年度评定日'
	fact above_scale boolean '上年度规上'
	fact region text
	fact leases list (owner text '产权' in ('state' '国有', 'private' '社会'), area number 平方米 '面积', rent number 元 '月租金')
		'租赁' null means none
	fact patents list of text '专利'
	clause 1 reward when revenue > 1000万元 and revenue > revenue_prev and sales[2023] > 0元 and staff[2024] > 1
		pay sum(leases : area * rent)
	clause 2 when rated_on < 2025-01-01 and above_scale
	clause 3 when count(patents) > 1$p$::policy $$;
CREATE FUNCTION pg_temp.found(rel regclass, detail regclass, key text DEFAULT NULL) RETURNS SETOF text
LANGUAGE sql AS $$
	SELECT concat_ws(' | ', fact, column_name, finding, message, hint)
		FROM zjtx.check_table(rel, pg_temp.rule(), key, detail) WHERE finding NOT IN ('given', 'absent', 'view')
$$;
CREATE FUNCTION pg_temp.mapped(rel regclass, detail regclass, key text DEFAULT NULL) RETURNS text LANGUAGE sql AS $$
	SELECT message FROM zjtx.check_table(rel, pg_temp.rule(), key, detail) WHERE finding = 'view'
$$;

CREATE TABLE enterprise (id int PRIMARY KEY, name text, region text);
INSERT INTO enterprise VALUES (1, '甲', 'a'), (2, '乙', 'a'), (3, '丙', 'a');
CREATE TABLE report (company int, "年份" text, "主营业务收入（万元）" text, staff int, "评定日期" text, "是否规上" text);
INSERT INTO report VALUES (1, '2024年', '1,300', 5, '2024-1-1', '是'), (1, '2023', '1000', 6, NULL, '否'),
	(2, '2024', '900', 7, '2024/1/1', '是'), (2, '2024', '901', 7, '2024/1/2', '是'), (2, '2023', '约800', NULL, NULL, NULL);

SELECT f FROM pg_temp.found('enterprise', 'report') f;
SELECT pg_temp.mapped('enterprise', 'report');
SELECT lives_ok(pg_temp.mapped('enterprise', 'report'), 'it runs as printed');
SELECT results_eq('SELECT id, revenue, revenue_prev, rated_on, above_scale, sales, staff FROM enterprise_facts
	ORDER BY id',
	$$VALUES (1, 13000000::numeric, 10000000::numeric, '2024-01-01'::date, true,
	'[{"year": 2024, "value": 13000000}, {"year": 2023, "value": 10000000}]'::jsonb,
	'[{"year": 2024, "value": 5}, {"year": 2023, "value": 6}]'::jsonb),
	(2, NULL, 'NaN', NULL, NULL,
	'[{"year": 2024, "value": 9000000}, {"year": 2024, "value": 9010000}, {"year": 2023, "value": null}]',
	'[{"year": 2024, "value": 7}, {"year": 2024, "value": 7}, {"year": 2023, "value": null}]'),
	(3, NULL, 'NaN', NULL, NULL, NULL, '[]')$$, 'the values of years');
SELECT results_eq($$SELECT id, e |= (pg_temp.rule() -> '1'), e |! (pg_temp.rule() -> '1'), e |= (pg_temp.rule() -> '2')
	FROM enterprise_facts e ORDER BY id$$, $$VALUES (1, true, '{leases}'::text[], true),
	(2, NULL, '{revenue,revenue_prev,sales[2023],staff[2024],leases}', NULL),
	(3, NULL, '{revenue,revenue_prev,sales[2023],staff[2024],leases}', NULL)$$,
	'two rows of one year, and none, are unknown, also where NULL means none');

CREATE TABLE lease (who text, "产权" text, "面积" text, "月租金" numeric);
INSERT INTO lease VALUES ('1', '国有', '100平方米', 20), ('1', '社会', '50', 10), ('2', '民营', 'x', 1);
SELECT f FROM pg_temp.found('enterprise', 'lease') f;
SELECT pg_temp.mapped('enterprise', 'lease');
-- a view can be the main table of a second detail table
SELECT lives_ok(pg_temp.mapped('enterprise_facts', 'lease', 'id'), 'of the view');
SELECT results_eq($$SELECT id, revenue, leases, e |# pg_temp.rule(), e |! (pg_temp.rule() -> '1')
	FROM enterprise_facts_facts e ORDER BY id$$, $$VALUES (1, 13000000::numeric,
	'[{"area": 100, "rent": 20, "owner": "国有"}, {"area": 50, "rent": 10, "owner": "社会"}]'::jsonb, 2500.00, '{}'::text[]),
	(2, NULL, '[{"area": null, "rent": 1, "owner": "民营"}]', NULL,
	'{revenue,revenue_prev,sales[2023],staff[2024],leases}'),
	(3, NULL, NULL, 0.00, '{revenue,revenue_prev,sales[2023],staff[2024]}')$$, 'elements of a list');

-- A list of scalars, a foreign key.

CREATE TABLE patent (no int, firm int REFERENCES enterprise, "专利" text);
INSERT INTO patent VALUES (3, 1, 'x'), (1, 1, 'y'), (2, 2, 'z');
SELECT pg_temp.mapped('enterprise', 'patent');

-- Years as integers and days; English.

CREATE TABLE dated (id int, year date, revenue numeric);
CREATE TABLE numbered (id int, year int, revenue numeric);
SELECT substring(message FROM 'SELECT r.*') FROM (VALUES ('dated'::regclass), ('numbered')) v (detail),
	zjtx.check_table('enterprise', 'policy p ''P'' fact revenue number 元 by year clause 1 when revenue[2024] > 1元'::policy,
	detail => detail) WHERE finding = 'view';

-- Errors.

CREATE TABLE stray (firm text, year int, staff int);
INSERT INTO stray VALUES ('x', 2024, 1);
SELECT is(pg_temp.error_of(format('SELECT zjtx.check_table(%s, ''staff > 1''::zjtx.policy, detail => %L)',
	main, detail)), e, what)
	FROM (VALUES ('''enterprise''', 'stray', E'42703: no column of public.stray identifies rows of public.enterprise\n'
	'HINT: Name the column that identifies rows of public.enterprise as the argument key.', 'values that are no keys'),
	('''stray''', 'report', E'42703: no column of public.report identifies rows of public.stray\n'
	'HINT: Name the column that identifies rows of public.stray as the argument key.', 'a table without a key')) v
	(main, detail, e, what);
CREATE ROLE zjtx_detail;
GRANT USAGE ON SCHEMA public TO zjtx_detail;
GRANT SELECT ON enterprise TO zjtx_detail;
SET LOCAL ROLE zjtx_detail;
SELECT is(pg_temp.error_of('SELECT zjtx.check_table(''public.enterprise'', ''staff > 1''::zjtx.policy, '
	'detail => ''public.report'')'),
	'42501: permission denied for table report', 'a detail table that may not be read');
RESET ROLE;
GRANT SELECT (company, "年份", staff) ON report TO zjtx_detail;
SET LOCAL ROLE zjtx_detail;
SELECT is((SELECT string_agg(concat_ws(' ', fact, finding), ', ') FROM zjtx.check_table('public.enterprise',
	pg_temp.rule(), detail => 'public.report') WHERE finding = 'mapped'), 'staff mapped', 'or only in part');
RESET ROLE;

SELECT * FROM finish();
ROLLBACK;
