\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET client_min_messages = warning;
SELECT plan(65);

-- A law that puts clauses into a group, or takes them out of it: what was paid counts where it is owed now.

CREATE TABLE shop (id int PRIMARY KEY, a numeric, b numeric, c numeric);
SET zjtx.as_of = '2025-06-30';
CREATE FUNCTION pg_temp.law(statements text) RETURNS void LANGUAGE sql AS $$
	SELECT zjtx.store($p$policy law-1 '法' fact a number 元 null means 0 fact b number 元 null means 0 fact c number 元
		null means 0
		$p$ || statements);
	UPDATE shop SET a = a
$$;
CREATE FUNCTION pg_temp.owes(wanted int) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', line, period, owed, paid) || CASE WHEN due > 0 THEN ' due ' || due ELSE '' END ||
		CASE WHEN overpaid > 0 THEN ' overpaid ' || overpaid ELSE '' END, ', ' ORDER BY line, period)
	FROM zjtx.owed WHERE account = 'public.shop' AND key = wanted::text
$$;
CREATE FUNCTION pg_temp.carried(wanted int) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', line, period, paid, note), ', ' ORDER BY id)
	FROM zjtx.ledger WHERE account = 'public.shop' AND key = wanted::text AND kind = 'carried'
$$;
\set loose 'clause 1 reward when a > 0元 pay a clause 2 reward when b > 0元 pay b clause 3 reward when c > 0元 pay c'
SELECT pg_temp.law(:'loose') \gset
CREATE TRIGGER watch AFTER INSERT OR UPDATE OR DELETE
	ON shop FOR EACH ROW EXECUTE FUNCTION zjtx.watch('shop', 'id', 'law-1');

-- A group is formed.

INSERT INTO shop VALUES (1, 30, 20), (2, 30, 20), (3, 30, 20), (4, 30, 20), (5, 20, 20), (6, 30, 0);
SELECT settle('public.shop', '1', 'law-1', '2', NULL, NULL, 20),
	settle('public.shop', '2', 'law-1', '1', NULL, NULL, 30),
	settle('public.shop', '3', 'law-1', '1', NULL, NULL, 10), settle('public.shop', '3', 'law-1', '2', NULL, NULL,
		19.99),
	settle('public.shop', '4', 'law-1', '1', NULL, NULL, 30), settle('public.shop', '4', 'law-1', '2', NULL, NULL,
		0.01),
	settle('public.shop', '6', 'law-1', '1', NULL, NULL, 30) \gset
SELECT pg_temp.law(:'loose' || ' group g best of 1, 2') \gset
SELECT is(pg_temp.owes(1), 'g 30.00 20.00 due 10.00', 'the lower member was paid: only the difference is due');
SELECT is(pg_temp.owes(2), 'g 30.00 30.00', 'the higher was paid: nothing is due');
SELECT is(pg_temp.owes(3), 'g 30.00 29.99 due 0.01', 'both were paid in part');
SELECT is(pg_temp.owes(4), 'g 30.00 30.01 overpaid 0.01', 'together more than the group is owed');
SELECT is(pg_temp.owes(5), 'g 20.00 0.00 due 20.00', 'nothing was paid');
SELECT is(pg_temp.owes(6), 'g 30.00 30.00', 'one member was owed');
SELECT is(pg_temp.carried(3), '1 -10.00 to g, 2 -19.99 to g, g 10.00 from 1, g 19.99 from 2',
	'entries say where it went and whence it came');
SELECT is(pg_temp.error_of($$SELECT settle('public.shop', '1', 'law-1', 'g', NULL, NULL, 10.01)$$) ~ '^23514', true,
	'no more than the difference is paid');
SELECT is(pg_temp.error_of($$SELECT settle('public.shop', '1', 'law-1', '2', NULL, NULL, 0.01)$$) ~ '^23514', true,
	'nothing for a member');
