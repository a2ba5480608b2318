-- The three rungs of miit-2022-63 by hand: as a view and in PL/pgSQL.
--
-- Both know that nothing is unknown in this table, and that nobody in it has a science
-- award: they do not ask for any.

set search_path = public, zjtx;

-- Each ratio once: OFFSET 0 keeps the planner from writing it out wherever it is used.
create view placement_by_hand as
select e.id,
	case when common and giant then 3 when common and specialized then 2 when common and innovative then 1 else 0 end
		as level
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
		and not exists (select from unnest(tax_violations) d where d > (as_of - interval '3 years')::date and d <= as_of)
		as common,
	case when class1_ip_high_value >= 1 then 20 when class1_ip_own >= 1 then 15 when class1_ip_count >= 1 then 10
		when class2_ip_count >= 1 then 5 else 0 end
		+ case when rd >= 0.05 then 20 when rd >= 0.03 then 15 when rd >= 0.02 then 10 when rd >= 0.01 then 5 else 0 end
		as capability,
	case when growth >= 0.15 then 20 when growth >= 0.10 then 15 when growth >= 0.05 then 10
		when growth >= 0 then 5 else 0 end
		+ case when debt <= 0.55 then 10 when debt <= 0.75 then 5 else 0 end as growing,
	case when strategic_emerging then 10 else 5 end
		+ case when share >= 0.7 then 20 when share >= 0.6 then 15 when share >= 0.55 then 10
			when share >= 0.5 then 5 else 0 end as focus,
	coalesce(as_of <= hightech_until, false) or tech_demo_level = 'national' or coalesce(as_of <= ip_demo_until, false)
		or rd_institution_level in ('national', 'provincial') or equity_raised_3y >= 5000000 as direct_1,
	(growth + growth_prev) / 2 as growth_2y
	offset 0) i,
