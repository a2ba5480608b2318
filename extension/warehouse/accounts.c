/*
 * accounts.c
 *		Accounts: which relation's enterprises an entry of the ledger is about.
 */
#include "postgres.h"

#include "compat.h"
#include "access/xlog.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "miscadmin.h"
#include "storage/lmgr.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/syscache.h"
#include "utils/varlena.h"

#include "accounts.h"
#include "ledger.h"
#include "messages.h"
#include "own.h"
#include "relation.h"

ZJTX_FUNCTION(zjtx_accounts_changed);

static SPIPlanPtr load_plan = NULL;
static SPIPlanPtr open_plan = NULL;
static SPIPlanPtr bind_plan = NULL;

/* A row of zjtx.accounts. */
typedef struct Account
{
	char	   *name;
	Oid			relation;		/* valid only in this database and cluster */
	char	   *relation_name;
	char	   *key;
	int			number;			/* attribute number of the key column */
	bool		here;			/* the recorded OIDs belong to this database
								 * of this cluster */
	bool		exists;			/* a relation with that OID exists */
	bool		left;			/* it belonged to the asking relation and was
								 * given to another one */
} Account;

/* A relation that asks for its account. */
typedef struct Asking
{
	Oid			relation;
	char	   *name;
	const char *key;
	int			number;
	const char *given;			/* the account named by the caller, or NULL */
} Asking;

/* ---------------- rows ---------------- */

Oid
accounts_table(void)
{
	return own_relation("accounts");
}

static Account *
load_accounts(Oid relation, int *count)
{
	Oid			types[1] = {OIDOID};
	Datum		values[1] = {ObjectIdGetDatum(relation)};
	Account    *accounts;
	uint64		i;

	ledger_run(&load_plan,
			   "SELECT account, relation, relation_name, key_column, key_number, system_identifier, database, "
			   "$1 OPERATOR(pg_catalog.=) ANY (formerly) FROM zjtx.accounts",
			   1, types, values, NULL);
	accounts = palloc0_array(Account, SPI_processed + 1);
	*count = SPI_processed;
	for (i = 0; i < SPI_processed; i++)
	{
		HeapTuple	tuple = SPI_tuptable->vals[i];
		TupleDesc	desc = SPI_tuptable->tupdesc;
		Account    *account = &accounts[i];
		bool		null;

		account->name = SPI_getvalue(tuple, desc, 1);
		account->relation = DatumGetObjectId(SPI_getbinval(tuple, desc, 2, &null));
		account->relation_name = SPI_getvalue(tuple, desc, 3);
		account->key = SPI_getvalue(tuple, desc, 4);
		account->number = DatumGetInt16(SPI_getbinval(tuple, desc, 5, &null));
		account->here = DatumGetInt64(SPI_getbinval(tuple, desc, 6, &null)) == (int64) GetSystemIdentifier() &&
			DatumGetObjectId(SPI_getbinval(tuple, desc, 7, &null)) == MyDatabaseId;
		account->left = account->here && DatumGetBool(SPI_getbinval(tuple, desc, 8, &null)) && !null;
		account->exists = account->here && SearchSysCacheExists1(RELOID, ObjectIdGetDatum(account->relation));
	}
	SPI_freetuptable(SPI_tuptable);
	return accounts;
}

static Oid
relation_owner(Oid relation)
{
	HeapTuple	tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(relation));
	Oid			owner = InvalidOid;

	if (HeapTupleIsValid(tuple))
	{
		owner = ((Form_pg_class) GETSTRUCT(tuple))->relowner;
		ReleaseSysCache(tuple);
	}
	return owner;
}

/*
 * Looks up a qualified name without checking USAGE on its schema.  Returns InvalidOid if
 * there is no such relation.
 */
static Oid
named_relation(const char *name)
{
	RangeVar   *parts = makeRangeVarFromNameList(textToQualifiedNameList(cstring_to_text(name)));
	Oid			schema = parts->schemaname ? get_namespace_oid(parts->schemaname, true) : InvalidOid;

	return OidIsValid(schema) ? get_relname_relid(parts->relname, schema) : InvalidOid;
}

