-- What each of these enterprises lacks for the next rung of the national ladder, and how much.
select e.enterprise_id, k.title as rung, g.way, g.condition, g.found, g.needed, g.label as fact,
       g.present::text as present, g.set_to::text as set_to,
       case when g.suffices then '够' else '还不够' end as suffices
from enterprise_facts as e, amount_range(e, 'yubei-2024-34') as r, gap(e, 'miit-2022-63') as g
join rungs as k on k.policy = 'miit-2022-63' and k.code = g.rung
where (e |= 'yubei-2024-34') is distinct from false and r.high > 0
order by e.enterprise_id, g.way, g.fact
