-- The district's goals for 2025 beside what the table shows.
select code, indicator, unit, goal, goal_shown as goal_text,
       actual, actual_shown as actual_text, round(100 * ratio, 1) as percent,
       case when met then '已达到' when not met then '未达到' else '未定' end as state, undecided
from progress(as_of(stored('yubei-2024-34'), '2025-12-31'), 'enterprise_facts')
where year = 2025
