-- Questions about a row or a jsonb object.  The policy is a value or the name of a stored one.
--
-- Functions of a policy value are immutable, functions of a name are stable.  None is strict:
-- a NULL row, such as an outer join produces, is a row whose columns are all NULL, and a NULL
-- jsonb is an object without keys.  A NULL policy gives NULL.

-- @for forms
CREATE FUNCTION zjtx.eligible(e @e@, policy @p@) RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_eligible_@form@' LANGUAGE C @volatile@ PARALLEL SAFE
	SUPPORT zjtx_internal.eligible_support;
COMMENT ON FUNCTION zjtx.eligible(@e@, @p@) IS
'Whether the row or object satisfies any clause or rung of the policy: true, false, or NULL while unknown facts can still decide it. NULL for a NULL policy. A column or key of the wrong type is an error (42804).@stored@';

CREATE OPERATOR zjtx.|= (LEFTARG = @e@, RIGHTARG = @p@, FUNCTION = zjtx.eligible);
COMMENT ON OPERATOR zjtx.|= (@e@, @p@) IS
'Whether the row or object satisfies any clause or rung of the policy: true, false, or NULL while unknown facts can still decide it. NULL for a NULL policy. A column or key of the wrong type is an error (42804).@stored@';
-- @end

-- @for forms
CREATE FUNCTION zjtx.placement(e @e@, policy @p@) RETURNS zjtx.placement
	AS 'MODULE_PATHNAME', 'zjtx_placement_@form@' LANGUAGE C @volatile@ PARALLEL SAFE
	SUPPORT zjtx_internal.placement_support;
COMMENT ON FUNCTION zjtx.placement(@e@, @p@) IS
'The highest proved rung of the policy''s ladder: its level, code and label. (0,none,未入梯度) when every rung is disproved; NULL while no rung is proved and at least one is undecided, and for a NULL policy. A policy without a ladder is an error (22023).@stored@';

CREATE OPERATOR zjtx.|^ (LEFTARG = @e@, RIGHTARG = @p@, FUNCTION = zjtx.placement);
COMMENT ON OPERATOR zjtx.|^ (@e@, @p@) IS
'The highest proved rung of the policy''s ladder: its level, code and label. (0,none,未入梯度) when every rung is disproved; NULL while no rung is proved and at least one is undecided, and for a NULL policy. A policy without a ladder is an error (22023).@stored@';
-- @end

-- @for forms
CREATE FUNCTION zjtx.amount(e @e@, policy @p@) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_amount_@form@' LANGUAGE C @volatile@ PARALLEL SAFE
	SUPPORT zjtx_internal.amount_support;
COMMENT ON FUNCTION zjtx.amount(@e@, @p@) IS
'The amount owed on the day judged, in 元 (a clause of points: in 分), with two decimals; 0.00 when nothing is owed. NULL while unknown facts can change it, when the policy is a single clause that has no figure, and for a NULL policy.@stored@';

CREATE OPERATOR zjtx.|# (LEFTARG = @e@, RIGHTARG = @p@, FUNCTION = zjtx.amount);
COMMENT ON OPERATOR zjtx.|# (@e@, @p@) IS
'The amount owed on the day judged, in 元 (a clause of points: in 分), with two decimals; 0.00 when nothing is owed. NULL while unknown facts can change it, when the policy is a single clause that has no figure, and for a NULL policy.@stored@';
-- @end

-- @for forms
CREATE FUNCTION zjtx.amount_range(e @e@, policy @p@, OUT low numeric, OUT high numeric) RETURNS record
	AS 'MODULE_PATHNAME', 'zjtx_amount_range_@form@' LANGUAGE C @volatile@ PARALLEL SAFE
	SUPPORT zjtx_internal.amount_range_support;
COMMENT ON FUNCTION zjtx.amount_range(@e@, @p@) IS
'The least and the greatest amount that can be owed while facts are unknown, in the unit of zjtx.amount, with two decimals; equal when the amount is decided. high is NULL when it is unbounded; both are NULL when the policy is a single clause that has no figure, and for a NULL policy.@stored@';
-- @end

-- @for forms
CREATE FUNCTION zjtx.value(e @e@, policy @p@) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_value_@form@' LANGUAGE C @volatile@ PARALLEL SAFE
	SUPPORT zjtx_internal.value_support;
COMMENT ON FUNCTION zjtx.value(@e@, @p@) IS
'What the definition or score comes to that the policy is narrowed to by policy -> ''name'', in its unit; a quotient is rounded to 20 decimals. NULL while unknown facts can change it, when it is none, and for a NULL policy. A policy that is not narrowed to a number is an error (22023).@stored_definition@';
-- @end

-- @for forms
CREATE FUNCTION zjtx.value_range(e @e@, policy @p@, OUT low numeric, OUT high numeric) RETURNS record
	AS 'MODULE_PATHNAME', 'zjtx_value_range_@form@' LANGUAGE C @volatile@ PARALLEL SAFE
	SUPPORT zjtx_internal.value_range_support;
COMMENT ON FUNCTION zjtx.value_range(@e@, @p@) IS
'The least and the greatest number that the definition or score, which the policy is narrowed to by policy -> ''name'', can be while facts are unknown, in its unit, rounded to 20 decimals; equal when it is known. An end that does not exist is NULL; both are NULL when it is none, and for a NULL policy. A policy that is not narrowed to a number is an error (22023).@stored_definition@';
-- @end

-- @for forms
CREATE FUNCTION zjtx.missing(e @e@, policy @p@) RETURNS text[]
	AS 'MODULE_PATHNAME', 'zjtx_missing_@form@' LANGUAGE C @volatile@ PARALLEL SAFE
	SUPPORT zjtx_internal.missing_support;
COMMENT ON FUNCTION zjtx.missing(@e@, @p@) IS
'The names of the unknown facts that can still change an answer of the policy, the most decisive first. A divisor that is zero leaves its quotient unknown, so the facts that it reads are named too, although they are known. An empty array when everything is decided. NULL for a NULL policy.@stored@';

CREATE OPERATOR zjtx.|! (LEFTARG = @e@, RIGHTARG = @p@, FUNCTION = zjtx.missing);
COMMENT ON OPERATOR zjtx.|! (@e@, @p@) IS
'The names of the unknown facts that can still change an answer of the policy, the most decisive first. A divisor that is zero leaves its quotient unknown, so the facts that it reads are named too, although they are known. An empty array when everything is decided. NULL for a NULL policy.@stored@';
-- @end
