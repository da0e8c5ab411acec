package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"auftragsmappe/documents/decision"
)

// decided is the answer of POST /v1/decisions.
type decided struct {
	Decision    []decision.Need   `json:"decision"`
	AVVRequired bool              `json:"avv_required"`
	AVVReason   string            `json:"avv_reason"`
	Notices     []decision.Notice `json:"notices"`
}

// postDecision says which documents an engagement needs and why, without any effect.
func (s *server) postDecision(c echo.Context) error {
	if _, err := query(c); err != nil {
		return err
	}
	body, err := readBody(c.Request(), engagementLimit)
	if err != nil {
		return err
	}
	d, err := s.decide(c, body)
	if err != nil {
		return err
	}
	return sendJSON(c, http.StatusOK, decided{d.Needs, d.AVVRequired, d.AVVReason, append([]decision.Notice{}, d.Notices...)})
}

func (s *server) decide(c echo.Context, body []byte) (decision.Decision, error) {
	ctx, end, err := s.begin(c)
	if err != nil {
		return decision.Decision{}, err
	}
	defer end()
	call, err := s.call(ctx, tenantOf(c), body)
	if err != nil {
		return decision.Decision{}, err
	}
	return decision.Decide(call.Engagement), nil
}
