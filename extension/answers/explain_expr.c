/*
 * explain_expr.c
 *		Conditions and calculations, explained.
 *
 * What did not matter is folded: of a condition that fails, the parts that hold; of one
 * that holds by one of several ways, the other ways.  A definition is opened once.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"

#include "engine/value.h"
#include "explain.h"

#define MAX_TEXT 200			/* characters that are shown of a text */
#define MAX_STEPS 64			/* of a band, among which those that can be reached are named */

ExplainNode *
explain_node(ExplainKind kind)
{
	ExplainNode *node = palloc0(sizeof(ExplainNode));

	CHECK_FOR_INTERRUPTS();
	node->kind = kind;
	return node;
}

static void
add_child(ExplainNode *node, ExplainNode *child)
{
	node->children = lappend(node->children, child);
}

static void
set_truth(ExplainNode *node, Truth truth)
{
	node->has_truth = true;
	node->truth = truth;
}

void
explain_found(ExplainNode *node, const Value *value, ValueType type, Unit unit)
{
	node->has_value = true;
	node->value = *value;
	node->type = type;
	node->unit = unit;
}

/* One line for what is not shown: how many, and what is said of one or of many. */
void
explain_fold(ExplainNode *node, int count, const char *one, const char *many)
{
	ExplainNode *folded;

	if (count == 0)
		return;
	folded = explain_node(EXPLAIN_FOLDED);
	folded->count = count;
	folded->what = count == 1 ? one : many;
	add_child(node, folded);
}

void
explain_fold_truth(ExplainNode *node, int count, Truth truth, const char *one, const char *many)
{
	explain_fold(node, count, one, many);
	if (count > 0)
		set_truth(llast(node->children), truth);
}

/* ---------------- words ---------------- */

/* At most so much of a text that every mention of it can be shown. */
char *
explain_short(const char *text)
{
	int			length;
	int			cut;

	if (text == NULL)
		return NULL;
	length = strlen(text);
	if (length <= MAX_TEXT)
		return pstrdup(text);
	cut = pg_mbcharcliplen(text, length, MAX_TEXT);
	return cut == length ? pstrdup(text) : psprintf("%s…", pnstrdup(text, cut));
}

/* An expression as written, on one line, without comments. */
char *
explain_source(const Explainer *explainer, const Expression *expr)
{
	const char *text = explainer->policy->text;
	StringInfoData buf;
	bool		quoted = false;
	int			i;

	initStringInfo(&buf);
	for (i = expr->span.start; i < expr->span.end && buf.len <= MAX_TEXT * MAX_MULTIBYTE_CHAR_LEN; i++)
	{
		if (text[i] == '\'')
			quoted = !quoted;
		if (!quoted && text[i] == '-' && text[i + 1] == '-')
		{
			while (i + 1 < expr->span.end && text[i + 1] != '\n')
				i++;
			continue;
		}
		if (!quoted && strchr(" \t\r\n", text[i]))
		{
			if (buf.len > 0 && buf.data[buf.len - 1] != ' ')
				appendStringInfoChar(&buf, ' ');
			continue;
		}
		appendStringInfoChar(&buf, text[i]);
	}
	return explain_short(buf.data);
}

static bool
is_literal(const Expression *expr)
{
	return expr->kind == EXPR_NUMBER || expr->kind == EXPR_TEXT ||
		expr->kind == EXPR_DATE || expr->kind == EXPR_BOOLEAN;
}

static bool
is_fact(const Expression *expr)
{
	return expr->kind == EXPR_NAME && expr->meaning != NAME_DEFINE;
}

static bool
is_define(const Expression *expr)
{
	return expr->kind == EXPR_NAME && expr->meaning == NAME_DEFINE;
}

/* ---------------- instructions of expressions ---------------- */

/*
 * The instruction of an argument of an expression, given that of the expression; -1
 * where it has none, being a constant or part of one.
 */
