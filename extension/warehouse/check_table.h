/*
 * check_table.h
 *		Findings about the columns of a table that may provide the facts of a policy.
 */
#ifndef ZJTX_CHECK_TABLE_H
#define ZJTX_CHECK_TABLE_H

#include "postgres.h"

#include "access/tupdesc.h"
#include "utils/numeric.h"

#include "answers/phrases.h"
#include "answers/rows.h"
#include "language/tree.h"
#include "check_header.h"

/* How to scale a column to the unit of the fact. */
typedef struct Scale
{
	const char *suffix;			/* follows the fact's name in the column's
								 * name */
	const char *words;			/* the unit of the column */
	const char *factor;			/* multiplier, or "" */
	bool		share;			/* for percentages; otherwise for money */
} Scale;

/* The function with which the view reads a column of texts. */
typedef enum TextReading
{
	READ_NOT,
	READ_YES,					/* to_yes */
	READ_AMOUNT,				/* to_amount */
	READ_DAY,					/* to_day */
	READ_TEXT,					/* to_text, if that makes a difference */
	READ_LIST					/* several in one cell, split at 、 and
								 * commas */
} TextReading;

/* A text and how often it occurs. */
typedef struct TextCount
{
	char	   *text;
	int64		count;
} TextCount;

/* Different texts, in the order of their first occurrence. */
typedef struct TextCounts
{
	List	   *texts;			/* of TextCount */
	bool		more;			/* there were too many */
} TextCounts;

/* Texts that differ in their digits only. */
typedef struct TextFormat
{
	char	   *format;			/* digits replaced */
	char	   *example;
	int64		count;
} TextFormat;

/* The results of reading the texts of a column. */
typedef struct TextFindings
{
	int64		looked;			/* texts that are not empty */
	int64		unreadable;
	List	   *examples;		/* of char *, of texts that cannot be read */
	List	   *formats;		/* of TextFormat, of texts that can be read */
	int64		near;			/* texts that to_text makes a value */
	TextCounts	near_texts;
	int64		label;			/* texts that differ from a value in spaces
								 * and widths in another way */
	TextCounts	label_texts;
	int64		contains;
	TextCounts	containing;
	int64		nnothing;
	TextCounts	nothing;		/* words for no value, such as 无, that are
								 * not values of the fact */
	List	   *amounts;		/* of AmountFound */
} TextFindings;

typedef struct AmountFound
{
	Numeric		number;
	bool		named;			/* the text names a unit or a multiple */
} AmountFound;

/* A fact, the column that provides it or might, and a summary of the values. */
typedef struct FactCheck
{
	const Fact *fact;			/* for a single year of a fact by year: a fact
								 * with the name of its column */
	const char *shown;			/* its name in reports: revenue[2023]; or NULL */
	List	   *years;			/* for a fact by year: list of FactCheck, by
								 * year */
	int			year;			/* for a single year: the year */
	char	   *found;			/* for a column of all years: the years
								 * present, or NULL; the years present twice
								 * in one row, or NULL; and the number of such
								 * rows */
	char	   *twice;
	int64		ambiguous;
	int			column;			/* attribute number, or 0 if there is none */
	Oid			type;			/* base type of the source */
	bool		gives;			/* the type can be read as the fact's */
	bool		denied;			/* the current role may not read it */
	bool		from_detail;	/* the view takes it from the detail table */
	List	   *flat;			/* for a list: list of FactCheck, of fields
								 * that columns of the table may give */

	int			near_column;	/* if column is 0: a similarly named column,
								 * or 0 */
	bool		mapped;			/* the view takes the fact from that column */
	bool		by_values;		/* … because its texts are values of the
								 * fact, which is a guess */
	int			of_year;		/* … and its name has this year, which the
								 * fact means on the day judged */
	const Scale *scale;			/* suggested by the column's name or its
								 * values, or NULL */
	bool		scale_guessed;	/* … by its values */
	TextReading reading;
	const char *unit;			/* READ_AMOUNT: the unit of texts that name
								 * none, or NULL */
	TextFindings texts;

	/* the constants with which the document compares it */
	Numeric		least;			/* the least positive one, or NULL */
	bool		compared;
	bool		shares;			/* every one is above 0 and at most 1 */
	List	   *constants;		/* of char *: texts */

	/* the values in the table, if it provides the fact */
	int64		values;			/* number of values that are not NULL */
	int64		outside;
	int64		nonzero;
	char	   *low;			/* least number; or a text that the fact does
								 * not allow */
	char	   *high;
	Numeric		median;			/* of the absolute values of the values that
								 * are not zero */
	Numeric		greatest;		/* also of the absolute values */
} FactCheck;

/* A table, and the findings so far. */
typedef struct TableCheck
{
	Oid			relation;
	TupleDesc	desc;
	bool	   *denied;			/* by column: the current role may not read it */
	bool	   *taken;			/* by column: it gives a fact */
	bool	   *of_year;		/* by column: a year of a fact by year; it can
								 * give another fact that means that year */
	Header	   *headers;		/* by column */
	TextCounts *texts;			/* by column: the texts of columns that give
								 * no fact */
	const Policy *policy;
	const Phrases *words;
	DateADT		day;			/* the day judged */
	List	   *checks;			/* of FactCheck */
	struct Detail *detail;		/* the detail table, or NULL */
	int			key;			/* the column that identifies rows, or 0 */
	bool		key_is_unique;
	int64		rows;
	int64		read;			/* number of rows whose texts were read */
	char	   *duplicates;		/* keys of several rows, or NULL */
	int64		nduplicates;
	int64		no_key;			/* rows without a key */
	Rows		out;
} TableCheck;

