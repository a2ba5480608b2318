\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(21);

-- Explanations, gap and lint of selections, budgets and populations, of the same document with an English title and
-- with a Chinese one, line by line.

CREATE FUNCTION pg_temp.doc(title text) RETURNS text LANGUAGE sql AS $f$ SELECT format($$policy p '%s'
	fact titled boolean '有称号' fact score number '得分' fact rd_expense number 元 '研发费用'
	population peers when titled : mean_expense '平均研发费用' = avg(rd_expense)
	select demo '示范企业' first 10名 by score desc, rd_expense when titled and rd_expense > mean_expense article '3'
	  wording '择优遴选' office '经信局' note '按得分'
	select fast first 20%% by rd_expense desc
	clause 1 '奖励' reward when satisfies demo pay 50万元 cap 20万元
	clause 2 '补贴' subsidy when not satisfies fast pay 10万元
	clause 4 '其他' reward when titled pay 3万元
	group all '合计' sum of 2, 4
	budget total '年度资金' 100万元 pro rata over 1
	budget quick 50万元 by score desc, rd_expense over all article '5'$$, title) $f$;
CREATE FUNCTION pg_temp.both(e jsonb, part text) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(CASE WHEN one = other THEN one ELSE concat_ws(E'\n', one, other) END, E'\n' ORDER BY n)
	FROM string_to_table(explain(e, pg_temp.doc('P')::policy -> part), E'\n') WITH ORDINALITY a (one, n)
		FULL JOIN string_to_table(explain(e, pg_temp.doc('政')::policy -> part), E'\n')
		WITH ORDINALITY b (other, n) USING (n) $$;

