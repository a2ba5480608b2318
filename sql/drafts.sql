\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET client_min_messages = warning;
SET datestyle = iso;
SELECT plan(44);

-- Drafts: kept although examples fail, and in no way in force.

SELECT is(pg_temp.error_of($$SELECT zjtx.store($p$policy d-1 '稿' fact a number 元 clause 1 reward pay a example 'e'
	given a = 1元 expect amount = 2元$p$)$$) ~ '^23514', true, 'no document whose examples fail');
SET client_min_messages = notice;
SELECT store($$policy d-1 '稿' in force from 2020-01-01 fact a number 元 clause 1 '甲' reward pay a
	example 'e' given a = 1元 expect amount = 2元 example 'f' given a = 2元 expect amount = 2元$$, draft => true);
SET client_min_messages = warning;
SELECT is((SELECT concat_ws(' ', code, title, in_force, draft) FROM policies WHERE code = 'd-1'),
	'd-1 稿 [2020-01-01,) t', 'zjtx.policies shows it');
SELECT is((SELECT count(*) FROM policies WHERE draft), 1::bigint, 'and only it');
SELECT is((SELECT string_agg(e.example || ' ' || holds, ', ') FROM policies, examples(doc) e WHERE code = 'd-1'),
	'e false, f true', 'its examples can be seen');
