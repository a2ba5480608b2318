\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(121);

-- Unknown is not false, none is a value, and zero is a number. The same facts in every state that a column or key can
-- have.

CREATE TEMP TABLE facts AS SELECT
	'policy p ''t'' fact n number between 0 and 100 fact n_none number null means none fact n_zero number null means 0 '
	'fact b boolean fact b_none boolean null means none fact t text in (''x'', ''y'') fact t_none text in '
	'(''x'', ''y'') null means none '
	'fact d date between 2000-01-01 and 2029-12-31 fact d_none date null means none fact f number fact open text '
	'fact l list of number fact l_none list of number null means none' AS source;
CREATE TEMP TABLE e (state text, n numeric, n_none numeric, n_zero numeric, b boolean, b_none boolean, t text,
	t_none text,
	d date, d_none date, f float8, open text, l numeric[], l_none numeric[]);
INSERT INTO e (state) VALUES ('null');
INSERT INTO e VALUES
	('there', 7, 7, 7, true, true, 'x', 'x', '2024-02-29', '2024-02-29', 0.5, '', '{1}', '{1}'),
	('zero', 0, 0, 0, false, false, '', '', '2000-01-01', '2000-01-01', 0, 'x', '{}', '{}'),
	('outside', 101, -1, -1, NULL, NULL, 'z', 'X', '1999-12-31', '1999-12-31', -5, 'z', '{NULL}', '{NULL}'),
	('below', -0.01, NULL, NULL, NULL, NULL, 'x ', NULL, '2030-01-01', NULL, 1e300, NULL, NULL, NULL),
	('NaN', 'NaN', 'NaN', 'NaN', NULL, NULL, NULL, NULL, 'infinity', 'infinity', 'NaN', NULL, '{NaN}', '{NaN}'),
	('infinite', 'Infinity', '-Infinity', 'Infinity', NULL, NULL, NULL, NULL, '-infinity', '-infinity', '-Infinity',
	NULL, NULL, NULL);
CREATE TEMP TABLE absent AS SELECT 'absent'::text AS state;

