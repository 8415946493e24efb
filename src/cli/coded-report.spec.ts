import { expect, test } from '@jest/globals';
import { emptyReport } from '../import/recording/report.ts';
import { codedReport } from './coded-report.ts';

test('a report has a code beside all that it says in English', () => {
  const report = emptyReport('disqus', 'any.xml');
  report.posts.skipped['page without an address'] = 2;
  report.comments.skipped['under an item that was left out: draft'] = 1;
  report.warnings.push({ line: 7, column: 3, message: 'the comment does not name its page' });
  report.error = { line: 9, column: 1, message: 'broken XML: unclosed tag.' };
  expect(codedReport(report)).toEqual({
    ...report,
    reasonCodes: { 'page without an address': 'noAddress', 'under an item that was left out: draft': 'under:draft' },
    warnings: [{ line: 7, column: 3, message: 'the comment does not name its page', code: 'pageUnnamed' }],
    error: { line: 9, column: 1, message: 'broken XML: unclosed tag.', code: 'broken' },
  });
});
