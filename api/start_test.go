package api_test

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"auftragsmappe/api"
	"auftragsmappe/documents/archive"
)

const formType = "application/x-www-form-urlencoded"

// visit sends a form without a key in any header.
func (s *service) visit(t *testing.T, path string, sent url.Values) (*http.Response, string) {
	t.Helper()
	return s.visitAs(t, path, formType, []byte(sent.Encode()))
}

func (s *service) visitAs(t *testing.T, path, media string, body []byte) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, s.URL+path, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", media)
	answer, b := s.do(t, r)
	return answer, string(b)
}

var control = regexp.MustCompile(`<(?:input|textarea|select)[^>]* name="([^"]+)"[^>]*>`)

// filled is the form of a page as a browser would send it.
func filled(t *testing.T, page string) url.Values {
	t.Helper()
	sent := url.Values{}
	_, form, _ := strings.Cut(page, `<form id="formular"`)
	form, _, _ = strings.Cut(form, "</form>")
	unescape := strings.NewReplacer("&#39;", "'", "&#34;", `"`, "&lt;", "<", "&gt;", ">", "&amp;", "&", "&#43;", "+")
	attribute := func(tag, name string) string {
		m := regexp.MustCompile(` ` + name + `="([^"]*)"`).FindStringSubmatch(tag)
		if m == nil {
			return ""
		}
		return unescape.Replace(m[1])
	}
	for _, at := range control.FindAllStringSubmatchIndex(form, -1) {
		tag, name, rest := form[at[0]:at[1]], form[at[2]:at[3]], form[at[1]:]
		switch {
		case strings.HasPrefix(tag, "<textarea"):
			text, _, _ := strings.Cut(strings.TrimPrefix(rest, "\n"), "</textarea>")
			sent.Set(name, unescape.Replace(text))
		case strings.HasPrefix(tag, "<select"):
			options, _, _ := strings.Cut(rest, "</select>")
			if m := regexp.MustCompile(`<option value="([^"]*)" selected>`).FindStringSubmatch(options); m != nil {
				sent.Set(name, unescape.Replace(m[1]))
			}
		case strings.Contains(tag, `type="radio"`) || strings.Contains(tag, `type="checkbox"`):
			if strings.Contains(tag, " checked") {
				sent.Set(name, attribute(tag, "value"))
			}
		default:
			sent.Set(name, attribute(tag, "value"))
		}
	}
	if len(sent) < 20 {
		t.Fatal("no form on the page", sent)
	}
	return sent
}

// exampleForm is the form that the page fills with its example.
func (s *service) exampleForm(t *testing.T) url.Values {
	t.Helper()
	answer, page := s.visit(t, "/start", url.Values{"aktion": {"beispiel"}})
	if answer.StatusCode != http.StatusOK {
		t.Fatal(answer.Status, page)
	}
	sent := filled(t, page)
	sent.Set("aktion", "pruefen")
	return sent
}

// counted is a store that counts what is written to it.
type counted struct {
	archive.Store
	written atomic.Int64
}

func (c *counted) Put(ctx context.Context, objects ...archive.Object) error {
	c.written.Add(1)
	return c.Store.Put(ctx, objects...)
}

// The page loads nothing but its own files; its policy allows nothing else and no frame around it. No cookie is set.
func TestStartPage(t *testing.T) {
	s := newService(t)
	answer, page := s.get(t, "/start")
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "text/html; charset=UTF-8" || len(answer.Cookies()) > 0 {
		t.Fatal(answer.Status, answer.Header)
	}
	policy := answer.Header.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "script-src 'self';", "style-src 'self';", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("the policy lacks %s: %s", want, policy)
		}
	}
	if strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") || strings.Contains(policy, "data:") {
		t.Error("the policy is loose:", policy)
	}
	_, css := s.get(t, "/start/start.css")
	files := regexp.MustCompile(`(?:src="|href="|url\()(/start/[^")]+)`).FindAllSubmatch(append(page, css...), -1)
	if len(files) != 6 {
		t.Errorf("%d files", len(files))
	}
	for _, file := range files {
		if answer, b := s.get(t, string(file[1])); answer.StatusCode != http.StatusOK || len(b) == 0 {
			t.Error(string(file[1]), answer.Status)
		}
	}
	for _, path := range []string{"/start/", "/start/page.html", "/start/..%2Fpage.html", "/start/entwurf.pdf"} {
		if answer, _ := s.get(t, path); answer.StatusCode != http.StatusNotFound {
			t.Error(path, answer.Status)
		}
	}
}

