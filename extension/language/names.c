/*
 * names.c
 *		Lookup of names, exact or by similarity; predefined names; words in messages.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/varlena.h"

#include "compat.h"
#include "messages.h"
#include "names.h"

/* ---------------- names that the language defines ---------------- */

const char *const predefined_names[NPREDEFINED][2] = {
#define PREDEFINED(NAME, english, chinese) {english, chinese},
#include "language/predefined.h"
};

bool
is_predefined(const char *name, Predefined which)
{
	return strcmp(name, predefined_names[which][0]) == 0 || strcmp(name, predefined_names[which][1]) == 0;
}

/* ---------------- names with their items ---------------- */

/*
 * Hash table with open addressing, at most half full.  A document has several of them,
 * mostly small, so each is allocated small.
 */
typedef struct Symbol
{
	const char *name;			/* NULL: free slot */
	void	   *item;
} Symbol;

struct Symbols
{
	uint32		nslots;			/* a power of two */
	uint32		used;
	Symbol	   *slots;
};

#define FEW_SYMBOLS 8

/* Returns the slot of a name, or the free slot for it. */
static Symbol *
find_slot(const Symbols *symbols, const char *name)
{
	uint32		at = hash_bytes((const unsigned char *) name, strlen(name)) & (symbols->nslots - 1);

	while (symbols->slots[at].name && strcmp(symbols->slots[at].name, name) != 0)
		at = (at + 1) & (symbols->nslots - 1);
	return &symbols->slots[at];
}

Symbols *
symbols_create(void)
{
	Symbols    *symbols = palloc0(sizeof(Symbols));

	symbols->nslots = FEW_SYMBOLS;
	symbols->slots = palloc0_array(Symbol, symbols->nslots);
	return symbols;
}

static void
grow(Symbols *symbols)
{
	Symbol	   *old = symbols->slots;
	uint32		nold = symbols->nslots;
	uint32		i;

	symbols->nslots *= 2;
	symbols->slots = MemoryContextAllocZero(GetMemoryChunkContext(symbols), symbols->nslots * sizeof(Symbol));
	for (i = 0; i < nold; i++)
		if (old[i].name)
			*find_slot(symbols, old[i].name) = old[i];
	pfree(old);
}

bool
symbols_add(Symbols *symbols, const char *name, void *item)
{
	Symbol	   *slot = find_slot(symbols, name);

	if (slot->name)
		return false;
	if (++symbols->used * 2 > symbols->nslots)
	{
		grow(symbols);
		slot = find_slot(symbols, name);
	}
	slot->name = name;
	slot->item = item;
	return true;
}

void *
symbols_find(const Symbols *symbols, const char *name)
{
	return symbols ? find_slot(symbols, name)->item : NULL;
}

/* ---------------- the nearest known name ---------------- */

void
nearest_start(Nearest *nearest, const char *wanted)
{
	nearest->wanted = wanted;
	nearest->best = NULL;

	/* up to half of the characters may differ, but not all of a short word */
	nearest->distance = pg_mbstrlen(wanted) / 2 + 1;
}

void
nearest_offer(Nearest *nearest, const char *candidate)
{
	int			wanted_length = strlen(nearest->wanted);
	int			length = strlen(candidate);
	int			distance;

	if (wanted_length == 0 || wanted_length > 255 || length == 0 || length > 255)
		return;
	distance = varstr_levenshtein_less_equal(nearest->wanted, wanted_length,
											 candidate, length,
											 1, 1, 1, nearest->distance, true);
	if (distance >= pg_mbstrlen(candidate))
		return;

	/*
	 * a swap of two letters counts as two differences, so prefer candidates
	 * of the same length
	 */
	if (distance < nearest->distance ||
		(distance == nearest->distance && nearest->best && length == wanted_length &&
		 strlen(nearest->best) != (size_t) wanted_length))
	{
		nearest->distance = distance;
		nearest->best = candidate;
	}
}

char *
nearest_hint(const Nearest *nearest)
{
	if (nearest->best == NULL)
		return NULL;
	return psprintf(_("Perhaps you meant \"%s\"."), nearest->best);
}

/* ---------------- words in messages ---------------- */

const char *
message_word(const char *word, const char *english)
{
	int			client = pg_get_client_encoding();

	return client == PG_SQL_ASCII || pg_encoding_max_length(client) > 1 ? word : english;
}
