\set ECHO none
\i sql/tap.psql
BEGIN;
\i sql/judge.psql
SELECT plan(15);

-- How the node Judge holds columns: as facts of their types, which are also returned; types that are compatible;
-- texts that policies declare differently; and figures of years.

CREATE DOMAIN yes AS boolean;
CREATE DOMAIN amount AS numeric CHECK (VALUE <> 1000000);
CREATE TABLE firm (id int, small int2, whole int4, kind oid, founded date, listed yes, paid amount, size text,
	level varchar(400));
INSERT INTO firm
SELECT i, CASE WHEN i % 7 > 0 THEN i * 7 % 6001 - 3000 END, CASE WHEN i % 5 > 0 THEN i * 7919 % 20000 - 10000 END,
	CASE WHEN i % 11 > 0 THEN i * 7919 % 20000 END,
	CASE i % 97 WHEN 0 THEN 'infinity'::date WHEN 1 THEN NULL ELSE date '2019-01-01' + i % 3000 END,
	CASE i % 3 WHEN 0 THEN true WHEN 1 THEN false END, CASE WHEN i % 13 > 0 THEN i % 2000 / 7.0 END,
	(ARRAY['micro', 'small', '小型', 'medium', 'large', NULL, 'huge'])[i % 7 + 1],
	CASE WHEN i % 9 > 0 THEN repeat('长', i % 100) END
FROM generate_series(1, 3000) AS i;
ALTER TABLE firm ADD COLUMN late_small int2 DEFAULT -7, ADD COLUMN late_listed boolean DEFAULT true,
	ADD COLUMN late_day date DEFAULT '2024-02-29', ADD COLUMN late_paid numeric DEFAULT 12345.678,
	ADD COLUMN late_size text DEFAULT 'small';
UPDATE firm SET late_small = NULL, late_listed = NULL, late_day = NULL, late_paid = 1, late_size = 'large'
WHERE id % 300 < 40;
CREATE VIEW compatible AS SELECT id, small, kind::int4 AS whole, founded, listed::boolean AS listed,
	paid::numeric AS paid, size::varchar AS size, level::text AS level FROM firm;
ANALYZE firm;

SELECT store($$
policy columns-first '甲'
fact small number
fact whole number 元
fact founded date
fact listed boolean
fact paid number 元
fact size text in ('micro' '微型', 'small' '小型')
fact late_small number
fact late_listed boolean
fact late_day date
fact late_paid number 元
fact late_size text in ('small', 'large')
clause 1 reward when small >= 0 and whole >= 100元 and size in ('small') pay 1元
clause 2 reward when founded >= 2024-01-01 or listed pay paid * 3%
clause 3 reward when late_small < 0 and late_day = 2024-02-29 and late_size = 'small' pay late_paid * 10%
ladder 'L'
  rung lower '低' when whole > 0元 or late_listed
  rung upper '高' when size = 'micro' and paid / whole >= 1% and listed
$$), store($$
policy columns-second '乙'
fact whole number
fact size text in ('large', 'medium', 'small')
clause 1 reward when size in ('medium', 'large') or whole > 9000 pay case when size = 'large' then 2元 else 1元 end
$$);
-- texts of more bytes than a register compares, which only some documents declare
SELECT store(format($$
policy columns-levels '丙'
fact level text in (%s)
clause 1 reward when level in (%1$s) pay 1元
$$, string_agg(quote_literal(repeat('长', n)), ', '))) FROM generate_series(1, 60) n;