/*
 * Compares the parts of qualified names.  The texts can differ because servers disagree on
 * which words need quotes.
 */
static bool
same_relation(const char *a, const char *b)
{
	return strcmp(a, b) == 0 ||
		equal(textToQualifiedNameList(cstring_to_text(a)), textToQualifiedNameList(cstring_to_text(b)));
}

/*
 * Used when no relation with the account's OID exists: looks the relation up by name,
 * unless the relation of that name already has another account.
 */
static Oid
relation_by_name(const Account *accounts, int count, const Account *account)
{
	Oid			relation = named_relation(account->relation_name);
	int			i;

	for (i = 0; i < count; i++)
		if (accounts[i].here && accounts[i].relation == relation)
			return InvalidOid;
	return relation;
}

/* ---------------- finding one ---------------- */

static void
check_key(const Account *account, const Asking *asking)
{
	bool		same_oid = account->here && account->relation == asking->relation;
	char	   *now = same_oid ? get_attname(account->relation, account->number, true) : NULL;

	if (now ? account->number == asking->number : strcmp(account->key, asking->key) == 0)
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("the key of account \"%s\" is column \"%s\", not \"%s\"", account->name, now ? now : account->key, asking->key),
			 errdetail("Under another key, what was already paid would be paid a second time."),
			 errhint("A key column renamed with ALTER ... RENAME COLUMN keeps its account.")));
}

pg_noreturn static void
refuse(const Asking *asking, const char *account, char *reason)
{
	ereport(ERROR,
			(errcode(ERRCODE_AMBIGUOUS_ALIAS),
			 errmsg("cannot determine the account of %s", asking->name),
			 errdetail_internal("%s", reason),
			 errhint("The argument account=%s of zjtx.watch, or account => '%s' of zjtx.sweep, gives this account to the relation.",
					 account, account)));
}

/* Returns NULL if the account named by the caller has to be created. */
static Account *
find_given(Account *named, const Account *by_oid, const Account *by_name, const Asking *asking)
{
	const Account *other = by_oid ? by_oid : named ? NULL : by_name;

	if (other && other != named)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s has the account \"%s\", so it cannot have \"%s\"", asking->name, other->name, asking->given),
				 errdetail("With two accounts, its enterprises would be paid twice.")));
	return named;
}

/* Returns NULL if a new account has to be created. */
static Account *
decide(Account *accounts, int count, const Asking *asking)
{
	Account    *by_oid = NULL;
	Account    *by_name = NULL;
	Account    *named = NULL;
	Account    *account;
	int			names = 0;
	int			i;

	for (i = 0; i < count; i++)
	{
		account = &accounts[i];
		if (strcmp(account->name, asking->given ? asking->given : asking->name) == 0)
			named = account;
		if (account->here && account->relation == asking->relation)
			by_oid = account;
		else if (same_relation(account->relation_name, asking->name))
		{
			by_name = account;
			names++;
		}
	}
	if (asking->given)
		return find_given(named, by_oid, by_name, asking);
	if (by_oid && by_name)
		refuse(asking, by_oid->name, psprintf(_("It is the relation of account \"%s\", and account \"%s\" was that of a relation of its name."),
											  by_oid->name, by_name->name));
	if (by_oid)
		return by_oid;
	if (names > 1)
		refuse(asking, by_name->name, psprintf(_("Several accounts, \"%s\" among them, were those of a relation of its name."), by_name->name));
	account = by_name ? by_name : named;
	if (account && (account != by_name || account->exists))
		refuse(asking, account->name, psprintf(_("Account \"%s\" belongs to %s."), account->name,
											   account->exists ? relation_identity(account->relation) : account->relation_name));
	if (account)
		return account;
	for (i = 0; i < count; i++)
		if (accounts[i].left)
			refuse(asking, accounts[i].name, psprintf(_("It had the account \"%s\", which was given to %s.  Another name of the argument opens a new account."),
													  accounts[i].name, accounts[i].relation_name));
		else if (!accounts[i].exists && !OidIsValid(relation_by_name(accounts, count, &accounts[i])))
			refuse(asking, accounts[i].name, psprintf(_("The relation of account \"%s\", %s, is gone, and this may be the same under another name.  Another name of the argument opens a new account."),
													  accounts[i].name, accounts[i].relation_name));
	return NULL;
}

