import type { MarkdownIt, StateInline, Token } from 'markdown-it';

/** The most mentions of a text that become links. */
const MOST_LINKED = 50;
/** A handle as far as a text shows it; who it is is not known here. */
const HANDLE = /@([\p{L}\p{N}_][\p{L}\p{M}\p{N}_.-]{2,29})(?![\p{L}\p{M}\p{N}_])/uy;
/** A mention begins a word: `a@b.example` is an address, and `/@name` is part of one. */
const BEFORE = /[\s([{"'«“‘*_~>,;:!?。、，]/u;

/** `@handle` becomes a link to the member's page, whether there is such a member or not. */
export function linkMentions(md: MarkdownIt): void {
  /** What each rendering, which has an environment of its own, has linked already. */
  const linkedIn = new WeakMap<object, number>();
  md.inline.ruler.push('mention', (state, silent) => {
    const handle = handleAt(state);
    const linked = linkedIn.get(state.env) ?? 0;
    if (handle === null || state.linkLevel > 0 || linked >= MOST_LINKED) return false;
    if (!silent) {
      linkedIn.set(state.env, linked + 1);
      const open = state.push('link_open', 'a', 1);
      open.attrs = [['href', `/members/${encodeURIComponent(handle)}`]];
      open.meta = { mention: handle };
      state.push('text', '', 0).content = `@${handle}`;
      state.push('link_close', 'a', -1);
    }
    state.pos += 1 + handle.length;
    return true;
  });
}

/** The handles that a parsed text mentions, in its order, each once; none in a picture's description. */
export function mentionsIn(blocks: readonly Token[]): readonly string[] {
  const found = new Map<string, string>();
  const look = (tokens: readonly Token[]): void => {
    for (const { type, meta, children } of tokens) {
      const handle: unknown = meta?.mention;
      if (typeof handle === 'string' && !found.has(handle.toLowerCase())) found.set(handle.toLowerCase(), handle);
      if (children && type !== 'image') look(children);
    }
  };
  look(blocks);
  return [...found.values()];
}

function handleAt({ src, pos }: StateInline): string | null {
  if (src[pos] !== '@' || (pos > 0 && !BEFORE.test(src[pos - 1] ?? ''))) return null;
  HANDLE.lastIndex = pos;
  const handle = HANDLE.exec(src)?.[1]?.replace(/[.-]{1,30}$/, '') ?? '';
  return handle.length < 3 ? null : handle;
}
