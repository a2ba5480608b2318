\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL client_min_messages = warning;
SET LOCAL datestyle = iso;
SELECT plan(6);

-- After random changes of rows, documents, payments, allotments, entries and days, a sweep leaves the same as one that
-- knows no digests and compares every enterprise with the ledger.

CREATE FUNCTION pg_temp.chance(seed text, n int) RETURNS int LANGUAGE sql IMMUTABLE AS $$
	SELECT (('x' || substr(md5(seed), 1, 7))::bit(28)::int % n)
$$;
CREATE TABLE firm (id int PRIMARY KEY, a numeric, c numeric, titled_on date);
CREATE TABLE own (id int PRIMARY KEY, a numeric, c numeric, titled_on date, as_of date);

-- the documents in some of their versions
CREATE FUNCTION pg_temp.law(seed text) RETURNS text LANGUAGE sql AS $$
	SELECT CASE pg_temp.chance(seed || 'document', 3)
		WHEN 0 THEN format('policy rand-0 ''U'' fact a number clause 1 when a > %s clause 2 reward when a > 4 pay 2元',
			2 + pg_temp.chance(seed || 'bound', 3))
		WHEN 1 THEN format('policy rand-2 ''V'' series rand in force from 2026-01-01 fact a number fact c number
			clause %s reward pay a * %s元', 7 + pg_temp.chance(seed || 'code', 2), 1 + pg_temp.chance(seed || 'rate', 2))
		ELSE format('policy rand-1 ''R'' series rand uses rand-0 in force from 2024-01-01 until 2026-01-01
			fact a number fact c number fact titled_on date null means none
			clause 1 reward %1$s when a > 3 pay a * %2$s元
			clause 2 reward %1$s pay c * 1元
			clause 3 reward per year when a > 5 pay %3$s元
			clause 4 reward stage one on titled_on when a > 1 pay 5元 stage two on titled_on + 1年 pay 6元
			clause 5 reward per year cap 20元 in all pay c * 1元
			clause 6 reward when satisfies rand-0/1 pay 7元
			%4$s
			select best first 2 by a desc, c desc when a > 0
			clause 8 reward when satisfies best pay 50元', '', 1 + pg_temp.chance(seed || 'rate', 2),
			3 + pg_temp.chance(seed || 'yearly', 2),
			(ARRAY['', 'group g best of 1, 2', 'group g sum of 1, 2 cap 9元'])[1 + pg_temp.chance(seed || 'group', 3)])
	END
$$;

-- what a sweep must leave: the balance of every line, the entries in their order, who was judged, and of a sweep of
-- what is due the next changes
CREATE FUNCTION pg_temp.left_by(due boolean) RETURNS text LANGUAGE sql AS $$
	SELECT concat_ws(E'\n',
		(SELECT string_agg(s::text, E'\n' ORDER BY s::text) FROM standing('2999-12-31') s),
		(SELECT string_agg(o::text, E'\n' ORDER BY o::text) FROM owed o),
		(SELECT string_agg(concat_ws(' ', account, key, policy, code, stage, period, unit, kind, old,
			new, paid, payable, in_group,
			judged_on, note), E'\n' ORDER BY id) FROM (SELECT * FROM ledger ORDER BY id DESC LIMIT 200) l),
		(SELECT string_agg(concat_ws(' ', account, key, CASE WHEN due THEN next_change END), E'\n'
			ORDER BY account, key) FROM judged))
$$;
CREATE TABLE counted (compared bigint, skipped bigint, failed bigint, due bigint, errors bigint);
INSERT INTO counted VALUES (0, 0, 0, 0, 0);

-- one random change; returns whether it was possible
CREATE FUNCTION pg_temp.change(seed text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	name text := (ARRAY['firm', 'firm', 'own'])[1 + pg_temp.chance(seed || 'table', 3)];
	quiet boolean := pg_temp.chance(seed || 'quiet', 2) = 0;
	id int := pg_temp.chance(seed || 'id', 14);
	line record;
BEGIN
	IF quiet THEN
		EXECUTE format('ALTER TABLE %I DISABLE TRIGGER judge', name);
	END IF;
	CASE pg_temp.chance(seed || 'what', 14)
	WHEN 0, 1, 2 THEN
		EXECUTE format('INSERT INTO %I VALUES (%s, %s, 3, %L) '
			'ON CONFLICT (id) DO UPDATE SET a = excluded.a, titled_on = excluded.titled_on',
			name, id, pg_temp.chance(seed || 'a', 8), date '2024-11-01' + pg_temp.chance(seed || 'day', 500));
	WHEN 3 THEN
		EXECUTE format('UPDATE %I SET c = %s, a = NULL WHERE id %% 3 = %s', name, pg_temp.chance(seed || 'c', 9), id % 3);
	WHEN 4 THEN
		EXECUTE format('DELETE FROM %I WHERE id = %s', name, id);
	WHEN 5 THEN
		UPDATE own SET as_of = CASE WHEN pg_temp.chance(seed || 'none', 4) > 0
			THEN date '2024-12-01' + pg_temp.chance(seed || 'own', 700) END
		WHERE own.id % 4 = pg_temp.chance(seed || 'some', 4);
	WHEN 6, 7 THEN
		PERFORM store(pg_temp.law(seed));
	WHEN 8, 9 THEN
		SELECT * INTO line FROM owed o WHERE o.due > 0 ORDER BY md5(seed || o::text) LIMIT 1;
		PERFORM settle(line.account, line.key, line.policy, line.code, line.stage, line.period, least(line.due, 3), 'paid');
	WHEN 10 THEN
		SELECT * INTO line FROM owed o WHERE o.owed > 0 ORDER BY o.period, md5(seed || o::text) LIMIT 1;
		PERFORM withdraw(line.account, line.key, line.policy, line.code, line.stage, line.period, 'was not due');
	WHEN 11 THEN
		EXECUTE format('UPDATE %I SET id = id + 20 WHERE id = %s', name, id);
		PERFORM move_key('public.' || name, id::text, (id + 20)::text, 'typed wrongly');
	WHEN 12 THEN
		PERFORM record_allotment('public.firm', 'rand', 'best', extract(year FROM current_setting('zjtx.as_of')::date)::int);
	ELSE
		DELETE FROM ledger l WHERE l.id = (SELECT max(m.id) FROM ledger m WHERE m.key = id::text);
	END CASE;
	EXECUTE format('ALTER TABLE %I ENABLE TRIGGER judge', name);
	RETURN true;
EXCEPTION WHEN OTHERS THEN
	UPDATE counted SET errors = errors + 1;
	RETURN false;
END $$;

-- A sweep in a subtransaction that knows no digests and is rolled back, and one that does.  The second has a
-- subtransaction, too: if a transaction locked a row, and a subtransaction that was rolled back changed it, an
-- assertion of PostgreSQL fails when the transaction itself changes it.
CREATE FUNCTION pg_temp.sweep_both(relation regclass, policies text[], due boolean) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	without text;
	with_them text;
BEGIN
	BEGIN
		UPDATE judged SET digest = NULL, law = 0, next_change = NULL WHERE account = 'public.' || relation;
		CALL sweep(relation, 'id', policies, due => due);
		without := pg_temp.left_by(due);
		RAISE 'rolled back' USING ERRCODE = 'ZZZZZ';
	EXCEPTION WHEN SQLSTATE 'ZZZZZ' THEN
	END;
	CREATE TEMP TABLE before AS SELECT account, key, ctid AS place FROM judged WHERE account = 'public.' || relation;
	BEGIN
		CALL sweep(relation, 'id', policies, due => due);
	EXCEPTION WHEN OTHERS THEN
		RAISE;
	END;
	with_them := pg_temp.left_by(due);
	IF NOT due THEN
		UPDATE counted SET compared = compared + (SELECT count(*) FROM judged j LEFT JOIN before b USING (account, key)
				WHERE account = 'public.' || relation AND j.ctid IS DISTINCT FROM place),
			skipped = skipped + (SELECT count(*) FROM judged j JOIN before b USING (account, key) WHERE j.ctid = place);
	ELSE
		UPDATE counted c SET due = c.due + 1;
	END IF;
	DROP TABLE before;
	IF with_them = without THEN
		RETURN NULL;
	END IF;
	UPDATE counted SET failed = failed + 1;
	RETURN (SELECT string_agg(CASE WHEN w IS NULL THEN '+ ' || x ELSE '- ' || w END, E'\n')
		FROM regexp_split_to_table(without, E'\n') w FULL JOIN regexp_split_to_table(with_them, E'\n') x ON w = x
		WHERE w IS NULL OR x IS NULL);
END $$;

SELECT store('policy rand-0 ''U'' fact a number clause 1 when a > 2 clause 2 reward when a > 4 pay 2元') \g /dev/null
SELECT store('policy rand-2 ''V'' series rand in force from 2026-01-01 fact a number fact c number '
	'clause 7 reward pay a * 1元') \g /dev/null
SELECT store(pg_temp.law(seed)) FROM (SELECT s::text AS seed FROM generate_series(1, 50) s) s
	WHERE pg_temp.law(seed) LIKE 'policy rand-1%' LIMIT 1 \g /dev/null
CREATE TRIGGER judge AFTER INSERT OR UPDATE OR DELETE ON firm FOR EACH ROW
	EXECUTE FUNCTION watch('firm', 'id', 'rand', 'rand-0');
CREATE TRIGGER judge AFTER INSERT OR UPDATE OR DELETE ON own FOR EACH ROW
	EXECUTE FUNCTION watch('own', 'id', 'rand', 'rand-0');
INSERT INTO firm SELECT i, i, 12 - i, date '2025-01-01' + 20 * i FROM generate_series(1, 12) i;
INSERT INTO own SELECT i, i, 12 - i, date '2025-01-01' + 20 * i,
	date '2024-12-01' + 40 * i FROM generate_series(1, 12) i;

CREATE FUNCTION pg_temp.rounds(first int, last int) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	day date := '2025-01-15';
	difference text;
	relation regclass;
	policies text[];
BEGIN
	FOR round IN first .. last LOOP
		IF pg_temp.chance(round || 'pass', 3) = 0 THEN
			day := day + pg_temp.chance(round || 'days', 60) - 10;
		END IF;
		PERFORM set_config('zjtx.as_of', day::text, true);
		PERFORM set_config('zjtx.batch', (pg_temp.chance(round || 'batch', 2) = 0)::text, true);
		FOR i IN 1 .. pg_temp.chance(round || 'changes', 3) LOOP
			PERFORM pg_temp.change(round || ' ' || i || ' ');
		END LOOP;
		relation := (ARRAY['firm', 'firm', 'own'])[1 + pg_temp.chance(round || 'relation', 3)]::regclass;
		policies := CASE pg_temp.chance(round || 'policies', 8) WHEN 0 THEN '{rand-0}' WHEN 1 THEN '{rand}'
			WHEN 2 THEN '{rand-1,rand-0}'
			ELSE '{rand-0,rand}' END;
		difference := pg_temp.sweep_both(relation, policies, false);
		IF difference IS NOT NULL THEN
			RETURN NEXT format('round %s, %s, %s, %s: %s', round, relation, policies, day, difference);
		END IF;
		-- nothing was written without a trigger since
		IF pg_temp.chance(round || 'due', 4) = 0 THEN
			difference := pg_temp.sweep_both(relation, policies, true);
			IF difference IS NOT NULL THEN
				RETURN NEXT format('round %s, due: %s', round, difference);
			END IF;
		END IF;
	END LOOP;
END $$;
SELECT is((SELECT string_agg(r, E'\n') FROM pg_temp.rounds(1, 100) r), NULL,
	'a sweep leaves what one without digests leaves');
SELECT cmp_ok(skipped, '>', 200::bigint, 'it skips enterprises') FROM counted;
SELECT cmp_ok(compared, '>', 200::bigint, 'and compares others') FROM counted;
SELECT cmp_ok(due, '>', 10::bigint, 'some sweeps are of what is due') FROM counted;
SELECT cmp_ok(errors, '<', 100::bigint, 'most changes are possible') FROM counted;
SELECT is((SELECT string_agg(DISTINCT kind, ' ' ORDER BY kind) FROM ledger),
	'carried lapsed lost moved owed paid reached undecided withdrawn', 'there are entries of every kind');
SELECT * FROM finish();
ROLLBACK;
