/*
 * gettext.c
 *		Messages untranslated: preloaded behind libasan.
 *
 * With libasan before it, the server hangs in bindtextdomain, waiting for a lock of
 * glibc's that is held by nobody: so none of these is to reach glibc.
 */
#include <stddef.h>

#define UNUSED __attribute__((unused))

char *
bindtextdomain(const char *domain UNUSED, const char *folder UNUSED)
{
	return NULL;
}

char *
bind_textdomain_codeset(const char *domain UNUSED, const char *codeset UNUSED)
{
	return NULL;
}

char *
textdomain(const char *domain)
{
	return (char *) domain;
}

char *
gettext(const char *text)
{
	return (char *) text;
}

char *
dgettext(const char *domain UNUSED, const char *text)
{
	return (char *) text;
}

char *
dcgettext(const char *domain UNUSED, const char *text, int category UNUSED)
{
	return (char *) text;
}

char *
ngettext(const char *one, const char *more, unsigned long n)
{
	return (char *) (n == 1 ? one : more);
}

char *
dngettext(const char *domain UNUSED, const char *one, const char *more, unsigned long n)
{
	return (char *) (n == 1 ? one : more);
}

char *
dcngettext(const char *domain UNUSED, const char *one, const char *more, unsigned long n, int category UNUSED)
{
	return (char *) (n == 1 ? one : more);
}
