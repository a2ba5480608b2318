\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(22);

-- Examples of several rows: what a selection, a budget and a population come to.

CREATE TEMP TABLE docs (language text, doc policy);
INSERT INTO docs VALUES ('English', $$
policy rows-1 '评选' fact titled boolean fact score number fact revenue number 元 by year fact cost number 元 at least 0
fact applied_on date null means none
population peers when titled : mean = avg(score), n = count(), p80 = percentile(score, 80%),
  top = max(score), whole = sum(cost)
select demo '示范' first 2 by score desc, revenue[last_year] desc when titled and score >= mean - 10
select half first 50% by score desc when titled
select club first 3 when titled
select early first 1 by applied_on
clause 1 reward when satisfies demo pay cost
clause 2 subsidy when titled pay cost * 50%
clause 3 reward when titled pay cost
budget total 40万元 pro rata over 1, 2
budget queue 100万元 by applied_on over 3
example 'four' given as_of = 2025-06-30, titled = true, rows [
    (score = 90, revenue[2024] = 100万元, cost = 20万元, applied_on = 2025-03-01),
    (score = 81, revenue[2024] = 300万元, cost = 40万元, applied_on = 2025-02-01),
    (score = 81, revenue[2024] = 200万元, cost = 60万元, applied_on = 2025-01-01),
    (score = 99, titled = false, cost = 80万元, applied_on = none)]
  expect select demo (true, true, false, false), select half (true, false, false, false),
    select club (true, true, true, false),
    select early (false, false, true, false), budget total (10万元, 20万元, 10万元, 0元),
    budget queue (0元, 40万元, 60万元, 0元), mean = 84, n = 3, p80 = 86.4, top = 90, whole = 120万元
example 'a tie' like 'four' given rows [(score = 90),
    (score = 80, revenue[2024] = 1元), (score = 80, revenue[2024] = 1元)]
  expect select demo (true, unknown, unknown), select half (true, false, false)
example 'an unknown score' like 'four' given rows [(score = 90), (score = 80, cost = 10万元),
    (score = unknown, cost = 0元)]
  expect select half (unknown, false, unknown), select demo (unknown, unknown, unknown),
    top unknown, mean unknown, n = 3,
    whole unknown
example 'an unknown member' like 'four' given rows [(score = 90, cost = 10万元),
    (score = 80, cost = 10万元, titled = unknown)]
  expect select half (unknown, false), select club (true, unknown), n between 1 and 2,
    whole between 10万元 and 20万元, mean between 85 and 90,
    budget total (15万元, between 0元 and 15万元)
example 'nobody' like 'four' given titled = false, rows [(score = 5)]
  expect select demo (false), budget total (0元), mean none, n = 0, whole = 0元
$$), ('Chinese', $$
政策 rows-1 '评选' 事实 titled 是否 事实 score 数 事实 revenue 数 元 逐年 事实 cost 数 元 不低于 0
事实 applied_on 日期 空 表示 无
总体 peers 当 titled ： mean = 平均(score), n = 计数(), p80 = 分位数(score, 80%),
  top = 最大(score), whole = 合计(cost)
选取 demo '示范' 先 2 按 score 降序, revenue[上年度] 降序 当 titled 且 score >= mean - 10
选取 half 先 50% 按 score 降序 当 titled
选取 club 先 3 当 titled
选取 early 先 1 按 applied_on
条款 1 奖励 当 符合 demo 给予 cost
条款 2 补贴 当 titled 给予 cost * 50%
条款 3 奖励 当 titled 给予 cost
总额 total 40万元 按比例 用于 1, 2
总额 queue 100万元 按 applied_on 用于 3
例 'four' 设 判断日 = 2025-06-30, titled = 真, 各行 [
    (score = 90, revenue[2024] = 100万元, cost = 20万元, applied_on = 2025-03-01),
    (score = 81, revenue[2024] = 300万元, cost = 40万元, applied_on = 2025-02-01),
    (score = 81, revenue[2024] = 200万元, cost = 60万元, applied_on = 2025-01-01),
    (score = 99, titled = 假, cost = 80万元, applied_on = 无)]
  应得 选取 demo (真, 真, 假, 假), 选取 half (真, 假, 假, 假), 选取 club (真, 真, 真, 假),
    选取 early (假, 假, 真, 假), 总额 total (10万元, 20万元, 10万元, 0元),
    总额 queue (0元, 40万元, 60万元, 0元), mean = 84, n = 3, p80 = 86.4, top = 90, whole = 120万元
例 'a tie' 同 'four' 设 各行 [(score = 90), (score = 80, revenue[2024] = 1元), (score = 80, revenue[2024] = 1元)]
  应得 选取 demo (真, 未知, 未知), 选取 half (真, 假, 假)
例 'an unknown score' 同 'four' 设 各行 [(score = 90), (score = 80, cost = 10万元), (score = 未知, cost = 0元)]
  应得 选取 half (未知, 假, 未知), 选取 demo (未知, 未知, 未知), top 未知, mean 未知, n = 3,
    whole 未知
例 'an unknown member' 同 'four' 设 各行 [(score = 90, cost = 10万元), (score = 80, cost = 10万元, titled = 未知)]
  应得 选取 half (未知, 假), 选取 club (真, 未知), n 介于 1 且 2, whole 介于 10万元 且 20万元, mean 介于 85 且 90,
    总额 total (15万元, 介于 0元 且 15万元)
例 'nobody' 同 'four' 设 titled = 假, 各行 [(score = 5)]
  应得 选取 demo (假), 总额 total (0元), mean 无, n = 0, whole = 0元
$$);

