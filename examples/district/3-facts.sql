-- One row for an enterprise, one column for a fact, under the names that the
-- policies use.  Every child table is grouped once; a query that does not ask
-- for its columns does not read it.
--
-- The same view is made twice: enterprise_facts is judged on 2024-12-31 and
-- never changes, enterprise_on_day on the day of zjtx.as_of.

create type lease_item  as (owner text, area numeric, rent numeric, months integer, idle boolean);
create type review_item as (passed_on date, growth_2y numeric);
create type award_item  as (level text, rank integer, year integer);
comment on type lease_item  is 'a lease, as an element of enterprise_facts.leases';
comment on type review_item is 'a review, as an element of the lists of reviews in enterprise_facts';
comment on type award_item  is 'an award, as an element of enterprise_facts.sci_awards';

create function judged_day() returns date language sql stable parallel safe
  return coalesce(nullif(current_setting('zjtx.as_of', true), '')::date, current_date);
comment on function judged_day() is 'the day of zjtx.as_of, or else today';

select format($view$
create view %1$I as
select e.enterprise_id,
       e.name,
       -- the day judged, and with it the years that are last and before
       %2$s as as_of,
       e.region, e.street, e.formerly_yubei, e.established_on, e.legal_person, e.industry_tags, e.size_class, e.listed_status,
       last.revenue, prev.revenue as revenue_prev, prev2.revenue as revenue_prev2,
       last.main_revenue, prev.main_revenue as main_revenue_prev, prev2.main_revenue as main_revenue_prev2,
       last.output_value,
       last.rd_expense, prev.rd_expense as rd_expense_prev, last.rd_investment,
       last.net_profit, last.total_assets, last.total_liabilities, last.taxable_income,
       -- the register of financings is complete: no entry means nothing raised
       case when f.undisclosed_2y then null else coalesce(f.raised_2y, 0) end as equity_raised_2y,
       case when f.undisclosed_3y then null else coalesce(f.raised_3y, 0) end as equity_raised_3y,
       e.employees, e.rd_staff,
       s.niche_years, s.product_field, s.strategic_emerging, s.key_field, s.chain_gap_filled, s.chain_key_link,
       s.market_share, s.domestic_rank, s.has_hard_tech,
       s.class1_ip_count, s.class1_ip_own, s.class1_ip_high_value, s.class1_ip_in_use, s.class2_ip_count,
       s.rd_institution_level, s.has_rd_institution, s.tech_center_level, s.tech_demo_level,
       a.sci_awards,
       s.contest_rank, s.digital_level, s.quality_award, s.qms_certified, s.product_certified_abroad,
       s.own_brand, s.standard_participation, s.it_supported_processes, s.local_points, s.development_score,
       e.on_abnormal_list, e.on_dishonesty_list,
       i.major_incidents, i.larger_accidents, i.serious_violations, i.tax_violations,
       e.product_prohibited,
       t.innovative_on, t.innovative_until, t.specialized_on, t.specialized_until, r.specialized_reviews,
       t.little_giant_on, t.little_giant_until, r.little_giant_reviews,
       t.champion_on, t.champion_until, t.gazelle_on, t.unicorn_on,
       t.hightech_until, t.tech_sme_until, t.ip_demo_until,
       e.hardtech_pool, e.pool_entered_on, e.pool_left_on, e.pool_base_revenue,
       extract(year from e.pool_entered_on)::integer as pool_entered_year,
       e.earlier_event_confirmed, c.later_event_confirmed, c.giant_counts_as_specialized, c.in_directory,
       c.directory_support_confirmed, c.innovative_enterprise_confirmed, c.listing_step_confirmed,
       c.moved_listing_confirmed, c.layer_move_confirmed, c.bse_moved, c.lapsed_listing_counts,
       c.neeq_kernel_confirmed, c.ipo_tutoring_report_confirmed, c.in_pool_at_step,
       c.specialized_review_2022, c.giant_award_confirmed, c.digital_support_confirmed, c.rd_reward_confirmed, c.smart_factory_built,
       -- those that entered in 2023 report it for 2026
       null::numeric as pool_third_year_revenue,
       l.leases,
       x.otc_growth_board_listed_on, x.otc_srdi_board_listed_on,
       x.neeq_kernel_passed_on, x.neeq_filing_submitted_on,
       x.neeq_base_listed_on, x.neeq_innovation_listed_on, x.neeq_select_listed_on,
       x.ipo_tutoring_report_on, x.ipo_tutoring_accepted_on, x.ipo_application_accepted_on,
       x.ipo_listed_on, x.ipo_market,
       e.six_taxes_two_fees, e.six_taxes_cut_rate, e.vat_small_scale, e.small_low_profit,
       last.rd_expensed, last.rd_intangible_cost, last.rd_super_deduction_filed,
       s.smart_factory_level, s.smart_green_retrofit, s.new_mode_project, s.tech_task_project, s.rd_subsidy_confirmed,
       s.incubated_by_institute, s.first_set_product, s.invention_patent_funded, s.has_invention_patent,
       s.gov_procurement_bid, s.bid_not_reserved,
       p.kind as platform_kind, p.level as platform_level, p.assessment as platform_assessment,
       case when p.assessment is not null then true end as platform_assessed
from enterprise as e
left join finance as last  on last.enterprise_id  = e.enterprise_id and last.year  = extract(year from %2$s)::integer - 1
left join finance as prev  on prev.enterprise_id  = e.enterprise_id and prev.year  = extract(year from %2$s)::integer - 2
left join finance as prev2 on prev2.enterprise_id = e.enterprise_id and prev2.year = extract(year from %2$s)::integer - 3
left join survey as s on s.enterprise_id = e.enterprise_id
left join platform as p on p.enterprise_id = e.enterprise_id
left join (select enterprise_id,
                  bool_or(confirmed) filter (where fact = 'later_event_confirmed') as later_event_confirmed,
                  bool_or(confirmed) filter (where fact = 'giant_counts_as_specialized') as giant_counts_as_specialized,
                  bool_or(confirmed) filter (where fact = 'in_directory') as in_directory,
                  bool_or(confirmed) filter (where fact = 'directory_support_confirmed') as directory_support_confirmed,
                  bool_or(confirmed) filter (where fact = 'innovative_enterprise_confirmed') as innovative_enterprise_confirmed,
                  bool_or(confirmed) filter (where fact = 'listing_step_confirmed') as listing_step_confirmed,
                  bool_or(confirmed) filter (where fact = 'moved_listing_confirmed') as moved_listing_confirmed,
                  bool_or(confirmed) filter (where fact = 'layer_move_confirmed') as layer_move_confirmed,
                  bool_or(confirmed) filter (where fact = 'bse_moved') as bse_moved,
                  bool_or(confirmed) filter (where fact = 'lapsed_listing_counts') as lapsed_listing_counts,
                  bool_or(confirmed) filter (where fact = 'neeq_kernel_confirmed') as neeq_kernel_confirmed,
                  bool_or(confirmed) filter (where fact = 'ipo_tutoring_report_confirmed') as ipo_tutoring_report_confirmed,
                  bool_or(confirmed) filter (where fact = 'in_pool_at_step') as in_pool_at_step,
                  bool_or(confirmed) filter (where fact = 'specialized_review_2022') as specialized_review_2022,
                  bool_or(confirmed) filter (where fact = 'giant_award_confirmed') as giant_award_confirmed,
                  bool_or(confirmed) filter (where fact = 'digital_support_confirmed') as digital_support_confirmed,
                  bool_or(confirmed) filter (where fact = 'rd_reward_confirmed') as rd_reward_confirmed,
                  bool_or(confirmed) filter (where fact = 'smart_factory_built') as smart_factory_built
           from confirmation
           group by enterprise_id) as c on c.enterprise_id = e.enterprise_id
left join (select enterprise_id,
                  sum(amount) filter (where paid_on >= make_date(extract(year from %2$s)::integer - 2, 1, 1)) as raised_2y,
                  sum(amount) as raised_3y,
                  bool_or(amount is null and paid_on >= make_date(extract(year from %2$s)::integer - 2, 1, 1)) as undisclosed_2y,
                  bool_or(amount is null) as undisclosed_3y
           from financing
           where paid_on >= make_date(extract(year from %2$s)::integer - 3, 1, 1)
           group by enterprise_id) as f on f.enterprise_id = e.enterprise_id
left join (select enterprise_id,
                  max(awarded_on)  filter (where kind = 'innovative')   as innovative_on,
                  max(valid_until) filter (where kind = 'innovative')   as innovative_until,
                  max(awarded_on)  filter (where kind = 'specialized')  as specialized_on,
                  max(valid_until) filter (where kind = 'specialized')  as specialized_until,
                  max(awarded_on)  filter (where kind = 'little_giant') as little_giant_on,
                  max(valid_until) filter (where kind = 'little_giant') as little_giant_until,
                  max(awarded_on)  filter (where kind = 'champion')     as champion_on,
                  max(valid_until) filter (where kind = 'champion')     as champion_until,
                  max(awarded_on)  filter (where kind = 'gazelle')      as gazelle_on,
                  max(awarded_on)  filter (where kind = 'unicorn')      as unicorn_on,
                  max(valid_until) filter (where kind = 'hightech')     as hightech_until,
                  max(valid_until) filter (where kind = 'tech_sme')     as tech_sme_until,
                  max(valid_until) filter (where kind = 'ip_demo')      as ip_demo_until
           from title
           group by enterprise_id) as t on t.enterprise_id = e.enterprise_id
left join (select enterprise_id,
                  array_agg(row(passed_on, growth_2y)::review_item order by passed_on)
                    filter (where title = 'specialized')  as specialized_reviews,
                  array_agg(row(passed_on, growth_2y)::review_item order by passed_on)
                    filter (where title = 'little_giant') as little_giant_reviews
           from review
           group by enterprise_id) as r on r.enterprise_id = e.enterprise_id
left join (select enterprise_id,
                  max(reached_on) filter (where step = 'otc_growth_board')         as otc_growth_board_listed_on,
                  max(reached_on) filter (where step = 'otc_srdi_board')           as otc_srdi_board_listed_on,
                  max(reached_on) filter (where step = 'neeq_kernel')              as neeq_kernel_passed_on,
                  max(reached_on) filter (where step = 'neeq_filing')              as neeq_filing_submitted_on,
                  max(reached_on) filter (where step = 'neeq_base')                as neeq_base_listed_on,
                  max(reached_on) filter (where step = 'neeq_innovation')          as neeq_innovation_listed_on,
                  max(reached_on) filter (where step = 'neeq_select')              as neeq_select_listed_on,
                  max(reached_on) filter (where step = 'ipo_tutoring_report')      as ipo_tutoring_report_on,
                  max(reached_on) filter (where step = 'ipo_tutoring_accepted')    as ipo_tutoring_accepted_on,
                  max(reached_on) filter (where step = 'ipo_application_accepted') as ipo_application_accepted_on,
                  max(reached_on) filter (where step = 'ipo_listed')               as ipo_listed_on,
                  max(market)     filter (where step = 'ipo_listed')               as ipo_market
           from listing
           group by enterprise_id) as x on x.enterprise_id = e.enterprise_id
left join (select enterprise_id, array_agg(row(owner, area, rent, months, idle)::lease_item order by no) as leases
           from lease
           group by enterprise_id) as l on l.enterprise_id = e.enterprise_id
left join (select enterprise_id, array_agg(row(level, rank, year)::award_item order by year, level) as sci_awards
           from award
           group by enterprise_id) as a on a.enterprise_id = e.enterprise_id
left join (select enterprise_id,
                  array_agg(happened_on order by happened_on) filter (where kind = 'major_incident') as major_incidents,
                  array_agg(happened_on order by happened_on) filter (where kind = 'larger_accident') as larger_accidents,
                  array_agg(happened_on order by happened_on) filter (where kind = 'serious_violation') as serious_violations,
                  array_agg(happened_on order by happened_on) filter (where kind = 'tax_violation')  as tax_violations
           from incident
           group by enterprise_id) as i on i.enterprise_id = e.enterprise_id$view$, name, day)
