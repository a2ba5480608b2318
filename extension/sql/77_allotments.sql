-- What was selected and allotted, as it was announced.

CREATE TABLE zjtx.allotments (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	account text NOT NULL,
	policy text NOT NULL,
	code text NOT NULL,
	clause text,
	period int,
	key text NOT NULL,
	place_low bigint,
	place_high bigint,
	selected boolean CHECK ((selected IS NULL) OPERATOR(pg_catalog.=) (clause IS NOT NULL)),
	claim numeric CHECK (claim OPERATOR(pg_catalog.>=) 0),
	amount numeric CHECK (amount OPERATOR(pg_catalog.>=) 0 AND (amount IS NULL) OPERATOR(pg_catalog.=) (clause IS NULL)),
	undecided text NOT NULL CHECK (undecided OPERATOR(pg_catalog.=) ANY (ARRAY['open', 'out'])),
	law text NOT NULL,
	judged_on date NOT NULL,
	at timestamptz NOT NULL DEFAULT pg_catalog.now(),
	by name NOT NULL DEFAULT session_user,
	note text
);
COMMENT ON TABLE zjtx.allotments IS
'What was selected and allotted, as it was announced: a row for each member of a selection, and for each claim on a budget. zjtx.record_allotment writes the rows; they are never changed. zjtx.watch, zjtx.sweep and the views of zjtx.publish follow them. Of an enterprise without a row the selection is false and the amount 0.';
COMMENT ON COLUMN zjtx.allotments.id IS 'The number of the row, in the order of insertion.';
COMMENT ON COLUMN zjtx.allotments.account IS 'The account in zjtx.accounts, which identifies the watched view or table.';
COMMENT ON COLUMN zjtx.allotments.policy IS 'The name of the stored policy with which it was recorded; other names of the same document follow it too.';
COMMENT ON COLUMN zjtx.allotments.code IS 'The code of the selection or budget.';
COMMENT ON COLUMN zjtx.allotments.clause IS 'Of a budget: the code of the clause or group that is paid from it; NULL for a selection.';
COMMENT ON COLUMN zjtx.allotments.period IS 'The year for which it was recorded; NULL: for every day.';
COMMENT ON COLUMN zjtx.allotments.key IS 'The key of the enterprise as text, in the form of zjtx.ledger.';
COMMENT ON COLUMN zjtx.allotments.place_low IS 'The best place of the enterprise in the selection; NULL for a budget.';
COMMENT ON COLUMN zjtx.allotments.place_high IS 'The worst place, which differs from place_low if others tie; NULL for a budget.';
COMMENT ON COLUMN zjtx.allotments.selected IS 'Whether the enterprise is selected; NULL for a budget.';
COMMENT ON COLUMN zjtx.allotments.claim IS 'The claim before the budget was divided, in 元; NULL for a selection.';
COMMENT ON COLUMN zjtx.allotments.amount IS 'What the budget pays of the claim, in 元; NULL for a selection.';
COMMENT ON COLUMN zjtx.allotments.undecided IS 'How what was undecided was treated: out, it was not claimed; open, nothing was undecided.';
COMMENT ON COLUMN zjtx.allotments.law IS 'A hash of the text by which it was allotted.';
COMMENT ON COLUMN zjtx.allotments.judged_on IS 'The day judged: for a row without an as_of of its own.';
COMMENT ON COLUMN zjtx.allotments.at IS 'The time of the transaction.';
COMMENT ON COLUMN zjtx.allotments.by IS 'The user of the session.';
COMMENT ON COLUMN zjtx.allotments.note IS 'The note given to zjtx.record_allotment, such as the number of the announcement.';
COMMENT ON SEQUENCE zjtx.allotments_id_seq IS 'Numbers the rows.';
CREATE INDEX allotments_keys ON zjtx.allotments (account, key, code);
COMMENT ON INDEX zjtx.allotments_keys IS 'Finds what was recorded of an enterprise.';
CREATE INDEX allotments_codes ON zjtx.allotments (account, clause, code, period);
COMMENT ON INDEX zjtx.allotments_codes IS 'Finds whether a selection or budget was recorded.';
SELECT pg_catalog.pg_extension_config_dump('zjtx.allotments', '');
SELECT pg_catalog.pg_extension_config_dump('zjtx.allotments_id_seq', '');

CREATE FUNCTION zjtx_internal.guard_allotments() RETURNS trigger
	AS 'MODULE_PATHNAME', 'zjtx_guard_allotments' LANGUAGE C;
COMMENT ON FUNCTION zjtx_internal.guard_allotments() IS
'Refuses changes and deletions of rows of zjtx.allotments (42501), except by a superuser.';
CREATE TRIGGER guard BEFORE UPDATE OR DELETE OR TRUNCATE ON zjtx.allotments
	FOR EACH STATEMENT EXECUTE FUNCTION zjtx_internal.guard_allotments();
ALTER TABLE zjtx.allotments ENABLE ALWAYS TRIGGER guard;
COMMENT ON TRIGGER guard ON zjtx.allotments IS 'Refuses changes and deletions of rows, except by a superuser.';

CREATE FUNCTION zjtx.record_allotment(account text, policy text, code text, period int, undecided text DEFAULT 'out', note text DEFAULT NULL) RETURNS bigint
	AS 'MODULE_PATHNAME', 'zjtx_record_allotment' LANGUAGE C VOLATILE;
COMMENT ON FUNCTION zjtx.record_allotment(text, text, text, int, text, text) IS
'Records in zjtx.allotments whom a selection of a stored policy has selected among the rows of an account, or what a budget pays, as it is announced; returns the number of rows. From then on zjtx.watch, zjtx.sweep and the views of zjtx.publish follow the record: later changes of facts do not move places, and no more is paid than was allotted. Selections that were recorded before are not computed again. period is the year, or NULL for all days; it must be the year judged. undecided is as for zjtx.allot, but out by default. Rows that are undecided are an error (55000), also if they tie where the line is drawn; so is a second record of the same code and period (23505), an unknown account (P0002) and an unknown code (42704). The relation is read with the rights of the caller, who must see all rows. It needs READ COMMITTED (25001). The function writes with the rights of the ledger''s owner, so EXECUTE must be granted explicitly.';

CREATE FUNCTION zjtx_internal.recorded_selected(account text, key "any", policy text, code text, day date) RETURNS boolean
	AS 'MODULE_PATHNAME', 'zjtx_recorded_selected' LANGUAGE C STABLE PARALLEL RESTRICTED;
COMMENT ON FUNCTION zjtx_internal.recorded_selected(text, "any", text, text, date) IS
'Whether a selection has selected an enterprise, according to zjtx.allotments, for the year of a day: the fact "satisfies CODE", which zjtx.watch, zjtx.sweep and the views of zjtx.publish take from here. key has the type of the key column, or is its text in the ledger. False for an enterprise without a row, NULL where the selection is not recorded for that year, if an argument but the day is NULL, or if the caller may not read zjtx.allotments. A NULL day is that of the session.';

CREATE FUNCTION zjtx_internal.recorded_amount(account text, key "any", policy text, clause text, day date) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_recorded_amount' LANGUAGE C STABLE PARALLEL RESTRICTED;
COMMENT ON FUNCTION zjtx_internal.recorded_amount(text, "any", text, text, date) IS
'The same of what a budget pays of a clause or group, in 元. 0.00 for an enterprise without a row.';
