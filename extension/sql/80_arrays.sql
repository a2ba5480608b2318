-- Makes the array types of the extension's types members of the extension, because postgres_fdw
-- ships only members to a remote server.  PostgreSQL 17 and later do this themselves.

CREATE FUNCTION zjtx.after_upgrade() RETURNS int
	AS 'MODULE_PATHNAME', 'zjtx_after_upgrade' LANGUAGE C VOLATILE;
COMMENT ON FUNCTION zjtx.after_upgrade() IS
'Makes the array types of the extension''s types members of the extension. Call it after pg_upgrade to a server before 17, which leaves them out; else postgres_fdw does not send zjtx.tally to shards. Returns the number of types added. Only the owner of the extension can call it.';
SELECT zjtx.after_upgrade();
