-- The ledger: changes of what watched enterprises are owed, and payments.

CREATE TABLE zjtx.accounts (
	account text PRIMARY KEY,
	relation oid NOT NULL,
	relation_name text NOT NULL,
	key_column text NOT NULL,
	key_number smallint NOT NULL,
	system_identifier bigint NOT NULL,
	database oid NOT NULL,
	formerly oid[] NOT NULL DEFAULT '{}',
	swept_at timestamptz,
	swept_on date,
	due_on date,
	sweeps bigint NOT NULL DEFAULT 0,
	corrections bigint NOT NULL DEFAULT 0,
	UNIQUE (system_identifier, database, relation)
);
COMMENT ON TABLE zjtx.accounts IS
'The accounts of the ledger, one for each watched view or table of enterprises. zjtx.watch and zjtx.sweep write the rows; an event trigger updates them when an object is renamed. The relation is found by its OID if system_identifier and database match this database, else by its qualified name.';
COMMENT ON COLUMN zjtx.accounts.account IS 'The name of the account: the qualified name that the relation had when it was first watched, unless another name was given.';
COMMENT ON COLUMN zjtx.accounts.relation IS 'The OID of the relation in the database given by system_identifier and database.';
COMMENT ON COLUMN zjtx.accounts.relation_name IS 'The current qualified name of the relation.';
COMMENT ON COLUMN zjtx.accounts.key_column IS 'The name of the key column of the relation.';
COMMENT ON COLUMN zjtx.accounts.key_number IS 'The attribute number of the key column, which does not change when the column is renamed.';
COMMENT ON COLUMN zjtx.accounts.system_identifier IS 'The cluster in which the OIDs are valid: the system_identifier of pg_control_system().';
COMMENT ON COLUMN zjtx.accounts.database IS 'The OID of the database in which the OID of the relation is valid.';
COMMENT ON COLUMN zjtx.accounts.formerly IS 'The OIDs of relations of this database that had the account before. Such a relation receives a new account only if one is named.';
COMMENT ON COLUMN zjtx.accounts.swept_at IS 'The time when the last sweep began; NULL before the first sweep.';
COMMENT ON COLUMN zjtx.accounts.swept_on IS 'The day judged by the last sweep that ended without an error; NULL before the first.';
COMMENT ON COLUMN zjtx.accounts.sweeps IS 'Counts the sweeps of all enterprises. Next changes in zjtx.judged that were found before such a sweep do not count.';
COMMENT ON COLUMN zjtx.accounts.corrections IS 'Counts the statements other than those of zjtx that wrote zjtx.ledger. Digests in zjtx.judged from before such a statement do not count.';
COMMENT ON COLUMN zjtx.accounts.due_on IS 'The day of the last sweep of what is due; a later day while one for an earlier day is not finished. NULL before the first.';
COMMENT ON INDEX zjtx.accounts_system_identifier_database_relation_key IS 'A relation has at most one account.';
SELECT pg_catalog.pg_extension_config_dump('zjtx.accounts', '');

CREATE FUNCTION zjtx_internal.accounts_changed() RETURNS trigger
	AS 'MODULE_PATHNAME', 'zjtx_accounts_changed' LANGUAGE C;
COMMENT ON FUNCTION zjtx_internal.accounts_changed() IS
'Makes all sessions look up their accounts again.';
CREATE TRIGGER changed AFTER INSERT OR DELETE
	OR UPDATE OF account, relation, relation_name, key_column, key_number, system_identifier, database, formerly ON zjtx.accounts
	FOR EACH ROW EXECUTE FUNCTION zjtx_internal.accounts_changed();
ALTER TABLE zjtx.accounts ENABLE ALWAYS TRIGGER changed;
COMMENT ON TRIGGER changed ON zjtx.accounts IS 'Makes all sessions look up their accounts again.';
CREATE TRIGGER changed_truncate AFTER TRUNCATE ON zjtx.accounts
	FOR EACH STATEMENT EXECUTE FUNCTION zjtx_internal.accounts_changed();
ALTER TABLE zjtx.accounts ENABLE ALWAYS TRIGGER changed_truncate;
COMMENT ON TRIGGER changed_truncate ON zjtx.accounts IS 'Makes all sessions look up their accounts again.';

