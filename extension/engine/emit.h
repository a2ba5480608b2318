/*
 * emit.h
 *		A program under construction.
 */
#ifndef ZJTX_EMIT_H
#define ZJTX_EMIT_H

#include "utils/hsearch.h"

#include "program.h"

/* The meaning of names at the place where an expression is compiled. */
typedef struct Place
{
	int			as_of;			/* the instruction that gives as_of */
	int			asked;			/* the instruction that gives the day judged */
	int			depth;			/* number of lists around the place */
	const Fact *lists[MAX_LIST_DEPTH + 1];	/* by depth, starting at 1; facts
											 * of the program */
	int			element;		/* in a definition over an element, and where
								 * place_set_day() skipped depths: the depth
								 * of the element; otherwise 0 */
	int			base;			/* the depth up to which names of elements
								 * mean that element */
	struct Module *module;		/* the document of the expression */
} Place;

/* The instruction of something that is compiled for several places. */
typedef struct PlaceMemo
{
	int			as_of;
	int			asked;
	int			depth;
	int			element;
	int			instr;
} PlaceMemo;

/* The same for a provision that others refer to. */
typedef struct ProvisionMemo
{
	PlaceMemo	place;			/* must be first; its instr is unused */
	int			satisfied;
	int			amount;			/* -1 if it pays nothing */
	int			claim;			/* before a budget */
} ProvisionMemo;

typedef struct Compiler
{
	Program    *program;
	int			max_instrs;
	int			max_args;
	int			max_numbers;
	int			max_texts;
	int			nbuckets;
	int		   *buckets;		/* hash table: instruction + 1, or 0 */
	int		   *next;
	int		   *heights;		/* by instruction: the longest path to a leaf */
	int		   *inmost;			/* by instruction: the greatest depth of a
								 * list that it goes through, or 0 */
	struct Module *module;		/* of the program's own document */
	int			nmodules;
	int			nmemos;
	Place		row;			/* the place outside all lists and stages */
	int			elsewhere;		/* number of enclosing provisions that are
								 * compiled for other places than their own */
	HTAB	   *number_hash;	/* indexes of constants by their hash */
	HTAB	   *text_hash;
	int			ndone;			/* stack of compiled expressions whose parent
								 * is not compiled yet */
	int			max_done;
	Words	   *done;
	struct Node *escontext;		/* receives soft errors about limits; NULL to
								 * raise errors */
	bool		failed;			/* a limit was exceeded */
	const char *text;			/* the source of the document */
} Compiler;

/* Start with an empty program, and finish it. */
extern void compiler_start(Compiler *compiler, const Document *doc, bool words);
extern void compiler_end(Compiler *compiler);

/*
 * These functions return the number of an instruction: a new one, or an existing one that
 * is equal. emit takes a complete instruction; emit_op has one or two registers (b is -1
 * for one), emit_with a register and another operand, emit_args any number of registers,
 * emit_list the elements of a list at a depth, and emit_once the elements that count once
 * for each day (c is the line of a single element).
 */
extern int	emit(Compiler *compiler, Instr instr, const int *args, int nargs);
extern int	emit_op(Compiler *compiler, Op op, ValueType type, int flag, int a, int b);
extern int	emit_with(Compiler *compiler, Op op, ValueType type, int flag, int a, int operand);
extern int	emit_args(Compiler *compiler, Op op, ValueType type, const int *args, int nargs);
extern int	emit_list(Compiler *compiler, Function function, ValueType type, int list,
					  int depth, int where, int body);
extern int	emit_once(Compiler *compiler, const Fact *list, int depth,
					  int counts, int day, int pays, int line);
extern int	emit_table(Compiler *compiler, const Table *source, int column, ValueType type, int key);
extern int	emit_and(Compiler *compiler, int a, int b);
extern int	emit_boolean(Compiler *compiler, bool value);
extern int	emit_number(Compiler *compiler, const Number *number);
extern int	emit_text(Compiler *compiler, char *text);
extern int	emit_fact(Compiler *compiler, const Fact *fact);
extern int	emit_yearly(Compiler *compiler, const Fact *fact, int index);

/* Reports, once, that a policy exceeds a limit.  The program must then not be run. */
extern void compiler_exceeds_limit(Compiler *compiler, const char *what, int levels);

/* The same for a limit on a number. */
extern void compiler_exceeds_number(Compiler *compiler, const char *message, int most);

/* Records that an instruction is used as as_of. */
extern void compiler_add_day(Compiler *compiler, int instr);

/*
 * Makes as_of mean a day at a place.  The day is computed when something asks for it, which may be while an element of
 * a list is visited, and there is one element for each depth.  So the depths of the lists that the day goes through
 * are left to it: lists at this place get greater ones.
 */
extern void place_set_day(const Compiler *compiler, Place *place, int day);

/*
 * compiler_enter: records the instruction of an expression.  The parts of the expression
 * are the expressions compiled since compiler->ndone was `parts`.
 */
extern void compiler_enter(Compiler *compiler, const Expression *expr, int instr, int parts);

/* Returns an empty instruction, and the list depths that an instruction depends on. */
extern Instr compiler_instr_of(Op op, ValueType type);
extern uint32 compiler_scopes_of(const Compiler *compiler, int instr);

/* reference.c: compiles "satisfies", "amount of" and "level of" */
extern int	compile_reference(Compiler *compiler, const Expression *expr, const Place *place);

/* Whether a place is the place of the provisions themselves. */
static inline bool
place_is_row(const Compiler *compiler, const Place *place)
{
	return place->as_of == compiler->row.as_of && place->asked == compiler->row.asked && place->depth == 0;
}

/* program.c: compiles a clause for a place outside of all lists */
extern void compile_clause(Compiler *compiler, const Clause *clause, const Place *row, ClauseEntry *entry);

/*
 * compile_caps: what is left of an amount by the caps of a clause or group; sets the entry's
 * registers of them.  paid is NULL where a line has no periods.
 */
extern int	compile_caps(Compiler *compiler, int uncapped, const Expression *cap, const Expression *cap_in_all,
						 const Fact *paid, const Place *row, int *cap_instr, int *rest_in_all);

/* reference.c: a group, in the same way as a clause */
extern void compile_group(Compiler *compiler, const ClauseGroup *group, const Place *row, GroupEntry *entry);
extern int	compile_paid(Compiler *compiler, const Fact *paid, const Place *place);
extern int	compile_undetermined(Compiler *compiler, int satisfied);

/* What a budget leaves of a claim; allotted is NULL without one.  Sets the register of it, or -1. */
extern int	compile_allotted(Compiler *compiler, int claim, const Fact *allotted, const Place *place, int *instr);

/* Whether a line of a budget is satisfied in the row judged, and its amount before the budget. */
extern void compile_claim(Compiler *compiler, const GroupMember *member, int *satisfied, int *claim);

/* A number that can be anything, or none. */
extern int	compile_unknown_number(Compiler *compiler);

/* Whether a selection has selected the row; selected is its fact. */
extern int	compile_selected(Compiler *compiler, const Fact *selected, const Place *place);

/*
 * compile.c: compiles an expression; and a definition, which has the same instruction for
 * all uses
 */
extern int	compile_expr(Compiler *compiler, const Expression *expr, const Place *place);
extern int	compile_define(Compiler *compiler, const Define *define, const Place *place, int up);

#endif							/* ZJTX_EMIT_H */
