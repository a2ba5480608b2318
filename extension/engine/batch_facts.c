/*
 * batch_facts.c
 *		Registers of batches, and the columns that fill them.
 */
#include "postgres.h"

#include "compat.h"
#include "port/pg_bitutils.h"

#include "batch_registers.h"
#include "kernel_number.h"

/* ---------------- registers ---------------- */

/* Arrays begin at cache lines. */
void *
batch_new_array(Batch *batch, int nlanes, Size size, bool zero)
{
	char	   *chunk = MemoryContextAlloc(batch->context, nlanes * size + 63);
	void	   *array = (void *) TYPEALIGN(64, chunk);

	if (zero)
		memset(array, 0, nlanes * size);
	return array;
}

/* Creates a register.  Vectors read number, error, day and code in all lanes, so these are never undefined. */
BatchRegister *
batch_new_register(Batch *batch, int ngroups, ValueType type)
{
	int			n = ngroups * GROUP_ROWS;
	BatchRegister *out = MemoryContextAllocZero(batch->context, offsetof(BatchRegister, groups) + ngroups * sizeof(Lanes));
	Lanes		all;
	int			g;

	memset(&all, 0, sizeof(all));
	switch (type)
	{
		case TYPE_BOOLEAN:
			return out;
		case TYPE_NUMBER:
			all.number = batch_new_array(batch, n, sizeof(double), true);
			all.error = batch_new_array(batch, n, sizeof(double), true);
			all.high = batch_new_array(batch, n, sizeof(double), false);
			all.high_error = batch_new_array(batch, n, sizeof(double), false);
			break;
		case TYPE_DATE:
			all.day = batch_new_array(batch, n, sizeof(DateADT), true);
			all.last_day = batch_new_array(batch, n, sizeof(DateADT), true);
			break;
		default:
			all.text = batch_new_array(batch, n, sizeof(char *), true);
			all.length = batch_new_array(batch, n, sizeof(int32), true);
			all.first = batch_new_array(batch, n, sizeof(int32), true);
			all.code = batch_new_array(batch, n, sizeof(uint8), true);
			break;
	}
	for (g = 0; g < ngroups; g++)
	{
		Lanes	   *lanes = &out->groups[g];

		switch (type)
		{
			case TYPE_NUMBER:
				lanes->number = all.number + g * GROUP_ROWS;
				lanes->error = all.error + g * GROUP_ROWS;
				lanes->high = all.high + g * GROUP_ROWS;
				lanes->high_error = all.high_error + g * GROUP_ROWS;
				break;
			case TYPE_DATE:
				lanes->day = all.day + g * GROUP_ROWS;
				lanes->last_day = all.last_day + g * GROUP_ROWS;
				break;
			default:
				lanes->text = all.text + g * GROUP_ROWS;
				lanes->length = all.length + g * GROUP_ROWS;
				lanes->first = all.first + g * GROUP_ROWS;
				lanes->code = all.code + g * GROUP_ROWS;
				break;
		}
	}
	return out;
}

BatchRegister *
batch_begin_register(Batch *batch, BatchFrame *frame, int number)
{
	BatchRegister *found = frame->registers[number];
	int			g;

	if (found == NULL)
		found = frame->registers[number] = batch_new_register(batch, frame->ngroups, batch->nodes[number].type);
	found->stamp = frame->stamp;
	if (!found->lasts)
		for (g = 0; g < frame->ngroups; g++)
			found->groups[g].done = 0;
	return found;
}

/* ---------------- what is made when it is asked for ---------------- */

static inline bool
is_coded(const KernelFact *fact)
{
	return fact->type == TYPE_TEXT && fact->texts && fact->texts->nvalues <= MAX_KERNEL_VALUES;
}

void
batch_make_due(const KernelFact *fact, uint64 lanes, Lanes *out)
{
	int			i;

	out->due &= ~lanes;
	if (fact->type == TYPE_NUMBER)
		EACH_LANE(i, lanes)
			out->error[i] = error_of_known(out->number[i]);
	else if (fact->type == TYPE_DATE)
		EACH_LANE(i, lanes)
			out->last_day[i] = out->day[i];
	else
		EACH_LANE(i, lanes)
	{
		out->text[i] = fact->texts->values[out->code[i]]->text;
		out->length[i] = fact->texts->values[out->code[i]]->length;
	}
}

/* ---------------- what columns hold ---------------- */

