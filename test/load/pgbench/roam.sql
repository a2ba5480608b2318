\set how random(1, 6)
SELECT roam(:how);
