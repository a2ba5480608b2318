/*
 * vary_find.c
 *		Finds the bound of a condition by the text that explain, gap and margin print for the condition.
 */
#include "postgres.h"

#include "compat.h"
#include "common/string.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/varlena.h"

#include "answers/labelled.h"
#include "engine/program.h"
#include "gap.h"
#include "language/names.h"
#include "messages.h"
#include "vary.h"

typedef struct BoundSearch
{
	const char *text;			/* of the policy */
	const Phrases *words;		/* of the document at hand */
	const char *code;			/* of the statement at hand */
	const char *outer;
	List	   *bounds;			/* of VaryBound */
} BoundSearch;

/* ---------------- literals ---------------- */

static char *
source_of(const BoundSearch *search, Span span)
{
	return pnstrdup(search->text + span.start, span.end - span.start);
}

static bool
is_literal(const Expression *expr)
{
	return expr->kind == EXPR_NUMBER || expr->kind == EXPR_DATE ||
		(expr->kind == EXPR_NEGATE && ((Expression *) linitial(expr->args))->kind == EXPR_NUMBER);
}

/* Returns the literal that an expression consists of, directly or as the name of a definition; or NULL. */
static const Expression *
literal_of(const Expression *expr)
{
	if (is_literal(expr))
		return expr;
	if (expr->kind == EXPR_NAME && expr->meaning == NAME_DEFINE && is_literal(expr->define->expr))
		return expr->define->expr;
	return NULL;
}

/* Returns what follows the number in a text: 万元 in 4000万元.  Digits may be of full width. */
static const char *
unit_in(const char *text)
{
	while (*text)
	{
		if (strchr("+-0123456789., ", *text))
			text++;
		else if (strncmp(text, "\xEF\xBC", 2) == 0 && (unsigned char) text[2] >= 0x8B && (unsigned char) text[2] <= 0x99)
			text += 3;			/* ＋ － ． ０ to ９ */
		else
			break;
	}
	return text;
}

/* Reads a literal number, in the unit of what it is compared with; returns false for a date. */
static bool
number_of_literal(const Expression *literal, Number *number)
{
	const Expression *figures = literal->kind == EXPR_NEGATE ? linitial(literal->args) : literal;

	if (figures->kind != EXPR_NUMBER || !value_of_literal(number, figures))
		return false;
	if (literal->kind == EXPR_NEGATE)
		*number = number_negate(number);
	return true;
}

/* ---------------- the bounds of a document ---------------- */

static void
add_bound(BoundSearch *search, const char *name, const Expression *literal, const char *written)
{
	VaryBound  *bound = palloc0(sizeof(VaryBound));

	bound->name = name;
	bound->code = search->code;
	bound->outer = search->outer;
	bound->literal.start = -1;
	if (literal)
	{
		bound->literal = literal->span;
		bound->type = literal->kind == EXPR_DATE ? TYPE_DATE : TYPE_NUMBER;
		bound->unit = unit_in(written);
	}
	search->bounds = lappend(search->bounds, bound);
}

/*
 * Adds the bound of a comparison that the author did not write as one, such as a step of a
 * band; in the author's figures, and as gap prints it.
 */
static void
add_composed_as(BoundSearch *search, const Expression *x, const char *shown, CompareOp op, const Expression *bound)
{
	const Expression *literal = literal_of(bound);
	char	   *start = psprintf("%s %s ", shown, gap_op_name(op));
	char	   *written = source_of(search, bound->span);
	Number		number;

	add_bound(search, psprintf("%s%s", start, written), literal,
			  literal ? source_of(search, literal->span) : written);
	/* in the unit of x or, if x has none, of the literal; and without a unit */
	if (literal == bound && number_of_literal(bound, &number))
	{
		char	   *printed = gap_number_words(&number, x->unit == UNIT_FREE ? bound->unit : x->unit);
		char	   *plain = gap_number_words(&number, UNIT_FREE);

		if (strcmp(printed, written) != 0)
			add_bound(search, psprintf("%s%s", start, printed), literal, printed);
		if (strcmp(plain, written) != 0 && strcmp(plain, printed) != 0)
			add_bound(search, psprintf("%s%s", start, plain), literal, plain);
	}
}

/* Returns the expression as people read it, or NULL if that equals its source. */
static char *
shown_of(const BoundSearch *search, const Expression *expr)
{
	char	   *shown = labelled_source(search->words, search->text, expr, 0);

	return strcmp(shown, source_of(search, expr->span)) == 0 ? NULL : shown;
}

/* Adds it with names as in the source, then as people read it. */
static void
add_composed(BoundSearch *search, const Expression *x, CompareOp op, const Expression *bound)
{
	char	   *shown = shown_of(search, x);

	add_composed_as(search, x, source_of(search, x->span), op, bound);
	if (shown)
		add_composed_as(search, x, shown, op, bound);
}

