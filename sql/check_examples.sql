\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(48);

-- Examples are checked when their document is read.

CREATE TEMP TABLE document AS SELECT
	'policy p ''t'' fact yuan number 元 fact mark number 分 at least 0 fact share number % fact yes boolean fact name '
	'text in (''small'', ''large'') '
	'fact day date fact day_or_none date null means none fact leases list (area number 平方米, kind text in (''state''), '
	'until date null means none) fact ranks list of number 名 '
	'clause pts points pay mark define half = yuan / 2 define big = yuan > 5元 score points_got = mark clause c when '
	'yes clause rent reward when yes pay 1元 clause s reward stage one on day pay 1元 '
	'ladder rung low when yes example ''base one'' expect clause c unknown' AS source;

SELECT is(pg_temp.refusal(source || E'\nexample ''x'' given ' || given || ' expect clause c true'),
	E'line 2, ' || refusal, 'given ' || given)
	FROM document, (VALUES
	('yaun = 1元', E'column 19: there is no fact "yaun"\nHINT: Perhaps you meant "yuan".'),
	('half = 1元', 'column 19: there is no fact "half"'),
	('yuan = 1人', 'column 26: units do not fit: 元 and 人'),
	('yuan = 1000', E'column 26: an amount of money needs its unit\nHINT: Write 1000元 or 1000万元 instead of 1000.'),
	('yuan = ''x''', 'column 26: "yuan" is a number'),
	('yes = 1', E'column 25: a boolean is true or false\nHINT: Write true instead of 1.'),
	('day = ''2024-01-01''', E'column 25: a date has no quotes\nHINT: Write 2024-01-01 instead of ''2024-01-01''.'),
	('name = true', 'column 26: "name" is a text'),
	('name = ''smal''', E'column 26: "smal" is not a value of "name"\nHINT: Perhaps you meant "small".'),
	('day = none', E'column 25: "day" is not declared with "null means none"\nHINT: Leave it out, or write "unknown".'),
	('yes = none', E'column 25: "yes" is not declared with "null means none"\nHINT: Leave it out, or write "unknown".'),
	('leases = 1', E'column 28: "leases" is a list\nHINT: Write a list in square brackets.'),
	('yuan = [1元]', 'column 26: "yuan" is a number'),
	('leases = [1]', E'column 29: the elements of "leases" have fields\nHINT: Write (field = value, ...).'),
	('leases = [(aera = 1)]', E'column 30: "leases" has no field "aera"\nHINT: Perhaps you meant "area".'),
	('leases = [(area = 1元)]', 'column 37: units do not fit: 平方米 and 元'),
	('leases = [(kind = ''stat'')]', E'column 37: "stat" is not a value of "kind"\nHINT: Perhaps you meant "state".'),
	('ranks = [1名, 2家]', 'column 32: units do not fit: 名 and 家'),
	('ranks = [(it = 1)]', 'column 28: "it" is a number')
	) givens (given, refusal);

SELECT is(pg_temp.refusal(source || E'\nexample ''x'' expect ' || expectation), E'line 2, ' || refusal,
	'expect ' || expectation)
	FROM document, (VALUES
	('clause rnet true', E'column 20: there is no clause "rnet"\nHINT: Perhaps you meant "rent".'),
	('clause ren true', E'column 20: there is no clause "ren"\nHINT: Perhaps you meant "rent".'),
	('clause low true', 'column 20: there is no clause "low"'),
	('clause s stage tow = 1元', 'column 20: there is no stage "tow"'),
	('clause s stage one true', 'column 20: this cannot be expected of a clause or stage'),
	('clause c none', 'column 20: this cannot be expected of a clause or stage'),
	('clause rent = 1000', E'column 34: this is not an amount\nHINT: Write it with its unit, 元.'),
	('clause rent = true', E'column 34: this is not an amount\nHINT: Write it with its unit, 元.'),
	('clause rent between 0元 and 5人', E'column 47: this is not an amount\nHINT: Write it with its unit, 元.'),
	('rung lo true', E'column 20: there is no rung "lo"\nHINT: Perhaps you meant "low".'),
	('rung low = 1元', 'column 20: a rung can only be true, false or unknown'),
	('placement high', 'column 20: there is no rung "high"'),
	('amount true', 'column 20: an amount can be compared only with = or between'),
	('amount = 5%', E'column 29: this is not an amount\nHINT: Write it with its unit, 元.'),
	('haf true', E'column 20: "haf" is not declared\nHINT: Perhaps you meant "half".'),
	('half true', 'column 20: "half" is not a boolean'),
	('half undetermined', 'column 20: only the amount of a clause can be undetermined'),
	('big = 1元', 'column 26: "big" is a boolean'),
	('share = 1元', 'column 28: units do not fit: a ratio or percentage and 元'),
	('leases = 1', 'column 20: a list cannot be expected'),
	('missing (yuan, ye)', E'column 20: there is no fact "ye"\nHINT: Perhaps you meant "yes".'),
	('missing (half)', 'column 20: there is no fact "half"')
	) expectations (expectation, refusal);

SELECT isnt(pg_temp.refusal(source || E'\nexample ''x'' expect ' || expectation), 'no error',
	'refused: expect ' || expectation)
	FROM document, (VALUES
	('clause rent = 1分'), ('clause pts = 1元')) expectations (expectation);
SELECT is(pg_temp.refusal('policy p ''t'' clause c when 1 < 2 example ''x'' expect placement none'),
	'line 1, column 53: the document has no ladder', 'a placement needs a ladder');
SELECT is(pg_temp.refusal(source || E'\n' || examples), E'line 2, ' || refusal, description) FROM document, (VALUES
	('example ''base one'' expect clause c true', 'column 1: duplicate example ''base one''',
	'an example that occurs twice'),
	('example ''x'' like ''base on'' expect clause c true',
	E'column 1: there is no example ''base on''\nHINT: Perhaps you meant "base one".',
	'the nearest example'),
	('example ''x'' like ''x'' expect clause c true', 'column 1: the example ''x'' extends itself',
	'an example like itself'),
	('example ''x'' like ''y'' expect clause c true example ''y'' like ''z'' expect clause c true '
	'example ''z'' like ''y'' expect clause c true',
		'column 1: the example ''x'' extends itself', 'examples like each other')
	) examples (examples, refusal, description);

SELECT * FROM finish();
ROLLBACK;
