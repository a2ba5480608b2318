\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(130);

-- Errors whose hint is the correction. Every hint is applied, and what comes of it is read again.

CREATE FUNCTION pg_temp.in_document(rule text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE WHEN rule ~ '^(policy|政策) ' THEN rule ELSE format($d$policy p '题'
		fact 收入 number 元 '上年度营业收入' fact 从业人员 number 人 fact 成立日 date '成立日期' fact 认定日 date fact 截止日 date
		fact 注册区县 text fact 独立法人 boolean fact 列入异常 boolean fact 租金 number 元 fact 收入增长率 number fact 占比 number
		fact 标签 list of text fact 租赁 list (面积 number, 年租 number 元) fact 上市日 date null means none
		fact 企业划型 text in ('小型', '中型') define 达标 '达到标准' = 收入 > 1元
		clause 1 when %s$d$, rule) END
$$;

-- What is wrong: state, message, hint and where, or NULL if the text is read.
CREATE FUNCTION pg_temp.problem(source text, OUT message text, OUT hint text, OUT at int) LANGUAGE plpgsql AS $$
DECLARE
	place text[];
	lines text[];
BEGIN
	PERFORM source::zjtx.policy;
EXCEPTION WHEN invalid_text_representation THEN
	GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, hint = PG_EXCEPTION_HINT;
	place := regexp_match(message, 'at line (\d+), column (\d+)');
	lines := (string_to_array(source, E'\n'))[:place[1]::int - 1];
	at := coalesce(length(array_to_string(lines, E'\n')) + least(cardinality(lines), 1), 0) + place[2]::int;
END $$;

-- The text with its mistakes corrected, one after the other, or why that cannot be done.
-- A hint with several corrections gives the one of that number.
CREATE FUNCTION pg_temp.corrected(source text, nth int DEFAULT 1) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	problem record;
	way text[];
	choices text[];
	round int;
BEGIN
	FOR round IN 1..6 LOOP
		problem := pg_temp.problem(source);
		IF problem.message IS NULL THEN
			RETURN source;
		END IF;
		way := regexp_match(problem.hint, '^Write (.*?) instead of (.*?)\.(?: |$)');
		IF way IS NULL AND problem.hint LIKE 'Perhaps%' THEN
			way := regexp_match(problem.hint, '^Perhaps you meant "(.*)"\.$')
				|| regexp_match(substr(source, problem.at), '^''?([\w]+)');
			IF substr(source, problem.at, 1) = '''' THEN
				way := ARRAY['''' || way[1], '''' || way[2]];
			END IF;
		END IF;
		IF way IS NULL THEN
			way := regexp_match(problem.hint, '^If it counts 元, write (.*)\.$');
			way := way || regexp_replace(way[1], '^\(?(.*?)\)? \* 1元$', '\1');
		END IF;
		IF way IS NULL THEN
			RETURN concat_ws(' HINT: ', problem.message, problem.hint);
		END IF;
		choices := CASE WHEN way[1] LIKE '(%' THEN ARRAY[way[1]] ELSE string_to_array(way[1], ' or ') END;
		IF substr(source, problem.at, length(way[2])) <> way[2] THEN
			RETURN format('misplaced: %s %s', problem.message, problem.hint);
		END IF;
		source := overlay(source PLACING coalesce(choices[nth], choices[1]) FROM problem.at FOR length(way[2]));
	END LOOP;
	RETURN 'does not end: ' || source;
END $$;
CREATE FUNCTION pg_temp.meaning(source text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RETURN (SELECT string_agg(i::text, E'\n' ORDER BY n) FROM instructions(source::zjtx.policy)
		WITH ORDINALITY AS i (instruction, n));
EXCEPTION WHEN OTHERS THEN
	RETURN 'no meaning: ' || source || ': ' || sqlerrm;
END $$;

-- What is accepted, and what it means.

SELECT is(pg_temp.meaning(pg_temp.in_document(rule)), pg_temp.meaning(pg_temp.in_document(means)),
	rule || ' is ' || means) FROM (VALUES
	('收入 大于 5万元', '收入 > 5万元'), ('收入 不低于 5000万元', '收入 >= 5000万元'), ('收入 超过 5万元', '收入 > 5万元'),
	('收入 不超过 5万元', '收入 <= 5万元'), ('从业人员 达到 10人', '从业人员 >= 10人'), ('从业人员 不足 10人', '从业人员 < 10人'),
	('收入 ！＝ 5万元', '收入 <> 5万元'), ('注册区县 = “渝北区”', '注册区县 = ''渝北区'''),
	('收入 > 5千万元', '收入 > 5000万元'), ('成立日 + 3个月 <= as_of', '成立日 + 3月 <= as_of'),
	('企业划型 属于 （''小型''、''中型''）', '企业划型 in (''小型'', ''中型'')')) rules (rule, means);

