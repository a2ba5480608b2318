-- The schema, and the type zjtx.policy.

-- Who can put objects into the schema could put them in the place of ours.
CREATE FUNCTION zjtx.check_schema() RETURNS void
	AS 'MODULE_PATHNAME', 'zjtx_check_schema' LANGUAGE C;
SELECT zjtx.check_schema();
DROP FUNCTION zjtx.check_schema();

CREATE TYPE zjtx.policy;

CREATE FUNCTION zjtx.policy_in(cstring) RETURNS zjtx.policy
	AS 'MODULE_PATHNAME', 'zjtx_policy_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.policy_in(cstring) IS
'Reads and checks a policy: names, types, units and ranges. An error names line and column.';

CREATE FUNCTION zjtx.policy_out(zjtx.policy) RETURNS cstring
	AS 'MODULE_PATHNAME', 'zjtx_policy_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.policy_out(zjtx.policy) IS
'The text of a policy as its author wrote it.';

CREATE FUNCTION zjtx.policy_recv(internal) RETURNS zjtx.policy
	AS 'MODULE_PATHNAME', 'zjtx_policy_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.policy_recv(internal) IS
'Receives the text of a policy, which is read and checked as input is.';

CREATE FUNCTION zjtx.policy_send(zjtx.policy) RETURNS bytea
	AS 'MODULE_PATHNAME', 'zjtx_policy_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.policy_send(zjtx.policy) IS
'Sends the text of a policy.';

CREATE TYPE zjtx.policy (
	INPUT = zjtx.policy_in,
	OUTPUT = zjtx.policy_out,
	RECEIVE = zjtx.policy_recv,
	SEND = zjtx.policy_send,
	INTERNALLENGTH = VARIABLE,
	STORAGE = extended
);
COMMENT ON TYPE zjtx.policy IS
'A policy document, or a rule of one expression: eligibility, ladder, scores, payments. Stored as its text.';

CREATE TYPE zjtx.placement AS (level int, code text, label text);
COMMENT ON TYPE zjtx.placement IS
'Where an enterprise stands on a ladder: level (0 for none), the rung''s code and its label.';

CREATE FUNCTION zjtx.part(policy zjtx.policy, code text) RETURNS zjtx.policy
	AS 'MODULE_PATHNAME', 'zjtx_policy_part' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.part(zjtx.policy, text) IS
'The policy that holds only what one clause or rung needs. A code that it does not have is an error.';

CREATE OPERATOR zjtx.-> (LEFTARG = zjtx.policy, RIGHTARG = text, FUNCTION = zjtx.part);
COMMENT ON OPERATOR zjtx.-> (zjtx.policy, text) IS
'The policy that holds only what one clause or rung needs.';

CREATE FUNCTION zjtx.as_of(policy zjtx.policy, day date) RETURNS zjtx.policy
	AS 'MODULE_PATHNAME', 'zjtx_policy_as_of' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.as_of(zjtx.policy, date) IS
'The policy bound to the day for which it judges a row that has no as_of of its own.';

CREATE FUNCTION zjtx.examples(policy zjtx.policy,
	OUT example text, OUT expected text, OUT found text, OUT holds boolean) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_examples' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.examples(zjtx.policy) IS
'Runs the worked examples of a policy: one row for each expectation, with what was found.';
