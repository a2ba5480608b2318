/*
 * clauses.c
 *		Explains clauses with what they pay and their stages, groups and rungs.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "miscadmin.h"


#include "compat.h"
#include "condition.h"

static ExplainNode *
child(ExplainNode *node, ExplainKind kind)
{
	ExplainNode *result = explain_node(kind);

	explain_add(node, result);
	return result;
}

static void
set_provision(const Explainer *explainer, ExplainNode *node, const Provision *provision)
{
	const Document *doc = explainer->doc;

	node->code = provision->code;
	node->title = explain_short(provision->title);
	node->article = explain_short(provision->article);
	node->notes = provision->notes;
	node->wording = provision->wording;
	node->offices = provision->offices;
	if (doc->bare)
		return;
	node->citation = doc->number ? doc->number : doc->provision.title;
	if (node->article)
		node->citation = psprintf("%s %s", explain_short(node->citation), node->article);
}

/* ---------------- what is paid ---------------- */

static void
set_amount(ExplainNode *node, const Value *value)
{
	node->has_amount = true;
	node->amount = answer_amount_of(value);
}

/* Explains the amount paid or its maximum, in a given unit if it has none of its own. */
static void
explain_money(Explainer *explainer, ExplainNode *node, const Expression *expr, int number, Unit unit)
{
	if (expr->unit != UNIT_FREE)
		unit = expr->unit;
	node->unit = unit;
	explain_subject(explainer, node, expr, number);
	explain_found(node, run_value(explainer->run, number), expr->type, unit);
}

static void
explain_pay(Explainer *explainer, ExplainNode *node, const Expression *pay, int number)
{
	ExplainNode *result;

	if (pay->kind == EXPR_NUMBER)
		return;
	result = child(node, EXPLAIN_PAY);
	explain_money(explainer, result, pay, number, clause_unit(node->clause));
}

/*
 * Explains one cap.  `limit` is the instruction of what may still be paid: the cap or, if
 * it is over all periods, the cap less what was paid.
 */
static ExplainNode *
explain_cap(Explainer *explainer, ExplainNode *node, const Expression *cap, int uncapped, int limit)
{
	const Value *before = run_value(explainer->run, uncapped);
	const Value *most = run_value(explainer->run, limit);
	ExplainNode *result = child(node, EXPLAIN_CAP);

	explain_money(explainer, result, cap, program_instr(explainer->run->program, cap),
				  node->clause ? clause_unit(node->clause) : UNIT_YUAN);
	result->before = answer_amount_of(before);
	result->clause = node->clause;
	result->capped = is_none(most) ? TRUTH_FALSE : value_compare(before, most, TYPE_NUMBER, CMP_GT);
	return result;
}

static void
explain_caps(Explainer *explainer, ExplainNode *node, const Expression *cap, const Expression *cap_in_all,
			 const Fact *paid, int uncapped, int rest_in_all)
{
	ExplainNode *result;
	Expression	fact;

	if (cap)
		(void) explain_cap(explainer, node, cap, uncapped, program_instr(explainer->run->program, cap));
	if (cap_in_all == NULL)
		return;
	result = explain_cap(explainer, node, cap_in_all, uncapped, rest_in_all);
	result->in_all = true;
	if (paid == NULL)
		return;
	memset(&fact, 0, sizeof(fact));
	fact.kind = EXPR_NAME;
	fact.meaning = NAME_FACT;
	fact.type = TYPE_NUMBER;
	fact.unit = UNIT_YUAN;
	fact.fact = unconstify(Fact *, paid);
	fact.name = paid->name;
	result->facts = explain_with_fact(explainer, result->facts, &fact,
									  explainer->run->program->fact_instrs[paid->index]);
}

/* ---------------- stages ---------------- */

/*
 * Explains whether a stage has been earned.  Its instruction is an `and` of three parts,
 * from left to right: the stage's day has come, the clause's condition holds, its own
 * condition holds.
 */
