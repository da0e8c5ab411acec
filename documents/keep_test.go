package documents_test

import (
	"crypto/rand"
	"fmt"
	"strings"
	"testing"
	"time"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/archive/s3"
	"auftragsmappe/documents/archive/s3/s3test"
	"auftragsmappe/documents/decision"
)

// The years count from the end of the year in Germany of the document, or of its issue where that is later.
func TestKeepUntil(t *testing.T) {
	for _, c := range []struct {
		now, date      string // date: "" = today
		keep           documents.Keep
		offer, invoice string
	}{
		{"2026-11-23T11:00:00Z", "", nil, "2032", "2034"},
		{"2026-12-31T22:59:59Z", "", nil, "2032", "2034"},
		{"2026-12-31T23:00:00Z", "", nil, "2033", "2035"}, // midnight in Berlin
		{"2027-01-01T00:00:00Z", "", nil, "2033", "2035"},
		{"2027-01-04T11:00:00Z", "2026-12-30", nil, "2033", "2035"},
		{"2026-12-30T11:00:00Z", "2027-01-04", nil, "2033", "2035"},
		{"2028-02-29T11:00:00Z", "2028-02-29", nil, "2034", "2036"},
		{"2026-11-23T11:00:00Z", "", documents.Keep{decision.Invoice: 10}, "2032", "2036"},
		{"2026-11-23T11:00:00Z", "", documents.Keep{decision.Offer: 30, decision.Invoice: 1}, "2056", "2034"}, // never below the law
	} {
		now, err := time.Parse(time.RFC3339, c.now)
		if err != nil {
			t.Fatal(err)
		}
		is, err := documents.New(documents.Options{Records: archive.NewMemory(), Keep: c.keep, Now: func() time.Time { return now }})
		if err != nil {
			t.Fatal(err)
		}
		day := c.date
		if day == "" {
			day = is.Today().String()
		}
		r := issue(t, is, "default", example(t, launch, with(day, "date")))
		want := map[decision.Kind]string{decision.Offer: c.offer + "-12-31", decision.Invoice: c.invoice + "-12-31"}
		for _, d := range r.Manifest.Documents {
			if w := want[d.Kind]; w != "" && d.KeepUntil != w {
				t.Errorf("%s, dated %s, %v: %s until %s, want %s", c.now, day, c.keep, d.Kind, d.KeepUntil, w)
			}
		}
		for _, d := range preview(t, is, example(t, launch, nil)).Manifest.Documents {
			if d.KeepUntil != "" {
				t.Errorf("a draft is kept until %s", d.KeepUntil)
			}
		}
	}
}

// What is said of a document stays, whatever is set later; the next documents follow what is set then.
func TestKeepUntilStays(t *testing.T) {
	s := archive.NewMemory()
	issue(t, issuer(t, s, nil), "default", example(t, launch, with("offer", "stage")))
	is, err := documents.New(documents.Options{Records: s, Keep: documents.Keep{decision.Offer: 10, decision.Contract: 10}, Now: func() time.Time { return noon }})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range issue(t, is, "default", example(t, launch, with("contract", "stage"))).Manifest.Documents {
		if want := map[decision.Kind]string{decision.Contract: "2036-12-31", decision.Invoice: "2034-12-31"}[d.Kind]; want == "" && d.KeepUntil != "2032-12-31" || want != "" && d.KeepUntil != want {
			t.Errorf("%s until %s", d.Kind, d.KeepUntil)
		}
	}
}

