/*
 * lint_tables.c
 *		Reports tables that are never used, and rows that no key can find.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "engine/table.h"
#include "lint.h"

/* Marks the rows that one lookup can find while all facts are unknown. */
static void
mark_rows(Linter *linter, const LookupTable *table, const Instr *instr, bool *found)
{
	bool	   *reached = palloc0_array(bool, table->nrows + 1);
	int			i;

	/* what an element of a list has is not known here, but what it can have */
	if (instr->scopes != 0)
	{
		Value		key;

		value_set_anything(&key, false);
		(void) table_rows(table, &key, program_register_fact(linter->program, instr->a), false, reached);
	}
	else
	{
		const Value *key = run_value(linter->unknown, instr->a);
		int			row = key->known && !key->none ? table_row(table, key) : -1;

		if (!key->known)
			(void) table_rows(table, key, program_register_fact(linter->program, instr->a), table_key_whole(linter->program, instr), reached);
		else if (row >= 0)
			reached[row] = true;
	}
	for (i = 0; i < table->nrows + table->has_else; i++)
		found[i] |= reached[i];
}

static void
lint_table(Linter *linter, const Table *source)
{
	const Program *program = linter->program;
	const LookupTable *table = NULL;
	bool	   *found;
	int			i;

	for (i = 0; i < program->ntables; i++)
		if (program->tables[i]->source == source)
			table = program->tables[i];
	if (table == NULL)
	{
		if (!source->used)
			lint_report_at(linter, "unused", source->provision.code, linter->phrases->lint_table_unused,
						   source->provision.span);
		return;
	}
	found = palloc_array(bool, table->nrows + 1);
	memcpy(found, table->constant, table->nrows + 1);
	for (i = 0; i < program->ninstrs; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (program->instrs[i].op == OP_TABLE && program->tables[program->instrs[i].b] == table)
			mark_rows(linter, table, &program->instrs[i], found);
	}
	for (i = 0; i < table->nrows + table->has_else; i++)
	{
		const TableRow *row = i < table->nrows ? list_nth(source->rows, i) : source->otherwise;

		if (!found[i])
			lint_report_at(linter, "unreachable", source->provision.code,
						   psprintf(linter->phrases->lint_row,
									pnstrdup(linter->policy->text + row->span.start, row->span.end - row->span.start)),
						   row->span);
	}
}

void
lint_tables(Linter *linter, const Document *doc)
{
	ListCell   *cell;

	foreach(cell, doc->tables)
	{
		lint_table(linter, lfirst(cell));
	}
}
