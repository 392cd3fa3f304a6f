package render_test

func fakeWorker([]string) {}
