/*
 * convert.c
 *		Converts datums and jsonb to values.
 *
 * A jsonb object has no declared types, so each value is checked.
 */
#include "postgres.h"

#include "compat.h"
#include "access/htup_details.h"
#include "common/shortest_dec.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/timestamp.h"

#include "bound.h"
#include "messages.h"

/* ---------------- datums ---------------- */

/* Converts a float to the shortest decimal that reads back as the same float. */
static Datum
float_numeric(Conversion conversion, Datum datum)
{
	char		text[Max(DOUBLE_SHORTEST_DECIMAL_LEN, FLOAT_SHORTEST_DECIMAL_LEN)];

	if (conversion == FROM_FLOAT4)
		float_to_shortest_decimal_buf(DatumGetFloat4(datum), text);
	else
		double_to_shortest_decimal_buf(DatumGetFloat8(datum), text);
	return DirectFunctionCall3(numeric_in, CStringGetDatum(text),
							   ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1));
}

/* Converts a datum that is not NULL. */
void
convert_scalar(const ColumnBinding *binding, Datum datum, const Fact *fact, Value *value)
{
	Number		number;
	struct varlena *text;
	char	   *string;
	int			length;

	switch (binding->conversion)
	{
		case FROM_BOOL:
			value_set_truth(value, DatumGetBool(datum) ? TRUTH_TRUE : TRUTH_FALSE);
			return;
		case FROM_INT2:
			number = number_of(DatumGetInt16(datum));
			value_set_number(value, &number);
			break;
		case FROM_INT4:
			number = number_of(DatumGetInt32(datum));
			value_set_number(value, &number);
			break;
		case FROM_INT8:
			number = number_of(DatumGetInt64(datum));
			value_set_number(value, &number);
			break;
		case FROM_FLOAT4:
		case FROM_FLOAT8:
			datum = float_numeric(binding->conversion, datum);
			pg_fallthrough;
		case FROM_NUMERIC:
			if (number_from_datum(&number, datum))
				value_set_number(value, &number);
			else
				value_set_unknown(value, fact);
			break;
		case FROM_TEXT:
			text = PG_DETOAST_DATUM_PACKED(datum);
			value_set_text(value, VARDATA_ANY(text), VARSIZE_ANY_EXHDR(text));
			break;
		case FROM_BPCHAR:
			text = PG_DETOAST_DATUM_PACKED(datum);
			string = VARDATA_ANY(text);
			length = bpchartruelen(string, VARSIZE_ANY_EXHDR(text));
			value_set_text(value, string, length);
			break;
		case FROM_NAME:
			string = NameStr(*DatumGetName(datum));
			value_set_text(value, string, strlen(string));
			break;
		case FROM_ENUM:
			string = DatumGetCString(DirectFunctionCall1(enum_out, datum));
			value_set_text(value, string, strlen(string));
			break;
		case FROM_DATE:
			if (DATE_NOT_FINITE(DatumGetDateADT(datum)))
				value_set_unknown(value, fact);
			else
				value_set_date(value, DatumGetDateADT(datum));
			break;
		case FROM_TIMESTAMP:
			if (TIMESTAMP_NOT_FINITE(DatumGetTimestamp(datum)))
				value_set_unknown(value, fact);
			else
				value_set_date(value, DatumGetDateADT(DirectFunctionCall1(timestamp_date, datum)));
			break;
		default:
			elog(ERROR, "unexpected conversion %d", (int) binding->conversion);
	}
	value_check_range(value, fact);
}

static void
set_list(Value *value, int count, int nfields, Value *fields)
{
	ListValue  *list = palloc(sizeof(ListValue));

	list->count = count;
	list->nfields = nfields;
	list->fields = fields;
	value->known = true;
	value->none = false;
	value->list = list;
}

