/*
 * recorded.h
 *		zjtx.allotments: what was selected and allotted, as it was announced.
 */
#ifndef ZJTX_RECORDED_H
#define ZJTX_RECORDED_H

#include "postgres.h"

#include "executor/spi.h"

/* In queries, as in ledger.h: whether a recorded row is for the year in a parameter, or for all years. */
#define RECORDED_FOR(year) "(a.period OPERATOR(pg_catalog.=) " year " OR a.period IS NULL)"

/*
 * recorded_exists: whether a selection or budget of a policy, under any of its names, was recorded in an
 * account, for a period (0: for all) or for one that includes it or is part of it.
 */
extern bool recorded_exists(const char *account, const char *policy, const char *code, int period);

/* A row to record; NULL texts and negative numbers become NULL. */
typedef struct Recorded
{
	const char *key;
	const char *clause;
	int64		place_low;		/* 0: none */
	int64		place_high;
	bool		selected;
	int64		claim;			/* in 分 */
	int64		amount;
} Recorded;

/* The values that all rows of a record have in common. */
typedef struct RecordedHeader
{
	const char *account;
	const char *policy;
	const char *code;
	int			period;			/* or 0 */
	bool		strict;
	const char *law;			/* hash of the documents */
	const char *note;			/* or NULL */
} RecordedHeader;

/* recorded_insert: adds rows of a selection (clause NULL) or a budget. */
extern void recorded_insert(const RecordedHeader *header, const Recorded *rows, int nrows);

/* recorded_move: moves what was recorded for a key of an account to another key. */
extern void recorded_move(const char *account, const char *old, const char *new);

/* recorded_changed: makes every enterprise of the account due, because its answers may be others now. */
extern void recorded_changed(const char *account);

#endif							/* ZJTX_RECORDED_H */
