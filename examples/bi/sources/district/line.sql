-- What each enterprise is certainly owed by each clause, judged on the last day of each year.
select e.as_of::text as day, e.enterprise_id, l.line, l.title, l.low as yuan
from enterprise_facts_by_year as e, lines(judge(e, 'yubei-2024-34')) as l
where (e |= 'yubei-2024-34') is distinct from false and l.in_total and l.low > 0
