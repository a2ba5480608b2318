/*
 * ledger_paid.c
 *		What was paid on a line for other periods, according to the ledger.
 *
 * A cap over all periods leaves what has not been paid for other periods.  What is owed
 * for another period and not paid yet counts as well: otherwise the amounts due for two
 * periods could together exceed the cap.
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/lsyscache.h"

#include "engine/program.h"
#include "facts/day.h"
#include "session/stored.h"
#include "accounts.h"
#include "keys.h"
#include "ledger.h"
#include "own.h"

ZJTX_FUNCTION(zjtx_paid_before);

static SPIPlanPtr paid_plan = NULL;

/* the account whose enterprises are being judged, or NULL */
static const char *judging = NULL;

const char *
ledger_judging(const char *account)
{
	const char *before = judging;

	judging = account;
	return before;
}

bool
ledger_may_read(const char *account, const char *table)
{
	if (judging && strcmp(judging, account) == 0)
		return true;
	return pg_class_aclcheck(own_relation(table), GetUserId(), ACL_SELECT) == ACLCHECK_OK;
}

/* Adds a code and, if it is that of a group, the codes of all its members. */
static List *
add_members(List *codes, const Program *program, const char *code)
{
	int			i,
				j;

	check_stack_depth();
	codes = lappend(codes, unconstify(char *, code));
	for (i = 0; i < program->ngroups; i++)
	{
		const GroupEntry *group = &program->groups[i];

		if (strcmp(group->group->provision.code, code) != 0)
			continue;
		for (j = 0; j < group->nmembers; j++)
			codes = add_members(codes, program, group->members[j].is_group ?
								program->groups[group->members[j].number].group->provision.code :
								program->clauses[group->members[j].number].clause->provision.code);
	}
	return codes;
}

/*
 * The codes of the lines of a clause or group, as text[].  Payments for a clause before it became a member of the
 * group count for the group.
 */
static Datum
codes_of(const char *policy, const char *code)
{
	const Compiled *compiled = stored_compiled(policy, strlen(policy), true, CurrentMemoryContext);
	List	   *codes = list_make1(unconstify(char *, code));
	ArrayBuildState *state = NULL;
	ListCell   *cell;
	int			i;

	for (i = 0; compiled && i < compiled->nprograms; i++)
		codes = add_members(codes, compiled->programs[i], code);
	foreach(cell, codes)
	{
		state = accumArrayResult(state, CStringGetTextDatum(lfirst(cell)), false, TEXTOID, CurrentMemoryContext);
	}
	return PointerGetDatum(DatumGetPointer(makeArrayResult(state, CurrentMemoryContext)));
}

#define EQUAL LEDGER_EQUAL
#define FAMILY(name) LEDGER_FAMILY(name)
#define AFTER_SLASH(name) "pg_catalog.substr(" name ", pg_catalog.strpos(" name ", '/') OPERATOR(pg_catalog.+) 1)"

/*
 * paid_before(account, key, policy, code, day) → what was paid or is owed on the line of
 * a clause or group for other periods than that of the day, in 元. NULL if an argument is
 * NULL, or if the caller may not read the ledger.  A NULL day is that of the session.
 * Errors: an unknown account (P0002), a type that keys cannot have (42804).
 */
Datum
zjtx_paid_before(PG_FUNCTION_ARGS)
{
	Oid			types[6] = {TEXTOID, TEXTOID, TEXTOID, TEXTOID, INT4OID, TEXTARRAYOID};
	Datum		values[6];
	Oid			key_type = get_fn_expr_argtype(fcinfo->flinfo, 1);
	DateADT		day;
	Datum		paid;
	bool		known;
	bool		null;
	int			i;

	for (i = 0; i < 4; i++)
		if (PG_ARGISNULL(i))
			PG_RETURN_NULL();
	day = PG_ARGISNULL(4) ? day_of_session() : PG_GETARG_DATEADT(4);
	if (DATE_NOT_FINITE(day) || !OidIsValid(key_type) || !ledger_may_read(TextDatumGetCString(PG_GETARG_DATUM(0)), "ledger"))
		PG_RETURN_NULL();
	for (i = 0; i < 4; i++)
		values[i] = PG_GETARG_DATUM(i);
	/* a literal without a type is text */
	values[1] = CStringGetTextDatum(key_type == UNKNOWNOID ? DatumGetCString(values[1]) :
									key_text(key_argument_type(key_type), values[1]));
	values[4] = Int32GetDatum(date_year(day));
	values[5] = codes_of(TextDatumGetCString(values[2]), TextDatumGetCString(values[3]));
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	/* line doc/1 of a document that uses doc is line 1 of doc */
	ledger_run_same(&paid_plan,
					"SELECT coalesce(pg_catalog.sum(greatest(p.paid, p.owed)), 0.00), "
					"EXISTS (SELECT FROM zjtx.accounts a WHERE a.account" EQUAL "$1) FROM ("
					"SELECT n.period, pg_catalog.sum(n.paid) AS paid, pg_catalog.max(n.owed) AS owed FROM ("
					"SELECT l.policy, l.period, pg_catalog.sum(l.difference) AS owed, pg_catalog.sum(l.paid) AS paid "
					"FROM zjtx.ledger l WHERE l.account" EQUAL "$1 AND l.key" EQUAL "$2 "
					"AND l.payable AND coalesce(l.period, 0) OPERATOR(pg_catalog.<>) $5 "
					"AND (l.code" EQUAL "ANY ($6) AND " FAMILY("l.policy") EQUAL FAMILY("$3")
					" OR pg_catalog.strpos($4, '/') OPERATOR(pg_catalog.>) 0 AND l.code" EQUAL AFTER_SLASH("$4") " AND " FAMILY("l.policy") EQUAL FAMILY("$4") ") "
					"GROUP BY l.policy, l.period) n GROUP BY n.period) p",
					6, types, values, NULL);
	known = DatumGetBool(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 2, &null));
	paid = SPI_datumTransfer(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &null), false, -1);
	SPI_finish();
	if (!known)
		account_unknown(TextDatumGetCString(values[0]));
	PG_RETURN_DATUM(paid);
}
