/*
 * steady.c
 *		Finds whether values stay the same over a period of days.
 *
 * as_of is set to the range of the days, and exact arithmetic computes what each instruction
 * can be on any of them.  A value drifts unless it is proved that it is the same on each day:
 *
 * - It is decided.  A range contains every value that some day gives.
 * - No operand that was evaluated drifts.  The evaluator evaluates every operand that matters on
 *   some day.
 * - It rises or falls steadily with the day, and is the same on the first and the last day.
 *   This is for facts that are unknown: as_of >= founded_on is then undecided on all days,
 *   which is not visible from the range.
 *
 * A watch function receives each value when it is computed, after its operands.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "exact.h"
#include "kernel.h"
#include "steady.h"
#include "value.h"

/* How a value moves with the day.  Both ends of its range move in that direction. */
typedef enum Course
{
	COURSE_FALLS = -1,
	COURSE_STAYS,
	COURSE_RISES,
	COURSE_ANY
} Course;

#define MAX_ARGS_AT_ENDS 8		/* operands of an instruction whose course is
								 * followed */

/* What an instruction has below it that is unknown and does not depend on the day. */
#define UNKNOWN_NOTHING (-1)
#define UNKNOWN_SEVERAL (-2)	/* else: the number of the only instruction */

typedef struct Drift
{
	bool		drifts;
	bool		drifted;		/* for any element of a list */
	Course		course;
	int			unknown;
	Value		first;			/* on the first and the last day, unless
								 * COURSE_ANY */
	Value		last;
} Drift;

struct Steady
{
	FactSource	source;			/* must be first */
	FactSource *facts;			/* the row's */
	Run		   *run;
	const DayDependents *dependents;
	DateADT		first;
	DateADT		last;
	Drift	   *drifts;			/* by place in dependents; NULL before the
								 * first period */
};

DayDependents *
day_dependents(const Program *program)
{
	DayDependents *result = palloc(sizeof(DayDependents));
	bool	   *depends = palloc_array(bool, program->ninstrs);
	int			i;

	program_dependents(program, program->fact_instrs[0], depends);
	result->count = 0;
	result->numbers = palloc_array(int, program->ninstrs);
	result->places = palloc_array(int, program->ninstrs);
	for (i = 0; i < program->ninstrs; i++)
	{
		result->places[i] = depends[i] ? result->count : -1;
		if (depends[i])
			result->numbers[result->count++] = i;
	}
	pfree(depends);
	return result;
}

/* ---------------- the row on other days ---------------- */

static void
steady_load(FactSource *source, int fact, Value *value)
{
	Steady	   *steady = (Steady *) source;

	if (fact == 0)
		value_set_days(value, steady->first, steady->last, false);
	else
		steady->facts->load(steady->facts, fact, value);
}

static void
steady_lane(FactSource *source, int fact, Lane *lane)
{
	Steady	   *steady = (Steady *) source;

	if (fact == 0)
		lane_set_days(lane, steady->first, steady->last, false);
	else
		steady->facts->lane(steady->facts, fact, lane);
}

static void
steady_lane_year(FactSource *source, int fact, int year, Lane *lane)
{
	FactSource *facts = ((Steady *) source)->facts;

	facts->lane_year(facts, fact, year, lane);
}

static void
steady_element(FactSource *source, int fact, const Lane *list, int depth, int index)
{
	FactSource *facts = ((Steady *) source)->facts;

	facts->element(facts, fact, list, depth, index);
}

static void
steady_field(FactSource *source, const KernelField *field, Lane *lane)
{
	FactSource *facts = ((Steady *) source)->facts;

	facts->field(facts, field, lane);
}

Steady *
steady_create(Run *run, const DayDependents *dependents)
{
	Steady	   *steady = palloc0(sizeof(Steady));
	FactSource *facts = run->source;

	steady->source.load = steady_load;
	steady->source.lane = facts->lane ? steady_lane : NULL;
	steady->source.lane_year = facts->lane_year ? steady_lane_year : NULL;
	steady->source.element = facts->element ? steady_element : NULL;
	steady->source.field = facts->field ? steady_field : NULL;
	steady->facts = facts;
	steady->run = run;
	steady->dependents = dependents;
	run->source = &steady->source;
	return steady;
}

/* Sets the days, and forgets what was computed for others. */
static void
set_days(Steady *steady, DateADT first, DateADT last)
{
	steady->first = first;
	steady->last = last;
	run_forget(steady->run, steady->dependents->numbers, steady->dependents->count);
}

void
steady_judge(Steady *steady, DateADT day)
{
	set_days(steady, day, day);
}

/* ---------------- courses ---------------- */

static Course
reverse(Course course)
{
	return course == COURSE_ANY ? course : -course;
}

static Course
together(Course a, Course b)
{
	return a == COURSE_STAYS || a == b ? b : b == COURSE_STAYS ? a : COURSE_ANY;
}

static const Drift *
drift_of(const Steady *steady, int number)
{
	static const Drift none = {0};
	int			place = steady->dependents->places[number];

	return place < 0 ? &none : &steady->drifts[place];
}

