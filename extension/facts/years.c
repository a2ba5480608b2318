/*
 * years.c
 *		Facts by year: which columns give the years.
 *
 * A row has a column for each year (revenue_2023, 2023年营业收入, …), or one for all: jsonb, or
 * an array of composites with the year and the value.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/typcache.h"

#include "messages.h"
#include "years.h"

const Fact	years_field_year = {.name = "year",.label = "年份",.type = TYPE_NUMBER};
const Fact	years_field_value = {.name = "value",.label = "值"};

/* ---------------- names of columns and keys ---------------- */

/* The year that four digits are, or 0. */
static int
read_year(const char *text)
{
	int			year;

	if (strspn(text, "0123456789") < YEAR_DIGITS)
		return 0;
	year = (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + (text[3] - '0');
	return year >= FIRST_YEAR && year <= LAST_YEAR ? year : 0;
}

/* What stands around the label, %d being the year. */
static const struct
{
	const char *before;
	const char *after;
}			label_forms[YEAR_FORMS] = {
	{"%d年", ""}, {"%d年度", ""}, {"%d", ""}, {"", "%d"}, {"", "_%d"}, {"", "（%d年）"}, {"", "(%d年)"}
};

char *
years_label_form(const Fact *fact, int form, int year)
{
	const char *label = fact->label ? fact->label : fact->name;
	char		before[32];
	char		after[32];

	snprintf(before, sizeof(before), label_forms[form].before, year);
	snprintf(after, sizeof(after), label_forms[form].after, year);
	return psprintf("%s%s%s", before, label, after);
}

/* Whether a column has a name, which was cut as an identifier is. */
static bool
is_named(const char *column, const char *name)
{
	int			length = pg_mbcliplen(name, strlen(name), NAMEDATALEN - 1);

	return strlen(column) == (size_t) length && strncmp(column, name, length) == 0;
}

/* The year of a column named as the fact, revenue_2023; 0 if it is not. */
static int
year_by_name(const char *column, const Fact *fact)
{
	size_t		length = strlen(fact->name);

	if (strncmp(column, fact->name, length) != 0 || column[length] != '_' ||
		strlen(column + length) != 1 + YEAR_DIGITS)
		return 0;
	return read_year(column + length + 1);
}

/* The same of one that has the fact's label and a year. */
static int
year_by_label(const char *column, const Fact *fact)
{
	const char *at;
	int			year;
	size_t		i;

	/* the first four digits in a row that give one of the forms */
	for (at = column; *(at += strcspn(at, "0123456789")); at++)
	{
		year = read_year(at);
		for (i = 0; year != 0 && i < YEAR_FORMS; i++)
			if (is_named(column, years_label_form(fact, i, year)))
				return year;
	}
	return 0;
}

/* ---------------- binding ---------------- */

static void
two_columns(const char *policy, const Fact *fact, int year, TupleDesc desc, int one, int other)
{
	ereport(ERROR,
			(errcode(ERRCODE_AMBIGUOUS_COLUMN),
			 year == 0
			 ? errmsg("the fact \"%s\" of policy \"%s\" is ambiguous: two columns of the row give it",
					  fact->name, policy)
			 : errmsg("the fact \"%s[%d]\" of policy \"%s\" is ambiguous: two columns of the row give it",
					  fact->name, year, policy),
			 errdetail("They are column %d, \"%s\", and column %d, \"%s\".",
					   one, NameStr(TupleDescAttr(desc, one - 1)->attname),
					   other, NameStr(TupleDescAttr(desc, other - 1)->attname)),
			 errhint("Select the column that is meant, or rename the other.")));
}

/* The columns of single years: those by name win over those by label. */
typedef struct FoundYears
{
	int			by_name[LAST_YEAR - FIRST_YEAR + 1];
	int			by_label[LAST_YEAR - FIRST_YEAR + 1];
	int			first;			/* 0: there is none */
	int			last;
} FoundYears;

/* False where two columns of a year are equally good, unless that is an error. */
static bool
find_years(FoundYears *found, const char *policy, const Fact *fact, TupleDesc desc, bool labels, bool complain)
{
	int			i;

	memset(found, 0, sizeof(FoundYears));
	for (i = 0; i < desc->natts; i++)
	{
		const char *name = NameStr(TupleDescAttr(desc, i)->attname);
		int		   *columns = found->by_name;
		int			year;

		CHECK_FOR_INTERRUPTS();
		if (TupleDescAttr(desc, i)->attisdropped)
			continue;
		year = year_by_name(name, fact);
		if (year == 0 && labels)
		{
			columns = found->by_label;
			year = year_by_label(name, fact);
		}
		if (year == 0)
			continue;
		if (columns[year - FIRST_YEAR] != 0)
		{
			if (complain)
				two_columns(policy, fact, year, desc, columns[year - FIRST_YEAR], i + 1);
			return false;
		}
		columns[year - FIRST_YEAR] = i + 1;
		found->first = found->first == 0 ? year : Min(found->first, year);
		found->last = Max(found->last, year);
	}
	return true;
}

static void
wrong_column(const char *policy, const Fact *fact, const char *column, Oid type)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATATYPE_MISMATCH),
			 errmsg("column \"%s\" of type %s cannot give the fact \"%s\" of policy \"%s\"",
					column, format_type_be(type), fact->name, policy),
			 errdetail("The fact is a %s by year.", _(type_name(fact->type))),
			 errhint("Columns of single years such as \"%s_2023\" can, and one column of jsonb "
					 "or of an array of composites with year and value.", fact->name)));
}

