\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL zjtx.as_of = '2025-06-30';
SET LOCAL client_min_messages = warning;
SELECT plan(11);

-- The comments of a published view are in the language of the document.

CREATE FUNCTION pg_temp.comments(view regclass) RETURNS TABLE (name name, comment text) LANGUAGE sql AS $$
	SELECT attname, col_description(attrelid, attnum) FROM pg_attribute
	WHERE attrelid = view AND attnum > 0 ORDER BY attnum
$$;

SELECT store($$policy worded '示例办法' number '例〔2025〕1号' ladder '阶梯' fact x number
clause 1 '甲' reward article '3' wording '对甲给予奖励。' office '甲局', '乙局' per year when x > 1 pay 1元
clause 2 '乙' reward when true
	stage a '一' on 2025-01-01 pay 1元 wording '第一次'
	stage b '二' on 2025-02-01 pay 1元 office '丙局' wording '按次' office '丁局'
clause 3 '丙' reward when x > 2 pay undetermined
clause 4 article '5' when x > 3
clause 5 when x > 4
clause 6 '丁' reward per year when x > 6 pay 2元
group g '就高的组' best of 1, 6
rung low '初级' when x > 1$$) AS worded;
CREATE TABLE worded_firm (id int PRIMARY KEY, x numeric);
SELECT publish('worded_firm', 'worded', 'worded_view', true) IS NOT NULL AS worded_view;
SELECT results_eq($$SELECT * FROM pg_temp.comments('worded_view') OFFSET 2$$, $$VALUES
	('clause_1'::name, E'甲。单位：元，为判断日所在年度的数额，不计入合计，实付数额见所在的组；未定的为空。'
	'依据：《示例办法》（例〔2025〕1号）第3条\n原文：对甲给予奖励。\n责任单位：甲局、乙局'),
	('clause_2', '乙。单位：元；未定的为空。依据：《示例办法》（例〔2025〕1号）'),
	('clause_2_a', E'乙，一。单位：元，是“乙”的一部分；未定的为空。依据：《示例办法》（例〔2025〕1号）\n原文：第一次'),
	('clause_2_b', E'乙，二。单位：元，是“乙”的一部分；未定的为空。依据：《示例办法》（例〔2025〕1号）\n原文：按次\n'
	'责任单位：丙局、丁局'),
	('clause_3', '丙。是否应予兑现，原文没有定数额；未定的为空。依据：《示例办法》（例〔2025〕1号）'),
	('clause_4', '第5条。是否符合；未定的为空。依据：《示例办法》（例〔2025〕1号）第5条'),
	('clause_5', '条款 5。是否符合；未定的为空。依据：《示例办法》（例〔2025〕1号）'),
	('clause_6', '丁。单位：元，为判断日所在年度的数额，不计入合计，实付数额见所在的组；未定的为空。依据：《示例办法》（例〔2025〕1号）'),
	('group_g', '就高的组。单位：元，为判断日所在年度的数额；未定的为空。依据：《示例办法》（例〔2025〕1号）'),
	('rung_low', '初级。是否达到本级（第1级）；未定的为空。依据：《示例办法》（例〔2025〕1号）'),
	('placement_level', '级别。已确定达到的最高层级的级别，未达任一层级的为0；未定的为空。依据：阶梯'),
	('placement_code', '层级代码。已确定达到的最高层级的代码，未达任一层级的为none；未定的为空。依据：阶梯'),
	('placement_label', '层级。已确定达到的最高层级的名称；未定的为空。依据：阶梯'),
	('total_amount', '应得合计。各项奖励和补贴之和，单位：元；只有一个条款的，为该条款的数额；未定的为空。'),
	('missing', '待补信息。未知而仍影响结果的事实（名称）。')$$, 'Chinese');
SELECT is(obj_description('worded_view'::regclass),
	'《示例办法》（例〔2025〕1号）。由zjtx按政策worded发布。判断日：参数zjtx.as_of，没有设定的为查询当日。', 'the view');

-- What the policy no longer has.
SELECT store($$policy worded '示例办法' fact x number clause 1 '甲' reward when x > 1 pay 1元$$) AS worded;
SET LOCAL client_min_messages = error;
SELECT publish('worded_firm', 'worded', 'worded_view') IS NOT NULL AS worded_view;
SELECT is((SELECT comment FROM pg_temp.comments('worded_view') WHERE name = 'clause_5'),
	'已取消。上次发布时政策有此项，现已没有，一律为空。', 'former columns');

-- A day of the row, of the policy, and none.
CREATE TABLE dated_firm (id int PRIMARY KEY, x numeric, 判断日 date);
SELECT publish('dated_firm', 'worded', 'dated_view') IS NOT NULL AS dated_view;
SELECT is(obj_description('dated_view'::regclass), '《示例办法》。由zjtx按政策worded发布。判断日：各行的"判断日"。', 'of the row');
SELECT publish('worded_firm', as_of('worded', '2024-06-30'), 'bound_view') IS NOT NULL AS bound_view;
SELECT is(obj_description('bound_view'::regclass), '《示例办法》。由zjtx按政策worded的文本发布。判断日：2024-06-30。',
	'of the policy');
SELECT publish('worded_firm', 'policy worded ''示例办法'' fact x number clause 1 when x > 1'::policy, 'free_view')
	IS NOT NULL AS free_view;
SELECT is(obj_description('free_view'::regclass), '《示例办法》。由zjtx按政策worded的文本发布。判断日：未知。', 'none');

-- A rule of one expression.
CREATE TABLE ruled_firm (id int PRIMARY KEY, 营业收入 numeric, revenue numeric);
SELECT publish('ruled_firm', '营业收入 > 400'::policy, 'ruled_view') IS NOT NULL AS ruled_view;
SELECT is(obj_description('ruled_view'::regclass), '由zjtx按政策营业收入 > 400的文本发布。判断日：未知。', 'a Chinese rule');
SELECT is((SELECT comment FROM pg_temp.comments('ruled_view') WHERE name = 'eligible'), '是否符合；未定的为空。',
	'its column');
SELECT publish('ruled_firm', 'revenue > 400'::policy, 'english_view') IS NOT NULL AS english_view;
SELECT is((SELECT comment FROM pg_temp.comments('english_view') WHERE name = 'eligible'),
	'Whether it is satisfied; NULL while undecided.', 'an English one');

-- The shipped documents are Chinese: two English words in a row are in no comment.
CREATE TABLE any_firm (id int PRIMARY KEY);
SELECT is((SELECT count(publish('any_firm', code, 'zjtx_' || replace(code, '-', '_'))) FROM policies WHERE shipped),
	(SELECT count(*) FROM policies WHERE shipped), 'all are published');
SELECT is_empty($$SELECT viewname, comment FROM pg_views, pg_temp.comments(quote_ident(viewname)::regclass)
	WHERE viewname LIKE 'zjtx_%' AND comment ~ '[A-Za-z]{2,},? [A-Za-z]{2,}'$$, 'no English');

SELECT * FROM finish();
ROLLBACK;
