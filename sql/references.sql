\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(68);

-- A document whose provisions refer to each other: satisfies, amount of, level of.

CREATE TEMP TABLE docs (language text, doc policy);
INSERT INTO docs VALUES ('English', $$
policy ref-1 '引用'
fact revenue number 元 '营业收入' at least 0
fact founded_on date '成立日' null means none
fact loans list (drawn_on date, amount number 元) '贷款'
clause 1 '奖励' reward when revenue >= 100元 pay revenue * 10% cap 50元
clause 2 '另奖' reward when satisfies 1 and amount of 1 < 50元 pay 10元
clause 3 '老企业' when satisfies 6 on founded_on + 3年
clause 4 '贷款' when any(loans where satisfies ref-1/6 on drawn_on)
clause 5 '未定' reward when revenue >= 1000元 pay undetermined
clause 6 '自六月' when as_of >= 2024-06-01
clause 7 '够高' when level of ref-1 >= 2
clause 8 '未定之额' when amount of 5 >= 1元
clause 9 '分期' reward
  stage first on founded_on when satisfies 6 pay 5元
clause 10 '分期之额' when amount of 9 = 5元 and satisfies 9
clause 11 '非' when not satisfies high
ladder '阶梯'
rung low when revenue >= 10元
rung high level 3 when revenue >= 200元
example 'on the bound' given as_of = 2025-01-01, revenue = 100元, founded_on = 2021-06-01,
	loans = [(drawn_on = 2024-06-01, amount = 1元)]
  expect clause 1 = 10元, clause 2 = 10元, clause 3 true, clause 4 true, clause 7 false, clause 9 = 0元, clause 10 false,
    clause 11 true, amount = 20元
example 'one day earlier' like 'on the bound'
	given founded_on = 2021-05-31, loans = [(drawn_on = 2024-05-31, amount = 1元)]
  expect clause 3 false, clause 4 false
example 'below' like 'on the bound' given revenue = 99.99元
  expect clause 1 false, clause 2 false, clause 7 false
example 'capped' like 'on the bound' given revenue = 500元
  expect clause 1 = 50元, clause 2 = 0元, clause 7 true, clause 11 false
example 'just below the cap' like 'on the bound' given revenue = 499.9元
  expect clause 1 = 49.99元, clause 2 = 10元
example 'no such day' like 'on the bound' given founded_on = none
  expect clause 3 false, clause 9 = 0元, clause 10 false
example 'a day unknown' like 'on the bound' given founded_on = unknown
  expect clause 3 unknown, missing (founded_on)
example 'undetermined' like 'on the bound' given revenue = 1000元
  expect clause 5 undetermined, clause 8 unknown
example 'not undetermined' like 'on the bound' given revenue = 999元
  expect clause 5 = 0元, clause 8 false
example 'the day of the stage' like 'on the bound' given founded_on = 2024-06-01
  expect clause 9 = 5元, clause 10 true
example 'the day before' like 'on the bound' given founded_on = 2024-05-31
  expect clause 9 = 0元, clause 10 false
$$), ('Chinese', $$
政策 ref-1 '引用'
事实 revenue 数 元 '营业收入' 不低于 0
事实 founded_on 日期 '成立日' 空 表示 无
事实 loans 列表 (drawn_on 日期, amount 数 元) '贷款'
条款 1 '奖励' 奖励 当 revenue >= 100元 给予 revenue * 10% 封顶 50元
条款 2 '另奖' 奖励 当 符合 1 且 金额之 1 < 50元 给予 10元
条款 3 '老企业' 当 符合 6 于 founded_on + 3年
条款 4 '贷款' 当 任一(loans 其中 符合 ref-1／6 于 drawn_on)
条款 5 '未定' 奖励 当 revenue >= 1000元 给予 未定
条款 6 '自六月' 当 判断日 >= 2024-06-01
条款 7 '够高' 当 级次之 ref-1 >= 2
条款 8 '未定之额' 当 金额之 5 >= 1元
条款 9 '分期' 奖励
  阶段 first 于 founded_on 当 符合 6 给予 5元
条款 10 '分期之额' 当 金额之 9 = 5元 且 符合 9
条款 11 '非' 当 非 符合 high
阶梯 '阶梯'
层级 low 当 revenue >= 10元
层级 high 级次 3 当 revenue >= 200元
$$);
SELECT ok(holds, format('%s: %s, found %s', example, expected, found)) FROM docs,
	examples(doc) WHERE language = 'English';

