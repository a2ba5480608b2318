\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL datestyle = 'ISO';
SET LOCAL zjtx.as_of = '2025-06-30';
SELECT plan(56);

-- The lines of a verdict as rows.

SELECT store($$
policy ledger-2025 'Ledger' in force from 2025-01-01
fact region text in ('east', 'west')
fact revenue number 元 at least 0
fact won_on date null means none
fact listed_on date null means none
clause 1 'reward' reward when region = 'east' pay revenue cap 1000元
clause 2 'yearly' subsidy per year when region = 'east' pay 7.77元
clause 3 'stages' reward cap 8元 stage won on won_on pay 5元 stage listed on listed_on pay 10元
clause 4 'points' points when region = 'east' pay 3分
clause 5 'tax' tax pay revenue
ladder rung low 'low' when revenue >= 10元
$$);
PREPARE by_lines(jsonb) AS SELECT policy, clause, stage, title, kind, unit, eligible, status, period, amount,
	CASE WHEN stage IS NULL THEN low END, CASE WHEN stage IS NULL THEN high END FROM lines(judge($1, 'ledger-2025'));
PREPARE by_assess(jsonb) AS SELECT policy, clause, stage, title, kind, unit, eligible, status, period, amount, low, high
	FROM assess($1, 'ledger-2025');
SELECT results_eq(format('EXECUTE by_lines(%L)', e), format('EXECUTE by_assess(%L)', e),
	'lines as assess shows them: ' || e) FROM unnest(ARRAY[
	'{"region": "east", "revenue": 20, "won_on": "2025-06-30"}', '{"region": "west"}',
	'{"region": "east", "revenue": null, "won_on": "2025-07-01"}']) e;
SELECT is((SELECT string_agg(concat_ws(' ', clause, stage, status, amount, low, high), ', ')
	FROM lines(judge(f, 'ledger-2025/3'))),
	'3 capped 8.00 8.00 8.00, 3 won undecided 0.00 5.00, 3 listed undecided 3.00 8.00',
	'a stage whose amount is with its clause has the range of its share')
	FROM (SELECT date '2025-01-01' AS listed_on, date 'infinity' AS won_on) f;
SELECT is((SELECT low || ' ' || high FROM unnest((SELECT tally(judge(f, 'ledger-2025/3')) FROM (SELECT date '2025-01-01'
	AS listed_on, date 'infinity' AS won_on) f)) WHERE stage IS NULL), '8.00 8.00',
	'which tally leaves with the clause');
SELECT is((SELECT count(low) FROM unnest((SELECT tally(judge(f, 'ledger-2025/3')) FROM (SELECT date '2025-01-01'
	AS listed_on, date 'infinity' AS won_on) f)) WHERE stage IS NOT NULL), 0::bigint, 'and does not add again');
SELECT is_empty('SELECT * FROM lines(NULL)', 'no verdict, no lines');
SELECT is_empty($$SELECT * FROM lines('[]')$$, 'an empty one has none');

-- Payments.

CREATE TABLE firm (id int PRIMARY KEY, region text, revenue numeric, won_on date, listed_on date);
CREATE TRIGGER t AFTER INSERT OR UPDATE OR DELETE ON firm FOR EACH ROW EXECUTE FUNCTION watch('firm', 'id',
	'ledger-2025', 'ledger-2025/4');
INSERT INTO firm VALUES (1, 'east', 100, '2025-06-30', NULL), (2, 'west', 100, NULL, NULL);
CREATE FUNCTION pg_temp.owed(OUT text) LANGUAGE sql AS
	$$SELECT string_agg(concat_ws(' ', key, policy, code || coalesce('/' || stage, ''), period, owed, paid, due,
	overpaid), E'\n' ORDER BY key, code, stage) FROM zjtx.owed WHERE account = 'public.firm'$$;
SELECT is(pg_temp.owed(), E'1 ledger-2025 1 100.00 0.00 100.00 0.00\n1 ledger-2025 2 2025 7.77 0.00 7.77 0.00\n1 '
	'ledger-2025 3/won 5.00 0.00 5.00 0.00', 'owed, by line; marks, taxes and rungs are not paid out');
SELECT is((SELECT string_agg(key || code || new || coalesce(unit, ''), ' ' ORDER BY id) FROM ledger WHERE NOT payable),
	'143.00分 15100.00元 1low1 143.00分 25100.00元 2low1', 'though the ledger has them');
SELECT is(settle('public.firm', '1', 'ledger-2025', '1', NULL, NULL, 60, 'first'), 40.00, 'a part is paid');
SELECT is(settle('public.firm', '1', 'ledger-2025', '2', NULL, 2025, 7.77), 0.00, 'all of a yearly line');
SELECT is(settle('public.firm', '1', 'ledger-2025', '3', 'won', NULL, 5), 0.00, 'a stage');
SELECT is(pg_temp.owed(), E'1 ledger-2025 1 100.00 60.00 40.00 0.00\n1 ledger-2025 2 2025 7.77 7.77 0.00 0.00\n1 '
	'ledger-2025 3/won 5.00 5.00 0.00 0.00', 'owed minus paid');
