\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(36);

-- The keys of a jsonb object give facts as columns do.

CREATE TEMP TABLE p AS SELECT $$policy j 'j' fact revenue number 元 '上年度营业收入' at least 0 fact region text '区县'
	fact titled boolean '称号' fact titled_on date '认定日' null means none
clause 1 when revenue >= 5000万元 and region = '渝北区' and titled and titled_on <= 2025-06-30$$::policy AS doc;

SELECT is(e |= doc, answer, description) FROM p, (VALUES
	('{"revenue": 50000000, "region": "渝北区", "titled": true, "titled_on": "2025-06-30"}'::jsonb, true, 'keys by name'),
	('{"上年度营业收入": 50000000, "区县": "渝北区", "称号": true, "认定日": "2025-06-30"}', true, 'keys by label'),
	('{"revenue": 50000000, "上年度营业收入": 1, "region": "渝北区", "区县": "x", "titled": true, "titled_on": "2025-06-30"}', true,
	'the name goes before the label'),
	('{"revenue": null, "上年度营业收入": 1, "region": "渝北区", "titled": true, "titled_on": "2025-06-30"}', NULL,
	'also where it is null'),
	('{"Revenue": 50000000, "region": "渝北区", "titled": true, "titled_on": "2025-06-30"}', NULL,
	'keys are compared exactly'),
	('{"revenue": 49999999.99, "region": "渝北区"}', false, 'one condition refutes'),
	('{"revenue": 5e7, "region": "渝北区", "titled": true, "titled_on": null}', false, 'null is none where it means none'),
	('{"revenue": 5e7, "region": "渝北区", "titled": true}', NULL, 'a key that is absent is unknown'),
	('{"revenue": 5e7, "region": "渝北区", "titled": null, "titled_on": "2025-06-30"}', NULL,
	'null is unknown where it does not mean none'),
	('{"revenue": -1, "region": "渝北区", "titled": true, "titled_on": "2025-06-30"}', NULL,
	'what is out of its range is unknown'),
	('{"other": {"revenue": 1}, "revenue": 5e7, "region": "渝北区", "titled": true, "titled_on": "2025-06-30", "x": [1, '
	'{"y": 2}]}', true,
	'other keys do not matter'),
	('{}', NULL, 'nothing')) rows (e, answer, description);
SELECT is('{"revenue": 1, "revenue": 50000000, "region": "x"}'::jsonb |!
	'revenue >= 5000万元 and region = ''x'' and y'::policy, '{y}',
	'the last of two keys counts, as jsonb has it');
SELECT is('{"a": "\u6e1d\u5317\u533a", "b": ""}'::jsonb |= 'a = ''渝北区'' and b = '''''::policy, true,
	'strings with escapes, and an empty one');
SELECT is('{"a": 0.30, "b": 1E+2, "c": 100000000000000000000000000000000000001, "d": -0.0}'::jsonb |=
	'a = 0.3 and b = 100 and c - 1 = 100000000000000000000000000000000000000 and d = 0'::policy,
	true, 'numbers of every form');
SELECT is(('{"a": 1' || repeat('0', 2000) || '}')::jsonb |= 'a > 1'::policy, true, 'a number of two thousand digits');
SELECT is((SELECT jsonb_object_agg('k' || i, i) FROM generate_series(1, 1000) i) |=
	'k1 = 1 and k500 = 500 and k1000 = 1000 and k1001 = 1'::policy,
	NULL, 'an object of a thousand keys');

-- Values that are not an object, and values of the wrong type.

SELECT is(pg_temp.error_of(format('SELECT %L::jsonb |= doc FROM pg_temp.p', e)),
	E'22023: the facts of policy "j" must be a jsonb object\nDETAIL: The value is ' || what ||
	E'.\nHINT: Write the facts as keys: {"revenue": 50000000}.', 'no object: ' || e) FROM (VALUES ('5', 'a scalar'),
	('"revenue"', 'a scalar'),
	('true', 'a scalar'), ('null', 'a scalar'), ('[]', 'an array'), ('[{"revenue": 1}]', 'an array')) values_ (e, what);
SELECT is(pg_temp.error_of(format('SELECT %L::jsonb |= doc FROM pg_temp.p', e)),
	'42804: key "' || fact || '" of the jsonb value cannot give the fact "' || fact || E'" of policy "j"\nDETAIL: ' ||
	detail, e) FROM (VALUES
	('{"revenue": "50000000"}', 'revenue', 'The fact is a number and this is a string.'),
	('{"revenue": true}', 'revenue', 'The fact is a number and this is a boolean.'),
	('{"revenue": [1]}', 'revenue', 'The fact is a number and this is an array or object.'),
	('{"revenue": 6e7, "region": 5}', 'region', 'The fact is a text and this is a number.'),
	('{"revenue": 6e7, "region": false}', 'region', 'The fact is a text and this is a boolean.'),
	('{"revenue": 6e7, "region": {"name": "渝北区"}}', 'region', 'The fact is a text and this is an array or object.'),
	('{"revenue": 6e7, "region": "渝北区", "titled": "true"}', 'titled', 'The fact is a boolean and this is a string.'),
	('{"revenue": 6e7, "region": "渝北区", "titled": 1}', 'titled', 'The fact is a boolean and this is a number.'),
	('{"revenue": 6e7, "region": "渝北区", "titled": true, "titled_on": true}', 'titled_on',
	'The fact is a date and this is a boolean.'),
	('{"revenue": 6e7, "region": "渝北区", "titled": true, "titled_on": "1.2.2025"}', 'titled_on',
	'The fact is a date, and the string is not of the form 2025-06-30.')) rows (e, fact, detail);
SELECT matches(pg_temp.error_of($$SELECT '{"上年度营业收入": "x"}'::jsonb |= doc FROM pg_temp.p$$),
	'^42804: key "上年度营业收入" of the jsonb value cannot give the fact "revenue" of policy "j"',
	'the key that was found is named');

-- to_jsonb of a row gives the same answers as the row.

CREATE TEMP TABLE e AS SELECT i AS id, CASE WHEN i % 5 > 0 THEN i * 3000000.25 END AS revenue,
	(ARRAY['渝北区', '巴南区', NULL])[i % 3 + 1] AS region,
	(ARRAY[true, true, false, NULL])[i % 4 + 1] AS titled,
	CASE WHEN i % 7 > 0 THEN '2025-06-01'::date + i END AS titled_on FROM generate_series(1, 60) i;
SELECT is((SELECT count(*) FROM e, p WHERE (e |= doc) IS DISTINCT FROM (to_jsonb(e) |= doc) OR (e |! doc) IS DISTINCT
	FROM (to_jsonb(e) |! doc)
	OR (e |# doc) IS DISTINCT FROM (to_jsonb(e) |# doc)), 0::bigint, 'sixty rows and their jsonb');
SELECT is((SELECT array[count(*) FILTER (WHERE e |= doc), count(*) FILTER (WHERE NOT e |= doc),
	count(*) FILTER (WHERE (e |= doc) IS NULL)]
	FROM e, p),
	(SELECT array[count(*) FILTER (WHERE c), count(*) FILTER (WHERE NOT c), count(*) FILTER (WHERE c IS NULL)]
	FROM (SELECT revenue >= 50000000
	AND region = '渝北区' AND titled AND coalesce(titled_on <= '2025-06-30', false) AS c FROM e) q),
	'and both as SQL answers');

SELECT * FROM finish();
ROLLBACK;
