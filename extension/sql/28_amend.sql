-- What-if questions: policies with changed statements, and stored policies on other days.

CREATE FUNCTION zjtx.amend(policy zjtx.policy, statements text) RETURNS zjtx.policy
	AS 'MODULE_PATHNAME', 'zjtx_amend' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.amend(zjtx.policy, text) IS
'The policy with some statements replaced. Each given statement, such as define rent_cap = 60万元, replaces the statement of the same kind and name. A statement without a counterpart is an error (42704), one that does not fit is an error (22P02). Examples are not run. A policy that is bound to a day stays bound to it.';

CREATE FUNCTION zjtx.amend(policy text, statements text) RETURNS zjtx.policy
	AS 'MODULE_PATHNAME', 'zjtx_amend_name' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.amend(text, text) IS
'A stored policy, given by its name, with some statements replaced as by amend(policy, text). It judges the same days as the name, so that both can be compared: the as_of of the row, else the day of the session (zjtx.as_of, or the date of the transaction).';

CREATE FUNCTION zjtx.as_of(policy text, day date) RETURNS zjtx.policy
	AS 'MODULE_PATHNAME', 'zjtx_as_of_name' LANGUAGE C STABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.as_of(text, date) IS
'A stored policy, given by its name and bound to a day. It judges every row as of that day, also a row with an as_of column of its own.';
