-- A table of enterprises of which everything is known, wide enough to be ordinary: 55
-- columns, of which the three rungs of miit-2022-63 read 49.
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
	case pick(id, 30, 50) when 0 then 'national' when 1 then 'municipal' else 'none' end as tech_demo_level,
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
	timestamp '2025-06-30' - pick(id, 53, 1000) * interval '1 hour' as updated_at
from (select id,
		(1000000 + pick(id, 54, 30000) * 10000)::numeric(16, 2) as revenue,
		round((1000000 + pick(id, 54, 30000) * 10000) * (0.4 + pick(id, 55, 600) / 1000.0), 2) as main_revenue,
		(2000000 + pick(id, 56, 30000) * 10000)::numeric(16, 2) as total_assets
	from generate_series(1::bigint, :rows) as id) as g;
create index on enterprise (revenue);
vacuum analyze enterprise;

-- A part of them, for what takes long, and a part as facts in jsonb.
create unlogged table part as select * from enterprise where id <= least(:rows, 50000);
vacuum analyze part;
create unlogged table enterprise_jsonb as
select to_jsonb(e) - 'name' - 'credit_code' - 'contact' - 'updated_at' as facts
from enterprise e where id <= least(:rows, 200000);
vacuum analyze enterprise_jsonb;

-- As many of them, and the same with 2 % NULLs in every column but the key and the day.
create unlogged table known as select * from enterprise where id <= least(:rows, 200000);
vacuum analyze known;
select format('create unlogged table gaps as select id, as_of, %s from enterprise where id <= least(%s, 200000)',
	string_agg(format('case when pick(id, %s, 50) > 0 then %I end as %2$I', 1000 + attnum, attname),
		', ' order by attnum), :rows)
from pg_attribute where attrelid = 'enterprise'::regclass and attnum > 0 and attname not in ('id', 'as_of')
\gexec
vacuum analyze gaps;

-- The same number of market entities.  Nine in ten are not legal persons.
select format('create unlogged table market as select %s from enterprise where id <= least(%s, 200000)',
	string_agg(format(case attname when 'legal_person' then '%I and pick(id, 1999, 10) = 0 as %1$I' else '%I' end,
		attname), ', ' order by attnum), :rows)
from pg_attribute where attrelid = 'enterprise'::regclass and attnum > 0
\gexec
vacuum analyze market;

-- A warehouse: amounts in 万元, and in another table what a district adds for some enterprises; the view that maps both.
create unlogged table in_wan as
select id, name, credit_code, region, legal_person, size_class, revenue / 10000 as revenue,
	revenue_prev / 10000 as revenue_prev,
	main_revenue / 10000 as main_revenue, main_revenue_prev / 10000 as main_revenue_prev,
	main_revenue_prev2 / 10000 as main_revenue_prev2,
	rd_expense / 10000 as rd_expense, rd_expense_prev / 10000 as rd_expense_prev, net_profit / 10000 as net_profit,
	total_assets / 10000 as total_assets, total_liabilities / 10000 as total_liabilities,
	equity_raised_2y / 10000 as equity_raised_2y, equity_raised_3y / 10000 as equity_raised_3y, employees, rd_staff,
	niche_years, product_field, strategic_emerging, key_field,
	chain_gap_filled, chain_key_link, market_share * 100 as market_share, class1_ip_count, class1_ip_own,
	class1_ip_high_value, class1_ip_in_use, class2_ip_count, rd_institution_level, has_rd_institution, tech_demo_level,
	digital_level, quality_award, qms_certified, product_certified_abroad, own_brand,
	standard_participation, it_supported_processes, on_abnormal_list,
	on_dishonesty_list, product_prohibited, major_incidents, tax_violations, hightech_until, ip_demo_until,
	sci_awards, as_of
from enterprise where id <= least(:rows, 200000);
create unlogged table of_district as select id, local_points, contest_rank from enterprise
where id <= least(:rows, 200000) and (local_points > 0 or contest_rank is not null);
alter table of_district add primary key (id);
create view mapped as
select id, legal_person, size_class, revenue * 10000 as revenue, revenue_prev * 10000 as revenue_prev,
	main_revenue * 10000 as main_revenue, main_revenue_prev * 10000 as main_revenue_prev,
	main_revenue_prev2 * 10000 as main_revenue_prev2,
	rd_expense * 10000 as rd_expense, rd_expense_prev * 10000 as rd_expense_prev, net_profit * 10000 as net_profit,
	total_assets * 10000 as total_assets, total_liabilities * 10000 as total_liabilities,
	equity_raised_2y * 10000 as equity_raised_2y, equity_raised_3y * 10000 as equity_raised_3y, employees, rd_staff,
	niche_years, product_field, strategic_emerging, key_field,
	chain_gap_filled, chain_key_link, market_share / 100 as market_share, class1_ip_count, class1_ip_own,
	class1_ip_high_value, class1_ip_in_use, class2_ip_count, rd_institution_level, has_rd_institution, tech_demo_level,
	digital_level, quality_award, qms_certified, product_certified_abroad, own_brand,
	standard_participation, it_supported_processes,
	coalesce(local_points, 0) as local_points, contest_rank, on_abnormal_list,
	on_dishonesty_list, product_prohibited, major_incidents, tax_violations, hightech_until, ip_demo_until,
	sci_awards, as_of
from in_wan left join of_district using (id);
vacuum analyze in_wan;
vacuum analyze of_district;
