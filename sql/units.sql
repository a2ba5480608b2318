\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(170);

-- Units of quantities: multiples, conversions, declared units, and whether a number is money.

CREATE FUNCTION pg_temp.holds(fact text, value text, condition text) RETURNS boolean LANGUAGE sql AS $$
	SELECT jsonb_build_object('a', value::numeric) |= format('policy p ''P'' fact a number %s clause 1 when %s', fact,
		condition)::policy
$$;
CREATE FUNCTION pg_temp.why(text) RETURNS text LANGUAGE sql AS $$ SELECT pg_temp.refusal('policy p ''P'' ' || $1) $$;

-- multiples: any sequence, and the longest unit wins

SELECT ok(pg_temp.holds(unit, value, 'a >= ' || quantity) AND NOT pg_temp.holds(unit, (value::numeric - 0.0001)::text,
	'a >= ' || quantity), quantity)
FROM (VALUES ('元', '5千万元', '50000000'), ('元', '5百万元', '5000000'), ('元', '3十元', '30'), ('元', '2千元', '2000'),
	('元', '1.5万亿元', '1500000000000'),
	('元', '1百亿元', '10000000000'), ('人', '2百人', '200'), ('', '5千', '5000'), ('', '1万亿', '1000000000000'),
	('', '3十万', '300000'),
	('千瓦', '5千瓦', '5'), ('千瓦', '5千千瓦', '5000'), ('千瓦', '5万千瓦', '50000'), ('千瓦时', '3千瓦时', '3'),
	('千瓦时', '3万千瓦时', '30000'),
	('克', '5千克', '5000'), ('千克', '5千克', '5'), ('克', '5千千克', '5000000'), ('平方米', '2万平方米', '20000'),
	('平方公里', '2平方公里', '2'),
	('月', '3个月', '3'), ('月', '1十个月', '10'), ('个', '3百个', '300'), ('度', '5百度', '500'), ('股', '3千万股', '30000000'),
	('%', '0.5百%', '0.5'))
	v (unit, quantity, value);
SELECT is('{"d": "2024-01-31"}'::jsonb |= 'd + 3个月 = 2024-04-30'::policy, true, '3个月 shifts a date as 3月');

-- conversions of literals within a kind, exact where they are no decimals

SELECT ok(pg_temp.holds(unit, value, 'a >= ' || quantity) AND NOT pg_temp.holds(unit, (value::numeric - step)::text,
	'a >= ' || quantity) AND
		pg_temp.holds(unit, value, format('a = %s', quantity)) = exact, quantity || ' in ' || unit)
FROM (VALUES ('平方米', '3亩', '2000', 0.0001, true), ('平方米', '1亩', '666.6667', 0.0001, false),
	('平方米', '1公顷', '10000', 0.0001, true),
	('公顷', '15亩', '1', 0.0001, true), ('公顷', '1亩', '0.0667', 0.0001, false), ('亩', '1公顷', '15', 0.0001, true),
	('亩', '2000平方米', '3', 0.0001, true),
	('亩', '1平方公里', '1500', 0.0001, true), ('平方公里', '100公顷', '1', 0.0001, true), ('平方米', '0.5平方公里', '500000', 0.0001,
	true),
	('米', '2公里', '2000', 0.0001, true), ('公里', '500米', '0.5', 0.0001, true), ('吨', '1500千克', '1.5', 0.0001, true),
	('公斤', '1吨', '1000', 0.0001, true),
	('千克', '3公斤', '3', 0.0001, true), ('克', '0.2吨', '200000', 0.0001, true), ('吨', '1克', '0.000001', 0.0000001, true),
	('千瓦时', '100度', '100', 0.0001, true), ('度', '1万千瓦时', '10000', 0.0001, true), ('千瓦', '2兆瓦', '2000', 0.0001, true),
	('兆瓦', '500千瓦', '0.5', 0.0001, true))
	v (unit, quantity, value, step, exact);
