\set ECHO none
\i sql/tap.psql
BEGIN;
SELECT plan(50);
SET LOCAL search_path = public, zjtx;
SET LOCAL client_min_messages = error;
SET LOCAL zjtx.as_of = '2025-06-30';

-- The states of tally and budget are types, so that engines can compute an aggregate in parts and send them.

CREATE TABLE firm (id int, region text, e jsonb);
INSERT INTO firm SELECT i, (ARRAY['east', 'west', '北'])[i % 3 + 1], jsonb_strip_nulls(jsonb_build_object(
	'region', '渝北区', 'main_revenue', nullif(i % 11, 5) * 3000000.37, 'rd_expense', i * 1000,
	'specialized_on', '2024-0' || i % 9 + 1 || '-15', 'little_giant_on', CASE WHEN i % 4 = 0 THEN '2024-07-01' END,
	'revenue', CASE i % 50 WHEN 0 THEN 1e30 WHEN 1 THEN NULL ELSE i * 100000 END))
	FROM generate_series(1, 400) i;
CREATE TABLE verdicts AS SELECT id, region, p, judge(e, p) AS v FROM firm,
	unnest('{yubei-2024-34,miit-2022-63,dazu-2022-92,cq-2022-23}'::text[]) p;
INSERT INTO verdicts VALUES (0, 'east', 'none', NULL), (401, 'west', 'mine',
	'[{"kind": "reward", "clause": "1", "status": "owed", "eligible": true, "amount": 99999999999999999999999.01,
	"low": 99999999999999999999999.01, "high": 99999999999999999999999.01},
	{"kind": "reward", "clause": "2", "status": "undecided", "low": 0, "offices": ["a \"quoted\" office", "乙"]}]');
SELECT cmp_ok(count(*), '>', 1500::bigint, 'verdicts') FROM verdicts;

-- Parts put together give what the aggregate gives at once; whatever the parts are.
CREATE TABLE parts (how text, t tally_state, b budget_state);
INSERT INTO parts
	SELECT 'one by one', partial_tally(v), partial_budget(v) FROM verdicts GROUP BY id, p UNION ALL
	SELECT 'by region', partial_tally(v), partial_budget(v) FROM verdicts GROUP BY region UNION ALL
	SELECT 'by policy', partial_tally(v), partial_budget(v) FROM verdicts GROUP BY p UNION ALL
	SELECT 'at once', partial_tally(v), partial_budget(v) FROM verdicts;
SELECT is(t, (SELECT tally(v) FROM verdicts), 'tally, ' || how)
	FROM (SELECT how, tally(t) AS t FROM parts GROUP BY how ORDER BY how COLLATE "C") x;
SELECT is(b, (SELECT budget(v) FROM verdicts), 'budget, ' || how)
	FROM (SELECT how, budget(b) AS b FROM parts GROUP BY how ORDER BY how COLLATE "C") x;
SELECT is((SELECT tally(t::text::tally_state) FROM parts WHERE how = 'one by one'), (SELECT tally(v) FROM verdicts),
	'tally, as text'),
	is((SELECT budget(b::text::budget_state) FROM parts WHERE how = 'one by one'), (SELECT budget(v) FROM verdicts),
	'budget, as text');
SELECT is_empty('SELECT how FROM parts '
	'WHERE t::text::tally_state::text <> t::text OR b::text::budget_state::text <> b::text',
	'what is written reads as it was');
SELECT is(partial_tally(v)::text, (SELECT t::text FROM parts WHERE how = 'at once'),
	'the order of rows does not matter')
	FROM (SELECT v FROM verdicts ORDER BY id DESC OFFSET 0) r;

-- In binary: written to a file and read again.
CREATE TABLE again (LIKE parts);
CREATE TABLE verdicts_again (id int, v verdict);
SELECT format('COPY %s TO %L (FORMAT binary)', query, file) AS send,
	format('COPY %I FROM %L (FORMAT binary)', into_, file)
	AS receive, clean
	FROM (VALUES ('parts', 'again', 'states')) x (query, into_, name),
	LATERAL (SELECT current_setting('data_directory') || '/zjtx-' || name || '-' || pg_backend_pid() AS file) f,
	LATERAL (SELECT format('COPY (SELECT) TO PROGRAM %L', 'cat > /dev/null; rm -f ' || file) AS clean) c \gset
\o /dev/null
:send;
:receive;
:clean;
\o
SELECT is((SELECT array_agg(a::text ORDER BY a::text) FROM again a),
	(SELECT array_agg(p::text ORDER BY p::text) FROM parts p),
	'states in binary');
SELECT format('COPY (SELECT id, v FROM verdicts) TO %L (FORMAT binary)', file) AS send,
	format('COPY verdicts_again FROM %L (FORMAT binary)', file) AS receive,
	format('COPY (SELECT) TO PROGRAM %L', 'cat > /dev/null; rm -f ' || file) AS clean
	FROM (SELECT current_setting('data_directory') || '/zjtx-verdicts-' || pg_backend_pid() AS file) f \gset
:send;
:receive;
:clean;
SELECT is_empty('SELECT id, v::text FROM verdicts EXCEPT ALL SELECT id, v::text FROM verdicts_again',
	'verdicts in binary');
