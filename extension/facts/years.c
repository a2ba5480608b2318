/*
 * years.c
 *		Facts by year: which columns or keys give the years, and their values.
 *
 * A row has a column for each year (revenue_2023, 2023年营业收入, …), or one for all: jsonb, or
 * an array of composites with the year and the value.  A jsonb object has the same as keys.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/lsyscache.h"
#include "utils/typcache.h"

#include "bound.h"

#define YEAR_DIGITS 4

/* The fields of an element: its year and its value. */
typedef enum YearField
{
	YEAR_OF_ELEMENT,
	VALUE_OF_ELEMENT,
	YEAR_FIELDS
} YearField;

static const Fact year_field = {.name = "year",.label = "年份",.type = TYPE_NUMBER};
static const Fact value_field = {.name = "value",.label = "值"};

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
}			label_forms[] = {
	{"%d年", ""}, {"%d年度", ""}, {"%d", ""}, {"", "%d"}, {"", "_%d"}, {"", "（%d年）"}, {"", "(%d年)"}
};

static char *
label_form(const Fact *fact, int form, int year)
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
		for (i = 0; year != 0 && i < lengthof(label_forms); i++)
			if (is_named(column, label_form(fact, i, year)))
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
			 errdetail("The fact is a %s by year.", type_name(fact->type)),
			 errhint("Columns of single years such as \"%s_2023\" can, and one column of jsonb "
					 "or of an array of composites with year and value.", fact->name)));
}

/* A column for all years; false if its type gives none. */
static bool
bind_whole(ColumnBinding *binding, const Fact *fact)
{
	Fact		value = value_field;
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
	return bind_field(&binding->fields[YEAR_OF_ELEMENT], binding->element_desc, &year_field) &&
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

	return bind_field(&year, desc, &year_field) ? NameStr(TupleDescAttr(desc, year.attnum - 1)->attname) : NULL;
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

/* ---------------- years in one jsonb value ---------------- */

static void
wrong_jsonb(const char *policy, const Fact *fact, const char *key, const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATATYPE_MISMATCH),
			 errmsg("key \"%s\" of the jsonb value cannot give the fact \"%s\" of policy \"%s\"",
					key, fact->name, policy),
			 errdetail("The fact is by year, and %s.", what),
			 errhint("Write {\"2023\": 1000} or [{\"year\": 2023, \"value\": 1000}].")));
}

/* Whether what stands under "year" is that one: a number, or its digits as a string. */
static bool
is_year(const JsonbValue *found, int year)
{
	char		digits[16];

	if (found->type == jbvNumeric)
		return DatumGetInt32(DirectFunctionCall2(numeric_cmp, NumericGetDatum(found->val.numeric),
												 DirectFunctionCall1(int4_numeric, Int32GetDatum(year)))) == 0;
	snprintf(digits, sizeof(digits), "%d", year);
	return found->type == jbvString && found->val.string.len == YEAR_DIGITS &&
		memcmp(found->val.string.val, digits, YEAR_DIGITS) == 0;
}

/* The value of an element of the array; NULL if there is not exactly one of that year. */
static JsonbValue *
find_in_elements(JsonbContainer *array, const char *policy, const Fact *fact, int year,
				 JsonbValue *space, const char **key)
{
	int			count = JsonContainerSize(array);
	const char *whole_key = *key;
	JsonbValue *result = NULL;
	int			found = 0;
	int			i;

	for (i = 0; i < count; i++)
	{
		JsonbValue *element = getIthJsonbValueFromContainer(array, i);
		JsonbValue	year_space;
		const char *year_key;
		JsonbValue *item;

		CHECK_FOR_INTERRUPTS();
		if (element->type == jbvNull)
			continue;
		if (element->type != jbvBinary || !JsonContainerIsObject(element->val.binary.data))
			wrong_jsonb(policy, fact, whole_key, "an element of the array is no object");
		item = convert_find_key(element->val.binary.data, &year_field, &year_space, &year_key);
		if (item == NULL || !is_year(item, year))
			continue;
		found++;
		result = convert_find_key(element->val.binary.data, &value_field, space, key);
		if (result == NULL)
			result = convert_find_key(element->val.binary.data, fact, space, key);
	}
	return found == 1 ? result : NULL;
}

/* Of all years in one jsonb value, the value of one; NULL if it has none or two. */
static JsonbValue *
find_in_jsonb(JsonbValue *whole, const char *policy, const Fact *fact, int year, JsonbValue *space, const char **key)
{
	char		digits[16];
	JsonbValue *found;

	if (whole->type != jbvBinary)
		wrong_jsonb(policy, fact, *key, "this is a single value");
	if (JsonContainerIsArray(whole->val.binary.data))
		return find_in_elements(whole->val.binary.data, policy, fact, year, space, key);
	snprintf(digits, sizeof(digits), "%d", year);
	found = getKeyJsonValueFromContainer(whole->val.binary.data, digits, YEAR_DIGITS, space);
	if (found)
		*key = psprintf("%s.%s", *key, digits);
	return found;
}

