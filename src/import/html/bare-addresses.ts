import { BARE_ADDRESS, needsBrackets } from '../../../libs/markdown/index.ts';

/** A text, and each address in it as people type them, one after the other: every second part is an address. */
export function bareAddressParts(text: string): readonly string[] {
  return text.split(BARE_ADDRESS);
}

/** True where Markdown would change an address in the text. */
export function harmsAddress(text: string): boolean {
  if (!text.includes('://')) return false;
  return bareAddressParts(text).some(
    (part, index, parts) => index % 2 === 1 && needsBrackets(part, parts[index + 1] ?? ''),
  );
}
