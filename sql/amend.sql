\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(48);

-- Statements replaced by name: the resulting text, and the errors.

CREATE TEMP TABLE base AS SELECT $$-- an invented town
policy town-1 'Town' -- the head
  in force from 2025-01-01
  note 'N1'

fact n number 元 'figure' at least 0 -- the figure
fact kind text in ('a', 'b')
define cap = 5元 -- of all
score s = band(n : >= 3元 then 1, else 0)
  note 'marks'
clause c1 'first' reward
  when n > 2元 pay n cap cap
  note R1 'a note'
clause c2 reward
  stage s1 on as_of pay 1元
  stage s2 on as_of pay 2元
ladder 'L'
  rung low 'Low' when s >= 1
  rung high when n > 9元
target t 'T' 家 stock 2025: 1
service v 'V'
-- at the end of the text
example 'e' given n = 3元 expect clause c1 = 3元
$$::policy AS p;

CREATE FUNCTION pg_temp.amended(statements text) RETURNS text LANGUAGE sql AS $$ SELECT amend(p, statements)::text
	FROM base $$;
-- The text before and after the change stays the same.
CREATE FUNCTION pg_temp.changed(old text, new text, statements text) RETURNS text LANGUAGE sql AS $$
	SELECT is(pg_temp.amended(statements), replace(p::text, old, new), translate(statements, E'\n', ' ')) FROM base
		WHERE p::text LIKE '%' || old || '%'
$$;

SELECT pg_temp.changed('define cap = 5元 -- of all', 'define cap = 6元 -- of all', 'define cap = 6元');
SELECT pg_temp.changed('define cap = 5元', 'define cap ''the cap'' = 6元 -- six
  note ''N''', E'-- before\n  define cap ''the cap'' = 6元 -- six\n  note ''N''  -- after\n');
SELECT pg_temp.changed(E'score s = band(n : >= 3元 then 1, else 0)\n  note ''marks''', 'score s = 3', 'score s = 3');
SELECT pg_temp.changed(E'score s = band(n : >= 3元 then 1, else 0)\n  note ''marks''', 'define s = 3', 'define s = 3');
SELECT pg_temp.changed('define cap', '定义 cap', '定义 cap = 5元');
SELECT pg_temp.changed('fact n number 元 ''figure'' at least 0 -- the', 'fact n number 元 -- the', 'fact n number 元');
SELECT pg_temp.changed(E'clause c1 ''first'' reward\n  when n > 2元 pay n cap cap\n  note R1 ''a note''',
	'clause c1 reward pay 1元', 'clause c1 reward pay 1元');
SELECT pg_temp.changed(E'clause c2 reward\n  stage s1 on as_of pay 1元\n  stage s2 on as_of pay 2元',
	'clause c2 reward stage s1 on as_of pay 3元', 'clause c2 reward stage s1 on as_of pay 3元');
SELECT pg_temp.changed('ladder ''L''', 'ladder ''M''', 'ladder ''M''');
SELECT pg_temp.changed('rung low ''Low'' when s >= 1', 'rung low level 4 when n > 1元', 'rung low level 4 when n > 1元');
SELECT pg_temp.changed('rung high when n > 9元', 'rung high level 4 when n > 8元', 'rung high level 4 when n > 8元');
SELECT pg_temp.changed('target t ''T'' 家 stock 2025: 1', 'target t ''T'' 家 flow 2025: 2',
	'target t ''T'' 家 flow 2025: 2');
SELECT pg_temp.changed('service v ''V''', 'service v ''W'' note ''x''', 'service v ''W'' note ''x''');
SELECT pg_temp.changed('example ''e'' given n = 3元 expect clause c1 = 3元', 'example ''e'' expect clause c1 unknown',
	'example ''e'' expect clause c1 unknown');
SELECT pg_temp.changed(E'policy town-1 ''Town'' -- the head\n  in force from 2025-01-01\n  note ''N1''',
	'policy town-2 ''Town''', 'policy town-2 ''Town''');
SELECT is(pg_temp.amended('policy town-1 ''Town'' in force from 2026-01-01 define cap = 6元; '
	'score s = 2 clause c2 note ''now'''),
	replace(replace(replace(replace(p::text,
	E'policy town-1 ''Town'' -- the head\n  in force from 2025-01-01\n  note ''N1''',
	'policy town-1 ''Town'' in force from 2026-01-01'),
		'define cap = 5元', 'define cap = 6元'), E'score s = band(n : >= 3元 then 1, else 0)\n  note ''marks''',
		'score s = 2'),
		E'clause c2 reward\n  stage s1 on as_of pay 1元\n  stage s2 on as_of pay 2元', 'clause c2 note ''now'''),
		'several at once, in any order') FROM base;
