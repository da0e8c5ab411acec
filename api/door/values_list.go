package door

import "strings"

// list is the values of an input that may have several: lines, or parts between semicolons or commas.
func (in *input) list() []string {
	if len(in.values) > 1 {
		var out []string
		each(in, func(v value) { out = append(out, oneLine(v.text)) })
		return out
	}
	return listIn(in.values[0].text)
}

// listIn takes a text apart at line breaks, else at semicolons, else at commas; what stands in brackets stays together.
func listIn(s string) []string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	for _, separator := range "\n;," {
		if parts := splitOutside(s, separator); len(parts) > 1 {
			return parts
		}
	}
	if s = bullet(s); s == "" {
		return nil
	}
	return []string{s}
}

func splitOutside(s string, separator rune) []string {
	var out []string
	depth, start := 0, 0
	add := func(part string) {
		if part = bullet(part); part != "" {
			out = append(out, part)
		}
	}
	for i, c := range s {
		switch {
		case c == '(':
			depth++
		case c == ')':
			depth = max(0, depth-1)
		case c == separator && (depth == 0 || separator == '\n') && !betweenDigits(s, i):
			add(s[start:i])
			start = i + 1
		}
	}
	add(s[start:])
	return out
}

// betweenDigits: the comma of 12,5 separates nothing.
func betweenDigits(s string, i int) bool {
	digit := func(j int) bool { return j >= 0 && j < len(s) && s[j] >= '0' && s[j] <= '9' }
	return s[i] == ',' && digit(i-1) && digit(i+1)
}

// bullet is a part of a list without the sign before it.
func bullet(s string) string {
	s = oneLine(s)
	for _, sign := range []string{"- ", "– ", "• ", "* ", "· "} {
		s = strings.TrimPrefix(s, sign)
	}
	if number, rest, ok := strings.Cut(s, " "); ok && rest != "" && len(number) > 1 && strings.Trim(number, "0123456789") != number &&
		(strings.Trim(number, "0123456789") == "." || strings.Trim(number, "0123456789") == ")") {
		s = rest
	}
	return strings.TrimSpace(s)
}
