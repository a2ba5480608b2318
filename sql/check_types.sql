\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(107);

-- Types, units and values are checked when the policy is read. The first line has the facts, the second the clause;
-- the position is that of the wrong operand.

CREATE TEMP TABLE facts AS SELECT
	'policy p ''t'' fact yuan number 元 fact mark number 分 fact share number % fact staff number 人 '
	'fact years number 年 fact plain number fact name text fact size text in (''micro'', ''small'', ''medium'') fact '
	'yes boolean '
	'fact day date fact day_or_none date null means none fact yuan_or_none number 元 null means none fact yes_or_no '
	'boolean null means none '
	'fact leases list (area number 平方米, kind text in (''state'', ''private''), until date null means none) '
	'fact ranks list of number 名 fact days list of date fact tags list of text in (''a'', ''b'')' AS source;
SELECT is(pg_temp.refusal(source || E'\nclause 1 when ' || condition), E'line 2, ' || refusal, condition) FROM facts,
	(VALUES
	-- types
	('yuan', 'column 15: a condition must be a boolean, but this is a number'),
	('yes and name', 'column 23: what "and" joins must be a boolean, but this is a text'),
	('day or yes', 'column 15: what "or" joins must be a boolean, but this is a date'),
	('not staff', 'column 19: what "not" negates must be a boolean, but this is a number'),
	('name = 1', E'column 22: a text must be in single quotes\nHINT: Write ''1'' instead of 1.'),
	('day > 20', 'column 21: a number cannot be combined with a date'),
	('day between 2024-01-01 and ''x''', 'column 42: a text cannot be combined with a date'),
	('plain in (1, ''x'')', 'column 28: a text cannot be combined with a number'),
	('name > ''x''', 'column 15: a text can be compared only with = and <>'),
	('yes >= true', 'column 15: a boolean can be compared only with = and <>'),
	('name between ''a'' and ''b''', 'column 15: a text can be compared only with = and <>'),
	('leases = leases', E'column 15: a list cannot be compared\nHINT: Ask with count, any or all.'),
	('name + 1 > 2', 'column 15: this must be a number, but this is a text'),
	('-yes = 1', 'column 16: this must be a number, but this is a boolean'),
	('day + day > 1', E'column 15: a date cannot be used in arithmetic\nHINT: A date is shifted by a quantity such as '
	'3年, 6月 or 30日.'),
	('day + 3 > day', E'column 21: a date is shifted by years, months or days\nHINT: Write 3年 or 3月 or 3日 instead of '
	'3.'),
	('day + years > day', E'column 15: a date cannot be used in arithmetic\nHINT: A date is shifted by a quantity such '
	'as 3年, 6月 or 30日.'),
	('day * 2 > day', E'column 15: a date cannot be used in arithmetic\nHINT: A date is shifted by a quantity such as '
	'3年, 6月 or 30日.'),
	('day + 1.5年 > day', 'column 21: a date is shifted by a whole number below 1000000'),
	('day + 1000000日 > day', 'column 21: a date is shifted by a whole number below 1000000'),
	('yes + 3年 > day', 'column 15: what is shifted must be a date, but this is a boolean'),
	('case when plain then 1 end = 1', 'column 25: the condition of a case must be a boolean, but this is a number'),
	('case when yes then 1 else ''x'' end = 1', 'column 41: a text cannot be combined with a number'),
	('case when yes then true end', 'column 15: a case of booleans needs an else'),
	('band(plain : >= 1 then 1, else ''x'') = 1', 'column 46: a text cannot be combined with a number'),
	('band(plain : >= 2024-01-01 then 1, else 2) = 1', 'column 31: a date cannot be combined with a number'),
	('band(name : >= ''x'' then 1, else 2) = 1', 'column 20: a text can be compared only with = and <>'),
	('band(plain : else 2, >= 1 then 1) = 1', 'column 36: nothing can follow else'),
	('year(plain) = 2024', 'column 20: the argument of year must be a date, but this is a number'),
	('month(plain) = 2', 'column 21: the argument of month must be a date, but this is a number'),
	('floor(day) = 1', 'column 21: what is rounded must be a number, but this is a date'),
	('months(day, plain) = 2', 'column 27: an argument of months must be a date, but this is a number'),
	('months(day) = 2', 'column 15: months has the wrong number of arguments'),
	('months(day, day) > 2年', 'column 34: units do not fit: 月 and 年'),
	('clamp(plain, 1) = 1', 'column 15: clamp has the wrong number of arguments'),
	('clamp(yuan, 1, 2) > 3元', E'column 27: an amount of money needs its unit\nHINT: Write 1元 or 1万元 instead of 1.'),
	('clamp(name, ''a'', ''b'') = ''a''',
	'column 15: what is kept between bounds must be a number, but this is a text'),
	('ceil(day) = 1', 'column 20: what is rounded must be a number, but this is a date'),
	('ceil(plain, 1) = 1', 'column 15: ceil has the wrong number of arguments'),
	('round(plain, 21) = 1', 'column 28: round takes a number of decimals from 0 to 20'),
	('round(plain, plain) = 1', 'column 28: round takes a number of decimals from 0 to 20'),
	('round(plain, 1.5) = 1', 'column 28: round takes a number of decimals from 0 to 20'),
	('round(plain, 1, 2) = 1', 'column 15: round has the wrong number of arguments'),
	('coalesce(yuan_or_none) = 0元', 'column 15: coalesce has the wrong number of arguments'),
	('least(name, name) = ''x''', 'column 15: what is chosen from must be a number, but this is a text'),
	('greatest(plain, day) = 1', 'column 31: a date cannot be combined with a number'),
	('latest(day, plain) = day', 'column 27: this must be a date, but this is a number'),
	('earliest(plain) = day', 'column 24: this must be a date, but this is a number'),
	('count_true(yes, plain) = 1', 'column 31: what is counted must be a boolean, but this is a number'),
	-- units
	('yuan = staff', 'column 22: units do not fit: 元 and 人'),
	('yuan >= 5%', 'column 23: units do not fit: 元 and a ratio or percentage'),
	('share > 1人', 'column 23: units do not fit: a ratio or percentage and 人'),
	('yuan + mark > 1元', 'column 22: units do not fit: 元 and 分'),
	('yuan - 1人 > 1元', 'column 22: units do not fit: 元 and 人'),
	('yuan between 1元 and 2人', 'column 35: units do not fit: 元 and 人'),
	('staff in (1人, 2分)', 'column 29: units do not fit: 人 and 分'),
	('least(yuan, staff) > 1元', 'column 27: units do not fit: 元 and 人'),
	('coalesce(yuan_or_none, 1人) > 1元', 'column 38: units do not fit: 元 and 人'),
	('case when yes then 1元 else 1人 end > 1元', 'column 42: units do not fit: 元 and 人'),
	('band(share : >= 3人 then 1, else 2) = 1', 'column 31: units do not fit: a ratio or percentage and 人'),
	('yuan / staff > 3元 and yuan / yuan > 3元', 'column 51: units do not fit: a ratio or percentage and 元'),
	('max(ranks) > 3人', 'column 28: units do not fit: 名 and 人'),
	('sum(leases : area) > 3人', 'column 36: units do not fit: 平方米 and 人'),
	('day - day_or_none > 3月', E'column 15: a number of days is not compared with years or months\nHINT: Write '
	'day_or_none < day - 3月 instead of day - day_or_none > 3月.'),
	-- money
	('yuan > 1000', E'column 22: an amount of money needs its unit\nHINT: Write 1000元 or 1000万元 instead of 1000.'),
	('1.5 <= yuan', E'column 15: an amount of money needs its unit\nHINT: Write 1.5元 or 1.5万元 instead of 1.5.'),
	('yuan > 1000万', E'column 22: an amount of money needs its unit\nHINT: Write 1000万元 instead of 1000万.'),
	('yuan > -5', E'column 22: an amount of money needs its unit\nHINT: Write -5元 or -5万元 instead of -5.'),
	('yuan - 5 > 0', E'column 22: an amount of money needs its unit\nHINT: Write 5元 or 5万元 instead of 5.'),
	('yuan between 0 and 7', E'column 34: an amount of money needs its unit\nHINT: Write 7元 or 7万元 instead of 7.'),
	('yuan in (0, 7)', E'column 27: an amount of money needs its unit\nHINT: Write 7元 or 7万元 instead of 7.'),
	('greatest(yuan, 7) > 0', E'column 30: an amount of money needs its unit\nHINT: Write 7元 or 7万元 instead of 7.'),
	('band(yuan : >= 7 then 1, else 0) = 1',
	E'column 30: an amount of money needs its unit\nHINT: Write 7元 or 7万元 instead of 7.'),
	-- values of a text fact
	('size = ''smal''', E'column 22: "smal" is not a value of "size"\nHINT: Perhaps you meant "small".'),
	('''large'' <> size', 'column 15: "large" is not a value of "size"'),
	('size in (''micro'', ''mediun'')',
	E'column 33: "mediun" is not a value of "size"\nHINT: Perhaps you meant "medium".'),
	('band(size : = ''micor'' then 1, else 0) = 1',
	E'column 29: "micor" is not a value of "size"\nHINT: Perhaps you meant "micro".'),
	('any(tags : it = ''c'')', 'column 31: "c" is not a value of "it"'),
	('any(leases where kind = ''stat'')',
	E'column 39: "stat" is not a value of "kind"\nHINT: Perhaps you meant "state".'),
	-- expressions that are never none
	('day is null', E'column 15: this is never none\nHINT: Only what can be none can be asked for NULL; '
	'an unknown value is not NULL.'),
	('yes_or_no is not null', E'column 15: this is never none\nHINT: Only what can be none can be asked for NULL; '
	'an unknown value is not NULL.'),
	('day_or_none + 3年 is null and yuan + 1元 is null',
	E'column 44: this is never none\nHINT: Only what can be none can be asked for NULL; an unknown value is not NULL.'),
	('coalesce(yuan, 0) > 0', E'column 24: this is never none\nHINT: Only what can be none has a default; '
	'an unknown value stays unknown.'),
	('greatest(day, day_or_none) is null',
	E'column 15: this is never none\nHINT: Only what can be none can be asked for NULL; an unknown value is not NULL.'),
	('coalesce(day_or_none, day) is null',
	E'column 15: this is never none\nHINT: Only what can be none can be asked for NULL; an unknown value is not NULL.'),
	-- lists
	('count(plain) = 1', 'column 21: count needs a list fact'),
	('min(plain, 3) = 1', E'column 15: min asks the elements of a list\nHINT: Write least(plain, '
	'3) instead of min(plain, 3).'),
	('max(plain) = 1', E'column 15: max asks the elements of a list\nHINT: Write greatest(plain) instead of '
	'max(plain).'),
	('count(leases : area) = 1', E'column 30: count takes no expression\nHINT: count counts the elements; '
	'a condition follows "where".'),
	('any(leases)', E'column 15: any needs a condition\nHINT: Write any(list where condition).'),
	('all(leases where area > 1)',
	E'column 15: all needs a condition after a colon\nHINT: Write all(list : condition).'),
	('sum(leases) = 1', E'column 15: sum needs an expression after a colon\nHINT: Write sum(list : expression).'),
	('sum(leases : until) = 1', 'column 28: this must be a number, but this is a date'),
	('max(leases : kind) = ''state''', 'column 28: this must be a number, but this is a text'),
	('any(leases where area)', 'column 32: the condition of a list must be a boolean, but this is a number'),
	('any(leases : area)', 'column 28: what any asks must be a boolean, but this is a number'),
	('all(ranks)', 'column 19: what all asks must be a boolean, but this is a number'),
	('floor(leases where area > 1) = 1', 'column 15: floor does not work on a list'),
	('coalesce(leases, leases) = 1',
	E'column 24: this is never none\nHINT: Only what can be none has a default; an unknown value stays unknown.'),
	('least(leases, leases) = 1', 'column 21: a list is not allowed here')
	) conditions (condition, refusal);

