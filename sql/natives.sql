\set ECHO none
\i sql/tap.psql
BEGIN;
SELECT plan(17);
SET LOCAL search_path = public, zjtx;
SET LOCAL client_min_messages = warning;
SET LOCAL jit = off;

-- The conditions on columns that the planner adds never change an answer: for every type of column, comparison and
-- declaration, and for values on, next to and far from each bound; in the select list, where all three answers are
-- visible, in WHERE, and through an index.
CREATE DOMAIN whole AS int;
CREATE DOMAIN money2 AS numeric(9, 2);
CREATE DOMAIN flag AS boolean;
CREATE DOMAIN word AS varchar(20);
CREATE FUNCTION pg_temp.values_of(kind text) RETURNS text[] LANGUAGE sql AS $$
	SELECT CASE kind
		WHEN 'integer' THEN '{NULL,-32768,-6,-5,-4,-1,0,1,2,3,4,5,6,9,10,11,32767}'
		WHEN 'numeric' THEN '{NULL,-5.01,-5,-4.99,-0.01,0,0.01,2.49,2.5,2.51,4.99,5,5.01,10,10.01,99999.99,NaN}'
		WHEN 'any' THEN '{NULL,-5.01,-5,-4.99,-0.01,0,0.01,2.49,2.5,2.51,4.99,5,5.01,10,10.01,1e30,'
			'-1e30,NaN,Infinity,-Infinity}'
		WHEN 'long' THEN
		'{NULL,-5,0,4.99,5,10.01,1e999,-1e999,1e1001,-1e1001,1e4100,-1e4100,1e131071,-1e131071,1e-1001,1e-16383,NaN,'
		'Infinity,-Infinity}'::text[]
			|| ARRAY['5.' || repeat('0', 1500) || '1', '4.' || repeat('9', 16383), '-5.' || repeat('0', 16382) || '1',
			'0.' || repeat('3', 9000), repeat('9', 131072) || '.' || repeat('9', 16383),
			'-' || repeat('9', 131072) || '.5']
		WHEN 'date' THEN
		'{NULL,-infinity,0001-01-01,2023-12-31,2024-01-01,2024-01-02,2024-12-31,2025-01-01,9999-12-31,infinity}'
		WHEN 'far' THEN '{NULL,-infinity,4714-11-24 BC,4713-01-01 BC,4701-12-31 BC,4701-01-01 BC,4700-12-31 '
		'BC,0001-12-31 '
		'BC,0001-01-01,2020-02-29,9999-12-31,5799999-12-31,5800000-01-01,5800000-12-31,5800001-01-01,'
		'5874897-01-01,5874897-12-31,infinity}'
		WHEN 'far timestamp' THEN '{NULL,-infinity,4713-01-01 BC,4700-12-31 12:00 BC,0001-01-01,2020-02-29 '
		'23:59:59.999999,9999-12-31,294276-12-31 23:59:59.999999,infinity}'
		WHEN 'text' THEN '{NULL,"",甲,乙,丙,"甲 ",A,a}'
		ELSE '{NULL,true,false}' END::text[] $$;
CREATE TEMP TABLE tried (type text, rule text, declared text, ways int);
CREATE FUNCTION pg_temp.differences(type text, kind text, declared text[], conditions text[]) RETURNS SETOF text
	LANGUAGE plpgsql AS $$
DECLARE
	fact text;
	condition text;
	question text;
	bad text;
