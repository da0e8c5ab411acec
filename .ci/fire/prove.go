package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// finishTime is within what the service finishes what was left: after a minute at the latest it begins to, and then it has work.
const (
	finishTime = 75 * time.Second
	startTime  = 15 * time.Second // at a start nobody is at it
)

// prove holds everything that was acknowledged against what is stored.
func (c *crowd) prove(finish time.Duration) error {
	fmt.Printf("%s: %v\n", c.stage.store, c)
	all, err := c.settled(finish)
	if err != nil {
		return err
	}
	c.numbers(all)
	byID := map[string]bool{}
	for _, m := range all {
		byID[m.ID] = true
	}
	for _, id := range c.promised {
		if !byID[id] {
			c.find("engagement %s was promised and is not there", id)
		}
	}
	c.bundles(byID)
	return nil
}

// settled waits until the audit says that no claim is left, for so long, and returns all engagements: one whose first claim is left
// is not listed. The audit must be clean then.
func (c *crowd) settled(most time.Duration) ([]manifest, error) {
	begun := time.Now()
	report, err := c.stage.service.call("audit")
	for ; !strings.Contains(report, "offene Vorgänge: 0)"); report, err = c.stage.service.call("audit") {
		if time.Since(begun) > most {
			c.find("claims are left for ever: %s %v", report, err)
			break
		}
		time.Sleep(time.Second)
	}
	if err != nil {
		c.find("audit: %v", err)
	}
	fmt.Printf("%s: no claim left after %.0f s: %s\n", c.stage.store, time.Since(begun).Seconds(), report)
	all, err := c.list()
	for _, m := range all {
		if m.Status != "issued" {
			c.find("engagement %s is %s", m.ID, m.Status)
		}
	}
	return all, err
}

// list is all engagements.
func (c *crowd) list() (all []manifest, err error) {
	for cursor := ""; ; {
		a, err := c.send(request{http.MethodGet, c.stage.service.url + "/v1/engagements?limit=100&cursor=" + url.QueryEscape(cursor), nil, false})
		if err != nil {
			return nil, err
		}
		var page struct {
			Data []manifest
			Next string
		}
		if err := json.Unmarshal(a.body, &page); err != nil || a.status != http.StatusOK {
			return nil, fmt.Errorf("list: %d %w %.300s", a.status, err, a.body)
		}
		all = append(all, page.Data...)
		if cursor = page.Next; cursor == "" {
			return all, nil
		}
	}
}

// numbers: each number belongs to one engagement, in the answers and in the store, and no number of a series is left out.
func (c *crowd) numbers(all []manifest) {
	owner := map[string]string{}
	highest, count := map[string]int{}, map[string]int{}
	see := func(id string, documents []document) {
		for _, d := range documents {
			if d.Number == "" || owner[d.Number] == id {
				continue
			}
			if other := owner[d.Number]; other != "" {
				c.find("%s belongs to %s and to %s", d.Number, other, id)
			}
			owner[d.Number] = id
			at := strings.LastIndex(d.Number, "-")
			n, err := strconv.Atoi(d.Number[at+1:])
			if err != nil {
				c.find("what number is %q?", d.Number)
			}
			series := d.Number[:at]
			highest[series], count[series] = max(highest[series], n), count[series]+1
		}
	}
	for _, m := range all {
		see(m.ID, m.Documents)
	}
	for _, a := range c.acked {
		see(a.id, a.documents)
	}
	for series, n := range highest {
		if n != count[series] && !strings.HasPrefix(series, "VT") { // a contract has its engagement's number, and not each has one
			c.find("series %s has %d numbers and ends with %d", series, count[series], n)
		}
	}
	fmt.Printf("%s: numbers %v\n", c.stage.store, count)
}

// bundles fetches everything that was acknowledged, from several connections.
func (c *crowd) bundles(byID map[string]bool) {
	begun := time.Now()
	work := make(chan *acked)
	var wait sync.WaitGroup
	for range c.stage.connections {
		w := &caller{crowd: c}
		wait.Go(func() {
			for a := range work {
				w.compare(a)
			}
		})
	}
	for _, a := range c.acked {
		if !byID[a.id] {
			c.find("engagement %s was acknowledged and is not listed", a.id)
		}
		work <- a
	}
	close(work)
	wait.Wait()
	fmt.Printf("%s: %d answers, their documents and bundles compared (%.0f s)\n", c.stage.store, len(c.acked), time.Since(begun).Seconds())
}

// compare: the same answer again, every document by its URL, and all of them in the bundle.
func (w *caller) compare(was *acked) {
	a, err := w.send(was.request)
	if err != nil || a.status != http.StatusCreated || sha256.Sum256(a.body) != was.sum {
		w.find("%s is not answered as before: %v %d %.300s", was.id, err, a.status, a.body)
	}
	a, err = w.send(request{http.MethodGet, was.bundle, nil, false})
	if err != nil || a.status != http.StatusOK {
		w.find("the bundle of %s cannot be fetched: %v %d", was.id, err, a.status)
		return
	}
	entries, err := unzipped(a.body)
	if err != nil {
		w.find("the bundle of %s is no ZIP: %v", was.id, err)
		return
	}
	sums := make([]string, 0, len(entries))
	for _, b := range entries {
		sums = append(sums, hash(b))
	}
	for _, d := range was.documents {
		if a, err := w.send(request{http.MethodGet, d.URL, nil, false}); err != nil || hash(a.body) != d.SHA256 {
			w.find("a document of %s is not what was acknowledged: %v", was.id, err)
		}
		if !slices.Contains(sums, d.SHA256) {
			w.find("a document of %s is not in its bundle", was.id)
		}
	}
}
