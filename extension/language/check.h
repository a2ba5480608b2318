/*
 * check.h
 *		The parts of the checker.
 */
#ifndef ZJTX_CHECK_H
#define ZJTX_CHECK_H

#include "read.h"
#include "texts.h"

/* The list whose element's fields a name may mean, innermost first. */
typedef struct Scope
{
	Fact	   *list;
	struct Scope *outer;
} Scope;

typedef struct Checker
{
	ReadState  *state;
	Document   *doc;
	bool		progress;		/* a type was inferred in this pass */
} Checker;

/* ---------------- expressions: check_expr.c ---------------- */

/* Names, types and units of an expression and all below it. */
extern void check_expr(Checker *checker, Expression *expr, Scope *scope);
extern void check_boolean(Checker *checker, Expression *expr, Scope *scope, const char *what);
extern void check_define(Checker *checker, Define *define, int at);

/* The expression must have a type; what is inferred gets it. */
extern void want_type(Checker *checker, Expression *expr, ValueType type, const char *what);

/* Units of two numbers that stand beside each other, and what messages call one. */
extern Unit join_units(Checker *checker, const Expression *left, const Expression *right);
extern void want_money_unit(Checker *checker, const Expression *expr, Unit beside);
extern bool is_literal_without_unit(const Expression *expr);
extern const char *unit_phrase(Unit unit);

/*
 * A text beside a fact that declares values, or beside what has them: a literal that is a
 * label becomes the value that it means.  strict: one that is neither is an error.
 */
extern void give_texts(Checker *checker, Expression *expr, Fact *fact, bool strict);

/* ---------------- literals: check.c ---------------- */

/* A literal of a fact's type and unit; its range is another matter. */
extern void want_literal(Checker *checker, const Fact *fact, Expression *literal);

/* The name of what is read from a column has at most as many bytes as a column's name. */
extern void want_column_name(Checker *checker, const char *name, int at);

/* ---------------- examples: check_examples.c ---------------- */

extern void check_example(Checker *checker, Example *example);

/* No example may begin with the facts of itself. */
extern void check_example_chain(Checker *checker, Example *example);

#endif							/* ZJTX_CHECK_H */
