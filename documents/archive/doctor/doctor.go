package doctor

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"time"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/archive/s3"
)

// State is how a check ended.
type State uint8

// The states of a check.
const (
	Well   State = iota // kept
	Note                // does not apply here, or is no promise of ours; worth knowing
	Broken              // not kept
)

// String is the state in German.
func (s State) String() string { return [...]string{"gut", "Hinweis", "FEHLER"}[s] }

// Result is a row of the report; Check and Detail are German.
type Result struct {
	Check  string
	State  State
	Detail string
}

// Target is a store to examine.
type Target struct {
	Store archive.Store
	S3    *s3.Options // how Store was opened; nil: a directory
	// Records says that the store keeps Records. Files alone need no conditions: then those that are not honoured are
	// a note.
	Records bool
	Keep    string // for how long documents are kept, in German; "" = it is not said
}

// examination is one run of the checks.
type examination struct {
	Target
	bucket *s3.Store // Store, when it is one
	root   string    // of all scratch keys
}

// outcome is what a check has found; an error says that it could not be done.
type outcome struct {
	state  State
	detail string
}

// check is one row of the table of checks.
type check struct {
	title     string
	condition bool // about conditional writes: a note where only Files are kept
	run       func(context.Context, *examination) (outcome, error)
}

// checks is the table, in the order of the report. The first one decides whether the others make sense.
var checks = []check{
	{"Erreichbarkeit", false, reach},
	{"Schreiben, Lesen, Auflisten, Löschen", false, roundTrip},
	{"Anlegen nur, wenn nicht vorhanden", true, createTwice},
	{"Gleichzeitiges Anlegen", true, race},
	{"Verlorene Antworten", true, lostAnswers},
	{"Auflisten direkt nach dem Schreiben", false, listAfterWrite},
	{"Gesperrtes Löschen (Object Lock)", false, lockedDelete},
	{"Aufbewahrung", false, retention},
	{"Uhrzeit", false, clock},
	{"Geschwindigkeit", false, speed},
}

// Examine runs all checks; a store that cannot be reached gets the first row only.
func Examine(ctx context.Context, t Target) []Result {
	e := &examination{Target: t, root: scratch()}
	e.bucket, _ = t.Store.(*s3.Store)
	var results []Result
	for _, c := range checks {
		o, err := c.run(ctx, e)
		if err != nil {
			o = outcome{Broken, "Ließ sich nicht prüfen" + remedy(err) + ": " + first(err) + "."}
		}
		if o.state == Broken && c.condition && !t.Records {
			o.state, o.detail = Note, o.detail+" Für Dateien (FILES) ist das nicht nötig."
		}
		results = append(results, Result{c.title, o.state, o.detail})
		if len(results) == 1 && o.state == Broken {
			return results
		}
	}
	e.clean(ctx)
	return results
}

// remedies are what an operator can do about an error, by what it is.
var remedies = []struct {
	is   error
	says string
}{
	{syscall.ENOSPC, "Der Speicher ist voll; bitte schaffen Sie Platz"},
	{syscall.EDQUOT, "Der Speicher ist voll; bitte schaffen Sie Platz"},
	{syscall.EROFS, "Der Ordner ist nur lesbar; bitte geben Sie ihn zum Schreiben frei"},
	{fs.ErrPermission, "Dem Programm fehlen Rechte im Ordner; bitte geben Sie sie ihm"},
}

// remedy is what to do about an error, after a full stop; empty when nobody knows.
func remedy(err error) string {
	for _, r := range remedies {
		if errors.Is(err, r.is) {
			return ". " + r.says
		}
	}
	return ""
}

// first is the first of joined errors: dozens of writers fail alike.
func first(err error) string {
	text, _, _ := strings.Cut(err.Error(), "\n")
	return strings.TrimRight(text, ".")
}

// clean removes everything below the run's prefix.
func (e *examination) clean(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	defer cancel()
	for after := ""; ; {
		keys, err := e.Store.List(ctx, e.root, after, 1000)
		if err != nil || len(keys) == 0 {
			return
		}
		after = keys[len(keys)-1]
		_ = e.Store.Delete(ctx, keys...) // what stays is a scratch object
	}
}

// object is a scratch object that is created if absent.
func (e *examination) object(name, value string) archive.Object {
	return archive.Object{Key: e.root + name, Bytes: []byte(value), IfAbsent: true}
}

func reach(ctx context.Context, e *examination) (outcome, error) {
	if e.bucket == nil {
		_, err := e.Store.List(ctx, e.root, "", 1)
		return outcome{Well, "Der Ordner lässt sich öffnen und verlinken."}, err
	}
	err := e.bucket.Reach(ctx)
	if errors.Is(err, s3.ErrClock) { // then it refuses everything, and no other check says why
		skew, _ := e.bucket.Skew()
		return outcome{Broken, "Der Server weist alle Anfragen ab. " + apart(skew)}, nil
	}
	switch {
	case errors.Is(err, archive.ErrNotFound):
		return outcome{Broken, "Den Bucket gibt es nicht. Bitte legen Sie ihn an (auftragsmappe doctor --make-bucket)."}, nil
	case errors.Is(err, archive.ErrStorage):
		return outcome{Broken, "Der Server antwortet nicht oder weist die Zugangsdaten ab. Bitte prüfen Sie AUFTRAGSMAPPE_S3_ENDPOINT, AUFTRAGSMAPPE_S3_ACCESS_KEY und AUFTRAGSMAPPE_S3_SECRET_KEY: " + first(err) + "."}, nil
	}
	return outcome{Well, "Server, Bucket und Schlüssel stimmen."}, err
}

// apart says that the clocks differ.
func apart(skew time.Duration) string {
	return fmt.Sprintf("Die Uhr des Servers geht um %d s anders. Ab 15 Minuten lehnt S3 jede Anfrage ab; bitte gleichen Sie die Uhren ab (NTP).", int(skew.Seconds()))
}

func clock(_ context.Context, e *examination) (outcome, error) {
	if e.bucket == nil {
		return outcome{Note, "Entfällt bei einem Ordner."}, nil
	}
	skew, ok := e.bucket.Skew()
	switch {
	case !ok:
		return outcome{Note, "Der Server nennt keine Uhrzeit."}, nil
	case skew.Abs() > maxSkew:
		return outcome{Broken, apart(skew)}, nil
	}
	return outcome{Well, "Die Uhren weichen höchstens um " + fmt.Sprint(int(skew.Abs().Seconds())+1) + " s voneinander ab."}, nil
}

// maxSkew is half of what S3 tolerates.
const maxSkew = 5 * time.Minute
