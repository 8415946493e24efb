import type { Translator } from './translate.ts';

/** "50 %", of whole hundredths; a line does not break before the sign. */
export function percent(hundredths: number, { number }: Pick<Translator, 'number'>): string {
  return `${number(hundredths)}\u00a0%`;
}
