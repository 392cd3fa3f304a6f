package signature

import (
	"time"
)

// Covers is how much of the file a signature covers. Printed by scripts: never rename one.
type Covers string

// How much is covered.
const (
	Whole Covers = "whole" // all bytes but those of the signature itself
	Part  Covers = "part"  // something follows what was signed, or lies in the signature's gap beside it
)

// Fault is why a signature is not intact. Codes name sentences, under the key "signature." + code: never rename one.
type Fault string

// The faults.
const (
	None        Fault = ""
	Changed     Fault = "changed"     // the bytes that it covers are not those that were signed
	Forged      Fault = "forged"      // the message was not signed by its certificate's key
	Malformed   Fault = "malformed"   // it is damaged: its range is none, or its message can't be read
	Unsupported Fault = "unsupported" // of a form or an algorithm that this program does not know
)

// Signature is one signature of a PDF, as far as it could be told.
type Signature struct {
	Name    string    `json:"name"`              // of the signer, as their certificate has it: its common name
	Office  string    `json:"office,omitempty"`  // the certificate's organization
	Issuer  string    `json:"issuer,omitempty"`  // who vouched for it: the issuer's common name
	Time    time.Time `json:"time,omitzero"`     // as the signer wrote it; nobody proved it
	Stamped time.Time `json:"stamped,omitzero"`  // as a time stamp (RFC 3161) proves it, whose signature fits
	StampBy string    `json:"stampBy,omitempty"` // who made it: its certificate's common name
	// StampTrusted tells whether the chain of the stamp's certificate ends in one that the office installed.
	StampTrusted bool `json:"stampTrusted,omitempty"`
	// Misstamped tells of a time stamp beside the signature that is wrong: of other bytes, changed, or by one who may make none.
	Misstamped bool   `json:"misstamped,omitempty"`
	Covers     Covers `json:"covers"`
	Since      int64  `json:"since,omitempty"` // bytes that were added to the file after what was signed
	Intact     bool   `json:"intact"`          // what is covered is what was signed
	Fault      Fault  `json:"fault,omitempty"` // why it is not intact
	Trusted    bool   `json:"trusted"`         // the chain of its certificate ends in one that the office installed
	Weak       bool   `json:"weak,omitempty"`  // by SHA-1, which can be forged with much work
	Clock      bool   `json:"clock,omitempty"` // it is a time stamp of the document, and nobody's signature
}

// When is the best time that is known: the stamp's, else the signer's.
func (s Signature) When() time.Time {
	if !s.Stamped.IsZero() {
		return s.Stamped
	}
	return s.Time
}

// Good tells whether nothing is to be looked at: it is intact, nothing was added since, its chain is known, and
// its time stamp, where there is one, is its own.
func (s Signature) Good() bool {
	return s.Intact && s.Covers == Whole && s.Trusted && !s.Weak && !s.Misstamped
}
