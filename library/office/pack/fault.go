package pack

import (
	"errors"
	"fmt"
)

// Errors that a person can act on.
var (
	// ErrPassphrase says that the passphrase is not the one that the package was sealed with.
	ErrPassphrase = errors.New("the passphrase is not the one of this package")
	// ErrPassphraseNeeded says that a passphrase opens the package, and none was given.
	ErrPassphraseNeeded = errors.New("the package is opened by a passphrase")
	// ErrNotForYou says that the package is sealed to others.
	ErrNotForYou = errors.New("the package is sealed to others")
	// ErrExists says that there is a file of that name already.
	ErrExists = errors.New("there is such a file already")
	// ErrNotEmpty says that the folder to unpack into holds something else.
	ErrNotEmpty = errors.New("the folder is not empty")
	// ErrNoRoom says that the disk has no room for what the package holds.
	ErrNoRoom = errors.New("no room on the disk")
	// ErrRestless says that a file changed while it was sealed.
	ErrRestless = errors.New("the file changed while it was sealed")
)

// Fault is why a package is refused.
type Fault struct {
	Code FaultCode
	Name string // of the part or, as the package has it, of the file; "" where it is the package itself
	Err  error  // for the log; may be nil
}

func (f *Fault) Error() string {
	text := "package refused: " + string(f.Code)
	if f.Name != "" {
		text += " " + f.Name
	}
	if f.Err != nil {
		text = fmt.Sprintf("%s: %v", text, f.Err)
	}
	return text
}

func (f *Fault) Unwrap() error { return f.Err }

// FaultCode says what is wrong with a package. Codes name sentences: never rename one.
type FaultCode string

// The codes.
const (
	FaultNone      FaultCode = "none"      // it is no package
	FaultCut       FaultCode = "cut"       // it, or a part of it, is missing its end
	FaultMissing   FaultCode = "missing"   // a part is missing
	FaultPart      FaultCode = "part"      // a part belongs to another package, or to another place of it
	FaultChanged   FaultCode = "changed"   // somebody or something changed it since it was sealed
	FaultSignature FaultCode = "signature" // who it says sealed it did not
	FaultHostile   FaultCode = "hostile"   // it is made to do harm: names that lead elsewhere, sizes that lie
	FaultNewer     FaultCode = "newer"     // a newer version of the program sealed it
)
