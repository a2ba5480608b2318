/*
 * row_source.c
 *		Reads facts from rows.
 */
#include "postgres.h"

#include "utils/lsyscache.h"

#include "bound.h"

/* Sets the value of a fact that no column or key gives. */
void
bind_load_absent(const Program *program, int fact, DaySource day, Value *value)
{
	DateADT		judged;

	if (fact == 0 && day_without_row(day, &judged))
		value_set_date(value, judged);
	else
		value_set_unknown(value, program->facts[fact]);
}

/* Returns the origin of a fact that no column or key gives. */
OriginKind
bind_absent_origin(int fact, DaySource day, OriginKind nowhere)
{
	if (fact != 0 || day.kind == DAY_OF_ROW)
		return nowhere;
	return day.kind == DAY_OF_SESSION ? ORIGIN_SESSION : ORIGIN_POLICY;
}

static void
row_origin(FactSource *source, int number, Origin *origin)
{
	RowSource  *row = (RowSource *) source;
	const Program *program = row->binding->program;
	int			fact = fact_number(program, number);
	const ColumnBinding *column = &row->binding->columns[fact];
	ValueType	type = program->facts[fact]->type;
	int			i = column->attnum - 1;

	memset(origin, 0, sizeof(*origin));
	if (program->facts[fact]->by_year)
	{
		if (!row_year_origin(row, fact, fact_year(program, number), origin))
			origin->kind = ORIGIN_NO_COLUMN;
		return;
	}
	if (column->attnum == 0)
	{
		origin->kind = bind_absent_origin(number, row->day, ORIGIN_NO_COLUMN);
		return;
	}
	origin->kind = ORIGIN_COLUMN;
	origin->name = NameStr(TupleDescAttr(row->binding->shape->desc, i)->attname);
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
	const Program *program = row->binding->program;
	int			declared = fact_number(program, number);
	const ColumnBinding *column = &row->binding->columns[declared];
	const Fact *fact = program->facts[declared];
	int			i = column->attnum - 1;

	if (fact->by_year)
		row_load_year(row, declared, fact_year(program, number), value);
	else if (column->attnum == 0)
		bind_load_absent(program, number, row->day, value);
	else if (row->missing || row->columns[i].isnull)
		value_set_null(value, fact);
	else if (column->conversion == FROM_JSONB)
	{
		Jsonb	   *jsonb = DatumGetJsonbP(row->columns[i].value);
		JsonbValue	whole;

		whole.type = jbvBinary;
		whole.val.binary.data = &jsonb->root;
		whole.val.binary.len = VARSIZE(jsonb) - VARHDRSZ;
		/* jsonb stores a scalar as an array with one element */
		if (JsonContainerIsScalar(&jsonb->root))
			whole = *getIthJsonbValueFromContainer(&jsonb->root, 0);
		convert_jsonb(&whole, row->binding->policy, fact,
					  NameStr(TupleDescAttr(row->binding->shape->desc, i)->attname), value);
	}
	else if (fact->type == TYPE_LIST)
		convert_array(column, row->columns[i].value, fact, value);
	else
		convert_scalar(column, row->columns[i].value, fact, value);
}

/* Allocates space for the columns of list elements at each depth. */
static void
create_elements(RowSource *row)
{
	const Kernel *kernel = row->binding->program->kernel;
	int			natts = 0;
	int			depth = 0;
	int			i;

	for (i = 0; i < kernel->nfields; i++)
	{
		const ColumnBinding *column = &row->binding->columns[kernel->fields[i].list];

		if (column->element_desc == NULL)
			continue;
		natts = Max(natts, column->element_desc->natts);
		depth = Max(depth, kernel->fields[i].depth);
	}
	for (i = 0; natts > 0 && i <= depth; i++)
	{
		row->elements[i].datums = palloc_array(Datum, natts);
		row->elements[i].nulls = palloc_array(bool, natts);
	}
}

RowSource *
row_source_create(const RowBinding *binding)
{
	RowSource  *row = palloc0(sizeof(RowSource));

	row->source.load = row_load;
	row->source.lane = row_lane;
	row->source.lane_year = row_lane_year;
	row->source.element = row_element;
	row->source.field = row_field;
	row->source.origin = row_origin;
	row->binding = binding;
	row->changes = binding->changes;
	row->day = binding->day;
	create_elements(row);
	return row;
}

FactSource *
row_source_row(RowSource *row, HeapTupleHeader header)
{
	row->missing = header == NULL;
	row->source.lane_columns = NULL;
	if (header && row->binding->shape)
	{
		row_shape_take_apart(row->binding->shape, header);
		row->columns = row->source.datums = row->binding->shape->columns;
		row->source.lane_columns = row->binding->lanes;
	}
	return &row->source;
}

FactSource *
row_source_arguments(RowSource *row, const NullableDatum *arguments)
{
	row->missing = false;
	row->columns = row->source.datums = arguments;
	row->source.lane_columns = row->binding->lanes;
	return &row->source;
}
