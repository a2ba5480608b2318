/*
 * predefined.h
 *		The names that the language itself defines, in one table.
 *
 * PREDEFINED(NAME, english, chinese)
 */

/* The day judged; within a stage, the day of the stage.  It is fact 0 of every document. */
PREDEFINED(AS_OF, "as_of", "判断日")
/* The day judged, also within a stage. */
PREDEFINED(ASKED_ON, "asked_on", "提问日")
/* The year of as_of, and the one before it. */
PREDEFINED(THIS_YEAR, "this_year", "本年度")
PREDEFINED(LAST_YEAR, "last_year", "上年度")
/* The element of a list of scalars, or of a range. */
PREDEFINED(IT, "it", "其")

#undef PREDEFINED