SELECT ok(pg_temp.holds('亩', '15', condition), condition) FROM (VALUES ('a between 1公顷 and 2公顷'), ('a in (5亩, 1公顷)'),
	('a + 1公顷 = 2公顷'), ('1公顷 + a = 30亩'),
	('least(a, 2公顷) = 1公顷'), ('greatest(1公顷, a, 3亩) = 15亩'), ('band(a : >= 1公顷 then 1, else 0) = 1'), ('a / 1公顷 = 1'),
	('1公顷 / a = 100%'), ('a > -1公顷'),
	('a >= case when a > 0 then 1公顷 else 3亩 end'), ('case when a > 0 then 1公顷 else a end = 15亩'), ('a = 1公顷 - 0亩'),
	('a = least(1公顷, 100亩)'),
	('case when a > 0 then 1公顷 else 5亩 end = 15亩')) v (condition);
SELECT is('{"a": 16}'::jsonb |= $$policy p 'P' define large = 1公顷 fact a number 亩 define also = large clause 1
	when a > also and 2 * large = 2$$::policy, true,
	'a definition that is a literal keeps its unit, and is converted where it is used');
SELECT is('{"l": [{"v": 3}, {"v": 27}]}'::jsonb |= $$policy p 'P' fact l list (v number 亩) clause 1 when sum(l :
	v) = 2公顷 and any(l where v > 1公顷)$$::policy, true, 'fields');
SELECT is(pg_temp.why('fact a number 平方米 between 1亩 and 1公顷 clause 1 when a > 0'), 'no error',
	'a range in another unit');
SELECT results_eq($$SELECT ('{"a": 666.6}'::jsonb |= p) IS NULL, '{"a": 666.7}'::jsonb |= p
	FROM (SELECT $p$policy p 'P' fact a number 平方米 at least 1亩 clause 1 when a > 700$p$::policy) x (p)$$,
	$$VALUES (true, false)$$, '… bounds the fact as a fraction');
SELECT is(low, '666.6666666666666667', 'and zjtx.facts shows it')
	FROM facts($$policy p 'P' fact a number 平方米 at least 1亩 clause 1 when a > 0$$) WHERE name = 'a';
SELECT is(store($$policy test-units 'P' fact a number 平方米 define b = a + 1亩 clause 1 when a >= 1亩
example 'x' given a = 1亩 expect clause 1 true, b = 2亩, a = 1亩
example 'y' given a = 0.0666公顷 expect clause 1 false, a = 666平方米
example 'z' given a = 3亩 expect a = 2000平方米, a = 0.2公顷$$), 'test-units', 'examples in other units');
SELECT results_eq($$SELECT t.goal FROM targets($p$policy p 'P' target 1 '面积' 亩 stock 2025: 2公顷, 2026: 45亩$p$) t
	ORDER BY year$$, $$VALUES (30::numeric), (45)$$, 'goals');
SELECT is(explain('{"a": 30}'::jsonb, $$policy p 'P' fact a number 平方米 '面积' clause 1 when a >= 1亩$$::policy),
	E'P\n× clause 1\n  × 面积 (a): 30平方米, needed >= 1亩', 'explain shows what the law says');
SELECT results_eq($$SELECT needed, short, set_to, unit FROM gap('{"a": 10}'::jsonb,
	$p$policy p 'P' fact a number 平方米 clause 1 when a >= 1亩$p$::policy)$$,
	$$VALUES ('>= ≈666.6667平方米', 656.666667, '666.67'::jsonb, '平方米')$$, 'gap shows what the fact must be, in its unit');

-- what does not convert

SELECT is(pg_temp.why('fact a number ' || unit || ' clause 1 when a > ' || quantity), 'line 1, column ' || refusal,
	quantity || ' beside ' || unit)
FROM (VALUES ('元', '5分', '48: units do not fit: 元 and 分'), ('年', '12月', '48: units do not fit: 年 and 月'),
	('月', '30日', '48: units do not fit: 月 and 日'), ('日', '24小时', '48: units do not fit: 日 and 小时'),
	('亩', '5米', '48: units do not fit: 亩 and 米'), ('千瓦', '5千瓦时', '49: units do not fit: 千瓦 and 千瓦时'),
	('台', '5套', '48: units do not fit: 台 and 套'))
	v (unit, quantity, refusal);
