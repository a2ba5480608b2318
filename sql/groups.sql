\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(110);

-- Groups: the highest of their members, or their sum, with a common cap.

CREATE TEMP TABLE docs (language text, doc policy);
INSERT INTO docs VALUES ('English', $$
policy groups-1 '组'
fact a number 元 '甲' at least 0
fact b number 元 '乙' at least 0
fact c boolean '丙'
fact on_day date '日' null means none
clause 1a '技改' reward when a > 0元 pay a
clause 1b subsidy when b > 0元 pay b
clause 3 reward when c pay 7元
clause 4 reward pay undetermined when c
clause 5 tax when a > 0元 pay 3元
clause 6 reward cap 8元
  stage first on on_day pay 5元
  stage second on on_day + 1年 pay 5元
clause 7 reward when a > 0元 pay 1元
group tech '技改奖补' best of 1a, 1b  cap 50元  article '三'
group loans '融资' sum of tech, 3, 6  cap 60元
group open best of 4, 7
clause 8 '看组' when satisfies loans and amount of tech >= 50元
example 'the higher' given as_of = 2025-01-01, a = 20元, b = 20.01元, c = false, on_day = none
  expect group tech = 20.01元, group loans = 20.01元, clause 1a = 20元, clause 1b = 20.01元, group open = 1元,
    amount = 21.01元, clause 8 false
example 'equal' like 'the higher' given b = 20元 expect group tech = 20元, group tech true
example 'just below the common cap' like 'the higher' given a = 49.99元, b = 0元
	expect group tech = 49.99元, clause 8 false
example 'on it' like 'the higher' given a = 50元 expect group tech = 50元, clause 8 true
example 'above it' like 'the higher' given a = 50.01元 expect group tech = 50元, clause 1a = 50.01元
example 'staged' like 'on it' given on_day = 2025-01-01
	expect clause 6 = 5元, group loans = 55元, clause 6 stage first = 5元
example 'staged twice' like 'on it' given on_day = 2024-01-01 expect clause 6 = 8元, group loans = 58元
example 'the cap above the groups' like 'staged twice' given c = true expect group loans = 60元, group open undetermined
example 'nobody' like 'the higher' given a = 0元, b = 0元 expect group tech = 0元, group tech false, group open = 0元,
	amount = 0元
example 'one unknown' like 'the higher' given b = unknown expect group tech between 20元 and 50元, group tech true,
	missing (b)
example 'both unknown' like 'the higher' given a = unknown, b = unknown
  expect group tech between 0元 and 50元, group tech unknown, group loans between 0元 and 50元
$$), ('Chinese', $$
政策 groups-1 '组'
事实 a 数 元 '甲' 不低于 0
事实 b 数 元 '乙' 不低于 0
事实 c 是否 '丙'
事实 on_day 日期 '日' 空 表示 无
条款 1a '技改' 奖励 当 a > 0元 给予 a
条款 1b 补贴 当 b > 0元 给予 b
条款 3 奖励 当 c 给予 7元
条款 4 奖励 给予 未定 当 c
条款 5 税收 当 a > 0元 给予 3元
条款 6 奖励 封顶 8元
  阶段 first 于 on_day 给予 5元
  阶段 second 于 on_day + 1年 给予 5元
条款 7 奖励 当 a > 0元 给予 1元
组 tech '技改奖补' 就高 1a，1b  封顶 50元  条文 '三'
组 loans '融资' 合计 tech，3，6  封顶 60元
组 open 就高 4，7
条款 8 '看组' 当 符合 loans 且 金额之 tech >= 50元
例 '不低' 设 判断日 = 2025-01-01, a = 20元, b = 20.01元, c = 假, on_day = 无 应得 组 tech = 20.01元, 组 tech 真
$$);
SELECT ok(holds, format('%s: %s, found %s', example, expected, found)) FROM docs, examples(doc);

CREATE TEMP TABLE rows (e jsonb);
INSERT INTO rows SELECT jsonb_build_object('as_of', '2025-01-01', 'a', a, 'b', b, 'c', c, 'on_day', d)
FROM unnest('{0,20,50.01,null}'::numeric[]) a, unnest('{0,20,60,null}'::numeric[]) b, unnest('{t,f,null}'::bool[]) c,
	unnest('{2024-01-01,2025-06-01,null}'::date[]) d;
SELECT results_eq($$SELECT e |= doc, e |# doc, e |! doc, amount_range(e, doc)::text, a.* FROM docs, rows, assess(e,
	doc) a WHERE language = 'Chinese'$$,
	$$SELECT e |= doc, e |# doc, e |! doc, amount_range(e, doc)::text, a.* FROM docs, rows, assess(e, doc) a WHERE
		language = 'English'$$,
	'the Chinese words mean the same');
