package documents

import (
	"context"
	"errors"
	"fmt"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/ledger"
)

// finish carries the stream's pending claim through: numbers, files, issued. It renders all files anew from the claim,
// whoever made it: there is one path for the first try and for recovery, and content-addressed files never clash. again says
// that somebody may have tried before, perhaps with an older program, whose files were other ones.
func (is *Issuer) finish(ctx context.Context, s *ledger.Stream, again bool) (*Result, error) {
	n := s.Pending()
	files, m, err := is.remake(ctx, s, n)
	if err != nil {
		return nil, err
	}
	if err := is.files.Put(ctx, objects(s.Tenant, s.ID, files)...); err != nil {
		return nil, fmt.Errorf("issue %s: put files: %w", s.ID, err)
	}
	var left []string
	if again {
		if left, err = is.strays(ctx, s, m); err != nil {
			return nil, err
		}
	}
	at := s.Moment(is.moment())
	err = is.ledger.Issue(ctx, s, at, newIssued(m, at))
	if errors.Is(err, archive.ErrExists) {
		is.yield(ctx, s, n, files)
	}
	if err != nil {
		return nil, err
	}
	if is.discard(ctx, s, left) {
		_ = is.ledger.Strike(ctx, s, n) // an entry that stays is struck off by the next sweep
	}
	is.log.Info("issued", "tenant", s.Tenant, "id", s.ID, "event", n, "documents", len(files))
	m, err = manifestAt(s, len(s.Events))
	return &Result{Manifest: m}, err
}

// remake takes the numbers of claim n and makes its documents.
func (is *Issuer) remake(ctx context.Context, s *ledger.Stream, n int) ([]File, *Manifest, error) {
	c, err := readClaim(s, n)
	if err != nil {
		return nil, nil, err
	}
	s.Year = c.Engagement.Date.Year
	numbers, err := is.ledger.Take(ctx, s.Tenant, ledger.Owner{ID: s.ID, Event: n}, c.Numbers)
	if err != nil {
		return nil, nil, err
	}
	stamp := c.stamp(s, n, numbers)
	if stamp.former, err = standingBefore(s, n); err != nil {
		return nil, nil, err
	}
	if stamp.Look, err = is.look(ctx, s.Tenant, c.Profile); err != nil {
		return nil, nil, err
	}
	files, m, err := is.Render(s.Tenant, c.valid(), c.decision(), stamp)
	if err != nil {
		return nil, nil, fmt.Errorf("issue %s: %w", s.ID, err)
	}
	return files, m, nil
}

func objects(name, id string, files []File) []archive.Object {
	all := make([]archive.Object, len(files))
	for i := range files {
		f := &files[i]
		all[i] = archive.Object{Key: fileKey(name, id, f.Kind, f.SHA256), Bytes: f.Bytes, Keep: f.Keep}
	}
	return all
}

func fileKey(name, id, kind, sum string) string { return archive.FileKey(name, id, sum, kind+".pdf") }

// strays are the engagement's files that its documents, as a call leaves them, do not name: what a finisher with another
// program wrote before it died. They are looked for while the claim is pending: once it is issued the next call, perhaps of
// another replica, writes files before they are named. Where the list of documents may be damaged nothing is a stray: the files
// of issued documents are worth more than order.
func (is *Issuer) strays(ctx context.Context, s *ledger.Stream, m *Manifest) ([]string, error) {
	known := named(s, m)
	var left []string
	err := archive.EachKey(ctx, is.files, archive.FilePrefix(s.Tenant, s.ID), func(key string) error {
		if !known[key] {
			left = append(left, key)
		}
		delete(known, key)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("issue %s: %w", s.ID, err)
	}
	if len(known) > 0 || !listsAll(s, m) {
		return nil, nil
	}
	return left, nil
}

// listsAll says that a manifest has every document that the calls of its stream were to make.
func listsAll(s *ledger.Stream, m *Manifest) bool {
	h, err := readHistory(s)
	if err != nil {
		return false
	}
	ids := map[string]bool{}
	for i := range m.Documents {
		ids[m.Documents[i].ID] = true
	}
	for i := range h {
		for _, k := range h[i].claim.task().Issues {
			if !ids[documentID(k, h[i].event)] {
				return false
			}
		}
	}
	return true
}

// named are the keys of all files that a manifest names, also of documents that were replaced.
func named(s *ledger.Stream, m *Manifest) map[string]bool {
	known := map[string]bool{}
	for i := range m.Documents {
		d := &m.Documents[i]
		known[fileKey(s.Tenant, s.ID, string(d.Kind), d.SHA256)] = true
	}
	return known
}

// yield removes the files of a finisher that came second and had made other ones than the first: another program.
func (is *Issuer) yield(ctx context.Context, s *ledger.Stream, n int, files []File) {
	e, err := is.issuedAfter(ctx, s.Tenant, s.ID, n)
	if err != nil {
		return // they stay; the next finisher of another claim of this engagement finds them
	}
	m, err := readIssued(e)
	if err != nil {
		return
	}
	known := named(s, m)
	var mine []string
	for _, o := range objects(s.Tenant, s.ID, files) {
		if !known[o.Key] {
			mine = append(mine, o.Key)
		}
	}
	is.discard(ctx, s, mine)
}

// tidy strikes an entry off whose claim is not pending: it is issued, perhaps by a finisher that died before it had removed what
// others had left. Files that a later claim may be about to name are left alone, and with them the entry.
func (is *Issuer) tidy(ctx context.Context, s *ledger.Stream, o archive.Open) error {
	issued := *s
	issued.Events = s.Events[:s.Last(ledger.Issued)]
	m, err := manifestAt(&issued, len(issued.Events))
	if err != nil { // nothing is issued, or nobody can say what is named
		return is.ledger.StrikeEntry(ctx, o)
	}
	left, err := is.strays(ctx, &issued, m)
	if err != nil {
		return err
	}
	if len(left) > 0 {
		now, err := is.ledger.Load(ctx, s.Tenant, s.ID) // read after the list: who wrote a file of it has claimed before
		if err != nil || now.Pending() > 0 || len(now.Events) > len(s.Events) || !is.discard(ctx, s, left) {
			return err
		}
	}
	return is.ledger.StrikeEntry(ctx, o)
}

// discard removes files that no document names, and says whether they are gone. What cannot be removed does no harm: nobody is
// led to it.
func (is *Issuer) discard(ctx context.Context, s *ledger.Stream, keys []string) bool {
	if len(keys) == 0 {
		return true
	}
	err := is.files.Delete(archive.Unnamed(ctx), keys...)
	is.log.Info("discarded files of another try", "tenant", s.Tenant, "id", s.ID, "files", len(keys), "error", err)
	return err == nil
}
