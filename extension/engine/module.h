/*
 * module.h
 *		The documents of a program under construction.
 *
 * A module is a document with the meaning of its facts where it is used.  A document that
 * is used with two different mappings is two modules.
 */
#ifndef ZJTX_MODULE_H
#define ZJTX_MODULE_H

#include "emit.h"

typedef struct Module
{
	const Document *doc;
	const struct Module *user;	/* the module that uses it; NULL for the
								 * program's own document */
	const DocumentUse *use;		/* the statement that uses it */
	bool		plain;			/* no fact is mapped, also in the users */
	List	   *used;			/* of Module: the documents that it uses */

	/* compiled expressions: */
	List	  **defines;		/* by definition: PlaceMemo */
	List	  **mapped;			/* by fact: PlaceMemo */
	List	  **clauses;		/* by clause: ProvisionMemo */
	List	  **rungs;			/* by rung: ProvisionMemo */
	List	  **groups;			/* by group: ProvisionMemo */
} Module;

/* Creates the module of the program's own document. */
extern Module *module_create(const Document *doc);

/* Returns the module of a document that another one uses. */
extern Module *module_used(Compiler *compiler, Module *user, const DocumentUse *use, const Document *doc);

/*
 * Returns the program's fact for a fact of a module's document; NULL if it is mapped to a
 * value.
 */
extern const Fact *module_fact(const Compiler *compiler, const Module *module, const Fact *fact);

/* Compiles a fact other than as_of. */
extern int	module_compile_fact(Compiler *compiler, const Fact *fact, const Place *place);

/* Returns the place outside of all lists. */
extern Place module_outside(const Place *place);

/* Returns the memo for a place, or NULL. */
extern PlaceMemo *module_find_memo(const List *memos, const Place *place);

/* Adds a memo for a place. */
extern PlaceMemo *module_add_memo(Compiler *compiler, List **memos, Size size, const Place *place);

#endif							/* ZJTX_MODULE_H */
