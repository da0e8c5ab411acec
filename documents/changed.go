package documents

import (
	"fmt"
	"strings"

	"auftragsmappe/documents/engagement"
)

// The codes of a ConflictError.
const (
	codeChanged       = "reference_changed"
	codeInvoiceIssued = "invoice_issued"
)

// ConflictError says that a call does not fit what was issued under its reference.
type ConflictError struct {
	Code     string   // reference_changed, invoice_issued
	Pointers []string // JSON pointers that differ, in order; at most 100
	finding  string   // German clause: what is in the way
	remedy   string   // German sentence: what to do
}

// Error names the pointers, for logs: no personal data.
func (e *ConflictError) Error() string {
	return "documents: " + e.Code + ": " + strings.Join(e.Pointers, " ")
}

// maxNamed is how many differing fields the sentence names; Violations has all.
const maxNamed = 5

// Detail is the German sentence for the caller: what is in the way, what differs, and what to do.
func (e *ConflictError) Detail() string {
	named := e.Pointers[:min(len(e.Pointers), maxNamed)]
	more := ""
	if len(named) < len(e.Pointers) {
		more = " und weitere"
	}
	return e.finding + "; verschieden: " + strings.Join(named, ", ") + more + ". " + e.remedy
}

// Violations are the differing fields, each with its sentence.
func (e *ConflictError) Violations() engagement.Violations {
	v := make(engagement.Violations, 0, len(e.Pointers))
	for _, p := range e.Pointers {
		v = append(v, engagement.Violation{Pointer: p, Code: e.Code, Detail: e.finding + ". " + e.remedy})
	}
	return v
}

// changed is the conflict between the bodies of two calls, as the callers wrote them.
func changed(before *claim, v *engagement.Valid, finding, remedy string) error {
	return &ConflictError{Code: codeChanged, Pointers: differences([]byte(before.Canonical), v.Canonical), finding: finding, remedy: remedy}
}

func changedPeer(before *claim, v *engagement.Valid, newest int) error {
	return changed(before, v, "Zu dieser reference ist schon ein anderer Auftrag ausgestellt", fmt.Sprintf(
		"Bitte senden Sie ihn unverändert, die Änderung als nächste Fassung („revision“: %d) oder einen neuen Auftrag mit einer anderen reference.", newest+1))
}

func changedLower(before *claim, v *engagement.Valid, newest int) error {
	return changed(before, v, fmt.Sprintf("Zu dieser reference gilt schon die Fassung %d", newest), fmt.Sprintf(
		"Bitte senden Sie eine Änderung als nächste Fassung („revision“: %d), oder setzen Sie die geltende fort („revision“: %d).", newest+1, newest))
}

func changedEarlier(before *claim, v *engagement.Valid, newest int) error {
	return changed(before, v, "Zu dieser reference sind schon die Verträge ausgestellt", fmt.Sprintf(
		"Ein anderes Angebot gehört in die nächste Fassung: Bitte senden Sie es mit „revision“: %d.", newest+1))
}

func changedOffer(number string, pointers []string, newest int) error {
	return &ConflictError{Code: codeChanged, Pointers: pointers[:min(len(pointers), maxPointers)],
		finding: "Vertragsparteien, Leistung und Preis müssen mit dem Angebot " + number + " übereinstimmen",
		remedy: fmt.Sprintf("Bitte senden Sie zuerst das geänderte Angebot als nächste Fassung („stage“: \"offer\", „revision“: %d), "+
			"oder beides zusammen („stage“: \"complete\").", newest+1)}
}

func changedInvoice(number string, pointers []string) error {
	return &ConflictError{Code: codeInvoiceIssued, Pointers: pointers[:min(len(pointers), maxPointers)],
		finding: "Die Rechnung " + number + " ist schon ausgestellt und würde sich ändern",
		remedy: "Eine ausgestellte Rechnung wird nicht ersetzt; sie muss zuerst storniert werden. " +
			"Bitte lassen Sie Parteien, Leistung, Preis, Zeitraum und Zahlung unverändert, oder senden Sie einen neuen Auftrag mit einer anderen reference."}
}
