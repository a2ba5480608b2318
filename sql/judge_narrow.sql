\set ECHO none
\i sql/tap.psql
BEGIN;
\i sql/judge.psql
SELECT plan(42);

-- Batches of which the first conditions leave few rows: the other facts are read of these alone, also from values that
-- were not read when the tuples were taken apart.

CREATE TYPE won AS (day date, x numeric);
CREATE TABLE firm (id int, legal boolean, region text, size text, remark varchar(20), revenue numeric(16,2), rd numeric,
	staff int, born smallint, founded date, listed boolean, shares float8, f won[], days date[], y2023 numeric,
	y2024 numeric, late text DEFAULT 'small');
-- parts of the table of which many, few, none and all rows are left, in turn
INSERT INTO firm
SELECT i, CASE i / 700 % 4 WHEN 0 THEN i % 3 = 0 WHEN 1 THEN i % 2 = 0 WHEN 2 THEN i % 97 = 0 ELSE true END
		OR CASE WHEN i % 211 = 0 THEN NULL ELSE false END,
	CASE i % 4 WHEN 0 THEN '渝北区' WHEN 1 THEN '巴南区' WHEN 3 THEN repeat('很长的名字', i % 9) END,
	(ARRAY['micro', 'small', '小型', 'huge', NULL])[i % 5 + 1], repeat('x', i % 20),
	CASE WHEN i % 37 = 0 THEN NULL WHEN i % 41 = 0 THEN 'NaN'::numeric WHEN i % 43 = 0 THEN -5
		ELSE i * 7919 % 30000 END,
	CASE WHEN i % 53 = 0 THEN 'NaN'::numeric WHEN i % 61 = 0 THEN 1e30 WHEN i % 67 = 0 THEN 1e-30
		WHEN i % 71 = 0 THEN 'Infinity' WHEN i % 79 = 0 THEN 12345678901234567890.123 ELSE i * 104729 % 20000 / 7.0 END,
	CASE WHEN i % 29 > 0 THEN i % 400 END, i % 90,
	CASE i % 97 WHEN 0 THEN 'infinity'::date WHEN 2 THEN NULL ELSE date '2000-01-01' + i % 9400 END,
	CASE i % 3 WHEN 0 THEN true WHEN 1 THEN false END, CASE WHEN i % 31 = 0 THEN 'NaN'::float8 ELSE i / 3.0 END,
	(ARRAY['{}', '{"(2025-01-01,5)"}', '{"(2025-01-01,5)","(2025-02-01,1)","(2025-02-01,9)"}',
		NULL])[i % 4 + 1]::won[],
	(ARRAY['{}', NULL, '{2025-01-01,2020-02-02}'])[i % 3 + 1]::date[], i % 1000, nullif(i % 900, 8)
FROM generate_series(1, 6000) AS i;
CREATE TABLE part (LIKE firm) PARTITION BY RANGE (id);
CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM (0) TO (2500);
CREATE TABLE part_2 PARTITION OF part FOR VALUES FROM (2500) TO (9999);
INSERT INTO part SELECT * FROM firm;
CREATE TABLE toasted AS SELECT * FROM firm;
ALTER TABLE toasted SET (toast_tuple_target = 128), ALTER region SET STORAGE EXTERNAL, ALTER rd SET STORAGE EXTERNAL;
UPDATE toasted SET region = repeat(region, 3000) WHERE id % 7 = 0;
UPDATE toasted SET rd = (repeat('7', 9000) || '.5')::numeric WHERE id % 11 = 0;
CREATE VIEW joined AS SELECT f.id, f.legal, f.region, p.size, f.remark, p.revenue * 1 AS revenue, f.rd, f.staff, f.born,
	f.founded, p.listed, f.shares, f.f, p.days, f.y2023, p.y2024, f.late FROM firm f LEFT JOIN part p ON p.id = f.id;
ANALYZE;
SELECT store($$policy narrow 'N'
	fact legal boolean fact region text in ('渝北区', '巴南区') fact size text in ('micro' '微', 'small' '小型')
	fact remark text fact revenue number 元 at least 0 fact rd number 元 fact staff number fact born number
	fact founded date fact listed boolean fact shares number fact f list (day date, x number) null means none
	fact days list of date null means none fact y number by year fact late text in ('small', 'large')
	define score = band(rd / revenue : >= 10% then 5, >= 5% then 3, >= 1% then 1, else 0)
	  + band(revenue / staff : > 100元 then 3, > 20元 then 1, else 0)
	  + case when listed then 2 when born > 40 then 1 else 0 end
	  + case when size = 'micro' then 2 when region = '渝北区' then 1 else 0 end + count_true(staff > 100, late = 'small',
	    remark = 'xxx', founded > 2010-01-01)
	clause 1 'one' reward when legal and (score >= 5 or any(f : x > 4)) and y[2024] > 100 pay rd * 10% cap 500元
	clause 2 'two' reward when legal and size in ('micro', 'small') and (shares > 30 or y[2023] >= y[2024])
	  stage early 'early' each f once on day when x > 3 and score > 2 pay 5元
	  stage late 'late' on founded + 36月 when count(days where it > 2021-01-01) = 0 pay 1元 * staff
	clause 3 'three' when legal and not listed and score < 3
	group top 'top' best of 1, 2 cap 300元
	ladder 'L'
	rung low 'low' when legal and score >= 2
	rung middle 'middle' when legal and score >= 4 and (size = 'micro' or any(f : x > 8))
	rung high 'high' when rd > 100元 and legal and score >= 6 and founded < as_of - 120月$$) \g /dev/null

CREATE FUNCTION pg_temp.queries(relation text) RETURNS SETOF text LANGUAGE sql RETURN format(unnest(ARRAY[
	$$SELECT id, e |= 'narrow', e |^ 'narrow', e |# 'narrow' FROM %s e$$,
	$$SELECT id, e |= 'narrow/3', e |# 'narrow/1', e |! 'narrow/low', e |= 'narrow/high' FROM %s e$$,
	$$SELECT tally(judge(e, 'narrow'))::text, sum(e |# 'narrow'), count(e |^ 'narrow') FROM %s e$$,
	$$SELECT region, id FROM %s e WHERE (e |^ 'narrow').level >= 2 OR e |= 'narrow/1'$$,
	$$SELECT region, rd, remark, e |# 'narrow' FROM %s e WHERE id > 500 AND e |= 'narrow' ORDER BY id$$]), relation);
SELECT is(pg_temp.compare(query), 'the same', query)
FROM unnest('{firm,part,toasted,joined}'::text[]) r, pg_temp.queries(r) query;
-- With each set of vectors that the CPU has.
CREATE FUNCTION pg_temp.compare_with(vectors text, query text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM set_config('zjtx.vectors', vectors, true);
	RETURN pg_temp.compare(query);
EXCEPTION WHEN invalid_parameter_value THEN
	RETURN 'the same';
END $$;
SELECT is(pg_temp.compare_with(vectors, query), 'the same', vectors)
FROM unnest('{avx512,avx2,sse2,c}'::text[]) vectors, pg_temp.queries('firm') query;
RESET zjtx.vectors;
SELECT cmp_ok(count(*) FILTER (WHERE (e |^ 'narrow').level > 0), '>', 300::bigint, 'many have a rung'),
	cmp_ok(sum(e |# 'narrow'), '>', 10000::numeric, 'and much is paid') FROM firm e;

SELECT * FROM finish();
ROLLBACK;
