\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(102);

-- Labels are other texts for a value of a text fact. A row, a key, a rule and an example may use either.

CREATE TEMP TABLE p AS SELECT $$policy labels 't'
fact size text '企业划型' in ('micro' '微型' '微型企业', 'small' '小型', 'large')
fact board text '板块' in ('main' '主板', 'star' '科创板', 'bse' '北交所', 'overseas' '境外', 'b1' 'b-1', 'b2' 'b-2', 'b3' 'b-3',
	'b4' 'b-4', 'b5' 'b-5') null means none
fact tags list of text '标签' in ('gap' '补短板', 'core' '六基')
fact leases list (area number 平方米 '面积', owner text '产权' in ('state' '国有', 'private' '私有'),
	since date '起租日') '租赁' null means none
define smallest = '微型'
clause is when size = 'micro'
clause is-label when size = '微型企业'
clause is-not when size <> '微型'
clause in when size in ('微型', 'small')
clause not-in when size not in ('微型', 'small')
clause named when size = smallest
clause chosen when case when board is null then size else '小型' end = '小型'
clause banded when band(size : = '微型' then 1, in ('小型', 'large') then 2, else 0) = 1
clause not when not size = '微型'
clause star when board = '科创板'
clause not-star when board <> '科创板'
clause last when board = 'b-5'
clause tagged when any(tags where it = '补短板')
clause leased when any(leases where owner = '国有' and area > 5)
clause default when coalesce(board, '境外') = 'overseas'
example 'labels are given' given size = '小型', board = none, tags = ['六基', 'gap'], leases = [(owner = '国有', area = 6平方米)]
  expect clause is false, clause in true, size = 'small', size = '小型', clause tagged true, clause leased true,
  	clause default true
$$::policy AS doc;

SELECT is(array(SELECT holds FROM examples(doc)), array_fill(true, ARRAY[7]), 'what examples give and expect') FROM p;

-- Each value and each label, in a row, in jsonb and in a call with facts; and a text that is neither.
CREATE TEMP TABLE sizes (size text, is_micro boolean, is_small boolean);
INSERT INTO sizes VALUES ('micro', true, false), ('微型', true, false), ('微型企业', true, false), ('small', false, true),
	('小型', false, true),
	('large', false, false), ('微型 ', NULL, NULL), (' 微型', NULL, NULL), ('Micro', NULL, NULL), ('', NULL, NULL),
	('微', NULL, NULL), ('giant', NULL, NULL), (NULL, NULL, NULL);
CREATE FUNCTION pg_temp.wanted(code text, s sizes) RETURNS boolean LANGUAGE sql AS $$
	SELECT CASE code WHEN 'is' THEN s.is_micro WHEN 'is-label' THEN s.is_micro WHEN 'is-not' THEN NOT s.is_micro
		WHEN 'in' THEN s.is_micro OR s.is_small WHEN 'not-in' THEN NOT (s.is_micro OR s.is_small) WHEN 'named'
		THEN s.is_micro
		WHEN 'banded' THEN s.is_micro WHEN 'not' THEN NOT s.is_micro END $$;
SELECT is(array(SELECT s |= (doc -> code) FROM sizes s ORDER BY s), array(SELECT pg_temp.wanted(code, s) FROM sizes s
	ORDER BY s), code || ' of rows')
	FROM p, unnest('{is,is-label,is-not,in,not-in,named,banded,not}'::text[]) code;
SELECT is(array(SELECT to_jsonb(s) |= (doc -> code) FROM sizes s ORDER BY s), array(SELECT pg_temp.wanted(code, s)
	FROM sizes s ORDER BY s), code || ' of jsonb')
	FROM p, unnest('{is,is-label,is-not,in,not-in,named,banded,not}'::text[]) code;
SELECT is(array(SELECT jsonb_build_object('企业划型', size) |= (doc -> code) FROM sizes s ORDER BY s),
	array(SELECT pg_temp.wanted(code, s) FROM sizes s ORDER BY s), code || ' of jsonb by the label')
	FROM p, unnest('{is,is-label,is-not,in,not-in,named,banded,not}'::text[]) code;
