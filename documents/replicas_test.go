package documents_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/archive/s3/s3test"
)

const (
	replicas   = 4
	contested  = 100 // references that all replicas post, two of them with another body
	workersOf  = 8   // calls at once of a replica
	ownOf      = 25  // references of a replica's own: 200 engagements in all
	raceFolder = "AUFTRAGSMAPPE_TEST_ANSWERS"
)

// raceAnswer is what a replica was told of one call.
type raceAnswer struct {
	Reference, Variant string
	Conflict           bool
	Manifest           json.RawMessage `json:",omitempty"`
}

// runReplica is a process of its own that issues while others do, and writes down what it was told.
func runReplica(ctx context.Context, s archive.Store, e mission) error {
	is, err := documents.New(documents.Options{Records: s, Wait: time.Minute})
	if err != nil {
		return err
	}
	type job struct{ reference, variant string }
	var jobs []job
	for i := range contested {
		n := (i + e.Who*contested/replicas) % contested // everybody begins elsewhere, and meets the others
		jobs = append(jobs, job{fmt.Sprint("R", n), fmt.Sprint("V", e.Who/2)})
	}
	for i := range ownOf {
		jobs = append(jobs, job{fmt.Sprint("R", e.Who, "-", i), "V0"})
	}
	var mu sync.Mutex
	var answers []raceAnswer
	err = archive.Each(workersOf, jobs, func(j job) error {
		v, err := edited(launch, edits(small(j.reference), with(j.variant, "scope", "title")))
		if err != nil {
			return err
		}
		r, err := is.Issue(ctx, documents.Call{Tenant: "default", Engagement: v})
		var conflict *documents.ConflictError
		a := raceAnswer{Reference: j.reference, Variant: j.variant, Conflict: errors.As(err, &conflict)}
		if err != nil && !a.Conflict {
			return err
		}
		if err == nil {
			if a.Manifest, err = json.Marshal(r.Manifest.WithURLs("u")); err != nil {
				return err
			}
		}
		mu.Lock()
		defer mu.Unlock()
		answers = append(answers, a)
		return nil
	})
	if err != nil {
		return err
	}
	b, err := json.Marshal(answers)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(os.Getenv(raceFolder), fmt.Sprint(e.Who, ".json")), b, 0o600)
}

// runBusybody recovers and seals while others issue, as replicas do that start at that moment.
func runBusybody(ctx context.Context, s archive.Store, _ mission) error {
	for range 10 {
		if err := recoverAll(ctx, s); err != nil {
			return err
		}
		is, err := documents.New(documents.Options{Records: s})
		if err != nil {
			return err
		}
		if _, err := is.Seal(ctx); err != nil {
			return err
		}
		time.Sleep(100 * time.Millisecond)
	}
	return nil
}

func init() {
	missions["replica"], missions["busybody"] = runReplica, runBusybody
}

// TestReplicas: four processes on one store race for the same references and for numbers, while a fifth one recovers and seals.
func TestReplicas(t *testing.T) {
	t.Run("directory", func(t *testing.T) { race(t, mission{Dir: t.TempDir()}) })
	t.Run("versitygw", func(t *testing.T) { race(t, mission{S3: placeOf(s3test.Start(t))}) })
}

func race(t *testing.T, e mission) {
	t.Helper()
	folder := t.TempDir()
	t.Setenv(raceFolder, folder)
	var wg sync.WaitGroup
	for who := range replicas + 1 {
		one := e
		one.Do, one.Who = "replica", who
		if who == replicas {
			one.Do = "busybody"
		}
		wg.Go(func() {
			if said, err := one.run(t.Context()); err != nil {
				t.Errorf("%s %d: %v, %s", one.Do, who, err, said)
			}
		})
	}
	wg.Wait()
	if t.Failed() {
		return
	}
	s, err := e.store()
	if err != nil {
		t.Fatal(err)
	}
	told := raceAnswers(t, folder)
	checkAnswers(t, s, told)
	checkSound(t, s)
}

// raceAnswers are all answers by reference.
func raceAnswers(t *testing.T, folder string) map[string][]raceAnswer {
	t.Helper()
	told := map[string][]raceAnswer{}
	for who := range replicas {
		b, err := os.ReadFile(filepath.Join(folder, fmt.Sprint(who, ".json")))
		if err != nil {
			t.Fatal(err)
		}
		var answers []raceAnswer
		if err := json.Unmarshal(b, &answers); err != nil || len(answers) != contested+ownOf {
			t.Fatal(len(answers), err)
		}
		for _, a := range answers {
			told[a.Reference] = append(told[a.Reference], a)
		}
	}
	return told
}

// checkAnswers: of each reference one body has won, everybody who brought it was told the same, everybody else of the conflict;
// numbers are dense.
func checkAnswers(t *testing.T, s archive.Store, told map[string][]raceAnswer) {
	t.Helper()
	is := issuer(t, s, nil)
	numbers := make([][]string, 2)
	for reference, answers := range told {
		won := slices.IndexFunc(answers, func(a raceAnswer) bool { return !a.Conflict })
		if won < 0 {
			t.Fatalf("%s: everybody met a conflict", reference)
		}
		for _, a := range answers {
			if a.Conflict == (a.Variant == answers[won].Variant) || !a.Conflict && !bytes.Equal(a.Manifest, answers[won].Manifest) {
				t.Errorf("%s: %s\n%s", reference, a.Manifest, answers[won].Manifest)
			}
		}
		page, err := is.Engagements(t.Context(), documents.Query{Tenant: "default", Reference: reference, Limit: 1})
		if err != nil || len(page.Manifests) != 1 {
			t.Fatalf("%s: %v", reference, err)
		}
		m := page.Manifests[0]
		if now, err := json.Marshal(m.WithURLs("u")); err != nil || !bytes.Equal(now, answers[won].Manifest) {
			t.Errorf("%s was told\n%s\nand is\n%s", reference, answers[won].Manifest, now)
		}
		if files, err := is.Bundle(t.Context(), "default", m); err != nil || len(files) != len(m.Documents) {
			t.Errorf("%s: %d files, %v", reference, len(files), err)
		}
		numbers[0], numbers[1] = append(numbers[0], m.OfferNumber), append(numbers[1], m.InvoiceNumber)
	}
	if want := contested + replicas*ownOf; len(told) != want {
		t.Errorf("%d engagements", len(told))
	}
	for i, prefix := range []string{"AN", "RE"} {
		slices.Sort(numbers[i])
		for n, got := range numbers[i] {
			if want := fmt.Sprintf("%s-%d-%04d", prefix, today.Year, n+1); got != want {
				t.Fatalf("numbers are not dense at %s: %q", want, got)
			}
		}
	}
}
