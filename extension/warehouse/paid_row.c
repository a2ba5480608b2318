/*
 * paid_row.c
 *		In statements: rows that also say what was paid, according to the ledger.
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "language/tree.h"
#include "own.h"
#include "paid_row.h"

List *
paid_codes(const Compiled *compiled)
{
	List	   *codes = NIL;
	Symbols    *seen = symbols_create();
	int			i,
				j;

	for (i = 0; compiled && i < compiled->nprograms; i++)
	{
		const Program *program = compiled->programs[i];

		for (j = 0; j < program->nfacts; j++)
			if (program->facts[j]->paid_of && program->fact_instrs[j] >= 0 && symbols_add(seen, program->facts[j]->name, NULL))
				codes = lappend(codes, pstrdup(program->facts[j]->paid_of));
	}
	return codes;
}

char *
paid_row_day(const char *row, const char *column)
{
	return psprintf("coalesce(%s.%s::pg_catalog.date, 'infinity'::pg_catalog.date)", row, quote_identifier(column));
}

/* Whether a column says what was paid on one of the lines. */
static bool
is_paid_column(const char *column, const List *codes)
{
	ListCell   *cell;

	foreach(cell, codes)
	{
		if (strcmp(column, psprintf("paid of %s", (char *) lfirst(cell))) == 0 ||
			strcmp(column, psprintf("%s%s", "已付之", (char *) lfirst(cell))) == 0)
			return true;
	}
	return false;
}

void
paid_row_append(StringInfo query, const PaidRow *paid)
{
	const char *comma = "";
	ListCell   *cell;
	int			i;

	appendStringInfoString(query, "SELECT ");
	for (i = 0; i < paid->desc->natts; i++)
	{
		Form_pg_attribute att = TupleDescAttr(paid->desc, i);

		if (att->attisdropped || is_paid_column(NameStr(att->attname), paid->codes))
			continue;
		appendStringInfo(query, "%s%s.%s", comma, paid->row, quote_identifier(NameStr(att->attname)));
		comma = ", ";
	}
	foreach(cell, paid->codes)
	{
		appendStringInfo(query, "%s%s.paid_before(%s, %s.%s, %s, %s, %s) AS %s", comma, own_schema(),
						 quote_literal_cstr(paid->account), paid->row, quote_identifier(paid->key),
						 quote_literal_cstr(paid->policy), quote_literal_cstr(lfirst(cell)), paid->day,
						 quote_identifier(psprintf("paid of %s", (char *) lfirst(cell))));
		comma = ", ";
	}
}
