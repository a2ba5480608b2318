\set id random(1, :firms)
SELECT count(*) FROM facts e, assess(e) WHERE id = :id;
SELECT length(explain(e, 'load-moving')) FROM facts e WHERE id = :id;
SELECT count(*) FROM facts e, gap(e, 'load-fixed') WHERE id = :id;
SELECT tally(judge(e, 'load-moving')) FROM facts e WHERE id BETWEEN :id AND :id + 20;
SELECT sum(due), sum(overpaid) FROM owed WHERE account = 'public.facts' AND key = :id::text;
