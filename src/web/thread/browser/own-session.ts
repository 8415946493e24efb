import { ColloquyProblem } from '../../../../libs/client/problem.ts';
import type { ColloquyClient } from '../../../../libs/client/rest-client.ts';
import { reasonOf } from '../../shell/refusal-messages.ts';
import { threadHref } from '../parts/context.ts';
import type { ThreadParts } from './thread-view.ts';

/** Where each refusal leads on: to the page as it is now, and to the appeal. */
const LEADS_ON: Readonly<Record<string, 'embed.back' | 'appeal.title'>> = {
  someone_else: 'embed.back',
  banned: 'appeal.title',
};

/**
 * A connection ends with its session, and the next one reads on without it. Whoever may not write here any more, since they
 * were banned or somebody else is signed in in this browser, is told then, and not only by the first comment.
 */
export function tellOfSession({ view, page, translator }: ThreadParts, rest: Pick<ColloquyClient, 'me'>): void {
  const place = document.getElementById('thread-tools');
  if (!place) return;
  const line = document.createElement('p');
  line.className = 'notice waiting';
  line.role = 'status';
  const tell = (problem: ColloquyProblem): void => {
    const label = LEADS_ON[problem.code];
    if (!label) return;
    const link = document.createElement('a');
    link.href = problem.code === 'banned' ? '/appeal' : threadHref(page);
    if (problem.code !== 'banned') link.target = '_self';
    link.textContent = translator.t(label);
    line.replaceChildren(`${reasonOf(problem, translator)} `, link);
    place.before(line);
  };
  let isLive = false;
  let wasLive = false;
  view.subscribe(() => {
    const before = isLive;
    isLive = view.now().connection === 'live';
    if (!isLive || before) return;
    if (wasLive)
      rest.me().then(
        () => line.remove(),
        (problem: unknown) => problem instanceof ColloquyProblem && tell(problem),
      );
    wasLive = true;
  });
}
