-- How many enterprises stand on each rung.
select coalesce((tier).label, '(undecided)') as rung,
       to_char(enterprises, '999,999') as enterprises,
       to_char(100.0 * enterprises / sum(enterprises) over (), '990.00') || ' %' as share
from (select f |^ 'miit-2022-63' as tier, count(*) as enterprises
      from enterprise_facts as f
      group by tier) as t
order by (tier).level desc nulls last;
