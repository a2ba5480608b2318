/*
 * check.h
 *		Functions shared by the parts of the checker.
 */
#ifndef ZJTX_CHECK_H
#define ZJTX_CHECK_H

#include "read.h"
#include "texts.h"

/* The lists whose fields are in scope, innermost first. */
typedef struct Scope
{
	Fact	   *list;
	const char *element;		/* what its element is called, or NULL */
	struct Scope *outer;
} Scope;

typedef struct Checker
{
	ReadState  *state;
	Document   *doc;
	bool		progress;		/* this pass has inferred a type */
	const Expression *within;	/* the expression being checked, or around the
								 * name being checked */
} Checker;

/* ---------------- expressions: check_expr.c ---------------- */

/* Checks names, types and units of an expression and its subexpressions. */
extern void check_expr(Checker *checker, Expression *expr, Scope *scope);
extern void check_boolean(Checker *checker, Expression *expr, Scope *scope, const char *what);

/* A call, which checks its arguments: check_calls.c. */
extern void check_call(Checker *checker, Expression *expr, Scope *scope);

/* ---------------- names: check_names.c ---------------- */

extern void check_name(Checker *checker, Expression *expr, Scope *scope);
extern void check_define(Checker *checker, Define *define, int at);

/* Makes a name stand for a definition. */
extern void check_use_define(Checker *checker, Expression *expr, Define *define);

/*
 * Sets type, unit and so on of an expression that stands for a fact; rejects a fact that only a
 * used document declares; adds a fact to a policy that is an expression; reports a name that is
 * not declared.
 */
extern void check_set_fact(Expression *expr, Fact *fact);
extern void check_declared_here(Checker *checker, const Expression *expr, const Fact *fact);
extern Fact *check_infer_fact(Checker *checker, const Expression *expr);
pg_noreturn extern void check_unknown_name(Checker *checker, Expression *expr, Scope *scope);

/* check_years.c: a fact in a year; this_year and last_year; a range */
extern void check_index(Checker *checker, Expression *expr);
extern bool check_year_name(Checker *checker, Expression *expr);
extern Fact *check_range(Checker *checker, Expression *range, Scope *scope);

/* ---------------- what is compared or chosen: check_types.c ---------------- */

/* Requires a type; an expression without one, such as a fact not inferred yet, gets it. */
extern void check_want_type(Checker *checker, Expression *expr, ValueType type, const char *what);

/* Checks the operands of any form of comparison. */
extern void check_comparison(Checker *checker, Expression *left, Expression *right, bool ordered);

/*
 * Checks that the values of a case, band, least and so on have the same type and unit, which the
 * whole expression gets.
 */
extern void check_alternatives(Checker *checker, Expression *expr, List *values);

/*
 * Converts text literals that are compared with a fact's values, directly or through an
 * expression: a label is replaced by its value.  With strict, any other text is an error.
 */
extern void check_give_texts(Checker *checker, Expression *expr, Fact *fact, bool strict);

/*
 * check_tables.c: the column of a table that an expression looks up, if it is one of texts, or
 * NULL.
 *
 * check_give_column: makes its cells texts of a fact, in which a label stands for its value.  If
 * they are those of another fact already, requires that they mean the same.
 */
extern Fact *check_text_column(const Expression *expr);
extern void check_give_column(Checker *checker, Expression *lookup, Fact *fact);

/* ---------------- elements of lists: check_elements.c ---------------- */

/*
 * Returns the field that a name means in the lists around it.  NULL if it means none; it may
 * then stand for a definition over one of their elements.
 */
extern Fact *check_field(Checker *checker, Expression *expr, const Scope *scope);

/* Requires that no list around an inner one has the same name for its element. */
extern void check_element_name(Checker *checker, const Expression *call, const Scope *outer);

/* ---------------- tiers, multiples and powers: check_numbers.c ---------------- */

/* Each checks an expression whose arguments have been checked. */
extern void check_tiers(Checker *checker, Expression *expr);
extern void check_multiple(Checker *checker, Expression *expr, const char *what);
extern void check_power(Checker *checker, Expression *expr);

/* ---------------- references to provisions: check_reference.c ---------------- */

/* Checks "satisfies 1", "amount of 1" and "level of code"; finds what they name. */
extern void check_reference(Checker *checker, Expression *expr, Scope *scope);

pg_noreturn extern void check_unknown_provision(Checker *checker, const Expression *expr, const char *code);

/* The code without the document's own in front of it. */
extern const char *check_own_code(const Document *doc, const char *code);

/* ---------------- names of statements: check_symbols.c ---------------- */

/* as_of always exists; it is the first fact. */
extern void check_add_as_of(Checker *checker);

/* Enters all names before any check, so that the order of statements does not matter. */
extern void check_enter_names(Checker *checker);
pg_noreturn extern void check_declared_twice(Checker *checker, const Provision *provision, const char *what);

/* Offers the codes of a list of structs that begin with a Provision. */
extern void check_offer_codes(Nearest *nearest, const List *provisions);

/* ---------------- statements: check_clauses.c ---------------- */

/* Each checks a statement, unless it has been checked; one that needs itself is an error. */
extern void check_clause(Checker *checker, Clause *clause, int at);
extern void check_rung(Checker *checker, Rung *rung, int at);
extern void check_group(Checker *checker, ClauseGroup *group, int at);

/* Sets the levels of rungs, before anything is checked that may refer to them. */
extern void check_levels(Checker *checker);
extern void check_goals(Checker *checker, const Target *target);

