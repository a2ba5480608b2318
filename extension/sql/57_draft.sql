-- From the outline of an official text to a document, and what a document lacks of a text.

-- Names and operators of the functions below mean those of pg_catalog, whatever is in the schema zjtx.
SET LOCAL search_path = pg_catalog, pg_temp;

CREATE FUNCTION zjtx_internal.bare(source text) RETURNS text
	AS 'MODULE_PATHNAME', 'zjtx_bare' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION zjtx_internal.bare(text) IS
'A text without white space and in half-width characters, for comparing it with another. NULL for NULL.';

CREATE FUNCTION zjtx_internal.unit_of(word text) RETURNS text
	AS 'MODULE_PATHNAME', 'zjtx_unit_of' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.unit_of(text) IS
'The unit in a word such as 万家, here 家, without multiples. NULL for NULL and for a word that is no unit of the language.';

CREATE FUNCTION zjtx_internal.quoted(words text) RETURNS text
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
	BEGIN ATOMIC
		SELECT '''' || replace(regexp_replace(quoted.words, '[[:cntrl:]]+', ' ', 'g'), '''', '''''') || '''';
	END;
COMMENT ON FUNCTION zjtx_internal.quoted(text) IS
'A text as the language quotes it, on one line. NULL for NULL.';

CREATE FUNCTION zjtx_author.articles(source text,
	OUT place bigint, OUT path text, OUT kind text, OUT article text, OUT code text, OUT heading text, OUT wording text,
	OUT offices text[], OUT quantities text[], OUT at int) RETURNS SETOF record
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 50
	BEGIN ATOMIC
		WITH pieces AS (
			SELECT o.*, regexp_replace(o.path, '^.*/', '') AS last
			FROM zjtx_author.outline(articles.source) WITH ORDINALITY
				o (path, level, kind, heading, wording, offices, quantities, at, length, place)
			WHERE o.wording IS NOT NULL AND (o.path IS NOT NULL OR o.kind = 'item')
				AND (o.kind IN ('item', 'row') OR (o.kind = 'heading' AND o.wording !~ ' \| '))
		), items AS (
			SELECT min(p.place) AS place, p.path, min(p.kind) AS kind, min(p.last) AS last,
				(array_agg(p.heading ORDER BY p.place) FILTER (WHERE p.heading IS NOT NULL))[1] AS heading,
				string_agg(p.wording, '' ORDER BY p.place) AS wording,
				string_agg(array_to_string(p.offices, E'\x1f'), E'\x1f' ORDER BY p.place) FILTER (WHERE p.offices <> '{}') AS offices,
				string_agg(array_to_string(p.quantities, E'\x1f'), E'\x1f' ORDER BY p.place) FILTER (WHERE p.quantities <> '{}') AS quantities,
				min(p.at) AS at
			FROM pieces p GROUP BY p.path, CASE WHEN p.path IS NULL THEN p.place END
		), counted AS (
			SELECT i.*, i.kind <> 'row' AND i.last ~ '^[0-9]+$'
				AND count(*) FILTER (WHERE i.kind <> 'row') OVER (PARTITION BY i.last) = 1
				AND count(*) FILTER (WHERE i.kind <> 'row' AND i.last ~ '^[0-9]+$') OVER ()
					= count(*) FILTER (WHERE i.kind <> 'row' AND i.last ~ '^[0-9]+$') OVER (PARTITION BY i.kind = 'row')
				AND count(f.label) OVER () = 0
				AS alone,
				-- 第五条 without its chapter, where its number is given once
				f.number, f.label, count(*) OVER (PARTITION BY f.number, f.label) AS times
			FROM items i,
				LATERAL (SELECT m.m[1] AS label, zjtx.to_amount(m.m[2]) || coalesce('/' || m.m[3], '') AS number
					FROM (SELECT regexp_match(i.path, '^(?:第[^/]+[章节節]/)*((?:第([0-9]+|[一二三四五六七八九十百零〇]+)[条條])(?:/(.+))?)$') AS m) m) f
		)
		SELECT c.place, c.path, c.kind, CASE WHEN c.alone THEN c.last WHEN c.times = 1 AND c.label IS NOT NULL THEN replace(c.label, '/', '')
				ELSE replace(c.path, '/', '') END,
			CASE WHEN c.path IS NULL THEN '段' || row_number() OVER (PARTITION BY c.path IS NULL ORDER BY c.place)
				WHEN c.alone THEN c.last
				ELSE regexp_replace(regexp_replace(replace(regexp_replace(CASE WHEN c.times = 1 THEN coalesce(c.number, c.path) ELSE c.path END, '([^/])[(]([0-9]+)[)]', '\1_\2', 'g'), '/', '-'), '[()]', '', 'g'),
					'[^[:alnum:]._-]', '_', 'g') END,
			c.heading, c.wording,
			coalesce(string_to_array(c.offices, E'\x1f'), '{}'), coalesce(string_to_array(c.quantities, E'\x1f'), '{}'), c.at
		FROM counted c ORDER BY c.place;
	END;
