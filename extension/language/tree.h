/*
 * tree.h
 *		A policy as a tree, which the grammar builds, the checker completes and the compiler reads.
 *
 * Parsing depends only on the text.  Everything is allocated in the memory context that is
 * current when policy_read is called.
 *
 * Positions are byte offsets into the text (UTF-8).
 */
#ifndef ZJTX_TREE_H
#define ZJTX_TREE_H

#include "postgres.h"

#include "compat.h"
#include "nodes/bitmapset.h"
#include "nodes/pg_list.h"
#include "utils/date.h"
#include "utils/numeric.h"

#include "expectation.h"
#include "expression.h"
#include "selection.h"
#include "statement.h"
#include "unit.h"

/*
 * A document or series that a document uses, by name.  In a policy read from
 * zjtx.policies, its text follows that of the document that uses it.  A document is
 * stored without the texts of those it uses.
 */
typedef struct DocumentUse
{
	char	   *code;			/* of the document or series */
	Span		span;			/* of the code */
	List	   *mapped;			/* of Expression, EXPR_SET: a fact of the used
								 * document = what it is in this one */

	/* set by the checker */
	bool		is_series;
	List	   *documents;		/* of Document: the document, or the versions
								 * from the earliest; NIL if its text is
								 * missing */
} DocumentUse;

typedef struct Document
{
	bool		bare;			/* a single expression without a header */
	Provision	provision;		/* code and title; NULL if bare */
	char	   *number;
	char	   *issuer;
	char	   *region;
	char	   *source;
	char	   *series;
	List	   *repeals;		/* of char * */
	List	   *uses;			/* of DocumentUse */
	List	   *units;			/* of Unit: the units that it declares */
	bool		has_issued;
	DateADT		issued;
	bool		has_from;
	DateADT		from;
	bool		has_until;		/* `until` is the first day on which it is no
								 * longer in force */
	bool		through;		/* the text gives the last day in force, the
								 * day before `until` */
	DateADT		until;
	bool		is_repealed;	/* set by the checker: another document of the
								 * text repeals it from this day */
	DateADT		repealed;
	Span		header;
	const char *part;			/* set by the checker: as in Policy */

	List	   *facts;			/* of Fact */
	List	   *tables;			/* of Table */
	List	   *defines;		/* of Define, including scores */
	List	   *clauses;
	bool		has_ladder;
	char	   *ladder;			/* title or NULL */
	Span		ladder_span;
	List	   *rungs;
	List	   *groups;
	List	   *populations;
	List	   *selections;
	List	   *budgets;
	List	   *targets;
	List	   *services;
	List	   *examples;

	/* set by the checker: by name, code or title */
	struct Symbols *facts_by_name;
	struct Symbols *defines_by_name;
	struct Symbols *tables_by_name;
	struct Symbols *clauses_by_code;
	struct Symbols *rungs_by_code;
	struct Symbols *groups_by_code;
	struct Symbols *selections_by_code;
	struct Symbols *budgets_by_code;
	struct Symbols *populations_by_name;
	struct Symbols *population_values_by_name;
	struct Symbols *examples_by_title;
} Document;

/* Whether the header says when the document is in force. */
static inline bool
document_is_dated(const Document *doc)
{
	return doc->has_from || doc->has_until;
}

typedef struct Policy
{
	const char *text;			/* source text */
	bool		has_as_of;
	bool		as_of_default;	/* the as_of of a row takes precedence */
	DateADT		as_of;
	int			body;			/* position after "as of …" */
	uint64		content;		/* hash of its tokens, without a default day;
								 * comments and white space do not matter */
	char	   *part;			/* the code of the only provision that gives
								 * answers; NULL if all do */
	int			part_at;		/* its position in the text */
	char	   *series;			/* code of the series, or NULL */
	List	   *documents;		/* one document, or the versions of a series */
	List	   *used;			/* of Document: the documents that they use,
								 * directly or indirectly; set by the checker */
} Policy;

/*
 * policy_read: parses and checks a policy.
 *
 * Takes the text in UTF-8, NUL-terminated, and returns the tree, which refers to this
 * text.  An invalid text is reported with line and column, as a soft error in escontext
 * (then returns NULL), or with ereport if escontext is NULL.
 */
extern Policy *policy_read(const char *text, struct Node *escontext);

/* policy_try: the same, but for an invalid text returns NULL and sets *problem. */
typedef struct ReadProblem
{
	int			at;				/* byte offset */
	char	   *message;
	char	   *detail;			/* or NULL */
	const char *hint;			/* or NULL */
} ReadProblem;

extern Policy *policy_try(const char *text, ReadProblem *problem);

/* A token of a text.  Its number is one of language/gram.h. */
typedef struct TextToken
{
	int			token;
	Span		span;
	bool		name;			/* a keyword that is a name here */
} TextToken;

typedef struct TextTokens
{
	TextToken  *tokens;			/* ends with the token for the end of the
								 * text, 0 */
	int			count;			/* without the last one */
	int			size;
} TextTokens;

/* policy_tokens: the same as policy_try, and returns the tokens of the text in *tokens. */
extern Policy *policy_tokens(const char *text, ReadProblem *problem, TextTokens *tokens);

/*
 * statements_read: parses statements without their document, or after headers.  Returns documents: first one without
 * a header, with the statements before the first header, then one for each header.  The documents are not checked, so
 * only names and positions are reliable.  `units` are the units of the documents to which the statements belong.  For
 * an invalid text returns NIL and sets *problem.
 */
extern List *statements_read(const char *text, List *units, ReadProblem *problem);

/* Sets line and column (in characters), both from 1, for a byte offset. */
extern void text_position(const char *text, int at, int *line, int *column);

/* Lookups in a checked document; NULL if there is none. */
extern Clause *policy_find_clause(const Document *doc, const char *code);
extern Rung *policy_find_rung(const Document *doc, const char *code);
extern Table *policy_find_table(const Document *doc, const char *name);
extern ClauseGroup *policy_find_group(const Document *doc, const char *code);
extern Selection *policy_find_selection(const Document *doc, const char *code);
extern ClauseBudget *policy_find_budget(const Document *doc, const char *code);
extern Population *policy_find_population(const Document *doc, const char *name);
extern PopulationValue *policy_find_population_value(const Document *doc, const char *name);
extern Define *policy_find_define(const Document *doc, const char *name);
extern Fact *policy_find_fact(const Document *doc, const char *name);
extern Fact *policy_find_field(const Fact *list, const char *name);

/* The document or series that a document uses under this code; NULL if there is none. */
extern DocumentUse *policy_find_use(const Document *doc, const char *code);

/* The first used document whose text is missing; NULL if none is missing. */
extern const DocumentUse *policy_not_there(const Document *doc);

/* The name of a used document's fact in the document that uses it. */
extern const char *policy_used_name(const Document *used, const Fact *fact);

/* The expression to which a fact of the used documents is mapped; NULL if it is not mapped. */
extern Expression *policy_mapped(const DocumentUse *use, const char *fact);

/* Whether a provision, which may be a member of a group (or NULL), belongs to the part with this code. */
extern bool policy_is_part(const Provision *provision, const ClauseGroup *group, const char *code);

#endif							/* ZJTX_TREE_H */
