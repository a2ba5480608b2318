-- Columns that are filled with answers.

CREATE FUNCTION zjtx.fill() RETURNS trigger
	AS 'MODULE_PATHNAME', 'zjtx_fill' LANGUAGE C;
COMMENT ON FUNCTION zjtx.fill() IS
'Trigger function that writes answers about a row into columns of the row itself. The trigger must be BEFORE INSERT or UPDATE for each row. Each argument is column=policy, where policy is the name of a stored policy or of a part of one. The type of the column decides what is written: text and varchar the code of the placement, integers its level, zjtx.placement both, numeric the amount in its unit, boolean whether the row is eligible; NULL while undecided. column=!policy writes the missing facts into a column of text[], column=~policy the next day on which time alone changes an answer into a column of date. A column that gives a fact of its policy is an error (22023), and so is a column of another type (42804). The row is judged for its as_of, or for zjtx.as_of or today. BEFORE triggers whose names come later in the alphabet can still change the row.';

CREATE PROCEDURE zjtx.refill(relation regclass, columns text[] DEFAULT NULL, INOUT changed bigint DEFAULT NULL)
	AS 'MODULE_PATHNAME', 'zjtx_refill' LANGUAGE C;
COMMENT ON PROCEDURE zjtx.refill(regclass, text[], bigint) IS
'Writes the columns that the triggers of zjtx.fill of a table fill, in the rows of which an answer has changed because time passed or a document changed, and returns the number of these rows. columns gives the columns instead, as arguments of zjtx.fill. Rows are written in the order of the primary key; outside a transaction block, every 1,000 rows are committed. It reads and writes the table with the rights of the caller; row security applies.';
