/*
 * budget.c
 *		The aggregate budget(zjtx.verdict): what many verdicts pay in all, and how certain it is.
 *
 * Only the lines that are in_total and in 元 are added up, so that the sums are those of
 * zjtx.amount and zjtx.amount_range.  Verdicts of one policy have the same shape; which of its
 * lines count is found once.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "compat.h"
#include "funcapi.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/fmgrprotos.h"
#include "utils/memutils.h"

#include "language/tree.h"
#include "messages.h"
#include "sum.h"
#include "verdict.h"

ZJTX_FUNCTION(zjtx_budget_add);
ZJTX_FUNCTION(zjtx_budget_combine);
ZJTX_FUNCTION(zjtx_budget_serialize);
ZJTX_FUNCTION(zjtx_budget_deserialize);
ZJTX_FUNCTION(zjtx_budget_final);

#define BUDGET_COLUMNS 7

typedef enum Counted
{
	COUNTED_NOT,
	COUNTED_STAGE,				/* its range is included in its clause's */
	COUNTED_WHOLE
} Counted;

/* The shape of the last verdict. */
typedef struct BudgetShape
{
	Size		length;
	char	   *bytes;
	int			nlines;
	Counted    *counted;
	int			npolicies;
	int		   *policies;		/* by line: the number of its document */
} BudgetShape;

typedef struct Budget
{
	MemoryContext context;		/* of the aggregate */
	MemoryContext shape_context;
	BudgetShape shape;
	Sum			decided;
	Sum			low;
	Sum			high;
	bool		unbounded;
	int64		undecided;
	int64		undetermined;
	int64		no_day;
	int64		enterprises;
} Budget;

static MemoryContext
aggregate_context(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("the support functions of zjtx.budget can be called only by the aggregate")));
	return context;
}

static Budget *
budget_create(MemoryContext context)
{
	Budget	   *budget = MemoryContextAllocZero(context, sizeof(Budget));

	budget->context = context;
	return budget;
}

/* ---------------- which lines count ---------------- */

static void
learn_shape(Budget *budget, const Verdict *verdict)
{
	BudgetShape *shape = &budget->shape;
	const char *cursor;
	const char *before = NULL;
	MemoryContext old;
	int			i;

	if (budget->shape_context)
		MemoryContextReset(budget->shape_context);
	else
		budget->shape_context = AllocSetContextCreate(budget->context, "zjtx budget", ALLOCSET_SMALL_SIZES);
	shape->bytes = NULL;
	old = MemoryContextSwitchTo(budget->shape_context);
	shape->length = verdict->shape_length;
	shape->nlines = verdict->nlines;
	shape->counted = palloc0_array(Counted, verdict->nlines + 1);
	shape->policies = palloc0_array(int, verdict->nlines + 1);
	shape->npolicies = 0;
	cursor = verdict->data;
	for (i = 0; i < verdict->nlines; i++)
	{
		VerdictSubject subject;

		CHECK_FOR_INTERRUPTS();
		cursor = verdict_shape_next(cursor, &subject);
		/* the lines of a document follow each other */
		if (i == 0 || (subject.policy == NULL) != (before == NULL) || (before && strcmp(subject.policy, before) != 0))
			shape->npolicies++;
		before = subject.policy;
		shape->policies[i] = shape->npolicies - 1;
		if (subject.in_total && subject.unit && strcmp(subject.unit, unit_name(UNIT_YUAN)) == 0)
			shape->counted[i] = subject.stage ? COUNTED_STAGE : COUNTED_WHOLE;
	}
	shape->bytes = palloc(verdict->shape_length + 1);
	memcpy(shape->bytes, verdict->data, verdict->shape_length);
	MemoryContextSwitchTo(old);
}

static bool
has_shape(const Budget *budget, const Verdict *verdict)
{
	const BudgetShape *shape = &budget->shape;

	return shape->bytes && shape->length == (Size) verdict->shape_length && shape->nlines == verdict->nlines &&
		memcmp(shape->bytes, verdict->data, verdict->shape_length) == 0;
}

/* ---------------- adding ---------------- */

/*
 * If it is unknown which version of a series applies, only one of them pays: adds the
 * greatest of their high ends.
 */
static void
add_greatest(Budget *budget, const Sum *highs)
{
	Datum		greatest = sum_numeric(&highs[0]);
	int			i;

	for (i = 1; i < budget->shape.npolicies; i++)
	{
		Datum		high = sum_numeric(&highs[i]);

		if (DatumGetBool(DirectFunctionCall2(numeric_gt, high, greatest)))
			greatest = high;
	}
	budget->high.count++;
	sum_add_large(budget->context, &budget->high, DatumGetNumeric(greatest));
}

static void
add_verdict(Budget *budget, const Verdict *verdict)
{
	const BudgetShape *shape = &budget->shape;
	const char *cursor = verdict_lines(verdict);
	Sum		   *highs = shape->npolicies > 1 ? palloc0_array(Sum, shape->npolicies) : NULL;
	bool		undecided = false;
	bool		undetermined = false;
	bool		no_day = false;
	int			i;

	for (i = 0; i < verdict->nlines; i++)
	{
		VerdictLine line;

		CHECK_FOR_INTERRUPTS();
		if (shape->counted[i] == COUNTED_NOT)
		{
			cursor = verdict_line_skip(cursor);
			continue;
		}
		cursor = verdict_line_next(cursor, &line);
		if (line.has_amount)
			sum_add(budget->context, &budget->decided, &line.amount);
		if (shape->counted[i] == COUNTED_STAGE)
			continue;
		if (line.ranged)
			sum_add(budget->context, &budget->low, &line.low);
		if (line.unbounded)
			budget->unbounded = true;
		else if (line.ranged)
			sum_add(budget->context, highs ? &highs[shape->policies[i]] : &budget->high, &line.high);
		undecided |= line.status == LINE_UNDECIDED;
		undetermined |= line.status == LINE_UNDETERMINED;
		no_day |= line.status == LINE_UNDECIDED && line.period < 0;
	}
	if (highs && no_day)
		add_greatest(budget, highs);
	for (i = 0; highs && !no_day && i < shape->npolicies; i++)
		sum_merge(budget->context, &budget->high, &highs[i]);
	budget->undecided += undecided;
	budget->undetermined += undetermined;
	budget->no_day += no_day;
	budget->enterprises++;
}

