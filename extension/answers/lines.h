/*
 * lines.h
 *		What a document answers, line by line: a line for each clause, stage and rung.
 *
 * The lines are read from the values of a run. assess shows them, judge packs them into a
 * verdict, and their amounts add up to the answer of `|#`.
 */
#ifndef ZJTX_LINES_H
#define ZJTX_LINES_H

#include "postgres.h"

#include "answer.h"
#include "engine/lacking.h"

typedef enum LineStatus
{
	LINE_UNDECIDED,				/* unknown facts can still change it */
	LINE_REFUSED,				/* proved not satisfied */
	LINE_TO_COME,				/* not satisfied yet: the stage's day is in
								 * the future */
	LINE_SATISFIED,				/* satisfied, and pays nothing */
	LINE_UNDETERMINED,			/* satisfied, but the text gives no figure */
	LINE_NOTHING,				/* satisfied, but the amount is zero */
	LINE_OWED,
	LINE_CAPPED					/* owed, and reduced by a cap */
} LineStatus;

/* The subject of a line, which is the same for every row. */
typedef struct LineEntry
{
	const ClauseEntry *clause;	/* for a clause or a stage */
	const StageEntry *stage;	/* for a stage */
	const RungEntry *rung;		/* for a rung */
	const GroupEntry *group;	/* for a group */
	const Provision *provision;
	const char *code;			/* code of the clause or rung */
	const char *kind;			/* reward, subsidy, …, or rung */
	const char *unit;			/* unit of what it pays, or NULL */
	bool		in_total;		/* it is one of the lines that add up to what
								 * the document pays */
	int			outer;			/* the line of the group of which it, or its
								 * clause, is a member; or -1 */
} LineEntry;

typedef struct Line
{
	Truth		truth;			/* satisfied, earned, or on the rung */
	LineStatus	status;

	/*
	 * The range of what it can pay.  For a clause, this includes all its
	 * stages; for a stage, it is its share under the clause's cap.
	 */
	bool		pays;
	bool		unbounded;		/* high is not bounded */
	Number		low;
	Number		high;

	/*
	 * What it pays, assigned so that the sum over all lines counts each
	 * amount once.  What a clause pays in stages is assigned to the stages;
	 * or to the clause, if only the sum is decided.
	 */
	bool		has_amount;
	Number		amount;
	bool		capped;
	int			period;			/* year of a yearly clause, or 0 */
} Line;

/*
 * lines_of: sets *entries to a program's lines, in the current memory context and in the
 * order of the document: a clause before its stages, the rungs last.  Clauses about another
 * subject than an enterprise have lines only if asked alone.  Returns the number of lines.
 */
extern int	lines_of(const Program *program, LineEntry **entries);

/* 《title》（number） article, or 第3条; NULL for a policy of one expression */
extern char *line_citation(const Document *doc, const LineEntry *entry);

/*
 * Returns who decides and pays, as a list of char *: the offices of the stage or, if it
 * names none, of the clause; NIL if none is named.
 */
extern const List *line_offices(const LineEntry *entry);

/*
 * lines_read: reads the lines from a run.  `conditional` means that it is not certain
 * that the document applies, so that only refusals are proved.
 */
extern void lines_read(Run *run, const LineEntry *entries, int nlines, bool conditional, Line *lines);

/* line_is_decided: returns whether a line pays one known sum. */
extern bool line_is_decided(const Line *line);

/*
 * line_missing: returns the names of the unknown facts that can still change a line.  Facts that alone can decide
 * whether it is satisfied come first, then other facts that affect this, then those that affect only its amount.
 * `lacking` belongs to the line's run and row.
 */
extern List *line_missing(Lacking *lacking, const LineEntry *entry, const Line *line, bool conditional);

/* line_reservations: returns its soft conditions that fail, as written. */
extern List *line_reservations(Run *run, const LineEntry *entry, const Line *line);

/*
 * line_key: names a line within its document: clause, clause/stage, rung or group; `rule` for a policy of one
 * expression.  The key is unique: a clause of a used document has that document's code in its own, and no stage
 * has the same key.
 *
 * line_key_of: the same from the codes; an empty code is that of a policy of one expression, as in the ledger.
 */
extern char *line_key(const LineEntry *entry);
extern char *line_key_of(const char *code, const char *stage);

/*
 * lines_superseded: sets, by line, the code of the member of the same group that certainly pays more and is paid
 * instead; NULL for other lines.  A line that supersedes a group supersedes its members.
 */
extern void lines_superseded(const LineEntry *entries, const Line *lines, int nlines, const char **by);

extern const char *line_status_name(LineStatus status);
extern bool line_status_find(const char *name, LineStatus *status);

/* Returns whether the question's version may not apply. */
static inline bool
question_is_conditional(const Question *question)
{
	return question->nruns + question->nothing > 1;
}

#endif							/* ZJTX_LINES_H */
