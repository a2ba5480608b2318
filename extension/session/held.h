/*
 * held.h
 *		Policies as arguments and results of calls, recognized without reading their text.
 *
 * A query passes the same policy for row after row.  Its text may have 100 kB, so it must
 * not be copied, hashed or decompressed each time.
 */
#ifndef ZJTX_HELD_H
#define ZJTX_HELD_H

#include "postgres.h"

#include "stored.h"

typedef enum PolicyKeyKind
{
	KEY_TEXT,					/* the text itself */
	KEY_COMPRESSED,				/* the compressed text */
	KEY_TOASTED,				/* a pointer to the text in a TOAST table */
	KEY_HELD					/* the serial number of a value made by
								 * policy_hold() */
} PolicyKeyKind;

/* Identifies a text or policy: arguments with the same key have the same text. */
typedef struct PolicyKey
{
	PolicyKeyKind kind;
	int			length;
	const char *data;
} PolicyKey;

/*
 * policy_key: returns the key of a datum of type text or zjtx.policy.  The key refers to
 * the datum.  A key of kind KEY_TOASTED is valid only while the active snapshot shows the
 * same rows (SnapshotMark), because later another text may have the same pointer.
 */
extern PolicyKey policy_key(Datum datum);
extern PolicyKey policy_key_of_text(const char *text, int length);

/* Copies a key, with its data, to the current memory context. */
extern PolicyKey policy_key_copy(const PolicyKey *key);

extern uint64 policy_key_hash(const PolicyKey *key, uint64 seed);

static inline bool
policy_key_equal(const PolicyKey *a, const PolicyKey *b)
{
	return a->kind == b->kind && a->length == b->length && memcmp(a->data, b->data, a->length) == 0;
}

/* Returns a serial number that the session has not used. */
extern uint64 policy_new_serial(void);

/*
 * policy_hold: returns a value of type zjtx.policy with this text, in the current memory
 * context.  It is an expanded object: whatever stores or copies it gets the text, and
 * policy_key() recognizes it by its serial number.  Values with the same number have the
 * same text.
 */
extern Datum policy_hold(const char *text, int length, uint64 serial);

/* policy_held_key: returns the key of such values. */
extern PolicyKey policy_held_key(const uint64 *serial);

#endif							/* ZJTX_HELD_H */