lateral (select
	capability + growing + focus >= 60 and capability >= 20 and growing >= 15 and focus >= 15 or direct_1 as innovative,
	niche_years >= 2 and rd_expense >= 1000000 and rd >= 0.03 and (revenue >= 10000000 or equity_raised_2y >= 20000000)
	and ((rd_expense + rd_expense_prev) / 2 >= 10000000 or equity_raised_2y >= 60000000
	or coalesce(contest_rank <= 500, false)
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
			case when rd >= 0.10 then 10 when rd >= 0.08 then 8 when rd >= 0.06 then 6
				when rd >= 0.04 then 4 when rd >= 0.03 then 2 else 0 end)
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

-- The same for one row: the cheapest conditions first, the highest rung first, each ratio
-- once and only when it is needed, no query inside.
create function placement_in_plpgsql(e enterprise) returns int language plpgsql immutable parallel safe as $$
declare
	since date := (e.as_of - interval '3 years')::date;
	day date;
	rd numeric;
	share numeric;
	growth numeric;
	growth_2y numeric;
	debt numeric;
	staff numeric;
	margin numeric;
	points numeric;
	capability int;
	growing int;
	focus int;
begin
	if not e.legal_person or e.size_class = 'large' or e.on_abnormal_list or e.on_dishonesty_list
		or e.product_prohibited
	then
		return 0;
	end if;
	if e.major_incidents is not null then
		foreach day in array e.major_incidents loop
			if day > since and day <= e.as_of then
				return 0;
			end if;
		end loop;
	end if;
	if e.tax_violations is not null then
		foreach day in array e.tax_violations loop
			if day > since and day <= e.as_of then
				return 0;
			end if;
		end loop;
	end if;

	rd := e.rd_expense / nullif(e.revenue, 0);
	share := e.main_revenue / nullif(e.revenue, 0);
	growth := e.main_revenue / nullif(e.main_revenue_prev, 0) - 1;
	debt := e.total_liabilities / nullif(e.total_assets, 0);

	if e.niche_years >= 3 and e.key_field and e.chain_key_link and e.chain_gap_filled and e.own_brand
		and e.it_supported_processes >= 1 and (e.qms_certified or e.product_certified_abroad)
		and e.market_share >= 0.10 and share >= 0.7 and debt <= 0.7
		and (coalesce(e.contest_rank <= 50, false)
			or e.has_rd_institution and e.class1_ip_count >= 2 and e.class1_ip_in_use
			and (e.revenue >= 100000000 and rd >= 0.03 and e.rd_expense_prev / nullif(e.revenue_prev, 0) >= 0.03
				or e.revenue between 50000000 and 100000000 and rd >= 0.06
					and e.rd_expense_prev / nullif(e.revenue_prev, 0) >= 0.06
				or e.revenue <= 50000000 and e.equity_raised_2y >= 80000000 and e.rd_expense >= 30000000
					and e.rd_staff::numeric / nullif(e.employees, 0) >= 0.5))
	then
		growth_2y := (growth + e.main_revenue_prev / nullif(e.main_revenue_prev2, 0) - 1) / 2;
		if growth_2y >= 0.05 then
			return 3;
		end if;
	end if;

	if e.niche_years >= 2 and e.rd_expense >= 1000000 and rd >= 0.03
		and (e.revenue >= 10000000 or e.equity_raised_2y >= 20000000)
	then
		if e.equity_raised_2y >= 60000000 or e.contest_rank <= 500
			or (e.rd_expense + e.rd_expense_prev) / 2 >= 10000000
		then
			return 2;
		end if;
		if growth_2y is null then
			growth_2y := (growth + e.main_revenue_prev / nullif(e.main_revenue_prev2, 0) - 1) / 2;
		end if;
		margin := e.net_profit / nullif(e.revenue, 0);
		staff := e.rd_staff::numeric / nullif(e.employees, 0);
		points := case when share >= 0.8 then 5 when share >= 0.7 then 3 when share >= 0.6 then 1 else 0 end
			+ case when growth_2y >= 0.10 then 10 when growth_2y >= 0.08 then 8 when growth_2y >= 0.06 then 6
				when growth_2y >= 0.04 then 4 when growth_2y >= 0 then 2 else 0 end
			+ least(5, e.niche_years / 2)
			+ case e.product_field when 'gap_filler' then 5 when 'other' then 0 else 3 end
			+ case when e.digital_level >= 3 then 5 when e.digital_level >= 2 then 3 else 0 end
			+ least(5, 3 * (e.quality_award::int + e.qms_certified::int + e.own_brand::int + e.standard_participation::int))
			+ case when margin >= 0.10 then 10 when margin >= 0.08 then 8 when margin >= 0.06 then 6
				when margin >= 0.04 then 4 when margin >= 0.02 then 2 else 0 end
			+ case when debt <= 0.5 then 5 when debt <= 0.6 then 3 when debt <= 0.7 then 1 else 0 end
			+ e.local_points
			+ case when e.class1_ip_high_value >= 1 then 10 when e.class1_ip_own >= 1 then 8
				when e.class1_ip_count >= 1 then 6 when e.class2_ip_count >= 1 then 2 else 0 end
			+ greatest(
				case when e.rd_expense >= 5000000 then 10 when e.rd_expense >= 4000000 then 8
					when e.rd_expense >= 3000000 then 6 when e.rd_expense >= 2000000 then 4 else 2 end,
				case when rd >= 0.10 then 10 when rd >= 0.08 then 8 when rd >= 0.06 then 6 when rd >= 0.04 then 4 else 2 end)
			+ case when staff >= 0.2 then 5 when staff >= 0.1 then 3 when staff >= 0.05 then 1 else 0 end
			+ case e.rd_institution_level when 'national' then 10 when 'provincial' then 8 when 'municipal' then 4
				when 'below_municipal' then 2 else 0 end;
		if points >= 60 then
			return 2;
		end if;
	end if;

	if e.tech_demo_level = 'national' or e.rd_institution_level in ('national', 'provincial')
		or e.equity_raised_3y >= 5000000 or e.as_of <= e.hightech_until or e.as_of <= e.ip_demo_until
	then
		return 1;
	end if;
	capability := case when e.class1_ip_high_value >= 1 then 20 when e.class1_ip_own >= 1 then 15
			when e.class1_ip_count >= 1 then 10 when e.class2_ip_count >= 1 then 5 else 0 end
		+ case when rd >= 0.05 then 20 when rd >= 0.03 then 15 when rd >= 0.02 then 10 when rd >= 0.01 then 5 else 0 end;
	if capability < 20 then
		return 0;
	end if;
	growing := case when growth >= 0.15 then 20 when growth >= 0.10 then 15 when growth >= 0.05 then 10
			when growth >= 0 then 5 else 0 end
		+ case when debt <= 0.55 then 10 when debt <= 0.75 then 5 else 0 end;
	if growing < 15 then
		return 0;
	end if;
	focus := case when e.strategic_emerging then 10 else 5 end
		+ case when share >= 0.7 then 20 when share >= 0.6 then 15 when share >= 0.55 then 10
			when share >= 0.5 then 5 else 0 end;
	if focus < 15 or capability + growing + focus < 60 then
		return 0;
	end if;
	return 1;
end;
$$;

-- The same as the annexes are written: every ratio, score and condition in its turn, then
-- the rungs.
create function placement_in_plain_plpgsql(e enterprise) returns int language plpgsql immutable parallel safe as $$
declare
	rd numeric := e.rd_expense / nullif(e.revenue, 0);
	rd_prev numeric := e.rd_expense_prev / nullif(e.revenue_prev, 0);
	share numeric := e.main_revenue / nullif(e.revenue, 0);
	growth numeric := e.main_revenue / nullif(e.main_revenue_prev, 0) - 1;
	growth_prev numeric := e.main_revenue_prev / nullif(e.main_revenue_prev2, 0) - 1;
	growth_2y numeric := (growth + growth_prev) / 2;
	debt numeric := e.total_liabilities / nullif(e.total_assets, 0);
	margin numeric := e.net_profit / nullif(e.revenue, 0);
	staff numeric := e.rd_staff::numeric / nullif(e.employees, 0);
	common boolean;
	capability int;
	growing int;
	focus int;
	direct boolean;
	innovative boolean;
	points numeric;
	specialized boolean;
	research boolean;
	giant boolean;
begin
	common := e.legal_person and e.size_class in ('micro', 'small', 'medium') and not e.on_abnormal_list
		and not e.on_dishonesty_list and not e.product_prohibited
		and not exists (select from unnest(e.major_incidents) d
			where d > (e.as_of - interval '3 years')::date and d <= e.as_of)
		and not exists (select from unnest(e.tax_violations) d
			where d > (e.as_of - interval '3 years')::date and d <= e.as_of);

	capability := case when e.class1_ip_high_value >= 1 then 20 when e.class1_ip_own >= 1 then 15
		when e.class1_ip_count >= 1 then 10 when e.class2_ip_count >= 1 then 5 else 0 end;
	capability := capability
		+ case when rd >= 0.05 then 20 when rd >= 0.03 then 15 when rd >= 0.02 then 10 when rd >= 0.01 then 5 else 0 end;
	growing := case when growth >= 0.15 then 20 when growth >= 0.10 then 15 when growth >= 0.05 then 10
		when growth >= 0 then 5 else 0 end;
	growing := growing + case when debt <= 0.55 then 10 when debt <= 0.75 then 5 else 0 end;
	focus := case when e.strategic_emerging then 10 else 5 end;
	focus := focus
		+ case when share >= 0.7 then 20 when share >= 0.6 then 15 when share >= 0.55 then 10
			when share >= 0.5 then 5 else 0 end;
	direct := coalesce(e.as_of <= e.hightech_until, false) or e.tech_demo_level = 'national'
		or coalesce(e.as_of <= e.ip_demo_until, false) or e.rd_institution_level in ('national', 'provincial')
		or e.equity_raised_3y >= 5000000;
	innovative := common and (capability + growing + focus >= 60 and capability >= 20 and growing >= 15 and focus >= 15
		or direct);

	points := case when share >= 0.8 then 5 when share >= 0.7 then 3 when share >= 0.6 then 1 else 0 end;
	points := points + case when growth_2y >= 0.10 then 10 when growth_2y >= 0.08 then 8 when growth_2y >= 0.06 then 6
		when growth_2y >= 0.04 then 4 when growth_2y >= 0 then 2 else 0 end;
	points := points + least(5, e.niche_years / 2);
	points := points + case e.product_field when 'gap_filler' then 5 when 'other' then 0 else 3 end;
	points := points + case when e.digital_level >= 3 then 5 when e.digital_level >= 2 then 3 else 0 end;
	points := points + least(5, 3 * (e.quality_award::int + e.qms_certified::int + e.own_brand::int
		+ e.standard_participation::int));
	points := points + case when margin >= 0.10 then 10 when margin >= 0.08 then 8 when margin >= 0.06 then 6
		when margin >= 0.04 then 4 when margin >= 0.02 then 2 else 0 end;
	points := points + case when debt <= 0.5 then 5 when debt <= 0.6 then 3 when debt <= 0.7 then 1 else 0 end;
	points := points + e.local_points;
	points := points + case when e.class1_ip_high_value >= 1 then 10 when e.class1_ip_own >= 1 then 8
		when e.class1_ip_count >= 1 then 6 when e.class2_ip_count >= 1 then 2 else 0 end;
	points := points + greatest(
		case when e.rd_expense >= 5000000 then 10 when e.rd_expense >= 4000000 then 8 when e.rd_expense >= 3000000 then 6
			when e.rd_expense >= 2000000 then 4 when e.rd_expense >= 1000000 then 2 else 0 end,
		case when rd >= 0.10 then 10 when rd >= 0.08 then 8 when rd >= 0.06 then 6 when rd >= 0.04 then 4
			when rd >= 0.03 then 2 else 0 end);
	points := points + case when staff >= 0.2 then 5 when staff >= 0.1 then 3 when staff >= 0.05 then 1 else 0 end;
	points := points + case e.rd_institution_level when 'national' then 10 when 'provincial' then 8
		when 'municipal' then 4 when 'below_municipal' then 2 else 0 end;
	direct := (e.rd_expense + e.rd_expense_prev) / 2 >= 10000000 or e.equity_raised_2y >= 60000000
		or coalesce(e.contest_rank <= 500, false);
	specialized := common and e.niche_years >= 2 and e.rd_expense >= 1000000 and rd >= 0.03
		and (e.revenue >= 10000000 or e.equity_raised_2y >= 20000000) and (points >= 60 or direct);

	research := e.revenue >= 100000000 and rd >= 0.03 and rd_prev >= 0.03
		or e.revenue between 50000000 and 100000000 and rd >= 0.06 and rd_prev >= 0.06
		or e.revenue <= 50000000 and e.equity_raised_2y >= 80000000 and e.rd_expense >= 30000000 and staff >= 0.5;
	direct := coalesce(e.contest_rank <= 50, false);
	giant := common and e.niche_years >= 3 and share >= 0.7 and growth_2y >= 0.05
		and e.it_supported_processes >= 1 and (e.qms_certified or e.product_certified_abroad) and debt <= 0.7
		and e.market_share >= 0.10 and e.own_brand
		and (research and e.has_rd_institution and e.class1_ip_count >= 2 and e.class1_ip_in_use or direct)
		and e.chain_key_link and e.chain_gap_filled and e.key_field;

	return case when giant then 3 when specialized then 2 when innovative then 1 else 0 end;
end;
$$;
