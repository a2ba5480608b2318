/*
 * row_plain.c
 *		The facts of rows for the plain mode.
 */
#include "postgres.h"

#include "access/htup_details.h"

#include "bound.h"

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
void
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
void
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

void
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

void
row_plain(FactSource *source, int number, Plain *plain)
{
	RowSource  *row = (RowSource *) source;
	const PlainColumn *column = &row->binding->plain[number];

	if (unlikely(column->attnum == 0))
	{
		if (number == 0 && row->day.kind != DAY_UNKNOWN)
		{
			plain_set_date(plain, row->day.kind == DAY_GIVEN ? row->day.day : day_of_session());
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
