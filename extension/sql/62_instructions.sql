-- The compiled form of a policy, for developers of the compiler.

CREATE FUNCTION zjtx.instructions(policy zjtx.policy) RETURNS text
	AS 'MODULE_PATHNAME', 'zjtx_instructions' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.instructions(zjtx.policy) IS
'The instructions of the compiled policy, one per line: the number, the type, and the operation with the numbers of the instructions it reads. For a series, the instructions of each version follow its code. For developers of zjtx; the format can change.';
