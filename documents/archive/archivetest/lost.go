package archivetest

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"auftragsmappe/documents/archive"
)

// Losing returns the store of an Open at another handle, at which the answer of a write gets lost for good: of number at (1, 2,
// …), an object of a Put or a key of a Delete. done says whether the write was carried out. The store cannot find out by itself.
type Losing func(t *testing.T, at int, done bool) archive.Store

// TestLost is the part of the suite about lost answers; fresh returns the openers of a new, empty place for each part.
func TestLost(t *testing.T, fresh func(t *testing.T) (Open, Losing)) {
	for name, test := range map[string]func(t *testing.T, open Open, losing Losing){
		"lost create": testLostCreate, "lost replace": testLostReplace, "lost delete": testLostDelete,
		"lost in a batch": testLostInBatch, "lost race": testLostRace,
	} {
		t.Run(name, func(t *testing.T) {
			open, losing := fresh(t)
			test(t, open, losing)
		})
	}
}

func wantUnknown(t *testing.T, err error) {
	t.Helper()
	if !errors.Is(err, archive.ErrUnknown) || !errors.Is(err, archive.ErrStorage) || errors.Is(err, archive.ErrExists) {
		t.Fatalf("%v, want ErrUnknown", err)
	}
}

// testLostCreate: the same write again settles it. It may meet its own first try: ErrExists, and one's own bytes.
func testLostCreate(t *testing.T, open Open, losing Losing) {
	for _, done := range []bool{true, false} {
		o := object(fmt.Sprint("n/", done), "mine")
		wantUnknown(t, losing(t, 1, done).Put(t.Context(), o))
		s := open(t)
		err := s.Put(t.Context(), o)
		if done != errors.Is(err, archive.ErrExists) || !done && err != nil {
			t.Errorf("carried out %v, and the repeat says %v", done, err)
		}
		want(t, s, o.Key, "mine")
		if err := s.Put(t.Context(), object(o.Key, "theirs")); !errors.Is(err, archive.ErrExists) {
			t.Errorf("created by another as well: %v", err)
		}
		want(t, s, o.Key, "mine")
	}
}

// testLostReplace: until it is settled the object is the former one or the new one, whole.
func testLostReplace(t *testing.T, open Open, losing Losing) {
	for _, done := range []bool{true, false} {
		s := open(t)
		o := archive.Object{Key: fmt.Sprint("k/", done), Bytes: []byte(strings.Repeat("new", 10_000))}
		put(t, s, archive.Object{Key: o.Key, Bytes: []byte("former")})
		wantUnknown(t, losing(t, 1, done).Put(t.Context(), o))
		want(t, s, o.Key, map[bool]string{true: string(o.Bytes), false: "former"}[done])
		put(t, s, o)
		want(t, s, o.Key, string(o.Bytes))
	}
}

// testLostDelete: each key may be gone or not; the same again settles it.
func testLostDelete(t *testing.T, open Open, losing Losing) {
	for _, done := range []bool{true, false} {
		s := open(t)
		key := fmt.Sprint("open/", done)
		put(t, s, archive.Object{Key: key, Bytes: []byte("x")})
		if err := losing(t, 1, done).Delete(t.Context(), key); !errors.Is(err, archive.ErrStorage) {
			t.Fatalf("%v, want ErrStorage", err)
		}
		if keys, err := s.List(t.Context(), "open/", "", 9); err != nil || (len(keys) == 0) != done {
			t.Errorf("carried out %v, and there are %q, %v", done, keys, err)
		}
		if err := s.Delete(t.Context(), key); err != nil {
			t.Error(err)
		}
		missing(t, s, key)
	}
}

// testLostInBatch: what stands before the lost write is there, nothing of what stands behind it. The batch again, without what
// has turned out to be there, completes it.
func testLostInBatch(t *testing.T, open Open, losing Losing) {
	for at := 1; at <= 5; at++ {
		for _, done := range []bool{true, false} {
			s := open(t)
			prefix := fmt.Sprintf("t/%d/%v/", at, done)
			var objects []archive.Object
			for i := range 5 {
				key := fmt.Sprint(prefix, i)
				objects = append(objects, archive.Object{Key: key, Bytes: []byte(key), IfAbsent: i%2 == 0})
			}
			wantUnknown(t, losing(t, at, done).Put(t.Context(), objects...))
			n := at - 1
			if done {
				n = at
			}
			for i, o := range objects {
				if i < n {
					want(t, s, o.Key, o.Key)
				} else {
					missing(t, s, o.Key)
				}
			}
			settle(t, s, objects)
			for _, o := range objects {
				want(t, s, o.Key, o.Key)
			}
		}
	}
}

// settle repeats a batch as a caller does who may have written it before: what exists is read, and passed over when it is one's own.
func settle(t *testing.T, s archive.Store, objects []archive.Object) {
	t.Helper()
	for range len(objects) + 1 {
		err := s.Put(t.Context(), objects...)
		if err == nil {
			return
		}
		if !errors.Is(err, archive.ErrExists) {
			t.Fatal(err)
		}
		var rest []archive.Object
		for _, o := range objects {
			if b, err := s.Get(t.Context(), o.Key); err != nil || string(b) != string(o.Bytes) {
				rest = append(rest, o)
			}
		}
		objects = rest
	}
	t.Fatal("never settled")
}

// testLostRace: writers who get no answer look, and repeat where there is nothing. In the end one of them has created the object,
// and each knows whether it was he.
func testLostRace(t *testing.T, open Open, losing Losing) {
	const writers = 8
	won := make([]bool, writers)
	var wg sync.WaitGroup
	for i := range writers {
		wg.Go(func() {
			o := object("n/00000001", fmt.Sprint(i))
			err := losing(t, 1, i%2 == 0).Put(t.Context(), o)
			for errors.Is(err, archive.ErrUnknown) {
				err = open(t).Put(t.Context(), o)
			}
			if err != nil && !errors.Is(err, archive.ErrExists) {
				t.Errorf("writer %d: %v", i, err)
				return
			}
			b, err := open(t).Get(t.Context(), o.Key)
			if won[i] = err == nil && string(b) == fmt.Sprint(i); err != nil {
				t.Errorf("writer %d: %v", i, err)
			}
		})
	}
	wg.Wait()
	n := 0
	for _, own := range won {
		if own {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%d writers hold the object for their own", n)
	}
}
