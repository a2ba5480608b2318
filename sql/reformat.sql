\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx, zjtx_author;
SET LOCAL client_min_messages = warning;
SELECT plan(25);

-- reformat(text): the layout.

SELECT is(reformat(E'policy   x ''X''  number ''N 1'' fact a number\tfact b number  -- of b\n\n\n\n-- the rule\n'
	'clause 1 ''one'' when a>1\n'
	'and max(l : n)   >=b  note ''n'' fact l list( n number , m number )'), $$policy x 'X' number 'N 1'
fact a number
fact b number  -- of b

-- the rule
clause 1 'one' when a > 1
 and max(l : n) >= b note 'n'
fact l list(n number, m number)
$$, 'statements on lines of their own, one space between words');
SELECT is(reformat($$policy x 'X' fact a number
  clause 1 'a clause with a very long title, so long that it does not fit in one line' $$
	|| $$reward article '3' when a > 1 pay 1元
ladder rung low 'low' when a > 1 should a > 2
$$), $$policy x 'X'
fact a number
clause 1 'a clause with a very long title, so long that it does not fit in one line' reward
  article '3'
  when a > 1
  pay 1元
ladder
  rung low 'low' when a > 1 should a > 2
$$, 'parts, where the line is too long');
SELECT is(reformat($$policy x 'X' fact a number fact b boolean
define d =
      a > 1
  and b
    or a < 0
score s = case when a > 1 then 2分
               else 0分 end
clause 1 when d
     and s > 1分
$$), $$policy x 'X'
fact a number
fact b boolean
define d =
      a > 1
  and b
    or a < 0
score s = case when a > 1 then 2分
               else 0分 end
clause 1 when d
     and s > 1分
$$, 'lines stay under what they were under');
SELECT is(reformat(' 1 + 1  =2 '), '1 + 1 = 2', 'an expression');
SELECT is(reformat(NULL), NULL, 'NULL');
SELECT is(reformat(E'policy x ''two\n   lines'' fact a number clause 1 when a > 1'),
	E'policy x ''two\n   lines''\nfact a number\nclause 1 when a > 1\n', 'texts in quotes stay');

-- reformat(text, language): the keywords.

CREATE FUNCTION pg_temp.written(condition text, language text) RETURNS text LANGUAGE sql AS $$
	SELECT regexp_replace(trim(E'\n' FROM reformat(
		'policy p ''P'' fact a number fact d date null means none define t = ' || condition,
		language)), '^.* t = ', '')
$$;
SELECT is(pg_temp.written(english, 'zh'), chinese, 'to Chinese: ' || english) FROM (VALUES
	('d <= as_of and d is not null or not (d is null)', 'd <= 判断日 且 d 不为 空 或 非 (d 为 空)'),
	('a between 0 and 2 or a not in (2, 3) and true', 'a 介于 0 且 2 或 a 非 属于 (2, 3) 且 真'),
	('floor(a) = 1 and greatest(a, 2) at least 2', '取整(a) = 1 且 取高(a, 2) 不低于 2')) v (english, chinese);
SELECT is(pg_temp.written(chinese, 'en'), english, 'to English: ' || chinese) FROM (VALUES
	('判断日 不等于 2025-01-01', 'as_of <> 2025-01-01'),
	('提问日 > 判断日 且 上年度 < 本年度', 'asked_on > as_of and last_year < this_year'),
	('a 为 1 且 a 不为 2 且 a 低于 2 且 a 超过 1 且 a 不少于 1 且 a 至多 1 且 d 为 空 且 d 不等于 空',
	'a = 1 and a <> 2 and a < 2 and a > 1 and a at least 1 and a at most 1 and d is null and d is not null')) v (chinese,
	english);
SELECT is(reformat('as of default 2025-01-01 as_of > 2024-01-01', 'zh'), '截至 默认 2025-01-01 判断日 > 2024-01-01', 'a day');
SELECT is(reformat('截至 2025-01-01 判断日 > 2024-01-01', 'en'), 'as of 2025-01-01 as_of > 2024-01-01', 'in English');
SELECT is(reformat('asked_on > as_of', 'zh'), 'asked_on > 判断日', 'a fact of a rule keeps its name');
SELECT is(reformat('1 不少于 1 且 1 等于 1', 'zh'), '1 不少于 1 且 1 等于 1', 'Chinese words stay as they are');
SELECT is(reformat($$policy p 'P' number '号' in force from 2025-01-01 fact number number
	fact count list of number fact f number by year
table t by date (r %) 2025-01-01: 1%
clause year 'number' per year reward when sum(count as it : it) > number and t[as_of] > 0% pay 1元
example 'e' given as_of = 2025-01-01, number = 1, count = [1, 2], f[2024] = 3 expect clause year true$$, 'zh'),
	$$政策 p 'P' 文号 '号' 施行 自 2025-01-01
事实 number 数
事实 count 列表 之 数
事实 f 数 逐年
表 t 按日期 (r %) 2025-01-01: 1%
条款 year 'number' 每年 奖励 当 合计(count 记作 it : it) > number 且 t[判断日] > 0% 给予 1元
例 'e' 设 判断日 = 2025-01-01, number = 1, count = [1, 2], f[2024] = 3 应得 条款 year 真
$$, 'names that are keywords stay');
SELECT throws_ok($$SELECT reformat('1 > 0', 'fr')$$, '22023', 'the keywords of a document cannot be in "fr"',
	'another language');
SELECT throws_ok($$SELECT reformat('policy')$$, '22P02', NULL, 'not a policy');
SELECT throws_ok($$SELECT reformat('')$$, '22P02', NULL, 'nothing');
SELECT throws_ok($$SELECT reformat('<script>alert(1)</script>')$$, '22P02', NULL, 'HTML');

-- The shipped documents in both languages say the same, and are laid out.

CREATE TEMP TABLE forms AS SELECT code, doc::text AS doc, reformat(doc::text, 'en') AS english,
	reformat(doc::text, 'zh') AS chinese
	FROM policies WHERE shipped;
SELECT is_empty($$SELECT code FROM forms, LATERAL (SELECT array_agg(i::text) AS a FROM instructions(doc::policy) i) a,
	LATERAL (SELECT array_agg(i::text) AS a FROM instructions(english::policy) i) b,
	LATERAL (SELECT array_agg(i::text) AS a FROM instructions(chinese::policy) i) c
	WHERE a.a IS DISTINCT FROM b.a OR a.a IS DISTINCT FROM c.a$$, 'they compile to the same');
SELECT is_empty($$SELECT code FROM forms WHERE reformat(english) <> english OR reformat(chinese) <> chinese
	OR reformat(chinese, 'zh') <> chinese OR reformat(english, 'en') <> english$$, 'and are laid out');
SELECT is_empty($$SELECT f.code, e.* FROM forms f, examples(f.english::policy) e WHERE NOT e.holds$$,
	'the examples hold in English');
SELECT is_empty($$SELECT f.code, e.* FROM forms f, examples(f.chinese::policy) e WHERE NOT e.holds$$, 'and in Chinese');

SELECT * FROM finish();
ROLLBACK;