-- One mistake each: what the hint says, what the corrected text means.

CREATE TEMP TABLE mistakes AS SELECT * FROM (VALUES
	('收入 > 5000 万元', '5000万元', '收入 > 5000万元'),
	('成立日 + 3 年 <= as_of', '3年', '成立日 + 3年 <= as_of'),
	('收入 > 5,000万元', '5000万元', '收入 > 5000万元'),
	('收入 > 5000万', '5000万元', '收入 > 5000万元'),
	('收入 > 5万员', '元', '收入 > 5万元'),
	('租金 > 20元/平方米·月', '20元', '租金 > 20元'),
	('收入 / 从业人员 > 30万元/人', '30万元', '收入 / 从业人员 > 30万元'),
	('注册区县 = "渝北区"', '''渝北区''', '注册区县 = ''渝北区'''),
	('注册区县 = 渝北区 and 收入 > 5万元', '''渝北区''', '注册区县 = ''渝北区'' and 收入 > 5万元'),
	('独立法人 = 是', 'true', '独立法人 = true'),
	('独立法人 = 否', 'false', '独立法人 = false'),
	('独立法人 = 1', 'true', '独立法人 = true'),
	('独立法人 = ''否''', 'false', '独立法人 = false'),
	('独立法人 is true', '=', '独立法人 = true'),
	('独立法人 is not true', '<>', '独立法人 <> true'),
	('不 列入异常', 'not 列入异常', 'not 列入异常'),
	('未 列入异常', 'not 列入异常', 'not 列入异常'),
	('未列入异常', 'not 列入异常', 'not 列入异常'),
	('没有 列入异常', 'not 列入异常', 'not 列入异常'),
	('!列入异常', 'not 列入异常', 'not 列入异常'),
	('上市日 = null', 'is null', '上市日 is null'),
	('上市日 <> 空', 'is not null', '上市日 is not null'),
	('上市日 = none', 'is null', '上市日 is null'),
	('认定日 > 2024年3月', '2024-03-01', '认定日 > 2024-03-01'),
	('认定日 > 2024/3/1', '2024-03-01', '认定日 > 2024-03-01'),
	('认定日 > 2024.3.1', '2024-03-01', '认定日 > 2024-03-01'),
	('认定日 > 2024年3月1号', '2024-03-01', '认定日 > 2024-03-01'),
	('认定日 > 20240301', '2024-03-01', '认定日 > 2024-03-01'),
	('认定日 > 2024-03', '2024-03-01', '认定日 > 2024-03-01'),
	('认定日 >= ''2024-03-01''', '2024-03-01', '认定日 >= 2024-03-01'),
	('认定日 > 2023年', 'year(认定日)', 'year(认定日) > 2023年'),
	('认定日 > 2023', 'year(认定日)', 'year(认定日) > 2023'),
	('as_of - 认定日 > 3年', '认定日 < as_of - 3年', '认定日 < as_of - 3年'),
	('6月 >= as_of - 认定日', '认定日 >= as_of - 6月', '认定日 >= as_of - 6月'),
	('认定日 + 3 > as_of', '3年', '认定日 + 3年 > as_of'),
	('认定日 < today', 'as_of', '认定日 < as_of'),
	('收入增长率 > 20%以上', '20%', '收入增长率 >= 20%'),
	('从业人员 5人以上', '>= 5人', '从业人员 >= 5人'),
	('从业人员 300人及以下', '<= 300人', '从业人员 <= 300人'),
	('收入 介于 100万元 和 200万元', '100万元 and 200万元', '收入 between 100万元 and 200万元'),
	('收入 between 100万元, 200万元', '100万元 and 200万元', '收入 between 100万元 and 200万元'),
	('收入 介于 100万元和200万元', '100万元 and 200万元', '收入 between 100万元 and 200万元'),
	('收入 between 100万元~200万元', '100万元 and 200万元', '收入 between 100万元 and 200万元'),
	('收入 = 100万元～200万元', 'between 100万元 and 200万元', '收入 between 100万元 and 200万元'),
	('10万元 <= 收入 < 20万元', '10万元 <= 收入 and 收入 < 20万元', '10万元 <= 收入 and 收入 < 20万元'),
	('1元 < 租金 < 收入 < 20万元', '租金 < 收入', '1元 < 租金 and 租金 < 收入 and 收入 < 20万元'),
	('占比 > 百分之五', '5%', '占比 > 5%'),
	('占比 > 百分之十二点五', '12.5%', '占比 > 12.5%'),
	('收入 > 五百万元', '500万元', '收入 > 500万元'),
	('从业人员 >= 两千人', '2000人', '从业人员 >= 2000人'),
	('成立日 + 三年 <= as_of', '3年', '成立日 + 3年 <= as_of'),
	('收入>5万元且从业人员>2人', '且', '收入 > 5万元 and 从业人员 > 2人'),
	('独立法人且列入异常', '且', '独立法人 and 列入异常'),
	('收入大于5万元', '收入 大于', '收入 > 5万元'),
	('收入 大于5万元', '大于 5万元', '收入 > 5万元'),
	('收入 大于等于 5万元', '>=', '收入 >= 5万元'),
	('收入 未 超过 5万元', '不超过', '收入 <= 5万元'),
	('收入 >== 5万元', '>=', '收入 >= 5万元'),
	('收入 => 5万元', '>=', '收入 >= 5万元'),
	('从业人员 == 5人', '=', '从业人员 = 5人'),
	('收入 > 5万元 && 独立法人', 'and', '收入 > 5万元 and 独立法人'),
	('收入 > 5万元 || 独立法人', 'or', '收入 > 5万元 or 独立法人'),
	('收入 > 5万元 并 独立法人', 'and', '收入 > 5万元 and 独立法人'),
	('max(收入, 5万元) > 3万元', 'greatest', 'greatest(收入, 5万元) > 3万元'),
	('min(收入, 5万元) > 3万元', 'least', 'least(收入, 5万元) > 3万元'),
	('sum(收入, 租金) > 3万元', '收入 + 租金', '收入 + 租金 > 3万元'),
	('any(独立法人, 列入异常)', '独立法人 or 列入异常', '独立法人 or 列入异常'),
	('ifnull(上市日, as_of) > 认定日', 'coalesce', 'coalesce(上市日, as_of) > 认定日'),
	('if(收入 > 5万元, 1, 0) = 1', 'case', 'case when 收入 > 5万元 then 1 else 0 end = 1'),
	('any(标签 = ''软件'')', 'any(标签 : it = ''软件'')', 'any(标签 : it = ''软件'')'),
	('标签 = ''软件''', 'any(标签 : it = ''软件'')', 'any(标签 : it = ''软件'')'),
	('''软件'' in 标签', 'any(标签 : it = ''软件'')', 'any(标签 : it = ''软件'')'),
	('企业划型 in ''小型''', '(''小型'')', '企业划型 in (''小型'')'),
	('企业划型 = ''小形''', '小型', '企业划型 = ''小型'''),
	('上年度营业收入 > 5万元', '收入', '收入 > 5万元'),
	('达到标准', '达标', '达标'),
	('收人 > 5万元', '收入', '收入 > 5万元'),
	('收入 > .5万元', '0.5万元', '收入 > 0.5万元'),
	('policy p ''x'' fact a number in (1, 2) clause 1 when a = 1', 'between',
	'policy p ''x'' fact a number between 1 and 2 clause 1 when a = 1'),
	('policy p ''x'' fact a number 元 clause 1（一） when a > 1元', '1',
	'policy p ''x'' fact a number 元 clause 1-一 when a > 1元'),
	('policy p ''x'' fact a number 元 clause 1、 when a > 1元', '1', 'policy p ''x'' fact a number 元 clause 1 when a > 1元'),
	('policy p ''x'' fact a number 元 clause 1 奖补金 pay a', 'subsidy',
	'policy p ''x'' fact a number 元 clause 1 subsidy pay a'),
	('policy p ''x'' fact a number 元 clause 1 reward pay at most 20万元', 'cap 20万元',
	'policy p ''x'' fact a number 元 clause 1 reward pay undetermined'),
	('policy p ''x'' fact a number 万元 clause 1 when a > 1元', '元', 'policy p ''x'' fact a number 元 clause 1 when a > 1元'),
	('policy p ''x'' fact a 数值 clause 1 when a > 1', 'number', 'policy p ''x'' fact a number clause 1 when a > 1'),
	('policy p ''x'' fact a number clause 1 如果 a > 1', 'when', 'policy p ''x'' fact a number clause 1 when a > 1'),
	('policy p ''x'' fact a number clause 1 当a > 1', '当 a', 'policy p ''x'' fact a number clause 1 when a > 1'),
	('policy p ''x'' issuer 财政局 clause 1 when 1 < 2', '''财政局''', 'policy p ''x'' issuer ''财政局'' clause 1 when 1 < 2'),
	('policy p ''x'' in force from 2024/3/1 clause 1 when 1 < 2', '2024-03-01',
	'policy p ''x'' in force from 2024-03-01 clause 1 when 1 < 2'),
	('policy p ''x'' fact d date clause 1 when d > as_of example ''e'' given d = ''2024-3-1'' expect clause 1 unknown',
	'2024-03-01',
		'policy p ''x'' fact d date clause 1 when d > as_of example ''e'' given d = 2024-03-01 expect clause 1 unknown'),
	('policy p ''x'' fact employees number 人 clause 1 reward pay employees * 2', '元',
	'policy p ''x'' fact employees number 人 clause 1 reward pay employees * 2 * 1元'),
	('policy p ''x'' fact v number clause 1 reward pay v', '元', 'policy p ''x'' fact v number clause 1 reward pay v * 1元'),
	('policy p ''x'' fact v number clause 1 reward pay v + 1', '元',
	'policy p ''x'' fact v number clause 1 reward pay (v + 1) * 1元'),
	('policy p ''x'' fact a number 元 clause 1 when a > 1元 clause 2 when not clause 1', 'satisfies 1',
	'policy p ''x'' fact a number 元 clause 1 when a > 1元 clause 2 when not satisfies 1'),
	('policy p ''x'' fact a number 元 clause 1 when a > 1元 clause 2 when not 1', 'satisfies 1',
	'policy p ''x'' fact a number 元 clause 1 when a > 1元 clause 2 when not satisfies 1'),
	('policy p ''x'' fact a number 元 ladder rung big when a > 1元 clause 2 when big', 'satisfies big',
	'policy p ''x'' fact a number 元 ladder rung big when a > 1元 clause 2 when satisfies big'),
	('政策 p ''x'' 事实 a 数 元 条款 1 当 a > 1元 条款 2 当 非 条款 1', '符合 1',
	'policy p ''x'' fact a number 元 clause 1 when a > 1元 clause 2 when not satisfies 1'),
	('政策 p ''x'' 事实 a 是否 条款 1 当 不 a', '非 a', 'policy p ''x'' fact a boolean clause 1 when not a'),
	('政策 p ''x'' 事实 a 是否 条款 1 当 a = 是', '真', 'policy p ''x'' fact a boolean clause 1 when a = true'),
	('政策 p ''x'' 事实 a 文本 空 表示 无 条款 1 当 a 非空', '不为 空',
	'policy p ''x'' fact a text null means none clause 1 when a is not null'),
	('政策 p ''x'' 事实 a 文本 空 表示 无 条款 1 当 a 非 空', '不为 空',
	'policy p ''x'' fact a text null means none clause 1 when a is not null'),
	('政策 p ''x'' 事实 a 是否 条款 1 当 a 例 ''甲'' 设 a = 否 应得 条款 1 假', '假',
	'policy p ''x'' fact a boolean clause 1 when a example ''甲'' given a = false expect clause 1 false'),
	('政策 p ''x'' 事实 a 数 元 条款 1 当 a 介于 1元 和 2元', '1元 且 2元',
	'policy p ''x'' fact a number 元 clause 1 when a between 1元 and 2元')
) list (rule, says, means);
SELECT ok((SELECT hint LIKE '%' || says || '%' FROM pg_temp.problem(pg_temp.in_document(rule))) AND
	pg_temp.meaning(pg_temp.corrected(pg_temp.in_document(rule))) = pg_temp.meaning(pg_temp.in_document(means)), rule)
	FROM mistakes;

