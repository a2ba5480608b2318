/*
 * row_verdict.h
 *		The verdict of a row of a batch.
 *
 * It is an expanded object.  Functions that read a line or two of it get them from the batch, which reads a line of all
 * its rows at once, when the first row is asked for it.  For everybody else, and wherever PostgreSQL copies it, it
 * is the verdict that judge_facts(…) returns for the row.
 */
#ifndef ZJTX_ROW_VERDICT_H
#define ZJTX_ROW_VERDICT_H

#include "postgres.h"

#include "many.h"
#include "verdict.h"

typedef struct RowVerdict RowVerdict;

/* The verdicts of up to many->nrows rows, in the current memory context. */
extern RowVerdict *row_verdicts_create(Many *many);

/* The verdict of a row that many_judge() was asked for; valid until it is called again. */
extern Datum row_verdict_datum(RowVerdict *verdicts, int row);

/* Returns the verdict of a row, or NULL if a verdict is another one, or has no lines but as a whole. */
extern RowVerdict *row_verdict_of(Datum verdict);

/* The lines that it has. */
extern const LinesOfRows *row_verdict_lines(const RowVerdict *verdict);

/* Reads a line of it, except for the status and the period. */
extern void row_verdict_read(RowVerdict *verdict, int number, VerdictLine *line);

#endif							/* ZJTX_ROW_VERDICT_H */
