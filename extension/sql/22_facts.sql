-- The functions with which the planner replaces questions about a row: they take only the
-- columns that the policy reads.  names lists the facts in the order of the arguments,
-- separated by spaces; a fact that is not listed is unknown.  Where the policy is given by
-- name, the list begins with a hash of the stored text.

CREATE FUNCTION zjtx_internal.eligible_facts(policy zjtx.policy, names text, VARIADIC facts "any") RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_eligible_facts' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx_internal.facts_support;
COMMENT ON FUNCTION zjtx_internal.eligible_facts(zjtx.policy, text, "any") IS
'The answer of zjtx.eligible for the facts given as arguments. The planner generates these calls in place of eligible(e, policy); do not write them by hand. names lists the facts in the order of the arguments; a fact that is not listed is unknown. The list may begin with a hash of the policy''s text; another text is then an error (40001).';

CREATE FUNCTION zjtx_internal.eligible_facts(policy text, names text, VARIADIC facts "any") RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_eligible_facts_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx_internal.facts_support;
COMMENT ON FUNCTION zjtx_internal.eligible_facts(text, text, "any") IS
'The answer of zjtx.eligible for the facts given as arguments. The planner generates these calls in place of eligible(e, policy); do not write them by hand. names lists the facts in the order of the arguments; a fact that is not listed is unknown. The list begins with a hash of the stored policy''s text; another text is an error (40001).';

CREATE FUNCTION zjtx_internal.placement_facts(policy zjtx.policy, names text, VARIADIC facts "any") RETURNS zjtx.placement
	AS 'MODULE_PATHNAME', 'zjtx_placement_facts' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx_internal.facts_support;
COMMENT ON FUNCTION zjtx_internal.placement_facts(zjtx.policy, text, "any") IS
'The answer of zjtx.placement for the facts given as arguments. The planner generates these calls in place of placement(e, policy); do not write them by hand. names lists the facts in the order of the arguments; a fact that is not listed is unknown. The list may begin with a hash of the policy''s text; another text is then an error (40001).';

CREATE FUNCTION zjtx_internal.placement_facts(policy text, names text, VARIADIC facts "any") RETURNS zjtx.placement
	AS 'MODULE_PATHNAME', 'zjtx_placement_facts_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx_internal.facts_support;
COMMENT ON FUNCTION zjtx_internal.placement_facts(text, text, "any") IS
'The answer of zjtx.placement for the facts given as arguments. The planner generates these calls in place of placement(e, policy); do not write them by hand. names lists the facts in the order of the arguments; a fact that is not listed is unknown. The list begins with a hash of the stored policy''s text; another text is an error (40001).';

CREATE FUNCTION zjtx_internal.amount_facts(policy zjtx.policy, names text, VARIADIC facts "any") RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_amount_facts' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx_internal.facts_support;
COMMENT ON FUNCTION zjtx_internal.amount_facts(zjtx.policy, text, "any") IS
'The answer of zjtx.amount for the facts given as arguments. The planner generates these calls in place of amount(e, policy); do not write them by hand. names lists the facts in the order of the arguments; a fact that is not listed is unknown. The list may begin with a hash of the policy''s text; another text is then an error (40001).';

CREATE FUNCTION zjtx_internal.amount_facts(policy text, names text, VARIADIC facts "any") RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_amount_facts_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx_internal.facts_support;
COMMENT ON FUNCTION zjtx_internal.amount_facts(text, text, "any") IS
'The answer of zjtx.amount for the facts given as arguments. The planner generates these calls in place of amount(e, policy); do not write them by hand. names lists the facts in the order of the arguments; a fact that is not listed is unknown. The list begins with a hash of the stored policy''s text; another text is an error (40001).';

CREATE FUNCTION zjtx_internal.amount_range_facts(policy zjtx.policy, names text, VARIADIC facts "any", OUT low numeric, OUT high numeric) RETURNS record
	AS 'MODULE_PATHNAME', 'zjtx_amount_range_facts' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx_internal.facts_support;
COMMENT ON FUNCTION zjtx_internal.amount_range_facts(zjtx.policy, text, "any") IS
'The answer of zjtx.amount_range for the facts given as arguments. The planner generates these calls in place of amount_range(e, policy); do not write them by hand. names lists the facts in the order of the arguments; a fact that is not listed is unknown. The list may begin with a hash of the policy''s text; another text is then an error (40001).';