-- Without declarations, as far as a rule alone can tell.

SELECT is((SELECT string_agg(format('%s: %s', rule, pg_temp.corrected(rule)), E'\n') FROM mistakes
	WHERE rule ~ '/|5000|员|渝北区|= 是|^[不未] |介于|百分|<=.*<|且从|m..\(收入, |^if|2023年|as_of -|2024年3月|以上$'
		AND rule !~ '^(policy|政策)' AND pg_temp.meaning(pg_temp.corrected(rule)) LIKE 'no meaning%'), NULL,
	'bare rules are corrected too');
SELECT is((SELECT hint FROM pg_temp.problem('policy p ''x'' fact l list (v number) '
	'clause 1 when any(l where v ' || sign || ' v)')),
	'Within the list both mean the field "v". So this is always ' || always || '.',
	'a field compared with itself: ' || sign)
FROM (VALUES ('>', 'false'), ('<>', 'false'), ('>=', 'true, unless the field is none')) signs (sign, always);
SELECT is((SELECT hint FROM pg_temp.problem(source)), hint, 'a clause as a condition: ' || hint) FROM (VALUES
	('policy p ''x'' fact a number 元 clause 1 when a > 1元 clause 2 when not clause 1',
	'Write satisfies 1 instead of clause 1.'),
	('policy p ''x'' fact a number 元 clause 1 when a > 1元 clause 2 when not 1', 'Write satisfies 1 instead of 1.'),
	('policy p ''x'' fact a number 元 clause 1a when a > 1元 clause 2 when not 1a', 'Write satisfies 1a instead of 1a.'),
	('policy p ''x'' fact a number 元 ladder rung big when a > 1元 clause 2 when big',
	'Write satisfies big instead of big.'),
	('policy p ''x'' clause 1 when miit-2022-63/little_giant',
	'Write satisfies miit-2022-63/little_giant instead of miit-2022-63/little_giant.'),
	('政策 p ''x'' 事实 a 数 元 条款 1 当 a > 1元 条款 2 当 非 条款 1', 'Write 符合 1 instead of 条款 1.')) sources (source, hint);

