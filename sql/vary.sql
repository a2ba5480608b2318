\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(47);

-- Policies with the bound of a condition moved.

SET zjtx.as_of = '2025-06-30';
CREATE TEMP TABLE t AS SELECT $$policy t 't' fact n number 元 fact m number fact d date fact s text fact b boolean
	fact l list (v number)
	define lim = 5万元 define grows = m > 20% score p = band(m : >= 30 then 3, >= 20 then 2, else 1)
	clause 1 reward when n >= 4000万元 and grows and d > 2025-01-01 pay p * 1元 cap 60万元
	clause 2 when m between -3 and 5 and n > lim and n>=4000万元 and s = 'a >= 1'
	clause 3 reward stage x on d when n >= 4000万元 pay n * 5%
	clause 4 when count(l where v > 3) >= 2 and n < m * 1元 and n between 1万元 and 5千万元
	ladder rung low when n >= 4000万元$$::policy AS p;

-- Where the text of a varied policy differs from the policy: what is at each place, from left to right.
CREATE FUNCTION pg_temp.moved(condition text, first numeric, last numeric, step numeric)
	RETURNS TABLE (bound numeric, became text)
	LANGUAGE sql AS $$
	SELECT v.bound, (SELECT string_agg(coalesce(a, '') || '>' || coalesce(b, ''), ' ' ORDER BY i) FROM
		unnest(regexp_split_to_array(t.p::text, '\s+'), regexp_split_to_array(v.p::text, '\s+')) WITH ORDINALITY w (a, b, i)
		WHERE a IS DISTINCT FROM b) FROM t, vary(t.p, condition, first, last, step) v $$;
SELECT results_eq(format('SELECT * FROM pg_temp.moved(%L, %s, %s, %s)', condition, first, last, step),
	format('VALUES %s', expected), condition) FROM (VALUES
	('n >= 4000万元', 3000, 5000, 1000, $$(3000::numeric,
	'4000万元>3000万元 n>=4000万元>n>=3000万元 4000万元>3000万元 4000万元>3000万元'), (4000, NULL),
		(5000, '4000万元>5000万元 n>=4000万元>n>=5000万元 4000万元>5000万元 4000万元>5000万元')$$),
	('1: n >= 4000万元', 3000.50, 3000.50, 1, $$(3000.5::numeric, '4000万元>3000.5万元')$$),
	('2：n  >=  4000万元', 1, 1, 1, $$(1::numeric, 'n>=4000万元>n>=1万元')$$),
	('3: N >= 4000万元', 1, 1, 1, $$(1::numeric, '4000万元>1万元')$$),
	('3/x:n>=4000万元', 1, 1, 1, $$(1::numeric, '4000万元>1万元')$$),
	('low: n >= 4000万元', 1, 1, 1, $$(1::numeric, '4000万元>1万元')$$),
	('m > 20%', 10, 5, -2.5, $$(10::numeric, '20%>10%'), (7.5, '20%>7.5%'), (5, '20%>5%')$$),
	('grows: m > 20%', 0, 0.3, 0.2, $$(0::numeric, '20%>0%'), (0.2, '20%>0.2%')$$),
	-- definitions that are numbers, also by the condition that names them
	('lim', 4, 5, 1, $$(4::numeric, '5万元>4万元'), (5, NULL)$$),
	('n > lim', 4, 4, 1, $$(4::numeric, '5万元>4万元')$$),
	-- steps of bands, ends of between, caps
	('m >= 20', 25, 25, 1, $$(25::numeric, '20>25')$$),
	('p: m >= 30', 25, 25, 1, $$(25::numeric, '30>25')$$),
	('m >= -3', -4, 4, 4, $$(-4::numeric, '-3>-4'), (0, '-3>0'), (4, '-3>4')$$),
	('m <= 5', 6, 6, 1, $$(6::numeric, '5>6')$$),
	('n >= 1万元', 2, 2, 1, $$(2::numeric, '1万元>2万元')$$),
	('n <= 5千万元', 2, 2, 1, $$(2::numeric, '5千万元>2千万元')$$),
	-- as margin and gap print them, in the fact's unit
	('n <= 50000000元', 60000000, 60000000, 1, $$(60000000::numeric, '5千万元>60000000元')$$),
	('cap 60万元', 50, 50, 1, $$(50::numeric, '60万元>50万元')$$),
	('封顶 60万元', 50, 50, 1, $$(50::numeric, '60万元>50万元')$$),
	-- inside and about lists
	('v > 3', 4, 4, 1, $$(4::numeric, '3)>4)')$$),
	('count(l where v > 3) >= 2', 4, 4, 1, $$(4::numeric, '2>4')$$),
	-- the last bound is where the steps end, not beyond
	('lim', 1, 2.9, 1, $$(1::numeric, '5万元>1万元'), (2, '5万元>2万元')$$),
	('lim', 3, 3, -1, $$(3::numeric, '5万元>3万元')$$)) v (condition, first, last, step, expected);

