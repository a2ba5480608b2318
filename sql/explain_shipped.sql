\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL zjtx.as_of = '2025-06-30';
SELECT plan(16);

-- Generated enterprises with values for all facts of a shipped document; some facts are missing.

CREATE FUNCTION pg_temp.dice(name text, i int) RETURNS int LANGUAGE sql IMMUTABLE AS
	$$SELECT ('x' || substr(md5(name || i), 1, 5))::bit(20)::int$$;
CREATE FUNCTION pg_temp.made(name text, type text, unit text, texts text[], i int) RETURNS jsonb LANGUAGE sql IMMUTABLE
	AS $$
	SELECT CASE type
		WHEN 'boolean' THEN to_jsonb(d % 5 < CASE WHEN name ~ '^(on_|product_p)' THEN 1 ELSE 4 END)
		WHEN 'date' THEN to_jsonb(CASE WHEN name ~ '_until' THEN date '2025-01-01' ELSE date '2019-06-30'
		END + d % 2000)
		WHEN 'text' THEN to_jsonb(CASE WHEN texts IS NULL THEN (ARRAY['渝北区', '巴南区', '大足区'])[1 + i % 3]
			ELSE texts[1 + d % cardinality(texts)] END)
		WHEN 'number' THEN to_jsonb(CASE unit WHEN '元' THEN (d % 90 + 10) * 100000 WHEN '%' THEN d % 100 / 100.0
		ELSE d % 16 END)
	END FROM (SELECT pg_temp.dice(name, i)) AS x (d) $$;
CREATE TEMP TABLE fact AS SELECT DISTINCT ON (name) name, type, unit, "values" FROM facts ORDER BY name, policy;
CREATE TEMP TABLE firm AS SELECT i, jsonb_object_agg(name, CASE
	WHEN pg_temp.dice(name || '-', i) % 9 = 0 THEN 'null'
	WHEN type <> 'list' THEN pg_temp.made(name, type, unit, "values", i)
	WHEN EXISTS (SELECT FROM fact it WHERE it.name = f.name || '.it') THEN
		(SELECT jsonb_agg(pg_temp.made(it.name || n, it.type, it.unit, it.values, i)) FROM fact it,
		generate_series(1, i % 3) n WHERE it.name = f.name || '.it')
	ELSE (SELECT jsonb_agg((SELECT jsonb_object_agg(split_part(it.name, '.', 2), pg_temp.made(it.name || n, it.type,
	it.unit, it.values, i))
		FROM fact it WHERE it.name LIKE f.name || '.%')) FROM generate_series(1, i % 4) n)
	END) AS e
	FROM fact f, generate_series(1, 24) i
	WHERE name NOT LIKE '%.%' AND pg_temp.dice('-' || name, i) % 12 <> 0 GROUP BY i;
INSERT INTO firm VALUES (0, '{}');

-- The mark of each clause and rung agrees with |=, asked alone and in the document.

CREATE TEMP TABLE part AS SELECT policy, 'clause' AS kind, code FROM clauses UNION ALL SELECT policy, 'rung', code
	FROM rungs;
CREATE TEMP TABLE answer AS SELECT i, policy, kind, code, e |= name AS eligible, e |# name AS amount, explain(e, name)
	AS why, explain_json(e, name) AS tree
	FROM firm, part, LATERAL (SELECT policy || '/' || code) AS n (name);
CREATE FUNCTION pg_temp.mark(eligible boolean) RETURNS text LANGUAGE sql AS
	$$SELECT CASE WHEN eligible THEN '√' WHEN NOT eligible THEN '×' ELSE '?' END$$;
SELECT is((SELECT count(*) FROM answer), 25 * (SELECT count(*) FROM part), 'every enterprise, every clause and rung');
SELECT is((SELECT array_agg(DISTINCT eligible ORDER BY eligible) FROM answer), '{f,t,NULL}', 'with every answer');
SELECT is_empty($$SELECT i, policy, code, why FROM answer
	WHERE (regexp_match(why, '^([√×?]) ', 'n'))[1] IS DISTINCT FROM pg_temp.mark(eligible)$$,
	'the first mark is the answer');
SELECT is_empty($$SELECT i, policy, code FROM answer
	WHERE jsonb_path_query_first(tree, '$[0].children[*] ? (@.kind == "clause" || @.kind == "rung").truth') IS DISTINCT
	FROM coalesce(to_jsonb(eligible), 'null')$$,
	'so is the first truth');
SELECT is_empty($$SELECT i, policy, code FROM answer
	WHERE kind = 'clause' AND eligible AND amount IS NOT NULL
	AND NOT tree @? '$[0].children[*] ? (@.clause == "eligibility")'
	AND jsonb_path_query_first(tree, '$[0].children[*] ? (@.kind == "clause").amount')::numeric IS DISTINCT FROM amount
	AND (amount <> 0 OR tree @? '$[0].children[*].amount')$$, 'what it pays is the amount');
