/*
 * many_missing.h
 *		In which of many rows nothing is missing.
 */
#ifndef ZJTX_MANY_MISSING_H
#define ZJTX_MANY_MISSING_H

#include "postgres.h"

#include "engine/batch.h"

typedef struct ManyMissing ManyMissing;

/* For a program, in the current memory context. */
extern ManyMissing *many_missing_create(const Program *program);

/* Keeps those of the rows in which all is known on which `e |! p` depends: there it is empty. */
extern void many_missing_nothing(ManyMissing *missing, Batch *batch, int ngroups, uint64 *rows);

#endif							/* ZJTX_MANY_MISSING_H */