SELECT is(settle('public.shop', '1', 'law-1', 'g', NULL, NULL, 10), 0.00, 'the difference is');
UPDATE shop SET b = 35 WHERE id = 1;
SELECT is(pg_temp.owes(1), 'g 35.00 30.00 due 5.00', 'the other member overtakes');
UPDATE shop SET b = 20 WHERE id = 1;
SELECT is(pg_temp.carried(1), '2 -20.00 to g, g 20.00 from 2', 'payments are carried once');
SELECT is((SELECT sum(paid) FROM ledger WHERE kind = 'carried'), 0.00, 'and add up to nothing');
SELECT is((SELECT string_agg(concat_ws(' ', line, in_group, payable, new), ', ' ORDER BY id) FROM ledger
	WHERE account = 'public.shop' AND key = '5'
	AND id > (SELECT max(id) FROM ledger WHERE account = 'public.shop' AND key = '5' AND line = '2' AND payable
	AND new > 0)),
	'1 t 0.00, 2 t 0.00, 1 g f 20.00, 2 g f 20.00, g t 20.00', 'members name their group');
SELECT is(pg_temp.error_of($$SELECT settle('public.shop', '2', 'law-1', '1', NULL, NULL, -30, 'back')$$) ~ '^23514',
	true, 'it is not taken back from the member');
SELECT is(settle('public.shop', '2', 'law-1', 'g', NULL, NULL, -30, 'back'), 30.00, 'but from the group');
SELECT is(settle('public.shop', '2', 'law-1', 'g', NULL, NULL, 30), 0.00, 'and paid again');

-- It is dissolved.

SELECT pg_temp.law(:'loose') \gset
SELECT is(pg_temp.owes(1), '1 30.00 10.00 due 20.00, 2 20.00 20.00',
	'what had come from a member goes back to it; the rest counts for the other');
SELECT is(pg_temp.owes(2), '1 30.00 30.00, 2 20.00 0.00 due 20.00', 'what was paid for the group in its place too');
SELECT is(pg_temp.owes(3), '1 30.00 10.00 due 20.00, 2 20.00 19.99 due 0.01', 'both get theirs back');
SELECT is(pg_temp.owes(4), '1 30.00 30.00, 2 20.00 0.01 due 19.99', 'also what was overpaid');
SELECT is(pg_temp.owes(5), '1 20.00 0.00 due 20.00, 2 20.00 0.00 due 20.00',
	'where nothing was paid everything is due');
SELECT is(pg_temp.owes(6), '1 30.00 30.00', 'and nothing where all was');
SELECT is((SELECT sum(paid) FROM ledger WHERE kind = 'carried'), 0.00, 'payments are carried, not made');

-- Paid for the group while the group was there: the line that is owed most comes first.

SELECT pg_temp.law(:'loose' || ' group g best of 1, 2, 3') \gset
INSERT INTO shop VALUES (10, 20, 30, 5), (11, 20, 20, 5), (12, 20, 30, 0), (13, 20, NULL, 0);
SELECT settle('public.shop', '10', 'law-1', 'g', NULL, NULL, 30),
	settle('public.shop', '11', 'law-1', 'g', NULL, NULL, 20),
	settle('public.shop', '12', 'law-1', 'g', NULL, NULL, 30), settle('public.shop', '13', 'law-1', 'g', NULL, NULL,
		20) \gset
UPDATE shop SET b = 0 WHERE id = 12;
SELECT is(pg_temp.owes(12), 'g 20.00 30.00 overpaid 10.00', 'more was paid than is owed');
SELECT pg_temp.law(:'loose') \gset
SELECT is(pg_temp.owes(10), '1 20.00 0.00 due 20.00, 2 30.00 30.00, 3 5.00 0.00 due 5.00', 'the highest was paid');
SELECT is(pg_temp.owes(11), '1 20.00 20.00, 2 20.00 0.00 due 20.00, 3 5.00 0.00 due 5.00', 'of equal ones the first');
SELECT is(pg_temp.owes(12), '1 20.00 20.00, g 0.00 10.00 overpaid 10.00', 'what nobody is owed stays overpaid');
UPDATE shop SET c = 4 WHERE id = 12;
SELECT is(pg_temp.owes(12), '1 20.00 20.00, 3 4.00 0.00 due 4.00, g 0.00 10.00 overpaid 10.00',
	'a line that was owed nothing in the group has no part in it');
UPDATE shop SET b = 9.99 WHERE id = 12;
SELECT is(pg_temp.owes(12), '1 20.00 20.00, 2 9.99 9.99, 3 4.00 0.00 due 4.00, g 0.00 0.01 overpaid 0.01',
	'one that was, when it is owed something again');