static Datum *
account_values(const char *name, const Asking *asking, bool leaves)
{
	Datum	   *values = palloc_array(Datum, 8);

	values[0] = CStringGetTextDatum(name);
	values[1] = ObjectIdGetDatum(asking->relation);
	values[2] = CStringGetTextDatum(asking->name);
	values[3] = CStringGetTextDatum(asking->key);
	values[4] = Int16GetDatum(asking->number);
	values[5] = Int64GetDatum((int64) GetSystemIdentifier());
	values[6] = ObjectIdGetDatum(MyDatabaseId);
	values[7] = BoolGetDatum(leaves);
	return values;
}

static Oid	account_types[8] = {TEXTOID, OIDOID, TEXTOID, TEXTOID, INT2OID, INT8OID, OIDOID, BOOLOID};

/* `leaves` means that the account belonged to another relation, which still exists. */
static void
bind_account(const char *name, const Asking *asking, bool leaves)
{
	ledger_run(&bind_plan,
			   "UPDATE zjtx.accounts SET formerly = CASE WHEN $8 "
			   "THEN pg_catalog.array_append(pg_catalog.array_remove(formerly, $2), relation) ELSE formerly END, relation = $2, relation_name = $3, key_column = $4, key_number = $5, "
			   "system_identifier = $6, database = $7 WHERE account OPERATOR(pg_catalog.=) $1",
			   8, account_types, account_values(name, asking, leaves), NULL);
}

/*
 * Anyone who may create a trigger could otherwise claim another user's account for rows of
 * his own.  While the account's relation exists, only its owner may take the account away
 * from it, or the account moves between two relations of the same owner.
 */
static void
check_taking(const Account *account, const Asking *asking)
{
	Oid			before = relation_owner(account->relation);

	if (has_privs_of_role(GetUserId(), before) || has_privs_of_role(relation_owner(asking->relation), before))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
			 errmsg("account \"%s\" belongs to %s", account->name, relation_identity(account->relation)),
			 errdetail("Only the owner of that relation can give it to %s.", asking->name)));
}

/* Returns false if another session created the account first. */
static bool
open_account(const char *name, const Asking *asking)
{
	ledger_run(&open_plan,
			   "INSERT INTO zjtx.accounts (account, relation, relation_name, key_column, key_number, system_identifier, database) "
			   "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
			   7, account_types, account_values(name, asking, false), NULL);
	return SPI_processed > 0;
}

static bool
is_current(const Account *account, const Asking *asking)
{
	return account->here && account->relation == asking->relation && account->number == asking->number &&
		strcmp(account->relation_name, asking->name) == 0 && strcmp(account->key, asking->key) == 0;
}

/* Makes one attempt.  Returns NULL if another session has created an account meanwhile. */
static char *
find_once(const Asking *asking, bool may_write, bool *found)
{
	int			count;
	Account    *accounts = load_accounts(asking->relation, &count);
	Account    *account = decide(accounts, count, asking);
	const char *name = account ? account->name : asking->given ? asking->given : asking->name;

	if (account)
		check_key(account, asking);
	*found = account && is_current(account, asking);
	if (*found || !may_write)
		return pstrdup(name);
	if (account == NULL)
		*found = open_account(name, asking);
	else
	{
		bool		leaves = account->exists && account->relation != asking->relation;

		if (leaves)
			check_taking(account, asking);
		if (leaves)
			ereport(NOTICE,
					(errmsg("account \"%s\", which belonged to %s, now belongs to %s", account->name,
							relation_identity(account->relation), asking->name)));
		bind_account(account->name, asking, leaves);
		*found = true;
	}
	return pstrdup(name);
}

