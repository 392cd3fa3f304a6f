package place

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// region is what servers of an office's own call theirs, and what a store elsewhere is asked with first; asking for a bucket's
// region would be one request more for each object.
const region = "us-east-1"

// s3 is a folder of a bucket of an S3 server.
type s3 struct {
	client         *minio.Client
	bucket, folder string
}

func newS3(a Address, who Account) (*s3, error) {
	u, _ := url.Parse(strings.TrimPrefix(string(a), "s3+")) // was checked
	bucket, folder, _ := strings.Cut(strings.Trim(u.Path, "/"), "/")
	client, err := minio.New(u.Host, &minio.Options{
		Creds: credentials.NewStaticV4(who.User, who.Password, ""), Secure: u.Scheme == "https", Region: region,
		BucketLookup: minio.BucketLookupPath, // so that the server is the one that was named
		Transport:    newTransport(u.Host), MaxRetries: 1,
	})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrAddress, err)
	}
	return &s3{client, bucket, folder}, nil
}

func (s *s3) told(ctx context.Context, what string, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var answer minio.ErrorResponse
	_ = errors.As(err, &answer)
	switch {
	case answer.Code == minio.NoSuchKey:
		err = ErrMissing
	case answer.StatusCode == http.StatusForbidden, answer.StatusCode == http.StatusUnauthorized:
		err = fmt.Errorf("%w: %w", ErrRefused, err)
	}
	return fmt.Errorf("%s: %w", what, err)
}

func (s *s3) key(name string) string { return path.Join(s.folder, name) }

func (s *s3) Put(ctx context.Context, name string, data []byte) error {
	if err := check(name); err != nil {
		return err
	}
	_, err := s.client.PutObject(ctx, s.bucket, s.key(name), bytes.NewReader(data), int64(len(data)), minio.PutObjectOptions{
		ContentType: "application/octet-stream", DisableMultipart: true,
	})
	return s.told(ctx, "write to the store", err)
}

func (s *s3) Get(ctx context.Context, name string, limit int64) ([]byte, error) {
	if err := check(name); err != nil {
		return nil, err
	}
	o, err := s.client.GetObject(ctx, s.bucket, s.key(name), minio.GetObjectOptions{})
	if err != nil {
		return nil, s.told(ctx, "read "+name, err)
	}
	defer func() { _ = o.Close() }()
	data, err := readAll(o, limit)
	return data, s.told(ctx, "read "+name, err)
}

func (s *s3) List(ctx context.Context, dir string) ([]string, error) {
	if dir != "" {
		if err := check(dir); err != nil {
			return nil, err
		}
	}
	prefix := s.key(dir)
	if prefix != "" {
		prefix += "/"
	}
	var names []string
	for o := range s.client.ListObjectsIter(ctx, s.bucket, minio.ListObjectsOptions{Prefix: prefix}) {
		if o.Err != nil {
			return nil, s.told(ctx, "list the store", o.Err)
		}
		if name := strings.TrimSuffix(strings.TrimPrefix(o.Key, prefix), "/"); Valid(name) && !strings.Contains(name, "/") {
			names = append(names, name)
		}
	}
	return names, s.told(ctx, "list the store", ctx.Err())
}

func (s *s3) Remove(ctx context.Context, name string) error {
	if err := check(name); err != nil {
		return err
	}
	return s.told(ctx, "remove from the store", s.client.RemoveObject(ctx, s.bucket, s.key(name), minio.RemoveObjectOptions{}))
}
