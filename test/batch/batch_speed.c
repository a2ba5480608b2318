/*
 * batch_speed.c
 *		How long a batch takes, and the kernel of one row.
 *
 * batch_speed(document text, unknown int, nrows int, rounds int, vectors text) makes nrows rows of ordinary facts, of
 * which so many of a hundred are NULL in each column, and asks a batch of them for everything that the document
 * answers.  Facts are in columns already, which the source copies.  Returns nanoseconds a row.
 */
#include "postgres.h"

#include <math.h>
#include <time.h>

#include "catalog/pg_type.h"
#include "common/pg_prng.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

#include "engine/batch.h"

extern PGDLLEXPORT Datum batch_speed(PG_FUNCTION_ARGS);

PG_FUNCTION_INFO_V1(batch_speed);

typedef struct MadeColumn
{
	bool		made;
	uint64		null[BATCH_GROUPS];
	uint64		known[BATCH_GROUPS];
	uint64		yes[BATCH_GROUPS];
	double		number[BATCH_ROWS];
	DateADT		day[BATCH_ROWS];
	uint8		code[BATCH_ROWS];
	const char *text[BATCH_ROWS];
	int32		length[BATCH_ROWS];
} MadeColumn;

typedef struct MadeRows
{
	BatchSource source;
	const Program *program;
	pg_prng_state random;
	int			nrows;
	int			unknown;
	MadeColumn *facts;
	MadeColumn *fields;
} MadeRows;

static int
below(MadeRows *rows, int n)
{
	return (int) pg_prng_uint64_range(&rows->random, 0, n - 1);
}

/* Money mostly; ratios; counts. */
static double
make_number(MadeRows *rows, const KernelFact *fact)
{
	double		low = fact->low.number;
	double		high = fact->high.number;

	if (fabs(low) < 1e6 && fabs(high) < 1e6)
		return high - low > 3 ? low + below(rows, (int) (high - low) + 1) :
			low + rint((high - low) * below(rows, 1001)) / 1000;
	if (low < 0 || below(rows, 2))
		return below(rows, 30);
	return rint(exp(10 + pg_prng_double(&rows->random) * 12) * 100) / 100;
}

static void
make_row(MadeRows *rows, const KernelFact *fact, MadeColumn *column, int i)
{
	uint64		bit = UINT64CONST(1) << (i % GROUP_ROWS);
	int			group = i / GROUP_ROWS;

	if (below(rows, 100) < rows->unknown)
	{
		column->null[group] |= bit;
		return;
	}
	column->known[group] |= bit;
	switch ((ValueType) fact->type)
	{
		case TYPE_BOOLEAN:
			if (below(rows, 2))
				column->yes[group] |= bit;
			break;
		case TYPE_NUMBER:
			column->number[i] = make_number(rows, fact);
			break;
		case TYPE_DATE:
			column->day[i] = 7500 + below(rows, 2500);
			break;
		case TYPE_TEXT:
			if (fact->texts)
				column->code[i] = below(rows, fact->texts->nvalues);
			column->text[i] = "x";
			column->length[i] = 1;
			break;
		default:
			/* one row in ten has one to three elements */
			column->length[i] = below(rows, 10) ? 0 : 1 + below(rows, 3);
			column->text[i] = "";
			break;
	}
}

static void
pick_bits(const uint64 *from, const BatchSelection *selection, uint64 *to)
{
	int			i;

	memset(to, 0, BATCH_GROUPS * sizeof(uint64));
	for (i = 0; i < selection->nrows; i++)
		to[i / GROUP_ROWS] |= ((from[selection->rows[i] / GROUP_ROWS] >> (selection->rows[i] % GROUP_ROWS)) & 1)
			<< (i % GROUP_ROWS);
}

/* Arrays have room for all rows of the groups; half of the numbers of a document are of another size. */
static void
copy_column(const MadeColumn *from, BatchColumn *column)
{
	int			n = column->ngroups * GROUP_ROWS;

	memcpy(column->null, from->null, column->ngroups * sizeof(uint64));
	memcpy(column->known, from->known, column->ngroups * sizeof(uint64));
	memcpy(column->yes, from->yes, column->ngroups * sizeof(uint64));
	if (column->number)
		memcpy(column->number, from->number, n * sizeof(double));
	if (column->day)
		memcpy(column->day, from->day, n * sizeof(DateADT));
	if (column->code)
		memcpy(column->code, from->code, n);
	if (column->text)
	{
		memcpy(column->text, from->text, n * sizeof(char *));
		memcpy(column->length, from->length, n * sizeof(int32));
	}
}