CREATE FUNCTION zjtx_internal.amount_range_facts(policy text, names text, VARIADIC facts "any", OUT low numeric, OUT high numeric) RETURNS record
	AS 'MODULE_PATHNAME', 'zjtx_amount_range_facts_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx_internal.facts_support;
COMMENT ON FUNCTION zjtx_internal.amount_range_facts(text, text, "any") IS
'The answer of zjtx.amount_range for the facts given as arguments. The planner generates these calls in place of amount_range(e, policy); do not write them by hand. names lists the facts in the order of the arguments; a fact that is not listed is unknown. The list begins with a hash of the stored policy''s text; another text is an error (40001).';

CREATE FUNCTION zjtx_internal.value_facts(policy zjtx.policy, names text, VARIADIC facts "any") RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_value_facts' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx_internal.facts_support;
COMMENT ON FUNCTION zjtx_internal.value_facts(zjtx.policy, text, "any") IS
'The answer of zjtx.value for the facts given as arguments. The planner generates these calls in place of value(e, policy); do not write them by hand. names lists the facts in the order of the arguments; a fact that is not listed is unknown. The list may begin with a hash of the policy''s text; another text is then an error (40001).';

CREATE FUNCTION zjtx_internal.value_facts(policy text, names text, VARIADIC facts "any") RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_value_facts_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx_internal.facts_support;
COMMENT ON FUNCTION zjtx_internal.value_facts(text, text, "any") IS
'The answer of zjtx.value for the facts given as arguments. The planner generates these calls in place of value(e, policy); do not write them by hand. names lists the facts in the order of the arguments; a fact that is not listed is unknown. The list begins with a hash of the stored policy''s text; another text is an error (40001).';

CREATE FUNCTION zjtx_internal.value_range_facts(policy zjtx.policy, names text, VARIADIC facts "any", OUT low numeric, OUT high numeric) RETURNS record
	AS 'MODULE_PATHNAME', 'zjtx_value_range_facts' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx_internal.facts_support;
COMMENT ON FUNCTION zjtx_internal.value_range_facts(zjtx.policy, text, "any") IS
'The answer of zjtx.value_range for the facts given as arguments. The planner generates these calls in place of value_range(e, policy); do not write them by hand. names lists the facts in the order of the arguments; a fact that is not listed is unknown. The list may begin with a hash of the policy''s text; another text is then an error (40001).';

CREATE FUNCTION zjtx_internal.value_range_facts(policy text, names text, VARIADIC facts "any", OUT low numeric, OUT high numeric) RETURNS record
	AS 'MODULE_PATHNAME', 'zjtx_value_range_facts_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx_internal.facts_support;
COMMENT ON FUNCTION zjtx_internal.value_range_facts(text, text, "any") IS
'The answer of zjtx.value_range for the facts given as arguments. The planner generates these calls in place of value_range(e, policy); do not write them by hand. names lists the facts in the order of the arguments; a fact that is not listed is unknown. The list begins with a hash of the stored policy''s text; another text is an error (40001).';

CREATE FUNCTION zjtx_internal.missing_facts(policy zjtx.policy, names text, VARIADIC facts "any") RETURNS text[]
	AS 'MODULE_PATHNAME', 'zjtx_missing_facts' LANGUAGE C IMMUTABLE PARALLEL SAFE
	SUPPORT zjtx_internal.facts_support;
COMMENT ON FUNCTION zjtx_internal.missing_facts(zjtx.policy, text, "any") IS
'The answer of zjtx.missing for the facts given as arguments. The planner generates these calls in place of missing(e, policy); do not write them by hand. names lists the facts in the order of the arguments; a fact that is not listed is unknown. The list may begin with a hash of the policy''s text; another text is then an error (40001).';

CREATE FUNCTION zjtx_internal.missing_facts(policy text, names text, VARIADIC facts "any") RETURNS text[]
	AS 'MODULE_PATHNAME', 'zjtx_missing_facts_name' LANGUAGE C STABLE PARALLEL SAFE
	SUPPORT zjtx_internal.facts_support;
COMMENT ON FUNCTION zjtx_internal.missing_facts(text, text, "any") IS
'The answer of zjtx.missing for the facts given as arguments. The planner generates these calls in place of missing(e, policy); do not write them by hand. names lists the facts in the order of the arguments; a fact that is not listed is unknown. The list begins with a hash of the stored policy''s text; another text is an error (40001).';