static void
explain_earned(Explainer *explainer, ExplainNode *node, const Clause *clause, const StageEntry *entry, int earned)
{
	Run		   *run = explainer->run;
	const int  *args = run->program->args;
	const Instr *instr = &run->program->instrs[earned];
	int			own = -1;
	int			common = -1;
	Truth		come;
	const Value *on;

	if (entry->stage->when)
	{
		own = args[instr->args + 1];
		instr = &run->program->instrs[args[instr->args]];
	}
	if (clause->when)
	{
		common = args[instr->args + 1];
		instr = &run->program->instrs[args[instr->args]];
	}
	come = value_compare(run_value(run, instr->a), run_value(run, instr->b), TYPE_DATE, CMP_LE);
	explain_truth(node, run_truth(run, earned));
	on = run_value(run, entry->on);
	explain_found(node, on, TYPE_DATE, UNIT_FREE);
	if (come != TRUTH_TRUE)
	{
		/* the day is in the future, or may be */
		node->operator = explainer->words->is_not_after;
		node->needed = explain_value_text(explainer->words, run_value(run, instr->b), TYPE_DATE, UNIT_FREE, NULL, NULL);
		if (!explainer->brief)
			explain_calculation(explainer, node, entry->stage->on, entry->on);
		if (come == TRUTH_FALSE)
			return;
	}
	if (common >= 0 && (run_truth(run, common) == node->truth || node->truth == TRUTH_TRUE))
		explain_conditions(explainer, node, clause->when, common);
	if (own >= 0 && (run_truth(run, own) == node->truth || node->truth == TRUTH_TRUE))
		explain_conditions(explainer, node, entry->stage->when, own);
}

/* Says that an element has the same day as one shown before, and that such elements are paid only once. */
static void
tell_same_day(const Explainer *explainer, const ExplainNode *node, ExplainNode *element)
{
	ListCell   *cell;

	if (element->truth == TRUTH_FALSE || !element->value.known || is_none(&element->value))
		return;
	foreach(cell, node->children)
	{
		const ExplainNode *before = lfirst(cell);

		if (before->truth == TRUTH_FALSE || !before->value.known || before->value.day != element->value.day)
			continue;
		element->what = psprintf(explainer->words->same_day, before->code);
		return;
	}
}

/* Explains a stage that is repeated for each element of a list. */
static void
explain_each(Explainer *explainer, ExplainNode *node, const Clause *clause, const StageEntry *entry)
{
	Run		   *run = explainer->run;
	const Instr *any = &run->program->instrs[entry->earned];
	const Instr *sum = &run->program->instrs[entry->amount];
	const Value *list = run_value(run, any->a);
	int			i;

	if (!list->known)
	{
		explain_found(node, list, TYPE_LIST, UNIT_FREE);
		return;
	}
	if (list->list->count == 0)
		explain_found(node, list, TYPE_LIST, UNIT_FREE);
	for (i = 0; i < list->list->count && i < EXPLAIN_ELEMENTS; i++)
	{
		const Value *fields = list->list->fields + i * list->list->nfields;
		ExplainNode *element;

		explain_enter(explainer, any->depth, fields);
		element = explain_element(explainer->words, entry->stage->list, i + 1, fields);
		element->clause = clause;
		explain_earned(explainer, element, clause, entry, any->b);
		if (element->truth != TRUTH_FALSE)
			set_amount(element, run_value(run, sum->c));
		if (entry->stage->once)
			tell_same_day(explainer, node, element);
		explain_add(node, element);
	}
	explain_fold(explainer, node, list->list->count - i, explainer->words->more, explainer->words->more);
}

static void
explain_stages(Explainer *explainer, ExplainNode *node, const ClauseEntry *entry)
{
	Run		   *run = explainer->run;
	int			without_day = 0;
	int			i;

	for (i = 0; i < entry->nstages; i++)
	{
		const StageEntry *stage = &entry->stages[i];
		ExplainNode *result;

		if (explainer->brief && !stage->stage->list && is_none(run_value(run, stage->on)))
		{
			without_day++;
			continue;
		}
		result = child(node, EXPLAIN_STAGE);
		set_provision(explainer, result, &stage->stage->provision);
		if (explainer->brief)
			result->notes = NIL;
		result->clause = entry->clause;
		if (stage->stage->list)
		{
			explain_truth(result, run_truth(run, stage->earned));
			explain_each(explainer, result, entry->clause, stage);
		}
		else
			explain_earned(explainer, result, entry->clause, stage, stage->earned);
		if (result->truth != TRUTH_FALSE)
		{
			const Instr *line = &run->program->instrs[stage->amount];

			set_amount(result, run_value(run, stage->amount));
			if (!stage->stage->list)
				explain_pay(explainer, result, stage->stage->pay, line->b);
		}
	}
	explain_fold_truth(explainer, node, without_day, TRUTH_FALSE,
					   explainer->words->stage_without_day, explainer->words->stages_without_day);
}

