-- The questions: of a row or a jsonb object, to a policy value or a stored name.
--
-- A value makes the answer immutable, a name stable. None is strict: a NULL row, as an outer
-- join leaves one, is a row whose every column is NULL. A NULL policy gives NULL.

CREATE FUNCTION zjtx.eligible(e record, policy zjtx.policy) RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_eligible_row' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx.eligible_support;
COMMENT ON FUNCTION zjtx.eligible(record, zjtx.policy) IS
'Whether the row satisfies the policy, any of its clauses or rungs: true, false, or NULL while unknown facts can still decide it.';

CREATE OPERATOR zjtx.|= (LEFTARG = record, RIGHTARG = zjtx.policy, FUNCTION = zjtx.eligible);
COMMENT ON OPERATOR zjtx.|= (record, zjtx.policy) IS
'Whether the row satisfies the policy, any of its clauses or rungs: true, false, or NULL while unknown facts can still decide it.';

CREATE FUNCTION zjtx.eligible(e record, policy text) RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_eligible_row_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx.eligible_support;
COMMENT ON FUNCTION zjtx.eligible(record, text) IS
'Whether the row satisfies the policy, any of its clauses or rungs: true, false, or NULL while unknown facts can still decide it. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE OPERATOR zjtx.|= (LEFTARG = record, RIGHTARG = text, FUNCTION = zjtx.eligible);
COMMENT ON OPERATOR zjtx.|= (record, text) IS
'Whether the row satisfies the policy, any of its clauses or rungs: true, false, or NULL while unknown facts can still decide it. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE FUNCTION zjtx.eligible(e jsonb, policy zjtx.policy) RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_eligible_jsonb' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.eligible(jsonb, zjtx.policy) IS
'Whether the row satisfies the policy, any of its clauses or rungs: true, false, or NULL while unknown facts can still decide it.';

CREATE OPERATOR zjtx.|= (LEFTARG = jsonb, RIGHTARG = zjtx.policy, FUNCTION = zjtx.eligible);
COMMENT ON OPERATOR zjtx.|= (jsonb, zjtx.policy) IS
'Whether the row satisfies the policy, any of its clauses or rungs: true, false, or NULL while unknown facts can still decide it.';

CREATE FUNCTION zjtx.eligible(e jsonb, policy text) RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_eligible_jsonb_name' LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.eligible(jsonb, text) IS
'Whether the row satisfies the policy, any of its clauses or rungs: true, false, or NULL while unknown facts can still decide it. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE OPERATOR zjtx.|= (LEFTARG = jsonb, RIGHTARG = text, FUNCTION = zjtx.eligible);
COMMENT ON OPERATOR zjtx.|= (jsonb, text) IS
'Whether the row satisfies the policy, any of its clauses or rungs: true, false, or NULL while unknown facts can still decide it. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE FUNCTION zjtx.placement(e record, policy zjtx.policy) RETURNS zjtx.placement
	AS 'MODULE_PATHNAME', 'zjtx_placement_row' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx.placement_support;
COMMENT ON FUNCTION zjtx.placement(record, zjtx.policy) IS
'The highest rung of the policy''s ladder that is proved; (0,none,未入梯度) when every rung is proved false; NULL while none is proved and one is undecided. A policy without a ladder is an error.';

CREATE OPERATOR zjtx.|^ (LEFTARG = record, RIGHTARG = zjtx.policy, FUNCTION = zjtx.placement);
COMMENT ON OPERATOR zjtx.|^ (record, zjtx.policy) IS
'The highest rung of the policy''s ladder that is proved; (0,none,未入梯度) when every rung is proved false; NULL while none is proved and one is undecided. A policy without a ladder is an error.';

CREATE FUNCTION zjtx.placement(e record, policy text) RETURNS zjtx.placement
	AS 'MODULE_PATHNAME', 'zjtx_placement_row_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx.placement_support;
COMMENT ON FUNCTION zjtx.placement(record, text) IS
'The highest rung of the policy''s ladder that is proved; (0,none,未入梯度) when every rung is proved false; NULL while none is proved and one is undecided. A policy without a ladder is an error. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE OPERATOR zjtx.|^ (LEFTARG = record, RIGHTARG = text, FUNCTION = zjtx.placement);
COMMENT ON OPERATOR zjtx.|^ (record, text) IS
'The highest rung of the policy''s ladder that is proved; (0,none,未入梯度) when every rung is proved false; NULL while none is proved and one is undecided. A policy without a ladder is an error. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE FUNCTION zjtx.placement(e jsonb, policy zjtx.policy) RETURNS zjtx.placement
	AS 'MODULE_PATHNAME', 'zjtx_placement_jsonb' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.placement(jsonb, zjtx.policy) IS
