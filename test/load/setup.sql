-- Enterprises with facts in three tables, which are watched in different ways, two documents, and the checks of
-- the ledger.  The psql variable :firms is the number of enterprises.
CREATE EXTENSION zjtx;
DO $$ BEGIN
	EXECUTE format('ALTER DATABASE %I SET search_path = public, zjtx', current_database());
	EXECUTE format('ALTER DATABASE %I SET zjtx.as_of = ''2025-06-30''', current_database());
	EXECUTE format('ALTER DATABASE %I SET client_min_messages = warning', current_database());
END $$;
SET search_path = public, zjtx;
SET zjtx.as_of = '2025-06-30';

CREATE TABLE firm (id int PRIMARY KEY, region text, revenue numeric, staff int, version int NOT NULL DEFAULT 0);
CREATE TABLE lease (firm int, area numeric, rent numeric);
CREATE INDEX ON lease (firm);
CREATE TABLE title (firm int PRIMARY KEY, listed_on date);
CREATE VIEW facts AS
SELECT f.id, f.region, f.revenue, f.staff, t.listed_on, l.leases
FROM firm f
     LEFT JOIN title t ON t.firm = f.id
     LEFT JOIN LATERAL (SELECT jsonb_agg(jsonb_build_object('area', area, 'rent', rent)) AS leases
                        FROM lease WHERE lease.firm = f.id) l ON true;

-- The text of a document in its k-th version: rewards, stages, points, an eligibility clause, a ladder.
CREATE FUNCTION law(code text, k int) RETURNS text LANGUAGE sql IMMUTABLE AS $$
SELECT format($p$policy %1$s 'Law %2$s of %1$s'
fact region text
fact revenue number 元 at least 0
fact staff number 人
fact listed_on date null means none
fact leases list (area number 平方米, rent number 元) null means none
define rents = sum(leases where rent > 20元 : %2$s元 * area)
clause 1 'growth' reward when revenue > 100万元 pay revenue * %2$s%% cap 5万元
clause 2 'rents' subsidy per year when region = 'east' pay rents cap 2000元
clause 3 'listing' reward cap 9万元 when revenue >= 50万元
  stage filed 'filed' on listed_on pay %2$s万元
  stage kept 'kept' on listed_on + 90日 when staff >= 30人 pay 2万元
clause 4 'points' points when staff >= 10人 pay case when staff >= 30人 then %2$s分 else 1分 end
clause 5 'named' when region in ('east', 'west')
%3$s
ladder 'steps' rung low 'low' when revenue >= %2$s万元 rung high 'high' when revenue >= 200万元 and staff >= 50人
example 'one' given region = 'east', revenue = 200万元, staff = 50人, leases = [(area = 10平方米, rent = 30元)]
  expect clause 2 = %4$s元, clause 5 true, rung high true$p$,
	code, k, CASE WHEN k % 2 = 0 THEN $c$clause 6 'even' tax when staff > 20人 pay 100元$c$ ELSE '' END, 10 * k) $$;
SELECT store(law('load-fixed', 2));
SELECT store(law('load-moving', 1));

CREATE TRIGGER judge AFTER INSERT OR UPDATE OR DELETE ON firm
	FOR EACH ROW EXECUTE FUNCTION watch('facts', 'id', 'load-fixed', 'load-moving', 'load-moving/3');
CREATE TRIGGER judge_insert AFTER INSERT ON lease REFERENCING NEW TABLE AS fresh
	FOR EACH STATEMENT EXECUTE FUNCTION watch('facts', 'id=firm', 'load-fixed', 'load-moving', 'load-moving/3');
CREATE TRIGGER judge_update AFTER UPDATE ON lease REFERENCING OLD TABLE AS stale NEW TABLE AS fresh
	FOR EACH STATEMENT EXECUTE FUNCTION watch('facts', 'id=firm', 'load-fixed', 'load-moving', 'load-moving/3');
CREATE TRIGGER judge_delete AFTER DELETE ON lease REFERENCING OLD TABLE AS stale
	FOR EACH STATEMENT EXECUTE FUNCTION watch('facts', 'id=firm', 'load-fixed', 'load-moving', 'load-moving/3');
CREATE CONSTRAINT TRIGGER judge AFTER INSERT OR UPDATE OR DELETE ON title DEFERRABLE INITIALLY DEFERRED
	FOR EACH ROW EXECUTE FUNCTION watch('facts', 'id=firm', 'load-fixed', 'load-moving', 'load-moving/3');

INSERT INTO firm SELECT i, (ARRAY['east', 'west', 'north', NULL])[i % 4 + 1], i % 300 * 10000, i % 70
	FROM generate_series(1, :firms) i;
