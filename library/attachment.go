package library

import (
	"strings"
	"unicode/utf8"
)

// Attachment is a file inside of a file, as a PDF holds them. It is listed, and no page of the case.
type Attachment struct {
	Name string `json:"name"`           // as the file says, without a folder; for people, not for a disk
	Size int64  `json:"size,omitempty"` // in bytes, as the file says; below 0 where it does not
}

// What is believed of a file: how many attachments it has, and how long a name is, in bytes.
const (
	MaxAttachments    = 500
	maxAttachmentName = 255
)

// Valid tells whether a reader of files may have found it so.
func (a Attachment) Valid() bool {
	return len(a.Name) <= maxAttachmentName && utf8.ValidString(a.Name) && !strings.ContainsRune(a.Name, 0)
}