SELECT is(array(SELECT zjtx_internal.eligible_facts(doc -> code, 'size', size) FROM sizes s ORDER BY s),
	array(SELECT pg_temp.wanted(code, s) FROM sizes s ORDER BY s), code || ' of facts')
	FROM p, unnest('{is,is-label,is-not,in,not-in,named,banded,not}'::text[]) code;

-- A rule that the planner knows, whose conditions it puts next to the call.
CREATE FUNCTION rule() RETURNS policy IMMUTABLE LANGUAGE sql
	AS $f$ SELECT $$policy labels 't' fact size text '企业划型' in ('micro' '微型' '微型企业', 'small' '小型', 'large')
clause is when size = '微型' clause is-not when size <> '微型企业' clause in when size in ('微型', 'small')$$::policy $f$;
SELECT is(array(SELECT s |= (rule() -> 'is') FROM sizes s ORDER BY s), array(SELECT is_micro FROM sizes s ORDER BY s),
	'native: =');
SELECT is(array(SELECT s |= (rule() -> 'is-not') FROM sizes s ORDER BY s), array(SELECT NOT is_micro FROM sizes s
	ORDER BY s), 'native: <>');
SELECT is(array(SELECT s |= (rule() -> 'in') FROM sizes s ORDER BY s), array(SELECT is_micro OR is_small FROM sizes s
	ORDER BY s), 'native: in');
SELECT is((SELECT count(*) FROM sizes s WHERE s |= (rule() -> 'is'))::int, 3, 'WHERE');
SELECT is((SELECT count(*) FROM sizes s WHERE NOT (s |= (rule() -> 'is')))::int, 3,
	'WHERE NOT: what is no value is not refused');
SELECT is((SELECT count(*) FROM sizes s WHERE (s |= (rule() -> 'is')) IS NULL)::int, 7, 'WHERE … IS NULL');

-- Other column types.
CREATE TYPE pg_temp.size_name AS ENUM ('micro', '微型', 'small', 'giant');
SELECT is(array(SELECT x |= (doc -> 'is') FROM (SELECT unnest(enum_range(NULL::pg_temp.size_name)) AS size) x),
	'{t,t,f,NULL}', 'an enum') FROM p;
SELECT is(array(SELECT x |= (doc -> 'is') FROM (SELECT unnest('{micro,微型,small,giant}'::varchar(20)[]) AS size) x),
	'{t,t,f,NULL}', 'varchar') FROM p;
SELECT is(array(SELECT x |= (doc -> 'is') FROM (SELECT unnest('{micro,微型,small,giant}'::char(20)[]) AS size) x),
	'{t,t,f,NULL}', 'char(n), whose blanks are no part of it') FROM p;
SELECT is(array(SELECT x |= (doc -> 'is') FROM (SELECT unnest('{micro,微型,small,giant}'::name[]) AS size) x),
	'{t,t,f,NULL}', 'name') FROM p;

-- Many values are looked up by hash.
SELECT is(array(SELECT x |= (doc -> 'star') FROM (SELECT unnest('{star,科创板,main,主板,科创,NULL}'::text[]) AS board) x),
	'{t,t,f,f,NULL,f}', 'of many values: =, and none') FROM p;
SELECT is(array(SELECT x |= (doc -> 'not-star') FROM (SELECT unnest('{star,科创板,main,主板,科创,NULL}'::text[]) AS board) x),
	'{f,f,t,t,NULL,f}', 'of many values: <>, and none') FROM p;
SELECT is(array(SELECT x |= (doc -> 'last') FROM (SELECT unnest('{b5,b-5,b4,b-4,b-6}'::text[]) AS board) x),
	'{t,t,f,f,NULL}', 'of many values: the last') FROM p;
SELECT is(array(SELECT x |= (doc -> 'chosen') FROM (VALUES (NULL, '小型'), (NULL, '微型'), ('主板', '微型'), (NULL, '中')) x
	(board, size)), '{t,f,t,NULL}', 'a case over a fact and a label') FROM p;
SELECT is(array(SELECT x |= (doc -> 'default') FROM (VALUES (NULL), ('境外'), ('overseas'), ('主板'), ('港股')) x (board)),
	'{t,t,t,f,NULL}', 'a default that is a label') FROM p;

