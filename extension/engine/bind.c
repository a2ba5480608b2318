/*
 * bind.c
 *		Facts from the columns of a row or the keys of a jsonb object.
 *
 * A column or key serves a fact by the fact's name, else by its label.  What type a
 * column may have is decided when a row type is bound, once per query; a jsonb
 * object is looked at value by value.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "common/shortest_dec.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "parser/parse_coerce.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/fmgrprotos.h"
#include "utils/lsyscache.h"
#include "utils/timestamp.h"
#include "utils/typcache.h"

#include "bind.h"
#include "plain.h"
#include "stored.h"

/* How a datum becomes a value. */
typedef enum Conversion
{
	FROM_BOOL,
	FROM_INT2,
	FROM_INT4,
	FROM_INT8,
	FROM_NUMERIC,
	FROM_FLOAT4,
	FROM_FLOAT8,
	FROM_TEXT,
	FROM_BPCHAR,
	FROM_NAME,
	FROM_ENUM,
	FROM_DATE,
	FROM_TIMESTAMP,
	FROM_SCALARS,				/* an array of scalars */
	FROM_ROWS,					/* an array of composites */
	FROM_JSONB					/* a jsonb array */
} Conversion;

typedef struct ColumnBinding
{
	int			attnum;			/* 0: no column serves the fact */
	Conversion	conversion;
	Oid			type;			/* below domains; FROM_ENUM needs it */

	/* arrays */
	Oid			element_type;
	int16		element_length;
	bool		element_by_value;
	char		element_align;
	TupleDesc	element_desc;
	struct ColumnBinding *fields;	/* one for an array of scalars */
} ColumnBinding;

/* The same for the plain mode, and how it makes a register of a datum that is not NULL. */
typedef struct PlainColumn
{
	int			attnum;
	void		(*set) (const struct PlainColumn *column, Datum datum, Plain *plain);
	const PlainFact *range;
	const Fact *fact;
	const ColumnBinding *binding;
} PlainColumn;

struct RowBinding
{
	const Program *program;
	const char *policy;
	TupleDesc	desc;
	ColumnBinding *columns;		/* by fact */
	PlainColumn *plain;			/* the same */
	PlainColumn *plain_fields;	/* by PlainField */
};

/* An element of a list, one at each depth. */
typedef struct RowElement
{
	const char *next;			/* in the array */
	Datum		datum;
	bool		null;
	bool		apart;			/* the composite was taken apart: */
	Datum	   *datums;
	bool	   *nulls;
} RowElement;

struct RowSource
{
	FactSource	source;
	const RowBinding *binding;
	DefaultDay	day;
	bool		missing;		/* every column is NULL */
	const NullableDatum *columns;
	NullableDatum *own_columns; /* where a tuple is taken apart */
	Datum	   *datums;
	bool	   *nulls;
	RowElement	elements[MAX_LIST_DEPTH + 1];
};

typedef struct JsonbSource
{
	FactSource	source;
	const Program *program;
	const char *policy;
	JsonbContainer *object;		/* NULL: no keys */
	DefaultDay	day;
} JsonbSource;

/* ---------------- binding ---------------- */

static void
wrong_type(const char *policy, const Fact *fact, const char *column, Oid type)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATATYPE_MISMATCH),
			 errmsg("column \"%s\" of type %s cannot give the fact \"%s\" of policy \"%s\"",
					column, format_type_be(type), fact->name, policy),
			 errdetail("The fact is a %s.", type_name(fact->type)),
			 fact->type == TYPE_DATE && type == TIMESTAMPTZOID
			 ? errhint("The day of a timestamp with time zone depends on the session; "
					   "cast it: (%s at time zone 'Asia/Shanghai')::date.", column)
			 : errhint("Map the table with a view that casts the column.")));
}

