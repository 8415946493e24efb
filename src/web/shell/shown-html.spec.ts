import { describe, expect, it } from '@jest/globals';
import { renderComment } from '../../../libs/markdown/index.ts';
import { shownHtml } from './shown-html.ts';

const translator = { t: () => 'Table' };
const shown = (html: string, from: 2 | 3): string => shownHtml(html, { from, translator }).__html;
const levels = (html: string): readonly string[] => html.match(/<h[1-6]/g) ?? [];

describe('rendered Markdown on a page', () => {
  it('has its headings below those of the page, in the same steps, and none below the last level', () => {
    const text = renderComment('# One\n\n## Two\n\n###### Six');
    expect(levels(shown(text, 2))).toEqual(['<h2', '<h3', '<h6']);
    expect(levels(shown(text, 3))).toEqual(['<h3', '<h4', '<h6']);
    expect(levels(shown(renderComment('### Only\n\n#### those'), 2))).toEqual(['<h2', '<h3']);
  });

  it('is as it was rendered otherwise, and code that looks like a heading is none', () => {
    const text = renderComment('Words, *marked*, and `<h1>code</h1>` and <h1>HTML</h1>');
    expect(shown(text, 3)).toBe(text);
  });

  it('has its tables in a part that scrolls by keyboard, with a name', () => {
    const text = renderComment('| a | b |\n|:-:|-|\n| 1 | 2 |');
    expect(shown(text, 3)).toMatch(
      /^<div class="wide" role="group" tabindex="0" aria-label="Table"><table data-wide="">.*<\/table><\/div>\n$/s,
    );
  });

  it('has its blocks of code in parts that scroll by keyboard, with a name', () => {
    expect(shown(renderComment('```\n+--+\n```'), 3)).toBe(
      '<pre role="group" tabindex="0" aria-label="Table"><code>+--+\n</code></pre>\n',
    );
  });

  it('is the same when it is shown once more', () => {
    const text = renderComment('# One\n\n| a | b |\n|-|-|\n| 1 | 2 |\n\n## Two\n\n```\n+--+\n```');
    expect(shown(shown(text, 3), 3)).toBe(shown(text, 3));
  });
});
