package pdf

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"

	"auftragsmappe/documents/date"
	"auftragsmappe/fonts"
)

var invoice = []Attachment{
	{
		Name: "factur-x.xml", MediaType: "text/xml", Description: "Rechnungsdaten", Relationship: Alternative,
		Bytes: []byte("<rechnung/>"), FacturX: &FacturX{Level: "EN 16931"},
	},
	{
		Name: "Zeiten März.csv", MediaType: "text/csv", Description: "Zeiten", Relationship: Supplement,
		Bytes: []byte("a;b\n"), Modified: date.Date{Year: 2026, Month: 11, Day: 30},
	},
}

func everyFile(t testing.TB) *file {
	t.Helper()
	b, err := Bytes(everything(t), invoice...)
	if err != nil {
		t.Fatal(err)
	}
	return parse(t, b)
}

func TestCatalog(t *testing.T) {
	f := everyFile(t)
	root := f.root()
	if decode(root["Lang"]) != "de-DE" || root["MarkInfo"].(dict)["Marked"] != op("true") ||
		root["ViewerPreferences"].(dict)["DisplayDocTitle"] != op("true") {
		t.Errorf("catalog %v", root)
	}
	intent := root["OutputIntents"].(array)[0].(dict)
	profile := f.get(intent["DestOutputProfile"]).(stream)
	if intent["S"] != name("GTS_PDFA1") || profile.dict["N"] != 3 {
		t.Errorf("output intent %v", intent)
	}
	if n := binary.BigEndian.Uint32(profile.data); int(n) != len(profile.data) || string(profile.data[36:40]) != "acsp" {
		t.Errorf("profile of %d bytes says %d", len(profile.data), n)
	}
	info := f.dict(f.trailer["Info"])
	if decode(info["Title"]) != "Vertrag über „Öffentlichkeitsarbeit“ (Čáp & Söhne)" || decode(info["CreationDate"]) != "D:20261201000000Z" {
		t.Errorf("info %v", info)
	}
	id := f.trailer["ID"].(array)
	if len(id) != 2 || id[0] != id[1] || len(id[0].(text)) != 16 {
		t.Errorf("ID %v", id)
	}
	used := reachable(f)
	for n := range f.objects {
		if !used[n] {
			t.Errorf("object %d is not used", n)
		}
	}
}

// reachable walks every reference from the trailer.
func reachable(f *file) map[int]bool {
	seen := map[int]bool{}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case ref:
			if !seen[int(v)] {
				seen[int(v)] = true
				walk(f.get(v))
			}
		case dict:
			for _, e := range v {
				walk(e)
			}
		case array:
			for _, e := range v {
				walk(e)
			}
		case stream:
			walk(v.dict)
		}
	}
	walk(f.trailer)
	return seen
}

