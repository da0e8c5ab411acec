package backup

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"auftragsmappe/documents/archive"
)

// The kinds of copies.
const (
	kindBackup  = "backup"
	kindRestore = "restore"
)

const version = 1

// state is what a copy says of itself.
type state struct {
	V       int       `json:"v"`
	Kind    string    `json:"kind"` // backup, restore
	Run     string    `json:"run"`
	Program string    `json:"program"`
	Begun   time.Time `json:"begun"`
	Ended   time.Time `json:"ended,omitzero"`  // zero = not whole
	Former  time.Time `json:"former,omitzero"` // begin of the whole run before; what came since is in the lists of new keys
	Objects int       `json:"objects"`
	Bytes   int64     `json:"bytes"`
}

func (s *state) complete() bool { return !s.Ended.IsZero() }

// whole is the begin of the last whole run: all that was acknowledged before it is there.
func (s *state) whole() time.Time {
	if s.complete() {
		return s.Begun
	}
	return s.Former
}

// readState is what a store says of itself; nil when it is no copy.
func readState(ctx context.Context, s archive.Store) (*state, error) {
	b, err := s.Get(ctx, archive.BackupState)
	if errors.Is(err, archive.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read state of backup: %w", err)
	}
	var st state
	if err := json.Unmarshal(b, &st); err != nil {
		return nil, fmt.Errorf("read state of backup: %w", err)
	}
	if st.V != version {
		return nil, fmt.Errorf("%w: v %d", ErrVersion, st.V)
	}
	return &st, nil
}

func (c *copier) putState(ctx context.Context) error {
	b, err := json.Marshal(c.state)
	if err != nil {
		return fmt.Errorf("write state of backup: %w", err)
	}
	if err := c.to.Records.Put(ctx, archive.Object{Key: archive.BackupState, Bytes: b}); err != nil {
		return fmt.Errorf("write state of backup: %w", err)
	}
	return nil
}

// begin says that the destination is not whole from now on. It refuses one that has anything else in it.
func (c *copier) begin(ctx context.Context, kind string) error {
	was, err := readState(ctx, c.to.Records)
	if err != nil {
		return err
	}
	c.state = state{V: version, Kind: kind, Run: c.Run, Program: c.Program, Begun: c.Now().UTC()}
	if c.state.Run == "" {
		c.state.Run = strconv.FormatInt(c.state.Begun.UnixNano(), 36)
	}
	switch {
	case was == nil:
		if err := empty(ctx, c.to); err != nil {
			return err
		}
	case was.Kind != kind, kind == kindRestore && was.complete():
		return ErrNotEmpty
	case was.complete(): // lists of new keys that a crash left behind mean nothing any more
		if err := c.forgetNew(ctx); err != nil {
			return err
		}
		c.state.Former = was.Begun
	default:
		c.state.Former, c.resumed = was.Former, true
	}
	return c.putState(ctx)
}

// empty refuses a place that has anything in it but what was written to try it.
func empty(ctx context.Context, p Place) error {
	for _, s := range []archive.Store{p.Records, p.Files} {
		w := cursor{store: s, skip: []string{archive.ProbePrefix}}
		if err := w.next(ctx); err != nil {
			return err
		}
		if w.key != "" {
			return fmt.Errorf("%w: %s", ErrNotEmpty, w.key)
		}
	}
	return nil
}

// finish says that the destination is whole, and then removes what means nothing any more: a run that is cut off must not have
// taken anything from the one before.
func (c *copier) finish(ctx context.Context) error {
	if err := c.alone(ctx); err != nil {
		return err
	}
	c.state.Ended, c.state.Objects, c.state.Bytes = c.Now().UTC(), c.result.Objects, c.result.Bytes
	if err := c.putState(ctx); err != nil {
		return err
	}
	if err := c.to.Records.Delete(ctx, c.stale...); err != nil {
		return fmt.Errorf("tidy up: %w", err)
	}
	return c.forgetNew(ctx)
}

// alone says whether this is still the last run that was begun.
func (c *copier) alone(ctx context.Context) error {
	now, err := readState(ctx, c.to.Records)
	if err == nil && (now == nil || now.Run != c.state.Run) {
		err = ErrOvertaken
	}
	return err
}

// newKeys is a list of what a run adds, as it is stored.
type newKeys struct {
	V    int      `json:"v"`
	Keys []string `json:"keys"`
}

// announce lists keys that are about to be added, where there is a whole run that they have to be told from.
func (c *copier) announce(ctx context.Context, keys []string) error {
	if c.state.Kind != kindBackup || len(keys) == 0 {
		return nil
	}
	if err := c.alone(ctx); err != nil || c.state.Former.IsZero() {
		return err
	}
	b, err := json.Marshal(newKeys{version, keys})
	if err != nil {
		return fmt.Errorf("announce: %w", err)
	}
	n := int(c.lists.Add(1))
	if err := c.to.Records.Put(ctx, archive.Object{Key: archive.BackupNew(c.state.Run, n), Bytes: b, IfAbsent: true}); err != nil {
		return fmt.Errorf("announce: %w", err)
	}
	return nil
}

// forgetNew removes the lists of new keys.
func (c *copier) forgetNew(ctx context.Context) error {
	w := cursor{store: c.to.Records, prefix: archive.BackupNewPrefix}
	for {
		if err := w.next(ctx); err != nil || w.key == "" {
			return err
		}
		if err := c.to.Records.Delete(ctx, w.key); err != nil {
			return fmt.Errorf("forget: %w", err)
		}
	}
}

// without is a store that lacks some keys.
type without struct {
	archive.Store
	hidden map[string]bool
}

// withoutNew is a backup without what runs have added that did not come to their end.
func withoutNew(ctx context.Context, s archive.Store) (archive.Store, error) {
	hidden := map[string]bool{}
	w := cursor{store: s, prefix: archive.BackupNewPrefix}
	for {
		if err := w.next(ctx); err != nil {
			return nil, err
		}
		if w.key == "" {
			return without{s, hidden}, nil
		}
		b, err := s.Get(ctx, w.key)
		if err != nil {
			return nil, fmt.Errorf("read what is new: %w", err)
		}
		var n newKeys
		if err := json.Unmarshal(b, &n); err != nil || n.V != version {
			return nil, fmt.Errorf("%w: %s: %w", ErrVersion, w.key, err)
		}
		for _, key := range n.Keys {
			hidden[key] = true
		}
	}
}

func (s without) Get(ctx context.Context, key string) ([]byte, error) {
	if s.hidden[key] {
		return nil, fmt.Errorf("%w: %s", archive.ErrNotFound, key)
	}
	return s.Store.Get(ctx, key)
}

func (s without) List(ctx context.Context, prefix, after string, limit int) ([]string, error) {
	var found []string
	for {
		keys, err := s.Store.List(ctx, prefix, after, limit)
		if err != nil {
			return nil, err
		}
		for _, key := range keys {
			if !s.hidden[key] && len(found) < limit {
				found = append(found, key)
			}
		}
		if len(keys) < limit || len(found) == limit {
			return found, nil
		}
		after = keys[len(keys)-1]
	}
}
