-- The answers of a warehouse.
SET search_path = public, zjtx;
SET zjtx.as_of = '2025-06-30';
SELECT code, title, series, uses, number, repeals, in_force, shipped, draft, md5(doc::text) FROM policies ORDER BY code;
SELECT count(*) FROM assess('{"as_of": "2025-06-30", "n": 1}'::jsonb) WHERE policy = 'own-draft';
SELECT id, e |# 'own-0' FROM a_firm e ORDER BY id;
SELECT * FROM a_firm ORDER BY id;
SELECT * FROM a_rule ORDER BY id;
SELECT * FROM a_generated ORDER BY n;
SELECT * FROM a_view ORDER BY id;
SELECT * FROM a_filled ORDER BY id;
SELECT tgrelid::regclass, tgname, tgenabled, pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = 'fill';
SELECT * FROM a_matview ORDER BY id;
SELECT * FROM a_published ORDER BY id;
SELECT * FROM a_published_value ORDER BY id;
SELECT * FROM a_published_rows ORDER BY id;
SELECT a_function(), (SELECT count(*) FROM a_jsonb);
SELECT conrelid::regclass, conname, convalidated, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c'
	ORDER BY 1::text, 2;
SELECT indexrelid::regclass::text, indisvalid, pg_get_indexdef(indexrelid) FROM pg_index
	WHERE indrelid::regclass::text LIKE 'a\_%' ORDER BY 1;
SELECT attrelid::regclass::text, attname, col_description(attrelid, attnum) FROM pg_attribute
	WHERE attrelid = 'a_published'::regclass AND attnum > 0 ORDER BY attnum;
SELECT obj_description('a_published'::regclass);
SELECT (jsonb_populate_record(NULL::a_firm, '{"n": 9, "r": "a"}')) |= 'own';
SELECT a, pg_typeof(a) FROM (SELECT (a_firm |# 'own-1') AS a FROM a_firm WHERE id = 9) x;
SELECT to_regclass('zjtx.ledger') IS NOT NULL AS watches \gset
\if :watches
SELECT * FROM ledger ORDER BY id;
SELECT * FROM judged ORDER BY account, key;
SELECT * FROM owed ORDER BY 1, 2, 3, 4;
SELECT account, relation_name, key_column, key_number FROM accounts ORDER BY 1;
BEGIN;
-- relations known by name get their accounts again, and no new entries are made
SET LOCAL client_min_messages = warning;
CALL sweep('a_city.facts_later', 'number', '{own-1}');
CALL sweep('a_watched', 'id', '{own-1}');
SELECT account, count(*), sum(difference), sum(paid) FROM ledger GROUP BY account ORDER BY account;
SELECT count(*) FROM accounts WHERE relation = relation_name::regclass;
ROLLBACK;
BEGIN;
UPDATE a_watched SET n = 5 WHERE id = 1;
SELECT key, code, kind, old, new FROM ledger ORDER BY id;
ROLLBACK;
\endif
