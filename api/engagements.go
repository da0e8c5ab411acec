package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/engagement"
)

// postEngagement validates, decides, renders and archives, or makes drafts: 201 with the manifest or the bundle, 200 for
// drafts, 202 while the work goes on. A repeat of the same call gives the same answer, marked Idempotent-Replayed.
func (s *server) postEngagement(c echo.Context) error {
	w, err := wishOf(c)
	if err != nil {
		return err
	}
	key, err := requestKey(c.Request().Header)
	if err != nil {
		return err
	}
	body, err := readBody(c.Request(), engagementLimit)
	if err != nil {
		return err
	}
	r, err := s.make(c, w, body, key)
	if err != nil {
		return err
	}
	return r.send(c)
}

// make is all of a POST that needs memory: what it gives is sent without a slot, as the caller's line may be slow.
func (s *server) make(c echo.Context, w wish, body []byte, key string) (*reply, error) {
	ctx, end, err := s.begin(c)
	if err != nil {
		return nil, err
	}
	defer end()
	call, err := s.call(ctx, tenantOf(c), body)
	var violations engagement.Violations
	if errors.As(err, &violations) && !w.draft {
		return s.recall(ctx, w, documents.Call{Tenant: tenantOf(c), Key: key}, recalled{body, err})
	}
	if err != nil {
		return nil, err
	}
	if w.draft {
		return s.draft(ctx, w, call)
	}
	call.Key = key
	return s.issue(ctx, w, call)
}

// call reads an engagement, merged over the tenant's stored profile.
func (s *server) call(ctx context.Context, tenant string, body []byte) (documents.Call, error) {
	p, err := s.Profiles.Latest(ctx, tenant)
	if err != nil {
		return documents.Call{}, err
	}
	v, err := engagement.Decode(bytes.NewReader(body), p.Profile, s.Issuer.Today(), s.Rules...)
	if err != nil {
		return documents.Call{}, err
	}
	return documents.Call{Tenant: tenant, Engagement: v, Profile: p.Version}, nil
}

// recalled is a body that is refused today, and why.
type recalled struct {
	body  []byte
	cause error
}

// recall repeats a call that was answered before, though today's profile or rules refuse it; every other call stays refused.
func (s *server) recall(ctx context.Context, w wish, call documents.Call, r recalled) (*reply, error) {
	var err error
	if call.Engagement, err = engagement.Recall(bytes.NewReader(r.body)); err != nil {
		return nil, r.cause
	}
	result, err := s.Issuer.Replay(ctx, call)
	switch {
	case errors.Is(err, archive.ErrStorage):
		return nil, err
	case err != nil:
		return nil, r.cause
	}
	return s.issued(ctx, w, call.Tenant, result)
}

// issue makes the documents, or finds those of the same call; a repeat chooses its representation anew.
func (s *server) issue(ctx context.Context, w wish, call documents.Call) (*reply, error) {
	result, err := s.Issuer.Issue(ctx, call)
	if err != nil {
		return nil, err
	}
	return s.issued(ctx, w, call.Tenant, result)
}

// issued is the answer to a call that issued something, or found what was issued.
func (s *server) issued(ctx context.Context, w wish, tenant string, result *documents.Result) (*reply, error) {
	m, status := result.Manifest, http.StatusCreated
	if m.Status == documents.StatusRunning { // there is no bundle yet
		status, w.format = http.StatusAccepted, formatJSON
	}
	r, err := s.representation(ctx, w, tenant, m)
	if err != nil {
		return nil, err
	}
	r.status = status
	s.mark(r, result)
	return r, nil
}

// mark says where the engagement of an answer is, and that it was issued before.
func (s *server) mark(r *reply, result *documents.Result) {
	r.header.Set(echo.HeaderLocation, s.Base+"/v1/engagements/"+result.Manifest.ID)
	if result.Replayed {
		r.header.Set("Idempotent-Replayed", "true")
	}
}

// representation is what was issued as the manifest or the bundle.
func (s *server) representation(ctx context.Context, w wish, tenant string, m *documents.Manifest) (*reply, error) {
	if w.format == formatZip {
		return s.bundle(ctx, tenant, m)
	}
	return jsonReply(http.StatusOK, m.WithURLs(s.Base))
}

// draft makes drafts: all, or the one that is wanted. Nothing is archived.
func (s *server) draft(ctx context.Context, w wish, call documents.Call) (*reply, error) {
	m, files, err := s.Issuer.Preview(ctx, call)
	if err != nil {
		return nil, err
	}
	switch w.format {
	case formatZip:
		return zipReply(m.WithURLs(s.Base), files)
	case formatPDF:
		for i := range files {
			if files[i].Kind == string(w.kind) {
				return fileReply(&files[i]), nil
			}
		}
		return nil, notMade(w.kind, m.Decision)
	}
	return jsonReply(http.StatusOK, m.WithURLs(s.Base))
}

// getEngagement is the engagement as it stands, in the shape of the answer of POST.
func (s *server) getEngagement(c echo.Context) error {
	m, err := s.engagement(c)
	if err != nil {
		return err
	}
	return sendJSON(c, http.StatusOK, m.WithURLs(s.Base))
}

// engagement is the one that the URL names; another tenant's is not there.
func (s *server) engagement(c echo.Context) (*documents.Manifest, error) {
	ctx, cancel := s.soon(c)
	defer cancel()
	m, err := s.Issuer.Engagement(ctx, tenantOf(c), c.Param("id"))
	if errors.Is(err, documents.ErrNotFound) {
		return nil, errNoEngagement
	}
	return m, err
}

// page is a part of the list of engagements.
type page struct {
	Data []*documents.Manifest `json:"data"`
	Next string                `json:"next"` // cursor of the next page; "" = none
}

const (
	defaultLimit = 20
	maxLimit     = 100
)

// listEngagements is a page of the tenant's engagements, newest first.
func (s *server) listEngagements(c echo.Context) error {
	q, err := query(c, "reference", "limit", "cursor")
	if err != nil {
		return err
	}
	limit := defaultLimit
	if q.Has("limit") {
		limit, err = strconv.Atoi(q.Get("limit"))
	}
	if err != nil || limit < 1 || limit > maxLimit {
		return &parameterError{"limit", fmt.Sprintf("Der Parameter limit hat den Wert „%s“. Bitte geben Sie eine ganze Zahl von 1 bis %d an.",
			short(q.Get("limit")), maxLimit)}
	}
	ctx, cancel := s.soon(c)
	defer cancel()
	found, err := s.Issuer.Engagements(ctx, documents.Query{
		Tenant: tenantOf(c), Reference: q.Get("reference"), After: q.Get("cursor"), Limit: limit,
	})
	if errors.Is(err, documents.ErrCursor) {
		return &parameterError{"cursor", "Der Parameter cursor ist keiner, den eine Liste geliefert hat. " +
			"Bitte übernehmen Sie ihn unverändert aus next, oder lassen Sie ihn weg."}
	}
	if err != nil {
		return err
	}
	p := page{Data: make([]*documents.Manifest, len(found.Manifests)), Next: found.Next}
	for i, m := range found.Manifests {
		p.Data[i] = m.WithURLs(s.Base)
	}
	return sendJSON(c, http.StatusOK, p)
}
