\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL zjtx.as_of = '2025-06-30';
SELECT plan(54);

-- The rows of assess, for each status.

SELECT store($$
policy line-2025 'Lines' number '示例〔2025〕1号' in force from 2025-01-01
fact region text in ('east', 'west')
fact revenue number 元 at least 0
fact staff number 人 at least 0
fact rate number between 0 and 100%
fact won_on date null means none
fact grown_on date null means none
fact prizes list (day date, sum number 元) null means none
fact platform_firms number 家
define large = revenue >= 1000万元 and staff >= 100人
clause 1 'a figure' reward article '三' when large pay 30万元 cap 20万元
clause 2 'per year' subsidy per year when region = 'east' should staff >= 50人 should revenue > 5元
	pay revenue * rate cap 50元
clause 3 'in stages' reward article '五' cap 25元 when region = 'east'
  stage won 'won' on won_on pay 10元
  stage grown on grown_on when revenue > 1元 pay 10元
  stage prize each prizes on day pay sum
clause 4 'no figure' subsidy when staff >= 10人 pay undetermined
clause 5 'bare right' when large or region = 'west'
clause 6 'tax' tax when region = 'east' pay revenue * 10%
clause 7 'points' points when staff >= 10人 pay 2.5分
clause 8 'platform' reward subject platform when platform_firms >= 10家 pay 5元
ladder
  rung low 'low' when staff >= 10人
  rung high 'high' when staff >= 20人 and large should region = 'east'
$$);

CREATE FUNCTION pg_temp.lines(e jsonb, p text DEFAULT 'line-2025') RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', clause || coalesce('/' || stage, ''), kind, coalesce(eligible::text, '?'), amount,
		low, high, unit, period, status,
		missing, reservations), E'\n') FROM zjtx.assess(e, p)
$$;
SELECT is(pg_temp.lines('{"region": "east", "revenue": 1000, "staff": 40, "rate": 0.5, "won_on": "2025-01-01", '
	'"grown_on": "2025-02-01",
	"prizes": [{"day": "2025-03-01", "sum": 4}, {"day": "2025-03-02", "sum": 3.505}]}'),
$$1 reward false 0.00 0.00 0.00 元 refused {} {}
2 subsidy true 50.00 50.00 50.00 元 2025 capped {} {"staff >= 50人"}
3 reward true 25.00 25.00 元 capped {} {}
3/won reward true 10.00 元 owed {} {}
3/grown reward true 10.00 元 owed {} {}
3/prize reward true 5.00 元 capped {} {}
4 subsidy true 元 undetermined {} {}
5 eligibility false refused {} {}
6 tax true 100.00 100.00 100.00 元 owed {} {}
7 points true 2.50 2.50 2.50 分 owed {} {}
low rung true satisfied {} {}
high rung false refused {} {}$$, 'everything decided');
SELECT is(pg_temp.lines('{"region": "east", "revenue": 100, "staff": 9, "rate": 0.5, "won_on": "2025-07-01", '
	'"grown_on": null, "prizes": []}'),
$$1 reward false 0.00 0.00 0.00 元 refused {} {}
2 subsidy true 50.00 50.00 50.00 元 2025 owed {} {"staff >= 50人"}
3 reward false 0.00 0.00 元 to come {} {}
3/won reward false 0.00 元 to come {} {}
3/grown reward false 0.00 元 refused {} {}
3/prize reward false 0.00 元 refused {} {}
4 subsidy false 0.00 0.00 0.00 元 refused {} {}
5 eligibility false refused {} {}
6 tax true 10.00 10.00 10.00 元 owed {} {}
7 points false 0.00 0.00 0.00 分 refused {} {}
low rung false refused {} {}
high rung false refused {} {}$$, 'on the cap it is owed, not capped; a stage is to come; none is no day to come');
SELECT is((SELECT string_agg(format('%s: %s %s', prizes, l.status,
		(SELECT status FROM assess(e, 'line-2025/3') WHERE stage IS NULL)), E'\n' ORDER BY o)
	FROM (VALUES (1, '[]'), (2, '[{"day": "2025-06-30", "sum": 4}]'), (3, '[{"day": "2025-07-01", "sum": 4}]'),
			(4, '[{"day": "2025-06-30", "sum": 4}, {"day": "2025-07-01", "sum": 4}]'),
			(5, '[{"sum": 4}]'), (6, '[{"sum": 4}, {"day": "2025-07-01", "sum": 4}]')) v (o, prizes),
		jsonb_build_object('region', 'east', 'revenue', 100, 'won_on', null, 'grown_on', null,
			'prizes', prizes::jsonb) e,
		assess(e, 'line-2025/3') l WHERE l.stage = 'prize'),
$$[]: refused refused
[{"day": "2025-06-30", "sum": 4}]: owed owed
[{"day": "2025-07-01", "sum": 4}]: to come to come
[{"day": "2025-06-30", "sum": 4}, {"day": "2025-07-01", "sum": 4}]: owed owed
[{"sum": 4}]: undecided undecided
[{"sum": 4}, {"day": "2025-07-01", "sum": 4}]: undecided undecided$$,
	'a stage over a list is to come where none is earned and the day of one is ahead');