-- Lists of scalars, and fields with labels.
SELECT is(array(SELECT x |= (doc -> 'tagged') FROM (VALUES ('{补短板}'::text[]), ('{六基,gap}'), ('{六基}'), ('{六}'), ('{}'),
	(NULL)) x (tags)), '{t,t,f,NULL,f,NULL}', 'an array of texts') FROM p;
SELECT is(array(SELECT jsonb_build_object('标签', x.tags::jsonb) |= (doc -> 'tagged') FROM (VALUES ('["补短板"]'),
	('["六基","gap"]'), ('["六基"]'), ('["六"]'), ('[]')) x (tags)), '{t,t,f,NULL,f}', 'a jsonb array of texts') FROM p;
CREATE TYPE pg_temp.lease AS ("面积" numeric, "产权" text);
CREATE TYPE pg_temp.lease_by_name AS (area numeric, "产权" text);
SELECT is(array(SELECT x |= (doc -> 'leased') FROM (VALUES (ARRAY[(6, '国有')::pg_temp.lease]),
	(ARRAY[(6, 'state')::pg_temp.lease]), (ARRAY[(6, '私有')::pg_temp.lease]), (ARRAY[(5, '国有')::pg_temp.lease]),
	(ARRAY[(6, '集体')::pg_temp.lease]), (ARRAY[(5, '集体')::pg_temp.lease])) x ("租赁")), '{t,t,f,f,NULL,f}',
	'columns of a composite by the labels of fields') FROM p;
SELECT is(array(SELECT x |= (doc -> 'leased') FROM (VALUES (ARRAY[(6, '国有')::pg_temp.lease_by_name]),
	(ARRAY[(4, 'state')::pg_temp.lease_by_name])) x (leases)), '{t,f}', 'one by its name, one by its label') FROM p;
SELECT is(array(SELECT jsonb_build_object('租赁', jsonb_build_array(element::jsonb)) |= (doc -> 'leased')
	FROM unnest(ARRAY['{"面积": 6, "产权": "国有"}', '{"area": 6, "产权": "state"}', '{"面积": 5, "owner": "国有"}',
	'{"面积": 6, "owner": "集体"}', '{"面积": 6}']) element),
	'{t,t,f,NULL,NULL}', 'keys of elements by the labels of fields') FROM p;

-- A text that is neither a value nor a label is unknown, and missing names the fact.
SELECT is(s |! (doc -> 'is'), '{size}', 'missing, of a row: ' || quote_nullable(size)) FROM p, sizes s
	WHERE is_micro IS NULL AND size IS NOT NULL;
SELECT is(jsonb_build_object('size', '大') |! (doc -> 'is'), '{size}', 'missing, of jsonb') FROM p;
SELECT is(jsonb_build_object('leases', '[{"area": 6, "产权": "集体"}]'::jsonb) |! (doc -> 'leased'), '{leases}',
	'missing, of a field') FROM p;
SELECT is(jsonb_build_object('tags', '["六"]'::jsonb) |! (doc -> 'tagged'), '{tags}', 'missing, of an element') FROM p;
SELECT is(array(SELECT undecided FROM unnest((SELECT tally(judge(s, doc -> 'is')) FROM sizes s)) t), '{7}',
	'judge and tally') FROM p;
CREATE TEMP TABLE checked (size text CHECK
	(zjtx_internal.eligible_facts('policy labels ''t'' fact size text in (''micro'' ''微型'', ''large'') clause 1 when size '
	'= ''micro'''::policy, 'size', size)));
SELECT lives_ok($$INSERT INTO checked VALUES ('micro'), ('微型'), ('大')$$, 'CHECK: a label, and what is undecided');
SELECT throws_ok($$INSERT INTO checked VALUES ('large')$$, '23514', NULL, 'CHECK: a value that is refused');

-- Index conditions include all labels of the value.
CREATE TABLE indexed (id int, size text);
INSERT INTO indexed SELECT i, (ARRAY['large', 'large', 'small'])[i % 3 + 1] FROM generate_series(1, 20000) i;
INSERT INTO indexed VALUES (0, 'micro'), (-1, '微型'), (-2, '微型企业'), (-3, '大');
CREATE INDEX ON indexed (size);
ANALYZE indexed;
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY
	EXECUTE 'EXPLAIN (COSTS off) ' || query; END $$;
CREATE FUNCTION pg_temp.estimates_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY
	EXECUTE 'EXPLAIN ' || query; END $$;