SELECT is(pg_temp.why('fact a number 亩 fact b number 公顷 clause 1 when a > b'),
	E'line 1, column 65: units do not fit: 亩 and 公顷\nHINT: Only literals are converted. Declare the facts in one unit.',
	'facts keep their units');

-- declared units

SELECT is('{"a": 30000, "b": 2, "c": 3}'::jsonb |= $$policy p 'P' unit 箱 unit 垧 = 15亩 unit 大垧 = 2垧 unit 美元 currency
	fact a number 箱 fact b number 垧 fact c number 美元 clause 1 when a >= 3万箱 and b = 2公顷 and b = 1大垧 and b > 29亩 and c <
		3.5美元$$::policy, true, 'units that the header declares');
SELECT is('{"a": 30000, "b": 2, "c": 3}'::jsonb |= $$政策 p 'P' 单位 箱 单位 垧 = 15亩 单位 美元 货币
	事实 a 数 箱 事实 b 数 垧 事实 c 数 美元 条款 1 当 a ≥ 3万箱 且 b = 2公顷 且 c < 3.5美元$$::policy, true, '… in Chinese');
SELECT results_eq($$SELECT name, unit
	FROM facts($p$policy p 'P' unit 箱 unit 垧 = 15亩 fact a number 箱 fact b number 垧 clause 1 when a > 1 and b > 1$p$)
	ORDER BY 1$$,
	$$VALUES ('a', '箱'), ('b', '垧')$$, 'zjtx.facts names them');
SELECT is('{"a": 3, "unit": 4, "currency": 5}'::jsonb |= 'unit = 4 and currency = 5'::policy, true,
	'unit and currency can be names');
SELECT is(pg_temp.why(text), refusal, text) FROM (VALUES
	('unit 亩 clause 1', 'line 1, column 19: unit "亩" already exists'),
	('unit 天 clause 1', 'line 1, column 19: unit "天" already exists'),
	('unit 箱 unit 箱 clause 1', 'line 1, column 26: unit "箱" already exists'),
	('unit 万亿 clause 1', 'line 1, column 19: "万亿" after a number already has a meaning'),
	('unit 亿元 clause 1', 'line 1, column 19: "亿元" after a number already has a meaning'),
	('unit 箱 unit 千箱 clause 1', 'line 1, column 26: "千箱" after a number already has a meaning'),
	('unit 角 = 0.1元 clause 1', E'line 1, column 19: money has no other units\nHINT: Write amounts in 元, '
	'and declare another currency with: unit 角 currency.'),
	('unit 打 = 12 clause 1', 'line 1, column 19: a unit is a multiple of another unit, such as 15亩'),
	('unit 成 = 10% clause 1', 'line 1, column 19: a unit is a multiple of another unit, such as 15亩'),
	('unit 垧 = 0亩 clause 1', 'line 1, column 19: a unit must be more than 0 of another'),
	('unit 箱 fact a number 箱 clause 1 when a > 3盒',
	E'line 1, column 55: "盒" is not a unit of a number\nHINT: Put white space between a number and a word. The units '
	'are 元 分 年 月 日 小时 人 项 名 级 家 个 件 次 户 台 套 辆 艘 架 座 条 篇 部 股 张 平方米 亩 公顷 平方公里 米 公里 克 千克 公斤 吨 千瓦 兆瓦 千瓦时 度 箱 and %.'),
	('unit x = 9' || repeat('亿', 100) || '亩 unit y = 9' || repeat('亿', 100) || 'x clause 1',
	'line 1, column 131: a unit of more than 1000 digits of another'),
	('fact a number clause 1 when a > 1' || repeat('亿', 126) || '元',
	'line 1, column 46: a number of more than 1000 digits')) v (text, refusal);
SELECT is('{"d": "2024-01-31"}'::jsonb |= $$policy p 'P' unit 周 = 7日 unit 季度 = 3月 fact d date clause 1
	when d + 2周 = 2024-02-14 and d + 1季度 = 2024-04-30$$::policy, true,
	'a declared unit of days or months shifts dates');
SELECT is(store($$policy test-boxes 'P' unit 箱 fact a number 箱 define least_boxes = 3箱 clause 1 when a > least_boxes
	clause 2$$), 'test-boxes', 'stored with its units');
