\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(7);

-- The goals, each as the text has it.

SELECT results_eq($$SELECT policy, targets.code, string_agg(concat(CASE WHEN at_most THEN 'at most ' END,
	goal::float8), ' ' ORDER BY year), concat(min(year), ' ', max(year))
	FROM zjtx.targets JOIN policies p ON p.code = policy WHERE p.shipped
	GROUP BY 1, 2 ORDER BY policy COLLATE "C", targets.code COLLATE "C"$$,
	$$SELECT * FROM (VALUES ('banan-2024', '2-1', '50 50 50 50', '2024 2027'),
	('banan-2024', '2-2', '5 5 5 5', '2024 2027'), ('banan-2024', '2-3', '20 20 20 20', '2024 2027'),
	('banan-2024', '2-4', '2 2 2 2', '2024 2027'), ('banan-2024', '2-6', '5 5 5 5', '2024 2027'),
	('banan-2024', 'annex-1', '119000 126000 133000 141000', '2024 2027'),
	('banan-2024', 'annex-2', '47000 49000 51000 53000', '2024 2027'),
	('banan-2024', 'annex-3', '29500 32000 34500 37000', '2024 2027'),
	('banan-2024', 'annex-4', '65 70 75 80', '2024 2027'),
	('banan-2024', 'annex-5', '5940 6850 7900 9000', '2024 2027'),
	('banan-2024', 'annex-6', '330 370 410 450', '2024 2027'),
	('banan-2024', 'annex-7', '180 200 220 240', '2024 2027'),
	('banan-2024', 'annex-8', '15 18 22 26', '2024 2027'), ('banan-2024', 'annex-9', '1 2 2 3', '2024 2027'),
	('banan-2024', 'annex-10', '80', '2027 2027'), ('banan-2024', 'annex-11', '7 15 20 30', '2024 2027'),
	('banan-2024', 'annex-12', '1 1 2', '2025 2027'), ('banan-2024', 'annex-13', '10', '2027 2027'),
	('dazu-2022-92', 't1', '8 8 8 8', '2022 2025'), ('dazu-2022-92', 't2', '1 1 1 1', '2022 2025'),
	('dazu-2022-92', 't3', '100', '2025 2025'), ('dazu-2022-92', 't4', '50', '2025 2025'),
	('dazu-2022-92', 't5', '9', '2025 2025'), ('dazu-2022-92', 't6', '3', '2025 2025'),
	('dazu-2022-92', '4', '3', '2025 2025'), ('dazu-2022-92', 's2a', '50', '2025 2025'),
	('dazu-2022-92', 's2b', '10', '2025 2025'), ('dazu-2022-92', '5b', '1', '2025 2025'),
	('dazu-2022-92', '5c', '300', '2025 2025'), ('dazu-2022-92', '7a', '25', '2025 2025'),
	('dazu-2022-92', '7b', '5', '2025 2025'), ('dazu-2022-92', '7c', '5', '2025 2025'),
	('dazu-2022-92', '7d', '60', '2025 2025'), ('dazu-2022-92', '9', '4', '2025 2025'),
	('dazu-2022-92', 's4a', 'at most 0.01', '2025 2025'), ('dazu-2022-92', '19b', '1', '2025 2025'),
	('dazu-2022-92', '19c', '1', '2025 2025'), ('dazu-2022-92', '21', '350', '2025 2025'),
	('cq-2022-23', 'g1', '25000', '2025 2025'), ('cq-2022-23', 'g2', '2500', '2025 2025'),
	('cq-2022-23', 'g3', '300', '2025 2025'), ('cq-2022-23', 'g4', '25', '2025 2025'),
	('cq-2022-23', '1a', '10', '2025 2025'), ('cq-2022-23', '1b', '10', '2025 2025'),
	('cq-2022-23', '1c', '10', '2025 2025'), ('cq-2022-23', '2a', '1', '2025 2025'),
	('cq-2022-23', '2b', '400', '2025 2025'), ('cq-2022-23', '2c', '50', '2025 2025'),
	('cq-2022-23', '2d', '100', '2025 2025'), ('cq-hardtech-2023-21', '1-1', '50 50 50 50 50', '2023 2027'),
	('yubei-2024-34', 'preamble-specialized', '180', '2025 2025'),
	('yubei-2024-34', 'preamble-giant', '23', '2025 2025'), ('yubei-2024-34', '4b', '0.4', '2025 2025'),
	('yubei-2024-34', '14b', '5', '2025 2025'), ('yubei-2024-34', '17b', '1', ' '),
	('yubei-2024-34', '20', '10', ' ')) g (policy, code, goals, years)
	ORDER BY policy COLLATE "C", code COLLATE "C"$$, 'the goals and their years');


