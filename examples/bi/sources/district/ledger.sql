-- The entries of the ledger: what was owed, taken back and paid, and why.
select l.key::integer as enterprise_id, l.id, l.at::date::text as day, c.title as clause, coalesce(s.title, '') as stage,
       case l.kind when 'owed' then '应付' when 'lapsed' then '失效' when 'undecided' then '转为待定'
                   when 'withdrawn' then '撤回' when 'paid' then '付款' when 'moved' then '改键'
                   when 'carried' then '结转' else l.kind end as what,
       l.difference, l.paid, coalesce(l.note, '') as note
from zjtx.ledger as l
join clauses as c on c.policy = l.policy and c.code = l.code
left join provisions as s on s.policy = l.policy and s.kind = 'stage' and s.code = l.line
where l.account = 'rewards' and l.payable
order by l.id
