package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"auftragsmappe/api/door"
)

var update = flag.Bool("update", false, "write the table of docs/nocode-felder.md anew")

// The parts of the table, by the beginning of the field.
var fieldParts = []struct{ title, prefix string }{
	{"Auftraggeber", "/client"}, {"Sie selbst", "/contractor"}, {"Auftrag", "/reference /revision /stage /date /tone"}, {"Leistungen", "/scope"},
	{"Laufzeit", "/term"}, {"Preis", "/pricing"}, {"Tools und Kundendaten", "/access"}, {"Auftragsverarbeitung", "/processing"},
	{"Bedingungen", "/terms"}, {"Kommunikation", "/communication"}, {"Dokumente", "/documents"},
}

const (
	tableStart = "<!-- Tabelle: von TestFieldsPage geschrieben -->\n"
	tableEnd   = "<!-- Ende der Tabelle -->\n"
)

// docs/nocode-felder.md has every field that the door knows with its names; go test -run TestFieldsPage -update writes it.
func TestFieldsPage(t *testing.T) {
	page := string(read(t, docs, "nocode-felder.md"))
	head, rest, found := strings.Cut(page, tableStart)
	_, tail, ended := strings.Cut(rest, tableEnd)
	if !found || !ended {
		t.Fatal("the page has no place for the table")
	}
	want := head + tableStart + fieldTables(t) + tableEnd + tail
	if *update {
		if err := os.WriteFile(docs+"nocode-felder.md", []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if page != want {
		t.Error("the table is not that of the door: go test ./cmd/auftragsmappe -run TestFieldsPage -update")
	}
}

func fieldTables(t *testing.T) string {
	t.Helper()
	all, written := door.Aliases(), 0
	var b strings.Builder
	for _, part := range fieldParts {
		fmt.Fprintf(&b, "\n## %s\n\n| Name | auch | Feld |\n| --- | --- | --- |\n", part.title)
		for _, a := range all {
			if inPart(a.Field, part.prefix) {
				names := shortNames(a)
				fmt.Fprintf(&b, "| **%s** | %s | `%s` |\n", shown(names[0]), shown(strings.Join(names[1:], " · ")), listPlace(a.Field))
				written++
			}
		}
	}
	if written != len(all) {
		t.Errorf("%d of %d fields are in the table", written, len(all))
	}
	return b.String() + "\n"
}

func inPart(field, prefixes string) bool {
	for _, p := range strings.Fields(prefixes) {
		if field == p || strings.HasPrefix(field, p+"/") {
			return true
		}
	}
	return false
}

// listPlace is a field for readers: the number of a name stands for a place in a list.
func listPlace(field string) string {
	return strings.NewReplacer("#1s", "1", "#s", "N", "#1", "1", "#", "N").Replace(field)
}

// shown is a name for readers, who write a number for N.
func shown(name string) string { return strings.NewReplacer("#", "N", "|", `\|`).Replace(name) }

// shortNames leaves out what the page says once for all parties: that kunde_, client_ and so on may stand before a name or
// behind it. The first is the one to recommend.
func shortNames(a door.Alias) []string {
	german := "kunde_"
	switch {
	case strings.HasPrefix(a.Field, "/contractor"):
		german = "auftragnehmer_"
	case !strings.HasPrefix(a.Field, "/client"):
		return a.Names
	}
	var names []string
	for _, name := range a.Names {
		if short, ok := strings.CutPrefix(name, german); ok && !composed(short, a.Names, german) {
			if german == "kunde_" && slices.Contains(a.Names, short) {
				name = short
			}
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	if len(names) == 0 {
		return a.Names
	}
	if alone := strings.TrimSuffix(german, "_"); slices.Contains(a.Names, alone) {
		names = append([]string{alone}, names...)
	}
	return names
}

// composed says that a name has another word before it that may be left out: ansprechpartner_vorname.
func composed(short string, names []string, german string) bool {
	_, rest, found := strings.Cut(short, "_")
	return found && slices.Contains(names, german+rest)
}

// The spellings that the page promises.
func TestFieldSpellings(t *testing.T) {
	page := string(read(t, docs, "nocode-felder.md"))
	for name, field := range map[string]string{
		"Leistung 1 Titel": "/scope/services/0/title", "leistung_1_titel": "/scope/services/0/title", "leistung[1][titel]": "/scope/services/0/title",
		"Wie lautet Ihre E-Mail-Adresse?": "/client/email", "plz": "/client/address/postal_code", "kunde_plz": "/client/address/postal_code",
		"plz_kunde": "/client/address/postal_code", "client_postal_code": "/client/address/postal_code", "client_address_postal_code": "/client/address/postal_code",
	} {
		if !strings.Contains(page, "`"+name+"`") {
			t.Errorf("the page does not have %q", name)
		}
		body, err := json.Marshal(map[string]string{name: "50674"})
		if err != nil {
			t.Fatal(err)
		}
		r, err := door.Read(door.Input{Body: body, ContentType: "application/json"}, nil)
		if err != nil || len(r.Understood) == 0 || r.Understood[0].Field != field {
			t.Errorf("%s is not %s: %+v %v", name, field, r, err)
		}
	}
}
