package s3

import "time"

// SetTimes shortens the deadlines of one try and of all tries.
func (s *Store) SetTimes(each, total time.Duration) { s.each, s.total = each, total }
