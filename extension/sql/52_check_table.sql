-- Whether a table gives what a policy asks for.

CREATE FUNCTION zjtx.check_table(relation regclass, policy zjtx.policy,
	OUT fact text, OUT label text, OUT type text, OUT column_name text, OUT column_type text,
	OUT finding text, OUT message text, OUT hint text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_check_table' LANGUAGE C STABLE STRICT PARALLEL UNSAFE;
COMMENT ON FUNCTION zjtx.check_table(regclass, zjtx.policy) IS
'Which facts of a policy a table or view gives, a row for each finding: given, absent, type (of the wrong one), nulls, range (values that cannot be), unit (figures that smell of 万元 for 元, or of 10 for 10%); stale (an index or constraint on the rows that keeps other answers than it would be given now, whatever its policy); and last, finding view, the CREATE VIEW that would map it. The table is read once, with the caller''s rights.';

CREATE FUNCTION zjtx.check_table(relation regclass, policy text,
	OUT fact text, OUT label text, OUT type text, OUT column_name text, OUT column_type text,
	OUT finding text, OUT message text, OUT hint text) RETURNS SETOF record
	LANGUAGE SQL STABLE STRICT PARALLEL UNSAFE
	BEGIN ATOMIC
		SELECT t.* FROM zjtx.check_table(check_table.relation, zjtx.stored(check_table.policy)) t;
	END;
COMMENT ON FUNCTION zjtx.check_table(regclass, text) IS
'The same for a stored policy by its name.';
