/*
 * fill_columns.c
 *		The arguments of zjtx.fill: which answer goes into which column.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_trigger.h"
#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "compat.h"
#include "executor/spi.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "facts/bind.h"
#include "fill.h"
#include "messages.h"
#include "own.h"
#include "relation.h"
#include "session/stored.h"

/* ---------------- what is written ---------------- */

const char *
fill_function(FillKind kind, Oid *result, Oid *function)
{
	Oid			types[2] = {RECORDOID, TEXTOID};
	const char *name = NULL;

	switch (kind)
	{
		case FILL_CODE:
		case FILL_LEVEL:
		case FILL_PLACEMENT:
			name = "placement";
			*result = own_type(OWN_PLACEMENT);
			break;
		case FILL_AMOUNT:
			name = "amount";
			*result = NUMERICOID;
			break;
		case FILL_ELIGIBLE:
			name = "eligible";
			*result = BOOLOID;
			break;
		case FILL_MISSING:
			name = "missing";
			*result = TEXTARRAYOID;
			break;
		case FILL_NEXT_CHANGE:
			name = "next_change";
			*result = DATEOID;
			break;
	}
	*function = own_function(name, 2, types, *result, false);
	if (!OidIsValid(*function))
		elog(ERROR, "function %s is missing", name);
	return name;
}

static void
wrong_type(Relation table, const FillColumn *column, const char *what, const char *hint)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATATYPE_MISMATCH),
			 errmsg("zjtx.fill() cannot write into column \"%s\" of %s", column->name,
					relation_words(RelationGetRelid(table))),
			 errdetail("Its type is %s.", format_type_with_typemod(column->base, column->typmod)),
			 what ? errhint(hint, what) : errhint("%s", hint)));
}

/* Decides by the mark before the policy, or by the type of the column. */
static void
choose_kind(Relation table, FillColumn *column, char mark)
{
	if (mark == '!')
	{
		if (column->base != TEXTARRAYOID)
			wrong_type(table, column, NULL, _("The missing facts need text[]."));
		column->kind = FILL_MISSING;
		return;
	}
	if (mark == '~')
	{
		if (column->base != DATEOID)
			wrong_type(table, column, NULL, _("The next change needs date."));
		column->kind = FILL_NEXT_CHANGE;
		return;
	}
	switch (column->base)
	{
		case TEXTOID:
		case VARCHAROID:
			column->kind = FILL_CODE;
			return;
		case INT2OID:
		case INT4OID:
		case INT8OID:
			column->kind = FILL_LEVEL;
			return;
		case NUMERICOID:
			/* the scale of a typmod is signed from PostgreSQL 15 on */
			if (column->typmod >= (int32) VARHDRSZ && (((column->typmod - VARHDRSZ) & 0x7ff) ^ 1024) - 1024 < 2)
				wrong_type(table, column, NULL, _("An amount has two decimals."));
			column->kind = FILL_AMOUNT;
			return;
		case BOOLOID:
			column->kind = FILL_ELIGIBLE;
			return;
	}
	if (column->base != own_type(OWN_PLACEMENT))
		wrong_type(table, column, own_schema(),
				   _("text takes the code of the rung, an integer its level, %s.placement both, numeric the amount, boolean whether the row is eligible."));
	column->kind = FILL_PLACEMENT;
}

/* ---------------- the policy ---------------- */

static bool
gives_fact(const FactColumns *columns, int attnum)
{
	int			i;

	if (columns->attnum == attnum)
		return true;
	for (i = 0; i < columns->nyears; i++)
		if (columns->years[i] == attnum)
			return true;
	return false;
}

/*
 * An answer must not be a fact of the policy that gives it: the next update would judge by it.
 * An unknown policy is an error here.
 */
static void
check_policy(Relation table, const FillColumn *column)
{
	const Compiled *compiled = stored_compiled(column->policy, strlen(column->policy), false, CurrentMemoryContext);
	int			i;
	int			fact;

	for (i = 0; i < compiled->nprograms; i++)
	{
		const Program *program = compiled->programs[i];
		FactColumns *columns = row_columns(program, RelationGetDescr(table), true, compiled_day(compiled, true));

		for (fact = 0; columns && fact < program->nfacts; fact++)
			if (gives_fact(&columns[fact], column->attnum))
				ereport(ERROR,
						(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						 errmsg("zjtx.fill() cannot write into column \"%s\" of %s", column->name,
								relation_words(RelationGetRelid(table))),
						 errdetail("The column gives the fact \"%s\" of policy \"%s\".",
								   program->facts[fact]->name, column->policy),
						 errhint("Rename the column.")));
	}
}

/* ---------------- arguments ---------------- */

FillColumn *
fill_column(Relation table, const char *argument)
{
	const char *equals = strchr(argument, '=');
	FillColumn *column = palloc0(sizeof(FillColumn));
	Form_pg_attribute att;
	char		mark;

	if (equals == NULL || equals == argument || equals[1] == '\0')
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"%s\" is not an argument of zjtx.fill()", argument),
				 errhint("Write column=policy, such as 'tier=miit-ladder', column=!policy for the missing facts, or column=~policy for the next change.")));
	column->name = pnstrdup(argument, equals - argument);
	column->attnum = SPI_fnumber(RelationGetDescr(table), column->name);
	if (column->attnum <= 0)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_COLUMN),
				 errmsg("column \"%s\" of %s does not exist", column->name, relation_words(RelationGetRelid(table)))));
	att = TupleDescAttr(RelationGetDescr(table), column->attnum - 1);
	column->type = att->atttypid;
	column->typmod = att->atttypmod;
	column->base = getBaseTypeAndTypmod(att->atttypid, &column->typmod);
	if (att->attgenerated)
		ereport(ERROR,
				(errcode(ERRCODE_GENERATED_ALWAYS),
				 errmsg("zjtx.fill() cannot write into column \"%s\" of %s", column->name,
						relation_words(RelationGetRelid(table))),
				 errdetail("It is a generated column.")));
	mark = equals[1];
	column->policy = pstrdup(mark == '!' || mark == '~' ? equals + 2 : equals + 1);
	choose_kind(table, column, mark);
	check_policy(table, column);
	return column;
}

List *
fill_arguments(Relation table)
{
	Oid			function = own_function("fill", 0, NULL, TRIGGEROID, false);
	const TriggerDesc *triggers = table->trigdesc;
	List	   *arguments = NIL;
	int			i;
	int			n;

	for (i = 0; triggers && i < triggers->numtriggers; i++)
	{
		const Trigger *trigger = &triggers->triggers[i];

		if (trigger->tgfoid == function && trigger->tgenabled != TRIGGER_DISABLED)
			for (n = 0; n < trigger->tgnargs; n++)
				arguments = lappend(arguments, pstrdup(trigger->tgargs[n]));
	}
	return arguments;
}
