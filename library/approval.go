package library

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// Approval is a copy of the outline as it was submitted to the superior (trình duyệt). It never
// changes; what is edited afterwards is told by [Outline.Since].
type Approval struct {
	Number  int       // from 1, in the order in which they were submitted
	At      time.Time // to the second
	SHA256  string    // of Exported: whoever has that can compare
	Outline Outline

	exported string
}

// Exported is the copy as it was exported when it was submitted, in the form of that day: the fingerprint,
// which stands on paper, is of these very bytes.
func (a Approval) Exported() []byte { return []byte(a.exported) }

// NewApproval freezes an outline.
func NewApproval(o Outline, number int, at time.Time) (Approval, error) {
	data, err := EncodeOutline(o)
	if err != nil {
		return Approval{}, fmt.Errorf("submit outline: %w", err)
	}
	return Approval{number, at.Truncate(time.Second), fingerprint(data), o, string(data)}, nil
}

// ExportedApproval is the approval with a number, of a time, whose exported copy is at hand.
func ExportedApproval(number int, at time.Time, exported []byte) (Approval, error) {
	o, err := DecodeOutline(exported)
	if err != nil {
		return Approval{}, fmt.Errorf("read approval: %w", err)
	}
	return Approval{number, at, fingerprint(exported), o, string(exported)}, nil
}

// Short is the fingerprint's beginning as people compare it: "3F2A-91BC-04DE".
func (a Approval) Short() string {
	s := strings.ToUpper(a.SHA256)
	if len(s) < 12 {
		return s
	}
	return s[:4] + "-" + s[4:8] + "-" + s[8:12]
}

func fingerprint(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

const approvalVersion = 1

// approvalRecord is an approval as it is written. The outline is its exported form as one text, so
// that the fingerprint is of these very bytes, whatever form later versions export.
type approvalRecord struct {
	Version int    `json:"version"`
	Number  int    `json:"number"`
	At      string `json:"at"` // RFC 3339
	SHA256  string `json:"sha256"`
	Outline string `json:"outline"`
}

// EncodeApproval writes an approval as JSON, for the store.
func EncodeApproval(a Approval) ([]byte, error) {
	return json.Marshal(approvalRecord{approvalVersion, a.Number, a.At.Format(time.RFC3339), a.SHA256, a.exported})
}

// DecodeApproval undoes [EncodeApproval]. A copy that is not what its fingerprint says is an error.
func DecodeApproval(data []byte) (Approval, error) {
	r, err := decodeAs[approvalRecord](data)
	if err == nil {
		switch {
		case r.Version > approvalVersion:
			err = ErrNewer
		case r.Version < 1 || r.Number < 1:
			err = ErrInvalid
		case fingerprint([]byte(r.Outline)) != r.SHA256:
			err = bad("sha256", "the copy is not what was submitted")
		}
	}
	a := Approval{Number: r.Number, SHA256: r.SHA256, exported: r.Outline}
	if err == nil {
		a.At, err = time.Parse(time.RFC3339, r.At)
	}
	if err == nil {
		a.Outline, err = DecodeOutline([]byte(r.Outline))
	}
	if err != nil {
		return Approval{}, fmt.Errorf("read approval: %w", err)
	}
	return a, nil
}
