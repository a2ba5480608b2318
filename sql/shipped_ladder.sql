\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL zjtx.as_of = '2025-06-30';
SELECT plan(43);

-- 工信部企业〔2022〕63号, asked about tables: enterprises and three years of accounts in 万元, which a view converts to 元. The
-- expected scores and rungs were computed by hand from the three annexes.

CREATE TABLE pg_temp.firm (id int PRIMARY KEY, legal_person boolean DEFAULT true, size_class text DEFAULT 'small',
	on_abnormal_list boolean DEFAULT false, on_dishonesty_list boolean DEFAULT false, product_prohibited boolean DEFAULT
	false,
	major_incidents date[], tax_violations date[], equity_raised_2y bigint DEFAULT 0, equity_raised_3y bigint DEFAULT 0,
	employees int DEFAULT 120,
	rd_staff int DEFAULT 15, niche_years numeric DEFAULT 7, product_field text DEFAULT 'six_base',
	strategic_emerging boolean DEFAULT false, key_field boolean DEFAULT true, chain_gap_filled boolean DEFAULT true,
	chain_key_link boolean DEFAULT true, market_share numeric DEFAULT 0.0999, class1_ip_count int DEFAULT 1,
	class1_ip_own int DEFAULT 0,
	class1_ip_high_value int DEFAULT 0, class1_ip_in_use boolean DEFAULT true, class2_ip_count int DEFAULT 0,
	rd_institution_level text DEFAULT 'municipal', has_rd_institution boolean DEFAULT true,
	tech_demo_level text DEFAULT 'none', sci_awards jsonb,
	contest_rank int,
	digital_level smallint DEFAULT 2, quality_award boolean DEFAULT false, qms_certified boolean DEFAULT true,
	product_certified_abroad boolean DEFAULT false, own_brand boolean DEFAULT true,
	standard_participation boolean DEFAULT false,
	it_supported_processes int DEFAULT 1, local_points numeric, hightech_until date, ip_demo_until date);
CREATE TABLE pg_temp.account (firm int, year int, revenue numeric, main_revenue numeric, rd_expense numeric,
	net_profit numeric, assets numeric,
	liabilities numeric);
CREATE TEMP VIEW ladder_facts AS SELECT f.*, a.revenue * 10000 AS revenue, p.revenue * 10000 AS revenue_prev,
	a.main_revenue * 10000 AS main_revenue,
	p.main_revenue * 10000 AS main_revenue_prev, q.main_revenue * 10000 AS main_revenue_prev2,
	a.rd_expense * 10000 AS rd_expense, p.rd_expense * 10000 AS rd_expense_prev, a.net_profit * 10000 AS net_profit,
	a.assets * 10000 AS total_assets,
	a.liabilities * 10000 AS total_liabilities
	FROM pg_temp.firm f LEFT JOIN pg_temp.account a ON a.firm = f.id AND a.year = 2024 LEFT JOIN pg_temp.account p
	ON p.firm = f.id AND p.year = 2023
	LEFT JOIN pg_temp.account q ON q.firm = f.id AND q.year = 2022;

-- Enterprise 1: 主营业务收入 6000万元 of 8000万元 (75%), growing by 20% and 11.1%; 研发费用 400万元 (5%); profit 5%; debts 65%. 专业化 3
-- + 10 + 3 + 3, 精细化 3 + 5 + 4 + 1, 创新能力 6 + 8 + 3 + 4: 53 points without 特色化. The other enterprises differ from it as
-- stated.
INSERT INTO pg_temp.firm (id) SELECT generate_series(1, 20);
INSERT INTO pg_temp.account SELECT id, a.* FROM pg_temp.firm, (VALUES (2024, 8000, 6000, 400, 400, 8000, 5200),
	(2023, 7000, 5000, 420, 300, 7000, 4000), (2022, 6000, 4500, 300, 300, 6000, 3000)) a;

CREATE FUNCTION pg_temp.place(firm int) RETURNS text LANGUAGE sql AS $$
	SELECT coalesce((e OPERATOR(zjtx.|^) 'miit-2022-63')::text, 'unknown') ||
		(SELECT coalesce(' lacks ' || string_agg(m, ' ' ORDER BY m COLLATE "C"), '')
		FROM unnest(e OPERATOR(zjtx.|!) 'miit-2022-63') m) FROM ladder_facts e WHERE id = firm
