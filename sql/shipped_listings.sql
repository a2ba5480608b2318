\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(46);

-- Clause 5e of the city, clause 32 of 大足 and the clause of the hard-tech plan reward 挂牌、上市 in the same words.
-- One enterprise, titled and in the pool of the hard-tech plan, is asked of all three.

CREATE FUNCTION pg_temp.nothing() RETURNS jsonb LANGUAGE sql AS $$
	SELECT jsonb_object_agg(name, NULL) FROM (SELECT DISTINCT name FROM zjtx.facts WHERE null_means <> 'unknown'
	AND name !~ '\.') f
$$;
CREATE FUNCTION pg_temp.listed(facts jsonb) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(coalesce((pg_temp.nothing() || jsonb '{"as_of": "2025-06-30", "region": "大足区",
	"specialized_on": "2021-01-01", "specialized_until": "2026-12-31", "hardtech_pool": true,
	"pool_entered_on": "2023-11-24", "earlier_event_confirmed": false}' ||
	facts OPERATOR(zjtx.|=) clause)::text, '?'), ' ' ORDER BY n)
	FROM unnest('{cq-2022-23/5e,dazu-2022-92/32,cq-hardtech-2023-21/listing}'::text[]) WITH ORDINALITY t (clause, n)
$$;
SELECT is(pg_temp.listed(facts::jsonb), answers, description) FROM (VALUES
	('{"ipo_listed_on": "2024-05-20", "ipo_market": "bse"}', 'true true true', 'a first offering'),
	('{"neeq_base_listed_on": "2024-05-20"}', 'true true true', 'the base layer'),
	('{"neeq_innovation_listed_on": "2024-05-20"}', 'true true true', 'the innovation layer, entered directly'),
	('{"neeq_innovation_listed_on": "2024-05-20", "neeq_base_listed_on": "2024-05-20"}', 'true true true',
	'both on one day'),
	('{"neeq_innovation_listed_on": "2024-05-20", "neeq_base_listed_on": "2025-05-20"}', 'true true true',
	'a later fall to the base layer'),
	('{"neeq_innovation_listed_on": "2024-05-20", "neeq_base_listed_on": "2024-05-19"}', 'true true true',
	'a rise after a listing that counts'),
	('{"neeq_innovation_listed_on": "2024-05-20", "neeq_base_listed_on": "2020-12-31"}', '? ? ?',
	'a rise after a listing that does not count: the texts do not say whether it is rewarded'),
	('{"neeq_innovation_listed_on": "2024-05-20", "neeq_base_listed_on": "2020-12-31", "layer_move_confirmed": true}',
	'true true true', 'it is confirmed'),
	('{"neeq_innovation_listed_on": "2024-05-20", "neeq_base_listed_on": "2020-12-31", "layer_move_confirmed": false}',
	'false false false', 'it is refused'),
	('{"neeq_innovation_listed_on": "2025-07-01", "neeq_base_listed_on": "2020-12-31", "layer_move_confirmed": true}',
	'false false false', 'a rise on the day after the day judged'),
	('{"ipo_application_accepted_on": "2024-05-20"}', 'false ? ?',
	'a step before a listing: the city does not speak of stages, the others do not name them'),
	('{"neeq_kernel_passed_on": "2024-05-20"}', 'false ? ?', 'a step before 新三板'),
	('{"neeq_filing_submitted_on": "2024-05-20"}', 'false ? ?', 'the next one'),
	('{"ipo_tutoring_report_on": "2024-05-20"}', 'false ? ?', 'the report of tutoring'),
	('{"ipo_application_accepted_on": "2024-05-20", "listing_step_confirmed": true}', 'false true true',
	'a step that is confirmed'),
	('{"ipo_application_accepted_on": "2024-05-20", "listing_step_confirmed": false}', 'false false false',
	'a step that is refused'),
	('{"ipo_application_accepted_on": "2023-11-23", "listing_step_confirmed": true}', 'false true false',
	'a step on the day before the enterprise entered the pool'),
	('{"ipo_application_accepted_on": "2023-11-24", "listing_step_confirmed": true}', 'false true true',
	'a step on the day on which it entered'),
	('{"ipo_tutoring_accepted_on": "2024-05-20"}', 'false ? true', 'accepted tutoring, which the hard-tech plan counts')
) a (facts, answers, description);

-- An enterprise of the select layer was moved to the exchange in 北京 on 2021-11-15, and some went on to another board.
-- Neither is a first offering. The three clauses do not write 首发, and do not say whether such a listing is rewarded.

SELECT is(a, answers, description) FROM (VALUES
	('{}', '? ? ?', 'perhaps a moved listing'),
	('{"bse_moved": true}', '? ? ?', 'a moved listing'),
	('{"bse_moved": true, "moved_listing_confirmed": true}', 'true true true', 'it is confirmed'),
	('{"bse_moved": true, "moved_listing_confirmed": false}', 'false false false', 'it is refused'),
	('{"bse_moved": false}', 'true true true', 'a first offering of an enterprise that had been in the select layer'),
	('{"ipo_market": "star"}', '? ? ?', 'perhaps a transfer to 科创板'),
	('{"ipo_market": "chinext"}', '? ? ?', 'perhaps a transfer to 创业板'),
	('{"ipo_market": "main"}', 'true true true', 'no transfer leads to the main board'),
	('{"ipo_market": "overseas"}', 'true true true', 'or abroad'),
	('{"ipo_market": null}', '? ? ?', 'no board given'),
	('{"ipo_market": null, "neeq_select_listed_on": null}', 'true true true', 'never in the select layer')
) m (facts, answers, description), pg_temp.listed('{"neeq_select_listed_on": "2021-11-14",
	"ipo_listed_on": "2024-05-20", "ipo_market": "bse"}' || facts::jsonb) a;