static void
years_of_jsonb(JsonbValue *whole, const char *policy, const Fact *fact, const char *key, int year, Value *value)
{
	JsonbValue	space;
	JsonbValue *found;

	if (whole->type == jbvNull)
	{
		value_set_null(value, fact);
		return;
	}
	found = find_in_jsonb(whole, policy, fact, year, &space, &key);
	if (found)
		convert_jsonb(found, policy, fact, key, value);
	else
		value_set_unknown(value, fact);
}

/* ---------------- the values of rows ---------------- */

/* The column of one year; NULL if the row has none. */
static const ColumnBinding *
column_of(const ColumnBinding *binding, int year)
{
	const YearColumns *years = binding->years;
	const ColumnBinding *column;

	if (years == NULL || year < years->first || year >= years->first + years->count)
		return NULL;
	column = &years->columns[year - years->first];
	return column->attnum > 0 ? column : NULL;
}

/* Whether the year of an element is that one. */
static bool
is_of_year(const ColumnBinding *binding, HeapTuple tuple, int year)
{
	const ColumnBinding *column = &binding->fields[YEAR_OF_ELEMENT];
	Number		wanted = number_of(year);
	Value		found = {0};
	bool		null;
	Datum		datum = heap_getattr(tuple, column->attnum, binding->element_desc, &null);

	if (null)
		return false;
	convert_scalar(column, datum, &year_field, &found);
	return found.known && number_compare(&found.low, &wanted) == 0;
}

/* Of an array of composites: the value in the element of that year; false if there is not exactly one. */
static bool
find_in_array(const ColumnBinding *binding, Datum datum, int year, Datum *item, bool *null)
{
	Datum	   *elements;
	bool	   *nulls;
	int			count;
	int			found = 0;
	int			i;

	deconstruct_array(DatumGetArrayTypeP(datum), binding->element_type, binding->element_length,
					  binding->element_by_value, binding->element_align, &elements, &nulls, &count);
	for (i = 0; i < count; i++)
	{
		HeapTupleHeader header;
		HeapTupleData tuple;

		CHECK_FOR_INTERRUPTS();
		if (nulls[i])
			continue;
		header = DatumGetHeapTupleHeader(elements[i]);
		tuple.t_len = HeapTupleHeaderGetDatumLength(header);
		ItemPointerSetInvalid(&tuple.t_self);
		tuple.t_tableOid = InvalidOid;
		tuple.t_data = header;
		if (!is_of_year(binding, &tuple, year))
			continue;
		found++;
		*item = heap_getattr(&tuple, binding->fields[VALUE_OF_ELEMENT].attnum, binding->element_desc, null);
	}
	return found == 1;
}

/* The whole of a jsonb column; a scalar is stored as an array of one that is none. */
static JsonbValue
jsonb_whole(Jsonb *jsonb)
{
	JsonbValue	whole;

	if (JsonContainerIsScalar(&jsonb->root))
		return *getIthJsonbValueFromContainer(&jsonb->root, 0);
	whole.type = jbvBinary;
	whole.val.binary.data = &jsonb->root;
	whole.val.binary.len = VARSIZE(jsonb) - VARHDRSZ;
	return whole;
}

void
row_load_year(RowSource *row, int number, int year, Value *value)
{
	const ColumnBinding *binding = &row->binding->columns[number];
	const Fact *fact = row->binding->program->facts[number];
	const ColumnBinding *column = binding->attnum > 0 ? binding : column_of(binding, year);
	Datum		datum;
	bool		null;
	JsonbValue	whole;

	if (column == NULL || year == 0)
		value_set_unknown(value, fact);
	else if (row->missing || row->columns[column->attnum - 1].isnull)
		value_set_null(value, fact);
	else
	{
		datum = row->columns[column->attnum - 1].value;
		switch (column->conversion)
		{
			case FROM_JSONB:
				whole = jsonb_whole(DatumGetJsonbP(datum));
				years_of_jsonb(&whole, row->binding->policy, fact,
							   NameStr(TupleDescAttr(row->binding->shape->desc, column->attnum - 1)->attname),
							   year, value);
				break;
			case FROM_ROWS:
				if (!find_in_array(column, datum, year, &datum, &null))
					value_set_unknown(value, fact);
				else if (null)
					value_set_null(value, fact);
				else
					convert_scalar(&column->fields[VALUE_OF_ELEMENT], datum, fact, value);
				break;
			default:
				convert_scalar(column, datum, fact, value);
				break;
		}
	}
}

static void
write_jsonb(const JsonbValue *found, Origin *origin)
{
	origin->null = found->type == jbvNull;
	if (found->type == jbvNumeric)
		origin->written = DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(found->val.numeric)));
	else if (found->type == jbvString)
		origin->written = pnstrdup(found->val.string.val, found->val.string.len);
}

