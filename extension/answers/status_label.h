/*
 * status_label.h
 *		Chinese words for the codes that columns of answers, of the ledger and of check_table have.
 */
#ifndef ZJTX_STATUS_LABEL_H
#define ZJTX_STATUS_LABEL_H

#include "postgres.h"

/* Returns the label of a code, or NULL if there is no such code. */
extern const char *status_label(const char *code);

#endif							/* ZJTX_STATUS_LABEL_H */
