/*
 * program.c
 *		From a checked document to a program.
 *
 * A stage is judged with its own day in the place of as_of.  That is done here, by
 * compiling the condition again with the stage's day for as_of; what does not
 * depend on the day is the same instruction and is computed once.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "miscadmin.h"

#include "program.h"

#define MAX_HEIGHT 2000			/* of instructions above one another */

/* What names mean where an expression is compiled. */
typedef struct Place
{
	int			as_of;			/* the instruction that stands for it */
	int			depth;			/* of lists around it */
	const Fact *lists[MAX_LIST_DEPTH + 1];	/* by depth, from 1 */
} Place;

typedef struct DefineMemo
{
	int			as_of;
	int			depth;
	int			instr;
} DefineMemo;

/* A constant by the hash of what it is. */
typedef struct ConstantEntry
{
	uint64		hash;
	int			index;
} ConstantEntry;

typedef struct Compiler
{
	Program    *program;
	int			max_instrs;
	int			nargs;
	int			max_args;
	int			nnumbers;
	int			max_numbers;
	int			ntexts;
	int			max_texts;
	int			nbuckets;
	int		   *buckets;		/* instruction + 1, or 0 */
	int		   *next;
	int		   *heights;		/* per instruction: the longest way to a leaf */
	List	  **memos;			/* per define, of DefineMemo */
	HTAB	   *number_hash;
	HTAB	   *text_hash;
} Compiler;

static int	compile_expr(Compiler *compiler, Expression *expr, const Place *place);

/* ---------------- instructions ---------------- */

static uint32
instr_hash(const Compiler *compiler, const Instr *instr, const int *args)
{
	uint32		hash = hash_bytes((const unsigned char *) args, instr->nargs * sizeof(int));

	hash = hash_combine(hash, hash_bytes_uint32(instr->op | instr->flag << 8 | instr->depth << 16));
	hash = hash_combine(hash, hash_bytes_uint32(instr->a));
	hash = hash_combine(hash, hash_bytes_uint32(instr->b));
	return hash_combine(hash, hash_bytes_uint32(instr->c)) % compiler->nbuckets;
}

static void
rehash(Compiler *compiler)
{
	Program    *program = compiler->program;
	int			i;

	if (compiler->buckets)
		pfree(compiler->buckets);
	compiler->nbuckets = compiler->max_instrs * 2;
	compiler->buckets = palloc0_array(int, compiler->nbuckets);
	compiler->next = repalloc_array(compiler->next, int, compiler->max_instrs);
	compiler->heights = repalloc_array(compiler->heights, int, compiler->max_instrs);
	for (i = 0; i < program->ninstrs; i++)
	{
		const Instr *instr = &program->instrs[i];
		uint32		hash = instr_hash(compiler, instr, program->args + instr->args);

		compiler->next[i] = compiler->buckets[hash];
		compiler->buckets[hash] = i + 1;
	}
}

/* Whether a, b and c of an instruction are registers. */
static bool
has_registers(const Instr *instr, bool *first, bool *second, bool *third)
{
	*first = *second = *third = false;
	switch ((Op) instr->op)
	{
		case OP_COMPARE:
		case OP_ADD:
		case OP_SUBTRACT:
		case OP_MULTIPLY:
		case OP_DIVIDE:
		case OP_DAYS:
		case OP_COALESCE:
		case OP_LINE:
		case OP_CAP:
			*second = true;
			/* FALLTHROUGH */
		case OP_NOT:
		case OP_TEXT_IN:
		case OP_IS_NONE:
		case OP_NEGATE:
		case OP_SHIFT:
		case OP_YEAR:
		case OP_FLOOR:
		case OP_ROUND:
		case OP_CASE:
			*first = true;
			break;
		case OP_LIST:
			*second = *third = true;
			break;
		default:
			break;
	}
	return *first || *second || *third;
}

/*
 * The longest chain of registers below an instruction, which is how deep running it
 * recurses; definitions that build on one another make it long.
 */
