import { readData } from '../../shell/browser/page-data.ts';

const given = readData<{ readonly code: string }>('hand-over');
const frame: Window | null = window.opener;
// Only a page of the forum itself gets the code, and it counts for the frame alone that asked for it.
if (given && frame) {
  frame.postMessage({ colloquyCode: given.code }, location.origin);
  close();
}
