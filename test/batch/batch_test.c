/*
 * batch_test.c
 *		Compares the float kernel, of one row and of batches, with exact arithmetic.
 *
 * batch_check(document text, seed int, groups int, vectors text) makes facts for so many batches, computes every
 * instruction of the document in three ways, and compares every register.  If groups is 0, it compares the answers of
 * batches of each length.  See README.md.
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "engine/kernel_number.h"
#include "batch_test.h"

#define SHOWN 5
#define LENGTHS BATCH_ROWS		/* rows of which each length is tried */

extern PGDLLEXPORT Datum batch_check(PG_FUNCTION_ARGS);

PG_FUNCTION_INFO_V1(batch_check);

/* ---------------- comparison ---------------- */

/* A double as a number; false if it is too large or too small for two 128-bit integers. */
static bool
number_of_double(Number *number, double x)
{
	int			exponent;
	double		mantissa = frexp(x, &exponent);

	*number = number_of((int64) ldexp(mantissa, 53));
	exponent -= 53;
	if (exponent < -115 || exponent > 60)
		return false;
	if (exponent > 0)
		number->num *= (int128) 1 << exponent;
	else
		number->den <<= -exponent;
	return true;
}

/* Whether an end is what exact arithmetic says; NULL is open. */
static bool
same_end(const End *end, const Number *exact)
{
	Number		bound;
	Number		decimal;
	char		text[64];

	if (exact == NULL || end_is_open(end))
		return exact == NULL && end_is_open(end);
	if (number_of_double(&bound, nextafter(end->number - end->error, -HUGE_VAL)) && number_compare(exact, &bound) < 0)
		return false;
	if (number_of_double(&bound, nextafter(end->number + end->error, HUGE_VAL)) && number_compare(exact, &bound) > 0)
		return false;
	if (end->error == 0)
	{
		if (number_of_double(&bound, end->number) && number_compare(exact, &bound) != 0)
			return false;
		return end->number == floor(end->number) && fabs(end->number) < KERNEL_EXACT;
	}
	if (!end->decimal)
		return true;
	snprintf(text, sizeof(text), "%.15g", end->number);
	decimal = test_number_of_text(text);
	return number_compare(exact, &decimal) == 0;
}

static bool
same_number(const Lane *lane, const Value *exact)
{
	if (lane->state == LANE_VALUE)
		return exact->known && same_end(&lane->low, &exact->low);
	return lane->maybe == (exact->known ? false : exact->none) &&
		same_end(&lane->low, low_of(exact)) && same_end(&lane->high, high_of(exact));
}

static bool
same_lane(const Lane *lane, const Value *exact, ValueType type)
{
	bool		none = exact->known && exact->none;

	if (type == TYPE_LIST)
		return lane->state == LANE_RANGE ? !exact->known
			: exact->known && (lane->state == LANE_NONE) == (exact->list->count == 0);
	if (none || lane->state == LANE_NONE)
		return none && lane->state == LANE_NONE;
	if (type == TYPE_NUMBER)
		return same_number(lane, exact);
	if (lane->state == LANE_RANGE && lane->maybe != (exact->known ? false : exact->none))
		return false;
	if (type == TYPE_DATE)
		return lane->day == exact->day && lane->last_day == exact->last_day &&
			(lane->state == LANE_VALUE) == exact->known;
	if (lane->state == LANE_RANGE)
		return !exact->known;
	return exact->known && lane->length == exact->length && memcmp(lane->text, exact->text, exact->length) == 0;
}

static void
show_wrong(Test * test, const char *way, int row, int instr, const char *found, const Value *exact)
{
	const Program *program = test->program;
	char	   *what;

	if (test->wrong++ >= SHOWN)
		return;
	what = psprintf("%s, row %d, instruction %d (%s): %s; exact: known %d, none %d, truth %d, from %s to %s, "
					"days %d to %d",
					way, row, instr, op_info[program->instrs[instr].op].name, found, exact->known, exact->none, exact->truth,
					program->instrs[instr].type == TYPE_NUMBER && low_of(exact) ? number_text(low_of(exact)) : "-",
					program->instrs[instr].type == TYPE_NUMBER && high_of(exact) ? number_text(high_of(exact)) : "-",
					exact->day, exact->last_day);
	test->shown = accumArrayResult(test->shown, CStringGetTextDatum(what), false, TEXTOID, CurrentMemoryContext);
}