BEGIN
	EXECUTE format('CREATE TEMP TABLE c (x %s, y int)', type);
	EXECUTE format('INSERT INTO c SELECT value::%s, y FROM unnest(%L::text[]) value, unnest(array[NULL, 0, 1]) y', type,
		pg_temp.values_of(kind));
	CREATE INDEX c_x ON c (x);
	FOREACH fact IN ARRAY declared LOOP
		FOREACH condition IN ARRAY conditions LOOP
			-- alone, and next to another condition
			FOREACH question IN ARRAY ARRAY['%s', '%s and y > 0', 'not (%s)', '(%s or y > 0) and y < 5',
			'%1$s and not (%1$s)'] LOOP
				question := format('policy c ''c'' fact x %s fact y number clause 1 when ', fact) || format(question,
				condition);
				EXECUTE format('SELECT string_agg(format(%L, a.x, a.y, a.found, o.expected), ''; '') FROM
					(SELECT ctid AS id, x, y, c |= %2$L::zjtx.policy AS found FROM c) a FULL JOIN
					(SELECT id, r |= %2$L::zjtx.policy AS expected FROM (SELECT c AS r, ctid AS id '
						'FROM c OFFSET 0) q) o USING (id)
					WHERE a.found IS DISTINCT FROM o.expected', 'x %s y %s: %s, not %s', question) INTO bad;
				IF bad IS NOT NULL THEN RETURN NEXT format('%s: %s: %s', type, question, bad); END IF;
				-- for jsonb, and for columns by hand
				EXECUTE format('SELECT string_agg(format(%L, x, y, j, h, found), ''; '') FROM
					(SELECT x, y, c |= %2$L::zjtx.policy AS found, to_jsonb(c) |= %2$L::zjtx.policy AS j, '
						'zjtx_internal.eligible_facts(%2$L::zjtx.policy, ''y x'', y, x) AS h FROM c) a
					WHERE j IS DISTINCT FROM found OR h IS DISTINCT FROM found',
						'x %s y %s: of jsonb %s, of columns %s, not %s', question) INTO bad;
				IF bad IS NOT NULL THEN RETURN NEXT format('%s: %s: %s', type, question, bad); END IF;
				SET LOCAL enable_seqscan = off;
				EXECUTE format('SELECT string_agg(format(%L, q.id), '' '') FROM (SELECT ctid AS id FROM c '
					'WHERE c |= %2$L::zjtx.policy) a FULL JOIN
					(SELECT id FROM (SELECT c AS r, ctid AS id FROM c OFFSET 0) o WHERE r |= %2$L::zjtx.policy) q '
						'USING (id) WHERE a.* IS NULL OR q.* IS NULL',
					'%s', question) INTO bad;
				RESET enable_seqscan;
				IF bad IS NOT NULL THEN RETURN NEXT format('%s: where %s: %s', type, question, bad); END IF;
			END LOOP;
		END LOOP;
	END LOOP;
	DROP TABLE c;
END $$;
SELECT is(array(SELECT pg_temp.differences(type, kind, declared, conditions)), '{}', type)
FROM (VALUES
	('integer', ARRAY['x = 5', 'x <> 5', 'x < 5', 'x <= 5', 'x > 5', '5 >= x', 'x >= 5', 'x >= 2.5', 'x < 2.5',
	'x = 2.5', 'x in (5, 0)', 'x not in (5, 0)', 'x between 0 and 5', 'x not between 0 and 5', 'x > -6', 'x >= 0',
	'x < 0',
		'x < 100000', 'x > 99999999999']),
	('numeric', ARRAY['x = 5', 'x <> 5', 'x < 5', 'x <= 5', 'x > 5', '5 >= x', 'x >= 5', 'x >= 2.5', 'x < 2.5',
	'x in (5, 2.5)', 'x between 0 and 5', 'x not between 0 and 5', 'x > 1/3', 'x > -6', 'x >= 0', 'x < 0',
	'x < 10000亿'])
	) c (of_kind, conditions)
JOIN (VALUES ('smallint', 'integer', 'integer'), ('int', 'integer', 'integer'), ('bigint', 'integer', 'integer'),
	('whole', 'integer', 'integer'),
	('numeric(7,2)', 'numeric', 'numeric'), ('money2', 'numeric', 'numeric'), ('numeric', 'any', 'numeric'),
	('float8', 'any', 'numeric')) t (type, kind, number_kind) ON number_kind = of_kind,
	(VALUES (ARRAY['number', 'number at least 0', 'number at most 10', 'number between -5 and 5', 'number at least 2.5',
	'number null means none', 'number null means 0', 'number at least 0 null means 0',
	'number at least 0 null means none', 'number at most 99999999'])) d (declared);
SELECT is(array(SELECT pg_temp.differences(type, kind, declared, conditions)), '{}', type) FROM (VALUES
	('date', 'date', ARRAY['date', 'date at least 2024-01-01', 'date at most 2024-12-31',
	'date between 2024-01-01 and 2024-12-31', 'date null means none', 'date at least 2024-01-01 null means none'],
		ARRAY['x = 2024-01-01', 'x <> 2024-01-01', 'x < 2024-01-01', 'x <= 2024-01-01', 'x > 2024-01-01',
		'x >= 2024-01-01', 'x between 2024-01-01 and 2024-12-31', 'x not between 2024-01-01 and 2024-12-31',
		'x >= 2023-12-31 + 1日', 'x < 2025-01-01']),
	('numeric', 'long', ARRAY['number', 'number between -5 and 5 null means 0'], ARRAY['x = 5', 'x <> 5', 'x < 5',
	'x >= 5', 'x > 1/3', 'x = 1/3', 'x * 3 < 1', 'x + 0 <= 5', 'round(x, 2) > 4.99', 'floor(x) < 5', '- x >= 5']),
	('date', 'far', ARRAY['date', 'date at least 0001-01-01', 'date between 0001-01-01 and 9999-12-31 null means none'],
		ARRAY['x + 1日 > 2020-02-29', 'x - 1日 <= 2020-02-29', 'x - 9999年 < 2020-02-29', 'x + 999999年 >= 2020-02-29',
		'x - 1月 = x', 'x + 12月 <> x + 1年', 'x + 999999年 + 999999年 + 999999年 + 999999年 + 999999年 + 999999年 > 2020-02-29',
			'x > 2020-02-29 - 6719年', 'x < 2020-02-29 - 6720年', 'x <> 2020-02-29 - 6730年', 'x >= 2020-02-29 - 9999年',
			'x <= 2020-02-29 - 999999日 - 999999日 - 500000日',
			'x < 2020-02-29 + 999999年 + 999999年 + 999999年 + 999999年 + 999999年 + 797980年',
			'x < 2020-02-29 + 999999年 + 999999年 + 999999年 + 999999年 + 999999年 + 798000年',
			'x >= 2020-02-29 + 999999年 + 999999年 + 999999年 + 999999年 + 999999年 + 999999年',
			'x = 2020-02-29 + 999999年 + 999999年 + 999999年 + 999999年 + 999999年 + 999999年',
			'year(x) > 2020', 'year(x - 1年) < year(x)', 'x - 2020-02-29 > 5']),
	('timestamp', 'far timestamp', ARRAY['date'], ARRAY['x - 1日 <= 2020-02-29', 'x > 2020-02-29 - 6719年',
	'x + 1年 > x']),
	('timestamp', 'date', ARRAY['date', 'date null means none'], ARRAY['x = 2024-01-01', 'x <= 2024-01-01']),
	('text', 'text', ARRAY['text', $$text in ('甲', '乙', 'A')$$, 'text null means none'],
	ARRAY[$$x = '甲'$$, $$x <> '甲'$$, $$x in ('甲', 'A')$$, $$x not in ('甲', 'A')$$]),
	('word', 'text', ARRAY['text', $$text in ('甲', '乙', 'A')$$, 'text null means none'],
	ARRAY[$$x = '甲'$$, $$x <> '甲'$$, $$x in ('甲', 'A')$$, $$x not in ('甲', 'A')$$]),
	('boolean', 'boolean', ARRAY['boolean', 'boolean null means none'], ARRAY['x', 'not x', 'not (not x)', 'x = true',
	'x <> false']),
	('flag', 'boolean', ARRAY['boolean', 'boolean null means none'], ARRAY['x', 'not x', 'x = false'])) t (type, kind,
	declared, conditions);
SELECT * FROM finish();
ROLLBACK;
