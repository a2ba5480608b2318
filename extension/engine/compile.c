/*
 * compile.c
 *		Compiles expressions.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "module.h"

/* The depth of the element of a list, counted outwards from an expression. */
static int
element_depth(const Place *place, int up)
{
	int			depth = place->depth - up;

	/*
	 * a definition over an element sees none of the lists around its use but
	 * that one; a stage only its own list
	 */
	return place->element > 0 && depth <= place->base ? place->element : depth;
}

void
place_set_day(const Compiler *compiler, Place *place, int day)
{
	int			inmost = compiler->inmost[day];

	place->as_of = day;
	if (inmost <= place->depth)
		return;
	if (place->element == 0)
		place->element = place->depth;
	place->base = place->depth = inmost;
}

/* Up counts outwards to the element of a definition over an element. */
int
compile_define(Compiler *compiler, const Define *define, const Place *place, int up)
{
	List	  **memos = &place->module->defines[define->index];

	/* a definition sees no list around the place where it is used */
	Place		here = module_outside(place);
	PlaceMemo  *memo;
	bool		elsewhere;
	int			instr;

	if (define->list)
	{
		here.element = element_depth(place, up);
		here.base = here.depth;
		here.lists[here.element] = place->lists[here.element];
	}
	memo = module_find_memo(*memos, &here);
	if (memo)
		return memo->instr;
	/* one over an element is never compiled for the row itself */
	elsewhere = define->list == NULL && !place_is_row(compiler, place);
	compiler->elsewhere += elsewhere;
	instr = compile_expr(compiler, define->expr, &here);
	compiler->elsewhere -= elsewhere;
	memo = module_add_memo(compiler, memos, sizeof(PlaceMemo), &here);
	memo->instr = instr;
	return instr;
}

/* this_year and last_year: as many years from that of as_of. */
static int
compile_year(Compiler *compiler, const Expression *expr, const Place *place)
{
	int			year = emit_op(compiler, OP_YEAR, TYPE_NUMBER, 0, place->as_of, -1);
	Number		back = number_of(expr->shift);

	return expr->shift == 0 ? year
		: emit_op(compiler, OP_SUBTRACT, TYPE_NUMBER, 0, year, emit_number(compiler, &back));
}

static int
compile_name(Compiler *compiler, const Expression *expr, const Place *place)
{
	Instr		instr;

	switch (expr->meaning)
	{
		case NAME_DEFINE:
			return compile_define(compiler, expr->define, place, expr->up);
		case NAME_YEAR:
			return compile_year(compiler, expr, place);
		case NAME_FIELD:
			if (place->lists[element_depth(place, expr->up)]->index < 0)
			{
				instr = compiler_instr_of(OP_ELEMENT, TYPE_NUMBER);
				instr.a = element_depth(place, expr->up);
				instr.scopes = (uint32) 1 << instr.a;
				return emit(compiler, instr, NULL, 0);
			}
			instr = compiler_instr_of(OP_FIELD, expr->type);
			instr.a = expr->fact->index;
			instr.b = element_depth(place, expr->up);
			instr.c = place->lists[instr.b]->index;
			instr.scopes = (uint32) 1 << instr.b;
			return emit(compiler, instr, NULL, 0);
		default:
			if (expr->fact->index == 0)
				return expr->asked ? place->asked : place->as_of;
			return module_compile_fact(compiler, expr->fact, place);
	}
}

static int
compile_compare(Compiler *compiler, CompareOp op, Expression *left, Expression *right, const Place *place)
{
	Expression *text = NULL;
	Expression *other = NULL;
	int			a,
				b;

	/*
	 * while the fact is unknown, a comparison with a text constant is decided
	 * by the texts that the fact can have
	 */
	if (right->kind == EXPR_TEXT && left->kind != EXPR_TEXT)
		text = right, other = left;
	else if (left->kind == EXPR_TEXT && right->kind != EXPR_TEXT)
		text = left, other = right;
	if (text)
	{
		Instr		instr = compiler_instr_of(OP_TEXT_IN, TYPE_BOOLEAN);
		int			constant = emit_text(compiler, text->name);

		instr.a = compile_expr(compiler, other, place);
		instr.flag = op == CMP_NE;
		instr.scopes = compiler_scopes_of(compiler, instr.a);
		return emit(compiler, instr, &constant, 1);
	}
	a = compile_expr(compiler, left, place);
	b = compile_expr(compiler, right, place);
	return emit_op(compiler, OP_COMPARE, TYPE_BOOLEAN, op, a, b);
}

