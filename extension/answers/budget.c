/*
 * budget.c
 *		The aggregate budget(zjtx.verdict): what many verdicts pay in total, and how much of it is certain.
 *
 * Only the lines that are in_total and in 元 are added up, so that the sums are those of
 * zjtx.amount and zjtx.amount_range.  Verdicts of one policy have the same shape; which of its
 * lines count is found once.
 *
 * The state is a type, zjtx.budget_state, as that of tally() is; see tally_state.c.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "compat.h"
#include "funcapi.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/expandeddatum.h"
#include "utils/fmgrprotos.h"
#include "utils/memutils.h"

#include "budget.h"
#include "language/tree.h"
#include "messages.h"
#include "state.h"
#include "sum.h"
#include "verdict.h"

ZJTX_FUNCTION(zjtx_budget_add);
ZJTX_FUNCTION(zjtx_budget_combine);
ZJTX_FUNCTION(zjtx_budget_final);
ZJTX_FUNCTION(zjtx_budget_state_in);
ZJTX_FUNCTION(zjtx_budget_state_out);
ZJTX_FUNCTION(zjtx_budget_state_recv);
ZJTX_FUNCTION(zjtx_budget_state_send);

#define BUDGET_COLUMNS 7

typedef enum CountedRows
{
	COUNTED_NOT,
	COUNTED_STAGE,				/* its range is included in its clause's */
	COUNTED_WHOLE
} CountedRows;

/* The shape of the last verdict. */
typedef struct BudgetShape
{
	Size		length;
	char	   *bytes;
	int			nlines;
	CountedRows *counted;
	int			npolicies;
	int		   *policies;		/* by line: the number of its document */
} BudgetShape;

struct Budget
{
	ExpandedObjectHeader header;	/* must be first */
	MemoryContext context;		/* contains this structure */
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
	StringInfo	flat;			/* as get_flat_size() made it, or NULL */
};

static Size budget_flat_size(ExpandedObjectHeader *header);
static void budget_flatten(ExpandedObjectHeader *header, void *result, Size size);

static const ExpandedObjectMethods budget_methods = {budget_flat_size, budget_flatten};

Budget *
budget_create(MemoryContext parent)
{
	MemoryContext context = AllocSetContextCreate(parent, "zjtx budget", ALLOCSET_SMALL_SIZES);
	Budget	   *budget = MemoryContextAllocZero(context, sizeof(Budget));

	EOH_init_header(&budget->header, &budget_methods, context);
	budget->context = context;
	return budget;
}

/* ---------------- which lines count ---------------- */

static void
learn_shape(Budget *budget, const char *bytes, int length, int nlines)
{
	BudgetShape *shape = &budget->shape;
	const char *cursor;
	const char *before = NULL;
	MemoryContext old;
	int			i;

	if (budget->shape_context)
		MemoryContextReset(budget->shape_context);
	else
		budget->shape_context = AllocSetContextCreate(budget->context, "zjtx budget shape", ALLOCSET_SMALL_SIZES);
	shape->bytes = NULL;
	old = MemoryContextSwitchTo(budget->shape_context);
	shape->length = length;
	shape->nlines = nlines;
	shape->counted = palloc0_array(CountedRows, nlines + 1);
	shape->policies = palloc0_array(int, nlines + 1);
	shape->npolicies = 0;
	cursor = bytes;
	for (i = 0; i < nlines; i++)
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
	shape->bytes = palloc(length + 1);
	memcpy(shape->bytes, bytes, length);
	MemoryContextSwitchTo(old);
}

