/** Where the token goes in an address that answers are sent to. */
export const TOKEN_PLACE = '{token}';
/** The characters of a token, letters and digits. */
export const TOKEN_CHARACTERS = 48;

/** The longest part before the @ (RFC 5321). */
const MOST_LOCAL = 64;
const TEMPLATE = /^[a-z0-9.+_-]*\{token\}[a-z0-9.+_-]*@[a-z0-9.-]{1,255}$/;

/** True for an address with one place for a token, before the @, that leaves room for it. */
export function isReplyTemplate(text: string): boolean {
  return TEMPLATE.test(text) && text.indexOf('@') - TOKEN_PLACE.length + TOKEN_CHARACTERS <= MOST_LOCAL;
}
