\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(85);

-- A policy narrowed to a definition or score: what the part is, and what it answers.

CREATE TEMP TABLE doc AS SELECT $$policy vals 'Values' in force from 2020-01-01
fact revenue number 元 '营业收入' at least 0
fact before number 元 '上年营业收入' at least 0 null means none
fact rd number 元 between 0 and 500万元
fact titled_on date null means none
fact staff number 人 fact tags list of text
define growth '增长率' = revenue / before - 1
define ratio = rd / revenue
define limit_of '上限' = 20万元 * 2
define first_day = 2024-01-01
define kind_of = case when staff >= 10人 then 'big' else 'small' end
define titled '有称号' = titled_on is not null
define fast = growth > 20% and titled
define months_of = months(titled_on, as_of)
define third = staff / 3
score quality '质量' = band(ratio : >= 5% then 20, >= 3% then 15, else 0)
clause 1 '奖励' reward when fast pay least(limit_of, rd * 10%)
clause 2 'x' when satisfies 1 and quality >= 15分
example 'e' given revenue = 1000万元 expect ratio unknown$$::policy AS p;
CREATE TEMP TABLE firm (id int PRIMARY KEY, revenue numeric, before numeric, rd numeric, titled_on date, staff int,
	as_of date);
INSERT INTO firm VALUES (1, 13000000, 10000000, 400000, '2023-05-01', 10, '2025-06-30'),
	(2, 12000000, 10000000, 600000, NULL, 9, '2025-06-30'),
	(3, NULL, 10000000, 600000, '2024-01-31', 1, '2025-06-30'),
	(4, 10000000, NULL, NULL, '2024-01-31', NULL, '2025-06-30'), (5, 0, 0, 0, '2024-01-31', 0, NULL);

SELECT is((p -> 'growth')::text, $$part 'growth' of
policy vals 'Values' in force from 2020-01-01
fact revenue number 元 '营业收入' at least 0
fact before number 元 '上年营业收入' at least 0 null means none
define growth '增长率' = revenue / before - 1$$, 'a part that is a definition, with what it needs') FROM doc;
SELECT is((p -> 'fast')::text, $$part 'fast' of
policy vals 'Values' in force from 2020-01-01
fact revenue number 元 '营业收入' at least 0
fact before number 元 '上年营业收入' at least 0 null means none
fact titled_on date null means none
define growth '增长率' = revenue / before - 1
define titled '有称号' = titled_on is not null
define fast = growth > 20% and titled$$, 'and with the definitions that it needs') FROM doc;
SELECT is((p -> '2')::text LIKE E'part ''2'' of\npolicy %score quality%' || E'%\nclause 1 %', true,
	'a clause with the clause that it needs') FROM doc;
SELECT is((as_of(p, '2024-05-05') -> 'months_of')::text LIKE E'as of 2024-05-05\npart ''months_of'' of\npolicy %', true,
	'the day stands first') FROM doc;
SELECT is(((p -> '1') -> 'growth')::text, (p -> 'growth')::text, 'a part of a part') FROM doc;
SELECT is(count(*), 0::bigint, 'what is printed is read again') FROM doc, definitions(p) d
	WHERE ((p -> d.name)::text::policy -> d.name)::text <> (p -> d.name)::text;

-- A part that is a table holds its rows, for those who read them; nothing is asked of it.

SELECT $$policy tab 'T' table rate by year (v %) 2023: 3%, 2024: 4%
fact n number define r = rate[2024] clause 1 points when n > r pay 1分$$::policy AS tab \gset
SELECT is((:'tab'::policy -> 'rate')::text, $$part 'rate' of
policy tab 'T'
table rate by year (v %) 2023: 3%, 2024: 4%$$, 'a part that is a table');
SELECT is(((:'tab'::policy -> 'rate')::text::policy -> 'rate')::text, (:'tab'::policy -> 'rate')::text, 'read again');
SELECT is((:'tab'::policy -> 'r')::text LIKE '%table rate by year%define r = %', true,
	'a definition has the table that it needs');
