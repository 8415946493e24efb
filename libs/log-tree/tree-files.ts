/** The files of a tree's folder. */
export const TREE_FILES = {
  /** The part that is surely on disk, as JSON: `{format, size, root}`. */
  head: 'head.json',
  /** 40 bytes an event, by index: its position (unsigned, big-endian), then its entry. */
  leaves: 'leaves',
  /** 32 bytes a hash: of the complete subtrees of 8 leaves and of more, in the order of `storedHashIndex` for a tree over the 8s. */
  nodes: 'nodes',
  /** In place of `nodes` in a folder of an earlier version: the hashes of all complete subtrees, in the order of `storedHashIndex`. */
  allHashes: 'hashes',
  /** Signed checkpoints, oldest first, as NDJSON: `{at, note}`. */
  checkpoints: 'checkpoints',
  /** The leaf that an unfinished comparison has reached, as decimal digits. */
  compared: 'compared',
} as const;
