-- Changes two enterprises in any order, with an older snapshot.
\set a random(1, :firms)
\set b random(1, :firms)
BEGIN ISOLATION LEVEL REPEATABLE READ;
UPDATE firm SET staff = staff + 1 WHERE id = :a;
INSERT INTO lease VALUES (:b, 5, 21);
UPDATE firm SET region = 'east' WHERE id = :b;
END;
