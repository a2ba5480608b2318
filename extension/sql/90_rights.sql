-- Who may do what: all of it stands here.  docs/operations/security.md says why.

-- Everybody asks, and reads the documents: the law is public.
GRANT USAGE ON SCHEMA zjtx TO PUBLIC;
GRANT SELECT ON zjtx.policies TO PUBLIC;
GRANT SELECT ON zjtx.provisions, zjtx.targets, zjtx.notes, zjtx.facts, zjtx.clauses, zjtx.rungs TO PUBLIC;

-- These write the ledger with its owner's rights: whoever is to have them is granted them by name.
REVOKE ALL ON FUNCTION zjtx.watch() FROM PUBLIC;
REVOKE ALL ON PROCEDURE zjtx.sweep(regclass, text, text[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION zjtx.settle(regclass, text, text, text, text, int, numeric, text) FROM PUBLIC;

-- These are called by PostgreSQL alone.
REVOKE ALL ON FUNCTION zjtx.guard_policies(), zjtx.policies_changed(), zjtx.guard_ledger() FROM PUBLIC;
REVOKE ALL ON FUNCTION zjtx.question_support(internal), zjtx.facts_support(internal),
	zjtx.policy_recv(internal), zjtx.verdict_recv(internal), zjtx.tally_add(internal, zjtx.verdict),
	zjtx.tally_combine(internal, internal), zjtx.tally_serialize(internal),
	zjtx.tally_deserialize(bytea, internal), zjtx.tally_final(internal) FROM PUBLIC;

-- The extension is trusted: whoever may create objects in the database can install it, and then owns
-- the extension but not what is in it.  He may do what its owner could, and pass it on, but change or
-- delete an entry of the ledger; he inserts where a dump of his is restored.
GRANT SELECT, INSERT, UPDATE, DELETE ON zjtx.policies TO @extowner@ WITH GRANT OPTION;
GRANT SELECT ON zjtx.ledger, zjtx.judged, zjtx.owed TO @extowner@ WITH GRANT OPTION;
GRANT INSERT ON zjtx.ledger, zjtx.judged TO @extowner@;
GRANT SELECT, UPDATE ON SEQUENCE zjtx.ledger_id_seq TO @extowner@;
GRANT EXECUTE ON FUNCTION zjtx.watch() TO @extowner@ WITH GRANT OPTION;
GRANT EXECUTE ON PROCEDURE zjtx.sweep(regclass, text, text[]) TO @extowner@ WITH GRANT OPTION;
GRANT EXECUTE ON FUNCTION zjtx.settle(regclass, text, text, text, text, int, numeric, text) TO @extowner@ WITH GRANT OPTION;
