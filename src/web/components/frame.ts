import type { Role } from '../../../libs/client/index.ts';
import type { Messages, Translator } from '../i18n/translate.ts';

/** What every page knows beside its own contents: the reader, the language, and where the assets are. */
export interface Frame {
  readonly translator: Translator;
  /** The words in which the browser goes on telling times. */
  readonly timeWords: Messages;
  /** Path and query of this page, where a change of language or a demo sign-in returns to. */
  readonly here: string;
  readonly member: {
    readonly id: string;
    readonly handle: string;
    readonly displayName: string;
    readonly roles: readonly Role[];
  } | null;
  /** True only for the demo, asked for from this machine. */
  readonly demo: boolean;
  readonly now: number;
  /** The address of an asset by its plain name: `site.css` → `/assets/site-4F2K.css`. */
  readonly asset: (name: string) => string;
  /** The addresses of what a browser program imports before it can run. */
  readonly imports: (name: string) => readonly string[];
}

export function mayEditPosts(member: Frame['member']): boolean {
  return member !== null && member.roles.some((role) => role === 'editor' || role === 'admin');
}
