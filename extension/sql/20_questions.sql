-- Questions about a row or a jsonb object.  The policy is a value or the name of a stored one.
--
-- Functions of a policy value are immutable, functions of a name are stable.  None is strict:
-- a NULL row, such as an outer join produces, is a row whose columns are all NULL, and a NULL
-- jsonb is an object without keys.  A NULL policy gives NULL.

CREATE FUNCTION zjtx.eligible(e record, policy zjtx.policy) RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_eligible_row' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx_internal.eligible_support;
COMMENT ON FUNCTION zjtx.eligible(record, zjtx.policy) IS
'Whether the row or object satisfies any clause or rung of the policy: true, false, or NULL while unknown facts can still decide it. NULL for a NULL policy. A column or key of the wrong type is an error (42804).';

CREATE OPERATOR zjtx.|= (LEFTARG = record, RIGHTARG = zjtx.policy, FUNCTION = zjtx.eligible);
COMMENT ON OPERATOR zjtx.|= (record, zjtx.policy) IS
'Whether the row or object satisfies any clause or rung of the policy: true, false, or NULL while unknown facts can still decide it. NULL for a NULL policy. A column or key of the wrong type is an error (42804).';

CREATE FUNCTION zjtx.eligible(e record, policy text) RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_eligible_row_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx_internal.eligible_support;
COMMENT ON FUNCTION zjtx.eligible(record, text) IS
'Whether the row or object satisfies any clause or rung of the policy: true, false, or NULL while unknown facts can still decide it. NULL for a NULL policy. A column or key of the wrong type is an error (42804). The policy is given by the name of a stored one: code, series, code/clause or code/rung; an unknown name is an error (42704).';

CREATE OPERATOR zjtx.|= (LEFTARG = record, RIGHTARG = text, FUNCTION = zjtx.eligible);
COMMENT ON OPERATOR zjtx.|= (record, text) IS
'Whether the row or object satisfies any clause or rung of the policy: true, false, or NULL while unknown facts can still decide it. NULL for a NULL policy. A column or key of the wrong type is an error (42804). The policy is given by the name of a stored one: code, series, code/clause or code/rung; an unknown name is an error (42704).';

CREATE FUNCTION zjtx.eligible(e jsonb, policy zjtx.policy) RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_eligible_jsonb' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx_internal.eligible_support;
COMMENT ON FUNCTION zjtx.eligible(jsonb, zjtx.policy) IS
'Whether the row or object satisfies any clause or rung of the policy: true, false, or NULL while unknown facts can still decide it. NULL for a NULL policy. A column or key of the wrong type is an error (42804).';

CREATE OPERATOR zjtx.|= (LEFTARG = jsonb, RIGHTARG = zjtx.policy, FUNCTION = zjtx.eligible);
COMMENT ON OPERATOR zjtx.|= (jsonb, zjtx.policy) IS
'Whether the row or object satisfies any clause or rung of the policy: true, false, or NULL while unknown facts can still decide it. NULL for a NULL policy. A column or key of the wrong type is an error (42804).';

CREATE FUNCTION zjtx.eligible(e jsonb, policy text) RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_eligible_jsonb_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx_internal.eligible_support;
COMMENT ON FUNCTION zjtx.eligible(jsonb, text) IS
'Whether the row or object satisfies any clause or rung of the policy: true, false, or NULL while unknown facts can still decide it. NULL for a NULL policy. A column or key of the wrong type is an error (42804). The policy is given by the name of a stored one: code, series, code/clause or code/rung; an unknown name is an error (42704).';

CREATE OPERATOR zjtx.|= (LEFTARG = jsonb, RIGHTARG = text, FUNCTION = zjtx.eligible);
COMMENT ON OPERATOR zjtx.|= (jsonb, text) IS
'Whether the row or object satisfies any clause or rung of the policy: true, false, or NULL while unknown facts can still decide it. NULL for a NULL policy. A column or key of the wrong type is an error (42804). The policy is given by the name of a stored one: code, series, code/clause or code/rung; an unknown name is an error (42704).';

