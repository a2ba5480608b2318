-- Checks of a table against the facts of a policy.

CREATE FUNCTION zjtx.check_table(relation regclass, policy zjtx.policy, key text DEFAULT NULL, detail regclass DEFAULT NULL,
	OUT fact text, OUT label text, OUT type text, OUT column_name text, OUT column_type text,
	OUT finding text, OUT message text, OUT hint text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_check_table' LANGUAGE C STABLE PARALLEL UNSAFE;
COMMENT ON FUNCTION zjtx.check_table(regclass, zjtx.policy, text, regclass) IS
'Compares the columns of a table or view with the facts of a policy, a row for each finding. given: a column gives the fact. mapped: the view takes the fact from a column whose header says the same, with a unit, a year or filler. absent: no column does. type: the column has the wrong type. denied: the current role may not read the column. nulls: the column has NULLs or empty texts. unreadable: texts that the view cannot read, with the keys of their rows. mixed: texts of several formats. near, contains: texts that are nearly a value of the fact. range: values outside the declared range. unit: the figures are probably in 万元 instead of 元, or percentages instead of fractions. equality: the type or collation treats different texts as equal. years: the years that the table has for a fact by year. twice: rows have two values for one year. sample: texts were read in a sample of the rows. duplicates: several rows have one key. stale: an index or constraint of the relation holds outdated answers of any policy. view: the last row, whose message is a CREATE VIEW statement that maps the columns. key names the column that identifies rows; by default it is the primary key, or a column with a well-known header such as 统一社会信用代码. detail names a table with several rows for an enterprise, one for each year or for each element of a list; the view aggregates it, and mapped rows name its columns. Messages are in the language of the document. Reads the table with the rights of the caller. No rows if relation or policy is NULL.';

CREATE FUNCTION zjtx.check_table(relation regclass, policy text, key text DEFAULT NULL, detail regclass DEFAULT NULL,
	OUT fact text, OUT label text, OUT type text, OUT column_name text, OUT column_type text,
	OUT finding text, OUT message text, OUT hint text) RETURNS SETOF record
	LANGUAGE SQL STABLE PARALLEL UNSAFE
	BEGIN ATOMIC
		SELECT t.* FROM zjtx.check_table(check_table.relation, zjtx.stored(check_table.policy), check_table.key, check_table.detail) t;
	END;
COMMENT ON FUNCTION zjtx.check_table(regclass, text, text, regclass) IS
'The same for a stored policy, given by its name.';
