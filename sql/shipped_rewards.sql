\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL zjtx.as_of = '2025-06-30';
SELECT plan(77);

-- 渝北府办发〔2024〕34号, asked about the tables of a district: enterprises, leases, reviews and listings. The expected
-- amounts were computed by hand from articles 3, 5, 7 and 8.

CREATE TABLE pg_temp.firm (id int PRIMARY KEY, region text, main_revenue numeric, main_revenue_prev numeric,
	specialized_on date,
	specialized_until date, little_giant_on date, little_giant_until date, earlier_event_confirmed boolean DEFAULT
	true);
CREATE TYPE pg_temp.lease_item AS (owner text, area numeric, rent numeric, months int, idle boolean);
CREATE TYPE pg_temp.review_item AS (passed_on date, growth_2y numeric);
CREATE TABLE pg_temp.lease (firm int, owner text, area numeric, rent numeric, months int, idle boolean);
CREATE TABLE pg_temp.review (firm int, level text, passed_on date, growth_2y numeric);
CREATE TABLE pg_temp.listing (firm int, event text, day date);
CREATE TEMP VIEW enterprise_facts AS
	SELECT f.*,
		(SELECT array_agg(ROW(owner, area, rent, months, idle)::pg_temp.lease_item) FROM pg_temp.lease l
		WHERE l.firm = f.id) AS leases,
		(SELECT array_agg(ROW(passed_on, growth_2y)::pg_temp.review_item) FROM pg_temp.review r WHERE r.firm = f.id
		AND level = 'municipal') AS specialized_reviews,
		(SELECT array_agg(ROW(passed_on, growth_2y)::pg_temp.review_item) FROM pg_temp.review r WHERE r.firm = f.id
		AND level = 'national') AS little_giant_reviews,
		e.*
	FROM pg_temp.firm f LEFT JOIN LATERAL (
		SELECT max(day) FILTER (WHERE event = 'otc growth') AS otc_growth_board_listed_on,
		max(day) FILTER (WHERE event = 'otc srdi') AS otc_srdi_board_listed_on,
			max(day) FILTER (WHERE event = 'kernel') AS neeq_kernel_passed_on, max(day) FILTER (WHERE event = 'filing')
			AS neeq_filing_submitted_on,
			max(day) FILTER (WHERE event = 'base') AS neeq_base_listed_on, max(day) FILTER (WHERE event = 'innovation')
			AS neeq_innovation_listed_on,
			max(day) FILTER (WHERE event = 'select') AS neeq_select_listed_on,
			max(day) FILTER (WHERE event = 'tutoring') AS ipo_tutoring_report_on,
			max(day) FILTER (WHERE event = 'tutored') AS ipo_tutoring_accepted_on,
			max(day) FILTER (WHERE event = 'application') AS ipo_application_accepted_on,
			max(day) FILTER (WHERE event = 'ipo') AS ipo_listed_on, CASE WHEN bool_or(event = 'ipo') THEN 'star' END
			AS ipo_market
		FROM pg_temp.listing l WHERE l.firm = f.id) e ON true;

-- 1: growth 25%; leases at 25, 21 and 20 元. 2: growth of exactly 20%. 3: growth 50%, a rent that reaches the cap.
-- 4: the title lapsed on 2025-05-31. 5: on the way to the stock exchange. 6: in another district.
-- 7: of no known district. 8: no title. 9: on 新三板 while its select layer existed.
-- Events before the measures are confirmed here; the same questions follow below without the confirmation.
INSERT INTO pg_temp.firm VALUES
	(1, '渝北区', 12500000, 10000000, '2023-03-01', '2026-02-28', NULL, NULL), (2, '渝北区', 12000000, 10000000, NULL, NULL,
	'2021-07-01', '2027-06-30'),
	(3, '渝北区', 300000000, 200000000, '2022-01-01', '2027-12-31', NULL, NULL), (4, '渝北区', 12500000, 10000000,
	'2022-06-01', '2025-05-31', NULL, NULL),
	(5, '渝北区', 10000000, 10000000, '2023-01-01', '2028-12-31', NULL, NULL), (6, '巴南区', 12500000, 10000000, '2023-03-01',
	'2026-02-28', NULL, NULL),
	(7, NULL, 12500000, 10000000, '2023-03-01', '2026-02-28', NULL, NULL), (8, '渝北区', 12500000, 10000000, NULL, NULL,
	NULL, NULL),
	(9, '渝北区', 10000000, 10000000, '2020-01-01', '2025-12-31', NULL, NULL);
