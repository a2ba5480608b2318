\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(43);

-- The amount of a document, of a clause asked alone, and the range of amounts.

CREATE TEMP TABLE p AS SELECT $$policy amounts 't' fact a boolean fact b boolean fact sold number 元 at least 0
	fact tax_due number 元 at least 0 null means 0 fact area number 平方米 between 0 and 100
		fact mark number 分 between 0 and 15
clause 1 reward when a pay 5万元
clause 2 subsidy per year when a pay sold * 1% cap 3万元
clause 3 tax when a pay tax_due * 50%
clause 4 points when a pay mark
clause 5 reward when b pay undetermined
clause 6 subsidy when b pay 5元 * area
clause 7 when a
clause 8 reward subject platform when a pay 1万元
clause 9 reward pay sold$$::policy AS doc,
	'{"a": true, "b": false, "sold": 2000000, "tax_due": 300.05, "area": 10, "mark": 7.5}'::jsonb AS e;

SELECT is((e |# doc)::text, '2070000.00', 'rewards and subsidies add up: 50000 + 20000 + 2000000') FROM p;
SELECT is((e |# (doc -> clause))::text, owed, description) FROM p, (VALUES
	('1', '50000.00', 'a reward'), ('2', '20000.00', 'a subsidy by the year, below its cap'),
	('3', '150.03', 'a tax answers when it is asked alone, in 元'),
	('4', '7.50', 'points answer when they are asked alone, in 分'),
	('5', '0.00', 'what has no figure and is not satisfied is nothing'), ('6', '0.00', 'what is not satisfied'),
	('7', '0.00', 'a clause that pays nothing'),
	('8', '10000.00', 'a clause about platforms answers when it is asked alone')) clauses (clause, owed,
	description);
SELECT is(((e || '{"sold": 9000000}') |# (doc -> '2'))::text, '30000.00', 'above its cap') FROM p;
SELECT is(((e || '{"b": true}') |# doc)::text, '2070050.00',
	'a clause without a figure does not keep the others from adding up') FROM p;
SELECT is((e || '{"b": true}') |# (doc -> '5'), NULL, 'asked alone it has no amount') FROM p;
SELECT is((e || '{"b": null}') |# (doc -> '5'), NULL, 'nor while it may be satisfied') FROM p;
SELECT is((e || '{"b": true}') |= (doc -> '5'), true, 'though it is satisfied') FROM p;
SELECT is(((e || '{"tax_due": null}') |# (doc -> '3'))::text, '0.00', 'a tax whose NULL means 0') FROM p;
SELECT is((e |# (p.doc -> '9'))::text, '2000000.00', 'a clause without a condition holds for everyone') FROM p;
SELECT is('{}'::jsonb |= (p.doc -> '9'), true, 'also for whom nothing is known') FROM p;

-- Unknown facts.

SELECT is((e || unknown) |# doc, NULL, 'no amount while it is undecided: ' || unknown::text) FROM p,
	(VALUES ('{"a": null}'::jsonb), ('{"b": null}'),
	('{"sold": null}')) u (unknown);
SELECT is(((e || unknown) |# doc)::text, '2070000.00', 'an amount, whatever this is: ' || unknown::text) FROM p,
	(VALUES ('{"tax_due": -5}'::jsonb),
	('{"mark": null}'), ('{"area": null}')) u (unknown);
SELECT is((amount_range(e || given, CASE clause WHEN '' THEN doc ELSE doc -> clause END))::text, range,
	'from ' || range || ': ' || given::text || ' ' || clause) FROM p, (VALUES
	('{}'::jsonb, '', '(2070000.00,2070000.00)'),
	('{"a": null}', '', '(2000000.00,2070000.00)'),
	('{"b": null}', '', '(2070000.00,2070050.00)'),
	('{"b": null, "area": null}', '', '(2070000.00,2070500.00)'),
	('{"sold": null}', '', '(50000.00,)'),
	('{"sold": null}', '2', '(0.00,30000.00)'),
	('{"sold": null, "a": null}', '2', '(0.00,30000.00)'),
	('{"sold": null}', '9', '(0.00,)'),
	('{"a": null}', '3', '(0.00,150.03)'),
	('{"tax_due": -1}', '3', '(0.00,)'),
	('{"mark": 16}', '4', '(0.00,15.00)'),
	('{"b": true}', '5', '(,)'),
	('{"b": null}', '5', '(,)'),
	('{"b": false}', '5', '(0.00,0.00)'),
	('{"b": true, "area": null}', '6', '(0.00,500.00)'),
	('{"b": true, "area": 100.5}', '6', '(0.00,500.00)'),
	('{}', '7', '(0.00,0.00)')) questions (given, clause, range);
SELECT is((SELECT low || ' to ' || high FROM amount_range('{"a": true, "b": null, "sold": 0, "area": 1}'::jsonb, doc)),
	'50000.00 to 50005.00',
	'the range in FROM') FROM p;
SELECT is((SELECT sum(r.low) || ' ' || sum(r.high) FROM (VALUES (true, 1000000), (NULL, 1000000),
	(false, 1000000)) v (a, sold), p, amount_range(v, doc -> '2') r), '10000.00 20000.00',
	'ranges add up to what a budget needs') FROM p;

-- A condition that reads an unknown fact twice has a sound answer.

SELECT is((amount_range('{}'::jsonb,
	'policy s ''s'' fact a number between 0 and 10 clause 1 reward when a >= 5 pay 10元 clause 2 reward when a < 5 pay '
	'10元'::policy))::text,
	'(0.00,20.00)', 'each use of a fact is taken by itself');

SELECT * FROM finish();
ROLLBACK;
