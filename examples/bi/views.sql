-- The same enterprises at the end of each year: as_of is the day judged, and what the district's
-- clauses read of "last year" is that of the year.  Leases are on file for 2024 alone.
create or replace view enterprise_facts_by_year as
select y.year,
       make_date(y.year, 12, 31) as as_of,
       e.enterprise_id, e.region, e.formerly_yubei, e.size_class,
       last.main_revenue, prev.main_revenue as main_revenue_prev,
       e.specialized_on, e.specialized_until, e.specialized_reviews,
       e.little_giant_on, e.little_giant_until, e.little_giant_reviews,
       e.otc_growth_board_listed_on, e.otc_srdi_board_listed_on,
       e.neeq_kernel_passed_on, e.neeq_filing_submitted_on,
       e.neeq_base_listed_on, e.neeq_innovation_listed_on, e.neeq_select_listed_on,
       e.ipo_tutoring_report_on, e.ipo_tutoring_accepted_on, e.ipo_application_accepted_on,
       e.ipo_listed_on, e.ipo_market,
       e.neeq_kernel_confirmed, e.ipo_tutoring_report_confirmed, e.bse_moved, e.earlier_event_confirmed,
       case when y.year = 2024 then e.leases end as leases
from generate_series(2020, 2024) as y (year)
cross join enterprise_facts as e
left join finance as last on last.enterprise_id = e.enterprise_id and last.year = y.year - 1
left join finance as prev on prev.enterprise_id = e.enterprise_id and prev.year = y.year - 2;

comment on view enterprise_facts_by_year is
'企业事实·按年: one row for an enterprise and year with what the paying clauses of yubei-2024-34 read, judged on the last day of the year';

-- An invented document about all enterprises together: places, and a fund divided in proportion.
select store($$
政策 yubei-fund '专精特新专项资金（示例）'
  引用 yubei-2024-34
事实 main_revenue 数 元 '上年度主营业务收入' 至少 0
事实 rd_expense 数 元 '上年度研发费用' 至少 0
组 awards '认定、挂牌和上市奖励' 合计 yubei-2024-34/5-specialized，yubei-2024-34/5-giant，
  yubei-2024-34/7-otc，yubei-2024-34/7-neeq，yubei-2024-34/7-ipo
总额 total '年度专项资金' 5000万元 按比例 用于 awards
选取 top '研发强度前10名' 先 10名 按 rd_expense / main_revenue 降序 当 符合 yubei-2024-34/5-giant
$$);
select publish_allotment('enterprise_facts', 'enterprise_id', 'yubei-fund', 'fund_places');
