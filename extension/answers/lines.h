/*
 * lines.h
 *		What a document answers line by line: one for each clause, stage and rung.
 *
 * The lines are read off a run.  assess shows them, judge packs them, and their
 * amounts add up to what `|#` answers.
 */
#ifndef ZJTX_LINES_H
#define ZJTX_LINES_H

#include "postgres.h"

#include "answer.h"

typedef enum LineStatus
{
	LINE_UNDECIDED,				/* unknown facts can still change it */
	LINE_REFUSED,				/* proved not to be satisfied */
	LINE_TO_COME,				/* refused so far: a stage's day is known and is to come */
	LINE_SATISFIED,				/* it pays nothing */
	LINE_UNDETERMINED,			/* satisfied; the text has no figure */
	LINE_NOTHING,				/* satisfied; the amount is zero */
	LINE_OWED,
	LINE_CAPPED					/* owed, and the cap cut it */
} LineStatus;

/* What a line is about; the same for every row. */
typedef struct LineEntry
{
	const ClauseEntry *clause;	/* of a clause or a stage */
	const StageEntry *stage;	/* of a stage */
	const RungEntry *rung;		/* of a rung */
	const Provision *provision;
	const char *code;			/* of the clause or rung */
	const char *kind;			/* reward, …; rung */
	const char *unit;			/* of what it pays, or NULL */
} LineEntry;

typedef struct Line
{
	Truth		truth;			/* satisfied; earned; on the rung */
	LineStatus	status;

	/*
	 * What it can pay: of a clause, all its stages together; of a stage, its share
	 * below the clause's cap.
	 */
	bool		pays;
	bool		unbounded;		/* nothing is known of high */
	Number		low;
	Number		high;

	/*
	 * What it pays, so that all lines together pay each amount once: what a clause pays
	 * in stages is with the stages, or, where the sum is decided and its parts are not,
	 * with the clause.
	 */
	bool		has_amount;
	Number		amount;
	bool		capped;
	int			period;			/* the year of a yearly clause, or 0 */
} Line;

/*
 * lines_of: the lines that a program has, in the order of the document, a clause before
 * its stages, the rungs last.  Clauses that are not asked of an enterprise have none,
 * unless asked alone.  In the current memory context; returns how many.
 */
extern int	lines_of(const Program *program, LineEntry **entries);

/* 《title》（number） article, or 第3条; NULL for a policy of one expression */
extern char *line_citation(const Document *doc, const LineEntry *entry);

/*
 * Who decides and pays, as char *: the offices of a stage, or where it names none those of
 * its clause; NIL where none is named.
 */
extern const List *line_offices(const LineEntry *entry);

/*
 * lines_read: reads them off a run.  conditional says that the document may not be
 * the one that holds: then nothing of it is proved.
 */
extern void lines_read(Run *run, const LineEntry *entries, int nlines, bool conditional, Line *lines);

/*
 * lines_missing_start: before the lines of a row are asked what they miss; in the current
 * memory context.
 *
 * line_missing: the unknown facts that can still change a line, by name: first those
 * that alone can decide whether it is satisfied, then the others for that, then those
 * for its amount.
 */
typedef struct LinesMissing LinesMissing;

extern LinesMissing *lines_missing_start(Run *run);
extern List *line_missing(LinesMissing *walk, const LineEntry *entry, const Line *line, bool conditional);

/* line_reservations: its soft conditions that fail, as they are written. */
extern List *line_reservations(Run *run, const LineEntry *entry, const Line *line);

extern const char *line_status_name(LineStatus status);
extern bool line_status_find(const char *name, LineStatus *status);

/* Whether a question's version may not be the one that holds. */
static inline bool
question_is_conditional(const Question *question)
{
	return question->nruns + question->nothing > 1;
}

#endif							/* ZJTX_LINES_H */
