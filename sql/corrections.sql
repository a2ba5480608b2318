\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL zjtx.as_of = '2025-06-30';
SET LOCAL client_min_messages = warning;
SELECT plan(53);

-- Amounts owed and paid survive deleted rows and changed keys, and can be corrected.

SELECT store($$
policy fix-2025 'Corrections' series fix in force from 2025-01-01
fact revenue number 元 at least 0
fact won_on date null means none
clause 1 'once' reward when revenue >= 10元 pay 100元
clause 2 'yearly' subsidy per year when revenue >= 10元 pay 5元
clause 3 'stages' reward cap 30元 stage won on won_on pay 20元
clause 4 'points' points per year when revenue >= 10元 pay 3分
$$);
CREATE TABLE firm (id text PRIMARY KEY, revenue numeric, won_on date);
CREATE TRIGGER judge AFTER INSERT OR UPDATE OR DELETE ON firm FOR EACH ROW EXECUTE FUNCTION watch('firm', 'id',
	'fix-2025');
CREATE FUNCTION pg_temp.lines(keys text) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', key, code || coalesce('/' || stage, ''), period, owed, paid), ', ' ORDER BY key,
		code, period) FROM zjtx.owed WHERE account = 'public.firm' AND key = ANY (string_to_array(keys, ' '))$$;
CREATE FUNCTION pg_temp.broken() RETURNS bigint LANGUAGE sql AS $$
	SELECT count(*) FROM (SELECT old, lag(new, 1, 0) OVER (PARTITION BY account, key, policy, code, stage, unit, period,
		payable ORDER BY id) AS before FROM zjtx.ledger) l WHERE old <> before$$;

-- A row is deleted, and inserted again in a later year.

INSERT INTO firm VALUES ('a', 10, '2025-01-01');
SELECT settle('public.firm', 'a', 'fix-2025', '2', NULL, 2025, 5);
SELECT is(pg_temp.lines('a'), 'a 1 100.00 0.00, a 2 2025 5.00 5.00, a 3/won 20.00 0.00', 'a year');
SET LOCAL zjtx.as_of = '2026-03-01';
DELETE FROM firm;
SELECT is(pg_temp.lines('a'), 'a 2 2025 5.00 5.00', 'earlier years stand when the row is deleted');
INSERT INTO firm VALUES ('a', 10, '2025-01-01');
SELECT is(pg_temp.lines('a'), 'a 1 100.00 0.00, a 2 2025 5.00 5.00, a 2 2026 5.00 0.00, a 3/won 20.00 0.00',
	'and when it is inserted again');
SELECT throws_ok($$SELECT settle('public.firm', 'a', 'fix-2025', '2', NULL, 2025, 5)$$, '23514',
	'5.00 is more than is due: 5.00 is owed and 5.00 was paid', 'which is not paid again');
DELETE FROM firm;
SELECT is(pg_temp.lines('a'), 'a 2 2025 5.00 5.00', 'the year judged falls');
CALL sweep('firm', 'id', '{fix-2025}');
SELECT is(pg_temp.lines('a'), 'a 2 2025 5.00 5.00', 'a sweep leaves it so');
TRUNCATE firm;
CALL sweep('firm', 'id', '{fix-2025}');
INSERT INTO firm VALUES ('a', 10, '2025-01-01'), ('b', 10, NULL);
SELECT is(pg_temp.lines('a'), 'a 1 100.00 0.00, a 2 2025 5.00 5.00, a 2 2026 5.00 0.00, a 3/won 20.00 0.00',
	'so does TRUNCATE');

-- withdraw.

SELECT is(pg_temp.error_of(format('SELECT withdraw(%s)', arguments)), error, arguments) FROM (VALUES
	($$'public.firm', 'a', 'fix-2025', '2', NULL, 2026, 'x'$$,
	E'55000: cannot withdraw a line of 2026, the year judged, while public.firm has the key "a"\nDETAIL: The next '
	'judgement of the row would enter it again.\nHINT: Correct the facts of the row.'),
	($$'public.firm', 'a', 'fix-2025', '1', NULL, NULL, 'x'$$,
	E'55000: cannot withdraw a line without a period while public.firm has the key "a"\nDETAIL: The next judgement of '
	'the row would enter it again.\nHINT: Correct the facts of the row.'),
	($$'public.firm', 'a', 'fix-2025', '3', 'won', NULL, 'x'$$,
	E'55000: cannot withdraw a line without a period while public.firm has the key "a"\nDETAIL: The next judgement of '
	'the row would enter it again.\nHINT: Correct the facts of the row.'),
	($$'public.firm', 'a', 'fix-2025', '2', NULL, 2024, 'x'$$,
	E'P0002: nothing is recorded on that line of account "public.firm", key "a"\nHINT: zjtx.standing shows what is '
	'recorded, with the stage and the period of each line.'),
	($$'public.firm', 'c', 'fix-2025', '1', NULL, NULL, 'x'$$,
	E'P0002: nothing is recorded on that line of account "public.firm", key "c"\nHINT: zjtx.standing shows what is '
	'recorded, with the stage and the period of each line.'),
	($$'firm', 'a', 'fix-2025', '2', NULL, 2025, 'x'$$,
	E'P0002: there is no account "firm"\nHINT: zjtx.accounts lists the accounts and the relation of each.'),
	($$'public.firm', 'a', 'fix-2025', '2', NULL, 2025, NULL$$, '22004: a withdrawal needs its note'),
	($$'public.firm', 'a', 'fix-2025', '2', NULL, 2025, ''$$,
	E'22023: a withdrawal needs its note\nDETAIL: An empty note is not accepted.'),
	($$'public.firm', NULL, 'fix-2025', '2', NULL, 2025, 'x'$$, '22004: a withdrawal needs its key')) v (arguments,
	error);
