\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT no_plan();

-- ---------------- the statement ----------------

SELECT is(pg_temp.refusal(source), expected, 'uses: ' || expected) FROM (VALUES
	('policy a ''A'' uses b clause 1 when true', 'no error'),
	('政策 a ''A'' 引用 b，c （x = 1，y = 真） 条款 1 当 真', 'no error'),
	('policy a ''A'' uses b, policy clause 1 when true', 'no error'),
	('policy a ''A'' uses b uses c clause 1 when true', 'no error'),
	('policy a ''A'' uses b fact x number clause 1 when x > 1 example ''e'' given y = 1 expect clause 1 unknown, missing (x, y)', 'no error'),
	('policy a ''A'' uses b, b clause 1 when true', 'line 1, column 22: "b" is used already'),
	('policy a ''A'' uses b (x = 1, x = 2) clause 1 when true', 'line 1, column 29: "x" is mapped twice'),
	('policy a ''A'' uses b (x = y) clause 1 when true', 'line 1, column 26: "y" is not declared'),
	('policy a ''A'' uses b (as_of = 2025-01-01) clause 1 when true',
		E'line 1, column 22: the day judged is not mapped\nHINT: Another day is written where it is asked: satisfies code on day.')
	) texts (source, expected);

-- ---------------- texts behind ----------------

CREATE FUNCTION pg_temp.with_b(header text, b text) RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.refusal(format(E'policy a ''A'' %s clause 1 when true\npolicy b ''B'' %s', header, b))
$$;
SELECT is(pg_temp.with_b(header, b), expected, concat_ws(' | ', header, b)) FROM (VALUES
	('uses b', 'clause 1 when true', 'no error'),
	('', 'clause 1 when true', E'line 2, column 1: a policy is one document\nHINT: The versions of one document follow "series code"; a document that another uses is named after "uses" there.'),
	('uses b', E'clause 1 when true policy b ''B''', 'line 2, column 33: the document "b" stands twice'),
	('uses a', '', E'line 1, column 19: "a" uses "a"\nHINT: A document cannot use one that uses it.'),
	('uses b', 'uses a', E'line 1, column 19: "a" uses "b", which uses "a"\nHINT: A document cannot use one that uses it.'),
	('uses b', 'uses c policy c ''C'' uses a', E'line 1, column 19: "a" uses "b", which uses "c", which uses "a"\nHINT: A document cannot use one that uses it.'),
	('uses b', 'uses c policy c ''C'' uses d, b policy d ''D''', E'line 1, column 19: "b" uses "c", which uses "b"\nHINT: A document cannot use one that uses it.'),
	('uses b fact x number', 'fact x number', 'no error'),
	('uses b fact x number', 'fact x text', E'line 1, column 19: the fact "x" has another type in "b" than in "a"\nHINT: Declare it alike, or say what it is here: uses b (x = ...).'),
	('uses b fact x number', 'fact x number 元', E'line 1, column 19: the fact "x" has another unit in "b" than in "a"\nHINT: Declare it alike, or say what it is here: uses b (x = ...).'),
	('uses b fact x number ''X''', 'fact x number ''Y''', E'line 1, column 19: the fact "x" has another label in "b" than in "a"\nHINT: Declare it alike, or say what it is here: uses b (x = ...).'),
	('uses b fact x number ''X''', 'fact x number', 'no error'),
	('uses b fact x number at least 0', 'fact x number at least 0.0', 'no error'),
	('uses b fact x number at least 0', 'fact x number at least 1', E'line 1, column 19: the fact "x" has another range in "b" than in "a"\nHINT: Declare it alike, or say what it is here: uses b (x = ...).'),
	('uses b fact x number at least 0', 'fact x number', E'line 1, column 19: the fact "x" has another range in "b" than in "a"\nHINT: Declare it alike, or say what it is here: uses b (x = ...).'),
	('uses b fact x number null means 0', 'fact x number', E'line 1, column 19: the fact "x" has another meaning of NULL in "b" than in "a"\nHINT: Declare it alike, or say what it is here: uses b (x = ...).'),
	('uses b fact x text in (''p'' ''P'')', 'fact x text in (''p'' ''P'')', 'no error'),
	('uses b fact x text in (''p'' ''P'')', 'fact x text in (''p'')', E'line 1, column 19: the fact "x" has another list of values in "b" than in "a"\nHINT: Declare it alike, or say what it is here: uses b (x = ...).'),
	('uses b fact x list (y number)', 'fact x list (y number)', 'no error'),
	('uses b fact x list (y number)', 'fact x list (y number 元)', E'line 1, column 19: the fact "x" has another list of fields in "b" than in "a"\nHINT: Declare it alike, or say what it is here: uses b (x = ...).'),
	('uses b fact x list of number', 'fact x list (it number)', E'line 1, column 19: the fact "x" has another type in "b" than in "a"\nHINT: Declare it alike, or say what it is here: uses b (x = ...).'),
	('uses b define x = 1', 'fact x number', E'line 1, column 19: "x" is a fact of "b", and a definition here\nHINT: Say that it is the same, or another name''s: uses b (x = x).'),
	('uses b (x = x) define x = 1', 'fact x number', 'no error'),
	('uses b clause 2 when x > 1', 'fact x number', E'line 1, column 35: "x" is declared only in "b"\nHINT: Declare it here also.'),
	('uses b (x = y / 10000) fact y number', 'fact x number', 'no error'),
	('uses b (x = y) fact y number 人', 'fact x number 元', 'line 1, column 26: units do not fit: 元 and 人'),
	('uses b (x = y) fact y text', 'fact x number', 'line 1, column 26: what "x" is must be a number, but this is a text'),
	('uses b (revenu = 1) ', 'fact revenue number', E'line 1, column 22: "b" has no fact "revenu"\nHINT: Perhaps you meant "revenue".'),
	('uses b (x = ''P'')', 'fact x text in (''p'' ''P'')', 'no error'),
	('uses b (x = ''Q'')', 'fact x text in (''p'' ''P'')', E'line 1, column 26: "Q" is not a value of "x"'),
	('uses b (x = y) fact y text in (''p'', ''q'')', 'fact x text in (''p'' ''P'')', 'no error'),
	('uses b (x = y) fact y text in (''q'')', 'fact x text in (''p'' ''P'')', 'line 1, column 26: "p" is a value of "x", and no value of "y"'),
	('uses b (x = y) fact y list (z number)', 'fact x list (z number)', 'no error'),
	('uses b (x = y) fact y list (z text)', 'fact x list (z number)', 'line 1, column 26: the list "y" has another list of fields than "x"'),
	('uses b (x = 1)', 'fact x list (z number)', E'line 1, column 26: "x" is a list\nHINT: A list can only be mapped to a list, by its name.'),
	('uses b, c', E'fact x number policy c ''C'' fact x boolean', E'line 1, column 22: the fact "x" has another type in "c" than in "b"\nHINT: Declare it alike, or say what it is here: uses c (x = ...).')
	) texts (header, b, expected);