SELECT is(pg_temp.refusal(source || E'\nscore s = yes'),
	E'line 2, column 11: a score must be a number, but this is a boolean', 'a score is a number')
	FROM facts;
SELECT is(pg_temp.refusal(source || E'\ndefine s = leases'), E'line 2, column 12: a list cannot be defined',
	'a list cannot be defined') FROM facts;

-- Units that fit.

SELECT is(pg_temp.refusal(source || E'\nclause 1 when ' || condition), 'no error', 'reads: ' || condition) FROM facts,
	(VALUES
	('yuan > 0 and 0 <= yuan and yuan >= 0.00 and yuan / yuan >= 5% and yuan / staff >= 5 and yuan / staff >= 5万元'),
	('years >= 2 and staff > 3人 and staff / years > 3% and share > 0.1 and share > 10% and yuan * share > 3元 and staff '
	'* share > 3人'),
	('day - day_or_none >= 30 and day - day_or_none >= 30日 and 3年 + day > day and year(day) = 2024 and year(day) >= '
	'years'),
	('sum(leases : 5元 * area * 3) > 5元 and count(leases) > 3 and count(leases) > 3件 and 5元 * share < yuan'),
	('case when yes then yuan end is null and max(ranks) is not null and band(plain : > 1 then yuan) is null')
	) conditions (condition);

SELECT * FROM finish();
ROLLBACK;