static void
add_comparison(BoundSearch *search, const Expression *expr)
{
	const Expression *right = literal_of(lsecond(expr->args));
	const Expression *literal = right ? right : literal_of(linitial(expr->args));
	const char *written = literal ? source_of(search, literal->span) : "";
	char	   *shown = shown_of(search, expr);

	add_bound(search, source_of(search, expr->span), literal, written);
	if (shown)
		add_bound(search, shown, literal, written);
}

static void
add_between(BoundSearch *search, const Expression *expr)
{
	const Expression *x = linitial(expr->args);
	char	   *shown = shown_of(search, expr);
	const char *low;
	char	   *both;
	int			first = list_length(search->bounds);

	add_composed(search, x, CMP_GE, lsecond(expr->args));
	low = ((const VaryBound *) list_nth(search->bounds, first))->name;
	first = list_length(search->bounds);
	add_composed(search, x, CMP_LE, lthird(expr->args));
	both = psprintf("\"%s\", \"%s\"", low, ((const VaryBound *) list_nth(search->bounds, first))->name);
	add_bound(search, source_of(search, expr->span), NULL, "");
	((VaryBound *) llast(search->bounds))->both = both;
	if (shown == NULL)
		return;
	add_bound(search, shown, NULL, "");
	((VaryBound *) llast(search->bounds))->both = both;
}

static void
find_in(BoundSearch *search, const Expression *expr)
{
	ListCell   *cell;

	check_stack_depth();
	CHECK_FOR_INTERRUPTS();
	if (expr == NULL)
		return;
	if (expr->kind == EXPR_COMPARE)
		add_comparison(search, expr);
	else if (expr->kind == EXPR_BETWEEN)
		add_between(search, expr);
	foreach(cell, expr->args)
	{
		const Expression *arg = lfirst(cell);

		if (expr->kind == EXPR_BAND && arg->kind == EXPR_ARM && list_length(arg->args) == 2)
			add_composed(search, linitial(expr->args), arg->compare, lsecond(arg->args));
		find_in(search, arg);
	}
	find_in(search, expr->where);
	find_in(search, expr->body);
}

static void
find_in_all(BoundSearch *search, const List *exprs)
{
	ListCell   *cell;

	foreach(cell, exprs)
		find_in(search, lfirst(cell));
}

/* A cap is also moved: by `cap 60万元`. */
static void
find_in_cap(BoundSearch *search, const Expression *cap)
{
	const Expression *literal = cap ? literal_of(cap) : NULL;

	if (literal)
		add_bound(search, psprintf("cap %s", source_of(search, cap->span)), literal, source_of(search, literal->span));
	if (literal)
		add_bound(search, psprintf("封顶 %s", source_of(search, cap->span)), literal, source_of(search, literal->span));
	find_in(search, cap);
}

static void
find_in_clause(BoundSearch *search, const Clause *clause)
{
	ListCell   *cell;

	search->code = clause->provision.code;
	find_in(search, clause->when);
	find_in_all(search, clause->should);
	find_in(search, clause->pay);
	find_in_cap(search, clause->cap);
	find_in_cap(search, clause->cap_in_all);
	foreach(cell, clause->stages)
	{
		const Stage *stage = lfirst(cell);

		search->outer = clause->provision.code;
		search->code = psprintf("%s/%s", clause->provision.code, stage->provision.code);
		find_in(search, stage->on);
		find_in(search, stage->when);
		find_in(search, stage->pay);
	}
	search->outer = NULL;
}

static void
find_in_document(BoundSearch *search, const Document *doc)
{
	ListCell   *cell;

	search->words = phrases_of(doc, search->text);
	foreach(cell, doc->defines)
	{
		const Define *define = lfirst(cell);

		search->code = define->provision.code;
		/* a definition that is a literal goes by its name */
		if (is_literal(define->expr))
			add_bound(search, define->provision.code, define->expr, source_of(search, define->expr->span));
		find_in(search, define->expr);
	}
	foreach(cell, doc->clauses)
		find_in_clause(search, lfirst(cell));
	foreach(cell, doc->groups)
	{
		const ClauseGroup *group = lfirst(cell);

		search->code = group->provision.code;
		find_in_cap(search, group->cap);
		find_in_cap(search, group->cap_in_all);
	}
	foreach(cell, doc->rungs)
	{
		const Rung *rung = lfirst(cell);

		search->code = rung->provision.code;
		find_in(search, rung->when);
		find_in_all(search, rung->should);
	}
}

/* ---------------- names ---------------- */

