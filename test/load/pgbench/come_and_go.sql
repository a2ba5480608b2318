\set id random(1, :firms)
DELETE FROM firm WHERE id = :id;
INSERT INTO firm VALUES (:id, 'west', 1500000, 40) ON CONFLICT DO NOTHING;
