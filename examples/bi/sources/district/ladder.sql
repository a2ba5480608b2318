-- The highest rung that each enterprise is proved to stand on.
select coalesce((tier).label, '待定') as rung,
       coalesce((tier).level, -1) as level,
       count(*) as enterprises
from (select e |^ 'miit-2022-63' as tier from enterprise_facts as e) as judged
group by tier
order by level desc