SELECT is(pg_temp.lines('{}'),
$$1 reward ? 0.00 200000.00 元 undecided {revenue,staff} {}
2 subsidy ? 0.00 50.00 元 2025 undecided {region,revenue,rate} {}
3 reward ? 0.00 25.00 元 undecided {region,revenue,won_on,grown_on,prizes} {}
3/won reward ? 元 undecided {region,won_on} {}
3/grown reward ? 元 undecided {region,revenue,grown_on,won_on} {}
3/prize reward ? 元 undecided {region,prizes,revenue,won_on,grown_on} {}
4 subsidy ? 元 undecided {staff} {}
5 eligibility ? undecided {region,revenue,staff} {}
6 tax ? 0.00 元 undecided {region,revenue} {}
7 points ? 0.00 2.50 分 undecided {staff} {}
low rung ? undecided {staff} {}
high rung ? undecided {revenue,staff} {}$$,
	'nothing known: what alone decides stands first, what only the amount needs last');
SELECT is(pg_temp.lines('{"region": "east", "staff": 120, "rate": 0, "won_on": "2025-06-30", "grown_on": "2025-06-30", '
	'"prizes": [{"day": "2025-06-30", "sum": 30}]}'),
$$1 reward ? 0.00 200000.00 元 undecided {revenue} {}
2 subsidy true 0.00 0.00 0.00 元 2025 nothing {} {}
3 reward true 25.00 25.00 25.00 元 capped {} {}
3/won reward true 元 owed {} {}
3/grown reward ? 元 undecided {revenue} {}
3/prize reward true 元 undecided {revenue} {}
4 subsidy true 元 undetermined {} {}
5 eligibility ? undecided {revenue} {}
6 tax true 0.00 元 undecided {revenue} {}
7 points true 2.50 2.50 2.50 分 owed {} {}
low rung true satisfied {} {}
high rung ? undecided {revenue} {}$$, 'the sum of the stages is decided and its parts are not: the clause has it');
SELECT is(pg_temp.lines('{"revenue": 0, "region": "east", "rate": 1}', 'line-2025/2'),
	'2 subsidy true 0.00 0.00 0.00 元 2025 nothing {} {"revenue > 5元"}',
	'satisfied, and nothing to pay; only soft conditions that fail are reserved');
SELECT is(pg_temp.lines('{"revenue": 0, "region": "west", "rate": 1}', 'line-2025/2'),
	'2 subsidy false 0.00 0.00 0.00 元 2025 refused {} {}', 'no reservation about what is refused');
SELECT is(pg_temp.lines('{"staff": 20, "revenue": 10000000, "region": "west"}', 'line-2025/high'),
	'high rung false refused {} {}', 'a rung alone');
SELECT is(pg_temp.lines('{"staff": 100, "revenue": 10000000, "region": "west"}', 'line-2025/high'),
	'high rung true satisfied {} {"region = ''east''"}', 'a rung with a reservation');
SELECT is(pg_temp.lines('{"platform_firms": 10}', 'line-2025/8'), '8 reward true 5.00 5.00 5.00 元 owed {} {}',
	'a clause of a platform has a line only when it is asked alone');
SELECT is(pg_temp.lines('{"revenue": 55, "region": "east"}', 'line-2025/6'), '6 tax true 5.50 5.50 5.50 元 owed {} {}',
	'a tax alone');
