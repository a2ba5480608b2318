/*
 * paid_row.c
 *		For statements: rows with the facts that our tables know about them.
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "language/names.h"
#include "language/tree.h"
#include "own.h"
#include "paid_row.h"

static RecordedFact *
recorded_fact(const Fact *fact)
{
	RecordedFact *recorded = palloc0_object(RecordedFact);

	recorded->kind = fact->paid_of ? RECORDED_PAID : fact->across == ACROSS_SELECTED ? RECORDED_SELECTED : RECORDED_ALLOTTED;
	recorded->name = pstrdup(fact->name);
	recorded->label = fact->label ? pstrdup(fact->label) : NULL;
	recorded->code = pstrdup(fact->paid_of ? fact->paid_of : fact->across_of);
	return recorded;
}

List *
recorded_facts(const Compiled *compiled)
{
	List	   *facts = NIL;
	Symbols    *seen = symbols_create();
	int			i,
				j;

	for (i = 0; compiled && i < compiled->nprograms; i++)
	{
		const Program *program = compiled->programs[i];

		for (j = 0; j < program->nfacts; j++)
		{
			const Fact *fact = program->facts[j];

			if (fact->paid_of == NULL && fact->across != ACROSS_SELECTED && fact->across != ACROSS_ALLOTTED)
				continue;
			if (program->fact_instrs[j] >= 0 && symbols_add(seen, fact->name, NULL))
				facts = lappend(facts, recorded_fact(fact));
		}
	}
	return facts;
}

char *
paid_row_day(const char *row, const char *column)
{
	return psprintf("coalesce(%s.%s::pg_catalog.date, 'infinity'::pg_catalog.date)", row, quote_identifier(column));
}

/* Whether a column of the relation gives the fact, by its name or label. */
static bool
gives_fact(const char *column, const RecordedFact *fact)
{
	return strcmp(column, fact->name) == 0 || (fact->label && strcmp(column, fact->label) == 0);
}

bool
paid_row_replaces(const PaidRow *paid, const char *column)
{
	ListCell   *cell;

	foreach(cell, paid->facts)
	{
		if (gives_fact(column, lfirst(cell)))
			return true;
	}
	return false;
}

/* The column of the relation that gives what was allotted until it is recorded; or NULL. */
static const char *
column_until_then(const PaidRow *paid, const RecordedFact *fact)
{
	const char *found = NULL;
	int			i;

	for (i = 0; i < paid->desc->natts; i++)
	{
		Form_pg_attribute att = TupleDescAttr(paid->desc, i);

		if (att->attisdropped || !gives_fact(NameStr(att->attname), fact))
			continue;
		if (fact->kind == RECORDED_SELECTED && getBaseType(att->atttypid) != BOOLOID)
			continue;
		/* the name takes precedence over the label */
		if (found == NULL || strcmp(NameStr(att->attname), fact->name) == 0)
			found = NameStr(att->attname);
	}
	return found;
}

void
paid_row_column(StringInfo query, const PaidRow *paid, const RecordedFact *fact)
{
	static const char *const functions[] = {
		[RECORDED_PAID] = "paid_before",
		[RECORDED_SELECTED] = "recorded_selected",
		[RECORDED_ALLOTTED] = "recorded_amount"
	};
	const char *column = fact->kind == RECORDED_PAID ? NULL : column_until_then(paid, fact);

	if (column)
		appendStringInfoString(query, "coalesce(");
	appendStringInfo(query, "%s.%s(%s, %s.%s, %s, %s, %s)", own_internal_schema(), functions[fact->kind],
					 quote_literal_cstr(paid->account), paid->row, quote_identifier(paid->key),
					 quote_literal_cstr(paid->policy), quote_literal_cstr(fact->code), paid->day);
	if (column)
		appendStringInfo(query, ", %s.%s%s)", paid->row, quote_identifier(column),
						 fact->kind == RECORDED_ALLOTTED ? "::pg_catalog.numeric" : "");
	appendStringInfo(query, " AS %s", quote_identifier(fact->name));
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

		if (att->attisdropped || paid_row_replaces(paid, NameStr(att->attname)))
			continue;
		appendStringInfo(query, "%s%s.%s", comma, paid->row, quote_identifier(NameStr(att->attname)));
		comma = ", ";
	}
	foreach(cell, paid->facts)
	{
		appendStringInfoString(query, comma);
		paid_row_column(query, paid, lfirst(cell));
		comma = ", ";
	}
}
