package documents

import (
	"strings"

	"auftragsmappe/documents/engagement"
)

// maxNamed is how many differing fields the sentence names; Violations has all.
const maxNamed = 5

// Detail is the German sentence for the caller: what differs, and what to do.
func (e *ConflictError) Detail() string {
	named := e.Pointers[:min(len(e.Pointers), maxNamed)]
	more := ""
	if len(named) < len(e.Pointers) {
		more = " und weitere"
	}
	return "Zu dieser reference ist schon ein anderer Auftrag ausgestellt; verschieden: " + strings.Join(named, ", ") + more +
		". Bitte senden Sie ihn unverändert oder mit einer anderen reference."
}

// Violations are the differing fields, each with its sentence (code reference_changed).
func (e *ConflictError) Violations() engagement.Violations {
	v := make(engagement.Violations, 0, len(e.Pointers))
	for _, p := range e.Pointers {
		v = append(v, engagement.Violation{Pointer: p, Code: "reference_changed", Detail: "Hier weicht der Auftrag von dem ab, der zu dieser " +
			"reference schon ausgestellt ist. Bitte senden Sie ihn unverändert oder mit einer anderen reference."})
	}
	return v
}
