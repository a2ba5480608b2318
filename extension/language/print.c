/*
 * print.c
 *		Prints parts of a policy, or a policy bound to a day.
 *
 * The output consists of the author's own text, so it can be compared with the document,
 * and it parses to the same meaning.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/datetime.h"

#include "messages.h"
#include "tree.h"

/* What a part needs from its document. */
typedef struct Needs
{
	const Document *doc;
	Bitmapset  *facts;			/* by index */
	Bitmapset  *tables;
	Bitmapset  *defines;
	Bitmapset  *clauses;
	Bitmapset  *rungs;
	Bitmapset  *groups;
	Bitmapset  *populations;
	Bitmapset  *selections;
	Bitmapset  *budgets;
	bool		used;			/* documents that it uses */
} Needs;

static void need_clause(Needs *needs, const Clause *clause);
static void need_rung(Needs *needs, const Rung *rung);
static void need_group(Needs *needs, const ClauseGroup *group);
static void need_population(Needs *needs, const Population *population);
static void need_selection(Needs *needs, const Selection *selection);
static void need_budget(Needs *needs, const ClauseBudget *budget);

static void
need_expr(Needs *needs, const Expression *expr)
{
	ListCell   *cell;

	if (expr == NULL)
		return;
	check_stack_depth();
	CHECK_FOR_INTERRUPTS();

	if (expr->meaning == NAME_TABLE)
		needs->tables = bms_add_member(needs->tables, expr->table->index);
	else if (expr->meaning == NAME_FACT && expr->fact->value && expr->fact->declared_by == NULL)
		need_population(needs, expr->fact->value->population);
	else if (expr->meaning == NAME_FACT || (expr->kind == EXPR_LIST_CALL && expr->fact->index >= 0))
		needs->facts = bms_add_member(needs->facts, expr->fact->index);
	else if (expr->meaning == NAME_DEFINE && !bms_is_member(expr->define->index, needs->defines))
	{
		needs->defines = bms_add_member(needs->defines, expr->define->index);
		need_expr(needs, expr->define->expr);
	}
	else if (expr->meaning == NAME_CLAUSE)
		need_clause(needs, (const Clause *) expr->provision);
	else if (expr->meaning == NAME_RUNG)
		need_rung(needs, (const Rung *) expr->provision);
	else if (expr->meaning == NAME_GROUP)
		need_group(needs, (const ClauseGroup *) expr->provision);
	else if (expr->meaning == NAME_SELECTION)
		need_selection(needs, (const Selection *) expr->provision);
	else if (expr->meaning == NAME_USED)
		needs->used = true;
	else if (expr->meaning == NAME_LADDER)
	{
		foreach(cell, needs->doc->rungs)
		{
			need_rung(needs, lfirst(cell));
		}
	}
	foreach(cell, expr->args)
	{
		need_expr(needs, lfirst(cell));
	}
	need_expr(needs, expr->where);
	need_expr(needs, expr->body);
}

static void
need_all(Needs *needs, const List *exprs)
{
	ListCell   *cell;

	foreach(cell, exprs)
	{
		need_expr(needs, lfirst(cell));
	}
}

static void
need_clause(Needs *needs, const Clause *clause)
{
	ListCell   *cell;

	if (bms_is_member(clause->provision.index, needs->clauses))
		return;
	needs->clauses = bms_add_member(needs->clauses, clause->provision.index);
	if (clause->of_used)
		need_group(needs, clause->group);
	if (clause->budget)
		need_budget(needs, clause->budget);
	need_expr(needs, clause->when);
	need_all(needs, clause->should);
	need_expr(needs, clause->pay);
	need_expr(needs, clause->cap);
	need_expr(needs, clause->cap_in_all);
	foreach(cell, clause->stages)
	{
		Stage	   *stage = lfirst(cell);

		if (stage->list)
			needs->facts = bms_add_member(needs->facts, stage->list->index);
		need_expr(needs, stage->on);
		need_expr(needs, stage->when);
		need_expr(needs, stage->pay);
	}
}

