import type { QueryBus } from '@nestjs/cqrs';
import type { LogKeyHistory } from '../../../libs/client/index.ts';
import { DomainError, type Position } from '../../../libs/kernel/index.ts';
import type { KeptCheckpoint, LogTree } from '../../../libs/log-tree/index.ts';
import {
  formatBundle,
  formatProof,
  hashesIn,
  keyChain,
  ProofError,
  parseTilePath,
  type Signer,
  signCheckpoint,
  TILE_WIDTH,
  type Tile,
  tileWidth,
  type Verifier,
  verifierKey,
} from '../../../libs/transparency/index.ts';
import { type CommentLine, GetCommentLine } from '../../views/thread/thread.query-types.ts';
import type { Viewer } from '../../views/viewer.ts';
import { type ComparedCheckpoint, compare } from './comparing.ts';
import { historyOf, type LogKeys, ofChain } from './log-keys.ts';

export interface ProvingParts {
  readonly tree: LogTree;
  /** The newest position in the log. */
  readonly head: () => Promise<Position>;
  /** Throws DomainError `storage_unavailable` while the forum's secrets are not known. */
  readonly signer: () => Signer;
  readonly keys: LogKeys;
  readonly queries: Pick<QueryBus, 'execute'>;
  /** Checkpoints that were signed at intervals, oldest first. */
  readonly kept: () => readonly KeptCheckpoint[];
}

export interface InclusionProof {
  readonly index: number;
  readonly size: number;
  /** The leaf's hash and then the proof, its sibling first: 32 bytes each. */
  readonly hashes: Uint8Array;
  readonly checkpoint: string;
}

/** A receipt for a text of a comment, for its page and as a file. */
export interface Receipt extends CommentLine {
  readonly proof: InclusionProof;
  /** 32 bytes. */
  readonly leafHash: Uint8Array;
  /** The C2SP tlog-proof. */
  readonly file: string;
}

/**
 * The questions that anybody may ask the log's tree: the same for the API and the pages. Answers cover everything
 * acknowledged before the question. They throw DomainError `not_caught_up` when the tree is more than two seconds
 * behind, `tree_mismatch` when log and tree differ, and `storage_unavailable`.
 */
export class Proving {
  readonly #parts: ProvingParts;
  #signed: { readonly size: number; readonly name: string; readonly note: string } | undefined;

  constructor(parts: ProvingParts) {
    this.#parts = parts;
  }

  /** A signed note over the newest tree. */
  async checkpoint(): Promise<string> {
    return this.#checkpointOf(await this.#newest());
  }

  /** Checkpoints that were signed at intervals, newest first. */
  kept(most: number): readonly KeptCheckpoint[] {
    return this.#parts.kept().slice(-most).reverse();
  }

  /** Compares a checkpoint that somebody kept with the log of now; the answer is only the forum's own word. */
  async compare(kept: string): Promise<ComparedCheckpoint> {
    const size = await this.#newest();
    const root = (of: number): Uint8Array => this.#parts.tree.root(of);
    return compare(kept, { verifiers: this.#chain(), size, root });
  }

  /** The key that verifies checkpoints, in the form of C2SP signed notes. */
  verifierKey(): string {
    return verifierKey(this.#signer());
  }

  /**
   * The present key and the earlier ones, each with the change that both keys signed. Throws DomainError
   * `storage_unavailable`.
   */
  keyHistory(): LogKeyHistory {
    return historyOf(this.#signer(), this.#parts.keys.changes);
  }

  /** The changes that lead from an earlier key to the present one, as the log has them. Throws like `keyHistory`. */
  keyChanges(): readonly string[] {
    return ofChain(this.#signer(), this.#parts.keys.changes).map(({ note }) => note);
  }

  /** Throws DomainError `not_found` for a position without an event. */
  async inclusion(position: Position): Promise<InclusionProof> {
    const known = this.#parts.tree.holds(position);
    const size = known ? this.#parts.tree.size() : await this.#newest();
    const index = this.#parts.tree.indexOf(position);
    if (index !== undefined && index < size) return this.#inclusionAt(index, size);
    throw new DomainError('not_found', `The log of ${size} events has none at position ${position}.`);
  }

  /** Throws DomainError `invalid` unless from ≤ to ≤ the newest size. */
  async consistency(from: number, to: number): Promise<readonly Uint8Array[]> {
    const known = this.#parts.tree.size();
    const size = to <= known ? known : await this.#newest();
    if (to > size) throw invalid('to', `must be ${size} at most: so many events are in the log`);
    if (from > to) throw invalid('from', 'must not be greater than to');
    return this.#parts.tree.consistency(from, to);
  }

  /** The bytes at a path of C2SP tlog-tiles, which never change. Throws DomainError `not_found`. */
  async tile(path: string): Promise<Uint8Array> {
    const tile = tileAt(path);
    if (tileWidth(tile, this.#parts.tree.size()) < tile.width) await this.#newest();
    if (tileWidth(tile, this.#parts.tree.size()) < tile.width) throw noTile();
    const { level, n, width } = tile;
    if (level !== 'entries') return this.#parts.tree.tile({ level, n, width });
    return formatBundle(this.#parts.tree.leaves(n * TILE_WIDTH, width).map(({ entry }) => entry));
  }

  /**
   * The proof, without the forum, that a comment's text stands in the log: its newest text, or that of a revision.
   * Throws like GetCommentLine.
   */
  async receipt(commentId: string, revision: number | null, viewer: Viewer): Promise<Receipt> {
    const line = await this.#parts.queries.execute(new GetCommentLine(commentId, revision, viewer));
    const proof = await this.inclusion(line.position);
    const extra = line.line === null ? this.#parts.tree.leaf(proof.index).entry : Buffer.from(line.line);
    const [leafHash = Buffer.of(), ...hashes] = hashesIn(proof.hashes);
    return { ...line, proof, leafHash, file: formatProof({ ...proof, extra, hashes }) };
  }

  #inclusionAt(index: number, size: number): InclusionProof {
    return { index, size, hashes: this.#parts.tree.inclusion(index, size), checkpoint: this.#checkpointOf(size) };
  }

  /** Nothing is signed until the key is known to continue from the earlier ones. */
  #signer(): Signer {
    void this.#parts.keys.changes;
    return this.#parts.signer();
  }

  #chain(): readonly Verifier[] {
    const changes = this.#parts.keys.changes.map(({ change }) => change);
    return keyChain([this.#signer()], changes);
  }

  async #newest(): Promise<number> {
    return this.#parts.tree.reached(await this.#parts.head());
  }

  #checkpointOf(size: number): string {
    const signer = this.#signer();
    if (this.#signed?.size !== size || this.#signed.name !== signer.name) {
      const note = signCheckpoint({ size, root: this.#parts.tree.root(size) }, signer);
      this.#signed = { size, name: signer.name, note };
    }
    return this.#signed.note;
  }
}

function tileAt(path: string): Tile {
  try {
    return parseTilePath(path);
  } catch (error) {
    if (error instanceof ProofError) throw noTile();
    throw error;
  }
}

function noTile(): DomainError {
  return new DomainError('not_found', 'The log has no such tile.');
}

function invalid(field: string, message: string): DomainError {
  return new DomainError('invalid', `${field} ${message}.`, [{ field, message }]);
}
