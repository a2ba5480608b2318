\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(65);

-- allot and population: rows among each other. test/allot compares them with every completion of small tables.

CREATE TABLE firm (id int, revenue numeric, rd numeric, local boolean, applied_on date);
INSERT INTO firm VALUES (1, 100, 10, true, '2025-01-01'), (2, 200, NULL, true, '2025-01-02'),
	(3, 150, 20, true, '2025-01-03'), (4, 50, 5, NULL, '2025-01-04'), (5, 500, 50, false, NULL),
	(6, 150, 15, true, '2025-01-05');
CREATE FUNCTION pg_temp.law(statements text) RETURNS policy LANGUAGE sql AS $$
	SELECT ('policy p ''P'' fact revenue number fact rd number at least 0 fact local boolean fact applied_on date '
		|| statements)::policy
$$;
-- A line for each row: key, then what is asked for.
CREATE FUNCTION pg_temp.places(statements text, undecided text DEFAULT 'open') RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', key, coalesce(place_low || '-' || place_high, 'no member'),
	coalesce(selected::text, '?')), ', ')
	FROM zjtx.allot('firm', 'id', pg_temp.law(statements), undecided) WHERE kind = 'selection'
$$;
CREATE FUNCTION pg_temp.money(statements text, undecided text DEFAULT 'open') RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', key || '/' || clause, claim_low || '-' || coalesce(claim_high::text, ''), '->',
		CASE WHEN amount_low = amount_high THEN amount_low::text ELSE amount_low || '-' || amount_high END), ', ')
	FROM zjtx.allot('firm', 'id', pg_temp.law(statements), undecided)
	WHERE kind = 'budget' AND claim_high IS DISTINCT FROM 0
$$;

-- Places and selections.

SELECT is(pg_temp.places('select s first 2 by revenue desc when local'),
	'1 4-4 false, 2 1-1 true, 3 2-3 ?, 4 5-5 false, 5 no member false, 6 2-3 ?', 'a tie at the border');
SELECT is(pg_temp.places('select s first 3 by revenue desc when local'),
	'1 4-4 false, 2 1-1 true, 3 2-3 true, 4 5-5 false, 5 no member false, 6 2-3 true', 'and one above it');
SELECT is(pg_temp.places('select s first 2 by revenue desc, rd desc when local'),
	'1 4-4 false, 2 1-1 true, 3 2-2 true, 4 5-5 false, 5 no member false, 6 3-3 false', 'the second key breaks it');
SELECT is(pg_temp.places('select s first 1 by revenue when local'),
	'1 1-2 ?, 2 4-5 false, 3 2-4 false, 4 1-1 ?, 5 no member false, 6 2-4 false', 'an undecided member may be '
		|| 'before it');
SELECT is(pg_temp.places('select s first 1 by rd desc when local'),
	'1 3-4 false, 2 1-5 ?, 3 1-2 ?, 4 4-5 false, 5 no member false, 6 2-3 false', 'an unknown key may be the first');
SELECT is(pg_temp.places('select s first 1 by rd desc when local', 'out'),
	'1 3-3 false, 2 4-4 false, 3 1-1 true, 4 no member false, 5 no member false, 6 2-2 false', 'not if it is late');
SELECT is(pg_temp.places('select s first 50% by revenue desc when local'),
	'1 4-4 false, 2 1-1 true, 3 2-3 ?, 4 5-5 false, 5 no member false, 6 2-3 ?', 'of four or five members, two');
SELECT is(pg_temp.places('select s first 75% by revenue desc when local'),
	'1 4-4 false, 2 1-1 true, 3 2-3 true, 4 5-5 false, 5 no member false, 6 2-3 true', 'three');
SELECT is(pg_temp.places('select s first 80% by revenue desc when local'),
	'1 4-4 ?, 2 1-1 true, 3 2-3 true, 4 5-5 false, 5 no member false, 6 2-3 true', 'three or four');
SELECT is(pg_temp.places('select s first 5 when local'),
	'1 1-5 true, 2 1-5 true, 3 1-5 true, 4 1-5 ?, 5 no member false, 6 1-5 true', 'without an order: there is '
		|| 'room for all');
