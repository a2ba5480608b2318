\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(70);

-- A single expression declares no facts; their types follow from their use. The error for a column of the wrong type
-- shows the type of a fact.

CREATE FUNCTION pg_temp.type_of(rule text, fact text) RETURNS text LANGUAGE sql AS $$
	SELECT substring(pg_temp.error_of(format('SELECT t |= %L::zjtx.policy FROM (SELECT NULL::point AS %I) t', rule,
		fact))
		FROM '^42804: column ".*" of type point cannot give the fact ".*" of policy ".*"\nDETAIL: The fact is a '
		'(\w+)\.')
$$;
SELECT is(pg_temp.type_of(rule, fact), type, fact || ' is a ' || type || ': ' || rule) FROM (VALUES
	('revenue <= 1亿元 and rd_expense / revenue >= 5%', 'revenue', 'number'),
	('revenue <= 1亿元 and rd_expense / revenue >= 5%', 'rd_expense', 'number'),
	('a', 'a', 'boolean'),
	('a and not b', 'b', 'boolean'),
	('a > 1 or b', 'b', 'boolean'),
	('a = 1', 'a', 'number'),
	('a = ''x''', 'a', 'text'),
	('a = true', 'a', 'boolean'),
	('2024-01-01 <= a', 'a', 'date'),
	('a in (''x'', ''y'')', 'a', 'text'),
	('a in (b, 1)', 'a', 'number'),
	('a in (b, 1)', 'b', 'number'),
	('a between b and 2024-01-01', 'a', 'date'),
	('a between b and 2024-01-01', 'b', 'date'),
	('a <= as_of', 'a', 'date'),
	('as_of between a and b', 'b', 'date'),
	('a + b = c', 'a', 'number'),
	('a + b = c', 'c', 'number'),
	('-a = b', 'b', 'number'),
	('a * 2 > b / c', 'c', 'number'),
	('a + 3年 > b', 'a', 'date'),
	('a + 3年 > b', 'b', 'date'),
	('a - 2024-01-01 > 3日', 'a', 'date'),
	('year(a) = 2024', 'a', 'date'),
	('latest(a, b) = c', 'a', 'date'),
	('latest(a, b) = c', 'c', 'date'),
	('least(a, 2024-01-01) > b', 'a', 'date'),
	('greatest(a, b, 1) > 3', 'a', 'number'),
	('greatest(a, b, 1) > 3', 'b', 'number'),
	('floor(a) = b', 'b', 'number'),
	('round(a, 2) = 1.25', 'a', 'number'),
	('count_true(a, b) = 1', 'b', 'boolean'),
	('case when a then 1 else 2 end = b', 'a', 'boolean'),
	('case when a then 1 else 2 end = b', 'b', 'number'),
	('case when a = ''x'' then b else 2 end > 1', 'b', 'number'),
	('band(a : >= 5% then 20, else 0) > 10', 'a', 'number'),
	('band(a : = ''x'' then 20, else 0) > 10', 'a', 'text'),
	-- inferred from another fact, in any order
	('a = b and b = c and c = d and d = ''x''', 'a', 'text'),
	('d = ''x'' and d = c and c = b and b = a', 'a', 'text'),
	('a = b and (b or c)', 'a', 'boolean'),
	('主营业务收入 > 5万元', '主营业务收入', 'number')
	) rules (rule, fact, type);

-- Units are inferred, too.

SELECT is(pg_temp.refusal(rule), refusal, rule) FROM (VALUES
	('revenue <= 1亿元 and revenue > 1000',
	E'line 1, column 30: an amount of money needs its unit\nHINT: Write 1000元 or 1000万元 instead of 1000.'),
	('revenue > 1000 and revenue <= 1亿元',
	E'line 1, column 11: an amount of money needs its unit\nHINT: Write 1000元 or 1000万元 instead of 1000.'),
	('revenue <= 1亿元 and staff > 5人 and revenue > staff', 'line 1, column 45: units do not fit: 元 and 人'),
	('revenue <= 1亿元 and revenue > 5%', 'line 1, column 30: units do not fit: 元 and a ratio or percentage'),
	('rd / revenue > 5% and rd > 5万元 and revenue > 1元', 'no error'),
	('revenue > 1000', 'no error')
	) rules (rule, refusal);

