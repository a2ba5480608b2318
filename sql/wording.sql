\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(26);

-- The sentence of the article (wording), and who decides and pays (office).

CREATE FUNCTION pg_temp.doc() RETURNS policy IMMUTABLE LANGUAGE sql
	AS $f$ SELECT $$policy w 'w' number 'N 1' office '区政府办公室'
fact x number
define d 'D' = x > 1 wording '本办法所称d，是指x大于1。' office '区统计局'
define silent = x > 2
clause 1 'one' reward article '第1条' wording '对x大于1的，
    给予
    10万元奖励。' office '区经济信息委', '区财政局' when d pay 10万元
clause 2 'two' reward wording 'a reward
	of 1 for each' when d
  stage a 'A' on 2024-01-01 pay 1元 wording '第一阶段' office '区科技局'
  stage b 'B' on 2024-02-01 pay 1元
  office '区商务委'
clause 3 'three' when d
ladder rung r 'R' when d wording '阶梯之一' office '区经济信息委'
target 1 'T' 家 stock 2025: 1 wording '达到1家' office '区经济信息委'
service s 'S' wording '提供服务' office '区科技局', '区教委' office '区人社局'
$$::policy $f$;
SELECT results_eq('SELECT code, wording, offices::text FROM provisions(pg_temp.doc())', $$VALUES
	('w', NULL, '{区政府办公室}'), ('d', '本办法所称d，是指x大于1。', '{区统计局}'),
	('1', '对x大于1的，给予10万元奖励。', '{区经济信息委,区财政局}'), ('2', 'a reward of 1 for each', NULL),
	('2/a', '第一阶段', '{区科技局}'), ('2/b', NULL, '{区商务委}'), ('3', NULL, NULL), ('r', '阶梯之一', '{区经济信息委}'),
	('1', '达到1家', '{区经济信息委}'), ('s', '提供服务', '{区科技局,区教委,区人社局}')$$, 'provisions');
SELECT is(code, '1', 'a part keeps them') FROM provisions(pg_temp.doc() -> '1') WHERE wording = '对x大于1的，给予10万元奖励。';
SELECT is(wording, '新的', 'amended') FROM provisions(amend(pg_temp.doc(), 'clause 3 when d wording ''新的'''))
	WHERE code = '3';

-- A text over several lines: line ends are removed with the white space around them.
SELECT is(wording, read, 'lines: ' || quote_literal(replace(replace(replace(written, E'\n', '\n'), E'\r', '\r'), E'\t',
	'\t'))) FROM (VALUES
	(E'一\n二', '一二'), (E'一 \t\n\n   二', '一二'), (E'一\r\n\u3000\u3000二', '一二'), (E'one\n  two', 'one two'),
	(E'一\n2', '一2'), (E'1\n二', '1二'),
	(E'\n 一\n ', '一'), ('一 二', '一 二'), (E'it''''s\n''''quoted''''', 'it''s ''quoted'''), (E'\n', '')) lines (written,
	read),
	provisions(format('policy p ''t'' clause 1 when true wording ''%s''', written)::policy) WHERE code = '1';
SELECT is((SELECT wording FROM provisions(E'policy p ''t'' clause 1 when true wording ‘一\n  二’'::policy)
	WHERE code = '1'), '一二', 'in other quotes');

-- The explanation of a single clause begins with its article.
SELECT matches(explain('{"x": 2}'::jsonb, pg_temp.doc() -> '1'),
	'^wording: 对x大于1的，给予10万元奖励。\nw \(N 1\)\n.*\noffices: 区经济信息委, 区财政局$', 'explain of a clause');
SELECT matches(explain('{"x": 2}'::jsonb, pg_temp.doc() -> 'r'), '^wording: 阶梯之一\n.*\noffices: 区经济信息委$',
	'explain of a rung');
SELECT matches(explain('{"x": 2}'::jsonb, pg_temp.doc() -> '2'),
	'^wording: a reward of 1 for each\nw .*stage a .*\n +wording: 第一阶段\n +offices: 区科技局\n',
	'explain of a clause whose stages have their own');
SELECT matches(explain('{"x": 2}'::jsonb, pg_temp.doc() -> '3'), '^w \(N 1\)', 'explain of a clause without');
SELECT unalike(explain('{"x": 2}'::jsonb, pg_temp.doc()), '%wording%', 'explain of a document');
SELECT matches(explain('{"值": 2}'::jsonb, '政策 w ''示例办法'' 事实 值 数 条款 1 ''一'' 原文 ''原话'' 责任单位 ''甲'', ''乙'' 当 值 > 1'::policy
	-> '1'), '^原文：原话\n.*\n责任单位：甲、乙$', 'in Chinese');
SELECT is(jsonb_path_query_array(explain_json('{"x": 2}'::jsonb, pg_temp.doc() -> '1'), 'strict $.**.wording'),
	'["对x大于1的，给予10万元奖励。"]', 'as jsonb: wording');

-- At most once in each statement.
SELECT is(pg_temp.refusal($$policy p 't' clause 1 when true wording 'a' wording 'b'$$),
	'line 1, column 45: a second "wording"', 'a second wording');
SELECT is(pg_temp.refusal($$policy p 't' fact x number wording 'a' clause 1 when x > 1$$),
	'line 1, column 28: this must follow a document header, clause, stage, rung, definition, target or service',
	'a fact has none');
SELECT is(pg_temp.refusal($$policy p 't' clause 1 when true office$$),
	E'line 1, column 39: the text ends too early\nDETAIL: Expected text in quotes.', 'an office without a name');
SELECT is('{"wording": 1, "office": 2, "fixed": 3}'::jsonb |= 'wording + office = fixed'::policy, true,
	'the words can be names');
SELECT is(array(SELECT fixed FROM facts($$policy p 't' fact x number null means 0 fixed fact y number at least 0 fixed
	fact z number clause 1 when x + y + z > 0$$::policy)), '{t,t,f}', 'fixed facts');

SELECT * FROM finish();
ROLLBACK;