/* The conversion of a scalar type; false if there is none. */
static bool
scalar_conversion(ValueType wanted, Oid type, Conversion *conversion)
{
	switch (wanted)
	{
		case TYPE_BOOLEAN:
			*conversion = FROM_BOOL;
			return type == BOOLOID;
		case TYPE_NUMBER:
			switch (type)
			{
				case INT2OID:
					*conversion = FROM_INT2;
					return true;
				case INT4OID:
					*conversion = FROM_INT4;
					return true;
				case INT8OID:
					*conversion = FROM_INT8;
					return true;
				case NUMERICOID:
					*conversion = FROM_NUMERIC;
					return true;
				case FLOAT4OID:
					*conversion = FROM_FLOAT4;
					return true;
				case FLOAT8OID:
					*conversion = FROM_FLOAT8;
					return true;
				default:
					return false;
			}
		case TYPE_TEXT:
			if (type == BPCHAROID)
				*conversion = FROM_BPCHAR;
			else if (type == NAMEOID)
				*conversion = FROM_NAME;
			else if (type_is_enum(type))
				*conversion = FROM_ENUM;
			else
			{
				/* text, varchar, citext; not xml or jsonb */
				*conversion = FROM_TEXT;
				return IsBinaryCoercible(type, TEXTOID) && get_typtype(type) == TYPTYPE_BASE &&
					type != XMLOID && type != JSONOID;
			}
			return true;
		case TYPE_DATE:
			*conversion = type == DATEOID ? FROM_DATE : FROM_TIMESTAMP;
			return type == DATEOID || type == TIMESTAMPOID;
		default:
			return false;
	}
}

static int	find_column(TupleDesc desc, const Fact *fact, bool labels);

/* A list of scalars, or of rows whose columns are the fields; false if it is neither. */
static bool
bind_list(ColumnBinding *binding, const char *policy, const Fact *fact, const char *column, Oid type,
		  bool complain)
{
	Oid			element = get_element_type(type);
	Oid			base;
	ListCell   *cell;

	if (type == JSONBOID)
	{
		binding->conversion = FROM_JSONB;
		return true;
	}
	if (!OidIsValid(element))
		return false;
	base = getBaseType(element);
	binding->element_type = element;
	get_typlenbyvalalign(element, &binding->element_length, &binding->element_by_value, &binding->element_align);
	if (fact->scalars)
	{
		const Fact *it = linitial(fact->fields);

		binding->conversion = FROM_SCALARS;
		binding->fields = palloc0(sizeof(ColumnBinding));
		binding->fields->type = base;
		return scalar_conversion(it->type, base, &binding->fields->conversion);
	}
	if (!type_is_rowtype(base) || base == RECORDOID)
		return false;
	binding->conversion = FROM_ROWS;
	binding->element_desc = lookup_rowtype_tupdesc_copy(base, -1);
	binding->fields = palloc0_array(ColumnBinding, list_length(fact->fields));
	foreach(cell, fact->fields)
	{
		const Fact *field = lfirst(cell);
		ColumnBinding *bound = &binding->fields[foreach_current_index(cell)];

		bound->attnum = find_column(binding->element_desc, field, true);
		if (bound->attnum == 0)
			continue;
		bound->type = getBaseType(TupleDescAttr(binding->element_desc, bound->attnum - 1)->atttypid);
		if (scalar_conversion(field->type, bound->type, &bound->conversion))
			continue;
		if (complain)
			ereport(ERROR,
					(errcode(ERRCODE_DATATYPE_MISMATCH),
					 errmsg("column \"%s\" cannot give the list \"%s\" of policy \"%s\": its field \"%s\" is of type %s",
							column, fact->name, policy, field->name, format_type_be(bound->type)),
					 errdetail("The field is a %s.", type_name(field->type))));
		return false;
	}
	return true;
}

/* The column that has the fact's name, else the one that has its label; 0 if none. */
static int
find_column(TupleDesc desc, const Fact *fact, bool labels)
{
	int			by_label = 0;
	int			i;

	for (i = 0; i < desc->natts; i++)
	{
		Form_pg_attribute att = TupleDescAttr(desc, i);

		if (att->attisdropped)
			continue;
		if (strcmp(NameStr(att->attname), fact->name) == 0)
			return i + 1;
		if (labels && by_label == 0 && fact->label)
		{
			/* a label longer than an identifier was cut as one */
			int			length = pg_mbcliplen(fact->label, strlen(fact->label), NAMEDATALEN - 1);

			if (strlen(NameStr(att->attname)) == (size_t) length &&
				strncmp(NameStr(att->attname), fact->label, length) == 0)
				by_label = i + 1;
		}
	}
	return by_label;
}

