// Package auftragsmappe is the contract of the HTTP API. It stands at the top because openapi.yaml does, and a file can be
// embedded only from its own folder or above.
package auftragsmappe

import _ "embed"

// OpenAPI is openapi.yaml (OpenAPI 3.1), as /openapi.yaml serves it.
//
//go:embed openapi.yaml
var OpenAPI []byte
