-- Objects of the database whose questions have become wrong.

CREATE FUNCTION zjtx.lint(OUT kind text, OUT object text, OUT relation regclass, OUT policy text,
	OUT finding text, OUT hint text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_lint_database' LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION zjtx.lint() IS
'Lists problems of database objects whose definitions ask about a row, triggers of watch and fill included. absent: no column of the row gives a fact that the policy reads. stale: an index, constraint, generated column or partition holds an answer that its definition no longer gives, for example after a column was renamed. unread: the object could not be checked. stranger: an object in the schema of the extension does not belong to the extension. upgrade: pg_upgrade left an array type out of the extension. Reads the tables of such indexes and constraints, but only tables on which the caller has the SELECT privilege as a whole.';