static int
height_of(const Compiler *compiler, const Instr *instr, const int *args)
{
	int			height = 0;
	bool		a,
				b,
				c;
	int			i;

	if (has_registers(instr, &a, &b, &c))
	{
		if (a && instr->a >= 0)
			height = Max(height, compiler->heights[instr->a]);
		if (b && instr->b >= 0)
			height = Max(height, compiler->heights[instr->b]);
		if (c && instr->c >= 0)
			height = Max(height, compiler->heights[instr->c]);
	}
	for (i = 0; i < instr->nargs; i++)
		height = Max(height, compiler->heights[args[i]]);
	if (++height > MAX_HEIGHT)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("expressions and definitions of a zjtx.policy are nested more than %d levels deep", MAX_HEIGHT)));
	return height;
}

/* Adds an instruction, unless there is an equal one. */
static int
emit(Compiler *compiler, Instr instr, const int *args, int nargs)
{
	Program    *program = compiler->program;
	uint32		hash;
	int			i;

	instr.nargs = nargs;
	hash = instr_hash(compiler, &instr, args);
	for (i = compiler->buckets[hash]; i != 0; i = compiler->next[i - 1])
	{
		const Instr *other = &program->instrs[i - 1];

		if (other->op == instr.op && other->flag == instr.flag && other->depth == instr.depth &&
			other->a == instr.a && other->b == instr.b && other->c == instr.c &&
			other->nargs == nargs &&
			(nargs == 0 || memcmp(program->args + other->args, args, nargs * sizeof(int)) == 0))
			return i - 1;
	}

	if (compiler->nargs + nargs > compiler->max_args)
	{
		compiler->max_args = (compiler->nargs + nargs) * 2;
		program->args = repalloc_array(program->args, int, compiler->max_args);
	}
	instr.args = compiler->nargs;
	for (i = 0; i < nargs; i++)
		program->args[compiler->nargs++] = args[i];

	if (program->ninstrs == compiler->max_instrs)
	{
		compiler->max_instrs *= 2;
		program->instrs = repalloc_array(program->instrs, Instr, compiler->max_instrs);
		rehash(compiler);
		hash = instr_hash(compiler, &instr, args);
	}
	compiler->heights[program->ninstrs] = height_of(compiler, &instr, args);
	compiler->next[program->ninstrs] = compiler->buckets[hash];
	compiler->buckets[hash] = program->ninstrs + 1;
	program->instrs[program->ninstrs] = instr;
	return program->ninstrs++;
}

static Instr
instr_of(Op op, ValueType type)
{
	Instr		instr = {0};

	instr.op = op;
	instr.type = type;
	instr.a = instr.b = instr.c = -1;
	return instr;
}

static uint32
scopes_of(const Compiler *compiler, int instr)
{
	return instr < 0 ? 0 : compiler->program->instrs[instr].scopes;
}

/* An instruction over one, two or (with -1 for the others) fewer registers. */
static int
emit_op(Compiler *compiler, Op op, ValueType type, int flag, int a, int b)
{
	Instr		instr = instr_of(op, type);

	instr.flag = flag;
	instr.a = a;
	instr.b = b;
	instr.scopes = scopes_of(compiler, a) | scopes_of(compiler, b);
	return emit(compiler, instr, NULL, 0);
}

/* The same with a register and an operand that is none. */
static int
emit_with(Compiler *compiler, Op op, ValueType type, int flag, int a, int operand)
{
	Instr		instr = instr_of(op, type);

	instr.flag = flag;
	instr.a = a;
	instr.b = operand;
	instr.scopes = scopes_of(compiler, a);
	return emit(compiler, instr, NULL, 0);
}

