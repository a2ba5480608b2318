\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(17);

-- The view has every numbered item of the five documents exactly once.

CREATE TEMP TABLE items AS
	SELECT prefix || '-' || to_char(n, 'FM00') AS item
	FROM (VALUES ('DZ', 62), ('CN', 30), ('BN', 61), ('YK', 22), ('YB', 49)) d (prefix, last),
		generate_series(0, last) n;
CREATE TEMP TABLE covered AS
	SELECT policy, code, item FROM zjtx.provisions, unnest(catalogue) item;

SELECT is(count(*)::int, 229, 'the five documents have 229 items') FROM items;
SELECT is_empty('SELECT item FROM items EXCEPT SELECT item FROM covered', 'each is covered by a provision');
SELECT is_empty('SELECT item FROM covered EXCEPT SELECT item FROM items', 'no provision covers what there is not');
SELECT is_empty('SELECT item FROM covered GROUP BY item HAVING count(*) > 1', 'none is covered twice');
SELECT set_eq('SELECT DISTINCT policy, left(item, 2) FROM covered', $$VALUES ('dazu-2022-92', 'DZ'),
	('cq-2022-23', 'CN'),
	('banan-2024', 'BN'), ('cq-hardtech-2023-21', 'YK'), ('yubei-2024-34', 'YB')$$, 'each in its own document');
SELECT is_empty($$SELECT policy, code FROM zjtx.provisions WHERE catalogue <> '{}' AND kind NOT IN ('policy',
	'definition')
	AND (title IS NULL OR article IS NULL)$$, 'each has a title and its article');
SELECT is_empty($$SELECT policy, code FROM zjtx.provisions WHERE kind IN ('service', 'eligibility', 'reward', 'subsidy',
	'tax', 'points')
	AND summary IS NULL$$, 'clauses and services are summed up');
SELECT is_empty($$SELECT policy, code FROM zjtx.provisions WHERE kind NOT IN ('policy', 'definition', 'eligibility',
	'reward',
	'subsidy', 'tax', 'points', 'stage', 'rung', 'target', 'service')$$, 'kinds are the language''s');

-- Provisions that can be decided have clauses, and provisions without a figure are never zero.

SET zjtx.as_of = '2025-06-30';
SELECT is('{"region": "大足区", "specialized_on": "2024-03-01"}'::jsonb |= 'dazu-2022-92/29', true,
	'大足 29: titled in the year before');
SELECT is('{"region": "大足区", "specialized_on": "2025-01-01", "little_giant_on": null}'::jsonb |= 'dazu-2022-92/29',
	false,
	'大足 29: titled in the year itself');
SELECT is('{"region": "大足区", "specialized_on": "2024-03-01"}'::jsonb |# 'dazu-2022-92/29', NULL,
	'大足 29: the amount has no figure, and is not zero');
SELECT is('{"region": "大足区", "specialized_on": null, "little_giant_on": null}'::jsonb |# 'dazu-2022-92/29', 0.00,
	'大足 29: nothing is owed without a title');

-- A word means what its document defines.

CREATE TEMP TABLE innovative AS
	SELECT '{"region": "大足区", "innovative_on": "2024-01-01", "innovative_until": "2026-12-31",
	"specialized_on": null, "specialized_until": null, "little_giant_on": null, "little_giant_until": null,
	"new_mode_project": true}'::jsonb AS e;
SELECT is(e |= 'dazu-2022-92/30b', true, 'in 大足 the innovative title is a “专精特新” one') FROM innovative;
SELECT is((e || '{"region": "渝北区"}') |= 'yubei-2024-34/6b', false, 'in 渝北 it is not') FROM innovative;

-- Clauses about platforms are for platforms and do not affect the document's own answers.

SELECT results_eq($$SELECT subject FROM zjtx.provisions WHERE policy = 'dazu-2022-92' AND code = '28b'$$,
	$$VALUES ('platform')$$,
	'大足 28b is about platforms');
SELECT ok(NOT 'platform_kind' = ANY ('{}'::jsonb |! 'dazu-2022-92'),
	'an enterprise is not asked for a platform''s facts');
SELECT ok('platform_kind' = ANY ('{}'::jsonb |! 'dazu-2022-92/28b'), 'asked alone it is');

SELECT * FROM finish();
ROLLBACK;
