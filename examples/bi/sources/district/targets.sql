-- The district's goals for 2025 beside what the table shows.
select code, indicator, unit, goal,
       case when unit = '%' then trim_scale(100 * goal) || '%' else goal || '' end as goal_text,
       actual, round(100 * ratio, 1) as percent,
       case when met then '已达到' when not met then '未达到' else '未定' end as state, undecided
from progress(as_of(stored('yubei-2024-34'), '2025-12-31'), 'enterprise_facts')
where year = 2025
