/*
 * aggregates.h
 *		The aggregates of a population.
 *
 * This table is the only definition.  Define AGGREGATE before including this file, which
 * undefines it at its end:
 *
 *		AGGREGATE(NAME, English, Chinese)
 *
 * Members whose expression is none do not count.  Over no values, count() and sum() are 0 and the
 * others none.  percentile() is percentile_cont: it interpolates between two values; median() is
 * the percentile of 50%.
 */

AGGREGATE(COUNT, "count", "计数")
AGGREGATE(SUM, "sum", "合计")
AGGREGATE(AVG, "avg", "平均")
AGGREGATE(MIN, "min", "最小")
AGGREGATE(MAX, "max", "最大")
AGGREGATE(MEDIAN, "median", "中位数")
AGGREGATE(PERCENTILE, "percentile", "分位数")

#undef AGGREGATE
