/*
 * necessary.c
 *		Finds the conditions that must be true for a rule to be true.
 *
 * A condition is necessary for an `or` if it is necessary for every branch, and for an
 * `and` if it is necessary for some branch.  Equal conditions share one instruction, so
 * sets of instruction numbers are sufficient.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "engine/exact.h"
#include "language/texts.h"
#include "necessary.h"

typedef struct Necessary
{
	bool		found;
	bool		whole;
	Bitmapset  *conditions;
} Necessary;

typedef struct AnalysisSource
{
	FactSource	source;
	const Program *program;
	DaySource	day;
	int			null_fact;		/* the fact that is NULL, or -1 */
} AnalysisSource;

struct Analysis
{
	const Program *program;
	AnalysisSource source;
	Run		   *run;			/* a run with all facts unknown */
	Run		   *null_run;		/* a run with one fact NULL */
	bool	   *looked;			/* by instruction: analysis_condition has
								 * examined it */
	RuleCondition **conditions;
	Necessary  *necessary;
};

static void
load(FactSource *source, int fact, Value *value)
{
	AnalysisSource *analysis = (AnalysisSource *) source;
	const Fact *declared = analysis->program->facts[fact_number(analysis->program, fact)];

	if (fact == analysis->null_fact)
		value_set_null(value, declared);
	else if (fact == 0 && analysis->day.kind == DAY_OF_POLICY)
		value_set_date(value, analysis->day.day);
	else
		value_set_unknown(value, declared);
}

Analysis *
analysis_create(const Program *program, DaySource day)
{
	Analysis   *analysis = palloc0(sizeof(Analysis));

	analysis->program = program;
	analysis->source.source.load = load;
	analysis->source.program = program;
	analysis->source.day = day;
	analysis->source.null_fact = -1;
	analysis->run = run_create(program);
	analysis->null_run = run_create(program);
	run_begin(analysis->run, &analysis->source.source);
	analysis->looked = palloc0_array(bool, program->ninstrs);
	analysis->conditions = palloc0_array(RuleCondition *, program->ninstrs);
	analysis->necessary = palloc0_array(Necessary, program->ninstrs);
	return analysis;
}

/* ---------------- conditions ---------------- */

/* A value that is known although all facts are unknown is a constant. */
static bool
is_constant(Analysis *analysis, int instr, const Value **value)
{
	*value = run_value(analysis->run, instr);
	return (*value)->known && !(*value)->none;
}

/*
 * Whether an instruction is a fact, or a fact in a year that is the same for every row; sets
 * its number.
 */
static bool
is_fact(const Analysis *analysis, int number, int *fact)
{
	const Instr *instr = &analysis->program->instrs[number];
	int			first;
	int			last;

	*fact = instr->a;
	if (instr->op != OP_YEARLY)
		return instr->op == OP_FACT;
	if (instr->scopes != 0 || !years_of_index(run_value(analysis->run, instr->b), &first, &last) || first != last)
		return false;
	*fact = fact_in_year(analysis->program, instr->a, first);
	return true;
}

static bool
compare_condition(Analysis *analysis, const Instr *instr, RuleCondition *condition)
{
	ValueType	type = analysis->program->instrs[instr->a].type;
	const Value *constant;

	if (type != TYPE_NUMBER && type != TYPE_DATE)
		return false;
	if (is_fact(analysis, instr->a, &condition->fact) && is_constant(analysis, instr->b, &constant))
		condition->op = instr->flag;
	else if (is_fact(analysis, instr->b, &condition->fact) && is_constant(analysis, instr->a, &constant))
		condition->op = compare_mirrored(instr->flag);
	else
		return false;
	condition->kind = CONDITION_COMPARE;
	condition->constant = *constant;
	return true;
}