SELECT is((SELECT count(*) FROM judged WHERE key = 'c'), 0::bigint, 'an error leaves nobody who was judged');
SELECT is(withdraw('public.firm', 'a', 'fix-2025', '2', NULL, 2025, 'not theirs'), 5.00,
	'an earlier year is taken back; what was paid on it is told');
SELECT is((SELECT ROW(owed, paid, due, overpaid)::text FROM owed WHERE key = 'a' AND period = 2025),
	'(0.00,5.00,0.00,5.00)', 'and is overpaid');
SELECT throws_ok($$SELECT withdraw('public.firm', 'a', 'fix-2025', '2', NULL, 2025, 'again')$$, 'P0002', NULL, 'once');
SELECT is(withdraw('public.firm', 'a', 'fix-2025', '4', NULL, 2025, 'nor these'), 0.00, 'points');
UPDATE firm SET revenue = 11;
SELECT is(pg_temp.lines('a'), 'a 1 100.00 0.00, a 2 2025 0.00 5.00, a 2 2026 5.00 0.00, a 3/won 20.00 0.00',
	'it does not rise again by itself');
SELECT is((SELECT string_agg(concat_ws(' ', code, period, kind, old, new, paid, note), ', ' ORDER BY id) FROM ledger
	WHERE kind = 'withdrawn'), '2 2025 withdrawn 5.00 0.00 0.00 not theirs, 4 2025 withdrawn 3.00 0.00 0.00 nor these',
	'all of it is in the ledger');
SELECT is((SELECT string_agg(standing || ' ' || paid, ', ') FROM standing('2026-12-31') WHERE key = 'a'
	AND period = 2025 AND payable), '0.00 5.00', 'where it stood');
ALTER TABLE firm DISABLE TRIGGER judge;
DELETE FROM firm WHERE id = 'b';
SELECT is(withdraw('public.firm', 'b', 'fix-2025', '1', NULL, NULL, 'gone'), 0.00, 'of who is gone any line');
ALTER TABLE firm ENABLE TRIGGER judge;

-- A view with its own as_of: the year judged is that of the row.

CREATE VIEW dated AS SELECT id, revenue, won_on, date '2025-05-05' AS as_of FROM firm;
CALL sweep('dated', 'id', '{fix-2025}');
SELECT throws_ok($$SELECT withdraw('public.dated', 'a', 'fix-2025', '2', NULL, 2025, 'x')$$, '55000',
	'cannot withdraw a line of 2025, the year judged, while public.dated has the key "a"', 'the year of the row');
DROP VIEW dated;
SELECT is(withdraw('public.dated', 'a', 'fix-2025', '2', NULL, 2025, 'the whole programme'), 0.00,
	'where the relation is gone, anything');

-- move_key after an UPDATE of the key that fires the trigger.

SELECT settle('public.firm', 'a', 'fix-2025', '1', NULL, NULL, 60);
UPDATE firm SET id = 'A';
SELECT is(pg_temp.lines('a A'),
	'A 1 100.00 0.00, A 2 2026 5.00 0.00, A 3/won 20.00 0.00, a 1 0.00 60.00, a 2 2025 0.00 5.00',
	'a key that changes is another enterprise');
SELECT is(pg_temp.error_of(format('SELECT move_key(%s)', arguments)), error, arguments) FROM (VALUES
	($$'public.firm', 'a', 'a', 'x'$$, '22023: the old key and the new one are the same'),
	($$'public.firm', 'A', 'a', 'x'$$, E'55000: public.firm still has the key "A"\nHINT: Correct the key there first.'),
	($$'public.firm', 'z', 'A', 'x'$$, 'P0002: account "public.firm" has no entries with the key "z"'),
	($$'firm', 'a', 'A', 'x'$$, E'P0002: there is no account "firm"\nHINT: zjtx.accounts lists the accounts and the '
	'relation of each.'),
	($$'public.firm', 'a', 'A', NULL$$, '22004: a key that moves needs its note'),
	($$'public.firm', 'a', 'A', E' \t'$$,
	E'22023: a key that moves needs its note\nDETAIL: An empty note is not accepted.'),
	($$'public.firm', 'a', NULL, 'x'$$, '22004: a key that moves needs its new key'),
	($$'public.dated', 'a', 'A', 'x'$$,
	E'42P01: the relation of account "public.dated" is gone\nDETAIL: It is unknown whether the relation still has the '
	'old key.\nHINT: CALL zjtx.sweep with account => ''public.dated'' gives the account to another relation.')) v
	(arguments, error);
