\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL client_min_messages = warning;
SELECT plan(208);

-- Facts by year, the names of years, and ranges.

CREATE FUNCTION pg_temp.rule(rule text, declared text DEFAULT '') RETURNS policy LANGUAGE sql IMMUTABLE AS
	$$ SELECT ('policy p ''p'' fact revenue number 元 by year ''营业收入'' at least 0 ' || declared || ' clause 1 when ' ||
		rule)::policy $$;
CREATE TEMP TABLE rows (e jsonb);
INSERT INTO rows VALUES ('{"as_of": "2025-06-30", "revenue": {"2024": 120, "2023": 100, "2022": 90, "2021": 80}}');

SELECT is(e |= pg_temp.rule(rule), answer, rule) FROM rows, (VALUES
	('revenue[2024] = 120元', true), ('revenue[2024] < 120元', false), ('revenue[2024年] >= 120元', true),
	('revenue[last_year] = 120元', true), ('revenue[上年度] > 120元', false),
	('revenue[last_year - 1] = 100元', true), ('revenue[this_year - 2] = 100元', true), ('revenue[本年度 - 4] = 80元', true),
	('revenue[this_year] >= 1元', NULL), ('revenue[this_year] >= 0元', true), ('revenue[2020] > 0元', NULL),
	('revenue[last_year] / revenue[last_year - 1] - 1 = 20%', true),
		('revenue[last_year] / revenue[last_year - 1] - 1 > 20%', false),
	('last_year = 2024', true), ('this_year = 2025 and 上年度 = this_year - 1', true),
	('all(last_year - 2 to last_year : revenue[it] > revenue[it - 1])', true),
	('全部(上年度 - 2 到 上年度 : revenue[其] > revenue[其 - 1])', true),
	('all(last_year - 3 to last_year : revenue[it] > revenue[it - 1])', NULL),
	('any(last_year - 3 to last_year : revenue[it] > revenue[it - 1])', true),
	('any(last_year - 3 to last_year : revenue[it] < revenue[it - 1])', NULL),
	('all(last_year to last_year - 1 : revenue[it] > 1000元)', true),
	('any(last_year to last_year - 1 : revenue[it] > 0元)', false),
	('sum(last_year - 2 to last_year : revenue[it]) = 310元', true),
	('sum(2021 to 2024 where revenue[it] >= 90元 : revenue[it]) = 310元', true),
	('max(last_year - 2 to last_year : revenue[it]) = 120元', true),
	('min(last_year - 2 to last_year : revenue[it]) = 90元', true),
	('min(last_year - 1 to last_year) = 2023', true), ('sum(1 to 3) = 6', true), ('count(1.5 to 4.5) = 3', true),
	('count(2 to 1) = 0', true), ('count(last_year - 2 to last_year where revenue[it] >= 100元) = 2', true),
	('count(1 to 50) = 50', true), ('count(1 to 51) = 51', NULL), ('count(1 to 51) >= 0', true),
	('any(2022 to 2023 : any(it to 2023 : revenue[it] = 100元))', true),
	('all(2021 to 2023 : all(it + 1 to 2024 : it <= 2024))', true)) rules (rule, answer);

-- An end that is none: there is no number, and all does not hold.
SELECT is(((rows.e || given) |= pg_temp.rule(rule, 'fact d date null means none ')), answer, rule || ' of ' || given)
	FROM rows, (VALUES
	('all(year(d) + 1 to year(d) + 3 : revenue[it] > 0元)', '{"d": "2020-05-01"}'::jsonb, true),
	('all(year(d) + 1 to year(d) + 3 : revenue[it] > 0元)', '{"d": null}', false),
	('all(year(d) + 1 to year(d) + 3 : revenue[it] > 0元)', '{}', NULL),
	('all(2021 to year(d) : revenue[it] > 0元)', '{"d": null}', false),
	('not all(2021 to year(d) : revenue[it] > 0元)', '{"d": null}', true),
	('any(year(d) + 1 to year(d) + 3 : revenue[it] > 0元)', '{"d": null}', false),
	('count(year(d) + 1 to year(d) + 3) = 0', '{"d": null}', true)) rules (rule, given, answer);
SELECT matches(explain(e || '{"d": null}', pg_temp.rule('all(year(d) + 1 to year(d) + 3 : revenue[it] > 0元)',
	'fact d date null means none ')), '× all', 'explain shows it') FROM rows;