static bool
text_condition(const Analysis *analysis, const Instr *instr, RuleCondition *condition)
{
	const Program *program = analysis->program;
	const Texts *texts;
	bool	   *inside;
	int			i;

	if (instr->flag || !is_fact(analysis, instr->a, &condition->fact))
		return false;
	condition->kind = CONDITION_TEXT_IN;
	texts = program->facts[fact_number(program, condition->fact)]->texts;
	if (texts == NULL)
	{
		for (i = 0; i < instr->nargs; i++)
			condition->texts = lappend(condition->texts,
									   program->texts[program->instrs[program->args[instr->args + i]].a]);
		return true;
	}
	/* a column may contain the label in place of the value */
	inside = palloc0_array(bool, texts->nvalues);
	for (i = 0; i < instr->nargs; i++)
	{
		const char *text = program->texts[program->instrs[program->args[instr->args + i]].a];
		int			value = texts_find(texts, text, strlen(text));

		if (value >= 0)
			inside[value] = true;
	}
	for (i = 0; i < texts->nforms; i++)
	{
		List	  **forms = inside[texts->forms[i].value] ? &condition->texts : &condition->others;

		*forms = lappend(*forms, unconstify(char *, texts->forms[i].text));
	}
	return condition->texts != NIL;
}

static bool
gap_make_condition(Analysis *analysis, int number, RuleCondition *condition)
{
	const Program *program = analysis->program;
	const Instr *instr = &program->instrs[number];

	switch ((Op) instr->op)
	{
		case OP_COMPARE:
			return instr->scopes == 0 && compare_condition(analysis, instr, condition);
		case OP_TEXT_IN:
			return text_condition(analysis, instr, condition);
		case OP_FACT:
		case OP_YEARLY:
			condition->kind = CONDITION_TRUE;
			return instr->type == TYPE_BOOLEAN && is_fact(analysis, number, &condition->fact);
		case OP_NOT:
			condition->kind = CONDITION_FALSE;
			return is_fact(analysis, instr->a, &condition->fact);
		default:
			return false;
	}
}

const RuleCondition *
analysis_condition(Analysis *analysis, int instr)
{
	RuleCondition condition = {0};

	if (analysis->looked[instr])
		return analysis->conditions[instr];
	analysis->looked[instr] = true;
	if (gap_make_condition(analysis, instr, &condition))
	{
		RuleCondition *kept = palloc(sizeof(RuleCondition));

		condition.when_unknown = run_truth(analysis->run, instr);
		analysis->source.null_fact = condition.fact;
		run_begin(analysis->null_run, &analysis->source.source);
		condition.when_null = run_truth(analysis->null_run, instr);
		analysis->source.null_fact = -1;
		*kept = condition;
		analysis->conditions[instr] = kept;
	}
	return analysis->conditions[instr];
}

/* ---------------- necessary conditions ---------------- */

Bitmapset *
analysis_necessary(Analysis *analysis, int number, bool *whole)
{
	const Program *program = analysis->program;
	const Instr *instr = &program->instrs[number];
	Necessary  *memo = &analysis->necessary[number];
	int			i;

	check_stack_depth();
	CHECK_FOR_INTERRUPTS();
	if (memo->found)
	{
		*whole = memo->whole;
		return memo->conditions;
	}
	memo->found = true;
	if (analysis_condition(analysis, number))
	{
		memo->whole = true;
		memo->conditions = bms_make_singleton(number);
	}
	else if (instr->op == OP_AND || instr->op == OP_OR)
	{
		memo->whole = instr->op == OP_AND;
		for (i = 0; i < instr->nargs; i++)
		{
			bool		whole_arg;
			Bitmapset  *arg = analysis_necessary(analysis, program->args[instr->args + i], &whole_arg);

			memo->whole &= whole_arg;
			if (i == 0)
				memo->conditions = bms_copy(arg);
			else if (instr->op == OP_AND)
				memo->conditions = bms_add_members(memo->conditions, arg);
			else
				memo->conditions = bms_int_members(memo->conditions, arg);
		}
	}
	*whole = memo->whole;
	return memo->conditions;
}
