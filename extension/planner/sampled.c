/*
 * sampled.c
 *		Estimates how many rows satisfy a rule, by judging rows made from the statistics of the
 *		columns.
 *
 * Scores, ratios and payments have no statistics.  Their columns have: each column's values
 * are taken at equal distances from its most common values and its histogram, and the rule is
 * evaluated for rows in which they are combined at random.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_statistic.h"
#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/optimizer.h"
#include "parser/parsetree.h"
#include "utils/datum.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/selfuncs.h"
#include "utils/syscache.h"

#include "engine/exact.h"
#include "facts/day.h"
#include "sampled.h"

#define SAMPLE_VALUES 128		/* of a column */
#define SAMPLE_ROWS 512

/* The values of a column. */
typedef struct ColumnSample
{
	int			count;
	NullableDatum values[SAMPLE_VALUES];
} ColumnSample;

/* ---------------- estimates already made ---------------- */

#define MAX_KEPT 64

typedef struct KeptSample
{
	uint64		key;
	uint64		generation;
	Sampled		sampled;
} KeptSample;

static KeptSample kept_samples[MAX_KEPT];

/* Changes when statistics do. */
static uint64 generation = 0;

static void
statistics_changed(Datum argument pg_attribute_unused(), int cache pg_attribute_unused(),
				   uint32 hash pg_attribute_unused())
{
	generation++;
}

static void
watch_statistics(void)
{
	if (generation > 0)
		return;
	CacheRegisterSyscacheCallback(STATRELATTINH, statistics_changed, (Datum) 0);
	generation = 1;
}

static uint64
add_to_key(uint64 key, uint64 value)
{
	return hash_combine64(key, hash_bytes_extended((const unsigned char *) &value, sizeof(value), 0));
}

/* Identifies an estimate.  Returns false if an argument is no column of a table. */
static bool
sample_key(PlannerInfo *root, const FactsCall *call, const Bitmapset *natives, DateADT day, uint64 *key)
{
	ListCell   *cell;
	int			instr = -1;

	*key = add_to_key(call->compiled->id.serial, (uint64) day);
	*key = add_to_key(*key, GetUserId());
	foreach(cell, call->columns)
	{
		const Var  *column = lfirst(cell);
		const RangeTblEntry *rte;

		if (!IsA(column, Var) || column->varlevelsup != 0 || column->varno < 1 || root->simple_rte_array == NULL ||
			(int) column->varno >= root->simple_rel_array_size)
			return false;
		rte = planner_rt_fetch(column->varno, root);
		if (rte->rtekind != RTE_RELATION)
			return false;
		*key = add_to_key(add_to_key(*key, rte->relid), ((uint64) column->varattno << 1) + rte->inh);
	}
	while ((instr = bms_next_member(natives, instr)) >= 0)
		*key = add_to_key(*key, instr);
	return true;
}

/* ---------------- values of a column ---------------- */

/* Puts values at equal distances from the statistics into a sample.  Returns false without values. */
static bool
take_values(const VariableStatData *column, ColumnSample *sample)
{
	Form_pg_statistic statistics = (Form_pg_statistic) GETSTRUCT(column->statsTuple);
	AttStatsSlot common = {0};
	AttStatsSlot histogram = {0};
	double		common_part = 0;
	double		histogram_part;
	bool		byval = get_typbyval(column->atttype);
	int16		length = get_typlen(column->atttype);
	int			i,
				j;

	(void) get_attstatsslot(&common, column->statsTuple, STATISTIC_KIND_MCV, InvalidOid,
							ATTSTATSSLOT_VALUES | ATTSTATSSLOT_NUMBERS);
	(void) get_attstatsslot(&histogram, column->statsTuple, STATISTIC_KIND_HISTOGRAM, InvalidOid, ATTSTATSSLOT_VALUES);
	for (i = 0; i < common.nnumbers; i++)
		common_part += common.numbers[i];
	histogram_part = histogram.nvalues > 0 ? Max(1.0 - statistics->stanullfrac - common_part, 0) : 0;
	sample->count = common.nvalues + histogram.nvalues > 0 || statistics->stanullfrac >= 1 ? SAMPLE_VALUES : 0;
	for (i = 0; i < sample->count; i++)
	{
		double		at = (i + 0.5) / SAMPLE_VALUES;
		Datum		value;

		sample->values[i].isnull = at < statistics->stanullfrac || common.nvalues + histogram.nvalues == 0;
		sample->values[i].value = (Datum) 0;
		if (sample->values[i].isnull)
			continue;
		/* the values that are not NULL stand for all that are not */
		at = (at - statistics->stanullfrac) / (1.0 - statistics->stanullfrac) * (common_part + histogram_part);
		for (j = 0; j < common.nvalues && at >= common.numbers[j]; j++)
			at -= common.numbers[j];
		if (j < common.nvalues || histogram.nvalues == 0)
			value = common.values[Min(j, common.nvalues - 1)];
		else
			value = histogram.values[Min((int) (at / histogram_part * histogram.nvalues), histogram.nvalues - 1)];
		sample->values[i].value = datumCopy(value, byval, length);
	}
	free_attstatsslot(&common);
	free_attstatsslot(&histogram);
	return sample->count > 0;
}

static bool
sample_column(SupportRequestSelectivity *request, Node *expr, ColumnSample *sample)
{
	VariableStatData column;
	bool		found;

	examine_variable(request->root, expr, request->varRelid, &column);
	found = HeapTupleIsValid(column.statsTuple) && column.acl_ok && take_values(&column, sample);
	ReleaseVariableStats(column);
	return found;
}

/* ---------------- judging ---------------- */

