\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(40);

-- Names are resolved when the policy is read.

SELECT is(pg_temp.error_of($$SELECT
	E'policy p ''t''\nfact main_revenue number\nclause 1 when mian_revenue > 1'::policy$$),
	E'22P02: invalid zjtx.policy at line 3, column 15: "mian_revenue" is not declared\nHINT: Perhaps you meant '
	'"main_revenue".',
	'the whole of an error: SQLSTATE, line, column, and the nearest name');

-- The first line has the declarations, the second line has the mistake.

CREATE TEMP TABLE declarations AS
	SELECT 'policy p ''t'' fact main_revenue number fact growing boolean fact 主营业务收入 number '
	'fact listed_on date fact leases list (area number, signed date) fact tags list of text define growth = '
	'main_revenue / 2 '
	'clause 3-rent when growing clause 4-rent when growing ladder rung low when growing' AS source;
SELECT is(pg_temp.refusal(source || E'\n' || statement), E'line 2, ' || refusal, description) FROM declarations, (VALUES
	('clause 1 when grwth > 1', E'column 15: "grwth" is not declared\nHINT: Perhaps you meant "growth".',
	'the nearest may be a definition'),
	('clause 1 when 主营业收入 > 1', E'column 15: "主营业收入" is not declared\nHINT: Perhaps you meant "主营业务收入".',
	'the nearest of Chinese names'),
	('clause 1 when 营收 > 1', 'column 15: "营收" is not declared', 'nothing is suggested where nothing is near'),
	('clause 1 when growing and grwoing', E'column 27: "grwoing" is not declared\nHINT: Perhaps you meant "growing".',
	'the place is that of the name'),
	('define x = y', 'column 12: "y" is not declared', 'in a definition'),
	('clause 1 reward pay y', 'column 21: "y" is not declared', 'in what is paid'),
	('clause 1 reward pay 1元 cap y', 'column 28: "y" is not declared', 'in a cap'),
	('clause 1 when growing should y', 'column 30: "y" is not declared', 'in a soft condition'),
	('clause 1 reward stage a on y pay 1元', 'column 28: "y" is not declared', 'in the day of a stage'),
	('clause 1 reward stage a on listed_on when y pay 1元', 'column 43: "y" is not declared',
	'in the condition of a stage'),
	('rung high when y', 'column 16: "y" is not declared', 'in a rung'),
	('target 1 ''x'' 家 flow 2024: 1 count where y', 'column 41: "y" is not declared', 'in what a target counts'),
	('clause 1 when any(leases where aera > 1)', E'column 32: "aera" is not declared\nHINT: Perhaps you meant "area".',
	'the nearest may be a field of the list'),
	('clause 1 when area > 1', 'column 15: "area" is not declared', 'a field means nothing outside its list'),
	('clause 1 when it > 1', 'column 15: "it" is not declared', 'nor does it'),
	('clause 1 when any(leases where it > 1)', 'column 32: "it" is not declared',
	'nor is it the element of a list with fields'),
	('clause 1 reward when signed > 2024-01-01 stage a each leases on signed pay 1元',
	'column 22: "signed" is not declared',
		'the clause''s own condition knows no field of a stage''s list'),
	('clause 1 when grwoth(1) > 1', 'column 15: there is no function "grwoth"', 'a function that there is not'),
	('clause 1 when gratest(1, 2) > 1',
	E'column 15: there is no function "gratest"\nHINT: Perhaps you meant "greatest".', 'the nearest function'),
	('clause 1 when 取高高(1, 2) > 1', E'column 15: there is no function "取高高"\nHINT: Perhaps you meant "取高".',
	'the nearest function in Chinese'),
	('fact main_revenue number', 'column 1: the fact "main_revenue" is declared twice', 'a fact declared twice'),
	('fact x list (a number, A text)', 'column 24: the field "a" is declared twice', 'a field declared twice'),
	(format('fact %s number', repeat('额', 21) || 'a'),
	format(E'column 1: the name "%sa" has 64 bytes, and that of a column at most 63\nHINT: A Chinese character in '
	'UTF-8 has 3 bytes. A label may be longer.', repeat('额', 21)),
		'a name that no column can have'),
	(format('fact x list (a number, %s number)', repeat('b', 64)),
	format(E'column 24: the name "%s" has 64 bytes, and that of a column at most 63\nHINT: A Chinese character in '
	'UTF-8 has 3 bytes. A label may be longer.', repeat('b', 64)),
		'nor a field'),
	('fact as_of date', 'column 1: "as_of" is predefined and cannot be declared', 'the day judged is not declared'),
	('define growth = 1', 'column 1: duplicate definition "growth"', 'a definition that occurs twice'),
	('score growth = 1', 'column 1: duplicate definition "growth"', 'a score has the name of a definition'),
	('define growing = 1 < 2', 'column 1: "growing" is already a fact', 'a definition has the name of a fact'),
	('clause 3-rent when growing', 'column 1: duplicate clause "3-rent"', 'a clause that occurs twice'),
	('clause 5 reward stage a on listed_on pay 1元 stage a on listed_on pay 2元', 'column 45: duplicate stage "a"',
	'a stage that occurs twice'),
	('rung low when growing', 'column 1: duplicate rung "low"', 'a rung that occurs twice'),
	('rung 3-rent when growing', 'column 1: "3-rent" is already a clause', 'a rung has the code of a clause'),
	('define x = x + 1', 'column 12: the definition of "x" refers to itself', 'a definition that needs itself'),
	('define x = y define y = z define z = x', 'column 38: the definition of "x" refers to itself',
	'definitions that need each other')
	) errors (statement, refusal, description);

SELECT is(pg_temp.refusal(repeat('x', 64) || ' > 5'),
	format(E'line 1, column 1: the name "%s" has 64 bytes, and that of a column at most 63\nHINT: A Chinese character '
	'in UTF-8 has 3 bytes. A label may be longer.', repeat('x', 64)),
	'a name that no column can have, in a rule of one expression');
SELECT is(json_object(ARRAY[repeat('额', 21), '6'])::jsonb |=
	format('policy p ''t'' fact %s text clause 1 when %1$s = ''6''', repeat('额', 21))::policy, true,
	'a name of 63 bytes');

-- The order of statements does not matter, and the same name may be used where no confusion is possible.

SELECT is('{"a": 2, "xs": [{"a": 5}]}'::jsonb |= document::policy, true, description) FROM (VALUES
	('policy p ''t'' clause 1 when b = 3 define b = c + 1 define c = a fact a number',
	'what is used may stand before what declares it'),
	('policy p ''t'' fact a number fact xs list (a number) clause 1 when a = 2 and sum(xs : a) = 5 and count(xs where '
	'a = 5) = 1',
		'a field stands before a fact of its name'),
	('policy p ''t'' fact a number clause a when a = 2 ladder rung b when a = 9 clause b-1 when a = 9',
	'codes and names are apart')
	) documents (document, description);

SELECT * FROM finish();
ROLLBACK;
