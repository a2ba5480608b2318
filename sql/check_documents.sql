\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(63);

-- Facts: ranges, values and what NULL means.

SELECT is(pg_temp.refusal(E'policy p ''t''\nfact ' || fact), E'line 2, ' || refusal, 'fact ' || fact) FROM (VALUES
	('a text 元', 'column 13: only a number has a unit'),
	('a list of date 日', 'column 21: only a number has a unit'),
	('a text at least 0', 'column 1: only a number or a date has a range'),
	('a boolean between 0 and 1', 'column 1: only a number or a date has a range'),
	('a number between 2024-01-01 and 2025-01-01', 'column 23: "a" is a number'),
	('a text between ''a'' and ''b''', 'column 1: only a number or a date has a range'),
	('a number 元 between 0 and 5人', 'column 31: units do not fit: 元 and 人'),
	('a number 元 at least 5', E'column 26: an amount of money needs its unit\nHINT: Write 5元 or 5万元 instead of 5.'),
	('a number between 2 and 1', 'column 29: the range is empty'),
	('a date between 2025-01-02 and 2025-01-01', 'column 36: the range is empty'),
	('a number in (''1'', ''2'')',
	E'column 1: only a text has a list of values\nHINT: A number has a range: between, at least, at most.'),
	('a date in (''2024-01-01'')', 'column 1: only a text has a list of values'),
	('a text null means 0', 'column 1: only a number''s NULL can mean 0'),
	('a boolean null means 0', 'column 1: only a number''s NULL can mean 0'),
	('a number null means 1', 'column 26: NULL can mean none, unknown or 0'),
	('a number null means false', E'column 26: unexpected "false"\nDETAIL: Expected a number, none, unknown.'),
	('a list (b text at least 0)', 'column 14: only a number or a date has a range'),
	('a list (b list of text)', 'column 14: a list cannot hold lists')
	) facts (fact, refusal);

-- Headers.

SELECT is(pg_temp.refusal(source), refusal, description) FROM (VALUES
	('policy p ''t'' in force from 2025-01-01 until 2025-01-01', 'line 1, column 1: the document is never in force',
	'the first day and the day it ends'),
	(E'policy p ''t'' series s in force from 2025-01-01\npolicy q ''t'' clause 1 when 1 < 2',
		E'line 2, column 1: a policy is one document\nHINT: The versions of one document follow "series code"; '
		'a document that another uses is named after "uses" there.', 'two documents are no policy'),
	(E'policy p ''t''\nseries s',
	E'line 1, column 1: a version of a series needs the day from which it is in force\nHINT: Write "in force from" and '
	'a '
	'date.',
	'a version that stands alone, without a day'),
	(E'series s\npolicy p ''t'' series s in force from 2025-01-01 policy q ''t'' series s',
		E'line 2, column 48: a version of a series needs the day from which it is in force\nHINT: Write "in force '
		'from" and '
		'a date.',
		'a version without a day'),
	(E'series s\npolicy p ''t'' series s in force from 2025-01-01 policy q ''t'' series r in force from 2026-01-01',
		'line 2, column 48: the documents of a series name it', 'a version of another series'),
	(E'series s\npolicy p ''t'' in force from 2025-01-01',
		'line 2, column 1: the documents of a series name it', 'a version that names no series')
	) headers (source, refusal, description);