CREATE FUNCTION zjtx.line_key(code text, stage text) RETURNS text
	AS 'MODULE_PATHNAME', 'zjtx_line_key' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION zjtx.line_key(text, text) IS
'Names a line within its document, as the column line of zjtx.assess, zjtx.lines, zjtx.tally and the ledger does: the code of the clause, group or rung, or code/stage. rule where the code is NULL or empty: a policy of one expression. Never NULL.';

CREATE TABLE zjtx.ledger (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	account text NOT NULL,
	key text NOT NULL,
	policy text NOT NULL,
	code text NOT NULL,
	stage text,
	line text NOT NULL GENERATED ALWAYS AS (zjtx.line_key(code, stage)) STORED,
	period int,
	unit text,
	payable boolean NOT NULL CHECK (NOT payable OR unit OPERATOR(pg_catalog.=) '元'),
	in_group text CHECK (in_group IS NULL OR NOT payable),
	kind text NOT NULL CHECK (kind OPERATOR(pg_catalog.=) ANY (ARRAY['owed', 'lapsed', 'undecided', 'reached', 'lost', 'withdrawn', 'moved', 'carried', 'paid'])),
	old numeric NOT NULL CHECK (old OPERATOR(pg_catalog.>=) 0),
	new numeric NOT NULL CHECK (new OPERATOR(pg_catalog.>=) 0),
	difference numeric GENERATED ALWAYS AS (new OPERATOR(pg_catalog.-) old) STORED,
	paid numeric NOT NULL DEFAULT 0.00 CHECK (paid OPERATOR(pg_catalog.=) 0 OR kind OPERATOR(pg_catalog.=) ANY (ARRAY['paid', 'moved', 'carried']) AND payable),
	judged_on date NOT NULL,
	at timestamptz NOT NULL DEFAULT pg_catalog.now(),
	by name NOT NULL DEFAULT session_user,
	note text
);
COMMENT ON TABLE zjtx.ledger IS
'A row for each change of what a watched enterprise is owed, and for each payment. zjtx.watch, zjtx.sweep, zjtx.settle, zjtx.withdraw and zjtx.move_key write the rows; they are never changed. A line is an account, key, policy, code, stage and period. Its current balance is the sum of its differences.';
COMMENT ON COLUMN zjtx.ledger.id IS 'The number of the entry, in the order of insertion.';
COMMENT ON COLUMN zjtx.ledger.account IS 'The account in zjtx.accounts, which identifies the watched view or table.';
COMMENT ON COLUMN zjtx.ledger.key IS 'The key of the enterprise as text: numbers without trailing zeros, char(n) without padding, dates and UUIDs in ISO form, bytea in hex, booleans as true or false.';
COMMENT ON COLUMN zjtx.ledger.policy IS 'The name under which the policy is watched: code, series, code/clause or code/rung.';
COMMENT ON COLUMN zjtx.ledger.code IS 'The code of the clause or rung.';
COMMENT ON COLUMN zjtx.ledger.stage IS 'The code of the stage for a clause that pays in stages, else NULL.';
COMMENT ON COLUMN zjtx.ledger.line IS 'The name of the line within its document: clause, clause/stage, group or rung; rule for a policy of one expression.';
COMMENT ON COLUMN zjtx.ledger.period IS 'The year for a clause per year, else NULL.';
COMMENT ON COLUMN zjtx.ledger.unit IS '元 or 分; NULL for a line without an amount, whose balance is 1 while it is satisfied and 0 otherwise.';
COMMENT ON COLUMN zjtx.ledger.payable IS 'Whether the line is paid out: true for rewards and subsidies, false for taxes, points and lines without an amount.';
COMMENT ON COLUMN zjtx.ledger.in_group IS 'The code of the group of which the line is a member and which is paid out in its place, else NULL.';
COMMENT ON COLUMN zjtx.ledger.kind IS
'owed: the balance rose. lapsed: it fell. undecided: it fell because facts became unknown. reached, lost: a line without an amount is now satisfied, or no longer. withdrawn: zjtx.withdraw took it back. moved: zjtx.move_key moved it between keys. carried: the law put a clause into a group or took it out of one, and what was paid on the one line counts on the other; two entries, which add up to 0. paid: a payment.';
COMMENT ON COLUMN zjtx.ledger.old IS 'The balance before the entry.';
COMMENT ON COLUMN zjtx.ledger.new IS 'The balance after the entry: the amount proved to be owed, which is the least possible amount while facts are unknown. Never negative.';
COMMENT ON COLUMN zjtx.ledger.difference IS 'The difference new minus old; 0 for a payment.';
COMMENT ON COLUMN zjtx.ledger.paid IS 'The amount paid, in 元; negative when a payment is taken back, moves to another key or is carried to another line; 0 for other entries.';
COMMENT ON COLUMN zjtx.ledger.judged_on IS 'The day judged: the as_of of the row, else zjtx.as_of, else the date of the transaction. For a payment, the day of the payment.';
COMMENT ON COLUMN zjtx.ledger.at IS 'The time of the transaction.';
COMMENT ON COLUMN zjtx.ledger.by IS 'The user of the session.';
COMMENT ON COLUMN zjtx.ledger.note IS 'The note given to zjtx.settle, zjtx.withdraw or zjtx.move_key. Of kind carried, to or from and the other line.';
COMMENT ON SEQUENCE zjtx.ledger_id_seq IS 'Numbers the entries.';
CREATE INDEX ledger_lines ON zjtx.ledger (account, key);
COMMENT ON INDEX zjtx.ledger_lines IS 'Finds the entries of an enterprise by account and key.';
SELECT pg_catalog.pg_extension_config_dump('zjtx.ledger', '');
SELECT pg_catalog.pg_extension_config_dump('zjtx.ledger_id_seq', '');

