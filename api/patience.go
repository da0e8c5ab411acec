package api

import (
	"context"
	"time"

	"github.com/labstack/echo/v4"
)

// defaultPatience is what no-code tools bear, which give up after 10 to 40 seconds: a clear answer that a request may be sent
// again is worth more than one that comes too late. What is claimed is finished all the same.
const defaultPatience = 8 * time.Second

// soon is a request's context for its work with the stores; it begins once the body is there, however slowly it came.
func (s *server) soon(c echo.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(c.Request().Context(), s.Patience)
}

// begin is soon with a slot, for what decodes or renders; end gives both back.
func (s *server) begin(c echo.Context) (ctx context.Context, end func(), err error) {
	ctx, cancel := s.soon(c)
	giveBack, err := s.slots.take(ctx)
	if err != nil {
		cancel()
		return nil, nil, err
	}
	return ctx, func() { giveBack(); cancel() }, nil
}
