package place

import (
	"net"
	"net/http"
	"time"
)

// newTransport is the way to one server. It gives up on a server that does not answer; how long an object takes is the
// context's matter.
func newTransport(host string) http.RoundTripper {
	return only{host, &http.Transport{
		DialContext:           (&net.Dialer{Timeout: 15 * time.Second}).DialContext,
		TLSHandshakeTimeout:   15 * time.Second,
		ResponseHeaderTimeout: 2 * time.Minute, // a server answers to an object when it is on its disk
		MaxIdleConnsPerHost:   8,
		IdleConnTimeout:       time.Minute,
	}}
}

// only lets requests to one server through.
type only struct {
	host string
	way  http.RoundTripper
}

func (o only) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Host != o.host {
		if r.Body != nil {
			r.Body.Close()
		}
		return nil, ErrElsewhere
	}
	return o.way.RoundTrip(r)
}
