\set id random(1, :firms)
\set revenue random(0, 300)
\set staff random(0, 70)
UPDATE firm SET revenue = nullif(:revenue, 7) * 10000, staff = :staff WHERE id = :id;
