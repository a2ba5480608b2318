/*
 * undo.c
 *		Converts a comparison of an expression into a requirement on a fact deep inside it.
 *
 * We follow the path down to the fact and apply the inverse of each operation to the
 * bound, with the values of all other operands unchanged: rd / revenue >= 3% becomes rd >=
 * 3% * revenue.  The result is the nearest value that the fact can have.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "engine/table.h"
#include "gap.h"

#define MAX_UNDONE 10000		/* limit for nested operations with the fact
								 * on both sides */

/* ---------------- undoing operations ---------------- */

/*
 * There is one function for each inversion named in ops.h.  It converts a requirement on an
 * instruction into one on the fact marked in gap->depends.
 */

static bool
known_number(Gap *gap, int instr, Number *number)
{
	const Value *value = run_value(gap->run, instr);

	if (!value->known || value->none)
		return false;
	*number = value->low;
	return true;
}

/* Inverts arithmetic for one operand, while the other keeps its value. */
static bool
undo_operand(Gap *gap, const Instr *instr, bool left, GapTarget asked, GapTarget *result)
{
	Number		bound = asked.number;
	Number		other;
	bool		done = false;

	if (!known_number(gap, left ? instr->b : instr->a, &other))
		return false;
	switch (instr->op)
	{
		case OP_ADD:
			done = number_subtract(&asked.number, &bound, &other);
			break;
		case OP_SUBTRACT:
			if (left)
				done = number_add(&asked.number, &bound, &other);
			else
			{
				done = number_subtract(&asked.number, &other, &bound);
				asked.op = compare_mirrored(asked.op);
			}
			break;
		case OP_MULTIPLY:
			done = number_sign(&other) != 0 && number_divide(&asked.number, &bound, &other);
			if (number_sign(&other) < 0)
				asked.op = compare_mirrored(asked.op);
			break;
		case OP_DIVIDE:
			if (left)
			{
				done = number_sign(&other) != 0 && number_multiply(&asked.number, &bound, &other);
				if (number_sign(&other) < 0)
					asked.op = compare_mirrored(asked.op);
			}
			else
			{
				/* only for a positive divisor */
				done = number_sign(&bound) != 0 && number_sign(&bound) == number_sign(&other) &&
					number_divide(&asked.number, &other, &bound);
				if (number_sign(&bound) > 0)
					asked.op = compare_mirrored(asked.op);
			}
			break;
		default:
			break;
	}
	return done && gap_undo(gap, left ? instr->a : instr->b, asked, result);
}

/* Requires a whole number of days. */
static bool
whole_days(const GapTarget *asked, int *days)
{
	bool		up = asked->op == CMP_GE || asked->op == CMP_LT;
	Number		whole = up ? number_ceil(&asked->number) : number_floor(&asked->number);
	Number		limit = number_of(10000 * 366);
	Number		below = number_negate(&limit);

	if (number_compare(&whole, &limit) > 0 || number_compare(&whole, &below) < 0 || whole.den == 0)
		return false;
	*days = (int) (whole.num / whole.den);
	return true;
}

static bool
undo_days_of(Gap *gap, const Instr *instr, bool left, GapTarget asked, GapTarget *result)
{
	const Value *other = run_value(gap->run, left ? instr->b : instr->a);
	int			days;

	if (!other->known || other->none || !whole_days(&asked, &days))
		return false;
	asked.day = left ? other->day + days : other->day - days;
	if (!left)
		asked.op = compare_mirrored(asked.op);
	return gap_undo(gap, left ? instr->a : instr->b, asked, result);
}

/* Uses 1 January as the first day of a year. */
static bool
undo_year(Gap *gap, const Instr *instr, GapTarget asked, GapTarget *result)
{
	int			year;

	if (!whole_days(&asked, &year))
		return false;
	if (asked.op == CMP_GT || asked.op == CMP_LE)
		year++;
	if (asked.op == CMP_GT || asked.op == CMP_EQ)
		asked.op = CMP_GE;
	else if (asked.op == CMP_LE)
		asked.op = CMP_LT;
	return date_of(year, 1, 1, &asked.day) && gap_undo(gap, instr->a, asked, result);
}

static bool
undo_floor(Gap *gap, const Instr *instr, GapTarget asked, GapTarget *result)
{
	Number		one = number_of(1);
	Number		floor = number_floor(&asked.number);

	switch (asked.op)
	{
		case CMP_GE:
		case CMP_LT:
			asked.number = number_ceil(&asked.number);
			break;
		case CMP_GT:
		case CMP_LE:
			if (!number_add(&asked.number, &floor, &one))
				return false;
			asked.op = asked.op == CMP_GT ? CMP_GE : CMP_LT;
			break;
		case CMP_EQ:
			asked.op = CMP_GE;
			break;
		case CMP_NE:
			return false;
	}
	return gap_undo(gap, instr->a, asked, result);
}

