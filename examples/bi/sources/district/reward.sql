-- The reward columns: one row for each enterprise that yubei-2024-34 owes or may owe something.
select e.enterprise_id,
       coalesce((e |^ 'miit-2022-63').label, '待定') as rung,
       e |# 'yubei-2024-34/3'             as rent,
       e |# 'yubei-2024-34/5-specialized' as specialized,
       e |# 'yubei-2024-34/5-giant'       as giant,
       amount(e, 'yubei-2024-34/7-otc') + amount(e, 'yubei-2024-34/7-neeq') + amount(e, 'yubei-2024-34/7-ipo') as listing,
       r.low, r.high,
       array_to_string(e |! 'yubei-2024-34', ', ') as missing
from enterprise_facts as e, amount_range(e, 'yubei-2024-34') as r
where (e |= 'yubei-2024-34') is distinct from false and r.high > 0