static void
need_rung(Needs *needs, const Rung *rung)
{
	if (bms_is_member(rung->provision.index, needs->rungs))
		return;
	needs->rungs = bms_add_member(needs->rungs, rung->provision.index);
	need_expr(needs, rung->when);
	need_all(needs, rung->should);
}

static void
need_group(Needs *needs, const ClauseGroup *group)
{
	ListCell   *cell;

	check_stack_depth();
	if (bms_is_member(group->provision.index, needs->groups))
		return;
	needs->groups = bms_add_member(needs->groups, group->provision.index);
	foreach(cell, group->members)
	{
		const GroupMember *member = lfirst(cell);

		if (member->clause)
			need_clause(needs, member->clause);
		else
			need_group(needs, member->group);
	}
	need_expr(needs, group->cap);
	need_expr(needs, group->cap_in_all);
	if (group->budget)
		need_budget(needs, group->budget);
}

static void
need_population(Needs *needs, const Population *population)
{
	ListCell   *cell;

	if (bms_is_member(population->provision.index, needs->populations))
		return;
	needs->populations = bms_add_member(needs->populations, population->provision.index);
	need_expr(needs, population->when);
	foreach(cell, population->values)
	{
		need_expr(needs, ((const PopulationValue *) lfirst(cell))->expr);
	}
}

static void
need_keys(Needs *needs, const List *keys)
{
	ListCell   *cell;

	foreach(cell, keys)
	{
		need_expr(needs, ((const SortKey *) lfirst(cell))->expr);
	}
}

static void
need_selection(Needs *needs, const Selection *selection)
{
	if (bms_is_member(selection->provision.index, needs->selections))
		return;
	needs->selections = bms_add_member(needs->selections, selection->provision.index);
	need_expr(needs, selection->when);
	need_keys(needs, selection->keys);
}

/* What a line is paid depends on the other lines of its budget. */
static void
need_budget(Needs *needs, const ClauseBudget *budget)
{
	ListCell   *cell;

	check_stack_depth();
	if (bms_is_member(budget->provision.index, needs->budgets))
		return;
	needs->budgets = bms_add_member(needs->budgets, budget->provision.index);
	need_keys(needs, budget->keys);
	foreach(cell, budget->lines)
	{
		const GroupMember *line = lfirst(cell);

		if (line->clause)
			need_clause(needs, line->clause);
		else
			need_group(needs, line->group);
	}
}

static void
append_span(StringInfo buf, const Policy *policy, Span span)
{
	if (buf->len > 0)
		appendStringInfoString(buf, "\n");
	appendBinaryStringInfo(buf, policy->text + span.start, span.end - span.start);
}

/* Prints the level, because in a part the rung may be the first one. */
static void
append_rung(StringInfo buf, const Policy *policy, const Rung *rung)
{
	Span		name = {rung->provision.span.start, rung->provision.name_end};
	Span		rest = {rung->provision.name_end, rung->provision.span.end};

	append_span(buf, policy, name);
	if (!rung->level_written)
		appendStringInfo(buf, " level %d", rung->level);
	appendBinaryStringInfo(buf, policy->text + rest.start, rest.end - rest.start);
}

/* Prints those of the statements whose index is in the set. */
static void
append_members(StringInfo buf, const Policy *policy, const List *provisions, const Bitmapset *needed)
{
	ListCell   *cell;

	foreach(cell, provisions)
	{
		const Provision *provision = lfirst(cell);

		if (bms_is_member(provision->index, needed))
			append_span(buf, policy, provision->span);
	}
}