SELECT is((SELECT array_agg(concat_ws(' ', clause, stage, title, citation)) FROM assess('{}'::jsonb, 'line-2025')
	WHERE clause IN ('1', '2', '3')),
	'{"1 a figure 《Lines》（示例〔2025〕1号） 三","2 per year 《Lines》（示例〔2025〕1号）","3 in stages 《Lines》（示例〔2025〕1号） 五",'
	'"3 won won 《Lines》（示例〔2025〕1号） 五","3 grown 《Lines》（示例〔2025〕1号） 五","3 prize 《Lines》（示例〔2025〕1号） 五"}'::text[],
	'titles and citations; a stage is cited by its clause''s article if it has none');
SELECT is((SELECT ROW(a.*)::text FROM assess('{"a": 2}'::jsonb, 'a > 1'::policy) a),
	'(,,,,eligibility,t,,,,,,satisfied,符合,{},{},,,t,rule,f,)', 'a bare rule');

SELECT is((SELECT missing FROM assess('{}'::jsonb, '(c > 1 or b > 1) and a > 1'::policy)), '{a,c,b}',
	'one of two that are joined by or refuses nothing');
SELECT is((SELECT missing FROM assess('{}'::jsonb, 'c > 1 and b > 1 or not a > 1'::policy)), '{a,c,b}',
	'one of two that are joined by and proves nothing');
SELECT is((SELECT missing FROM assess('{}'::jsonb, '(c > 1 or b > 1) and (b > 2 or a > 1)'::policy)), '{b,c,a}',
	'one that stands in both alone proves');

-- The four forms, NULLs and errors.

CREATE TEMP TABLE firm_row (region text, revenue numeric, staff int);
INSERT INTO firm_row VALUES ('east', 20000000, 100);
SELECT is((SELECT string_agg(status, ' ') FROM firm_row f, assess(f, 'line-2025')),
	'capped undecided undecided undecided undecided undecided undetermined satisfied owed owed satisfied satisfied',
	'a row and a name');
SELECT is((SELECT string_agg(status, ' ') FROM firm_row f, assess(f, stored('line-2025/4'))), 'undetermined',
	'a row and a value');
SELECT is((SELECT string_agg(status, ' ') FROM assess('{"staff": 10}'::jsonb, stored('line-2025/4'))), 'undetermined',
	'jsonb and a value');
SELECT is((SELECT string_agg(status, ' ') FROM assess('{"staff": 10}'::jsonb, 'line-2025/4')), 'undetermined',
	'jsonb and a name');
SELECT is((SELECT count(*) FROM firm_row f, assess(f, NULL::text)), 0::bigint, 'no policy, no rows');
SELECT is((SELECT count(*) FROM firm_row f, assess(f, NULL::policy)), 0::bigint, 'nor with a value');
SELECT is((SELECT string_agg(status, ' ') FROM (VALUES (1)) v LEFT JOIN firm_row f ON false, assess(f, 'line-2025/4')),
	'undecided', 'a row that is missing has no facts');
SELECT is((SELECT status FROM assess(NULL::jsonb, 'line-2025/4')), 'undecided', 'nor has a NULL');
SELECT throws_ok($$SELECT * FROM assess('{}'::jsonb, 'line-2026')$$, '42704', 'there is no stored policy "line-2026"');
SELECT throws_ok($$SELECT * FROM assess('[]'::jsonb, 'line-2025')$$, '22023',
	'the facts of policy "line-2025" must be a jsonb object');
SELECT throws_ok($$SELECT assess(f, 'line-2025') FROM (SELECT 'x' AS staff) f$$, '42804',
	'column "staff" of type text cannot give the fact "staff" of policy "line-2025"');

-- Yearly clauses.

SELECT is((SELECT array_agg(period)
	FROM (VALUES ('{"as_of": "2023-12-31"}'::jsonb), ('{"as_of": "2024-01-01"}'), ('{}'), ('{"as_of": null}')) v (e),
	assess(e, 'line-2025/2')), '{2023,2024,2025,NULL}', 'the year is that of the day judged');
SELECT is((SELECT period FROM assess('{}'::jsonb, stored('line-2025/2'))), NULL, 'a value without a day has no year');

-- A series.