DELETE FROM docs WHERE language = 'Chinese';

-- Exactly the lines in total add up to what the document pays; so does a tally.

SELECT is((SELECT count(*) FROM docs, rows WHERE (e |# doc) IS DISTINCT FROM
	(SELECT CASE WHEN bool_and(low = high OR stage IS NOT NULL) AND count(*) = count(coalesce(high, 0)) THEN sum(low)
		END
		FROM (SELECT stage, low,
		CASE WHEN high IS NULL AND stage IS NULL THEN 'Infinity' ELSE high END AS high FROM assess(e, doc)
		WHERE in_total) l)), 0::bigint,
	'the lines in total add up to amount');
SELECT is((SELECT count(*) FROM docs, rows WHERE (e |# doc) IS NOT NULL AND (e |# doc) IS DISTINCT FROM
	(SELECT sum(amount) FROM assess(e, doc) WHERE in_total)), 0::bigint, 'so do their decided amounts');
SELECT is((SELECT count(*) FROM docs, rows WHERE (amount_range(e, doc)).low IS DISTINCT FROM
	(SELECT sum(low) FROM assess(e, doc) WHERE in_total)), 0::bigint, 'and their least amounts to the least amount');
SELECT is((SELECT count(*) FROM docs,
	rows WHERE judge(e, doc)::text::verdict::text IS DISTINCT FROM judge(e, doc)::text), 0::bigint,
	'a verdict is read back as it is written');
SELECT is((SELECT string_agg(t.line || CASE WHEN t.in_total THEN '*' ELSE '' END || coalesce('=' || t.amount, ''), ' ')
	FROM (SELECT (unnest(tally(judge(e, doc)))).* FROM docs,
	(VALUES ('{"as_of": "2025-01-01", "a": 20, "b": 30, "c": false, "on_day": null}'::jsonb),
		('{"as_of": "2025-01-01", "a": 60, "b": 0, "c": false, "on_day": "2024-01-01"}')) v (e)) t),
	'1a=80.00 1b=30.00 3=0.00 4=0.00 5=6.00 6 6/first=5.00 6/second=3.00 7=2.00 8 tech=80.00 loans*=88.00 open*=2.00',
	'a tally says which lines add up');

-- Lines of assess.

SELECT is((SELECT string_agg(format('%s %s %s', line, kind, status) || coalesce(' <- ' || superseded_by, ''), ', ')
	FROM docs,
	assess('{"as_of": "2025-01-01", "a": 20, "b": 30, "c": true, "on_day": "2025-06-01"}'::jsonb, doc)),
	'1a reward owed <- 1b, 1b subsidy owed, 3 reward owed, 4 reward undetermined, 5 tax owed, 6 reward to come, '
	'6/first reward to come, 6/second reward to come, '
	'7 reward owed, 8 eligibility refused, tech group owed, loans group owed, open group undetermined',
	'statuses, and who is superseded');
SELECT is((SELECT string_agg(line || coalesce(' <- ' || superseded_by, ''), ', ') FROM docs,
	assess('{"as_of": "2025-01-01", "a": 20, "b": 20, "c": false}'::jsonb, doc) WHERE line LIKE '1%'), '1a, 1b <- 1a',
	'of equal ones the first');
SELECT is((SELECT string_agg(line || coalesce(' <- ' || superseded_by, ''), ', ') FROM docs,
	assess('{"as_of": "2025-01-01", "a": 20, "c": false}'::jsonb, doc) WHERE line LIKE '1%'), '1a, 1b',
	'nobody while the other is unknown');
SELECT is((SELECT string_agg(format('%s %s %s', line, low, high), ', ') FROM assess('{"a": 20, "b": 60}'::jsonb,
	$$policy p 't' fact a number 元 fact b number 元 at most 50元 clause 1 reward pay a clause 2 reward pay b clause 3
		reward pay 4元
	group inner sum of 1, 3 group outer best of inner, 2$$::policy)),
	'1 20.00 20.00, 2 0.00 50.00, 3 4.00 4.00, inner 24.00 24.00, outer 24.00 50.00',
	'an unknown member leaves the range open to its own end');
SELECT is((SELECT string_agg(line || coalesce(' <- ' || superseded_by, ''), ', ')
	FROM assess('{"as_of": "2025-01-01", "a": 20, "b": 24.01}'::jsonb,
	$$policy p 't' fact a number 元 fact b number 元 clause 1 reward pay a clause 2 reward pay b
	clause 3 reward stage s on 2024-01-01 pay 4元 group inner sum of 1, 3 group outer best of inner, 2$$::policy)),
	'1 <- 2, 2, 3 <- 2, 3/s <- 2, inner <- 2, outer',
		'what supersedes a group supersedes its members and their stages');
SELECT is((SELECT string_agg(line, ' ') FROM assess('{"a": 1}'::jsonb, 'a > 0'::policy)), 'rule',
	'a rule has a line with a name');
SELECT is((SELECT string_agg(format('%s %s', line, period), ', ') FROM assess('{"as_of": "2025-03-01"}'::jsonb,
	$$policy p 't' clause 1 reward per year pay 1元 clause 2 reward per year pay 2元 group g best of 1, 2$$::policy)),
	'1 2025, 2 2025, g 2025', 'a group of yearly clauses is yearly');

-- Parts, contents, amending.

SELECT is((doc -> 'tech')::text, $$policy groups-1 '组'
fact a number 元 '甲' at least 0
fact b number 元 '乙' at least 0
clause 1a '技改' reward when a > 0元 pay a
clause 1b subsidy when b > 0元 pay b
group tech '技改奖补' best of 1a, 1b  cap 50元  article '三'$$, 'a part that is a group has its members') FROM docs;
SELECT is('{"a": 20, "b": 30}'::jsonb |# (doc -> 'tech'), 30.00, 'and pays as the group does') FROM docs;
SELECT is('{"a": 20, "b": 30}'::jsonb |# (doc -> '1a'), 20.00, 'a member alone pays as if there were no group')
	FROM docs;
SELECT is((SELECT string_agg(line || CASE WHEN in_total THEN '*' ELSE '' END, ' ') FROM docs,
	assess('{}'::jsonb, doc -> '1a')), '1a*', 'and is in total') ;
SELECT is((SELECT string_agg(line || CASE WHEN in_total THEN '*' ELSE '' END, ' ') FROM docs,
	assess('{}'::jsonb, doc -> '8')), '8', 'what needs a group does not answer for it');
SELECT is((SELECT string_agg(concat_ws(' ', code, pays, members, cap, in_group), '; ') FROM docs, groups(doc)),
	'tech best of {1a,1b} 50元 loans; loans sum of {tech,3,6} 60元; open best of {4,7}', 'groups()');
SELECT is((SELECT string_agg(code || '/' || in_group, ' ') FROM docs, clauses(doc) WHERE in_group IS NOT NULL),
	'1a/tech 1b/tech 3/loans 4/open 6/loans 7/open', 'clauses()');
SELECT is((SELECT string_agg(code, ' ') FROM docs, provisions(doc) WHERE kind = 'group'), 'tech loans open',
	'provisions()');
SELECT is('{"a": 60, "b": 30, "c": false, "on_day": null}'::jsonb |# amend(doc, 'group tech best of 1a, 1b cap 40元'),
	41.00, 'an amended group') FROM docs;
SELECT is(pg_temp.error_of($$SELECT amend(doc, 'group nothing best of 1a, 1b') FROM docs$$) ~ 'has no group "nothing"',
	true, 'an amendment of a group that is not there');

-- Explaining, gap, lint.

SELECT is(explain('{"a": 20, "b": 30}'::jsonb, doc -> 'tech'), E'组
合计：30元
√ 条款“技改”：奖励，20元
  √ 甲（a）：20元，要求超过0元
  给予 甲（a）：20元
√ 条款 1b：补贴，30元
  √ 乙（b）：30元，要求超过0元
  给予 乙（b）：30元
√ 组“技改奖补”（条文：三）：就高，30元
  “技改”：20元
  1b：30元，取此
  封顶 50元，未达到', 'explain') FROM docs;
SELECT is((SELECT string_agg(set_to::text, ' ') FROM docs,
	gap('{"a": 0, "b": 0}'::jsonb, doc, 'tech') WHERE suffices) IS NOT NULL, true, 'gap reaches a group');
SELECT is((SELECT string_agg(kind || ' ' || place || ': ' || finding, '; ')
	FROM lint($$policy p 't' clause 1 reward pay 1元 group g best of 1
	example 'e' given as_of = 2025-01-01 expect amount = 1元$$::policy)), 'group g: the group has one member', 'lint');

-- A table's rows, through the planner and a published view.

CREATE TABLE firm (id int PRIMARY KEY, a numeric, b numeric, c boolean, on_day date);
INSERT INTO firm SELECT row_number() OVER (), a, b, c, d FROM unnest('{0,20,50.01,null}'::numeric[]) a,
	unnest('{0,20,60,null}'::numeric[]) b,
	unnest('{t,f,null}'::bool[]) c, unnest('{2024-01-01,2025-06-01,null}'::date[]) d;
SELECT set_config('zjtx.as_of', '2025-01-01', true) IS NOT NULL AS set \gset
SELECT results_eq($$SELECT f |= as_of(doc, '2025-01-01'), f |# as_of(doc, '2025-01-01'), f |! as_of(doc,
	'2025-01-01'), judge(f, as_of(doc, '2025-01-01'))::text FROM firm f, docs ORDER BY id$$,
	$$SELECT to_jsonb(f) |= as_of(doc, '2025-01-01'), to_jsonb(f) |# as_of(doc, '2025-01-01'), to_jsonb(f) |!
		as_of(doc, '2025-01-01'), judge(to_jsonb(f), as_of(doc, '2025-01-01'))::text
		FROM firm f, docs ORDER BY id$$, 'rows answer as jsonb does');
SELECT store(doc::text) IS NOT NULL AS stored FROM docs \gset
SELECT is((SELECT count(*) FROM (SELECT f |# 'groups-1' AS amount, amount(f, 'groups-1') AS again FROM firm f) x
	WHERE amount IS DISTINCT FROM again), 0::bigint, 'by name');
SELECT publish('firm', 'groups-1', 'firm_answers') IS NOT NULL AS published \gset
SELECT is((SELECT count(*) FROM firm f JOIN firm_answers v USING (id) WHERE v.total_amount IS DISTINCT
	FROM (f |# 'groups-1') OR
	v.group_tech IS DISTINCT FROM (f |# 'groups-1/tech')), 0::bigint,
	'a published view has a column for a group, and the total of the lines in total');
SELECT is(string_agg(code, ' ' ORDER BY code), 'loans open tech', 'the view of stored groups') FROM zjtx.groups
	WHERE policy = 'groups-1';

-- Caps over all periods, and what was paid.

SELECT ok(holds, format('%s: %s, found %s', example, expected, found)) FROM examples($$
policy paid-1 '累计'
fact a number 元 at least 0
clause 1 reward per year cap 30元 cap 50元 in all pay a
clause 2 reward cap 50元 in all pay a
clause 3 reward per year pay a
clause 4 reward per year pay a
group g sum of 3, 4 cap 60元 in all
clause 5 when paid of 1 >= 20元
clause 6 when paid of g > 0元
clause 7 when paid of 2 = 0元
example 'nothing paid' given as_of = 2025-01-01, a = 30.01元, paid of 1 = 0元, paid of g = 0元
  expect clause 1 = 30元, clause 2 = 30.01元, group g = 60元, clause 5 false, clause 6 false, clause 7 true
example 'little left' like 'nothing paid' given paid of 1 = 20元, paid of g = 59.99元
	expect clause 1 = 30元, group g = 0.01元, clause 5 true, clause 6 true
example 'less left' like 'nothing paid' given paid of 1 = 20.01元 expect clause 1 = 29.99元
example 'all paid' like 'nothing paid' given paid of 1 = 50元, paid of g = 60元 expect clause 1 = 0元, group g = 0元
example 'more than all' like 'nothing paid' given paid of 1 = 50.01元, paid of g = 70元 expect clause 1 = 0元, group g = 0元
example 'unknown' like 'nothing paid' given paid of 1 = unknown, paid of g = unknown
  expect clause 1 between 0元 and 30元, group g between 0元 and 60元
$$::policy);
SELECT is('{"as_of": "2025-01-01", "paid of 1": 45, "已付之g": 59}'::jsonb |#
	$$policy p 't' clause 1 reward per year cap 50元 in all pay 30元 clause 2 reward per year pay 9元 group g best of 2
		cap 60元 in all$$::policy, 6.00, 'keys of a row say it, by name or label');
SELECT is((SELECT string_agg(concat_ws(' ', name, type, unit, label, low), '; ') FROM facts(
	$$policy p 't' clause 1 reward per year cap 50元 in all pay 30元$$::policy)), 'paid of 1 number 元 已付之1 0',
	'it is a fact');
SELECT is(explain('{"as_of": "2025-01-01", "paid of 1": 45}'::jsonb,
	$$policy p 't' clause 1 '年' reward per year cap 50元 in all pay 30元$$::policy),
	E't, as of 2025-01-01\n√ clause 1 ''年'': reward per year, 5元 for 2025\n  cap 50元 in all, reached: 30元 before it\n'
	'    from 已付之1 (paid of 1) 45元', 'explain says what was paid');

-- What is refused.

SELECT
	is(pg_temp.refusal('policy p ''t'' clause 1 reward pay 1元 clause 2 reward pay 2元 clause 3 reward per year pay 1元 '
		'clause 4 tax pay 1元 clause 5 reward subject platform pay 1元 ' ||
	'clause recognised when true ' || source), refusal, description) FROM (VALUES
	('group g best of 1, 9', 'line 1, column 199: there is no clause or group "9"', 'an unknown member'),
	('group g best of 1, recognisd',
	E'line 1, column 199: there is no clause or group "recognisd"\nHINT: Perhaps you meant "recognised".',
	'the nearest one'),
	('group g best of 1, recognised', 'line 1, column 199: clause "recognised" is not a reward or subsidy',
	'a clause that pays nothing'),
	('group g best of 1, 4', 'line 1, column 199: clause "4" is not a reward or subsidy', 'a tax'),
	('group g best of 1, 3',
	E'line 1, column 199: "1" is not per year, and "3" is\nHINT: The members of a group are all per year, or none is.',
	'one per year, one not'),
	('group g best of 3, 1',
	E'line 1, column 199: "3" is per year, and "1" is not\nHINT: The members of a group are all per year, or none is.',
	'the other way round'),
	('group g best of 1, 2 group h sum of 2',
	E'line 1, column 216: "2" is a member of group "g" already\n'
	'HINT: A group can be a member of a group: "group all sum of a, b".', 'a member of two groups'),
	('group g best of 1, 1', 'line 1, column 199: "1" is a member of group "g" already', 'a member twice'),
	('group g best of 1, 5',
	E'line 1, column 199: "5" reads the row of another subject than its group\n'
	'HINT: Write "subject platform" after the group.', 'another subject'),
	('group g best of h group h sum of g', 'line 1, column 180: the group "g" is a member of itself', 'a cycle'),
	('group g best of g', 'line 1, column 180: the group "g" is a member of itself', 'itself'),
	('group 1 best of 2', 'line 1, column 180: "1" is a clause already', 'the code of a clause'),
	('group g best of 1 group g best of 2', 'line 1, column 198: duplicate group "g"', 'a code twice'),
	('group g best of 1 cap 1',
	E'line 1, column 202: an amount of money needs its unit\nHINT: Write 1元 or 1万元 instead of 1.',
	'a cap without its unit'),
	('group g best of 1 cap 1元 cap 2元', 'line 1, column 205: a second "cap"', 'two caps'),
	('group g best of 1 when true', 'line 1, column 198: this must follow a clause', 'a condition of a group'),
	('group g', E'line 1, column 187: the text ends too early\nDETAIL: Expected text in quotes, best of, sum of.',
	'no members'),
	('clause 6 reward per year cap 5元 in all pay 1元 group g best of 3, 6',
		E'line 1, column 245: "6" has a cap over all periods, and nothing is paid for a member of a group by itself\n'
		'HINT: Write it after the group, whose line is paid.', 'a member with a cap over all periods'),
	('clause 6 reward pay 1元 cap amount of g group g best of 1, 6',
		'line 1, column 238: the clause "6" refers to itself',
	'a member that needs its group'),
	('group g best of 1, 2 clause 6 when paid of 2 > 0元',
		E'line 1, column 223: nothing is paid for "2" by itself\nHINT: Ask what was paid of the group: "paid of g".',
		'what was paid of a member'),
	('clause 6 when paid of 9 > 0元', 'line 1, column 202: there is no clause or group "9"', 'what was paid of nothing'),
	('clause 6 when paid of recognised > 0元', 'line 1, column 202: clause "recognised" pays no money',
	'what was paid of what pays nothing'),
	('clause 6 points pay 1分 cap 1分 in all',
		'line 1, column 207: points are not paid, and have no cap over all periods',
	'points in all'),
	('example ''e'' given paid of 1 = 5元 expect amount = 1元', 'line 1, column 198: there is no fact "paid of 1"',
	'what was paid of a clause that does not ask'),
	('group g best of 1 example ''e'' given as_of = 2025-01-01 expect group h = 5元',
	'line 1, column 242: there is no group "h"', 'an expectation of no group')
	) refused (source, refusal, description);
SELECT is('{"合计": 5, "就高": 6, "累计": 7}'::jsonb |= '合计 + 就高 + 累计 = 18'::policy, true,
	'the Chinese words of groups stay names');

SELECT * FROM finish();
ROLLBACK;