SELECT is(value('{}'::jsonb, :'tab'::policy -> 'r'), 0.04, 'and answers from it');
SELECT is(pg_temp.error_of(format('SELECT value(''{}''::jsonb, %L::policy -> ''rate'')', :'tab')),
	E'22023: policy "tab" is not narrowed to a definition\n'
	'HINT: Narrow it to a definition or score that is a number: policy -> ''name''.', 'a table has no value');

-- Numbers.

SELECT is((SELECT string_agg(coalesce(value(f, p -> name)::text, '-'), ' ' ORDER BY id) FROM firm f), answers,
	name || ' of rows') FROM doc, (VALUES
	('growth', '0.3 0.2 - - -'), ('ratio', '0.03076923076923076923 0.05 - - -'),
	('limit_of', '400000 400000 400000 400000 400000'),
	('quality', '15 20 - - -'), ('third', '3.33333333333333333333 3 0.33333333333333333333 - 0'),
	('months_of', '25 - 17 17 -')) v (name, answers);
SELECT is((SELECT string_agg(coalesce(value(to_jsonb(f), p -> name)::text, '-'), ' ' ORDER BY id) FROM firm f),
	(SELECT string_agg(coalesce(value(f, p -> name)::text, '-'), ' ' ORDER BY id) FROM firm f), name || ' of jsonb')
	FROM doc, unnest('{growth,ratio,limit_of,quality,third,months_of}'::text[]) name;
SELECT is((SELECT string_agg(format('%s..%s', low, high), ' ' ORDER BY id) FROM firm f, value_range(f, p -> name)),
	answers, name || ' as a range') FROM doc, (VALUES
	('growth', '0.3..0.3 0.2..0.2 -1.. .. ..'), ('quality', '15..15 20..20 0..20 0..20 0..20'),
	('ratio', '0.03076923076923076923..0.03076923076923076923 0.05..0.05 .. 0..0.5 ..'),
	('limit_of', '400000..400000 400000..400000 400000..400000 400000..400000 400000..400000'),
	('months_of', '25..25 .. 17..17 17..17 ..')) v (name, answers);
SELECT is((SELECT string_agg(format('%s..%s', low, high), ' ' ORDER BY id) FROM firm f,
	value_range(to_jsonb(f), p -> name)),
	(SELECT string_agg(format('%s..%s', low, high), ' ' ORDER BY id) FROM firm f, value_range(f, p -> name)),
	name || ' of jsonb as a range') FROM doc, unnest('{growth,ratio,quality}'::text[]) name;
SELECT is((SELECT bool_and(r.low <= v AND v <= r.high OR v IS NULL) FROM firm f, value(f, p -> d.name) v,
	value_range(f, p -> d.name) r WHERE v IS NOT NULL), true, d.name || ' is in its range')
	FROM doc, definitions(p) d WHERE type = 'number';

-- Booleans, and what a definition cannot be asked.

SELECT is((SELECT string_agg(coalesce((f |= (p -> name))::text, '-'), ' ' ORDER BY id) FROM firm f),
	(SELECT string_agg(coalesce((to_jsonb(f) |= (p -> name))::text, '-'), ' ' ORDER BY id) FROM firm f),
	name || ' of rows and jsonb') FROM doc, unnest('{titled,fast}'::text[]) name;
SELECT is((SELECT string_agg(coalesce((f |= (p -> 'fast'))::text, '-'), ' ' ORDER BY id) FROM firm f),
	'true false - false -', 'fast') FROM doc;
SELECT is((SELECT f |! (p -> name) FROM firm f WHERE id = row), missing, name || ' misses') FROM doc, (VALUES
	('growth', 3, '{revenue}'::text[]), ('growth', 1, '{}'), ('quality', 4, '{rd}'), ('months_of', 5, '{as_of}'),
	('third', 4, '{staff}')) v (name, row, missing);