SELECT is(pg_temp.places('select s first 4 when local'),
	'1 1-5 ?, 2 1-5 ?, 3 1-5 ?, 4 1-5 ?, 5 no member false, 6 1-5 ?', 'there may be too many');
SELECT is(pg_temp.places('select s first 4 when local', 'out'),
	'1 1-4 true, 2 1-4 true, 3 1-4 true, 4 no member false, 5 no member false, 6 1-4 true', 'not if one is late');
SELECT is(pg_temp.places('select s first 2 by applied_on desc'),
	'1 5-6 false, 2 4-5 false, 3 3-4 false, 4 2-3 ?, 5 1-6 ?, 6 1-2 true', 'by date; an unknown one is any');
SELECT is(pg_temp.places('select s first 2 by case when applied_on < 2025-01-04 then revenue end'),
	'1 1-1 true, 2 3-3 false, 3 2-2 true, 4 4-6 false, 5 4-6 false, 6 4-6 false', 'none is the last');
SELECT is(pg_temp.places('select s first 2 by case when revenue < 160 then revenue end desc'),
	'1 3-3 false, 2 5-6 false, 3 1-2 true, 4 4-4 false, 5 5-6 false, 6 1-2 true', 'in both directions');

-- What is needed.

CREATE FUNCTION pg_temp.needed(statements text) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', key, coalesce(needed, '-')), ', ') FROM zjtx.allot('firm', 'id',
	pg_temp.law(statements))
$$;
SELECT is(pg_temp.needed('select s first 2 by revenue desc when local'),
	'1 150, 2 -, 3 150, 4 150, 5 -, 6 150', 'the others must be outdone, also those that tie');
SELECT is(pg_temp.needed('select s first 3 by revenue desc when local'), '1 150, 2 -, 3 -, 4 150, 5 -, 6 -',
	'the third');
SELECT is(pg_temp.needed('select s first 1 by rd / 3 - 7 when local'),
	'1 -7, 2 -5.33333333333333333333, 3 -7, 4 -7, 5 -, 6 -7', 'a fraction below 0');
SELECT is(pg_temp.needed('select s first 1 by applied_on desc when local'),
	'1 2025-01-05, 2 2025-01-05, 3 2025-01-05, 4 2025-01-05, 5 -, 6 -', 'a day');
SELECT is(pg_temp.needed('select s first 1 by revenue * 1000000000000000000000000.5 desc'),
	'1 500000000000000000000000250, 2 500000000000000000000000250, 3 500000000000000000000000250, '
	'4 500000000000000000000000250, 5 -, 6 500000000000000000000000250', 'a long number');
SELECT is(pg_temp.needed('select s first 9 by revenue'), '1 -, 2 -, 3 -, 4 -, 5 -, 6 -', 'nothing');

-- Selections, clauses and populations that read each other.

SELECT results_eq($$SELECT key, code, selected FROM zjtx.allot('firm', 'id', pg_temp.law(
	'select a first 3 by revenue desc select b first 1 by revenue when satisfies a')) WHERE selected$$,
	$$VALUES ('2', 'a', true), ('5', 'a', true)$$, 'a selection among the selected; the border is undecided');