static int
argument_instr(const Program *program, const Expression *expr, int number, int i)
{
	const Instr *instr;

	if (number < 0)
		return -1;
	instr = &program->instrs[number];
	switch ((Op) instr->op)
	{
		case OP_AND:
		case OP_OR:
		case OP_CASE:
		case OP_LEAST:
		case OP_GREATEST:
		case OP_LATEST:
		case OP_COUNT_TRUE:
			return i < instr->nargs ? program->args[instr->args + i] : -1;
		case OP_ADD:
		case OP_SUBTRACT:
		case OP_MULTIPLY:
		case OP_DIVIDE:
		case OP_DAYS:
		case OP_COMPARE:
		case OP_COALESCE:
			return i == 0 ? instr->a : i == 1 ? instr->b : -1;
		case OP_TEXT_IN:
			/* of a comparison with a text, the other side */
			if (((Expression *) list_nth(expr->args, i))->kind == EXPR_TEXT)
				return -1;
			return instr->a;
		case OP_NOT:
		case OP_NEGATE:
		case OP_SHIFT:
		case OP_IS_NONE:
		case OP_YEAR:
		case OP_FLOOR:
		case OP_ROUND:
			return i == 0 ? instr->a : -1;
		default:
			return -1;
	}
}

/* x, low and high of a between */
static void
between_instrs(const Program *program, const Expression *expr, int number, int found[3])
{
	const Instr *instr = &program->instrs[number];
	const Instr *low;

	/* a negated one also asks whether its bounds are none */
	while (expr->negated && instr->op == OP_AND)
		instr = &program->instrs[program->args[instr->args]];
	low = &program->instrs[program->args[instr->args]];
	found[0] = low->a;
	found[1] = low->b;
	found[2] = program->instrs[program->args[instr->args + 1]].b;
}

/* x of an in, and of its member i (from 1) */
static int
in_instr(const Program *program, const Expression *expr, int number, int i)
{
	const Instr *instr = &program->instrs[number];

	if (instr->op == OP_AND || instr->op == OP_OR)
		instr = &program->instrs[program->args[instr->args + Max(i - 1, 0)]];
	if (instr->op == OP_COMPARE)
		return i == 0 ? instr->a : instr->b;
	/* of a text and a constant only one is a register */
	return (((Expression *) list_nth(expr->args, i))->kind == EXPR_TEXT) ? -1 : instr->a;
}

/* ---------------- facts ---------------- */

/* Why a value is unknown that was found. */
static char *
outside(const Fact *fact, const Origin *origin)
{
	const char *found = origin->written == NULL ? "it is"
		: psprintf(fact->type == TYPE_TEXT ? "'%s' is" : "%s is", explain_short(origin->written));

	if (fact->type == TYPE_LIST)
		return NULL;
	if (fact->values)
		return psprintf("%s none of its values", found);
	if (fact->low && fact->high)
		return psprintf("%s outside %s to %s", found,
						fact->type == TYPE_DATE ? date_text(fact->low->date) : number_text(&fact->unknown->low),
						fact->type == TYPE_DATE ? date_text(fact->high->date)
						: explain_number(&fact->unknown->high, fact->unit, NULL));
	if (fact->low)
		return psprintf("%s below %s", found, fact->type == TYPE_DATE ? date_text(fact->low->date)
						: explain_number(&fact->unknown->low, fact->unit, NULL));
	if (fact->high)
		return psprintf("%s above %s", found, fact->type == TYPE_DATE ? date_text(fact->high->date)
						: explain_number(&fact->unknown->high, fact->unit, NULL));
	return psprintf("%s no value", found);
}

