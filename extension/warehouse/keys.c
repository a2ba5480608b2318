/*
 * keys.c
 *		The text form of an enterprise's key in the ledger.
 *
 * We do not use the output functions of the types.  They depend on bytea_output and
 * DateStyle, and they keep trailing zeros of numeric and the padding of char, so that one
 * enterprise would have an account for each form of its key.  For the same reason we parse
 * keys ourselves and accept only the canonical text of a value.
 */
#include "postgres.h"

#include "compat.h"
#include "access/htup_details.h"
#include "catalog/pg_collation.h"
#include "catalog/pg_enum.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/lsyscache.h"
#include "utils/numeric.h"
#include "utils/syscache.h"
#include "utils/uuid.h"

#include "keys.h"
#include "messages.h"

#define NUMERIC_TEXT	16000	/* most digits of a numeric that is parsed */

/* ---------------- types ---------------- */

static bool
is_number(Oid type)
{
	return type == INT2OID || type == INT4OID || type == INT8OID || type == OIDOID || type == NUMERICOID;
}

static bool
is_text(Oid type)
{
	return type == TEXTOID || type == VARCHAROID || type == BPCHAROID || type == NAMEOID;
}

static bool
is_key(Oid type)
{
	return is_number(type) || is_text(type) || type == UUIDOID || type == DATEOID || type == BYTEAOID ||
		type == BOOLOID || type_is_enum(type);
}

Oid
key_argument_type(Oid type)
{
	Oid			base = getBaseType(type);

	if (!is_key(base))
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("a value of type %s cannot be a key", format_type_be(type)),
				 errhint("A key must be smallint, integer, bigint, numeric, text, varchar, char, name, uuid, date, bytea, boolean, oid, an enum or a domain over one of these.")));
	return base;
}

Oid
key_type(TupleDesc desc, int attnum, const char *relation)
{
	Form_pg_attribute column = TupleDescAttr(desc, attnum - 1);
	Oid			type = getBaseType(column->atttypid);

	if (!is_key(type))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("column \"%s\" of %s cannot be a key", NameStr(column->attname), relation),
				 errdetail("Its type is %s.", format_type_be(column->atttypid)),
				 errhint("A key must be smallint, integer, bigint, numeric, text, varchar, char, name, uuid, date, bytea, boolean, oid, an enum or a domain over one of these.")));
	if (OidIsValid(column->attcollation) && !get_collation_isdeterministic(column->attcollation))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("column \"%s\" of %s cannot be a key", NameStr(column->attname), relation),
				 errdetail("Its collation \"%s\" is nondeterministic: equal values have different texts.",
						   get_collation_name(column->attcollation)),
				 errhint("Use a deterministic collation for the column.")));
	return type;
}

bool
key_types_agree(Oid table_type, Oid view_type)
{
	return table_type == view_type || is_text(table_type) || is_text(view_type) ||
		(is_number(table_type) && is_number(view_type));
}

/* ---------------- value → text ---------------- */

/* Removes the padding of char(n). */
static char *
trimmed(char *text)
{
	int			length = strlen(text);

	while (length > 0 && text[length - 1] == ' ')
		length--;
	text[length] = '\0';
	return text;
}

static char *
date_text(DateADT date)
{
	char		buffer[MAXDATELEN + 1];
	struct pg_tm tm;

	if (DATE_IS_NOBEGIN(date))
		return pstrdup("-infinity");
	if (DATE_IS_NOEND(date))
		return pstrdup("infinity");
	j2date(date + POSTGRES_EPOCH_JDATE, &tm.tm_year, &tm.tm_mon, &tm.tm_mday);
	EncodeDateOnly(&tm, USE_ISO_DATES, buffer);
	return pstrdup(buffer);
}

static char *
bytea_text(Datum value)
{
	bytea	   *bytes = DatumGetByteaPP(value);
	size_t		length = VARSIZE_ANY_EXHDR(bytes);
	char	   *text = palloc_extended(2 * length + 3, MCXT_ALLOC_HUGE);

	text[0] = '\\';
	text[1] = 'x';
	text[2 + hex_encode(VARDATA_ANY(bytes), length, text + 2)] = '\0';
	return text;
}

static char *
output(Oid type, Datum value)
{
	Oid			function;
	bool		varlena;

	getTypeOutputInfo(type, &function, &varlena);
	return OidOutputFunctionCall(function, value);
}

