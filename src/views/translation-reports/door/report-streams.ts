import { statement, type Views } from '../../../../libs/projections/index.ts';
import { idBytes, idText } from '../../ids.ts';

interface KeyRow {
  readonly translation: Buffer;
  readonly member: Buffer;
}

const byMember = statement<KeyRow>('SELECT translation, member FROM report_key WHERE member = ? ORDER BY translation');
const ofTranslations = statement<KeyRow>(`
  SELECT translation, member FROM report_key
  WHERE translation IN (SELECT unhex(replace(value, '-', '')) FROM json_each(?)) ORDER BY translation, member`);

/** The streams of a member's reports of translations, whose keys still exist. */
export function translationReportsBy(views: Pick<Views, 'db'>, memberId: string): readonly string[] {
  return byMember(views.db('translation-reports')).all(idBytes(memberId)).map(reportStream);
}

/** The same of these translations, whoever reported them. */
export function translationReportsOf(views: Pick<Views, 'db'>, translations: readonly string[]): readonly string[] {
  return ofTranslations(views.db('translation-reports')).all(JSON.stringify(translations)).map(reportStream);
}

export function reportStream({ translation, member }: KeyRow): string {
  return `reported-translation-${idText(translation)}-${idText(member)}`;
}
