\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(29);

-- One document with all keywords, in English and in Chinese.

CREATE TEMP TABLE words (language text, doc policy);
INSERT INTO words VALUES ('English', $$
POLICY all-words 'Every word' Number 'N 1' issuer 'I' region 'R' source 'S' issued 2024-12-12
  in force from 2024-12-12 until 2027-01-01 series words unit 箱 unit 大箱 = 10箱 unit 美元 currency
    repeals old-1 repeals 'old 2'
  covers 'K-00' summary 'all' subject enterprise note R1 'header'
fact size_class text '企业划型' in ('micro' '微型' '微型企业', 'small' '小型') fixed
fact revenue number 元 '营业收入' at least 0
fact loss number 元 '亏损' at most 0元 null means 0
fact mark number 分 '得分' between 0 and 15 null means unknown
fact growing boolean '成长'
fact listed date '上市日' null means none
fact tags list of text '标签' null means none
fact leases list (area number 平方米 '面积', rent number 元, signed date null means none) '租赁' null means none
fact share number % '占比'
table rates by date (rate %) 2020-01-01: 5%, 2024-01-01: 4%
table sizes by text (staff 箱) 'micro': 10箱, else 20箱
table quotas by year (n) 2024: 1, 2025: 2
table levels by number (n) 0: 1, 10: 2
define looked_up = rates[listed] >= 4% and sizes[size_class] < 3万箱 and quotas[2025] = levels[share]
fact output number 元 by year '产值' at least 0
define titled '称号' = listed is not null article '一' covers 'K-01' note 'n'
define big = not (revenue < 100万元) or revenue between 1万元 and 2万元 or false
define fits = size_class in ('micro') and true
define yearly 'rent' of leases as l = l.rent * area
score tech '创新' = band(share : >= 10% then 10分, >= 5% then 5分, else 0分) + case when growing then 5分 else 0分 end
clause 1 '资格' eligibility subject enterprise summary 's' article '二' wording '对符合条件的予以认定' office '甲局', '乙局'
	when big and fits should growing
clause 2 '奖励' reward cap 50万元 when titled pay 60万元
clause 3 '补贴' subsidy per year subject platform
	pay tiers(sum(leases as l where l.rent > 0元 : yearly) : 50% to 1万元, else 40%)
clause 4 '税收' tax subject region when growing pay greatest(1万元, -loss)
clause 5 '加分' points pay tech + mark
clause 6 '支持' reward when growing pay undetermined
clause 7 '分期' reward cap 30万元
  stage one '一' on listed when growing pay 10万元
  stage two '二' each leases once on signed pay 25万元 note 'each'
population peers '同行' when growing : mean_output '平均' = avg(revenue), n = count(), p80 = percentile(loss, 80%),
	middle = median(loss), top = max(loss), whole = sum(loss), bottom = min(loss)
select demo '示范' first 10 article '四' when growing and revenue > mean_output
select few first 10% by revenue desc, listed
budget fund '资金' 100万元 pro rata over 2
budget rest 50万元 by listed, revenue desc over 6b
clause 6b '其余' reward when satisfies demo and not satisfies few pay 1万元
ladder '阶梯'
  rung low '低' when tech >= 5分
  rung high '高' level 3 when tech >= 10分 should titled
clause 8 '引用' when satisfies 1 on 2024-06-30 and amount of 7 >= 10万元 and level of all-words > 0
target 1 '家数' 家 stock 2025: 10, 2026: 20 count where titled
target 2 '新增' 家 flow 2025: 5
service 1 '服务' article '三'
example 'one' given as_of = 2025-06-30, size_class = 'micro', revenue = 100万元, growing = true, listed = 2025-01-01,
    share = 10%, leases = [(area = 10平方米, rent = 20元, signed = none), (area = unknown, signed = 2025-02-01)]
  expect clause 1 true, clause 2 between 0元 and 50万元, clause 6 undetermined, select demo unknown,
    clause 7 stage one = 10万元, clause 7 = 30万元,
    rung low true, placement high, clause 5 between 15分 and 30分, clause 3 true, tech = 15分,
    listed = 2025-01-01, missing (mark, demo, few, fund, rest)
example 'none' like 'one' given listed = none, growing = false, share = unknown
  expect clause 2 false, listed none, placement unknown, share unknown, titled false, rung high unknown
example 'nothing' like 'none' given share = 0%, leases = [], size_class = unknown
	expect clause 1 unknown, placement none, amount between 0元 and 1万元, tech = 0分
$$), ('Chinese', $$
政策 all-words 'Every word' 文号 'N 1' 发文机关 'I' 地区 'R' 来源 'S' 印发 2024年12月12日
  施行 自 2024年12月12日 止于 2027年1月1日 系列 words 单位 箱 单位 大箱 = 10箱 单位 美元 货币 废止 old-1 废止 'old 2'
  涵盖 'K-00' 摘要 'all' 对象 企业 注 R1 'header'
事实 size_class 文本 '企业划型' 属于 （'micro' '微型' '微型企业'，'small' '小型'） 固定
事实 revenue 数 元 '营业收入' 不低于 0
事实 loss 数 元 '亏损' 不超过 0元 空 表示 0
事实 mark 数 分 '得分' 介于 0 且 15 空 表示 未知
事实 growing 是否 '成长'
事实 listed 日期 '上市日' 空 表示 无
事实 tags 列表 之 文本 '标签' 空 表示 无
事实 leases 列表 （area 数 平方米 '面积'， rent 数 元， signed 日期 空 表示 无） '租赁' 空 表示 无
事实 share 数 ％ '占比'
表 rates 按日期 (rate %) 2020-01-01: 5%, 2024-01-01: 4%
表 sizes 按文本 (staff 箱) 'micro': 10箱, 否则 20箱
表 quotas 逐年 (n) 2024: 1, 2025: 2
表 levels 按数 (n) 0: 1, 10: 2
定义 looked_up = rates[listed] ≥ 4% 且 sizes[size_class] < 3万箱 且 quotas[2025] = levels[share]
事实 output 数 元 逐年 '产值' 不低于 0
定义 titled '称号' ＝ listed 是 非 空 条文 '一' 涵盖 'K-01' 注 'n'
定义 big ＝ 非 （revenue ＜ １００万元） 或 revenue 介于 1万元 并且 2万元 或者 假
定义 fits ＝ size_class 属于 （'micro'） 并且 真
定义 yearly 'rent' 之 leases 记作 l ＝ l．rent × area
评分 tech '创新' ＝ 分档（share ： ≥ 10％ 则 10分， ≥ 5％ 则 5分， 否则 0分） ＋ 分情形 当 growing 则 5分 否则 0分 终
条款 1 '资格' 资格 对象 企业 摘要 's' 条文 '二' 原文 '对符合条件的予以认定' 责任单位 '甲局'， '乙局' 当 big 且 fits 原则上 growing
条款 2 '奖励' 奖励 封顶 50万元 当 titled 给予 60万元
条款 3 '补贴' 补贴 每年 对象 平台 给予 超额累进（合计（leases 记作 l 其中 l.rent ＞ 0元 ： yearly） ： 50％ 到 1万元， 否则 40％）
条款 4 '税收' 税收 对象 地区 当 growing 给予 取高（1万元， －loss）
条款 5 '加分' 加分 给予 tech ＋ mark
条款 6 '支持' 奖励 当 growing 给予 未定
条款 7 '分期' 奖励 封顶 30万元
  阶段 one '一' 于 listed 当 growing 给予 10万元
  阶段 two '二' 逐项 leases 同日一次 于 signed 给予 25万元 注 'each'
总体 peers '同行' 当 growing ： mean_output '平均' = 平均（revenue）， n = 计数（）， p80 = 分位数（loss， 80％）， middle =
	中位数（loss）， top = 最大（loss）， whole = 合计（loss）， bottom = 最小（loss）
选取 demo '示范' 先 10 条文 '四' 当 growing 且 revenue 大于 mean_output
选取 few 先 10％ 按 revenue 降序， listed
总额 fund '资金' 100万元 按比例 用于 2
总额 rest 50万元 按 listed， revenue 降序 用于 6b
条款 6b '其余' 奖励 当 符合 demo 且 非 符合 few 给予 1万元
阶梯 '阶梯'
  层级 low '低' 当 tech ≥ 5分
  层级 high '高' 级次 3 当 tech ≥ 10分 原则上 titled
条款 8 '引用' 当 符合 1 于 2024-06-30 且 金额之 7 ≥ 10万元 且 级次之 all-words ＞ 0
目标 1 '家数' 家 存量 2025：10， 2026：20 计数 其中 titled
目标 2 '新增' 家 增量 2025：5
服务 1 '服务' 条文 '三'
例 'one' 设 判断日 = 2025-06-30, size_class = 'micro', revenue = 100万元, growing = 真, listed = 2025-01-01,
    share = 10%, leases = ［（area = 10平方米， rent = 20元， signed = 无）， （area = 未知， signed = 2025-02-01）］
  应得 条款 1 真, 条款 2 介于 0元 且 50万元, 条款 6 未定, 选取 demo 未知, 条款 7 阶段 one = 10万元, 条款 7 = 30万元,
    层级 low 真, 位次 high, 条款 5 介于 15分 且 30分, 条款 3 真, tech = 15分,
    listed = 2025-01-01, 缺少 (mark, demo, few, fund, rest)
例 'none' 同 'one' 设 listed = 无, growing = 假, share = 未知
  应得 条款 2 假, listed 无, 位次 未知, share 未知, titled 假, 层级 high 未知
例 'nothing' 同 'none' 设 share = 0%, leases = ［］, size_class = 未知 应得 条款 1 未知, 位次 无, 金额 介于 0元 且 1万元, tech = 0分
$$);
SELECT results_eq($$SELECT example, found, holds FROM words, examples(doc) WHERE language = 'Chinese'$$,
	$$SELECT example, found, holds FROM words, examples(doc) WHERE language = 'English'$$,
	'the document in Chinese keywords finds what the one in English keywords finds');

