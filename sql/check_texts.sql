\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET zjtx.as_of = '2025-06-30';
SELECT no_plan();

-- check_table reads tables of texts as offices fill them in: headers with years and units, values in several formats.
-- The
-- findings and views below were checked by hand.

CREATE FUNCTION pg_temp.found(rel regclass, p policy, key text DEFAULT NULL) RETURNS SETOF text LANGUAGE sql AS $$
	SELECT concat_ws(' | ', fact, column_name, finding, message, hint) FROM zjtx.check_table(rel, p, key)
		WHERE finding NOT IN ('given', 'view')
$$;
CREATE FUNCTION pg_temp.mapped(rel regclass, p policy) RETURNS text LANGUAGE sql AS $$
	SELECT message FROM zjtx.check_table(rel, p) WHERE finding = 'view'
$$;

CREATE TABLE public."年报表" ("序号" text, "单位名称" text, "信用代码" text, "所在街道" text, "企业类型" text,
	"2024年度营业收入（万元）" text, "2023年营业收入(万元)" text, "营业收入2022年" text, "上年度研发投入［单位：万元］" text,
	"出口占比（％）" text, "负债率" text, "用地（亩）" text, "从业人员" text, "是否规上" text, "认定日期" text, "有效期" text, "资质" text);
INSERT INTO "年报表" VALUES
	('1', '甲', 'A1', '龙溪', '小型', '1,300', '1000', '800万元', '60.5', '30', '55%', '15', '50人', '是', '2023年1月1日',
	'2026/1/1', '一级'),
	('2', '乙', 'A2', ' 龙溪　', '微型', '1,200万元', '1000', '0.09亿元', '３０', '12.5%', '0.4', '3', '20', '√', '45000',
	'20260101', '无'),
	('3', '丙', 'A3', '龙溪街道', '小型', '约900', '2000', '-', '/', '8', '40%', '1.5', '12', 'N', '2023.5', '2026-01-01', '二级'),
	('4', '丁', 'A4', '双龙', '中型', '2000', '2,00', '无', '100', '', '120%', '', '', '不清楚', NULL, NULL, '一级'),
	('5', '戊', 'A4', '人 和', '', NULL, '500', '', '5', '5', '30%', '2', '8', '否', '待定', '', NULL);
CREATE FUNCTION pg_temp.rule() RETURNS policy LANGUAGE sql AS $$ SELECT $p$policy report-2025 '年报奖励'
	fact street text '所在街道' in ('longxi' '龙溪', 'shuanglong' '双龙', 'renhe' '人和')
	fact size text '企业划型' in ('micro' '微型', 'small' '小型', 'medium' '中型')
	fact revenue number 元 '上年度营业收入' at least 0
	fact revenue_prev number 元 '前一年度营业收入' at least 0
	fact sales number 元 by year '营业收入' at least 0
	fact rd number 元 '上年度研发投入' at least 0
	fact export number % '出口占比' between 0 and 1
	fact debt number % '负债率' between 0 and 1
	fact land number 平方米 '用地' at least 0
	fact employees number 人 '从业人员数' at least 0
	fact above_scale boolean '规上'
	fact titled_on date '认定日' null means none
	fact titled_until date '有效期至'
	fact grade text '资质' in ('first' '一级', 'second' '二级') null means none
	fact patents number 件 '发明专利数'
	clause 1 reward when revenue > 1000万元 and revenue > revenue_prev and street = 'longxi' pay 10万元
	clause 2 when titled_on is null or titled_on >= 2023-01-01
	clause 3 when grade is null
	clause 4 when sales[2022] > 0元 and rd > 0元 and export > 10% and debt < 50% and land > 1亩 and employees > 0 and
	above_scale
		and titled_until > as_of and size = 'small' and patents > 0$p$::policy $$;

SELECT f FROM pg_temp.found('"年报表"', pg_temp.rule()) f;
SELECT pg_temp.mapped('"年报表"', pg_temp.rule());
SELECT lives_ok(pg_temp.mapped('"年报表"', pg_temp.rule()), 'it runs as printed');
SELECT results_eq($$SELECT "单位名称", e |= (pg_temp.rule() -> '1'), e |= (pg_temp.rule() -> '2'), e |= (pg_temp.rule() ->
	'3')
	FROM "年报表_facts" e ORDER BY "序号"$$, $$VALUES ('甲', true, true, false), ('乙', true, true, true),
	('丙', NULL, NULL, false), ('丁', false, true, false), ('戊', NULL, NULL, true)$$,
	'its answers: a text that cannot be read is unknown, also where NULL means none');
SELECT results_eq($$SELECT revenue, revenue_prev, sales_2022, rd, export, debt, round(land), employees FROM
	"年报表_facts" ORDER BY "序号"$$,
	$$VALUES (13000000.0, 10000000.0, 8000000.0, 605000.0, 0.30, 0.55, 10000.0, 50.0),
	(12000000, 10000000, 9000000, 300000, 0.125, 0.4, 2000, 20), (NULL, 20000000, NULL, NULL, 0.08, 0.40, 1000, 12),
	(20000000, NULL, NULL, 1000000, NULL, 1.20, NULL, NULL), (NULL, 5000000, NULL, 50000, 0.05, 0.30, 1333, 8)$$,
	'numbers in the units of the facts');
