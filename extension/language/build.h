/*
 * build.h
 *		Builds the tree during parsing.
 */
#ifndef ZJTX_BUILD_H
#define ZJTX_BUILD_H

#include "read.h"

typedef struct Quantity
{
	Numeric		number;
	Unit		unit;
} Quantity;

typedef struct Counted
{
	Expression *count;
	Expression *of;
} Counted;

typedef struct Each
{
	char	   *list;			/* or NULL */
	bool		once;
} Each;

typedef struct FactRange
{
	Expression *low;
	Expression *high;
	List	   *values;			/* of TextValue */
} FactRange;

/* Expressions.  Excessive nesting is an error. */
extern Expression *make_expr(ReadState *state, ExprKind kind, List *args, Span span);
extern Expression *make_named(ReadState *state, ExprKind kind, char *name, List *args, Span span);
extern Expression *make_list_call(ReadState *state, char *name, Expression *list,
								  Expression *where, Expression *body, Span span);
extern Expression *make_compare(ReadState *state, CompareOp op, Expression *left, Expression *right, Span span);
extern Expression *make_number(ReadState *state, Quantity quantity, Span span);
extern Expression *join_logic(ReadState *state, ExprKind kind, Expression *left, Expression *right, Span span);

/*
 * Facts, units and numbers.  A number that is out of range or not an integer becomes -1.
 */
extern void add_label(TextValue *value, char *text, Span span);
extern void set_range(Fact *fact, const FactRange *range);
extern Unit read_unit(ReadState *state, const char *name, Span span);
extern int	whole_number(Numeric number, int low, int high);

/* Statements.  `once` reports duplicates of something that is allowed only once. */
extern void once(ReadState *state, bool already, Span span, const char *what);
extern void start_document(ReadState *state, char *code, char *title, Span span);
extern void start_provision(ReadState *state, Provision *provision, char *code, char *title, Span span);
extern void extend(ReadState *state, Span span);
extern Clause *clause_of(ReadState *state, Span span);
extern Provision *provision_of(ReadState *state, Span span);
extern void add_note(ReadState *state, char *code, char *text, Span span);
extern void add_example(ReadState *state, char *title, char *like, List *given, List *expect,
						Span span);

#endif							/* ZJTX_BUILD_H */
