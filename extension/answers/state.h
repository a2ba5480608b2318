/*
 * state.h
 *		States of aggregates and verdicts as bytes and as JSON, for other processes and servers.
 *
 * A state is a sequence of texts, whole numbers and sums.  What writes it and what reads it is the same code for all
 * forms.  Whole numbers take few bytes if they are small, and a text that is the same as in the line before takes one.
 * The forms:
 *		STATE_FLAT		in memory and in tables; read without checks of texts, because only this code writes it
 *		STATE_BINARY	send and receive; texts are in the client's encoding
 *		STATE_JSON		input and output: an array of texts, numbers and nulls
 */
#ifndef ZJTX_STATE_H
#define ZJTX_STATE_H

#include "postgres.h"

#include "lib/stringinfo.h"
#include "utils/jsonb.h"

#include "sum.h"

typedef enum StateForm
{
	STATE_FLAT,
	STATE_BINARY,
	STATE_JSON
} StateForm;

/* Places of texts in a line, for those that are the same in the line before. */
#define STATE_TEXTS 9

typedef struct StateWriter
{
	StateForm	form;
	StringInfo	buf;
	const char *before[STATE_TEXTS];
} StateWriter;

typedef struct StateReader
{
	StateForm	form;
	const char *type;			/* for messages: zjtx.tally_state */
	StringInfo	buf;
	JsonbIterator *items;
	struct Node *escontext;		/* receives soft errors of JSON; NULL: raise
								 * errors */
	bool		failed;			/* an error was found; what is read then means
								 * nothing */
	const char *before[STATE_TEXTS];
} StateReader;

/* Begins a state; buf must be initialized. */
extern void state_write(StateWriter *writer, StateForm form, StringInfo buf);

/* Numbers must not be negative.  A text may be NULL. */
extern void state_put_number(StateWriter *writer, int64 number);
extern void state_put_text(StateWriter *writer, int place, const char *text);
extern void state_put_amount(StateWriter *writer, const Hundredths *amount);
extern void state_put_sum(StateWriter *writer, const Sum *sum);

/* Ends the state; of JSON, it closes the array. */
extern void state_written(StateWriter *writer);

/* Begins to read bytes, or JSON text. */
extern void state_read(StateReader *reader, StateForm form, const char *type, StringInfo buf);
extern void state_read_json(StateReader *reader, const char *type, const char *text, struct Node *escontext);

/* Any bytes can be read: what no writer writes is an error (22P03; of JSON 22P02). */
extern int64 state_get_number(StateReader *reader, int64 least, int64 most);
extern const char *state_get_text(StateReader *reader, int place);
extern Hundredths state_get_amount(StateReader *reader);
extern Sum	state_get_sum(StateReader *reader);

/* Checks that the state ends here; returns false if a soft error was reported. */
extern bool state_was_read(StateReader *reader);

/* Reports that a state is invalid. */
extern void state_invalid(StateReader *reader);

#endif							/* ZJTX_STATE_H */
