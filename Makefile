# make run and make test do everything on a fresh Debian, Ubuntu or Fedora that has Go.

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unversioned)
# x11: on Wayland a program may not place its windows, so it runs under XWayland there.
# nodynamic: gen2brain's decoders are those that are built in; without it, every process would
# load the libraries of the system, worker and window alike. (The worker asks for libheif itself, see worker/heif.)
# no_animations: a cursor that fades draws the whole window sixty times a second.
TAGS    := x11 nodynamic no_animations
BINARY  := bin/butluc
# Only in what is given away: with it, the compiler's cache holds C code's Go files by the path of whichever clone came
# first, and vet in another clone looks for them there.
TRIM    :=
DEMO    := dist/demo
S3_SERVER := v1.8.0

# Programs for Windows come from Debian's mingw-w64.
WINDOWS := CGO_ENABLED=1 GOOS=windows GOARCH=amd64 CC=x86_64-w64-mingw32-gcc CXX=x86_64-w64-mingw32-g++
WINRES  := go run github.com/tc-hib/go-winres@v0.3.3
EXE     := bin/butluc.exe
# 0.1.0 of the tag v0.1.0 and the commits after it; Windows and Debian want figures.
NUMBERS := $(or $(shell echo "$(VERSION)" | sed -nE 's/^v?([0-9]+\.[0-9]+\.[0-9]+)(-([0-9]+)-g.*)?(-dirty)?$$/\1.\3/; s/\.$$/.0/; /^([0-9]+\.){3}/p'),0.0.0.0)

GOLANGCI := go run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0

.DEFAULT_GOAL := help
.PHONY: help run demo-headless build windows packages runtime test-windows test-deb generate guide test test-servers lint fmt unit race display torture bench install-deps clean

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1	/p' $(MAKEFILE_LIST) | expand -t 22

run: ## build the program and open the sample case (without a display: draw its steps)
	@.ci/install-deps build run
	@$(MAKE) --no-print-directory build
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname -s)" != Linux ]; then \
		$(BINARY) demo; \
	else \
		$(MAKE) --no-print-directory demo-headless; \
	fi

# The steps of the sample case's outline, which stand deepest in it.
STEPS := $(shell sed -n 's/^       "id": "\(.*\)",/\1/p' assets/sample/outline.json)

demo-headless:
	@echo "==> there is no display: drawing the steps of the sample case's outline as the court would see them"
	@mkdir -p $(DEMO)/steps
	@[ -d $(DEMO)/case ] || $(BINARY) demo $(DEMO)/case --no-window
	@n=10; for step in $(STEPS); do \
		$(BINARY) show $(DEMO)/case --step $$step --size 1920x1080 -o $(DEMO)/steps/$$((n += 1))-$$step.png || exit 1; \
	done
	@echo "==> $$(ls $(DEMO)/steps | wc -l) steps are in $(DEMO)/steps, the case is in $(DEMO)/case"

build: ## build bin/butluc
	@echo "==> build $(BINARY) (the first time takes minutes)"
	@mkdir -p bin
	go build $(TRIM) -tags "$(TAGS)" -ldflags "-X main.version=$(VERSION) $(LDFLAGS)" -o $(BINARY) ./cmd/butluc

windows: ## build bin/butluc.exe for Windows, by mingw-w64
	@.ci/install-deps windows
	@echo "==> build $(EXE) (the first time takes minutes)"
	@mkdir -p bin
	@$(WINRES) make --in assets/packaging/windows/winres.json --arch amd64 --out cmd/butluc/rsrc \
		--file-version "$(NUMBERS)" --product-version "$(VERSION)"
	$(WINDOWS) go build $(TRIM) -tags "$(TAGS)" -o $(EXE) \
		-ldflags "-X main.version=$(VERSION) -s -w -H windowsgui -extldflags -static" ./cmd/butluc

