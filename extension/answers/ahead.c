/*
 * ahead.c
 *		Judges a row on days after its own, and finds the days on which the answer changes.
 *
 * The search uses periods: steady.c proves that all lines are the same on each day of one.  The longest such period
 * is found by doubling and bisection, and the day after it is judged by itself.  If the lines are the same on that
 * day too, the search continues from it.
 *
 * So the day found is never after the true change.  It is the true change unless the proof
 * fails for single days so often that the number of tries is exceeded.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/datetime.h"
#include "utils/memutils.h"

#include "ahead.h"
#include "engine/exact.h"
#include "engine/steady.h"

/* One version of the policy. */
typedef struct AheadVersion
{
	DocumentLines lines;
	DayDependents *dependents;
	int			nroots;
	int		   *roots;			/* the instructions from which the lines are
								 * read, if they depend on the day */
} AheadVersion;

struct AheadPolicy
{
	const Compiled *compiled;
	AheadVersion *versions;
};

/* ---------------- what is kept ---------------- */

static void
add_root(AheadVersion *version, int number)
{
	if (number >= 0 && version->dependents->places[number] >= 0)
		version->roots[version->nroots++] = number;
}

static void
add_clause(AheadVersion *version, const ClauseEntry *clause)
{
	int			i;

	add_root(version, clause->satisfied);
	if (clause->amount >= 0)
	{
		add_root(version, clause->amount);
		add_root(version, clause->uncapped);
		add_root(version, clause->cap);
	}
	for (i = 0; i < clause->nstages; i++)
	{
		add_root(version, clause->stages[i].earned);
		add_root(version, clause->stages[i].amount);
	}
	for (i = 0; i < clause->nshould; i++)
		add_root(version, clause->should[i]);
}

static void
add_roots(AheadVersion *version, const Program *program)
{
	int			i,
				j;

	for (i = 0; i < program->nclauses; i++)
		if (program->clauses[i].in_whole)
			add_clause(version, &program->clauses[i]);
	for (i = 0; i < program->ngroups; i++)
	{
		const GroupEntry *group = &program->groups[i];

		add_root(version, group->satisfied);
		add_root(version, group->amount);
		add_root(version, group->uncapped);
		/* whether it is undetermined */
		for (j = 0; j < group->nmembers; j++)
			if (!group->members[j].is_group)
				add_root(version, program->clauses[group->members[j].number].satisfied);
	}
	for (i = 0; i < program->nrungs; i++)
	{
		add_root(version, program->rungs[i].when);
		for (j = 0; j < program->rungs[i].nshould; j++)
			add_root(version, program->rungs[i].should[j]);
	}
	add_root(version, program->value);
}

static int
count_roots(const Program *program)
{
	int			count = 1;
	int			i;

	for (i = 0; i < program->ngroups; i++)
		count += 3 + program->groups[i].nmembers;
	for (i = 0; i < program->nclauses; i++)
		count += 4 + 2 * program->clauses[i].nstages + program->clauses[i].nshould;
	for (i = 0; i < program->nrungs; i++)
		count += 1 + program->rungs[i].nshould;
	return count;
}

AheadPolicy *
ahead_policy(const Compiled *compiled)
{
	AheadPolicy *policy = palloc0(sizeof(AheadPolicy));
	int			i;

	policy->compiled = compiled;
	policy->versions = palloc0_array(AheadVersion, compiled->nprograms);
	for (i = 0; i < compiled->nprograms; i++)
	{
		AheadVersion *version = &policy->versions[i];
		const Program *program = compiled->programs[i];

		dated_document_lines(program, &version->lines);
		version->dependents = day_dependents(program);
		version->roots = palloc_array(int, count_roots(program));
		add_roots(version, program);
	}
	return policy;
}

AheadPolicy *
ahead_policy_of(const Question *question)
{
	void	  **place = ask_place(question);

	if (*place == NULL)
	{
		MemoryContext old = MemoryContextSwitchTo(ask_context(question));

		*place = ahead_policy(question->compiled);
		MemoryContextSwitchTo(old);
	}
	return *place;
}

/* ---------------- one day ---------------- */

/* Returns the version in force on the day judged, or -1. */
static int
version_of(const Ahead *ahead)
{
	int			i = 0;

	if (ahead->question->nruns == 0)
		return -1;
	while (ahead->policy->compiled->programs[i] != ahead->question->runs[0]->program)
		i++;
	return i;
}

static Steady *
steady_of(Ahead *ahead, int version)
{
	if (ahead->steady[version] == NULL)
		ahead->steady[version] = steady_create(ahead->question->runs[0], ahead->policy->versions[version].dependents);
	return ahead->steady[version];
}

void
ahead_judge(Ahead *ahead, DateADT day)
{
	int			version;

	ask_version(ahead->question, day);
	version = version_of(ahead);
	if (version >= 0)
		steady_judge(steady_of(ahead, version), day);
}

static const Dated *
take(Ahead *ahead, DateADT day)
{
	static const DocumentLines none = {0, NULL, NULL};
	int			version;

	ahead_judge(ahead, day);
	version = version_of(ahead);
	return dated_take(ahead->question, version < 0 ? &none : &ahead->policy->versions[version].lines);
}

Ahead *
ahead_start_on(const Question *question, AheadPolicy *policy, DateADT day)
{
	Ahead	   *ahead = palloc0(sizeof(Ahead));

	ahead->question = question;
	ahead->policy = policy;
	ahead->day = day;
	ahead->steady = palloc0_array(Steady *, policy->compiled->nprograms);
	return ahead;
}

