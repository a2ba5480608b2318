\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(74);

-- The missing facts, the most decisive first: the fact of which one value decides the most answers, then the fact in
-- more undecided conditions, then the fact declared first.

CREATE TEMP TABLE t AS SELECT $$policy t 't' fact a boolean fact b boolean fact n number fact m number between 0 and 10
	fact o number between 0 and 10 fact s text
fact d date fact l list of number fact e date null means none fact k text in ('x', 'y', 'z') $$ AS head;
SELECT is(given::jsonb |! (head || rule)::policy, missing, rule || ' of ' || given) FROM t, (VALUES
	-- each can decide: the order of the document
	('clause 1 when b and a', '{}', '{a,b}'::text[]),
	('clause 1 when b or a', '{}', '{a,b}'),
	-- one decides alone; n is in two conditions
	('clause 1 when a or b and (n > 5 or n < 3)', '{}', '{a,n,b}'),
	('clause 1 when a or n > 5 and s = ''q''', '{}', '{a,n,s}'),
	('clause 1 when n > 5 and n < 9 and (a or b)', '{}', '{n,a,b}'),
	('clause 1 when (a or b) and n > 5', '{}', '{n,a,b}'),
	('clause 1 when (a or b) and s = ''q''', '{}', '{s,a,b}'),
	('clause 1 when (a or b) and k in (''x'', ''y'')', '{}', '{k,a,b}'),
	('clause 1 when (a or b) and d > 2025-01-01', '{}', '{d,a,b}'),
	('clause 1 when (a or b) and any(l where it > 3)', '{}', '{l,a,b}'),
	('clause 1 when (a or b) and e > 2025-01-01', '{}', '{e,a,b}'),
	('clause 1 when (a or b) and e is null', '{}', '{e,a,b}'),
	('clause 1 when (a or b) or e is null', '{}', '{a,b,e}'),
	-- only its bound decides, and neither end
	('clause 1 when (a and b) or n = 5', '{}', '{n,a,b}'),
	-- a score: 10 points of o reach the line, 10 of m do not
	('score p = m + o clause 1 when p >= 10', '{}', '{m,o}'),
	('score p = m + 2 * o clause 1 when p >= 15', '{}', '{o,m}'),
	('score p = m + 2 * o clause 1 when p > 20', '{}', '{m,o}'),
	-- of several clauses, the fact that decides most of them
	('clause 1 when a clause 2 when b clause 3 when b and n > 1', '{}', '{b,a,n}'),
	('clause 1 when a clause 2 when b clause 3 when b and a', '{}', '{a,b}'),
	('clause 1 reward when a pay 5元 clause 2 when b', '{}', '{a,b}'),
	('clause 2 when b clause 1 reward when n > 1 pay 5元', '{}', '{n,b}'),
	('ladder rung low when a rung high when a and b', '{}', '{a,b}'),
	('ladder rung low when b rung high when a and b', '{}', '{b,a}'),
	('ladder rung low when b rung high when a and b', '{"b": true}', '{a}'),
	('fact q date clause 1 when coalesce(latest(e, d), q) > 2025-01-01', '{"e": "2024-01-01"}', '{d}'),
	('fact q date clause 1 when coalesce(latest(e, d), q) > 2025-01-01', '{}', '{e,d,q}'),
	('clause 1 when b and a', '{"a": true}', '{b}'),
	('clause 1 when b and a', '{"a": false}', '{}')) rules (rule, given, missing);

-- Facts that ranges rule out are not missing.

