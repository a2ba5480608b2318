-- The schemas, and the type zjtx.policy.

-- What people call is in zjtx.  zjtx_internal has the functions whose names nobody writes: those
-- that only PostgreSQL calls (of types, casts, operator classes, aggregates, planner support and
-- triggers of the extension's own tables), and those whose calls the planner, a published view or
-- another function of the extension generates.
CREATE SCHEMA zjtx_internal;
COMMENT ON SCHEMA zjtx_internal IS
'Functions of zjtx that PostgreSQL, the planner and published views call. Do not write these calls by hand.';

-- Refuses schemas that another role can write to: functions created there could be called
-- in place of the extension's.
CREATE FUNCTION zjtx.check_schema() RETURNS void
	AS 'MODULE_PATHNAME', 'zjtx_check_schema' LANGUAGE C;
SELECT zjtx.check_schema();
DROP FUNCTION zjtx.check_schema();
CREATE FUNCTION zjtx_internal.check_schema() RETURNS void
	AS 'MODULE_PATHNAME', 'zjtx_check_schema' LANGUAGE C;
SELECT zjtx_internal.check_schema();
DROP FUNCTION zjtx_internal.check_schema();

CREATE TYPE zjtx.policy;

CREATE FUNCTION zjtx_internal.policy_in(cstring) RETURNS zjtx.policy
	AS 'MODULE_PATHNAME', 'zjtx_policy_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.policy_in(cstring) IS
'Reads a policy from text and checks names, types, units and ranges. A text that is no policy is an error (22P02), which gives the line and column.';

CREATE FUNCTION zjtx_internal.policy_out(zjtx.policy) RETURNS cstring
	AS 'MODULE_PATHNAME', 'zjtx_policy_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.policy_out(zjtx.policy) IS
'The text of the policy, exactly as written.';

CREATE FUNCTION zjtx_internal.policy_recv(internal) RETURNS zjtx.policy
	AS 'MODULE_PATHNAME', 'zjtx_policy_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.policy_recv(internal) IS
'Receives the text of a policy and reads and checks it like text input.';

CREATE FUNCTION zjtx_internal.policy_send(zjtx.policy) RETURNS bytea
	AS 'MODULE_PATHNAME', 'zjtx_policy_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.policy_send(zjtx.policy) IS
'Sends the text of a policy.';

CREATE TYPE zjtx.policy (
	INPUT = zjtx_internal.policy_in,
	OUTPUT = zjtx_internal.policy_out,
	RECEIVE = zjtx_internal.policy_recv,
	SEND = zjtx_internal.policy_send,
	INTERNALLENGTH = VARIABLE,
	STORAGE = extended
);
COMMENT ON TYPE zjtx.policy IS
'A policy document (clauses, ladder, scores, payments), a series of documents, or a single boolean expression. Stored as its text.';

CREATE FUNCTION zjtx_internal.text_policy(policy text) RETURNS zjtx.policy
	AS 'MODULE_PATHNAME', 'zjtx_text_policy' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.text_policy(text) IS
'Reads a policy from text like a literal, for casts of columns and expressions. A text that the session has read before is not read again. A text that is no policy is an error (22P02), which gives the line and column.';
CREATE CAST (text AS zjtx.policy) WITH FUNCTION zjtx_internal.text_policy(text);
COMMENT ON CAST (text AS zjtx.policy) IS 'Reads and checks the text of a policy.';
CREATE CAST (varchar AS zjtx.policy) WITH FUNCTION zjtx_internal.text_policy(text);
COMMENT ON CAST (varchar AS zjtx.policy) IS 'Reads and checks the text of a policy.';

CREATE TYPE zjtx.placement AS (level int, code text, label text);
COMMENT ON TYPE zjtx.placement IS
'A position on a ladder: level (1 for the lowest rung, 0 for none), the code of the rung and its label.';
COMMENT ON COLUMN zjtx.placement.level IS 'The position of the rung, 1 for the lowest; 0 for none.';
COMMENT ON COLUMN zjtx.placement.code IS 'The code of the rung; none for level 0.';
COMMENT ON COLUMN zjtx.placement.label IS 'The title of the rung, empty if it has none; 未入梯度 for level 0.';

CREATE FUNCTION zjtx_internal.placement_larger(a zjtx.placement, b zjtx.placement) RETURNS zjtx.placement
	AS 'MODULE_PATHNAME', 'zjtx_placement_larger' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.placement_larger(zjtx.placement, zjtx.placement) IS
'The placement of the higher level; of equal levels, the one whose code and label are greater by their bytes. A level that is NULL is below all others. NULL for NULL.';
CREATE FUNCTION zjtx_internal.placement_smaller(a zjtx.placement, b zjtx.placement) RETURNS zjtx.placement
	AS 'MODULE_PATHNAME', 'zjtx_placement_smaller' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.placement_smaller(zjtx.placement, zjtx.placement) IS
'The placement of the lower level; of equal levels, the one whose code and label are less by their bytes. A level that is NULL is above all others. NULL for NULL.';
CREATE AGGREGATE zjtx.max(placement zjtx.placement) (
	SFUNC = zjtx_internal.placement_larger,
	STYPE = zjtx.placement,
	COMBINEFUNC = zjtx_internal.placement_larger,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE zjtx.max(zjtx.placement) IS
'The placement of the highest level. Undecided placements (NULL) are left out; NULL if there is no other.';
CREATE AGGREGATE zjtx.min(placement zjtx.placement) (
	SFUNC = zjtx_internal.placement_smaller,
	STYPE = zjtx.placement,
	COMBINEFUNC = zjtx_internal.placement_smaller,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE zjtx.min(zjtx.placement) IS
'The placement of the lowest level. Undecided placements (NULL) are left out; NULL if there is no other.';

CREATE FUNCTION zjtx.part(policy zjtx.policy, code text) RETURNS zjtx.policy
	AS 'MODULE_PATHNAME', 'zjtx_policy_part' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.part(zjtx.policy, text) IS
'The policy reduced to one clause or rung, given by its code, and what that clause or rung needs. A code that the policy does not have is an error (42704).';

CREATE OPERATOR zjtx.-> (LEFTARG = zjtx.policy, RIGHTARG = text, FUNCTION = zjtx.part);
COMMENT ON OPERATOR zjtx.-> (zjtx.policy, text) IS
'The policy reduced to one clause or rung, given by its code, and what that clause or rung needs. A code that the policy does not have is an error (42704).';

CREATE FUNCTION zjtx.as_of(policy zjtx.policy, day date) RETURNS zjtx.policy
	AS 'MODULE_PATHNAME', 'zjtx_policy_as_of' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.as_of(zjtx.policy, date) IS
'The policy bound to a day. It judges every row as of that day, also a row with an as_of column of its own.';

CREATE FUNCTION zjtx.examples(policy zjtx.policy,
	OUT example text, OUT expected text, OUT found text, OUT holds boolean) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'zjtx_examples' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100000;
COMMENT ON FUNCTION zjtx.examples(zjtx.policy) IS
'Runs the worked examples of a policy. One row for each expectation: the example, the expected and the found value as text, and whether they agree.';
