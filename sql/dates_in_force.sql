\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET DateStyle = ISO;
SELECT plan(24);

-- The days on which a document is in force: "through" a day includes it, "until" a day does not.

CREATE FUNCTION pg_temp.plan(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY
	EXECUTE 'EXPLAIN (COSTS off, VERBOSE) ' || query; END $$;
CREATE TEMP TABLE documents AS SELECT written, language, source::policy AS doc FROM (VALUES
	('through', 'en', $$policy force-1 'Grants' in force from 2024-07-01 through 2025-12-31 fact n number
	clause 1 reward when n > 1 pay 2元$$),
	('until', 'en', $$policy force-1 'Grants' in force from 2024-07-01 until 2026-01-01 fact n number clause 1 reward
	when n > 1 pay 2元$$),
	('through', 'zh', $$政策 force-1 '奖补' 施行 自 2024-07-01 至 2025-12-31 事实 n 数 条款 1 奖励 当 n > 1 给予 2元$$),
	('until', 'zh', $$政策 force-1 '奖补' 施行 自 2024-07-01 止于 2026-01-01 事实 n 数 条款 1 奖励 当 n > 1 给予 2元$$)) d (written,
	language, source);
CREATE TEMP TABLE days AS SELECT day, in_force FROM (VALUES
	('2024-06-30'::date, false), ('2024-07-01', true), ('2025-12-31', true), ('2026-01-01', false), (NULL, NULL)) d
	(day, in_force);
CREATE TEMP TABLE enterprise (as_of date, n int);
INSERT INTO enterprise SELECT day, 3 FROM days;

SELECT is((SELECT string_agg(format('%s, %s: %s', written, language, day), '; ')
	FROM documents, days, assess(jsonb_build_object('n', 3, 'as_of', day), doc) a WHERE a.in_force IS DISTINCT
	FROM days.in_force), NULL, 'jsonb');
SELECT is((SELECT string_agg(format('%s, %s: %s', written, language, as_of), '; ')
	FROM documents, enterprise e JOIN days ON as_of IS NOT DISTINCT FROM day, assess(e, doc) a
	WHERE a.in_force IS DISTINCT FROM days.in_force), NULL, 'rows');
SELECT is((SELECT string_agg(format('%s, %s: %s', written, language, day), '; ')
	FROM documents, days, LATERAL assess('{"n": 3}'::jsonb, as_of(doc, day)) a WHERE day IS NOT NULL
	AND a.in_force IS DISTINCT FROM days.in_force), NULL,
	'a policy bound to a day');
SELECT is((SELECT string_agg(as_of::text || ' ' || a.in_force::text, ', ' ORDER BY as_of) FROM enterprise e,
	assess(e, $$policy p 'p' in force from 2024-07-01 through 2025-12-31 fact n number clause 1 reward when n > 1
	pay 2元$$::policy) a),
	'2024-06-30 false, 2024-07-01 true, 2025-12-31 true, 2026-01-01 false', 'a constant policy');
SELECT alike((SELECT string_agg(line, E'\n') FROM pg_temp.plan($$SELECT a.in_force FROM enterprise e,
	assess(e, $p$policy p 'p' in force from 2024-07-01 through 2025-12-31 fact n number clause 1 reward when n > 1
	pay 2元$p$::policy) a$$) line),
	'%assess_facts%as_of%', 'the planner passes the day along');
SELECT alike((SELECT string_agg(line, E'\n') FROM pg_temp.plan($$SELECT e |#
	$p$policy p 'p' in force from 2024-07-01 through 2025-12-31 fact n number clause 1 reward when n > 1
	pay 2元$p$::policy FROM enterprise e$$) line),
	'%amount_facts%''n''%', 'and only where it matters');
SELECT is((SELECT array_agg(DISTINCT a.in_force) FROM assess('{"n": 3}'::jsonb, source::policy) a), in_force,
	description) FROM (VALUES
	('policy p ''p'' fact n number clause 1 when n > 1', '{t}'::boolean[],
	'a document without days is in force on any, also on an unknown one'),
	('n > 1', '{t}', 'so is a rule'),
	('as of 2024-05-05 policy p ''p'' in force from 2024-05-05 fact n number clause 1 when n > 1', '{t}',
	'the first day'),
	('as of 2024-05-04 policy p ''p'' in force from 2024-05-05 fact n number clause 1 when n > 1', '{f}',
	'the day before'),
	('as of 9999-12-31 policy p ''p'' in force from 2024-05-05 fact n number clause 1 when n > 1', '{t}',
	'without a last day'),
	('as of 2024-05-05 policy p ''p'' in force from 2024-05-05 through 2024-05-05 fact n number clause 1 when n > 1',
	'{t}', 'in force for one day')
	) documents (source, in_force, description);
SELECT is((SELECT array_agg(DISTINCT a.status || ' ' || a.in_force)
	FROM assess('{"n": 3, "as_of": "2030-01-01"}'::jsonb, doc) a), '{"owed false"}',
	'out of force the answers and their status are the same')
FROM documents WHERE language = 'en' AND written = 'through';
CREATE TEMP TABLE odd (as_of text, n int);
INSERT INTO odd VALUES ('yesterday', 3);
SELECT is((SELECT array_agg(e |= doc) FROM odd e), '{t}',
	'a column as_of that is no date matters only to questions about the day')
FROM documents WHERE language = 'en' AND written = 'through';

-- The first line of an explanation says so.

SELECT is((SELECT string_agg(split_part(explain(jsonb_build_object('n', 3, 'as_of', day), doc), E'\n', 1), E'\n'
	ORDER BY language, day) FROM documents, days
	WHERE written = kind), says, 'explain: ' || kind) FROM (VALUES
	('through', 'Grants, as of 2024-06-30, not yet in force: from 2024-07-01
Grants
Grants
Grants, as of 2026-01-01, no longer in force: through 2025-12-31
Grants
奖补，判断日 2024-06-30，尚未施行：自 2024-07-01 起施行
奖补
奖补
奖补，判断日 2026-01-01，不再施行：施行至 2025-12-31
奖补'),
	('until', 'Grants, as of 2024-06-30, not yet in force: from 2024-07-01
Grants
Grants
Grants, as of 2026-01-01, no longer in force: through 2025-12-31
Grants
奖补，判断日 2024-06-30，尚未施行：自 2024-07-01 起施行
奖补
奖补
奖补，判断日 2026-01-01，不再施行：施行至 2025-12-31
奖补')) kinds (kind, says);
SELECT is((SELECT string_agg(coalesce(explain_json(jsonb_build_object('n', 3, 'as_of', day), doc) -> 0 ->> 'in_force',
	'-'), ' ' ORDER BY day) FROM documents, days
	WHERE written = 'until' AND language = 'en'), 'false - - false -', 'explain_json says so too');

-- Stored.

SELECT store(source) FROM (VALUES
	('policy force-2 ''F'' in force from 2024-07-01 through 2025-12-31 fact n number clause 1 reward when n > 1 pay '
	'2元'),
	('policy force-s1 ''S'' series force-s in force from 2024-01-01 through 2024-12-31 fact n number clause 1 when n > '
	'1'),
	('policy force-s2 ''S'' series force-s in force from 2025-01-01 fact n number clause 1 when n > 2')) s
	(source) \g /dev/null
SELECT is((SELECT in_force FROM policies WHERE code = 'force-2'), '[2024-07-01,2026-01-01)',
	'the days of a stored document');
SELECT is((SELECT string_agg(day || ' ' || (SELECT string_agg(f.policy, ' ') FROM in_force(day) f
	WHERE f.policy = 'force-2'), ', ' ORDER BY day) FROM days WHERE day IS NOT NULL AND days.in_force),
	'2024-07-01 force-2, 2025-12-31 force-2', 'in_force agrees');
SELECT is((SELECT string_agg(day::text, ', ' ORDER BY day) FROM days, in_force(day) f WHERE f.policy = 'force-2'
	AND NOT days.in_force), NULL, 'on both sides');
SELECT is((SELECT string_agg(concat_ws(' ', day, a.policy, a.in_force), ', ' ORDER BY day, policy)
	FROM (VALUES ('2024-12-31'), ('2025-01-01')) d (day),
	assess(jsonb_build_object('n', 3, 'as_of', day), 'force-s') a), '2024-12-31 force-s1 t, 2025-01-01 force-s2 t',
	'a series answers by the version in force');
SELECT is((SELECT string_agg(concat_ws(' ', a.policy, coalesce(a.in_force::text, 'unknown')), ', ' ORDER BY policy) FROM
	assess('{"n": 3, "as_of": null}'::jsonb, 'force-s') a), 'force-s1 unknown, force-s2 unknown',
	'on an unknown day that is unknown');
SELECT is((SELECT array_agg(DISTINCT a.in_force) FROM assess('{"n": 3, "as_of": "2025-05-05"}'::jsonb) a), '{t}',
	'assess(e) has what is in force');
SELECT is((SELECT a.in_force FROM assess('{"n": 3, "as_of": "2026-05-05"}'::jsonb, 'force-2') a), false,
	'a document asked by name out of force');

SELECT * FROM finish();
ROLLBACK;
