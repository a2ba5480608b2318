/*
 * known.c
 *		A row's facts, together with what is known about the row from the other rows.
 */
#include "postgres.h"

#include "engine/kernel_number.h"
#include "known.h"

static void
known_load(FactSource *source, int fact, Value *value)
{
	KnownFacts *known = (KnownFacts *) source;

	if (fact < known->program->nfacts && known->given[fact])
		*value = known->values[fact];
	else
		known->row->load(known->row, fact, value);
}

static void
known_lane(FactSource *source, int fact, Lane *lane)
{
	KnownFacts *known = (KnownFacts *) source;

	if (fact < known->program->nfacts && known->given[fact])
		lane_set_value(lane, &known->values[fact], known->program->facts[fact]->type);
	else
		known->row->lane(known->row, fact, lane);
}

static void
known_lane_year(FactSource *source, int fact, int year, Lane *lane)
{
	FactSource *row = ((KnownFacts *) source)->row;

	row->lane_year(row, fact, year, lane);
}

static void
known_element(FactSource *source, int fact, const Lane *list, int depth, int index)
{
	FactSource *row = ((KnownFacts *) source)->row;

	row->element(row, fact, list, depth, index);
}

static void
known_field(FactSource *source, const KernelField *field, Lane *lane)
{
	FactSource *row = ((KnownFacts *) source)->row;

	row->field(row, field, lane);
}

static void
known_origin(FactSource *source, int fact, Origin *origin)
{
	FactSource *row = ((KnownFacts *) source)->row;

	row->origin(row, fact, origin);
}

KnownFacts *
known_facts(const Program *program)
{
	KnownFacts *known = palloc0_object(KnownFacts);

	known->program = program;
	known->given = palloc0_array(bool, program->nfacts + 1);
	known->values = palloc0_array(Value, program->nfacts + 1);
	return known;
}

FactSource *
known_facts_row(KnownFacts *known, FactSource *row)
{
	known->row = row;
	known->source.load = known_load;
	known->source.lane = row->lane ? known_lane : NULL;
	known->source.lane_year = row->lane_year ? known_lane_year : NULL;
	known->source.element = row->element ? known_element : NULL;
	known->source.field = row->field ? known_field : NULL;
	known->source.origin = row->origin ? known_origin : NULL;
	return &known->source;
}

void
known_facts_give(KnownFacts *known, int fact, const Value *value)
{
	known->given[fact] = true;
	known->values[fact] = *value;
}
