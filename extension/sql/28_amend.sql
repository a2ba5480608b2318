-- What if: policies with other statements, and stored ones on other days.

CREATE FUNCTION zjtx.amend(policy zjtx.policy, statements text) RETURNS zjtx.policy
	AS 'MODULE_PATHNAME', 'zjtx_amend' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.amend(zjtx.policy, text) IS
'The policy with statements in the place of their namesakes, as in define rent_cap = 60万元. A statement that has no namesake, or does not fit, is an error. Examples are not run, and the day that the policy is bound to stays.';

CREATE FUNCTION zjtx.amend(policy text, statements text) RETURNS zjtx.policy
	AS 'MODULE_PATHNAME', 'zjtx_amend_name' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.amend(text, text) IS
'A stored policy, by its name, with statements in the place of their namesakes, bound to the day on which the name would be judged (zjtx.as_of, or the date of the transaction), so that it can be held beside the name.';

CREATE FUNCTION zjtx.as_of(policy text, day date) RETURNS zjtx.policy
	AS 'MODULE_PATHNAME', 'zjtx_as_of_name' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.as_of(text, date) IS
'A stored policy, by its name, bound to the day for which it judges a row that has no as_of of its own.';
