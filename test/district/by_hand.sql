-- The rewards of yubei-2024-34, written by hand for the demonstration district: for each enterprise and clause,
-- whether it is eligible, and the least and the greatest amount that it can be owed.
--
-- SQL's NULL means unknown, and SQL's AND and OR work like those of policies.  low adds up what is proved, high
-- what is not refused.

create schema by_hand;
set search_path = by_hand, public, zjtx;

-- The facts of the rewards, for every enterprise.
create table firm as
select enterprise_id, as_of, region, formerly_yubei, main_revenue, main_revenue_prev, specialized_on, specialized_until,
	specialized_reviews,
	little_giant_on, little_giant_until, little_giant_reviews, earlier_event_confirmed, leases,
	otc_growth_board_listed_on,
	otc_srdi_board_listed_on, neeq_kernel_passed_on, neeq_filing_submitted_on, neeq_base_listed_on,
	neeq_innovation_listed_on,
	neeq_select_listed_on, ipo_tutoring_report_on, ipo_tutoring_accepted_on, ipo_application_accepted_on, ipo_listed_on,
	ipo_market
from enterprise_facts;

-- Whether the district is responsible: 渝北区; 两江新区, and from 2025-11-06 北碚区, for addresses in former 渝北区.
create function seat(f firm) returns boolean language sql immutable
	return case when f.region is null then null when f.region = '渝北区' then true
		when f.region = '两江新区' or f.region = '北碚区' and f.as_of >= '2025-11-06' then f.formerly_yubei else false end;

-- A title is held from its first to its last day.  Without a first day it is not held; without a last day it is
-- undecided.
create function held(day date, since date, until date) returns boolean language sql immutable
	return coalesce(day >= since, false) and day <= until;
create function titled(day date, f firm) returns boolean language sql immutable
	return held(day, f.specialized_on, f.specialized_until) or held(day, f.little_giant_on, f.little_giant_until);
create function covered(day date, f firm) returns boolean language sql immutable
	return day >= '2024-12-12' or f.earlier_event_confirmed;
-- A stage whose day is in the future is refused.
create function earned(day date, f firm) returns boolean language sql immutable
	return coalesce(day <= f.as_of, false) and seat(f) and titled(day, f) and covered(day, f);

create type outcome as (eligible boolean, low numeric, high numeric);
-- Stages with these amounts in 元, together at most cap.
create function together(cap numeric, earned boolean[], yuan numeric[]) returns outcome language sql immutable
	return (select row(case when bool_or(e) then true when bool_or(e is null) then null else false end,
		least(cap, coalesce(sum(y) filter (where e), 0)),
		least(cap, coalesce(sum(y) filter (where e is distinct from false), 0)))::outcome
		from unnest(earned, yuan) as s (e, y));

create function article_3(f firm) returns outcome language plpgsql immutable as $$
declare
	growing boolean := f.main_revenue / nullif(f.main_revenue_prev, 0) > 1.2;
	holds boolean := seat(f) and titled(f.as_of, f) and growing and covered(f.as_of, f);
	low numeric;
	high numeric;
begin
	-- an unrecorded area can be any number
	select coalesce(sum(case when counts then coalesce(5 * area * months, 0) end), 0),
		coalesce(sum(case when counts is distinct from false then coalesce(5 * area * months, 500000) end), 0)
	from (select area, months, rent > 20 and (owner = 'state' or idle) as counts from unnest(f.leases)) l into low,
	high;
	return row(holds, case when holds then least(500000, low) else 0 end, case when holds is distinct from false then
		least(500000, high) else 0 end)::outcome;
end $$;

-- The title since 2022, or for older titles the first covered review; then each later review with more than 10%
-- growth.
create function article_5(f firm, since date, reviews review_item[], first_yuan numeric, later_yuan numeric) returns
	outcome language plpgsql immutable as $$
declare
	early boolean := since < '2022-01-01';
	first_on date := (select min(passed_on) from unnest(reviews) where passed_on > since);
	earned boolean[] := array[coalesce(not early and since <= f.as_of, false) and seat(f),
		coalesce(early and first_on <= f.as_of, false) and seat(f) and covered(first_on, f)];
	yuan numeric[] := array[first_yuan, first_yuan];
	r record;
begin
	for r in select passed_on, bool_or(growth_2y > 0.10) as grown, count(*) from unnest(reviews)
		where passed_on > since and passed_on <= f.as_of and (not early or passed_on > first_on) group by passed_on loop
		if r.count > 1 then raise exception 'two reviews on one day'; end if;
		earned := earned || (seat(f) and r.grown and (not early or covered(r.passed_on, f)));
		yuan := yuan || later_yuan;
	end loop;
	return together('infinity', earned, yuan);
end $$;

-- Not moved from the select layer to an exchange; the district has no record of that.
create function first_offering(f firm) returns boolean language sql immutable as $$
	select not (coalesce(f.neeq_select_listed_on <= '2021-11-14', false) and f.ipo_market not in ('main', 'overseas')
	and null)
$$;

create view reward as
select enterprise_id, clause, (outcome).*
from (select f.enterprise_id, clause, outcome
from firm f, lateral (values
	('3', article_3(f)),
	('5-specialized', article_5(f, specialized_on, specialized_reviews, 100000, 50000)),
	('5-giant', article_5(f, little_giant_on, little_giant_reviews, 500000, 250000)),
	('7-otc', together(600000, array[earned(otc_growth_board_listed_on, f), earned(otc_srdi_board_listed_on, f)],
	array[600000, 600000])),
	-- a filing without a recorded day of the kernel must prove it, and the district has no record of that
	('7-neeq', together(3000000, array[
		case when neeq_filing_submitted_on is null then false else earned(greatest(neeq_kernel_passed_on,
		neeq_filing_submitted_on), f)
			and nullif(neeq_kernel_passed_on is not null, false) end,
		earned(least(neeq_base_listed_on, neeq_innovation_listed_on), f), earned(neeq_select_listed_on, f)],
		array[1000000, 1000000, 2000000])),
	-- on the way to an exchange within the country, or listed there, by a first offering
	('7-ipo', together(10000000, array[
		case when ipo_tutoring_accepted_on is null then false else earned(greatest(ipo_tutoring_report_on,
		ipo_tutoring_accepted_on), f)
			and nullif(ipo_tutoring_report_on is not null, false) and (ipo_listed_on is null or ipo_market <>
			'overseas') and first_offering(f) end,
		earned(ipo_application_accepted_on, f) and (ipo_listed_on is null or ipo_market <> 'overseas')
			and first_offering(f),
		earned(ipo_listed_on, f) and ipo_market <> 'overseas' and first_offering(f)],
			array[2000000, 3000000, 5000000]))) as c (clause, outcome)
-- computes each outcome once
offset 0) o;

-- The answers of zjtx.
create view answer as
select f.enterprise_id, clause, f |= ('yubei-2024-34/' || clause) as eligible, r.low, r.high
from enterprise_facts f, unnest('{3,5-specialized,5-giant,7-otc,7-neeq,7-ipo}'::text[]) as clause,
	lateral amount_range(f, 'yubei-2024-34/' || clause) as r;
