/*
 * publish_read.c
 *		The columns of a published view: reading one answer from a verdict.
 *
 * A line of a verdict is identified by its subject, so a column keeps its meaning when
 * the stored document changes.  It is NULL if the document no longer has the line.  All
 * verdicts of one policy have the same shape, and the lines are looked up only once for
 * each shape.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "common/int.h"
#include "compat.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/memutils.h"

#include "answers/row_verdict.h"
#include "answers/verdict.h"

ZJTX_FUNCTION(zjtx_verdict_eligible);
ZJTX_FUNCTION(zjtx_verdict_amount);
ZJTX_FUNCTION(zjtx_verdict_total);
ZJTX_FUNCTION(zjtx_verdict_placement);

/* Which lines of a verdict a function needs. */
typedef enum ReadLines
{
	ASKED_BY_CODE,
	ASKED_FOR_TOTAL,			/* clauses that add up, or the only clause */
	ASKED_RUNGS
} ReadLines;

/* State of a call site: the last verdict's shape and the lines needed. */
typedef struct KnownLines
{
	bool		constant;		/* arguments but the first are the same in all
								 * rows */
	MemoryContext context;		/* for everything that depends on the shape */
	const char *clause;			/* "" for a policy that is an expression */
	const char *stage;
	Size		length;			/* of the shape's text */
	const char *shape;
	uint64		serial;			/* of the lines of rows of a batch whose shape
								 * it is; or 0 */
	VerdictSubject *subjects;
	bool	   *asked;
	bool	   *only;			/* for each line: it is its document's only
								 * clause */
	int			nread;			/* number of lines to read, up to the last one
								 * needed */
	VerdictLine *lines;
} KnownLines;

static bool
equal_texts(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static char *
text_argument(FunctionCallInfo fcinfo, int number)
{
	return PG_NARGS() > number ? text_to_cstring(PG_GETARG_TEXT_PP(number)) : NULL;
}

static KnownLines *
known_create(FunctionCallInfo fcinfo)
{
	KnownLines *known = fcinfo->flinfo->fn_extra;
	MemoryContext old;
	int			i;

	if (known)
		return known;
	old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);
	known = palloc0(sizeof(KnownLines));
	known->context = AllocSetContextCreate(CurrentMemoryContext, "zjtx verdict", ALLOCSET_SMALL_SIZES);
	MemoryContextSwitchTo(old);
	known->constant = true;
	for (i = 1; i < PG_NARGS(); i++)
		known->constant &= get_fn_expr_arg_stable(fcinfo->flinfo, i);
	fcinfo->flinfo->fn_extra = known;
	return known;
}

/* Returns whether a line is the only clause of its document. */
static bool
is_only_clause(const VerdictSubject *subjects, int count, int number)
{
	int			i;

	for (i = 0; i < count; i++)
		if (i != number && subjects[i].level == NULL && subjects[i].stage == NULL &&
			equal_texts(subjects[i].policy, subjects[number].policy))
			return false;
	return true;
}

static bool
is_asked(const KnownLines *known, ReadLines asked, int number)
{
	const VerdictSubject *subject = &known->subjects[number];

	switch (asked)
	{
		case ASKED_BY_CODE:
			return equal_texts(subject->clause ? subject->clause : "", known->clause) &&
				equal_texts(subject->stage, known->stage);
		case ASKED_FOR_TOTAL:
			return subject->stage == NULL && subject->unit && (subject->in_total || known->only[number]);
		case ASKED_RUNGS:
			return subject->level != NULL;
	}
	return false;
}

