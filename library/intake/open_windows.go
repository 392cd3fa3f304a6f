package intake

import (
	"errors"
	"io/fs"
	"syscall"

	"golang.org/x/sys/windows"
)

// openNoWait: Windows keeps pipes outside of folders.
const openNoWait = 0

// isLoop tells links in a circle.
func isLoop(err error) bool { return errors.Is(err, windows.ERROR_CANT_RESOLVE_FILENAME) }

// isRecalled tells files that the system would fetch from OneDrive, or from an archive on tape, when they are opened or
// read: https://learn.microsoft.com/windows/win32/fileio/file-attribute-constants
func isRecalled(info fs.FileInfo) bool {
	const away = windows.FILE_ATTRIBUTE_OFFLINE | windows.FILE_ATTRIBUTE_RECALL_ON_OPEN | windows.FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS
	data, ok := info.Sys().(*syscall.Win32FileAttributeData)
	return ok && data.FileAttributes&away != 0
}
