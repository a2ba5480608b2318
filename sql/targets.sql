\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(29);

-- Targets of documents.

SELECT results_eq($$SELECT year, goal FROM zjtx.targets WHERE policy = 'banan-2024' AND code = 'annex-7'
	ORDER BY year$$,
	$$VALUES (2024, 180::numeric), (2025, 200), (2026, 220), (2027, 240)$$, '巴南 annex 7, year by year');
SELECT results_eq($$SELECT year, goal FROM zjtx.targets WHERE policy = 'banan-2024' AND code = 'annex-12'
	ORDER BY year$$,
	$$VALUES (2025, 1::numeric), (2026, 1), (2027, 2)$$, '巴南 annex 12 has no goal for 2024');
SELECT results_eq($$SELECT year, goal, measure FROM zjtx.targets WHERE policy = 'banan-2024' AND code = 'annex-10'$$,
	$$VALUES (2027, 80::numeric, 'stock')$$, '巴南 annex 10 is the annex''s stock of 80');
SELECT results_eq($$SELECT goal FROM zjtx.targets WHERE policy = 'banan-2024' AND code = 'annex-1' AND year = 2027$$,
	$$VALUES (141000::numeric)$$, '14.1万家 are 141,000');
SELECT is(count(DISTINCT code)::int, 13, 'the annex has 13 indicators') FROM zjtx.targets WHERE policy = 'banan-2024'
	AND code LIKE 'annex-%';
SELECT set_eq($$SELECT policy FROM zjtx.targets$$, $$VALUES ('dazu-2022-92'), ('cq-2022-23'), ('banan-2024'),
	('yubei-2024-34'), ('cq-hardtech-2023-21')$$,
	'every district and city document has targets');

-- Progress of a table towards the targets.

CREATE TABLE pg_temp.firms (id int, region text, tags text[], titled_on date, titled_until date);
INSERT INTO pg_temp.firms SELECT i, CASE WHEN i <= 8 THEN '甲区' ELSE '乙区' END, CASE WHEN i % 2 = 0 THEN ARRAY['汽车电子']
	END,
	make_date(2021 + i % 4, 6, 30), make_date(2024 + i % 4, 6, 29) FROM generate_series(1, 10) i;
CREATE TEMP TABLE plan_of AS SELECT $$policy plan 'plan'
fact region text
fact tags list of text null means none
fact titled_on date null means none
fact titled_until date null means none
fact elsewhere boolean
define titled = as_of between titled_on and titled_until
target stock 'titled' 家 stock 2023: 6, 2024: 7, 2025: 1, 2030: 1 count where region = '甲区' and titled
target flow  'new titles' 家 flow 2022: 3, 2023: 2 count where year(titled_on) = year(as_of)
target share 'share' % stock 2024: 50% count where titled of any(tags where it = '汽车电子')
target fee   'fee' % stock at most 2024: 1%
target few   'few' 家 stock at most 2024: 3, 2023: 10 count where titled
target other 'other' 家 stock 2024: 1 count where elsewhere$$::policy AS doc;
SET zjtx.as_of = '2025-03-31';
CREATE TEMP TABLE shown AS SELECT t.* FROM plan_of, progress(doc, 'pg_temp.firms') t;

SELECT results_eq($$SELECT year, actual, ratio, met, day FROM shown WHERE code = 'stock' ORDER BY year$$,
	$$VALUES (2023, 6::numeric, 1.0000::numeric, true, date '2023-12-31'), (2024, 6, 0.8571, false, '2024-12-31'),
	(2025, 6, 6.0000, true, '2025-03-31'), (2030, NULL, NULL, NULL, NULL)$$,
	'a stock is counted at the year''s end, or today; a year to come is not');
SELECT results_eq($$SELECT year, actual, met FROM shown WHERE code = 'flow' ORDER BY year$$,
	$$VALUES (2022, 3::numeric, true), (2023, 3, true)$$, 'a flow counts the year''s');
SELECT results_eq($$SELECT actual, met FROM shown WHERE code = 'share'$$, $$VALUES (0.6000::numeric, true)$$,
	'a share is of the rows named');
SELECT results_eq($$SELECT actual, met FROM shown WHERE code = 'fee'$$, $$VALUES (NULL::numeric, NULL::boolean)$$,
	'what counts nothing stays open');
SELECT results_eq($$SELECT year, met FROM shown WHERE code = 'few' ORDER BY year$$, $$VALUES (2023, true),
	(2024, false)$$,
	'an upper bound is met by staying below it');
SELECT results_eq($$SELECT actual, met, undecided FROM shown WHERE code = 'other'$$, $$VALUES (NULL::numeric,
	NULL::boolean, 10::bigint)$$,
	'what the table cannot decide is no number');