/* Makes a shape the current one. */
static void
use_shape(Budget *budget, const char *bytes, int length, int nlines)
{
	const BudgetShape *shape = &budget->shape;

	if (shape->bytes == NULL || shape->length != (Size) length || shape->nlines != nlines ||
		memcmp(shape->bytes, bytes, length) != 0)
		learn_shape(budget, bytes, length, nlines);
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

void
budget_add_verdict(Budget *budget, const Verdict *verdict)
{
	const BudgetShape *shape = &budget->shape;
	const char *cursor = verdict_lines(verdict);
	Sum		   *highs;
	bool		undecided = false;
	bool		undetermined = false;
	bool		no_day = false;
	int			i;

	use_shape(budget, verdict->data, verdict->shape_length, verdict->nlines);
	highs = shape->npolicies > 1 ? palloc0_array(Sum, shape->npolicies) : NULL;
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

/* Each row is judged by one document, on a day that is known. */
void
budget_add_rows(Budget *budget, const LinesOfRows *lines, const uint64 *rows)
{
	uint64		undecided[BATCH_GROUPS] = {0};
	uint64		undetermined[BATCH_GROUPS] = {0};
	uint64		bounded[BATCH_GROUPS];
	int			g;
	int			i;

	use_shape(budget, lines->shape.data, lines->shape.len, lines->nlines);
	for (i = 0; i < lines->nlines; i++)
	{
		const LineRows *line = &lines->lines[i];

		if (budget->shape.counted[i] == COUNTED_NOT)
			continue;
		budget->decided.count += line_rows_count(lines, rows, line->has_amount);
		if (line->low)
			budget->decided.hundredths += line_rows_sum(lines, line, line->low, rows, line->has_amount);
		if (budget->shape.counted[i] == COUNTED_STAGE)
			continue;
		for (g = 0; g < lines->ngroups; g++)
		{
			bounded[g] = line->ranged[g] & ~line->unbounded[g];
			budget->unbounded |= (rows[g] & line->unbounded[g]) != 0;
			undecided[g] |= line->undecided[g];
			undetermined[g] |= line->undetermined[g];
		}
		budget->low.count += line_rows_count(lines, rows, line->ranged);
		budget->high.count += line_rows_count(lines, rows, bounded);
		if (line->low == NULL)
			continue;
		budget->low.hundredths += line_rows_sum(lines, line, line->low, rows, line->ranged);
		budget->high.hundredths += line_rows_sum(lines, line, line->high, rows, bounded);
	}
	budget->undecided += line_rows_count(lines, rows, undecided);
	budget->undetermined += line_rows_count(lines, rows, undetermined);
	budget->enterprises += line_rows_count(lines, rows, rows);
}

/* ---------------- states ---------------- */

static void
write_budget(const Budget *budget, StateForm form, StringInfo buf)
{
	StateWriter writer;

	state_write(&writer, form, buf);
	state_put_sum(&writer, &budget->decided);
	state_put_sum(&writer, &budget->low);
	state_put_sum(&writer, &budget->high);
	state_put_number(&writer, budget->unbounded);
	state_put_number(&writer, budget->undecided);
	state_put_number(&writer, budget->undetermined);
	state_put_number(&writer, budget->no_day);
	state_put_number(&writer, budget->enterprises);
	state_written(&writer);
}

void
budget_add_state(Budget *budget, const Budget *from)
{
	sum_merge(budget->context, &budget->decided, &from->decided);
	sum_merge(budget->context, &budget->low, &from->low);
	sum_merge(budget->context, &budget->high, &from->high);
	budget->unbounded |= from->unbounded;
	sum_count(&budget->undecided, from->undecided);
	sum_count(&budget->undetermined, from->undetermined);
	sum_count(&budget->no_day, from->no_day);
	sum_count(&budget->enterprises, from->enterprises);
}

/* Returns the state in a new object, or NULL if a soft error was reported. */
static Budget *
read_budget(MemoryContext context, StateReader *reader)
{
	Budget	   *budget;
	Budget		read;

	memset(&read, 0, sizeof(read));
	if (!reader->failed)
	{
		read.decided = state_get_sum(reader);
		read.low = state_get_sum(reader);
		read.high = state_get_sum(reader);
		read.unbounded = state_get_number(reader, 0, 1) != 0;
		read.undecided = state_get_number(reader, 0, PG_INT64_MAX);
		read.undetermined = state_get_number(reader, 0, PG_INT64_MAX);
		read.no_day = state_get_number(reader, 0, PG_INT64_MAX);
		read.enterprises = state_get_number(reader, 0, PG_INT64_MAX);
	}
	if (!state_was_read(reader))
		return NULL;
	budget = budget_create(context);
	budget_add_state(budget, &read);
	return budget;
}

static Size
budget_flat_size(ExpandedObjectHeader *header)
{
	Budget	   *budget = (Budget *) header;
	MemoryContext old = MemoryContextSwitchTo(budget->context);

	if (budget->flat == NULL)
		budget->flat = makeStringInfo();
	resetStringInfo(budget->flat);
	write_budget(budget, STATE_FLAT, budget->flat);
	MemoryContextSwitchTo(old);
	return VARHDRSZ + budget->flat->len;
}

/* budget_flat_size() was called just before. */
static void
budget_flatten(ExpandedObjectHeader *header, void *result, Size size)
{
	const Budget *budget = (const Budget *) header;

	Assert(size == VARHDRSZ + (Size) budget->flat->len);
	SET_VARSIZE(result, size);
	memcpy(VARDATA(result), budget->flat->data, budget->flat->len);
}

/* Returns a state as an object: the one in memory, or a new one in the context, read from a flat state. */
static Budget *
budget_argument(Datum datum, MemoryContext context, bool to_change)
{
	const struct varlena *pointer = (const struct varlena *) DatumGetPointer(datum);
	StateReader reader;
	StringInfoData buf;
	struct varlena *flat;

	if ((to_change ? VARATT_IS_EXTERNAL_EXPANDED_RW(pointer) : VARATT_IS_EXTERNAL_EXPANDED(pointer)) &&
		DatumGetEOHP(datum)->eoh_methods == &budget_methods)
		return (Budget *) DatumGetEOHP(datum);
	flat = PG_DETOAST_DATUM(datum);
	initStringInfo(&buf);
	appendBinaryStringInfo(&buf, VARDATA(flat), VARSIZE(flat) - VARHDRSZ);
	state_read(&reader, STATE_FLAT, "zjtx.budget_state", &buf);
	return read_budget(context, &reader);
}

Datum
budget_datum(Budget *budget)
{
	return EOHPGetRODatum(&budget->header);
}

/* ---------------- the type zjtx.budget_state ---------------- */

/* cstring → zjtx.budget_state; errors: 22P02, and those of jsonb's input */
Datum
zjtx_budget_state_in(PG_FUNCTION_ARGS)
{
	StateReader reader;
	Budget	   *budget;

	state_read_json(&reader, "zjtx.budget_state", PG_GETARG_CSTRING(0), (struct Node *) fcinfo->context);
	budget = read_budget(CurrentMemoryContext, &reader);
	if (budget == NULL)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(EOHPGetRWDatum(&budget->header));
}

/* zjtx.budget_state → cstring: a JSON array */
Datum
zjtx_budget_state_out(PG_FUNCTION_ARGS)
{
	StringInfoData buf;

	initStringInfo(&buf);
	write_budget(budget_argument(PG_GETARG_DATUM(0), CurrentMemoryContext, false), STATE_JSON, &buf);
	PG_RETURN_CSTRING(buf.data);
}

/* internal → zjtx.budget_state; errors: 22P03, 08P01 */
Datum
zjtx_budget_state_recv(PG_FUNCTION_ARGS)
{
	StateReader reader;

	state_read(&reader, STATE_BINARY, "zjtx.budget_state", (StringInfo) PG_GETARG_POINTER(0));
	PG_RETURN_DATUM(EOHPGetRWDatum(&read_budget(CurrentMemoryContext, &reader)->header));
}

/* zjtx.budget_state → bytea */
Datum
zjtx_budget_state_send(PG_FUNCTION_ARGS)
{
	StringInfoData buf;

	pq_begintypsend(&buf);
	write_budget(budget_argument(PG_GETARG_DATUM(0), CurrentMemoryContext, false), STATE_BINARY, &buf);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* ---------------- the aggregate ---------------- */

/* Returns a state that can be changed.  An aggregate keeps an object of its context as it is. */
static Budget *
state_to_change(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		context = CurrentMemoryContext;
	return PG_ARGISNULL(0) ? budget_create(context) : budget_argument(PG_GETARG_DATUM(0), context, true);
}

/* state, verdict → state; NULL is ignored */
Datum
zjtx_budget_add(PG_FUNCTION_ARGS)
{
	Budget	   *budget = state_to_change(fcinfo);

	if (!PG_ARGISNULL(1))
		budget_add_verdict(budget, (const Verdict *) PG_GETARG_VARLENA_P(1));
	PG_RETURN_DATUM(EOHPGetRWDatum(&budget->header));
}

/* state, state → state; NULL is ignored */
Datum
zjtx_budget_combine(PG_FUNCTION_ARGS)
{
	Budget	   *budget;
	const Budget *other;

	if (PG_ARGISNULL(0) && PG_ARGISNULL(1))
		PG_RETURN_NULL();
	budget = state_to_change(fcinfo);
	if (!PG_ARGISNULL(1))
	{
		other = budget_argument(PG_GETARG_DATUM(1), CurrentMemoryContext, false);
		budget_add_state(budget, other);
	}
	PG_RETURN_DATUM(EOHPGetRWDatum(&budget->header));
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

	budget = PG_ARGISNULL(0) ? &nothing : budget_argument(PG_GETARG_DATUM(0), CurrentMemoryContext, false);
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