'The highest rung of the policy''s ladder that is proved; (0,none,未入梯度) when every rung is proved false; NULL while none is proved and one is undecided. A policy without a ladder is an error.';

CREATE OPERATOR zjtx.|^ (LEFTARG = jsonb, RIGHTARG = zjtx.policy, FUNCTION = zjtx.placement);
COMMENT ON OPERATOR zjtx.|^ (jsonb, zjtx.policy) IS
'The highest rung of the policy''s ladder that is proved; (0,none,未入梯度) when every rung is proved false; NULL while none is proved and one is undecided. A policy without a ladder is an error.';

CREATE FUNCTION zjtx.placement(e jsonb, policy text) RETURNS zjtx.placement
	AS 'MODULE_PATHNAME', 'zjtx_placement_jsonb_name' LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.placement(jsonb, text) IS
'The highest rung of the policy''s ladder that is proved; (0,none,未入梯度) when every rung is proved false; NULL while none is proved and one is undecided. A policy without a ladder is an error. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE OPERATOR zjtx.|^ (LEFTARG = jsonb, RIGHTARG = text, FUNCTION = zjtx.placement);
COMMENT ON OPERATOR zjtx.|^ (jsonb, text) IS
'The highest rung of the policy''s ladder that is proved; (0,none,未入梯度) when every rung is proved false; NULL while none is proved and one is undecided. A policy without a ladder is an error. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE FUNCTION zjtx.amount(e record, policy zjtx.policy) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_amount_row' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx.amount_support;
COMMENT ON FUNCTION zjtx.amount(record, zjtx.policy) IS
'What the row is owed as of the day judged, in 元 (points in 分), with two decimals; 0.00 where nothing is owed; NULL while low and high differ, or where a clause asked for alone has no figure.';

CREATE OPERATOR zjtx.|# (LEFTARG = record, RIGHTARG = zjtx.policy, FUNCTION = zjtx.amount);
COMMENT ON OPERATOR zjtx.|# (record, zjtx.policy) IS
'What the row is owed as of the day judged, in 元 (points in 分), with two decimals; 0.00 where nothing is owed; NULL while low and high differ, or where a clause asked for alone has no figure.';

CREATE FUNCTION zjtx.amount(e record, policy text) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_amount_row_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx.amount_support;
COMMENT ON FUNCTION zjtx.amount(record, text) IS
'What the row is owed as of the day judged, in 元 (points in 分), with two decimals; 0.00 where nothing is owed; NULL while low and high differ, or where a clause asked for alone has no figure. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE OPERATOR zjtx.|# (LEFTARG = record, RIGHTARG = text, FUNCTION = zjtx.amount);
COMMENT ON OPERATOR zjtx.|# (record, text) IS
'What the row is owed as of the day judged, in 元 (points in 分), with two decimals; 0.00 where nothing is owed; NULL while low and high differ, or where a clause asked for alone has no figure. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE FUNCTION zjtx.amount(e jsonb, policy zjtx.policy) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_amount_jsonb' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.amount(jsonb, zjtx.policy) IS
'What the row is owed as of the day judged, in 元 (points in 分), with two decimals; 0.00 where nothing is owed; NULL while low and high differ, or where a clause asked for alone has no figure.';

CREATE OPERATOR zjtx.|# (LEFTARG = jsonb, RIGHTARG = zjtx.policy, FUNCTION = zjtx.amount);
COMMENT ON OPERATOR zjtx.|# (jsonb, zjtx.policy) IS
'What the row is owed as of the day judged, in 元 (points in 分), with two decimals; 0.00 where nothing is owed; NULL while low and high differ, or where a clause asked for alone has no figure.';

CREATE FUNCTION zjtx.amount(e jsonb, policy text) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_amount_jsonb_name' LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.amount(jsonb, text) IS
'What the row is owed as of the day judged, in 元 (points in 分), with two decimals; 0.00 where nothing is owed; NULL while low and high differ, or where a clause asked for alone has no figure. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE OPERATOR zjtx.|# (LEFTARG = jsonb, RIGHTARG = text, FUNCTION = zjtx.amount);
COMMENT ON OPERATOR zjtx.|# (jsonb, text) IS
'What the row is owed as of the day judged, in 元 (points in 分), with two decimals; 0.00 where nothing is owed; NULL while low and high differ, or where a clause asked for alone has no figure. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE FUNCTION zjtx.amount_range(e record, policy zjtx.policy, OUT low numeric, OUT high numeric) RETURNS record
	AS 'MODULE_PATHNAME', 'zjtx_amount_range_row' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx.amount_range_support;
