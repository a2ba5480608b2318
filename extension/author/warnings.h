/*
 * warnings.h
 *		Warnings of outlines, in Chinese, which is the language of the texts.
 */
#ifndef ZJTX_WARNINGS_H
#define ZJTX_WARNINGS_H

#include "postgres.h"

typedef struct Warning
{
	const char *at;
	char	   *message;
} Warning;

/* A number that is neither 1 nor the next; `last` is the one before it, 0 if there is none. */
static inline char *
warning_number(const char *label, int last)
{
	if (last == 0)
		return psprintf("序号“%s”之前没有同级序号，可能有遗漏", label);
	return psprintf("序号“%s”与上一个序号（%d）不连续，可能有遗漏或者重复", label, last);
}

static inline char *
warning_again(const char *label)
{
	return psprintf("序号又从“%s”开始，请核对层级", label);
}

static inline char *
warning_new_text(void)
{
	return pstrdup("序号重新开始，此处按另一部分处理");
}

static inline char *
warning_decimal(void)
{
	return pstrdup("“1.1”一类的序号不读作条目，归入前一条");
}

static inline char *
warning_width(int cells, int width)
{
	return psprintf("本行有%d格，表头有%d格，请核对", cells, width);
}

static inline char *
warning_columns(void)
{
	return pstrdup("此处似为表格，行列看不清楚，不按行读");
}

static inline char *
warning_long_line(void)
{
	return pstrdup("一行之内有多个序号，没有换行，不读作条目");
}

#endif							/* ZJTX_WARNINGS_H */