/*
 * The column that serves a fact; attnum 0 if none does.  False where it is of the wrong
 * type, unless that is an error.
 */
static bool
bind_fact(ColumnBinding *column, const Program *program, int number, const char *policy, TupleDesc desc,
		  bool labels, bool complain)
{
	const Fact *fact = program->facts[number];
	const char *name;
	Oid			type;

	column->attnum = 0;
	if (program->fact_instrs[number] < 0 || (number == 0 && !program->uses_as_of))
		return true;
	column->attnum = find_column(desc, fact, labels);
	if (column->attnum == 0)
		return true;
	name = NameStr(TupleDescAttr(desc, column->attnum - 1)->attname);
	type = TupleDescAttr(desc, column->attnum - 1)->atttypid;
	column->type = getBaseType(type);
	if (fact->type == TYPE_LIST
		? bind_list(column, policy, fact, name, column->type, complain)
		: scalar_conversion(fact->type, column->type, &column->conversion))
		return true;
	if (complain)
		wrong_type(policy, fact, name, type);
	return false;
}

int *
row_columns(const Program *program, TupleDesc desc)
{
	int		   *attnums = palloc_array(int, program->nfacts);
	int			i;

	for (i = 0; i < program->nfacts; i++)
	{
		ColumnBinding column;

		CHECK_FOR_INTERRUPTS();
		memset(&column, 0, sizeof(column));
		if (!bind_fact(&column, program, i, NULL, desc, true, false))
			return NULL;
		attnums[i] = column.attnum;
	}
	return attnums;
}

/* ---------------- datums ---------------- */

/* A float as the shortest decimal that reads back as the same float. */
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

/* The value of a datum that is not NULL, before its range is looked at. */
static void
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
			/* FALLTHROUGH */
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

static void
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

static void
wrong_shape(const char *policy, const Fact *fact, const char *key, JsonbValue *found, bool element)
{
	const char *type;

	switch (found->type)
	{
		case jbvString:
			type = "a string";
			break;
		case jbvNumeric:
			type = "a number";
			break;
		case jbvBool:
			type = "a boolean";
			break;
		case jbvNull:
			type = "null";
			break;
		default:
			type = "an array or object";
			break;
	}
	ereport(ERROR,
			(errcode(ERRCODE_DATATYPE_MISMATCH),
			 errmsg("key \"%s\" of the jsonb value cannot give the fact \"%s\" of policy \"%s\"",
					key, fact->name, policy),
			 element ? errdetail("An element of the list is %s where an object belongs.", type) :
			 fact->type == TYPE_DATE && found->type == jbvString
			 ? errdetail("The fact is a date, and the string is not of the form 2025-06-30.")
			 : errdetail("The fact is a %s and this is %s.", type_name(fact->type), type)));
}

bool
parse_day(const char *text, int length, DateADT *day)
{
	int			part[3] = {0, 0, 0};
	int			i;

	if (length != 10)
		return false;
	for (i = 0; i < 10; i++)
	{
		if (i == 4 || i == 7)
		{
			if (text[i] != '-')
				return false;
		}
		else if (text[i] < '0' || text[i] > '9')
			return false;
		else
		{
			int		   *number = &part[i < 4 ? 0 : i < 7 ? 1 : 2];

			*number = *number * 10 + (text[i] - '0');
		}
	}
	return date_of(part[0], part[1], part[2], day);
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
	else if (fact->type == TYPE_DATE && found->type == jbvString &&
			 parse_day(found->val.string.val, found->val.string.len, &day))
		value_set_date(value, day);
	else
		wrong_shape(policy, fact, key, found, false);
	value_check_range(value, fact);
}

/* The key that has the fact's name, else the one that has its label. */
static JsonbValue *
find_key(JsonbContainer *object, const Fact *fact, JsonbValue *found, const char **key)
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
		wrong_shape(policy, fact, key, found, false);
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
			wrong_shape(policy, fact, key, element, true);
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
			item = find_key(element->val.binary.data, field, &space, &item_key);
			if (item == NULL)
				value_set_unknown(out, field);
			else
				convert_jsonb_scalar(item, policy, field, item_key, out);
		}
	}
	set_list(value, count, nfields, fields);
}

