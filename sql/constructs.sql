\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL zjtx.as_of = '2025-06-30';
SET LOCAL client_min_messages = warning;
SELECT plan(17);

-- Tables, facts by year, ranges, lists with names, tiers, units and groups in published views, verdicts,
-- sums and the ledger.  Each line has rows on both sides of its bound.

SELECT store($$
policy law-1 'Constructs' in force from 2024-01-01 unit 垧 = 15亩
fact industry text in ('factory' '工业', 'shop' '零售业') fact size text in ('small' '小型', 'large' '大型')
fact staff number 人 fact revenue number 元 by year '营业收入' null means none fact land number 平方米 at least 0
fact loans list (drawn_on date, amount number 元, purpose text) null means none
table limits by text (people 人, class text) '工业': (1000人, '小型'), else (300人, 'large')
table lpr by date (rate %) 2023-08-21: 3.45%, 2024-10-21: 3.10%
table output by year (v 元) 2023: 31元, 2024: 33元
table steps by number (pay 元) 0: 1元, 100: 2元
define growth = revenue[last_year] / revenue[last_year - 1] - 1
clause size when size = limits[industry].class and staff < limits[industry].people
clause growth reward when growth >= 10% and all(last_year - 1 to last_year : revenue[it] >= output[it])
	pay tiers(revenue[last_year] : 5% to 100元, else 1%)
clause interest subsidy when count(loans) > 0
	pay sum(loans as l where count(loans as o where o.drawn_on < l.drawn_on) = 0 : l.amount * lpr[l.drawn_on])
clause land reward when land >= 3亩 pay steps[land / 1平方米 / 100].pay
clause field reward when land >= 1垧 pay 7元
group best '就高' best of land, field
group all '合计' sum of growth, best cap 9元
ladder rung small 'small' when staff < limits[industry].people rung both 'both' when satisfies size and satisfies land
$$);

CREATE TYPE law_loan AS (drawn_on date, amount numeric, purpose text);
CREATE TYPE law_year AS (年份 int, 值 numeric);
CREATE TABLE law_firm (id int PRIMARY KEY, industry text, size text, staff int, revenue_2023 numeric,
	"2024年营业收入" numeric, land numeric, loans law_loan[]);
INSERT INTO law_firm VALUES
	(1, '工业', 'small', 999, 31, 110, 2000, ARRAY[ROW('2024-10-20', 100, 'a'), ROW('2024-10-21', 1000,
		'b')]::law_loan[]),
	(2, '工业', '小型', 1000, 100, 110, 10000, ARRAY[ROW('2024-10-21', 100, 'a')]::law_loan[]),
	(3, '零售业', '大型', 299, 100, 109.99, 1999.99, NULL),
	(4, 'shop', 'large', 300, 30.99, 110, 9999, ARRAY[]::law_loan[]),
	(5, NULL, 'small', 300, NULL, 110, NULL, ARRAY[ROW(NULL, 100, 'a')]::law_loan[]),
	(6, NULL, 'small', 299, 1, NULL, 2000, NULL);
CREATE VIEW law_years AS SELECT id, industry, size, staff, land, loans,
	ARRAY[ROW(2023, revenue_2023), ROW(2024, "2024年营业收入")]::law_year[] AS revenue FROM law_firm;
CREATE FUNCTION pg_temp.firm(wanted int) RETURNS law_firm LANGUAGE sql AS $$ SELECT * FROM law_firm
	WHERE id = wanted $$;
CREATE FUNCTION pg_temp.object(wanted int) RETURNS jsonb LANGUAGE sql AS $$
	SELECT to_jsonb(f) - 'revenue_2023' - '2024年营业收入' || jsonb_build_object('revenue', jsonb_build_object('2023',
		f.revenue_2023, '2024', f."2024年营业收入"))
	FROM law_firm f WHERE id = wanted
$$;

-- eligible and amount of each line: rows, jsonb, one column for all years
CREATE TEMP TABLE expected (id int, line text, eligible boolean, amount numeric);
INSERT INTO expected VALUES
	(1, 'size', true, NULL), (2, 'size', false, NULL), (3, 'size', true, NULL), (4, 'size', false, NULL), (5, 'size',
		NULL, NULL), (6, 'size', NULL, NULL),
	(1, 'growth', true, 5.10), (2, 'growth', true, 5.10), (3, 'growth', false, 0), (4, 'growth', false, 0), (5,
		'growth', false, 0), (6, 'growth', false, 0),
	(1, 'interest', true, 3.45), (2, 'interest', true, 3.10), (3, 'interest', false, 0), (4, 'interest', false, 0), (5,
		'interest', true, NULL), (6, 'interest', false, 0),
	(1, 'land', true, 1), (2, 'land', true, 2), (3, 'land', false, 0), (4, 'land', true, 1), (5, 'land', NULL, NULL),
		(6, 'land', true, 1),
	(1, 'field', false, 0), (2, 'field', true, 7), (4, 'field', false, 0),
	(1, 'best', true, 1), (2, 'best', true, 7), (3, 'best', false, 0), (6, 'best', true, 1),
	(1, 'all', true, 6.10), (2, 'all', true, 9), (3, 'all', false, 0), (4, 'all', true, 1), (6, 'all', true, 1);
