\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SELECT plan(53);

-- check_table: the facts that a table gives and the units that its values suggest. The findings other than "given" and
-- the view:

CREATE FUNCTION pg_temp.found(rel regclass, p policy) RETURNS TABLE (fact text, column_name text, finding text,
	message text, hint text)
LANGUAGE sql AS $$
	SELECT fact, column_name, finding, message, hint FROM zjtx.check_table(rel, p) WHERE finding NOT IN ('given',
		'view')
$$;
CREATE FUNCTION pg_temp.mapped(rel regclass, p policy) RETURNS text LANGUAGE sql AS $$
	SELECT message FROM zjtx.check_table(rel, p) WHERE finding = 'view'
$$;

-- Names and types.

CREATE TABLE public.firm (id int, revenue numeric, "研发费用" real, employes int, titled_on timestamptz,
	opened_on timestamp,
	size_class varchar(5), active int, tags text[], leases json, note text, dropped int);
ALTER TABLE firm DROP COLUMN dropped;
CREATE TEMP TABLE asked AS SELECT $$policy p 'P'
fact revenue number 元 '营业收入'
fact rd_expense number 元 '研发费用'
fact employees number 人
fact titled_on date null means none
fact opened_on date
fact size_class text in ('micro', 'small')
fact active boolean 'works'
fact tags list of text null means none
fact leases list (area number) null means none
clause 1 when revenue > 0元 and rd_expense > 0元 and employees > 1人 and titled_on < opened_on and size_class = 'micro' and
	active
  and count(tags) = 1 and count(leases) = 1$$::policy AS p;

SELECT results_eq($$SELECT t.fact, t.label, t.type, t.column_name, t.column_type, t.message FROM asked,
	zjtx.check_table('firm', p) t WHERE finding = 'given'$$,
	$$VALUES ('revenue', '营业收入', 'number 元', 'revenue', 'numeric', 'by its name'), ('rd_expense', '研发费用', 'number 元',
	'研发费用', 'real', 'by its label'),
	('opened_on', NULL, 'date', 'opened_on', 'timestamp without time zone', 'by its name'), ('size_class', NULL, 'text',
	'size_class', 'character varying(5)', 'by its name'),
	('tags', NULL, 'list', 'tags', 'text[]', 'by its name')$$, 'what the table gives, in the order of the document');
SELECT results_eq($$SELECT f.* FROM asked, pg_temp.found('firm', p) f$$,
	$$VALUES ('employees', NULL, 'absent',
	'no column has the fact''s name or label, so the fact is unknown in every row',
	'The column "employes" may be the right one.'),
	('titled_on', 'titled_on', 'type',
	'a column of type timestamp with time zone cannot provide a date: questions that read it fail',
		'The day of a timestamp with time zone depends on the session: cast it at a time zone.'),
	('active', 'active', 'type', 'a column of type integer cannot provide a boolean: questions that read it fail',
	'Cast the column in a view.'),
	('leases', 'leases', 'type', 'a column of type json cannot provide a list: questions that read it fail',
	'Cast the column in a view.')$$,
	'what is absent, and of the wrong type');
SELECT is(pg_temp.error_of($$SELECT e |= p FROM asked, (SELECT (json_populate_record(NULL::firm, '{}')).*) e$$) LIKE
	'42804: column "titled_on" of type timestamp with time zone cannot give%', true,
	'as a question finds it');
SELECT is(pg_temp.mapped('firm', p), $$CREATE VIEW public.firm_facts AS
SELECT t.id,
       t.revenue,
       t."研发费用",
       t.employes,
       (t.titled_on AT TIME ZONE 'Asia/Shanghai')::date AS titled_on,  -- was timestamp with time zone
       t.opened_on,
       t.size_class,
       t.active <> 0 AS active,  -- was integer
       t.tags,
       t.leases::jsonb AS leases,  -- was json
       t.note
    -- absent: NULL::numeric AS employees, 人
FROM public.firm AS t;$$, 'the view') FROM asked;
SELECT lives_ok((SELECT pg_temp.mapped('firm', p) FROM asked), 'it can be created');
SELECT set_eq($$SELECT f.fact, f.finding FROM asked, pg_temp.found('firm_facts', p) f$$, $$VALUES ('employees',
	'absent')$$, 'and then only what is absent is left');