static int
compile_in(Compiler *compiler, Expression *x, const List *members, int first, bool negated, const Place *place)
{
	int			nmembers = list_length(members) - first;
	int		   *args = palloc_array(int, nmembers);
	bool		texts = x->type == TYPE_TEXT;
	int			i;

	for (i = 0; i < nmembers; i++)
		texts &= ((Expression *) list_nth(members, first + i))->kind == EXPR_TEXT;
	if (texts)
	{
		Instr		instr = compiler_instr_of(OP_TEXT_IN, TYPE_BOOLEAN);

		for (i = 0; i < nmembers; i++)
			args[i] = emit_text(compiler, ((Expression *) list_nth(members, first + i))->name);
		instr.a = compile_expr(compiler, x, place);
		instr.flag = negated;
		instr.scopes = compiler_scopes_of(compiler, instr.a);
		return emit(compiler, instr, args, nmembers);
	}
	for (i = 0; i < nmembers; i++)
		args[i] = compile_compare(compiler, negated ? CMP_NE : CMP_EQ, x, list_nth(members, first + i), place);
	return emit_args(compiler, negated ? OP_AND : OP_OR, TYPE_BOOLEAN, args, nmembers);
}

static int
compile_between(Compiler *compiler, const Expression *expr, const Place *place)
{
	Expression *x = linitial(expr->args);
	int			args[2];
	int			result;
	int			i;

	args[0] = compile_compare(compiler, expr->negated ? CMP_LT : CMP_GE, x, lsecond(expr->args), place);
	args[1] = compile_compare(compiler, expr->negated ? CMP_GT : CMP_LE, x, lthird(expr->args), place);
	result = emit_args(compiler, expr->negated ? OP_OR : OP_AND, TYPE_BOOLEAN, args, 2);

	/*
	 * the result is false if a bound is none, even if the other bound alone
	 * decides
	 */
	for (i = 1; expr->negated && i <= 2; i++)
	{
		Expression *bound = list_nth(expr->args, i);

		if (bound->can_be_none)
			result = emit_and(compiler, result,
							  emit_op(compiler, OP_IS_NONE, TYPE_BOOLEAN, true,
									  compile_expr(compiler, bound, place), -1));
	}
	return result;
}

/* Compiles a band to a case over comparisons. */
static int
compile_band(Compiler *compiler, const Expression *expr, const Place *place)
{
	Expression *x = linitial(expr->args);
	int		   *args = palloc_array(int, 2 * list_length(expr->args));
	int			nargs = 0;
	Instr		instr = compiler_instr_of(OP_CASE, expr->type);
	int			i;

	for (i = 1; i < list_length(expr->args); i++)
	{
		const Expression *arm = list_nth(expr->args, i);

		if (list_length(arm->args) == 2)
			args[nargs++] = compile_compare(compiler, arm->compare, x, lsecond(arm->args), place);
		else if (list_length(arm->args) > 2)
			args[nargs++] = compile_in(compiler, x, arm->args, 1, false, place);
		args[nargs++] = compile_expr(compiler, linitial(arm->args), place);
	}
	/* the register compared is needed while its value is unknown */
	instr.a = compile_expr(compiler, x, place);
	for (i = 0; i < nargs; i++)
		instr.scopes |= compiler_scopes_of(compiler, args[i]);
	return emit(compiler, instr, args, nargs);
}

static int	compile_two(Compiler *compiler, Op op, const Expression *expr, const Place *place);

static int
compile_tiers(Compiler *compiler, const Expression *expr, const Place *place)
{
	int			nargs = list_length(expr->args) - 1;
	int		   *args = palloc_array(int, nargs);
	Instr		instr = compiler_instr_of(OP_TIERS, TYPE_NUMBER);
	int			i;

	for (i = 0; i < nargs; i++)
		args[i] = compile_expr(compiler, list_nth(expr->args, i + 1), place);
	instr.a = compile_expr(compiler, linitial(expr->args), place);
	instr.scopes = compiler_scopes_of(compiler, instr.a);
	return emit(compiler, instr, args, nargs);
}

/*
 * A range with an end that is none has no numbers.  `all` over it is false nevertheless: what
 * asks for years after a day that never came must not hold.
 */
static int
compile_all_of_range(Compiler *compiler, const Expression *range, int all, const Place *place)
{
	int			args[3];
	int			nargs = 0;
	ListCell   *cell;

	foreach(cell, range->args)
	{
		const Expression *end = lfirst(cell);

		if (end->can_be_none)
			args[nargs++] = emit_op(compiler, OP_IS_NONE, TYPE_BOOLEAN, true, compile_expr(compiler, end, place), -1);
	}
	args[nargs++] = all;
	return emit_args(compiler, OP_AND, TYPE_BOOLEAN, args, nargs);
}

