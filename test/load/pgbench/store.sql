\set k random(1, 9)
SELECT store(law('load-moving', :k));
