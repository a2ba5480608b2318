-- The rows to ask about: those of the benchmarks, with unknown facts, and lists as jsonb.  here.firm has no as_of
-- column, here.dated has one; here.let has a list of composites; here.facts has the same enterprises as jsonb.

CREATE SCHEMA here;
CREATE TABLE here.firm AS
SELECT e.id, e.name, CASE WHEN e.id % 29 > 0 THEN e.region END AS region, legal_person, size_class,
	CASE WHEN e.id % 11 > 0 THEN revenue END AS revenue, revenue_prev, e.main_revenue,
	CASE WHEN e.id % 13 > 0 THEN r.main_revenue_prev END AS main_revenue_prev, main_revenue_prev2,
	rd_expense::float8 AS rd_expense, rd_expense_prev::float4 AS rd_expense_prev, net_profit, total_assets,
	total_liabilities,
	equity_raised_2y, equity_raised_3y, employees, rd_staff, niche_years, product_field, strategic_emerging, key_field,
	chain_gap_filled, chain_key_link, market_share, class1_ip_count, class1_ip_own, class1_ip_high_value,
	class1_ip_in_use,
	class2_ip_count, rd_institution_level, has_rd_institution, tech_demo_level, digital_level, quality_award,
	qms_certified, product_certified_abroad, own_brand, standard_participation, it_supported_processes,
	CASE WHEN e.id % 3 > 0 THEN local_points END AS local_points,
	on_abnormal_list, on_dishonesty_list, product_prohibited, major_incidents, tax_violations, hightech_until,
	ip_demo_until,
	contest_rank, sci_awards, specialized_on, specialized_until, to_jsonb(specialized_reviews) AS specialized_reviews,
	little_giant_on, little_giant_until, to_jsonb(little_giant_reviews) AS little_giant_reviews, to_jsonb(leases)
	AS leases,
	otc_growth_board_listed_on, otc_srdi_board_listed_on, neeq_kernel_passed_on, neeq_filing_submitted_on,
	neeq_base_listed_on, neeq_innovation_listed_on, neeq_select_listed_on, ipo_tutoring_report_on,
	ipo_tutoring_accepted_on,
	ipo_application_accepted_on, ipo_listed_on, ipo_market, bse_moved, earlier_event_confirmed
FROM enterprise e JOIN rewarded r USING (id);
CREATE TABLE here.dated AS
SELECT *, CASE WHEN id % 17 > 0 THEN date '2022-01-01' + (id * 7 % 1500)::int END AS as_of FROM here.firm;
CREATE TABLE here.let AS
SELECT r.id, r.region, r.main_revenue, r.main_revenue_prev, r.specialized_on, r.specialized_until,
	r.little_giant_on, r.little_giant_until, r.leases FROM rewarded r;
CREATE TABLE here.facts AS SELECT id, to_jsonb(e) AS facts FROM here.firm e;
CREATE TABLE here.by_region AS SELECT * FROM here.firm;
ANALYZE;
