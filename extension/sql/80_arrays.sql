-- Array types are the extension's own, as their elements' types are: postgres_fdw sends to a
-- shard only what is.  PostgreSQL 17 sees to it by itself.

CREATE FUNCTION zjtx.after_upgrade() RETURNS int
	AS 'MODULE_PATHNAME', 'zjtx_after_upgrade' LANGUAGE C VOLATILE;
COMMENT ON FUNCTION zjtx.after_upgrade() IS
'Makes the array types of the extension''s types members of it again, which pg_upgrade to a server before 17 leaves out; postgres_fdw then sends tally to shards. Returns how many were added. Only the owner of the extension can do it.';
SELECT zjtx.after_upgrade();
