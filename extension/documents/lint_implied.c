/*
 * lint_implied.c
 *		Determines which conditions follow from others.
 *
 * It considers only comparisons of a register with constants, comparisons of the same two
 * registers, and the texts that a fact can have.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "lint.h"

/* A comparison, with a constant on its right side if it has one. */
typedef struct Comparison
{
	int			subject;
	CompareOp	op;
	int			bound;
} Comparison;

static const CompareOp mirrored[] = {CMP_EQ, CMP_NE, CMP_GT, CMP_GE, CMP_LT, CMP_LE};
static const CompareOp opposite[] = {CMP_NE, CMP_EQ, CMP_GE, CMP_GT, CMP_LE, CMP_LT};

static Comparison
mirror(Comparison comparison)
{
	Comparison	result = {comparison.bound, mirrored[comparison.op], comparison.subject};

	return result;
}

static Comparison
read_comparison(const Program *program, const Instr *instr)
{
	Comparison	result = {instr->a, instr->flag, instr->b};

	return is_constant_op(program->instrs[instr->a].op) ? mirror(result) : result;
}

/* Compares two registers that are constants or the same register.  Returns false for others. */
static bool
compare_bounds(const Program *program, int a, int b, int *order)
{
	const Instr *left = &program->instrs[a];
	const Instr *right = &program->instrs[b];

	*order = 0;
	if (a == b)
		return true;
	if (left->op != right->op)
		return false;
	switch ((Op) left->op)
	{
		case OP_NUMBER:
			*order = number_compare(&program->numbers[left->a], &program->numbers[right->a]);
			return true;
		case OP_DATE:
		case OP_BOOLEAN:
			*order = left->a < right->a ? -1 : left->a > right->a;
			return true;
		default:
			return false;
	}
}

/*
 * Whether a comparison with one bound implies a comparison with another; order is the
 * order of the bounds.
 */
static bool
comparison_implies(CompareOp from, CompareOp to, int order)
{
	bool		above = from == CMP_GE || from == CMP_GT;
	bool		below = from == CMP_LE || from == CMP_LT;

	switch (to)
	{
		case CMP_EQ:
			return from == CMP_EQ && order == 0;
		case CMP_NE:
			if (from == CMP_EQ)
				return order != 0;
			if (from == CMP_NE)
				return order == 0;
			return above ? order > 0 || (from == CMP_GT && order == 0) : order < 0 || (from == CMP_LT && order == 0);
		case CMP_GE:
			return (above || from == CMP_EQ) && order >= 0;
		case CMP_GT:
			return (from == CMP_GT && order >= 0) || ((from == CMP_GE || from == CMP_EQ) && order > 0);
		case CMP_LE:
			return (below || from == CMP_EQ) && order <= 0;
		case CMP_LT:
			return (from == CMP_LT && order <= 0) || ((from == CMP_LE || from == CMP_EQ) && order < 0);
	}
	return false;
}

static bool
compared_implies(const Program *program, Comparison from, Comparison to)
{
	int			order;

	if (from.subject != to.subject)
		to = mirror(to);
	return from.subject == to.subject && compare_bounds(program, from.bound, to.bound, &order) &&
		comparison_implies(from.op, to.op, order);
}

/* ---------------- texts ---------------- */

static bool
is_member(const Program *program, const Instr *instr, const char *text)
{
	int			i;

	for (i = 0; i < instr->nargs; i++)
		if (strcmp(program->texts[program->instrs[program->args[instr->args + i]].a], text) == 0)
			return true;
	return false;
}

/* Whether a text satisfies an OP_TEXT_IN. */
static bool
takes_text(const Program *program, const Instr *instr, const char *text)
{
	return is_member(program, instr, text) != (bool) instr->flag;
}

