-- Why: the explanation of each enterprise that is owed something or may be, line by line.
select e.enterprise_id, n, replace(line, '  ', '　') as line
from enterprise_facts as e, amount_range(e, 'yubei-2024-34') as r,
     string_to_table(explain(e, 'yubei-2024-34'), E'\n') with ordinality as x (line, n)
where (e |= 'yubei-2024-34') is distinct from false and r.high > 0
order by e.enterprise_id, n
