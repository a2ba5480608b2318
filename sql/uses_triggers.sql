\set ECHO none
\i sql/tap.psql
SET client_min_messages = warning;
CREATE SCHEMA uses_triggers;
SET search_path = uses_triggers, public, zjtx;
SELECT plan(8);

-- The triggers of watch and fill name their policies in arguments. A renamed column is noticed before money lapses.
CREATE FUNCTION pg_temp.found() RETURNS SETOF text LANGUAGE sql AS $$
	SELECT concat_ws(' | ', kind, object, relation, policy, finding) FROM zjtx.lint() ORDER BY 1;
$$;
SELECT is(store('policy uses-2 ''U'' fact revenue number 元 fact staff number 人 clause 1 reward when revenue > 100元 and '
	'staff > 3 pay 1元'), 'uses-2', 'a document');
CREATE TABLE firm (id int, revenue numeric, staff int, region text) PARTITION BY LIST (region);
CREATE SCHEMA parts;
CREATE TABLE parts.firm_east PARTITION OF firm FOR VALUES IN ('east');
CREATE TABLE branch (firm int, "Staff" int);
CREATE VIEW facts AS SELECT f.id, f.revenue, f.staff FROM firm f;
CREATE TABLE filled (id int PRIMARY KEY, revenue numeric, staff int, reward numeric, lacking text[], again date);
CREATE TRIGGER judge AFTER INSERT OR UPDATE OR DELETE ON firm FOR EACH ROW
	EXECUTE FUNCTION zjtx.watch('facts', 'id', 'uses-2', 'notify=news');
CREATE TRIGGER judge_east AFTER INSERT OR UPDATE OR DELETE ON parts.firm_east FOR EACH ROW
	EXECUTE FUNCTION zjtx.watch('facts', 'id', 'uses-2/1', 'account=uses');
CREATE TRIGGER judge AFTER INSERT OR UPDATE OR DELETE ON branch FOR EACH ROW
	EXECUTE FUNCTION zjtx.watch('uses_triggers.facts', 'id=firm', 'uses-2');
CREATE TRIGGER fill BEFORE INSERT OR UPDATE ON filled FOR EACH ROW
	EXECUTE FUNCTION zjtx.fill('reward=uses-2', 'lacking=!uses-2/1', 'again=~uses-2');
-- arguments that the triggers themselves refuse
CREATE TABLE wrong (id int);
CREATE TRIGGER a AFTER INSERT ON wrong FOR EACH ROW EXECUTE FUNCTION zjtx.watch();
CREATE TRIGGER b AFTER INSERT ON wrong FOR EACH ROW EXECUTE FUNCTION zjtx.watch('"', 'id', 'uses-2');
CREATE TRIGGER c AFTER INSERT ON wrong FOR EACH ROW EXECUTE FUNCTION zjtx.watch('a.b.c.d', 'id', 'uses-2');
CREATE TRIGGER d AFTER INSERT ON wrong FOR EACH ROW EXECUTE FUNCTION zjtx.watch('nothing', 'id', 'no-such');
CREATE TRIGGER e AFTER INSERT ON wrong FOR EACH ROW EXECUTE FUNCTION zjtx.watch('wrong', 'id', 'no-such');
CREATE TRIGGER f BEFORE INSERT ON wrong FOR EACH ROW EXECUTE FUNCTION zjtx.fill('', '=', 'x=', 'x=!', 'y');
SELECT is_empty('SELECT pg_temp.found()', 'nothing is wrong with columns that are there');

SET client_min_messages = notice;
\set VERBOSITY default
ALTER VIEW facts RENAME staff TO people;
ALTER TABLE filled RENAME revenue TO turnover;
SET client_min_messages = warning;
SELECT results_eq('SELECT pg_temp.found()', ARRAY[
	'absent | trigger fill on table filled | filled | uses-2 | no column provides: revenue',
	'absent | trigger fill on table filled | filled | uses-2 | no column provides: revenue',
	'absent | trigger fill on table filled | filled | uses-2/1 | no column provides: revenue',
	'absent | trigger judge on table branch | facts | uses-2 | no column provides: staff',
	'absent | trigger judge on table firm | facts | uses-2 | no column provides: staff',
	'absent | trigger judge_east on table parts.firm_east | facts | uses-2/1 | no column provides: staff'],
	'each trigger and policy');
SELECT is((SELECT string_agg(DISTINCT hint, ' ') FROM lint()),
	'Name the columns of the relation like the facts, then CALL zjtx.sweep or zjtx.refill.', 'what to do');
ALTER VIEW facts RENAME people TO staff;
ALTER TABLE filled RENAME turnover TO revenue;
SELECT is_empty('SELECT pg_temp.found()', 'named again');
DROP VIEW facts;
SELECT is_empty('SELECT pg_temp.found()', 'a view that is gone is an error of the trigger');
CREATE VIEW facts AS SELECT f.id, f.revenue FROM firm f;
SELECT results_eq('SELECT pg_temp.found() LIMIT 1', ARRAY[
	'absent | trigger judge on table branch | facts | uses-2 | no column provides: staff'], 'a view of that name');
ALTER TABLE filled DROP staff;
SELECT ok('absent | trigger fill on table filled | filled | '
	'uses-2 | no column provides: staff' IN (SELECT pg_temp.found()),
	'a dropped column');
SELECT * FROM finish();
DROP SCHEMA uses_triggers, parts CASCADE;
DELETE FROM zjtx.policies WHERE code = 'uses-2';
