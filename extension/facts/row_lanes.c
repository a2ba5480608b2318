/*
 * row_lanes.c
 *		Reads facts from rows for the kernel.
 */
#include "postgres.h"

#include "access/htup_details.h"

#include "bound.h"

/* These functions convert datums of each type. */

static void
lane_bool(const LaneColumn *column pg_attribute_unused(), Datum datum, Lane *lane)
{
	lane_set_truth(lane, DatumGetBool(datum) ? TRUTH_TRUE : TRUTH_FALSE);
}

static void
lane_int2(const LaneColumn *column, Datum datum, Lane *lane)
{
	lane_set_exact(lane, DatumGetInt16(datum));
	lane_check_number(column->range, lane);
}

static void
lane_int4(const LaneColumn *column, Datum datum, Lane *lane)
{
	lane_set_exact(lane, DatumGetInt32(datum));
	lane_check_number(column->range, lane);
}

static void
lane_numeric(const LaneColumn *column, Datum datum, Lane *lane)
{
	lane_set_numeric(lane, datum);
	if (lane->state == LANE_VALUE)
		lane_check_number(column->range, lane);
}

static void
lane_date(const LaneColumn *column, Datum datum, Lane *lane)
{
	lane_set_day(column->range, lane, DatumGetDateADT(datum));
}

static void
lane_text(const LaneColumn *column, Datum datum, Lane *lane)
{
	struct varlena *text = PG_DETOAST_DATUM_PACKED(datum);

	lane_set_text(lane, VARDATA_ANY(text), VARSIZE_ANY_EXHDR(text));
	lane_check_text(column->range, lane);
}

static void
lane_any(const LaneColumn *column, Datum datum, Lane *lane)
{
	Value		value;

	switch (column->binding->conversion)
	{
		case FROM_INT8:
			lane_set_integer(lane, DatumGetInt64(datum));
			break;
		case FROM_FLOAT4:
			lane_set_float(lane, DatumGetFloat4(datum), true);
			break;
		case FROM_FLOAT8:
			lane_set_float(lane, DatumGetFloat8(datum), false);
			break;
		default:
			/* this checks its range */
			convert_scalar(column->binding, datum, column->fact, &value);
			lane_set_value(lane, &value, column->fact->type);
			if (lane->state == LANE_VALUE && column->fact->type == TYPE_TEXT)
				lane_check_text(column->range, lane);
			return;
	}
	if (lane->state == LANE_VALUE)
		lane_check_number(column->range, lane);
}

static void
lane_array(const LaneColumn *column pg_attribute_unused(), Datum datum, Lane *lane)
{
	ArrayType  *array = likely(VARATT_IS_4B_U(DatumGetPointer(datum))) ? (ArrayType *) DatumGetPointer(datum)
	: DatumGetArrayTypeP(datum);
	int			count = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));

	lane->state = count > 0 ? LANE_VALUE : LANE_NONE;
	lane->text = (const char *) array;
	lane->length = count;
}

static void
lane_other(const LaneColumn *column pg_attribute_unused(), Datum datum pg_attribute_unused(), Lane *lane)
{
	lane_set_doubt(lane);
}

/* Sets the function that converts a column for the kernel. */
void
bind_lane(LaneColumn *column, const ColumnBinding *binding, const Fact *fact, const KernelFact *range)
{
	column->attnum = binding->attnum;
	column->binding = binding;
	column->fact = fact;
	column->range = range;
	switch (binding->conversion)
	{
		case FROM_BOOL:
			column->set = lane_bool;
			break;
		case FROM_INT2:
			column->set = lane_int2;
			break;
		case FROM_INT4:
			column->set = lane_int4;
			break;
		case FROM_NUMERIC:
			column->set = lane_numeric;
			break;
		case FROM_DATE:
			column->set = lane_date;
			break;
		case FROM_TEXT:
			column->set = lane_text;
			break;
		case FROM_SCALARS:
		case FROM_ROWS:
			column->set = lane_array;
			break;
		case FROM_JSONB:
			column->set = lane_other;
			break;
		default:
			column->set = lane_any;
			break;
	}
}

/* Steps through an array like deconstruct_array. */
void
row_element(FactSource *source, int number, const Lane *list, int depth, int index)
{
	RowSource  *row = (RowSource *) source;
	const ColumnBinding *column = &row->binding->columns[number];
	ArrayType  *array = (ArrayType *) list->text;
	const uint8 *bitmap = ARR_NULLBITMAP(array);
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
row_field(FactSource *source, const KernelField *field, Lane *lane)
{
	RowSource  *row = (RowSource *) source;
	const ColumnBinding *column = &row->binding->columns[field->list];
	const LaneColumn *bound = &row->binding->lane_fields[field->number];
	RowElement *element = &row->elements[field->depth];
	Datum		datum = element->datum;
	bool		null = element->null;

	if (column->conversion == FROM_ROWS)
	{
		if (bound->attnum == 0)
		{
			lane_set_unknown(lane, &field->fact);
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
		lane_set_null(lane, bound->fact, bound->range);
	else
		bound->set(bound, datum, lane);
}

void
row_lane_of(RowSource *row, const LaneColumn *column, Lane *lane)
{
	if (row->missing)
		lane_set_null(lane, column->fact, column->range);
	else
		lane_set_column(lane, column, &row->columns[column->attnum - 1]);
}

void
row_lane(FactSource *source, int number, Lane *lane)
{
	RowSource  *row = (RowSource *) source;
	const LaneColumn *column = &row->binding->lanes[number];
	DateADT		day;

	if (unlikely(column->attnum == 0))
	{
		if (number == 0 && day_without_row(row->day, &day))
			lane_set_day(column->range, lane, day);
		else
			lane_set_unknown(lane, column->range);
	}
	else
		row_lane_of(row, column, lane);
}