static void
set_fact(Explainer *explainer, ExplainNode *node, const Expression *expr, int number)
{
	const Fact *fact = expr->fact;
	const Instr *instr = &explainer->run->program->instrs[number];
	FactSource *source = explainer->run->source;
	const Value *value = run_value(explainer->run, number);

	node->name = fact->name;
	node->title = explain_short(fact->label);
	explain_found(node, value, fact->type, fact->unit);
	/* in a stage, as_of is the stage's day */
	if (instr->op != OP_FACT || instr->a != fact->index || source->origin == NULL)
		return;
	node->has_origin = true;
	source->origin(source, fact->index, &node->origin);
	if (value_decided(value, fact->type))
		return;
	switch (node->origin.kind)
	{
		case ORIGIN_NO_COLUMN:
			node->unknown = "no column";
			break;
		case ORIGIN_NO_KEY:
			node->unknown = "no key";
			break;
		default:
			node->unknown = node->origin.null ? "NULL" : outside(fact, &node->origin);
			break;
	}
}

/* A fact among others, each once. */
static List *
with_fact(Explainer *explainer, List *facts, const Expression *expr, int number)
{
	ExplainNode *fact;
	ListCell   *cell;

	foreach(cell, facts)
		if (strcmp(((ExplainNode *) lfirst(cell))->name, expr->fact->name) == 0)
			return facts;
	fact = explain_node(EXPLAIN_FACT);
	set_fact(explainer, fact, expr, number);
	return lappend(facts, fact);
}

/* ---------------- definitions ---------------- */

/*
 * Whether what stands here was shown before; from now on it was.  What depends on
 * the element of a list is another thing in the next element.
 */
static bool
was_shown(Explainer *explainer, int number)
{
	bool		scoped = explainer->run->program->instrs[number].scopes != 0;
	uint64		before = explainer->seen[number];

	explainer->seen[number] = explainer->element;
	return before != 0 && (!scoped || before == explainer->element);
}

void
explain_enter(Explainer *explainer, int depth, const Value *fields)
{
	run_enter_element(explainer->run, depth, fields);
	explainer->element++;
}

/* A definition into the node that stands for it. */
static void
set_define(Explainer *explainer, ExplainNode *node, const Define *define, int number)
{
	node->name = define->provision.code;
	node->title = explain_short(define->provision.title);
	node->article = define->provision.article;
	if (define->expr->type != TYPE_BOOLEAN)
		explain_found(node, run_value(explainer->run, number), define->expr->type,
					  define->is_score && define->expr->unit == UNIT_FREE ? UNIT_POINT : define->expr->unit);
	if (explainer->brief || is_literal(define->expr))
		return;
	node->expression = explain_source(explainer, define->expr);
	/* one that is another's name is the same instruction */
	if (!is_define(define->expr) && was_shown(explainer, number))
	{
		node->above = true;
		return;
	}
	node->notes = define->provision.notes;
	if (define->expr->type == TYPE_BOOLEAN)
		explain_conditions(explainer, node, define->expr, number);
	else
		explain_calculation(explainer, node, define->expr, number);
}

/* ---------------- calculations ---------------- */

static bool
has_steps(const Expression *expr)
{
	return is_define(expr) || expr->kind == EXPR_BAND || expr->kind == EXPR_CASE || expr->kind == EXPR_LIST_CALL;
}

/* What a value was calculated from: facts on one line, all else below. */
static void
collect(Explainer *explainer, ExplainNode *node, const Expression *expr, int number)
{
	ListCell   *cell;

	check_stack_depth();
	CHECK_FOR_INTERRUPTS();
	if (number < 0 || is_literal(expr))
		return;
	if (is_fact(expr))
	{
		node->facts = with_fact(explainer, node->facts, expr, number);
		return;
	}
	if (has_steps(expr))
	{
		if (expr->type == TYPE_BOOLEAN)
			add_child(node, explain_condition(explainer, expr, number));
		else
			add_child(node, explain_value(explainer, expr, number));
		return;
	}
	switch (expr->kind)
	{
		case EXPR_AND:
		case EXPR_OR:
		case EXPR_NOT:
		case EXPR_COMPARE:
			foreach(cell, expr->args)
				collect(explainer, node, lfirst(cell),
						argument_instr(explainer->run->program, expr, number, foreach_current_index(cell)));
			break;
		case EXPR_BETWEEN:
			{
				int			found[3];

				between_instrs(explainer->run->program, expr, number, found);
				foreach(cell, expr->args)
					collect(explainer, node, lfirst(cell), found[foreach_current_index(cell)]);
			}
			break;
		case EXPR_IN:
			foreach(cell, expr->args)
				collect(explainer, node, lfirst(cell),
						in_instr(explainer->run->program, expr, number, foreach_current_index(cell)));
			break;
		default:
			foreach(cell, expr->args)
				collect(explainer, node, lfirst(cell),
						argument_instr(explainer->run->program, expr, number, foreach_current_index(cell)));
			break;
	}
}