SELECT is(pg_temp.refusal('policy p ''t'''), 'no error', 'a document may hold nothing but its header');
SELECT is('{}'::jsonb |= 'policy p ''t'''::policy, false, 'which nothing satisfies');
SELECT is('{}'::jsonb |# 'policy p ''t'''::policy, 0.00, 'and which owes nothing');

-- Clauses, stages and rungs.

CREATE TEMP TABLE facts AS SELECT
	'policy p ''t'' fact yuan number 元 fact mark number 分 fact staff number 人 fact share number % fact yes boolean '
	'fact name text in (''small'', ''large'') fact day date fact day_or_none date null means none fact leases list '
	'(area number 平方米, signed date) '
	'define half = yuan / 2 clause c when yes clause r reward pay 1元 clause s reward stage one on day pay 1元 '
	'ladder rung low when yes rung high level 5 when yes example ''e'' given yes = true expect clause c true' AS source;
SELECT is(pg_temp.refusal(source || E'\n' || statement), E'line 2, ' || refusal, statement) FROM facts, (VALUES
	('clause 1 pay 1元', E'column 1: a clause that pays needs a kind\nHINT: Add reward, subsidy, '
	'tax or points after its title.'),
	('clause 1 eligibility pay undetermined',
	E'column 1: a clause that pays needs a kind\nHINT: Add reward, subsidy, tax or points after its title.'),
	('clause 1 stage a on day pay 1元',
	E'column 1: a clause that pays needs a kind\nHINT: Add reward, subsidy, tax or points after its title.'),
	('clause 1 reward when yes', E'column 1: a reward says what it pays\nHINT: Write "pay undetermined" where the text '
	'has no figure.'),
	('clause 1 subsidy', E'column 1: a subsidy says what it pays\nHINT: Write "pay undetermined" where the text has no '
	'figure.'),
	('clause 1 tax when yes', E'column 1: a tax says what it pays\nHINT: Write "pay undetermined" where the text has '
	'no figure.'),
	('clause 1 points when yes', E'column 1: a points says what it pays\nHINT: Write "pay undetermined" where the text '
	'has no figure.'),
	('clause 1 reward pay 1元 pay undetermined', 'column 1: a clause pays once or in stages'),
	('clause 1 reward pay 1元 stage a on day pay 1元', 'column 1: a clause pays once or in stages'),
	('clause 1 reward pay undetermined stage a on day pay 1元', 'column 1: a clause pays once or in stages'),
	('clause 1 reward pay undetermined cap 5元', 'column 38: a clause that pays nothing cannot have a cap'),
	('clause 1 cap 5元', 'column 14: a clause that pays nothing cannot have a cap'),
	('clause 1 reward pay mark', 'column 21: a clause of this kind is paid in 元, not in 分'),
	('clause 1 subsidy pay staff', 'column 22: a clause of this kind is paid in 元, not in 人'),
	('clause 1 tax pay 50%', 'column 18: a clause of this kind is paid in 元, not in a ratio or percentage'),
	('clause 1 points pay yuan', 'column 21: a clause of this kind is paid in 分, not in 元'),
	('clause 1 reward pay 1000', E'column 21: an amount of money needs its unit\nHINT: Write 1000元 or 1000万元 instead '
	'of 1000.'),
	('clause 1 reward pay 1元 cap 2分', 'column 28: a clause of this kind is paid in 元, not in 分'),
	('clause 1 reward pay 1元 cap 20',
	E'column 28: an amount of money needs its unit\nHINT: Write 20元 or 20万元 instead of 20.'),
	('clause 1 reward stage a on day pay mark', 'column 36: a clause of this kind is paid in 元, not in 分'),
	('clause 1 reward pay yes', 'column 21: what is paid must be a number, but this is a boolean'),
	('clause 1 reward stage a on yuan pay 1元', 'column 28: the day of a stage must be a date, but this is a number'),
	('clause 1 reward stage a on day when yuan pay 1元',
	'column 37: a condition must be a boolean, but this is a number'),
	('clause 1 reward stage a each yes on day pay 1元', 'column 25: "yes" is not a list fact'),
	('clause 1 reward stage a each half on day pay 1元', 'column 25: "half" is not a list fact'),
	('clause 1 when yes should yuan', 'column 26: a condition must be a boolean, but this is a number'),
	('rung top', 'column 1: a rung needs "when"'),
	('rung none when yes', 'column 1: "none" cannot be the code of a rung'),
	('rung top when yuan', 'column 15: a condition must be a boolean, but this is a number'),
	('rung top level 5 when yes', 'column 1: rungs must be in ascending order of their levels'),
	('rung top level 4 when yes', 'column 1: rungs must be in ascending order of their levels'),
	('target 1 ''x'' 家 flow 2025: 1 count where yuan',
	'column 41: what is counted must be a boolean, but this is a number'),
	('target 1 ''x'' 元 flow 2025: 1人', 'column 27: units do not fit: 元 and 人')
	) statements (statement, refusal);
SELECT is(pg_temp.refusal(source || E'\n' || statement), 'no error', 'reads: ' || statement) FROM facts, (VALUES
	('clause 1 reward pay 5元 * staff cap yuan * 50% clause 2 points pay mark clause 3 tax pay 0 clause 4 reward pay '
	'half'),
	('rung top level 6 when yes rung higher when yes should yuan > 0'),
	('clause 1 reward stage a each leases on signed + 1年 when area > 3 pay 5元 * area stage b on day_or_none pay half '
	'cap 5元')
	) statements (statement);

SELECT * FROM finish();
ROLLBACK;