SELECT is('{}'::jsonb |! (head || rule)::policy, missing, rule) FROM t, (VALUES
	('fact p number at least 10 clause 1 when least(m, p) > 5', '{m}'::text[]),
	('fact p number at least 9 clause 1 when least(m, p) > 5', '{m,p}'),
	('fact p number at most 0 clause 1 when greatest(p, m) > 5', '{m}'),
	('fact p number at least 10 null means none clause 1 when greatest(m, p) > 15', '{p,m}'),
	('fact p number at least 10 null means none clause 1 when least(m, p) > 5', '{m}'),
	('fact p date at least 2025-01-01 fact q date at most 2024-12-31 clause 1 when earliest(p, q) < 2024-01-01', '{q}'),
	('clause 1 when band(m : > 10 then n, else 5) > 3', '{}'),
	('clause 1 when band(m : > 10 then n, >= 5 then o, else 7) > 3', '{m,o}'),
	('clause 1 reward when a pay m * 1元 cap n * 1元', '{a,n,m}'),
	('fact p number 元 at least 11元 clause 1 reward when a pay m * 1元 cap p', '{a,m}'),
	('fact p number 元 at least 10元 clause 1 reward when a pay m * 1元 cap p', '{a,m}'),
	('fact p number 元 at least 9.99元 clause 1 reward when a pay m * 1元 cap p', '{a,m,p}'),
	('clause 1 when coalesce(e, d) > 2025-01-01', '{e,d}')) rules (rule, missing);

-- A division by zero is unknown whatever the dividend, so the facts of the divisor are missing, although they
-- are known.

CREATE TEMP TABLE divided AS SELECT $$policy t 't' fact x number fact y number fact z number fact b boolean
	fact gone number null means none fact l list (v number, w number) fact r number by year fact d date
	table s by number (w) 0: 0, 1: 5 define q = y * z clause 1 $$ AS head;
SELECT is(given::jsonb |! (head || rule)::policy, missing, rule || ' of ' || given) FROM divided, (VALUES
	('when x / y > 1', '{"x": 1, "y": 0}', '{y}'::text[]),
	('when x / y > 1', '{"x": 0, "y": 0}', '{y}'),
	('when x / y > 1', '{"x": 1, "y": 0.01}', '{}'),
	('when x / y > 1', '{"x": 1, "y": -0.01}', '{}'),
	('when x / y > 1', '{"y": 0}', '{x,y}'),
	('when x / y > 1', '{"x": 1}', '{y}'),
	('when gone / y > 1', '{"gone": null, "y": 0}', '{}'),
	('when x / gone > 1', '{"x": 1, "gone": null}', '{}'),
	-- where only that leaves the answer open
	('when x / y > 1 and b', '{"x": 1, "y": 0, "b": true}', '{y}'),
	('when x / y > 1 and b', '{"x": 1, "y": 0, "b": false}', '{}'),
	('when x / y > 1 and b', '{"x": 1, "y": 0}', '{y,b}'),
	('when x / y > 1 or b', '{"x": 1, "y": 0, "b": true}', '{}'),
	('when x / y > 1 or b', '{"x": 1, "y": 0}', '{b,y}'),
	('reward when b pay x / y * 1元', '{"x": 1, "y": 0, "b": true}', '{y}'),
	('reward when b pay x / y * 1元', '{"x": 1, "y": 0, "b": false}', '{}'),
	('when coalesce(gone / y, 2) > 1', '{"gone": 1, "y": 0}', '{y}'),
	-- of a product the factors that are zero; of a case the branch taken
	('when x / (y * z) > 1', '{"x": 1, "y": 0, "z": 3}', '{y}'),
	('when x / q > 1', '{"x": 1, "y": 3, "z": 0}', '{z}'),
	('when x / (y * z) > 1', '{"x": 1, "y": 0, "z": 0}', '{y,z}'),
	('when x / (y - z) > 1', '{"x": 1, "y": 3, "z": 3}', '{y,z}'),
	('when x / (case when y > 1 then y else z end) > 1', '{"x": 2, "y": 1, "z": 0}', '{y,z}'),
	('when x / (case when b then y when z > 1 then x end) > 1', '{"x": 2, "b": true, "y": 0, "z": 5}', '{y,b}'),
	-- years, lists, tables, days, constants
	('when r[last_year] / r[last_year - 1] > 1', '{"as_of": "2025-01-01", "r": {"2024": 0, "2023": 0}}', '{r[2023]}'),
	('when any(l : v / w > 1)', '{"l": [{"v": 1, "w": 2}, {"v": 1, "w": 0}]}', '{l}'),
	('when x / sum(l : w) > 1', '{"x": 2, "l": [{"v": 1, "w": 0}]}', '{l}'),
	('when x / s[y] > 1', '{"x": 2, "y": 0}', '{y}'),
	('when x / (as_of - d) > 1', '{"x": 2, "as_of": "2025-01-01", "d": "2025-01-01"}', '{d}'),
	('when x / (year(as_of) - 2025) > 1', '{"x": 2, "as_of": "2025-01-01"}', '{as_of}'),
	('when x / 0 > 1', '{"x": 2}', '{}')) rules (rule, given, missing);