SELECT is((SELECT string_agg(example || ': ' || expected || ', ' || found, '; ') FROM words, examples(doc)
	WHERE NOT holds), NULL,
	'which is what they expect');

CREATE TEMP TABLE rows (e jsonb);
INSERT INTO rows VALUES ('{}'), ('{"revenue": 1000000, "size_class": "micro", "as_of": "2025-06-30"}'),
	('{"growing": true, "share": 0.07, "listed": "2025-03-01", "as_of": "2025-06-30", "mark": 3}'),
	('{"growing": false, "share": 0.2, "listed": null, "as_of": "2025-06-30", "leases": [{"rent": 3, "area": 4, '
	'"signed": "2025-01-01"}]}');
SELECT results_eq($$SELECT e |= doc, (e |^ doc)::text, e |# doc, e |! doc, amount_range(e, doc)::text FROM words, rows
	WHERE language = 'Chinese'$$,
	$$SELECT e |= doc, (e |^ doc)::text, e |# doc, e |! doc, amount_range(e, doc)::text FROM words, rows
	WHERE language = 'English'$$,
	'and answers alike');
SELECT results_eq(format($$SELECT e |= (doc -> %L), e |# (doc -> %L) FROM words, rows WHERE language = 'Chinese'$$,
	part, part),
	format($$SELECT e |= (doc -> %L), e |# (doc -> %L) FROM words, rows WHERE language = 'English'$$, part, part),
	'so does its part ' || part)
FROM unnest('{1,2,3,4,5,6,7,8,high}'::text[]) part;

-- The words that introduce a text bound to a day, and the function names.

SELECT is('{}'::jsonb |= rule::policy, true, 'reads and holds: ' || rule) FROM (VALUES
	('as of 2025-06-30 as_of = 2025-06-30'),
	('截至 2025年6月30日 判断日 = 2025-06-30'),
	('最晚(2025-01-01, 2025-02-01) = 2025-02-01 且 最早(2025-01-01, 2025-02-01) = 2025-01-01'),
	('取低(1, 2) = 1 且 取高(1, 2) = 2 且 取整(2.7) = 2 且 四舍五入(2.75, 1) = 2.8 且 年份(2025-01-01) = 2025'),
	('满足数(真, 假, 真) = 2'),
	('TRUE AND NOT FALSE')) rules (rule);
SELECT is('{"xs": [1, 2, 3], "d": null}'::jsonb |= (rule ->> 0)::policy, true,
	'the Chinese names of the list functions')
FROM (VALUES (jsonb_build_array(
	'政策 p ''t'' 事实 xs 列表 之 数 事实 d 日期 空 表示 无
	 条款 1 当 计数(xs 其中 其 > 1) = 2 且 合计(xs : 其) = 6 且 最小(xs) = 1 且 最大(xs) = 3
	   且 任一(xs 其中 其 = 3) 且 全部(xs : 其 > 0) 且 缺省为(d, 2025-01-01) = 2025-01-01'))) rules (rule);

-- Every keyword that is not reserved, in both languages, as the name of a fact, field and definition.

CREATE TEMP TABLE unreserved AS SELECT word
	FROM unnest('{population,over,first,desc,rows,总体,用于,先,降序,各行,按比例,amount,article,as,at,boolean,by,cap,
		count,covers,date,define,each,
	eligibility,enterprise,example,expect,fact,fixed,flow,force,from,given,issued,issuer,ladder,least,
	level,like,list,means,missing,
	most,number,of,office,on,once,part,pay,per,placement,platform,points,region,reward,score,should,source,
	stock,subject,subsidy,summary,
	tax,text,through,to,until,uses,where,wording,year,引用,金额,条文,截至,不低于,不少于,不小于,达到,至少,不超过,不高于,不大于,不多于,至多,大于,
	超过,高于,多于,小于,低于,少于,不足,不满,等于,为,不等于,不为,是否,封顶,计数,涵盖,日期,定义,逐项,资格,企业,例,应得,事实,增量,
	施行,自,设,印发,发文机关,阶梯,级次,同,列表,表示,缺少,数,文号,之,于,给予,每年,位次,平台,加分,地区,奖励,评分,原则上,
	来源,存量,对象,补贴,补助,奖补,摘要,税收,文本,至,止于,其中,原文,责任单位,固定,同日一次,记作,部分,按,逐年,到}'::text[]) word;
CREATE FUNCTION pg_temp.serves(rule text, word text, e jsonb) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
	RETURN e |= replace(rule, '%', word)::zjtx.policy;
EXCEPTION WHEN invalid_text_representation THEN
	RAISE WARNING '% in %: %', word, rule, sqlerrm;
	RETURN NULL;
END $$;
SELECT is((SELECT string_agg(word, ' ') FROM unreserved
	WHERE pg_temp.serves('% > 1 and not (1 > %) and % + % = 4', word, jsonb_build_object(word, 2)) IS NOT TRUE),
	NULL, 'every unreserved keyword can name the fact of a rule');
SELECT is((SELECT string_agg(word, ' ') FROM unreserved
	WHERE pg_temp.serves('policy p ''t'' fact % number at least 0 fact b boolean clause 1 when % > 1 and b should % < '
	'9 example ''e'' given % = 2, b = true expect clause 1 true',
		word, jsonb_build_object(word, 2, 'b', true)) IS NOT TRUE), NULL, 'and be declared as a fact');
SELECT is((SELECT string_agg(word, ' ') FROM unreserved
	WHERE pg_temp.serves('policy p ''t'' fact xs list (% number) define % = sum(xs where % > 0 : %) score s = % clause '
	'1 points when % = 3 pay %',
		word, jsonb_build_object('xs', jsonb_build_array(jsonb_build_object(word, 3)))) IS NOT TRUE), NULL,
		'and name a field, and a definition');

CREATE TEMP TABLE reserved AS SELECT word
	FROM unnest('{and,or,not,between,in,is,null,true,false,none,unknown,undetermined,case,when,
	then,else,end,band,tiers,policy,clause,stage,rung,target,service,series,repeals,note,group,select,budget,组,选取,总额,
	satisfies,符合,金额之,级次之,且,并且,或,或者,非,介于,属于,是,空,真,假,无,
	未知,未定,分情形,当,则,否则,终,分档,超额累进,政策,条款,阶段,层级,目标,服务,系列,废止,注}'::text[]) word;
SELECT is((SELECT string_agg(word, ' ') FROM reserved WHERE pg_temp.error_of(format('SELECT %L::zjtx.policy',
	format('policy p ''t'' fact %s number clause 1 when 1 < 2', word))) !~ '^22P02: invalid zjtx.policy'), NULL,
	'no reserved keyword can be a name');
SELECT is('{"主营业务收入": 5, "größe_2": 7, "_x": 1}'::jsonb |= '主营业务收入 = 5 and Größe_2 = 7 and _X = 1'::policy, true,
	'names are letters of any script, digits and underscores; ASCII capitals are folded');

-- Punctuation and digits from an input method.

SELECT is('{"a": 12, "b": 3, "c": "x"}'::jsonb |= rule::policy, true, 'reads and holds: ' || rule) FROM (VALUES
	('（a　＋　b）＊２　＝　３０　且　a／b　＝　４'),
	('a ≥ １２ 且 a ≤ 12 且 a ≠ 11 且 a != 11 且 a <> 11'),
	('a ＞＝ 12 且 a ＜＝ 12 且 b × 4 ＝ a 且 a ÷ 4 ＝ b 且 a － b ＝ 9'),
	('c ＝ ‘x’ 且 c 属于 （‘x’，‘y’）'),
	('b ＝ ３．０ 且 ２０％ ＝ 0.2')) rules (rule);

SELECT * FROM finish();
ROLLBACK;
