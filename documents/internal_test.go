package documents

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/date"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/invoice"
	"auftragsmappe/documents/layout"
	"auftragsmappe/documents/texts"
)

func TestDifferences(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want []string
	}{
		{`{"a":1}`, `{"a":2}`, []string{"/a"}},
		{`{"a":1}`, `{"a":1.0}`, []string{"/a"}},
		{`{"a":1,"c":{"d":[1,2,{"e":"x"}]}}`, `{"b":1,"c":{"d":[1,3,{"e":"y"},null]}}`, []string{"/a", "/b", "/c/d/1", "/c/d/2/e", "/c/d/3"}},
		{`{"a":null}`, `{}`, []string{"/a"}},
		{`{"a":[1,2]}`, `{"a":[1]}`, []string{"/a/1"}},
		{`{"a":[1]}`, `{"a":{"0":1}}`, []string{"/a"}},
		{`{"a":{}}`, `{"a":"x"}`, []string{"/a"}},
		{`{"a/b":{"~":1}}`, `{"a/b":{"~":2}}`, []string{"/a~1b/~0"}},
		{`{}`, `[]`, []string{""}},
		{`{}`, `{}`, []string{""}}, // never empty: the bytes differ
		{`{`, `{}`, []string{""}},
	} {
		if got := differences([]byte(c.a), []byte(c.b)); !slices.Equal(got, c.want) {
			t.Errorf("%s %s: %q, want %q", c.a, c.b, got, c.want)
		}
	}
	many := `{"a":[` + strings.Repeat("1,", 500) + `1]}`
	if got := differences([]byte(many), []byte(strings.ReplaceAll(many, "1", "2"))); len(got) != maxPointers {
		t.Errorf("%d pointers", len(got))
	}
}

func TestFileName(t *testing.T) {
	row, _ := decision.RowOf(decision.Contract)
	for number, want := range map[string]string{
		"VT-2026-0007-2": "Vertrag-ueber-freie-Mitarbeit-VT-2026-0007-2.pdf", "": "Vertrag-ueber-freie-Mitarbeit-Entwurf.pdf",
	} {
		if got := fileName(row, number); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestNumberText(t *testing.T) {
	for want, got := range map[string]string{
		"":               Number{2026, 0}.text("AN", 3),
		"AN-2026-0007":   Number{2026, 7}.text("AN", 1),
		"AN-2026-0007-2": Number{2026, 7}.text("AN", 2),
		"RE-2026-12345":  Number{2026, 12345}.text("RE", 1),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestLocks(t *testing.T) {
	var l locks
	unlock, err := l.lock(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, err := l.lock(ctx, "a"); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatal(err)
	}
	other, err := l.lock(t.Context(), "b")
	if err != nil {
		t.Fatal(err)
	}
	other()
	count, done := 0, make(chan struct{})
	for range 10 {
		go func() {
			u, err := l.lock(context.Background(), "a")
			if err == nil {
				count++
				u()
			}
			done <- struct{}{}
		}()
	}
	if count != 0 {
		t.Error("two hold the lock")
	}
	if _, ok := l.try("a"); ok {
		t.Error("a lock that is held was taken")
	}
	unlock()
	for range 10 {
		<-done
	}
	free, ok := l.try("a")
	if !ok {
		t.Fatal("a lock that is free was not taken")
	}
	if _, err := l.lock(ctx, "a"); !errors.Is(err, context.DeadlineExceeded) {
		t.Error("two hold the lock:", err)
	}
	free()
	if count != 10 || len(l.names) != 0 {
		t.Errorf("%d turns, %s left", count, fmt.Sprint(l.names))
	}
}

// A document that cannot be made is an error of its own call, also when something panics.
func TestMakeFails(t *testing.T) {
	is, err := New(Options{Records: archive.NewMemory()})
	if err != nil {
		t.Fatal(err)
	}
	if out := is.make(order{kind: "unknown", style: &layout.Style{}}, &texts.Case{}); out.fault == nil {
		t.Error("an unknown kind was made")
	}
	if out := is.make(order{kind: decision.Offer, style: &layout.Style{}}, &texts.Case{}); out.fault == nil {
		t.Error("an offer was made of nothing")
	}
}

// TestBillIgnoresTheLawBetween: an order repeated after a change of the VAT rate still is the bill that was sent.
func TestBillIgnoresTheLawBetween(t *testing.T) {
	body, err := os.ReadFile("testdata/kursvideos-ablefy.json")
	if err != nil {
		t.Fatal(err)
	}
	was, err := engagement.Decode(bytes.NewReader(body), nil, date.Date{Year: 2020, Month: 12, Day: 31})
	if err != nil {
		t.Fatal(err)
	}
	was.Date = date.Date{Year: 2020, Month: 12, Day: 31}
	is := was.Engagement
	is.Date = was.Date.AddDays(1)
	if invoice.Quote(&is).VAT.Rate.Cmp(invoice.Quote(&was.Engagement).VAT.Rate) == 0 {
		t.Fatal("the rate did not change")
	}
	if bill(&is, &was.Engagement) != bill(&was.Engagement, &was.Engagement) {
		t.Error("the same order, another bill")
	}
}
