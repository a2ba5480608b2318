/*
 * batch_facts.c
 *		Registers of batches, and the columns that fill them.
 */
#include "postgres.h"

#include "port/pg_bitutils.h"

#include "batch_registers.h"
#include "kernel_number.h"

/* ---------------- registers ---------------- */

/* Arrays begin at cache lines. */
static void *
new_array(Batch *batch, int nlanes, Size size, bool zero)
{
	char	   *chunk = MemoryContextAlloc(batch->context, nlanes * size + 63);
	void	   *array = (void *) TYPEALIGN(64, chunk);

	if (zero)
		memset(array, 0, nlanes * size);
	return array;
}

/*
 * What vectors may read in any lane is never undefined: number, error, day and code.
 */
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
			all.number = new_array(batch, n, sizeof(double), true);
			all.error = new_array(batch, n, sizeof(double), true);
			all.high = new_array(batch, n, sizeof(double), false);
			all.high_error = new_array(batch, n, sizeof(double), false);
			break;
		case TYPE_DATE:
			all.day = new_array(batch, n, sizeof(DateADT), true);
			all.last_day = new_array(batch, n, sizeof(DateADT), true);
			break;
		default:
			all.text = new_array(batch, n, sizeof(char *), true);
			all.length = new_array(batch, n, sizeof(int32), true);
			all.first = new_array(batch, n, sizeof(int32), true);
			all.code = new_array(batch, n, sizeof(uint8), true);
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
batch_register(Batch *batch, BatchFrame *frame, int number)
{
	BatchRegister *found = frame->registers[number];
	int			g;

	if (found == NULL)
		found = frame->registers[number] = batch_new_register(batch, frame->ngroups, batch->nodes[number].type);
	found->stamp = frame->stamp;
	for (g = 0; g < frame->ngroups; g++)
		found->groups[g].done = 0;
	return found;
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

static void
put_all(Lanes *out, uint64 lanes, const Lane *lane, ValueType type)
{
	int			i;

	EACH_LANE(i, lanes)
		batch_put(out, i, lane, type);
}

/* Numbers that are known; those that may be out of range are looked at one after another. */
static void
settle_numbers(const KernelFact *fact, uint64 known, uint64 rough, Lanes *out)
{
	uint64		near = 0;
	uint64		fraction = 0;
	Lane		lane = {0};
	int			i;

	for (i = 0; i < GROUP_ROWS; i++)
	{
		double		number = out->number[i];
		bool		whole = is_integer(fabs(number)) & (fabs(number) < KERNEL_EXACT) & !((rough >> i) & 1);
		double		error = whole ? 0 : KERNEL_ROUNDED(number);

		out->error[i] = error;
		fraction |= (uint64) !whole << i;
		near |= (uint64) !(number - 2 * error >= fact->inner_low && number + 2 * error <= fact->inner_high) << i;
	}
	out->value |= known | rough;
	out->decimal = (out->decimal & ~(known | rough)) | (fraction & known & ~rough);
	EACH_LANE(i, near & (known | rough))
	{
		lane_check_number(fact, batch_take(&lane, out, i, TYPE_NUMBER));
		batch_put(out, i, &lane, TYPE_NUMBER);
	}
}

static void
settle_days(const KernelFact *fact, uint64 known, Lanes *out)
{
	uint64		outside = 0;
	Lane		unknown = {0};
	int			i;

	for (i = 0; i < GROUP_ROWS; i++)
	{
		DateADT		day = out->day[i];

		outside |= (uint64) (DATE_NOT_FINITE(day) || day < fact->first || day > fact->last) << i;
		out->last_day[i] = day;
	}
	out->value |= known & ~outside;
	lane_set_unknown(&unknown, fact);
	put_all(out, known & outside, &unknown, TYPE_DATE);
}

static inline bool
is_coded(const KernelFact *fact)
{
	return fact->type == TYPE_TEXT && fact->texts && fact->texts->nvalues <= MAX_KERNEL_VALUES;
}

static void
settle_texts(const KernelFact *fact, uint64 known, Lanes *out)
{
	Lane		lane = {0};
	int			i;

	out->value |= known;
	if (is_coded(fact))
	{
		EACH_LANE(i, known)
		{
			if (out->code[i] < fact->texts->nvalues)
			{
				out->text[i] = fact->texts->values[out->code[i]]->text;
				out->length[i] = fact->texts->values[out->code[i]]->length;
				continue;
			}
			lane_set_unknown(&lane, fact);
			batch_put(out, i, &lane, TYPE_TEXT);
		}
		return;
	}
	EACH_LANE(i, known)
	{
		lane_check_text(fact, batch_take(&lane, out, i, TYPE_TEXT));
		batch_put(out, i, &lane, TYPE_TEXT);
	}
}

static void
settle_lists(uint64 known, Lanes *out)
{
	int			i;

	out->value |= known;
	EACH_LANE(i, known)
	{
		out->first[i] = 0;
		if (out->length[i] == 0)
			lanes_set_state(out, UINT64CONST(1) << i, LANE_NONE);
	}
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
			 const uint64 *wanted)
{
	int			g;

	memset(words, 0, sizeof(ColumnWords));
	memset(column, 0, sizeof(BatchColumn));
	column->fact = fact;
	column->ngroups = ngroups;
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
			/* fall through */
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
		lanes[g].yes = lanes[g].no = 0;
		lanes[g].in_doubt = PG_UINT64_MAX;
	}
}