-- Days.
SELECT results_eq($$SELECT bound, v.p::text ~ ('d > ' || to_char(bound, 'YYYY-MM-DD')) FROM t, vary(t.p,
	'd > 2025-01-01', date '2025-01-31',
	'2025-04-30', '1 month') v$$,
	$$VALUES (date '2025-01-31', true), ('2025-02-28', true), ('2025-03-31', true), ('2025-04-30', true)$$, 'months');
SELECT results_eq($$SELECT bound FROM t, vary(t.p, 'd > 2025-01-01', date '2025-01-03', '2025-01-01', '-1 day')$$,
	$$VALUES (date '2025-01-03'), ('2025-01-02'), ('2025-01-01')$$, 'backwards');

-- Errors.
SELECT is(pg_temp.error_of(format('SELECT vary(t.p, %L, %s) FROM t', condition, steps)), message, message)
	FROM (VALUES
	('n >= 400万元', '1, 2, 1',
	E'42704: policy "t" has no condition "n >= 400万元" with a bound\nHINT: Perhaps you meant "n >= 4000万元".'),
	('m > 15%', '1, 2, 1', E'42704: policy "t" has no condition "m > 15%" with a bound\n'
		'HINT: Perhaps you meant "m > 20%".'),
	('', '1, 2, 1', E'42704: policy "t" has no condition "" with a bound\nHINT: Perhaps you meant "lim".'),
	('4: n >= 4000万元', '1, 2, 1',
	E'42704: policy "t" has no condition "4: n >= 4000万元" with a bound\nHINT: Perhaps you meant "n >= 4000万元".'),
	('m between -3 and 5', '1, 2, 1',
	E'42P08: condition "m between -3 and 5" of policy "t" has two bounds\nHINT: Name one of them: "m >= -3", "m <= 5".'),
	('n < m * 1元', '1, 2, 1',
	E'22023: the bound of condition "n < m * 1元" of policy "t" is neither a number nor a date\n'
	'HINT: zjtx.amend() replaces a statement as a whole.'),
	('d > 2025-01-01', '1, 2, 1',
	E'42804: the bound of condition "d > 2025-01-01" is a date\nHINT: Pass two dates and an interval.'),
	('lim', 'date ''2025-01-01'', ''2025-01-02'', ''1 day''',
	E'42804: the bound of condition "lim" is a number\n'
	'HINT: Pass numbers, in the unit in which the condition is written.'),
	('lim', '1, 2, 0', '22023: the step must not be zero'),
	('d > 2025-01-01', 'date ''2025-01-01'', ''2025-01-02'', ''0 days''', '22023: the step must not be zero'),
	('lim', '2, 1, 1', E'22023: the steps do not lead from the first to the last bound\n'
		'HINT: The step is above zero where the last bound is above the first, and below zero where it is below.'),
	('lim', '1, 2, -1', E'22023: the steps do not lead from the first to the last bound\n'
		'HINT: The step is above zero where the last bound is above the first, and below zero where it is below.'),
	('d > 2025-01-01', 'date ''2025-01-02'', ''2025-01-01'', ''1 day''',
	E'22023: the steps do not lead from the first to the last bound\n'
	'HINT: The step is above zero where the last bound is above the first, and below zero where it is below.'),
	('lim', '0, 10000, 1', E'54000: there are more than 10000 bounds from the first to the last\n'
		'HINT: Choose a greater step.'),
	('lim', '0, ''NaN'', 1', '22023: a bound and a step must be finite numbers'),
	('d > 2025-01-01', 'date ''2025-01-02'', ''infinity'', ''1 day''', '22023: a bound must be a finite date'))
	v (condition, steps, message);