static void
append_needs(StringInfo buf, const Policy *policy, const Needs *needs)
{
	const Document *doc = needs->doc;
	ListCell   *cell;

	append_span(buf, policy, doc->header);
	foreach(cell, doc->facts)
	{
		Fact	   *fact = lfirst(cell);

		/* as_of is not in the text, nor is what was paid or allotted */
		if (fact->span.end > 0 && bms_is_member(fact->index, needs->facts))
			append_span(buf, policy, fact->span);
	}
	foreach(cell, doc->tables)
	{
		Table	   *table = lfirst(cell);

		if (bms_is_member(table->index, needs->tables))
			append_span(buf, policy, table->provision.span);
	}
	foreach(cell, doc->defines)
	{
		Define	   *define = lfirst(cell);

		if (bms_is_member(define->index, needs->defines))
			append_span(buf, policy, define->provision.span);
	}
	foreach(cell, doc->clauses)
	{
		Clause	   *clause = lfirst(cell);

		/* that of a used document is in its text */
		if (!clause->of_used && bms_is_member(clause->provision.index, needs->clauses))
			append_span(buf, policy, clause->provision.span);
	}
	foreach(cell, doc->groups)
	{
		ClauseGroup *group = lfirst(cell);

		if (bms_is_member(group->provision.index, needs->groups))
			append_span(buf, policy, group->provision.span);
	}
	append_members(buf, policy, doc->populations, needs->populations);
	append_members(buf, policy, doc->selections, needs->selections);
	append_members(buf, policy, doc->budgets, needs->budgets);
	if (needs->rungs)
		append_span(buf, policy, doc->ladder_span);
	foreach(cell, doc->rungs)
	{
		Rung	   *rung = lfirst(cell);

		if (bms_is_member(rung->provision.index, needs->rungs))
			append_rung(buf, policy, rung);
	}
}

/* The header says what facts of used documents are, whether or not these are needed. */
static void
need_header(Needs *needs)
{
	ListCell   *cell;
	ListCell   *mapping;

	foreach(cell, needs->doc->uses)
	{
		foreach(mapping, ((const DocumentUse *) lfirst(cell))->mapped)
		{
			need_all(needs, ((const Expression *) lfirst(mapping))->args);
		}
	}
}

/* Prints the documents that others use, as they are. */
static void
append_used(StringInfo buf, const Policy *policy)
{
	const char *text = policy->text;
	ListCell   *cell;
	ListCell   *other;

	foreach(cell, policy->used)
	{
		const Document *doc = lfirst(cell);
		Span		span = {doc->header.start, strlen(text)};

		/* to the next document */
		foreach(other, list_concat_copy(policy->documents, policy->used))
		{
			int			start = ((const Document *) lfirst(other))->header.start;

			if (start > span.start && start < span.end)
				span.end = start;
		}
		while (span.end > span.start && strchr(" \t\r\n", text[span.end - 1]))
			span.end--;
		append_span(buf, policy, span);
	}
}

/* What a clause, rung, group or definition needs; nothing of a version that does not have it. */
static Needs
needs_of(const Document *doc, const char *code)
{
	const Clause *clause = policy_find_clause(doc, code);
	const Rung *rung = policy_find_rung(doc, code);
	const Define *define = policy_find_define(doc, code);
	const ClauseGroup *group = policy_find_group(doc, code);
	const Selection *selection = policy_find_selection(doc, code);
	const PopulationValue *value = policy_find_population_value(doc, code);
	Needs		needs;

	memset(&needs, 0, sizeof(needs));
	needs.doc = doc;
	if (clause)
		need_clause(&needs, clause);
	else if (rung)
		need_rung(&needs, rung);
	else if (define)
	{
		needs.defines = bms_add_member(needs.defines, define->index);
		need_expr(&needs, define->expr);
	}
	else if (group)
		need_group(&needs, group);
	else if (selection)
		need_selection(&needs, selection);
	else if (value)
		need_population(&needs, value->population);
	if (clause == NULL && rung == NULL && define == NULL && group == NULL && policy_find_table(doc, code))
		needs.tables = bms_add_member(needs.tables, policy_find_table(doc, code)->index);
	need_header(&needs);
	return needs;
}

/* ---------------- parts by their article ---------------- */

static const char *const chinese_digits[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};

