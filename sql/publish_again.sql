\set ECHO none
\i sql/tap.psql
BEGIN;
SET search_path = public, zjtx;
SET LOCAL zjtx.as_of = '2025-06-30';
SET LOCAL client_min_messages = warning;
SELECT plan(37);

-- A view is published again after the policy or the table changed.

CREATE FUNCTION pg_temp.columns(view regclass) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(attname || ' ' || atttypid::regtype, ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = view
		AND attnum > 0
$$;
-- The notices and warnings of publish.
CREATE FUNCTION pg_temp.document(clauses text) RETURNS text LANGUAGE sql AS $$
	SELECT zjtx.store('policy again ''Again'' in force from 2025-01-01 fact revenue number 元 fact staff number 人 ' ||
		clauses)
$$;
CREATE TABLE public.firm (id int PRIMARY KEY, revenue numeric, staff int, name varchar(20));
INSERT INTO firm VALUES (1, 1000, 20, 'one'), (2, 1000, 5, 'two');
SELECT is(pg_temp.document('clause 1 reward when staff >= 10人 pay 1元 clause 2 reward when staff >= 10人 pay '
	'undetermined '
	'clause 3 when staff >= 10人 clause 4 reward when staff > 0人 stage a on as_of pay 2元'), 'again', 'a document');
SELECT is(publish('firm', 'again', 'answers')::text, 'answers', 'published');
SELECT is(publish('firm', 'again', 'answers')::text, 'answers', 'published again as it was: no warning');
SELECT is(pg_temp.columns('answers'),
	'id integer, revenue numeric, staff integer, name character varying, clause_1 numeric, clause_2 boolean, '
	'clause_3 boolean, clause_4 numeric, clause_4_a numeric, total_amount numeric', 'its columns');

-- A clause of another kind has a column of another type.

SELECT is(pg_temp.document('clause 1 reward when staff >= 10人 pay 1元 clause 2 reward when staff >= 10人 pay 8元 '
	'clause 3 when staff >= 10人 clause 4 reward when staff > 0人 stage a on as_of pay 2元'), 'again',
	'clause 2 gets a figure');
SELECT is(pg_temp.error_of($$SELECT zjtx.publish('public.firm', 'again', 'public.answers')$$),
	E'42P16: column "clause_2" of view public.answers would change its type from boolean to numeric\nDETAIL: Nothing '
	'in the database depends on the view.\n'
	'HINT: Publish under another name, or drop the view with what depends on it and publish again: DROP VIEW '
	'public.answers CASCADE.', 'refused');
CREATE VIEW public.over AS SELECT id, clause_1 FROM answers;
CREATE MATERIALIZED VIEW public."Kept" AS SELECT id FROM answers;
CREATE FUNCTION public.takes(answers) RETURNS int LANGUAGE sql AS 'SELECT 1';
SELECT is(split_part(pg_temp.error_of($$SELECT zjtx.publish('public.firm', 'again', 'public.answers')$$), E'\n', 2),
	'DETAIL: These depend on the view: function takes(answers), materialized view "Kept", view over.',
	'what depends on it is named');
SELECT is((SELECT clause_2 FROM answers WHERE id = 1), true, 'the view is as it was');
SELECT is(publish('firm', 'again', 'answers_2026')::text, 'answers_2026', 'another name');
SELECT is((SELECT clause_2 FROM answers_2026 WHERE id = 1), 8.00, 'has the new column');
SELECT is(pg_temp.document('clause 1 when staff >= 10人 clause 2 reward when staff >= 10人 pay undetermined clause 3 '
	'when staff >= 10人 '
	'clause 4 reward when staff > 0人 stage a on as_of pay 2元'), 'again', 'clause 1 is no reward any more');
SELECT is(pg_temp.error_of($$SELECT zjtx.publish('public.firm', 'again', 'public.answers')$$) ~
	'^42P16: column "clause_1" of view public.answers would change its type from numeric to boolean\nDETAIL: These '
	'depend', true, 'refused, too');
DROP VIEW answers CASCADE;
SELECT is(publish('firm', 'again', 'answers')::text, 'answers', 'dropped, it is published');

-- Columns that the policy no longer has become NULL, with one warning.

SELECT is(pg_temp.document('clause 1 when staff >= 10人 clause 3 when staff >= 10人'), 'again',
	'clauses 2 and 4 are gone');
CREATE VIEW public.over AS SELECT id, clause_4_a FROM answers;
SELECT is(publish('firm', 'again', 'answers')::text, 'answers', 'published, with a warning');
SELECT is(publish('firm', 'again', 'answers')::text, 'answers', 'and again, without');
SELECT is((SELECT ROW(clause_1, clause_2, clause_3, clause_4, clause_4_a, total_amount)::text FROM answers
	WHERE id = 1), '(t,,t,,,)', 'they are NULL');
SELECT is(pg_temp.document('clause 1 when staff >= 10人 clause 2 when staff >= 10人 clause 3 when staff >= 10人'), 'again',
	'clause 2 is back');
SELECT is(publish('firm', 'again', 'answers')::text, 'answers', 'published');
SELECT is((SELECT clause_2 FROM answers WHERE id = 1), true, 'and has its answer in its old place');

-- A renamed column of the table.

ALTER TABLE firm RENAME COLUMN name TO title;
SELECT is((SELECT name FROM answers WHERE id = 1), 'one', 'the view still reads it');
SELECT is(pg_temp.error_of($$SELECT zjtx.publish('public.firm', 'again', 'public.answers')$$),
	E'42703: column "name" of the table is now called "title", but view public.answers has the old name\nDETAIL: These '
	'depend on the view: view over.\n'
	'HINT: Rename it in the view too, which keeps what depends on it, and publish again: ALTER VIEW public.answers '
	'RENAME COLUMN name TO title.',
	'publishing it would make it NULL: refused');
ALTER VIEW public.answers RENAME COLUMN name TO title;
SELECT is(publish('firm', 'again', 'answers')::text, 'answers', 'as the hint says');
SELECT is((SELECT title FROM answers WHERE id = 1), 'one', 'and nothing is lost');
ALTER TABLE firm RENAME COLUMN revenue TO revenue_prev;
ALTER TABLE firm ADD revenue numeric DEFAULT 7;
SELECT is(publish('firm', 'again', 'answers')::text, 'answers', 'the yearly rename: a new column has the old name');
SELECT is((SELECT ROW(revenue, revenue_prev)::text FROM answers WHERE id = 1), '(7,1000)',
	'which is what the view shows');

-- Another table under the name of the view.

CREATE TABLE public.other (id bigint, revenue numeric, staff int, title varchar(20), revenue_prev numeric);
SELECT is(pg_temp.error_of($$SELECT zjtx.publish('public.other', 'again', 'public.answers')$$) ~
	'^42P16: column "id" of view public.answers would change its type from integer to bigint\n', true,
	'a column of another type');
ALTER TABLE other ALTER id TYPE int, ALTER title TYPE varchar(30);
SELECT is(pg_temp.error_of($$SELECT zjtx.publish('public.other', 'again', 'public.answers')$$) ~
	'^42P16: column "title" of view public.answers would change its type from character varying\(20\) to character '
	'varying\(30\)\n', true, 'of another length');
ALTER TABLE other DROP title;
SELECT is(pg_temp.error_of($$SELECT zjtx.publish('public.other', 'again', 'public.answers')$$) ~
	'^42703: the table has no column "title", which view public.answers shows from the table it was published '
	'for\nDETAIL: These depend on the view: view over\.\nHINT: Publish under another name',
	true, 'a column that it has not');
SELECT is((SELECT title FROM answers WHERE id = 1), 'one', 'the view is as it was');

-- The column of missing facts remains.

SELECT is(publish('firm', 'again', 'with_missing', true)::text, 'with_missing', 'with missing');
UPDATE firm SET staff = NULL WHERE id = 2;
SELECT is(publish('firm', 'again', 'with_missing')::text || (SELECT missing::text FROM with_missing WHERE id = 2),
	'with_missing{staff}', 'and again without a word of it');

-- The comment says which day is judged.

CREATE TABLE public.dated (staff int, "判断日" date);
INSERT INTO dated VALUES (20, '2024-01-01');
SELECT is(publish('dated', 'again', 'dated_answers')::text, 'dated_answers', 'a row has its day by the label');
SELECT is(obj_description('dated_answers'::regclass),
	'《Again》 policy again, published by zjtx.  Judged for the row''s "判断日".', 'the comment says so');
SELECT is(publish('dated', '2024-06-30 > as_of'::policy, 'by_row')::text, 'by_row', 'a rule');
SELECT is((SELECT eligible FROM by_row), true, 'the row''s day is the one judged');
SELECT is(obj_description('by_row'::regclass) ~ 'Judged for the row''s "判断日"\.$', true, 'for a value too');

SELECT * FROM finish();
ROLLBACK;
