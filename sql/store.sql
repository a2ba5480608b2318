\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(57);

-- store reads a document, runs its examples and stores it under its code.

SELECT is(store($$policy store-1 '标题' series store-series in force from 2024-12-12 until 2026-01-01 fact a number 元
	clause 1 reward when a > 5元 pay 3元
example '六元' given a = 6元 expect clause 1 true, amount = 3元$$), 'store-1',
	'a document whose examples hold is stored, and its code given back');
SELECT results_eq($$SELECT code, title, series, lower(in_force), upper(in_force),
	shipped FROM policies WHERE code = 'store-1'$$,
	$$VALUES ('store-1', '标题', 'store-series', '2024-12-12'::date, '2026-01-01'::date, false)$$,
	'the columns say what the document says');
SELECT is(store($$policy store-1 '新标题' clause 1 reward pay 4元$$), 'store-1', 'an older one of its code is replaced');
SELECT results_eq($$SELECT title, series, in_force, doc::text FROM policies WHERE code = 'store-1'$$,
	$$VALUES ('新标题', NULL, '(,)'::daterange, 'policy store-1 ''新标题'' clause 1 reward pay 4元')$$,
	'with all its columns');
SELECT is(('{}'::jsonb |# 'store-1')::text, '4.00', 'and asked by its name');
SELECT is(store($$policy store-2 't' in force from 2025-01-01$$), 'store-2', 'a document may hold nothing');
SELECT is((SELECT in_force FROM policies WHERE code = 'store-2'), daterange('2025-01-01', NULL),
	'in force from a day on');
SELECT is(store($$policy store-2 't' in force from 2025-01-01 clause 1 when 1 < 2$$), 'store-2',
	'what was stored can be replaced');

-- Failing examples.

SELECT is(pg_temp.error_of($q$SELECT store($$policy store-3 't' fact a number 元 at least 0 fact b boolean
fact d date null means none fact t text in ('x', 'y') fact m number 分 between 0 and 15
define share = a / 3元 score points_got = band(a : >= 5元 then 20分, else 0分) + m
clause 1 reward when a > 5元 pay 3元 clause 2 reward when b pay undetermined clause 3 tax when b pay a
clause 4 reward cap 5元 stage s on d pay 7元 clause 5 points pay points_got
ladder rung low when a > 1元 rung high when b
example '一' given a = 5元, d = 2024-01-01, t = 'x', as_of = 2025-01-01
  expect clause 1 true, clause 1 = 3元, clause 2 true, clause 3 = 5元, clause 4 = 7元, clause 4 stage s = 5元, amount = 5元,
    rung low false, placement high, share = 150%, points_got = 20分, t = 'y', d = 2024-01-02, missing (b), b true,
      points_got between 20分 and 30分, clause 2 undetermined, d none, b false, m = 3分
example '二' given b = true expect clause 2 false, clause 2 = 3元, clause 1 = 0元, placement none,
	amount = 0元, a = 0元$$)$q$),
	E'23514: policy "store-3" is not stored: 25 of its 26 expectations fail\nDETAIL: '
	'example ''一'': expected clause 1 true, found false\nexample ''一'': expected clause 1 = 3元, '
	'found 0元\nexample ''一'': expected clause 2 true, found unknown\n'
	'example ''一'': expected clause 3 = 5元, found between 0元 and 5元\nexample ''一'': expected clause 4 = 7元, '
	'found 5元\nexample ''一'': expected clause 4 stage s = 5元, found 7元\n'
	'example ''一'': expected rung low false, found true\nexample ''一'': expected placement high, found placement low\n'
	'example ''一'': expected share = 150%, found 166.66666666666666666667%\nexample ''一'': expected points_got = 20分, '
	'found between 20分 and 35分\nand 15 more',
	'what was found stands beside what was expected');
SELECT is((SELECT count(*) FROM policies WHERE code = 'store-3'), 0::bigint, 'and nothing is stored');
SELECT throws_ok($q$SELECT store($$policy store-1 't' clause 1 reward pay 4元 example 'e' expect amount = 5元$$)$q$,
	'23514',
	'policy "store-1" is not stored: 1 of its 1 expectations fail', 'a document that fails does not replace one');
SELECT is(('{}'::jsonb |# 'store-1')::text, '4.00', 'which stays');

-- The results of examples() for each kind of expectation.

CREATE TEMP TABLE p AS SELECT $$policy x 't' fact a number 元 at least 0 fact b boolean fact d date null means none
fact m number 分 between 0 and 15 fact n number null means none fact l list of number null means none
define share = a / 4元 score s = band(a : >= 5元 then 20分, else 0分) + m define sure = a >= 0
define day = d + 1年 define free = a * 2 / 3
clause 1 reward when a > 5元 pay 3元 clause 2 reward when b pay undetermined clause 3 subsidy cap 5元 stage one on d pay 7元
clause 4 points pay m clause 5 reward when b pay sum(l) * 1元 clause 6 reward when a > 1元 pay undetermined
ladder rung low when a > 1元 rung high when b
example 'e' given a = 5元, d = 2024-01-01, l = unknown, as_of = 2025-01-01 expect clause 1 false, clause 1 = 0元,
  clause 2 unknown, clause 3 = 5元, clause 3 stage one = 7元, clause 4 between 0分 and 15分, clause 5 = 0元,
  clause 6 undetermined, clause 2 undetermined, amount = 5元, placement low, rung high unknown, share = 125%,
  s between 20分 and 35分, s unknown, sure true, day = 2025-01-01, n none, b unknown, m unknown, free = 3,
    missing (m, b, l)$$::policy AS doc;
SELECT is((SELECT found || ' ' || holds FROM examples(doc) x WHERE x.expected = a.expected), answer, expected)
	FROM p, (VALUES ('clause 1 false', 'false true'), ('clause 1 = 0元', '0元 true'),
	('clause 2 unknown', 'unknown true'),
	('clause 3 = 5元', '5元 true'), ('clause 3 stage one = 7元', '7元 true'), ('clause 4 between 0分 and 15分',
	'between 0分 and 15分 true'),
	('clause 5 = 0元', 'at least 0元 false'), ('clause 6 undetermined', 'undetermined true'), ('clause 2 undetermined',
	'undetermined false'),
	('amount = 5元', 'at least 5元 false'), ('placement low', 'placement low true'),
	('rung high unknown', 'unknown true'),
	('share = 125%', '125% true'), ('s between 20分 and 35分', 'between 20分 and 35分 true'),
	('s unknown', 'between 20分 and 35分 true'),
	('sure true', 'true true'), ('day = 2025-01-01', '2025-01-01 true'), ('n none', 'none true'),
	('b unknown', 'unknown true'), ('m unknown', 'between 0分 and 15分 true'),
	('free = 3', '3.33333333333333333333 false'),
	('missing (m, b, l)', 'missing (b, m, l) true')) a (expected, answer);
SELECT is((SELECT count(*) FROM examples('a > 1'::policy)), 0::bigint, 'a rule has no examples');

-- Texts that cannot be stored.

SELECT is(pg_temp.error_of(format('SELECT store(%L)', source)), refusal, description) FROM (VALUES
	('a > 1', E'22023: only a single document that begins with "policy" can be stored\nHINT: Add a header to the rule: '
	'policy my-rule ''its title'' ... clause 1 when ....',
	'a rule without a header'),
	('as of 2025-01-01 policy x ''t''',
	E'22023: only a single document that begins with "policy" can be stored\nHINT: A stored policy cannot be bound to '
	'a day; as_of sets the day when the policy is asked.',
	'a document that is bound to a day'),
	('series s policy x ''t'' series s in force from 2024-01-01',
	E'22023: only a single document that begins with "policy" can be stored\nHINT: Store the versions of a series one '
	'by one.', 'a series'),
	('policy x ''t'' clause 1 when a > 1', '22P02: invalid zjtx.policy at line 1, column 28: "a" is not declared',
	'what is no policy')) texts (source, refusal, description);
SELECT is(store(NULL), NULL, 'nothing is stored of NULL');

-- The table itself.

INSERT INTO policies (doc) VALUES ($$policy direct-1 '直接' series direct in force from 2025-01-01 clause 1 when 1 < 2$$);
SELECT results_eq($$SELECT code, title, series, in_force, shipped FROM policies WHERE code = 'direct-1'$$,
	$$VALUES ('direct-1', '直接', 'direct', '[2025-01-01,)'::daterange, false)$$,
	'an INSERT of the document fills the other columns');
INSERT INTO policies (code, doc, title, series, in_force, shipped)
	VALUES ('lie', $$policy direct-2 'T' clause 1 when 1 < 2$$, 'lie', 'lie',
	'empty', true);
SELECT results_eq($$SELECT code, title, series, in_force, shipped FROM policies WHERE code IN ('lie', 'direct-2')$$,
	$$VALUES ('direct-2', 'T', NULL, '(,)'::daterange, false)$$, 'whatever was written there');
UPDATE policies SET title = 'lie', shipped = true, series = 'lie' WHERE code = 'direct-2';
SELECT results_eq($$SELECT title, series, shipped FROM policies WHERE code = 'direct-2'$$,
	$$VALUES ('T', NULL::text, false)$$, 'an UPDATE as well');
UPDATE policies SET doc = $$policy direct-3 'T3'$$ WHERE code = 'direct-2';
SELECT results_eq($$SELECT code, title FROM policies WHERE code LIKE 'direct-%' ORDER BY 1$$,
	$$VALUES ('direct-1', '直接'), ('direct-3', 'T3')$$,
	'a document of another code changes the code');
SELECT throws_ok($$INSERT INTO policies (doc) VALUES ('policy direct-1 ''t''')$$, '23505', NULL,
	'one document has a code');
SELECT is(pg_temp.error_of($$INSERT INTO policies (code, title, in_force, shipped) VALUES ('x', 'x', 'empty', false)$$),
	E'23502: a stored policy needs its document\nHINT: Set only doc; the other columns are derived from it.',
	'a row without a document');
SELECT throws_ok($$INSERT INTO policies (doc) VALUES ('a > 1')$$, '22023',
	'only a single document that begins with "policy" can be stored', 'a rule');
SELECT throws_ok($$INSERT INTO policies (doc) VALUES ('policy x')$$, '22P02', NULL, 'no policy');
DELETE FROM policies WHERE code LIKE 'direct-%';
SELECT is((SELECT count(*) FROM policies WHERE code LIKE 'direct-%'), 0::bigint, 'what users stored can be deleted');

-- Shipped rows are read-only.

SELECT bag_has('SELECT code FROM policies WHERE shipped',
	$$VALUES ('cq-hardtech-2023-21'), ('miit-2022-63'), ('yubei-2024-34')$$,
	'some documents came with the extension');
SELECT is(pg_temp.error_of(statement),
	E'42501: a policy shipped with zjtx cannot be changed\nHINT: Store your version under a code of your own.',
	statement) FROM (VALUES
	($$DELETE FROM zjtx.policies WHERE code = 'yubei-2024-34'$$),
	($$UPDATE zjtx.policies SET shipped = false WHERE code = 'yubei-2024-34'$$),
	($$UPDATE zjtx.policies SET doc = 'policy yubei-2024-34 ''x''' WHERE code = 'yubei-2024-34'$$),
	($$SELECT zjtx.store('policy yubei-2024-34 ''x''')$$),
	($$INSERT INTO zjtx.policies (doc) VALUES ('policy miit-2022-63 ''x''')
		ON CONFLICT (code) DO UPDATE SET doc = excluded.doc$$)) statements (statement);
SELECT is(pg_temp.error_of('TRUNCATE zjtx.policies'),
	E'42501: zjtx.policies cannot be truncated\nHINT: Delete the rows that are not shipped.',
	'TRUNCATE zjtx.policies');
SELECT is(store((SELECT replace(doc::text, '政策 yubei-2024-34 ', '政策 my-yubei ') FROM policies
	WHERE code = 'yubei-2024-34')), 'my-yubei', 'a version under a code of one''s own can be stored');

SELECT * FROM finish();
ROLLBACK;
