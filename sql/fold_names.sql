\set ECHO none
\i sql/tap.psql
BEGIN;
SELECT plan(67);
SET LOCAL search_path = public, zjtx;
-- a policy without a day warns
SET LOCAL client_min_messages = error;
SET LOCAL zjtx.as_of = '2025-06-30';
SET LOCAL datestyle = iso;

-- zjtx.fold_names puts the value of a stored policy, bound to the day judged, in place of its name.

CREATE FUNCTION pg_temp.document(bound int, version int) RETURNS text LANGUAGE sql AS $$
	SELECT format('policy fold-%s ''A title'' series fold in force from %s-01-01 fact region text ''district'' '
		'fact x number ''x'' fact y number ''y'' fact d date ''d'' define least_x = %s '
		'clause 1 ''one'' reward when region = ''渝北区'' and x >= least_x and y / x > 10%% pay 5元 '
		'clause 2 ''two'' reward when d > as_of and x >= least_x pay 3元 '
		'ladder ''l'' rung low ''L'' when x >= least_x rung high ''H'' when x >= 2 * least_x', version, version, bound)
$$;
SELECT is(store(pg_temp.document(10, 2023)), 'fold-2023', 'a document'),
	is(store(pg_temp.document(20, 2025)), 'fold-2025', 'its next version');
CREATE TABLE t (id int PRIMARY KEY, region text, x numeric, y numeric, d date, other text);
INSERT INTO t SELECT i, (ARRAY['渝北区', '巴南区', NULL])[1 + i % 3], nullif(i % 41, 7), i % 7, date '2024-06-01' + i * 7,
	'other' FROM generate_series(1, 200) i;
CREATE VIEW with_day AS SELECT *, CASE WHEN id % 3 = 0 THEN date '2024-06-01' WHEN id % 3 = 1 THEN date '2026-01-31' END
	AS as_of FROM t;
CREATE VIEW as_jsonb AS SELECT id, to_jsonb(t) AS e FROM t;
ANALYZE t;

