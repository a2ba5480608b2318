\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL zjtx.as_of = '2025-06-30';
SELECT plan(59);

-- A verdict has the lines of assess in one value.

SELECT store($$
policy line-2025 'Lines' in force from 2025-01-01
fact region text in ('east', 'west')
fact revenue number 元 at least 0
fact staff number 人 at least 0
fact won_on date null means none
clause 1 'a "figure"' reward when staff >= 10人 pay revenue cap 20万元
clause 2 'per year' subsidy per year when region = 'east' pay revenue * 2
clause 3 reward cap 8元 when region = 'east' stage won on won_on pay 10元
clause 4 'no figure' subsidy when staff >= 10人 pay undetermined
ladder rung low 'low' when staff >= 10人
$$);
SELECT is(judge('{"region": "east", "revenue": 200000.01, "staff": 10, "won_on": "2025-07-01"}'::jsonb,
	'line-2025')::text,
	'[{"policy": "line-2025", "clause": "1", "title": "a \"figure\"", "kind": "reward", "unit": "元", "eligible": true, '
	'"status": "capped", "amount": 200000.00, "low": 200000.00, "high": 200000.00}, '
	'{"policy": "line-2025", "clause": "2", "title": "per year", "kind": "subsidy", "unit": "元", "eligible": true, '
	'"status": "owed", "period": 2025, "amount": 400000.02, "low": 400000.02, "high": 400000.02}, '
	'{"policy": "line-2025", "clause": "3", "kind": "reward", "unit": "元", "eligible": false, "status": "to come", '
	'"low": 0.00, "high": 0.00}, '
	'{"policy": "line-2025", "clause": "3", "stage": "won", "kind": "reward", "unit": "元", "eligible": false, '
	'"status": "to come", "amount": 0.00}, '
	'{"policy": "line-2025", "clause": "4", "title": "no figure", "kind": "subsidy", "unit": "元", "eligible": true, '
	'"status": "undetermined"}, '
	'{"policy": "line-2025", "clause": "low", "title": "low", "kind": "rung", "level": 1, "eligible": true, '
	'"status": "satisfied"}]', 'decided');
SELECT is(judge('{"region": "east"}'::jsonb, 'line-2025/2')::text,
	'[{"policy": "line-2025", "clause": "2", "title": "per year", "kind": "subsidy", "unit": "元", "eligible": true, '
	'"status": "undecided", "period": 2025, "low": 0.00}]', 'proved, and nothing bounds it');
SELECT is(judge('{}'::jsonb, 'line-2025/3')::text,
	'[{"policy": "line-2025", "clause": "3", "kind": "reward", "unit": "元", "status": "undecided", "low": 0.00, '
	'"high": 8.00}, '
	'{"policy": "line-2025", "clause": "3", "stage": "won", "kind": "reward", "unit": "元", "status": "undecided", '
	'"low": 0.00, "high": 8.00}]', 'undecided; a stage has the range of its share');
SELECT is(judge('{"a": 2}'::jsonb, 'a > 1'::policy)::text,
	'[{"kind": "eligibility", "eligible": true, "status": "satisfied"}]', 'a bare rule');
SELECT is(judge('{}'::jsonb, as_of(stored('line-2025/3'), '2025-06-30'))::text,
	judge('{}'::jsonb, 'line-2025/3')::text, 'a value');
SELECT is(judge('{}'::jsonb, stored('line-2025/3'))::text,
	replace(judge('{}'::jsonb, 'line-2025/3')::text, '"undecided"', '"undecided", "no_day": true'), 'without a day');
SELECT is((SELECT judge(f, 'line-2025/4')::text FROM (SELECT 10 AS staff) f),
	'[{"policy": "line-2025", "clause": "4", "title": "no figure", "kind": "subsidy", "unit": "元", "eligible": true, '
	'"status": "undetermined"}]', 'a row');
SELECT is((SELECT judge(f, stored('line-2025/4'))::text FROM (SELECT 10 AS staff) f), judge('{"staff": 10}'::jsonb,
	'line-2025/4')::text, 'a row and a value');
SELECT is(judge('{}'::jsonb, NULL::text) IS NULL AND judge('{}'::jsonb, NULL::policy) IS NULL, true,
	'no policy, no verdict');
SELECT is(judge(NULL::jsonb, 'line-2025')::text, judge('{}'::jsonb, 'line-2025')::text, 'a NULL has no facts');
SELECT throws_ok($$SELECT judge('{}'::jsonb, 'line-2026')$$, '42704', 'there is no stored policy "line-2026"');
SELECT is(judge('{}'::jsonb, E'policy x \'x\' service 1 \'s\''::policy)::text, '[]', 'a document that decides nothing');

-- Input and output, as text and binary.

CREATE TEMP TABLE sample AS SELECT judge(e, p)::text AS v FROM (VALUES ('{}'::jsonb),
	('{"region": "east", "revenue": 12345.67, "staff": 10, "won_on": "2025-06-30"}'),
	('{"region": "east", "revenue": 1e30, "staff": 10}'),
	('{"region": "west", "revenue": 92233720368547758.07, "staff": 10}'),
	('{"region": "east", "revenue": 92233720368547758.08, "staff": 10}')) v (e),
	(VALUES ('line-2025'), ('yubei-2024-34'), ('miit-2022-63'), ('dazu-2022-92')) p (p);
SELECT is_empty('SELECT v FROM sample WHERE v::verdict::text <> v', 'what is written reads as it was');
SELECT is((SELECT count(*) FROM sample WHERE v ~ '"low": 2000000000000000000000000000000.00'), 1::bigint,
	'large amounts are exact');