static bool
undo_ceil(Gap *gap, const Instr *instr, GapTarget asked, GapTarget *result)
{
	Number		one = number_of(1);
	Number		above = number_ceil(&asked.number);

	switch (asked.op)
	{
		case CMP_GT:
		case CMP_LE:
			asked.number = number_floor(&asked.number);
			break;
		case CMP_GE:
		case CMP_LT:
			if (!number_subtract(&asked.number, &above, &one))
				return false;
			asked.op = asked.op == CMP_GE ? CMP_GT : CMP_LE;
			break;
		case CMP_EQ:
			asked.op = CMP_LE;
			break;
		case CMP_NE:
			return false;
	}
	return gap_undo(gap, instr->a, asked, result);
}

/*
 * Finds the tier in which the sum comes to a bound, and how far into it.  For x >= and x <
 * the first number that reaches it, otherwise the last one that does not exceed it.
 */
static bool
undo_tiers(Gap *gap, const Instr *instr, GapTarget asked, GapTarget *result)
{
	const Program *program = gap->program;
	bool		first = asked.op == CMP_GE || asked.op == CMP_LT || asked.op == CMP_EQ;
	Number		from = number_zero;
	Number		sum = number_zero;
	int			i;

	for (i = 0; i < instr->nargs; i += 2)
	{
		const Number *rate = &program->numbers[program->instrs[program->args[instr->args + i]].a];
		const Number *to = i + 1 < instr->nargs ? &program->numbers[program->instrs[program->args[instr->args + i + 1]].a] : NULL;
		Number		open;
		Number		part;
		Number		share;
		Number		until;
		int			order;

		if (to)
		{
			if (!number_subtract(&part, to, &from) || !number_multiply(&share, &part, rate) ||
				!number_add(&until, &sum, &share))
				return false;
			order = number_compare(&until, &asked.number);
		}
		else
			order = number_sign(rate);
		if (order > 0 || (first && order == 0 && to))
		{
			if (number_sign(rate) == 0 || !number_subtract(&open, &asked.number, &sum) ||
				!number_divide(&part, &open, rate) || !number_add(&asked.number, &from, &part))
				return false;
			return gap_undo(gap, instr->a, asked, result);
		}
		if (to == NULL)
			break;
		from = *to;
		sum = until;
	}
	return false;
}

/* Finds the least number that rounds to the bound or more, or the least number that is too much. */
static bool
undo_round(Gap *gap, const Instr *instr, GapTarget asked, GapTarget *result)
{
	Number		one = number_of(1);
	Number		two = number_of(2);
	Number		ten = number_of(10);
	bool		up = asked.op == CMP_GE || asked.op == CMP_GT;
	Number		scale;
	Number		whole;
	Number		last;
	Number		twice;
	Number		edge;
	bool		positive;

	if (asked.op == CMP_EQ || asked.op == CMP_NE)
		return gap_undo(gap, instr->a, asked, result);
	if (!number_power(&scale, &ten, instr->b) || !number_multiply(&whole, &asked.number, &scale))
		return false;
	/* the first integer that is enough, or that is too much */
	if (asked.op == CMP_GE || asked.op == CMP_LT)
		last = number_ceil(&whole);
	else
	{
		edge = number_floor(&whole);
		if (!number_add(&last, &edge, &one))
			return false;
	}
	/* the number half a unit below is rounded to it if that is away from zero */
	positive = number_sign(&last) > 0;
	if (!number_multiply(&twice, &last, &two) || !number_subtract(&edge, &twice, &one) ||
		!number_multiply(&twice, &scale, &two) || !number_divide(&asked.number, &edge, &twice))
		return false;
	if (up)
		asked.op = positive ? CMP_GE : CMP_GT;
	else
		asked.op = positive ? CMP_LT : CMP_LE;
	return gap_undo(gap, instr->a, asked, result);
}

/*
 * Finds a root of the bound: exactly, or with 10 decimals on the side that suffices.  A
 * negative number has no root of an even power; for a positive number we use the positive
 * root.
 */
