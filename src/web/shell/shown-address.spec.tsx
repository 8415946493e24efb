import { expect, test } from '@jest/globals';
import { renderToString } from 'preact-render-to-string';
import { readableAddress, ShownAddress } from './shown-address.tsx';

test('an address is shown in letters, unless these were no letters or hid something', () => {
  const read = 'https://blog.example/a%E2%80%93b/c%20d?x=%2F';
  expect(readableAddress('https://blog.example/a%E2%80%93b?x=%2F')).toBe('https://blog.example/a–b?x=%2F');
  for (const url of [read, 'https://blog.example/%E2%80%AEfdp.exe', 'https://blog.example/%FF'])
    expect(readableAddress(url)).toBe(url);
});

test('it breaks where its parts end', () => {
  const shown = renderToString(
    <p>
      <ShownAddress url="https://chrisrisner.com/mobile-%E2%80%93/a.html?b" />
    </p>,
  );
  expect(shown).toBe('<p>https://<wbr/>chrisrisner<wbr/>.com/<wbr/>mobile-–/<wbr/>a<wbr/>.html<wbr/>?b</p>');
});