static void
convert_jsonb(JsonbValue *found, const char *policy, const Fact *fact, const char *key, Value *value)
{
	if (fact->type == TYPE_LIST)
		convert_jsonb_list(found, policy, fact, key, value);
	else
		convert_jsonb_scalar(found, policy, fact, key, value);
}

/* ---------------- sources ---------------- */

/* What a fact is that no column or key gives. */
static void
load_absent(const Program *program, int fact, DefaultDay day, Value *value)
{
	if (fact == 0 && day.kind != DAY_UNKNOWN)
		value_set_date(value, day.kind == DAY_GIVEN ? day.day : stored_day());
	else
		value_set_unknown(value, program->facts[fact]);
}

/* Where a fact would be found that no column or key gives. */
static OriginKind
absent_origin(int fact, DefaultDay day, OriginKind nowhere)
{
	if (fact != 0 || day.kind == DAY_UNKNOWN)
		return nowhere;
	return day.kind == DAY_GIVEN ? ORIGIN_POLICY : ORIGIN_SESSION;
}

static void
row_origin(FactSource *source, int number, Origin *origin)
{
	RowSource  *row = (RowSource *) source;
	const ColumnBinding *column = &row->binding->columns[number];
	ValueType	type = row->binding->program->facts[number]->type;
	int			i = column->attnum - 1;

	memset(origin, 0, sizeof(*origin));
	if (column->attnum == 0)
	{
		origin->kind = absent_origin(number, row->day, ORIGIN_NO_COLUMN);
		return;
	}
	origin->kind = ORIGIN_COLUMN;
	origin->name = NameStr(TupleDescAttr(row->binding->desc, i)->attname);
	origin->null = row->missing || row->columns[i].isnull;
	if (!origin->null && (type == TYPE_NUMBER || type == TYPE_TEXT))
	{
		Oid			output;
		bool		varlena;

		getTypeOutputInfo(column->type, &output, &varlena);
		origin->written = OidOutputFunctionCall(output, row->columns[i].value);
	}
}

static void
row_load(FactSource *source, int number, Value *value)
{
	RowSource  *row = (RowSource *) source;
	const ColumnBinding *column = &row->binding->columns[number];
	const Fact *fact = row->binding->program->facts[number];
	int			i = column->attnum - 1;

	if (column->attnum == 0)
		load_absent(row->binding->program, number, row->day, value);
	else if (row->missing || row->columns[i].isnull)
		value_set_null(value, fact);
	else if (column->conversion == FROM_JSONB)
	{
		Jsonb	   *jsonb = DatumGetJsonbP(row->columns[i].value);
		JsonbValue	whole;

		whole.type = jbvBinary;
		whole.val.binary.data = &jsonb->root;
		whole.val.binary.len = VARSIZE(jsonb) - VARHDRSZ;
		/* a scalar is stored as an array of one that is none */
		if (JsonContainerIsScalar(&jsonb->root))
			whole = *getIthJsonbValueFromContainer(&jsonb->root, 0);
		convert_jsonb(&whole, row->binding->policy, fact,
					  NameStr(TupleDescAttr(row->binding->desc, i)->attname), value);
	}
	else if (fact->type == TYPE_LIST)
		convert_array(column, row->columns[i].value, fact, value);
	else
		convert_scalar(column, row->columns[i].value, fact, value);
}

/* Datums for the plain mode: NULL, and others. */

static void
plain_null(const PlainColumn *column, Plain *plain)
{
	plain_set_null(plain, column->fact);
	/* 0 may be out of range */
	if (plain->state == PLAIN_VALUE)
		plain_check_number(column->range, plain);
}

static void
plain_bool(const PlainColumn *column pg_attribute_unused(), Datum datum, Plain *plain)
{
	plain->state = PLAIN_VALUE;
	plain->truth = DatumGetBool(datum) ? TRUTH_TRUE : TRUTH_FALSE;
}

static void
plain_int2(const PlainColumn *column, Datum datum, Plain *plain)
{
	plain_set_exact(plain, DatumGetInt16(datum));
	plain_check_number(column->range, plain);
}

