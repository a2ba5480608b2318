-- Stored policies.

CREATE TABLE zjtx.policies (
	code text PRIMARY KEY,
	doc zjtx.policy NOT NULL,
	title text NOT NULL,
	series text,
	in_force daterange NOT NULL,
	shipped boolean NOT NULL
);
COMMENT ON TABLE zjtx.policies IS
'Policies that can be asked by name. Give doc only: the other columns are read from it.';
COMMENT ON COLUMN zjtx.policies.code IS 'The document''s code.';
COMMENT ON COLUMN zjtx.policies.doc IS 'The document.';
COMMENT ON COLUMN zjtx.policies.title IS 'The document''s title.';
COMMENT ON COLUMN zjtx.policies.series IS 'The series of which the document is a version, or NULL.';
COMMENT ON COLUMN zjtx.policies.in_force IS 'The days on which the document is in force.';
COMMENT ON COLUMN zjtx.policies.shipped IS 'Whether the row came with the extension; such rows are read-only.';
CREATE UNIQUE INDEX policies_series ON zjtx.policies (series, pg_catalog.lower(in_force)) WHERE series IS NOT NULL;
COMMENT ON INDEX zjtx.policies_series IS
'Finds the versions of a series, of which two never begin on the same day.';
CREATE UNIQUE INDEX policies_replica ON zjtx.policies (code, shipped);
COMMENT ON INDEX zjtx.policies_replica IS
'By which a row is known to logical replication, so that a publication can leave the shipped rows out.';
ALTER TABLE zjtx.policies REPLICA IDENTITY USING INDEX policies_replica;
SELECT pg_catalog.pg_extension_config_dump('zjtx.policies', 'WHERE NOT shipped');

CREATE FUNCTION zjtx.guard_policies() RETURNS trigger
	AS 'MODULE_PATHNAME', 'zjtx_guard_policies' LANGUAGE C;
COMMENT ON FUNCTION zjtx.guard_policies() IS
'Keeps the columns of zjtx.policies in step with doc, and shipped rows as they came.';
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON zjtx.policies
	FOR EACH ROW EXECUTE FUNCTION zjtx.guard_policies();
ALTER TABLE zjtx.policies ENABLE ALWAYS TRIGGER guard;
CREATE TRIGGER guard_truncate BEFORE TRUNCATE ON zjtx.policies
	FOR EACH STATEMENT EXECUTE FUNCTION zjtx.guard_policies();
ALTER TABLE zjtx.policies ENABLE ALWAYS TRIGGER guard_truncate;
COMMENT ON TRIGGER guard_truncate ON zjtx.policies IS 'Keeps shipped rows.';
COMMENT ON TRIGGER guard ON zjtx.policies IS
'Keeps the columns in step with doc, and shipped rows as they came.';

CREATE FUNCTION zjtx.policies_changed() RETURNS trigger
	AS 'MODULE_PATHNAME', 'zjtx_policies_changed' LANGUAGE C;
COMMENT ON FUNCTION zjtx.policies_changed() IS
'Makes every session plan anew what it planned with a stored policy.';
CREATE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE ON zjtx.policies
	FOR EACH ROW EXECUTE FUNCTION zjtx.policies_changed();
ALTER TABLE zjtx.policies ENABLE ALWAYS TRIGGER changed;
COMMENT ON TRIGGER changed ON zjtx.policies IS
'Makes every session plan anew what it planned with a stored policy.';
CREATE TRIGGER changed_truncate AFTER TRUNCATE ON zjtx.policies
	FOR EACH STATEMENT EXECUTE FUNCTION zjtx.policies_changed();
ALTER TABLE zjtx.policies ENABLE ALWAYS TRIGGER changed_truncate;
COMMENT ON TRIGGER changed_truncate ON zjtx.policies IS
'Makes every session plan anew what it planned with a stored policy.';

CREATE FUNCTION zjtx.store(document text) RETURNS text
	AS 'MODULE_PATHNAME', 'zjtx_store' LANGUAGE C VOLATILE STRICT;
COMMENT ON FUNCTION zjtx.store(text) IS
'Reads a document, runs its examples and keeps it in zjtx.policies, in the place of an older one with its code. Returns the code. A document whose examples fail is refused, with found beside expected.';

CREATE FUNCTION zjtx.stored(name text) RETURNS zjtx.policy
	AS 'MODULE_PATHNAME', 'zjtx_stored' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.stored(text) IS
'The policy that a name stands for: code, series, code/clause or code/rung. An unknown name is an error with the nearest one.';
