/*
 * many_lines.c
 *		The lines of a document in many rows: lines_read() and append_line() of judge.c for batches.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/date.h"
#include "utils/datetime.h"

#include "compat.h"
#include "engine/kernel_fold.h"
#include "lines.h"
#include "many_lines.h"
#include "verdict.h"

/* So that the shares of a clause's stages can be added up. */
#define MOST_STAGES 256

/* What is known of the amounts of a line, besides LineRows. */
typedef struct LineAmounts
{
	uint64		open[BATCH_GROUPS]; /* not bounded */
	uint64		decided[BATCH_GROUPS];	/* one known sum */
	bool		of_stages;		/* of a clause: it pays what its stages pay, … */
	bool		capped;			/* … up to its cap */
} LineAmounts;

struct ManyLines
{
	const Program *program;
	LineEntry  *entries;
	LinesOfRows rows;
	LineAmounts *amounts;		/* by line */
	bool	   *read;			/* by line */
	bool		dated;			/* whether it matters if the day is known */
	BatchMoney *money;			/* the latest */
	Batch	   *batch;
	int			ngroups;
	uint64		left[BATCH_GROUPS]; /* rows that are wanted and not in doubt */
};

bool
many_lines_take(const Program *program)
{
	int			i;

	for (i = 0; i < program->nclauses; i++)
		if (program->clauses[i].nstages > MOST_STAGES ||
			(program->clauses[i].nstages > 0 && program->clauses[i].amount < 0))
			return false;
	return program->value < 0 && program->fact_instrs[0] >= 0;
}

static bool
has_amounts(const LineEntry *entry)
{
	return entry->group || (entry->clause && entry->clause->amount >= 0);
}

/* Whether a clause pays the sum of its stages, perhaps with a cap. */
static void
find_sum(const Program *program, const ClauseEntry *clause, LineAmounts *amounts)
{
	const Instr *amount;

	if (clause->nstages == 0)
		return;
	amount = &program->instrs[clause->amount];
	amounts->capped = amount->op == OP_CAP && amount->a == clause->uncapped && amount->b == clause->cap;
	amounts->of_stages = amounts->capped || clause->amount == clause->uncapped;
}

ManyLines *
many_lines_create(const Program *program, int nrows)
{
	static uint64 serial = 0;
	ManyLines  *lines = palloc0(sizeof(ManyLines));
	LinesOfRows *rows = &lines->rows;
	int			i;

	lines->program = program;
	rows->nlines = verdict_shape_of(program, &lines->entries, &rows->shape);
	rows->hash = verdict_shape_hash(&rows->shape);
	rows->lines = palloc0_array(LineRows, rows->nlines + 1);
	lines->amounts = palloc0_array(LineAmounts, rows->nlines + 1);
	lines->read = palloc0_array(bool, rows->nlines + 1);
	rows->serial = ++serial;
	lines->money = palloc0(sizeof(BatchMoney));
	lines->dated = program->uses_as_of;
	for (i = 0; i < rows->nlines; i++)
	{
		const LineEntry *entry = &lines->entries[i];

		lines->dated |= entry->clause ? entry->clause->clause->per_year : entry->group && entry->group->group->per_year;
		if (!has_amounts(entry))
			continue;
		rows->lines[i].low = palloc0_array(int64, nrows + GROUP_ROWS);
		rows->lines[i].high = palloc0_array(int64, nrows + GROUP_ROWS);
		if (entry->clause && entry->stage == NULL)
			find_sum(program, entry->clause, &lines->amounts[i]);
	}
	return lines;
}

/* Leaves rows to exact arithmetic. */
static void
leave_out(ManyLines *lines, const uint64 *doubt)
{
	int			g;

	for (g = 0; g < lines->ngroups; g++)
		lines->left[g] &= ~doubt[g];
}

/* What was judged on no day, or in a year that nobody counts, has periods that are rare. */
static void
leave_out_undated(ManyLines *lines)
{
	uint64		dated[BATCH_GROUPS];
	int			g;

	if (!lines->dated)
		return;
	batch_dated(lines->batch, lines->left, date2j(1, 1, 1) - POSTGRES_EPOCH_JDATE,
				date2j(9999, 12, 31) - POSTGRES_EPOCH_JDATE, dated);
	for (g = 0; g < lines->ngroups; g++)
		lines->left[g] = dated[g];
}

/* ---------------- conditions ---------------- */

static int
condition_of(const LineEntry *entry)
{
	if (entry->rung)
		return entry->rung->when;
	if (entry->group)
		return entry->group->satisfied;
	return entry->stage ? entry->stage->earned : entry->clause->satisfied;
}