SELECT throws_ok($$SELECT settle('public.firm', '1', 'ledger-2025', '1', NULL, NULL, 40.01)$$, '23514',
	'40.01 is more than is due: 100.00 is owed and 60.00 was paid', 'a 分 too much');
SELECT is(settle('public.firm', '1', 'ledger-2025', '1', NULL, NULL, 40), 0.00, 'what is due');
SELECT throws_ok($$SELECT settle('public.firm', '1', 'ledger-2025', '1', NULL, NULL, 0.01)$$, '23514',
	'0.01 is more than is due: 100.00 is owed and 100.00 was paid', 'and no more');
SELECT throws_ok($$SELECT settle('public.firm', '1', 'ledger-2025', '1', NULL, NULL, -40)$$, '22023',
	'a payment of -40 needs a note', 'taken back without a note');
SELECT throws_ok($$SELECT settle('public.firm', '1', 'ledger-2025', '1', NULL, NULL, -40, ' ')$$, '22023',
	'a payment of -40 needs a note', 'or with an empty one');
SELECT throws_ok($$SELECT settle('public.firm', '1', 'ledger-2025', '1', NULL, NULL, -100.01, 'too much')$$, '23514',
	'-100.01 cannot be taken back: 100.00 was paid', 'more than was paid');
SELECT is(settle('public.firm', '1', 'ledger-2025', '1', NULL, NULL, -40, 'to the wrong account'), 40.00,
	'taken back, it is due again');
SELECT is((SELECT string_agg(concat_ws(' ', kind, old, new, difference, paid, judged_on, note), E'\n' ORDER BY id)
	FROM ledger WHERE code = '1' AND kind = 'paid'),
	E'paid 100.00 100.00 0.00 60.00 2025-06-30 first\npaid 100.00 100.00 0.00 40.00 2025-06-30\npaid 100.00 100.00 '
	'0.00 -40.00 2025-06-30 to the wrong account', 'all of it stands in the ledger');
UPDATE firm SET revenue = 50 WHERE id = 1;
SELECT is((SELECT ROW(owed, paid, due, overpaid, status, status_label)::text FROM owed WHERE code = '1'),
	'(50.00,60.00,0.00,10.00,overpaid,多付)',
	'what was paid and is not owed any more');
SELECT throws_ok($$SELECT settle('public.firm', '1', 'ledger-2025', '1', NULL, NULL, 0.01)$$, '23514',
	'0.01 is more than is due: 50.00 is owed and 60.00 was paid', 'nothing is due');
SELECT is(settle('public.firm', '1', 'ledger-2025', '1', NULL, NULL, -5, 'paid back'), 0.00, 'a part is paid back');
SELECT is((SELECT ROW(owed, paid, due, overpaid)::text FROM owed WHERE code = '1'), '(50.00,55.00,0.00,5.00)',
	'and the rest is still to come');
UPDATE firm SET revenue = 70 WHERE id = 1;
SELECT is((SELECT ROW(owed, paid, due, overpaid, status, status_label)::text FROM owed WHERE code = '1'),
	'(70.00,55.00,15.00,0.00,due,待兑付)',
	'until more is owed');
SELECT throws_ok(format('SELECT settle(%s)', a), state, error, a) FROM (VALUES
	($$'public.firm', '2', 'ledger-2025', '1', NULL, NULL, 1$$, 'P0002',
	'the ledger has no amount in account "public.firm", key "2", policy "ledger-2025", line "1"'),
	($$'public.firm', '9', 'ledger-2025', '1', NULL, NULL, 1$$, 'P0002',
	'the ledger has no amount in account "public.firm", key "9", policy "ledger-2025", line "1"'),
	($$'public.firm', '1', 'ledger-2025', '2', NULL, NULL, 1$$, 'P0002',
	'the ledger has no amount in account "public.firm", key "1", policy "ledger-2025", line "2"'),
	($$'public.firm', '1', 'ledger-2025', '3', 'listed', 2025, 1$$, 'P0002',
	'the ledger has no amount in account "public.firm", key "1", policy "ledger-2025", line "3/listed" of 2025'),
	($$'public.firm', '1', 'ledger-2025', 'low', NULL, NULL, 1$$, 'P0002',
	'the ledger has no amount in account "public.firm", key "1", policy "ledger-2025", line "low"'),
	($$'public.firm', '1', 'ledger-2025/4', '4', NULL, NULL, 1$$, 'P0002',
	'the ledger has no amount in account "public.firm", key "1", policy "ledger-2025/4", line "4"'),
	($$'public.firm', '1', 'ledger-2025', '1', NULL, NULL, 0$$, '22023', '0 is not a valid payment amount'),
	($$'public.firm', '1', 'ledger-2025', '1', NULL, NULL, 0.001$$, '22023', '0.001 is not a valid payment amount'),
	($$'public.firm', '1', 'ledger-2025', '1', NULL, NULL, 'NaN'$$, '22023', 'NaN is not a valid payment amount'),
	($$'public.firm', '1', 'ledger-2025', '1', NULL, NULL, 'Infinity'$$, '22023',
	'Infinity is not a valid payment amount'),
	($$'public.firm', '1', 'ledger-2025', '1', NULL, NULL, NULL$$, '22004', 'a payment needs its amount'),
	($$NULL, '1', 'ledger-2025', '1', NULL, NULL, 1$$, '22004', 'a payment needs its account'),
	($$'firm', NULL, 'ledger-2025', '1', NULL, NULL, 1$$, '22004', 'a payment needs its key'),
	($$'public.firm', '1', 'ledger-2025', NULL, NULL, NULL, 1$$, '22004', 'a payment needs its code'),
	($$'nowhere', '1', 'ledger-2025', '1', NULL, NULL, 1$$, 'P0002', 'there is no account "nowhere"')) v (a, state,
	error);
