-- What each clause owes.  Most enterprises satisfy none, and one question to
-- the whole document finds the few that do, or that may.
begin;

create temp table owed on commit drop as
with concerned as materialized (
  select f
  from enterprise_facts as f
  where (f |= 'yubei-2024-34') is distinct from false)
select ord, clause, title, (f).enterprise_id, eligible, low, high
from (values (1, '3',             '房租减免'),
             (2, '5-specialized', '市级认定和复核'),
             (3, '5-giant',       '小巨人认定和复核'),
             (4, '7-otc',         '重庆OTC挂牌'),
             (5, '7-neeq',        '新三板挂牌'),
             (6, '7-ipo',         '境内首发上市'),
             (7, '8a',            '六税两费减征'),
             (8, '8b',            '研发费用加计扣除'),
             (9, '8c',            '无形资产加计摊销')) as c (ord, clause, title),
     concerned,
     lateral (select f |= ('yubei-2024-34/' || clause) as eligible) as e,
     lateral amount_range(f, 'yubei-2024-34/' || clause);

\echo Rewards and subsidies; the last line counts each enterprise once
select coalesce(clause, 'all') as clause,
       coalesce(title, '') as title,
       to_char(count(distinct enterprise_id) filter (where eligible), '999,999') as eligible,
       to_char(count(distinct enterprise_id) filter (where eligible is null), '999,999') as undecided,
       to_char(sum(low), '999,999,990.00') as "low 元",
       to_char(sum(high), '999,999,990.00') as "high 元"
from owed
where clause not like '8%'
group by grouping sets ((ord, clause, title), ())
order by ord nulls last;

\echo Taxes: what is not levied (8a) or may be deducted (8b, 8c), which is not money paid
select clause, title,
       to_char(count(*) filter (where eligible), '999,999') as eligible,
       to_char(count(*) filter (where eligible is null), '999,999') as undecided,
       to_char(sum(low), '999,999,990.00') as "low 元",
       to_char(sum(high), '999,999,990.00') as "high 元",
       to_char(count(*) filter (where high is null), '999,999') as "no bound"
from owed
where clause like '8%'
group by ord, clause, title
order by ord;

commit;