CREATE TABLE public.odd ("a b" text, revenue point, "select" int, "研发费用" text, "it's" text);
SELECT is(pg_temp.mapped('odd', $$policy p 'P' fact revenue number 元 fact rd number 元 '研发费用' fact x text 'it''s'
	fact far list of date clause 1 when revenue > rd and x = 'a' and count(far) > 1$$),
	$$CREATE VIEW public.odd_facts AS
SELECT t."a b",
       t."select",
       zjtx.to_amount(t."研发费用") AS rd,
       t."it's"
    -- left out: revenue, of type point
    -- absent: NULL::jsonb AS far
FROM public.odd AS t;$$, 'what no cast makes right is left out');
SELECT is((SELECT string_agg(finding, ' ') FROM zjtx.check_table('odd', 'nothing > 1'::policy)), 'absent view',
	'a rule, of which the table has nothing');

-- Lists.
CREATE TYPE public.lease AS (area numeric, months text);
CREATE TABLE public.lists (a lease[], b lease[], c int[], d jsonb, e text);
SELECT results_eq($$SELECT f.fact, f.finding FROM pg_temp.found('lists', $p$policy p 'P'
	fact a list (area number) fact b list (months number) fact c list of number fact d list of date fact e list of text
	clause 1 when count(a) + count(b) + count(c) + count(d) + count(e) > 1$p$) f WHERE finding = 'type'$$,
		$$VALUES ('b', 'type'), ('e', 'type')$$, 'lists by their elements and fields');

-- NULLs and ranges.

CREATE TABLE public.vals (n numeric, f float8, t text, d date, z numeric, nn date);
INSERT INTO vals VALUES (0, 1, 'a', '2020-01-01', NULL, NULL), (15, 'NaN', 'b', '2020-12-31', NULL, NULL),
	(15.01, 'Infinity', 'c', '2021-01-01', NULL, NULL),
	(-0.01, '-Infinity', 'aa', 'infinity', NULL, NULL), (NULL, NULL, NULL, '2019-12-31', NULL, NULL),
	('NaN', 2, 'a', NULL, NULL, NULL);
SELECT results_eq($$SELECT fact, finding, message, hint FROM pg_temp.found('vals', $p$policy p 'P'
	fact n number between 0 and 15 fact f number fact t text in ('a', 'b') fact d date between 2020-01-01 and 2020-12-31
		fact z number null means 0 fact nn date null means none
	clause 1 when n > 1 and f > 1 and t = 'a' and d > as_of and z > 1 and nn > d$p$)$$,
	$$VALUES ('n', 'nulls', 'NULL in 1 of 6 rows, where it is unknown', NULL),
	('n', 'range', '3 of 5 values are impossible and count as unknown',
	'They range from -0.01 to 15.01; the fact can be: at least 0, at most 15.'),
	('f', 'nulls', 'NULL in 1 of 6 rows, where it is unknown', NULL),
	('f', 'range', '3 of 5 values are impossible and count as unknown',
	'They range from 1 to 2; the fact can be: any finite value.'),
	('t', 'nulls', 'NULL in 1 of 6 rows, where it is unknown', NULL),
	('t', 'range', '2 of 5 values are impossible and count as unknown', 'One is "aa"; the fact can be: ''a'', ''b''.'),
	('d', 'nulls', 'NULL in 1 of 6 rows, where it is unknown', NULL),
	('d', 'range', '3 of 5 values are impossible and count as unknown',
	'The fact can be: at least 2020-01-01, at most 2020-12-31.'),
	('z', 'nulls', 'NULL in every row, which means 0',
	'If the fact is not known, leave the column out; then the fact is unknown.'),
	('nn', 'nulls', 'NULL in every row, which means none',
	'If the fact is not known, leave the column out; then the fact is unknown.')$$,
	'NULLs and values that cannot be; the ends of a range can');
