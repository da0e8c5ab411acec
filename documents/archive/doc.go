// Package archive is the only durable state: one small Store, a directory store, a memory store, and the key layout.
//
// What follows is the contract of every Store. The words in brackets name the part of package archivetest, or the test, that
// holds a store to the sentence.
//
// # Put
//
// A Put is a row of steps: an object with IfAbsent is a step of its own, neighbours without it are one step together. Steps are
// taken in their order: who sees an object sees those of all steps before it [order seen]. Objects are whole or not there
// [read whole] [sizes]. The same key twice in one Put is as in two Puts; within one step either may be the last [same key twice].
//
// Nothing to write is no error [get].
//
// Of any number of writers that create an object, in any number of processes, one wins [create if absent] [create race] [TestDirProcesses].
// An object without IfAbsent replaces what is there, by equal bytes [again] or others [replace].
//
// Put returns one of these:
//
//	nil         All objects are there [batch], for every process from now on [two handles], and stay [restart] [batch lasts].
//	ErrExists   An object with IfAbsent met its key taken. It and all behind it are not written, what stands before it may be
//	            [batch in order]. Whose object it is one learns by reading it: another's, or one's own of a Put that ended in
//	            ErrUnknown [lost create]. It lasts as one's own would.
//	ErrUnknown  Some first steps are done, and of one more all, some or nothing [lost in a batch]. What is not there yet may still
//	            come: a request that nobody waits for can arrive late [TestIssueThroughFaults].
//	ErrStorage  otherwise: the same, but nothing comes later. Nothing of the step that was refused is there, but for neighbours
//	            without a condition [TestBatchEnds]. A server that stores other bytes than it was sent breaks this promise; it is
//	            ErrStorage when writing and when reading [TestCreate] [TestGet].
//	ErrKey      A key that the layout does not allow: nothing is written [bad keys]. A key that is the folder of another, or below
//	            an object: this object is not written, and no step behind it [directories].
//	ErrKept     Other bytes for a key that is Kept and taken: they are not written, and no step behind theirs is done [kept]. The
//	            same bytes are no error, and may be a write that is not repeated.
//
// A context that has ended before a call gives its error, and nothing is done [cancelled]. One that ends during a Put does not
// undo it: it is done all the same, or the error is the context's and ErrUnknown's [cancelled midway] [TestCancelledWrite].
//
// # What a caller does
//
// After ErrExists it looks again: another was first, and what he wrote is what counts now. It takes the next number, or continues
// his stream; it never replaces the object.
//
// After ErrUnknown it repeats the same write, same keys and bytes, or looks whether it happened; either settles it [lost create]
// [lost replace] [lost race]. It never gives up what it may have written and tries another key for the same thing, as both would
// be there in the end. Where it cannot do so now it leaves the work to whoever comes next, and its own caller is told to come
// again (503 with Retry-After): the same request meets what was written. Who replaces an object by other bytes has to bear that one
// of unknown outcome comes last.
//
// After another ErrStorage it does the same, later: a store that has no room or no longer knows the keys may be put right.
//
// # Get, List, Delete
//
// Get returns the bytes that were put, or ErrNotFound [get]: never part of them [read whole], never what others have changed in their
// own copy [own bytes]. That an object is missing is said only by a store that is there: a disk or a bucket that is gone is
// ErrStorage [TestDirGone] [TestGet].
//
// List is in the byte order of whole keys, behind `after` [list]. It returns as many as are wanted, whatever a server's page is,
// or all that are left: a shorter list is the end [list limits] [long list]. A list that the server cuts short without saying how
// it goes on, or that is not in order, is an error and no list [TestList]. Keys written before the call are in it [concurrent];
// those that others write or delete meanwhile may be. Walking by pages meets every key that stays [list pages] [list while
// writing].
//
// Folders names what lies directly below a prefix, in the byte order of keys, without reading what it holds [folders].
//
// Delete removes what is there; a missing key is no error [delete]. After an error each key may be gone or not, and the same again
// settles it [lost delete]. Whoever writes a deleted key again does so without IfAbsent: in a bucket with versions it may stay
// taken [TestCreateAfterDelete]. Deleting is for work lists and for files that no document names [kept
// files]; a key that is Kept is ErrKept, and none of the keys is deleted [kept]. An object's Keep changes none of that, also when
// its time is over [kept with a time].
//
// # What each store keeps
//
//	                     directory           memory        S3                        Fault
//	one winner by        link(2)             a mutex       If-None-Match: *          the store below
//	processes            any, on one disk    one           any                       as below
//	whole objects by     link, rename(2)     a mutex       the server, MD5, SHA-256  as below
//	loss of power        synced before nil   all is lost   as the server keeps it    as below
//	loss, of a Delete    may come back       all is lost   as the server keeps it    as below
//	ErrUnknown           a sync that fails   never         no answer, no read-back   at its fault
//	writes that come     never               never         possible                  never
//	late
//
// The conformance suite runs on a directory [TestDir], in memory [TestMemory], on versitygw without and with versions
// [TestVersitygw] [TestVersitygwVersions], and on what is put around a store: a Watch, and a Fault without a fault
// [TestWatchKeeps] [TestFaultWithoutFault]. Its part about lost answers runs on a Fault over memory and a directory
// [TestFaultLosesAnswers], and on versitygw behind a network that falls silent [TestVersitygwLosesAnswers].
//
// What none can promise: that a server writes to its disk before it answers. versitygw does not, so that a loss of power (not the
// end of its process) can take back what it has acknowledged, unless its volume is mounted with sync. A disk that lies to fsync
// does the same to a directory.
package archive
