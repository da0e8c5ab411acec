package documents

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/ledger"
)

// The codes of findings.
const (
	findSealUnreadable  = "seal_unreadable"
	findSealBroken      = "seal_broken"      // the chain of seals
	findEventChanged    = "event_changed"    // other bytes than were sealed
	findEventRemoved    = "event_removed"    // sealed, and gone; or missing between others
	findEventUnreadable = "event_unreadable" // no event of this program
	findEventOrder      = "event_order"      // events that cannot follow each other
	findFileMissing     = "file_missing"
	findFileChanged     = "file_changed"
	findNumberGap       = "number_gap"
	findNumberStray     = "number_stray" // points to no claim that wanted it
	findNumberTwice     = "number_twice" // its claim has another one
	findNumberMissing   = "number_missing"
	findNumberDiffers   = "number_differs" // the documents of its claim show another one
	findEventMoved      = "event_moved"    // from the engagement that its reference names to another one
	findListMissing     = "list_missing"   // from the list of engagements
)

// Finding is something in the archive that is not as it was written.
type Finding struct {
	Tenant string
	Where  string // an event ("ID/000001"), a document, a number, a seal
	Code   string
	Detail string // German sentence
}

// Audited is what an audit has looked at.
type Audited struct {
	Tenants, Engagements, Events, Documents, Numbers int
	Unsealed                                         int // events that no seal has yet
	Open                                             int // claims that are not finished
	Spare                                            int // files that no document names: of claims at work, or left by one that died
	Findings                                         int
}

// auditor looks through one tenant.
type auditor struct {
	is     *Issuer
	tenant string
	count  *Audited
	report func(Finding)
	sealed map[string]string // event → hash; what is left at the end is gone
	wanted map[string]int    // numbers that claims have, by series, year, engagement and event: what is printed, or one of below
	issued map[string]bool   // engagements that must be in the list
	named  int               // files that documents name and that are there
}

// What is known of the number of a claim besides a printed one.
const (
	notIssued  = -1 // it may have none yet
	notPrinted = 0  // it must have one; its documents do not show which
)

// Audit walks everything that is stored: seals and their chain, events against their seals, the order of events in every
// stream, files against their hashes, numbers without gaps. It reports what is not as it was written and changes nothing. The
// error is trouble with storage.
func (is *Issuer) Audit(ctx context.Context, report func(Finding)) (*Audited, error) {
	tenants, err := is.ledger.Tenants(ctx)
	if err != nil {
		return nil, err
	}
	count := &Audited{Tenants: len(tenants)}
	for _, name := range tenants {
		a := &auditor{is: is, tenant: name, count: count, report: report, sealed: map[string]string{}, wanted: map[string]int{}, issued: map[string]bool{}}
		for _, part := range []func(context.Context) error{a.seals, a.streams, a.removed, a.numbers, a.list, a.spare} {
			if err := part(ctx); err != nil {
				return count, fmt.Errorf("audit %s: %w", name, err)
			}
		}
	}
	return count, nil
}

func (a *auditor) find(where, code, detail string) {
	a.count.Findings++
	a.report(Finding{a.tenant, where, code, detail})
}

// seals reads the chain. Later parts go without seals where it cannot be read.
func (a *auditor) seals(ctx context.Context) error {
	before := ""
	err := a.is.ledger.EachSeal(ctx, a.tenant, func(s *ledger.Seal) {
		if s.Previous != before {
			a.find("seal/"+s.Day, findSealBroken, "Das Siegel schließt nicht an das vorige an: Eines davon ist verändert, oder eines dazwischen fehlt.")
		}
		before = s.Sum
		for _, e := range s.Events {
			a.sealed[e.Event] = e.Sum
		}
	})
	if errors.Is(err, archive.ErrStorage) || ctx.Err() != nil {
		return err
	}
	if err != nil {
		a.find("seal", findSealUnreadable, "Ein Siegel lässt sich nicht lesen: Es ist verändert oder von einem neueren Programm.")
	}
	return nil
}

// removed are the sealed events that were not met.
func (a *auditor) removed(context.Context) error {
	for event := range a.sealed {
		a.find(event, findEventRemoved, "Dieses Ereignis ist versiegelt und fehlt jetzt.")
	}
	return nil
}

