-- Equality and order of policies and verdicts, by the bytes of their text and independent of
-- collations.  DISTINCT, GROUP BY and replication with REPLICA IDENTITY FULL need them.  The
-- functions of bytea serve for policies, which are stored as their text.

CREATE FUNCTION zjtx_internal.policy_eq(zjtx.policy, zjtx.policy) RETURNS boolean
	LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE
	AS 'byteaeq';
COMMENT ON FUNCTION zjtx_internal.policy_eq(zjtx.policy, zjtx.policy) IS
'Whether the texts of the two policies are equal, byte for byte.';

CREATE FUNCTION zjtx_internal.policy_ne(zjtx.policy, zjtx.policy) RETURNS boolean
	LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE
	AS 'byteane';
COMMENT ON FUNCTION zjtx_internal.policy_ne(zjtx.policy, zjtx.policy) IS
'Whether the texts of the two policies differ.';

CREATE FUNCTION zjtx_internal.policy_lt(zjtx.policy, zjtx.policy) RETURNS boolean
	LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE
	AS 'bytealt';
COMMENT ON FUNCTION zjtx_internal.policy_lt(zjtx.policy, zjtx.policy) IS
'Whether the text of the first policy sorts before that of the second, by bytes.';

CREATE FUNCTION zjtx_internal.policy_le(zjtx.policy, zjtx.policy) RETURNS boolean
	LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE
	AS 'byteale';
COMMENT ON FUNCTION zjtx_internal.policy_le(zjtx.policy, zjtx.policy) IS
'Whether the text of the first policy sorts before that of the second or equals it, by bytes.';

CREATE FUNCTION zjtx_internal.policy_gt(zjtx.policy, zjtx.policy) RETURNS boolean
	LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE
	AS 'byteagt';
COMMENT ON FUNCTION zjtx_internal.policy_gt(zjtx.policy, zjtx.policy) IS
'Whether the text of the first policy sorts after that of the second, by bytes.';

CREATE FUNCTION zjtx_internal.policy_ge(zjtx.policy, zjtx.policy) RETURNS boolean
	LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE
	AS 'byteage';
COMMENT ON FUNCTION zjtx_internal.policy_ge(zjtx.policy, zjtx.policy) IS
'Whether the text of the first policy sorts after that of the second or equals it, by bytes.';

CREATE OPERATOR zjtx.= (LEFTARG = zjtx.policy, RIGHTARG = zjtx.policy, FUNCTION = zjtx_internal.policy_eq,
	COMMUTATOR = OPERATOR(zjtx.=), NEGATOR = OPERATOR(zjtx.<>), RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES);
COMMENT ON OPERATOR zjtx.= (zjtx.policy, zjtx.policy) IS
'Whether the texts of the two policies are equal, byte for byte.';

CREATE OPERATOR zjtx.<> (LEFTARG = zjtx.policy, RIGHTARG = zjtx.policy, FUNCTION = zjtx_internal.policy_ne,
	COMMUTATOR = OPERATOR(zjtx.<>), NEGATOR = OPERATOR(zjtx.=), RESTRICT = neqsel, JOIN = neqjoinsel);
COMMENT ON OPERATOR zjtx.<> (zjtx.policy, zjtx.policy) IS
'Whether the texts of the two policies differ.';

