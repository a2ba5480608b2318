/*
 * messages.h
 *		The catalogue of translated messages, built from the files in po/.
 *
 * Every source file that reports an error or composes a message includes this header.  Without
 * it, ereport() and _() look messages up in the catalogue of the server.
 *
 * A message that is composed before it is reported is translated where it is written, with
 * _("...").  Words that are inserted into a message are translated too.  Errors in the text of
 * a policy are reported by read_error(), which translates its format but not its hint.
 */
#ifndef ZJTX_MESSAGES_H
#define ZJTX_MESSAGES_H

#include "postgres.h"

#undef TEXTDOMAIN
#define TEXTDOMAIN PG_TEXTDOMAIN("zjtx")

#undef _
#define _(message) dgettext(TEXTDOMAIN, message)

#endif							/* ZJTX_MESSAGES_H */