CREATE FUNCTION zjtx_internal.guard_ledger() RETURNS trigger
	AS 'MODULE_PATHNAME', 'zjtx_guard_ledger' LANGUAGE C;
COMMENT ON FUNCTION zjtx_internal.guard_ledger() IS
'Refuses changes and deletions of entries of zjtx.ledger (42501), except by a superuser. Statements other than those of zjtx make the digests in zjtx.judged invalid.';
CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON zjtx.ledger
	FOR EACH STATEMENT EXECUTE FUNCTION zjtx_internal.guard_ledger();
ALTER TABLE zjtx.ledger ENABLE ALWAYS TRIGGER guard;
COMMENT ON TRIGGER guard ON zjtx.ledger IS 'Refuses changes and deletions of entries, except by a superuser, and notices entries that are made by hand.';

-- Each comparison with the ledger updates the row of the enterprise.  The fillfactor leaves room for HOT updates.
CREATE TABLE zjtx.judged (
	account text,
	key text,
	judged_on date NOT NULL,
	at timestamptz NOT NULL,
	law bigint NOT NULL DEFAULT 0,
	next_change date,
	digest uuid,
	PRIMARY KEY (account, key)
) WITH (fillfactor = 70);
COMMENT ON TABLE zjtx.judged IS
'A row for each watched enterprise, updated before the enterprise is compared with the ledger. The row lock makes sessions that change facts of the same enterprise wait for each other.';
COMMENT ON COLUMN zjtx.judged.account IS 'The account in zjtx.accounts, which identifies the watched view or table.';
COMMENT ON COLUMN zjtx.judged.key IS 'The key of the enterprise as text: numbers without trailing zeros, char(n) without padding, dates and UUIDs in ISO form, bytea in hex, booleans as true or false.';
COMMENT ON COLUMN zjtx.judged.judged_on IS 'The day of the last judgement that was compared with the ledger: the day judged for a row without an as_of of its own. A sweep that finds the same digest leaves it.';
COMMENT ON COLUMN zjtx.judged.at IS 'The time of the last transaction that compared the enterprise with the ledger or recorded a payment.';
COMMENT ON COLUMN zjtx.judged.law IS 'A hash of the names and texts of the policies for which next_change was computed, and of the number of sweeps of all until then; 0 while it is not known, because the enterprise was judged by a trigger, or something was paid, since the last sweep of what is due.';
COMMENT ON COLUMN zjtx.judged.next_change IS 'The first day on which time alone can change an answer, as zjtx.next_change gives it; infinity for none, NULL while law is 0.';
COMMENT ON COLUMN zjtx.judged.digest IS 'A digest of all lines of the last judgement by a sweep, with the year, the documents and what else decides what is in the ledger. A sweep that finds the same digest has nothing to add and leaves the row as it is. NULL while it is not known: a trigger judged the enterprise, something was paid, withdrawn, moved or allotted, or no sweep has judged it.';
CREATE INDEX judged_due ON zjtx.judged (account, law, next_change);
COMMENT ON INDEX zjtx.judged_due IS 'Finds the enterprises that a sweep of what is due judges.';
SELECT pg_catalog.pg_extension_config_dump('zjtx.judged', '');

