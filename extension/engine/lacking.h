/*
 * lacking.h
 *		The facts that many values of one row lack.
 *
 * run_missing() finds them for one value.  The lines of a document share most of their
 * conditions, so this keeps what it found for each instruction, and finds at the same time
 * the facts that alone can decide a condition.
 */
#ifndef ZJTX_LACKING_H
#define ZJTX_LACKING_H

#include "program.h"

typedef struct Lacking Lacking;

/*
 * lacking_start: call it for each row; allocates in the current memory context.
 * lacking_end: frees what is kept for the row.
 */
extern Lacking *lacking_start(Run *run);
extern void lacking_end(Lacking *lacking);

/* Whether a value is unknown. */
extern bool lacking_any(Lacking *lacking, int number);

/*
 * Names are collected in sets: the sets in the order in which they are taken, each in the
 * order of fact numbers, and each name once.
 *
 * lacking_begin: starts with no name.
 * lacking_add: adds the facts that a value lacks to the set.
 * lacking_add_deciding: adds the facts that alone can decide a condition.
 * lacking_add_day: adds the day judged.
 * lacking_take: appends the names of the set (char *, in the current memory context or
 * the program's) and empties the set.
 */
extern void lacking_begin(Lacking *lacking);
extern void lacking_add(Lacking *lacking, int number);
extern void lacking_add_deciding(Lacking *lacking, int number);
extern void lacking_add_day(Lacking *lacking);
extern List *lacking_take(Lacking *lacking, List *names);

#endif							/* ZJTX_LACKING_H */