CREATE TEMP TABLE whole AS SELECT i, policy, e |^ policy AS placement, e |# policy AS amount, explain(e, policy) AS why,
	explain_json(e, policy) AS tree
	FROM firm, (SELECT policy FROM part WHERE policy IN (SELECT policy FROM rungs) GROUP BY policy) p
	UNION ALL SELECT i, policy, NULL, e |# policy, explain(e, policy), explain_json(e, policy)
	FROM firm, (SELECT DISTINCT policy FROM part WHERE policy NOT IN (SELECT policy FROM rungs)) p;
CREATE TEMP TABLE both_ways AS SELECT a.i, a.policy, a.code, pg_temp.mark(eligible) AS mark, (regexp_match(w.why,
		'^([√×?]) (?:' || CASE kind WHEN 'rung' THEN '层级' ELSE '条款|第[^（]*条（' END
		|| ')“?(?:' || (SELECT translate(title, '“”‘’', '‘’“”') || '|' || title FROM provisions p WHERE p.policy = a.policy
		AND (p.kind = 'rung') = (a.kind = 'rung') AND p.code = a.code AND p.kind NOT IN ('stage', 'definition', 'score'))
		|| ')[”（：）]', 'n'))[1] AS whole
	FROM answer a JOIN whole w USING (i, policy)
	WHERE w.tree @? format('$[0].children[*] ? (@.kind == "%s" && @.code == "%s")', kind, a.code)::jsonpath;
SELECT is_empty('SELECT * FROM both_ways WHERE whole IS DISTINCT FROM mark', 'and the same in the whole document');
SELECT cmp_ok((SELECT count(DISTINCT (policy, code)) FROM both_ways)::int, '>', 40, 'for most of them');
SELECT is_empty($$SELECT i, policy, placement FROM whole WHERE tree @? '$[0].children[*] ? (@.kind == "placement")'
	AND coalesce(jsonb_path_query_first(tree, '$[0].children[*] ? (@.kind == "placement").level')::int,
	0) <> coalesce((placement).level, 0)$$,
	'the placement is that of |^');
SELECT is_empty($$SELECT i, policy, amount FROM whole WHERE tree @? '$[0].children[*] ? (@.kind == "amount")'
	AND jsonb_path_query_first(tree, '$[0].children[*] ? (@.kind == "amount").amount')::numeric IS DISTINCT
	FROM amount$$,
	'the amount is that of |#');

-- All shipped documents are Chinese, and explanations contain no English words except those of the documents.
-- Expressions are shown as they are written.

CREATE TEMP TABLE told AS SELECT DISTINCT policy, line AS why FROM (SELECT policy, why FROM answer UNION ALL
	SELECT policy, why FROM whole) x, string_to_table(why, E'\n') l (line);
SELECT is_empty($$SELECT DISTINCT policy, word[1] FROM told,
	regexp_matches(why,
	'\y(needed|unknown|clauses?|stages?|rung|reached|should|conditions?|notes?|pay|cap|holds?|article|reward|subsidy|'
	'eligibility|undetermined|undecided|then|else|when|at least|at most|as of|day of)\y|：(?:true|false|none)',
	'g') w (word)$$, 'no English words');
SELECT is_empty($$SELECT * FROM (SELECT DISTINCT policy, word[1] AS word FROM told, regexp_matches(why, '[a-z]+',
	'g') w (word)) said
	WHERE position(word IN stored(policy)::text) = 0$$, 'none but the document''s');
SELECT is_empty($$SELECT policy, why FROM told WHERE regexp_replace(why, '(任一|合计|计数)\(.*|(属于|且|或) \([^)]*\)', '')
	~ '[一-龥”）](: | \()|\['$$, 'nor its punctuation');

-- 渝北府办发〔2024〕34号, clause 3: the text of a letter to an enterprise.

SELECT $${"region": "渝北区", "as_of": "2024-12-31", "specialized_on": "2023-07-14", "specialized_until": "2026-07-13",
	"main_revenue": 12000000, "main_revenue_prev": 10000000,
	"leases": [{"owner": "state", "area": 10000, "rent": 20.5, "months": 12},
	{"owner": "private", "area": 500, "rent": 20, "months": 12}]}$$ AS firm \gset