packages: ## make dist/packages: installer and zip for Windows, .deb and tarball, checksums
	@.ci/install-deps build windows packages
	@$(MAKE) --no-print-directory runtime
	@$(MAKE) --no-print-directory build windows LDFLAGS="-s -w" TRIM=-trimpath
	@echo "==> packages"
	@TAGS="$(TAGS)" WINRES="$(WINRES)" .ci/package "$(VERSION)" "$(NUMBERS)" dist/packages
	@ls -sh dist/packages

runtime: ## make dist/runtime-windows: Tesseract, libmpv and libheif for Windows (the first time takes most of an hour)
	@.ci/runtime-windows $(CACHED) dist/runtime-windows
	@cd dist/runtime-windows && ls -s --block-size=1 *.exe *.dll tessdata/*.traineddata

test-windows: ## the program for Windows under Wine: vet, unit tests, a trial on two screens
	@.ci/install-deps build test windows wine
	@if .ci/runtime-windows --cached dist/runtime-windows 2>/dev/null; then \
		$(MAKE) --no-print-directory packages CACHED=--cached; \
	else \
		echo "==> the installer is not tested: make runtime builds what it holds, which takes most of an hour, once"; \
		$(MAKE) --no-print-directory windows; \
	fi
	@TAGS="$(TAGS)" .ci/test-windows

test-deb: packages ## install the .deb into a bare Debian, and draw a page there (as root)
	@.ci/install-deps bare
	@.ci/test-deb

guide: build ## make dist/butluc-guide-vi.pdf and -en.pdf of the user's guide
	@mkdir -p dist
	@for lang in vi en; do $(BINARY) guide --lang $$lang -o dist/butluc-guide-$$lang.pdf || exit 1; done

screenshots: ## pictures of each room on the laptops of the field into dist/screenshots, without a screen
	@rm -rf dist/screenshots
	BUTLUC_SCREENSHOTS=$(CURDIR)/dist/screenshots go test -tags "$(TAGS) screenshots" -count=1 -timeout 30m -run TestScreenshots ./app/ui/shell

generate: ## draw the icon and the sample case anew
	go generate ./...

test: ## lint, unit tests, race detector, tests on two screens
	@.ci/install-deps build test
	@$(MAKE) --no-print-directory test-servers
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory unit
	@$(MAKE) --no-print-directory race
	@$(MAKE) --no-print-directory display
	@echo "==> everything passed"

lint: ## vet (for macOS too), golangci-lint (formatting too)
	@echo "==> vet"
	@go vet -tags "$(TAGS)" ./...
	@echo "==> vet of what needs no C, for macOS"
	@CGO_ENABLED=0 GOOS=darwin go vet ./library/... ./presenter ./presenter/compose ./presenter/projector ./presenter/clip/shared ./assets/...
	@echo "==> golangci-lint (the first time builds it)"
	@$(GOLANGCI) run

fmt: ## format the code as lint wants it
	@$(GOLANGCI) fmt

# When a package that still runs is taken for hung. It is long, so that nothing fails because the machine is slow: quiet, the
# longest takes two minutes; with six busy programs beside it and the race detector, twenty.
HANG := 60m

# With BUTLUC_NEED_CLIPS=1 tests of recordings fail where they would be skipped. make test installs what they need where
# it can be had: an older Ubuntu has another libmpv, and the ffmpeg of Fedora encodes no H.264.
NEED_CLIPS = $(if $(shell dpkg-query -W -f x libmpv2 2>/dev/null),BUTLUC_NEED_CLIPS=1)

# The S3 server that the tests of the office's store start; without it they are skipped, and say so.
test-servers: dist/servers/versitygw-$(S3_SERVER)

dist/servers/versitygw-$(S3_SERVER):
	@echo "==> build the S3 server of the tests (versitygw $(S3_SERVER))"
	@mkdir -p dist/servers
	@GOBIN="$(CURDIR)/dist/servers" go install -ldflags "-s -w" github.com/versity/versitygw/cmd/versitygw@$(S3_SERVER) && touch $@ || \
		echo "==> it can't be built here: the store is not tested on S3"

unit:
	@echo "==> unit tests"
	@$(NEED_CLIPS) go test -tags "$(TAGS)" -timeout $(HANG) ./...

# -short leaves out what is long and has no goroutines: the unit tests have run it.
race:
	@echo "==> unit tests with the race detector"
	@$(NEED_CLIPS) go test -tags "$(TAGS)" -race -short -timeout $(HANG) ./...

# Those packages that have such tests; one at a time, since software OpenGL wants all cores.
DISPLAY_PACKAGES = $(shell grep -rl --include='*_test.go' '^//go:build.*display' . | xargs -r -n1 dirname | sort -u)

display: ## tests on a private X server with two screens
	@echo "==> tests on two screens"
	@$(NEED_CLIPS) BUTLUC_NEED_DISPLAY=1 go test -tags "$(TAGS) display" -p 1 -timeout $(HANG) $(DISPLAY_PACKAGES)

TORTURE      ?= 2000
TORTURE_TIME ?= 30m
KILLS        ?= 100
DAMAGES      ?= 100
CORPUS       ?=
SEED         ?= $(shell date +%s)

# The first breaks files, databases, disks and processes; the second is a person who means ill, at the real window.
torture: ## faults for TORTURE_TIME=30m (KILLS, DAMAGES, CORPUS=DIR), then TORTURE=2000 random things on two screens; SEED=n
	@.ci/install-deps build test
	@echo "==> faults of seed $(SEED) for $(TORTURE_TIME)"
	@$(NEED_CLIPS) BUTLUC_TORTURE_TIME=$(TORTURE_TIME) BUTLUC_KILLS=$(KILLS) BUTLUC_DAMAGES=$(DAMAGES) BUTLUC_CORPUS="$(abspath $(CORPUS))" BUTLUC_SEED=$(SEED) \
		go test -tags "$(TAGS)" -count=1 -timeout 0 -v -run 'TestTheFaultLaboratory$$' ./app/cli
	@$(MAKE) --no-print-directory test-servers
	@echo "==> stores: processes killed, contents changed, two laptops on a Samba share"
	@BUTLUC_TORTURE=1 BUTLUC_KILLS=70 go test -tags "$(TAGS)" -count=1 -timeout 0 -v \
		-run 'TestAKilledProcess|TestAChangedStore|TestTwoLaptops' ./library/office/store
	@echo "==> $(TORTURE) things of seed $(SEED)"
	@BUTLUC_NEED_DISPLAY=1 BUTLUC_TORTURE=$(TORTURE) BUTLUC_SEED=$(SEED) \
		go test -tags "$(TAGS) display" -count=1 -timeout 0 -v -run 'TestTheHostileHour$$' ./cmd/butluc

BENCH_PACKAGES = $(shell grep -rl --include='*_test.go' '^func Benchmark' . | xargs -r -n1 dirname | sort -u)

bench: ## benchmarks beside their comparisons; BUTLUC_BUSY=2 keeps two processors busy meanwhile
	@.ci/install-deps build test bench
	@echo "==> benchmarks"
	@go test -tags "$(TAGS)" -p 1 -timeout 60m -run '^$$' -bench . $(BENCH_PACKAGES)
	@echo "==> key to court screen beside Fyne, evince, zathura and mupdf-gl, thumbnails beside mutool"
	@BUTLUC_BENCH=1 BUTLUC_NEED_DISPLAY=1 go test -tags "$(TAGS) display" -count=1 -timeout 40m -v -run 'Beside(Fyne|Peers|Mutool)$$' ./cmd/butluc

install-deps: ## install the system packages that are missing (apt, dnf)
	@.ci/install-deps

clean: ## remove what was built
	rm -rf bin dist