INSERT INTO lease SELECT i % :firms + 1, i % 50, 15 + i % 10 FROM generate_series(1, :firms * 2) i;
INSERT INTO title SELECT i, date '2025-01-01' + i % 200 FROM generate_series(1, :firms, 2) i;
ANALYZE firm, lease, title;

-- ---------------- checks of the ledger ----------------

-- The balances of an enterprise according to the ledger, and according to a judgement of its current row.  One
-- statement reads both, so they must agree in every snapshot.
CREATE FUNCTION stands(firm int, OUT policy text, OUT code text, OUT stage text, OUT unit text, OUT period int,
	OUT payable boolean, OUT amount numeric) RETURNS SETOF record STABLE LANGUAGE sql AS $$
SELECT policy, code, stage, unit, period, payable, sum(difference) FROM ledger
WHERE account = 'public.facts' AND key = firm::text GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(difference) <> 0 $$;

CREATE FUNCTION proved(firm int, OUT policy text, OUT code text, OUT stage text, OUT unit text, OUT period int,
	OUT payable boolean, OUT amount numeric) RETURNS SETOF record STABLE LANGUAGE sql AS $$
SELECT p.policy, l.clause, l.stage, u.unit, l.period, u.unit IS NOT NULL AND l.kind IN ('reward', 'subsidy'), a.amount
FROM facts e, (VALUES ('load-fixed'), ('load-moving'), ('load-moving/3')) p (policy),
	LATERAL (SELECT lines.*, bool_or(stage IS NOT NULL) OVER (PARTITION BY clause) AS staged
	FROM lines(judge(e, as_of(stored(p.policy), '2025-06-30')))) l,
	LATERAL (SELECT CASE WHEN l.status <> 'undetermined' THEN l.unit END) u (unit),
	LATERAL (SELECT CASE WHEN u.unit IS NULL THEN (l.eligible IS TRUE)::int ELSE coalesce(l.amount, l.low, 0)
	END) a (amount)
WHERE e.id = firm AND (l.stage IS NOT NULL OR NOT l.staged) AND a.amount <> 0 $$;

CREATE FUNCTION astray(firm int, policies text) RETURNS SETOF record STABLE LANGUAGE sql AS $$
(SELECT * FROM stands(firm) WHERE policy LIKE policies EXCEPT ALL SELECT * FROM proved(firm) WHERE policy LIKE policies)
UNION ALL
(SELECT * FROM proved(firm) WHERE policy LIKE policies EXCEPT ALL SELECT * FROM stands(firm) WHERE policy LIKE policies)
	$$;

-- All current and former enterprises.
CREATE VIEW everyone AS SELECT id FROM firm UNION SELECT key::int FROM judged WHERE account = 'public.facts';

-- The rewards computed by hand, without zjtx.
CREATE VIEW by_hand AS
SELECT f.id, CASE WHEN revenue > 1000000 THEN least(round(revenue * 0.02, 2), 50000) ELSE 0 END AS clause_1,
	CASE WHEN region = 'east' THEN least(coalesce((SELECT sum(area * 2) FROM lease WHERE firm = f.id AND rent > 20), 0),
	2000) ELSE 0 END AS clause_2
FROM firm f;

-- Entries that do not start from the balance of the previous entry.
CREATE VIEW broken AS
SELECT * FROM (SELECT l.*, coalesce(lag(new) OVER (PARTITION BY account, key, policy, code, stage, unit, period, payable
	ORDER BY id), 0) AS before
	FROM ledger l) l
WHERE old <> before OR kind NOT IN ('paid', 'moved') AND new = old;

-- ---------------- corrected keys ----------------

CREATE SEQUENCE rekeyed START 3000000;
INSERT INTO firm SELECT nextval('rekeyed'), 'east', i % 300 * 10000, i % 70 FROM generate_series(1, 40) i;
INSERT INTO title SELECT id, '2025-02-01' FROM firm WHERE id >= 3000000;
INSERT INTO lease SELECT id, 100, 30 FROM firm WHERE id >= 3000000;