SELECT is(explain(:'firm'::jsonb, 'yubei-2024-34/3'),
	'原文：保障生产用房。对上年度生产产值（主营业务收入）增速超过20%的市级“专精特新”企业和国家专精特新“小巨人”企业给予房租补贴。'
	'其中租用国有厂房（楼宇）且租金超过20元/平方米·月的，厂房（楼宇）所属国有平台公司或镇街按照5元/平方米·月的标准对企业给予减免，'
	'每家企业减免额度不超过50万元/年；利用社会闲置厂房（楼宇）的，'
	'企业所属国有平台公司或镇街参照租用国有厂房（楼宇）的减免标准对企业进行补贴审核，区经济信息委复核后给予补贴。
渝北区促进“专精特新”中小企业发展若干政策措施（渝北府办发〔2024〕34号），判断日 2024-12-31
× 第3条（保障生产用房）：年度补贴
  × 上年度主营业务收入增速（growth）：20%，要求超过20%
    = 上年度主营业务收入 / 前一年度主营业务收入 - 1，取自 上年度主营业务收入（main_revenue）1200万元，前一年度主营业务收入（main_revenue_prev）1000万元
    口径 R4：“生产产值”之后括注“主营业务收入”，以主营业务收入为准
  √ 另有3项条件成立' || (SELECT string_agg(E'\n  ' || coalesce('口径 ' || note, '注') || '：' || content, '' ORDER BY ord)
	FROM notes(stored('yubei-2024-34/3')) WITH ORDINALITY n (kind, code, note, content, ord) WHERE kind = 'clause')
	|| E'\n责任单位：区经济信息委、临空经济示范区管委会、各镇街、相关区级国有公司',
	'growth of 20%');
SELECT is(split_part(explain(:'firm'::jsonb || '{"main_revenue": 12000000.01}', 'yubei-2024-34/3'), E'\n  口径 R5', 1),
'原文：保障生产用房。对上年度生产产值（主营业务收入）增速超过20%的市级“专精特新”企业和国家专精特新“小巨人”企业给予房租补贴。'
'其中租用国有厂房（楼宇）且租金超过20元/平方米·月的，厂房（楼宇）所属国有平台公司或镇街按照5元/平方米·月的标准对企业给予减免，'
'每家企业减免额度不超过50万元/年；利用社会闲置厂房（楼宇）的，'
'企业所属国有平台公司或镇街参照租用国有厂房（楼宇）的减免标准对企业进行补贴审核，区经济信息委复核后给予补贴。
渝北区促进“专精特新”中小企业发展若干政策措施（渝北府办发〔2024〕34号），判断日 2024-12-31
√ 第3条（保障生产用房）：年度补贴，2024年度50万元
  √ 区内企业（local）
    √ 注册区县（region）：“渝北区”，要求为“渝北区”、“两江新区”、“北碚区”之一
    √ 注册区县（region）：“渝北区”，要求为“渝北区”
    口径 R18：注册区县以所提供数据、以提出问题之日为准。2025年11月6日渝北区撤销，大部划入两江新区，五个镇划入北碚区：填两江新区的，'
'不论何日，以及该日起填北碚区的，要确认住所在原渝北区范围内，未确认的暂不作结论；仍填渝北区的是区内企业
  √ “专精特新”企业（titled）
    √ 判断日：2024-12-31，要求不早于市级专精特新认定日（specialized_on）2023-07-14、不晚于市级专精特新有效期至（specialized_until）2026-07-13
    口径 R9：只含市级“专精特新”和国家“小巨人”，不含创新型中小企业
    注：自认定之日起至有效期届满之日止，首尾两日都算；有认定日而没有有效期的，是否有效暂不作结论
  √ 上年度主营业务收入增速（growth）：20.0000001%，要求超过20%
    = 上年度主营业务收入 / 前一年度主营业务收入 - 1，取自 上年度主营业务收入（main_revenue）12000000.01元，前一年度主营业务收入（main_revenue_prev）1000万元
    口径 R4：“生产产值”之后括注“主营业务收入”，以主营业务收入为准
  √ 本措施印发以后的，或者经确认的（covered）
    √ 判断日：2024-12-31，要求不早于2024-12-12
    口径 R10：原文没有写起算日：印发之日2024年12月12日起的事项适用；以前的事项要由政策兑现部门确认可以享受，一次确认及于该企业所有以前的事项，只确认一部分的不要填
  给予 合计(厂房租赁 其中 月租金 > 20元 且 (产权 = “国有” 或 闲置) : 5元 * 面积 * 月数)：60万元
    √ 第1项：产权 “国有”，面积 10000平方米，月租金 20.5元，月数 12月，闲置 未知：60万元
    另有1项不影响结果
  封顶 每家企业每年减免或补贴的上限（rent_cap）：50万元，已达到，封顶前 60万元', 'a fen more');

-- 工信部企业〔2022〕63号: a score that waits for the points of the province.

SELECT matches(explain('{"as_of": "2025-06-30", "niche_years": 4}'::jsonb, 'miit-2022-63/specialized'),
	E'\n      特色化（专精特新，满分15分）（specialized_local）：0分至15分\n        取自 特色化得分（local_points）未提供（数据中没有此项），0分至15分',
	'points that are unknown, and their range');
SELECT matches(explain('{"as_of": "2025-06-30", "rd_expense": 3500000, "revenue": 100000000}'::jsonb, 'miit-ladder'),
	E'^优质中小企业梯度培育管理暂行办法（工信部企业〔2022〕63号），版本 miit-2022-63，自 2022-08-01 起施行，判断日 2025-06-30\n'
	'优质中小企业梯度：未定\n[?×] 层级“符合专精特新‘小巨人’企业标准”',
	'a series names its version, and the placement comes first');

SELECT * FROM finish();
ROLLBACK;
