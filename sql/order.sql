\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(26);

-- Policies and verdicts are equal and ordered by the bytes of their text.

CREATE TEMP TABLE doc AS SELECT source::policy AS p, source FROM unnest(ARRAY['a > 1', 'a > 1 ', 'a  > 1', 'A > 1',
	'a > 1 -- é', U&'a > 1 -- e\0301', '甲 > 1', 'a > 1 -- ' || repeat('长', 9000), 'a > 10']) source;
CREATE TEMP TABLE verdicts AS SELECT judge(r,
	$$policy p 'p' fact a number fact b number clause 1 reward when a > 1 pay b * 1元$$::policy) AS v
	FROM unnest('{NULL,0,2}'::numeric[]) a, unnest('{NULL,0,5,5.5,1e30}'::numeric[]) b, LATERAL (SELECT a, b) r;
SELECT is((SELECT array_agg(source ORDER BY p) FROM doc), (SELECT array_agg(source ORDER BY convert_to(source, 'UTF8'))
	FROM doc), 'policies in the order of their bytes');
SELECT is((SELECT array_agg(v::text ORDER BY v) FROM verdicts),
	(SELECT array_agg(v::text ORDER BY convert_to(v::text, 'UTF8')) FROM verdicts), 'verdicts in the order of theirs');
SELECT is_empty(format($$SELECT a, b FROM (SELECT %1$s AS x, %1$s::text COLLATE "C" AS t FROM %2$s) a,
	(SELECT %1$s AS x, %1$s::text COLLATE "C" AS t FROM %2$s) b
	WHERE (a.x = b.x, a.x <> b.x, a.x < b.x, a.x <= b.x, a.x > b.x, a.x >= b.x,
		sign(zjtx_internal.%3$s_cmp(a.x, b.x))) IS DISTINCT
	FROM
		(a.t = b.t, a.t <> b.t, a.t < b.t, a.t <= b.t, a.t > b.t, a.t >= b.t, CASE WHEN a.t < b.t THEN -1 WHEN a.t > b.t
		THEN 1 ELSE 0 END::float)
	OR a.t = b.t AND (zjtx_internal.%3$s_hash(a.x), zjtx_internal.%3$s_hash_extended(a.x, 7)) IS DISTINCT
	FROM (zjtx_internal.%3$s_hash(b.x), zjtx_internal.%3$s_hash_extended(b.x, 7))$$, c, t, type),
	'every operator, of ' || t)
	FROM (VALUES ('p', 'doc', 'policy'), ('v', 'verdicts', 'verdict')) c (c, t, type);
SELECT is((SELECT count(DISTINCT zjtx_internal.policy_hash(p)) FROM doc), 9::bigint, 'hashes of policies');
SELECT is((SELECT count(DISTINCT zjtx_internal.verdict_hash_extended(v, 3)) FROM verdicts),
	(SELECT count(DISTINCT v::text)
	FROM verdicts), 'hashes of verdicts');

-- A verdict that was computed equals one that was read, even if their internal bytes differ.
SELECT is(count(*), 15::bigint, 'made and read') FROM verdicts WHERE v = v::text::verdict
	AND zjtx_internal.verdict_hash(v) = zjtx_internal.verdict_hash(v::text::verdict);
SELECT is('[ {"policy":"p", "clause":"1", "kind":"reward", "unit":"元", "status":"owed", "eligible":true, '
	'"amount":5.0} ]'::verdict = '[{"policy": "p", "clause": "1", "kind": "reward", "eligible": true, '
	'"status": "owed", "amount": 5.00, "unit": "元"}]'::verdict,
	true, 'spaces and the order of keys are not part of it');
SELECT is(NULL::policy = 'a > 1', NULL, 'NULL');

-- Features that need equality and order.
SELECT is((SELECT count(*) FROM (SELECT DISTINCT p FROM (SELECT p FROM doc UNION ALL SELECT p FROM doc) d) q),
	9::bigint, 'DISTINCT');
SELECT is((SELECT count(*) FROM (SELECT v, count(*) FROM verdicts GROUP BY v) q), (SELECT count(DISTINCT v::text)
	FROM verdicts), 'GROUP BY');
SELECT is((SELECT count(*) FROM (SELECT p FROM doc EXCEPT SELECT 'a > 1'::policy) q), 8::bigint, 'EXCEPT');
SELECT is((SELECT count(*) FROM doc WHERE p IN ('a > 1', 'a > 10')), 2::bigint, 'IN');
SELECT is((SELECT ARRAY[p] = ARRAY['a > 1'::policy] FROM doc WHERE source = 'a > 1'), true, 'arrays');
SELECT is((SELECT ROW(1, p) = ROW(1, 'a > 1'::policy) FROM doc WHERE source = 'a > 1'), true, 'rows');
CREATE TEMP TABLE joined AS SELECT p FROM doc, generate_series(1, 3);
SET LOCAL enable_mergejoin = off; SET LOCAL enable_nestloop = off;
SELECT is((SELECT count(*) FROM doc JOIN joined USING (p)), 27::bigint, 'a hash join');
RESET enable_mergejoin; SET LOCAL enable_hashjoin = off;
SELECT is((SELECT count(*) FROM doc JOIN joined USING (p)), 27::bigint, 'a merge join');
RESET enable_hashjoin; RESET enable_nestloop;
DELETE FROM doc WHERE length(source) > 9000;
SET LOCAL enable_seqscan = off;
CREATE TEMP TABLE kept (v verdict PRIMARY KEY, n int);
INSERT INTO kept SELECT DISTINCT v FROM verdicts;
INSERT INTO kept SELECT DISTINCT v, 1 FROM verdicts ON CONFLICT (v) DO UPDATE SET n = coalesce(kept.n, 0) + 1
	WHERE kept.n IS NULL;
SELECT is((SELECT count(*) FROM kept WHERE n IS NULL), 0::bigint, 'a primary key, and ON CONFLICT') FROM (SELECT 1) x;
CREATE UNIQUE INDEX ON doc (p);
SELECT is((SELECT source FROM doc WHERE p = 'a > 1 '), 'a > 1 ', 'a btree index');
SELECT is(pg_temp.error_of('INSERT INTO doc VALUES (''a > 1'')') ~ '^23505', true, 'a unique one');
CREATE INDEX ON verdicts USING hash (v);
SELECT is((SELECT count(*) FROM verdicts WHERE v = (SELECT v FROM verdicts LIMIT 1)), (SELECT count(*) FROM verdicts
	WHERE v::text = (SELECT v::text FROM verdicts LIMIT 1)), 'a hash index');
CREATE TEMP TABLE parts (p policy) PARTITION BY HASH (p);
CREATE TEMP TABLE part0 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TEMP TABLE part1 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO parts SELECT p FROM doc;
SELECT is((SELECT count(*) FROM parts), 8::bigint, 'hash partitions');
SELECT is((SELECT p::text FROM parts WHERE p = 'a > 10'), 'a > 10', 'pruned');

-- The operators are found with any search path, and hide no operators of others.
SET LOCAL search_path = public;
SELECT is((SELECT count(*) FROM (SELECT DISTINCT p FROM pg_temp.doc) q), 8::bigint, 'without zjtx in the search path');
SET LOCAL search_path = zjtx, public;
SELECT is('a' = 'b', false, 'two unknown literals are texts');
SELECT is((SELECT count(*) FROM pg_amop o JOIN pg_opfamily f ON f.oid = o.amopfamily
	WHERE f.opfnamespace = 'zjtx'::regnamespace), 12::bigint, 'members of operator families');
SELECT * FROM finish();
ROLLBACK;
