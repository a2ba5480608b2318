\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET zjtx.as_of = '2025-12-31';
SET client_min_messages = warning;
SELECT plan(35);

-- record_allotment: what was selected and allotted stays as it was announced.

CREATE TABLE firm (id int PRIMARY KEY, revenue numeric, rd numeric, local boolean);
INSERT INTO firm VALUES (1, 100, 10, true), (2, 200, NULL, true), (3, 150, 20, true), (4, 50, 5, NULL),
	(5, 500, 50, false), (6, 150, 15, true);
SELECT store($$policy fund 'F' in force from 2025-01-01
fact revenue number fact rd number at least 0 fact local boolean
select demo '示范' first 2 by revenue desc, rd desc when local
select tied first 2 by revenue desc when local
clause 1 '奖' reward when satisfies demo pay 30元
clause 2 '补' reward per year when local pay rd * 3元
clause 3 '入' when satisfies demo
clause 4 '额' reward when satisfies demo pay rd * 1元
budget total '总' 100元 pro rata over 2
budget once '一' 15元 by revenue desc over 4
population chosen when satisfies demo : least = min(revenue)$$) \g /dev/null
CREATE FUNCTION pg_temp.owed() RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', key, line, period, trim_scale(stood)), ', ' ORDER BY key,
	line) FROM (SELECT key, line,
		period, sum(difference) AS stood FROM zjtx.ledger GROUP BY 1, 2, 3) l WHERE stood <> 0
$$;
CREATE FUNCTION pg_temp.recorded(what text) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', key, clause, period, place_low, place_high, selected, claim, amount),
	', ' ORDER BY id)
	FROM zjtx.allotments WHERE code = what
$$;
CALL zjtx.sweep('firm', 'id', '{fund}');
SELECT is(pg_temp.owed(), NULL, 'nothing is owed before anything is announced');

-- What is refused.

SELECT is(pg_temp.error_of($$SELECT record_allotment('public.firm', 'fund', 'nix', 2025)$$),
	'42704: policy "fund" has no selection or budget "nix"', 'an unknown code');
SELECT is(pg_temp.error_of($$SELECT record_allotment('public.nix', 'fund', 'demo', 2025)$$),
	E'P0002: there is no account "public.nix"\nHINT: zjtx.accounts lists the accounts and the relation of each.',
	'an unknown account');
SELECT is(pg_temp.error_of($$SELECT record_allotment('public.firm', 'fund', 'total', NULL)$$),
	E'22023: budget "total" pays clauses per year, so it is recorded for a year\nHINT: Pass the year as period.',
	'no year');
SELECT is(pg_temp.error_of($$SELECT record_allotment('public.firm', 'fund', 'total', 2026)$$),
	E'22023: the rows are judged for 2025, not for 2026\nHINT: SET zjtx.as_of to a day of 2026, such as its last.',
	'another year');
SELECT is(pg_temp.error_of($$SELECT record_allotment('public.firm', 'fund', 'tied', 2025)$$),
	E'55000: 2 rows of "tied" are undecided\nDETAIL: The keys are "3", "6".\nHINT: They tie where the document '
	'draws the '
	'line.  Add a sort key to the document that tells them apart; zjtx.allot shows the places.', 'a tie at the border');
SELECT is(pg_temp.error_of($$SELECT record_allotment('public.firm', 'fund', 'total', 2025, 'open')$$),
	E'55000: 5 rows of "total" are undecided\nDETAIL: The keys are "1", "2", "3", "4", "6".\nHINT: Enter the '
	'facts that '
	'are unknown, or record with undecided => ''out''; rows that tie need another sort key in the document.',
	'open facts');
SELECT is(pg_temp.error_of($$SELECT record_allotment(NULL, 'fund', 'total', 2025)$$),
	'22004: a recorded allotment needs its account', 'no account');
SELECT is(pg_temp.error_of($$SELECT record_allotment('public.firm', 'fund', 'total', 2025, 'late')$$),
	E'22023: "late" is not a way to treat what is undecided\nHINT: It is open, or out: what is not proved is not '
	'claimed.', 'no way');
SELECT is((SELECT count(*) FROM allotments), 0::bigint, 'and nothing was recorded');

-- A selection.

SELECT is(zjtx_internal.recorded_selected('public.firm', 1, 'fund', 'demo', NULL), NULL, 'not announced yet');
SELECT is(record_allotment('public.firm', 'fund', 'demo', NULL, note => '公告1号'), 4::bigint, 'four members');
SELECT is(pg_temp.recorded('demo'), '1 4 4 f, 2 1 1 t, 3 2 2 t, 6 3 3 f', 'their places');
SELECT is((SELECT DISTINCT concat_ws(' ', account, policy, undecided, to_char(judged_on, 'YYYY-MM-DD'),
	by = session_user, note, law <> '')
	FROM allotments), 'public.firm fund out 2025-12-31 t 公告1号 t', 'who, when and by what');
SELECT is((SELECT string_agg(coalesce(zjtx_internal.recorded_selected('public.firm', id, 'fund', 'demo', NULL)::text,
	'?'),
	' ' ORDER BY id)
	FROM firm), 'false true true false false false', 'who has no row is not selected');