/* Where a year stands in a column of all years. */
static void
origin_in_whole(RowSource *row, const ColumnBinding *column, const Fact *fact, int year, Origin *origin)
{
	Datum		datum = row->columns[column->attnum - 1].value;
	Oid			output;
	bool		varlena;

	if (column->conversion == FROM_JSONB)
	{
		JsonbValue	whole = jsonb_whole(DatumGetJsonbP(datum));
		JsonbValue	space;
		const char *key = origin->name;
		JsonbValue *found = find_in_jsonb(&whole, row->binding->policy, fact, year, &space, &key);

		if (found)
			write_jsonb(found, origin);
		else
			origin->kind = ORIGIN_NO_YEAR;
	}
	else if (!find_in_array(column, datum, year, &datum, &origin->null))
		origin->kind = ORIGIN_NO_YEAR;
	else if (!origin->null)
	{
		getTypeOutputInfo(column->fields[VALUE_OF_ELEMENT].type, &output, &varlena);
		origin->written = OidOutputFunctionCall(output, datum);
	}
}

/* Where a row has a year; false if no column gives it. */
bool
row_year_origin(RowSource *row, int number, int year, Origin *origin)
{
	const ColumnBinding *binding = &row->binding->columns[number];
	const ColumnBinding *column = binding->attnum > 0 ? binding : column_of(binding, year);
	int			i = column ? column->attnum - 1 : -1;
	Oid			output;
	bool		varlena;

	if (column == NULL)
		return false;
	origin->kind = ORIGIN_COLUMN;
	origin->name = NameStr(TupleDescAttr(row->binding->shape->desc, i)->attname);
	origin->null = row->missing || row->columns[i].isnull;
	if (origin->null)
		return true;
	if (column == binding)
		origin_in_whole(row, column, row->binding->program->facts[number], year, origin);
	else
	{
		getTypeOutputInfo(column->type, &output, &varlena);
		origin->written = OidOutputFunctionCall(output, row->columns[i].value);
	}
	return true;
}

void
row_lane_year(FactSource *source, int number, int year, Lane *lane)
{
	RowSource  *row = (RowSource *) source;
	const YearColumns *years = row->binding->columns[number].years;
	const LaneColumn *column;

	if (row->binding->columns[number].attnum > 0)
		lane_set_doubt(lane);
	else if (years == NULL || year < years->first || year >= years->first + years->count ||
			 (column = &years->lanes[year - years->first])->attnum == 0)
		lane_set_unknown(lane, row->binding->lanes[number].range);
	else
		row_lane_of(row, column, lane);
}

/* ---------------- the values of jsonb objects ---------------- */

/*
 * The key that gives a year: its own by name, else by label; else that of all years, of
 * which whole is then set.  NULL if there is none, or if two are equally good.
 */
static JsonbValue *
find_year_key(JsonbContainer *object, const Fact *fact, int year, JsonbValue *space, const char **key, bool *whole)
{
	JsonbValue	own_space;
	JsonbValue *all = convert_find_key(object, fact, space, key);
	char	   *name = psprintf("%s_%d", fact->name, year);
	JsonbValue *found = getKeyJsonValueFromContainer(object, name, strlen(name), &own_space);
	size_t		i;

	*whole = all != NULL;
	for (i = 0; found == NULL && i < lengthof(label_forms); i++)
	{
		JsonbValue	other_space;
		size_t		j;

		name = label_form(fact, i, year);
		found = getKeyJsonValueFromContainer(object, name, strlen(name), &own_space);
		for (j = i + 1; found && j < lengthof(label_forms); j++)
		{
			char	   *other = label_form(fact, j, year);

			if (getKeyJsonValueFromContainer(object, other, strlen(other), &other_space))
			{
				*key = name;
				return NULL;
			}
		}
	}
	if (found == NULL)
		return all;
	*key = name;
	*whole = false;
	if (all)
		return NULL;
	*space = own_space;
	return space;
}

void
jsonb_load_year(JsonbContainer *object, const char *policy, const Fact *fact, int year, Value *value)
{
	JsonbValue	space;
	const char *key;
	bool		whole;
	JsonbValue *found = object && year != 0 ? find_year_key(object, fact, year, &space, &key, &whole) : NULL;

	if (found == NULL)
		value_set_unknown(value, fact);
	else if (whole)
		years_of_jsonb(found, policy, fact, key, year, value);
	else
		convert_jsonb(found, policy, fact, key, value);
}

bool
jsonb_year_origin(JsonbContainer *object, const char *policy, const Fact *fact, int year, Origin *origin)
{
	JsonbValue	space;
	JsonbValue	in_space;
	bool		whole;
	JsonbValue *found = object && year != 0 ? find_year_key(object, fact, year, &space, &origin->name, &whole) : NULL;
	const char *key = origin->name;

	if (found == NULL)
		return false;
	origin->kind = ORIGIN_KEY;
	if (whole && found->type != jbvNull)
		found = find_in_jsonb(found, policy, fact, year, &in_space, &key);
	if (found)
		write_jsonb(found, origin);
	else
		origin->kind = ORIGIN_NO_YEAR;
	return true;
}
