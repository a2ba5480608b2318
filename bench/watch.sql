-- What a trigger costs a load of 10,000 rows, row by row and by statement, and what a
-- sweep costs.  Run it in a database with the extension, as a superuser:
--
--   psql -X -f bench/watch.sql
--
-- It leaves nothing behind.  The times of several runs differ; compare those of one.
\set QUIET 1
\pset tuples_only on
\pset format unaligned
BEGIN;
SET LOCAL client_min_messages = warning;
SET LOCAL zjtx.as_of = '2025-06-30';
CREATE SCHEMA watch_bench;
SET LOCAL search_path = watch_bench;

CREATE TABLE firm (id int PRIMARY KEY, region text, main_revenue numeric, main_revenue_prev numeric,
	specialized_on date, specialized_until date);
CREATE TABLE lease (firm int, owner text, area numeric, rent numeric, months int);
CREATE INDEX ON lease (firm);
CREATE VIEW facts AS
SELECT f.*, l.leases
FROM firm f LEFT JOIN LATERAL (
	SELECT jsonb_agg(jsonb_build_object('owner', owner, 'area', area, 'rent', rent, 'months', months)) AS leases
	FROM lease WHERE lease.firm = f.id) l ON true;
CREATE TABLE load AS
SELECT i AS id, '渝北区' AS region, 1000000 + i % 700 * 1000 AS main_revenue, 1000000 AS main_revenue_prev,
	date '2023-01-01' AS specialized_on, date '2025-12-31' AS specialized_until
FROM generate_series(1, 10000) i;
INSERT INTO lease SELECT i, 'state', i % 5000, 21, 12 FROM generate_series(1, 10000, 3) i;
ANALYZE load, lease;

-- measure('what', 'statement'): ms, and µs for each of 10,000 rows
CREATE FUNCTION measure(what text, statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	start timestamptz := clock_timestamp();
	ms numeric;
BEGIN
	EXECUTE statement;
	ms := extract(epoch FROM clock_timestamp() - start) * 1000;
	RETURN format('  %s %s ms, %s µs a row', rpad(what, 46), lpad(round(ms)::text, 6), lpad(round(ms / 10, 1)::text, 6));
END $$;

SELECT measure('load without a trigger', 'INSERT INTO firm SELECT * FROM load');
SELECT measure('judging all of them, and nothing else', $$SELECT count(zjtx.judge(f, 'yubei-2024-34')) FROM facts f$$);
TRUNCATE firm;
SAVEPOINT empty;
CREATE TRIGGER judge AFTER INSERT ON firm FOR EACH ROW EXECUTE FUNCTION zjtx.watch('facts', 'id', 'yubei-2024-34');
SELECT measure('load, for each row', 'INSERT INTO firm SELECT * FROM load');
ROLLBACK TO empty;
CREATE TRIGGER judge AFTER INSERT ON firm REFERENCING NEW TABLE AS fresh
	FOR EACH STATEMENT EXECUTE FUNCTION zjtx.watch('facts', 'id', 'yubei-2024-34');
SELECT measure('load, for each statement', 'INSERT INTO firm SELECT * FROM load');
SELECT '  entries in the ledger: ' || count(*) FROM zjtx.ledger WHERE account = 'watch_bench.facts';
SELECT measure('sweep that finds nothing', $$CALL zjtx.sweep('facts', 'id', '{yubei-2024-34}')$$);
UPDATE lease SET rent = 19;
SELECT measure('sweep by which all with a lease lapse', $$CALL zjtx.sweep('facts', 'id', '{yubei-2024-34}')$$);
ROLLBACK;