CREATE FUNCTION zjtx.placement(e record, policy zjtx.policy) RETURNS zjtx.placement
	AS 'MODULE_PATHNAME', 'zjtx_placement_row' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx_internal.placement_support;
COMMENT ON FUNCTION zjtx.placement(record, zjtx.policy) IS
'The highest proved rung of the policy''s ladder: its level, code and label. (0,none,未入梯度) when every rung is disproved; NULL while no rung is proved and at least one is undecided, and for a NULL policy. A policy without a ladder is an error (22023).';

CREATE OPERATOR zjtx.|^ (LEFTARG = record, RIGHTARG = zjtx.policy, FUNCTION = zjtx.placement);
COMMENT ON OPERATOR zjtx.|^ (record, zjtx.policy) IS
'The highest proved rung of the policy''s ladder: its level, code and label. (0,none,未入梯度) when every rung is disproved; NULL while no rung is proved and at least one is undecided, and for a NULL policy. A policy without a ladder is an error (22023).';

CREATE FUNCTION zjtx.placement(e record, policy text) RETURNS zjtx.placement
	AS 'MODULE_PATHNAME', 'zjtx_placement_row_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx_internal.placement_support;
COMMENT ON FUNCTION zjtx.placement(record, text) IS
'The highest proved rung of the policy''s ladder: its level, code and label. (0,none,未入梯度) when every rung is disproved; NULL while no rung is proved and at least one is undecided, and for a NULL policy. A policy without a ladder is an error (22023). The policy is given by the name of a stored one: code, series, code/clause or code/rung; an unknown name is an error (42704).';

CREATE OPERATOR zjtx.|^ (LEFTARG = record, RIGHTARG = text, FUNCTION = zjtx.placement);
COMMENT ON OPERATOR zjtx.|^ (record, text) IS
'The highest proved rung of the policy''s ladder: its level, code and label. (0,none,未入梯度) when every rung is disproved; NULL while no rung is proved and at least one is undecided, and for a NULL policy. A policy without a ladder is an error (22023). The policy is given by the name of a stored one: code, series, code/clause or code/rung; an unknown name is an error (42704).';

CREATE FUNCTION zjtx.placement(e jsonb, policy zjtx.policy) RETURNS zjtx.placement
	AS 'MODULE_PATHNAME', 'zjtx_placement_jsonb' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx_internal.placement_support;
COMMENT ON FUNCTION zjtx.placement(jsonb, zjtx.policy) IS
'The highest proved rung of the policy''s ladder: its level, code and label. (0,none,未入梯度) when every rung is disproved; NULL while no rung is proved and at least one is undecided, and for a NULL policy. A policy without a ladder is an error (22023).';

CREATE OPERATOR zjtx.|^ (LEFTARG = jsonb, RIGHTARG = zjtx.policy, FUNCTION = zjtx.placement);
COMMENT ON OPERATOR zjtx.|^ (jsonb, zjtx.policy) IS
'The highest proved rung of the policy''s ladder: its level, code and label. (0,none,未入梯度) when every rung is disproved; NULL while no rung is proved and at least one is undecided, and for a NULL policy. A policy without a ladder is an error (22023).';

CREATE FUNCTION zjtx.placement(e jsonb, policy text) RETURNS zjtx.placement
	AS 'MODULE_PATHNAME', 'zjtx_placement_jsonb_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx_internal.placement_support;
COMMENT ON FUNCTION zjtx.placement(jsonb, text) IS
'The highest proved rung of the policy''s ladder: its level, code and label. (0,none,未入梯度) when every rung is disproved; NULL while no rung is proved and at least one is undecided, and for a NULL policy. A policy without a ladder is an error (22023). The policy is given by the name of a stored one: code, series, code/clause or code/rung; an unknown name is an error (42704).';

