\set ECHO none
\i sql/tap.psql
BEGIN;
\i sql/judge.psql
SET LOCAL client_min_messages = error;
SELECT plan(20);

-- Facts that are generated columns.  From 18 on they are virtual: a row on a page does not have them.

SELECT CASE WHEN current_setting('server_version_num')::int >= 180000 THEN 'VIRTUAL' ELSE 'STORED' END AS kind \gset
CREATE TABLE firm (id int PRIMARY KEY, wan int, staff int GENERATED ALWAYS AS (nullif(wan % 50, 7)) :kind,
	income numeric GENERATED ALWAYS AS (wan * 10000.5) :kind, note text GENERATED ALWAYS AS ('firm ' || wan::text) :kind);
INSERT INTO firm (id, wan) SELECT i, i % 90 FROM generate_series(1, 1500) i;
CREATE TABLE part (LIKE firm INCLUDING GENERATED) PARTITION BY RANGE (id);
CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM (0) TO (700);
CREATE TABLE part_2 PARTITION OF part FOR VALUES FROM (700) TO (9999);
INSERT INTO part (id, wan) SELECT id, wan FROM firm;
CREATE TABLE plain AS SELECT * FROM firm;
ANALYZE firm, part, plain;
SELECT store($$
policy generated '生成'
fact income number 元
fact staff number 人
clause 1 reward when staff >= 20人 and income > 300000元 pay income * 10%
ladder 'L'
  rung r '级' when income / staff >= 10000元
$$) \g /dev/null

SELECT is(pg_temp.compare(query), 'the same', query),
	is(pg_temp.answers(query, true), pg_temp.answers(regexp_replace(query, 'firm|part', 'plain', 'g'), false), 'as stored')
FROM (VALUES
($$SELECT id, e |= 'generated', e |^ 'generated', e |# 'generated' FROM firm e$$),
($$SELECT id, e |= 'generated', e |^ 'generated', e |# 'generated' FROM part e$$),
($$SELECT sum(e |# 'generated'), max(note) FROM firm e WHERE e |= 'generated' AND note LIKE '%1'$$),
($$SELECT e |^ 'generated', count(*), sum(e |# 'generated'), sum(staff) FROM part e GROUP BY 1$$),
($$SELECT a.id, b |# 'generated' FROM firm a JOIN part b ON b.id = a.wan * 3$$)) q (query);
SELECT is(pg_temp.answers(query, true), pg_temp.answers(replace(query, 'firm', 'plain'), false), query) FROM (VALUES
($$SELECT id, e |= 'staff > 20' FROM firm e$$),
($$SELECT id, judge(e, 'generated')::text FROM firm e$$),
($$SELECT id, missing(e, 'generated') FROM firm e$$),
($$SELECT a.id, b |# 'generated' FROM firm a LEFT JOIN firm b ON b.id = a.wan * 30$$),
($$SELECT id FROM firm e WHERE e |= 'staff > 20 and income < 500000'::policy$$)) q (query);

-- The ledger, and triggers.
SET LOCAL zjtx.batch = on;
CALL sweep('firm', 'id', '{generated}');
SELECT is((SELECT sum(new - old) FROM ledger WHERE account = 'public.firm' AND payable),
	(SELECT sum(e |# 'generated') FROM plain e), 'a sweep');
CREATE TRIGGER watched AFTER INSERT OR UPDATE ON firm FOR EACH ROW EXECUTE FUNCTION watch('firm', 'id', 'generated');
INSERT INTO firm (id, wan) VALUES (2001, 40);
UPDATE firm SET wan = 90 WHERE id = 2001;
SELECT results_eq($$SELECT old, new FROM ledger WHERE key = '2001' AND payable ORDER BY id$$,
	$$VALUES (0.00, 40002.00), (40002.00, 90004.50)$$, 'a trigger');
SELECT lives_ok($$SELECT publish('firm', 'generated', 'firm_answers')$$, 'a view is published');
SELECT is((SELECT total_amount FROM firm_answers WHERE id = 2001), 90004.50, 'it has the amount');
SELECT is((SELECT sum(total_amount) FROM firm_answers WHERE id < 2001), (SELECT sum(e |# 'generated') FROM plain e),
	'of all rows');

SELECT * FROM finish();
ROLLBACK;
