-- Asks one row by name and by value; the answers agree while documents are stored.
\set id random(1, :firms)
SELECT 1 / (a.by_name IS NOT DISTINCT FROM a.by_value)::int FROM (SELECT e |# 'load-moving' AS by_name,
	e |# as_of(stored('load-moving'), '2025-06-30') AS by_value FROM facts e WHERE id = :id) a;
SELECT e |= 'load-fixed/1', e |^ 'load-moving', e |! 'load-fixed' FROM facts e WHERE id = :id;
