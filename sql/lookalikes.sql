\set ECHO none
\i sql/tap.psql
BEGIN;
SELECT plan(17);
SET LOCAL search_path = public, zjtx;
SET LOCAL client_min_messages = error;
SET LOCAL zjtx.as_of = '2025-06-30';

-- Engines compatible with Oracle have types of their own that are binary coercible to numeric, timestamp, double
-- precision and text.  Types made here stand for them.

CREATE FUNCTION pg_temp.make(name text, base text, more text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('CREATE TYPE %I', name);
	EXECUTE format('CREATE FUNCTION %1$I_in(cstring, oid, int) RETURNS %1$I '
		'LANGUAGE internal IMMUTABLE STRICT AS %2$L', name,
		base || 'in');
	EXECUTE format('CREATE FUNCTION %1$I_out(%1$I) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS %2$L', name,
		base || 'out');
	EXECUTE format('CREATE TYPE %1$I (INPUT = %1$I_in, OUTPUT = %1$I_out, LIKE = %2$s)', name, more);
	EXECUTE format('CREATE CAST (%I AS %s) WITHOUT FUNCTION AS IMPLICIT', name, more);
END $$;
SELECT pg_temp.make('number', 'numeric_', 'numeric'), pg_temp.make('oradate', 'timestamp_', 'timestamp'),
	pg_temp.make('binary_double', 'float8', 'double precision'), pg_temp.make('yesno', 'bool', 'boolean'),
	pg_temp.make('varchar2', 'text', 'text'), pg_temp.make('pls_integer', 'int4', 'integer') \g /dev/null
CREATE TABLE like_ours (id int, revenue number, share binary_double, since oradate, listed yesno, region varchar2,
	staff pls_integer, prices number[]);
INSERT INTO like_ours VALUES (1, '12345678.90', '0.25', '2025-06-30 10:00', 't', 'east', '10', '{1.5,2}'),
	(2, '100', '0.01', '2025-07-01', 'f', 'west', '9', '{}'), (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
CREATE VIEW ours AS SELECT id, revenue::numeric, share::double precision, since::timestamp, listed::boolean,
	region::text,
	staff::int, prices::numeric[] FROM like_ours;
SELECT store($$policy like-ours 'l' fact revenue number 元 fact share number fact since date
	fact listed boolean fact region
	text fact staff number 人 fact prices list of number 元
	clause 1 reward when revenue > 100元 and share >= 20% and since <= as_of and listed and region = 'east' and staff >= 10人
	pay 1% * revenue
	clause 2 reward when any(prices : it > 1元) pay sum(prices) $$) \g /dev/null

SELECT results_eq(format('SELECT id, %s FROM like_ours e ORDER BY id', asked),
	format('SELECT id, %s FROM ours e ORDER BY id',
	asked), asked)
FROM unnest(ARRAY[$$e |= 'like-ours'$$, $$e |# 'like-ours'$$, $$e |! 'like-ours'$$, $$judge(e, 'like-ours')::text$$,
	$$e |= 'revenue > 100'::policy$$, $$e |= 'since <= 2025-06-30'::policy$$, $$e |= 'listed'::policy$$,
	$$e |= 'region = ''east'''::policy$$, $$e |= 'staff >= 10'::policy$$, $$e |= 'share > 0.2'::policy$$,
	$$explain(e, 'like-ours')$$]) asked;
SELECT is((SELECT e |# 'like-ours' FROM like_ours e WHERE id = 1), 123460.29, 'what is owed');
SELECT results_eq($$SELECT id FROM like_ours e WHERE e |= 'like-ours/1'$$, 'VALUES (1)', 'in a condition');
SELECT is_empty($$SELECT * FROM check_table('like_ours', 'like-ours') WHERE finding ~ 'type'$$,
	'check_table accepts them');

-- Only such types: a number is not a day, and a type that needs a conversion is refused.
SELECT alike(pg_temp.error_of($$SELECT e |= 'revenue > 2025-01-01'::policy FROM like_ours e$$), '42804:%',
	'a number for a day'),
	alike(pg_temp.error_of($$SELECT e |= 'since > 5'::policy FROM like_ours e$$), '42804:%', 'a day for a number');
DROP CAST (number AS numeric);
SELECT alike(pg_temp.error_of($$SELECT r |= 'revenue > 5'::policy FROM (SELECT revenue FROM like_ours OFFSET 0) r$$),
	'42804:%', 'without the cast');

SELECT * FROM finish();
ROLLBACK;
