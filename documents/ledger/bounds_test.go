package ledger_test

import (
	"fmt"
	"sync"
	"testing"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/ledger"
)

// What a process remembers does not grow with the tenants that it has met, and a tenant that is forgotten gets its next number.
func TestMemoryOfManyTenants(t *testing.T) {
	l := ledger.New(archive.NewMemory())
	next := func(tenant, id string) int {
		w := ledger.Want{Series: "RE", Year: 2026}
		var err error
		if w.From, err = l.Lowest(t.Context(), tenant, w); err != nil {
			t.Fatal(err)
		}
		got, err := l.Take(t.Context(), tenant, ledger.Owner{ID: id, Event: 1}, []ledger.Want{w})
		if err != nil {
			t.Fatal(err)
		}
		return got[0]
	}
	for n := 1; n <= 5; n++ {
		next("t000000", fmt.Sprint("first", n))
	}
	for i := range 70_000 {
		next(fmt.Sprintf("t%06d", i+1), "id")
	}
	if series, owners, tenants := l.Kept(); series > 1<<16 || owners > 1<<13 || tenants != 0 {
		t.Errorf("%d series, %d owners, %d tenants are kept", series, owners, tenants)
	}
	if got := next("t000000", "again"); got != 6 {
		t.Errorf("the forgotten tenant's next number is %d", got)
	}
}

// Calls of a tenant that wait for each other share one queue, however often it is idle between them.
func TestIdleTenantsAreForgotten(t *testing.T) {
	l := ledger.New(archive.NewMemory())
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			for i := range 50 {
				want := []ledger.Want{{Series: "E", Year: 2026, From: 1}}
				if _, err := l.Take(t.Context(), fmt.Sprint("t", i%3), ledger.Owner{ID: fmt.Sprint(w, "-", i), Event: 1}, want); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if _, _, tenants := l.Kept(); tenants != 0 {
		t.Errorf("%d idle tenants are kept", tenants)
	}
}
