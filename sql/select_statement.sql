\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(104);

-- Selections, budgets and populations: statements about several rows. What they say of a row is a fact of the row.

CREATE TEMP TABLE docs (language text, doc policy);
INSERT INTO docs VALUES ('English', $$
policy across-1 '示范企业'
fact titled boolean '有称号'
fact innovation number '创新得分'
fact revenue number 元 '营业收入'
fact output number 元 '产值'
fact area number 亩 '占地' at least 0
fact applied_on date '申报日'
population peers '同行' when titled :
  mean_output '平均产值' = avg(output), top = max(output / area), p80 = percentile(output, 80%), members = count(),
  middle = median(output), low = min(output), whole = sum(output)
select demo '示范企业' first 10 by innovation desc, revenue desc when titled and output > mean_output
  article '三' note '按得分排序'
select fast '增速前列' first 20% by revenue desc
select club '每年不超过50家' first 50名 when titled
clause 1 '达标' when satisfies demo
clause 2 '非示范' when not satisfies demo and output > mean_output * 50%
clause 3 '奖' reward per year when satisfies across-1/demo pay output * 1% cap 20万元
clause 4 '组员' reward pay 1万元
clause 5 '补' subsidy when titled pay 10万元
clause 6 '组员' reward pay 2万元
clause 7 '先到' reward when titled pay 5万元
clause 8 '去年' when satisfies demo on as_of - 1年
clause 9 '之后' when amount of 5 >= 8万元
group best '就高' best of 4, 6
budget total '年度资金' 5000万元 pro rata over 3, 5, best
budget quick '先到先得' 800万元 by applied_on, revenue desc over 7
example 'given' given satisfies demo = true, output = 100万元, titled = true, mean_output = 300万元
  expect clause 1 true, clause 2 false, clause 3 between 0元 and 1万元, select demo true, select club unknown,
    mean_output = 300万元, group best between 0元 and 2万元
example 'not given' given titled = true
  expect clause 1 unknown, clause 3 between 0元 and 20万元, clause 5 between 0元 and 10万元, select demo unknown
$$), ('Chinese', $$
政策 across-1 '示范企业'
事实 titled 是否 '有称号'
事实 innovation 数 '创新得分'
事实 revenue 数 元 '营业收入'
事实 output 数 元 '产值'
事实 area 数 亩 '占地' 不低于 0
事实 applied_on 日期 '申报日'
总体 peers '同行' 当 titled：
  mean_output '平均产值' = 平均(output)，top = 最大(output / area)，p80 = 分位数(output，80%)，members = 计数()，
  middle = 中位数(output)，low = 最小(output)，whole = 合计(output)
选取 demo '示范企业' 先 10 按 innovation 降序，revenue 降序 当 titled 且 output 大于 mean_output
  条文 '三' 注 '按得分排序'
选取 fast '增速前列' 先 20% 按 revenue 降序
选取 club '每年不超过50家' 先 50名 当 titled
条款 1 '达标' 当 符合 demo
条款 2 '非示范' 当 非 符合 demo 且 output > mean_output * 50%
条款 3 '奖' 奖励 每年 当 符合 across-1/demo 给予 output * 1% 封顶 20万元
条款 4 '组员' 奖励 给予 1万元
条款 5 '补' 补贴 当 titled 给予 10万元
条款 6 '组员' 奖励 给予 2万元
条款 7 '先到' 奖励 当 titled 给予 5万元
条款 8 '去年' 当 符合 demo 于 as_of - 1年
条款 9 '之后' 当 金额之 5 不低于 8万元
组 best '就高' 就高 4, 6
总额 total '年度资金' 5000万元 按比例 用于 3，5，best
总额 quick '先到先得' 800万元 按 applied_on，revenue 降序 用于 7
例 'given' 设 符合 demo = 真，output = 100万元，titled = 真，mean_output = 300万元
  应得 条款 1 真，条款 2 假，条款 3 介于 0元 且 1万元，选取 demo 真，选取 club 未知，
    mean_output = 300万元，组 best 介于 0元 且 2万元
例 'not given' 设 titled = 真
  应得 条款 1 未知，条款 3 介于 0元 且 20万元，条款 5 介于 0元 且 10万元，选取 demo 未知
$$);

