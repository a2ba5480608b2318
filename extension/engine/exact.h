/*
 * exact.h
 *		The exact implementations of the instructions.
 *
 * Each computes the value of its instruction into *out and evaluates its operands.
 */
#ifndef ZJTX_EXACT_H
#define ZJTX_EXACT_H

#include "program.h"

/*
 * exact_number and so on, one for each instruction: in exact.c, tiers.c, power.c,
 * dates.c, choose.c, aggregate.c, once.c and money.c
 */
#define OP(NAME, name, ...) \
extern void exact_##name(Run *run, const Instr *instr, Value *out);
#include "ops.h"

/* run.c: computes an instruction by its exact_<name>, without keeping the value */
extern void run_compute(Run *run, const Instr *instr, Value *out);

/*
 * choose.c: what an OP_TEXT_IN compares with.
 *
 * text_in_constants: whether a text is one of its constants.
 *
 * values_in_constants: the same of an unknown text of a fact: true if all values that the
 * fact can have and that are not excluded are constants, false if none is, else unknown.
 * excluded is by value, or NULL.
 */
extern bool text_in_constants(const Program *program, const Instr *instr, const char *text, int length);
extern Truth values_in_constants(const Program *program, const Instr *instr, const Fact *fact, const bool *excluded);

/* average.c, one.c: the functions avg and one over the elements of a list */
extern void list_average(Run *run, const Instr *instr, Value *out);
extern void list_one(Run *run, const Instr *instr, Value *out);

/* one.c: why one has no value although the matching elements are known */
typedef enum OneOpen
{
	ONE_NOT_OPEN,
	ONE_NO_ELEMENT,				/* none certainly matches */
	ONE_DIFFERS					/* several match, with different values */
} OneOpen;

extern OneOpen list_one_open(Run *run, const Instr *instr, const ListValue *list);

/*
 * years.c: returns the first and last year that an index can be.  Returns false if there are
 * none, or more than MAX_RANGE.  year_is_possible: whether an index can be this year.
 */
#define MAX_RANGE 50			/* whole numbers of a range */
extern bool years_of_index(const Value *index, int *first, int *last);
extern bool year_is_possible(const Value *index, int year);

/* once.c: whether elements of an OP_ONCE on the same day pay different amounts */
extern bool once_days_differ(Run *run, const Instr *instr, const ListValue *list);

#endif							/* ZJTX_EXACT_H */