CREATE OPERATOR zjtx.|^ (LEFTARG = jsonb, RIGHTARG = text, FUNCTION = zjtx.placement);
COMMENT ON OPERATOR zjtx.|^ (jsonb, text) IS
'The highest proved rung of the policy''s ladder: its level, code and label. (0,none,未入梯度) when every rung is disproved; NULL while no rung is proved and at least one is undecided, and for a NULL policy. A policy without a ladder is an error (22023). The policy is given by the name of a stored one: code, series, code/clause or code/rung; an unknown name is an error (42704).';

CREATE FUNCTION zjtx.amount(e record, policy zjtx.policy) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_amount_row' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx_internal.amount_support;
COMMENT ON FUNCTION zjtx.amount(record, zjtx.policy) IS
'The amount owed on the day judged, in 元 (a clause of points: in 分), with two decimals; 0.00 when nothing is owed. NULL while unknown facts can change it, when the policy is a single clause that has no figure, and for a NULL policy.';

CREATE OPERATOR zjtx.|# (LEFTARG = record, RIGHTARG = zjtx.policy, FUNCTION = zjtx.amount);
COMMENT ON OPERATOR zjtx.|# (record, zjtx.policy) IS
'The amount owed on the day judged, in 元 (a clause of points: in 分), with two decimals; 0.00 when nothing is owed. NULL while unknown facts can change it, when the policy is a single clause that has no figure, and for a NULL policy.';

CREATE FUNCTION zjtx.amount(e record, policy text) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_amount_row_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx_internal.amount_support;
COMMENT ON FUNCTION zjtx.amount(record, text) IS
'The amount owed on the day judged, in 元 (a clause of points: in 分), with two decimals; 0.00 when nothing is owed. NULL while unknown facts can change it, when the policy is a single clause that has no figure, and for a NULL policy. The policy is given by the name of a stored one: code, series, code/clause or code/rung; an unknown name is an error (42704).';

CREATE OPERATOR zjtx.|# (LEFTARG = record, RIGHTARG = text, FUNCTION = zjtx.amount);
COMMENT ON OPERATOR zjtx.|# (record, text) IS
'The amount owed on the day judged, in 元 (a clause of points: in 分), with two decimals; 0.00 when nothing is owed. NULL while unknown facts can change it, when the policy is a single clause that has no figure, and for a NULL policy. The policy is given by the name of a stored one: code, series, code/clause or code/rung; an unknown name is an error (42704).';

CREATE FUNCTION zjtx.amount(e jsonb, policy zjtx.policy) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_amount_jsonb' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx_internal.amount_support;
COMMENT ON FUNCTION zjtx.amount(jsonb, zjtx.policy) IS
'The amount owed on the day judged, in 元 (a clause of points: in 分), with two decimals; 0.00 when nothing is owed. NULL while unknown facts can change it, when the policy is a single clause that has no figure, and for a NULL policy.';

CREATE OPERATOR zjtx.|# (LEFTARG = jsonb, RIGHTARG = zjtx.policy, FUNCTION = zjtx.amount);
COMMENT ON OPERATOR zjtx.|# (jsonb, zjtx.policy) IS
'The amount owed on the day judged, in 元 (a clause of points: in 分), with two decimals; 0.00 when nothing is owed. NULL while unknown facts can change it, when the policy is a single clause that has no figure, and for a NULL policy.';

CREATE FUNCTION zjtx.amount(e jsonb, policy text) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_amount_jsonb_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx_internal.amount_support;
COMMENT ON FUNCTION zjtx.amount(jsonb, text) IS
'The amount owed on the day judged, in 元 (a clause of points: in 分), with two decimals; 0.00 when nothing is owed. NULL while unknown facts can change it, when the policy is a single clause that has no figure, and for a NULL policy. The policy is given by the name of a stored one: code, series, code/clause or code/rung; an unknown name is an error (42704).';

