\set a random(1, :firms)
\set b random(1, :firms)
BEGIN ISOLATION LEVEL SERIALIZABLE;
SELECT e |# 'load-fixed' FROM facts e WHERE id = :b;
UPDATE firm SET revenue = (SELECT revenue FROM firm WHERE id = :b) WHERE id = :a;
END;