SELECT is_empty($$SELECT fact, finding FROM check_table('"年报表_facts"', pg_temp.rule()) WHERE finding IN ('type',
	'mapped',
	'unreadable', 'unit') $$, 'a view that was made needs no other');
SELECT is((SELECT message FROM check_table('"年报表_facts"', pg_temp.rule()) WHERE fact = 'titled_on' AND finding =
	'range'),
	'4个值中有2个不可能，按未知处理', 'but what could not be read is still counted');

CREATE TABLE public.titles ("市级专精特新认定时间" text, "市级专精特新有效期止" text);
SELECT is((SELECT hint FROM check_table('titles', stored('yubei-2024-34/5-specialized'))
	WHERE fact = 'specialized_reviews'),
	NULL, 'a day is not taken for records, which have a similar name');

-- On another day, the same columns are of other years.

SET zjtx.as_of = '2026-02-01';
SELECT results_eq($$SELECT fact, column_name FROM check_table('"年报表"', pg_temp.rule()) WHERE fact LIKE 'revenue%' AND
	finding IN ('mapped', 'absent')$$,
	$$VALUES ('revenue', NULL), ('revenue_prev', '2024年度营业收入（万元）')$$, 'the year before 2026 is 2025');
SELECT is((SELECT column_name FROM check_table('"年报表"', as_of(pg_temp.rule(), '2025-01-01')) WHERE fact = 'revenue' AND
	finding = 'mapped'), '2024年度营业收入（万元）', 'the policy''s own day decides');
SET zjtx.as_of = '2025-06-30';

-- In English; headers and what they are read as.

