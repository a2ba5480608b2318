/*
 * fill.c
 *		The trigger zjtx.fill('column=policy', …).
 *
 * A statement resolves the arguments once, for each table that it writes.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_collation.h"
#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "compat.h"
#include "executor/executor.h"
#include "executor/spi.h"
#include "mb/pg_wchar.h"
#include "rewrite/rewriteHandler.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "fill.h"
#include "messages.h"
#include "own.h"
#include "relation.h"

ZJTX_FUNCTION(zjtx_fill);

/* A function that answers; it keeps the policy and the binding to the row type. */
typedef struct Answerer
{
	const FillColumn *column;
	FmgrInfo	function;
	Datum		policy;
	void	   *domain;			/* cache of domain_check */
} Answerer;

/* A generated column, which a BEFORE trigger must compute for itself. */
typedef struct GeneratedColumn
{
	int			attnum;
	ExprState  *expression;
} GeneratedColumn;

typedef struct Filler
{
	int			count;
	Answerer   *answerers;
	int			ngenerated;
	GeneratedColumn *generated;
	ExprContext *econtext;
	TupleTableSlot *slot;
} Filler;

/* ---------------- the protocol ---------------- */

static void
check_call(FunctionCallInfo fcinfo)
{
	TriggerData *trigger = (TriggerData *) fcinfo->context;

	if (!CALLED_AS_TRIGGER(fcinfo))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("zjtx.fill() must be called as a trigger")));
	if (!TRIGGER_FIRED_BEFORE(trigger->tg_event) || !TRIGGER_FIRED_FOR_ROW(trigger->tg_event) ||
		TRIGGER_FIRED_BY_DELETE(trigger->tg_event))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("zjtx.fill() must be a BEFORE trigger for each row"),
				 errhint("Create it BEFORE INSERT OR UPDATE ... FOR EACH ROW.")));
	if (trigger->tg_trigger->tgnargs < 1)
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("zjtx.fill() needs a column and a policy"),
				 errhint("EXECUTE FUNCTION zjtx.fill('tier=miit-ladder', 'reward=yubei-2024-34').")));
}

/* ---------------- preparation ---------------- */

static void
prepare_answerer(Answerer *answerer, const FillColumn *column)
{
	Oid			result;
	Oid			function;

	(void) fill_function(column->kind, &result, &function);
	answerer->column = column;
	answerer->policy = CStringGetTextDatum(column->policy);
	fmgr_info_cxt(function, &answerer->function, CurrentMemoryContext);
}

/* The expressions of generated columns, which are computed only after BEFORE triggers. */
static void
prepare_generated(Filler *filler, Relation table)
{
	TupleDesc	desc = RelationGetDescr(table);
	EState	   *estate;
	int			i;

	for (i = 0; i < desc->natts; i++)
		if (TupleDescAttr(desc, i)->attgenerated)
			filler->ngenerated++;
	if (filler->ngenerated == 0)
		return;
	estate = CreateExecutorState();
	filler->generated = palloc_array(GeneratedColumn, filler->ngenerated);
	filler->econtext = CreateExprContext(estate);
	filler->slot = MakeSingleTupleTableSlot(CreateTupleDescCopy(desc), &TTSOpsHeapTuple);
	filler->ngenerated = 0;
	for (i = 0; i < desc->natts; i++)
	{
		GeneratedColumn *generated = &filler->generated[filler->ngenerated];
		Expr	   *expression;

		if (!TupleDescAttr(desc, i)->attgenerated)
			continue;
		expression = (Expr *) GENERATION_EXPRESSION(table, i + 1);
		generated->attnum = i + 1;
		generated->expression = ExecPrepareExpr(expression, estate);
		filler->ngenerated++;
	}
}

static Filler *
prepare(const TriggerData *trigger, MemoryContext context)
{
	MemoryContext old = MemoryContextSwitchTo(context);
	Filler	   *filler = palloc0(sizeof(Filler));
	int			nargs = trigger->tg_trigger->tgnargs;
	int			i;

	filler->answerers = palloc0_array(Answerer, nargs);
	for (i = 0; i < nargs; i++)
		prepare_answerer(&filler->answerers[i], fill_column(trigger->tg_relation, trigger->tg_trigger->tgargs[i]));
	filler->count = nargs;
	prepare_generated(filler, trigger->tg_relation);
	MemoryContextSwitchTo(old);
	return filler;
}

