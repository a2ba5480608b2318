\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET zjtx.as_of = '2025-06-30';
SELECT no_plan();

-- zjtx.fill writes answers into columns of the row; zjtx.refill writes those that time or a new law has changed.

SELECT store($$policy fill-2025 '奖补' fact revenue number 元 fact titled_until date fact staff number 人
	clause 1 reward when revenue >= 1000万元 and titled_until >= as_of pay revenue * 0.1%
	clause 2 when staff >= 10人
	ladder 'L' rung low 'Low' when staff >= 5人 rung high 'High' when staff >= 50人 and titled_until >= as_of$$);

CREATE DOMAIN public.tier AS text CHECK (VALUE <> 'high');
CREATE TABLE firm (id int PRIMARY KEY, revenue_wan numeric,
	revenue numeric GENERATED ALWAYS AS (revenue_wan * 10000) STORED,
	titled_until date, staff int, tier text, level smallint, rank placement, reward numeric(14,2), second boolean,
	lacking text[], review date, note text);
CREATE TRIGGER zz_fill BEFORE INSERT OR UPDATE ON firm FOR EACH ROW EXECUTE FUNCTION zjtx.fill('tier=fill-2025',
	'level=fill-2025', 'rank=fill-2025', 'reward=fill-2025/1', 'second=fill-2025/2', 'lacking=!fill-2025',
	'review=~fill-2025');
CREATE VIEW answers AS SELECT id, tier, level, rank::text, reward, second, lacking, review FROM firm ORDER BY id;
-- what the operators say
CREATE VIEW wanted AS SELECT id, (f |^ 'fill-2025').code, (f |^ 'fill-2025').level::smallint,
	(f |^ 'fill-2025')::text AS rank, f |# 'fill-2025/1' AS reward, f |= 'fill-2025/2' AS second,
	f |! 'fill-2025' AS lacking, next_change(f, 'fill-2025') AS review FROM firm f ORDER BY id;
CREATE FUNCTION pg_temp.right_now(what text) RETURNS text LANGUAGE sql AS $$
	SELECT results_eq('TABLE answers', 'TABLE wanted', what)
$$;

INSERT INTO firm (id, revenue_wan, titled_until, staff) VALUES (1, 2000, '2025-12-31', 60), (2, 2000, '2025-06-29',
	60),
	(3, NULL, '2025-12-31', 4), (4, 900, NULL, NULL);
SELECT results_eq('TABLE answers', $$VALUES (1, 'high', 2::smallint, '(2,high,High)', 20000.00, true, '{}'::text[],
	'2026-01-01'::date),
	(2, 'low', 1::smallint, '(1,low,Low)', 0.00, true, '{}', NULL),
	(3, 'none', 0::smallint, '(0,none,未入梯度)', NULL, false, '{revenue}', '2026-01-01'),
	(4, NULL, NULL, NULL, 0.00, NULL, '{staff,titled_until}', NULL)$$, 'inserted');
SELECT pg_temp.right_now('as the operators say');
UPDATE firm SET revenue_wan = 1000, staff = 5 WHERE id = 1;
SELECT results_eq('SELECT tier, reward FROM firm WHERE id = 1', $$VALUES ('low', 10000.00)$$,
	'updated: the generated column is that of the new row');
UPDATE firm SET reward = 7, tier = 'x' WHERE id = 1;
SELECT pg_temp.right_now('what somebody writes into the columns is overwritten');
INSERT INTO firm (id, revenue_wan, titled_until, staff) VALUES (1, 3000, '2025-12-31', 50), (5, 3000, '2025-12-31',
	50)
	ON CONFLICT (id) DO UPDATE SET revenue_wan = excluded.revenue_wan, staff = excluded.staff + 1, note = excluded.tier;
SELECT results_eq('SELECT id, reward, tier, note FROM firm WHERE id IN (1, 5) ORDER BY id',
	$$VALUES (1, 30000.00, 'high', 'high'), (5, 30000.00, 'high', NULL)$$, 'an upsert: both ways');
