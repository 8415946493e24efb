import { createHash } from 'node:crypto';
import { isRecord } from '../../../libs/kernel/index.ts';
import { TEXT_LIMITS } from '../../../libs/words/index.ts';

/** What a session says that was opened by a frame on another site's page. */
export interface Framed {
  /** The origin of the page around the frame, for which alone the session counts; null for every one. */
  readonly site: string | null;
  /** The digest of the person as whom the page itself signed the reader in; null for one who signed in here. */
  readonly sso: string | null;
}

/** Of sessions from before their site was kept: a token of the page around the frame takes their place. */
export const FRAMED_BEFORE: Framed = { site: null, sso: '' };

/** In base64url, as a frame makes it of its page's token. */
export function digestOfSubject(subject: string): string {
  return createHash('sha256').update(subject).digest('base64url');
}

/** The device in few words, with the site on whose page it shows the frame; of a long name the end is kept. */
export function deviceOn(site: string, device: string): string {
  const words = device === '' ? '' : `${device} · `;
  return words + new URL(site).host.slice(words.length - TEXT_LIMITS.device.max);
}

export function framedIn(value: unknown): Framed | undefined {
  if (!isRecord(value)) return undefined;
  const text = (name: keyof Framed): string | null => {
    const found = value[name];
    return typeof found === 'string' ? found : null;
  };
  return { site: text('site'), sso: text('sso') };
}