SELECT store('policy s-1 ''s'' series s in force from 2024-01-01 until 2025-01-01 fact a number 元 at least 0 '
	'clause 1 reward when a > 1元 pay 1元');
SELECT store('policy s-2 ''s'' series s in force from 2025-01-01 fact a number 元 at least 0 '
	'clause 1 reward when a > 2元 pay 2元');
SELECT is((SELECT string_agg(concat_ws(' ', policy, eligible, amount), ', ')
	FROM (VALUES (DATE '2024-12-31'), ('2025-01-01'), ('2023-12-31')) v (as_of),
	assess(jsonb_build_object('a', 3, 'as_of', as_of), 's')), 's-1 t 1.00, s-2 t 2.00',
	'the version of the day; before the first nothing');
SELECT is((SELECT string_agg(concat_ws(' ', policy, coalesce(eligible::text, '?'), amount, low, high, status, missing),
	E'\n') FROM assess('{"a": 2, "as_of": null}'::jsonb, 's')),
E's-1 ? 0.00 1.00 undecided {as_of}\ns-2 false 0.00 0.00 0.00 refused {}',
	'while the day is unknown no version proves anything');

-- All documents in force.

SELECT store('policy old-1 ''old'' number ''旧1号'' in force from 2020-01-01 fact a number clause 1 when a > 1');
SELECT store('policy old-2 ''old'' in force from 2020-01-01 until 2025-06-30 fact a number clause 1 when a > 1');
SELECT store('policy old-3 ''old'' fact a number clause 1 when a > 1');
SELECT store('policy new-1 ''new'' in force from 2025-06-30 repeals ''旧1号'' repeals ''old-3'' '
	'fact a number clause 1 when a > 1');
SELECT is((SELECT array_agg(DISTINCT policy ORDER BY policy) FROM assess('{}'::jsonb) a),
	(SELECT array_agg(policy ORDER BY policy) FROM in_force('2025-06-30')
	WHERE policy IN (SELECT policy FROM zjtx.clauses UNION SELECT policy FROM zjtx.rungs)), 'those in force today');
SELECT is((SELECT array_agg(DISTINCT policy ORDER BY policy) FROM assess('{"as_of": "2025-06-29"}'::jsonb) a),
	(SELECT array_agg(policy ORDER BY policy) FROM in_force('2025-06-29')
	WHERE policy IN (SELECT policy FROM zjtx.clauses UNION SELECT policy FROM zjtx.rungs)),
	'those in force the day before');
SELECT is((SELECT array_agg(DISTINCT policy ORDER BY policy) FILTER (WHERE policy ~ '^(old|new)')
	FROM assess('{"as_of": "2025-06-29"}'::jsonb) a), '{old-1,old-2,old-3}', 'before it repeals, and ends');
SELECT is((SELECT array_agg(DISTINCT policy ORDER BY policy) FILTER (WHERE policy ~ '^(old|new)')
	FROM assess('{"as_of": "2025-06-30"}'::jsonb) a), '{new-1}', 'from that day on');
SELECT is_empty($$(SELECT a.* FROM in_force('2025-06-30') i, assess('{"staff": 20, "a": 2}'::jsonb, i.policy) a
		EXCEPT SELECT * FROM assess('{"staff": 20, "a": 2}'::jsonb))
	UNION ALL (SELECT * FROM assess('{"staff": 20, "a": 2}'::jsonb)
		EXCEPT SELECT a.* FROM in_force('2025-06-30') i, assess('{"staff": 20, "a": 2}'::jsonb, i.policy) a)$$,
	'each as asked by name');
SELECT is((SELECT string_agg(DISTINCT policy || coalesce(eligible::text, '?') || status || missing::text, ' ')
	FROM assess('{"a": 2, "as_of": null}'::jsonb) WHERE policy ~ '^(old|new)'),
	'new-1?undecided{as_of} old-1?undecided{as_of} old-2?undecided{as_of} old-3?undecided{as_of}',
	'while the day is unknown, all of them, and nothing is proved');
SELECT is((SELECT string_agg(DISTINCT eligible::text, '') FROM assess('{"a": 1, "as_of": null}'::jsonb)
	WHERE policy ~ '^(old|new)'), 'false', 'but what each refuses');