-- Gives an enterprise a new key in all tables and moves its balances and payments: by UPDATE with the triggers, or
-- by DELETE and INSERT with move_key in between.
CREATE FUNCTION rekey(how int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	f firm;
	t title;
	l lease;
	new int := nextval('rekeyed');
BEGIN
	SELECT * INTO f FROM firm WHERE id >= 3000000 ORDER BY random() LIMIT 1 FOR UPDATE SKIP LOCKED;
	IF f.id IS NULL THEN
		RETURN;
	ELSIF how = 1 THEN
		UPDATE title SET firm = new WHERE firm = f.id;
		UPDATE lease SET firm = new WHERE firm = f.id;
		UPDATE firm SET id = new WHERE id = f.id;
		PERFORM move_key('public.facts', f.id::text, new::text, 'by UPDATE');
	ELSE
		DELETE FROM lease WHERE firm = f.id RETURNING * INTO l;
		DELETE FROM title WHERE firm = f.id RETURNING * INTO t;
		DELETE FROM firm WHERE id = f.id;
		PERFORM move_key('public.facts', f.id::text, new::text, 'by DELETE and INSERT');
		INSERT INTO firm VALUES (new, f.region, f.revenue + 10000, f.staff);
		INSERT INTO title VALUES (new, t.listed_on);
		INSERT INTO lease VALUES (new, l.area, l.rent);
	END IF;
END $$;

-- A former key has no balance.
CREATE VIEW left_behind AS
SELECT account, key, policy, code, stage, unit, period, payable, sum(difference) AS stands, sum(paid) AS paid
	FROM ledger
WHERE key IN (SELECT key FROM ledger WHERE kind = 'moved' AND (new < old OR paid < 0)) GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
HAVING sum(difference) <> 0 OR sum(paid) <> 0;

-- ---------------- a view that is renamed and recreated ----------------

CREATE SCHEMA elsewhere;
CREATE VIEW roaming AS SELECT id, region, revenue, staff FROM firm;
CALL sweep('roaming', 'id', '{load-fixed/1}', account => 'roaming');
CREATE FUNCTION roam(how int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	at regclass;
	at_name name;
	at_schema name;
	column_name name;
	definition text;
BEGIN
	IF NOT pg_try_advisory_xact_lock(7) THEN
		RETURN;
	END IF;
	SELECT c.oid, relname, nspname, attname INTO at, at_name, at_schema, column_name
		FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace JOIN pg_attribute ON attrelid = c.oid AND attnum = 1
		WHERE relname IN ('roaming', 'roamed') AND nspname IN ('public', 'elsewhere');
	definition := format('SELECT id AS %I, region, revenue, staff FROM public.firm', column_name);
	CASE how
		WHEN 1 THEN EXECUTE format('ALTER VIEW %s RENAME TO %I', at, CASE at_name WHEN 'roaming' THEN 'roamed'
		ELSE 'roaming' END);
		WHEN 2 THEN EXECUTE format('ALTER VIEW %s SET SCHEMA %I', at, CASE at_schema WHEN 'public' THEN 'elsewhere'
			ELSE 'public' END);
		WHEN 3 THEN EXECUTE format('ALTER VIEW %s RENAME COLUMN %I TO %I', at, column_name, CASE column_name WHEN 'id'
			THEN 'number' ELSE 'id' END);
		WHEN 4 THEN
			EXECUTE format('DROP VIEW %s', at);
			EXECUTE format('CREATE VIEW %I.%I AS %s', at_schema, at_name, definition);
			CALL sweep(format('%I.%I', at_schema, at_name)::regclass, column_name, '{load-fixed/1}');
		WHEN 5 THEN
			EXECUTE format('DROP VIEW %s', at);
			EXECUTE format('CREATE VIEW public.roaming AS %s', definition);
			CALL sweep('public.roaming', column_name, '{load-fixed/1}', account => 'roaming');
		ELSE
			CALL sweep(at, column_name, '{load-fixed/1}');
	END CASE;
END $$;

-- Recreates the view of the triggers under changing names.  It uses a short lock timeout, because pgbench waits
-- for the view when it prepares a statement and then does not end its other transactions.
CREATE FUNCTION remake() RETURNS void LANGUAGE plpgsql SET lock_timeout = '200ms' AS $$
DECLARE
	definition text;
BEGIN
	IF NOT pg_try_advisory_xact_lock(8) THEN
		RETURN;
	END IF;
	definition := pg_get_viewdef('public.facts'::regclass);
	ALTER VIEW public.facts RENAME TO facts_before;
	ALTER VIEW public.facts_before RENAME TO facts;
	ALTER SCHEMA public RENAME TO private;
	ALTER SCHEMA private RENAME TO public;
	DROP VIEW public.facts;
	EXECUTE 'CREATE VIEW public.facts AS ' || definition;
EXCEPTION WHEN lock_not_available THEN
	NULL;
END $$;

-- Whether the view's account differs from the account of its rows.
CREATE VIEW strayed AS
SELECT f.id, l.key, f.amount, l.owed FROM (SELECT id::text, CASE WHEN revenue > 1000000
	THEN least(round(revenue * 0.02, 2), 50000) ELSE 0 END AS amount FROM firm) f
FULL JOIN (SELECT key, sum(difference) AS owed FROM ledger WHERE account = 'roaming' GROUP BY key) l ON f.id = l.key
WHERE coalesce(f.amount, 0) <> coalesce(l.owed, 0);

