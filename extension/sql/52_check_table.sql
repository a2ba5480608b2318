-- Checks of a table against the facts of a policy.

CREATE FUNCTION zjtx.check_table(relation regclass, policy zjtx.policy,
	OUT fact text, OUT label text, OUT type text, OUT column_name text, OUT column_type text,
	OUT finding text, OUT message text, OUT hint text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_check_table' LANGUAGE C STABLE STRICT PARALLEL UNSAFE;
COMMENT ON FUNCTION zjtx.check_table(regclass, zjtx.policy) IS
'Compares the columns of a table or view with the facts of a policy, a row for each finding. given: a column gives the fact. absent: no column does. type: the column has the wrong type. nulls: the column has NULLs. range: the column has values outside the declared range. unit: the figures are probably in 万元 instead of 元, or percentages instead of fractions. stale: an index or constraint of the relation holds outdated answers of any policy. years: the years that the table has for a fact by year. twice: rows have two values for one year. view: the last row, whose message is a CREATE VIEW statement that maps the columns. Reads the table once, with the rights of the caller.';

CREATE FUNCTION zjtx.check_table(relation regclass, policy text,
	OUT fact text, OUT label text, OUT type text, OUT column_name text, OUT column_type text,
	OUT finding text, OUT message text, OUT hint text) RETURNS SETOF record
	LANGUAGE SQL STABLE STRICT PARALLEL UNSAFE
	BEGIN ATOMIC
		SELECT t.* FROM zjtx.check_table(check_table.relation, zjtx.stored(check_table.policy)) t;
	END;
COMMENT ON FUNCTION zjtx.check_table(regclass, text) IS
'The same for a stored policy, given by its name.';