UPDATE docs SET doc = as_of(doc, '2025-06-30');
SELECT is((SELECT string_agg(concat_ws('; ', example, expected, found), E'\n') FROM examples(doc) WHERE NOT holds),
	NULL, language || ': examples') FROM docs;

-- A column or key of their names says whether a row is selected, what a population has, and what a budget leaves.

CREATE TEMP TABLE firms (id int, titled boolean, innovation numeric, revenue numeric, output numeric, demo boolean,
	mean_output numeric, "allotted of 5" numeric, applied_on date);
INSERT INTO firms VALUES
	(1, true, 90, 1e6, 1e6, true, 3e6, 70000.55, '2025-01-01'),
	(2, true, 90, 1e6, 1e6, false, 2e6, 0, '2025-01-01'),
	(3, true, 90, 1e6, 1e6, NULL, NULL, NULL, '2025-01-01'),
	(4, false, 90, 1e6, 1e6, NULL, 1e6, NULL, '2025-01-01'),
	(5, true, 90, 1e6, 1e6, true, 3e6, 200000, '2025-01-01');

SELECT results_eq(format($q$
	SELECT id, f |= (doc -> '1'), f |= (doc -> '2'), f |= (doc -> 'demo'), f |! (doc -> 'demo'), f |= (doc -> '8'),
		f |! (doc -> '2')
	FROM firms f, docs WHERE language = %L ORDER BY id$q$, language), $q$VALUES
	(1, true, false, true, '{}'::text[], NULL::boolean, '{}'::text[]),
	(2, false, false, false, '{}', NULL, '{}'),
	(3, NULL, NULL, NULL, '{demo}', NULL, '{mean_output,demo}'),
	(4, NULL, NULL, NULL, '{demo}', NULL, '{demo}'),
	(5, true, false, true, '{}', NULL, '{}')$q$, language || ': selections of rows') FROM docs;

SELECT results_eq(format($q$
	SELECT to_jsonb(f) |= (doc -> '1'), to_jsonb(f) |= (doc -> '2'), to_jsonb(f) |= (doc -> 'demo'),
		to_jsonb(f) |! (doc -> '2'), to_jsonb(f) |# (doc -> '5')
	FROM firms f, docs WHERE language = %L ORDER BY id$q$, language), format($q$
	SELECT f |= (doc -> '1'), f |= (doc -> '2'), f |= (doc -> 'demo'), f |! (doc -> '2'), f |# (doc -> '5')
	FROM firms f, docs WHERE language = %L ORDER BY id$q$, language), language || ': and of jsonb') FROM docs;

-- What is paid from a budget is known once it is allotted, and never more than the claim.

SELECT results_eq($q$
	SELECT id, a.clause, a.amount, a.low, a.high, a.status, a.in_total
	FROM firms f, docs, assess(f, doc) a WHERE language = 'English' AND a.clause IN ('3', '5', 'best', '4') AND id <> 2
	ORDER BY id, a.clause$q$, $q$VALUES
	(1, '3', NULL::numeric, 0.00, 10000.00, 'undecided', true),
	(1, '4', 10000.00, 10000.00, 10000.00, 'owed', false),
	(1, '5', 70000.55, 70000.55, 70000.55, 'owed', true),
	(1, 'best', NULL, 0.00, 20000.00, 'undecided', true),
	(3, '3', NULL, 0.00, 10000.00, 'undecided', true),
	(3, '4', 10000.00, 10000.00, 10000.00, 'owed', false),
	(3, '5', NULL, 0.00, 100000.00, 'undecided', true),
	(3, 'best', NULL, 0.00, 20000.00, 'undecided', true),
	(4, '3', NULL, 0.00, 10000.00, 'undecided', true),
	(4, '4', 10000.00, 10000.00, 10000.00, 'owed', false),
	(4, '5', 0.00, 0.00, 0.00, 'refused', true),
	(4, 'best', NULL, 0.00, 20000.00, 'undecided', true),
	(5, '3', NULL, 0.00, 10000.00, 'undecided', true),
	(5, '4', 10000.00, 10000.00, 10000.00, 'owed', false),
	(5, '5', 100000.00, 100000.00, 100000.00, 'owed', true),
	(5, 'best', NULL, 0.00, 20000.00, 'undecided', true)$q$, 'assess');

