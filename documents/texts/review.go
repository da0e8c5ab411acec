package texts

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"auftragsmappe/documents/date"
	"auftragsmappe/documents/de"
	"auftragsmappe/documents/decision"
)

//go:embed REVIEW.md
var reviewFile string

// Review is one reading of a text by a lawyer, as REVIEW.md records it.
type Review struct {
	Kind       decision.Kind
	Version    string // of the text that was read
	On         date.Date
	By, Result string
}

// reviewHead is the head of the table in REVIEW.md.
const reviewHead = "| Text | Version | Geprüft am | Geprüft durch | Ergebnis |"

var versionForm = regexp.MustCompile(`^[0-9a-f]{12}$`)

// Reviews is the table of REVIEW.md, oldest first. An error names the line that is not well-formed.
func Reviews() ([]Review, error) { return parseReviews(reviewFile) }

func parseReviews(source string) ([]Review, error) {
	_, table, ok := strings.Cut(source, reviewHead+"\n")
	if !ok {
		return nil, fmt.Errorf("REVIEW.md: no table with the head %q", reviewHead)
	}
	var out []Review
	for i, line := range strings.Split(table, "\n") {
		if i == 0 { // | --- | --- | …
			continue
		}
		if !strings.HasPrefix(line, "|") {
			break
		}
		r, err := parseReview(line)
		if err != nil {
			return nil, fmt.Errorf("REVIEW.md: %q: %w", line, err)
		}
		out = append(out, r)
	}
	if !slices.IsSortedFunc(out, func(a, b Review) int { return a.On.Time().Compare(b.On.Time()) }) {
		return nil, fmt.Errorf("REVIEW.md: the reviews are not in the order of their dates")
	}
	return out, nil
}

func parseReview(line string) (r Review, err error) {
	cells := strings.Split(strings.Trim(line, "| "), "|")
	if len(cells) != 5 {
		return r, fmt.Errorf("%d cells, not 5", len(cells))
	}
	for i := range cells {
		if cells[i] = strings.Trim(cells[i], " `"); cells[i] == "" {
			return r, fmt.Errorf("cell %d is empty", i+1)
		}
	}
	r = Review{Kind: decision.Kind(cells[0]), Version: cells[1], By: cells[3], Result: cells[4]}
	if _, ok := decision.RowOf(r.Kind); !ok {
		return r, fmt.Errorf("no text %q", r.Kind)
	}
	if !versionForm.MatchString(r.Version) {
		return r, fmt.Errorf("version %q is not 12 hex digits", r.Version)
	}
	r.On, err = date.Parse(cells[2])
	return r, err
}

// ReviewState says in German whether a text's present version was read: it begins with "geprüft" only then.
func (lib *Library) ReviewState(kind decision.Kind) (string, error) {
	reviews, err := Reviews()
	if err != nil {
		return "", err
	}
	return reviewState(reviews, kind, lib.Version(kind)), nil
}

func reviewState(reviews []Review, kind decision.Kind, version string) string {
	state := "noch von keiner Kanzlei geprüft"
	for _, r := range reviews {
		if r.Kind != kind {
			continue
		}
		if r.Version == version {
			return "geprüft am " + de.LongDate(r.On) + " durch " + r.By + ": " + r.Result
		}
		state = "geändert, seit " + r.By + " am " + de.LongDate(r.On) + " die Version " + r.Version + " geprüft hat"
	}
	return state
}