static void
plain_int4(const PlainColumn *column, Datum datum, Plain *plain)
{
	plain_set_exact(plain, DatumGetInt32(datum));
	plain_check_number(column->range, plain);
}

static void
plain_numeric(const PlainColumn *column, Datum datum, Plain *plain)
{
	plain_set_numeric(plain, datum);
	if (plain->state == PLAIN_VALUE)
		plain_check_number(column->range, plain);
}

static void
plain_date(const PlainColumn *column, Datum datum, Plain *plain)
{
	plain_set_date(plain, DatumGetDateADT(datum));
	if (plain->state == PLAIN_VALUE)
		plain_check_date(column->range, plain);
}

static void
plain_text(const PlainColumn *column, Datum datum, Plain *plain)
{
	struct varlena *text = PG_DETOAST_DATUM_PACKED(datum);

	plain_set_text(plain, VARDATA_ANY(text), VARSIZE_ANY_EXHDR(text));
	plain_check_text(column->range, plain);
}

static void
plain_any(const PlainColumn *column, Datum datum, Plain *plain)
{
	Value		value;

	switch (column->binding->conversion)
	{
		case FROM_INT8:
			plain_set_integer(plain, DatumGetInt64(datum));
			break;
		case FROM_FLOAT4:
			plain_set_float(plain, DatumGetFloat4(datum), true);
			break;
		case FROM_FLOAT8:
			plain_set_float(plain, DatumGetFloat8(datum), false);
			break;
		default:
			convert_scalar(column->binding, datum, column->fact, &value);
			plain_set_value(plain, &value, column->fact->type);
			break;
	}
	if (plain->state != PLAIN_VALUE)
		return;
	if (column->fact->type == TYPE_NUMBER)
		plain_check_number(column->range, plain);
	else if (column->fact->type == TYPE_DATE)
		plain_check_date(column->range, plain);
	else if (column->fact->type == TYPE_TEXT)
		plain_check_text(column->range, plain);
}

static void
plain_array(const PlainColumn *column pg_attribute_unused(), Datum datum, Plain *plain)
{
	ArrayType  *array = DatumGetArrayTypeP(datum);
	int			count = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));

	plain->state = count > 0 ? PLAIN_VALUE : PLAIN_NONE;
	plain->text = (const char *) array;
	plain->item = count;
}

static void
plain_other(const PlainColumn *column pg_attribute_unused(), Datum datum pg_attribute_unused(), Plain *plain)
{
	plain_set_other(plain);
}

/* What the plain mode needs of a column, besides its number. */
static void
bind_plain(PlainColumn *column, const ColumnBinding *binding, const Fact *fact, const PlainFact *range)
{
	column->attnum = binding->attnum;
	column->binding = binding;
	column->fact = fact;
	column->range = range;
	switch (binding->conversion)
	{
		case FROM_BOOL:
			column->set = plain_bool;
			break;
		case FROM_INT2:
			column->set = plain_int2;
			break;
		case FROM_INT4:
			column->set = plain_int4;
			break;
		case FROM_NUMERIC:
			column->set = plain_numeric;
			break;
		case FROM_DATE:
			column->set = plain_date;
			break;
		case FROM_TEXT:
			column->set = plain_text;
			break;
		case FROM_SCALARS:
		case FROM_ROWS:
			column->set = plain_array;
			break;
		case FROM_JSONB:
			column->set = plain_other;
			break;
		default:
			column->set = plain_any;
			break;
	}
}

/* As deconstruct_array does. */
static void
row_element(FactSource *source, int number, const Plain *list, int depth, int index)
{
	RowSource  *row = (RowSource *) source;
	const ColumnBinding *column = &row->binding->columns[number];
	ArrayType  *array = (ArrayType *) list->text;
	const bits8 *bitmap = ARR_NULLBITMAP(array);
	RowElement *element = &row->elements[depth];

	if (index == 0)
		element->next = ARR_DATA_PTR(array);
	element->apart = false;
	element->null = bitmap && (bitmap[index / 8] & (1 << (index % 8))) == 0;
	if (element->null)
		return;
	element->datum = fetch_att(element->next, column->element_by_value, column->element_length);
	element->next = att_addlength_pointer(element->next, column->element_length, element->next);
	element->next = (char *) att_align_nominal(element->next, column->element_align);
}

