\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx, zjtx_author;
SELECT no_plan();

-- From an official text to a draft, and what a document lacks of a text.

CREATE TEMP TABLE given AS SELECT E'甲区人民政府办公室关于印发《甲区支持企业若干措施》的通知\n甲府办发〔2024〕12号\n\n各镇人民政府：\n\n'
	'《甲区支持企业若干措施》已经同意，现印发给你们。《甲区旧措施》（甲府办发〔2020〕3号）同时废止。\n\n甲区人民政府办公室\n2024年3月1日\n'
	'（此件公开发布）\n\n甲区支持企业若干措施\n\n为支持企业，力争到2026年高新技术企业达到50家，制定本措施。\n\n一、奖励企业\n\n'
	'1. 认定奖励。对获得称号的‘小巨人’企业，给予10万元奖励。（责任单位：区经信委、区财政局）\n\n2. 贷款贴息。按年利50%贴息3年，最高20万元。（责任单位：区金融办）\n\n'
	'二、保障\n\n3. 加强领导。建立机制。\n\n附件：目标清单\n\n附件\n目标清单\n\n序号 | 指标 | 单位 | 2024年 | 2025年 | 责任单位\n'
	'1 | 市场主体 | 万家 | 1.5 | 2 | 市场局\n2 | 上市企业 | 家 | 到2025年，达到3家 | | 金融办\n3 | 满意度 | 星 | 4 | 5 | 政务局\n' AS source;