static void
compare_lane(Test * test, const char *way, int row, int instr, const Lane *lane, const Value *exact)
{
	test->compared++;
	if (lane->state == LANE_DOUBT)
		test->doubts++;
	else if (!same_lane(lane, exact, test->program->instrs[instr].type))
		show_wrong(test, way, row, instr,
				   psprintf("state %d, maybe %d, %.17g ± %g to %.17g ± %g", lane->state, lane->maybe, lane->low.number,
							lane->low.error, lane->high.number, lane->high.error), exact);
}

static void
compare_truth(Test * test, const char *way, int row, int instr, int truth, const Value *exact)
{
	test->compared++;
	if (truth == TRUTH_DOUBT)
		test->doubts++;
	else if (truth != (int) exact->truth)
		show_wrong(test, way, row, instr, psprintf("truth %d", truth), exact);
}

static void
compare_paid(Test * test, const char *way, int row, int instr, int64 low, int64 high, bool open, const Value *exact)
{
	Number		least = number_of(low);
	Number		most = number_of(high);

	least.den = most.den = 100;
	test->compared++;
	if (low_of(exact) == NULL || number_compare(low_of(exact), &least) != 0 || open != (high_of(exact) == NULL) ||
		(!open && number_compare(high_of(exact), &most) != 0))
		show_wrong(test, way, row, instr, psprintf("from " INT64_FORMAT " to " INT64_FORMAT ", open %d", low, high, open),
				   exact);
}

/* ---------------- runs ---------------- */

static void
no_watch(Run *run pg_attribute_unused(), int instr pg_attribute_unused(), const Value *value pg_attribute_unused())
{
}

static bool
is_money(const Instr *instr)
{
	return instr->op == OP_LINE || instr->op == OP_TOTAL || instr->op == OP_CAP || instr->op == OP_ONCE ||
		instr->op == OP_HIGHEST;
}

/*
 * What exact arithmetic says of each instruction and row; and one lane after another.  In every other row the lane is
 * asked for the last register first: what it needs is then computed on demand, perhaps while an element is visited.
 */
static Value **
check_rows(Test * test, Run *exact, Run *lane)
{
	const Program *program = test->program;
	RowOfTest	source = test_row_of(test);
	Value	  **values = palloc0_array(Value *, test->nrows);
	int			i;
	int			j;

	for (test->row = 0; test->row < test->nrows; test->row++)
	{
		CHECK_FOR_INTERRUPTS();
		values[test->row] = palloc0_array(Value, program->ninstrs);
		run_begin(exact, &source.source);
		run_begin(lane, &source.source);
		for (i = 0; i < program->ninstrs; i++)
		{
			if (program->instrs[i].scopes != 0)
				continue;
			values[test->row][i] = *run_value(exact, i);
		}
		for (j = 0; j < program->ninstrs; j++)
		{
			int64		low;
			int64		high;
			bool		open;

			i = test->row % 2 == 0 ? j : program->ninstrs - 1 - j;
			if (program->instrs[i].scopes != 0)
				continue;
			if (program->instrs[i].type == TYPE_BOOLEAN)
				compare_truth(test, "one lane", test->row, i, run_truth(lane, i), &values[test->row][i]);
			else
				compare_lane(test, "one lane", test->row, i, lane_get(lane, i), &values[test->row][i]);
			if (is_money(&program->instrs[i]) && lane_money(lane, i, &low, &high, &open))
				compare_paid(test, "one lane", test->row, i, low, high, open, &values[test->row][i]);
		}
	}
	return values;
}

/* Some of the rows that are wanted, or all of them. */
static void
some_rows(Test * test, const uint64 *wanted, bool all, uint64 *asked)
{
	int			g;

	for (g = 0; g < BATCH_GROUPS; g++)
		asked[g] = all ? wanted[g] : wanted[g] & pg_prng_uint64(&test->random);
}