/* ---------------- the row ---------------- */

static HeapTuple
with_generated(Filler *filler, HeapTuple tuple, TupleDesc desc)
{
	Datum	   *values = palloc_array(Datum, filler->ngenerated);
	bool	   *nulls = palloc_array(bool, filler->ngenerated);
	int		   *attnums = palloc_array(int, filler->ngenerated);
	int			i;

	ResetExprContext(filler->econtext);
	ExecStoreHeapTuple(tuple, filler->slot, false);
	filler->econtext->ecxt_scantuple = filler->slot;
	for (i = 0; i < filler->ngenerated; i++)
	{
		attnums[i] = filler->generated[i].attnum;
		values[i] = ExecEvalExprSwitchContext(filler->generated[i].expression, filler->econtext, &nulls[i]);
	}
	tuple = heap_modify_tuple_by_cols(tuple, desc, filler->ngenerated, attnums, values, nulls);
	ExecClearTuple(filler->slot);
	return tuple;
}

/* Takes the code or the level from a placement. */
static Datum
placement_field(Datum placement, const char *field, bool *null)
{
	return GetAttributeByName(DatumGetHeapTupleHeader(placement), field, null);
}

/* Checks the length of a text and the constraints of a domain, as an assignment does. */
static Datum
assigned(Answerer *answerer, Datum value, bool null)
{
	const FillColumn *column = answerer->column;

	if (!null && column->kind == FILL_LEVEL && column->base != INT4OID)
		value = column->base == INT2OID ? Int16GetDatum((int16) DatumGetInt32(value)) : Int64GetDatum(DatumGetInt32(value));
	if (!null && column->typmod >= 0 && column->kind == FILL_AMOUNT)
		value = DirectFunctionCall2(numeric, value, Int32GetDatum(column->typmod));
	if (!null && column->typmod >= 0 && column->kind == FILL_CODE)
		value = DirectFunctionCall3(varchar, value, Int32GetDatum(column->typmod), BoolGetDatum(false));
	if (column->type != column->base)
		domain_check(value, null, column->type, &answerer->domain, answerer->function.fn_mcxt);
	return value;
}

static Datum
answer(Answerer *answerer, Datum row, bool *null)
{
	LOCAL_FCINFO(call, 2);
	Datum		value;

	InitFunctionCallInfoData(*call, &answerer->function, 2, DEFAULT_COLLATION_OID, NULL, NULL);
	call->args[0].value = row;
	call->args[0].isnull = false;
	call->args[1].value = answerer->policy;
	call->args[1].isnull = false;
	value = FunctionCallInvoke(call);
	*null = call->isnull;
	if (!*null && answerer->column->kind == FILL_CODE)
		value = placement_field(value, "code", null);
	else if (!*null && answerer->column->kind == FILL_LEVEL)
		value = placement_field(value, "level", null);
	return assigned(answerer, value, *null);
}

/* fill() → trigger: the row with the answers in its columns */
Datum
zjtx_fill(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = (TriggerData *) fcinfo->context;
	Filler	   *filler;
	HeapTuple	tuple;
	TupleDesc	desc;
	Datum		row;
	Datum	   *values;
	bool	   *nulls;
	int		   *attnums;
	int			i;

	check_call(fcinfo);
	if (fcinfo->flinfo->fn_extra == NULL)
		fcinfo->flinfo->fn_extra = prepare(trigger, fcinfo->flinfo->fn_mcxt);
	filler = fcinfo->flinfo->fn_extra;
	tuple = TRIGGER_FIRED_BY_UPDATE(trigger->tg_event) ? trigger->tg_newtuple : trigger->tg_trigtuple;
	desc = RelationGetDescr(trigger->tg_relation);
	row = heap_copy_tuple_as_datum(filler->ngenerated > 0 ? with_generated(filler, tuple, desc) : tuple, desc);
	values = palloc_array(Datum, filler->count);
	nulls = palloc_array(bool, filler->count);
	attnums = palloc_array(int, filler->count);
	for (i = 0; i < filler->count; i++)
	{
		attnums[i] = filler->answerers[i].column->attnum;
		values[i] = answer(&filler->answerers[i], row, &nulls[i]);
	}
	return PointerGetDatum(heap_modify_tuple_by_cols(tuple, desc, filler->count, attnums, values, nulls));
}
