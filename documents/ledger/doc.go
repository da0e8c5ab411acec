// Package ledger is the protocol over Records: event streams, numbers without gaps, and the list of unfinished work.
//
// It rests on what package archive promises and adds no lock and no transaction of its own: every race is decided by the store,
// where one object is created. The words in brackets name the tests of a sentence.
//
// # The write order is the transaction
//
//	request entry   t/TENANT/idem/…      leads a repeat to its engagement; only where a request key names the call
//	work list       open/…               one Put, the entry first: the list never lacks a claim
//	claim           t/TENANT/e/ID/n      all inputs of the call: from here on anybody can finish it
//	numbers         t/TENANT/n/…         point to the claim
//	files           t/TENANT/f/…         named by their content, so two who make them write the same
//	recent list     t/TENANT/recent/…    one Put, the entry first: the list never lacks an engagement
//	issued          t/TENANT/e/ID/n+1    makes the documents visible
//	work list       the entry is struck off
//
// A fault between any two of these leaves what the next call, or the next sweep, carries on with [TestCrash]. An entry of a list
// whose event was never written means nothing; that of the work list is struck off after two days [TestRecoverOrphans].
//
// # What always holds
//
//   - Events are never changed and never removed; they are numbered from 1 without gaps, as each is created behind the last one
//     that was seen [TestStream] [TestLostRaces]. Claimed and issued alternate [TestAuditFinds].
//   - Numbers of a series and year are dense: one is created only when the one below it was seen, or in the same Put behind it
//     [TestTakeLeavesNoHole] [TestTakeRace] [TestDifferentCalls].
//   - A number points to the claim that took it, and a claim takes one number of each series, however often and by whomever it
//     is finished: whoever takes looks at all from the claim's lowest on before he creates one [TestTake] [TestTakeFaults].
//   - Nothing is visible without issued [TestCrash].
//   - A claim is never given up: its numbers are its own until it is issued [TestPoisonedClaim].
//   - One reference is one engagement, since the id is computed from it [TestID] [TestIdenticalCalls].
//
// Who may finish a claim: everybody, also several at once; one of them appends issued, and what the others have written is equal
// or points to the same claim [TestIdenticalCalls] [TestIssueThroughFaults]. It is done by its own call, by the next call for the
// same engagement, and by the sweep [TestRecoverAge].
//
// # Which race is decided where
//
//	two calls for one engagement          at event n: the loser loads again and builds on it, or is told what does not fit
//	two who finish one claim              at event n+1: the loser gives the winner's answer
//	two claims for one number             at the number: the loser takes the next
//	two calls with one new request key    at entry n of the key: the loser is a repeat
//	two seals of one day                  at the seal: the loser has nothing to do
//
// # What an error means
//
// archive.ErrExists is a lost race: load the stream, or the key, and look again. Take, LastRequest and Seal do so by themselves
// [TestTakeRace] [TestRequests]. archive.ErrStorage, ErrUnknown among it, is the end of this try: a repeat of the call looks first and finds what
// was written, also what has come late [TestIssueThroughFaults]. ErrVersion is a record of a newer program: this one does
// not go on behind it [TestUnreadable]. An entry that Strike leaves does no harm: the next sweep
// strikes it off.
//
// # Clocks
//
// The order of events is that of their numbers; no decision rests on two clocks being equal. An event is never dated before the
// one that it follows [TestMoment] [TestSkewedReplicas]. A sweep counts the age of a claim from its moment, or from when it first
// met it, whichever is earlier: a clock that is ahead delays nothing, one that is behind has a claim finished while its call is at
// work, which does no harm [TestSkewedSweep]. A request key lives as long as it was given, to the difference of the clocks
// [TestSkewedKeyLife]. Document dates and the year of a number are those of the process that wrote the claim.
package ledger
