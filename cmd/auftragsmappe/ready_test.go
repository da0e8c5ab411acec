package main

import (
	"context"
	"errors"
	"strings"
	"testing"

	"auftragsmappe/documents/archive"
)

func TestPerSecond(t *testing.T) {
	for text, want := range map[string]int{"": 0, "0": -1, "1": 1, "500": 500, "1000000": 1_000_000} {
		if got, err := (&config{rate: text}).perSecond(); err != nil || got != want {
			t.Errorf("%q: %d, %v", text, got, err)
		}
	}
	for _, text := range []string{"-1", "1.5", "viele", "1000001", " 5"} {
		if _, err := (&config{rate: text}).perSecond(); err == nil || !strings.HasPrefix(err.Error(), "AUFTRAGSMAPPE_RATE: ") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// Each store is asked: one that does not answer is enough.
func TestReady(t *testing.T) {
	sound, gone := archive.NewMemory(), archive.NewFault(archive.NewMemory(), 1, archive.CrashLost)
	_ = gone.Put(t.Context(), archive.Object{Key: "k/x"})
	for _, c := range []struct {
		stores []archive.Store
		ready  bool
	}{{[]archive.Store{sound, sound}, true}, {[]archive.Store{sound, gone}, false}, {[]archive.Store{gone, sound}, false}} {
		err := ready(c.stores...)(context.Background())
		if (err == nil) != c.ready || err != nil && !errors.Is(err, archive.ErrStorage) {
			t.Error(c.ready, err)
		}
	}
}
