\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(4);

-- The limits of documents that use others: 1,000 documents with different mappings, 20,000 provisions
-- for different days.

CREATE FUNCTION pg_temp.ways(n int) RETURNS text LANGUAGE sql AS $$
	SELECT format('policy a ''A'' uses %s fact x number clause 1 when %s %s', string_agg('u' || i, ', '),
		string_agg('satisfies u' || i || '/1', ' and '),
		string_agg(format(E'\npolicy u%s ''U'' fact x number clause 1 when x > %s', i, i), ''))
	FROM generate_series(1, n) i
$$;
CREATE FUNCTION pg_temp.days(n int) RETURNS text LANGUAGE sql AS $$
	SELECT format('policy a ''A'' fact x number clause 1 when x > year(as_of) clause 2 when %s',
		string_agg('satisfies 1 on ' || to_char(date '1960-01-01' + i, 'YYYY-MM-DD'), ' or '))
	FROM generate_series(1, n) i
$$;
SELECT is(jsonb '{"x": 1001}' |= pg_temp.ways(1000)::policy, true, 'a document that uses 1000 others');
SELECT is(pg_temp.error_of($$SELECT jsonb '{"x": 1001}' |= pg_temp.ways(1001)::policy$$),
	'54000: a zjtx.policy uses documents in more than 1000 ways', 'one that uses 1001');
SELECT is(jsonb '{"x": 1962, "as_of": "1950-01-01"}' |= pg_temp.days(20000)::policy, true, 'a provision on 20000 days');
SELECT is(pg_temp.error_of($$SELECT jsonb '{"x": 1}' |= pg_temp.days(20001)::policy$$),
	'54000: a zjtx.policy judges provisions for more than 20000 days', 'on 20001');
SELECT * FROM finish();
ROLLBACK;
