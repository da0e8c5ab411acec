package archive_test

import (
	"strings"
	"testing"
	"time"

	"auftragsmappe/documents/archive"
)

func splitLines(b []byte) []string { return strings.Split(string(b), "\n") }

func TestKeys(t *testing.T) {
	at := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	open := archive.Open{Day: "2026-11-23", Tenant: "jana-sommer", ID: "abc", Event: 1, What: "claimed"}
	for want, got := range map[string]string{
		"t/default/e/abc/000001.json":                    archive.EventKey("default", "abc", 1),
		"t/default/f/abc/0123456789abcdef-offer.pdf":     archive.FileKey("default", "abc", "0123456789abcdef0123", "offer.pdf"),
		"t/default/n/RE/2026/00000007":                   archive.NumberKey("default", "RE", 2026, 7),
		"t/default/recent/82045/719/99999-abc":           archive.RecentKey("default", "abc", at),
		"t/default/profile/000012.json":                  archive.ProfileKey("default", 12),
		"t/default/k/jana-2/000001.json":                 archive.KeyName("default", "jana-2", 1),
		"index/keys.json":                                archive.KeysNamed,
		"k/00ff":                                         archive.APIKey("00ff"),
		"open/2026-11-23/jana-sommer/abc-000001-claimed": open.Key(),
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		if err := archive.CheckKey(got); err != nil {
			t.Error(err)
		}
	}
	if later := archive.RecentKey("default", "abc", at.Add(time.Millisecond)); later >= archive.RecentKey("default", "abc", at) {
		t.Error("a later engagement does not sort before an earlier one")
	}
	for _, key := range []string{archive.RecentKey("default", "abc", at), "t/default/recent/8204571999999-abc"} {
		cursor := archive.RecentCursor(key)
		if got, ok := archive.RecentAfter("default", cursor); !ok || got != key || strings.Contains(cursor, "/") {
			t.Errorf("cursor %q of %s leads to %s, %v", cursor, key, got, ok)
		}
		if id := archive.RecentID(key); id != "abc" {
			t.Errorf("%s has the id %q", key, id)
		}
	}
	for _, cursor := range []string{"", "82045", "82045.719", "82045.719.99999", "82045.719.99999-", "8204571999999-", "8204571999999", "82045.7199.9999-abc", "82045.719.99999-a.b", "82045/719/99999-a\x00"} {
		if key, ok := archive.RecentAfter("default", cursor); ok {
			t.Errorf("cursor %q leads to %s", cursor, key)
		}
	}
	if id := archive.RecentID(archive.RecentKey("default", "abc", at)); id != "abc" {
		t.Errorf("recent id %q", id)
	}
}

func TestParseOpen(t *testing.T) {
	o := archive.Open{Day: "2026-11-23", Tenant: "a-b", ID: "abc", Event: 12, What: "due-soon"}
	if got, ok := archive.ParseOpen(o.Key()); !ok || got != o {
		t.Errorf("%+v, %v", got, ok)
	}
	for _, key := range []string{"", "open/a/b", "open/d/t/abc-1-x", "open/d/t/abc-000001", "open/d/t/abc-x-y", "shut/d/t/abc-000001-x", "open/d/t/u/abc-000001-x"} {
		if got, ok := archive.ParseOpen(key); ok {
			t.Errorf("%q read as %+v", key, got)
		}
	}
}