SELECT is(pg_temp.both('{"titled": true, "score": 3, "rd_expense": 500, "mean_expense": 400, "demo": true}', '1'),
'P
政
√ clause 1 ''奖励'': reward, between 0元 and 20万元
√ 条款“奖励”：奖励，0元至20万元
  √ 示范企业 (demo): true, needed true; within the first 10
  √ 示范企业（demo）：是，要求：是；前10名内
    √ 有称号 (titled): true, needed true
    √ 有称号（titled）：是，要求：是
    √ 研发费用 (rd_expense): 500元, needed > 平均研发费用 (mean_expense) 400元
    √ 研发费用（rd_expense）：500元，要求超过平均研发费用（mean_expense）400元
  cap 20万元, reached: 50万元 before it
  封顶 20万元，已达到，封顶前 50万元
  budget total ''年度资金'': 100万元 pro rata, 20万元 before it, not allotted yet
  总额“年度资金”：100万元，按比例兑现，兑现前 20万元，尚未兑现', 'selected');
SELECT is(pg_temp.both('{"titled": true, "score": 3, "rd_expense": 500, "mean_expense": 400, "demo": false}', '1'),
'P
政
× clause 1 ''奖励'': reward
× 条款“奖励”：奖励
  × 示范企业 (demo): false, needed true; outside the first 10
  × 示范企业（demo）：否，要求：是；前10名外
    √ 有称号 (titled): true, needed true
    √ 有称号（titled）：是，要求：是
    √ 研发费用 (rd_expense): 500元, needed > 平均研发费用 (mean_expense) 400元
    √ 研发费用（rd_expense）：500元，要求超过平均研发费用（mean_expense）400元', 'not selected');
SELECT is(pg_temp.both('{"titled": true, "score": 3, "mean_expense": 400}', '1'),
'P
政
? clause 1 ''奖励'': reward, between 0元 and 20万元
? 条款“奖励”：奖励，0元至20万元
  ? 示范企业 (demo): unknown (no key), needed true; the first 10, undecided, not given: rd_expense
  ? 示范企业（demo）：未提供（数据中没有此项），要求：是；前10名，待定：研发费用未提供
    ? 研发费用 (rd_expense): unknown (no key), needed > 平均研发费用 (mean_expense) 400元
    ? 研发费用（rd_expense）：未提供（数据中没有此项），要求超过平均研发费用（mean_expense）400元
    √ 1 condition holds
    √ 另有1项条件成立
  cap 20万元, perhaps reached: between 0元 and 50万元 before it
  封顶 20万元，可能达到，封顶前 0元至50万元
  budget total ''年度资金'': 100万元 pro rata, between 0元 and 20万元 before it, not allotted yet
  总额“年度资金”：100万元，按比例兑现，兑现前 0元至20万元，尚未兑现', 'not known');
SELECT is(pg_temp.both('{"titled": true, "score": 3, "rd_expense": 500, "mean_expense": 400}', 'demo'),
'P
政
? select demo ''示范企业'' (article 3): unknown (no key); the first 10, undecided: it depends on the other rows
? 第3条（示范企业）：未提供（数据中没有此项）；前10名，待定：取决于其他各行
  √ 有称号 (titled): true, needed true
  √ 有称号（titled）：是，要求：是
  √ 研发费用 (rd_expense): 500元, needed > 平均研发费用 (mean_expense) 400元
  √ 研发费用（rd_expense）：500元，要求超过平均研发费用（mean_expense）400元
  by 得分 (score): 3 desc
  按得分（score）：3（降序）
  by 研发费用 (rd_expense): 500元
  按研发费用（rd_expense）：500元
  note: 按得分
  注：按得分', 'by other rows');
SELECT is(pg_temp.both('{"titled": true, "rd_expense": 500}', 'demo'),
'P
政
? select demo ''示范企业'' (article 3): unknown (no key); the first 10, undecided, not given: mean_expense, score
? 第3条（示范企业）：未提供（数据中没有此项）；前10名，待定：平均研发费用、得分未提供
  ? 研发费用 (rd_expense): 500元, needed > 平均研发费用 (mean_expense) unknown (no key)
  ? 研发费用（rd_expense）：500元，要求超过平均研发费用（mean_expense）未提供（数据中没有此项）
  √ 1 condition holds
  √ 另有1项条件成立
  by 得分 (score): unknown (no key) desc
  按得分（score）：未提供（数据中没有此项）（降序）
  by 研发费用 (rd_expense): 500元
  按研发费用（rd_expense）：500元
  note: 按得分
  注：按得分', 'a selection alone');
SELECT is(pg_temp.both('{"rd_expense": 500, "fast": false}', 'fast'),
'P
政
× select fast: false; outside the first 20%
× 选取 fast：否；前20%外
  by 研发费用 (rd_expense): 500元 desc
  按研发费用（rd_expense）：500元（降序）', 'a share');
SELECT is(pg_temp.both('{"titled": true, "demo": true, "allotted of 1": 150000}', '1'),
'P
政
√ clause 1 ''奖励'': reward, 15万元
√ 条款“奖励”：奖励，15万元
  √ 示范企业 (demo): true, needed true; within the first 10
  √ 示范企业（demo）：是，要求：是；前10名内
    ? 研发费用 (rd_expense): unknown (no key), needed > 平均研发费用 (mean_expense) unknown (no key)
    ? 研发费用（rd_expense）：未提供（数据中没有此项），要求超过平均研发费用（mean_expense）未提供（数据中没有此项）
    √ 1 condition holds
    √ 另有1项条件成立
  cap 20万元, reached: 50万元 before it
  封顶 20万元，已达到，封顶前 50万元
  budget total ''年度资金'': 100万元 pro rata, 20万元 before it
  总额“年度资金”：100万元，按比例兑现，兑现前 20万元', 'allotted');
SELECT is(pg_temp.both('{"titled": true, "fast": false}', 'all'),
'P
政
amount: between 0元 and 13万元
合计：0元至13万元
√ clause 2 ''补贴'': subsidy, 10万元
√ 条款“补贴”：补贴，10万元
  √ not:
  √ 并非：
    × fast: false, needed true; outside the first 20%
    × fast：否，要求：是；前20%外
√ clause 4 ''其他'': reward, 3万元
√ 条款“其他”：奖励，3万元
  √ 有称号 (titled): true, needed true
  √ 有称号（titled）：是，要求：是
√ group all ''合计'': the sum, between 0元 and 13万元
√ 组“合计”：合计，0元至13万元
  2 ''补贴'': 10万元
  “补贴”：10万元
  4 ''其他'': 3万元
  “其他”：3万元
  budget quick (article 5): 50万元 by score desc, rd_expense, 13万元 before it, not allotted yet
  第5条（quick）：50万元，按得分（降序）、研发费用依次兑现，兑现前 13万元，尚未兑现', 'a group in a budget');
SELECT is(pg_temp.both('{"mean_expense": 400}', 'mean_expense'),
'P
政
平均研发费用 (mean_expense): 400元
平均研发费用（mean_expense）：400元', 'a value of a population');
SELECT is(pg_temp.both('{"titled": true}', '2'),
'P
政
? clause 2 ''补贴'': subsidy, between 0元 and 10万元
? 条款“补贴”：补贴，0元至10万元
  ? not:
  ? 并非：
    ? fast: unknown (no key), needed true; the first 20%, undecided, not given: rd_expense
    ? fast：未提供（数据中没有此项），要求：是；前20%，待定：研发费用未提供', 'negated');

SELECT is(jsonb_path_query_first(explain_json('{"titled": true}'::jsonb, pg_temp.doc('P')::policy -> '1'),
	'$.**  ? (@.kind == "budget")')::text,
'{"code": "total", "kind": "budget", "what": "pro rata", "title": "年度资金", "amount": 1000000, "allotted": null, '
'"claim_low": 0, "claim_high": 200000}', 'json of a budget');
SELECT is((jsonb_path_query_first(explain_json('{"titled": true, "score": 4, "rd_expense": 5, "demo": true}'::jsonb,
	pg_temp.doc('P')::policy -> 'demo'), '$.** ? (@.kind == "selection")') - 'children')::text,
'{"code": "demo", "fact": "demo", "kind": "selection", "type": "boolean", "what": "within the first 10", '
'"found": true, "label": "示范企业", "notes": [{"note": "按得分"}], "shown": "true", "truth": true, "column": "demo", '
'"source": "key", "article": "3", "offices": ["经信局"], "wording": "择优遴选"}', 'json of a selection');

-- What keeps a row from being selected.

SELECT is((SELECT string_agg(concat_ws(' | ', rung, condition, found, needed, fact, set_to, suffices), E'\n')
	FROM gap('{"titled": false, "rd_expense": 100, "mean_expense": 400}'::jsonb, pg_temp.doc('P')::policy, 'demo')),
'demo | titled | false | true | titled | true | f
demo | rd_expense > mean_expense | 100元 | > 400元 | rd_expense | 400.01 | f
demo | satisfies demo | unknown | true | demo | f', 'gap: conditions');
SELECT is((SELECT string_agg(concat_ws(' | ', rung, condition, found, needed, fact, set_to, suffices), E'\n')
	FROM gap('{"titled": true, "rd_expense": 500, "mean_expense": 400}'::jsonb, pg_temp.doc('P')::policy, 'demo')),
'demo | satisfies demo | unknown | true | demo | f', 'and the place');
SELECT is((SELECT string_agg(concat_ws(' | ', rung, condition, found, needed, fact, set_to, suffices), E'\n')
	FROM gap('{"titled": true, "demo": false}'::jsonb, pg_temp.doc('P')::policy, '1')),
'1 | satisfies demo | false | true | demo | f', 'through a clause');

-- Lists of contents.

SELECT is((SELECT string_agg(concat_ws(' | ', code, article, title, kind, subject, wording, offices), E'\n')
	FROM provisions(pg_temp.doc('P')::policy) WHERE kind IN ('selection', 'budget', 'population')),
'peers | population | enterprise
demo | 3 | 示范企业 | selection | enterprise | 择优遴选 | {经信局}
fast | selection | enterprise
total | 年度资金 | budget | enterprise
quick | 5 | budget | enterprise', 'provisions');
SELECT is((SELECT string_agg(concat_ws(' | ', name, title, kind, type, unit, expression, value), E'\n')
	FROM definitions(pg_temp.doc('P')::policy)),
'mean_expense | 平均研发费用 | population | number | 元 | avg(rd_expense)', 'definitions');
SELECT is((SELECT string_agg(concat_ws(' | ', kind, code, content), E'\n') FROM notes(pg_temp.doc('P')::policy)),
'selection | demo | 按得分', 'notes');
SELECT is((SELECT string_agg(concat_ws(' ', name, type, unit, label, low, fixed), ', ')
	FROM facts(pg_temp.doc('P')::policy)
	WHERE fixed),
'mean_expense number 元 平均研发费用 t, demo boolean 示范企业 t, fast boolean t, allotted of 1 number 元 兑现之1 0 t, '
'allotted of all number 元 兑现之all 0 t', 'facts');

-- Lint.

SELECT is((SELECT string_agg(concat_ws(' | ', kind, place, finding), E'\n') FROM lint($$policy p 'P'
	fact a number fact b boolean
	select x first 10 when b and a > 3 and a < 2
	select y first 10 by a, 3 - 1, a desc when b
	population q when b and not b : v = avg(band(a : > 1 then 1, > 2 then 2))
	budget t 1元 by a, a over 1
	clause 1 reward when b and a > v pay 1元
	example 'e' expect clause 1 unknown$$::policy) WHERE kind <> 'bound'),
'never | q | no row can satisfy both "not b" and "b"
unreachable | v | the step "> 2 then 2" of a band is never reached
gap | v | a band has no step for some values and no else: a
never | x | no row can satisfy both "a > 3" and "a < 2"
order | x | no order is stated: a row is selected only while all possible members fit
order | y | "3 - 1" is the same for every row and sorts nothing
order | y | rows are already sorted by "a"
order | t | rows are already sorted by "a"', 'lint');
SELECT is((SELECT string_agg(concat_ws(' | ', kind, place, finding), E'\n') FROM lint($$policy p '政'
	fact a number fact b boolean
	select x first 10 when b
	select y first 10 by a, 3 - 1, a desc when b
	example 'e' expect select x unknown$$::policy) WHERE kind <> 'bound'),
'order | x | 没有写明排序：只有全部可能的成员都在限额之内，才能确定入选
order | y | “3 - 1”对每一行都相同，不起排序作用
order | y | 已按“a”排序，重复无作用', 'lint in Chinese');

SELECT * FROM finish();
ROLLBACK;
