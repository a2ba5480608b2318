-- Enterprises with what yubei-2024-34 pays for, of whom all is known, and its rewards by hand.
-- What is unknown is compared in test/district.
--
-- All six clauses that pay 元 are here: 3, 5-specialized, 5-giant, 7-otc, 7-neeq and 7-ipo.
-- The tax clauses do not belong to a document's sum, and the others have no figure.
--
-- psql variable: rows.

set search_path = public, zjtx;

create type lease as (owner text, area numeric, rent numeric, months int, idle boolean);
create type review as (passed_on date, growth_2y numeric);

-- A day within n days from the first of January of 2019, for one in m enterprises; else NULL: none.
create function day(id bigint, seed int, n int, m int) returns date language sql immutable parallel safe
	return case when pick(id, seed, m) = 0 then date '2019-01-01' + pick(id, seed + 1, n)::int end;

create unlogged table rewarded as
select id,
	'重庆第' || id || '号企业' as name,
	'9150' || id as credit_code,
	case when pick(id, 101, 10) < 8 then '渝北区' else '巴南区' end as region,
	date '2025-06-30' as as_of,
	main_revenue,
	round(main_revenue / (0.9 + pick(id, 102, 600) / 1000.0), 2) as main_revenue_prev,
	specialized_on,
	specialized_on + 1095 as specialized_until,
	-- never two on one day
	case when pick(id, 103, 2) = 0 then array[
		(specialized_on + 365 + 2 * pick(id, 104, 400)::int, pick(id, 105, 20) / 100.0)::review,
		(specialized_on - 100 + 2 * pick(id, 106, 400)::int, pick(id, 107, 20) / 100.0)::review] end as specialized_reviews,
	little_giant_on,
	little_giant_on + 1095 as little_giant_until,
	case when pick(id, 108, 2) = 0 then array[
		(little_giant_on + 365 + pick(id, 109, 800)::int, pick(id, 110, 20) / 100.0)::review] end as little_giant_reviews,
	case when pick(id, 111, 3) > 0 then array(
		select ((array['state', 'private'])[1 + pick(id, 120 + n, 2)], (pick(id, 130 + n, 900000) / 100.0)::numeric(10, 2),
			(pick(id, 140 + n, 4000) / 100.0)::numeric(6, 2), 1 + pick(id, 150 + n, 12), pick(id, 155 + n, 2) = 0)::lease
		from generate_series(1, 1 + pick(id, 112, 3)::int) as n) end as leases,
	day(id, 160, 2500, 4) as otc_growth_board_listed_on,
	day(id, 162, 2500, 6) as otc_srdi_board_listed_on,
	coalesce(day(id, 164, 2500, 3), day(id, 166, 2500, 2) - 30) as neeq_kernel_passed_on,
	day(id, 166, 2500, 2) as neeq_filing_submitted_on,
	day(id, 168, 2500, 5) as neeq_base_listed_on,
	day(id, 170, 2500, 5) as neeq_innovation_listed_on,
	-- the select layer ended on 2021-11-14
	day(id, 172, 1000, 9) as neeq_select_listed_on,
	coalesce(day(id, 174, 2500, 3), day(id, 176, 2500, 3) - 200) as ipo_tutoring_report_on,
	day(id, 176, 2500, 3) as ipo_tutoring_accepted_on,
	day(id, 178, 2500, 5) as ipo_application_accepted_on,
	day(id, 180, 2500, 7) as ipo_listed_on,
	(array['main', 'star', 'chinext', 'bse', 'overseas'])[1 + pick(id, 182, 5)] as ipo_market,
	pick(id, 188, 2) = 0 as bse_moved,
	pick(id, 190, 2) = 0 as earlier_event_confirmed
from (select id,
		round(1000000 + pick(id, 183, 3000000000) / 10.0, 2) as main_revenue,
		day(id, 184, 2500, 2) as specialized_on,
		day(id, 186, 2500, 6) as little_giant_on
	from generate_series(1::bigint, :rows) as id) as g;
