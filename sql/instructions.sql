\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(6);

-- The compiled form of a policy, one instruction per line.

CREATE FUNCTION pg_temp.lines(p policy) RETURNS SETOF text LANGUAGE sql
	AS $$ SELECT string_to_table(instructions(p), E'\n') $$;

SELECT results_eq($$SELECT pg_temp.lines('a >= 5 and b = ''x'' and not (a / 2 > 3 or c <> -a)')$$, $$VALUES
	('#0 date = as_of'), ('#1 number = a'), ('#2 number = 5'), ('#3 boolean = #1 >= #2'),
	('#4 text = ''x'''), ('#5 text = b'), ('#6 boolean = #5 in (#4)'), ('#7 number = 2'), ('#8 number = #1 / #7'),
	('#9 number = 3'), ('#10 boolean = #8 > #9'), ('#11 number = c'), ('#12 number = -#1'), ('#13 boolean = #11 <> #12'),
	('#14 boolean = #10 or #13'), ('#15 boolean = not #14'), ('#16 boolean = #3 and #6 and #15'), ('#17 number = 0')$$,
	'conditions: each once, what it reads above it');

-- Every format in the table of instructions.
CREATE TEMP TABLE forms AS SELECT $$policy p 'p'
  fact n number null means none fact d date null means none fact b boolean fact t text
  fact list list (x number, day date)
  define shifted = d + 3年 - 6月
  define of_list = sum(list where x > 1 : x) + count(list) + max(list : x)
  define chosen = case when b then least(n, 2) when t not in ('u', 'v') then greatest(n, 3) else coalesce(n, 4) end
  define banded = band(n : >= 5 then 1, else 0)
  clause 1 reward cap 5元 * 2 when n is not null and latest(d, as_of) = shifted and all(list : x < n)
    and count_true(b, true) > 1
    stage a on d when chosen < of_list pay round(n, 2) * 1元
    stage each each list on day pay -floor(x) * 1元
    stage once each list once on day pay x * 1元
  clause 2 reward when tiers(n : 5% to 2, else 4%) < 1 and banded = 1 and n ^ 2 > 1 and d - shifted > year(d)
    and t <> 'w' and month(d) < months(d, as_of) and ceil(n) < clamp(n, 1, 2) pay 3元
$$::policy AS doc;
SELECT set_has($$SELECT regexp_replace(regexp_replace(l, '^#\d+ ', ''), '#\d+', '#', 'g')
	FROM forms, pg_temp.lines(doc) l$$, $$VALUES
	('number = n'), ('date = d'), ('boolean = b'), ('text = t'), ('list = list'),
	('number = list.x at 1'), ('number = list.x at 2'), ('boolean = true'),
	('date = # + 3 年'), ('date = # + -6 月'), ('number = sum(# where # : #) at 1'), ('number = count(#) at 1'),
	('number = max(# : #) at 1'), ('boolean = all(# : #) at 1'), ('number = least(#, #)'), ('number = greatest(#, #)'),
	('number = coalesce(#, #)'), ('boolean = # not in (#, #)'), ('boolean = # not in (#)'),
	('number = case(#, #, #, #, #)'), ('number = case(#: #, #, #)'), ('boolean = # is not none'),
	('date = latest(#, #)'), ('number = count_true(#, #)'),
	('number = round(#, 2)'), ('number = floor(#)'), ('number = -#'), ('number = # * #'),
	('number = # - #'), ('number = year(#)'), ('number = month(#)'), ('number = months(#, #)'), ('number = ceil(#)'),
	('number = # ^ 2'), ('number = clamp(#, #, #)'), ('number = tiers(#: #, #, #)'),
	('number = pay # when #'), ('number = total(#, #)'), ('number = # cap #'), ('boolean = any(# where #) at 1'),
	('number = sum(# where # : # once on #, #) at 1')$$,
	'every instruction reads as what it computes');
SELECT is_empty($$SELECT l FROM forms, pg_temp.lines(doc) WITH ORDINALITY x (l, n),
	LATERAL regexp_matches(l, '#(\d+)(?! \w+ = )', 'g') m WHERE m[1]::int >= n - 1$$,
	'and reads what stands above it');
SELECT is_empty($$SELECT min(l) FROM forms, pg_temp.lines(doc) l
	GROUP BY regexp_replace(l, '^#\d+ ', '') HAVING count(*) > 1$$,
	'none occurs twice');
SELECT alike(instructions(E'series s\npolicy s-1 \'a\' series s in force from 2024-01-01 clause 1 when true\n'
	'policy s-2 ''b'' series s in force from 2025-01-01 clause 1 when true'),
	E's-1\n#0 %\ns-2\n#0 %', 'a series has them version by version');
SELECT is(instructions(NULL), NULL, 'NULL is NULL');

SELECT * FROM finish();
ROLLBACK;