SELECT ok((SELECT sum(length(zjtx_internal.verdict_send(v::verdict))) * 2 < sum(octet_length(v)) FROM sample),
	'the binary form takes less than half of the text');
SELECT is(pg_temp.error_of('SELECT ' || quote_literal(v) || '::zjtx.verdict') ~
	'^22P02: (invalid zjtx.verdict: |invalid input syntax for type json)', true, 'refused: ' || left(v, 60))
	FROM unnest(ARRAY[
	'', '1', '{}', 'null', '[1]', '[[]]', '[{}]', '[{"kind": "reward"}]', '[{"status": "owed"}]',
	'[{"kind": 1, "status": "owed", "eligible": true}]', '[{"kind": "x", "status": "paid", "eligible": true}]',
	'[{"kind": "x", "status": "owed"}]', '[{"kind": "x", "status": "refused", "eligible": true}]',
	'[{"kind": "x", "status": "undecided", "eligible": false}]',
	'[{"kind": "x", "status": "undecided", "amount": 0.001}]',
	'[{"kind": "x", "status": "undecided", "amount": -1}]', '[{"kind": "x", "status": "undecided", "amount": "1"}]',
	'[{"kind": "x", "status": "undecided", "high": 1}]',
	'[{"kind": "x", "status": "undecided", "level": 0}]', '[{"kind": "x", "status": "undecided", "level": 1001}]',
	'[{"kind": "x", "status": "undecided", "period": 0}]', '[{"kind": "x", "status": "undecided", "period": 2025.5}]',
	'[{"kind": "x", "status": "undecided", "more": 1}]', '[{"kind": ["x"], "status": "undecided"}]']) v;
SELECT is('[{"kind": "rung", "level": 1000, "status": "undecided"}]'::verdict::text,
	'[{"kind": "rung", "level": 1000, "status": "undecided"}]', 'the highest level');
SELECT is('[{"kind": "x", "status": "undecided", "low": 1}]'::verdict::text,
	'[{"kind": "x", "status": "undecided", "low": 1.00}]', 'amounts have two decimals');
SELECT is(pg_temp.error_of($$SELECT ('[{"kind": "x\u0000", "status": "undecided"}]')::zjtx.verdict$$) ~ '^22P0', true,
	'no zero bytes');
SELECT is((repeat('[', 100000) || 'x') IS NOT NULL AND pg_temp.error_of(format('SELECT %L::zjtx.verdict',
	repeat('[', 100000))) ~ '^54001', true, 'deep nesting is refused');
SELECT is(pg_column_size(judge('{}'::jsonb, 'line-2025')) < 300, true, 'compact');

-- JSON.

SELECT is(v::verdict::jsonb, v::jsonb, 'as jsonb it is its text') FROM sample WHERE v ~ 'yubei' LIMIT 1;
SELECT is_empty($$SELECT v FROM sample WHERE v::verdict::json::text <> v OR v::verdict::jsonb <> v::jsonb
	OR v::verdict::jsonb::verdict::text <> v$$, 'there and back');
SELECT is_empty($$SELECT v FROM sample, LATERAL (SELECT jsonb_agg(x - 'level' - 'in_total' ORDER BY n) AS j
	FROM jsonb_array_elements(v::verdict::jsonb) WITH ORDINALITY a (x, n)) a,
	LATERAL (SELECT jsonb_agg(jsonb_strip_nulls(to_jsonb(l)) - '{line,in_total,status_label}'::text[]) AS j
	FROM lines(v::verdict) l) b WHERE a.j IS DISTINCT FROM b.j$$,
	'its members are the columns of lines, and the level of a rung');
SELECT is_empty($$SELECT v FROM sample, LATERAL (SELECT jsonb_agg(to_jsonb(l)) AS j FROM lines(v::verdict) l) b
	WHERE (SELECT array_agg(l) FROM lines(b.j::verdict) l) IS DISTINCT FROM
	(SELECT array_agg(l) FROM lines(v::verdict) l)$$, 'rows of lines, with their NULLs, make a verdict');
SELECT is('[]'::verdict::jsonb, '[]', 'of a document that decides nothing');
SELECT is(NULL::verdict::jsonb IS NULL AND NULL::verdict::json IS NULL AND NULL::jsonb::verdict IS NULL, true,
	'NULL is NULL');
SELECT is(jsonb_typeof(to_jsonb(judge('{}'::jsonb, 'line-2025'))), 'array', 'to_jsonb');
SELECT is(jsonb_typeof(to_jsonb(t) -> 'v'), 'array', 'in a row') FROM (SELECT judge('{}'::jsonb, 'line-2025') AS v) t;
SELECT is(row_to_json(t)::text, '{"v":[{"kind": "eligibility", "eligible": true, "status": "satisfied"}]}',
	'row_to_json') FROM (SELECT judge('{"a": 2}'::jsonb, 'a > 1'::policy) AS v) t;
CREATE TEMP TABLE kept (v jsonb);
INSERT INTO kept SELECT judge('{"region": "east", "revenue": 5, "staff": 10}'::jsonb, 'line-2025');
SELECT is((SELECT v @? '$[*] ? (@.clause == "1" && @.amount == 5)' FROM kept), true, 'kept in a column of jsonb');
SELECT is((SELECT (tally(v::verdict))[1].amount FROM kept), 5.00, 'and added up');
SELECT is(pg_temp.error_of(format('SELECT %L::jsonb::zjtx.verdict', v)) ~ '^22P02: invalid zjtx.verdict: ', true,
	'refused as jsonb: ' || v) FROM unnest('{1,"{}","[1]","[{\"kind\": \"x\"}]"}'::text[]) v;

SELECT * FROM finish();
ROLLBACK;
