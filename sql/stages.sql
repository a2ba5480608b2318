\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(53);

-- A clause that pays in stages: each stage pays once its day has come, judged by the conditions of that day.

CREATE TEMP TABLE p AS SELECT $$policy stages 't' fact region text '区' fact titled_on date null means none
	fact titled_until date null means none
fact filed_on date null means none fact accepted_on date null means none fact listed_on date null means none
	fact market text in ('star', 'main') null means none
fact reviews list (passed_on date null means none, growth number %) null means none
define titled = as_of between titled_on and titled_until
clause 7 reward cap 300万元
  when region = '渝北区' and titled
  stage filed on latest(filed_on, accepted_on) pay 100万元
  stage listed on listed_on when market = 'star' pay 150万元
  stage anniversary on listed_on + 1年 pay 200万元
clause 8 reward when titled stage review each reviews on passed_on when growth > 10% pay 5万元 * growth cap 2万元
clause 9 reward stage day on listed_on pay year(as_of) * 1元$$::policy AS doc,
	'{"region": "渝北区", "titled_on": "2022-01-01", "titled_until": "2024-12-31", "filed_on": "2022-03-01", '
	'"accepted_on": "2022-06-01", "listed_on": "2023-09-01", "market": "star", "reviews": null}'::jsonb AS e;

