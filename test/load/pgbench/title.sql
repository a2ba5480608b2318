-- Deferred trigger; a savepoint is rolled back.
\set id random(1, :firms)
\set next random(1, :firms)
\set day random(0, 200)
BEGIN;
INSERT INTO title VALUES (:id, date '2025-01-01' + :day::int) ON CONFLICT (firm) DO UPDATE
	SET listed_on = excluded.listed_on;
SAVEPOINT s;
UPDATE firm SET region = 'north' WHERE id = :id;
ROLLBACK TO s;
DELETE FROM title WHERE firm = :next;
END;