static void
set_truths(ManyLines *lines, int number, const uint64 *yes, const uint64 *no)
{
	LineRows   *line = &lines->rows.lines[number];
	int			g;

	for (g = 0; g < lines->ngroups; g++)
	{
		line->yes[g] = yes[g] & lines->left[g];
		line->no[g] = no[g] & lines->left[g];
		line->undecided[g] = lines->left[g] & ~yes[g] & ~no[g];
		line->undetermined[g] = line->has_amount[g] = line->ranged[g] = line->unbounded[g] = line->paying[g] = 0;
	}
}

static void
test_line(ManyLines *lines, int number)
{
	BatchTruths truths;

	batch_truth(lines->batch, condition_of(&lines->entries[number]), lines->left, &truths);
	leave_out(lines, truths.doubt);
	set_truths(lines, number, truths.yes, truths.no);
}

/* A clause with stages is satisfied if one of them is. */
static void
test_stages(ManyLines *lines, int number)
{
	int			nstages = lines->entries[number].clause->nstages;
	uint64		yes[BATCH_GROUPS] = {0};
	uint64		no[BATCH_GROUPS];
	int			g;
	int			i;

	memset(no, 0xff, sizeof(no));
	for (i = number + 1; i <= number + nstages; i++)
	{
		test_line(lines, i);
		for (g = 0; g < lines->ngroups; g++)
		{
			yes[g] |= lines->rows.lines[i].yes[g];
			no[g] &= lines->rows.lines[i].no[g];
		}
	}
	set_truths(lines, number, yes, no);
}

/* ---------------- amounts ---------------- */

/* Reads what an instruction of money pays into a line. */
static void
read_money(ManyLines *lines, int number, int instr)
{
	LineRows   *line = &lines->rows.lines[number];
	LineAmounts *amounts = &lines->amounts[number];
	BatchMoney *money = lines->money;
	uint64		doubt[BATCH_GROUPS];
	uint64		any = 0;
	int			g;
	int			i;

	batch_pays(lines->batch, instr, lines->left, line->paying, doubt);
	leave_out(lines, doubt);
	for (g = 0; g < lines->ngroups; g++)
		any |= line->paying[g] &= lines->left[g];
	if (any)
	{
		batch_money(lines->batch, instr, line->paying, money);
		leave_out(lines, money->doubt);
	}
	for (g = 0; g < lines->ngroups; g++)
	{
		uint64		differ = 0;

		line->paying[g] &= lines->left[g];
		if (line->paying[g] != 0)
		{
			memcpy(line->low + g * GROUP_ROWS, money->low + g * GROUP_ROWS, GROUP_ROWS * sizeof(int64));
			memcpy(line->high + g * GROUP_ROWS, money->high + g * GROUP_ROWS, GROUP_ROWS * sizeof(int64));
			for (i = g * GROUP_ROWS; i < (g + 1) * GROUP_ROWS; i++)
				differ |= (uint64) (line->low[i] != line->high[i]) << (i % GROUP_ROWS);
		}
		amounts->open[g] = line->paying[g] ? line->paying[g] & money->open[g] : 0;
		amounts->decided[g] = lines->left[g] & ~(line->paying[g] & (differ | amounts->open[g]));
	}
}

/* What earlier stages leave of a cap, as rest_of() of lines.c. */
static inline int64
rest_of(int64 limit, int64 taken)
{
	return Max(limit - taken, 0);
}

/* A clause pays what its stages pay together. */
static void
add_stages(ManyLines *lines, int number)
{
	LineRows   *line = &lines->rows.lines[number];
	LineAmounts *amounts = &lines->amounts[number];
	int			nstages = lines->entries[number].clause->nstages;
	uint64		doubt[BATCH_GROUPS] = {0};
	int			g;
	int			j;

	for (g = 0; g < lines->ngroups; g++)
	{
		uint64		undecided = 0;
		uint64		rest;

		line->paying[g] = amounts->open[g] = 0;
		for (j = number + 1; j <= number + nstages; j++)
		{
			line->paying[g] |= lines->rows.lines[j].paying[g];
			amounts->open[g] |= lines->amounts[j].open[g];
		}
		for (rest = line->paying[g]; rest != 0; rest &= rest - 1)
		{
			int			row = g * GROUP_ROWS + pg_rightmost_one_pos64(rest);
			uint64		bit = rest & -rest;
			int64		low = 0;
			int64		high = 0;

			for (j = number + 1; j <= number + nstages; j++)
				if (lines->rows.lines[j].paying[g] & bit)
				{
					low += lines->rows.lines[j].low[row];
					high += lines->rows.lines[j].high[row];
				}
			line->low[row] = low;
			line->high[row] = high;
			undecided |= low != high ? bit : 0;
			doubt[g] |= low >= MAX_HUNDREDTHS || high >= MAX_HUNDREDTHS ? bit : 0;
		}
		amounts->decided[g] = lines->left[g] & ~undecided & ~amounts->open[g];
	}
	leave_out(lines, doubt);
}

