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

/*
 * A span names what was parsed.  A second one, `keyword` or the like, is where an error is reported.
 */

/* ---------------- build_expr.c: expressions; excessive nesting is an error ---------------- */

extern Expression *build_expr(ReadState *state, ExprKind kind, List *args, Span span);
extern Expression *build_named(ReadState *state, ExprKind kind, char *name, List *args, Span span);
extern Expression *build_list_call(ReadState *state, char *name, Expression *list, char *element,
								   Expression *where, Expression *body, Span span);
extern Expression *build_compare(ReadState *state, CompareOp op, Expression *left, Expression *right, Span span);
extern Expression *build_negated(ReadState *state, bool negated, ExprKind kind, List *args, Span span);
extern Expression *build_cases(ReadState *state, bool has_else, ExprKind kind, List *args, Span span);
extern Expression *build_arm(ReadState *state, CompareOp op, List *args, Span span);
extern Expression *build_power(ReadState *state, Expression *base, Quantity exponent, Span at, Span span);
extern Expression *build_reference(ReadState *state, ExprKind kind, char *code, Span code_span,
								   Expression *day, Span span);
extern Expression *build_logic(ReadState *state, ExprKind kind, Expression *left, Expression *right, Span span);

/* Literals, and name[year] = … */
extern Expression *build_number(ReadState *state, Quantity quantity, Span span);
extern Expression *build_negative(ReadState *state, Quantity quantity, Span span);
extern Expression *build_date(ReadState *state, DateADT date, Span span);
extern Expression *build_boolean(ReadState *state, bool boolean, Span span);
extern Expression *build_in_year(Expression *set, int year);
extern int	build_year(ReadState *state, Quantity quantity, Span span);

/* The number if it is an integer between low and high, otherwise -1. */
extern int	whole_number(Numeric number, int low, int high);

/* ---------------- build_facts.c: units, facts and tables ---------------- */

extern Unit build_unit(ReadState *state, const char *name, Span span);
extern void build_declared_unit(ReadState *state, char *name, const Quantity *equals, bool currency, Span span);
extern TextValue *build_text_value(char *text, Span span);
extern TextValue *build_label(TextValue *value, char *text, Span span);
extern NullMeaning build_null_number(ReadState *state, Quantity quantity, Span span);

/* A fact, field or column, and a list, without what build_declaration adds. */
extern Fact *build_field(ReadState *state, char *name, ValueType type, Unit unit, Span unit_span, Span span);
extern Fact *build_list(char *name, List *fields, bool scalars, Span span);
extern Fact *build_declaration(Fact *fact, char *label, const FactRange *range, NullMeaning null_means);
extern void build_fact(ReadState *state, Fact *fact, bool by_year, Span by_year_span, bool fixed, Span span);

/* A row; a table with one more row (NULL: a new one); and the whole. */
extern TableRow *build_table_row(Expression *key, List *cells, Span span);
extern Table *build_row(ReadState *state, Table *table, TableRow *row);
extern void build_table(ReadState *state, Table *table, TableKey by, List *columns, char *name, char *title,
						Span span);

/* ---------------- build.c: documents and statements ---------------- */

extern void build_part(ReadState *state, char *code, Span span);
extern void build_bound(ReadState *state, DateADT day, bool is_default, Span span);
extern void build_bare(ReadState *state, Expression *when, Span span);
extern void build_document(ReadState *state, char *code, char *title, Span span);
extern void build_use(ReadState *state, char *code, List *mapped, Span span);
extern void build_until(ReadState *state, DateADT day, bool through);

/* build_once: reports an error if something that may be written only once has been written already. */
extern void build_once(ReadState *state, bool already, Span span, const char *what);
extern void build_text(ReadState *state, char **place, char *text, Span span, const char *what);
extern void build_day(ReadState *state, bool *has_day, DateADT *place, DateADT day, Span span, const char *what);

/*
 * Begins a provision, to which the attributes that follow belong; extends it by what has been read; returns the
 * current one.
 */
extern void build_provision(ReadState *state, Provision *provision, char *code, char *title, Span span);
extern void build_extend(ReadState *state, Span span);
extern Provision *build_provision_of(ReadState *state, Span span);
extern void build_note(ReadState *state, char *code, char *text, Span span);
extern void build_covers(Provision *provision, List *codes);
extern void build_offices(Provision *provision, List *offices);
extern Define *build_define(ReadState *state, char *name, char *title, Expression *expr, Span span);
extern void build_define_of(Define *define, char *list, Span list_span, char *element);

/* Clauses and rungs.  A cap limits each line of the current clause or group, or the total over all periods. */
extern Clause *build_clause(ReadState *state, char *code, char *title, Span span);
extern Clause *build_clause_of(ReadState *state, Span span);
extern void build_kind(ReadState *state, ClauseKind kind, Span span);
extern void build_cap(ReadState *state, Expression *cap, bool in_all, Span span);
extern void build_pay(ReadState *state, Expression *pay, Span span);
extern void build_undetermined(ReadState *state, Span span);
extern void build_stage(ReadState *state, char *code, char *title, const Each *each, Span each_span,
						Expression *on, Expression *when, Expression *pay, Span keyword, Span span);
extern void build_ladder(ReadState *state, char *title, Span keyword, Span span);
extern void build_rung(ReadState *state, char *code, char *title, Span keyword, Span span);
extern void build_level(ReadState *state, Quantity level, Span level_span, Span span);
extern void build_when(ReadState *state, Expression *condition, Span span);
extern void build_should(ReadState *state, Expression *condition, Span span);

/* Groups, and statements about several rows. */
extern GroupMember *build_member(char *code, Span span);
extern void build_group(ReadState *state, char *code, char *title, bool best, List *members, Span span);
extern SortKey *build_sort_key(Expression *expr, bool descending);
extern void build_selection(ReadState *state, char *code, char *title, Expression *first, List *keys, Span span);
extern void build_budget(ReadState *state, char *code, char *title, Expression *amount, List *keys, List *lines,
						 Span span);
extern PopulationValue *build_population_value(char *name, char *title, char *function, Span function_span,
											   Expression *expr, Expression *share, Span span);
extern void build_population(ReadState *state, char *name, char *title, Expression *when, List *values,
							 Span span);

extern int	build_goal_year(ReadState *state, Quantity quantity, Span span);
extern Goal *build_goal(int year, Expression *value);
extern Target *build_target(ReadState *state, char *code, char *title, Unit unit, List *goals,
							const Counted *counted, Span span);
extern void build_service(ReadState *state, char *code, char *title, Span span);

/* ---------------- build_examples.c ---------------- */

extern void build_example(ReadState *state, char *title, char *like, List *given, List *expect, Span span);

/* A verdict, and the expectation that it is part of. */
extern Expectation *build_verdict(VerdictKind verdict, Span span);
extern Expectation *build_between(VerdictKind verdict, Expression *low, Expression *high, Span span);
extern Expectation *build_names(List *names, Span span);
extern Expectation *build_rows(List *rows, Span span);
extern Expectation *build_expectation(ExpectKind kind, char *code, Expectation *verdict, Span span);

/* What `missing` calls the value of a name at an index: revenue[2023], rates[2024-01-01]. */
extern char *build_indexed_name(ReadState *state, const char *name, const Expression *index);

#endif							/* ZJTX_BUILD_H */