static void
take_apart(const ColumnBinding *column, RowElement *element)
{
	HeapTupleHeader header = DatumGetHeapTupleHeader(element->datum);
	HeapTupleData tuple;

	tuple.t_len = HeapTupleHeaderGetDatumLength(header);
	ItemPointerSetInvalid(&tuple.t_self);
	tuple.t_tableOid = InvalidOid;
	tuple.t_data = header;
	heap_deform_tuple(&tuple, column->element_desc, element->datums, element->nulls);
	element->apart = true;
}

static void
row_field(FactSource *source, const PlainField *field, Plain *plain)
{
	RowSource  *row = (RowSource *) source;
	const ColumnBinding *column = &row->binding->columns[field->list];
	const PlainColumn *bound = &row->binding->plain_fields[field->number];
	RowElement *element = &row->elements[field->depth];
	Datum		datum = element->datum;
	bool		null = element->null;

	if (column->conversion == FROM_ROWS)
	{
		if (bound->attnum == 0)
		{
			plain_set_other(plain);
			return;
		}
		if (!null)
		{
			if (!element->apart)
				take_apart(column, element);
			datum = element->datums[bound->attnum - 1];
			null = element->nulls[bound->attnum - 1];
		}
	}
	if (null)
		plain_null(bound, plain);
	else
		bound->set(bound, datum, plain);
}

static void
row_plain(FactSource *source, int number, Plain *plain)
{
	RowSource  *row = (RowSource *) source;
	const PlainColumn *column = &row->binding->plain[number];

	if (unlikely(column->attnum == 0))
	{
		if (number == 0 && row->day.kind != DAY_UNKNOWN)
		{
			plain_set_date(plain, row->day.kind == DAY_GIVEN ? row->day.day : stored_day());
			if (plain->state == PLAIN_VALUE)
				plain_check_date(column->range, plain);
		}
		else
			plain_set_other(plain);
	}
	else if (row->missing || row->columns[column->attnum - 1].isnull)
		plain_null(column, plain);
	else
		column->set(column, row->columns[column->attnum - 1].value, plain);
}

RowBinding *
row_bind(const Program *program, const char *policy, TupleDesc desc, bool labels)
{
	RowBinding *binding = palloc0(sizeof(RowBinding));
	PlainProgram *plain = program->plain;
	int			i;

	binding->program = program;
	binding->policy = policy;
	binding->columns = palloc0_array(ColumnBinding, program->nfacts);
	binding->plain = palloc0_array(PlainColumn, program->nfacts);
	binding->plain_fields = palloc0_array(PlainColumn, plain->nfields);
	for (i = 0; i < program->nfacts; i++)
		binding->plain[i].range = &plain->facts[i];
	if (desc == NULL)
		return binding;
	/* with the defaults of columns that old rows do not hold */
	binding->desc = CreateTupleDescCopyConstr(desc);
	for (i = 0; i < program->nfacts; i++)
	{
		CHECK_FOR_INTERRUPTS();
		bind_fact(&binding->columns[i], program, i, policy, desc, labels, true);
		bind_plain(&binding->plain[i], &binding->columns[i], program->facts[i], &plain->facts[i]);
	}
	for (i = 0; i < plain->nfields; i++)
	{
		const PlainField *field = &plain->fields[i];

		if (binding->columns[field->list].fields)
			bind_plain(&binding->plain_fields[i], &binding->columns[field->list].fields[field->field],
					   list_nth(program->facts[field->list]->fields, field->field), &field->fact);
	}
	return binding;
}

/* Room for the columns of the composites that lists are made of. */
static void
create_elements(RowSource *row)
{
	int			natts = 0;
	int			i;

	for (i = 0; i < row->binding->program->nfacts; i++)
		if (row->binding->columns[i].element_desc)
			natts = Max(natts, row->binding->columns[i].element_desc->natts);
	for (i = 0; natts > 0 && i <= MAX_LIST_DEPTH; i++)
	{
		row->elements[i].datums = palloc_array(Datum, natts);
		row->elements[i].nulls = palloc_array(bool, natts);
	}
}

