package start

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
)

// Whatever is sent: no panic, JSON that can be read, a page without a script in it.
func FuzzForm(f *testing.F) {
	for _, m := range models {
		f.Add(all(m.value).Encode())
	}
	f.Add("eingabe=json&aktion=uebernehmen&json=" + url.QueryEscape(`{"access":[{"tool":"zoom","permissions":["reports",1]}],"scope":{"services":[{}]},"pricing":{"items":{}}}`))
	f.Add("aktion=mehr-access&access.0.what=x%2F&access.0.tool=%ff&pricing.model=result_package&pricing.items.3.unit_price=1.490")
	f.Fuzz(func(t *testing.T, query string) {
		sent, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		in := Read(sent)
		in.Fill()
		body, doubts := in.Engagement(false)
		if !in.Pasted && !json.Valid(body) {
			t.Errorf("no JSON: %q", body)
		}
		v, found := decode(body)
		page, err := in.HTML(&Outcome{Base: "https://mappe.example", Body: body, Violations: append(doubts, found...)})
		if err != nil || v == nil && len(found) == 0 {
			t.Fatal(err, found)
		}
		if strings.Contains(string(page), "<script>") || !strings.HasSuffix(strings.TrimSpace(string(page)), "</html>") {
			t.Errorf("%s", page)
		}
	})
}
