-- Places and shares: the document is invented, so it is not kept.
begin;

select store($$
policy yubei-fund '专精特新专项资金（示例）'
  uses yubei-2024-34
fact main_revenue number 元 '上年度主营业务收入' at least 0
fact rd_expense number 元 '上年度研发费用' at least 0
group awards '认定、挂牌和上市奖励' sum of yubei-2024-34/5-specialized, yubei-2024-34/5-giant,
  yubei-2024-34/7-otc, yubei-2024-34/7-neeq, yubei-2024-34/7-ipo
budget total '年度专项资金' 5000万元 pro rata over awards
select top '研发强度前10名' first 10 by rd_expense / main_revenue desc when satisfies yubei-2024-34/5-giant
$$) \g /dev/null

create temp table placed on commit drop as
select * from allot('enterprise_facts', 'enterprise_id', 'yubei-fund');

\echo The first ten little giants by research, and who may be one of them
select case when place_low = place_high then place_low::text else place_low || ' to ' || place_high end as place,
       name as enterprise,
       case when selected then 'selected' when selected is null then 'undecided' else 'not selected' end as selected,
       coalesce(round(100 * needed::numeric, 2) || ' %', '') as "must exceed"
from placed join enterprise on enterprise_id::text = key
where code = 'top' and place_low <= 11
order by placed.selected desc nulls last, place_low, place_high, name;

\echo 5,000万元 for the awards of yubei-2024-34: while facts are unknown, and if what is not proved is not claimed
select state,
       to_char(count(*) filter (where claim_high is distinct from 0), '999,999') as claims,
       to_char(sum(claim_low), '999,999,990.00') as "claimed 元",
       to_char(sum(claim_high), '999,999,990.00') as "or 元",
       to_char(count(*) filter (where amount_low <> amount_high), '999,999') as "shares open",
       to_char(sum(amount_low), '999,999,990.00') as "shares 元"
from (select 'open' as state, * from placed
      union all
      select 'deadline', * from allot('enterprise_facts', 'enterprise_id', 'yubei-fund', 'out')) as answers
where code = 'total'
group by state order by state desc;

rollback;
