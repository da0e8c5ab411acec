package documents

import (
	"fmt"
	"strings"
	"time"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/date"
	"auftragsmappe/documents/decision"
)

// Keep is for how many years documents are kept, by kind. A kind that it does not name, or names with fewer years than the
// law asks, is kept as long as the law asks.
type Keep map[decision.Kind]archive.Years

// Of is the years of a kind.
func (k Keep) Of(kind decision.Kind) archive.Years {
	row, _ := decision.RowOf(kind)
	return max(k[kind], archive.Years(row.KeepYears))
}

// Longest is the most years of any kind: so long are events, numbers, seals and profiles kept, which serve them all.
func (k Keep) Longest() archive.Years {
	var most archive.Years
	for _, row := range decision.Kinds {
		most = max(most, k.Of(row.Kind))
	}
	return most
}

// keep notes until when a finished document is kept that belongs to a year.
func (m *made) keep(years archive.Years, year int) {
	m.file.Keep = years.Until(year)
	m.row.KeepUntil = lastDay(year + int(years))
}

// lastDay is the last day of a year, in ISO form.
func lastDay(year int) string { return fmt.Sprintf("%04d-12-31", year) }

// yearOf is the year from whose end a document is kept: that of its date, or that of its claim where that is later.
func (st *Stamp) yearOf(day date.Date) int { return max(day.Year, Today(st.Claimed).Year) }

// keptBefore fills KeepUntil of a document that was issued before there was one: by law, from the day of issue.
func (d *Document) keptBefore() {
	at, err := time.Parse(time.RFC3339, d.IssuedAt)
	if d.KeepUntil == "" && err == nil {
		d.KeepUntil = lastDay(Today(at).Year + int(Keep(nil).Of(d.Kind)))
	}
}

// String is the years in German: "Rechnung 8 Jahre, alles andere 6 Jahre".
func (k Keep) String() string {
	fewest := k.Longest()
	for _, row := range decision.Kinds {
		fewest = min(fewest, k.Of(row.Kind))
	}
	var parts []string
	for _, row := range decision.Kinds {
		if years := k.Of(row.Kind); years > fewest {
			parts = append(parts, fmt.Sprintf("%s %d Jahre", row.Title, years))
		}
	}
	rest := "alles andere"
	if len(parts) == 0 {
		rest = "alles"
	}
	return strings.Join(append(parts, fmt.Sprintf("%s %d Jahre", rest, fewest)), ", ")
}