static int
emit_args(Compiler *compiler, Op op, ValueType type, const int *args, int nargs)
{
	Instr		instr = instr_of(op, type);
	int			i;

	if (nargs == 1 && (op == OP_AND || op == OP_OR || op == OP_TOTAL))
		return args[0];
	for (i = 0; i < nargs; i++)
		instr.scopes |= scopes_of(compiler, args[i]);
	return emit(compiler, instr, args, nargs);
}

static int
emit_and(Compiler *compiler, int a, int b)
{
	int			args[2] = {a, b};

	return emit_args(compiler, OP_AND, TYPE_BOOLEAN, args, 2);
}

static int
emit_boolean(Compiler *compiler, bool value)
{
	return emit_with(compiler, OP_BOOLEAN, TYPE_BOOLEAN, 0, -1, value);
}

/*
 * Where a constant with this hash stands, or where the next one will.  Two constants
 * of one hash (64 bits) are possible; the later one is then not shared.
 */
static int
constant_index(HTAB *constants, uint64 hash, int next)
{
	bool		found;
	ConstantEntry *entry = hash_search(constants, &hash, HASH_ENTER, &found);

	if (!found)
		entry->index = next;
	return entry->index;
}

static int
emit_number(Compiler *compiler, const Number *number)
{
	Program    *program = compiler->program;
	Instr		instr = instr_of(OP_NUMBER, TYPE_NUMBER);
	uint64		hash = hash_bytes_extended((const unsigned char *) &number->num, sizeof(number->num),
										   hash_bytes_extended((const unsigned char *) &number->den,
															   sizeof(number->den), 0));

	instr.a = constant_index(compiler->number_hash, hash, compiler->nnumbers);
	if (instr.a < compiler->nnumbers && number_compare(&program->numbers[instr.a], number) == 0)
		return emit(compiler, instr, NULL, 0);
	instr.a = compiler->nnumbers;
	if (compiler->nnumbers == compiler->max_numbers)
	{
		compiler->max_numbers *= 2;
		program->numbers = repalloc_array(program->numbers, Number, compiler->max_numbers);
	}
	program->numbers[compiler->nnumbers++] = *number;
	return emit(compiler, instr, NULL, 0);
}

static int
emit_text(Compiler *compiler, char *text)
{
	Program    *program = compiler->program;
	Instr		instr = instr_of(OP_TEXT, TYPE_TEXT);
	uint64		hash = hash_bytes_extended((const unsigned char *) text, strlen(text), 0);

	instr.a = constant_index(compiler->text_hash, hash, compiler->ntexts);
	if (instr.a < compiler->ntexts && strcmp(program->texts[instr.a], text) == 0)
		return emit(compiler, instr, NULL, 0);
	instr.a = compiler->ntexts;
	if (compiler->ntexts == compiler->max_texts)
	{
		compiler->max_texts *= 2;
		program->texts = repalloc_array(program->texts, char *, compiler->max_texts);
	}
	program->texts[compiler->ntexts++] = text;
	return emit(compiler, instr, NULL, 0);
}

static int
emit_fact(Compiler *compiler, const Fact *fact)
{
	Program    *program = compiler->program;

	if (program->fact_instrs[fact->index] < 0)
	{
		Instr		instr = instr_of(OP_FACT, fact->type);

		instr.a = fact->index;
		program->fact_instrs[fact->index] = emit(compiler, instr, NULL, 0);
	}
	return program->fact_instrs[fact->index];
}

/* A list function whose element is at `depth`. */
static int
emit_list(Compiler *compiler, Function function, ValueType type, const Fact *list,
		  int depth, int where, int body)
{
	Instr		instr = instr_of(OP_LIST, type);

	emit_fact(compiler, list);
	instr.flag = function;
	instr.depth = depth;
	instr.a = list->index;
	instr.b = where;
	instr.c = body;
	instr.scopes = (scopes_of(compiler, where) | scopes_of(compiler, body)) & ~((uint32) 1 << depth);
	return emit(compiler, instr, NULL, 0);
}

/* ---------------- expressions ---------------- */