/* Returns 1 to 99 in Chinese, as articles are numbered, or NULL. */
static char *
chinese_number(int number)
{
	if (number < 1 || number > 99)
		return NULL;
	return psprintf("%s%s%s", number < 20 ? "" : chinese_digits[number / 10], number < 10 ? "" : "十",
					chinese_digits[number % 10]);
}

/*
 * Converts an article's number between digits and Chinese; returns NULL if it is neither.
 */
static char *
other_number(const char *number)
{
	int			i;

	if (strlen(number) <= 2 && strspn(number, "0123456789") == strlen(number))
		return chinese_number(atoi(number));
	for (i = 1; i <= 99; i++)
		if (strcmp(number, chinese_number(i)) == 0)
			return psprintf("%d", i);
	return NULL;
}

/*
 * Returns whether a code is the number or begins with it: 5-giant and 8a begin with 5 and
 * 8, but 51 does not begin with 5.
 */
static bool
begins_with(const char *code, const char *number)
{
	size_t		length = strspn(number, "0123456789");

	return length > 0 && number[length] == '\0' && strncmp(code, number, length) == 0 &&
		(code[length] < '0' || code[length] > '9');
}

static List *
add_parts_named(List *codes, const List *provisions, const char *number, const char *other)
{
	ListCell   *cell;
	ListCell   *code;

	foreach(cell, provisions)
	{
		const Provision *provision = lfirst(cell);

		if (!begins_with(provision->code, number) && !(other && begins_with(provision->code, other)) &&
			!(provision->article && (strcmp(provision->article, number) == 0 ||
									 (other && strcmp(provision->article, other) == 0))))
			continue;
		foreach(code, codes)
		{
			if (strcmp(lfirst(code), provision->code) == 0)
				break;
		}
		if (code == NULL)
			codes = lappend(codes, provision->code);
	}
	return codes;
}

List *
policy_parts_named(const Policy *policy, const char *name)
{
	size_t		length = strlen(name);
	const size_t hanzi = strlen("第");
	char	   *number = pstrdup(name);
	char	   *other = NULL;
	List	   *codes = NIL;
	ListCell   *cell;

	if (length > 2 * hanzi && strncmp(name, "第", hanzi) == 0 && strcmp(name + length - hanzi, "条") == 0)
	{
		number = pnstrdup(name + hanzi, length - 2 * hanzi);
		other = other_number(number);
	}
	if (*number == '\0')
		return NIL;
	foreach(cell, policy->documents)
	{
		const Document *doc = lfirst(cell);

		if (doc->bare)
			continue;
		codes = add_parts_named(codes, doc->clauses, number, other);
		codes = add_parts_named(codes, doc->rungs, number, other);
		codes = add_parts_named(codes, doc->groups, number, other);
	}
	return codes;
}

/* Whether a part needs provisions that are not part of it, as the members of a group are. */
static bool
needs_others(const Needs *needs, const char *code)
{
	const Document *doc = needs->doc;
	int			others = 0;
	ListCell   *cell;

	foreach(cell, doc->clauses)
	{
		const Clause *clause = lfirst(cell);

		others += bms_is_member(clause->provision.index, needs->clauses) && !policy_is_part(&clause->provision, clause->group, code);
	}
	foreach(cell, doc->rungs)
	{
		const Rung *rung = lfirst(cell);

		others += bms_is_member(rung->provision.index, needs->rungs) && !policy_is_part(&rung->provision, NULL, code);
	}
	foreach(cell, doc->groups)
	{
		const ClauseGroup *group = lfirst(cell);

		others += bms_is_member(group->provision.index, needs->groups) && !policy_is_part(&group->provision, group->group, code);
	}
	return others > 0;
}

/* Returns what stands before a text that is bound to a day. */
static char *
bound_words(DateADT day, bool is_default)
{
	return psprintf("as of %s%s", is_default ? "default " : "", date_text(day));
}

/*
 * Whether a code is that of a table, of a definition or score of a row, of a selection or of a
 * value of a population, and of no clause or rung.
 */
