\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(54);

-- What gap proposes behind tables, facts by year and ranges.  The goal is reached with it, and not
-- with a value that is nearer to the present one by the fact's least decimal.

CREATE FUNCTION pg_temp.doc(rule text) RETURNS policy LANGUAGE sql AS $$ SELECT format($f$
	policy p 'p'
	fact industry text '行业' in ('factory' '工业', 'builder' '建筑业', 'shop' '零售业')
	fact place text '地区' fact kept text '类别' in ('a', 'b') fixed
	fact staff number 人 '从业人员' at least 0 fact rate number %% '利率' fact size number '规模' at most 25
	fact loan date '放款日' fact due date '到期日'
	fact revenue number 元 by year '营业收入' between 0 and 5000元
	fact profit number 元 by year null means none
	fact exports boolean by year '出口'
	table limits by text (people 人, grant 元) 'factory': (1000人, 10元), 'builder': (none, 20元), else (300人, 30元)
	table places by text (grant 元) '东': 10元, '西': 20元
	table kinds by text (grant 元) 'a': 10元, 'b': 20元
	table lpr by date (percent %%, until_day date) 2023-08-21: (3.45%%, 2023-12-31), 2024-10-21: (3.10%%, 2024-12-31),
		2027-01-01: (3.55%%, 2028-12-31)
	table steps by number (grant 元) 0: 10元, 10: 20元, 20: 15元, 30: 40元
	table years by year (grant 元) 2024: 10元, 2026: 20元, else 5元
	ladder rung goal 'goal' when %s $f$, rule)::policy
$$;
CREATE FUNCTION pg_temp.set_to(e jsonb, fact text, value jsonb) RETURNS jsonb LANGUAGE sql AS $$
	SELECT jsonb_set(e, CASE WHEN fact ~ '\[' THEN ARRAY[split_part(fact, '[', 1),
		substring(fact from '\d+')] ELSE ARRAY[fact] END, value)