char *
key_text(Oid type, Datum value)
{
	switch (type)
	{
		case NUMERICOID:
			return numeric_normalize(DatumGetNumeric(value));
		case BPCHAROID:
			return trimmed(TextDatumGetCString(value));
		case DATEOID:
			return date_text(DatumGetDateADT(value));
		case BYTEAOID:
			return bytea_text(value);
		case BOOLOID:
			return pstrdup(DatumGetBool(value) ? "true" : "false");
		default:

			/*
			 * integers, text, uuid, enums: their output depends on no
			 * settings
			 */
			return output(type, value);
	}
}

/* ---------------- text → value ---------------- */

static bool
whole_number(const char *text, int64 least, int64 greatest, int64 *number)
{
	char	   *end;

	if (*text != '-' && (*text < '0' || *text > '9'))
		return false;
	errno = 0;
	*number = strtoll(text, &end, 10);
	return errno == 0 && end != text && *end == '\0' && *number >= least && *number <= greatest;
}

/* Checks the canonical form of a numeric, within the limits of numeric's input. */
static bool
numeric_value(const char *text, Datum *value)
{
	const char *at = text;

	if (strcmp(text, "NaN") != 0 && strcmp(text, "Infinity") != 0 && strcmp(text, "-Infinity") != 0)
	{
		if (*at == '-')
			at++;
		if (*at < '0' || *at > '9' || strlen(at) > NUMERIC_TEXT)
			return false;
		at += strspn(at, "0123456789");
		if (*at == '.')
			at += 1 + strspn(at + 1, "0123456789");
		if (*at != '\0')
			return false;
	}
	*value = DirectFunctionCall3(numeric_in, CStringGetDatum(text), ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1));
	return true;
}

/* Parses YYYY-MM-DD, with longer years and a BC suffix. */
static bool
date_value(const char *text, Datum *value)
{
	int			year,
				month,
				day,
				read = 0;

	if (strcmp(text, "infinity") == 0)
		*value = DateADTGetDatum(DATEVAL_NOEND);
	else if (strcmp(text, "-infinity") == 0)
		*value = DateADTGetDatum(DATEVAL_NOBEGIN);
	else
	{
		if (strlen(text) > MAXDATELEN || sscanf(text, "%7d-%2d-%2d%n", &year, &month, &day, &read) != 3 ||
			year < 1 || month < 1 || month > MONTHS_PER_YEAR || day < 1 || day > 31)
			return false;
		if (strcmp(text + read, " BC") == 0)
			year = 1 - year;
		if (!IS_VALID_JULIAN(year, month, day))
			return false;
		*value = DateADTGetDatum(date2j(year, month, day) - POSTGRES_EPOCH_JDATE);
	}
	return true;
}

static int
hex_digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/*
 * Parses pairs of hex digits, with the hyphens of a UUID; returns the number of bytes, or
 * -1.
 */
static int
read_hex(const char *text, unsigned char *bytes, int most)
{
	int			count = 0;

	for (; *text; text += 2)
	{
		if (*text == '-' && most == UUID_LEN)
			text++;
		if (count == most || hex_digit(text[0]) < 0 || hex_digit(text[1]) < 0)
			return -1;
		bytes[count++] = hex_digit(text[0]) << 4 | hex_digit(text[1]);
	}
	return count;
}

static bool
uuid_value(const char *text, Datum *value)
{
	pg_uuid_t  *uuid = palloc0(sizeof(pg_uuid_t));

	*value = UUIDPGetDatum(uuid);
	return read_hex(text, uuid->data, UUID_LEN) == UUID_LEN;
}

static bool
bytea_value(const char *text, Datum *value)
{
	bytea	   *bytes;
	int			count;

	if (strncmp(text, "\\x", 2) != 0)
		return false;
	count = (strlen(text) - 2) / 2;
	bytes = palloc(VARHDRSZ + count);
	SET_VARSIZE(bytes, VARHDRSZ + count);
	*value = PointerGetDatum(bytes);
	return read_hex(text + 2, (unsigned char *) VARDATA(bytes), count) == count;
}