/* The most that one of the values can be. */
static void
set_most(ExplainNode *node, Run *run, int number)
{
	const Value *value = run_value(run, number);

	if (node->type != TYPE_NUMBER || node->unit != UNIT_POINT || high_of(value) == NULL || is_none(value))
		return;
	if (!node->has_most || number_compare(high_of(value), &node->most) > 0)
		node->most = *high_of(value);
	node->has_most = true;
}

static void
add_band(ExplainNode *node, const char *step)
{
	node->band = node->band ? psprintf("%s, or %s", node->band, step) : step;
}

/* A number without a unit that is compared with a percentage is shown as one. */
static void
show_ratio(ExplainNode *node, const Expression *bound)
{
	if (node->unit == UNIT_FREE && bound->type == TYPE_NUMBER && bound->unit == UNIT_PLAIN)
		node->unit = UNIT_PLAIN;
}

static void
explain_band(Explainer *explainer, ExplainNode *node, const Expression *expr, int number)
{
	Run		   *run = explainer->run;
	const Instr *instr = &run->program->instrs[number];
	const int  *args = run->program->args + instr->args;
	Truth		reached = TRUTH_FALSE;
	int			next = 0;
	int			i;

	node->operand = explain_value(explainer, linitial(expr->args), instr->a);
	for (i = 1; i < list_length(expr->args); i++)
	{
		const Expression *arm = list_nth(expr->args, i);
		Truth		here = list_length(arm->args) > 1 ? run_truth(run, args[next++]) : TRUTH_TRUE;

		if (list_length(arm->args) > 1)
			show_ratio(node->operand, lsecond(arm->args));
		if (reached != TRUTH_TRUE && here != TRUTH_FALSE && i <= MAX_STEPS)
			add_band(node, explain_source(explainer, arm));
		if (here > reached)
			reached = here;
		set_most(node, run, args[next++]);
	}
	if (reached != TRUTH_TRUE)
		add_band(node, "no band");
}

static void
explain_case(Explainer *explainer, ExplainNode *node, const Expression *expr, int number)
{
	Run		   *run = explainer->run;
	const Instr *instr = &run->program->instrs[number];
	const int  *args = run->program->args + instr->args;
	Truth		reached = TRUTH_FALSE;
	int			i;

	for (i = 0; i + 1 < instr->nargs; i += 2)
	{
		const Expression *condition = list_nth(expr->args, i);
		const Expression *value = list_nth(expr->args, i + 1);
		Truth		here = reached == TRUTH_TRUE ? TRUTH_FALSE : run_truth(run, args[i]);

		if (reached != TRUTH_TRUE)
			collect(explainer, node, condition, args[i]);
		if (here != TRUTH_FALSE && i <= MAX_STEPS)
		{
			add_band(node, psprintf("when %s then %s", explain_source(explainer, condition),
									explain_source(explainer, value)));
			collect(explainer, node, value, args[i + 1]);
		}
		if (here > reached)
			reached = here;
		set_most(node, run, args[i + 1]);
	}
	if (i < instr->nargs)
	{
		if (reached != TRUTH_TRUE)
		{
			add_band(node, psprintf("else %s", explain_source(explainer, llast(expr->args))));
			collect(explainer, node, llast(expr->args), args[i]);
		}
		set_most(node, run, args[i]);
	}
	else if (reached != TRUTH_TRUE)
		add_band(node, "else none");
}

