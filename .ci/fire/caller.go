package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"time"
)

// caller is one connection's worth of calls.
type caller struct {
	*crowd
	number, next int
	abandoned    *window // of which a call was given up
}

// request is what is sent, as often as it takes.
type request struct {
	method, url string
	body        []byte
	write       bool // needs a storage that can be written
}

// answer is what came.
type answer struct {
	status int
	header http.Header
	body   []byte
	from   time.Time
	took   time.Duration
}

// document and manifest are the parts of an answer that are held against the store.
type document struct{ Number, URL, SHA256 string }

type manifest struct {
	ID, Reference, Status string
	Documents             []document
	BundleURL             string `json:"bundle_url"`
}

// acked is an acknowledged call.
type acked struct {
	request
	id        string
	sum       [sha256.Size]byte // of the answer
	documents []document
	bundle    string
}

// work makes one call after the other, a mix of all that callers do.
func (w *caller) work() {
	for ; !w.stop.Load(); w.next++ {
		w.pause.RLock()
		kind := (w.number + w.next) % 8
		reference := fmt.Sprintf("FEUER-%d-%d", w.number, w.next)
		switch kind {
		case 0: // an offer, then all
			w.issue(w.engagement(reference, "offer", ""))
			w.issue(w.engagement(reference, "complete", ""))
		case 1:
			r := w.engagement(reference, "complete", "")
			r.url = w.stage.service.hook
			w.issue(r)
		case 2:
			w.issue(w.engagement(reference, "complete", "?format=zip"))
		default:
			w.issue(w.engagement(reference, "complete", ""))
		}
		w.look(kind)
		w.abandon()
		w.pause.RUnlock()
	}
}

// engagement is the request to issue one.
func (w *caller) engagement(reference, stage, query string) request {
	e := make(map[string]any, len(w.whole))
	for k, v := range w.whole {
		e[k] = v
	}
	e["reference"], e["stage"] = reference, stage
	b, err := json.Marshal(e)
	if err != nil {
		panic(err) // it came from JSON
	}
	return request{http.MethodPost, w.stage.service.url + "/v1/engagements" + query, b, true}
}

// issue repeats a request until it is acknowledged, or the run is given up.
func (w *caller) issue(r request) {
	for !w.lost.Load() {
		a, err := w.send(r)
		if err == nil && a.status == http.StatusCreated {
			w.keep(r, a)
			return
		}
		if err == nil && a.status == http.StatusAccepted {
			var m manifest
			if json.Unmarshal(a.body, &m) == nil {
				w.promise(m.ID)
			}
		}
		time.Sleep(200*time.Millisecond + rand.N(300*time.Millisecond))
	}
}

// keep keeps what a 201 promises.
func (w *caller) keep(r request, a *answer) {
	text := a.body
	if bytes.HasPrefix(text, []byte("PK")) {
		entries, err := unzipped(text)
		if err != nil {
			w.find("an answer is no ZIP: %v", err)
			return
		}
		text = entries["manifest.json"]
	}
	var m manifest
	if err := json.Unmarshal(text, &m); err != nil || m.Status != "issued" || len(m.Documents) == 0 {
		w.find("an answer 201 without a bundle: %v %.200s", err, text)
		return
	}
	w.acknowledge(&acked{r, m.ID, sha256.Sum256(a.body), m.Documents, m.BundleURL})
}

// look reads and drafts: what was acknowledged, anybody's; and repeats it at times.
func (w *caller) look(kind int) {
	w.mu.Lock()
	if len(w.acked) == 0 {
		w.mu.Unlock()
		return
	}
	was := w.acked[rand.N(len(w.acked))]
	w.mu.Unlock()
	switch kind {
	case 0, 4:
		w.fetch(was)
	case 1:
		w.same(was)
	case 2:
		w.read(w.stage.service.url + "/v1/engagements?limit=5")
	case 3:
		w.read(w.stage.service.url + "/v1/engagements/" + was.id)
	case 5:
		r := w.engagement("ENTWURF", "complete", "?dry_run=true")
		r.write = false
		w.expect(r, http.StatusOK)
	case 6:
		w.expect(request{http.MethodPost, w.stage.service.url + "/v1/decisions", was.body, false}, http.StatusOK)
	}
}

func (w *caller) read(url string) *answer {
	return w.expect(request{http.MethodGet, url, nil, false}, http.StatusOK)
}

// fetch reads a document of an acknowledged call.
func (w *caller) fetch(was *acked) {
	d := was.documents[rand.N(len(was.documents))]
	if a := w.read(d.URL); a != nil && hash(a.body) != d.SHA256 {
		w.find("a document has changed: %s", d.URL)
	}
}

// same repeats an acknowledged call.
func (w *caller) same(was *acked) {
	if a := w.expect(was.request, http.StatusCreated); a != nil && sha256.Sum256(a.body) != was.sum {
		w.find("a repeat of %s has another answer: %.300s", was.id, a.body)
	}
}

// expect sends once; nil where another status came, which send has judged.
func (w *caller) expect(r request, status int) *answer {
	a, err := w.send(r)
	if err != nil || a.status != status {
		return nil
	}
	return a
}

// abandon gives up a call after its first answer, once in each trouble: what it claimed must be finished all the same.
func (w *caller) abandon() {
	in := w.excuse(time.Now(), time.Now())
	if in == nil || w.abandoned != nil && w.abandoned.begun.Equal(in.begun) {
		return
	}
	w.abandoned = in
	r := w.engagement(fmt.Sprintf("FEUER-%d-%d-A", w.number, w.next), "complete", "")
	a, err := w.send(r)
	var m manifest
	switch {
	case err != nil || json.Unmarshal(a.body, &m) != nil:
	case a.status == http.StatusCreated:
		w.keep(r, a)
	case a.status == http.StatusAccepted:
		w.promise(m.ID)
	}
}

// send sends a request once and judges the answer.
func (c *crowd) send(r request) (*answer, error) {
	q, err := http.NewRequest(r.method, r.url, bytes.NewReader(r.body))
	if err != nil {
		return nil, err
	}
	q.Header.Set("Content-Type", "application/json")
	if !strings.Contains(r.url, "?key=") && !strings.Contains(r.url, "/v1/documents/") {
		q.Header.Set("Authorization", "Bearer "+c.stage.service.key)
	}
	a := &answer{from: time.Now()}
	got, err := c.client.Do(q)
	if err == nil {
		a.status, a.header = got.StatusCode, got.Header
		a.body, err = io.ReadAll(got.Body)
		_ = got.Body.Close()
	}
	a.took = time.Since(a.from)
	c.judge(r, a, err)
	return a, err
}
