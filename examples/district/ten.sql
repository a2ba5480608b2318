-- Ten enterprises of five kinds.
begin;

create temp table judged on commit drop as
select f.name, f |^ 'miit-2022-63' as tier, r.low, r.high,
       missing(f, 'yubei-2024-34') as for_money, f |! 'miit-2022-63' as for_rung,
       f.specialized_on is not null or f.little_giant_on is not null as had_title,
       coalesce(greatest(f.specialized_until, f.little_giant_until) >= f.as_of, false) as has_title
from enterprise_facts as f,
     lateral amount_range(f, 'yubei-2024-34') as r
where f.region = '渝北区'
  and (f.specialized_on is not null or f.little_giant_on is not null or f.hightech_until is not null);

-- The open ones are chosen for what they miss, each time something else.
select case ord when 1 then 'most owed' when 2 then 'amount open' when 3 then 'rung open'
                when 4 then 'title lapsed' else 'no title yet' end as "chosen as",
       name as enterprise,
       coalesce((tier).label, '(undecided)') as rung,
       to_char(low, '99,999,990')
         || case when low is distinct from high then ' to ' || coalesce(to_char(high, 'FM99,999,990'), 'no bound') else '' end as "owed 元",
       array_to_string(missing, ', ') as missing
from (select *, row_number() over (partition by ord order by rank, name) as n
      from (select 1 as ord, 3 as take, -low as rank, for_money as missing, *
              from judged where low = high and cardinality(for_money) = 0
            union all
            (select distinct on (for_money) 2, 2, low - high, for_money, *
              from judged where low <> high and tier is not null
              order by for_money, low - high, name)
            union all
            (select distinct on (for_rung) 3, 2, -low, for_rung, *
              from judged where tier is null and low = high and low > 0 and cardinality(for_rung) between 1 and 3
              order by for_rung, low desc, name)
            union all
            select 4, 1, -low, for_rung, *
              from judged where had_title and not has_title and low = high and tier is not null
            union all
            select 5, 2, -(tier).level, for_rung, *
              from judged where not had_title and (tier).level >= 2) as candidates) as ranked
where n <= take
order by ord, n;

commit;
