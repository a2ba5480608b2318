-- The unknown facts that hold up money: each with the enterprises and the clauses whose amount waits for it.
select f.label as fact, l.title as clause, e.enterprise_id, l.low, l.high, l.high - l.low as yuan
from enterprise_facts as e, assess(e, 'yubei-2024-34') as l, unnest(l.missing) as m
join facts as f on f.policy = 'yubei-2024-34' and f.name = m
where (e |= 'yubei-2024-34') is distinct from false and l.in_total and l.high > l.low