CREATE VIEW zjtx.owed AS
SELECT b.account, b.key, b.policy, b.code, b.stage, b.line, b.period, b.owed, b.paid,
	greatest(b.owed OPERATOR(pg_catalog.-) b.paid, 0.00) AS due, greatest(b.paid OPERATOR(pg_catalog.-) b.owed, 0.00) AS overpaid,
	c.status, zjtx.status_label(c.status) AS status_label
FROM (SELECT l.account, l.key, l.policy, l.code, l.stage, l.line, l.period,
		pg_catalog.sum(l.difference) AS owed, pg_catalog.sum(l.paid) AS paid
	FROM zjtx.ledger l
	WHERE l.payable
	GROUP BY l.account, l.key, l.policy, l.code, l.stage, l.line, l.period) b,
	LATERAL (SELECT CASE WHEN b.owed OPERATOR(pg_catalog.>) b.paid THEN 'due' WHEN b.owed OPERATOR(pg_catalog.<) b.paid THEN 'overpaid'
		ELSE 'settled' END AS status) c
WHERE b.owed OPERATOR(pg_catalog.<>) 0 OR b.paid OPERATOR(pg_catalog.<>) 0;
COMMENT ON VIEW zjtx.owed IS
'The balance of each reward and subsidy of each enterprise, in 元. Lines where nothing is owed and nothing was paid are omitted.';
COMMENT ON COLUMN zjtx.owed.account IS 'The account in zjtx.accounts, which identifies the watched view or table.';
COMMENT ON COLUMN zjtx.owed.key IS 'The key of the enterprise as text: numbers without trailing zeros, char(n) without padding, dates and UUIDs in ISO form, bytea in hex, booleans as true or false.';
COMMENT ON COLUMN zjtx.owed.policy IS 'The name under which the policy is watched.';
COMMENT ON COLUMN zjtx.owed.code IS 'The code of the clause.';
COMMENT ON COLUMN zjtx.owed.stage IS 'The code of the stage for a clause that pays in stages, else NULL.';
COMMENT ON COLUMN zjtx.owed.line IS 'The name of the line within its document: clause, clause/stage or group; rule for a policy of one expression. Never NULL.';
COMMENT ON COLUMN zjtx.owed.period IS 'The year for a clause per year, else NULL.';
COMMENT ON COLUMN zjtx.owed.owed IS 'The amount proved to be owed, in 元.';
COMMENT ON COLUMN zjtx.owed.paid IS 'The amount paid so far, in 元.';
COMMENT ON COLUMN zjtx.owed.due IS 'The amount owed and not yet paid, in 元; never negative.';
COMMENT ON COLUMN zjtx.owed.overpaid IS 'The amount paid beyond what is owed, in 元; never negative.';
COMMENT ON COLUMN zjtx.owed.status IS 'due: less was paid than is owed. overpaid: more. settled: as much.';
COMMENT ON COLUMN zjtx.owed.status_label IS 'The status in Chinese.';

CREATE FUNCTION zjtx.standing(day date,
	OUT account text, OUT key text, OUT policy text, OUT code text, OUT stage text, OUT line text, OUT period int, OUT unit text,
	OUT payable boolean, OUT standing numeric, OUT paid numeric, OUT status text, OUT status_label text) RETURNS SETOF record
	LANGUAGE SQL STABLE PARALLEL SAFE ROWS 1000
	BEGIN ATOMIC
		SELECT b.account, b.key, b.policy, b.code, b.stage, b.line, b.period, b.unit, b.payable, b.standing, b.paid,
			c.status, zjtx.status_label(c.status)
		FROM (SELECT l.account, l.key, l.policy, l.code, l.stage, l.line, l.period, l.unit, l.payable,
				coalesce((pg_catalog.array_agg(l.new ORDER BY l.id DESC) FILTER (WHERE l.kind OPERATOR(pg_catalog.<>) 'paid'))[1], 0) AS standing,
				pg_catalog.sum(l.paid) AS paid
			FROM zjtx.ledger l
			WHERE l.judged_on OPERATOR(pg_catalog.<=) standing.day
			GROUP BY l.account, l.key, l.policy, l.code, l.stage, l.line, l.period, l.unit, l.payable, l.in_group) b,
			LATERAL (SELECT CASE WHEN NOT b.payable THEN 'satisfied' WHEN b.standing OPERATOR(pg_catalog.>) b.paid THEN 'due'
				WHEN b.standing OPERATOR(pg_catalog.<) b.paid THEN 'overpaid' ELSE 'settled' END AS status) c
		WHERE b.standing OPERATOR(pg_catalog.<>) 0 OR b.paid OPERATOR(pg_catalog.<>) 0;
	END;
