\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(13);

-- The documents in force, on both sides of each day.

SELECT bag_has($$SELECT policy FROM in_force('2024-12-12')$$, $$VALUES ('yubei-2024-34')$$, '渝北 from the day of issue');
SELECT bag_hasnt($$SELECT policy FROM in_force('2024-12-11')$$, $$VALUES ('yubei-2024-34')$$, 'and not the day before');
SELECT bag_has($$SELECT policy FROM in_force('2026-03-31')$$, $$VALUES ('miit-2022-63')$$,
	'the old measures until the last day of March 2026');
SELECT bag_hasnt($$SELECT policy FROM in_force('2026-03-31')$$, $$VALUES ('miit-2026-2')$$, 'and not the new ones');
SELECT bag_has($$SELECT policy FROM in_force('2026-04-01')$$, $$VALUES ('miit-2026-2')$$,
	'the new measures from April 2026');
SELECT bag_hasnt($$SELECT policy FROM in_force('2026-04-01')$$, $$VALUES ('miit-2022-63')$$, 'and not the old ones');

-- A document that another one repeals.

SELECT lives_ok($lives$SELECT store($$policy old-38 '旧措施' number '渝北府办发〔2022〕38号' in force from 2022-12-09
clause 1 when true$$)$lives$, 'the document that 渝北 repeals');
SELECT bag_has($$SELECT policy FROM in_force('2024-12-11')$$, $$VALUES ('old-38')$$, 'in force until it is repealed');
SELECT bag_hasnt($$SELECT policy FROM in_force('2024-12-12')$$, $$VALUES ('old-38')$$,
	'and not from the day of the repeal');
SELECT results_eq($$SELECT h.repeals FROM policies p, header(p.doc) h WHERE p.code = 'yubei-2024-34'$$,
	$$VALUES (ARRAY['渝北府办发〔2022〕38号'])$$,
	'what 渝北 repeals is on record');

-- Three documents name neither the day from which they are in force nor the day on which they end. Outside the period
-- that is inferred from the day of issue and the title, no clause is decided until an office confirms it. Two clauses
-- are left out: one has a threshold that the text does not give, the other compares two years of its own.

CREATE TEMP TABLE inferred AS SELECT p.code || '/' || c.code AS clause, day, confirmed,
	day BETWEEN '2024-01-01' AND '2025-12-31' AS inside, jsonb_strip_nulls(jsonb_build_object('as_of', day,
	'earlier_event_confirmed', confirmed, 'later_event_confirmed', confirmed, 'innovative_on', day - 400,
	'innovative_until', day + 400, 'specialized_on', (day - interval '1 year')::date, 'specialized_until', day + 400,
	'little_giant_on', day - 400, 'little_giant_until', day + 400, 'otc_growth_board_listed_on', day, 'platform_kind',
	CASE c.code WHEN '31c' THEN 'incubator' ELSE 'public_service' END)) || '{"region": "大足区",
	"platform_level": "municipal", "platform_assessed": true, "in_directory": true, "first_set_product": true,
	"smart_factory_level": "municipal", "new_mode_project": true, "incubated_by_institute": true,
	"rd_expensed": 3000000, "rd_reward_confirmed": true, "size_class": "small", "listed_status": "unlisted",
	"revenue": 50000000, "rd_investment": 5000000, "has_hard_tech": true, "chain_gap_filled": true,
	"class1_ip_count": 2, "tech_center_level": "municipal", "hardtech_pool": true, "in_pool_at_step": true,
	"pool_entered_on": null, "pool_left_on": null, "otc_srdi_board_listed_on": null, "neeq_base_listed_on": null,
	"neeq_innovation_listed_on": null, "neeq_select_listed_on": null, "neeq_kernel_passed_on": null,
	"neeq_filing_submitted_on": null, "ipo_tutoring_report_on": null, "ipo_tutoring_accepted_on": null,
	"ipo_application_accepted_on": null, "ipo_listed_on": null}' AS e
	FROM policies p, clauses(p.doc) c, unnest('{NULL,true,false}'::boolean[]) confirmed,
	unnest('{2019-06-30,2021-12-31,2024-01-01,2025-12-31,2028-01-01,2029-01-01}'::date[]) day
	WHERE p.code IN ('dazu-2022-92', 'cq-2022-23', 'cq-hardtech-2023-21') AND c.code NOT IN ('14b', 'doubling');
SELECT is(count(DISTINCT clause)::int, 17, 'clauses of documents without a printed period') FROM inferred;
SELECT is_empty('SELECT clause, day, confirmed FROM inferred WHERE inside AND (e |= clause) IS NOT TRUE',
	'decided within the period');
SELECT is_empty($$SELECT clause, day, confirmed, e |= clause FROM inferred WHERE NOT inside
	AND (e |= clause) IS DISTINCT FROM confirmed$$, 'and outside it as the office confirms');

SELECT * FROM finish();
ROLLBACK;
