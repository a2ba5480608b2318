/*
 * module.h
 *		The documents of a program under construction.
 *
 * A module is a document with the meaning that its facts have where it is used.  A document
 * that is used in two ways, with other facts mapped, is two modules.
 */
#ifndef ZJTX_MODULE_H
#define ZJTX_MODULE_H

#include "emit.h"

typedef struct Module
{
	const Document *doc;
	const struct Module *user;	/* the module that uses it; NULL for the
								 * program's own document */
	const DocumentUse *use;		/* how */
	bool		plain;			/* no fact is mapped, here or above */
	List	   *used;			/* of Module: those that it uses */

	/* of expressions that have been compiled */
	List	  **defines;		/* per define, of PlaceMemo */
	List	  **mapped;			/* per fact, of PlaceMemo */
	List	  **clauses;		/* per clause, of ProvisionMemo */
	List	  **rungs;			/* per rung, of ProvisionMemo */
} Module;

/* The module of the program's own document. */
extern Module *module_create(const Document *doc);

/* The module of a document that another one uses. */
extern Module *module_used(Compiler *compiler, Module *user, const DocumentUse *use, const Document *doc);

/* The fact of the program that a fact of a module's document is; NULL where it is mapped to a value. */
extern const Fact *module_fact(const Compiler *compiler, const Module *module, const Fact *fact);

/* What a fact becomes, where it is not the day. */
extern int	module_compile_fact(Compiler *compiler, const Fact *fact, const Place *place);

/* The same place outside of all lists whose elements it sees. */
extern Place module_outside(const Place *place);

/*
 * Of the memos of something that can be compiled for several places, the one for this
 * place; or NULL.
 */
extern PlaceMemo *module_find_memo(const List *memos, const Place *place);

/* A new memo for a place. */
extern PlaceMemo *module_add_memo(Compiler *compiler, List **memos, Size size, const Place *place);

#endif							/* ZJTX_MODULE_H */
