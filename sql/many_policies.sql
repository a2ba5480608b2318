\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(19);

-- Many policies in one session, with a small cache.

SELECT is('{}'::jsonb |= 'a > 1'::policy, NULL, 'the first question of a session');
SELECT is(current_setting('zjtx.cache_size'), '48MB', 'the cache of compiled policies is of 48 MB');
SET LOCAL zjtx.cache_size = '64kB';
CREATE TEMP TABLE rules AS SELECT i AS no, format('a >= %s and b <> %s -- rule %s', i, i, i)::policy AS rule
	FROM generate_series(1, 1000) i;
CREATE TEMP TABLE e (a int, b int);
INSERT INTO e VALUES (0, 0), (500, 400), (1000, 1000), (NULL, 7), (700, NULL);

SELECT is((SELECT string_agg(concat_ws(' ', yes, no, unknown), ', ' ORDER BY a NULLS LAST)
	FROM (SELECT a, count(*) FILTER (WHERE e |= rule) AS yes,
	count(*) FILTER (WHERE NOT e |= rule) AS no,
	count(*) FILTER (WHERE (e |= rule) IS NULL) AS unknown FROM e, rules GROUP BY a) q),
	'0 1000 0, 499 501 0, 0 300 700, 999 1 0, 0 1 999',
	'a thousand rules asked of five rows, more than a call keeps');
SELECT is((SELECT count(*) FROM e, rules WHERE e.a = 500 AND (e |= rule) <> (a >= no AND b <> no)), 0::bigint,
	'each as SQL answers');
SELECT is((SELECT count(*) FROM rules x, rules y, e WHERE x.no IN (1, 2, 3) AND y.no IN (400, 401) AND e.a = 500
	AND e |= x.rule
	AND e |= y.rule), 3::bigint, 'two questions in one condition');
SELECT is((SELECT count(*) FROM rules WHERE (as_of(rule, '2025-01-01'))::text = E'as of 2025-01-01\n' || rule::text),
	1000::bigint,
	'a thousand rules bound to a day');

-- A policy larger than the whole cache, in use while others are added and removed.

CREATE TEMP TABLE large AS SELECT ('policy large ''l'' fact a number fact b number clause 1 when ' ||
	string_agg(format('(a >= %s or b = %s)', i, i),
	' and '))::policy AS doc FROM generate_series(1, 3000) i;
SELECT is((SELECT string_agg(coalesce((e |= doc)::text, '?'), ' ' ORDER BY a NULLS LAST) FROM e, large),
	'false false ? false ?',
	'a document of three thousand conditions');
SELECT is((SELECT count(*) FROM rules, large, e WHERE e.a = 500 AND (e |= doc OR e |= rule)), 499::bigint,
	'asked beside a thousand rules');

-- Errors during compilation leave nothing in the cache.

CREATE FUNCTION pg_temp.tries(rule text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	answer boolean;
BEGIN
	SELECT e |= rule::zjtx.policy INTO answer FROM (SELECT 5 AS a, 'x'::text AS b) e;
	RETURN answer;
EXCEPTION WHEN OTHERS THEN
	RETURN sqlstate;
END $$;
SELECT is((SELECT string_agg(DISTINCT pg_temp.tries(rule), ' ' ORDER BY pg_temp.tries(rule))
	FROM (SELECT CASE i % 4 WHEN 0 THEN 'a >= ' || i
	WHEN 1 THEN 'a >= ' || i || ' and b > 1' WHEN 2 THEN 'a >= ' || i || ' and' ELSE 'b = ''x''' END AS rule
	FROM generate_series(1, 400) i) r), '22P02 42804 false true', 'four hundred rules, of which half are errors');
SELECT is(pg_temp.tries('a >= 5'), 'true', 'and one more');

-- Stored policies.

SELECT is((SELECT count(store(format($$policy many-%s 'm' fact a number fact b number clause 1 reward when a >= %s
	pay %s元$$, i, i, i)))
	FROM generate_series(1, 300) i), 300::bigint, 'three hundred documents are stored');
SELECT is((SELECT sum(e |# code)::text FROM policies, e WHERE code LIKE 'many-%' AND e.a = 500), '45150.00',
	'and asked by name in one statement');
SELECT is((SELECT sum(e |# (code || '/1'))::text FROM policies, e WHERE code LIKE 'many-%' AND e.a = 500), '45150.00',
	'and by their clauses');
SELECT is((SELECT count(*) FROM zjtx.clauses WHERE policy LIKE 'many-%'), 300::bigint, 'and listed');
UPDATE policies SET doc = replace(doc::text, 'pay ', 'pay 2 * ')::policy WHERE code LIKE 'many-%';
SELECT is((SELECT sum(e |# code)::text FROM policies, e WHERE code LIKE 'many-%' AND e.a = 500), '90300.00',
	'after all have changed');

-- The setting.

SELECT is(pg_temp.error_of(format('SET LOCAL zjtx.cache_size = %L', size)) ~ '^22023', true,
	'no size of a cache: ' || size)
	FROM unnest('{0,63kB,-1,many}'::text[]) size;

SELECT * FROM finish();
ROLLBACK;