SELECT pg_temp.right_now('again as the operators say');
\copy firm (id, revenue_wan, titled_until, staff) FROM STDIN
6	5000	2026-01-01	8
7	\N	\N	\N
\.
SELECT results_eq('SELECT id, reward, tier FROM firm WHERE id IN (6, 7) ORDER BY id',
	$$VALUES (6, 50000.00, 'low'), (7, NULL, NULL)$$, 'COPY');
\if :since_15
MERGE INTO firm f USING (VALUES (6, 1000), (8, 2000)) v (id, revenue) ON f.id = v.id
	WHEN MATCHED THEN UPDATE SET revenue_wan = v.revenue
	WHEN NOT MATCHED THEN INSERT (id, revenue_wan, titled_until) VALUES (v.id, v.revenue, '2027-01-01');
\else
UPDATE firm SET revenue_wan = 1000 WHERE id = 6;
INSERT INTO firm (id, revenue_wan, titled_until) VALUES (8, 2000, '2027-01-01');
\endif
SELECT results_eq('SELECT id, reward FROM firm WHERE id IN (6, 8) ORDER BY id', $$VALUES (6, 10000.00), (8,
	20000.00)$$, 'MERGE');
SELECT pg_temp.right_now('all rows');
ALTER TABLE firm DROP COLUMN note;
ALTER TABLE firm RENAME revenue_wan TO turnover;
UPDATE firm SET turnover = 1500 WHERE id = 8;
SELECT pg_temp.right_now('after changes of the table');

-- refill: only rows that differ are written.

CREATE FUNCTION pg_temp.written() RETURNS TABLE (id int) LANGUAGE sql AS $$
	SELECT id FROM firm WHERE xmin::text = (txid_current() % (2^32)::bigint)::text ORDER BY id $$;
CREATE FUNCTION pg_temp.refilled(relation regclass, columns text[] DEFAULT NULL) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	changed bigint;
BEGIN
	CALL zjtx.refill(relation, columns, changed);
	RETURN changed;
END $$;
SELECT is(pg_temp.refilled('firm'), 0::bigint, 'nothing has changed');
CREATE TABLE ctids AS SELECT id, ctid AS place FROM firm;
SET zjtx.as_of = '2026-06-30';
SELECT is(pg_temp.refilled('firm'), 4::bigint, 'a year later');
SELECT results_eq('SELECT id FROM firm JOIN ctids USING (id) WHERE firm.ctid <> place ORDER BY id',
	'VALUES (1), (3), (5), (6)',
	'the others were not touched');
SELECT pg_temp.right_now('and as the operators say then');
SELECT is(pg_temp.refilled('firm'), 0::bigint, 'refilled');
SELECT store($$policy fill-2025 '奖补' fact revenue number 元 fact titled_until date fact staff number 人
	clause 1 reward when revenue >= 1000万元 pay revenue * 0.2%
	clause 2 when staff >= 10人
	ladder 'L' rung low 'Low' when staff >= 5人 rung high 'High' when staff >= 500人$$);
SELECT ok(pg_temp.refilled('firm') > 3, 'a new law');
SELECT pg_temp.right_now('as it says');
UPDATE firm SET staff = 1000 WHERE id = 8;
SELECT is((SELECT tier FROM firm WHERE id = 8), 'high', 'the trigger knows the new law');
SELECT is(pg_temp.refilled('firm'), 0::bigint, 'and nothing is left to refill');

CREATE TABLE plain (id int, revenue numeric, titled_until date, staff int, reward numeric, tier varchar(4));
INSERT INTO plain VALUES (1, 20000000, NULL, 9), (2, 0, NULL, 3);
SELECT is(pg_temp.refilled('plain', '{reward=fill-2025,tier=fill-2025}'), 2::bigint,
	'a table without a trigger or a key');
SELECT results_eq('SELECT id, reward, tier FROM plain ORDER BY id', $$VALUES (1, 40000.00, 'low'::varchar), (2,
	0.00, 'none')$$,
	'its columns');
SELECT is(pg_temp.refilled('plain', '{reward=fill-2025,tier=fill-2025}'), 0::bigint, 'its columns again');

-- Partitions, and rows that move between them.

CREATE TABLE parted (staff int, id int, region text, tier text, revenue numeric, reward numeric, titled_until date)
	PARTITION BY LIST (region);