// A form is decided and drafted, and nothing of it is written anywhere.
func TestStartForm(t *testing.T) {
	store := &counted{Store: archive.NewMemory()}
	s := newServiceOn(t, store, store)
	before := store.written.Load()
	sent := s.exampleForm(t)
	answer, page := s.visit(t, "/start", sent)
	for _, want := range []string{
		"gehören sechs Dokumente", "Ohne die Berechtigung „Bestellungen“ wäre keiner nötig", "curl -X POST &#39;" + s.URL + "/v1/engagements&#39;", "IHR_SCHLUESSEL",
	} {
		if answer.StatusCode != http.StatusOK || !strings.Contains(page, want) {
			t.Errorf("%s: the page lacks %s", answer.Status, want)
		}
	}
	if again := filled(t, page); again.Get("client.name") != sent.Get("client.name") || again.Get("scope.title") != sent.Get("scope.title") {
		t.Error("what was typed is gone", again)
	}
	for _, kind := range []string{"offer", "contract", "nda", "avv", "access_checklist", "invoice"} {
		answer, pdf := s.visit(t, "/start/entwurf.pdf?kind="+kind, sent)
		if answer.StatusCode != http.StatusOK || !strings.HasPrefix(pdf, "%PDF-") || !strings.HasPrefix(answer.Header.Get("Content-Disposition"), "inline;") {
			t.Errorf("%s: %s %v %.100s", kind, answer.Status, answer.Header, pdf)
		}
	}
	sent.Set("contractor.email", "")
	sent.Set("pricing.items.0.unit_price", "1.490")
	answer, page = s.visit(t, "/start", sent)
	if answer.StatusCode != http.StatusOK || !strings.Contains(page, "2 Angaben fehlen") || !strings.Contains(page, "Was sich jetzt schon sagen lässt") || strings.Contains(page, "Entwurf ansehen") {
		t.Error(answer.Status, page)
	}
	for path, want := range map[string]string{"?kind=offer": "2 Angaben fehlen", "": "fehlt der Parameter kind", "?kind=brief": "Möglich sind"} {
		if answer, page := s.visit(t, "/start/entwurf.pdf"+path, sent); answer.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(page, want) {
			t.Error(path, answer.Status, page)
		}
	}
	if n := store.written.Load() - before; n != 0 {
		t.Errorf("%d writes", n)
	}
}

// A document that does not apply has no draft, and the page says why.
func TestStartDraftOfNothing(t *testing.T) {
	s := newService(t)
	sent := s.exampleForm(t)
	sent.Set("stage", "offer")
	if answer, page := s.visit(t, "/start/entwurf.pdf?kind=nda", sent); answer.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(page, "nach der Annahme") {
		t.Error(answer.Status, page)
	}
}