/* Removes white space, and converts to lower case, outside quotes. */
static char *
folded(const char *name)
{
	StringInfoData buf;
	bool		quoted = false;

	initStringInfo(&buf);
	for (; *name; name++)
	{
		if (*name == '\'')
			quoted = !quoted;
		if (quoted || !strchr(" \t\r\n\f\v", *name))
			appendStringInfoChar(&buf, quoted ? *name : pg_ascii_tolower((unsigned char) *name));
	}
	return buf.data;
}

/* Returns the bounds with this name; if a code is given, only those of that provision. */
static List *
named(const List *bounds, const char *code, const char *name)
{
	char	   *wanted = folded(name);
	List	   *found = NIL;
	ListCell   *cell;

	foreach(cell, bounds)
	{
		VaryBound  *bound = lfirst(cell);

		CHECK_FOR_INTERRUPTS();
		if (code && (bound->code == NULL || strcmp(code, bound->code) != 0) &&
			(bound->outer == NULL || strcmp(code, bound->outer) != 0))
			continue;
		if (strcmp(folded(bound->name), wanted) == 0)
			found = lappend(found, bound);
	}
	return found;
}

/* `5-giant: revenue >= 4000万元` */
static List *
named_with_code(const List *bounds, const char *condition)
{
	const char *colon = strpbrk(condition, ":");
	const char *wide = strstr(condition, "：");
	int			length = 1;

	if (wide && (colon == NULL || wide < colon))
	{
		colon = wide;
		length = strlen("：");
	}
	if (colon == NULL)
		return NIL;
	return named(bounds, folded(pnstrdup(condition, colon - condition)), colon + length);
}

/* Returns the name that differs in the fewest characters.  Only the beginnings of long names are compared. */
static const char *
nearest_name(const List *bounds, const char *condition)
{
	const char *best = NULL;
	int			least = PG_INT32_MAX;
	int			length = pg_mbcliplen(condition, strlen(condition), 250);
	ListCell   *cell;

	foreach(cell, bounds)
	{
		const VaryBound *bound = lfirst(cell);
		int			distance;

		CHECK_FOR_INTERRUPTS();
		distance = varstr_levenshtein(condition, length, bound->name,
									  pg_mbcliplen(bound->name, strlen(bound->name), 250), 1, 1, 1, true);
		if (distance >= least)
			continue;
		least = distance;
		best = bound->name;
	}
	return best;
}

const char *
vary_shown(const char *condition)
{
	return pg_is_ascii(condition) ? condition : message_word(condition, "...");
}

pg_noreturn static void
unknown_condition(const Compiled *compiled, const List *bounds, const char *condition)
{
	const char *best = nearest_name(bounds, condition);

	ereport(ERROR,
			(errcode(ERRCODE_UNDEFINED_OBJECT),
			 errmsg("policy \"%s\" has no condition \"%s\" with a bound", compiled->name, vary_shown(condition)),
			 best && strcmp(vary_shown(best), best) == 0 ? errhint("Perhaps you meant \"%s\".", best) : 0));
}

/* Raises an error for a condition whose bound cannot be moved. */
static void
check_bound(const Compiled *compiled, const VaryBound *bound)
{
	if (bound->both)
		ereport(ERROR,
				(errcode(ERRCODE_AMBIGUOUS_PARAMETER),
				 errmsg("condition \"%s\" of policy \"%s\" has two bounds", vary_shown(bound->name), compiled->name),
				 errhint("Name one of them: %s.", vary_shown(bound->both))));
	if (bound->literal.start < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the bound of condition \"%s\" of policy \"%s\" is neither a number nor a date",
						vary_shown(bound->name), compiled->name),
				 errhint("zjtx.amend() replaces a statement as a whole.")));
}

static int
compare_places(const ListCell *a, const ListCell *b)
{
	return ((const VaryBound *) lfirst(a))->literal.start - ((const VaryBound *) lfirst(b))->literal.start;
}

List *
vary_find(const Compiled *compiled, const char *condition)
{
	BoundSearch search = {compiled->policy->text, NULL, NULL, NULL, NIL};
	List	   *found;
	List	   *result = NIL;
	ListCell   *cell;

	foreach(cell, compiled->policy->documents)
		find_in_document(&search, lfirst(cell));
	foreach(cell, compiled->policy->used)
		find_in_document(&search, lfirst(cell));
	found = named(search.bounds, NULL, condition);
	if (found == NIL)
		found = named_with_code(search.bounds, condition);
	if (found == NIL)
		unknown_condition(compiled, search.bounds, condition);
	foreach(cell, found)
		check_bound(compiled, lfirst(cell));
	list_sort(found, compare_places);
	/* several conditions may name one definition, which is one place */
	foreach(cell, found)
	{
		if (result == NIL || compare_places(list_tail(result), cell) != 0)
			result = lappend(result, lfirst(cell));
	}
	return result;
}
