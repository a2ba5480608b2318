\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(20);

-- A cell that is a label of a fact's value means that value, whatever comes first in the document.

CREATE FUNCTION pg_temp.doc(rule text) RETURNS text LANGUAGE sql AS $$ SELECT format($f$
	policy p 'p' fact size text in ('small' '小型', 'large' '大型') fact kind text in ('x' '甲', 'y')
	table t by text (name text) '甲': '小型', 'y': 'large'
	table named by text (n number) 'small': 1, '大型': 2
	table other by text (name text) 'x': '别的', 'y': '大型', else '小型'
	define name = t[kind].name
	%s $f$, rule)
$$;
SELECT is(e |= pg_temp.doc('clause 1 when ' || rule)::policy, answer, rule || ' ' || e) FROM (VALUES
	('size = t[kind].name', jsonb '{"size": "小型", "kind": "甲"}', true),
	('size = t[kind].name', '{"size": "small", "kind": "x"}', true),
	('size = t[kind].name', '{"size": "large", "kind": "x"}', false),
	('t[kind].name <> size', '{"size": "大型", "kind": "x"}', true),
	('size = name and name = ''小型''', '{"size": "small", "kind": "x"}', true),
	('t[kind].name = ''小型'' and size = t[kind].name', '{"size": "small", "kind": "x"}', true),
	('t[kind].name = ''small'' and size = t[kind].name', '{"size": "small", "kind": "x"}', true),
	('t[kind].name in (''小型'', ''中型'') and size = t[kind].name', '{"size": "small", "kind": "x"}', true),
	('band(t[kind].name : in (''小型'') then 1, else 2) = 1 and name = size', '{"size": "small", "kind": "x"}', true),
	('band(t[kind].name : in (''小型'') then 1, else 2) = 1 and name = size', '{"size": "large", "kind": "y"}', false),
	('case when kind = ''甲'' then name else ''大型'' end = size', '{"size": "small", "kind": "x"}', true),
	('other[kind].name = size', '{"size": "small", "kind": "x"}', false),
	('other[kind].name = size', '{"size": "large", "kind": "y"}', true),
	('named[t[kind].name] = 1 and named[size] = 1', '{"size": "small", "kind": "x"}', true),
	('named[size] = 1 and named[t[kind].name] = 1', '{"size": "small", "kind": "x"}', true),
	('named[t[kind].name] = 1 and size = t[kind].name', '{"size": "small", "kind": "x"}', true),
	('named[t[kind].name] = 2 and size = t[kind].name', '{"size": "large", "kind": "y"}', true)
	) cases (rule, e, answer);
SELECT is(pg_temp.refusal(pg_temp.doc(format('fact other_size text in (''a'' %s) '
	'clause 1 when size = name and other_size = name', label))), expected, label)
FROM (VALUES ('''small''',
	'line 6, column 16: ''small'' in the table "t" is another value of "other_size" than of "size"'),
	('''中型''', 'no error')) labels (label, expected);
SELECT matches(explain(jsonb '{"size": "large", "kind": "x"}', pg_temp.doc('clause 1 when size = name')::policy),
	'size: ''大型'', needed = name ''小型''', 'explain shows labels');
SELECT * FROM finish();
ROLLBACK;
