\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx, zjtx_author;
SET LOCAL client_min_messages = warning;
SELECT plan(11);

-- render(p): a page of HTML.

CREATE TEMP TABLE pages AS SELECT code, doc, render(doc) AS page FROM policies WHERE shipped;
SELECT is_empty($$SELECT code FROM pages WHERE page !~ '^<!DOCTYPE html>' OR page !~ '</html>\n$' OR page !~ '<html lang="zh-CN">'$$,
	'a page for each shipped document, in Chinese');
SELECT is_empty($$SELECT code FROM pages WHERE page !~ 'Content-Security-Policy" content="default-src ''none''; style-src ''unsafe-inline''"'
	OR page ~ '<script|<img|<a |<link|javascript:|href='$$, 'without scripts and other files');
SELECT is_empty($$SELECT g.code, p.code FROM pages g, provisions(g.doc) p WHERE p.wording IS NOT NULL
	AND position(replace(replace(p.wording, '''', '&#39;'), '"', '&quot;') IN page) = 0$$, 'every wording is on it');
SELECT is_empty($$SELECT p.code, n.content FROM pages p, notes(doc) n
	WHERE position(replace(replace(n.content, '''', '&#39;'), '"', '&quot;') IN page) = 0$$, 'and every note');
SELECT is_empty($$SELECT p.code, e.example FROM pages p, examples(doc) e
	WHERE position('<td>' || replace(e.example, '"', '&quot;') || '</td>' IN page) = 0$$, 'and every example');
SELECT is_empty($$SELECT code FROM pages, LATERAL (SELECT count(*) AS n FROM regexp_matches(page, '<(section|div|dl|table|tr|td|th|p|h\d)[ >]', 'g')) o,
	LATERAL (SELECT count(*) AS n FROM regexp_matches(page, '</(section|div|dl|table|tr|td|th|p|h\d)>', 'g')) c WHERE o.n <> c.n$$,
	'every element is closed');

-- Nothing of a document is markup.
CREATE FUNCTION pg_temp.hostile(word text) RETURNS text LANGUAGE sql AS $$
	SELECT render(format($p$policy h %1$L number %1$L issuer %1$L source %1$L repeals %1$L summary %1$L wording %1$L office %1$L note %1$L
fact a number %1$L fact b text %1$L in (%1$L %2$L) fact l list (n number %1$L) %1$L
table t %1$L by text (r) %1$L: 1
define d %1$L = a > 1 wording %1$L note R1 %1$L
score s %1$L = band(a : >= 1 then 1分, else 0分)
clause 1 %1$L reward article %1$L wording %1$L summary %1$L office %1$L when b = %1$L and any(l : n > 1) and t[b] > 0 note %1$L
	stage x %1$L on 2025-01-01 pay 1元
group g %1$L best of 1
target 1 %1$L 家 stock 2025: 1 service 1 %1$L
example %1$L given b = %1$L expect a unknown$p$, word, word || '2')::policy)
$$;
SELECT is(pg_temp.hostile('<script>alert("1")</script>') ~ '<script|"1"', false, 'scripts are text');
SELECT is(pg_temp.hostile('x'' onclick=''y') ~ ' onclick=''', false, 'quotes are text');
SELECT is(pg_temp.hostile('</style></title><b>') ~ '<b>|</style></title>', false, 'ends of elements are text');
SELECT is(position('&amp;lt;' IN pg_temp.hostile('&lt;')) > 0, true, 'and entities');
SELECT is(render('a > 1'::policy) ~ '<p>a &gt; 1</p>', true, 'a rule of one expression');

SELECT * FROM finish();
ROLLBACK;