static int
compile_define(Compiler *compiler, const Define *define, const Place *place)
{
	Place		here;
	DefineMemo *memo;
	ListCell   *cell;

	foreach(cell, compiler->memos[define->index])
	{
		memo = lfirst(cell);
		if (memo->as_of == place->as_of && memo->depth == place->depth)
			return memo->instr;
	}
	/* a definition sees no list around the place where it is used */
	memset(&here, 0, sizeof(here));
	here.as_of = place->as_of;
	here.depth = place->depth;
	memo = palloc(sizeof(DefineMemo));
	memo->as_of = place->as_of;
	memo->depth = place->depth;
	memo->instr = compile_expr(compiler, define->expr, &here);
	compiler->memos[define->index] = lappend(compiler->memos[define->index], memo);
	return memo->instr;
}

static int
compile_name(Compiler *compiler, const Expression *expr, const Place *place)
{
	Instr		instr;

	switch (expr->meaning)
	{
		case NAME_DEFINE:
			return compile_define(compiler, expr->define, place);
		case NAME_FIELD:
			instr = instr_of(OP_FIELD, expr->type);
			instr.a = expr->fact->index;
			instr.b = place->depth - expr->up;
			instr.c = place->lists[instr.b]->index;
			instr.scopes = (uint32) 1 << instr.b;
			return emit(compiler, instr, NULL, 0);
		default:
			if (expr->fact->index == 0)
				return place->as_of;
			return emit_fact(compiler, expr->fact);
	}
}

static int
compile_compare(Compiler *compiler, CompareOp op, Expression *left, Expression *right, const Place *place)
{
	Expression *text = NULL;
	Expression *other = NULL;
	int			a,
				b;

	/* against a text constant, what the fact can be decides while it is unknown */
	if (right->kind == EXPR_TEXT && left->kind != EXPR_TEXT)
		text = right, other = left;
	else if (left->kind == EXPR_TEXT && right->kind != EXPR_TEXT)
		text = left, other = right;
	if (text)
	{
		Instr		instr = instr_of(OP_TEXT_IN, TYPE_BOOLEAN);
		int			constant = emit_text(compiler, text->name);

		instr.a = compile_expr(compiler, other, place);
		instr.flag = op == CMP_NE;
		instr.scopes = scopes_of(compiler, instr.a);
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
		Instr		instr = instr_of(OP_TEXT_IN, TYPE_BOOLEAN);

		for (i = 0; i < nmembers; i++)
			args[i] = emit_text(compiler, ((Expression *) list_nth(members, first + i))->name);
		instr.a = compile_expr(compiler, x, place);
		instr.flag = negated;
		instr.scopes = scopes_of(compiler, instr.a);
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

	/* with a bound that is none it is false, though the other bound alone decides */
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

/* A band is a case over comparisons. */
static int
compile_band(Compiler *compiler, const Expression *expr, const Place *place)
{
	Expression *x = linitial(expr->args);
	int		   *args = palloc_array(int, 2 * list_length(expr->args));
	int			nargs = 0;
	Instr		instr = instr_of(OP_CASE, expr->type);
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
	/* which register it is about matters while that is unknown */
	instr.a = compile_expr(compiler, x, place);
	for (i = 0; i < nargs; i++)
		instr.scopes |= scopes_of(compiler, args[i]);
	return emit(compiler, instr, args, nargs);
}

static int
compile_list_call(Compiler *compiler, const Expression *expr, const Place *place)
{
	Place		inner = *place;
	int			where;
	int			body;

	if (++inner.depth > MAX_LIST_DEPTH)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("lists of a zjtx.policy are nested more than %d levels deep", MAX_LIST_DEPTH)));
	inner.lists[inner.depth] = expr->fact;
	where = expr->where ? compile_expr(compiler, expr->where, &inner) : -1;
	body = expr->body ? compile_expr(compiler, expr->body, &inner) : -1;
	return emit_list(compiler, expr->function, expr->type, expr->fact, inner.depth, where, body);
}

