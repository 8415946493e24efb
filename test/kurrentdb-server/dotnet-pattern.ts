import { Refused } from './proposals.ts';
import { invalidArgument, thrownByHandler } from './rpc-errors.ts';

/** What .NET's patterns can say and this server cannot translate; README.md lists it. */
const UNTRANSLATABLE: readonly RegExp[] = [/\\[ZGa]/, /\(\?\(/, /\(\?<\w*-/, /\(\?#/, /\\p\{Is/];

/** Begin and end of the whole text, whatever the flags are. */
const BEGIN = String.raw`(?<![\s\S])`;
const END = String.raw`(?![\s\S])`;

/**
 * A pattern of .NET as one of JavaScript. Throws Refused: for what is no pattern, as the real server, which did not expect
 * it; and for what cannot be translated, rather than to match something else.
 */
export function regexOf(pattern: string): RegExp {
  if (UNTRANSLATABLE.some((construct) => construct.test(pattern))) {
    throw new Refused(invalidArgument(`This server cannot translate the pattern ${pattern}`));
  }
  const flags = /^\(\?([ims]+)\)/.exec(pattern);
  try {
    return new RegExp(translated(pattern.slice(flags?.[0].length ?? 0)), flags?.[1] ?? '');
  } catch (error) {
    if (error instanceof SyntaxError) throw new Refused(thrownByHandler());
    throw error;
  }
}

function translated(pattern: string): string {
  const anchored = pattern.replace(/\\[\s\S]/g, (pair) => ({ '\\A': BEGIN, '\\z': END })[pair] ?? pair);
  return atomic(subtracted(anchored));
}

/** `[a-z-[p]]` is a letter from a to z that is no p. */
function subtracted(pattern: string): string {
  return pattern.replace(/\[((?:\\.|[^\]\\])*?)-(\[(?:\\.|[^\]\\])*\])\]/g, '(?:(?!$2)[$1])');
}

/** `(?>x)` gives back nothing of what it took: a lookahead, whose find is then taken as it is. */
function atomic(pattern: string): string {
  let text = pattern;
  for (let n = 0; ; n += 1) {
    const from = text.indexOf('(?>');
    if (from === -1) return text;
    const to = closing(text, from);
    text = `${text.slice(0, from)}(?=(?<atomic${n}>${text.slice(from + 3, to)}))\\k<atomic${n}>${text.slice(to + 1)}`;
  }
}

/** Where the group that is opened here ends. Throws SyntaxError when it does not. */
function closing(text: string, from: number): number {
  let depth = 0;
  for (const { 0: found, index } of text.slice(from).matchAll(/\\[\s\S]|\[(?:\\.|[^\]\\])*\]|[()]/g)) {
    if (found === '(') depth += 1;
    if (found === ')') depth -= 1;
    if (found === ')' && depth === 0) return from + index;
  }
  throw new SyntaxError('a group is not closed');
}
