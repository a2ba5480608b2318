-- Two answers compared, line by line.

CREATE FUNCTION zjtx.differences(v1 zjtx.verdict, v2 zjtx.verdict,
	OUT line text, OUT eligible_1 boolean, OUT eligible_2 boolean, OUT amount_1 numeric, OUT amount_2 numeric,
	OUT status_1 text, OUT status_2 text, OUT low_1 numeric, OUT low_2 numeric, OUT high_1 numeric, OUT high_2 numeric,
	OUT unit_1 text, OUT unit_2 text, OUT level_1 int, OUT level_2 int, OUT title text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_differences' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 5;
COMMENT ON FUNCTION zjtx.differences(zjtx.verdict, zjtx.verdict) IS
'The lines that differ between two verdicts: one row for each clause, stage, group or rung of which a column differs, the lines of the first in their order, then those that only the second has. line: names the line within its document, as in zjtx.assess. eligible, amount, status, low, high and unit are those of zjtx.assess in the first and in the second. status_1 is NULL when the first has no such line, status_2 when the second has none; then all columns of that side are NULL. An amount that is undetermined differs from one with a figure. level: of a rung; a different level alone counts unless both refuse the rung. title: that of the second, or of the first when only that has the line. No rows when a verdict is NULL.';

-- @for pairs
CREATE FUNCTION zjtx.differences(e record, p1 @p1@, p2 @p2@,
	OUT line text, OUT eligible_1 boolean, OUT eligible_2 boolean, OUT amount_1 numeric, OUT amount_2 numeric,
	OUT status_1 text, OUT status_2 text, OUT low_1 numeric, OUT low_2 numeric, OUT high_1 numeric, OUT high_2 numeric,
	OUT unit_1 text, OUT unit_2 text, OUT level_1 int, OUT level_2 int, OUT title text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_differences_row@names@' LANGUAGE C @volatile@ PARALLEL SAFE ROWS 5
	SUPPORT zjtx_internal.differences_support;
COMMENT ON FUNCTION zjtx.differences(record, @p1@, @p2@) IS
'The lines that differ between the answers of two policies for one row: one row for each clause, stage, group or rung of which a column differs, the lines of the first in their order, then those that only the second has. line: names the line within its document, as in zjtx.assess. eligible, amount, status, low, high and unit are those of zjtx.assess in the first and in the second. status_1 is NULL when the first has no such line, status_2 when the second has none; then all columns of that side are NULL. An amount that is undetermined differs from one with a figure. level: of a rung; a different level alone counts unless both refuse the rung. title: that of the second, or of the first when only that has the line. No rows for a NULL policy.@stored@';
-- @end

-- @for pairs
CREATE FUNCTION zjtx.differences(e jsonb, p1 @p1@, p2 @p2@,
	OUT line text, OUT eligible_1 boolean, OUT eligible_2 boolean, OUT amount_1 numeric, OUT amount_2 numeric,
	OUT status_1 text, OUT status_2 text, OUT low_1 numeric, OUT low_2 numeric, OUT high_1 numeric, OUT high_2 numeric,
	OUT unit_1 text, OUT unit_2 text, OUT level_1 int, OUT level_2 int, OUT title text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_differences_jsonb@names@' LANGUAGE C @volatile@ PARALLEL SAFE ROWS 5;
COMMENT ON FUNCTION zjtx.differences(jsonb, @p1@, @p2@) IS
'The lines that differ between the answers of two policies for one row: one row for each clause, stage, group or rung of which a column differs, the lines of the first in their order, then those that only the second has. line: names the line within its document, as in zjtx.assess. eligible, amount, status, low, high and unit are those of zjtx.assess in the first and in the second. status_1 is NULL when the first has no such line, status_2 when the second has none; then all columns of that side are NULL. An amount that is undetermined differs from one with a figure. level: of a rung; a different level alone counts unless both refuse the rung. title: that of the second, or of the first when only that has the line. No rows for a NULL policy.@stored@';
-- @end

-- How far values are from the bounds of a policy.

-- @for forms
CREATE FUNCTION zjtx.margin(e @e@, p @p@,
	OUT condition text, OUT found jsonb, OUT bound jsonb, OUT distance numeric, OUT relative numeric, OUT met boolean,
	OUT unit text, OUT lines text[], OUT decides text[], OUT policy text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_margin_@form@' LANGUAGE C @volatile@ PARALLEL SAFE ROWS 20;
COMMENT ON FUNCTION zjtx.margin(@e@, @p@) IS
'Every comparison that the lines of the policy read, one row each, in the order of evaluation, whether or not it holds. condition: as written. found, bound: the value found and the value with which it is compared, as jsonb (numbers in the fact''s unit, ratios as fractions, dates as text, of a membership an array of texts); NULL while unknown, a JSON null when there is none. distance: how far the value is on the side of the bound where the comparison holds, below zero on the other side, in unit (days for dates), with at most six decimals rounded away from zero; NULL for texts. relative: distance by the size of the bound; NULL for dates and a bound of zero. met: whether the comparison holds, NULL while unknown. unit: that of distance, NULL for a ratio. lines: the lines that read it, as in zjtx.assess; rule for a definition. decides: those of them that are satisfied, or pay, differently depending on whether this comparison alone holds, all others staying as they are. policy: the code of the document, NULL for a single expression. Comparisons of the elements of a list have no row. No rows for a NULL policy.@stored@';
-- @end

-- The policy with one of its bounds moved.

CREATE FUNCTION zjtx.vary(policy zjtx.policy, condition text, first numeric, last numeric, step numeric, OUT bound numeric, OUT p zjtx.policy)
	RETURNS SETOF record AS 'MODULE_PATHNAME', 'zjtx_vary_numbers' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 20;
COMMENT ON FUNCTION zjtx.vary(zjtx.policy, text, numeric, numeric, numeric) IS
'The policy with the bound of a condition moved from first to last, one row for each step. condition is the condition as zjtx.explain, zjtx.gap and zjtx.margin name it; a step of a band, an end of between (n >= 2), cap 60万元 and the name of a definition that is a number are conditions, too. White space does not matter. A condition that occurs several times is moved everywhere; a code and a colon before it (5-giant: revenue > 4000万元) restrict it to that clause, stage, group, rung, definition or score. bound: the number, in the unit in which the condition is written: first, last and step are in that unit. p: the policy, which has not run its examples. An unknown condition is an error (42704) whose hint is the nearest one; a bound that is no literal, a step of zero or one that leads away from last (22023), more than 10000 steps (54000), a bound of another type (42804), both ends of between at once (42P08) and one that does not fit (22P02) are errors, too. No rows when an argument is NULL.';

CREATE FUNCTION zjtx.vary(policy text, condition text, first numeric, last numeric, step numeric, OUT bound numeric, OUT p zjtx.policy)
	RETURNS SETOF record AS 'MODULE_PATHNAME', 'zjtx_vary_numbers_name' LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000 ROWS 20;
COMMENT ON FUNCTION zjtx.vary(text, text, numeric, numeric, numeric) IS
'The policy with the bound of a condition moved from first to last, one row for each step. condition is the condition as zjtx.explain, zjtx.gap and zjtx.margin name it; a step of a band, an end of between (n >= 2), cap 60万元 and the name of a definition that is a number are conditions, too. White space does not matter. A condition that occurs several times is moved everywhere; a code and a colon before it (5-giant: revenue > 4000万元) restrict it to that clause, stage, group, rung, definition or score. bound: the number, in the unit in which the condition is written: first, last and step are in that unit. p: the policy, which has not run its examples. An unknown condition is an error (42704) whose hint is the nearest one; a bound that is no literal, a step of zero or one that leads away from last (22023), more than 10000 steps (54000), a bound of another type (42804), both ends of between at once (42P08) and one that does not fit (22P02) are errors, too. No rows when an argument is NULL. The policy is given by the name of a stored one; it judges the same days as the name.';

CREATE FUNCTION zjtx.vary(policy zjtx.policy, condition text, first date, last date, step interval, OUT bound date, OUT p zjtx.policy)
	RETURNS SETOF record AS 'MODULE_PATHNAME', 'zjtx_vary_days' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 20;
COMMENT ON FUNCTION zjtx.vary(zjtx.policy, text, date, date, interval) IS
'The policy with the bound of a condition moved from first to last, one row for each step. condition is the condition as zjtx.explain, zjtx.gap and zjtx.margin name it; a step of a band, an end of between (n >= 2), cap 60万元 and the name of a definition that is a date are conditions, too. White space does not matter. A condition that occurs several times is moved everywhere; a code and a colon before it (5-giant: revenue > 4000万元) restrict it to that clause, stage, group, rung, definition or score. bound: the day. p: the policy, which has not run its examples. An unknown condition is an error (42704) whose hint is the nearest one; a bound that is no literal, a step of zero or one that leads away from last (22023), more than 10000 steps (54000), a bound of another type (42804), both ends of between at once (42P08) and one that does not fit (22P02) are errors, too. No rows when an argument is NULL.';

CREATE FUNCTION zjtx.vary(policy text, condition text, first date, last date, step interval, OUT bound date, OUT p zjtx.policy)
	RETURNS SETOF record AS 'MODULE_PATHNAME', 'zjtx_vary_days_name' LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1000 ROWS 20;
COMMENT ON FUNCTION zjtx.vary(text, text, date, date, interval) IS
'The policy with the bound of a condition moved from first to last, one row for each step. condition is the condition as zjtx.explain, zjtx.gap and zjtx.margin name it; a step of a band, an end of between (n >= 2), cap 60万元 and the name of a definition that is a date are conditions, too. White space does not matter. A condition that occurs several times is moved everywhere; a code and a colon before it (5-giant: revenue > 4000万元) restrict it to that clause, stage, group, rung, definition or score. bound: the day. p: the policy, which has not run its examples. An unknown condition is an error (42704) whose hint is the nearest one; a bound that is no literal, a step of zero or one that leads away from last (22023), more than 10000 steps (54000), a bound of another type (42804), both ends of between at once (42P08) and one that does not fit (22P02) are errors, too. No rows when an argument is NULL. The policy is given by the name of a stored one; it judges the same days as the name.';
