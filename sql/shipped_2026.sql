\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL client_min_messages = warning;
SELECT plan(5);

-- 工信部企业〔2026〕2号 by hand: its conditions written in SQL, for rows without unknown facts, compared with the document's
-- answers.

CREATE FUNCTION pg_temp.pick(id int, about text, n int) RETURNS int LANGUAGE sql IMMUTABLE
	AS $$ SELECT ((hashtextextended(about, id) >> 8) & 4294967295)::bigint % n $$;
CREATE FUNCTION pg_temp.day(id int, about text, chance int, first date, days int) RETURNS date LANGUAGE sql IMMUTABLE
	AS $$
	SELECT CASE WHEN pg_temp.pick(id, about, 100) < chance THEN first + pg_temp.pick(id, about || ' day', days) END
$$;
CREATE TABLE pg_temp.firm AS SELECT id, date '2026-06-30' AS as_of,
	pg_temp.pick(id, 'person', 20) > 0 AS legal_person, (ARRAY['micro', 'small', 'medium', '中型', 'large'])
	[1 + pg_temp.pick(id, 'size', 5)] AS size_class,
	revenue, round(revenue * (0.7 + pg_temp.pick(id, 'r1', 500) / 1000.0), 2) AS revenue_prev,
	round(revenue * (0.6 + pg_temp.pick(id, 'r2', 500) / 1000.0), 2) AS revenue_prev2,
	main_revenue, round(main_revenue * (0.7 + pg_temp.pick(id, 'm1', 500) / 1000.0), 2) AS main_revenue_prev,
	round(main_revenue * (0.6 + pg_temp.pick(id, 'm2', 500) / 1000.0), 2) AS main_revenue_prev2,
	round(revenue * pg_temp.pick(id, 'rd', 120) / 1000.0, 2) AS rd_expense,
	round(revenue * pg_temp.pick(id, 'rd1', 110) / 1000.0, 2) AS rd_expense_prev,
	round(revenue * (pg_temp.pick(id, 'profit', 200) - 50) / 1000.0, 2) AS net_profit, 10000000::numeric
	AS total_assets, pg_temp.pick(id, 'debt', 90) * 100000::numeric AS total_liabilities,
	pg_temp.pick(id, 'equity2', 100) * 1000000::numeric AS equity_raised_2y, pg_temp.pick(id, 'equity3',
	12) * 1000000::numeric AS equity_raised_3y,
	10 + pg_temp.pick(id, 'staff', 200) AS employees, pg_temp.pick(id, 'rd staff', 60) AS rd_staff,
	pg_temp.pick(id, 'niche', 8) AS niche_years,
	(ARRAY['gap_filler', 'six_base', 'time_honored', 'key_chain_supplier', 'other']) [1 + pg_temp.pick(id, 'field', 5)]
	AS product_field, pg_temp.pick(id, 'emerging', 2) = 0 AS strategic_emerging,
	pg_temp.pick(id, 'key field', 8) > 0 AS key_field, pg_temp.pick(id, 'gap', 8) > 0 AS chain_gap_filled,
	pg_temp.pick(id, 'link', 8) > 0 AS chain_key_link,
	pg_temp.pick(id, 'share', 300) / 1000.0 AS market_share, 1 + pg_temp.pick(id, 'rank', 8) AS domestic_rank,
	pg_temp.pick(id, 'ip', 8) AS class1_ip_count, pg_temp.pick(id, 'own', 8) AS class1_ip_own,
	pg_temp.pick(id, 'value', 2) AS class1_ip_high_value, pg_temp.pick(id, 'used', 8) > 0 AS class1_ip_in_use,
	pg_temp.pick(id, 'ip2', 4) AS class2_ip_count,
	(ARRAY['national', '省部级', 'municipal', 'below_municipal', '无']) [1 + pg_temp.pick(id, 'institution', 5)]
	AS rd_institution_level, pg_temp.pick(id, 'has institution', 4) > 0 AS has_rd_institution,
	(ARRAY['national', '市级', 'none', 'none', 'none', 'none']) [1 + pg_temp.pick(id, 'demo', 6)] AS tech_demo_level,
	1 + pg_temp.pick(id, 'digital', 4) AS digital_level, pg_temp.pick(id, 'award', 9) = 0 AS quality_award,
	pg_temp.pick(id, 'qms', 4) > 0 AS qms_certified, pg_temp.pick(id, 'abroad', 5) = 0 AS product_certified_abroad,
	pg_temp.pick(id, 'brand', 4) > 0 AS own_brand, pg_temp.pick(id, 'standard', 3) = 0 AS standard_participation,
	pg_temp.pick(id, 'processes', 4) AS it_supported_processes,
	pg_temp.pick(id, 'local', 16)::numeric AS local_points, (40 + pg_temp.pick(id, 'development', 50))::numeric
	AS development_score,
	pg_temp.pick(id, 'abnormal', 30) = 0 AS on_abnormal_list, pg_temp.pick(id, 'dishonest', 60) = 0
	AS on_dishonesty_list, pg_temp.pick(id, 'prohibited', 40) = 0 AS product_prohibited,
	array_remove(ARRAY[pg_temp.day(id, 'major', 5, '2022-01-01', 1800)], NULL) AS major_incidents,
	array_remove(ARRAY[pg_temp.day(id, 'larger', 5, '2022-01-01', 1800)], NULL) AS larger_accidents,
	array_remove(ARRAY[pg_temp.day(id, 'serious', 5, '2022-01-01', 1800)], NULL) AS serious_violations,
	array_remove(ARRAY[pg_temp.day(id, 'tax', 15, '2022-01-01', 1800)], NULL) AS tax_violations,
	pg_temp.day(id, 'hightech', 20, '2026-01-01', 365) AS hightech_until, pg_temp.day(id, 'ip demo', 5, '2026-01-01',
	365) AS ip_demo_until, pg_temp.day(id, 'tech sme', 20, '2026-01-01', 365) AS tech_sme_until,
	CASE WHEN pg_temp.pick(id, 'contest', 20) = 0 THEN 1 + pg_temp.pick(id, 'place', 600) END AS contest_rank,
	NULL::jsonb AS sci_awards,
	i.first AS innovative_on, i.first + 1095 AS innovative_until, s.first AS specialized_on, s.first + 1095
	AS specialized_until, g.first AS little_giant_on, g.first + 1095 AS little_giant_until,
	(SELECT jsonb_agg(jsonb_build_object('passed_on', d)) FROM pg_temp.day(id, 'review', 30, '2025-10-01', 400) d
	WHERE d IS NOT NULL) AS specialized_reviews, pg_temp.pick(id, 'standard of 2022', 2) = 0 AS specialized_review_2022
	FROM (SELECT id, (20 + pg_temp.pick(id, 'revenue', 300) * 8) * 100000::numeric AS revenue,
		round((20 + pg_temp.pick(id, 'revenue', 300) * 8) * 100000 * (0.6 + pg_temp.pick(id, 'main', 400) / 1000.0), 2)
		AS main_revenue FROM generate_series(1, 3000) id) n,
	pg_temp.day(id, 'innovative', 30, '2022-06-01', 1600) i (first), pg_temp.day(id, 'specialized', 60, '2022-11-01',
	1300) s (first), pg_temp.day(id, 'giant', 40, '2022-11-01', 1300) g (first);

