\set ECHO none
\i sql/tap.psql
BEGIN;
SET LOCAL search_path = public, zjtx;
SET LOCAL zjtx.as_of = '2025-06-30';
SET LOCAL zjtx.batch = on;
SET LOCAL zjtx.batch_rows = 0;
SELECT plan(9);

-- zjtx.vectors: every set of the CPU gives the same answers.
CREATE TABLE firm AS SELECT i AS id, (i * 7919 % 100000)::numeric / 100 AS revenue, nullif(i % 97, 3) AS staff,
	(i * 31 % 5000)::float8 / 7 AS rate, date '2019-01-01' + i % 2500 AS founded, (ARRAY['a', 'b', 'c'])[1 + i % 3] AS kind
FROM generate_series(1, 3000) i;
ANALYZE firm;
SELECT is(store($$policy vectors-1 'v' fact revenue number fact staff number fact rate number
	fact founded date fact kind text
	define score = band(revenue / staff : >= 100 then 30, >= 20 then 20, >= 5 then 10, else 0)
		+ band(rate : >= 500 then 20, >= 250 then 10, else 0)
	ladder 'v' rung lower 'l' when score >= 20 rung upper 'u'
		when score >= 40 and founded + 36月 <= as_of or kind in ('a', 'b') and rate > 333.3$$),
	'vectors-1', 'a document');

CREATE FUNCTION pg_temp.answers() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	found text;
BEGIN
	EXECUTE 'SELECT md5(string_agg(concat_ws('','', id, (e |^ ''vectors-1'').level, e |= ''vectors-1/upper''), '' '' '
		'ORDER BY id)) FROM firm e'
		INTO found;
	RETURN found;
END $$;
-- What the set answers, or what plain C does if the CPU does not have it.
CREATE FUNCTION pg_temp.answers_of(vectors text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM set_config('zjtx.vectors', 'c', true);
	PERFORM set_config('zjtx.vectors', vectors, true);
	RETURN pg_temp.answers();
EXCEPTION WHEN invalid_parameter_value THEN
	RETURN pg_temp.answers();
END $$;

SET LOCAL zjtx.batch = off;
SELECT pg_temp.answers() AS singly \gset
SET LOCAL zjtx.batch = on;
SELECT isnt(md5(''), :'singly', 'there are answers');
SELECT is(pg_temp.answers_of(vectors), :'singly', 'vectors of ' || coalesce(nullif(vectors, ''), 'the best set'))
FROM unnest(ARRAY['avx512', 'avx2', 'sse2', 'c', '']) vectors;
SET LOCAL zjtx.vectors = 'c';
SELECT is(pg_temp.error_of($$SET LOCAL zjtx.vectors = 'mmx'$$),
	'22023: invalid value for parameter "zjtx.vectors": "mmx"
DETAIL: The value must be a vector set of this CPU, one of avx512, avx2, sse2 and c, or empty for the best one.',
	'an unknown set');
SELECT is(current_setting('zjtx.vectors'), 'c', 'which changes nothing');

SELECT * FROM finish();
ROLLBACK;
