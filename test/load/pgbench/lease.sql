-- Statements that change many enterprises.
\set id random(1, :firms)
\set rent random(15, 25)
UPDATE lease SET rent = :rent WHERE firm BETWEEN :id AND :id + 10;
DELETE FROM lease WHERE firm = :id AND area > 40;
INSERT INTO lease SELECT :id + i, 10 * i, :rent FROM generate_series(0, 3) i WHERE :id + i <= :firms;
