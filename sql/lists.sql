\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(72);

-- Functions over lists that are known, empty or unknown, and lists whose elements have unknown fields or none.

CREATE TEMP TABLE facts AS SELECT
	'policy t ''t'' fact leases list (owner text in (''state'', ''private''), area number 平方米 at least 0, '
	'rent number 元, months number 月 at most 12, until date null means none, paid number 元 null means none, '
	'void boolean null means none, credit number 元 null means 0) '
	'fact none_is_empty list (area number) null means none fact numbers list of number fact days list of date fact '
	'tags list of text fact yeses list of boolean '
	'fact limit number fact cut_off date clause 1 when ' AS source;

-- Three leases, all known.
SELECT is('{"leases": [{"owner": "state", "area": 100, "rent": 21, "months": 12, "until": "2025-12-31", "paid": 5, '
	'"void": false, "credit": 1},
	{"owner": "private", "area": 50, "rent": 30, "months": 6, "until": null, "paid": null, "void": null, '
		'"credit": null},
	{"owner": "state", "area": 10, "rent": 20, "months": 3, "until": "2024-06-30", "paid": 7, "void": true, '
		'"credit": 2}],
	"numbers": [3, 1, 2], "days": ["2024-01-31", "2023-06-30"], "tags": ["新能源", "软件"], "yeses": [true, false], '
		'"limit": 20, "cut_off": "2024-12-31"}'::jsonb
	|= (source || condition)::policy, true, condition) FROM facts, (VALUES
	('count(leases) = 3 and count(leases where owner = ''state'') = 2 and count(leases where rent > 20元) = 2 and '
	'count(leases where rent > 100元) = 0'),
	('sum(leases : area) = 160 and sum(leases where rent > 20元 : 5元 * area * months) = 7500 and sum(leases where area '
	'> 100 : area) = 0'),
	('min(leases : area) = 10 and max(leases : area) = 100 and max(leases where owner = ''private'' : area) = 50 and '
	'min(leases : rent * months) = 60'),
	('max(leases : until) = 2025-12-31 and min(leases where until > cut_off : until) = 2025-12-31 and min(leases where '
	'area > 100 : area) is null'),
	('any(leases where void) and any(leases : area = 50) and any(leases where owner = ''private'' : rent = 30元) and '
	'not any(leases where owner = ''private'' : rent < 30元)'),
	('all(leases : area >= 10) and not all(leases : area > 10) and all(leases where owner = ''state'' : rent <= 21元) '
	'and all(leases where area > 100 : rent < 0)'),
	('sum(leases : paid) = 12元 and max(leases : paid) = 7元 and min(leases : paid) = 5元 and count(leases where paid is '
	'null) = 1 and sum(leases : coalesce(paid, 1元)) = 13元'),
	('count(leases where until > cut_off) = 1 and count(leases where not (until > cut_off)) = 2 and count(leases where '
	'until <> 2025-12-31) = 1'),
	('count(leases where not void) = 2 and sum(leases : credit) = 3元 and min(leases : credit) = 0 and sum(leases : '
	'case when void then 0 else area end) = 150'),
	('sum(numbers) = 6 and min(numbers) = 1 and max(numbers) = 3 and count(numbers where it >= 2) = 2 and sum(numbers '
	'where it > 1 : it * it) = 13'),
	('all(numbers : it > 0) and any(numbers where it = 2) and not any(numbers where it > limit) and count(numbers) = '
	'3'),
	('max(days) = 2024-01-31 and min(days) = 2023-06-30 and count(days where it > cut_off - 1年) = 1 and any(days : it '
	'+ 1月 = 2024-02-29)'),
	('any(tags where it = ''软件'') and any(tags : it in (''软件'', ''x'')) and count(tags where it <> ''软件'') = 1 and '
	'all(tags : it <> '''')'),
	('any(yeses) and not all(yeses) and count(yeses where it) = 1 and count(yeses where not it) = 1'),
	('any(leases where area > limit and any(numbers where it * 50 = area)) and sum(leases : sum(numbers where it > 2 : '
	'it * area)) = 480'),
	('count(leases where any(leases where owner = ''private'') and owner = ''state'') = 2')) conditions (condition);

-- The declared range of a list of scalars applies to its elements.
SELECT is('{"levels": [1, 5, 9], "kinds": ["a", "c"]}'::jsonb |=
	('policy l ''l'' fact levels list of number between 1 and 5 fact kinds list of text in (''a'', ''b'') clause 1 '
	'when ' || condition)::policy,
	answer, condition) FROM (VALUES
	('count(levels) = 3 and any(levels where it = 5) and all(levels : it <= 5) and max(levels) = 5', true),
	('count(levels where it > 1) = 1', NULL),
	('any(levels where it > 5)', false),
	('any(kinds where it = ''a'')', true), ('all(kinds : it = ''a'')', NULL),
	('all(kinds : it in (''a'', ''b''))', true)) conditions (condition, answer);

-- An empty list, a list whose NULL means empty, and an unknown list.
SELECT is(e |= (source || condition)::policy, answer, e::text || ': ' || condition) FROM facts, (VALUES
	('{"leases": []}'::jsonb, 'count(leases) = 0 and sum(leases : area) = 0 and min(leases : area) is null and '
	'max(leases : until) is null and not any(leases where area > 0) and all(leases : area > 0)', true),
	('{"none_is_empty": null}', 'count(none_is_empty) = 0 and sum(none_is_empty : area) = 0 and max(none_is_empty : '
	'area) is null and not any(none_is_empty : area > 0) and all(none_is_empty : area > 0)', true),
	('{"leases": null}', 'count(leases) >= 0 and sum(leases : area) >= 0', true),
	('{"leases": null}', 'count(leases) = 0', NULL),
	('{}', 'count(none_is_empty) = 0', NULL),
	('{}', 'count(leases where area < 0) = 0', true),
	('{}', 'sum(leases where area < 0 : rent) = 0', true),
	('{}', 'sum(leases : rent) >= 0', NULL),
	('{}', 'any(leases where area >= 0)', NULL),
	('{}', 'any(leases where months > 12)', false),
	('{}', 'all(leases : months <= 12)', true),
	('{}', 'all(leases : months <= 11)', NULL),
	('{}', 'max(leases : months) > 12', false),
	('{}', 'max(leases : months) is null', NULL),
	('{}', 'min(leases : area) < 0', false),
	('{}', 'count(days) = 0', NULL)) rows (e, condition, answer);

-- Elements with unknown fields: an absent key, NULL, and an impossible value.
SELECT is('{"leases": [{"owner": "state", "area": 100, "rent": 21, "months": 12}, {"owner": null, "area": 50, '
	'"months": 6}, {"owner": "cousin", "area": -3, "rent": null, "months": 13, "until": null}],
	"numbers": [3, null, 5]}'::jsonb |= (source || condition)::policy, answer, condition) FROM facts, (VALUES
	('count(leases) = 3', true),
	('count(leases where owner = ''state'') between 1 and 3', true),
	('count(leases where owner = ''state'') = 1', NULL),
	('count(leases where owner = ''state'') > 3', false),
	('any(leases where owner = ''state'')', true),
	('any(leases where owner = ''private'')', NULL),
	('any(leases where owner = ''private'' and months > 12)', false),
	('all(leases : owner = ''private'')', false),
	('all(leases : owner = ''state'')', NULL),
	('all(leases : months <= 12)', true),
	('sum(leases : area) >= 150', true),
	('sum(leases : area) > 150', NULL),
	('sum(leases where owner = ''private'' : area) >= 0', true),
	('sum(leases where owner = ''state'' : area) >= 100', true),
	('max(leases : area) >= 100', true),
	('max(leases where owner = ''private'' : area) <= 49', NULL),
	('max(leases : months) = 12', true),
	('min(leases : months) <= 6', true),
	('min(leases where rent > 0 : months) = 12', NULL),
	('max(leases : until) is null', NULL),
	('sum(leases : paid) = 0', NULL),
	('sum(leases : paid) >= 0', NULL),
	('count(numbers where it > 2) between 2 and 3', true),
	('sum(numbers) = 8', NULL),
	('max(numbers) >= 5', true),
	('min(numbers) <= 3', true),
	('min(numbers) < 0', NULL),
	('any(numbers where it = 5)', true),
	('all(numbers : it > 3)', false)) conditions (condition, answer);
SELECT is('{"leases": [{"owner": "state", "area": 100}]}'::jsonb |! (source || condition)::policy, missing,
	'missing: ' || condition)
	FROM facts, (VALUES
	('sum(leases : area) > limit', '{limit}'::text[]),
	('sum(leases : area * months) > limit', '{limit,leases}'),
	('count(leases where area > 100 and months > 3) = 0', '{}'),
	('any(leases where owner = ''state'' and months > 3) and any(numbers where it > 1)', '{numbers,leases}'),
	('any(leases where area = 100 and cut_off > 2024-01-01)', '{cut_off}')) conditions (condition, missing);

SELECT * FROM finish();
ROLLBACK;
