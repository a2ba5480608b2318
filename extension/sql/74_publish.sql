-- Policies as columns of a view, for clients that can read only tables and columns.

CREATE FUNCTION zjtx_internal.verdict_eligible(verdict zjtx.verdict, code text) RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_verdict_eligible' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.verdict_eligible(zjtx.verdict, text) IS
'Whether the clause or rung with the given code is satisfied according to the verdict. The code of a single expression is the empty string. NULL while undecided, and when the verdict has no such line.';

CREATE FUNCTION zjtx_internal.verdict_eligible(verdict zjtx.verdict, code text, stage text) RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_verdict_eligible' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.verdict_eligible(zjtx.verdict, text, text) IS
'Whether the stage of a clause has been earned according to the verdict. NULL while undecided, and when the verdict has no such line.';

CREATE FUNCTION zjtx_internal.verdict_amount(verdict zjtx.verdict, code text) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_verdict_amount' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.verdict_amount(zjtx.verdict, text) IS
'The amount that the clause with the given code pays according to the verdict, including all its stages, in its unit (元 or 分) with two decimals. NULL while undecided, when the clause has no amount or no figure, and when the verdict has no such line.';

CREATE FUNCTION zjtx_internal.verdict_amount(verdict zjtx.verdict, code text, stage text) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_verdict_amount' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.verdict_amount(zjtx.verdict, text, text) IS
'The amount that the stage of a clause pays according to the verdict, after the cap of the clause, in its unit with two decimals. NULL while undecided, and when the verdict has no such line.';

CREATE FUNCTION zjtx_internal.verdict_total(verdict zjtx.verdict) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_verdict_total' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.verdict_total(zjtx.verdict) IS
'The total amount owed according to the verdict: the sum of rewards and subsidies in 元, or the amount of the only clause in its unit, with two decimals. NULL while undecided, and when the only clause has no figure.';

CREATE FUNCTION zjtx_internal.verdict_placement(verdict zjtx.verdict) RETURNS zjtx.placement
	AS 'MODULE_PATHNAME', 'zjtx_verdict_placement' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx_internal.verdict_placement(zjtx.verdict) IS
'The highest proved rung of a verdict; (0,none,未入梯度) when every rung is refused. NULL while no rung is proved and at least one is undecided, and for a verdict without rungs.';

CREATE FUNCTION zjtx.publish(relation regclass, policy zjtx.policy, view text, with_missing boolean DEFAULT false) RETURNS regclass
	AS 'MODULE_PATHNAME', 'zjtx_publish' LANGUAGE C VOLATILE STRICT PARALLEL UNSAFE;
COMMENT ON FUNCTION zjtx.publish(regclass, zjtx.policy, text, boolean) IS
'Creates a view with the columns of a table followed by a column for each clause, stage and rung of the policy (the amount in its unit, or whether it is satisfied), the placement, the total amount and, with with_missing, the unknown facts. view is its name, optionally qualified. The comment of each column gives its meaning, citation, the sentence of the article and the offices. A query judges each row once. If the policy asks what was paid for other periods (paid of) and the table has an account, the view takes it from zjtx.ledger, which the role that queries must be allowed to read; otherwise from a column of that name. Publishing again replaces the view: existing columns keep their positions, new columns follow. An error names the dependent objects if a column would change its type (42P16) or the table has lost one of its columns (42703). Returns the view.';

CREATE FUNCTION zjtx.publish(relation regclass, policy text, view text, with_missing boolean DEFAULT false) RETURNS regclass
	AS 'MODULE_PATHNAME', 'zjtx_publish_name' LANGUAGE C VOLATILE STRICT PARALLEL UNSAFE;
COMMENT ON FUNCTION zjtx.publish(regclass, text, text, boolean) IS
'The same for a stored policy, given by its name. The view refers to the policy by name, so its answers follow changes of the document. A column of a clause that the document no longer has becomes NULL; publish again to add columns for new clauses.';