SELECT is('{"a": 4}'::jsonb |= (amend('test-boxes', 'define least_boxes = 5箱') -> '1'), false,
	'an amendment knows the declared units');
SELECT is('{"a": 5}'::jsonb |= (stored('test-boxes') -> '1'), true, 'and so does a part');

-- money: 1 in what is paid, 0 in points, the same on both sides

CREATE TEMP TABLE money AS SELECT
	'unit 美元 currency fact yuan number 元 fact staff number 人 fact plain number fact share number % fact dollars number '
	'美元 fact yes boolean fact day date '
	'fact none_or number 元 null means none fact leases list (area number 平方米, rent number 元, '
	'n number) fact numbers list of number' || E'\n' AS facts;
SELECT is(pg_temp.why(facts || 'clause 1 reward pay ' || pay), 'no error', 'pays ' || pay) FROM money,
	(VALUES ('yuan'), ('5元'), ('0'), ('5元 * staff'), ('staff * 5元 * share'), ('yuan * 10%'),
	('yuan / staff * staff'), ('yuan * yuan / yuan'), ('sum(leases : area * rent)'), ('sum(leases : n * 1元)'),
	('max(leases : rent) * 2'), ('least(yuan * 2, 5万元)'), ('greatest(0, yuan - 5万元)'),
	('case when yes then 5元 else 0 end'), ('case when yes then yuan * 2 end'), ('band(staff : >= 5 then 10万元, else 0)'),
	('coalesce(none_or, 0) * 2'), ('round(yuan * share, 2)'), ('floor(yuan / 1万元) * 1万元'),
	('dollars / 1美元 * 7.1元'), ('yuan * (staff / 5人)'), ('-yuan * 2'), ('clamp(yuan * 2, 0, 5元)'), ('yuan * year(day)'),
	('count(leases) * 5元'), ('plain * 1元')) v (pay);
SELECT is(pg_temp.why(facts || 'clause 1 reward pay ' || pay),
	'line 2, column 21: a clause of this kind pays an amount of 元, and this is ' || refusal, 'does not pay ' || pay)
	FROM money, (VALUES
	('plain', E'a number that is not money\nHINT: If it counts 元, write plain * 1元.'),
	('staff * 2', E'a number that is not money\nHINT: If it counts 元, write staff * 2 * 1元.'),
	('plain + 1', E'a number that is not money\nHINT: If it counts 元, write (plain + 1) * 1元.'),
	('yuan * yuan', '元^2'), ('yuan / staff / yuan',
	E'a number that is not money\nHINT: If it counts 元, write (yuan / staff / yuan) * 1元.'), ('1 / yuan', '元^-1'),
	('dollars * 2', 'an amount of 美元'), ('dollars * yuan', '美元 * 元'), ('band(staff : >= 5 then 10, else 0)',
	E'a number that is not money\nHINT: If it counts 元, write band(staff : >= 5 then 10, else 0) * 1元.'),
	('case when yes then 1000 else 500 end',
	E'a number that is not money\nHINT: If it counts 元, write case when yes then 1000 else 500 end * 1元.'),
	('sum(leases : n)', E'a number that is not money\nHINT: If it counts 元, write sum(leases : n) * 1元.')) v (pay,
	refusal);
