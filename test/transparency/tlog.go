// Command tlog makes and checks what libs/transparency makes and checks, with the Go project's own packages.
//
//	tlog make            prints vectors as JSON
//	tlog check < FILE    checks what libs/transparency made; its exit status is 0 when all holds
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// largest is the size of the largest tree whose proofs are all made.
const largest = 17

const origin = "forum.example/colloquy"

// Proof is of an index in a tree (inclusion), or of the tree of that size (consistency).
type Proof struct {
	From   int64    `json:"from"`
	Size   int64    `json:"size"`
	Hashes []string `json:"hashes"`
}

type Note struct {
	Signer   string `json:"signer"`
	Verifier string `json:"verifier"`
	Text     string `json:"text"`
	Signed   string `json:"signed"`
}

type Tile struct {
	Level int    `json:"level"`
	N     int64  `json:"n"`
	Width int    `json:"width"`
	Path  string `json:"path"`
	// Digest is the SHA-256 of the tile's bytes, empty for one that is named only.
	Digest string `json:"digest"`
}

// Vectors are over the entries SHA-256("entry 0"), SHA-256("entry 1"), ...
type Vectors struct {
	Roots       []string `json:"roots"`
	Indexes     []int64  `json:"indexes"`
	Inclusion   []Proof  `json:"inclusion"`
	Consistency []Proof  `json:"consistency"`
	Notes       []Note   `json:"notes"`
	Tiles       []Tile   `json:"tiles"`
}

type storage []tlog.Hash

func (s storage) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		hashes[i] = s[index]
	}
	return hashes, nil
}

// treeTo stores the hashes of the first size entries.
func treeTo(size int64) storage {
	var rows storage
	for n := int64(0); n < size; n++ {
		entry := sha256.Sum256([]byte(fmt.Sprintf("entry %d", n)))
		hashes, err := tlog.StoredHashes(n, entry[:], rows)
		must(err)
		rows = append(rows, hashes...)
	}
	return rows
}

func main() {
	switch {
	case len(os.Args) == 2 && os.Args[1] == "make":
		must(json.NewEncoder(os.Stdout).Encode(vectors()))
	case len(os.Args) == 2 && os.Args[1] == "check":
		var made Vectors
		must(json.NewDecoder(os.Stdin).Decode(&made))
		check(made)
	default:
		fmt.Fprintln(os.Stderr, "usage: tlog make | tlog check")
		os.Exit(2)
	}
}

func vectors() Vectors {
	rows := treeTo(largest)
	var v Vectors
	for size := int64(0); size <= largest; size++ {
		root, err := tlog.TreeHash(size, rows)
		must(err)
		v.Roots = append(v.Roots, root.String())
		v.Indexes = append(v.Indexes, tlog.StoredHashIndex(0, size))
		for n := int64(0); n < size; n++ {
			inclusion, err := tlog.ProveRecord(size, n, rows)
			must(err)
			v.Inclusion = append(v.Inclusion, Proof{n, size, texts(inclusion)})
			consistency, err := tlog.ProveTree(size, n+1, rows)
			must(err)
			v.Consistency = append(v.Consistency, Proof{n + 1, size, texts(consistency)})
		}
	}
	v.Notes = notes()
	v.Tiles = tiles()
	return v
}

func notes() []Note {
	var made []Note
	for seed := byte(1); seed <= 5; seed++ {
		signer, verifier, err := note.GenerateKey(bytes.NewReader(bytes.Repeat([]byte{seed}, 64)), origin)
		must(err)
		key, err := note.NewSigner(signer)
		must(err)
		text := tlog.FormatTree(tlog.Tree{N: int64(seed), Hash: tlog.RecordHash([]byte{seed})})
		signed, err := note.Sign(&note.Note{Text: string(text)}, key)
		must(err)
		made = append(made, Note{signer, verifier, string(text), string(signed)})
	}
	return made
}

func tiles() []Tile {
	rows := treeTo(70_000)
	var made []Tile
	for _, tile := range []tlog.Tile{{H: 8, L: 0, N: 0, W: 256}, {H: 8, L: 0, N: 273, W: 112}, {H: 8, L: 1, N: 1, W: 17}, {H: 8, L: 2, N: 0, W: 1}} {
		data, err := tlog.ReadTileData(tile, rows)
		must(err)
		made = append(made, Tile{tile.L, tile.N, tile.W, tile.Path(), fmt.Sprintf("%x", sha256.Sum256(data))})
	}
	for _, tile := range []tlog.Tile{{H: 8, L: 0, N: 1_234_067, W: 256}, {H: 8, L: 3, N: 999, W: 255}, {H: 8, L: 1, N: 1_000_000, W: 1}} {
		made = append(made, Tile{tile.L, tile.N, tile.W, tile.Path(), ""})
	}
	return made
}

// check ends the program with a message at the first thing that does not hold.
func check(made Vectors) {
	rows := treeTo(int64(len(made.Roots)) - 1)
	roots := make([]tlog.Hash, len(made.Roots))
	for size, root := range made.Roots {
		roots[size] = hash(root)
		ours, err := tlog.TreeHash(int64(size), rows)
		must(err)
		if ours != roots[size] {
			fail("the root of %d leaves differs", size)
		}
	}
	for _, p := range made.Inclusion {
		entry := sha256.Sum256([]byte(fmt.Sprintf("entry %d", p.From)))
		must(tlog.CheckRecord(hashes(p.Hashes), p.Size, roots[p.Size], p.From, tlog.RecordHash(entry[:])))
	}
	for _, p := range made.Consistency {
		must(tlog.CheckTree(hashes(p.Hashes), p.Size, roots[p.Size], p.From, roots[p.From]))
	}
	for _, n := range made.Notes {
		verifier, err := note.NewVerifier(n.Verifier)
		must(err)
		_, err = note.NewSigner(n.Signer)
		must(err)
		opened, err := note.Open([]byte(n.Signed), note.VerifierList(verifier))
		must(err)
		if opened.Text != n.Text {
			fail("a note says something else")
		}
	}
	fmt.Printf("%d roots, %d inclusion proofs, %d consistency proofs, %d notes\n",
		len(made.Roots), len(made.Inclusion), len(made.Consistency), len(made.Notes))
}

func texts(proof []tlog.Hash) []string {
	made := make([]string, len(proof))
	for i, h := range proof {
		made[i] = h.String()
	}
	return made
}

func hashes(made []string) []tlog.Hash {
	parsed := make([]tlog.Hash, len(made))
	for i, text := range made {
		parsed[i] = hash(text)
	}
	return parsed
}

func hash(text string) tlog.Hash {
	parsed, err := tlog.ParseHash(text)
	must(err)
	return parsed
}

func must(err error) {
	if err != nil {
		fail("%v", err)
	}
}

func fail(format string, values ...any) {
	fmt.Fprintf(os.Stderr, "tlog: "+format+"\n", values...)
	os.Exit(1)
}
