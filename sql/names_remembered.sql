\set ECHO none
\i sql/tap.psql
BEGIN;
SET LOCAL search_path = public, zjtx;
SELECT plan(17);

-- A session remembers the rows that a name referred to, so that it need not read the document for each statement. It
-- must distinguish every document: by the column version, a hash that no one can set.

CREATE FUNCTION pg_temp.document(pays text) RETURNS text LANGUAGE sql AS $$
	SELECT format('policy remembered-1 ''t'' series remembered in force from 2020-01-01 fact n number clause 1 reward '
		'when n > 0 pay %s', pays)
$$;
CREATE FUNCTION pg_temp.owed(name text) RETURNS text LANGUAGE sql AS $$
	SELECT ('{"n": 1}'::jsonb OPERATOR(zjtx.|#) name)::text
$$;
CREATE FUNCTION pg_temp.assessed() RETURNS text LANGUAGE sql AS $$
	SELECT amount::text FROM zjtx.assess('{"n": 1}'::jsonb) WHERE policy = 'remembered-1'
$$;

-- After TRUNCATE, the first row has the position of the former first row, and one transaction wrote both.

ALTER TABLE zjtx.policies DISABLE TRIGGER guard_truncate;
TRUNCATE zjtx.policies;
SELECT is(store(pg_temp.document('1元')), 'remembered-1', 'a document stands first in an empty table');
SELECT is(pg_temp.owed('remembered-1'), '1.00', 'it is asked by its code');
SELECT is(pg_temp.owed('remembered'), '1.00', 'and by its series');
SELECT is(pg_temp.assessed(), '1.00', 'and among all');
SELECT concat_ws(' ', xmin, ctid) AS place FROM zjtx.policies \gset
TRUNCATE zjtx.policies;
SELECT is(store(pg_temp.document('2元')), 'remembered-1', 'another comes in its place');
SELECT is((SELECT concat_ws(' ', xmin, ctid) FROM zjtx.policies), :'place', 'really in its place');
SELECT is(pg_temp.owed('remembered-1/1'), '2.00', 'a part of it was not asked before');
SELECT is(pg_temp.owed('remembered-1'), '2.00', 'the other is asked by the code');
SELECT is(pg_temp.owed('remembered'), '2.00', 'by the series');
SELECT is(pg_temp.assessed(), '2.00', 'and among all');
ALTER TABLE zjtx.policies ENABLE ALWAYS TRIGGER guard_truncate;

SELECT is((SELECT version FROM zjtx.policies),
	(SELECT substr(encode(sha256(convert_to(doc::text, 'UTF8')), 'hex'), 1, 32)::uuid
	FROM zjtx.policies), 'the version is a hash of the document');
SELECT alike(pg_temp.error_of('UPDATE zjtx.policies SET version = NULL'), '428C9:%', 'nobody sets it');

-- An expression of plpgsql keeps its result and makes a new one when the input changes.

CREATE FUNCTION pg_temp.derived() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	part zjtx.policy;
	bound zjtx.policy;
	found text;
BEGIN
	FOR i IN 3..5 LOOP
		PERFORM zjtx.store(pg_temp.document(i || '元'));
		part := zjtx.stored('remembered-1') OPERATOR(zjtx.->) '1';
		bound := zjtx.as_of(zjtx.stored('remembered-1/1'), make_date(2020 + i, 1, 1));
		found := concat_ws(' ', found, '{"n": 1}'::jsonb OPERATOR(zjtx.|#) part, left(bound::text, 16));
	END LOOP;
	RETURN found;
END $$;
SELECT is(pg_temp.derived(), '3.00 as of 2023-01-01 4.00 as of 2024-01-01 5.00 as of 2025-01-01',
	'each document and each day is seen');
SELECT results_eq($$SELECT part::text ~ 'clause a', part::text ~ 'clause b'
	FROM (SELECT 'policy p ''p'' clause a when 1 < 2 clause b when 1 < 2'::policy -> c AS part
	FROM (VALUES ('a'), ('b'), ('a')) v(c)) x$$,
	'VALUES (true, false), (false, true), (true, false)', 'each part is seen');
UPDATE zjtx.policies SET doc = pg_temp.document('2元')::zjtx.policy WHERE code = 'remembered-1';

-- Row security may hide documents from some users: a document asked by one user stays hidden from another.

CREATE ROLE zjtx_blind;
ALTER TABLE zjtx.policies ENABLE ROW LEVEL SECURITY;
CREATE FUNCTION pg_temp.asked_by_blind() RETURNS numeric LANGUAGE sql STABLE SECURITY DEFINER AS $$
	SELECT '{"n": 1}'::jsonb OPERATOR(zjtx.|#) 'remembered-1'
$$;
ALTER FUNCTION pg_temp.asked_by_blind() OWNER TO zjtx_blind;
SELECT is(pg_temp.owed('remembered-1'), '2.00', 'the owner asks');
SELECT throws_ok($$SELECT '{"n": 1}'::jsonb |# 'remembered-1', pg_temp.asked_by_blind()$$, '42704',
	'there is no stored policy "remembered-1"',
	'one to whom no row is shown finds nothing, also in the same statement');
SELECT is(pg_temp.owed('remembered-1'), '2.00', 'and the owner still does');

SELECT * FROM finish();
ROLLBACK;
