import type { MarkdownIt } from 'markdown-it';

const SCHEMES = /^(https?|mailto):/i;
/** A colon before the path makes a scheme, or could be read as one. */
const SCHEME_LIKE = /^[^/?#]*:/;

/**
 * True for http, https and mailto, and for addresses on the same site. `//host` and its forms with backslashes, which
 * browsers read as another host, are refused.
 */
export function isSafeLink(url: string): boolean {
  const address = url.trim();
  if (SCHEMES.test(address)) return true;
  return !SCHEME_LIKE.test(address) && !/^[/\\]{2}/.test(address) && !address.includes('\\');
}

/** True for an address from which a picture may be loaded. */
export function isSafeImage(url: string): boolean {
  return isSafeLink(url) && !/^mailto:/i.test(url.trim());
}

/** GFM's autolinks: `http://`, `https://`, `www.` and e-mail addresses; no bare domains. */
export function autolinkAsGfm(linkify: MarkdownIt['linkify']): void {
  linkify.set({ fuzzyLink: false, fuzzyEmail: true, maxLength: 2_000 });
  linkify.add('ftp:', null);
  linkify.add('//', null);
  linkify.add('www.', {
    validate: (text, pos, self) => {
      const tail = self.re.get_http_validator();
      return validLength(tail, `//${text.slice(pos, pos + 2_000)}`);
    },
    normalize: (match) => {
      match.url = `http://${match.url}`;
    },
  });
}

/** `validator` expects the two slashes of a full address before the host. */
function validLength(validator: RegExp, address: string): number {
  validator.lastIndex = 0;
  const found = validator.exec(address);
  return found && /^\/\/[^/?#]*\.?[^/?#.]/.test(found[0]) ? found[0].length - 2 : 0;
}
