package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/archive/s3"
	"auftragsmappe/documents/decision"
)

// mostYears bounds a typo: what a bucket has locked stays so long, whatever is set later.
const mostYears = 30

const keepExample = "Bitte schreiben Sie eine Zahl von Jahren für alle Arten (10) oder je Art, durch Komma getrennt (invoice=10,contract=10)."

// readKeep reads years for all kinds ("10": where the law asks for more, by law) or by kind ("invoice=10,contract=10").
func readKeep(text string) (documents.Keep, error) {
	keep := documents.Keep{}
	if text == "" {
		return keep, nil
	}
	for part := range strings.SplitSeq(text, ",") {
		kind, value, named := strings.Cut(strings.TrimSpace(part), "=")
		if !named {
			kind, value = "", kind
		}
		years, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil {
			return nil, fmt.Errorf("%sKEEP: „%s“ ist keine Angabe in Jahren. %s", prefix, part, keepExample)
		}
		rows, err := rowsToKeep(strings.TrimSpace(kind), named)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			if err := checkYears(row, years); err != nil {
				return nil, err
			}
			if _, twice := keep[row.Kind]; twice {
				return nil, fmt.Errorf("%sKEEP: Für %s stehen zwei Werte da; eine Zahl allein gilt schon für alle Arten. %s", prefix, row.Kind, keepExample)
			}
			keep[row.Kind] = archive.Years(years)
		}
	}
	return keep, nil
}

// rowsToKeep are the kinds that an entry is about: one, or without a name all.
func rowsToKeep(kind string, named bool) ([]decision.Row, error) {
	if !named {
		return decision.Kinds, nil
	}
	row, ok := decision.RowOf(decision.Kind(kind))
	if !ok {
		var known []string
		for _, r := range decision.Kinds {
			known = append(known, string(r.Kind))
		}
		return nil, fmt.Errorf("%sKEEP: Die Art „%s“ gibt es nicht. Bekannt sind %s.", prefix, kind, strings.Join(known, ", "))
	}
	return []decision.Row{row}, nil
}

func checkYears(row decision.Row, years int) error {
	switch {
	case years > mostYears:
		return fmt.Errorf("%sKEEP: %d Jahre sind zu viel. Möglich sind höchstens %d: Was ein Bucket sperrt, lässt sich nicht vorzeitig löschen.", prefix, years, mostYears)
	case years >= row.KeepYears:
		return nil
	}
	law := "§ 147 Abs. 3 AO und § 257 Abs. 4 HGB"
	if row.Kind == decision.Invoice {
		law = "§ 14b Abs. 1 UStG und § 147 Abs. 3 AO"
	}
	return fmt.Errorf("%sKEEP: %d Jahre sind zu wenig für „%s“ (%s). %s verlangen mindestens %d Jahre; bitte setzen Sie so viele oder mehr.", prefix, years, row.Title, row.Kind, law, row.KeepYears)
}

// years is the checked value of KEEP.
func (c *config) years() documents.Keep {
	keep, _ := readKeep(c.keep)
	return keep
}

// checkLock refuses a lock that is none, or that nothing could be locked with.
func (c *config) checkLock() error {
	switch {
	case c.lock == "" || c.lock == string(s3.LockOff):
		return nil
	case !slices.Contains(s3.Locks, s3.Lock(c.lock)):
		return fmt.Errorf("%sLOCK: „%s“ ist nicht möglich. Bitte setzen Sie compliance (niemand löscht vor Ablauf), governance (nur mit besonderem Recht) oder off; ohne Angabe gilt compliance, wo der Bucket Object Lock hat.", prefix, c.lock)
	case c.place(c.records).bucket == "" && c.place(c.files).bucket == "":
		return fmt.Errorf("%sLOCK: Ein Ordner kennt kein Object Lock. Bitte lassen Sie die Variable weg, oder legen Sie in S3 ab (%sRECORDS, %sFILES).", prefix, prefix, prefix)
	}
	return nil
}

// locks refuses to start where a lock is wanted that the bucket does not have, or where that cannot be found out: documents
// must not stay unlocked by mistake.
func (c *config) locks(ctx context.Context, store *s3.Store, l location) error {
	if c.lock == string(s3.LockOff) {
		return nil
	}
	has, err := store.HasLock(ctx)
	switch {
	case err != nil:
		return unsaid(l, err)
	case !has && c.lock != "":
		return faultError{prefix + "LOCK=" + c.lock + ": Der Bucket „" + l.bucket + "“ hat kein Object Lock. Bitte nehmen Sie einen neuen Bucket (auftragsmappe doctor --make-bucket --lock), oder lassen Sie die Variable weg", errNoLock}
	}
	return nil
}

// unsaid is a bucket that does not say whether it has object lock.
func unsaid(l location, err error) error {
	return faultError{"Der Bucket „" + l.bucket + "“ sagt nicht, ob er Object Lock hat. Bitte erlauben Sie dem Zugang s3:GetBucketObjectLockConfiguration, oder setzen Sie " + prefix + "LOCK=off", err}
}

var errNoLock = errors.New("no object lock")