UPDATE given SET source = replace(source, '\n', E'\n');
SELECT is(draft(source), '政策 draft-2024-12 ''甲区支持企业若干措施''
  文号 ''甲府办发〔2024〕12号''
  发文机关 ''甲区人民政府办公室''
  印发 2024-03-01
  施行 自 2024-03-01
  废止 ''甲府办发〔2020〕3号''
  原文 ''为支持企业，力争到2026年高新技术企业达到50家，制定本措施。''
  注 ''由原文生成的草稿：各条的条件和金额待写，施行日暂按印发日，请核对''

事实 待写_1 是否 ''“认定奖励”的条件，待写''
条款 1 ''认定奖励'' 奖励
  条文 ''1''
  原文 ''认定奖励。对获得称号的‘小巨人’企业，给予10万元奖励。''
  责任单位 ''区经信委'', ''区财政局''
  当 待写_1
  给予 未定

事实 待写_2 是否 ''“贷款贴息”的条件，待写''
条款 2 ''贷款贴息'' 补助
  条文 ''2''
  原文 ''贷款贴息。按年利50%贴息3年，最高20万元。''
  责任单位 ''区金融办''
  当 待写_2
  给予 未定

事实 待写_3 是否 ''“加强领导”的条件，待写''
条款 3 ''加强领导''
  条文 ''3''
  原文 ''加强领导。建立机制。''
  当 待写_3

目标 附件-1 ''市场主体'' 家 存量 2024: 1.5万家, 2025: 2万家
  条文 ''附件1''
  原文 ''1 | 市场主体 | 万家 | 1.5 | 2 | 市场局''
  责任单位 ''市场局''

目标 附件-2 ''上市企业'' 家 存量 2025: 3家
  条文 ''附件2''
  原文 ''2 | 上市企业 | 家 | 到2025年，达到3家 |  | 金融办''
  责任单位 ''金融办''

服务 附件-3 ''满意度''
  条文 ''附件3''
  原文 ''3 | 满意度 | 星 | 4 | 5 | 政务局''
  责任单位 ''政务局''
', 'a draft') FROM given;
SELECT is('{}'::jsonb |= draft(source)::policy, NULL, 'it answers unknown') FROM given;
SELECT is('{}'::jsonb |! draft(source)::policy, '{待写_1,待写_2,待写_3}', 'and says what is to be written') FROM given;
SELECT is(store(draft(source), draft => true), 'draft-2024-12', 'it can be stored') FROM given;
SELECT results_eq($$SELECT path, code, article FROM articles((SELECT source FROM given))$$, $$VALUES ('一/1', '1',
	'1'), ('一/2', '2', '2'), ('二/3', '3', '3'),
	('附件/1', '附件-1', '附件1'), ('附件/2', '附件-2', '附件2'), ('附件/3', '附件-3', '附件3')$$,
		'numbers that run on are codes of their own');
SELECT is(array(SELECT code || ' ' || article FROM articles(E'x\n一、甲\n（一）乙。丙。\n1. 丁。\n（二）戊。己。\n1. 庚。')),
	'{"一-一 一(一)","一-一-1 一(一)1","一-二 一(二)","一-二-1 一(二)1"}',
	'others have their path');
SELECT is(array(SELECT code FROM articles(E'x\n一、甲\n（1）乙。\n（1）丙。\n附件\n1. 丁\n附件\n1. 戊')), '{一-1,一-1_2,附件-1,附件_2-1}',
	'codes of numbers that occur twice');

-- Texts that are no regulation, and texts that try to be more than a text.
SELECT is(draft(source)::policy IS NULL, false, coalesce(left(source, 20), 'NULL')) FROM (VALUES (''), (' '), ('x'),
	(''''), ('''''; DROP TABLE x; --'),
	(E'x\n一、''甲''。\n二、“乙\n三、乙\n四、-- 丙\n五、/* 丁 */ \\'), (E'---\ntitle: "it''s"\n---\n<p>x。</p><p>一是y。</p><p>z。</p>'),
	(E'x\n1. a\n1. a\n1. a'),
		(E'x\n| 序号 | 单位 | 2024年 |\n| 1'' | 家 | 5 |\n| 1'' | 家 | 99999999999999999999 |\n|/| 家| 1|'),
	(E'x\n| a | 单位 | 2024年 | 2024年 |\n| 1 | 家 | 5 | 6 |'), (E'x\n（一）\n（一）\n附件\n（一）'),
	('<p>甲区办法</p>
<p>　2024年1月3日　</p><p>各单位：</p>
<p>一、甲。</p>'), (E'甲府〔2024〕''1号\n2024年13月45日'), (E'x\n一、\x01y。'), (E'标题\n9999年1月1日\n一、x。')) v (source);
SELECT is((SELECT repeals FROM
	header(draft(E'x\n《甲》（甲府〔2020〕1号）同时废止，《乙》（乙府〔2020〕2号）即行废止，（甲府〔2020〕1号）废止。\n一、甲。')::policy)),
	'{甲府〔2020〕1号,乙府〔2020〕2号}', 'what it repeals');
SELECT is(draft(NULL), NULL, 'NULL');

-- Articles, the signature behind them, and the days in force that they say.
CREATE TEMP TABLE articled AS SELECT
	E'乙区若干措施\n乙府发〔2025〕17号\n为推动发展，制定本措施。\n第一章 总则\n第一条 本措施适用于2023年12月31日前登记的企业，近一年内发生事故的除外。责任单位：区经信委、区应急局。\n'
	'第二章 补助\n第二条 按设备投入的8%给予补助，贴息12个月：\n（一）设备；\n（二）软件。\n第三条 本措施自2025年2月1日起施行，有效期至2027年12月31日。\n乙区人民政府办公室\n2025年1月16日\n'
		AS source;
SELECT is(draft(source), '政策 draft-2025-17 ''乙区若干措施''
  文号 ''乙府发〔2025〕17号''
  发文机关 ''乙区人民政府办公室''
  印发 2025-01-16
  施行 自 2025-02-01 至 2027-12-31
  注 ''由原文生成的草稿：各条的条件和金额待写，施行日期取自原文，请核对''

事实 待写_1 是否 ''“本措施适用于2023年12月31日前登记的企业”的条件，待写''
条款 1 ''本措施适用于2023年12月31日前登记的企业''
  条文 ''第一条''
  原文 ''本措施适用于2023年12月31日前登记的企业，近一年内发生事故的除外。''
  责任单位 ''区经信委'', ''区应急局''
  当 待写_1

事实 待写_2 是否 ''“按设备投入的8%给予补助”的条件，待写''
条款 2 ''按设备投入的8%给予补助''
  条文 ''第二条''
  原文 ''按设备投入的8%给予补助，贴息12个月：''
  当 待写_2

事实 待写_3 是否 ''“设备”的条件，待写''
条款 2-一 ''设备''
  条文 ''第二条(一)''
  原文 ''设备；''
  当 待写_3

事实 待写_4 是否 ''“软件”的条件，待写''
条款 2-二 ''软件''
  条文 ''第二条(二)''
  原文 ''软件。''
  当 待写_4

事实 待写_5 是否 ''“本措施自2025年2月1日起施行”的条件，待写''
条款 3 ''本措施自2025年2月1日起施行''
  条文 ''第三条''
  原文 ''本措施自2025年2月1日起施行，有效期至2027年12月31日。''
  当 待写_5
', 'articles') FROM articled;
SELECT is(substring(draft(replace(source, '有效期至2027年12月31日', said)) FROM '施行 自 [^\n]*'), expected, said) FROM
	articled, (VALUES ('有效期三年', '施行 自 2025-02-01 至 2028-01-31'), ('有效期为5年', '施行 自 2025-02-01 至 2030-01-31'),
	('至2026年12月31日止', '施行 自 2025-02-01 至 2026-12-31'), ('有效期至2024年12月31日', '施行 自 2025-02-01'), ('执行至2026年1月31日',
		'施行 自 2025-02-01 至 2026-01-31')) v (said, expected);
SELECT is(array(SELECT code || ' ' || article FROM articles(E'x\n第一条 a。\n第二条 b。\n附件\n第一条 c。\n1. d。\n1. e。')),
	'{"1 第一条","2 第二条","附件-第一条 附件第一条","附件-第一条-1 附件第一条1","附件-第一条-1_2 附件第一条1(2)"}', 'articles of an annex have its name');
SELECT is(array(SELECT concat_ws(' ', kind, path, found) FROM uncovered($d$policy p 't' fact a date define d = a <=
	as_of - 1年 article '1'
	clause 2 subsidy article '第二条、第二条(一)' when d pay 8% * 1元 * 12月 / 12月 wording
		'本措施自2025年2月1日起施行，有效期至2027年12月31日。'$d$, source)), '{"item 第二章/第二条/(二) 软件。"}',
	'definitions, numbers of articles, months') FROM articled;

-- What is lacking.
SELECT is(array(SELECT concat_ws(' ', kind, path, found) FROM uncovered(draft(source)::policy, source)),
	'{"quantity 50家","quantity 一/1 10万元","quantity 一/2 50%","quantity 一/2 3年","quantity 一/2 20万元",'
	'"quantity 附件/3 4星","quantity 附件/3 5星"}',
	'a draft quotes every item, and has no amounts yet') FROM given;
SELECT is(array(SELECT concat_ws(' ', kind, path, left(found, 8)) FROM
	uncovered('policy p ''t'' clause 1 reward article ''第1条'' pay 10万元
	clause 2 note ''加强领导。建立机制。'' target 3 ''t'' 家 stock 2026: 50, 2025: 15000 service 4 ''t'' article ''附件2、附件3''',
		source)),
	'{"item 一/2 贷款贴息。按年利","quantity 一/2 50%","quantity 一/2 3年","quantity 一/2 20万元","item 附件/1 1 | 市场主体",'
	'"quantity 附件/1 2万家","quantity 附件/2 3家","quantity 附件/3 4星","quantity 附件/3 5星"}',
	'cited by article, quoted by a note, numbers in other units') FROM given;
SELECT is(array(SELECT found FROM
	uncovered('policy p ''t'' fact a number 元 clause 1 reward article ''1'' when a > 5万元 pay 10元 summary ''2年''',
	E'x\n1. 五万元以上，两年内，三年内，十元。')), '{三年}', 'Chinese numerals');
SELECT is_empty($$SELECT * FROM uncovered('policy p ''t''', '')$$, 'an empty text lacks nothing');
SELECT is_empty($$SELECT * FROM uncovered(NULL, 'x')$$, 'NULL');
SELECT is(zjtx_internal.bare(E' Ａ１（甲）\n　乙'), 'A1(甲)乙', 'bare');
SELECT is(array(SELECT zjtx_internal.unit_of(u) FROM unnest('{家,万家,平方米,千瓦,星,万,"",元/年,%}'::text[]) u),
	'{家,家,平方米,千瓦,NULL,NULL,NULL,NULL,%}', 'unit_of');
SELECT is(zjtx_internal.quoted(E'it''s\n“x”'), '''it''''s “x”''', 'quoted');

SELECT * FROM finish();
ROLLBACK;