/* Returns the texts that a register can have; NIL if the document does not declare them. */
static const List *
texts_of(const Program *program, int number)
{
	const Instr *instr = &program->instrs[number];

	if (instr->op == OP_FACT)
		return program->facts[instr->a]->values;
	if (instr->op == OP_FIELD)
		return ((const Fact *) list_nth(program->facts[instr->c]->fields, instr->a))->values;
	return NIL;
}

static bool
texts_imply(const Program *program, const Instr *from, const Instr *to, bool to_negated)
{
	Instr		wanted = *to;
	const List *values = texts_of(program, from->a);
	ListCell   *cell;
	int			i;

	wanted.flag = to_negated;
	if (from->a != to->a)
		return false;
	if (!from->flag)
	{
		for (i = 0; i < from->nargs; i++)
			if (!takes_text(program, &wanted, program->texts[program->instrs[program->args[from->args + i]].a]))
				return false;
		return true;
	}

	/*
	 * for excluded texts, the remaining ones are known only if all are
	 * declared
	 */
	if (values == NIL && wanted.flag)
	{
		for (i = 0; i < to->nargs; i++)
			if (!is_member(program, from, program->texts[program->instrs[program->args[to->args + i]].a]))
				return false;
		return true;
	}
	foreach(cell, values)
	{
		const char *text = ((const TextValue *) lfirst(cell))->text;

		if (takes_text(program, from, text) && !takes_text(program, &wanted, text))
			return false;
	}
	return values != NIL;
}

/* ---------------- conditions ---------------- */

bool
lint_implies(const Program *program, int from, int to)
{
	const Instr *given = &program->instrs[from];
	const Instr *asked = &program->instrs[to];
	int			i;

	check_stack_depth();
	CHECK_FOR_INTERRUPTS();
	if (from == to)
		return true;
	/* every alternative must imply it */
	if (given->op == OP_OR)
	{
		for (i = 0; i < given->nargs; i++)
			if (!lint_implies(program, program->args[given->args + i], to))
				return false;
		return true;
	}
	if (asked->op == OP_AND || asked->op == OP_OR)
	{
		for (i = 0; i < asked->nargs; i++)
			if (lint_implies(program, from, program->args[asked->args + i]) == (asked->op == OP_OR))
				return asked->op == OP_OR;
		return asked->op == OP_AND;
	}
	if (given->op == OP_AND)
	{
		for (i = 0; i < given->nargs; i++)
			if (lint_implies(program, program->args[given->args + i], to))
				return true;
		return false;
	}
	/* comparisons with none are false */
	if (asked->op == OP_IS_NONE && asked->flag)
		return (given->op == OP_COMPARE && program->instrs[asked->a].type != TYPE_BOOLEAN &&
				(given->a == asked->a || given->b == asked->a)) ||
			(given->op == OP_TEXT_IN && given->a == asked->a);
	if (given->op == OP_COMPARE && asked->op == OP_COMPARE)
		return compared_implies(program, read_comparison(program, given), read_comparison(program, asked));
	return given->op == OP_TEXT_IN && asked->op == OP_TEXT_IN && texts_imply(program, given, asked, asked->flag);
}

bool
lint_contradict(const Program *program, int a, int b)
{
	const Instr *given = &program->instrs[a];
	const Instr *other = &program->instrs[b];
	Comparison	excluded;

	if (given->op == OP_TEXT_IN && other->op == OP_TEXT_IN)
		return texts_imply(program, given, other, !other->flag);
	if (given->op == OP_NOT)
		return given->a == b;
	if (given->op == OP_IS_NONE && !given->flag)
		return (other->op == OP_COMPARE && program->instrs[given->a].type != TYPE_BOOLEAN &&
				(other->a == given->a || other->b == given->a)) ||
			(other->op == OP_TEXT_IN && other->a == given->a);
	if (given->op != OP_COMPARE || other->op != OP_COMPARE)
		return false;
	excluded = read_comparison(program, other);
	excluded.op = opposite[excluded.op];
	return compared_implies(program, read_comparison(program, given), excluded);
}
