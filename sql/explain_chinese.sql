\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(63);

-- Explanations follow the language of the document. The same document with an English title and with a Chinese one,
-- line by line.

CREATE FUNCTION pg_temp.why(title text, e jsonb, body text) RETURNS text LANGUAGE sql AS $f$
	SELECT explain(e, (format($$policy p '%s' number 'No. 1' $$, title) || $$
		fact region text in ('east', 'west') fact district text '注册区县' fact revenue number 元 'turnover' at least 0
		fact before number 元 at least 0 fact ratio number at most 1 fact share number % between 0 and 1
		fact grant number 元 between 1万元 and 100万元
		fact opened date at least 2000-01-01 fact closed date at most 2000-01-01
		fact staff number 人 'staff' at least 0 fact titled_on date null means none fact green boolean 'green'
		fact marks number 分 'marks' between 0 and 15
	$$ || body)::policy) $f$;
CREATE FUNCTION pg_temp.both(e jsonb, body text) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(CASE WHEN one = other THEN one ELSE concat_ws(E'\n', one, other) END, E'\n' ORDER BY n)
	FROM string_to_table(pg_temp.why('P', e, body), E'\n') WITH ORDINALITY a (one, n)
		FULL JOIN string_to_table(pg_temp.why('政', e, body), E'\n') WITH ORDINALITY b (other, n) USING (n) $$;

