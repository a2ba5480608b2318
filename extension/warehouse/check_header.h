/*
 * check_header.h
 *		Reads the header of a spreadsheet's column, or the label of a fact.
 */
#ifndef ZJTX_CHECK_HEADER_H
#define ZJTX_CHECK_HEADER_H

#include "postgres.h"

typedef struct Header
{
	char	   *base;			/* the words, without the year and the unit */
	char	   *loose;			/* the same without filler such as 是否 */
	int			year;			/* 2024年…: the year, or 0 */
	int			back;			/* 上年度…: years before the day judged;
								 * -1: none is named */
	char	   *unit;			/* 万元, or NULL */
} Header;

/* header_read: reads “2024年主营业务收入（万元）” as year 2024, 主营业务收入, 万元. */
extern void header_read(const char *text, Header *header);

/* header_named: whether the base, or loosely the words, of two headers are the same. */
extern bool header_named(const Header *a, const Header *b, bool loosely);

/* header_akin: whether two texts share at least two Chinese characters in a row. */
extern bool header_akin(const char *a, const char *b);

#endif							/* ZJTX_CHECK_HEADER_H */
