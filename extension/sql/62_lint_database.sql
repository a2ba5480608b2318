-- What is odd about the database.

CREATE FUNCTION zjtx.lint(OUT kind text, OUT object text, OUT relation regclass, OUT policy text,
	OUT finding text, OUT hint text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_lint_database' LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION zjtx.lint() IS
'Findings about the objects of the database whose definitions ask about a row: facts that no column of it gives (absent); indexes, constraints, generated columns and partitions that keep another answer than their definition gives now (stale), as after a column was renamed; what cannot be looked at (unread). Also what is in the schema of the extension and not of it (stranger), and what pg_upgrade left out (upgrade). It reads the tables of such indexes and constraints, and of those alone that the caller may read as a whole.';
