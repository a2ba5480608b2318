/*
 * many_lines.h
 *		The lines of a document in many rows.
 */
#ifndef ZJTX_MANY_LINES_H
#define ZJTX_MANY_LINES_H

#include "postgres.h"

#include "line_rows.h"

typedef struct ManyLines ManyLines;

/* Whether the kernel can answer for the lines of a program. */
extern bool many_lines_take(const Program *program);

/* For up to nrows rows at a time, in the current memory context. */
extern ManyLines *many_lines_create(const Program *program, int nrows);

/*
 * many_lines_judge: the lines in the rows that are wanted of the batch's next ngroups groups; valid until
 * it is called again.  Sets doubt to those rows of which nothing is said.
 */
extern const LinesOfRows *many_lines_judge(ManyLines *lines, Batch *batch, int ngroups, const uint64 *wanted,
										   uint64 *doubt);

#endif							/* ZJTX_MANY_LINES_H */
