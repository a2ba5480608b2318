-- The planner derives conditions from the stored policy, but not from the value.
\set id random(1, :firms)
SELECT 1 / ((SELECT count(*) FROM firm e WHERE id BETWEEN :id AND :id + 50 AND e |= 'load-moving/low') =
	(SELECT count(*) FROM firm e WHERE id BETWEEN :id AND :id + 50 AND e |= as_of(stored('load-moving/low'),
	'2025-06-30')))::int;