from (values ('enterprise_facts', $$date '2024-12-31'$$), ('enterprise_on_day', 'judged_day()')) as v (name, day)
\gexec

comment on view enterprise_facts is '企业事实:one row for an enterprise with every fact that the policies know, on 2024-12-31';
comment on view enterprise_on_day is '企业事实·按判断日:the same for the day of zjtx.as_of: last year is the year before that day';

-- The figures year by year, as facts with "by year" read them.
create view enterprise_years as
select e.enterprise_id, e.name, e.region, e.street, e.size_class, e.industry_tags,
       y.main_revenue_2020, y.main_revenue_2021, y.main_revenue_2022, y.main_revenue_2023,
       y.revenue_2020, y.revenue_2021, y.revenue_2022, y.revenue_2023,
       y.rd_expense_2020, y.rd_expense_2021, y.rd_expense_2022, y.rd_expense_2023,
       y.net_profit_2020, y.net_profit_2021, y.net_profit_2022, y.net_profit_2023
from enterprise as e
left join (select enterprise_id,
                  max(main_revenue) filter (where year = 2020) as main_revenue_2020,
                  max(main_revenue) filter (where year = 2021) as main_revenue_2021,
                  max(main_revenue) filter (where year = 2022) as main_revenue_2022,
                  max(main_revenue) filter (where year = 2023) as main_revenue_2023,
                  max(revenue) filter (where year = 2020) as revenue_2020,
                  max(revenue) filter (where year = 2021) as revenue_2021,
                  max(revenue) filter (where year = 2022) as revenue_2022,
                  max(revenue) filter (where year = 2023) as revenue_2023,
                  max(rd_expense) filter (where year = 2020) as rd_expense_2020,
                  max(rd_expense) filter (where year = 2021) as rd_expense_2021,
                  max(rd_expense) filter (where year = 2022) as rd_expense_2022,
                  max(rd_expense) filter (where year = 2023) as rd_expense_2023,
                  max(net_profit) filter (where year = 2020) as net_profit_2020,
                  max(net_profit) filter (where year = 2021) as net_profit_2021,
                  max(net_profit) filter (where year = 2022) as net_profit_2022,
                  max(net_profit) filter (where year = 2023) as net_profit_2023
           from finance
           group by enterprise_id) as y on y.enterprise_id = e.enterprise_id;

comment on view enterprise_years is '企业年度数据:one row for an enterprise, one column for a figure and year, in 元; NULL: not reported';
