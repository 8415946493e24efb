import { browserPath } from '../support/browser.ts';

/** Before the browser tests: of two workers that unpack the browser at once, one would start what the other still writes. */
export default async function unpackBrowser(): Promise<void> {
  await browserPath();
}
