-- What is owed at the end of a year, less what was owed a year before, is what fell due in it:
-- a reward once earned stays owed.  The rent of article 3 is paid by the year.
with at_year_end as (
  select year, t.clause, t.title, t.kind, t.low
  from (select year, tally(judge(e, 'yubei-2024-34')) as lines
        from enterprise_facts_by_year as e
        group by year) as judged,
       unnest(lines) as t
  join clauses as c on c.policy = t.policy and c.code = t.clause
  where t.stage is null and c.kind in ('reward', 'subsidy') and c.pay is distinct from 'undetermined'
)
select clause, title, due.period, due.yuan
from (select *, case when year = 2020 then '2020及以前' else year || '年' end as period,
             low - case when kind = 'reward' then coalesce(lag(low) over (partition by clause order by year), 0)
                        else 0 end as yuan
      from at_year_end) as due
order by clause, period
