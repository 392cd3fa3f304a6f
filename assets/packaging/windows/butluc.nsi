; The installer for Windows: for the user alone, without administrator rights. Made by .ci/package, which
; gives STAGE (the folder with the files), OUT, VERSION and NUMBERS.
Target amd64-unicode
SetCompressor /SOLID lzma
!include "MUI2.nsh"

Name "Butluc"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\Butluc"
InstallDirRegKey HKCU "Software\Butluc" "Folder"
ManifestDPIAware true
BrandingText "Butluc ${VERSION}"
VIProductVersion "${NUMBERS}"
VIAddVersionKey "ProductName" "Butluc"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "Butluc"
VIAddVersionKey "LegalCopyright" "AGPL-3.0"

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Butluc"
!define PACKAGE "Software\Classes\Butluc.Package"
!define MUI_ICON "${STAGE}/butluc.ico"
!define MUI_UNICON "${STAGE}/butluc.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\butluc.exe"
!define MUI_LANGDLL_REGISTRY_ROOT HKCU
!define MUI_LANGDLL_REGISTRY_KEY "Software\Butluc"
!define MUI_LANGDLL_REGISTRY_VALUENAME "Language"

!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Vietnamese"
!insertmacro MUI_LANGUAGE "English"

LangString RUNNING ${LANG_VIETNAMESE} "Butluc đang chạy. Xin đóng chương trình rồi thử lại."
LangString RUNNING ${LANG_ENGLISH} "Butluc is running. Please close it and try again."

; Explorer reads anew which program opens what: SHCNE_ASSOCCHANGED.
!macro AssociationsChanged
	System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

; A program that runs can't be written to.
!macro EndIfRunning
	${If} ${FileExists} "$INSTDIR\butluc.exe"
		ClearErrors
		FileOpen $0 "$INSTDIR\butluc.exe" a
		${If} ${Errors}
			MessageBox MB_OK|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDOK
			SetErrorLevel 2
			Abort
		${EndIf}
		FileClose $0
	${EndIf}
!macroend

Function .onInit
	!insertmacro MUI_LANGDLL_DISPLAY
FunctionEnd

Function un.onInit
	!insertmacro MUI_UNGETLANGUAGE
FunctionEnd

Section
	!insertmacro EndIfRunning
	SetOutPath "$INSTDIR"
	File "${STAGE}/butluc.exe"
	File "${STAGE}/LICENSE.txt"
	File "${STAGE}/LICENSES.txt"
	File /r "${STAGE}/runtime"
	WriteUninstaller "$INSTDIR\uninstall.exe"
	CreateShortcut "$SMPROGRAMS\Butluc.lnk" "$INSTDIR\butluc.exe"
	WriteRegStr HKCU "Software\Butluc" "Folder" "$INSTDIR"
	WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Butluc"
	WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
	WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\butluc.exe"
	WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
	WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
	WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
	WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
	WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
	; A double click on a package opens it here.
	WriteRegStr HKCU "${PACKAGE}" "" "Butluc"
	WriteRegStr HKCU "${PACKAGE}\DefaultIcon" "" "$INSTDIR\butluc.exe,0"
	WriteRegStr HKCU "${PACKAGE}\shell\open\command" "" '"$INSTDIR\butluc.exe" "%1"'
	WriteRegStr HKCU "Software\Classes\.butluc" "" "Butluc.Package"
	!insertmacro AssociationsChanged
SectionEnd

; Only what the installer put there: cases and settings stay, and a libmpv-2.dll that somebody put beside the program.
Section "Uninstall"
	!insertmacro EndIfRunning
	Delete "$INSTDIR\butluc.exe"
	Delete "$INSTDIR\LICENSE.txt"
	Delete "$INSTDIR\LICENSES.txt"
	Delete "$INSTDIR\uninstall.exe"
	Delete "$INSTDIR\runtime\tesseract.exe"
	Delete "$INSTDIR\runtime\libmpv-2.dll"
	Delete "$INSTDIR\runtime\libheif-*.dll"
	Delete "$INSTDIR\runtime\SOURCES.txt"
	RMDir /r "$INSTDIR\runtime\tessdata"
	RMDir /r "$INSTDIR\runtime\licences"
	RMDir "$INSTDIR\runtime"
	RMDir "$INSTDIR"
	Delete "$SMPROGRAMS\Butluc.lnk"
	DeleteRegKey HKCU "${UNINSTALL}"
	DeleteRegKey HKCU "Software\Butluc"
	DeleteRegKey HKCU "${PACKAGE}"
	DeleteRegKey HKCU "Software\Classes\.butluc"
	!insertmacro AssociationsChanged
SectionEnd
