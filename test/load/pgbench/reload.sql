-- Deletes and inserts rows in one statement.
\set id random(1, :firms)
WITH gone AS (DELETE FROM lease WHERE firm BETWEEN :id AND :id + 20 RETURNING *) INSERT INTO lease SELECT * FROM gone;
