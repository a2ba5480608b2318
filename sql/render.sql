\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx, zjtx_author;
SET LOCAL client_min_messages = warning;
SELECT plan(12);

-- render(p): a page of HTML.

CREATE TEMP TABLE pages AS SELECT code, doc, render(doc) AS page FROM policies WHERE shipped;
SELECT is_empty($$SELECT code FROM pages WHERE page !~ '^<!DOCTYPE html>' OR page !~ '</html>\n$'
	OR page !~ '<html lang="zh-CN">'$$,
	'a page for each shipped document, in Chinese');
SELECT is_empty($$SELECT code FROM pages
	WHERE page !~ 'Content-Security-Policy" content="default-src ''none''; style-src ''unsafe-inline''"'
	OR page ~ '<script|<img|<a |<link|javascript:|href='$$, 'without scripts and other files');
SELECT is_empty($$SELECT g.code, p.code FROM pages g, provisions(g.doc) p WHERE p.wording IS NOT NULL
	AND position(replace(replace(p.wording, '''', '&#39;'), '"', '&quot;') IN page) = 0$$, 'every wording is on it');
SELECT is_empty($$SELECT p.code, n.content FROM pages p, notes(doc) n
	WHERE position(replace(replace(n.content, '''', '&#39;'), '"', '&quot;') IN page) = 0$$, 'and every note');
SELECT is_empty($$SELECT p.code, e.example FROM pages p, examples(doc) e
	WHERE position('<td>' || replace(e.example, '"', '&quot;') || '</td>' IN page) = 0$$, 'and every example');
SELECT is_empty($$SELECT code FROM pages,
	LATERAL (SELECT count(*) AS n FROM regexp_matches(page, '<(section|div|dl|table|tr|td|th|p|h\d)[ >]', 'g')) o,
	LATERAL (SELECT count(*) AS n FROM regexp_matches(page, '</(section|div|dl|table|tr|td|th|p|h\d)>', 'g')) c
	WHERE o.n <> c.n$$,
	'every element is closed');

-- Nothing of a document is markup.
CREATE FUNCTION pg_temp.hostile(word text) RETURNS text LANGUAGE sql AS $$
	SELECT render(format($p$policy h %1$L number %1$L issuer %1$L source %1$L
		repeals %1$L summary %1$L wording %1$L office %1$L note %1$L
fact a number %1$L fact b text %1$L in (%1$L %2$L) fact l list (n number %1$L) %1$L
table t %1$L by text (r) %1$L: 1
define d %1$L = a > 1 wording %1$L note R1 %1$L
score s %1$L = band(a : >= 1 then 1分, else 0分)
clause 1 %1$L reward article %1$L wording %1$L summary %1$L office %1$L
	when b = %1$L and any(l : n > 1) and t[b] > 0 note %1$L
	stage x %1$L on 2025-01-01 pay 1元
group g %1$L best of 1
target 1 %1$L 家 stock 2025: 1 service 1 %1$L
example %1$L given b = %1$L, l = [(n = 1)] expect a unknown, missing (a), d unknown
example %2$L like %1$L given b = %2$L expect a unknown$p$, word, word || '2')::policy)
$$;
SELECT is(pg_temp.hostile('<script>alert("1")</script>') ~ '<script|"1"', false, 'scripts are text');
SELECT is(pg_temp.hostile('x'' onclick=''y') ~ ' onclick=''', false, 'quotes are text');
SELECT is(pg_temp.hostile('</style></title><b>') ~ '<b>|</style></title>', false, 'ends of elements are text');
SELECT is(position('&amp;lt;' IN pg_temp.hostile('&lt;')) > 0, true, 'and entities');
SELECT is(render('a > 1'::policy) ~ '<p>a &gt; 1</p>', true, 'a rule of one expression');

-- Examples as an official reads them.
CREATE FUNCTION pg_temp.examples(document text) RETURNS SETOF text LANGUAGE sql AS $$
	SELECT regexp_replace(regexp_replace(r[1], '</?(div|tr|t[dh]|table)[^>]*>', '|', 'g'), '[|]+', '|', 'g')
	FROM regexp_split_to_table(regexp_replace(render(document::policy),
		'^.*<table class="examples">|</table>\n</body>.*$', '', 'g'), '\n') l (l),
		regexp_matches(l, '^(<tr><td>.*)$') r
$$;
SELECT is(array(SELECT pg_temp.examples($d$政策 示例 '示例办法'
事实 入库 是否 '入库企业' 事实 级别 文本 '级别' 属于 ('a' '国家级', 'b') 空 表示 无 事实 收入 数 元 逐年 '营业收入' 事实 厂房 列表 (面积 数,
	年租 数 '租金', 自用 是否) '厂房租赁' 事实 标签 列表 之 文本 '标签'
定义 大 '大企业' = 收入[2024] >= 5元
条款 1 '奖励' 奖励 条文 '3' 当 入库 且 大 阶段 一 '首次' 于 2025-01-01 给予 5元 条款 2 '补贴' 补贴 每年 当 入库 给予 合计(厂房 : 面积) * 1元
组 总 '合计' 合计 2 封顶 9元 累计
阶梯 '梯度' 层级 甲 '甲级' 级次 1 当 入库
例 '一' 设 判断日 = 2025-06-30, 入库 = 真, 级别 = 'a', 收入[2024] = 5元,
	厂房 = [(面积 = 3), (面积 = 5, 年租 = 2, 自用 = 假)], 标签 = ['x', 'y'], 已付之 总 = 0元
  应得 条款 1 真, 条款 1 阶段 一 = 5元, 组 总 = 8元, 金额 = 13元, 大 真, 位次 甲, 缺少 ()
例 '二' 同 '一' 设 入库 = 未知, 级别 = 无, 厂房 = [], 已付之 总 = 1元 应得 条款 1 未知, 条款 1 介于 0元 且 5元, 条款 2 = 0元, 大 真, 缺少 (入库), 位次 未知
$d$)), ARRAY['|一|判断日：2025-06-30|入库企业：是|级别：“国家级”|营业收入（2024年）：5元|厂房租赁：|面积|租金|自用|3|5|2|否|标签：“x”、'
	'“y”|已付之总：0元|第3条 奖励：符合|第3条 奖励之首次：5元|合计：8元|金额合计：13元|大企业：是|梯度：甲级|缺少：无|',
	'|二|同“一”|入库企业：未知|级别：无|厂房租赁：没有一项|已付之总：1元|第3条 奖励：未知|第3条 奖励：0元至5元|补贴：0元|大企业：是|缺少：入库企业|梯度：未知|'],
	'labels, records, and what is expected');

SELECT * FROM finish();
ROLLBACK;