UPDATE vals SET z = 1, nn = '2020-01-01' WHERE n = 0;
SELECT is_empty($$SELECT * FROM pg_temp.found('vals',
	$p$policy p 'P' fact z number null means 0 fact nn date null means none clause 1 when z > 1 and nn > as_of$p$)$$,
	'a NULL that means something is no finding');
CREATE TYPE public.mood AS ENUM ('a', 'x');
CREATE DOMAIN public.small AS smallint;
CREATE TABLE public.kinds (t mood, c char(4), n small, k name);
INSERT INTO kinds VALUES ('a', 'a', -32768, 'a'), ('x', 'b', 5, 'x');
SELECT results_eq($$SELECT fact, message, hint FROM pg_temp.found('kinds', $p$policy p 'P'
	fact t text in ('a', 'b') fact c text in ('a', 'b') fact n number % at least 0 fact k text in ('a') clause 1
		when t = 'a' and c = 'a' and n > 0 and k = 'a'$p$)$$,
	$$VALUES ('t', '1 of 2 values are impossible and count as unknown', 'One is "x"; the fact can be: ''a'', ''b''.'),
	('n', '1 of 2 values are impossible and count as unknown',
	'They range from -32768 to 5; the fact can be: at least 0.'),
	('k', '1 of 2 values are impossible and count as unknown', 'One is "x"; the fact can be: ''a''.')$$,
	'enums, char(n), domains, names');
CREATE TABLE public.days (as_of date, n int);
INSERT INTO days VALUES (NULL, 1);
SELECT results_eq($$SELECT fact, finding FROM zjtx.check_table('days', 'n > 1 and as_of > 2025-01-01'::policy)
	WHERE finding <> 'view'$$,
	$$VALUES ('as_of', 'given'), ('as_of', 'nulls'), ('n', 'given')$$, 'the row''s own day');
SELECT is_empty($$SELECT * FROM zjtx.check_table('kinds', 'n > 1 and as_of > 2025-01-01'::policy)
	WHERE fact = 'as_of'$$, 'which need not be there');

-- Magnitudes.

