\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(99);

-- The exact text of explain for single expressions and for documents.

CREATE FUNCTION pg_temp.why(e jsonb, body text) RETURNS text LANGUAGE sql AS $f$
	SELECT explain(e, ($$policy p 'P' number 'No. 1'
		fact region text 'district' in ('east', 'west') fact revenue number 元 'revenue of last year' at least 0
		fact before number 元 at least 0 fact staff number 人 'staff' at least 0 fact titled_on date null means none
		fact green boolean 'green' fact marks number 分 'marks' between 0 and 15
	$$ || body)::policy) $f$;
CREATE FUNCTION pg_temp.rule(e jsonb, rule text) RETURNS text LANGUAGE sql AS 'SELECT explain(e, rule::policy)';


-- Conditions: on the bound and on both sides of it.

SELECT is(pg_temp.rule('{"revenue": 10000000.01}', $$revenue > 1000万元$$),
'√ revenue > 1000万元
  √ revenue: 10000000.01元, needed > 1000万元', 'above a bound');
SELECT is(pg_temp.rule('{"revenue": 10000000}', $$revenue > 1000万元$$),
'× revenue > 1000万元
  × revenue: 1000万元, needed > 1000万元', 'on it');
SELECT is(pg_temp.rule('{}', $$revenue > 1000万元$$),
'? revenue > 1000万元
  ? revenue: unknown (no key), needed > 1000万元', 'unknown: no key');
SELECT is(pg_temp.rule('{"revenue": null}', $$revenue > 1000万元$$),
'? revenue > 1000万元
  ? revenue: unknown (NULL), needed > 1000万元', 'unknown: NULL');
SELECT is(pg_temp.rule('{"revenue": 5000}', $$1万元 <= revenue$$),
'× 1万元 <= revenue
  × revenue: 5000元, needed >= 1万元', 'a constant on the left');
SELECT is(pg_temp.rule('{"region": "west"}', $$region = 'east'$$),
'× region = ''east''
  × region: ''west'', needed = ''east''', 'equal');
SELECT is(pg_temp.rule('{"region": "west"}', $$region <> 'east'$$),
'√ region <> ''east''
  √ region: ''west'', needed <> ''east''', 'not equal');
SELECT is(pg_temp.rule('{"as_of": "2025-06-30"}', $$as_of between 2025-06-30 and 2025-12-31$$),
'as of 2025-06-30
√ as_of between 2025-06-30 and 2025-12-31
  √ 判断日 (as_of): 2025-06-30, needed between 2025-06-30 and 2025-12-31', 'between');
SELECT is(pg_temp.rule('{"as_of": "2025-06-30"}', $$as_of not between 2025-06-30 and 2025-12-31$$),
'as of 2025-06-30
× as_of not between 2025-06-30 and 2025-12-31
  × 判断日 (as_of): 2025-06-30, needed not between 2025-06-30 and 2025-12-31', 'not between');
SELECT is(pg_temp.rule('{"region": "north"}', $$region in ('east', 'west')$$),
'× region in (''east'', ''west'')
  × region: ''north'', needed in (''east'', ''west'')', 'in');
SELECT is(pg_temp.rule('{"n": 3}', $$n not in (1, 2)$$),
'√ n not in (1, 2)
  √ n: 3, needed not in (1, 2)', 'not in, of numbers');
SELECT is(pg_temp.rule('{"green": false}', $$green$$),
'× green
  × green: false, needed true', 'a boolean');
SELECT is(pg_temp.rule('{"green": false}', $$not green$$),
'√ not green
  √ green: false, needed false', 'not a boolean');
SELECT is(pg_temp.rule('{"green": true, "n": 2}', $$not (green and n > 1)$$),
'× not (green and n > 1)
  × not:
    √ all of:
      √ green: true, needed true
      √ n: 2, needed > 1', 'not an expression');
SELECT is(pg_temp.why('{"titled_on": null}', $$clause 1 when titled_on is null$$),
'P (No. 1)
√ clause 1
  √ titled_on: none, needed none', 'null');
SELECT is(pg_temp.why('{"titled_on": null}', $$clause 1 when titled_on is not null$$),
'P (No. 1)
× clause 1
  × titled_on: none, needed not none', 'not null');
SELECT is(pg_temp.why('{"marks": 16}', $$clause 1 when marks >= 10$$),
'P (No. 1)
? clause 1
  ? marks: unknown (16 is outside 0 to 15分), between 0分 and 15分, needed >= 10', 'a range: outside it');
SELECT is(pg_temp.why('{"marks": 15}', $$clause 1 when marks >= 10$$),
'P (No. 1)
√ clause 1
  √ marks: 15分, needed >= 10', 'a range: on its end');
SELECT is(pg_temp.why('{"region": "north"}', $$clause 1 when region = 'east'$$),
'P (No. 1)
? clause 1
  ? district (region): unknown (''north'' is not one of its values), needed = ''east''',
  	'a value that is none of the declared');
SELECT is(pg_temp.why('{"titled_on": null, "as_of": "2025-06-30"}', $$clause 1 when titled_on <= as_of$$),
'P (No. 1), as of 2025-06-30
× clause 1
  × titled_on: none, needed <= 判断日 (as_of) 2025-06-30', 'none');
SELECT is(pg_temp.why('{"staff of the firm": 9}',
	$$fact people number 人 'staff of the firm' clause 1 when people >= 10人$$),
'P (No. 1)
× clause 1
  × staff of the firm (people): 9人 [key staff of the firm], needed >= 10人', 'a key found by the label');
SELECT is(pg_temp.why('{"taxes": null}', $$fact taxes number 元 'taxes' null means 0 clause 1 when taxes > 0元$$),
'P (No. 1)
× clause 1
  × taxes: 0元 (NULL), needed > 0元', 'NULL that means 0');
SELECT is(pg_temp.rule('{"x": -2}', $$x between -2 and 1 + x$$),
'√ x between -2 and 1 + x
  √ x: -2, needed between -2 and 1 + x (-1)
    from x -2', 'bounds below zero, and one that is calculated');

-- Folded conditions.

SELECT is(pg_temp.rule('{"a": 1, "b": 2, "c": 3}', $$a > 1 and b > 1 and c > 1 and d > 1$$),
'× a > 1 and b > 1 and c > 1 and d > 1
  × a: 1, needed > 1
  ? 1 condition is undecided
  √ 2 conditions hold', 'and: what failed');
SELECT is(pg_temp.rule('{"a": 2, "b": 2, "c": 3}', $$a > 1 and b > 1 and c > 1 and d > 1$$),
'? a > 1 and b > 1 and c > 1 and d > 1
  ? d: unknown (no key), needed > 1
  √ 3 conditions hold', 'and: what is undecided');
SELECT is(pg_temp.rule('{"a": 2, "b": 2}', $$a > 1 and b > 1$$),
'√ a > 1 and b > 1
  √ a: 2, needed > 1
  √ b: 2, needed > 1', 'and: all that holds');
SELECT is(pg_temp.rule('{"a": 1, "b": 2, "c": 3}', $$a > 1 or b > 1 or c > 1$$),
'√ a > 1 or b > 1 or c > 1
  √ b: 2, needed > 1', 'or: the one that decided');
SELECT is(pg_temp.rule('{"a": 1, "b": 1}', $$a > 1 or b > 1$$),
'× a > 1 or b > 1
  × none of:
    × a: 1, needed > 1
    × b: 1, needed > 1', 'or: all that failed');
SELECT is(pg_temp.rule('{"a": 1}', $$a > 1 or b > 1$$),
'? a > 1 or b > 1
  ? one of:
    ? b: unknown (no key), needed > 1
    × 1 alternative fails', 'or: what is undecided');
SELECT is(pg_temp.rule('{"a": 1, "b": 2, "c": 0}', $$a > 1 and b > 1 or b > 1 and c > 1$$),
'× a > 1 and b > 1 or b > 1 and c > 1
  × none of:
    × not all of:
      × a: 1, needed > 1
      √ 1 condition holds
    × not all of:
      × c: 0, needed > 1
      √ 1 condition holds', 'or of ands');

-- Ratios, and definitions that are shown once.

SELECT is(pg_temp.rule('{"a": 1, "b": 3}', $$a / b > 33%$$),
'√ a / b > 33%
  √ a / b: ≈33.33%, needed > 33%
    from a 1, b 3', 'a ratio that is cut');
SELECT is(pg_temp.rule('{"a": 1, "b": 3}', $$a / b > 33.33%$$),
'√ a / b > 33.33%
  √ a / b: ≈33.333%, needed > 33.33%
    from a 1, b 3', 'one that is not cut until it would seem to be the bound');
SELECT is(pg_temp.rule('{"a": 3333333, "b": 10000000}', $$a / b >= 33.33333%$$),
'√ a / b >= 33.33333%
  √ a / b: 33.33333%, needed >= 33.33333%
    from a 3333333, b 10000000', 'a ratio of more decimals that ends');
SELECT is(pg_temp.rule('{"a": 199999999, "b": 1000000000}', $$a / b >= 20%$$),
'× a / b >= 20%
  × a / b: 19.9999999%, needed >= 20%
    from a 199999999, b 1000000000', 'one just below it');
SELECT is(pg_temp.rule('{"a": 1, "b": 0}', $$a / b >= 20%$$),
'? a / b >= 20%
  ? a / b: unknown, needed >= 20%
    from a 1, b 0', 'division by zero');
SELECT is(pg_temp.why('{"revenue": 12000000, "before": 10000000, "region": "east"}',
	$$define growth 'growth of revenue' = revenue / before - 1 note R3 'of two years'
		define local = region = 'east' article 'I'
	clause 1 when growth > 20% and local
	clause 2 when growth > 10% and local
	clause 3 when local$$),
'P (No. 1)
× clause 1
  × growth of revenue (growth): 20%, needed > 20%
√ clause 2
  √ growth of revenue (growth): 20%, needed > 10%
    = revenue / before - 1, from revenue of last year (revenue) 1200万元, before 1000万元
    note R3: of two years
  √ local
    √ district (region): ''east'', needed = ''east''
√ clause 3
  √ local (above)', 'a definition');
SELECT is(pg_temp.why('{"region": "west"}', $$define a = region = 'east' define b = a clause 1 when b$$),
'P (No. 1)
× clause 1
  × b
    × a
      × district (region): ''west'', needed = ''east''', 'a definition of a definition');
SELECT is(pg_temp.why('{"titled_on": "2024-06-30", "as_of": "2025-06-29"}',
	$$define first = titled_on clause 1 when first + 1年 <= as_of$$),
'P (No. 1), as of 2025-06-29
× clause 1
  × first + 1年: 2025-06-30, needed <= 判断日 (as_of) 2025-06-29
    first: 2024-06-30
      from titled_on 2024-06-30', 'a date that is shifted');
SELECT is(pg_temp.why('{"titled_on": "2024-01-31", "as_of": "2025-02-27"}',
	$$clause 1 when months(titled_on, as_of) >= 13$$),
'P (No. 1), as of 2025-02-27
× clause 1
  × months(titled_on, as_of): 12月, needed >= 13
    from titled_on 2024-01-31, 判断日 (as_of) 2025-02-27', 'months, a day before the end of the last');
SELECT is(pg_temp.why('{"titled_on": "2024-01-31", "as_of": "2025-02-28"}',
	$$clause 1 when months(titled_on, as_of) >= 13$$),
'P (No. 1), as of 2025-02-28
√ clause 1
  √ months(titled_on, as_of): 13月, needed >= 13
    from titled_on 2024-01-31, 判断日 (as_of) 2025-02-28', 'months, at the end of the last');
SELECT is(pg_temp.why('{"revenue": 5, "before": 3}',
	$$define least 'the least' = before * 2 clause 1 when revenue >= least$$),
'P (No. 1)
× clause 1
  × revenue of last year (revenue): 5元, needed >= the least (least) 6
    the least (least): 6
      = before * 2, from before 3元', 'a definition on the right');

-- Scores, bands and cases.

SELECT is(pg_temp.why('{"revenue": 12000000, "marks": 3, "staff": 20}',
	$$score size 'size' = band(revenue : >= 5000万元 then 30分, >= 1000万元 then 20分, else 5分)
	score people =
	case when staff >= 50 then 10分 when staff >= 20 then 5分 else 0分 end
	score total 'total' = size + people + marks
	clause 1 when total >= 30分$$),
'P (No. 1)
× clause 1
  × total: 28分, needed >= 30分
    size: 20分 of 30分; revenue of last year (revenue) 1200万元; >= 1000万元 then 20分
    people: 5分 of 10分; when staff >= 20 then 5分; staff 20人
    marks: 3分', 'a score');
SELECT is(pg_temp.why('{"revenue": 9999999.99, "staff": 19}',
	$$score size 'size' = band(revenue : >= 5000万元 then 30分, >= 1000万元 then 20分, else 5分)
	score people =
	case when staff >= 50 then 10分 when staff >= 20 then 5分 else 0分 end
	score total 'total' = size + people + marks
	clause 1 when total >= 15分$$),
'P (No. 1)
? clause 1
  ? total: between 5分 and 20分, needed >= 15分
    size: 5分 of 30分; revenue of last year (revenue) 9999999.99元; else 5分
    people: 0分 of 10分; else 0分; staff 19人
    marks: unknown (no key), between 0分 and 15分', 'an undecided score');
SELECT is(pg_temp.rule('{"n": 1}', $$band(revenue / n : >= 3元 then 2, >= 2元 then 1, else 0) > 1$$),
'? band(revenue / n : >= 3元 then 2, >= 2元 then 1, else 0) > 1
  ? band(revenue / n : >= 3元 then 2, >= 2元 then 1, else 0): between 0 and 2, needed > 1; '
  	'revenue / n unknown from revenue unknown (no key), n 1; >= 3元 then 2, or >= 2元 then 1, or else 0',
  	'a band that can still be several');

-- Amounts, caps, soft conditions.

SELECT is(pg_temp.why('{"revenue": 12000000, "as_of": "2025-06-30", "staff": 9}',
	$$clause 1 'money' reward per year article '3' when staff > 0 should staff >= 10
	pay revenue * 1% cap 10万元 note R6 'one cap'$$),
'P (No. 1), as of 2025-06-30
√ clause 1 ''money'' (article 3): reward per year, 10万元 for 2025
  √ staff: 9人, needed > 0
  × should: staff: 9人, needed >= 10 (does not refuse)
  pay revenue * 1%: 12万元
    from revenue of last year (revenue) 1200万元
  cap 10万元, reached: 12万元 before it
  note R6: one cap', 'pay and cap');
SELECT is(pg_temp.why('{"revenue": 10000000, "as_of": "2025-06-30", "staff": 10}', $$define most 'the cap' = 10万元
	clause 1 'money' reward per year article '3' when staff > 0 should staff >= 10
	pay revenue * 1% cap most$$),
'P (No. 1), as of 2025-06-30
√ clause 1 ''money'' (article 3): reward per year, 10万元 for 2025
  √ staff: 10人, needed > 0
  √ should: staff: 10人, needed >= 10
  pay revenue * 1%: 10万元
    from revenue of last year (revenue) 1000万元
  cap the cap (most): 10万元, not reached', 'a cap that is not reached');
SELECT is(pg_temp.why('{"as_of": "2025-06-30", "staff": 10}', $$clause 1 'money' reward when staff > 0
	pay revenue * 1% cap 10万元$$),
'P (No. 1)
√ clause 1 ''money'': reward, between 0元 and 10万元
  √ staff: 10人, needed > 0
  pay revenue * 1%: at least 0元
    from revenue of last year (revenue) unknown (no key), at least 0元
  cap 10万元, perhaps reached: at least 0元 before it', 'one that may be');
SELECT is(pg_temp.why('{"staff": 1}', $$clause 1 reward when staff > 0 pay undetermined$$),
'P (No. 1)
√ clause 1: reward, undetermined
  √ staff: 1人, needed > 0', 'no figure');
SELECT is(pg_temp.why('{"staff": 1}', $$clause 1 points pay case when staff > 0 then 3分 else 0分 end$$),
'P (No. 1)
√ clause 1: points, 3分
  pay: 3分 of 3分; when staff > 0 then 3分; staff 1人', 'points');

-- Stages.

SELECT $$define y = as_of >= 2024-06-30
	clause 1 reward cap 15万元 when y and region = 'east'
		stage a 'first' on titled_on pay 10万元
		stage b 'second' on titled_on + 1年 when green pay 10万元$$ AS staged \gset

SELECT is(pg_temp.why('{"titled_on": "2024-06-30", "as_of": "2025-06-30", "region": "east", "green": true}', :'staged'),
'P (No. 1), as of 2025-06-30
√ clause 1: reward, 15万元
  √ stage a ''first'': 2024-06-30, 10万元
    √ y
      √ 判断日 (as_of): 2024-06-30, needed >= 2024-06-30
    √ district (region): ''east'', needed = ''east''
  √ stage b ''second'': 2025-06-30, 10万元
    √ y
      √ 判断日 (as_of): 2025-06-30, needed >= 2024-06-30
    √ 1 condition above holds
    √ green: true, needed true
  cap 15万元, reached: 20万元 before it', 'earned, capped');
SELECT is(pg_temp.why('{"titled_on": "2024-06-30", "as_of": "2025-06-29", "region": "east", "green": true}', :'staged'),
'P (No. 1), as of 2025-06-29
√ clause 1: reward, 10万元
  √ stage a ''first'': 2024-06-30, 10万元
    √ y
      √ 判断日 (as_of): 2024-06-30, needed >= 2024-06-30
    √ district (region): ''east'', needed = ''east''
  × stage b ''second'': 2025-06-30, after 2025-06-29
    from titled_on 2024-06-30
  cap 15万元, not reached', 'on the day before');
SELECT is(pg_temp.why('{"titled_on": "2024-06-29", "as_of": "2025-06-29", "region": "east"}', :'staged'),
'P (No. 1), as of 2025-06-29
? clause 1: reward, between 0元 and 10万元
  × stage a ''first'': 2024-06-29
    × y
      × 判断日 (as_of): 2024-06-29, needed >= 2024-06-30
    √ 1 condition holds
  ? stage b ''second'': 2025-06-29, between 0元 and 10万元
    ? green: unknown (no key), needed true
  cap 15万元, not reached', 'judged by the day of the stage');
SELECT is(pg_temp.why('{"titled_on": null, "as_of": "2025-06-29"}',
	$$clause 1 reward stage a 'first' on titled_on pay 10万元$$),
'P (No. 1), as of 2025-06-29
× clause 1: reward
  × stage a ''first'': has no day
    from titled_on none', 'never');
SELECT is(pg_temp.why('{"as_of": "2025-06-29"}', $$clause 1 reward stage a 'first' on titled_on pay 10万元$$),
'P (No. 1), as of 2025-06-29
? clause 1: reward, between 0元 and 10万元
  ? stage a ''first'': unknown, or none, needed <= 2025-06-29, between 0元 and 10万元
    from titled_on unknown (no key), or none', 'a day that is unknown');
SELECT is(pg_temp.why('{"as_of": "2025-06-29", "reviews": [{"d": "2024-01-01", "g": 0.2}, {"d": "2025-01-01", '
	'"g": 0.1}, {"d": "2026-01-01", "g": 0.2}]}', $$fact reviews list (d date, g number %) 'reviews' null means none
	clause 1 reward
	stage r each reviews on d when g > 10%
	pay 5万元$$),
'P (No. 1), as of 2025-06-29
√ clause 1: reward, 5万元
  √ stage r: 5万元
    √ 1: d 2024-01-01, g 20%: 2024-01-01, 5万元
      √ g: 20%, needed > 10%
    × 2: d 2025-01-01, g 10%: 2025-01-01
      × g: 10%, needed > 10%
    × 3: d 2026-01-01, g 20%: 2026-01-01, after 2025-06-29', 'with each element of a list');
SELECT is(pg_temp.why('{"as_of": "2025-06-29", "l": ["2025-06-29", "2025-06-30", null]}',
	$$fact l list of date clause 1 reward stage s each l on it pay 1元$$),
'P (No. 1), as of 2025-06-29
√ clause 1: reward, between 1元 and 2元
  √ stage s: between 1元 and 2元
    √ 1: 2025-06-29: 2025-06-29, 1元
    × 2: 2025-06-30: 2025-06-30, after 2025-06-29
    ? 3: unknown: unknown, needed <= 2025-06-29, between 0元 and 1元', 'with each of a list of scalars');

-- Lists.

SELECT is(pg_temp.why('{"l": [{"area": 100, "rent": 20}, {"area": 1000, "rent": 20.01}, {"area": 1, "rent": 30}, '
	'{"area": 2, "rent": 30}, {"area": 3, "rent": 30}, {"area": 4, "rent": 30}, {"area": 5, "rent": 30}]}',
	$$fact l list (area number 平方米, rent number 元) 'leases'
	clause 1 reward
	pay sum(l where rent > 20元 : 5元 * area)$$),
'P (No. 1)
√ clause 1: reward, 5075元
  pay sum(l where rent > 20元 : 5元 * area): 5075元
    √ 2: area 1000平方米, rent 20.01元: 5000元
    √ 3: area 1平方米, rent 30元: 5元
    √ 4: area 2平方米, rent 30元: 10元
    √ 5: area 3平方米, rent 30元: 15元
    √ 6: area 4平方米, rent 30元: 20元
    1 more
    1 other does not matter', 'a sum');
SELECT is(pg_temp.why('{"as_of": "2025-06-30", "l": ["2024-01-01", "2020-01-01"]}',
	$$fact l list of date 'incidents' null means none
	clause 1 when count(l where it > as_of - 3年) = 0$$),
'P (No. 1), as of 2025-06-30
× clause 1
  × count(l where it > as_of - 3年): 1, needed = 0
    √ 1: 2024-01-01
    1 other does not matter', 'a count of scalars');
SELECT is(pg_temp.why('{"as_of": "2025-06-30", "l": ["2020-01-01"]}', $$fact l list of date 'incidents' null means none
	clause 1 when count(l where it > as_of - 3年) = 0$$),
'P (No. 1), as of 2025-06-30
√ clause 1
  √ count(l where it > as_of - 3年): 0, needed = 0
    × 1: 2020-01-01', 'none that counts');
SELECT is(pg_temp.why('{"l": null}', $$fact l list of number null means none clause 1 when any(l where it > 3)$$),
'P (No. 1)
× clause 1
  × any(l where it > 3)
    from l 0 elements', 'an empty list');
SELECT is(pg_temp.why('{}', $$fact l list of number null means none clause 1 when any(l where it > 3)$$),
'P (No. 1)
? clause 1
  ? any(l where it > 3)
    from l unknown (no key), or none', 'an unknown list');
SELECT is(pg_temp.why('{"l": [1, 5]}', $$fact l list of number clause 1 when any(l : it > 3)$$),
'P (No. 1)
√ clause 1
  √ any(l : it > 3)
    √ 2: 5
    1 other does not matter', 'any');
SELECT is(pg_temp.why('{"l": [1, 5]}', $$fact l list of number clause 1 when all(l : it > 3)$$),
'P (No. 1)
× clause 1
  × all(l : it > 3)
    × 1: 1
    1 other does not matter', 'all');

-- Documents: failing parts are folded to the conditions that decided.

SELECT is(pg_temp.why('{"revenue": 1, "staff": 20, "green": true, "as_of": "2025-06-30", "titled_on": null, '
	'"region": "east"}', $$clause 1 'one' reward when staff >= 10
	pay 1万元 note R1 'a reading' note 'no code'
	clause 2 'two' reward when staff >= 30 and revenue > 1元 and not green and region = 'east'
	pay 1万元
	clause 3 'three' reward when region = 'east'
	stage a on titled_on
	pay 1万元
	stage b on titled_on + 1年
	pay 1万元
	clause 4 'four' subject platform when green
	ladder 'the
	ladder'
	rung low 'low' when staff >= 10
	rung middle 'middle' when staff >= 20
	rung high 'high' level 5 when staff >= 30 and marks > 1$$),
'P (No. 1), as of 2025-06-30
amount: 1万元
√ clause 1 ''one'': reward, 1万元
  √ staff: 20人, needed >= 10
  note R1: a reading
  note: no code
× clause 2 ''two'': reward
  × staff: 20人, needed >= 30
  × revenue of last year (revenue): 1元, needed > 1元
  × 1 more
× clause 3 ''three'': reward
  × 2 stages have no day
1 clause of another subject, which answers only when asked alone
the ladder: level 2, middle
× rung high ''high'' (level 5)
  × staff: 20人, needed >= 30
  ? 1 condition is undecided
√ rung middle ''middle'' (level 2)
  √ staff: 20人, needed >= 20
√ rung low ''low'' (level 1)', 'several clauses and a ladder');
SELECT is(pg_temp.why('{"staff": 9}', $$ladder rung low when staff >= 10$$),
'P (No. 1)
placement: none
× rung low (level 1)
  × staff: 9人, needed >= 10', 'a ladder: none');
SELECT is(pg_temp.why('{}', $$ladder rung low when staff >= 10$$),
'P (No. 1)
placement: undecided
? rung low (level 1)
  ? staff: unknown (no key), at least 0人, needed >= 10', 'a ladder: undecided');

-- Series.

SELECT $$series s
	policy s-1 'One' series s in force from 2024-01-01 until 2025-01-01 clause 1 reward pay 1万元
	policy s-2 'Two' series s in force from 2025-01-01 fact n number clause 1 reward when n > 1 pay 2万元$$ AS s \gset

SELECT is(pg_temp.rule('{"as_of": "2024-12-31"}', :'s'),
'One, version s-1 in force from 2024-01-01, as of 2024-12-31
√ clause 1: reward, 1万元', 'the version of the day');
SELECT is(pg_temp.rule('{"as_of": "2025-01-01", "n": 1}', :'s'),
'Two, version s-2 in force from 2025-01-01, as of 2025-01-01
× clause 1: reward
  × n: 1, needed > 1', 'the next');
SELECT is(pg_temp.rule('{"as_of": "2023-12-31"}', :'s'),
'no version of s is in force on 2023-12-31', 'no version');
SELECT is(pg_temp.rule('{"n": 2}', :'s'),
'the day judged is unknown: a version of s is in force, or none
One, version s-1 in force from 2024-01-01, as of unknown
√ clause 1: reward, 1万元
Two, version s-2 in force from 2025-01-01, as of unknown
√ clause 1: reward, 2万元
  √ n: 2, needed > 1', 'a day that is unknown');

-- The origin of a value, in every form.

CREATE TABLE pg_temp.firm (id int, "revenue of last year" bigint, staff float8, titled_on timestamp, marks numeric);
INSERT INTO pg_temp.firm VALUES (1, 12000000, 9.5, '2024-06-30 18:00', 'NaN'), (2, NULL, NULL, NULL, 15.01),
	(3, NULL, NULL, NULL, NULL);
SELECT $$policy odd-1 'Odd' fact revenue number 元 'revenue of last year' fact staff number 人
	fact titled_on date 'the day'
	fact marks number 分 between 0 and 15 fact other boolean null means none
	clause 1 when revenue > 1元 and staff < 10 and titled_on <= as_of and marks > 3 and not other$$ AS odd \gset
SELECT is(explain(f, as_of(:'odd'::policy, '2025-06-30')), E'Odd, as of 2025-06-30 [day of the policy]\n? clause 1
  ? marks: unknown (NaN is outside 0 to 15分), between 0分 and 15分, needed > 3
  ? other: unknown (no column), needed false
  √ 3 conditions hold', 'columns, one of them found by the label') FROM pg_temp.firm f WHERE id = 1;
SELECT is(explain(f, :'odd'::policy -> '1'), E'Odd, as of unknown\n? clause 1
  ? revenue of last year (revenue): unknown (NULL) [column revenue of last year], needed > 1元
  ? staff: unknown (NULL), needed < 10
  ? the day (titled_on): unknown (NULL), needed <= 判断日 (as_of) unknown (no column)
  ? marks: unknown (15.01 is outside 0 to 15分), between 0分 and 15分, needed > 3
  ? other: unknown (no column), needed false', 'columns that are NULL') FROM pg_temp.firm f WHERE id = 2;
SELECT is(explain(f, :'odd'::policy), (SELECT explain(n, :'odd'::policy) FROM pg_temp.firm n WHERE n.id = 3),
	'a NULL row is a row of NULLs') FROM (VALUES (1)) v (id) LEFT JOIN pg_temp.firm f ON false;
SELECT is(explain(f, NULL::policy), NULL, 'no policy, no explanation') FROM pg_temp.firm f WHERE id = 1;
SELECT is(explain_json(f, NULL::text), NULL, 'nor one for programs') FROM pg_temp.firm f WHERE id = 1;
SELECT store(:'odd') \g /dev/null
SET LOCAL zjtx.as_of = '2025-06-30';
SELECT matches(explain(f, 'odd-1'), '^Odd, as of 2025-06-30 \[day of the session\]\n\?', 'a name, of a row')
	FROM pg_temp.firm f WHERE id = 1;
SELECT is(explain('{"revenue": 1}'::jsonb, 'odd-1/1'), E'Odd, as of 2025-06-30 [day of the session]\n× clause 1
  × revenue of last year (revenue): 1元, needed > 1元\n  ? 4 conditions are undecided', 'and of a jsonb object');
SELECT throws_ok($$SELECT explain('{}'::jsonb, 'odd-2')$$, '42704', 'there is no stored policy "odd-2"',
	'a name that stands for nothing');
SELECT throws_ok($$SELECT explain('[]'::jsonb, 'odd-1')$$, '22023',
	'the facts of policy "odd-1" must be a jsonb object', 'facts that are no object');

-- explain_json.

CREATE FUNCTION pg_temp.found(tree jsonb, path jsonpath) RETURNS jsonb LANGUAGE sql
	AS 'SELECT jsonb_path_query_array(tree, path)';
SELECT explain_json('{"revenue": 12000000, "staff": 9, "as_of": "2025-06-30", "marks": 16}'::jsonb,
	$$policy p 'P' number 'No. 1'
	fact revenue number 元 'revenue of last year' at least 0 fact before number 元 fact staff number 人
		fact marks number 分 between 0 and 15
	score size = band(revenue : >= 1000万元 then 20分, else 5分) + marks
	clause 1 'money' reward per year article '3' when size >= 20 and before > 3元 should staff >= 10 pay revenue * 1%
		cap 10万元 note R6 'one cap'
	clause 2 reward when staff > 9 pay 1万元$$::policy) AS tree \gset
SELECT is(pg_temp.found(:'tree', path::jsonpath), found::jsonb, description) FROM (VALUES
	('$[0].kind', '["policy"]', 'an object for the policy'),
	('$[0].number', '["No. 1"]', 'its number'),
	('$[0].children[*].kind', '["amount", "clause", "clause"]', 'its parts'),
	('$[0].children[0].keyvalue() ? (@.key starts with "amount").value', '[0, 100000]', 'the total, undecided'),
	('$[0].children[*].truth', '[null, false]', 'true, false or null'),
	('$[0].children[1].citation', '["No. 1 3"]', 'the citation'),
	('$[0].children[1].notes', '[[{"code": "R6", "note": "one cap"}]]', 'the reading'),
	('$[0].children[1].keyvalue() ? (@.key == "clause" || @.key == "year" || @.key == "per_year").value',
	'[2025, "reward", true]', 'what is paid, and when'),
	('$[0].children[1].children[*].kind', '["condition", "folded", "condition", "pay", "cap"]',
	'what the clause consists of'),
	('strict $.** ? (@.fact == "before").unknown', '["no key"]', 'why a fact is unknown'),
	('strict $.** ? (@.should == true).truth', '[false]', 'a soft condition'),
	('strict $.** ? (@.kind == "cap").capped', '[null]', 'a cap that perhaps held'),
	('strict $.** ? (@.kind == "cap").before_high', '[120000]', 'and what it would hold'),
	('strict $.** ? (@.fact == "staff" && @.operator == ">").found', '[9]', 'a value that was found'),
	('strict $.** ? (@.fact == "staff" && @.operator == ">").column', '["staff"]', 'where it came from'),
	('strict $.** ? (@.fact == "staff" && @.operator == ">").bound', '[9]', 'what it was compared with')) rows (path,
	found, description);
SELECT is(pg_temp.found(explain_json('{"revenue": 12000000, "marks": 16}'::jsonb, $$policy p 'P' fact revenue number 元
	fact marks number 分 between 0 and 15
	score size = band(revenue : >= 1000万元 then 20分, else 5分) + marks clause 1 when size >= 30$$::policy),
		path::jsonpath), found::jsonb, description) FROM (VALUES
	('strict $.** ? (@.name == "size").keyvalue() ? (@.key == "low" || @.key == "high").value', '[20, 35]',
	'the range of a score'),
	('strict $.** ? (@.band != null).band', '[">= 1000万元 then 20分"]', 'the step of a band'),
	('strict $.** ? (@.band != null).keyvalue() ? (@.key == "found" || @.key == "most").value', '[20, 20]',
	'its points, and the most there are'),
	('strict $.** ? (@.fact == "marks").unknown', '["16 is outside 0 to 15分"]', 'a value out of range')) rows (path,
	found, description);

SELECT * FROM finish();
ROLLBACK;
