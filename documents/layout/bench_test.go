package layout

import (
	"fmt"
	"strings"
	"testing"

	"auftragsmappe/documents/content"
)

// BenchmarkContract lays out a contract of about 1,500 words with a warm cache of words (target 0.45 ms).
func BenchmarkContract(b *testing.B) {
	d := contractSample()
	pages := len(set(b, d).Pages)
	b.ReportAllocs()
	for b.Loop() {
		set(b, d)
	}
	b.ReportMetric(float64(pages), "pages")
	b.ReportMetric(float64(len(strings.Fields(content.PlainText(d, 80)))), "words")
}

// BenchmarkPositions must grow with the number of positions and no faster.
func BenchmarkPositions(b *testing.B) {
	for _, n := range []int{1, 10, 100, 400} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			d := positionsSample(n)
			set(b, d)
			b.ReportAllocs()
			for b.Loop() {
				set(b, d)
			}
		})
	}
}