// Documents of events that do not say it are kept by law from the day of issue.
func TestKeepUntilOfOldEvents(t *testing.T) {
	s := archive.NewMemory()
	r := issue(t, issuer(t, s, nil), "default", example(t, launch, nil))
	key := archive.EventKey("default", r.Manifest.ID, 2)
	old := dump(t, s)[key]
	for _, year := range []string{"2032", "2034"} {
		old = strings.ReplaceAll(old, `"keep_until":"`+year+`-12-31",`, "")
	}
	if strings.Contains(old, "keep_until") {
		t.Fatal(old)
	}
	s.Tamper(key, []byte(old))
	for _, d := range issue(t, issuer(t, s, nil), "default", example(t, launch, nil)).Manifest.Documents {
		if want := map[bool]string{true: "2034-12-31", false: "2032-12-31"}[d.Kind == decision.Invoice]; d.KeepUntil != want {
			t.Errorf("%s until %s", d.Kind, d.KeepUntil)
		}
	}
}

func TestKeepString(t *testing.T) {
	for want, keep := range map[string]documents.Keep{
		"Rechnung 8 Jahre, alles andere 6 Jahre":                                        nil,
		"Vertrag über freie Mitarbeit 10 Jahre, Rechnung 8 Jahre, alles andere 6 Jahre": {decision.Contract: 10},
		"alles 8 Jahre": {decision.Offer: 8, decision.Contract: 8, decision.NDA: 8, decision.AVV: 8, decision.AccessChecklist: 8},
	} {
		if got := keep.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// In a bucket with object lock all goes on as elsewhere, and what is kept is locked: files as long as their kind, the records
// that lead to them as long as the longest.
func TestLockedBucket(t *testing.T) {
	options := s3test.Start(t)
	options.Bucket = s3test.LockedBucket
	store, err := s3.Open(options)
	if err != nil {
		t.Fatal(err)
	}
	open := func(s archive.Store) *documents.Issuer { // by today's clock: nothing can be locked until a day that is over
		is, err := documents.New(documents.Options{Records: s, Keep: documents.Keep{decision.AVV: 7}, Random: rand.Reader})
		if err != nil {
			t.Fatal(err)
		}
		return is
	}
	v := example(t, launch, with(open(store).Today().String(), "date"))
	for _, at := range []int{3, 6, 5} { // cut off again and again, with files that come twice
		if try(t, open(archive.NewFault(store, at, archive.CrashDone)), v) == nil {
			t.Fatal("no crash")
		}
	}
	if n, err := open(store).Recover(t.Context(), 0); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	r := issue(t, open(store), "default", v)
	if !r.Replayed || len(r.Files) != 6 {
		t.Fatalf("%+v", r.Result)
	}
	if _, err := open(store).Seal(t.Context()); err != nil {
		t.Fatal(err)
	}
	if count, err := open(store).Audit(t.Context(), func(f documents.Finding) { t.Errorf("%+v", f) }); err != nil || count.Documents != 6 {
		t.Error(count, err)
	}
	wantLocks(t, s3test.Owner(t, options).Versions(t))
}

func wantLocks(t *testing.T, versions []s3test.Version) {
	t.Helper()
	year := documents.Today(time.Now()).Year
	seen := map[string]int{}
	for _, v := range versions {
		years := map[string]int{"e": 8, "n": 8, "seal": 8, "f": 6}[strings.Split(v.Key, "/")[min(2, strings.Count(v.Key, "/"))]]
		switch {
		case strings.HasSuffix(v.Key, "-invoice.pdf"):
			years = 8
		case strings.HasSuffix(v.Key, "-avv.pdf"):
			years = 7
		}
		mode, until := "", ""
		if years > 0 {
			mode, until = "COMPLIANCE", fmt.Sprintf("%d-12-31T23:00:00Z", year+years)
			if seen[v.Key]++; seen[v.Key] > 1 {
				t.Errorf("%s has another version", v.Key)
			}
		}
		if v.Mode != mode || !strings.HasPrefix(v.Until, strings.TrimSuffix(until, "Z")) {
			t.Errorf("%+v, want %s until %s", v, mode, until)
		}
	}
	if len(seen) != 2+2+6+1 { // events, numbers, files, seal
		t.Errorf("%d objects are locked: %v", len(seen), seen)
	}
}
