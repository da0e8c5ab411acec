package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/archive/s3/s3test"
	"auftragsmappe/documents/decision"
)

func TestReadKeep(t *testing.T) {
	for _, c := range []struct {
		text string
		want documents.Keep // years of the kinds that it names
		says string         // "" = valid
	}{
		{"", documents.Keep{decision.Invoice: 8, decision.Offer: 6}, ""},
		{"10", documents.Keep{decision.Invoice: 10, decision.Offer: 10, decision.AVV: 10}, ""},
		{" invoice = 10 , contract=12", documents.Keep{decision.Invoice: 10, decision.Contract: 12, decision.Offer: 6}, ""},
		{"invoice=8,offer=6", documents.Keep{decision.Invoice: 8, decision.Offer: 6}, ""},
		{"30", documents.Keep{decision.Offer: 30}, ""},
		{"31", nil, "höchstens 30"},
		{"6", nil, "6 Jahre sind zu wenig für „Rechnung“ (invoice). § 14b Abs. 1 UStG und § 147 Abs. 3 AO verlangen mindestens 8 Jahre"},
		{"invoice=7", nil, "mindestens 8 Jahre"},
		{"contract=5", nil, "5 Jahre sind zu wenig für „Vertrag über freie Mitarbeit“ (contract). § 147 Abs. 3 AO und § 257 Abs. 4 HGB verlangen mindestens 6 Jahre"},
		{"nda=-1", nil, "mindestens 6 Jahre"},
		{"rechnung=10", nil, "Die Art „rechnung“ gibt es nicht. Bekannt sind offer, contract, nda, avv, access_checklist, invoice."},
		{"invoice=zehn", nil, "„invoice=zehn“ ist keine Angabe in Jahren. Bitte schreiben Sie"},
		{"invoice", nil, "keine Angabe in Jahren"},
		{"10,", nil, "keine Angabe in Jahren"},
		{"10,invoice=12", nil, "Für invoice stehen zwei Werte da"},
		{"99999999999999999999", nil, "keine Angabe in Jahren"},
	} {
		keep, err := readKeep(c.text)
		if (err == nil) != (c.says == "") || err != nil && (!strings.HasPrefix(err.Error(), "AUFTRAGSMAPPE_KEEP: ") || !strings.Contains(err.Error(), c.says)) {
			t.Errorf("%q: %v, want %q", c.text, err, c.says)
		}
		for kind, years := range c.want {
			if keep.Of(kind) != years {
				t.Errorf("%q: %s %d years, want %d", c.text, kind, keep.Of(kind), years)
			}
		}
	}
}

func TestLockConfiguration(t *testing.T) {
	inS3 := func(lock string) []string {
		return s3Environ(anyS3, "AUFTRAGSMAPPE_FILES=s3:mappe", "AUFTRAGSMAPPE_LOCK="+lock)
	}
	for _, c := range []struct {
		environ []string
		says    string
	}{
		{[]string{"AUFTRAGSMAPPE_LOCK=off"}, ""},
		{inS3("compliance"), ""},
		{inS3("governance"), ""},
		{inS3("COMPLIANCE"), "AUFTRAGSMAPPE_LOCK: „COMPLIANCE“ ist nicht möglich. Bitte setzen Sie compliance"},
		{[]string{"AUFTRAGSMAPPE_LOCK=compliance"}, "AUFTRAGSMAPPE_LOCK: Ein Ordner kennt kein Object Lock."},
		{[]string{"AUFTRAGSMAPPE_KEEP=invoice=5"}, "AUFTRAGSMAPPE_KEEP: 5 Jahre sind zu wenig"},
	} {
		code, _, stderr := invokeIn(t, append([]string{"AUFTRAGSMAPPE_DATA=" + t.TempDir()}, c.environ...), "decide", examples+"launch.json")
		if want := map[bool]int{true: exitOK, false: exitUsage}[c.says == ""]; code != want || !strings.Contains(stderr, c.says) {
			t.Errorf("%q: %d %q, want %d %q", c.environ, code, stderr, want, c.says)
		}
	}
	if code, _, stderr := invoke(t, t.TempDir(), "doctor", "--make-bucket", "--lock"); code != exitUsage || !strings.Contains(stderr, "Ein Ordner kennt kein Object Lock") {
		t.Error(code, stderr)
	}
	if code, _, stderr := invoke(t, t.TempDir(), "doctor", "--lock"); code != exitUsage || !strings.Contains(stderr, "doctor --make-bucket --lock") {
		t.Error(code, stderr)
	}
}