static bool
undo_power(Gap *gap, const Instr *instr, GapTarget asked, GapTarget *result)
{
	bool		negative = number_sign(&asked.number) < 0;
	bool		up = asked.op == CMP_GE || asked.op == CMP_LT;
	Number		size = negative ? number_negate(&asked.number) : asked.number;
	Number		nearest;
	Number		power;
	int			order;

	if (instr->b == 0 || (negative && instr->b % 2 == 0))
		return false;
	nearest = number_root(&size, instr->b, 10);
	if (!number_power(&power, &nearest, instr->b))
		return false;
	if (negative)
	{
		nearest = number_negate(&nearest);
		power = number_negate(&power);
	}
	order = number_compare(&power, &asked.number);
	if (up ? order < 0 : order > 0)
	{
		Number		step = number_of(up ? 1 : -1);
		Number		scale = number_of(INT64CONST(10000000000));
		Number		by;
		Number		moved;

		if (!number_divide(&by, &step, &scale) || !number_add(&moved, &nearest, &by))
			return false;
		nearest = moved;
	}
	asked.number = nearest;
	return gap_undo(gap, instr->a, asked, result);
}

static bool
undo_arithmetic(Gap *gap, const Instr *instr, GapTarget asked, GapTarget *result)
{
	return (gap->depends[instr->a] && undo_operand(gap, instr, true, asked, result)) ||
		(gap->depends[instr->b] && undo_operand(gap, instr, false, asked, result));
}

static bool
undo_days(Gap *gap, const Instr *instr, GapTarget asked, GapTarget *result)
{
	return (gap->depends[instr->a] && undo_days_of(gap, instr, true, asked, result)) ||
		(gap->depends[instr->b] && undo_days_of(gap, instr, false, asked, result));
}

static bool
undo_negate(Gap *gap, const Instr *instr, GapTarget asked, GapTarget *result)
{
	asked.number = number_negate(&asked.number);
	asked.op = compare_mirrored(asked.op);
	return gap_undo(gap, instr->a, asked, result);
}

static bool
undo_shift(Gap *gap, const Instr *instr, GapTarget asked, GapTarget *result)
{
	Value		day;
	Value		shifted;

	value_set_date(&day, asked.day);
	value_shift(&shifted, &day, &builtin_units[instr->flag], -instr->b);
	if (!shifted.known || shifted.none)
		return false;
	asked.day = shifted.day;
	return gap_undo(gap, instr->a, asked, result);
}

/* Passes the same requirement to the first operand that depends on the fact. */
static bool
undo_same(Gap *gap, const Instr *instr, GapTarget asked, GapTarget *result)
{
	foreach_operand(operand, gap->program, instr)
		if (gap->depends[operand])
		return gap_undo(gap, operand, asked, result);
	return false;
}

static bool
undo_fact(Gap *gap pg_attribute_unused(), const Instr *instr pg_attribute_unused(), GapTarget asked, GapTarget *result)
{
	*result = asked;
	return true;
}

/* Another year would have another value. */
static bool
undo_yearly(Gap *gap, const Instr *instr, GapTarget asked, GapTarget *result)
{
	*result = asked;
	return !gap->depends[instr->b];
}

/* No formula is known; search.c tries values. */
static bool
undo_search(Gap *gap, const Instr *instr pg_attribute_unused(),
			GapTarget asked pg_attribute_unused(), GapTarget *result pg_attribute_unused())
{
	gap->search = true;
	return false;
}

/* Whether the cell of a row meets a requirement. */
static bool
cell_meets(const LookupTable *table, int row, int column, const GapTarget *asked)
{
	const Value *cell = &table->columns[column].cells[row];
	Value		bound = {0};

	if (table->columns[column].type == TYPE_DATE)
		value_set_date(&bound, asked->day);
	else
		value_set_number(&bound, &asked->number);
	return value_compare(cell, &bound, table->columns[column].type, asked->op) == TRUTH_TRUE;
}

/*
 * Requires a key that finds a row: the key of the row for a table by year; otherwise at least the key of the row if
 * the row is above the current one, or less than the key of the next row if it is below.
 */
static bool
undo_to_row(Gap *gap, const Instr *instr, int row, bool above, GapTarget asked, GapTarget *result)
{
	const LookupTable *table = gap->program->tables[instr->b];

	asked.op = table->by == TABLE_BY_YEAR ? CMP_EQ : above ? CMP_GE : CMP_LT;
	if (asked.op == CMP_LT)
		row++;
	if (table->by == TABLE_BY_DATE)
		asked.day = table->days[row];
	else
		asked.number = table->numbers[row];
	return gap_undo(gap, instr->a, asked, result);
}

/* Whether a key is nearer to the rows below a row than to another row above it. */
static bool
is_nearer_below(const LookupTable *table, const Value *key, int below, int above)
{
	Number		down;
	Number		up;

	return table->by == TABLE_BY_NUMBER && key->known && !key->none &&
		number_subtract(&down, &key->low, &table->numbers[below + 1]) &&
		number_subtract(&up, &table->numbers[above], &key->low) && number_compare(&down, &up) < 0;
}

/*
 * Finds a row whose cell meets the requirement: that of the nearest number or of a later day; in the other direction
 * if gap->other_way.
 */
