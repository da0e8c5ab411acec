package documents_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/archive/s3/s3test"
)

// The deaths of a busy process: its calls take their numbers together, and many claims are left at once.
const (
	busyCalls   = 12
	busyWorkers = 6
	busyWrites  = 9 // of a call: entry, claim, two numbers, two files, two records, and the entry's deletion
	busyStep    = 8 // every eighth write is a place to die, every sixteenth on a real server
)

// runBusy issues from several workers.
func runBusy(ctx context.Context, s archive.Store, _ mission) error {
	is, err := newIssuer(s, nil)
	if err != nil {
		return err
	}
	return archive.Each(busyWorkers, busyReferences(), func(reference string) error {
		v, err := edited(launch, small(reference))
		if err == nil {
			_, err = is.Issue(ctx, documents.Call{Tenant: "default", Engagement: v})
		}
		return err
	})
}

func busyReferences() (all []string) {
	for n := range busyCalls {
		all = append(all, fmt.Sprint("busy-", n))
	}
	return all
}

// runOlder is the first call by another program, whose documents have other bytes.
func runOlder(ctx context.Context, s archive.Store, _ mission) error {
	is, err := newStrange(s)
	if err != nil {
		return err
	}
	v, err := edited(launch, small("older"))
	if err == nil {
		_, err = is.Issue(ctx, documents.Call{Tenant: "default", Engagement: v})
	}
	return err
}

func init() {
	missions["busy"], missions["older program"] = runBusy, runOlder
}

// TestKilledBusy kills a process whose workers issue at the same time; two others finish what it has left while a third one
// is told to do all of it again. On the real server the other workers' writes are under way, and the last one arrives at the end.
func TestKilledBusy(t *testing.T) {
	t.Run("directory", func(t *testing.T) {
		killBusy(t, busyStep, func(t *testing.T, after int) {
			t.Helper()
			e := mission{Dir: t.TempDir(), Do: "busy"}
			e.dies(t, after)
			checkBusy(t, e)
		})
	})
	t.Run("versitygw", func(t *testing.T) {
		server := s3test.Start(t)
		killBusy(t, 2*busyStep, func(t *testing.T, after int) {
			t.Helper()
			e := at(server, fmt.Sprint("busy-", after))
			k, through := newKiller(t, e.S3.options(), after)
			if !k.dies(mission{S3: placeOf(through), Do: "busy"}) {
				t.Fatal("it was not killed")
			}
			checkBusy(t, e)
			k.arrives()
			checkSound(t, e.open(t))
		})
	})
}

func killBusy(t *testing.T, step int, kill func(t *testing.T, after int)) {
	t.Helper()
	t.Run("", func(t *testing.T) {
		for after := step / 2; after < busyCalls*busyWrites; after += step {
			t.Run(fmt.Sprint(after), func(t *testing.T) {
				t.Parallel()
				kill(t, after)
			})
		}
	})
}

func checkBusy(t *testing.T, e mission) {
	t.Helper()
	s := e.open(t)
	checkHalf(t, s)
	left := dump(t, s)
	claimed := len(under(left, archive.OpenPrefix)) + len(under(left, archive.RecentPrefix("default")))
	again := make(chan error, 1)
	go func() { again <- runBusy(t.Context(), s, e) }()
	recoverTwice(t, e, true)
	if err := <-again; err != nil {
		t.Error(err)
	}
	checkSound(t, s)
	checkKept(t, left, s)
	all := dump(t, s)
	if claimed == 0 || len(under(all, archive.RecentPrefix("default"))) != busyCalls || len(under(all, "t/default/e/")) != 2*busyCalls {
		t.Errorf("%d were begun; %q", claimed, under(all, "t/default/e/"))
	}
	checkNext(t, s)
}

// TestKilledOlder kills another version of the program at every write of a call: what it has left is finished with other bytes, and
// its files go, also when whoever removes them dies.
func TestKilledOlder(t *testing.T) {
	for after := range busyWrites {
		t.Run(fmt.Sprint(after), func(t *testing.T) {
			t.Parallel()
			e := mission{Dir: t.TempDir(), Do: "older program"}
			e.dies(t, after)
			s := e.open(t)
			left := dump(t, s)
			recoverTwice(t, e, false)
			checkSound(t, s)
			checkKept(t, left, s)
			r := issue(t, repeater(t, s), "default", example(t, launch, small("older")))
			for key, body := range left {
				if strings.HasSuffix(key, "/000001.json") && !strings.Contains(body, r.Manifest.Documents[0].Token[len(r.Manifest.Documents[0].Token)-22:]) {
					t.Errorf("%s has other tokens than %s", key, r.Manifest.Documents[0].Token)
				}
			}
			checkSound(t, s)
			checkNext(t, s)
		})
	}
}
