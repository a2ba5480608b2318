\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(56);

-- Groups and caps over all periods in the ledger.

CREATE TABLE firm (id int PRIMARY KEY, a numeric, b numeric, c numeric);
CREATE TRIGGER watch AFTER INSERT OR UPDATE OR DELETE
	ON firm FOR EACH ROW EXECUTE FUNCTION zjtx.watch('firm', 'id', 'award');
SELECT store($$
policy award '奖补'
fact a number 元 at least 0 null means 0
fact b number 元 at least 0 null means 0
fact c number 元 at least 0 null means 0
clause 1a reward when a > 0元 pay a
clause 1b subsidy when b > 0元 pay b
group tech best of 1a, 1b cap 50元
clause y subsidy per year when c > 0元 pay c cap 50元 in all
example 'e' given as_of = 2025-01-01, a = 30元, b = 0元, c = 0元, paid of y = 0元 expect group tech = 30元, amount = 30元
$$) IS NOT NULL AS stored \gset
CREATE FUNCTION pg_temp.owes(wanted int) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', code, period, owed, paid) || CASE WHEN due > 0 THEN ' due ' || due ELSE '' END ||
		CASE WHEN overpaid > 0 THEN ' overpaid ' || overpaid ELSE '' END, ', ' ORDER BY code, period)
	FROM zjtx.owed WHERE key = wanted::text
$$;

-- When a higher member overtakes, only the difference is due.

SET zjtx.as_of = '2023-06-30';
INSERT INTO firm VALUES (1, 30, 0, 0);
SELECT is(pg_temp.owes(1), 'tech 30.00 0.00 due 30.00', 'the group is owed, its members are not');
SELECT is((SELECT string_agg(concat_ws(' ', code, payable, new), ', ' ORDER BY code) FROM ledger WHERE key = '1'),
	'1a f 30.00, tech t 30.00', 'what the members would be is recorded');
SELECT is(settle('public.firm', '1', 'award', 'tech', NULL, NULL, 30), 0.00, 'the group is paid');
UPDATE firm SET b = 29.99 WHERE id = 1;
SELECT is(pg_temp.owes(1), 'tech 30.00 30.00', 'a member that stays below');
UPDATE firm SET b = 30 WHERE id = 1;
SELECT is(pg_temp.owes(1), 'tech 30.00 30.00', 'one that draws level');
UPDATE firm SET b = 30.01 WHERE id = 1;
SELECT is(pg_temp.owes(1), 'tech 30.01 30.00 due 0.01', 'one that overtakes by the least');
UPDATE firm SET b = 60 WHERE id = 1;
SELECT is(pg_temp.owes(1), 'tech 50.00 30.00 due 20.00', 'one that overtakes, up to the common cap');
SELECT is(pg_temp.error_of($$SELECT settle('public.firm', '1', 'award', 'tech', NULL, NULL, 20.01)$$) ~ '^23514', true,
	'no more than the difference is paid');
SELECT is(pg_temp.error_of($$SELECT settle('public.firm', '1', 'award', '1b', NULL, NULL, 1)$$) ~ '^P0002', true,
	'nothing is paid for a member');
SELECT is(settle('public.firm', '1', 'award', 'tech', NULL, NULL, 20), 0.00, 'the difference');
UPDATE firm SET a = 0 WHERE id = 1;
SELECT is(pg_temp.owes(1), 'tech 50.00 50.00', 'a lower member that falls away changes nothing');
UPDATE firm SET b = 40 WHERE id = 1;
SELECT is(pg_temp.owes(1), 'tech 40.00 50.00 overpaid 10.00', 'a correction of the highest');
UPDATE firm SET b = NULL, a = 45 WHERE id = 1;
SELECT is(pg_temp.owes(1), 'tech 45.00 50.00 overpaid 5.00', 'the other takes its place');
UPDATE firm SET a = 50 WHERE id = 1;

-- Corrections.

SELECT is(pg_temp.error_of($$SELECT withdraw('public.firm', '1', 'award', 'tech', NULL, NULL, 'why')$$) ~ '^55000',
	true, 'a line that is judged is not withdrawn');