SELECT ok(EXISTS (SELECT FROM pg_temp.plan_of('SELECT id FROM indexed e WHERE e |= (rule() -> ''is'')') line
	WHERE line LIKE '%Index Cond: (size = ANY (''{micro,微型,微型企业}''::text[]))'),
	'an index is searched for the value and its labels');
SELECT is(array(SELECT id FROM indexed e WHERE e |= (rule() -> 'is') ORDER BY id), '{-2,-1,0}', 'and finds them');
SELECT ok((SELECT (regexp_match(line, 'rows=(\d+)'))[1]::int BETWEEN 1 AND 10
	FROM pg_temp.estimates_of('SELECT id FROM indexed e WHERE e |= (rule() -> ''is'')') line LIMIT 1),
	'the rows are estimated');
CREATE TABLE parted (size text) PARTITION BY LIST (size);
CREATE TABLE parted_micro PARTITION OF parted FOR VALUES IN ('micro', '微型', '微型企业');
CREATE TABLE parted_small PARTITION OF parted FOR VALUES IN ('small', '小型');
CREATE TABLE parted_rest PARTITION OF parted DEFAULT;
INSERT INTO parted SELECT size FROM sizes WHERE size IS NOT NULL;
SELECT is(array(SELECT (regexp_match(line, 'on (parted_\w+)'))[1]
	FROM pg_temp.plan_of('SELECT * FROM parted e WHERE e |= (rule() -> ''is'')') line WHERE line ~ 'on parted_'),
	'{parted_micro,parted_rest}', 'partitions that hold only other values are left out');
SELECT is((SELECT count(*) FROM parted e WHERE e |= (rule() -> 'is'))::int, 3, 'and the others are read');

-- Answers show the first label.
SELECT matches(explain(x, doc -> 'is-label'), '企业划型 \(size\): ''微型''.*needed = ''微型''', 'explain: found by a label')
	FROM p, (VALUES ('微型企业')) x (size);
SELECT matches(explain(x, doc -> 'is'), 'size\): ''小型''.*needed = ''微型''', 'explain: found by the value') FROM p,
	(VALUES ('small')) x (size);
SELECT matches(explain(x, doc -> 'is'), 'size\): unknown \(''大'' is not one of its values\)',
	'explain: neither, as it stands there') FROM p, (VALUES ('大')) x (size);
SELECT matches(explain(x, doc -> 'is'), 'size\): ''large''', 'explain: a value without a label') FROM p,
	(VALUES ('large')) x (size);

-- The columns of zjtx.facts.
SELECT is(labels, '{"micro": ["微型", "微型企业"], "small": ["小型"]}', 'facts: labels') FROM p, facts(doc) WHERE name = 'size';
SELECT is("values", '{micro,small,large}', 'facts: values') FROM p, facts(doc) WHERE name = 'size';
SELECT is(labels, '{"state": ["国有"], "private": ["私有"]}', 'facts: labels of a field') FROM p, facts(doc)
	WHERE name = 'leases.owner';
SELECT is(label, '面积', 'facts: the label of a field') FROM p, facts(doc) WHERE name = 'leases.area';
SELECT is(labels, NULL, 'facts: no values') FROM p, facts(doc) WHERE name = 'leases.area';

-- check_table counts texts that are neither value nor label.
CREATE TABLE pg_temp.checked_table AS SELECT size FROM sizes;
SELECT is((SELECT message FROM p, check_table('pg_temp.checked_table', doc -> 'is') WHERE finding = 'range'),
	'4 of 12 values are impossible and count as unknown', 'check_table');
SELECT matches((SELECT message FROM p, check_table('pg_temp.checked_table', doc -> 'is') WHERE finding = 'near'),
	'^2 of 12 texts equal a value only without their spaces or widths: ', 'and those that to_text makes a value');
SELECT matches((SELECT hint FROM p, check_table('pg_temp.checked_table', doc -> 'is') WHERE finding = 'range'),
	'the fact can be: ''micro'' ''微型'' ''微型企业'', ''small'' ''小型'', ''large''', 'and says what can be');

-- A hash index cannot search for an array.
CREATE TABLE hashed AS SELECT * FROM indexed;
CREATE INDEX ON hashed USING hash (size);
ANALYZE hashed;
SELECT is((SELECT count(*) FROM hashed e WHERE e |= (rule() -> 'is'))::int, 3,
	'an index that cannot be searched for several values');