-- Whom the targets of the shipped documents count at the end of 2025, on both sides of each bound.  An example of a
-- document cannot ask this, because it has one row and no year.

CREATE TEMP TABLE firm (region text, innovative_on date, innovative_until date, specialized_on date,
	specialized_until date, little_giant_on date, little_giant_until date, champion_on date, champion_until date,
	gazelle_on date, unicorn_on date, hightech_until date, giant_counts_as_specialized boolean, hardtech_pool boolean,
	pool_entered_on date, pool_left_on date, pool_entered_year int, neeq_select_listed_on date, ipo_listed_on date,
	ipo_market text, bse_moved boolean, lapsed_listing_counts boolean, has_rd_institution boolean, industry_tags text[]);
CREATE FUNCTION pg_temp.counted(document text, target text, facts jsonb) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	TRUNCATE firm;
	INSERT INTO firm SELECT (jsonb_populate_record(NULL::firm, facts)).*;
	RETURN (SELECT CASE WHEN undecided > 0 THEN '?' ELSE coalesce(actual::int::text, 'none') END
		FROM zjtx.progress(document, 'firm') WHERE code = target AND year = 2025);
END $$;

-- The target, the facts, and the answer in the region of the document and elsewhere ('0' where it is not given): 1 if
-- the enterprise is counted or the share is 100%, 0 if not, ? if it is undecided, none if there is no share.
CREATE TEMP TABLE asked (document text, target text, facts jsonb, answer text, place text);

-- A title that is in force on the last day of the year.
INSERT INTO asked SELECT document, target, jsonb_build_object(name || '_on', awarded, name || '_until', until), answer
	FROM (VALUES ('dazu-2022-92', 't3', 'innovative'), ('dazu-2022-92', 't4', 'specialized'),
		('dazu-2022-92', 't5', 'little_giant'), ('cq-2022-23', 'g1', 'innovative'), ('cq-2022-23', 'g2', 'specialized'),
		('cq-2022-23', 'g3', 'little_giant'), ('yubei-2024-34', 'preamble-specialized', 'specialized'),
		('yubei-2024-34', 'preamble-giant', 'little_giant'), ('banan-2024', 'annex-7', 'specialized'),
		('banan-2024', 'annex-8', 'little_giant'), ('banan-2024', 'annex-9', 'champion')) t (document, target, name),
	(VALUES (NULL, NULL, '0'), ('2025-12-31', '2028-12-30', '1'), ('2026-01-01', '2028-12-31', '0'),
		('2022-12-31', '2025-12-31', '1'), ('2022-12-31', '2025-12-30', '0')) d (awarded, until, answer);

-- One that was awarded in the year, whether it is still in force or not.
INSERT INTO asked SELECT document, target, jsonb_build_object(name || '_on', awarded, name || '_until', awarded),
	answer
	FROM (VALUES ('dazu-2022-92', 't1', 'specialized'), ('dazu-2022-92', 't2', 'little_giant'),
		('banan-2024', '2-1', 'innovative'), ('banan-2024', '2-2', 'pool_entered'),
		('banan-2024', '2-3', 'specialized'),
		('banan-2024', '2-4', 'little_giant'), ('banan-2024', '2-6', 'gazelle')) t (document, target, name),
	(VALUES (NULL, '0'), ('2024-12-31', '0'), ('2025-01-01', '1'), ('2025-12-31', '1'), ('2026-01-01', '0'))
		d (awarded, answer);