CREATE TEMP TABLE rows (e jsonb);
INSERT INTO rows SELECT jsonb_build_object('as_of', '2025-01-01', 'revenue', revenue, 'founded_on', founded_on)
FROM unnest('{99,100,499,500,1000,null}'::numeric[]) revenue,
	unnest('{2021-05-31,2021-06-01,2024-06-01,null}'::date[]) founded_on;
SELECT results_eq($$SELECT e |= doc, e |# doc, e |! doc, amount_range(e, doc)::text, a.* FROM docs, rows,
	assess(e, doc) a WHERE language = 'Chinese'$$,
	$$SELECT e |= doc, e |# doc, e |! doc, amount_range(e, doc)::text, a.* FROM docs, rows,
		assess(e, doc) a WHERE language = 'English'$$,
	'the Chinese words mean the same');

-- A part brings what it needs, which does not answer.

SELECT is((doc -> '2')::text, $$part '2' of
policy ref-1 '引用'
fact revenue number 元 '营业收入' at least 0
clause 1 '奖励' reward when revenue >= 100元 pay revenue * 10% cap 50元
clause 2 '另奖' reward when satisfies 1 and amount of 1 < 50元 pay 10元$$, 'a part has what it refers to')
FROM docs WHERE language = 'English';
SELECT is('{"revenue": 100}'::jsonb |# (doc -> '2'), 10.00, 'and only it is paid') FROM docs WHERE language = 'English';
SELECT is('{"revenue": 100}'::jsonb |= (doc -> '1'), true, 'a part that needs nothing else is as before') FROM docs
	WHERE language = 'English';
SELECT is((doc -> '2' -> '2')::text, (doc -> '2')::text, 'a part of a part') FROM docs WHERE language = 'English';
SELECT is((SELECT string_agg(clause, ' ') FROM assess('{"revenue": 100}'::jsonb, doc -> '7')), '7',
	'only it has a line')
FROM docs WHERE language = 'English';
SELECT is(pg_temp.error_of($$SELECT '{}'::jsonb |^ (doc -> '7') FROM docs
	WHERE language = 'English'$$) ~ 'has no ladder', true,
	'the ladder that it needs is not its own');
SELECT is(as_of(doc -> '2', '2025-01-01')::text ~ E'^as of 2025-01-01\npart ''2'' of\npolicy', true, 'bound to a day')
FROM docs WHERE language = 'English';
SELECT is('{"revenue": 100}'::jsonb |# as_of(doc -> '2', '2025-01-01'), 10.00, 'it answers alike') FROM docs
	WHERE language = 'English';
SELECT is('{"a": true}'::jsonb |= rule::policy, answer, rule) FROM (VALUES
	($$part '2' of policy p 't' fact a boolean clause 1 when a clause 2 when not satisfies 1$$, false),
	($$部分 '1' 之 政策 p 't' 事实 a 是否 条款 1 当 a 条款 2 当 非 a$$, true)) rules (rule, answer);

-- What answers about a row says the same of a table's rows, also through the planner.

CREATE TABLE firm (id int, revenue numeric, founded_on date);
INSERT INTO firm SELECT row_number() OVER (), r, d FROM unnest('{99,100,499,500,1000,null}'::numeric[]) r,
	unnest('{2021-05-31,2021-06-01,2024-06-01,null}'::date[]) d;
SELECT results_eq($$SELECT f |= (doc -> part), f |# (doc -> part), f |! (doc -> part) FROM firm f, docs,
	unnest('{1,2,3,9,10,high}'::text[]) part
		WHERE language = 'English' ORDER BY id, part$$,
	$$SELECT to_jsonb(f) |= (doc -> part), to_jsonb(f) |# (doc -> part), to_jsonb(f) |! (doc -> part) FROM firm f, docs,
		unnest('{1,2,3,9,10,high}'::text[]) part
		WHERE language = 'English' ORDER BY id, part$$, 'rows answer as jsonb does');
CREATE FUNCTION pg_temp.filter_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS off) ' || query LOOP
		IF line LIKE '%Filter:%' THEN
			RETURN btrim(line);
		END IF;
	END LOOP;
END $$;
SET LOCAL zjtx.batch = off;
SELECT alike(pg_temp.filter_of($$SELECT FROM firm f
	WHERE f |= $p$policy p 't' fact revenue number 元 clause 1 when revenue > 5元 clause 2 when satisfies 1$p$::policy$$),
	'Filter: (((revenue > ''5''::numeric)%', 'the planner sees through a reference');

-- Explaining.

SELECT is(explain('{"as_of": "2025-01-01", "revenue": 99, "founded_on": "2021-05-31"}'::jsonb, doc -> '3'),
'引用，判断日 2025-01-01
× 条款“老企业”
  × satisfies 6 on 成立日 + 3年
    × 事件日：2024-05-31，要求不早于2024-06-01', 'explain says why the other provision fails on that day')
FROM docs WHERE language = 'English';

-- gap follows a reference to the facts below it.

SELECT is((SELECT string_agg(format('%s: %s', condition, set_to), '; ') FROM docs,
	gap('{"as_of": "2025-01-01", "revenue": 99}'::jsonb, doc, '2') g
	WHERE language = 'English'), '营业收入 >= 100元: 100', 'gap reaches what the provision referred to needs');
SELECT is((SELECT string_agg(DISTINCT set_to::text, '; ') FROM docs,
	gap('{"as_of": "2025-01-01", "revenue": 99}'::jsonb, doc, '7') g
	WHERE language = 'English' AND suffices), '200', 'and the rung above');

-- Bad references.

SELECT is(pg_temp.refusal(source), refusal, description) FROM (VALUES
	($$policy p 't' clause 1 when satisfies 2 clause 2 when satisfies 1$$,
	$$line 1, column 54: the clause "1" refers to itself$$, 'a cycle'),
	($$policy p 't' clause 1 when satisfies 1 on as_of - 1年$$, $$line 1, column 28: the clause "1" refers to itself$$,
	'also on another day'),
	($$policy p 't' define d = satisfies 1 clause 1 when d$$,
	$$line 1, column 51: the definition of "d" refers to itself$$, 'through a definition'),
	($$policy p 't' clause 1 reward pay amount of 2 clause 2 reward pay 1元 cap amount of 1$$,
		$$line 1, column 73: the clause "1" refers to itself$$, 'through what is paid'),
	($$policy p 't' ladder rung a when level of p > 0$$, $$line 1, column 33: the rung "a" refers to itself$$,
	'a rung its own ladder'),
	($$policy p 't' clause 1 reward stage s on 2024-01-01 when satisfies 1 pay 1元$$,
	$$line 1, column 57: the clause "1" refers to itself$$, 'a stage its own clause'),
	($$policy p 't' clause 1 when satisfies recognisd clause recognised when true$$,
		E'line 1, column 38: there is no clause, rung, group or selection "recognisd"\nHINT: Perhaps you meant "recognised".',
		'an unknown code'),
	($$policy p 't' clause 1 when amount of 2 > 1元 ladder rung 2 when true$$,
	$$line 1, column 38: there is no clause or group "2"$$, 'a rung has no amount'),
	($$policy p 't' clause 1 when amount of 2 > 1元 clause 2 when true$$,
		E'line 1, column 38: clause "2" pays nothing\nHINT: Ask with "satisfies 2" whether it holds.',
		'nor has an eligibility'),
	($$policy p 't' clause 1 when level of p > 1$$, $$line 1, column 37: the document has no ladder$$,
	'there is no ladder'),
	($$policy p 't' clause 1 when level of q > 1$$,
		E'line 1, column 37: the document does not use "q"\nHINT: Write "uses q" in the header.', 'another document'),
	($$policy p 't' clause 1 when amount of 2 > 1 clause 2 reward pay 1元$$,
		E'line 1, column 42: an amount of money needs its unit\nHINT: Write 1元 or 1万元 instead of 1.', 'an amount is money'),
	($$policy p 't' clause 1 when amount of 2 > 1元 clause 2 points pay 1分$$,
	$$line 1, column 42: units do not fit: 分 and 元$$, 'or points'),
	($$policy p 't' clause 1 when satisfies 2 on 5 clause 2 when true$$,
		$$line 1, column 43: the day on which a provision is judged must be a date, but this is a number$$,
		'a day that is none'),
	($$policy p 't' clause 1 when satisfies$$,
	$$line 1, column 37: the text ends too early$$ || E'\nDETAIL: Expected a code.', 'no code'),
	('satisfies 1', E'line 1, column 1: a rule of one expression has no clauses to refer to\n'
		'HINT: Write a document that begins with "policy".', 'a rule has no clauses'),
	($$part 'recognisd' of policy p 't' clause recognised when true$$,
	E'line 1, column 6: there is no clause, rung, group or definition "recognisd"\nHINT: Perhaps you meant "recognised".',
	'a part that is not there'),
	($$part '3' of true$$, $$line 1, column 6: a rule of one expression has no parts$$, 'a part of a rule')
	) refused (source, refusal, description);

-- A definition may be named as the words are, apart from the words together.
SELECT is('{"amount": 1, "level": 2}'::jsonb |= 'amount + level = 3'::policy, true, 'amount and level stay names');

SELECT * FROM finish();
ROLLBACK;