void
batch_put_fact(BatchColumn *column, int row, const Lane *lane)
{
	Lane		checked = *lane;

	if (checked.state == LANE_VALUE)
	{
		switch ((ValueType) column->fact->type)
		{
			case TYPE_NUMBER:
				lane_check_number(column->fact, &checked);
				break;
			case TYPE_DATE:
				lane_set_day(column->fact, &checked, checked.day);
				break;
			case TYPE_TEXT:
				lane_check_text(column->fact, &checked);
				break;
			case TYPE_LIST:
				if (checked.length == 0)
					checked.state = LANE_NONE;
				checked.first = 0;
				break;
			default:
				break;
		}
	}
	batch_put(&column->lanes[row / GROUP_ROWS], row % GROUP_ROWS, &checked, column->fact->type);
}

/* Sets all of some lanes to the same. */
static void
put_all(Lanes *out, uint64 lanes, const Lane *lane, ValueType type)
{
	int			i;

	switch (type)
	{
		case TYPE_BOOLEAN:
			out->yes = (out->yes & ~lanes) | (lane->truth == TRUTH_TRUE ? lanes : 0);
			out->no = (out->no & ~lanes) | (lane->truth == TRUTH_FALSE ? lanes : 0);
			out->in_doubt = (out->in_doubt & ~lanes) | (lane->truth == TRUTH_DOUBT ? lanes : 0);
			break;
		case TYPE_NUMBER:
			EACH_LANE(i, lanes)
			{
				out->number[i] = lane->low.number;
				out->error[i] = lane->low.error;
				out->high[i] = lane->high.number;
				out->high_error[i] = lane->high.error;
			}
			out->decimal = (out->decimal & ~lanes) | (lane->low.decimal ? lanes : 0);
			out->high_decimal = (out->high_decimal & ~lanes) | (lane->high.decimal ? lanes : 0);
			break;
		case TYPE_DATE:
			EACH_LANE(i, lanes)
			{
				out->day[i] = lane->day;
				out->last_day[i] = lane->last_day;
			}
			break;
		default:
			EACH_LANE(i, lanes)
				batch_put(out, i, lane, type);
			return;
	}
	lanes_set_state(out, lanes, lane->state);
	out->maybe = (out->maybe & ~lanes) | (lane->state == LANE_RANGE && lane->maybe ? lanes : 0);
}

static bool
is_sharp_bound(const End *end)
{
	return end_is_open(end) || is_decimal(end->number, end->error, end->decimal);
}

/*
 * Sets the lanes of numbers.  Those of ordinary size and within the declared range as doubles are plain; the
 * others are checked one after another.
 */
static void
settle_numbers(const KernelFact *fact, uint64 known, uint64 rough, uint64 plain, Lanes *out)
{
	Lane		lane = {0};
	int			i;

	out->value |= known | rough;
	out->decimal = (out->decimal & ~(known | rough)) | plain;
	out->plain |= plain;
	out->due |= plain;
	EACH_LANE(i, (known | rough) & ~plain)
	{
		double		error = (rough >> i) & 1 ? KERNEL_ROUNDED(out->number[i]) : error_of_known(out->number[i]);

		out->error[i] = error;
		set_bit(&out->decimal, i, error != 0 && !((rough >> i) & 1));
		lane_check_number(fact, batch_take(&lane, out, i, TYPE_NUMBER));
		batch_put(out, i, &lane, TYPE_NUMBER);
	}
}

static void
settle_days(const KernelFact *fact, uint64 known, uint64 plain, Lanes *out)
{
	Lane		unknown = {0};

	out->value |= known & plain;
	out->due |= known & plain;
	lane_set_unknown(&unknown, fact);
	put_all(out, known & ~plain, &unknown, TYPE_DATE);
}

/* Sets the lanes of texts.  plain: those whose code is that of a declared text. */
static void
settle_texts(const KernelFact *fact, uint64 known, uint64 plain, Lanes *out)
{
	Lane		lane = {0};
	int			i;

	out->value |= known;
	if (is_coded(fact))
	{
		out->due |= known & plain;
		lane_set_unknown(&lane, fact);
		put_all(out, known & ~plain, &lane, TYPE_TEXT);
		return;
	}
	EACH_LANE(i, known)
	{
		lane_check_text(fact, batch_take(&lane, out, i, TYPE_TEXT));
		batch_put(out, i, &lane, TYPE_TEXT);
	}
}

/* Sets the lanes of lists.  plain: those that are not empty. */
static void
settle_lists(uint64 known, uint64 plain, Lanes *out)
{
	int			i;

	out->value |= known & plain;
	out->none |= known & ~plain;
	EACH_LANE(i, known & plain)
		out->first[i] = 0;
}

/* ---------------- loading ---------------- */

/* The words of a column. */
typedef struct ColumnWords
{
	uint64		null[BATCH_GROUPS];
	uint64		known[BATCH_GROUPS];
	uint64		rough[BATCH_GROUPS];
	uint64		yes[BATCH_GROUPS];
} ColumnWords;