COMMENT ON FUNCTION zjtx_author.articles(text) IS
'The items of an official text that a document has to encode: a row for each path of outline(text) with a wording, and for each paragraph of a page that has none, in the order of the text. kind: item, heading or row. article: how a document cites it, such as 18 where the numbers of the text run on, else 三(一)1 or 附件1. code: the same as a code. The other columns are those of outline(text); the pieces of an item that tags divide are joined.';

CREATE FUNCTION zjtx_author.uncovered(policy zjtx.policy, source text,
	OUT kind text, OUT path text, OUT heading text, OUT found text, OUT at int) RETURNS SETOF record
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE COST 100000 ROWS 20
	BEGIN ATOMIC
		WITH cited AS MATERIALIZED (
			SELECT zjtx_internal.bare(p.wording) AS wording,
				array(SELECT regexp_replace(replace(zjtx_internal.bare(a.a), '/', ''), '^第(.*)条$', '\1') FROM regexp_split_to_table(p.article, '[、，,;；]') a (a)) AS articles
			FROM zjtx.provisions(uncovered.policy) p
		), noted AS MATERIALIZED (
			SELECT zjtx_internal.bare(n.content) AS content FROM zjtx.notes(uncovered.policy) n
		), articles AS MATERIALIZED (
			SELECT array(SELECT DISTINCT a.a FROM cited c, unnest(c.articles) a (a)) AS list
		), rules AS MATERIALIZED (
			-- the document without what it only quotes, comments and codes
			SELECT zjtx_internal.bare(regexp_replace(regexp_replace(regexp_replace(uncovered.policy::text,
				'(wording|原文)\s*(''([^'']|'''')*''|“[^”]*”|‘[^’]*’)', ' ', 'gi'), '--[^\n]*', ' ', 'g'),
				'(^|\s)(policy|政策|clause|条款|stage|阶段|rung|层级|target|目标|service|服务|group|组|article|条文)\s+(''[^'']*''|\S+)', ' ', 'gi')) AS text
		), numbers AS MATERIALIZED (
			-- each number with the character behind it, if it may be of a unit
			SELECT array(SELECT DISTINCT trim_scale(zjtx.to_amount(m.m[1])) || m.m[2] FROM rules r,
				regexp_matches(r.text, '(?<![0-9._]|[0-9]-)((?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:[.][0-9]+)?[十百千万亿]*[%‰]?)([一-龥]?)', 'g') m (m)
				WHERE zjtx.to_amount(m.m[1]) IS NOT NULL) AS list
		), items AS MATERIALIZED (
			SELECT i.path, i.article, i.code, i.heading, i.wording, i.at, zjtx_internal.bare(i.wording) AS bare,
				zjtx_internal.bare(regexp_replace(i.wording, '[（(]?责任单位[：:].*$', '')) AS rule
			FROM zjtx_author.articles(uncovered.source) i
		), lacking AS (
			SELECT 'item' AS kind, i.path, i.heading, i.wording AS found, i.at, 0 AS number
			FROM items i, articles a
			WHERE (i.path IS NULL OR i.article <> ALL (a.list) AND i.code <> ALL (a.list) AND replace(i.path, '/', '') <> ALL (a.list)
				AND regexp_replace(i.path, '^.*第(.*)条$', '\1') <> ALL (a.list))
				AND NOT EXISTS (SELECT FROM cited c WHERE length(c.wording) >= 6
					AND (position(c.wording IN i.bare) > 0 OR position(i.rule IN c.wording) > 0))
				AND NOT EXISTS (SELECT FROM noted n WHERE position(i.bare IN n.content) > 0)
			UNION ALL
			SELECT 'quantity' AS kind, o.path, o.heading, q.quantity AS found, o.at, q.number::int AS number
			FROM zjtx_author.outline(uncovered.source) o, unnest(o.quantities) WITH ORDINALITY q (quantity, number),
				rules r, numbers n,
				LATERAL (SELECT zjtx_internal.bare(q.quantity) AS bare) b,
				-- 个月 is 月 in a document
				LATERAL (SELECT regexp_replace(regexp_replace(regexp_replace(b.bare, '个?百分点$', '%'), '个?工作日$', '日'), '个月$', '月') AS words) w,
				LATERAL (SELECT regexp_match(w.words, '^((?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:[.][0-9]+)?[十百千万亿]*[%‰]?|[一二三四五六七八九十百千万亿两零]+)([一-龥]?)') AS m) m,
				LATERAL (SELECT trim_scale(coalesce(zjtx.to_amount(m.m[1]), zjtx.to_amount(w.words)))::text AS value) v
			WHERE o.kind IN ('item', 'heading', 'row', 'part')
				AND r.text !~ ('(^|[^0-9.])' || regexp_replace(b.bare, '([^[:alnum:]])', '\\\1', 'g'))
				AND (v.value IS NULL OR v.value <> ALL (n.list) AND v.value || coalesce(m.m[2], '') <> ALL (n.list))
		)
		SELECT l.kind, l.path, l.heading, l.found, l.at FROM lacking l ORDER BY l.at, l.number;
	END;
COMMENT ON FUNCTION zjtx_author.uncovered(zjtx.policy, text) IS
'What of an official text a document lacks, in the order of the text. kind item: an item that no provision of the document cites as its article, of which none quotes a sentence, and that no note quotes. kind quantity: a number of the text that occurs nowhere in the document apart from its quotations (wording) and comments. found: the wording or the quantity. at: the first byte of the item in the text. No rows if nothing is lacking, and for NULL.';

CREATE FUNCTION zjtx_author.draft(source text) RETURNS text
	LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE COST 100000
	BEGIN ATOMIC
		WITH rows AS MATERIALIZED (
			SELECT o.* FROM zjtx_author.outline(draft.source) WITH ORDINALITY
				o (path, level, kind, heading, wording, offices, quantities, at, length, place)
		), bytes AS MATERIALIZED (
			SELECT convert_to(draft.source, 'UTF8') AS all
		), head AS MATERIALIZED (
			-- the rows of the header: one, or one for each paragraph of a page
			SELECT (array_agg(r.heading ORDER BY r.place) FILTER (WHERE r.heading IS NOT NULL))[1] AS heading,
				coalesce(string_agg(convert_from(substring(b.all FROM r.at + 1 FOR r.length), 'UTF8'), E'\n' ORDER BY r.place), '') AS text
			FROM (SELECT * FROM rows WHERE kind = 'header' ORDER BY place LIMIT 100) r, bytes b
		), lines AS MATERIALIZED (
			SELECT btrim(l.line, E' \t　') AS line, l.n
			FROM head h, regexp_split_to_table(h.text, '[\r\n]+') WITH ORDINALITY l (line, n)
			WHERE btrim(l.line, E' \t　') <> ''
		), signature AS MATERIALIZED (
			-- the lines behind the text
			SELECT btrim(l.line, E' \t　') AS line, row_number() OVER (ORDER BY r.place, l.n) AS n
			FROM (SELECT * FROM rows WHERE kind = 'closing' ORDER BY place LIMIT 100) r, bytes b,
				regexp_split_to_table(convert_from(substring(b.all FROM r.at + 1 FOR r.length), 'UTF8'), '[\r\n]+') WITH ORDINALITY l (line, n)
			WHERE btrim(l.line, E' \t　') <> ''
		), dated AS MATERIALIZED (
			-- the day of a notice is its last, and that of a signature its first
			(SELECT l.n, zjtx.to_day(l.line) AS day,
				(SELECT i.line FROM lines i WHERE i.n < l.n AND i.line !~ '[。：:，]' ORDER BY i.n DESC LIMIT 1) AS issuer
				FROM lines l WHERE zjtx.to_day(l.line) IS NOT NULL ORDER BY l.n DESC LIMIT 1)
			UNION ALL
			(SELECT NULL::pg_catalog.int8 AS n, zjtx.to_day(l.line),
				(SELECT i.line FROM signature i WHERE i.n < l.n AND i.line !~ '[。：:，]' ORDER BY i.n DESC LIMIT 1)
				FROM signature l WHERE zjtx.to_day(l.line) IS NOT NULL ORDER BY l.n LIMIT 1)
			ORDER BY n LIMIT 1
		), said AS MATERIALIZED (
			-- what the text says of its force, in the last of such sentences
			SELECT (SELECT zjtx.to_day(m.m[1]) FROM regexp_matches(b.b, '自([0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)(?:起|开始)(?:正式)?(?:施行|实施|执行|生效)', 'g')
					WITH ORDINALITY m (m, n) ORDER BY m.n DESC LIMIT 1) AS day,
				(SELECT zjtx.to_day(coalesce(m.m[1], m.m[2])) FROM regexp_matches(b.b, '(?:有效期(?:限)?(?:截至|截止|为|到|至)*|(?:施行|实施|执行)(?:至|到))([0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)|[至到]([0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)止', 'g')
					WITH ORDINALITY m (m, n) ORDER BY m.n DESC LIMIT 1) AS last_day,
				(SELECT zjtx.to_amount(m.m[1]) FROM regexp_matches(b.b, '(?:有效期(?:限)?为?|试行)([0-9]{1,2}|[一二两三四五六七八九十]+)年', 'g')
					WITH ORDINALITY m (m, n) ORDER BY m.n DESC LIMIT 1) AS years
			FROM (SELECT zjtx_internal.bare(draft.source)) b (b)
		), force AS MATERIALIZED (
			SELECT coalesce(s.day, d.day) AS day, s.day IS NOT NULL AS is_said, u.last_day
			FROM said s LEFT JOIN dated d ON true,
				LATERAL (SELECT coalesce(s.last_day, (coalesce(s.day, d.day) + make_interval(years => s.years::int))::date - 1) AS day) l,
				LATERAL (SELECT CASE WHEN l.day >= coalesce(s.day, d.day) THEN l.day END AS last_day) u
		), header AS MATERIALIZED (
			SELECT
				-- the title of the text, unless a page has another of its own
				coalesce(CASE WHEN t.page IS NULL OR position(zjtx_internal.bare(t.part) IN zjtx_internal.bare(t.page)) > 0
					AND 3 * length(t.part) > length(t.page) THEN t.part END, t.page,
					h.heading, substring(h.text FROM '印发《([^》]+)》'), '未命名') AS title,
				(SELECT l.line FROM lines l WHERE l.line ~ '^[一-龥]{1,20}[〔\[（(][0-9]{4}[〕\]）)]\s*第?[0-9]+号$' ORDER BY l.n LIMIT 1) AS number,
				coalesce((SELECT d.issuer FROM dated d), substring(h.heading FROM '^([^关]{2,30}?)\s*关于')) AS issuer,
				(SELECT d.day FROM dated d) AS day,
				array(SELECT m.m[1] FROM regexp_matches(draft.source, '[（(]([^（）()、，。]{1,20}〔[0-9]{4}〕[0-9]+号)[）)]\s*(?:同时|即行|予以)?废止', 'g') m (m)) AS repeals,
				(SELECT r.wording FROM rows r WHERE r.kind = 'part' AND r.path IS NULL AND r.wording IS NOT NULL ORDER BY r.place LIMIT 1) AS preamble
			FROM head h,
				LATERAL (SELECT (SELECT r.heading FROM rows r WHERE r.kind = 'part' AND r.path IS NULL AND r.heading IS NOT NULL
						ORDER BY r.place LIMIT 1) AS part,
					(SELECT substring(l.line FROM '^title:\s*"?([^"]*)"?\s*$')
						FROM regexp_split_to_table(left(draft.source, 2000), '[\r\n]+') l (line) WHERE l.line ~ '^title:' LIMIT 1) AS page) t
		), tables AS MATERIALIZED (
			-- the columns of each table: years, the unit
			SELECT DISTINCT ON (base) regexp_replace(r.path, '/[^/]*$', '') AS base, string_to_array(r.wording, ' | ') AS cells
			FROM rows r WHERE r.kind = 'heading' AND r.wording ~ ' \| ' ORDER BY base, r.place DESC
		), items AS MATERIALIZED (
			SELECT i.*, row_number() OVER (ORDER BY i.place) AS n,
				-- 一 and (一) give the same code
				i.code || coalesce('.d' || nullif(row_number() OVER (PARTITION BY i.code ORDER BY i.place), 1), '') AS own,
				left(regexp_replace(coalesce(i.heading, substring(i.wording FROM '^[^，,。；;：:]*')), '\s+', ' ', 'g'), 60) AS title,
				t.cells AS columns, string_to_array(i.wording, ' | ') AS cells
			FROM zjtx_author.articles(draft.source) i
			LEFT JOIN tables t ON i.kind = 'row' AND t.base = regexp_replace(i.path, '/[^/]*$', '')
		), parts AS (
			SELECT 0 AS place, '-- ' || regexp_replace(r.wording, '\s+', ' ', 'g') || coalesce('（' || r.path || '）', '') || E'\n' AS text
			FROM rows r WHERE r.kind = 'warning'
			UNION ALL
			SELECT 1, concat(E'\n政策 draft', coalesce('-' || regexp_replace(h.number, '^.*?([0-9]{4}).*?([0-9]+)号$', '\1-\2'), ''),
				' ', zjtx_internal.quoted(h.title), E'\n',
				'  文号 ' || zjtx_internal.quoted(h.number) || E'\n',
				'  发文机关 ' || zjtx_internal.quoted(h.issuer) || E'\n',
				'  印发 ' || to_char(h.day, 'YYYY-MM-DD') || E'\n',
				'  施行 自 ' || to_char(f.day, 'YYYY-MM-DD') || coalesce(' 至 ' || to_char(f.last_day, 'YYYY-MM-DD'), '') || E'\n',
				(SELECT string_agg('  废止 ' || zjtx_internal.quoted(r.r) || E'\n', '' ORDER BY r.n) FROM unnest(h.repeals) WITH ORDINALITY r (r, n)
					WHERE r.r <> ALL (h.repeals[:r.n - 1])),
				'  原文 ' || zjtx_internal.quoted(h.preamble) || E'\n',
				'  注 ''由原文生成的草稿：各条的条件和金额待写', CASE WHEN f.is_said THEN '，施行日期取自原文'
					WHEN f.day IS NOT NULL THEN '，施行日暂按印发日' END, E'，请核对''\n')
			FROM header h, force f
			UNION ALL
			SELECT 2 + i.place, concat(E'\n',
				CASE WHEN g.goals IS NOT NULL THEN concat('目标 ', i.own, ' ', zjtx_internal.quoted(i.title), ' ', g.unit, ' 存量 ', g.goals, E'\n')
				WHEN i.kind = 'row' THEN concat('服务 ', i.own, ' ', zjtx_internal.quoted(i.title), E'\n')
				ELSE concat('事实 待写_', i.n, ' 是否 ', zjtx_internal.quoted('“' || i.title || '”的条件，待写'), E'\n',
					'条款 ', i.own, ' ', zjtx_internal.quoted(i.title), CASE WHEN NOT m.money THEN '' WHEN i.wording ~ '补助|补贴|贴息|资助' AND i.wording !~ '奖' THEN ' 补助' ELSE ' 奖励' END, E'\n') END,
				'  条文 ' || zjtx_internal.quoted(i.article) || E'\n',
				'  原文 ', zjtx_internal.quoted(regexp_replace(i.wording, '([（(](责任|牵头|主责)(单位|部门|主体)[：:].*[)）]|(责任|牵头|主责)(单位|部门|主体)[：:][^。]*)。?$', '')), E'\n',
				CASE WHEN cardinality(i.offices) > 0 THEN '  责任单位 ' || (SELECT string_agg(zjtx_internal.quoted(o.o), ', ') FROM unnest(i.offices) o (o)) || E'\n' END,
				CASE WHEN g.goals IS NULL AND i.kind <> 'row' THEN concat('  当 待写_', i.n, E'\n', CASE WHEN m.money THEN E'  给予 未定\n' END) END)
			FROM items i,
				-- the goals of a row of a table with a unit and years
				LATERAL (SELECT coalesce((SELECT i.cells[c.n] FROM unnest(i.columns) WITH ORDINALITY c (name, n)
					WHERE zjtx_internal.bare(c.name) = '单位' LIMIT 1), '') AS word) u,
				LATERAL (SELECT zjtx_internal.unit_of(u.word) AS unit, CASE WHEN zjtx_internal.unit_of(u.word) IS NOT NULL THEN
					(SELECT string_agg(y.goal, ', ' ORDER BY y.year) FROM (
						SELECT substring(c.name FROM '[0-9]{4}')::int AS year,
							substring(c.name FROM '[0-9]{4}') || ': ' || replace(i.cells[c.n], ',', '') || u.word AS goal
						FROM unnest(i.columns) WITH ORDINALITY c (name, n)
						WHERE zjtx_internal.bare(c.name) ~ '^(19|2[0-9])[0-9]{2}年?$'
							AND i.cells[c.n] ~ '^[0-9]{1,15}(,[0-9]{3})*(\.[0-9]{1,10})?$'
						UNION ALL
						SELECT m.m[1]::int, m.m[1] || ': ' || i.quantities[1]
						FROM regexp_match(i.wording, '((?:19|2[0-9])[0-9]{2})年') m (m)
						WHERE cardinality(i.quantities) = 1 AND i.wording !~ '(?:19|2[0-9])[0-9]{2}年.*(?:19|2[0-9])[0-9]{2}年'
							AND i.quantities[1] ~ '^[0-9.]+[万亿]*[^0-9万亿/]+$' AND position(u.word IN i.quantities[1]) > 0) y) END AS goals) g,
				LATERAL (SELECT EXISTS (SELECT FROM unnest(i.quantities) q (q) WHERE q.q ~ '元') AS money) m
		)
		SELECT ltrim(string_agg(p.text, '' ORDER BY p.place), E'\n') FROM parts p;
	END;
COMMENT ON FUNCTION zjtx_author.draft(text) IS
'A document in Chinese from an official text, to be completed: the header (title, number, issuer, day of issue, days in force, what it repeals), a clause with article, wording and offices for each item, and a target with its goals for each row of a table with years. Each clause has a fact 待写_n as its condition, so that it answers unknown until that is replaced; one whose text names money pays 未定. Warnings of the outline are comments. The text is a policy as it is: draft(text)::policy, store(draft(text), draft => true).';

SET LOCAL search_path = zjtx, pg_temp;