/* An element of a list, which has been entered: its fields. */
ExplainNode *
explain_element(const Fact *list, int number, const Value *fields)
{
	ExplainNode *node = explain_node(EXPLAIN_ELEMENT);
	ListCell   *cell;

	node->code = psprintf("%d", number);
	foreach(cell, list->fields)
	{
		const Fact *field = lfirst(cell);
		ExplainNode *fact = explain_node(EXPLAIN_FACT);

		fact->name = field->name;
		explain_found(fact, &fields[foreach_current_index(cell)], field->type, field->unit);
		node->facts = lappend(node->facts, fact);
	}
	return node;
}

static void
explain_list(Explainer *explainer, ExplainNode *node, const Expression *expr, int number)
{
	Run		   *run = explainer->run;
	const Instr *instr = &run->program->instrs[number];
	const Value *list = run_value(run, run->program->fact_instrs[instr->a]);
	bool		logical = expr->type == TYPE_BOOLEAN;
	int			shown = 0;
	int			more = 0;
	int			left_out = 0;
	int			pass;
	int			i;

	if (!list->known || list->list->count == 0)
	{
		/* the expression's fact is the list */
		node->facts = with_fact(explainer, node->facts, expr, run->program->fact_instrs[instr->a]);
		return;
	}
	/* those that count, and where none does, those that do not */
	for (pass = 0; pass < 2 && (pass == 0 || shown == 0); pass++)
	{
		left_out = more = 0;
		for (i = 0; i < list->list->count; i++)
		{
			const Value *fields = list->list->fields + i * list->list->nfields;
			ExplainNode *element;
			Truth		here;
			Truth		mark;

			CHECK_FOR_INTERRUPTS();
			explain_enter(explainer, instr->depth, fields);
			here = instr->b >= 0 ? run_truth(run, instr->b) : TRUTH_TRUE;
			mark = here;
			if (logical && instr->c >= 0 && here != TRUTH_FALSE)
				mark = instr->flag == FUNC_ANY ? Min(here, run_truth(run, instr->c)) : run_truth(run, instr->c);
			/* of any, what fails does not decide; of all that do not hold, what holds */
			if (pass == 0 && (here == TRUTH_FALSE ||
							  (instr->flag == FUNC_ANY && mark == TRUTH_FALSE) ||
							  (instr->flag == FUNC_ALL && mark == TRUTH_TRUE &&
							   run_truth(run, number) != TRUTH_TRUE)))
			{
				left_out++;
				continue;
			}
			if (shown >= EXPLAIN_ELEMENTS)
			{
				more++;
				continue;
			}
			shown++;
			element = explain_element(expr->fact, i + 1, fields);
			if (instr->b >= 0 || logical)
				set_truth(element, mark);
			if (!logical && instr->c >= 0 && here != TRUTH_FALSE)
				explain_found(element, run_value(run, instr->c), expr->type,
							  expr->unit == UNIT_FREE ? node->unit : expr->unit);
			add_child(node, element);
		}
	}
	explain_fold(node, more, "more", "more");
	explain_fold(node, left_out, "other does not matter", "others do not matter");
}

static ExplainNode *value_node(Explainer *explainer, const Expression *expr, int number, Unit unit);

/* a + b + c as its terms */
static void
explain_terms(Explainer *explainer, ExplainNode *node, const Expression *expr, int number)
{
	const Program *program = explainer->run->program;

	check_stack_depth();
	if (expr->kind == EXPR_ADD && number >= 0 && program->instrs[number].op == OP_ADD)
	{
		explain_terms(explainer, node, linitial(expr->args), argument_instr(program, expr, number, 0));
		explain_terms(explainer, node, lsecond(expr->args), argument_instr(program, expr, number, 1));
	}
	else if (number >= 0 && !is_literal(expr))
		add_child(node, value_node(explainer, expr, number, node->unit));
}

