package pdf

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"sync"
	"testing"
	"time"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/date"
	"auftragsmappe/documents/layout"
	"auftragsmappe/fonts"
)

// TestSameBytes: nothing depends on what was written before, at the same time, when or where.
func TestSameBytes(t *testing.T) {
	d, other := everything(t), contract(t, 1)
	want, err := Bytes(d, invoice...)
	if err != nil {
		t.Fatal(err)
	}
	zone := time.Local
	defer func() { time.Local = zone }()
	time.Local = time.FixedZone("fern", 13*3600)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 5 {
				var b bytes.Buffer
				if err := errors.Join(Write(io.Discard, other), Write(&b, d, invoice...)); err != nil || !bytes.Equal(b.Bytes(), want) {
					t.Errorf("another file of %d bytes, %v", b.Len(), err)
				}
			}
		})
	}
	wg.Wait()
}

// TestOwnBytes: what was returned is nobody else's, though all buffers are used again, and is as long as it must be.
func TestOwnBytes(t *testing.T) {
	d, other := everything(t), contract(t, 1)
	got, err := Bytes(d, invoice...)
	if err != nil {
		t.Fatal(err)
	}
	want := bytes.Clone(got)
	for range 3 {
		if _, err := Bytes(other); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(got, want) {
		t.Error("changed by later documents")
	}
	if wasted := cap(got) - len(got); wasted > len(got)/8 { // size classes of the allocator
		t.Errorf("%d of %d bytes are not used", wasted, cap(got))
	}
}

// TestAllocated: beside the file itself a document costs less than three times its page contents, four under the race
// detector; copies of them and growing buffers would cost more than seven.
func TestAllocated(t *testing.T) {
	d := contract(t, 1)
	file, err := Bytes(d)
	if err != nil {
		t.Fatal(err)
	}
	limit := len(file)
	for _, s := range pageStreams(t, file) {
		limit += 5 * len(s)
	}
	const runs = 20
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range runs {
		if _, err := Bytes(d); err != nil {
			t.Fatal(err)
		}
	}
	runtime.ReadMemStats(&after)
	if got := int(after.TotalAlloc-before.TotalAlloc) / runs; got > limit {
		t.Errorf("%d bytes allocated for a file of %d, want at most %d", got, len(file), limit)
	}
}

// TestShelf: it gives back what it got and keeps no more than it has room for.
func TestShelf(t *testing.T) {
	s := newShelf(func() *int { return new(int) })
	room := cap(s.kept)
	taken := map[*int]bool{}
	for range room + 1 {
		taken[s.take()] = true
	}
	if len(taken) != room+1 {
		t.Fatalf("%d different values, want %d", len(taken), room+1)
	}
	for v := range taken {
		s.put(v)
	}
	for range room {
		if !taken[s.take()] {
			t.Error("a new one instead of a kept one")
		}
	}
	if taken[s.take()] {
		t.Error("more kept than there is room for")
	}
}

func TestErrors(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(d *layout.Document)
		files []Attachment
		want  error
	}{
		"no page":        {spoil: func(d *layout.Document) { d.Pages = nil }, want: ErrEmpty},
		"no node":        {spoil: func(d *layout.Document) { d.Nodes = nil }, want: ErrEmpty},
		"no root":        {spoil: func(d *layout.Document) { d.Nodes[0].Parent = 0 }, want: ErrEmpty},
		"no date":        {spoil: func(d *layout.Document) { d.Meta.Created = date.Date{} }, want: ErrDate},
		"parent after":   {spoil: func(d *layout.Document) { d.Nodes[1].Parent = 1 }, want: ErrReference},
		"second root":    {spoil: func(d *layout.Document) { d.Nodes[1].Parent = -1 }, want: ErrReference},
		"role":           {spoil: func(d *layout.Document) { d.Nodes[1].Role = 200 }, want: ErrReference},
		"item's node":    {spoil: func(d *layout.Document) { d.Pages[0].Items[1].Node = 9999 }, want: ErrReference},
		"negative node":  {spoil: func(d *layout.Document) { d.Pages[0].Items[1].Node = -1 }, want: ErrReference},
		"face":           {spoil: func(d *layout.Document) { d.Pages[0].Items[1].Run.Face = fonts.FaceCount }, want: ErrReference},
		"plane":          {spoil: func(d *layout.Document) { d.Pages[0].Items[1].Run.Glyphs[0].Plane = 99 }, want: ErrReference},
		"image":          {spoil: func(d *layout.Document) { d.Images = d.Images[:1] }, want: ErrReference},
		"broken PNG":     {spoil: func(d *layout.Document) { d.Images[0].PNG = d.Images[0].PNG[:200] }, want: ErrImage},
		"broken JPEG":    {spoil: func(d *layout.Document) { d.Images[1].JPEG = d.Images[1].JPEG[:300] }, want: ErrImage},
		"no image":       {spoil: func(d *layout.Document) { d.Images[0] = content.Image{} }, want: ErrImage},
		"no modules":     {spoil: func(d *layout.Document) { d.Images[2].Modules = [][]bool{} }, want: ErrImage},
		"annot's node":   {spoil: func(d *layout.Document) { d.Pages[0].Annots[0].Node = 0 }, want: ErrReference},
		"link's dest":    {spoil: func(d *layout.Document) { d.Pages[0].Annots[0].Dest = "fehlt" }, want: ErrReference},
		"bookmark":       {spoil: func(d *layout.Document) { d.Outline[0].Dest = "fehlt" }, want: ErrReference},
		"dest's page":    {spoil: func(d *layout.Document) { d.Dests[0].Page = 7 }, want: ErrReference},
		"dest twice":     {spoil: func(d *layout.Document) { d.Dests[0].Name = d.Dests[1].Name }, want: ErrName},
		"ID twice":       {spoil: func(d *layout.Document) { d.Nodes[1].ID, d.Nodes[2].ID = "x", "x" }, want: ErrName},
		"file twice":     {files: []Attachment{{Name: "a"}, {Name: "a"}}, want: ErrName},
		"file unnamed":   {files: []Attachment{{}}, want: ErrName},
		"all as it was":  {},
		"nothing to say": {spoil: func(d *layout.Document) { d.Pages[0].Items[1].Run.Glyphs = nil }},
	} {
		d := everything(t)
		if c.spoil != nil {
			c.spoil(d)
		}
		var b bytes.Buffer
		if err := Write(&b, d, c.files...); !errors.Is(err, c.want) || err != nil && b.Len() > 0 {
			t.Errorf("%s: %v after %d bytes, want %v", name, err, b.Len(), c.want)
		}
	}
}

type full struct{}

var errFull = errors.New("full")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestWriterError(t *testing.T) {
	if err := Write(full{}, everything(t)); !errors.Is(err, errFull) {
		t.Errorf("got %v", err)
	}
}