CREATE OPERATOR zjtx.|# (LEFTARG = jsonb, RIGHTARG = text, FUNCTION = zjtx.amount);
COMMENT ON OPERATOR zjtx.|# (jsonb, text) IS
'The amount owed on the day judged, in 元 (a clause of points: in 分), with two decimals; 0.00 when nothing is owed. NULL while unknown facts can change it, when the policy is a single clause that has no figure, and for a NULL policy. The policy is given by the name of a stored one: code, series, code/clause or code/rung; an unknown name is an error (42704).';

CREATE FUNCTION zjtx.amount_range(e record, policy zjtx.policy, OUT low numeric, OUT high numeric) RETURNS record
	AS 'MODULE_PATHNAME', 'zjtx_amount_range_row' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx_internal.amount_range_support;
COMMENT ON FUNCTION zjtx.amount_range(record, zjtx.policy) IS
'The least and the greatest amount that can be owed while facts are unknown, in the unit of zjtx.amount, with two decimals; equal when the amount is decided. high is NULL when it is unbounded; both are NULL when the policy is a single clause that has no figure, and for a NULL policy.';

CREATE FUNCTION zjtx.amount_range(e record, policy text, OUT low numeric, OUT high numeric) RETURNS record
	AS 'MODULE_PATHNAME', 'zjtx_amount_range_row_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx_internal.amount_range_support;
COMMENT ON FUNCTION zjtx.amount_range(record, text) IS
'The least and the greatest amount that can be owed while facts are unknown, in the unit of zjtx.amount, with two decimals; equal when the amount is decided. high is NULL when it is unbounded; both are NULL when the policy is a single clause that has no figure, and for a NULL policy. The policy is given by the name of a stored one: code, series, code/clause or code/rung; an unknown name is an error (42704).';

CREATE FUNCTION zjtx.amount_range(e jsonb, policy zjtx.policy, OUT low numeric, OUT high numeric) RETURNS record
	AS 'MODULE_PATHNAME', 'zjtx_amount_range_jsonb' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx_internal.amount_range_support;
COMMENT ON FUNCTION zjtx.amount_range(jsonb, zjtx.policy) IS
'The least and the greatest amount that can be owed while facts are unknown, in the unit of zjtx.amount, with two decimals; equal when the amount is decided. high is NULL when it is unbounded; both are NULL when the policy is a single clause that has no figure, and for a NULL policy.';

CREATE FUNCTION zjtx.amount_range(e jsonb, policy text, OUT low numeric, OUT high numeric) RETURNS record
	AS 'MODULE_PATHNAME', 'zjtx_amount_range_jsonb_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx_internal.amount_range_support;
COMMENT ON FUNCTION zjtx.amount_range(jsonb, text) IS
'The least and the greatest amount that can be owed while facts are unknown, in the unit of zjtx.amount, with two decimals; equal when the amount is decided. high is NULL when it is unbounded; both are NULL when the policy is a single clause that has no figure, and for a NULL policy. The policy is given by the name of a stored one: code, series, code/clause or code/rung; an unknown name is an error (42704).';

CREATE FUNCTION zjtx.value(e record, policy zjtx.policy) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_value_row' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx_internal.value_support;
COMMENT ON FUNCTION zjtx.value(record, zjtx.policy) IS
'What the definition or score comes to that the policy is narrowed to by policy -> ''name'', in its unit; a quotient is rounded to 20 decimals. NULL while unknown facts can change it, when it is none, and for a NULL policy. A policy that is not narrowed to a number is an error (22023).';

CREATE FUNCTION zjtx.value(e record, policy text) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_value_row_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx_internal.value_support;
COMMENT ON FUNCTION zjtx.value(record, text) IS
'What the definition or score comes to that the policy is narrowed to by policy -> ''name'', in its unit; a quotient is rounded to 20 decimals. NULL while unknown facts can change it, when it is none, and for a NULL policy. A policy that is not narrowed to a number is an error (22023). The policy is given by the name of a stored one and the definition: code/name or series/name; an unknown name is an error (42704).';