static bool
terms_have_steps(const Expression *expr)
{
	for (; expr->kind == EXPR_ADD; expr = linitial(expr->args))
		if (has_steps(lsecond(expr->args)))
			return true;
	return has_steps(expr);
}

/* How a value came about, into the node that shows the value. */
void
explain_calculation(Explainer *explainer, ExplainNode *node, const Expression *expr, int number)
{
	check_stack_depth();
	if (number < 0 || explainer->brief)
		return;
	switch (expr->kind)
	{
		case EXPR_BAND:
			explain_band(explainer, node, expr, number);
			break;
		case EXPR_CASE:
			explain_case(explainer, node, expr, number);
			break;
		case EXPR_LIST_CALL:
			explain_list(explainer, node, expr, number);
			break;
		case EXPR_ADD:
			/* a date that is shifted has no terms */
			if (explainer->run->program->instrs[number].op == OP_ADD && terms_have_steps(expr))
			{
				explain_terms(explainer, node, expr, number);
				break;
			}
			/* FALLTHROUGH */
		default:
			collect(explainer, node, expr, number);
			break;
	}
}

/* A value as that of a fact, a definition, or an expression, into the node that shows it. */
void
explain_subject(Explainer *explainer, ExplainNode *node, const Expression *expr, int number)
{
	if (number < 0 || is_literal(expr))
		node->expression = explain_source(explainer, expr);
	else if (is_fact(expr))
		set_fact(explainer, node, expr, number);
	else if (is_define(expr))
		set_define(explainer, node, expr->define, number);
	else
	{
		node->expression = explain_source(explainer, expr);
		explain_found(node, run_value(explainer->run, number), expr->type,
					  expr->unit == UNIT_FREE ? node->unit : expr->unit);
		explain_calculation(explainer, node, expr, number);
	}
}

/* A node of its own for a value, with a unit for one that has none. */
static ExplainNode *
value_node(Explainer *explainer, const Expression *expr, int number, Unit unit)
{
	ExplainNode *node = explain_node(EXPLAIN_VALUE);

	check_stack_depth();
	node->unit = unit;
	if (is_fact(expr))
		node->kind = EXPLAIN_FACT;
	else if (is_define(expr))
		node->kind = expr->define->is_score ? EXPLAIN_SCORE : EXPLAIN_DEFINITION;
	explain_subject(explainer, node, expr, number);
	return node;
}

ExplainNode *
explain_value(Explainer *explainer, const Expression *expr, int number)
{
	return value_node(explainer, expr, number, UNIT_FREE);
}

/* ---------------- conditions ---------------- */

/* What a value is compared with, in words; its facts are kept. */
static char *
bound_text(Explainer *explainer, ExplainNode *node, const Expression *expr, int number)
{
	const Value *value;
	const char *found;

	if (number < 0 || is_literal(expr))
		return explain_source(explainer, expr);
	value = run_value(explainer->run, number);
	found = explain_value_text(value, expr->type, expr->unit, NULL);
	if (is_define(expr))
		return expr->define->provision.title
			? psprintf("%s (%s) %s", explain_short(expr->define->provision.title), expr->name, found)
			: psprintf("%s %s", expr->name, found);
	if (is_fact(expr))
	{
		ExplainNode *fact;

		node->bounds = with_fact(explainer, node->bounds, expr, number);
		fact = llast(node->bounds);
		if (fact->unknown && strcmp(fact->name, expr->name) == 0)
			found = psprintf("unknown (%s)", fact->unknown);
		return fact->title ? psprintf("%s (%s) %s", explain_short(expr->fact->label), expr->name, found)
			: psprintf("%s %s", expr->name, found);
	}
	if (!explainer->brief)
		collect(explainer, node, expr, number);
	return psprintf("%s, %s", explain_source(explainer, expr), found);
}

