# Expands the parts of the install script: what several objects have in common is written once.
#
#	-- @set NAME: word | word | …		names a set, and the words that it replaces
#	-- 	value | value | …				one line for each member of the set
#
#	-- @for NAME						what follows, up to the @end of this @for, is repeated for each member of the
#	-- @end								set, with @word@ replaced by the member's value
#
# A @for may be within another.  @BUILD@ is replaced by the variable BUILD.  Other lines are as they are.  A value is without the blanks around it, unless it is
# in double quotes, and cannot hold |.

{ lines[++count] = $0 }

function fail(message) {
	print "forms.awk: " message > "/dev/stderr"
	exit 1
}

function trimmed(text) {
	gsub(/^[ \t]+|[ \t]+$/, "", text)
	return text
}

# Without regular expressions: a value may hold & or \.
function replace(text, word, value,    at, result) {
	while (at = index(text, word)) {
		result = result substr(text, 1, at - 1) value
		text = substr(text, at + length(word))
	}
	return result text
}

# Reads a set that begins on a line; returns its last line.
function read_set(line,    name, head) {
	head = substr(lines[line], length("-- @set ") + 1)
	name = trimmed(substr(head, 1, index(head, ":") - 1))
	words[name] = substr(head, index(head, ":") + 1)
	members[name] = 0
	while (lines[line + 1] ~ /^--[ \t]+[^@ \t]/ && lines[line + 1] !~ /^-- [^ \t]/)
		member[name, ++members[name]] = substr(lines[++line], 3)
	if (members[name] == 0)
		fail("the set " name " has no members")
	return line
}

# The line of the @end that belongs to a @for.
function end_of(line,    depth) {
	for (; line <= count; line++) {
		if (lines[line] ~ /^-- @for /)
			depth++
		else if (lines[line] == "-- @end" && --depth == 0)
			return line
	}
	fail("a @for has no @end")
}

# Prints the lines from one to another.  chosen: a word and its value for each depth.
function expand(line, last, depth,    name, end, m, w, n, fields, values, text, d, own) {
	for (; line <= last; line++) {
		if (lines[line] ~ /^-- @set /)
			line = read_set(line)
		else if (lines[line] ~ /^-- @for /) {
			name = trimmed(substr(lines[line], length("-- @for ") + 1))
			if (!(name in members))
				fail("there is no set " name)
			end = end_of(line)
			for (m = 1; m <= members[name]; m++) {
				n = split(words[name], fields, "|")
				if (split(member[name, m], values, "|") != n)
					fail("a member of " name " has not " n " values: " member[name, m])
				for (w = 1; w <= n; w++) {
					word[depth + w] = "@" trimmed(fields[w]) "@"
					value[depth + w] = trimmed(values[w])
					if (value[depth + w] ~ /^".*"$/)
						value[depth + w] = substr(value[depth + w], 2, length(value[depth + w]) - 2)
				}
				if (m > 1)
					print ""
				expand(line + 1, end - 1, depth + n)
			}
			line = end
		}
		else {
			text = lines[line]
			for (d = depth; d >= 1; d--)
				text = replace(text, word[d], value[d])
			if (text ~ /@[A-Za-z_]+@/)
				fail("no @for has the word in: " text)
			print text
		}
	}
}

END {
	word[1] = "@BUILD@"
	value[1] = BUILD
	expand(1, count, 1)
}
