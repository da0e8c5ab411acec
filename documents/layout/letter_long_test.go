package layout

import (
	"strings"
	"testing"
)

// What is far too long for the head and foot of a letter is set smaller: it stays in its place, and the text finds its room.
func TestLongHeadAndFoot(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("lang und wortreich ", 40))
	d := letterSample()
	d.Letter.Sender = []string{long[:200], long}
	d.Letter.Return = long
	d.Letter.Address = []string{long, long, long, long}
	for i := range d.Letter.Info {
		d.Letter.Info[i].Value = spans(long[:300])
	}
	for i := range d.Footer {
		d.Footer[i] = append(d.Footer[i], long, long)
	}
	out := set(t, d)
	check(t, d, out)
	if n := len(out.Pages); n > 2 {
		t.Errorf("%d pages", n)
	}
	first := out.Pages[0].Items
	for i := range first {
		b := first[i].Box
		if b.X < 0 || b.Y < 0 || b.Y > footBase+footStyle.leading || b.X+b.W > pageWidth {
			t.Errorf("%q stands at %v", first[i].Run.Text, b)
		}
	}
	subject, _ := find(t, out, "Angebot")
	if subject.Box.Y > pageHeight/2 {
		t.Errorf("the subject stands at %d mm", tenths(subject.Box.Y)/10)
	}
}
