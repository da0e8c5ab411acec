package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
)

// page is a page of GET /v1/engagements.
type page struct {
	Data []struct {
		ID, Status string
		Documents  []struct{ URL, SHA256 string }
	}
	Next string
}

// verify fetches every document of every engagement and compares it with its manifest.
func verify(o *options) error {
	engagements, documents, running := 0, 0, 0
	for cursor := ""; ; {
		var p page
		b, err := get(o.url+"/v1/engagements?limit=100&cursor="+url.QueryEscape(cursor), o.key)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(b, &p); err != nil {
			return err
		}
		for _, e := range p.Data {
			if engagements++; e.Status == "running" {
				running++
			}
			for _, d := range e.Documents {
				pdf, err := get(d.URL, "")
				if err != nil {
					return err
				}
				if sum := sha256.Sum256(pdf); hex.EncodeToString(sum[:]) != d.SHA256 {
					return fmt.Errorf("%s is not what was issued", d.URL)
				}
				documents++
			}
		}
		if cursor = p.Next; cursor == "" {
			break
		}
	}
	if documents == 0 {
		return fmt.Errorf("%d engagements and no document", engagements)
	}
	fmt.Printf("%d engagements, %d of them running, %d documents as issued\n", engagements, running, documents)
	return nil
}

func get(url, key string) ([]byte, error) {
	r, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	if key != "" {
		r.Header.Set("Authorization", "Bearer "+key)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s: %.300s", url, answer.Status, b)
	}
	return b, err
}
