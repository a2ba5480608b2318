\set how random(1, 2)
SELECT rekey(:how);
