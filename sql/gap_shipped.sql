\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(16);

-- Sufficient changes are sufficient: applied to generated enterprises, they prove the rung.

CREATE FUNCTION pg_temp.dice(i int, what text) RETURNS numeric LANGUAGE sql AS
	$$ SELECT ('x' || substr(md5(i || what), 1, 6))::bit(24)::int / 16777216.0 $$;
CREATE TEMP TABLE best AS SELECT
	'{"as_of": "2025-06-30", "legal_person": true, "size_class": "medium", "on_abnormal_list": false, '
	'"on_dishonesty_list": false, "product_prohibited": false,
	"revenue": 200000000, "revenue_prev": 160000000, "main_revenue": 180000000, "main_revenue_prev": 150000000, '
		'"main_revenue_prev2": 125000000, "rd_expense": 10000000, "rd_expense_prev": 8000000,
	"net_profit": 20000000, "total_assets": 100000000, "total_liabilities": 50000000, "equity_raised_2y": 0, '
		'"equity_raised_3y": 0, "employees": 200, "rd_staff": 40, "niche_years": 10,
	"product_field": "gap_filler", "strategic_emerging": true, "key_field": true, "chain_gap_filled": true, '
		'"chain_key_link": true, "market_share": 0.1, "class1_ip_count": 2, "class1_ip_own": 1,
	"class1_ip_high_value": 1, "class1_ip_in_use": true, "class2_ip_count": 0, "rd_institution_level": "national", '
		'"has_rd_institution": true, "digital_level": 3, "quality_award": true,
	"qms_certified": true, "own_brand": true, "standard_participation": true, "product_certified_abroad": false, '
		'"it_supported_processes": 1, "local_points": 15, "major_incidents": null,
	"tax_violations": null, "tech_demo_level": "none", "sci_awards": null, "contest_rank": null, '
		'"hightech_until": null, "ip_demo_until": null}'::jsonb AS e;

SELECT is((e |^ 'miit-2022-63').code, 'little_giant', 'the best enterprise is at the top') FROM best;
SELECT is_empty('SELECT g.* FROM best, gap(e, ''miit-2022-63'') g', 'where there is no gap');
SELECT results_eq($$SELECT rung, way, condition, found, needed, short, fact, label, present, set_to, difference, unit,
	suffices
	FROM best, gap(e || '{"rd_expense": 5875000, "market_share": 0.05}', 'miit-2022-63')$$,
	$$VALUES ('specialized', 1, '上年度研发费用占营业收入比重 >= 3%', '2.9375%', '>= 3%', 0.000625, 'rd_expense', '上年度研发费用',
	'5875000'::jsonb, '6000000'::jsonb, 125000::numeric, '元', true)$$,
	'12.5万元 more of research to the next rung');
CREATE TEMP TABLE enterprise AS SELECT i, best.e || (SELECT coalesce(jsonb_object_agg(key, CASE
	WHEN pg_temp.dice(i, key || ' null') < 0.08 THEN 'null'::jsonb
	WHEN jsonb_typeof(value) = 'number' THEN to_jsonb(round(value::numeric * pg_temp.dice(i, key || ' value') * 1.4,
	CASE key WHEN 'market_share' THEN 3 ELSE 0 END))
	WHEN jsonb_typeof(value) = 'boolean' THEN to_jsonb(pg_temp.dice(i, key || ' value') < 0.5)
	WHEN key = 'product_field' THEN '"other"'
	WHEN key = 'rd_institution_level' THEN '"municipal"'
	ELSE value END), '{}') FROM jsonb_each(best.e) WHERE pg_temp.dice(i, key) < i % 10 / 12.0 + 0.05 AND key <> 'as_of')
	AS e
	FROM best, generate_series(1, 200) i;
CREATE TEMP TABLE goals AS SELECT i, e, goal, e |= as_of(stored('miit-2022-63') -> goal, '2025-06-30') AS reached
	FROM enterprise, unnest('{innovative,specialized,little_giant}'::text[]) goal;
CREATE TEMP TABLE gaps AS SELECT goals.*, g.* FROM goals, gap(e, stored('miit-2022-63'), goal) g;
CREATE TEMP TABLE filled AS SELECT i, goal, way, e || jsonb_object_agg(fact, set_to) AS e, count(*) AS rows,
	count(DISTINCT fact) AS facts FROM gaps WHERE suffices GROUP BY i, goal, way, e;

SELECT ok(count(*) > 500, 'many sets that suffice') FROM filled;
SELECT is_empty('SELECT i, goal, way FROM filled WHERE (e |= (stored(''miit-2022-63'') -> goal)) IS NOT TRUE',
	'each reaches its rung');
SELECT is_empty('SELECT i, goal, way FROM filled WHERE (e |^ ''miit-2022-63'').level < (SELECT level '
	'FROM rungs(stored(''miit-2022-63'')) WHERE code = goal)', 'and so the placement is at the rung or above it');
SELECT is_empty('SELECT i, goal, way FROM filled WHERE rows <> facts', 'each fact once');
SELECT is_empty($$SELECT f.i, f.goal, f.way, g.fact FROM filled f JOIN gaps g USING (i, goal, way) WHERE suffices
	AND (f.e || jsonb_build_object(fact, present) |= (stored('miit-2022-63') -> goal)) AND present IS NOT NULL$$,
	'none too many: without one of them the rung is not reached');
SELECT is_empty('SELECT i, goal FROM goals WHERE (reached IS TRUE) = EXISTS (SELECT FROM gaps WHERE gaps.i = goals.i '
	'AND gaps.goal = goals.goal)', 'a gap wherever the rung is not proved, and only there');
SELECT is_empty($$SELECT i, goal FROM gaps WHERE reached IS NOT TRUE GROUP BY 1, 2 HAVING NOT bool_or(suffices)
	AND goal <> 'little_giant'$$, 'some set suffices for all but the top');
SELECT ok(count(*) FILTER (WHERE bad) < 20, 'and mostly there') FROM (SELECT i, NOT bool_or(suffices) AS bad FROM gaps
	WHERE goal = 'little_giant' GROUP BY 1) q;
SELECT is_empty('SELECT i, goal, way FROM gaps WHERE way NOT BETWEEN 1 AND 8 OR soft',
	'eight ways at most, nothing soft');
SELECT is_empty('SELECT i, goal, fact FROM gaps WHERE fact IS NOT NULL AND present IS NOT NULL AND set_to = present',
	'nothing is set to what it is');
SELECT is_empty('SELECT i, goal, fact FROM gaps WHERE points <= 0', 'every step of a score adds points');
SELECT is_empty($$SELECT i, n FROM (SELECT i, (SELECT rung FROM gap(e, 'miit-2022-63') LIMIT 1) AS n,
	coalesce((e |^ 'miit-2022-63').level, 0) AS level FROM enterprise) q
	WHERE n IS DISTINCT FROM (SELECT code FROM rungs(stored('miit-2022-63')) r WHERE r.level = q.level + 1)$$,
	'the next rung is the one above the placement');
SELECT is((SELECT string_agg(DISTINCT concat_ws(' ', rung, fact, set_to, suffices), ', ')
	FROM gap('{"as_of": "2025-06-30", "region": "渝北区", "specialized_on": "2024-01-01", '
	'"specialized_until": "2026-01-01"}'::jsonb, 'yubei-2024-34', '7-otc') WHERE way = 1 AND suffices),
	'7-otc otc_growth_board_listed_on "2025-06-30" t', 'a stage of a reward');

SELECT * FROM finish();
ROLLBACK;
