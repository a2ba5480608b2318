\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT no_plan();

-- Notations of offices as booleans, numbers and days. NULL: empty or not readable.

SELECT is(to_yes(t), true, format('%L is yes', t)) FROM unnest(ARRAY['是', ' 是 ', E'\u3000是\u3000', '有', '√', U&'\2713',
	U&'\2714', U&'\2611', 'Y', 'y', 'Ｙ', 'Yes', 'TRUE', 't', '1', '１',
	'对', '真', '符合', '具备', '已认定', U&'\FEFF是', E'是\r']) t;
SELECT is(to_yes(t), false, format('%L is no', t)) FROM unnest(ARRAY['否', '无', '没有', '不是', '×', U&'\2717', U&'\2718',
	'N', 'ｎ', 'no', 'FALSE', 'f', '0', '非', '假', '错', '不符合', '不具备', '未认定']) t;
SELECT is(to_yes(t), NULL, format('%L is neither', t)) FROM unnest(ARRAY['', ' ', '-', '/', '—', '是否', '是的吧',
	'是（2023年）', '2', '10', '□', 'X', '暂无', '不适用', repeat('是', 1000)]) t;
SELECT is(to_yes(NULL), NULL, 'no text, no answer');

SELECT is(to_amount(t)::text, n, format('%L is %s', t, n)) FROM (VALUES
	('0', '0'), ('12', '12'), ('007', '7'), ('12.50', '12.50'), ('1,234.5万元', '12345000'), ('1，234.5 万元', '12345000'),
	('１２３４．５万元', '12345000'),
	('12.5%', '0.125'), ('12.5％', '0.125'), ('百分之五', '0.05'), ('百分之12.5', '0.125'), ('3‰', '0.003'), ('137人', '137'),
	('137 人', '137'), ('5000万元（含）', '50000000'), ('5000万元(含本数)', '50000000'),
	('1,000', '1000'), ('999,999,999.99', '999999999.99'), ('12 345', '12345'), ('¥1,000', '1000'),
	('￥1,000.00元', '1000.00'), ('人民币100万元整', '1000000'), ('人民币 100 元', '100'), ('RMB 5', '5'),
	('-5', '-5'), ('−5万元', '-50000'), ('－5', '-5'), ('+5', '5'), ('负5%', '-0.05'), ('5千万元', '50000000'),
	('3百万', '3000000'), ('2亿', '200000000'), ('1.5亿元', '150000000'), ('1万亿元', '1000000000000'),
	('1亿2000万元', '120000000'), ('1亿2000.5万元', '120005000'), ('3万5000元', '35000'), ('3万5千元', '35000'),
	('3万零5元', '30005'), ('3万0005元', '30005'),
	('五百万元', '5000000'), ('壹佰万元整', '1000000'), ('一千二百三十四', '1234'), ('两千零五', '2005'), ('十二', '12'), ('二十', '20'),
	('一百一十', '110'), ('十二点五万', '125000'), ('零', '0'), ('一亿零五', '100000005'),
	('一亿二千三百四十五万六千七百八十九元', '123456789'), ('1000㎡', '1000'), ('1000平方米', '1000'), ('12个月', '12'), ('3年', '3'),
	('0.08', '0.08'), ('10分', '10'),
	('123456789012345678901234567890.123', '123456789012345678901234567890.123'), ('0.1万元', '1000'),
	('0.00001万元', '0.1')) v (t, n);
SELECT is(to_amount(t), NULL, format('%L is no amount', t)) FROM unnest(ARRAY['', ' ', '-', '--', '/', '无', '暂无', '不适用',
	'N/A', 'abc', '1,23', '1,2345', '12,345,67', ',123', '1,234,', '1.', '.5', '1.2.3', '1.234,5',
	'5000万元以上', '约500万元', '500-1000万元', '10万美元', '$5', '5USD', '€5', '1.23E+08', '1e5', '0x10', '一百五', '三万五', '3万5',
	'1亿2000', '二十百', '一百二百', '百', '5万5万', '1亿2亿', '12.5%万', '1亿2000万%', '5元5角', 'NaN', 'Infinity', '--5', '5人人',
	'1 2', '1 23 456', '5万 万 万 万 万 万', repeat('9', 300), '1234万元/年', '见附件']) t;