static const char *const compare_names[] =
{
	[CMP_EQ] = "=", [CMP_NE] = "<>", [CMP_LT] = "<", [CMP_LE] = "<=", [CMP_GT] = ">", [CMP_GE] = ">="
};

static CompareOp
mirrored(CompareOp op)
{
	switch (op)
	{
		case CMP_LT:
			return CMP_GT;
		case CMP_LE:
			return CMP_GE;
		case CMP_GT:
			return CMP_LT;
		case CMP_GE:
			return CMP_LE;
		default:
			return op;
	}
}

/* a > b: what is asked of a, which is not a constant */
static void
explain_compare(Explainer *explainer, ExplainNode *node, const Expression *expr, int number)
{
	const Program *program = explainer->run->program;
	const Expression *left = linitial(expr->args);
	const Expression *right = lsecond(expr->args);
	int			a = argument_instr(program, expr, number, 0);
	int			b = argument_instr(program, expr, number, 1);
	CompareOp	op = expr->compare;

	if (is_literal(left) && !is_literal(right))
	{
		const Expression *other = left;
		int			c = a;

		left = right, right = other;
		a = b, b = c;
		op = mirrored(op);
	}
	node->operator = compare_names[op];
	explain_subject(explainer, node, left, a);
	show_ratio(node, right);
	node->needed = bound_text(explainer, node, right, b);
	if (right->type == TYPE_NUMBER)
	{
		if (b >= 0 && run_value(explainer->run, b)->known && !is_none(run_value(explainer->run, b)))
		{
			node->has_bound = true;
			node->bound = run_value(explainer->run, b)->low;
		}
	}
}

static void
explain_between(Explainer *explainer, ExplainNode *node, const Expression *expr, int number)
{
	int			found[3];
	char	   *low;

	between_instrs(explainer->run->program, expr, number, found);
	node->operator = expr->negated ? "not between" : "between";
	explain_subject(explainer, node, linitial(expr->args), found[0]);
	show_ratio(node, lsecond(expr->args));
	low = bound_text(explainer, node, lsecond(expr->args), found[1]);
	node->needed = psprintf("%s and %s", low, bound_text(explainer, node, lthird(expr->args), found[2]));
}

static void
explain_in(Explainer *explainer, ExplainNode *node, const Expression *expr, int number)
{
	StringInfoData buf;
	int			i;

	node->operator = expr->negated ? "not in" : "in";
	explain_subject(explainer, node, linitial(expr->args), in_instr(explainer->run->program, expr, number, 0));
	initStringInfo(&buf);
	for (i = 1; i < list_length(expr->args) && buf.len < MAX_TEXT; i++)
		appendStringInfo(&buf, "%s%s", i > 1 ? ", " : "",
						 bound_text(explainer, node, list_nth(expr->args, i),
									in_instr(explainer->run->program, expr, number, i)));
	node->needed = psprintf("(%s%s)", buf.data, i < list_length(expr->args) ? ", …" : "");
}

static void
explain_all(Explainer *explainer, ExplainNode *node, const Expression *expr, int number)
{
	Run		   *run = explainer->run;
	Truth		truth = run_truth(run, number);
	int			counts[3] = {0, 0, 0};
	bool		is_and = expr->kind == EXPR_AND;
	int			shown = 0;
	int			above = 0;
	ListCell   *cell;

	foreach(cell, expr->args)
	{
		const Expression *part = lfirst(cell);
		int			i = argument_instr(run->program, expr, number, foreach_current_index(cell));
		Truth		here;

		CHECK_FOR_INTERRUPTS();
		here = run_truth(run, i);
		if (here != truth)
			counts[here]++;
		else if (explainer->brief && shown >= 2)
			above++;
		else if (is_and && truth == TRUTH_TRUE && explainer->seen[i] != 0 && run->program->instrs[i].scopes == 0)
			above++;
		else
		{
			ExplainNode *child = explain_condition(explainer, part, i);

			if (!explainer->brief)
				was_shown(explainer, i);
			add_child(node, child);
			shown++;
		}
	}
	if (explainer->brief)
		explain_fold_truth(node, above, truth, "more", "more");
	else
		explain_fold_truth(node, above, truth, "condition above holds", "conditions above hold");
	if (explainer->brief)
		return;
	explain_fold_truth(node, counts[TRUTH_FALSE], TRUTH_FALSE, "alternative fails", "alternatives fail");
	explain_fold_truth(node, counts[TRUTH_UNKNOWN], TRUTH_UNKNOWN, "condition is undecided", "conditions are undecided");
	explain_fold_truth(node, counts[TRUTH_TRUE], TRUTH_TRUE, "condition holds", "conditions hold");
}