/* state, verdict → state; NULL is ignored */
Datum
zjtx_budget_add(PG_FUNCTION_ARGS)
{
	MemoryContext context = aggregate_context(fcinfo);
	Budget	   *budget = PG_ARGISNULL(0) ? budget_create(context) : (Budget *) PG_GETARG_POINTER(0);
	const Verdict *verdict;

	if (PG_ARGISNULL(1))
		PG_RETURN_POINTER(budget);
	verdict = (const Verdict *) PG_GETARG_VARLENA_P(1);
	if (!has_shape(budget, verdict))
		learn_shape(budget, verdict);
	add_verdict(budget, verdict);
	PG_RETURN_POINTER(budget);
}

/* state, state → state */
Datum
zjtx_budget_combine(PG_FUNCTION_ARGS)
{
	MemoryContext context = aggregate_context(fcinfo);
	Budget	   *budget = PG_ARGISNULL(0) ? NULL : (Budget *) PG_GETARG_POINTER(0);
	const Budget *other = PG_ARGISNULL(1) ? NULL : (const Budget *) PG_GETARG_POINTER(1);

	if (budget == NULL && other == NULL)
		PG_RETURN_NULL();
	if (budget == NULL)
		budget = budget_create(context);
	if (other)
	{
		sum_merge(context, &budget->decided, &other->decided);
		sum_merge(context, &budget->low, &other->low);
		sum_merge(context, &budget->high, &other->high);
		budget->unbounded |= other->unbounded;
		budget->undecided += other->undecided;
		budget->undetermined += other->undetermined;
		budget->no_day += other->no_day;
		budget->enterprises += other->enterprises;
	}
	PG_RETURN_POINTER(budget);
}

/* ---------------- between processes ---------------- */

/* state → bytea */
Datum
zjtx_budget_serialize(PG_FUNCTION_ARGS)
{
	const Budget *budget;
	StringInfoData buf;

	(void) aggregate_context(fcinfo);
	budget = (const Budget *) PG_GETARG_POINTER(0);
	pq_begintypsend(&buf);
	sum_send(&buf, &budget->decided);
	sum_send(&buf, &budget->low);
	sum_send(&buf, &budget->high);
	pq_sendbyte(&buf, budget->unbounded);
	pq_sendint64(&buf, budget->undecided);
	pq_sendint64(&buf, budget->undetermined);
	pq_sendint64(&buf, budget->no_day);
	pq_sendint64(&buf, budget->enterprises);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* bytea, internal → state */
Datum
zjtx_budget_deserialize(PG_FUNCTION_ARGS)
{
	bytea	   *bytes = PG_GETARG_BYTEA_PP(0);
	Budget	   *budget;
	StringInfoData buf;

	/* combine copies what it needs, so this state can be freed early */
	(void) aggregate_context(fcinfo);
	budget = budget_create(CurrentMemoryContext);
	initStringInfo(&buf);
	appendBinaryStringInfo(&buf, VARDATA_ANY(bytes), VARSIZE_ANY_EXHDR(bytes));
	budget->decided = sum_receive(&buf);
	budget->low = sum_receive(&buf);
	budget->high = sum_receive(&buf);
	budget->unbounded = pq_getmsgbyte(&buf) != 0;
	budget->undecided = pq_getmsgint64(&buf);
	budget->undetermined = pq_getmsgint64(&buf);
	budget->no_day = pq_getmsgint64(&buf);
	budget->enterprises = pq_getmsgint64(&buf);
	PG_RETURN_POINTER(budget);
}

/* ---------------- the result ---------------- */

/* state → zjtx.budget; zeros if there was no verdict */
Datum
zjtx_budget_final(PG_FUNCTION_ARGS)
{
	static const Budget nothing;
	const Budget *budget;
	Datum		values[BUDGET_COLUMNS];
	bool		nulls[BUDGET_COLUMNS] = {false};
	TupleDesc	desc;

	(void) aggregate_context(fcinfo);
	budget = PG_ARGISNULL(0) ? &nothing : (const Budget *) PG_GETARG_POINTER(0);
	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE || desc->natts != BUDGET_COLUMNS)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("the SQL objects of zjtx are from another version than its library"),
				 errhint("ALTER EXTENSION zjtx UPDATE.")));
	values[0] = sum_numeric(&budget->decided);
	values[1] = sum_numeric(&budget->low);
	values[2] = sum_numeric(&budget->high);
	nulls[2] = budget->unbounded;
	values[3] = Int64GetDatum(budget->undecided);
	values[4] = Int64GetDatum(budget->undetermined);
	values[5] = Int64GetDatum(budget->no_day);
	values[6] = Int64GetDatum(budget->enterprises);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), values, nulls)));
}
