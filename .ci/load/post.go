package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"
)

// result is what the callers have seen.
type result struct {
	took    time.Duration
	each    []time.Duration // of the answered ones, sorted
	failed  int
	failure error // the first
}

// post posts from all connections until the time is over.
func post(o *options, body []byte) (*result, error) {
	var engagement map[string]any
	if err := json.Unmarshal(body, &engagement); err != nil {
		return nil, err
	}
	client := &http.Client{Timeout: time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: o.connections, MaxConnsPerHost: o.connections}}
	if err := one(client, o, engagement, "warm"); err != nil { // a wrong key is seen at once
		return nil, err
	}
	var all result
	var mu sync.Mutex
	var wait sync.WaitGroup
	begin := time.Now()
	for c := range o.connections {
		wait.Go(func() {
			r := caller(client, o, engagement, c)
			mu.Lock()
			defer mu.Unlock()
			all.each, all.failed = append(all.each, r.each...), all.failed+r.failed
			if all.failure == nil {
				all.failure = r.failure
			}
		})
	}
	wait.Wait()
	all.took = time.Since(begin)
	slices.Sort(all.each)
	return &all, nil
}

// caller posts one engagement after the other.
func caller(client *http.Client, o *options, engagement map[string]any, number int) *result {
	mine := make(map[string]any, len(engagement))
	for k, v := range engagement {
		mine[k] = v
	}
	r := &result{}
	for i, begin := 0, time.Now(); time.Since(begin) < o.duration; i++ {
		sent := time.Now()
		err := one(client, o, mine, fmt.Sprintf("%d-%d", number, i))
		if err == nil {
			r.each = append(r.each, time.Since(sent))
			continue
		}
		if r.failed++; r.failure == nil {
			r.failure = err
		}
		time.Sleep(100 * time.Millisecond)
	}
	return r
}

// one posts one engagement and reads the whole answer: six documents, each with its URL.
func one(client *http.Client, o *options, engagement map[string]any, reference string) error {
	engagement["reference"] = fmt.Sprintf("LAST-%d-%s", started.UnixNano(), reference)
	body, err := json.Marshal(engagement)
	if err != nil {
		return err
	}
	r, err := http.NewRequest(http.MethodPost, o.url+"/v1/engagements", bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+o.key)
	r.Header.Set("Content-Type", "application/json")
	answer, err := client.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	if answer.StatusCode != http.StatusCreated || bytes.Count(text, []byte(`"sha256":"`)) < 6 || bytes.Contains(text, []byte(`"invoice_url":""`)) {
		return fmt.Errorf("%s: %.300s", answer.Status, text)
	}
	return nil
}

// started makes the references of this run new.
var started = time.Now()

// at is a quantile.
func (r *result) at(q float64) time.Duration {
	if len(r.each) == 0 {
		return 0
	}
	return r.each[min(int(q*float64(len(r.each))), len(r.each)-1)]
}

func (r *result) rate() float64 { return float64(len(r.each)) / r.took.Seconds() }

// String is the figures on one line.
func (r *result) String() string {
	ms := func(q float64) int64 { return r.at(q).Milliseconds() }
	return fmt.Sprintf("%d bundles in %.1f s: %.1f a second; p50 %d ms, p95 %d ms, p99 %d ms, longest %d ms; %d failed",
		len(r.each), r.took.Seconds(), r.rate(), ms(0.5), ms(0.95), ms(0.99), ms(1), r.failed)
}

func (r *result) misses() (errs []error) {
	if r.rate() < goalRate {
		errs = append(errs, fmt.Errorf("%.1f bundles a second instead of %d", r.rate(), goalRate))
	}
	if p := r.at(0.99); p > goalP99 {
		errs = append(errs, fmt.Errorf("p99 %v instead of %v", p, goalP99))
	}
	return errs
}