// With a key the stored profile is the contractor; the key is neither on the page nor in the log.
func TestStartKey(t *testing.T) {
	s := newService(t)
	profile := []byte(`{"contractor": {"form": "person", "name": "Gespeicherte Person", "email": "a@b.example", "address": {"street": "Weg 1", "postal_code": "04229", "city": "Leipzig"},
		"tax_number": "231/123/45678", "bank": {"iban": "DE33860400000123456789"}}}`)
	sent := s.exampleForm(t)
	sent.Set("schluessel", s.key)
	if _, page := s.visit(t, "/start", sent); !strings.Contains(page, "Virtuelle Assistenz") || strings.Contains(page, "schluessel-entwurf") {
		t.Error("without a profile the form's contractor counts")
	}
	if answer, b := s.call(t, http.MethodPut, "/v1/profile", profile); answer.StatusCode != http.StatusOK {
		t.Fatal(string(b))
	}
	for name := range sent {
		if strings.HasPrefix(name, "contractor.") {
			sent.Del(name)
		}
	}
	_, page := s.visit(t, "/start", sent)
	if !strings.Contains(page, "gehören sechs Dokumente") || !strings.Contains(page, `id="schluessel-entwurf"`) {
		t.Error(page)
	}
	_, pdf := s.visit(t, "/start/entwurf.pdf?kind=offer", sent)
	if !strings.HasPrefix(pdf, "%PDF-") {
		t.Errorf("%.200s", pdf)
	}
	pages := []string{page, pdf}
	sent.Set("schluessel", "am_geraten")
	answer, page := s.visit(t, "/start", sent)
	if answer.StatusCode != http.StatusOK || !strings.Contains(page, "Der Schlüssel stimmt nicht") {
		t.Error(answer.Status, page)
	}
	if answer, _ := s.visit(t, "/start/entwurf.pdf?kind=offer", sent); answer.StatusCode != http.StatusUnauthorized {
		t.Error(answer.Status)
	}
	for _, text := range append(pages, page, s.log.String()) {
		if strings.Contains(text, s.key) || strings.Contains(text, "am_geraten") {
			t.Error("the key is shown")
		}
	}
	if !strings.Contains(s.log.String(), `"route":"/start","status":200`) || !strings.Contains(s.log.String(), `"tenant":"default"`) {
		t.Error(s.log.String())
	}
}

// An address without a key may look some times at once and then once a second; who has a key goes on, and the page keeps
// what was typed.
func TestStartRate(t *testing.T) {
	s := newService(t)
	sent := s.exampleForm(t)
	statuses := map[int]int{}
	var last string
	for range 30 {
		answer, page := s.visit(t, "/start", sent)
		statuses[answer.StatusCode]++
		if answer.StatusCode == http.StatusTooManyRequests {
			last = page
			if answer.Header.Get("Retry-After") != "1" {
				t.Error(answer.Header)
			}
		}
	}
	if statuses[http.StatusOK] < 15 || statuses[http.StatusTooManyRequests] < 3 || len(statuses) != 2 {
		t.Error(statuses)
	}
	if !strings.Contains(last, "zu viele Anfragen") || filled(t, last).Get("client.name") != sent.Get("client.name") {
		t.Error(last)
	}
	sent.Set("schluessel", s.key)
	if answer, _ := s.visit(t, "/start", sent); answer.StatusCode != http.StatusOK {
		t.Error("with a key:", answer.Status)
	}
	if answer, _ := s.get(t, "/start"); answer.StatusCode != http.StatusOK {
		t.Error("the empty page:", answer.Status)
	}
}

// The operator can switch the page off, and with it everything below it.
func TestStartOff(t *testing.T) {
	store := archive.NewMemory()
	s := newServiceOn(t, store, store, func(o *api.Options) { o.WithoutStart = true })
	for _, path := range []string{"/start", "/start/start.css"} {
		if answer, _ := s.get(t, path); answer.StatusCode != http.StatusNotFound {
			t.Error(path, answer.Status)
		}
	}
	if answer, _ := s.visit(t, "/start", url.Values{}); answer.StatusCode != http.StatusNotFound {
		t.Error(answer.Status)
	}
}

// Storage that does not answer is told on the page, and what was typed stays.
func TestStartStorageFails(t *testing.T) {
	store := &switched{Store: archive.NewMemory()}
	s := newServiceOn(t, store, store)
	sent := s.exampleForm(t)
	sent.Set("schluessel", s.key)
	store.off.Store(true)
	answer, page := s.visit(t, "/start", sent)
	if answer.StatusCode != http.StatusServiceUnavailable || !strings.Contains(page, "Speicher nicht erreichbar") || answer.Header.Get("Retry-After") == "" {
		t.Error(answer.Status, page)
	}
	if !slices.Equal(filled(t, page)["scope.title"], sent["scope.title"]) {
		t.Error("what was typed is gone")
	}
}
