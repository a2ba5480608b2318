\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL client_min_messages = warning;
SET LOCAL datestyle = iso;
SELECT plan(37);

-- sweep(…, due => true) judges what time can have changed, what was judged or paid since, and all under a new law.

SELECT store('policy due-1 ''D'' fact titled_on date fact a number
	clause 1 reward when a > 1 and as_of < titled_on + 1年 pay 10元
	clause 2 reward per year when a > 5 pay 3元
	clause 3 reward cap 20元 in all pay a * 1元');
CREATE TABLE firm (id int PRIMARY KEY, titled_on date, a numeric);
INSERT INTO firm VALUES (1, '2024-03-01', 2), (2, '2024-06-01', 2), (3, NULL, 2),
	(4, '2020-01-01', 7), (5, '2024-03-01', 0);
CREATE TRIGGER judge AFTER INSERT OR UPDATE OR DELETE ON firm FOR EACH ROW
	EXECUTE FUNCTION zjtx.watch('firm', 'id', 'due-1');

-- what a sweep judged: the keys whose row in zjtx.judged was written for its day
CREATE FUNCTION pg_temp.swept(day date, policies text[] DEFAULT '{due-1}', due boolean DEFAULT true) RETURNS text
	LANGUAGE plpgsql AS $$
BEGIN
	CALL zjtx.sweep('firm', 'id', policies, as_of => day, due => due);
	RETURN (SELECT string_agg(key, ' ' ORDER BY key) FROM zjtx.judged j WHERE j.judged_on = day);
END $$;
CREATE FUNCTION pg_temp.known() RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', key, CASE WHEN law = 0 THEN '-' ELSE next_change::text END), ', ' ORDER BY key)
	FROM zjtx.judged
$$;

SELECT is(pg_temp.swept('2024-12-31', due => false), '1 2 3 4 5', 'a sweep judges all');
SELECT is(pg_temp.known(), '1 -, 2 -, 3 -, 4 -, 5 -', 'and does not look for the next change');
SELECT is(pg_temp.swept('2025-01-01'), '1 2 3 4 5', 'the first sweep of what is due judges all');
SELECT is(pg_temp.known(), '1 2025-03-01, 2 2025-06-01, 3 infinity, 4 2026-01-01, 5 infinity',
	'and keeps the next change');
SELECT is(pg_temp.swept('2025-02-28'), NULL, 'before the first change nothing is due');
SELECT is(pg_temp.swept('2025-03-01'), '1', 'on its day one is due');
SELECT is((SELECT string_agg(concat_ws(' ', key, kind, old, new, judged_on), ', ') FROM zjtx.ledger
	WHERE line = '1' AND kind <> 'owed'),
	'1 lapsed 10.00 0.00 2025-03-01', 'and what it lost is in the ledger');
SELECT is(pg_temp.known(), '1 infinity, 2 2025-06-01, 3 infinity, 4 2026-01-01, 5 infinity',
	'nothing more is ahead of it');
SELECT is(pg_temp.swept('2025-03-02'), NULL, 'the day after nothing is due');
SELECT is(pg_temp.swept('2026-01-01'), '2 4', 'what became due in between is judged once');
SELECT is((SELECT string_agg(concat_ws(' ', key, period, new), ', ' ORDER BY id) FROM zjtx.ledger WHERE line = '2'),
	'4 2024 3.00, 4 2025 3.00, 4 2026 3.00',
	'a yearly clause is owed once more');

-- What was judged or paid since.

SET LOCAL zjtx.as_of = '2026-01-05';
UPDATE firm SET a = 3 WHERE id = 3;
SELECT is(pg_temp.known(), '1 infinity, 2 infinity, 3 -, 4 2027-01-01, 5 infinity',
	'a trigger forgets the next change');
SELECT is(pg_temp.swept('2026-01-06'), '3', 'so the enterprise is due');
SELECT is(settle('public.firm', '3', 'due-1', '3', NULL, NULL, 1), 2.00, 'a payment');
SELECT is(pg_temp.known(), '1 infinity, 2 infinity, 3 -, 4 2027-01-01, 5 infinity', 'a payment forgets it too');
SELECT is(pg_temp.swept('2026-01-07'), '3', 'which is due');
INSERT INTO firm VALUES (6, '2025-03-01', 2);
SELECT is(pg_temp.swept('2026-01-08'), '6', 'a new one, which the trigger has judged');
SELECT is(pg_temp.known(), '1 infinity, 2 infinity, 3 infinity, 4 2027-01-01, 5 infinity, 6 2026-03-01',
	'and its next change');
DELETE FROM firm WHERE id = 6;
SELECT is(pg_temp.swept('2026-01-09'), '6', 'one that is gone');
SELECT is(pg_temp.swept('2026-03-01'), NULL, 'of which nothing is ahead');
ALTER TABLE firm DISABLE TRIGGER judge;
INSERT INTO firm VALUES (7, '2025-09-01', 2);
SELECT is(pg_temp.swept('2026-03-02'), NULL, 'what no trigger has judged is not found');
SELECT is(pg_temp.swept('2026-03-03', due => false), '1 5 7',
	'but by a sweep of all, as are those not judged in this year');
SELECT is(pg_temp.swept('2026-03-04'), '1 2 3 4 5 6 7', 'after which the next changes are found again');
SELECT is(pg_temp.swept('2026-03-05'), NULL, 'and known');
UPDATE firm SET titled_on = '2025-10-01' WHERE id = 7;
SELECT is(pg_temp.swept('2026-03-05', due => false), NULL, 'a sweep of all leaves those whose answers are the same');
SELECT is(pg_temp.swept('2026-03-05'), '1 2 3 4 5 6 7', 'but their next changes are found again');
SELECT is(pg_temp.known(), '1 infinity, 2 infinity, 3 infinity, 4 2027-01-01, 5 infinity, 6 infinity, 7 2026-10-01',
	'as they are now');
UPDATE firm SET titled_on = '2020-03-01' WHERE id = 7;
ALTER TABLE firm ENABLE TRIGGER judge;

-- Another law, other policies, another order of days.

SELECT store('policy due-1 ''D'' fact titled_on date fact a number
	clause 1 reward when a > 1 and as_of < titled_on + 9年 pay 10元');
SELECT is(pg_temp.swept('2026-03-06'), '1 2 3 4 5 6 7', 'a new text makes all due');
SELECT is(pg_temp.known(), '1 2033-03-01, 2 2033-06-01, 3 infinity, 4 2029-01-01, 5 infinity, 6 infinity, 7 2029-03-01',
	'by the new text');
SELECT store('policy due-2 ''E'' fact a number clause 1 reward when a > 1 and as_of < 2026-04-01 pay 1元');
SELECT is(pg_temp.swept('2026-03-07', '{due-1,due-2}'), '1 2 3 4 5 6 7', 'so does another policy');
SELECT is(pg_temp.known(),
	'1 2026-04-01, 2 2026-04-01, 3 2026-04-01, 4 2026-04-01, 5 infinity, 6 infinity, 7 2026-04-01',
	'the earliest change of any');
SELECT is(pg_temp.swept('2026-03-08', '{due-2,due-1,due-2}'), NULL, 'their order does not matter');
SELECT is(pg_temp.swept('2026-02-01', '{due-1,due-2}'), '1 2 3 4 5 6 7', 'an earlier day makes all due');
SELECT is(pg_temp.swept('2026-02-02', '{due-1,due-2}'), NULL, 'and the days after it go on from there');
SELECT is(pg_temp.swept('2026-04-01', '{due-1,due-2}'), '1 2 3 4 7', 'to the change');

-- Rows with a day of their own.

CREATE VIEW dated AS SELECT f.*, CASE WHEN id <> 2 THEN date '2024-12-31' END AS as_of FROM firm f;
CALL sweep('dated', 'id', '{due-1}', as_of => '2026-05-01', due => true);
SELECT is((SELECT string_agg(concat_ws(' ', key, next_change), ', ' ORDER BY key) FROM zjtx.judged
	WHERE account = 'public.dated'),
	'1 2033-03-01, 2 -infinity, 3 infinity, 4 2029-01-01, 5 infinity, 7 2029-03-01', 'one without a day is always due');
SELECT is(pg_temp.error_of($$CALL zjtx.sweep('firm', 'id', '{no-such}', due => true)$$),
	E'42704: there is no stored policy "no-such"\nHINT: Text on the right names a stored policy; a rule is written '
	'''...''::zjtx.policy.', 'an unknown policy');
SELECT * FROM finish();
ROLLBACK;
