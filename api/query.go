package api

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"
)

// parameterError is a parameter of the URL, or a header, that is not understood. A typo must not issue something that was
// only to be drafted, so nothing of that kind is passed over.
type parameterError struct {
	name   string
	detail string // German, names the parameter
}

// Error names the parameter, for logs; never its value.
func (e *parameterError) Error() string { return "api: parameter " + e.name }

// query reads the parameters of a request strictly: each at most once, and none that is not known.
func query(c echo.Context, known ...string) (url.Values, error) {
	values, err := url.ParseQuery(c.Request().URL.RawQuery)
	if err != nil {
		return nil, &parameterError{"", "Die Parameter der URL sind nicht lesbar. Bitte kodieren Sie Sonderzeichen darin mit Prozentzeichen (%20 für ein Leerzeichen)."}
	}
	for name, given := range values {
		if !slices.Contains(known, name) {
			return nil, &parameterError{name, fmt.Sprintf("Den Parameter „%s“ gibt es hier nicht. Möglich sind: %s.", short(name), strings.Join(known, ", "))}
		}
		if len(given) > 1 {
			return nil, &parameterError{name, fmt.Sprintf("Der Parameter „%s“ steht mehrmals in der URL. Bitte geben Sie ihn einmal an.", name)}
		}
	}
	return values, nil
}

// choose is the value that a word stands for.
func choose[T any](q url.Values, name string, words map[string]T) (T, error) {
	v, ok := words[q.Get(name)]
	if ok {
		return v, nil
	}
	var possible []string
	for word := range words {
		if word != "" {
			possible = append(possible, word)
		}
	}
	slices.Sort(possible)
	return v, &parameterError{name, fmt.Sprintf("Der Parameter %s hat den Wert „%s“. Möglich sind: %s.", name, short(q.Get(name)), strings.Join(possible, ", "))}
}

// short is as much of a caller's text as an answer repeats.
func short(s string) string {
	const most = 40
	r := []rune(strings.ToValidUTF8(s, "\uFFFD"))
	if len(r) <= most {
		return string(r)
	}
	return string(r[:most]) + "…"
}
