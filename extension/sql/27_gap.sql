-- The conditions between a row and the next rung.

-- @for forms
CREATE FUNCTION zjtx.gap(e @e@, policy @p@, goal text DEFAULT NULL,
	OUT rung text, OUT way integer, OUT condition text, OUT found text, OUT needed text, OUT short numeric,
	OUT fact text, OUT label text, OUT present jsonb, OUT set_to jsonb, OUT difference numeric, OUT unit text,
	OUT points numeric, OUT suffices boolean, OUT soft boolean) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_gap_@form@' LANGUAGE C @volatile@ PARALLEL SAFE ROWS 10;
COMMENT ON FUNCTION zjtx.gap(@e@, @p@, text) IS
'The conditions that keep the row from the goal, one row for each condition that fails or is undecided. The goal is a rung or clause given by its code, by default the rung above the highest proved one. rung: the code of the goal (NULL for a single expression). way: the number of the alternative; the row has to meet the conditions of one alternative, those with the fewest conditions come first, at most eight are listed. condition: as written. found, needed: the value found and the value needed, as text in the language of the document. short: the bound minus the value found, in the unit compared (ratios as fractions, dates in days). fact, label: the fact to change. present: its value as jsonb, NULL while unknown. set_to: a value as jsonb that meets the condition while all other facts stay the same, NULL when none was found. difference: set_to minus present, in unit (dates in days). points: the points that the change adds to the score in the row above; the steps of a score are ordered by the size of the change relative to the value needed. suffices: true for rows whose set_to values, applied together, reach the goal; no row of a way is marked when no such set was found. soft: true for a failing should condition, which does not keep the row from the goal. No rows at the top of the ladder and for a NULL policy. A policy without a ladder and with several clauses is an error (22023) unless a goal is given; an unknown goal is an error (42704).@stored@';
-- @end
