\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(34);

-- A document that a third one repeals is out of force for those that use it: false and 0.

CREATE FUNCTION pg_temp.asked(text, date) RETURNS text LANGUAGE sql AS $$
	SELECT concat_ws(' ', jsonb_build_object('as_of', $2, 'x', 5) |= ($1 || '/1'), jsonb_build_object('as_of', $2, 'x',
		5) |# ($1 || '/2'))
$$;
CREATE FUNCTION pg_temp.days(text, VARIADIC date[]) RETURNS text[] LANGUAGE sql AS $$
	SELECT array_agg(pg_temp.asked($1, day) ORDER BY day) FROM unnest($2) day
$$;

SELECT store('policy used-1 ''B'' number ''渝发〔2023〕1号'' in force from 2023-01-01 fact x number '
	'clause 1 reward when x > 1 pay 10元');
SELECT store('policy user-1 ''A'' uses used-1 fact x number clause 1 when satisfies used-1/1 '
	'clause 2 reward when true pay amount of used-1/1 + 1元');
SELECT is(pg_temp.days('user-1', '2022-12-31', '2023-01-01', '2024-12-31', '2025-01-01'),
	'{f 1.00,t 11.00,t 11.00,t 11.00}', 'not repealed');
SELECT (jsonb '{"as_of": "2025-01-01", "x": 5}' |= 'user-1/1') AS before \gset

SELECT store('policy third ''It''''s “new”'' in force from 2025-01-01 repeals ''渝发〔2023〕1号'' fact z text '
	'clause 9 when z = ''a''');
SELECT is(pg_temp.days('user-1', '2022-12-31', '2023-01-01', '2024-12-31', '2025-01-01'),
	'{f 1.00,t 11.00,t 11.00,f 1.00}', 'repealed by its number');
SELECT is(:'before'::text, 't', 'the session had asked on that day before');
SELECT is(jsonb '{"as_of": "2025-01-01", "x": 5}' |! stored('user-1'), '{}', 'nothing is missing where it is repealed');
SELECT is(jsonb '{"as_of": "2024-12-31"}' |! stored('user-1'), '{x}',
	'the facts of the repealing document are not asked for');
SELECT ok(stored('user-1')::text ~ E'\npolicy third ''It''''s “new”'' in force from 2025-01-01 repeals ''渝发〔2023〕1号''$',
	'its header stands behind the text');
SELECT is(stored('user-1')::text::policy, stored('user-1'), 'and is read again');
SELECT is(stored('used-1')::text, (SELECT doc::text FROM policies WHERE code = 'used-1'),
	'a document by itself is as it is stored');
SELECT is(jsonb '{"as_of": "2025-06-01", "x": 5}' |= stored('used-1'), true, 'and answers when it is asked itself');
SELECT is(jsonb '{"as_of": "2025-06-01", "x": 5}' |# (stored('user-1') -> '2'), 1.00, 'a part has the header, too');
SELECT is(jsonb '{"as_of": "2024-06-01", "x": 5}' |# (stored('user-1') -> '2'), 11.00, 'a part before that day');
SELECT is(jsonb '{"x": 5}' |# as_of(stored('user-1'), day), amount, 'bound to ' || day)
FROM (VALUES (date '2024-12-31', 11.00), ('2025-01-01', 1.00)) days (day, amount);
SELECT matches(explain(jsonb '{"as_of": "2025-01-01", "x": 5}', stored('user-1') -> '1'), '× satisfies used-1/1',
	'explain');
SELECT is(jsonb '{"as_of": "2025-01-01", "x": 5}' |= amend(stored('user-1'), 'clause 1 when not satisfies used-1/1'),
	true, 'amend');

-- The first day counts; a document without a day repeals nothing; deleting it ends the repeal.
SELECT store('policy earlier ''E'' in force from 2024-07-01 until 2024-08-01 repeals ''used-1''');
SELECT is(pg_temp.days('user-1', '2024-06-30', '2024-07-01', '2024-08-01'), '{t 11.00,f 1.00,f 1.00}',
	'by its code, and for good');
SELECT store('policy undated ''U'' repeals ''used-1''');
SELECT is(pg_temp.days('user-1', '2024-06-30', '2024-07-01'), '{t 11.00,f 1.00}',
	'a document without a day repeals nothing');
DELETE FROM policies WHERE code IN ('earlier', 'undated');
SELECT is(pg_temp.days('user-1', '2024-07-01', '2025-01-01'), '{t 11.00,f 1.00}', 'the repealing document was deleted');
SELECT is(ARRAY(SELECT policy FROM in_force('2025-01-01') WHERE policy IN ('used-1', 'user-1', 'third')),
	'{third,user-1}', 'in_force');
SELECT results_eq($$SELECT number, repeals FROM policies WHERE code IN ('third', 'used-1') ORDER BY code$$,
	$$VALUES (NULL, '{渝发〔2023〕1号}'::text[]), ('渝发〔2023〕1号', NULL)$$, 'columns of zjtx.policies');

-- Series: a version that another one has replaced does not come into force again.
SELECT store('policy s-1 ''S'' series s in force from 2023-01-01 fact x number clause 1 reward when x > 1 pay 10元');
SELECT store('policy s-2 ''S'' series s in force from 2024-01-01 fact x number clause 1 reward when x > 1 pay 20元');
SELECT store('policy user-2 ''A'' uses s fact x number clause 1 when satisfies s/1 '
	'clause 2 reward when true pay amount of s/1 + 1元');
SELECT is(pg_temp.days('user-2', '2023-12-31', '2024-01-01', '2025-01-01'), '{t 11.00,t 21.00,t 21.00}', 'a series');
SELECT store('policy end-s ''X'' in force from 2025-01-01 repeals ''s-2''');
SELECT is(pg_temp.days('user-2', '2023-12-31', '2024-01-01', '2024-12-31', '2025-01-01'),
	'{t 11.00,t 21.00,t 21.00,f 1.00}',
	'a series whose last version is repealed');
SELECT store('policy end-s ''X'' in force from 2025-01-01 repeals ''s-1''');
SELECT is(pg_temp.days('user-2', '2024-12-31', '2025-01-01'), '{t 21.00,t 21.00}',
	'a series whose first version is repealed');
SELECT store('policy end-s ''X'' in force from 2025-01-01 repeals ''s-2''');
SELECT store('policy s-3 ''S'' series s in force from 2026-01-01 fact x number clause 1 reward when x > 1 pay 30元');
SELECT is(pg_temp.days('user-2', '2024-12-31', '2025-01-01', '2025-12-31', '2026-01-01'),
	'{t 21.00,f 1.00,f 1.00,t 31.00}',
	'a new version after the repeal');

-- Documents that are used by others; a repealing document that is itself used; a day of its own.
SELECT store('policy user-3 ''A'' uses user-1, third fact x number clause 1 when satisfies user-1/1 '
	'clause 2 reward when true pay amount of user-1/2');
SELECT is(pg_temp.days('user-3', '2024-12-31', '2025-01-01'), '{t 11.00,f 1.00}', 'used by a used document');
SELECT store('policy user-4 ''A'' uses used-1 fact x number clause 1 when satisfies used-1/1 on as_of - 1年 '
	'clause 2 reward when true pay 2元');
SELECT is(pg_temp.days('user-4', '2025-12-31', '2026-01-01'), '{t 2.00,f 2.00}', 'judged on another day');

-- The examples of those that use a repealed document are run.
SELECT store('policy user-5 ''A'' uses used-1 fact x number clause 1 when satisfies used-1/1 '
	'example ''now'' given as_of = 2024-05-05, x = 2 expect clause 1 true');
SELECT is(pg_temp.error_of($$SELECT store('policy sooner ''X'' in force from 2024-05-05 repeals ''used-1''')$$),
	E'23514: policy "sooner" is not stored: 1 of 1 expectations of "user-5", which uses it, fail\n'
	'DETAIL: example ''now'': expected clause 1 true, found false', 'an example of a user');
SELECT lives_ok($$SELECT store('policy sooner ''X'' in force from 2024-05-06 repeals ''used-1''')$$, 'a day later');
SELECT is(pg_temp.days('user-1', '2024-05-05', '2024-05-06'), '{t 11.00,f 1.00}', 'and it is repealed from that day');

-- Written out in one text.
SELECT is(jsonb_build_object('as_of', day, 'x',
	5) |= format($f$policy a 'A' uses b fact x number clause 1 when satisfies b/1
	policy b 'B' number 'n' fact x number clause 1 when x > 1
	policy c 'C' in force from 2025-01-01 repeals '%s'$f$, name)::policy, holds, name || ' on ' || day)
FROM (VALUES ('b', date '2024-12-31', true), ('b', '2025-01-01', false), ('n', '2024-12-31', true), ('n', '2025-01-01',
	false)) t (name, day, holds);
SELECT is(pg_temp.refusal($$policy a 'A' uses b clause 1 when true policy b 'B'
	policy c 'C' in force from 2025-01-01 repeals 'd'$$),
	E'line 2, column 2: a policy is one document\nHINT: The versions of one document follow "series code"; '
	'a document that another uses is named after "uses" there.', 'a document that repeals none of them');
SELECT * FROM finish();
ROLLBACK;