CREATE TEMP TABLE figures (n numeric);
CREATE FUNCTION pg_temp.smells(figures numeric[], fact text, rule text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	DELETE FROM pg_temp.figures;
	INSERT INTO pg_temp.figures SELECT unnest(figures);
	RETURN (SELECT string_agg(message, '; ') FROM zjtx.check_table('figures',
		format('policy p ''p'' fact n %s clause 1 %s', fact, rule)::policy) WHERE finding = 'unit');
END $$;
SELECT is(pg_temp.smells('{10,20,38,500,90000}', 'number 元', 'when n > 1000万元'),
	'half of its 5 values that are not zero are at most 38: in 万元?', 'the median far below what the law asks for');
SELECT is(pg_temp.smells('{10,20,99999.99,500000,900000}', 'number 元', 'when n > 1000万元'),
	'half of its 5 values that are not zero are at most 99999.99: in 万元?', 'just below a hundredth of it');
SELECT is(pg_temp.smells('{10,20,100000,500000,900000}', 'number 元', 'when n > 1000万元'), NULL, 'a hundredth of it');
SELECT is(pg_temp.smells('{10,20,49999.99,500000,900000}', 'number 元', 'when n > 500万元'),
	'half of its 5 values that are not zero are at most 49999.99: in 万元?', 'also of a lower bound');
SELECT is(pg_temp.smells('{10,20,50000,500000,900000}', 'number 元', 'when n > 500万元'), NULL,
	'a hundredth of it is as far as it goes');
SELECT is(pg_temp.smells('{10,20,100000,500000,900000}', 'number 元', 'when n > 10亿元'), NULL,
	'100,000 or more is 元, whatever the law asks for');
SELECT is(pg_temp.smells('{10,20,38,500,90000}', 'number 元', 'when n > 1000万元 or n > 3000元'), NULL,
	'the least bound counts');
SELECT is(pg_temp.smells('{10,20,38,500,90000}', 'number 元', 'when n > 1000万元 or n > 0元'),
	'half of its 5 values that are not zero are at most 38: in 万元?', 'but not 0');
SELECT is(pg_temp.smells('{10,20,38,500,90000}', 'number 元', 'reward pay band(n : >= 1000万元 then 1元, else 0元)'),
	'half of its 5 values that are not zero are at most 38: in 万元?', 'a band');
SELECT is(pg_temp.smells('{10,20,38,500,90000}', 'number 元', 'when n between 1000万元 and 1亿元'),
	'half of its 5 values that are not zero are at most 38: in 万元?', 'between');
SELECT is(pg_temp.smells('{0,0,0,0,0,0,0,200000,200000,300000,400000,500000}', 'number 元', 'when n > 1000万元'), NULL,
	'zeros say nothing');
SELECT is(pg_temp.smells('{-10,-20,-38,-500,-90000}', 'number 元', 'when n > 1000万元'),
	'half of its 5 values that are not zero are at most 38: in 万元?', 'losses are figures as well');
SELECT is(pg_temp.smells('{10,20,38,500,NULL,NaN,0}', 'number 元', 'when n > 1000万元'), NULL, 'four values say nothing');
SELECT is(pg_temp.smells('{1,2,3,4,9999.99}', 'number 元', 'reward pay n'),
	'half of its 5 values that are not zero are at most 3: in 万元?',
	'money that nothing is compared with, all below 10,000');
SELECT is(pg_temp.smells('{1,2,3,4,10000}', 'number 元', 'reward pay n'), NULL, 'or not');
SELECT is(pg_temp.smells('{1,2,3,4,5}', 'number 人', 'when n > 1000万人'), NULL, 'only money');

SELECT is(pg_temp.smells('{0.5,0.9,1.01,10,20}', 'number %', 'when n > 5%'),
	'half of its 5 values that are not zero are at most 1.01: in %?', 'a percentage above 100%');
SELECT is(pg_temp.smells('{0.5,0.9,1,10,20}', 'number %', 'when n > 5%'), NULL, '100%');
SELECT is(pg_temp.smells('{5,6,7,10,20}', 'number', 'when n > 5%'),
	'half of its 5 values that are not zero are at most 7: in %?',
	'a number without a unit that is compared with shares');
SELECT is(pg_temp.smells('{5,6,7,10,20}', 'number', 'when n > 5% or n > 2'), NULL, 'or not only with shares');
SELECT is(pg_temp.smells('{5,6,7,10,20}', 'number', 'when n > 2 or n > 5%'), NULL, 'in any order');
SELECT is(pg_temp.smells('{5,6,7,10,20}', 'number', 'points pay n'), NULL, 'or with nothing');

-- A row has one unit, and column names can state the unit.

CREATE TABLE public.report (id int, revenue int, tax numeric, assets numeric, "利润（万元）" numeric, rd_expense_wan int,
	share_pct numeric, cost_yuan numeric, fee_wan text);
INSERT INTO report SELECT i, 2000 * i, 11000 * i, 100000 * i, i, 300000, 12.5, 7, 'x' FROM generate_series(1, 5) i;
CREATE TEMP TABLE reported AS SELECT $$policy p 'P'
fact revenue number 元
fact tax number 元
fact assets number 元
fact profit number 元 '利润'
fact rd_expense number 元
fact share number %
fact cost number 元
fact fee number 元
clause 1 when revenue > 1000万元 and share > 1%
  reward pay tax + assets + profit + rd_expense + cost + fee$$::policy AS p;
SELECT results_eq($$SELECT f.fact, f.finding, CASE f.finding WHEN 'unit' THEN f.hint ELSE f.message END
	FROM reported, pg_temp.found('report', p) f$$,
	$$VALUES ('revenue', 'unit', 'The fact is in 元.'), ('tax', 'unit', 'The fact is in 元.'),
	('profit', 'mapped', 'the view takes it from the column "利润（万元）", in 万元'),
	('rd_expense', 'mapped', 'the view takes it from the column "rd_expense_wan", in 万元'),
	('share', 'mapped', 'the view takes it from the column "share_pct", in %'),
	('cost', 'mapped', 'the view takes it from the column "cost_yuan", in 元'),
	('fee', 'mapped', 'the view takes it from the column "fee_wan", in 万元'),
	('fee', 'unreadable', '5 of 5 texts cannot be read and count as unknown: 1 "x"; 2 "x"; 3 "x"; …')$$,
	'tax is in 万元 because revenue is; assets of 300000 are not');
SELECT is(pg_temp.mapped('report', p), $$CREATE VIEW public.report_facts AS
SELECT t.id,
       t.revenue::numeric * 10000 AS revenue,  -- in 万元?
       t.tax * 10000 AS tax,  -- in 万元?
       t.assets,
       t."利润（万元）" * 10000 AS profit,  -- in 万元
       t.rd_expense_wan::numeric * 10000 AS rd_expense,  -- in 万元
       t.share_pct / 100.0 AS share,  -- in %
       t.cost_yuan AS cost,
       zjtx.to_amount(t.fee_wan, '万元') AS fee
FROM public.report AS t;$$, 'the view multiplies') FROM reported;
SELECT lives_ok((SELECT pg_temp.mapped('report', p) FROM reported), 'it can be created');
SELECT results_eq('SELECT revenue, tax, profit, rd_expense, share, cost FROM report_facts WHERE id = 2',
	$$VALUES (40000000::numeric, 220000000::numeric, 20000::numeric, 3000000000::numeric, 0.125, 7::numeric)$$,
	'what it shows, also beyond the integers');
SELECT set_eq($$SELECT f.fact FROM reported, pg_temp.found('report_facts', p) f$$, $$VALUES ('cost'), ('fee')$$,
	'and nothing that was mapped smells any longer');

-- PostgreSQL and a policy compare these texts differently.

CREATE EXTENSION citext;
CREATE COLLATION public.fold (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE DOMAIN public.folded AS text COLLATE public.fold;
CREATE TYPE public.size_type AS ENUM ('a', 'A');
CREATE TYPE public.part AS (kind citext, name text, code folded, n int);
CREATE TABLE public.texts (a text, b varchar(9), c char(3), d name, e size_type, f citext, g text COLLATE fold,
	h folded, i citext[], j text[] COLLATE fold, k part[], l text[], m text COLLATE "C", n text DEFAULT 'x');
INSERT INTO texts VALUES ('A', 'A', 'A', 'A', 'A', 'A', 'A', 'A', '{A}', '{A}', '{"(A,A,A,1)"}', '{A}', 'A');
CREATE TEMP TABLE text_policy AS
	SELECT format('policy p ''p'' %s fact i list of text fact j list of text fact k list (kind text, name text, '
	'code text, n number) fact l list of text clause 1 when %s or any(i where it = ''a'') or any(j where it = ''a'')
	or any(k where kind = ''a'' or name = ''a'' or code = ''a'') or any(l where it = ''a'')',
		string_agg(format('fact %s text', c), ' '), string_agg(c || ' = ''a''', ' or '))::policy AS p
		FROM unnest('{a,b,c,d,e,f,g,h,m,n}'::text[]) c;
SELECT results_eq($$SELECT f.fact, f.message FROM text_policy, zjtx.check_table('texts', p) f
	WHERE finding = 'equality'$$, $$VALUES
	('f', 'the type citext treats different texts as equal, but the policy compares them byte for byte'),
	('g', 'the collation "fold" treats different texts as equal, but the policy compares them byte for byte'),
	('h', 'the collation "fold" treats different texts as equal, but the policy compares them byte for byte'),
	('i', 'the type citext treats different texts as equal, but the policy compares them byte for byte'),
	('j', 'the collation "fold" treats different texts as equal, but the policy compares them byte for byte'),
	('k', 'the type citext treats different texts of the field "kind" as equal, but the policy compares them byte for '
	'byte'),
	('k', 'the collation "fold" treats different texts of the field "code" as equal, '
	'but the policy compares them byte for byte')$$, 'types and collations that take different texts for equal');
SELECT is(ARRAY[t |= p, to_jsonb(t) |= p, (SELECT s |= p FROM (SELECT t.* OFFSET 0) s)], '{f,f,f}',
	'none is a in any form') FROM texts t, text_policy;
SELECT is(ARRAY[f = 'a', g = 'a', h = 'a'], '{t,t,t}', 'which PostgreSQL says it is') FROM texts;

-- Series, names, relations that are no table, and the caller's privileges.

SELECT results_eq($$SELECT fact FROM zjtx.check_table('vals',
	$p$series s policy s-1 'S' series s in force from 2020-01-01 until 2021-01-01 fact n number clause 1 when n > 1
	policy s-2 'S' series s in force from 2021-01-01 fact n number fact f number clause 1 when n > f$p$::policy)
		WHERE finding = 'given'$$, $$VALUES ('n'), ('f')$$, 'a series: the facts of all versions, once');
SELECT is((SELECT count(*)::int FROM zjtx.check_table('vals', 'yubei-2024-34/3') WHERE finding = 'absent'), 10,
	'a part of a stored policy by its name');
SELECT is(pg_temp.error_of($$SELECT * FROM zjtx.check_table('vals', 'yubei-2024')$$),
	E'42704: there is no stored policy "yubei-2024"\nHINT: Perhaps you meant "yubei-2024-34".',
	'a name that stands for nothing');
CREATE SEQUENCE public.numbers;
SELECT is(pg_temp.error_of($$SELECT * FROM zjtx.check_table('numbers', 'n > 1'::policy)$$),
	'42809: "numbers" is not a table or view', 'a sequence');
SELECT is(pg_temp.error_of($$SELECT * FROM zjtx.check_table(1::oid::regclass, 'n > 1'::policy)$$),
	'42P01: relation with OID 1 does not exist', 'a table that is gone');
SELECT is((SELECT count(*)::int FROM zjtx.check_table(NULL, 'n > 1'::policy)), 0, 'strict');

CREATE ROLE zjtx_stranger;
GRANT USAGE ON SCHEMA public TO zjtx_stranger;
SELECT is(pg_temp.error_of($$SET LOCAL ROLE zjtx_stranger;
	SELECT * FROM zjtx.check_table('public.vals', 'n > 1'::zjtx.policy)$$), '42501: permission denied for table vals',
	'a stranger learns nothing');
GRANT SELECT (n) ON vals TO zjtx_stranger;
SET LOCAL ROLE zjtx_stranger;
SELECT results_eq($$SELECT fact, column_name, finding, message FROM zjtx.check_table('public.vals',
	'n > f and f > 1'::zjtx.policy) WHERE finding <> 'view'$$, $$VALUES ('n', 'n', 'given', 'by its name'),
	('n', 'n', 'nulls', 'NULL in 1 of 6 rows, where it is unknown'),
	('n', 'n', 'range', '1 of 5 values are impossible and count as unknown'),
	('f', 'f', 'given', 'by its name'),
	('f', 'f', 'denied', 'the current role may not read the column, so its values were not examined')$$,
	'nor of a column');
SELECT is((SELECT message FROM zjtx.check_table('public.vals', 'n > f and f > 1'::zjtx.policy) WHERE finding = 'view'),
$$CREATE VIEW public.vals_facts AS
SELECT t.n
    -- left out: f, which the current role may not read
FROM public.vals AS t;$$, 'which the view leaves out');
RESET ROLE;

SELECT * FROM finish();
ROLLBACK;
