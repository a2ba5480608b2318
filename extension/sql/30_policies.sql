-- Stored policies.

CREATE FUNCTION zjtx_internal.policy_version(doc zjtx.policy) RETURNS uuid
	AS 'MODULE_PATHNAME', 'zjtx_policy_version' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.policy_version(zjtx.policy) IS
'The first 16 bytes of the SHA-256 hash of the text of a policy. The column version of zjtx.policies has it. NULL for NULL.';

CREATE TABLE zjtx.policies (
	code text PRIMARY KEY,
	doc zjtx.policy NOT NULL,
	title text NOT NULL,
	series text,
	uses text[],
	"number" text,
	repeals text[],
	in_force daterange NOT NULL,
	shipped boolean NOT NULL,
	draft boolean NOT NULL DEFAULT false,
	version uuid GENERATED ALWAYS AS (zjtx_internal.policy_version(doc)) STORED
);
COMMENT ON TABLE zjtx.policies IS
'Policies that can be used by name, and drafts, which cannot. Write only doc, and draft: a trigger fills the other columns from doc.';
COMMENT ON COLUMN zjtx.policies.code IS 'The code of the document, by which it is used.';
COMMENT ON COLUMN zjtx.policies.doc IS 'The document.';
COMMENT ON COLUMN zjtx.policies.title IS 'The document''s title.';
COMMENT ON COLUMN zjtx.policies.series IS 'The series that the document is a version of, or NULL.';
COMMENT ON COLUMN zjtx.policies.uses IS
'The codes of the documents and series that the document uses, or NULL if it uses none.';
COMMENT ON COLUMN zjtx.policies."number" IS 'The number of the document, such as 渝北府办发〔2024〕34号, or NULL.';
COMMENT ON COLUMN zjtx.policies.repeals IS
'The codes or numbers of the documents that the document repeals, or NULL if it repeals none.';
COMMENT ON COLUMN zjtx.policies.in_force IS 'The days on which the document is in force.';
COMMENT ON COLUMN zjtx.policies.shipped IS 'Whether the row was installed with the extension; such rows are read-only.';
COMMENT ON COLUMN zjtx.policies.draft IS 'Whether the document is a draft: it is kept, but no name means it, it is in force on no day, repeals nothing, and no document can use it.';
COMMENT ON COLUMN zjtx.policies.version IS 'A hash of the document. Sessions find by it whether they know the document.';
CREATE UNIQUE INDEX policies_series ON zjtx.policies (series, pg_catalog.lower(in_force)) WHERE series IS NOT NULL AND NOT draft;
COMMENT ON INDEX zjtx.policies_series IS
'Finds the versions of a series, and keeps two versions from coming into force on the same day.';
CREATE INDEX policies_repeals ON zjtx.policies USING gin (repeals);
COMMENT ON INDEX zjtx.policies_repeals IS 'Finds the documents that repeal a document.';
CREATE UNIQUE INDEX policies_replica ON zjtx.policies (code, shipped);
COMMENT ON INDEX zjtx.policies_replica IS
'The replica identity, which includes shipped so that a publication can filter out the shipped rows.';
ALTER TABLE zjtx.policies REPLICA IDENTITY USING INDEX policies_replica;
SELECT pg_catalog.pg_extension_config_dump('zjtx.policies', 'WHERE NOT shipped');

CREATE FUNCTION zjtx_internal.guard_policies() RETURNS trigger
	AS 'MODULE_PATHNAME', 'zjtx_guard_policies' LANGUAGE C;
COMMENT ON FUNCTION zjtx_internal.guard_policies() IS
'Fills the columns of zjtx.policies from doc and refuses changes of shipped rows (42501).';
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON zjtx.policies
	FOR EACH ROW EXECUTE FUNCTION zjtx_internal.guard_policies();
ALTER TABLE zjtx.policies ENABLE ALWAYS TRIGGER guard;
CREATE TRIGGER guard_truncate BEFORE TRUNCATE ON zjtx.policies
	FOR EACH STATEMENT EXECUTE FUNCTION zjtx_internal.guard_policies();
ALTER TABLE zjtx.policies ENABLE ALWAYS TRIGGER guard_truncate;
COMMENT ON TRIGGER guard_truncate ON zjtx.policies IS 'Refuses TRUNCATE, which would remove shipped rows.';
COMMENT ON TRIGGER guard ON zjtx.policies IS
'Fills the columns from doc and refuses changes of shipped rows.';

CREATE FUNCTION zjtx_internal.policies_changed() RETURNS trigger
	AS 'MODULE_PATHNAME', 'zjtx_policies_changed' LANGUAGE C;
COMMENT ON FUNCTION zjtx_internal.policies_changed() IS
'Invalidates the plans of all sessions that use a stored policy.';
CREATE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE ON zjtx.policies
	FOR EACH ROW EXECUTE FUNCTION zjtx_internal.policies_changed();
ALTER TABLE zjtx.policies ENABLE ALWAYS TRIGGER changed;
COMMENT ON TRIGGER changed ON zjtx.policies IS
'Invalidates the plans of all sessions that use a stored policy.';
CREATE TRIGGER changed_truncate AFTER TRUNCATE ON zjtx.policies
	FOR EACH STATEMENT EXECUTE FUNCTION zjtx_internal.policies_changed();
ALTER TABLE zjtx.policies ENABLE ALWAYS TRIGGER changed_truncate;
COMMENT ON TRIGGER changed_truncate ON zjtx.policies IS
'Invalidates the plans of all sessions that use a stored policy.';

CREATE FUNCTION zjtx.store(document text, draft boolean DEFAULT false) RETURNS text
	AS 'MODULE_PATHNAME', 'zjtx_store' LANGUAGE C VOLATILE STRICT;
COMMENT ON FUNCTION zjtx.store(text, boolean) IS
'Reads a document, runs its examples and stores it in zjtx.policies, replacing a document with the same code. Returns the code. A failing example is an error (23514), which shows the expected and the found value. A text that is not a single document is an error (22023). With draft, the document is kept even if examples fail, and a notice counts them; a draft cannot be asked by name, is in force on no day and cannot be used by other documents until it is stored again without draft. A draft in place of a stored document that is no draft is an error (55000). NULL for NULL.';

CREATE FUNCTION zjtx.fingerprint() RETURNS text
	AS 'MODULE_PATHNAME', 'zjtx_fingerprint' LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.fingerprint() IS
'One hash of all stored documents except drafts, as 16 hexadecimal digits. It is the same on two servers that store the same documents under the same codes; comments and white space in the documents do not count. Documents that row security hides from the user are left out.';

CREATE FUNCTION zjtx.fingerprint(policy zjtx.policy) RETURNS text
	AS 'MODULE_PATHNAME', 'zjtx_policy_fingerprint' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.fingerprint(zjtx.policy) IS
'The hash of one policy, as 16 hexadecimal digits; comments and white space do not count. NULL for NULL.';

CREATE FUNCTION zjtx.stored(name text) RETURNS zjtx.policy
	AS 'MODULE_PATHNAME', 'zjtx_stored' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.stored(text) IS
'The stored policy with the given name: code, series, code/clause or code/rung. An unknown name is an error (42704), whose hint names the nearest one.';
