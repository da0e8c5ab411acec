package api

import (
	"bytes"
	"errors"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/tenant"
)

// profileError are the violations of a profile.
type profileError struct{ engagement.Violations }

// getProfile is what the tenant has stored, as it was put; an empty object when it is nothing.
func (s *server) getProfile(c echo.Context) error {
	ctx, cancel := s.soon(c)
	defer cancel()
	p, err := s.Profiles.Latest(ctx, tenantOf(c))
	if err != nil {
		return err
	}
	return profileReply(p).send(c)
}

// putProfile stores a profile: from now on it is merged under every engagement of the tenant.
func (s *server) putProfile(c echo.Context) error {
	if _, err := query(c); err != nil {
		return err
	}
	body, err := readBody(c.Request(), profileLimit)
	if err != nil {
		return err
	}
	p, err := s.storeProfile(c, body)
	if err != nil {
		return err
	}
	return profileReply(p).send(c)
}

func (s *server) storeProfile(c echo.Context, body []byte) (*tenant.Profile, error) {
	ctx, end, err := s.begin(c)
	if err != nil {
		return nil, err
	}
	defer end()
	e, err := engagement.DecodeProfile(bytes.NewReader(body), s.Rules...)
	var found engagement.Violations
	if errors.As(err, &found) {
		return nil, &profileError{found}
	}
	if err != nil {
		return nil, err
	}
	return s.Profiles.Put(ctx, tenantOf(c), e)
}

// profileReply has the profile's version as ETag: documents.profile_version of a manifest names it.
func profileReply(p *tenant.Profile) *reply {
	text := p.JSON
	if p.Version == 0 {
		text = []byte("{}")
	}
	r := newReply(http.StatusOK, mediaJSON, append(bytes.Clone(text), '\n'))
	r.header.Set("ETag", `"`+strconv.Itoa(p.Version)+`"`)
	return r
}
