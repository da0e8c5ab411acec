package documents_test

import (
	"context"
	"sync"
	"testing"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
)

// noting is a store that notes what it is to keep.
type noting struct {
	archive.Store
	mu   sync.Mutex
	kept map[string]archive.Object
}

func (n *noting) Put(ctx context.Context, objects ...archive.Object) error {
	n.mu.Lock()
	for _, o := range objects {
		n.kept[o.Key] = o
	}
	n.mu.Unlock()
	return n.Store.Put(ctx, objects...)
}

// A copy of a store keeps everything for as long as the store itself would.
func TestKeeper(t *testing.T) {
	s := archive.NewMemory()
	noted := &noting{Store: s, kept: map[string]archive.Object{}}
	is := issuer(t, noted, nil)
	issue(t, is, "default", example(t, launch, nil))
	if _, err := is.Seal(t.Context()); err != nil {
		t.Fatal(err)
	}
	k, files := documents.NewKeeper(nil), 0
	all := dump(t, s)
	for _, prefix := range []string{"t/default/seal/", "t/default/e/", "t/default/n/", "t/default/f/", "t/default/recent/"} {
		for _, key := range under(all, prefix) {
			want := noted.kept[key].Keep
			if got := k.Until(key, []byte(all[key])); !got.Equal(want) || archive.Kept(key) == got.IsZero() {
				t.Errorf("%s: %s, want %s", key, got, want)
			}
			if _, file := archive.FileSum(key); file {
				files++
			}
		}
	}
	if files != 6 {
		t.Errorf("%d files", files)
	}
	for _, key := range []string{"k/00ff", "t/default/f/x/0011223344556677-offer.pdf", "t/default/e/x/000001.json"} {
		if got := k.Until(key, []byte("{")); !got.IsZero() {
			t.Errorf("%s: %s", key, got)
		}
	}
}