UPDATE firm SET id = 11 WHERE id = 1;
SELECT is(pg_temp.owes(1), 'tech 0.00 50.00 overpaid 50.00', 'a key that changes leaves its group');
SELECT is(pg_temp.owes(11), 'tech 50.00 0.00 due 50.00', 'and enters it again');
SELECT is(move_key('public.firm', '1', '11', 'the number was wrong') > 0, true, 'move_key');
SELECT is(pg_temp.owes(11), 'tech 50.00 50.00', 'carries what was paid');
DELETE FROM firm WHERE id = 11;
SELECT is(pg_temp.owes(11), 'tech 0.00 50.00 overpaid 50.00', 'an enterprise that is gone');

-- A law that forms a group, and one that dissolves it.

SELECT store($$policy loose '散' fact a number 元 null means 0 fact b number 元 null means 0
clause 1 reward when a > 0元 pay a clause 2 reward when b > 0元 pay b$$) IS NOT NULL AS stored \gset
CREATE TABLE shop (id int PRIMARY KEY, a numeric, b numeric);
CREATE TRIGGER watch AFTER INSERT OR UPDATE OR DELETE
	ON shop FOR EACH ROW EXECUTE FUNCTION zjtx.watch('shop', 'id', 'loose');
INSERT INTO shop VALUES (2, 30, 20);
SELECT is(pg_temp.owes(2), '1 30.00 0.00 due 30.00, 2 20.00 0.00 due 20.00', 'without a group both are owed');
SELECT is(settle('public.shop', '2', 'loose', '2', NULL, NULL, 20), 0.00, 'one is paid');
SELECT store($$policy loose '散' fact a number 元 null means 0 fact b number 元 null means 0
clause 1 reward when a > 0元 pay a clause 2 reward when b > 0元 pay b group g best of 1, 2$$) IS NOT NULL AS stored \gset
UPDATE shop SET a = a WHERE id = 2;
SELECT is(pg_temp.owes(2), 'g 30.00 20.00 due 10.00',
	'the group takes the place of its members; what was paid for one counts for it');
SELECT store($$policy loose '散' fact a number 元 null means 0 fact b number 元 null means 0
clause 1 reward when a > 0元 pay a clause 2 reward when b > 0元 pay b$$) IS NOT NULL AS stored \gset
UPDATE shop SET a = a WHERE id = 2;
SELECT is(pg_temp.owes(2), '1 30.00 0.00 due 30.00, 2 20.00 20.00', 'and back');

-- Caps over all periods: what was paid, and what is owed and not paid yet.

INSERT INTO firm VALUES (3, 0, 0, 30), (4, 0, 0, 30);
SELECT is(pg_temp.owes(3), 'y 2023 30.00 0.00 due 30.00', 'the first year');
SELECT is(settle('public.firm', '3', 'award', 'y', NULL, 2023, 30), 0.00, 'is paid to one');
SET zjtx.as_of = '2024-06-30';
UPDATE firm SET c = c;
SELECT is(pg_temp.owes(3), 'y 2023 30.00 30.00, y 2024 20.00 0.00 due 20.00', 'the second year pays what is left');
SELECT is(pg_temp.owes(4), 'y 2023 30.00 0.00 due 30.00, y 2024 20.00 0.00 due 20.00',
	'also to whom the first is still owed');
SELECT is(pg_temp.error_of($$SELECT settle('public.firm', '4', 'award', 'y', NULL, 2024, 20.01)$$) ~ '^23514', true,
	'no more is paid');
SELECT is(settle('public.firm', '4', 'award', 'y', NULL, 2024, 20), 0.00, 'the second year may be paid first');
SELECT is(settle('public.firm', '4', 'award', 'y', NULL, 2023, 30), 0.00, 'together they reach the cap');
SET zjtx.as_of = '2025-06-30';
UPDATE firm SET c = c;
SELECT is(pg_temp.owes(4), 'y 2023 30.00 30.00, y 2024 20.00 20.00', 'then nothing is left');
SELECT is(withdraw('public.firm', '3', 'award', 'y', NULL, 2024, 'a mistake'), 0.00, 'what is taken back');
UPDATE firm SET c = c WHERE id = 3;
SELECT is(pg_temp.owes(3), 'y 2023 30.00 30.00, y 2025 20.00 0.00 due 20.00', 'is left for other years');
SELECT is(settle('public.firm', '3', 'award', 'y', NULL, 2023, -30, 'paid back'), 30.00,
	'a payment that is taken back while it is owed');