void
convert_array(const ColumnBinding *binding, Datum datum, const Fact *fact, Value *value)
{
	ArrayType  *array = DatumGetArrayTypeP(datum);
	int			nfields = list_length(fact->fields);
	Datum	   *elements;
	bool	   *nulls;
	int			count;
	Value	   *fields;
	int			i;

	deconstruct_array(array, binding->element_type, binding->element_length,
					  binding->element_by_value, binding->element_align,
					  &elements, &nulls, &count);
	fields = palloc_array(Value, (Size) Max(count, 1) * nfields);
	for (i = 0; i < count; i++)
	{
		HeapTupleHeader header;
		HeapTupleData tuple;
		ListCell   *cell;

		CHECK_FOR_INTERRUPTS();
		if (binding->conversion == FROM_SCALARS)
		{
			if (nulls[i])
				value_set_null(&fields[i], linitial(fact->fields));
			else
				convert_scalar(binding->fields, elements[i], linitial(fact->fields), &fields[i]);
			continue;
		}
		header = nulls[i] ? NULL : DatumGetHeapTupleHeader(elements[i]);
		if (header)
		{
			tuple.t_len = HeapTupleHeaderGetDatumLength(header);
			ItemPointerSetInvalid(&tuple.t_self);
			tuple.t_tableOid = InvalidOid;
			tuple.t_data = header;
		}
		foreach(cell, fact->fields)
		{
			int			j = foreach_current_index(cell);
			const ColumnBinding *bound = &binding->fields[j];
			Value	   *field = &fields[i * nfields + j];
			bool		null = true;
			Datum		item = (Datum) 0;

			if (bound->attnum == 0)
			{
				value_set_unknown(field, lfirst(cell));
				continue;
			}
			if (header)
				item = heap_getattr(&tuple, bound->attnum, binding->element_desc, &null);
			if (null)
				value_set_null(field, lfirst(cell));
			else
				convert_scalar(bound, item, lfirst(cell), field);
		}
	}
	set_list(value, count, nfields, fields);
}

/* ---------------- jsonb ---------------- */

/* Reports a value that cannot give the fact.  Without a policy to name, the value is unknown instead. */
static void
wrong_shape(const char *policy, const Fact *fact, const char *key, JsonbValue *found, bool element, Value *value)
{
	const char *type;

	if (policy == NULL)
	{
		value_set_unknown(value, fact);
		return;
	}
	switch (found->type)
	{
		case jbvString:
			type = gettext_noop("a string");
			break;
		case jbvNumeric:
			type = gettext_noop("a number");
			break;
		case jbvBool:
			type = gettext_noop("a boolean");
			break;
		case jbvNull:
			type = gettext_noop("null");
			break;
		default:
			type = gettext_noop("an array or object");
			break;
	}
	ereport(ERROR,
			(errcode(ERRCODE_DATATYPE_MISMATCH),
			 errmsg("key \"%s\" of the jsonb value cannot give the fact \"%s\" of policy \"%s\"",
					key, fact->name, policy),
			 element ? errdetail("An element of the list is %s instead of an object.", _(type)) :
			 fact->type == TYPE_DATE && found->type == jbvString
			 ? errdetail("The fact is a date, and the string is not of the form 2025-06-30.")
			 : errdetail("The fact is a %s and this is %s.", _(type_name(fact->type)), _(type))));
}

/* Reads a number of min to max digits and advances *text. */
static bool
take_digits(const char **text, const char *end, int min, int max, int *number)
{
	const char *start = *text;

	*number = 0;
	while (*text < end && *text - start < max && **text >= '0' && **text <= '9')
		*number = *number * 10 + (*(*text)++ - '0');
	return *text - start >= min;
}

static bool
take(const char **text, const char *end, const char *what)
{
	size_t		length = strlen(what);

	if ((size_t) (end - *text) < length || strncmp(*text, what, length) != 0)
		return false;
	*text += length;
	return true;
}

static bool
is_string(const JsonbValue *found, const char *string)
{
	return (size_t) found->val.string.len == strlen(string) &&
		strncmp(found->val.string.val, string, found->val.string.len) == 0;
}

static bool
is_infinite(const JsonbValue *found, const char *infinity)
{
	return is_string(found, infinity) || is_string(found, psprintf("-%s", infinity));
}

/*
 * Reads a date as to_jsonb writes it (2025-06-30, 12025-06-30 or 0044-03-15 BC), or the
 * date of a timestamp (followed by T18:00:00.5).  Rejects timestamps with a time zone,
 * whose date depends on the session.
 */
static bool
jsonb_day(const JsonbValue *found, DateADT *day)
{
	const char *text = found->val.string.val;
	const char *end = text + found->val.string.len;
	int			year,
				month,
				date,
				number;

	if (!take_digits(&text, end, 4, 7, &year) || !take(&text, end, "-") ||
		!take_digits(&text, end, 2, 2, &month) || !take(&text, end, "-") ||
		!take_digits(&text, end, 2, 2, &date))
		return false;
	if (take(&text, end, "T"))
	{
		if (!take_digits(&text, end, 2, 2, &number) || number > 24 || !take(&text, end, ":") ||
			!take_digits(&text, end, 2, 2, &number) || number > 59 || !take(&text, end, ":") ||
			!take_digits(&text, end, 2, 2, &number) || number > 60)
			return false;
		if (take(&text, end, ".") && !take_digits(&text, end, 1, 6, &number))
			return false;
	}
	if (year < 1)
		return false;
	if (take(&text, end, " BC"))
		year = 1 - year;
	if (text != end || month < 1 || month > 12 || date < 1 || date > day_tab[isleap(year)][month - 1] ||
		!IS_VALID_JULIAN(year, month, date))
		return false;
	*day = date2j(year, month, date) - POSTGRES_EPOCH_JDATE;
	return IS_VALID_DATE(*day);
}

