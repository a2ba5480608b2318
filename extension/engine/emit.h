/*
 * emit.h
 *		A program under construction.
 */
#ifndef ZJTX_EMIT_H
#define ZJTX_EMIT_H

#include "utils/hsearch.h"

#include "program.h"

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

typedef struct Compiler
{
	Program    *program;
	int			max_instrs;
	int			max_args;
	int			max_numbers;
	int			max_texts;
	int			nbuckets;
	int		   *buckets;		/* instruction + 1, or 0 */
	int		   *next;
	int		   *heights;		/* per instruction: the longest way to a leaf */
	List	  **memos;			/* per define, of DefineMemo */
	HTAB	   *number_hash;	/* constants by their hash */
	HTAB	   *text_hash;
	int			ndone;			/* expressions compiled whose parent is not:
								 * stack */
	int			max_done;
	Words	   *done;
	struct Node *escontext;		/* where to report that a limit is exceeded;
								 * NULL: an error */
	bool		failed;			/* it was */
	const char *text;			/* what the document was read from */
} Compiler;

/* An empty program, and what is left when it is full. */
extern void compiler_start(Compiler *compiler, const Document *doc, bool words);
extern void compiler_end(Compiler *compiler);

/*
 * Each of these gives the number of an instruction: a new one, or an equal one that is
 * there already.  emit takes it as it is; emit_op is over one register or two (b is -1
 * for one), emit_with over a register and an operand that is none, emit_args over any
 * number of registers, emit_list over the elements of a list at a depth, emit_once over
 * those that count, of one day once (c is then the line of an element by itself).
 */
extern int	emit(Compiler *compiler, Instr instr, const int *args, int nargs);
extern int	emit_op(Compiler *compiler, Op op, ValueType type, int flag, int a, int b);
extern int	emit_with(Compiler *compiler, Op op, ValueType type, int flag, int a, int operand);
extern int	emit_args(Compiler *compiler, Op op, ValueType type, const int *args, int nargs);
extern int	emit_list(Compiler *compiler, Function function, ValueType type, const Fact *list,
					  int depth, int where, int body);
extern int	emit_once(Compiler *compiler, const Fact *list, int depth,
					  int counts, int day, int pays, int line);
extern int	emit_and(Compiler *compiler, int a, int b);
extern int	emit_boolean(Compiler *compiler, bool value);
extern int	emit_number(Compiler *compiler, const Number *number);
extern int	emit_text(Compiler *compiler, char *text);
extern int	emit_fact(Compiler *compiler, const Fact *fact);

/* Reports, once, that a policy exceeds a limit; what is compiled on is not to be run. */
extern void compiler_exceeds_limit(Compiler *compiler, const char *what, int levels);

/*
 * compiler_enter: records what an expression became.  Its parts are the expressions that
 * were compiled since compiler->ndone was `parts`.
 */
extern void compiler_enter(Compiler *compiler, const Expression *expr, int instr, int parts);

/* A blank instruction, and the list depths that one depends on. */
extern Instr compiler_instr_of(Op op, ValueType type);
extern uint32 compiler_scopes_of(const Compiler *compiler, int instr);

/* compile.c: what an expression becomes; a definition, the same wherever it is used */
extern int	compile_expr(Compiler *compiler, const Expression *expr, const Place *place);
extern int	compile_define(Compiler *compiler, const Define *define, const Place *place);

#endif							/* ZJTX_EMIT_H */