$$;
CREATE FUNCTION pg_temp.with_change(firm int, change text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	place text;
BEGIN
	EXECUTE 'UPDATE ' || change || CASE WHEN change ~ 'WHERE year' THEN ' AND firm = ' ELSE ' WHERE id = ' END || firm;
	RETURN pg_temp.place(firm);
END $$;

SELECT is(pg_temp.place(1), '(1,innovative,符合创新型中小企业标准) lacks local_points',
	'53 to 68 points: 创新型 is proved, 专精特新 waits for the 特色化 points');
SELECT is(pg_temp.with_change(firm, change), place, description) FROM (VALUES
	(1, 'pg_temp.firm SET local_points = 7', '(2,specialized,符合专精特新中小企业标准)', '60 points are enough'),
	(1, 'pg_temp.firm SET local_points = 6.99', '(1,innovative,符合创新型中小企业标准)', '59.99 are not'),
	(1, 'pg_temp.firm SET local_points = 16', '(1,innovative,符合创新型中小企业标准) lacks local_points',
	'more points than there are to give are unknown'),
	(1, 'pg_temp.firm SET local_points = NULL, contest_rank = 500', '(2,specialized,符合专精特新中小企业标准)',
	'in place 500 of 创客中国 no points are asked'),
	(1, 'pg_temp.firm SET contest_rank = 501', '(1,innovative,符合创新型中小企业标准) lacks local_points',
	'in place 501 they are'),
	(1, 'pg_temp.firm SET contest_rank = NULL, class1_ip_own = 1, class1_ip_high_value = 1, digital_level = 3, '
	'rd_staff = 24',
	'(2,specialized,符合专精特新中小企业标准)', 'with 4 + 2 + 2 points more, 61 without 特色化'),
	(1, 'pg_temp.firm SET product_field = ''other'', niche_years = 1.99', '(1,innovative,符合创新型中小企业标准)',
	'细分市场 for less than two years'),
	-- the third rung
	(2, 'pg_temp.firm SET local_points = 8, market_share = 0.10, class1_ip_count = 2', '(2,specialized,符合专精特新中小企业标准)',
	'5% for research; between 5000万元 and 1亿元 of revenue 6% are asked'),
	(2, 'pg_temp.account SET rd_expense = 480 WHERE year = 2024', '(3,little_giant,符合专精特新“小巨人”企业标准)',
	'exactly 6% in both years'),
	(2, 'pg_temp.account SET rd_expense = 479.99 WHERE year = 2024', '(2,specialized,符合专精特新中小企业标准)',
	'a hundredth of 万元 less'),
	(2, 'pg_temp.account SET rd_expense = 480 WHERE year = 2024', '(3,little_giant,符合专精特新“小巨人”企业标准)',
	'again exactly 6%'),
	(2, 'pg_temp.firm SET market_share = NULL', '(2,specialized,符合专精特新中小企业标准) lacks market_share',
	'an unknown share of the market'),
	(2, 'pg_temp.firm SET market_share = 10', '(2,specialized,符合专精特新中小企业标准) lacks market_share',
	'a share of 10 instead of 10% cannot be'),
	(2, 'pg_temp.firm SET market_share = 0.0999', '(2,specialized,符合专精特新中小企业标准)', 'a share of 9.99%'),
	(2, 'pg_temp.firm SET market_share = 0.1, class1_ip_count = 1, contest_rank = 50',
	'(3,little_giant,符合专精特新“小巨人”企业标准)',
	'one right less, and in place 50 of 创客中国'),
	(2, 'pg_temp.firm SET contest_rank = 51', '(2,specialized,符合专精特新中小企业标准)', 'in place 51'),
	(2, 'pg_temp.firm SET contest_rank = NULL, sci_awards = ''[{"level": "national", "rank": 3, "year": 2022}]''',
	'(3,little_giant,符合专精特新“小巨人”企业标准)',
	'third of a national award three years ago'),
	(2, 'pg_temp.firm SET sci_awards = ''[{"level": "national", "rank": 4, "year": 2022}, {"level": "national", '
	'"rank": 1, "year": 2021}]''',
	'(2,specialized,符合专精特新中小企业标准)', 'fourth, and first four years ago'),
	(2, 'pg_temp.firm SET chain_key_link = false, class1_ip_count = 2', '(2,specialized,符合专精特新中小企业标准)',
	'no key link of a chain'),
	-- the first rung: 20 + 20 + 20
	(3, 'pg_temp.account SET revenue = 2200, main_revenue = 1320, rd_expense = 66, liabilities = 6000 '
	'WHERE year = 2024', '(0,none,未入梯度)',
	'sales fell'),
	(3, 'pg_temp.account SET main_revenue = 1200 WHERE year = 2023', '(1,innovative,符合创新型中小企业标准)',
	'growth of 10%, a share of 60%, 3% for research, debts of 75%: 10 + 15, 15 + 5, 5 + 15'),
	(3, 'pg_temp.firm SET class1_ip_count = 0, class2_ip_count = 1', '(1,innovative,符合创新型中小企业标准)',
	'exactly 60 points and 20 for 创新能力'),
	(3, 'pg_temp.account SET liabilities = 6000.01 WHERE year = 2024', '(0,none,未入梯度)',
	'debts of more than 75%: 55 points'),
	(3, 'pg_temp.firm SET hightech_until = ''2025-06-30''', '(1,innovative,符合创新型中小企业标准)', '高新技术企业 to the day judged'),
	(3, 'pg_temp.firm SET hightech_until = ''2025-06-29''', '(0,none,未入梯度)', 'to the day before'),
	(3, 'pg_temp.firm SET equity_raised_3y = 5000000', '(1,innovative,符合创新型中小企业标准)', '500万元 of equity in three years'),
	(3, 'pg_temp.firm SET equity_raised_3y = 4999999, tech_demo_level = ''national''', '(1,innovative,符合创新型中小企业标准)',
	'国家级技术创新示范企业'),
	(3, 'pg_temp.firm SET tech_demo_level = ''municipal''', '(0,none,未入梯度)', 'a 市级 one is not asked for'),
	(3, 'pg_temp.firm SET tech_demo_level = NULL', 'unknown lacks tech_demo_level', 'of a level that is not on file'),
	-- conditions for all rungs
	(4, 'pg_temp.firm SET local_points = 15, size_class = ''large''', '(0,none,未入梯度)', 'a large enterprise'),
	(4, 'pg_temp.firm SET size_class = ''micro''', '(2,specialized,符合专精特新中小企业标准)', 'a micro one'),
	(4, 'pg_temp.firm SET on_abnormal_list = true', '(0,none,未入梯度)', 'on the list of the abnormal'),
	(4, 'pg_temp.firm SET on_abnormal_list = NULL', 'unknown lacks on_abnormal_list', 'perhaps on it'),
	(4, 'pg_temp.firm SET on_abnormal_list = false, major_incidents = ''{2019-01-01,2022-06-30}''',
	'(2,specialized,符合专精特新中小企业标准)',
	'an accident three years ago'),
	(4, 'pg_temp.firm SET major_incidents = ''{2022-07-01,2019-01-01}''', '(0,none,未入梯度)',
	'one that lacks a day to it'),
	(4, 'pg_temp.firm SET major_incidents = ''{2019-01-01,NULL}''', 'unknown lacks major_incidents',
	'one whose day is unknown'),
	(4, 'pg_temp.firm SET major_incidents = NULL, tax_violations = ''{2025-06-30}''', '(0,none,未入梯度)',
	'taxes evaded on the day judged')) steps (firm,
	change, place, description);

-- No accounts at all.

DELETE FROM pg_temp.account WHERE firm = 5;
SELECT is(split_part(pg_temp.place(5), ' ', 1), 'unknown', 'without accounts nothing is proved or refuted');
SELECT is(e |= 'miit-2022-63/little_giant', false, 'but the share of the market refutes the highest rung')
	FROM ladder_facts e WHERE id = 5;
SELECT is((SELECT count(*) FROM ladder_facts e WHERE (e |^ 'miit-ladder')::text IS DISTINCT
	FROM (e |^ 'miit-2022-63')::text
	OR (e |! 'miit-ladder') IS DISTINCT FROM (e |! 'miit-2022-63')), 0::bigint,
	'on this day the series is this document');

-- The measures of 2026 use the same words for what they keep from those of 2022.

CREATE TEMP TABLE said AS SELECT code, (regexp_match(part, '^(?:定义|评分) ([^ ]+)')) [1] AS name,
	regexp_replace(part, E'\n(\n|--|阶梯).*$', '') AS statement
	FROM policies p, regexp_split_to_table(p.doc::text, E'\n(?=定义 |评分 )') part WHERE code LIKE 'miit-%'
	AND part ~ '^(定义|评分) ';
SELECT cmp_ok((SELECT count(*) FROM said a JOIN said b USING (name) WHERE a.code = 'miit-2022-63'
	AND b.code = 'miit-2026-2'), '>=', 45::bigint,
	'scores and conditions of the three annexes of 2022 stand in the document of 2026');
SELECT is_empty($$SELECT name, a.statement, b.statement FROM said a JOIN said b USING (name)
	WHERE a.code = 'miit-2022-63' AND b.code = 'miit-2026-2'
	AND a.statement <> b.statement AND name <> 'in_order'$$, 'and are the same but for the common conditions');

SELECT * FROM finish();
ROLLBACK;