SELECT is(pg_temp.compare(query), 'the same', query) FROM (VALUES
	($$SELECT id, small, whole, founded, listed, paid, size, e |# 'columns-first' FROM firm e$$),
	($$SELECT late_small, late_listed, late_day, late_paid, late_size, e |= 'columns-first/3', e |# 'columns-first/3'
		FROM firm e$$),
	($$SELECT (e |^ 'columns-first').code FROM firm e$$),
	($$SELECT id, e |# 'columns-first/1', e |# 'columns-second' FROM firm e$$),
	($$SELECT id, e |# 'columns-second', e |^ 'columns-first' FROM firm e WHERE e |= 'columns-second'$$),
	($$SELECT id, e |# 'columns-levels' FROM firm e$$),
	($$SELECT id, whole, e |# 'columns-second' FROM compatible e$$),
	($$SELECT e |# 'columns-second/1', listed, paid, size FROM compatible e$$),
	($$SELECT id, founded, e |= 'columns-second/1' FROM compatible e WHERE founded > '2023-01-01'$$)
) AS q (query);

-- years: that of the day judged, of a column with the day, and of the text
CREATE TABLE figures AS SELECT i AS id, CASE WHEN i % 7 > 0 THEN i * 7919 % 20000 END AS revenue_2022,
	CASE WHEN i % 11 > 0 THEN i * 104729 % 20000 / 4.0 END AS revenue_2023,
	CASE WHEN i % 13 > 0 THEN i * 611 % 20000 END AS revenue_2024, i * 31 % 20000 AS revenue_2025,
	date '2023-12-29' + i % 5 AS as_of
FROM generate_series(1, 3000) AS i;
ALTER TABLE figures ADD COLUMN other_day date;
CREATE VIEW of_today AS SELECT id, revenue_2022, revenue_2023, revenue_2024, revenue_2025 FROM figures;
ANALYZE figures;
SELECT store($$
policy columns-years '丁'
fact revenue number 元 by year at least 0
clause 1 reward when revenue[last_year] / revenue[last_year - 1] >= 110% pay revenue[this_year] * 1%
clause 2 reward when revenue[2024] > revenue[2023] + revenue[2022] pay revenue[2025] / 7
$$);
SET LOCAL zjtx.as_of = '2025-06-30';
SELECT is(pg_temp.compare(query), 'the same', query) FROM (VALUES
	($$SELECT id, e |# 'columns-years/1' FROM of_today e$$), ($$SELECT id, e |# 'columns-years/2' FROM of_today e$$),
	($$SELECT id, e |= 'columns-years/1', e |# 'columns-years/1' FROM figures e$$)
) AS q (query);
SELECT is((SELECT sum(e |# 'columns-years/1') FROM of_today e),
	(SELECT sum(round(revenue_2025 * 0.01, 2)) FROM figures
	WHERE revenue_2023 > 0 AND revenue_2024 >= revenue_2023 * 1.1), 'the years');

-- numbers that are computed, whose datums have a longer header: a ratio that is exactly a bound needs no single row
CREATE FUNCTION pg_temp.singly(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (ANALYZE, TIMING off, FORMAT json) ' || query INTO plan;
	RETURN plan -> 0 -> 'Plan' -> 'Plans' -> 0 ->> 'Rows Judged Singly';
END $$;
CREATE VIEW computed AS SELECT id, revenue_2025 * 1.5 AS a, (1 + revenue_2025) * 30.0 - 30 AS b FROM figures;
SELECT store($$
policy columns-computed '戊' fact a number fact b number clause 1 reward when a / b >= 5% pay 1元
$$);
SELECT is(pg_temp.singly($$SELECT sum(e |# 'columns-computed') FROM computed e WHERE e.b > 0$$), '0',
	'computed numbers');

-- a function that the role may not call
CREATE ROLE columns_stranger;
GRANT USAGE ON SCHEMA zjtx, zjtx_internal TO columns_stranger;
GRANT SELECT ON figures TO columns_stranger;
REVOKE EXECUTE ON FUNCTION zjtx_internal.amount_facts(text, text, VARIADIC "any") FROM public;
SET LOCAL zjtx.batch_rows = 0;
SET LOCAL ROLE columns_stranger;
SELECT throws_ok($$SELECT zjtx_internal.amount_facts('columns-years/2'::text, '* revenue_2025'::text, revenue_2025)
	FROM figures$$, '42501', 'permission denied for function amount_facts', 'rights');
RESET ROLE;

SELECT * FROM finish();
ROLLBACK;