static Course
course_of(const Steady *steady, int number)
{
	const Drift *drift = drift_of(steady, number);

	return drift->drifts ? drift->course : COURSE_STAYS;
}

/* The sign that a value certainly has, or 0. */
static int
sign_of(const Value *value)
{
	return is_none(value) ? 0 : low_of(value) && number_sign(low_of(value)) >= 0 ? 1
		: high_of(value) && number_sign(high_of(value)) <= 0 ? -1 : 0;
}

static Course
course_of_product(const Steady *steady, const Instr *instr)
{
	Course		a = course_of(steady, instr->a);
	Course		b = course_of(steady, instr->b);
	int			sign;

	if (instr->op == OP_DIVIDE ? b != COURSE_STAYS : a != COURSE_STAYS && b != COURSE_STAYS)
		return COURSE_ANY;
	sign = sign_of(run_value(steady->run, a == COURSE_STAYS ? instr->a : instr->b));
	a = together(a, b);
	return sign == 0 ? COURSE_ANY : sign < 0 ? reverse(a) : a;
}

/* Within a year, the month rises with the day. */
static Course
course_of_month(const Steady *steady, const Instr *instr)
{
	const Drift *drift = drift_of(steady, instr->a);

	if (drift->course == COURSE_ANY || !drift->first.known || !drift->last.known || drift->unknown != UNKNOWN_NOTHING ||
		date_year(drift->first.day) != date_year(drift->last.day))
		return COURSE_ANY;
	return drift->course;
}

static Course
course_of_comparison(const Steady *steady, const Instr *instr)
{
	Course		a = course_of(steady, instr->a);
	Course		b = course_of(steady, instr->b);

	if (steady->run->program->instrs[instr->a].type == TYPE_BOOLEAN)
		return COURSE_ANY;
	switch ((CompareOp) instr->flag)
	{
		case CMP_LT:
		case CMP_LE:
			return together(reverse(a), b);
		case CMP_GT:
		case CMP_GE:
			return together(a, reverse(b));
		default:
			return COURSE_ANY;
	}
}

/* Returns how the result of an instruction moves whose operands move. */
static Course
course_of_result(const Steady *steady, const Instr *instr)
{
	Course		course = COURSE_STAYS;

	switch ((Op) instr->op)
	{
		case OP_SHIFT:
		case OP_YEAR:
		case OP_FLOOR:
		case OP_CEIL:
		case OP_ROUND:
			return course_of(steady, instr->a);
		case OP_NEGATE:
			return reverse(course_of(steady, instr->a));
		case OP_ADD:
			return together(course_of(steady, instr->a), course_of(steady, instr->b));
		case OP_SUBTRACT:
		case OP_DAYS:
			return together(course_of(steady, instr->a), reverse(course_of(steady, instr->b)));
		case OP_MONTHS:
			return together(reverse(course_of(steady, instr->a)), course_of(steady, instr->b));
		case OP_MONTH:
			return course_of_month(steady, instr);
		case OP_MULTIPLY:
		case OP_DIVIDE:
			return course_of_product(steady, instr);
		case OP_COMPARE:
			return course_of_comparison(steady, instr);
		case OP_LEAST:
		case OP_GREATEST:
		case OP_LATEST:
		case OP_CLAMP:
			foreach_operand(operand, steady->run->program, instr)
				course = together(course, course_of(steady, operand));
			return course;
		default:
			return COURSE_ANY;
	}
}

/* ---------------- drift ---------------- */

/* What is unknown below an instruction; see Drift. */
static int
unknown_below(const Steady *steady, const Instr *instr)
{
	const Program *program = steady->run->program;
	int			unknown = UNKNOWN_NOTHING;

	foreach_operand(operand, program, instr)
	{
		const Drift *drift = drift_of(steady, operand);
		int			here = UNKNOWN_NOTHING;

		if (drift->drifts)
			here = drift->unknown;
		else if (!value_decided(run_value(steady->run, operand), program->instrs[operand].type))
			here = operand;
		if (here != UNKNOWN_NOTHING)
			unknown = unknown == UNKNOWN_NOTHING || unknown == here ? here : UNKNOWN_SEVERAL;
	}
	return unknown;
}

/* Computes an instruction with the operands that drift as they are at one end of the period. */
static void
compute_end(Steady *steady, const Instr *instr, bool last, Value *out)
{
	const Program *program = steady->run->program;
	Value		kept[MAX_ARGS_AT_ENDS];
	int			count = 0;

	/* save all before changing any: both operands may be the same one */
	foreach_operand(operand, program, instr)
		kept[count++] = steady->run->values[operand];
	foreach_operand(operand, program, instr)
	{
		const Drift *drift = drift_of(steady, operand);

		if (drift->drifts)
			steady->run->values[operand] = last ? drift->last : drift->first;
	}
	memset(out, 0, sizeof(*out));
	run_compute(steady->run, instr, out);
	count = 0;
	foreach_operand(operand, program, instr)
		steady->run->values[operand] = kept[count++];
}

