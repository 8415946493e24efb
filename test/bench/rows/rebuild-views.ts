import type { Row } from '../row.ts';
import { atLeast } from '../row.ts';
export const rebuildViews: Row = {
  name: 'rebuild-views',
  what: '',
  against: '',
  unit: '',
  bound: atLeast(0.4),
  run: () => Promise.reject(new Error()),
};