INSERT INTO pg_temp.lease VALUES (1, 'state', 1500, 25, 12, NULL), (1, 'private', 800, 21, 6, true),
	(1, 'state', 1000, 20, 12, NULL), (2, 'state', 5000, 30, 12, NULL),
	(3, 'state', 20000, 30, 12, NULL), (4, 'state', 1000, 30, 12, NULL), (6, 'state', 1000, 30, 12, NULL),
	(7, 'private', 100, 20.01, 12, true), (8, 'state', 1000, 30, 12, NULL);
INSERT INTO pg_temp.review VALUES (2, 'national', '2024-06-15', 0.05), (2, 'national', '2025-06-01', 0.12),
	(2, 'national', '2026-06-01', 0.5),
	(3, 'municipal', '2025-01-01', 0.10), (3, 'municipal', '2025-06-30', 0.1001);
INSERT INTO pg_temp.listing VALUES (4, 'kernel', '2023-01-10'), (4, 'filing', '2023-02-01'), (4, 'base', '2023-06-01'),
	(4, 'innovation', '2024-06-01'),
	(9, 'kernel', '2020-08-01'), (9, 'filing', '2020-09-01'), (9, 'base', '2020-11-01'), (9, 'select', '2021-11-14'),
	(5, 'otc growth', '2024-01-01'), (5, 'otc srdi', '2024-06-01'), (5, 'tutoring', '2024-02-01'),
	(5, 'tutored', '2024-08-01'),
	(5, 'application', '2025-03-01'), (6, 'otc growth', '2024-01-01');