static void
convert_jsonb_scalar(JsonbValue *found, const char *policy, const Fact *fact, const char *key, Value *value)
{
	Number		number;
	DateADT		day;

	if (found->type == jbvNull)
	{
		value_set_null(value, fact);
		return;
	}
	if (fact->type == TYPE_BOOLEAN && found->type == jbvBool)
		value_set_truth(value, found->val.boolean ? TRUTH_TRUE : TRUTH_FALSE);
	else if (fact->type == TYPE_NUMBER && found->type == jbvNumeric)
	{
		if (number_from_datum(&number, NumericGetDatum(found->val.numeric)))
			value_set_number(value, &number);
		else
			value_set_unknown(value, fact);
	}
	else if (fact->type == TYPE_TEXT && found->type == jbvString)
		value_set_text(value, found->val.string.val, found->val.string.len);
	else if (fact->type == TYPE_DATE && found->type == jbvString && jsonb_day(found, &day))
		value_set_date(value, day);
	else if (found->type == jbvString &&
			 ((fact->type == TYPE_DATE && is_infinite(found, "infinity")) ||
			  (fact->type == TYPE_NUMBER && (is_string(found, "NaN") || is_infinite(found, "Infinity")))))
		/* to_jsonb writes infinite dates and special numbers as strings */
		value_set_unknown(value, fact);
	else
		wrong_shape(policy, fact, key, found, false, value);
	value_check_range(value, fact);
}

/* Finds the key with the fact's name, else the one with its label. */
JsonbValue *
convert_find_key(JsonbContainer *object, const Fact *fact, JsonbValue *found, const char **key)
{
	JsonbValue *result;

	*key = fact->name;
	result = getKeyJsonValueFromContainer(object, fact->name, strlen(fact->name), found);
	if (result == NULL && fact->label)
	{
		*key = fact->label;
		result = getKeyJsonValueFromContainer(object, fact->label, strlen(fact->label), found);
	}
	return result;
}

static void
convert_jsonb_list(JsonbValue *found, const char *policy, const Fact *fact, const char *key, Value *value)
{
	int			nfields = list_length(fact->fields);
	JsonbContainer *array;
	Value	   *fields;
	int			count;
	int			i;

	if (found->type == jbvNull)
	{
		value_set_null(value, fact);
		return;
	}
	if (found->type != jbvBinary || !JsonContainerIsArray(found->val.binary.data))
	{
		wrong_shape(policy, fact, key, found, false, value);
		return;
	}
	array = found->val.binary.data;
	count = JsonContainerSize(array);
	fields = palloc_array(Value, (Size) Max(count, 1) * nfields);
	for (i = 0; i < count; i++)
	{
		JsonbValue *element = getIthJsonbValueFromContainer(array, i);
		ListCell   *cell;

		CHECK_FOR_INTERRUPTS();
		if (fact->scalars)
		{
			convert_jsonb_scalar(element, policy, linitial(fact->fields), key, &fields[i]);
			continue;
		}
		if (element->type != jbvNull &&
			(element->type != jbvBinary || !JsonContainerIsObject(element->val.binary.data)))
		{
			wrong_shape(policy, fact, key, element, true, value);
			return;
		}
		foreach(cell, fact->fields)
		{
			const Fact *field = lfirst(cell);
			Value	   *out = &fields[i * nfields + foreach_current_index(cell)];
			JsonbValue	space;
			JsonbValue *item;
			const char *item_key;

			if (element->type == jbvNull)
			{
				value_set_null(out, field);
				continue;
			}
			item = convert_find_key(element->val.binary.data, field, &space, &item_key);
			if (item == NULL)
				value_set_unknown(out, field);
			else
				convert_jsonb_scalar(item, policy, field, item_key, out);
		}
	}
	set_list(value, count, nfields, fields);
}

/*
 * Sets the value of a fact from a value in jsonb.  policy and key are for the error that a value of another type is;
 * if policy is NULL, such a value is unknown.
 */
void
convert_jsonb(JsonbValue *found, const char *policy, const Fact *fact, const char *key, Value *value)
{
	if (fact->type == TYPE_LIST)
		convert_jsonb_list(found, policy, fact, key, value);
	else
		convert_jsonb_scalar(found, policy, fact, key, value);
}
