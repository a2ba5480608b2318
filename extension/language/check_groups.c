/*
 * check_groups.c
 *		Checks groups and their members, and finds the facts that say what was paid.
 *
 * Members are found before anything that may depend on membership is checked.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/fmgrprotos.h"

#include "check.h"
#include "messages.h"
#include "names.h"
#include "teach.h"

/* ---------------- members that are provisions of used documents ---------------- */

static Expression *
member_expression(ExprKind kind, char *code, Span span)
{
	Expression *expr = expr_literal(kind, TYPE_UNKNOWN, span);

	expr->name = code;
	expr->name_at = span.start;
	return expr;
}

/* Returns whether a clause of this document that is a member of the same group is per year. */
static bool
others_per_year(const Document *doc, const ClauseGroup *group)
{
	ListCell   *cell;

	foreach(cell, group->members)
	{
		const Clause *clause = policy_find_clause(doc, ((const GroupMember *) lfirst(cell))->code);

		if (clause && !clause->of_used)
			return clause->per_year;
	}
	return false;
}

/* A stage of a clause of this document and a clause of a used one must not be the same line, such as "a/1". */
static void
check_other_line(Checker *checker, const GroupMember *member)
{
	ListCell   *cell;
	ListCell   *stages;

	foreach(cell, checker->doc->clauses)
	{
		const Clause *clause = lfirst(cell);
		int			length = clause->provision.code ? strlen(clause->provision.code) : 0;

		if (length == 0 || strncmp(clause->provision.code, member->code, length) != 0 || member->code[length] != '/')
			continue;
		foreach(stages, clause->stages)
		{
			if (strcmp(((const Stage *) lfirst(stages))->provision.code, member->code + length + 1) == 0)
				read_error(checker->state, member->span.start,
						   pstrdup(_("Give the clause or its stage another code.")),
						   "\"%s\" is also a stage of clause \"%s\" of this document", member->code, clause->provision.code);
		}
	}
}

/*
 * Adds the clause of a used document that is a member of a group to the clauses of the
 * document.  NULL if the member is no provision of a used document.
 */
static Clause *
use_member(Checker *checker, const ClauseGroup *group, const GroupMember *member)
{
	Document   *doc = checker->doc;
	const char *slash = strchr(member->code, '/');
	const DocumentUse *use = slash ? policy_find_use(doc, pnstrdup(member->code, slash - member->code)) : NULL;
	const Clause *used = NULL;
	Clause	   *clause;
	ListCell   *cell;

	if (use == NULL)
		return NULL;
	check_other_line(checker, member);
	foreach(cell, use->documents)
	{
		const Clause *found = policy_find_clause(lfirst(cell), slash + 1);

		if (found)
			used = found;
	}
	clause = palloc0(sizeof(Clause));
	clause->provision.code = member->code;
	clause->provision.index = list_length(doc->clauses);
	clause->of_used = true;
	/* without the text of the used document, assume what fits */
	clause->kind = used ? used->kind : CLAUSE_REWARD;
	clause->has_kind = true;
	clause->per_year = used ? used->per_year : others_per_year(doc, group);
	clause->when = member_expression(EXPR_SATISFIES, member->code, member->span);
	clause->pay = member_expression(EXPR_AMOUNT_OF, member->code, member->span);
	if (used)
	{
		clause->provision.title = used->provision.title;
		clause->provision.subject = used->provision.subject;
		clause->provision.offices = used->provision.offices;
	}
	doc->clauses = lappend(doc->clauses, clause);
	symbols_add(doc->clauses_by_code, clause->provision.code, clause);
	return clause;
}

/* ---------------- members ---------------- */

pg_noreturn static void
unknown_member(Checker *checker, const GroupMember *member)
{
	const Document *doc = checker->doc;
	Nearest		nearest;

	nearest_start(&nearest, member->code);
	check_offer_codes(&nearest, doc->clauses);
	check_offer_codes(&nearest, doc->groups);
	read_error(checker->state, member->span.start, nearest_hint(&nearest),
			   "there is no clause or group \"%s\"", member->code);
}