CREATE TEMP VIEW by_hand AS
SELECT f.id, due, as_2026, as_2022, CASE WHEN in_2026 AND giant OR in_2022 AND giant_2022 THEN 3 WHEN rung_2 THEN 2
	WHEN in_2026 AND rung_1 THEN 1 ELSE 0 END AS level
FROM pg_temp.firm f,
LATERAL (SELECT rd_expense / revenue AS rd, rd_expense_prev / revenue_prev AS rd_prev, main_revenue / revenue AS share,
	main_revenue / main_revenue_prev - 1 AS growth,
	(main_revenue / main_revenue_prev - 1 + main_revenue_prev / main_revenue_prev2 - 1) / 2 AS growth_2y,
	total_liabilities / total_assets AS debt, net_profit / revenue AS margin,
	rd_staff::numeric / employees AS staff, rd_institution_level IN ('national', '省部级') AS high_institution OFFSET 0) r,
LATERAL (SELECT legal_person AND size_class <> 'large' AND NOT on_abnormal_list AND NOT on_dishonesty_list
	AND NOT product_prohibited
	AND NOT EXISTS (SELECT FROM unnest(major_incidents) d WHERE d > '2023-06-30' AND d <= as_of) AS common OFFSET 0) k,
LATERAL (SELECT common AND NOT EXISTS (SELECT FROM unnest(larger_accidents || serious_violations) d
	WHERE d > '2023-06-30' AND d <= as_of) AS in_2026,
	common AND NOT EXISTS (SELECT FROM unnest(tax_violations) d WHERE d > '2023-06-30' AND d <= as_of) AS in_2022,
	CASE WHEN class1_ip_high_value >= 1 THEN 20 WHEN class1_ip_own >= 1 THEN 15 WHEN class1_ip_count >= 1 THEN 10
	WHEN class2_ip_count >= 1 THEN 5 ELSE 0 END
		+ CASE WHEN rd >= 0.05 THEN 20 WHEN rd >= 0.03 THEN 15 WHEN rd >= 0.02 THEN 10 WHEN rd >= 0.01 THEN 5 ELSE 0 END
		AS capability,
	CASE WHEN growth >= 0.15 THEN 20 WHEN growth >= 0.10 THEN 15 WHEN growth >= 0.05 THEN 10 WHEN growth >= 0 THEN 5
	ELSE 0 END + CASE WHEN debt <= 0.55 THEN 10 WHEN debt <= 0.75 THEN 5 ELSE 0 END AS growing,
	CASE WHEN strategic_emerging THEN 10 ELSE 5 END + CASE WHEN share >= 0.7 THEN 20 WHEN share >= 0.6 THEN 15
	WHEN share >= 0.55 THEN 10 WHEN share >= 0.5 THEN 5 ELSE 0 END AS focus OFFSET 0) c,
