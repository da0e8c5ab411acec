package texts

import (
	"strings"
	"testing"

	"auftragsmappe/documents/decision"
)

const reviewRule = reviewHead + "\n| --- | --- | --- | --- | --- |\n"

// TestReviewFile: REVIEW.md is well-formed, and says that it is empty only while it is.
func TestReviewFile(t *testing.T) {
	reviews, err := Reviews()
	if err != nil {
		t.Fatal(err)
	}
	if empty := strings.Contains(reviewFile, "Sie ist leer"); empty != (len(reviews) == 0) {
		t.Errorf("%d reviews, but the file says that it is empty: %v", len(reviews), empty)
	}
}

func TestParseReviews(t *testing.T) {
	const good = "| contract | d2f4069bdf45 | 2026-12-01 | Kanzlei Weiß | freigegeben |\n"
	reviews, err := parseReviews("# Prüfstand\n\n" + reviewRule + good + "| avv | `26b1aa48fc95` | 2026-12-02 | Dr. Weiß | zwei Anmerkungen |\n\nEnde.\n")
	if err != nil || len(reviews) != 2 || reviews[1].Kind != decision.AVV || reviews[1].Version != "26b1aa48fc95" || reviews[1].On.Day != 2 || reviews[0].By != "Kanzlei Weiß" {
		t.Errorf("%+v, %v", reviews, err)
	}
	for bad, says := range map[string]string{
		"": "no table",
		reviewRule + "| letter | d2f4069bdf45 | 2026-12-01 | K | gut |":     `no text "letter"`,
		reviewRule + "| nda | d2f4 | 2026-12-01 | K | gut |":                "12 hex digits",
		reviewRule + "| nda | d2f4069bdf45 | 1.12.2026 | K | gut |":         "1.12.2026",
		reviewRule + "| nda | d2f4069bdf45 | 2026-12-01 |  | gut |":         "cell 4 is empty",
		reviewRule + "| nda | d2f4069bdf45 | 2026-12-01 | K |":              "4 cells",
		reviewRule + good + "| nda | d2f4069bdf45 | 2026-11-30 | K | gut |": "order of their dates",
	} {
		if _, err := parseReviews(bad); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want %q", bad, err, says)
		}
	}
}

func TestReviewState(t *testing.T) {
	reviews, err := parseReviews(reviewRule + "| nda | 111111111111 | 2026-12-01 | Kanzlei Weiß | freigegeben |\n| nda | 222222222222 | 2027-01-10 | Kanzlei Grau | freigegeben |\n")
	if err != nil {
		t.Fatal(err)
	}
	for version, want := range map[string]string{
		"111111111111": "geprüft am 1. Dezember 2026 durch Kanzlei Weiß: freigegeben",
		"222222222222": "geprüft am 10. Januar 2027 durch Kanzlei Grau: freigegeben",
		"333333333333": "geändert, seit Kanzlei Grau am 10. Januar 2027 die Version 222222222222 geprüft hat",
	} {
		if got := strings.ReplaceAll(reviewState(reviews, decision.NDA, version), "\u00a0", " "); got != want {
			t.Errorf("%s: %q, want %q", version, got, want)
		}
	}
	if got := reviewState(reviews, decision.AVV, "111111111111"); strings.HasPrefix(got, "geprüft") {
		t.Errorf("another text counts as read: %q", got)
	}
	if state, err := library(t).ReviewState(decision.Offer); err != nil || state == "" {
		t.Errorf("%q, %v", state, err)
	}
}
