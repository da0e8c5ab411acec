package api

import (
	"context"
	"time"

	"github.com/labstack/echo/v4"
)

// defaultPatience is what no-code tools bear, which give up after 10 to 40 seconds: a clear answer that a request may be sent
// again is worth more than one that comes too late. What is claimed is finished all the same.
const defaultPatience = 8 * time.Second

// spentKey is what a request has waited for the stores so far.
const spentKey = "spent"

// soon is a request's context for its work with the stores. What it has waited for them before, to find its key, is taken off; its
// body may come as slowly as it does.
func (s *server) soon(c echo.Context) (context.Context, context.CancelFunc) {
	return s.within(c, s.Patience)
}

// within is soon for who can wait for another time.
func (s *server) within(c echo.Context, patience time.Duration) (context.Context, context.CancelFunc) {
	spent, _ := c.Get(spentKey).(time.Duration)
	begun := time.Now()
	ctx, cancel := context.WithTimeout(c.Request().Context(), patience-spent)
	return ctx, func() {
		cancel()
		c.Set(spentKey, spent+time.Since(begun))
	}
}

// begin is soon with a slot, for what decodes or renders; end gives both back.
func (s *server) begin(c echo.Context) (ctx context.Context, end func(), err error) {
	return s.beginWithin(c, s.Patience)
}

// beginWithin is begin for who can wait for another time.
func (s *server) beginWithin(c echo.Context, patience time.Duration) (ctx context.Context, end func(), err error) {
	ctx, cancel := s.within(c, patience)
	giveBack, err := s.slots.take(ctx)
	if err != nil {
		cancel()
		return nil, nil, err
	}
	return ctx, func() { giveBack(); cancel() }, nil
}
