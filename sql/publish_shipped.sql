\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL zjtx.as_of = '2025-06-30';
SET LOCAL client_min_messages = warning;
SELECT plan(18);

-- All shipped documents, published over a table of random enterprises, agree with the questions.

-- A table with a column for every fact of a policy, sometimes NULL; lists are omitted.
CREATE FUNCTION pg_temp.enterprises(p policy) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	columns text;
	choices text;
BEGIN
	SELECT string_agg(format('%I %s', name, CASE type WHEN 'number' THEN 'numeric' ELSE type END), ', '),
		string_agg(CASE WHEN type = 'text' AND "values" IS NOT NULL
		THEN format('(%L::text[])[1 + floor(random() * %s)]', "values", cardinality("values") + 1)
			WHEN type = 'text' THEN '(ARRAY[''渝北区'', ''巴南区''])[1 + floor(random() * 3)]' WHEN type = 'boolean'
			THEN '(ARRAY[true, false])[1 + floor(random() * 2.3)]'
			WHEN type = 'date' THEN 'CASE WHEN random() < 0.8 THEN ''2022-01-01''::date + (random() * 1500)::int END'
			WHEN unit = '元' THEN 'CASE WHEN random() < 0.9 THEN round((10 ^ (4 + random() * 6))::numeric, 2) END'
			ELSE 'CASE WHEN random() < 0.9 THEN round((random() * 10 ^ (random() * 3 - 1))::numeric, 1) END' END, ', ')
	FROM (SELECT DISTINCT ON (name) * FROM facts(p) WHERE type <> 'list' AND name !~ '[.]' ORDER BY name) f
	INTO columns, choices;
	DROP TABLE IF EXISTS pg_temp.enterprise CASCADE;
	EXECUTE format('CREATE TEMP TABLE enterprise (enterprise_id int, %s)', columns);
	EXECUTE format('INSERT INTO enterprise SELECT i, %s FROM generate_series(1, 300) i', choices);
END $$;

-- Differences between the view and the questions, and a check that some answers are decided.
CREATE FUNCTION pg_temp.differences(code text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	differing bigint;
	wrong text := '';
	decided bigint := 0;
	answered bigint;
	c record;
BEGIN
	PERFORM pg_temp.enterprises(stored(code));
	PERFORM publish('enterprise', code, 'pg_temp.published');
	FOR c IN
		SELECT attname, CASE attname WHEN 'total_amount' THEN format('amount(e, %L)', code)
			WHEN 'placement_level' THEN format('(placement(e, %L)).level', code) WHEN 'placement_code'
			THEN format('(placement(e, %L)).code', code)
			WHEN 'placement_label' THEN format('(placement(e, %L)).label', code)
			ELSE format('(SELECT %s
				FROM assess(e, %L) a WHERE ''%s_'' || regexp_replace(lower(a.clause || coalesce(''_'' || '
					'a.stage, '''')), ''[^a-z0-9]'', ''_'', ''g'') = %L)',
				CASE WHEN atttypid = 'boolean'::regtype THEN 'to_jsonb(a.eligible)'
					ELSE 'CASE WHEN a.stage IS NOT NULL THEN to_jsonb(a.amount) WHEN a.low = a.high '
					'THEN to_jsonb(a.low) END' END, code, substring(attname FROM '^[a-z]*'), attname) END AS question
		FROM pg_attribute WHERE attrelid = 'pg_temp.published'::regclass
		AND attname ~ '^(clause|rung|placement)_|^total_amount$' AND attnum > 0
	LOOP
		EXECUTE format('SELECT count(*) FILTER (WHERE to_jsonb(v.%1$I) IS DISTINCT '
		'FROM nullif(to_jsonb(%2$s), ''null'')), count(v.%1$I) FROM published v JOIN enterprise e '
		'USING (enterprise_id)', c.attname, c.question)
			INTO differing, answered;
		decided := decided + answered;
		IF differing > 0 THEN wrong := wrong || c.attname || ' '; END IF;
	END LOOP;
	RETURN CASE WHEN decided = 0 THEN 'nothing is decided' ELSE wrong END;
END $$;

DO $$ BEGIN PERFORM setseed(0.5); END $$;
SELECT is(pg_temp.differences(code), '', code) FROM policies ORDER BY code COLLATE "C";
SELECT is(pg_temp.differences('miit-ladder'), '', 'a series');
SELECT is(pg_temp.differences('yubei-2024-34/7-neeq'), '', 'a part');
-- in batches
SET LOCAL zjtx.batch_rows = 0;
SELECT is(pg_temp.differences(code), '', code || ' in batches') FROM policies ORDER BY code COLLATE "C";
SELECT is(pg_temp.differences('miit-ladder'), '', 'a series in batches');
SELECT is(pg_temp.differences('yubei-2024-34/7-neeq'), '', 'a part in batches');

SELECT * FROM finish();
ROLLBACK;
