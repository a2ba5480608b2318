\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL zjtx.as_of = '2026-11-28';
SET LOCAL datestyle = iso;
SELECT plan(119);

-- What time alone changes, with days that were counted by hand.

-- the next change of facts judged on a day
CREATE FUNCTION pg_temp.next(e jsonb, rule text, day date DEFAULT '2026-11-28') RETURNS date LANGUAGE sql AS $$
	SELECT zjtx.next_change(e, zjtx.as_of(rule::zjtx.policy, day))
$$;
-- what changes until a day
CREATE FUNCTION pg_temp.ahead(e jsonb, rule text, until date, day date DEFAULT '2026-11-28')
	RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(format('%s %s: %s -> %s', c.day, c.line, coalesce(c.from, '-'), coalesce(c.to, '-')), E'\n')
	FROM zjtx.changes_ahead(e, zjtx.as_of(rule::zjtx.policy, day), until) c
$$;

CREATE FUNCTION pg_temp.march() RETURNS policy LANGUAGE sql AS $$
	SELECT as_of('as_of >= 2027-03-01'::policy, date '2026-01-01')
$$;

-- A comparison with a day, from both sides of the bound.

SELECT is(pg_temp.next('{}', 'as_of >= 2027-03-01'), '2027-03-01', '>= holds from its day on');
SELECT is(pg_temp.next('{}', 'as_of >= 2027-03-01', '2027-02-28'), '2027-03-01', 'on the eve of it');
SELECT is(pg_temp.next('{}', 'as_of >= 2027-03-01', '2027-03-01'), NULL, 'on the day of it nothing is ahead');
SELECT is(pg_temp.next('{}', 'as_of > 2027-03-01', '2027-03-01'), '2027-03-02', '> holds from the day after on');
SELECT is(pg_temp.next('{}', 'as_of <= 2027-03-01'), '2027-03-02', '<= ends with its day');
SELECT is(pg_temp.next('{}', 'as_of <= 2027-03-01', '2027-03-01'), '2027-03-02', 'on its day');
SELECT is(pg_temp.next('{}', 'as_of <= 2027-03-01', '2027-03-02'), NULL, 'after it');
SELECT is(pg_temp.next('{}', 'as_of < 2027-03-01', '2027-02-28'), '2027-03-01', '< ends before its day');
SELECT is(pg_temp.next('{}', 'as_of = 2027-03-01'), '2027-03-01', '= holds on its day');
SELECT is(pg_temp.next('{}', 'as_of = 2027-03-01', '2027-03-01'), '2027-03-02', 'and no longer');
SELECT is(pg_temp.next('{}', 'as_of = 2027-03-01', '2027-03-02'), NULL, 'and never again');
SELECT is(pg_temp.next('{}', 'as_of <> 2027-03-01'), '2027-03-01', '<> fails on its day');
SELECT is(pg_temp.next('{}', 'as_of between 2027-03-01 and 2027-03-31'), '2027-03-01', 'between begins');
SELECT is(pg_temp.next('{}', 'as_of between 2027-03-01 and 2027-03-31', '2027-03-01'), '2027-04-01', 'between ends');
SELECT is(pg_temp.next('{}', 'as_of between 2027-03-01 and 2027-03-31', '2027-04-01'), NULL, 'between has ended');
SELECT is(pg_temp.next('{"a": 5}', 'a > 3'), NULL, 'what does not read the day never changes');
SELECT is(pg_temp.next('{"a": 5}', 'a > 3 or as_of >= 2027-03-01'), NULL, 'what is satisfied in any case');
SELECT is(pg_temp.next('{"a": 1}', 'a > 3 and as_of >= 2027-03-01'), NULL, 'what is refused in any case');
SELECT is(pg_temp.next('{}', 'as_of >= 2999-12-31'), '2999-12-31', 'the last day that is looked at');
SELECT is(pg_temp.next('{}', 'as_of >= 3000-01-01'), NULL, 'beyond it');
SELECT is(pg_temp.next('{}', 'as_of < 2030-01-01', '2999-12-31'), NULL, 'from the last day');
SELECT is(pg_temp.next('{}', 'as_of < 4000-01-01', '3500-01-01'), NULL, 'from after it');
SELECT is(pg_temp.next('{}', 'as_of >= latest(as_of, as_of) and as_of < 2027-03-01'), '2027-03-01',
	'a day compared with itself');
