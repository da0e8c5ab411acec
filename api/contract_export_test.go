package api

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"auftragsmappe/api/door"
	"auftragsmappe/documents/engagement"
)

// Routes are method and path of every route, in Echo's notation, without Echo's own for unknown addresses.
func Routes(h http.Handler) map[[2]string]bool {
	all := map[[2]string]bool{}
	for _, r := range h.(*echo.Echo).Routes() {
		if r.Method != echo.RouteNotFound {
			all[[2]string{r.Method, r.Path}] = true
		}
	}
	return all
}

// Answer is what a problem document says of its kind.
type Answer struct {
	Type   string
	Status int
	Title  string
}

// Answers are all kinds of problem documents that the program can send.
func Answers() map[Answer]bool {
	all := map[Answer]bool{}
	for _, err := range []error{
		engagement.Violations{{}}, &profileError{engagement.Violations{{}}}, &engagement.SyntaxError{}, &parameterError{}, &door.UnreadableError{}, errors.New("a fault"),
	} {
		all[toProblem(err).answer()] = true
	}
	for _, a := range answers {
		all[newProblem(a).answer()] = true
	}
	for kind, title := range conflicts {
		all[newProblem(answer{status: http.StatusConflict, kind: kind, title: title}).answer()] = true
	}
	return all
}

func (p *problem) answer() Answer { return Answer{p.Type, p.Status, p.Title} }

// Problem is the Go shape of a problem document.
type Problem = problem

// HookAnswer is the Go shape of the answer of a hook.
type HookAnswer = hookAnswer

// Unready is the Go shape of the answer of /readyz while the stores do not answer.
type Unready = unready

// Decided is the Go shape of a decision.
type Decided = decided

// Page is the Go shape of a list.
type Page = page
