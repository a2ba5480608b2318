-- What a policy becomes, for those who work on its compiler.

CREATE FUNCTION zjtx.instructions(policy zjtx.policy) RETURNS text
	AS 'MODULE_PATHNAME', 'zjtx_instructions' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.instructions(zjtx.policy) IS
'The instructions that a policy is compiled to, one a line: its number, its type and what it computes from those above it. For developers of zjtx; the form can change. A series has those of each version under its code.';