CREATE FUNCTION zjtx.value(e jsonb, policy zjtx.policy) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_value_jsonb' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx_internal.value_support;
COMMENT ON FUNCTION zjtx.value(jsonb, zjtx.policy) IS
'What the definition or score comes to that the policy is narrowed to by policy -> ''name'', in its unit; a quotient is rounded to 20 decimals. NULL while unknown facts can change it, when it is none, and for a NULL policy. A policy that is not narrowed to a number is an error (22023).';

CREATE FUNCTION zjtx.value(e jsonb, policy text) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_value_jsonb_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx_internal.value_support;
COMMENT ON FUNCTION zjtx.value(jsonb, text) IS
'What the definition or score comes to that the policy is narrowed to by policy -> ''name'', in its unit; a quotient is rounded to 20 decimals. NULL while unknown facts can change it, when it is none, and for a NULL policy. A policy that is not narrowed to a number is an error (22023). The policy is given by the name of a stored one and the definition: code/name or series/name; an unknown name is an error (42704).';

CREATE FUNCTION zjtx.value_range(e record, policy zjtx.policy, OUT low numeric, OUT high numeric) RETURNS record
	AS 'MODULE_PATHNAME', 'zjtx_value_range_row' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx_internal.value_range_support;
COMMENT ON FUNCTION zjtx.value_range(record, zjtx.policy) IS
'The least and the greatest number that the definition or score, which the policy is narrowed to by policy -> ''name'', can be while facts are unknown, in its unit, rounded to 20 decimals; equal when it is known. An end that does not exist is NULL; both are NULL when it is none, and for a NULL policy. A policy that is not narrowed to a number is an error (22023).';

CREATE FUNCTION zjtx.value_range(e record, policy text, OUT low numeric, OUT high numeric) RETURNS record
	AS 'MODULE_PATHNAME', 'zjtx_value_range_row_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx_internal.value_range_support;
COMMENT ON FUNCTION zjtx.value_range(record, text) IS
'The least and the greatest number that the definition or score, which the policy is narrowed to by policy -> ''name'', can be while facts are unknown, in its unit, rounded to 20 decimals; equal when it is known. An end that does not exist is NULL; both are NULL when it is none, and for a NULL policy. A policy that is not narrowed to a number is an error (22023). The policy is given by the name of a stored one and the definition: code/name or series/name; an unknown name is an error (42704).';

CREATE FUNCTION zjtx.value_range(e jsonb, policy zjtx.policy, OUT low numeric, OUT high numeric) RETURNS record
	AS 'MODULE_PATHNAME', 'zjtx_value_range_jsonb' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx_internal.value_range_support;
COMMENT ON FUNCTION zjtx.value_range(jsonb, zjtx.policy) IS
'The least and the greatest number that the definition or score, which the policy is narrowed to by policy -> ''name'', can be while facts are unknown, in its unit, rounded to 20 decimals; equal when it is known. An end that does not exist is NULL; both are NULL when it is none, and for a NULL policy. A policy that is not narrowed to a number is an error (22023).';

CREATE FUNCTION zjtx.value_range(e jsonb, policy text, OUT low numeric, OUT high numeric) RETURNS record
	AS 'MODULE_PATHNAME', 'zjtx_value_range_jsonb_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx_internal.value_range_support;
COMMENT ON FUNCTION zjtx.value_range(jsonb, text) IS
'The least and the greatest number that the definition or score, which the policy is narrowed to by policy -> ''name'', can be while facts are unknown, in its unit, rounded to 20 decimals; equal when it is known. An end that does not exist is NULL; both are NULL when it is none, and for a NULL policy. A policy that is not narrowed to a number is an error (22023). The policy is given by the name of a stored one and the definition: code/name or series/name; an unknown name is an error (42704).';

CREATE FUNCTION zjtx.missing(e record, policy zjtx.policy) RETURNS text[]
	AS 'MODULE_PATHNAME', 'zjtx_missing_row' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx_internal.missing_support;