-- An enterprise in the pool, or that has left it, of which the day on which it entered is not on file.
INSERT INTO asked SELECT 'banan-2024', '2-2', facts::jsonb, answer
	FROM (VALUES ('{"hardtech_pool": true}', '?'), ('{"hardtech_pool": true, "pool_entered_year": 2025}', '1'),
		('{"hardtech_pool": true, "pool_entered_year": 2024}', '0'),
		('{"hardtech_pool": false, "pool_left_on": "2025-01-01"}', '?'),
		('{"hardtech_pool": false, "pool_left_on": "2024-12-31"}', '0')) p (facts, answer);

-- A little giant without a municipal title.
INSERT INTO asked SELECT document, target, jsonb_build_object('little_giant_on', '2023-01-01',
	'little_giant_until', until, 'giant_counts_as_specialized', counts), answer
	FROM (VALUES ('dazu-2022-92', 't4'), ('cq-2022-23', 'g2'), ('yubei-2024-34', 'preamble-specialized'),
		('banan-2024', 'annex-7')) t (document, target),
	(VALUES ('2025-12-31', NULL, '?'), ('2025-12-31', true, '1'), ('2025-12-31', false, '0'), ('2025-12-30', NULL, '0'))
		g (until, counts, answer);

-- Enterprises newly listed since the first year of the title.
INSERT INTO asked SELECT document, target, facts::jsonb, answer
	FROM (VALUES ('dazu-2022-92', 't6'), ('cq-2022-23', 'g4')) t (document, target),
	(VALUES ('{}', '0'), ('{"ipo_listed_on": "2021-12-31"}', '0'), ('{"ipo_listed_on": "2022-01-01"}', '1'),
		('{"ipo_listed_on": "2025-12-31"}', '1'), ('{"ipo_listed_on": "2026-01-01"}', '0'),
		('{"ipo_listed_on": "2022-05-25", "ipo_market": "star", "neeq_select_listed_on": "2021-11-14"}', '?'),
		('{"ipo_listed_on": "2022-05-25", "ipo_market": "star", "neeq_select_listed_on": "2021-11-14",
		"bse_moved": true}', '0'),
		('{"ipo_listed_on": "2022-05-25", "ipo_market": "star", "neeq_select_listed_on": "2021-11-14",
		"bse_moved": false}', '1')) l (facts, answer);

-- The share of those with a title that have a research institution: in 大足 and the city an innovative enterprise is
-- among them.  The share of 渝北's car electronics enterprises that have a title: there it is not.
INSERT INTO asked SELECT document, target, facts::jsonb || institution::jsonb, CASE WHEN titled THEN share ELSE
	'none' END, 'none'
	FROM (VALUES ('dazu-2022-92', '5b'), ('cq-2022-23', '2a')) t (document, target),
	(VALUES ('{}', false), ('{"innovative_on": "2025-12-31", "innovative_until": "2025-12-31"}', true),
		('{"innovative_on": "2023-12-31", "innovative_until": "2025-12-30"}', false),
		('{"specialized_on": "2025-12-31", "specialized_until": "2025-12-31"}', true),
		('{"little_giant_on": "2025-12-31", "little_giant_until": "2025-12-31"}', true)) d (facts, titled),
	(VALUES ('{"has_rd_institution": true}', '1'), ('{"has_rd_institution": false}', '0')) i (institution, share);
INSERT INTO asked SELECT 'yubei-2024-34', '4b', facts::jsonb || tags::jsonb, CASE WHEN electronic THEN share ELSE
	'none' END, 'none'
	FROM (VALUES ('{"innovative_on": "2025-12-31", "innovative_until": "2025-12-31"}', '0'),
		('{"specialized_on": "2025-12-31", "specialized_until": "2025-12-31"}', '1'),
		('{"specialized_on": "2022-12-31", "specialized_until": "2025-12-30"}', '0'),
		('{"little_giant_on": "2025-12-31", "little_giant_until": "2025-12-31"}', '1')) d (facts, share),
	(VALUES ('{"industry_tags": ["新材料", "汽车电子"]}', true), ('{"industry_tags": ["汽车"]}', false))
		i (tags, electronic);

-- Listed enterprises of 渝北 with a title.
INSERT INTO asked SELECT 'yubei-2024-34', '14b', facts::jsonb || '{"specialized_on": "2022-12-31"}', answer
	FROM (VALUES ('{"ipo_listed_on": "2025-12-31", "specialized_until": "2025-12-31"}', '1'),
		('{"ipo_listed_on": "2026-01-01", "specialized_until": "2026-12-31"}', '0'),
		('{"ipo_listed_on": "2010-01-01", "specialized_until": "2025-12-31"}', '1'),
		('{"specialized_until": "2025-12-31"}', '0'),
		('{"ipo_listed_on": "2025-12-30", "specialized_until": "2025-12-30"}', '?'),
		('{"ipo_listed_on": "2025-12-30", "specialized_until": "2025-12-29"}', '0')) l (facts, answer);

-- The pool of the hard-tech plan, gazelles, unicorns and 高新技术企业.
INSERT INTO asked SELECT 'cq-hardtech-2023-21', '1-1', facts::jsonb, answer
	FROM (VALUES ('{"hardtech_pool": true, "pool_entered_on": "2025-12-31"}', '1'),
		('{"hardtech_pool": true, "pool_entered_on": "2026-01-01"}', '0'),
		('{"hardtech_pool": false, "pool_entered_on": "2024-06-01", "pool_left_on": "2025-12-31"}', '1'),
		('{"hardtech_pool": false, "pool_entered_on": "2024-06-01", "pool_left_on": "2025-12-30"}', '0'), ('{}', '0'))
		p (facts, answer);
INSERT INTO asked SELECT 'banan-2024', target, jsonb_build_object(fact, day), answer
	FROM (VALUES ('annex-6', 'hightech_until', '2025-12-30', '0'), ('annex-6', 'hightech_until', '2025-12-31', '1'),
		('annex-6', 'hightech_until', NULL, '0'), ('annex-11', 'gazelle_on', '2025-12-31', '1'),
		('annex-11', 'gazelle_on', '2026-01-01', '0'), ('annex-11', 'gazelle_on', NULL, '0'),
		('annex-12', 'unicorn_on', '2025-12-31', '1'), ('annex-12', 'unicorn_on', '2026-01-01', '0'),
		('annex-12', 'unicorn_on', NULL, '0')) g (target, fact, day, answer);

SELECT is_empty($$SELECT policy, code FROM zjtx.targets WHERE counted IS NOT NULL AND year = 2025
	AND policy IN (SELECT code FROM policies WHERE shipped)
	AND NOT (SELECT coalesce(bool_or(answer = '1') AND bool_or(answer = '0'), false)
	FROM asked a WHERE a.document = policy AND a.target = code)$$,
	'every target that counts enterprises is asked of one that it counts, and of one that it does not');

-- The enterprise in the region of the document, and in another.

CREATE TEMP TABLE answered AS SELECT document, target, facts, region, answer, pg_temp.counted(document, target,
	facts || jsonb_build_object('region', region)) AS found
	FROM (SELECT document, target, facts, region, CASE WHEN inside THEN answer ELSE coalesce(place, '0') END AS answer
		FROM asked, (VALUES ('dazu-2022-92', true, '大足区'), ('dazu-2022-92', false, '荣昌区'),
			('cq-2022-23', true, '两江新区'), ('cq-2022-23', false, 'elsewhere'), ('yubei-2024-34', true, '渝北区'),
			('yubei-2024-34', false, '江北区'), ('banan-2024', true, '巴南区'), ('banan-2024', false, '南岸区'),
			('cq-hardtech-2023-21', true, '城口县'), ('cq-hardtech-2023-21', false, 'elsewhere'))
			r (code, inside, region) WHERE code = document) a;
SELECT is_empty(format('SELECT * FROM answered WHERE document = %L AND found IS DISTINCT FROM answer', document),
	document || ': ' || string_agg(DISTINCT target, ' ')) FROM asked GROUP BY document ORDER BY document COLLATE "C";

SELECT * FROM finish();
ROLLBACK;
