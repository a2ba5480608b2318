-- A table of enterprises of which everything is known, wide enough to be ordinary, and
-- the three rungs of miit-2022-63 by hand, as a view.
--
-- psql variable: rows.  Deterministic: hashes, no random().

set search_path = public, zjtx;

-- A number from 0 to n - 1 that looks random.
create function pick(id bigint, seed int, n bigint) returns bigint language sql immutable parallel safe
	return mod(hashint8extended(id, seed) & 9223372036854775807, n);

create unlogged table enterprise as
select id,
	'重庆第' || id || '号企业' as name,
	'9150' || id as credit_code,
	case when pick(id, 1, 10) < 8 then '渝北区' else '巴南区' end as region,
	date '2000-01-01' + pick(id, 2, 9000)::int as established_on,
	pick(id, 3, 20) > 0 as legal_person,
	(array['micro', 'small', 'medium', 'large'])[1 + pick(id, 4, 4)] as size_class,
	revenue,
	round(revenue * (0.7 + pick(id, 5, 500) / 1000.0), 2) as revenue_prev,
	main_revenue,
	round(main_revenue * (0.7 + pick(id, 6, 500) / 1000.0), 2) as main_revenue_prev,
	round(main_revenue * (0.6 + pick(id, 7, 500) / 1000.0), 2) as main_revenue_prev2,
	round(revenue * pick(id, 8, 120) / 1000.0, 2) as rd_expense,
	round(revenue * pick(id, 9, 110) / 1000.0, 2) as rd_expense_prev,
	round(revenue * (pick(id, 10, 200) - 50) / 1000.0, 2) as net_profit,
	total_assets,
	round(total_assets * pick(id, 11, 900) / 1000.0, 2) as total_liabilities,
	(pick(id, 12, 100) * 1000000)::numeric(16, 2) as equity_raised_2y,
	(pick(id, 13, 12) * 1000000)::numeric(16, 2) as equity_raised_3y,
	(10 + pick(id, 14, 500))::int as employees,
	pick(id, 15, 120)::int as rd_staff,
	pick(id, 16, 12)::int as niche_years,
	(array['gap_filler', 'six_base', 'time_honored', 'key_chain_supplier', 'other'])[1 + pick(id, 17, 5)] as product_field,
	pick(id, 18, 2) = 0 as strategic_emerging,
	pick(id, 19, 2) = 0 as key_field,
	pick(id, 20, 2) = 0 as chain_gap_filled,
	pick(id, 21, 2) = 0 as chain_key_link,
	pick(id, 22, 300) / 1000.0 as market_share,
	pick(id, 23, 5)::int as class1_ip_count,
	pick(id, 24, 3)::int as class1_ip_own,
	pick(id, 25, 2)::int as class1_ip_high_value,
	pick(id, 26, 2) = 0 as class1_ip_in_use,
	pick(id, 27, 4)::int as class2_ip_count,
	(array['national', 'provincial', 'municipal', 'below_municipal', 'none'])[1 + pick(id, 28, 5)] as rd_institution_level,
	pick(id, 29, 2) = 0 as has_rd_institution,
	pick(id, 30, 50) = 0 as tech_demo_enterprise,
	(1 + pick(id, 31, 4))::int as digital_level,
	pick(id, 32, 9) = 0 as quality_award,
	pick(id, 33, 2) = 0 as qms_certified,
	pick(id, 34, 5) = 0 as product_certified_abroad,
	pick(id, 35, 2) = 0 as own_brand,
	pick(id, 36, 3) = 0 as standard_participation,
	pick(id, 37, 4)::int as it_supported_processes,
	pick(id, 38, 16)::numeric as local_points,
	pick(id, 39, 30) = 0 as on_abnormal_list,
	pick(id, 40, 60) = 0 as on_dishonesty_list,
	pick(id, 41, 40) = 0 as product_prohibited,
	case when pick(id, 42, 25) = 0 then array[date '2023-01-01' + pick(id, 43, 900)::int] end as major_incidents,
	case when pick(id, 44, 25) = 0 then array[date '2020-01-01' + pick(id, 45, 900)::int] end as tax_violations,
	case when pick(id, 46, 6) = 0 then date '2024-06-30' + pick(id, 47, 900)::int end as hightech_until,
	case when pick(id, 48, 40) = 0 then date '2024-06-30' + pick(id, 49, 900)::int end as ip_demo_until,
	case when pick(id, 50, 200) = 0 then 1 + pick(id, 51, 600)::int end as contest_rank,
	null::jsonb as sci_awards,
	date '2025-06-30' as as_of,
	'联系人' || pick(id, 52, 1000) as contact,
	now()::timestamp(0) - pick(id, 53, 1000) * interval '1 hour' as updated_at
from (select id,
		(1000000 + pick(id, 54, 30000) * 10000)::numeric(16, 2) as revenue,
		round((1000000 + pick(id, 54, 30000) * 10000) * (0.4 + pick(id, 55, 600) / 1000.0), 2) as main_revenue,
		(2000000 + pick(id, 56, 30000) * 10000)::numeric(16, 2) as total_assets
	from generate_series(1::bigint, :rows) as id) as g;
vacuum analyze enterprise;

create unlogged table facts as select to_jsonb(e) - 'name' - 'credit_code' - 'contact' - 'updated_at' as facts from enterprise e;
vacuum analyze facts;

-- The three rungs by a careful hand: each ratio once.  Nobody in the table has a science
-- award, so the view does not ask for them.
create view placement_by_hand as
select e.id,
	case when common and giant then 3 when common and specialized then 2 when common and innovative then 1 else 0 end as level
