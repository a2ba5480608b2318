/*
 * explain.c
 *		Explains the answers of a policy: its documents, and the functions.
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "answers/ask.h"
#include "compat.h"
#include "condition.h"

ZJTX_FUNCTION(zjtx_explain_row);
ZJTX_FUNCTION(zjtx_explain_row_name);
ZJTX_FUNCTION(zjtx_explain_jsonb);
ZJTX_FUNCTION(zjtx_explain_jsonb_name);
ZJTX_FUNCTION(zjtx_explain_json_row);
ZJTX_FUNCTION(zjtx_explain_json_row_name);
ZJTX_FUNCTION(zjtx_explain_json_jsonb);
ZJTX_FUNCTION(zjtx_explain_json_jsonb_name);

static const Phrases *
words_of(const Question *question, const Program *program, bool english)
{
	return english ? &english_phrases : phrases_of(program->doc, question->compiled->policy->text);
}

/* Notes in the node that the day judged is outside the days on which the document is in force. */
static void
explain_force(ExplainNode *node, Run *run)
{
	const Document *doc = run->program->doc;
	Value		day;

	if (answer_in_force(run, &day) != TRUTH_FALSE)
		return;
	node->outside = true;
	node->no_longer = doc->has_until && day.day >= doc->until;
	node->force_day = node->no_longer ? doc->until - 1 : doc->from;
}

static ExplainNode *
explain_version(const Question *question, Run *run, bool english)
{
	const Program *program = run->program;
	ExplainNode *node = explain_node(EXPLAIN_POLICY);
	Explainer	explainer;

	memset(&explainer, 0, sizeof(explainer));
	explainer.run = run;
	explainer.policy = question->compiled->policy;
	explainer.doc = program->doc;
	explainer.words = node->words = words_of(question, program, english);
	explainer.alone = node->alone = program->nclauses + program->nrungs == 1;
	explainer.seen = palloc0_array(uint64, program->ninstrs);
	explainer.element = 1;

	node->code = program->doc->provision.code;
	node->title = explain_short(program->doc->provision.title);
	node->number = explain_short(program->doc->number);
	node->notes = program->doc->provision.notes;
	if (question->compiled->series)
	{
		node->has_day = program->doc->has_from;
		node->day = program->doc->from;
	}
	explain_force(node, run);
	if (program->uses_as_of || node->outside)
	{
		explain_found(node, run_value(run, program->fact_instrs[0]), TYPE_DATE, UNIT_FREE);
		if (run->source->origin)
		{
			node->has_origin = true;
			run->source->origin(run->source, 0, &node->origin);
		}
	}
	explain_clauses(&explainer, node);
	if (program->nrungs > 0)
		explain_rungs(&explainer, node);
	if (program->value >= 0)
		explain_part(&explainer, node);
	else if (program->nclauses + program->nrungs == 0 && program->doc->part &&
			 policy_find_selection(program->doc, program->doc->part))
		explain_selection(&explainer, node);
	if (node->alone)
	{
		const Provision *provision = program->nclauses > 0 ? &program->clauses[0].clause->provision
		: &program->rungs[0].rung->provision;

		node->wording = provision->wording;
		node->offices = provision->offices;
	}
	return node;
}

List *
explain_question(const Question *question, bool english)
{
	List	   *nodes = NIL;
	int			i;

	if (question->nothing)
	{
		ExplainNode *node = explain_node(EXPLAIN_NO_VERSION);

		const Program *program = question->runs[0]->program;

		node->words = words_of(question, program, english);
		node->code = question->compiled->series;
		node->count = question->nruns;
		explain_found(node, run_value(question->runs[0], program->fact_instrs[0]), TYPE_DATE, UNIT_FREE);
		nodes = lappend(nodes, node);
	}
	for (i = 0; i < question->nruns; i++)
		nodes = lappend(nodes, explain_version(question, question->runs[i], english));
	return nodes;
}

/* ---------------- the functions ---------------- */

static Datum
explain(FunctionCallInfo fcinfo, int form, bool json)
{
	const Question *question = ask_question(fcinfo, form | FORM_TREE);
	List	   *nodes;

	if (question == NULL)
		PG_RETURN_NULL();
	nodes = explain_question(question, json);
	if (json)
		PG_RETURN_JSONB_P(explain_jsonb(nodes));
	PG_RETURN_TEXT_P(cstring_to_text(explain_text(nodes)));
}

Datum
zjtx_explain_row(PG_FUNCTION_ARGS)
{
	return explain(fcinfo, FORM_ROW, false);
}

Datum
zjtx_explain_row_name(PG_FUNCTION_ARGS)
{
	return explain(fcinfo, FORM_ROW | FORM_BY_NAME, false);
}

Datum
zjtx_explain_jsonb(PG_FUNCTION_ARGS)
{
	return explain(fcinfo, FORM_JSONB, false);
}

Datum
zjtx_explain_jsonb_name(PG_FUNCTION_ARGS)
{
	return explain(fcinfo, FORM_JSONB | FORM_BY_NAME, false);
}

Datum
zjtx_explain_json_row(PG_FUNCTION_ARGS)
{
	return explain(fcinfo, FORM_ROW, true);
}

Datum
zjtx_explain_json_row_name(PG_FUNCTION_ARGS)
{
	return explain(fcinfo, FORM_ROW | FORM_BY_NAME, true);
}

Datum
zjtx_explain_json_jsonb(PG_FUNCTION_ARGS)
{
	return explain(fcinfo, FORM_JSONB, true);
}

Datum
zjtx_explain_json_jsonb_name(PG_FUNCTION_ARGS)
{
	return explain(fcinfo, FORM_JSONB | FORM_BY_NAME, true);
}