LATERAL (SELECT coalesce(tech_sme_until >= as_of, false) OR coalesce(as_of BETWEEN innovative_on AND innovative_until,
	false) OR capability + growing + focus >= 60 AND capability >= 20 AND growing >= 15 AND focus >= 15
	OR coalesce(hightech_until >= as_of, false) OR tech_demo_level = 'national' OR coalesce(ip_demo_until >= as_of,
	false) OR high_institution OR equity_raised_3y >= 5000000 AS rung_1 OFFSET 0) n,
LATERAL (SELECT in_2026 AND rung_1 AND niche_years >= 3 AND (revenue >= 15000000 OR equity_raised_2y >= 20000000)
	AND share >= 0.8 AND debt <= 0.8 AND least(rd_expense, rd_expense_prev) >= 1000000
	AND least(rd, rd_prev) >= 0.03 AND (class1_ip_own >= 1 AND class1_ip_in_use OR high_institution)
	AND development_score >= 50 AS as_2026,
	in_2022 AND niche_years >= 2 AND rd_expense >= 1000000 AND rd >= 0.03
	AND (revenue >= 10000000 OR equity_raised_2y >= 20000000)
	AND ((rd_expense + rd_expense_prev) / 2 >= 10000000 OR equity_raised_2y >= 60000000 OR coalesce(contest_rank <= 500,
	false)
		OR CASE WHEN share >= 0.8 THEN 5 WHEN share >= 0.7 THEN 3 WHEN share >= 0.6 THEN 1 ELSE 0 END
		+ CASE WHEN growth_2y >= 0.10 THEN 10 WHEN growth_2y >= 0.08 THEN 8 WHEN growth_2y >= 0.06 THEN 6
		WHEN growth_2y >= 0.04 THEN 4 WHEN growth_2y >= 0 THEN 2 ELSE 0 END
		+ least(5, niche_years / 2) + CASE product_field WHEN 'gap_filler' THEN 5 WHEN 'other' THEN 0 ELSE 3 END + CASE
		WHEN digital_level >= 3 THEN 5 WHEN digital_level >= 2 THEN 3 ELSE 0 END
		+ least(5, 3 * (quality_award::int + qms_certified::int + own_brand::int + standard_participation::int))
		+ CASE WHEN margin >= 0.10 THEN 10 WHEN margin >= 0.08 THEN 8 WHEN margin >= 0.06 THEN 6 WHEN margin >= 0.04
		THEN 4 WHEN margin >= 0.02 THEN 2 ELSE 0 END
		+ CASE WHEN debt <= 0.5 THEN 5 WHEN debt <= 0.6 THEN 3 WHEN debt <= 0.7 THEN 1 ELSE 0 END + local_points
		+ CASE WHEN class1_ip_high_value >= 1 THEN 10 WHEN class1_ip_own >= 1 THEN 8 WHEN class1_ip_count >= 1 THEN 6
		WHEN class2_ip_count >= 1 THEN 2 ELSE 0 END
		+ greatest(CASE WHEN rd_expense >= 5000000 THEN 10 WHEN rd_expense >= 4000000 THEN 8 WHEN rd_expense >= 3000000
		THEN 6 WHEN rd_expense >= 2000000 THEN 4 WHEN rd_expense >= 1000000 THEN 2 ELSE 0 END,
			CASE WHEN rd >= 0.10 THEN 10 WHEN rd >= 0.08 THEN 8 WHEN rd >= 0.06 THEN 6 WHEN rd >= 0.04 THEN 4
			WHEN rd >= 0.03 THEN 2 ELSE 0 END)
		+ CASE WHEN staff >= 0.2 THEN 5 WHEN staff >= 0.1 THEN 3 WHEN staff >= 0.05 THEN 1 ELSE 0 END
		+ CASE rd_institution_level WHEN 'national' THEN 10 WHEN '省部级' THEN 8 WHEN 'municipal' THEN 4
		WHEN 'below_municipal' THEN 2 ELSE 0 END >= 60) AS as_2022 OFFSET 0) m,