SELECT is((SELECT string_agg(concat_ws(' | ', example, expected, found), E'\n') FROM examples(doc) WHERE NOT holds),
	NULL,
	language || ': finds what it expects') FROM docs;
SELECT results_eq($$SELECT example, found, holds FROM docs, examples(doc) WHERE language = 'Chinese'$$,
	$$SELECT example, found, holds FROM docs, examples(doc) WHERE language = 'English'$$, 'both find the same');

-- What is found is what allot() finds in a table of the same rows.

CREATE TEMP TABLE firms (id text, titled boolean, score int, revenue_2024 numeric, cost numeric, applied_on date);
INSERT INTO firms VALUES ('1', true, 90, 1000000, 200000, '2025-03-01'), ('2', true, 81, 3000000, 400000, '2025-02-01'),
	('3', true, 81, 2000000, 600000, '2025-01-01'), ('4', false, 99, NULL, 800000, NULL);
SELECT is((SELECT string_agg(DISTINCT found, E'\n' ORDER BY found) FROM docs, examples(doc)
	WHERE language = 'English' AND example = 'four' AND found LIKE 'select %'),
	(SELECT string_agg(line, E'\n' ORDER BY line) FROM (
		SELECT format('select %s (%s)', code, string_agg(selected::text, ', ' ORDER BY key)) line
		FROM docs, allot('firms', 'id', as_of(doc, '2025-06-30')) WHERE language = 'English' AND clause IS NULL
		GROUP BY code) x), 'like allot()');

-- An example that does not hold says what was found of each row.

SELECT is((SELECT string_agg(concat_ws(' | ', expected, found), E'\n') FROM examples($$policy p 't' fact n number
	select x first 1 by n desc clause 1 reward when satisfies x pay 5元 budget b 3元 pro rata over 1
	example 'e' given rows [(n = 2), (n = 1), (n = unknown)] expect select x (false, true, unknown),
	  budget b (5元, 0元, 0元)$$::policy)),
	'select x (false, true, unknown) | select x (unknown, false, unknown)
budget b (5元, 0元, 0元) | budget b (between 0元 and 3元, 0元, between 0元 and 3元)', 'what was found');
SELECT is(pg_temp.error_of($$SELECT store($q$policy x-rows 't' fact n number select x first 1 by n desc
	example 'e' given rows [(n = 2), (n = 1)] expect select x (false, true)$q$)$$),
	E'23514: policy "x-rows" is not stored: 1 of its 1 expectations fail\n'
	'DETAIL: example ''e'': expected select x (false, true), found select x (true, false)', 'store refuses it');

-- What an example may not say.

SELECT is(pg_temp.refusal(E'policy p ''t'' fact n number fact b boolean select x first 1 by n '
	'population q : v = avg(n)\n'
	'budget y 1元 pro rata over 1 clause 1 reward when b pay 1元\n' || source), refusal, description) FROM (VALUES
	('no rows', 'example ''e'' given rows [] expect select x (true)',
		E'line 3, column 25: unexpected "]"\nDETAIL: Expected ''(''.'),
	('rows twice', 'example ''e'' given rows [(n = 1)], rows [(n = 2)] expect select x (true)',
		'line 3, column 35: a second "rows"'),
	('rows in a row', 'example ''e'' given rows [(n = 1, rows [(n = 2)])] expect select x (true)',
		'line 3, column 33: a row cannot hold rows'),
	('too few', 'example ''e'' given rows [(n = 1), (n = 2)] expect select x (true)',
		'line 3, column 50: this is for 1 rows, and the example has 2'),
	('too many', 'example ''e'' given rows [(n = 1)] expect budget y (1元, 2元)',
		'line 3, column 41: this is for 2 rows, and the example has 1'),
	('one row', 'example ''e'' given n = 1 expect select x (true)',
		E'line 3, column 32: the example has one row\n'
		'HINT: Give the rows: rows [(fact = value, ...), (fact = value, ...)].'),
	('a clause of several rows', 'example ''e'' given rows [(n = 1)] expect clause 1 true',
		'line 3, column 41: of several rows only selections, budgets and values of populations are expected'),
	('a truth of several rows', 'example ''e'' given rows [(n = 1)] expect select x true',
		'line 3, column 41: of several rows only selections, budgets and values of populations are expected'),
	('inherited rows', 'example ''d'' given rows [(n = 1)] expect select x (true) '
		'example ''e'' like ''d'' expect clause 1 true',
		'line 3, column 85: of several rows only selections, budgets and values of populations are expected'),
	('what is no fact', 'example ''e'' given rows [(m = 1)] expect select x (true)',
		'line 3, column 26: there is no fact "m"'),
	('of another type', 'example ''e'' given rows [(n = true)] expect select x (true)',
		'line 3, column 30: "n" is a number'),
	('amounts of a selection', 'example ''e'' given rows [(n = 1)] expect select x (1元)',
		'line 3, column 51: a row is selected or not: true, false or unknown'),
	('truths of a budget', 'example ''e'' given rows [(n = 1)] expect budget y (true)',
		'line 3, column 51: a budget pays a row an amount'),
	('amounts without unit', 'example ''e'' given rows [(n = 1)] expect budget y (1)',
		E'line 3, column 51: this is not an amount\nHINT: Write it with its unit, 元.'),
	('an unknown selection', 'example ''e'' given rows [(n = 1)] expect select z (true)',
		'line 3, column 41: there is no selection "z"'),
	('an unknown budget', 'example ''e'' given rows [(n = 1)] expect budget z (1元)',
		'line 3, column 41: there is no budget "z"')
) errors (description, source, refusal);

SELECT * FROM finish();
ROLLBACK;
