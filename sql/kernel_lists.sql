\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(14);

-- The kernel reads the elements of arrays in place; the exact evaluator reads those of jsonb. Both must give the same
-- answers, and sums of money must be exact.

CREATE TYPE pg_temp.lease AS (owner text, area numeric, rent numeric, months int, until date, void boolean);
CREATE TEMP TABLE rows AS
SELECT i, numeric '20' AS limit_, date '2025-06-30' AS as_of,
	CASE WHEN i % 7 > 0 THEN ARRAY(
		SELECT CASE WHEN (i * j) % 23 = 5 THEN NULL ELSE
			(CASE (i + j) % 9 WHEN 0 THEN NULL WHEN 1 THEN 'other' WHEN 2 THEN 'private' ELSE 'state' END,
			CASE (i * 3 + j) % 11 WHEN 0 THEN NULL WHEN 1 THEN -1 ELSE ((i * 7 + j * 13) % 1000) / 8.0 END,
			CASE (i + j * 5) % 10 WHEN 0 THEN NULL ELSE (i + j) % 45 END,
			CASE (i + j) % 13 WHEN 0 THEN NULL ELSE (i * j) % 14 END,
			CASE (i + j) % 4 WHEN 0 THEN NULL ELSE date '2025-01-01' + (i * 31 + j * 57) % 400 END,
			CASE (i + j) % 5 WHEN 0 THEN NULL ELSE (i + j) % 2 = 0 END)::pg_temp.lease END
		FROM generate_series(1, (i % 5) + CASE WHEN i % 97 = 0 THEN 60 ELSE 0 END) j) END AS leases,
	CASE WHEN i % 6 > 0 THEN ARRAY(SELECT CASE WHEN (i + j) % 8 > 0 THEN (i * 3 + j) % 5 END
	FROM generate_series(1, i % 4) j) END AS numbers,
	CASE WHEN i % 5 > 0 THEN ARRAY(SELECT date '2025-01-01' + (i * 11 + j * 91) % 400 FROM generate_series(1, i % 3) j)
	END AS days
FROM generate_series(1, 400) i;

CREATE TEMP TABLE facts AS SELECT $$policy t 't'
	fact limit_ number
	fact leases list (owner text in ('state', 'private'), area number at least 0, rent number null means none,
		months number at most 12,
		until date null means none, void boolean null means none) null means none
	fact numbers list of number between 0 and 3 fact days list of date null means none $$ AS source;

-- Rows for which an array and jsonb give different answers.
CREATE FUNCTION pg_temp.different(condition text) RETURNS SETOF int LANGUAGE sql AS $$
	SELECT i FROM rows r, facts, LATERAL (SELECT (source || condition)::policy AS p OFFSET 0) p
	WHERE (r |= p) IS DISTINCT FROM (to_jsonb(r) |= p) OR amount_range(r, p) IS DISTINCT FROM amount_range(to_jsonb(r),
	p) LIMIT 3
$$;
SELECT is_empty($$SELECT condition, pg_temp.different('clause 1 when ' || condition) FROM unnest(ARRAY[
	'any(leases where owner = ''state'')', 'all(leases : area >= 10)', 'any(leases where rent > limit_ : void)',
	'all(leases where not void : until > as_of)', 'any(leases : owner <> ''private'' and months in (3, 4))',
	'any(leases where until is null)', 'any(leases where rent is null : months > 5)',
	'any(leases where months + 1 > rent / area)',
	'any(numbers : it = 3)', 'all(numbers : it > 0)', 'any(days where it + 1月 > as_of)']) condition$$, 'any and all');
SELECT is_empty($$SELECT condition, pg_temp.different('clause 1 when ' || condition) FROM unnest(ARRAY[
	'count(leases) = 3', 'count(leases where rent > 20) = 1', 'count(leases where owner = ''state'' and void) >= 2',
	'count(numbers where it > 1) = 1',
	'sum(leases : rent) > 50', 'sum(leases where rent > 20 : 5 * area * months) > 3000',
	'sum(leases : area / (months + 1)) > 60',
	'sum(leases where rent > 3 : rent / area) < 1', 'sum(numbers) = 3',
	'sum(leases : area) = sum(leases where rent >= 0 : area)']) condition$$,
	'counts and sums');
SELECT ok(r |= (source || 'clause 1 when sum(numbers : it / 10) = 0.3')::policy, 'a sum of what is rounded')
	FROM (SELECT '{1,1,1}'::int[] AS numbers) r, facts;
SELECT is_empty($$SELECT condition, pg_temp.different('clause 1 when ' || condition) FROM unnest(ARRAY[
	'min(leases : area) > 20', 'max(leases where owner = ''state'' : area / rent) > 2',
	'min(leases where rent > 100 : rent) is null',
	'max(leases : until) < as_of', 'min(leases where until > as_of : until) is not null', 'max(numbers) = 3',
	'min(days) > 2025-03-01']) condition$$,
	'least and greatest');