func TestMetadata(t *testing.T) {
	f := everyFile(t)
	m := f.get(f.root()["Metadata"]).(stream)
	if m.dict["Filter"] != nil {
		t.Error("metadata are compressed")
	}
	got := map[string]string{}
	d := xml.NewDecoder(bytes.NewReader(m.data))
	var path []string
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			path = append(path, tok.Name.Local)
		case xml.EndElement:
			path = path[:len(path)-1]
		case xml.CharData:
			if s := strings.TrimSpace(string(tok)); s != "" && len(path) > 3 {
				got[path[2]+"/"+path[3]] += s
			}
		}
	}
	got["Description/schemas"] = ""
	want := map[string]string{
		"Description/schemas": "", "Description/part": "31", "Description/conformance": "A", "Description/format": "application/pdf",
		"Description/title": "Vertrag über „Öffentlichkeitsarbeit“ (Čáp & Söhne)", "Description/creator": "Jana Grün",
		"Description/description": "Dienstvertrag", "Description/language": "de-DE", "Description/CreatorTool": "Auftragsmappe",
		"Description/CreateDate": "2026-12-01T00:00:00Z", "Description/ModifyDate": "2026-12-01T00:00:00Z",
		"Description/MetadataDate": "2026-12-01T00:00:00Z", "Description/Producer": "Auftragsmappe",
		"Description/DocumentType": "INVOICE", "Description/DocumentFileName": "factur-x.xml",
		"Description/Version": "1.0", "Description/ConformanceLevel": "EN 16931",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestAttachments(t *testing.T) {
	f := everyFile(t)
	af := f.root()["AF"].(array)
	names := f.dict(f.root()["Names"])["EmbeddedFiles"].(dict)["Names"].(array)
	if len(af) != 2 || len(names) != 4 || names[0].(text) >= names[2].(text) {
		t.Fatalf("AF %v, Names %v", af, names)
	}
	for i, want := range [...]struct{ name, relation, subtype, data, modified string }{
		{"factur-x.xml", "Alternative", "text#2Fxml", "<rechnung/>", "D:20261201000000Z"},
		{"Zeiten März.csv", "Supplement", "text#2Fcsv", "a;b\n", "D:20261130000000Z"},
	} {
		spec := f.dict(af[i])
		ef := spec["EF"].(dict)
		s := f.get(ef["F"]).(stream)
		params := s.dict["Params"].(dict)
		if decode(spec["F"]) != want.name || decode(spec["UF"]) != want.name || spec["AFRelationship"] != name(want.relation) ||
			ef["F"] != ef["UF"] || s.dict["Subtype"] != name(want.subtype) || string(s.data) != want.data ||
			params["Size"] != len(want.data) || decode(params["ModDate"]) != want.modified || decode(spec["Desc"]) == "" {
			t.Errorf("%s: %v %v %q", want.name, spec, s.dict, s.data)
		}
		if !slices.Contains(names, af[i]) {
			t.Errorf("%s is not in Names", want.name)
		}
	}
}

// TestFonts holds every embedded plane against package fonts.
func TestFonts(t *testing.T) {
	f := everyFile(t)
	planes := map[string]*fonts.Plane{}
	for face := range fonts.FaceCount {
		for n := range face.Planes() {
			p := face.Plane(uint8(n))
			planes[p.Name] = p
		}
	}
	dicts := f.dict(f.dict(f.pages()[0]["Resources"])["Font"])
	for k, maps := range f.fontMaps(f.pages()[0]) {
		d := f.dict(dicts[k])
		p := planes[string(d["BaseFont"].(name))]
		desc := f.dict(d["FontDescriptor"])
		program := f.get(desc["FontFile2"]).(stream)
		widths := d["Widths"].(array)
		if len(program.data) != p.Length1 || program.dict["Length1"] != p.Length1 || desc["FontName"] != d["BaseFont"] {
			t.Errorf("%s: program of %d bytes, %v", p.Name, len(program.data), program.dict)
		}
		if d["FirstChar"] != p.FirstChar || d["LastChar"] != p.LastChar || len(widths) != p.LastChar-p.FirstChar+1 {
			t.Errorf("%s: %v to %v, %d widths", p.Name, d["FirstChar"], d["LastChar"], len(widths))
		}
		for c := range 256 {
			if maps[byte(c)] != p.Text[c] {
				t.Errorf("%s: code %d spells %q, not %q", p.Name, c, maps[byte(c)], p.Text[c])
			}
			if p.Text[c] != "" && widths[c-p.FirstChar] != int(p.Widths[c]) {
				t.Errorf("%s: code %d is %v wide, not %d", p.Name, c, widths[c-p.FirstChar], p.Widths[c])
			}
		}
	}
	if len(dicts) < 8 {
		t.Errorf("only %d fonts: the sample should need several planes", len(dicts))
	}
}

// bookmarks reads the outline and checks that entries are linked both ways.
func bookmarks(f *file, v any, depth int) []string {
	f.t.Helper()
	var got []string
	prev := any(nil)
	for v != nil {
		d := f.dict(v)
		if d["Prev"] != prev {
			f.t.Errorf("%v: Prev %v, want %v", v, d["Prev"], prev)
		}
		got = append(got, strings.Repeat(" ", depth)+decode(d["Title"])+">"+decode(d["Dest"]))
		got = append(got, bookmarks(f, d["First"], depth+1)...)
		prev, v = v, d["Next"]
	}
	return got
}

func TestOutline(t *testing.T) {
	b, err := Bytes(contract(t, 1))
	if err != nil {
		t.Fatal(err)
	}
	flat := parse(t, b)
	if got := bookmarks(flat, flat.dict(flat.root()["Outlines"])["First"], 0); len(got) != strings.Count(law, "# ") {
		t.Errorf("contract: %q", got)
	}
	f := everyFile(t)
	got := bookmarks(f, f.dict(f.root()["Outlines"])["First"], 0)
	want := []string{"Vertrag über Büroleistungen>titel", " § 1 Leistungen>leistungen", "  Čáŋŧe und Łukasz>namen", " § 2 Vergütung>verguetung"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	names := f.dict(f.dict(f.root()["Names"])["Dests"])["Names"].(array)
	var keys []string
	for i := 0; i < len(names); i += 2 {
		keys = append(keys, decode(names[i]))
		if d := names[i+1].(array); d[1] != name("XYZ") || f.dict(d[0])["Type"] != name("Page") {
			t.Errorf("%s: %v", keys[i/2], d)
		}
	}
	if y := names[5].(array)[3]; y != 774.39 {
		t.Errorf("the title's destination lies at %v", y)
	}
	if !slices.Equal(keys, []string{"leistungen", "namen", "titel", "verguetung"}) {
		t.Errorf("destinations %q", keys)
	}
}

func TestAnnotations(t *testing.T) {
	f := everyFile(t)
	var got []string
	for _, p := range f.pages() {
		for _, a := range p["Annots"].(array) {
			d := f.dict(a)
			line := string(d["Subtype"].(name)) + " " + decode(d["Contents"]) + decode(d["TU"])
			if act, ok := d["A"].(dict); ok {
				line += " " + string(act["S"].(name)) + " " + decode(act["URI"]) + decode(act["D"])
			}
			if d["FT"] != nil {
				ap := f.get(d["AP"].(dict)["N"]).(stream)
				line += " " + decode(d["T"]) + " " + string(ap.dict["Subtype"].(name))
			}
			if d["F"] != 4 {
				t.Errorf("%s: flags %v", line, d["F"])
			}
			got = append(got, line)
		}
	}
	want := []string{
		"Link Zu § 1 Leistungen GoTo leistungen", "Link Zu § 2 Vergütung GoTo verguetung",
		"Link Website URI https://example.org/%C3%A4?a=(1)",
		"Widget Unterschrift (client) client Form", "Widget Unterschrift (contractor) contractor Form",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	form := f.root()["AcroForm"].(dict)
	if len(form["Fields"].(array)) != 2 || form["SigFlags"] != nil {
		t.Errorf("AcroForm %v", form)
	}
}

func TestImages(t *testing.T) {
	f := everyFile(t)
	x := f.dict(f.dict(f.pages()[0]["Resources"])["XObject"])
	if len(x) != 3 || x["I0"] != x["I3"] || x["I0"] == x["I1"] {
		t.Fatalf("images %v", x)
	}
	logo, photo := f.get(x["I0"]).(stream), f.get(x["I1"]).(stream)
	mask := f.get(logo.dict["SMask"]).(stream)
	if logo.dict["ColorSpace"] != name("DeviceRGB") || len(logo.data) != 3*90*60 || len(mask.data) != 90*60 {
		t.Errorf("logo %v of %d bytes, mask of %d", logo.dict, len(logo.data), len(mask.data))
	}
	if !bytes.Equal(logo.data[3*(90*7+5):][:3], []byte{10, 28, 128}) || mask.data[90*7+5] != 245 {
		t.Errorf("pixel %v, alpha %d", logo.data[3*(90*7+5):][:3], mask.data[90*7+5])
	}
	if photo.dict["Filter"] != name("DCTDecode") || !bytes.HasPrefix(photo.data, []byte{0xff, 0xd8}) {
		t.Errorf("photo %v", photo.dict)
	}
}
