\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL zjtx.as_of = '2025-06-30';
SELECT plan(43);

-- A text on the right is the name of a stored policy: code, code/clause or code/rung.

SELECT is(store($$policy names-2024 '示例' fact revenue number 元 '收入' fact staff number 人 clause 1 reward
	when revenue >= 1000万元 pay 5万元
clause 2-a points when staff > 10人 pay 3分 ladder rung low '低' when revenue > 1元 rung high '高'
	when revenue >= 1亿元 and staff > 10人$$), 'names-2024',
	'a document is stored');
CREATE TEMP TABLE e (id int, revenue numeric, staff int);
INSERT INTO e VALUES (1, 1e8, 20), (2, 1e7, NULL), (3, 0, NULL);
CREATE FUNCTION pg_temp.answers(name text) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', coalesce((e OPERATOR(zjtx.|=) name)::text, '?'),
		coalesce((e OPERATOR(zjtx.|#) name)::text, '?'), (e OPERATOR(zjtx.|!) name)::text, zjtx.amount_range(e, name)),
		', ' ORDER BY id) FROM e
$$;
SELECT is(pg_temp.answers(name), answers, name) FROM (VALUES
	('names-2024', 'true 50000.00 {} (50000.00,50000.00), true 50000.00 {staff} (50000.00,50000.00), '
	'? 0.00 {staff} (0.00,0.00)'),
	('names-2024/1', 'true 50000.00 {} (50000.00,50000.00), true 50000.00 {} (50000.00,50000.00), '
	'false 0.00 {} (0.00,0.00)'),
	('names-2024/2-a', 'true 3.00 {} (3.00,3.00), ? ? {staff} (0.00,3.00), ? ? {staff} (0.00,3.00)'),
	('names-2024/low', 'true 0.00 {} (0.00,0.00), true 0.00 {} (0.00,0.00), false 0.00 {} (0.00,0.00)'),
	('names-2024/high', 'true 0.00 {} (0.00,0.00), false 0.00 {} (0.00,0.00), false 0.00 {} (0.00,0.00)')) names (name,
	answers);
SELECT is((SELECT string_agg(coalesce((e |^ 'names-2024')::text, '?'), ' ' ORDER BY id) FROM e),
	'(2,high,高) (1,low,低) (0,none,未入梯度)',
	'placement by name');
SELECT is((SELECT string_agg(coalesce((placement(e, 'names-2024/high')).level::text, '?'), ' ' ORDER BY id)
	FROM e), '2 0 0', 'placement on one rung by name');
SELECT is((SELECT count(*) FROM e WHERE (to_jsonb(e) |= 'names-2024') IS DISTINCT FROM (e |= 'names-2024')
	OR (to_jsonb(e) |# 'names-2024') IS DISTINCT FROM (e |# 'names-2024') OR (to_jsonb(e) |! 'names-2024') IS DISTINCT
	FROM (e |! 'names-2024')
	OR (to_jsonb(e) |^ 'names-2024')::text IS DISTINCT FROM (e |^ 'names-2024')::text), 0::bigint,
	'jsonb is asked by name as rows are');
SELECT is((SELECT count(*) FROM e, policies p WHERE p.code = 'names-2024' AND ((e |= p.doc) IS DISTINCT
	FROM (e |= p.code) OR (e |# p.doc) IS DISTINCT
	FROM (e |# p.code))), 0::bigint, 'a name answers as the value does that it names');
SELECT is((SELECT string_agg(coalesce((e |= (p.code || '/' || part))::text, '?'), ' ' ORDER BY part)
	FROM e, policies p, unnest('{1,2-a,high,low}'::text[]) part WHERE id = 2 AND p.code = 'names-2024'),
	'true ? false true',
	'a name can differ in each row');

SELECT is(stored('names-2024')::text, (SELECT doc::text FROM policies WHERE code = 'names-2024'),
	'the value that a name stands for');
SELECT is(stored('names-2024/2-a')::text, (SELECT (doc -> '2-a')::text FROM policies WHERE code = 'names-2024'),
	'and that the name of a part stands for');
SELECT throws_ok($$SELECT stored('names-2023')$$, '42704', 'there is no stored policy "names-2023"',
	'of an unknown name there is none');

-- Unknown names.

SELECT is(pg_temp.error_of(format('SELECT e |= %L FROM pg_temp.e', name)), message, 'no policy: ' || name) FROM (VALUES
	('names-2023', E'42704: there is no stored policy "names-2023"\nHINT: Perhaps you meant "names-2024".'),
	('naems-2024/1', E'42704: there is no stored policy "naems-2024"\nHINT: Perhaps you meant "names-2024".'),
	('names-2024/2-b', E'42704: policy "names-2024" has no clause, rung or definition "2-b"\nHINT: Perhaps you meant '
	'"2-a".'),
	('names-2024/hihg', E'42704: policy "names-2024" has no clause, rung or definition "hihg"\nHINT: Perhaps you meant '
	'"high".'),
	('names-2024/', '42704: policy "names-2024" has no clause, rung or definition ""'),
	('names-2024/1/2', '42704: policy "names-2024" has no clause, rung or definition "1/2"'),
	('revenue > 1000万元', E'42704: there is no stored policy "revenue > 1000万元"\nHINT: Text on the right names a stored '
	'policy; a rule is written ''...''::zjtx.policy.'),
	('收入/2 ≥ 1000万元', E'42704: there is no stored policy "收入/2 ≥ 1000万元"\nHINT: Text on the right names a stored '
	'policy; a rule is written ''...''::zjtx.policy.'),
	('', E'42704: there is no stored policy ""\nHINT: Text on the right names a stored policy; '
	'a rule is written ''...''::zjtx.policy.')) names (name, message);
SELECT is(pg_temp.error_of($$SELECT e |^ 'names-2024/1' FROM pg_temp.e$$),
	E'22023: policy "names-2024" has no ladder\nHINT: Use |= or zjtx.eligible() to ask whether a clause is satisfied.',
	'a clause has no ladder');

-- The next statement sees a changed document, wherever the name is used.

PREPARE question AS SELECT (e |= 'names-2024/1')::text || ' ' || (e |# 'names-2024/1')::text FROM e WHERE id = 2;
PREPARE question_of(text) AS SELECT (e |# $1)::text FROM e WHERE id = 2;
CREATE FUNCTION pg_temp.question() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	r e;
BEGIN
	SELECT * INTO r FROM e WHERE id = 2;
	RETURN (r OPERATOR(zjtx.|#) 'names-2024/1')::text;
END $$;
CREATE TEMP VIEW answer AS SELECT id, e |# 'names-2024/1' AS amount FROM e;
CREATE FUNCTION pg_temp.all_ways() RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	RETURN NEXT pg_temp.question();
	RETURN NEXT (SELECT amount::text FROM pg_temp.answer WHERE id = 2);
	RETURN QUERY EXECUTE 'SELECT (e OPERATOR(zjtx.|#) ''names-2024/1'')::text FROM e WHERE id = 2';
END $$;
SELECT results_eq('EXECUTE question', $$VALUES ('true 50000.00')$$, 'a prepared statement');
SELECT results_eq($$EXECUTE question_of('names-2024/1')$$, $$VALUES ('50000.00')$$,
	'a prepared statement that is given the name');
SELECT is(array(SELECT pg_temp.all_ways()), '{50000.00,50000.00,50000.00}', 'plpgsql, a view, and a dynamic statement');
SAVEPOINT before;
SELECT is(store((SELECT replace(doc::text, 'pay 5万元', 'pay 7万元') FROM policies WHERE code = 'names-2024')),
	'names-2024', 'the document is replaced');
SELECT results_eq('EXECUTE question', $$VALUES ('true 70000.00')$$, 'a prepared statement sees it');
SELECT results_eq($$EXECUTE question_of('names-2024/1')$$, $$VALUES ('70000.00')$$,
	'so does one that is given the name');
SELECT is(array(SELECT pg_temp.all_ways()), '{70000.00,70000.00,70000.00}',
	'so do plpgsql, a view, and a dynamic statement');
UPDATE policies SET doc = replace(doc::text, 'pay 7万元', 'pay 8万元')::policy WHERE code = 'names-2024';
SELECT is(array(SELECT pg_temp.all_ways()), '{80000.00,80000.00,80000.00}', 'an UPDATE is seen');
CREATE FUNCTION pg_temp.change_within() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	r e;
	first text;
BEGIN
	SELECT * INTO r FROM e WHERE id = 2;
	FOR i IN 1..3 LOOP
		first := concat_ws(' ', first, r OPERATOR(zjtx.|#) 'names-2024/1');
		UPDATE zjtx.policies SET doc = replace(doc::text, 'pay ' || 7 + i || '万元', 'pay ' || 8 + i || '万元')::zjtx.policy
			WHERE code = 'names-2024';
	END LOOP;
	RETURN first;
END $$;
SELECT is(pg_temp.change_within(), '80000.00 90000.00 100000.00',
	'an expression of plpgsql sees each change within one statement');
ROLLBACK TO before;
SELECT results_eq('EXECUTE question', $$VALUES ('true 50000.00')$$,
	'what was rolled back is gone, for a prepared statement');
SELECT is(array(SELECT pg_temp.all_ways()), '{50000.00,50000.00,50000.00}', 'and for all others');
WITH changed AS (UPDATE policies SET doc = replace(doc::text, 'pay 5万元', 'pay 9万元')::policy WHERE code = 'names-2024'
	RETURNING code)
SELECT is((SELECT (e |# 'names-2024/1')::text FROM e WHERE id = 2), '50000.00',
	'a statement sees what there was when it began') FROM changed;
SELECT is(array(SELECT pg_temp.all_ways()), '{90000.00,90000.00,90000.00}', 'and the next one what it did');
DELETE FROM policies WHERE code = 'names-2024';
SELECT throws_ok('EXECUTE question', '42704', 'there is no stored policy "names-2024"', 'what was deleted is gone');
SELECT throws_ok('SELECT pg_temp.question()', '42704', 'there is no stored policy "names-2024"', 'also for plpgsql');
SELECT is(store($$policy names-2024 'another' clause 1 reward pay 1元$$), 'names-2024',
	'a document can come again under the code');
SELECT is(array(SELECT pg_temp.all_ways()), '{1.00,1.00,1.00}', 'and is the one that is asked');

-- A document where a name belongs is shown by its first line, so that it does not fill the message.

SELECT throws_ok($$SELECT '{}'::jsonb |= E'policy x ''示例''\nclause 1 when true'$$, '42704',
	'there is no stored policy "policy x ''示例''..."', 'a document without its cast');
SELECT throws_ok($$SELECT eligible('{}'::jsonb, 'x ' || repeat('收入 > 1元 且 ', 50))$$, '42704',
	'there is no stored policy "x ' || repeat('收入 > 1元 且 ', 3) || '收..."', 'a long rule is cut between characters');

SELECT * FROM finish();
ROLLBACK;
