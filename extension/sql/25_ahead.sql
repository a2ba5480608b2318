-- What time alone changes: next_change, changes_ahead, over_days.
--
-- Functions of a policy value are immutable, functions of a name are stable.  None is strict:
-- a NULL row is a row whose columns are all NULL.

-- @for forms
CREATE FUNCTION zjtx.next_change(e @e@, p @p@) RETURNS date
	AS 'MODULE_PATHNAME', 'zjtx_next_change_@form@' LANGUAGE C @volatile@ PARALLEL SAFE COST 100
	SUPPORT zjtx_internal.next_change_support;
COMMENT ON FUNCTION zjtx.next_change(@e@, @p@) IS
'The first day after the day judged on which the answer can change. The row stays as it is, except its as_of. The answer is every line as zjtx.assess shows it: eligible, amount, low, high, period, status, missing, reservations, in_force and superseded_by; of a policy narrowed to a definition, its value. The day is never after the first true change. It is the true one, except where the answer is compared with the day in ways that cannot be followed: after 400 days without a change it is the first day on which one cannot be excluded. NULL if nothing changes until 2999-12-31, if the day judged is unknown, or for a NULL policy.@stored@';
-- @end

-- @for given
CREATE FUNCTION zjtx_internal.next_change_facts(p @p@, names text, VARIADIC facts "any") RETURNS date
	AS 'MODULE_PATHNAME', 'zjtx_next_change_facts@name@' LANGUAGE C @volatile@ PARALLEL SAFE COST 100;
COMMENT ON FUNCTION zjtx_internal.next_change_facts(@p@, text, "any") IS
'The answer of zjtx.next_change for the facts given as arguments. The planner generates these calls in place of next_change(e, policy); do not write them by hand. names lists the facts in the order of the arguments; a fact that is not listed is unknown.@hash_of_stored@';
-- @end

-- @for forms
CREATE FUNCTION zjtx.changes_ahead(e @e@, p @p@, until date,
	OUT day date, OUT line text, OUT "from" text, OUT "to" text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_changes_ahead_@form@' LANGUAGE C @volatile@ PARALLEL SAFE COST 100 ROWS 5
	SUPPORT zjtx_internal.changes_ahead_support;
COMMENT ON FUNCTION zjtx.changes_ahead(@e@, @p@, date) IS
'What time alone changes from the day judged until a day, which is included: a row for each day and line on which the line differs from the day before. The row stays as it is, except its as_of. The answer is every line as zjtx.assess shows it: eligible, amount, low, high, period, status, missing, reservations, in_force and superseded_by; of a policy narrowed to a definition, its value. line: names the line as in zjtx.assess. from, to: the line before and from that day on, in words, such as ''owed 500000.00 元 in 2026''; NULL if a version of the policy does not have the line. No rows if the day judged is unknown, or if an argument but e is NULL. A day before the day judged is an error (22023), a period of more than 10000 days too (54000).@stored@';
-- @end

-- @for given
CREATE FUNCTION zjtx_internal.changes_ahead_facts(p @p@, names text, until date, VARIADIC facts "any",
	OUT day date, OUT line text, OUT "from" text, OUT "to" text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_changes_ahead_facts@name@' LANGUAGE C @volatile@ PARALLEL SAFE COST 100 ROWS 5;
COMMENT ON FUNCTION zjtx_internal.changes_ahead_facts(@p@, text, date, "any") IS
'The answer of zjtx.changes_ahead for the facts given as arguments. The planner generates these calls in place of changes_ahead(e, policy, until); do not write them by hand. names lists the facts in the order of the arguments; a fact that is not listed is unknown.@hash_of_stored@';
-- @end

-- @for forms
CREATE FUNCTION zjtx.over_days(e @e@, p @p@, first date, last date, step interval,
	OUT day date, OUT amount numeric, OUT low numeric, OUT high numeric, OUT level int) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_over_days_@form@' LANGUAGE C @volatile@ PARALLEL SAFE COST 100 ROWS 30
	SUPPORT zjtx_internal.over_days_support;
COMMENT ON FUNCTION zjtx.over_days(@e@, @p@, date, date, interval) IS
'The amount and the rung on each day from first to last, every step, counted from first; the row and its as_of stay as they are, but the day judged is that of the result. amount: as zjtx.amount gives it on that day, in 元, points in 分; low, high: as zjtx.amount_range; level: that of the rung, 0 for none, NULL while undecided or if the policy has no ladder. No rows if an argument but e is NULL. step consists of whole days and months and is more than zero; it and a last day before the first are errors (22023), a period of more than 10000 days too (54000).@stored@';
-- @end

-- @for given
CREATE FUNCTION zjtx_internal.over_days_facts(p @p@, names text, first date, last date, step interval, VARIADIC facts "any",
	OUT day date, OUT amount numeric, OUT low numeric, OUT high numeric, OUT level int) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_over_days_facts@name@' LANGUAGE C @volatile@ PARALLEL SAFE COST 100 ROWS 30;
COMMENT ON FUNCTION zjtx_internal.over_days_facts(@p@, text, date, date, interval, "any") IS
'The answer of zjtx.over_days for the facts given as arguments. The planner generates these calls in place of over_days(e, policy, first, last, step); do not write them by hand. names lists the facts in the order of the arguments; a fact that is not listed is unknown.@hash_of_stored@';
-- @end