/* A column for all years; false if its type gives none. */
static bool
bind_whole(ColumnBinding *binding, const Fact *fact)
{
	Fact		value = years_field_value;
	Oid			element = get_element_type(binding->type);
	Oid			base;

	if (binding->type == JSONBOID)
	{
		binding->conversion = FROM_JSONB;
		return true;
	}
	if (!OidIsValid(element))
		return false;
	base = getBaseType(element);
	if (!type_is_rowtype(base) || base == RECORDOID)
		return false;
	binding->conversion = FROM_ROWS;
	binding->element_type = element;
	get_typlenbyvalalign(element, &binding->element_length, &binding->element_by_value, &binding->element_align);
	binding->element_version = assign_record_type_identifier(base, -1);
	binding->element_desc = lookup_rowtype_tupdesc_copy(base, -1);
	binding->fields = palloc0_array(ColumnBinding, YEAR_FIELDS);
	value.type = fact->type;
	return bind_field(&binding->fields[YEAR_OF_ELEMENT], binding->element_desc, &years_field_year) &&
		(bind_field(&binding->fields[VALUE_OF_ELEMENT], binding->element_desc, &value) ||
		 bind_field(&binding->fields[VALUE_OF_ELEMENT], binding->element_desc, fact));
}

/* Binds the columns of single years; false where one is of the wrong type. */
static bool
bind_single(ColumnBinding *binding, const FoundYears *found, const char *policy, const Fact *fact, TupleDesc desc,
			bool complain)
{
	YearColumns *years = palloc0(sizeof(YearColumns));
	int			i;

	years->first = found->first;
	years->count = found->last - found->first + 1;
	years->columns = palloc0_array(ColumnBinding, years->count);
	years->lanes = palloc0_array(LaneColumn, years->count);
	for (i = 0; i < years->count; i++)
	{
		int			at = years->first - FIRST_YEAR + i;
		ColumnBinding *column = &years->columns[i];
		Form_pg_attribute att;

		column->attnum = found->by_name[at] ? found->by_name[at] : found->by_label[at];
		if (column->attnum == 0)
			continue;
		att = TupleDescAttr(desc, column->attnum - 1);
		column->type = getBaseType(att->atttypid);
		if (bind_scalar(column, fact))
			continue;
		if (complain)
			bind_wrong_type(policy, fact, NameStr(att->attname), att->atttypid);
		return false;
	}
	binding->years = years;
	return true;
}

bool
bind_years(ColumnBinding *binding, const char *policy, const Fact *fact, TupleDesc desc, int whole,
		   bool labels, bool complain)
{
	FoundYears *found = palloc(sizeof(FoundYears));
	Form_pg_attribute att = whole > 0 ? TupleDescAttr(desc, whole - 1) : NULL;
	bool		gives = false;
	bool		ok;

	ok = find_years(found, policy, fact, desc, labels, complain);
	if (ok && att)
	{
		binding->type = getBaseType(att->atttypid);
		gives = bind_whole(binding, fact);
		if (gives)
			binding->attnum = whole;

		/*
		 * beside columns of single years, one that is no such thing is
		 * another figure
		 */
		else if (found->first == 0)
		{
			if (complain)
				wrong_column(policy, fact, NameStr(att->attname), att->atttypid);
			ok = false;
		}
	}
	if (ok && gives && found->first != 0)
	{
		int			at = found->first - FIRST_YEAR;

		if (complain)
			two_columns(policy, fact, found->first, desc, whole,
						found->by_name[at] ? found->by_name[at] : found->by_label[at]);
		ok = false;
	}
	if (ok && found->first != 0)
		ok = bind_single(binding, found, policy, fact, desc, complain);
	pfree(found);
	return ok;
}

bool
years_type_gives(const Fact *fact, Oid type)
{
	ColumnBinding column = {0};

	column.type = getBaseType(type);
	return bind_whole(&column, fact) || bind_scalar(&column, fact);
}

char *
years_year_field(Oid type)
{
	TupleDesc	desc = lookup_rowtype_tupdesc_copy(getBaseType(get_element_type(type)), -1);
	ColumnBinding year = {0};

	return bind_field(&year, desc, &years_field_year) ? NameStr(TupleDescAttr(desc, year.attnum - 1)->attname) : NULL;
}

int
years_column(TupleDesc desc, const Fact *fact, int after)
{
	int			i;

	for (i = after; i < desc->natts; i++)
	{
		Form_pg_attribute att = TupleDescAttr(desc, i);

		if (!att->attisdropped &&
			(year_by_name(NameStr(att->attname), fact) != 0 || year_by_label(NameStr(att->attname), fact) != 0))
			return i + 1;
	}
	return 0;
}

int
years_column_year(const char *column, const Fact *fact)
{
	int			year = year_by_name(column, fact);

	return year ? year : year_by_label(column, fact);
}