SELECT is(pg_temp.amended('clause c2 note ''now'' score s = 2 define cap = 6元'),
	pg_temp.amended('define cap = 6元 score s = 2 clause c2 note ''now'''),
	'the order of the amendment does not matter');
SELECT is(amend($$policy p 'P' fact n number define a = 1 note 'x'define b = 2 clause c when a = b$$::policy,
	'define a = 3')::text,
	E'policy p ''P'' fact n number define a = 3\ndefine b = 2 clause c when a = b',
	'statements that stood together do not run into one another');
SELECT is(amend(amend(p, 'define cap = 6元'), 'define cap = 5元')::text, p::text, 'amended back') FROM base;
SELECT is(amend(p, NULL)::text, NULL, 'strict') FROM base;
SELECT is(amend(as_of(p, '2025-06-30'), 'define cap = 6元')::text, as_of(amend(p, 'define cap = 6元'),
	'2025-06-30')::text, 'the day stays') FROM base;

-- A part of an amended policy, and an amended part.

SELECT is((amend(p, 'define cap = 6元') -> 'c1')::text, amend(p -> 'c1', 'define cap = 6元')::text,
	'a part of the amended, the part amended') FROM base;
SELECT is('{"n": 7}'::jsonb |# (amend(p, 'define cap = 6元') -> 'c1'), 6.00, 'it answers with the new cap') FROM base;
SELECT is('{"n": 7}'::jsonb |# (p -> 'c1'), 5.00, 'and the old one is as it was') FROM base;

-- amend does not run the examples; store does.

SELECT set_eq($$SELECT holds FROM base, examples(amend(p, 'define cap = 2元'))$$, $$VALUES (false)$$,
	'an example that no longer holds');
SELECT is(split_part(pg_temp.error_of($$SELECT store(amend(p, 'define cap = 2元')::text) FROM base$$), E'\n', 1),
	'23514: policy "town-1" is not stored: 1 of its 1 expectations fail', 'is found by store');

-- Errors.

CREATE FUNCTION pg_temp.why(statements text) RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.error_of(format('SELECT zjtx.amend(p, %L) FROM base', statements))
$$;

SELECT is(pg_temp.why('define caps = 6元'),
	E'42704: policy "town-1" has no define "caps"\nDETAIL: It is at line 1, '
	'column 1 of the amendment.\nHINT: Perhaps you meant "cap".', 'no namesake');
SELECT is(pg_temp.why(E'define cap = 6元\n\n  fact zzzzz number'),
	E'42704: policy "town-1" has no fact "zzzzz"\nDETAIL: It is at line 3, column 3 of the amendment.\nHINT: An '
	'amendment replaces existing statements and adds none.', 'and none that is near');
SELECT is(pg_temp.why('clause cap when true'),
	E'42704: policy "town-1" has no clause "cap"\nDETAIL: It is at line 1, column 1 of the amendment.\nHINT: An '
	'amendment replaces existing statements and adds none.', 'a name of another kind');
SELECT is(pg_temp.why('example ''f'' expect amount = 0元'),
	E'42704: policy "town-1" has no example "f"\nDETAIL: It is at line 1, column 1 of the amendment.\nHINT: An '
	'amendment replaces existing statements and adds none.', 'an example goes by its title');
SELECT is(pg_temp.why('fact as_of date'),
	E'42704: policy "town-1" has no fact "as_of"\nDETAIL: It is at line 1, column 1 of the amendment.\nHINT: An '
	'amendment replaces existing statements and adds none.', 'as_of has no statement');
SELECT is(pg_temp.error_of($$SELECT zjtx.amend('policy p ''P'' clause c when true'::zjtx.policy, 'ladder ''L''')$$),
	E'42704: policy "p" has no ladder\nDETAIL: It is at line 1, column 1 of the amendment.\nHINT: An amendment '
	'replaces existing statements and adds none.', 'no ladder');
SELECT is(pg_temp.why('define cap = 6元 score cap = 7元'),
	E'22023: the amendment has a second score "cap"\nDETAIL: It is at line 1, column 17 of the amendment.',
	'one name twice');
SELECT is(pg_temp.error_of($$SELECT zjtx.amend('n > 5'::zjtx.policy, 'define n = 5')$$),
	E'22023: a rule of one expression has no statements to amend\nHINT: Write a new rule, '
	'or give it a header: policy my-rule ''its title'' ... clause 1 when ....', 'a rule');
SELECT is(pg_temp.why(E'define cap = 6元\ndefine s = 5万员'),
	E'22P02: invalid amendment at line 2, column 12: "员" is not a unit of a number\nHINT: Write 5万元 instead of 5万员.',
	'what cannot be scanned');
SELECT is(pg_temp.why(E'define cap 6元'),
	E'22P02: invalid amendment at line 1, column 12: unexpected "6元"\nDETAIL: Expected text in quotes, of, ''=''.',
	'what cannot be parsed');
SELECT is(pg_temp.why(''), E'22P02: invalid amendment at line 1, column 1: the text ends too early\nDETAIL: Expected '
	'when, policy, clause, stage, rung, target, service, group, select, budget, cap, define, and more.',
	'nothing');
SELECT is(pg_temp.why('stage s1 on as_of pay 5元'),
	'22P02: invalid amendment at line 1, column 1: this must follow a clause',
	'a stage is part of its clause');
SELECT is(pg_temp.why(E'define s = 5\n  define cap = revenu + 6元'),
	E'22P02: invalid amendment at line 2, column 16: "revenu" is not declared',
	'a name that the policy does not have, where it stands in the amendment');
SELECT is(pg_temp.why(E'  define cap = -- a comment\n n + 3人'),
	E'22P02: invalid amendment at line 2, column 6: units do not fit: 元 and 人', 'units that do not go together');
SELECT is(pg_temp.why('define s = cap define cap = s'),
	E'22P02: invalid amendment at line 1, column 12: the definition of "cap" refers to itself', 'definitions in a circle');
SELECT is(pg_temp.why(E'score s = 3\nfact n boolean'),
	E'22P02: the amendment does not fit policy "town-1": a number cannot be combined with a boolean\n'
	'DETAIL: The error is in '
	'its clause "c1", at line 12, column 12 of its text.', 'what no longer fits, where it stands in the policy');
SELECT is(pg_temp.why('fact kind text in (''a'') define cap = 3人'),
	E'22P02: the amendment does not fit policy "town-1": a clause of this kind is paid in 元, '
	'not in 人\nDETAIL: The error is in its clause "c1", at line 12, column 25 of its text.',
	'also behind an amended statement');

-- In a series, the statement selects the version.

CREATE TEMP TABLE versions AS SELECT $$series g
policy g-1 'One' series g in force from 2024-01-01 until 2025-01-01 define old = 1元 define both = 2元 clause 1 reward
	pay old
policy g-2 'Two' series g in force from 2025-01-01 define new = 3元 define both = 4元 clause 1 reward pay new$$::policy
	AS p;
SELECT results_eq($$SELECT jsonb_build_object('as_of', d) |# amend(p, 'define new = 5元') FROM versions,
	(VALUES ('2024-12-31'), ('2025-01-01')) v (d)$$,
	$$VALUES (1.00), (5.00)$$, 'the only version that has it');
SELECT results_eq($$SELECT jsonb_build_object('as_of', d) |# amend(p,
	'policy g-2 ''Two'' series g in force from 2025-02-01') FROM versions, (VALUES ('2025-01-31'), ('2025-02-01')) v
	(d)$$,
	$$VALUES (0.00), (3.00)$$, 'a header goes by its code');
SELECT is(pg_temp.error_of($$SELECT amend(p, 'define both = 5元') FROM versions$$),
	E'22023: more than one version of series "g" has a define "both"\nDETAIL: It is at line 1, '
	'column 1 of the amendment.\nHINT: Amend one of the versions by its own code.', 'more than one has it');
SELECT is(pg_temp.error_of($$SELECT amend(p, 'policy g-3 ''Three''') FROM versions$$),
	E'42704: series "g" has no version "g-3"\nDETAIL: It is at line 1, column 1 of the amendment.\nHINT: Perhaps '
	'you meant "g-1".', 'a header of no version');
SELECT is(pg_temp.error_of($$SELECT amend(p, 'policy g-2 ''Two'' series h in force from 2025-01-01') FROM versions$$),
	E'22P02: invalid amendment at line 1, column 1: the documents of a series name it',
	'a header that leaves the series');

SELECT * FROM finish();
ROLLBACK;