/* What vectors say of a number. */
static void
compare_fast(Test * test, Batch *batch, int row, int instr, const Value *exact)
{
	End			end = {0};
	Number		bound;

	if (!batch_fast_value(batch, instr, row, &end.number, &end.error))
		return;
	test->compared++;
	if (!exact->known || exact->none ||
		(number_of_double(&bound, end.number - end.error) && number_compare(&exact->low, &bound) < 0) ||
		(number_of_double(&bound, end.number + end.error) && number_compare(&exact->low, &bound) > 0))
		show_wrong(test, "vectors", row, instr, psprintf("%.17g ± %g", end.number, end.error), exact);
}

static int
truth_in(const BatchTruths *truths, int row)
{
	return test_has_row(truths->yes, row) ? TRUTH_TRUE : test_has_row(truths->no, row) ? TRUTH_FALSE
		: test_has_row(truths->doubt, row) ? TRUTH_DOUBT : TRUTH_UNKNOWN;
}

static void
check_rungs(Test * test, Batch *batch, Value **values, const uint64 *wanted)
{
	const Program *program = test->program;
	BatchRungs	rungs;
	int			row;
	int			i;

	batch_rungs(batch, wanted, &rungs);
	for (row = 0; row < test->nrows; row++)
	{
		int			proved = -1;
		bool		undecided = false;

		if (!test_has_row(wanted, row) || test_has_row(rungs.doubt, row))
			continue;
		for (i = program->nrungs - 1; i >= 0 && proved < 0; i--)
		{
			Truth		truth = values[row][program->rungs[i].when].truth;

			if (truth == TRUTH_TRUE)
				proved = i;
			undecided |= truth == TRUTH_UNKNOWN;
		}
		test->compared++;
		if (rungs.rung[row] != proved || test_has_row(rungs.undecided, row) != (undecided && proved < 0))
			show_wrong(test, "rungs", row, program->rungs[0].when, psprintf("rung %d", rungs.rung[row]),
					   &values[row][program->rungs[0].when]);
	}
}

/*
 * Whether batch_decided() says that a value is known if and only if the batch says which value it is; then exact
 * arithmetic must know it, too.
 */
static void
compare_decided(Test * test, int row, int instr, bool decided, bool known, const Value *exact)
{
	test->compared++;
	if (decided != known || (decided && !value_decided(exact, test->program->instrs[instr].type)))
		show_wrong(test, "batch", row, instr, decided ? "decided" : "not decided", exact);
}

/* Whole numbers: which one, or that there is none or more than one; others are in doubt. */
static void
check_whole(Test * test, Batch *batch, Value **values, int instr, const uint64 *asked, BatchWhole *whole)
{
	int			row;

	batch_whole(batch, instr, asked, whole);
	for (row = 0; row < test->nrows; row++)
	{
		const Value *exact = &values[row][instr];
		Number		number = number_of(whole->number[row]);

		if (!test_has_row(asked, row))
			continue;
		test->compared++;
		if (test_has_row(whole->doubt, row))
			test->doubts += batch_may_be_whole(test->program, instr);
		else if (test_has_row(whole->none, row) ? exact->known && !exact->none
				 : !exact->known || exact->none || number_compare(&number, &exact->low) != 0)
			show_wrong(test, "whole", row, instr, psprintf(INT64_FORMAT ", none %d", whole->number[row],
														   test_has_row(whole->none, row)), exact);
	}
}

/* Whether an instruction is what a question asks of a document. */
static bool
is_entry(const Program *program, int instr)
{
	int			i;

	for (i = 0; i < program->nrungs; i++)
		if (program->rungs[i].when == instr)
			return true;
	return instr == program->satisfied || instr == program->amount || instr == program->value ||
		program->instrs[instr].op == OP_LINE;
}

/*
 * Each instruction of the rows that are wanted, or some of them first, in a random order; or only what questions ask,
 * which does not compute the others before.
 */
