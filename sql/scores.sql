\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(17);

-- scores: indicators, their steps and their points.

CREATE FUNCTION pg_temp.sheet(p policy) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' | ', score, indicator, step, condition, coalesce(points::text, '-'),
		coalesce(most::text, '-')), E'\n') FROM zjtx.scores(p)
$$;
SELECT 'policy s-1 ''t'' fact a number fact b number at most 7 fact c boolean fact d boolean '
	'fact t text in (''x'', ''y'') fact on_day date ' AS head \gset
SELECT is(pg_temp.sheet((:'head' || 'score s = band(a : >= 5 then 20, >= 3 then 1.5, else 0)')::policy),
	E's | s | 1 | a >= 5 | 20 | 20\ns | s | 2 | a >= 3 | 1.5 | 20\ns | s | 3 | else | 0 | 20', 'a band');
SELECT is(pg_temp.sheet((:'head'
	|| 'score s = band(t : in (''x'', ''y'') then 2, = ''x'' then (3), else 1) '
		'score r = band(a * 2 : in (1, 2) then -1)')::policy),
	E's | s | 1 | t in (''x'', ''y'') | 2 | 3\ns | s | 2 | t = ''x'' | 3 | 3\ns | s | 3 | else | 1 | 3\n'
	'r | r | 1 | a * 2 in (1, 2) | -1 | -1', 'of texts and members');
SELECT is(pg_temp.sheet((:'head' || 'score s = case when c and a > 2 then 10 when d then 4 else b end')::policy),
	E's | s | 1 | c and a > 2 | 10 | 10\ns | s | 2 | d | 4 | 10\ns | s | 3 | else | - | 10',
	'a case, with a figure that has an end');
SELECT is(pg_temp.sheet((:'head' || 'score s = case when c then 10 else a end')::policy),
	E's | s | 1 | c | 10 | -\ns | s | 2 | else | - | -', 'and with one that has none');
SELECT is(pg_temp.sheet((:'head'
	|| 'score s = least(5, 3 * count_true(c, d, a > 1)) score r = count_true(c, d) * 2 '
		'score q = count_true(c, d)')::policy),
	E's | s | 1 | c | 3 | 5\ns | s | 2 | d | 3 | 5\ns | s | 3 | a > 1 | 3 | 5\nr | r | 1 | c | 2 | 4\n'
	'r | r | 2 | d | 2 | 4\nq | q | 1 | c | 1 | 2\nq | q | 2 | d | 1 | 2', 'counts, with a limit');
SELECT is(pg_temp.sheet((:'head'
	|| 'score s = least(8, floor(a / 2) * 1) score r = a score q = b score p = 3')::policy),
	E's | s | 1 | floor(a / 2) * 1 | - | 8\nr | r | 1 | a | - | -\nq | q | 1 | b | - | 7\np | p | 1 | 3 | 3 | 3',
	'figures');
SELECT is(pg_temp.sheet((:'head'
	|| 'score one = case when c then 10 else 0 end score two = band(a : > 1 then 5, else 0) score both = one + two
	score total ''Total'' = least(20, both + case when d then 7 else 0 end + b)')::policy),
	E'total | one | 1 | c | 10 | 10\ntotal | one | 2 | else | 0 | 10\ntotal | two | 1 | a > 1 | 5 | 5\n'
	'total | two | 2 | else | 0 | 5\n'
	'total | case when d then 7 else 0 end | 1 | d | 7 | 7\ntotal | case when d then 7 else 0 end | 2 | '
	'else | 0 | 7\ntotal | b | 1 | b | - | 7', 'a sum of scores and of others, up to a limit');
SELECT is(pg_temp.sheet((:'head'
	|| 'score one = case when c then 10 else 0 end score two = b score weighted = one * 30% + two * 70%')::policy),
	E'one | one | 1 | c | 10 | 10\none | one | 2 | else | 0 | 10\ntwo | two | 1 | b | - | 7\n'
	'weighted | one * 30% | 1 | one * 30% | - | 3\nweighted | two * 70% | 1 | two * 70% | - | 4.9',
	'weights: the scores are listed by themselves');
SELECT is(pg_temp.sheet((:'head' || 'define x = band(a : > 1 then 5, else 0) score s = x')::policy),
	E's | s | 1 | x | - | 5', 'a definition');
SELECT is(pg_temp.sheet((:'head'
	|| 'score s = greatest(band(a : > 1 then 5, else 0), case when c then 8 else 0 end)')::policy),
	E's | s | 1 | a > 1 | 5 | 8\ns | s | 2 | else | 0 | 8\ns | s | 3 | c | 8 | 8\ns | s | 4 | else | 0 | 8',
	'the better of two');
SELECT is(pg_temp.sheet($$政策 s-2 '表' 事实 a 数 评分 总分 = 分档(a : >= 5 则 20分, 否则 0分)$$),
	E'总分 | 总分 | 1 | a >= 5 | 20 | 20\n总分 | 总分 | 2 | 否则 | 0 | 20', 'Chinese');
SELECT is(pg_temp.sheet('a > 1'), NULL, 'a policy without scores');
SELECT is((SELECT count(*) FROM scores(NULL)), 0::bigint, 'NULL');
SELECT is((SELECT string_agg(score || ' ' || most, ', ' ORDER BY score)
	FROM (SELECT score, sum(most) AS most FROM (SELECT DISTINCT score, indicator, most FROM scores
	WHERE policy = 'miit-2022-63') i GROUP BY score) s), 'innovative_score 100, specialized_score 100',
	'the national indicators add up to 100 points');
SELECT is_empty($$SELECT policy, indicator FROM scores GROUP BY 1, score, 2 HAVING max(points) > max(most)$$,
	'no step of a shipped document gives more than the most');
SELECT is_empty($$SELECT s.policy, s.indicator FROM scores s LEFT JOIN definitions d
	ON d.policy = s.policy AND d.name = s.score AND d.kind = 'score' WHERE d.name IS NULL$$, 'scores are definitions');
SELECT is_empty($$SELECT policy FROM definitions d WHERE kind = 'score'
	AND NOT EXISTS (SELECT FROM scores s WHERE s.policy = d.policy AND (s.score = d.name OR s.indicator = d.name)
	OR d.expression ~ '^[a-z_]+( *[+] *[a-z_]+)+$')$$, 'every score that is no sum is listed');

SELECT * FROM finish();
ROLLBACK;
