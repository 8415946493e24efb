import { afterEach, describe, expect, it } from '@jest/globals';
import { render } from 'preact-render-to-string';
import { renderInParts, renderToBytes, SharedHtml, sharedMiddles } from './shared-html.ts';

afterEach(() => sharedMiddles.clear());

const rice = new SharedHtml('<b>Rice ຂ້າວ</b>');
const tea = new SharedHtml('<b>Tea</b>');

function Page({ name, parts }: { name: string; parts: readonly SharedHtml[] }) {
  return (
    <main>
      <h1>{name}</h1>
      {parts.map((part, at) => (
        <p key={String(at)} dangerouslySetInnerHTML={{ __html: part.shown }} />
      ))}
      <footer>{name}</footer>
    </main>
  );
}

function whole({ before, shared, after }: ReturnType<typeof renderInParts>): string {
  return `${before}${shared?.bytes.toString() ?? ''}${after}`;
}

describe('a page in parts', () => {
  it.each([
    ['no shared HTML', []],
    ['one', [rice]],
    ['some of it twice', [rice, tea, rice]],
  ])('is the page as it is rendered whole, with %s', (_, parts) => {
    const page = <Page name="Mali" parts={parts} />;
    expect(whole(renderInParts(page))).toBe(render(page));
    expect(renderToBytes(page).toString()).toBe(render(page));
  });

  it('shares its middle with the page of somebody else, and only with the same one', () => {
    const [first, other] = [
      renderInParts(<Page name="Mali" parts={[rice, tea]} />),
      renderInParts(<Page name="Dara" parts={[rice, tea]} />),
    ];
    expect(other.shared).toBe(first.shared);
    expect(other.before).toContain('Dara');
    expect(renderInParts(<Page name="Mali" parts={[tea, rice]} />).shared).not.toBe(first.shared);
  });

  it('has no marks left where rendering failed before', () => {
    const Broken = () => {
      throw new Error('broken');
    };
    for (const renders of [renderInParts, renderToBytes]) {
      expect(() => renders(<Broken />)).toThrow('broken');
      expect(rice.shown).toBe(rice.html);
    }
  });
});