SELECT is(pg_temp.money('select s first 1 by revenue desc clause 1 reward when satisfies s pay 10元 budget b 5元
	pro rata over 1'),
	'5/1 10.00-10.00 -> 5.00',
	'a clause for the selected');
SELECT is(zjtx.population('firm', pg_temp.law('population all_of : mean = avg(revenue), n = count()
	population above when revenue > mean : m = min(revenue), s = sum(revenue)')),
	'{"n": 6, "mean": 191.66666666666666666667, "m": 200, "s": 700}', 'a population above the mean of another');
SELECT is(zjtx.population('firm', pg_temp.law('select s first 2 by revenue desc population p when satisfies s :
	m = min(revenue)')),
	'{"m": 200}', 'a population of the selected');

-- Populations.

SELECT is(zjtx.population('firm', pg_temp.law('population p when local : a = avg(revenue), b = min(revenue),
	c = max(revenue), d = sum(revenue), e = count(), f = median(revenue), g = percentile(revenue, 80%)')),
	'{"a": {"low": 130, "high": 150}, "b": {"low": 50, "high": 100}, "c": 200, "d": {"low": 600, "high": 650},
	"e": {"low": 4, "high": 5}, "f": 150, "g": {"low": 160, "high": 170}}', 'one member is undecided');
SELECT is(zjtx.population('firm', pg_temp.law('population p when local : a = avg(rd), b = min(rd), c = max(rd),
	d = sum(rd), e = median(rd)')),
	'{"a": {"low": 10, "high": null}, "b": {"low": 0, "high": 10}, "c": {"low": 20, "high": null},
	"d": {"low": 45, "high": null}, "e": {"low": 10, "high": 17.5}}', 'and one value is unknown');
SELECT is(zjtx.population('firm', pg_temp.law('population p when revenue > 1000 : a = avg(rd), b = sum(rd),
	c = count()')),
	'{"a": null, "b": 0, "c": 0}', 'nobody');
SELECT is(zjtx.population('firm', pg_temp.law('clause 1 when local')), '{}', 'no population');
SELECT is(zjtx.population('firm', pg_temp.law('population p : p0 = percentile(revenue, 0%),
	p100 = percentile(revenue, 100%), p25 = percentile(revenue,
	25%)')), (SELECT to_jsonb(r) FROM (SELECT percentile_cont(0) WITHIN GROUP (ORDER BY revenue) p0,
	percentile_cont(1) WITHIN GROUP (ORDER BY revenue) p100, percentile_cont(0.25) WITHIN GROUP (ORDER BY revenue) p25
	FROM firm) r), 'percentile_cont');
SET LOCAL work_mem = '64kB';
CREATE TABLE many AS SELECT i AS id, (i * 7919 % 10007)::numeric AS revenue, NULL::numeric AS rd, true AS local,
	NULL::date AS applied_on FROM generate_series(1, 10007) i;
SELECT is(zjtx.population('many', pg_temp.law('population p : a = percentile(revenue, 33%), b = median(revenue),
	c = max(revenue), d = avg(revenue)')),
	'{"a": 3301.98, "b": 5003, "c": 10006, "d": 5003}', 'beyond work_mem');
SELECT is((SELECT count(*) FROM zjtx.allot('many', 'id', pg_temp.law('select s first 10% by revenue desc'))
	WHERE selected), 1000::bigint,
	'and so a selection');
SELECT is((SELECT sum(amount_low) FROM zjtx.allot('many', 'id', pg_temp.law(
	'clause 1 reward pay revenue * 1元 budget b 1234567.89元 pro rata over 1'))), 1234567.89, 'and a budget');
RESET work_mem;

-- Budgets.

SELECT is(pg_temp.money('clause 1 reward when revenue <= 150 pay rd * 1元 budget b 10元 pro rata over 1'),
	'1/1 10.00-10.00 -> 2.00, 3/1 20.00-20.00 -> 4.00, 4/1 5.00-5.00 -> 1.00, 6/1 15.00-15.00 -> 3.00',
	'in proportion');
SELECT is(pg_temp.money('clause 1 reward when revenue <= 150 pay 1元 budget b 0.11元 pro rata over 1'),
	'1/1 1.00-1.00 -> 0.03, 3/1 1.00-1.00 -> 0.03, 4/1 1.00-1.00 -> 0.03, 6/1 1.00-1.00 -> 0.02',
	'the last 分 go to the lower keys');
SELECT is(pg_temp.money('clause 1 reward when revenue <= 150 pay rd * 1元 budget b 50元 pro rata over 1'),
	'1/1 10.00-10.00 -> 10.00, 3/1 20.00-20.00 -> 20.00, 4/1 5.00-5.00 -> 5.00, 6/1 15.00-15.00 -> 15.00',
	'there is enough');
SELECT is(pg_temp.money('clause 1 reward when local pay 10元 budget b 40元 pro rata over 1'),
	'1/1 10.00-10.00 -> 8.00-10.00, 2/1 10.00-10.00 -> 8.00-10.00, 3/1 10.00-10.00 -> 8.00-10.00, 4/1 0.00-10.00 '
		|| '-> 0.00-8.00, 6/1 10.00-10.00 -> 8.00-10.00',
	'a claim is undecided');
SELECT is(pg_temp.money('clause 1 reward when local pay 10元 budget b 40元 pro rata over 1', 'out'),
	'1/1 10.00-10.00 -> 10.00, 2/1 10.00-10.00 -> 10.00, 3/1 10.00-10.00 -> 10.00, 6/1 10.00-10.00 -> 10.00',
	'not if it is late');
SELECT is(pg_temp.money('clause 1 reward when local pay rd * 1元 budget b 40元 pro rata over 1'),
	'1/1 10.00-10.00 -> 0.00-8.89, 2/1 0.00- -> 0.00-40.00, 3/1 20.00-20.00 -> 0.00-17.78, 4/1 0.00-5.00 -> '
		|| '0.00-4.00, 6/1 15.00-15.00 -> 0.00-13.34',
	'a claim has no limit');
SELECT is(pg_temp.money('clause 1 reward when revenue <= 150 pay 10元 clause 2 reward when revenue <= 150 pay 5元
	budget b 32元 by applied_on over 1, 2'),
	'1/1 10.00-10.00 -> 10.00, 1/2 5.00-5.00 -> 5.00, 3/1 10.00-10.00 -> 10.00, '
		|| '3/2 5.00-5.00 -> 5.00, 4/1 10.00-10.00 -> 2.00, 4/2 5.00-5.00 -> 0.00, 6/1 10.00-10.00 -> 0.00, 6/2 '
		|| '5.00-5.00 -> 0.00',
	'in an order, the last one in part');
SELECT is(pg_temp.money('clause 1 reward when revenue = 150 pay 10元 budget b 12元 by revenue desc over 1'),
	'3/1 10.00-10.00 -> 2.00-10.00, 6/1 10.00-10.00 -> 2.00-10.00',
	'of equal ones, either may come first');

-- What is refused.

SELECT is(pg_temp.error_of($$SELECT zjtx.allot('firm', 'rd', pg_temp.law('select s first 1'))$$),
	E'22004: public.firm has a row whose key is NULL\nDETAIL: Column "rd" must have a value in each row, because '
	|| E'places and money are given by key.', 'a NULL key');
SELECT is(pg_temp.error_of($$SELECT zjtx.allot('firm', 'revenue', pg_temp.law('select s first 1'))$$),
	E'21000: public.firm has more than one row with the key "150"\nDETAIL: It must have one row for each value '
	|| E'of column "revenue".', 'a key twice');
SELECT is(pg_temp.error_of($$SELECT zjtx.allot('firm', 'nix', pg_temp.law('select s first 1'))$$),
	E'42703: column "nix" of public.firm does not exist\nHINT: The key is the column by which the relation has '
	|| E'one row for an enterprise.', 'no such key');
SELECT is(pg_temp.error_of($$SELECT zjtx.allot('firm', 'id', 'revenue > 1'::policy)$$),
	E'22023: policy "revenue > 1" has no selection and no budget\nHINT: The statements "select" and "budget" of '
	|| E'a document say what is allotted.', 'nothing to allot');
SELECT is(pg_temp.error_of($$SELECT zjtx.allot('firm', 'id', pg_temp.law('select s first 1'), 'late')$$),
	E'22023: "late" is not a way to treat what is undecided\nHINT: It is open, or out: what is not proved is not '
	|| E'claimed.', 'another word');
CREATE TABLE other (id int);
SELECT is((SELECT count(*) FROM zjtx.allot('other', 'id', pg_temp.law('select s first 1 by revenue'))),
	0::bigint, 'an empty table');

-- publish_allotment.

SELECT store($$policy fund '基金' fact revenue number fact local boolean
select Top-1 '龙头' first 2 by revenue desc when local
clause 2 '补' reward when local pay revenue * 1元
budget total '总额' 100元 pro rata over 2$$) \g /dev/null
SELECT is(publish_allotment('firm', 'id', 'fund', 'firm_places')::text, 'firm_places', 'a view');
SELECT columns_are('firm_places', ARRAY['key', 'top_1_member', 'top_1_place_low', 'top_1_place_high', 'top_1_selected',
	'top_1_needed', 'total_2_claim_low', 'total_2_claim_high', 'total_2_amount_low', 'total_2_amount_high'],
	'its columns');
SELECT results_eq($$SELECT key, top_1_place_low, top_1_place_high, top_1_selected, total_2_claim_high,
	total_2_amount_low,
	total_2_amount_high FROM firm_places WHERE key IN ('2', '4') ORDER BY key$$, $$VALUES
	('2', 1::bigint, 1::bigint, true, 200.00, 30.76, 33.34), ('4', 5, 5, false, 50.00, 0.00, 7.70)$$, 'a row');
SELECT is(obj_description('firm_places'::regclass), '《基金》在 public.firm 各行之间的名次与兑现。每次查询时重新计算，'
	'按查询者可见的行；名次与金额为区间时，未定。', 'its comment');
SELECT is_empty($$SELECT attname FROM pg_attribute WHERE attrelid = 'firm_places'::regclass AND attnum > 0
	AND col_description(attrelid, attnum) IS NULL$$, 'and one of each column');
SELECT is(col_description('firm_places'::regclass, 3), '龙头：可能的最好名次。', 'in the language of the document');
SELECT publish_allotment('firm', 'id', 'policy q ''Law'' fact revenue number
	select s ''Leaders'' first 2 by revenue'::policy, 'q_places') \g /dev/null
SELECT is(col_description('q_places'::regclass, 3),
	'Leaders: the best place that the enterprise can have.', 'or English');
SELECT lives_ok($$SELECT publish_allotment('firm', 'id', 'fund', 'public.firm_places')$$, 'again');
SELECT is(pg_temp.error_of($$SELECT zjtx.publish_allotment('firm', 'id', 'fund', 'firm')$$),
	E'42P07: public.firm exists and was not published by zjtx\nHINT: Choose another name, or drop it first.',
	'another table');

-- Parts.

SELECT is((SELECT string_agg(DISTINCT code, ' ') FROM allot('firm', 'id', stored('fund') -> 'Top-1')), 'Top-1',
	'a selection alone');
SELECT is((SELECT string_agg(DISTINCT code || '/' || clause, ' ') FROM allot('firm', 'id', stored('fund') -> '2')),
	'total/2',
	'a clause with its budget');

-- Rights and row security.

CREATE ROLE regress_east;
GRANT SELECT ON firm TO regress_east;
ALTER TABLE firm ENABLE ROW LEVEL SECURITY;
CREATE POLICY east ON firm USING (id <> 2);
SET ROLE regress_east;
SELECT is((SELECT string_agg(key || ' ' || place_low, ', ') FROM zjtx.allot('public.firm', 'id',
	'fund') WHERE place_low IS NOT NULL),
	'1 3, 3 1, 4 4, 6 1', 'places among the rows that the role sees');
SELECT is((SELECT string_agg(key || ' ' || top_1_place_low, ', ' ORDER BY key) FROM (SELECT key,
	place_low AS top_1_place_low
	FROM zjtx.allot('public.firm', 'id', 'fund', 'out') WHERE place_low IS NOT NULL) v), '1 3, 3 1, 6 1',
	'without the late one');
SELECT is(pg_temp.error_of($$SELECT count(*) FROM zjtx.allot('public.many', 'id', 'fund')$$),
	'42501: permission denied for table many', 'none without the right to read it');
RESET ROLE;
GRANT SELECT ON firm_places TO regress_east;
REVOKE ALL ON firm FROM regress_east;
SET ROLE regress_east;
SELECT is(pg_temp.error_of($$SELECT * FROM public.firm_places$$), '42501: permission denied for table firm',
	'a published view needs the right to the table');
RESET ROLE;

-- A relation without the facts, and one without columns.

CREATE TEMP TABLE without_facts (x int);
INSERT INTO without_facts VALUES (1), (2);
CREATE TEMP TABLE without_columns ();
SELECT is(population('without_facts', $$policy p 't' fact a number population q : m = avg(a), n = count()$$::policy),
	'{"m": {"low": null, "high": null}, "n": 2}', 'population of a relation without the facts');
SELECT is(population('without_columns', $$policy p 't' fact a number population q : m = avg(a), n = count()$$::policy),
	'{"m": null, "n": 0}', 'and without columns');
SELECT is((SELECT array_agg(selected ORDER BY key) FROM allot('without_facts', 'x',
	$$policy p 't' fact a number select q first 1 by a$$::policy)), ARRAY[NULL, NULL]::boolean[],
	'allot without the facts');

SELECT finish();
ROLLBACK;
