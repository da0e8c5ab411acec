package de

import (
	"errors"
	"testing"

	"auftragsmappe/documents/date"
	"auftragsmappe/documents/money"
)

func day(t *testing.T, s string) date.Date {
	t.Helper()
	d, err := date.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestVATRatesAtTheEdges: the day before and the day of each change.
func TestVATRatesAtTheEdges(t *testing.T) {
	for on, want := range map[string][2]int{
		"1998-04-01": {16, 7}, "2000-01-01": {16, 7}, "2006-12-31": {16, 7}, "2007-01-01": {19, 7}, "2020-06-30": {19, 7},
		"2020-07-01": {16, 5}, "2020-12-31": {16, 5}, "2021-01-01": {19, 7}, "2026-11-23": {19, 7}, "2099-12-31": {19, 7},
	} {
		got, _, err := VATRates.On(day(t, on))
		if err != nil || got.Standard.Cmp(money.Int(want[0])) != 0 || got.Reduced.Cmp(money.Int(want[1])) != 0 {
			t.Errorf("%s: %v, %v; want %v", on, got, err, want)
		}
	}
}

func TestBaseRatesAtTheEdges(t *testing.T) {
	for on, want := range map[string]string{
		"2016-07-01": "-0.88", "2022-12-31": "-0.88", "2023-01-01": "1.62", "2023-06-30": "1.62", "2023-07-01": "3.12", "2024-06-30": "3.62",
		"2024-07-01": "3.37", "2024-12-31": "3.37", "2025-01-01": "2.27", "2025-07-01": "1.27", "2026-06-30": "1.27", "2026-07-01": "1.52",
	} {
		if got, stale, err := BaseRates.On(day(t, on)); err != nil || stale || got.String() != want {
			t.Errorf("%s: %s, stale %v, %v; want %s", on, got, stale, err, want)
		}
	}
}

func TestOtherLawAtTheEdges(t *testing.T) {
	for on, entry := range map[string]int{"2025-01-01": 0, "2026-12-31": 0, "2027-01-01": 1, "2027-12-31": 1, "2028-01-01": 2} {
		if got, _, err := EInvoices.On(day(t, on)); err != nil || got != EInvoices.Entries[entry].Value {
			t.Errorf("e-invoices on %s: %q, %v", on, got, err)
		}
	}
	if got, _, err := SmallBusinessLimits.On(day(t, "2025-01-01")); err != nil || got.PriorYear.String() != "25000.00" || got.CurrentYear.String() != "100000.00" {
		t.Errorf("small business: %+v, %v", got, err)
	}
	if got, _, err := RetentionYears.On(day(t, "2025-01-01")); err != nil || got != (Retention{Invoices: 8, Letters: 6}) {
		t.Errorf("retention: %+v, %v", got, err)
	}
}

// TestBeforeTheFirstEntry: no value is made up for a day of which the table says nothing, nor for no day.
func TestBeforeTheFirstEntry(t *testing.T) {
	for name, on := range map[string]func(date.Date) error{
		"VAT 1998-03-31":            func(d date.Date) error { _, _, err := VATRates.On(d); return err },
		"base rate 2016-06-30":      func(d date.Date) error { _, _, err := BaseRates.On(d); return err },
		"small business 2024-12-31": func(d date.Date) error { _, _, err := SmallBusinessLimits.On(d); return err },
		"e-invoices 2024-12-31":     func(d date.Date) error { _, _, err := EInvoices.On(d); return err },
		"retention 2024-12-31":      func(d date.Date) error { _, _, err := RetentionYears.On(d); return err },
	} {
		if err := on(day(t, name[len(name)-10:])); !errors.Is(err, ErrBeforeLaw) {
			t.Errorf("%s: %v", name, err)
		}
		if err := on(date.Date{}); !errors.Is(err, ErrBeforeLaw) {
			t.Errorf("%s, but no date: %v", name, err)
		}
	}
}

// TestStale: a value asked for after the last known day may be out of date, and says so.
func TestStale(t *testing.T) {
	for on, want := range map[string]bool{"2026-12-31": false, "2027-01-01": true} {
		if got, stale, err := BaseRates.On(day(t, on)); err != nil || stale != want || got.String() != "1.52" {
			t.Errorf("base rate on %s: %s, stale %v, %v", on, got, stale, err)
		}
	}
	for on, want := range map[string]bool{"2026-08-19": false, "2026-08-20": true} {
		if _, stale, err := VATRates.On(day(t, on)); err != nil || stale != want {
			t.Errorf("VAT on %s: stale %v, %v", on, stale, err)
		}
	}
}

// TestEntriesAreOrdered: On reads the entries from the end, so a misplaced one would never or always count.
func TestEntriesAreOrdered(t *testing.T) {
	ordered(t, &VATRates)
	ordered(t, &BaseRates)
	ordered(t, &SmallBusinessLimits)
	ordered(t, &EInvoices)
	ordered(t, &RetentionYears)
}

func ordered[V any](t *testing.T, l *DatedLaw[V]) {
	t.Helper()
	for i, e := range l.Entries {
		if i > 0 && !l.Entries[i-1].From.Before(e.From) || e.Source == "" {
			t.Errorf("%s: entry %s is out of order or has no source", l.Name, e.From)
		}
	}
	if l.Norm == "" || l.Known.IsZero() {
		t.Errorf("%s: no norm or no known day", l.Name)
	}
}