SELECT results_eq(format($q$
	SELECT id, f |# (doc -> '5'), f |# (doc -> 'best'), f |# doc, f |= (doc -> '9')
	FROM firms f, docs WHERE language = %L ORDER BY id$q$, language), $q$VALUES
	(1, 70000.55, NULL::numeric, NULL::numeric, false),
	(2, 0.00, NULL, NULL, false),
	(3, NULL, NULL, NULL, NULL),
	(4, 0.00, NULL, NULL, false),
	(5, 100000.00, NULL, NULL, true)$q$, language || ': amounts') FROM docs;

SELECT is('{"titled": true, "demo": false, "allotted of 5": 60000, "allotted of best": 15000,
	"allotted of 7": 0}'::jsonb |# doc, 75000.00, language || ': in total') FROM docs;
SELECT is(amount_range('{"titled": true, "demo": true, "output": 1000000, "allotted of 5": 60000}'::jsonb, doc)::text,
	'(60000.00,140000.00)', language || ': its range') FROM docs;

-- Values of populations.

SELECT is(value('{"mean_output": 250.5}'::jsonb, doc -> 'mean_output'), 250.5, language || ': a value') FROM docs;
SELECT is(value('{}'::jsonb, doc -> 'mean_output'), NULL, language || ': an unknown one') FROM docs;
SELECT is('{}'::jsonb |! (doc -> 'p80'), '{p80}', language || ': it is missing') FROM docs;

SELECT results_eq($q$
	SELECT row |= (p -> '1'), row |= (p -> '2'), row |= (p -> '3'), row |= (p -> '4')
	FROM (VALUES ('{"n": 5, "m": 3, "as_of": "2025-01-01"}'::jsonb)) rows (row), (SELECT $$policy p 't' fact n number
		population q : m = avg(n) clause 1 when n > m clause 2 when satisfies 1 on as_of - 1年
		clause 3 when satisfies 3a on as_of - 1年 clause 3a when m is not null
		clause 4 '分期' reward stage s on 2024-06-30 when n > m pay 1元$$::policy p) p$q$,
	$$VALUES (true, NULL::boolean, NULL::boolean, true)$$, 'a value of a population on another day');
SELECT is('{}'::jsonb |= $$policy p 't' fact n number population q : m = avg(n) clause 1 when m is null$$::policy, NULL,
	'over nobody it is none');

-- Parts have what they need, and amendments replace the statements.

SELECT is((doc -> 'demo' -> 'demo')::text, (doc -> 'demo')::text, language || ': a part of itself') FROM docs;
SELECT is((SELECT array_agg(m[1]) FROM regexp_matches((doc -> '3')::text,
	'^(?:clause|population|select|budget|group) (\S+)', 'gn') m),
	'{3,4,5,6,best,peers,demo,total}', 'what a budget needs') FROM docs WHERE language = 'English';
SELECT is((SELECT array_agg(m[1]) FROM regexp_matches((doc -> 'p80')::text,
	'^(?:fact|clause|population|select|budget|group) (\S+)', 'gn') m),
	'{titled,output,area,peers}', 'and a population') FROM docs WHERE language = 'English';
SELECT is('{"demo": true}'::jsonb |= (amend(doc, $$clause 1 when satisfies fast$$) -> '1'),
	NULL, language || ': amended') FROM docs;
SELECT ok(amend(doc, $$select demo '改' first 3 by output$$)::text ~ 'first 3 by output',
	language || ': a selection') FROM docs;
SELECT ok(amend(doc, $$budget total 1元 pro rata over 3, 5$$)::text ~ '1元 pro rata over 3, 5',
	language || ': a budget') FROM docs;
SELECT ok(amend(doc, $$population peers : mean_output = min(output), top = max(output), p80 = max(output),
	members = count(), middle = median(output), low = min(output), whole = sum(output)$$)::text ~ 'peers : mean',
	language || ': a population') FROM docs;

-- New words are still names, except select and budget.

SELECT ok('{"population": 3, "over": 2, "first": 1, "desc": 1, "rows": 4}'::jsonb |= $$policy p 't'
	fact population number fact over number fact first number fact desc number fact rows number
	clause 1 when population > over - 1 and first + desc > 0
	select s first 3 by desc desc, over when over > 1 and first < 3
	budget b 3元 by over - first desc over 2
	clause 2 reward when over > 1 pay 1元
	population rows_of : over2 = max(over)
	example 'e' given population = 3, over = 2, first = 1, desc = 1, rows = 5 expect clause 1 true, desc = 1
	$$::policy, 'names');

