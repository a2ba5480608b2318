/*
 * decisive.c
 *		Ranks the missing facts by how much they decide.
 *
 * Each missing fact is tried alone, with the ends of its range, the constants that it is
 * compared with, and each text that it can be.  For each value, the answers that become
 * decided are counted while all other facts stay unknown.  Only instructions that depend
 * on the fact are recomputed.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "missing.h"
#include "value.h"

#define MAX_TRIED 16			/* values tried for one fact */
#define MAX_RANKED 1000			/* facts that are ranked; more stay in the
								 * order of the document */
#define FAR PG_INT64_MAX		/* tried for a number without bounds */

typedef struct Trial
{
	FactSource	source;			/* the row's source, except for one fact */
	FactSource *row;
	int			fact;
	Value		value;
} Trial;

typedef struct Rank
{
	int			fact;			/* or a fact in a year */
	int			declared;		/* the fact itself */
	int			decides;		/* the most answers that one of its values
								 * decides */
	int			conditions;		/* undecided conditions that read it */
} Rank;

typedef struct Decisive
{
	Run		   *run;
	const int  *goals;
	int			ngoals;
	const bool *walked;
	int		   *dependents;		/* instructions that depend on the fact being
								 * tried */
	int			ndependents;
	bool	   *depends;
	Value		values[MAX_TRIED];
	int			nvalues;
	bool	   *reads;			/* whether an instruction is the fact's */
} Decisive;

/* ---------------- values to try ---------------- */

static Value *
next_value(Decisive *decisive)
{
	Value	   *value = &decisive->values[decisive->nvalues++];

	memset(value, 0, sizeof(Value));
	return value;
}

/* Adds the constants that a fact is compared with, up to the limit. */
static void
add_compared(Decisive *decisive)
{
	const Program *program = decisive->run->program;
	int			i;
	int			j;

	for (i = 0; i < decisive->ndependents; i++)
	{
		const Instr *instr = &program->instrs[decisive->dependents[i]];
		int			other = -1;

		if (instr->op == OP_COMPARE && (decisive->reads[instr->a] || decisive->reads[instr->b]))
			other = decisive->reads[instr->a] ? instr->b : instr->a;
		if (other >= 0 && decisive->nvalues < MAX_TRIED &&
			(program->instrs[other].op == OP_NUMBER || program->instrs[other].op == OP_DATE))
			*next_value(decisive) = *run_value(decisive->run, other);
		if (instr->op == OP_TEXT_IN && decisive->reads[instr->a])
			for (j = 0; j < instr->nargs && decisive->nvalues < MAX_TRIED; j++)
				*next_value(decisive) = *run_value(decisive->run, program->args[instr->args + j]);
	}
}

static void
add_ends(Decisive *decisive, const Fact *fact)
{
	Value		range;
	Number		low = number_of(-FAR);
	Number		high = number_of(FAR);
	DateADT		first;
	DateADT		last;
	ListCell   *cell;
	static const ListValue empty = {0, 0, NULL};
	Value	   *value;

	value_set_unknown(&range, fact);
	switch (fact->type)
	{
		case TYPE_BOOLEAN:
			value_set_truth(next_value(decisive), TRUTH_FALSE);
			value_set_truth(next_value(decisive), TRUTH_TRUE);
			break;
		case TYPE_NUMBER:
			value_set_number(next_value(decisive), range.low_open ? &low : &range.low);
			value_set_number(next_value(decisive), range.high_open ? &high : &range.high);
			break;
		case TYPE_DATE:
			if (!date_of(1, 1, 1, &first) || !date_of(9999, 12, 31, &last))
				break;
			value_set_date(next_value(decisive), range.day == DATEVAL_NOBEGIN ? first : range.day);
			value_set_date(next_value(decisive), range.last_day == DATEVAL_NOEND ? last : range.last_day);
			break;
		case TYPE_TEXT:
			foreach(cell, fact->values)
			{
				const TextValue *text = lfirst(cell);

				if (decisive->nvalues < MAX_TRIED)
					value_set_text(next_value(decisive), text->text, text->length);
			}
			if (fact->values == NIL)
				value_set_text(next_value(decisive), "", 0);
			break;
		case TYPE_LIST:
			value = next_value(decisive);
			value->known = true;
			value->list = &empty;
			break;
		case TYPE_UNKNOWN:
			break;
	}
	if (fact->null_means == NULL_NONE && fact->type != TYPE_BOOLEAN && fact->type != TYPE_LIST &&
		decisive->nvalues < MAX_TRIED)
		value_set_none(next_value(decisive));
}

/* ---------------- trying values ---------------- */

/* Of a fact by year, all that reads it in some year depends on it. */
static void
find_dependents(Decisive *decisive, int fact)
{
	const Program *program = decisive->run->program;
	int			first = program->fact_instrs[fact];
	bool		by_year = program->facts[fact]->by_year;
	int			i;

	program_dependents(program, first, decisive->depends);
	memset(decisive->reads, false, program->ninstrs);
	decisive->reads[first] = true;
	decisive->ndependents = 0;
	for (i = first; i < program->ninstrs; i++)
	{
		const Instr *instr = &program->instrs[i];

		if (by_year && instr->op == OP_YEARLY && instr->a == fact)
			decisive->reads[i] = decisive->depends[i] = true;
		if (by_year)
			foreach_operand(operand, program, instr)
				decisive->depends[i] |= decisive->depends[operand];
		if (decisive->depends[i])
			decisive->dependents[decisive->ndependents++] = i;
	}
}