/* ---------------- clauses and rungs ---------------- */

static void
explain_should(Explainer *explainer, ExplainNode *node, const List *should, const int *instrs)
{
	ListCell   *cell;

	foreach(cell, should)
	{
		ExplainNode *soft = explain_condition(explainer, lfirst(cell), instrs[foreach_current_index(cell)]);

		soft->soft = true;
		explain_add(node, soft);
	}
}

static void
explain_clause(Explainer *explainer, ExplainNode *parent, const ClauseEntry *entry)
{
	Run		   *run = explainer->run;
	const Clause *clause = entry->clause;
	ExplainNode *node = child(parent, EXPLAIN_CLAUSE);
	const Instr *amount = entry->amount >= 0 ? &run->program->instrs[entry->amount] : NULL;

	set_provision(explainer, node, &clause->provision);
	if (explainer->doc->bare && clause->when)
		node->expression = explain_source(explainer, clause->when);
	node->clause = clause;
	explain_truth(node, run_truth(run, entry->satisfied));
	explainer->brief = !explainer->alone && node->truth == TRUTH_FALSE;
	if (explainer->brief)
		node->notes = NIL;
	if (clause->per_year)
	{
		const Value *day = run_value(run, run->program->fact_instrs[0]);

		node->has_day = day->known && !day->none;
		node->day = day->day;
	}
	if (node->truth != TRUTH_FALSE)
	{
		if (amount)
			set_amount(node, run_value(run, entry->amount));
		node->amount.undetermined = clause->undetermined;
		node->has_amount |= clause->undetermined;
	}
	if (entry->nstages > 0)
		explain_stages(explainer, node, entry);
	else if (clause->when)
		explain_conditions(explainer, node, clause->when, entry->when);
	if (!explainer->brief)
		explain_should(explainer, node, clause->should, entry->should);
	if (amount && node->truth != TRUTH_FALSE)
	{
		if (clause->pay)
			explain_pay(explainer, node, clause->pay, run->program->instrs[entry->uncapped].b);
		explain_caps(explainer, node, clause->cap, clause->cap_in_all, clause->paid, entry->uncapped, entry->rest_in_all);
		explain_budget(explainer, node, clause->budget, entry->claim, entry->allotted);
	}
	explainer->brief = false;
}

/* The member of a group that is certainly the highest; -1 if there is none. */
static int
highest_member(Run *run, const GroupEntry *entry, const int *amounts)
{
	int			best = -1;
	int			i,
				j;

	for (i = 0; i < entry->nmembers && best < 0; i++)
	{
		bool		highest = amounts[i] >= 0 && number_sign(low_of(run_value(run, amounts[i]))) > 0;

		for (j = 0; highest && j < entry->nmembers; j++)
		{
			const Value *other = j == i || amounts[j] < 0 ? NULL : run_value(run, amounts[j]);

			highest = j == i || (other && high_of(other) &&
								 number_compare(low_of(run_value(run, amounts[i])), high_of(other)) >= 0);
		}
		if (highest)
			best = i;
	}
	return best;
}

static void
explain_group(Explainer *explainer, ExplainNode *parent, const GroupEntry *entry)
{
	Run		   *run = explainer->run;
	const Program *program = run->program;
	const ClauseGroup *group = entry->group;
	ExplainNode *node = child(parent, EXPLAIN_GROUP);
	int		   *amounts = palloc_array(int, entry->nmembers);
	int			chosen;
	int			i;

	set_provision(explainer, node, &group->provision);
	explain_truth(node, run_truth(run, entry->satisfied));
	node->best = group->best;
	if (group->per_year)
	{
		const Value *day = run_value(run, program->fact_instrs[0]);

		node->has_day = day->known && !day->none;
		node->day = day->day;
	}
	if (node->truth == TRUTH_FALSE)
		return;
	set_amount(node, run_value(run, entry->amount));
	for (i = 0; i < entry->nmembers; i++)
		amounts[i] = entry->members[i].is_group ? program->groups[entry->members[i].number].amount
			: program->clauses[entry->members[i].number].amount;
	chosen = group->best ? highest_member(run, entry, amounts) : -1;
	for (i = 0; i < entry->nmembers; i++)
	{
		const MemberEntry *member = &entry->members[i];
		const ClauseEntry *clause = member->is_group ? NULL : &program->clauses[member->number];
		ExplainNode *result = child(node, EXPLAIN_MEMBER);
		const Provision *provision = clause ? &clause->clause->provision : &program->groups[member->number].group->provision;

		result->code = provision->code;
		result->title = explain_short(provision->title);
		result->has_amount = true;
		if (amounts[i] >= 0)
			set_amount(result, run_value(run, amounts[i]));
		else
			result->amount.undetermined = run_truth(run, clause->satisfied) != TRUTH_FALSE;
		result->chosen = i == chosen;
	}
	explain_caps(explainer, node, group->cap, group->cap_in_all, group->paid, entry->uncapped, entry->rest_in_all);
	explain_budget(explainer, node, group->budget, entry->claim, entry->allotted);
}

