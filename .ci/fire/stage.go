package main

import (
	"errors"
	"fmt"
	"net/http"
	"time"
)

// stage is one store and the service on it.
type stage struct {
	store       string
	connections int
	gateway     *gateway // nil: a folder
	service     *service
	probe       *http.Client
}

func newStage(o *options, program, dir, store string) (s *stage, err error) {
	s = &stage{store: store, connections: o.connections, probe: &http.Client{Timeout: 5 * time.Second}}
	var env []string
	switch store {
	case "dir":
	case "versitygw":
		if s.gateway, err = newGateway(o.versitygw, dir); err != nil {
			return nil, err
		}
		if err := s.gateway.makeBucket(program); err != nil {
			return nil, err
		}
		env = s.gateway.environ()
	default:
		return nil, errors.New("there is no such store")
	}
	s.service, err = newService(program, dir, env)
	return s, err
}

func (s *stage) end() {
	s.service.process.kill()
	if s.gateway != nil {
		s.gateway.process.kill()
	}
}

// status is what the service answers to a path; 0 = nothing.
func (s *stage) status(path string) int {
	answer, err := s.probe.Get(s.service.url + path)
	if err != nil {
		return 0
	}
	_ = answer.Body.Close()
	return answer.StatusCode
}

// until waits for a status of /readyz and says how long it took.
func (s *stage) until(status int, most time.Duration) (time.Duration, error) {
	for begun := time.Now(); ; time.Sleep(100 * time.Millisecond) {
		got := s.status("/readyz")
		switch took := time.Since(begun); {
		case got == status:
			return took, nil
		case took > most:
			return took, fmt.Errorf("/readyz answers %d instead of %d for %.0f s", got, status, took.Seconds())
		}
	}
}

// readyAgain waits until the service is ready.
func (s *stage) readyAgain() error {
	_, err := s.until(http.StatusOK, settle)
	return err
}
