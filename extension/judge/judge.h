/*
 * judge.h
 *		The plan node Judge: answers questions for batches of rows.
 *
 * It scans a table or reads the rows of any other plan.  Its rows have the columns of these, and
 * behind them the answers: values of calls such as placement_facts(…) and of expressions
 * around them that depend on nothing else.  PostgreSQL replaces the same expressions above by
 * these columns.
 */
#ifndef ZJTX_JUDGE_H
#define ZJTX_JUDGE_H

#include "postgres.h"

#include "nodes/extensible.h"
#include "nodes/pathnodes.h"

#include "planner/facts_call.h"
#include "questions.h"

/* settings: zjtx.batch, and zjtx.batch_rows: below so many rows it is not worth it */
extern bool zjtx_batch;
extern int	zjtx_batch_rows;

/* Registers the node and the planner's hooks; called when the library is loaded. */
extern void judge_init(void);

/* Whether not all rows of a scan or join may be asked for. */
extern bool judge_is_early(const PlannerInfo *root);

/* ---------------- takes.c: which calls can be judged ---------------- */

/* How many policies of a call, not constant, are judged in a batch; rows of others are answered singly. */
#define JUDGE_POLICIES 8

typedef enum JudgePolicy
{
	POLICY_CONSTANT,			/* for the whole statement */
	POLICY_OF_SCAN,				/* the same for all rows, until the node is
								 * scanned again */
	POLICY_OF_ROW
} JudgePolicy;

/* What is demanded of a call. */
typedef enum JudgeDemand
{
	DEMAND_NOTHING,
	DEMAND_COLUMNS,				/* its policy and facts are columns or
								 * constants; a row raises an error only when
								 * it is answered singly */
	DEMAND_NO_ERROR				/* there is none */
} JudgeDemand;

typedef struct JudgeCall
{
	FuncExpr   *call;
	QuestionKind question;
	JudgePolicy policy;
	JudgeDemand meets;
	double		nanswers;		/* to |= and |^, at most */
	double		cost;			/* of one row, singly */
	bool		in_condition;	/* a condition of the scan asks it */
	double		part;			/* of this cost, in a batch */
} JudgeCall;

/*
 * Whether a node is a call of <question>_facts of a question that can be asked of many rows: of one whose answers the
 * node yields; or of any, judge too.
 */
extern bool judge_is_question(Node *node, QuestionKind *question);
extern bool judge_is_any_question(Node *node, QuestionKind *question);

/* Whether an expression has such a node of any question. */
extern bool judge_has_question(Node *expr);

/* Whether a batch answers a question about these facts. */
extern bool judge_takes_facts(const FactsCall *call, QuestionKind question);

/* The text that a policy is read from by a cast, or NULL. */
extern Node *judge_text_of_policy(Node *policy);

/* ---------------- calls.c: what can be judged in a query ---------------- */

/* An expression that the node yields. */
typedef struct JudgeOutput
{
	Expr	   *expr;
	int			call;			/* its place in calls */
	Expr	   *of_answer;		/* of a Var (OUTER_VAR, 1) that is the answer;
								 * NULL if the answer itself */
} JudgeOutput;

typedef struct JudgeCalls
{
	PlannerInfo *root;
	bool		early;			/* not all rows may be asked for */
	List	   *calls;			/* of JudgeCall */
	List	   *outputs;		/* of JudgeOutput */
	List	   *refused;		/* calls that cannot be judged */
	List	   *derived;		/* of Derived: what the rewrite derived from
								 * calls */
	double		cost;			/* of the calls found since it was last set to
								 * 0, as often as they occur, for one row */
} JudgeCalls;

extern JudgeCalls *judge_calls(PlannerInfo *root, bool early);

/*
 * takes.c: the place of a call in calls, or -1; judge_add adds it if it can be judged and meets the demand.
 * judge_cost: what an expression costs for a row.
 */
extern int	judge_place_of(const JudgeCalls *calls, const Node *call);
extern double judge_cost(PlannerInfo *root, Node *expr);
extern int	judge_add(JudgeCalls *calls, FuncExpr *call, QuestionKind question, JudgeDemand demand);

/* Whether a node differs between rows, or executions, by itself. */
extern bool judge_is_varying(const Node *node);

/*
 * judge_only_compares: whether a condition raises no error, apart from its calls.  judge_raises_nothing: whether an
 * expression, or a list of them, raises none if the node answers calls.
 */
extern bool judge_only_compares(Node *condition);
extern bool judge_raises_nothing(JudgeCalls *calls, Node *expr);

/* Adds what can be judged in an expression, or list of them, that is evaluated for each row. */
extern void judge_find(JudgeCalls *calls, Node *expr);

/*
 * The same in what a scan or join selects.  Verdicts are taken, too, if the query only reads lines of them: of others,
 * rows would be judged one by one.
 */
extern void judge_find_selected(JudgeCalls *calls, List *exprs);