-- The kinds of mistakes, over many quantities, facts and places, with keywords of either language.

CREATE TEMP TABLE kinds AS SELECT * FROM (VALUES
	('apart', '{f} > {n} {u}', '{f} > {n}{u}'), ('wide blank', '{f} > {n}　{u}', '{f} > {n}{u}'),
	('thousands', '{f} > 5,000{u}', '{f} > 5000{u}'), ('millions', '{f} > 5,000,000{u}', '{f} > 5000000{u}'),
	('typo', '{f} < {n}万{t}', '{f} < {n}万{u}'), ('per', '{f} * 占比 > {n}{u}/人', '{f} * 占比 > {n}{u}'),
	('per two', '{f} > {n}{u}/平方米·月', '{f} > {n}{u}'), ('above', '{f} > {n}{u}以上', '{f} >= {n}{u}'),
	('within', '{f} <= {n}{u}以内', '{f} <= {n}{u}'), ('apart above', '{f} {n}{u} 以上', '{f} >= {n}{u}'),
	('between 和', '{f} between {n}{u} 和 9万{u}', '{f} between {n}{u} and 9万{u}'),
	('between 至', '{f} between {n}{u} 至 9万{u}', '{f} between {n}{u} and 9万{u}'),
	('between to', '{f} between {n}{u} to 9万{u}', '{f} between {n}{u} and 9万{u}'),
	('chain', '{n}{u} < {f} <= 9万{u}', '{n}{u} < {f} and {f} <= 9万{u}'), ('=>', '{f} => {n}{u}', '{f} >= {n}{u}'),
	('glued', '{f}>{n}{u}且{f}<9万{u}', '{f} > {n}{u} and {f} < 9万{u}'),
	('glued or', '{f}>{n}{u}或{f}<1{u}', '{f} > {n}{u} or {f} < 1{u}'),
	('greater or equal', '{f} 大于等于 {n}{u}', '{f} >= {n}{u}'), ('not over', '{f} 未超过 {n}{u}', '{f} <= {n}{u}'),
	('word glued', '{f} 不低于{n}{u}', '{f} >= {n}{u}'), ('max', 'max({f}, {n}{u}) > 1{u}', 'greatest({f}, {n}{u}) > 1{u}'),
	('if', 'if({f} > {n}{u}, 1, 2) = 1', 'case when {f} > {n}{u} then 1 else 2 end = 1'),
	('quoted', '{f} > ''{n}{u}''', '{f} > {n}{u}'), ('name in quotes', '"{f}" > {n}{u}', '{f} > {n}{u}'),
	('year', '{d} >= 2023年', 'year({d}) >= 2023'), ('month', '{d} >= 2023年11月', '{d} >= 2023-11-01'),
	('slashes', '{d} >= 2023/11/30', '{d} >= 2023-11-30'), ('points', '{d} >= 2023.11.30', '{d} >= 2023-11-30'),
	('no separators', '{d} in (20231130, 20240229)', '{d} in (2023-11-30, 2024-02-29)'),
	('quoted date', '{d} between ''2023-1-2'' and ''2024年1月2日''', '{d} between 2023-01-02 and 2024-01-02'),
	('days', 'as_of - {d} >= 3年', '{d} <= as_of - 3年'), ('days turned', '3月 > as_of - {d}', '{d} > as_of - 3月'),
	('years apart', '{d} + 3 年 < as_of', '{d} + 3年 < as_of'), ('years in words', '{d} + 十二月 < as_of', '{d} + 12月 < as_of'),
	('yes', '独立法人 = 是', '独立法人 = true'), ('no', '独立法人 <> 否', '独立法人 <> false'), ('number', '独立法人 = 0', '独立法人 = false'),
	('negation', '不 独立法人', 'not 独立法人'), ('negation glued', '未独立法人', 'not 独立法人'),
	('text', '注册区县 = 渝北区', '注册区县 = ''渝北区'''), ('texts', '注册区县 in (渝北区, 江北区)', '注册区县 in (''渝北区'', ''江北区'')'),
	('corner quotes', '注册区县 = 「渝北区」', '注册区县 = ''渝北区'''), ('double quotes', '注册区县 = "渝北区"', '注册区县 = ''渝北区'''),
	('element', '标签 = ''a''', 'any(标签 : it = ''a'')'),
	('element in', 'any(标签 in (''a'', ''b''))', 'any(标签 : it in (''a'', ''b''))'),
	('none', '上市日 = 空', '上市日 is null'), ('percent', '占比 > 百分之{c}', '占比 > {p}%'), ('tenths', '占比 > 三成', '占比 > 30%'),
	('percent apart', '占比 > {p} %', '占比 > {p}%'), ('numeral', '从业人员 > {c}百人', '从业人员 > {p}00人')
) list (kind, wrong, means);
CREATE FUNCTION pg_temp.filled(template text, fact text, unit text, typo text, number text,
	day text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT replace(replace(replace(replace(replace(replace(replace(template, '{f}', fact), '{u}', unit), '{t}', typo),
		'{n}', number), '{d}', day), '{c}', '五'), '{p}', '5')
$$;
CREATE TEMP TABLE tries AS
SELECT DISTINCT kind, language, place, format(place, pg_temp.filled(wrong, f, u, t, n, d)) AS wrong,
	format(place, pg_temp.filled(means, f, u, t, n, d)) AS means
FROM kinds, (VALUES ('收入', '元', '员'), ('从业人员', '人', '个人'), ('租金', '元', '块钱')) facts (f, u, t),
	(VALUES ('3'), ('12.5'), ('４０')) numbers (n),
	(VALUES ('认定日'), ('截止日')) dates (d),
	(VALUES ('en', '%s'), ('en', '(%s)'), ('en', '独立法人 and %s'), ('en', '列入异常 or (%s) and 独立法人'),
		('en', 'not (%s)'), ('en', 'case when %s then true else false end'), ('en', 'any(租赁 where %s)'),
		('en', '%s define x = 收入 > 1元'),
		('zh', '%s'), ('zh', '独立法人 且 %s 且 列入异常'), ('zh', '非 (%s)'), ('zh', '分情形 当 %s 则 真 否则 假 终'),
		('zh', '任一(租赁 其中 %s)')) places (language, place);
DELETE FROM tries WHERE place <> '%s' AND md5(wrong) > '5';
CREATE FUNCTION pg_temp.in_language(language text, rule text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE language WHEN 'en' THEN pg_temp.in_document(rule)
	ELSE '政策 p ''题'' 事实 收入 数 元 事实 从业人员 数 人 事实 截止日 日期 事实 认定日 日期
		事实 注册区县 文本 事实 独立法人 是否 事实 列入异常 是否 事实 租金 数 元 事实 占比 数 事实 标签 列表 之 文本 事实 租赁 列表 (面积 数)
		事实 上市日 日期 空 表示 无 条款 1 当 ' || rule END
$$;
SELECT is((SELECT string_agg(format('%s (%s, %s): %s: %s', kind, language, count, min, found), E'\n') FROM (
		SELECT kind, language, min(wrong), (array_agg(corrected ORDER BY wrong))[1] AS found, count(*)
		FROM tries, pg_temp.in_language(language, wrong) source, pg_temp.corrected(source) corrected
		WHERE pg_temp.meaning(corrected) <> pg_temp.meaning(pg_temp.in_language(language, means)) GROUP BY kind,
		language) wrong), NULL,
	'every hint, applied, gives what was meant');
SELECT cmp_ok((SELECT count(*) FROM tries), '>', 1000::bigint, 'of more than 1000 mistakes');

-- Where a hint names several corrections, each is read.

SELECT is((SELECT string_agg(format('%s, %s: %s', rule, nth, pg_temp.corrected(pg_temp.in_document(rule), nth)), E'\n')
	FROM unnest('{收入 > 5000,收入 in (0、7),认定日 + 3 > as_of,认定日 > 2024年3月,收入 - 3 > 租金}'::text[]) rule,
	generate_series(1, 3) nth
	WHERE pg_temp.meaning(pg_temp.corrected(pg_temp.in_document(rule), nth)) LIKE 'no meaning%'), NULL, 'any of them');

-- "Expected" speaks the language of the document.

SELECT is(regexp_replace(pg_temp.refusal(source), '^[^\n]*\n', ''), says, says) FROM (VALUES
	('policy p ''x'' fact a 数字',
	E'DETAIL: Expected boolean, date, list, number, text.\nHINT: Perhaps you meant "number".'),
	('政策 p ''x'' 事实 a 数字', E'DETAIL: Expected 是否, 日期, 列表, 数, 文本.\nHINT: Perhaps you meant "数".'),
	('政策 p ''x'' 事实 a 数 元 条款 1 奖补金 给予 a',
	E'DETAIL: Expected the end of the text, text in quotes, 当, 政策, 条款, 阶段, 层级, 目标, 服务, 注, 组, 选取, and more.\n'
	'HINT: Perhaps you meant "补贴".')
	) sources (source, says);

SELECT * FROM finish();
ROLLBACK;
