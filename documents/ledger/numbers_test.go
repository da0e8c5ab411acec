package ledger_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
	"testing"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/ledger"
)

var both = []ledger.Want{{Series: "RE", Year: 2026, From: 1}, {Series: "E", Year: 2026, From: 1}}

func take(t *testing.T, l *ledger.Ledger, id string, wants ...ledger.Want) []int {
	t.Helper()
	got, err := l.Take(t.Context(), "jana", ledger.Owner{ID: id, Event: 1}, wants)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestTake(t *testing.T) {
	store := archive.NewMemory()
	l := ledger.New(store)
	e, re := both[1], both[0]
	for i, c := range []struct {
		id    string
		wants []ledger.Want
		got   []int
	}{
		{"a", both, []int{1, 1}},
		{"b", []ledger.Want{e}, []int{2}},
		{"c", both, []int{2, 3}},
		{"a", both, []int{1, 1}}, // again
		{"b", both, []int{3, 2}}, // again, and now an invoice too
		{"d", []ledger.Want{{Series: "E", Year: 2027, From: 1}, re}, []int{1, 4}},
		{"e", nil, []int{}},
	} {
		if got := take(t, l, c.id, c.wants...); !slices.Equal(got, c.got) {
			t.Errorf("step %d: %v, want %v", i, got, c.got)
		}
		if got := take(t, ledger.New(store), c.id, c.wants...); !slices.Equal(got, c.got) {
			t.Errorf("step %d in a new process: %v, want %v", i, got, c.got)
		}
	}
	other, err := l.Take(t.Context(), "other", ledger.Owner{ID: "a", Event: 1}, both)
	if err != nil || !slices.Equal(other, []int{1, 1}) {
		t.Errorf("another tenant: %v, %v", other, err)
	}
	if got, err := l.Take(t.Context(), "jana", ledger.Owner{ID: "a", Event: 3}, []ledger.Want{re}); err != nil || got[0] != 5 {
		t.Errorf("another event of the same engagement: %v, %v", got, err)
	}
}

// A number that a claim has seen can be gone after a loss of power: there must be no hole below the next one, and the claim has
// one number, however often it is tried. Nor does it matter how far From is away: it may be damaged.
func TestTakeLeavesNoHole(t *testing.T) {
	for _, from := range []int{8, 1 << 20, math.MaxInt} {
		store := archive.NewMemory()
		for _, id := range []string{"x", "y"} {
			take(t, ledger.New(store), id, ledger.Want{Series: "RE", Year: 2026, From: 1})
		}
		w := ledger.Want{Series: "RE", Year: 2026, From: from}
		for range 2 {
			if got := take(t, ledger.New(store), "a", w); got[0] != 3 {
				t.Errorf("from %d: took %v, not the lowest free number", from, got)
			}
			take(t, ledger.New(store), "z", ledger.Want{Series: "RE", Year: 2026, From: 1})
		}
	}
}

func TestLowest(t *testing.T) {
	w := ledger.Want{Series: "RE", Year: 2026}
	for _, n := range []int{0, 1, 2, 3, 4, 5, 7, 8, 9, 100} {
		store := archive.NewMemory()
		old, l := ledger.New(store), ledger.New(store)
		for i := range n {
			take(t, l, fmt.Sprint(i), ledger.Want{Series: "RE", Year: 2026, From: i + 1})
			if i == n/2 {
				if _, err := old.Lowest(t.Context(), "jana", w); err != nil {
					t.Fatal(err)
				}
			}
		}
		for name, l := range map[string]*ledger.Ledger{"the taker": l, "one that is behind": old, "a new one": ledger.New(store)} {
			if got, err := l.Lowest(t.Context(), "jana", w); err != nil || got != n+1 {
				t.Errorf("%d taken, %s: lowest %d, %v", n, name, got, err)
			}
		}
	}
}

// Two processes and many claims at once, some claims finished by several: numbers are dense, one for each claim.
func TestTakeRace(t *testing.T) {
	store := archive.NewMemory()
	ledgers := []*ledger.Ledger{ledger.New(store), ledger.New(store)}
	const claims = 40
	got := make([][4][]int, claims)
	var wg sync.WaitGroup
	for c := range claims {
		from := make([]ledger.Want, len(both))
		for i, w := range both {
			n, err := ledgers[c%2].Lowest(t.Context(), "jana", w)
			if err != nil {
				t.Fatal(err)
			}
			from[i] = ledger.Want{Series: w.Series, Year: w.Year, From: n}
		}
		for k := range 4 {
			wg.Go(func() {
				n, err := ledgers[k%2].Take(t.Context(), "jana", ledger.Owner{ID: fmt.Sprint(c), Event: 1}, from)
				if err != nil {
					t.Error(err)
				}
				got[c][k] = n
			})
		}
	}
	wg.Wait()
	var seen [2][]int
	for c := range claims {
		for k := range 4 {
			if !slices.Equal(got[c][k], got[c][0]) {
				t.Errorf("claim %d has numbers %v", c, got[c])
			}
		}
		seen[0], seen[1] = append(seen[0], got[c][0][0]), append(seen[1], got[c][0][1])
	}
	for i := range seen {
		slices.Sort(seen[i])
		for n := range claims {
			if seen[i][n] != n+1 {
				t.Fatalf("series %s is not dense: %v", both[i].Series, seen[i])
			}
		}
	}
	if all, err := store.List(t.Context(), "t/jana/n/", "", 1000); err != nil || len(all) != 2*claims {
		t.Errorf("%d numbers taken, %v", len(all), err)
	}
}

// Whatever write is lost or unanswered, the next try of the same claim has the same numbers and none is burnt.
func TestTakeFaults(t *testing.T) {
	for _, mode := range []archive.Mode{archive.Lost, archive.Unanswered, archive.CrashLost, archive.CrashDone} {
		for at := 1; at <= 2; at++ {
			store := archive.NewMemory()
			fault := archive.NewFault(store, at, mode)
			l := ledger.New(fault)
			if _, err := l.Take(t.Context(), "jana", ledger.Owner{ID: "a", Event: 1}, both); !errors.Is(err, archive.ErrCrashed) {
				t.Fatalf("no fault: %v", err)
			}
			if mode == archive.CrashLost || mode == archive.CrashDone {
				l = ledger.New(store)
			}
			b, a := take(t, l, "b", both...), take(t, l, "a", both...)
			all, err := store.List(t.Context(), "t/jana/n/", "", 1000)
			if err != nil || len(all) != 4 || a[0]+b[0] != 3 || a[1]+b[1] != 3 {
				t.Errorf("mode %d at %d: %v %v, %q, %v", mode, at, a, b, all, err)
			}
		}
	}
}