SELECT is(move_key('public.firm', 'a', 'A', 'written wrongly'), 2::bigint, 'unless it is carried over');
SELECT is(pg_temp.lines('a A'), 'A 1 100.00 60.00, A 2 2025 0.00 5.00, A 2 2026 5.00 0.00, A 3/won 20.00 0.00',
	'with what was paid');
SELECT throws_ok($$SELECT settle('public.firm', 'A', 'fix-2025', '1', NULL, NULL, 40.01)$$, '23514',
	'40.01 is more than is due: 100.00 is owed and 60.00 was paid', 'which counts');
CALL sweep('firm', 'id', '{fix-2025}');
SELECT is(pg_temp.lines('a A'), 'A 1 100.00 60.00, A 2 2025 0.00 5.00, A 2 2026 5.00 0.00, A 3/won 20.00 0.00',
	'a sweep leaves it so');

-- move_key before the new key was judged: balances move as well.

ALTER TABLE firm DISABLE TRIGGER judge;
UPDATE firm SET id = 'B';
SELECT is(move_key('public.firm', 'A', 'B', 'merged') || ' ' || pg_temp.lines('A B'),
	'5 B 1 100.00 60.00, B 2 2025 0.00 5.00, B 2 2026 5.00 0.00, B 3/won 20.00 0.00', 'before it is judged');
ALTER TABLE firm ENABLE TRIGGER judge;
UPDATE firm SET revenue = 12;
SELECT is(pg_temp.lines('A B'), 'B 1 100.00 60.00, B 2 2025 0.00 5.00, B 2 2026 5.00 0.00, B 3/won 20.00 0.00',
	'judging finds nothing to add');

-- The key of another enterprise.

INSERT INTO firm VALUES ('C', 10, NULL), ('D', 5, NULL);
UPDATE firm SET revenue = 10 WHERE id = 'D';
DELETE FROM firm WHERE id IN ('B', 'C');
SELECT is(pg_temp.error_of(format('SELECT move_key(''public.firm'', %L, %L, ''x'')', old, new)) ,
	format(E'55000: the key "%s" of account "public.firm" has entries of its own\nDETAIL: Something was owed to it '
	'before "%s" fell, or was paid to it: these are two enterprises.', new, old), old || ' to ' || new)
	FROM (VALUES ('B', 'C'), ('B', 'D'), ('C', 'D'), ('C', 'B')) v (old, new);
SELECT is(pg_temp.broken(), 0::bigint, 'each entry begins where the one before ended');

-- Typed keys: the new key is given as the ledger writes it.

CREATE TABLE numbered (id numeric PRIMARY KEY, revenue numeric);
CREATE TRIGGER judge AFTER INSERT OR UPDATE OR DELETE ON numbered FOR EACH ROW EXECUTE FUNCTION watch('numbered', 'id',
	'fix-2025/1', 'fix-2025', 'fix/1', 'account=public.numbered');
INSERT INTO numbered VALUES (1, 10);
DELETE FROM numbered;
SELECT is(pg_temp.error_of($$SELECT move_key('public.numbered', '1', '2.0', 'x')$$),
	E'22023: no key of public.numbered is written "2.0"\nHINT: Write it as zjtx.judged shows keys: numbers without '
	'trailing zeros, dates as 2025-06-30.', 'not otherwise');
INSERT INTO numbered VALUES (2.0, 10);

-- Other names of the document: a part, the document, its series.

SELECT is((SELECT string_agg(policy || ' ' || due, ', ' ORDER BY policy) FROM owed WHERE key = '2' AND code = '1'),
	'fix-2025 100.00, fix-2025/1 100.00, fix/1 100.00', 'each name has lines of its own');
SELECT settle('public.numbered', '2', 'fix-2025/1', '1', NULL, NULL, 70);
SELECT is(pg_temp.error_of(format('SELECT settle(''public.numbered'', ''2'', %L, ''1'', NULL, NULL, 30.01)', name)),
	'23514: 30.01 is more than is due: 100.00 is owed, 0.00 was paid, and 70.00 on line "1" of policy '
	'"fix-2025/1"', 'paid under another name of the document, by ' || name) FROM unnest('{fix-2025,fix/1}'::text[])
	name;
SELECT is(settle('public.numbered', '2', 'fix/1', '1', NULL, NULL, 30), 70.00, 'up to what is owed once');
SELECT throws_ok($$SELECT settle('public.numbered', '2', 'fix-2025/1', '1', NULL, NULL, 0.01)$$, '23514',
	'0.01 is more than is due: 100.00 is owed, 70.00 was paid, and 30.00 on line "1" of policy "fix/1"',
	'and no more');

SELECT * FROM finish();
ROLLBACK;