static void
check_batch(Test * test, Batch *batch, Value **values, const uint64 *wanted)
{
	const Program *program = test->program;
	RowsOfTest	source = test_rows_of(test);
	BatchTruths truths;
	BatchMoney *money = palloc(sizeof(BatchMoney));
	BatchWhole *whole = palloc(sizeof(BatchWhole));
	uint64		asked[BATCH_GROUPS];
	uint64		decided[BATCH_GROUPS];
	bool		entries = test_below(test, 3) == 0;
	int			n;
	int			row;

	batch_begin(batch, &source.source, test->nrows);
	if (program->nrungs > 0 && test_below(test, 2))
		check_rungs(test, batch, values, wanted);
	for (n = 0; n < 2 * program->ninstrs; n++)
	{
		int			i = n < program->ninstrs ? test_below(test, program->ninstrs) : n - program->ninstrs;
		bool		paid = is_money(&program->instrs[i]);
		bool		truth = program->instrs[i].type == TYPE_BOOLEAN;

		CHECK_FOR_INTERRUPTS();
		if (program->instrs[i].scopes != 0 || (entries && !is_entry(program, i)))
			continue;
		some_rows(test, wanted, n >= program->ninstrs || entries, asked);
		memcpy(decided, asked, sizeof(decided));
		if (!entries)
			batch_decided(batch, i, decided);
		if (truth)
			batch_truth(batch, i, asked, &truths);
		if (paid)
			batch_money(batch, i, asked, money);
		if (program->instrs[i].type == TYPE_NUMBER)
			check_whole(test, batch, values, i, asked, whole);
		if (entries)
			batch_decided(batch, i, decided);
		for (row = 0; row < test->nrows; row++)
		{
			Lane		lane;
			bool		known;

			if (!test_has_row(asked, row))
				continue;
			if (truth)
			{
				known = test_has_row(truths.yes, row) || test_has_row(truths.no, row);
				compare_truth(test, "batch", row, i, truth_in(&truths, row), &values[row][i]);
			}
			else
			{
				batch_value(batch, i, row, &lane);
				known = lane.state == LANE_VALUE || lane.state == LANE_NONE;
				compare_fast(test, batch, row, i, &values[row][i]);
				compare_lane(test, "batch", row, i, &lane, &values[row][i]);
			}
			if (paid)
				known = !test_has_row(money->doubt, row) && !test_has_row(money->open, row) &&
					money->low[row] == money->high[row];
			compare_decided(test, row, i, test_has_row(decided, row), known, &values[row][i]);
			if (paid && !test_has_row(money->doubt, row))
				compare_paid(test, "batch", row, i, money->low[row], money->high[row], test_has_row(money->open, row),
							 &values[row][i]);
		}
	}
	pfree(money);
	pfree(whole);
}

/*
 * The answers of a document in batches of each length, which begin at any of the rows.
 */
static void
check_lengths(Test * test, Run *exact)
{
	const Program *program = test->program;
	RowsOfTest	source = test_rows_of(test);
	RowOfTest	one = test_row_of(test);
	Batch	   *batch = batch_create(program, BATCH_ROWS);
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "rows", ALLOCSET_DEFAULT_SIZES);
	Value	  **values = palloc_array(Value *, LENGTHS);
	BatchMoney *money = palloc(sizeof(BatchMoney));
	int			nroots = program->nrungs + 2;
	int			root;
	int			row;
	MemoryContext old;

	test->hostility = 3;
	test->day = 0;
	test->all = LENGTHS;
	test->facts = palloc_array(Value *, LENGTHS);
	for (row = 0; row < LENGTHS; row++)
		test->facts[row] = test_random_row(test);
	for (test->row = 0; test->row < LENGTHS; test->row++)
	{
		CHECK_FOR_INTERRUPTS();
		run_begin(exact, &one.source);
		values[test->row] = palloc_array(Value, nroots);
		for (root = 0; root < nroots; root++)
			values[test->row][root] = *run_value(exact, root == 0 ? program->satisfied : root == 1 ? program->amount
												 : program->rungs[root - 2].when);
	}
	old = MemoryContextSwitchTo(context);
	for (test->nrows = 1; test->nrows <= LENGTHS; test->nrows++)
	{
		uint64		wanted[BATCH_GROUPS] = {0};
		BatchTruths truths;

		CHECK_FOR_INTERRUPTS();
		MemoryContextReset(context);
		test->first = test_below(test, LENGTHS - test->nrows + 1);
		for (row = 0; row < test->nrows; row++)
			test_set_row(wanted, row);
		batch_begin(batch, &source.source, test->nrows);
		for (root = 0; root < nroots; root++)
		{
			if (root == 1)
				batch_money(batch, program->amount, wanted, money);
			else
				batch_truth(batch, root == 0 ? program->satisfied : program->rungs[root - 2].when, wanted, &truths);
			for (row = 0; row < test->nrows; row++)
			{
				const Value *value = &values[test->first + row][root];

				if (root != 1)
					compare_truth(test, "length", row, 0, truth_in(&truths, row), value);
				else if (!test_has_row(money->doubt, row))
					compare_paid(test, "length", row, 0, money->low[row], money->high[row], test_has_row(money->open, row),
								 value);
			}
		}
	}
	MemoryContextSwitchTo(old);
	test->first = 0;
}

