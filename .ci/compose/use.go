package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
)

// bundle is what the service has answered, and the documents that stood at its URLs.
type bundle struct {
	ID        string `json:"id"`
	Documents []struct {
		Kind, URL, SHA256 string
	} `json:"documents"`
	bytes [][]byte
}

// issue posts the example and fetches its documents.
func (s *stage) issue() (*bundle, error) {
	b, answer, err := s.post()
	if err != nil {
		return nil, err
	}
	if answer.StatusCode != http.StatusCreated || answer.Header.Get("Idempotent-Replayed") != "" || len(b.Documents) != 6 {
		return nil, fmt.Errorf("POST: %s, %d documents", answer.Status, len(b.Documents))
	}
	for _, d := range b.Documents {
		pdf, err := fetch(d.URL)
		if err != nil {
			return nil, err
		}
		if sum := sha256.Sum256(pdf); hex.EncodeToString(sum[:]) != d.SHA256 || !bytes.HasPrefix(pdf, []byte("%PDF-1.7")) {
			return nil, fmt.Errorf("%s: not the document of the manifest", d.URL)
		}
		b.bytes = append(b.bytes, pdf)
	}
	fmt.Printf("issued %s: %d documents\n", b.ID, len(b.Documents))
	return b, nil
}

// again says that a restarted service has the same documents, and answers the same request with them.
func (s *stage) again(first *bundle) error {
	for i, d := range first.Documents {
		pdf, err := fetch(d.URL)
		if err != nil {
			return err
		}
		if !bytes.Equal(pdf, first.bytes[i]) {
			return fmt.Errorf("%s: another document after a restart", d.URL)
		}
	}
	b, answer, err := s.post()
	if err != nil {
		return err
	}
	if answer.Header.Get("Idempotent-Replayed") != "true" || b.ID != first.ID || b.Documents[0] != first.Documents[0] {
		return fmt.Errorf("POST after a restart: %s, %s instead of %s", answer.Status, b.ID, first.ID)
	}
	fmt.Println("the same documents after a restart")
	return nil
}

func (s *stage) post() (*bundle, *http.Response, error) {
	body, err := os.ReadFile(filepath.Join(s.top, "examples", "launch.json"))
	if err != nil {
		return nil, nil, err
	}
	r, err := http.NewRequest(http.MethodPost, "http://127.0.0.1:8080/v1/engagements", bytes.NewReader(body))
	if err != nil {
		return nil, nil, err
	}
	r.Header.Set("Authorization", "Bearer "+bootstrapKey)
	r.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, nil, err
	}
	var b bundle
	if err := json.Unmarshal(text, &b); err != nil || len(b.Documents) == 0 {
		return nil, nil, fmt.Errorf("POST: %s: %s", answer.Status, text)
	}
	return &b, answer, nil
}

func fetch(url string) ([]byte, error) {
	answer, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", url, answer.Status)
	}
	return io.ReadAll(answer.Body)
}
