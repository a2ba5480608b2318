/*
 * table.h
 *		The tables inside a document, as they are looked up.
 *
 * Keys are sorted, or texts in a hash table, so a lookup takes as long in a large table as
 * in a small one.
 */
#ifndef ZJTX_TABLE_H
#define ZJTX_TABLE_H

#include "kernel.h"
#include "value.h"

typedef struct TableColumn
{
	const char *name;
	uint8		type;			/* ValueType */
	Value	   *cells;			/* by row; then that of the else row, if there
								 * is one */
	Value		all;			/* the hull of the cells */
	Lane	   *lanes;			/* the cells as registers of the kernel */
} TableColumn;

typedef struct LookupTable
{
	const Table *source;		/* NULL in a program without its tree */
	const char *name;
	uint8		by;				/* TableKey */
	bool		has_else;
	int			nrows;			/* without the else row */
	DateADT    *days;			/* by date: the keys, ascending */
	Number	   *numbers;		/* by number and by year: the keys, ascending */
	End		   *ends;			/* the same in doubles; NULL if one is too
								 * long */
	const char **texts;			/* by text: the keys */
	int			nslots;			/* a power of two */
	int		   *slots;			/* row, or -1 */
	bool	   *constant;		/* by row: found by a constant key, which is
								 * no instruction; NULL without the tree */
	int			ncolumns;
	TableColumn *columns;
} LookupTable;

/* The table of a document, in the current memory context. */
extern LookupTable *table_create(const Table *source);

/* The row for a known key: the else row is nrows.  Returns -1 if there is none. */
extern int	table_row(const LookupTable *table, const Value *key);

/*
 * table_row_of_text: the same for a text.  The others return the last row whose key is not above
 * a day or a number, or -1.
 */
extern int	table_row_of_day(const LookupTable *table, DateADT day);
extern int	table_row_of_number(const LookupTable *table, const Number *number);
extern int	table_row_of_text(const LookupTable *table, const char *text, int length);

/*
 * Which rows an unknown key can meet: reached has a place for each, the else row last.
 * Returns true if the key may also be one without a row.  fact is what the key is read from,
 * or NULL; whole says that a number is an integer.
 */
extern bool table_rows(const LookupTable *table, const Value *key, const Fact *fact, bool whole, bool *reached);

/* Of a lookup: the fact or field that the key is read from, or NULL; whether the key is an integer. */
extern bool table_key_whole(const Program *program, const Instr *lookup);

/* kernel_table.c: sets what the kernel reads of a table. */
extern void kernel_set_table(LookupTable *table);

/* The lookup as people write it, such as lpr[2019-01-01], for a known key. */
extern char *table_lookup_text(const LookupTable *table, const Value *key);

#endif							/* ZJTX_TABLE_H */
