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
 * many_lines_begin: the lines in the rows that are wanted of the batch's next ngroups groups; valid until it is called
 * again.  They are read one by one: many_lines_read() reads a line unless it has been read, and many_lines_left()
 * are the rows of which it says something.  Each line may leave rows out; nothing is said of these from then on.
 */
extern const LinesOfRows *many_lines_begin(ManyLines *lines, Batch *batch, int ngroups, const uint64 *wanted);
extern void many_lines_read(ManyLines *lines, int number);
extern const uint64 *many_lines_left(const ManyLines *lines);

#endif							/* ZJTX_MANY_LINES_H */
