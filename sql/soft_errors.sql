\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL client_min_messages = warning;
SELECT plan(22);

-- From 16 on, input errors can be reported without raising them; before, the texts are cast.

CREATE FUNCTION pg_temp.tried(type text, source text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	IF current_setting('server_version_num')::int < 160000 THEN
		RETURN pg_temp.error_of(format('SELECT %L::%s', source, type));
	END IF;
	EXECUTE 'SELECT CASE WHEN pg_input_is_valid($1, $2) THEN ''no error'' ELSE '
		'(SELECT concat_ws(E''\n'', sql_error_code || '': '' || message, ''DETAIL: '' || detail, ''HINT: '' || hint)'
		' FROM pg_input_error_info($1, $2)) END' INTO result USING source, type;
	RETURN result;
END $$;
SELECT is(pg_temp.tried('zjtx.policy', source), error, 'tried: ' || source) FROM (VALUES
	('a > 1', 'no error'),
	('a >', E'22P02: invalid zjtx.policy at line 1, column 4: the text ends too early\nDETAIL: Expected a name, '
	'text in quotes, a number, a date, true, false, case, band, tiers, ''('', ''-''.'),
	(E'policy p ''p''\nfact amount number\nclause 1 when amout > 1',
	E'22P02: invalid zjtx.policy at line 3, column 15: "amout" is not declared\nHINT: Perhaps you meant "amount".'),
	('a > 1 and name > ''x''', E'22P02: invalid zjtx.policy at line 1, column 11: a text can be compared only with = '
	'and <>'),
	('a > ''b', '22P02: invalid zjtx.policy at line 1, column 5: the text that begins here has no closing quote')) t
	(source, error);
SELECT is(pg_temp.tried('zjtx.policy',
	format('policy p ''p'' fact a number fact l list (h number) define d0 = a %s clause 1 when d%s > 3',
		(SELECT string_agg(format(define, i, i - 1), ' ' ORDER BY i) FROM generate_series(1, deep) i), deep)), error,
		'tried: ' || error) FROM (VALUES
	('define d%s = sum(l : d%s)', 17, '54000: lists of a zjtx.policy are nested more than 16 levels deep'),
	('define d%s = d%s + 1', 2100,
	'54000: expressions and definitions of a zjtx.policy are nested more than 2000 levels deep')) t (define, deep,
	error);
SELECT is(length(pg_temp.tried('zjtx.policy', 'policy p ''p'' fact a number clause 1 when ' || repeat('x', 1000000) ||
	' > 1')), 1052,
	'a long message, which is cut, is there after the reading is done');

SELECT is(split_part(pg_temp.tried('zjtx.verdict', source), E'\n', 1), error, 'tried: ' || source) FROM (VALUES
	('[]', 'no error'),
	('[{"kind": "reward", "status": "owed", "eligible": true, "amount": 5.00}]', 'no error'),
	('[', '22P02: invalid input syntax for type json'),
	('{}', '22P02: invalid zjtx.verdict: it must be an array of lines'),
	('[1]', '22P02: invalid zjtx.verdict: a line must be an object'),
	('[{"kind": 1}, 5]', '22P02: invalid zjtx.verdict: a code, title, kind, unit, group or office must be text'),
	('[{"kind": "reward", "status": "paid"}]', '22P02: invalid zjtx.verdict: there is no status "paid"'),
	('[{"kind": "reward", "status": "owed", "eligible": 1}]',
	'22P02: invalid zjtx.verdict: "eligible" must be true or false'),
	('[{"kind": "reward", "status": "owed", "eligible": true, "period": 0}]',
	'22P02: invalid zjtx.verdict: a period must be a year from 1 to 9999'),
	('[{"kind": "reward", "status": "owed", "eligible": true, "amount": "5"}]',
	'22P02: invalid zjtx.verdict: an amount must be a number'),
	('[{"kind": "reward", "status": "owed"}]', '22P02: invalid zjtx.verdict: "eligible" contradicts the status')) t
	(source, error);

-- From 17 on, COPY can skip rows with invalid texts.

CREATE TABLE copied (n int, p policy, v verdict);
CREATE FUNCTION pg_temp.copied(lines text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	command text := 'printf ''' || lines || '''';
BEGIN
	IF current_setting('server_version_num')::int < 170000 THEN
		command := command || ' | sed -n 1p';
		EXECUTE format('COPY public.copied FROM PROGRAM %L', command);
	ELSE
		EXECUTE format('COPY public.copied FROM PROGRAM %L (ON_ERROR ignore)', command);
	END IF;
	RETURN (SELECT string_agg(format('%s %s %s', n, p, v), '; ' ORDER BY n) FROM public.copied);
END $$;
SELECT is(pg_temp.copied('1\ta > 1\t[]\n2\ta >\t[]\n3\ta > 3\t[\n4\ta > 4\t{}\n5\tb b\t5\n'), '1 a > 1 []',
	'COPY with ON_ERROR ignore');

-- An error of jsonb's input names verdict as the type.

CREATE FUNCTION pg_temp.context_of(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	context text;
BEGIN
	EXECUTE statement;
	RETURN 'no error';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS context = PG_EXCEPTION_CONTEXT;
	RETURN context;
END $$;
SELECT matches(pg_temp.context_of('SELECT ''[''::zjtx.verdict'), 'text of type zjtx.verdict',
	'the type, where JSON is broken');
SELECT is(pg_temp.context_of('SELECT 1 / 0') ~ 'verdict', false, 'and nowhere else');

SELECT * FROM finish();
ROLLBACK;
