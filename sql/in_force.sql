\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(10);

-- The documents in force, on both sides of each day.

SELECT bag_has($$SELECT policy FROM in_force('2024-12-12')$$, $$VALUES ('yubei-2024-34')$$, '渝北 from the day of issue');
SELECT bag_hasnt($$SELECT policy FROM in_force('2024-12-11')$$, $$VALUES ('yubei-2024-34')$$, 'and not the day before');
SELECT bag_has($$SELECT policy FROM in_force('2026-03-31')$$, $$VALUES ('miit-2022-63')$$,
	'the old measures until the last day of March 2026');
SELECT bag_hasnt($$SELECT policy FROM in_force('2026-03-31')$$, $$VALUES ('miit-2026-2')$$, 'and not the new ones');
SELECT bag_has($$SELECT policy FROM in_force('2026-04-01')$$, $$VALUES ('miit-2026-2')$$,
	'the new measures from April 2026');
SELECT bag_hasnt($$SELECT policy FROM in_force('2026-04-01')$$, $$VALUES ('miit-2022-63')$$, 'and not the old ones');

-- A document that another one repeals.

SELECT lives_ok($lives$SELECT store($$policy old-38 '旧措施' number '渝北府办发〔2022〕38号' in force from 2022-12-09
clause 1 when true$$)$lives$, 'the document that 渝北 repeals');
SELECT bag_has($$SELECT policy FROM in_force('2024-12-11')$$, $$VALUES ('old-38')$$, 'in force until it is repealed');
SELECT bag_hasnt($$SELECT policy FROM in_force('2024-12-12')$$, $$VALUES ('old-38')$$,
	'and not from the day of the repeal');
SELECT results_eq($$SELECT h.repeals FROM policies p, header(p.doc) h WHERE p.code = 'yubei-2024-34'$$,
	$$VALUES (ARRAY['渝北府办发〔2022〕38号'])$$,
	'what 渝北 repeals is on record');

SELECT * FROM finish();
ROLLBACK;