/* What a clause pays under its cap, in one row, as lanes_cap_money() of the kernel. */
static void
cap_clause(ManyLines *lines, int number, int row, int64 low, int64 high, bool open)
{
	LineRows   *line = &lines->rows.lines[number];
	LineAmounts *amounts = &lines->amounts[number];
	int			g = row / GROUP_ROWS;
	uint64		bit = UINT64CONST(1) << (row % GROUP_ROWS);

	line->low[row] = Min(line->low[row], low);
	if (!open)
	{
		line->high[row] = amounts->open[g] & bit ? high : Min(line->high[row], high);
		amounts->open[g] &= ~bit;
	}
	if ((amounts->open[g] & bit) == 0 && line->low[row] == line->high[row])
		amounts->decided[g] |= bit;
	else
		amounts->decided[g] &= ~bit;
}

/* The shares of the stages of a clause in one row, under its cap: share_stages() of lines.c.  Returns false if in doubt. */
static bool
share_stages(ManyLines *lines, int clause, int row)
{
	const ClauseEntry *entry = lines->entries[clause].clause;
	int			g = row / GROUP_ROWS;
	uint64		bit = UINT64CONST(1) << (row % GROUP_ROWS);
	int64		least_cap = 0;
	int64		most_cap = 0;
	int64		least_taken = 0;
	int64		most_taken = 0;
	bool		taken_open = false;
	bool		cap_open = true;
	bool		none = true;
	int			i;

	if (!batch_limit(lines->batch, entry->cap, row, &least_cap, &most_cap, &cap_open, &none))
		return false;
	if (none)
		return true;
	if (lines->amounts[clause].capped)
		cap_clause(lines, clause, row, least_cap, most_cap, cap_open);
	for (i = 1; i <= entry->nstages; i++)
	{
		LineRows   *line = &lines->rows.lines[clause + i];
		LineAmounts *amounts = &lines->amounts[clause + i];
		bool		pays = (line->paying[g] & bit) != 0;
		bool		open = (amounts->open[g] & bit) != 0;
		int64		low = pays ? line->low[row] : 0;
		int64		high = pays ? line->high[row] : 0;

		if (pays)
		{
			line->low[row] = Min(low, taken_open ? 0 : rest_of(least_cap, most_taken));
			if (!cap_open)
			{
				int64		rest = rest_of(most_cap, least_taken);

				line->high[row] = open ? rest : Min(high, rest);
				amounts->open[g] &= ~bit;
			}
			if ((amounts->open[g] & bit) == 0 && line->low[row] == line->high[row])
				amounts->decided[g] |= bit;
			else
				amounts->decided[g] &= ~bit;
		}
		least_taken += low;
		taken_open |= open;
		most_taken += high;
	}
	return true;
}

/* What a clause pays, and its stages; each amount is that of one line, as in place_amounts() of lines.c. */
static void
read_clause(ManyLines *lines, int number)
{
	const ClauseEntry *clause = lines->entries[number].clause;
	LineRows   *line = &lines->rows.lines[number];
	LineAmounts *amounts = &lines->amounts[number];
	uint64		paying[BATCH_GROUPS] = {0};
	uint64		doubt[BATCH_GROUPS] = {0};
	uint64		all[BATCH_GROUPS];
	int			g;
	int			i;
	int			j;

	if (!amounts->of_stages)
		read_money(lines, number, clause->amount);
	for (j = 1; j <= clause->nstages; j++)
	{
		read_money(lines, number + j, clause->stages[j - 1].amount);
		for (g = 0; g < lines->ngroups; g++)
			paying[g] |= lines->rows.lines[number + j].paying[g];
	}
	if (amounts->of_stages)
		add_stages(lines, number);
	for (g = 0; clause->cap >= 0 && g < lines->ngroups; g++)
		for (i = 0; paying[g] != 0 && i < GROUP_ROWS; i++)
			if (((paying[g] & lines->left[g]) >> i) & 1 && !share_stages(lines, number, g * GROUP_ROWS + i))
				doubt[g] |= UINT64CONST(1) << i;
	leave_out(lines, doubt);
	for (g = 0; g < lines->ngroups; g++)
	{
		all[g] = lines->left[g];
		for (j = 1; j <= clause->nstages; j++)
			all[g] &= lines->amounts[number + j].decided[g];
		line->has_amount[g] = amounts->decided[g] & (clause->nstages == 0 ? lines->left[g] : ~all[g]);
		line->ranged[g] = lines->left[g];
		line->unbounded[g] = amounts->open[g];
		line->undecided[g] |= line->yes[g] & ~amounts->decided[g];
	}
	for (j = 1; j <= clause->nstages; j++)
	{
		LineRows   *stage = &lines->rows.lines[number + j];
		LineAmounts *share = &lines->amounts[number + j];

		for (g = 0; g < lines->ngroups; g++)
		{
			stage->has_amount[g] = share->decided[g] & ~line->has_amount[g];
			stage->ranged[g] = lines->left[g] & ~stage->has_amount[g];
			stage->unbounded[g] = share->open[g] & stage->ranged[g];
			stage->undecided[g] |= stage->yes[g] & ~share->decided[g];
		}
	}
}