$$;
/* fact: present -> proposed, and whether the goal is reached with it and with a value nearer to the present one */
CREATE FUNCTION pg_temp.proposed(e jsonb, rule text) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', g.fact || ':', g.present, '->', g.set_to, CASE WHEN g.suffices THEN 'suffices' END,
		CASE WHEN g.set_to IS NOT NULL THEN (pg_temp.set_to(e, g.fact, g.set_to) |= pg_temp.doc(rule))::text END,
		CASE WHEN jsonb_typeof(g.set_to) = 'number' AND g.difference IS NOT NULL THEN (pg_temp.set_to(e, g.fact,
			to_jsonb(g.set_to::numeric - sign(g.difference) * CASE WHEN g.fact = 'staff' THEN 1 WHEN g.fact ~ 'rate'
				THEN 0.0001 ELSE 0.01 END))
			|= pg_temp.doc(rule))::text
			WHEN g.fact IN ('loan', 'due') AND g.set_to IS NOT NULL THEN (pg_temp.set_to(e, g.fact,
				to_jsonb((g.set_to #>> '{}')::date - sign(g.difference)::int)) |= pg_temp.doc(rule))::text END), '; ')
	FROM gap(e, pg_temp.doc(rule)) g
$$;
CREATE FUNCTION pg_temp.row(with_ jsonb) RETURNS jsonb LANGUAGE sql AS $$
	SELECT jsonb '{"as_of": "2025-06-30", "industry": "工业", "place": "东", "kept": "a", '
		'"staff": 1200, "rate": 0.05, "size": 5,
		"loan": "2024-05-01", "due": "2026-05-01", "revenue": {"2024": 90, "2023": 80, "2022": 85, "2021": 70},
		"profit": {"2024": -5, "2023": 4, "2022": -3}, "exports": {"2024": false, "2023": true,
			"2022": false}}' || with_
$$;

-- What is compared with a cell.
SELECT is(pg_temp.proposed(pg_temp.row(given), rule), found, rule || ' ' || given) FROM (VALUES
	('staff < limits[industry].people', jsonb '{}', 'staff: 1200 -> 999 suffices true false'),
	('staff < limits[industry].people', '{"staff": 1000}', 'staff: 1000 -> 999 suffices true false'),
	('staff < limits[industry].people', '{"staff": 999}', NULL),
	('staff < limits[industry].people', '{"industry": "零售业"}', 'staff: 1200 -> 299 suffices true false'),
	('staff < limits[industry].people', '{"industry": "builder"}', 'staff: 1200 ->'),
	('rate <= lpr[loan].percent', '{}', 'rate: 0.05 -> 0.0345 suffices true false'),
	('rate <= lpr[loan].percent', '{"loan": "2024-10-20"}', 'rate: 0.05 -> 0.0345 suffices true false'),
	('rate <= lpr[loan].percent', '{"loan": "2024-10-21"}', 'rate: 0.05 -> 0.031 suffices true false'),
	('rate <= lpr[loan].percent + 50%', '{"loan": "2024-10-21"}', NULL),
	('staff * 1元 <= places[place] * 7', '{}', 'staff: 1200 -> 70 suffices true false'),

-- The key of a table: the nearest row that suffices, a later one first; not past days, not what is fixed.
	('steps[size] >= 20元', '{}', 'size: 5 -> 10 suffices true false'),
	('steps[size] >= 20元', '{"size": 9.99}', 'size: 9.99 -> 10 suffices true false'),
	('steps[size] >= 20元', '{"size": 22}', 'size: 22 -> 19.99 suffices true false'),
	('steps[size] >= 20元', '{"size": 26}', 'size: -> 10 suffices true'),
	('steps[size] >= 20元', '{"size": 24.5}', 'size: 24.5 -> 19.99 suffices true false'),
	('steps[size + 5] >= 20元', '{"size": 24.5}', 'size: 24.5 -> 25 suffices true false'),
	('steps[size] >= 40元', '{}', 'size: 5 ->'),
	('steps[size * 2] >= 40元', '{}', 'size: 5 -> 15 suffices true false'),
	('steps[size] * 2 >= 40元', '{"size": -1}', 'size: -1 -> 10 suffices true false'),
	('steps[size] < 20元', '{"size": 15}', 'size: 15 -> 20 suffices true false'),
	('lpr[loan].percent >= 3.5%', '{}', 'loan: "2024-05-01" ->'),
	('lpr[due].percent >= 3.5%', '{}', 'due: "2026-05-01" -> "2027-01-01" suffices true false'),
	('lpr[due].percent < 3.5%', '{"due": "2027-05-01"}', 'due: "2027-05-01" -> "2026-12-31" suffices true false'),
	('lpr[due].until_day >= 2025-01-01', '{}', 'due: "2026-05-01" -> "2027-01-01" suffices true false'),
	('years[year(due)] > 10元', '{"due": "2025-11-05"}', 'due: "2025-11-05" -> "2026-01-01" suffices true false'),
	('limits[industry].grant >= 20元', '{}', 'industry: "factory" -> "builder" suffices true'),
	('limits[industry].grant > 20元', '{}', 'industry: "factory" -> "shop" suffices true'),
	('limits[industry].grant > 30元', '{}', 'industry: "factory" ->'),
	('places[place] >= 20元', '{}', 'place: "东" -> "西" suffices true'),
	('kinds[kept] >= 20元', '{}', 'kept: "a" ->')
	) cases (rule, given, found);

-- Facts by year: only the latest that the line reads changes.
SELECT is(pg_temp.proposed(pg_temp.row(given), rule), found, rule || ' ' || given) FROM (VALUES
	('revenue[last_year] >= 100元', jsonb '{}', 'revenue[2024]: 90 -> 100 suffices true false'),
	('revenue[last_year - 1] >= 100元', '{}', 'revenue[2023]: 80 -> 100 suffices true false'),
	('revenue[last_year - 1] >= 100元 and revenue[last_year] > 1元', '{}', 'revenue[2023]: 80 ->'),
	('revenue[last_year] / revenue[last_year - 1] - 1 >= 20%', '{}', 'revenue[2024]: 90 -> 96 suffices true false'),
	('all(last_year - 1 to last_year : revenue[it] > revenue[it - 1])',
		'{"revenue": {"2024": 79, "2023": 80, "2022": 75}}',
		'revenue[2024]: 79 -> 80.01 suffices true false'),
	('all(last_year - 1 to last_year : revenue[it] > revenue[it - 1])',
		'{"revenue": {"2024": 80, "2023": 80, "2022": 75}}',
		'revenue[2024]: 80 -> 80.01 suffices true false'),
	('all(last_year - 1 to last_year : revenue[it] > revenue[it - 1])',
		'{"revenue": {"2024": 80.01, "2023": 80, "2022": 75}}', NULL),
	('all(last_year - 2 to last_year : revenue[it] > revenue[it - 1])', '{}', 'revenue[2024]: 90 ->'),
	('all(last_year - 1 to last_year : revenue[it] > revenue[it - 1])', '{"revenue": {"2023": 80, "2022": 75}}',
		'revenue[2024]: -> 80.01 suffices true'),
	('sum(last_year - 2 to last_year : revenue[it]) >= 300元', '{}', 'revenue[2024]: 90 -> 135 suffices true false'),
	('sum(last_year - 2 to last_year : revenue[it]) < 200元', '{}', 'revenue[2024]: 90 -> 34.99 suffices true false'),
	('sum(last_year - 2 to last_year : revenue[it]) < 165元', '{}', 'revenue[2024]: 90 ->'),
	('avg(last_year - 2 to last_year : revenue[it]) >= 100元', '{}', 'revenue[2024]: 90 -> 135 suffices true false'),
	('avg(last_year - 2 to last_year : revenue[it]) >= 1721.67元', '{}', 'revenue[2024]: 90 ->'),
	('max(last_year - 2 to last_year : revenue[it]) >= 120元', '{}', 'revenue[2024]: 90 -> 120 suffices true false'),
	('min(last_year - 2 to last_year : revenue[it]) >= 82元', '{}', 'revenue[2024]: 90 ->'),
	('any(last_year - 2 to last_year : revenue[it] >= 120元)', '{}', 'revenue[2024]: 90 -> 120 suffices true false'),
	('count(last_year - 2 to last_year where revenue[it] >= 84元) >= 3', '{}', 'revenue[2024]: 90 ->'),
	('count(last_year - 2 to last_year where profit[it] > 0元) >= 2', '{}',
		'profit[2024]: -5 -> 0.01 suffices true false'),
	('all(last_year - 1 to last_year : exports[it])', '{}', 'exports[2024]: false -> true suffices true'),
	('all(last_year - 2 to last_year : exports[it])', '{}', 'exports[2024]: false ->'),
	('any(last_year - 1 to last_year as y : all(y - 1 to y : revenue[it] > 84元))', '{}', 'revenue[2024]: 90 ->')
	) cases (rule, given, found);
-- Both sides of a bound of the range: 5000元 is the most that revenue can be.
SELECT is(pg_temp.proposed(pg_temp.row('{}'), 'sum(last_year - 2 to last_year : revenue[it]) >= 5165元'),
	'revenue[2024]: 90 -> 5000 suffices true false',
	'the end of the range suffices');
SELECT is(pg_temp.proposed(pg_temp.row('{}'), 'sum(last_year - 2 to last_year : revenue[it]) > 5165元'),
	'revenue[2024]: 90 ->',
	'the end of the range does not suffice');
SELECT * FROM finish();
ROLLBACK;