-- Enterprises with facts removed, for the shipped ladder: the missing facts decide, and no others matter.

CREATE FUNCTION pg_temp.dice(i int, what text) RETURNS numeric LANGUAGE sql AS
	$$ SELECT ('x' || substr(md5(i || what), 1, 6))::bit(24)::int / 16777216.0 $$;
CREATE TEMP TABLE full_facts AS SELECT i, jsonb_object_agg(f.name, CASE f.type
	WHEN 'boolean' THEN to_jsonb((pg_temp.dice(i, f.name) < 0.85) <> (f.name ~ '^on_|prohibited'))
	WHEN 'text' THEN to_jsonb(f.values[1 + floor(pg_temp.dice(i, f.name) * cardinality(f.values))::int])
	WHEN 'date' THEN to_jsonb('2025-01-01'::date + (pg_temp.dice(i, f.name) * 400)::int)
	WHEN 'list' THEN '[]'
	ELSE to_jsonb(CASE WHEN f.unit = '元' THEN round(pg_temp.dice(i, f.name) * 100000000)
		WHEN f.high IS NOT NULL THEN round(f.high::numeric * pg_temp.dice(i, f.name) * 1.05, 2)
		ELSE round(pg_temp.dice(i, f.name) * 12) END) END)
	|| '{"as_of": "2025-06-30"}' AS e
	FROM generate_series(1, 200) i, facts(stored('miit-2022-63')) f WHERE f.name NOT LIKE '%.%' GROUP BY i;
CREATE TEMP TABLE some_facts AS SELECT i, e AS full_e, (SELECT jsonb_object_agg(key, value) FROM jsonb_each(e)
	WHERE key = 'as_of' OR pg_temp.dice(i, key || '?') < i % 8 / 8.0) AS e
	FROM full_facts;
CREATE TEMP TABLE asked AS SELECT *, e |! 'miit-2022-63' AS missing, e |^ 'miit-2022-63' AS place FROM some_facts;
SELECT ok((SELECT count(*) > 50 AND count(*) FILTER (WHERE missing <> '{}') > 50
	AND count(*) FILTER (WHERE missing = '{}') > 5 FROM asked), 'some are decided and some are not');
SELECT is_empty($$SELECT i FROM asked WHERE (e || (SELECT coalesce(jsonb_object_agg(key, value), '{}')
	FROM jsonb_each(full_e) WHERE key = ANY (missing)) |! 'miit-2022-63') <> '{}'
	AND (full_e |! 'miit-2022-63') = '{}'$$, 'giving all that is missing decides');
SELECT is_empty($$SELECT i, filled |! 'miit-2022-63', missing FROM asked,
	LATERAL (SELECT e || coalesce(jsonb_object_agg(key, value), '{}') AS filled FROM jsonb_each(full_e)
	WHERE key <> ALL (missing)) f
	WHERE (filled |^ 'miit-2022-63') IS DISTINCT FROM place OR NOT ((filled |! 'miit-2022-63') <@ missing
	AND missing <@ (filled |! 'miit-2022-63'))$$,
	'giving all that is not missing changes nothing');
SELECT is_empty($$SELECT i FROM asked WHERE missing <> (e |! 'miit-2022-63')$$,
	'the order is the same when asked again');

SELECT * FROM finish();
ROLLBACK;
