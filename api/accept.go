package api

import (
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"
)

// preference is how much Accept wants a media type.
type preference struct {
	q  float64 // 0 = not named, or refused
	at int     // place in the header
}

// over says that p is wanted more than o; of equals the first one named.
func (p preference) over(o preference) bool { return p.q > o.q || p.q == o.q && p.q > 0 && p.at < o.at }

// wants is how much Accept wants a media type that it names exactly. Wildcards count for nothing: tools send them without
// meaning a bundle, or a kind of JSON that they cannot parse.
func wants(h http.Header, media string) preference {
	best := preference{}
	for i, part := range strings.Split(strings.Join(h.Values(echo.HeaderAccept), ","), ",") {
		name, params, err := mime.ParseMediaType(part)
		if err != nil || name != media {
			continue
		}
		q := 1.0
		if text, ok := params["q"]; ok {
			if q, err = strconv.ParseFloat(text, 64); err != nil || q > 1 {
				continue
			}
		}
		if p := (preference{q, i}); p.over(best) {
			best = p
		}
	}
	return best
}