/* The same of selected rows. */
static void
copy_selected(const MadeColumn *from, BatchColumn *column)
{
	const BatchSelection *selection = column->selection;
	int			i;

	pick_bits(from->null, selection, column->null);
	pick_bits(from->known, selection, column->known);
	pick_bits(from->yes, selection, column->yes);
	for (i = 0; i < selection->nrows; i++)
	{
		int			row = selection->rows[i];

		if (column->number)
			column->number[i] = from->number[row];
		if (column->day)
			column->day[i] = from->day[row];
		if (column->code)
			column->code[i] = from->code[row];
		if (column->text)
		{
			column->text[i] = from->text[row];
			column->length[i] = from->length[row];
		}
	}
}

static bool
load_made(BatchSource *source, int fact, int year pg_attribute_unused(), BatchColumn *column)
{
	MadeRows   *rows = (MadeRows *) source;
	MadeColumn *made = &rows->facts[fact];
	int			i;

	if (!made->made)
	{
		made->made = true;
		for (i = 0; i < rows->nrows; i++)
		{
			make_row(rows, column->fact, made, i);
			/* the day judged */
			if (fact == 0)
				made->day[i] = 9300;
		}
		if (fact == 0)
		{
			memset(made->null, 0, sizeof(made->null));
			memset(made->known, 0xff, sizeof(made->known));
		}
	}
	if (column->selection)
		copy_selected(made, column);
	else
		copy_column(made, column);
	return true;
}

/* The values of the rows that are wanted; those of others stay. */
static void
copy_wanted(const MadeColumn *from, BatchColumn *column)
{
	int			i;

	memcpy(column->null, from->null, column->ngroups * sizeof(uint64));
	memcpy(column->known, from->known, column->ngroups * sizeof(uint64));
	memcpy(column->yes, from->yes, column->ngroups * sizeof(uint64));
	for (i = 0; i < column->ngroups * GROUP_ROWS; i++)
	{
		if (((column->wanted[i / GROUP_ROWS] >> (i % GROUP_ROWS)) & 1) == 0)
			continue;
		if (column->number)
			column->number[i] = from->number[i];
		if (column->day)
			column->day[i] = from->day[i];
		if (column->code)
			column->code[i] = from->code[i];
		if (column->text)
		{
			column->text[i] = from->text[i];
			column->length[i] = from->length[i];
		}
	}
}

static bool
load_made_field(BatchSource *source, const KernelField *field, const char *const *lists pg_attribute_unused(),
				const int32 *index pg_attribute_unused(), BatchColumn *column)
{
	MadeRows   *rows = (MadeRows *) source;
	MadeColumn *made = &rows->fields[field->number];
	int			i;

	if (!made->made)
	{
		made->made = true;
		for (i = 0; i < GROUP_ROWS; i++)
			make_row(rows, column->fact, made, i);
	}
	copy_wanted(made, column);
	return true;
}

/* Everything that a document answers; returns how many rows are in doubt. */
static pg_noinline int
answer_all(Batch *batch, MadeRows *rows, BatchMoney *money)
{
	const Program *program = rows->program;
	uint64		wanted[BATCH_GROUPS];
	uint64		doubt = 0;
	BatchTruths truths;
	int			ngroups = (rows->nrows + GROUP_ROWS - 1) / GROUP_ROWS;
	int			count = 0;
	int			i;

	memset(wanted, 0xff, sizeof(wanted));
	batch_begin(batch, &rows->source, rows->nrows);
	for (i = program->nrungs - 1; i >= 0; i--)
		batch_truth(batch, program->rungs[i].when, wanted, &truths);
	if (program->nclauses > 0)
	{
		batch_truth(batch, program->satisfied, wanted, &truths);
		batch_money(batch, program->amount, wanted, money);
		for (i = 0; i < ngroups; i++)
			for (doubt = money->doubt[i]; doubt; doubt &= doubt - 1)
				count++;
	}
	return count;
}

/* Nanoseconds that this process has had of the CPU. */
static double
cpu_time(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return now.tv_sec * 1e9 + now.tv_nsec;
}

