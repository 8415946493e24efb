import { statement, type Views } from '../../../../libs/projections/index.ts';
import { idBytes, idText } from '../../ids.ts';

interface Reported {
  readonly comment: Buffer;
  readonly member: Buffer;
}

/** A report by the comment that it is about and the member who wrote it. */
export interface ReportOf {
  readonly commentId: string;
  readonly memberId: string;
}

const written = statement<Reported>('SELECT DISTINCT comment, member FROM report WHERE member = ?');
const aboutMember = statement<Reported>('SELECT DISTINCT comment, member FROM report WHERE author = ?');
const aboutComments = statement<Reported>(
  'SELECT DISTINCT comment, member FROM report WHERE comment IN (SELECT unhex(value) FROM json_each(?))',
);

export function reportIdsBy(views: Pick<Views, 'db'>, memberId: string): readonly ReportOf[] {
  return written(views.db('moderation-queue')).all(idBytes(memberId)).map(reportOf);
}

/** The reports about comments of a member. */
export function reportIdsAbout(views: Pick<Views, 'db'>, memberId: string): readonly ReportOf[] {
  return aboutMember(views.db('moderation-queue')).all(idBytes(memberId)).map(reportOf);
}

export function reportIdsOn(views: Pick<Views, 'db'>, commentIds: readonly string[]): readonly ReportOf[] {
  const ids = JSON.stringify(commentIds.map((id) => id.replaceAll('-', '')));
  return aboutComments(views.db('moderation-queue')).all(ids).map(reportOf);
}

function reportOf({ comment, member }: Reported): ReportOf {
  return { commentId: idText(comment), memberId: idText(member) };
}
