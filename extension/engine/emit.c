/*
 * emit.c
 *		Adds instructions to a program under construction; equal instructions are
 *		shared.
 */
#include "postgres.h"

#include "compat.h"
#include "common/hashfn.h"
#include "utils/hsearch.h"

#include "emit.h"
#include "messages.h"
#include "module.h"

#define MAX_HEIGHT 2000			/* maximum height of an instruction above the
								 * leaves */

/* Finds a constant by its hash. */
typedef struct ConstantEntry
{
	uint64		hash;
	int			index;
} ConstantEntry;

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
	compiler->inmost = repalloc_array(compiler->inmost, int, compiler->max_instrs);
	for (i = 0; i < program->ninstrs; i++)
	{
		const Instr *instr = &program->instrs[i];
		uint32		hash = instr_hash(compiler, instr, program->args + instr->args);

		compiler->next[i] = compiler->buckets[hash];
		compiler->buckets[hash] = i + 1;
	}
}

void
compiler_exceeds_limit(Compiler *compiler, const char *what, int levels)
{
	if (compiler->failed)
		return;
	compiler->failed = true;
	errsave(compiler->escontext,
			(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			 errmsg("%s of a zjtx.policy are nested more than %d levels deep", _(what), levels)));
}

void
compiler_exceeds_number(Compiler *compiler, const char *message, int most)
{
	if (compiler->failed)
		return;
	compiler->failed = true;
	errsave(compiler->escontext,
			(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			 errmsg(message, most)));
}

/*
 * Returns the longest chain of registers below an instruction, which is the recursion
 * depth of its evaluation.  Definitions that use each other make it long.
 */
static int
height_of(Compiler *compiler, const Instr *instr)
{
	int			height = 0;

	foreach_operand(operand, compiler->program, instr)
		height = Max(height, compiler->heights[operand]);
	if (++height > MAX_HEIGHT)
		compiler_exceeds_limit(compiler, "expressions and definitions", MAX_HEIGHT);
	return height;
}

/* Returns the greatest depth of a list that the evaluation of an instruction goes through. */
static int
inmost_of(Compiler *compiler, const Instr *instr)
{
	int			inmost = instr->op == OP_LIST || instr->op == OP_ONCE ? instr->depth : 0;

	foreach_operand(operand, compiler->program, instr)
		inmost = Max(inmost, compiler->inmost[operand]);
	return inmost;
}

/* Adds an instruction, or returns an equal one. */
int
emit(Compiler *compiler, Instr instr, const int *args, int nargs)
{
	Program    *program = compiler->program;
	uint32		hash;
	int			i;

	Assert(op_info[instr.op].result == TYPE_UNKNOWN || op_info[instr.op].result == instr.type);
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

	if (program->nargs + nargs > compiler->max_args)
	{
		compiler->max_args = (program->nargs + nargs) * 2;
		program->args = repalloc_array(program->args, int, compiler->max_args);
	}
	instr.args = program->nargs;
	for (i = 0; i < nargs; i++)
		program->args[program->nargs++] = args[i];

	if (program->ninstrs == compiler->max_instrs)
	{
		compiler->max_instrs *= 2;
		program->instrs = repalloc_array(program->instrs, Instr, compiler->max_instrs);
		rehash(compiler);
		hash = instr_hash(compiler, &instr, args);
	}
	compiler->heights[program->ninstrs] = height_of(compiler, &instr);
	compiler->inmost[program->ninstrs] = inmost_of(compiler, &instr);
	compiler->next[program->ninstrs] = compiler->buckets[hash];
	compiler->buckets[hash] = program->ninstrs + 1;
	program->instrs[program->ninstrs] = instr;
	return program->ninstrs++;
}

Instr
compiler_instr_of(Op op, ValueType type)
{
	Instr		instr = {0};

	instr.op = op;
	instr.type = type;
	instr.a = instr.b = instr.c = -1;
	return instr;
}

uint32
compiler_scopes_of(const Compiler *compiler, int instr)
{
	return instr < 0 ? 0 : compiler->program->instrs[instr].scopes;
}

/* Adds an instruction over one or two registers, or none; unused ones are -1. */
int
emit_op(Compiler *compiler, Op op, ValueType type, int flag, int a, int b)
{
	Instr		instr = compiler_instr_of(op, type);

	instr.flag = flag;
	instr.a = a;
	instr.b = b;
	instr.scopes = compiler_scopes_of(compiler, a) | compiler_scopes_of(compiler, b);
	return emit(compiler, instr, NULL, 0);
}

/* Adds an instruction over a register and an operand that is no register. */
int
emit_with(Compiler *compiler, Op op, ValueType type, int flag, int a, int operand)
{
	Instr		instr = compiler_instr_of(op, type);

	instr.flag = flag;
	instr.a = a;
	instr.b = operand;
	instr.scopes = compiler_scopes_of(compiler, a);
	return emit(compiler, instr, NULL, 0);
}