DELETE FROM firm WHERE id = 1;
SELECT is(pg_temp.owed(), E'1 ledger-2025 1 0.00 55.00 0.00 55.00\n1 ledger-2025 2 2025 0.00 7.77 0.00 7.77\n1 '
	'ledger-2025 3/won 0.00 5.00 0.00 5.00', 'nothing owed, and no debt of the enterprise in the standing');
SELECT throws_ok($$SELECT settle('public.firm', '1', 'ledger-2025', '2', NULL, 2025, 1)$$, '23514',
	'1.00 is more than is due: 0.00 is owed and 7.77 was paid', 'nothing is due to who is gone');

-- The balance on any day.

CREATE TABLE dated (id int PRIMARY KEY, region text, revenue numeric, as_of date);
CREATE TRIGGER t AFTER INSERT OR UPDATE OR DELETE ON dated FOR EACH ROW EXECUTE FUNCTION watch('dated', 'id',
	'ledger-2025/1');
INSERT INTO dated VALUES (1, 'east', 10, '2025-02-01');
UPDATE dated SET revenue = 30, as_of = '2025-03-01';
UPDATE dated SET revenue = 20, as_of = '2025-04-01';
SET LOCAL zjtx.as_of = '2025-04-15';
SELECT settle('public.dated', '1', 'ledger-2025/1', '1', NULL, NULL, 20);
SET LOCAL zjtx.as_of = '2025-06-30';
PREPARE stood(date) AS SELECT string_agg(concat_ws(' ', s.standing, s.paid, s.status_label), ', ') FROM standing($1) s
	WHERE account = 'public.dated';
SELECT results_eq(format('EXECUTE stood(%L)', day), ARRAY[stood], 'as of ' || day) FROM (VALUES ('2025-01-31', NULL),
	('2025-02-01', '10.00 0.00 待兑付'), ('2025-02-28', '10.00 0.00 待兑付'), ('2025-03-01', '30.00 0.00 待兑付'),
	('2025-04-01', '20.00 0.00 待兑付'),
	('2025-04-15', '20.00 20.00 已结清'), ('infinity', '20.00 20.00 已结清')) v (day, stood);
UPDATE dated SET revenue = 5, as_of = '2025-02-15';
SELECT is_empty('SELECT * FROM standing(''2025-03-15'') WHERE standing < 0',
	'never below zero, whatever day was judged last');

-- Entries cannot be changed.

CREATE ROLE zjtx_clerk;
GRANT ALL ON ledger TO zjtx_clerk;
GRANT USAGE ON SCHEMA public TO zjtx_clerk;
SET LOCAL ROLE zjtx_clerk;
SELECT is(array(SELECT pg_temp.error_of(s) FROM unnest(ARRAY['UPDATE zjtx.ledger SET new = 0',
	'DELETE FROM zjtx.ledger', 'TRUNCATE zjtx.ledger', 'UPDATE zjtx.ledger SET new = 0 WHERE false']) s),
	array_fill(E'42501: entries of zjtx.ledger can be added but never changed\nHINT: To take back a payment that was '
	'recorded by mistake, call zjtx.settle with a negative amount.'::text, '{4}'), 'whatever was granted');
RESET ROLE;
SELECT is(array(SELECT split_part(pg_temp.error_of(format('INSERT INTO zjtx.ledger (account, key, policy, code, '
	'payable, kind, old, new, paid, judged_on) VALUES (''r'', ''k'', ''p'', ''c'', false, %s, current_date)', v)), ' ',
	1) FROM unnest(ARRAY[
	$$'owed', 0, -1, 0$$, $$'owed', -1, 0, 0$$, $$'due', 0, 1, 0$$, $$'owed', 0, 1, 1$$]) v), array_fill('23514:'::text,
	'{4}'), 'what no entry can be');
SELECT lives_ok('UPDATE ledger SET note = note WHERE false', 'a superuser may repair it');
SELECT is((SELECT count(*) FROM unnest((SELECT extconfig FROM pg_extension WHERE extname = 'zjtx')) c
	WHERE c::regclass::text IN ('ledger', 'judged', 'ledger_id_seq')), 3::bigint, 'and is dumped');

SELECT * FROM finish();
ROLLBACK;
