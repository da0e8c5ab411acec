package api_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"

	"auftragsmappe"
)

// loadContract is openapi.yaml, checked: the document itself and every example in it.
var loadContract = sync.OnceValues(func() (*openapi3.T, error) {
	for _, media := range []string{"application/pdf", "application/yaml", "application/zip", "multipart/byteranges", "text/html", "text/css", "text/javascript", "image/svg+xml", "font/woff2"} {
		openapi3filter.RegisterBodyDecoder(media, func(io.Reader, http.Header, *openapi3.SchemaRef, openapi3filter.EncodingFn) (any, error) {
			return "bytes", nil
		})
	}
	doc, err := openapi3.NewLoader().LoadFromData(auftragsmappe.OpenAPI)
	if err != nil {
		return nil, err
	}
	return doc, doc.Validate(context.Background(), openapi3.EnableExamplesValidation())
})

// contract is a transport that holds every call of every test of this package against openapi.yaml. What the contract
// does not say becomes an error of the call, and so fails the test.
type contract struct{ http.RoundTripper }

// RoundTrip makes the call and reads it as the contract does.
func (c contract) RoundTrip(r *http.Request) (*http.Response, error) {
	sent, err := drain(&r.Body)
	if err != nil {
		return nil, err
	}
	answer, err := c.RoundTripper.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	got, err := drain(&answer.Body)
	if err != nil {
		return nil, err
	}
	if err := holds(r, sent, answer, got); err != nil {
		answer.Body.Close()
		return nil, fmt.Errorf("openapi.yaml: %s %s, status %d: %w", r.Method, r.URL, answer.StatusCode, err)
	}
	return answer, nil
}

// drain reads a body and puts it back.
func drain(body *io.ReadCloser) ([]byte, error) {
	if *body == nil || *body == http.NoBody {
		return nil, nil
	}
	b, err := io.ReadAll(*body)
	if err == nil {
		err = (*body).Close()
	}
	*body = io.NopCloser(bytes.NewReader(b))
	return b, err
}

// holds says what in a call is not as the contract has it.
func holds(r *http.Request, sent []byte, answer *http.Response, got []byte) error {
	doc, err := loadContract()
	if err != nil {
		return err
	}
	route, params := find(doc, r.Method, r.URL)
	if route == nil {
		return unrouted(doc, r.Method, answer, got)
	}
	status := route.Operation.Responses.Status(answer.StatusCode)
	if status == nil {
		return fmt.Errorf("the status is not documented")
	}
	if err := headersKnown(status.Value, answer.Header); err != nil {
		return err
	}
	input := &openapi3filter.RequestValidationInput{
		Request: again(r, sent), Route: route, PathParams: params, Options: &openapi3filter.Options{
			AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, SkipSettingDefaults: true,
		},
	}
	bodies := fmt.Sprint(r.Method, route.Path, answer.StatusCode, answer.Header["Content-Type"], string(sent), changing.ReplaceAllString(string(got), ""))
	if _, ok := held.Load(bodies); ok {
		input.Options.ExcludeRequestBody, input.Options.ExcludeResponseBody = true, true
	}
	if err := accepted(input, answer.StatusCode); err != nil {
		return fmt.Errorf("accepted, but the request is not documented: %w", err)
	}
	err = openapi3filter.ValidateResponse(context.Background(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: input, Status: answer.StatusCode, Header: answer.Header, Body: io.NopCloser(bytes.NewReader(got)),
		Options: input.Options,
	})
	if err == nil {
		held.Store(bodies, true)
	}
	return err
}

// held are bodies of calls that are right, so that tests of speed and rates do not wait for the schema to be read again.
var held sync.Map

var changing = regexp.MustCompile(`"request_id":"[^"]*"`)

// again is the request with its body, as it was sent.
func again(r *http.Request, sent []byte) *http.Request {
	c := r.Clone(r.Context())
	c.Body, c.ContentLength = io.NopCloser(bytes.NewReader(sent)), int64(len(sent))
	return c
}

// accepted holds a request that the service has taken against the contract. The service takes more than the contract
// promises: other names of the media type.
func accepted(input *openapi3filter.RequestValidationInput, status int) error {
	if status >= http.StatusBadRequest || status == http.StatusAccepted {
		return nil
	}
	if strings.HasPrefix(input.Route.Path, "/v1/hooks/") {
		input.Options.ExcludeRequestBody = true // it may be anything
	} else if body := input.Route.Operation.RequestBody; body != nil && body.Value.Content.Get("application/json") != nil {
		input.Request.Header.Set("Content-Type", "application/json")
	}
	return openapi3filter.ValidateRequest(context.Background(), input)
}

// find is the operation of a request; HEAD is that of GET unless it has its own.
func find(doc *openapi3.T, method string, u *url.URL) (*routers.Route, map[string]string) {
	for _, path := range doc.Paths.InMatchingOrder() {
		params, ok := match(path, u.EscapedPath())
		if !ok {
			continue
		}
		item := doc.Paths.Value(path)
		operation := item.GetOperation(method)
		if operation == nil && method == http.MethodHead {
			operation = item.Get
		}
		if operation == nil {
			return nil, nil
		}
		return &routers.Route{Spec: doc, Path: path, PathItem: item, Method: method, Operation: operation}, params
	}
	return nil, nil
}

// match reads the parameters of a path such as /v1/engagements/{id}.
func match(template, path string) (map[string]string, bool) {
	want, got := strings.Split(template, "/"), strings.Split(path, "/")
	if len(want) != len(got) {
		return nil, false
	}
	params := map[string]string{}
	for i, segment := range want {
		if name, ok := strings.CutPrefix(segment, "{"); ok {
			value, err := url.PathUnescape(got[i])
			if err != nil {
				return nil, false
			}
			params[strings.TrimSuffix(name, "}")] = value
		} else if segment != got[i] {
			return nil, false
		}
	}
	return params, true
}

// unrouted is the answer to what the contract does not have: a problem document, 404 or 405. OPTIONS is a question of HTTP
// itself.
func unrouted(doc *openapi3.T, method string, answer *http.Response, got []byte) error {
	if method == http.MethodOptions && answer.StatusCode == http.StatusNoContent && answer.Header.Get("Allow") != "" {
		return nil
	}
	if answer.StatusCode != http.StatusNotFound && answer.StatusCode != http.StatusMethodNotAllowed {
		return fmt.Errorf("the call is not documented")
	}
	if method == http.MethodHead {
		return nil
	}
	return fits(doc, "Problem", got)
}

// general are the headers of HTTP itself and of every answer.
var general = []string{
	"Allow", "Cache-Control", "Content-Encoding", "Content-Length", "Content-Security-Policy", "Content-Type", "Cross-Origin-Resource-Policy", "Date",
	"Referrer-Policy", "Vary", "X-Content-Type-Options",
}

func headersKnown(response *openapi3.Response, h http.Header) error {
	for name := range h {
		_, known := response.Headers[name]
		if !known && name == "Etag" {
			_, known = response.Headers["ETag"]
		}
		if !known && name == "Www-Authenticate" {
			_, known = response.Headers["WWW-Authenticate"]
		}
		if !known && !slices.Contains(general, name) {
			return fmt.Errorf("the header %s is not documented", name)
		}
	}
	return nil
}
