/** `1 event`, `2 events`: the verifier stands alone, so it has its own. Null, of a checkpoint that was refused, is told as it is. */
export function countedEvents(count: number | null): string {
  return `${count} ${count === 1 ? 'event' : 'events'}`;
}
