import { escapeMarkdown } from '../../../libs/markdown/index.ts';
import { harmsAddress } from './bare-addresses.ts';

const PARAGRAPH = /<p>([^<&]+(?:<br ?\/?>[^<&]+)*)<\/p>[ \n]*/y;
const BREAK = /<br ?\/?>/;
/** Other white space than this means something, or is lost on the way. */
const WORDS = /^(?:[ \n]|[^\s\0])*$/;

/**
 * The Markdown of HTML that is nothing but paragraphs of words and line breaks, as most comments are: the same as by way
 * of a tree, which takes ten times as long. Null for any other.
 */
export function plainParagraphs(html: string): string | null {
  const paragraphs: string[] = [];
  for (PARAGRAPH.lastIndex = 0; PARAGRAPH.lastIndex < html.length; ) {
    const lines = PARAGRAPH.exec(html)?.[1]?.split(BREAK);
    if (lines === undefined || !lines.every(isPlain)) return null;
    paragraphs.push(lines.map(asMarkdown).join('  \n'));
  }
  return paragraphs.join('\n\n');
}

function isPlain(line: string): boolean {
  return WORDS.test(line) && line.trim() !== '' && !harmsAddress(line);
}

function asMarkdown(line: string): string {
  return escapeMarkdown(line.replaceAll(/[ \n]+/g, ' ').trim());
}