-- Texts for people: in the notation of the goal.
CREATE TEMP TABLE written AS SELECT $$policy written 'w'
fact region text
target many '万家' 家 stock 2024: 14.1万, 2023: 0.0003万家 count where region = '甲区'
target share '%' % stock 2024: 12.5%, 2023: 0.1 count where region = '甲区' of region <> '丙区'
target sum '亿' 元 flow 2024: 20亿元, 2023: 1234567.891万元$$::policy AS doc;
SELECT results_eq($$SELECT code, year, goal, goal_shown, actual, actual_shown FROM written,
	progress(doc, 'pg_temp.firms') ORDER BY code, year$$, $$VALUES
	('many', 2023, 3::numeric, '0.0003万家', 8::numeric, '8家'), ('many', 2024, 141000, '14.1万家', 8, '8家'),
	('share', 2023, 0.1, '10%', 0.8, '80%'), ('share', 2024, 0.125, '12.5%', 0.8, '80%'),
	('sum', 2023, 12345678910, '1234567.891万元', NULL, NULL), ('sum', 2024, 2000000000, '20亿元', NULL, NULL)$$,
	'goal_shown, actual_shown');
SELECT results_eq($$SELECT code, year, goal_shown FROM written, targets(doc) ORDER BY code, year$$, $$SELECT code, year,
	goal_shown FROM written, progress(doc, 'pg_temp.firms') ORDER BY code, year$$, 'goal_shown of targets');
SELECT is(goal_shown, '14.1万家', '巴南 annex 1 as it is written') FROM zjtx.targets WHERE policy = 'banan-2024'
	AND code = 'annex-1' AND year = 2027;
SELECT is(goal_shown, '50%', 'a share') FROM shown WHERE code = 'share';
SELECT is(actual_shown, '60%', 'the share reached') FROM shown WHERE code = 'share';
SELECT is(actual_shown, '6家', 'a count') FROM shown WHERE code = 'stock' AND year = 2023;

UPDATE pg_temp.firms SET region = NULL WHERE id IN (1, 2);
SELECT results_eq($$SELECT actual, met, undecided FROM plan_of, progress(doc, 'pg_temp.firms') WHERE code = 'stock'
	AND year = 2023$$,
	$$VALUES (4::numeric, NULL::boolean, 2::bigint)$$,
	'while rows are undecided actual is what is proved, and met is open if they decide it');
SELECT results_eq($$SELECT actual, met FROM plan_of, progress(doc, 'pg_temp.firms') WHERE code = 'stock'
	AND year = 2025$$,
	$$VALUES (4::numeric, true)$$, 'and decided if they cannot change it');

-- A goal for every year.

CREATE TEMP TABLE yearly AS SELECT $$policy yearly 'yearly'
fact titled_on date null means none
target chosen 'chosen' 家 flow per year: 2
  count where year(titled_on) = year(as_of)
target most 'at most' 家 flow at most 每年: 2家
  count where year(titled_on) = year(as_of)$$::policy AS doc;
SELECT results_eq($$SELECT t.code, t.year, t.goal, t.at_most FROM yearly, targets(doc) t$$,
	$$VALUES ('chosen', NULL::int, 2::numeric, false), ('most', NULL, 2, true)$$,
	'a goal of every year names no year');
SELECT results_eq($$SELECT t.code, t.year, t.actual, t.met, t.day FROM yearly, progress(as_of(doc, '2024-12-31'),
	'pg_temp.firms') t$$,
	$$VALUES ('chosen', 2024, 2::numeric, true, date '2024-12-31'), ('most', 2024, 2, true, '2024-12-31')$$,
	'progress shows the year of the day judged');
SELECT results_eq($$SELECT t.code, t.year, t.actual, t.met FROM yearly, progress(as_of(doc, '2026-01-01'),
	'pg_temp.firms') t$$,
	$$VALUES ('chosen', 2026, 0::numeric, false), ('most', 2026, 0, true)$$, 'and of another day');
SELECT is(pg_temp.error_of($$SELECT 'policy p ''p'' target t ''t'' 家 flow per year: 2, 2025: 3'::policy$$),
	E'22P02: invalid zjtx.policy at line 1, column 44: a target with a goal for every year cannot have other goals\n'
	'HINT: Write '
	'either one goal for every year or goals for single years.',
	'it stands alone');

-- By name, and unknown names.

SELECT is(count(*)::int, 4, 'a stored policy''s targets by its name') FROM progress('banan-2024', 'pg_temp.firms')
	WHERE code = 'annex-7';
SELECT is(pg_temp.error_of($$SELECT * FROM progress('banan', 'pg_temp.firms')$$),
	E'42704: there is no stored policy "banan"\nHINT: Text on the right names a stored policy; '
	'a rule is written ''...''::zjtx.policy.', 'an unknown name');
SELECT is_empty($$SELECT * FROM progress('x > 1'::policy, 'pg_temp.firms')$$, 'a rule has no targets');

-- With the caller's privileges.

CREATE ROLE zjtx_stranger;
GRANT USAGE ON SCHEMA public TO zjtx_stranger;
SELECT is(left(pg_temp.error_of($$SET LOCAL ROLE zjtx_stranger; SELECT * FROM plan_of$$), 5), '42501',
	'a stranger reads no table');
CREATE TABLE secret (region text);
SELECT is(left(pg_temp.error_of($$SET LOCAL ROLE zjtx_stranger;
	SELECT * FROM zjtx.progress('banan-2024', 'public.secret')$$), 5), '42501',
	'nor through progress');

SELECT * FROM finish();
ROLLBACK;
