package api

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"auftragsmappe/documents/decision"
)

// The representations of what was issued or drafted.
const (
	formatJSON = "json"
	formatZip  = "zip"
	formatPDF  = "pdf" // one draft
)

// wish is what a caller of POST /v1/engagements wants.
type wish struct {
	draft  bool
	format string
	kind   decision.Kind // of the one draft
}

var (
	yesOrNo = map[string]bool{"true": true, "1": true, "false": false, "0": false, "": false}
	formats = map[string]string{formatJSON: formatJSON, formatZip: formatZip, formatPDF: formatPDF, "": ""}
)

// wishOf reads the parameters. format counts before Accept: many tools can set a URL more easily than a header.
func wishOf(c echo.Context) (w wish, err error) {
	q, err := query(c, "dry_run", "format", "kind")
	if err != nil {
		return w, err
	}
	if w.draft, err = choose(q, "dry_run", yesOrNo); err != nil {
		return w, err
	}
	if w.format, err = choose(q, "format", formats); err != nil {
		return w, err
	}
	if w.format == "" {
		w.format = accepted(c.Request().Header)
	}
	if w.format == formatPDF && !w.draft {
		return w, &parameterError{"format", "format=pdf gibt es nur für einen Entwurf. Bitte ergänzen Sie dry_run=true, oder rufen Sie die PDFs " +
			"unter den URLs der Antwort ab; alle zusammen liefert format=zip."}
	}
	return w, w.choose(q.Get("kind"), q.Has("kind"))
}

// choose says which one document is wanted: needed for format=pdf, and only there.
func (w *wish) choose(kind string, given bool) error {
	if w.format != formatPDF {
		if given {
			return &parameterError{"kind", "Der Parameter kind wählt das Dokument für dry_run=true&format=pdf. Bitte ergänzen Sie beide, oder lassen Sie kind weg."}
		}
		return nil
	}
	names := make([]string, len(decision.Kinds))
	for i, row := range decision.Kinds {
		names[i] = string(row.Kind)
		if names[i] == kind {
			w.kind = row.Kind
		}
	}
	if w.kind != "" {
		return nil
	}
	if kind == "" {
		return &parameterError{"kind", "Für format=pdf fehlt der Parameter kind. Möglich sind: " + strings.Join(names, ", ") + "."}
	}
	return &parameterError{"kind", fmt.Sprintf("Der Parameter kind hat den Wert „%s“. Möglich sind: %s.", short(kind), strings.Join(names, ", "))}
}

// notMade says why the one draft that was asked for is not among those that apply.
func notMade(kind decision.Kind, needs []decision.Need) error {
	reason := ""
	for _, n := range needs {
		if n.Kind == kind {
			reason = n.Reason
		}
	}
	return &parameterError{"kind", fmt.Sprintf("Das Dokument kind=%s gehört nicht zu diesem Auftrag: %s Bitte wählen Sie ein anderes.", kind, reason)}
}

// accepted is the representation that Accept asks for: the bundle only when it is named, and not after JSON.
func accepted(h http.Header) string {
	zip := wants(h, mediaZip)
	if zip.q > 0 && !wants(h, echo.MIMEApplicationJSON).over(zip) {
		return formatZip
	}
	return formatJSON
}

const maxRequestKey = 255

// requestKey is the Idempotency-Key of a request, "" for none.
func requestKey(h http.Header) (string, error) {
	values := h.Values("Idempotency-Key")
	if len(values) == 0 {
		return "", nil
	}
	key := strings.TrimSpace(values[0])
	invisible := func(r rune) bool { return r < '!' || r > '~' }
	if len(values) > 1 || len(key) > maxRequestKey || strings.ContainsFunc(key, invisible) {
		return "", &parameterError{"Idempotency-Key", fmt.Sprintf("Der Header Idempotency-Key ist nicht verwendbar. Bitte senden Sie ihn einmal, "+
			"mit höchstens %d sichtbaren ASCII-Zeichen ohne Leerzeichen.", maxRequestKey)}
	}
	return key, nil
}