/*
 * The same in conditions of the rows, a list of RestrictInfo.  Calls of which facts are expressions are added if the node
 * may evaluate these before the first condition that asks anything.
 */
extern void judge_find_in_clauses(JudgeCalls *calls, List *restrictinfos);

/* Whether a condition has calls that the node may answer; whether an expression has some of those that were found. */
extern bool judge_is_asked_by(PlannerInfo *root, const RestrictInfo *condition);
extern bool judge_has_call(const JudgeCalls *calls, Node *expr);

/*
 * Whether the node may answer the calls, some of which conditions of the scan may have too: it answers them before it
 * evaluates a condition.
 */
extern bool judge_may_answer(const JudgeCalls *calls, List *restrictinfos);

/* The same in the arguments of aggregates in an expression, and of a window function. */
extern void judge_find_in_aggregates(JudgeCalls *calls, Node *expr);
extern void judge_find_in_window_function(JudgeCalls *calls, const WindowFunc * function);

/*
 * The call of a question in calls, which is added if node is one; -1 if it is none that can be judged.
 * Perhaps: it is not evaluated in every row.
 */
extern int	judge_add_call(JudgeCalls *calls, Node *node, QuestionKind question, bool perhaps);

/* The same for all calls of an expression. */
extern void judge_find_calls(JudgeCalls *calls, Node *expr, bool perhaps);

/* ---------------- of_answers.c: expressions of answers and of values of rows ---------------- */

/*
 * judge_of_answers: an expression that depends on nothing but answers to |= and |^, with a Var (OUTER_VAR, n + 1) in place
 * of call n; NULL if it depends on something else.  Adds the calls.
 *
 * With plain, a list of expressions of a row, it may also depend on conditions that read columns and raise no error.  These
 * are added to the list, and a Var (INNER_VAR, n + 1) stands for expression n.
 *
 * judge_of_row: such a Var for a whole expression of columns; NULL if it is more.
 */
extern Expr *judge_of_answers(JudgeCalls *calls, List **plain, Node *expr, bool perhaps);
extern Expr *judge_of_row(List **plain, Node *expr);

/* ---------------- bare.c: without what the rewrite derived ---------------- */

/* An equal expression without the conditions that the rewrite derived from questions; expr itself if there are none. */
extern Node *judge_bare(JudgeCalls *calls, Node *expr);

/*
 * Returns those of the conditions of a scan, a list of RestrictInfo, that have to be evaluated: not those that the rewrite
 * derived from a call that is a condition itself.
 */
extern List *judge_needed_clauses(JudgeCalls *calls, List *restrictinfos);

/* ---------------- path.c: paths and their costs ---------------- */

typedef struct JudgePath
{
	CustomPath	path;
	JudgeCalls *calls;
	bool		scans;			/* it scans the table itself */
	RelOptInfo *table;			/* which one */
	Path	   *join;			/* it scans the table for each row of a path
								 * below, instead of this join; or NULL */
	List	   *columns;		/* what its source yields */
	List	   *conditions;		/* of the rows of a path below: RestrictInfo */
} JudgePath;

/* Whether a query, and a relation, may be judged in batches. */
extern bool judge_takes_query(PlannerInfo *root);
extern bool judge_takes_table(const RelOptInfo *rel, const RangeTblEntry *rte);

/*
 * judge_scan: a path that scans a table and judges the calls, and those of the table's conditions.  It
 * yields target.  With workers, it is a part of a parallel scan.  NULL if there is nothing to judge.
 *
 * judge_path: the same over the rows of subpath; of a sequential scan it is judge_scan, if possible.
 *
 * judge_filter: the same over the rows of subpath, of which those are left that satisfy conditions, which have calls: so
 * many rows, of a relation.
 */
extern JudgePath *judge_scan(PlannerInfo *root, RelOptInfo *rel, int workers, PathTarget *target, JudgeCalls *calls);
extern JudgePath *judge_path(PlannerInfo *root, Path *subpath, PathTarget *target, JudgeCalls *calls);
extern JudgePath *judge_filter(PlannerInfo *root, RelOptInfo *rel, Path *subpath, List *conditions, double rows,
							   PathTarget *target, JudgeCalls *calls);

/*
 * joins.c: adds paths of a join of two relations whose conditions ask questions, which the node answers above it.  Without
 * these relations, of all joins, unless there are such paths.  Returns whether it did.
 */
extern bool judge_joins(PlannerInfo *root, RelOptInfo *join, const RelOptInfo *outer, const RelOptInfo *inner);

/* cross.c: a path in place of a join of a table with policies, without conditions; NULL if subpath is none. */
extern JudgePath *judge_cross(PlannerInfo *root, Path *subpath, PathTarget *target, JudgeCalls *calls);

/*
 * ahead.c: whether nothing raises an error if rows of a path are read that nobody asks for; of conditions of a scan, if
 * the node answers calls.
 */
extern bool judge_may_read_ahead(PlannerInfo *root, const Path *path);
extern bool judge_conditions_raise_nothing(JudgeCalls *calls, List *restrictinfos);

