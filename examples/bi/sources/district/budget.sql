-- What each clause owes at the end of 2024: the least and the most, for facts are missing.
select t.clause, t.title, t.eligible, t.undecided, t.low, t.high
from (select tally(judge(e, 'yubei-2024-34')) as lines from enterprise_facts as e) as judged,
     unnest(lines) as t
join clauses as c on c.policy = t.policy and c.code = t.clause
where t.stage is null and c.kind in ('reward', 'subsidy') and c.pay is distinct from 'undetermined'
order by t.clause
