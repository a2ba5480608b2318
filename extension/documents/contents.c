/*
 * contents.c
 *		Lists the contents of a document: facts, clauses, rungs, targets and notes.
 *
 * Everything is read from the tree.  For a policy that is bound to a day or reduced to a
 * part, only what that leaves is shown.
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/json.h"

#include "session/cache.h"
#include "answers/quantity.h"
#include "answers/rows.h"

ZJTX_FUNCTION(zjtx_header);
ZJTX_FUNCTION(zjtx_provisions);
ZJTX_FUNCTION(zjtx_facts);
ZJTX_FUNCTION(zjtx_clauses);
ZJTX_FUNCTION(zjtx_groups);
ZJTX_FUNCTION(zjtx_rungs);
ZJTX_FUNCTION(zjtx_targets);
ZJTX_FUNCTION(zjtx_notes);

/* Returns the documents of the argument, and starts the result. */
static const Policy *
start(FunctionCallInfo fcinfo, Rows *row)
{
	text	   *policy = PG_GETARG_TEXT_PP(0);

	rows_start(fcinfo, row);
	return compiled_tree(VARDATA_ANY(policy), VARSIZE_ANY_EXHDR(policy), CurrentMemoryContext)->policy;
}

/* Outputs the items of a list of each document: put() outputs an item. */
static Datum
put_lists(FunctionCallInfo fcinfo, size_t list, void (*put) (Rows *row, const Policy *policy, const void *item))
{
	Rows		row;
	const Policy *policy = start(fcinfo, &row);
	ListCell   *doc_cell;
	ListCell   *cell;

	foreach(doc_cell, policy->documents)
	{
		foreach(cell, *(List *const *) ((const char *) lfirst(doc_cell) + list))
		{
			put(&row, policy, lfirst(cell));
		}
	}
	return (Datum) 0;
}

/* Returns the source text of an expression, or NULL. */
static char *
source_text(const Policy *policy, const Expression *expr)
{
	if (expr == NULL)
		return NULL;
	return pnstrdup(policy->text + expr->span.start, expr->span.end - expr->span.start);
}

/* ---------------- the header ---------------- */

/* NULL if there are none */
static void
put_uses(Rows *row, const List *uses)
{
	List	   *codes = NIL;
	ListCell   *cell;

	foreach(cell, uses)
	{
		codes = lappend(codes, ((const DocumentUse *) lfirst(cell))->code);
	}
	if (codes)
		rows_put_texts(row, codes);
	else
		rows_put_null(row);
}

Datum
zjtx_header(PG_FUNCTION_ARGS)
{
	Rows		row;
	const Policy *policy = start(fcinfo, &row);
	ListCell   *cell;

	foreach(cell, policy->documents)
	{
		const Document *doc = lfirst(cell);

		rows_put_text(&row, doc->provision.code);
		rows_put_text(&row, doc->provision.title);
		rows_put_text(&row, doc->number);
		rows_put_text(&row, doc->issuer);
		rows_put_text(&row, doc->region);
		rows_put_date(&row, doc->issued, doc->has_issued);
		rows_put_date(&row, doc->from, doc->has_from);
		rows_put_date(&row, doc->until, doc->has_until);
		rows_put_text(&row, doc->series);
		rows_put_texts(&row, doc->repeals);
		put_uses(&row, doc->uses);
		rows_put_text(&row, doc->source);
		rows_put_row(&row);
	}
	return (Datum) 0;
}

/* NULL if there are none */
static void
put_offices(Rows *row, const List *offices)
{
	if (offices)
		rows_put_texts(row, offices);
	else
		rows_put_null(row);
}

/* ---------------- provisions and their notes ---------------- */

/* Outputs rows about a provision.  For a stage, `within` is its clause. */
typedef void (*PutProvision) (Rows *row, const Policy *policy, const char *kind, const Provision *provision,
							  const char *code, const Provision *within);

