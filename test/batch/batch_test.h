/*
 * batch_test.h
 *		Shared by the files of the test.
 */
#ifndef BATCH_TEST_H
#define BATCH_TEST_H

#include "postgres.h"

#include "common/pg_prng.h"
#include "utils/array.h"

#include "engine/batch_fast.h"
#include "engine/value.h"

typedef struct Test
{
	const Program *program;
	pg_prng_state random;
	int			hostility;		/* of 100 facts, so many are unknown or odd */
	Value	  **facts;			/* by row, by fact */
	DateADT		day;			/* on which all rows are judged, or 0 */
	Number		recent;			/* a number that was made before */
	int			nrows;			/* of a batch */
	int			first;			/* of facts: the first row of the batch */
	int			all;			/* how many rows facts has */
	int			row;			/* of the source of one row */
	const ListValue *lists[MAX_LIST_DEPTH + 1];
	int			index[MAX_LIST_DEPTH + 1];
	int64		compared;
	int64		doubts;
	int64		wrong;
	ArrayBuildState *shown;
}			Test;

/* The facts of one row, and of a batch. */
typedef struct RowOfTest
{
	FactSource	source;
	Test	   *test;
}			RowOfTest;

typedef struct RowsOfTest
{
	BatchSource source;
	Test	   *test;
}			RowsOfTest;

/* test_facts.c: facts at random */
extern int	test_below(Test * test, int n);
extern Number test_number_of_text(const char *text);
extern Value *test_random_row(Test * test);

/* test_sources.c: the same facts for one row and for batches */
extern RowOfTest test_row_of(Test * test);
extern RowsOfTest test_rows_of(Test * test);
extern void test_set_row(uint64 *rows, int row);
extern bool test_has_row(const uint64 *rows, int row);

#endif							/* BATCH_TEST_H */