/* Records a verdict's shape, which has so many lines, and finds the lines needed in it. */
static void
learn_shape(KnownLines *known, FunctionCallInfo fcinfo, const char *data, Size length, int nlines, ReadLines asked)
{
	MemoryContext old;
	const char *cursor;
	char	   *shape;
	int			i;

	MemoryContextReset(known->context);
	known->shape = NULL;
	known->serial = 0;
	old = MemoryContextSwitchTo(known->context);
	known->clause = text_argument(fcinfo, 1);
	known->stage = text_argument(fcinfo, 2);
	known->subjects = palloc_array(VerdictSubject, nlines + 1);
	known->asked = palloc_array(bool, nlines + 1);
	known->only = palloc_array(bool, nlines + 1);
	known->lines = palloc_array(VerdictLine, nlines + 1);
	known->length = length;
	known->nread = 0;
	shape = palloc(length + 1);
	memcpy(shape, data, length);
	cursor = shape;
	for (i = 0; i < nlines; i++)
		cursor = verdict_shape_next(cursor, &known->subjects[i]);
	for (i = 0; i < nlines; i++)
	{
		CHECK_FOR_INTERRUPTS();
		known->only[i] = asked == ASKED_FOR_TOTAL && is_only_clause(known->subjects, nlines, i);
		known->asked[i] = is_asked(known, asked, i);
		if (known->asked[i])
			known->nread = i + 1;
	}
	known->shape = shape;
	MemoryContextSwitchTo(old);
}

/* Checks only once the arguments that are constant in a query. */
static bool
same_arguments(FunctionCallInfo fcinfo, const KnownLines *known)
{
	return known->constant || (equal_texts(known->clause, text_argument(fcinfo, 1)) &&
							   equal_texts(known->stage, text_argument(fcinfo, 2)));
}

/* The same of a row of a batch. */
static const KnownLines *
read_lines_of_row(FunctionCallInfo fcinfo, ReadLines asked, KnownLines *known, RowVerdict *verdict)
{
	const LinesOfRows *lines = row_verdict_lines(verdict);
	int			i;

	if (known->serial != lines->serial || !same_arguments(fcinfo, known))
	{
		learn_shape(known, fcinfo, lines->shape.data, lines->shape.len, lines->nlines, asked);
		known->serial = lines->serial;
	}
	for (i = 0; i < known->nread; i++)
		if (known->asked[i])
			row_verdict_read(verdict, i, &known->lines[i]);
	return known;
}

/* Reads the needed lines of argument 0. */
static const KnownLines *
read_lines(FunctionCallInfo fcinfo, ReadLines asked)
{
	KnownLines *known = known_create(fcinfo);
	RowVerdict *of_row = row_verdict_of(PG_GETARG_DATUM(0));
	const Verdict *verdict;
	const char *cursor;
	int			i;

	if (of_row)
		return read_lines_of_row(fcinfo, asked, known, of_row);
	verdict = (const Verdict *) PG_GETARG_VARLENA_P(0);
	if (known->shape == NULL || known->length != (Size) verdict->shape_length ||
		memcmp(known->shape, verdict->data, verdict->shape_length) != 0 || !same_arguments(fcinfo, known))
		learn_shape(known, fcinfo, verdict->data, verdict->shape_length, verdict->nlines, asked);
	cursor = verdict_lines(verdict);
	for (i = 0; i < known->nread; i++)
		cursor = known->asked[i] ? verdict_line_next(cursor, &known->lines[i]) : verdict_line_skip(cursor);
	return known;
}

/* verdict_eligible(verdict, clause or rung [, stage]) → boolean */
Datum
zjtx_verdict_eligible(PG_FUNCTION_ARGS)
{
	const KnownLines *known = read_lines(fcinfo, ASKED_BY_CODE);
	bool		refused = false;
	bool		proved = false;
	bool		undecided = false;
	int			i;

	for (i = 0; i < known->nread; i++)
	{
		if (!known->asked[i])
			continue;
		refused |= known->lines[i].truth == TRUTH_FALSE;
		proved |= known->lines[i].truth == TRUTH_TRUE;
		undecided |= known->lines[i].truth == TRUTH_UNKNOWN;
	}

	/*
	 * if it is unknown which version of a series applies, all versions must
	 * agree
	 */
	if (undecided || proved == refused)
		PG_RETURN_NULL();
	PG_RETURN_BOOL(proved);
}