/* Nanoseconds: the least of several times. */
static double
time_all(Batch *batch, MadeRows *rows, BatchMoney *money, int rounds, int *doubts)
{
	double		least = HUGE_VAL;
	int			part;
	int			i;

	for (part = 0; part < 40; part++)
	{
		double		start = cpu_time();

		CHECK_FOR_INTERRUPTS();
		for (i = 0; i < Max(rounds / 40, 1); i++)
			*doubts = answer_all(batch, rows, money);
		least = Min(least, (cpu_time() - start) / Max(rounds / 40, 1) / rows->nrows);
	}
	return least;
}

/* What the source takes of it. */
static double
time_source(MadeRows *rows, int rounds)
{
	static double number[BATCH_ROWS];
	uint64		words[BATCH_GROUPS];
	double		least = HUGE_VAL;
	int			part;
	int			fact;
	int			i;

	for (part = 0; part < 40; part++)
	{
		double		start = cpu_time();

		for (i = 0; i < Max(rounds / 40, 1); i++)
			for (fact = 0; fact < rows->program->nfacts; fact++)
			{
				const KernelFact *kept = &rows->program->kernel->facts[fact];
				BatchColumn column = {.ngroups = (rows->nrows + GROUP_ROWS - 1) / GROUP_ROWS,.null = words,
				.known = words,.yes = words};

				if (!rows->facts[fact].made)
					continue;
				if (kept->type == TYPE_NUMBER)
					column.number = number;
				else if (kept->type == TYPE_DATE)
					column.day = (DateADT *) number;
				else if (kept->type == TYPE_TEXT)
					column.code = (uint8 *) number;
				copy_column(&rows->facts[fact], &column);
			}
		least = Min(least, (cpu_time() - start) / Max(rounds / 40, 1) / rows->nrows);
	}
	return least;
}

/* ---------------- one row at a time ---------------- */

typedef struct OneRow
{
	FactSource	source;
	MadeRows   *rows;
	int			row;
	int			index;
} OneRow;

static void
set_lane(Lane *lane, const MadeColumn *made, const Fact *fact, const KernelFact *range, int i)
{
	if ((made->null[i / GROUP_ROWS] >> (i % GROUP_ROWS)) & 1)
	{
		lane_set_null(lane, fact, range);
		return;
	}
	switch ((ValueType) range->type)
	{
		case TYPE_BOOLEAN:
			lane_set_truth(lane, (made->yes[i / GROUP_ROWS] >> (i % GROUP_ROWS)) & 1 ? TRUTH_TRUE : TRUTH_FALSE);
			break;
		case TYPE_NUMBER:
			lane_set_float(lane, made->number[i], false);
			lane_check_number(range, lane);
			break;
		case TYPE_DATE:
			lane_set_day(range, lane, made->day[i]);
			break;
		case TYPE_TEXT:
			if (range->texts)
				lane_set_text(lane, range->texts->values[made->code[i]]->text,
							  range->texts->values[made->code[i]]->length);
			else
				lane_set_text(lane, made->text[i], made->length[i]);
			lane->code = made->code[i];
			break;
		default:
			lane_set_text(lane, made->text[i], made->length[i]);
			lane->state = made->length[i] ? LANE_VALUE : LANE_NONE;
			break;
	}
}

static void
one_fact(FactSource *source, int fact, Lane *lane)
{
	OneRow	   *one = (OneRow *) source;
	const Program *program = one->rows->program;

	set_lane(lane, &one->rows->facts[fact], program->facts[fact], &program->kernel->facts[fact], one->row);
}