-- A part of a document keeps the labels.
SELECT is(array(SELECT x |= (((doc -> 'is') -> 'is')::text::policy) FROM (VALUES ('微型'), ('small')) x (size)), '{t,f}',
	'a part, read again') FROM p;
SELECT is(array(SELECT x |= amend(doc -> 'is', 'fact size text in (''micro'' ''小微'', ''small'')')
	FROM (VALUES ('小微'), ('微型')) x (size)), '{t,NULL}', 'amended labels') FROM p;
SELECT throws_like($$SELECT amend(doc -> 'is-label', 'fact size text in (''micro'', ''small'')') FROM p$$,
	'%"微型企业" is not a value of "size"%', 'an amendment takes away a label that the rule uses');

-- A value can be its own first label, which is shown.
CREATE TEMP TABLE own AS SELECT
	$$政策 own '自身' 事实 region 文本 '区县' 属于 ('渝北区' '渝北区' '渝北', '巴南区' '巴南') 条款 1 当 region = '渝北'$$::policy AS doc;
SELECT is(array(SELECT jsonb_build_object('region', region) |= doc FROM own, unnest('{渝北区,渝北,巴南区,巴南,渝中}'::text[])
	region), '{t,t,f,f,NULL}', 'one value in two forms');
SELECT matches(explain('{"region": "渝北"}'::jsonb, doc), '“渝北区”，要求为“渝北区”', 'it is shown') FROM own;
SELECT is(labels, '{"渝北区": ["渝北区", "渝北"], "巴南区": ["巴南"]}', 'and listed') FROM own, facts(doc);
SELECT throws_like($$SELECT '政策 own ''自身'' 事实 region 文本 属于 (''渝北区'' ''渝北'' ''渝北区'') 条款 1 当 region = ''渝北'''::policy$$,
	'%''渝北区'' already means "渝北区"%', 'it is the first or none');

-- Errors and their positions.
SELECT throws_like(format('SELECT %L::policy', text), '%' || message || '%', message) FROM (VALUES
	($$policy t 't' fact size text in ('micro' '微型', 'small' '微型') clause 1 when size = 'micro'$$,
	'line 1, column 55: ''微型'' already means "micro"'),
	($$policy t 't' fact size text in ('micro' 'small', 'small') clause 1 when size = 'micro'$$,
	'line 1, column 50: ''small'' already means "micro"'),
	($$policy t 't' fact size text in ('micro', 'small' 'micro') clause 1 when size = 'micro'$$,
	'line 1, column 50: ''micro'' already means "micro"'),
	($$policy t 't' fact size text in ('micro', 'micro') clause 1 when size = 'micro'$$,
	'line 1, column 42: ''micro'' already means "micro"'),
	($$policy t 't' fact size text in ('a' '1' '1') clause 1 when size = 'a'$$,
	'line 1, column 41: ''1'' already means "a"'),
	($$policy t 't' fact l list (x text in ('a' '1', 'b' '1')) clause 1 when any(l where x = 'a')$$,
	'line 1, column 51: ''1'' already means "a"'),
	($$policy t 't' fact size text in ('micro' '微型', 'small' '小型') clause 1 when size = '小'$$,
	'"小" is not a value of "size"'),
	($$policy t 't' fact size text in ('micro' '微型') define s = size clause 1 when s = '小'$$,
	'"小" is not a value of "size"'),
	($$policy t 't' fact size text in ('micro' '微型') fact b text clause 1 when size = b$$,
	'"b" declares no values, and "size" has labels'),
	($$policy t 't' fact a text in ('x' '甲', 'y') fact b text in ('z' '甲', 'y') define n = '甲' clause 1
	when a = n and b = n$$, '"x" is not a value of "b"'),
	($$policy t 't' fact size text in ('micro' '微型') clause 1 when size = 'micro' example 'e' given size = '小' expect
	clause 1 true$$, '"小" is not a value of "size"'),
	($$policy t 't' fact size number in ('micro' '微型') clause 1 when size = 1$$, 'only a text has a list of values'))
	errors (text, message);

SELECT * FROM finish();
ROLLBACK;
