package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestHealth(t *testing.T) {
	ready := http.StatusOK
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/readyz" {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		w.WriteHeader(ready)
	}))
	addr := strings.TrimPrefix(web.URL, "http://")
	check := func(want int, says string, args ...string) {
		t.Helper()
		code, stdout, stderr := invoke(t, t.TempDir(), append([]string{"health"}, args...)...)
		if code != want || !strings.Contains(stdout+stderr, says) {
			t.Errorf("%q: %d %q %q, want %d %q", args, code, stdout, stderr, want, says)
		}
	}
	check(exitOK, "bereit\n", "--addr", addr)
	check(exitOK, "bereit\n", "--url", web.URL+"/")
	check(exitOK, "bereit\n", "--addr", strings.Replace(addr, "127.0.0.1", "0.0.0.0", 1))
	check(exitOK, "bereit\n", "--addr", strings.Replace(addr, "127.0.0.1", "", 1))
	check(exitFault, "nicht bereit: 404", "--url", web.URL+"/x")
	ready = http.StatusServiceUnavailable
	check(exitFault, "nicht bereit: 503", "--addr", addr)
	web.Close()
	check(exitFault, "antwortet nicht", "--addr", addr)
	check(exitUsage, "keine Adresse", "--url", "mappe.example")
	check(exitUsage, "keine weiteren Angaben", "jetzt")
}

func TestDialable(t *testing.T) {
	for addr, want := range map[string]string{
		"127.0.0.1:8080": "127.0.0.1:8080", ":8080": "127.0.0.1:8080", "0.0.0.0:80": "127.0.0.1:80", "[::]:8080": "[::1]:8080", "mappe:8080": "mappe:8080",
	} {
		if got := dialable(addr); got != want {
			t.Errorf("%s: %s, want %s", addr, got, want)
		}
	}
}