CREATE FUNCTION pg_temp.reads(header text, value text, fact text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
BEGIN
	EXECUTE format('CREATE TABLE public.one (%I text)', header);
	EXECUTE format('INSERT INTO public.one VALUES (%L)', value);
	line := (SELECT substring(message FROM E'SELECT ([^\n]*)\n') FROM zjtx.check_table('public.one',
		format(E'policy p ''P'' fact %s clause 1 when 1 > 0', fact)::zjtx.policy) WHERE finding = 'view');
	DROP TABLE public.one;
	RETURN line;
END $$;
SELECT concat(h, ' | ', f, ' | ', pg_temp.reads(h, v, f)) FROM (VALUES
	('营业收入（万元）', '1', 'r number 元 ''营业收入'' null means none'),
	('营业收入(亿元)', '1', 'r number 元 ''营业收入'''),
	('营业收入［单位：千元］', '1', 'r number 元 ''营业收入'''),
	('营业收入【万元】', '1', 'r number 元 ''营业收入'''),
	('营业收入_万元', '1', 'r number 元 ''营业收入'''),
	('营业收入（公顷）', '1', 'r number 元 ''营业收入'''),
	('营业收入（2024年，万元）', '1', 'r number 元 ''上年度营业收入'''),
	('2024年营业收入', '1', 'r number 元 ''上一年营业收入'''),
	('2024营业收入', '1', 'r number 元 ''去年营业收入'''),
	('2025年营业收入', '1', 'r number 元 ''本年度营业收入'''),
	('2023年营业收入', '1', 'r number 元 ''上年度营业收入'''),
	('2023年营业收入', '1', 'r number 元 ''前一年度营业收入'''),
	('2024年营业收入', '1', 'r number 元 ''营业收入'''),
	('营业收入', '1', 'r number 元 ''上年度营业收入'''),
	('2024年末资产总额', '1', 'r number 元 ''上年末资产总额'''),
	('占比(%)', '5', 'r number % ''占比'''),
	('占比', '5', 'r number % ''占比'''),
	('占比（万元）', '5', 'r number % ''占比'''),
	('面积（万平方米）', '5', 'r number 亩 ''面积'''),
	('是否独立法人（是/否）', '是', 'r boolean ''独立法人'''),
	('是否为独立法人', '是', 'r boolean ''独立法人'''),
	('独立法人', '是', 'r boolean ''独立法人'' null means none'),
	('认定时间', '20240101', 'r date ''认定日'''),
	('有效期截止日期', '20240101', 'r date ''有效期至'''),
	('级 别', 'a', 'r text ''级别'' in (''a'', ''b'')'),
	('r', ' a', 'r text in (''a'', ''b'')'),
	('r_2024', '1', 'r number by year'),
	('上年度收入（万元）', '1', 'r number 元 by year ''收入''')) v (h, v, f);

-- The unit of texts that name none, by their size.

CREATE TABLE public.sizes AS SELECT 'K' || i AS id, i * 100 || '' AS revenue, i * 10 || '' AS share, i || '000万元' AS
	profit FROM generate_series(1, 9) i;
SELECT pg_temp.mapped('sizes', $$policy p 'P' fact revenue number 元 fact share number % fact profit number 元
	clause 1 when revenue > 1000万元 and share > 5% and profit > 0元$$::policy);

-- Lists in one cell.

CREATE TABLE public.tagged (id int, "产业标签" text, "处罚日期" text, sums text, flags text);
INSERT INTO tagged VALUES (1, '汽车电子、 软件，新材料', '2024-1-1、2023年5月1日', '1,000；2万', '是、否'),
	(2, '软件', '待查', 'x', ''), (3, '无', '', '-', NULL), (4, NULL, '2024/1/1', '5', '√');
CREATE FUNCTION pg_temp.tag_rule() RETURNS policy LANGUAGE sql AS $$ SELECT $p$policy tag-1 '标签'
	fact tags list of text '产业标签' null means none fact punished list of date '处罚日期' null means none
	fact sums list of number 元
	clause 1 when any(tags : it = '软件') clause 2 when not any(punished : it > 2023-12-31)
	clause 3 reward pay sum(sums : it)$p$::policy $$;
SELECT concat_ws(' | ', fact, finding, message, hint) FROM check_table('tagged', pg_temp.tag_rule());
SELECT lives_ok((SELECT message FROM check_table('tagged', pg_temp.tag_rule()) WHERE finding = 'view'), 'lists');
SELECT results_eq($$SELECT id, tags, punished, sums, e |= (pg_temp.tag_rule() -> '1'), e |= (pg_temp.tag_rule() -> '2'),
	e |# pg_temp.tag_rule() FROM tagged_facts e ORDER BY id$$,
	$$VALUES (1, '{汽车电子,软件,新材料}'::text[], '{2024-01-01,2023-05-01}'::date[], '{1000,20000}'::numeric[], true, false,
	21000.00), (2, '{软件}', '{NULL}', '{NULL}', true, NULL, NULL), (3, '{}', NULL, NULL, false, true, NULL),
	(4, NULL, '{2024-01-01}', '{5}', false, false, 5.00)$$, 'their answers');

-- Columns that may be the fields of a list's only element: a comment, which can be used.

CREATE TABLE public.rented AS SELECT i AS id, CASE WHEN i < 3 THEN i * 100 || '平方米' END AS "租用面积",
	i + 20 || '元' AS "租金", (ARRAY['国有', '社会', '民营'])[i] AS "厂房性质", '100' AS "面积合计" FROM generate_series(1, 3) i;
ALTER TABLE rented DROP COLUMN "面积合计";
CREATE FUNCTION pg_temp.lease_rule() RETURNS policy LANGUAGE sql AS $$ SELECT $p$policy lease-1 '租赁'
	fact leases list (owner text '产权' in ('state' '国有', 'private' '社会'), area number 平方米 '面积', rent number 元 '月租金')
	clause 1 reward when any(leases : owner = 'state') pay sum(leases : area * rent)$p$::policy $$;
SELECT concat_ws(' | ', fact, finding, message, hint) FROM check_table('rented', pg_temp.lease_rule());
SELECT results_eq(format('SELECT id, e |# pg_temp.lease_rule(), e |! pg_temp.lease_rule()
	FROM (SELECT t.id, %s FROM rented t) e', (SELECT substring(message FROM '可能：([^\n]*)')
	FROM check_table('rented', pg_temp.lease_rule()) WHERE finding = 'view')),
	$$VALUES (1, 2100.00, '{}'::text[]), (2, 0.00, '{}'), (3, NULL, '{leases}')$$, 'the expression answers');
ALTER TABLE rented ADD "办公面积" text;
SELECT concat_ws(' | ', fact, finding, message, hint) FROM check_table('rented', pg_temp.lease_rule());

-- Large tables are read in a sample; keys; row security.

CREATE TABLE public.large AS SELECT i AS id, CASE WHEN i % 100 = 0 THEN '约' ELSE '' END || i AS revenue FROM
	generate_series(1, 25000) i;
ALTER TABLE large ADD PRIMARY KEY (id);
SELECT f FROM pg_temp.found('large', 'revenue > 5'::policy) f;
CREATE TABLE public.small (no int, code text, revenue text);
INSERT INTO small VALUES (1, 'a', '1'), (2, 'a', '2'), (3, 'b', 'x'), (4, NULL, '4'), (NULL, 'b', 'y');
SELECT f FROM pg_temp.found('small', 'revenue > 5'::policy) f;
SELECT f FROM pg_temp.found('small', 'revenue > 5'::policy, 'code') f;
SELECT is(pg_temp.error_of($$SELECT zjtx.check_table('small', 'revenue > 5'::policy, 'x')$$),
	'42703: column "x" of public.small does not exist', 'a key that is no column');
CREATE ROLE zjtx_texts;
GRANT USAGE ON SCHEMA public TO zjtx_texts;
GRANT SELECT (code, revenue) ON small TO zjtx_texts;
ALTER TABLE small ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON small TO zjtx_texts USING (revenue <> 'x');
SET LOCAL ROLE zjtx_texts;
SELECT concat_ws(' | ', fact, column_name, finding, message, hint) FROM zjtx.check_table('public.small',
	'revenue > 5 and no > 1'::policy);
RESET ROLE;

SELECT * FROM finish();
ROLLBACK;
