\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(16);

-- One key for a line: the same text in every relation and function that has lines, never NULL, unique in a document.

SELECT is(line_key('5-giant', NULL), '5-giant', 'a clause');
SELECT is(line_key('5-giant', 'recognised'), '5-giant/recognised', 'a stage');
SELECT is(line_key('', NULL), 'rule', 'a policy of one expression has an empty code in the ledger');
SELECT is(line_key(NULL, NULL), 'rule', 'and none in assess');

CREATE TEMP TABLE docs AS SELECT code, doc FROM policies
UNION ALL SELECT 'rule', 'a > 1'::policy
UNION ALL SELECT 'groups',
	$$policy p 't' fact a number 元 clause 1 reward stage s on 2024-01-01 pay a stage t on 2024-02-01 pay 1元
	clause 2 reward pay 3元 group g best of 1, 2 ladder rung r when a > 1元 rung q when a > 2元$$::policy;
SELECT is_empty('SELECT code, line FROM docs, assess(''{}''::jsonb, doc) GROUP BY code, policy, line '
	'HAVING line IS NULL OR count(*) > 1',
	'every document: lines are unique');
SELECT is_empty('SELECT line FROM docs, assess(''{}''::jsonb, doc) WHERE line IS DISTINCT FROM line_key(clause, stage)',
	'line_key makes them');
SELECT bag_eq('SELECT code, policy, line FROM docs, assess(''{}''::jsonb, doc)',
	'SELECT code, l.policy, l.line FROM docs, lines(judge(''{}''::jsonb, doc)) l', 'lines has the same');
SELECT bag_eq('SELECT DISTINCT code, policy, line FROM docs, assess(''{}''::jsonb, doc)',
	'SELECT code, (t).policy, (t).line FROM (SELECT code, unnest(tally(judge(''{}''::jsonb, doc))) t '
	'FROM docs GROUP BY code) s',
	'and tally');

-- The ledger.

SELECT store($$policy lines-1 '行' fact a number 元 null means 0
clause 1 reward stage s on 2024-01-01 pay a clause 2 reward pay a clause 3 subsidy per year pay a clause 4 when a > 0元
group g best of 1, 2 ladder rung r when a > 1元$$) IS NOT NULL AS stored \gset
CREATE TABLE firm (id int PRIMARY KEY, a numeric);
CREATE TRIGGER watch AFTER INSERT OR UPDATE ON firm FOR EACH ROW EXECUTE FUNCTION watch('firm', 'id', 'lines-1');
SET zjtx.as_of = '2025-06-30';
INSERT INTO firm VALUES (1, 5);
SELECT results_eq('SELECT line, period, payable FROM ledger ORDER BY line',
	$$VALUES ('1/s', NULL::int, false), ('2', NULL, false),
	('3', 2025, true), ('4', NULL, false), ('g', NULL, true), ('r', NULL, false)$$, 'entries name their line');
SELECT results_eq('SELECT line, period, owed FROM owed ORDER BY line', $$VALUES ('3', 2025, 5.00), ('g', NULL, 5.00)$$,
	'owed');
SELECT results_eq($$SELECT line, standing FROM standing('2025-06-30') ORDER BY line$$,
	$$VALUES ('1/s', 5.00), ('2', 5.00), ('3', 5.00), ('4', 1), ('g', 5.00), ('r', 1)$$, 'standing');
SELECT is_empty($$SELECT s.line FROM standing('2025-06-30') s JOIN firm f ON f.id = s.key::int
	LEFT JOIN lines(judge(f, 'lines-1')) l ON l.line = s.line AND l.period IS NOT DISTINCT FROM s.period
	WHERE l.line IS NULL$$, 'they join the answers');
SELECT is(pg_temp.error_of('INSERT INTO ledger (account, key, policy, code, line, payable, kind, old, new, judged_on)
	VALUES (''a'', ''1'', ''p'', ''1'', ''x'', false, ''owed'', 0, 1, ''2025-01-01'')') ~ '^428C9', true,
	'nobody else writes the key');

-- A clause of a used document as a member of a group.

SELECT store($$policy used-1 '被用' fact a number 元 null means 0 clause 1 reward pay a
	clause 2 reward stage s on 2024-01-01 pay a$$) IS NOT NULL AS stored \gset
SELECT store($$policy using-1 't' uses used-1 clause 1 reward pay 1元 clause used reward stage s on 2024-01-01 pay 1元
	group g best of 1, used-1/1, used-1/2$$) IS NOT NULL AS stored \gset
SELECT is((SELECT string_agg(line, ' ') FROM assess('{"a": 5}'::jsonb, 'using-1')),
	'1 used used/s used-1/1 used-1/2 g', 'has the code of its document in its key');
SELECT is(pg_temp.refusal($$policy p 't' uses used-1 clause 1 reward pay 1元
	clause used-1 reward stage 1 on 2024-01-01 pay 1元 group g best of 1, used-1/1$$),
	E'line 2, column 71: "used-1/1" is also a stage of clause "used-1" of this document\n'
	'HINT: Give the clause or its stage another code.',
	'which no stage has');
SELECT store($$policy using-1 't' uses used-1 clause 1 reward pay 1元 clause used-1 reward stage 2 on 2024-01-01 pay 1元
	group g best of 1, used-1/1$$) IS NOT NULL AS stored \gset
SELECT is((SELECT string_agg(line, ' ') FROM assess('{"a": 5}'::jsonb, 'using-1')),
	'1 used-1 used-1/2 used-1/1 g', 'but a stage of another code');

SELECT * FROM finish();
ROLLBACK;
