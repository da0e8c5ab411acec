package layout

import (
	"strings"
	"testing"

	"auftragsmappe/documents/content"
)

// tenths are tenths of a millimetre.
func tenths(u Unit) int { return int((int64(u)*254 + 36000) / 72000) }

// find is the first item whose text starts so, with its page.
func find(t *testing.T, d *Document, text string) (it Item, page int) {
	t.Helper()
	for n := range d.Pages {
		for _, it := range d.Pages[n].Items {
			if strings.HasPrefix(it.Run.Text, text) {
				return it, n
			}
		}
	}
	t.Fatalf("no %q", text)
	return it, 0
}

// TestLetterGeometry holds the letter against the measures of DIN 5008 form B.
func TestLetterGeometry(t *testing.T) {
	d := set(t, letterSample())
	address, _ := find(t, d, "Kreativkurse")
	back, _ := find(t, d, "Jana Sommer · Gartenweg")
	info, _ := find(t, d, "Angebot ")
	subject, _ := find(t, d, "Angebot AN")
	for _, c := range []struct {
		what             string
		got, least, most int
	}{
		{"page width", tenths(d.Pages[0].Width), 2100, 2100},
		{"page height", tenths(d.Pages[0].Height), 2970, 2970},
		{"address left", tenths(address.Box.X), 250, 250},
		{"address baseline", tenths(address.Box.Y), 640, 680},
		{"return line baseline", tenths(back.Box.Y), 460, 500},
		{"info left", tenths(info.Box.X), 1250, 1250},
		{"info baseline", tenths(info.Box.Y), 510, 560},
		{"subject baseline", tenths(subject.Box.Y), 985, 1040},
		{"subject left", tenths(subject.Box.X), 250, 250},
	} {
		if c.got < c.least || c.got > c.most {
			t.Errorf("%s is %d, want %d to %d tenths of a millimetre", c.what, c.got, c.least, c.most)
		}
	}
	var marks []int
	for _, it := range d.Pages[0].Items {
		if it.Kind == KindRule && it.Box.X == markLeft {
			marks = append(marks, tenths(it.Box.Y))
		}
	}
	if len(marks) != 3 || marks[0] != 1050 || marks[1] != 1485 || marks[2] != 2100 {
		t.Errorf("marks at %v, want 1050, 1485, 2100", marks)
	}
}

// TestLongAddress: more and longer lines are set smaller or broken, all of them above the subject.
func TestLongAddress(t *testing.T) {
	in := letterSample()
	in.Letter.Address = nil
	for range 8 {
		in.Letter.Address = append(in.Letter.Address, "Gesellschaft für nachhaltige Erwachsenenbildung und berufliche Weiterbildung mbH")
	}
	d := set(t, in)
	check(t, in, d)
	address, _ := find(t, d, "Gesellschaft")
	subject, _ := find(t, d, "Angebot AN")
	if address.Run.Size >= 10*pt || address.Box.Y >= subject.Box.Y {
		t.Errorf("address of size %d at %d, subject at %d", address.Run.Size, address.Box.Y, subject.Box.Y)
	}
	last := Unit(0)
	for _, it := range d.Pages[0].Items {
		if it.Node == address.Node {
			last = max(last, it.Box.Y)
		}
	}
	if last > windowBottom {
		t.Errorf("the address ends at %d tenths of a millimetre, below its field", tenths(last))
	}
}

// TestDeepInfo: an information block deeper than the address field moves the subject down.
func TestDeepInfo(t *testing.T) {
	in := letterSample()
	for range 14 {
		in.Letter.Info = append(in.Letter.Info, content.Pair{Label: "Zeichen", Value: spans("ABC")})
	}
	d := set(t, in)
	check(t, in, d)
	info, subject := Unit(0), Unit(0)
	for _, it := range d.Pages[0].Items {
		switch {
		case it.Run.Text == "ABC":
			info = max(info, it.Box.Y)
		case it.Run.Text == "Angebot AN-2026-0007" && subject == 0 && it.Box.X == letterLeft:
			subject = it.Box.Y
		}
	}
	if subject-info < subjectGap {
		t.Errorf("subject at %d, information block down to %d", subject, info)
	}
}

// TestDraft: ENTWURF lies behind every page as background.
func TestDraft(t *testing.T) {
	in := positionsSample(60)
	in.Draft = true
	d := set(t, in)
	for n := range d.Pages {
		if it := d.Pages[n].Items[0]; it.Run.Text != wordDraft || it.Artifact != ArtifactBackground || it.Node != 0 || it.Turn == 0 {
			t.Errorf("page %d starts with %+v", n+1, it)
		}
	}
}

func TestReadable(t *testing.T) {
	for _, c := range []Color{{255, 255, 255}, {255, 220, 0}, {0, 255, 120}, {31, 58, 95}, {0, 0, 0}, {255, 0, 0}} {
		if got := readable(c); luminance(got) > brightness {
			t.Errorf("%v becomes %v, too light for text", c, got)
		}
	}
	if c := (Color{31, 58, 95}); readable(c) != c {
		t.Errorf("a dark colour becomes %v", readable(c))
	}
}