char *
account_find(Oid relation, const char *key, const char *given)
{
	MemoryContext caller = CurrentMemoryContext;
	MemoryContext work = AllocSetContextCreate(caller, "zjtx accounts", ALLOCSET_SMALL_SIZES);
	Asking		asking;
	char	   *name;
	bool		found;

	MemoryContextSwitchTo(work);
	asking.relation = relation;
	asking.name = relation_identity(relation);
	asking.key = key;
	asking.number = get_attnum(relation, key);
	asking.given = given;
	name = find_once(&asking, false, &found);
	if (!found)
	{
		/* only one session at a time creates accounts */
		LockDatabaseObject(accounts_table(), InvalidOid, 0, ExclusiveLock);
		do
		{
			CHECK_FOR_INTERRUPTS();
			name = find_once(&asking, true, &found);
		} while (!found);
	}
	MemoryContextSwitchTo(caller);
	name = pstrdup(name);
	MemoryContextDelete(work);
	return name;
}

char *
account_of(Oid relation, char **key)
{
	char	   *name = relation_identity(relation);
	const Account *by_name = NULL;
	int			names = 0;
	int			count;
	Account    *accounts = load_accounts(relation, &count);
	int			i;

	for (i = 0; i < count; i++)
		if (accounts[i].here && accounts[i].relation == relation)
		{
			*key = get_attname(relation, accounts[i].number, true);
			return *key ? pstrdup(accounts[i].name) : NULL;
		}
		else if (!accounts[i].exists && same_relation(accounts[i].relation_name, name))
		{
			by_name = &accounts[i];
			names++;
		}
	if (names != 1 || get_attnum(relation, by_name->key) == InvalidAttrNumber)
		return NULL;
	*key = pstrdup(by_name->key);
	return pstrdup(by_name->name);
}

Oid
account_relation(const char *account, char **key)
{
	int			count;
	Account    *accounts = load_accounts(InvalidOid, &count);
	int			i;

	for (i = 0; i < count; i++)
		if (strcmp(accounts[i].name, account) == 0)
		{
			Oid			relation = accounts[i].exists ? accounts[i].relation : relation_by_name(accounts, count, &accounts[i]);
			char	   *now = accounts[i].exists ? get_attname(relation, accounts[i].number, true) : NULL;

			*key = now ? now : accounts[i].key;
			return relation;
		}
	account_unknown(account);
}

void
account_unknown(const char *account)
{
	ereport(ERROR,
			(errcode(ERRCODE_NO_DATA_FOUND),
			 errmsg("there is no account \"%s\"", account),
			 errhint("zjtx.accounts lists the accounts and the relation of each.")));
}

/* ---------------- triggers ---------------- */

/* Once the change commits, every session looks up its accounts again. */
Datum
zjtx_accounts_changed(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = (TriggerData *) fcinfo->context;

	if (!CALLED_AS_TRIGGER(fcinfo) || !TRIGGER_FIRED_AFTER(trigger->tg_event))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("zjtx_internal.accounts_changed() must be called by an AFTER trigger")));
	CacheInvalidateRelcache(trigger->tg_relation);
	return PointerGetDatum(NULL);
}

void
accounts_refresh(void)
{
	Oid			table = OidIsValid(own_namespace()) ? get_relname_relid("accounts", own_namespace()) : InvalidOid;
	Account    *accounts;
	int			count;
	int			i;

	/*
	 * while the extension is being created or dropped, ALTER must not fail
	 * because of it
	 */
	if (!own_member(RelationRelationId, table))
		return;
	accounts = load_accounts(InvalidOid, &count);
	for (i = 0; i < count; i++)
	{
		Account    *account = &accounts[i];
		Asking		now;

		if (!account->exists)
			continue;
		now.relation = account->relation;
		now.name = relation_identity(account->relation);
		now.number = account->number;
		now.key = get_attname(account->relation, account->number, true);
		if (now.key == NULL)
			now.key = account->key;
		if (!is_current(account, &now))
			bind_account(account->name, &now, false);
	}
}
