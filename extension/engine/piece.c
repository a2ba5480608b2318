/*
 * piece.c
 *		A piece of memory into which something is copied twice, to measure it and to fill it.
 */
#include "postgres.h"

#include "piece.h"

void *
piece_take(Piece *piece, Size size)
{
	void	   *result = piece->start ? piece->start + piece->used : palloc(Max(size, 1));

	piece->used += MAXALIGN(size);
	return result;
}

void *
piece_copy(Piece *piece, const void *from, Size size)
{
	void	   *result = piece_take(piece, size);

	if (size > 0)
		memcpy(result, from, size);
	return result;
}

char *
piece_string(Piece *piece, const char *string)
{
	char	   *copy;

	if (string == NULL)
		return NULL;
	copy = symbols_find(piece->strings, string);
	if (copy == NULL)
	{
		copy = piece_copy(piece, string, strlen(string) + 1);
		symbols_add(piece->strings, copy, copy);
	}
	return copy;
}

void
piece_number(Piece *piece, Number *number)
{
	if (number->den != 0)
		return;
	number->big_num = piece_copy(piece, number->big_num, VARSIZE_ANY(number->big_num));
	number->big_den = piece_copy(piece, number->big_den, VARSIZE_ANY(number->big_den));
}

List *
piece_list(Piece *piece, const List *from, void *(*copy_item) (Piece *piece, const void *item))
{
	int			length = list_length(from);
	List	   *list;
	int			i;

	if (length == 0)
		return NIL;
	list = piece_take(piece, offsetof(List, initial_elements) + length * sizeof(ListCell));
	list->type = T_List;
	list->length = list->max_length = length;
	list->elements = list->initial_elements;
	for (i = 0; i < length; i++)
		lfirst(list_nth_cell(list, i)) = copy_item(piece, list_nth(from, i));
	return list;
}