/* Values that are in the arrays, of a group. */
static void
settle_known(const KernelFact *fact, uint64 known, uint64 rough, uint64 yes, Lanes *out)
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
			settle_numbers(fact, known & ~rough, rough, out);
			break;
		case TYPE_DATE:
			settle_days(fact, known, out);
			break;
		case TYPE_TEXT:
			settle_texts(fact, known, out);
			break;
		case TYPE_LIST:
			settle_lists(known, out);
			break;
		default:
			break;
	}
}

/* What the source said becomes what the fact is.  If it said nothing, the fact is unknown. */
static void
column_settle(const BatchColumn *column, const Fact *fact, bool loaded)
{
	ValueType	type = column->fact->type;
	Lane		null = {0};
	Lane		single[GROUP_ROWS];
	int			g;
	int			i;

	if (loaded)
		lane_set_null(&null, fact, column->fact);
	else
		lane_set_unknown(&null, column->fact);
	for (g = 0; g < column->ngroups; g++)
	{
		Lanes	   *out = &column->lanes[g];
		uint64		wanted = column->wanted[g];
		uint64		nulls = wanted & (loaded ? column->null[g] : PG_UINT64_MAX);
		uint64		rough = wanted & column->rough[g] & ~nulls;
		uint64		known = (wanted & column->known[g] & ~nulls) | rough;
		uint64		put = wanted & (out->value | out->none | out->range) & ~known & ~nulls;

		out->done = wanted;
		/* the arrays are settled as a whole */
		EACH_LANE(i, put)
			batch_take(&single[i], out, i, type);
		if (known)
			settle_known(column->fact, known, rough, column->yes[g], out);
		EACH_LANE(i, put)
			batch_put(out, i, &single[i], type);
		if (null.state == LANE_NONE)
			lanes_set_state(out, nulls, LANE_NONE);
		else
			put_all(out, nulls, &null, type);
	}
}

void
batch_load_fact(Batch *batch, int fact, BatchRegister *out, const uint64 *wanted)
{
	BatchColumn column;
	ColumnWords words;
	uint64		all[BATCH_GROUPS];
	int			g;

	for (g = 0; g < batch->ngroups; g++)
		all[g] = wanted[g] | out->groups[g].done;
	column_begin(&column, &words, &batch->program->kernel->facts[fact], out->groups, batch->ngroups, all);
	column_settle(&column, batch->program->facts[fact], batch->source->load(batch->source, fact, 0, &column));
}

/* Whether more rows are asked about than a register has. */
static bool
any_asked(const Batch *batch, const BatchRegister *rows)
{
	uint64		more = 0;
	int			g;

	for (g = 0; g < batch->ngroups; g++)
		more |= batch->asked[g] & ~rows->groups[g].done;
	return more != 0;
}

/* A fact in a year is a column of its own, which is kept for the rows. */
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
	if (kept->rows->stamp == batch->frames[0]->stamp && !any_asked(batch, kept->rows))
		return kept->rows;
	kept->rows->stamp = batch->frames[0]->stamp;
	column_begin(&column, &words, range, kept->rows->groups, batch->ngroups, batch->asked);
	column_settle(&column, batch->program->facts[fact], batch->source->load(batch->source, fact, year, &column));
	return kept->rows;
}

void
batch_load_field(Batch *batch, const KernelField *field, uint64 wanted, Lanes *out)
{
	const BatchFrame *frame = batch->frame;
	const Fact *fact = list_nth(batch->program->facts[field->list]->fields, field->field);
	BatchColumn column;
	ColumnWords words;
	uint64		all = wanted | out->done;

	column_begin(&column, &words, &field->fact, out, 1, &all);
	column_settle(&column, fact, !frame->unknown &&
				  batch->source->field(batch->source, field, frame->lists, frame->index, &column));
}