CREATE FUNCTION pg_temp.differ(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE result text;
BEGIN
	EXECUTE format($q$SELECT string_agg(concat_ws(' ', x.id, x.line, a.eligible, a.amount), '; ')
		FROM expected x LEFT JOIN (%s) a USING (id, line)
		WHERE a.eligible IS DISTINCT FROM x.eligible OR (line <> 'size' AND a.amount IS DISTINCT FROM x.amount)$q$,
			query) INTO result;
	RETURN result;
END $$;
SELECT is(pg_temp.differ($$SELECT f.id, a.line, a.eligible, a.amount FROM law_firm f, assess(f, 'law-1') a$$), NULL,
	'assess');
SELECT is(pg_temp.differ($$SELECT f.id, a.line, a.eligible, a.amount FROM law_years f, assess(f, 'law-1') a$$), NULL,
	'assess, one column for all years');
SELECT is(pg_temp.differ($$SELECT f.id, a.line, a.eligible, a.amount FROM law_firm f, assess(pg_temp.object(f.id),
	'law-1') a$$), NULL, 'assess of jsonb');
SELECT is(pg_temp.differ($$SELECT f.id, l.line, l.eligible, l.amount FROM law_firm f, lines(judge(f, 'law-1')) l$$),
	NULL, 'judge');
SELECT is(pg_temp.differ($$SELECT f.id, l.line, l.eligible, l.amount FROM law_years f, lines(judge(f, 'law-1')) l$$),
	NULL, 'judge, one column for all years');
SELECT is(pg_temp.differ($$SELECT f.id, l.line, l.eligible, l.amount FROM law_firm f, lines(judge(pg_temp.object(f.id),
	'law-1')) l$$), NULL, 'judge of jsonb');
SELECT is(pg_temp.differ($$SELECT f.id, c.line, f |= ('law-1/' || c.line) AS eligible, CASE WHEN c.line <> 'size'
	THEN f |# ('law-1/' || c.line) END AS amount
	FROM law_firm f, unnest('{size,growth,interest,land,field,best,all}'::text[]) c (line)$$), NULL, 'operators');
SELECT results_eq($$SELECT id, (f |^ 'law-1').code FROM law_firm f ORDER BY id$$, $$VALUES (1, 'both'), (2, 'none'),
	(3, 'small'), (4, 'none'), (5, NULL), (6, 'small')$$, 'rungs');
SELECT results_eq($$SELECT id, f |! 'law-1' FROM law_firm f WHERE id IN (1, 5, 6) ORDER BY id$$,
	$$VALUES (1, '{}'::text[]), (5, '{land,industry,loans}'), (6, '{industry}')$$, 'missing');

-- published views, sums, and the ledger
SELECT publish('law_firm', 'law-1', 'law_view');
SELECT results_eq($$SELECT concat_ws(' ', id, clause_size, clause_growth, clause_interest, clause_land, clause_field,
	group_best, group_all,
	rung_small, rung_both, placement_code, total_amount) FROM law_view ORDER BY id$$,
	$$VALUES ('1 t 5.10 3.45 1.00 0.00 1.00 6.10 t t both 9.55'), ('2 f 5.10 3.10 2.00 7.00 7.00 9.00 f f none 12.10'),
		('3 t 0.00 0.00 0.00 0.00 0.00 0.00 t f small 0.00'), ('4 f 0.00 0.00 1.00 0.00 1.00 1.00 f f none 1.00'),
		('5 0.00'), ('6 0.00 0.00 1.00 0.00 1.00 1.00 t small 1.00')$$, 'the view');
SELECT results_eq($$SELECT concat_ws(' ', line, eligible, refused, undecided, amount, low, high, in_total)
	FROM unnest((SELECT tally(judge(f, 'law-1')) FROM law_firm f))$$,
	$$VALUES ('size 2 2 2 f'), ('growth 2 4 0 10.20 10.20 10.20 f'), ('interest 3 3 0 6.55 6.55 t'),
		('land 4 1 1 5.00 5.00 7.00 f'), ('field 1 4 1 7.00 7.00 14.00 f'), ('best 4 1 1 10.00 10.00 17.00 f'),
		('all 4 1 1 17.10 17.10 24.10 t'), ('small 3 2 1 f'), ('both 1 3 2 f')$$, 'tally');
CREATE TRIGGER judge AFTER INSERT OR UPDATE OR DELETE ON law_firm FOR EACH ROW EXECUTE FUNCTION zjtx.watch('law_years',
	'id', 'law-1');
CALL sweep('law_years', 'id', '{law-1}');
CREATE FUNCTION pg_temp.standing(wanted text) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', line, owed), ', ' ORDER BY line) FROM owed WHERE key = wanted AND owed > 0
$$;
SELECT is(pg_temp.standing(id::text), found, 'standing of ' || id) FROM law_firm JOIN (VALUES (1,
	'all 6.10, interest 3.45'), (2, 'all 9.00, interest 3.10'), (3, NULL), (4, 'all 1.00')) x (id,
	found) USING (id) ORDER BY id;
UPDATE law_firm SET "2024年营业收入" = 109.99, land = 10000 WHERE id IN (1, 2);
SELECT is(pg_temp.standing(id::text), found, 'standing of ' || id || ', changed') FROM law_firm JOIN (VALUES (1,
	'all 9.00, interest 3.45'), (2, 'all 7.00, interest 3.10')) x (id, found) USING (id) ORDER BY id;
SELECT * FROM finish();
ROLLBACK;