/* Makes the dependents of the fact be recomputed. */
static void
forget_dependents(Decisive *decisive)
{
	int			i;

	for (i = 0; i < decisive->ndependents; i++)
		decisive->run->stamps[decisive->dependents[i]] = 0;
}

static void
load_trial(FactSource *source, int fact, Value *value)
{
	Trial	   *trial = (Trial *) source;

	if (fact == trial->fact)
		*value = trial->value;
	else
		trial->row->load(trial->row, fact, value);
}

static int
count_decided(const Decisive *decisive)
{
	int			count = 0;
	int			i;

	for (i = 0; i < decisive->ngoals; i++)
		if (decisive->depends[decisive->goals[i]] &&
			value_decided(run_value(decisive->run, decisive->goals[i]),
						  decisive->run->program->instrs[decisive->goals[i]].type))
			count++;
	return count;
}

static int
try_values(Decisive *decisive, int fact)
{
	Trial		trial;
	int			best = 0;
	int			i;

	memset(&trial, 0, sizeof(trial));
	trial.source.load = load_trial;
	trial.row = decisive->run->source;
	trial.fact = fact;
	decisive->run->source = &trial.source;
	for (i = 0; i < decisive->nvalues; i++)
	{
		CHECK_FOR_INTERRUPTS();
		trial.value = decisive->values[i];
		forget_dependents(decisive);
		best = Max(best, count_decided(decisive));
	}
	forget_dependents(decisive);
	decisive->run->source = trial.row;
	return best;
}

static Rank
rank_fact(Decisive *decisive, int fact)
{
	const Program *program = decisive->run->program;
	int			declared = fact_number(program, fact);
	Rank		rank = {fact, declared, 0, 0};
	Value		value;
	int			i;

	find_dependents(decisive, declared);
	for (i = 0; i < decisive->ndependents; i++)
	{
		int			number = decisive->dependents[i];
		uint8		op = program->instrs[number].op;

		if (decisive->walked[number] && program->instrs[number].type == TYPE_BOOLEAN &&
			op != OP_AND && op != OP_OR && op != OP_NOT)
			rank.conditions++;
	}
	decisive->nvalues = 0;

	/*
	 * a list may be known while its elements have unknown fields; any other
	 * known fact is one of a divisor that is zero
	 */
	decisive->run->source->load(decisive->run->source, fact, &value);
	if (program->facts[declared]->type != TYPE_LIST || !value_decided(&value, TYPE_LIST))
		add_ends(decisive, program->facts[declared]);
	add_compared(decisive);
	rank.decides = try_values(decisive, fact);
	return rank;
}

static int
compare_ranks(const void *a, const void *b)
{
	const Rank *left = a;
	const Rank *right = b;

	if (left->decides != right->decides)
		return right->decides - left->decides;
	if (left->conditions != right->conditions)
		return right->conditions - left->conditions;
	if (left->declared != right->declared)
		return left->declared - right->declared;
	/* of the years of a fact, the latest */
	return right->fact - left->fact;
}

/* A run with a watch function computes every value in its register. */
static void
watch_nothing(Run *run pg_attribute_unused(), int instr pg_attribute_unused(),
			  const Value *value pg_attribute_unused())
{
}

List *
run_missing_ranked(Run *run, const int *goals, int ngoals)
{
	const Program *program = run->program;
	void		(*watch) (struct Run *run, int instr, const Value *value) = run->watch;
	Missing		missing;
	Decisive	decisive;
	Rank	   *ranks;
	int		   *open = palloc_array(int, ngoals);
	int			nranks = 0;
	int			nmissing;
	List	   *result = NIL;
	int			fact = -1;
	int			i;

	missing_start(&missing, run, NULL);
	decisive.ngoals = 0;
	for (i = 0; i < ngoals; i++)
	{
		missing_find(&missing, goals[i]);
		if (!value_decided(run_value(run, goals[i]), program->instrs[goals[i]].type))
			open[decisive.ngoals++] = goals[i];
	}
	decisive.run = run;
	decisive.goals = open;
	decisive.walked = missing.walked;
	decisive.dependents = palloc_array(int, program->ninstrs);
	decisive.depends = palloc_array(bool, program->ninstrs);
	decisive.reads = palloc_array(bool, program->ninstrs);
	if (run->watch == NULL)
		run->watch = watch_nothing;
	nmissing = bms_num_members(missing.facts);
	ranks = palloc_array(Rank, nmissing);
	while ((fact = bms_next_member(missing.facts, fact)) >= 0)
	{
		bool		lookup = is_lookup_number(program, fact);
		Rank		rank = {fact, lookup ? program->nfacts : fact_number(program, fact), 0, 0};

		ranks[nranks++] = nmissing > 1 && nmissing <= MAX_RANKED && !lookup ? rank_fact(&decisive, fact) : rank;
	}
	run->watch = watch;
	qsort(ranks, nranks, sizeof(Rank), compare_ranks);
	for (i = 0; i < nranks; i++)
		result = lappend_int(result, ranks[i].fact);
	return result;
}
