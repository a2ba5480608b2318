\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(19);

-- Comparisons in words mean the same as the signs: below, on and above the bound, and for an unknown fact.

CREATE TEMP TABLE words AS SELECT sign, word FROM (VALUES
	('>', '{大于,超过,高于,多于}'::text[]),
	('>=', '{不低于,不少于,不小于,达到,至少,at least,AT LEAST}'),
	('<', '{小于,低于,少于,不足,不满}'),
	('<=', '{不超过,不高于,不大于,不多于,至多,at most,At Most}'),
	('=', '{等于,为}'),
	('<>', '{不等于,不为,！＝,!＝,！=,!=}')) signs (sign, list), unnest(list) word;
CREATE TEMP TABLE rows AS SELECT jsonb_build_object('收入', n) AS e FROM (VALUES (49999.99), (50000), (50000.01),
	(NULL)) numbers (n);

SELECT is((SELECT string_agg(word, ' ') FROM words, rows
	WHERE (e |= format('收入 %s 5万元', word)::policy) IS DISTINCT FROM (e |= format('收入 %s 5万元', sign)::policy)), NULL,
	'every word compares as its sign does');
SELECT is((SELECT count(DISTINCT word) FROM words), 31::bigint, 'of 31 words and signs');
SELECT is((SELECT string_agg(DISTINCT sign, ' ') FROM words w, rows
	WHERE NOT EXISTS (SELECT FROM rows r WHERE r.e |= format('收入 %s 5万元', w.word)::policy)
		OR NOT EXISTS (SELECT FROM rows r WHERE NOT r.e |= format('收入 %s 5万元', w.word)::policy)), NULL,
	'each is true of one of these rows and false of another');
SELECT is((SELECT string_agg(word, ' ') FROM words, rows
	WHERE (e |= format('分档(收入 : %s 5万元 则 1, 否则 0) 为 1', word)::policy) IS DISTINCT FROM
		(e |= format('band(收入 : %s 5万元 then 1, else 0) = 1', sign)::policy)), NULL, 'also in a band');
SELECT is((SELECT string_agg(word, ' ') FROM words
	WHERE '{"收入": 1, "x": 2}'::jsonb |= format('非 收入 %s x 且 收入 + 1 %1$s x * 1', word)::policy IS NULL), NULL,
	'between expressions, after not');
SELECT is('{"a": 5, "b": 1}'::jsonb |= rule::policy, true, 'reads and holds: ' || rule) FROM (VALUES
	('a 达到 5 且 a 不超过 5 且 b 不足 5'),
	('a at least 5 and a at most 5'),
	('非 a 超过 5'),
	('a 至少 5 或 b 大于 7'),
	('a - b 等于 4 且 b 不为 a')) rules (rule);

-- Words in declared ranges.

SELECT is((SELECT string_agg(word, ' ') FROM words WHERE sign IN ('>=', '<=') AND
	(SELECT array_agg(jsonb_build_object('a', a) |= format('policy p ''t'' fact a number %s 5 clause 1 when a <> 5',
	word)::policy ORDER BY a)
		FROM unnest('{4,5,6}'::int[]) a) IS DISTINCT FROM CASE sign WHEN '>=' THEN '{NULL,f,t}' ELSE '{t,f,NULL}'
		END::boolean[]),
	NULL, 'what is outside such a range is unknown');

-- 为 空 and 不为 空 test for none.

SELECT is(('{"d": null}'::jsonb |= rule) IS NOT DISTINCT FROM absent AND ('{"d": "2024-01-01"}'::jsonb |= rule) IS NOT
	DISTINCT FROM NOT absent, true, rule::text)
FROM (SELECT format('policy p ''t'' fact d date null means none clause 1 when %s', condition)::policy, absent
	FROM (VALUES
	('d 为 空', true), ('d 不为 空', false), ('d 等于 空', true), ('d 不等于 null', false)) conditions (condition, absent)) rules
	(rule, absent);

-- Separators and quotes.

SELECT is('{"c": "x", "b": 3}'::jsonb |= rule::policy, true, 'reads and holds: ' || rule) FROM (VALUES
	('c 属于 （''w''、''x''）且 取高（1、b、2）为 3'),
	('c = “x” 且 c 属于 （“x”，‘y’，''z''） 且 c <> “x’y”')) rules (rule);
SELECT is((SELECT string_agg(title, ' ') FROM (SELECT code, title FROM clauses($$政策 p “书名” 事实 a 数
	条款 1 '所谓“甲”‘乙’' 当 a > 1 条款 2 “所谓‘甲’' '乙” 当 a > 1 条款 3 ‘“甲”’ 当 a > 1$$) ORDER BY code) c),
	'所谓“甲”‘乙’ 所谓‘甲’'' ''乙 “甲”', 'other quotes are ordinary within a text');
SELECT is((SELECT string_agg(kind, ' ') FROM clauses($$policy p 't' clause 1 补助 pay 1元 clause 2 奖补 pay 1元 clause 3 补贴
	pay 1元$$)),
	'subsidy subsidy subsidy', 'three words for a subsidy');

SELECT * FROM finish();
ROLLBACK;