SELECT is((SELECT array_agg(hash ORDER BY id, hash)
	FROM (SELECT id, zjtx_internal.verdict_hash(v) AS hash FROM verdicts) x),
	(SELECT array_agg(hash ORDER BY id, hash)
	FROM (SELECT id, zjtx_internal.verdict_hash(v) AS hash FROM verdicts_again) x),
	'and they are equal to those sent');
SELECT is((SELECT tally(v) FROM verdicts_again), (SELECT tally(v) FROM verdicts), 'and add up');

-- NULLs, and no rows.
SELECT is(partial_tally(NULL::verdict)::text, '[1,0]', 'nothing is added');
SELECT is(partial_tally(v)::text, NULL, 'without rows there is no state') FROM verdicts WHERE false;
SELECT is(tally(s), NULL, 'no states'), is(budget(b)::text, '(0.00,0.00,0.00,0,0,0,0)', 'no states')
	FROM (VALUES (NULL::tally_state, NULL::budget_state)) x (s, b);
SELECT is(tally(partial), NULL, 'an empty state and none')
	FROM (SELECT partial_tally(v) AS partial FROM verdicts WHERE false) x;

-- As window functions, by groups that are spilled, and with more rows than one by one.
SELECT is((SELECT array_agg(DISTINCT x::text) FROM (SELECT tally(v) OVER (PARTITION BY p) AS x FROM verdicts) w),
	(SELECT array_agg(DISTINCT x::text) FROM (SELECT tally(v) AS x FROM verdicts GROUP BY p) w), 'in a window');
SELECT is((SELECT array_agg(x::text ORDER BY id)
	FROM (SELECT id, budget(v) OVER (ORDER BY id ROWS 1 PRECEDING) AS x FROM
	verdicts WHERE p = 'yubei-2024-34' LIMIT 20) w), (SELECT array_agg(x::text ORDER BY id) FROM (SELECT a.id, (SELECT
	budget(v) FROM verdicts b WHERE b.p = a.p AND b.id BETWEEN a.id - 1 AND a.id) AS x FROM verdicts a
	WHERE a.p = 'yubei-2024-34' ORDER BY id LIMIT 20) w), 'in a moving window');

-- A state is a value: adding to it leaves it as it was.
SELECT is(t::text, before, 'a state in a table')
	FROM (SELECT t, t::text AS before, zjtx_internal.tally_add(t, v) AS more FROM parts, (
	SELECT v FROM verdicts WHERE id = 7 AND p = 'yubei-2024-34') x WHERE how = 'at once') y WHERE more IS NOT NULL;
SELECT is((SELECT zjtx_internal.tally_final(zjtx_internal.tally_combine(t, t)) FROM parts WHERE how = 'at once') ::text,
	(SELECT tally(t)::text FROM (SELECT t FROM parts WHERE how = 'at once' UNION ALL
	SELECT t FROM parts WHERE how = 'at once') x), 'a state and itself');
DO $$
DECLARE
	s zjtx.tally_state;
	b zjtx.budget_state;
	v zjtx.verdict;
BEGIN
	FOR v IN SELECT x.v FROM verdicts x LOOP
		s := zjtx_internal.tally_add(s, v);
		b := zjtx_internal.budget_add(b, v);
	END LOOP;
	INSERT INTO parts VALUES ('in a loop', s, b);
END $$;
SELECT is(tally(t), (SELECT tally(v) FROM verdicts), 'called by hand'), is(budget(b), (SELECT budget(v) FROM verdicts),
	'called by hand') FROM parts WHERE how = 'in a loop';

-- What is no state.
SELECT alike(pg_temp.error_of(format('SELECT %L::zjtx.tally_state', s)), '22P02: invalid %', 'refused: ' || s)
	FROM unnest(ARRAY['', '1', '{}', '[]', '[1]', '[2,0]', '[1,0,0]', '[1,1]', '[1,-1]', '[1,0.5]', '[1,"0"]', '[1,null]',
	'[1,[0]]', '[1,1,null,"1",null,null,null,null,null,1,0,0,0,0,0,0,0,0,0,0,0,0]',
	'[1,1,null,"1",null,null,"reward",null,null,1,0,-1,0,0,0,0,0,0,0,0,0,0]',
	'[1,1,null,"1",null,null,"reward",null,null,1,0,0,0,0,0,0,0,0.001,0,0,0,0]',
	'[1,1,null,"1",null,null,"reward",null,null,1,0,0,0,0,0,0,0,-1,0,0,0,0]']) s;
SELECT alike(pg_temp.error_of(format('SELECT %L::zjtx.budget_state', s)), '22P02: invalid %', 'refused: ' || s)
	FROM unnest(ARRAY['[1,0]', '[1,0,0,0,0,0,0,2,0,0,0,0]', '[1,0,0,0,0,0,0,0,0,0,0]', '[1,0,0,0,0,0,0,0,0,0,0,0,0]']) s;
SELECT is(left(pg_temp.error_of($$SELECT tally(s) FROM (SELECT '[1,1,null,"1",null,null,"reward",null,null,1,0,'
	'9223372036854775807,0,0,0,0,0,0,0,0,0,0]'::zjtx.tally_state
	FROM generate_series(1, 2)) x (s)$$), 5), '22003', 'counts that are too large');

SELECT * FROM finish();
ROLLBACK;
