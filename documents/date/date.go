// Package date is calendar dates without a clock and without a zone, and the zone of Germany.
package date

import (
	"errors"
	"fmt"
	"regexp"
	"sync"
	"time"
	_ "time/tzdata" // a container has no time zones
)

// Date is a day of the Gregorian calendar; the zero value means "no date".
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// ErrSyntax says that a text is no date.
var ErrSyntax = errors.New("no ISO 8601 date")

// clock is what may follow a date: a time, with or without a zone, as JavaScript, Luxon and SQL write it.
var clock = regexp.MustCompile(`^[Tt ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?( ?([Zz]|[+-]\d{2}(:?\d{2})?))?$`)

// Parse reads an ISO 8601 calendar date ("2026-12-01"). Of a date with time and zone
// ("2026-12-01T00:00:00.000+01:00") the date as written counts: a conversion to UTC could give the day before.
// The error wraps ErrSyntax, also for a day that the calendar does not have.
func Parse(s string) (Date, error) {
	day := s
	if len(s) > len(time.DateOnly) {
		if day = s[:len(time.DateOnly)]; !clock.MatchString(s[len(day):]) {
			return Date{}, fmt.Errorf("%w: %q", ErrSyntax, s)
		}
	}
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return Date{}, fmt.Errorf("%w: %q", ErrSyntax, s)
	}
	return Of(t), nil
}

// Of is the date that t shows in its own zone.
func Of(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// Germany is the zone in which days and years of documents are counted.
var Germany = sync.OnceValue(func() *time.Location {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		panic(err) // time/tzdata is linked in
	}
	return zone
})

// IsZero says that there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Time is midnight UTC of the day.
func (d Date) Time() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// AddDays is the day n days later (n may be negative).
func (d Date) AddDays(n int) Date { return Of(d.Time().AddDate(0, 0, n)) }

// Before says that d lies before e.
func (d Date) Before(e Date) bool { return d.Time().Before(e.Time()) }

// After says that d lies after e.
func (d Date) After(e Date) bool { return e.Before(d) }

// String is the ISO form "2026-12-01", empty for the zero value.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// MarshalText writes the ISO form.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Date) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	*d, err = Parse(string(b))
	return err
}
