\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(41);

-- The position of a row on a ladder is the highest proved rung.

CREATE TEMP TABLE p AS SELECT $$policy ladder-test 't' fact a boolean fact b boolean fact c boolean
	fact n number between 0 and 10
ladder '阶梯' rung low '低' when a rung middle '中' when b rung high '高' level 5 when c$$::policy AS doc;

SELECT is(coalesce((e |^ doc)::text, 'unknown') || ' ' || coalesce((e |= doc)::text, 'unknown') || ' ' ||
	(e |! doc)::text, answer, e::text)
	FROM p, (VALUES
	('{"a": true, "b": true, "c": true}'::jsonb, '(5,high,高) true {}'),
	('{"a": true, "b": true, "c": false}', '(2,middle,中) true {}'),
	('{"a": true, "b": false, "c": false}', '(1,low,低) true {}'),
	('{"a": false, "b": false, "c": false}', '(0,none,未入梯度) false {}'),
	-- rungs are judged independently
	('{"a": false, "b": false, "c": true}', '(5,high,高) true {}'),
	('{"a": false, "b": true, "c": false}', '(2,middle,中) true {}'),
	('{"c": true}', '(5,high,高) true {}'),
	-- an undecided rung above the highest proved one has missing facts and does not hide it
	('{"a": true, "b": true}', '(2,middle,中) true {c}'),
	('{"a": true}', '(1,low,低) true {b,c}'),
	('{"a": true, "c": false}', '(1,low,低) true {b}'),
	('{"b": true, "c": false}', '(2,middle,中) true {}'),
	-- no rung is proved and one is undecided
	('{}', 'unknown unknown {a,b,c}'),
	('{"a": false}', 'unknown unknown {b,c}'),
	('{"b": false, "c": false}', 'unknown unknown {a}'),
	('{"a": false, "b": false}', 'unknown unknown {c}')) rows (e, answer);

-- The columns of the answer.

SELECT is((e |^ doc).level, 5, 'the level') FROM p, (SELECT true AS c) e;
SELECT is((placement(e, doc)).code, 'high', 'the code') FROM p, (SELECT true AS c) e;
SELECT is((SELECT label FROM placement('{"c": true}'::jsonb, doc)), '高', 'the label, of the function in FROM') FROM p;
SELECT is(pg_typeof(e |^ doc)::text, 'placement', 'the type') FROM p, (SELECT true AS c) e;
SELECT is((SELECT string_agg((e |^ doc).level::text, ' ' ORDER BY e |^ doc DESC) FROM p, (VALUES (false, true, false),
	(true, false, false),
	(false, false, true), (false, false, false)) e (a, b, c)), '5 2 1 0', 'placements are sorted by level');
SELECT is((SELECT string_agg(place::text || ' ' || count, ', ' ORDER BY place) FROM (SELECT e |^ doc AS place, count(*)
	FROM p, (VALUES (true, false, false), (true, false, false), (false, false, true)) e (a, b, c)
	GROUP BY 1) q), '(1,low,低) 2, (5,high,高) 1', 'and grouped');
SELECT is((('{"a": true}'::jsonb |^ 'policy l ''l'' fact a boolean ladder rung bare when a'::policy)).label, NULL,
	'a rung without a title has no label');

-- Ranges can decide rungs.

CREATE TEMP TABLE scored AS SELECT $$policy scored 't' fact n number between 0 and 10 fact m number between 0 and 10
	ladder rung low when n + m >= 5 rung high when n + m >= 15$$::policy AS doc;
SELECT is(coalesce((e |^ doc).code, 'unknown') || ' ' || (e |! doc)::text, answer, e::text) FROM scored, (VALUES
	('{"n": 5}'::jsonb, 'low {m}'), ('{"n": 4}', 'unknown {m}'), ('{"n": 4.99}', 'unknown {m}'),
	('{"n": 3, "m": 1.99}', 'none {}'),
	('{"n": 10, "m": 5}', 'high {}')) rows (e, answer);
SELECT is((e |^ doc).code, 'low', 'at most 14 with what is unknown: the higher rung is out of reach')
	FROM scored, (VALUES ('{"n": 5}'::jsonb)) rows (e);
SELECT is('{"n": 4.5, "m": 11}'::jsonb |! doc, '{m}', 'a value out of its range is missing') FROM scored;

-- Clauses and rungs in one document.

CREATE TEMP TABLE mixed AS SELECT $$policy both 't' fact a boolean fact b boolean clause 1 reward when a pay 5元 ladder
	rung low 'l' when b should a$$::policy AS doc;
SELECT is('{"a": true, "b": false}'::jsonb |= doc, true, 'a document is satisfied by a clause') FROM mixed;
SELECT is('{"a": false, "b": true}'::jsonb |= doc, true, 'or by a rung') FROM mixed;
SELECT is(('{"a": true, "b": false}'::jsonb |^ doc)::text, '(0,none,未入梯度)', 'clauses are no rungs') FROM mixed;
SELECT is(('{"a": false, "b": true}'::jsonb |^ doc)::text, '(1,low,l)',
	'a soft condition does not keep a row off a rung') FROM mixed;
SELECT is('{"b": true}'::jsonb |! (doc -> 'low'), '{}', 'and what it asks is not missing') FROM mixed;
SELECT is(('{"a": true}'::jsonb |# doc)::text, '5.00', 'a ladder owes nothing') FROM mixed;

-- No ladder.

SELECT is(pg_temp.error_of(statement),
	E'22023: policy "' || policy ||
	E'" has no ladder\nHINT: Use |= or zjtx.eligible() to ask whether a clause is satisfied.',
	'no ladder: ' || statement) FROM (VALUES
	($$SELECT '{}'::jsonb |^ 'policy x ''t'' clause 1 when 1 < 2'::policy$$, 'x'),
	($$SELECT '{}'::jsonb |^ 'policy x ''t'' ladder'::policy$$, 'x'),
	($$SELECT '{}'::jsonb |^ (doc -> '1') FROM pg_temp.mixed$$, 'both'),
	($$SELECT '{}'::jsonb |^ 'a > 1'::policy$$, 'a > 1'), ($$SELECT '{}'::jsonb |^ 'yubei-2024-34'$$,
	'yubei-2024-34')) statements (statement, policy);
SELECT is((NULL::jsonb |^ NULL::policy)::text, NULL, 'no policy, no placement');

SELECT * FROM finish();
ROLLBACK;