SELECT is((SELECT string_agg(status, ' ' ORDER BY policy) FROM firm_row f,
	assess(f) WHERE policy = 'line-2025' AND clause IN ('1', '4')), 'capped undetermined', 'of a row');
SELECT is((SELECT count(*) > 0 FROM (VALUES (1)) v LEFT JOIN firm_row f ON false, assess(f) WHERE policy = 'line-2025'),
	true, 'of a row that is missing');

-- Documents are added, changed and removed.

SELECT is((SELECT string_agg(policy, ' ') FROM assess('{"a": 2}'::jsonb) WHERE policy = 'late'), NULL, 'not there yet');
SELECT store('policy late ''late'' fact a number clause 1 when a > 1');
SELECT is((SELECT string_agg(policy || clause || eligible, ' ') FROM assess('{"a": 2}'::jsonb) WHERE policy = 'late'),
	'late1true', 'stored');
SAVEPOINT before;
SELECT store('policy late ''late'' fact a number clause 2 when a > 2');
SELECT is((SELECT string_agg(policy || clause || eligible, ' ') FROM assess('{"a": 2}'::jsonb) WHERE policy = 'late'),
	'late2false', 'changed');
ROLLBACK TO before;
SELECT is((SELECT string_agg(policy || clause || eligible, ' ') FROM assess('{"a": 2}'::jsonb) WHERE policy = 'late'),
	'late1true', 'rolled back');
DELETE FROM policies WHERE code = 'late';
SELECT is((SELECT string_agg(policy, ' ') FROM assess('{"a": 2}'::jsonb) WHERE policy = 'late'), NULL, 'gone');
ALTER TABLE firm_row ADD COLUMN a numeric DEFAULT 2;
SELECT is((SELECT eligible FROM firm_row f, assess(f) WHERE policy = 'new-1'), true, 'a column that came later counts');
SELECT throws_ok($$SELECT count(*) FROM (SELECT 'x' AS a) f, assess(f)$$, '42804',
	'column "a" of type text cannot give the fact "a" of policy "new-1"');
SELECT is((SELECT eligible FROM firm_row f, assess(f) WHERE policy = 'new-1'), true, 'an error leaves nothing behind');
SET LOCAL zjtx.cache_size = '64kB';
SELECT is((SELECT count(*) FROM assess('{"a": 2}'::jsonb) x),
	(SELECT count(*) FROM in_force('2025-06-30') i, assess('{"a": 2}'::jsonb, i.policy)), 'with no room for what is kept');
SET LOCAL zjtx.cache_size = '48MB';
SELECT is((SELECT count(*) FROM assess('{"a": 2}'::jsonb) x),
	(SELECT count(*) FROM in_force('2025-06-30') i, assess('{"a": 2}'::jsonb, i.policy)), 'and with room again');

-- Statuses in Chinese.

SELECT is_empty($$SELECT status, status_label FROM assess('{"staff": 20, "a": 2}'::jsonb)
	WHERE status_label IS DISTINCT FROM status_label(status) OR status_label IS NULL$$, 'assess');
SELECT is_empty($$SELECT l.* FROM lines(judge('{"staff": 20, "a": 2}'::jsonb, 'yubei-2024-34')) l
	WHERE status_label IS DISTINCT FROM status_label(status) OR status_label IS NULL$$, 'lines');
SELECT is((SELECT string_agg(code || ' ' || status_label(code), ', ') FROM unnest(ARRAY['owed', 'capped', 'nothing',
	'undetermined', 'satisfied', 'refused', 'to come', 'undecided', 'lapsed', 'reached', 'lost', 'withdrawn', 'moved',
	'carried', 'paid', 'due', 'overpaid', 'settled']) code),
	'owed 应得, capped 封顶, nothing 金额为零, undetermined 没有定数额, satisfied 符合, '
	'refused 不符合, to come 尚未到期, undecided 未定, lapsed 不再符合, reached 符合, lost 不再符合, withdrawn 撤销, '
	'moved 转到别的编号, carried 结转, paid 兑付, due 待兑付, overpaid 多付, settled 已结清', 'statuses, and kinds of the ledger');
SELECT is(ARRAY[status_label('x'), status_label(NULL)], ARRAY[NULL, NULL]::text[], 'no code');

SELECT * FROM finish();
ROLLBACK;