from enterprise e,
lateral (select
	rd_expense / nullif(revenue, 0) as rd, rd_expense_prev / nullif(revenue_prev, 0) as rd_prev,
	main_revenue / nullif(revenue, 0) as share, main_revenue / nullif(main_revenue_prev, 0) - 1 as growth,
	main_revenue_prev / nullif(main_revenue_prev2, 0) - 1 as growth_prev,
	total_liabilities / nullif(total_assets, 0) as debt, net_profit / nullif(revenue, 0) as margin,
	rd_staff::numeric / nullif(employees, 0) as staff
	offset 0) r,
lateral (select
	legal_person and size_class in ('micro', 'small', 'medium') and not on_abnormal_list and not on_dishonesty_list
		and not product_prohibited
		and not exists (select from unnest(major_incidents) d where d > (as_of - interval '3 years')::date and d <= as_of)
		and not exists (select from unnest(tax_violations) d where d > (as_of - interval '3 years')::date and d <= as_of) as common,
	case when class1_ip_high_value >= 1 then 20 when class1_ip_own >= 1 then 15 when class1_ip_count >= 1 then 10
		when class2_ip_count >= 1 then 5 else 0 end
		+ case when rd >= 0.05 then 20 when rd >= 0.03 then 15 when rd >= 0.02 then 10 when rd >= 0.01 then 5 else 0 end as capability,
	case when growth >= 0.15 then 20 when growth >= 0.10 then 15 when growth >= 0.05 then 10 when growth >= 0 then 5 else 0 end
		+ case when debt <= 0.55 then 10 when debt <= 0.75 then 5 else 0 end as growing,
	case when strategic_emerging then 10 else 5 end
		+ case when share >= 0.7 then 20 when share >= 0.6 then 15 when share >= 0.55 then 10 when share >= 0.5 then 5 else 0 end as focus,
	coalesce(as_of <= hightech_until, false) or tech_demo_enterprise or coalesce(as_of <= ip_demo_until, false)
		or rd_institution_level in ('national', 'provincial') or equity_raised_3y >= 5000000 as direct_1,
	(growth + growth_prev) / 2 as growth_2y
	offset 0) i,
lateral (select
	capability + growing + focus >= 60 and capability >= 20 and growing >= 15 and focus >= 15 or direct_1 as innovative,
	niche_years >= 2 and rd_expense >= 1000000 and rd >= 0.03 and (revenue >= 10000000 or equity_raised_2y >= 20000000)
	and ((rd_expense + rd_expense_prev) / 2 >= 10000000 or equity_raised_2y >= 60000000 or coalesce(contest_rank <= 500, false)
	or case when share >= 0.8 then 5 when share >= 0.7 then 3 when share >= 0.6 then 1 else 0 end
		+ case when growth_2y >= 0.10 then 10 when growth_2y >= 0.08 then 8 when growth_2y >= 0.06 then 6
			when growth_2y >= 0.04 then 4 when growth_2y >= 0 then 2 else 0 end
		+ least(5, niche_years / 2)
		+ case product_field when 'gap_filler' then 5 when 'other' then 0 else 3 end
		+ case when digital_level >= 3 then 5 when digital_level >= 2 then 3 else 0 end
		+ least(5, 3 * (quality_award::int + qms_certified::int + own_brand::int + standard_participation::int))
		+ case when margin >= 0.10 then 10 when margin >= 0.08 then 8 when margin >= 0.06 then 6
			when margin >= 0.04 then 4 when margin >= 0.02 then 2 else 0 end
		+ case when debt <= 0.5 then 5 when debt <= 0.6 then 3 when debt <= 0.7 then 1 else 0 end
		+ local_points
		+ case when class1_ip_high_value >= 1 then 10 when class1_ip_own >= 1 then 8 when class1_ip_count >= 1 then 6
			when class2_ip_count >= 1 then 2 else 0 end
		+ greatest(
			case when rd_expense >= 5000000 then 10 when rd_expense >= 4000000 then 8 when rd_expense >= 3000000 then 6
				when rd_expense >= 2000000 then 4 when rd_expense >= 1000000 then 2 else 0 end,
			case when rd >= 0.10 then 10 when rd >= 0.08 then 8 when rd >= 0.06 then 6 when rd >= 0.04 then 4 when rd >= 0.03 then 2 else 0 end)
		+ case when staff >= 0.2 then 5 when staff >= 0.1 then 3 when staff >= 0.05 then 1 else 0 end
		+ case rd_institution_level when 'national' then 10 when 'provincial' then 8 when 'municipal' then 4
			when 'below_municipal' then 2 else 0 end >= 60) as specialized,
	niche_years >= 3 and share >= 0.7 and growth_2y >= 0.05
	and it_supported_processes >= 1 and (qms_certified or product_certified_abroad) and debt <= 0.7
	and market_share >= 0.10 and own_brand
	and (coalesce(contest_rank <= 50, false)
		or (revenue >= 100000000 and rd >= 0.03 and rd_prev >= 0.03
			or revenue between 50000000 and 100000000 and rd >= 0.06 and rd_prev >= 0.06
			or revenue <= 50000000 and equity_raised_2y >= 80000000 and rd_expense >= 30000000 and staff >= 0.5)
		and has_rd_institution and class1_ip_count >= 2 and class1_ip_in_use)
	and chain_key_link and chain_gap_filled and key_field as giant
	offset 0) l;