SELECT is_empty($$SELECT condition, pg_temp.different('clause 1 when ' || condition) FROM unnest(ARRAY[
	'avg(leases : area) > 60', 'avg(leases where rent > 20 : months) = 6', 'avg(numbers) = 1.5', 'avg(numbers) is null',
	'avg(leases where area > 999 : rent) is null',
	'one(numbers) = 1', 'one(numbers where it > 1) >= 2', 'one(leases where months = 4 : area) > 50',
	'one(leases where rent = 20 : until) > as_of', 'one(leases where months = 4 : owner) = ''state''',
	'one(leases where months < 2 : void)', 'not one(leases where months < 2 : void)',
	'one(leases where limit_ > 30 : area) > 3', 'one(leases where rent is null : rent) is null',
	'one(days) = as_of or one(days) > 2025-07-01', 'one(leases : limit_) = 20',
	'one(leases where area / 8 = 3 : area / 3) = 8']) condition$$, 'avg and one');
SELECT is_empty($$SELECT condition, pg_temp.different('clause 1 when ' || condition) FROM unnest(ARRAY[
	'any(leases where any(numbers where it = months))', 'sum(leases : sum(numbers where it > 1 : it * area)) > 100',
	'count(leases where until = max(leases : until)) = 1', 'any(leases : count(days where it < until) >= 2)',
	'count(leases where until = last) = 1 define last = max(leases where rent > 3 : until)']) condition$$,
	'lists within lists');
SELECT is_empty($$SELECT condition, pg_temp.different(condition) FROM unnest(ARRAY[
	'clause 1 reward when limit_ > 0 pay sum(leases where rent > 20 : 5元 * area * months) cap 3万元',
	'clause 1 reward when limit_ > 0 cap sum(numbers) * 1万元 stage a each leases on until when rent > 20 pay 1万元 stage '
	'b on as_of when any(leases where area > 0) pay 0.125元',
	'clause 1 reward stage a each leases on until when until = min(leases : until) pay area * 1元 / 3 stage b each days '
	'on it when months_ > 3 pay 10元 define months_ = max(leases : months)',
	'clause 1 reward when limit_ > 0 pay max(leases : rent) * 1元 - 20元']) condition$$, 'money');
SELECT isnt_empty($$SELECT i FROM rows r, facts
	WHERE amount_range(r, (source || 'clause 1 reward when limit_ > 0 pay sum(leases : rent) * 1元')::policy)
	IS DISTINCT FROM amount_range(to_jsonb(r),
	(source || 'clause 1 reward when limit_ > 0 pay sum(leases : rent) * 1.001元')::policy)$$,
	'and a difference is noticed');

-- Payments are rounded half up to the hundredth, even very close to the middle.
CREATE TEMP TABLE middles AS
SELECT (whole + 0.005) * divisor + nudge AS a, divisor AS b, round(whole + 0.005 + CASE WHEN nudge < 0 THEN -0.001
	ELSE 0 END, 2) AS money
FROM unnest('{0,0.01,0.12,17,1234567.89,99999999999.99,123456789012345.67,1234567890123456789.01}'::numeric[]) whole,
	unnest('{1,3,7,0.37,1000003}'::numeric[]) divisor,
	unnest('{0,1e-3,-1e-3,1e-6,-1e-6,1e-12,-1e-12,1e-18,-1e-18,1e-25,-1e-25}'::numeric[]) nudge
WHERE abs(nudge) < 0.001 * divisor;
SELECT ok(count(*) > 300, 'there are many') FROM middles;
SELECT is_empty($$SELECT a, b, money,
	r |# 'policy p ''p'' fact a number 元 fact b number clause 1 reward pay a / b'::policy FROM middles r
	WHERE (r |# 'policy p ''p'' fact a number 元 fact b number clause 1 reward pay a / b'::policy) IS DISTINCT
	FROM money$$, 'money near the middle between two hundredths');
SELECT is_empty($$SELECT * FROM middles r
	WHERE (r |# 'policy p ''p'' fact a number 元 fact b number clause 1 reward pay -a / b'::policy) IS DISTINCT FROM 0$$,
	'what is below zero pays nothing');
SELECT is_empty($$SELECT * FROM middles r
	WHERE (r |# 'policy p ''p'' fact a number 元 fact b number clause 1 reward pay a / b cap 17.005元'::policy)
	IS DISTINCT FROM least(money, 17.01)$$, 'a cap is rounded too');
SELECT is(r |# 'policy p ''p'' fact a number 元 null means none clause 1 reward pay a'::policy, 0.00,
	'none pays nothing') FROM (SELECT NULL::numeric AS a) r;
SELECT is(amount_range(r, 'policy p ''p'' fact a number 元 fact b number clause 1 reward when b > 0 pay a clause 2 '
	'reward pay 0.125元'::policy)::text, '(0.13,5.13)', 'an undecided condition leaves a range')
	FROM (SELECT 5::numeric AS a, NULL::numeric AS b) r;
SELECT * FROM finish();
ROLLBACK;
