package main

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	tileHeight = 8
	bundleSize = 1 << tileHeight
)

var errGone = errors.New("not found")

// servedLog reads a log in the layout of C2SP tlog-tiles.
type servedLog struct {
	url    string
	client http.Client
	kept   map[string][]byte
}

func newLog(url string) *servedLog {
	return &servedLog{
		url:    strings.TrimSuffix(url, "/"),
		client: http.Client{Timeout: 20 * time.Second},
		kept:   map[string][]byte{},
	}
}

func (l *servedLog) get(path string) ([]byte, error) {
	if body, ok := l.kept[path]; ok {
		return body, nil
	}
	answer, err := l.client.Get(l.url + path)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, 32<<20))
	if err != nil {
		return nil, err
	}
	if answer.StatusCode == http.StatusNotFound {
		return nil, fmt.Errorf("%s: %w", path, errGone)
	}
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", path, answer.Status)
	}
	l.kept[path] = body
	return body, nil
}

// getPart reads a partial resource; a log may have replaced it by the full one as it grew.
func (l *servedLog) getPart(path string, width int) (body []byte, full bool, err error) {
	if width == bundleSize {
		body, err = l.get(path)
		return body, true, err
	}
	body, err = l.get(fmt.Sprintf("%s.p/%d", path, width))
	if errors.Is(err, errGone) {
		body, err = l.get(path)
		return body, true, err
	}
	return body, false, err
}

// number writes 1234067 as x001/x234/067.
func number(n int64) string {
	text := fmt.Sprintf("%03d", n%1000)
	for n >= 1000 {
		n /= 1000
		text = fmt.Sprintf("x%03d/%s", n%1000, text)
	}
	return text
}

// entries reads the bundle that begins at an index, up to the size of the tree.
func (l *servedLog) entries(first, size int64) ([][]byte, error) {
	width := bundleSize
	if size-first < bundleSize {
		width = int(size - first)
	}
	path := "/tile/entries/" + number(first/bundleSize)
	body, full, err := l.getPart(path, width)
	if err != nil {
		return nil, err
	}
	entries, err := split(body)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(entries) < width || !full && len(entries) != width {
		return nil, fmt.Errorf("%s: %d entries instead of %d", path, len(entries), width)
	}
	return entries[:width], nil
}

func split(body []byte) ([][]byte, error) {
	var entries [][]byte
	for len(body) > 0 {
		if len(body) < 2 {
			return nil, errors.New("cut off in a length")
		}
		size := int(binary.BigEndian.Uint16(body))
		if len(body) < 2+size {
			return nil, errors.New("cut off in an entry")
		}
		entries = append(entries, body[2:2+size])
		body = body[2+size:]
	}
	return entries, nil
}

func (l *servedLog) tiles() tlog.TileReader { return tileReader{l} }

type tileReader struct{ log *servedLog }

func (r tileReader) Height() int { return tileHeight }

func (r tileReader) SaveTiles([]tlog.Tile, [][]byte) {}

func (r tileReader) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	bodies := make([][]byte, len(tiles))
	for i, tile := range tiles {
		path := fmt.Sprintf("/tile/%d/%s", tile.L, number(tile.N))
		body, _, err := r.log.getPart(path, tile.W)
		if err != nil {
			return nil, err
		}
		if len(body) < tile.W*tlog.HashSize {
			return nil, fmt.Errorf("%s: %d bytes instead of %d hashes", path, len(body), tile.W)
		}
		bodies[i] = body[:tile.W*tlog.HashSize]
	}
	return bodies, nil
}

// openCheckpoint verifies the note and reads origin, size and root, as C2SP tlog-checkpoint writes them.
func openCheckpoint(signed []byte, verifier note.Verifier) (tlog.Tree, error) {
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.SplitN(opened.Text, "\n", 4)
	if len(lines) < 4 {
		return tlog.Tree{}, errors.New("fewer than three lines")
	}
	if lines[0] != verifier.Name() {
		return tlog.Tree{}, fmt.Errorf("the origin is %q, the key is of %q", lines[0], verifier.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return tlog.Tree{}, fmt.Errorf("size %q", lines[1])
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return tlog.Tree{}, fmt.Errorf("root %q", lines[2])
	}
	tree := tlog.Tree{N: size}
	copy(tree.Hash[:], root)
	return tree, nil
}
