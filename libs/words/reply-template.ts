/** Where the token goes in an address that answers are sent to. */
export const TOKEN_PLACE = '{token}';
/** The characters of a token, letters and digits. */
export const TOKEN_CHARACTERS = 48;

/** The longest part before the @ (RFC 5321). */
const MOST_LOCAL = 64;
const LOCAL = /^[a-z0-9.+_-]*$/;
const HOST = /^[a-z0-9.-]{1,255}$/;

/** True for an address with one place for a token, before the @, that leaves room for it. */
export function isReplyTemplate(text: string): boolean {
  const [before = '', behind = '', ...others] = text.split(TOKEN_PLACE);
  const [after = '', host = '', ...more] = behind.split('@');
  const isOneAddress = others.length === 0 && more.length === 0 && LOCAL.test(before + after) && HOST.test(host);
  return isOneAddress && before.length + TOKEN_CHARACTERS + after.length <= MOST_LOCAL;
}