-- ---------------- storing ----------------

SELECT is(store($$policy c 'C' fact z number fact region text in ('永川区' '永川') clause 1 when z > 1 example 'e' given z = 2 expect clause 1 true$$), 'c', 'one that others use');
SELECT is(pg_temp.error_of($$SELECT store('policy b ''B'' 
  uses c, dd clause 1 when true')$$),
	E'42704: invalid zjtx.policy at line 2, column 11: there is no stored policy "dd"\nHINT: Store it before the documents that use it.', 'one that is not stored');
SELECT is(store('policy old-b ''B'''), 'old-b', 'a header alone');
SELECT is(pg_temp.error_of($$SELECT store('policy b ''B'' uses old-bb clause 1 when true')$$),
	E'42704: invalid zjtx.policy at line 1, column 19: there is no stored policy "old-bb"\nHINT: Perhaps you meant "old-b".', 'one that is not stored, with the nearest');
SELECT is(store($$policy b 'B' uses c fact z number clause 1 when z > 1
  example 'e' given z = 2, region = '永川' expect clause 1 true$$), 'b', 'one that uses it');
SELECT results_eq($$SELECT code, uses FROM policies WHERE code IN ('b', 'c') ORDER BY code$$, $$VALUES ('b', '{c}'::text[]), ('c', NULL)$$, 'the table says what is used');
SELECT results_eq($$SELECT (header(stored('b'))).uses$$, $$VALUES ('{c}'::text[])$$, 'and so does the header');
SELECT is(stored('b')::text, (SELECT string_agg(doc::text, E'\n' ORDER BY code) FROM policies WHERE code IN ('b', 'c')), 'the text of a name has the used ones behind');
SELECT is((SELECT array_agg(name ORDER BY name) FROM facts(stored('b'))), '{region,z}', 'its facts are those of all');
SELECT is('{"z": 2}'::jsonb |= 'b', true, 'asked by name');
SELECT is(pg_temp.error_of(statement), expected, statement) FROM (VALUES
	($$DELETE FROM policies WHERE code = 'c'$$,
		E'2BP01: policy "c" cannot be deleted: "b" uses it\nHINT: Delete or change the documents that use it first, or in the same statement.'),
	($$UPDATE policies SET doc = 'policy cc ''C'' fact z number clause 1 when z > 1' WHERE code = 'c'$$,
		E'2BP01: policy "c" cannot be deleted: "b" uses it\nHINT: Delete or change the documents that use it first, or in the same statement.'),
	($$SELECT store('policy c ''C'' fact z number 元 clause 1 when z > 1元')$$,
		E'23514: policy "c" is not stored: "b", which uses it, could no longer be read\nDETAIL: Line 1, column 19 of "b": the fact "z" has another unit in "c" than in "b"\nHINT: Declare it alike, or say what it is here: uses c (z = ...).'),
	($$SELECT store('policy c ''C'' uses b fact z number clause 1 when z > 1')$$,
		E'22P02: invalid zjtx.policy at line 1, column 19: "c" uses "b", which uses "c"\nHINT: A document cannot use one that uses it.'),
	($$SELECT store(stored('b')::text)$$,
		E'22023: only a single document that begins with "policy" can be stored\nHINT: Store each of the documents by itself, those that others use first.'),
	($$INSERT INTO policies (doc) VALUES (stored('b'))$$,
		E'22023: only a single document that begins with "policy" can be stored\nHINT: Store each of the documents by itself, those that others use first.'),
	($$SELECT * FROM examples('policy b ''B'' uses c clause 1 when true')$$,
		E'42704: policy "b" uses "c", whose text is not there\nHINT: Store "c", and ask "b" by its name: a name brings the documents that it uses.')
	) statements (statement, expected);
SELECT lives_ok($$DELETE FROM policies WHERE code IN ('b', 'c')$$, 'both at once');
SELECT lives_ok($$INSERT INTO policies (doc) VALUES ('policy b ''B'' uses c clause 1 when true')$$, 'rows of a dump come in any order');
SELECT is(store('policy c ''C'' clause 1 when true'), 'c', 'and the used one later');

SELECT * FROM finish();
ROLLBACK;