static int
compile_call(Compiler *compiler, const Expression *expr, const Place *place)
{
	int			nargs = list_length(expr->args);
	int		   *args = palloc_array(int, nargs);
	int			i;

	for (i = 0; i < nargs; i++)
	{
		/* the decimals of round are an operand, not a register */
		if (expr->function == FUNC_ROUND && i == 1)
			break;
		args[i] = compile_expr(compiler, list_nth(expr->args, i), place);
	}
	switch (expr->function)
	{
		case FUNC_LEAST:
		case FUNC_EARLIEST:
			return emit_args(compiler, OP_LEAST, expr->type, args, nargs);
		case FUNC_GREATEST:
			return emit_args(compiler, OP_GREATEST, expr->type, args, nargs);
		case FUNC_LATEST:
			return emit_args(compiler, OP_LATEST, expr->type, args, nargs);
		case FUNC_COALESCE:
			return emit_op(compiler, OP_COALESCE, expr->type, 0, args[0], args[1]);
		case FUNC_YEAR:
			return emit_op(compiler, OP_YEAR, TYPE_NUMBER, 0, args[0], -1);
		case FUNC_FLOOR:
			return emit_op(compiler, OP_FLOOR, TYPE_NUMBER, 0, args[0], -1);
		case FUNC_ROUND:
			return emit_with(compiler, OP_ROUND, TYPE_NUMBER, 0, args[0], nargs == 2 ? expr->shift : 0);
		case FUNC_COUNT_TRUE:
			return emit_args(compiler, OP_COUNT_TRUE, TYPE_NUMBER, args, nargs);
		default:
			break;
	}
	elog(ERROR, "unexpected function %d", (int) expr->function);
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

/* Arithmetic on constants is a constant. */
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
compile_shift(Compiler *compiler, const Expression *expr, const Place *place)
{
	int			date = compile_expr(compiler, linitial(expr->args), place);

	return emit_with(compiler, OP_SHIFT, TYPE_DATE, ((Expression *) lsecond(expr->args))->unit, date, expr->shift);
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
			if (!number_from_datum(&number, NumericGetDatum(expr->number)))
				elog(ERROR, "number literal out of limits");
			return emit_number(compiler, &number);
		case EXPR_TEXT:
			return emit_text(compiler, expr->name);
		case EXPR_DATE:
			instr = instr_of(OP_DATE, TYPE_DATE);
			instr.a = expr->date;
			return emit(compiler, instr, NULL, 0);
		case EXPR_BOOLEAN:
			return emit_boolean(compiler, expr->boolean);
		case EXPR_NAME:
			return compile_name(compiler, expr, place);
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
		case EXPR_NEGATE:
			return compile_two(compiler, OP_NEGATE, expr, place);
		case EXPR_CASE:
			return compile_all(compiler, OP_CASE, expr, place);
		case EXPR_BAND:
			return compile_band(compiler, expr, place);
		case EXPR_CALL:
			return compile_call(compiler, expr, place);
		case EXPR_LIST_CALL:
			return compile_list_call(compiler, expr, place);
		default:
			break;
	}
	elog(ERROR, "unexpected expression %d", (int) expr->kind);
}

static int
compile_expr(Compiler *compiler, Expression *expr, const Place *place)
{
	int			instr = compile_node(compiler, expr, place);

	/* who explains a program finds the words for an instruction by this */
	if (expr->instr == 0)
		expr->instr = instr + 1;
	return instr;
}

/* ---------------- entries ---------------- */