/* Calls put() for each of a list of structs that begin with a Provision. */
static void
put_each(Rows *row, const Policy *policy, PutProvision put, const char *kind, const List *provisions)
{
	ListCell   *cell;

	foreach(cell, provisions)
	{
		const Provision *provision = lfirst(cell);

		put(row, policy, kind, provision, provision->code, NULL);
	}
}

/* Calls put() for each provision of the documents. */
static Datum
put_all(FunctionCallInfo fcinfo, PutProvision put)
{
	Rows		row;
	const Policy *policy = start(fcinfo, &row);
	ListCell   *doc_cell;
	ListCell   *cell;
	ListCell   *stage_cell;

	foreach(doc_cell, policy->documents)
	{
		const Document *doc = lfirst(doc_cell);

		put(&row, policy, "policy", &doc->provision, doc->provision.code, NULL);
		put_each(&row, policy, put, "table", doc->tables);
		put_each(&row, policy, put, "definition", doc->defines);
		foreach(cell, doc->clauses)
		{
			const Clause *clause = lfirst(cell);

			put(&row, policy, "clause", &clause->provision, clause->provision.code, NULL);
			foreach(stage_cell, clause->stages)
			{
				const Stage *stage = lfirst(stage_cell);

				put(&row, policy, "stage", &stage->provision,
					psprintf("%s/%s", clause->provision.code, stage->provision.code), &clause->provision);
			}
		}
		put_each(&row, policy, put, "group", doc->groups);
		put_each(&row, policy, put, "population", doc->populations);
		put_each(&row, policy, put, "selection", doc->selections);
		put_each(&row, policy, put, "budget", doc->budgets);
		put_each(&row, policy, put, "rung", doc->rungs);
		put_each(&row, policy, put, "target", doc->targets);
		put_each(&row, policy, put, "service", doc->services);
	}
	return (Datum) 0;
}

static void
put_provision(Rows *row, const Policy *policy, const char *kind, const Provision *provision,
			  const char *code, const Provision *within)
{
	bool		is_clause = strcmp(kind, "clause") == 0;
	const Clause *clause = is_clause ? (const Clause *) provision : (const Clause *) within;

	if (clause && clause->of_used)
		return;
	/* other definitions only name an expression */
	if (strcmp(kind, "definition") == 0 && provision->covers == NIL && provision->wording == NULL &&
		provision->article == NULL)
		return;
	rows_put_text(row, code);
	rows_put_text(row, provision->article ? provision->article : within ? within->article : NULL);
	rows_put_text(row, provision->title);
	rows_put_text(row, is_clause ? clause_kind_name(clause->kind) : kind);
	rows_put_text(row, subject_name(within ? within->subject : provision->subject));
	rows_put_texts(row, provision->covers);
	rows_put_text(row, provision->summary);
	rows_put_text(row, provision->wording);
	put_offices(row, provision->offices ? provision->offices : within ? within->offices : NIL);
	rows_put_text(row, pnstrdup(policy->text + provision->span.start, provision->span.end - provision->span.start));
	rows_put_row(row);
}

Datum
zjtx_provisions(PG_FUNCTION_ARGS)
{
	return put_all(fcinfo, put_provision);
}

static void
put_notes(Rows *row, const Policy *policy pg_attribute_unused(), const char *kind, const Provision *provision,
		  const char *code, const Provision *within pg_attribute_unused())
{
	ListCell   *cell;

	foreach(cell, provision->notes)
	{
		const Note *note = lfirst(cell);

		rows_put_text(row, kind);
		rows_put_text(row, code);
		rows_put_text(row, note->code);
		rows_put_text(row, note->text);
		rows_put_row(row);
	}
}

Datum
zjtx_notes(PG_FUNCTION_ARGS)
{
	return put_all(fcinfo, put_notes);
}

/* ---------------- facts ---------------- */