static void
column_begin(BatchColumn *column, ColumnWords *words, const KernelFact *fact, Lanes *lanes, int ngroups,
			 const BatchSelection *selection, const uint64 *wanted)
{
	int			g;

	for (g = 0; g < ngroups; g++)
		words->null[g] = words->known[g] = words->rough[g] = words->yes[g] = 0;
	column->number = NULL;
	column->day = NULL;
	column->code = NULL;
	column->text = NULL;
	column->length = NULL;
	column->fact = fact;
	column->ngroups = ngroups;
	column->selection = selection;
	column->wanted = wanted;
	column->null = words->null;
	column->known = words->known;
	column->rough = words->rough;
	column->yes = words->yes;
	column->lanes = lanes;
	switch ((ValueType) fact->type)
	{
		case TYPE_NUMBER:
			column->number = lanes->number;
			break;
		case TYPE_DATE:
			column->day = lanes->day;
			break;
		case TYPE_TEXT:
			if (is_coded(fact))
			{
				column->code = lanes->code;
				break;
			}
			pg_fallthrough;
		case TYPE_LIST:
			column->text = lanes->text;
			column->length = lanes->length;
			break;
		default:
			break;
	}
	for (g = 0; g < ngroups; g++)
	{
		lanes[g].value = lanes[g].none = lanes[g].range = lanes[g].maybe = 0;
		lanes[g].yes = lanes[g].no = lanes[g].due = lanes[g].plain = 0;
		lanes[g].in_doubt = PG_UINT64_MAX;
	}
}

/* Sets the lanes of a group from the values in the arrays. */
static void
settle_known(const KernelFact *fact, uint64 known, uint64 rough, uint64 yes, uint64 plain, Lanes *out)
{
	switch ((ValueType) fact->type)
	{
		case TYPE_BOOLEAN:
			out->yes |= known & yes;
			out->no |= known & ~yes;
			out->value |= known;
			out->in_doubt &= ~known;
			break;
		case TYPE_NUMBER:
			settle_numbers(fact, known & ~rough, rough, plain & known & ~rough, out);
			break;
		case TYPE_DATE:
			settle_days(fact, known, plain, out);
			break;
		case TYPE_TEXT:
			settle_texts(fact, known, plain, out);
			break;
		case TYPE_LIST:
			settle_lists(known, plain, out);
			break;
		default:
			break;
	}
}

/* Finds the rows whose value in the array is of ordinary size and within the declared range. */
static void
find_plain(const Batch *batch, const BatchColumn *column, uint64 *plain, uint64 *zero)
{
	const KernelFact *fact = column->fact;
	int			g;

	for (g = 0; g < column->ngroups; g++)
		plain[g] = zero[g] = 0;
	if (fact->type == TYPE_NUMBER && is_sharp_bound(&fact->low) && is_sharp_bound(&fact->high))
	{
		batch->loops->check(column->number, fact->low.number, fact->high.number, plain, zero, column->ngroups);
		for (g = 0; g < column->ngroups; g++)
			plain[g] = ~plain[g];
	}
	else if (fact->type == TYPE_DATE)
		batch->loops->days_within(column->day, Max(fact->first, DATEVAL_NOBEGIN + 1), Min(fact->last, DATEVAL_NOEND - 1),
								  plain, column->ngroups);
	else if (fact->type == TYPE_LIST)
		batch->loops->days_within(column->length, 1, PG_INT32_MAX, plain, column->ngroups);
	else if (is_coded(fact))
		batch->loops->members(column->code, PG_UINT64_MAX >> (64 - fact->texts->nvalues), plain, column->ngroups);
}

/*
 * Sets the register of a fact from the column that the source filled.  The fact is unknown in rows for which the
 * source gave nothing.
 */
static void
column_settle(Batch *batch, const BatchColumn *column, const Fact *fact, bool loaded)
{
	ValueType	type = column->fact->type;
	Lane		null = {0};
	uint64		plain[BATCH_GROUPS];
	uint64		zero[BATCH_GROUPS];
	int			g;

	if (loaded)
		lane_set_null(&null, fact, column->fact);
	else
		lane_set_unknown(&null, column->fact);
	find_plain(batch, column, plain, zero);
	for (g = 0; g < column->ngroups; g++)
	{
		Lanes	   *out = &column->lanes[g];
		uint64		wanted = column->wanted[g];
		uint64		nulls = wanted & (loaded ? column->null[g] : PG_UINT64_MAX);
		uint64		rough = wanted & column->rough[g] & ~nulls;
		uint64		known = ((wanted & column->known[g] & ~nulls) | rough) & ~(out->value | out->none | out->range);

		out->done = wanted;
		out->zero = zero[g];
		if (known)
			settle_known(column->fact, known, rough & known, column->yes[g], plain[g], out);
		if (null.state == LANE_NONE)
			lanes_set_state(out, nulls, LANE_NONE);
		else if (nulls)
			put_all(out, nulls, &null, type);
	}
}