static int
compile_list_call(Compiler *compiler, const Expression *expr, const Place *place)
{
	const Expression *range = linitial(expr->args);
	bool		is_range = range->kind == EXPR_RANGE;
	const Fact *fact = is_range ? expr->fact : module_fact(compiler, place->module, expr->fact);
	Place		inner = *place;
	int			list;
	int			where;
	int			body;

	if (++inner.depth > MAX_LIST_DEPTH)
	{
		compiler_exceeds_limit(compiler, "lists", MAX_LIST_DEPTH);
		return emit_boolean(compiler, false);
	}
	inner.lists[inner.depth] = fact;
	list = is_range ? compile_two(compiler, OP_RANGE, range, place) : emit_fact(compiler, fact);
	where = expr->where ? compile_expr(compiler, expr->where, &inner) : -1;
	body = expr->body ? compile_expr(compiler, expr->body, &inner) : -1;
	list = emit_list(compiler, expr->function, expr->type, list, inner.depth, where, body);
	return is_range && expr->function == FUNC_ALL ? compile_all_of_range(compiler, range, list, place) : list;
}

/* The instruction of each function; functions over lists are OP_LIST. */
static const Op function_ops[] =
{
#define FUNCTION(NAME, name, chinese, least, most, takes, what, gives, unit, none, instruction) \
	[FUNC_##NAME] = OP_##instruction,
#include "language/functions.h"
};

/* x rounded to a multiple of m is x / m rounded, times m. */
static int
compile_multiple(Compiler *compiler, const Expression *expr, const Place *place)
{
	Op			op = function_ops[expr->function];
	int			x = compile_expr(compiler, linitial(expr->args), place);
	int			multiple = compile_expr(compiler, lsecond(expr->args), place);
	int			quotient = emit_op(compiler, OP_DIVIDE, TYPE_NUMBER, 0, x, multiple);
	int			whole = op == OP_ROUND ? emit_with(compiler, op, TYPE_NUMBER, 0, quotient, 0)
	: emit_op(compiler, op, TYPE_NUMBER, 0, quotient, -1);

	return emit_op(compiler, OP_MULTIPLY, TYPE_NUMBER, 0, whole, multiple);
}

/*
 * Compiles a call.  The arguments are the operands, except literals that the checker has
 * already read.
 */
static int
compile_call(Compiler *compiler, const Expression *expr, const Place *place)
{
	const OpInfo *info = &op_info[function_ops[expr->function]];
	Instr		instr = compiler_instr_of(function_ops[expr->function], expr->type);
	int			nargs = list_length(expr->args);
	int		   *args = palloc_array(int, nargs);
	int			i;

	if (expr->multiple)
		return compile_multiple(compiler, expr, place);
	if (info->args == ROLE_REGISTERS)
	{
		for (i = 0; i < nargs; i++)
			args[i] = compile_expr(compiler, list_nth(expr->args, i), place);
		return emit_args(compiler, instr.op, expr->type, args, nargs);
	}
	for (i = 0; i < 3 && info->roles[i] != ROLE__; i++)
	{
		int			operand;

		if (info->roles[i] == ROLE_INTEGER)
			operand = expr->shift;
		else
		{
			operand = compile_expr(compiler, list_nth(expr->args, i), place);
			instr.scopes |= compiler_scopes_of(compiler, operand);
		}
		if (i == 0)
			instr.a = operand;
		else if (i == 1)
			instr.b = operand;
		else
			instr.c = operand;
	}
	return emit(compiler, instr, NULL, 0);
}

static int
compile_all(Compiler *compiler, Op op, const Expression *expr, const Place *place)
{
	int			nargs = list_length(expr->args);
	int		   *args = palloc_array(int, nargs);
	int			i;

	for (i = 0; i < nargs; i++)
		args[i] = compile_expr(compiler, list_nth(expr->args, i), place);
	return emit_args(compiler, op, expr->type, args, nargs);
}

/* Evaluates arithmetic on constants. */
static bool
fold(const Compiler *compiler, Op op, int a, int b, Number *result)
{
	const Program *program = compiler->program;
	const Number *left;
	const Number *right;

	if (program->instrs[a].op != OP_NUMBER || (b >= 0 && program->instrs[b].op != OP_NUMBER))
		return false;
	left = &program->numbers[program->instrs[a].a];
	right = b >= 0 ? &program->numbers[program->instrs[b].a] : NULL;
	switch (op)
	{
		case OP_NEGATE:
			*result = number_negate(left);
			return true;
		case OP_ADD:
			return number_add(result, left, right);
		case OP_SUBTRACT:
			return number_subtract(result, left, right);
		case OP_MULTIPLY:
			return number_multiply(result, left, right);
		case OP_DIVIDE:
			return number_divide(result, left, right);
		default:
			return false;
	}
}

static int
compile_two(Compiler *compiler, Op op, const Expression *expr, const Place *place)
{
	int			a = compile_expr(compiler, linitial(expr->args), place);
	int			b = list_length(expr->args) > 1 ? compile_expr(compiler, lsecond(expr->args), place) : -1;
	Number		folded;

	if (fold(compiler, op, a, b, &folded))
		return emit_number(compiler, &folded);
	return emit_op(compiler, op, expr->type, 0, a, b);
}

static int
compile_power(Compiler *compiler, const Expression *expr, const Place *place)
{
	int			x = compile_expr(compiler, linitial(expr->args), place);
	const Instr *instr = &compiler->program->instrs[x];
	Number		power;

	if (instr->op == OP_NUMBER && number_power(&power, &compiler->program->numbers[instr->a], expr->shift))
		return emit_number(compiler, &power);
	return emit_with(compiler, OP_POWER, TYPE_NUMBER, 0, x, expr->shift);
}

static int
compile_shift(Compiler *compiler, const Expression *expr, const Place *place)
{
	int			date = compile_expr(compiler, linitial(expr->args), place);

	return emit_with(compiler, OP_SHIFT, TYPE_DATE, ((Expression *) lsecond(expr->args))->unit - builtin_units,
					 date, expr->shift);
}

static int
compile_node(Compiler *compiler, const Expression *expr, const Place *place)
{
	Instr		instr;
	Number		number;

	check_stack_depth();
	CHECK_FOR_INTERRUPTS();

	switch (expr->kind)
	{
		case EXPR_NUMBER:
			if (!value_of_literal(&number, expr))
				elog(ERROR, "number literal out of limits");
			return emit_number(compiler, &number);
		case EXPR_TEXT:
			return emit_text(compiler, expr->name);
		case EXPR_DATE:
			instr = compiler_instr_of(OP_DATE, TYPE_DATE);
			instr.a = expr->date;
			return emit(compiler, instr, NULL, 0);
		case EXPR_BOOLEAN:
			return emit_boolean(compiler, expr->boolean);
		case EXPR_NAME:
			return compile_name(compiler, expr, place);
		case EXPR_INDEX:
			if (expr->meaning == NAME_TABLE)
				return emit_table(compiler, expr->table, expr->shift, expr->type,
								  compile_expr(compiler, linitial(expr->args), place));
			return emit_yearly(compiler, module_fact(compiler, place->module, expr->fact),
							   compile_expr(compiler, linitial(expr->args), place));
		case EXPR_AND:
			return compile_all(compiler, OP_AND, expr, place);
		case EXPR_OR:
			return compile_all(compiler, OP_OR, expr, place);
		case EXPR_NOT:
			return compile_two(compiler, OP_NOT, expr, place);
		case EXPR_COMPARE:
			return compile_compare(compiler, expr->compare, linitial(expr->args), lsecond(expr->args), place);
		case EXPR_BETWEEN:
			return compile_between(compiler, expr, place);
		case EXPR_IN:
			return compile_in(compiler, linitial(expr->args), expr->args, 1, expr->negated, place);
		case EXPR_IS_NULL:
			return emit_op(compiler, OP_IS_NONE, TYPE_BOOLEAN, expr->negated,
						   compile_expr(compiler, linitial(expr->args), place), -1);
		case EXPR_ADD:
			return expr->shifts ? compile_shift(compiler, expr, place)
				: compile_two(compiler, OP_ADD, expr, place);
		case EXPR_SUBTRACT:
			if (expr->shifts)
				return compile_shift(compiler, expr, place);
			return compile_two(compiler, ((Expression *) linitial(expr->args))->type == TYPE_DATE ? OP_DAYS : OP_SUBTRACT,
							   expr, place);
		case EXPR_MULTIPLY:
			return compile_two(compiler, OP_MULTIPLY, expr, place);
		case EXPR_DIVIDE:
			return compile_two(compiler, OP_DIVIDE, expr, place);
		case EXPR_POWER:
			return compile_power(compiler, expr, place);
		case EXPR_NEGATE:
			return compile_two(compiler, OP_NEGATE, expr, place);
		case EXPR_CASE:
			return compile_all(compiler, OP_CASE, expr, place);
		case EXPR_BAND:
			return compile_band(compiler, expr, place);
		case EXPR_TIERS:
			return compile_tiers(compiler, expr, place);
		case EXPR_CALL:
			return compile_call(compiler, expr, place);
		case EXPR_LIST_CALL:
			return compile_list_call(compiler, expr, place);
		case EXPR_SATISFIES:
		case EXPR_AMOUNT_OF:
		case EXPR_PAID_OF:
		case EXPR_LEVEL_OF:
			return compile_reference(compiler, expr, place);
		default:
			break;
	}
	elog(ERROR, "unexpected expression %d", (int) expr->kind);
}

int
compile_expr(Compiler *compiler, const Expression *expr, const Place *place)
{
	int			parts = compiler->ndone;
	int			instr = compile_node(compiler, expr, place);

	compiler_enter(compiler, expr, instr, parts);
	return instr;
}