int
emit_args(Compiler *compiler, Op op, ValueType type, const int *args, int nargs)
{
	Instr		instr = compiler_instr_of(op, type);
	int			i;

	if (nargs == 1 && (op == OP_AND || op == OP_OR || op == OP_TOTAL || op == OP_HIGHEST))
		return args[0];
	for (i = 0; i < nargs; i++)
		instr.scopes |= compiler_scopes_of(compiler, args[i]);
	return emit(compiler, instr, args, nargs);
}

int
emit_and(Compiler *compiler, int a, int b)
{
	int			args[2] = {a, b};

	return emit_args(compiler, OP_AND, TYPE_BOOLEAN, args, 2);
}

int
emit_boolean(Compiler *compiler, bool value)
{
	Instr		instr = compiler_instr_of(OP_BOOLEAN, TYPE_BOOLEAN);

	instr.a = value;
	return emit(compiler, instr, NULL, 0);
}

/*
 * Returns the index of the constant with this hash, or enters `next` for it.  If two
 * constants have the same 64-bit hash, the later one is not shared.
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

int
emit_number(Compiler *compiler, const Number *number)
{
	Program    *program = compiler->program;
	Instr		instr = compiler_instr_of(OP_NUMBER, TYPE_NUMBER);
	uint64		hash = hash_bytes_extended((const unsigned char *) &number->num, sizeof(number->num),
										   hash_bytes_extended((const unsigned char *) &number->den,
															   sizeof(number->den), 0));

	instr.a = constant_index(compiler->number_hash, hash, program->nnumbers);
	if (instr.a < program->nnumbers && number_compare(&program->numbers[instr.a], number) == 0)
		return emit(compiler, instr, NULL, 0);
	instr.a = program->nnumbers;
	if (program->nnumbers == compiler->max_numbers)
	{
		compiler->max_numbers *= 2;
		program->numbers = repalloc_array(program->numbers, Number, compiler->max_numbers);
	}
	program->numbers[program->nnumbers++] = *number;
	return emit(compiler, instr, NULL, 0);
}

int
emit_text(Compiler *compiler, char *text)
{
	Program    *program = compiler->program;
	Instr		instr = compiler_instr_of(OP_TEXT, TYPE_TEXT);
	uint64		hash = hash_bytes_extended((const unsigned char *) text, strlen(text), 0);

	instr.a = constant_index(compiler->text_hash, hash, program->ntexts);
	if (instr.a < program->ntexts && strcmp(program->texts[instr.a], text) == 0)
		return emit(compiler, instr, NULL, 0);
	instr.a = program->ntexts;
	if (program->ntexts == compiler->max_texts)
	{
		compiler->max_texts *= 2;
		program->texts = repalloc_array(program->texts, char *, compiler->max_texts);
	}
	program->texts[program->ntexts++] = text;
	return emit(compiler, instr, NULL, 0);
}

int
emit_fact(Compiler *compiler, const Fact *fact)
{
	Program    *program = compiler->program;

	if (program->fact_instrs[fact->index] < 0)
	{
		Instr		instr = compiler_instr_of(OP_FACT, fact->type);

		instr.a = fact->index;
		program->fact_instrs[fact->index] = emit(compiler, instr, NULL, 0);
	}
	return program->fact_instrs[fact->index];
}

int
emit_yearly(Compiler *compiler, const Fact *fact, int index)
{
	Program    *program = compiler->program;
	Instr		instr = compiler_instr_of(OP_YEARLY, fact->type);
	int			number;

	instr.a = fact->index;
	instr.b = index;
	instr.scopes = compiler_scopes_of(compiler, index);
	number = emit(compiler, instr, NULL, 0);
	if (program->fact_instrs[fact->index] < 0)
		program->fact_instrs[fact->index] = number;
	return number;
}

/* Adds a function over the elements of a list at `depth`. */
int
emit_list(Compiler *compiler, Function function, ValueType type, int list,
		  int depth, int where, int body)
{
	Instr		instr = compiler_instr_of(OP_LIST, type);

	instr.flag = function;
	instr.depth = depth;
	instr.a = list;
	instr.b = where;
	instr.c = body;
	instr.scopes = ((compiler_scopes_of(compiler, where) | compiler_scopes_of(compiler, body)) & ~((uint32) 1 << depth)) |
		compiler_scopes_of(compiler, list);
	return emit(compiler, instr, NULL, 0);
}

