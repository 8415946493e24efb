export { fromBase64, toBase64 } from './base64.ts';
export { checkProof } from './check-proof.ts';
export { type Checkpoint, formatCheckpoint, parseCheckpoint } from './checkpoint.ts';
export { checkConsistency, checkInclusion, type Inclusion, type Tree } from './checks.ts';
export {
  EMPTY_ROOT,
  entryOf,
  entryText,
  type HashText,
  hashBytes,
  hashesIn,
  hashText,
  isNodeOver,
  leafHash,
  leafText,
  nodeHash,
  nodeText,
  sameHash,
} from './hashing.ts';
export { changesIn, type KeyChange, keyChain, openKeyChange, signKeyChange } from './key-change.ts';
export { type OpenedNote, openNote, signNote } from './note.ts';
export { isKeyName, type NoteSignature, parseNote, type UnopenedNote } from './note-form.ts';
export {
  isSameKey,
  keysNamed,
  newSigner,
  newSignerKey,
  newVerifier,
  type Signer,
  signerKey,
  type Verifier,
  verifierKey,
} from './note-keys.ts';
export { type NoteState, noteState } from './note-state.ts';
export { orNull, ProofError } from './proof-error.ts';
export { formatProof, type ProofFile, parseProof } from './proof-file.ts';
export { type Side, sidesOfPath } from './proof-path.ts';
export { openCheckpoint, signCheckpoint } from './signed-checkpoint.ts';
export { HASH_BYTES, half, isSize, LARGEST_SIZE, levelOf } from './sizes.ts';
export {
  type HashReader,
  hashesForLeaf,
  placeOfStoredHash,
  storedHashCount,
  storedHashIndex,
} from './stored-hashes.ts';
export {
  formatBundle,
  parseBundle,
  parseTilePath,
  readTile,
  TILE_WIDTH,
  type Tile,
  tilePath,
  tileWidth,
} from './tiles.ts';
export { proveConsistency, proveInclusion, treeRoot } from './tree.ts';
export { TreeBuilder } from './tree-builder.ts';
export type { Change } from './verify/change.ts';
export { type KnownCopy, leavesCopy, linesCopy } from './verify/copies.ts';
export type { CheckpointFinding, KeptNote } from './verify/kept-checkpoints.ts';
export { type FoundChange, findKeyChanges } from './verify/key-changes.ts';
export { type Pieces, piecesOf } from './verify/line-file.ts';
export { mustBeNoRefusal, readCheckpointFiles, readKeys } from './verify/read-inputs.ts';
export { type DueSubject, dueSubject } from './verify/receipt-subject.ts';
export { RootBuilder } from './verify/root-builder.ts';
export { verifyExport } from './verify/verify-export.ts';
export { type LogReport, verifyLog } from './verify/verify-log.ts';
export { isReceipt, type ReceiptReport, receiptWords, verifyReceipt } from './verify/verify-receipt.ts';
export { reportWords } from './verify/words.ts';