/* A clause for which the document names no sum: where it is refused, it pays 0. */
static void
read_undetermined(ManyLines *lines, int number)
{
	LineRows   *line = &lines->rows.lines[number];
	int			g;

	for (g = 0; g < lines->ngroups; g++)
	{
		line->undetermined[g] = line->yes[g];
		line->has_amount[g] = line->ranged[g] = line->no[g];
	}
}

/* Adds the rows in which a member of a group is satisfied for which the document names no sum. */
static void
find_undetermined(ManyLines *lines, const GroupEntry *group, uint64 *found)
{
	BatchTruths truths;
	int			i;
	int			g;

	check_stack_depth();
	for (i = 0; i < group->nmembers; i++)
	{
		const MemberEntry *member = &group->members[i];
		const ClauseEntry *clause;

		if (member->is_group)
		{
			find_undetermined(lines, &lines->program->groups[member->number], found);
			continue;
		}
		clause = &lines->program->clauses[member->number];
		if (!clause->clause->undetermined)
			continue;
		batch_truth(lines->batch, clause->satisfied, lines->left, &truths);
		leave_out(lines, truths.doubt);
		for (g = 0; g < lines->ngroups; g++)
			found[g] |= truths.yes[g];
	}
}

static void
read_group(ManyLines *lines, int number)
{
	const GroupEntry *group = lines->entries[number].group;
	LineRows   *line = &lines->rows.lines[number];
	LineAmounts *amounts = &lines->amounts[number];
	uint64		without_sum[BATCH_GROUPS] = {0};
	int			g;

	read_money(lines, number, group->amount);
	find_undetermined(lines, group, without_sum);
	for (g = 0; g < lines->ngroups; g++)
	{
		uint64		open = line->yes[g] & ~amounts->decided[g];

		line->has_amount[g] = amounts->decided[g] & lines->left[g];
		line->ranged[g] = lines->left[g];
		line->unbounded[g] = amounts->open[g];
		line->undetermined[g] = open & without_sum[g];
		line->undecided[g] |= open & ~without_sum[g];
	}
}

/* ---------------- reading ---------------- */

const LinesOfRows *
many_lines_begin(ManyLines *lines, Batch *batch, int ngroups, const uint64 *wanted)
{
	lines->batch = batch;
	lines->ngroups = lines->rows.ngroups = ngroups;
	memcpy(lines->left, wanted, ngroups * sizeof(uint64));
	memset(lines->read, 0, lines->rows.nlines * sizeof(bool));
	leave_out_undated(lines);
	return &lines->rows;
}

/* A clause is read with its stages. */
static void
read_with_stages(ManyLines *lines, int number)
{
	const ClauseEntry *clause = lines->entries[number].clause;

	if (clause->nstages > 0)
		test_stages(lines, number);
	else
		test_line(lines, number);
	if (clause->amount >= 0)
		read_clause(lines, number);
	else if (clause->clause->undetermined)
		read_undetermined(lines, number);
	memset(lines->read + number, true, 1 + clause->nstages);
}

void
many_lines_read(ManyLines *lines, int number)
{
	const LineEntry *entry = &lines->entries[number];

	if (lines->read[number])
		return;
	CHECK_FOR_INTERRUPTS();
	if (entry->clause)
	{
		while (lines->entries[number].stage)
			number--;
		read_with_stages(lines, number);
		return;
	}
	test_line(lines, number);
	if (entry->group)
		read_group(lines, number);
	lines->read[number] = true;
}

const uint64 *
many_lines_left(const ManyLines *lines)
{
	return lines->left;
}
