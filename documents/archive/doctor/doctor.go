package doctor

import (
	"context"
	"errors"
	"fmt"
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
			o = outcome{Broken, "Ließ sich nicht prüfen: " + err.Error() + "."}
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