/* Returns the register of a fact, loaded for the rows for which something was asked. */
BatchRegister *
batch_fact_register(Batch *batch, int number)
{
	BatchRegister *out = batch_register(batch, batch->frames[0], number);
	int			fact = batch->nodes[number].b;
	BatchColumn column;
	ColumnWords words;

	if (out->asked == batch->asking)
		return out;
	out->asked = batch->asking;
	column_begin(&column, &words, &batch->program->kernel->facts[fact], out->groups, batch->ngroups,
				 batch->selection, batch->asked);
	column_settle(batch, &column, batch->program->facts[fact], batch->source->load(batch->source, fact, 0, &column));
	return out;
}

/*
 * Lists are loaded for the rows that are wanted, not for all for which something was asked: each is read with all that
 * it holds.
 */
void
batch_load_lists(Batch *batch, int number, const uint64 *wanted)
{
	BatchRegister *out = batch_register(batch, batch->frames[0], number);
	int			fact = batch->nodes[number].b;
	BatchColumn column;
	ColumnWords words;
	Lanes		before[BATCH_GROUPS];
	uint64		more[BATCH_GROUPS];
	int			g;

	if (!batch_lacks(batch, out, wanted, more))
		return;
	memcpy(before, out->groups, batch->ngroups * sizeof(Lanes));
	column_begin(&column, &words, &batch->program->kernel->facts[fact], out->groups, batch->ngroups,
				 batch->selection, more);
	column_settle(batch, &column, batch->program->facts[fact], batch->source->load(batch->source, fact, 0, &column));
	for (g = 0; g < batch->ngroups; g++)
	{
		Lanes	   *lanes = &out->groups[g];

		lanes->value |= before[g].value & before[g].done;
		lanes->none |= before[g].none & before[g].done;
		lanes->range |= before[g].range & before[g].done;
		lanes->maybe |= before[g].maybe & before[g].done;
		lanes->done |= before[g].done;
	}
}

bool
batch_same_day(Batch *batch)
{
	int			number = batch->program->kernel->day;
	const BatchRegister *as_of;
	uint64		same[BATCH_GROUPS];
	bool		found = false;
	int			g;

	if (batch->day_asking == batch->asking)
		return batch->same_day;
	batch->day_asking = batch->asking;
	batch->same_day = false;
	if (number < 0)
		return false;
	as_of = batch_fact_register(batch, number);
	for (g = 0; g < batch->ngroups && !found; g++)
	{
		if (batch->asked[g] == 0)
			continue;
		batch->day = as_of->groups[g].day[pg_rightmost_one_pos64(batch->asked[g])];
		found = true;
	}
	batch->loops->days_within(as_of->groups[0].day, batch->day, batch->day, same, batch->ngroups);
	batch->same_day = found;
	for (g = 0; g < batch->ngroups; g++)
		batch->same_day &= (batch->asked[g] & ~(as_of->groups[g].value & same[g])) == 0;
	return batch->same_day;
}

/* Returns the register of a fact in one year, which is a column of its own. */
BatchRegister *
batch_load_year(Batch *batch, int fact, int year)
{
	const KernelFact *range = &batch->program->kernel->facts[fact];
	YearRegister *kept = batch->years;
	BatchColumn column;
	ColumnWords words;

	while (kept && (kept->fact != fact || kept->year != year))
		kept = kept->next;
	if (kept == NULL)
	{
		kept = MemoryContextAllocZero(batch->context, sizeof(YearRegister));
		kept->fact = fact;
		kept->year = year;
		kept->rows = batch_new_register(batch, batch->frames[0]->ngroups, range->type);
		kept->next = batch->years;
		batch->years = kept;
	}
	if (kept->rows->asked == batch->asking)
		return kept->rows;
	kept->rows->asked = batch->asking;
	column_begin(&column, &words, range, kept->rows->groups, batch->ngroups, batch->selection, batch->asked);
	column_settle(batch, &column, batch->program->facts[fact], batch->source->load(batch->source, fact, year, &column));
	return kept->rows;
}

/* The source may write anything into the arrays, so that elements which were loaded before are loaded again. */
void
batch_load_field(Batch *batch, const KernelField *field, uint64 wanted, Lanes *out)
{
	const BatchFrame *frame = batch->frame;
	const Fact *fact = list_nth(batch->program->facts[field->list]->fields, field->field);
	BatchColumn column;
	ColumnWords words;
	uint64		all = wanted | out->done;

	column_begin(&column, &words, &field->fact, out, 1, NULL, &all);
	column_settle(batch, &column, fact, !frame->unknown &&
				  batch->source->field(batch->source, field, frame->lists, frame->index, &column));
}