static bool
is_definition(const Document *doc, const char *code)
{
	const Define *define = doc->bare ? NULL : policy_find_define(doc, code);

	if (doc->bare || policy_find_clause(doc, code) || policy_find_rung(doc, code))
		return false;
	return (define != NULL && define->list == NULL) || policy_find_table(doc, code) || policy_find_selection(doc, code) ||
		policy_find_population_value(doc, code);
}

static char *
part_of_code(const Policy *policy, const char *code)
{
	StringInfoData buf;
	ListCell   *cell;
	bool		others = false;
	bool		used = false;

	initStringInfo(&buf);
	if (policy->has_as_of)
		appendStringInfoString(&buf, bound_words(policy->as_of, policy->as_of_default));
	foreach(cell, policy->documents)
	{
		Needs		needs = needs_of(lfirst(cell), code);

		others |= needs_others(&needs, code) || is_definition(lfirst(cell), code);
	}
	/* what it needs does not answer */
	if (others)
		appendStringInfo(&buf, "%spart '%s' of", buf.len > 0 ? "\n" : "", code);
	if (policy->series)
		appendStringInfo(&buf, "%sseries %s", buf.len > 0 ? "\n" : "", policy->series);
	foreach(cell, policy->documents)
	{
		Needs		needs = needs_of(lfirst(cell), code);

		append_needs(&buf, policy, &needs);
		used |= needs.used;
	}
	if (used)
		append_used(&buf, policy);
	return buf.data;
}

const char *
policy_part_code(const Policy *policy, const char *name)
{
	List	   *codes;
	ListCell   *cell;

	foreach(cell, policy->documents)
	{
		if (policy_find_clause(lfirst(cell), name) || policy_find_rung(lfirst(cell), name) ||
			policy_find_group(lfirst(cell), name))
			return name;
	}
	foreach(cell, policy->documents)
	{
		if (is_definition(lfirst(cell), name))
			return name;
	}
	codes = policy_parts_named(policy, name);
	return list_length(codes) == 1 ? linitial(codes) : NULL;
}

char *
policy_part(const Policy *policy, const char *name)
{
	const char *code = policy_part_code(policy, name);

	return code ? part_of_code(policy, code) : NULL;
}

char *
policy_counting(const Policy *policy, const Document *doc, const Target *target, bool of)
{
	const Expression *counted = of ? target->of : target->count;
	Needs		needs;
	StringInfoData buf;

	initStringInfo(&buf);
	memset(&needs, 0, sizeof(needs));
	needs.doc = doc;
	need_expr(&needs, counted);
	need_header(&needs);
	if (needs.clauses || needs.rungs || needs.groups || needs.selections || needs.populations)
		appendStringInfoString(&buf, "part 'count' of\n");
	append_needs(&buf, policy, &needs);
	appendStringInfoString(&buf, "\nclause count when");
	append_span(&buf, policy, counted->span);
	if (needs.used)
		append_used(&buf, policy);
	return buf.data;
}

bool
policy_may_bind(DateADT day)
{
	return !DATE_NOT_FINITE(day) && day >= date2j(1, 1, 1) - POSTGRES_EPOCH_JDATE &&
		day <= date2j(9999, 12, 31) - POSTGRES_EPOCH_JDATE;
}

char *
policy_at(const Policy *policy, DateADT day, bool is_default)
{
	const char *body = policy->text + policy->body;

	if (!policy_may_bind(day))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("a policy is judged for a day from 0001-01-01 to 9999-12-31")));
	/* when binding again, replace the day and the line end after it */
	if (policy->has_as_of && *body == '\n')
		body++;
	return psprintf("%s\n%s", bound_words(day, is_default), body);
}

char *
policy_without_examples(const Policy *policy)
{
	char	   *text = pstrdup(policy->text);
	ListCell   *doc_cell;
	ListCell   *cell;

	foreach(doc_cell, policy->documents)
	{
		foreach(cell, ((const Document *) lfirst(doc_cell))->examples)
		{
			Span		span = ((const Example *) lfirst(cell))->span;

			memset(text + span.start, ' ', span.end - span.start);
		}
	}
	return text;
}
