// Package start is the page /start: a form for one engagement, what is decided about it, and what is still missing.
//
// It is pure: what a visitor has sent goes in, HTML comes out. All state is in the page itself; nothing is stored, and no
// API key is ever written into it. It works without JavaScript. Package api hands it what the service found out.
package start

import (
	"embed"
	"html/template"
	"path"
	"strconv"
	"strings"
)

// Policy is the Content-Security-Policy of the page: its own files, its own forms, nothing inline, no frame around it.
const Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

//go:embed assets page.html example.json
var files embed.FS

// media are the types of the page's files. Those of package mime depend on the machine.
var media = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml", ".woff2": "font/woff2",
}

// Asset is a file that the page loads, with its media type; ok is false for every other name.
func Asset(name string) (mediaType string, b []byte, ok bool) {
	b, err := files.ReadFile("assets/" + name)
	return media[path.Ext(name)], b, err == nil
}

// The page is parsed once; a fault in it stops the program at its start.
var pageTemplate = template.Must(template.New("page.html").Funcs(template.FuncMap{"lines": lines, "number": number}).ParseFS(files, "page.html"))

// lines is how many lines of a text a field shows.
func lines(s string) int { return min(max(strings.Count(s, "\n")+1, 8), 18) }

// number is a number of documents as a word.
func number(n int) string {
	words := []string{"keine", "ein", "zwei", "drei", "vier", "fünf", "sechs"}
	if n < len(words) {
		return words[n]
	}
	return strconv.Itoa(n)
}