-- An unknown year without an upper end: the years between those of the row matter, as far as it can be them.
SELECT is(e::jsonb |! pg_temp.rule('revenue[year(d)] > 1元', 'fact d date at least 2023-01-31 '), lacking::text[], e)
	FROM (VALUES
	('{"revenue": {"2020": 5, "2022": 5, "2024": 5}}', '{revenue[2023],d}'),
	('{"revenue": {"2022": 5, "2023": 5, "2024": 5}}', '{d}')) rows (e, lacking);

-- In a stage the years follow its day; in on and cap, the day judged.
SELECT is((e || jsonb_build_object('passed_on', day)) |#
	('policy s ''s'' fact revenue number 元 by year fact passed_on date null means none
	clause 1 reward cap revenue[last_year] stage a on passed_on when revenue[last_year] >= 90元
	pay revenue[last_year]')::policy, amount::numeric, 'passed on ' || day)
FROM rows, (VALUES ('2022-12-31', 0), ('2023-01-01', 90), ('2024-01-01', 100), ('2025-01-01', 120)) days (day, amount);

-- A year that is not there is unknown, and missing names it; NULL has the declared meaning.
SELECT is((e::jsonb |! pg_temp.rule(rule, declared))::text, lacking, rule || ' of ' || e || ' lacks ' || lacking) FROM
	(VALUES
	('revenue[last_year] > 1元', '', '{"as_of": "2025-06-30"}', '{revenue[2024]}'),
	('revenue[last_year] > 1元', '', '{"as_of": "2025-06-30", "revenue": {"2024": null}}', '{revenue[2024]}'),
	('revenue[last_year] > 1元', '', '{"as_of": "2025-06-30", "revenue": {"2024": -1}}', '{revenue[2024]}'),
	('revenue[last_year] > 1元', '', '{"revenue": {"2024": 5}}', '{as_of}'),
	('revenue[last_year] > revenue[last_year - 1]', '', '{"as_of": "2025-06-30", "revenue": {"2024": 5}}',
		'{revenue[2023]}'),
	('revenue[last_year] > revenue[last_year - 1]', '', '{"as_of": "2025-06-30"}', '{revenue[2024],revenue[2023]}'),
	('all(last_year - 2 to last_year : revenue[it] > 1元)', '', '{"as_of": "2025-06-30", "revenue": {"2024": 5}}',
		'{revenue[2023],revenue[2022]}'),
	('all(last_year - 2 to last_year : revenue[it] > 1元)', '', '{"as_of": "2025-06-30", "revenue": {"2023": 1}}', '{}'),
	('revenue[year(founded)] > 1元', 'fact founded date', '{"revenue": {"2024": 5}}', '{founded}'),
	('revenue[2023 + share] > 1元', 'fact share number between 0 and 1', '{"revenue": {"2023": 5}}',
		'{revenue[2024],share}'),
	('revenue[2023 + share] > 1元', 'fact share number between 0 and 1', '{"share": 0.5}', '{revenue}')) rules (rule,
		declared, e, lacking);
SELECT is(jsonb '{"as_of": "2025-06-30", "x": {"2024": null}}' |=
	format('policy p ''p'' fact x number by year null means %s clause 1 when x[last_year] %s', means, rule)::policy,
	answer, 'NULL that means ' || means || ' ' || rule) FROM (VALUES
	('none', 'is null', true), ('none', '> 0', false), ('0', '= 0', true), ('unknown', '>= 0', NULL)) m (means, rule,
		answer);
SELECT is(jsonb '{"as_of": "2025-06-30", "x": {"2023": null}}' |=
	'policy p ''p'' fact x number by year null means none clause 1 when x[last_year] is null'::policy, NULL,
	'a year that is not there is not NULL');

-- An unknown index gives the hull of the years that it can be; one that is none has no value.
SELECT is(('{"revenue": {"2022": 90, "2023": 100, "2024": 120}}'::jsonb || e::jsonb) |= pg_temp.rule(rule,
	'fact y number between 2022 and 2024 null means none fact z number between 2021 and 2024'), answer, rule || ' of '
	|| e) FROM (VALUES
	('{}', 'revenue[z] >= 90元', NULL), ('{}', 'revenue[z + 1] >= 90元', NULL), ('{"z": 2022}',
		'revenue[z + 1] >= 100元', true),
	('{"y": null}', 'revenue[y] > 0元', false), ('{"y": null}', 'revenue[y] is null', true), ('{"y": 2023}',
		'revenue[y] = 100元', true),
	('{"z": 2022.5}', 'revenue[z] > 0元', NULL), ('{"z": 2024}', 'revenue[z - 1000] > 0元', NULL)) rules (e, rule,
		answer);
SELECT is(amount_range('{"revenue": {"2022": 90, "2023": 100, "2024": 120}}'::jsonb,
	'policy p ''p'' fact revenue number 元 by year fact y number between 2022 and 2024 '
	'clause 1 reward pay revenue[y]'::policy)::text,
	'(90.00,120.00)', 'the hull of three years');
SELECT is('{"flag": {"2023": true, "2024": true}}'::jsonb |=
	'policy p ''p'' fact flag boolean by year fact y number between 2023 and 2024 clause 1 when flag[y]'::policy,
	true, 'true in every year that it can be');
SELECT is('{"grade": {"2023": "甲", "2024": "a"}, "day": {"2024": "2024-05-01"}}'::jsonb |=
	'policy p ''p'' fact grade text by year in (''a'' ''甲'', ''b'' ''乙'') fact day date by year '
	'clause 1 when grade[2023] = ''甲'' and grade[2024] = grade[2023] and day[2024] >= 2024-05-01'::policy, true,
	'texts with labels, and dates');
SELECT is('{"revenue_2023": 5, "up": {"2023": true}}'::jsonb |=
	'revenue[2023] > 3 and up[2023] and revenue[2023] * 1 = 5'::policy, true, 'in a rule of one expression');

-- Columns and keys of one year, in every form.
CREATE FUNCTION pg_temp.form(form text, year int) RETURNS text LANGUAGE sql AS $$ SELECT replace(form, '2023',
	year::text) $$;
CREATE TEMP TABLE forms (form text);
INSERT INTO forms VALUES ('revenue_2023'), ('2023年营业收入'), ('2023年度营业收入'), ('2023营业收入'), ('营业收入2023'), ('营业收入_2023'),
	('营业收入（2023年）'), ('营业收入(2023年)');
SELECT is(jsonb_build_object('as_of', '2025-06-30', pg_temp.form(form, 2024), 120, pg_temp.form(form, 2023), 100) |=
	pg_temp.rule('revenue[last_year] = 120元 and revenue[2023] = 100元'), true, 'the key ' || form) FROM forms;
CREATE FUNCTION pg_temp.of_row(columns text, rule policy, planned boolean DEFAULT true) RETURNS text LANGUAGE plpgsql
	AS $$
DECLARE
	answer text;
BEGIN
	IF planned THEN
		EXECUTE
			format('SELECT concat_ws('' '', coalesce((e |= %1$L::zjtx.policy)::text, ''null''), e |! %1$L::zjtx.policy) '
				'FROM (SELECT %2$s) e', rule::text, columns) INTO answer;
	ELSE
		EXECUTE
			format('SELECT concat_ws('' '', coalesce((e |= p)::text, ''null''), e |! p) '
				'FROM (SELECT %2$s OFFSET 0) e, (SELECT %1$L::zjtx.policy p OFFSET 0) p', rule::text, columns) INTO answer;
	END IF;
	RETURN answer;
EXCEPTION WHEN OTHERS THEN
	RETURN sqlerrm;
END $$;
SELECT is(pg_temp.of_row(format('date ''2025-06-30'' as_of, 120 %I, 100.0 %I', pg_temp.form(form, 2024),
	pg_temp.form(form, 2023)), pg_temp.rule('revenue[last_year] = 120元 and revenue[2023] = 100元'), planned), 'true {}',
	format('the column %s, %s', form, CASE WHEN planned THEN 'rewritten' ELSE 'as it is' END)) FROM forms, (VALUES
		(true), (false)) p (planned);

CREATE TYPE pg_temp.figure AS (year int, value numeric);
CREATE TYPE pg_temp.own AS ("年份" bigint, revenue int);
CREATE TYPE pg_temp.labelled AS ("年份" numeric, "值" float8, other text);
CREATE TYPE pg_temp.wrong AS (year date, value numeric);
CREATE TEMP TABLE given (columns text, rule text, answer text);
INSERT INTO given VALUES
	($$jsonb '{"2024": 120, "2023": 100}' revenue$$, 'revenue[2024] = 120元 and revenue[2023] = 100元', 'true {}'),
	($$jsonb '[{"year": 2024, "value": 120}, {"年份": "2023", "值": 100}]' "营业收入"$$,
		'revenue[2024] = 120元 and revenue[2023] = 100元', 'true {}'),
	($$jsonb '[{"year": 2024, "revenue": 120}, null, {"year": 2023, "营业收入": 100}, {"value": 3}]' revenue$$,
		'revenue[2024] = 120元 and revenue[2023] = 100元', 'true {}'),
	($$ARRAY[(2024, 120), (2023, 100)]::pg_temp.figure[] revenue$$, 'revenue[2024] = 120元 and revenue[2023] = 100元',
		'true {}'),
	($$ARRAY[(2024, 120), NULL, (2023, 100), (NULL, 7)]::pg_temp.own[] revenue$$,
		'revenue[2024] = 120元 and revenue[2023] = 100元', 'true {}'),
	($$ARRAY[(2024, 120, ''), (2023, 100, NULL)]::pg_temp.labelled[] revenue$$,
		'revenue[2024] = 120元 and revenue[2023] = 100元', 'true {}'),
	($$ARRAY[(2024, NULL)]::pg_temp.figure[] revenue$$, 'revenue[2024] > 0元', 'null {revenue[2024]}'),
	($$ARRAY[]::pg_temp.figure[] revenue$$, 'revenue[2024] > 0元', 'null {revenue[2024]}'),
	($$NULL::pg_temp.figure[] revenue$$, 'revenue[2024] > 0元', 'null {revenue[2024]}'),
	($$NULL::jsonb revenue$$, 'revenue[2024] > 0元', 'null {revenue[2024]}'),
	-- two elements of one year: nothing is known of it, and nothing else stops
	($$ARRAY[(2024, 120), (2024, 120), (2023, 100)]::pg_temp.figure[] revenue$$,
		'revenue[2024] > 0元 or revenue[2023] > 200元', 'null {revenue[2024]}'),
	($$ARRAY[(2024, 120), (2024, 120), (2023, 100)]::pg_temp.figure[] revenue$$, 'revenue[2023] = 100元', 'true {}'),
	($$jsonb '[{"year": 2024, "value": 1}, {"year": 2024, "value": 2}]' revenue$$, 'revenue[2024] > 0元',
		'null {revenue[2024]}'),
	-- the name wins over a label
	($$1 revenue_2024, 5 "2024年营业收入"$$, 'revenue[2024] = 1元', 'true {}'),
	-- a figure of no year beside columns of single years is another one
	($$7 revenue, 1 revenue_2024$$, 'revenue[2024] = 1元', 'true {}'),
	($$1 revenue_99999, 1 revenue_1899, 1 revenue_2024x, 1 "x2024年营业收入"$$, 'revenue[2024] = 1元',
		'null {revenue[2024]}'),
	($$1 "2024年营业收入", 5 "2024营业收入"$$, 'revenue[2024] = 1元',
		'the fact "revenue[2024]" of policy "p" is ambiguous: two columns of the row give it'),
	($$1 revenue_2024, 5 revenue_2024$$, 'revenue[2024] = 1元',
		'the fact "revenue[2024]" of policy "p" is ambiguous: two columns of the row give it'),
	($$1 revenue_2024, jsonb '{}' revenue$$, 'revenue[2024] = 1元',
		'the fact "revenue[2024]" of policy "p" is ambiguous: two columns of the row give it'),
	($$text 'x' revenue_2024$$, 'revenue[2024] = 1元',
		'column "revenue_2024" of type text cannot give the fact "revenue" of policy "p"'),
	($$1 revenue$$, 'revenue[2024] = 1元',
		'column "revenue" of type integer cannot give the fact "revenue" of policy "p"'),
	($$ARRAY[1] revenue$$, 'revenue[2024] = 1元',
		'column "revenue" of type integer[] cannot give the fact "revenue" of policy "p"'),
	($$ARRAY[(date '2024-01-01', 1)]::pg_temp.wrong[] revenue$$, 'revenue[2024] = 1元',
		'column "revenue" of type wrong[] cannot give the fact "revenue" of policy "p"'),
	($$jsonb '5' revenue$$, 'revenue[2024] = 1元',
		'key "revenue" of the jsonb value cannot give the fact "revenue" of policy "p"'),
	($$jsonb '[5]' revenue$$, 'revenue[2024] = 1元',
		'key "revenue" of the jsonb value cannot give the fact "revenue" of policy "p"'),
	($$jsonb '{"2024": "x"}' revenue$$, 'revenue[2024] = 1元',
		'key "revenue.2024" of the jsonb value cannot give the fact "revenue" of policy "p"');
SELECT is(pg_temp.of_row(columns, pg_temp.rule(rule), planned), answer, format('%s of %s, %s', rule, columns, CASE
	WHEN planned THEN 'rewritten' ELSE 'as it is' END)) FROM given, (VALUES (true), (false)) p (planned);
SELECT is((e::jsonb |! pg_temp.rule('revenue[2024] > 0元'))::text, '{revenue[2024]}', 'two keys of one year: ' || e)
	FROM (VALUES
	('{"2024年营业收入": 1, "2024营业收入": 1}'), ('{"revenue_2024": 1, "revenue": {"2024": 1}}'),
		('{"revenue": {"2023": 1}}')) x (e);
SELECT is(pg_temp.of_row(format('1 %I', '2023年' || repeat('长', 30)), ('policy p ''p'' fact x number by year ''' ||
	repeat('长', 30) || ''' clause 1 when x[2023] = 1')::policy), 'true {}', 'a label that was cut as an identifier is');

-- What the planner makes of it.
SET LOCAL zjtx.batch = off;
CREATE TEMP TABLE firms (as_of date, revenue_2021 int, revenue_2022 numeric, revenue_2023 int, revenue_2024 int);
CREATE FUNCTION pg_temp.plan(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	lines text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF, VERBOSE) ' || query LOOP
		lines := lines || E'\n' || line;
	END LOOP;
	RETURN regexp_replace(substring(lines FROM 'Filter: (.*)'), 'pg_temp_\d+|''policy p .*?''::policy', '…', 'g');
END $$;
SELECT is(pg_temp.plan(format('SELECT FROM firms e WHERE e |= %L::policy', pg_temp.rule(rule, declared)::text)), plan,
	rule) FROM (VALUES
	('revenue[last_year] > 1元', '',
		'zjtx_internal.eligible_facts(…, ''as_of revenue_2021 revenue_2022 revenue_2023 revenue_2024''::text, e.as_of, '
		'e.revenue_2021, e.revenue_2022, e.revenue_2023, e.revenue_2024)'),
	('revenue[2023] >= 100元', '',
		'(((e.revenue_2023 >= 100) OR (e.revenue_2023 < 0)) AND zjtx_internal.eligible_facts(…, '
		'''revenue_2023''::text, e.revenue_2023))'),
	('x[2023] >= 100元', '', NULL)) rules (rule, declared, plan) WHERE plan IS NOT NULL;
SELECT is(pg_temp.plan($$SELECT FROM firms e WHERE e |= 'revenue[2023] >= 100'::policy$$), '(e.revenue_2023 >= 100)',
	'a condition on a constant year is PostgreSQL''s own');
CREATE TEMP TABLE undated (revenue_2022 int, revenue_2023 int);
SELECT is(pg_temp.plan($$SELECT FROM undated e WHERE e |= 'as of 2024-05-01 revenue[last_year] >= 100'::policy$$),
	'(e.revenue_2023 >= 100)', 'so is one on the year before the policy''s day');
SET LOCAL zjtx.batch = on;
INSERT INTO firms SELECT '2025-06-30', i, i + 0.5, i * 2, i * 3 FROM generate_series(1, 100) i;
INSERT INTO firms VALUES ('2025-06-30', NULL, NULL, NULL, NULL), ('2024-06-30', 5, 6, 7, 8), (NULL, 1, 2, 3, 4),
	('2023-01-01', 5, -6, 7, 8);
SELECT is((SELECT count(*) FROM firms e WHERE (e |= q.p) IS DISTINCT FROM (to_jsonb(e) |= q.p) OR (e |= r.p) IS
	DISTINCT FROM (to_jsonb(e) |= r.p) OR (e |! q.p) IS DISTINCT FROM (to_jsonb(e) |! q.p)
		OR (e |# s.p) IS DISTINCT FROM (to_jsonb(e) |# s.p)), 0::bigint, 'rows and jsonb alike')
FROM (SELECT pg_temp.rule('all(last_year - 2 to last_year : revenue[it] > revenue[it - 1])') p) q, (SELECT
	pg_temp.rule('revenue[last_year] / revenue[last_year - 1] > 1.5') p) r,
	(SELECT
		'policy s ''s'' fact revenue number 元 by year '
		'clause 1 reward pay sum(last_year - 1 to last_year : revenue[it])'::policy p) s;

-- Errors, each with its place.
SELECT is(pg_temp.refusal('policy p ''p'' fact revenue number 元 by year fact plain number fact xs list (a number) ' ||
	source), message, source) FROM (VALUES
	('clause 1 when revenue[2023.5] > 1元', 'line 1, column 108: a year must be a whole number from 1900 to 2999'),
	('clause 1 when revenue[1899] > 1元', 'line 1, column 108: a year must be a whole number from 1900 to 2999'),
	('clause 1 when revenue[1900] > 1元 and revenue[2999] > 1元 and revenue[1000 * 3] > 1元',
		'line 1, column 154: a year must be a whole number from 1900 to 2999'),
	('define base = 24 clause 1 when revenue[base] > 1元',
		'line 1, column 125: a year must be a whole number from 1900 to 2999'),
	('clause 1 when revenue[''2023''] > 1元', 'line 1, column 108: a year must be a number, but this is a text'),
	('clause 1 when revenue[2023元] > 1元', 'line 1, column 108: a year is a number without a unit, not 元'),
	('clause 1 when revenue > 1元',
		E'line 1, column 100: "revenue" is by year\nHINT: Write revenue[上年度] or revenue[2023].'),
	('clause 1 when plain[2023] > 1',
		E'line 1, column 100: "plain" is not by year\nHINT: Declare it with "by year", or write "plain" without brackets.'),
	('clause 1 when xs[2023] > 1', 'line 1, column 100: "xs" is not by year'),
	('clause 1 when revenu[2023] > 1',
		E'line 1, column 100: "revenu" is not declared\nHINT: Perhaps you meant "revenue".'),
	('clause 1 when revenue[2023].a > 1元',
		E'line 1, column 100: a fact by year has no columns\nHINT: Write "revenue" and the year in brackets.'),
	('clause 1 when sum(revenue) > 1',
		E'line 1, column 104: "revenue" is by year\nHINT: Write revenue[上年度] or revenue[2023].'),
	('clause 1 when least(1 to 2) > 1',
		E'line 1, column 106: a range is allowed only in a function over a list\n'
		'HINT: Write all(first to last : condition).'),
	('clause 1 when any(''a'' to 2 : it > 1)',
		'line 1, column 104: the first of a range must be a number, but this is a text'),
	('fact ys list of number by year clause 1 when 1 > 2',
		E'line 1, column 109: a list has no years\nHINT: Give its elements a field with the year.'),
	('fact ys list (a number by year) clause 1 when 1 > 2', NULL),
	('clause 1 when 1 > 2 example ''e'' given revenue = 1元 expect clause 1 false',
		E'line 1, column 124: "revenue" is by year\nHINT: Write revenue[2023] = ....'),
	('clause 1 when 1 > 2 example ''e'' given plain[2023] = 1 expect clause 1 false',
		'line 1, column 124: "plain" is not by year'),
	('clause 1 when 1 > 2 example ''e'' given revenue[23] = 1元 expect clause 1 false',
		'line 1, column 132: a year must be a whole number from 1900 to 2999'),
	('clause 1 when 1 > 2 example ''e'' given revenue[2023] = none expect clause 1 false',
		E'line 1, column 140: "revenue" is not declared with "null means none"\nHINT: Leave it out, or write "unknown".'),
	('clause 1 when 1 > 2 example ''e'' expect missing (revenue[23])',
		'line 1, column 125: a year must be a whole number from 1900 to 2999'),
	('clause 1 when 1 > 2 example ''e'' expect missing (plain[2023])', 'line 1, column 125: "plain" is not by year'),
	('clause 1 when 1 > 2 example ''e'' expect last_year = 2024',
		'line 1, column 125: "last_year" is neither a fact nor a definition')) errors (source, message) WHERE message
		IS NOT NULL;
SELECT matches(pg_temp.refusal('policy p ''p'' fact x number fact ys list (a number by year) clause 1 when 1 > 2'),
	'unexpected "by"', 'a field has no years');
SELECT matches(pg_temp.refusal('policy p ''p'' fact ' || repeat('x', 59) || ' number by year clause 1 when 1 > 2'),
	'"x{59}_2999" has 64 bytes', 'a name that leaves no room for the year');
SELECT is('{"this_year": 3, "last_year": 2}'::jsonb |=
	'policy p ''p'' fact this_year number fact last_year number clause 1 when this_year > last_year'::policy, true,
	'facts can have these names');

-- Examples.
SELECT is((SELECT string_agg(concat_ws(' ', example, expected, found), '; ') FROM examples($$policy p 'p' fact revenue
	number 元 by year '营业收入' null means none
	define growth = revenue[last_year] / revenue[last_year - 1] - 1
	clause 1 when growth >= 20%
	example 'on the bound' given as_of = 2024-06-30, revenue[2023] = 120元, revenue[2022] = 100元 expect clause 1 true,
		growth = 20%
	example 'below' like 'on the bound' given revenue[2023] = 119.99元 expect clause 1 false
	example 'unknown' like 'below' given revenue[2022] = unknown expect clause 1 unknown, missing (revenue[2022])
	example 'none' like 'below' given revenue[2022] = none expect clause 1 false, missing ()
	example 'left out' given as_of = 2024-06-30, revenue[2023] = 1元 expect missing (revenue[2022])
	例 '中文' 设 判断日 = 2024-06-30, revenue[2023年] = 120元 应得 缺少 (revenue[2022])$$::policy) WHERE NOT holds), NULL,
		'examples give and lack years');

-- What people read.
SELECT matches(explain(e, ('政策 p ''政策'' 事实 revenue 数 元 逐年 ''营业收入'' 条款 1 当 revenue[上年度] > 200元')::policy),
	'2024年营业收入（revenue\[2024\]）：120元', 'an official reads the year') FROM rows;
SELECT matches(explain(e, pg_temp.rule('revenue[2020] > 200元')),
	'2020 营业收入 \(revenue\[2020\]\): unknown \(no single value of that year\)', 'and that a year is not there') FROM
	rows;
SELECT matches(explain(e, pg_temp.rule('all(2021 to 2022 : revenue[it] > 80元)')),
	'× 2021: 2021 营业收入 \(revenue\[2021\]\) 80元', 'a range shows what it found') FROM rows;
SELECT is((SELECT string_agg(concat_ws(' ', name, by_year), ', ') FROM
	facts('policy p ''p'' fact a number by year fact b number clause 1 when a[2023] > b'::policy)), 'a t, b f',
	'facts() says which are by year');

-- What would suffice: only the latest year can still change.
SELECT is((SELECT string_agg(concat_ws(' ', condition, fact, label, present, '->', set_to, suffices), '; ') FROM rows,
	gap(e, pg_temp.rule(rule))), answer, 'gap of ' || rule) FROM (VALUES
	('revenue[last_year] >= 200元', 'revenue[last_year] >= 200元 revenue[2024] 2024年营业收入 120 -> 200 t'),
	('revenue[last_year] / revenue[last_year - 1] - 1 >= 50%',
		'revenue[last_year] / revenue[last_year - 1] - 1 >= 50% revenue[2024] 2024年营业收入 120 -> 150 t'),
	('revenue[last_year] >= 120元 and revenue[last_year - 1] >= 200元',
		'revenue[last_year - 1] >= 200元 revenue[2023] 2023年营业收入 100 -> f'),
	('revenue[last_year - 1] >= 200元', 'revenue[last_year - 1] >= 200元 revenue[2023] 2023年营业收入 100 -> 200 t'),
	('revenue[2020] >= 1元', 'revenue[2020] >= 1元 revenue[2020] 2020年营业收入 -> 1 t')) rules (rule, answer);

-- Parts, amendments and lint know them.
SELECT is(e |=
	(amend('policy p ''p'' fact revenue number 元 by year fact other number clause 1 when revenue[last_year] > 500元 '
		'clause 2 when other > 1'::policy, 'clause 1 when revenue[last_year] > 50元') -> '1'), true,
	'a part that was amended') FROM rows;
SELECT is((SELECT string_agg(concat_ws(' ', kind, place), ', ') FROM
	lint('policy p ''p'' fact revenue number by year fact other number by year '
		'clause 1 when revenue[last_year] > 5'::policy) WHERE kind = 'unused'), 'unused other',
	'a fact by year that is not used');

-- Judged and added up.
CREATE TEMP TABLE judged AS SELECT judge(e,
	'policy p ''p'' fact revenue number 元 by year '
	'clause 1 reward when revenue[last_year] > revenue[last_year - 1] pay 1万元'::policy) v FROM firms e;
SELECT is((SELECT count(*) FROM judged), 104::bigint, 'judged');

-- check_table lists the years that a table has, and those between them that it has not.
CREATE TABLE public.figures (id int, revenue_2021 int, "2023年营业收入" numeric, revenue_2024 text, profit jsonb);
INSERT INTO public.figures VALUES (1, 50000000, -1, 'x', '{"2023": 1}'), (2, 60000000, 7000, 'y', NULL),
	(3, 1, 1, 'z', '[{"year": 2024, "value": 1}, {"年份": 2024, "value": 2}, {"year": 2022, "value": 3}]'), (4, 1, 1,
		'', '{}');
ALTER TABLE public.figures ADD staff pg_temp.figure[];
UPDATE public.figures SET staff = ARRAY[(2023, 5), (2023, 6), (2021, 7)]::pg_temp.figure[] WHERE id = 1;
SELECT results_eq($$SELECT concat_ws(' ', fact, column_name, finding, message) FROM check_table('public.figures',
	'policy p ''p'' fact revenue number 元 by year ''营业收入'' at least 0 fact profit number 元 by year
	fact other number by year fact staff number 人 by year null means none
	clause 1 when revenue[last_year] > 2000万元 and staff[2023] > 1人 and profit[2023] > 0元 and other[2023] > 1'::policy)
		WHERE finding <> 'view'$$, $$VALUES
	('revenue years columns give 2021, 2023, 2024; 2022 is unknown in every row'),
	('revenue[2021] revenue_2021 given by its name'),
	('revenue[2023] 2023年营业收入 given by its label'),
	('revenue[2023] 2023年营业收入 range 1 of 4 values are impossible and count as unknown'),
	('revenue[2024] revenue_2024 type a column of type text cannot provide a number: questions that read it fail'),
	('revenue[2024] revenue_2024 unreadable 3 of 3 texts cannot be read and count as unknown: 2 "y"; 3 "z"; 1 "x"'),
	('revenue[2024] revenue_2024 nulls empty in 1 of 4 rows, where it is unknown'),
	('profit profit given by its name'),
	('profit profit years the column gives 2022, 2023, 2024'),
	('profit profit twice 1 of 4 rows have two values for a year, which is unknown there: 2024'),
	('profit profit nulls NULL in 1 of 4 rows, where it is unknown'),
	('other absent no column has the fact''s name or label, so the fact is unknown in every row'),
	('staff staff given by its name'),
	('staff staff years the column gives 2021, 2023'),
	('staff staff twice 1 of 4 rows have two values for a year, which is unknown there: 2023')$$, 'check_table');
SELECT matches((SELECT message FROM check_table('public.figures',
	'policy p ''p'' fact revenue number 元 by year ''营业收入'' fact other number by year '
	'clause 1 when revenue[last_year] > other[2023] * 1元'::policy) WHERE finding = 'view'),
	'-- absent: a column for each year, such as other_2023', 'its view');

-- Watched and published.
CREATE TABLE public.watched (id int PRIMARY KEY, revenue_2023 numeric, revenue_2024 numeric, as_of date);
SELECT
	is(store('policy years-watched ''w'' fact revenue number 元 by year '
		'clause 1 reward when revenue[last_year] > revenue[last_year - 1] pay 1万元'), 'years-watched', 'stored');
CREATE TRIGGER watch AFTER INSERT OR UPDATE OR DELETE ON public.watched FOR EACH ROW EXECUTE FUNCTION
	zjtx.watch('public.watched', 'id', 'years-watched');
INSERT INTO public.watched VALUES (1, 5, 6, '2025-01-01'), (2, 7, 6, '2025-01-01'), (3, NULL, 6, '2025-01-01');
UPDATE public.watched SET revenue_2023 = 5 WHERE id = 3;
UPDATE public.watched SET revenue_2024 = 5 WHERE id = 1;
SELECT is((SELECT string_agg(concat_ws(' ', key, kind, new), ', ' ORDER BY id) FROM ledger WHERE policy =
	'years-watched' AND kind IN ('owed', 'lapsed')), '1 owed 10000.00, 3 owed 10000.00, 1 lapsed 0.00', 'the ledger');
SELECT isnt(publish('public.watched', 'years-watched', 'public.watched_answers', true), NULL, 'a view');
SELECT is((SELECT string_agg(to_jsonb(w) ->> 'missing', ' ' ORDER BY id) FROM (TABLE public.watched_answers) w),
	'[] [] []', 'published');
UPDATE public.watched SET revenue_2023 = NULL;
SELECT is((SELECT string_agg(to_jsonb(w) ->> 'missing', ' ' ORDER BY id) FROM (TABLE public.watched_answers) w),
	'["revenue[2023]"] ["revenue[2023]"] ["revenue[2023]"]', 'with what is missing');

SELECT * FROM finish();
ROLLBACK;
