\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(11);

-- A title has the day it was awarded and the day it ends. A title without an end has not ended.

CREATE TEMP TABLE title (document text, holds text, name text);
INSERT INTO title SELECT p.code, d.holds, t.name FROM policies p,
	unnest('{innovative,specialized,little_giant,champion}'::text[], '{创新型,专精特新,小巨人,单项冠军}'::text[]) t (name, word),
	LATERAL (SELECT (regexp_match(p.doc::text, E'\n定义 ([^ \n]+)[^\n]*= *判断日 介于 ' || t.name ||
	'_on')) [1] AS holds) d
	WHERE p.shipped AND holds IS NOT NULL;
CREATE TEMP TABLE judged AS SELECT t.*, f.given, row_number() OVER () AS id FROM title t, (VALUES ('never'), ('open'),
	('held'), ('lapsed')) f (given);

CREATE FUNCTION pg_temp.facts(name text, given text) RETURNS jsonb LANGUAGE sql AS $$
	SELECT jsonb_build_object('as_of', '2025-06-30', name || '_on', CASE WHEN given <> 'never' THEN '2024-01-01' END,
		name || '_until', CASE given WHEN 'held' THEN '2025-06-30' WHEN 'lapsed' THEN '2025-06-29' END)
$$;
CREATE FUNCTION pg_temp.asked(document text, holds text, facts jsonb, OUT eligible boolean, OUT missing text[])
	LANGUAGE plpgsql AS $$
DECLARE
	rule policy := (SELECT p.doc::text || E'\nclause asked when ' || holds FROM policies p
	WHERE p.code = document)::policy -> 'asked';
BEGIN
	eligible := facts OPERATOR(zjtx.|=) rule;
	missing := facts OPERATOR(zjtx.|!) rule;
END $$;

CREATE TEMP TABLE answer AS SELECT j.*, a.* FROM judged j, pg_temp.asked(j.document, j.holds,
	pg_temp.facts(j.name, j.given)) a;
SELECT cmp_ok(count(*), '>=', 10::bigint, 'titles are asked of every document that has them') FROM title;
SELECT set_eq('SELECT DISTINCT name FROM title', '{innovative,specialized,little_giant,champion}'::text[], 'all four');
SELECT is_empty($$SELECT * FROM answer WHERE given = 'held' AND eligible IS DISTINCT FROM true$$,
	'held to its last day');
SELECT is_empty($$SELECT * FROM answer WHERE given = 'lapsed' AND eligible IS DISTINCT FROM false$$,
	'lapsed the day after');
SELECT is_empty($$SELECT * FROM answer WHERE given = 'never' AND (eligible IS DISTINCT FROM false OR missing <> '{}')$$,
	'where there is neither day there is no title, and nothing is missing');
SELECT is_empty($$SELECT * FROM answer WHERE given = 'open' AND (eligible IS NOT NULL
	OR missing <> ARRAY[name || '_until'])$$,
	'where the end is not on file, whether it has lapsed is open, and the end is missing');

-- The same in rows, and through a ladder.

CREATE TABLE pg_temp.firm (region text DEFAULT '巴南区', specialized_on date, specialized_until date,
	listed_status text DEFAULT 'unlisted',
	innovative_on date, innovative_until date, little_giant_on date, little_giant_until date, champion_on date,
	champion_until date, gazelle_on date,
	unicorn_on date, hardtech_pool boolean, pool_entered_on date, pool_left_on date, ipo_listed_on date,
	as_of date DEFAULT '2025-06-30');
INSERT INTO pg_temp.firm (specialized_on, specialized_until) VALUES ('2024-01-01', '2026-12-31'), ('2024-01-01', NULL),
	(NULL, NULL);
SELECT results_eq($$SELECT (f |^ 'banan-2024')::text, f |! 'banan-2024' FROM pg_temp.firm f$$,
	$$VALUES ('(3,specialized,专精特新中小企业)', '{}'::text[]), (NULL, '{specialized_until}'), ('(0,none,未入梯度)', '{}')$$,
	'巴南: on the ladder, open, and not on it');
SELECT is(f |= 'dazu-2022-92/30b', NULL, '大足, article 30')
	FROM (SELECT '{"as_of": "2025-06-30", "region": "大足区", "new_mode_project": true, "specialized_on": "2024-01-01",
	"specialized_until": null, "innovative_on": null, "little_giant_on": null}'::jsonb AS f) f;

-- Another spelling of a district is not another district.

SELECT results_eq($$SELECT place, jsonb_build_object('as_of', '2025-06-30', 'region', place, 'innovative_on',
	'2024-01-01', 'innovative_until', '2026-12-31')
	OPERATOR(zjtx.|=) 'banan-2024/innovative' FROM unnest('{巴南区,重庆市巴南区,巴南,大足区,两江新区,elsewhere,市外,"巴南区 ",渝东新区}'::text[])
	WITH ORDINALITY t (place, n) ORDER BY n$$,
	$$VALUES ('巴南区', true), ('重庆市巴南区', true), ('巴南', true), ('大足区', false), ('两江新区', false), ('elsewhere', false),
	('市外', false), ('巴南区 ', NULL), ('渝东新区', NULL)$$,
	'a text that names no district of the list, a trailing blank included, leaves the answer open');

-- A little giant without a municipal title: the text does not say whether it counts for the municipal target. It does
-- not affect the other targets.

CREATE TABLE pg_temp.counted (LIKE pg_temp.firm INCLUDING DEFAULTS);
INSERT INTO pg_temp.counted (region, specialized_on, specialized_until, little_giant_on, little_giant_until)
	SELECT region, t.* FROM unnest('{大足区,巴南区}'::text[]) region,
	(VALUES (date '2024-01-01', date '2026-12-31', NULL::date, NULL::date), ('2024-01-01', '2026-12-31', '2024-01-01',
	'2026-12-31'),
		(NULL, NULL, '2024-01-01', '2026-12-31'), ('2021-01-01', '2023-12-31', '2024-01-01', '2026-12-31'),
		(NULL, NULL, '2021-01-01', '2023-12-31')) t;
SELECT results_eq($$SELECT code, actual::int, undecided::int FROM progress('dazu-2022-92', 'pg_temp.counted')
	WHERE code IN ('t1', 't3', 't4', 't5') AND year = 2025$$,
	$$VALUES ('t1', 0, 0), ('t3', 0, 0), ('t4', 2, 2), ('t5', 3, 0)$$, '大足: two are municipal, two more may be');
SELECT results_eq($$SELECT code, actual::int, undecided::int FROM progress('banan-2024', 'pg_temp.counted')
	WHERE code IN ('2-3', '2-4', 'annex-7', 'annex-8') AND year = 2025$$,
	$$VALUES ('2-3', 0, 0), ('2-4', 0, 0), ('annex-7', 2, 2), ('annex-8', 3, 0)$$, '巴南: the same');

SELECT * FROM finish();
ROLLBACK;
