package start

import (
	"maps"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"auftragsmappe/documents/decision"
)

func html(t *testing.T, in *Input, o *Outcome) string {
	t.Helper()
	b, err := in.HTML(o)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// checked is a form with what is wrong with it, as a page.
func checked(t *testing.T, sent url.Values) (string, *Input) {
	t.Helper()
	in := Read(sent)
	body, doubts := in.Engagement(false)
	_, found := decode(body)
	return html(t, in, &Outcome{Body: body, Violations: append(doubts, found...)}), in
}

var (
	anID      = regexp.MustCompile(`\sid="([^"]*)"`)
	reference = regexp.MustCompile(`\s(?:for|aria-describedby|aria-labelledby|href|data-kopiert|form)="#?([^"]*)"`)
	inlined   = regexp.MustCompile(`<script>|<style|\son\w+=|\sstyle=|javascript:`)
)

// sound holds a page against what no state of it may break: ids are there once, what refers to one finds it, every fault
// leads to an input, nothing is inline.
func sound(t *testing.T, name, page string) {
	t.Helper()
	ids := map[string]bool{}
	for _, m := range anID.FindAllStringSubmatch(page, -1) {
		if ids[m[1]] {
			t.Errorf("%s: the id %s is there twice", name, m[1])
		}
		ids[m[1]] = true
	}
	for _, m := range reference.FindAllStringSubmatch(page, -1) {
		for _, id := range strings.Fields(m[1]) {
			if !strings.HasPrefix(id, "/") && !ids[id] {
				t.Errorf("%s: %s leads nowhere", name, m[0])
			}
		}
	}
	if found := inlined.FindString(page); found != "" {
		t.Errorf("%s: inline, which the policy forbids: %s", name, found)
	}
	if len(ids) < 50 || !strings.HasSuffix(strings.TrimSpace(page), "</html>") {
		t.Errorf("%s is no whole page", name)
	}
}

func TestPagesAreSound(t *testing.T) {
	pages := map[string]string{"new": html(t, New(), &Outcome{})}
	pages["blank"], _ = checked(t, url.Values{"aktion": {"pruefen"}})
	for _, m := range models {
		pages[m.value], _ = checked(t, all(m.value))
	}
	pages["more"], _ = checked(t, url.Values{"aktion": {"mehr-scope.services"}, "scope.services.0.title": {""}})
	example := New()
	example.FillExample(today)
	body, _ := example.Engagement(false)
	v, _ := decode(body)
	d := decision.Decide(v)
	done := &Outcome{Base: "https://mappe.example", Body: body, Decision: &d, Stored: true}
	pages["done"] = html(t, example, done)
	pasted := Read(url.Values{"eingabe": {"json"}, "json": {"{}"}})
	pages["pasted"] = html(t, pasted, done)
	_, found := decode([]byte("{}"))
	pages["pasted faults"] = html(t, pasted, &Outcome{Violations: found, Decision: &d})
	for name, in := range map[string]*Input{"key": New(), "pasted key": pasted} {
		pages[name] = html(t, in, &Outcome{Title: "Titel", Problem: "Problem", KeyFault: true})
	}
	for name, page := range pages {
		sound(t, name, page)
	}
	for name, want := range map[string][]string{
		"blank":         {`<a href="#client.name">„Auftraggeber, Name“ fehlt.</a>`, `aria-invalid="true" aria-describedby="client.name-hinweis client.name-fehler"`, "14 Angaben fehlen"},
		"more":          {`id="scope.services.1.title"`, `formaction="/start#scope.services.2.title"`},
		"done":          {"gehören sechs Dokumente", "/start/entwurf.pdf?kind=avv", "curl -X POST &#39;https://mappe.example/v1/engagements&#39;", `id="schluessel-entwurf"`},
		"pasted faults": {`<a href="#json-text"><code>/client/name</code>`},
		"pasted key":    {`<a href="#json-schluessel">`},
	} {
		for _, w := range want {
			if !strings.Contains(pages[name], w) {
				t.Errorf("%s lacks %s", name, w)
			}
		}
	}
	if strings.Contains(pages["blank"], "Entwurf ansehen") || strings.Contains(pages["blank"], "(form)") {
		t.Error("a draft of what is not complete, or the name of a field of JSON")
	}
}

// Whatever is sent is text on the page, and the key is not on it at all.
func TestHostile(t *testing.T) {
	const evil = `"></textarea><script>alert(1)</script>'{{.}}`
	sent := url.Values{"schluessel": {"", "am_geheimnis", ""}, "aktion": {"pruefen"}}
	for name := range maps.Keys(all("result_package")) {
		sent.Set(name, evil)
	}
	for i := range 10_000 {
		sent.Set("feld"+strconv.Itoa(i), evil)
	}
	page, in := checked(t, sent)
	if in.Key != "am_geheimnis" {
		t.Error("the key is", in.Key)
	}
	pasted := Read(url.Values{"eingabe": {"json"}, "json": {evil}, "schluessel": {"am_geheimnis"}})
	for name, p := range map[string]string{"form": page, "pasted": html(t, pasted, &Outcome{Problem: evil, Title: evil})} {
		sound(t, name, p)
		if strings.Contains(p, "<script>") || strings.Contains(p, "am_geheimnis") || !strings.Contains(p, "&lt;script&gt;") {
			t.Error(name, "is not harmless")
		}
	}
	if c := curl("https://mappe.example", []byte(`{"name": "O'Hara'; rm -rf /"}`)); strings.Count(c, "'") != 8 || !strings.Contains(c, `O\u0027Hara`) {
		t.Error(c)
	}
	if f := readForm(url.Values{"client.name": {"a\xffb\r\nc "}}); f.values["client.name"] != "a\uFFFDb\nc" {
		t.Errorf("%q", f.values["client.name"])
	}
}

// The page's files are known by name, and no other file is.
func TestAssets(t *testing.T) {
	for name, want := range map[string]string{
		"start.css": "text/css; charset=utf-8", "start.js": "text/javascript; charset=utf-8", "icon.svg": "image/svg+xml",
		"sans.woff2": "font/woff2", "sans-semibold.woff2": "font/woff2", "title.woff2": "font/woff2",
	} {
		if media, b, ok := Asset(name); !ok || media != want || len(b) < 100 {
			t.Error(name, media, len(b), ok)
		}
	}
	for _, name := range []string{"", ".", "..", "../page.html", "page.html", "fremd.css"} {
		if _, _, ok := Asset(name); ok {
			t.Errorf("%q is a file", name)
		}
	}
}
