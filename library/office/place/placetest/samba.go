package placetest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"butluc/library/eventually"
	"butluc/library/office/place"
)

// Samba is a share of a real smbd on the loopback, by smbclient: the steps of a store's folder (written beside, renamed; names listed)
// as a Windows share takes them. It is no mounted share: how a system's own client keeps what it reads is not tried here. The test
// is skipped where smbd can't be started, which takes root.
func Samba(t testing.TB) Server {
	smbd, client := find("smbd"), find("smbclient")
	if smbd == "" {
		smbd = "/usr/sbin/smbd"
	}
	if _, err := os.Stat(smbd); err != nil || client == "" || os.Geteuid() != 0 {
		t.Skip("Samba is not tried: it takes root, and Debian's samba and smbclient")
	}
	s := Server{Dir: t.TempDir()}
	state := t.TempDir()
	port := strconv.Itoa(freePort(t))
	conf := filepath.Join(state, "smb.conf")
	text := "[global]\nserver role = standalone server\nmap to guest = Bad User\nguest account = root\nsmb ports = " + port +
		"\ninterfaces = lo\nbind interfaces only = yes\ndisable netbios = yes\nload printers = no\nlog file = " + state + "/log\n"
	for _, dir := range []string{"private dir", "lock directory", "state directory", "cache directory", "pid directory", "ncalrpc dir"} {
		text += dir + " = " + state + "\n"
	}
	text += "[kho]\npath = " + s.Dir + "\nread only = no\nguest ok = yes\n"
	if err := os.WriteFile(conf, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(smbd, "-F", "--no-process-group", "-s", conf)
	if err := cmd.Start(); err != nil {
		t.Skip("Samba is not tried: ", err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-ended //nolint:errcheck // it was killed
	})
	share := &smbShare{client, port, t.TempDir()}
	eventually.So(t, "smbd", func() bool {
		_, err := share.run(context.Background(), "ls")
		return err == nil || len(ended) > 0
	})
	if len(ended) > 0 {
		t.Skip("Samba is not tried: smbd ended")
	}
	s.place = share
	return s
}

// smbShare is a place on a share, by smbclient.
type smbShare struct{ client, port, temp string }

var errShare = errors.New("the share refused")

// run does commands of smbclient's, and gives what it says.
func (s *smbShare) run(ctx context.Context, commands ...string) (string, error) {
	cmd := exec.CommandContext(ctx, s.client, "-N", "-p", s.port, "//127.0.0.1/kho", "-c", strings.Join(commands, "; "))
	said, err := cmd.CombinedOutput()
	switch text := string(said); {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case strings.Contains(text, "NT_STATUS_OBJECT_NAME_NOT_FOUND"), strings.Contains(text, "NT_STATUS_OBJECT_PATH_NOT_FOUND"), strings.Contains(text, "NT_STATUS_NO_SUCH_FILE"):
		return "", place.ErrMissing
	case err != nil, strings.Contains(text, "NT_STATUS_") && !strings.Contains(text, "NT_STATUS_OBJECT_NAME_COLLISION"):
		return "", fmt.Errorf("%w: %w: %s", errShare, errors.Join(err), text)
	}
	return string(said), nil
}

func name(n string) error {
	if !place.Valid(n) {
		return fmt.Errorf("%q is no name", n)
	}
	return nil
}

// Put implements [place.Place] by the steps of a folder.
func (s *smbShare) Put(ctx context.Context, n string, data []byte) error {
	if err := name(n); err != nil {
		return err
	}
	from, err := os.CreateTemp(s.temp, "put")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(from.Name()) }()
	if _, err := from.Write(data); err != nil {
		return err
	}
	if err := from.Close(); err != nil {
		return err
	}
	beside := "tmp/" + filepath.Base(from.Name())
	commands := []string{"mkdir tmp"}
	above := ""
	for _, part := range strings.Split(path.Dir(n), "/") {
		above = path.Join(above, part)
		if above != "." {
			commands = append(commands, "mkdir "+above)
		}
	}
	_, err = s.run(ctx, append(commands, "put "+from.Name()+" "+beside, "rename "+beside+" "+n+" -f")...)
	return err
}

// Get implements [place.Place].
func (s *smbShare) Get(ctx context.Context, n string, limit int64) ([]byte, error) {
	if err := name(n); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(s.temp, "get")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	to := filepath.Join(dir, "object")
	if _, err := s.run(ctx, "get "+n+" "+to); err != nil {
		return nil, err
	}
	data, err := os.ReadFile(to)
	if err == nil && int64(len(data)) > limit {
		err = place.ErrTooLarge
	}
	return data, err
}

// List implements [place.Place].
func (s *smbShare) List(ctx context.Context, folder string) (names []string, err error) {
	said, err := s.run(ctx, "ls "+path.Join(folder, "*"))
	if errors.Is(err, place.ErrMissing) {
		return nil, nil
	}
	for line := range strings.Lines(said) {
		if f := strings.Fields(line); strings.HasPrefix(line, "  ") && len(f) > 3 && place.Valid(f[0]) {
			names = append(names, f[0])
		}
	}
	return names, err
}

// Remove implements [place.Place].
func (s *smbShare) Remove(ctx context.Context, n string) error {
	_, err := s.run(ctx, "del "+n)
	if errors.Is(err, place.ErrMissing) {
		return nil
	}
	return err
}
