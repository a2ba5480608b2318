/*
 * levels.c
 *		The levels of numbers, as they nest in a text.
 *
 * A style that is open continues its level.  One that is not open begins a level below the
 * innermost number.  Only chapters, sections, articles and 一、 have a fixed place: they are
 * not below numbers of other styles.
 */
#include "postgres.h"

#include "lib/stringinfo.h"

#include "outline.h"

/* The depth of a style that is open, or -1. */
static int
depth_of(const Levels *levels, MarkerStyle style)
{
	int			i;

	for (i = levels->depth - 1; i >= 0; i--)
		if (levels->open[i].style == style)
			return i;
	return -1;
}

/* The depth at which a style that is not open begins. */
static int
new_depth(const Levels *levels, MarkerStyle style)
{
	int			depth = levels->depth;
	MarkerStyle outer = style == MARKER_CHINESE ? MARKER_ARTICLE : style;

	if (style > MARKER_CHINESE)
		return Min(depth, MAX_LEVELS - 1);
	while (depth > 0 && levels->open[depth - 1].style > outer)
		depth--;
	return depth;
}

LevelStep
levels_step(const Levels *levels, const Marker *marker, bool within, int *depth)
{
	int			last = levels->last[marker->style];
	bool		is_open;
	bool		restarts = marker->style == MARKER_CHAPTER || marker->style == MARKER_ARTICLE ||
	marker->style == MARKER_CHINESE;

	*depth = depth_of(levels, marker->style);
	is_open = *depth >= 0;
	if (!is_open)
		*depth = new_depth(levels, marker->style);
	/* numbers may run on where their level was left */
	if (marker->number == last + 1)
		return STEP_NEXT;
	if (marker->number == 1 && restarts && (*depth == 0 || marker->style == MARKER_ARTICLE))
		return within ? STEP_NONE : STEP_NEW_TEXT;
	if (marker->number == 1 && !is_open)
		return STEP_NEXT;
	if (within)
		return STEP_NONE;
	return marker->number == 1 ? STEP_AGAIN : STEP_ODD;
}

void
levels_enter(Levels *levels, const Marker *marker, int depth)
{
	levels->open[depth].style = marker->style;
	levels->open[depth].number = marker->number;
	strlcpy(levels->open[depth].label, marker->label, MAX_LABEL);
	levels->depth = depth + 1;
	levels->last[marker->style] = marker->number;
}

char *
levels_path(const Levels *levels, const char *part)
{
	StringInfoData path;
	int			i;

	initStringInfo(&path);
	appendStringInfoString(&path, part);
	for (i = 0; i < levels->depth; i++)
		appendStringInfo(&path, "%s%s", path.len > 0 ? "/" : "", levels->open[i].label);
	return path.data;
}