// The years that are set are those of the manifest, and doctor says them.
func TestKeepIsUsed(t *testing.T) {
	environ := []string{"AUFTRAGSMAPPE_DATA=" + t.TempDir(), "AUFTRAGSMAPPE_KEEP=invoice=10"}
	dir := t.TempDir()
	if code, _, stderr := invokeIn(t, environ, "render", examples+"launch.json", "-o", dir); code != exitOK {
		t.Fatal(code, stderr)
	}
	var m documents.Manifest
	if err := json.Unmarshal(read(t, dir, "manifest.json"), &m); err != nil {
		t.Fatal(err)
	}
	year := max(documents.Today(time.Now()).Year, 2026) // the example has a date of its own
	for _, d := range m.Documents {
		want := archive.Years(6)
		if d.Kind == decision.Invoice {
			want = 10
		}
		if last := want.Until(year).AddDate(0, 0, -1).Format(time.DateOnly); d.KeepUntil != last {
			t.Errorf("%s until %q, want %s", d.Kind, d.KeepUntil, last)
		}
	}
	if code, stdout, _ := invokeIn(t, environ, "doctor"); code != exitOK || !strings.Contains(stdout, "Rechnung 10 Jahre, alles andere 6 Jahre") {
		t.Error(stdout)
	}
	files, err := filepath.Glob(environ[0][len("AUFTRAGSMAPPE_DATA="):] + "/t/default/f/*/*")
	if err != nil || len(files) != len(m.Documents) {
		t.Error(files, err)
	}
}

// serve does not start where a lock is wanted that there is not, or where the bucket does not say.
func TestServeAsksForTheLock(t *testing.T) {
	forbidden := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Has("object-lock") {
			w.WriteHeader(http.StatusForbidden)
		}
	}))
	defer forbidden.Close()
	open := httptest.NewServer(&careless{objects: map[string]bool{}})
	defer open.Close()
	for _, c := range []struct{ server, lock, says string }{
		{open.URL, "compliance", "AUFTRAGSMAPPE_LOCK=compliance: Der Bucket „mappe“ hat kein Object Lock. Bitte nehmen Sie einen neuen Bucket"},
		{forbidden.URL, "", "Der Bucket „mappe“ sagt nicht, ob er Object Lock hat."},
		{forbidden.URL, "governance", "s3:GetBucketObjectLockConfiguration, oder setzen Sie AUFTRAGSMAPPE_LOCK=off"},
	} {
		options := anyS3
		options.Endpoint = c.server
		var stderr bytes.Buffer
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		code := run(ctx, []string{"serve", "--addr", "127.0.0.1:0"}, process{
			environ: s3Environ(options, "AUFTRAGSMAPPE_DATA="+t.TempDir(), "AUFTRAGSMAPPE_FILES=s3:mappe", "AUFTRAGSMAPPE_LOCK="+c.lock), stdout: io.Discard, stderr: &stderr,
		})
		cancel()
		if code != exitFault || !strings.Contains(stderr.String(), c.says) {
			t.Errorf("%+v: %d %q", c, code, stderr.String())
		}
	}
}

// A bucket that doctor makes with object lock locks what is issued.
func TestDoctorMakesLockedBucket(t *testing.T) {
	options := s3test.Start(t)
	environ := s3Environ(options, "AUFTRAGSMAPPE_RECORDS=s3:neu", "AUFTRAGSMAPPE_FILES=s3:neu", "AUFTRAGSMAPPE_LOCK=governance")
	code, stdout, stderr := invokeIn(t, environ, "doctor", "--make-bucket", "--lock")
	if code != exitOK || !strings.Contains(stdout, "Bucket „neu“ angelegt, mit Object Lock.") || !strings.Contains(stdout, "GOVERNANCE: ") || strings.Contains(stdout, "FEHLER") {
		t.Fatal(code, stdout, stderr)
	}
	if code, _, stderr := invokeIn(t, environ, "render", examples+"launch.json", "-o", t.TempDir()); code != exitOK {
		t.Fatal(code, stderr)
	}
	// The second time it is there. Without object lock that is an error.
	if code, stdout, stderr := invokeIn(t, environ, "doctor", "--make-bucket", "--lock"); code != exitOK || strings.Contains(stdout, "angelegt") {
		t.Error(code, stdout, stderr)
	}
	open := s3Environ(options, "AUFTRAGSMAPPE_RECORDS=s3:mappe", "AUFTRAGSMAPPE_FILES=s3:mappe")
	if code, _, stderr := invokeIn(t, open, "doctor", "--make-bucket", "--lock"); code != exitFault || !strings.Contains(stderr, "„mappe“ gibt es schon, und er hat kein Object Lock.") {
		t.Error(code, stderr)
	}
	options.Bucket = "neu"
	locked := 0
	for _, v := range s3test.Owner(t, options).Versions(t) {
		if archive.Kept(v.Key) {
			locked++
			if v.Mode != "GOVERNANCE" {
				t.Errorf("%+v", v)
			}
		}
	}
	if locked != 10 { // six files, two events, two numbers
		t.Errorf("%d objects are kept", locked)
	}
}