void
explain_clauses(Explainer *explainer, ExplainNode *node)
{
	const Program *program = explainer->run->program;
	int			others = 0;
	int			paid = 0;
	int			i;

	for (i = 0; i < program->nclauses; i++)
		paid += program->clauses[i].amount >= 0;
	if (program->nclauses > 1 && paid > 0)
	{
		ExplainNode *total = child(node, EXPLAIN_AMOUNT);

		set_amount(total, run_value(explainer->run, program->amount));
	}
	for (i = 0; i < program->nclauses; i++)
	{
		if (program->clauses[i].in_whole)
			explain_clause(explainer, node, &program->clauses[i]);
		else
			others++;
	}
	for (i = 0; i < program->ngroups; i++)
		if (program->groups[i].in_whole)
			explain_group(explainer, node, &program->groups[i]);
	explain_fold(explainer, node, others, explainer->words->other_subject, explainer->words->other_subjects);
}

/*
 * Explains the rungs from the highest down: those not reached, the one reached, and the
 * names of those below.
 */
void
explain_rungs(Explainer *explainer, ExplainNode *node)
{
	const Program *program = explainer->run->program;
	ExplainNode *placement = child(node, EXPLAIN_PLACEMENT);
	bool		placed = false;
	int			i;

	placement->title = explain_short(explainer->doc->ladder);
	explain_truth(placement, TRUTH_FALSE);
	for (i = program->nrungs - 1; i >= 0; i--)
	{
		const RungEntry *entry = &program->rungs[i];
		ExplainNode *rung = child(node, EXPLAIN_RUNG);

		set_provision(explainer, rung, &entry->rung->provision);
		rung->count = entry->rung->level;
		explain_truth(rung, run_truth(explainer->run, entry->when));
		if (!placed)
		{
			explain_conditions(explainer, rung, entry->rung->when, entry->when);
			explain_should(explainer, rung, entry->rung->should, entry->should);
			if (rung->truth > placement->truth)
				explain_truth(placement, rung->truth);
		}
		else
			rung->notes = NIL;
		if (rung->truth == TRUTH_TRUE && !placed)
		{
			placed = true;
			placement->operand = rung;
		}
	}
}

/* Explains the definition, or the value of a population, to which the policy is narrowed. */
void
explain_part(Explainer *explainer, ExplainNode *node)
{
	const Program *program = explainer->run->program;
	const Define *define = policy_find_define(explainer->doc, explainer->doc->part);
	const PopulationValue *value = policy_find_population_value(explainer->doc, explainer->doc->part);
	Expression *name;

	if (value)
	{
		name = expr_literal(EXPR_NAME, TYPE_NUMBER, value->span);
		name->name = value->name;
		name->meaning = NAME_FACT;
		name->fact = value->fact;
		name->unit = value->fact->unit;
		explain_add(node, explain_value(explainer, name, program->value));
		return;
	}
	Assert(define != NULL);
	name = expr_literal(EXPR_NAME, define->expr->type, define->provision.span);
	name->name = define->provision.code;
	name->meaning = NAME_DEFINE;
	name->define = unconstify(Define *, define);
	name->unit = define->expr->unit;
	name->texts = define->expr->texts;
	explain_add(node, define->expr->type == TYPE_BOOLEAN
				? explain_condition(explainer, name, program->value) : explain_value(explainer, name, program->value));
}