CREATE FUNCTION pg_temp.plan(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	result text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (VERBOSE, COSTS OFF) ' || query LOOP
		result := result || line || E'\n';
	END LOOP;
	RETURN result;
END $$;

-- Off by default.
SELECT unalike(pg_temp.plan($$SELECT e |# 'fold-2025' FROM t e$$), '%fact region%', 'off: no document in the plan');

-- The same answers with the setting and without, and a plan in which the value is a constant.
CREATE FUNCTION pg_temp.same(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	asked text := format('SELECT md5(string_agg(q::text, E''\n'' ORDER BY q::text)) FROM (%s) q', query);
	by_name text;
	folded text;
	plan text;
BEGIN
	SET LOCAL zjtx.fold_names = off;
	EXECUTE asked INTO by_name;
	SET LOCAL zjtx.fold_names = on;
	EXECUTE asked INTO folded;
	plan := pg_temp.plan(query);
	SET LOCAL zjtx.fold_names = off;
	RETURN CASE WHEN by_name IS NULL THEN 'no answer' WHEN by_name IS DISTINCT FROM folded THEN 'DIFFERENT'
		WHEN plan ~ '\mstands|#[0-9]{5}|''fold' THEN 'a name in the plan: ' || plan
		WHEN plan ~ 'fact x number' THEN 'folded' ELSE plan END;
END $$;
SELECT is(pg_temp.same(format('SELECT id, e |= %1$s, e |# %1$s, e |! %1$s, e |^ %1$s, judge(e, %1$s),
	amount_range(e, %1$s), next_change(e, %1$s) FROM %2$s e', form, relation)), 'folded', form || ' of ' || relation)
FROM (VALUES ($$'fold-2023'$$), ($$'fold'$$), ($$stored('fold')$$), ($$as_of('fold', '2024-12-31')$$),
	($$amend('fold-2025', 'define least_x = 30')$$), ($$as_of(stored('fold-2025'), '2024-12-31')$$)) f (form),
	(VALUES ('t'), ('with_day')) r (relation);
SELECT is(pg_temp.same(query), 'folded', query) FROM (VALUES
	($$SELECT id FROM t e WHERE e |= 'fold-2025/1'$$),
	($$SELECT id FROM t e WHERE NOT (e |= 'fold/2')$$),
	($$SELECT id FROM t e WHERE e |= (stored('fold-2025') -> '1')$$),
	($$SELECT sum(e |# 'fold'), count(*) FILTER (WHERE e |= 'fold-2023/1') FROM with_day e$$),
	($$SELECT e |^ 'fold', count(*) FROM t e GROUP BY 1$$),
	($$SELECT e |= 'fold/1', region, count(*) FROM t e GROUP BY ROLLUP (e |= 'fold/1', region)$$),
	($$SELECT id, a.* FROM t e, assess(e, 'fold') a$$),
	($$SELECT id, l.line, l.amount FROM t e, lines(judge(e, 'fold')) l WHERE l.eligible$$),
	($$SELECT tally(judge(e, 'fold')), budget(judge(e, 'fold')) FROM t e$$),
	($$SELECT id, c.* FROM t e, changes_ahead(e, 'fold', '2026-12-31') c$$),
	($$SELECT id, c.* FROM t e, over_days(e, 'fold', '2024-12-01', '2025-03-01', '1 month') c$$),
	($$SELECT id, c.* FROM t e, differences(e, 'fold-2023', 'fold-2025') c$$),
	($$SELECT id, e |= 'fold', e |# 'fold', e |! 'fold', e |^ 'fold', judge(e, 'fold') FROM as_jsonb$$),
	($$SELECT id FROM as_jsonb WHERE e |= 'fold-2025/1'$$),
	($$SELECT e.id FROM t e LEFT JOIN t f ON f.id = e.id * 2 AND f |= 'fold' WHERE e |= 'fold-2023/1'$$),
	($$SELECT id FROM t e WHERE EXISTS (SELECT FROM with_day f WHERE f.id = e.id + 1 AND f |= 'fold')$$),
	($$SELECT id, (SELECT f |# 'fold' FROM t f WHERE f.id = e.id) FROM t e$$)) q (query);

-- What is an error stays one, and only for a row that is asked.
SET LOCAL zjtx.fold_names = on;
SELECT alike(pg_temp.error_of($$SELECT e |= 'fold-none' FROM t e$$), '42704:%', 'a name that means nothing'),
	is(pg_temp.error_of($$SELECT e |= 'fold-none' FROM t e WHERE id < 0$$), 'no error', 'without a row');

-- A prepared statement answers for the day of the session and the document of the day, whatever the plan was made for.
SET LOCAL plan_cache_mode = force_generic_plan;
PREPARE p AS SELECT count(*) FILTER (WHERE e |= 'fold-2025/2') FROM t e;
CREATE FUNCTION pg_temp.count() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE 'EXECUTE p' INTO result;
	RETURN result;
EXCEPTION WHEN serialization_failure THEN
	RETURN SQLERRM;
END $$;
CREATE FUNCTION pg_temp.expected(day date, bound int) RETURNS text LANGUAGE sql AS
	$$SELECT count(*)::text FROM public.t WHERE d > day AND x >= bound$$;
SELECT is(pg_temp.count(), pg_temp.expected('2025-06-30', 20), 'a prepared statement');
SET LOCAL zjtx.as_of = '2025-12-31';
SELECT is(pg_temp.count(), pg_temp.expected('2025-12-31', 20), 'on another day, at once');
SAVEPOINT s;
SET LOCAL zjtx.as_of = '2026-12-31';
SELECT is(pg_temp.count(), pg_temp.expected('2026-12-31', 20), 'and another');
ROLLBACK TO s;
SELECT is(pg_temp.count(), pg_temp.expected('2025-12-31', 20), 'and back, where the setting is rolled back');
SELECT is(store(pg_temp.document(30, 2025)), 'fold-2025', 'another document');
SELECT is(pg_temp.count(), pg_temp.expected('2025-12-31', 30), 'is asked at once');
SAVEPOINT s;
SELECT is(store(pg_temp.document(35, 2025)), 'fold-2025', 'a document that is rolled back');
SELECT is(pg_temp.count(), pg_temp.expected('2025-12-31', 35), 'is asked until then');
ROLLBACK TO s;
SELECT is(pg_temp.count(), pg_temp.expected('2025-12-31', 30), 'and not later');

-- Midnight: the time zone moves today, and nothing invalidates the plan.
SET LOCAL zjtx.as_of = '';
SET LOCAL timezone = 'Pacific/Kiritimati';
UPDATE t SET d = current_date WHERE id = 199;
UPDATE t SET x = 40 WHERE id = 199;
CREATE FUNCTION pg_temp.today() RETURNS text LANGUAGE sql AS $$SELECT pg_temp.expected(current_date, 30)$$;
SELECT is(pg_temp.count(), pg_temp.today(), 'today');
SET LOCAL timezone = 'Pacific/Pago_Pago';
SELECT is(pg_temp.count(),
	'policy "fold-2025/2" is judged for another day than that for which the statement was planned',
	'yesterday''s plan does not answer today');
SELECT is(pg_temp.count(), pg_temp.today(), 'the next execution does');
SELECT isnt(pg_temp.today(), (SELECT pg_temp.expected(current_date + 1, 30)), 'which is another answer');

-- An expression that is evaluated without a plan of its own keeps the name.
SET LOCAL zjtx.as_of = '2025-06-30';
CREATE FUNCTION pg_temp.asked(e t) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RETURN e |= 'fold-2025/2'; END $$;
SELECT is(pg_temp.asked(ROW(1, '', 40, 1, '2025-07-31', '')::t), true, 'in PL/pgSQL');
SET LOCAL zjtx.as_of = '2025-07-31';
SELECT is(pg_temp.asked(ROW(1, '', 40, 1, '2025-07-31', '')::t), false, 'on another day');

-- A plan is for the user who made it: row security may hide the document from another.
CREATE ROLE fold_reader;
GRANT SELECT ON t TO fold_reader;
GRANT USAGE ON SCHEMA zjtx TO fold_reader;
CREATE POLICY theirs ON policies FOR SELECT TO fold_reader USING (code <> 'fold-2025');
ALTER TABLE policies ENABLE ROW LEVEL SECURITY;
SELECT is(pg_temp.count() ~ '^[0-9]+$', true, 'the owner asks');
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA pg_temp TO fold_reader;
SET LOCAL ROLE fold_reader;
SELECT alike(pg_temp.error_of('EXECUTE p'), '42704: there is no stored policy "fold-2025"%', 'the document is hidden');
RESET ROLE;
ALTER TABLE policies DISABLE ROW LEVEL SECURITY;

-- fingerprint(): comments and white space do not count, everything else does.
CREATE TEMP TABLE f AS SELECT fingerprint() AS before;
SELECT matches(before, '^[0-9a-f]{16}$', 'a fingerprint') FROM f;
SELECT is(store(pg_temp.document(30, 2025) || E' -- a comment\n'), 'fold-2025', 'with a comment');
SELECT is(fingerprint(), before, 'the same') FROM f;
SELECT is(store(pg_temp.document(31, 2025)), 'fold-2025', 'another bound');
SELECT isnt(fingerprint(), before, 'another') FROM f;
SELECT is(store('policy fold-draft ''d'' fact x number clause 1 when x > 1', draft => true), 'fold-draft', 'a draft');
SELECT is(store(pg_temp.document(30, 2025)), 'fold-2025', 'the bound again');
SELECT is(fingerprint(), before, 'drafts do not count') FROM f;
SELECT is(fingerprint(a) = fingerprint(b), same, a::text) FROM (VALUES
	(E'n > 1'::policy, E'  n>\n\t1 -- more'::policy, true), ('n > 1', 'n > 10', false),
	('n > 12', 'n > 1 or n > 2', false),
	('t = ''a b''', 't = ''a  b''', false), ('as of 2025-01-01 n > 1', 'as of 2025-01-02 n > 1', false),
	('n 大于 1', E'n\u3000大于 1', true)) p (a, b, same);

-- A name that another server planned with another document.
SELECT is(regexp_replace(pg_temp.error_of($$SELECT zjtx_internal.eligible_facts('fold-2025/1', '#1 x', x) FROM t$$),
	'[0-9a-f]{16}',
	'…'), E'55000: policy "fold-2025/1" has another text on this node than where the statement was planned\n'
	'DETAIL: The nodes hold different documents. The fingerprint of those on this node is ….\n'
	'HINT: Store the same documents on every node and compare zjtx.fingerprint(), or SET zjtx.fold_names = on where the '
	'statement is planned: a policy then travels as a value.', 'another document');
SELECT alike(pg_temp.error_of($$SELECT zjtx_internal.eligible_facts('fold-none', '#1 x', x) FROM t$$),
	'55000: there is no stored policy "fold-none" on this node, but there is one where the statement was planned%',
	'no document');

SELECT * FROM finish();
ROLLBACK;
