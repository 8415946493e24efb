import { bytesFromBase64, fromBase64, toBase64 } from './base64.ts';
import { parseDecimal } from './decimal.ts';
import { ProofError } from './proof-error.ts';
import { HASH_BYTES } from './sizes.ts';

/** A C2SP tlog-proof: that an entry stands in a log, in one small file. */
export interface ProofFile {
  /** The application's addition; nobody vouches for it. */
  readonly extra?: Uint8Array;
  readonly index: number;
  readonly hashes: readonly Uint8Array[];
  /** The signed note, as the log wrote it. */
  readonly checkpoint: string;
}

const HEAD = 'c2sp.org/tlog-proof@v1';
const EXTRA = 'extra ';
const INDEX = 'index ';
/** No tree is higher. */
const MOST_HASHES = 64;

export function formatProof({ extra, index, hashes, checkpoint }: ProofFile): string {
  const head = extra === undefined ? HEAD : `${HEAD}\n${EXTRA}${toBase64(extra)}`;
  return [head, `${INDEX}${index}`, ...hashes.map(toBase64), '', checkpoint].join('\n');
}

/** Takes the file apart, in its strict form. It checks neither proof nor signature. @throws ProofError */
export function parseProof(text: string): ProofFile {
  const blank = text.indexOf('\n\n');
  const [head, ...lines] = text.slice(0, Math.max(blank, 0)).split('\n');
  if (head !== HEAD) throw new ProofError(`The file is no proof: it does not begin with ${HEAD}.`);
  const extra = lines[0]?.startsWith(EXTRA) === true ? lines.shift()?.slice(EXTRA.length) : undefined;
  const index = lines.shift();
  if (index?.startsWith(INDEX) !== true) throw new ProofError('The proof has no line with the index.');
  if (lines.length > MOST_HASHES) throw new ProofError(`The proof has more than ${MOST_HASHES} hashes.`);
  return {
    ...(extra === undefined ? {} : { extra: fromBase64(extra, 'The extra data of the proof') }),
    index: parseDecimal(index.slice(INDEX.length), 'The index of the proof'),
    hashes: lines.map((line) => bytesFromBase64(line, HASH_BYTES, 'A hash of the proof')),
    checkpoint: text.slice(blank + 2),
  };
}