-- Types that cannot be inferred are an error.

SELECT is(pg_temp.refusal(rule),
	refusal || E'\nHINT: Write a document that begins with "policy" and declare it with "fact".', rule) FROM (VALUES
	('a >= b', 'line 1, column 1: the type of "a" cannot be inferred'),
	('a between b and c', 'line 1, column 1: the type of "a" cannot be inferred'),
	('least(a, b) > c', 'line 1, column 7: the type of "a" cannot be inferred'),
	('a is null', 'line 1, column 1: the type of "a" cannot be inferred'),
	('coalesce(a, b) = 1', 'line 1, column 10: the type of "a" cannot be inferred')
	) rules (rule, refusal);
SELECT is(pg_temp.refusal(rule),
	refusal || E' If it is a fact, write a document that begins with "policy" and declare it with "fact".', rule)
	FROM (VALUES
	('a = b', E'line 1, column 5: the type of "b" cannot be inferred\nHINT: Write ''b'' instead of b.'),
	('x and (a = b or b <> c)', E'line 1, column 12: the type of "b" cannot be inferred\nHINT: Write ''b'' instead of '
	'b.'),
	('a in (b, c)', E'line 1, column 7: the type of "b" cannot be inferred\nHINT: Write ''b'' instead of b.')
	) rules (rule, refusal);
SELECT is(pg_temp.refusal(rule), refusal, rule) FROM (VALUES
	('1', 'line 1, column 1: a policy of one expression must be a boolean, but this is a number'),
	('a + 1', 'line 1, column 1: a policy of one expression must be a boolean, but this is a number'),
	('''x''', 'line 1, column 1: a policy of one expression must be a boolean, but this is a text'),
	('a = 1 and a = ''x''', 'line 1, column 15: a text cannot be combined with a number'),
	('a = 1 or a', 'line 1, column 10: what "or" joins must be a boolean, but this is a number'),
	('a < ''x''', 'line 1, column 1: a text can be compared only with = and <>'),
	('coalesce(a, 1) = 1', E'line 1, column 10: this is never none\nHINT: Only what can be none has a default; '
	'an unknown value stays unknown.'),
	('count(a) > 1', 'line 1, column 7: count needs a list fact'),
	('any(a where it = 1)', 'line 1, column 5: any needs a list fact')
	) rules (rule, refusal);

-- A single expression can be asked like any policy; facts without a declaration are unknown if they are absent.

SELECT is('{"revenue": 100000000, "rd_expense": 5000000}'::jsonb |=
	'revenue <= 1亿元 and rd_expense / revenue >= 5%'::policy, true,
	'a rule asked of a row');
SELECT is('{"revenue": 100000001}'::jsonb |= 'revenue <= 1亿元 and rd_expense / revenue >= 5%'::policy, false,
	'one condition refutes it');
SELECT is('{"revenue": null}'::jsonb |= 'revenue <= 1亿元'::policy, NULL, 'NULL is unknown');
SELECT is('{"revenue": null}'::jsonb |! 'revenue <= 1亿元 and rd_expense / revenue >= 5%'::policy, '{revenue,rd_expense}',
	'what it lacks');
SELECT is('{"revenue": 5}'::jsonb |# 'revenue <= 1亿元'::policy, 0.00, 'a rule owes nothing');
SELECT is(pg_temp.error_of($$SELECT '{}'::jsonb |^ 'revenue <= 1亿元'::policy$$) ~ '^22023: policy ".*" has no ladder\n',
	true, 'and has no ladder');

SELECT * FROM finish();
ROLLBACK;
