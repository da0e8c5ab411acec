package doctor

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/archive/s3"
)

func roundTrip(ctx context.Context, e *examination) (outcome, error) {
	body := bytes.Repeat([]byte("Prüfung "), 16<<10)
	file := archive.Object{Key: e.root + "round/a.pdf", Bytes: body}
	if err := e.Store.Put(ctx, file, file, e.object("round/b", "")); err != nil {
		return outcome{}, err
	}
	got, err := e.Store.Get(ctx, file.Key)
	if err != nil {
		return outcome{}, err
	}
	if !bytes.Equal(got, body) {
		return outcome{Broken, "Es kommen andere Bytes zurück, als geschrieben wurden."}, nil
	}
	keys, err := e.Store.List(ctx, e.root+"round/", "", 10)
	if err != nil {
		return outcome{}, err
	}
	if !slices.Equal(keys, []string{file.Key, e.root + "round/b"}) {
		return outcome{Broken, fmt.Sprintf("Die Auflistung stimmt nicht: %q", keys)}, nil
	}
	if err := e.Store.Delete(ctx, file.Key); err != nil {
		return outcome{}, err
	}
	if _, err := e.Store.Get(ctx, file.Key); !errors.Is(err, archive.ErrNotFound) {
		return outcome{Broken, fmt.Sprintf("Nach dem Löschen ist das Objekt noch zu lesen (%v).", err)}, nil
	}
	return outcome{Well, "128 kB, Byte für Byte gleich."}, nil
}

const ignored = "If-None-Match wird nicht beachtet: Vorhandenes wird überschrieben."

func createTwice(ctx context.Context, e *examination) (outcome, error) {
	err := Probe(ctx, e.Store)
	if errors.Is(err, archive.ErrNoConditions) {
		return outcome{Broken, ignored}, nil
	}
	return outcome{Well, "Der zweite Schreiber wird abgewiesen, das erste Objekt bleibt."}, err
}

const (
	racers = 50
	rounds = 4
)

// race lets many writers create the same object at the same moment.
func race(ctx context.Context, e *examination) (outcome, error) {
	for round := range rounds {
		name := fmt.Sprintf("race/%d", round)
		won, err := e.contest(ctx, name)
		if err != nil {
			return outcome{}, err
		}
		if won != 1 {
			return outcome{Broken, fmt.Sprintf("%d von %d gleichzeitigen Schreibern haben dasselbe Objekt angelegt: Nummern könnten doppelt vergeben werden.", won, racers)}, nil
		}
	}
	return outcome{Well, fmt.Sprintf("%d Runden mit je %d Schreibern, jedes Mal genau ein Gewinner.", rounds, racers)}, nil
}

// contest is one round; it counts those who were told that they have created the object.
func (e *examination) contest(ctx context.Context, name string) (won int, err error) {
	var winners atomic.Int32
	start := make(chan struct{})
	errs := make([]error, racers)
	var wg sync.WaitGroup
	for i := range racers {
		wg.Go(func() {
			<-start
			switch err := e.Store.Put(ctx, e.object(name, fmt.Sprint(i))); {
			case err == nil:
				winners.Add(1)
			case !errors.Is(err, archive.ErrExists):
				errs[i] = err
			}
		})
	}
	close(start)
	wg.Wait()
	return int(winners.Load()), errors.Join(errs...)
}

const (
	lostShare   = 0.3
	lostWorkers = 8
	lostNumbers = 8
)

// lostAnswers takes numbers as the ledger does, while answers get lost behind requests that the server has carried out.
func lostAnswers(ctx context.Context, e *examination) (outcome, error) {
	if e.S3 == nil {
		return outcome{Note, "Entfällt bei einem Ordner: Dort gehen keine Antworten verloren."}, nil
	}
	options, lossy := *e.S3, &Lossy{Share: lostShare}
	options.Wrap = func(next http.RoundTripper) http.RoundTripper {
		if e.S3.Wrap != nil {
			next = e.S3.Wrap(next)
		}
		return lossy.Wrap(next)
	}
	store, err := s3.Open(options)
	if err != nil {
		return outcome{}, err
	}
	granted, err := e.take(ctx, store)
	if err != nil {
		return outcome{}, err
	}
	slices.Sort(granted)
	if len(slices.Compact(slices.Clone(granted))) != len(granted) {
		return outcome{Broken, "Bei verlorenen Antworten wurden Nummern doppelt vergeben."}, nil
	}
	if last := granted[len(granted)-1]; last != len(granted) {
		return outcome{Broken, fmt.Sprintf("Bei verlorenen Antworten gingen %d Nummern verloren: Der Server bewahrt Metadaten nicht auf, an denen eigene Objekte erkannt werden.", last-len(granted))}, nil
	}
	return outcome{Well, fmt.Sprintf("%d Nummern vergeben, %d Antworten verloren: keine doppelt, keine verloren.", len(granted), lossy.Lost())}, nil
}