CREATE OPERATOR zjtx.< (LEFTARG = zjtx.policy, RIGHTARG = zjtx.policy, FUNCTION = zjtx_internal.policy_lt,
	COMMUTATOR = OPERATOR(zjtx.>), NEGATOR = OPERATOR(zjtx.>=), RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
COMMENT ON OPERATOR zjtx.< (zjtx.policy, zjtx.policy) IS
'Whether the text of the first policy sorts before that of the second, by bytes.';

CREATE OPERATOR zjtx.<= (LEFTARG = zjtx.policy, RIGHTARG = zjtx.policy, FUNCTION = zjtx_internal.policy_le,
	COMMUTATOR = OPERATOR(zjtx.>=), NEGATOR = OPERATOR(zjtx.>), RESTRICT = scalarlesel, JOIN = scalarlejoinsel);
COMMENT ON OPERATOR zjtx.<= (zjtx.policy, zjtx.policy) IS
'Whether the text of the first policy sorts before that of the second or equals it, by bytes.';

CREATE OPERATOR zjtx.> (LEFTARG = zjtx.policy, RIGHTARG = zjtx.policy, FUNCTION = zjtx_internal.policy_gt,
	COMMUTATOR = OPERATOR(zjtx.<), NEGATOR = OPERATOR(zjtx.<=), RESTRICT = scalargtsel, JOIN = scalargtjoinsel);
COMMENT ON OPERATOR zjtx.> (zjtx.policy, zjtx.policy) IS
'Whether the text of the first policy sorts after that of the second, by bytes.';

CREATE OPERATOR zjtx.>= (LEFTARG = zjtx.policy, RIGHTARG = zjtx.policy, FUNCTION = zjtx_internal.policy_ge,
	COMMUTATOR = OPERATOR(zjtx.<=), NEGATOR = OPERATOR(zjtx.<), RESTRICT = scalargesel, JOIN = scalargejoinsel);
COMMENT ON OPERATOR zjtx.>= (zjtx.policy, zjtx.policy) IS
'Whether the text of the first policy sorts after that of the second or equals it, by bytes.';

CREATE FUNCTION zjtx_internal.policy_cmp(zjtx.policy, zjtx.policy) RETURNS integer
	LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE
	AS 'byteacmp';
COMMENT ON FUNCTION zjtx_internal.policy_cmp(zjtx.policy, zjtx.policy) IS
'Compares the texts of two policies by bytes: negative, 0 or positive.';

CREATE FUNCTION zjtx_internal.policy_hash(zjtx.policy) RETURNS integer
	LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE
	AS 'hashvarlena';
COMMENT ON FUNCTION zjtx_internal.policy_hash(zjtx.policy) IS
'A hash of the text.';

CREATE FUNCTION zjtx_internal.policy_hash_extended(zjtx.policy, bigint) RETURNS bigint
	LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE
	AS 'hashvarlenaextended';
COMMENT ON FUNCTION zjtx_internal.policy_hash_extended(zjtx.policy, bigint) IS
'A hash of the text, with a seed.';

CREATE OPERATOR FAMILY zjtx.policy_ops USING btree;
COMMENT ON OPERATOR FAMILY zjtx.policy_ops USING btree IS
'The order of policies, by the bytes of their text.';
CREATE OPERATOR CLASS zjtx.policy_ops DEFAULT FOR TYPE zjtx.policy USING btree FAMILY zjtx.policy_ops AS
	OPERATOR 1 zjtx.<,
	OPERATOR 2 zjtx.<=,
	OPERATOR 3 zjtx.=,
	OPERATOR 4 zjtx.>=,
	OPERATOR 5 zjtx.>,
	FUNCTION 1 zjtx_internal.policy_cmp(zjtx.policy, zjtx.policy),
	FUNCTION 2 pg_catalog.bytea_sortsupport(internal),
	FUNCTION 4 pg_catalog.btequalimage(oid);
COMMENT ON OPERATOR CLASS zjtx.policy_ops USING btree IS
'The order of policies, by the bytes of their text.';

CREATE OPERATOR FAMILY zjtx.policy_ops USING hash;
COMMENT ON OPERATOR FAMILY zjtx.policy_ops USING hash IS
'Equality of policies, by the bytes of their text.';
CREATE OPERATOR CLASS zjtx.policy_ops DEFAULT FOR TYPE zjtx.policy USING hash FAMILY zjtx.policy_ops AS
	OPERATOR 1 zjtx.=,
	FUNCTION 1 zjtx_internal.policy_hash(zjtx.policy),
	FUNCTION 2 zjtx_internal.policy_hash_extended(zjtx.policy, bigint);
COMMENT ON OPERATOR CLASS zjtx.policy_ops USING hash IS
'Equality of policies, by the bytes of their text.';

CREATE FUNCTION zjtx_internal.verdict_eq(zjtx.verdict, zjtx.verdict) RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_verdict_eq' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.verdict_eq(zjtx.verdict, zjtx.verdict) IS
'Whether the texts of the two verdicts are equal, byte for byte.';

CREATE FUNCTION zjtx_internal.verdict_ne(zjtx.verdict, zjtx.verdict) RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_verdict_ne' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.verdict_ne(zjtx.verdict, zjtx.verdict) IS
'Whether the texts of the two verdicts differ.';

CREATE FUNCTION zjtx_internal.verdict_lt(zjtx.verdict, zjtx.verdict) RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_verdict_lt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.verdict_lt(zjtx.verdict, zjtx.verdict) IS
'Whether the text of the first verdict sorts before that of the second, by bytes.';

CREATE FUNCTION zjtx_internal.verdict_le(zjtx.verdict, zjtx.verdict) RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_verdict_le' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.verdict_le(zjtx.verdict, zjtx.verdict) IS
'Whether the text of the first verdict sorts before that of the second or equals it, by bytes.';

CREATE FUNCTION zjtx_internal.verdict_gt(zjtx.verdict, zjtx.verdict) RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_verdict_gt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.verdict_gt(zjtx.verdict, zjtx.verdict) IS
'Whether the text of the first verdict sorts after that of the second, by bytes.';

CREATE FUNCTION zjtx_internal.verdict_ge(zjtx.verdict, zjtx.verdict) RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_verdict_ge' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.verdict_ge(zjtx.verdict, zjtx.verdict) IS
'Whether the text of the first verdict sorts after that of the second or equals it, by bytes.';

CREATE OPERATOR zjtx.= (LEFTARG = zjtx.verdict, RIGHTARG = zjtx.verdict, FUNCTION = zjtx_internal.verdict_eq,
	COMMUTATOR = OPERATOR(zjtx.=), NEGATOR = OPERATOR(zjtx.<>), RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES);
COMMENT ON OPERATOR zjtx.= (zjtx.verdict, zjtx.verdict) IS
'Whether the texts of the two verdicts are equal, byte for byte.';

CREATE OPERATOR zjtx.<> (LEFTARG = zjtx.verdict, RIGHTARG = zjtx.verdict, FUNCTION = zjtx_internal.verdict_ne,
	COMMUTATOR = OPERATOR(zjtx.<>), NEGATOR = OPERATOR(zjtx.=), RESTRICT = neqsel, JOIN = neqjoinsel);
COMMENT ON OPERATOR zjtx.<> (zjtx.verdict, zjtx.verdict) IS
'Whether the texts of the two verdicts differ.';

CREATE OPERATOR zjtx.< (LEFTARG = zjtx.verdict, RIGHTARG = zjtx.verdict, FUNCTION = zjtx_internal.verdict_lt,
	COMMUTATOR = OPERATOR(zjtx.>), NEGATOR = OPERATOR(zjtx.>=), RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
COMMENT ON OPERATOR zjtx.< (zjtx.verdict, zjtx.verdict) IS
'Whether the text of the first verdict sorts before that of the second, by bytes.';

CREATE OPERATOR zjtx.<= (LEFTARG = zjtx.verdict, RIGHTARG = zjtx.verdict, FUNCTION = zjtx_internal.verdict_le,
	COMMUTATOR = OPERATOR(zjtx.>=), NEGATOR = OPERATOR(zjtx.>), RESTRICT = scalarlesel, JOIN = scalarlejoinsel);
COMMENT ON OPERATOR zjtx.<= (zjtx.verdict, zjtx.verdict) IS
'Whether the text of the first verdict sorts before that of the second or equals it, by bytes.';

CREATE OPERATOR zjtx.> (LEFTARG = zjtx.verdict, RIGHTARG = zjtx.verdict, FUNCTION = zjtx_internal.verdict_gt,
	COMMUTATOR = OPERATOR(zjtx.<), NEGATOR = OPERATOR(zjtx.<=), RESTRICT = scalargtsel, JOIN = scalargtjoinsel);
COMMENT ON OPERATOR zjtx.> (zjtx.verdict, zjtx.verdict) IS
'Whether the text of the first verdict sorts after that of the second, by bytes.';

CREATE OPERATOR zjtx.>= (LEFTARG = zjtx.verdict, RIGHTARG = zjtx.verdict, FUNCTION = zjtx_internal.verdict_ge,
	COMMUTATOR = OPERATOR(zjtx.<=), NEGATOR = OPERATOR(zjtx.<), RESTRICT = scalargesel, JOIN = scalargejoinsel);
COMMENT ON OPERATOR zjtx.>= (zjtx.verdict, zjtx.verdict) IS
'Whether the text of the first verdict sorts after that of the second or equals it, by bytes.';

CREATE FUNCTION zjtx_internal.verdict_cmp(zjtx.verdict, zjtx.verdict) RETURNS integer
	AS 'MODULE_PATHNAME', 'zjtx_verdict_cmp' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.verdict_cmp(zjtx.verdict, zjtx.verdict) IS
'Compares the texts of two verdicts by bytes: negative, 0 or positive.';

CREATE FUNCTION zjtx_internal.verdict_hash(zjtx.verdict) RETURNS integer
	AS 'MODULE_PATHNAME', 'zjtx_verdict_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.verdict_hash(zjtx.verdict) IS
'A hash of the text.';

CREATE FUNCTION zjtx_internal.verdict_hash_extended(zjtx.verdict, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'zjtx_verdict_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.verdict_hash_extended(zjtx.verdict, bigint) IS
'A hash of the text, with a seed.';

CREATE OPERATOR FAMILY zjtx.verdict_ops USING btree;
COMMENT ON OPERATOR FAMILY zjtx.verdict_ops USING btree IS
'The order of verdicts, by the bytes of their text.';
CREATE OPERATOR CLASS zjtx.verdict_ops DEFAULT FOR TYPE zjtx.verdict USING btree FAMILY zjtx.verdict_ops AS
	OPERATOR 1 zjtx.<,
	OPERATOR 2 zjtx.<=,
	OPERATOR 3 zjtx.=,
	OPERATOR 4 zjtx.>=,
	OPERATOR 5 zjtx.>,
	FUNCTION 1 zjtx_internal.verdict_cmp(zjtx.verdict, zjtx.verdict);
COMMENT ON OPERATOR CLASS zjtx.verdict_ops USING btree IS
'The order of verdicts, by the bytes of their text.';

CREATE OPERATOR FAMILY zjtx.verdict_ops USING hash;
COMMENT ON OPERATOR FAMILY zjtx.verdict_ops USING hash IS
'Equality of verdicts, by the bytes of their text.';
CREATE OPERATOR CLASS zjtx.verdict_ops DEFAULT FOR TYPE zjtx.verdict USING hash FAMILY zjtx.verdict_ops AS
	OPERATOR 1 zjtx.=,
	FUNCTION 1 zjtx_internal.verdict_hash(zjtx.verdict),
	FUNCTION 2 zjtx_internal.verdict_hash_extended(zjtx.verdict, bigint);
COMMENT ON OPERATOR CLASS zjtx.verdict_ops USING hash IS
'Equality of verdicts, by the bytes of their text.';
