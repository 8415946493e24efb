import { TEXT_LIMITS } from '../../../libs/words/index.ts';

const FULLWIDTH = /[\uff01-\uff5e]/gu;
/** From a fullwidth sign to the one of ASCII. */
const NARROWER = 0xfee0;
const IN_BRACKETS = /<([^<>]*)>\s*$/u;
const MAILTO = /^mailto:([^?]*)/iu;
const ADDRESS = /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u;

/**
 * The e-mail address that a field of an export holds, also one with a name before it, of a link, or in fullwidth letters; null where it
 * holds none, or several. By this one alone a comment is claimed, and left out of an import where it was erased.
 */
export function writtenAddress(text: string): string | null {
  const narrow = text.replace(FULLWIDTH, (sign) => String.fromCharCode(sign.charCodeAt(0) - NARROWER));
  const bare = (IN_BRACKETS.exec(narrow)?.[1] ?? narrow).replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '').trim();
  const linked = MAILTO.exec(bare)?.[1];
  const address = linked === undefined ? bare : decoded(linked).trim();
  return ADDRESS.test(address) && address.length <= TEXT_LIMITS.email.max ? address : null;
}

/** As it stands where it is not percent-encoded as it should be. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
