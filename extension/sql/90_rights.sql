-- All privileges of the extension's objects.  docs/operations/security.md gives the reasons.

-- All roles may ask questions and read the documents.
GRANT USAGE ON SCHEMA zjtx, zjtx_internal TO PUBLIC;
GRANT SELECT ON zjtx.policies TO PUBLIC;
GRANT SELECT ON zjtx.provisions, zjtx.targets, zjtx.notes, zjtx.facts, zjtx.clauses, zjtx.definitions, zjtx.scores, zjtx.groups, zjtx.rungs TO PUBLIC;

-- These functions write the ledger with the rights of its owner and need an explicit GRANT.
REVOKE ALL ON FUNCTION zjtx.watch() FROM PUBLIC;
REVOKE ALL ON PROCEDURE zjtx.sweep(regclass, text, text[], date, text, boolean) FROM PUBLIC;
REVOKE ALL ON FUNCTION zjtx.settle(text, text, text, text, text, int, numeric, text) FROM PUBLIC;
REVOKE ALL ON FUNCTION zjtx.withdraw(text, text, text, text, text, int, text) FROM PUBLIC;
REVOKE ALL ON FUNCTION zjtx.move_key(text, text, text, text) FROM PUBLIC;
REVOKE ALL ON FUNCTION zjtx.record_allotment(text, text, text, int, text, text) FROM PUBLIC;

-- Only PostgreSQL calls these functions.
REVOKE ALL ON FUNCTION zjtx_internal.guard_policies(), zjtx_internal.policies_changed(), zjtx_internal.guard_ledger(), zjtx_internal.guard_allotments(),
	zjtx_internal.before_drop(), zjtx_internal.after_alter(), zjtx_internal.after_drop(), zjtx_internal.accounts_changed() FROM PUBLIC;
REVOKE ALL ON FUNCTION zjtx_internal.eligible_support(internal), zjtx_internal.placement_support(internal), zjtx_internal.amount_support(internal), zjtx_internal.amount_range_support(internal),
	zjtx_internal.missing_support(internal), zjtx_internal.value_support(internal), zjtx_internal.value_range_support(internal), zjtx_internal.assess_support(internal), zjtx_internal.judge_support(internal), zjtx_internal.differences_support(internal), zjtx_internal.lines_support(internal), zjtx_internal.facts_support(internal),
	zjtx_internal.next_change_support(internal), zjtx_internal.changes_ahead_support(internal), zjtx_internal.over_days_support(internal),
	zjtx_internal.policy_recv(internal), zjtx_internal.verdict_recv(internal), zjtx_internal.tally_state_recv(internal),
	zjtx_internal.budget_state_recv(internal) FROM PUBLIC;