COMMENT ON FUNCTION zjtx.amount_range(record, zjtx.policy) IS
'The least and the most that the row can be owed while facts are unknown, in 元 with two decimals; equal where it is decided. high is NULL where nothing bounds it, both where the clause has no figure.';

CREATE FUNCTION zjtx.amount_range(e record, policy text, OUT low numeric, OUT high numeric) RETURNS record
	AS 'MODULE_PATHNAME', 'zjtx_amount_range_row_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx.amount_range_support;
COMMENT ON FUNCTION zjtx.amount_range(record, text) IS
'The least and the most that the row can be owed while facts are unknown, in 元 with two decimals; equal where it is decided. high is NULL where nothing bounds it, both where the clause has no figure. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE FUNCTION zjtx.amount_range(e jsonb, policy zjtx.policy, OUT low numeric, OUT high numeric) RETURNS record
	AS 'MODULE_PATHNAME', 'zjtx_amount_range_jsonb' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.amount_range(jsonb, zjtx.policy) IS
'The least and the most that the row can be owed while facts are unknown, in 元 with two decimals; equal where it is decided. high is NULL where nothing bounds it, both where the clause has no figure.';

CREATE FUNCTION zjtx.amount_range(e jsonb, policy text, OUT low numeric, OUT high numeric) RETURNS record
	AS 'MODULE_PATHNAME', 'zjtx_amount_range_jsonb_name' LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.amount_range(jsonb, text) IS
'The least and the most that the row can be owed while facts are unknown, in 元 with two decimals; equal where it is decided. high is NULL where nothing bounds it, both where the clause has no figure. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE FUNCTION zjtx.missing(e record, policy zjtx.policy) RETURNS text[]
	AS 'MODULE_PATHNAME', 'zjtx_missing_row' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx.missing_support;
COMMENT ON FUNCTION zjtx.missing(record, zjtx.policy) IS
'The facts that are unknown and still matter to the policy''s answers, by name, the most decisive first; an empty array where everything is decided, or only a division by zero leaves it open.';

CREATE OPERATOR zjtx.|! (LEFTARG = record, RIGHTARG = zjtx.policy, FUNCTION = zjtx.missing);
COMMENT ON OPERATOR zjtx.|! (record, zjtx.policy) IS
'The facts that are unknown and still matter to the policy''s answers, by name, the most decisive first; an empty array where everything is decided, or only a division by zero leaves it open.';

CREATE FUNCTION zjtx.missing(e record, policy text) RETURNS text[]
	AS 'MODULE_PATHNAME', 'zjtx_missing_row_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx.missing_support;
COMMENT ON FUNCTION zjtx.missing(record, text) IS
'The facts that are unknown and still matter to the policy''s answers, by name, the most decisive first; an empty array where everything is decided, or only a division by zero leaves it open. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE OPERATOR zjtx.|! (LEFTARG = record, RIGHTARG = text, FUNCTION = zjtx.missing);
COMMENT ON OPERATOR zjtx.|! (record, text) IS
'The facts that are unknown and still matter to the policy''s answers, by name, the most decisive first; an empty array where everything is decided, or only a division by zero leaves it open. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE FUNCTION zjtx.missing(e jsonb, policy zjtx.policy) RETURNS text[]
	AS 'MODULE_PATHNAME', 'zjtx_missing_jsonb' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.missing(jsonb, zjtx.policy) IS
'The facts that are unknown and still matter to the policy''s answers, by name, the most decisive first; an empty array where everything is decided, or only a division by zero leaves it open.';

CREATE OPERATOR zjtx.|! (LEFTARG = jsonb, RIGHTARG = zjtx.policy, FUNCTION = zjtx.missing);
COMMENT ON OPERATOR zjtx.|! (jsonb, zjtx.policy) IS
'The facts that are unknown and still matter to the policy''s answers, by name, the most decisive first; an empty array where everything is decided, or only a division by zero leaves it open.';

CREATE FUNCTION zjtx.missing(e jsonb, policy text) RETURNS text[]
	AS 'MODULE_PATHNAME', 'zjtx_missing_jsonb_name' LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.missing(jsonb, text) IS
'The facts that are unknown and still matter to the policy''s answers, by name, the most decisive first; an empty array where everything is decided, or only a division by zero leaves it open. The policy is a stored name: code, series, code/clause or code/rung.';

CREATE OPERATOR zjtx.|! (LEFTARG = jsonb, RIGHTARG = text, FUNCTION = zjtx.missing);
COMMENT ON OPERATOR zjtx.|! (jsonb, text) IS
'The facts that are unknown and still matter to the policy''s answers, by name, the most decisive first; an empty array where everything is decided, or only a division by zero leaves it open. The policy is a stored name: code, series, code/clause or code/rung.';