/* The attribute number of the column that gives the fact, or that the view takes it from; or 0. */
static inline int
check_source(const FactCheck *check)
{
	return check->column > 0 ? check->column : check->mapped ? check->near_column : 0;
}

/* ---------------- check_columns.c: facts and their columns ---------------- */

/*
 * check_open_table: reads the columns of table->relation and the rights of the current role,
 * which must be able to read at least one.
 *
 * check_find_facts: makes table->checks from the names of columns.  check_match_columns: finds
 * the columns of given checks.
 */
extern void check_open_table(TableCheck *table);
extern void check_find_facts(TableCheck *table);
extern void check_match_columns(TableCheck *table);

/* Makes a column the source of a fact in the view, if its type allows that. */
extern bool check_map_column(TableCheck *table, FactCheck *check, int column);

/* Finds columns with names similar to those of facts that have no column. */
extern void check_find_near(TableCheck *table);

/* ---------------- check_flat.c: lists of one element ---------------- */

/*
 * check_find_flat: finds columns that may be the fields of a list.  check_flat_words: the
 * expression for the view.  check_flat_columns: the names of the columns.
 */
extern void check_find_flat(TableCheck *table);
extern char *check_flat_words(const TableCheck *table, const FactCheck *list);
extern char *check_flat_columns(const TableCheck *table, const FactCheck *list);

/*
 * check_this_year: the year of the day judged.  check_year_is_certain: whether it is certain
 * which year a label means.
 */
extern int	check_this_year(const TableCheck *table);
extern bool check_year_is_certain(const TableCheck *table, const Header *label);

/* ---------------- check_values.c: values ---------------- */

/* Reads the values of columns that are not texts to be converted, and counts the rows. */
extern void check_read_values(TableCheck *table);

/* ---------------- check_texts.c: texts ---------------- */

/* Reads the texts of columns; maps columns whose texts are values of a fact. */
extern void check_read_texts(TableCheck *table);

/*
 * check_weigh_amounts: summarizes numbers that were read from texts, for the guess of
 * their unit. check_sum_up_texts: counts numbers outside the fact's range, in the unit
 * that was guessed.
 */
extern void check_weigh_amounts(FactCheck *check);
extern void check_sum_up_texts(TableCheck *table);

/* ---------------- check_text_near.c: texts that are nearly values ---------------- */

/* text_counts_add: adds a text; keeps only a limited number of different texts. */
extern void text_counts_add(TextCounts *counts, const char *text, int64 times, int most);

/* text_counts_words: the most frequent texts with their numbers, "…" if there are more. */
extern char *text_counts_words(const TextCounts *counts, const char *format, const char *separator);

/* check_near: compares a text that occurs in a column with the values of its fact. */
extern void check_near(FactCheck *check, const TextCount *count);

/* check_is_value: whether to_text makes a text a value of a fact. */
extern bool check_is_value(const Fact *fact, const char *text);

/* check_all_values: whether there are at least two texts, and all are values of a fact. */
extern bool check_all_values(const Fact *fact, const TextCounts *texts);

/* ---------------- check_key.c: keys ---------------- */

/* Chooses the column that identifies rows; name is the caller's choice, or NULL. */
extern void check_find_key(TableCheck *table, const char *name);

/* Finds keys that several rows have. */
extern void check_read_keys(TableCheck *table);

/* ---------------- check_report.c ---------------- */

extern void check_report(TableCheck *table);

/* ---------------- check_units.c ---------------- */

/* True if the unit of the fact's figures can be guessed: money and shares. */
extern bool check_unit_is_guessed(const FactCheck *check);

/*
 * Records the constants with which a document compares its facts. by_index has the check
 * of each fact, or NULL.
 */
extern void check_note_document(FactCheck **by_index, const Document *doc);

/*
 * check_scaled_name: returns the scale if a column's name is the name or label of the fact,
 * followed by a unit.  check_scale_of: returns the scale of a unit, or NULL if it does not
 * convert to the fact's.
 */
extern const Scale *check_scaled_name(const FactCheck *check, const char *column);
extern const Scale *check_scale_of(const Fact *fact, const char *unit);

/* Returns the factor by which numbers in a unit are multiplied, without its multiples such as 万. */
extern char *check_ratio_of(const Fact *fact, const char *unit);

/* Converts a number by that factor. */
extern Numeric check_unit_convert(const Fact *fact, const char *unit, Numeric number);

/* Sets the scale of the facts whose values seem to be in another unit. */
extern void check_guess_units(const List *checks);

extern int	check_compare_numerics(Numeric a, Numeric b);

/* ---------------- check_view.c ---------------- */

/* Returns the CREATE VIEW statement that maps the table to the policy's facts. */
extern char *check_mapping_view(const TableCheck *table);

/* Returns the call with which the view reads a column, such as zjtx.to_amount(…). */
extern char *check_reading_words(const FactCheck *check, const char *column);

/* Returns the expression for a column that gives a fact, also read or scaled; or NULL. */
extern char *check_value_words(const FactCheck *check, const char *column);

/* Returns the name of the function of a reading. */
extern const char *check_reading_name(TextReading reading);

/* ---------------- check_years.c ---------------- */

/*
 * Makes the checks of the columns of single years; adds them to a list of checks; reads which
 * years a column of all years has.
 */
extern void check_find_years(TableCheck *table, FactCheck *check);
extern List *check_with_years(List *checks);
extern void check_read_years(Oid oid, TupleDesc desc, FactCheck *check);

#endif							/* ZJTX_CHECK_TABLE_H */