CREATE FUNCTION pg_temp.owed(enterprise int, clause text) RETURNS text LANGUAGE sql AS $$
	SELECT (e OPERATOR(zjtx.|#) ('yubei-2024-34' || clause))::text FROM enterprise_facts e WHERE id = enterprise
$$;
SELECT is(pg_temp.owed(id, clause), owed, 'enterprise ' || id || clause || ': ' || description) FROM (VALUES
	(1, '/3', '114000.00', '5 × 1500 × 12 for the state''s rooms and 5 × 800 × 6 for private ones; '
	'nothing for a rent of exactly 20元'),
	(1, '/5-specialized', '100000.00', 'titled in 2023'), (1, '', '214000.00', 'in all'),
	(2, '/3', '0.00', 'growth of exactly 20% does not exceed 20%'),
	(2, '/5-giant', '750000.00', 'titled in 2021: 50万元 on the first review whatever the growth, '
	'25万元 on the second with 12%; the third is to come'),
	(2, '/5-specialized', '0.00', 'no municipal title'), (2, '', '750000.00', 'in all'),
	(3, '/3', '500000.00', '5 × 20000 × 12 is 120万元, capped at 50万元'), (3, '/5-specialized', '150000.00',
	'titled on the first day of 2022; a review with exactly 10% earns nothing, one on the day judged with 10.01% does'),
	(3, '', '650000.00', 'in all'),
	(4, '/3', '0.00', 'the title is over'), (4, '/5-specialized', '100000.00', 'the award for the title stays'),
	(4, '/7-neeq', '2000000.00', '100万元 + 100万元'), (4, '', '2100000.00', 'in all'),
	(9, '/7-neeq', '3000000.00', '100万元 + 100万元 + 200万元, together 300万元'), (9, '', '3000000.00', 'in all'),
	(5, '/3', '0.00', 'no growth'), (5, '/7-otc', '600000.00', 'two boards, 60万元 once'),
	(5, '/7-ipo', '5000000.00', '200万元 for the tutoring, 300万元 for the application'), (5, '', '5700000.00', 'in all'),
	(6, '', '0.00', 'nothing in another district'), 
	(8, '', '0.00', 'nothing without a title')) owed (id, clause, owed, description);
SELECT is((e |# 'yubei-2024-34') IS NULL, true, 'enterprise 7: undecided while its district is unknown')
	FROM enterprise_facts e WHERE id = 7;
SELECT is((amount_range(e, 'yubei-2024-34'))::text, '(0.00,106000.00)',
	'enterprise 7: 10万元 and 5 × 100 × 12, or nothing') FROM enterprise_facts e
	WHERE id = 7;
SELECT bag_has(format('SELECT unnest(%L::text[])', e |! 'yubei-2024-34/3'), $$VALUES ('region')$$,
	'enterprise 7: its district is missing')
	FROM enterprise_facts e WHERE id = 7;
SELECT is((SELECT string_agg(id || ' ' || coalesce((e |= 'yubei-2024-34/3')::text, '?'), ', ' ORDER BY id)
	FROM enterprise_facts e), '1 true, 2 false, 3 true, 4 false, 5 false, 6 false, 7 ?, 8 false, 9 false',
	'who gets relief of rent');
SELECT is((SELECT string_agg(id || ' ' || coalesce((e |= 'yubei-2024-34/7-neeq')::text, '?'), ', ' ORDER BY id)
	FROM enterprise_facts e), '1 false, 2 false, 3 false, 4 true, 5 false, 6 false, 7 false, 8 false, 9 true',
	'who has earned a stage of 新三板');
SELECT is((SELECT sum(e |# 'yubei-2024-34')::text FROM enterprise_facts e), '12414000.00',
	'what the district owes in all where it is decided');

-- Without the confirmation: article 7, and article 5 for titles before 2022, are undecided for events before
-- 2024-12-12; the other answers stay the same.

UPDATE pg_temp.firm SET earlier_event_confirmed = NULL;
SELECT is((SELECT string_agg(concat(id, ' ', low::bigint, CASE WHEN high <> low THEN ' to ' || high::bigint END), ', '
	ORDER BY id) FROM enterprise_facts e, amount_range(e, 'yubei-2024-34') WHERE id <> 7),
	'1 214000, 2 250000 to 750000, 3 650000, 4 100000 to 2100000, 5 3100000 to 5700000, 6 0, 8 0, 9 0 to 3000000',
	'from what is covered to what may be confirmed');
SELECT is((SELECT string_agg(id::text, ' ' ORDER BY id) FROM enterprise_facts e WHERE 'earlier_event_confirmed' = ANY
	(e |! 'yubei-2024-34')), '2 4 5 9', 'where that is what is missing');
UPDATE pg_temp.firm SET earlier_event_confirmed = false;
SELECT is((SELECT sum(e |# 'yubei-2024-34')::text FROM enterprise_facts e), '4314000.00',
	'and none of it where it is refused');
UPDATE pg_temp.firm SET earlier_event_confirmed = true;

-- Another day gives other answers.

SET LOCAL zjtx.as_of = '2023-05-31';
SELECT is(pg_temp.owed(4, ''), '1160000.00',
	'enterprise 4 on 2023-05-31: 10万元 for the title, 100万元 for the first stage, and 5 × 1000 × 12 of rent while the '
	'title holds');
SELECT is(pg_temp.owed(4, '/7-neeq'), '1000000.00', 'enterprise 4 on 2023-05-31: the day before the base layer');
SET LOCAL zjtx.as_of = '2023-06-01';
SELECT is(pg_temp.owed(4, '/7-neeq'), '2000000.00', 'enterprise 4 on 2023-06-01: the day of it');
SET LOCAL zjtx.as_of = '2024-12-01';
SELECT is(pg_temp.owed(4, '/7-neeq'), '2000000.00',
	'enterprise 4 on 2024-12-01: the step from base to innovation layer earned nothing');
SET LOCAL zjtx.as_of = '2021-11-13';
SELECT is(pg_temp.owed(9, '/7-neeq'), '2000000.00', 'enterprise 9 the day before the select layer');
SET LOCAL zjtx.as_of = '2021-11-14';
SELECT is(pg_temp.owed(9, '/7-neeq'), '3000000.00', 'enterprise 9 on its last day: the cap is reached');
SET LOCAL zjtx.as_of = '2024-06-15';
SELECT is(pg_temp.owed(2, '/5-giant'), '500000.00', 'enterprise 2 on the day of its first review');
SET LOCAL zjtx.as_of = '2024-06-14';
SELECT is(pg_temp.owed(2, '/5-giant'), '0.00', 'enterprise 2 the day before');
INSERT INTO pg_temp.listing VALUES (5, 'ipo', '2025-09-01');
SET LOCAL zjtx.as_of = '2025-08-31';
SELECT is(pg_temp.owed(5, '/7-ipo'), '5000000.00', 'enterprise 5 the day before it is listed');
SET LOCAL zjtx.as_of = '2025-09-01';
SELECT is(pg_temp.owed(5, '/7-ipo'), '10000000.00', 'enterprise 5 listed on 科创板: 1000万元');
SELECT is(pg_temp.owed(5, ''), '10700000.00', 'enterprise 5, in all: 10万元, 60万元 and 1000万元');

-- A district can be written in many ways; any other text is unknown, never false.

SET LOCAL zjtx.as_of = '2025-06-30';
CREATE TABLE pg_temp.written (region text, local boolean);
INSERT INTO pg_temp.written VALUES ('渝北区', true), ('渝北', true), ('重庆渝北区', true), ('重庆渝北', true), ('重庆市渝北', true),
	('重庆市渝北区', true), ('渝北區', true),
	('重慶市渝北區', true), ('大足', false), ('重庆市大足区', false), ('石柱县', false), ('石柱土家族自治县', false), ('市外', false),
	('elsewhere', false), ('西部科学城重庆高新区', false),
	('北碚区', false), ('两江新区', NULL), ('重庆两江新区', NULL), ('渝北区 ', NULL), (' 渝北区', NULL), ('渝北县', NULL), ('渝北区龙溪街道', NULL),
	('', NULL);
SELECT is(w |= 'yubei-2024-34/5-specialized', local, 'region "' || region || '"') FROM (SELECT region, local,
	date '2024-01-01' AS specialized_on, date '2026-12-31' AS specialized_until,
	NULL::jsonb AS specialized_reviews FROM pg_temp.written) w;
SELECT is(array(SELECT region FROM pg_temp.written w
	WHERE 'region' = ANY (to_jsonb(w) || '{"specialized_on": "2024-01-01", "specialized_until": "2026-12-31"}' |!
	'yubei-2024-34/5-specialized') ORDER BY region COLLATE "C"),
	'{""," 渝北区","渝北区 ",渝北区龙溪街道,渝北县}', 'the district is missing where it is none of them');
SELECT is((SELECT string_agg(to_char(d, 'YYYY-MM-DD ') || coalesce((jsonb_build_object('region', '北碚区',
	'specialized_on', '2024-01-01', 'specialized_until', '2026-12-31', 'specialized_reviews', NULL, 'as_of',
	d) |= 'yubei-2024-34/5-specialized')::text, '?'), ', ')
	FROM unnest('{2025-11-05,2025-11-06}'::date[]) d), '2025-11-05 false, 2025-11-06 ?',
	'北碚区 on the day that five towns of 渝北区 went there');

-- Article 8: taxes, asked alone.

CREATE TABLE pg_temp.taxpayer (id int, region text, specialized_on date, specialized_until date, little_giant_on date,
	little_giant_until date,
	small_low_profit boolean, vat_small_scale boolean, six_taxes_two_fees numeric(12, 2), tech_sme_until date,
	rd_expensed bigint,
	rd_intangible_cost float8, as_of date, six_taxes_cut_rate numeric DEFAULT 0.5);
INSERT INTO pg_temp.taxpayer SELECT 1, '渝北区', '2023-01-01', '2025-12-31', NULL, NULL, true, false, 12345.67,
	'2025-06-30', 3000000, 800000, d
	FROM unnest('{2024-06-30,2024-12-31,2025-01-01,2025-06-30,2025-07-01,2026-01-01,2022-12-31}'::date[]) d;
INSERT INTO pg_temp.taxpayer VALUES (2, '渝北区', '2023-01-01', '2025-12-31', NULL, NULL, false, true, NULL, NULL, NULL,
	NULL, '2024-06-30'),
	(3, '渝北区', '2023-01-01', '2025-12-31', NULL, NULL, false, false, 100, '2024-06-29', 100, 100, '2024-06-30'),
	(4, '渝北区', '2023-01-01', '2025-12-31', NULL, NULL, NULL, false, 0.01, '2024-06-30', NULL, 0.005, '2024-06-30');
SELECT is((SELECT concat_ws(' ', coalesce((t |# 'yubei-2024-34/8a')::text, '?'),
	coalesce((t |# 'yubei-2024-34/8b')::text, '?'),
	coalesce((t |# 'yubei-2024-34/8c')::text, '?')) FROM pg_temp.taxpayer t WHERE id = a.id
	AND as_of = a.as_of), answers, 'taxpayer ' || a.id || ': ' || description) FROM (VALUES
	(1, '2024-06-30'::date, '6172.84 3000000.00 1600000.00',
	'half of 12345.67 rounded half up; 100% of expenses; 200% of assets'),
	(1, '2024-12-31', '6172.84 3000000.00 1600000.00', 'the last day of the six taxes'),
	(1, '2025-01-01', '0.00 3000000.00 1600000.00', 'the day after it'), (1, '2025-06-30', '0.00 3000000.00 1600000.00',
	'the last day as 科技型中小企业'),
	(1, '2025-07-01', '0.00 0.00 0.00', 'the day after that'), (1, '2022-12-31', '0.00 0.00 0.00',
	'the day before the title'),
	(2, '2024-06-30', '0.00 0.00 0.00', 'small-scale, but no taxes; never 科技型中小企业'),
	(3, '2024-06-30', '0.00 0.00 0.00', 'neither small nor 科技型中小企业 since yesterday'),
	(4, '2024-06-30', '? ? 0.01', 'unknown whether small; unknown expenses')) a (id, as_of, answers, description);

SELECT is((amount_range(t, 'yubei-2024-34/8a'))::text, '(0.00,6172.84)',
	'at most half: how much is cut says a fact, or nobody yet')
	FROM (SELECT * FROM pg_temp.taxpayer WHERE id = 1 AND as_of = '2024-12-31') t0,
	LATERAL (SELECT to_jsonb(t0) - 'six_taxes_cut_rate') j (t);

SELECT * FROM finish();
ROLLBACK;