SELECT is(zjtx_internal.recorded_selected('public.firm', 2, 'fund/1', 'demo', '2030-01-01'), true,
	'under another name, on another day');
SELECT is(zjtx_internal.recorded_selected('public.firm', 2, 'other', 'demo', NULL), NULL,
	'not under that of another document');
SELECT is(pg_temp.error_of($$SELECT record_allotment('public.firm', 'fund', 'demo', 2025)$$),
	E'23505: "demo" of 2025 was recorded already in account "public.firm"\nDETAIL: What was announced is not '
	'allotted again.',
	'all years include this one');
CALL zjtx.sweep('firm', 'id', '{fund}');
SELECT is(pg_temp.owed(), '2 1 30, 2 3 1, 3 1 30, 3 3 1', 'the sweep follows');
UPDATE firm SET revenue = 1000, rd = 2000 WHERE id = 1;
INSERT INTO firm VALUES (7, 5000, 7, true);
CALL zjtx.sweep('firm', 'id', '{fund}');
SELECT is(pg_temp.owed(), '2 1 30, 2 3 1, 3 1 30, 3 3 1', 'later changes do not move the places');
SELECT is((SELECT string_agg(key, ' ' ORDER BY key) FROM allot('firm', 'id',
	'fund') WHERE code = 'demo' AND selected), '1 7',
	'though the places would be others');

-- Budgets.

SELECT is(record_allotment('public.firm', 'fund', 'once', NULL), 1::bigint, 'a budget for those who were selected');
SELECT is(pg_temp.recorded('once'), '3 4 20.00 15.00', 'not for those who would be now');
UPDATE firm SET rd = 10 WHERE id = 1;
SELECT is(record_allotment('public.firm', 'fund', 'total', 2025), 4::bigint, 'a budget in proportion');
SELECT is(pg_temp.recorded('total'), '1 2 2025 30.00 19.23, 3 2 2025 60.00 38.46, 6 2 2025 45.00 28.85, 7 2 2025 '
	'21.00 13.46',
	'it adds up');
CALL zjtx.sweep('firm', 'id', '{fund}');
SELECT is(pg_temp.owed(), '1 2 2025 19.23, 2 1 30, 2 3 1, 3 1 30, 3 2 2025 38.46, 3 3 1, 3 4 15, 6 2 2025 28.85, '
	'7 2 2025 13.46',
	'what is owed is what was allotted');
UPDATE firm SET rd = 5000 WHERE id = 1;
UPDATE firm SET rd = 1 WHERE id = 6;
CALL zjtx.sweep('firm', 'id', '{fund}');
SELECT is(pg_temp.owed(), '1 2 2025 19.23, 2 1 30, 2 3 1, 3 1 30, 3 2 2025 38.46, 3 3 1, 3 4 15, 6 2 2025 3, 7 2 '
	'2025 13.46',
	'no more for a greater claim; no more than the claim for a smaller one');
SELECT is(settle('public.firm', '1', 'fund', '2', NULL, 2025, 19.23), 0.00, 'it is paid');
SELECT is(split_part(pg_temp.error_of($$SELECT settle('public.firm', '1', 'fund', '2', NULL, 2025, 0.01)$$), ':',
	1), '23514',
	'and not more');
SELECT publish('firm', 'fund', 'firm_fund') \g /dev/null
SELECT is((SELECT string_agg(concat_ws(' ', id, clause_2, clause_3), ', ' ORDER BY id) FROM firm_fund),
	'1 19.23 f, 2 0.00 t, 3 38.46 t, 4 0.00 f, 5 0.00 f, 6 3.00 f, 7 13.46 f', 'a published view follows too');
SET zjtx.as_of = '2026-12-31';
SELECT is((SELECT string_agg(concat_ws(' ', id, coalesce(clause_2::text, '?'), clause_3),
	', ' ORDER BY id) FROM firm_fund),
	'1 ? f, 2 ? t, 3 ? t, 4 ? f, 5 0.00 f, 6 ? f, 7 ? f', 'of the next year nothing is allotted yet');
SET zjtx.as_of = '2025-12-31';

-- A corrected key takes its place along.

UPDATE firm SET id = 30 WHERE id = 3;
CALL zjtx.sweep('firm', 'id', '{fund}');
SELECT move_key('public.firm', '3', '30', 'corrected') \g /dev/null
SELECT is(zjtx_internal.recorded_selected('public.firm', 30, 'fund', 'demo', NULL), true,
	'a corrected key keeps its place');

-- Rights.

SELECT is(pg_temp.error_of($$UPDATE allotments SET note = NULL$$), 'no error', 'a superuser can take back a mistake');
CREATE ROLE regress_reader;
GRANT SELECT ON firm TO regress_reader;
SET ROLE regress_reader;
SELECT is(pg_temp.error_of($$SELECT zjtx.record_allotment('public.firm', 'fund', 'tied', 2025)$$),
	'42501: permission denied for function record_allotment', 'others need a grant');
SELECT is(zjtx_internal.recorded_selected('public.firm', 2, 'fund', 'demo', NULL), NULL,
	'who may not read it learns nothing');
RESET ROLE;

SELECT finish();
ROLLBACK;
