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

/* a < b < c: the comparisons that are meant, and the last operand */
typedef struct Chain
{
	char	   *text;
	Span		last;
} Chain;

typedef struct FactRange
{
	Expression *low;
	Expression *high;
	List	   *values;			/* of TextValue */
} FactRange;

/* Expressions.  Excessive nesting is an error. */
extern Expression *build_expr(ReadState *state, ExprKind kind, List *args, Span span);
extern Expression *build_named(ReadState *state, ExprKind kind, char *name, List *args, Span span);
extern Expression *build_list_call(ReadState *state, char *name, Expression *list, char *element,
								   Expression *where, Expression *body, Span span);
extern Expression *build_compare(ReadState *state, CompareOp op, Expression *left, Expression *right, Span span);
extern Expression *build_number(ReadState *state, Quantity quantity, Span span);
extern Expression *build_power(ReadState *state, Expression *base, Quantity exponent, Span at, Span span);
extern Expression *build_reference(ReadState *state, ExprKind kind, char *code, Span code_span,
								   Expression *day, Span span);
extern Expression *build_logic(ReadState *state, ExprKind kind, Expression *left, Expression *right, Span span);

/*
 * Facts, units and numbers.  A number that is out of range or not an integer becomes -1.
 */
extern void build_label(TextValue *value, char *text, Span span);
extern void build_range(Fact *fact, const FactRange *range);
extern Unit build_unit(ReadState *state, const char *name, Span span);
extern void build_declared_unit(ReadState *state, char *name, const Quantity *equals, bool currency, Span span);
extern int	whole_number(Numeric number, int low, int high);
extern int	build_year(ReadState *state, Quantity quantity, Span span);

/* What `missing` calls the value of a name at an index: revenue[2023], rates[2024-01-01]. */
extern char *build_indexed_name(ReadState *state, const char *name, const Expression *index);

/* Tables: a column, a table with one more row (NULL: a new one), and the whole. */
extern Fact *build_column(ReadState *state, char *name, ValueType type, Unit unit, Span span);
extern Table *build_row(ReadState *state, Table *table, TableRow *row);
extern void build_table(ReadState *state, Table *table, char *name, char *title, Span span);

/* Statements.  `once` reports duplicates of something that is allowed only once. */
extern void build_once(ReadState *state, bool already, Span span, const char *what);
extern void build_document(ReadState *state, char *code, char *title, Span span);
extern void build_use(ReadState *state, char *code, List *mapped, Span span);
extern void build_provision(ReadState *state, Provision *provision, char *code, char *title, Span span);
extern void build_extend(ReadState *state, Span span);
extern Clause *build_clause_of(ReadState *state, Span span);
extern Expression **build_when_of(ReadState *state, Span span);
extern Provision *build_provision_of(ReadState *state, Span span);
extern GroupMember *build_member(char *code, Span span);

/* A cap of the current clause or group: of each of its lines, or over all periods. */
extern void build_cap(ReadState *state, Expression *cap, bool in_all, Span span);
extern void build_note(ReadState *state, char *code, char *text, Span span);
extern void build_example(ReadState *state, char *title, char *like, List *given, List *expect,
						  Span span);

/* Statements about several rows, and what an example expects of each row. */
extern void build_selection(ReadState *state, char *code, char *title, Expression *first, List *keys, Span span);
extern PopulationValue *build_population_value(char *name, char *title, char *function, Span function_span,
											   Expression *expr, Expression *share, Span span);
extern Expectation *build_row_expectation(ExpectKind kind, char *code, List *rows, Span span);

#endif							/* ZJTX_BUILD_H */