static void
compile_stage(Compiler *compiler, const Clause *clause, const Stage *stage, const Place *row, StageEntry *entry)
{
	Place		place = *row;
	int			on;
	int			earned;
	int			line;

	entry->stage = stage;
	if (stage->list)
	{
		place.depth++;
		place.lists[place.depth] = stage->list;
	}

	/* from here on as_of is the stage's day */
	on = compile_expr(compiler, stage->on, &place);
	entry->on = on;
	earned = emit_op(compiler, OP_COMPARE, TYPE_BOOLEAN, CMP_LE, on, row->as_of);
	place.as_of = on;
	if (clause->when)
	{
		/* the clause's condition knows nothing of the stage's list */
		Place		outside = place;

		earned = emit_and(compiler, earned, compile_expr(compiler, clause->when, &outside));
	}
	if (stage->when)
		earned = emit_and(compiler, earned, compile_expr(compiler, stage->when, &place));
	line = emit_op(compiler, OP_LINE, TYPE_NUMBER, 0, earned, compile_expr(compiler, stage->pay, &place));

	if (stage->list)
	{
		entry->earned = emit_list(compiler, FUNC_ANY, TYPE_BOOLEAN, stage->list, place.depth, earned, -1);
		entry->amount = emit_list(compiler, FUNC_SUM, TYPE_NUMBER, stage->list, place.depth, -1, line);
	}
	else
	{
		entry->earned = earned;
		entry->amount = line;
	}
}

static int *
compile_should(Compiler *compiler, const List *should, const Place *row)
{
	int		   *result = palloc_array(int, list_length(should));
	ListCell   *cell;

	foreach(cell, should)
		result[foreach_current_index(cell)] = compile_expr(compiler, lfirst(cell), row);
	return result;
}

static void
compile_clause(Compiler *compiler, const Clause *clause, const Place *row, ClauseEntry *entry)
{
	ListCell   *cell;

	entry->clause = clause;
	entry->when = clause->when ? compile_expr(compiler, clause->when, row) : emit_boolean(compiler, true);
	entry->nshould = list_length(clause->should);
	entry->should = compile_should(compiler, clause->should, row);
	entry->nstages = list_length(clause->stages);
	entry->stages = palloc0_array(StageEntry, entry->nstages);
	entry->amount = -1;
	entry->satisfied = entry->when;

	if (entry->nstages > 0)
	{
		int		   *earned = palloc_array(int, entry->nstages);
		int		   *amounts = palloc_array(int, entry->nstages);

		foreach(cell, clause->stages)
		{
			int			i = foreach_current_index(cell);

			compile_stage(compiler, clause, lfirst(cell), row, &entry->stages[i]);
			earned[i] = entry->stages[i].earned;
			amounts[i] = entry->stages[i].amount;
		}
		entry->satisfied = emit_args(compiler, OP_OR, TYPE_BOOLEAN, earned, entry->nstages);
		entry->amount = emit_args(compiler, OP_TOTAL, TYPE_NUMBER, amounts, entry->nstages);
	}
	else if (clause->pay)
		entry->amount = emit_op(compiler, OP_LINE, TYPE_NUMBER, 0, entry->when,
								compile_expr(compiler, clause->pay, row));
	if (clause->cap)
		entry->amount = emit_op(compiler, OP_CAP, TYPE_NUMBER, 0, entry->amount,
								compile_expr(compiler, clause->cap, row));
}

/* What the whole document answers. */
static void
compile_whole(Compiler *compiler)
{
	Program    *program = compiler->program;
	int		   *any = palloc_array(int, program->nclauses + program->nrungs + 1);
	int			nany = 0;
	int		   *paid = palloc_array(int, program->nclauses + 1);
	int			npaid = 0;
	int			i;

	for (i = 0; i < program->nclauses; i++)
	{
		ClauseEntry *entry = &program->clauses[i];
		ClauseKind	kind = entry->clause->kind;

		/* a document is asked of an enterprise; what others get is asked alone */
		entry->in_whole = program->nclauses == 1 ||
			entry->clause->provision.subject == SUBJECT_ENTERPRISE;
		if (!entry->in_whole)
			continue;
		any[nany++] = entry->satisfied;
		if (entry->amount >= 0 &&
			(program->nclauses == 1 || kind == CLAUSE_REWARD || kind == CLAUSE_SUBSIDY))
			paid[npaid++] = entry->amount;
	}
	for (i = 0; i < program->nrungs; i++)
		any[nany++] = program->rungs[i].when;
	program->satisfied = nany > 0 ? emit_args(compiler, OP_OR, TYPE_BOOLEAN, any, nany)
		: emit_boolean(compiler, false);
	program->amount = npaid > 0 ? emit_args(compiler, OP_TOTAL, TYPE_NUMBER, paid, npaid)
		: emit_number(compiler, &number_zero);
	program->undetermined = program->nclauses == 1 && program->clauses[0].clause->undetermined;
}