/*
 * check_begin: begins the check of a provision that another one refers to, at a position;
 * returns false if it has been checked.
 */
extern bool check_begin(Checker *checker, Provision *provision, const char *what, int at);

/* Checks what is paid, or a cap, in 元 or 分. */
extern void check_money(Checker *checker, Expression *money, Unit unit, Scope *scope);

/* ---------------- groups and payments: check_groups.c ---------------- */

/* Finds the members of all groups, and the facts that say what was paid. */
extern void check_members(Checker *checker);
extern void check_paid_of(Checker *checker, Expression *expr);

/* ---------------- several rows: check_across.c ---------------- */

/*
 * check_across_names: enters the names of selections, budgets, populations and their values.
 *
 * check_across_facts: adds the facts that stand for their results, and finds the lines of
 * budgets.
 *
 * check_across: checks all of them.
 */
extern void check_across_names(Checker *checker);
extern void check_across_facts(Checker *checker);
extern void check_across(Checker *checker);

/* Each checks a statement, unless it has been checked; one that needs itself is an error. */
extern void check_selection(Checker *checker, Selection *selection, int at);
extern void check_budget(Checker *checker, ClauseBudget *budget, int at);
extern void check_population(Checker *checker, Population *population, int at);

/*
 * Called for a name that is such a fact: checks the population of a value; rejects a selection, which cannot be used
 * as a name.
 */
extern void check_read_across(Checker *checker, Expression *expr, Fact *fact);

/* Turns a reference into the fact that says whether a selection has selected the row. */
extern void check_satisfies_selection(Checker *checker, Expression *expr, Selection *selection);

/* ---------------- tables: check_tables.c ---------------- */

extern void check_table(Checker *checker, Table *table);

/* Checks a lookup, of which the index has been checked. */
extern void check_lookup(Checker *checker, Expression *expr, Table *table);

/* ---------------- units: convert.c ---------------- */

/*
 * check_join_numbers: the common unit and money of two numbers that are compared or added,
 * in *like (or NULL); an error if they do not fit.  A literal in another unit of the same
 * kind is converted to that of the other number.  check_join_all: the same of several.
 */
extern void check_join_numbers(Checker *checker, Expression *left, Expression *right, Expression *like);
extern void check_join_all(Checker *checker, List *values, Expression *like);

/* Converts an expression of literals to a unit; false if it cannot be. */
extern bool check_convert(Expression *expr, Unit to);

/* Requires a unit for money. */
extern void check_want_money_unit(Checker *checker, const Expression *expr, Unit beside);
extern bool check_is_literal_without_unit(const Expression *expr);
extern bool check_is_zero(const Expression *literal);

/*
 * Whether an expression consists of literals without a unit, such as the points of a band:
 * they may be amounts per person.
 */
extern bool check_is_number_alone(Expression *expr);
extern const char *check_unit_phrase(Unit unit);

/* ---------------- money: dimension.c ---------------- */

/* The money of a unit, of a product (times is 1) or quotient (-1), and of a power. */
extern const Money *check_money_of_unit(Unit unit);
extern const Money *check_money_product(Checker *checker, const Money *a, const Money *b, int times, int at);
extern const Money *check_money_power(Checker *checker, const Money *a, int power, int at);
extern bool check_money_equal(const Money *a, const Money *b);

/* The money of two numbers that are compared or added; an error if they do not fit. */
extern const Money *check_join_money(Checker *checker, Expression *left, Expression *right);

/* For messages: what kind of money it is, and how to turn a number into an amount (NULL if that is not known). */
extern const char *check_money_phrase(const Money *money);
extern char *check_money_hint(Checker *checker, const Expression *number, const Money *wanted);

/* ---------------- facts and literals: check_facts.c ---------------- */

extern void check_fact(Checker *checker, Fact *fact, bool is_field);

/* Compares two numbers or two dates. */
extern int	compare_literals(const Expression *a, const Expression *b);

/*
 * Requires a literal of the type and unit of a fact or, with check_want_literal_of, of an
 * expression that messages call by name; does not check its range.
 */
extern void check_want_literal(Checker *checker, const Fact *fact, Expression *literal);
extern void check_want_literal_of(Checker *checker, const char *name, const Expression *expr, Expression *literal);

/* Sets what the checker would set, for a number literal that is not part of a rule. */
extern void check_number(Expression *literal);

/* Limits the names of facts and fields to the length of column names. */
extern void check_want_column_name(Checker *checker, const char *name, int at);

/* ---------------- documents that use others: check_uses.c, check_merge.c ---------------- */

/*
 * check_uses_order: separates the documents of a policy from those that they use, and
 * returns all, each after those that it uses.
 *
 * check_uses_facts: takes over the facts of used documents, which have been checked.
 *
 * check_uses_mappings: checks the expressions to which facts are mapped, before the used
 * documents are checked.
 */
extern List *check_uses_order(ReadState *state);
extern void check_uses_facts(Checker *checker);
extern void check_uses_mappings(Checker *checker);

/* Copies type and unit of values of populations to the facts that were taken over. */
extern void check_across_merged(Checker *checker);

/* ---------------- examples: check_examples.c ---------------- */

extern void check_example(Checker *checker, Example *example);

/* Rejects an example that directly or indirectly builds on itself. */
extern void check_example_chain(Checker *checker, Example *example);

/* Checks that an example of several rows expects something of each, and only then. */
extern void check_example_rows(Checker *checker, const Example *example);

#endif							/* ZJTX_CHECK_H */