COMMENT ON FUNCTION zjtx.standing(date) IS
'The balance of each line at the end of a day, from the last entry judged for that day or an earlier one, and the amount paid until then, in unit. line names the line within its document and is never NULL. Lines with a zero balance and no payments are omitted. status: due, overpaid or settled, and satisfied for a line that is not paid in money; status_label: the same in Chinese. No rows for NULL.';

CREATE FUNCTION zjtx_internal.paid_before(account text, key "any", policy text, code text, day date) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_paid_before' LANGUAGE C STABLE PARALLEL RESTRICTED;
COMMENT ON FUNCTION zjtx_internal.paid_before(text, "any", text, text, date) IS
'What was paid on the line of a clause or group for other periods than the year of a day, in 元; for a period of which more is owed than was paid, what is owed. Entries under other names of the policy count as well; so do those of a group''s members from before they were in the group, and for doc/1, a clause of a used document, those of doc itself. This is the fact "paid of" of a cap over all periods, which zjtx.watch, zjtx.sweep and the views of zjtx.publish take from here. key has the type of the key column, or is its text in the ledger; a value that can be no key is an error (42804), and so is an unknown account (P0002). An enterprise without entries has 0.00. A NULL day is that of the session. NULL if another argument is NULL, or if the caller may not read zjtx.ledger.';

CREATE FUNCTION zjtx.settle(account text, key text, policy text, code text, stage text, period int,
	amount numeric, note text DEFAULT NULL) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_settle' LANGUAGE C VOLATILE;
COMMENT ON FUNCTION zjtx.settle(text, text, text, text, text, int, numeric, text) IS
'Records a payment, in 元, on a line of zjtx.owed and returns the amount that is still due. An amount above what is due is an error (23514); payments on the same line under another name of the policy count as well. A negative amount takes back a payment, wholly or in part, and needs a note. stage and period are NULL for a line that has none. A line without entries is an error (P0002). The function writes the ledger with the rights of the ledger''s owner, so EXECUTE must be granted explicitly.';

CREATE FUNCTION zjtx.withdraw(account text, key text, policy text, code text, stage text, period int, note text) RETURNS numeric
	AS 'MODULE_PATHNAME', 'zjtx_withdraw' LANGUAGE C VOLATILE;
COMMENT ON FUNCTION zjtx.withdraw(text, text, text, text, text, int, text) IS
'Takes back the balance of a line of the ledger for an earlier period or for an enterprise that no longer exists. Returns the amount paid on the line, in 元, which is now overpaid. If the relation still has the key, a line without a period or of the year judged is an error (55000), because the next judgement would enter it again. stage and period are NULL for a line that has none. The function reads the relation with the rights of the caller and writes the ledger with the rights of the ledger''s owner, so EXECUTE must be granted explicitly.';

CREATE FUNCTION zjtx.move_key(account text, old text, new text, note text) RETURNS bigint
	AS 'MODULE_PATHNAME', 'zjtx_move_key' LANGUAGE C VOLATILE;
COMMENT ON FUNCTION zjtx.move_key(text, text, text, text) IS
'Moves balances and payments from a wrong key of an enterprise to the corrected key and returns the number of lines moved. An old key that the relation still has is an error (55000). So is a new key with payments, or with entries older than the fall of the old key: they belong to another enterprise. The function reads the relation with the rights of the caller and writes the ledger with the rights of the ledger''s owner, so EXECUTE must be granted explicitly.';