/* Makes a clause or group a member; each belongs to one group at most. */
static void
join_group(Checker *checker, ClauseGroup *group, GroupMember *member)
{
	const char *code = check_own_code(checker->doc, member->code);
	const Provision *provision;
	ClauseGroup **of;

	member->clause = policy_find_clause(checker->doc, code);
	member->group = member->clause ? NULL : policy_find_group(checker->doc, code);
	if (member->clause == NULL && member->group == NULL)
		member->clause = use_member(checker, group, member);
	if (member->clause == NULL && member->group == NULL)
		unknown_member(checker, member);
	provision = member->clause ? &member->clause->provision : &member->group->provision;
	if (member->clause && member->clause->kind != CLAUSE_REWARD && member->clause->kind != CLAUSE_SUBSIDY)
		read_error(checker->state, member->span.start, NULL,
				   "clause \"%s\" is not a reward or subsidy", member->code);
	of = member->clause ? &member->clause->group : &member->group->group;
	if (*of)
		read_error(checker->state, member->span.start,
				   *of == group ? NULL : _("A group can be a member of a group: \"group all sum of a, b\"."),
				   "\"%s\" is a member of group \"%s\" already", member->code, (*of)->provision.code);
	*of = group;
	if (provision->subject != group->provision.subject)
		read_error(checker->state, member->span.start,
				   psprintf(_("Write \"subject %s\" after the group."), subject_name(provision->subject)),
				   "\"%s\" reads the row of another subject than its group", member->code);
	if (member->clause ? member->clause->cap_in_all : member->group->cap_in_all)
		read_error(checker->state, member->span.start,
				   _("Write it after the group, whose line is paid."),
				   "\"%s\" has a cap over all periods, and nothing is paid for a member of a group by itself",
				   member->code);
}

#define MAX_GROUP_DEPTH 10		/* groups inside one another, each with a sum */

/* A member that is a group must not lead back to the group, and groups are not nested deeply. */
static void
check_nesting(Checker *checker, const ClauseGroup *group)
{
	const ClauseGroup *outer = group->group;
	int			depth;

	for (depth = 1; outer; outer = outer->group, depth++)
	{
		if (outer == group)
			read_error(checker->state, group->provision.span.start, NULL,
					   "the group \"%s\" is a member of itself", group->provision.code);
		if (depth == MAX_GROUP_DEPTH)
			read_error(checker->state, group->provision.span.start, NULL,
					   "groups are nested more than %d levels deep", MAX_GROUP_DEPTH);
	}
}

static bool
is_per_year(const ClauseGroup *group)
{
	const GroupMember *first = linitial(group->members);

	check_stack_depth();
	return first->clause ? first->clause->per_year : is_per_year(first->group);
}

static void
check_periods(Checker *checker, ClauseGroup *group)
{
	const GroupMember *first = linitial(group->members);
	ListCell   *cell;

	group->per_year = is_per_year(group);
	foreach(cell, group->members)
	{
		const GroupMember *member = lfirst(cell);

		if ((member->clause ? member->clause->per_year : is_per_year(member->group)) != group->per_year)
			read_error(checker->state, member->span.start,
					   _("The members of a group are all per year, or none is."),
					   group->per_year ? gettext_noop("\"%s\" is per year, and \"%s\" is not") : gettext_noop("\"%s\" is not per year, and \"%s\" is"),
					   first->code, member->code);
	}
}

/* ---------------- what was paid ---------------- */

/*
 * What was paid on a line for other periods is a fact. watch and sweep read it from the ledger; otherwise it is read
 * from the column or key of its name.
 */