SELECT is((SELECT count(*) FROM t, vary(t.p, 'lim', 1, 10000, 1)), 10000::bigint, '10,000 steps are allowed');
SELECT is((SELECT count(*) FROM t, vary(t.p, NULL, 1, 10000, 1)), 0::bigint, 'no condition');

-- Answers: who is above a bound that moves. By name, the day is the session's.
SELECT store($$policy rising 'Rising' in force from 2025-01-01 fact n number 元 fact d date
	clause 1 reward when n >= 3万元 and d <= as_of pay 7元$$) AS stored \g /dev/null
SELECT results_eq($$SELECT bound, sum(jsonb_build_object('n', n, 'd', '2025-06-30') |# p) FROM vary('rising',
	'n >= 3万元', 2, 4, 0.5),
	unnest('{19999.99,20000,25000,30000,30000.01,35000,40000}'::numeric[]) n GROUP BY 1 ORDER BY 1$$,
	$$VALUES (2::numeric, 42.00), (2.5, 35.00), (3, 28.00), (3.5, 14.00), (4, 7.00)$$, 'a sensitivity curve');
SELECT results_eq($$SELECT day, (jsonb_strip_nulls(jsonb_build_object('n', 30000, 'd', '2025-07-01', 'as_of', day))
	|# p) FROM
	vary('rising', 'n >= 3万元', 3, 3, 1), unnest('{2025-06-30,2025-07-01,NULL}'::date[]) day$$,
	$$VALUES (date '2025-06-30', 0.00), ('2025-07-01', 7.00), (NULL, 0.00)$$, 'the row''s day, else the session''s');

-- What margin names, vary moves, in all shipped documents: to the same bound, so that the answers stay.
CREATE FUNCTION pg_temp.try(p policy, condition text, bound jsonb, day boolean) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	IF day THEN
		PERFORM FROM vary(p, condition, (bound #>> '{}')::date, (bound #>> '{}')::date, '1 day');
	ELSE
		PERFORM FROM vary(p, condition, bound::numeric, bound::numeric, 1);
	END IF;
	RETURN NULL;
EXCEPTION WHEN OTHERS THEN
	RETURN sqlerrm;
END $$;
CREATE TEMP TABLE named AS SELECT DISTINCT p.code, m.condition, m.bound, m.unit IS NOT DISTINCT FROM '日' AS day
	FROM policies p, margin('{"as_of": "2025-06-30"}'::jsonb, p.code) m
	WHERE jsonb_typeof(bound) = 'number' OR m.condition ~ '[0-9]{4}-[0-9]{2}-[0-9]{2}$';
SELECT cmp_ok((SELECT count(*) FROM named), '>', 200::bigint, 'many conditions');
SELECT bag_eq($$SELECT DISTINCT n.condition FROM named n, LATERAL pg_temp.try(stored(n.code), n.condition, n.bound,
	n.day) e
	WHERE e IS NOT NULL$$,
	$$VALUES ('年份(市级专精特新认定日) = 年份(判断日) - 1'), ('年份(国家小巨人认定日) = 年份(判断日) - 1'),
		('上年度与前两年度营业收入之比 >= 105% * 105%'), ('年份(国家小巨人有效期至) >= 年份(判断日)')$$,
	'all are moved but those whose bound is computed');

SELECT * FROM finish();
ROLLBACK;
