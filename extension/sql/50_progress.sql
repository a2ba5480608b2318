-- Targets beside what a table shows.

CREATE FUNCTION zjtx.progress(policy zjtx.policy, relation regclass,
	OUT code text, OUT indicator text, OUT unit text, OUT measure text, OUT year int, OUT goal numeric,
	OUT goal_shown text, OUT actual numeric, OUT actual_shown text, OUT ratio numeric, OUT met boolean, OUT undecided bigint, OUT day date) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_progress' LANGUAGE C STABLE STRICT PARALLEL UNSAFE;
COMMENT ON FUNCTION zjtx.progress(zjtx.policy, regclass) IS
'The targets of a policy beside what a table of enterprises shows, for each year that has a goal, and for a goal of every year the year of the day judged: the goal and actual as numbers (a count, or a share as a fraction) and as people read them (goal_shown and actual_shown: 12.5%, 180家, 2.3万家 where the goal is written in 万), the ratio of actual to the goal, whether it is met, how many rows are undecided, and the day judged. A target that counts nothing, a year that has not begun, and one of which the table decides no row have NULL. Rows are read with the caller''s rights; a row with its own as_of is judged for that.';

CREATE FUNCTION zjtx.progress(policy text, relation regclass,
	OUT code text, OUT indicator text, OUT unit text, OUT measure text, OUT year int, OUT goal numeric,
	OUT goal_shown text, OUT actual numeric, OUT actual_shown text, OUT ratio numeric, OUT met boolean, OUT undecided bigint, OUT day date) RETURNS SETOF record
	LANGUAGE SQL STABLE STRICT PARALLEL UNSAFE
	BEGIN ATOMIC
		SELECT t.* FROM zjtx.progress(zjtx.stored(progress.policy), progress.relation) t;
	END;
COMMENT ON FUNCTION zjtx.progress(text, regclass) IS
'The same for a stored policy by its name.';