/* Of a batch: mostly little more than a group. */
static int
number_of_rows(Test * test)
{
	if (test_below(test, 40) == 0)
		return 1 + test_below(test, BATCH_ROWS);
	return 1 + test_below(test, test_below(test, 4) == 0 ? 200 : 70);
}

static void
check_program(Test * test, const Program *program, int groups)
{
	Run		   *exact = run_create(program);
	Run		   *lane = run_create(program);
	Batch	   *batch = batch_create(program, BATCH_ROWS);
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "rows", ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = CurrentMemoryContext;
	int			group;
	int			row;

	test->program = program;
	test->recent = number_zero;
	exact->watch = no_watch;
	if (groups == 0)
		check_lengths(test, exact);
	for (group = 0; group < groups; group++)
	{
		static const int hostility[] = {0, 2, 20, 60};
		uint64		wanted[BATCH_GROUPS] = {0};
		Value	  **values;
		ArrayBuildState *shown = test->shown;

		MemoryContextSwitchTo(context);
		test->shown = NULL;
		test->hostility = hostility[group % lengthof(hostility)];
		test->day = test_below(test, 2) ? 9131 : 0;
		test->nrows = test->all = number_of_rows(test);
		test->facts = palloc_array(Value *, test->nrows);
		for (row = 0; row < test->nrows; row++)
		{
			test->facts[row] = test_random_row(test);
			if (group % 3 == 0 || test_below(test, 2))
				test_set_row(wanted, row);
		}
		values = check_rows(test, exact, lane);
		check_batch(test, batch, values, wanted);
		MemoryContextSwitchTo(old);
		if (test->shown)
		{
			ArrayType  *array = DatumGetArrayTypePCopy(makeArrayResult(test->shown, old));
			Datum	   *elements;
			int			count;
			int			i;

			deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &elements, NULL, &count);
			for (i = 0; i < count; i++)
				shown = accumArrayResult(shown, elements[i], false, TEXTOID, old);
		}
		test->shown = shown;
		/* a long number is in the context */
		test->recent = number_zero;
		MemoryContextReset(context);
	}
}

/*
 * Returns how many registers were compared, were in doubt and were wrong, and the first of those; NULL if the CPU has
 * not got these vectors.
 */
Datum
batch_check(PG_FUNCTION_ARGS)
{
	char	   *document = text_to_cstring(PG_GETARG_TEXT_PP(0));
	int			groups = PG_GETARG_INT32(2);
	Policy	   *policy = policy_read(document, NULL);
	Test		test;
	TupleDesc	desc;
	Datum		columns[4];
	bool		nulls[4] = {false};
	ListCell   *cell;

	if (!batch_use_vectors(text_to_cstring(PG_GETARG_TEXT_PP(3))))
		PG_RETURN_NULL();
	memset(&test, 0, sizeof(test));
	pg_prng_seed(&test.random, PG_GETARG_INT32(1));
	foreach(cell, policy->documents)
		check_program(&test, program_compile(lfirst(cell), document, false, NULL), groups);
	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "batch_check must return a row");
	columns[0] = Int64GetDatum(test.compared);
	columns[1] = Int64GetDatum(test.doubts);
	columns[2] = Int64GetDatum(test.wrong);
	columns[3] = test.shown ? makeArrayResult(test.shown, CurrentMemoryContext) : (Datum) 0;
	nulls[3] = test.shown == NULL;
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), columns, nulls));
}