SELECT is(pg_temp.next('{}', 'as_of <= 2027-03-01 or as_of >= 2027-03-02'), NULL,
	'two conditions that relieve each other are judged on the day between');

-- Days that the row gives.

SELECT is(pg_temp.next('{"titled_on": "2024-02-29"}', 'as_of < titled_on + 3年'), '2027-02-28',
	'three years from a leap day');
SELECT is(pg_temp.next('{"titled_on": "2024-02-29"}', 'as_of <= titled_on + 3年'), '2027-03-01', 'that day included');
SELECT is(pg_temp.next('{"d": "2026-08-31"}', 'months(d, as_of) >= 6月'), '2027-02-28', 'six months from a 31st');
SELECT is(pg_temp.next('{"d": "2026-08-31"}', 'months(d, as_of) >= 6月', '2027-02-27'), '2027-02-28',
	'on the eve of it');
SELECT is(pg_temp.next('{"d": "2026-11-01"}', 'as_of - d > 30日'), '2026-12-02', 'more than 30 days');
SELECT is(pg_temp.next('{"d": "2026-11-01"}', '(as_of - d) * 2 - 10日 >= 50日'), '2026-12-01', 'arithmetic on days');
SELECT is(pg_temp.next('{"d": "2020-05-05"}', 'year(as_of) - year(d) >= 7年'), '2027-01-01', 'years of the calendar');
SELECT is(pg_temp.next('{}', 'month(as_of) = 3'), '2027-03-01', 'the month of the day');
SELECT is(pg_temp.next('{}', 'month(as_of) = 3', '2027-03-01'), '2027-04-01', 'and its end');
SELECT is(pg_temp.next('{"a": "2027-01-10"}', 'a <= earliest(' || repeat('as_of, ', 20) || 'as_of) + 1天'), '2027-01-09',
	'more operands than are followed');
SELECT is(pg_temp.next('{"a": "2027-01-10", "b": "2027-05-05"}', 'as_of >= latest(a, b) and as_of > earliest(a, b)'),
	'2027-05-05', 'the latest of two days');

-- Unknown facts.

