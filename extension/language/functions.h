/*
 * functions.h
 *		The functions of the language.
 *
 * This table is the only definition: expression.h enumerates it, check_calls.c checks calls against it,
 * and compile.c compiles them.  Define FUNCTION before including this file, which undefines it at
 * its end:
 *
 *		FUNCTION(NAME, English, Chinese, least, most, takes, what, gives, unit, none, instruction)
 *
 * least, most	how many arguments
 * takes		NUMBER, DATE, BOOLEAN: each argument is one
 *				ORDERED: numbers or dates; ALIKE: anything; all of one type and unit
 *				ROUNDED: a number, and perhaps how many decimals, a literal
 *				LIST: a list, with "where" and an expression; check_calls.c has the rest
 * what			what messages call an argument
 * gives		NUMBER, DATE, BOOLEAN; SAME: the type and unit of the arguments
 * unit			of a number given: FREE (none; it goes with any unit), MONTH, … as in unit.h
 * none			when the result can be none: if ANY or ALL of its arguments can, if the FIRST or
 *				the LAST can; NEVER
 * instruction	what it becomes (engine/ops.h): the arguments are its operands
 */

FUNCTION(LEAST, "least", "取低", 1, 100, ORDERED, "what is chosen from", SAME, FREE, ALL, LEAST)
FUNCTION(GREATEST, "greatest", "取高", 1, 100, ORDERED, "what is chosen from", SAME, FREE, ALL, GREATEST)
FUNCTION(CLAMP, "clamp", "限于", 3, 3, ORDERED, "what is kept between bounds", SAME, FREE, FIRST, CLAMP)
FUNCTION(LATEST, "latest", "最晚", 1, 100, DATE, "this", DATE, FREE, ANY, LATEST)
FUNCTION(EARLIEST, "earliest", "最早", 1, 100, DATE, "this", DATE, FREE, ALL, LEAST)
FUNCTION(COALESCE, "coalesce", "缺省为", 2, 2, ALIKE, NULL, SAME, FREE, LAST, COALESCE)
FUNCTION(YEAR, "year", "年份", 1, 1, DATE, "the argument of year", NUMBER, FREE, ANY, YEAR)
FUNCTION(MONTH, "month", "月份", 1, 1, DATE, "the argument of month", NUMBER, FREE, ANY, MONTH)
FUNCTION(MONTHS, "months", "月数", 2, 2, DATE, "an argument of months", NUMBER, MONTH, ANY, MONTHS)
FUNCTION(FLOOR, "floor", "取整", 1, 1, ROUNDED, "what is rounded", SAME, FREE, ANY, FLOOR)
FUNCTION(CEIL, "ceil", "进一", 1, 1, ROUNDED, "what is rounded", SAME, FREE, ANY, CEIL)
FUNCTION(ROUND, "round", "四舍五入", 1, 2, ROUNDED, "what is rounded", SAME, FREE, ANY, ROUND)
FUNCTION(COUNT_TRUE, "count_true", "满足数", 1, 1000, BOOLEAN, "what is counted", NUMBER, FREE, NEVER, COUNT_TRUE)
FUNCTION(COUNT, "count", "计数", 1, 1, LIST, NULL, NUMBER, FREE, NEVER, LIST)
FUNCTION(SUM, "sum", "合计", 1, 1, LIST, NULL, SAME, FREE, NEVER, LIST)
FUNCTION(MIN, "min", "最小", 1, 1, LIST, NULL, SAME, FREE, ANY, LIST)
FUNCTION(MAX, "max", "最大", 1, 1, LIST, NULL, SAME, FREE, ANY, LIST)
FUNCTION(AVG, "avg", "平均", 1, 1, LIST, NULL, SAME, FREE, ANY, LIST)
FUNCTION(ONE, "one", "唯一", 1, 1, LIST, NULL, SAME, FREE, ANY, LIST)
FUNCTION(ANY, "any", "任一", 1, 1, LIST, NULL, BOOLEAN, FREE, NEVER, LIST)
FUNCTION(ALL, "all", "全部", 1, 1, LIST, NULL, BOOLEAN, FREE, NEVER, LIST)

#undef FUNCTION