SELECT is(to_amount(NULL), NULL, 'no text, no amount');

-- A column whose heading names the unit.

SELECT is(to_amount(t, u)::text, n, format('%L in a column of %s is %s', t, u, n)) FROM (VALUES
	('2786', '万元', '27860000'), ('2,786.5', '万元', '27865000'), ('2786万元', '万元', '27860000'),
	('27860000元', '万元', '27860000'), ('0.3亿', '万元', '30000000'), ('5%', '%', '0.05'), ('5', '%', '0.05'),
	('0.05', '元', '0.05'), ('5', '千万元', '50000000'), ('三十', '万元', '300000'), ('1亿2000万', '万元', '120000000'),
	('137人', '人', '137'), ('12', '个月', '12'), ('5', '万', '50000')) v (t, u, n);
SELECT is(to_amount('无', '万元'), NULL, 'nothing has no unit');
SELECT throws_ok(format('SELECT to_amount(%L, %L)', '5', u), '22023', format('"%s" is not a unit of a number', u),
	format('%L is no unit', u)) FROM unnest(ARRAY['', '美元', '万员', '5万元']) u;

SELECT is(to_day(t), d::date, format('%L is %s', t, d)) FROM (VALUES
	('2024/3/1', '2024-03-01'), ('2024-3-1', '2024-03-01'), ('2024-03-01', '2024-03-01'), ('2024.3.1', '2024-03-01'),
	('2024.03.01', '2024-03-01'), ('2024年3月1日', '2024-03-01'), ('2024年03月01日', '2024-03-01'),
	('2024年3月1号', '2024-03-01'), ('2024 年 3 月 1 日', '2024-03-01'), ('20240301', '2024-03-01'),
	('２０２４／３／１', '2024-03-01'), ('２０２４年３月１日', '2024-03-01'), ('二〇二四年三月一日', '2024-03-01'),
	('二○二四年十二月三十一日', '2024-12-31'), ('二零二四年二月二十九日', '2024-02-29'),
	('2024/3/1 0:00:00', '2024-03-01'), ('2024-03-01T08:30:00', '2024-03-01'), ('2024-03-01 08:30', '2024-03-01'),
	('2024-03-01 08:30:00.000', '2024-03-01'), (' 2024/3/1 ', '2024-03-01'), ('2024-02-29', '2024-02-29'),
	('45352', '2024-03-01'), ('45352.5', '2024-03-01'), ('45292', '2024-01-01'), ('10000', '1927-05-18'),
	('99999', '2173-10-13'), ('1900-01-01', '1900-01-01'), ('2999-12-31', '2999-12-31')) v (t, d);
SELECT is(to_day(t), NULL, format('%L is no day', t)) FROM unnest(ARRAY['', '-', '/', '无', '2024', '2024年', '2024年3月',
	'2024-03', '202403', '24/3/1', '3/1/2024', '2024/13/1', '2024/2/30', '2023-02-29', '20240230', '2024-3/1',
	'2024年3-1', '9999', '100000', '4535',
	'2024/3/1 25:00', '2024/3/1 上午', '1899-12-31', '3000-01-01', '2024/3/1至2025/3/1', '长期', '二四年三月一日', '二〇二四/三/一', '今天',
	'2024-03-01x', '2024-3-', '2024-3-1-1', repeat('2', 500)]) t;
SELECT is(to_day(NULL), NULL, 'no text, no day');

-- Values as PostgreSQL prints them are read as the same values: all days and many numbers.

SELECT is(count(*), 0::bigint, 'every day in five forms is that day') FROM generate_series('1927-05-18'::date,
	'2173-10-13'::date, '1 day') g (d)