static const char *
literal_text(const Expression *literal)
{
	if (literal == NULL)
		return NULL;
	if (literal->kind == EXPR_DATE)
		return date_text(literal->date);
	return DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(literal_numeric(literal))));
}

static const char *
null_meaning_name(NullMeaning meaning)
{
	return meaning == NULL_NONE ? "none" : meaning == NULL_ZERO ? "0" : "unknown";
}

/*
 * Outputs the values of a text fact, and a jsonb object with the array of labels of each
 * value that has labels.
 */
static void
put_values(Rows *row, const Fact *fact)
{
	List	   *values = NIL;
	StringInfoData buf;
	ListCell   *cell;
	ListCell   *label_cell;

	if (fact->values == NIL)
	{
		rows_put_null(row);
		rows_put_null(row);
		return;
	}
	initStringInfo(&buf);
	foreach(cell, fact->values)
	{
		const TextValue *value = lfirst(cell);

		values = lappend(values, value->text);
		if (value->labels == NIL)
			continue;
		appendStringInfoString(&buf, buf.len > 0 ? ", " : "{");
		escape_json(&buf, value->text);
		appendStringInfoString(&buf, ": [");
		foreach(label_cell, value->labels)
		{
			if (foreach_current_index(label_cell) > 0)
				appendStringInfoString(&buf, ", ");
			escape_json(&buf, ((const TextLabel *) lfirst(label_cell))->text);
		}
		appendStringInfoChar(&buf, ']');
	}
	rows_put_texts(row, values);
	if (buf.len == 0)
		rows_put_null(row);
	else
	{
		appendStringInfoChar(&buf, '}');
		rows_put_datum(row, DirectFunctionCall1(jsonb_in, CStringGetDatum(buf.data)));
	}
}

static void
put_declared(Rows *row, const Fact *fact, const Fact *list)
{
	rows_put_text(row, list ? psprintf("%s.%s", list->name, fact->name) : fact->name);
	rows_put_text(row, fact->type == TYPE_LIST ? "list" : type_name(fact->type));
	rows_put_text(row, fact->unit == UNIT_FREE ? NULL : unit_name(fact->unit));
	rows_put_text(row, fact->label);
	rows_put_text(row, literal_text(fact->low));
	rows_put_text(row, literal_text(fact->high));
	put_values(row, fact);
	rows_put_text(row, null_meaning_name(fact->null_means));
	rows_put_boolean(row, fact->fixed);
	rows_put_boolean(row, fact->by_year);
	rows_put_row(row);
}

static void
put_fact(Rows *row, const Policy *policy pg_attribute_unused(), const void *item)
{
	const Fact *fact = item;
	ListCell   *field;

	/* as_of is not declared */
	if (fact->index == 0)
		return;
	put_declared(row, fact, NULL);
	foreach(field, fact->fields)
	{
		put_declared(row, lfirst(field), fact);
	}
}

Datum
zjtx_facts(PG_FUNCTION_ARGS)
{
	return put_lists(fcinfo, offsetof(Document, facts), put_fact);
}

/* ---------------- clauses, rungs, targets ---------------- */

/* Returns "R6: …; …", or NULL. */
static char *
joined_notes(const Provision *provision)
{
	StringInfoData buf;
	ListCell   *cell;

	if (provision->notes == NIL)
		return NULL;
	initStringInfo(&buf);
	foreach(cell, provision->notes)
	{
		const Note *note = lfirst(cell);

		appendStringInfo(&buf, "%s%s%s%s", buf.len > 0 ? "; " : "",
						 note->code ? note->code : "", note->code ? ": " : "", note->text);
	}
	return buf.data;
}