UPDATE shop SET b = 10.01 WHERE id = 12;
SELECT is(pg_temp.owes(12), '1 20.00 20.00, 2 10.01 10.00 due 0.01, 3 4.00 0.00 due 4.00', 'until nothing is left');

-- A clause leaves its group, enters another one, and groups in groups.

SELECT pg_temp.law(:'loose' || ' group g best of 1, 2') \gset
INSERT INTO shop VALUES (20, 30, 50, 7), (21, 30, 50, 7);
SELECT settle('public.shop', '20', 'law-1', 'g', NULL, NULL, 50),
	settle('public.shop', '20', 'law-1', '3', NULL, NULL, 7),
	settle('public.shop', '21', 'law-1', 'g', NULL, NULL, 25) \gset
SELECT pg_temp.law(:'loose' || ' group g best of 1') \gset
SELECT is(pg_temp.owes(20), '2 50.00 20.00 due 30.00, 3 7.00 7.00, g 30.00 30.00',
	'who leaves takes along what the group is not owed');
SELECT is(pg_temp.owes(21), '2 50.00 0.00 due 50.00, 3 7.00 0.00 due 7.00, g 30.00 25.00 due 5.00', 'and nothing else');
SELECT pg_temp.law(:'loose' || ' group g best of 1 group h sum of 2, 3 cap 40元') \gset
SELECT is(pg_temp.owes(20), 'g 30.00 30.00, h 40.00 27.00 due 13.00',
	'another group receives what was paid on its members');
SELECT pg_temp.law(:'loose' || ' group g best of 1, 2 group i sum of g, 3 cap 55元') \gset
SELECT is(pg_temp.owes(20), 'h 0.00 2.00 overpaid 2.00, i 55.00 55.00',
	'the outermost group is paid; what it is not owed stays');
SELECT pg_temp.law(:'loose' || ' group g best of 1, 2') \gset
SELECT is(pg_temp.owes(20), '3 7.00 7.00, g 50.00 50.00', 'and gives it to the groups and clauses within it');
SELECT pg_temp.law(:'loose' || ' group i sum of 1, 2, 3') \gset
SELECT pg_temp.law(:'loose') \gset
SELECT is((SELECT sum(paid) FROM owed WHERE account = 'public.shop' AND key = '20'), 57.00,
	'after many laws all that was paid is there');
SELECT is((SELECT sum(due) FROM owed WHERE account = 'public.shop' AND key = '20'), 30.00,
	'and what is due is what is not');
SELECT is_empty($$SELECT 1 FROM owed o JOIN owed p USING (account, key) WHERE o.due > 0 AND p.overpaid > 0 AND account
	= 'public.shop'$$, 'nobody is due what was overpaid');

-- Clauses per year: only payments for the same year count.  Stages: all stages of a clause are members.

CREATE TABLE yard (id int PRIMARY KEY, a numeric, b numeric, d date);
CREATE FUNCTION pg_temp.yearly(statements text) RETURNS void LANGUAGE sql AS $$
	SELECT zjtx.store($p$policy yearly-1 '年' fact a number 元 null means 0 fact b number 元 null means 0 fact d date
		null means none
		$p$ || statements);
	UPDATE yard SET a = a
$$;
CREATE FUNCTION pg_temp.yard(wanted int) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', policy, line, period, owed, paid) || CASE WHEN due > 0 THEN ' due ' || due ELSE
		'' END ||
		CASE WHEN overpaid > 0 THEN ' overpaid ' || overpaid ELSE '' END, ', ' ORDER BY policy, line, period)
	FROM zjtx.owed WHERE account = 'public.yard' AND key = wanted::text
$$;
\set alone 'clause 1 reward per year when a > 0元 pay a clause 2 reward per year when b > 0元 pay b'
SET zjtx.as_of = '2024-06-30';
SELECT pg_temp.yearly(:'alone') \gset
CREATE TRIGGER watch AFTER INSERT OR UPDATE OR DELETE
	ON yard FOR EACH ROW EXECUTE FUNCTION zjtx.watch('yard', 'id', 'yearly-1');
