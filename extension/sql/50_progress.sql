-- Targets compared with the rows of a table.

CREATE FUNCTION zjtx.progress(policy zjtx.policy, relation regclass,
	OUT code text, OUT indicator text, OUT unit text, OUT measure text, OUT year int, OUT goal numeric,
	OUT goal_shown text, OUT actual numeric, OUT actual_shown text, OUT ratio numeric, OUT met boolean, OUT undecided bigint, OUT day date) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_progress' LANGUAGE C STABLE STRICT PARALLEL UNSAFE;
COMMENT ON FUNCTION zjtx.progress(zjtx.policy, regclass) IS
'Compares the targets of a policy with a table of enterprises: a row for each year with a goal; for a goal of every year, one row for the year of the day judged. goal, actual: a count, or a share as a fraction. goal_shown, actual_shown: the same as text, such as 12.5%, 180家 or, if the goal is written in 万, 2.3万家. ratio: actual divided by goal. met: whether the goal is met, NULL while undecided rows can change it. undecided: the number of undecided rows. day: the day judged. actual and the columns derived from it are NULL for a target without a condition, for a year that has not begun, and when no row is decided. The table is read with the rights of the caller. A row with an as_of column is judged for that day.';

CREATE FUNCTION zjtx.progress(policy text, relation regclass,
	OUT code text, OUT indicator text, OUT unit text, OUT measure text, OUT year int, OUT goal numeric,
	OUT goal_shown text, OUT actual numeric, OUT actual_shown text, OUT ratio numeric, OUT met boolean, OUT undecided bigint, OUT day date) RETURNS SETOF record
	LANGUAGE SQL STABLE STRICT PARALLEL UNSAFE
	BEGIN ATOMIC
		SELECT t.* FROM zjtx.progress(zjtx.stored(progress.policy), progress.relation) t;
	END;
COMMENT ON FUNCTION zjtx.progress(text, regclass) IS
'The same for a stored policy, given by its name.';