/*
 * A condition into the node of what it is the condition of: an "and" needs no line
 * of its own.
 */
void
explain_conditions(Explainer *explainer, ExplainNode *node, const Expression *expr, int number)
{
	check_stack_depth();
	if (expr->kind == EXPR_AND)
		explain_all(explainer, node, expr, number);
	else
		add_child(node, explain_condition(explainer, expr, number));
}

/* not x: said of x itself where that is a boolean */
static void
explain_not(Explainer *explainer, ExplainNode *node, const Expression *expr, int number)
{
	const Expression *x = linitial(expr->args);
	int			i = argument_instr(explainer->run->program, expr, number, 0);

	if (is_fact(x))
	{
		node->kind = EXPLAIN_CONDITION;
		set_fact(explainer, node, x, i);
		node->operator = "=";
		node->needed = "false";
	}
	else if (explainer->brief)
	{
		node->kind = EXPLAIN_CONDITION;
		node->expression = explain_source(explainer, expr);
	}
	else
		add_child(node, explain_condition(explainer, x, i));
}

ExplainNode *
explain_condition(Explainer *explainer, const Expression *expr, int number)
{
	ExplainNode *node;
	ListCell   *cell;

	check_stack_depth();
	/* what holds by one of several ways holds by that */
	if (expr->kind == EXPR_OR && run_truth(explainer->run, number) == TRUTH_TRUE)
		foreach(cell, expr->args)
		{
			int			i = argument_instr(explainer->run->program, expr, number, foreach_current_index(cell));

			if (run_truth(explainer->run, i) == TRUTH_TRUE)
				return explain_condition(explainer, lfirst(cell), i);
		}

	node = explain_node(EXPLAIN_CONDITION);
	set_truth(node, run_truth(explainer->run, number));
	switch (expr->kind)
	{
		case EXPR_NAME:
			if (is_define(expr))
			{
				node->kind = EXPLAIN_DEFINITION;
				set_define(explainer, node, expr->define, number);
				break;
			}
			set_fact(explainer, node, expr, number);
			node->operator = "=";
			node->needed = "true";
			break;
		case EXPR_AND:
		case EXPR_OR:
			if (explainer->brief)
				node->expression = explain_source(explainer, expr);
			else
			{
				node->kind = expr->kind == EXPR_AND ? EXPLAIN_AND : EXPLAIN_OR;
				explain_all(explainer, node, expr, number);
			}
			break;
		case EXPR_NOT:
			node->kind = EXPLAIN_NOT;
			explain_not(explainer, node, expr, number);
			break;
		case EXPR_COMPARE:
			explain_compare(explainer, node, expr, number);
			break;
		case EXPR_BETWEEN:
			explain_between(explainer, node, expr, number);
			break;
		case EXPR_IN:
			explain_in(explainer, node, expr, number);
			break;
		case EXPR_IS_NULL:
			node->operator = "is";
			node->needed = expr->negated ? "not none" : "none";
			explain_subject(explainer, node, linitial(expr->args),
					  argument_instr(explainer->run->program, expr, number, 0));
			break;
		default:
			node->expression = explain_source(explainer, expr);
			if (!is_literal(expr))
				explain_calculation(explainer, node, expr, number);
			break;
	}
	return node;
}