CREATE TABLE parted_east PARTITION OF parted FOR VALUES IN ('east');
CREATE TABLE parted_west (reward numeric, region text, revenue numeric, id int, tier text, titled_until date,
	staff int);
ALTER TABLE parted ATTACH PARTITION parted_west FOR VALUES IN ('west');
CREATE TRIGGER zz_fill BEFORE INSERT OR UPDATE ON parted FOR EACH ROW EXECUTE FUNCTION zjtx.fill('tier=fill-2025',
	'reward=fill-2025/1');
INSERT INTO parted (id, region, staff, revenue) VALUES (1, 'east', 5, 20000000), (2, 'west', 4, 10000000);
UPDATE parted SET region = 'west', staff = 4, revenue = 30000000 WHERE id = 1;
UPDATE parted SET region = 'east' WHERE id = 2;
SELECT results_eq('SELECT tableoid::regclass::text, id, tier, reward FROM parted ORDER BY id',
	$$VALUES ('parted_west', 1, 'none', 60000.00), ('parted_east', 2, 'none', 20000.00)$$, 'partitions');
ALTER TABLE parted DISABLE TRIGGER zz_fill;
UPDATE parted SET staff = 9;
SELECT is(pg_temp.error_of('CALL zjtx.refill(''parted'')'),
	E'42704: public.parted has no trigger of zjtx.fill()\nHINT: Create one, or give the columns: ''{tier=miit-ladder}''.',
	'a disabled trigger is none');
ALTER TABLE parted ENABLE TRIGGER zz_fill;
SELECT is(pg_temp.refilled('parted'), 2::bigint, 'refilled');
SELECT results_eq('SELECT id, tier FROM parted ORDER BY id', $$VALUES (1, 'low'), (2, 'low')$$, 'in partitions');

-- Domains and lengths.

CREATE TABLE domains (id int, staff int, revenue numeric, titled_until date, tier tier);
CREATE TRIGGER f BEFORE INSERT ON domains FOR EACH ROW EXECUTE FUNCTION zjtx.fill('tier=fill-2025');
INSERT INTO domains VALUES (1, 5);
SELECT is((SELECT tier::text FROM domains), 'low', 'a domain');
SELECT is(pg_temp.error_of('INSERT INTO domains VALUES (2, 5000)'),
	'23514: value for domain tier violates check constraint "tier_check"', 'whose constraint is checked');
CREATE TABLE narrow (id int, staff int, revenue numeric, titled_until date, tier varchar(3), reward numeric(6,2));
CREATE TRIGGER f BEFORE INSERT ON narrow FOR EACH ROW EXECUTE FUNCTION zjtx.fill('tier=fill-2025',
	'reward=fill-2025/1');
INSERT INTO narrow VALUES (1, 5, 0);
SELECT is(pg_temp.error_of('INSERT INTO narrow VALUES (2, 5000, 0)'),
	'22001: value too long for type character varying(3)',
	'a code that is too long');
SELECT is(pg_temp.error_of('INSERT INTO narrow VALUES (2, 5, 100000000)') ~ '^22003: numeric field overflow', true,
	'an amount that is too large');

-- Errors.

CREATE TABLE odd (id int, staff int, revenue numeric, titled_until date, t text, n numeric(10,1), c char(4), d date,
	j jsonb,
	a int[], g text GENERATED ALWAYS AS ('x') STORED);
