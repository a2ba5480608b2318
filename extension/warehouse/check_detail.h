/*
 * check_detail.h
 *		A table with several rows for an enterprise: a row for each year, or for each element of a
 *		list.
 */
#ifndef ZJTX_CHECK_DETAIL_H
#define ZJTX_CHECK_DETAIL_H

#include "postgres.h"

#include "check_table.h"

/* A fact or field that a column of the detail table gives. */
typedef struct DetailFact
{
	FactCheck  *check;			/* the check of a fact that has the column's
								 * type */
	FactCheck  *of;				/* the fact of the enterprise */
	const Fact *field;			/* for a list: the field; or NULL */
	int			year;			/* the only year that the fact means; or 0 */
} DetailFact;

typedef struct Detail
{
	TableCheck	table;			/* its checks are those of the facts below */
	List	   *facts;			/* of DetailFact */
	FactCheck  *list;			/* the list whose elements the rows are, or
								 * NULL */
	int			year;			/* column of the year, or 0 */
	int			link;			/* the column that identifies the enterprise */
	int			key;			/* … and that column of the main table */
} Detail;

/*
 * check_find_detail: finds the facts that a detail table gives and the main table does not.
 * An error (42703) if no column identifies rows of the main table.
 */
extern Detail *check_find_detail(TableCheck *main, Oid relation);

/* check_detail_link.c: finds the columns link and key. */
extern void check_find_link(const TableCheck *main, Detail *detail);

/* check_detail_view.c: adds the columns to the view, and the join after FROM … AS t. */
extern List *check_detail_columns(const Detail *detail);
extern char *check_detail_join(const Detail *detail);

#endif							/* ZJTX_CHECK_DETAIL_H */