static Fact *
paid_fact(Checker *checker, const char *code, int at)
{
	Document   *doc = checker->doc;
	char	   *name = psprintf("paid of %s", code);
	Fact	   *fact = policy_find_fact(doc, name);
	Expression *zero;

	if (fact)
		return fact;
	check_want_column_name(checker, name, at);
	zero = expr_literal(EXPR_NUMBER, TYPE_NUMBER, doc->header);
	zero->number = DatumGetNumeric(DirectFunctionCall1(int4_numeric, Int32GetDatum(0)));
	fact = palloc0(sizeof(Fact));
	fact->name = name;
	fact->label = psprintf("%s%s", "已付之", code);
	fact->type = TYPE_NUMBER;
	fact->unit = UNIT_YUAN;
	fact->low = zero;
	fact->has_low = true;
	fact->paid_of = pstrdup(code);
	fact->used = true;
	fact->index = list_length(doc->facts);
	doc->facts = lappend(doc->facts, fact);
	symbols_add(doc->facts_by_name, name, fact);
	return fact;
}

void
check_members(Checker *checker)
{
	Document   *doc = checker->doc;
	ListCell   *cell;
	ListCell   *member_cell;

	foreach(cell, doc->groups)
	{
		ClauseGroup *group = lfirst(cell);

		foreach(member_cell, group->members)
		{
			join_group(checker, group, lfirst(member_cell));
		}
	}
	foreach(cell, doc->groups)
	{
		check_nesting(checker, lfirst(cell));
	}
	foreach(cell, doc->groups)
	{
		ClauseGroup *group = lfirst(cell);

		check_periods(checker, group);
		if (group->cap_in_all && group->per_year)
			group->paid = paid_fact(checker, group->provision.code, group->cap_in_all->span.start);
	}
	foreach(cell, doc->clauses)
	{
		Clause	   *clause = lfirst(cell);

		if (clause->cap_in_all && clause->per_year && !doc->bare)
			clause->paid = paid_fact(checker, clause->provision.code, clause->cap_in_all->span.start);
	}
}

/* "paid of 3".  A line without a period has no payments for other periods. */
void
check_paid_of(Checker *checker, Expression *expr)
{
	const char *code = check_own_code(checker->doc, expr->name);
	const Clause *clause = checker->doc->bare ? NULL : policy_find_clause(checker->doc, code);
	const ClauseGroup *group = checker->doc->bare ? NULL : policy_find_group(checker->doc, code);

	if (clause == NULL && group == NULL)
		check_unknown_provision(checker, expr, code);
	if (clause && (clause->kind == CLAUSE_ELIGIBILITY || clause->kind == CLAUSE_POINTS))
		read_error(checker->state, expr->name_at, NULL, "clause \"%s\" pays no money", code);
	if (clause ? clause->group : group->group)
		read_error(checker->state, expr->name_at,
				   psprintf(_("Ask what was paid of the group: \"%s %s\"."), teach_checked_word(checker, "paid of", "已付之"),
							(clause ? clause->group : group->group)->provision.code),
				   "nothing is paid for \"%s\" by itself", code);
	expr->type = TYPE_NUMBER;
	expr->unit = UNIT_YUAN;
	expr->money = check_money_of_unit(UNIT_YUAN);
	if (!(clause ? clause->per_year : group->per_year))
		return;
	expr->meaning = NAME_FACT;
	expr->fact = paid_fact(checker, code, expr->name_at);
}

/* ---------------- groups ---------------- */

void
check_group(Checker *checker, ClauseGroup *group, int at)
{
	ListCell   *cell;

	if (!check_begin(checker, &group->provision, "group", at))
		return;
	foreach(cell, group->members)
	{
		const GroupMember *member = lfirst(cell);

		if (member->clause)
			check_clause(checker, member->clause, member->span.start);
		else
			check_group(checker, member->group, member->span.start);
	}
	if (group->cap)
		check_money(checker, group->cap, UNIT_YUAN, NULL);
	if (group->cap_in_all)
		check_money(checker, group->cap_in_all, UNIT_YUAN, NULL);
	group->provision.state = 2;
}