-- 渝北 writes 首发: a moved listing earns none of the three stages.

SELECT is((SELECT concat(low::bigint / 10000, ' ', high::bigint / 10000) FROM amount_range(pg_temp.nothing() ||
	jsonb '{"as_of": "2025-06-30", "region": "渝北区", "specialized_on": "2021-01-01", "specialized_until": "2026-12-31",
	"ipo_tutoring_report_on": "2024-12-12", "ipo_tutoring_accepted_on": "2025-01-15",
	"ipo_application_accepted_on": "2025-02-15", "earlier_event_confirmed": false}' || facts::jsonb,
	'yubei-2024-34/7-ipo')), range, '渝北: ' || description) FROM (VALUES
	('{}', '500 500', 'on the way to a first offering'),
	('{"neeq_select_listed_on": "2021-11-14"}', '0 500', 'perhaps on the way to a transfer'),
	('{"neeq_select_listed_on": "2021-11-14", "bse_moved": false}', '500 500', 'not on the way to a transfer'),
	('{"neeq_select_listed_on": "2021-11-14", "ipo_listed_on": "2025-06-01", "ipo_market": "star"}', '0 1000',
	'perhaps a transfer'),
	('{"neeq_select_listed_on": "2021-11-14", "ipo_listed_on": "2025-06-01", "ipo_market": "star", "bse_moved": true}',
	'0 0', 'a transfer'),
	('{"neeq_select_listed_on": "2021-11-14", "ipo_listed_on": "2025-06-01", "ipo_market": "star", "bse_moved": false}',
	'1000 1000', 'no transfer'),
	('{"neeq_select_listed_on": "2021-11-14", "ipo_listed_on": "2025-06-01", "ipo_market": "main"}', '1000 1000',
	'the main board'),
	('{"ipo_listed_on": "2025-06-01", "ipo_market": "star"}', '1000 1000', 'never in the select layer'),
	('{"neeq_select_listed_on": "2021-11-14", "ipo_listed_on": "2025-06-01", "ipo_market": "overseas"}', '0 0', 'abroad')
) a (facts, range, description);

-- The targets count enterprises that are newly listed, and listed enterprises with a title.

CREATE TABLE pg_temp.firm (region text, specialized_on date, specialized_until date, neeq_select_listed_on date,
	ipo_listed_on date, ipo_market text, bse_moved boolean, little_giant_on date, little_giant_until date,
	lapsed_listing_counts boolean);
INSERT INTO pg_temp.firm SELECT region, '2021-01-01', until, select_on, listed_on, market, moved, NULL, NULL, counts
	FROM unnest('{大足区,渝北区}'::text[]) region, (VALUES
	(date '2026-12-31', date '2021-11-14', date '2022-05-25', 'star', true, NULL::boolean),
	('2026-12-31', '2021-11-14', '2022-05-25', 'star', NULL, NULL),
	('2026-12-31', NULL, '2022-05-25', 'star', NULL, NULL),
	('2026-12-31', NULL, '2021-12-31', 'star', NULL, NULL), ('2022-05-25', NULL, '2022-05-25', 'star', NULL, NULL),
	('2022-05-24', NULL, '2022-05-25', 'star', NULL, NULL), ('2022-05-25', NULL, '2022-05-25', 'star', NULL, true),
	('2022-05-25', NULL, '2022-05-25', 'star', NULL, false)) t (until, select_on, listed_on, market, moved, counts);
SELECT is((SELECT concat(actual::int, ' ', undecided::int) FROM progress(document, 'pg_temp.firm') WHERE code = target
	AND year = 2025), counted, description) FROM (VALUES
	('dazu-2022-92', 't6', '5 1',
	'大足: an enterprise that had been listed before is not new, one that may have been is open'),
	('cq-2022-23', 'g4', '10 2', 'the city: the same of all districts'),
	('yubei-2024-34', '14b', '5 1',
	'渝北: whether a listed enterprise whose title has ended is among the total is open, where nobody has said')
) t (document, target, counted, description);

-- A clause of 渝北 without a day of its own is open before the measures were issued.

SELECT is(pg_temp.nothing() || jsonb_build_object('as_of', d, 'size_class', 'small', 'gov_procurement_bid', 1,
	'bid_not_reserved', true, 'earlier_event_confirmed', confirmed) |= 'yubei-2024-34/19b', eligible,
	concat('渝北, article 19, on ', to_char(d, 'YYYY-MM-DD'), CASE confirmed WHEN true THEN ', confirmed' WHEN false THEN
	', refused' END))
	FROM (VALUES (date '2024-12-11', NULL::boolean, NULL::boolean), ('2024-12-11', true, true),
	('2024-12-11', false, false),
	('2024-12-12', NULL, true)) t (d, confirmed, eligible);

SELECT * FROM finish();
ROLLBACK;