Ahead *
ahead_start(const Question *question, AheadPolicy *policy)
{
	FactSource *source = ask_source(question);
	Value		day;

	memset(&day, 0, sizeof(day));
	source->load(source, 0, &day);
	return day.known && !day.none ? ahead_start_on(question, policy, day.day) : NULL;
}

/* ---------------- periods ---------------- */

/*
 * Whether the day of an unearned stage or element is in the future on all days of a
 * period, or on none: then the line is `to come` on all of them or on none.
 */
static bool
stays_ahead(Steady *steady, int on, DateADT first, DateADT last)
{
	const Value *day = steady_value(steady, on);

	return day != NULL && (!day->known || day->none || day->day <= first || day->day > last);
}

static bool
stage_is_steady(Run *run, Steady *steady, const StageEntry *stage, DateADT first, DateADT last)
{
	const Instr *any = &run->program->instrs[stage->earned];
	const Value *earned = steady_value(steady, stage->earned);
	const Value *list;
	int			i;

	if (earned == NULL || earned->truth != TRUTH_FALSE)
		return earned != NULL;
	if (stage->stage->list == NULL)
		return stays_ahead(steady, stage->on, first, last);
	if (any->op != OP_LIST)
		return true;
	list = run_value(run, any->a);
	for (i = 0; list->known && i < list->list->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		run_enter_element(run, any->depth, list->list->fields + i * list->list->nfields);
		if (!stays_ahead(steady, stage->on, first, last))
			return false;
	}
	return true;
}

static bool
stages_are_steady(Run *run, Steady *steady, DateADT first, DateADT last)
{
	const Program *program = run->program;
	int			i,
				j;

	for (i = 0; i < program->nclauses; i++)
		for (j = 0; program->clauses[i].in_whole && j < program->clauses[i].nstages; j++)
			if (!stage_is_steady(run, steady, &program->clauses[i].stages[j], first, last))
				return false;
	return true;
}

/*
 * Whether it is proved that the lines are the same on each day of a period, in which no version
 * begins or ends.
 */
static bool
is_steady(Ahead *ahead, DateADT first, DateADT last)
{
	int			number = version_of(ahead);
	const AheadVersion *version;
	Steady	   *steady;
	volatile bool result = true;
	int			i;

	CHECK_FOR_INTERRUPTS();
	if (number < 0)
		return true;
	version = &ahead->policy->versions[number];
	steady = steady_of(ahead, number);
	steady_watch(steady, first, last);
	PG_TRY();
	{
		for (i = 0; i < version->nroots && result; i++)
			result = steady_value(steady, version->roots[i]) != NULL;
		result = result && stages_are_steady(ahead->question->runs[0], steady, first, last);
	}
	PG_FINALLY();
	{
		steady_unwatch(steady);
	}
	PG_END_TRY();
	return result;
}

/* The first day after a day on which a version begins or ends, or a year that is the period of a line. */
static DateADT
next_boundary(const Ahead *ahead, DateADT day)
{
	const Compiled *compiled = ahead->policy->compiled;
	DateADT		boundary = DATEVAL_NOEND;
	int			i;

	for (i = 0; i < compiled->nprograms; i++)
	{
		const Document *doc = compiled->programs[i]->doc;

		if (doc->has_from && doc->from > day)
			boundary = Min(boundary, doc->from);
		if (doc->has_until && doc->until > day)
			boundary = Min(boundary, doc->until);
	}
	for (i = 0; i < ahead->now->nlines; i++)
		if (ahead->now->lines[i].line.period != 0 && ahead->now->lines[i].line.truth != TRUTH_FALSE)
			boundary = Min(boundary, date2j(date_year(day) + 1, 1, 1) - POSTGRES_EPOCH_JDATE);
	return boundary;
}

/* Returns a day until which the lines are proved to be the same as on the first one. */
static DateADT
steady_until(Ahead *ahead, DateADT first, DateADT last)
{
	DateADT		good = first;
	DateADT		bad = last;		/* not proved */
	DateADT		step;

	if (first == last || is_steady(ahead, first, last))
		return last;
	for (step = 1; step < bad - good; step *= 2)
	{
		if (!is_steady(ahead, good, good + step))
		{
			bad = good + step;
			break;
		}
		good += step;
	}
	while (bad - good > 1)
	{
		DateADT		middle = good + (bad - good) / 2;

		if (is_steady(ahead, good, middle))
			good = middle;
		else
			bad = middle;
	}
	return good;
}

bool
ahead_next(Ahead *ahead, DateADT last, int tries)
{
	DateADT		day = ahead->day;
	int			i;

	if (day >= last)
		return false;
	if (ahead->now == NULL)
		ahead->now = take(ahead, day);
	for (i = 0;; i++)
	{
		const Dated *now;

		day = steady_until(ahead, day, Min(next_boundary(ahead, day) - 1, last)) + 1;
		if (day > last)
			return false;
		now = i < tries ? take(ahead, day) : NULL;
		if (now == NULL || !dated_same(ahead->now, now))
		{
			ahead->before = ahead->now;
			ahead->now = now;
			ahead->day = day;
			return true;
		}
	}
}

bool
ahead_next_change(const Question *question, AheadPolicy *policy, DateADT *day)
{
	Ahead	   *ahead = ahead_start(question, policy);

	if (ahead == NULL || !ahead_next(ahead, AHEAD_LAST_DAY, AHEAD_TRIES))
		return false;
	*day = ahead->day;
	return true;
}