SELECT is((SELECT '{"a": 5}'::jsonb |# doc FROM policies WHERE code = 'd-1'), 5.00, 'and its value asked');

-- No name means it.

CREATE TABLE firm (id int PRIMARY KEY, a numeric);
INSERT INTO firm VALUES (1, 5);

SELECT is(pg_temp.error_of(format($$SELECT %s$$, question)),
	E'42704: policy "d-1" is a draft\nHINT: Store it without draft => true when its examples hold; '
	'until then ask its text: SELECT doc FROM zjtx.policies WHERE code = ''d-1''.', question)
	FROM unnest(ARRAY['''{"a": 5}''::jsonb |# ''d-1''', '''{"a": 5}''::jsonb |= ''d-1''',
		'''{"a": 5}''::jsonb |# ''d-1/1''', 'zjtx.stored(''d-1'')', 'zjtx.as_of(''d-1'', ''2025-01-01'')',
	'zjtx.amend(''d-1'', ''clause 1 reward pay 1元'')', 'count(*) FROM zjtx.assess(''{}''::jsonb, ''d-1'')',
		'zjtx.publish(''firm'', ''d-1'', ''firm_view'')', 'f |# ''d-1'' FROM firm f',
	'count(*) FROM zjtx.check_table(''firm'', ''d-1'')']) question;
SELECT is(pg_temp.error_of('SELECT f |# ''d-1'' FROM firm f') ~ '^42704: policy "d-1" is a draft', true,
	'nor in a plan');
SELECT is(pg_temp.error_of('CALL zjtx.sweep(''firm'', ''id'', ''{d-1}'')') ~ '^42704: policy "d-1" is a draft', true,
	'nor in the warehouse');
CREATE TRIGGER watch AFTER INSERT ON firm FOR EACH ROW EXECUTE FUNCTION watch('firm', 'id', 'd-1');
SELECT is(pg_temp.error_of('INSERT INTO firm VALUES (2, 5)') ~ '^42704: policy "d-1" is a draft', true,
	'nor for a trigger');
DROP TRIGGER watch ON firm;
SELECT is(pg_temp.error_of('SELECT zjtx.stored(''d-11'')') ~ '"d-1"', false, 'no hint names it');

-- It is not in force, repeals nothing, and lists of contents do not have it.

SELECT is((SELECT count(*) FROM assess('{"a": 5, "as_of": "2025-06-30"}'::jsonb) WHERE policy = 'd-1'), 0::bigint,
	'assess(e)');
SELECT is((SELECT count(*) FROM assess('{"a": 5, "as_of": null}'::jsonb) WHERE policy = 'd-1'), 0::bigint,
	'also while the day is unknown');
SELECT is((SELECT count(*) FROM in_force('2025-06-30') WHERE policy = 'd-1'), 0::bigint, 'in_force(day)');
SELECT is_empty($$SELECT policy FROM provisions WHERE policy = 'd-1' UNION ALL SELECT policy FROM clauses WHERE policy
	= 'd-1' UNION ALL SELECT policy FROM facts WHERE policy = 'd-1'
	UNION ALL SELECT policy FROM rungs WHERE policy = 'd-1' UNION ALL SELECT policy FROM definitions WHERE policy =
		'd-1' UNION ALL SELECT policy FROM groups WHERE policy = 'd-1'$$, 'provisions and the like');
SELECT store($$policy d-old '旧' number 'D 1' in force from 2019-01-01 clause 1 reward pay 1元$$), store($$policy d-new
	'新' in force from 2020-01-01 repeals 'D 1' clause 1 reward pay 2元$$, draft => true) \gset
SELECT is((SELECT string_agg(policy, ' ') FROM in_force('2025-06-30') WHERE policy ~ '^d-'), 'd-old',
	'a draft repeals nothing');
SELECT is((SELECT string_agg(policy, ' ') FROM assess('{"as_of": "2025-06-30"}'::jsonb) WHERE policy ~ '^d-'),
	'd-old', 'neither in assess');
SELECT store($$policy d-new '新' in force from 2020-01-01 repeals 'D 1' clause 1 reward pay 2元$$) \gset
SELECT is((SELECT string_agg(policy, ' ') FROM assess('{"as_of": "2025-06-30"}'::jsonb) WHERE policy ~ '^d-'),
	'd-new', 'until it is stored');

-- A version of a series.

SELECT store($$policy ds-1 '甲' series ds in force from 2024-01-01 clause 1 reward pay 1元$$), store($$policy ds-2 '乙'
	series ds in force from 2024-01-01 clause 1 reward pay 2元$$, true),
	store($$policy ds-3 '丙' series ds in force from 2025-01-01 clause 1 reward pay 3元$$, true) \gset
SELECT is('{"as_of": "2025-06-30"}'::jsonb |# 'ds', 1.00, 'a name of a series means its versions, no drafts');
SELECT is(pg_temp.error_of($$SELECT zjtx.store(doc::text) FROM zjtx.policies WHERE code = 'ds-2'$$) ~ '^23505', true,
	'two versions from one day');
SELECT is((SELECT draft FROM policies WHERE code = 'ds-2'), true, 'are refused when the draft is stored');
SELECT store(doc::text) FROM policies WHERE code = 'ds-3' \gset
SELECT is('{"as_of": "2025-06-30"}'::jsonb |# 'ds', 3.00, 'another day is not');
DELETE FROM policies WHERE code = 'ds-2';

-- Promoting and replacing.

SELECT store($$policy d-1 '稿二' fact a number 元 clause 1 reward pay a * 2 example 'e' given a = 1元 expect amount =
	3元$$, draft => true) \gset
SELECT is((SELECT title || draft FROM policies WHERE code = 'd-1'), '稿二true', 'a draft replaces a draft');
SELECT is(pg_temp.error_of($$SELECT zjtx.store(doc::text) FROM zjtx.policies WHERE code = 'd-1'$$) ~ '^23514', true,
	'it is not promoted while an example fails');
SELECT store($$policy d-1 '定稿' fact a number 元 clause 1 reward pay a * 2 example 'e' given a = 1元 expect amount =
	2元$$) \gset
SELECT is((SELECT title || draft FROM policies WHERE code = 'd-1'), '定稿false', 'when they hold it is');
SELECT is((SELECT f |# 'd-1' FROM firm f), 10.00, 'and has a name');
SELECT is(pg_temp.error_of($$SELECT zjtx.store($p$policy d-1 't' clause 1 reward pay 1元$p$, draft => true)$$),
	E'55000: policy "d-1" is stored and is not a draft\nHINT: Give the draft a code of its own, '
	'or delete the stored document first.', 'a draft does not take the place of a document');
SELECT is(pg_temp.error_of($$SELECT zjtx.store(doc::text, draft => true) FROM zjtx.policies WHERE code =
	'yubei-2024-34'$$) ~ '^(55000|42501)', true, 'nor of a shipped one');
SELECT is(store('policy d-9 ''x''  clause 1 when true', NULL), NULL, 'NULL for NULL');
SELECT is(pg_temp.error_of($$SELECT zjtx.store('a > 1', draft => true)$$) ~ '^22023', true, 'a rule is no document');
SELECT is(pg_temp.error_of($$SELECT zjtx.store('policy d-9 ''x'' clause 1 when', draft => true)$$) ~ '^22P02', true,
	'nor is what cannot be read');

-- Documents that use others.

SELECT store($$policy du-1 '被用' clause 1 reward pay 1元$$, draft => true) \gset
SELECT is(pg_temp.error_of($$SELECT zjtx.store($p$policy du-2 '用' uses du-1 clause 1 when satisfies du-1/1$p$)$$) ,
	E'42704: invalid zjtx.policy at line 1, column 22: there is no stored policy "du-1"\nHINT: Perhaps you meant "ds-1".',
	'a draft cannot be used');
SET client_min_messages = notice;
SELECT store($$policy du-2 '用' uses du-1 clause 1 when satisfies du-1/1$$, draft => true);
SET client_min_messages = warning;
SELECT store($$policy du-1 '被用' clause 1 reward pay 1元$$) \gset
SET client_min_messages = notice;
SELECT store($$policy du-2 '用' uses du-1 clause 1 when satisfies du-1/1 example 'e' given as_of = 2025-01-01 expect
	clause 1 false$$, draft => true);
SET client_min_messages = warning;
SELECT is(store($$policy du-1 '被用' clause 2 reward pay 1元$$), 'du-1',
	'a draft that uses a document does not keep it from changing');
SELECT store($$policy du-1 '被用' clause 1 reward pay 1元$$), store($$policy du-2 '用' uses du-1 clause 1 when satisfies
	du-1/1$$) \gset
SELECT is(pg_temp.error_of($$UPDATE zjtx.policies SET draft = true WHERE code = 'du-1'$$) ~
	'^2BP01: policy "du-1" cannot be deleted: "du-2" uses it', true, 'what is used does not become a draft');
UPDATE policies SET draft = true WHERE code IN ('du-1', 'du-2');
SELECT is(pg_temp.error_of('SELECT zjtx.stored(''du-2'')') ~ 'is a draft', true, 'but both together may');
SELECT is(pg_temp.error_of('DELETE FROM zjtx.policies WHERE code = ''du-1'''), 'no error',
	'a draft is deleted though a draft uses it');

SELECT * FROM finish();
ROLLBACK;