/*
 * Equality of a day with an unknown one does not rise or fall.  If it is undecided on the first
 * and on the last day, then both are among the possible days, and so are those between them.
 */
static bool
is_open_equality(const Steady *steady, const Instr *instr, const Drift *drift)
{
	return instr->op == OP_COMPARE && (instr->flag == CMP_EQ || instr->flag == CMP_NE) &&
		steady->run->program->instrs[instr->a].type != TYPE_BOOLEAN &&
		(course_of(steady, instr->a) == COURSE_STAYS || course_of(steady, instr->b) == COURSE_STAYS) &&
		drift->first.truth == TRUTH_UNKNOWN && drift->last.truth == TRUTH_UNKNOWN;
}

/* Whether the values of the operands at the ends of the period are known. */
static bool
has_ends(const Steady *steady, const Instr *instr)
{
	int			count = 0;

	foreach_operand(operand, steady->run->program, instr)
	{
		if (course_of(steady, operand) == COURSE_ANY || ++count > MAX_ARGS_AT_ENDS)
			return false;
	}
	return true;
}

/* An instruction with a drifting operand: whether its value drifts too. */
static void
follow(Steady *steady, int number, Drift *drift)
{
	Run		   *run = steady->run;
	const Instr *instr = &run->program->instrs[number];
	bool		steadily;

	drift->drifts = true;
	drift->course = course_of_result(steady, instr);
	if ((drift->course == COURSE_ANY && instr->op != OP_COMPARE) || !has_ends(steady, instr))
	{
		/* it has no ends for others */
		drift->course = COURSE_ANY;
		return;
	}
	drift->unknown = unknown_below(steady, instr);
	compute_end(steady, instr, false, &drift->first);
	compute_end(steady, instr, true, &drift->last);
	steadily = drift->course != COURSE_ANY || is_open_equality(steady, instr, drift);

	/*
	 * With several unknown facts, the one that matters may depend on the day.
	 */
	if (steadily && drift->unknown != UNKNOWN_SEVERAL && value_same(&drift->first, &drift->last, instr->type))
	{
		drift->drifts = false;
		run->values[number] = drift->first;
	}
}

/* Whether an operand drifts: of a function over a list, for any element. */
static bool
any_operand_drifts(const Steady *steady, const Instr *instr)
{
	const Program *program = steady->run->program;
	bool		list = instr->op == OP_LIST || instr->op == OP_ONCE;

	foreach_operand(operand, program, instr)
	{
		const Drift *drift = drift_of(steady, operand);

		if (drift->drifts || (list && drift->drifted))
			return true;
	}
	return false;
}

/*
 * Whether what makes a divisor zero may depend on the day: missing.c then names the facts that it
 * reads, although it is known.  Of a fact by year it names the year.
 */
static bool
zero_drifts(const Steady *steady, int number)
{
	const Program *program = steady->run->program;
	const Instr *instr = &program->instrs[number];

	if (steady->dependents->places[number] < 0 || instr->op == OP_FACT)
		return false;
	if (drift_of(steady, number)->drifts)
		return true;
	if (instr->op == OP_YEARLY)
		return drift_of(steady, instr->b)->drifts;
	check_stack_depth();
	foreach_operand(operand, program, instr)
	{
		if (zero_drifts(steady, operand))
			return true;
	}
	return false;
}

static void
watch_value(Run *run, int number, const Value *value)
{
	Steady	   *steady = run->watcher;
	int			place = steady->dependents->places[number];
	const Instr *instr = &run->program->instrs[number];
	Drift	   *drift;

	if (place < 0)
		return;
	drift = &steady->drifts[place];
	drift->drifts = false;
	drift->course = COURSE_ANY;
	if (value_decided(value, instr->type))
		return;
	if (instr->op == OP_FACT && instr->a == 0)
	{
		drift->drifts = true;
		drift->course = COURSE_RISES;
		drift->unknown = UNKNOWN_NOTHING;
		value_set_date(&drift->first, steady->first);
		value_set_date(&drift->last, steady->last);
	}
	else if (any_operand_drifts(steady, instr))
		follow(steady, number, drift);
	else if (instr->op == OP_DIVIDE && is_zero(run_value(run, instr->b)))
		drift->drifts = zero_drifts(steady, instr->b);
	drift->drifted |= drift->drifts;
}

void
steady_watch(Steady *steady, DateADT first, DateADT last)
{
	int			i;

	set_days(steady, first, last);
	if (steady->drifts == NULL)
		steady->drifts = palloc0_array(Drift, steady->dependents->count);
	for (i = 0; i < steady->dependents->count; i++)
		steady->drifts[i].drifts = steady->drifts[i].drifted = false;
	steady->run->watch = watch_value;
	steady->run->watcher = steady;
}

const Value *
steady_value(Steady *steady, int number)
{
	const Value *value = run_value(steady->run, number);

	return drift_of(steady, number)->drifts ? NULL : value;
}

void
steady_unwatch(Steady *steady)
{
	steady->run->watch = NULL;
}
