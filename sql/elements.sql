\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(41);

-- list as name: the fields of an outer element in an inner list.

CREATE TEMP TABLE t AS
	SELECT $$policy t 't' fact projects list (code text, most number 元, w number, done date null means none) '项目'
		fact items list (project text, cost number 元, w number) fact ns list of number fact days list of date
		fact w number fact y number
clause 1 when $$ AS head, '{"projects": [{"code": "a", "most": 10, "w": 1, "done": "2024-06-30"}, {"code": "b", '
	'"most": 100, "w": 2, "done": null}], "items": [{"project": "a", "cost": 7, "w": 5}, {"project": "a", "cost": 8, '
	'"w": 6}, {"project": "b", "cost": 9, "w": 1}],
	"ns": [1, 2, 3], "days": ["2024-01-31", "2023-06-30"], "w": 50, "y": 60}'::jsonb AS e;

SELECT is(e |= (head || condition)::policy, answer, condition) FROM t, (VALUES
	('sum(projects as p : least(p.most, sum(items as i where i.project = p.code : i.cost))) = 19元', true),
	('sum(projects as p : sum(items where project = p.code : cost)) = 24元', true),
	('合计(projects 记作 p : 取低(p．most, 合计(items 记作 i 其中 i.project = p.code : i.cost))) = 19元', true),
	-- without a name: the innermost list that has the field
	('sum(projects as p : sum(items where project = p.code : w)) = 12', true),
	('sum(projects as p : sum(items where project = p.code : p.w)) = 4', true), ('sum(projects as p : p.w + w) = 6',
	true),
	('count(projects as p where any(projects as q where q.w > p.w)) = 1', true),
	('count(projects as p where any(projects where w > p.w)) = 1', true),
	('count(projects as p where any(projects as q where w > p.w)) = 1', true),
	('count(projects as p where any(items as i where any(ns as n where n = p.w and n + 4 = i.w))) = 2', true),
	-- scalars: the name is the element, before any other name
	('all(ns as y : count(ns as z where z <= y) = y)', true), ('count(ns as n where any(ns where it > n)) = 2', true),
	('sum(ns as y : y) = 6 and y = 60', true), ('sum(ns as w : sum(items : w)) = 36', true),
	('sum(ns as v : v + y) = 186', true), ('sum(ns as v : v.it) = 6', true),
	('one(ns as n where n > 2 : n * n) = 9 and max(days as d : d + 1日) = 2024-02-01 and avg(ns as n : n) = 2', true),
	('any(projects as p where p.done is null) and min(projects as p : p.done) = 2024-06-30', true),
	-- ranges of whole numbers
	('any(2023 to 2025 as y : all(projects where done is not null : year(done) = y)) and not any(2020 to 2023 as y '
	'where any(projects : year(done) = y))', true),
	('sum(1 to 3 as n : sum(1 to n as m : m * n)) = 25 and 合计(1 到 3 记作 n : n) = 6', true),
	('one(1 to 3 as n where n > 2 : n + w) = 53 and avg(1 to 4 as n : n) = 2.5 and avg(2 to 1) is null', true),
	('one(1 to 3 as n where n > 5 : n) > 2', NULL),
	-- an element that is not known
	('count(projects as p where any(days as d where d < p.done)) = 1', true)) conditions (condition, answer);
SELECT is('{"ns": [1, null], "days": null}'::jsonb |= (head || condition)::policy, answer, condition) FROM t,
	(VALUES ('all(ns as n : any(ns as m where m <= n))', NULL), ('count(ns as n where n = 1) >= 1', true),
	('any(days as d where d < 2024-01-01)', NULL)) c (condition, answer);
SELECT is('{"items": [{"project": "a", "cost": 1}]}'::jsonb |!
	(head || 'sum(projects as p : sum(items as i where i.project = p.code : i.cost)) > 1元')::policy, '{projects}',
	'missing') FROM t;

SELECT is(pg_temp.refusal(head || condition), refusal, condition) FROM t, (VALUES
	('sum(projects as p : q.w) > 1',
	E'line 4, column 35: no list around this names its element "q"\nHINT: Name the element of a list: sum(list as q : '
	'q.w).'),
	('sum(projects as project : projekt.w) > 1',
	E'line 4, column 41: no list around this names its element "projekt"\nHINT: Perhaps you meant "project".'),
	('p.w > 1', E'line 4, column 15: no list around this names its element "p"\nHINT: Name the element of a list: '
	'sum(list as p : p.w).'),
	('sum(projects as p : p.cost) > 1',
	E'line 4, column 35: the elements of "projects" have no field "cost"\nHINT: Perhaps you meant "most".'),
	('sum(projects as p : p) > 1',
	E'line 4, column 35: "p" is an element of "projects", not a value\nHINT: Write one of its fields, such as p.code.'),
	('sum(ns as n : n.w) > 1', E'line 4, column 29: the elements of "ns" have no fields\nHINT: Write n.'),
	('sum(projects as p : sum(items as p : p.w)) > 1',
	'line 4, column 35: a list around this names its element "p" already'),
	('sum(projects as p where p.w) > 1',
	'line 4, column 39: the condition of a list must be a boolean, but this is a number'),
	('sum(projects as : w) > 1', E'line 4, column 31: unexpected ":"\nDETAIL: Expected a name.'),
	('sum(projects w) > 1', E'line 4, column 28: unexpected "w"\nDETAIL: Expected <>, <=, >=, and, or, not, between, '
	'in, is, as, to, where, and more.'),
	('min(w as p : 1) > 1', 'line 4, column 19: min needs a list fact')) conditions (condition, refusal);

-- Columns of a table, and both kinds of answers.
CREATE TYPE pg_temp.item AS (project text, cost numeric, w int);
CREATE TYPE pg_temp.project AS (code text, most numeric, w int, done date);
CREATE TEMP TABLE firms AS SELECT i, ARRAY(SELECT (chr(96 + j), (i * j) % 7 * 3, j, NULL)::pg_temp.project
	FROM generate_series(1, i % 4) j) AS projects,
	ARRAY(SELECT (chr(96 + 1 + j % 3), (i + j * 5) % 11, j)::pg_temp.item FROM generate_series(1, i % 6) j) AS items
	FROM generate_series(1, 200) i;
SELECT is_empty($$SELECT i FROM firms f WHERE (f |# 'policy t ''t'' '
	'fact projects list (code text, most number 元, w number) fact items list (project text, cost number 元, w number) '
	'clause 1 reward pay sum(projects as p : least(p.most, sum(items as i where i.project = p.code : i.cost)))'::policy)
	IS DISTINCT FROM (SELECT coalesce(sum(least(p.most, (SELECT coalesce(sum(cost), 0) FROM unnest(items)
		WHERE project = p.code))), 0) FROM unnest(projects) p)$$, 'as SQL has it');

-- lint: a list inside itself.
SELECT is((SELECT string_agg(kind || ': ' || finding, E'\n') FROM lint((head || condition)::policy)
	WHERE kind NOT IN ('bound', 'unused')), answer, 'lint: ' || condition) FROM t, (VALUES
	('any(projects where any(projects where w > 1))',
	'element: the fields in "any(projects where w > 1)" are those of the inner element; '
	'name the outer one with "as": any(projects where any(projects where w > 1))'),
	('any(projects as p where any(projects where w > p.w))', NULL)) conditions (condition, answer);

SELECT * FROM finish();
ROLLBACK;
