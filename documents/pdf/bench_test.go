package pdf

import (
	"crypto/sha256"
	_ "embed"
	"fmt"
	"io"
	"strings"
	"testing"

	"auftragsmappe/documents/layout"
)

// law is real German text without repetitions (official texts, § 5 UrhG): DSGVO 28, 32, BGB 611 ff., 280, 286.
//
//go:embed testdata/gesetz.txt
var law string

// contract sets the law text times over, as a contract of three pages each: headings with destinations and bookmarks,
// kerned paragraphs, links, signature fields, feet.
func contract(t testing.TB, times int) *layout.Document {
	s := newSetter(t)
	for k := range times {
		if k > 0 {
			s.newPage()
		}
		for i, block := range strings.Split(law, "\n\n") {
			block = strings.TrimSpace(block)
			if head, ok := strings.CutPrefix(block, "# "); ok {
				s.heading(layout.RoleH1, head, fmt.Sprintf("h%d-%d", k, i))
				continue
			}
			s.para(s.role(0, layout.RoleP), block)
		}
		p := s.role(0, layout.RoleP)
		s.link(p, left, "Mehr dazu", layout.Annot{URI: "https://example.org", Label: "Website"})
	}
	s.line()
	s.line()
	s.line()
	s.signatures()
	s.feet()
	return s.doc
}

func BenchmarkWrite(b *testing.B) {
	d := contract(b, 1)
	file, err := Bytes(d)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := Write(io.Discard, d); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(d.Pages)), "pages")
	b.ReportMetric(float64(len(file)), "file-bytes")
}

// BenchmarkFloor is what no way of writing the file can save: the same deflater on the same page streams, SHA-256 of the file.
func BenchmarkFloor(b *testing.B) {
	d := contract(b, 1)
	file, err := Bytes(d)
	if err != nil {
		b.Fatal(err)
	}
	streams, total := pageStreams(b, file), 0
	z := newDeflater()
	b.ReportAllocs()
	for b.Loop() {
		total = 0
		for _, s := range streams {
			if _, err := z.deflate(s); err != nil {
				b.Fatal(err)
			}
			total += len(s)
		}
		sha256.Sum256(file)
	}
	b.ReportMetric(float64(total), "stream-bytes")
}

// BenchmarkPages shows that the cost per page does not grow with the document.
func BenchmarkPages(b *testing.B) {
	for _, times := range [...]int{1, 10, 100} {
		d := contract(b, times)
		b.Run(fmt.Sprint(len(d.Pages)), func(b *testing.B) {
			for b.Loop() {
				if err := Write(io.Discard, d); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(d.Pages)), "µs/page")
		})
	}
}
