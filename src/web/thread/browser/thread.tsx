import { readData } from '../../shell/browser/page-data.ts';
import type { ThreadPageData } from '../parts/page-data.ts';
import { startThread } from './page-thread.tsx';

// A task of its own, since the one that read the page was long enough.
setTimeout(() => {
  const data = readData<ThreadPageData>('page-data');
  const place = document.getElementById('thread');
  if (!data || !place) return;
  if (data.page.reads === undefined && !data.comments.some(({ translations }) => translations))
    return startThread(data, place);
  void import('../parts/languages.tsx').then(({ languages }) => startThread(data, place, languages));
});
