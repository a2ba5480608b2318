-- Functions that measure the memory of a backend, and a thousand documents.
SET search_path = public, zjtx;
CREATE FUNCTION memory() RETURNS bigint VOLATILE LANGUAGE plpgsql AS
$$ BEGIN RETURN (SELECT sum(used_bytes) FROM pg_backend_memory_contexts); END $$;
CREATE TABLE document AS
SELECT i AS number, format('doc-%s', i) AS code, law(format('doc-%s', i), i % 9 + 1)::policy AS doc
	FROM generate_series(1, 1000) i;
SELECT count(store(doc::text)) FROM document;
CREATE TABLE object AS SELECT id, to_jsonb(e) AS o FROM facts e;
CREATE TABLE payload AS SELECT id, judge(e, 'load-fixed') AS v FROM facts e;
ALTER TABLE document ADD PRIMARY KEY (number);
ALTER TABLE object ADD PRIMARY KEY (id);
ALTER TABLE payload ADD PRIMARY KEY (id);
ANALYZE document, object, payload;

-- A view that has each enterprise twice, so its trigger always fails.  Its account is opened while it is empty.
CREATE VIEW twice AS SELECT * FROM facts WHERE false;
CALL sweep('twice', 'id', '{load-fixed}');
CREATE OR REPLACE VIEW twice AS SELECT * FROM facts UNION ALL SELECT * FROM facts;
CREATE TABLE doubled (id int);
CREATE TRIGGER judge AFTER INSERT ON doubled FOR EACH ROW EXECUTE FUNCTION watch('twice', 'id', 'load-fixed');

-- Runs a body n times, each time in a transaction of its own, and returns the growth of memory after the first
-- quarter.
CREATE PROCEDURE again(n int, body text, INOUT grown bigint) LANGUAGE plpgsql AS $$
DECLARE
	before bigint := memory();
BEGIN
	FOR i IN 1..n LOOP
		EXECUTE body USING i;
		COMMIT;
		IF i = (n + 3) / 4 THEN before := memory(); END IF;
	END LOOP;
	grown := memory() - before;
END $$;

-- The same for a body that always fails.
CREATE FUNCTION caught(n int, body text, expected text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	before bigint := memory();
BEGIN
	FOR i IN 1..n LOOP
		BEGIN
			EXECUTE body USING i;
			RAISE 'no error';
		EXCEPTION WHEN OTHERS THEN
			IF SQLSTATE <> expected THEN RAISE; END IF;
		END;
		IF i = (n + 3) / 4 THEN before := memory(); END IF;
	END LOOP;
	RETURN memory() - before;
END $$;

-- The same for statements whose plans are kept.
CREATE FUNCTION held(n int, documents int) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	before bigint := memory();
	e facts;
	d document;
	x text;
BEGIN
	FOR i IN 1..n LOOP
		SELECT * INTO e FROM facts WHERE id = i % 500 + 1;
		SELECT * INTO d FROM document WHERE number = i % documents + 1;
		x := (e |= 'load-fixed/1')::text || (e |# d.code)::text || (e |= d.doc)::text || (e |^ 'load-fixed')::text;
		x := explain(e, d.code);
		PERFORM FROM assess(e, d.doc);
		PERFORM FROM gap(e, 'load-fixed');
		IF i = (n + 3) / 4 THEN before := memory(); END IF;
	END LOOP;
	RETURN memory() - before;
END $$;