int
emit_once(Compiler *compiler, const Fact *list, int depth, int counts, int day, int pays, int line)
{
	Instr		instr = compiler_instr_of(OP_ONCE, TYPE_NUMBER);
	int			args[2];

	args[ONCE_DAY] = day;
	args[ONCE_PAYS] = pays;
	instr.depth = depth;
	instr.a = emit_fact(compiler, list);
	instr.b = counts;
	instr.c = line;
	instr.scopes = (compiler_scopes_of(compiler, counts) | compiler_scopes_of(compiler, day) |
					compiler_scopes_of(compiler, pays) | compiler_scopes_of(compiler, line)) & ~((uint32) 1 << depth);
	return emit(compiler, instr, args, lengthof(args));
}

/* ---------------- start and end ---------------- */

void
compiler_start(Compiler *compiler, const Document *doc, bool words)
{
	Program    *program = palloc0(sizeof(Program));
	HASHCTL		info;

	memset(compiler, 0, sizeof(Compiler));
	compiler->program = program;
	compiler->max_instrs = 16;
	program->instrs = palloc_array(Instr, compiler->max_instrs);
	compiler->max_args = 16;
	program->args = palloc_array(int, compiler->max_args);
	compiler->max_numbers = 4;
	program->numbers = palloc_array(Number, compiler->max_numbers);
	compiler->max_texts = 4;
	program->texts = palloc_array(char *, compiler->max_texts);
	compiler->next = palloc_array(int, compiler->max_instrs);
	compiler->heights = palloc_array(int, compiler->max_instrs);
	compiler->inmost = palloc_array(int, compiler->max_instrs);
	rehash(compiler);
	compiler->module = module_create(doc);
	memset(&info, 0, sizeof(info));
	info.keysize = sizeof(uint64);
	info.entrysize = sizeof(ConstantEntry);
	info.hcxt = CurrentMemoryContext;
	compiler->number_hash = hash_create("zjtx numbers", 64, &info, HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	if (words)
	{
		info.keysize = sizeof(WordsKey);
		info.entrysize = sizeof(Words);
		compiler->max_done = 16;
		compiler->done = palloc_array(Words, compiler->max_done);
		program->words = hash_create("zjtx words", 256, &info, HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
		info.keysize = sizeof(uint64);
		info.entrysize = sizeof(ConstantEntry);
	}
	compiler->text_hash = hash_create("zjtx texts", 64, &info, HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
}

void
compiler_end(Compiler *compiler)
{
	hash_destroy(compiler->number_hash);
	hash_destroy(compiler->text_hash);
	pfree(compiler->buckets);
	pfree(compiler->next);
	pfree(compiler->heights);
	pfree(compiler->inmost);
}

/* ---------------- expressions ---------------- */

static void
add_words(Program *program, const Expression *expr, int within, int instr)
{
	WordsKey	key;
	Words	   *words;
	bool		found;

	memset(&key, 0, sizeof(key));
	key.expr = expr;
	key.within = within;
	words = hash_search(program->words, &key, HASH_ENTER, &found);
	if (!found)
		words->instr = instr;
}

void
compiler_enter(Compiler *compiler, const Expression *expr, int instr, int parts)
{
	Program    *program = compiler->program;
	int			i;

	if (program->words == NULL)
		return;

	/*
	 * the first compilation of an expression counts, but not one for another
	 * day, because something refers to the provision
	 */
	if (compiler->elsewhere == 0)
		add_words(program, expr, -1, instr);
	add_words(program, expr, instr, instr);
	for (i = parts; i < compiler->ndone; i++)
		add_words(program, compiler->done[i].key.expr, instr, compiler->done[i].instr);
	compiler->ndone = parts;
	if (compiler->ndone == compiler->max_done)
	{
		compiler->max_done *= 2;
		compiler->done = repalloc_array(compiler->done, Words, compiler->max_done);
	}
	compiler->done[compiler->ndone].key.expr = expr;
	compiler->done[compiler->ndone++].instr = instr;
}

static int
find_words(const Program *program, const Expression *expr, int within)
{
	WordsKey	key;
	const Words *words;

	Assert(program->words);
	memset(&key, 0, sizeof(key));
	key.expr = expr;
	key.within = within;
	words = hash_search(program->words, &key, HASH_FIND, NULL);
	return words ? words->instr : -1;
}

void
compiler_add_day(Compiler *compiler, int instr)
{
	Program    *program = compiler->program;

	if (program->words == NULL)
		return;
	program->days = program->days ? repalloc_array(program->days, int, program->ndays + 1) : palloc_array(int, 1);
	program->days[program->ndays++] = instr;
}

int
program_instr(const Program *program, const Expression *expr)
{
	return find_words(program, expr, -1);
}

int
program_part_instr(const Program *program, int number, const Expression *part)
{
	return number < 0 ? -1 : find_words(program, part, number);
}
