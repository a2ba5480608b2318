-- Across rows: selections, budgets and populations.

CREATE TYPE zjtx.allotted AS (
	key text,
	code text,
	clause text,
	kind text,
	member boolean,
	place_low bigint,
	place_high bigint,
	selected boolean,
	needed text,
	claim_low numeric,
	claim_high numeric,
	amount_low numeric,
	amount_high numeric
);
COMMENT ON TYPE zjtx.allotted IS
'A row of zjtx.allot: an enterprise and a selection, or an enterprise and a clause or group that is paid from a budget.';
COMMENT ON COLUMN zjtx.allotted.key IS 'The key of the enterprise as text, in the form of zjtx.ledger.';
COMMENT ON COLUMN zjtx.allotted.code IS 'The code of the selection or budget.';
COMMENT ON COLUMN zjtx.allotted.clause IS 'Of a budget: the code of the clause or group that is paid from it; NULL for a selection.';
COMMENT ON COLUMN zjtx.allotted.kind IS 'selection or budget.';
COMMENT ON COLUMN zjtx.allotted.member IS 'Whether the enterprise is one of those among whom the selection selects, or whether the clause is satisfied; NULL while undecided.';
COMMENT ON COLUMN zjtx.allotted.place_low IS 'The best place that the enterprise can have, from 1: one more than the number of members that are surely better. NULL if it is proved to be no member, and for a budget.';
COMMENT ON COLUMN zjtx.allotted.place_high IS 'The worst place that the enterprise can have: one more than the number of others that may be better or tie. NULL where place_low is.';
COMMENT ON COLUMN zjtx.allotted.selected IS 'Whether the enterprise is selected; NULL while undecided, and where a tie at the border leaves it open. NULL for a budget.';
COMMENT ON COLUMN zjtx.allotted.needed IS 'What the first sort key must outdo for the enterprise to be surely selected, if it is a member and nothing else changes: more than this number or later than this day where the order is descending, else less or earlier; the same value suffices if the further keys are better. NULL if it is selected or proved to be no member, where the order of the others does not tell, and for a budget.';
COMMENT ON COLUMN zjtx.allotted.claim_low IS 'The least that the clause pays before the budget is divided, in 元. NULL for a selection.';
COMMENT ON COLUMN zjtx.allotted.claim_high IS 'The most that the clause can pay before the budget is divided, in 元. NULL for a selection, and if there is no limit.';
COMMENT ON COLUMN zjtx.allotted.amount_low IS 'The least that the budget pays of the claim, in 元; equal to amount_high when it is decided. NULL for a selection.';
COMMENT ON COLUMN zjtx.allotted.amount_high IS 'The most that the budget can pay of the claim, in 元. NULL for a selection.';

CREATE FUNCTION zjtx.allot(relation regclass, key text, policy zjtx.policy, undecided text DEFAULT 'open') RETURNS SETOF zjtx.allotted
	AS 'MODULE_PATHNAME', 'zjtx_allot' LANGUAGE C STABLE STRICT PARALLEL UNSAFE ROWS 10000 COST 10000;
COMMENT ON FUNCTION zjtx.allot(regclass, text, zjtx.policy, text) IS
'Ranks the rows of a table or view by the selections of a policy and divides its budgets among them: a row for each enterprise and selection, and for each enterprise and clause or group that is paid from a budget, in the order of the keys. key is the column with one value for each enterprise: a NULL (22004) and a key of two rows (21000) are errors. Unknown facts give ranges of places and of money; what is true, false or a single amount is proved. undecided is open, or out: what is not proved is not claimed, as at a deadline. Then a row is a member only if it is proved to be, has the place that the worst of its sort keys gives, and claims what is proved; populations count proved members whose value is known. Amounts are in 元, to the 分; in proportion they add up to the budget, and the last 分 go to the greatest fractions, of equal ones to the lower key. A series answers by the version in force on the day of the policy or session. A policy without selection and budget is an error (22023). The relation is read with the rights of the caller. No rows for NULL.';

CREATE FUNCTION zjtx.allot(relation regclass, key text, policy text, undecided text DEFAULT 'open') RETURNS SETOF zjtx.allotted
	AS 'MODULE_PATHNAME', 'zjtx_allot_name' LANGUAGE C STABLE STRICT PARALLEL UNSAFE ROWS 10000 COST 10000;
COMMENT ON FUNCTION zjtx.allot(regclass, text, text, text) IS
'The same for a stored policy, given by its name.';

CREATE FUNCTION zjtx.population(relation regclass, policy zjtx.policy) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'zjtx_population' LANGUAGE C STABLE STRICT PARALLEL UNSAFE COST 10000;
COMMENT ON FUNCTION zjtx.population(regclass, zjtx.policy) IS
'The values of the populations of a policy over the rows of a table or view, by name: a number; null where there is no value; or {"low": …, "high": …} while unknown facts leave it open, where null is no bound. Numbers that do not end are rounded to 20 decimals. The relation is read with the rights of the caller. NULL for NULL, and if no version of a series is in force.';

CREATE FUNCTION zjtx.population(relation regclass, policy text) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'zjtx_population_name' LANGUAGE C STABLE STRICT PARALLEL UNSAFE COST 10000;
COMMENT ON FUNCTION zjtx.population(regclass, text) IS
'The same for a stored policy, given by its name.';

CREATE FUNCTION zjtx.publish_allotment(relation regclass, key text, policy zjtx.policy, view text) RETURNS regclass
	AS 'MODULE_PATHNAME', 'zjtx_publish_allotment' LANGUAGE C VOLATILE STRICT PARALLEL UNSAFE;
COMMENT ON FUNCTION zjtx.publish_allotment(regclass, text, zjtx.policy, text) IS
'Creates a view with a row for each enterprise: its key, and columns for each selection (member, place_low, place_high, selected, needed) and for each clause that is paid from a budget (claim_low, claim_high, amount_low, amount_high), as zjtx.allot gives them. view is its name, optionally qualified. The comments of the view and its columns are in the language of the document. The view is computed whenever it is read, with the rights of the role that reads it, over the rows that this role sees; for a dashboard, make a materialized view of it. Publishing again replaces the view; columns that would change are an error (42P16). A relation of that name that is not such a view is an error (42P07). Returns the view; NULL if no version of a series is in force.';

CREATE FUNCTION zjtx.publish_allotment(relation regclass, key text, policy text, view text) RETURNS regclass
	AS 'MODULE_PATHNAME', 'zjtx_publish_allotment_name' LANGUAGE C VOLATILE STRICT PARALLEL UNSAFE;
COMMENT ON FUNCTION zjtx.publish_allotment(regclass, text, text, text) IS
'The same for a stored policy, given by its name. The view refers to the policy by name, so its answers follow changes of the document.';
