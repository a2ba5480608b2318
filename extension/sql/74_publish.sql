-- A policy as columns: views for whoever reads tables only.

CREATE FUNCTION zjtx.verdict_eligible(verdict zjtx.verdict, code text) RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_verdict_eligible' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.verdict_eligible(zjtx.verdict, text) IS
'Whether a verdict says that the clause or rung of that code is satisfied; an empty code is that of a policy of one expression. NULL while undecided, and where the verdict has no such line.';

CREATE FUNCTION zjtx.verdict_eligible(verdict zjtx.verdict, code text, stage text) RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_verdict_eligible' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.verdict_eligible(zjtx.verdict, text, text) IS
'Whether a verdict says that the stage of a clause is earned. NULL while undecided, and where the verdict has no such line.';

CREATE FUNCTION zjtx.verdict_amount(verdict zjtx.verdict, code text) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_verdict_amount' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.verdict_amount(zjtx.verdict, text) IS
'What a verdict says that the clause of that code pays, all its stages together, in its unit with two decimals. NULL while undecided, where it pays nothing or has no figure, and where the verdict has no such line.';

CREATE FUNCTION zjtx.verdict_amount(verdict zjtx.verdict, code text, stage text) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_verdict_amount' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.verdict_amount(zjtx.verdict, text, text) IS
'What a verdict says that the stage of a clause pays, below the clause''s cap, in its unit with two decimals. NULL while undecided, and where the verdict has no such line.';

CREATE FUNCTION zjtx.verdict_total(verdict zjtx.verdict) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_verdict_total' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.verdict_total(zjtx.verdict) IS
'What a verdict says is owed: its rewards and subsidies together, in 元 with two decimals, or its only clause in its unit. NULL while undecided, and where the only clause has no figure.';

CREATE FUNCTION zjtx.verdict_placement(verdict zjtx.verdict) RETURNS zjtx.placement
	AS 'MODULE_PATHNAME', 'zjtx_verdict_placement' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.verdict_placement(zjtx.verdict) IS
'The highest rung that a verdict proves; (0,none,未入梯度) when every rung is refused. NULL while none is proved and one is undecided, and without a ladder.';

CREATE FUNCTION zjtx.publish(relation regclass, policy zjtx.policy, view text, with_missing boolean DEFAULT false) RETURNS regclass
	AS 'MODULE_PATHNAME', 'zjtx_publish' LANGUAGE C VOLATILE STRICT PARALLEL UNSAFE;
COMMENT ON FUNCTION zjtx.publish(regclass, zjtx.policy, text, boolean) IS
'Makes a view (a name that may be qualified) of a table''s columns and, behind them, one for each clause, stage and rung of the policy: what it pays in its unit, or whether it is satisfied; the placement, the total, and with_missing the unknown facts. Each column has a comment: what it is, where it stands, the sentence of the article and who decides and pays. A row is judged once. A view that was published before is replaced: its columns stay in their places, new ones come behind them; where a column would change its type or lose its column of the table, an error names what depends on the view. Gives the view.';

CREATE FUNCTION zjtx.publish(relation regclass, policy text, view text, with_missing boolean DEFAULT false) RETURNS regclass
	AS 'MODULE_PATHNAME', 'zjtx_publish_name' LANGUAGE C VOLATILE STRICT PARALLEL UNSAFE;
COMMENT ON FUNCTION zjtx.publish(regclass, text, text, boolean) IS
'The same for a stored policy, which stays a name in the view: a changed document changes its answers. A column of a clause that the document no longer has is then NULL; publish again for columns of new ones.';
