import type { Screening } from '../../acts/screening.ts';
import type { Frame } from './frame.ts';
import type { AskedProof } from './unseen-fields.tsx';

/** The proof of work that a form shown now asks for; null for none. */
export async function askedProof(screening: Pick<Screening, 'asked'>, { asset }: Frame): Promise<AskedProof | null> {
  const bits = await screening.asked();
  return bits === 0 ? null : { bits, program: asset('proof.js'), worker: asset('proof-worker.js') };
}