INSERT INTO yard VALUES (1, 10, 20);
SELECT settle('public.yard', '1', 'yearly-1', '2', NULL, 2024, 20) \gset
SET zjtx.as_of = '2025-06-30';
UPDATE yard SET a = a;
SELECT settle('public.yard', '1', 'yearly-1', '1', NULL, 2025, 4) \gset
SELECT pg_temp.yearly(:'alone' || ' group g best of 1, 2') \gset
SELECT is(pg_temp.yard(1),
	'yearly-1 1 2024 10.00 0.00 due 10.00, yearly-1 2 2024 20.00 20.00, yearly-1 g 2025 20.00 4.00 due 16.00',
	'what was paid for another year stays there');
SET zjtx.as_of = '2024-12-31';
UPDATE yard SET a = a;
SELECT is(pg_temp.yard(1), 'yearly-1 g 2024 20.00 20.00, yearly-1 g 2025 20.00 4.00 due 16.00',
	'until that year is judged again');
SET zjtx.as_of = '2026-01-01';
SELECT pg_temp.yearly(:'alone') \gset
SELECT is(pg_temp.yard(1),
	'yearly-1 1 2026 10.00 0.00 due 10.00, yearly-1 2 2026 20.00 0.00 due 20.00, yearly-1 g 2024 20.00 20.00, '
	'yearly-1 g 2025 20.00 4.00 due 16.00',
	'dissolved: the years before keep their line');

SELECT 'clause 3 reward cap 12元 stage first on d pay 5元 stage second on d + 1年 pay 10元 '
	'clause 4 reward when b > 0元 pay b' AS staged \gset
SELECT pg_temp.yearly(:'staged') \gset
INSERT INTO yard VALUES (2, 0, 11.99, '2024-01-01');
SELECT is(pg_temp.yard(2),
	'yearly-1 3/first 5.00 0.00 due 5.00, yearly-1 3/second 7.00 0.00 due 7.00, yearly-1 4 11.99 0.00 due 11.99',
	'stages are paid');
SELECT settle('public.yard', '2', 'yearly-1', '3', 'first', NULL, 5), settle('public.yard', '2', 'yearly-1', '3',
	'second', NULL, 6) \gset
SELECT pg_temp.yearly(:'staged' || ' group g best of 3, 4') \gset
SELECT is(pg_temp.yard(2), 'yearly-1 g 12.00 11.00 due 1.00', 'what was paid by stage counts for the group');
SELECT settle('public.yard', '2', 'yearly-1', 'g', NULL, NULL, 1) \gset
SELECT pg_temp.yearly(:'staged') \gset
SELECT is(pg_temp.yard(2),
	'yearly-1 3/first 5.00 5.00, yearly-1 3/second 7.00 6.00 due 1.00, yearly-1 4 11.99 1.00 due 10.99',
	'goes back by stage, and what is over to the line that is owed the most');
UPDATE yard SET id = 3 WHERE id = 2;
SELECT is(move_key('public.yard', '2', '3', 'typing error') > 0, true, 'move_key');
SELECT is(pg_temp.yard(3),
	'yearly-1 3/first 5.00 5.00, yearly-1 3/second 7.00 6.00 due 1.00, yearly-1 4 11.99 1.00 due 10.99',
	'carries everything to the new key');
SELECT pg_temp.yearly(:'staged' || ' group g best of 3, 4') \gset
SELECT is(pg_temp.yard(3), 'yearly-1 g 12.00 12.00', 'where a group receives it again');
DELETE FROM yard WHERE id = 3;
SELECT is(pg_temp.yard(3), 'yearly-1 g 0.00 12.00 overpaid 12.00', 'an enterprise that is gone');
SELECT pg_temp.yearly(:'staged') \gset
INSERT INTO yard VALUES (3, 0, 0, '2024-01-01');
SELECT is(pg_temp.yard(3), 'yearly-1 3/first 5.00 5.00, yearly-1 3/second 7.00 7.00',
	'and comes back under another law');

-- A document and its part are watched under two names; the group is known to one of them.