RowSource *
row_source_create(const RowBinding *binding, DefaultDay day)
{
	RowSource  *row = palloc0(sizeof(RowSource));

	row->source.load = row_load;
	row->source.plain = row_plain;
	row->source.element = row_element;
	row->source.field = row_field;
	row->source.origin = row_origin;
	row->binding = binding;
	row->day = day;
	if (binding->desc)
	{
		row->own_columns = palloc_array(NullableDatum, binding->desc->natts);
		row->datums = palloc_array(Datum, binding->desc->natts);
		row->nulls = palloc_array(bool, binding->desc->natts);
	}
	create_elements(row);
	return row;
}

FactSource *
row_source_row(RowSource *row, HeapTupleHeader header)
{
	HeapTupleData tuple;
	int			i;

	row->missing = header == NULL;
	if (header && row->binding->desc)
	{
		tuple.t_len = HeapTupleHeaderGetDatumLength(header);
		ItemPointerSetInvalid(&tuple.t_self);
		tuple.t_tableOid = InvalidOid;
		tuple.t_data = header;
		heap_deform_tuple(&tuple, row->binding->desc, row->datums, row->nulls);
		for (i = 0; i < row->binding->desc->natts; i++)
		{
			row->own_columns[i].value = row->datums[i];
			row->own_columns[i].isnull = row->nulls[i];
		}
		row->columns = row->own_columns;
	}
	return &row->source;
}

FactSource *
row_source_arguments(RowSource *row, const NullableDatum *arguments)
{
	row->missing = false;
	row->columns = arguments;
	return &row->source;
}

static void
jsonb_load(FactSource *source, int number, Value *value)
{
	JsonbSource *jsonb = (JsonbSource *) source;
	const Fact *fact = jsonb->program->facts[number];
	JsonbValue	space;
	const char *key = fact->name;
	JsonbValue *found = jsonb->object ? find_key(jsonb->object, fact, &space, &key) : NULL;

	if (found == NULL)
		load_absent(jsonb->program, number, jsonb->day, value);
	else
		convert_jsonb(found, jsonb->policy, fact, key, value);
}

static void
jsonb_origin(FactSource *source, int number, Origin *origin)
{
	JsonbSource *jsonb = (JsonbSource *) source;
	const Fact *fact = jsonb->program->facts[number];
	JsonbValue	space;
	JsonbValue *found;

	memset(origin, 0, sizeof(*origin));
	found = jsonb->object ? find_key(jsonb->object, fact, &space, &origin->name) : NULL;
	origin->kind = found ? ORIGIN_KEY : absent_origin(number, jsonb->day, ORIGIN_NO_KEY);
	if (found == NULL)
		return;
	origin->null = found->type == jbvNull;
	if (found->type == jbvNumeric)
		origin->written = DatumGetCString(DirectFunctionCall1(numeric_out,
															  NumericGetDatum(found->val.numeric)));
	else if (found->type == jbvString)
		origin->written = pnstrdup(found->val.string.val, found->val.string.len);
}

FactSource *
jsonb_source(const Program *program, const char *policy, Jsonb *jsonb, DefaultDay day)
{
	JsonbSource *source = palloc0(sizeof(JsonbSource));

	if (jsonb && !JB_ROOT_IS_OBJECT(jsonb))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the facts of policy \"%s\" must be a jsonb object", policy),
				 errdetail("The value is %s.", JB_ROOT_IS_SCALAR(jsonb) ? "a scalar" : "an array"),
				 errhint("Write the facts as keys: {\"revenue\": 50000000}.")));
	source->source.load = jsonb_load;
	source->source.origin = jsonb_origin;
	source->program = program;
	source->policy = policy;
	source->object = jsonb ? &jsonb->root : NULL;
	source->day = day;
	return &source->source;
}

/* ---------------- what could be bound ---------------- */

int
fact_column(TupleDesc desc, const Fact *fact)
{
	return find_column(desc, fact, true);
}

bool
type_gives(const Fact *fact, Oid type)
{
	ColumnBinding column = {0};

	return fact->type == TYPE_LIST ? bind_list(&column, NULL, fact, NULL, type, false)
		: scalar_conversion(fact->type, type, &column.conversion);
}
