package main

import (
	"fmt"
	"time"
)

// killed is the trouble in which there may be no answer at all.
const killed = "killed"

// settle is what a service that starts again, or a store that is back, may take until all is well.
const settle = 10 * time.Second

// chaos kills the service every so often and the store once, while all callers post.
func (s *stage) chaos(c *crowd, o *options) error {
	c.begin()
	kills, storeKilled := 0, s.gateway == nil
	for end := time.Now().Add(o.duration); time.Now().Before(end); {
		time.Sleep(min(o.kill, time.Until(end)))
		c.trouble(killed, false)
		if !storeKilled && time.Until(end) < o.duration/2 {
			storeKilled = true
			s.gateway.process.kill()
			time.Sleep(2 * time.Second) // callers see a service without a store first
			if err := s.gateway.start(secret); err != nil {
				return err
			}
		}
		s.service.process.kill()
		kills++
		if err := s.service.start(); err != nil {
			return err
		}
		if err := s.readyAgain(); err != nil {
			return err
		}
		c.ended()
	}
	fmt.Printf("%s: killed %d times\n", s.store, kills)
	return c.finish()
}
