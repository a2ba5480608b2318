-- A warehouse that uses zjtx in all possible places, by name and by value.
SET search_path = public, zjtx;
SET zjtx.as_of = '2025-06-30';
SELECT store($$
policy own-1 'Our own' in force from 2025-01-01 series own
fact n number
fact r text in ('a', 'b')
clause 1 reward when n >= 3 and r = 'a' pay 2元
ladder rung low when n >= 5
$$);
SELECT store('policy own-2 ''Later'' in force from 2026-01-01 series own fact n number clause 1 reward when n >= 4 pay '
	'3元');
-- the document that uses others comes before them in a dump
SELECT store('policy own-9 ''Used'' fact m number clause 1 reward when m >= 3 pay 2元');
SELECT store('policy own-0 ''Uses'' uses own-9 (m = n), own fact n number clause 1 reward when satisfies own/1 '
	'pay amount of own-9/1 + 1元');
SELECT store('policy own-draft ''A draft'' in force from 2020-01-01 uses own-9 fact n number clause 1 reward pay 9元 '
	'example ''e'' given n = 1 expect amount = 1元', draft => true);
CREATE TABLE a_firm (id int PRIMARY KEY, n numeric, r text,
	CONSTRAINT by_value CHECK ((a_firm |= 'n >= 0'::policy) IS NOT FALSE),
	CONSTRAINT by_shipped_name CHECK ((a_firm |= 'yubei-2024-34/3') IS NOT TRUE));
INSERT INTO a_firm SELECT i, i % 10, (ARRAY['a', 'b', NULL])[i % 3 + 1] FROM generate_series(1, 60) i;
CREATE INDEX a_partial ON a_firm (id) WHERE a_firm |= 'n >= 9'::policy;
CREATE INDEX a_expression ON a_firm ((a_firm |= 'n >= 9'::policy));
CREATE TABLE a_rule (id int PRIMARY KEY, rule policy NOT NULL DEFAULT 'n >= 7', old placement, verdict verdict);
INSERT INTO a_rule (id) VALUES (1);
INSERT INTO a_rule SELECT 2, stored('own-1'), e |^ 'own-1', judge(e, 'own-1') FROM a_firm e WHERE id = 9;
CREATE TABLE a_generated (n int,
	big boolean GENERATED ALWAYS AS (zjtx_internal.eligible_facts('n >= 5'::policy, 'n', n)) STORED);
INSERT INTO a_generated VALUES (4), (5);
CREATE VIEW a_view AS SELECT id, e |= 'own-1' AS eligible, e |^ 'own' AS placement, e |# stored('own-1') AS yuan
	FROM a_firm e;
CREATE MATERIALIZED VIEW a_matview AS SELECT id, e |= 'own-1/1' AS eligible FROM a_firm e;
SELECT publish('a_firm', 'own-1', 'a_published');
SELECT publish('a_firm', stored('own-1'), 'a_published_value', true);
CREATE MATERIALIZED VIEW a_published_rows AS SELECT * FROM a_published;
CREATE UNIQUE INDEX ON a_published_rows (id);
CREATE FUNCTION a_function() RETURNS bigint LANGUAGE sql STABLE BEGIN ATOMIC SELECT count(*) FROM public.a_firm e
	WHERE e OPERATOR(zjtx.|=) 'own-1/low'; END;
CREATE FUNCTION a_trigger() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW OPERATOR(zjtx.|=) 'own-1'
	THEN NEW.r := 'b'; END IF; RETURN NEW; END $$;
CREATE TRIGGER asks BEFORE INSERT ON a_firm FOR EACH ROW EXECUTE FUNCTION a_trigger();
CREATE DOMAIN a_domain AS jsonb CHECK ((VALUE OPERATOR(zjtx.|=) 'n >= 0'::zjtx.policy) IS NOT FALSE);
CREATE TABLE a_jsonb (e a_domain);
INSERT INTO a_jsonb VALUES ('{"n": 1}');
CREATE TABLE a_filled (id int, n numeric, r text, reward numeric, rung text);
CREATE TRIGGER fill BEFORE INSERT OR UPDATE ON a_filled FOR EACH ROW
	EXECUTE FUNCTION zjtx.fill('reward=own-1', 'rung=own-1');
INSERT INTO a_filled (id, n, r) VALUES (1, 3, 'a'), (2, 5, 'b');
-- The ledger after watching.
SELECT to_regclass('zjtx.ledger') IS NOT NULL AS watches \gset
\if :watches
CREATE TABLE a_watched (id int PRIMARY KEY, n numeric, r text);
CREATE TRIGGER watch AFTER INSERT OR UPDATE OR DELETE ON a_watched FOR EACH ROW EXECUTE FUNCTION zjtx.watch('a_watched',
	'id', 'own-1');
INSERT INTO a_watched VALUES (1, 3, 'a'), (2, 2, 'a'), (3, 9, 'b');
UPDATE a_watched SET n = n - 1;
-- A view that was watched under another name and another key column, with payments.
CREATE SCHEMA a_town;
CREATE VIEW a_town.facts AS SELECT id, n, r FROM a_watched;
CALL sweep('a_town.facts', 'id', '{own-1}');
ALTER VIEW a_town.facts RENAME COLUMN id TO number;
ALTER VIEW a_town.facts RENAME TO facts_later;
ALTER SCHEMA a_town RENAME TO a_city;
UPDATE a_watched SET n = 3, r = 'a' WHERE id = 3;
CALL sweep('a_city.facts_later', 'number', '{own-1}');
SELECT settle('a_town.facts', '3', 'own-1', '1', NULL, NULL, 2);
\endif
