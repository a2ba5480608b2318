/*
 * verdict_binary.c
 *		The binary form of zjtx.verdict, for drivers and other servers.
 *
 * It is the form of states (state.h): the lines, each with its texts and what is answered.  Texts that all lines
 * share, such as the policy's code, are there once.
 */
#include "postgres.h"

#include "compat.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"

#include "messages.h"
#include "state.h"
#include "verdict.h"

ZJTX_FUNCTION(zjtx_verdict_recv);
ZJTX_FUNCTION(zjtx_verdict_send);

/* What a line has, besides its status. */
#define STATUS_BITS		0x07
#define PROVED			0x08
#define HAS_AMOUNT		0x10
#define RANGED			0x20
#define UNBOUNDED		0x40
#define ALL_BITS		0x7F

/* A period is written with this added, because it can be PERIOD_NO_DAY or PERIOD_UNKNOWN. */
#define PERIOD_OFFSET	2
#define LAST_PERIOD		9999

static void
put_line(StateWriter *writer, const VerdictSubject *subject, const VerdictLine *line)
{
	state_put_text(writer, 0, subject->policy);
	state_put_text(writer, 1, subject->clause);
	state_put_text(writer, 2, subject->stage);
	state_put_text(writer, 3, subject->title);
	state_put_text(writer, 4, subject->kind);
	state_put_text(writer, 5, subject->unit);
	state_put_number(writer, subject->level ? atoi(subject->level) : 0);
	state_put_number(writer, subject->in_total);
	state_put_text(writer, 6, subject->in_group);
	state_put_text(writer, 7, subject->offices);
	state_put_number(writer, (int) line->status |
					 (line->truth == TRUTH_TRUE ? PROVED : 0) |
					 (line->has_amount ? HAS_AMOUNT : 0) |
					 (line->ranged ? RANGED : 0) |
					 (line->unbounded ? UNBOUNDED : 0));
	state_put_number(writer, line->period + PERIOD_OFFSET);
	if (line->has_amount)
		state_put_amount(writer, &line->amount);
	if (line->ranged)
		state_put_amount(writer, &line->low);
	if (line->ranged && !line->unbounded)
		state_put_amount(writer, &line->high);
}

/* zjtx.verdict → bytea */
Datum
zjtx_verdict_send(PG_FUNCTION_ARGS)
{
	const Verdict *verdict = (const Verdict *) PG_GETARG_VARLENA_P(0);
	VerdictReader reader = verdict_reader(verdict);
	VerdictSubject subject;
	VerdictLine line;
	StateWriter writer;
	StringInfoData buf;

	pq_begintypsend(&buf);
	state_write(&writer, STATE_BINARY, &buf);
	state_put_number(&writer, verdict->nlines);
	while (verdict_read(&reader, &subject, &line))
	{
		put_line(&writer, &subject, &line);
	}
	state_written(&writer);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* Whether a status and a truth belong together, as in the text form. */
static bool
agrees(const VerdictLine *line)
{
	switch (line->status)
	{
		case LINE_UNDECIDED:
			return true;
		case LINE_REFUSED:
		case LINE_TO_COME:
			return line->truth != TRUTH_TRUE;
		default:
			return line->truth == TRUTH_TRUE;
	}
}

static void
get_line(StateReader *reader, StringInfo shape, StringInfo lines)
{
	VerdictSubject subject;
	VerdictLine line;
	int			level;
	int			bits;

	memset(&subject, 0, sizeof(subject));
	memset(&line, 0, sizeof(line));
	subject.policy = state_get_text(reader, 0);
	subject.clause = state_get_text(reader, 1);
	subject.stage = state_get_text(reader, 2);
	subject.title = state_get_text(reader, 3);
	subject.kind = state_get_text(reader, 4);
	subject.unit = state_get_text(reader, 5);
	level = (int) state_get_number(reader, 0, MAX_LEVEL);
	subject.level = level ? psprintf("%d", level) : NULL;
	subject.in_total = state_get_number(reader, 0, 1) != 0;
	subject.in_group = state_get_text(reader, 6);
	subject.offices = state_get_text(reader, 7);
	bits = (int) state_get_number(reader, 0, ALL_BITS);
	line.status = bits & STATUS_BITS;
	line.truth = bits & PROVED ? TRUTH_TRUE : line.status == LINE_UNDECIDED ? TRUTH_UNKNOWN : TRUTH_FALSE;
	line.has_amount = (bits & HAS_AMOUNT) != 0;
	line.ranged = (bits & RANGED) != 0;
	line.unbounded = (bits & UNBOUNDED) != 0;
	line.period = (int) state_get_number(reader, 0, LAST_PERIOD + PERIOD_OFFSET) - PERIOD_OFFSET;
	if (line.has_amount)
		line.amount = state_get_amount(reader);
	if (line.ranged)
		line.low = state_get_amount(reader);
	if (line.ranged && !line.unbounded)
		line.high = state_get_amount(reader);
	if (subject.kind == NULL || line.status > LINE_CAPPED || !agrees(&line) || (line.unbounded && !line.ranged))
		state_invalid(reader);
	verdict_shape_append(shape, &subject);
	verdict_line_append(lines, &line);
}

/* internal → zjtx.verdict; errors: 22P03, 08P01 */
Datum
zjtx_verdict_recv(PG_FUNCTION_ARGS)
{
	StateReader reader;
	StringInfoData shape;
	StringInfoData lines;
	int			nlines;
	int			i;

	state_read(&reader, STATE_BINARY, "zjtx.verdict", (StringInfo) PG_GETARG_POINTER(0));
	nlines = (int) state_get_number(&reader, 0, PG_INT32_MAX);
	initStringInfo(&shape);
	initStringInfo(&lines);
	for (i = 0; i < nlines; i++)
	{
		CHECK_FOR_INTERRUPTS();
		get_line(&reader, &shape, &lines);
	}
	(void) state_was_read(&reader);
	PG_RETURN_POINTER(verdict_make(&shape, verdict_shape_hash(&shape), nlines, &lines));
}