SELECT pg_temp.yearly('clause 5 reward when a > 0元 pay a clause 6 reward when b > 0元 pay b') \gset
INSERT INTO yard VALUES (4, 30, 20), (5, 30, 20);
CALL sweep('yard', 'id', '{yearly-1/6}');
SELECT settle('public.yard', '4', 'yearly-1/6', '6', NULL, NULL, 20) \gset
SELECT pg_temp.yearly('clause 5 reward when a > 0元 pay a clause 6 reward when b > 0元 pay b group g best of 5, 6') \gset
SELECT is(pg_temp.yard(4), 'yearly-1 g 30.00 0.00 due 30.00, yearly-1/6 6 20.00 20.00',
	'under another name payments stay on their line');
SELECT is(pg_temp.error_of($$SELECT settle('public.yard', '4', 'yearly-1', 'g', NULL, NULL, 10.01)$$),
	'23514: 10.01 is more than is due: 30.00 is owed, 0.00 was paid, and 20.00 on line "6" of policy "yearly-1/6"',
	'but count against the group');
SELECT is(settle('public.yard', '4', 'yearly-1', 'g', NULL, NULL, 10), 20.00, 'of which the rest is paid');
SELECT settle('public.yard', '5', 'yearly-1', 'g', NULL, NULL, 15) \gset
SELECT is(pg_temp.error_of($$SELECT settle('public.yard', '5', 'yearly-1/6', '6', NULL, NULL, 5.01)$$),
	'23514: 5.01 is more than is due: 20.00 is owed, 0.00 was paid, and 15.00 on line "g" of policy "yearly-1"',
	'and the group against its member');
SELECT is(settle('public.yard', '5', 'yearly-1/6', '6', NULL, NULL, 5), 15.00, 'up to what it is owed');

-- A series: the newer version has the group.

CREATE TABLE plot (id int PRIMARY KEY, a numeric, b numeric);
INSERT INTO plot VALUES (1, 30, 20), (2, 30, 20);
SELECT store($$policy plots-2024 '地' series plots in force from 2024-01-01 fact a number 元 fact b number 元 clause 1
	reward pay a clause 2 reward pay b$$),
	store($$policy plots-2025 '地' series plots in force from 2025-01-01 fact a number 元 fact b number 元 clause 1
		reward pay a clause 2 reward pay b
		group g best of 1, 2$$) \gset
CALL sweep('plot', 'id', '{plots}', as_of => '2024-12-31');
SELECT settle('public.plot', '1', 'plots', '2', NULL, NULL, 20), settle('public.plot', '1', 'plots', '1', NULL, NULL,
	30) \gset
CALL sweep('plot', 'id', '{plots}', as_of => '2025-01-01');
SELECT is((SELECT string_agg(concat_ws(' ', key, line, owed, paid, due, overpaid), ', ' ORDER BY key, line) FROM owed
	WHERE account = 'public.plot'),
	'1 g 30.00 50.00 0.00 20.00, 2 g 30.00 0.00 30.00 0.00', 'a sweep on the day on which the group begins');
CALL sweep('plot', 'id', '{plots}', as_of => '2025-01-02');
SELECT is((SELECT count(*) FROM ledger WHERE account = 'public.plot' AND judged_on = '2025-01-02'), 0::bigint,
	'and nothing on the next');

-- A cap over all periods of a group counts what its members were paid in years without the group.

CREATE TABLE lot (id int PRIMARY KEY, a numeric, b numeric);
INSERT INTO lot VALUES (1, 30, 20);
SELECT store($$policy lots '块' fact a number 元 fact b number 元 clause 1 reward per year pay a clause 2 reward per year
	pay b$$) \gset
CALL sweep('lot', 'id', '{lots}', as_of => '2024-12-31');
SELECT settle('public.lot', '1', 'lots', '1', NULL, 2024, 30) \gset
SELECT store($$policy lots '块' fact a number 元 fact b number 元 clause 1 reward per year pay a clause 2 reward per year
	pay b group g sum of 1, 2 cap 60元 in all
	example 'e' given as_of = 2025-01-01, a = 30元, b = 20元, paid of g = 10元 expect amount = 50元
	example 'e2' like 'e' given paid of g = 10.01元 expect amount = 49.99元$$) \gset
SELECT is(zjtx_internal.paid_before('public.lot', 1, 'lots', 'g', '2025-06-30'), 50.00,
	'paid, and owed and not paid yet');
