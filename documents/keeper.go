package documents

import (
	"encoding/json"
	"maps"
	"slices"
	"sync"
	"time"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/date"
	"auftragsmappe/documents/ledger"
)

// Keeper says until when objects are kept that are copied from another store, which may have no locks. It wants to see events
// before the files that they name, as a backup has them. It is safe for concurrent use.
type Keeper struct {
	keep  Keep
	mu    sync.Mutex
	files map[string]time.Time // of events that were seen; those that were asked for are forgotten
}

// NewKeeper is a Keeper for the years of a configuration.
func NewKeeper(k Keep) *Keeper { return &Keeper{keep: k, files: map[string]time.Time{}} }

// Until is the moment until which an object is kept; zero for one that is not, or of which nothing is known.
func (k *Keeper) Until(key string, body []byte) time.Time {
	if !archive.Kept(key) {
		return time.Time{}
	}
	if _, file := archive.FileSum(key); file {
		return k.file(key)
	}
	if _, year, _, ok := archive.ParseNumber(key); ok {
		return k.keep.Longest().Until(year)
	}
	var e ledger.Event // profiles and seals have its moment as well
	if err := json.Unmarshal(body, &e); err != nil || e.At.IsZero() {
		return time.Time{}
	}
	if name, id, _, ok := archive.ParseEvent(key); ok && e.Type == ledger.Issued {
		k.learn(&ledger.Stream{Tenant: name, ID: id}, &e)
	}
	return k.keep.Longest().Until(e.At.In(date.Germany()).Year())
}

func (k *Keeper) file(key string) time.Time {
	k.mu.Lock()
	defer k.mu.Unlock()
	until := k.files[key]
	delete(k.files, key)
	return until
}

// Left are the files of events that were seen, and that were not asked for: they are there already, or missing.
func (k *Keeper) Left() []string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return slices.Sorted(maps.Keys(k.files))
}

// learn notes the documents of an event.
func (k *Keeper) learn(s *ledger.Stream, e *ledger.Event) {
	m, err := readIssued(e)
	if err != nil {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	for i := range m.Documents {
		d := &m.Documents[i]
		if last, err := time.Parse(time.DateOnly, d.KeepUntil); err == nil {
			k.files[fileKey(s.Tenant, s.ID, string(d.Kind), d.SHA256)] = archive.Years(1).Until(last.Year() - 1)
		}
	}
}