-- a title awarded under the measures of 2022 and due in 2026, without a recorded review
LATERAL (SELECT coalesce(specialized_on < '2026-04-01' AND specialized_on <= as_of
	AND specialized_until BETWEEN '2026-01-01' AND '2026-12-31', false)
	AND NOT EXISTS (SELECT FROM jsonb_array_elements(specialized_reviews) v WHERE (v ->> 'passed_on')::date BETWEEN
	'2026-01-01' AND as_of) AS due OFFSET 0) d,
LATERAL (SELECT CASE WHEN due AND specialized_review_2022 THEN as_2022 ELSE as_2026 END AS rung_2 OFFSET 0) s,
LATERAL (SELECT (coalesce(as_of BETWEEN specialized_on AND specialized_until, false) OR rung_2) AND niche_years >= 3
	AND revenue >= 50000000 AND share >= 0.9 AND debt <= 0.75
	AND (revenue >= 1.1025 * revenue_prev2 OR coalesce(little_giant_on <= as_of AND little_giant_until >= '2026-01-01',
	false)) AND rd_expense + rd_expense_prev >= 12000000 AND least(rd, rd_prev) >= 0.03
	AND class1_ip_own >= 4 AND class1_ip_in_use AND (market_share >= 0.1 OR domestic_rank <= 3) AND key_field
	AND chain_key_link AND development_score >= 60 AS giant,
	coalesce(little_giant_on <= as_of AND little_giant_until BETWEEN '2026-01-01' AND '2026-12-31', false)
	AND niche_years >= 3 AND share >= 0.7 AND growth_2y >= 0.05 AND it_supported_processes >= 1
	AND (qms_certified OR product_certified_abroad) AND debt <= 0.7 AND market_share >= 0.1 AND own_brand
	AND chain_key_link AND chain_gap_filled AND key_field
	AND (coalesce(contest_rank <= 50, false) OR has_rd_institution AND class1_ip_count >= 2 AND class1_ip_in_use
		AND (revenue >= 100000000 AND least(rd, rd_prev) >= 0.03 OR revenue BETWEEN 50000000 AND 100000000
		AND least(rd, rd_prev) >= 0.06
			OR revenue <= 50000000 AND equity_raised_2y >= 80000000 AND rd_expense >= 30000000 AND staff >= 0.5))
			AS giant_2022 OFFSET 0) g;

CREATE TEMP TABLE judged AS SELECT h.*, (f |^ 'miit-2026-2').level AS found FROM by_hand h JOIN pg_temp.firm f
	USING (id);
SELECT is_empty('SELECT id, level, found FROM judged WHERE level IS DISTINCT FROM found',
	'the document places each enterprise where the view does');
SELECT set_eq('SELECT level FROM judged', ARRAY[0, 1, 2, 3], 'on every rung and on none');
SELECT cmp_ok((SELECT count(*) FROM judged WHERE due AND as_2026 <> as_2022), '>', 50::bigint,
	'many are due and satisfy one of the two standards');

-- The facts do not say which of the two standards the review uses.

CREATE TEMP TABLE open AS SELECT due, as_2026, as_2022, f |= 'miit-2026-2/specialized' AS found,
	f |! 'miit-2026-2/specialized' AS missing
	FROM by_hand h JOIN (SELECT f.*, NULL::boolean AS nobody FROM pg_temp.firm f) w USING (id),
	LATERAL (SELECT to_jsonb(w) - 'nobody' || '{"specialized_review_2022": null}' AS f) e;
SELECT is_empty($$SELECT * FROM open WHERE found IS DISTINCT FROM CASE WHEN NOT due OR as_2026 = as_2022 THEN as_2026
	END$$, 'both decide, or neither does');
SELECT is_empty($$SELECT * FROM open WHERE missing <> CASE WHEN found IS NULL THEN '{specialized_review_2022}'::text[]
	ELSE '{}' END$$, 'and that alone is missing');

SELECT * FROM finish();
ROLLBACK;
