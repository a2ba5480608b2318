-- What changed since 1.0 in the parts that 1.0 had: 20, 30, 60.

ALTER FUNCTION zjtx.eligible(record, zjtx.policy) SUPPORT zjtx.question_support;
ALTER FUNCTION zjtx.eligible(record, text) SUPPORT zjtx.question_support;
ALTER FUNCTION zjtx.placement(record, zjtx.policy) SUPPORT zjtx.question_support;
ALTER FUNCTION zjtx.placement(record, text) SUPPORT zjtx.question_support;
ALTER FUNCTION zjtx.amount(record, zjtx.policy) SUPPORT zjtx.question_support;
ALTER FUNCTION zjtx.amount(record, text) SUPPORT zjtx.question_support;
ALTER FUNCTION zjtx.amount_range(record, zjtx.policy) SUPPORT zjtx.question_support;
ALTER FUNCTION zjtx.amount_range(record, text) SUPPORT zjtx.question_support;
ALTER FUNCTION zjtx.missing(record, zjtx.policy) SUPPORT zjtx.question_support;
ALTER FUNCTION zjtx.missing(record, text) SUPPORT zjtx.question_support;

CREATE UNIQUE INDEX policies_replica ON zjtx.policies (code, shipped);
COMMENT ON INDEX zjtx.policies_replica IS
'By which a row is known to logical replication, so that a publication can leave the shipped rows out.';
ALTER TABLE zjtx.policies REPLICA IDENTITY USING INDEX policies_replica;

CREATE FUNCTION zjtx.policies_changed() RETURNS trigger
	AS 'MODULE_PATHNAME', 'zjtx_policies_changed' LANGUAGE C;
COMMENT ON FUNCTION zjtx.policies_changed() IS
'Makes every session plan anew what it planned with a stored policy.';
CREATE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE ON zjtx.policies
	FOR EACH ROW EXECUTE FUNCTION zjtx.policies_changed();
ALTER TABLE zjtx.policies ENABLE ALWAYS TRIGGER changed;
COMMENT ON TRIGGER changed ON zjtx.policies IS
'Makes every session plan anew what it planned with a stored policy.';
CREATE TRIGGER changed_truncate AFTER TRUNCATE ON zjtx.policies
	FOR EACH STATEMENT EXECUTE FUNCTION zjtx.policies_changed();
ALTER TABLE zjtx.policies ENABLE ALWAYS TRIGGER changed_truncate;
COMMENT ON TRIGGER changed_truncate ON zjtx.policies IS
'Makes every session plan anew what it planned with a stored policy.';

COMMENT ON FUNCTION zjtx.lint(zjtx.policy) IS
'Findings about a policy: stages that add up to more than their total (stages), steps of a band that are never reached (unreachable), missing (gap) or take values of an earlier one (overlap), rungs that do not imply the one below (rung), clauses and rungs that no row satisfies (never), facts that are not used (unused), bounds without an example on them and on both sides (bound). A finding is no error; place says where.';

COMMENT ON FUNCTION zjtx.missing(record, zjtx.policy) IS
'The facts that are unknown and still matter to the policy''s answers, by name, the most decisive first; an empty array where everything is decided, or only a division by zero leaves it open.';

COMMENT ON OPERATOR zjtx.|! (record, zjtx.policy) IS
'The facts that are unknown and still matter to the policy''s answers, by name, the most decisive first; an empty array where everything is decided, or only a division by zero leaves it open.';

COMMENT ON FUNCTION zjtx.missing(record, text) IS
'The facts that are unknown and still matter to the policy''s answers, by name, the most decisive first; an empty array where everything is decided, or only a division by zero leaves it open. The policy is a stored name: code, series, code/clause or code/rung.';

COMMENT ON OPERATOR zjtx.|! (record, text) IS
'The facts that are unknown and still matter to the policy''s answers, by name, the most decisive first; an empty array where everything is decided, or only a division by zero leaves it open. The policy is a stored name: code, series, code/clause or code/rung.';

COMMENT ON FUNCTION zjtx.missing(jsonb, zjtx.policy) IS
'The facts that are unknown and still matter to the policy''s answers, by name, the most decisive first; an empty array where everything is decided, or only a division by zero leaves it open.';

COMMENT ON OPERATOR zjtx.|! (jsonb, zjtx.policy) IS
'The facts that are unknown and still matter to the policy''s answers, by name, the most decisive first; an empty array where everything is decided, or only a division by zero leaves it open.';

COMMENT ON FUNCTION zjtx.missing(jsonb, text) IS
'The facts that are unknown and still matter to the policy''s answers, by name, the most decisive first; an empty array where everything is decided, or only a division by zero leaves it open. The policy is a stored name: code, series, code/clause or code/rung.';

COMMENT ON OPERATOR zjtx.|! (jsonb, text) IS
'The facts that are unknown and still matter to the policy''s answers, by name, the most decisive first; an empty array where everything is decided, or only a division by zero leaves it open. The policy is a stored name: code, series, code/clause or code/rung.';