CREATE TEMP TABLE cases (no int GENERATED ALWAYS AS IDENTITY, state text, condition text, answer boolean);
INSERT INTO cases (state, condition, answer) VALUES
	-- a number that can be unknown
	('there', 'n > 5', true), ('null', 'n > 5', NULL), ('absent', 'n > 5', NULL), ('zero', 'n > 5', false),
	('outside', 'n > 5', NULL), ('below', 'n > 5', NULL), ('NaN', 'n > 5', NULL), ('infinite', 'n > 5', NULL),
	('NaN', 'f > 5', NULL), ('infinite', 'f > 5', NULL), ('below', 'f > 5', true), ('outside', 'f < 0', true),
	-- the range of an unknown number
	('absent', 'n >= 0 and n <= 100', true), ('null', 'n > 100', false), ('outside', 'n < 0 or n > 100', false),
	('null', 'n * 2 + 1 between 1 and 201', true), ('null', 'n between 1 and 200', NULL), ('absent', '-n > 0', false),
	-- none
	('null', 'n_none > 5', false), ('null', 'n_none <= 5', false), ('null', 'n_none <> 5', false),
	('null', 'not (n_none = 5)', true),
	('null', 'n_none in (5, 6)', false), ('null', 'n_none not in (5, 6)', false), ('null', 'not (n_none in (5, 6))',
	true),
	('null', 'n_none between 5 and 6', false), ('null', 'n_none not between 5 and 6', false),
	('null', '6 >= n_none', false),
	('null', 'n_none = n_none', false), ('null', 'n_none is null', true), ('null', 'n_none is not null', false),
	('null', 'n_none + 1 > 0', false), ('null', 'n_none * 0 = 0', false), ('null', '5 / n_none is null', true),
	('null', '-n_none is null and round(n_none) is null and floor(n_none) is null', true),
	('absent', 'n_none > 5', NULL), ('absent', 'n_none is null', NULL), ('absent', 'n_none <> 5', NULL),
	('absent', 'not (n_none = 5)', NULL),
	('there', 'n_none is null', false), ('there', 'n_none + n is not null', true), ('NaN', 'n_none is null', NULL),
	('outside', 'n_none = -1', true),
	-- zero
	('null', 'n_zero = 0 and n_zero < 1', true), ('absent', 'n_zero = 0', NULL), ('there', 'n_zero = 7', true),
	('NaN', 'n_zero = 0', NULL),
	-- booleans
	('null', 'b', NULL), ('absent', 'b', NULL), ('null', 'not b', NULL), ('null', 'b = b', NULL),
	('null', 'b <> true', NULL),
	('there', 'b = true', true),
	('null', 'b_none', false), ('null', 'not b_none', true), ('null', 'b_none = false', true),
	('null', 'b_none <> true', true),
	('absent', 'b_none', NULL),
	('there', 'b_none', true), ('zero', 'b_none', false),
	-- Kleene's logic
	('null', 'b and false', false), ('null', 'b and true', NULL), ('null', 'b or true', true),
	('null', 'b or false', NULL),
	('null', 'b or not b', NULL),
	('null', 'b and n > 5 and n < -1', false), ('null', 'b and (n < 0 or n > 100)', false),
	('null', 'not (b and n < 0)', true),
	-- texts
	('null', 't = ''x''', NULL), ('absent', 't = ''x''', NULL), ('outside', 't = ''x''', NULL),
	('below', 't = ''x''', NULL),
	('outside', 'open = ''z''', true),
	('null', 't in (''x'', ''y'')', true), ('absent', 't not in (''x'', ''y'')', false),
	('outside', 't in (''x'', ''y'')', true),
	('null', 't <> ''x''', NULL),
	('null', 't_none = ''x''', false), ('null', 't_none <> ''x''', false), ('null', 't_none not in (''x'')', false),
	('null', 'not (t_none = ''x'')', true),
	('null', 't_none is null', true), ('absent', 't_none in (''x'', ''y'')', NULL),
	('absent', 't_none not in (''x'', ''y'')', false),
	('absent', 't_none is null', NULL),
	('outside', 't_none in (''x'', ''y'')', NULL), ('zero', 't = ''x''', NULL), ('there', 'open = ''''', true),
	('null', 'open = open', NULL),
	-- dates
	('null', 'd > 2024-01-01', NULL), ('absent', 'd >= 2000-01-01', true), ('null', 'd > 2029-12-31', false),
	('outside', 'd < 2000-01-01', false),
	('NaN', 'd > 2024-01-01', NULL), ('infinite', 'd > 2024-01-01', NULL), ('null', 'd + 1年 > 2001-01-01', NULL),
	('null', 'd + 1年 >= 2001-01-01', true),
	('null', 'd_none <= 2024-01-01', false), ('null', 'd_none + 3年 is null', true), ('null', 'd_none - 2024-01-01 > 0',
	false),
	('null', 'year(d_none) is null', true),
	('null', '2024-01-01 between d_none and 2030-01-01', false), ('absent', 'd_none <= 2024-01-01', NULL),
	('NaN', 'd_none is null', NULL),
	-- lists
	('null', 'count(l) = 0', NULL), ('absent', 'count(l) >= 0', true), ('null', 'count(l_none) = 0', true),
	('absent', 'count(l_none) = 0', NULL),
	('zero', 'count(l) = 0 and count(l_none) = 0', true), ('outside', 'count(l) = 1 and count(l_none) = 1', true),
	-- division by zero
	('zero', '1 / n > 0', NULL), ('zero', 'n / n = 1', NULL), ('there', 'n / 0 > 1', NULL),
	('there', '1 / (n - n) = 0 or b', true),
	('null', '5 / n >= 0', NULL),
	('null', '5 / (n + 1) <= 5', true), ('zero', '1 / n_none is null', false);

SELECT is(CASE state WHEN 'absent' THEN (SELECT absent FROM absent) |= (source || ' clause 1 when ' ||
	condition)::policy
	ELSE (SELECT e FROM e WHERE e.state = cases.state) |= (source || ' clause 1 when ' || condition)::policy END,
	answer, state || ': ' || condition) FROM facts, cases;

SELECT is((SELECT string_agg(state || ': ' || condition, '; ') FROM facts, cases JOIN e USING (state)
	WHERE state NOT IN ('NaN', 'infinite')
	AND (to_jsonb(e) |= (source || ' clause 1 when ' || condition)::policy) IS DISTINCT FROM answer), NULL,
	'jsonb keys give the answers that columns give');
SELECT is((SELECT string_agg(condition, '; ') FROM facts, cases WHERE state = 'absent'
	AND ('{}'::jsonb |= (source || ' clause 1 when ' || condition)::policy) IS DISTINCT FROM answer), NULL,
	'a key that is absent is a column that is absent');
SELECT is((SELECT string_agg(state || ': ' || condition, '; ') FROM facts, cases JOIN e USING (state)
	WHERE (e |= (source || ' clause 1 when not (' || condition || ')')::policy) IS DISTINCT
	FROM NOT answer), NULL, 'not turns true and false and leaves unknown');
SELECT is((SELECT string_agg(state || ': ' || condition, '; ') FROM facts, cases JOIN e USING (state)
	WHERE (e |! (source || ' clause 1 when ' || condition)::policy <> '{}') <> (answer IS NULL)
	AND condition NOT IN ('n / 0 > 1') AND state <> 'zero'), NULL,
	'facts are missing where the answer is unknown and only there');

SELECT * FROM finish();
ROLLBACK;