static bool
enum_value(Oid type, const char *text, Datum *value)
{
	HeapTuple	tuple;

	if (strlen(text) >= NAMEDATALEN)
		return false;
	tuple = SearchSysCache2(ENUMTYPOIDNAME, ObjectIdGetDatum(type), CStringGetDatum(text));
	if (!HeapTupleIsValid(tuple))
		return false;
	*value = ObjectIdGetDatum(((Form_pg_enum) GETSTRUCT(tuple))->oid);
	ReleaseSysCache(tuple);
	return true;
}

static bool
read_value(Oid type, const char *text, Datum *value)
{
	int64		number;

	switch (type)
	{
		case INT2OID:
			if (!whole_number(text, PG_INT16_MIN, PG_INT16_MAX, &number))
				return false;
			*value = Int16GetDatum(number);
			return true;
		case INT4OID:
			if (!whole_number(text, PG_INT32_MIN, PG_INT32_MAX, &number))
				return false;
			*value = Int32GetDatum(number);
			return true;
		case INT8OID:
			if (!whole_number(text, PG_INT64_MIN, PG_INT64_MAX, &number))
				return false;
			*value = Int64GetDatum(number);
			return true;
		case OIDOID:
			if (!whole_number(text, 0, PG_UINT32_MAX, &number))
				return false;
			*value = ObjectIdGetDatum(number);
			return true;
		case NUMERICOID:
			return numeric_value(text, value);
		case TEXTOID:
		case VARCHAROID:
		case BPCHAROID:
			*value = CStringGetTextDatum(text);
			return true;
		case NAMEOID:
			if (strlen(text) >= NAMEDATALEN)
				return false;
			*value = DirectFunctionCall1(namein, CStringGetDatum(text));
			return true;
		case UUIDOID:
			return uuid_value(text, value);
		case DATEOID:
			return date_value(text, value);
		case BYTEAOID:
			return bytea_value(text, value);
		case BOOLOID:
			*value = BoolGetDatum(strcmp(text, "true") == 0);
			return true;
		default:
			return enum_value(type, text, value);
	}
}

bool
key_value(Oid type, const char *text, Datum *value)
{
	return read_value(type, text, value) && strcmp(key_text(type, *value), text) == 0;
}

/* ---------------- tables and views ---------------- */

/* Returns the result of a cast to text. */
static char *
cast_text(Oid type, Datum value)
{
	return type == BOOLOID || type == BPCHAROID ? key_text(type, value) : output(type, value);
}

char *
key_through(Oid table_type, Oid view_type, Datum value)
{
	Datum		read;
	char	   *text;

	if (table_type == view_type)
		return key_text(view_type, value);
	text = is_text(view_type) ? cast_text(table_type, value) : key_text(table_type, value);
	if (is_text(view_type))
		return view_type == BPCHAROID ? trimmed(text) :
			view_type == NAMEOID ? DatumGetCString(DirectFunctionCall1(nameout, DirectFunctionCall1(namein, CStringGetDatum(text)))) : text;

	/* date is excluded because its input depends on DateStyle */
	if (is_text(table_type) && view_type != DATEOID)
	{
		Oid			input;
		Oid			element;

		getTypeInputInfo(view_type, &input, &element);
		read = OidInputFunctionCall(input, text, element, -1);
	}
	else if (!key_value(view_type, text, &read))
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("the key \"%s\" has no value of type %s", text, format_type_be(view_type)),
				 errhint("Use the same key type in the view and in the watched table.")));
	return key_text(view_type, read);
}

/* ---------------- many keys ---------------- */

static int
compare_keys(const void *a, const void *b)
{
	return strcmp(*(char *const *) a, *(char *const *) b);
}

static int
compare_keys_to_sort(const void *a, const void *b, void *arg pg_attribute_unused())
{
	return compare_keys(a, b);
}

int
keys_sort(char **keys, int nkeys)
{
	int			count = 0;
	int			i;

	/* a sweep may have millions of keys */
	qsort_interruptible(keys, nkeys, sizeof(char *), compare_keys_to_sort, NULL);
	for (i = 0; i < nkeys; i++)
		if (count == 0 || strcmp(keys[count - 1], keys[i]) != 0)
			keys[count++] = keys[i];
	return count;
}

int
key_number(char **keys, int nkeys, const char *key)
{
	char	  **found = bsearch(&key, keys, nkeys, sizeof(char *), compare_keys);

	return found ? found - keys : -1;
}