WHERE (to_day(to_char(d, 'YYYY-MM-DD')), to_day(to_char(d, 'FMYYYY"年"FMMM"月"FMDD"日"')), to_day(to_char(d, 'YYYYMMDD')),
	to_day(to_char(d, 'FMYYYY/FMMM/FMDD')), to_day((d::date - '1899-12-30')::text))
	IS DISTINCT FROM (d::date, d::date, d::date, d::date, d::date);
SELECT is(count(*), 0::bigint, 'numbers with and without separators are those numbers')
	FROM generate_series(0, 20000) i, LATERAL (SELECT (i * 7919.37 * (i % 997))::numeric AS n) x
WHERE to_amount(n::text) <> n OR to_amount(to_char(n, 'FM999,999,999,999,990.00')) <> n
	OR to_amount(n::text || '万元') <> n * 10000 OR to_amount(n || '%') <> n / 100;

-- No text raises an error.

SELECT lives_ok($$SELECT count(to_yes(t)) + count(to_amount(t)) + count(to_day(t))
	FROM (SELECT string_agg(substr('0123456789.,年月日-/ 万亿千百十一二三零点%元（）Ee+', 1 + (random() * 45)::int, 1), '') AS t
	FROM generate_series(1, 20000) i GROUP BY i / (1 + i % 12)) x$$, 'random texts');
SELECT lives_ok($$SELECT to_yes(chr(i)), to_amount(chr(i)), to_day(chr(i)), to_amount('1' || chr(i) || '2'),
	to_text('1' || chr(i) || '2')
	FROM generate_series(1, 70000) i WHERE i NOT BETWEEN 55296 AND 57343$$, 'every character');

-- Texts.

SELECT is(to_text(t), v, format('text %L', t)) FROM (VALUES (' 渝北 ', '渝北'), (E'\u3000渝北\t', '渝北'), (E'\ufeff渝北\u200b',
	'渝北'),
	('Ａ１ｂ', 'A1b'), ('甲（乙）、丙', '甲（乙）、丙'), ('a b', 'a b'), ('', NULL), ('　', NULL), ('-', NULL), ('／', NULL), ('无', '无'),
	(NULL, NULL), (repeat('长', 300), repeat('长', 300))) v (t, v);

-- What cannot be read is another value, where NULL means none.

SELECT is(to_day(t, 'infinity'), v::date, format('day %L', t)) FROM (VALUES ('2024-3-1', '2024-03-01'), ('无', NULL),
	('', NULL),
	(NULL, NULL), ('待定', 'infinity')) v (t, v);
SELECT is(to_day('待定', NULL), NULL, 'day or NULL');
SELECT is(to_amount(t, u, 'NaN'), v::numeric, format('amount %L in %L', t, u)) FROM (VALUES ('3', NULL, '3'), ('3',
	'万元', '30000'),
	('3元', '万元', '3'), ('约3', '万元', 'NaN'), ('约3', NULL, 'NaN'), ('无', '万元', NULL), (NULL, '万元', NULL)) v (t, u, v);
SELECT is(to_amount('约3', '万元', NULL), NULL, 'amount or NULL');
SELECT is(pg_temp.error_of($$SELECT to_amount('3', 'x', 1)$$),
	E'22023: "x" is not a unit of a number\nHINT: Write a unit such as ''万元'', ''元'' or ''%''.', 'an unknown unit');

SELECT is((SELECT string_agg(provolatile::text || proparallel::text || proisstrict::text, ' ' ORDER BY
	oid::regprocedure::text) FROM pg_proc
	WHERE pronamespace = 'zjtx'::regnamespace AND proname IN ('to_yes', 'to_amount', 'to_day', 'to_text')),
	'istrue istrue isfalse istrue isfalse istrue istrue', 'they are immutable and parallel safe');
SELECT * FROM finish();
ROLLBACK;
