/*
 * year_values.c
 *		Facts by year: their values, in rows and in jsonb.
 *
 * A jsonb object has the same keys as a row has columns.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/lsyscache.h"

#include "messages.h"
#include "years.h"

/* ---------------- years in one jsonb value ---------------- */

/* Reports a value that is no list of years.  Without a policy to name, it has no years. */
static JsonbValue *
wrong_jsonb(const char *policy, const Fact *fact, const char *key, const char *what)
{
	if (policy == NULL)
		return NULL;
	ereport(ERROR,
			(errcode(ERRCODE_DATATYPE_MISMATCH),
			 errmsg("key \"%s\" of the jsonb value cannot give the fact \"%s\" of policy \"%s\"",
					key, fact->name, policy),
			 errdetail("The fact is by year, and %s.", _(what)),
			 errhint("Write {\"2023\": 1000} or [{\"year\": 2023, \"value\": 1000}].")));
	return NULL;
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
			return wrong_jsonb(policy, fact, whole_key, "an element of the array is not an object");
		item = convert_find_key(element->val.binary.data, &years_field_year, &year_space, &year_key);
		if (item == NULL || !is_year(item, year))
			continue;
		found++;
		result = convert_find_key(element->val.binary.data, &years_field_value, space, key);
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
		return wrong_jsonb(policy, fact, *key, "this is a single value");
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
	convert_scalar(column, datum, &years_field_year, &found);
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

/* The same from a column of all years. */
static pg_noinline void
lane_of_whole(RowSource *row, int number, int year, Lane *lane)
{
	const Fact *fact = row->binding->program->facts[number];
	Value		value = {0};

	row_load_year(row, number, year, &value);
	lane_set_value(lane, &value, fact->type);
	if (lane->state == LANE_VALUE && fact->type == TYPE_TEXT)
		lane_check_text(row->binding->lanes[number].range, lane);
}

void
row_lane_year(FactSource *source, int number, int year, Lane *lane)
{
	RowSource  *row = (RowSource *) source;
	const YearColumns *years = row->binding->columns[number].years;
	const LaneColumn *column;

	if (row->binding->columns[number].attnum > 0)
		lane_of_whole(row, number, year, lane);
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
	for (i = 0; found == NULL && i < YEAR_FORMS; i++)
	{
		JsonbValue	other_space;
		size_t		j;

		name = years_label_form(fact, i, year);
		found = getKeyJsonValueFromContainer(object, name, strlen(name), &own_space);
		for (j = i + 1; found && j < YEAR_FORMS; j++)
		{
			char	   *other = years_label_form(fact, j, year);

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