CREATE FUNCTION pg_temp.fill_error(arguments text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('CREATE OR REPLACE TRIGGER f BEFORE INSERT ON public.odd FOR EACH ROW '
		'EXECUTE FUNCTION zjtx.fill(%s)', arguments);
	RETURN pg_temp.error_of('INSERT INTO public.odd (id) VALUES (1)');
END $$;
SELECT is(split_part(pg_temp.fill_error(a), E'\nHINT: ', 1), e, a) FROM (VALUES
	('',
	E'39P01: zjtx.fill() needs a column and a policy'),
	('''t''',
	E'22023: "t" is not an argument of zjtx.fill()'),
	('''=fill-2025''',
	E'22023: "=fill-2025" is not an argument of zjtx.fill()'),
	('''t=''',
	E'22023: "t=" is not an argument of zjtx.fill()'),
	('''x=fill-2025''',
	E'42703: column "x" of public.odd does not exist'),
	('''ctid=fill-2025''',
	E'42703: column "ctid" of public.odd does not exist'),
	('''t=fill-2024''',
	E'42704: there is no stored policy "fill-2024"'),
	('''t=fill-2025/9''',
	E'42704: policy "fill-2025" has no clause, rung or definition "9"'),
	('''t=!fill-2025''',
	E'42804: zjtx.fill() cannot write into column "t" of public.odd\nDETAIL: Its type is text.'),
	('''d=fill-2025''',
	E'42804: zjtx.fill() cannot write into column "d" of public.odd\nDETAIL: Its type is date.'),
	('''t=~fill-2025''',
	E'42804: zjtx.fill() cannot write into column "t" of public.odd\nDETAIL: Its type is text.'),
	('''n=fill-2025''',
	E'42804: zjtx.fill() cannot write into column "n" of public.odd\nDETAIL: Its type is numeric(10,1).'),
	('''c=fill-2025''',
	E'42804: zjtx.fill() cannot write into column "c" of public.odd\nDETAIL: Its type is character(4).'),
	('''j=fill-2025''',
	E'42804: zjtx.fill() cannot write into column "j" of public.odd\nDETAIL: Its type is jsonb.'),
	('''a=!fill-2025''',
	E'42804: zjtx.fill() cannot write into column "a" of public.odd\nDETAIL: Its type is integer[].'),
	('''g=fill-2025''',
	E'428C9: zjtx.fill() cannot write into column "g" of public.odd\nDETAIL: It is a generated column.'),
	('''staff=fill-2025''',
	E'22023: zjtx.fill() cannot write into column "staff" of public.odd\n'
	'DETAIL: The column gives the fact "staff" of policy "fill-2025".'),
	('''t=fill-2025/1''',
	E'22023: policy "fill-2025" has no ladder'))
	v (a, e);
SELECT is(pg_temp.error_of('SELECT zjtx.fill()'), '39P01: zjtx.fill() must be called as a trigger', 'by hand');
DROP TRIGGER f ON odd;
SELECT is(pg_temp.error_of(format('CREATE TRIGGER f %s EXECUTE FUNCTION zjtx.fill(''t=fill-2025''); '
	'INSERT INTO odd (id) VALUES (1); '
	'UPDATE odd SET id = 2; DELETE FROM odd', event)), E'39P01: zjtx.fill() must be a BEFORE trigger for each row\n'
	'HINT: Create it BEFORE INSERT OR UPDATE ... FOR EACH ROW.', event)
	FROM (VALUES ('AFTER INSERT ON odd FOR EACH ROW'),
	('BEFORE INSERT ON odd'), ('BEFORE DELETE ON odd FOR EACH ROW'), ('AFTER UPDATE ON odd FOR EACH ROW')) v (event);
SELECT is(split_part(pg_temp.error_of(format('CALL zjtx.refill(%s)', a)), E'\nHINT: ', 1), e, a) FROM (VALUES
	('NULL',
	E'22004: zjtx.refill needs a table'), ('''answers''',
	E'42809: "answers" is not a table'), ('''odd''',
	E'42704: public.odd has no trigger of zjtx.fill()'), ('''odd'', ''{}''',
	E'42704: public.odd has no trigger of zjtx.fill()'), ('''odd'', ''{x}''',
	E'22023: "x" is not an argument of zjtx.fill()'), ('1::oid',
	E'42P01: relation with OID 1 does not exist')) v (a, e);

-- The rights are those of the writing role.

CREATE ROLE zjtx_filler;
GRANT USAGE ON SCHEMA public, zjtx TO zjtx_filler;
GRANT INSERT (id, staff), SELECT (id) ON narrow TO zjtx_filler;
SET LOCAL ROLE zjtx_filler;
INSERT INTO public.narrow (id, staff) VALUES (9, 6);
SELECT is(pg_temp.error_of('CALL zjtx.refill(''public.narrow'')'), '42501: permission denied for table narrow',
	'refill needs rights');
RESET ROLE;
SELECT is((SELECT tier::text FROM narrow WHERE id = 9), 'low', 'a role that may not write the column');

SELECT * FROM finish();
ROLLBACK;