Program *
program_compile(const Document *doc)
{
	Compiler	compiler;
	Program    *program = palloc0(sizeof(Program));
	Place		row;
	HASHCTL		info;
	ListCell   *cell;
	int			i;

	memset(&compiler, 0, sizeof(compiler));
	compiler.program = program;
	compiler.max_instrs = 64;
	program->instrs = palloc_array(Instr, compiler.max_instrs);
	compiler.max_args = 64;
	program->args = palloc_array(int, compiler.max_args);
	compiler.max_numbers = 16;
	program->numbers = palloc_array(Number, compiler.max_numbers);
	compiler.max_texts = 16;
	program->texts = palloc_array(char *, compiler.max_texts);
	compiler.next = palloc_array(int, compiler.max_instrs);
	compiler.heights = palloc_array(int, compiler.max_instrs);
	rehash(&compiler);
	compiler.memos = palloc0_array(List *, list_length(doc->defines) + 1);
	memset(&info, 0, sizeof(info));
	info.keysize = sizeof(uint64);
	info.entrysize = sizeof(ConstantEntry);
	info.hcxt = CurrentMemoryContext;
	compiler.number_hash = hash_create("zjtx numbers", 64, &info, HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	compiler.text_hash = hash_create("zjtx texts", 64, &info, HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);

	program->doc = doc;
	program->nfacts = list_length(doc->facts);
	program->facts = palloc_array(const Fact *, program->nfacts);
	program->fact_instrs = palloc_array(int, program->nfacts);
	foreach(cell, doc->facts)
	{
		i = foreach_current_index(cell);
		program->facts[i] = lfirst(cell);
		program->fact_instrs[i] = -1;
	}

	memset(&row, 0, sizeof(row));
	row.as_of = emit_fact(&compiler, program->facts[0]);

	program->define_instrs = palloc_array(int, list_length(doc->defines) + 1);
	foreach(cell, doc->defines)
		program->define_instrs[foreach_current_index(cell)] = compile_define(&compiler, lfirst(cell), &row);

	program->uses_as_of = program->facts[0]->used || doc->series != NULL;
	foreach(cell, doc->clauses)
		program->uses_as_of |= ((Clause *) lfirst(cell))->stages != NIL;

	program->nclauses = list_length(doc->clauses);
	program->clauses = palloc0_array(ClauseEntry, program->nclauses + 1);
	foreach(cell, doc->clauses)
		compile_clause(&compiler, lfirst(cell), &row, &program->clauses[foreach_current_index(cell)]);

	program->nrungs = list_length(doc->rungs);
	program->rungs = palloc0_array(RungEntry, program->nrungs + 1);
	foreach(cell, doc->rungs)
	{
		Rung	   *rung = lfirst(cell);
		RungEntry  *entry = &program->rungs[foreach_current_index(cell)];

		entry->rung = rung;
		entry->when = compile_expr(&compiler, rung->when, &row);
		entry->nshould = list_length(rung->should);
		entry->should = compile_should(&compiler, rung->should, &row);
	}
	compile_whole(&compiler);

	hash_destroy(compiler.number_hash);
	hash_destroy(compiler.text_hash);
	pfree(compiler.buckets);
	pfree(compiler.next);
	pfree(compiler.heights);
	return program;
}
