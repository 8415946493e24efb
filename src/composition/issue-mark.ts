import { changeMark, type Views } from '../../libs/projections/index.ts';

/** What the text of an issue is made of: the post, the quoted comments, and what their authors allow. */
const MADE_OF = ['post-list', 'thread', 'members'];

/** Another text once any of what issues are made of has changed. */
export function issueMark(views: Pick<Views, 'db'>): string {
  return MADE_OF.map((view) => changeMark(views.db(view))).join(' ');
}
