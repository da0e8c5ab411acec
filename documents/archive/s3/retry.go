package s3

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"

	"auftragsmappe/documents/archive"
)

// class is what an answer means for the next step.
type class uint8

const (
	unclear     class = iota // nobody knows whether it happened, or it may work later: read back, or try again
	conflict                 // another writer was or is at it; says nothing about who has won: read back
	missing                  // there is no such object
	badKey                   // the key is a directory of another, or below one
	unsupported              // the server does not know what it was asked
	refused                  // no, and asking again changes nothing
)

// byCode is what a server's error code means, whatever status it comes with.
var byCode = map[string]class{
	"PreconditionFailed":         conflict,
	"ConditionalRequestConflict": conflict,
	"ConcurrentModification":     conflict, // Ceph
	"OperationAborted":           conflict,

	"BadDigest":                   unclear,
	"InvalidDigest":               unclear,
	"XAmzContentSHA256Mismatch":   unclear,
	"XAmzContentChecksumMismatch": unclear, // MinIO, of a repeated body
	"IncompleteBody":              unclear,
	"RequestTimeout":              unclear,
	"SlowDown":                    unclear,

	"NoSuchKey":    missing,
	"NoSuchBucket": refused,

	"BucketAlreadyOwnedByYou": refused,
	"BucketAlreadyExists":     refused,

	"ObjectParentIsFile":            badKey, // versitygw
	"ExistingObjectIsDirectory":     badKey, // versitygw
	"XMinioParentIsObject":          badKey,
	"XMinioObjectExistsAsDirectory": badKey,
	"KeyTooLongError":               badKey,

	"NotImplemented": unsupported,
}

// byStatus is for codes that byCode does not know. Other statuses below 500 are a no, all others are unclear.
var byStatus = map[int]class{
	http.StatusNotFound:           missing,
	http.StatusRequestTimeout:     unclear,
	http.StatusConflict:           conflict,
	http.StatusPreconditionFailed: conflict,
	http.StatusTooManyRequests:    unclear,
	http.StatusNotImplemented:     unsupported,
}

// classify is the class of what a request returned: an answer of the server, or the trouble of getting one.
func classify(err error) class {
	var answer minio.ErrorResponse
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.As(err, &certificate), errors.Is(err, errDamaged):
		return refused
	case !errors.As(err, &answer):
		return unclear
	}
	if c, ok := byCode[answer.Code]; ok {
		return c
	}
	if c, ok := byStatus[answer.StatusCode]; ok {
		return c
	}
	if answer.StatusCode < http.StatusInternalServerError {
		return refused
	}
	return unclear
}

// errSlow is a try that ran into a deadline of ours. It is not the caller's deadline, so it must not look like it.
var errSlow = errors.New("no answer in time")

// once makes one try under a deadline of its own; size is how many bytes are sent.
func (s *Store) once(ctx context.Context, size int, try func(context.Context) error) error {
	own, cancel := context.WithTimeout(ctx, s.each+time.Duration(size>>20)*time.Second)
	defer cancel()
	err := try(own)
	if err != nil && own.Err() != nil && classify(err) == unclear {
		return errSlow
	}
	return err
}

// repeat makes tries of a request that may be made twice, until one is clear or the time is over.
func (s *Store) repeat(ctx context.Context, size int, try func(context.Context) error) error {
	for n := 0; ; n++ {
		err := s.once(ctx, size, try)
		if err == nil {
			return nil
		}
		if c := classify(err); c != unclear && c != conflict {
			return err
		}
		if !pause(ctx, n) {
			return err
		}
	}
}

const (
	firstPause = 20 * time.Millisecond // the library itself waits up to 200 ms after a try that failed
	maxPause   = 2 * time.Second
)

// pause waits after try n (0, 1, …), longer each time and by chance, so that those who met once do not meet again.
// It returns false when the time is over.
func pause(ctx context.Context, n int) bool {
	most := min(maxPause, firstPause<<min(n, 10))
	timer := time.NewTimer(most/4 + rand.N(most))
	defer timer.Stop()
	select {
	case <-timer.C:
		return ctx.Err() == nil
	case <-ctx.Done():
		return false
	}
}

// ErrClock is an archive.ErrStorage: the server refuses what is signed by a clock that differs this much from its own.
var ErrClock = errors.New("s3: the clocks differ too much")

// tolerated is the difference that servers bear, a minute less: it is measured to a second, and seldom.
const tolerated = 14 * time.Minute

// outOfTime says that a request was refused for its moment. An answer to a HEAD has no code: then the clocks decide.
func (s *Store) outOfTime(err error) bool {
	var answer minio.ErrorResponse
	if !errors.As(err, &answer) {
		return false
	}
	skew, ok := s.Skew()
	return answer.Code == "RequestTimeTooSkewed" || answer.StatusCode == http.StatusForbidden && ok && skew.Abs() > tolerated
}

// fail is an error of this package: the sentinel, what was attempted, and the cause without keys. The caller's own end
// of the context stays visible in it.
func (s *Store) fail(ctx context.Context, sentinel error, what string, cause error) error {
	if s.outOfTime(cause) {
		skew, _ := s.Skew()
		sentinel = fmt.Errorf("%w: %w: the server's is %s from ours", sentinel, ErrClock, skew.Round(time.Second))
	}
	if end := ctx.Err(); end != nil {
		return fmt.Errorf("%w: %s: %w (%s)", sentinel, what, end, s.text(cause))
	}
	return fmt.Errorf("%w: %s: %s", sentinel, what, s.text(cause))
}

// sentinels are the errors of answers that are clear.
var sentinels = map[class]error{missing: archive.ErrNotFound, badKey: archive.ErrKey}

func sentinel(err error) error {
	if known, ok := sentinels[classify(err)]; ok {
		return known
	}
	return archive.ErrStorage
}

const maxText = 300

// text is what an error says, on one short line and without keys.
func (s *Store) text(err error) string {
	text := err.Error()
	var answer minio.ErrorResponse
	if errors.As(err, &answer) {
		text = fmt.Sprintf("%s (HTTP %d): %s", answer.Code, answer.StatusCode, answer.Message)
	}
	if answer.Code == "NoSuchBucket" {
		text = fmt.Sprintf("there is no bucket %q (HTTP %d)", s.bucket, answer.StatusCode)
	}
	if answer.Region != "" && answer.Region != s.region {
		text += fmt.Sprintf(" The server names the region %q, we have %q.", answer.Region, s.region)
	}
	text = s.hide.Replace(strings.Join(strings.Fields(text), " "))
	if len(text) > maxText {
		text = strings.ToValidUTF8(text[:maxText], "") + "…"
	}
	return text
}
