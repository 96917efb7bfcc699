// Command sumdb checks a served transparency log with the code of Go's checksum database, which shares
// nothing with the program that wrote the log.
//
//	sumdb [-key VKEY] [-old FILE] [-save FILE] URL
//
// It verifies the signature of URL/checkpoint, reads every entry, recomputes the root from the entries alone,
// proves the inclusion of each through the served tiles, and the consistency with an older checkpoint.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	key := flag.String("key", "", "verifier key of the log; without it the first one of URL/security/keys")
	old := flag.String("old", "", "file with an older checkpoint that must be a prefix of the log")
	save := flag.String("save", "", "file to write the verified checkpoint to")
	flag.Parse()
	if flag.NArg() != 1 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(flag.Arg(0), *key, *old, *save); err != nil {
		fmt.Fprintln(os.Stderr, "sumdb:", err)
		os.Exit(1)
	}
}

func run(url, key, oldFile, saveFile string) error {
	log := newLog(url)
	verifier, err := verifierFor(log, key)
	if err != nil {
		return err
	}
	signed, err := log.get("/checkpoint")
	if err != nil {
		return err
	}
	tree, err := openCheckpoint(signed, verifier)
	if err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	if err := checkEntries(log, tree); err != nil {
		return err
	}
	fmt.Printf("size %d, root %s, all entries included\n", tree.N, tree.Hash)
	if oldFile != "" {
		if err := checkOlder(log, tree, oldFile, verifier); err != nil {
			return err
		}
	}
	if saveFile != "" {
		return os.WriteFile(saveFile, signed, 0o600)
	}
	return nil
}

func verifierFor(log *servedLog, key string) (note.Verifier, error) {
	if key != "" {
		return note.NewVerifier(key)
	}
	body, err := log.get("/security/keys")
	if err != nil {
		return nil, err
	}
	var answer struct {
		Keys []struct{ Name, Vkey string }
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return nil, fmt.Errorf("/security/keys: %w", err)
	}
	if len(answer.Keys) == 0 {
		return nil, errors.New("/security/keys: no key")
	}
	return note.NewVerifier(answer.Keys[0].Vkey)
}

// checkEntries recomputes the tree from the entries and compares it with the signed root and with the tiles.
func checkEntries(log *servedLog, tree tlog.Tree) error {
	tiles := tlog.TileHashReader(tree, log.tiles())
	var own []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		hashes := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			if index >= int64(len(own)) {
				return nil, fmt.Errorf("hash %d is not computed yet", index)
			}
			hashes[i] = own[index]
		}
		return hashes, nil
	})
	for first := int64(0); first < tree.N; first += bundleSize {
		entries, err := log.entries(first, tree.N)
		if err != nil {
			return err
		}
		for i, entry := range entries {
			n := first + int64(i)
			if err := checkInclusion(tree, tiles, n, entry); err != nil {
				return fmt.Errorf("entry %d: %w", n, err)
			}
			hashes, err := tlog.StoredHashes(n, entry, reader)
			if err != nil {
				return err
			}
			own = append(own, hashes...)
		}
	}
	root, err := tlog.TreeHash(tree.N, reader)
	if err != nil {
		return err
	}
	if root != tree.Hash {
		return fmt.Errorf("the entries make the root %s, the checkpoint says %s", root, tree.Hash)
	}
	return nil
}

func checkInclusion(tree tlog.Tree, tiles tlog.HashReader, n int64, entry []byte) error {
	proof, err := tlog.ProveRecord(tree.N, n, tiles)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(proof, tree.N, tree.Hash, n, tlog.RecordHash(entry))
}

func checkOlder(log *servedLog, tree tlog.Tree, file string, verifier note.Verifier) error {
	signed, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	older, err := openCheckpoint(signed, verifier)
	if err != nil {
		return fmt.Errorf("older checkpoint: %w", err)
	}
	if older.N > tree.N {
		return fmt.Errorf("the log shrank from %d to %d", older.N, tree.N)
	}
	proof, err := tlog.ProveTree(tree.N, older.N, tlog.TileHashReader(tree, log.tiles()))
	if err != nil {
		return err
	}
	if err := tlog.CheckTree(proof, tree.N, tree.Hash, older.N, older.Hash); err != nil {
		return fmt.Errorf("not consistent with size %d: %w", older.N, err)
	}
	fmt.Printf("consistent with size %d\n", older.N)
	return nil
}