// take lets the workers take numbers: the lowest free one, by creating its object.
func (e *examination) take(ctx context.Context, store archive.Store) ([]int, error) {
	var mu sync.Mutex
	var granted []int
	errs := make([]error, lostWorkers)
	var wg sync.WaitGroup
	for w := range lostWorkers {
		wg.Go(func() {
			n := 1
			for range lostNumbers {
				for errs[w] = archive.ErrExists; errors.Is(errs[w], archive.ErrExists); n++ {
					errs[w] = store.Put(ctx, e.object(fmt.Sprintf("lost/%06d", n), fmt.Sprint(w)))
				}
				if errs[w] != nil {
					return
				}
				mu.Lock()
				granted = append(granted, n-1)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return granted, errors.Join(errs...)
}

func listAfterWrite(ctx context.Context, e *examination) (outcome, error) {
	const writers, each = 4, 10
	errs := make([]error, writers)
	var late atomic.Int32
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				o := e.object(fmt.Sprintf("list/%d/%02d", w, i), "x")
				if errs[w] = e.Store.Put(ctx, o); errs[w] != nil {
					return
				}
				keys, err := e.Store.List(ctx, fmt.Sprintf("%slist/%d/", e.root, w), "", 2*each)
				if errs[w] = err; err != nil {
					return
				}
				if len(keys) != i+1 {
					late.Add(1)
				}
			}
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return outcome{}, err
	}
	if n := late.Load(); n > 0 {
		return outcome{Broken, fmt.Sprintf("%d von %d Objekten fehlten in der Auflistung direkt danach.", n, writers*each)}, nil
	}
	return outcome{Well, fmt.Sprintf("%d Objekte, jedes sofort aufgelistet.", writers*each)}, nil
}

// lockTime is as short as it can be: the object cannot be removed before.
const lockTime = time.Minute

func lockedDelete(ctx context.Context, e *examination) (outcome, error) {
	if e.bucket == nil {
		return outcome{Note, "Nicht vorhanden: Ein Ordner schützt nicht vor dem Löschen."}, nil
	}
	refused, err := e.bucket.LockedDelete(ctx, e.root+"locked", lockTime)
	switch {
	case errors.Is(err, s3.ErrNoLock):
		return outcome{Note, "Nicht vorhanden: Der Bucket hat kein Object Lock."}, nil
	case err != nil:
		return outcome{}, err
	case !refused:
		return outcome{Broken, "Ein mit COMPLIANCE gesperrtes Objekt ließ sich löschen: Object Lock wird nicht durchgesetzt."}, nil
	}
	return outcome{Well, "Ein gesperrtes Objekt ließ sich nicht löschen; es bleibt eine Minute gesperrt und dann liegen."}, nil
}

// retention says what the store does to keep documents; which years those are is the caller's.
func retention(ctx context.Context, e *examination) (outcome, error) {
	years := ""
	if e.Keep != "" {
		years = " Gerechnet ab dem Jahresende: " + e.Keep + "."
	}
	const refuses = "Das Programm löscht und überschreibt kein ausgestelltes Dokument."
	if e.bucket == nil {
		return outcome{Note, refuses + " Wer den Ordner bedienen darf, kann es." + years}, nil
	}
	lock, err := e.bucket.Lock(ctx)
	if err != nil || lock == s3.LockOff {
		return outcome{Note, refuses + " Der Bucket sperrt nichts: Wer ihn bedienen darf, kann es." + years}, err
	}
	switch has, err := e.bucket.HasLock(ctx); {
	case err != nil:
		return outcome{}, err
	case !has:
		return outcome{Broken, "Sperren ist verlangt (" + string(lock) + "), aber der Bucket hat kein Object Lock. Bitte legen Sie einen neuen an (doctor --make-bucket --lock), oder setzen Sie AUFTRAGSMAPPE_LOCK auf off."}, nil
	case lock == s3.LockCompliance:
		return outcome{Well, "COMPLIANCE: Bis zum Ablauf löscht niemand eine abgelegte Fassung, auch Sie selbst nicht." + years}, nil
	}
	return outcome{Well, "GOVERNANCE: Bis zum Ablauf löscht eine abgelegte Fassung nur, wer ein besonderes Recht dazu hat." + years}, nil
}

const samples = 20

func speed(ctx context.Context, e *examination) (outcome, error) {
	times := make([]time.Duration, samples)
	for i := range times {
		start := time.Now()
		if err := e.Store.Put(ctx, e.object(fmt.Sprintf("speed/%02d", i), "x")); err != nil {
			return outcome{}, err
		}
		times[i] = time.Since(start)
	}
	slices.Sort(times)
	ms := func(d time.Duration) string {
		return strings.Replace(fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000), ".", ",", 1)
	}
	return outcome{Well, fmt.Sprintf("Kleines Objekt anlegen: Median %s, längstens %s (%d Versuche).", ms(times[samples/2]), ms(times[samples-1]), samples)}, nil
}