SELECT is(pg_temp.both('{"revenue": 5000, "staff": 9}',
	$$clause 1 reward article '1' when revenue > 1万元 and staff <> 9 pay 5万元$$),
'P (No. 1)
政（No. 1）
× clause 1 (article 1): reward
× 第1条：奖励
  × turnover (revenue): 5000元, needed > 1万元
  × turnover（revenue）：5000元，要求超过1万元
  × staff: 9人, needed <> 9
  × staff：9人，要求不为9', 'a bound');
SELECT is(pg_temp.both('{"revenue": 10000.01, "staff": 9}',
	$$clause 1 subsidy per year article '2' when revenue > 1万元 and staff < 10 pay 5万元$$),
'P (No. 1), as of unknown
政（No. 1），判断日 未知
√ clause 1 (article 2): subsidy per year, 5万元
√ 第2条（1）：年度补贴，5万元
  √ turnover (revenue): 10000.01元, needed > 1万元
  √ turnover（revenue）：10000.01元，要求超过1万元
  √ staff: 9人, needed < 10
  √ staff：9人，要求低于10', 'a bound that is met');
SELECT is(pg_temp.both('{"revenue": null, "marks": 16, "region": "north"}',
	$$clause 1 tax when revenue > 1万元 and staff > 3 and marks > 3 and region = 'east' pay undetermined$$),
'P (No. 1)
政（No. 1）
? clause 1: tax, undetermined
? 条款 1：税收优惠，金额未定
  ? turnover (revenue): unknown (NULL), at least 0元, needed > 1万元
  ? turnover（revenue）：未提供（空值），不低于0元，要求超过1万元
  ? staff: unknown (no key), at least 0人, needed > 3
  ? staff：未提供（数据中没有此项），不低于0人，要求超过3
  ? marks: unknown (16 is outside 0 to 15分), between 0分 and 15分, needed > 3
  ? marks：未知（16分超出0至15分的范围），0分至15分，要求超过3
  ? region: unknown (''north'' is not one of its values), needed = ''east''
  ? region：未知（“north”不是列明的取值），要求为“east”', 'where a value is unknown');
SELECT is(pg_temp.both('{"before": -0.01, "ratio": 1.01, "opened": "1999-12-31", "closed": "2000-01-02", "share": 1.2}',
	$$clause 1 eligibility when before > 0 and ratio > 0 and opened > 2001-01-01 and closed > 1999-12-30 and share > 3%$$),
'P (No. 1)
政（No. 1）
? clause 1: eligibility
? 条款 1：资格
  ? before: unknown (-0.01 is below 0元), at least 0元, needed > 0
  ? before：未知（-0.01元低于0元），不低于0元，要求超过0
  ? ratio: unknown (1.01 is above 1), at most 1, needed > 0
  ? ratio：未知（1.01高于1），不超过1，要求超过0
  ? opened: unknown (1999-12-31 is below 2000-01-01), from 2000-01-01, needed > 2001-01-01
  ? opened：未知（1999-12-31早于2000-01-01），不早于2000-01-01，要求晚于2001-01-01
  ? closed: unknown (2000-01-02 is above 2000-01-01), until 2000-01-01, needed > 1999-12-30
  ? closed：未知（2000-01-02晚于2000-01-01），不晚于2000-01-01，要求晚于1999-12-30
  ? share: unknown (1.2 is outside 0 to 100%), between 0% and 100%, needed > 3%
  ? share：未知（1.2超出0%至100%的范围），0%至100%，要求超过3%', 'below, above, too early and too late');
SELECT is(pg_temp.both('{"grant": 1000001, "region": "north"}',
	$$clause 1 when grant > 1万元 and region in ('east', 'west')$$),
'P (No. 1)
政（No. 1）
? clause 1
? 条款 1
  ? grant: unknown (1000001 is outside 10000 to 100万元), between 1万元 and 100万元, needed > 1万元
  ? grant：未知（1000001元超出1万元至100万元的范围），1万元至100万元，要求超过1万元
  √ 1 condition holds
  √ 另有1项条件成立', 'a range of money, and a key that is not one of its values');
SELECT is(pg_temp.both('{"注册区县": "east"}', $$clause 1 when district <> 'east'$$),
'P (No. 1)
政（No. 1）
× clause 1
× 条款 1
  × 注册区县 (district): ''east'' [key 注册区县], needed <> ''east''
  × 注册区县（district）：“east”（数据项“注册区县”），要求不是“east”', 'a key found by the label');
SELECT is(pg_temp.both('{"staff": 4}', $$clause 1 when staff between 5 and 9$$),
'P (No. 1)
政（No. 1）
× clause 1
× 条款 1
  × staff: 4人, needed between 5 and 9
  × staff：4人，要求不低于5、不超过9', 'numbers between');
SELECT is(pg_temp.both('{"staff": 5}', $$clause 1 when staff not between 5 and 9$$),
'P (No. 1)
政（No. 1）
× clause 1
× 条款 1
  × staff: 5人, needed not between 5 and 9
  × staff：5人，要求低于5，或者超过9', 'numbers not between');
SELECT is(pg_temp.both('{"as_of": "2025-02-27", "titled_on": "2024-01-31"}',
	$$clause 1 when 月数(titled_on, as_of) >= 13月$$),
'P (No. 1), as of 2025-02-27
政（No. 1），判断日 2025-02-27
× clause 1
× 条款 1
  × 月数(titled_on, as_of): 12月, needed >= 13月
  × 月数(titled_on, 判断日)：12月，要求不低于13月
    from titled_on 2024-01-31, 判断日 (as_of) 2025-02-27
    取自 titled_on 2024-01-31，判断日 2025-02-27', 'months');
SELECT is(pg_temp.both('{"as_of": "2025-06-30", "titled_on": "2025-07-01"}',
	$$clause 1 when as_of between titled_on and 2026-01-01$$),
'P (No. 1), as of 2025-06-30
政（No. 1），判断日 2025-06-30
× clause 1
× 条款 1
  × 判断日 (as_of): 2025-06-30, needed between titled_on 2025-07-01 and 2026-01-01
  × 判断日：2025-06-30，要求不早于titled_on 2025-07-01、不晚于2026-01-01', 'days between');
SELECT is(pg_temp.both('{"as_of": "2025-06-30", "titled_on": "2025-06-30"}',
	$$clause 1 when as_of not between titled_on and 2026-01-01$$),
'P (No. 1), as of 2025-06-30
政（No. 1），判断日 2025-06-30
× clause 1
× 条款 1
  × 判断日 (as_of): 2025-06-30, needed not between titled_on 2025-06-30 and 2026-01-01
  × 判断日：2025-06-30，要求早于titled_on 2025-06-30，或者晚于2026-01-01', 'days not between');
SELECT is(pg_temp.both('{"region": "west"}', $$clause 1 when region in ('east', district)$$),
'P (No. 1)
政（No. 1）
? clause 1
? 条款 1
  ? region: ''west'', needed in (''east'', 注册区县 (district) unknown (no key))
  ? region：“west”，要求为“east”、注册区县（district）未提供（数据中没有此项）之一', 'in');
SELECT is(pg_temp.both('{"region": "west"}', $$clause 1 when region not in ('east', 'west')$$),
'P (No. 1)
政（No. 1）
× clause 1
× 条款 1
  × region: ''west'', needed not in (''east'', ''west'')
  × region：“west”，要求不在“east”、“west”之列', 'not in');
SELECT is(pg_temp.both('{"green": false}', $$clause 1 when green$$),
'P (No. 1)
政（No. 1）
× clause 1
× 条款 1
  × green: false, needed true
  × green：否，要求：是', 'a boolean');
SELECT is(pg_temp.both('{"green": true}', $$clause 1 when not green$$),
'P (No. 1)
政（No. 1）
× clause 1
× 条款 1
  × green: true, needed false
  × green：是，要求：否', 'not a boolean');
SELECT is(pg_temp.both('{"titled_on": null, "as_of": "2025-06-30"}',
	$$clause 1 when titled_on is not null clause 2 when titled_on is null clause 3 when titled_on <= as_of$$),
'P (No. 1), as of 2025-06-30
政（No. 1），判断日 2025-06-30
× clause 1
× 条款 1
  × titled_on: none, needed not none
  × titled_on：无，要求：有
√ clause 2
√ 条款 2
  √ titled_on: none, needed none
  √ titled_on：无，要求：无
× clause 3
× 条款 3
  × titled_on: none, needed <= 判断日 (as_of) 2025-06-30
  × titled_on：无，要求不晚于判断日 2025-06-30', 'none');
SELECT is(pg_temp.both('{"as_of": "2025-06-30"}', $$clause 1 when titled_on + 1年 <= as_of$$),
'P (No. 1), as of 2025-06-30
政（No. 1），判断日 2025-06-30
? clause 1
? 条款 1
  ? titled_on + 1年: unknown, or none, needed <= 判断日 (as_of) 2025-06-30
  ? titled_on + 1年：未知，也可能没有，要求不晚于判断日 2025-06-30
    from titled_on unknown (no key), or none
    取自 titled_on 未提供（数据中没有此项），也可能没有', 'perhaps none');
SELECT is(pg_temp.both('{"taxes": null}', $$fact taxes number 元 'taxes' null means 0 clause 1 when taxes > 0$$),
'P (No. 1)
政（No. 1）
× clause 1
× 条款 1
  × taxes: 0元 (NULL), needed > 0
  × taxes：0元（空值按零计），要求超过0', 'NULL that means zero');
SELECT is(pg_temp.both('{"green": true, "staff": 4}', $$clause 1 when not (green and staff > 3)$$),
'P (No. 1)
政（No. 1）
× clause 1
× 条款 1
  × not:
  × 并非：
    √ all of:
    √ 须同时满足：
      √ green: true, needed true
      √ green：是，要求：是
      √ staff: 4人, needed > 3
      √ staff：4人，要求超过3', 'not');
SELECT is(pg_temp.both('{"green": true, "staff": 4, "revenue": 1}',
	$$clause 1 when (staff > 4 or revenue > 1元 and green) and marks > 3$$),
'P (No. 1)
政（No. 1）
× clause 1
× 条款 1
  × none of:
  × 均不满足：
    × staff: 4人, needed > 4
    × staff：4人，要求超过4
    × not all of:
    × 未同时满足：
      × turnover (revenue): 1元, needed > 1元
      × turnover（revenue）：1元，要求超过1元
      √ 1 condition holds
      √ 另有1项条件成立
  ? 1 condition is undecided
  ? 另有1项条件未定', 'or');
SELECT is(pg_temp.both('{"staff": 5}', $$clause 1 when marks > 1 and before > 1元 or staff > 5$$),
'P (No. 1)
政（No. 1）
? clause 1
? 条款 1
  ? one of:
  ? 须满足其一：
    ? all of:
    ? 须同时满足：
      ? marks: unknown (no key), between 0分 and 15分, needed > 1
      ? marks：未提供（数据中没有此项），0分至15分，要求超过1
      ? before: unknown (no key), at least 0元, needed > 1元
      ? before：未提供（数据中没有此项），不低于0元，要求超过1元
    × 1 alternative fails
    × 另有1种情形不成立', 'or that is undecided');
SELECT is(pg_temp.both('{"staff": 4, "revenue": 1, "green": true}',
	$$clause 1 when staff > 4 and green and revenue > 0 and marks > 1 and region = 'east'$$),
'P (No. 1)
政（No. 1）
× clause 1
× 条款 1
  × staff: 4人, needed > 4
  × staff：4人，要求超过4
  ? 2 conditions are undecided
  ? 另有2项条件未定
  √ 2 conditions hold
  √ 另有2项条件成立', 'what else holds or is undecided');
SELECT is(pg_temp.both('{"staff": 4, "revenue": 1, "green": true}',
	$$clause 1 when staff > 4 and green and revenue > 0 and marks > 1
		clause 2 when staff > 4 and revenue > 1元 and not green$$),
'P (No. 1)
政（No. 1）
× clause 1
× 条款 1
  × staff: 4人, needed > 4
  × staff：4人，要求超过4
× clause 2
× 条款 2
  × staff: 4人, needed > 4
  × staff：4人，要求超过4
  × turnover (revenue): 1元, needed > 1元
  × turnover（revenue）：1元，要求超过1元
  × 1 more
  × 另有1项', 'what is folded');
SELECT is(pg_temp.both('{"revenue": 12, "before": 10, "region": "east"}',
	$$fact x number define growth 'growth' = revenue / before - 1 note R3 'r' note R4 's'
		define local = region = 'east' clause 1 when growth >= 20% and local note 'n'
		clause 2 when growth > 10% and local and revenue > before * 1 and x >= growth$$),
'P (No. 1)
政（No. 1）
√ clause 1
√ 条款 1
  √ growth: 20%, needed >= 20%
  √ growth：20%，要求不低于20%
    = revenue / before - 1, from turnover (revenue) 12元, before 10元
    = turnover / before - 1，取自 turnover（revenue）12元，before 10元
    note R3: r
    口径 R3：r
    note R4: s
    口径 R4：s
  √ local
    √ region: ''east'', needed = ''east''
    √ region：“east”，要求为“east”
  note: n
  注：n
? clause 2
? 条款 2
  ? x: unknown (no key), needed >= growth (growth) 20%
  ? x：未提供（数据中没有此项），要求不低于growth（growth）20%
    growth: 20% (above)
    growth：20%（见上）
  √ 3 conditions hold
  √ 另有3项条件成立', 'a definition, a formula, notes');
SELECT is(pg_temp.both('{"staff": 30, "revenue": 1000, "marks": 3}',
	$$score size 'size' = band(revenue : >= 2000元 then 30分, >= 1000元 then 20分, else 5分)
		score people = case when staff >= 50 then 10分 when staff >= 20 then 5分 else 0分 end
		score small = band(staff : <= 10人 then 3分, in (20人, 30人) then 2分, else 1分)
		score total = size + people + small + marks clause 1 when total >= 30分$$),
'P (No. 1)
政（No. 1）
√ clause 1
√ 条款 1
  √ total: 30分, needed >= 30分
  √ total：30分，要求不低于30分
    size: 20分 of 30分; turnover (revenue) 1000元; >= 1000元 then 20分
    size：得20分，最多30分；turnover（revenue）1000元；达到1000元以上，得20分
    people: 5分 of 10分; when staff >= 20 then 5分; staff 30人
    people：得5分，最多10分；staff达到20以上，得5分；staff 30人
    small: 2分 of 3分; staff 30人; in (20人, 30人) then 2分
    small：得2分，最多3分；staff 30人；为20人、30人之一，得2分
    marks: 3分
    marks：3分', 'scores and bands');
SELECT is(pg_temp.both('{"before": 40, "staff": 3}',
	$$define small = band(before : <= 10元 then 3, <= 30元 then 2) define few = case when staff < 3 then 1 end
		clause 1 when small >= 2 or few >= 1$$),
'P (No. 1)
政（No. 1）
× clause 1
× 条款 1
  × none of:
  × 均不满足：
    × small: none, needed >= 2; before 40元; no band
    × small：无，要求不低于2；before 40元；各档均不符合
    × few: none, needed >= 1; else none; staff 3人
    × few：无，要求不低于1；其他情形无；staff 3人', 'no band, and no case');
SELECT is(pg_temp.both('{"revenue": 12000000, "as_of": "2025-06-30", "staff": 9}',
	$$define most 'the most' = 10万元 clause 8a 'the “best”' reward per year article '8' should staff >= 10 pay revenue * 1%
		cap most clause 9 reward pay revenue * 1% cap 12万元 clause 10 reward pay before * 1% cap 12万元$$),
'P (No. 1), as of 2025-06-30
政（No. 1），判断日 2025-06-30
amount: between 22万元 and 34万元
合计：22万元至34万元
√ clause 8a ''the “best”'' (article 8): reward per year, 10万元 for 2025
√ 第8条（the “best”）：年度奖励，2025年度10万元
  × should: staff: 9人, needed >= 10 (does not refuse)
  × 原则性条件：staff：9人，要求不低于10（不影响结论）
  pay revenue * 1%: 12万元
  给予 turnover * 1%：12万元
    from turnover (revenue) 1200万元
    取自 turnover（revenue）1200万元
  cap the most (most): 10万元, reached: 12万元 before it
  封顶 the most（most）：10万元，已达到，封顶前 12万元
√ clause 9: reward, 12万元
√ 条款 9：奖励，12万元
  pay revenue * 1%: 12万元
  给予 turnover * 1%：12万元
    from turnover (revenue) 1200万元
    取自 turnover（revenue）1200万元
  cap 12万元, not reached
  封顶 12万元，未达到
√ clause 10: reward, between 0元 and 12万元
√ 条款 10：奖励，0元至12万元
  pay before * 1%: at least 0元
  给予 before * 1%：不低于0元
    from before unknown (no key), at least 0元
    取自 before 未提供（数据中没有此项），不低于0元
  cap 12万元, perhaps reached: at least 0元 before it
  封顶 12万元，可能达到，封顶前 不低于0元', 'pay and a cap');
SELECT is(pg_temp.both('{"staff": 1}', $$clause 1 points pay case when staff > 0 then 3分 else 0分 end$$),
'P (No. 1)
政（No. 1）
√ clause 1: points, 3分
√ 条款 1：加分，3分
  pay: 3分 of 3分; when staff > 0 then 3分; staff 1人
  给予：得3分，最多3分；staff超过0，得3分；staff 1人', 'points by cases');
SELECT is(pg_temp.both('{}',
	$$clause 1 'one' reward article '二(一)' pay undetermined clause 2 'two' reward article '第五条第二款' pay undetermined
		clause 三 reward article '三' pay undetermined$$),
'P (No. 1)
政（No. 1）
√ clause 1 ''one'' (article 二(一)): reward, undetermined
√ 条款“one”（条文：二(一)）：奖励，金额未定
√ clause 2 ''two'' (article 第五条第二款): reward, undetermined
√ 条款“two”（第五条第二款）：奖励，金额未定
√ clause 三 (article 三): reward, undetermined
√ 条款 三（条文：三）：奖励，金额未定', 'an article that is no number');
SELECT is(pg_temp.both('{"titled_on": "2024-06-30", "as_of": "2025-06-29", "reviews": [{"d": "2024-01-01"}, '
	'{"d": "2026-01-01"}]}',
	$$fact reviews list (d date) 'reviews' clause 1 reward cap 15万元 stage a 'first' on titled_on pay 10万元
		stage b 'second' on titled_on + 1年 pay 10万元 stage r each reviews on d pay 1万元$$),
'P (No. 1), as of 2025-06-29
政（No. 1），判断日 2025-06-29
√ clause 1: reward, 11万元
√ 条款 1：奖励，11万元
  √ stage a ''first'': 2024-06-30, 10万元
  √ 阶段“first”：事件日 2024-06-30，10万元
  × stage b ''second'': 2025-06-30, after 2025-06-29
  × 阶段“second”：事件日 2025-06-30，在判断日 2025-06-29 之后
    from titled_on 2024-06-30
    取自 titled_on 2024-06-30
  √ stage r: 1万元
  √ 阶段 r：1万元
    √ 1: d 2024-01-01: 2024-01-01, 1万元
    √ 第1项：d 2024-01-01：事件日 2024-01-01，1万元
    × 2: d 2026-01-01: 2026-01-01, after 2025-06-29
    × 第2项：d 2026-01-01：事件日 2026-01-01，在判断日 2025-06-29 之后
  cap 15万元, not reached
  封顶 15万元，未达到', 'stages');
SELECT is(pg_temp.both('{"titled_on": null, "as_of": "2025-06-29"}',
	$$clause 1 reward stage a 'first' on titled_on pay 10万元
		clause 2 reward stage a on titled_on pay 10万元 stage b on titled_on + 1年 pay 10万元$$),
'P (No. 1), as of 2025-06-29
政（No. 1），判断日 2025-06-29
amount: 0元
合计：0元
× clause 1: reward
× 条款 1：奖励
  × 1 stage has no day
  × 1个阶段没有日期
× clause 2: reward
× 条款 2：奖励
  × 2 stages have no day
  × 2个阶段没有日期', 'stages without a day');
SELECT is(pg_temp.both('{"as_of": "2025-06-29"}', $$clause 1 reward stage a 'first' on titled_on pay 10万元$$),
'P (No. 1), as of 2025-06-29
政（No. 1），判断日 2025-06-29
? clause 1: reward, between 0元 and 10万元
? 条款 1：奖励，0元至10万元
  ? stage a ''first'': unknown, or none, needed <= 2025-06-29, between 0元 and 10万元
  ? 阶段“first”：事件日 未知，也可能没有，要求不晚于2025-06-29，0元至10万元
    from titled_on unknown (no key), or none
    取自 titled_on 未提供（数据中没有此项），也可能没有', 'a stage whose day is unknown');
SELECT is(pg_temp.both('{"l": [1, 5, 6, 7, 8, 9, 10], "m": null}',
	$$fact l list of number fact m list of number null means none clause 1 when any(l where it > 3)
		clause 2 when count(m) > 0 clause 3 when sum(l where it > 3 : it * 2) > 1$$),
'P (No. 1)
政（No. 1）
√ clause 1
√ 条款 1
  √ any(l where it > 3)
    √ 2: 5
    √ 第2项：5
    √ 3: 6
    √ 第3项：6
    √ 4: 7
    √ 第4项：7
    √ 5: 8
    √ 第5项：8
    √ 6: 9
    √ 第6项：9
    1 more
    另有1项
    1 other does not matter
    另有1项不影响结果
× clause 2
× 条款 2
  × count(m): 0, needed > 0
  × count(m)：0，要求超过0
√ clause 3
√ 条款 3
  √ sum(l where it > 3 : it * 2): 90, needed > 1
  √ sum(l where it > 3 : it * 2)：90，要求超过1
    √ 2: 5: 10
    √ 第2项：5：10
    √ 3: 6: 12
    √ 第3项：6：12
    √ 4: 7: 14
    √ 第4项：7：14
    √ 5: 8: 16
    √ 第5项：8：16
    √ 6: 9: 18
    √ 第6项：9：18
    1 more
    另有1项
    1 other does not matter
    另有1项不影响结果', 'lists');
SELECT is(pg_temp.both('{"staff": 20}',
	$$clause 4 'four' subject platform when green
		ladder rung low 'low' article '5' when staff >= 10 should green rung high 'high' when staff >= 30$$),
'P (No. 1)
政（No. 1）
? clause 4 ''four''
? 条款“four”
  ? green: unknown (no key), needed true
  ? green：未提供（数据中没有此项），要求：是
placement: level 1, low
位次：第1级，low
× rung high ''high'' (level 2)
× 层级“high”（第2级）
  × staff: 20人, needed >= 30
  × staff：20人，要求不低于30
√ rung low ''low'' (level 1, article 5)
√ 层级“low”（第1级，第5条）
  √ staff: 20人, needed >= 10
  √ staff：20人，要求不低于10
  ? should: green: unknown (no key), needed true (does not refuse)
  ? 原则性条件：green：未提供（数据中没有此项），要求：是（不影响结论）', 'a ladder');
SELECT is(pg_temp.both('{"staff": 9}', $$ladder 'the ladder' rung low when staff >= 10$$),
'P (No. 1)
政（No. 1）
the ladder: none
the ladder：未达任一层级
× rung low (level 1)
× 层级 low（第1级）
  × staff: 9人, needed >= 10
  × staff：9人，要求不低于10', 'a ladder: none');
SELECT is(pg_temp.both('{}', $$ladder 'the ladder' rung low when staff >= 10$$),
'P (No. 1)
政（No. 1）
the ladder: undecided
the ladder：未定
? rung low (level 1)
? 层级 low（第1级）
  ? staff: unknown (no key), at least 0人, needed >= 10
  ? staff：未提供（数据中没有此项），不低于0人，要求不低于10', 'a ladder: undecided');

-- Phrases that depend on several clauses, on the row or on the session.

SELECT is(replace(pg_temp.why('政', '{"region": "east", "as_of": "2025-06-30"}',
	$$fact l list of date define y = region = 'east'
	clause 1 reward per year when y pay 1元 note R5 'one' note 'other' clause 2 when y and region = 'east' and count(l) > 0
	clause 3 subject platform when y clause 4 subject region when y$$), '政（No. 1），', ''),
'判断日 2025-06-30
合计：1元
√ 条款 1：年度奖励，2025年度1元
  √ y
    √ region：“east”，要求为“east”
  口径 R5：one
  注：other
? 条款 2
  ? count(l)：不低于0，要求超过0
    取自 l 未提供（数据中没有此项）
  √ 另有2项条件成立
另有2项条款对象不同，单独提问才作答', 'several clauses');
SELECT is(explain('{"region": "east", "as_of": "2025-06-30"}'::jsonb,
	$$policy p '政' fact region text clause 1 when region = 'east'
	note R5 'one' note 'other'$$::policy), '政
√ 条款 1
  √ region：“east”，要求为“east”
  口径 R5：one
  注：other', 'notes in full');
SELECT is(explain('{"titled_on": "2024-06-30", "as_of": "2025-06-30", "region": "east"}'::jsonb,
	$$policy p '政' fact titled_on date null means none fact region text
	clause 1 reward when region = 'east' and titled_on > 2000-01-01 stage a on titled_on pay 1元
		stage b on titled_on + 1年 pay 1元$$::policy), '政，判断日 2025-06-30
√ 条款 1：奖励，2元
  √ 阶段 a：事件日 2024-06-30，1元
    √ region：“east”，要求为“east”
    √ titled_on：2024-06-30，要求晚于2000-01-01
  √ 阶段 b：事件日 2025-06-30，1元
    √ 另有2项条件成立（见上）', 'conditions of two stages');

SELECT $$series s
	policy s-1 '壹' series s in force from 2024-01-01 until 2025-01-01 clause 1 reward pay 1万元
	policy s-2 'Two' series s in force from 2025-01-01 fact n number clause 1 reward when n > 1 pay 2万元$$ AS s \gset
SELECT is(explain('{"as_of": "2024-12-31"}'::jsonb, :'s'::policy), '壹，版本 s-1，自 2024-01-01 起施行，判断日 2024-12-31
√ 条款 1：奖励，1万元', 'a version');
SELECT is(explain('{"n": 2}'::jsonb, :'s'::policy), '判断日未知：系列 s 可能有施行的版本，也可能没有
壹，版本 s-1，自 2024-01-01 起施行，判断日 未知
√ 条款 1：奖励，1万元
Two, version s-2 in force from 2025-01-01, as of unknown
√ clause 1: reward, 2万元
  √ n: 2, needed > 1', 'each version in its language');
SELECT is(explain('{"as_of": "2023-12-31"}'::jsonb, :'s'::policy), '2023-12-31，系列 s 没有施行的版本', 'no version');

CREATE TABLE pg_temp.firm ("营业收入" bigint, staff float8, marks numeric);
INSERT INTO pg_temp.firm VALUES (1, 9.5, 'NaN');
SELECT $$policy odd-1 '政' fact revenue number 元 '营业收入' fact staff number 人 fact titled_on date '认定日'
	fact marks number 分 between 0 and 15 fact free number
	clause 1 when revenue > 1元 or staff > 10 or titled_on <= as_of or marks > 3 or free > 1$$ AS odd \gset
SELECT is(explain(f, as_of(:'odd'::policy, '2025-06-30')), '政，判断日 2025-06-30（随政策设定）
? 条款 1
  ? 须满足其一：
    ? 认定日（titled_on）：未提供（表中没有此列），要求不晚于判断日 2025-06-30
    ? marks：未知（NaN超出0至15分的范围），0分至15分，要求超过3
    ? free：未提供（表中没有此列），要求超过1
    × 另有2种情形不成立', 'columns, and the day of the policy') FROM pg_temp.firm f;
SELECT store(:'odd') \g /dev/null
SET LOCAL zjtx.as_of = '2025-06-30';
SELECT is(explain('{"营业收入": 2}'::jsonb, 'odd-1'), '政，判断日 2025-06-30（本次会话设定）
√ 条款 1
  √ 营业收入（revenue）：2元（数据项“营业收入”），要求超过1元', 'a key, and the day of the session');
SELECT matches(explain(f, 'policy p ''政'' fact revenue number 元 ''营业收入'' clause 1 when revenue > 1元'::policy),
	'× 营业收入（revenue）：1元（列“营业收入”），要求超过1元', 'a column found by the label') FROM pg_temp.firm f;
SELECT matches(explain(f, 'policy p ''政'' fact marks number clause 1 when marks > 1'::policy),
	'marks：未知（NaN不是有效的值），要求超过1', 'no value at all') FROM pg_temp.firm f;
SELECT matches(pg_temp.why('政', '{}', $$clause 1 when band(revenue : >= 3元 then 2, >= 2元 then 1, else 0) > 1$$),
	'：0至2，要求超过1；turnover（revenue）未提供（数据中没有此项），不低于0元；达到3元以上，按2；或者达到2元以上，按1；或者其他情形按0', 'a band that can still be several');

-- A single expression is Chinese if it has a Chinese character other than in units and days.

SELECT is((regexp_match(explain('{}'::jsonb, rule::policy), 'needed|要求'))[1], found, rule) FROM (VALUES
	('revenue > 1000万元', 'needed'), ('revenue >= 1.5万元 and staff > 3人', 'needed'), ('d > 2024年12月31日', 'needed'),
	('d + 3年 <= as_of', 'needed'), ('x2 > ３人', 'needed'), ('营业收入 > 1000万元', '要求'), ('region = ''渝北区''', '要求'),
	('x2年 > 3', '要求'), ('revenue > 1000万元 且 staff > 3人', '要求')) r (rule, found);
SELECT is(explain('{"营业收入": 5, "d": "2025-06-30"}'::jsonb, '营业收入 > 3 且 d > 2024年12月31日'::policy),
	'√ 营业收入 > 3 且 d > 2024年12月31日
  √ 营业收入：5，要求超过3
  √ d：2025-06-30，要求晚于2024年12月31日', 'a rule in Chinese');

-- Output for programs is English in every language.

SELECT is(replace(explain_json(e, format(doc, '政')::policy)::text, '"政', '"P'),
	explain_json(e, format(doc, 'P')::policy)::text, 'explain_json')
FROM (VALUES ('{"marks": 4, "titled_on": null, "as_of": "2025-06-30", "l": [1, 5], "x": 16}'::jsonb, $$policy p '%s'
	fact marks number 分 between 0 and 15 fact x number 分 between 0 and 15 fact titled_on date null means none
		fact l list of number fact green boolean
	score s = band(marks : > 3 then 5分, else 1分) + case when x > 4 then 1分 else 0分 end
	clause 1 reward article '1' when (green or s > 3 and marks not between 5 and 6) and titled_on is null should green
		pay 1元 cap 2元
	clause 2 when any(l where it > 3) and titled_on <= as_of clause 3 when not green or marks in (1, 2) clause 4 reward
		stage a on titled_on pay 1元$$)) v (e, doc);

-- gap, and the citations of assess.

SELECT is((SELECT string_agg(concat_ws(' | ', condition, found, needed), E'\n')
	FROM gap('{"green": false, "region": "west", "d": null, "x": 1}'::jsonb, format($$policy p '%s'
	fact green boolean fact region text fact d date null means none fact x number fact y number between 0 and 9
	clause 1 when green and region in ('east', 'north') and region <> 'west' and d is not null and x > 1 and y > 1 and
		not (x + y > 3)$$, title)::policy)), found, 'gap: ' || title)
FROM (VALUES ('P', 'green | false | true
region in (''east'', ''north'') | ''west'' | in (''east'', ''north'')
region <> ''west'' | ''west'' | <> ''west''
d is not null | none | not none
x > 1 | 1 | > 1
y > 1 | unknown | > 1
x + y > 3 | between 1 and 10 | <= 3'), ('政', 'green | 否 | 是
region in (''east'', ''north'') | “west” | 为“east”、“north”之一
region <> ''west'' | “west” | <> “west”
d is not null | 无 | 有
x > 1 | 1 | > 1
y > 1 | 未知 | > 1
x + y > 3 | 1至10 | <= 3')) v (title, found);
SELECT is((SELECT string_agg(concat_ws(' ', fact, found), ', ') FROM gap('{}'::jsonb, :'s'::policy, '1')), 'as_of 未知',
	'gap: a day that is unknown');
SELECT is((SELECT string_agg(citation, ', ') FROM assess('{}'::jsonb, format($$policy p '%s' number '〔1〕'
	clause 1 reward article '3' pay 1元 clause 2 reward article '二(一)' pay 1元$$, title)::policy)), found,
		'assess: ' || title)
FROM (VALUES ('P', '《P》（〔1〕） 3, 《P》（〔1〕） 二(一)'), ('政', '《政》（〔1〕）第3条, 《政》（〔1〕） 二(一)')) v (title, found);

SELECT * FROM finish();
ROLLBACK;