SELECT is(pg_temp.error_of(format('SELECT %s FROM firm f, doc WHERE id = 1', question)), refusal, question) FROM (VALUES
	('f |= (p -> ''growth'')',
	E'22023: a definition that is a number cannot be satisfied\nHINT: Ask for it with zjtx.value().'),
	('f |= (p -> ''first_day'')', '22023: a definition that is a date cannot be satisfied'),
	('f |# (p -> ''growth'')', E'22023: a definition pays nothing\nHINT: Ask for it with zjtx.value().'),
	('amount_range(f, p -> ''fast'')', E'22023: a definition pays nothing\nHINT: Ask for it with zjtx.value().'),
	('f |^ (p -> ''growth'')',
	E'22023: policy "vals" has no ladder\nHINT: Use |= or zjtx.eligible() to ask whether a clause is satisfied.'),
	('value(f, p -> ''fast'')',
	E'22023: a definition that is a boolean has no number\nHINT: Ask with |= whether it holds.'),
	('value(f, p -> ''kind_of'')',
	E'22023: a definition that is a text has no number\n'
	'HINT: Narrow it to a definition or score that is a number: policy -> ''name''.'),
	('value(f, p)', E'22023: policy "vals" is not narrowed to a definition\n'
		'HINT: Narrow it to a definition or score that is a number: policy -> ''name''.'),
	('value(f, p -> ''1'')',
	E'22023: policy "vals" is not narrowed to a definition\n'
	'HINT: Narrow it to a definition or score that is a number: policy -> ''name''.'),
	('value(f, ''revenue > 1元''::policy)',
	E'22023: policy "revenue > 1元" is not narrowed to a definition\n'
	'HINT: Narrow it to a definition or score that is a number: policy -> ''name''.'),
	('p -> ''growht''', E'42704: policy "vals" has no clause, rung or definition "growht"\n'
		'HINT: Perhaps you meant "growth".'),
	('gap(f, p, ''growth'')', '22023: "growth" is a definition, not a clause or rung that could be reached')) v (question,
	refusal);
SELECT is((SELECT count(*) FROM firm f, assess(f, p -> 'growth')), 0::bigint, 'a definition has no lines') FROM doc;
SELECT is(value(NULL::firm, p -> 'limit_of'), 400000::numeric, 'a NULL row has unknown facts') FROM doc;
SELECT is(value('{"revenue": 5}'::jsonb, NULL::policy), NULL, 'a NULL policy');

-- The planner passes only the columns that the definition reads; a name is resolved when the query is planned.

CREATE FUNCTION pg_temp.plan(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE line text; whole text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS off, VERBOSE) ' || query LOOP whole := whole || line || E'\n'; END LOOP;
	RETURN whole;
END $$;
SELECT p -> 'growth' AS growth, p -> 'fast' AS fast, p -> 'third' AS third FROM doc \gset
SELECT alike(pg_temp.plan(format('SELECT value(f, %L::policy) FROM firm f', :'growth')),
	'%value_facts(%, ''revenue before''::text, revenue, before)%', 'value of a constant policy');
SELECT alike(pg_temp.plan(format('SELECT value_range(f, %L::policy) FROM firm f', :'third')),
	'%value_range_facts(%, ''staff''::text, staff)%', 'value_range of a constant policy');
SELECT alike(pg_temp.plan(format('SELECT * FROM firm f WHERE f |= %L::policy', :'fast')), '%eligible_facts%',
	'eligible of a constant policy');
SELECT is((SELECT string_agg(coalesce(value(f, :'growth'::policy)::text, '-'), ' ' ORDER BY id) FROM firm f),
	'0.3 0.2 - - -', 'the same values');
SELECT is((SELECT string_agg(format('%s..%s', low, high), ' ' ORDER BY id)
	FROM (SELECT id, (value_range(f, :'third'::policy)).* FROM firm f) x),
	'3.33333333333333333333..3.33333333333333333333 3..3 0.33333333333333333333..0.33333333333333333333 .. 0..0',
	'the same ranges');
SELECT is((SELECT array_agg(id ORDER BY id) FROM firm f WHERE f |= :'fast'::policy), '{1}', 'the same rows');
SELECT is(pg_temp.error_of(format('SELECT count(*) FROM firm f WHERE f |= %L::policy', :'growth')),
	E'22023: a definition that is a number cannot be satisfied\nHINT: Ask for it with zjtx.value().',
	'what is refused is not planned away');
