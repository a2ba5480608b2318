-- All privileges of the extension's objects.  docs/operations/security.md gives the reasons.

-- All roles may ask questions and read the documents.
GRANT USAGE ON SCHEMA zjtx TO PUBLIC;
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
REVOKE ALL ON FUNCTION zjtx.guard_policies(), zjtx.policies_changed(), zjtx.guard_ledger(), zjtx.guard_allotments(),
	zjtx.before_drop(), zjtx.after_alter(), zjtx.after_drop(), zjtx.accounts_changed() FROM PUBLIC;
REVOKE ALL ON FUNCTION zjtx.eligible_support(internal), zjtx.placement_support(internal), zjtx.amount_support(internal), zjtx.amount_range_support(internal),
	zjtx.missing_support(internal), zjtx.value_support(internal), zjtx.value_range_support(internal), zjtx.assess_support(internal), zjtx.judge_support(internal), zjtx.differences_support(internal), zjtx.lines_support(internal), zjtx.facts_support(internal),
	zjtx.next_change_support(internal), zjtx.changes_ahead_support(internal), zjtx.over_days_support(internal),
	zjtx.policy_recv(internal), zjtx.verdict_recv(internal), zjtx.tally_state_recv(internal),
	zjtx.budget_state_recv(internal) FROM PUBLIC;
