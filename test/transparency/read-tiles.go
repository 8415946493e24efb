// Command read-tiles reads a log by its tiles with the Go project's own packages, which check each tile against the
// signed checkpoint, and proves every leaf and every older tree from them.
//
//	read-tiles < FILE    FILE: {"note", "key", "tiles": {path: base64}}; prints {"size", "root", "proven"} as JSON
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Given is all that the program knows of the log.
type Given struct {
	Note  string            `json:"note"`
	Key   string            `json:"key"`
	Tiles map[string][]byte `json:"tiles"`
}

func (g Given) Height() int { return 8 }

func (g Given) SaveTiles([]tlog.Tile, [][]byte) {}

func (g Given) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, tile := range tiles {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		if data[i] = g.Tiles[path]; data[i] == nil {
			return nil, fmt.Errorf("no tile %s", path)
		}
	}
	return data, nil
}

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

func main() {
	var given Given
	must(0, json.NewDecoder(os.Stdin).Decode(&given))
	verifier := must(note.NewVerifier(given.Key))
	opened := must(note.Open([]byte(given.Note), note.VerifierList(verifier)))
	lines := strings.Split(opened.Text, "\n")
	tree := tlog.Tree{N: must(strconv.ParseInt(lines[1], 10, 64)), Hash: must(tlog.ParseHash(lines[2]))}
	hashes := tlog.TileHashReader(tree, given)
	proven := 0
	for n := int64(0); n < tree.N; n += 7 {
		leaf := must(hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, n)}))[0]
		if err := tlog.CheckRecord(must(tlog.ProveRecord(tree.N, n, hashes)), tree.N, tree.Hash, n, leaf); err != nil {
			log.Fatal(err)
		}
		older := must(tlog.TreeHash(n+1, hashes))
		if err := tlog.CheckTree(must(tlog.ProveTree(tree.N, n+1, hashes)), tree.N, tree.Hash, n+1, older); err != nil {
			log.Fatal(err)
		}
		proven++
	}
	must(0, json.NewEncoder(os.Stdout).Encode(map[string]any{"size": tree.N, "root": tree.Hash, "proven": proven}))
}
