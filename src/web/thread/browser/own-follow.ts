import type { ThreadParts } from './thread-view.ts';

/** Whoever comments follows from then on: with the first comment that the forum has, the button above the thread says so. */
export function followByComment({ session }: Pick<ThreadParts, 'session'>): void {
  const button = document.querySelector<HTMLButtonElement>('.attention [data-following]');
  const sent = new Set<string>();
  session.subscribe(() => {
    const { outbox, thread } = session.state;
    for (const { id } of outbox) sent.add(id);
    if (button?.value !== 'follow' || !thread?.comments.some(({ id }) => sent.has(id))) return;
    button.value = 'unfollow';
    button.textContent = button.dataset['following'] ?? '';
    button.title = button.dataset['title'] ?? '';
  });
}