SELECT is(pg_temp.next('{}', 'as_of >= d + 3年'), NULL, 'undecided on all days');
SELECT is(pg_temp.next('{}', 'as_of = d'), NULL, 'undecided on all days, for equality too');
SELECT is(pg_temp.next('{}', 'months(d, as_of) >= 36月'), NULL, 'undecided on all days, for months too');
SELECT is(pg_temp.next('{}', 'a > 3 and as_of < 2027-03-01'), '2027-03-01', 'undecided until it is refused');
SELECT is(pg_temp.next('{}', 'a > 3 or as_of >= 2027-03-01'), '2027-03-01', 'undecided until it is satisfied');
SELECT is(pg_temp.ahead('{}', 'policy p ''P'' fact d date between 2024-02-01 and 2024-02-10
	clause 1 when as_of >= d + 3年',
	'2027-12-31'), '2027-02-01 1: refused -> undecided; missing d
2027-02-10 1: undecided; missing d -> satisfied', 'an unknown day within bounds');
SELECT is(pg_temp.ahead('{"d": null}', 'policy p ''P'' fact d date null means none clause 1 when as_of >= d + 3年',
	'2036-01-01'),
	NULL, 'a day that is none');

-- Facts by year.

SELECT is(pg_temp.ahead('{"revenue": {"2025": 10, "2026": 3}}',
	'policy p ''P'' fact revenue number by year clause 1 when revenue[last_year] > 5', '2028-12-31'),
	'2027-01-01 1: satisfied -> refused
2028-01-01 1: refused -> undecided; missing revenue[2027]', 'last_year moves');
SELECT is(pg_temp.ahead('{"revenue": {"2025": 10, "2026": 13}}',
	'policy p ''P'' fact revenue number by year clause 1 when revenue[last_year] > 5', '2027-12-31'), NULL,
	'to a year that says the same');
SELECT is(pg_temp.ahead('{"revenue": {"2025": 10}}',
	'policy p ''P'' fact revenue number by year clause 1 when revenue[this_year] > 5', '2027-12-31'),
	'2027-01-01 1: undecided; missing revenue[2026] -> undecided; missing revenue[2027]',
	'what is missing moves with the year');
SELECT is(pg_temp.next('{"revenue": {"2023": 1, "2024": 2, "2025": 3, "2026": 2}}',
	'policy p ''P'' fact revenue number by year
	clause 1 when all(last_year - 1 to last_year : revenue[it] > revenue[it - 1])'),
	'2027-01-01', 'a range of years moves');

SELECT is(pg_temp.ahead('{"revenue": {"2025": 0, "2026": 0}}',
	'policy p ''P'' fact revenue number by year clause 1 when 1 / revenue[last_year] > 5', '2027-12-31'),
	'2027-01-01 1: undecided; missing revenue[2025] -> undecided; missing revenue[2026]',
	'the divisor that is zero moves with the year');

-- Sums of what rises and what falls with the day.

SELECT is(pg_temp.ahead('{"d": "2026-01-10", "e": "2027-01-20", "f": "2026-03-20"}',
	'policy p ''P'' fact d date fact e date fact f date '
	|| string_agg(format('clause %s when %s', n, e), ' ' ORDER BY n), '2027-01-31'), '2026-12-01 4: satisfied -> refused
2026-12-10 1: refused -> satisfied
2026-12-10 2: refused -> satisfied
2026-12-10 3: refused -> satisfied
2026-12-10 6: refused -> satisfied
2026-12-20 2: satisfied -> refused
2026-12-20 6: satisfied -> refused
2026-12-21 1: satisfied -> refused
2026-12-21 3: satisfied -> refused
2027-01-10 1: refused -> satisfied
2027-01-10 2: refused -> satisfied
2027-01-10 3: refused -> satisfied
2027-01-10 5: refused -> satisfied
2027-01-10 6: refused -> satisfied
2027-01-20 2: satisfied -> refused
2027-01-20 6: satisfied -> refused
2027-01-29 4: refused -> satisfied
2027-01-30 4: satisfied -> refused', 'months from one day, to another, between a day and a month later')
FROM (VALUES (1, 'months(d, as_of) + months(as_of, e) = 12月'), (2, 'months(d, as_of) - months(f, as_of) = 3月'),
	(3, '-months(d, as_of) - months(as_of, e) = -12月'), (4, '(as_of + 1月) - as_of = 30日'),
	(5, 'least(months(d, as_of) - 12月, months(as_of, e)) = 0月'), (6, 'months(d, as_of) > months(f, as_of) + 2月')) v (n, e);

-- Tables by date.

SELECT is(pg_temp.ahead('{}', 'policy p ''P''
	table rate by date (pays 元) 2026-01-01: 10元, 2026-12-01: 20元, 2027-02-01: 20元, 2027-04-01: 5元
	clause 1 reward pay rate[as_of]', '2027-12-31'), '2026-12-01 1: owed 10.00 元 -> owed 20.00 元
2027-04-01 1: owed 20.00 元 -> owed 5.00 元', 'rows of a table; two rows with the same cell are no change');

-- Yearly clauses: the period of what is owed.

SELECT is(pg_temp.ahead('{"a": 1}', 'policy p ''P'' fact a number clause 1 reward per year when a > 0 pay 10元
	clause 2 reward per year when a > 1 pay 7元',
	'2028-01-01'), '2027-01-01 1: owed 10.00 元 in 2026 -> owed 10.00 元 in 2027
2028-01-01 1: owed 10.00 元 in 2027 -> owed 10.00 元 in 2028',
	'a yearly clause is owed once more; one that is refused is not');
SELECT is(pg_temp.next('{"a": 0}', 'policy p ''P'' fact a number clause 1 reward per year when a > 0 pay 10元'), NULL,
	'a yearly clause that is refused for ever');

-- In force: of a document, and of versions of a series.

SELECT is(pg_temp.ahead('{}', 'policy p ''P'' in force from 2026-12-05 through 2026-12-31 clause 1 reward pay 10元',
	'2027-12-31'),
	'2026-12-05 1: owed 10.00 元; not in force -> owed 10.00 元
2027-01-01 1: owed 10.00 元 -> owed 10.00 元; not in force', 'from and through');
SELECT is(pg_temp.next('{}', 'policy p ''P'' in force from 2020-01-01 until 2026-12-31 clause 1 reward pay 10元'),
	'2026-12-31', 'until');
SELECT store('policy ser-1 ''S'' series ser in force from 2026-01-01 fact a number
	clause 1 reward when a > 5 pay 10元 clause 2 reward pay 3元');
SELECT store('policy ser-2 ''S'' series ser in force from 2027-05-01 until 2027-06-01 fact a number
	clause 1 reward when a > 7 pay 10元 clause 2 reward pay 3元
	clause 3 when a > 0');
SELECT is((SELECT string_agg(format('%s %s: %s -> %s', day, line, coalesce("from", '-'), coalesce("to", '-')), E'\n')
	FROM changes_ahead('{"a": 6}'::jsonb, 'ser', '2027-12-31')), '2027-05-01 1: owed 10.00 元 -> refused
2027-05-01 3: - -> satisfied
2027-06-01 1: refused -> owed 10.00 元
2027-06-01 3: satisfied -> -', 'another version of a series, and the first again');
SELECT is(next_change('{"a": 6}'::jsonb, 'ser'), '2027-05-01', 'a series by its name');
SELECT is(next_change('{"a": 8}'::jsonb, 'ser/2'), NULL, 'a clause that both versions have, with the same words');
SELECT is(next_change('{"a": 8}'::jsonb, 'ser/1'), NULL, 'and one that pays the same');
SELECT is(next_change('{"a": 6, "as_of": "2027-06-01"}'::jsonb, 'ser'), NULL, 'after the last version');
SELECT is(next_change('{"a": 6, "as_of": "2025-06-01"}'::jsonb, 'ser'), '2026-01-01', 'before the first version');

-- Stages.

CREATE FUNCTION pg_temp.stages() RETURNS text LANGUAGE sql AS $$ SELECT 'policy p ''P''
	fact won_on date null means none fact prizes list (day date, sum number 元) fact open boolean
	clause 1 reward cap 12元 when open stage won on won_on + 1年 pay 10元 stage prize each prizes on day pay sum' $$;
SELECT is(pg_temp.ahead('{"won_on": "2026-01-31", "open": true, "prizes": [{"day": "2026-12-24", "sum": 1},
	{"day": "2027-02-01", "sum": 4}]}', pg_temp.stages(),
	'2027-12-31'), '2026-12-24 1: to come -> owed 1.00 元
2026-12-24 1/prize: to come -> owed 1.00 元
2027-01-31 1: owed 1.00 元 -> owed 11.00 元
2027-01-31 1/won: to come -> owed 10.00 元
2027-02-01 1: owed 11.00 元 -> capped 12.00 元
2027-02-01 1/prize: owed 1.00 元 -> capped 2.00 元', 'stages are earned on their days, and the cap cuts the last');
SELECT is(pg_temp.ahead('{"won_on": "2026-01-31", "open": false, "prizes": [{"day": "2026-12-24", "sum": 1},
	{"day": "2027-02-01", "sum": 4}]}', pg_temp.stages(),
	'2027-12-31'), '2027-01-31 1/won: to come -> refused
2027-02-01 1: to come -> refused
2027-02-01 1/prize: to come -> refused', 'what was to come and is not earned');
SELECT is(pg_temp.next('{"open": true, "won_on": null, "prizes": []}', pg_temp.stages()), NULL, 'no stage is ahead');
SELECT is(pg_temp.next('{"open": true, "won_on": null}', pg_temp.stages()), NULL, 'an unknown list');
SELECT is(pg_temp.next('{"open": true, "won_on": null, "prizes": [{"day": null, "sum": 1}]}', pg_temp.stages()), NULL,
	'an unknown day');
SELECT is(pg_temp.ahead('{"p": [{"granted": "2022-01-10"}, {"granted": "2022-03-05"}, {"granted": null}]}',
	'policy p ''P'' fact p list (granted date)
	clause 1 reward pay 5元 * count(p where granted + 5年 > as_of)', '2027-12-31'),
	'2027-01-10 1: eligible, undecided 10.00 to 15.00 元; missing p -> eligible, undecided 5.00 to 10.00 元; missing p
2027-03-05 1: eligible, undecided 5.00 to 10.00 元; missing p -> eligible, undecided 0.00 to 5.00 元; missing p',
	'elements of a list leave its window one after another, beside an unknown one');
SELECT is(pg_temp.ahead('{"p": [{"granted": "2022-01-10"}, {"granted": "2027-01-10"}]}',
	'policy p ''P'' fact p list (granted date)
	clause 1 reward pay 5元 * count(p where granted <= as_of and granted + 5年 > as_of)', '2031-12-31'),
	NULL, 'one element replaces another on the same day');

-- References, groups, soft conditions.

SELECT is(pg_temp.next('{"d": "2026-12-01"}', 'policy p ''P'' fact d date clause 1 when as_of >= d + 1年
	clause 2 when satisfies 1 on d + 1年'),
	'2027-12-01', 'satisfied on another day does not depend on the day; clause 1 does');
SELECT is(pg_temp.next('{"d": "2026-12-01"}', 'policy p ''P'' fact d date
	clause 2 when satisfies 1 on as_of + 1月 clause 1 subject platform when as_of >= d + 1年'),
	'2027-11-01', 'satisfied a month later');
SELECT is(pg_temp.next('{}', 'policy p ''P'' uses u clause 1 when satisfies u/1
	policy u ''U'' in force from 2026-12-01 until 2027-12-01 clause 1 reward pay 1元'), '2026-12-01',
	'a used document comes into force');
SELECT is(pg_temp.ahead('{}', 'policy p ''P'' clause 1 reward pay 10元
	clause 2 reward when as_of >= 2027-03-01 pay 30元 group g best of 1, 2 cap 25元',
	'2027-12-31'), '2027-03-01 1: owed 10.00 元 -> owed 10.00 元; superseded by 2
2027-03-01 2: refused -> owed 30.00 元
2027-03-01 g: owed 10.00 元 -> capped 25.00 元', 'the highest of a group');
SELECT is(pg_temp.ahead('{"a": 1}', 'policy p ''P'' fact a number
	ladder rung low when a > 0 should as_of < 2027-03-01 rung high when as_of >= 2028-01-01 and b fact b boolean',
	'2028-12-31'), '2027-03-01 low: satisfied level 1 -> satisfied level 1; should as_of < 2027-03-01
2028-01-01 high: refused level 2 -> undecided level 2; missing b', 'rungs and soft conditions');
SELECT is(next_change('{}'::jsonb, as_of('policy p ''P'' clause 1 subject platform when as_of >= 2027-03-01
	clause 2 when as_of < 2027-05-01'::policy, '2026-11-28')),
	'2027-05-01', 'a clause for platforms is no line of the whole');

-- A definition.

SELECT is(pg_temp.ahead('{}', 'part ''age'' of policy p ''P'' define age = floor((as_of - 2020-01-01) / 365日)
	clause 1 when age > 7', '2027-12-31', '2026-01-01'),
	'2026-12-30 age: 6 -> 7
2027-12-30 age: 7 -> 8', 'the value of a definition');
SELECT is(pg_temp.ahead('{}', 'part ''due'' of policy p ''P'' define due = as_of >= d fact d date clause 1 when due',
	'2027-12-31', '2026-01-01'),
	NULL, 'a definition that is undecided');

-- What cannot be followed: it cancels itself out, which ranges do not show.

SELECT is(pg_temp.next('{}', '(as_of - 2020-01-01) - (as_of - 2020-01-01) = 0日'), date '2026-11-28' + 401,
	'after 400 days that were judged by themselves, the day that was not');
SELECT is(pg_temp.next('{}', '(as_of - 2020-01-01) - (as_of - 2020-01-01) = 0日 and as_of < 2027-12-31'), '2027-12-31',
	'a change within the 400 days is found');
SELECT is(pg_temp.ahead('{}', '(as_of - 2020-01-01) - (as_of - 2020-01-01) = 0日 and as_of < 2029-12-31',
	'2030-12-31'),
	'2029-12-31 rule: satisfied -> refused', 'changes_ahead judges them all');

-- The day judged.

SELECT is(next_change('{}'::jsonb, 'as_of >= 2027-03-01'::policy), NULL, 'without a day there is none after it');
SELECT is(next_change('{"as_of": null}'::jsonb, pg_temp.march()), '2027-03-01', 'the policy''s day goes first');
SELECT is(next_change('{"as_of": "2027-04-01"}'::jsonb, 'as_of >= 2027-03-01'::policy), NULL, 'the day of the row');
SELECT is(next_change('{"as_of": "2027-02-01"}'::jsonb, 'as_of >= 2027-03-01'::policy), '2027-03-01',
	'the day of the row, before');
SELECT is(next_change('{}'::jsonb, NULL::policy), NULL, 'no policy');
SELECT is(next_change('{}'::jsonb, NULL::text), NULL, 'no name');
SELECT is(next_change(NULL::jsonb, pg_temp.march()), '2027-03-01', 'no facts');
SELECT is_empty($$SELECT * FROM changes_ahead('{}'::jsonb, 'as_of >= 2027-03-01'::policy, '2028-01-01')$$,
	'no day, no changes');
SELECT is_empty($$SELECT * FROM changes_ahead('{}'::jsonb, pg_temp.march(), NULL)$$, 'no last day, no changes');
SELECT is_empty($$SELECT * FROM changes_ahead('{}'::jsonb, pg_temp.march(), '2026-01-01')$$, 'a period of one day');
SELECT is_empty($$SELECT * FROM changes_ahead('{}'::jsonb, pg_temp.march(),
	'2027-02-28')$$, 'the eve is the last day');
SELECT isnt_empty($$SELECT * FROM changes_ahead('{}'::jsonb, pg_temp.march(),
	'2027-03-01')$$, 'the last day is included');

-- over_days.

SELECT is((SELECT string_agg(concat_ws(' ', day, amount, low, high, level), E'\n')
	FROM over_days('{"d": "2027-02-15"}'::jsonb,
	'policy p ''P'' fact d date fact a number clause 1 reward when as_of >= d pay 10元
	clause 2 reward when a > 0 and as_of > d pay 5元
	ladder rung l when as_of >= d'::policy, '2027-01-31', '2027-04-30', '1 month')), '2027-01-31 0.00 0.00 0.00 0
2027-02-28 10.00 15.00 1
2027-03-31 10.00 15.00 1
2027-04-30 10.00 15.00 1', 'months end on their last day, counted from the first');
SELECT is((SELECT string_agg(concat_ws(' ', day, amount, coalesce(level::text, '-')), ', ')
	FROM over_days('{"a": 6, "as_of": "1999-01-01"}'::jsonb, 'ser',
	'2025-12-31', '2027-07-01', '1 year 2 months')), '2025-12-31 0.00 -, 2027-02-28 13.00 -',
	'versions of a series; the row''s own day does not count');
SELECT is((SELECT count(*) FROM over_days('{}'::jsonb, 'a > 0'::policy, '2000-01-01', date '2000-01-01' + 10000,
	'1 day')), 10001::bigint, '10000 days');
SELECT is((SELECT count(*) FROM over_days('{}'::jsonb, 'a > 0'::policy, '2000-01-01', '2000-01-01',
	'1 day')), 1::bigint, 'one day');
SELECT is_empty($$SELECT * FROM over_days('{}'::jsonb, 'a > 0'::policy, '2000-01-01', '2000-01-01',
	NULL)$$, 'no step, no days');
SELECT is((SELECT count(*) FROM over_days('{}'::jsonb, 'a > 0'::policy, '2000-01-01', '2010-01-01',
	'178000000 years')), 1::bigint, 'an enormous step');

-- What is refused.

CREATE FUNCTION pg_temp.refused(arguments text, call text DEFAULT 'over_days') RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.error_of(format('SELECT * FROM zjtx.%s(''{}''::jsonb, zjtx.as_of(''as_of > 2000-01-01''::zjtx.policy, '
		'''2026-11-28''), %s)', call, arguments))
$$;
SELECT is(pg_temp.refused('''2026-01-01'', ''2026-12-31'', ''0 days'''), '22023: the step must be positive
HINT: Write, for example, interval ''1 day'' or interval ''3 months''.', 'a step of nothing');
SELECT is(pg_temp.refused('''2026-01-01'', ''2026-12-31'', ''1 month -1 day'''), '22023: the step must be positive
HINT: Write, for example, interval ''1 day'' or interval ''3 months''.', 'a step back');
SELECT is(pg_temp.refused('''2026-01-01'', ''2026-12-31'', ''36 hours'''), '22023: the step must consist of whole days
HINT: Write, for example, interval ''1 day'' or interval ''3 months''.', 'a step of hours');
SELECT is(pg_temp.refused('''2026-01-02'', ''2026-01-01'', ''1 day'''),
	'22023: the argument "last" is before the period begins
DETAIL: The period begins on 2026-01-02, and "last" is 2026-01-01.', 'a period that ends before it begins');
SELECT is(pg_temp.refused('''2000-01-01'', date ''2000-01-01'' + 10001, ''1 month'''),
	'54000: a period has at most 10000 days
DETAIL: From 2000-01-01 to 2027-05-20 there are 10001.
HINT: Ask for a shorter period.', 'a period of 10001 days');
SELECT is(pg_temp.refused('''-infinity'', ''2027-05-20'', ''1 month'''), '22023: a period must begin and end on a day
DETAIL: An infinite date is not a day.', 'a period without a beginning');
SELECT is(pg_temp.refused('''2026-11-27''', 'changes_ahead'), '22023: the argument "until" is before the period begins
DETAIL: The period begins on 2026-11-28, and "until" is 2026-11-27.', 'changes until yesterday');
SELECT is(pg_temp.refused('''2054-04-16''', 'changes_ahead'), '54000: a period has at most 10000 days
DETAIL: From 2026-11-28 to 2054-04-16 there are 10001.
HINT: Ask for a shorter period.', 'changes of 10001 days');
SELECT is(pg_temp.refused('''infinity''', 'changes_ahead'), '22023: a period must begin and end on a day
DETAIL: An infinite date is not a day.', 'changes for ever');
SELECT is(pg_temp.error_of('SELECT zjtx.next_change(''{}''::jsonb, ''no-such'')'),
	E'42704: there is no stored policy "no-such"\nHINT: Text on the right names a stored policy; a rule is written '
	'''...''::zjtx.policy.', 'an unknown name');
SELECT is(pg_temp.error_of('SELECT * FROM zjtx.over_days(''{}''::jsonb, zjtx.stored(''ser/1'') -> ''nothing'',
	''2026-01-01'', ''2026-12-31'', ''1 day'')') ~ '^(42704|22023)',
	true, 'an unknown part');

-- An error while a period is judged leaves the call site usable.

CREATE FUNCTION pg_temp.each_of(facts jsonb[]) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
	p zjtx.policy := 'policy p ''P'' fact a number clause 1 when as_of >= 2027-03-01 and a > 1';
	e jsonb;
	found text[] := '{}';
BEGIN
	FOREACH e IN ARRAY facts LOOP
		BEGIN
			found := found || coalesce(zjtx.next_change(e || '{"as_of": "2026-11-28"}', p)::text, 'never');
		EXCEPTION WHEN OTHERS THEN
			found := found || SQLSTATE;
		END;
	END LOOP;
	RETURN found;
END $$;
SELECT is(pg_temp.each_of(ARRAY['{"a": 2}', '{"a": "x"}', '{"a": 2}', '{"a": 0}', '{"a": "x"}', '{}']::jsonb[]),
	'{2027-03-01,42804,2027-03-01,never,42804,2027-03-01}', 'an error in one row does not disturb the next');
-- Rows: the planner passes the columns that the policy reads.

CREATE TABLE public.firm (id int PRIMARY KEY, titled_on date, a numeric, unread text);
INSERT INTO firm VALUES (1, '2024-03-01', 2), (2, NULL, 2), (3, '2025-02-28', 0), (4, '2026-12-15', 7);
SELECT store('policy lapse ''L'' fact titled_on date fact a number
	clause 1 reward when a > 1 and as_of < titled_on + 3年 pay 10元
	ladder rung low when as_of >= titled_on');
CREATE FUNCTION pg_temp.plan(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	lines text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (VERBOSE, COSTS OFF) ' || query LOOP
		lines := lines || line || E'\n';
	END LOOP;
	RETURN lines;
END $$;
SELECT is((SELECT string_agg(concat_ws(' ', id, next_change(f, 'lapse')), ', ' ORDER BY id) FROM firm f),
	'1 2027-03-01, 2, 3, 4 2026-12-15', 'rows by name');
SELECT is((SELECT string_agg(concat_ws(' ', id, next_change(f, as_of(stored('lapse'), '2026-12-14'))), ', ' ORDER BY id)
	FROM firm f), '1 2027-03-01, 2, 3, 4 2026-12-15', 'rows by value');
SELECT is((SELECT string_agg(concat_ws(' ', id, next_change(to_jsonb(f), 'lapse')), ', ' ORDER BY id) FROM firm f),
	'1 2027-03-01, 2, 3, 4 2026-12-15', 'jsonb by name');
SELECT ok(pg_temp.plan(q) ~ (f || '_facts\(''lapse''::text, ''#[^'']*titled_on a'''), f || ' reads two columns')
	FROM (VALUES ('next_change', 'SELECT next_change(f, ''lapse'') FROM public.firm f'),
		('changes_ahead', 'SELECT c.* FROM public.firm f, changes_ahead(f, ''lapse'', ''2027-12-31'') c'),
		('over_days', 'SELECT o.* FROM public.firm f, over_days(f, ''lapse'', ''2027-01-01'', '
			'''2027-12-31'', ''1 month'') o'))
		v (f, q);
SELECT is((SELECT string_agg(concat_ws(' ', id, c.day, c.line, c.from, '->', c.to), E'\n' ORDER BY id, c.day)
	FROM firm f, changes_ahead(f, 'lapse', '2027-12-31') c), '1 2027-03-01 1 owed 10.00 元 -> refused
4 2026-12-15 low refused level 1 -> satisfied level 1', 'changes of rows');
SELECT is((SELECT string_agg(concat_ws(' ', id, to_char(o.day, 'MM'), o.amount, coalesce(o.level::text, '?')), E'\n'
		ORDER BY id, o.day)
	FROM firm f, over_days(f, 'lapse', '2027-02-01', '2027-03-01', '1 month') o WHERE id <> 3), '1 02 10.00 1
1 03 0.00 1
2 02 ?
2 03 ?
4 02 10.00 1
4 03 10.00 1', 'days of rows');
SELECT is((SELECT string_agg(concat_ws(' ', n, next_change(f, 'lapse')), ', ' ORDER BY n)
	FROM generate_series(1, 5) n LEFT JOIN firm f ON f.id = n AND n <> 4), '1 2027-03-01, 2, 3, 4, 5',
	'the missing row of an outer join');
CREATE VIEW public.dated AS SELECT f.*, date '2027-02-01' AS as_of FROM firm f;
SELECT is((SELECT string_agg(concat_ws(' ', id, next_change(d, 'lapse')), ', ' ORDER BY id) FROM dated d),
	'1 2027-03-01, 2, 3, 4 2029-12-15', 'from the day of the row');
SELECT is(pg_temp.error_of(format('SELECT c.* FROM public.dated d, zjtx.changes_ahead(d, %s, ''2027-01-31'') c', p)),
	E'22023: the argument "until" is before the period begins\nDETAIL: The period begins on 2027-02-01, and "until" '
	'is 2027-01-31.', 'until before the day of the row' || what)
	FROM (VALUES ('''lapse''', ''), ('''a > 1''::zjtx.policy', ', though the policy does not read it')) v (p, what);
SELECT * FROM finish();
ROLLBACK;