vacuum analyze rewarded;

-- Whether a day is within the time of one of the two titles.  SQL functions as plain as this
-- one are inlined.
create function titled(day date, e rewarded) returns boolean language sql immutable parallel safe
	return day between e.specialized_on and e.specialized_until or day between e.little_giant_on and e.little_giant_until;

-- Whether a stage has come and is paid: the title is that of its day, and what came before the
-- measures, of 2024-12-12, has to be confirmed.
create function earned(day date, e rewarded) returns boolean language sql immutable parallel safe
	return day <= e.as_of and titled(day, e) and (day >= date '2024-12-12' or e.earlier_event_confirmed);

-- Lists are asked only where there are any.  NULL is none.
create view reward_by_hand as
select id,
	case when region = '渝北区' then
		case when main_revenue / nullif(main_revenue_prev, 0) - 1 > 0.20 and leases is not null and titled(as_of, e)
				and (as_of >= date '2024-12-12' or earlier_event_confirmed)
			then least(500000, coalesce(round((select sum(5 * area * months) from unnest(leases)
				where rent > 20 and (owner = 'state' or idle)), 2), 0))
			else 0 end
		-- the title since 2022 and later reviews; before 2022 the first review, whatever the growth, and later ones
		+ case when specialized_on >= date '2022-01-01'
			then case when specialized_on <= as_of then 100000 else 0 end
				+ case when specialized_reviews is not null then
					(select count(distinct passed_on) * 50000 from unnest(specialized_reviews)
						where passed_on > specialized_on and passed_on <= as_of and growth_2y > 0.10) else 0 end
			when specialized_reviews is not null and specialized_on is not null
			then (select coalesce(sum(case when passed_on = first then 100000 when growth_2y > 0.10 then 50000 end), 0)
				from (select passed_on, growth_2y, min(passed_on) over () as first from unnest(specialized_reviews)
					where passed_on > specialized_on) r
				where passed_on <= as_of and (passed_on >= date '2024-12-12' or earlier_event_confirmed))
			else 0 end
		+ case when little_giant_on >= date '2022-01-01'
			then case when little_giant_on <= as_of then 500000 else 0 end
				+ case when little_giant_reviews is not null then
					(select count(distinct passed_on) * 250000 from unnest(little_giant_reviews)
						where passed_on > little_giant_on and passed_on <= as_of and growth_2y > 0.10) else 0 end
			when little_giant_reviews is not null and little_giant_on is not null
			then (select coalesce(sum(case when passed_on = first then 500000 when growth_2y > 0.10 then 250000 end), 0)
				from (select passed_on, growth_2y, min(passed_on) over () as first from unnest(little_giant_reviews)
					where passed_on > little_giant_on) r
				where passed_on <= as_of and (passed_on >= date '2024-12-12' or earlier_event_confirmed))
			else 0 end
		+ case when earned(otc_growth_board_listed_on, e) or earned(otc_srdi_board_listed_on, e) then 600000 else 0 end
		+ least(3000000,
			case when neeq_filing_submitted_on is not null
					and earned(greatest(neeq_kernel_passed_on, neeq_filing_submitted_on), e) then 1000000 else 0 end
			+ case when earned(least(neeq_base_listed_on, neeq_innovation_listed_on), e) then 1000000 else 0 end
			+ case when earned(neeq_select_listed_on, e) then 2000000 else 0 end)
		+ case when (ipo_listed_on is null or ipo_market <> 'overseas') and not coalesce(neeq_select_listed_on <=
				date '2021-11-14' and ipo_market in ('bse', 'star', 'chinext') and bse_moved, false) then
			case when ipo_tutoring_accepted_on is not null
					and earned(greatest(ipo_tutoring_report_on, ipo_tutoring_accepted_on), e) then 2000000 else 0 end
			+ case when earned(ipo_application_accepted_on, e) then 3000000 else 0 end
			+ case when earned(ipo_listed_on, e) then 5000000 else 0 end
			else 0 end
	else 0 end as yuan
from rewarded e;