static bool
undo_table(Gap *gap, const Instr *instr, GapTarget asked, GapTarget *result)
{
	const LookupTable *table = gap->program->tables[instr->b];
	const Value *key = run_value(gap->run, instr->a);
	ValueType	type = table->columns[instr->c].type;
	int			present = -1;
	int			above;
	int			below;
	bool		down;

	if (!gap->depends[instr->a] || (type != TYPE_NUMBER && type != TYPE_DATE))
		return false;
	if (table->by == TABLE_BY_TEXT)
		return undo_search(gap, instr, asked, result);
	if (key->known && !key->none)
		present = table->by == TABLE_BY_DATE ? table_row_of_day(table, key->day) : table_row_of_number(table, &key->low);
	for (above = present + 1; above < table->nrows; above++)
		if (cell_meets(table, above, instr->c, &asked))
			break;
	for (below = present - 1; below >= 0; below--)
		if (cell_meets(table, below, instr->c, &asked))
			break;
	if (below < 0 && above == table->nrows)
		return false;
	down = above == table->nrows;
	if (below >= 0 && above < table->nrows)
	{
		gap->two_ways = true;
		down = is_nearer_below(table, key, below, above) != gap->other_way;
	}
	return undo_to_row(gap, instr, down ? below : above, !down, asked, result);
}

static bool
undo_nothing(Gap *gap pg_attribute_unused(), const Instr *instr pg_attribute_unused(),
			 GapTarget asked pg_attribute_unused(), GapTarget *result pg_attribute_unused())
{
	return false;
}

/*
 * Converts a requirement on an instruction into one on the marked fact.  If the fact is on
 * both sides of an operation, tries one side at a time.
 */
bool
gap_undo(Gap *gap, int number, GapTarget asked, GapTarget *result)
{
	static bool (*const undo[]) (Gap *gap, const Instr *instr, GapTarget asked, GapTarget *result) = {
#define OP(NAME, name, a, b, c, args, flag, result, digits, reads, missing, undo, ...) \
		[OP_##NAME] = undo_##undo,
#include "engine/ops.h"
	};
	const Instr *instr = &gap->program->instrs[number];

	check_stack_depth();
	if (++gap->undone > MAX_UNDONE)
		return false;
	return undo[instr->op] (gap, instr, asked, result);
}

/* ---------------- a value that a fact can have ---------------- */

Number
gap_decimal_scale(const Fact *fact)
{
	int			decimals = fact->unit == UNIT_FREE ? 2 : fact->unit->decimals;

	return number_of(decimals == 4 ? 10000 : decimals == 2 ? 100 : 1);
}

/* Finds the nearest number with the fact's decimals that meets the requirement. */
bool
gap_nearest_number(const Fact *fact, const GapTarget *asked, Value *value)
{
	Number		scale = gap_decimal_scale(fact);
	Number		one = number_of(1);
	Number		scaled;
	Number		floor;
	Number		above;
	Number		whole;
	bool		done = number_multiply(&scaled, &asked->number, &scale);

	if (!done)
		return false;
	switch (asked->op)
	{
		case CMP_GE:
			whole = number_ceil(&scaled);
			break;
		case CMP_GT:
		case CMP_NE:
			floor = number_floor(&scaled);
			done = number_add(&whole, &floor, &one);
			break;
		case CMP_LE:
			whole = number_floor(&scaled);
			break;
		case CMP_LT:
			above = number_ceil(&scaled);
			done = number_subtract(&whole, &above, &one);
			break;
		case CMP_EQ:
			/* a quotient may have no finite decimal form */
			whole = number_round(&asked->number, 20);
			value_set_number(value, &whole);
			return true;
	}
	if (!done || !number_divide(&scaled, &whole, &scale))
		return false;
	value_set_number(value, &scaled);
	return true;
}

void
gap_nearest_day(const GapTarget *asked, Value *value)
{
	int			after = asked->op == CMP_GT || asked->op == CMP_NE;
	int			before = asked->op == CMP_LT;

	value_set_date(value, asked->day + after - before);
}

bool
gap_clamp_to_range(const Fact *fact, Value *value)
{
	Value		range;
	Value		before = *value;

	value_set_unknown(&range, fact);
	if (fact->type == TYPE_NUMBER)
	{
		if (low_of(&range) && number_compare(&value->low, low_of(&range)) < 0)
			value->low = range.low;
		if (high_of(&range) && number_compare(&value->low, high_of(&range)) > 0)
			value->low = range.high;
		return number_compare(&value->low, &before.low) != 0;
	}
	if (fact->type == TYPE_DATE)
	{
		value->day = Min(Max(value->day, range.day), range.last_day);
		value->last_day = value->day;
		return value->day != before.day;
	}
	return false;
}
