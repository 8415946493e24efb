import { ProofError } from './proof-error.ts';
import { LARGEST_SIZE } from './sizes.ts';

const DECIMAL = /^(?:0|[1-9][0-9]{0,15})$/;

/** A size or an index in decimal digits without a leading zero, at most 2^52. @throws ProofError */
export function parseDecimal(text: string, what: string): number {
  const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
  if (!(value <= LARGEST_SIZE))
    throw new ProofError(`${what} is no decimal number up to 2^52: ${JSON.stringify(text.slice(0, 40))}.`);
  return value;
}