static void
put_clause(Rows *row, const Policy *policy, const void *item)
{
	const Clause *clause = item;
	const Provision *provision = &clause->provision;
	List	   *stages = NIL;
	ListCell   *stage_cell;

	if (clause->of_used)
		return;
	foreach(stage_cell, clause->stages)
	{
		stages = lappend(stages, ((Stage *) lfirst(stage_cell))->provision.code);
	}
	rows_put_text(row, provision->code);
	rows_put_text(row, provision->title);
	rows_put_text(row, clause_kind_name(clause->kind));
	rows_put_text(row, subject_name(provision->subject));
	rows_put_boolean(row, clause->per_year);
	rows_put_texts(row, stages);
	rows_put_text(row, clause->undetermined ? "undetermined" : source_text(policy, clause->pay));
	rows_put_text(row, source_text(policy, clause->cap));
	rows_put_text(row, provision->article);
	rows_put_text(row, provision->summary);
	rows_put_text(row, source_text(policy, clause->cap_in_all));
	rows_put_text(row, clause->group ? clause->group->provision.code : NULL);
	rows_put_row(row);
}

Datum
zjtx_clauses(PG_FUNCTION_ARGS)
{
	return put_lists(fcinfo, offsetof(Document, clauses), put_clause);
}

static void
put_group(Rows *row, const Policy *policy, const void *item)
{
	const ClauseGroup *group = item;
	List	   *members = NIL;
	ListCell   *member_cell;

	foreach(member_cell, group->members)
	{
		members = lappend(members, ((const GroupMember *) lfirst(member_cell))->code);
	}
	rows_put_text(row, group->provision.code);
	rows_put_text(row, group->provision.title);
	rows_put_text(row, group->best ? "best of" : "sum of");
	rows_put_texts(row, members);
	rows_put_boolean(row, group->per_year);
	rows_put_text(row, source_text(policy, group->cap));
	rows_put_text(row, source_text(policy, group->cap_in_all));
	rows_put_text(row, group->group ? group->group->provision.code : NULL);
	rows_put_text(row, group->provision.article);
	rows_put_text(row, group->provision.summary);
	rows_put_row(row);
}

/* groups(policy) → code, title, pays, members, per_year, cap, cap_in_all, in_group, article, summary */
Datum
zjtx_groups(PG_FUNCTION_ARGS)
{
	return put_lists(fcinfo, offsetof(Document, groups), put_group);
}

static void
put_rung(Rows *row, const Policy *policy pg_attribute_unused(), const void *item)
{
	const Rung *rung = item;

	rows_put_datum(row, Int32GetDatum(rung->level));
	rows_put_text(row, rung->provision.code);
	rows_put_text(row, rung->provision.title);
	rows_put_text(row, rung->provision.article);
	rows_put_text(row, rung->provision.summary);
	rows_put_row(row);
}

Datum
zjtx_rungs(PG_FUNCTION_ARGS)
{
	return put_lists(fcinfo, offsetof(Document, rungs), put_rung);
}

static void
put_target(Rows *row, const Policy *policy, const void *item)
{
	const Target *target = item;
	ListCell   *goal_cell;

	foreach(goal_cell, target->goals)
	{
		const Goal *goal = lfirst(goal_cell);

		rows_put_text(row, target->provision.code);
		rows_put_text(row, target->provision.title);
		rows_put_text(row, unit_name(target->unit));
		rows_put_text(row, target->flow ? "flow" : "stock");
		if (goal->year > 0)
			rows_put_datum(row, Int32GetDatum(goal->year));
		else
			rows_put_null(row);
		rows_put_datum(row, NumericGetDatum(literal_numeric(goal->value)));
		rows_put_text(row, quantity_target_text(policy, target, goal, literal_numeric(goal->value)));
		rows_put_boolean(row, target->at_most);
		rows_put_text(row, target->of
					  ? psprintf("%s of %s", source_text(policy, target->count), source_text(policy, target->of))
					  : source_text(policy, target->count));
		rows_put_text(row, joined_notes(&target->provision));
		rows_put_row(row);
	}
}

Datum
zjtx_targets(PG_FUNCTION_ARGS)
{
	return put_lists(fcinfo, offsetof(Document, targets), put_target);
}
