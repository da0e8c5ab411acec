package documents_test

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"

	fast "github.com/klauspost/compress/zlib" //nolint:depguard // the floor is the deflater that package pdf uses

	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/content"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/layout"
	"auftragsmappe/documents/pdf"
)

func fill(b *testing.B, k decision.Kind, v *engagement.Valid) *content.Document {
	b.Helper()
	d, err := issuer(b, archive.NewMemory(), nil).Fill(k, v)
	if err != nil {
		b.Fatal(err)
	}
	return d
}

// finish is the line from filled text to finished bytes.
func finish(b *testing.B, d *content.Document) (file []byte, pages int) {
	set, err := layout.Pages(d, &layout.Style{})
	if err != nil {
		b.Fatal(err)
	}
	file, err = pdf.Bytes(set)
	if err != nil {
		b.Fatal(err)
	}
	_ = sha256.Sum256(file)
	return file, len(set.Pages)
}

// BenchmarkDocument is one contract, filled text to finished bytes (target 1.5 ms, 400 kB), beside its floor: the same
// deflater on the same page streams, and the SHA-256 of the file.
func BenchmarkDocument(b *testing.B) {
	d := fill(b, decision.Contract, example(b, launch, nil))
	file, pages := finish(b, d)
	b.Run("contract", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			finish(b, d)
		}
		b.ReportMetric(float64(pages), "pages")
		b.ReportMetric(float64(len(strings.Fields(content.PlainText(d, 80)))), "words")
		b.ReportMetric(float64(len(file)), "file-bytes")
	})
	b.Run("floor", func(b *testing.B) {
		streams := pageStreams(b, file)
		w, err := fast.NewWriterLevel(io.Discard, 5)
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			for _, s := range streams {
				w.Reset(io.Discard)
				if _, err := w.Write(s); err != nil {
					b.Fatal(err)
				}
				if err := w.Close(); err != nil {
					b.Fatal(err)
				}
			}
			_ = sha256.Sum256(file)
		}
	})
}

// BenchmarkInvoice shows that the cost is linear in the positions.
func BenchmarkInvoice(b *testing.B) {
	for _, positions := range []int{1, 10, 100, 400} {
		d := fill(b, decision.Invoice, example(b, launch, func(m map[string]any) {
			items := make([]any, positions)
			for i := range items {
				items[i] = map[string]any{"description": fmt.Sprint("Betreuung der Bestellstrecke, Termin ", i+1), "quantity": "1.5", "unit": "hour", "unit_price": "65.00"}
			}
			m["pricing"].(map[string]any)["items"] = items
		}))
		b.Run(fmt.Sprint(positions), func(b *testing.B) {
			pages := 0
			b.ReportAllocs()
			for b.Loop() {
				_, pages = finish(b, d)
			}
			b.ReportMetric(float64(pages), "pages")
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*pages), "µs/page")
		})
	}
}

var (
	contents = regexp.MustCompile(`/Contents (\d+) 0 R`)
	length   = regexp.MustCompile(`/Length (\d+)`)
)

// pageStreams are the inflated contents of all pages.
func pageStreams(b *testing.B, file []byte) (streams [][]byte) {
	b.Helper()
	for _, m := range contents.FindAllSubmatch(file, -1) {
		_, object, ok := bytes.Cut(file, []byte("\n"+string(m[1])+" 0 obj"))
		dict, body, _ := bytes.Cut(object, []byte("stream\n"))
		n, err := strconv.Atoi(string(length.FindSubmatch(dict)[1]))
		if err != nil || !ok {
			b.Fatal(err, ok)
		}
		r, err := zlib.NewReader(bytes.NewReader(body[:n]))
		if err != nil {
			b.Fatal(err)
		}
		s, err := io.ReadAll(r)
		if err != nil {
			b.Fatal(err)
		}
		streams = append(streams, s)
	}
	if len(streams) == 0 {
		b.Fatal("no page contents found")
	}
	return streams
}
