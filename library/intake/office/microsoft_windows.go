package office

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
	"unsafe"

	com "github.com/go-ole/go-ole"
	"github.com/go-ole/go-ole/oleutil"
	"golang.org/x/sys/windows"
)

// registered tells whether COM knows a program.
func registered(program string) bool {
	_, err := com.CLSIDFromProgID(program)
	return err == nil
}

// The numbers are those of Office's object model: MsoAutomationSecurity, WdExportFormat, XlFixedFormatType, PpSaveAsFileType,
// MsoTriState. They have not changed since Office 2007 with its second service pack, the first that writes PDF.
const (
	macrosOff   = 3 // msoAutomationSecurityForceDisable
	wordPDF     = 17
	excelPDF    = 0
	slidesPDF   = 32
	msoTrue     = -1
	msoFalse    = 0
	neverUpdate = 0  // links to other files
	noPassword  = "" // a file that wants one fails, where a person would be asked
)

// export has one of Microsoft's programs make a PDF: no window, no macros, no links that are brought up to date, no question. What
// is not there in time is ended: the process that came with us, not one in which the user works.
func export(program, source, pdf string, within time.Duration) error {
	runtime.LockOSThread() // COM's objects belong to a thread
	defer runtime.UnlockOSThread()
	if err := com.CoInitializeEx(0, com.COINIT_APARTMENTTHREADED|com.COINIT_DISABLE_OLE1DDE); err != nil {
		return fmt.Errorf("start COM: %w", err)
	}
	defer com.CoUninitialize()
	image := map[string]string{"Word": "winword.exe", "Excel": "excel.exe", "PowerPoint": "powerpnt.exe"}[strings.TrimSuffix(program, ".Application")]
	before := processes(image)
	unknown, err := oleutil.CreateObject(program)
	if err != nil {
		return fmt.Errorf("start %s: %w", program, err)
	}
	defer unknown.Release()
	own := []uint32{}
	for pid := range processes(image) {
		if !before[pid] {
			own = append(own, pid)
		}
	}
	hung := time.AfterFunc(within, func() {
		for _, pid := range own {
			end(pid)
		}
		os.Exit(1)
	})
	defer hung.Stop()
	app, err := unknown.QueryInterface(com.IID_IDispatch)
	if err != nil {
		return fmt.Errorf("speak with %s: %w", program, err)
	}
	defer app.Release()
	if len(own) > 0 { // one that the user has open is not ours to close, as PowerPoint is
		defer oleutil.CallMethod(app, "Quit") //nolint:errcheck // the PDF is there or not
	}
	if _, err := oleutil.PutProperty(app, "AutomationSecurity", macrosOff); err != nil {
		return fmt.Errorf("turn macros off: %w", err)
	}
	switch program {
	case "Word.Application":
		return byWord(app, source, pdf)
	case "Excel.Application":
		return byExcel(app, source, pdf)
	}
	return byPowerPoint(app, source, pdf)
}

// opened calls the method Open of a collection of documents.
func opened(app *com.IDispatch, collection string, args ...any) (*com.IDispatch, error) {
	all, err := oleutil.GetProperty(app, collection)
	if err != nil {
		return nil, fmt.Errorf("look for %s: %w", collection, err)
	}
	defer all.Clear() //nolint:errcheck // it is the program's
	doc, err := oleutil.CallMethod(all.ToIDispatch(), "Open", args...)
	if err != nil {
		return nil, fmt.Errorf("open: %w", err)
	}
	if doc.ToIDispatch() == nil {
		return nil, errors.New("open: nothing was opened")
	}
	return doc.ToIDispatch(), nil
}

func byWord(app *com.IDispatch, source, pdf string) error {
	_, err1 := oleutil.PutProperty(app, "DisplayAlerts", 0)
	options, err2 := oleutil.GetProperty(app, "Options")
	if err := errors.Join(err1, err2); err != nil {
		return fmt.Errorf("turn questions off: %w", err)
	}
	if _, err := oleutil.PutProperty(options.ToIDispatch(), "UpdateLinksAtOpen", false); err != nil {
		return fmt.Errorf("turn links off: %w", err)
	}
	// FileName, ConfirmConversions, ReadOnly, AddToRecentFiles, PasswordDocument
	doc, err := opened(app, "Documents", source, false, true, false, noPassword)
	if err != nil {
		return err
	}
	defer oleutil.CallMethod(doc, "Close", false) //nolint:errcheck // nothing was changed
	if _, err := oleutil.CallMethod(doc, "ExportAsFixedFormat", pdf, wordPDF); err != nil {
		return fmt.Errorf("write PDF: %w", err)
	}
	return nil
}

func byExcel(app *com.IDispatch, source, pdf string) error {
	for _, name := range []string{"DisplayAlerts", "AskToUpdateLinks", "EnableEvents"} {
		if _, err := oleutil.PutProperty(app, name, false); err != nil {
			return fmt.Errorf("turn %s off: %w", name, err)
		}
	}
	// FileName, UpdateLinks, ReadOnly
	doc, err := opened(app, "Workbooks", source, neverUpdate, true)
	if err != nil {
		return err
	}
	defer oleutil.CallMethod(doc, "Close", false) //nolint:errcheck // nothing was changed
	if _, err := oleutil.CallMethod(doc, "ExportAsFixedFormat", excelPDF, pdf); err != nil {
		return fmt.Errorf("write PDF: %w", err)
	}
	return nil
}

func byPowerPoint(app *com.IDispatch, source, pdf string) error {
	// FileName, ReadOnly, Untitled, WithWindow
	doc, err := opened(app, "Presentations", source, msoTrue, msoFalse, msoFalse)
	if err != nil {
		return err
	}
	defer oleutil.CallMethod(doc, "Close") //nolint:errcheck // nothing was changed
	if _, err := oleutil.CallMethod(doc, "SaveAs", pdf, slidesPDF, msoFalse); err != nil {
		return fmt.Errorf("write PDF: %w", err)
	}
	return nil
}

// processes are those of a program's file.
func processes(image string) map[uint32]bool {
	found := map[uint32]bool{}
	snapshot, err := windows.CreateToolhelp32Snapshot(windows.TH32CS_SNAPPROCESS, 0)
	if err != nil {
		return found
	}
	defer windows.CloseHandle(snapshot) //nolint:errcheck // it was only read
	entry := windows.ProcessEntry32{Size: uint32(unsafe.Sizeof(windows.ProcessEntry32{}))}
	for err = windows.Process32First(snapshot, &entry); err == nil; err = windows.Process32Next(snapshot, &entry) {
		if strings.EqualFold(filepath.Base(windows.UTF16ToString(entry.ExeFile[:])), image) {
			found[entry.ProcessID] = true
		}
	}
	return found
}

// end ends a process.
func end(pid uint32) {
	process, err := windows.OpenProcess(windows.PROCESS_TERMINATE, false, pid)
	if err != nil {
		return
	}
	defer windows.CloseHandle(process) //nolint:errcheck // it is over
	_ = windows.TerminateProcess(process, 1)
}
