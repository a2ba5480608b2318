\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(60);

-- one: the value of the element that a condition finds; avg: the average.

CREATE TEMP TABLE t AS
	SELECT $$policy t 't' fact h list (year number, v number 元 null means none, w number at least 0, day date,
		kind text in ('a' 'A', 'b'), ok boolean) '历年'
fact ns list of number fact days list of date fact words list of text fact none_is_empty list (v number) null means none
fact limit_ number fact b boolean
clause 1 when $$ AS head, '{"h": [{"year": 2024, "v": 5, "w": 1, "day": "2024-06-30", "kind": "A", "ok": true}, '
	'{"year": 2025, "v": 7, "w": 2, "day": "2025-06-30", "kind": "b", "ok": false},
	{"year": 2025, "v": 7, "w": 4, "day": "2025-06-30", "kind": "b", "ok": true}, {"year": 2023, "v": null, "w": 0, '
		'"day": null, "kind": "b", "ok": false}, {"year": null, "v": 9, "w": 9, "day": "2026-01-01", "kind": "b", '
		'"ok": false}],
	"ns": [3, 3, 3], "days": ["2024-01-31"], "words": ["x", "x"], "none_is_empty": null, "limit_": 2}'::jsonb AS e;

SELECT is(e |= (head || condition)::policy, answer, condition) FROM t, (VALUES
	-- the year of the fifth element is unknown: it may be any
	('one(h where year = 2024 and w < 9 : v) = 5元', true),
	('one(h where year = 2024 : v) = 5元', NULL), ('one(h where year = 2024 : v) between 5元 and 9元', true),
	('one(h where year = 2024 : v) > 9元', false),
	('one(h where year = 2025 and w < 9 : v) = 7元', true),
	('one(h where year = 2025 and w < 9 : w) = 2', NULL), ('one(h where year = 2025 and w < 9 : w) between 2 and 4',
	true), ('one(h where year = 2025 and w < 9 : w) > 4', false), ('one(h where year = 2025 and w < 9 : w) >= 2', true),
	('one(h where year = 2023 and w < 9 : v) is null', true), ('one(h where year = 2023 and w < 9 : v) > 1元', false),
	('one(h where year = 2022 and w < 9 : v) is null', NULL), ('one(h where year = 2022 and w < 9 : v) > 1元', NULL),
	('max(h where year = 2022 and w < 9 : v) > 1元', false),
	('one(h where year = 2022 and w < 9 : w) >= 0', true), ('one(h where year = 2022 : w) >= 0', true),
	('one(h where year = 2022 : w) <= 9', NULL),
	('one(h where year = 2025 and w < 9 : day) = 2025-06-30', true),
	('one(h where w < 3 and w > 0 : day) between 2024-06-30 and 2025-06-30', true),
	('one(h where w < 3 and w > 0 : day) = 2024-06-30', NULL),
	('one(h where year = 2024 and w < 9 : kind) = ''A''', true), ('one(h where year = 2025 and w < 9 : kind) = ''b''',
	true), ('one(h where w < 3 and w > 0 : kind) = ''b''', NULL), ('one(h where w > 9 : kind) = ''b''', NULL),
	('one(h where year = 2024 and w < 9 : ok)', true), ('one(h where year = 2025 and w < 9 : ok)', NULL),
	('one(h where w > 9 : ok)', NULL), ('not one(h where w = 9 : ok)', true),
	('one(ns) = 3 and one(days) = 2024-01-31 and one(words) = ''x'' and 唯一(ns 其中 其 > 2) = 3', true),
	('one(ns where it > 3) > 3', NULL),
	('one(none_is_empty : v) > 0', NULL), ('one(h where w = limit_ : v) = 7元', true),
	-- avg
	('avg(ns) = 3 and avg(h where w < 9 and year > 2023 : w) = 7 / 3 and 平均(ns) = 3', true),
	('avg(none_is_empty : v) is null', true), ('avg(h where w = 0 : v) is null', true),
	('avg(h where w < 9 : v) = 19元 / 3', true), ('avg(h where w > 9 : v) >= 0元', false),
	-- the fifth may count: with it the average of 2025 is between 3 and 5
	('avg(h where year = 2025 : w) between 3 and 5', true), ('avg(h where year = 2025 : w) < 5', NULL),
	('avg(h where year = 2025 : w) > 3', NULL), ('avg(h where year = 2024 : w) between 1 and 5', true),
	('avg(h where year = 2022 : w) = 9', NULL), ('avg(h where year = 2022 : w) <> 9', false),
	('avg(h where year = 2022 : w) is null', NULL)) conditions (condition, answer);

SELECT is(e |! (head || condition)::policy, answer, 'missing of ' || condition) FROM t, (VALUES
	('one(h where year = 2022 and w < 9 : v) > 1元', '{h}'::text[]), ('one(h where year = 2025 and w < 9 : w) > 2',
	'{h}'), ('one(h where year = 2025 and w < 9 : w) > 4', '{}'),
	('one(h where year = 2024 and w < 9 : w * (case when b then 2 else 3 end)) > 2', '{b}'),
	('one(ns where it > 3) > 3', '{ns}'), ('avg(ns) * (case when b then 1 else 2 end) > 3', '{b}')) conditions
	(condition, answer);
SELECT is('{}'::jsonb |! (head || condition)::policy, answer, 'missing of nothing: ' || condition) FROM t,
	(VALUES ('one(h where year = 2022 : v) > 1元', '{h}'::text[]), ('avg(ns) > 3', '{ns}')) c (condition, answer);

SELECT is(pg_temp.refusal(head || condition), 'line 5, ' || refusal, condition) FROM t, (VALUES
	('one(h where year = 2025) = 1',
	E'column 15: one needs an expression after a colon\nHINT: Write one(list : expression).'),
	('avg(h : day) = 2024-01-31', 'column 23: this must be a number, but this is a date'),
	('one(h : kind) = ''c''', E'column 31: "c" is not a value of "kind"'),
	('coalesce(one(h : w), 1) = 1',
	E'column 24: this is never none\nHINT: Only what can be none has a default; an unknown value stays unknown.'),
	('one(b) = 1', 'column 19: one needs a list fact')) conditions (condition, refusal);

SELECT matches(explain(e, (head || condition)::policy -> '1'), found, 'explain: ' || condition) FROM t, (VALUES
	('one(h where year = 2022 and w < 9 : v) > 1元',
	'one\(h where year = 2022 and w < 9 : v\): unknown \(no element surely matches\)'),
	('one(h where year = 2025 and w < 9 : w) > 2',
	'one\(h where year = 2025 and w < 9 : w\): unknown \(the elements that match differ\), between 2 and 4'),
	('avg(ns) > 2', 'avg\(ns\): 3, needed > 2')) conditions (condition, found);

SELECT * FROM finish();
ROLLBACK;
