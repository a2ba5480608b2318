-- What the planner puts in the place of the questions about a row: the same of just the
-- columns that the policy reads.  names are those of the facts, separated by spaces, in
-- the order of the arguments behind them; a stored name's begin with the hash of its text.
-- A fact that is not named is absent, so unknown.

CREATE FUNCTION zjtx.eligible_facts(policy zjtx.policy, names text, VARIADIC facts "any") RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_eligible_facts' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx.facts_support;
COMMENT ON FUNCTION zjtx.eligible_facts(zjtx.policy, text, "any") IS
'Whether an enterprise satisfies the policy, by just the columns that the policy reads: the planner puts it in the place of eligible(e, policy), whose answers it gives. names are the facts of the arguments behind it; a fact that is not named is unknown.';

CREATE FUNCTION zjtx.eligible_facts(policy text, names text, VARIADIC facts "any") RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_eligible_facts_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx.facts_support;
COMMENT ON FUNCTION zjtx.eligible_facts(text, text, "any") IS
'Whether an enterprise satisfies the policy, by just the columns that the policy reads: the planner puts it in the place of eligible(e, policy), whose answers it gives. names are the facts of the arguments behind it; a fact that is not named is unknown.';

CREATE FUNCTION zjtx.placement_facts(policy zjtx.policy, names text, VARIADIC facts "any") RETURNS zjtx.placement
	AS 'MODULE_PATHNAME', 'zjtx_placement_facts' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx.facts_support;
COMMENT ON FUNCTION zjtx.placement_facts(zjtx.policy, text, "any") IS
'The highest rung of the policy that is proved, by just the columns that the policy reads: the planner puts it in the place of placement(e, policy), whose answers it gives. names are the facts of the arguments behind it; a fact that is not named is unknown.';

CREATE FUNCTION zjtx.placement_facts(policy text, names text, VARIADIC facts "any") RETURNS zjtx.placement
	AS 'MODULE_PATHNAME', 'zjtx_placement_facts_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx.facts_support;
COMMENT ON FUNCTION zjtx.placement_facts(text, text, "any") IS
'The highest rung of the policy that is proved, by just the columns that the policy reads: the planner puts it in the place of placement(e, policy), whose answers it gives. names are the facts of the arguments behind it; a fact that is not named is unknown.';

CREATE FUNCTION zjtx.amount_facts(policy zjtx.policy, names text, VARIADIC facts "any") RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_amount_facts' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx.facts_support;
COMMENT ON FUNCTION zjtx.amount_facts(zjtx.policy, text, "any") IS
'The money owed, in 元, by just the columns that the policy reads: the planner puts it in the place of amount(e, policy), whose answers it gives. names are the facts of the arguments behind it; a fact that is not named is unknown.';

CREATE FUNCTION zjtx.amount_facts(policy text, names text, VARIADIC facts "any") RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_amount_facts_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx.facts_support;
COMMENT ON FUNCTION zjtx.amount_facts(text, text, "any") IS
'The money owed, in 元, by just the columns that the policy reads: the planner puts it in the place of amount(e, policy), whose answers it gives. names are the facts of the arguments behind it; a fact that is not named is unknown.';

CREATE FUNCTION zjtx.amount_range_facts(policy zjtx.policy, names text, VARIADIC facts "any", OUT low numeric, OUT high numeric) RETURNS record
	AS 'MODULE_PATHNAME', 'zjtx_amount_range_facts' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx.facts_support;
COMMENT ON FUNCTION zjtx.amount_range_facts(zjtx.policy, text, "any") IS
'The least and the greatest money that may be owed, in 元, by just the columns that the policy reads: the planner puts it in the place of amount_range(e, policy), whose answers it gives. names are the facts of the arguments behind it; a fact that is not named is unknown.';

CREATE FUNCTION zjtx.amount_range_facts(policy text, names text, VARIADIC facts "any", OUT low numeric, OUT high numeric) RETURNS record
	AS 'MODULE_PATHNAME', 'zjtx_amount_range_facts_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx.facts_support;
COMMENT ON FUNCTION zjtx.amount_range_facts(text, text, "any") IS
'The least and the greatest money that may be owed, in 元, by just the columns that the policy reads: the planner puts it in the place of amount_range(e, policy), whose answers it gives. names are the facts of the arguments behind it; a fact that is not named is unknown.';

CREATE FUNCTION zjtx.missing_facts(policy zjtx.policy, names text, VARIADIC facts "any") RETURNS text[]
	AS 'MODULE_PATHNAME', 'zjtx_missing_facts' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx.facts_support;
COMMENT ON FUNCTION zjtx.missing_facts(zjtx.policy, text, "any") IS
'The facts that are unknown and still matter, by just the columns that the policy reads: the planner puts it in the place of missing(e, policy), whose answers it gives. names are the facts of the arguments behind it; a fact that is not named is unknown.';

CREATE FUNCTION zjtx.missing_facts(policy text, names text, VARIADIC facts "any") RETURNS text[]
	AS 'MODULE_PATHNAME', 'zjtx_missing_facts_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx.facts_support;
COMMENT ON FUNCTION zjtx.missing_facts(text, text, "any") IS
'The facts that are unknown and still matter, by just the columns that the policy reads: the planner puts it in the place of missing(e, policy), whose answers it gives. names are the facts of the arguments behind it; a fact that is not named is unknown.';