-- Documents that use others know whether those select the row by a column of both names.

SELECT results_eq(format($q$
	SELECT row |= p, row |! p FROM (VALUES ('{"across-1/demo": true}'::jsonb), ('{"demo": true}')) rows (row),
		(SELECT as_of(($$policy u 'u' uses across-1 clause 1 when satisfies across-1/demo$$ ||
			regexp_replace(doc::text, '^as of \S+', ''))::policy, '2025-06-30') p FROM docs WHERE language = %L) p$q$,
	language), $q$VALUES (true, '{}'::text[]), (NULL, '{across-1/demo}')$q$, language || ': used') FROM docs;

-- What a document may not say.

SELECT is(pg_temp.refusal(
	E'policy p ''t'' fact n number fact d date fact b boolean fact s text fact m number 元\n' || source),
	refusal, description) FROM (VALUES
	('no places', 'select x first 0 by n when b',
		'line 2, column 16: a number of rows is a whole number from 1 to 1000000000'),
	('a part of a place', 'select x first 1.5 by n when b',
		'line 2, column 16: a number of rows is a whole number from 1 to 1000000000'),
	('a negative number', 'select x first -1 by n when b',
		E'line 2, column 16: unexpected "-"\nDETAIL: Expected a number.'),
	('an amount of places', 'select x first 10元 by n when b',
		E'line 2, column 16: 元 do not count rows\nHINT: Write a number such as 10 or 10名, or a share such as 20%.'),
	('days', 'select x first 10天 by n when b',
		E'line 2, column 16: 日 do not count rows\nHINT: Write a number such as 10 or 10名, or a share such as 20%.'),
	('no share', 'select x first 0% by n when b',
		'line 2, column 16: a share is more than 0% and at most 100%'),
	('more than all', 'select x first 101% by n when b',
		'line 2, column 16: a share is more than 0% and at most 100%'),
	('a key that is no number or date', 'select x first 10 by s when b',
		'line 2, column 22: rows are sorted by numbers and dates, and this is a text'),
	('nor a condition', 'select x first 10 by n, b desc when b',
		'line 2, column 25: rows are sorted by numbers and dates, and this is a boolean'),
	('a condition that is none', 'select x first 10 by n when n',
		'line 2, column 29: a condition must be a boolean, but this is a number'),
	('two conditions', 'select x first 10 by n when b when b',
		'line 2, column 31: a second "when"'),
	('no number', 'select x by n when b',
		E'line 2, column 10: unexpected "by"\nDETAIL: Expected text in quotes, first.'),
	('a selection of itself', 'select x first 10 by n when satisfies x',
		'line 2, column 29: the selection "x" refers to itself'),
	('two of each other', 'select x first 10 by n when satisfies y select y first 10 by n when satisfies x',
		'line 2, column 69: the selection "x" refers to itself'),
	('through a clause', 'select x first 10 by n when satisfies 1 clause 1 when satisfies x',
		'line 2, column 29: the clause "1" refers to itself'),
	('through a definition', 'define k = case when satisfies x then 1 else 0 end select x first 10 by k',
		'line 2, column 73: the definition of "k" refers to itself'),
	('a clause of another subject', 'select x first 10 by n when satisfies 1 clause 1 when b subject platform',
		E'line 2, column 29: "1" reads the row of another subject than the selection "x"\n'
		'HINT: Write "subject platform" after the selection.'),
	('its amount', 'select x first 10 by amount of 1 clause 1 reward when b pay 1元 subject region',
		E'line 2, column 22: "1" reads the row of another subject than the selection "x"\n'
		'HINT: Write "subject region" after the selection.'),
	('a selection of another subject', 'clause 1 when satisfies x select x first 10 by n subject platform',
		E'line 2, column 15: "x" reads the row of another subject than the clause "1"\n'
		'HINT: Write "subject platform" after the clause.'),
	('is no name', 'clause 1 when x select x first 10 by n',
		E'line 2, column 15: "x" is a selection\nHINT: Write "satisfies x".'),
	('nor given as one',
		'select x first 10 by n clause 1 when satisfies x example ''e'' given x = true expect clause 1 true',
		E'line 2, column 68: "x" is a selection\nHINT: Write "satisfies x".'),
	('satisfies is given of selections',
		'clause 2 when b clause 1 when satisfies 2 example ''e'' given satisfies 2 = true expect clause 1 true',
		'line 2, column 61: there is no fact "satisfies 2"'),
	('it has no amount', 'select x first 10 by n clause 1 reward pay amount of x',
		'line 2, column 54: there is no clause or group "x"'),
	('its code is a clause', 'select 1 first 10 by n clause 1 when b',
		'line 2, column 1: "1" is a clause already'),
	('its code is a fact', 'select n first 10 by n',
		'line 2, column 1: "n" is a fact already'),
	('twice', 'select x first 10 by n select x first 9 by n',
		'line 2, column 24: "x" is a selection already'),
	('an unknown one', 'select demo first 10 by n clause 1 when satisfies dem',
		E'line 2, column 51: there is no clause, rung, group or selection "dem"\nHINT: Perhaps you meant "demo".'),
	('a budget of nothing', 'budget x 0元 pro rata over 1 clause 1 reward when b pay 1元',
		'line 2, column 10: a budget is more than 0'),
	('a budget without unit', 'budget x 100 pro rata over 1 clause 1 reward when b pay 1元',
		E'line 2, column 10: a budget is an amount\nHINT: Write it with its unit, 元.'),
	('a budget in points', 'budget x 100分 pro rata over 1 clause 1 reward when b pay 1元',
		E'line 2, column 10: a budget is an amount\nHINT: Write it with its unit, 元.'),
	('no order', 'budget x 100元 over 1 clause 1 reward when b pay 1元',
		E'line 2, column 15: unexpected "over"\nDETAIL: Expected by, pro rata.'),
	('an order of texts', 'budget x 100元 by s over 1 clause 1 reward when b pay 1元',
		'line 2, column 18: rows are sorted by numbers and dates, and this is a text'),
	('over nothing', 'budget x 100元 pro rata over clause 1 reward when b pay 1元',
		E'line 2, column 36: unexpected "1"\n'
		'DETAIL: Expected the end of the text, when, policy, clause, stage, rung, target, service, note, group, '
		'select, budget, and more.'),
	('over what is not there', 'budget x 100元 pro rata over 12 clause 11 reward when b pay 1元',
		E'line 2, column 29: there is no clause or group "12"\nHINT: Perhaps you meant "11".'),
	('over an eligibility', 'budget x 100元 pro rata over 1 clause 1 when b',
		'line 2, column 29: clause "1" is not a reward or subsidy'),
	('over points', 'budget x 100元 pro rata over 1 clause 1 points when b pay 1分',
		'line 2, column 29: clause "1" is not a reward or subsidy'),
	('over what has no figure', 'budget x 100元 pro rata over 1 clause 1 reward when b pay undetermined',
		'line 2, column 29: clause "1" has no figure, of which a budget could pay a part'),
	('over stages', 'budget x 100元 pro rata over 1 clause 1 reward stage a on d pay 1元',
		'line 2, column 29: clause "1" is paid in stages, and a budget pays lines of one year'),
	('a clause in two budgets',
		'budget x 100元 pro rata over 1 budget y 100元 pro rata over 1 clause 1 reward when b pay 1元',
		'line 2, column 59: "1" is paid from budget "x" already'),
	('twice in one', 'budget x 100元 pro rata over 1, 1 clause 1 reward when b pay 1元',
		'line 2, column 32: "1" is paid from budget "x" already'),
	('a member of a group', 'budget x 100元 pro rata over 1 clause 1 reward when b pay 1元 group g best of 1',
		E'line 2, column 29: nothing is paid for "1" by itself\nHINT: Name the group, whose line is paid: "over g".'),
	('of another subject', 'budget x 100元 pro rata over 1 clause 1 reward when b pay 1元 subject platform',
		E'line 2, column 29: "1" reads the row of another subject than its budget\n'
		'HINT: Write "subject platform" after the budget.'),
	('a budget whose order is what it pays', 'budget x 100元 by amount of 1 over 1 clause 1 reward when b pay 1元',
		'line 2, column 18: the budget "x" refers to itself'),
	('a clause that is paid what the budget leaves',
		'budget x 100元 pro rata over 1, 2 clause 1 reward when b pay 1元 clause 2 reward pay amount of 1',
		'line 2, column 32: the clause "2" refers to itself'),
	('budgets of each other',
		'budget x 100元 by amount of 2 over 1 budget y 100元 by amount of 1 over 2 '
		'clause 1 reward when b pay 1元 clause 2 reward pay 1元',
		'line 2, column 54: the budget "x" refers to itself'),
	('a budget is not satisfied',
		'budget x 100元 pro rata over 1 clause 1 reward when b pay 1元 clause 2 when satisfies x',
		'line 2, column 85: there is no clause, rung, group or selection "x"'),
	('a function that is none', 'population q when b : v = mean(n)',
		E'line 2, column 27: there is no function "mean" over a population\nHINT: Write avg(x).'),
	('of rows', 'population q when b : v = greatest(n)',
		E'line 2, column 27: there is no function "greatest" over a population\n'
		'HINT: The functions are avg, min, max, sum, count, median and percentile.'),
	('a value of a text', 'population q when b : v = max(s)',
		'line 2, column 31: a value of a population must be a number, but this is a text'),
	('of a date', 'population q when b : v = max(d)',
		'line 2, column 31: a value of a population must be a number, but this is a date'),
	('count takes nothing', 'population q when b : v = count(n)',
		E'line 2, column 33: count counts the members and takes no expression\n'
		'HINT: Write count(), and the condition after "when".'),
	('avg takes something', 'population q when b : v = avg()',
		E'line 2, column 27: avg needs an expression\nHINT: Write avg(x).'),
	('avg takes no share', 'population q when b : v = avg(n, 80%)',
		'line 2, column 34: avg takes one expression'),
	('a percentile without its share', 'population q when b : v = percentile(n)',
		E'line 2, column 27: a percentile needs its share\nHINT: Write percentile(x, 80%).'),
	('a share above all', 'population q when b : v = percentile(n, 120%)',
		'line 2, column 41: the share of a percentile is from 0% to 100%'),
	('a share below none', 'population q when b : v = percentile(n, -1%)',
		'line 2, column 41: the share of a percentile is from 0% to 100%'),
	('a share in 元', 'population q when b : v = percentile(n, 1元)',
		'line 2, column 41: the share of a percentile is from 0% to 100%'),
	('a condition that is a number', 'population q when n : v = avg(n)',
		'line 2, column 19: a condition must be a boolean, but this is a number'),
	('a value of itself', 'population q when b : v = avg(n / v)',
		'line 2, column 35: the population "q" refers to itself'),
	('a condition on its own value', 'population q when n > v : v = avg(n)',
		'line 2, column 23: the population "q" refers to itself'),
	('a selection among those above the mean of the selected',
		'population q when satisfies x : v = avg(n) select x first 10 by n when n > v',
		'line 2, column 76: the population "q" refers to itself'),
	('the name of a fact', 'population q when b : n = avg(n)',
		'line 2, column 23: "n" is a fact already'),
	('a name twice', 'population q when b : v = avg(n), v = max(n)',
		'line 2, column 35: "v" is a value of a population already'),
	('a population is no name', 'population q when b : v = avg(n) clause 1 when q > 1',
		'line 2, column 48: "q" is not declared'),
	('a value of another subject', 'population q when b : v = avg(n) subject region clause 1 when n > v',
		E'line 2, column 67: "q" reads the row of another subject than the clause "1"\n'
		'HINT: Write "subject region" after the clause.'),
	('a value in another unit', 'population q when b : v = avg(m) clause 1 when n > v',
		E'line 2, column 48: money does not fit: a number that is not money and an amount of 元\n'
		'HINT: If it counts 元, write n * 1元.'),
	('an amount is not a number', 'population q when b : v = avg(m) clause 1 when v > 100',
		E'line 2, column 52: an amount of money needs its unit\nHINT: Write 100元 or 100万元 instead of 100.'),
	('no values', 'population q when b',
		E'line 2, column 20: the text ends too early\n'
		'DETAIL: Expected <>, <=, >=, and, or, not, between, in, is, ''='', ''('', '':'', and more.')
) errors (description, source, refusal);

SELECT * FROM finish();
ROLLBACK;
