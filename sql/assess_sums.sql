\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL zjtx.as_of = '2025-06-30';
SELECT plan(17);

-- The lines of all shipped documents for random enterprises, compared with the other questions.

\i sql/random.psql
CREATE TEMP TABLE line AS SELECT f.id, a.* FROM firm f, zjtx.policies p, assess(f.e, p.code) a;
CREATE TEMP VIEW whole AS SELECT id, policy, coalesce(sum(amount) FILTER (WHERE kind IN ('reward', 'subsidy')), 0)
	AS amount,
	coalesce(sum(low) FILTER (WHERE kind IN ('reward', 'subsidy')), 0) AS low,
	CASE WHEN count(*) FILTER (WHERE kind IN ('reward', 'subsidy') AND low IS NOT NULL AND high IS NULL) = 0
		THEN coalesce(sum(high) FILTER (WHERE kind IN ('reward', 'subsidy')), 0) END AS high FROM line GROUP BY id,
		policy;
SELECT is_empty($$SELECT id, policy, w.amount, f.e |# policy FROM whole w JOIN firm f USING (id)
	WHERE (f.e |# policy) IS NOT NULL AND (f.e |# policy) <> w.amount$$,
	'the amounts add up to |#');
SELECT is_empty($$SELECT id, policy, w.low, w.high, r.* FROM whole w JOIN firm f USING (id), amount_range(f.e, policy) r
	WHERE (r.low, r.high) IS DISTINCT FROM (w.low, w.high)$$, 'the least and the most to amount_range');
SELECT is((SELECT count(*) > 5 FROM whole w JOIN firm f USING (id) WHERE f.e |# policy > 0) AND (SELECT count(*) > 100
	FROM line WHERE amount > 0), true, 'which is more than nothing for many');
SELECT is((SELECT count(*) > 50 FROM whole w WHERE low <> high), true, 'and open for many');

CREATE TEMP TABLE part_line AS SELECT f.id, f.e, p.*, l.eligible, l.amount, l.low, l.high, l.kind, l.status, l.missing
	FROM parts p CROSS JOIN firm f
	LEFT JOIN line l ON l.id = f.id AND l.policy = p.code AND l.clause = p.part AND l.stage IS NULL;
SELECT is_empty($$SELECT id, code, part, eligible FROM part_line WHERE kind IS NOT NULL AND eligible IS DISTINCT
	FROM (e |= as_of(doc, '2025-06-30'))$$,
	'each clause and rung is satisfied as it is when asked alone');
SELECT is_empty($$SELECT id, code, part, p.low, p.high, r.* FROM part_line p, amount_range(e, as_of(doc, '2025-06-30'))
	r WHERE p.low IS NOT NULL AND NOT rung AND status <> 'undetermined'
	AND (r.low, r.high) IS DISTINCT FROM (p.low, p.high)$$, 'each clause has the range that it has alone');
SELECT is_empty($$SELECT id, code, part, missing, e |! as_of(doc, '2025-06-30') FROM part_line
	WHERE kind IS NOT NULL AND NOT (missing @> (e |! as_of(doc, '2025-06-30'))
	AND missing <@ (e |! as_of(doc, '2025-06-30')) AND cardinality(missing) = cardinality(e |! as_of(doc,
	'2025-06-30')))$$,
	'each misses what it misses alone');
SELECT is((SELECT string_agg(DISTINCT code || '/' || part, ' ') FROM part_line WHERE kind IS NULL),
	(SELECT string_agg(policy || '/' || code, ' ' ORDER BY policy, code)
	FROM provisions WHERE subject <> 'enterprise' AND kind IN ('reward', 'subsidy', 'tax', 'points', 'eligibility')),
	'only those of platforms and regions have no line');
SELECT is_empty($$SELECT * FROM (SELECT id, policy, clause, sum(amount) AS amount, min(low) AS low, min(high) AS high
	FROM line WHERE kind <> 'rung' GROUP BY 1, 2, 3) s
	WHERE low = high AND amount IS DISTINCT FROM low$$, 'the amounts of a clause and its stages are what it pays');

-- Statuses.

SELECT is_empty($$SELECT * FROM line WHERE (status IN ('refused', 'to come') AND eligible IS DISTINCT FROM false)
	OR (status IN ('satisfied', 'undetermined', 'nothing', 'owed', 'capped') AND eligible IS NOT TRUE)
	OR (status = 'undecided' AND eligible IS FALSE)$$, 'a status says whether it is eligible');
SELECT is_empty($$SELECT * FROM line WHERE (status IN ('refused', 'to come', 'nothing') AND amount <> 0)
	OR (status = 'owed' AND amount <= 0)
	OR (status IN ('satisfied', 'undetermined') AND (amount IS NOT NULL OR low IS NOT NULL))
	OR (status = 'undecided' AND amount <> 0)$$, 'and what is paid');
-- two clauses have no threshold in the text, so no fact can decide them
SELECT is_empty($$SELECT * FROM line WHERE status = 'undecided' AND missing = '{}'
	AND (policy, clause) NOT IN (('cq-2022-23', '5c'), ('dazu-2022-92', '14b'))
	OR status <> 'undecided' AND missing <> '{}'$$, 'what is undecided misses facts, and nothing else does');
SELECT set_has($$SELECT DISTINCT status FROM line$$,
	$$SELECT unnest('{undecided,refused,to come,satisfied,undetermined,nothing,owed,capped}'::text[])$$,
	'every status is there');

-- Each value of a deciding fact gives an answer within the range found while it was unknown.

CREATE TEMP TABLE without AS SELECT l.*, f.e - l.missing AS less, f.e FROM line l JOIN firm f USING (id)
	WHERE status = 'undecided' AND stage IS NULL;
SELECT is_empty($$SELECT * FROM without w,
	LATERAL (SELECT w.e || (SELECT coalesce(jsonb_object_agg(name, pg_temp.random_scalar(name || w.id || 'more', type,
	unit, low, high, texts)), '{}')
	FROM random_facts WHERE name = ANY (w.missing) AND type <> 'list') AS more) m, assess(m.more, w.policy) a
	WHERE a.clause = w.clause AND a.stage IS NULL AND w.id <= 20 AND (a.low < w.low OR a.high > w.high
	OR (w.eligible AND a.eligible IS NOT TRUE))$$, 'more facts narrow a line');

SELECT is((SELECT count(*) > 50 FROM without), true, 'many are undecided');

-- assess(e) returns the rows of each document.

SELECT is_empty($$SELECT * FROM firm f, assess(f.e) a WHERE f.id <= 30 EXCEPT SELECT f.id, f.e, a.* FROM firm f,
	in_force('2025-06-30') i, assess(f.e, i.policy) a WHERE f.id <= 30$$,
	'assess(e) has the lines of the documents in force');
SELECT is((SELECT count(*) FROM firm f, assess(f.e) a WHERE f.id <= 30), (SELECT count(*) FROM firm f,
	in_force('2025-06-30') i, assess(f.e, i.policy) a WHERE f.id <= 30), 'and no others');

SELECT * FROM finish();
ROLLBACK;