UPDATE firm SET c = c WHERE id = 3;
SELECT is(pg_temp.owes(3), 'y 2023 30.00 0.00 due 30.00, y 2025 20.00 0.00 due 20.00', 'leaves nothing more');
SELECT is(withdraw('public.firm', '3', 'award', 'y', NULL, 2023, 'a mistake too'), 0.00, 'until it is withdrawn');
UPDATE firm SET c = 49.99 WHERE id = 3;
SELECT is(pg_temp.owes(3), 'y 2025 49.99 0.00 due 49.99', 'just below the cap');
UPDATE firm SET c = 50.01 WHERE id = 3;
SELECT is(pg_temp.owes(3), 'y 2025 50.00 0.00 due 50.00', 'and above it');

-- Who else asks.

SELECT is((SELECT f |# 'award' FROM firm f WHERE id = 4), NULL, 'a row without the column does not say what was paid');
SELECT is(zjtx_internal.paid_before('public.firm', 4, 'award', 'y', '2025-06-30'), 50.00, 'paid_before says it');
SELECT is(zjtx_internal.paid_before('public.firm', 4, 'award', 'y', '2024-06-30'), 30.00,
	'for other years than that of the day');
SELECT is(zjtx_internal.paid_before('public.firm', 4, 'award/y', 'y', '2025-06-30'), 50.00,
	'under any name of the policy');
SELECT is(zjtx_internal.paid_before('public.firm', 999, 'award', 'y', '2025-06-30'), 0.00,
	'nothing to an enterprise without entries');
SELECT is(pg_temp.error_of($$SELECT zjtx_internal.paid_before('public.firms', 4, 'award', 'y', '2025-06-30')$$),
	E'P0002: there is no account "public.firms"\nHINT: zjtx.accounts lists the accounts and the relation of each.',
	'an account that is not there');
SELECT is(pg_temp.error_of(format('SELECT zjtx_internal.paid_before(''public.firm'', %s, ''award'', ''y'', '
	'''2025-06-30'')', key)) ~ '^42804: a value of type .* cannot be a key', true, key)
	FROM unnest('{now(),4::float8,point(1\,2),ARRAY[4],row(4),''4''::jsonb,''a > 1''::zjtx.policy}'::text[]) key;
SELECT is(zjtx_internal.paid_before('public.firm', NULL::int, 'award', 'y', '2025-06-30'), NULL, 'no key');
CREATE DOMAIN pg_temp.number AS numeric(10, 2);
SELECT is((SELECT string_agg(zjtx_internal.paid_before('public.firm', key, 'award', 'y', '2025-06-30')::text, ' ')
	FROM (VALUES (4.00)) v (key)), '50.00', 'keys without trailing zeros');
SELECT is(ARRAY[zjtx_internal.paid_before('public.firm', 4::pg_temp.number, 'award', 'y', '2025-06-30'),
	zjtx_internal.paid_before('public.firm', '4'::char(9), 'award', 'y', '2025-06-30'),
	zjtx_internal.paid_before('public.firm', '4', 'award', 'y', '2025-06-30'),
	zjtx_internal.paid_before('public.firm', 4::smallint, 'award', 'y', '2025-06-30')],
	'{50.00,50.00,50.00,50.00}', 'of every type in their canonical text');
CREATE ROLE zjtx_paid_nobody;
SET ROLE zjtx_paid_nobody;
SELECT is(zjtx_internal.paid_before('public.firm', 4, 'award', 'y', '2025-06-30'), NULL, 'not to everybody');
RESET ROLE;

-- A sweep does the same.

CALL sweep('firm', 'id', '{award}', as_of => '2026-03-01');
SELECT is(pg_temp.owes(4), 'y 2023 30.00 30.00, y 2024 20.00 20.00', 'a sweep finds nothing left');

SELECT * FROM finish();
ROLLBACK;
