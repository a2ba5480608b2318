/*
 * differences.c
 *		differences(verdict, verdict) and differences(e, p1, p2): the lines that differ.
 */
#include "postgres.h"

#include "compat.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "utils/fmgrprotos.h"

#include "rows.h"
#include "verdict.h"

ZJTX_FUNCTION(zjtx_differences);

extern PGDLLEXPORT Datum zjtx_judge_row(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum zjtx_judge_row_name(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum zjtx_judge_jsonb(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum zjtx_judge_jsonb_name(PG_FUNCTION_ARGS);

/* ---------------- the lines ---------------- */

static VerdictSide *
read_sides(const Verdict *verdict)
{
	VerdictSide *sides = palloc_array(VerdictSide, verdict->nlines + 1);
	VerdictReader reader = verdict_reader(verdict);
	VerdictSide *side;

	for (side = sides; verdict_read(&reader, &side->subject, &side->line); side++)
	{
		side->key = line_key_of(side->subject.clause, side->subject.stage);
		side->matched = false;
	}
	return sides;
}

/*
 * Finds the line with the same key.  The search begins after the last one found, because
 * two versions have most lines in the same order.  If several versions of a series may
 * apply, a key occurs several times; then the first goes with the first.
 */
static VerdictSide *
find_side(VerdictSide *sides, int nsides, const char *key, int *at)
{
	int			i;

	for (i = 0; i < nsides; i++)
	{
		VerdictSide *side = &sides[(*at + i) % nsides];

		CHECK_FOR_INTERRUPTS();
		if (side->matched || strcmp(side->key, key) != 0)
			continue;
		*at = (*at + i + 1) % nsides;
		side->matched = true;
		return side;
	}
	return NULL;
}

static bool
same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static bool
same_line(const VerdictSide *a, const VerdictSide *b)
{
	const VerdictLine *one = &a->line;
	const VerdictLine *other = &b->line;

	if (one->truth != other->truth || one->status != other->status || one->has_amount != other->has_amount ||
		one->ranged != other->ranged || !same_text(a->subject.unit, b->subject.unit))
		return false;
	if (one->has_amount && !verdict_hundredths_equal(&one->amount, &other->amount))
		return false;
	if (one->ranged && (one->unbounded != other->unbounded || !verdict_hundredths_equal(&one->low, &other->low) ||
						(!one->unbounded && !verdict_hundredths_equal(&one->high, &other->high))))
		return false;
	/* the level of a rung that is refused by both does not matter */
	return one->truth == TRUTH_FALSE || same_text(a->subject.level, b->subject.level);
}

/* ---------------- the rows ---------------- */

static void
put_amount(Rows *rows, const VerdictSide *side, bool there, const Hundredths *amount)
{
	if (side && there)
		rows_put_datum(rows, NumericGetDatum(verdict_hundredths_numeric(amount)));
	else
		rows_put_null(rows);
}

static void
put_difference(void *taker, const VerdictSide *one, const VerdictSide *other)
{
	Rows	   *rows = taker;
	const VerdictSide *sides[2] = {one, other};
	const VerdictSide *last = other ? other : one;
	int			i;

	rows_put_text(rows, last->key);
	for (i = 0; i < 2; i++)
	{
		if (sides[i] == NULL || sides[i]->line.truth == TRUTH_UNKNOWN)
			rows_put_null(rows);
		else
			rows_put_boolean(rows, sides[i]->line.truth == TRUTH_TRUE);
	}
	for (i = 0; i < 2; i++)
		put_amount(rows, sides[i], sides[i] && sides[i]->line.has_amount, sides[i] ? &sides[i]->line.amount : NULL);
	for (i = 0; i < 2; i++)
		rows_put_text(rows, sides[i] ? line_status_name(sides[i]->line.status) : NULL);
	for (i = 0; i < 2; i++)
		put_amount(rows, sides[i], sides[i] && sides[i]->line.ranged, sides[i] ? &sides[i]->line.low : NULL);
	for (i = 0; i < 2; i++)
		put_amount(rows, sides[i], sides[i] && sides[i]->line.ranged && !sides[i]->line.unbounded,
				   sides[i] ? &sides[i]->line.high : NULL);
	for (i = 0; i < 2; i++)
		rows_put_text(rows, sides[i] ? sides[i]->subject.unit : NULL);
	for (i = 0; i < 2; i++)
	{
		if (sides[i] && sides[i]->subject.level)
			rows_put_datum(rows, Int32GetDatum(atoi(sides[i]->subject.level)));
		else
			rows_put_null(rows);
	}
	rows_put_text(rows, last->subject.title);
	rows_put_row(rows);
}

void
verdict_compare(const Verdict *first, const Verdict *second,
				void (*take) (void *taker, const VerdictSide *one, const VerdictSide *other), void *taker)
{
	VerdictSide *ones = read_sides(first);
	VerdictSide *others = read_sides(second);
	int			at = 0;
	int			i;

	for (i = 0; i < first->nlines; i++)
	{
		VerdictSide *other = find_side(others, second->nlines, ones[i].key, &at);

		if (other == NULL || !same_line(&ones[i], other))
			take(taker, &ones[i], other);
	}
	for (i = 0; i < second->nlines; i++)
		if (!others[i].matched)
			take(taker, NULL, &others[i]);
}

static void
put_differences(FunctionCallInfo fcinfo, const Verdict *first, const Verdict *second)
{
	Rows		rows;

	rows_start(fcinfo, &rows);
	if (first && second)
		verdict_compare(first, second, put_difference, &rows);
}

/* differences(verdict, verdict) → setof (line, eligible_1, eligible_2, amount_1, amount_2, …) */
Datum
zjtx_differences(PG_FUNCTION_ARGS)
{
	put_differences(fcinfo, (const Verdict *) PG_GETARG_VARLENA_P(0), (const Verdict *) PG_GETARG_VARLENA_P(1));
	return (Datum) 0;
}

/* ---------------- of a row and two policies ---------------- */

/* What a call site keeps: a call of judge for each of the policies. */
typedef struct Judges
{
	FmgrInfo	functions[2];
} Judges;

/* Prepares a call of judge with the row and one of the policies. */
static void
prepare_judge(FunctionCallInfo fcinfo, FmgrInfo *function, PGFunction judge, int policy)
{
	const FuncExpr *expr = (const FuncExpr *) fcinfo->flinfo->fn_expr;

	*function = *fcinfo->flinfo;
	function->fn_addr = judge;
	function->fn_nargs = 2;
	function->fn_strict = false;
	function->fn_retset = false;
	function->fn_extra = NULL;
	function->fn_expr = NULL;
	if (expr && IsA(expr, FuncExpr) && list_length(expr->args) == 3)
		function->fn_expr = (Node *) makeFuncExpr(InvalidOid, InvalidOid,
												  list_make2(linitial(expr->args), list_nth(expr->args, policy)),
												  InvalidOid, InvalidOid, COERCE_EXPLICIT_CALL);
}

static const Verdict *
call_judge(FunctionCallInfo fcinfo, FmgrInfo *function, int policy)
{
	LOCAL_FCINFO(call, 2);
	Datum		verdict;

	InitFunctionCallInfoData(*call, function, 2, InvalidOid, NULL, NULL);
	call->args[0] = fcinfo->args[0];
	call->args[1] = fcinfo->args[policy];
	verdict = FunctionCallInvoke(call);
	return call->isnull ? NULL : (const Verdict *) DatumGetPointer(verdict);
}

static Datum
differences(FunctionCallInfo fcinfo, PGFunction first, PGFunction second)
{
	Judges	   *judges = fcinfo->flinfo->fn_extra;
	const Verdict *verdicts[2];

	if (judges == NULL)
	{
		MemoryContext old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);

		judges = palloc0(sizeof(Judges));
		prepare_judge(fcinfo, &judges->functions[0], first, 1);
		prepare_judge(fcinfo, &judges->functions[1], second, 2);
		MemoryContextSwitchTo(old);
		fcinfo->flinfo->fn_extra = judges;
	}
	verdicts[0] = call_judge(fcinfo, &judges->functions[0], 1);
	verdicts[1] = call_judge(fcinfo, &judges->functions[1], 2);
	put_differences(fcinfo, verdicts[0], verdicts[1]);
	return (Datum) 0;
}

/*
 * differences(e, p1, p2), e a row or jsonb, each policy a value or (_name) the name of a
 * stored one → as above; no rows if a policy is NULL
 */
#define DIFFERENCES(name, first, second) \
ZJTX_FUNCTION(name); \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	return differences(fcinfo, first, second); \
}

DIFFERENCES(zjtx_differences_row, zjtx_judge_row, zjtx_judge_row)
DIFFERENCES(zjtx_differences_row_names, zjtx_judge_row_name, zjtx_judge_row_name)
DIFFERENCES(zjtx_differences_row_name_policy, zjtx_judge_row_name, zjtx_judge_row)
DIFFERENCES(zjtx_differences_row_policy_name, zjtx_judge_row, zjtx_judge_row_name)
DIFFERENCES(zjtx_differences_jsonb, zjtx_judge_jsonb, zjtx_judge_jsonb)
DIFFERENCES(zjtx_differences_jsonb_names, zjtx_judge_jsonb_name, zjtx_judge_jsonb_name)
DIFFERENCES(zjtx_differences_jsonb_name_policy, zjtx_judge_jsonb_name, zjtx_judge_jsonb)
DIFFERENCES(zjtx_differences_jsonb_policy_name, zjtx_judge_jsonb, zjtx_judge_jsonb_name)
