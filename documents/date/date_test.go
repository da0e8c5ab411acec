package date

import (
	"encoding/json"
	"errors"
	"testing"
	"time"
)

func TestParse(t *testing.T) {
	first := Date{2026, time.December, 1}
	for text, want := range map[string]Date{
		"2026-12-01":                    first,
		"2026-12-01T00:00:00.000+01:00": first, // Luxon's $today: the day before in UTC
		"2026-12-01T23:59:59-11:00":     first,
		"2026-12-01T00:00:00.000Z":      first,
		"2026-12-01t09:30z":             first,
		"2026-12-01 09:30":              first,
		"2026-12-01 09:30:00 +0100":     first,
		"2028-02-29":                    {2028, time.February, 29},
	} {
		if got, err := Parse(text); err != nil || got != want {
			t.Errorf("Parse(%q) = %v, %v, want %v", text, got, err, want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, text := range []string{
		"", "2026-02-30", "2026-02-29", "2026-13-01", "2026-00-10", "2026-12-00", "2026-1-5", "01.12.2026", "20261201", "26-12-01",
		"2026-12-01T", "2026-12-01Tmorgen", "2026-12-01X09:30", "2026-12-01 ", " 2026-12-01", "heute", "12/01/2026", "+2026-12-01",
	} {
		if got, err := Parse(text); !errors.Is(err, ErrSyntax) {
			t.Errorf("Parse(%q) = %v, %v, want ErrSyntax", text, got, err)
		}
	}
}

func TestAddDays(t *testing.T) {
	d := Date{2026, time.November, 23}
	for days, want := range map[int]string{
		0: "2026-11-23", 14: "2026-12-07", 38: "2026-12-31", 39: "2027-01-01", -23: "2026-10-31", 365: "2027-11-23",
	} {
		if got := d.AddDays(days).String(); got != want {
			t.Errorf("AddDays(%d) = %s, want %s", days, got, want)
		}
	}
	// The change to summer time must not swallow a day.
	if got := (Date{2027, time.March, 27}).AddDays(2).String(); got != "2027-03-29" {
		t.Errorf("over the clock change: %s", got)
	}
}

func TestOrder(t *testing.T) {
	a, b := Date{2026, time.December, 31}, Date{2027, time.January, 1}
	if !a.Before(b) || b.Before(a) || a.Before(a) || !b.After(a) || a.After(b) || a.After(a) {
		t.Error("Before and After disagree with the calendar")
	}
}

func TestOfTakesTheDateShown(t *testing.T) {
	late := time.Date(2026, time.November, 23, 23, 30, 0, 0, time.UTC)
	if got := Of(late.In(time.FixedZone("CET", 3600))).String(); got != "2026-11-24" {
		t.Errorf("got %s", got)
	}
}

func TestText(t *testing.T) {
	var holder struct{ From, To Date }
	const text = `{"From":"2026-12-01","To":""}`
	if err := json.Unmarshal([]byte(text), &holder); err != nil || holder.From != (Date{2026, time.December, 1}) || !holder.To.IsZero() {
		t.Fatalf("%+v, %v", holder, err)
	}
	if out, err := json.Marshal(holder); err != nil || string(out) != text {
		t.Errorf("wrote %s, %v", out, err)
	}
	if err := json.Unmarshal([]byte(`{"From":"2026-02-30"}`), &holder); err == nil {
		t.Error("read 30 February")
	}
}