/* What judging needs. */
typedef struct Judging
{
	const Program *program;
	RowSource  *source;
	Run		   *run;
	int			ncolumns;
	ColumnSample *columns;
	NullableDatum *arguments;
	MemoryContext scratch;		/* for each row */
} Judging;

static Truth
judge(Judging *judging, int instr)
{
	MemoryContext old = MemoryContextSwitchTo(judging->scratch);
	Truth		truth;

	CHECK_FOR_INTERRUPTS();
	run_begin(judging->run, row_source_arguments(judging->source, judging->arguments));
	truth = run_truth(judging->run, instr);
	MemoryContextSwitchTo(old);
	MemoryContextReset(judging->scratch);
	return truth;
}

/* Keeps the values of a column that satisfy a condition.  Returns false if there are none. */
static bool
keep_satisfying(Judging *judging, int column, int condition)
{
	ColumnSample *sample = &judging->columns[column];
	int			count = 0;
	int			i;

	for (i = 0; i < judging->ncolumns; i++)
		judging->arguments[i].isnull = true;
	for (i = 0; i < sample->count; i++)
	{
		judging->arguments[column] = sample->values[i];
		if (judge(judging, condition) == TRUTH_TRUE)
			sample->values[count++] = sample->values[i];
	}
	sample->count = count;
	return count > 0;
}

/*
 * A sequence of numbers that look random, always the same.  The low bits of a linear congruential generator repeat
 * too soon: with 32 columns, the values of the columns of a row would depend on each other.
 */
static uint32
next_number(uint32 *state)
{
	return murmurhash32((*state)++);
}

static void
judge_rows(Judging *judging, Sampled *sampled)
{
	uint32		state = 1;
	int			i,
				j;

	sampled->rows = SAMPLE_ROWS;
	sampled->satisfied = 0;
	for (i = 0; i < SAMPLE_ROWS; i++)
	{
		for (j = 0; j < judging->ncolumns; j++)
			judging->arguments[j] = judging->columns[j].values[next_number(&state) % judging->columns[j].count];
		if (judge(judging, judging->program->satisfied) == TRUTH_TRUE)
			sampled->satisfied++;
	}
}

/* The position of a condition's column in the call. */
static int
column_of(const FactsCall *call, const RuleCondition *condition)
{
	Expr	   *column = rewrite_facts_column(call, condition->fact);
	ListCell   *cell;

	foreach(cell, call->columns)
	{
		if (lfirst(cell) == column)
			return foreach_current_index(cell);
	}
	return -1;
}

/* Chooses the version that is in force on a day, or NULL. */
static const Program *
program_of(const Compiled *compiled, DateADT day)
{
	const Program *chosen = NULL;
	int			i;

	if (!compiled->series)
		return compiled->programs[0];
	for (i = 0; i < compiled->nprograms; i++)
	{
		const Document *doc = compiled->programs[i]->doc;

		if (doc->from <= day && (!doc->has_until || day < doc->until) &&
			(chosen == NULL || doc->from > chosen->doc->from))
			chosen = compiled->programs[i];
	}
	return chosen;
}

static bool
judge_samples(SupportRequestSelectivity *request, const FactsCall *call, Analysis *analysis, const Bitmapset *natives,
			  const Program *program, Sampled *sampled)
{
	Judging		judging = {0};
	RowBinding *binding;
	ListCell   *cell;
	int			instr = -1;

	judging.program = program;
	judging.ncolumns = list_length(call->columns);
	judging.columns = palloc_array(ColumnSample, judging.ncolumns);
	judging.arguments = palloc0_array(NullableDatum, judging.ncolumns);
	foreach(cell, call->columns)
	{
		if (!sample_column(request, lfirst(cell), &judging.columns[foreach_current_index(cell)]))
			return false;
	}
	binding = row_bind(program, call->compiled->name, row_shape(call->desc), false, call->day);
	row_binding_tolerates(binding);
	judging.source = row_source_create(binding);
	judging.run = run_create(program);
	judging.scratch = AllocSetContextCreate(CurrentMemoryContext, "zjtx sample", ALLOCSET_DEFAULT_SIZES);
	while ((instr = bms_next_member(natives, instr)) >= 0)
	{
		int			column = column_of(call, analysis_condition(analysis, instr));

		if (column < 0 || !keep_satisfying(&judging, column, instr))
			return false;
	}
	judge_rows(&judging, sampled);
	return true;
}

bool
sampled_rows(SupportRequestSelectivity *request, const FactsCall *call, Analysis *analysis, const Bitmapset *natives,
			 Sampled *sampled)
{
	DateADT		day = 0;
	const Program *program;
	KeptSample *kept;
	uint64		key;
	MemoryContext scratch;
	MemoryContext old;
	bool		found;

	if (request->root == NULL || (!day_without_row(call->day, &day) && call->compiled->series) ||
		!sample_key(request->root, call, natives, day, &key))
		return false;
	program = program_of(call->compiled, day);
	if (program == NULL)
		return false;
	watch_statistics();
	kept = &kept_samples[key % MAX_KEPT];
	if (kept->key == key && kept->generation == generation)
	{
		*sampled = kept->sampled;
		return true;
	}
	scratch = AllocSetContextCreate(CurrentMemoryContext, "zjtx samples", ALLOCSET_DEFAULT_SIZES);
	old = MemoryContextSwitchTo(scratch);
	found = judge_samples(request, call, analysis, natives, program, sampled);
	MemoryContextSwitchTo(old);
	MemoryContextDelete(scratch);
	if (found)
	{
		kept->key = key;
		kept->generation = generation;
		kept->sampled = *sampled;
	}
	return found;
}