// streams reads every engagement.
func (a *auditor) streams(ctx context.Context) error {
	s := &ledger.Stream{Tenant: a.tenant}
	broken := false
	err := a.is.ledger.Keys(ctx, archive.EventPrefix(a.tenant), func(key string) error {
		_, id, n, ok := archive.ParseEvent(key)
		if !ok {
			a.find(key, findEventUnreadable, "Hier liegt etwas, das kein Ereignis ist.")
			return nil
		}
		if id != s.ID {
			if err := a.stream(ctx, s, broken); err != nil {
				return err
			}
			s, broken = &ledger.Stream{Tenant: a.tenant, ID: id}, false
		}
		e, err := a.event(ctx, key, n)
		switch {
		case err != nil:
			return err
		case e == nil:
			broken = true
		case n != len(s.Events)+1:
			if !broken {
				a.find(eventName(id, n), findEventRemoved, "Vor diesem Ereignis fehlt eines.")
			}
			broken = true
		}
		if e != nil {
			s.Events = append(s.Events, *e)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return a.stream(ctx, s, broken)
}

func eventName(id string, n int) string { return fmt.Sprintf("%s/%06d", id, n) }

// event reads one event and holds it against its seal; nil when it cannot be read.
func (a *auditor) event(ctx context.Context, key string, n int) (*ledger.Event, error) {
	b, err := a.is.ledger.Raw(ctx, key)
	if err != nil {
		return nil, err
	}
	_, id, _, _ := archive.ParseEvent(key)
	name := eventName(id, n)
	a.count.Events++
	sum, ok := a.sealed[name]
	switch delete(a.sealed, name); {
	case !ok:
		a.count.Unsealed++
	case sum != ledger.Sum(b):
		a.find(name, findEventChanged, "Dieses Ereignis ist verändert: Es hat andere Bytes als bei der Versiegelung.")
	}
	var e ledger.Event
	if json.Unmarshal(b, &e) != nil || e.V != ledger.Version {
		a.find(name, findEventUnreadable, "Dieses Ereignis lässt sich nicht lesen.")
		return nil, nil
	}
	return &e, nil
}

// stream looks at one engagement: the order of its events, and the files of its documents.
func (a *auditor) stream(ctx context.Context, s *ledger.Stream, broken bool) error {
	if len(s.Events) == 0 {
		return nil
	}
	a.count.Engagements++
	a.order(s)
	if broken {
		return nil // said already; what follows from it is not told again
	}
	if s.Pending() > 0 {
		a.count.Open++
	}
	h, err := readHistory(s)
	if err != nil {
		a.find(s.ID, findEventUnreadable, "Ein Vorgang dieses Auftrags lässt sich nicht lesen.")
		return nil
	}
	a.reference(s.ID, h)
	m := &Manifest{}
	if n := s.Last(ledger.Issued); n > 0 {
		a.issued[s.ID] = true
		if m, err = manifestAt(s, n); err != nil {
			a.find(s.ID, findEventUnreadable, "Die Liste der Dokumente dieses Auftrags lässt sich nicht lesen.")
			return nil
		}
	}
	a.want(s.ID, h, m)
	return a.files(ctx, m)
}

// reference holds the engagement's id against its reference: they cannot be parted.
func (a *auditor) reference(id string, h history) {
	for i := range h {
		if r := h[i].claim.Reference; r != "" && ledger.ID(a.tenant, r) != id {
			a.find(eventName(id, h[i].event), findEventMoved, "Dieser Vorgang gehört nach seiner Referenz zu einem anderen Auftrag.")
		}
	}
}

// order reports events that cannot follow each other: claimed and issued alternate, and time does not run backwards.
func (a *auditor) order(s *ledger.Stream) {
	want, before := ledger.Claimed, time.Time{}
	for i, e := range s.Events {
		if e.Type != want || e.At.Before(before) {
			a.find(eventName(s.ID, i+1), findEventOrder, "Dieses Ereignis kann auf das vorige nicht folgen: Die Reihenfolge ist verändert.")
			return
		}
		if before = e.At; want == ledger.Claimed {
			want = ledger.Issued
		} else {
			want = ledger.Claimed
		}
	}
}

// files holds every document of an engagement, also replaced ones, against its hash.
func (a *auditor) files(ctx context.Context, m *Manifest) error {
	for i := range m.Documents {
		d := &m.Documents[i]
		a.count.Documents++
		_, err := a.is.file(ctx, a.tenant, m.ID, d)
		switch {
		case err == nil:
			a.named++
		case errors.Is(err, ErrDamaged):
			a.named++
			a.find(m.ID+"/"+d.ID, findFileChanged, "Die Datei "+d.File+" ist verändert: Sie hat andere Bytes als bei der Ausstellung.")
		case errors.Is(err, archive.ErrNotFound), errors.Is(err, archive.ErrKey): // a hash that is none names no file
			a.find(m.ID+"/"+d.ID, findFileMissing, "Die Datei "+d.File+" fehlt.")
		default:
			return err
		}
	}
	return nil
}