/* ---------------- amounts ---------------- */

/* The amount of a line, if it is decided; for a clause, the sum of its stages. */
static bool
line_amount(const VerdictSubject *subject, const VerdictLine *line, Hundredths *amount)
{
	if (subject->stage)
	{
		*amount = line->amount;
		return line->has_amount;
	}
	*amount = line->low;
	return line->ranged && !line->unbounded && verdict_hundredths_equal(&line->low, &line->high);
}

/* verdict_amount(verdict, clause [, stage]) → numeric */
Datum
zjtx_verdict_amount(PG_FUNCTION_ARGS)
{
	const KnownLines *known = read_lines(fcinfo, ASKED_BY_CODE);
	Hundredths	amount = {0, NULL};
	bool		found = false;
	int			i;

	for (i = 0; i < known->nread; i++)
	{
		Hundredths	this;

		if (!known->asked[i])
			continue;
		if (!line_amount(&known->subjects[i], &known->lines[i], &this) || (found && !verdict_hundredths_equal(&amount, &this)))
			PG_RETURN_NULL();
		amount = this;
		found = true;
	}
	if (!found)
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(verdict_hundredths_numeric(&amount));
}

static void
add_amount(Hundredths *sum, const Hundredths *amount)
{
	int64		value;

	if (sum->numeric == NULL && amount->numeric == NULL && !pg_add_s64_overflow(sum->value, amount->value, &value))
		sum->value = value;
	else
		sum->numeric = DatumGetNumeric(DirectFunctionCall2(numeric_add, NumericGetDatum(verdict_hundredths_numeric(sum)),
														   NumericGetDatum(verdict_hundredths_numeric(amount))));
}

/*
 * verdict_total(verdict) → numeric, like zjtx.amount: the sum of rewards and subsidies, or
 * the amount of the only clause
 */
Datum
zjtx_verdict_total(PG_FUNCTION_ARGS)
{
	const KnownLines *known = read_lines(fcinfo, ASKED_FOR_TOTAL);
	Hundredths	total = {0, NULL};
	int			i;

	for (i = 0; i < known->nread; i++)
	{
		Hundredths	amount;

		/* a clause without an amount counts only if it is the only one */
		if (!known->asked[i] || (!known->lines[i].ranged && !known->only[i]))
			continue;
		if (!line_amount(&known->subjects[i], &known->lines[i], &amount))
			PG_RETURN_NULL();
		add_amount(&total, &amount);
	}
	PG_RETURN_NUMERIC(verdict_hundredths_numeric(&total));
}

/* ---------------- the ladder ---------------- */

/* verdict_placement(verdict) → level, code, label; NULL while undecided, and without a ladder */
Datum
zjtx_verdict_placement(PG_FUNCTION_ARGS)
{
	const KnownLines *known = read_lines(fcinfo, ASKED_RUNGS);
	const VerdictSubject *highest = NULL;
	bool		any = false;
	bool		undecided = false;
	Datum		values[3];
	bool		nulls[3] = {false, false, false};
	TupleDesc	desc;
	int			i;

	/* if it is unknown which version of a series applies, no rung is proved */
	for (i = 0; i < known->nread; i++)
	{
		if (!known->asked[i])
			continue;
		any = true;
		if (known->lines[i].truth == TRUTH_TRUE)
			highest = &known->subjects[i];
		undecided |= known->lines[i].truth == TRUTH_UNKNOWN;
	}
	if (!any || (highest == NULL && undecided))
		PG_RETURN_NULL();
	values[0] = Int32GetDatum(highest ? atoi(highest->level) : 0);
	values[1] = CStringGetTextDatum(highest && highest->clause ? highest->clause : "none");
	nulls[2] = highest && highest->title == NULL;
	if (!nulls[2])
		values[2] = CStringGetTextDatum(highest ? highest->title : "未入梯度");
	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), values, nulls)));
}
