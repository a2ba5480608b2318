/*
 * planned.c
 *		Stored policies in plans: determines whether a plan was made with the text that a name refers to now.
 */
#include "postgres.h"

#include "compat.h"
#include "access/parallel.h"
#include "access/xact.h"
#include "miscadmin.h"
#include "storage/sinval.h"
#include "utils/hsearch.h"
#include "utils/inval.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"

#include "messages.h"
#include "stored.h"

/* The hashes that this session has put into plans, so that those of other servers can be told from them. */
static HTAB *planned = NULL;

#define MAX_PLANNED 100000

char *
stored_policy_hash(const Compiled *compiled)
{
	if (planned && hash_get_num_entries(planned) >= MAX_PLANNED)
	{
		hash_destroy(planned);
		planned = NULL;
	}
	if (planned == NULL)
	{
		HASHCTL		info;

		memset(&info, 0, sizeof(info));
		info.keysize = info.entrysize = sizeof(uint64);
		info.hcxt = TopMemoryContext;
		planned = hash_create("zjtx planned", 64, &info, HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
	}
	(void) hash_search(planned, &compiled->content, HASH_ENTER, NULL);
	return psprintf("#" UINT64_FORMAT, compiled->content);
}

/*
 * Whether a hash may come from a plan of this session: the leader of a parallel worker made the worker's plan.  A
 * hash that was found to be wrong is forgotten, so that it is not taken for an old plan again.
 */
static bool
planned_here(const char *hash)
{
	uint64		content;
	bool		found;

	if (*hash != '#' || IsParallelWorker())
		return true;
	content = strtoull(hash + 1, NULL, 10);
	if (planned == NULL)
		return false;
	(void) hash_search(planned, &content, HASH_REMOVE, &found);
	return found;
}

/*
 * Invalidates all plans that depend on zjtx.policies.  A relcache invalidation for the
 * changed document may have arrived while the current plan was being made, so it is sent
 * again.  It goes to every backend because this one may be a parallel worker, which has no
 * plans of its own.
 */
static void
forget_plans(void)
{
	SharedInvalidationMessage message;

	memset(&message, 0, sizeof(message));
	message.rc.id = SHAREDINVALRELCACHE_ID;
	message.rc.dbId = MyDatabaseId;
	message.rc.relId = policies_relation();
	SendSharedInvalidMessages(&message, 1);
	AcceptInvalidationMessages();
}

bool
stored_is_latest(const char *name, int length, const Compiled *compiled)
{
	Snapshot	active = GetActiveSnapshot();
	Snapshot	latest;
	const Compiled *found;

	/* no snapshot can be taken in parallel mode */
	if (IsInParallelMode())
		return false;
	latest = GetLatestSnapshot();
	if (active->xmin == latest->xmin && active->xmax == latest->xmax &&
		active->xcnt == latest->xcnt && active->subxcnt == latest->subxcnt && active->curcid == latest->curcid)
		return true;
	PushActiveSnapshot(latest);
	found = stored_compiled(name, length, true, CurrentMemoryContext);
	PopActiveSnapshot();
	return found && found->id.hash == compiled->id.hash && found->id.length == compiled->id.length;
}

/* Reports that another node planned the statement with a document that this one does not have. */
static void
different_nodes(const char *name, int length, bool known)
{
	const char *shown = pnstrdup(name, length);

	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 known ? errmsg("policy \"%s\" has another text on this node than where the statement was planned", shown) :
			 errmsg("there is no stored policy \"%s\" on this node, but there is one where the statement was planned", shown),
			 errdetail("The nodes hold different documents. The fingerprint of those on this node is %s.", stored_fingerprint()),
			 errhint("Store the same documents on every node and compare zjtx.fingerprint(), or SET zjtx.fold_names = on where the statement is planned: a policy then travels as a value.")));
}

void
stored_missing(const char *name, int length, const char *hash)
{
	if (!planned_here(hash))
		different_nodes(name, length, false);
	(void) stored_policy(name, length, false);
}

void
stored_check(const char *name, int length, const Compiled *compiled, const char *hash)
{
	if (strcmp(psprintf("#" UINT64_FORMAT, compiled->content), hash) == 0)
		return;
	if (!planned_here(hash))
		different_nodes(name, length, true);
	forget_plans();
	ereport(ERROR,
			(errcode(ERRCODE_T_R_SERIALIZATION_FAILURE),
			 errmsg("policy \"%s\" has changed since the statement was planned", pnstrdup(name, length)),
			 errhint("Run the statement again.")));
}