-- Before, on and after the day of each stage.
SELECT is(((e || jsonb_build_object('as_of', day)) |# (doc -> '7'))::text, owed,
	'owed on ' || (jsonb_build_object('as_of', day) ->> 'as_of'))
	FROM p, (VALUES
	('2022-05-31'::date, '0.00'), ('2022-06-01', '1000000.00'), ('2023-08-31', '1000000.00'),
	('2023-09-01', '2500000.00'),
	('2024-08-31', '2500000.00'), ('2024-09-01', '3000000.00'), ('2024-12-31', '3000000.00'),
	('2030-01-01', '3000000.00')) days (day, owed);
SELECT is((e || jsonb_build_object('as_of', day)) |= (doc -> '7'), answer,
	'earned by ' || (jsonb_build_object('as_of', day) ->> 'as_of'))
	FROM p, (VALUES
	('2022-05-31'::date, false), ('2022-06-01', true), ('2030-01-01', true)) days (day, answer);
SELECT is(array(SELECT found FROM
	examples((doc::text || E'\nexample ''e'' given region = ''渝北区'', titled_on = 2022-01-01, '
	'titled_until = 2024-12-31, filed_on = 2022-03-01, accepted_on = 2022-06-01, listed_on = 2023-09-01, '
	'market = ''star'', as_of = 2025-01-01 '
	'expect clause 7 = 300万元, clause 7 stage filed = 100万元, clause 7 stage listed = 150万元, '
	'clause 7 stage anniversary = 200万元')::policy)),
	'{3000000元,1000000元,1500000元,2000000元}', 'the stages before the cap, which holds for their sum') FROM p;

-- The title is judged on the day of the stage, not on the day judged.
SELECT is(((e || given || '{"as_of": "2026-01-01"}') |# (doc -> '7'))::text, owed, description) FROM p, (VALUES
	('{"titled_until": "2024-08-31"}'::jsonb, '2500000.00', 'a title that lapsed before the anniversary'),
	('{"titled_until": "2023-08-31"}', '1000000.00', 'a title that lapsed the day before the listing'),
	('{"titled_until": "2023-09-01"}', '2500000.00', 'a title whose last day was the listing'),
	('{"titled_on": "2022-06-01"}', '3000000.00', 'a title that came on the day of the first stage'),
	('{"titled_on": "2022-06-02"}', '3000000.00', 'a title that came the day after: 150 + 200, capped'),
	('{"titled_on": "2022-06-02", "market": "main"}', '2000000.00', 'without the stage''s own condition'),
	('{"titled_on": null, "titled_until": null}', '0.00', 'no title'),
	('{"region": "巴南区"}', '0.00', 'what is not dated is judged as it is today'),
	('{"accepted_on": null}', '3000000.00', 'of two events one has not happened: 150 + 200, capped'),
	('{"accepted_on": null, "market": null}', '2000000.00', 'nor is the market known to be one'),
	('{"listed_on": null}', '1000000.00', 'never listed'),
	('{"listed_on": "2026-01-02"}', '1000000.00', 'listed tomorrow'),
	('{"filed_on": null, "listed_on": null}', '0.00', 'nothing has happened')) rows (given, owed, description);
SELECT is((e || '{"as_of": "2026-01-01", "filed_on": null, "listed_on": null}') |= (doc -> '7'), false,
	'where nothing has happened the clause is not satisfied, whatever the title') FROM p;

-- as_of in the condition and in the amount is the day of the stage.
SELECT is(((e || '{"as_of": "2030-01-01"}') |# (doc -> '9'))::text, '2023.00',
	'what is paid by the year of the stage''s day') FROM p;
SELECT is((e |# (doc -> '9'))::text, NULL, 'while the day judged is unknown, so is whether the stage has come') FROM p;
SELECT is((amount_range(e, doc -> '9'))::text, '(0.00,2023.00)', 'which is either') FROM p;

-- asked_on is still the day judged.
CREATE TEMP TABLE moved AS SELECT $$policy moved 't' fact region text fact listed_on date null means none
define here = region = 'new' and asked_on >= 2025-11-06 or region = 'old'
clause 1 reward when here and as_of >= 2025-01-01 stage listed on listed_on when 提问日 - as_of <= 300日 pay 1元
clause 2 when here$$::policy AS doc;
SELECT is((jsonb_build_object('region', region, 'listed_on', listed_on, 'as_of', as_of) |# (doc -> '1'))::text, owed,
	description)
	FROM moved, (VALUES ('new', '2025-03-01', '2025-11-05', '0.00', 'the day judged before the border moved'),
	('new', '2025-03-01', '2025-11-06', '1.00', 'the day it moved, though the stage came before'),
	('old', '2025-03-01', '2025-11-05', '1.00', 'where it does not matter'),
	('new', '2024-12-31', '2025-11-06', '0.00', 'as_of is the day of the stage'), ('old', '2025-01-10', '2025-11-06',
	'1.00', '300 days on'),
	('old', '2025-01-10', '2025-11-07', '0.00', '301 days on')) rows (region, listed_on, as_of, owed, description);
SELECT is('{"region": "new", "as_of": "2025-11-06"}'::jsonb |= (doc -> '2'), true,
	'outside a stage the two are one day') FROM moved;
SELECT is('{"region": "new"}'::jsonb |! (doc -> '2'), '{as_of}', 'and so it is as_of that is missing') FROM moved;
SELECT is('{"asked_on": "2025-01-01"}'::jsonb |=
	'policy p ''p'' fact asked_on date clause 1 when asked_on = 2025-01-01'::policy, true, 'a fact may have that name');

-- Unknown facts.
SELECT is((amount_range((e - gone) || '{"as_of": "2026-01-01"}',
	doc -> '7'))::text || ((e - gone) || '{"as_of": "2026-01-01"}' |! (doc -> '7'))::text, answer,
	'without ' || gone::text) FROM p, (VALUES
	('{region}'::text[], '(0.00,3000000.00){region}'), ('{market}', '(3000000.00,3000000.00){}'),
	('{titled_until}', '(0.00,3000000.00){titled_until}'),
	('{listed_on,market}', '(1000000.00,3000000.00){listed_on,market}'),
	('{accepted_on}', '(3000000.00,3000000.00){}')) rows (gone, answer);

-- A stage for each element of a list.
SELECT is((((e - 'region') || jsonb_build_object('as_of', '2024-06-30', 'reviews', reviews::jsonb)) |#
	(doc -> '8'))::text, owed, description)
	FROM p, (VALUES
	('[{"passed_on": "2022-06-30", "growth": 0.2}, {"passed_on": "2023-06-30", "growth": 0.15}]', '17500.00',
	'two reviews: 1万元 and 0.75万元'),
	('[{"passed_on": "2022-06-30", "growth": 0.1}, {"passed_on": "2023-06-30", "growth": 0.15}]', '7500.00',
	'one of which grew too little'),
	('[{"passed_on": "2021-12-31", "growth": 0.2}, {"passed_on": "2024-06-30", "growth": 0.15}]', '7500.00',
	'one from before the title'),
	('[{"passed_on": "2024-07-01", "growth": 0.2}, {"passed_on": null, "growth": 0.15}]', '0.00',
	'one tomorrow, and one that was not passed'),
	('[{"passed_on": "2022-06-30", "growth": 0.4}, {"passed_on": "2023-06-30", "growth": 0.4}]', '20000.00',
	'the cap is of their sum'),
	('[]', '0.00', 'no reviews'), ('null', '0.00', 'a list that is none')) lists (reviews, owed, description);
SELECT is((amount_range((e - 'region') ||
	'{"as_of": "2024-06-30", "reviews": [{"passed_on": "2022-06-30", "growth": 0.2}, {"passed_on": "2023-06-30"}]}',
	doc -> '8'))::text, '(10000.00,20000.00)', 'a review whose growth is unknown') FROM p;
SELECT is((amount_range((e - 'reviews') || '{"as_of": "2024-06-30"}', doc -> '8'))::text, '(0.00,20000.00)',
	'a list that is unknown') FROM p;
SELECT is((e || '{"as_of": "2024-06-30", "reviews": [{"passed_on": "2023-06-30", "growth": 0.15}]}') |= (doc -> '8'),
	true,
	'one element suffices') FROM p;

SELECT * FROM finish();
ROLLBACK;