SELECT is(zjtx_internal.paid_before('public.lot', 1, 'lots', '1', '2025-06-30'), 30.00, 'of one member');
CALL sweep('lot', 'id', '{lots}', as_of => '2025-06-30');
SELECT is((SELECT string_agg(concat_ws(' ', line, period, owed, paid), ', ' ORDER BY period, line) FROM owed
	WHERE account = 'public.lot'),
	'1 2024 30.00 30.00, 2 2024 20.00 0.00, g 2025 10.00 0.00', 'the cap leaves the rest');
CALL sweep('lot', 'id', '{lots}', as_of => '2025-07-01');
SELECT is((SELECT count(*) FROM ledger WHERE account = 'public.lot' AND judged_on = '2025-07-01'), 0::bigint,
	'judged again it is the same');

-- Many laws in random order, with payments between them: nothing is lost, and nobody is due something on one line while
-- he is overpaid on another.

CREATE TABLE wood (id int PRIMARY KEY, a numeric, b numeric, c numeric);
CREATE FUNCTION pg_temp.wrong_after(laws int) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	forms text[] := ARRAY['', 'group g best of 1, 2, 3', 'group g sum of 1, 2, 3',
		'group g best of 1, 2 group h sum of g, 3', 'group g best of 1, 2, 3 cap 25元',
		'group k sum of 2, 3 group g best of 1, k', 'group k best of 3, 1 group g sum of k, 2 cap 70元'];
	form text;
	line record;
	cash numeric := 0;
	found text;
BEGIN
	PERFORM setseed(0.31);
	FOR i IN 1..laws LOOP
		form := forms[1 + CASE WHEN i = 1 THEN 2 ELSE floor(random() * 7)::int END];
		PERFORM
			zjtx.store('policy wood-1 ''林'' fact a number 元 fact b number 元 fact c number 元 clause 1 reward pay a '
				'clause 2 reward pay b clause 3 reward pay c ' || form);
		IF i = 1 THEN
			CREATE TRIGGER watch AFTER INSERT OR UPDATE ON wood FOR EACH ROW EXECUTE FUNCTION zjtx.watch('wood', 'id',
				'wood-1');
			INSERT INTO wood SELECT k, 10 + k * 3, 50 - k * 4, 20 FROM generate_series(1, 8) k;
		END IF;
		UPDATE wood SET a = a;
		SELECT string_agg(format('%s: key %s owed %s paid %s due %s overpaid %s', i || ' ' || form, key, owed, paid,
			due, overpaid), E'\n') INTO found
		FROM (SELECT key, sum(owed) AS owed, sum(paid) AS paid, sum(due) AS due, sum(overpaid) AS overpaid FROM
			zjtx.owed WHERE account = 'public.wood' GROUP BY key) k
		WHERE due > 0 AND overpaid > 0 OR due - overpaid <> owed - paid;
		IF found IS NOT NULL OR cash <> (SELECT sum(paid) FROM zjtx.owed WHERE account = 'public.wood') THEN
			RETURN coalesce(found, 'a payment was lost');
		END IF;
		FOR line IN SELECT key, code, due FROM zjtx.owed WHERE account = 'public.wood' AND due > 0 ORDER BY key, code
			LOOP
			CONTINUE WHEN random() < 0.6;
			line.due := trunc((line.due * random())::numeric, 2);
			CONTINUE WHEN line.due = 0;
			PERFORM zjtx.settle('public.wood', line.key, 'wood-1', line.code, NULL, NULL, line.due);
			cash := cash + line.due;
		END LOOP;
	END LOOP;
	RETURN 'nothing';
END $$;
SELECT is(pg_temp.wrong_after(60), 'nothing', 'sixty laws');
SELECT cmp_ok((SELECT count(*) FROM ledger WHERE account = 'public.wood' AND kind = 'carried'), '>', 100::bigint,
	'which carried payments');

-- Entries.

SELECT is(pg_temp.error_of($$INSERT INTO ledger (account, key, policy, code, unit, payable, in_group, kind, old, new,
	judged_on)
	VALUES ('a', '1', 'p', '1', '元', true, 'g', 'owed', 0, 1, '2025-01-01')$$) ~ '^23514', true,
	'a member of a group is not paid out');
SELECT is((SELECT sum(paid) FROM ledger WHERE kind = 'carried'), 0.00, 'what is carried adds up to nothing');

SELECT * FROM finish();
ROLLBACK;