/* A path like another, with calls. */
extern JudgePath *judge_make_path(RelOptInfo *rel, const Path *of, PathTarget *target, JudgeCalls *calls);

/* Whether the calls found in expressions are judged faster in batches, in so many rows. */
extern bool judge_is_worth_it(const JudgeCalls *calls, double rows);

/* Whether there are so few rows that calls are not looked for: it would be worth it only if one occurred many times. */
extern bool judge_are_too_few(double rows);

extern bool judge_is_path(const Path *path);

/* ---------------- upper.c ---------------- */

extern void judge_projections(PlannerInfo *root, RelOptInfo *rel);
extern void judge_grouping(PlannerInfo *root, RelOptInfo *input, RelOptInfo *grouped, void *extra);

/*
 * judge_below_projection: a path without a projection on top.  judge_without_outputs: an expression in which the outputs of
 * calls are NULL; what it still reads is needed besides.  judge_is_early_path: whether not all rows of a path may be asked for.
 */
extern Path *judge_below_projection(Path *path);
extern Node *judge_without_outputs(Node *node, const JudgeCalls *calls);
extern bool judge_is_early_path(PlannerInfo *root, const Path *path);

/*
 * windows.c: adds paths of window functions whose arguments are answers.  judge_input_target: what is needed of the rows
 * below by functions that read expressions: columns that order and partition rows, expressions, columns that are still
 * read, and answers.
 */
extern void judge_windows(PlannerInfo *root, RelOptInfo *windows);
extern PathTarget *judge_input_target(PlannerInfo *root, const PathTarget *given, const List *read, const JudgeCalls *calls);

/* sets.c: puts the node below functions that return sets, whose arguments are answers. */
extern void judge_set(PlannerInfo *root, ProjectSetPath * set);

/* ---------------- totals.c: aggregates of answers ---------------- */

typedef enum TotalKind
{
	TOTAL_COUNT,
	TOTAL_SUM,					/* of integers */
	TOTAL_AVG,
	TOTAL_MIN,
	TOTAL_MAX,
	TOTAL_EVERY,
	TOTAL_ANY,
	TOTAL_COUNT_AMOUNTS,
	TOTAL_SUM_AMOUNTS,
	TOTAL_AVG_AMOUNTS,
	TOTAL_MIN_AMOUNT,
	TOTAL_MAX_AMOUNT,
	TOTAL_TALLY,
	TOTAL_BUDGET
} TotalKind;

/*
 * A path that aggregates the answers of a path that judges, or of several: those of partitions.  It
 * yields the aggregates and groups of rel, an upper relation, which are in target.  NULL if it cannot.
 */
extern Path *judge_totals(PlannerInfo *root, RelOptInfo *rel, Path *input, List *clause, List *tlist, List *having,
						  double ngroups);

/*
 * The private data of its plan: of each aggregate kind, call (or -1), filter and argument as judge_of_answers() makes
 * them (or NULL); of each group, its expression, the functions that compare and, if it is of columns, hash, and the
 * collation.  Values of rows are the columns of the plans below.  The columns of the plan are the aggregates and then
 * the groups.
 */
typedef struct TotalsPlan
{
	List	   *kinds;			/* of int */
	List	   *calls;			/* of int */
	List	   *filters;		/* of Expr */
	List	   *arguments;		/* of Expr */
	List	   *keys;			/* of Expr */
	List	   *equals;			/* of Oid */
	List	   *hashes;			/* of Oid */
	List	   *collations;		/* of Oid */
	int			nplain;			/* number of values of a row */
} TotalsPlan;

extern TotalsPlan judge_read_totals(const CustomScan *scan);

/* totals_node.c: execution */
extern const CustomScanMethods judge_totals_methods;

/* ---------------- plan.c: from paths to plans, and their private data ---------------- */

/*
 * CustomScan.custom_private: whether it scans the table, the number of columns before the outputs, where those are that
 * another plan has (0 for those of the table), the calls
 * (without arguments), their questions and policies, and for each output its call and the expression of the answer.
 * The arguments of the calls, a list for each, are CustomScan.custom_exprs.
 */
typedef struct JudgePlan
{
	bool		scans;
	int			ncolumns;
	List	   *joined;			/* of int, by column; NIL: there is no other
								 * plan */
	List	   *calls;			/* of FuncExpr */
	List	   *questions;		/* of int */
	List	   *policies;		/* of int: JudgePolicy */
	List	   *output_calls;	/* of int */
	List	   *output_exprs;	/* of Expr, or NULL */
} JudgePlan;

extern Plan *judge_plan(PlannerInfo *root, RelOptInfo *rel, CustomPath *path, List *tlist, List *clauses,
						List *custom_plans);
extern JudgePlan judge_read_plan(const CustomScan *scan);

/* ---------------- node.c: execution ---------------- */

extern const CustomScanMethods judge_scan_methods;

#endif							/* ZJTX_JUDGE_H */
