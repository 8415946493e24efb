import { composed } from '../../../../../libs/words/index.ts';
/** Letters without case and marks, so that `linh` finds `Lính`. */
export function plainlyFolded(text: string): string {
  return composed(text, 'NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase();
}