SELECT is(pg_temp.why(facts || text), 'line 2, column ' || refusal, text) FROM money, (VALUES
	('clause 1 tax pay plain', E'18: a clause of this kind pays an amount of 元, '
	'and this is a number that is not money\nHINT: If it counts 元, write plain * 1元.'),
	('clause 1 subsidy pay yuan cap staff * 2',
	E'31: a clause of this kind pays an amount of 元, and this is a number that is not money\nHINT: If it counts 元, '
	'write staff * 2 * 1元.'),
	('clause 1 reward stage a on day pay plain',
	E'36: a clause of this kind pays an amount of 元, and this is a number that is not money\nHINT: If it counts 元, '
	'write plain * 1元.'),
	('clause 1 points pay yuan / 10000',
	E'21: points are a number, and this is an amount of 元\nHINT: Divide it by an amount, such as 1元 or 1万元.'),
	('clause 1 when yuan * 2 > plain',
	E'26: money does not fit: an amount of 元 and a number that is not money\nHINT: If it counts 元, write plain * 1元.'),
	('clause 1 when plain + yuan > 5元',
	E'15: money does not fit: a number that is not money and an amount of 元\nHINT: If it counts 元, write plain * 1元.'),
	('clause 1 when yuan / staff > 30%', '30: money does not fit: an amount of 元 and a number that is not money'),
	('clause 1 when yuan > dollars', '22: units do not fit: 元 and 美元'),
	('clause 1 when yuan * 2 > dollars', '26: money does not fit: an amount of 元 and an amount of 美元'),
	('clause 1 when least(yuan, plain) > 5元',
	E'27: money does not fit: an amount of 元 and a number that is not money\nHINT: If it counts 元, write plain * 1元.'),
	('clause 1 when coalesce(none_or, plain) > 5元',
	E'33: money does not fit: an amount of 元 and a number that is not money\nHINT: If it counts 元, write plain * 1元.'),
	('clause 1 when band(yuan : >= plain then 1, else 0) = 1',
	E'30: money does not fit: an amount of 元 and a number that is not money\nHINT: If it counts 元, write plain * 1元.'),
	('clause 1 when yuan > case when yes then 1000 else 500 end',
	E'22: money does not fit: an amount of 元 and a number that is not money\nHINT: If it counts 元, '
	'write case when yes then 1000 else 500 end * 1元.'),
	('clause 1 when dollars > 5', E'25: an amount of money needs its unit\nHINT: Write 5美元 or 5万美元 instead of 5.')) v
	(text, refusal);
SELECT is(pg_temp.why(facts || 'clause 1 when ' || condition), 'no error', 'reads: ' || condition) FROM money,
	(VALUES ('yuan / staff > 1000'), ('yuan / staff > case when yes then 1000 else 2000 end'),
	('yuan / yuan > 5%'), ('yuan * 2 > 0'), ('yuan * staff > 5元 * 3'), ('dollars / dollars > 3'), ('yuan / 1元 > plain'))
	v (condition);
SELECT lives_ok(format('SELECT %L::policy', rule), rule) FROM (VALUES ('a / b > 5% and a > 5元'), ('a * b > 5元'),
	('a + b > 5元')) v (rule);

-- columns in another unit

CREATE TABLE public.plots (id int PRIMARY KEY, "面积_亩" numeric, "厂房（万平方米）" numeric, power_兆瓦 numeric, "重量(公斤)" numeric,
	staff_万人 numeric, cost_千元 numeric, land_米 numeric);
INSERT INTO plots VALUES (1, 3, 0.5, 2, 1500, 0.01, 5, 7);
SELECT results_eq($$SELECT fact, finding, message FROM check_table('plots',
	$p$policy p 'P' fact area number 平方米 '面积' fact plant number 平方米 '厂房' fact power number 千瓦 fact weight number 吨 '重量'
	fact staff number 人 fact cost number 元 fact land number 亩 clause 1 when area + plant > 0 and power > 0 and weight >
		0 and staff > 0 and cost > 0 and land > 0$p$::policy) WHERE finding = 'mapped' ORDER BY fact COLLATE "C"$$,
	$$VALUES ('area', 'mapped', 'the view takes it from the column "面积_亩", in 亩'),
	('cost', 'mapped', 'the view takes it from the column "cost_千元", in 千元'),
	('plant', 'mapped', 'the view takes it from the column "厂房（万平方米）", in 万平方米'),
	('power', 'mapped', 'the view takes it from the column "power_兆瓦", in 兆瓦'),
	('staff', 'mapped', 'the view takes it from the column "staff_万人", in 万人'),
	('weight', 'mapped', 'the view takes it from the column "重量(公斤)", in 公斤')$$,
	'check_table knows units of the same kind');

-- the office's quantities

SELECT is(to_amount(t), v::numeric, t) FROM (VALUES ('5千瓦', '5'), ('3万千瓦时', '30000'), ('2.5兆瓦', '2.5'),
	('12平方公里', '12'), ('3艘', '3'), ('5千克', '5'), ('3千元', '3000')) x (t, v);

ROLLBACK;