/* What exact arithmetic is asked for; of lists, how long they are. */
static void
one_value(FactSource *source, int number, Value *value)
{
	OneRow	   *one = (OneRow *) source;
	const Program *program = one->rows->program;
	int			fact = fact_number(program, number);
	const MadeColumn *made = &one->rows->facts[fact];
	int			i = one->row;
	ListValue  *list;

	if ((made->null[i / GROUP_ROWS] >> (i % GROUP_ROWS)) & 1)
	{
		value_set_null(value, program->facts[fact]);
		return;
	}
	memset(value, 0, sizeof(Value));
	switch (program->facts[fact]->type)
	{
		case TYPE_BOOLEAN:
			value_set_truth(value, (made->yes[i / GROUP_ROWS] >> (i % GROUP_ROWS)) & 1 ? TRUTH_TRUE : TRUTH_FALSE);
			break;
		case TYPE_NUMBER:
			number_from_datum(&value->low, DirectFunctionCall1(float8_numeric, Float8GetDatum(made->number[i])));
			value->known = true;
			break;
		case TYPE_DATE:
			value_set_date(value, made->day[i]);
			break;
		case TYPE_TEXT:
			value_set_text(value, made->text[i], made->length[i]);
			break;
		default:
			list = palloc0(sizeof(ListValue));
			list->count = made->length[i];
			list->nfields = list_length(program->facts[fact]->fields);
			list->fields = palloc0_array(Value, Max(list->count * list->nfields, 1));
			for (i = 0; i < list->count * list->nfields; i++)
				value_set_unknown(&list->fields[i], list_nth(program->facts[fact]->fields, i % list->nfields));
			value->known = true;
			value->list = list;
			break;
	}
}

static void
one_year(FactSource *source, int fact, int year pg_attribute_unused(), Lane *lane)
{
	one_fact(source, fact, lane);
}

static void
one_element(FactSource *source, int fact pg_attribute_unused(), const Lane *list pg_attribute_unused(),
			int depth pg_attribute_unused(), int index)
{
	((OneRow *) source)->index = index;
}

static void
one_field(FactSource *source, const KernelField *field, Lane *lane)
{
	OneRow	   *one = (OneRow *) source;
	const Fact *fact = list_nth(one->rows->program->facts[field->list]->fields, field->field);

	set_lane(lane, &one->rows->fields[field->number], fact, &field->fact, (one->row + one->index) % GROUP_ROWS);
}

static pg_noinline void
answer_row(Run *run, OneRow *one)
{
	const Program *program = one->rows->program;
	int64		low;
	int64		high;
	bool		open;
	int			i;

	run_begin(run, &one->source);
	for (i = program->nrungs - 1; i >= 0; i--)
		run_truth(run, program->rungs[i].when);
	if (program->nclauses > 0)
	{
		run_truth(run, program->satisfied);
		lane_money(run, program->amount, &low, &high, &open);
	}
}

static double
time_rows(MadeRows *rows, int rounds)
{
	OneRow		one = {.source = {.load = one_value,.lane = one_fact,.lane_year = one_year,.element = one_element,
	.field = one_field},.rows = rows};
	Run		   *run = run_create(rows->program);
	double		start;
	int			i;

	start = cpu_time();
	for (i = 0; i < rounds; i++)
		for (one.row = 0; one.row < rows->nrows; one.row++)
			answer_row(run, &one);
	return (cpu_time() - start) / rounds / rows->nrows;
}

Datum
batch_speed(PG_FUNCTION_ARGS)
{
	char	   *document = text_to_cstring(PG_GETARG_TEXT_PP(0));
	int			rounds = PG_GETARG_INT32(3);
	char	   *vectors = text_to_cstring(PG_GETARG_TEXT_PP(4));
	Policy	   *policy = policy_read(document, NULL);
	MadeRows	rows = {.source = {.load = load_made,.field = load_made_field}};
	BatchMoney *money = palloc(sizeof(BatchMoney));
	Batch	   *batch;
	int			doubts = 0;
	double		all;

	if (!batch_use_vectors(vectors))
		PG_RETURN_NULL();
	pg_prng_seed(&rows.random, 1);
	rows.program = program_compile(linitial(policy->documents), document, false, NULL);
	rows.unknown = PG_GETARG_INT32(1);
	rows.nrows = PG_GETARG_INT32(2);
	rows.facts = palloc0_array(MadeColumn, rows.program->nfacts);
	rows.fields = palloc0_array(MadeColumn, Max(rows.program->kernel->nfields, 1));
	batch = batch_create(rows.program, rows.nrows);
	answer_all(batch, &rows, money);
	all = time_all(batch, &rows, money, rounds, &doubts);
	PG_RETURN_TEXT_P(cstring_to_text(psprintf("%.1f ns a row, %.1f of it the source; %d of %d in doubt; one row: %.0f ns",
											  all, time_source(&rows, rounds), doubts, rows.nrows,
											  time_rows(&rows, Max(rounds / 40, 1)))));
}