SELECT store((p::text)) FROM doc \g /dev/null
SELECT is((SELECT string_agg(coalesce(value(f, 'vals/growth')::text, '-'), ' ' ORDER BY id) FROM firm f),
	'0.3 0.2 - - -', 'of a stored policy, by name');
SELECT is((SELECT string_agg(coalesce(value(to_jsonb(f), 'vals/growth')::text, '-'), ' ' ORDER BY id) FROM firm f),
	'0.3 0.2 - - -', 'and of jsonb');
SELECT is((SELECT format('%s..%s', low, high) FROM value_range('{"rd": 100, "revenue": 400}'::jsonb, 'vals/ratio')),
	'0.25..0.25', 'its range by name');
SELECT alike(pg_temp.plan('SELECT value(f, ''vals/growth'') FROM firm f'),
	'%value_facts(''vals/growth''::text, %revenue before''::text, revenue, before)%', 'planned alike');
SELECT is((SELECT count(*) FROM firm f WHERE f |= 'vals/fast'), 1::bigint, 'a boolean by name');
SELECT is((SELECT count(*) FROM firm f WHERE f |= 'vals/2'), 1::bigint, 'a clause that needs another, by name');

-- In a series each version has its own definition, or none.

SELECT store(source)
	FROM (VALUES ('policy vals-s1 ''S'' series vals-s in force from 2024-01-01 fact n number define twice = 2 * n'),
	('policy vals-s2 ''S'' series vals-s in force from 2025-01-01 fact n number define twice = 2 * n + 1'),
	('policy vals-s3 ''S'' series vals-s in force from 2026-01-01 fact n number clause 1 when n > 1'))
	s (source) \g /dev/null
SELECT is((SELECT string_agg(coalesce(value(jsonb_build_object('n', 3, 'as_of', day), 'vals-s/twice')::text, '-'),
	' ' ORDER BY day) FROM
	unnest('{2023-12-31,2024-01-01,2025-01-01,2026-01-01}'::date[]) day), '- 6 7 -', 'by the version in force');
SELECT is(value('{"n": 3, "as_of": null}'::jsonb, 'vals-s/twice'), NULL, 'undecided while the day is unknown');

-- definitions.

SELECT is(d.name || concat_ws('|', d.title, d.kind, d.type, d.unit, d.expression, d.value, d.list), found, d.name)
	FROM doc, definitions(p) d, (VALUES
	('growth', 'growth增长率|definition|number|revenue / before - 1'),
	('limit_of', 'limit_of上限|definition|number|20万元 * 2|400000'),
	('first_day', 'first_daydefinition|date|2024-01-01|2024-01-01'),
	('titled', 'titled有称号|definition|boolean|titled_on is not null'),
	('quality', 'quality质量|score|number|分|band(ratio : >= 5% then 20, >= 3% then 15, else 0)')) v (name, found)
	WHERE v.name = d.name;
SELECT is((SELECT count(*) FROM definitions WHERE policy = 'vals'), 10::bigint,
	'the view has those of stored policies');
SELECT is((SELECT count(*) FROM policies WHERE shipped),
	(SELECT count(DISTINCT policy) FROM definitions JOIN policies ON code = policy WHERE shipped),
	'every shipped document has some');
SELECT is((SELECT string_agg(policy || '/' || name, ' ') FROM definitions d JOIN policies ON code = policy
	WHERE shipped AND (stored(policy) -> name)::text NOT LIKE 'part ''' || name || ''' of%'), NULL,
	'and can be narrowed to each');

-- explain.

SELECT is(explain(f, p -> 'growth'), $$Values
增长率 (growth): 30%
  = revenue / before - 1, from 营业收入 (revenue) 1300万元, 上年营业收入 (before) 1000万元$$, 'explain of a number') FROM firm f,
  doc WHERE id = 1;
SELECT is(explain(f, p -> 'fast'), $$Values
√ fast
  √ 增长率 (growth): 30%, needed > 20%
    = revenue / before - 1, from 营业收入 (revenue) 1300万元, 上年营业收入 (before) 1000万元
  √ 有称号 (titled)
    √ titled_on: 2023-05-01, needed not none$$, 'explain of a boolean') FROM firm f, doc WHERE id = 1;

SELECT * FROM finish();
ROLLBACK;