COMMENT ON FUNCTION zjtx.missing(record, zjtx.policy) IS
'The names of the unknown facts that can still change an answer of the policy, the most decisive first. A divisor that is zero leaves its quotient unknown, so the facts that it reads are named too, although they are known. An empty array when everything is decided. NULL for a NULL policy.';

CREATE OPERATOR zjtx.|! (LEFTARG = record, RIGHTARG = zjtx.policy, FUNCTION = zjtx.missing);
COMMENT ON OPERATOR zjtx.|! (record, zjtx.policy) IS
'The names of the unknown facts that can still change an answer of the policy, the most decisive first. A divisor that is zero leaves its quotient unknown, so the facts that it reads are named too, although they are known. An empty array when everything is decided. NULL for a NULL policy.';

CREATE FUNCTION zjtx.missing(e record, policy text) RETURNS text[]
	AS 'MODULE_PATHNAME', 'zjtx_missing_row_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx_internal.missing_support;
COMMENT ON FUNCTION zjtx.missing(record, text) IS
'The names of the unknown facts that can still change an answer of the policy, the most decisive first. A divisor that is zero leaves its quotient unknown, so the facts that it reads are named too, although they are known. An empty array when everything is decided. NULL for a NULL policy. The policy is given by the name of a stored one: code, series, code/clause or code/rung; an unknown name is an error (42704).';

CREATE OPERATOR zjtx.|! (LEFTARG = record, RIGHTARG = text, FUNCTION = zjtx.missing);
COMMENT ON OPERATOR zjtx.|! (record, text) IS
'The names of the unknown facts that can still change an answer of the policy, the most decisive first. A divisor that is zero leaves its quotient unknown, so the facts that it reads are named too, although they are known. An empty array when everything is decided. NULL for a NULL policy. The policy is given by the name of a stored one: code, series, code/clause or code/rung; an unknown name is an error (42704).';

CREATE FUNCTION zjtx.missing(e jsonb, policy zjtx.policy) RETURNS text[]
	AS 'MODULE_PATHNAME', 'zjtx_missing_jsonb' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx_internal.missing_support;
COMMENT ON FUNCTION zjtx.missing(jsonb, zjtx.policy) IS
'The names of the unknown facts that can still change an answer of the policy, the most decisive first. A divisor that is zero leaves its quotient unknown, so the facts that it reads are named too, although they are known. An empty array when everything is decided. NULL for a NULL policy.';

CREATE OPERATOR zjtx.|! (LEFTARG = jsonb, RIGHTARG = zjtx.policy, FUNCTION = zjtx.missing);
COMMENT ON OPERATOR zjtx.|! (jsonb, zjtx.policy) IS
'The names of the unknown facts that can still change an answer of the policy, the most decisive first. A divisor that is zero leaves its quotient unknown, so the facts that it reads are named too, although they are known. An empty array when everything is decided. NULL for a NULL policy.';

CREATE FUNCTION zjtx.missing(e jsonb, policy text) RETURNS text[]
	AS 'MODULE_PATHNAME', 'zjtx_missing_jsonb_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx_internal.missing_support;
COMMENT ON FUNCTION zjtx.missing(jsonb, text) IS
'The names of the unknown facts that can still change an answer of the policy, the most decisive first. A divisor that is zero leaves its quotient unknown, so the facts that it reads are named too, although they are known. An empty array when everything is decided. NULL for a NULL policy. The policy is given by the name of a stored one: code, series, code/clause or code/rung; an unknown name is an error (42704).';

CREATE OPERATOR zjtx.|! (LEFTARG = jsonb, RIGHTARG = text, FUNCTION = zjtx.missing);
COMMENT ON OPERATOR zjtx.|! (jsonb, text) IS
'The names of the unknown facts that can still change an answer of the policy, the most decisive first. A divisor that is zero leaves its quotient unknown, so the facts that it reads are named too, although they are known. An empty array when everything is decided. NULL for a NULL policy. The policy is given by the name of a stored one: code, series, code/clause or code/rung; an unknown name is an error (42704).';
