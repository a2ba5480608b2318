/*
 * units.h
 *		The units of numbers.
 *
 * This table is the only definition: unit.h enumerates it, units.c looks words up in it,
 * convert.c converts literals by it, and check_table finds columns in other units by it.
 * Define UNIT and ALIAS before including this file, which undefines them at its end:
 *
 *		UNIT(NAME, name, English, of, numerator, denominator, decimals)
 *		ALIAS(name, NAME)
 *
 * name			as it is written and shown
 * English		for messages to clients whose encoding has no Chinese
 * of			the unit of the same kind that all are converted to: one of this unit is
 *				numerator / denominator of that.  Units of one kind convert into each other.
 * decimals		how finely gap() chooses a value that would suffice
 *
 * A document can declare others (`unit` in its header).  An alias is another word for a unit,
 * which is shown under its own name.
 */

/* a ratio or percentage; a literal in % has been divided by 100 */
UNIT(PLAIN, "%", "%", PLAIN, 1, 1, 4)

/* money, and points of a score */
UNIT(YUAN, "元", "yuan", YUAN, 1, 1, 2)
UNIT(POINT, "分", "points", POINT, 1, 1, 2)

/* time does not convert: a year is not a number of days */
UNIT(YEAR, "年", "years", YEAR, 1, 1, 2)
UNIT(MONTH, "月", "months", MONTH, 1, 1, 0)
ALIAS("个月", MONTH)
UNIT(DAY, "日", "days", DAY, 1, 1, 0)
ALIAS("天", DAY)
UNIT(HOUR, "小时", "hours", HOUR, 1, 1, 0)

/* what is counted */
UNIT(PERSON, "人", "persons", PERSON, 1, 1, 0)
UNIT(ITEM, "项", "items", ITEM, 1, 1, 0)
UNIT(PLACE, "名", "places", PLACE, 1, 1, 0)
UNIT(GRADE, "级", "grades", GRADE, 1, 1, 0)
UNIT(FIRM, "家", "firms", FIRM, 1, 1, 0)
UNIT(PIECE, "个", "pieces", PIECE, 1, 1, 0)
UNIT(DOCUMENT, "件", "documents", DOCUMENT, 1, 1, 0)
UNIT(TIME, "次", "times", TIME, 1, 1, 0)
UNIT(HOUSEHOLD, "户", "households", HOUSEHOLD, 1, 1, 0)
UNIT(MACHINE, "台", "machines", MACHINE, 1, 1, 0)
UNIT(SET, "套", "sets", SET, 1, 1, 0)
UNIT(VEHICLE, "辆", "vehicles", VEHICLE, 1, 1, 0)
UNIT(SHIP, "艘", "ships", SHIP, 1, 1, 0)
UNIT(AIRCRAFT, "架", "aircraft", AIRCRAFT, 1, 1, 0)
UNIT(BUILDING, "座", "buildings", BUILDING, 1, 1, 0)
UNIT(LINE, "条", "lines", LINE, 1, 1, 0)
UNIT(ARTICLE, "篇", "articles", ARTICLE, 1, 1, 0)
UNIT(WORK, "部", "works", WORK, 1, 1, 0)
UNIT(SHARE, "股", "shares", SHARE, 1, 1, 0)
UNIT(SHEET, "张", "sheets", SHEET, 1, 1, 0)

/* areas; 15 mu are a hectare */
UNIT(SQUARE_METRE, "平方米", "square metres", SQUARE_METRE, 1, 1, 2)
ALIAS("㎡", SQUARE_METRE)
UNIT(MU, "亩", "mu", SQUARE_METRE, 10000, 15, 2)
UNIT(HECTARE, "公顷", "hectares", SQUARE_METRE, 10000, 1, 2)
UNIT(SQUARE_KILOMETRE, "平方公里", "square kilometres", SQUARE_METRE, 1000000, 1, 2)

/* lengths */
UNIT(METRE, "米", "metres", METRE, 1, 1, 2)
UNIT(KILOMETRE, "公里", "kilometres", METRE, 1000, 1, 2)

/* weights */
UNIT(GRAM, "克", "grams", GRAM, 1, 1, 2)
UNIT(KILOGRAM, "千克", "kilograms", GRAM, 1000, 1, 2)
UNIT(GONGJIN, "公斤", "gongjin", GRAM, 1000, 1, 2)
UNIT(TONNE, "吨", "tonnes", GRAM, 1000000, 1, 2)

/* power and energy */
UNIT(KILOWATT, "千瓦", "kilowatts", KILOWATT, 1, 1, 2)
UNIT(MEGAWATT, "兆瓦", "megawatts", KILOWATT, 1000, 1, 2)
UNIT(KILOWATT_HOUR, "千瓦时", "kilowatt hours", KILOWATT_HOUR, 1, 1, 2)
UNIT(DEGREE, "度", "kWh", KILOWATT_HOUR, 1, 1, 2)

#undef UNIT
#undef ALIAS
