import type { InclusionAnswer } from '../../../libs/client/index.ts';
import { hashesIn, toBase64 } from '../../../libs/transparency/index.ts';
import type { InclusionProof } from './proving.ts';

/** A proof as programs are told it. */
export function inclusionAnswer({ index, size, hashes, checkpoint }: InclusionProof): InclusionAnswer {
  const [leafHash = '', ...others] = hashesIn(hashes).map(toBase64);
  return { index, size, leafHash, hashes: others, checkpoint };
}
