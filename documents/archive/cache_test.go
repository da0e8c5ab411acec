package archive_test

import (
	"fmt"
	"testing"

	"auftragsmappe/documents/archive"
)

// A cache keeps what is used and never more than two generations.
func TestCache(t *testing.T) {
	c := archive.NewCache[int](100)
	add := func(n int) func(int) int { return func(old int) int { return old + n } }
	if v, ok := c.Get("none"); v != 0 || ok {
		t.Error(v, ok)
	}
	c.Update("used", add(7))
	c.Update("unused", add(1))
	for i := range 1000 {
		c.Update(fmt.Sprint(i), add(1))
		if v, ok := c.Get("used"); v != 7 || !ok {
			t.Fatalf("after %d others: %d, %v", i, v, ok)
		}
		if c.Len() > 200 {
			t.Fatalf("%d entries", c.Len())
		}
	}
	if _, ok := c.Get("unused"); ok {
		t.Error("what nobody uses is still kept")
	}
	if c.Update("used", add(1)); c.Len() < 100 {
		t.Error("it forgets too much")
	}
	if v, _ := c.Get("used"); v != 8 {
		t.Error(v)
	}
}
